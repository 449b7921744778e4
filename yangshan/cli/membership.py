# SPDX-License-Identifier: Apache-2.0
"""``yangshan alliance resign``, ``lapse``, ``treasury`` and ``recovery``: what a member does about
its own membership, and what anyone may do about one that is over."""

from __future__ import annotations

from typing import Annotated

import typer

from yangshan.cli.acting import AccountText, KeyName, MemberText, opened, row
from yangshan.cli.common import AsJson, Home, Rpc, console, print_json

treasury_app = typer.Typer(help="Move the place where your cash arrives.", no_args_is_help=True)
recovery_app = typer.Typer(
    help="Follow the recovery of a member that lost its administrator.", no_args_is_help=True
)


def resign(
    rpc: Rpc,
    key: KeyName,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; it is for ever.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """End the membership of your member, for ever. What is in flight is finished."""
    office = opened(rpc, home, as_json=as_json)
    signer = office.signer(key)
    if not yes:
        typer.confirm(f"Does the member of the key {key} resign, for ever?", abort=True, err=True)
    office.alliance.membership.resign(signer)
    return office.answer()


def lapse(
    member: MemberText, rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False
) -> int:
    """Take a member whose validity is over out of new business; anyone may."""
    office = opened(rpc, home, as_json=as_json)
    office.alliance.membership.lapse(office.signer(key), office.member(member))
    return office.answer()


@treasury_app.command()
def nominate(
    account: AccountText, rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False
) -> int:
    """Nominate an account of your member as its treasury; the account then says so itself."""
    office = opened(rpc, home, as_json=as_json)
    office.alliance.treasury.nominate(office.signer(key), office.account(account))
    return office.answer()


@treasury_app.command()
def withdraw(rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False) -> int:
    """Withdraw a nomination."""
    office = opened(rpc, home, as_json=as_json)
    office.alliance.treasury.nominate(office.signer(key), None)
    return office.answer()


@treasury_app.command()
def become(rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False) -> int:
    """Make the signing account, which was nominated, the treasury of its member."""
    office = opened(rpc, home, as_json=as_json)
    office.alliance.treasury.become(office.signer(key))
    return office.answer()


@recovery_app.command()
def show(member: MemberText, rpc: Rpc, home: Home = None, as_json: AsJson = False) -> int:
    """Show the recovery of a member that is under way."""
    office = opened(rpc, home, as_json=as_json)
    number = office.member(member)
    # A number that nobody has is said, rather than that no recovery is under way.
    office.alliance.register.member(number)
    found = office.alliance.recoveries.under_way(number)
    due = found.completable_from
    if as_json:
        print_json(
            {
                "member": number,
                "under_way": due is not None,
                "administrator": found.administrator if due else None,
                "completable_from": due.isoformat() if due else None,
                "objected": found.objected,
            }
        )
        return 0
    wording = office.wording
    if due is None:
        console.print(f"No recovery of {wording.member(number)} is under way.")
        return 0
    console.print(f"Recovery of {wording.member(number)}")
    row("administrator", wording.account(found.administrator))
    if found.objected:
        row("objected", "a second vote of the council, by two thirds, settles it")
    else:
        row("completable from", wording.time(due))
    return 0


@recovery_app.command(name="object")
def object_(rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False) -> int:
    """Object to the recovery of your own member, while its delay runs."""
    office = opened(rpc, home, as_json=as_json)
    office.alliance.recoveries.object(office.signer(key))
    return office.answer()


@recovery_app.command()
def complete(
    member: MemberText, rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False
) -> int:
    """Complete a recovery to which the member did not object in time; anyone may."""
    office = opened(rpc, home, as_json=as_json)
    office.alliance.recoveries.complete(office.signer(key), office.member(member))
    return office.answer()
