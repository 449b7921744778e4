# SPDX-License-Identifier: Apache-2.0
"""``yangshan alliance``: who is in the alliance, with which keys, and its banking calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from yangshan.alliance.service import Alliance
from yangshan.chain.connection import connect
from yangshan.chain.enums import MemberStatus, Role
from yangshan.chain.sender import Sender
from yangshan.cli.common import AsJson, Home, Rpc, console, print_json, workspace_at

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from yangshan.alliance.members import MemberRecord
    from yangshan.alliance.register import KeyView, MemberView

app = typer.Typer(help="Look at the members of the alliance.", no_args_is_help=True)


@app.command()
def members(rpc: Rpc, home: Home = None, as_json: AsJson = False) -> int:
    """List the members as the chain has them."""
    alliance, known = _opened(rpc, home)
    found = alliance.register.members()
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


@app.command()
def member(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The member's number.", min=1)],
    rpc: Rpc,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Show one member with all its keys and their roles."""
    alliance, known = _opened(rpc, home)
    view = alliance.register.member(number)
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
    alliance, _ = _opened(rpc, home)
    found = alliance.calendars.opened()
    if as_json:
        print_json([{"number": view.number, "name": view.name} for view in found])
        return 0
    for view in found:
        console.print(f"{view.number:3}  {view.name}")
    return 0


def _opened(rpc: str, home: Path | None) -> tuple[Alliance, dict[int, MemberRecord]]:
    workspace = workspace_at(home)
    chain = connect(rpc)
    deployment = workspace.deployment(chain)
    sender = Sender(chain, workspace.outbox(chain))
    return Alliance(chain, sender, deployment), workspace.members(deployment)


def _member(view: MemberView, known: dict[int, MemberRecord]) -> dict[str, Any]:
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
