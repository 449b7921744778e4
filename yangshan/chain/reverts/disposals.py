# SPDX-License-Identifier: Apache-2.0
"""Errors of what becomes of documents."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import PresentationState, PresenterInstruction
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import Account, MemberNumber, PresentationId


class InstructionNotOpen(ContractError):
    """There is no such instruction, or not at this time."""

    article = "UCP 600 art. 16(c)(iii)"
    text = (
        "the presenter cannot give the instruction {instruction} while {presentation_id} is {state}"
    )

    presentation_id: PresentationId
    instruction: PresenterInstruction
    state: PresentationState


class PartyCannotRule(ContractError):
    """A party records no ruling on itself."""

    text = "{member_id} is a party to {presentation_id} and cannot record a ruling on it"

    presentation_id: PresentationId
    member_id: MemberNumber


class ReleasedAlready(ContractError):
    """That the applicant has the documents is on record already."""

    text = "that the applicant has the documents of {presentation_id} is on record already"

    presentation_id: PresentationId


class NotDisposals(ContractError):
    """Only the contract that says what becomes of documents may call this."""

    text = "only the contract Disposals may do this, and {caller} is not it"

    caller: Account
