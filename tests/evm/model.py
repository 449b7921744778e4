# SPDX-License-Identifier: Apache-2.0
"""The life of credits by their rules: parties, states, clocks, balances, and who may do what.

A model to hold the contracts against. It is written from the rules that the interfaces state, keeps
plain Python records, and computes clocks and amounts with the library. An act either returns the
events that tell of it, or raises :class:`RefusedError`. What is asked first: the key, then whether
the record is there, then whose it is, then its state, then the time, then what is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from model_documents import Credit, D, P, RefusedError
from model_records import Records
from suite import Event, event
from vocabulary import Role
from world import DAY, Issuance, credit_id

__all__ = ["Credit", "D", "Model", "P", "RefusedError"]


@dataclass
class Model(Records):
    """All credits of the alliance and what became of them."""

    # Acts

    def issue(self, member: int, terms: Issuance) -> list[Event]:
        self._has_role(member, Role.ISSUE)
        if not terms.amount:
            raise RefusedError("BadAmount", terms.amount, terms.plus_tolerance)
        # The day is over where it ends last, twelve hours after it ends in UTC.
        if self.time >= (terms.expiry + 1) * DAY + DAY // 2:
            raise RefusedError("ExpiryPassed", terms.expiry, self.time)
        number = credit_id(member, terms.reference)
        if number in self.credits:
            raise RefusedError("CreditExists", number)
        self.credits[number] = Credit(member, terms)
        return [
            event(
                "LetterOfCredit",
                "CreditIssued",
                creditId=number,
                issuingBank=member,
                beneficiary=terms.beneficiary,
                issuance=terms,
            )
        ]

    def advise(self, member: int, number: bytes, authentic: bool) -> list[Event]:
        self._has_role(member, Role.ADVISE)
        credit = self._credit(number)
        named = {credit.terms.advising_bank}
        # The second advising bank follows the first.
        if credit.terms.advising_bank in credit.advised:
            named.add(credit.terms.second_advising_bank)
        if member not in named:
            raise RefusedError("NotAdvisingBank", number, member)
        if member in credit.advised:
            raise RefusedError("AdvisedAlready", number, member)
        credit.advised.add(member)
        return [
            event(
                "LetterOfCredit",
                "CreditAdvised",
                creditId=number,
                advisingBank=member,
                apparentlyAuthentic=authentic,
            )
        ]

    def confirm(self, member: int, number: bytes) -> list[Event]:
        self._has_role(member, Role.ISSUE)
        credit = self._credit(number)
        if member != credit.terms.confirming_bank or member == credit.bank:
            raise RefusedError("NotConfirmingBank", number, member)
        if credit.confirmed:
            raise RefusedError("ConfirmedAlready", number, member)
        credit.confirmed = True
        return [event("LetterOfCredit", "CreditConfirmed", creditId=number, confirmingBank=member)]

    def local(self) -> datetime:
        """The time, for people."""
        return datetime.fromtimestamp(self.time, UTC)
