# SPDX-License-Identifier: Apache-2.0
"""How the value of a field becomes typed values, and how it is written again.

Readers take fields of valid messages; a code word of an earlier release is Unmapped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yangshan.credit.terms import AvailableWith, Bank, PartyName, PresentationPeriod
from yangshan.swift import texts, values
from yangshan.swift.maps.engine import Codec, Unmapped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from enum import StrEnum

    from yangshan.credit.amendments import TextChange
    from yangshan.credit.amounts import Tolerance
    from yangshan.credit.terms import AvailableBy
    from yangshan.money import Money
    from yangshan.swift.grammar import Field

_CONFIRMED = {"ADDING OUR CONFIRMATION": True, "WITHOUT OUR CONFIRMATION": False}
_SAID = {value: words for words, value in _CONFIRMED.items()}


def one(read: Callable[[Field], Any], write: Callable[[Any], str]) -> Codec:
    """A field of one value and no options."""
    return Codec(lambda field: (read(field),), lambda value: ("", write(value)))


def words(known: Mapping[str, Any]) -> Codec:
    """A field that is one code word."""
    back = {value: word for word, value in known.items()}
    return one(lambda field: _known(known, field.value), lambda value: back[value])


def codes(known: type[StrEnum]) -> Codec:
    """A field that is one code word, of an enumeration of these words."""
    return words({str(member): member for member in known})


def coded(known: type[StrEnum], separator: str = "/") -> Codec:
    """A code word, and a narrative that may follow it; places have two names."""
    by_word = {str(member): member for member in known}
    return Codec(
        lambda field: (
            _known(by_word, (found := values.parts(field))["code"]),
            found.get("narrative"),
        ),
        lambda code, text: ("", f"{code}{separator}{text}" if text else str(code)),
    )


def ruled(known: Mapping[str, Any]) -> Codec:
    """Field 40E: code words with blanks, and the narrative after OTHR; places have two names."""
    back = {value: word for word, value in known.items()}
    return Codec(
        lambda field: (
            _known(known, (found := values.parts(field))["code"]),
            found.get("narrative"),
        ),
        lambda rules, text: ("", f"{back[rules]}/{text}" if text else back[rules]),
    )


def flag(word: str) -> Codec:
    """A field that says the one thing it can, or is not there."""
    return Codec(lambda _field: (True,), lambda _value: ("", word), False)


def slashed(known: type[StrEnum]) -> Codec:
    """Field 77B: a code word in slashes, its text, and lines that go on with ``//``."""
    by_word = {str(member): member for member in known}

    def read(field: Field) -> tuple[Any, str | None]:
        word, first = values.slash_code(field.lines[0]) or ("", "")
        rest = [line.removeprefix("//") for line in field.lines[1:]]
        return _known(by_word, word), "\n".join([first, *rest]) or None

    return Codec(read, lambda word, text: ("", f"/{word}/" + (text or "").replace("\n", "\n//")))


def advised_form(forms: Mapping[str, bool]) -> Codec:
    """Field 40B: whether the credit is transferable, and whether the sender confirms it."""
    form = {value: word for word, value in forms.items()}

    def read(field: Field) -> tuple[bool, bool]:
        found = values.parts(field)
        return _known(forms, found["code"]), _known(_CONFIRMED, found["confirmation"])

    return Codec(
        read,
        lambda transferable, confirmed: ("", f"{form[transferable]}\n{_SAID[confirmed]}"),
    )


def transferred_form(forms: Mapping[str, bool]) -> Codec:
    """Field 40B of a transfer, which is not transferable again whatever the message says."""
    both = advised_form(forms)
    return Codec(lambda field: both.read(field)[1:], lambda confirmed: both.write(False, confirmed))


def _known(known: Mapping[str, Any], word: str) -> Any:
    if word not in known:
        raise Unmapped("Y44", word, f"one of {', '.join(known)}, which the terms can hold")
    return known[word]


def _expiry(field: Field) -> tuple[date, str]:
    return values.day(field), values.parts(field)["place"]


def _dated(option: str) -> Codec:
    """An amount, in ``option`` with a date in front; places have amount and date."""

    def read(field: Field) -> tuple[Money, date | None]:
        return values.money(field), values.day(field) if field.tag.endswith(option) else None

    def write(amount: Money, day: date | None) -> tuple[str, str]:
        letter = option if day else "B"
        return letter, (values.write_date(day) if day else "") + values.write_money(amount)

    return Codec(read, write)


def _dated_first() -> Codec:
    """An amount behind a date, as fields 32A and 33A without options; date, then amount."""
    return Codec(
        lambda field: (values.day(field), values.money(field)),
        lambda day, amount: ("", values.write_date(day) + values.write_money(amount)),
    )


def _bank(field: Field) -> Bank:
    party = values.party(field)
    held = Bank(bic=party.bic, lines=party.lines, account=party.account, mark=party.mark)
    if party.option == "B" and party.lines:
        return held.model_copy(update={"lines": (), "location": party.lines[0]})
    return held


def _write_bank(bank: Bank) -> tuple[str, str]:
    head = (f"/{bank.mark}" if bank.mark else "") + (f"/{bank.account}" if bank.account else "")
    if bank.bic:
        return "A", "\n".join(filter(None, [head, bank.bic]))
    words = bank.lines or (bank.location or "",)
    return ("D" if bank.lines else "B"), "\n".join(filter(None, [head, *words]))


def _party(field: Field) -> PartyName:
    party = values.party(field)
    return PartyName(lines=party.lines, account=party.account)


def _write_party(party: PartyName) -> str:
    return "\n".join(filter(None, [f"/{party.account}" if party.account else "", *party.lines]))


def _named(field: Field) -> tuple[Bank | PartyName]:
    return (_bank(field) if field.tag.endswith("A") else _party(field),)


def _write_named(named: Bank | PartyName) -> tuple[str, str]:
    return ("", _write_party(named)) if isinstance(named, PartyName) else _write_bank(named)


def _with(bic: str | None, lines: tuple[str, ...]) -> AvailableWith:
    any_bank = bool(lines) and lines[0].startswith("ANY BANK")
    return AvailableWith(bic=bic, any_bank=any_bank, lines=lines)


def available(known: Mapping[str, AvailableBy]) -> Codec:
    """Field 41a of credits; places have how, then with which bank."""
    back = {value: word for word, value in known.items()}

    def read(field: Field) -> tuple[AvailableBy, AvailableWith]:
        found = values.availability(field)
        return _known(known, found.by), _with(found.bic, found.lines)

    def write(by: AvailableBy, held: AvailableWith | None) -> tuple[str, str]:
        if held and held.bic:
            return "A", f"{held.bic}\n{back[by]}"
        return "D", "\n".join([*(held.lines if held else ()), back[by]])

    return Codec(read, write)


def _available_with(field: Field) -> tuple[AvailableWith]:
    found = values.parts(field)
    bic = values.full_bic(found["bic"]) if "bic" in found else None
    return (_with(bic, tuple(found["lines"].split("\n")) if "lines" in found else ()),)


def _write_available_with(held: AvailableWith) -> tuple[str, str]:
    return ("F", held.bic) if held.bic else ("G", "\n".join(held.lines))


def _period(field: Field) -> PresentationPeriod:
    period = values.period(field)
    return PresentationPeriod(days=period.days, starts=period.start)


def _write_period(period: PresentationPeriod) -> str:
    return str(period.days) + (f"/{period.starts}" if period.starts else "")


def _write_tolerance(tolerance: Tolerance) -> str:
    return f"{tolerance.plus:02}/{tolerance.minus:02}"


def _changes(field: Field) -> tuple[TextChange, ...]:
    found = texts.changes(field.value)
    if isinstance(found, texts.NotUnderstood):
        raise Unmapped("Y54", field.value, "changes, each with its text")
    return found.items


TEXT = one(values.text, str)
DAY = one(values.day, values.write_date)
AMOUNT = one(values.money, values.write_money)
TOLERANCE = one(values.tolerance, _write_tolerance)
NUMBER = one(lambda field: int(values.parts(field)["number"]), str)
PRESENTATION_PERIOD = one(_period, _write_period)
CHANGES = Codec(lambda field: (_changes(field),), lambda made: ("", texts.write_changes(made)), ())
PARTY = one(_party, _write_party)
BANK = Codec(lambda field: (_bank(field),), _write_bank)
BANK_OR_PARTY = Codec(_named, _write_named)
AVAILABLE_WITH = Codec(_available_with, _write_available_with)
EXPIRY = Codec(_expiry, lambda day, place: ("", values.write_date(day) + (place or "")))
AMOUNT_DATED_A = _dated("A")
AMOUNT_DATED_D = _dated("D")
DATE_AND_AMOUNT = _dated_first()
