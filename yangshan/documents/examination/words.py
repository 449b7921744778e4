# SPDX-License-Identifier: Apache-2.0
"""Words compared as an examiner compares them (UCP 600 art. 14(d); ISBP A1, A2, A23).

Case, punctuation, accents, plurals, usual abbreviations and British or American spelling make no
difference. A typing error is one or two letters off in a longer word with the same first letter;
digits, model numbers and words that deny or exclude are never taken for one.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from enum import Enum
from importlib.resources import files
from typing import Final, NamedTuple

_GERMAN: Final = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE", "ß": "SS", "Ø": "O", "Æ": "AE"})
# Dots, dashes and slashes inside a word or number, as in EF-5000, 3.5 or 10/20.
_WORD: Final = re.compile(r"[A-Z0-9]+(?:[-./][A-Z0-9]+)*")
_NUMBER: Final = re.compile(r"[0-9]+(?:[.][0-9]+)?")
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_COUNTED: Final = re.compile(r"[0-9]+-[A-Z]{3,}")
_ORDINARY: Final = 4
_LONG: Final = 8


class Same(Enum):
    """How two words or texts stand to each other."""

    YES = "the same"
    TYPING = "the same but for what may be a typing error"
    NO = "different"


class _Words(NamedTuple):
    empty: frozenset[str]
    denials: frozenset[str]
    states: frozenset[str]
    general: frozenset[str]
    labels: frozenset[str]
    charges: frozenset[str]
    same: dict[str, str]
    phrases: dict[str, str]


@functools.cache
def _table() -> _Words:
    raw = tomllib.loads(files(__package__).joinpath("data/words.toml").read_text("utf-8"))
    return _Words(
        frozenset(raw["empty"]),
        frozenset(raw["denials"]),
        frozenset(raw["states"]),
        frozenset(raw["general"]),
        frozenset(raw["labels"]),
        frozenset(raw["charges"]),
        {word: group[0] for group in raw["same"] for word in group},
        {phrase: group[0] for group in raw["phrases"] for phrase in group[1:]},
    )


@functools.lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """A text in capitals without accents, its blanks single and thousands unmarked."""
    capital = unicodedata.normalize("NFKC", text).upper().translate(_GERMAN)
    bare = "".join(
        each for each in unicodedata.normalize("NFD", capital) if not unicodedata.combining(each)
    )
    return _THOUSANDS.sub("", " ".join(bare.split()))


@functools.lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text that carry meaning, each in one form, in their order."""
    table = _table()
    whole = plain(text)
    for phrase, standard in table.phrases.items():
        if phrase in whole:
            whole = re.sub(rf"(?<![A-Z0-9]){re.escape(phrase)}(?![A-Z0-9])", standard, whole)
    found = []
    for each in _WORD.findall(whole):
        for part in _parts(each):
            word = table.same.get(part) or _singular(part)
            word = table.same.get(word, word)
            if word not in table.empty:
                found.append(word)
    return tuple(found)


def is_code(word: str) -> bool:
    """Whether a word is a model number, a reference or a number: never mistyped, but another."""
    return any(each.isdigit() for each in word)


def is_denial(word: str) -> bool:
    """Whether a word denies or excludes what follows."""
    return word in _table().denials


def is_state(word: str) -> bool:
    """Whether a word says that goods are not new or not whole."""
    return word in _table().states


def is_general(word: str) -> bool:
    """Whether a word only says in general that there are goods."""
    return word in _table().general


def is_label(word: str) -> bool:
    """Whether a word is a heading in a description, which the invoice need not repeat."""
    return word in _table().labels


def is_charge(word: str) -> bool:
    """Whether a word only names a part of the price, such as FREIGHT."""
    return word in _table().charges


@functools.lru_cache(maxsize=65536)
def alike(one: str, other: str) -> Same:
    """How two words stand to each other."""
    if one == other:
        return Same.YES
    allowed = typing_room(one, other)
    return Same.TYPING if allowed and distance(one, other, allowed) <= allowed else Same.NO


def typing_room(one: str, other: str) -> int:
    """How many letters one word may be off the other; 0 for words that are never mistyped."""
    if any(is_code(word) or is_denial(word) or is_state(word) for word in (one, other)):
        return 0
    shorter = min(len(one), len(other))
    # A first letter makes another word: UNPAINTED, EXCLUDED, INTERNAL.
    if shorter < _ORDINARY or one[0] != other[0]:
        return 0
    return 2 if shorter >= _LONG else 1


def missing(expected: Iterable[str], there: Iterable[str]) -> list[tuple[str, str | None]]:
    """The words of ``expected`` that are not ``there``, each with one that may be meant."""
    having = set(there)
    by_letter: dict[str, list[str]] = {}
    for each in sorted(having):
        by_letter.setdefault(each[0], []).append(each)
    found: list[tuple[str, str | None]] = []
    for word in dict.fromkeys(expected):
        if word not in having:
            close = by_letter.get(word[0], ())
            near = next((each for each in close if alike(word, each) is Same.TYPING), None)
            found.append((word, near))
    return found


def same_text(one: str, other: str) -> Same:
    """Whether two texts have the same words, in whatever order."""
    lacking = missing(words(one), words(other)) + missing(words(other), words(one))
    if not lacking:
        return Same.YES
    return Same.TYPING if all(near for _, near in lacking) else Same.NO


def distance(one: str, other: str, most: int) -> int:
    """How many letters are off, exchanged neighbours as one; at most ``most`` + 1 is told."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        now = [at]
        for place, there in enumerate(other, 1):
            cost = min(row[place] + 1, now[-1] + 1, row[place - 1] + (letter != there))
            swapped = at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == there
            now.append(min(cost, before[place - 2] + 1) if swapped else cost)
        before, row = row, now
        if min(row) > most:
            return most + 1
    return row[-1]


def _parts(word: str) -> list[str]:
    """One word where marks join a code, such as EF-5000; several where they join plain words."""
    if _NUMBER.fullmatch(word):
        return [word.rstrip("0").rstrip(".") if "." in word else word]
    pieces = re.split(r"[-./]", word)
    # B.V. is BV.
    if all(len(each) == 1 and each.isalpha() for each in pieces):
        return ["".join(pieces)]
    # 5-AXIS is a number and a word, EF-5000 is a model.
    if len(pieces) > 1 and (not is_code(word) or _COUNTED.fullmatch(word)):
        return pieces
    return ["".join(pieces)]


def _singular(word: str) -> str:
    if len(word) < _ORDINARY or is_code(word) or not word.endswith("S"):
        return word
    if word.endswith("IES") and len(word) > _ORDINARY:
        return word[:-3] + "Y"
    if word.endswith(("SSES", "SHES", "CHES", "XES", "ZES")):
        return word[:-2]
    return word if word.endswith(("SS", "US", "IS")) else word[:-1]
