# SPDX-License-Identifier: Apache-2.0
"""Thousands of acts around credits, each held against a model of the rules."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from eth_utils import keccak
from model import D, Model, P, RefusedError
from runs import Run
from vocabulary import Availability, CreditState, Disposal, Mark, MaturityFrom, PresenterInstruction
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CENTRAL,
    CNSHA,
    CNSHA_M,
    CNY,
    DAY,
    DEFRA,
    EMPTY,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    JPY,
    KEEPER,
    KINDS,
    OTHER,
    OUTSIDER,
    REMOTE,
    USD,
    Issuance,
    Lodging,
    PresentationKey,
    World,
    credit_id,
    desk,
    documents_act,
    instant,
    obligation_id,
)

from yangshan.alliance.calendars import BankingCalendar
from yangshan.alliance.places import build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from suite import Error, Event

STEPS = 8_000
END = instant("2027-02-01T00:00:00")
BANKS = (ISSUER, OTHER, REMOTE, FRANKFURT)
PRESENTERS = (BENEFICIARY, FORWARDER, ADVISER, APPLICANT)
COURTS = (AUTHORITY,)
EVERYBODY = (*BANKS, *PRESENTERS, CENTRAL, *COURTS)
ISSUERS = {CNY.number: CENTRAL, JPY.number: OTHER}

# Each act with its weight.
ACTS = {
    "issue": 5,
    "advise": 7,
    "mandate": 4,
    "lodge": 20,
    "fix": 3,
    "confirm": 4,
    "find": 12,
    "find_with": 5,
    "waive": 7,
    "ask_waiver": 2,
    "ask_authority": 2,
    "refuse": 9,
    "instruct": 7,
    "return_": 4,
    "forward": 12,
    "turn": 9,
    "name": 2,
    "take_in": 5,
    "claim": 12,
    "pay": 10,
    "agree": 5,
    "prepay": 6,
    "attest": 4,
    "assign": 4,
    "stay_payment": 3,
    "lift_payment": 3,
    "mint": 6,
    "publish": 6,
    "wait": 12,
}


class Life:
    """One random run: a world, its model, and the choices."""

    MODEL: type[Model] = Model

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.source = world, random.Random(seed)
        self.run = Run("life of credits", self.source)
        self.words = build("CNSHA", 2024, 2026).packed()
        published = {CNSHA: "CNSHA", CNSHA_M: "CNSHA-M", DEFRA: "DEFRA"}
        self.model = self.MODEL(
            world.time,
            {number: build(name, 2024, 2026) for number, name in published.items()}
            | {EMPTY: BankingCalendar("EMPTY", {})},
            {each.number: f"SettlementCash-{each.code}" for each in (CNY, JPY)},
        )

    # Choices

    def any_of(self, found: Sequence[Any], otherwise: Any) -> Any:
        return self.source.choice(found) if found else otherwise

    def member(self, right: int) -> int:
        """Mostly the right one."""
        return right if self.source.random() < 0.9 else self.source.choice(EVERYBODY)

    def credit(self) -> bytes:
        recent = list(self.model.credits)[-12:]
        if self.source.random() < 0.03 or not recent:
            return keccak(text="no credit")
        return self.source.choice(recent)

    def presentation(self, *states: Any) -> PresentationKey:
        """One that stands so, mostly; or any; or none."""
        nobody = PresentationKey(keccak(text="no credit"), ISSUER, BENEFICIARY, 1)
        if self.source.random() < 0.03:
            return nobody
        found = list(self.model.presentations.items())[-60:]
        if self.source.random() < 0.85:
            time = self.model.time
            standing = [key for key, each in found if each.seen(time) in states]
            return self.any_of(standing, nobody)
        return self.any_of([key for key, _ in found], nobody)

    # Acts: the caller, the function with its arguments, and what the model says.

    def issue(self) -> None:
        source, today = self.source, self.model.time // DAY
        bank, number = self.member(source.choice(BANKS)), len(self.model.credits)
        if number and source.random() < 0.1:
            number -= 1
        plus = source.choice((0, 0, 5, 10))
        terms = Issuance(
            reference=f"RUN{number:06}".encode().ljust(16, b"\0"),
            beneficiary=source.choice((BENEFICIARY, BENEFICIARY, FORWARDER, 0)),
            advising_bank=source.choice((ADVISER, ADVISER, OTHER, 0)),
            second_advising_bank=source.choice((0, OTHER, FRANKFURT)),
            nominated_bank=source.choice((0, FRANKFURT, ADVISER, ADVISER)),
            confirming_bank=source.choice((0, ADVISER, OTHER)),
            any_bank=source.random() < 0.15,
            **self.usance(today),
            amount=source.choice((0, *(source.randint(1, 10**6) for _ in range(20)))),
            currency=source.choice((CNY, CNY, JPY, USD)).number,
            plus_tolerance=plus,
            minus_tolerance=source.choice((0, plus)),
            expiry=today + source.choice((-2, -1, 3, 10, 30, 60, 60, 90)),
            presentation_period=source.choice((0, 0, 5, 15)),
            partial_forbidden=source.random() < 0.3,
        )
        self.act("issue", bank, "LetterOfCredit.issue", terms)

    def usance(self, today: int) -> dict[str, int]:
        """How the credit is available, and with which usance."""
        source = self.source
        availability = source.choice(list(Availability)[1:-1])
        if availability == Availability.SIGHT_PAYMENT or (
            availability == Availability.NEGOTIATION and source.random() < 0.5
        ):
            return {"availability": int(availability)}
        from_ = source.choice(list(MaturityFrom)[1:])
        days = source.randint(1, 60)
        tenor = today + days if from_ == MaturityFrom.FIXED_DATE else days
        return {
            "availability": int(availability),
            "tenor": tenor,
            "tenor_from": int(from_),
        }

    def advise(self) -> None:
        number = self.credit()
        right = self.source.choice((ADVISER, OTHER, FRANKFURT))
        if number in self.model.credits:
            credit = self.model.credits[number]
            right = credit.terms.advising_bank or right
            if right in credit.advised:
                right = credit.terms.second_advising_bank or right
        authentic = self.source.random() < 0.8
        self.act("advise", self.member(right), "LetterOfCredit.advise", number, authentic)

    def confirm(self) -> None:
        number = self.credit()
        right = ADVISER
        if number in self.model.credits:
            right = self.model.credits[number].terms.confirming_bank or right
        self.act("confirm", self.member(right), "LetterOfCredit.confirm", number)

    def mandate(self) -> None:
        number = self.credit()
        right = BENEFICIARY
        if number in self.model.credits:
            right = self.model.credits[number].principal or right
        presenter, text = self.source.choice(PRESENTERS), self.source.randbytes(32)
        self.act(
            "mandate", self.member(right), "Presentations.recordMandate", number, presenter, text
        )

    def lodge(self) -> None:
        source, number = self.source, self.credit()
        bank, presenter, amount = ISSUER, BENEFICIARY, 100
        if number in self.model.credits:
            credit = self.model.credits[number]
            terms = credit.terms
            bank = source.choice(
                (
                    credit.bank,
                    terms.nominated_bank or credit.bank,
                    terms.confirming_bank or credit.bank,
                )
            )
            if terms.any_bank and source.random() < 0.5:
                bank = source.choice(BANKS)
            may = [each for each in (credit.terms.beneficiary, *credit.mandates) if each]
            presenter = self.any_of(may, BENEFICIARY)
            amount = source.choice(
                (
                    *(credit.left,) * 4,
                    credit.left // 2,
                    credit.left // 3,
                    credit.left + 1,
                    credit.least,
                    max(0, credit.least - 1),
                    credit.terms.amount,
                    0,
                )
            )
        if source.random() < 0.03:
            bank = source.choice(EVERYBODY)
        if source.random() < 0.05:
            presenter = source.choice(PRESENTERS)
        key = PresentationKey(number, bank, presenter, source.choice((1, 1, 2, 2, 3, 4, 5)))
        today = self.model.time // DAY
        shipped = source.choice((0, today - source.randint(0, 30)))
        lodging = Lodging(key, amount, shipped, source.random() < 0.3, source.randbytes(32))
        self.act("lodge", self.member(presenter), "Presentations.lodge", lodging)

    def fix(self) -> None:
        key = self.presentation(P.LODGED)
        undated = [key for key, each in self.model.presentations.items() if not each.deadline]
        if self.source.random() < 0.8:
            key = self.any_of(undated, key)
        self.act("fix", None, "Presentations.fixDeadline", key)

    def find(self) -> None:
        key = self.presentation(P.LODGED)
        plain = [
            key
            for key, each in self.model.presentations.items()
            if each.state == P.LODGED and not each.flags and not each.is_precluded(self.model.time)
        ]
        choice = self.source.random()
        if choice < 0.6:
            key = self.any_of(plain, key)
        if choice < 0.2:
            too_much = [key for key in plain if self.exceeds(key)]
            key = self.any_of(too_much, key)
        self.act("find", self.member(key.examiner), "Presentations.findComplying", key)

    def text(self) -> bytes:
        return self.source.randbytes(32)

    def examined(self, name: str, function: str, key: PresentationKey, *args: Any) -> None:
        self.act(name, self.member(key.examiner), documents_act(function), key, *args)

    def find_with(self) -> None:
        key, recourse = self.presentation(P.LODGED), self.source.random() < 0.5
        self.examined("find_with", "findComplyingWith", key, 0, recourse)

    def waive(self) -> None:
        key, recourse = self.presentation(P.LODGED, P.REFUSED), self.source.random() < 0.1
        self.examined("waive", "acceptDiscrepancies", key, self.text(), recourse)

    def ask_waiver(self) -> None:
        key = self.presentation(P.LODGED, P.REFUSED)
        self.examined("ask_waiver", "askForWaiver", key, self.text())

    def ask_authority(self) -> None:
        key = self.presentation(P.LODGED, P.REFUSED)
        self.examined("ask_authority", "askForAuthority", key, self.text())

    def refuse(self) -> None:
        key = self.presentation(P.LODGED)
        reasons = self.source.choice((0, 1 << 25, *(1 << bit for bit in range(25))))
        disposal = int(self.source.choice((*list(Disposal), *(Disposal.HOLD,) * 5)))
        self.examined("refuse", "refuse", key, reasons, disposal, self.text())

    def instruct(self) -> None:
        key = self.presentation(P.LODGED, P.REFUSED, P.REFUSED)
        choices = (
            PresenterInstruction.TAKE_UP,
            PresenterInstruction.RETURN,
            *list(PresenterInstruction),
        )
        instruction = int(self.source.choice(choices))
        member = self.member(key.presenter)
        self.act("instruct", member, "Presentations.instruct", key, instruction, self.text())

    def return_(self) -> None:
        key = self.presentation(P.REFUSED, P.RETURN_DUE)
        self.examined("return_", "recordReturn", key, self.text())

    def forward(self) -> None:
        """Mostly of a bank that did not issue the credit, to one that may receive."""
        model = self.model
        apart = [
            key
            for key, each in model.presentations.items()
            if key.examiner != model.credits[key.credit].bank
            and (each.state != P.LODGED or not each.bound)
        ]
        fresh = [key for key in apart if not model.presentations[key].onward]
        key = self.presentation(P.COMPLYING, P.WAIVED, P.CLAIMED, P.FORWARDED)
        if self.source.random() < 0.9:
            key = self.any_of(fresh if self.source.random() < 0.6 else apart, key)
        to = self.source.choice((*BANKS, ADVISER))
        if key.credit in model.credits:
            credit = model.credits[key.credit]
            to = self.source.choice((credit.bank, credit.bank, credit.terms.confirming_bank, to))
        number = self.source.choice((1, 2, 3, 4, 5))
        self.examined("forward", "forward", key, to, number, self.text())

    def turn(self) -> None:
        """Mostly of who is left unpaid by a bank that has one behind it."""
        model, source = self.model, self.source
        unpaid = [
            key
            for key, each in model.presentations.items()
            if key.examiner != model.credits[key.credit].bank
            and (owed := model.obligations.get(self.debt(key, each)))
            and owed.seen(model.time) == D.OVERDUE
        ]
        fresh = [key for key in unpaid if self.debt(key) not in model.followed]
        key = self.presentation(P.COMPLYING, P.WAIVED, P.CLAIMED)
        if source.random() < 0.9:
            key = self.any_of(fresh if source.random() < 0.9 else unpaid, key)
            if not fresh:
                return
        right, to, number = BENEFICIARY, source.choice((*BANKS, ADVISER)), source.randint(1, 9)
        if key in model.presentations:
            right = model.creditor(self.debt(key)) or right
            credit, there = model.credits[key.credit], model.presentations[key].onward
            behind = [bank for bank in (*BANKS, ADVISER) if credit.binds(bank)]
            to = source.choice((*behind, *behind, *behind, to))
            if there and source.random() < 0.9:
                to, number = there.examiner, there.number
        function = "Forwarding.presentUnpaid"
        self.act("turn", self.member(right), function, key, to, number, self.text())

    def debt(self, key: PresentationKey, each: Any = None) -> bytes:
        """The number of what the bank owes on a presentation, if it owes anything."""
        each = each or self.model.presentations[key]
        return obligation_id(key.id, key.examiner, each.payee)

    def name(self) -> None:
        key, amendments = self.presentation(P.LODGED), self.source.getrandbits(8)
        member = self.member(key.presenter)
        self.act("name", member, "Presentations.nameAmendments", key, amendments)

    def take_in(self) -> None:
        key = self.presentation(P.LODGED)
        late = [
            key
            for key, each in self.model.presentations.items()
            if each.state == P.LODGED and each.receipt > (each.received + 8 * 3_600) // DAY
        ]
        if self.source.random() < 0.7:
            key = self.any_of(late, key)
        self.examined("take_in", "acceptOutOfHours", key)

    def settle(self) -> None:
        number, found = self.owed(D.OVERDUE)
        if self.source.random() < 0.8:
            standing = [
                each
                for each in self.model.obligations.items()
                if each[0] in self.model.followed and each[1].is_open
            ]
            paid = [each for each in standing if self.model.paid_instead(each[0])]
            number, found = self.any_of(paid or standing, (number, found))
        right = self.source.choice((found.debtor, found.owner)) if found else ISSUER
        self.creditor("settle", "settleByCounterpart", number, right)

    def exceeds(self, key: PresentationKey) -> bool:
        """Whether more is demanded than is left by now."""
        demanded = self.model.presentations[key].lodging.amount
        return demanded > self.model.credits[key.credit].left

    def claim(self) -> None:
        key = self.presentation(P.PRECLUDED)
        worth = [
            key
            for key, each in self.model.presentations.items()
            if each.is_precluded(self.model.time) and self.model.credits[key.credit].left
        ]
        if self.source.random() < 0.6:
            key = self.any_of(worth, key)
        right = key.presenter
        if key.credit in self.model.credits and self.source.random() < 0.3:
            right = self.model.credits[key.credit].terms.beneficiary or right
        self.act("claim", self.member(right), "Presentations.claimPrecluded", key)

    def owed(self, *states: Any) -> tuple[bytes, Any]:
        """An obligation that stands so, mostly; or any; or none."""
        nothing = keccak(text="no obligation"), None
        if self.source.random() < 0.03:
            return nothing
        found = list(self.model.obligations.items())
        # Those in cash of the ledger can be paid here.
        standing = [
            each
            for each in found
            if each[1].seen(self.model.time) in states and each[1].currency in self.model.cash
        ]
        if self.source.random() < 0.85 and standing:
            return self.source.choice(standing)
        found_: tuple[bytes, Any] = self.any_of(found, nothing)
        return found_

    def creditor(self, name: str, function: str, number: bytes, right: int, *args: Any) -> None:
        member = self.member(right)
        self.act(name, member, f"PaymentObligations.{function}", number, *args)

    def pay(self) -> None:
        number, found = self.owed(D.DUE, D.OVERDUE, D.NEGOTIATED, D.INCURRED, D.ACCEPTED)
        # Often of two banks for one drawing.
        tied = [
            (each, self.model.obligations[each])
            for pair in self.model.followed.items()
            for each in pair
            if each in self.model.obligations and self.model.obligations[each].is_open
        ]
        if self.source.random() < 0.3:
            number, found = self.any_of(tied, (number, found))
        self.creditor("pay", "pay", number, found.debtor if found else ISSUER)

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
            for each in self.model.obligations.items()
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
        bank, amount = self.source.choice(BANKS), self.source.randint(0, 3 * 10**6)
        reference = self.source.randbytes(32)
        cash = self.model.cash[currency]
        self.world.send(desk(issuer), f"{cash}.mint", bank, amount, reference)
        self.model.held[bank, currency] += amount

    def publish(self) -> None:
        """Some more days for the calendar that is published late, mostly once they are needed."""
        source, known = self.source, self.model.calendars[EMPTY].packed()
        span = max(known, default=min(self.words))
        count = (known.get(span, 0) >> 192) & 0xFF
        if span * 192 + count - self.model.time // DAY > source.randint(-25, 3):
            return
        if count == 192:
            span, count = span + 1, 0
        full = self.words[span]
        count = min(count + source.randint(10, 60), full >> 192 & 0xFF)
        if known.get(span, 0) >> 192 & 0xFF == count:
            return
        days = full & (1 << count) - 1
        word = full >> 200 << 200 | count << 192 | days
        self.world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)
        published = BankingCalendar.unpacked("EMPTY", known | {span: word})
        self.model.calendars[EMPTY] = published

    def wait(self) -> None:
        """Some hours; or to the second around a deadline or a close."""
        model, source = self.model, self.source
        target = model.time + source.randint(0, DAY // 3)
        ahead = [
            each.deadline
            for each in model.presentations.values()
            if each.state == P.LODGED and each.deadline > model.time + 1
        ]
        if ahead and source.random() < 0.15:
            target = min(ahead) + source.randint(-1, 1)
        elif source.random() < 0.2:
            # The close of banking hours in Shanghai, at nine in UTC.
            target = (
                model.time // DAY * DAY + source.choice((9, 33)) * 3_600 + source.randint(-1, 1)
            )
        if model.time < target < END:
            model.time = target
            self.world.at(target)

    # Comparison

    def act(self, name: str, member: int | None, function: str, *args: Any) -> None:
        """Tries an act on both sides: equal errors, or equal events."""
        expected, refusal = self.expected(name, member, args)
        caller = OUTSIDER if member is None else desk(member)
        with self.run.expecting(name, refusal):
            self.world.send(caller, function, *args).emitted(*expected)

    def expected(
        self, name: str, member: int | None, args: tuple[Any, ...]
    ) -> tuple[list[Event], Error | None]:
        method = getattr(self.model, name)
        try:
            return method(*args) if member is None else method(member, *args), None
        except RefusedError as refusal:
            return [], refusal.error

    def compare(self) -> None:
        """Every record and every balance on both sides."""
        world, model = self.world, self.model
        for number, credit in model.credits.items():
            found = world.view("LetterOfCredit.credit", number)
            assert number == credit_id(credit.bank, credit.terms.reference)
            assert found.issuance == credit.terms._replace(reference=bytes(16))
            assert (found.state, found.drawn) == (CreditState.ISSUED, credit.drawn)
            assert found.advised == (credit.terms.advising_bank in credit.advised)
            assert found.confirmed == credit.confirmed
            owed = sum(
                each.amount
                for each in model.obligations.values()
                if each.credit == number and each.counts
            )
            assert found.drawn == owed
        for key, each in model.presentations.items():
            stored = world.presentation(key)
            assert (stored.state, stored.flags) == (each.state, each.flags)
            assert (stored.deadline, stored.received) == (each.deadline, each.received)
            assert (stored.amount, stored.payee) == (each.lodging.amount, each.payee)
            assert (stored.disposal, stored.receiptDay) == (each.disposal, each.receipt)
            assert Mark(stored.marks) == self.marks(each)
            assert world.state_of(key) == each.seen(model.time)
            precluded = each.is_precluded(model.time)
            assert world.view("Presentations.isPrecluded", key) is precluded
            onward = each.onward.id if each.onward else bytes(32)
            assert world.view("Forwarding.forwardedAs", key.id) == onward
            named = world.view("Presentations.amendmentsPresentedOn", key.id)
            assert named == each.named
        for number, owed in model.obligations.items():
            record = world.view("PaymentObligations.obligation", number)
            assert (record.debtor, record.owner) == (owed.debtor, owed.owner)
            assert (record.amount, record.currency) == (owed.amount, owed.currency)
            assert (record.state, record.maturity) == (owed.state, owed.maturity)
            assert (record.recourse, record.stayedUntil) == (owed.recourse, owed.stayed_until)
            assert world.view("PaymentObligations.stateOf", number) == owed.seen(model.time)
            assignment = world.view("PaymentObligations.assignmentOf", number)
            assert assignment == (owed.assignee, owed.assigned)
            assert record.assigned is bool(owed.assignee)
            assert world.view("PaymentObligations.agreedPrepayment", number) == owed.agreed
            creditor = world.view("PaymentObligations.currentCreditor", number)
            assert creditor == model.creditor(number)
            for view, others in (("followedBy", model.followed), ("follows", model.follows)):
                other = world.view(f"PaymentObligations.{view}", number)
                assert other == others.get(number, bytes(32))
        for currency, cash in model.cash.items():
            held = {member: world.balance(member, cash) for member in KINDS}
            assert held == {member: model.held[member, currency] for member in KINDS}
            assert sum(held.values()) == world.view(f"{cash}.totalSupply")

    @staticmethod
    def marks(each: Any) -> Any:
        """The model's facts as the contract has them."""
        facts = {
            Mark.UNBOUND: not each.bound,
            Mark.FORWARDED: each.forwarded,
            Mark.COUNTED: each.counted,
            Mark.INSTRUCTED: each.instructed,
            Mark.TAKE_UP: each.take_up,
            # Parts of credits live in test_transfer_life.py.
            Mark.TRANSFERRED: False,
            Mark.TAKEN_IN: each.accepted,
        }
        assert list(facts) == list(Mark)
        return Mark(sum(mark for mark, is_set in facts.items() if is_set))


def test_the_life_of_credits_is_what_a_model_of_the_rules_says(
    world: World, seed: int, note: list[str]
) -> None:
    life = Life(world, seed)
    for step in range(STEPS):
        getattr(life, life.source.choices(list(ACTS), list(ACTS.values()))[0])()
        if step % 1_000 == 999:
            life.compare()
    note.append(life.run.shares())
    note.append(f"life of credits: {len(life.run.met)} errors met, to {life.model.local()}")
    life.run.expect_each_succeeds()
    # The run went through what it is for.
    states = {each.state for each in life.model.presentations.values()}
    assert states == set(P) - {P.NONE, P.PRECLUDED}
    owed = {each.state for each in life.model.obligations.values()}
    assert owed == set(D) - {D.NONE, D.OVERDUE, D.STAYED, D.SETTLED}
    assert {each.flags for each in life.model.presentations.values()} >= set(range(6))
    assert {each.counted for each in life.model.presentations.values()} == {False, True}
    assert life.run.met.keys() >= {
        "BankNotBound",
        "AcceptedAlready",
        "CannotComply",
        "CalendarNotPublished",
        "NotOverdue",
        "ReceivedInHours",
        "DeadlinePassed",
        "ForwardedAlready",
        "InstructionNotOpen",
        "NoBankBehind",
        "NothingToDraw",
        "NotMatured",
        "NotPrecluded",
        "Overdrawn",
        "PaymentIsStayed",
        "PresentationExists",
        "RecourseNotOpen",
        "WaiverNotOpen",
        "WrongObligationState",
        "WrongPresentationState",
    }
