# SPDX-License-Identifier: Apache-2.0
"""Credits and their amendments by their rules: a model to hold the contract against.

Written from what the interface states, in plain records: what binds a confirming bank is told anew
from the list of amendments each time, not carried along. An act returns the events that tell of it,
or raises :class:`RefusedError`. What is asked first: the key, whether the record is there, whose it
is, its state, the time, what is said.
"""

from __future__ import annotations

import copy
import functools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clocks import library_clock
from eth_utils import keccak
from suite import Error, Event, error, event
from vocabulary import (
    AmendmentState,
    Availability,
    CreditState,
    MaturityFrom,
    PreAdvisedTerm,
    Role,
    Switch,
    open_roles,
)
from world import DAY, KINDS, MEMBERS, Amendment, Issuance, credit_id, desk

from yangshan.alliance.calendar_words import day_of
from yangshan.credit.amounts import Tolerance, available, least_drawing
from yangshan.credit.dates import is_late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.alliance.calendars import BankingCalendar

MOST = 2**64 - 1
LONGEST_STAY = 400 * DAY
LAST_AMENDMENT = 255
A, C = AmendmentState, CreditState


class RefusedError(Exception):
    """The rules say no, with this error."""

    def __init__(self, name: str, *args: Any) -> None:
        super().__init__(name, *args)
        self.error: Error = error(name, *args)


def tolerance_of(terms: Issuance) -> Tolerance | None:
    """Field 39A, None where the credit has none."""
    plus, minus = terms.plus_tolerance, terms.minus_tolerance
    return Tolerance(plus, minus) if plus or minus else None


def ceiling_of(terms: Issuance) -> int:
    """The most that may be drawn in all."""
    return available(terms.amount, tolerance_of(terms), drawn=0)


def least_of(terms: Issuance) -> int:
    """The least that a drawing may be."""
    return least_drawing(
        terms.amount,
        tolerance_of(terms),
        partial_drawings_allowed=not terms.partial_forbidden,
        five_percent_less=not terms.switches & Switch.NO_FIVE_PERCENT_LESS,
    )


def rights(terms: Issuance) -> list[float]:
    """What a beneficiary may, the more the better."""
    unstated = math.inf if terms.switches & Switch.NO_DEFAULT_PERIOD else 21
    return [
        terms.amount,
        terms.plus_tolerance,
        terms.minus_tolerance,
        terms.expiry,
        terms.latest_shipment or math.inf,
        terms.presentation_period or unstated,
        -least_of(terms),
    ]


def loses(before: Issuance, after: Issuance) -> bool:
    """Whether the beneficiary has less of any right."""
    return any(new < old for old, new in zip(rights(before), rights(after), strict=True))


@functools.lru_cache(maxsize=4_096)
def joined(terms: bytes, amendment: bytes) -> bytes:
    return keccak(terms + amendment)


def amended(terms: Issuance, amendments: Sequence[Amendment]) -> Issuance:
    """The terms as these amendments, accepted in this order, change them.

    Decreases beyond the amount count, and an increase makes up for them first.
    """
    amount = terms.amount
    for each in amendments:
        amount += each.increase - each.decrease
        named = ("expiry", "latest_shipment", "presentation_period")
        changes: dict[str, Any] = {name: getattr(each, name) for name in named}
        changes = {name: value for name, value in changes.items() if value}
        if each.sets_tolerance:
            changes["plus_tolerance"] = each.plus_tolerance
            changes["minus_tolerance"] = each.minus_tolerance
        terms = terms._replace(**changes, terms=joined(terms.terms, each.terms))
    return terms._replace(amount=max(amount, 0))


@dataclass
class Proposal:
    """An amendment and what was said to it."""

    amendment: Amendment
    state: Any = A.PENDING
    version: int = 0
    extended: bool = False
    extension_declined: bool = False


@dataclass
class Credit:
    """A credit that was pre-advised or issued."""

    bank: int
    # As issued.
    origin: Issuance
    state: Any = C.ISSUED
    advised: set[int] = field(default_factory=set)
    advice_declined: set[int] = field(default_factory=set)
    confirmed: bool = False
    confirmation_declined: bool = False
    # By number, the first at 0.
    proposals: list[Proposal] = field(default_factory=list)
    # In the order of their acceptance.
    accepted: list[Proposal] = field(default_factory=list)
    # Those by which the confirming bank is bound since it fell behind, in the order in which
    # it came to be.
    followed: list[Proposal] = field(default_factory=list)
    # How many were accepted when it last followed all of them.
    even: int = 0
    drawn: int = 0
    stayed_until: int = 0
    stayed_by: int = 0
    stayed: bool = False
    mandates: set[int] = field(default_factory=set)
    # Of proceeds that the beneficiary assigned ahead: to whom, how much, what is left, by what.
    assignment: tuple[int, int, int, bytes] | None = None

    @property
    def terms(self) -> Issuance:
        """What is in force."""
        return amended(self.origin, [each.amendment for each in self.accepted])

    @property
    def diverged(self) -> bool:
        return self.confirmed and any(not each.extended for each in self.accepted[self.even :])

    def version(self, bank: int) -> int:
        if self.diverged and bank == self.origin.confirming_bank:
            return self.even + len(self.followed)
        return len(self.accepted)

    def undertaking(self, bank: int) -> Issuance:
        """What binds a bank: of the amendments since it fell behind, those it follows."""
        if not self.diverged or bank != self.origin.confirming_bank:
            return self.terms
        before = [each.amendment for each in self.accepted[: self.even]]
        own = [each.amendment for each in self.accepted[self.even :] if each.extended]
        base = amended(self.origin, before)
        texts = base.terms
        for each in self.followed:
            texts = joined(texts, each.amendment.terms)
        return amended(base, own)._replace(terms=texts)

    def left(self, bank: int) -> int:
        return max(0, ceiling_of(self.undertaking(bank)) - self.drawn)

    def least(self, bank: int) -> int:
        return least_of(self.undertaking(bank))

    def confirms(self, bank: int) -> bool:
        return self.confirmed and bank == self.origin.confirming_bank

    def binds(self, bank: int) -> bool:
        """Whether silence makes the bank a debtor."""
        return bank == self.bank or self.confirms(bank)

    def negotiates(self, bank: int) -> bool:
        terms = self.origin
        if bank == self.bank:
            return False
        there = terms.any_bank or terms.nominated_bank in (0, bank)
        return not self.confirms(bank) or there

    @property
    def beneficiary_bank(self) -> int:
        return self.origin.advising_bank or self.origin.nominated_bank

    @property
    def principal(self) -> int:
        """Who gives mandates: the beneficiary, or the bank of one who is no member."""
        return self.origin.beneficiary or self.beneficiary_bank

    def follow(self) -> None:
        """Once the confirming bank follows every amendment it is bound by what is in force."""
        if not self.diverged:
            self.even, self.followed = len(self.accepted), []


@dataclass
class Letters:
    """All credits, by their numbers."""

    time: int
    # By the number under which a calendar is on the chain.
    calendars: dict[int, BankingCalendar]
    # The name under which the contract is deployed.
    contract: str = "LetterOfCredit"
    credits: dict[bytes, Credit] = field(default_factory=dict)
    suspended: set[int] = field(default_factory=set)

    # Issue

    def issue(self, member: int, terms: Issuance) -> list[Event]:
        return [self._told_whole("CreditIssued", *self._begin(member, terms, C.ISSUED))]

    def pre_advise(self, member: int, terms: Issuance) -> list[Event]:
        return [self._told_whole("CreditPreAdvised", *self._begin(member, terms, C.PRE_ADVISED))]

    def issue_batch(self, member: int, batch: list[Issuance]) -> list[Event]:
        if not batch:
            raise RefusedError("EmptyBatch")
        before = dict(self.credits)
        try:
            return [event for terms in batch for event in self.issue(member, terms)]
        except RefusedError:
            self.credits = before
            raise

    def issue_pre_advised(self, member: int, terms: Issuance) -> list[Event]:
        self._has_role(member, Role.ISSUE)
        number = credit_id(member, terms.reference)
        credit = self.credit(number)
        self._stands(number, credit, C.PRE_ADVISED)
        self._is_sound(terms)
        self._has_tenor(terms)
        said = credit.origin
        for name, term in (
            ("beneficiary", PreAdvisedTerm.BENEFICIARY),
            ("advising_bank", PreAdvisedTerm.ADVISING_BANK),
            ("currency", PreAdvisedTerm.CURRENCY),
            ("availability", PreAdvisedTerm.AVAILABILITY),
        ):
            if getattr(terms, name) != getattr(said, name):
                raise RefusedError("ContradictsPreAdvice", number, term)
        if terms.amount < said.amount:
            raise RefusedError("ContradictsPreAdvice", number, PreAdvisedTerm.AMOUNT)
        if terms.expiry < said.expiry:
            raise RefusedError("ContradictsPreAdvice", number, PreAdvisedTerm.EXPIRY)
        if terms[1:8] != said[1:8] or self._widens(said, terms):
            self._trades(member, terms[1:8])
        self.credits[number] = Credit(member, terms, mandates=credit.mandates)
        return [self._told_whole("CreditIssued", number, member, terms)]

    # Advice and confirmation

    def advise(self, member: int, number: bytes, authentic: bool) -> list[Event]:
        credit = self._advisable(member, number)
        credit.advised.add(member)
        credit.advice_declined.discard(member)
        return [
            self._told("CreditAdvised", number, advisingBank=member, apparentlyAuthentic=authentic)
        ]

    def decline_advice(self, member: int, number: bytes) -> list[Event]:
        credit = self._advisable(member, number)
        if member in credit.advice_declined:
            raise RefusedError("AdviceDeclinedAlready", number, member)
        credit.advice_declined.add(member)
        return [self._told("AdviceDeclined", number, advisingBank=member)]

    def request(self, member: int, number: bytes, bank: int) -> list[Event]:
        self._has_role(member, Role.ISSUE)
        self._trades(member, (bank,))
        credit = self._own(member, number)
        self._stands(number, credit, C.ISSUED)
        named = credit.origin.confirming_bank
        if credit.confirmed:
            raise RefusedError("ConfirmedAlready", number, named)
        if named not in (0, member) and not credit.confirmation_declined:
            raise RefusedError("ConfirmationPending", number, named)
        if bank in (0, member):
            raise RefusedError("NotConfirmingBank", number, bank)
        credit.origin = credit.origin._replace(confirming_bank=bank)
        credit.confirmation_declined = False
        return [self._told("ConfirmationRequested", number, confirmingBank=bank)]

    def confirm(self, member: int, number: bytes) -> list[Event]:
        self._has_role(member, Role.ISSUE)
        self._trades(member)
        credit = self._asked(member, number)
        credit.confirmed = True
        # It confirms the credit as amended.
        for each in credit.accepted:
            each.extended = True
        credit.even = len(credit.accepted)
        return [self._told("CreditConfirmed", number, confirmingBank=member)]

    def decline_confirmation(self, member: int, number: bytes) -> list[Event]:
        self._has_role(member, Role.ISSUE)
        self._asked(member, number).confirmation_declined = True
        return [self._told("ConfirmationDeclined", number, confirmingBank=member)]

    # Amendments

    def amend(self, member: int, number: bytes, amendment: Amendment) -> list[Event]:
        self._has_role(member, Role.ISSUE)
        credit = self._own(member, number)
        if not (amendment.cancels and credit.state == C.PRE_ADVISED):
            self._stands(number, credit, C.ISSUED)
        expected = len(credit.proposals) + 1
        if amendment.number != expected:
            raise RefusedError("AmendmentOutOfOrder", number, amendment.number, expected)
        self._is_sound_amendment(number, amendment)
        if self._widens(credit.terms, self._fits(credit.terms, [amendment])):
            self._trades(member)
        credit.proposals.append(Proposal(amendment))
        return [self._told("AmendmentIssued", number, number=amendment.number, amendment=amendment)]

    def extend(self, member: int, number: bytes, place: int) -> list[Event]:
        credit, proposal = self._extendable(member, number, place)
        own = credit.undertaking(member)
        if self._widens(own, self._fits(own, [proposal.amendment])):
            self._trades(member)
        proposal.extended, proposal.extension_declined = True, False
        if proposal.amendment.cancels:
            told = [self._agreed(number, place, member, bytes(32))]
            return told + self._cancel_if_agreed(number, place)
        if proposal.state == A.ACCEPTED:
            credit.followed.append(proposal)
            credit.follow()
        return [self._told("ConfirmationExtended", number, number=place, diverged=credit.diverged)]

    def decline_extension(self, member: int, number: bytes, place: int) -> list[Event]:
        _, proposal = self._extendable(member, number, place)
        if proposal.extension_declined:
            raise RefusedError("ExtensionDeclinedAlready", number, place)
        proposal.extension_declined = True
        return [self._told("ExtensionDeclined", number, number=place)]

    def accept(self, member: int, number: bytes, place: int, mandate: bytes) -> list[Event]:
        credit, proposal = self._answerable(member, number, place, mandate)
        if not proposal.amendment.cancels:
            return [self._accepted(number, credit, place, member, mandate)]
        proposal.state = A.ACCEPTED
        told = [self._agreed(number, place, member, mandate)]
        return told + self._cancel_if_agreed(number, place)

    def reject(self, member: int, number: bytes, place: int, mandate: bytes) -> list[Event]:
        _, proposal = self._answerable(member, number, place, mandate)
        proposal.state = A.REJECTED
        return [
            self._told(
                "AmendmentRejected", number, number=place, rejectedBy=member, mandate=mandate
            )
        ]

    def accept_by_presentation(
        self, number: bytes, places: Sequence[int], named: Sequence[int], carried: bool
    ) -> list[Event]:
        """Accepts all of these, lowest first, or none."""
        credit = copy.deepcopy(self.credit(number))
        self._stands(number, credit, C.ISSUED)
        told = []
        for place in sorted(places):
            proposal = self._proposal(number, credit, place)
            self._pends(number, place, proposal)
            if proposal.amendment.cancels:
                raise RefusedError("ConsentNotExpress", number, place)
            if place not in named:
                self._takes_nothing(number, credit, place, carried)
            told.append(self._accepted(number, credit, place, 0, bytes(32)))
        self.credits[number] = credit
        return told

    # Stays and drawings

    def stay(self, member: int, number: bytes, until: int, order: bytes) -> list[Event]:
        self._has_role(member, Role.COURT)
        credit = self.credit(number)
        if member in (credit.bank, *credit.origin[1:8]):
            raise RefusedError("PartyCannotStay", number, member)
        self._stands(number, credit, C.ISSUED)
        if self.time <= credit.stayed_until and credit.stayed_by != member:
            raise RefusedError("StayedByAnother", number, credit.stayed_by, credit.stayed_until)
        latest = self.time + LONGEST_STAY
        if not self.time < until <= latest:
            raise RefusedError("StayOutOfBounds", until, latest)
        credit.stayed_until, credit.stayed_by, credit.stayed = until, member, True
        return [self._told("PaymentStayed", number, authority=member, until=until, order=order)]

    def lift(self, member: int, number: bytes, order: bytes) -> list[Event]:
        self._has_role(member, Role.COURT)
        credit = self.credit(number)
        if self.time > credit.stayed_until:
            raise RefusedError("NotStayed", number)
        if credit.stayed_by != member:
            raise RefusedError("StayedByAnother", number, credit.stayed_by, credit.stayed_until)
        credit.stayed_until, credit.stayed_by, credit.stayed = 0, 0, False
        return [self._told("StayLifted", number, authority=member, order=order)]

    def draw(self, number: bytes, bank: int, demanded: int) -> list[Event]:
        credit = self._drawable(number)
        left = credit.left(bank)
        if demanded > left:
            raise RefusedError("Overdrawn", number, demanded, left)
        credit.drawn += demanded
        return []

    def draw_up_to(self, number: bytes, bank: int, demanded: int) -> list[Event]:
        credit = self._drawable(number)
        amount = min(demanded, credit.left(bank))
        if not amount:
            raise RefusedError("NothingToDraw", number)
        credit.drawn += amount
        return []

    # What is on record

    def credit(self, number: bytes) -> Credit:
        if number not in self.credits:
            raise RefusedError("UnknownCredit", number)
        return self.credits[number]

    def state(self, number: bytes) -> Any:
        """Where a credit stands now."""
        credit = self.credits[number]
        if credit.state != C.ISSUED:
            return credit.state
        terms = credit.terms
        bank = credit.bank if terms.any_bank else terms.nominated_bank or credit.bank
        calendar = self.calendars[KINDS[bank][1]]
        receipt, *_ = library_clock(calendar, self.time, 1)
        if not receipt:
            return C.ISSUED
        if terms.switches & Switch.NO_EXTENSION:
            return C.EXPIRED if receipt > terms.expiry else C.ISSUED
        late = is_late(day_of(receipt), None, None, day_of(terms.expiry), calendar)
        return C.EXPIRED if late else C.ISSUED

    def amendment_state(self, number: bytes, place: int) -> Any:
        credit = self.credits[number]
        state = credit.proposals[place - 1].state
        lapses = state == A.PENDING and credit.state == C.CANCELLED
        return A.LAPSED if lapses else state

    # Rules

    def _has_role(self, member: int, role: Any) -> None:
        if not open_roles(KINDS[member][0]) & role:
            raise RefusedError("MissingRole", desk(member), member, int(role))

    def _trades(self, member: int, parties: Sequence[int] = ()) -> None:
        """New business of the member, with these parties; the last in the word is named first."""
        if member in self.suspended:
            raise RefusedError("NewBusinessClosed", member, 0)
        for party in reversed(parties):
            if party and (party in self.suspended or party > MEMBERS):
                raise RefusedError("PartyNotActive", party)

    def _begin(self, member: int, terms: Issuance, state: Any) -> tuple[bytes, int, Issuance]:
        self._has_role(member, Role.ISSUE)
        self._trades(member, terms[1:8])
        self._is_sound(terms)
        number = credit_id(member, terms.reference)
        if number in self.credits:
            raise RefusedError("CreditExists", number)
        if state == C.ISSUED:
            self._has_tenor(terms)
        self.credits[number] = Credit(member, terms, state)
        return number, member, terms

    def _is_sound(self, terms: Issuance) -> None:
        if terms.amount == 0:
            raise RefusedError("BadAmount", terms.amount, terms.plus_tolerance)
        if not 0 < terms.currency < 1_000:
            raise RefusedError("BadCurrency", terms.currency)
        self._lies_ahead(terms.expiry)
        if terms.availability == Availability.NONE:
            raise RefusedError("AvailabilityNotCarried", terms.availability)

    def _has_tenor(self, terms: Issuance) -> None:
        # Mixed payment needs a schedule.
        if terms.availability == Availability.MIXED:
            raise RefusedError("AvailabilityNotCarried", terms.availability)
        usance = terms.tenor > 0 and terms.tenor_from != MaturityFrom.NONE
        at_sight = terms.tenor == 0 and terms.tenor_from == MaturityFrom.NONE
        allowed = {
            Availability.SIGHT_PAYMENT: at_sight,
            Availability.NEGOTIATION: at_sight or usance,
        }
        if not allowed.get(terms.availability, usance):
            raise RefusedError("BadTenor", terms.availability, terms.tenor, terms.tenor_from)

    def _lies_ahead(self, expiry: int) -> None:
        # The day is over where it ends last, twelve hours after it ends in UTC.
        if self.time >= (expiry + 1) * DAY + DAY // 2:
            raise RefusedError("ExpiryPassed", expiry, self.time)

    def _is_sound_amendment(self, number: bytes, amendment: Amendment) -> None:
        if amendment.expiry:
            self._lies_ahead(amendment.expiry)
        changes = any(amendment[2:9])
        if (amendment.increase and amendment.decrease) or (amendment.cancels and changes):
            raise RefusedError("ContradictoryAmendment", number, amendment.number)

    def _fits(self, terms: Issuance, amendments: Sequence[Amendment]) -> Issuance:
        """The terms as amended; raises where they cannot be counted."""
        result = amended(terms, amendments)
        if ceiling_of(result) > MOST:
            raise RefusedError("BadAmendedAmount", result.amount, result.plus_tolerance)
        return result

    def _widens(self, before: Issuance, terms: Issuance) -> bool:
        return ceiling_of(terms) > ceiling_of(before) or terms.expiry > before.expiry

    def _stands(self, number: bytes, credit: Credit, expected: Any) -> None:
        if credit.state != expected:
            raise RefusedError("WrongCreditState", number, credit.state, expected)

    def _drawable(self, number: bytes) -> Credit:
        credit = self.credit(number)
        if credit.state != C.CANCELLED:
            self._stands(number, credit, C.ISSUED)
        return credit

    def _own(self, member: int, number: bytes) -> Credit:
        credit = self.credit(number)
        if member != credit.bank:
            raise RefusedError("NotIssuingBank", number, member)
        return credit

    def _advisable(self, member: int, number: bytes) -> Credit:
        self._has_role(member, Role.ADVISE)
        credit = self.credit(number)
        named = {credit.origin.advising_bank}
        # The second advising bank follows the first.
        if credit.origin.advising_bank in credit.advised:
            named.add(credit.origin.second_advising_bank)
        if member not in named:
            raise RefusedError("NotAdvisingBank", number, member)
        self._stands(number, credit, C.ISSUED)
        if member in credit.advised:
            raise RefusedError("AdvisedAlready", number, member)
        return credit

    def _asked(self, member: int, number: bytes) -> Credit:
        credit = self.credit(number)
        if member != credit.origin.confirming_bank or member == credit.bank:
            raise RefusedError("NotConfirmingBank", number, member)
        self._stands(number, credit, C.ISSUED)
        if credit.confirmed:
            raise RefusedError("ConfirmedAlready", number, member)
        if credit.confirmation_declined:
            raise RefusedError("ConfirmationDeclinedAlready", number, member)
        return credit

    def _proposal(self, number: bytes, credit: Credit, place: int) -> Proposal:
        if not 1 <= place <= len(credit.proposals):
            raise RefusedError("UnknownAmendment", number, place)
        return credit.proposals[place - 1]

    def _pends(self, number: bytes, place: int, proposal: Proposal) -> None:
        if proposal.state != A.PENDING:
            raise RefusedError("WrongAmendmentState", number, place, proposal.state, A.PENDING)

    def _takes_nothing(self, number: bytes, credit: Credit, place: int, carried: bool) -> None:
        """An amendment that nobody named takes nothing, or gives what documents need."""
        proposal = self._proposal(number, credit, place)
        before, after = credit.terms, self._fits(credit.terms, [proposal.amendment])
        if loses(before, after) and (carried or not loses(after, before)):
            raise RefusedError("AmendmentNotNamed", number, place)

    def _answerable(
        self, member: int, number: bytes, place: int, mandate: bytes
    ) -> tuple[Credit, Proposal]:
        self._has_role(member, Role.ACCEPT)
        credit = self.credit(number)
        proposal = self._proposal(number, credit, place)
        if member != credit.principal:
            raise RefusedError("NotForBeneficiary", number, member)
        if not credit.origin.beneficiary and not any(mandate):
            raise RefusedError("MandateMissing", number, member)
        if credit.state != C.PRE_ADVISED:
            self._stands(number, credit, C.ISSUED)
        self._pends(number, place, proposal)
        return credit, proposal

    def _extendable(self, member: int, number: bytes, place: int) -> tuple[Credit, Proposal]:
        self._has_role(member, Role.ISSUE)
        credit = self.credit(number)
        proposal = self._proposal(number, credit, place)
        if member != credit.origin.confirming_bank or not credit.confirmed:
            raise RefusedError("NotConfirmingBank", number, member)
        self._stands(number, credit, C.ISSUED)
        if proposal.state == A.REJECTED:
            raise RefusedError("WrongAmendmentState", number, place, A.REJECTED, A.PENDING)
        if proposal.extended:
            raise RefusedError("ExtendedAlready", number, place)
        return credit, proposal

    def _accepted(
        self, number: bytes, credit: Credit, place: int, member: int, mandate: bytes
    ) -> Event:
        proposal = self._proposal(number, credit, place)
        before, terms = credit.terms, self._fits(credit.terms, [proposal.amendment])
        if terms.amount == 0:
            raise RefusedError("BadAmendedAmount", 0, terms.plus_tolerance)
        ceiling = ceiling_of(terms)
        if ceiling < ceiling_of(before) and ceiling < credit.drawn:
            raise RefusedError("BelowDrawings", number, ceiling, credit.drawn)
        # Whoever confirms later confirms the credit as amended.
        proposal.extended |= not credit.confirmed
        credit.accepted.append(proposal)
        if proposal.extended:
            credit.followed.append(proposal)
        proposal.state, proposal.version = A.ACCEPTED, len(credit.accepted)
        credit.follow()
        return self._told(
            "AmendmentAccepted",
            number,
            number=place,
            acceptedBy=member,
            version=proposal.version,
            terms=credit.terms.terms,
            diverged=credit.diverged,
            mandate=mandate,
        )

    def _cancel_if_agreed(self, number: bytes, place: int) -> list[Event]:
        """Cancels a credit once the beneficiary and a bank that confirmed have agreed."""
        credit = self.credits[number]
        proposal = credit.proposals[place - 1]
        if proposal.state != A.ACCEPTED or (credit.confirmed and not proposal.extended):
            return []
        credit.state = C.CANCELLED
        return [self._told("CreditCancelled", number)]

    # Events

    def _told(self, name: str, credit: bytes, /, **fields: Any) -> Event:
        return event(self.contract, name, creditId=credit, **fields)

    def _told_whole(self, name: str, number: bytes, bank: int, terms: Issuance) -> Event:
        return self._told(
            name, number, issuingBank=bank, beneficiary=terms.beneficiary, issuance=terms
        )

    def _agreed(self, number: bytes, place: int, member: int, mandate: bytes) -> Event:
        return self._told(
            "CancellationAgreed", number, number=place, agreedBy=member, mandate=mandate
        )
