# SPDX-License-Identifier: Apache-2.0
"""``brownie run reimbursement [main URL]``: plays `examples/acts/reimbursement.toml`.

A third bank reimburses the bank that deferred payment, and takes recourse to the issuing bank.
On a development chain, whose clock runs with the story; it deploys first if need be.
"""

from scripts.shared import opened, scene, told


@told
def main(rpc=None):
    scene("reimbursement", opened(rpc))
