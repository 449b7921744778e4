# SPDX-License-Identifier: Apache-2.0
"""Random acts around credits and amendments (machines A and B)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from choices import BANKS, Choices
from letters import LIFTED, MANDATE, ORDER
from vocabulary import AmendmentState, Availability, CreditState, MaturityFrom
from world import (
    ADVISER,
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
    USD,
    Amendment,
    Issuance,
    packed,
)

if TYPE_CHECKING:
    from credit_model import Credit

# Each act with its weight.
LETTER_ACTS: Final = {
    "issue": 6,
    "issue_batch": 2,
    "pre_advise": 3,
    "issue_pre_advised": 4,
    "advise": 5,
    "decline_advice": 3,
    "request": 3,
    "confirm": 9,
    "decline_confirmation": 2,
    "amend": 13,
    "extend": 12,
    "decline_extension": 3,
    "accept": 13,
    "reject": 3,
    "stay": 3,
    "lift": 3,
}


class LetterActs(Choices):
    """Acts of the issuing, advising and confirming banks, of the beneficiary and of courts."""

    references: int

    def reference(self) -> bytes:
        self.references += 1
        return f"RUN{self.references:06}".encode().ljust(16, b"\0")

    def terms(self) -> Issuance:
        source, today = self.source, self.model.time // DAY
        plus = source.choice((0, 0, 5, 10))
        usance = self.usance(today)
        return Issuance(
            reference=self.reference(),
            beneficiary=source.choice((BENEFICIARY, BENEFICIARY, FORWARDER, 0)),
            advising_bank=source.choice((ADVISER, ADVISER, ADVISER, OTHER, CENTRAL, 0)),
            second_advising_bank=source.choice((0, OTHER, FRANKFURT, CENTRAL)),
            nominated_bank=source.choice((0, FRANKFURT, ADVISER, ADVISER)),
            confirming_bank=source.choice((0, FRANKFURT, OTHER, ADVISER, ADVISER, ISSUER)),
            reimbursing_bank=source.choice((0, CENTRAL)),
            amount=source.choice((0, *(source.randint(1, 10**6) for _ in range(20)))),
            currency=source.choice((CNY, CNY, CNY, JPY, JPY, USD)).number,
            plus_tolerance=plus,
            minus_tolerance=source.choice((0, plus)),
            expiry=today + source.choice((-2, -1, 3, 10, 30, 60, 60, 60, 90, 90)),
            presentation_period=source.choice((0, 0, 5, 15)),
            tenor=usance[1],
            tenor_from=usance[2],
            availability=usance[0],
            partial_forbidden=source.random() < 0.3,
            any_bank=source.random() < 0.15,
            switches=source.choice((0, 0, 0, 1, 2, 4, 7)),
            terms=source.randbytes(32),
        )

    def usance(self, today: int) -> tuple[int, int, int]:
        """How a credit is available, and with which usance: its days, and from when."""
        source = self.source
        if source.random() < 0.03:
            return int(source.choice(list(Availability))), source.choice((0, 30)), 0
        availability = source.choice(list(Availability)[1:-1])
        if availability == Availability.SIGHT_PAYMENT or (
            availability == Availability.NEGOTIATION and source.random() < 0.5
        ):
            return int(availability), 0, 0
        from_, days = source.choice(list(MaturityFrom)[1:]), source.randint(1, 60)
        tenor = today + days if from_ == MaturityFrom.FIXED_DATE else days
        return int(availability), tenor, int(from_)

    # Issue

    def issue(self) -> None:
        bank, terms = self.new()
        self.act("issue", bank, "LetterOfCredit.issue", terms)

    def new(self) -> tuple[int, Issuance]:
        """A bank with terms; now and then under a reference that it has used."""
        bank, terms = self.member(self.source.choice(BANKS)), self.terms()
        if self.source.random() < 0.1:
            _, credit = self.credit(*CreditState)
            if credit is not None:
                bank, terms = credit.bank, terms._replace(reference=credit.origin.reference)
        return bank, terms

    def issue_batch(self) -> None:
        bank, terms = self.new()
        batch = self.source.choice(([], [terms], [terms], [terms], [terms, self.terms()]))
        words = [packed(each) for each in batch]
        self.act("issue_batch", bank, "LetterOfCredit.issueBatch", words, said=(batch,))

    def pre_advise(self) -> None:
        bank, terms = self.new()
        self.act("pre_advise", bank, "LetterOfCredit.preAdvise", terms)

    def issue_pre_advised(self) -> None:
        _, credit = self.credit(CreditState.PRE_ADVISED)
        terms = self.terms()
        bank = ISSUER
        if credit is not None:
            bank, source = credit.bank, self.source
            said = credit.origin
            changes = source.choice(
                (
                    {},
                    {},
                    {"amount": said.amount + source.randint(-1, 2)},
                    {"expiry": said.expiry + source.randint(-2, 2)},
                    {"beneficiary": source.choice((BENEFICIARY, FORWARDER, 0))},
                    {"currency": 392},
                    {"confirming_bank": FRANKFURT},
                )
            )
            usance = said.availability in (Availability.DEFERRED_PAYMENT, Availability.ACCEPTANCE)
            tenor = {"tenor": 30 * usance, "tenor_from": int(usance)}
            terms = said._replace(**tenor, **changes, terms=source.randbytes(32))
        member = self.member(bank)
        self.act("issue_pre_advised", member, "LetterOfCredit.issuePreAdvised", terms)

    # Advice and confirmation

    def advise(self) -> None:
        number, credit = self.credit()
        authentic = self.source.random() < 0.8
        member = self.member(self.adviser(credit))
        if credit is not None and self.source.random() < 0.1:
            member = credit.origin.second_advising_bank or member
        self.act("advise", member, "LetterOfCredit.advise", number, authentic)

    def decline_advice(self) -> None:
        number, credit = self.credit()
        member = self.member(self.adviser(credit))
        self.act("decline_advice", member, "LetterOfCredit.declineAdvice", number)

    def adviser(self, credit: Credit | None) -> int:
        """The bank whose turn it is."""
        if credit is None:
            return ADVISER
        first, second = credit.origin.advising_bank, credit.origin.second_advising_bank
        return (second if first in credit.advised else first) or ADVISER

    def request(self) -> None:
        number, credit = self.credit()
        bank = self.source.choice((FRANKFURT, OTHER, ADVISER, ISSUER, 0))
        member = self.member(credit.bank if credit else ISSUER)
        self.act("request", member, "LetterOfCredit.requestConfirmation", number, bank)

    def confirm(self) -> None:
        number, credit = self.asked()
        self.act("confirm", self.member(self.confirmer(credit)), "LetterOfCredit.confirm", number)

    def decline_confirmation(self) -> None:
        number, credit = self.asked()
        member = self.member(self.confirmer(credit))
        self.act("decline_confirmation", member, "LetterOfCredit.declineConfirmation", number)

    def asked(self) -> tuple[bytes, Credit | None]:
        """A recent credit, mostly one that a bank is asked to confirm."""
        waiting = [
            each
            for each in islice(reversed(self.model.credits.items()), 12)
            if each[1].state == CreditState.ISSUED
            and each[1].origin.confirming_bank not in (0, each[1].bank)
            and not (each[1].confirmed or each[1].confirmation_declined)
        ]
        if waiting and self.source.random() < 0.5:
            return self.source.choice(waiting)
        return self.credit()

    def confirmer(self, credit: Credit | None) -> int:
        return (credit.origin.confirming_bank if credit else 0) or FRANKFURT

    # Amendments

    def amend(self) -> None:
        number, credit = self.credit(CreditState.ISSUED, CreditState.PRE_ADVISED)
        source, today = self.source, self.model.time // DAY
        place = len(credit.proposals) + 1 if credit else 1
        if source.random() < 0.03:
            place = source.randint(0, 255)
        amount = credit.terms.amount if credit else 100
        pick = source.random()
        cancels = pick < 0.06 or (credit is not None and credit.state == CreditState.PRE_ADVISED)
        increase = decrease = 0
        if pick < 0.4:
            increase = source.randint(0, amount)
        elif pick < 0.75:
            decrease = source.randint(0, amount + 1)
            if credit is not None and credit.drawn and source.random() < 0.5:
                # To around what is drawn.
                decrease = max(0, amount - credit.drawn + source.randint(-1, 1_000))
        if pick > 0.98:
            increase = decrease = 1
        sets = source.random() < 0.2
        text = source.randbytes(32)
        if cancels and source.random() < 0.9:
            amendment = Amendment(place, cancels=True, terms=text)
        elif 0.4 <= pick < 0.55:
            # It takes, and gives nothing.
            least = source.randint(1, amount // 5 + 1)
            amendment = Amendment(place, decrease=least, terms=text)
        else:
            amendment = Amendment(
                place,
                cancels,
                increase,
                decrease,
                source.choice((0, 0, today - 2, today + 20, today + source.randint(-1, 120))),
                source.choice((0, today + source.randint(0, 60))),
                source.choice((0, 0, 5, 21)),
                sets,
                source.choice((0, 5, 99)) if sets else 0,
                source.choice((0, 5)) if sets else 0,
                text,
            )
        member = self.member(credit.bank if credit else ISSUER)
        self.act("amend", member, "LetterOfCredit.amend", number, amendment)

    def extend(self) -> None:
        number, credit = self.confirmed()
        # Mostly behind what was accepted, so that the bank falls behind and catches up.
        states = self.source.choice(((AmendmentState.PENDING,), (AmendmentState.ACCEPTED,)))
        place = self.place(credit, *states)
        if credit is not None and self.source.random() < 0.5:
            missing = [each for each in credit.accepted if not each.extended]
            place = self.any_of([each.amendment.number for each in missing], place)
        member = self.member(self.confirmer(credit))
        self.act("extend", member, "LetterOfCredit.extendConfirmation", number, place)

    def decline_extension(self) -> None:
        number, credit = self.confirmed()
        place = self.place(credit, AmendmentState.PENDING)
        member = self.member(self.confirmer(credit))
        self.act("decline_extension", member, "LetterOfCredit.declineExtension", number, place)

    def confirmed(self) -> tuple[bytes, Credit | None]:
        """A recent credit, mostly a confirmed one."""
        recent = islice(reversed(self.model.credits.items()), 12)
        fitting = [each for each in recent if each[1].confirmed]
        if fitting and self.source.random() < 0.9:
            return self.source.choice(fitting)
        return self.credit()

    def accept(self) -> None:
        member, *args = self.answer()
        self.act("accept", member, "LetterOfCredit.acceptAmendment", *args)

    def reject(self) -> None:
        member, *args = self.answer()
        self.act("reject", member, "LetterOfCredit.rejectAmendment", *args)

    def answer(self) -> tuple[int, bytes, int, bytes]:
        """Who answers, and to what."""
        pending = [
            each
            for each in islice(reversed(self.model.credits.items()), 12)
            if any(one.state == AmendmentState.PENDING for one in each[1].proposals)
        ]
        number, credit = self.credit(CreditState.ISSUED, CreditState.PRE_ADVISED)
        if pending and self.source.random() < 0.8:
            number, credit = self.source.choice(pending)
        right = (credit.principal if credit else 0) or BENEFICIARY
        mandate = self.source.choice((MANDATE, MANDATE, bytes(32)))
        return self.member(right), number, self.place(credit, AmendmentState.PENDING), mandate

    # Stays

    def stay(self) -> None:
        number, _ = self.credit()
        source, now = self.source, self.model.time
        until = now + source.choice((-1, 0, 1, DAY, 3 * DAY, 30 * DAY, 400 * DAY, 400 * DAY + 1))
        self.act("stay", self.member(AUTHORITY), "LetterOfCredit.stay", number, until, ORDER)

    def lift(self) -> None:
        number, _ = self.credit(CreditState.ISSUED, CreditState.CANCELLED)
        stayed = [n for n, each in islice(reversed(self.model.credits.items()), 40) if each.stayed]
        if stayed and self.source.random() < 0.8:
            number = self.source.choice(stayed)
        self.act("lift", self.member(AUTHORITY), "LetterOfCredit.liftStay", number, LIFTED)
