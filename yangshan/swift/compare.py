# SPDX-License-Identifier: Apache-2.0
"""What an MT 707 changes, or would have to change, in the credit of an MT 700, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yangshan.credit.amendments import Amendment, AmendmentPurpose, amended, difference
from yangshan.credit.terms import CreditTerms
from yangshan.errors import Refused
from yangshan.swift.definitions import definitions
from yangshan.swift.maps import MAPS
from yangshan.swift.maps.engine import fields_of
from yangshan.swift.statement import stated

if TYPE_CHECKING:
    from collections.abc import Iterator

_CREDIT, _AMENDMENT = MAPS["700"], MAPS["707"]
# What an amendment says of itself, and not of the credit.
_OF_ITSELF = frozenset({"20", "21", "23", "52a", "50B", "31C", "26E", "30", "22A"})
# Where the credit has what this field of the amendment changes.
_CHANGED = {"33B": "32B", "45B": "45A", "46B": "46A", "47B": "47A", "49M": "49G", "49N": "49H"}
# What the amendment asks or tells, for which the credit has no field.
_BESIDE = frozenset({"23S", "71N", "72Z"})


class NotComparable(Refused):
    """A message that is not what was expected as the old or the new credit."""

    def __init__(self, file: str, expected: str) -> None:
        super().__init__(f"{file} cannot be compared; expected {expected}.")
        self.file = file


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of the MT 707: its value, and that of the credit before and after.

    None where a field is not there. Lines are joined by a line feed.
    """

    tag: str
    name: str
    says: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A field of the MT 700 that differs and that no MT 707 can change so."""

    tag: str
    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two credits, or a credit and its amendment; ``number`` is that of the amendment."""

    reference: str
    number: int | None
    changes: tuple[FieldChange, ...]
    unsaid: tuple[Unsaid, ...]
    doubts: tuple[str, ...]


def compare_files(
    old: bytes,
    old_file: str,
    new: bytes,
    new_file: str,
    *,
    new_type: str | None = None,
    issuing_bic: str | None = None,
    advising_bic: str | None = None,
) -> Comparison:
    """The MT 700 in ``old`` with the MT 700 or MT 707 in ``new``, each with its continuations.

    The BICs are for texts without a header, and so is ``new_type``, the type of ``new``. Raises
    :class:`NotComparable`, what :func:`yangshan.swift.statement.stated` raises, and for an
    amendment what :func:`yangshan.credit.amendments.amended` raises.
    """
    banks = {"issuing_bic": issuing_bic, "advising_bic": advising_bic}
    credit, _ = stated(old, old_file, **banks)
    if not isinstance(credit, CreditTerms):
        raise NotComparable(old_file, "an MT 700, the credit as it was")
    other, _ = stated(new, new_file, message_type=new_type, **banks)
    if isinstance(other, Amendment):
        return with_amendment(credit, other)
    if not isinstance(other, CreditTerms):
        raise NotComparable(new_file, "an MT 700, the credit as it is to be, or an MT 707")
    return between(credit, other)


def with_amendment(credit: CreditTerms, amendment: Amendment) -> Comparison:
    """A credit and what an amendment makes of it; raises as ``amended`` does."""
    made = amended(credit, amendment)
    changes = tuple(_changes(amendment, credit, made.terms))
    return Comparison(credit.reference, amendment.number, changes, (), made.doubts)


def between(old: CreditTerms, new: CreditTerms) -> Comparison:
    """Two credits, and what an MT 707 would state so that the first becomes the second."""
    found = difference(old, new)
    draft = Amendment(
        reference=old.reference,
        receiver_reference=old.reference,
        credit_number=old.reference,
        issued=old.issued,
        number=0,
        amended=old.issued,
        purpose=AmendmentPurpose.ISSUE,
        **found.changes,
    )
    before, after = _fields(old), _fields(new)
    places = {name: place.tag for place in _CREDIT.places for name in place.names}
    unsaid = []
    for term in found.unsaid:
        tag = places.get(term, "")
        name = _name("700", tag) if tag else term.replace("_", " ").capitalize()
        # The banks of the header are no fields.
        was, becomes = (
            (before.get(tag), after.get(tag)) if tag else (getattr(old, term), getattr(new, term))
        )
        unsaid.append(Unsaid(tag, name, was, becomes))
    return Comparison(old.reference, None, tuple(_changes(draft, old, new)), tuple(unsaid), ())


def _changes(amendment: Amendment, old: CreditTerms, new: CreditTerms) -> Iterator[FieldChange]:
    before, after = _fields(old), _fields(new)
    for tag, value in fields_of(_AMENDMENT, amendment):
        row = _row("707", tag)
        if row in _OF_ITSELF:
            continue
        place = None if row in _BESIDE else _CHANGED.get(row, row)
        yield FieldChange(
            tag,
            _name("707", row),
            value,
            before.get(place) if place else None,
            after.get(place) if place else None,
        )


def _fields(terms: CreditTerms) -> dict[str, str]:
    """The values of a credit's fields by the tags of the table, such as 41a."""
    return {_row("700", tag): value for tag, value in fields_of(_CREDIT, terms)}


def _row(kind: str, tag: str) -> str:
    row = definitions().messages[kind].row(tag)
    return row.tag if row else tag


def _name(kind: str, tag: str) -> str:
    row = definitions().messages[kind].row(tag)
    return row.name if row else ""
