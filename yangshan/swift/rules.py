# SPDX-License-Identifier: Apache-2.0
"""The kinds of rules between the fields of a message; which rule holds where is data.

A rule speaks only of fields that are well formed: what is wrong inside a field was said before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from yangshan.swift.errors import BadContent, FieldNotUsable
from yangshan.swift.values import day, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from yangshan.swift import definitions as data
    from yangshan.swift.grammar import Field, Message


class Breach(NamedTuple):
    """A rule that is not kept: the field to look at, and what was found."""

    field: Field
    found: str


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


def _requires(message: Message, rule: data.Requires) -> Iterator[Breach]:
    for tag in rule.tags:
        present = message.first(tag)
        missing = [need for need in rule.needs if not message.first(need)]
        if present and missing:
            yield Breach(present, f"Field {present.tag} stands without {' and '.join(missing)}")


def _same_currency(message: Message, rule: data.SameCurrency) -> Iterator[Breach]:
    present = [field for tag in rule.tags if (field := message.first(tag))]
    for field in present[1:]:
        here, there = _part(field, "currency"), _part(present[0], "currency")
        if here and there and here != there:
            yield Breach(
                field, f"Field {field.tag} is in {here} and field {present[0].tag} in {there}"
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
    if int(number) != rule.number or not rule.number <= int(total) <= rule.most:
        yield Breach(field, f"Field {field.tag} has {number}/{total}")


def _begins(message: Message, rule: data.Begins) -> Iterator[Breach]:
    field = message.first(rule.tag)
    if field and _parts(field) and not field.value.startswith(rule.text):
        yield Breach(field, f"Field {field.tag} has {field.value!r}")


def _when(message: Message, rule: data.When) -> Iterator[Breach]:
    field: Field | None = None
    for condition in rule.when:
        field = message.first(condition.tag)
        held = _part(field, condition.part) if field else None
        if held is None or not (held in condition.equals or held.startswith(condition.begins)):
            return
    if field is None:
        return
    held = _part(field, rule.when[-1].part)
    if rule.never:
        yield Breach(field, f"Field {field.tag} has {held!r} with any bank")
    if missing := [need for need in rule.needs if not message.first(need)]:
        yield Breach(field, f"Field {field.tag} has {held!r} without {' and '.join(missing)}")
    if rule.needs_any and not any(message.first(need) for need in rule.needs_any):
        neither = " nor ".join(rule.needs_any)
        yield Breach(field, f"Field {field.tag} has {held!r} and there is neither {neither}")
    for unwanted in rule.forbids:
        if there := message.first(unwanted):
            yield Breach(there, f"Field {there.tag} stands beside {held!r} in field {field.tag}")


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


def _parts(field: Field | None) -> dict[str, str]:
    if field is None:
        return {}
    try:
        return parts(field)
    except FieldNotUsable:
        return {}


def _part(field: Field | None, part: str) -> str | None:
    return _parts(field).get(part)


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Z0-9]+", text.upper())


_KINDS: dict[str, Callable[[Message, Any], Iterator[Breach]]] = {
    "both_or_neither": _both_or_neither,
    "at_most_one": _at_most_one,
    "requires": _requires,
    "same_currency": _same_currency,
    "date_order": _date_order,
    "part_of": _part_of,
    "begins": _begins,
    "when": _when,
    "different_names": _different_names,
    "place_agrees": _place_agrees,
    "mentions": _mentions,
}
