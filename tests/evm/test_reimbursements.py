# SPDX-License-Identifier: Apache-2.0
"""The machine of claims for reimbursement: every state, act and member."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from eth_utils import keccak
from machine import ActorMachine, Becomes, Cell, Refuses
from reimbursing import (
    AMOUNT,
    CHARGES,
    CLAIMANT,
    MESSAGE,
    REIMBURSER,
    UNDERTAKING,
    Scene,
    Terms,
    undated,
)
from suite import Error, Event, error, event
from vocabulary import (
    AuthorisationState,
    ClaimDisposal,
    ClaimReason,
    ClaimState,
    ObligationKind,
    PresentationState,
    Role,
    open_roles,
)
from world import (
    AUTHORITY,
    BENEFICIARY,
    DAY,
    FRANKFURT,
    ISSUER,
    KINDS,
    World,
    desk,
    obligation_id,
    reverts,
)

if TYPE_CHECKING:
    from world import Receipt

C = ClaimState
NONE, CLAIMED, HONOURED, NON_CONFORMING, NOTIFIED, FALLEN_BACK, REFUND_DUE = list(C)[:7]
DUE_LATER, UNPAID, PAID = list(C)[7:]
A = AuthorisationState
K = ObligationKind
ACTORS = (ISSUER, REIMBURSER, CLAIMANT, FRANKFURT, BENEFICIARY, AUTHORITY)
ANSWERING = Terms(pre_debit_days=2)
# A day ends last so long after it begins in UTC.
ENDS = 36 * 3_600

Act = Callable[[Scene], Any]
Stage = Callable[[World], Scene]


def claim_anew(scene: Scene, by: int = CLAIMANT) -> Receipt:
    return scene.claim(by, number=2)


# The banks' acts that bring a claim somewhere


def pay(scene: Scene) -> None:
    scene.pay(scene.reimburser, scene.owed)


def pay_directly(scene: Scene) -> None:
    scene.pay(ISSUER, scene.direct)


def settle(scene: Scene) -> None:
    scene.settle(scene.reimburser, scene.owed)


def time_passes(scene: Scene) -> None:
    """The time for an answer is over, and so is the day of what is owed."""
    scene.at(scene.deadline + 1)


def due_date_passes(scene: Scene) -> None:
    scene.at(scene.due * DAY + ENDS)


def day_passes(scene: Scene) -> None:
    scene.at(scene.world.time // DAY * DAY + ENDS)


def cancel(scene: Scene) -> None:
    scene.send(ISSUER, "cancelAuthorisation", scene.credit, MESSAGE)


def acknowledge_interest(scene: Scene) -> None:
    scene.acknowledge(CLAIMANT)


def after(*acts: Act, terms: Terms | None = None, usance: bool = False) -> Stage:
    """A scene in which a claim could be made, and these acts."""

    def made(world: World) -> Scene:
        scene = Scene(world, terms or Terms(), usance).ready()
        if scene.terms.undertaking_asked:
            scene.undertaken()
        for act in acts:
            act(scene)
        return scene

    return made


# What is told


def told(name: str, **values: Any) -> Callable[[Scene], Event]:
    """An event about the claim and its credit."""

    def make(s: Scene) -> Event:
        later = {key: value(s) if callable(value) else value for key, value in values.items()}
        return event("Reimbursements", name, claimId=s.id, creditId=s.credit, **later)

    return make


def claimed_as(number: int) -> Callable[[Scene], Event]:
    def make(s: Scene) -> Event:
        request = s.request._replace(number=number)
        return event(
            "Reimbursements",
            "ReimbursementClaimed",
            claimId=request.id,
            creditId=s.credit,
            claimingBank=CLAIMANT,
            request=request,
            deadline=s.deadline,
            due=s.due,
            marks=s.marks,
        )

    return make


def paired_anew(s: Scene) -> Event:
    number = obligation_id(s.request._replace(number=2).id, REIMBURSER, CLAIMANT)
    return event(
        "PaymentObligations", "ObligationsPaired", first=s.direct, second=number, paired=True
    )


def paired(s: Scene) -> Event:
    return s.paired(True)


def parted(s: Scene) -> Event:
    return s.paired(False)


def noticed(s: Scene) -> Event:
    return event(
        "Reimbursements",
        "PreDebitNoticeGiven",
        claimId=s.id,
        reimbursingBank=s.reimburser,
        notice=MESSAGE,
    )


def owed(s: Scene) -> Event:
    between = s.reimburser, CLAIMANT
    return s.incurred(s.owed, s.id, between, K.REIMBURSEMENT, due=s.due)


def now(s: Scene) -> Event:
    """Recourse once the day of maturity has begun."""
    return s.incurred(s.recourse, s.id, (ISSUER, s.reimburser), K.RECOURSE)


def refunded(s: Scene) -> Event:
    return s.incurred(s.refund, s.id, (CLAIMANT, ISSUER), K.REFUND)


def charged(debtor: int, owner: int) -> Callable[[Scene], Event]:
    def make(s: Scene) -> Event:
        source = keccak(s.id + int(K.CHARGES).to_bytes(32, "big"))
        number = s.charged(debtor, owner)
        return s.incurred(number, source, (debtor, owner), K.CHARGES, CHARGES)

    return make


honoured = told(
    "ClaimHonoured",
    reimbursingBank=lambda s: s.reimburser,
    amount=AMOUNT,
    obligationId=lambda s: s.owed,
)
held = told(
    "UndertakingClaimed", claimingBank=CLAIMANT, amount=AMOUNT, obligationId=lambda s: s.owed
)
refused = told(
    "ClaimNotConforming",
    claimingBank=CLAIMANT,
    issuingBank=ISSUER,
    reasons=int(ClaimReason.DIFFERS),
    disposal=ClaimDisposal.HELD,
    notice=MESSAGE,
)
notified = told("NonPaymentNotified", claimingBank=CLAIMANT, notice=MESSAGE)
fell_back = told(
    "ClaimFellBack", issuingBank=ISSUER, amount=AMOUNT, charges=CHARGES, account=MESSAGE
)
recourse = told(
    "RecourseClaimed",
    reimbursingBank=lambda s: s.reimburser,
    amount=AMOUNT,
    obligationId=lambda s: s.recourse,
)
refund = told(
    "RefundClaimed",
    claimingBank=CLAIMANT,
    amount=AMOUNT,
    interest=CHARGES,
    account=MESSAGE,
    obligationId=lambda s: s.refund,
)


def acknowledged(debtor: int, owner: int) -> Callable[[Scene], Event]:
    return told(
        "ChargesAcknowledged",
        debtor=debtor,
        amount=CHARGES,
        obligationId=lambda s: s.charged(debtor, owner),
    )


# What becomes of an act

Row = dict[str, dict[int, Cell[Scene]]]
# Who does each act.
RIGHT = {
    "claim": CLAIMANT,
    "claim anew": CLAIMANT,
    "notice": REIMBURSER,
    "honour": REIMBURSER,
    "refuse": REIMBURSER,
    "hold": CLAIMANT,
    "notify": CLAIMANT,
    "fall back": CLAIMANT,
    "recourse": REIMBURSER,
    "refund": ISSUER,
}


def becomes(state: Any, *events: Callable[[Scene], Event]) -> Becomes[Scene]:
    return Becomes(state, events)


def refuses(name: str, *args: Any) -> Refuses[Scene]:
    """An error of the claim."""
    return Refuses(lambda s: error(name, s.id, *args))


def wrong(actual: Any, expected: Any) -> Refuses[Scene]:
    return refuses("WrongClaimState", actual, expected)


EXISTS = refuses("ClaimExists")
STANDS = Refuses[Scene](lambda s: error("ClaimStands", s.key.id, s.id))
UNKNOWN = refuses("UnknownClaim")
NOT_REIMBURSED = refuses("NotReimbursed")
UNASKED = refuses("PreDebitNoticeNotAsked")
FIXED = Refuses[Scene](lambda s: error("ClaimDeadlineFixedAlready", s.id, s.deadline))
LATE = Refuses[Scene](lambda s: error("ClaimDeadlinePassed", s.id, s.deadline, s.world.time))
IN_TIME = Refuses[Scene](lambda s: error("ClaimNotOverdue", s.id, s.deadline, s.world.time))
NOT_BOUND = Refuses[Scene](
    lambda s: error("WrongAuthorisationState", s.credit, A.AUTHORISED, A.UNDERTAKEN)
)
HAS_ITS_MONEY = Refuses[Scene](lambda s: error("PaidByIssuingBank", s.direct))
STANDS_REFUSED = Refuses[Scene](
    lambda s: error("NotRefused", s.onward.id, PresentationState.LODGED)
)
STANDS_TAKEN_UP = Refuses[Scene](
    lambda s: error("NotRefused", s.onward.id, PresentationState.COMPLYING)
)


def standing(stored: Any, seen: Any, **cells: Cell[Scene]) -> Row:
    """What each act does, by its right member, unless another cell is given."""
    usual: dict[str, Cell[Scene]] = {
        "claim": EXISTS,
        "claim anew": STANDS,
        "fix": wrong(stored, CLAIMED),
        "notice": wrong(stored, CLAIMED),
        "honour": wrong(stored, CLAIMED),
        "refuse": wrong(stored, CLAIMED),
        "hold": wrong(stored, CLAIMED),
        "notify": wrong(seen, UNPAID),
        "fall back": wrong(stored, NOTIFIED),
        "recourse": NOT_REIMBURSED,
        "refund": NOT_REIMBURSED,
        "acknowledge": wrong(stored, FALLEN_BACK),
    }
    found = {name.replace("_", " "): cell for name, cell in cells.items()}
    assert found.keys() <= usual.keys()
    row = {act: {RIGHT.get(act, 0): cell} for act, cell in (usual | found).items()}
    # Anyone may fix a deadline; and where nothing is to be acknowledged nobody does.
    row["fix"] = dict.fromkeys(ACTORS, (usual | found)["fix"])
    debtors = ACTORS
    if "acknowledge" in found:
        debtors = (CLAIMANT if stored == REFUND_DUE else ISSUER,)
    row["acknowledge"] = dict.fromkeys(debtors, (usual | found)["acknowledge"])
    return row


def unanswered(seen: Any = CLAIMED, **cells: Cell[Scene]) -> Row:
    usual: dict[str, Cell[Scene]] = {
        "fix": FIXED,
        "notice": UNASKED,
        "honour": becomes(HONOURED, owed, honoured),
        "refuse": becomes(NON_CONFORMING, refused, parted),
        "hold": NOT_BOUND,
    }
    return standing(CLAIMED, seen, **usual | cells)


NOTIFIES = becomes(NOTIFIED, notified, parted)
NOWHERE: Row = standing(
    NONE,
    NONE,
    **dict.fromkeys(
        ("notice", "honour", "refuse", "hold", "notify", "fall_back", "recourse", "refund"), UNKNOWN
    ),
) | {
    "fix": dict.fromkeys(ACTORS, UNKNOWN),
    "acknowledge": dict.fromkeys(ACTORS, UNKNOWN),
    "claim": {CLAIMANT: becomes(CLAIMED, claimed_as(1), paired)},
    "claim anew": {CLAIMANT: becomes(NONE, claimed_as(2), paired_anew)},
}


def over(stored: Any, **cells: Cell[Scene]) -> Row:
    """The claim is over, and nothing is owed on it: another may follow."""
    again = becomes(stored, claimed_as(2), paired_anew)
    return standing(stored, stored, **{"claim_anew": again} | cells)


def reimbursed(stored: Any = HONOURED, seen: Any = PAID, **cells: Cell[Scene]) -> Row:
    usual: dict[str, Cell[Scene]] = {
        "recourse": becomes(seen, now, recourse),
        "refund": STANDS_REFUSED,
    }
    return standing(stored, seen, **usual | cells)


def exists(number: Callable[[Scene], bytes]) -> Refuses[Scene]:
    return Refuses(lambda s: error("ObligationExists", number(s)))


FALLS = becomes(FALLEN_BACK, fell_back)
OWES_CHARGES = becomes(FALLEN_BACK, charged(ISSUER, CLAIMANT), acknowledged(ISSUER, CLAIMANT))
OWES_INTEREST = becomes(REFUND_DUE, charged(CLAIMANT, ISSUER), acknowledged(CLAIMANT, ISSUER))
REFUNDS = becomes(REFUND_DUE, refunded, refund, parted)
S = Scene
REFUSED = (S.claim, S.refuse)
PAYS = (S.claim, S.honour, pay)
MISSED = (S.claim, S.honour, day_passes)
TABLE: dict[str, tuple[Stage, Row]] = {
    "none": (after(), NOWHERE),
    "claimed": (after(S.claim), unanswered()),
    "claimed, undertaken": (after(S.claim, terms=UNDERTAKING), unanswered(hold=IN_TIME)),
    "claimed, notice asked for": (
        after(S.claim, terms=ANSWERING),
        unanswered(notice=becomes(CLAIMED, noticed)),
    ),
    "claimed, notice given": (
        after(S.claim, S.notice, terms=ANSWERING),
        unanswered(notice=refuses("PreDebitNoticeGivenAlready")),
    ),
    "claimed, time over": (
        after(S.claim, time_passes),
        unanswered(UNPAID, refuse=LATE, notify=NOTIFIES),
    ),
    "claimed, undertaken, time over": (
        after(S.claim, time_passes, terms=UNDERTAKING),
        unanswered(UNPAID, refuse=LATE, notify=NOTIFIES, hold=becomes(HONOURED, owed, held)),
    ),
    "claimed, due later": (
        after(S.claim, usance=True),
        unanswered(DUE_LATER, honour=becomes(DUE_LATER, owed, honoured)),
    ),
    "claimed, due later, undertaken, time over": (
        after(S.claim, time_passes, terms=UNDERTAKING, usance=True),
        unanswered(
            DUE_LATER,
            honour=becomes(DUE_LATER, owed, honoured),
            refuse=LATE,
            hold=becomes(DUE_LATER, owed, held),
        ),
    ),
    "claimed, due date over": (
        after(S.claim, due_date_passes, usance=True),
        unanswered(UNPAID, honour=becomes(UNPAID, owed, honoured), refuse=LATE, notify=NOTIFIES),
    ),
    "claimed, authorisation cancelled": (
        after(S.claim, cancel),
        unanswered(
            claim=Refuses(lambda s: no_authority(s, A.AUTHORISED)),
            claim_anew=Refuses(lambda s: no_authority(s, A.AUTHORISED)),
            honour=Refuses(lambda s: no_authority(s, A.AUTHORISED)),
            hold=Refuses(lambda s: no_authority(s, A.UNDERTAKEN)),
        ),
    ),
    "claimed, paid by the issuing bank": (
        after(S.claim, S.found_complying, pay_directly),
        unanswered(honour=HAS_ITS_MONEY),
    ),
    "honoured": (after(S.claim, S.honour), standing(HONOURED, HONOURED)),
    "honoured, due later": (
        after(S.claim, S.honour, usance=True),
        standing(HONOURED, DUE_LATER),
    ),
    "honoured, overdue": (
        after(*MISSED),
        standing(HONOURED, UNPAID, notify=becomes(NOTIFIED, notified)),
    ),
    "paid": (after(*PAYS), reimbursed()),
    "paid, taken up": (
        after(S.found_complying, *PAYS),
        reimbursed(refund=STANDS_TAKEN_UP),
    ),
    "paid, refused": (after(*PAYS, S.refused), reimbursed(refund=REFUNDS)),
    "paid, recourse taken": (
        after(*PAYS, S.take_recourse),
        reimbursed(recourse=exists(lambda s: s.recourse)),
    ),
    "settled": (
        after(S.claim, S.honour, S.found_complying, pay_directly, settle),
        standing(HONOURED, PAID),
    ),
    "not conforming": (after(*REFUSED), over(NON_CONFORMING, notify=becomes(NOTIFIED, notified))),
    "notified": (after(*REFUSED, S.notify), over(NOTIFIED, fall_back=FALLS)),
    "notified, owed": (
        after(*MISSED, S.notify),
        standing(NOTIFIED, NOTIFIED, fall_back=FALLS),
    ),
    "fallen back": (
        after(*REFUSED, S.notify, S.fall_back),
        over(FALLEN_BACK, acknowledge=OWES_CHARGES),
    ),
    "fallen back, charges acknowledged": (
        after(*REFUSED, S.notify, S.fall_back, S.acknowledge),
        over(FALLEN_BACK, acknowledge=exists(lambda s: s.charged(ISSUER, CLAIMANT))),
    ),
    "fallen back, then paid and refused": (
        after(*MISSED, S.notify, S.fall_back, pay, S.refused),
        reimbursed(FALLEN_BACK, FALLEN_BACK, refund=REFUNDS, acknowledge=OWES_CHARGES),
    ),
    "refund due": (
        after(*PAYS, S.refused, S.claim_refund),
        reimbursed(
            REFUND_DUE,
            REFUND_DUE,
            refund=wrong(REFUND_DUE, PAID),
            acknowledge=OWES_INTEREST,
        ),
    ),
    "refund due, interest acknowledged": (
        after(*PAYS, S.refused, S.claim_refund, acknowledge_interest),
        reimbursed(
            REFUND_DUE,
            REFUND_DUE,
            refund=wrong(REFUND_DUE, PAID),
            acknowledge=exists(lambda s: s.charged(CLAIMANT, ISSUER)),
        ),
    ),
}


def no_authority(s: Scene, expected: Any) -> Error:
    return error("WrongAuthorisationState", s.credit, A.CANCELLED, expected)


def stranger(scene: Scene, act: str, actor: int) -> Cell[Scene]:
    """Who may not: its key, then whether there is such a claim, then whose it is."""
    role = {"notice": Role.EXAMINE, "honour": Role.EXAMINE, "refuse": Role.EXAMINE}.get(
        act, Role.PAY if act == "acknowledge" else Role.PRESENT
    )
    if not open_roles(KINDS[actor][0]) & role:
        return Refuses(lambda _: error("MissingRole", desk(actor), actor, int(role)))
    made = scene.world.view("Reimbursements.claimRecord", scene.id).state
    if act.startswith("claim"):
        state = scene.world.view("Reimbursements.authorisationOf", scene.credit).state
        if state == A.CANCELLED:
            return Refuses(lambda s: no_authority(s, A.AUTHORISED))
        return Refuses(lambda s: error("NotClaimingBank", s.credit, actor))
    if made == NONE:
        return UNKNOWN
    if act == "acknowledge":
        debtor, owner = (CLAIMANT, ISSUER) if made == REFUND_DUE else (ISSUER, CLAIMANT)
        return Refuses(lambda s: error("NotDebtor", s.charged(debtor, owner), actor))
    names = {REIMBURSER: "NotReimbursingBank", CLAIMANT: "NotClaimingBank"}
    name = names.get(RIGHT[act], "NotIssuingBank")
    return Refuses(lambda s: error(name, s.credit, actor))


MACHINE: ActorMachine[Scene] = ActorMachine(
    stages={name: make for name, (make, _) in TABLE.items()},
    acts={
        "claim": S.claim,
        "claim anew": claim_anew,
        "fix": S.fix,
        "notice": S.notice,
        "honour": S.honour,
        "refuse": S.refuse,
        "hold": S.hold,
        "notify": S.notify,
        "fall back": S.fall_back,
        "recourse": S.take_recourse,
        "refund": S.claim_refund,
        "acknowledge": S.acknowledge,
    },
    actors=ACTORS,
    record=S.record,
    state=S.state,
    table={name: cells for name, (_, cells) in TABLE.items()},
    stranger=stranger,
)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_a_claim(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


def test_every_state_has_its_stage(world: World) -> None:
    reached = set()
    for make in MACHINE.stages.values():
        with world.aside():
            reached.add(make(world).state())
    assert reached == set(C)


def test_a_deadline_that_was_not_known_is_fixed_once(world: World) -> None:
    scene = undated(world)
    deadline = (scene.received // DAY + 3) * DAY + 17 * 3_600
    assert scene.record()[0].deadline == 0
    scene.fix(BENEFICIARY).emitted(
        event("Reimbursements", "ClaimDeadlineFixed", claimId=scene.id, deadline=deadline)
    )
    assert scene.record()[0].deadline == deadline
    with reverts("ClaimDeadlineFixedAlready", scene.id, deadline):
        scene.fix()
