# SPDX-License-Identifier: Apache-2.0
"""Random lives of credits: acts tried on the contracts and on a model of the rules at once.

What is tried stands in the modules ``*_acts.py``, one for each machine; here is what they share:
the clock, the choices, and the comparison. An alliance of its own lives for a while under a seed.
"""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any

from book import Act
from choices import PRESENTERS
from document_acts import DOCUMENT_ACTS, DocumentActs
from letter_acts import LETTER_ACTS, LetterActs
from model import Model, P, RefusedError
from obligation_acts import OBLIGATION_ACTS, ObligationActs
from runs import Run
from suite import RevertedError
from vocabulary import Mark
from world import (
    BENEFICIARY,
    CNSHA,
    CNSHA_M,
    CNY,
    DAY,
    DEFRA,
    EMPTY,
    FRANKFURT,
    JPY,
    KEEPER,
    KINDS,
    OTHER,
    OUTSIDER,
    REMOTE,
    World,
    credit_id,
    desk,
    instant,
)

from yangshan.alliance.calendars import BankingCalendar
from yangshan.alliance.places import build

if TYPE_CHECKING:
    from collections.abc import Callable

    from suite import Error, Event
    from world import Receipt

END = instant("2026-12-01T00:00:00")
PUBLISHED = {CNSHA: "CNSHA", CNSHA_M: "CNSHA-M", DEFRA: "DEFRA"}

TIME_ACTS = {"publish": 6, "suspend": 1, "wait": 16}
# Each act with its weight.
ACTS = LETTER_ACTS | DOCUMENT_ACTS | OBLIGATION_ACTS | TIME_ACTS


class Life(LetterActs, DocumentActs, ObligationActs):
    """One random life: a world, its model, and the choices.

    With ``strict`` the contracts must do what the model says, to the last event and argument.
    Without, the model only guides the choices, and whoever watches judges.
    """

    MODEL: type[Model] = Model
    model: Model

    def __init__(self, world: World, seed: int | str, *, strict: bool = True) -> None:
        self.world, self.source, self.strict = world, random.Random(seed), strict
        self.run = Run("life of credits", self.source)
        self.words = build("CNSHA", 2024, 2026).packed()
        self.model = self.MODEL(
            world.time,
            {number: build(name, 2024, 2026) for number, name in PUBLISHED.items()}
            | {EMPTY: BankingCalendar("EMPTY", {})},
            cash={each.number: f"SettlementCash-{each.code}" for each in (CNY, JPY)},
        )
        self.references = 0
        # Who is told of every transaction.
        self.watchers: list[Callable[[Act], None]] = []
        # What was seen on the way.
        self.states: Counter[Any] = Counter()
        self.behind: set[bytes] = set()
        self.caught_up: set[bytes] = set()

    def step(self) -> None:
        """One act, or some time."""
        getattr(self, self.source.choices(list(ACTS), list(ACTS.values()))[0])()

    # Time, and who is in standing

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
        # Whoever looks on after the act asks of the days by then.
        self.model.calendars[EMPTY] = BankingCalendar.unpacked("EMPTY", known | {span: word})
        self.sent(KEEPER, "BankingCalendar.publish", EMPTY, span, word)

    def suspend(self) -> None:
        """A member goes out of standing, or comes back."""
        source, model = self.source, self.model
        if model.suspended:
            member = source.choice(sorted(model.suspended))
            self.govern("AllianceRegistry.reinstate", member)
            model.suspended.discard(member)
        elif source.random() < 0.7:
            member = source.choice((OTHER, REMOTE, FRANKFURT, BENEFICIARY))
            self.govern("AllianceRegistry.suspend", member)
            model.suspended.add(member)

    def govern(self, function: str, member: int) -> None:
        """An act of the council."""
        receipt = self.world.governed(function, member)
        self.tell(Act(self.world.time, None, function, (member,), tuple(receipt.events)))

    def wait(self) -> None:
        """Some hours; or to the second around a deadline, the end of a stay, or a close."""
        model, source = self.model, self.source
        target = model.time + source.randint(0, DAY // 3)
        ahead = [
            each.deadline
            for each in islice(reversed(model.presentations.values()), 60)
            if each.state == P.LODGED and each.deadline > model.time + 1
        ]
        stays = [
            each.stayed_until
            for each in islice(reversed(model.credits.values()), 20)
            if each.stayed_until > model.time + 1
        ]
        pick = source.random()
        if ahead and pick < 0.15:
            target = min(ahead) + source.randint(-1, 1)
        elif stays and pick < 0.18 and min(stays) < model.time + 3 * DAY:
            target = min(stays) + source.randint(-1, 1)
        elif pick < 0.3:
            # The close in Shanghai, at nine in UTC, and in Frankfurt.
            hour = source.choice((9, 14, 15, 33))
            target = model.time // DAY * DAY + hour * 3_600 + source.randint(-1, 1)
        if model.time < target < END:
            model.time = target
            self.world.at(target)

    # Comparison

    def act(
        self,
        name: str,
        member: int | None,
        function: str,
        *args: Any,
        said: tuple[Any, ...] | None = None,
    ) -> None:
        """Tries an act on both sides: equal errors, or equal events.

        The model is given ``said`` where it has other words for the arguments.
        """
        expected, refusal = self.expected(name, member, args if said is None else said)
        if self.strict:
            with self.run.expecting(name, refusal):
                self.sent(member, function, *args).emitted(*expected)
        else:
            with contextlib.suppress(RevertedError):
                self.sent(member, function, *args)

    def sent(self, member: int | None, function: str, *args: Any) -> Receipt:
        """A transaction of a member's desk, or of an outsider; whoever watches is told."""
        caller = OUTSIDER if member is None else desk(member)
        try:
            receipt = self.world.send(caller, function, *args)
        except RevertedError as refusal:
            self.tell(Act(self.world.time, member, function, args, error=refusal.error))
            raise
        self.tell(Act(self.world.time, member, function, args, tuple(receipt.events)))
        return receipt

    def tell(self, act: Act) -> None:
        """Whoever watches hears of an act."""
        for watcher in self.watchers:
            watcher(act)

    def expected(
        self, name: str, member: int | None, args: tuple[Any, ...]
    ) -> tuple[list[Event], Error | None]:
        """What the model says."""
        method = getattr(self.model, name)
        try:
            return method(*args) if member is None else method(member, *args), None
        except RefusedError as refusal:
            return [], refusal.error

    def look(self) -> None:
        """Remembers what recent credits went through."""
        for number, credit in islice(reversed(self.model.credits.items()), 60):
            self.states[self.model.state(number)] += 1
            if credit.diverged:
                self.behind.add(number)
            elif number in self.behind:
                self.caught_up.add(number)

    def compare(self, count: int | None = None) -> None:
        """Every balance and record on both sides, or the last few records of each kind."""
        world, model = self.world, self.model
        for number in islice(reversed(model.credits), count):
            self.compare_credit(number)
            self.compare_mandates(number)
        for key in islice(reversed(model.presentations), count):
            self.compare_presentation(key)
        for number in islice(reversed(model.obligations), count):
            self.compare_obligation(number)
        for currency, cash in model.cash.items():
            held = {member: world.balance(member, cash) for member in KINDS}
            assert held == {member: model.held[member, currency] for member in KINDS}
            assert sum(held.values()) == world.view(f"{cash}.totalSupply")

    def compare_credit(self, number: bytes) -> None:
        """A credit with its amendments."""
        view, credit = self.world.view, self.model.credits[number]
        contract = self.model.contract
        assert number == credit_id(credit.bank, credit.origin.reference)
        assert view(f"{contract}.stateOf", number) == self.model.state(number)
        for bank in {credit.bank, credit.origin.confirming_bank}:
            found = view(f"{contract}.undertaking", number, bank)
            assert found.issuance == credit.undertaking(bank)._replace(reference=bytes(16))
            assert found.version == credit.version(bank)
        found = view(f"{contract}.credit", number)
        assert found.issuance == credit.terms._replace(reference=bytes(16))
        first, second = credit.origin.advising_bank, credit.origin.second_advising_bank
        flags = (credit.confirmed, credit.confirmation_declined, credit.diverged)
        assert (found.confirmed, found.confirmationDeclined, found.diverged) == flags
        assert found.advised == (first in credit.advised)
        assert found.secondAdvised == (second in credit.advised - {first})
        assert found.adviceDeclined == (first in credit.advice_declined)
        assert found.secondAdviceDeclined == (second in credit.advice_declined - {first})
        assert (found.state, found.drawn) == (credit.state, credit.drawn)
        stay = found.stayed, view(f"{contract}.stayOf", number)
        assert stay == (credit.stayed, credit.stayed_until)
        assert found.amendments == len(credit.proposals)
        for place, each in enumerate(credit.proposals, 1):
            stands = (self.model.amendment_state(number, place), each.extended)
            rest = (each.extension_declined, each.version, each.amendment)
            assert view(f"{contract}.amendmentOf", number, place) == (*stands, *rest)

    def compare_mandates(self, number: bytes) -> None:
        """Who may present under a credit."""
        view, credit = self.world.view, self.model.credits[number]
        for member in PRESENTERS:
            is_on_record = view("Presentations.mandateOf", number, member)
            assert is_on_record is (member in credit.mandates)

    def compare_presentation(self, key: Any) -> None:
        """A presentation."""
        world, model, each = self.world, self.model, self.model.presentations[key]
        stored = world.presentation(key)
        assert (stored.state, stored.flags) == (each.state, each.flags)
        assert (stored.deadline, stored.received) == (each.deadline, each.received)
        assert (stored.amount, stored.payee) == (each.lodging.amount, each.payee)
        assert (stored.disposal, stored.receiptDay) == (each.disposal, each.receipt)
        facts = {
            Mark.UNBOUND: not each.bound,
            Mark.FORWARDED: each.forwarded,
            Mark.COUNTED: each.counted,
            Mark.INSTRUCTED: each.instructed,
            Mark.TAKE_UP: each.take_up,
            Mark.RECORDS: each.records,
            Mark.RELEASED: each.released,
            # No credit of these has a schedule, and parts of credits live in test_transfer_life.py.
            Mark.SCHEDULED: False,
            Mark.TRANSFERRED: False,
            Mark.TAKEN_IN: each.accepted,
        }
        assert list(facts) == list(Mark)
        assert stored.marks == sum(mark for mark, is_set in facts.items() if is_set)
        assert world.state_of(key) == each.seen(model.time)
        assert stored.refusedOn == each.refused_on
        precluded = each.seen(model.time) == P.PRECLUDED
        assert world.view("Presentations.isPrecluded", key) is precluded
        onward = each.onward.id if each.onward else bytes(32)
        assert world.view("Forwarding.forwardedAs", key.id) == onward
        named = world.view("Presentations.amendmentsPresentedOn", key.id)
        assert named == each.named

    def compare_obligation(self, number: bytes) -> None:
        """What a bank owes."""
        view, owed = self.world.view, self.model.obligations[number]
        record = view("PaymentObligations.obligation", number)
        assert (record.debtor, record.owner) == (owed.debtor, owed.owner)
        assert (record.amount, record.currency) == (owed.amount, owed.currency)
        assert (record.state, record.maturity) == (owed.state, owed.maturity)
        assert (record.recourse, record.stayedUntil) == (owed.recourse, owed.stayed_until)
        assert view("PaymentObligations.stateOf", number) == owed.seen(self.model.time)
        assignment = view("PaymentObligations.assignmentOf", number)
        assert assignment == (owed.assignee, owed.assigned)
        assert record.assigned is bool(owed.assignee)
        assert view("PaymentObligations.agreedPrepayment", number) == owed.agreed
        assert view("PaymentObligations.currentCreditor", number) == self.model.creditor(number)
        for name, others in (("followedBy", self.model.followed), ("follows", self.model.follows)):
            other = view(f"PaymentObligations.{name}", number)
            assert other == others.get(number, bytes(32))
