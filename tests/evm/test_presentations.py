# SPDX-License-Identifier: Apache-2.0
"""The machine of presentations: every state, act and caller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from eth_utils import keccak
from machine import Becomes, Cell, Machine, Refuses
from suite import Event, error, event
from vocabulary import (
    Disposal,
    ObligationKind,
    ObligationState,
    PresentationState,
    PresenterInstruction,
    RecordFormat,
    Role,
    Switch,
    open_roles,
)
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CNY,
    DAY,
    EMPTY,
    FRANKFURT,
    ISSUER,
    KEEPER,
    KINDS,
    OTHER,
    OUTSIDER,
    REMOTE,
    START,
    Lodging,
    PresentationKey,
    Receipt,
    World,
    credit_id,
    desk,
    documents_act,
    instant,
    obligation_id,
    reverts,
)

from yangshan.alliance.places import build

if TYPE_CHECKING:
    from collections.abc import Callable

P = PresentationState
NONE, LODGED, COMPLYING, REFUSED, PRECLUDED, CLAIMED, WAIVED, RETURN_DUE, RETURNED, *OTHERS = P
FORWARDED, SUSPENDED, RELEASED, DISPOSED = OTHERS

# A Monday. The fifth banking day after it is the next Monday.
RECEIVED = instant("2025-09-01T10:00:00+08:00")
DEADLINE = instant("2025-09-08T17:00:00+08:00")
ACT = RECEIVED + 3_600
# A second after the close of the same day, and the deadline of the next.
EVENING = instant("2025-09-01T17:00:01+08:00")
NEXT_DEADLINE = instant("2025-09-09T17:00:00+08:00")
# The Monday is over everywhere.
UNPAID = instant("2025-09-02T12:00:00")
AMOUNT = 128_000_000
REASONS = 1 << 24 | 1
# Whatever is committed to.
TEXT = keccak(text="text")
DOCUMENTS = keccak(text="documents")
NOMINATED, CONFIRMING = OTHER, ADVISER
# Who tries each act: the three banks of the credit, another, the presenter and a stranger.
CALLERS = (ISSUER, NOMINATED, CONFIRMING, FRANKFURT, BENEFICIARY, APPLICANT, AUTHORITY)


@dataclass
class Scene:
    """One presentation of the beneficiary's for the whole amount, to one bank of the credit."""

    world: World
    bank: int = ISSUER
    issuer: int = ISSUER
    disposal: Any = Disposal.RETURN

    @property
    def credit(self) -> bytes:
        return credit_id(self.issuer, b"LC2025-0001".ljust(16, b"\0"))

    @property
    def key(self) -> PresentationKey:
        return PresentationKey(self.credit, self.bank, BENEFICIARY, 1)

    @property
    def onward(self) -> PresentationKey:
        return PresentationKey(self.credit, self.issuer, self.bank, 1)

    @property
    def id(self) -> bytes:
        return self.key.id

    @property
    def obligation(self) -> bytes:
        return obligation_id(self.id, self.bank, BENEFICIARY)

    def send(self, member: int, function: str, *args: Any) -> Receipt:
        return self.world.send(desk(member), documents_act(function), *args)

    # The acts, each by its right caller unless another is named.

    def lodge(self, by: int = BENEFICIARY) -> Receipt:
        return self.send(by, "lodge", Lodging(self.key, AMOUNT, START // DAY, False, DOCUMENTS))

    def fix(self, by: int | None = None) -> Receipt:
        caller = OUTSIDER if by is None else desk(by)
        return self.world.send(caller, "Presentations.fixDeadline", self.key)

    def find(self, by: int | None = None) -> Receipt:
        return self.send(by or self.bank, "findComplying", self.key)

    def find_with(self, by: int | None = None) -> Receipt:
        return self.send(by or self.bank, "findComplyingWith", self.key, 0, False)

    def waive(self, by: int | None = None) -> Receipt:
        return self.send(by or self.bank, "acceptDiscrepancies", self.key, TEXT, False)

    def ask_waiver(self, by: int | None = None) -> Receipt:
        return self.send(by or self.bank, "askForWaiver", self.key, TEXT)

    def ask_authority(self, by: int | None = None) -> Receipt:
        return self.send(by or self.bank, "askForAuthority", self.key, TEXT)

    def refuse(self, by: int | None = None) -> Receipt:
        args = self.key, REASONS, int(self.disposal), TEXT
        return self.send(by or self.bank, "refuse", *args)

    def instruct(self, instruction: Any, by: int = BENEFICIARY) -> Receipt:
        return self.send(by, "instruct", self.key, int(instruction), TEXT)

    def beforehand(self, by: int = BENEFICIARY) -> Receipt:
        return self.instruct(PresenterInstruction.BEFOREHAND, by)

    def take_up(self, by: int = BENEFICIARY) -> Receipt:
        return self.instruct(PresenterInstruction.TAKE_UP, by)

    def ask_return(self, by: int = BENEFICIARY) -> Receipt:
        return self.instruct(PresenterInstruction.RETURN, by)

    def ask_release(self, by: int = BENEFICIARY) -> Receipt:
        return self.instruct(PresenterInstruction.RELEASE, by)

    def release(self, by: int | None = None) -> Receipt:
        return self.send(by or self.bank, "releaseToApplicant", self.key, TEXT)

    def breach(self, by: int | None = None) -> Receipt:
        return self.send(by or self.bank, "stateBreach", self.key, TEXT)

    def rule(self, by: int = AUTHORITY) -> Receipt:
        return self.send(by, "findInBreach", self.key, TEXT)

    def return_(self, by: int | None = None) -> Receipt:
        return self.send(by or self.bank, "recordReturn", self.key, TEXT)

    def forward(self, by: int | None = None) -> Receipt:
        return self.send(by or self.bank, "forward", self.key, self.issuer, 1, TEXT)

    def claim(self, by: int = BENEFICIARY) -> Receipt:
        return self.send(by, "claimPrecluded", self.key)

    def name(self, by: int = BENEFICIARY) -> Receipt:
        return self.send(by, "nameAmendments", self.key, 0b110)

    def take_in(self, by: int | None = None) -> Receipt:
        return self.send(by or self.bank, "acceptOutOfHours", self.key)

    def turn(self, by: int = BENEFICIARY) -> Receipt:
        """To the bank behind, as one that is left unpaid."""
        return self.send(by, "presentUnpaid", self.key, self.issuer, 2, TEXT)

    @property
    def behind(self) -> PresentationKey:
        return PresentationKey(self.credit, self.issuer, BENEFICIARY, 2)

    def record(self) -> Any:
        return (
            *self.world.presentation(self.key),
            self.world.view("Presentations.amendmentsPresentedOn", self.id),
            self.world.view("Forwarding.forwardedAs", self.id),
        )

    def state(self) -> int:
        return self.world.state_of(self.key)


# Where a presentation can stand


def none(world: World, bank: int = ISSUER, issuer: int = ISSUER) -> Scene:
    credit = world.issue(issuer, nominated_bank=NOMINATED, confirming_bank=CONFIRMING)
    world.send(desk(CONFIRMING), "LetterOfCredit.confirm", credit)
    world.at(RECEIVED)
    return Scene(world, bank, issuer)


def lodged(world: World, bank: int = ISSUER) -> Scene:
    scene = none(world, bank)
    scene.lodge()
    world.at(ACT)
    return scene


def instructed(world: World) -> Scene:
    scene = lodged(world)
    scene.beforehand()
    scene.disposal = Disposal.PREVIOUS_INSTRUCTIONS
    return scene


def complying(world: World, bank: int = ISSUER) -> Scene:
    scene = lodged(world, bank)
    scene.find()
    return scene


def waived(world: World, bank: int = ISSUER) -> Scene:
    scene = lodged(world, bank)
    scene.waive()
    return scene


def refused(world: World, disposal: Any = Disposal.RETURN, bank: int = ISSUER) -> Scene:
    scene = lodged(world, bank)
    scene.disposal = disposal
    scene.refuse()
    return scene


def refused_by_instructions(world: World) -> Scene:
    scene = instructed(world)
    scene.refuse()
    return scene


def let(scene: Scene) -> Scene:
    """The presenter lets the bank take up the documents."""
    scene.take_up()
    return scene


def return_due(world: World) -> Scene:
    scene = refused(world, Disposal.NOTIFY)
    scene.ask_return()
    return scene


def returned(world: World) -> Scene:
    scene = refused(world, Disposal.HOLD)
    scene.return_()
    return scene


def over(world: World, bank: int = ISSUER) -> Scene:
    """The fifth banking day has closed."""
    scene = lodged(world, bank)
    world.at(DEADLINE + 1)
    return scene


def claimed(world: World, bank: int = ISSUER) -> Scene:
    scene = over(world, bank)
    scene.claim()
    return scene


def in_breach(world: World) -> Scene:
    scene = refused(world)
    scene.breach()
    return scene


def released(scene: Scene) -> Scene:
    """The bank recorded that the applicant has the documents."""
    scene.release()
    return scene


def let_go(world: World) -> Scene:
    """The presenter lets the applicant have refused documents."""
    scene = refused(world)
    scene.ask_release()
    return scene


def electronic(world: World, bank: int = ISSUER) -> Scene:
    """As lodged, of one electronic record."""
    switches = int(Switch.EUCP)
    credit = world.issue(nominated_bank=NOMINATED, confirming_bank=CONFIRMING, switches=switches)
    world.send(desk(CONFIRMING), "LetterOfCredit.confirm", credit)
    world.at(RECEIVED)
    scene = Scene(world, bank)
    for name, *more in (
        ("openPresentation",),
        ("addRecord", int(RecordFormat.PDF), TEXT, TEXT),
        ("completePresentation", AMOUNT, START // DAY, False, TEXT),
    ):
        world.send(desk(BENEFICIARY), f"ElectronicRecords.{name}", scene.key, *more)
    world.at(ACT)
    return scene


def suspended(world: World, bank: int = ISSUER) -> Scene:
    scene = electronic(world, bank)
    world.send(desk(bank), "ElectronicRecords.reportCorruption", scene.key, 1, TEXT)
    return scene


def disposed(world: World) -> Scene:
    scene = electronic(world)
    scene.disposal = Disposal.HOLD
    scene.refuse()
    world.at(ACT + 62 * DAY)
    world.send(desk(ISSUER), "ElectronicRecords.disposeRecords", scene.key, TEXT)
    return scene


def forwarded(scene: Scene) -> Scene:
    scene.forward()
    return scene


def undated(world: World) -> Scene:
    """The examining bank's calendar is not published."""
    scene = none(world, REMOTE, REMOTE)
    scene.lodge()
    world.at(ACT)
    return scene


def undated_complying(world: World) -> Scene:
    scene = undated(world)
    scene.find()
    return scene


def publish(world: World, first_span: int = 0) -> None:
    """Gives the calendar that has none the days of Shanghai."""
    for span, word in build("CNSHA", 2024, 2026).packed().items():
        if span >= first_span:
            world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)


def datable(world: World) -> Scene:
    """As undated, and the calendar is published since."""
    scene = undated(world)
    publish(world)
    return scene


def datable_refused(world: World) -> Scene:
    scene = undated(world)
    scene.refuse()
    publish(world)
    return scene


def out_of_hours(world: World) -> Scene:
    """A second after the close; the day of receipt is the Tuesday."""
    scene = none(world)
    world.at(EVENING)
    scene.lodge()
    return scene


def taken_in(world: World) -> Scene:
    scene = out_of_hours(world)
    scene.take_in()
    return scene


def unpaid(world: World, bank: int) -> Scene:
    """The bank found the documents complying, and its day to pay is over."""
    scene = complying(world, bank)
    world.at(UNPAID)
    return scene


def turned(scene: Scene) -> Scene:
    scene.turn()
    return scene


# What is told


def told(
    name: str, *fields: str, contract: str = "Presentations", **values: Any
) -> Callable[[Scene], Event]:
    """An event of presentations with the fields that most have, and further ones."""

    def make(s: Scene) -> Event:
        known = {"presentationId": s.id, "creditId": s.credit, "examiner": s.bank}
        made = {field: known[field] for field in fields}
        later = {key: value(s) if callable(value) else value for key, value in values.items()}
        return event(contract, name, **made, **later)

    return make


ALL_THREE = ("presentationId", "creditId", "examiner")


def documents_lodged(s: Scene) -> Event:
    return event(
        "Presentations",
        "DocumentsLodged",
        presentationId=s.id,
        creditId=s.credit,
        examiner=s.bank,
        lodging=(s.key, AMOUNT, START // DAY, False, DOCUMENTS),
        payee=BENEFICIARY,
        received=RECEIVED,
        deadline=DEADLINE,
        flags=0,
    )


def onward_lodged(honoured: bool) -> Callable[[Scene], Event]:
    """The presentation that a forwarding makes."""

    def make(s: Scene) -> Event:
        time = s.world.time
        # After the fifth banking day it is a Monday evening, received on Tuesday.
        late_start = time > DEADLINE
        return event(
            "Presentations",
            "DocumentsLodged",
            presentationId=s.onward.id,
            creditId=s.credit,
            examiner=s.issuer,
            lodging=(s.onward, AMOUNT, START // DAY, honoured, TEXT),
            payee=s.bank if honoured else BENEFICIARY,
            received=time,
            deadline=instant("2025-09-16T17:00:00+08:00") if late_start else DEADLINE,
            flags=0,
        )

    return make


def documents_forwarded(honoured: bool) -> Callable[[Scene], Event]:
    return lambda s: event(
        "Forwarding",
        "DocumentsForwarded",
        presentationId=s.id,
        forwardedId=s.onward.id,
        to=s.issuer,
        honoured=honoured,
        schedule=TEXT,
    )


def deadline_fixed(s: Scene) -> Event:
    return event("Presentations", "DeadlineFixed", presentationId=s.id, deadline=DEADLINE, flags=0)


found_complying = told(
    "FoundComplying", *ALL_THREE, amount=AMOUNT, version=0, obligationId=lambda s: s.obligation
)
discrepancies_accepted = told(
    "DiscrepanciesAccepted",
    *ALL_THREE,
    amount=AMOUNT,
    version=0,
    obligationId=lambda s: s.obligation,
    waiver=TEXT,
)
documents_refused = told(
    "DocumentsRefused",
    *ALL_THREE,
    discrepancies=REASONS,
    disposal=lambda s: int(s.disposal),
    notice=TEXT,
)
waiver_asked, authority_asked = (
    told(name, "presentationId", "examiner", contract="Forwarding", request=TEXT)
    for name in ("WaiverAsked", "AuthorityAsked")
)
documents_returned = told(
    "DocumentsReturned", "presentationId", "examiner", contract="Disposals", dispatch=TEXT
)
disposal_breached = told(
    "DisposalBreached",
    *ALL_THREE,
    contract="Disposals",
    recordedBy=lambda s: s.bank,
    evidence=TEXT,
)
breach_ruled = told(
    "DisposalBreached", *ALL_THREE, contract="Disposals", recordedBy=AUTHORITY, evidence=TEXT
)
rightly_released = told(
    "DocumentsReleased",
    "presentationId",
    "examiner",
    contract="Disposals",
    rightful=True,
    receipt=TEXT,
)
wrongly_released = told(
    "DocumentsReleased",
    "presentationId",
    "examiner",
    contract="Disposals",
    rightful=False,
    receipt=TEXT,
)
preclusion_claimed = told(
    "PreclusionClaimed",
    "presentationId",
    "creditId",
    claimant=BENEFICIARY,
    amount=AMOUNT,
    obligationId=lambda s: s.obligation,
)


def presenter_instructed(instruction: Any) -> Callable[[Scene], Event]:
    return told(
        "PresenterInstructed",
        "presentationId",
        contract="Disposals",
        presenter=BENEFICIARY,
        instruction=int(instruction),
        message=TEXT,
    )


def incurred(kind: Any) -> Callable[[Scene], Event]:
    return lambda s: event(
        "PaymentObligations",
        "ObligationIncurred",
        obligationId=s.obligation,
        presentationId=s.id,
        debtor=s.bank,
        owner=BENEFICIARY,
        amount=AMOUNT,
        currency=CNY.number,
        maturity=s.world.time,
        state=ObligationState.DUE,
        kind=kind,
    )


# What becomes of an act

amendments_named = told(
    "AmendmentsNamed", "presentationId", presenter=BENEFICIARY, amendments=0b110
)
accepted_out_of_hours = told(
    "AcceptedOutOfHours",
    "presentationId",
    receiptDay=RECEIVED // DAY,
    deadline=DEADLINE,
    flags=0,
)


def turned_to_the_bank_behind(s: Scene) -> tuple[Event, ...]:
    later = obligation_id(s.behind.id, s.issuer, BENEFICIARY)
    return (
        event(
            "Forwarding",
            "UnpaidDrawingTaken",
            presentationId=s.id,
            onwardId=s.behind.id,
            creditor=BENEFICIARY,
            documents=TEXT,
        ),
        event(
            "PaymentObligations",
            "ObligationFollowed",
            unpaid=s.obligation,
            later=later,
            creditor=BENEFICIARY,
        ),
        event(
            "Presentations",
            "DocumentsLodged",
            presentationId=s.behind.id,
            creditId=s.credit,
            examiner=s.issuer,
            lodging=(s.behind, AMOUNT, START // DAY, True, TEXT),
            payee=BENEFICIARY,
            received=UNPAID,
            # A Tuesday evening.
            deadline=instant("2025-09-10T17:00:00+08:00"),
            flags=0,
        ),
    )


UNKNOWN = Refuses[Scene](lambda s: error("UnknownPresentation", s.id))
IN_HOURS = Refuses[Scene](lambda s: error("ReceivedInHours", s.id, RECEIVED))
NOTHING_OWED = Refuses[Scene](lambda s: error("UnknownObligation", s.obligation))
NOT_OVERDUE = Refuses[Scene](lambda s: error("NotOverdue", s.obligation, ObligationState.DUE))
WITH_THE_BANK_BEHIND = Refuses[Scene](lambda s: error("ForwardedAlready", s.id, s.behind.id))
TURNS = Becomes[Scene](
    COMPLYING,
    tuple(lambda s, place=place: turned_to_the_bank_behind(s)[place] for place in range(3)),
)
EXISTS = Refuses[Scene](lambda s: error("PresentationExists", s.id))
UNPUBLISHED = Refuses[Scene](lambda s: error("CalendarNotPublished", EMPTY, RECEIVED // DAY))
COMPLIES = Becomes[Scene](COMPLYING, (incurred(ObligationKind.COMPLYING), found_complying))
WAIVES = Becomes[Scene](WAIVED, (incurred(ObligationKind.WAIVER), discrepancies_accepted))
REFUSES = Becomes[Scene](REFUSED, (documents_refused,))
CLAIMS = Becomes[Scene](CLAIMED, (incurred(ObligationKind.PRECLUSION), preclusion_claimed))
RETURNS = Becomes[Scene](RETURNED, (documents_returned,))
TOO_LATE = Refuses[Scene](lambda s: error("DeadlinePassed", s.id, DEADLINE, DEADLINE + 1))
NOT_BOUND = Refuses[Scene](lambda s: error("BankNotBound", s.id, s.bank))
NOT_ISSUING = Refuses[Scene](lambda s: error("NotIssuingBank", s.credit, s.bank))
NOBODY_BEHIND = Refuses[Scene](lambda s: error("NoBankBehind", s.id, s.bank))
WITH_THE_OTHER = Refuses[Scene](lambda s: error("ForwardedAlready", s.id, s.onward.id))
NOT_HELD = Refuses[Scene](lambda s: error("WaiverNotOpen", s.id, s.disposal))


def dated(deadline: int) -> Refuses[Scene]:
    return Refuses(lambda s: error("DeadlineFixedAlready", s.id, deadline))


DATED = dated(DEADLINE)


def not_precluded(deadline: int) -> Refuses[Scene]:
    return Refuses(lambda s: error("NotPrecluded", s.id, deadline, s.world.time))


def wrong(actual: Any, expected: Any) -> Refuses[Scene]:
    return Refuses(lambda s: error("WrongPresentationState", s.id, actual, expected))


def not_now(instruction: Any, actual: Any) -> Refuses[Scene]:
    return Refuses(lambda s: error("InstructionNotOpen", s.id, int(instruction), actual))


def told_to(instruction: Any, state: Any) -> Becomes[Scene]:
    return Becomes(state, (presenter_instructed(instruction),))


def sent_on(state: Any, *, honoured: bool) -> Becomes[Scene]:
    return Becomes(state, (documents_forwarded(honoured), onward_lodged(honoured)))


def releases(state: Any) -> Becomes[Scene]:
    return Becomes(state, (rightly_released,))


INSTRUCTIONS = {
    "beforehand": PresenterInstruction.BEFOREHAND,
    "take up": PresenterInstruction.TAKE_UP,
    "ask return": PresenterInstruction.RETURN,
    "ask release": PresenterInstruction.RELEASE,
}


def standing(state: Any, **open_: Cell[Scene]) -> dict[str, Cell[Scene]]:
    """What every act does in a state in which nothing is open but what is given."""
    is_owed = state in (COMPLYING, WAIVED, CLAIMED)
    row: dict[str, Cell[Scene]] = {
        "lodge": EXISTS,
        "fix": wrong(state, LODGED),
        "find": wrong(state, LODGED),
        "find with": wrong(state, LODGED),
        "waive": wrong(state, LODGED),
        "ask waiver": wrong(state, LODGED),
        "ask authority": NOBODY_BEHIND,
        "refuse": wrong(state, LODGED),
        **{name: not_now(each, state) for name, each in INSTRUCTIONS.items()},
        "return": wrong(state, REFUSED),
        "release": releases(state) if is_owed else wrong(state, COMPLYING),
        "breach": wrong(state, REFUSED),
        "rule": wrong(state, REFUSED),
        "forward": wrong(state, COMPLYING),
        "claim": wrong(state, LODGED),
        "name": wrong(state, LODGED),
        "take in": wrong(state, LODGED),
        "turn": NOT_OVERDUE if is_owed else NOTHING_OWED,
    }
    given = {name.replace("_", " "): cell for name, cell in open_.items()}
    assert given.keys() <= row.keys()
    return row | given


def at_another(state: Any, **open_: Cell[Scene]) -> dict[str, Cell[Scene]]:
    """The same at a bank that did not issue the credit."""
    usual: dict[str, Cell[Scene]] = {
        "ask_waiver": NOT_ISSUING,
        "ask_authority": wrong(state, LODGED),
    }
    return standing(state, **usual | open_)


def undecided(**open_: Cell[Scene]) -> dict[str, Cell[Scene]]:
    """What is open while the bank has its time."""
    usual: dict[str, Cell[Scene]] = {
        "fix": DATED,
        "find": COMPLIES,
        "find_with": COMPLIES,
        "waive": WAIVES,
        "refuse": REFUSES,
        "ask_waiver": Becomes(LODGED, (waiver_asked,)),
        "beforehand": told_to(PresenterInstruction.BEFOREHAND, LODGED),
        "claim": not_precluded(DEADLINE),
        "name": Becomes(LODGED, (amendments_named,)),
        "take_in": IN_HOURS,
    }
    return standing(LODGED, **usual | open_)


RELEASED_BEFORE = Refuses[Scene](lambda s: error("ReleasedAlready", s.id))
# What is open once a bank broke, or may break, what its notice says.
BREAKS: dict[str, Cell[Scene]] = {
    "breach": Becomes(PRECLUDED, (disposal_breached,)),
    "rule": Becomes(PRECLUDED, (breach_ruled,)),
}
RELEASES_WRONGLY = Becomes[Scene](PRECLUDED, (disposal_breached, wrongly_released))


def honoured(state: Any, **open_: Cell[Scene]) -> dict[str, Cell[Scene]]:
    """What is open once the issuing bank owes."""
    return standing(state, **{"forward": NOBODY_BEHIND} | open_)


BY_ANOTHER: dict[str, Cell[Scene]] = {
    "ask_waiver": NOT_ISSUING,
    "ask_authority": Becomes(LODGED, (authority_asked,)),
}
AFTER_TIME: dict[str, Cell[Scene]] = {
    "find": TOO_LATE,
    "find_with": TOO_LATE,
    "waive": TOO_LATE,
    "refuse": TOO_LATE,
    "take_in": TOO_LATE,
    "claim": CLAIMS,
}
# The views differ from what is stored: the state that is seen is that of the view.
SEEN_PRECLUDED: dict[str, Cell[Scene]] = {
    "ask_waiver": Becomes(PRECLUDED, (waiver_asked,)),
    "beforehand": told_to(PresenterInstruction.BEFOREHAND, PRECLUDED),
    "name": Becomes(PRECLUDED, (amendments_named,)),
}


def after_refusal(waive: Cell[Scene], **open_: Cell[Scene]) -> dict[str, Cell[Scene]]:
    usual: dict[str, Cell[Scene]] = {
        "waive": waive,
        "ask_waiver": Becomes(REFUSED, (waiver_asked,)),
        "take_up": told_to(PresenterInstruction.TAKE_UP, REFUSED),
        "ask_return": told_to(PresenterInstruction.RETURN, RETURN_DUE),
        "ask_release": told_to(PresenterInstruction.RELEASE, RELEASED),
        "return": RETURNS,
        "release": RELEASES_WRONGLY,
        **BREAKS,
    }
    return standing(REFUSED, **usual | open_)


def lodged_onward_unpaid(s: Scene) -> Event:
    """Forwarded by the bank that does not pay."""
    return event(
        "Presentations",
        "DocumentsLodged",
        presentationId=s.onward.id,
        creditId=s.credit,
        examiner=s.issuer,
        lodging=(s.onward, AMOUNT, START // DAY, True, TEXT),
        payee=s.bank,
        received=UNPAID,
        deadline=instant("2025-09-10T17:00:00+08:00"),
        flags=0,
    )


sent_on_unpaid = Becomes[Scene](COMPLYING, (documents_forwarded(True), lodged_onward_unpaid))
NOWHERE: dict[str, Cell[Scene]] = dict.fromkeys(standing(NONE), UNKNOWN) | {
    "lodge": Becomes(LODGED, (documents_lodged,))
}
TABLE: dict[str, tuple[Callable[[World], Scene], dict[str, Cell[Scene]]]] = {
    # At the issuing bank
    "none": (none, NOWHERE),
    "lodged": (lodged, undecided()),
    "instructed": (instructed, undecided()),
    "complying": (complying, honoured(COMPLYING)),
    "complying, released": (
        lambda w: released(complying(w)),
        honoured(COMPLYING, release=RELEASED_BEFORE),
    ),
    "waived": (waived, honoured(WAIVED)),
    "refused, to return": (refused, after_refusal(NOT_HELD)),
    "refused, to hold": (lambda w: refused(w, Disposal.HOLD), after_refusal(NOT_HELD)),
    "refused, to notify": (lambda w: refused(w, Disposal.NOTIFY), after_refusal(WAIVES)),
    "refused, as instructed": (refused_by_instructions, after_refusal(NOT_HELD)),
    "refused, to hold, let": (
        lambda w: let(refused(w, Disposal.HOLD)),
        after_refusal(WAIVES),
    ),
    "refused, as instructed, let": (
        lambda w: let(refused_by_instructions(w)),
        after_refusal(WAIVES),
    ),
    "refused, to return, let": (lambda w: let(refused(w)), after_refusal(NOT_HELD)),
    "return due": (
        return_due,
        standing(
            RETURN_DUE,
            ask_release=told_to(PresenterInstruction.RELEASE, RELEASED),
            release=RELEASES_WRONGLY,
            **{"return": RETURNS} | BREAKS,
        ),
    ),
    "returned": (returned, standing(RETURNED, **BREAKS)),
    "let go": (let_go, standing(RELEASED, release=releases(RELEASED))),
    "let go, released": (
        lambda w: released(let_go(w)),
        standing(RELEASED, release=RELEASED_BEFORE),
    ),
    "in breach": (in_breach, standing(PRECLUDED, claim=CLAIMS)),
    "in breach, released": (lambda w: released(refused(w)), standing(PRECLUDED, claim=CLAIMS)),
    "suspended": (suspended, standing(SUSPENDED)),
    "disposed": (disposed, standing(DISPOSED)),
    "precluded": (over, undecided(**AFTER_TIME | SEEN_PRECLUDED)),
    "claimed": (claimed, honoured(CLAIMED)),
    "undated": (
        undated,
        undecided(fix=UNPUBLISHED, claim=not_precluded(0), take_in=UNPUBLISHED),
    ),
    "out of hours": (
        out_of_hours,
        undecided(
            fix=dated(NEXT_DEADLINE),
            claim=not_precluded(NEXT_DEADLINE),
            take_in=Becomes(LODGED, (accepted_out_of_hours,)),
        ),
    ),
    "taken in": (
        taken_in,
        undecided(take_in=Refuses(lambda s: error("AcceptedAlready", s.id))),
    ),
    "undated complying": (undated_complying, honoured(COMPLYING)),
    "datable": (
        datable,
        undecided(fix=Becomes(LODGED, (deadline_fixed,)), claim=not_precluded(0)),
    ),
    "datable refused": (datable_refused, after_refusal(NOT_HELD)),
    # At the bank that confirmed
    "lodged, confirming": (lambda w: lodged(w, CONFIRMING), undecided(**BY_ANOTHER)),
    "precluded, confirming": (
        lambda w: over(w, CONFIRMING),
        undecided(
            **AFTER_TIME
            | {
                "ask_waiver": NOT_ISSUING,
                "ask_authority": Becomes(PRECLUDED, (authority_asked,)),
                "beforehand": told_to(PresenterInstruction.BEFOREHAND, PRECLUDED),
                "name": Becomes(PRECLUDED, (amendments_named,)),
            }
        ),
    ),
    "claimed, confirming": (
        lambda w: claimed(w, CONFIRMING),
        at_another(CLAIMED, forward=sent_on(CLAIMED, honoured=True)),
    ),
    "complying, confirming": (
        lambda w: complying(w, CONFIRMING),
        at_another(COMPLYING, forward=sent_on(COMPLYING, honoured=True)),
    ),
    "waived, confirming": (
        lambda w: waived(w, CONFIRMING),
        at_another(WAIVED, forward=sent_on(WAIVED, honoured=True)),
    ),
    "refused, confirming": (
        lambda w: refused(w, Disposal.HOLD, CONFIRMING),
        after_refusal(
            NOT_HELD, ask_waiver=NOT_ISSUING, ask_authority=Becomes(REFUSED, (authority_asked,))
        ),
    ),
    "suspended, confirming": (lambda w: suspended(w, CONFIRMING), at_another(SUSPENDED)),
    # At the nominated bank, which is bound by nothing but its own decision
    "suspended, nominated": (lambda w: suspended(w, NOMINATED), at_another(SUSPENDED)),
    "refused, nominated": (
        lambda w: refused(w, Disposal.HOLD, NOMINATED),
        after_refusal(
            NOT_HELD,
            ask_waiver=NOT_ISSUING,
            ask_authority=Becomes(REFUSED, (authority_asked,)),
            release=NOT_BOUND,
            breach=NOT_BOUND,
            rule=NOT_BOUND,
        ),
    ),
    "none, nominated": (lambda w: none(w, NOMINATED), NOWHERE),
    "lodged, nominated": (
        lambda w: lodged(w, NOMINATED),
        undecided(
            **BY_ANOTHER | {"claim": NOT_BOUND, "forward": sent_on(FORWARDED, honoured=False)}
        ),
    ),
    "over, nominated": (
        lambda w: over(w, NOMINATED),
        undecided(
            **BY_ANOTHER
            | {
                "claim": NOT_BOUND,
                "refuse": TOO_LATE,
                "forward": sent_on(FORWARDED, honoured=False),
            }
        ),
    ),
    "forwarded": (
        lambda w: forwarded(lodged(w, NOMINATED)),
        at_another(FORWARDED, forward=WITH_THE_OTHER, turn=WITH_THE_OTHER),
    ),
    "complying, nominated": (
        lambda w: complying(w, NOMINATED),
        at_another(COMPLYING, forward=sent_on(COMPLYING, honoured=True)),
    ),
    "complying, forwarded": (
        lambda w: forwarded(complying(w, NOMINATED)),
        at_another(COMPLYING, forward=WITH_THE_OTHER, turn=WITH_THE_OTHER),
    ),
    # Left unpaid
    "unpaid": (
        lambda w: unpaid(w, ISSUER),
        honoured(COMPLYING, turn=NOBODY_BEHIND),
    ),
    **{
        f"unpaid, {name}": (
            lambda w, bank=bank: unpaid(w, bank),
            at_another(COMPLYING, forward=sent_on_unpaid, turn=TURNS),
        )
        for name, bank in (("confirming", CONFIRMING), ("nominated", NOMINATED))
    },
    "unpaid, turned": (
        lambda w: turned(unpaid(w, NOMINATED)),
        at_another(COMPLYING, forward=WITH_THE_BANK_BEHIND, turn=WITH_THE_BANK_BEHIND),
    ),
}

MACHINE: Machine[Scene] = Machine(
    stages={name: stage for name, (stage, _) in TABLE.items()},
    acts={
        "lodge": Scene.lodge,
        "fix": Scene.fix,
        "find": Scene.find,
        "find with": Scene.find_with,
        "waive": Scene.waive,
        "ask waiver": Scene.ask_waiver,
        "ask authority": Scene.ask_authority,
        "refuse": Scene.refuse,
        "beforehand": Scene.beforehand,
        "take up": Scene.take_up,
        "ask return": Scene.ask_return,
        "ask release": Scene.ask_release,
        "return": Scene.return_,
        "release": Scene.release,
        "breach": Scene.breach,
        "rule": Scene.rule,
        "forward": Scene.forward,
        "claim": Scene.claim,
        "name": Scene.name,
        "take in": Scene.take_in,
        "turn": Scene.turn,
    },
    record=Scene.record,
    state=Scene.state,
    table={name: row for name, (_, row) in TABLE.items()},
)
BY_PRESENTER = {"lodge", "claim", "name", "turn", *INSTRUCTIONS}


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_a_presentation(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


def turned_away(scene: Scene, stage: str, act: str, caller: int) -> Refuses[Scene]:
    """What a caller meets whose act it is not."""
    if act in BY_PRESENTER:
        right, name = Role.PRESENT, error("NotPresenter", BENEFICIARY, caller)
    else:
        right, name = Role.EXAMINE, error("NotExaminer", scene.id, caller)
    if act == "rule":
        right = Role.COURT
    if not open_roles(KINDS[caller][0]) & right:
        return Refuses(lambda s: error("MissingRole", desk(caller), caller, int(right)))
    if scene.state() == NONE and act != "lodge":
        return UNKNOWN
    if act == "turn":
        # Whatever the creditor meets before it is asked who it is.
        cell = MACHINE.table[stage][act]
        if cell in (NOTHING_OWED, WITH_THE_OTHER, WITH_THE_BANK_BEHIND):
            return cell
        name = error("NotCreditor", scene.obligation, caller)
    return Refuses(lambda s: name)


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_nobody_else_does_it(world: World, stage: str, act: str) -> None:
    scene = MACHINE.stages[stage](world)
    for caller in CALLERS:
        right = BENEFICIARY if act in BY_PRESENTER else scene.bank
        if act == "rule":
            right = AUTHORITY
        if caller == right:
            continue
        attempt = Machine(
            stages=MACHINE.stages,
            acts={act: lambda s, caller=caller: MACHINE.acts[act](s, caller)},
            record=MACHINE.record,
            state=MACHINE.state,
            table={},
        )
        # Whoever fixes a deadline, it is the same one.
        cell = MACHINE.table[stage][act] if act == "fix" else turned_away(scene, stage, act, caller)
        with world.aside():
            attempt.expect(scene, act, cell)


def test_every_state_has_its_stage(world: World) -> None:
    reached = set()
    for stage in MACHINE.stages.values():
        with world.aside():
            reached.add(stage(world).state())
    assert reached == set(PresentationState)


def test_preclusion_is_a_view_that_nobody_stores(world: World) -> None:
    scene = over(world)
    assert scene.state() == PRECLUDED
    assert world.presentation(scene.key).state == LODGED
    world.at(DEADLINE)
    assert scene.state() == LODGED


BOUND_AND_SILENT = (
    "lodged",
    "instructed",
    "precluded",
    "lodged, confirming",
    "precluded, confirming",
    # Whatever the time.
    "in breach",
    "in breach, released",
    "taken in",
)


@pytest.mark.parametrize("stage", MACHINE.stages)
def test_only_a_silent_bank_with_a_deadline_is_precluded(world: World, stage: str) -> None:
    scene = MACHINE.stages[stage](world)
    world.at(DEADLINE + 1)
    assert world.view("Presentations.isPrecluded", scene.key) is (stage in BOUND_AND_SILENT)


@pytest.mark.parametrize("time", [DEADLINE - 1, DEADLINE, DEADLINE + 1])
def test_the_bank_acts_up_to_the_last_second_and_the_presenter_after_it(
    world: World, time: int
) -> None:
    scene = lodged(world)
    world.at(time)
    in_time = time <= DEADLINE
    assert world.view("Presentations.isPrecluded", scene.key) is not in_time
    assert scene.state() == (LODGED if in_time else PRECLUDED)
    cells = {"find": COMPLIES, "refuse": REFUSES, "claim": not_precluded(DEADLINE)}
    if not in_time:
        cells = {"find": TOO_LATE, "refuse": TOO_LATE, "claim": CLAIMS}
    for act, cell in cells.items():
        with world.aside():
            MACHINE.expect(scene, act, cell)


def test_an_unknown_deadline_precludes_nobody_however_long_the_bank_is_silent(
    world: World,
) -> None:
    scene = undated(world)
    for time in (DEADLINE + 1, instant("2034-12-31T00:00:00")):
        world.at(time)
        assert scene.state() == LODGED
        for act, cell in (("find", COMPLIES), ("refuse", REFUSES)):
            with world.aside():
                MACHINE.expect(scene, act, cell)
        with reverts("NotPrecluded", scene.id, 0, time):
            scene.claim()


@pytest.mark.parametrize("time", [DEADLINE - 1, DEADLINE, DEADLINE + 1])
def test_a_deadline_fixed_later_is_the_one_that_it_would_have_been(world: World, time: int) -> None:
    scene = datable(world)
    before = world.presentation(scene.key)
    assert (before.deadline, before.receiptDay) == (0, 0)
    world.at(time)
    scene.fix().emitted(deadline_fixed(scene))
    dated_ = before._replace(deadline=DEADLINE, receiptDay=RECEIVED // DAY)
    assert world.presentation(scene.key) == dated_
    assert scene.state() == (LODGED if time <= DEADLINE else PRECLUDED)
    if time > DEADLINE:
        scene.claim().emitted(incurred(ObligationKind.PRECLUSION)(scene), preclusion_claimed(scene))


def test_the_first_day_that_is_missing_is_named_as_publication_goes_on(world: World) -> None:
    """Received on a Monday; five banking days after it and one before it are needed."""
    scene = undated(world)
    span, index = divmod(RECEIVED // DAY, 192)
    words = build("CNSHA", 2024, 2026).packed()

    def published(known: int) -> int:
        return words[span] & ~(0xFF << 192) & ~(((1 << 192) - 1) >> known << known) | known << 192

    needed = index + 7
    assert index > 0
    assert needed < 192
    for known in (index, index + 1, needed):
        world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, published(known))
        with reverts("CalendarNotPublished", EMPTY, span * 192 + known):
            scene.fix()
    world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, published(needed + 1))
    scene.fix().emitted(deadline_fixed(scene))
