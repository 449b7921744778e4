# SPDX-License-Identifier: Apache-2.0
"""``brownie run titled [main URL]``: plays `examples/acts/titled.toml`.

A bill of lading as a title: endorsed, presented under a credit, paid for, delivered, surrendered.
On a development chain, whose clock runs with the story; it deploys first if need be.
"""

from scripts.shared import opened, scene, told


@told
def main(rpc=None):
    scene("titled", opened(rpc))
