# SPDX-License-Identifier: Apache-2.0
"""The terms of a documentary credit: everything it says that software needs, validated once.

Terms travel off chain; the chain carries a salted commitment to ``canonical()``. Field numbers in
the comments are those of MT 700.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationError,
    model_validator,
)

from yangshan.commitments import Sealed, seal
from yangshan.credit.amounts import BadTolerance, Tolerance
from yangshan.errors import Refused
from yangshan.money import Currency, Money, UnknownCurrency

# Under which the terms are committed to and kept, and those for banks alone.
TERMS_KIND = "credit-terms"
BANK_ONLY_KIND = "credit-bank-only-conditions"

# What one word of the contract holds; any amount that a message can state is smaller.
_HIGHEST_AMOUNT = 2**64 - 1
_NOT_COMMITTED = frozenset({"bank_only_conditions"})


def _money(given: object) -> Money:
    if isinstance(given, Money):
        return given
    if not isinstance(given, dict) or set(given) != {"minor", "currency"}:
        raise ValueError("an amount has minor units and a currency, and nothing else")
    minor = given["minor"]
    if isinstance(minor, str) and minor.isascii() and minor.isdigit():
        minor = int(minor)
    if type(minor) is not int:
        raise ValueError("minor units are a whole number")
    try:
        return Money(minor, Currency.of(str(given["currency"])))
    except UnknownCurrency as unknown:
        raise ValueError(str(unknown)) from unknown


def _money_as_json(amount: Money) -> dict[str, Any]:
    return {"minor": amount.minor, "currency": amount.currency.code}


def _percentages(given: object) -> Tolerance:
    if isinstance(given, Tolerance):
        return given
    if not isinstance(given, dict) or set(given) != {"plus", "minus"}:
        raise ValueError("a tolerance has plus and minus, and nothing else")
    plus, minus = given["plus"], given["minus"]
    if not (type(plus) is int and type(minus) is int):
        raise ValueError("a tolerance is stated in whole per cent")
    try:
        return Tolerance(plus, minus)
    except BadTolerance as bad:
        raise ValueError(str(bad)) from bad


def _percentages_as_json(tolerance: Tolerance) -> dict[str, int]:
    return {"plus": tolerance.plus, "minus": tolerance.minus}


Amount = Annotated[Money, PlainValidator(_money), PlainSerializer(_money_as_json)]
Percentages = Annotated[
    Tolerance, PlainValidator(_percentages), PlainSerializer(_percentages_as_json)
]
Bic = Annotated[str, Field(pattern=r"^[A-Z]{6}[A-Z0-9]{2}[A-Z0-9]{3}$")]
Reference = Annotated[str, Field(pattern=r"^[A-Za-z0-9/\-?:().,'+ ]{1,16}$")]
Text = Annotated[str, Field(min_length=1)]
Lines = Annotated[tuple[Text, ...], Field(min_length=1)]


class ApplicableRules(StrEnum):
    """Field 40E: the rules in their latest version, or others that ``rules_text`` names."""

    UCP = "UCP"
    UCPURR = "UCPURR"
    EUCP = "EUCP"
    EUCPURR = "EUCPURR"
    OTHER = "OTHER"


class AvailableBy(StrEnum):
    """Field 41a: how the credit is available (UCP 600 art. 6(b))."""

    SIGHT_PAYMENT = "SIGHT_PAYMENT"
    DEFERRED_PAYMENT = "DEFERRED_PAYMENT"
    ACCEPTANCE = "ACCEPTANCE"
    NEGOTIATION = "NEGOTIATION"
    MIXED = "MIXED"


class Permission(StrEnum):
    """Fields 43P and 43T; where a credit is silent both are allowed (UCP 600 arts 20, 31(a))."""

    ALLOWED = "ALLOWED"
    CONDITIONAL = "CONDITIONAL"
    NOT_ALLOWED = "NOT_ALLOWED"


class Confirmation(StrEnum):
    """Field 49: what is asked of the bank in ``requested_confirming_bank``."""

    CONFIRM = "CONFIRM"
    MAY_ADD = "MAY_ADD"
    WITHOUT = "WITHOUT"


class BadTerms(Refused):
    """Terms that contradict themselves or lack something; ``faults`` maps place to reason."""

    def __init__(self, error: ValidationError) -> None:
        self.faults = {
            ".".join(str(step) for step in fault["loc"]): fault["msg"].removeprefix("Value error, ")
            for fault in error.errors()
        }
        super().__init__(
            "These are not the terms of a credit: "
            + "; ".join(f"{place or 'as a whole'}: {why}" for place, why in self.faults.items())
            + "."
        )


class _Terms(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PartyName(_Terms):
    """Applicant or beneficiary: name and address as given, and an account if one is given."""

    lines: Lines
    account: Text | None = None


class Bank(_Terms):
    """A bank by its BIC of eleven characters, or in words; ``mark`` as in ``/D/account``.

    ``location`` is that of a branch, where nothing but an account and a place is stated (option B).
    """

    bic: Bic | None = None
    lines: tuple[Text, ...] = ()
    location: Text | None = None
    account: Text | None = None
    mark: Annotated[str, Field(pattern=r"^[A-Z]$")] | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.bic or self.lines or self.location or self.account or self.mark):
            raise ValueError("a bank has a BIC, a name, a place or an account")
        return self


class AvailableWith(_Terms):
    """The bank with which the credit is available: by BIC, any bank, or in words (41a).

    ``any_bank`` with ``lines`` such as ``ANY BANK IN HAMBURG`` is bounded by those words.
    """

    bic: Bic | None = None
    any_bank: bool = False
    lines: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.bic is None) == (not self.lines) or (self.any_bank and not self.lines):
            raise ValueError("a credit is available with a BIC or with a bank in words")
        return self


class PresentationPeriod(_Terms):
    """Field 48: calendar days, running from shipment unless ``starts`` names another event."""

    days: Annotated[int, Field(ge=0, le=999)]
    starts: Text | None = None


class CreditTerms(_Terms):
    """One credit. Texts keep their lines, joined by a line feed; absent means the credit is silent.

    Building one raises pydantic's ValidationError for terms that contradict themselves.
    """

    reference: Reference  # 20
    issued: date  # 31C
    transferable: bool = False  # 40A
    applicable_rules: ApplicableRules  # 40E
    rules_text: Text | None = None
    pre_advice: Text | None = None  # 23
    issuing_bank: Bic
    advising_bank: Bic | None = None
    second_advising_bank: Bank | None = None  # 57a
    applicant: PartyName  # 50
    applicant_bank: Bank | None = None  # 51a
    beneficiary: PartyName  # 59
    amount: Amount  # 32B
    tolerance: Percentages | None = None  # 39A
    additional_amounts: Text | None = None  # 39C
    available_by: AvailableBy  # 41a
    available_with: AvailableWith
    drafts: Text | None = None  # 42C
    drawee: Bank | None = None  # 42a
    mixed_payment: Text | None = None  # 42M
    deferred_payment: Text | None = None  # 42P
    expiry: date  # 31D
    expiry_place: Text
    latest_shipment: date | None = None  # 44C
    shipment_period: Text | None = None  # 44D
    presentation_period: PresentationPeriod | None = None  # 48
    partial_shipments: Permission | None = None  # 43P
    transhipment: Permission | None = None  # 43T
    taking_in_charge: Text | None = None  # 44A
    loading_port: Text | None = None  # 44E
    discharge_port: Text | None = None  # 44F
    final_destination: Text | None = None  # 44B
    goods: Text | None = None  # 45A
    documents: Text | None = None  # 46A
    conditions: Text | None = None  # 47A
    beneficiary_conditions: Text | None = None  # 49G
    # 49H. Never shown to the beneficiary, hence in no commitment that it can open, and in no log.
    bank_only_conditions: Annotated[Text | None, Field(repr=False)] = None
    charges: Text | None = None  # 71D
    confirmation: Confirmation  # 49
    requested_confirming_bank: Bank | None = None  # 58a
    reimbursing_bank: Bank | None = None  # 53a
    paying_instructions: Text | None = None  # 78
    sender_to_receiver: Text | None = None  # 72Z

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not 0 < self.amount.minor <= _HIGHEST_AMOUNT:
            raise ValueError("the amount is more than nothing and less than 2**64 minor units")
        if self.expiry < self.issued:
            raise ValueError("a credit does not expire before it is issued (UCP 600 art. 6(d))")
        if self.latest_shipment is not None and self.shipment_period is not None:
            raise ValueError("shipment has a latest date or a period, not both")
        if (self.applicable_rules is ApplicableRules.OTHER) < (self.rules_text is not None):
            raise ValueError("a text names the rules only where they are other rules")
        reference = self.reference
        if reference[0] == "/" or reference[-1] == "/" or "//" in reference:
            raise ValueError("a reference has no slash at either end and no two together")
        return self

    def canonical(self) -> dict[str, Any]:
        """A plain dict for RFC 8785: what the terms commitment covers.

        Silence is left out, so that a field that a later version adds leaves old commitments
        alone; the amount is a decimal string. Field 49H is not in it.
        """
        value = self.model_dump(mode="json", exclude_none=True, exclude=set(_NOT_COMMITTED))
        value["amount"]["minor"] = str(self.amount.minor)
        return value

    @classmethod
    def from_canonical(cls, value: dict[str, Any]) -> Self:
        """The terms of a canonical dict, or of ``model_dump(mode="json")``; raises BadTerms."""
        try:
            return cls.model_validate(value)
        except ValidationError as bad:
            raise BadTerms(bad) from bad

    def sealed(self, salt: bytes | None = None) -> Sealed:
        """The salted commitment to :meth:`canonical`, under ``salt`` or a fresh one."""
        return seal(TERMS_KIND, self.canonical(), salt)

    def sealed_bank_only(self, salt: bytes | None = None) -> Sealed | None:
        """The commitment to field 49H alone, for banks; None if the credit has none."""
        if self.bank_only_conditions is None:
            return None
        return seal(BANK_ONLY_KIND, self.bank_only_conditions, salt)
