# SPDX-License-Identifier: Apache-2.0
"""A plain model of presentations and of what is owed on them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from clocks import EXAMINATION, library_clock
from credit_model import LONGEST_STAY, Credit, Letters, RefusedError, ceiling_of
from suite import Event, event
from vocabulary import (
    Availability,
    CreditState,
    Disposal,
    Flag,
    MaturityFrom,
    MemberKind,
    ObligationKind,
    ObligationState,
    PresentationState,
    PresenterInstruction,
    Role,
    Switch,
)
from world import DAY, KINDS, Issuance, Lodging, PresentationKey, obligation_id, treasury

from yangshan.alliance.calendar_words import day_of
from yangshan.credit.amounts import is_overdrawn, is_short_drawn
from yangshan.credit.dates import is_late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.alliance.calendars import BankingCalendar

P, D = PresentationState, ObligationState
DEFAULT_PERIOD = 21
OPEN = (D.DUE, D.INCURRED, D.ACCEPTED, D.NEGOTIATED)
USANCE = (D.INCURRED, D.ACCEPTED)
HONOURED = (P.COMPLYING, P.WAIVED, P.CLAIMED)
# Where documents came back from a bank to which they were forwarded.
BACK = (P.RETURN_DUE, P.RETURNED)


def comes_late(terms: Issuance, calendar: BankingCalendar, day: int, receipt: int) -> bool:
    """Whether documents of a shipment come too late on a day of receipt, 0 if that is not known."""
    if not receipt:
        return False
    period = terms.presentation_period or DEFAULT_PERIOD
    stated = terms.presentation_period or not terms.switches & Switch.NO_DEFAULT_PERIOD
    last = min(day + period, terms.expiry) if day and stated else terms.expiry
    if terms.switches & Switch.NO_EXTENSION:
        return receipt > last
    return is_late(day_of(receipt), None, None, day_of(last), calendar)


@dataclass
class Presentation:
    """Documents that were lodged."""

    lodging: Lodging
    received: int
    payee: int
    flags: int
    deadline: int
    # The day from which sight counts, 0 while it is not known.
    receipt: int
    bound: bool
    state: Any = P.LODGED
    disposal: Any = Disposal.NONE
    instructed: bool = False
    take_up: bool = False
    forwarded: bool = False
    counted: bool = False
    records: bool = False
    released: bool = False
    refused_on: int = 0
    # When a count that was suspended went on, and the banking days that were left.
    resumed: tuple[int, int] | None = None
    # Where it was forwarded, last.
    # Where it was forwarded, or presented since it was left unpaid, last.
    onward: PresentationKey | None = None
    # The amendments that its presenter named, bit n for number n.
    named: int = 0
    # Whether the bank took it in out of hours on the day itself.
    accepted: bool = False

    def is_over(self, time: int) -> bool:
        return bool(self.state == P.LODGED and self.deadline and time > self.deadline)

    def is_precluded(self, time: int) -> bool:
        return self.bound and self.is_over(time)

    def seen(self, time: int) -> Any:
        return P.PRECLUDED if self.is_precluded(time) else self.state


@dataclass
class Obligation:
    """What a bank owes."""

    credit: bytes
    debtor: int
    owner: int
    amount: int
    currency: int
    maturity: int
    state: Any
    kind: Any
    recourse: bool
    # Whether this drawing was counted with it.
    counts: bool
    stayed_until: int = 0
    stayed_by: int = 0
    assignee: int = 0
    assigned: int = 0
    owner_paid: bool = False
    assignee_paid: bool = False
    agreed: int = 0

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def begins(self) -> int:
        """When the day of maturity begins, in the first place on earth."""
        return self.maturity // DAY * DAY - 14 * 3_600

    def seen(self, time: int) -> Any:
        if self.is_open and time <= self.stayed_until:
            return D.STAYED
        if self.is_open and time >= self.maturity // DAY * DAY + 36 * 3_600:
            return D.OVERDUE
        return self.state


@dataclass
class Documents(Letters):
    """All presentations under the credits, and all that is owed."""

    # Currency to the name of its cash.
    cash: dict[int, str] = field(default_factory=dict)
    presentations: dict[PresentationKey, Presentation] = field(default_factory=dict)
    obligations: dict[bytes, Obligation] = field(default_factory=dict)
    # Of what a bank left unpaid, what another owes for it; and the other way round.
    followed: dict[bytes, bytes] = field(default_factory=dict)
    follows: dict[bytes, bytes] = field(default_factory=dict)
    # Obligations for one drawing and to one creditor, each with the other.
    pairs: dict[bytes, bytes] = field(default_factory=dict)
    held: Counter[tuple[int, int]] = field(default_factory=Counter)

    # Acts of presenters

    def mandate(self, member: int, number: bytes, presenter: int, text: bytes) -> list[Event]:
        credit = self.credit(number)
        if member != credit.principal:
            raise RefusedError("NotBeneficiary", number, member)
        if presenter in credit.mandates:
            raise RefusedError("MandateExists", number, presenter)
        credit.mandates.add(presenter)
        return [
            event(
                "Presentations",
                "MandateRecorded",
                creditId=number,
                presenter=presenter,
                grantedBy=member,
                mandate=text,
            )
        ]

    def lodge(self, member: int, lodging: Lodging) -> list[Event]:
        key = lodging.key
        if member != key.presenter:
            raise RefusedError("NotPresenter", key.presenter, member)
        credit = self.credit(key.credit)
        beneficiary = credit.origin.beneficiary
        if member != beneficiary and member not in credit.mandates:
            raise RefusedError("NoMandate", key.credit, member)
        bound = credit.binds(key.examiner)
        if not bound:
            self._is_nominated(key, credit)
        in_force = credit.state == CreditState.ISSUED
        if key in self.presentations:
            raise RefusedError("PresentationExists", key.id)
        payee = member if lodging.pay_presenter or not beneficiary else beneficiary
        receipt, _, deadline, _ = self._clock(key.examiner, self.time)
        terms = credit.undertaking(key.examiner)
        flags = self._amounts(credit, key.examiner, lodging.amount)
        flags |= self._late(terms, key.examiner, lodging.shipped, receipt)
        if not in_force:
            flags |= Flag.NOT_IN_FORCE
        self.presentations[key] = Presentation(
            lodging, self.time, payee, int(flags), deadline, receipt, bound and in_force
        )
        return [self._lodged(key)]

    def instruct(
        self, member: int, key: PresentationKey, instruction: int, text: bytes
    ) -> list[Event]:
        found = self._presentation(key)
        if member != key.presenter:
            raise RefusedError("NotPresenter", key.presenter, member)
        match instruction, found.state:
            case PresenterInstruction.BEFOREHAND, P.LODGED:
                found.instructed = True
            case PresenterInstruction.TAKE_UP, P.REFUSED:
                found.take_up = True
            case PresenterInstruction.RETURN, P.REFUSED:
                found.state = P.RETURN_DUE
            case PresenterInstruction.RELEASE, (P.REFUSED | P.RETURN_DUE):
                found.state = P.RELEASED
            case _:
                raise RefusedError("InstructionNotOpen", key.id, instruction, found.state)
        return [
            event(
                "Disposals",
                "PresenterInstructed",
                presentationId=key.id,
                presenter=member,
                instruction=instruction,
                message=text,
            )
        ]

    def claim(self, member: int, key: PresentationKey) -> list[Event]:
        found = self._presentation(key)
        credit = self.credits[key.credit]
        taken = self.creditor(obligation_id(key.id, key.examiner, found.payee))
        if member not in (key.presenter, credit.origin.beneficiary, found.payee, taken):
            raise RefusedError("NotPresenter", key.presenter, member)
        if found.state != P.PRECLUDED:
            self._is_lodged(key, found)
            if not found.bound:
                raise RefusedError("BankNotBound", key.id, key.examiner)
            if not found.is_precluded(self.time):
                raise RefusedError("NotPrecluded", key.id, found.deadline, self.time)
        amount = self._drawn_up_to(key, found)
        incurred, owed = self._incur(key, found, amount, ObligationKind.PRECLUSION, False)
        found.state = P.CLAIMED
        return [
            *incurred,
            event(
                "Presentations",
                "PreclusionClaimed",
                presentationId=key.id,
                creditId=key.credit,
                claimant=member,
                amount=amount,
                obligationId=owed,
            ),
        ]

    def name(self, member: int, key: PresentationKey, amendments: int) -> list[Event]:
        found = self._presentation(key)
        if member != key.presenter:
            raise RefusedError("NotPresenter", key.presenter, member)
        self._is_lodged(key, found)
        found.named |= amendments
        return [
            event(
                "Presentations",
                "AmendmentsNamed",
                presentationId=key.id,
                presenter=member,
                amendments=amendments,
            )
        ]

    def turn(
        self, member: int, key: PresentationKey, to: int, number: int, text: bytes
    ) -> list[Event]:
        """Who is to be paid turns from a bank that does not pay to the one behind it."""
        found = self._presentation(key)
        there = found.onward
        if there and self.presentations[there].state in BACK:
            there = None
        onward = PresentationKey(key.credit, to, key.examiner if there else member, number)
        if there and there != onward:
            raise RefusedError("ForwardedAlready", key.id, there.id)
        if not there and onward in self.presentations:
            raise RefusedError("PresentationExists", onward.id)
        unpaid = obligation_id(key.id, key.examiner, found.payee)
        later = obligation_id(onward.id, to, onward.presenter)
        owed = self._obligation(unpaid)
        if member != self.creditor(unpaid):
            raise RefusedError("NotCreditor", unpaid, member)
        if owed.seen(self.time) != D.OVERDUE:
            raise RefusedError("NotOverdue", unpaid, owed.seen(self.time))
        if self.followed.get(unpaid) == later:
            raise RefusedError("FollowedAlready", unpaid, later)
        if later in self.obligations:
            self._open(later, self.obligations[later])
        credit = self.credits[key.credit]
        if not there:
            if key.examiner == credit.bank:
                raise RefusedError("NoBankBehind", key.id, credit.bank)
            if to in (key.examiner, member) or not credit.binds(to):
                raise RefusedError("BankNotPermitted", key.credit, to)

        self.followed[unpaid], self.follows[later] = later, unpaid
        told = [
            event(
                "Forwarding",
                "UnpaidDrawingTaken",
                presentationId=key.id,
                onwardId=onward.id,
                creditor=member,
                documents=text,
            ),
            event(
                "PaymentObligations",
                "ObligationFollowed",
                unpaid=unpaid,
                later=later,
                creditor=member,
            ),
        ]
        if there:
            return told
        _, _, deadline, _ = self._clock(to, self.time)
        self.presentations[onward] = Presentation(
            Lodging(onward, owed.amount, found.lodging.shipped, True, text),
            self.time,
            member,
            self._first_late(key, found, credit.undertaking(to))
            | self._amounts(credit, to, owed.amount, counted=True),
            deadline,
            found.receipt or found.received // DAY,
            bound=True,
            forwarded=True,
            counted=True,
        )
        found.onward = onward
        return [*told, self._lodged(onward)]

    def fix(self, key: PresentationKey) -> list[Event]:
        found = self._presentation(key)
        self._is_lodged(key, found)
        if found.deadline:
            raise RefusedError("DeadlineFixedAlready", key.id, found.deadline)
        since, count = found.resumed or (found.received, EXAMINATION)
        receipt, _, deadline, missing = self._clock(key.examiner, since, count)
        if missing:
            raise RefusedError("CalendarNotPublished", KINDS[key.examiner][1], missing - 1)
        found.deadline = deadline
        if not found.counted and not found.resumed:
            found.receipt = receipt
        if not found.forwarded and not found.resumed:
            terms = self.credits[key.credit].undertaking(key.examiner)
            found.flags |= self._late(terms, key.examiner, found.lodging.shipped, receipt)
        return [
            event(
                "Presentations",
                "DeadlineFixed",
                presentationId=key.id,
                deadline=deadline,
                flags=found.flags,
            )
        ]

    # Acts of examining banks

    def take_in(self, member: int, key: PresentationKey) -> list[Event]:
        found = self._examinable(member, key)
        if found.accepted:
            raise RefusedError("AcceptedAlready", key.id)
        calendar = self.calendars[KINDS[key.examiner][1]]
        receipt, _, deadline, missing = library_clock(calendar, found.received, accepted=True)
        if missing:
            raise RefusedError("CalendarNotPublished", KINDS[key.examiner][1], missing - 1)
        if receipt == self._clock(key.examiner, found.received)[0]:
            raise RefusedError("ReceivedInHours", key.id, found.received)
        deadline = min(deadline, found.deadline or deadline)
        if self.time > deadline:
            raise RefusedError("DeadlinePassed", key.id, deadline, self.time)
        found.accepted, found.deadline = True, deadline
        if not found.counted:
            found.receipt = receipt
        if not found.forwarded:
            terms = self.credits[key.credit].undertaking(key.examiner)
            found.flags &= ~int(Flag.LATE)
            found.flags |= self._late(terms, key.examiner, found.lodging.shipped, receipt)
        return [
            event(
                "Presentations",
                "AcceptedOutOfHours",
                presentationId=key.id,
                receiptDay=receipt,
                deadline=deadline,
                flags=found.flags,
            )
        ]

    def find(self, member: int, key: PresentationKey) -> list[Event]:
        return self.find_with(member, key, (), False)

    def find_with(
        self, member: int, key: PresentationKey, places: Sequence[int], recourse: bool
    ) -> list[Event]:
        found = self._examinable(member, key)
        before = self.credits[key.credit]
        accepted: list[Event] = []
        if places:
            named = [place for place in range(256) if found.named >> place & 1]
            carried = not self._flags_now(key, found)
            accepted = self.accept_by_presentation(key.credit, places, named, carried)
        try:
            return accepted + self._comply(key, found, recourse, anew=bool(places))
        except RefusedError:
            self.credits[key.credit] = before
            raise

    def _flags_now(self, key: PresentationKey, found: Presentation) -> int:
        """What is seen of documents by the terms in force now."""
        credit, bank = self.credits[key.credit], key.examiner
        flags = found.flags & Flag.NOT_IN_FORCE
        flags |= self._first_late(key, found, credit.undertaking(bank))
        flags |= self._amounts(credit, bank, found.lodging.amount, counted=found.counted)
        return int(flags)

    def _comply(
        self, key: PresentationKey, found: Presentation, recourse: bool, *, anew: bool
    ) -> list[Event]:
        credit, bank, demanded = self.credits[key.credit], key.examiner, found.lodging.amount
        flags = self._flags_now(key, found) if anew else found.flags
        if flags:
            raise RefusedError("CannotComply", key.id, flags)
        if not found.counted:
            self._drawable(key.credit)
            if demanded > credit.left(bank):
                raise RefusedError("Overdrawn", key.credit, demanded, credit.left(bank))
        incurred, owed = self._incur(key, found, demanded, ObligationKind.COMPLYING, recourse)
        found.state, found.flags = P.COMPLYING, flags
        return [
            *incurred,
            event(
                "Presentations",
                "FoundComplying",
                presentationId=key.id,
                creditId=key.credit,
                examiner=bank,
                amount=demanded,
                version=credit.version(bank),
                obligationId=owed,
            ),
        ]

    def waive(
        self, member: int, key: PresentationKey, waiver: bytes, recourse: bool
    ) -> list[Event]:
        found = self._of_examiner(member, key)
        if found.state == P.REFUSED:
            held = found.disposal in (Disposal.HOLD, Disposal.PREVIOUS_INSTRUCTIONS)
            if found.disposal != Disposal.NOTIFY and not (held and found.take_up):
                raise RefusedError("WaiverNotOpen", key.id, found.disposal)
        else:
            self._in_time(key, found)
        if found.flags & Flag.NOT_IN_FORCE:
            raise RefusedError("CannotComply", key.id, found.flags)
        amount = self._drawn_up_to(key, found)
        incurred, owed = self._incur(key, found, amount, ObligationKind.WAIVER, recourse)
        found.state = P.WAIVED
        return [
            *incurred,
            event(
                "Presentations",
                "DiscrepanciesAccepted",
                presentationId=key.id,
                creditId=key.credit,
                examiner=member,
                amount=amount,
                version=self.credits[key.credit].version(member),
                obligationId=owed,
                waiver=waiver,
            ),
        ]

    def ask_waiver(self, member: int, key: PresentationKey, request: bytes) -> list[Event]:
        found = self._of_examiner(member, key)
        if member != self.credits[key.credit].bank:
            raise RefusedError("NotIssuingBank", key.credit, member)
        return self._asks("WaiverAsked", member, key, found, request)

    def ask_authority(self, member: int, key: PresentationKey, request: bytes) -> list[Event]:
        found = self._of_examiner(member, key)
        if member == self.credits[key.credit].bank:
            raise RefusedError("NoBankBehind", key.id, member)
        return self._asks("AuthorityAsked", member, key, found, request)

    def refuse(
        self, member: int, key: PresentationKey, reasons: int, disposal: int, notice: bytes
    ) -> list[Event]:
        found = self._examinable(member, key)
        if found.is_over(self.time):
            raise RefusedError("DeadlinePassed", key.id, found.deadline, self.time)
        if not reasons:
            raise RefusedError("NoDiscrepancyStated", key.id)
        known = (1 << 25) - 1
        if reasons & ~known:
            raise RefusedError("UnknownDiscrepancies", reasons, known)
        is_open = {
            Disposal.NONE: False,
            Disposal.HOLD: True,
            Disposal.NOTIFY: member == self.credits[key.credit].bank,
            Disposal.RETURN: True,
            Disposal.PREVIOUS_INSTRUCTIONS: found.instructed,
        }
        if not is_open[disposal]:
            raise RefusedError("DisposalNotOpen", key.id, disposal)
        found.state, found.disposal = P.REFUSED, Disposal(disposal)
        found.refused_on = self.time // DAY
        return [
            event(
                "Presentations",
                "DocumentsRefused",
                presentationId=key.id,
                creditId=key.credit,
                examiner=member,
                discrepancies=reasons,
                disposal=disposal,
                notice=notice,
            )
        ]

    def return_(self, member: int, key: PresentationKey, dispatch: bytes) -> list[Event]:
        found = self._of_examiner(member, key)
        came_back = (
            found.state == P.FORWARDED
            and found.onward is not None
            and self.presentations[found.onward].state in BACK
        )
        if found.state not in (P.REFUSED, P.RETURN_DUE) and not came_back:
            raise RefusedError("WrongPresentationState", key.id, found.state, P.REFUSED)
        found.state = P.RETURNED
        return [
            event(
                "Disposals",
                "DocumentsReturned",
                presentationId=key.id,
                examiner=member,
                dispatch=dispatch,
            )
        ]

    def forward(
        self, member: int, key: PresentationKey, to: int, number: int, schedule: bytes
    ) -> list[Event]:
        found = self._of_examiner(member, key)
        honoured = found.state in HONOURED
        unexamined = found.state == P.FORWARDED or (found.state == P.LODGED and not found.bound)
        if not honoured and not unexamined:
            raise RefusedError("WrongPresentationState", key.id, found.state, P.COMPLYING)
        if found.onward and self.presentations[found.onward].state not in BACK:
            raise RefusedError("ForwardedAlready", key.id, found.onward.id)
        onward = PresentationKey(key.credit, to, member, number)
        if onward in self.presentations:
            raise RefusedError("PresentationExists", onward.id)
        credit = self.credits[key.credit]
        if member == credit.bank:
            raise RefusedError("NoBankBehind", key.id, member)
        if to == member or not credit.binds(to):
            raise RefusedError("BankNotPermitted", key.credit, to)

        amount, payee = found.lodging.amount, found.payee
        if honoured:
            amount = self.obligations[obligation_id(key.id, member, payee)].amount
            payee = member
        lapsed = 0 if honoured else int(found.flags & Flag.NOT_IN_FORCE)
        receipt, _, deadline, _ = self._clock(to, self.time)
        lodging = Lodging(onward, amount, found.lodging.shipped, honoured, schedule)
        self.presentations[onward] = Presentation(
            lodging,
            self.time,
            payee,
            self._first_late(key, found, credit.undertaking(to))
            | self._amounts(credit, to, amount, counted=honoured)
            | lapsed,
            deadline,
            (found.receipt or found.received // DAY) if honoured else receipt,
            bound=not lapsed,
            forwarded=True,
            counted=honoured,
        )
        found.onward = onward
        if not honoured:
            found.state = P.FORWARDED
        return [
            event(
                "Forwarding",
                "DocumentsForwarded",
                presentationId=key.id,
                forwardedId=onward.id,
                to=to,
                honoured=honoured,
                schedule=schedule,
            ),
            self._lodged(onward),
        ]

    # Acts around obligations

    def pay(self, member: int, number: bytes) -> list[Event]:
        owed = self._payable(member, number)
        if owed.state in USANCE and self.time < owed.begins:
            raise RefusedError("NotMatured", number, owed.maturity, self.time)
        held = self.held_by(number)
        moved = self._settle(number, held, owed.amount)
        owed.state = D.PAID
        paid = self._of("ObligationPaid", number, held, amount=owed.amount, currency=owed.currency)
        return [paid, *moved]

    def settle(self, member: int, number: bytes) -> list[Event]:
        owed = self._obligation(number)
        if member not in (owed.debtor, owed.owner):
            raise RefusedError("NotPartyToObligation", number, member)
        self._open(number, owed)
        if number not in self.followed:
            raise RefusedError("NotPaired", number)
        paid = self.paid_instead(number)
        if not paid:
            last = number
            while last in self.followed:
                last = self.followed[last]
            raise RefusedError("CounterpartUnpaid", number, last)
        owed.state = D.SETTLED
        return [
            event(
                "PaymentObligations",
                "ObligationSettled",
                obligationId=number,
                counterpart=paid,
                amount=owed.amount,
                settled=True,
            )
        ]

    def agree(self, member: int, number: bytes, proceeds: int) -> list[Event]:
        owed = self._of_owner(member, number)
        self._prepayable(number, owed)
        if proceeds > owed.amount:
            raise RefusedError("ProceedsOutOfBounds", number, proceeds, 0, owed.amount)
        owed.agreed = proceeds
        return [
            event(
                "PaymentObligations",
                "PrepaymentAgreed",
                obligationId=number,
                owner=member,
                proceeds=proceeds,
            )
        ]

    def prepay(self, member: int, number: bytes, proceeds: int) -> list[Event]:
        owed = self._payable(member, number)
        self._prepayable(number, owed)
        if self.time >= owed.begins:
            raise RefusedError("MaturedAlready", number, owed.maturity, self.time)
        if not proceeds or proceeds != owed.agreed:
            raise RefusedError("PrepaymentNotAgreed", number, proceeds, owed.agreed)
        if proceeds < owed.assigned:
            raise RefusedError("ProceedsOutOfBounds", number, proceeds, owed.assigned, owed.amount)
        moved = self._settle(number, owed, proceeds)
        owed.state, owed.agreed = D.PREPAID, 0
        paid = self._of(
            "ObligationPrepaid", number, owed, proceeds=proceeds, currency=owed.currency
        )
        return [paid, *moved]

    def attest(self, member: int, number: bytes, text: bytes) -> list[Event]:
        owed = self._obligation(number)
        held = self.held_by(number)
        if member not in (held.owner, held.assignee):
            raise RefusedError("NotCreditor", number, member)
        self._open(number, owed)
        if member == held.owner:
            if held.owner_paid:
                raise RefusedError("AttestedAlready", number, member)
            held.owner_paid = True
        else:
            if held.assignee_paid:
                raise RefusedError("AttestedAlready", number, member)
            held.assignee_paid = True
        rest = 0 if held.owner_paid else held.amount - held.assigned
        if held.assignee and not held.assignee_paid:
            rest += held.assigned
        if rest:
            # What is left is so on each of those that are for the drawing.
            shares = self.obligations[self.holder(number)]
            shares.owner_paid, shares.assignee_paid = held.owner_paid, held.assignee_paid
        else:
            owed.state = D.PAID
        return [
            event(
                "PaymentObligations",
                "PaymentAttested",
                obligationId=number,
                creditor=member,
                paymentReference=text,
                settled=not rest,
            )
        ]

    def assign(
        self, member: int, number: bytes, assignee: int, amount: int, text: bytes
    ) -> list[Event]:
        owed = self._of_owner(member, number)
        self._open(number, owed)
        for others in (self.pairs, self.followed, self.follows):
            if number in others:
                raise RefusedError("PairedObligation", number, others[number])
        if owed.assignee:
            raise RefusedError("AssignedAlready", number, owed.assignee)
        if assignee == member or not 0 < amount <= owed.amount:
            raise RefusedError("BadAssignment", number, assignee, amount)
        owed.assignee, owed.assigned = assignee, amount
        return [
            event(
                "PaymentObligations",
                "ProceedsAssigned",
                obligationId=number,
                owner=member,
                assignee=assignee,
                amount=amount,
                assignment=text,
            )
        ]

    def stay_payment(self, member: int, number: bytes, until: int, order: bytes) -> list[Event]:
        owed = self._of_court(member, number)
        self._open(number, owed)
        if self.time <= owed.stayed_until:
            self._own_stay(member, number, owed)
        latest = self.time + LONGEST_STAY
        if not self.time < until <= latest:
            raise RefusedError("PaymentStayOutOfBounds", until, latest)
        owed.stayed_until, owed.stayed_by = until, member
        return [
            event(
                "PaymentObligations",
                "ObligationStayed",
                obligationId=number,
                authority=member,
                until=until,
                order=order,
            )
        ]

    def lift_payment(self, member: int, number: bytes, order: bytes) -> list[Event]:
        owed = self._of_court(member, number)
        if self.time > owed.stayed_until:
            raise RefusedError("PaymentNotStayed", number)
        self._own_stay(member, number, owed)
        owed.stayed_until = owed.stayed_by = 0
        return [
            event(
                "PaymentObligations",
                "ObligationStayLifted",
                obligationId=number,
                authority=member,
                order=order,
            )
        ]

    # Rules

    def _is_nominated(self, key: PresentationKey, credit: Credit) -> None:
        if key.examiner and key.examiner == credit.origin.nominated_bank:
            return
        kinds = (MemberKind.BANK, MemberKind.CENTRAL_BANK)
        if not credit.origin.any_bank or KINDS[key.examiner][0] not in kinds:
            raise RefusedError("BankNotPermitted", key.credit, key.examiner)

    def _presentation(self, key: PresentationKey) -> Presentation:
        if key not in self.presentations:
            raise RefusedError("UnknownPresentation", key.id)
        return self.presentations[key]

    def _is_lodged(self, key: PresentationKey, found: Presentation) -> None:
        if found.state != P.LODGED:
            raise RefusedError("WrongPresentationState", key.id, found.state, P.LODGED)

    def _of_examiner(self, member: int, key: PresentationKey) -> Presentation:
        self._has_role(member, Role.EXAMINE)
        found = self._presentation(key)
        if member != key.examiner:
            raise RefusedError("NotExaminer", key.id, member)
        return found

    def _in_time(self, key: PresentationKey, found: Presentation) -> None:
        self._is_lodged(key, found)
        if found.is_precluded(self.time):
            raise RefusedError("DeadlinePassed", key.id, found.deadline, self.time)

    def _examinable(self, member: int, key: PresentationKey) -> Presentation:
        found = self._of_examiner(member, key)
        self._in_time(key, found)
        return found

    def _asks(
        self, name: str, member: int, key: PresentationKey, found: Presentation, request: bytes
    ) -> list[Event]:
        if found.state != P.REFUSED:
            self._is_lodged(key, found)
        return [event("Forwarding", name, presentationId=key.id, examiner=member, request=request)]

    def _lodged(self, key: PresentationKey) -> Event:
        found = self.presentations[key]
        return event(
            "Presentations",
            "DocumentsLodged",
            presentationId=key.id,
            creditId=key.credit,
            examiner=key.examiner,
            lodging=found.lodging,
            payee=found.payee,
            received=found.received,
            deadline=found.deadline,
            flags=found.flags,
        )

    def _calendar(self, bank: int) -> BankingCalendar:
        return self.calendars[KINDS[bank][1]]

    def _clock(
        self, bank: int, received: int, count: int = EXAMINATION
    ) -> tuple[int, int, int, int]:
        return library_clock(self._calendar(bank), received, count)

    def _amounts(self, credit: Credit, bank: int, amount: int, *, counted: bool = False) -> int:
        """The flags of a demand; of one that is counted in what is drawn, that of all together."""
        flags, left = Flag(0), credit.left(bank)
        over = credit.drawn > ceiling_of(credit.undertaking(bank))
        if over if counted else is_overdrawn(amount, left):
            flags |= Flag.OVERDRAWN
        if not amount or is_short_drawn(amount, credit.least(bank)):
            flags |= Flag.SHORT
        return int(flags)

    def _late(self, terms: Issuance, bank: int, day: int, receipt: int) -> int:
        """The flag, if the day of receipt is known and comes too late."""
        return (
            int(Flag.LATE) if comes_late(terms, self.calendars[KINDS[bank][1]], day, receipt) else 0
        )

    def _first_late(self, key: PresentationKey, found: Presentation, terms: Issuance) -> int:
        """Whether documents came too late to the bank that had them first, as the terms have it."""
        if found.forwarded:
            return found.flags & Flag.LATE
        calendar = self.calendars[KINDS[key.examiner][1]]
        receipt, *_ = library_clock(calendar, found.received, accepted=found.accepted)
        return self._late(terms, key.examiner, found.lodging.shipped, receipt)

    def _drawn_up_to(self, key: PresentationKey, found: Presentation) -> int:
        if found.counted:
            return found.lodging.amount
        credit = self._drawable(key.credit)
        amount = min(found.lodging.amount, credit.left(key.examiner))
        if not amount:
            raise RefusedError("NothingToDraw", key.credit)
        return amount

    def _undertaking(
        self, key: PresentationKey, found: Presentation, recourse: bool
    ) -> tuple[Any, int]:
        """State and maturity of what the bank owes."""
        credit, bank = self.credits[key.credit], key.examiner
        terms = credit.undertaking(bank)
        usance = terms.tenor_from != MaturityFrom.NONE
        negotiates = credit.negotiates(bank) and not (recourse and credit.confirms(bank))
        match terms.availability:
            case Availability.SIGHT_PAYMENT:
                state = D.DUE
            case Availability.DEFERRED_PAYMENT:
                state = D.INCURRED
            case Availability.ACCEPTANCE:
                state = D.ACCEPTED
            case _ if negotiates:
                state = D.NEGOTIATED
            case _:
                state = D.INCURRED if usance else D.DUE
        if recourse and state != D.NEGOTIATED:
            raise RefusedError("RecourseNotOpen", key.id, bank)
        if not usance:
            return state, self.time
        sight = found.receipt or found.received // DAY
        if found.state == P.REFUSED:
            sight = self._clock(bank, self.time)[0] or self.time // DAY
        day = sight + terms.tenor
        if terms.tenor_from == MaturityFrom.SHIPMENT and found.lodging.shipped:
            day = found.lodging.shipped + terms.tenor
        elif terms.tenor_from == MaturityFrom.FIXED_DATE:
            day = terms.tenor
        return state, day * DAY

    def _incur(
        self, key: PresentationKey, found: Presentation, amount: int, kind: Any, recourse: bool
    ) -> tuple[list[Event], bytes]:
        credit = self.credits[key.credit]
        state, maturity = self._undertaking(key, found, recourse)
        if not found.counted:
            credit.drawn += amount
        currency = credit.origin.currency
        number = obligation_id(key.id, key.examiner, found.payee)
        self.obligations[number] = Obligation(
            key.credit,
            key.examiner,
            found.payee,
            amount,
            currency,
            maturity,
            state,
            kind,
            recourse,
            counts=not found.counted,
            # No court of its own: any may lift it.
            stayed_until=credit.stayed_until if credit.stayed else 0,
        )
        told = [
            event(
                "PaymentObligations",
                "ObligationIncurred",
                obligationId=number,
                presentationId=key.id,
                debtor=key.examiner,
                owner=found.payee,
                amount=amount,
                currency=currency,
                maturity=maturity,
                state=state,
                kind=kind,
            )
        ]
        if recourse:
            debtor = key.examiner
            told.append(
                event("PaymentObligations", "RecourseReserved", obligationId=number, debtor=debtor)
            )
        # A drawing that another bank counted was owed before, with what was assigned of it.
        return [*told, *([] if found.counted else self._bind(number, credit))], number

    def _bind(self, number: bytes, credit: Credit) -> list[Event]:
        """What arises towards the beneficiary carries what is left of its assignment."""
        owed = self.obligations[number]
        if not credit.assignment or owed.owner != credit.origin.beneficiary:
            return []
        assignee, whole, left, text = credit.assignment
        part = min(left, owed.amount)
        if not part:
            return []
        credit.assignment = assignee, whole, left - part, text
        owed.assignee, owed.assigned = assignee, part
        return [
            event(
                "PaymentObligations",
                "ProceedsAssigned",
                obligationId=number,
                owner=owed.owner,
                assignee=assignee,
                amount=part,
                assignment=text,
            )
        ]

    def assign_ahead(
        self, member: int, number: bytes, assignee: int, amount: int, text: bytes
    ) -> list[Event]:
        credit = self.credit(number)
        if member != credit.origin.beneficiary:
            raise RefusedError("NotBeneficiary", number, member)
        if credit.assignment:
            raise RefusedError("CreditAssignedAlready", number, credit.assignment[0])
        if assignee == member or not amount:
            raise RefusedError("BadCreditAssignment", number, assignee, amount)
        self._stands(number, credit, CreditState.ISSUED)
        credit.assignment = assignee, amount, amount, text
        return [
            event(
                "PaymentObligations",
                "CreditProceedsAssigned",
                creditId=number,
                assignor=member,
                assignee=assignee,
                amount=amount,
                assignment=text,
            )
        ]

    def _of(self, name: str, number: bytes, owed: Obligation, **more: Any) -> Event:
        between = {"debtor": owed.debtor, "owner": owed.owner}
        return event("PaymentObligations", name, obligationId=number, **between, **more)

    def _obligation(self, number: bytes) -> Obligation:
        if number not in self.obligations:
            raise RefusedError("UnknownObligation", number)
        return self.obligations[number]

    def _of_owner(self, member: int, number: bytes) -> Obligation:
        owed = self._obligation(number)
        if member != owed.owner:
            raise RefusedError("NotCreditor", number, member)
        return owed

    def _of_court(self, member: int, number: bytes) -> Obligation:
        self._has_role(member, Role.COURT)
        owed = self._obligation(number)
        if member in (owed.debtor, owed.owner, owed.assignee):
            raise RefusedError("PartyCannotStayPayment", number, member)
        return owed

    def _own_stay(self, member: int, number: bytes, owed: Obligation) -> None:
        if owed.stayed_by not in (0, member):
            raise RefusedError("PaymentStayedByAnother", number, owed.stayed_by, owed.stayed_until)

    def _open(self, number: bytes, owed: Obligation) -> None:
        if not owed.is_open:
            raise RefusedError("WrongObligationState", number, owed.state, D.DUE)

    def _prepayable(self, number: bytes, owed: Obligation) -> None:
        if owed.state not in USANCE:
            raise RefusedError("WrongObligationState", number, owed.state, D.INCURRED)
        if number in self.follows:
            raise RefusedError("PairedObligation", number, self.follows[number])

    def _payable(self, member: int, number: bytes) -> Obligation:
        owed = self._obligation(number)
        if member != owed.debtor:
            raise RefusedError("NotDebtor", number, member)
        self._open(number, owed)
        if self.time <= owed.stayed_until:
            raise RefusedError("PaymentIsStayed", number, owed.stayed_until)
        other = self.pairs.get(number, b"")
        for paid in (other, self.paid_instead(number)):
            if self.is_paid(paid):
                raise RefusedError("PaidByCounterpart", number, paid)
        return owed

    def paid_instead(self, number: bytes) -> bytes:
        """What a bank behind paid for the drawing, empty if none did."""
        while number in self.followed:
            number = self.followed[number]
            if self.is_paid(number):
                return number
        return b""

    def holder(self, number: bytes) -> bytes:
        """The obligation that says who is to be paid."""
        first = number
        while number in self.follows:
            number = self.follows[number]
            if self.is_paid(number):
                return first
        return number

    def creditor(self, number: bytes) -> int:
        """Who is to be paid, 0 if that is nobody."""
        first = number
        while number in self.follows:
            number = self.follows[number]
            if self.is_paid(number):
                return self.obligations[number].debtor
        if number not in self.obligations:
            assert number == first
            return 0
        return self.obligations[number].owner

    def held_by(self, number: bytes) -> Obligation:
        """An obligation with those who are to be paid."""
        owed, holder = self.obligations[number], self.obligations[self.holder(number)]
        creditor = self.creditor(number)
        if creditor != holder.owner:
            return replace(owed, owner=creditor, assignee=0, assigned=0, owner_paid=False)
        return replace(
            owed,
            owner=creditor,
            assignee=holder.assignee,
            assigned=holder.assigned,
            owner_paid=holder.owner_paid,
            assignee_paid=holder.assignee_paid,
        )

    def is_paid(self, number: bytes) -> bool:
        found = self.obligations.get(number)
        return found is not None and found.state in (D.PAID, D.PREPAID)

    def _settle(self, number: bytes, owed: Obligation, amount: int) -> list[Event]:
        """Moves the cash, all or nothing: the assignee first, then the owner."""
        if owed.currency not in self.cash:
            raise RefusedError("NoCash", owed.currency)
        parts = [(owed.owner, amount - owed.assigned, owed.owner_paid)]
        if owed.assignee:
            parts.insert(0, (owed.assignee, owed.assigned, owed.assignee_paid))
        told, held = [], Counter(self.held)
        for member, part, is_paid in parts:
            if is_paid or not part:
                continue
            source = owed.debtor, owed.currency
            if held[source] < part:
                raise RefusedError(
                    "ERC20InsufficientBalance", treasury(owed.debtor), held[source], part
                )
            held[source] -= part
            held[member, owed.currency] += part
            if member != owed.owner:
                told.append(
                    event(
                        "PaymentObligations",
                        "ProceedsPaid",
                        obligationId=number,
                        assignee=member,
                        amount=part,
                    )
                )
            between = {"from": treasury(owed.debtor), "to": treasury(member)}
            told.append(event(self.cash[owed.currency], "Transfer", **between, value=part))
        self.held = held
        return told
