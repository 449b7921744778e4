# SPDX-License-Identifier: Apache-2.0
"""Valid messages of every type, made at random from the tables: seeded, so that each comes again.

A message is drawn field by field from formats and code words; then fields are added, dropped or
written anew until no rule of severity error is broken.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Any

from standard import Parts, broken, format_of, parts_of, tokens

from yangshan.money import Currency
from yangshan.swift.definitions import MessageType, Row, Sequence, definitions

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_X = LETTERS + LETTERS.lower() + "0123456789 /-?:().,'+"
ALPHABETS = {
    "n": "0123456789",
    "a": LETTERS,
    "c": LETTERS + "0123456789",
    "x": _X,
    "z": _X + '=!"%&*<>;{@#_',
}
CURRENCIES = ("CNY", "EUR", "USD", "JPY", "KWD")
CHARGES = ("/COMM/", "/POST/EUR5,50", "/INSUR/JPY100,")
# What looks like the next message, on a line of its own, would end this one.
BLOCK = re.compile(r"\{[1-4]:")
Filled = tuple[str, str]


@dataclass
class Part:
    """A sequence as it stands once in a message: its rows that are filled, by their number."""

    sequence: Sequence
    filled: dict[int, list[Filled]] = field(default_factory=dict)


class Maker:
    """Makes one message; ``chance`` is that of an optional field."""

    def __init__(self, kind: str, dice: random.Random) -> None:
        self.kind = kind
        self.dice = dice
        self.table: MessageType = definitions().messages[kind]
        self.chance = dice.choice((0.0, 0.2, 0.5, 0.9))
        self.currency = dice.choice(CURRENCIES)
        self.parts: list[Part] = []
        for sequence in self.table.table:
            wanted = sequence.status == "M" or dice.random() < self.chance
            for _ in range(dice.choice((1, 1, 2, 3)) if sequence.repeats else 1):
                if wanted:
                    self.parts.append(self.part(sequence))

    def rows(self) -> list[Filled]:
        """The fields of a message that keeps every rule, in order."""
        rules = [rule for rule in self.table.rules if rule.severity == "error"]
        for _ in range(500):
            wrong = [rule for rule in rules if broken(rule, self.look)]
            if not wrong:
                return self.as_drawn()
            self.mend(self.dice.choice(wrong))
        raise AssertionError(f"no message of type {self.kind} keeps {[rule.id for rule in wrong]}")

    def as_drawn(self) -> list[Filled]:
        """The fields as they are, whatever rule they break."""
        return [
            filled
            for part in self.parts
            for place in sorted(part.filled)
            for filled in part.filled[place]
        ]

    # Fields

    def part(self, sequence: Sequence) -> Part:
        part = Part(sequence)
        for place, row in enumerate(sequence.fields):
            if row.status == "M" or self.dice.random() < self.chance:
                self.fill(part, place)
        if not part.filled:
            self.fill(part, self.dice.randrange(len(sequence.fields)))
        # A sequence is known by the field that opens it.
        if not sequence.opens and 0 not in part.filled:
            self.fill(part, 0)
        return part

    def fill(self, part: Part, place: int, forced: dict[str, str] | None = None) -> None:
        row = part.sequence.fields[place]
        times = self.dice.choice((1, 1, 2, 3)) if row.repeats else 1
        part.filled[place] = [self.field(row, forced or {}) for _ in range(times)]

    def field(self, row: Row, forced: dict[str, str]) -> Filled:
        tag = self.dice.choice(row.tags)
        while True:
            value = self.value(tag, forced)
            lines = value.split("\n")
            if all(line.strip() and not BLOCK.match(line) for line in lines):
                return tag, value
            if not format_of(tag)[0]:
                return tag, ""

    # Rules

    def places(self, place: str) -> list[tuple[Part | None, Sequence, int]]:
        """Where a field of this name may stand."""
        wanted, _, tag = place.rpartition(".")
        found: list[tuple[Part | None, Sequence, int]] = []
        for sequence in self.table.table:
            if wanted not in {"", sequence.id}:
                continue
            for number, row in enumerate(sequence.fields):
                if tag == row.tag or tag in row.tags:
                    parts = [part for part in self.parts if part.sequence is sequence]
                    found += [(part, sequence, number) for part in parts or [None]]
        return found

    def look(self, place: str) -> Parts | None:
        tag = place.rpartition(".")[2]
        for part, sequence, number in self.places(place):
            for there, value in part.filled.get(number, []) if part else ():
                if tag in {sequence.fields[number].tag, there}:
                    return parts_of(there, value)
        return None

    def add(self, place: str, forced: dict[str, str] | None = None) -> None:
        part, sequence, number = self.places(place)[0]
        if part is None:
            order = [each.id for each in self.table.table]
            part = self.part(sequence)
            self.parts.append(part)
            self.parts.sort(key=lambda each: order.index(each.sequence.id))
        self.fill(part, number, forced)

    def drop(self, place: str) -> None:
        for part, sequence, number in self.places(place):
            if part is None or number not in part.filled:
                continue
            if sequence.fields[number].status == "O":
                del part.filled[number]
            elif sequence.status == "O":
                self.parts.remove(part)
            if not part.filled:
                self.parts.remove(part)

    def mend(self, rule: Any) -> None:
        """Change the message so that it may keep the rule."""
        pick = self.dice.choice
        there = [tag for tag in getattr(rule, "tags", ()) if self.look(tag) is not None]
        match rule.kind:
            case "at_most_one":
                kept = pick(rule.groups)
                for tag in [tag for group in rule.groups if group is not kept for tag in group]:
                    self.drop(tag)
            case "exactly_one":
                kept = pick(rule.tags)
                for tag in rule.tags:
                    self.drop(tag)
                self.add(kept)
            case "at_least_one":
                self.add(pick(rule.tags))
            case "both_or_neither":
                if self.dice.random() < 0.5:
                    self.drop(there[0])
                else:
                    self.add(next(tag for tag in rule.tags if tag not in there))
            case "part_of":
                number = self.dice.randint(rule.first, rule.last)
                total = self.dice.randint(number, rule.most)
                self.add(rule.tag, {"number": str(number), "total": str(total)})
            case "requires" if self.dice.random() < 0.5:
                self.drop(pick(there))
            case "when" if self.dice.random() < 0.3:
                condition = pick(rule.when)
                self.add(condition.tag) if condition.part else self.drop(condition.tag)
            case "requires" | "when":
                self.satisfy(rule)
            case "date_order":
                self.add(pick((rule.earlier, rule.later)))
            case "different_names":
                self.add(rule.tags[0])
            case _:
                raise AssertionError(f"no way to mend {rule.id}, {rule.kind}")

    def satisfy(self, rule: Any) -> None:
        for tag in getattr(rule, "forbids", ()):
            self.drop(tag)
        for tag in rule.needs:
            if self.look(tag) is None:
                self.add(tag)
        if rule.needs_any and all(self.look(tag) is None for tag in rule.needs_any):
            self.add(self.dice.choice(rule.needs_any))
        for condition in getattr(rule, "then", ()):
            self.add(condition.tag, {condition.part: self.dice.choice(condition.equals)})

    # Values

    def value(self, tag: str, forced: dict[str, str]) -> str:
        dice = self.dice
        spec, names = format_of(tag)
        for changes in definitions().changes:
            if tag in changes.tags:
                return self.changes(changes)
        for slashes in definitions().slashes:
            if tag in slashes.tags and slashes.single and self.kind in slashes.messages:
                rest = "".join(f"\n//{self.line('x', 33)}" for _ in range(dice.randint(0, 2)))
                return f"/{dice.choice(slashes.words)}/{dice.choice(('', 'A'))}{rest}"
            if tag in slashes.tags and slashes.amounts and dice.random() < 0.5:
                return "\n".join(dice.choices(CHARGES, k=dice.randint(1, 6)))
        given: dict[str, str | None] = dict(forced)
        for codes in definitions().codes:
            if tag in codes.tags and (not codes.messages or self.kind in codes.messages):
                legacy = codes.legacy and dice.random() < 0.05
                word = given.setdefault(
                    codes.part, dice.choice(codes.legacy if legacy else codes.words)
                )
                if codes.narrative:
                    given[codes.narrative.part] = self.narrative(codes.narrative, word or "")
        return self.written(tokens(spec), list(names), given)

    def narrative(self, rule: Any, word: str) -> str | None:
        if word not in rule.words or (rule.absent != "error" and self.dice.random() < 0.3):
            return None
        return "030" if word in rule.patterns else self.line("x", 20)

    def changes(self, changes: Any) -> str:
        text = [self.line("z", 60) for _ in range(self.dice.randint(0, 4))]
        text = [f"B{line[1:]}" if line[0] == "/" else line for line in text]
        words = [word for word in changes.words if word != changes.alone]
        if self.dice.random() < 0.3:
            return "\n".join([f"/{changes.alone}/A", *text])
        return "\n".join(
            line for word in self.dice.choices(words, k=3) for line in (f"/{word}/A", *text)
        )

    def written(self, signs: list[re.Match[str]], names: list[str], given: Any) -> str:
        """A text in a format, its named parts as given; of the others what the dice say."""
        text = ""
        skipped = 0
        opened: list[str] = []
        for at, sign in enumerate(signs):
            name = names.pop(0) if sign["lines"] or sign["set"] else ""
            if sign["bracket"] == "[":
                inside = next((s for s in signs[at:] if s["set"] or s["lines"]), None)
                follows = names[0] if inside and names else ""
                wanted = (
                    given[follows] is not None if follows in given else self.dice.random() < 0.5
                )
                opened.append(text)
                skipped += not wanted or skipped > 0
            elif sign["bracket"]:
                opened.pop()
                skipped -= skipped > 0
            elif skipped:
                continue
            elif sign["crlf"]:
                # A first line that is left out takes its break with it.
                text += "\n" if text or opened else ""
            elif sign["lines"]:
                rows = self.dice.choice((1, 2, int(sign["lines"])))
                rows = min(rows, int(sign["lines"]))
                lines = [self.line(sign["lset"], int(sign["width"])) for _ in range(rows)]
                if text in {"", "\n"} and _may_open_without_line(signs):
                    lines[0] = f"N{lines[0][1:]}"
                text += given.get(name) or "\n".join(lines)
            elif sign["set"]:
                text += given.get(name) or self.run(sign, name, text)
            else:
                text += sign["literal"]
        return text

    def run(self, sign: re.Match[str], name: str, before: str) -> str:
        dice, most = self.dice, int(sign["most"])
        if name in {"date", "until"}:
            return f"{dice.randint(0, 99):02}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
        if name == "currency":
            return self.currency
        if name == "amount":
            decimals = dice.randint(0, Currency.of(self.currency).decimals)
            whole = dice.randint(0, 10 ** dice.randint(1, most - 1 - decimals) - 1)
            return f"{whole},{dice.randint(0, 999):03}"[: len(str(whole)) + 1 + decimals]
        if name == "reference":
            return self.reference(most)
        least = most if sign["exact"] else 1
        length = dice.choice((least, most, dice.randint(least, most)))
        if sign["set"] in "xz" and not sign["exact"]:
            # Where the line before it may be left out, it must not look like that.
            if name == "lines":
                return "N" + self.line(sign["set"], most - 1)
            return self.line(sign["set"], length)
        return "".join(dice.choices(ALPHABETS[sign["set"]], k=length))

    def line(self, charset: str, most: int) -> str:
        """A line that begins with what a line may begin with, and is not blank."""
        length = self.dice.choice((1, most, self.dice.randint(1, most)))
        head = self.dice.choice(ALPHABETS["c"] + ("/+(.'" if most > 30 else ""))
        return head + "".join(self.dice.choices(ALPHABETS[charset], k=length - 1))

    def reference(self, most: int) -> str:
        while True:
            text = self.line("x", most)
            if "//" not in text and "/" not in {text[0], text[-1]}:
                return text


def _may_open_without_line(signs: list[re.Match[str]]) -> bool:
    """Whether the first line may be left out, so that the next must not look like it."""
    return bool(signs) and signs[0]["bracket"] == "["


def message(kind: str, seed: int) -> list[Filled]:
    """The fields of a valid message of a type."""
    return Maker(kind, random.Random(f"{kind} {seed}")).rows()


def drawn(kind: str, seed: int) -> list[Filled]:
    """The fields of a message that may break any rule, and some value its own."""
    dice = random.Random(f"{kind} {seed} drawn")
    maker = Maker(kind, dice)
    rows = maker.rows() if dice.random() < 0.5 else maker.as_drawn()
    if dice.random() < 0.7:
        at = dice.randrange(len(rows))
        tag, value = rows[at]
        rows[at] = (tag, spoilt(tag, value, dice))
    return rows


def spoilt(tag: str, value: str, dice: random.Random) -> str:
    """A value with one part written anew, so that it may break a rule of its field or of others."""
    parts = parts_of(tag, value) or {}
    name = dice.choice([*parts, ""])
    there = parts.get(name) or ""
    others = {
        "reference": [f"/{there[1:]}", f"{there[:-1]}/", "A//B", f"{there}A"],
        "date": ["250229", "240229", "251301", "791231", "800101", "25101"],
        "until": ["250229", "800101"],
        "currency": ["EUR", "JPY", "KWD", "CNX", "cny"],
        "amount": ["1,0", "1,00", "1,000", "1,0000", "1", ",1", "1,,", "1,,0", "0,", "1.00"],
        "number": ["0", "1", "2", "9", ""],
        "total": ["0", "1", "2", "9", ""],
    }
    words = [word for codes in definitions().codes if tag in codes.tags for word in codes.words]
    lines = value.split("\n")
    anything = [
        "\n".join(reversed(lines)),
        "\n".join([*lines, "A"]),
        "\n".join([*lines, "/A"]),
        "\n".join([*lines, ""]),
        "\n".join(["-A", *lines[1:]]),
        "\n".join([*lines[:-1], ":A"]),
        value[:-1],
        f"{value}A",
        f"{value}/A",
        f"/{value}",
        f"/A\n{value}",
        " ",
    ]
    if name in {"code", "by", "confirmation", "unit"} and words:
        new = dice.choice([*words, f"{there[:-1]}Q"])
    elif name in others:
        new = dice.choice(others[name])
    else:
        return dice.choice(anything)
    return value.replace(there, new, 1)
