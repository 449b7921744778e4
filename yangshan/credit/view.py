# SPDX-License-Identifier: Apache-2.0
"""A credit as a person or a program wants to see it: its state, presentations and obligations."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

from yangshan.alliance.calendar_words import day_of
from yangshan.alliance.places import local_time
from yangshan.chain.enums import (
    Availability,
    MaturityFrom,
    ObligationState,
    PresentationFlag,
    PresentationMark,
    PresentationState,
    Renewal,
)
from yangshan.chain.events import DocumentsRefused
from yangshan.chain.values import instant_of
from yangshan.credit.amounts import Tolerance, available
from yangshan.credit.discrepancies import from_bits
from yangshan.credit.history import history, incurred_in, lodged_in
from yangshan.credit.ids import credit_id, part_id
from yangshan.credit.parts import named, reference_of
from yangshan.credit.schedule_words import is_scheduled
from yangshan.credit.usances import usance_words
from yangshan.errors import Refused, Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.connection import Chain
    from yangshan.chain.events import DocumentsLodged, ObligationIncurred, SuiteEvent
    from yangshan.chain.records import Credit, Schedule
    from yangshan.credit.service import Credits
    from yangshan.deployment.record import Deployment

_BANK_PREFIX = 8
# A day of maturity begins at midnight.
_DAY: Final = time(0)


class NoSuchCredit(Refused):
    """A reference under which no bank of the alliance has issued a credit."""

    def __init__(self, reference: str, banks: int) -> None:
        super().__init__(
            f"None of the {banks} banks looked at has issued a credit {reference}; expected the "
            "reference of field 20 of an issued credit."
        )
        self.reference = reference


class NoSuchPart(Refused):
    """A number under which no transfer of a credit was made."""

    def __init__(self, reference: str, number: int, count: int) -> None:
        super().__init__(
            f"Transfer {number} of credit {reference} was not made; {count or 'none'} "
            f"{'was' if count == 1 else 'were'} asked for (`yangshan credit transfer show "
            f"{reference}` lists them)."
        )
        self.reference = reference
        self.number = number


class SeveralCredits(Refused):
    """A reference that several banks have used."""

    def __init__(self, reference: str, banks: list[str]) -> None:
        super().__init__(
            f"{' and '.join(banks)} have each issued a credit {reference}; name one of the banks."
        )
        self.reference = reference
        self.banks = tuple(banks)


class UnknownBank(Unusable):
    """A BIC that is none of a bank of the alliance."""

    def __init__(self, bank: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"{bank} is not the BIC of a bank of the alliance; its banks are {', '.join(known)}."
        )
        self.bank = bank
        self.known = known


class _View(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PartiesView(_View):
    """The parties by legal name; None for one that is not named or no member."""

    issuing_bank: str | None
    applicant: str | None
    beneficiary: str | None
    advising_bank: str | None
    second_advising_bank: str | None
    nominated_bank: str | None
    confirming_bank: str | None
    reimbursing_bank: str | None


class AmendmentView(_View):
    """One amendment as it stands; None or 0 where it changes nothing, amounts in minor units.

    ``extended`` and ``extension_declined`` are the confirming bank's answers.
    """

    number: int
    state: str
    cancels: bool
    extended: bool
    extension_declined: bool
    version: int | None
    increase: int
    decrease: int
    expiry: date | None
    latest_shipment: date | None
    presentation_period: int
    plus_tolerance: int | None
    minus_tolerance: int | None

    @property
    def sets_tolerance(self) -> bool:
        """Whether it states another tolerance."""
        return self.plus_tolerance is not None


class PresentationView(_View):
    """One presentation; amounts in minor units, a deadline that is not known is None.

    ``number`` is its place among all of the credit, from 1; ``count`` the presenter's own. Times
    are those of the examining bank's place. A claimed preclusion is PRECLUDED and ``claimed``.
    ``bound``: silence makes the examining bank a debtor (UCP 600 art. 16(f)).
    """

    number: int
    id: str
    presenter: str | None
    examiner: str | None
    payee: str | None
    count: int
    state: str
    claimed: bool
    amount: int
    shipped: date | None
    received: datetime
    deadline: datetime | None
    bound: bool
    late: bool
    overdrawn: bool
    short: bool
    missed: bool
    forwarded: bool
    discrepancies: tuple[str, ...]
    disposal: str | None


class ObligationView(_View):
    """What a bank owes or has paid, amounts in minor units; ``number`` counts as in presentations.

    ``due`` is by the clock of the debtor's place; ``matures`` the day of maturity, None at sight.
    ``creditor`` is who is to be paid now: not the owner where a bank behind owes what the owner
    left unpaid, or has paid late. ``assigned`` goes to ``assignee``; for ``prepayment`` the owner
    lets it be paid before maturity.
    """

    number: int
    id: str
    debtor: str | None
    owner: str | None
    creditor: str | None
    amount: int
    kind: str
    state: str
    due: datetime
    matures: date | None
    recourse: bool
    stayed_until: datetime | None
    assignee: str | None
    assigned: int
    prepayment: int


class SliceView(_View):
    """A part of every drawing by mixed payment: ``weight`` over the sum of all of them."""

    weight: int
    available_by: str
    usance: str | None


class InstalmentView(_View):
    """An instalment as it binds the issuing bank; ``shipped``: documents of it are on record."""

    number: int
    amount: int
    first: date
    last: date
    drawn: int
    shipped: bool


class ScheduleView(_View):
    """What a credit says of its amounts over time; amounts in minor units.

    ``renewal`` is None where the amount does not revolve; ``period`` counts days from ``start``.
    ``recovered`` is what later drawings have taken off the advances before shipment.
    """

    slices: tuple[SliceView, ...]
    instalments: tuple[InstalmentView, ...]
    renewal: str | None
    times: int
    period: int
    start: date | None
    advance_limit: int
    advanced: int
    recovered: int


class TransferView(_View):
    """A transfer that was asked for (UCP 600 art. 38); its amount is in minor units.

    ``reference`` is how its part is called, which once transferred is shown as a credit of its own.
    """

    number: int
    reference: str
    state: str
    second_beneficiary: str | None
    amount: int
    expiry: date


class AssignedAheadView(_View):
    """Proceeds that the beneficiary assigned before they are owed; ``left`` no obligation carries.

    Amounts are in minor units (UCP 600 art. 39).
    """

    assignee: str | None
    amount: int
    left: int


class EventView(_View):
    """One event of the contracts."""

    event: str
    transaction: str
    block: int


class CreditView(_View):
    """One credit; amounts in minor units of ``currency``.

    ``available`` is what may still be drawn, of one that revolves by documents received today;
    ``diverged``: the confirming bank is bound by an earlier version. ``stayed_until`` is the last
    second of a court's stay, which may have lapsed.
    """

    reference: str
    id: str
    state: str
    advised: bool
    second_advised: bool
    advice_declined: bool
    confirmed: bool
    confirmation_declined: bool
    diverged: bool
    stayed_until: datetime | None
    currency: str
    amount: int
    plus_tolerance: int
    minus_tolerance: int
    drawn: int
    available: int
    available_by: str
    usance: str | None
    expiry: date
    latest_shipment: date | None
    version: int
    parties: PartiesView
    schedule: ScheduleView | None
    amendments: tuple[AmendmentView, ...]
    transfers: tuple[TransferView, ...]
    presentations: tuple[PresentationView, ...]
    obligations: tuple[ObligationView, ...]
    assigned_ahead: AssignedAheadView | None
    events: tuple[EventView, ...]


class Viewer:
    """Looks at the credits of one deployment; ``members`` by their number on chain."""

    def __init__(
        self,
        chain: Chain,
        deployment: Deployment,
        service: Credits,
        members: Mapping[int, MemberRecord],
    ) -> None:
        self._chain, self._deployment = chain, deployment
        self._service, self._members = service, members

    def find(self, reference: str, bank: str | None = None) -> CreditView:
        """The credit that a bank has issued under a reference; ``bank`` is a BIC to look at alone.

        Raises :class:`NoSuchCredit`, :class:`SeveralCredits`, :class:`UnknownBank`.
        """
        return self._view(reference, self.number_of(reference, bank))

    def number_of(self, reference: str, bank: str | None = None) -> str:
        """The number of that credit (0x and 64 digits), or of a part of it such as ``LC-1#2``.

        Raises as :meth:`find`, :class:`NoSuchPart` and NoPartNumber.
        """
        whole, transfer = named(reference)
        number = self._number_of(whole, bank)
        if not transfer:
            return number
        part = part_id(number, transfer)
        if not self._service.exists(part):
            raise NoSuchPart(whole, transfer, self._service.transfers(number))
        return part

    def _number_of(self, reference: str, bank: str | None) -> str:
        banks = {number: member.bic for number, member in self._members.items() if member.bic}
        issuers = {
            number: bic
            for number, bic in banks.items()
            if bank is None or bic[:_BANK_PREFIX] == bank[:_BANK_PREFIX]
        }
        if bank is not None and not issuers:
            raise UnknownBank(bank, tuple(banks.values()))
        found = {
            number: bic
            for number, bic in issuers.items()
            if self._service.exists(credit_id(number, reference))
        }
        if not found:
            raise NoSuchCredit(reference, len(issuers))
        if len(found) > 1:
            raise SeveralCredits(reference, list(found.values()))
        return credit_id(next(iter(found)), reference)

    def _view(self, reference: str, number: str) -> CreditView:
        held = self._service.credit(number)
        stated = held.issuance
        events = history(self._chain, self._deployment, number)
        stayed = self._service.stay_of(number)
        schedule = self._service.schedule(number)
        mixed = stated.availability is Availability.MIXED
        return CreditView(
            reference=reference,
            id=number,
            state=self._service.state(number).name,
            advised=held.advised,
            second_advised=held.second_advised,
            advice_declined=held.advice_declined or held.second_advice_declined,
            confirmed=held.confirmed,
            confirmation_declined=held.confirmation_declined,
            diverged=held.diverged,
            stayed_until=stayed and self._local(stayed, held.issuing_bank),
            currency=stated.money.currency.code,
            amount=stated.amount,
            plus_tolerance=stated.plus_tolerance,
            minus_tolerance=stated.minus_tolerance,
            drawn=held.drawn,
            available=self._available_today(number, held)
            if is_scheduled(schedule)
            else available_under(held),
            available_by=stated.availability.name,
            usance=usance_words(stated),
            expiry=stated.expiry,
            latest_shipment=stated.latest_shipment,
            version=held.version,
            parties=PartiesView(
                issuing_bank=self._name(held.issuing_bank),
                applicant=self._name(stated.applicant),
                beneficiary=self._name(stated.beneficiary),
                advising_bank=self._name(stated.advising_bank),
                second_advising_bank=self._name(stated.second_advising_bank),
                nominated_bank=self._name(stated.nominated_bank),
                confirming_bank=self._name(stated.confirming_bank),
                reimbursing_bank=self._name(stated.reimbursing_bank),
            ),
            schedule=self._schedule(number, held.issuing_bank, schedule)
            if is_scheduled(schedule)
            else None,
            amendments=tuple(
                self._amendment(number, count) for count in range(1, held.amendments + 1)
            ),
            transfers=tuple(
                self._transfer(reference, number, count)
                for count in range(1, self._service.transfers(number) + 1)
            ),
            presentations=tuple(
                self._presentation(place, event, events)
                for place, event in enumerate(lodged_in(events), start=1)
            ),
            obligations=tuple(
                self._obligation(
                    place, event, at_sight=stated.tenor_from is MaturityFrom.NONE and not mixed
                )
                for place, event in enumerate(incurred_in(events), start=1)
            ),
            assigned_ahead=self._assigned_ahead(number),
            events=tuple(
                EventView(
                    event=type(event).__name__,
                    transaction=event.transaction,
                    block=event.block_number,
                )
                for event in events
            ),
        )

    def _available_today(self, credit: str, held: Credit) -> int:
        """What documents of no instalment, with a shipment, may be drawn for when received now."""
        block = self._chain.web3.eth.get_block("latest")
        today = instant_of(block["timestamp"]).date()
        return self._service.available_on(credit, held.issuing_bank, today, day_of(1))

    def _schedule(self, credit: str, bank: int, schedule: Schedule) -> ScheduleView:
        advances = self._service.advances(credit)
        rows = self._service.instalments(credit, bank)
        return ScheduleView(
            slices=tuple(
                SliceView(
                    weight=each.weight,
                    available_by=each.availability.name,
                    usance=usance_words(each),
                )
                for each in schedule.slices
            ),
            instalments=tuple(
                InstalmentView(
                    number=place,
                    amount=each.instalment.amount,
                    first=each.instalment.first,
                    last=each.instalment.last,
                    drawn=each.drawn,
                    shipped=each.shipped,
                )
                for place, each in enumerate(rows, start=1)
            ),
            renewal=None if schedule.renewal is Renewal.NONE else schedule.renewal.name,
            times=schedule.times,
            period=schedule.period,
            start=schedule.start,
            advance_limit=schedule.advance_limit,
            advanced=advances.advanced,
            recovered=advances.recovered,
        )

    def _amendment(self, credit: str, number: int) -> AmendmentView:
        found = self._service.amendment(credit, number)
        changes = found.amendment
        return AmendmentView(
            number=number,
            state=found.state.name,
            cancels=changes.cancels,
            extended=found.extended,
            extension_declined=found.extension_declined,
            version=found.version or None,
            increase=changes.increase,
            decrease=changes.decrease,
            expiry=changes.expiry,
            latest_shipment=changes.latest_shipment,
            presentation_period=changes.presentation_period,
            plus_tolerance=changes.plus_tolerance if changes.sets_tolerance else None,
            minus_tolerance=changes.minus_tolerance if changes.sets_tolerance else None,
        )

    def _transfer(self, reference: str, credit: str, number: int) -> TransferView:
        found = self._service.transfer(part_id(credit, number))
        return TransferView(
            number=number,
            reference=reference_of(reference, number),
            state=found.state.name,
            second_beneficiary=self._name(found.request.second_beneficiary),
            amount=found.request.amount,
            expiry=found.request.expiry,
        )

    def _presentation(
        self, place: int, lodged: DocumentsLodged, events: list[SuiteEvent]
    ) -> PresentationView:
        key = lodged.lodging.key
        found = self._service.presentation(key)
        state = self._service.presentation_state(key)
        claimed = state is PresentationState.CLAIMED
        refusal = next(
            (
                event
                for event in events
                if isinstance(event, DocumentsRefused)
                and event.presentation_id == lodged.presentation_id
            ),
            None,
        )
        return PresentationView(
            number=place,
            id=lodged.presentation_id,
            presenter=self._name(key.presenter),
            examiner=self._name(lodged.examiner),
            payee=self._name(found.payee),
            count=key.number,
            state=(PresentationState.PRECLUDED if claimed else state).name,
            claimed=claimed,
            amount=found.amount,
            shipped=found.shipped,
            received=self._local(found.received, lodged.examiner),
            deadline=found.deadline and self._local(found.deadline, lodged.examiner),
            bound=PresentationMark.UNBOUND not in found.marks,
            late=PresentationFlag.LATE in found.flags,
            overdrawn=PresentationFlag.OVERDRAWN in found.flags,
            short=PresentationFlag.SHORT in found.flags,
            missed=PresentationFlag.MISSED in found.flags,
            forwarded=PresentationMark.FORWARDED in found.marks,
            discrepancies=tuple(row.code for row in from_bits(refusal.discrepancies))
            if refusal
            else (),
            disposal=refusal.disposal.name if refusal else None,
        )

    def _obligation(
        self, place: int, incurred: ObligationIncurred, *, at_sight: bool
    ) -> ObligationView:
        name = incurred.obligation_id
        found = self._service.obligation(name)
        # What a bank that negotiates at sight owes is due at once as well.
        # So is a slice of that kind, which arises at the time of its block and not on a day.
        due = at_sight or incurred.state is ObligationState.DUE or found.maturity.time() != _DAY
        assignment = self._service.assignment(name) if found.assigned else None
        stayed = found.stayed_until
        return ObligationView(
            number=place,
            id=name,
            debtor=self._name(found.debtor),
            owner=self._name(found.owner),
            creditor=self._name(self._service.current_creditor(name)),
            amount=found.amount,
            kind=found.kind.name,
            state=self._service.obligation_state(name).name,
            due=self._local(found.maturity, found.debtor),
            matures=None if due else found.maturity.date(),
            recourse=found.recourse,
            stayed_until=stayed and self._local(stayed, found.debtor),
            assignee=self._name(assignment.assignee) if assignment else None,
            assigned=assignment.amount if assignment else 0,
            prepayment=self._service.agreed_prepayment(name),
        )

    def _assigned_ahead(self, credit: str) -> AssignedAheadView | None:
        found = self._service.assigned_ahead(credit)
        if not found.assignee:
            return None
        return AssignedAheadView(
            assignee=self._name(found.assignee), amount=found.amount, left=found.left
        )

    def _local(self, instant: datetime, bank: int) -> datetime:
        """The same instant on the clock of a bank's place, where the table has that place."""
        return local_time(instant, self._members[bank].calendar if bank in self._members else None)

    def _name(self, number: int) -> str | None:
        return self._members[number].legal_name if number in self._members else None


def available_under(credit: Credit) -> int:
    """What may still be drawn, in minor units (UCP 600 art. 18(b), 30(a))."""
    stated = credit.issuance
    tolerance = Tolerance(stated.plus_tolerance, stated.minus_tolerance)
    return available(stated.amount, tolerance, drawn=credit.drawn)
