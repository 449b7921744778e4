# SPDX-License-Identifier: Apache-2.0
"""``brownie run negotiation [main URL]``: plays `examples/acts/negotiation.toml`.

A bank negotiates under a credit that any bank may negotiate, and is reimbursed.
On a development chain, whose clock runs with the story; it deploys first if need be.
"""

from scripts.shared import opened, scene, told


@told
def main(rpc=None):
    scene("negotiation", opened(rpc))
