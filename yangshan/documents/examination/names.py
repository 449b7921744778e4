# SPDX-License-Identifier: Apache-2.0
"""Names of a long list by their words, so that few of them are compared with a name at hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from yangshan.documents.examination.words import Same, alike, typing_room, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class NameIndex:
    """Lists of names, each under its place.

    A name at hand can be one of them, be like one or hold one only if each word of the listed name
    stands in it, exactly or as it may be misspelt; the places of these are told. A listed name
    without a word that means something is always told.
    """

    def __init__(self, listed: Iterable[Sequence[str]]) -> None:
        self._place: list[int] = []
        self._count: list[int] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        self._always: set[int] = set()
        for place, names in enumerate(listed):
            for name in names:
                self._enter(place, frozenset(words(name)))
        # Words that may be misspelt, by their first letter and length, each with its letters.
        self._shaped: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
        for word in self._with:
            if typing_room(word, word):
                self._shaped[word[0], len(word)].append((word, _letters(word)))
        self._near: dict[str, list[str]] = {}

    def places(self, names: Iterable[str]) -> set[int]:
        """Under which places something is that may be, be like or be part of one of these names."""
        found = set(self._always)
        for own in {frozenset(words(name)) for name in names}:
            there = {word for each in own for word in self._meant(each)}
            counted = Counter(entered for word in there for entered in self._with[word])
            found |= {
                self._place[entered]
                for entered, count in counted.items()
                if count == self._count[entered]
            }
        return found

    def _enter(self, place: int, own: frozenset[str]) -> None:
        if not own:
            self._always.add(place)
            return
        for word in own:
            self._with[word].append(len(self._place))
        self._place.append(place)
        self._count.append(len(own))

    def _meant(self, word: str) -> list[str]:
        """The words of the list that this one is, or may be but for a typing error."""
        found = self._near.get(word)
        if found is None:
            found = self._near[word] = [word] if word in self._with else []
            found += self._misspelt(word)
        return found

    def _misspelt(self, word: str) -> Iterable[str]:
        own = _letters(word)
        for length in range(len(word) - 2, len(word) + 3):
            for other, letters in self._shaped.get((word[0], length), ()):
                room = typing_room(word, other)
                # A letter put in the place of another changes which letters there are by two.
                if (own ^ letters).bit_count() > 2 * room:
                    continue
                if alike(word, other) is Same.TYPING:
                    yield other


def _letters(word: str) -> int:
    """Which letters a word has, a bit each."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found
