# SPDX-License-Identifier: Apache-2.0
"""Random acts around what banks owe, and cash to pay it with (machine D)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from choices import BANKS, COURTS, Choices
from model import D
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CENTRAL,
    CNY,
    DAY,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    JPY,
    OTHER,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

# Each act with its weight.
OBLIGATION_ACTS: Final = {
    "pay": 11,
    "agree": 6,
    "prepay": 6,
    "attest": 4,
    "assign": 5,
    "stay_payment": 3,
    "lift_payment": 3,
    "settle": 6,
    "mint": 6,
}
# Of how many latest drawings that were left unpaid an act chooses.
PAIRS: Final = 40
ISSUERS: Final[Mapping[int, int]] = {CNY.number: CENTRAL, JPY.number: OTHER}


class ObligationActs(Choices):
    """Acts of debtors, creditors and courts."""

    def creditor(self, name: str, function: str, number: bytes, right: int, *args: Any) -> None:
        member = self.member(right)
        self.act(name, member, f"PaymentObligations.{function}", number, *args)

    def pay(self) -> None:
        number, found = self.owed(D.DUE, D.OVERDUE, D.NEGOTIATED, D.INCURRED, D.ACCEPTED)
        if self.source.random() < 0.1:
            number, found = self.owed(D.STAYED)
        # Often of two banks for one drawing.
        tied = [
            (each, self.model.obligations[each])
            for pair in islice(reversed(self.model.followed.items()), PAIRS)
            for each in pair
            if each in self.model.obligations and self.model.obligations[each].is_open
        ]
        if self.source.random() < 0.2:
            number, found = self.any_of(tied, (number, found))
        self.creditor("pay", "pay", number, found.debtor if found else ISSUER)

    def settle(self) -> None:
        """Mostly where a bank behind has paid."""
        number, found = self.owed(D.OVERDUE)
        if self.source.random() < 0.8:
            standing = [
                (each, self.model.obligations[each])
                for each in islice(reversed(self.model.followed), PAIRS)
                if self.model.obligations[each].is_open
            ]
            paid = [each for each in standing if self.model.paid_instead(each[0])]
            number, found = self.any_of(paid or standing, (number, found))
        right = self.source.choice((found.debtor, found.owner)) if found else ISSUER
        self.creditor("settle", "settleByCounterpart", number, right)

    def agree(self) -> None:
        number, found = self.owed(D.INCURRED, D.ACCEPTED)
        most = found.amount if found else 1
        proceeds = self.source.choice((most, most, most * 9 // 10, most + 1, 0))
        right = found.owner if found else BENEFICIARY
        self.creditor("agree", "agreePrepayment", number, right, proceeds)

    def prepay(self) -> None:
        number, found = self.owed(D.INCURRED, D.ACCEPTED)
        agreed = [
            each
            for each in islice(reversed(self.model.obligations.items()), 200)
            if each[1].agreed and self.model.time < each[1].begins
        ]
        if self.source.random() < 0.8:
            number, found = self.any_of(agreed, (number, found))
        proceeds = found.agreed if found else 1
        if self.source.random() < 0.1:
            proceeds += 1
        self.creditor("prepay", "prepay", number, found.debtor if found else ISSUER, proceeds)

    def attest(self) -> None:
        number, found = self.owed(D.DUE, D.OVERDUE, D.STAYED, D.NEGOTIATED, D.ACCEPTED)
        right = BENEFICIARY
        if found:
            held = self.model.held_by(number)
            right = self.source.choice((held.owner, held.assignee or held.owner))
        self.creditor("attest", "attestPayment", number, right, self.text())

    def assign(self) -> None:
        number, found = self.owed(D.DUE, D.OVERDUE, D.INCURRED, D.ACCEPTED)
        most = found.amount if found else 1
        part = self.source.choice((most, most // 2, most // 3, 0, most + 1))
        assignee = self.source.choice((FORWARDER, FRANKFURT, APPLICANT, BENEFICIARY, *COURTS))
        right = found.owner if found else BENEFICIARY
        self.creditor("assign", "assignProceeds", number, right, assignee, part, self.text())

    def stay_payment(self) -> None:
        number, _ = self.owed(D.DUE, D.OVERDUE, D.INCURRED, D.STAYED)
        until = self.model.time + self.source.choice((0, 1, DAY, 3 * DAY, 20 * DAY, 401 * DAY))
        right = self.source.choice(COURTS)
        self.creditor("stay_payment", "stayPayment", number, right, until, self.text())

    def lift_payment(self) -> None:
        number, _ = self.owed(D.STAYED)
        self.creditor("lift_payment", "liftPaymentStay", number, AUTHORITY, self.text())

    def mint(self) -> None:
        currency, issuer = self.source.choice(list(ISSUERS.items()))
        bank, amount = self.source.choice((*BANKS, ADVISER)), self.source.randint(0, 10**6)
        reference = self.text()
        cash = self.model.cash[currency]
        self.sent(issuer, f"{cash}.mint", bank, amount, reference)
        self.model.held[bank, currency] += amount
