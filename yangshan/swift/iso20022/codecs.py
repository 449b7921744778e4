# SPDX-License-Identifier: Apache-2.0
"""How values stand in elements of undertakings, and how they are written again.

Readers take valid elements. What one of the two standards cannot hold is Unsaid; nothing is cut.
"""

from __future__ import annotations

import re
import textwrap
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from yangshan.credit.terms import Bank, Confirmation, PartyName
from yangshan.credit.undertakings import Demands, ExpiryType, Extension, UndertakingRules
from yangshan.money import Currency, Money
from yangshan.swift.iso20022.places import Codec, Reading, Unsaid, find, make
from yangshan.swift.iso20022.schema import CURRENCY
from yangshan.swift.iso20022.xml import Node
from yangshan.swift.values import full_bic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum

# What an element that must stand holds where its content is not provided.
NOT_PROVIDED: Final = "NOTPROVIDED"
_SHORT: Final = 2000
_LONG: Final = 20_000
_MOST: Final = 5
_ZONED: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MAIL: Final = {"COUR": "COUR", "MAIL": "POST", "MESS": "MESS", "REGM": "REGM"}
_BY_CHANNEL: Final = {channel: word for word, channel in _MAIL.items()}


def one(read: Callable[[str], Any], write: Callable[[Any], str]) -> Codec:
    """One element of one value."""

    def reader(reading: Reading, nodes: list[Node]) -> tuple[Any] | None:
        return (read(reading.text(nodes[0])),) if nodes else None

    def writer(new: Callable[[], Node], value: Any) -> None:
        new().text = write(value)

    return Codec(reader, writer)


def words(known: Mapping[str, Any], why: str) -> Codec:
    """An element that is a code word; ``why`` another has no place."""
    back = {value: word for word, value in known.items()}

    def said(table: Mapping[Any, Any], given: Any) -> Any:
        if given not in table:
            raise Unsaid(f"{given}: {why}")
        return table[given]

    return one(lambda text: said(known, text), lambda value: said(back, value))


def same_words(known: type[StrEnum], common: str, why: str) -> Codec:
    """Code words that both standards write in the same way, of an enumeration."""
    return words({word: known(word) for word in common.split()}, why)


def flag() -> Codec:
    """An indicator; false says the same as its absence."""

    def reader(reading: Reading, nodes: list[Node]) -> tuple[bool] | None:
        return (_true(reading.text(nodes[0])),) if nodes else None

    def writer(new: Callable[[], Node], value: bool) -> None:
        new().text = "true" if value else "false"

    return Codec(reader, writer, False)


def _true(text: str) -> bool:
    return text.strip() in {"true", "1"}


def texts(width: int, most: int = _SHORT) -> Codec:
    """A text in lines, in up to five elements; lines too long for MT are wrapped at blanks."""

    def reader(reading: Reading, nodes: list[Node]) -> tuple[str] | None:
        if not nodes:
            return None
        lines: list[str] = []
        for node in nodes:
            for line in reading.text(node).replace("\r\n", "\n").split("\n"):
                if len(line) > width and " " in line:
                    reading.laid_out.append((node, width))
                    lines += textwrap.wrap(line, width, break_long_words=False) or [line]
                else:
                    lines.append(line)
        return ("\n".join(lines),)

    def writer(new: Callable[[], Node], value: str) -> None:
        pieces = [""]
        for line in value.split("\n"):
            grown = f"{pieces[-1]}\n{line}" if pieces[-1] else line
            if len(grown) > most:
                pieces.append(line)
            else:
                pieces[-1] = grown
        if len(pieces) > _MOST:
            raise Unsaid(f"it takes {len(pieces)} elements of {most} characters, {_MOST} may stand")
        for piece in pieces:
            new().text = piece

    return Codec(reader, writer)


def _day(text: str) -> date:
    if not _ZONED.fullmatch(text.strip()):
        raise Unsaid(f"the date {text} names a zone, and a date of MT has none")
    return date.fromisoformat(text.strip())


def _money(reading: Reading, nodes: list[Node]) -> tuple[Money] | None:
    if not nodes:
        return None
    currency = Currency.of(nodes[0].attributes[CURRENCY])
    minor = Decimal(reading.text(nodes[0]).strip()).scaleb(currency.decimals)
    return (Money(int(minor), currency),)


def _write_money(new: Callable[[], Node], amount: Money) -> None:
    node = new()
    node.text = amount.digits
    node.attributes[CURRENCY] = amount.currency.code


def _number(text: str) -> int:
    if not text.strip().isdecimal():
        raise Unsaid(f"{text!r} is no whole number, and MT holds nothing else there")
    return int(text)


def _lines(reading: Reading, node: Node) -> tuple[str, ...]:
    name = reading.one(node, "Nm")
    if name is None:
        raise Unsaid("a party without a name and without a BIC")
    rest = find(reading, node, "PstlAdr/AdrLine")
    return (name, *(reading.text(each) for each in rest))


def _write_lines(node: Node, lines: tuple[str, ...]) -> None:
    make(node, "Nm").text = lines[0]
    for line in lines[1:]:
        make(node, "PstlAdr/AdrLine").text = line


def _bic(reading: Reading, node: Node) -> str | None:
    found = reading.one(node, "Id/OrgId/AnyBIC")
    return full_bic(found) if found else None


def _party(reading: Reading, nodes: list[Node]) -> tuple[PartyName] | None:
    return (PartyName(lines=_lines(reading, nodes[0])),) if nodes else None


def _write_party(new: Callable[[], Node], party: PartyName) -> None:
    if party.account:
        raise Unsaid(f"the account {party.account} of the party")
    _write_lines(new(), party.lines)


def _bank(reading: Reading, nodes: list[Node]) -> tuple[Bank] | None:
    if not nodes:
        return None
    if bic := _bic(reading, nodes[0]):
        return (Bank(bic=bic),)
    return (Bank(lines=_lines(reading, nodes[0])),)


def _write_bank(new: Callable[[], Node], bank: Bank) -> None:
    if bank.account or bank.mark:
        raise Unsaid(f"the account /{bank.account or bank.mark} of the bank")
    if bank.bic:
        make(new(), "Id/OrgId/AnyBIC").text = bank.bic
    else:
        _write_lines(new(), bank.lines)


def _either(reading: Reading, nodes: list[Node]) -> tuple[Bank | PartyName] | None:
    if nodes and find(Reading(), nodes[0], "Id/OrgId/AnyBIC"):
        return _bank(reading, nodes)
    return _party(reading, nodes)


def _write_either(new: Callable[[], Node], named: Bank | PartyName) -> None:
    if isinstance(named, PartyName):
        _write_party(new, named)
    else:
        _write_bank(new, named)


def _rules(reading: Reading, nodes: list[Node]) -> tuple[UndertakingRules, str | None] | None:
    if not nodes:
        return None
    if (code := reading.one(nodes[0], "Cd")) is not None:
        return UndertakingRules(code), None
    return UndertakingRules.OTHER, reading.one(nodes[0], "Prtry/Id")


def _write_rules(new: Callable[[], Node], rules: UndertakingRules, text: str | None) -> None:
    node = new()
    if rules is not UndertakingRules.OTHER:
        make(node, "Cd").text = rules
    elif text:
        make(node, "Prtry/Id").text = text
    else:
        raise Unsaid("other rules that are not named")


def _expiry(
    reading: Reading, nodes: list[Node]
) -> tuple[ExpiryType, date | None, str | None] | None:
    if not nodes:
        return None
    node = nodes[0]
    day = reading.one(node, "DtTm/Dt")
    condition = texts(65).read(reading, find(reading, node, "Cond"))
    opened = reading.one(node, "OpnEnddInd")
    is_open = opened is not None and _true(opened)
    if condition and is_open:
        raise Unsaid("an undertaking that is open and expires on a condition")
    kind = ExpiryType.OPEN if is_open else ExpiryType.CONDITION if condition else ExpiryType.FIXED
    if kind is ExpiryType.FIXED and day is None:
        raise Unsaid("an expiry that is neither a day, nor a condition, nor open")
    return kind, _day(day) if day is not None else None, condition[0] if condition else None


def _write_expiry(
    new: Callable[[], Node], kind: ExpiryType | None, day: date | None, condition: str | None
) -> None:
    node = new()
    if day:
        make(node, "DtTm/Dt").text = day.isoformat()
    if condition:
        texts(65).write(lambda: make(node, "Cond"), condition)
    if kind is ExpiryType.OPEN:
        make(node, "OpnEnddInd").text = "true"
    if not (day or condition or kind is ExpiryType.OPEN):
        raise Unsaid("an expiry on a day or a condition that is not stated")


def _extension(reading: Reading, nodes: list[Node]) -> tuple[Extension, str | None] | None:
    if not nodes:
        return None
    days = reading.one(nodes[0], "Days")
    years = reading.one(nodes[0], "Yrs")
    if days is not None and 0 < _number(days) <= 999:
        return Extension.DAYS, f"{_number(days):03}"
    if years is not None and _number(years) == 1:
        return Extension.ONE_YEAR, None
    raise Unsaid("an extension that is neither up to 999 days nor one year")


def _write_extension(new: Callable[[], Node], extension: Extension, text: str | None) -> None:
    if extension is Extension.ONE_YEAR:
        make(new(), "Yrs").text = "1"
    elif extension is Extension.DAYS and text and text.isdecimal():
        make(new(), "Days").text = str(int(text))
    else:
        raise Unsaid(f"the extension {text or extension}, told in words")


_FORBIDS: Final = {
    Demands.NO_MULTIPLE: (True, False),
    Demands.NO_PARTIAL: (False, True),
    Demands.NO_MULTIPLE_OR_PARTIAL: (True, True),
}


def _demands(reading: Reading, nodes: list[Node]) -> tuple[Demands | None] | None:
    said = tuple(
        _true(reading.one(nodes[0], name) or "false") for name in ("MltplDmndInd", "PrtlDmndInd")
    )
    return (next((each for each, forbids in _FORBIDS.items() if forbids == said), None),)


def _write_demands(new: Callable[[], Node], demands: Demands) -> None:
    node = new()
    for name, forbidden in zip(("MltplDmndInd", "PrtlDmndInd"), _FORBIDS[demands], strict=True):
        if forbidden:
            make(node, name).text = "true"


def _delivery(reading: Reading, nodes: list[Node]) -> tuple[str | None, str | None] | None:
    if not nodes:
        return None
    method = reading.one(nodes[0], "Mtd") or ""
    if method not in _BY_CHANNEL:
        raise Unsaid(f"the delivery by {method}, for which field 24E has no word")
    to = reading.one(nodes[0], "DlvrToPtyTp/Cd")
    if to == "BENE":
        return _BY_CHANNEL[method], "BENE"
    if to == "SPEC":
        name = reading.one(nodes[0], "DlvrToNm") or ""
        lines = [reading.text(line) for line in find(reading, nodes[0], "DlvrToAdr/AdrLine")]
        return _BY_CHANNEL[method], "\n".join(["OTHR", *filter(None, [name, *lines])])
    if reading.one(nodes[0], "DlvrToPtyTp/Prtry/Id") == NOT_PROVIDED:
        return _BY_CHANNEL[method], None
    raise Unsaid(f"the delivery to {to or 'a party of another kind'}, unknown to field 24G")


def _write_delivery(new: Callable[[], Node], delivery: str | None, to: str | None) -> None:
    if not delivery:
        raise Unsaid("to whom it is delivered, without saying how")
    method, _, carrier = delivery.partition("/")
    if method not in _MAIL:
        raise Unsaid(f"{method}: the code list of channels has no such word")
    if carrier:
        raise Unsaid(f"the carrier {carrier}")
    node = new()
    make(node, "Mtd").text = _MAIL[method]
    if to is None:
        make(node, "DlvrToPtyTp/Prtry/Id").text = NOT_PROVIDED
        return
    kind, *lines = to.split("\n")
    make(node, "DlvrToPtyTp/Cd").text = "BENE" if kind == "BENE" else "SPEC"
    if lines:
        make(node, "DlvrToNm").text = lines[0]
    for line in lines[1:]:
        make(node, "DlvrToAdr/AdrLine").text = line


def _statement(reading: Reading, nodes: list[Node]) -> tuple[str, str | None] | None:
    if not nodes:
        return None
    complete = _true(reading.one(nodes[0], "CmpltInd") or "")
    lines = texts(65, _LONG).read(reading, find(reading, nodes[0], "DmndNrrtv"))
    rest = texts(35).read(reading, find(reading, nodes[0], "CmpltnInf"))
    said = "\n".join(["COMP" if complete else "INCP", *(lines or ())])
    return said, rest[0] if rest else None


def _write_statement(new: Callable[[], Node], said: str | None, rest: str | None) -> None:
    code, _, text = (said or "").partition("\n")
    if code not in {"COMP", "INCP"}:
        raise Unsaid(f"{code or 'an incomplete presentation'}: neither COMP nor INCP")
    node = new()
    make(node, "CmpltInd").text = "true" if code == "COMP" else "false"
    if rest:
        make(node, "CmpltnInf").text = rest
    if text:
        make(node, "DmndNrrtv").text = text


def _confirmation(reading: Reading, nodes: list[Node]) -> tuple[Confirmation] | None:
    if not nodes:
        return None
    asked = _true(reading.text(nodes[0]))
    return (Confirmation.CONFIRM if asked else Confirmation.WITHOUT,)


def _write_confirmation(new: Callable[[], Node], given: Confirmation) -> None:
    if given is Confirmation.MAY_ADD:
        raise Unsaid("MAY ADD: the indicator says that confirmation is asked for or not")
    new().text = "true" if given is Confirmation.CONFIRM else "false"


TEXT = one(str, str)
TEXTS = texts(65)
NARROW = texts(35)
LONG = texts(65, _LONG)
LONG_NARROW = texts(35, _LONG)
DAY = one(_day, date.isoformat)
AMOUNT = Codec(_money, _write_money)
NUMBER = one(_number, str)
LANGUAGE = one(str.upper, str.lower)
FLAG = flag()
PARTY = Codec(_party, _write_party)
BANK = Codec(_bank, _write_bank)
BANK_OR_PARTY = Codec(_either, _write_either)
RULES = Codec(_rules, _write_rules)
EXPIRY = Codec(_expiry, _write_expiry)
EXTENSION = Codec(_extension, _write_extension)
DEMANDS = Codec(_demands, _write_demands)
DELIVERY = Codec(_delivery, _write_delivery)
STATEMENT = Codec(_statement, _write_statement)
CONFIRMATION = Codec(_confirmation, _write_confirmation)
