# SPDX-License-Identifier: Apache-2.0
"""``yangshan alliance propose``: a command for each thing that the council can decide on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final

import typer

from yangshan.alliance import motions
from yangshan.alliance.entries import end, instant
from yangshan.alliance.members import load_members
from yangshan.alliance.motions import RESOLUTION_KIND, kept_resolution, motion_words
from yangshan.chain.enums import MemberKind
from yangshan.chain.records import Admission, VotingRules
from yangshan.chain.values import hexadecimal, instant_of
from yangshan.cli.acting import (
    KeyName,
    MemberText,
    Office,
    UnknownMemberName,
    opened,
)
from yangshan.cli.common import AsJson, Home, Rpc, console, read_bytes
from yangshan.commitments import seal
from yangshan.deployment.parameters import (
    IDENTITY_KIND,
    identity_of,
    kept_identity,
    kind_named,
)
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from yangshan.chain.records import Motion
    from yangshan.chain.signers import Signer
    from yangshan.commitments import Sealed

app = typer.Typer(help="Propose to the council; it counts as a vote.", no_args_is_help=True)

Resolution = Annotated[
    str,
    typer.Option(
        "--resolution", help="The alliance's own name of the resolution, such as 2026-14."
    ),
]
Minutes = Annotated[
    str, typer.Option("--minutes", help="File with the minutes, kept and committed to.")
]
Until = Annotated[str, typer.Option("--until", help="An instant with its offset from UTC.")]

_SPAN: Final = re.compile(r"(\d{1,6})(d|h|min|s)")
_UNITS: Final = {
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "min": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}


class BadSpan(Unusable):
    """What is no span of time."""

    def __init__(self, given: str) -> None:
        super().__init__(f"{given} is no span of time: expected one such as 30d, 36h, 90min or 5s.")
        self.given = given


class BadVotes(Unusable):
    """What gives no votes to a kind of member."""

    def __init__(self, given: str) -> None:
        kinds = ", ".join(kind.label for kind in MemberKind if kind is not MemberKind.NONE)
        super().__init__(
            f"{given} gives no votes: expected a kind and 0 to 255 votes, such as bank=2; the "
            f"kinds are {kinds}."
        )
        self.given = given


class MinutesUnnamed(Unusable):
    """Minutes without the name of the resolution under which they are kept."""

    def __init__(self) -> None:
        super().__init__("Minutes are kept under the name of their resolution: give --resolution.")


class MinutesUnread(Unusable):
    """Minutes that are no text."""

    def __init__(self, file: str) -> None:
        super().__init__(f"The minutes {file} are no text in UTF-8.")
        self.file = file


@app.command()
def admit(
    member: Annotated[
        str, typer.Argument(metavar="MEMBER", help="Its key in members.toml of this folder.")
    ],
    administrator: Annotated[
        str, typer.Option("--administrator", help="Account of its first administrator.")
    ],
    treasury: Annotated[str, typer.Option("--treasury", help="Account that receives its cash.")],
    rpc: Rpc,
    key: KeyName,
    until: Annotated[
        str, typer.Option("--until", help="Last second of new business; none for no end.")
    ] = "",
    resolution: Resolution = "",
    minutes: Minutes = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Propose to admit a member that stands in members.toml."""
    office = opened(rpc, home, as_json=as_json)
    listed = {record.key: record for record in load_members(office.workspace.members_file)}
    if member not in listed:
        raise UnknownMemberName(member, list(listed))
    record, signer = listed[member], office.signer(key)
    accounts = (office.account(treasury), office.account(administrator))
    last = end(until) if until else instant_of(office.deployment.parameters.valid_until)
    calendar = office.alliance.calendars.number(record.calendar) if record.calendar else 0

    def motion(identity: Sealed) -> Motion:
        return motions.admit_member(
            Admission(
                *accounts,
                valid_until=last,
                calendar=calendar,
                country=record.country,
                kind=kind_named(record.kind),
                identity=hexadecimal(identity.commitment),
            )
        )

    vault = office.workspace.vault(office.chain)
    if vault.find(IDENTITY_KIND, record.key) is None:
        # What the council refuses is not kept, so that it can be mended.
        draft = motion(seal(IDENTITY_KIND, identity_of(record)))
        office.alliance.council.try_propose(signer, draft)
    proposed = motion(kept_identity(vault)(record))
    what = f"admit {record.legal_name}"
    return _propose(office, signer, proposed, resolution, minutes, what)


@app.command()
def suspend(
    member: MemberText,
    rpc: Rpc,
    key: KeyName,
    resolution: Resolution = "",
    minutes: Minutes = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Propose to close new business to a member; what is in flight goes on."""
    office = opened(rpc, home, as_json=as_json)
    motion = motions.suspend_member(office.member(member))
    return _propose(office, office.signer(key), motion, resolution, minutes)


@app.command()
def reinstate(
    member: MemberText,
    rpc: Rpc,
    key: KeyName,
    resolution: Resolution = "",
    minutes: Minutes = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Propose to open new business again to a suspended member."""
    office = opened(rpc, home, as_json=as_json)
    motion = motions.reinstate_member(office.member(member))
    return _propose(office, office.signer(key), motion, resolution, minutes)


@app.command()
def expel(
    member: MemberText,
    rpc: Rpc,
    key: KeyName,
    resolution: Resolution = "",
    minutes: Minutes = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Propose to make a member leave, for ever; what is in flight goes on."""
    office = opened(rpc, home, as_json=as_json)
    motion = motions.expel_member(office.member(member))
    return _propose(office, office.signer(key), motion, resolution, minutes)


@app.command()
def renew(
    member: MemberText,
    until: Annotated[
        str, typer.Option("--until", help="Last second of new business; none for no end.")
    ],
    rpc: Rpc,
    key: KeyName,
    resolution: Resolution = "",
    minutes: Minutes = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Propose another end of a member's new business."""
    last = end(until)
    office = opened(rpc, home, as_json=as_json)
    motion = motions.renew_member(office.member(member), last)
    return _propose(office, office.signer(key), motion, resolution, minutes)


@app.command()
def recover(
    member: MemberText,
    administrator: Annotated[
        str, typer.Option("--administrator", help="Account that becomes its only administrator.")
    ],
    rpc: Rpc,
    key: KeyName,
    resolution: Resolution = "",
    minutes: Minutes = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Propose to recover a member that has lost its administrator."""
    office = opened(rpc, home, as_json=as_json)
    motion = motions.begin_recovery(office.member(member), office.account(administrator))
    return _propose(office, office.signer(key), motion, resolution, minutes)


@app.command()
def settle(
    member: MemberText,
    rpc: Rpc,
    key: KeyName,
    resolution: Resolution = "",
    minutes: Minutes = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Propose to complete the recovery to which a member objected."""
    office = opened(rpc, home, as_json=as_json)
    number = office.member(member)
    administrator = office.alliance.recoveries.under_way(number).administrator
    motion = motions.settle_recovery(number, administrator)
    return _propose(office, office.signer(key), motion, resolution, minutes)


@app.command()
def rules(
    rpc: Rpc,
    key: KeyName,
    quorum: Annotated[
        int | None,
        typer.Option("--quorum", help="Of a hundred votes, how many in favour.", min=0, max=255),
    ] = None,
    period: Annotated[
        str, typer.Option("--period", help="How long votes are taken, such as 30d or 36h.")
    ] = "",
    delay: Annotated[
        str, typer.Option("--delay", help="How long what waits waits, such as 2d; 0s for none.")
    ] = "",
    votes: Annotated[
        list[str] | None, typer.Option("--votes", help="Votes of a kind, such as bank=2.")
    ] = None,
    resolution: Resolution = "",
    minutes: Minutes = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Propose other voting rules; what is not given stays as it is."""
    office = opened(rpc, home, as_json=as_json)
    now = office.alliance.council.rules()
    weights = {kind: now.weight(kind) for kind in MemberKind} | dict(map(_votes, votes or ()))
    rules = VotingRules(
        weights=sum(weight << 8 * kind for kind, weight in weights.items()),
        quorum=now.quorum if quorum is None else quorum,
        voting_period=_span(period) if period else now.voting_period,
        execution_delay=_span(delay) if delay else now.execution_delay,
    )
    motion = motions.change_rules(rules)
    return _propose(office, office.signer(key), motion, resolution, minutes)


@app.command()
def keeper(
    member: MemberText,
    rpc: Rpc,
    key: KeyName,
    resolution: Resolution = "",
    minutes: Minutes = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Propose to have another member keep the banking calendars."""
    office = opened(rpc, home, as_json=as_json)
    motion = motions.appoint_keeper(office.member(member))
    return _propose(office, office.signer(key), motion, resolution, minutes)


@app.command()
def version(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the contract.")],
    at: Annotated[str, typer.Option("--at", help="Address of the contract.")],
    rpc: Rpc,
    key: KeyName,
    resolution: Resolution = "",
    minutes: Minutes = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Propose to register a version of a contract in the directory."""
    office = opened(rpc, home, as_json=as_json)
    motion = motions.register_version(name, office.account(at))
    return _propose(office, office.signer(key), motion, resolution, minutes)


@app.command()
def close(
    edition: Annotated[
        int, typer.Argument(metavar="EDITION", help="Edition of a contract.", min=1, max=63)
    ],
    rpc: Rpc,
    key: KeyName,
    resolution: Resolution = "",
    minutes: Minutes = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Propose to close a contract to new records, for ever; it finishes old ones."""
    office = opened(rpc, home, as_json=as_json)
    motion = motions.close_edition(edition)
    return _propose(office, office.signer(key), motion, resolution, minutes)


@app.command()
def pause(
    until: Until,
    rpc: Rpc,
    key: KeyName,
    resolution: Resolution = "",
    minutes: Minutes = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Propose to pause new business of everybody; what is in flight goes on."""
    last = instant(until)
    office = opened(rpc, home, as_json=as_json)
    motion = motions.pause_new_business(last)
    return _propose(office, office.signer(key), motion, resolution, minutes)


@app.command()
def resume(
    rpc: Rpc,
    key: KeyName,
    resolution: Resolution = "",
    minutes: Minutes = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Propose to end the pause before its time."""
    office = opened(rpc, home, as_json=as_json)
    motion = motions.resume_new_business()
    return _propose(office, office.signer(key), motion, resolution, minutes)


def _propose(
    office: Office, signer: Signer, motion: Motion, name: str, minutes: str, what: str = ""
) -> int:
    """Proposes a motion; ``what`` says it better than its own words where they know less."""
    text = _minutes(minutes)
    if text and not name:
        raise MinutesUnnamed
    council = office.alliance.council
    if name:
        vault = office.workspace.vault(office.chain)
        if vault.find(RESOLUTION_KIND, name) is None:
            # What the council refuses is not kept; one commitment is as good as another for that.
            council.try_propose(signer, replace(motion, resolution=hexadecimal(b"\xff" * 32)))
        motion = replace(motion, resolution=kept_resolution(vault, name, text))
    said = what or motion_words(motion, office.wording).what
    number = council.propose(signer, motion, said)
    if not office.as_json:
        console.print(
            f"Proposal [bold]{number}[/]\n"
            f"Others vote: yangshan alliance vote {number[:10]} --key NAME",
            soft_wrap=True,
        )
    return office.answer(proposal=number)


def _minutes(file: str) -> str:
    try:
        return read_bytes(file).decode("utf-8") if file else ""
    except UnicodeDecodeError:
        raise MinutesUnread(file) from None


def _span(given: str) -> timedelta:
    found = _SPAN.fullmatch(given)
    if found is None:
        raise BadSpan(given)
    return int(found[1]) * _UNITS[found[2]]


def _votes(given: str) -> tuple[MemberKind, int]:
    kind, _, votes = given.partition("=")
    name = kind.strip().upper().replace(" ", "_")
    if name not in MemberKind.__members__ or name == "NONE" or not votes.strip().isdigit():
        raise BadVotes(given)
    if int(votes) > 255:
        raise BadVotes(given)
    return MemberKind[name], int(votes)
