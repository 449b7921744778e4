# SPDX-License-Identifier: Apache-2.0
"""What is said of a credit between banks beside its issue: pre-advice, advice, transfer.

Field numbers in the comments are those of MT 705, 710, 720 and 730.
"""

# Annotations are read while the program runs, so they are not left unevaluated here.

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Self

from yangshan.credit.terms import (
    Amount,
    ApplicableRules,
    AvailableBy,
    AvailableWith,
    Bank,
    Confirmation,
    CreditTerms,
    PartyName,
    Percentages,
    Permission,
    PresentationPeriod,
)

_OF_THE_ISSUE = frozenset(
    {"reference", "issuing_bank", "second_advising_bank", "sender_to_receiver", "pre_advice"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreAdvice:
    """A pre-advice, which is not operative (MT 705; UCP 600 art. 11(b))."""

    transferable: bool  # 40A
    reference: str  # 20
    expiry: date  # 31D
    expiry_place: str
    applicant: PartyName  # 50
    beneficiary: PartyName  # 59
    amount: Amount  # 32B
    tolerance: Percentages | None = None  # 39A
    additional_amounts: str | None = None  # 39C
    available_by: AvailableBy | None = None  # 41a
    available_with: AvailableWith | None = None
    taking_in_charge: str | None = None  # 44A
    loading_port: str | None = None  # 44E
    discharge_port: str | None = None  # 44F
    final_destination: str | None = None  # 44B
    latest_shipment: date | None = None  # 44C
    shipment_period: str | None = None  # 44D
    goods: str | None = None  # 45A
    second_advising_bank: Bank | None = None  # 57a
    narrative: str | None = None  # 79Z
    sender_to_receiver: str | None = None  # 72Z


@dataclass(frozen=True, slots=True, kw_only=True)
class _Advised:
    """What the advice of another's credit and its transfer have in common."""

    confirmed: bool  # 40B, line 2
    reference: str  # 20, of the sender
    credit_number: str  # 21
    issued: date  # 31C
    applicable_rules: ApplicableRules  # 40E
    rules_text: str | None = None
    expiry: date  # 31D
    expiry_place: str
    issuing_bank: Bank | None = None  # 52a
    non_bank_issuer: PartyName | None = None  # 50B
    beneficiary: PartyName  # 59
    amount: Amount  # 32B
    tolerance: Percentages | None = None  # 39A
    additional_amounts: str | None = None  # 39C
    available_by: AvailableBy  # 41a
    available_with: AvailableWith
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
    goods: str | None = None  # 45A
    documents: str | None = None  # 46A
    conditions: str | None = None  # 47A
    beneficiary_conditions: str | None = None  # 49G
    # 49H, never shown to the beneficiary.
    bank_only_conditions: str | None = field(default=None, repr=False)
    charges: str | None = None  # 71D
    presentation_period: PresentationPeriod | None = None  # 48
    confirmation: Confirmation  # 49
    requested_confirming_bank: Bank | None = None  # 58a
    paying_instructions: str | None = None  # 78
    intermediary_instructions: str | None = None  # 78D
    second_advising_bank: Bank | None = None  # 57a
    sender_to_receiver: str | None = None  # 72Z


def _stated(kind: type[_Advised], terms: CreditTerms) -> dict[str, Any]:
    """What an advice or a transfer says as the credit does."""
    shared = {each.name for each in fields(kind)} & set(CreditTerms.model_fields)
    stated = {name: getattr(terms, name) for name in shared - _OF_THE_ISSUE}
    return stated | {
        "credit_number": terms.reference,
        "issuing_bank": Bank(bic=terms.issuing_bank),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice(_Advised):
    """The advice of a credit that a third bank, or who is no bank, has issued (MT 710)."""

    transferable: bool  # 40B, line 1
    pre_advice: str | None = None  # 23
    applicant_bank: Bank | None = None  # 51a
    applicant: PartyName  # 50
    reimbursing_bank: Bank | None = None  # 53a

    @classmethod
    def of(cls, terms: CreditTerms, *, reference: str, confirmed: bool) -> Self:
        """The advice of a credit to a further bank, under the sender's own ``reference``.

        What the credit's message says to its receiver, which bank it names to advise through, and
        its pre-advice are matters of that message and not of this one.
        """
        return cls(**_stated(cls, terms), reference=reference, confirmed=confirmed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(_Advised):
    """The transfer of a credit to a second beneficiary (MT 720; UCP 600 art. 38).

    A transferred credit is not transferable again (art. 38(d)).
    """

    first_beneficiary: PartyName  # 50

    @classmethod
    def of(cls, part: CreditTerms, first: PartyName, *, reference: str, confirmed: bool) -> Self:
        """The transfer of a part with these terms, under the transferring bank's ``reference``."""
        # Field 50 has no room for an account.
        named = PartyName(lines=first.lines)
        return cls(
            **_stated(cls, part), reference=reference, confirmed=confirmed, first_beneficiary=named
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """That a message has come, or was advised (MT 730).

    ``charged_on``: the charges were debited that day.
    """

    reference: str  # 20
    receiver_reference: str  # 21
    account: str | None = None  # 25
    acknowledged: date  # 30
    charged: Amount | None = None  # 32a
    charged_on: date | None = None
    account_with: Bank | None = None  # 57a
    charges: str | None = None  # 71D
    sender_to_receiver: str | None = None  # 72Z
    narrative: str | None = None  # 79Z
