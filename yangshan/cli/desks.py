# SPDX-License-Identifier: Apache-2.0
"""``yangshan alliance desk``: a member's desks, their people and policies."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yangshan.alliance.desk_actions import DESK_ACTIONS, desk_action
from yangshan.alliance.entries import amount, end, roles
from yangshan.chain.enums import Hands, Role
from yangshan.cli import instructions
from yangshan.cli.acting import (
    AccountText,
    ActionText,
    DeskText,
    KeyName,
    MemberText,
    opened,
    row,
)
from yangshan.cli.common import AsJson, Home, Rpc, console, print_json
from yangshan.errors import Unusable
from yangshan.money import Currency, Money, UnknownCurrency

if TYPE_CHECKING:
    from yangshan.alliance.desks import DeskView, PolicyView
    from yangshan.chain.wording import Wording

app = typer.Typer(
    help="Four eyes: people, policies and instructions of a member's desk.", no_args_is_help=True
)


class HandsChoice(StrEnum):
    """How many hands an action takes."""

    TWO = "two"
    ONE = "one"
    CLOSED = "closed"


class OnOff(StrEnum):
    """A switch."""

    ON = "on"
    OFF = "off"


class NoHandGiven(Unusable):
    """A person that was to be named without a hand."""

    def __init__(self) -> None:
        super().__init__("A person is a --maker, a --checker or both; --dismiss takes it away.")


# What an administrator does


@app.command()
def create(
    role: Annotated[
        str, typer.Option("--roles", help="All its roles from now on, such as ISSUE,EXAMINE,PAY.")
    ],
    rpc: Rpc,
    key: KeyName,
    number: Annotated[
        int, typer.Option("--number", help="Which desk of the member it is.", min=1)
    ] = 1,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Create a desk for your member; repeated, it is the same desk."""
    wanted = roles(role)
    office = opened(rpc, home, as_json=as_json)
    desk = office.alliance.desks.create(office.signer(key), wanted, number)
    if not as_json:
        console.print(f"Desk [bold]{desk}[/]")
    return office.answer(desk=desk)


@app.command()
def only(
    switch: Annotated[OnOff, typer.Argument(metavar="on|off", help="Whether they alone do.")],
    rpc: Rpc,
    key: KeyName,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Let only the desks of your member find, refuse and pay: its other keys lose these roles."""
    office = opened(rpc, home, as_json=as_json)
    office.alliance.desks.set_desk_only(office.signer(key), switch is OnOff.ON)
    return office.answer()


@app.command()
def person(
    desk: DeskText,
    account: AccountText,
    rpc: Rpc,
    key: KeyName,
    maker: Annotated[bool, typer.Option("--maker", help="It proposes.")] = False,
    checker: Annotated[bool, typer.Option("--checker", help="It approves.")] = False,
    dismiss: Annotated[bool, typer.Option("--dismiss", help="It does nothing any more.")] = False,
    until: Annotated[
        str, typer.Option("--until", help="Last second at which it acts; none for no end.")
    ] = "none",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Name a person at a desk, change its hands, or dismiss it."""
    if dismiss == (maker or checker):
        raise NoHandGiven
    last = end(until)
    office = opened(rpc, home, as_json=as_json)
    office.alliance.desks.set_person(
        office.signer(key),
        office.desk(desk),
        office.account(account),
        maker=maker,
        checker=checker,
        until=last,
    )
    return office.answer()


@app.command()
def policy(
    desk: DeskText,
    action: ActionText,
    hands: Annotated[HandsChoice, typer.Option("--hands", help="How many it takes.")],
    rpc: Rpc,
    key: KeyName,
    currency: Annotated[str, typer.Option("--currency", help="Such as CNY.")] = "",
    limit: Annotated[str, typer.Option("--limit", help="Greatest amount, such as 500000.00.")] = "",
    alone: Annotated[
        str, typer.Option("--alone", help="With one hand: greatest amount for a maker alone.")
    ] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Open an action of a desk for two hands or one, or close it."""
    known = desk_action(action)
    money = Currency.of(currency) if currency else None
    decided = {
        HandsChoice.TWO: Hands.TWO,
        HandsChoice.ONE: Hands.ONE_UP_TO_LIMIT,
        HandsChoice.CLOSED: Hands.CLOSED,
    }[hands]
    office = opened(rpc, home, as_json=as_json)
    office.alliance.desks.set_policy(
        office.signer(key),
        office.desk(desk),
        known.name,
        decided,
        currency=money,
        limit=_money(limit, money),
        alone=_money(alone, money),
    )
    return office.answer()


# Looking


@app.command()
def actions(as_json: AsJson = False) -> int:
    """List what a desk can do, by the words that its people read; needs no chain."""
    if as_json:
        print_json(
            [
                {
                    "action": each.name,
                    "contract": each.contract,
                    "function": each.function,
                    "amount": each.amount or None,
                    "currency": each.currency or None,
                }
                for each in DESK_ACTIONS.values()
            ]
        )
        return 0
    for each in DESK_ACTIONS.values():
        row(each.name, f"{each.contract}.{each.function}", 40)
    return 0


@app.command(name="list")
def list_(member: MemberText, rpc: Rpc, home: Home = None, as_json: AsJson = False) -> int:
    """List the desks of a member with their people and policies."""
    office = opened(rpc, home, as_json=as_json)
    number = office.member(member)
    office.alliance.register.member(number)
    found = office.alliance.desks.of(number)
    if as_json:
        print_json([_desk_as_json(view) for view in found])
        return 0
    wording = office.wording
    if not found:
        console.print(f"{wording.member(number)} has no desk.")
    for view in found:
        _print_desk(view, wording)
    return 0


for _command in (
    instructions.prepare,
    instructions.show,
    instructions.sign,
    instructions.propose,
    instructions.waiting,
    instructions.fetch,
    instructions.approve,
    instructions.relay,
    instructions.cancel,
):
    app.command()(_command)


# How it is done


def _money(given: str, currency: Currency | None) -> Money | None:
    if not given:
        return None
    if currency is None:
        raise UnknownCurrency("none")
    return amount(given, currency)


def _desk_as_json(view: DeskView) -> dict[str, Any]:
    return {
        "number": view.number,
        "desk": view.address,
        "live": view.live,
        "roles": [role.name for role in Role if role in view.roles],
        "people": [
            {
                "account": each.account,
                "maker": each.record.maker,
                "checker": each.record.checker,
                "valid_until": each.record.valid_until.isoformat()
                if each.record.valid_until
                else None,
                "live": each.live,
            }
            for each in view.people
        ],
        "policies": [
            {
                "action": each.action,
                "target": each.target,
                "selector": each.selector,
                "currency": each.currency or None,
                "hands": each.record.hands.label,
                "alone": each.record.alone or None,
                "limit": each.record.limit or None,
            }
            for each in view.policies
        ],
    }


def _print_desk(view: DeskView, wording: Wording) -> None:
    state = "" if view.live else ", frozen or revoked"
    console.print(f"{view.number}  [bold]{view.address}[/]{state}")
    row("roles", view.roles.label)
    for each in view.people:
        hands = " and ".join(
            word
            for word, given in (("maker", each.record.maker), ("checker", each.record.checker))
            if given
        )
        row(hands, f"{wording.account(each.account)}{'' if each.live else ', whose time is over'}")
    for policy_ in view.policies:
        row(policy_.action, _policy(policy_), 40)


def _policy(view: PolicyView) -> str:
    record = view.record
    said = "two hands" if record.hands is Hands.TWO else "a maker alone"
    if not record.limit:
        return said
    written = _amounts(view.currency)
    if record.alone:
        said = f"a maker alone up to {written(record.alone)}, two hands beyond"
    return f"{said}, at most {written(record.limit)}"


def _amounts(currency: int) -> Any:
    try:
        known = Currency.numbered(currency)
    except UnknownCurrency:
        return lambda minor: f"{minor:,} minor units"
    return lambda minor: str(Money(minor, known))
