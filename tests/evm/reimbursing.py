# SPDX-License-Identifier: Apache-2.0
"""Credits under which a third bank reimburses, brought to where a claim can be made, and further.

The issuing bank is ISSUER, the bank that honours and claims CLAIMANT, the one that pays REIMBURSER.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eth_utils import keccak
from suite import Event, event
from vocabulary import (
    Availability,
    ClaimDisposal,
    ClaimMark,
    ClaimReason,
    Disposal,
    MaturityFrom,
    ObligationKind,
    ObligationState,
)
from world import (
    ADVISER,
    BENEFICIARY,
    CASH,
    CENTRAL,
    CNY,
    DAY,
    EMPTY,
    ISSUER,
    KEEPER,
    OTHER,
    REMOTE,
    PresentationKey,
    Receipt,
    World,
    desk,
    documents_act,
    obligation_id,
)

from yangshan.alliance.calendar_words import day_of
from yangshan.alliance.places import build
from yangshan.credit.reimbursement_rules import answer_deadline, is_early

if TYPE_CHECKING:
    from yangshan.alliance.calendars import BankingCalendar

CLAIMANT: Final = OTHER
REIMBURSER: Final = ADVISER
AMOUNT: Final = 1_000
TENOR: Final = 60
MESSAGE: Final = keccak(text="message")
CALENDAR: Final = build("CNSHA", 2024, 2026)
FUNDS: Final = 100_000
CHARGES: Final = 7


class Terms(NamedTuple):
    """The struct of IReimbursements; the defaults let any bank claim the whole credit."""

    amount: int = AMOUNT
    claiming_bank: int = 0
    expiry: int = 0
    pre_debit_days: int = 0
    urr: bool = True
    undertaking_asked: bool = False
    claimant_bears_charges: bool = False
    freely_amendable: bool = False


UNDERTAKING: Final = Terms(claiming_bank=CLAIMANT, undertaking_asked=True)


class Request(NamedTuple):
    """The struct of IReimbursements."""

    key: PresentationKey
    forwarded_number: int = 1
    number: int = 1
    slice: int = 0
    amount: int = AMOUNT
    message: bytes = MESSAGE

    @property
    def id(self) -> bytes:
        return claim_id(self.key.id, self.number)


def claim_id(presentation: bytes, number: int) -> bytes:
    return keccak(presentation + number.to_bytes(32, "big"))


def moment(time: int) -> datetime:
    return datetime.fromtimestamp(time, UTC)


@dataclass
class Scene:
    """A drawing that the claiming bank honoured and forwarded, or is about to."""

    world: World
    terms: Terms = field(default_factory=Terms)
    usance: bool = False
    reimburser: int = REIMBURSER
    changes: dict[str, Any] = field(default_factory=dict)
    # When the claim was made.
    received: int = 0
    calendar: BankingCalendar = CALENDAR

    @cached_property
    def credit(self) -> bytes:
        usance = {
            "availability": int(Availability.DEFERRED_PAYMENT),
            "tenor": TENOR,
            "tenor_from": int(MaturityFrom.SIGHT),
        }
        fields = {
            "nominated_bank": CLAIMANT,
            "reimbursing_bank": self.reimburser,
            "amount": AMOUNT,
            **(usance if self.usance else {}),
        }
        return self.world.issue(**fields | self.changes)

    @cached_property
    def key(self) -> PresentationKey:
        """The presentation to the claiming bank."""
        return PresentationKey(self.credit, CLAIMANT, BENEFICIARY, 1)

    @property
    def onward(self) -> PresentationKey:
        """The presentation to the issuing bank."""
        return PresentationKey(self.credit, ISSUER, CLAIMANT, 1)

    @property
    def request(self) -> Request:
        return Request(self.key)

    @property
    def id(self) -> bytes:
        return self.request.id

    @property
    def own(self) -> bytes:
        """What the claiming bank owes."""
        return obligation_id(self.key.id, CLAIMANT, BENEFICIARY)

    @property
    def direct(self) -> bytes:
        """What the issuing bank owes the claiming bank."""
        return obligation_id(self.onward.id, ISSUER, CLAIMANT)

    @property
    def owed(self) -> bytes:
        """What the reimbursing bank owes the claiming bank."""
        return obligation_id(self.id, self.reimburser, CLAIMANT)

    @property
    def recourse(self) -> bytes:
        return obligation_id(self.id, ISSUER, self.reimburser)

    @property
    def refund(self) -> bytes:
        return obligation_id(self.id, CLAIMANT, ISSUER)

    def charged(self, debtor: int, owner: int) -> bytes:
        source = keccak(self.id + int(ObligationKind.CHARGES).to_bytes(32, "big"))
        return obligation_id(source, debtor, owner)

    @property
    def due(self) -> int:
        """The due date of the claim as a day, 0 at sight."""
        maturity: int = self.obligation(self.own).maturity
        return maturity // DAY if self.usance else 0

    @property
    def deadline(self) -> int:
        """The last second for an answer to the claim."""
        days = self.terms.pre_debit_days
        found = answer_deadline(moment(self.received), self.calendar, pre_debit_days=days)
        return int(found.timestamp())

    @property
    def marks(self) -> int:
        early = self.due and is_early(moment(self.received), day_of(self.due), self.calendar)
        return int(ClaimMark.EARLY) if early else 0

    def obligation(self, number: bytes) -> Any:
        return self.world.view("PaymentObligations.obligation", number)

    def record(self) -> Any:
        """The claim and all that follows from it."""
        numbers = (self.own, self.direct, self.owed, self.recourse, self.refund)
        return (
            self.world.view("Reimbursements.claimRecord", self.id),
            self.world.view("Reimbursements.authorisationOf", self.credit),
            self.world.view("Reimbursements.proposalOf", self.credit),
            self.world.view("Reimbursements.lastClaimOf", self.key.id),
            *(self.obligation(number) for number in numbers),
            *(self.world.view("PaymentObligations.pairedWith", number) for number in numbers),
        )

    def state(self) -> int:
        found: int = self.world.view("Reimbursements.stateOf", self.id)
        return found

    # What leads to a claim

    def send(self, member: int, function: str, *args: Any) -> Receipt:
        return self.world.send(desk(member), f"Reimbursements.{function}", *args)

    def document(self, member: int, function: str, *args: Any) -> Receipt:
        return self.world.send(desk(member), documents_act(function), *args)

    def pay(self, member: int, number: bytes) -> Receipt:
        return self.world.send(desk(member), "PaymentObligations.pay", number)

    def settle(self, member: int, number: bytes) -> Receipt:
        return self.world.send(desk(member), "PaymentObligations.settleByCounterpart", number)

    def fund(self) -> Scene:
        for member in (ISSUER, CLAIMANT, self.reimburser):
            reference = keccak(self.credit + bytes([member]))
            self.world.send(desk(CENTRAL), f"{CASH}.mint", member, FUNDS, reference)
        return self

    def authorised(self) -> Scene:
        self.send(ISSUER, "authorise", self.credit, self.terms, MESSAGE)
        return self

    def undertaken(self) -> Scene:
        self.send(self.reimburser, "undertake", self.credit, self.terms)
        return self

    def honoured(self) -> Scene:
        """The claiming bank found the documents complying, paid at sight, and sent them on."""
        self.world.lodge(self.credit, examiner=CLAIMANT, amount=AMOUNT)
        self.document(CLAIMANT, "findComplying", self.key)
        if not self.usance:
            self.pay(CLAIMANT, self.own)
        return self.forwarded()

    def forwarded(self) -> Scene:
        self.document(CLAIMANT, "forward", self.key, ISSUER, 1, MESSAGE)
        return self

    def found_complying(self) -> Scene:
        """So did the issuing bank."""
        self.document(ISSUER, "findComplying", self.onward)
        return self

    def refused(self) -> Scene:
        self.document(ISSUER, "refuse", self.onward, 2, int(Disposal.RETURN), MESSAGE)
        return self

    def ready(self) -> Scene:
        """All that a claim takes."""
        return self.fund().authorised().honoured()

    def at(self, time: int) -> Scene:
        self.world.at(time)
        return self

    def published(self) -> Scene:
        """The calendar of REMOTE, which had no day: every day is open, from nine to five in UTC."""
        begin = self.world.time // DAY // 192 - 1
        for span in range(begin, begin + 4):
            hours = 540 << 200 | 1020 << 211 | 192 << 238 | 192 << 246
            word = (1 << 192) - 1 | 192 << 192 | hours
            self.world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)
        return self

    # The acts, each by its right caller unless another is named.

    def claim(self, by: int = CLAIMANT, number: int = 1, **changes: Any) -> Receipt:
        request = self.request._replace(number=number, **changes)
        made = self.send(by, "claim", request)
        self.received = self.world.time
        return made

    def fix(self, by: int = CLAIMANT) -> Receipt:
        return self.send(by, "fixClaimDeadline", self.id)

    def notice(self, by: int | None = None) -> Receipt:
        return self.send(by or self.reimburser, "givePreDebitNotice", self.id, MESSAGE)

    def honour(self, by: int | None = None) -> Receipt:
        return self.send(by or self.reimburser, "honourClaim", self.id)

    def refuse(self, by: int | None = None, reasons: int = int(ClaimReason.DIFFERS)) -> Receipt:
        disposal = int(ClaimDisposal.HELD)
        return self.send(by or self.reimburser, "refuseClaim", self.id, reasons, disposal, MESSAGE)

    def hold(self, by: int = CLAIMANT) -> Receipt:
        """To its undertaking."""
        return self.send(by, "claimUndertaking", self.id)

    def notify(self, by: int = CLAIMANT) -> Receipt:
        return self.send(by, "notifyNonPayment", self.id, MESSAGE)

    def fall_back(self, by: int = CLAIMANT) -> Receipt:
        return self.send(by, "fallBack", self.id, CHARGES, MESSAGE)

    def take_recourse(self, by: int | None = None) -> Receipt:
        return self.send(by or self.reimburser, "claimRecourse", self.id)

    def claim_refund(self, by: int = ISSUER) -> Receipt:
        return self.send(by, "claimRefund", self.id, CHARGES, MESSAGE)

    def acknowledge(self, by: int = ISSUER) -> Receipt:
        return self.send(by, "acknowledgeCharges", self.id)

    # What is told

    def incurred(
        self,
        number: bytes,
        source: bytes,
        between: tuple[int, int],
        kind: Any,
        amount: int = AMOUNT,
        due: int = 0,
    ) -> Event:
        debtor, owner = between
        return event(
            "PaymentObligations",
            "ObligationIncurred",
            obligationId=number,
            presentationId=source,
            debtor=debtor,
            owner=owner,
            amount=amount,
            currency=CNY.number,
            maturity=due * DAY or self.world.time,
            state=ObligationState.INCURRED if due else ObligationState.DUE,
            kind=kind,
        )

    def paired(self, paired: bool) -> Event:
        return event(
            "PaymentObligations",
            "ObligationsPaired",
            first=self.direct,
            second=self.owed,
            paired=paired,
        )


def undated(world: World) -> Scene:
    """A claim on a bank whose calendar was not published, and is now."""
    scene = Scene(world, reimburser=REMOTE).ready()
    scene.claim()
    scene.calendar = build("CNSHA", 2024, 2026)
    return scene.published()
