# SPDX-License-Identifier: Apache-2.0
"""From an MT 707 to an amendment on the chain, which carries its numbers and its commitment."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from yangshan.chain import records
from yangshan.credit import amending
from yangshan.credit.acts import Draft
from yangshan.credit.amendments import AmendmentPurpose, AmendmentUnclear, amended
from yangshan.credit.issuance import issuance_of
from yangshan.credit.issuing import one_message
from yangshan.credit.kept import AMENDMENT_KIND, TermsNotKept, amendment_name, canonical_amendment
from yangshan.errors import Refused
from yangshan.swift.mapping import resolve_parties
from yangshan.swift.maps.engine import model_of
from yangshan.swift.maps.mt707 import MT707
from yangshan.swift.values import full_bic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yangshan.alliance.members import MemberRecord
    from yangshan.credit.amendments import Amendment
    from yangshan.credit.kept import KeptTexts
    from yangshan.credit.terms import CreditTerms
    from yangshan.swift.findings import Finding

CANCELLATION_KIND: Final = "cancellation"

# What the number of an amendment changes itself, and what every version has of its own.
_CARRIED: Final = frozenset({"amount", "plus_tolerance", "minus_tolerance", "expiry", "terms"})
_SET_ONLY: Final = frozenset({"latest_shipment", "presentation_period"})


class NotAnAmendment(Refused):
    """A message that states no amendment; ``findings`` say why."""

    def __init__(self, file: str, why: str, findings: Sequence[Finding] = ()) -> None:
        errors = [finding.message for finding in findings if finding.severity == "error"]
        super().__init__(f"{file} states no amendment: {' '.join([why, *errors]).strip()}")
        self.findings = tuple(findings)


class NotAmendable(Refused):
    """An amendment of what the contracts fixed at issue; ``names`` say what."""

    def __init__(self, names: Sequence[str]) -> None:
        listed = ", ".join(name.replace("_", " ") for name in names)
        super().__init__(
            f"The amendment changes what is fixed on the chain since the issue: {listed}. Amount, "
            "tolerance, expiry, latest shipment, period for presentation and texts can be amended; "
            "for the rest the parties cancel the credit and issue another (UCP 600 art. 10(a))."
        )
        self.names = tuple(names)


@dataclass(frozen=True, slots=True)
class StatedAmendment:
    """An amendment as an MT 707 states it, and its warnings."""

    amendment: Amendment
    issuing_bic: str
    doubts: tuple[Finding, ...]


def stated_amendment(data: bytes, file: str) -> StatedAmendment:
    """The amendment that the one MT 707 in ``data`` states; its MT 708 may stand beside it.

    ``file`` names it in errors. Needs no chain. Raises UnreadableMessage, OneMessageExpected and
    :class:`NotAnAmendment`.
    """
    message, continuations = one_message(data, file)
    if message.type != MT707.kind:
        raise NotAnAmendment(file, f"it is an MT {message.type}; expected an MT 707.")
    stated = model_of(MT707, message, continuations)
    amendment, findings = stated
    if amendment is None:
        raise NotAnAmendment(file, "", findings)
    bank = amendment.issuing_bank
    bic = bank.bic if bank and bank.bic else message.sender
    if bic is None:
        raise NotAnAmendment(file, "it names its issuing bank by no BIC (field 52A or a header).")
    if amendment.purpose is not AmendmentPurpose.ISSUE:
        raise NotAnAmendment(
            file,
            f"it advises an amendment ({amendment.purpose}); expected one that its issuing bank "
            "issues (field 22A ISSU).",
        )
    return StatedAmendment(amendment, full_bic(bic), tuple(findings))


def amend_draft(
    credit: str, kept: KeptTexts, stated: StatedAmendment, members: Iterable[MemberRecord]
) -> tuple[Draft, tuple[str, ...]]:
    """The issue of an amendment, and what a person should look at before.

    One that was drafted from here before is taken as it is. Raises TermsNotKept, AmendmentUnclear,
    OtherCreditsAmendment, :class:`NotAmendable` and VaultDamaged.
    """
    amendment = stated.amendment
    value = canonical_amendment(amendment)
    name = amendment_name(credit, amendment.number)
    draft = Draft(
        AMENDMENT_KIND,
        name,
        value,
        lambda commitment: amending.amend(credit, _numbers(amendment, commitment)),
    )
    # What has its number on the chain is known again there, or refused.
    known = kept.issued(amendment.number) is not None
    if known or kept.vault.holds(AMENDMENT_KIND, name, value) is not None:
        return draft, ()
    return draft, _doubts(kept, amendment, list(members))


def cancellation_draft(credit: str, number: int, reference: str, text: str) -> Draft:
    """The proposal to cancel a credit, or to withdraw its pre-advice; needs express consents."""
    return Draft(
        CANCELLATION_KIND,
        amendment_name(credit, number),
        {"credit": reference, "number": number, "text": text},
        lambda commitment: amending.amend(
            credit, records.Amendment.cancellation(number, commitment)
        ),
    )


def _doubts(
    kept: KeptTexts, amendment: Amendment, members: Sequence[MemberRecord]
) -> tuple[str, ...]:
    terms = kept.terms_in_force()
    if terms is None:
        raise TermsNotKept(amendment.credit_number, "What is to be amended")
    pending = kept.pending()
    try:
        result = amended(terms, amendment)
        doubts = result.doubts
    except AmendmentUnclear as unclear:
        # It may be worded upon amendments that nobody has answered yet.
        try:
            later = kept.terms_in_force(*pending) if pending else None
            if later is None:
                raise
            result = amended(later, amendment)
        except AmendmentUnclear:
            raise unclear from None
        listed = " and ".join(str(number) for number in pending)
        presumed = (
            f"It can be read upon amendment {listed} alone, which nobody has accepted yet, and is "
            "accepted or rejected by itself (UCP 600 art. 10(c), (e))."
        )
        doubts = (*result.doubts, presumed)
        terms = later
    _expect_carried(terms, result.terms, members)
    return doubts


def _expect_carried(
    before: CreditTerms, after: CreditTerms, members: Sequence[MemberRecord]
) -> None:
    """Raises :class:`NotAmendable` for a change of what no amendment on the chain can change."""
    held, wanted = (
        issuance_of(terms, resolve_parties(terms, members)[0], terms.sealed())
        for terms in (before, after)
    )
    faults = []
    for each in fields(records.Issuance):
        old, new = getattr(held, each.name), getattr(wanted, each.name)
        if old == new or each.name in _CARRIED:
            continue
        # A number on the chain is set anew, never taken away.
        if each.name not in _SET_ONLY or not new:
            faults.append(each.name)
    if faults:
        raise NotAmendable(faults)


def _numbers(amendment: Amendment, commitment: str) -> records.Amendment:
    if amendment.cancellation:
        return records.Amendment.cancellation(amendment.number, commitment)
    tolerance, period = amendment.tolerance, amendment.presentation_period
    return records.Amendment(
        number=amendment.number,
        cancels=False,
        increase=amendment.increase.minor if amendment.increase else 0,
        decrease=amendment.decrease.minor if amendment.decrease else 0,
        expiry=amendment.expiry,
        latest_shipment=amendment.latest_shipment,
        presentation_period=period.days if period else 0,
        sets_tolerance=tolerance is not None,
        plus_tolerance=tolerance.plus if tolerance else 0,
        minus_tolerance=tolerance.minus if tolerance else 0,
        terms=commitment,
    )
