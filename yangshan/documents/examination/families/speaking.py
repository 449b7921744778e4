# SPDX-License-Identifier: Apache-2.0
"""Sentences of clauses, and what their words say: runs of whole words, looked up in tables."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from yangshan.documents.examination.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from yangshan.documents.examination.checks import Case

_SENTENCE: Final = re.compile(r"[.;\n](?=\s|$)")
_NO_WORD: Final = re.compile(r"[^A-Z0-9]+")
_REFUSES: Final = (
    "NOT ACCEPTABLE",
    "NOT ALLOWED",
    "NOT PERMITTED",
    "UNACCEPTABLE",
    "PROHIBITED",
    "NOT ACCEPTED",
    "FORBIDDEN",
)
_TAKES: Final = ("ACCEPTABLE", "ALLOWED", "PERMITTED", "ACCEPTED", "AUTHORISED", "AUTHORIZED")


@functools.cache
def table(name: str) -> Mapping[str, Any]:
    """A table of words of this package."""
    text = files("yangshan.documents.examination").joinpath(f"data/{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def spoken(text: str) -> str:
    """A text as capital words alone, a blank between them."""
    return _NO_WORD.sub(" ", plain(text)).strip()


def sentences(text: str) -> Iterator[str]:
    """The sentences of a clause, as :func:`spoken`."""
    for piece in _SENTENCE.split(text):
        if said := spoken(piece):
            yield said


def says(said: str, phrases: Iterable[str]) -> str | None:
    """The longest of the phrases that stands in a spoken text as whole words; None if none does."""
    padded = f" {said} "
    found = [phrase for phrase in phrases if f" {phrase} " in padded]
    return max(found, key=len) if found else None


def before(said: str, phrase: str, count: int) -> tuple[str, ...]:
    """The last words before a phrase in a spoken text."""
    return tuple(f" {said} ".partition(f" {phrase} ")[0].split()[-count:])


def allows(case: Case, phrases: Iterable[str]) -> bool:
    """Whether the credit takes in 46A or 47A what the phrases name, and does not refuse it."""
    listed = tuple(phrases)
    for text in (case.credit.documents, case.credit.conditions):
        for said in sentences((text or "").replace("\n", " ").replace("+", ". ")):
            if says(said, listed) is None or says(said, _REFUSES) is not None:
                continue
            if says(said, _TAKES) is not None:
                return True
    return False


def goods(case: Case) -> str:
    """Field 45A as capital words."""
    return spoken(case.credit.goods or "")
