# SPDX-License-Identifier: Apache-2.0
"""``yangshan customs``: what customs attests of declarations, on a chain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.markup import escape

from yangshan.alliance.entries import amount as amount_of
from yangshan.chain.enums import DeclarationStatus
from yangshan.chain.records import Declaration
from yangshan.chain.values import hexadecimal
from yangshan.cli.acting import opened, row
from yangshan.cli.common import AsJson, Home, Rpc, console, print_json, read_bytes
from yangshan.cli.documents_registry import moment
from yangshan.cli.hands import Actor, Plan, acting_command
from yangshan.documents import declaring
from yangshan.documents.declarations import declaration_key
from yangshan.documents.files import read_sealed
from yangshan.documents.reasons import DECLARATION, reason_of
from yangshan.errors import Refused
from yangshan.money import Currency, Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yangshan.acts import Act
    from yangshan.chain.wording import Wording
    from yangshan.cli.hands import Found
    from yangshan.documents.service import DeclarationView, Papers

_KEY: Final = re.compile(r"(?:0x)?([0-9a-f]{64})")

app = typer.Typer(
    help="Customs declarations: attested by customs, relied on by all.", no_args_is_help=True
)

_DeclarationText = Annotated[
    str, typer.Argument(metavar="SEALED", help="The sealed declaration, or its key.")
]
_SealedText = Annotated[str, typer.Argument(metavar="SEALED", help="The sealed declaration.")]
_CapText = Annotated[
    str, typer.Option("--cap", help="The greatest value of the goods, as 1,280,000.00.")
]
_CurrencyText = Annotated[str, typer.Option("--currency", help="Of the value, as CNY.")]
_ValidText = Annotated[
    str,
    typer.Option("--valid-until", help="Last second to rely on it, as 2026-03-31T23:59:59+08:00."),
]


class NoDeclaration(Refused):
    """A key under which no customs has a declaration."""

    def __init__(self, key: str) -> None:
        super().__init__(f"No customs has a declaration under the key {key}.")
        self.key = key


@dataclass
class Officer(Actor):
    """A member of customs that acts by its key or its desk."""

    @property
    def service(self) -> Papers:
        """The declarations there."""
        return self.office.papers

    def plan(self, act: Act, key: str, more: Mapping[str, Any] | None = None) -> Plan:
        """An act on a declaration, told with how it stands once it is done."""

        def found() -> Found:
            wording = self.office.wording
            for each in self.service.declarations(key):
                if each.customs == self.member:
                    return {"declaration": _as_json(each, wording)}, [("stands", _told(each))]
            return {}, []

        return Plan(act, {"key": key, **(more or {})}, found=found)


def _declare(
    officer: Officer,
    file: _SealedText,
    exporter: Annotated[str, typer.Option("--exporter", help="The member that exports.")],
    cap: _CapText,
    currency: _CurrencyText,
    valid_until: _ValidText,
) -> Plan:
    """Attest a declaration under its random key; its number stays in the salted commitment."""
    key, commitment = _sealed(file)
    money, until = amount_of(cap, Currency.of(currency)), moment(valid_until)
    number = officer.office.member(exporter)
    given = Declaration(number, money.minor, money.currency.number, until, commitment)
    act = declaring.declare(officer.member, key, given, officer.name(number))
    return officer.plan(act, key, {"commitment": commitment})


def _release(officer: Officer, declaration: _DeclarationText) -> Plan:
    """Record that the goods of a declaration are released."""
    key = _key_at(declaration)
    return officer.plan(declaring.release(officer.member, key), key)


def _amend(
    officer: Officer,
    file: Annotated[
        str,
        typer.Argument(
            metavar="SEALED", help="The amended declaration, sealed with --amends the earlier one."
        ),
    ],
    cap: _CapText,
    currency: _CurrencyText,
    valid_until: _ValidText,
) -> Plan:
    """Change a declaration: its commitment, value or validity; its exporter and key stay."""
    key, commitment = _sealed(file)
    money, until = amount_of(cap, Currency.of(currency)), moment(valid_until)
    exporter = officer.service.standing(officer.member, key).declaration.exporter
    given = Declaration(exporter, money.minor, money.currency.number, until, commitment)
    act = declaring.amend(officer.member, key, given)
    return officer.plan(act, key, {"commitment": commitment})


def _withdraw(
    officer: Officer,
    declaration: _DeclarationText,
    reason: Annotated[
        str,
        typer.Option("--reason", help="Code of the reason; docs/reference/documents.md has them."),
    ],
) -> Plan:
    """Withdraw a declaration, for ever: nobody relies on it from now on."""
    why = reason_of(reason, DECLARATION)
    key = _key_at(declaration)
    return officer.plan(declaring.withdraw(officer.member, key, why), key)


for _each, _name in (
    (_declare, "declare"),
    (_release, "release"),
    (_amend, "amend"),
    (_withdraw, "withdraw"),
):
    acting_command(app, _name, lambda hands, **common: Officer(**common, hands=hands), {})(_each)


@app.command()
def show(
    declaration: _DeclarationText,
    rpc: Rpc,
    customs: Annotated[
        str, typer.Option("--customs", help="The member of customs whose word counts.")
    ] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Show how a declaration stands, and whether it is in force: what whoever relies on it asks."""
    key = _key_at(declaration)
    office = opened(rpc, home, as_json=as_json)
    named = office.member(customs) if customs else 0
    found = [each for each in office.papers.declarations(key) if named in {0, each.customs}]
    if not found:
        raise NoDeclaration(key)
    if as_json:
        print_json([_as_json(each, office.wording) for each in found])
        return 0
    for each in found:
        standing = each.standing
        given = standing.declaration
        console.print(f"[bold]{escape(office.wording.member(each.customs))}[/]  {_told(each)}")
        row("exporter", office.wording.member(given.exporter))
        row("value up to", str(_cap(given)))
        assert given.valid_until is not None
        row("valid until", office.wording.time(given.valid_until))
        assert standing.changed is not None
        row("since", office.wording.time(standing.changed))
        row("commitment", given.document)
    return 0


def _sealed(file: str) -> tuple[str, str]:
    """Key and commitment of a sealed declaration."""
    sealed = read_sealed(read_bytes(file), file)
    return hexadecimal(declaration_key(sealed, file)), hexadecimal(sealed.commitment)


def _key_at(given: str) -> str:
    digits = _KEY.fullmatch(given.lower())
    return f"0x{digits[1]}" if digits else _sealed(given)[0]


def _cap(given: Declaration) -> Money:
    return Money(given.cap, Currency.numbered(given.currency))


def _told(view: DeclarationView) -> str:
    standing = view.standing
    status = standing.status.label
    if standing.status is DeclarationStatus.WITHDRAWN:
        return f"{status}: {view.reason}"
    return f"{status}, {'in force' if standing.in_force else 'no longer in force'}"


def _as_json(view: DeclarationView, wording: Wording) -> dict[str, Any]:
    standing, reason = view.standing, view.reason
    given = standing.declaration
    money = _cap(given)
    return {
        "customs": view.customs,
        "customs_name": wording.members.get(view.customs),
        "key": view.key,
        "status": standing.status.name,
        "in_force": standing.in_force,
        "since": standing.changed.isoformat() if standing.changed else None,
        "reason": reason
        and {"number": reason.number, "code": reason.code, "meaning": reason.meaning},
        "exporter": given.exporter,
        "exporter_name": wording.members.get(given.exporter),
        "cap": money.minor,
        "currency": money.currency.code,
        "valid_until": given.valid_until.isoformat() if given.valid_until else None,
        "commitment": given.document,
    }
