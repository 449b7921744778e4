# SPDX-License-Identifier: Apache-2.0
"""The numbers that documents carry, held to their standards.

Container (ISO 6346), ship (IMO number), customs declaration of China (18 characters, or 21 as the
forms of tax refunds write it); those of organisations are in
:mod:`yangshan.alliance.identifiers`. Only what follows from the number itself is checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from yangshan.alliance.identifiers import (
    BOTH,
    DIGITS,
    LETTERS,
    BadIdentifier,
    WrongCharacter,
    WrongLength,
    require_check,
    require_form,
)

_CONTAINER: Final = "container number"
_SHIP: Final = "IMO ship number"
_DECLARATION: Final = "customs declaration number"

_CONTAINER_FORM: Final = (LETTERS,) * 3 + ("UJZ",) + (DIGITS,) * 7
_SHIP_FORM: Final = (DIGITS,) * 7
# District 4, year 4, direction, sequence 9. I and E are those of consolidated lists.
_DECLARATION_FORM: Final = (DIGITS,) * 8 + ("01IE",) + (DIGITS,) * 9
# ISO 6346 counts letters on from 10 and leaves out the multiples of 11.
_CONTAINER_VALUES: Final = dict(
    zip(LETTERS, (value for value in range(10, 39) if value % 11), strict=True)
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A customs declaration number in its parts; ``item`` is that of a line, or None.

    The asset is the pair of ``number`` and ``item``, so that no declaration counts twice.
    """

    number: str
    item: int | None

    @property
    def district(self) -> str:
        """The customs district that accepted it."""
        return self.number[:4]

    @property
    def year(self) -> int:
        """The year in which it was declared."""
        return int(self.number[4:8])

    @property
    def imports(self) -> bool:
        """Whether goods come in; otherwise they go out."""
        return self.number[8] in "1I"

    @property
    def consolidated(self) -> bool:
        """Whether it consolidates a list of entries."""
        return self.number[8] in "IE"


def container(given: str) -> str:
    """A container number with its check digit (ISO 6346).

    Raises :class:`~yangshan.alliance.identifiers.WrongLength`, ``WrongCharacter``, ``WrongCheck``.
    """
    require_form(_CONTAINER, given, _CONTAINER_FORM)
    require_check(_CONTAINER, given, 11, container_check(given[:10]))
    return given


def container_check(first: str) -> str:
    """The digit that follows the first ten characters: weights 2^i, modulo 11, 10 counts as 0."""
    values = (_CONTAINER_VALUES[each] if each.isalpha() else int(each) for each in first)
    return str(sum(value << place for place, value in enumerate(values)) % 11 % 10)


def ship(given: str) -> str:
    """The seven digits of an IMO ship number.

    Raises :class:`~yangshan.alliance.identifiers.WrongLength`, ``WrongCharacter``, ``WrongCheck``.
    """
    require_form(_SHIP, given, _SHIP_FORM)
    require_check(_SHIP, given, 7, ship_check(given[:6]))
    return given


def ship_check(first: str) -> str:
    """The digit that follows the first six: weights 7 to 2, the last digit of the sum."""
    return str(sum(int(each) * (7 - place) for place, each in enumerate(first)) % 10)


def declaration(given: str) -> Declaration:
    """A customs declaration number of 18 characters, or of 21 with ``0`` and the item's number.

    Raises :class:`~yangshan.alliance.identifiers.WrongLength`, ``WrongCharacter``.
    """
    if len(given) not in {18, 21}:
        raise WrongLength(_DECLARATION, given, (18, 21))
    form = (*_DECLARATION_FORM, "0", DIGITS, DIGITS)
    require_form(_DECLARATION, given, form[: len(given)])
    return Declaration(given[:18], int(given[19:]) if len(given) == 21 else None)


def bic(given: str) -> str:
    """A BIC as ISO 9362 has it since 2014, when digits came into its first four places.

    Raises :class:`~yangshan.alliance.identifiers.WrongLength`, ``WrongCharacter``.
    """
    if len(given) not in {8, 11}:
        raise WrongLength("BIC", given, (8, 11))
    require_form("BIC", given, ((BOTH,) * 4 + (LETTERS,) * 2 + (BOTH,) * 5)[: len(given)])
    return given


def locode(given: str) -> str:
    """A UN/LOCODE in five characters; raises ``WrongLength``, ``WrongCharacter``."""
    name = "UN/LOCODE"
    require_form(name, given, (LETTERS,) * 2 + (re.sub("[01]", "", BOTH),) * 3)
    return given


__all__ = [
    "BadIdentifier",
    "Declaration",
    "WrongCharacter",
    "WrongLength",
    "bic",
    "container",
    "container_check",
    "declaration",
    "locode",
    "ship",
    "ship_check",
]
