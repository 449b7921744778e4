# SPDX-License-Identifier: Apache-2.0
"""``brownie run instalments [main URL]``: plays `examples/acts/instalments.toml`.

Of three instalments under a red clause one is paid less the advance, and one is missed.
On a development chain, whose clock runs with the story; it deploys first if need be.
"""

from scripts.shared import opened, scene, told


@told
def main(rpc=None):
    scene("instalments", opened(rpc))
