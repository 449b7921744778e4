# SPDX-License-Identifier: Apache-2.0
"""Amendments of a credit: what one states, what terms it would make, what lies between two terms.

An amendment binds the beneficiary only once it is accepted (UCP 600 art. 10); here it is only
reckoned what the terms would be. Field numbers in the comments are those of MT 707.
"""

# Annotations are read while the program runs, so they are not left unevaluated here.

import dataclasses
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from yangshan.credit.terms import (
    Amount,
    ApplicableRules,
    AvailableBy,
    AvailableWith,
    BadTerms,
    Bank,
    Confirmation,
    CreditTerms,
    PartyName,
    Percentages,
    Permission,
    PresentationPeriod,
)
from yangshan.errors import Refused
from yangshan.money import Money

# One part of an instrument carries a hundred lines of a text, one of them for the code word alone.
_MOST_LINES = 99


class ChangeWord(StrEnum):
    """What a change does to a text: adds at its end, takes lines away, or replaces all of it."""

    ADD = "ADD"
    DELETE = "DELETE"
    REPALL = "REPALL"


@dataclass(frozen=True, slots=True)
class TextChange:
    """One change of a text, its lines joined by a line feed."""

    word: ChangeWord
    text: str


class AmendmentPurpose(StrEnum):
    """Field 22A: the amendment is issued, advised, or advised with its confirmation."""

    ISSUE = "ISSU"
    ADVICE = "ADVI"
    CONFIRMATION = "ACNF"


class AmendmentPayer(StrEnum):
    """Field 71N: who pays what the amendment costs."""

    APPLICANT = "APPL"
    BENEFICIARY = "BENE"
    OTHER = "OTHR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What an amendment states; None or no change where it is silent, which leaves the credit."""

    reference: str  # 20
    receiver_reference: str  # 21
    credit_number: str  # 23
    issuing_bank: Bank | None = None  # 52a
    non_bank_issuer: PartyName | None = None  # 50B
    issued: date  # 31C
    number: int  # 26E
    amended: date  # 30
    purpose: AmendmentPurpose  # 22A
    cancellation: bool = False  # 23S
    transferable: bool | None = None  # 40A
    applicable_rules: ApplicableRules | None = None  # 40E
    rules_text: str | None = None
    expiry: date | None = None  # 31D
    expiry_place: str | None = None
    applicant: PartyName | None = None  # 50
    beneficiary: PartyName | None = None  # 59
    increase: Amount | None = None  # 32B
    decrease: Amount | None = None  # 33B
    tolerance: Percentages | None = None  # 39A
    additional_amounts: str | None = None  # 39C
    available_by: AvailableBy | None = None  # 41a
    available_with: AvailableWith | None = None
    drafts: str | None = None  # 42C
    drawee: Bank | None = None  # 42a
    mixed_payment: str | None = None  # 42M
    deferred_payment: str | None = None  # 42P
    partial_shipments: Permission | None = None  # 43P
    transhipment: Permission | None = None  # 43T
    taking_in_charge: str | None = None  # 44A
    loading_port: str | None = None  # 44E
    discharge_port: str | None = None  # 44F
    final_destination: str | None = None  # 44B
    latest_shipment: date | None = None  # 44C
    shipment_period: str | None = None  # 44D
    goods: tuple[TextChange, ...] = ()  # 45B
    documents: tuple[TextChange, ...] = ()  # 46B
    conditions: tuple[TextChange, ...] = ()  # 47B
    beneficiary_conditions: tuple[TextChange, ...] = ()  # 49M
    # 49N, as 49H never shown to the beneficiary.
    bank_only_conditions: tuple[TextChange, ...] = dataclasses.field(default=(), repr=False)
    charges: str | None = None  # 71D
    amendment_payer: AmendmentPayer | None = None  # 71N
    amendment_payer_text: str | None = None
    presentation_period: PresentationPeriod | None = None  # 48
    confirmation: Confirmation | None = None  # 49
    requested_confirming_bank: Bank | None = None  # 58a
    reimbursing_bank: Bank | None = None  # 53a
    paying_instructions: str | None = None  # 78
    second_advising_bank: Bank | None = None  # 57a
    sender_to_receiver: str | None = None  # 72Z


class OtherCreditsAmendment(Refused):
    """An amendment that names another credit than the one at hand."""

    def __init__(self, what: str, stated: str, held: str) -> None:
        super().__init__(
            f"The amendment names {what} {stated}; expected {held}, as the credit has it."
        )
        self.what = what


class AmendmentHeld(Refused):
    """An amendment that does not follow the last one; it waits and is not renumbered."""

    def __init__(self, number: int, expected: int) -> None:
        super().__init__(
            f"This is amendment {number}; expected amendment {expected}, the next of the credit "
            "(field 26E). It is held until the others are there."
        )
        self.number = number
        self.expected = expected


class AmendmentUnclear(Refused):
    """Changes of which only a person can say what they make of the credit; ``faults`` say why."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("A person has to decide on the amendment: " + " ".join(faults))
        self.faults = tuple(faults)


class NotExpressible(Refused):
    """A difference that an MT 707 has no field for; ``terms`` are the names of what differs."""

    def __init__(self, terms: Sequence[str]) -> None:
        super().__init__(
            f"An MT 707 has no field that changes or takes away {_listed(terms)}; expected a "
            "change that it can state."
        )
        self.terms = tuple(terms)


@dataclass(frozen=True, slots=True)
class AmendedTerms:
    """The terms as they would be, and what a person should look at before relying on them."""

    terms: CreditTerms
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between two terms: the ``changes`` by name, as :class:`Amendment` takes them.

    ``unsaid`` names what differs and cannot be said in an MT 707.
    """

    changes: dict[str, Any]
    unsaid: tuple[str, ...]


# What an amendment replaces; what stands together in one field is replaced together.
_FIELDS: tuple[tuple[str, ...], ...] = (
    ("transferable",),
    ("applicable_rules", "rules_text"),
    ("expiry", "expiry_place"),
    ("applicant",),
    ("beneficiary",),
    ("tolerance",),
    ("additional_amounts",),
    ("available_by", "available_with"),
    ("drafts",),
    ("drawee",),
    ("mixed_payment",),
    ("deferred_payment",),
    ("partial_shipments",),
    ("transhipment",),
    ("taking_in_charge",),
    ("loading_port",),
    ("discharge_port",),
    ("final_destination",),
    ("latest_shipment",),
    ("shipment_period",),
    ("charges",),
    ("presentation_period",),
    ("confirmation",),
    ("requested_confirming_bank",),
    ("reimbursing_bank",),
    ("paying_instructions",),
    ("second_advising_bank",),
)
_TEXTS = ("goods", "documents", "conditions", "beneficiary_conditions", "bank_only_conditions")
# A credit has one of the two, so that either takes the place of the other (rule D06 of MT 707).
_ALTERNATIVES = {
    "latest_shipment": "shipment_period",
    "shipment_period": "latest_shipment",
}
# An MT 707 has no field for these.
_FIXED = ("reference", "issued", "issuing_bank", "advising_bank", "pre_advice", "applicant_bank")
# What a message says to its receiver is no term of the credit, so that it may differ.
NO_TERMS = frozenset({"sender_to_receiver"})


def amended(terms: CreditTerms, amendment: Amendment, *, last: int | None = None) -> AmendedTerms:
    """The terms that an amendment would make; ``last`` is the number of the credit's last one.

    Raises :class:`OtherCreditsAmendment`, :class:`AmendmentHeld` and :class:`AmendmentUnclear`.
    """
    _expect_credit(terms, amendment)
    if last is not None and amendment.number != last + 1:
        raise AmendmentHeld(amendment.number, last + 1)
    faults: list[str] = []
    doubts: list[str] = []
    held = dict(terms)
    for names in _FIELDS:
        stated = {name: getattr(amendment, name) for name in names}
        if stated[names[0]] is None:
            continue
        held |= stated
        other = _ALTERNATIVES.get(names[0])
        if other and held[other] is not None:
            held[other] = None
            doubts.append(f"The {_words(names[0])} takes the place of the {_words(other)}.")
    for name in _TEXTS:
        try:
            held[name] = changed_text(held[name], getattr(amendment, name))
        except AmendmentUnclear as unclear:
            faults += [f"In the {_words(name)}: {fault}" for fault in unclear.faults]
    faults += _change_amount(held, terms.amount, amendment)
    if amendment.cancellation:
        doubts.append(
            "The amendment asks for cancellation, which takes the express consent of all (UCP 600 "
            "art. 10(a)); the terms do not show it."
        )
    if amendment.transferable and not terms.transferable:
        doubts.append(
            "The credit becomes transferable; expected a bank that is to transfer it (UCP 600 "
            "art. 38(b))."
        )
    if faults:
        raise AmendmentUnclear(faults)
    try:
        return AmendedTerms(CreditTerms(**held), tuple(doubts))
    except ValidationError as bad:
        raise AmendmentUnclear([str(BadTerms(bad))]) from bad


def _expect_credit(terms: CreditTerms, amendment: Amendment) -> None:
    bank = amendment.issuing_bank
    for what, stated, held in (
        ("credit", amendment.credit_number, terms.reference),
        ("a date of issue of", amendment.issued, terms.issued),
        ("issuing bank", bank.bic if bank and bank.bic else terms.issuing_bank, terms.issuing_bank),
    ):
        if stated != held:
            raise OtherCreditsAmendment(what, str(stated), str(held))
    if amendment.non_bank_issuer:
        name = amendment.non_bank_issuer.lines[0]
        raise OtherCreditsAmendment("issuer", name, terms.issuing_bank)


def _change_amount(held: dict[str, Any], amount: Money, amendment: Amendment) -> Iterator[str]:
    for change, sign in ((amendment.increase, 1), (amendment.decrease, -1)):
        if change is None:
            continue
        if change.currency != amount.currency:
            yield f"It changes the amount by {change}, and the credit is for {amount}."
        else:
            held["amount"] = Money(amount.minor + sign * change.minor, amount.currency)


def changed_text(text: str | None, changes: Sequence[TextChange]) -> str | None:
    """A text after changes in their order; None if nothing of it is left.

    What is to be taken away must stand there once, as whole lines, and what replaces everything
    comes first. Raises :class:`AmendmentUnclear`.
    """
    lines = text.split("\n") if text else []
    for number, change in enumerate(changes):
        stated = change.text.split("\n")
        match change.word:
            case ChangeWord.ADD:
                lines = [*lines, *stated]
            case ChangeWord.REPALL if number:
                fault = f"{change.text!r} replaces everything, after other changes were made."
                raise AmendmentUnclear([fault])
            case ChangeWord.REPALL:
                lines = stated
            case ChangeWord.DELETE:
                size = len(stated)
                places = [at for at in range(len(lines)) if lines[at : at + size] == stated]
                if len(places) != 1:
                    found = "stands there more than once" if places else "does not stand there"
                    raise AmendmentUnclear(
                        [f"{change.text!r} is to be deleted and {found} in whole lines."]
                    )
                del lines[places[0] : places[0] + size]
    return "\n".join(lines) or None


def difference(old: CreditTerms, new: CreditTerms) -> Difference:
    """What an amendment would have to state so that ``old`` becomes ``new``."""
    changes: dict[str, Any] = {}
    unsaid = [name for name in _FIXED if getattr(old, name) != getattr(new, name)]
    for names in _FIELDS:
        stated = {name: getattr(new, name) for name in names}
        if all(getattr(old, name) == value for name, value in stated.items()):
            continue
        other = _ALTERNATIVES.get(names[0])
        if stated[names[0]] is not None:
            changes |= stated
        elif other is None or getattr(new, other) is None:
            unsaid.append(names[0])
    for name in _TEXTS:
        if found := text_changes(getattr(old, name), getattr(new, name)):
            changes[name] = found
    if old.amount.currency != new.amount.currency:
        unsaid.append("amount")
    elif more := new.amount.minor - old.amount.minor:
        name = "increase" if more > 0 else "decrease"
        changes[name] = Money(abs(more), new.amount.currency)
    return Difference(changes, tuple(unsaid))


def amendment_of(
    old: CreditTerms,
    new: CreditTerms,
    *,
    number: int,
    amended: date,
    receiver_reference: str = "NONREF",
) -> Amendment:
    """The amendment, issued by the issuing bank on the day ``amended``, that ``new`` would take.

    Raises :class:`NotExpressible`.
    """
    found = difference(old, new)
    if found.unsaid:
        raise NotExpressible(found.unsaid)
    return Amendment(
        reference=old.reference,
        receiver_reference=receiver_reference,
        credit_number=old.reference,
        issuing_bank=Bank(bic=old.issuing_bank),
        issued=old.issued,
        number=number,
        amended=amended,
        purpose=AmendmentPurpose.ISSUE,
        **found.changes,
    )


def text_changes(old: str | None, new: str | None) -> tuple[TextChange, ...]:
    """The changes after which ``old`` is ``new``: lines taken away and added, or all replaced."""
    if old == new:
        return ()
    before, after = (text.split("\n") if text else [] for text in (old, new))
    found: list[TextChange] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    at_end: list[str] = []
    for _, first, last, start, stop in (
        code for code in matcher.get_opcodes() if code[0] != "equal"
    ):
        if first < last:
            found += _portions(ChangeWord.DELETE, before[first:last])
        if start < stop:
            at_end += after[start:stop]
    if at_end:
        found += _portions(ChangeWord.ADD, at_end)
    replaced = _portions(ChangeWord.REPALL, after) if after else []
    # Where lines are added is not said by an addition, so what follows is tried.
    try:
        told = changed_text(old, found) == new
    except AmendmentUnclear:
        told = False
    if told and (not before or not replaced or _lines(found) <= _lines(replaced)):
        return tuple(found)
    return tuple(replaced)


def _portions(word: ChangeWord, lines: list[str]) -> list[TextChange]:
    pieces = [lines[at : at + _MOST_LINES] for at in range(0, len(lines), _MOST_LINES)]
    after = ChangeWord.ADD if word is ChangeWord.REPALL else word
    return [
        TextChange(after if number else word, "\n".join(piece))
        for number, piece in enumerate(pieces)
    ]


def _lines(changes: list[TextChange]) -> int:
    return sum(change.text.count("\n") + 1 for change in changes)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _listed(names: Sequence[str]) -> str:
    words = [f"the {_words(name)}" for name in names]
    return " and ".join(words) if len(words) < 3 else ", ".join(words)
