# SPDX-License-Identifier: Apache-2.0
"""``yangshan alliance keys``: keys of a member are given, rotated, stopped and taken away."""

from __future__ import annotations

from typing import Annotated

import typer
from eth_account import Account

from yangshan.alliance.entries import end, roles
from yangshan.cli.acting import AccountText, KeyName, opened
from yangshan.cli.common import AsJson, Home, Rpc, console, print_json
from yangshan.cli.folders import workspace_at
from yangshan.workspace import NoPassword

app = typer.Typer(help="Give, rotate, freeze and revoke keys of your member.", no_args_is_help=True)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the key file is to be called.")],
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Make a key file with a new account; needs no chain. It is nobody's until it is given."""
    workspace = workspace_at(home)
    try:
        password = workspace.password(name)
    except NoPassword:
        if not console.is_terminal:
            raise
        password = typer.prompt(
            f"Password of the key {name}", hide_input=True, confirmation_prompt=True
        )
    signer = workspace.keys.save(name, Account.create(), password)
    if as_json:
        print_json({"name": name, "account": signer.address})
    else:
        console.print(f"{signer.address}  {name}")
    return 0


@app.command()
def give(
    account: AccountText,
    role: Annotated[
        str, typer.Option("--roles", help="All its roles from now on, such as ISSUE,ADVISE.")
    ],
    rpc: Rpc,
    key: KeyName,
    until: Annotated[
        str, typer.Option("--until", help="Last second at which it signs, with its offset.")
    ] = "none",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Give an account of your member exactly these roles, or change those it has."""
    wanted, last = roles(role), end(until)
    office = opened(rpc, home, as_json=as_json)
    office.alliance.keys.give(office.signer(key), office.account(account), wanted, last)
    return office.answer()


@app.command()
def rotate(
    previous: Annotated[str, typer.Argument(metavar="OLD", help="The account that goes.")],
    account: Annotated[str, typer.Argument(metavar="NEW", help="The account that comes.")],
    rpc: Rpc,
    key: KeyName,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Put another account in the place of one, with its roles and validity."""
    office = opened(rpc, home, as_json=as_json)
    office.alliance.keys.rotate(
        office.signer(key), office.account(previous), office.account(account)
    )
    return office.answer()


@app.command()
def freeze(
    account: AccountText, rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False
) -> int:
    """Stop a key until it is thawed. A key may stop itself."""
    office = opened(rpc, home, as_json=as_json)
    office.alliance.keys.freeze(office.signer(key), office.account(account))
    return office.answer()


@app.command()
def thaw(
    account: AccountText, rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False
) -> int:
    """Let a frozen key sign again."""
    office = opened(rpc, home, as_json=as_json)
    office.alliance.keys.thaw(office.signer(key), office.account(account))
    return office.answer()


@app.command()
def revoke(
    account: AccountText, rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False
) -> int:
    """Take an account from your member: it signs nothing from now on."""
    office = opened(rpc, home, as_json=as_json)
    office.alliance.keys.revoke(office.signer(key), office.account(account))
    return office.answer()


@app.command()
def renounce(rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False) -> int:
    """Take the signing key itself from its member."""
    office = opened(rpc, home, as_json=as_json)
    office.alliance.keys.renounce(office.signer(key))
    return office.answer()
