# SPDX-License-Identifier: Apache-2.0
"""Random lives of credits with a schedule, held against a model of their rules."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

from model import D, P, RefusedError
from runs import Run
from schedule_model import Credit, Scheduled
from schedules import Instalment, Schedule, Slice, slice_id
from vocabulary import AmendmentState, Availability, Flag, MaturityFrom, Renewal
from world import (
    ADVISER,
    APPLICANT,
    BENEFICIARY,
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
    Lodging,
    PresentationKey,
    World,
    desk,
    instant,
)

from yangshan.alliance.places import build

if TYPE_CHECKING:
    from suite import Error, Event

STEPS = 5_000
END = instant("2026-09-01T00:00:00")
BANKS = (ISSUER, OTHER, FRANKFURT)
EVERYBODY = (*BANKS, ADVISER, BENEFICIARY, FORWARDER, APPLICANT)
NO_TEXT = bytes(32)

# Each act with its weight.
ACTS = {
    "issue": 5,
    "confirm": 5,
    "propose": 6,
    "amend": 8,
    "extend": 8,
    "accept": 8,
    "lodge": 26,
    "name": 4,
    "find": 24,
    "find_with": 6,
    "waive": 10,
    "claim": 9,
    "forward": 12,
    "wait": 7,
}
FUNCTIONS = {
    "issue": "LetterOfCredit.issueScheduled",
    "confirm": "LetterOfCredit.confirm",
    "propose": "CreditSchedules.proposeInstalments",
    "amend": "LetterOfCredit.amend",
    "extend": "LetterOfCredit.extendConfirmation",
    "accept": "LetterOfCredit.acceptAmendment",
    "lodge": "Presentations.lodge",
    "name": "Presentations.nameAmendments",
    "find": "Presentations.findComplying",
    "find_with": "Presentations.findComplyingWith",
    "waive": "Presentations.acceptDiscrepancies",
    "claim": "Presentations.claimPrecluded",
    "forward": "Forwarding.forward",
}
METHODS = {"issue": "issue_scheduled", "find_with": "find_by_bits"}


class Life:
    """One random run: a world, its model, and the choices."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.source = world, random.Random(seed)
        self.run = Run("life of schedules", self.source)
        published = {CNSHA: "CNSHA", CNSHA_M: "CNSHA-M", DEFRA: "DEFRA"}
        calendars = {number: build(name, 2024, 2026) for number, name in published.items()}
        self.model = Scheduled(world.time, calendars)
        self.seen: Counter[str] = Counter()

    # Choices

    @property
    def today(self) -> int:
        return self.model.time // DAY

    def member(self, right: int) -> int:
        """Mostly the right one."""
        return right if self.source.random() < 0.93 else self.source.choice(EVERYBODY)

    def credit(self, *, instalments: bool = False, confirmed: bool = False) -> tuple[bytes, Credit]:
        recent = list(self.model.credits.items())[-5:]
        fitting = [
            each
            for each in recent
            if (not instalments or each[1].schedule.instalments)
            and (not confirmed or each[1].confirmed)
        ]
        return self.source.choice(fitting or recent)

    def rows(self, amount: int | None) -> tuple[Instalment, ...]:
        """Instalments around these days; of an amount, or of any."""
        source = self.source
        count = source.randint(1, 4)
        day, rows = self.today + source.randint(-40, 5), []
        left = amount if amount is not None else source.randint(count, 10**6)
        for place in range(count):
            last = place == count - 1
            part = left if last else source.randint(1, left - (count - place - 1))
            left -= part
            length = source.randint(0, 20)
            rows.append(Instalment(part, day, day + length))
            day += length + source.randint(1, 6)
        return tuple(rows)

    def slices(self) -> tuple[Slice, ...]:
        source, found = self.source, []
        for _ in range(source.randint(2, 4)):
            kind = source.choice(list(Availability)[1:5])
            usance = kind in (Availability.DEFERRED_PAYMENT, Availability.ACCEPTANCE)
            usance |= kind == Availability.NEGOTIATION and source.random() < 0.5
            from_ = source.choice(list(MaturityFrom)[1:]) if usance else MaturityFrom.NONE
            weight = source.choice((1, source.randint(1, 100), source.randint(1, 10**6)))
            found.append(Slice(weight, int(kind), 60 * usance, int(from_)))
        return tuple(found)

    def schedule(self, amount: int) -> Schedule:
        source, schedule = self.source, Schedule()
        if source.random() < 0.4:
            schedule = schedule._replace(slices=self.slices())
        match source.choice(("rows", "rows", "time", "use", "plain")):
            case "rows":
                schedule = schedule._replace(instalments=self.rows(amount))
            case "time":
                schedule = schedule._replace(
                    renewal=int(source.choice((Renewal.BY_TIME, Renewal.BY_TIME_CUMULATIVE))),
                    times=source.randint(1, 4),
                    period=source.randint(1, 40),
                    start=self.today + source.randint(-10, 10),
                )
            case "use":
                schedule = schedule._replace(
                    renewal=int(Renewal.BY_USE), times=source.randint(1, 3)
                )
        if source.random() < 0.35 or schedule == Schedule():
            schedule = schedule._replace(advance_limit=source.randint(1, amount))
        return schedule

    def presentation(self, *states: Any) -> PresentationKey:
        found = list(self.model.presentations.items())[-40:]
        standing = [key for key, each in found if each.seen(self.model.time) in states]
        if standing and self.source.random() < 0.9:
            return self.source.choice(standing)
        if found:
            return self.source.choice(found)[0]
        return PresentationKey(NO_TEXT, ISSUER, BENEFICIARY, 1)

    # Acts

    def issue(self) -> None:
        source, bank = self.source, self.source.choice(BANKS)
        amount = source.choice((source.randint(10, 100), source.randint(10, 10**6)))
        schedule = self.schedule(amount)
        usance = source.random() < 0.3
        availability = source.choice((Availability.DEFERRED_PAYMENT, Availability.ACCEPTANCE))
        plain = Availability.SIGHT_PAYMENT if source.random() < 0.5 else Availability.NEGOTIATION
        kind = availability if usance else plain
        if schedule.slices:
            kind, usance = Availability.MIXED, False
        others = [each for each in (OTHER, FRANKFURT) if each != bank]
        terms = Issuance(
            reference=f"PLAN{len(self.model.credits):06}".encode().ljust(16, b"\0"),
            beneficiary=source.choice((BENEFICIARY, BENEFICIARY, FORWARDER)),
            second_advising_bank=0,
            nominated_bank=source.choice((*others, ADVISER, 0)),
            confirming_bank=source.choice((ADVISER, ADVISER, others[0])),
            amount=amount,
            plus_tolerance=source.choice((0, 0, 5, 10)),
            minus_tolerance=source.choice((0, 5)),
            expiry=self.today + source.choice((60, 150, 300)),
            presentation_period=source.choice((0, 0, 5)),
            tenor=30 * usance,
            tenor_from=int(source.choice((MaturityFrom.SIGHT, MaturityFrom.SHIPMENT))) * usance,
            availability=int(kind),
            partial_forbidden=source.random() < 0.3,
            terms=source.randbytes(32),
        )
        self.act("issue", self.member(bank), terms, schedule)

    def confirm(self) -> None:
        number, credit = self.credit()
        self.act("confirm", self.member(credit.terms.confirming_bank), number)

    def propose(self) -> None:
        number, credit = self.credit(instalments=self.source.random() < 0.95)
        place = len(credit.proposals) + 1 + (self.source.random() < 0.05)
        self.act("propose", self.member(credit.bank), number, place, self.rows(None))

    def amend(self) -> None:
        number, credit = self.credit(instalments=self.source.random() < 0.8)
        amendment = Amendment(len(credit.proposals) + 1)
        self.act("amend", self.member(credit.bank), number, amendment)

    def extend(self) -> None:
        number, credit = self.credit(confirmed=True)
        states = self.source.choice(((AmendmentState.PENDING,), (AmendmentState.ACCEPTED,)))
        place = self.place(credit, *states)
        self.act("extend", self.member(credit.terms.confirming_bank), number, place)

    def accept(self) -> None:
        number, credit = self.credit()
        place = self.place(credit, AmendmentState.PENDING)
        self.act("accept", self.member(credit.principal), number, place, NO_TEXT)

    def place(self, credit: Credit, *states: Any) -> int:
        found = [n for n, each in enumerate(credit.proposals, 1) if each.state in states]
        return self.source.choice(found) if found else len(credit.proposals)

    def lodge(self) -> None:
        source = self.source
        number, credit = self.credit()
        terms = credit.terms
        banks = [credit.bank, terms.nominated_bank or credit.bank]
        if credit.confirmed:
            banks.append(terms.confirming_bank)
        bank, today = source.choice(banks), self.today
        days = [today, today - 1, today - source.randint(0, 30), today + 2]
        days += [row.first for row in credit.binding(bank)[1]]
        days += [row.last for row in credit.binding(bank)[1]]
        advances = 0.3 if credit.schedule.advance_limit else 0.05
        shipped = 0 if source.random() < advances else source.choice(days)
        left = credit.available(bank, today, shipped)
        amounts = (left, left, left + 1, left // 2, left // 3, max(0, left - 1), 1, 0)
        taken = sum(1 for key in self.model.presentations if key.credit == number)
        key = PresentationKey(number, bank, terms.beneficiary, taken % 255 + 1)
        lodging = Lodging(key, source.choice(amounts), shipped, False, NO_TEXT)
        self.act("lodge", self.member(terms.beneficiary), lodging)

    def find(self) -> None:
        key = self.presentation(P.LODGED)
        self.act("find", self.member(key.examiner), key)

    def find_with(self) -> None:
        key = self.presentation(P.LODGED)
        credit = self.model.credits.get(key.credit)
        places = [0]
        if isinstance(credit, Credit):
            places += [
                1 << n
                for n, each in enumerate(credit.proposals, 1)
                if each.state == AmendmentState.PENDING or self.source.random() < 0.1
            ]
        mask = sum({self.source.choice(places) for _ in range(2)})
        recourse = self.source.random() < 0.4
        self.act("find_with", self.member(key.examiner), key, mask, recourse)

    def name(self) -> None:
        key = self.presentation(P.LODGED)
        self.act("name", self.member(key.presenter), key, 1 << self.source.randint(1, 3))

    def waive(self) -> None:
        key = self.presentation(P.LODGED)
        recourse = self.source.random() < 0.3
        self.act("waive", self.member(key.examiner), key, NO_TEXT, recourse)

    def claim(self) -> None:
        key = self.presentation(P.PRECLUDED)
        self.act("claim", self.member(key.presenter), key)

    def forward(self) -> None:
        states = self.source.choice(((P.LODGED,), (P.COMPLYING, P.WAIVED)))
        found = [
            key
            for key, each in list(self.model.presentations.items())[-60:]
            if each.state in states
            and each.onward is None
            and key.examiner != self.model.credits[key.credit].bank
        ]
        key = self.source.choice(found) if found else self.presentation(*states)
        credit = self.model.credits.get(key.credit)
        to = ISSUER
        if credit is not None:
            to = credit.bank
            if credit.confirmed and self.source.random() < 0.3:
                to = credit.terms.confirming_bank
        number = self.source.randint(1, 255)
        self.act("forward", self.member(key.examiner), key, to, number, NO_TEXT)

    def wait(self) -> None:
        """Some days, or to the second around a close of banking hours."""
        model, source = self.model, self.source
        target = model.time + source.choice((DAY // 3, DAY, 3 * DAY, 9 * DAY, 20 * DAY))
        if source.random() < 0.3:
            target = (model.time // DAY + 1) * DAY + 9 * 3_600 + source.randint(-1, 1)
        if target < END:
            model.time = target
            self.world.at(target)

    # Comparison

    def act(self, name: str, member: int, *args: Any) -> None:
        """Tries an act on both sides: equal errors, or equal events."""
        expected, refusal = self.expected(name, member, args)
        with self.run.expecting(name, refusal):
            sent = self.world.send(desk(member), FUNCTIONS[name], *args)
            sent.emitted(*expected)
            for told in expected:
                self.seen[told.name] += 1
                if told.name == "DrawnOnSchedule":
                    self.seen["advance"] += told.fields["advance"]
                    self.seen["recovered"] += told.fields["recovered"] > 0
                if told.name == "DocumentsLodged":
                    self.seen["missed"] += bool(told.fields["flags"] & Flag.MISSED)

    def expected(
        self, name: str, member: int, args: tuple[Any, ...]
    ) -> tuple[list[Event], Error | None]:
        try:
            return getattr(self.model, METHODS.get(name, name))(member, *args), None
        except RefusedError as refusal:
            return [], refusal.error

    def compare(self) -> None:
        """Every recent credit and presentation on both sides."""
        view, model = self.world.view, self.model
        for number, credit in list(model.credits.items())[-12:]:
            assert isinstance(credit, Credit)
            assert view("LetterOfCredit.credit", number).drawn == credit.drawn
            found = view("CreditSchedules.advancesOf", number)
            limit = credit.schedule.advance_limit
            assert found == (limit, credit.advanced, credit.recovered)
            for bank in {credit.bank, credit.terms.confirming_bank}:
                version, rows = credit.binding(bank)
                assert view("CreditSchedules.instalmentsOf", number, bank) == tuple(
                    (
                        row,
                        credit.drawn_on[version, place],
                        any(row.first <= day <= row.last for day in credit.shipped),
                    )
                    for place, row in enumerate(rows)
                )
                for shipped in (0, self.today, self.today - 20):
                    day = self.today + self.source.randint(-30, 60)
                    left = view("CreditSchedules.availableOn", number, bank, day, shipped)
                    assert left == credit.available(bank, day, shipped)
            whole = credit.ceiling
            if credit.revolving:
                whole *= credit.schedule.times + 1
            assert credit.drawn <= whole
        for key, each in list(model.presentations.items())[-60:]:
            stored = self.world.presentation(key)
            assert (stored.state, stored.flags) == (each.state, each.flags)
            assert stored.amount == each.lodging.amount
            for place in range(4):
                number = slice_id(key.id, key.examiner, each.payee, place)
                owed, debt = (
                    model.obligations.get(number),
                    view("PaymentObligations.obligation", number),
                )
                expected = (owed.amount, owed.state, owed.maturity) if owed else (0, D.NONE, 0)
                assert (debt.amount, debt.state, debt.maturity) == expected


def test_the_life_of_schedules_is_what_a_model_of_the_rules_says(
    world: World, seed: int, note: list[str]
) -> None:
    life = Life(world, seed)
    life.issue()
    while not life.model.credits:
        life.issue()
    for step in range(STEPS):
        getattr(life, life.source.choices(list(ACTS), list(ACTS.values()))[0])()
        if step % 150 == 149:
            life.compare()
    note.append(life.run.shares())
    note.append(f"life of schedules: {dict(life.seen)}")
    life.run.expect_each_succeeds()
    # What was drawn is what is owed: no drawing was counted twice, and none was forgotten.
    owed: Counter[bytes] = Counter()
    for each in life.model.obligations.values():
        if each.counts:
            owed[each.credit] += each.amount
    drawn = {number: credit.drawn for number, credit in life.model.credits.items() if credit.drawn}
    assert owed == drawn
    # The run went through what it is for.
    for what in ("InstalmentsReplaced", "SliceIncurred", "advance", "recovered", "missed"):
        assert life.seen[what] >= 8, life.seen
    assert len(life.run.met) >= 12, life.run.met
