# SPDX-License-Identifier: Apache-2.0
"""Errors of the council."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from typing import Final

from yangshan.chain.enums import Action, ProposalState
from yangshan.chain.records import VotingRules
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    Account,
    BlockTime,
    Instant,
    MemberNumber,
    Number8,
    Number256,
    ProposalId,
)

# The bits of the fields in BadMotion, from bit 0.
_MOTION_FIELDS: Final = (
    "a member",
    "a time",
    "an account",
    "a name",
    "an edition",
    "rules",
    "an admission",
)


class NotAFounder(ContractError):
    """Only founders sit in the council."""

    text = "{member_id} is not a founder, and only founders sit in the council"

    member_id: MemberNumber


class NotEligible(ContractError):
    """The founder was not in standing when the proposal was made."""

    text = (
        "{founder} cannot vote on {proposal_id}: it was not open to new business when the "
        "proposal was made"
    )

    proposal_id: ProposalId
    founder: MemberNumber


class VotedAlready(ContractError):
    """The founder has voted on this proposal before."""

    text = "{founder} has voted on {proposal_id} before, and a vote stands"

    proposal_id: ProposalId
    founder: MemberNumber


class NotProposer(ContractError):
    """Only the member that made a proposal takes it back."""

    text = "{proposer} made {proposal_id}, and {founder} cannot take it back"

    proposal_id: ProposalId
    founder: MemberNumber
    proposer: MemberNumber


class WrongProposalState(ContractError):
    """The proposal is not in the state that the act needs."""

    text = "{proposal_id} is {actual}; for this it would have to be {expected}"

    proposal_id: ProposalId
    actual: ProposalState
    expected: ProposalState

    def _template(self) -> str:
        if self.actual is ProposalState.NONE:
            return "{proposal_id} is not on record; it has to be proposed first"
        if self.expected is ProposalState.NONE:
            return "{proposal_id} was made before and is {actual}"
        return self.text


class ExecutionDelayed(ContractError):
    """The proposal passed, and waits out its delay."""

    text = "{proposal_id} has passed and can be carried out from {executable_from} on; it is {time}"

    proposal_id: ProposalId
    executable_from: Instant
    time: BlockTime


class BadMotion(ContractError):
    """The motion lacks what its action needs, or gives what it does not need."""

    action: Action
    given: Number256
    needed: Number256

    def _template(self) -> str:
        if self.action is Action.NONE:
            return "the motion names nothing that the council could do"
        return (
            f"the motion to {{action}} gives {_fields(self.given)}; exactly "
            f"{_fields(self.needed)} was expected"
        )


class BadVotingRules(ContractError):
    """Rules under which a founder would have no vote, half would do, or times are out of bounds."""

    text = (
        "these rules of voting cannot be: every founder needs a vote, the quorum is 51 to 100 "
        "percent, the voting period an hour to 365 days and the delay at most 90 days; "
        "{rules} was given"
    )

    rules: VotingRules


class RecoveryOfAnother(ContractError):
    """The recovery under way is for another administrator than the one voted on."""

    text = (
        "the council decided on {decided} as the administrator of {member_id}, and the recovery "
        "under way is for {current}"
    )

    member_id: MemberNumber
    decided: Account
    current: Account


class EditionOfNobody(ContractError):
    """No contract of the directory bears the edition, so that there is nothing to close."""

    text = "no contract in the directory has the edition {edition}, so there is nothing to close"

    edition: Number8


def _fields(bits: int) -> str:
    named = [each for place, each in enumerate(_MOTION_FIELDS) if bits >> place & 1]
    return " and ".join(named) or "nothing"
