# SPDX-License-Identifier: Apache-2.0
"""The texts that are kept of a credit, found by what the chain is committed to."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from yangshan.chain.events import (
    AmendmentAccepted,
    AmendmentIssued,
    AmendmentRejected,
    CreditIssued,
    CreditPreAdvised,
)
from yangshan.chain.values import unhexadecimal
from yangshan.credit.amendments import Amendment, TextChange, amended
from yangshan.credit.issuing import PRE_ADVICE_KIND, pre_advice_of
from yangshan.credit.terms import BANK_ONLY_KIND, TERMS_KIND, CreditTerms
from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.chain.events import SuiteEvent
    from yangshan.credit.advices import PreAdvice
    from yangshan.vault import Vault

AMENDMENT_KIND: Final = "amendment"
BANK_ONLY_CHANGES_KIND: Final = "amendment-bank-only-changes"

_AMENDMENT: Final[TypeAdapter[Amendment]] = TypeAdapter(Amendment)
_CHANGES: Final[TypeAdapter[tuple[TextChange, ...]]] = TypeAdapter(tuple[TextChange, ...])
_FOR_BANKS: Final = "bank_only_conditions"


class TermsNotKept(Refused):
    """A credit whose terms are needed and not kept here."""

    def __init__(self, reference: str, what: str) -> None:
        super().__init__(
            f"{what} of credit {reference} is not kept here, or not as the chain is committed to "
            "it; expected the folder with which the issuing bank works, or a copy of its vault."
        )
        self.reference = reference


def canonical_amendment(amendment: Amendment) -> dict[str, Any]:
    """A plain dict for RFC 8785, which an amendment's commitment covers.

    Silence is left out, amounts are decimal strings; field 49N, for banks alone, is not in it.
    """
    value: dict[str, Any] = _AMENDMENT.dump_python(
        replace(amendment, bank_only_conditions=()), mode="json", exclude_defaults=True
    )
    for name in ("increase", "decrease"):
        if name in value:
            value[name]["minor"] = str(value[name]["minor"])
    return value


def amendment_name(credit: str, number: int) -> str:
    """Under which the text of an amendment is kept."""
    return f"{credit}-{number}"


def keep_bank_only_changes(vault: Vault, amendment: Amendment, commitment: str) -> None:
    """Keeps what an amendment says in field 49N, by the commitment to the rest of it."""
    if amendment.bank_only_conditions:
        value = _CHANGES.dump_python(amendment.bank_only_conditions, mode="json")
        vault.keep(BANK_ONLY_CHANGES_KIND, commitment, value)


@dataclass(frozen=True, slots=True)
class KeptTexts:
    """What is kept of one credit; ``events`` are its events, ``issuing_bic`` in eleven characters.

    Each raises VaultDamaged for a file that cannot be used.
    """

    vault: Vault
    events: Sequence[SuiteEvent]
    issuing_bic: str | None

    def terms(self) -> CreditTerms | None:
        """The terms that the credit was issued with; None if they are not kept here."""
        issued = next((each for each in self.events if isinstance(each, CreditIssued)), None)
        if issued is None:
            return None
        commitment = issued.issuance.terms
        value = self.value(TERMS_KIND, self._name(issued.issuance.bank_reference), commitment)
        if value is None:
            return None
        conditions = self.vault.find(BANK_ONLY_KIND, commitment)
        if conditions is not None:
            value[_FOR_BANKS] = json.loads(conditions.content)
        return CreditTerms.from_canonical(value)

    def pre_advice(self) -> PreAdvice | None:
        """The pre-advice of the credit; None if there was none or it is not kept here."""
        said = next((each for each in self.events if isinstance(each, CreditPreAdvised)), None)
        if said is None:
            return None
        issuance = said.issuance
        value = self.value(PRE_ADVICE_KIND, self._name(issuance.bank_reference), issuance.terms)
        return None if value is None else pre_advice_of(value)

    def issued(self, number: int) -> AmendmentIssued | None:
        """The event of an amendment of the credit, if it was issued."""
        return next(
            (
                each
                for each in self.events
                if isinstance(each, AmendmentIssued) and each.number == number
            ),
            None,
        )

    def amendment(self, number: int) -> Amendment | None:
        """An amendment of the credit; None if it is not kept here, or is no text of an MT 707."""
        issued = self.issued(number)
        if issued is None:
            return None
        commitment = issued.amendment.terms
        name = amendment_name(issued.credit_id, number)
        value = self.value(AMENDMENT_KIND, name, commitment)
        if value is None:
            return None
        changes = self.vault.find(BANK_ONLY_CHANGES_KIND, commitment)
        if changes is not None:
            value[_FOR_BANKS] = json.loads(changes.content)
        return _AMENDMENT.validate_python(value)

    def pending(self) -> list[int]:
        """The numbers of amendments that nobody has answered, those that cancel left out."""
        answered = {
            each.number
            for each in self.events
            if isinstance(each, AmendmentAccepted | AmendmentRejected)
        }
        return [
            each.number
            for each in self.events
            if isinstance(each, AmendmentIssued)
            and each.number not in answered
            and not each.amendment.cancels
        ]

    def terms_in_force(self, *pending: int) -> CreditTerms | None:
        """The terms after all accepted amendments, and those of the numbers ``pending`` after them.

        None if something of that is not kept here. Raises AmendmentUnclear.
        """
        found = self.terms()
        accepted = [each.number for each in self.events if isinstance(each, AmendmentAccepted)]
        for number in (*accepted, *pending):
            change = self.amendment(number)
            if found is None or change is None:
                return None
            found = amended(found, change).terms
        return found

    def value(self, kind: str, name: str, commitment: str) -> Any | None:
        """The text that a commitment is to, or None."""
        kept = self.vault.committed(kind, name, unhexadecimal(commitment))
        return None if kept is None else json.loads(kept.content)

    def _name(self, reference: str) -> str:
        return f"{self.issuing_bic}-{reference}"
