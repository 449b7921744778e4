# SPDX-License-Identifier: Apache-2.0
"""A second reading of the tables under yangshan/swift/data, to hold the engine against.

It takes formats as regular expressions and rules as plain conditions, and shares no code with the
engine but the tables themselves, how fields fall into sequences and the list of currencies. What
one of the two finds wrong, the other has to find wrong as well.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib import resources
from typing import Any

from yangshan.money import Currency, UnknownCurrency
from yangshan.swift.definitions import MessageType, definitions, sections_of

Rows = Sequence[tuple[str, str]]
Parts = Mapping[str, str | None]
Look = Callable[[str], "Parts | None"]

X = "A-Za-z0-9 /\\-?:().,'+"
SETS = {
    "n": "0-9",
    "a": "A-Z",
    "c": "A-Z0-9",
    "d": "0-9,",
    "x": X,
    "y": "A-Z0-9 .,\\-()/='+:?!\"%&*<>;",
    "z": X + '=!"%&*<>;{@#_',
}
TOKEN = re.compile(
    r"\s*(?:(?P<crlf>CRLF)|(?P<bracket>[\[\]])|(?P<lines>\d+)\*(?P<width>\d+)(?P<lset>\w)"
    r"|(?P<most>\d+)(?P<exact>!?)(?P<set>\w)|(?P<literal>\S))"
)

_FIELDS = tomllib.loads(
    resources.files("yangshan.swift").joinpath("data/fields.toml").read_text("utf-8")
)


def format_of(tag: str) -> tuple[str, list[str]]:
    """The specification of a field and the names of its runs from left to right."""
    found = _FIELDS["formats"][_FIELDS["fields"][tag]]
    return found["spec"], found["parts"]


def tokens(spec: str) -> list[re.Match[str]]:
    """The signs of a specification; it is nothing but signs."""
    found = list(TOKEN.finditer(spec))
    assert "".join(token[0] for token in found) == spec
    return found


@functools.cache
def pattern_of(tag: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """A regular expression of a field, with one group for each named run."""
    spec, names = format_of(tag)
    signs = tokens(spec)
    # A first line of optional groups alone is there with its line break or not at all.
    first = next((at for at, sign in enumerate(signs) if sign["crlf"]), None)
    optional = first is not None and spec.startswith("[") and signs[first - 1]["bracket"] == "]"
    optional = optional and not any(_outside(signs[:first]))
    # What begins as that line does is that line.
    written = "(?:(?=/)" if optional else ""
    for at, sign in enumerate(signs):
        if sign["bracket"]:
            written += "(?:" if sign["bracket"] == "[" else ")?"
        elif sign["crlf"]:
            # Where nothing need follow, the first line may stand without its break.
            alone = optional and at == first and not any(_outside(signs[at + 1 :]))
            ends = "(?:\n|$)" if alone else "\n"
            written += f"{ends}|(?!/))" if optional and at == first else "\n"
        elif sign["lines"]:
            line = f"[{SETS[sign['lset']]}]{{1,{sign['width']}}}"
            written += f"({line}(?:\n{line}){{0,{int(sign['lines']) - 1}}})"
        elif sign["set"]:
            least = sign["most"] if sign["exact"] else "1"
            # A run ends at the sign that tells it from what follows.
            ends = any(following["literal"] for following in signs[at + 1 : at + 3])
            written += f"([{SETS[sign['set']]}]{{{least},{sign['most']}}}{'?' * ends})"
        else:
            written += re.escape(sign["literal"])
    return re.compile(written), tuple(names)


def _outside(signs: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The signs that stand in no optional group."""
    depth = 0
    for sign in signs:
        if sign["bracket"]:
            depth += 1 if sign["bracket"] == "[" else -1
        elif not depth:
            yield sign


def parts_of(tag: str, value: str) -> Parts | None:
    """The named parts of a value; None if it is not written in its format."""
    pattern, names = pattern_of(tag)
    found = pattern.fullmatch(value)
    if found is None:
        return None
    parts: dict[str, str | None] = {}
    for name, text in zip(names, found.groups(), strict=True):
        parts[name] = (parts.get(name) or "") + text if text is not None else parts.get(name)
    return parts


def looking(kind: str, rows: Rows) -> Look:
    """What finds the parts of the first field at a place such as ``B.41a``."""
    table = definitions().messages[kind]
    found: dict[str, Parts | None] = {}
    sections = sections_of(kind, tuple(tag for tag, _ in rows))

    def look(place: str) -> Parts | None:
        if place not in found:
            wanted, _, tag = place.rpartition(".")
            row = table.row(place)
            tags = row.tags if row and tag == row.tag else (tag,)
            found[place] = next(
                (
                    parts_of(*rows[at]) or {}
                    for section in sections
                    if wanted in {"", section.sequence.id}
                    for at in range(section.start, section.stop)
                    if rows[at][0] in tags
                ),
                None,
            )
        return found[place]

    return look


def complaints(kind: str, rows: Rows) -> list[str]:
    """Why this is no valid message of its type; empty if nothing is seen here."""
    table = definitions().messages[kind]
    said = list(_of_order(table, rows))
    for tag, value in rows:
        if tag in table.tags:
            said += [f"{tag}: {why}" for why in _of_field(kind, tag, value)]
    look = looking(kind, rows)
    said += [rule.id for rule in table.rules if rule.severity == "error" and broken(rule, look)]
    return said


def _of_order(table: MessageType, rows: Rows) -> Iterator[str]:
    there: set[str] = set()
    for section in sections_of(table.type, tuple(tag for tag, _ in rows)):
        there.add(section.sequence.id)
        places = [section.sequence.places.get(tag) for tag, _ in rows[section.start : section.stop]]
        known = [place for place in places if place is not None]
        if len(known) < len(places):
            yield "a field of another message"
        if known != sorted(known):
            yield "fields out of order"
        for place, row in enumerate(section.sequence.fields):
            if row.status == "M" and place not in known:
                yield f"no {row.tag}"
            if known.count(place) > 1 and not row.repeats:
                yield f"{row.tag} twice"
    for sequence in table.table:
        if sequence.status == "M" and sequence.id not in there:
            yield f"no sequence {sequence.id}"


def _of_field(kind: str, tag: str, value: str) -> Iterator[str]:
    parts = parts_of(tag, value)
    if parts is None:
        yield "not in its format"
        return
    if format_of(tag)[0] and not value.strip():
        yield "without text"
    if any(line[:1] in {":", "-"} for line in value.split("\n")):
        yield "a line begins with a sign that it must not"
    reference = parts.get("reference") or ""
    if reference.startswith("/") or reference.endswith("/") or "//" in reference:
        yield "slashes"
    for name in ("date", "until"):
        if (given := parts.get(name)) and day_of(given) is None:
            yield "no date"
    if "amount" in parts and not is_amount(parts["currency"] or "", parts["amount"] or ""):
        yield "no amount"
    for codes in definitions().codes:
        if tag in codes.tags and codes.severity == "error":
            if codes.messages and kind not in codes.messages:
                continue
            word = parts[codes.part]
            if word not in (*codes.words, *codes.legacy):
                yield f"no such word: {word}"
            elif (narrative := codes.narrative) and word in codes.words:
                said = parts.get(narrative.part)
                if said and word not in narrative.words:
                    yield "a narrative with another word"
                if not said and word in narrative.words and narrative.absent == "error":
                    yield "no narrative"
                if said and not re.fullmatch(narrative.patterns.get(word, "(?s:.*)"), said):
                    yield "a narrative of another form"
    lines = value.split("\n")
    for slashes in definitions().slashes:
        if tag in slashes.tags and slashes.single and kind in slashes.messages:
            words = "|".join(slashes.words)
            rest = all(line.startswith("//") for line in lines[1:])
            if not re.match(f"/(?:{words})/", lines[0]) or not rest:
                yield "not one word between slashes"
    for changes in definitions().changes:
        if tag in changes.tags:
            words = "|".join(changes.words)
            heads = [re.match(f"/({words})/", line) for line in lines]
            slashed = [head for head, line in zip(heads, lines, strict=True) if line[0] == "/"]
            found = [head[1] for head in slashed if head]
            if not heads[0] or len(found) < len(slashed):
                yield "no change"
            if changes.alone in found and len(found) > 1:
                yield "more than one change beside one that replaces all"


def day_of(given: str) -> date | None:
    """YYMMDD; the years from 80 on are of the twentieth century."""
    year = int(given[:2])
    try:
        return date(year + (1900 if year >= 80 else 2000), int(given[2:4]), int(given[4:]))
    except ValueError:
        return None


def is_amount(currency: str, amount: str) -> bool:
    """Whether an amount has its comma and no more decimals than its currency."""
    try:
        decimals = Currency.of(currency).decimals
    except UnknownCurrency:
        return False
    return re.fullmatch(rf"[0-9]+,[0-9]{{0,{decimals}}}", amount) is not None


def holds(condition: Any, parts: Parts) -> bool:
    """Whether a part of a field is as a condition wants it."""
    if condition.part is None:
        return True
    value = parts.get(condition.part)
    return value is not None and (
        value in condition.equals
        or value.startswith(condition.begins or ("\0",))
        or any(word in value for word in condition.contains)
    )


def broken(rule: Any, look: Look) -> bool:
    """Whether a rule of severity error is broken."""
    match rule.kind:
        case "both_or_neither":
            return len({look(tag) is None for tag in rule.tags}) == 2
        case "at_most_one":
            return sum(any(look(tag) is not None for tag in group) for group in rule.groups) > 1
        case "exactly_one":
            return sum(look(tag) is not None for tag in rule.tags) != 1
        case "at_least_one":
            return all(look(tag) is None for tag in rule.tags)
        case "requires":
            present = [look(tag) is not None for tag in rule.tags]
            return (all(present) if rule.together else any(present)) and _lacks(rule, look)
        case "same_currency":
            amounts = [parts.get("currency") for tag in rule.tags if (parts := look(tag))]
            return len(set(amounts) - {None}) > 1
        case "date_order":
            days = [look(tag) for tag in (rule.earlier, rule.later)]
            found = [day_of(parts.get("date") or "0") if parts else None for parts in days]
            return found[0] is not None and found[1] is not None and found[0] > found[1]
        case "part_of":
            parts = look(rule.tag) or {}
            if not parts.get("number") or not parts.get("total"):
                return False
            number, total = int(parts["number"] or 0), int(parts["total"] or 0)
            return not (rule.first <= number <= rule.last and number <= total <= rule.most)
        case "when":
            there = [look(condition.tag) for condition in rule.when]
            if any(
                parts is None or not holds(condition, parts)
                for condition, parts in zip(rule.when, there, strict=True)
            ):
                return False
            unmet = [condition for condition in rule.then if _unmet(condition, look)]
            forbidden = any(look(tag) is not None for tag in rule.forbids)
            return bool(rule.never or forbidden or unmet or _lacks(rule, look))
        case "different_names":
            names = [((look(tag) or {}).get("lines") or "").split("\n")[0] for tag in rule.tags]
            words = [re.findall("[A-Z0-9]+", name.upper()) for name in names]
            return all(names) and words[0] == words[1]
    raise AssertionError(f"the kind {rule.kind} of rule is not known here")


def _unmet(condition: Any, look: Look) -> bool:
    parts = look(condition.tag)
    # Of a field out of its format nothing can be said, and that was said.
    return parts is None or (bool(parts) and not holds(condition, parts))


def _lacks(rule: Any, look: Look) -> bool:
    lacking = any(look(tag) is None for tag in rule.needs)
    return lacking or (bool(rule.needs_any) and all(look(tag) is None for tag in rule.needs_any))
