# SPDX-License-Identifier: Apache-2.0
"""``brownie run usance [main URL]``: plays `examples/acts/usance.toml`.

Under a credit by acceptance a draft is accepted, and paid at maturity and not before.
On a development chain, whose clock runs with the story; it deploys first if need be.
"""

from scripts.shared import opened, scene, told


@told
def main(rpc=None):
    scene("usance", opened(rpc))
