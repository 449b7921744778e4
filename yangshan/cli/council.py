# SPDX-License-Identifier: Apache-2.0
"""``yangshan alliance proposals``, ``vote``, ``execute`` and the rest of the council's business."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from yangshan.alliance.motions import motion_words, rules_words
from yangshan.chain.enums import Action, MemberKind, ProposalState
from yangshan.chain.records import NO_COMMITMENT
from yangshan.chain.values import founders_of
from yangshan.cli.acting import KeyName, opened, row
from yangshan.cli.common import AsJson, Home, Rpc, console, print_json

if TYPE_CHECKING:
    from yangshan.alliance.council import ProposalView
    from yangshan.chain.wording import Wording

# Enough to tell proposals apart; commands take any number of first digits.
_DIGITS = 10

Number = Annotated[
    str, typer.Argument(metavar="PROPOSAL", help="Its number, or the first digits of it.")
]


def proposals(
    rpc: Rpc,
    every: Annotated[bool, typer.Option("--all", help="Also those that are over.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """List the proposals that are open or wait to be carried out."""
    office = opened(rpc, home, as_json=as_json)
    alive = (ProposalState.OPEN, ProposalState.PASSED)
    found = [
        view for view in office.alliance.council.proposals() if every or view.record.state in alive
    ]
    wording = office.wording
    if as_json:
        print_json([_view(view, wording) for view in found])
        return 0
    if not found:
        console.print(f"There are no {'' if every else 'open or passed '}proposals.")
        return 0
    table = Table("", "state", "votes", "until", "it is proposed to", box=None, pad_edge=False)
    for view in found:
        table.add_row(
            view.proposal_id[:_DIGITS],
            view.record.state.label,
            f"{view.record.in_favour} of {view.record.needed}",
            _until(view),
            escape(motion_words(view.motion, wording).what),
        )
    console.print(table)
    return 0


def proposal(number: Number, rpc: Rpc, home: Home = None, as_json: AsJson = False) -> int:
    """Show one proposal: what it would do, who voted how, and what comes next."""
    office = opened(rpc, home, as_json=as_json)
    view, wording = office.alliance.council.found(number), office.wording
    if as_json:
        print_json(_view(view, wording))
        return 0
    said, record = motion_words(view.motion, wording), view.record
    console.print(f"[bold]{view.proposal_id}[/]\nIt is proposed to {escape(said.what)}.")
    for label, text in said.details:
        row(label, text)
    if view.motion.resolution != NO_COMMITMENT:
        row("resolution", view.motion.resolution)
    row("proposed by", f"{wording.member(record.proposer)}, {wording.time(view.made)}")
    row("state", _state(view, wording))
    row(
        "votes",
        f"{record.in_favour} in favour, {record.against} against; it needs {record.needed} of "
        f"{record.total}",
    )
    for vote in view.votes:
        how = "in favour" if vote.in_favour else "against"
        row("", f"{how}, {vote.weight}: {wording.member(vote.founder)}")
    if record.state is ProposalState.OPEN:
        for founder in founders_of(record.eligible & ~record.voted):
            row("", f"not yet: {wording.member(founder)}")
    return 0


def vote(
    number: Number,
    rpc: Rpc,
    key: KeyName,
    against: Annotated[bool, typer.Option("--against", help="Vote against it.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Vote in favour of a proposal, or against it; a vote stands."""
    office = opened(rpc, home, as_json=as_json)
    council = office.alliance.council
    view = council.found(number)
    what = motion_words(view.motion, office.wording).what
    council.vote(office.signer(key), view.proposal_id, what, in_favour=not against)
    state = council.proposal(view.proposal_id).state
    if not as_json:
        console.print(f"The proposal is {state.label} now.")
    return office.answer(proposal=view.proposal_id, state=state.label)


def cancel(
    number: Number, rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False
) -> int:
    """Take your own proposal back."""
    office = opened(rpc, home, as_json=as_json)
    council = office.alliance.council
    view = council.found(number)
    what = motion_words(view.motion, office.wording).what
    council.cancel(office.signer(key), view.proposal_id, what)
    return office.answer(proposal=view.proposal_id)


def execute(
    number: Number, rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False
) -> int:
    """Carry out a proposal that has passed, once its delay is over."""
    office = opened(rpc, home, as_json=as_json)
    council = office.alliance.council
    view = council.found(number)
    what = motion_words(view.motion, office.wording).what
    result = council.execute(office.signer(key), view.motion, what)
    if not as_json and view.motion.action is Action.ADMIT_MEMBER:
        console.print(f"It is member {result}: write id = {result} into members.toml.")
    if not as_json and view.motion.action is Action.REGISTER_VERSION:
        console.print(f"It is version {result} of {escape(view.motion.name)}.")
    return office.answer(proposal=view.proposal_id, result=result or None)


def rules(rpc: Rpc, home: Home = None, as_json: AsJson = False) -> int:
    """Show how the council decides, and the votes of each founder."""
    office = opened(rpc, home, as_json=as_json)
    council, register = office.alliance.council, office.alliance.register
    found = council.rules()
    votes = {number: council.votes_of(number) for number in range(1, register.founders() + 1)}
    if as_json:
        print_json(
            {
                "quorum": found.quorum,
                "voting_period": int(found.voting_period.total_seconds()),
                "execution_delay": int(found.execution_delay.total_seconds()),
                "votes_of_kinds": {
                    kind.label: found.weight(kind)
                    for kind in MemberKind
                    if kind is not MemberKind.NONE
                },
                "votes_of_founders": votes,
            }
        )
        return 0
    for label, text in rules_words(found):
        row(label, text)
    wording = office.wording
    for number, weight in votes.items():
        row("votes" if number == 1 else "", f"{weight}: {wording.member(number)}")
    return 0


def _view(view: ProposalView, wording: Wording) -> dict[str, Any]:
    record, motion = view.record, view.motion
    said = motion_words(motion, wording)
    return {
        "proposal": view.proposal_id,
        "action": motion.action.label,
        "what": said.what,
        "details": dict(said.details),
        "member": motion.member_id or None,
        "resolution": None if motion.resolution == NO_COMMITMENT else motion.resolution,
        "proposer": record.proposer,
        "made": view.made.isoformat(),
        "state": record.state.label,
        "in_favour": record.in_favour,
        "against": record.against,
        "needed": record.needed,
        "total": record.total,
        "votes": [
            {"founder": vote.founder, "in_favour": vote.in_favour, "votes": vote.weight}
            for vote in view.votes
        ],
        "not_voted": list(founders_of(record.eligible & ~record.voted)),
        "deadline": record.deadline.isoformat() if record.deadline else None,
        "executable_from": record.executable_from.isoformat() if record.executable_from else None,
        "executable_until": record.executable_until.isoformat()
        if record.executable_until
        else None,
        "result": view.result or None,
    }


def _state(view: ProposalView, wording: Wording) -> str:
    record = view.record
    said = record.state.label
    if record.state is ProposalState.OPEN and record.deadline:
        return f"{said}, votes are taken until {wording.time(record.deadline)}"
    if record.state is ProposalState.PASSED and record.executable_from and record.executable_until:
        return (
            f"{said}, to be carried out from {wording.time(record.executable_from)} until "
            f"{wording.time(record.executable_until)}"
        )
    return said


def _until(view: ProposalView) -> str:
    record = view.record
    if record.state is ProposalState.OPEN and record.deadline:
        return record.deadline.strftime("%Y-%m-%d %H:%M")
    if record.state is ProposalState.PASSED and record.executable_until:
        return record.executable_until.strftime("%Y-%m-%d %H:%M")
    return ""
