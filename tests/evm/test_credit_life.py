# SPDX-License-Identifier: Apache-2.0
"""Random lives of credits and their amendments, held against a model of their rules."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

from credit_model import Letters, RefusedError
from eth_utils import keccak
from letters import DRAWER, LIFTED, MANDATE, ORDER, TRANSFERS
from runs import Run
from vocabulary import AmendmentState, Availability, CreditState, MaturityFrom
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CENTRAL,
    CNSHA,
    CNSHA_M,
    DAY,
    DEFRA,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    OTHER,
    Amendment,
    Issuance,
    World,
    desk,
    instant,
    packed,
)

from yangshan.alliance.places import build
from yangshan.deployment.plan import CREDITS_EDITION

if TYPE_CHECKING:
    from credit_model import Credit
    from suite import Error, Event

STEPS = 6_000
END = instant("2026-10-01T00:00:00")
BANKS = (ISSUER, OTHER, FRANKFURT, ADVISER, CENTRAL)
EVERYBODY = (*BANKS, BENEFICIARY, FORWARDER, APPLICANT, AUTHORITY)

# Each act with its weight.
ACTS = {
    "issue": 4,
    "issue_batch": 1,
    "pre_advise": 2,
    "issue_pre_advised": 3,
    "advise": 5,
    "decline_advice": 3,
    "request": 3,
    "confirm": 6,
    "decline_confirmation": 2,
    "amend": 14,
    "extend": 12,
    "decline_extension": 4,
    "accept": 12,
    "reject": 3,
    "accept_by_presentation": 4,
    "stay": 3,
    "lift": 3,
    "draw": 5,
    "draw_up_to": 3,
    "suspend": 2,
    "wait": 4,
}
FUNCTIONS = {
    "issue": "issue",
    "issue_batch": "issueBatch",
    "pre_advise": "preAdvise",
    "issue_pre_advised": "issuePreAdvised",
    "advise": "advise",
    "decline_advice": "declineAdvice",
    "request": "requestConfirmation",
    "confirm": "confirm",
    "decline_confirmation": "declineConfirmation",
    "amend": "amend",
    "extend": "extendConfirmation",
    "decline_extension": "declineExtension",
    "accept": "acceptAmendment",
    "reject": "rejectAmendment",
    "accept_by_presentation": "acceptByPresentation",
    "stay": "stay",
    "lift": "liftStay",
    "draw": "drawExactly",
    "draw_up_to": "drawUpTo",
}


class Life:
    """One random run: a contract, its model, and the choices."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.source = world, random.Random(seed)
        self.run = Run("life of amendments", self.source)
        at = world.addresses
        neighbours = (at["AllianceRegistry"], at["BankingCalendar"], DRAWER, TRANSFERS)
        world.deploy("Credits", "LetterOfCredit", *neighbours, CREDITS_EDITION)
        published = {CNSHA: "CNSHA", CNSHA_M: "CNSHA-M", DEFRA: "DEFRA"}
        calendars = {number: build(name, 2024, 2026) for number, name in published.items()}
        self.model = Letters(world.time, calendars, "Credits")
        self.references = 0
        self.states: Counter[Any] = Counter()
        # Credits seen with a confirming bank that had fallen behind, and those that caught up.
        self.behind: set[bytes] = set()
        self.caught_up: set[bytes] = set()

    # Choices

    def member(self, right: int) -> int:
        """Mostly the right one."""
        return right if self.source.random() < 0.9 else self.source.choice(EVERYBODY)

    def credit(self, *wanted: Any) -> tuple[bytes, Credit | None]:
        """A recent one, mostly in a wanted state."""
        recent = list(self.model.credits.items())[-8:]
        if not recent or self.source.random() < 0.02:
            return keccak(text="no credit"), None
        fitting = [each for each in recent if each[1].state in wanted]
        if fitting and self.source.random() < 0.9:
            return self.source.choice(fitting)
        return self.source.choice(recent)

    def place(self, credit: Credit | None, *states: Any) -> int:
        """The number of an amendment, mostly one that stands so."""
        if credit is None:
            return 1
        places = range(1, len(credit.proposals) + 1)
        fitting = [n for n in places if credit.proposals[n - 1].state in states]
        if fitting and self.source.random() < 0.9:
            return self.source.choice(fitting)
        return self.source.randint(0, len(credit.proposals) + 1)

    def reference(self, again: float = 0.05) -> bytes:
        if self.references == 0 or self.source.random() >= again:
            self.references += 1
        return f"RUN{self.references:06}".encode().ljust(16, b"\0")

    def terms(self) -> Issuance:
        source, today = self.source, self.model.time // DAY
        availability = source.choice(
            (*list(Availability)[1:5], Availability.SIGHT_PAYMENT, *Availability)
        )
        usance = availability in (Availability.DEFERRED_PAYMENT, Availability.ACCEPTANCE)
        if source.random() < 0.03:
            usance = not usance
        plus = source.choice((0, 0, 5, 10))
        return Issuance(
            reference=self.reference(),
            beneficiary=source.choice((BENEFICIARY, BENEFICIARY, FORWARDER, 0)),
            advising_bank=source.choice((ADVISER, ADVISER, ADVISER, CENTRAL, 0)),
            second_advising_bank=source.choice((0, OTHER, CENTRAL)),
            nominated_bank=source.choice((0, FRANKFURT)),
            confirming_bank=source.choice((0, FRANKFURT, FRANKFURT, OTHER, ADVISER, ISSUER)),
            reimbursing_bank=source.choice((0, CENTRAL)),
            amount=source.choice((0, *(source.randint(1, 10**6) for _ in range(20)))),
            plus_tolerance=plus,
            minus_tolerance=source.choice((0, plus)),
            expiry=today + source.choice((-2, -1, 3, 10, 30, 60, 60, 90)),
            presentation_period=source.choice((0, 0, 5, 15)),
            tenor=source.choice((30, 60)) if usance else 0,
            tenor_from=int(source.choice(list(MaturityFrom)[1:])) if usance else 0,
            availability=int(availability),
            partial_forbidden=source.random() < 0.3,
            any_bank=source.random() < 0.1,
            switches=source.choice((0, 0, 0, 1, 2, 4, 7)),
            terms=source.randbytes(32),
        )

    # Acts

    def issue(self) -> None:
        self.act("issue", self.member(self.source.choice(BANKS)), self.terms())

    def issue_batch(self) -> None:
        batch = [self.terms() for _ in range(self.source.choice((0, 1, 1, 1, 2)))]
        member = self.member(self.source.choice(BANKS))
        self.act("issue_batch", member, batch, sent=([packed(each) for each in batch],))

    def pre_advise(self) -> None:
        self.act("pre_advise", self.member(self.source.choice(BANKS)), self.terms())

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
                    {"amount": said.amount + source.randint(-1, 2)},
                    {"expiry": said.expiry + source.randint(-1, 2)},
                    {"beneficiary": source.choice((BENEFICIARY, FORWARDER, 0))},
                    {"currency": 392},
                    {"confirming_bank": FRANKFURT},
                )
            )
            usance = said.availability in (Availability.DEFERRED_PAYMENT, Availability.ACCEPTANCE)
            tenor = {"tenor": 30 * usance, "tenor_from": int(usance)}
            terms = said._replace(**tenor, **changes, terms=source.randbytes(32))
        self.act("issue_pre_advised", self.member(bank), terms)

    def advise(self) -> None:
        number, credit = self.credit(CreditState.ISSUED)
        authentic = self.source.random() < 0.8
        self.act("advise", self.member(self.adviser(credit)), number, authentic)

    def decline_advice(self) -> None:
        number, credit = self.credit(CreditState.ISSUED)
        self.act("decline_advice", self.member(self.adviser(credit)), number)

    def adviser(self, credit: Credit | None) -> int:
        """The bank whose turn it is."""
        if credit is None:
            return ADVISER
        first, second = credit.origin.advising_bank, credit.origin.second_advising_bank
        return (second if first in credit.advised else first) or ADVISER

    def request(self) -> None:
        number, credit = self.credit(CreditState.ISSUED)
        bank = self.source.choice((FRANKFURT, OTHER, ADVISER, ISSUER, 0))
        self.act("request", self.member(credit.bank if credit else ISSUER), number, bank)

    def confirm(self) -> None:
        number, credit = self.credit(CreditState.ISSUED)
        self.act("confirm", self.member(self.confirmer(credit)), number)

    def decline_confirmation(self) -> None:
        number, credit = self.credit(CreditState.ISSUED)
        self.act("decline_confirmation", self.member(self.confirmer(credit)), number)

    def confirmer(self, credit: Credit | None) -> int:
        return (credit.origin.confirming_bank if credit else 0) or FRANKFURT

    def amend(self) -> None:
        number, credit = self.credit(CreditState.ISSUED, CreditState.PRE_ADVISED)
        source, today = self.source, self.model.time // DAY
        place = len(credit.proposals) + 1 if credit else 1
        if source.random() < 0.03:
            place = source.randint(0, 255)
        amount = credit.terms.amount if credit else 100
        pick = source.random()
        cancels = pick < 0.07 or (credit is not None and credit.state == CreditState.PRE_ADVISED)
        increase = decrease = 0
        if pick < 0.4:
            increase = source.randint(0, amount)
        elif pick < 0.75:
            decrease = source.randint(0, amount + 1)
        if pick > 0.98:
            increase = decrease = 1
        sets = source.random() < 0.2
        text = source.randbytes(32)
        if cancels and source.random() < 0.9:
            amendment = Amendment(place, cancels=True, terms=text)
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
        self.act("amend", self.member(credit.bank if credit else ISSUER), number, amendment)

    def extend(self) -> None:
        number, credit = self.confirmed()
        # Mostly behind what was accepted, so that the bank falls behind and catches up.
        states = self.source.choice(((AmendmentState.PENDING,), (AmendmentState.ACCEPTED,)))
        place = self.place(credit, *states)
        self.act("extend", self.member(self.confirmer(credit)), number, place)

    def decline_extension(self) -> None:
        number, credit = self.confirmed()
        place = self.place(credit, AmendmentState.PENDING)
        self.act("decline_extension", self.member(self.confirmer(credit)), number, place)

    def confirmed(self) -> tuple[bytes, Credit | None]:
        """A recent credit, mostly a confirmed one."""
        recent = [each for each in list(self.model.credits.items())[-8:] if each[1].confirmed]
        if recent and self.source.random() < 0.9:
            return self.source.choice(recent)
        return self.credit(CreditState.ISSUED)

    def accept(self) -> None:
        self.act("accept", *self.answer())

    def reject(self) -> None:
        self.act("reject", *self.answer())

    def answer(self) -> tuple[int, bytes, int, bytes]:
        number, credit = self.credit(CreditState.ISSUED, CreditState.PRE_ADVISED)
        right = (credit.principal if credit else 0) or BENEFICIARY
        mandate = self.source.choice((MANDATE, MANDATE, bytes(32)))
        return self.member(right), number, self.place(credit, AmendmentState.PENDING), mandate

    def accept_by_presentation(self) -> None:
        number, credit = self.credit(CreditState.ISSUED)
        places = {self.place(credit, AmendmentState.PENDING) for _ in range(2)}
        if self.source.random() < 0.05:
            places = set()
        named = {place for place in places if self.source.random() < 0.8}
        carried = self.source.random() < 0.5
        masks = [sum(1 << place for place in each) for each in (places, named)]
        told = tuple(places), tuple(named), carried
        self.act("accept_by_presentation", None, number, *told, sent=(number, *masks, carried))

    def stay(self) -> None:
        number, _ = self.credit(CreditState.ISSUED)
        source, now = self.source, self.model.time
        until = now + source.choice((-1, 0, 1, DAY, 30 * DAY, 400 * DAY, 400 * DAY + 1))
        self.act("stay", self.member(AUTHORITY), number, until, ORDER)

    def lift(self) -> None:
        number, _ = self.credit(CreditState.ISSUED, CreditState.CANCELLED)
        stayed = [n for n, each in self.model.credits.items() if each.stayed]
        if stayed and self.source.random() < 0.8:
            number = self.source.choice(stayed)
        self.act("lift", self.member(AUTHORITY), number, LIFTED)

    def draw(self) -> None:
        number, bank, amount = self.demand()
        self.act("draw", None, number, bank, amount)

    def draw_up_to(self) -> None:
        number, bank, amount = self.demand()
        self.act("draw_up_to", None, number, bank, amount)

    def demand(self) -> tuple[bytes, int, int]:
        number, credit = self.credit(CreditState.ISSUED)
        if credit is None:
            return number, ISSUER, 1
        bank = self.source.choice((credit.bank, self.confirmer(credit)))
        left = credit.left(bank)
        amounts = (left, left + 1, left // 2, left // 3, left // 5, 1, 0)
        return number, bank, self.source.choice(amounts)

    def suspend(self) -> None:
        """A member goes out of standing, or comes back."""
        source, model = self.source, self.model
        if model.suspended:
            member = source.choice(sorted(model.suspended))
            self.world.governed("AllianceRegistry.reinstate", member)
            model.suspended.discard(member)
        elif source.random() < 0.7:
            member = source.choice((*BANKS[1:], BENEFICIARY))
            self.world.governed("AllianceRegistry.suspend", member)
            model.suspended.add(member)

    def wait(self) -> None:
        """Some days; or to the second around the end of a stay, or the close of banking hours."""
        model, source = self.model, self.source
        target = model.time + source.randint(0, 2 * DAY)
        ends = [
            each.stayed_until for each in model.credits.values() if each.stayed_until > model.time
        ]
        if ends and source.random() < 0.2:
            target = min(ends) + source.randint(-1, 1)
        elif source.random() < 0.3:
            # The close in Shanghai, at nine in UTC, and in Frankfurt.
            hour = source.choice((9, 14, 15))
            target = (model.time // DAY + 1) * DAY + hour * 3_600 + source.randint(-1, 1)
        if model.time < target < min(END, model.time + 20 * DAY):
            model.time = target
            self.world.at(target)

    # Comparison

    def act(
        self, name: str, member: int | None, *args: Any, sent: tuple[Any, ...] | None = None
    ) -> None:
        """Tries an act on both sides: equal errors, or equal events."""
        expected, refusal = self.expected(name, member, args)
        caller = DRAWER if member is None else desk(member)
        with self.run.expecting(name, refusal):
            function = f"Credits.{FUNCTIONS[name]}"
            arguments = sent if sent is not None else args
            self.world.send(caller, function, *arguments).emitted(*expected)

    def expected(
        self, name: str, member: int | None, args: tuple[Any, ...]
    ) -> tuple[list[Event], Error | None]:
        method = getattr(self.model, name)
        try:
            return (method(*args) if member is None else method(member, *args)), None
        except RefusedError as refusal:
            return [], refusal.error

    def compare(self) -> None:
        """Every recent credit with its amendments on both sides."""
        for number, credit in list(self.model.credits.items())[-40:]:
            view = self.world.view
            state = self.model.state(number)
            assert view("Credits.stateOf", number) == state
            self.states[state] += 1
            if credit.diverged:
                self.behind.add(number)
            elif number in self.behind:
                self.caught_up.add(number)
            for bank in {credit.bank, self.confirmer(credit)}:
                found = view("Credits.undertaking", number, bank)
                assert found.issuance == credit.undertaking(bank)._replace(reference=bytes(16))
                assert found.version == credit.version(bank)
            found = view("Credits.credit", number)
            assert found.issuance == credit.terms._replace(reference=bytes(16))
            first, second = credit.origin.advising_bank, credit.origin.second_advising_bank
            flags = (credit.confirmed, credit.confirmation_declined, credit.diverged)
            assert (found.confirmed, found.confirmationDeclined, found.diverged) == flags
            assert found.advised == (first in credit.advised)
            assert found.secondAdvised == (second in credit.advised - {first})
            assert found.adviceDeclined == (first in credit.advice_declined)
            assert found.secondAdviceDeclined == (second in credit.advice_declined - {first})
            assert (found.state, found.drawn) == (credit.state, credit.drawn)
            assert (found.stayed, view("Credits.stayOf", number)) == (
                credit.stayed,
                credit.stayed_until,
            )
            assert found.amendments == len(credit.proposals)
            for place, each in enumerate(credit.proposals, 1):
                stands = (self.model.amendment_state(number, place), each.extended)
                rest = (each.extension_declined, each.version, each.amendment)
                assert view("Credits.amendmentOf", number, place) == (*stands, *rest)


def test_the_life_of_amendments_is_what_a_model_of_the_rules_says(
    world: World, seed: int, note: list[str]
) -> None:
    life = Life(world, seed)
    for step in range(STEPS):
        getattr(life, life.source.choices(list(ACTS), list(ACTS.values()))[0])()
        if step % 150 == 149:
            life.compare()
    note.append(life.run.shares())
    life.run.expect_each_succeeds()
    # The run went through what it is for.
    assert life.states.keys() == set(CreditState) - {CreditState.NONE}
    met = life.run.met
    note.append(
        f"life of amendments: {len(met)} errors met; {len(life.behind)} confirming banks fell "
        f"behind, {len(life.caught_up)} caught up"
    )
    assert len(life.behind) > 10
    assert life.caught_up
    assert len(met) >= 30, met
    accepted = [len(each.accepted) for each in life.model.credits.values()]
    assert max(accepted) >= 5
