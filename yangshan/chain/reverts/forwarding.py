# SPDX-License-Identifier: Apache-2.0
"""Errors of documents that pass from bank to bank."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import Account, MemberNumber, PresentationId


class NoBankBehind(ContractError):
    """The issuing bank asks nobody for authority and forwards to nobody."""

    text = (
        "{issuing_bank} issued the credit: there is no bank behind it to ask or to send "
        "{presentation_id} to"
    )

    presentation_id: PresentationId
    issuing_bank: MemberNumber


class ForwardedAlready(ContractError):
    """The documents were forwarded, and they have not come back."""

    text = "{presentation_id} was forwarded as {forwarded_id} and has not come back from there"

    presentation_id: PresentationId
    forwarded_id: PresentationId


class NotForwarding(ContractError):
    """Only the contract that passes documents from bank to bank may call this."""

    text = "only the contract Forwarding may do this, and {caller} is not it"

    caller: Account
