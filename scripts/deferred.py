# SPDX-License-Identifier: Apache-2.0
"""``brownie run deferred [main URL]``: plays `examples/acts/deferred.toml`.

Under a confirmed credit the confirming bank defers payment, and pays early by agreement.
On a development chain, whose clock runs with the story; it deploys first if need be.
"""

from scripts.shared import opened, scene, told


@told
def main(rpc=None):
    scene("deferred", opened(rpc))
