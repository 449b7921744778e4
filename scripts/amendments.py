# SPDX-License-Identifier: Apache-2.0
"""``brownie run amendments [main URL]``: plays `examples/acts/amendments.toml`.

Three rounds of amendments: accepted, rejected, and accepted by presenting documents.
On a development chain, whose clock runs with the story; it deploys first if need be.
"""

from scripts.shared import opened, scene, told


@told
def main(rpc=None):
    scene("amendments", opened(rpc))
