# SPDX-License-Identifier: Apache-2.0
"""A plain model of credits with a schedule, beside that of documents.

Which instalments bind a bank is told from the accepted amendments anew each time; the contract
keeps it as it goes.
"""

from __future__ import annotations

import copy
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import credit_model
import model_documents
from credit_model import RefusedError
from model import Model
from model_documents import HONOURED, D, P, Presentation
from schedules import Instalment, Schedule, Slice, slice_id
from suite import Event, event
from vocabulary import (
    AmendmentState,
    Availability,
    Flag,
    ObligationKind,
    Renewal,
    Role,
)
from world import DAY, Amendment, Issuance, Lodging, PresentationKey, credit_id

from yangshan.alliance.calendar_words import day_of
from yangshan.credit import schedules as rules
from yangshan.credit.amounts import Tolerance, available, is_short_drawn, least_drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

A = AmendmentState
MOST_SLICES = 4


@dataclass
class Credit(credit_model.Credit):
    """A credit, its schedule, and what was drawn on it."""

    schedule: Schedule = field(default_factory=Schedule)
    # What the issuing bank proposed for the amendment to come.
    next_rows: tuple[Instalment, ...] = ()
    # The instalments that come with an amendment, by its number.
    rows: dict[int, tuple[Instalment, ...]] = field(default_factory=dict)
    shipped: set[int] = field(default_factory=set)
    # By the version that brought the instalments, and the place among them.
    drawn_on: Counter[tuple[int, int]] = field(default_factory=Counter)
    drawn_in: Counter[int] = field(default_factory=Counter)
    advanced: int = 0
    recovered: int = 0
    # The part of a debt that is looked at.
    part: Slice | None = None

    @property
    def ceiling(self) -> int:
        return credit_model.ceiling_of(self.terms)

    @property
    def tolerance(self) -> Tolerance | None:
        return credit_model.tolerance_of(self.terms)

    def undertaking(self, bank: int) -> Issuance:
        terms = super().undertaking(bank)
        if self.part is None:
            return terms
        _, availability, tenor, tenor_from = self.part
        return terms._replace(availability=availability, tenor=tenor, tenor_from=tenor_from)

    def binding(self, bank: int) -> tuple[int, Sequence[Instalment]]:
        """The version that brought the instalments which bind a bank, and these; 0 the issue."""
        known = self.accepted
        if self.diverged and self.confirms(bank):
            known = [*self.accepted[: self.even], *self.followed]
        found = [each for each in known if self.rows.get(each.amendment.number)]
        if not found:
            return 0, self.schedule.instalments
        latest = max(found, key=lambda each: each.version)
        return latest.version, self.rows[latest.amendment.number]

    @property
    def revolving(self) -> rules.Revolving | None:
        said = self.schedule
        if said.renewal == Renewal.NONE:
            return None
        start = day_of(said.start) if said.start else None
        kind = list(rules.Renewal)[said.renewal - 1]
        return rules.Revolving(kind, said.times, said.period, start)

    def period(self, day: int) -> int:
        return self.revolving.period_of(day_of(day)) if self.revolving else 0

    def is_advance(self, shipped: int) -> bool:
        return bool(self.schedule.advance_limit) and not shipped

    def place(self, bank: int, shipped: int) -> tuple[int, int] | None:
        """The version and the place of the instalment of a shipment."""
        version, rows = self.binding(bank)
        found = [i for i, row in enumerate(rows) if row.first <= shipped <= row.last]
        return (version, found[0]) if found else None

    def available(self, bank: int, day: int, shipped: int) -> int:
        """What a demand received on this day may come to."""
        standing = rules.Standing(self.drawn, 0, self.advanced, self.recovered)
        when, revolving = day_of(day), self.revolving
        if self.is_advance(shipped):
            limit = self.schedule.advance_limit
            return rules.advance_available_on(
                when, self.ceiling, limit, standing, revolving=revolving
            )
        place = self.place(bank, shipped)
        here, ceiling = self.drawn_in[self.period(day)], None
        if place is not None:
            row = self.binding(bank)[1][place[1]]
            here, ceiling = self.drawn_on[place], available(row.amount, self.tolerance, drawn=0)
        standing = rules.Standing(self.drawn, here, self.advanced, self.recovered)
        return rules.available_on(
            when, self.ceiling, standing, revolving=revolving, instalment_ceiling=ceiling
        )

    def smallest(self, bank: int, shipped: int) -> int:
        """The least that a drawing may be."""
        if self.is_advance(shipped):
            return 0
        place = self.place(bank, shipped)
        amount = self.binding(bank)[1][place[1]].amount if place else self.terms.amount
        return least_drawing(
            amount,
            self.tolerance,
            partial_drawings_allowed=not self.terms.partial_forbidden,
            five_percent_less=True,
        )


@dataclass
class Scheduled(Model):
    """All credits with a schedule."""

    # Whether a credit is issued with slices.
    mixing: bool = False
    # What is told of the drawing before what is owed on it.
    counting: list[Event] = field(default_factory=list)
    # The day on which each demand was received first.
    days: dict[PresentationKey, int] = field(default_factory=dict)

    # Acts on credits

    def issue_scheduled(self, member: int, terms: Issuance, schedule: Schedule) -> list[Event]:
        self.mixing = True
        try:
            told = self.issue(member, terms)
        finally:
            self.mixing = False
        number = credit_id(member, terms.reference)
        self.credits[number] = Credit(member, terms, schedule=schedule)
        said = schedule._replace(
            slices=tuple(schedule.slices), instalments=tuple(schedule.instalments)
        )
        return [*told, event("CreditSchedules", "ScheduleSet", creditId=number, schedule=said)]

    def propose(
        self, member: int, number: bytes, place: int, rows: tuple[Instalment, ...]
    ) -> list[Event]:
        self._has_role(member, Role.ISSUE)
        credit = self._scheduled(number)
        if member != credit.bank:
            raise RefusedError("NotIssuingBank", number, member)
        expected = len(credit.proposals) + 1
        if place != expected:
            raise RefusedError("AmendmentOutOfOrder", number, place, expected)
        if not credit.schedule.instalments:
            raise RefusedError("NoInstalments", number)
        credit.next_rows = rows
        return [
            event(
                "CreditSchedules",
                "InstalmentsProposed",
                creditId=number,
                amendment=place,
                instalments=rows,
            )
        ]

    def amend(self, member: int, number: bytes, amendment: Amendment) -> list[Event]:
        told = super().amend(member, number, amendment)
        credit = self._scheduled(number)
        credit.rows[amendment.number], credit.next_rows = credit.next_rows, ()
        return told

    def extend(self, member: int, number: bytes, place: int) -> list[Event]:
        credit = self._scheduled(number)
        known = [credit.binding(member)[0]]
        known += [each.version for each in credit.followed if credit.rows[each.amendment.number]]
        told = super().extend(member, number, place)
        proposal = credit.proposals[place - 1]
        late = proposal.state == A.ACCEPTED and credit.rows[place]
        if not late or proposal.version < max(known):
            return told
        return [self._replaced(number, place, in_force=False, confirmed=True), *told]

    def accept(self, member: int, number: bytes, place: int, mandate: bytes) -> list[Event]:
        return self._with_rows(number, super().accept(member, number, place, mandate))

    def accept_by_presentation(
        self, number: bytes, places: Sequence[int], named: Sequence[int], carried: bool
    ) -> list[Event]:
        told = super().accept_by_presentation(number, places, named, carried)
        return self._with_rows(number, told)

    # Acts on documents

    def lodge(self, member: int, lodging: Lodging) -> list[Event]:
        told = super().lodge(member, lodging)
        key, credit = lodging.key, self._scheduled(lodging.key.credit)
        found = self.presentations[key]
        self.days[key] = found.receipt or self.time // DAY
        if lodging.shipped and credit.schedule.instalments:
            credit.shipped.add(lodging.shipped)
        kept = found.flags & (Flag.LATE | Flag.NOT_IN_FORCE)
        found.flags = kept | self._judged(key, credit, key.examiner, lodging.amount, found.receipt)
        told[-1].fields["flags"] = found.flags
        return told

    def find_by_bits(
        self, member: int, key: PresentationKey, amendments: int, recourse: bool
    ) -> list[Event]:
        places = [place for place in range(256) if amendments >> place & 1]
        return self.find_with(member, key, places, recourse)

    def waive(
        self, member: int, key: PresentationKey, waiver: bytes, recourse: bool
    ) -> list[Event]:
        with self._whole(key):
            return super().waive(member, key, waiver, recourse)

    def claim(self, member: int, key: PresentationKey) -> list[Event]:
        with self._whole(key):
            return super().claim(member, key)

    def forward(
        self, member: int, key: PresentationKey, to: int, number: int, schedule: bytes
    ) -> list[Event]:
        found = self.presentations.get(key)
        honoured = found is not None and found.state in HONOURED
        first = None
        if honoured and found is not None:
            # The sum of all slices, in the place of what the plain model looks up.
            first = slice_id(key.id, key.examiner, found.payee, 0)
            before = self.obligations.get(first)
            self.obligations[first] = copy.copy(before) if before else _nothing(key, found)
            self.obligations[first].amount = self._total(key, found, before)
        try:
            told = super().forward(member, key, to, number, schedule)
        finally:
            if first is not None:
                if before is None:
                    del self.obligations[first]
                else:
                    self.obligations[first] = before
        onward = PresentationKey(key.credit, to, member, number)
        there, credit = self.presentations[onward], self._scheduled(key.credit)
        self.days[onward] = self.days[key]
        there.flags = (
            there.flags & Flag.NOT_IN_FORCE
            | self._carried(key, self.presentations[key])
            | self._judged(
                key, credit, to, there.lodging.amount, self._receipt(key), counted=honoured
            )
        )
        told[-1].fields["flags"] = there.flags
        return told

    # Rules

    def _scheduled(self, number: bytes) -> Credit:
        found = self.credit(number)
        assert isinstance(found, Credit)
        return found

    def _has_tenor(self, terms: Issuance) -> None:
        # Slices have the tenors.
        if self.mixing and terms.availability == Availability.MIXED:
            if terms.tenor or terms.tenor_from:
                raise RefusedError("BadTenor", terms.availability, terms.tenor, terms.tenor_from)
            return
        super()._has_tenor(terms)

    def _whole(self, key: PresentationKey) -> Any:
        """What happens to the credit in the block happens as a whole, or not at all."""
        return _Whole(self, key.credit) if key.credit in self.credits else nullcontext()

    def _takes_nothing(
        self, number: bytes, credit: credit_model.Credit, place: int, carried: bool
    ) -> None:
        super()._takes_nothing(number, credit, place, carried)
        assert isinstance(credit, Credit)
        if credit.rows[place] and carried:
            raise RefusedError("AmendmentNotNamed", number, place)

    def _with_rows(self, number: bytes, told: list[Event]) -> list[Event]:
        """With what is told of instalments that come with an amendment."""
        credit, whole = self._scheduled(number), []
        for each in told:
            place = each.fields.get("number", 0)
            if each.name == "AmendmentAccepted" and credit.rows[place]:
                confirmed = credit.proposals[place - 1].extended
                whole.append(self._replaced(number, place, in_force=True, confirmed=confirmed))
            whole.append(each)
        return whole

    def _replaced(self, number: bytes, place: int, *, in_force: bool, confirmed: bool) -> Event:
        return event(
            "CreditSchedules",
            "InstalmentsReplaced",
            creditId=number,
            amendment=place,
            inForce=in_force,
            confirmed=confirmed,
        )

    def _receipt(self, key: PresentationKey) -> int:
        """The day of receipt of what was not forwarded; 0 where it is not known or was."""
        found = self.presentations[key]
        return 0 if found.forwarded else self._clock(key.examiner, found.received)[0]

    def _carried(self, key: PresentationKey, found: Presentation) -> int:
        terms = self.credit(key.credit).undertaking(key.examiner)
        late = self._first_late(key, found, terms)
        return late | (found.flags & Flag.MISSED if found.forwarded else 0)

    def _flags_now(self, key: PresentationKey, found: Presentation) -> int:
        credit, amount, counted = self._scheduled(key.credit), found.lodging.amount, found.counted
        judged = self._judged(
            key, credit, key.examiner, amount, self._receipt(key), counted=counted
        )
        return found.flags & Flag.NOT_IN_FORCE | self._carried(key, found) | judged

    def _judged(
        self,
        key: PresentationKey,
        credit: Credit,
        bank: int,
        amount: int,
        receipt: int,
        *,
        counted: bool = False,
    ) -> int:
        shipped, day = self.presentations[key].lodging.shipped, self.days[key]
        flags = Flag(0)
        rows = [
            rules.Instalment(row.amount, day_of(row.first), day_of(row.last))
            for row in credit.binding(bank)[1]
        ]
        if not credit.is_advance(shipped) and rules.is_missed(
            day_of(shipped) if shipped else None,
            rows,
            [day_of(each) for each in credit.shipped],
            self._lateness(credit, key.examiner, receipt),
        ):
            flags |= Flag.MISSED
        if counted:
            whole = credit.ceiling
            if credit.revolving:
                whole = credit.revolving.whole(credit.ceiling, day_of(day))
            return int(flags | (Flag.OVERDRAWN if credit.drawn > whole else 0))
        if amount > credit.available(bank, day, shipped):
            flags |= Flag.OVERDRAWN
        if not amount or is_short_drawn(amount, credit.smallest(bank, shipped)):
            flags |= Flag.SHORT
        return int(flags)

    def _lateness(self, credit: Credit, bank: int, receipt: int) -> Callable[[Any], bool]:
        def comes_late(last: Any) -> bool:
            terms = credit.undertaking(bank)
            return bool(self._late(terms, bank, (last - day_of(0)).days, receipt))

        return comes_late

    def _comply(
        self, key: PresentationKey, found: Presentation, recourse: bool, *, anew: bool
    ) -> list[Event]:
        flags = self._flags_now(key, found) if anew else found.flags
        if flags:
            raise RefusedError("CannotComply", key.id, flags)
        with self._whole(key):
            amount = self._draw(key, found, exactly=True)
            told, owed = self._incur(key, found, amount, ObligationKind.COMPLYING, recourse)
        found.flags, found.state = flags, P.COMPLYING
        whole = event(
            "Presentations",
            "FoundComplying",
            presentationId=key.id,
            creditId=key.credit,
            examiner=key.examiner,
            amount=amount,
            version=self.credits[key.credit].version(key.examiner),
            obligationId=owed,
        )
        return [*told, whole]

    def _drawn_up_to(self, key: PresentationKey, found: Presentation) -> int:
        return self._draw(key, found, exactly=False)

    def _draw(self, key: PresentationKey, found: Presentation, *, exactly: bool) -> int:
        """What is then owed; the event is kept for what arises from it."""
        self.counting = []
        demanded = found.lodging.amount
        if found.counted:
            return demanded
        self._drawable(key.credit)
        credit, shipped, day = self._scheduled(key.credit), found.lodging.shipped, self.days[key]
        left = credit.available(key.examiner, day, shipped)
        if exactly and demanded > left:
            raise RefusedError("Overdrawn", key.credit, demanded, left)
        amount = min(demanded, left)
        if not amount:
            raise RefusedError("NothingToDraw", key.credit)
        recovers = number = 0
        advance = credit.is_advance(shipped)
        if advance:
            credit.advanced += amount
        else:
            recovers = rules.recovered(amount, credit.advanced - credit.recovered)
            credit.recovered += recovers
            place = credit.place(key.examiner, shipped)
            if place is not None:
                credit.drawn_on[place] += amount
                number = place[1] + 1
            elif credit.schedule.renewal in (Renewal.BY_TIME, Renewal.BY_TIME_CUMULATIVE):
                credit.drawn_in[credit.period(day)] += amount
                number = credit.period(day) + 1
        credit.drawn += amount - recovers
        told = event(
            "CreditSchedules",
            "DrawnOnSchedule",
            presentationId=key.id,
            creditId=key.credit,
            place=number,
            amount=amount,
            recovered=recovers,
            advance=advance,
        )
        self.counting = [told]
        return amount - recovers

    def _parts(self, credit: Credit, shipped: int, amount: int) -> Iterator[tuple[int, Slice]]:
        terms = credit.origin
        if credit.is_advance(shipped):
            yield amount, Slice(1, int(Availability.SIGHT_PAYMENT))
        elif credit.schedule.slices:
            weights = [each.weight for each in credit.schedule.slices]
            yield from zip(rules.divide(amount, weights), credit.schedule.slices, strict=True)
        else:
            yield amount, Slice(1, terms.availability, terms.tenor, terms.tenor_from)

    def _incur(
        self, key: PresentationKey, found: Presentation, amount: int, kind: Any, recourse: bool
    ) -> tuple[list[Event], bytes]:
        credit, told = self._scheduled(key.credit), list(self.counting)
        first, reserved, arisen = bytes(32), False, {}
        try:
            parts = self._parts(credit, found.lodging.shipped, amount)
            for place, (part, each) in enumerate(parts):
                if not part:
                    continue
                credit.part = each
                try:
                    state, maturity = self._undertaking(key, found, recourse)
                    with_recourse = recourse
                except RefusedError:
                    state, maturity = self._undertaking(key, found, False)
                    with_recourse = False
                reserved |= with_recourse
                owed = slice_id(key.id, key.examiner, found.payee, place)
                first = first if any(first) else owed
                arisen[owed] = model_documents.Obligation(
                    key.credit,
                    key.examiner,
                    found.payee,
                    part,
                    credit.origin.currency,
                    maturity,
                    state,
                    kind,
                    with_recourse,
                    counts=not found.counted,
                )
                told += self._told_of(key, owed, place, kind)(arisen[owed])
        finally:
            credit.part = None
        if recourse and not reserved:
            raise RefusedError("RecourseNotOpen", key.id, key.examiner)
        self.obligations |= arisen
        return told, first

    def _told_of(
        self, key: PresentationKey, number: bytes, place: int, kind: Any
    ) -> Callable[[model_documents.Obligation], list[Event]]:
        def told(owed: model_documents.Obligation) -> list[Event]:
            found = [
                event(
                    "PaymentObligations",
                    "ObligationIncurred",
                    obligationId=number,
                    presentationId=key.id,
                    debtor=owed.debtor,
                    owner=owed.owner,
                    amount=owed.amount,
                    currency=owed.currency,
                    maturity=owed.maturity,
                    state=owed.state,
                    kind=kind,
                )
            ]
            name = "PaymentObligations"
            if place:
                found.append(event(name, "SliceIncurred", obligationId=number, slice=place))
            if owed.recourse:
                debtor = owed.debtor
                found.append(event(name, "RecourseReserved", obligationId=number, debtor=debtor))
            return found

        return told

    def _total(self, key: PresentationKey, found: Presentation, first: Any) -> int:
        debts = [first]
        for place in range(1, MOST_SLICES):
            number = slice_id(key.id, key.examiner, found.payee, place)
            debts.append(self.obligations.get(number))
        return sum(each.amount for each in debts if each is not None)


class _Whole:
    """Restores a credit where the block is refused."""

    def __init__(self, model: Scheduled, number: bytes) -> None:
        self.model, self.number = model, number

    def __enter__(self) -> None:
        self.before = copy.deepcopy(self.model.credits[self.number])

    def __exit__(self, kind: Any, *_: object) -> None:
        if kind is not None:
            self.model.credits[self.number].__dict__.update(self.before.__dict__)


def _nothing(key: PresentationKey, found: Presentation) -> model_documents.Obligation:
    """The first slice where it came to nothing."""
    return model_documents.Obligation(
        key.credit,
        key.examiner,
        found.payee,
        0,
        0,
        0,
        D.DUE,
        ObligationKind.COMPLYING,
        recourse=False,
        counts=False,
    )
