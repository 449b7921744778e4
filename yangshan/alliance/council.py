# SPDX-License-Identifier: Apache-2.0
"""The council on the chain: founders propose, vote and carry out what they decided.

A motion is one of :class:`yangshan.chain.records.Motion`; its number follows from all its fields,
and no number is ever voted on twice. Equal motions are told apart by their ``resolution``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from yangshan.alliance.ledger import Trace, fields_of
from yangshan.chain import records
from yangshan.chain.enums import Action, ProposalState
from yangshan.chain.records import NO_COMMITMENT, Motion
from yangshan.chain.reverts import ExecutionDelayed
from yangshan.chain.values import hexadecimal
from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from yangshan.alliance.ledger import Ledger
    from yangshan.chain.records import Proposal, VotingRules
    from yangshan.chain.signers import Signer
    from yangshan.deployment.plan import Admission

_COUNCIL: Final = "AllianceCouncil"


class NotDecided(Refused):
    """What the council has not decided, or decided and cannot carry out yet or any more."""

    def __init__(self, what: str, proposal: Proposal) -> None:
        if proposal.state is ProposalState.OPEN:
            reason = (
                f"{proposal.in_favour} of the {proposal.needed} votes that it needs are in favour"
            )
        elif proposal.state is ProposalState.PASSED and proposal.executable_from is not None:
            reason = f"it has passed and is carried out from {proposal.executable_from} on"
        else:
            reason = f"the proposal is {proposal.state.label}; a new one needs another resolution"
        super().__init__(f"The council has not yet done what was proposed, to {what}: {reason}.")
        self.what = what
        self.proposal = proposal


class UnknownProposal(Refused):
    """A number, or its first digits, that no proposal has."""

    def __init__(self, number: str) -> None:
        super().__init__(f"No proposal to the council has the number {number}.")
        self.number = number


class AmbiguousProposal(Refused):
    """First digits that several proposals have."""

    def __init__(self, number: str, found: Sequence[str]) -> None:
        super().__init__(
            f"{len(found)} proposals begin with {number}: {', '.join(found)}. Give more digits."
        )
        self.number = number
        self.found = tuple(found)


@dataclass(frozen=True, slots=True)
class VoteView:
    """How a founder voted, with so many votes."""

    founder: int
    in_favour: bool
    weight: int


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal with what it would do, and the votes cast so far.

    ``made`` is when; ``result`` as in :class:`Decision`.
    """

    proposal_id: str
    made: datetime
    motion: Motion
    record: Proposal
    votes: tuple[VoteView, ...]
    result: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a motion stands after :meth:`Council.decide`.

    ``what`` is the motion in words. ``result`` is what carrying it out gave: the number of the
    member admitted or of the version registered, 0 for every other action; None before.
    """

    proposal_id: str
    what: str
    proposal: Proposal
    result: int | None

    def carried_out(self) -> int:
        """The result; raises :class:`NotDecided`."""
        if self.result is None:
            raise NotDecided(self.what, self.proposal)
        return self.result


class Council:
    """Decisions of the founders; each act raises the errors of :mod:`yangshan.chain.reverts`.

    ``what`` is the motion in words, as in "admit the example bank".
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def decide(self, voters: Sequence[Signer], motion: Motion, what: str) -> Decision:
        """Brings a motion as far as these voters can, from wherever it stands.

        The first of them proposes and carries out, the others vote in favour until there are votes
        enough; who has voted against is passed over. A motion that has to wait, or lacks votes,
        goes on with the next call.
        """
        proposal_id = self.propose(voters[0], motion, what)
        for voter in voters:
            found = self.proposal(proposal_id)
            founder = self._ledger.number_of(voter)
            if founder == found.proposer:
                continue
            voted = self._voted(proposal_id, founder)
            if voted or (voted is None and found.state is ProposalState.OPEN):
                self.vote(voter, proposal_id, what)
        result = None
        found = self.proposal(proposal_id)
        if found.state in (ProposalState.PASSED, ProposalState.EXECUTED):
            try:
                result = self.execute(voters[0], motion, what)
            except ExecutionDelayed:
                pass
            else:
                found = self.proposal(proposal_id)
        return Decision(proposal_id, what, found, result)

    def admit(
        self,
        voters: Sequence[Signer],
        admission: Admission,
        handle: str,
        resolution: str = NO_COMMITMENT,
    ) -> int:
        """Admits a member as :meth:`decide` does and returns its number; raises NotDecided."""
        motion = Motion(
            Action.ADMIT_MEMBER,
            admission=records.Admission.read(admission.as_argument()),
            resolution=resolution,
        )
        return self.decide(voters, motion, f"admit {handle}").carried_out()

    def propose(self, founder: Signer, motion: Motion, what: str) -> str:
        """Proposes a motion, unless it was proposed before, and returns its number."""
        proposal_id = self.proposal_id(motion)
        self._ledger.act(
            founder,
            _COUNCIL,
            "propose",
            (motion,),
            holds=self.proposal(proposal_id).state is not ProposalState.NONE,
            trace=Trace("ProposalMade", {"proposalId": proposal_id}),
            what=f"proposes to {what}",
            key=proposal_id,
        )
        return proposal_id

    def try_propose(self, founder: Signer, motion: Motion) -> None:
        """Tries whether a motion could be proposed; sends nothing."""
        self._ledger.try_as(founder.address, _COUNCIL, "propose", (motion,))

    def vote(self, founder: Signer, proposal_id: str, what: str, *, in_favour: bool = True) -> None:
        """Votes on a proposal; raises VotedAlready where the vote on record is the other one."""
        number = self._ledger.number_of(founder)
        self._ledger.act(
            founder,
            _COUNCIL,
            "vote",
            (proposal_id, in_favour),
            holds=self._voted(proposal_id, number) is in_favour,
            trace=_vote_of(proposal_id, number),
            what=f"votes {'to' if in_favour else 'not to'} {what}",
            key=f"{proposal_id} {number} {in_favour}",
        )

    def cancel(self, founder: Signer, proposal_id: str, what: str) -> None:
        """Takes a proposal back; raises NotProposer where the founder did not make it."""
        number = self._ledger.number_of(founder)
        trace = Trace("ProposalCancelled", {"proposalId": proposal_id, "founder": number})
        self._ledger.act(
            founder,
            _COUNCIL,
            "cancel",
            (proposal_id,),
            holds=self._ledger.happened(_COUNCIL, trace),
            trace=trace,
            what=f"takes back the proposal to {what}",
            key=f"{proposal_id} {number}",
        )

    def execute(self, founder: Signer, motion: Motion, what: str) -> int:
        """Carries out a motion that has passed, once, and returns its result."""
        proposal_id = self.proposal_id(motion)
        executed = Trace("ProposalExecuted", {"proposalId": proposal_id})
        self._ledger.act(
            founder,
            _COUNCIL,
            "execute",
            (motion,),
            holds=self.proposal(proposal_id).state is ProposalState.EXECUTED,
            trace=executed,
            what=f"carries out the decision to {what}",
            key=proposal_id,
        )
        return int(self._ledger.find(_COUNCIL, executed)["args"]["result"])

    # Views

    def proposal_id(self, motion: Motion) -> str:
        """The number under which a motion is proposed."""
        return str(self._ledger.read(_COUNCIL, "proposalIdOf", motion))

    def proposal(self, proposal_id: str) -> Proposal:
        """A proposal as it stands; its state is NONE for a number that nobody proposed."""
        found: Proposal = self._ledger.read(_COUNCIL, "proposal", proposal_id)
        return found

    def proposals(self) -> list[ProposalView]:
        """All proposals ever made, in the order of their making."""
        return [self._view(log) for log in self._ledger.logs(_COUNCIL, Trace("ProposalMade", {}))]

    def found(self, number: str) -> ProposalView:
        """One proposal, by its number or the first digits of it.

        Raises :class:`UnknownProposal`, :class:`AmbiguousProposal`.
        """
        wanted = number.lower().removeprefix("0x")
        logs = {
            hexadecimal(log["args"]["proposalId"]): log
            for log in self._ledger.logs(_COUNCIL, Trace("ProposalMade", {}))
        }
        fitting = [each for each in logs if each.removeprefix("0x").startswith(wanted)]
        if not wanted or not fitting:
            raise UnknownProposal(number)
        if len(fitting) > 1:
            raise AmbiguousProposal(number, fitting)
        return self._view(logs[fitting[0]])

    def votes_of(self, founder: int) -> int:
        """The votes of a founder under the rules in force, 0 if it is none."""
        return int(self._ledger.read(_COUNCIL, "weightOf", founder))

    def rules(self) -> VotingRules:
        """The rules of voting in force."""
        found: VotingRules = self._ledger.read(_COUNCIL, "votingRules")
        return found

    def _view(self, made: Any) -> ProposalView:
        proposal_id = hexadecimal(made["args"]["proposalId"])
        of_it = {"proposalId": proposal_id}
        votes = self._ledger.logs(_COUNCIL, Trace("VoteCast", of_it))
        executed = self._ledger.last(_COUNCIL, Trace("ProposalExecuted", of_it))
        return ProposalView(
            proposal_id=proposal_id,
            made=self._ledger.time_of(made),
            motion=Motion.read(fields_of(made["args"]["motion"])),
            record=self.proposal(proposal_id),
            votes=tuple(
                VoteView(vote["args"]["founder"], vote["args"]["inFavour"], vote["args"]["weight"])
                for vote in votes
            ),
            result=None if executed is None else executed["args"]["result"],
        )

    def _voted(self, proposal_id: str, founder: int) -> bool | None:
        """Whether a founder voted in favour, None if it has not voted."""
        cast = self._ledger.last(_COUNCIL, _vote_of(proposal_id, founder))
        return None if cast is None else bool(cast["args"]["inFavour"])


def _vote_of(proposal_id: str, founder: int) -> Trace:
    return Trace("VoteCast", {"proposalId": proposal_id, "founder": founder})
