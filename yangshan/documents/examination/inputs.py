# SPDX-License-Identifier: Apache-2.0
"""The terms in force, from the files that state a credit, its amendments and a part of it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from yangshan.credit.advices import Transfer
from yangshan.credit.amendments import Amendment, amended
from yangshan.credit.terms import CreditTerms
from yangshan.documents.canonical import parse
from yangshan.documents.examination.model import TermsInForce
from yangshan.errors import Refused, Unusable
from yangshan.money import Money
from yangshan.swift.statement import stated

if TYPE_CHECKING:
    from collections.abc import Sequence

# What a part keeps of its credit, since the message of its transfer calls it otherwise.
_OF_THE_CREDIT: Final = frozenset({"reference", "issuing_bank"})


class NotTheseTerms(Unusable):
    """A file that states something else than was expected of it."""

    def __init__(self, file: object, expected: str) -> None:
        super().__init__(f"{file} states other things; expected {expected}.")
        self.file = file


class AmendmentTwice(Refused):
    """Two amendments with one number, of which the credit has one."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Amendment {number} is given twice; expected each once (field 26E).")
        self.number = number


@dataclasses.dataclass(frozen=True, slots=True)
class Stated:
    """Terms in force, and what a person should look at before relying on them."""

    terms: TermsInForce
    doubts: tuple[str, ...]


def credit_in(data: bytes, file: str) -> CreditTerms:
    """The terms of a credit: an MT 700 with its continuations, or its terms as JSON.

    Raises what :func:`yangshan.swift.statement.stated` does, BadJson, BadTerms, NotTheseTerms.
    """
    if _is_json(data):
        return CreditTerms.from_canonical(_object(data, file))
    model, _ = stated(data, file)
    if not isinstance(model, CreditTerms):
        raise NotTheseTerms(file, "an MT 700, which issues a credit, or its terms as JSON")
    return model


def amendment_in(data: bytes, file: str) -> Amendment:
    """An amendment, an MT 707 with its continuations; raises as :func:`credit_in`."""
    model, _ = stated(data, file)
    if not isinstance(model, Amendment):
        raise NotTheseTerms(file, "an MT 707, which amends a credit")
    return model


def part_in(data: bytes, file: str, original: CreditTerms) -> CreditTerms:
    """The terms of a part: an MT 720, or its terms as JSON; raises as :func:`credit_in`."""
    if _is_json(data):
        return CreditTerms.from_canonical(_object(data, file))
    model, _ = stated(data, file)
    if not isinstance(model, Transfer):
        raise NotTheseTerms(file, "an MT 720, which transfers a credit, or terms as JSON")
    return part_of(original, model)


def part_of(original: CreditTerms, transfer: Transfer) -> CreditTerms:
    """The terms of the part that a transfer makes (UCP 600 art. 38).

    The first beneficiary stands for the applicant, as field 50 of an MT 720 names it.
    """
    shared = {each.name for each in dataclasses.fields(transfer)} & set(CreditTerms.model_fields)
    return original.model_copy(
        update={name: getattr(transfer, name) for name in shared - _OF_THE_CREDIT}
        | {"transferable": False, "applicant": transfer.first_beneficiary}
    )


def terms_in_force(
    credit: tuple[bytes, str],
    *,
    amendments: Sequence[tuple[bytes, str]] = (),
    part: tuple[bytes, str] | None = None,
    substituted: bool = False,
    drawn: int = 0,
    additional: int | None = None,
) -> Stated:
    """The terms of a credit with the amendments that were accepted, in the order of their numbers.

    Files are their bytes and names. Raises as :func:`credit_in`, :class:`AmendmentTwice`,
    OtherCreditsAmendment and AmendmentUnclear.
    """
    terms = credit_in(*credit)
    doubts: list[str] = []
    seen: set[int] = set()
    found = [amendment_in(*each) for each in amendments]
    for each in sorted(found, key=lambda amendment: amendment.number):
        if each.number in seen:
            raise AmendmentTwice(each.number)
        seen.add(each.number)
        applied = amended(terms, each)
        terms = applied.terms
        doubts += applied.doubts
    if part is None:
        whole = TermsInForce(terms, drawn=drawn, additional=additional)
    else:
        own = part_in(*part, terms)
        whole = TermsInForce(own, terms, substituted, drawn, additional)
    return Stated(whole, tuple(doubts))


def minor_of(text: str, terms: CreditTerms) -> int:
    """An amount in major units of the credit's currency, in minor units; raises NotTheseTerms."""
    whole, _, part = text.partition(".")
    decimals = terms.amount.currency.decimals
    digits = whole + part.ljust(decimals, "0")
    if not digits.isascii() or not digits.isdigit() or not whole or len(part) > decimals:
        example = Money(100000, terms.amount.currency).digits
        raise NotTheseTerms(repr(text), f"an amount of the credit's currency such as {example}")
    return int(digits)


def _is_json(data: bytes) -> bool:
    # A message begins with its header, {1:, or with a field.
    head = data.lstrip()[:40]
    return head.startswith(b"{") and head[1:].lstrip().startswith((b'"', b"}"))


def _object(data: bytes, file: str) -> dict[str, object]:
    found = parse(data, file)
    if not isinstance(found, dict):
        raise NotTheseTerms(file, "the terms of a credit, a JSON object")
    return found
