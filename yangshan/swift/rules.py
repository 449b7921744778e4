# SPDX-License-Identifier: Apache-2.0
"""The kinds of rules between the fields of a message; which rule holds where is data.

A rule speaks only of fields that are well formed: what is wrong inside a field was said before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from yangshan.money import Currency, Money, UnknownCurrency
from yangshan.swift import definitions as data
from yangshan.swift.errors import BadContent, FieldNotUsable
from yangshan.swift.values import charges, day, money, parts, write_money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from yangshan.swift.grammar import Field, Message


class Breach(NamedTuple):
    """A rule that is not kept: the field to look at, and what was found.

    Where a field is missing that no other points to, there is its ``tag`` alone.
    """

    field: Field | None
    found: str
    tag: str = ""


def breaches(message: Message, rule: data.Rule) -> list[Breach]:
    """How ``message`` breaks ``rule``; empty if it does not."""
    return list(_KINDS[rule.kind](message, rule))


def _both_or_neither(message: Message, rule: data.BothOrNeither) -> Iterator[Breach]:
    for one, other in (rule.tags, rule.tags[::-1]):
        present = message.first(one)
        if present and not message.first(other):
            yield Breach(present, f"Field {present.tag} stands without {other}")


def _at_most_one(message: Message, rule: data.AtMostOne) -> Iterator[Breach]:
    present = [
        found[0]
        for group in rule.groups
        if (found := [field for tag in group if (field := message.first(tag))])
    ]
    if len(present) > 1:
        last = max(present, key=lambda field: field.line)
        others = " and ".join(field.tag for field in present if field is not last)
        yield Breach(last, f"Field {last.tag} stands beside {others}")


def _exactly_one(message: Message, rule: data.ExactlyOne) -> Iterator[Breach]:
    present = [field for tag in rule.tags if (field := message.first(tag))]
    if not present:
        yield from _none_of(rule.tags)
    for field in present[1:]:
        yield Breach(field, f"Field {field.tag} stands beside {present[0].tag}")


def _at_least_one(message: Message, rule: data.AtLeastOne) -> Iterator[Breach]:
    if not any(message.first(tag) for tag in rule.tags):
        yield from _none_of(rule.tags)


def _none_of(tags: tuple[str, ...]) -> Iterator[Breach]:
    named = ", ".join(_plain(tags))
    yield Breach(None, f"None of the fields {named} is there", _plain(tags)[0])


def _requires(message: Message, rule: data.Requires) -> Iterator[Breach]:
    present = [field for tag in rule.tags if (field := message.first(tag))]
    if not present or (rule.together and len(present) < len(rule.tags)):
        return
    missing = [need for need in rule.needs if not message.first(need)]
    if missing:
        named = " and ".join(_plain(missing))
        yield Breach(present[0], f"Field {present[0].tag} stands without {named}")
    if rule.needs_any and not any(message.first(need) for need in rule.needs_any):
        named = " or ".join(_plain(rule.needs_any))
        yield Breach(present[0], f"Field {present[0].tag} stands without {named}")


def _same_currency(message: Message, rule: data.SameCurrency) -> Iterator[Breach]:
    amounts = [
        (field, currency)
        for tag in rule.tags
        if (field := message.first(tag)) and (currency := _currency(field))
    ]
    for field, currency in amounts[1:]:
        first, there = amounts[0]
        if currency != there:
            yield Breach(
                field, f"Field {field.tag} is in {currency} and field {first.tag} in {there}"
            )


def _date_order(message: Message, rule: data.DateOrder) -> Iterator[Breach]:
    earlier, later = message.first(rule.earlier), message.first(rule.later)
    if not earlier or not later:
        return
    try:
        first, second = day(earlier), day(later)
    except (FieldNotUsable, BadContent):
        return
    if second < first:
        yield Breach(later, f"Field {later.tag} has {second} and field {earlier.tag} has {first}")


def _part_of(message: Message, rule: data.PartOf) -> Iterator[Breach]:
    field = message.first(rule.tag)
    number, total = (_part(field, "number"), _part(field, "total")) if field else (None, None)
    if field is None or number is None or total is None:
        return
    if not rule.first <= int(number) <= min(rule.last, int(total)) or int(total) > rule.most:
        yield Breach(field, f"Field {field.tag} has {number}/{total}")


def _begins(message: Message, rule: data.Begins) -> Iterator[Breach]:
    field = message.first(rule.tag)
    if field and _parts(field) and not field.value.startswith(rule.text):
        yield Breach(field, f"Field {field.tag} has {field.value!r}")


def _when(message: Message, rule: data.When) -> Iterator[Breach]:
    field: Field | None = None
    held: str | None = None
    for condition in rule.when:
        field = message.first(condition.tag)
        if field is None:
            return
        held = None
        if condition.part is not None:
            held = _part(field, condition.part)
            if held is None or not condition.holds(held):
                return
    if field is None:
        return
    said = f" has {held!r}" if held is not None else " stands"
    if rule.never:
        yield Breach(field, f"Field {field.tag}{said} with any bank")
    if missing := [need for need in rule.needs if not message.first(need)]:
        yield Breach(field, f"Field {field.tag}{said} without {' and '.join(_plain(missing))}")
    if rule.needs_any and not any(message.first(need) for need in rule.needs_any):
        neither = " nor ".join(_plain(rule.needs_any))
        yield Breach(field, f"Field {field.tag}{said} and there is neither {neither}")
    for unwanted in rule.forbids:
        if there := message.first(unwanted):
            beside = f"{held!r} in field {field.tag}" if held is not None else field.tag
            yield Breach(there, f"Field {there.tag} stands beside {beside}")
            return
    for condition in rule.then:
        yield from _then(message, field, condition)


def _then(message: Message, field: Field, condition: data.Condition) -> Iterator[Breach]:
    there = message.first(condition.tag)
    if there is None:
        row = data.definitions().messages[message.type].row(condition.tag)
        if row and row.status == "O":
            yield Breach(field, f"Field {field.tag} stands without {row.tag}")
        return
    has = _part(there, condition.part) if condition.part else None
    if has is not None and not condition.holds(has):
        yield Breach(there, f"Field {there.tag} has {has!r} beside field {field.tag}")


def _different_names(message: Message, rule: data.DifferentNames) -> Iterator[Breach]:
    one, other = (message.first(tag) for tag in rule.tags)
    if one and other:
        here, there = _part(one, "lines"), _part(other, "lines")
        if here and there and _words(here.split("\n")[0]) == _words(there.split("\n")[0]):
            yield Breach(
                one, f"Field {one.tag} names {there.split(chr(10))[0]!r}, as field {other.tag} does"
            )


def _place_agrees(message: Message, rule: data.PlaceAgrees) -> Iterator[Breach]:
    bank, stated = message.first(rule.bank), message.first(rule.place)
    lines, place = _part(bank, "lines"), _part(stated, "place")
    if not bank or not stated or not lines or not place:
        return
    words = _words(lines)
    if words == ["ANY", "BANK"] or "COUNTER" in place.upper():
        return
    if not set(_words(place)) & set(words):
        yield Breach(
            stated, f"Field {stated.tag} has {place!r}, of which field {bank.tag} says nothing"
        )


def _mentions(message: Message, rule: data.Mentions) -> Iterator[Breach]:
    present = [field for tag in rule.tags if (field := message.first(tag))]
    for field in present:
        said = field.lines[0] if field.tag in rule.first_line else " ".join(field.lines)
        if any(word in said.upper() for word in rule.words):
            return
    if present and present[0].tag == rule.tags[0]:
        yield Breach(present[0], f"Field {present[0].tag} begins with {present[0].lines[0]!r}")


def _sums(message: Message, rule: data.Sums) -> Iterator[Breach]:
    total = message.first(rule.total)
    if total is None or message.first(rule.plus[0]) is None:
        return
    try:
        stated = money(total)
        amounts = [
            (amount, sign)
            for tags, sign in ((rule.plus, 1), (rule.minus, -1))
            for tag in tags
            if (field := message.first(tag))
            for amount in _amounts(field)
        ]
    except (FieldNotUsable, BadContent):
        return
    if any(amount is None or amount.currency != stated.currency for amount, _ in amounts):
        return
    sum_of_all = sum(amount.minor * sign for amount, sign in amounts if amount)
    if sum_of_all != stated.minor:
        reckoned = Money(abs(sum_of_all), stated.currency)
        sign = "-" if sum_of_all < 0 else ""
        yield Breach(
            total,
            f"Field {total.tag} has {write_money(stated)}, and the other amounts make "
            f"{sign}{write_money(reckoned)}",
        )


def _amounts(field: Field) -> list[Money | None]:
    """The amount of a field, or of each line of its charges; None where a line states none."""
    if field.tag in {"71D", "73A"}:
        stated = [charge for charge in charges(field) if not charge.text.startswith("//")]
        return [charge.amount for charge in stated]
    return [money(field)]


def _parts(field: Field | None) -> dict[str, str]:
    if field is None:
        return {}
    try:
        return parts(field)
    except FieldNotUsable:
        return {}


def _part(field: Field | None, part: str) -> str | None:
    return _parts(field).get(part)


def _plain(places: Sequence[str]) -> list[str]:
    """Tags without the letter of their sequence."""
    return [place.rpartition(".")[2] for place in places]


def _currency(field: Field) -> str | None:
    """The currency of an amount, if there is such a currency."""
    found = _part(field, "currency")
    try:
        return Currency.of(found).code if found else None
    except UnknownCurrency:
        return None


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Z0-9]+", text.upper())


_KINDS: dict[str, Callable[[Message, Any], Iterator[Breach]]] = {
    "both_or_neither": _both_or_neither,
    "at_most_one": _at_most_one,
    "exactly_one": _exactly_one,
    "at_least_one": _at_least_one,
    "requires": _requires,
    "same_currency": _same_currency,
    "date_order": _date_order,
    "part_of": _part_of,
    "begins": _begins,
    "when": _when,
    "different_names": _different_names,
    "place_agrees": _place_agrees,
    "mentions": _mentions,
    "sums": _sums,
}
