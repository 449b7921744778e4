# SPDX-License-Identifier: Apache-2.0
"""``brownie run sight [main URL]``: plays `examples/acts/sight.toml`.

A credit by sight payment is issued, advised, presented under, found complying and paid.
On a development chain, whose clock runs with the story; it deploys first if need be.
"""

from scripts.shared import opened, scene, told


@told
def main(rpc=None):
    scene("sight", opened(rpc))
