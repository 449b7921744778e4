# SPDX-License-Identifier: Apache-2.0
"""``brownie run revolving [main URL]``: plays `examples/acts/revolving.toml`.

An amount that is renewed every thirty days is drawn in two periods.
On a development chain, whose clock runs with the story; it deploys first if need be.
"""

from scripts.shared import opened, scene, told


@told
def main(rpc=None):
    scene("revolving", opened(rpc))
