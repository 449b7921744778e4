# SPDX-License-Identifier: Apache-2.0
"""``yangshan alliance``: who is in it, with which keys, what is decided, and its directory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from yangshan.chain.enums import MemberStatus, ProposalState, Role
from yangshan.cli import council, desks, keys, membership, motions
from yangshan.cli.acting import MemberText, opened, row
from yangshan.cli.common import AsJson, Home, Rpc, console, print_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from yangshan.alliance.members import MemberRecord
    from yangshan.alliance.register import KeyView, MemberView

app = typer.Typer(
    help="Members of the alliance, their keys and desks, and what the council decides.",
    no_args_is_help=True,
)


@app.command()
def overview(rpc: Rpc, home: Home = None, as_json: AsJson = False) -> int:
    """Show the alliance at a glance: whether there is new business, who keeps the calendars."""
    office = opened(rpc, home, as_json=as_json)
    alliance, wording = office.alliance, office.wording
    listed = alliance.register.members()
    active = sum(view.active for view in listed)
    paused, keeper = alliance.register.paused_until(), alliance.calendars.keeper()
    alive = (ProposalState.OPEN, ProposalState.PASSED)
    waiting = [view for view in alliance.council.proposals() if view.record.state in alive]
    if as_json:
        print_json(
            {
                "name": office.deployment.parameters.name,
                "chain_id": office.chain.chain_id,
                "time": office.now().isoformat(),
                "members": len(listed),
                "active": active,
                "founders": alliance.register.founders(),
                "paused_until": _iso(paused),
                "calendar_keeper": keeper,
                "proposals": [view.proposal_id for view in waiting],
            }
        )
        return 0
    console.print(f"[bold]{escape(office.deployment.parameters.name)}[/]")
    row("chain", f"{office.chain.chain_id}, {wording.time(office.now())}")
    row("members", f"{active} of {len(listed)} open to new business")
    row("new business", f"paused until {wording.time(paused)}" if paused else "open")
    row("calendars kept by", wording.member(keeper))
    row("proposals", f"{len(waiting)} open or passed")
    return 0


@app.command()
def members(rpc: Rpc, home: Home = None, as_json: AsJson = False) -> int:
    """List the members as the chain has them."""
    office = opened(rpc, home, as_json=as_json)
    known, found = office.members, office.alliance.register.members()
    if as_json:
        print_json([_member(view, known) for view in found])
        return 0
    table = Table("", "key", "kind", "status", "keys", "member", box=None, pad_edge=False)
    for view in found:
        record = known.get(view.number)
        table.add_row(
            str(view.number),
            record.key if record else "",
            view.record.kind.label,
            _status(view),
            _keys(view),
            escape(record.legal_name) if record else "",
        )
    console.print(table)
    return 0


@app.command(name="member")
def member_(member: MemberText, rpc: Rpc, home: Home = None, as_json: AsJson = False) -> int:
    """Show one member with all its keys and their roles."""
    office = opened(rpc, home, as_json=as_json)
    known, number = office.members, office.member(member)
    view = office.alliance.register.member(number)
    if as_json:
        print_json(_member(view, known))
        return 0
    record, stored = known.get(number), view.record
    name = f"  [bold]{escape(record.legal_name)}[/]" if record else ""
    console.print(
        f"{number}{name}  {stored.kind.label}, {stored.country}, {_status(view)}\n"
        f"  new business {_new_business(view)}\n"
        f"  treasury {stored.treasury}"
    )
    for key in view.keys:
        console.print(f"  {key.account}  {_standing(key)}\n    {key.record.roles.label}")
    return 0


@app.command()
def calendars(rpc: Rpc, home: Home = None, as_json: AsJson = False) -> int:
    """List the banking calendars that are open on the chain."""
    found = opened(rpc, home, as_json=as_json).alliance.calendars.opened()
    if as_json:
        print_json([{"number": view.number, "name": view.name} for view in found])
        return 0
    for view in found:
        console.print(f"{view.number:3}  {view.name}")
    return 0


@app.command()
def versions(
    rpc: Rpc,
    every: Annotated[bool, typer.Option("--all", help="Also those that are closed.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """List the versions of the contracts that take new records; --all lists the closed ones too."""
    found = [
        view
        for view in opened(rpc, home, as_json=as_json).alliance.directory.versions()
        if every or not view.closed
    ]
    if as_json:
        print_json(
            [
                {
                    "name": view.name,
                    "version": view.number,
                    "address": view.record.at,
                    "edition": view.record.edition or None,
                    "registered": view.record.registered.isoformat(),
                    "closed": view.closed,
                    "in_force": view.in_force,
                }
                for view in found
            ]
        )
        return 0
    table = Table("contract", "", "edition", "", box=None, pad_edge=False)
    # Addresses are there to be copied.
    table.add_column("address", no_wrap=True, min_width=42)
    for view in found:
        table.add_row(
            escape(view.name),
            str(view.number),
            str(view.record.edition or ""),
            "closed" if view.closed else "in force" if view.in_force else "superseded",
            view.record.at,
        )
    console.print(table)
    return 0


app.add_typer(keys.app, name="keys")
app.add_typer(desks.app, name="desk")
app.add_typer(motions.app, name="propose")
app.command()(council.proposals)
app.command()(council.proposal)
app.command()(council.vote)
app.command()(council.cancel)
app.command()(council.execute)
app.command()(council.rules)
app.command()(membership.resign)
app.command()(membership.lapse)
app.add_typer(membership.treasury_app, name="treasury")
app.add_typer(membership.recovery_app, name="recovery")


def _member(view: MemberView, known: Mapping[int, MemberRecord]) -> dict[str, Any]:
    record = known.get(view.number)
    return {
        "number": view.number,
        "key": record.key if record else None,
        "name": record.legal_name if record else None,
        "kind": view.record.kind.label,
        "status": view.record.status.label,
        "active": view.active,
        "country": view.record.country,
        "calendar": view.record.calendar,
        "valid_until": _iso(view.record.valid_until),
        "treasury": view.record.treasury,
        "desk_only": view.record.desk_only,
        "keys": [
            {
                "account": key.account,
                "roles": [role.name for role in Role if role in key.record.roles],
                "valid_until": _iso(key.record.valid_until),
                "frozen": key.record.frozen,
                "desk": key.record.desk,
            }
            for key in view.keys
        ],
    }


def _iso(until: datetime | None) -> str | None:
    return until.isoformat() if until else None


def _status(view: MemberView) -> str:
    said = [view.record.status.label]
    # Its validity is over, and somebody had that put on record.
    if view.record.status is MemberStatus.ACTIVE and not view.active:
        said.append("lapsed")
    if view.record.desk_only:
        said.append("desk only")
    return ", ".join(said)


def _keys(view: MemberView) -> str:
    frozen = sum(key.record.frozen for key in view.keys)
    return f"{len(view.keys)}, {frozen} frozen" if frozen else str(len(view.keys))


def _new_business(view: MemberView) -> str:
    if view.record.status is not MemberStatus.ACTIVE:
        return "none"
    return f"until {_iso(view.record.valid_until) or 'the alliance decides otherwise'}"


def _standing(key: KeyView) -> str:
    said = [f"valid until {_iso(key.record.valid_until) or 'revoked'}"]
    if key.record.desk:
        said.append("a desk")
    if key.record.frozen:
        said.append("frozen")
    return ", ".join(said)
