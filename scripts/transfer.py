# SPDX-License-Identifier: Apache-2.0
"""``brownie run transfer [main URL]``: plays `examples/acts/transfer.toml`.

A credit transferred to two second beneficiaries, one invoice substituted and one not.
On a development chain, whose clock runs with the story; it deploys first if need be.
"""

from scripts.shared import opened, scene, told


@told
def main(rpc=None):
    scene("transfer", opened(rpc))
