# SPDX-License-Identifier: Apache-2.0
"""The life of credits by their rules: parties, states, clocks, balances, and who may do what.

A model to hold the contracts against. It is written from the rules that the interfaces state, keeps
plain Python records, and computes clocks and amounts with the library. An act either returns the
events that tell of it, or raises :class:`RefusedError`. What is asked first: the key, then whether
the record is there, then whose it is, then its state, then the time, then what is said.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from clocks import library_clock
from suite import Error, Event, error, event
from vocabulary import (
    Disposal,
    Flag,
    ObligationKind,
    ObligationState,
    PresentationState,
    Role,
    open_roles,
)
from world import (
    DAY,
    KINDS,
    Issuance,
    Lodging,
    PresentationKey,
    credit_id,
    desk,
    obligation_id,
    treasury,
)

from yangshan.alliance.calendar_words import day_of
from yangshan.credit.amounts import (
    Tolerance,
    available,
    is_overdrawn,
    is_short_drawn,
    least_drawing,
)
from yangshan.credit.dates import is_late

if TYPE_CHECKING:
    from yangshan.alliance.calendars import BankingCalendar

P, D = PresentationState, ObligationState
DEFAULT_PERIOD = 21


class RefusedError(Exception):
    """The rules say no, with this error."""

    def __init__(self, name: str, *args: Any) -> None:
        super().__init__(name, *args)
        self.error: Error = error(name, *args)


@dataclass
class Credit:
    """A credit that was issued."""

    bank: int
    terms: Issuance
    advised: set[int] = field(default_factory=set)
    mandates: set[int] = field(default_factory=set)
    drawn: int = 0

    @property
    def tolerance(self) -> Tolerance | None:
        plus, minus = self.terms.plus_tolerance, self.terms.minus_tolerance
        return Tolerance(plus, minus) if plus or minus else None

    @property
    def left(self) -> int:
        return available(self.terms.amount, self.tolerance, drawn=self.drawn)

    @property
    def least(self) -> int:
        return least_drawing(
            self.terms.amount,
            self.tolerance,
            partial_drawings_allowed=not self.terms.partial_forbidden,
            five_percent_less=True,
        )

    @property
    def principal(self) -> int:
        """Who gives mandates: the beneficiary, or the bank of one who is no member."""
        terms = self.terms
        return terms.beneficiary or terms.advising_bank or terms.nominated_bank


@dataclass
class Presentation:
    """Documents that were lodged."""

    lodging: Lodging
    received: int
    payee: int
    flags: int
    deadline: int
    state: Any = P.LODGED

    def is_precluded(self, time: int) -> bool:
        return bool(self.state == P.LODGED and self.deadline and time > self.deadline)


@dataclass
class Obligation:
    """What a bank owes."""

    credit: bytes
    debtor: int
    owner: int
    amount: int
    currency: int
    state: Any = D.DUE


@dataclass
class Model:
    """All credits of the alliance and what became of them."""

    time: int
    # By the number under which a calendar is on the chain.
    calendars: dict[int, BankingCalendar]
    # Currency to the name of its cash.
    cash: dict[int, str]
    credits: dict[bytes, Credit] = field(default_factory=dict)
    presentations: dict[PresentationKey, Presentation] = field(default_factory=dict)
    obligations: dict[bytes, Obligation] = field(default_factory=dict)
    held: Counter[tuple[int, int]] = field(default_factory=Counter)

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

    def mandate(self, member: int, number: bytes, presenter: int, text: bytes) -> list[Event]:
        credit = self._credit(number)
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
        credit = self._credit(key.credit)
        beneficiary = credit.terms.beneficiary
        if member != beneficiary and member not in credit.mandates:
            raise RefusedError("NoMandate", key.credit, member)
        if key.examiner != credit.bank:
            raise RefusedError("BankNotPermitted", key.credit, key.examiner)
        if key in self.presentations:
            raise RefusedError("PresentationExists", key.id)
        payee = member if lodging.pay_presenter or not beneficiary else beneficiary
        flags = 0
        if is_overdrawn(lodging.amount, credit.left):
            flags |= Flag.OVERDRAWN
        if not lodging.amount or is_short_drawn(lodging.amount, credit.least):
            flags |= Flag.SHORT
        receipt, _, deadline, _ = self._clock(key.examiner, self.time)
        flags |= self._late(credit, lodging, receipt)
        self.presentations[key] = Presentation(lodging, self.time, payee, int(flags), deadline)
        return [
            event(
                "Presentations",
                "DocumentsLodged",
                presentationId=key.id,
                creditId=key.credit,
                examiner=key.examiner,
                lodging=lodging,
                payee=payee,
                received=self.time,
                deadline=deadline,
                flags=int(flags),
            )
        ]

    def fix(self, key: PresentationKey) -> list[Event]:
        found = self._presentation(key)
        self._is_lodged(key, found)
        if found.deadline:
            raise RefusedError("DeadlineFixedAlready", key.id, found.deadline)
        receipt, _, deadline, missing = self._clock(key.examiner, found.received)
        if missing:
            raise RefusedError("CalendarNotPublished", KINDS[key.examiner][1], missing - 1)
        found.deadline = deadline
        found.flags |= self._late(self.credits[key.credit], found.lodging, receipt)
        return [
            event(
                "Presentations",
                "DeadlineFixed",
                presentationId=key.id,
                deadline=deadline,
                flags=found.flags,
            )
        ]

    def find(self, member: int, key: PresentationKey) -> list[Event]:
        found = self._examinable(member, key)
        if found.flags:
            raise RefusedError("CannotComply", key.id, found.flags)
        credit, demanded = self.credits[key.credit], found.lodging.amount
        if demanded > credit.left:
            raise RefusedError("Overdrawn", key.credit, demanded, credit.left)
        found.state = P.COMPLYING
        incurred, owed = self._incur(key, demanded, ObligationKind.SIGHT_HONOUR)
        return [
            incurred,
            event(
                "Presentations",
                "FoundComplying",
                presentationId=key.id,
                creditId=key.credit,
                examiner=member,
                amount=demanded,
                obligationId=owed,
            ),
        ]

    def refuse(
        self, member: int, key: PresentationKey, reasons: int, disposal: int, notice: bytes
    ) -> list[Event]:
        found = self._examinable(member, key)
        if not reasons:
            raise RefusedError("NoDiscrepancyStated", key.id)
        known = (1 << 25) - 1
        if reasons & ~known:
            raise RefusedError("UnknownDiscrepancies", reasons, known)
        if disposal not in (Disposal.HOLD, Disposal.NOTIFY, Disposal.RETURN):
            raise RefusedError("DisposalNotOpen", key.id, disposal)
        found.state = P.REFUSED
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

    def claim(self, member: int, key: PresentationKey) -> list[Event]:
        found = self._presentation(key)
        credit = self.credits[key.credit]
        if member not in (key.presenter, credit.terms.beneficiary):
            raise RefusedError("NotPresenter", key.presenter, member)
        self._is_lodged(key, found)
        if not found.is_precluded(self.time):
            raise RefusedError("NotPrecluded", key.id, found.deadline, self.time)
        amount = min(found.lodging.amount, credit.left)
        if not amount:
            raise RefusedError("NothingToDraw", key.credit)
        found.state = P.CLAIMED
        incurred, owed = self._incur(key, amount, ObligationKind.PRECLUSION)
        return [
            incurred,
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

    def pay(self, member: int, number: bytes) -> list[Event]:
        if number not in self.obligations:
            raise RefusedError("UnknownObligation", number)
        owed = self.obligations[number]
        if member != owed.debtor:
            raise RefusedError("NotDebtor", number, member)
        if owed.state != D.DUE:
            raise RefusedError("WrongObligationState", number, owed.state, D.DUE)
        if owed.currency not in self.cash:
            raise RefusedError("NoCash", owed.currency)
        source, target = (owed.debtor, owed.currency), (owed.owner, owed.currency)
        if self.held[source] < owed.amount:
            raise RefusedError(
                "ERC20InsufficientBalance", treasury(member), self.held[source], owed.amount
            )
        self.held[source] -= owed.amount
        self.held[target] += owed.amount
        owed.state = D.PAID
        between = {"from": treasury(owed.debtor), "to": treasury(owed.owner)}
        return [
            event(
                "PaymentObligations",
                "ObligationPaid",
                obligationId=number,
                debtor=owed.debtor,
                owner=owed.owner,
                amount=owed.amount,
                currency=owed.currency,
            ),
            event(self.cash[owed.currency], "Transfer", **between, value=owed.amount),
        ]

    # Rules

    def _has_role(self, member: int, role: Any) -> None:
        if not open_roles(KINDS[member][0]) & role:
            raise RefusedError("MissingRole", desk(member), member, int(role))

    def _credit(self, number: bytes) -> Credit:
        if number not in self.credits:
            raise RefusedError("UnknownCredit", number)
        return self.credits[number]

    def _presentation(self, key: PresentationKey) -> Presentation:
        if key not in self.presentations:
            raise RefusedError("UnknownPresentation", key.id)
        return self.presentations[key]

    def _is_lodged(self, key: PresentationKey, found: Presentation) -> None:
        if found.state != P.LODGED:
            raise RefusedError("WrongPresentationState", key.id, found.state, P.LODGED)

    def _examinable(self, member: int, key: PresentationKey) -> Presentation:
        self._has_role(member, Role.EXAMINE)
        found = self._presentation(key)
        if member != key.examiner:
            raise RefusedError("NotExaminer", key.id, member)
        self._is_lodged(key, found)
        if found.is_precluded(self.time):
            raise RefusedError("DeadlinePassed", key.id, found.deadline, self.time)
        return found

    def _clock(self, bank: int, received: int) -> tuple[int, int, int, int]:
        return library_clock(self.calendars[KINDS[bank][1]], received)

    def _late(self, credit: Credit, lodging: Lodging, receipt: int) -> int:
        """The flag, if the day of receipt is known and comes too late."""
        if not receipt:
            return 0
        terms, shipped = credit.terms, None
        if lodging.shipped:
            shipped = day_of(lodging.shipped)
        late = is_late(
            day_of(receipt),
            shipped,
            terms.presentation_period or DEFAULT_PERIOD,
            day_of(terms.expiry),
            self.calendars[KINDS[credit.bank][1]],
        )
        return int(Flag.LATE) if late else 0

    def _incur(self, key: PresentationKey, amount: int, kind: Any) -> tuple[Event, bytes]:
        credit, found = self.credits[key.credit], self.presentations[key]
        credit.drawn += amount
        currency = credit.terms.currency
        number = obligation_id(key.id, key.examiner, found.payee)
        self.obligations[number] = Obligation(
            key.credit, key.examiner, found.payee, amount, currency
        )
        incurred = event(
            "PaymentObligations",
            "ObligationIncurred",
            obligationId=number,
            presentationId=key.id,
            debtor=key.examiner,
            owner=found.payee,
            amount=amount,
            currency=currency,
            maturity=self.time,
            kind=kind,
        )
        return incurred, number

    def local(self) -> datetime:
        """The time, for people."""
        return datetime.fromtimestamp(self.time, UTC)
