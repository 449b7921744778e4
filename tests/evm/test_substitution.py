# SPDX-License-Identifier: Apache-2.0
"""Machine E: substitution of invoice and draft, by every act and actor (art. 38(h), (i))."""

from __future__ import annotations

from typing import Any

import pytest
from eth_utils import keccak
from machine import ActorMachine, Becomes, Cell, Refuses
from suite import Error, Event, error, event
from transfers import (
    AMOUNT,
    CREDIT,
    DIFFERENCE,
    FIRST,
    PART,
    SECOND,
    SHARE,
    TEXT,
    TRANSFERRING,
    Transfers,
    told,
)
from vocabulary import (
    Disposal,
    Mark,
    ObligationKind,
    ObligationState,
    PresentationState,
    Role,
    SubstitutionState,
    open_roles,
)
from world import (
    ADVISER,
    AUTHORITY,
    DAY,
    ISSUER,
    KINDS,
    PresentationKey,
    World,
    desk,
    obligation_id,
    reverts,
)

S, P = SubstitutionState, PresentationState
NOTHING = bytes(32)
INVOICE = AMOUNT + DIFFERENCE
ACTORS = (TRANSFERRING, FIRST, SECOND, ISSUER, ADVISER, AUTHORITY)

Cells = dict[int, Cell[Transfers]]
Row = dict[str, Cells]


def becomes(substitution: Any, presentation: Any, *events: Any) -> Becomes[Transfers]:
    return Becomes((substitution, presentation), events)


def meets(name: str, *shape: Any) -> Refuses[Transfers]:
    """An error; a callable in the shape takes the scene."""

    def make(scene: Transfers) -> Error:
        return error(name, *(each(scene) if callable(each) else each for each in shape))

    return Refuses(make)


def key_id(scene: Transfers) -> bytes:
    return scene.key.id


def now(scene: Transfers) -> int:
    return scene.world.time


def says(name: str, /, **fields: Any) -> Any:
    def make(scene: Transfers) -> Event:
        values = {k: v(scene) if callable(v) else v for k, v in fields.items()}
        return told(name, presentationId=scene.key.id, partId=PART, **values)

    return make


# Acts


def act_demand(scene: Transfers, actor: int) -> Any:
    until = scene.world.time + 3 * DAY
    return scene.send(actor, "demandSubstitution", scene.key, until, TEXT).receipt


def act_substitute(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "substitute", scene.key, INVOICE, TEXT, NOTHING).receipt


def act_take_up(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "takeUpSubstitution", scene.key).receipt


def act_claim(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "claimDifference", scene.key).receipt


def act_fail(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "recordFailure", scene.key, TEXT).receipt


def act_forward(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "Forwarding.forward", scene.key, ISSUER, 9, TEXT).receipt


def act_send_on(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "sendOn", scene.key, ISSUER, 9, TEXT).receipt


ACTS = {
    "demand": act_demand,  # E11
    "substitute": act_substitute,  # E12
    "take up": act_take_up,  # E13
    "claim": act_claim,  # E14
    "fail": act_fail,  # E15
    "forward": act_forward,
    "send on": act_send_on,  # E16
}

# What is told


def demanded_at(scene: Transfers) -> int:
    found: int = scene.view("substitutionOf", scene.key.id).demandedAt
    return found


def demands(by: int, cure: bool = False) -> Any:
    return says(
        "SubstitutionDemanded",
        demandedBy=by,
        demandedAt=demanded_at,
        answerBy=lambda scene: scene.world.time + 3 * DAY,
        cure=cure,
        demand=TEXT,
    )


SUBSTITUTES = says(
    "DocumentsSubstituted", payee=FIRST, amount=INVOICE, documents=TEXT, mandate=NOTHING
)


def fails(by: int) -> Any:
    return says("SubstitutionFailed", recordedBy=by, statement=TEXT)


def difference_id(scene: Transfers) -> bytes:
    return obligation_id(place_of_difference(scene), TRANSFERRING, FIRST)


def place_of_difference(scene: Transfers) -> bytes:
    """What stands for the presentation in the number of the obligation."""
    return keccak(scene.key.id + int(ObligationKind.DIFFERENCE).to_bytes(32, "big"))


def owes(scene: Transfers) -> Event:
    return event(
        "PaymentObligations",
        "ObligationIncurred",
        obligationId=difference_id(scene),
        presentationId=place_of_difference(scene),
        debtor=TRANSFERRING,
        owner=FIRST,
        amount=DIFFERENCE,
        currency=156,
        maturity=scene.world.time,
        state=int(ObligationState.DUE),
        kind=int(ObligationKind.DIFFERENCE),
    )


TAKES_UP = says("SubstitutionTakenUp", difference=DIFFERENCE, obligationId=difference_id)


def goes_on(presenter: int, amount: int, payee: int, honoured: bool = False) -> tuple[Any, ...]:
    """What is told of documents that go on."""

    def onward(scene: Transfers) -> PresentationKey:
        return PresentationKey(CREDIT, ISSUER, presenter, 9)

    def forwarded(scene: Transfers) -> Event:
        return event(
            "Forwarding",
            "DocumentsForwarded",
            presentationId=scene.key.id,
            forwardedId=onward(scene).id,
            to=ISSUER,
            honoured=honoured,
            schedule=TEXT,
        )

    def lodged(scene: Transfers) -> Event:
        found = scene.world.presentation(onward(scene))
        shipped = scene.world.presentation(scene.key).shipped
        return event(
            "Presentations",
            "DocumentsLodged",
            presentationId=onward(scene).id,
            creditId=CREDIT,
            examiner=ISSUER,
            lodging=(onward(scene), amount, shipped, honoured, TEXT),
            payee=payee,
            received=scene.world.time,
            deadline=found.deadline,
            flags=0,
        )

    return forwarded, lodged


# Rows


def wrong(actual: Any, expected: Any) -> Refuses[Transfers]:
    return meets("WrongSubstitutionState", key_id, actual, expected)


NOT_IDLE = meets("BankNotIdle", key_id, SECOND)


def row(actual: Any, presentation: Any = P.LODGED, **changes: Cells) -> Row:
    """What is open while a substitution stands so, but for these changes."""
    honoured = presentation == P.COMPLYING
    not_honoured = meets("NotYetHonoured", key_id)
    claimed = wrong(actual, S.SUBSTITUTED)
    if actual == S.SUBSTITUTED:
        claimed = meets("DifferenceNotDue", key_id, deadline, now)
    cells: Row = {
        "demand": {TRANSFERRING: wrong(actual, S.NONE), SECOND: NOT_IDLE},
        "substitute": {FIRST: wrong(actual, S.DEMANDED)},
        "take up": {
            TRANSFERRING: not_honoured
            if actual == S.SUBSTITUTED and not honoured
            else wrong(actual, S.SUBSTITUTED)
        },
        "claim": {FIRST: claimed} if actual in (S.SUBSTITUTED, S.TAKEN_UP) else {},
        "fail": {TRANSFERRING: wrong(actual, S.DEMANDED), SECOND: NOT_IDLE},
        "forward": {TRANSFERRING: meets("SubstitutionOpen", key_id, actual)},
        "send on": {SECOND: NOT_IDLE},
    }
    if actual in (S.NONE, S.SUBSTITUTED):
        demand = demands(TRANSFERRING, cure=actual == S.SUBSTITUTED)
        cells["demand"] = cells["demand"] | {
            TRANSFERRING: becomes(S.DEMANDED, presentation, demand)
        }
    if actual in (S.NONE, S.DEMANDED):
        cells["substitute"] = {FIRST: becomes(S.SUBSTITUTED, presentation, SUBSTITUTES)}
    assert set(changes) <= set(cells)
    return cells | changes


def deadline(scene: Transfers) -> int:
    """The close of the bank's fifth banking day after the substitution."""
    substituted = scene.view("substitutionOf", scene.key.id).substitutedAt
    calendar = scene.view("AllianceRegistry.calendarOfBranch", scene.key.examiner)
    found: int = scene.view("BankingCalendar.clock", calendar, substituted, 5).deadline
    return found


def lodged(world: World) -> Transfers:
    return Transfers(world).transferred().lodge()


def then(stage: Any, *acts: Any) -> Any:
    def reached(world: World) -> Transfers:
        scene: Transfers = stage(world)
        for act in acts:
            act(scene)
        return scene

    return reached


def idle(scene: Transfers) -> None:
    """The bank lets its five banking days pass."""
    scene.world.at(scene.world.presentation(scene.key).deadline + 1)


def five_days(scene: Transfers) -> None:
    scene.world.at(deadline(scene) + 1)


def answer_over(scene: Transfers) -> None:
    scene.world.at(scene.view("substitutionOf", scene.key.id).answerBy + 1)


def refuse(scene: Transfers) -> None:
    args = (scene.key, 2, int(Disposal.RETURN), TEXT)
    scene.send(TRANSFERRING, "Presentations.refuse", *args)


def come_back(scene: Transfers) -> None:
    """The issuing bank refuses, and sends the documents back."""
    scene.send(ISSUER, "Presentations.refuse", scene.onward, 2, int(Disposal.RETURN), TEXT)
    scene.send(ISSUER, "Disposals.recordReturn", scene.onward, TEXT)


def not_kept(world: World) -> Transfers:
    return Transfers(world).transferred(keeps_substitution=False).lodge()


honoured = then(lodged, Transfers.honour)
substituted = then(lodged, Transfers.substitute)
taken_up = then(honoured, Transfers.substitute, Transfers.take_up)
forwarded = then(substituted, Transfers.forward)

NOT_HERE = meets("DocumentsNotHere", key_id)
SENT = meets("ForwardedAlready", key_id, lambda scene: scene.onward.id)


def gone(actual: Any, forward: Cell[Transfers]) -> Row:
    """The documents are not with the bank."""
    cells = {act: dict.fromkeys(actors, NOT_HERE) for act, actors in OWNERS.items()}
    if actual == S.NONE:
        cells["claim"] = {}
    if actual == S.SUBSTITUTED:
        cells["claim"] = {FIRST: meets("DifferenceNotDue", key_id, deadline, now)}
    # Whoever may not act at all is told so after where the documents are.
    for act in ("demand", "fail"):
        cells[act] = dict.fromkeys((*ACTORS[:-1], AUTHORITY), NOT_HERE)
    cells["send on"] = dict.fromkeys(ACTORS, NOT_HERE)
    cells["forward"] = {TRANSFERRING: forward}
    return cells


OWNERS = {
    "demand": (TRANSFERRING,),
    "substitute": (FIRST,),
    "take up": (TRANSFERRING,),
    "claim": (FIRST,),
    "fail": (TRANSFERRING,),
    "forward": (TRANSFERRING,),
    "send on": (SECOND,),
}
NOT_KEPT = meets("SubstitutionNotKept", PART)

SENT_A1 = goes_on(TRANSFERRING, INVOICE, FIRST)
SENT_A2 = goes_on(TRANSFERRING, AMOUNT, SECOND)

MACHINE: ActorMachine[Transfers] = ActorMachine(
    actors=ACTORS,
    stages={
        "lodged": lodged,
        "demanded": then(lodged, Transfers.demand),
        "demanded, time over": then(lodged, Transfers.demand, answer_over),
        "substituted": substituted,
        "cure demanded": then(substituted, Transfers.demand),
        "cured": then(substituted, Transfers.demand, Transfers.substitute),
        "idle, cured": then(substituted, Transfers.demand, Transfers.substitute, idle),
        "failed": then(lodged, Transfers.fail),
        "honoured": honoured,
        "honoured, substituted": then(honoured, Transfers.substitute),
        "honoured, silent": then(honoured, Transfers.substitute, five_days),
        "taken up": taken_up,
        "honoured, failed": then(honoured, Transfers.fail),
        "idle": then(lodged, idle),
        "idle, demanded": then(lodged, Transfers.demand, idle),
        "idle, substituted": then(substituted, idle),
        "forwarded": forwarded,
        "came back": then(forwarded, come_back),
        "refused": then(lodged, refuse),
        "not kept": not_kept,
    },
    acts=ACTS,
    record=Transfers.record,
    state=lambda scene: (
        scene.view("substitutionOf", scene.key.id).state,
        scene.world.state_of(scene.key),
    ),
    table={
        "lodged": row(S.NONE),
        "demanded": row(
            S.DEMANDED,
            fail={
                TRANSFERRING: meets(
                    "AnswerAwaited",
                    key_id,
                    lambda s: s.view("substitutionOf", s.key.id).answerBy,
                    now,
                ),
                SECOND: NOT_IDLE,
            },
        ),
        "demanded, time over": row(
            S.DEMANDED,
            fail={
                TRANSFERRING: becomes(S.FAILED, P.LODGED, fails(TRANSFERRING)),
                SECOND: NOT_IDLE,
            },
        ),
        "substituted": row(
            S.SUBSTITUTED, forward={TRANSFERRING: becomes(S.SUBSTITUTED, P.FORWARDED, *SENT_A1)}
        ),
        "cure demanded": row(
            S.DEMANDED,
            claim={FIRST: meets("DifferenceNotDue", key_id, deadline, now)},
            fail={
                TRANSFERRING: meets(
                    "AnswerAwaited",
                    key_id,
                    lambda s: s.view("substitutionOf", s.key.id).answerBy,
                    now,
                ),
                SECOND: NOT_IDLE,
            },
        ),
        "cured": row(
            S.SUBSTITUTED,
            demand={TRANSFERRING: wrong(S.SUBSTITUTED, S.NONE), SECOND: NOT_IDLE},
            fail={TRANSFERRING: becomes(S.FAILED, P.LODGED, fails(TRANSFERRING)), SECOND: NOT_IDLE},
            forward={TRANSFERRING: becomes(S.SUBSTITUTED, P.FORWARDED, *SENT_A1)},
        ),
        "idle, cured": row(
            S.SUBSTITUTED,
            demand=dict.fromkeys((TRANSFERRING, SECOND), wrong(S.SUBSTITUTED, S.NONE)),
            claim={FIRST: meets("NotYetHonoured", key_id)},
            fail={
                TRANSFERRING: becomes(S.FAILED, P.LODGED, fails(TRANSFERRING)),
                SECOND: wrong(S.SUBSTITUTED, S.DEMANDED),
            },
            forward={TRANSFERRING: becomes(S.SUBSTITUTED, P.FORWARDED, *SENT_A1)},
            **{
                "send on": {
                    SECOND: becomes(S.SUBSTITUTED, P.FORWARDED, *goes_on(SECOND, INVOICE, FIRST))
                }
            },
        ),
        "failed": row(S.FAILED, forward={TRANSFERRING: becomes(S.FAILED, P.FORWARDED, *SENT_A2)}),
        "honoured": row(S.NONE, P.COMPLYING),
        "honoured, substituted": row(
            S.SUBSTITUTED,
            P.COMPLYING,
            **{"take up": {TRANSFERRING: becomes(S.TAKEN_UP, P.COMPLYING, owes, TAKES_UP)}},
        ),
        "honoured, silent": row(
            S.SUBSTITUTED,
            P.COMPLYING,
            **{"take up": {TRANSFERRING: becomes(S.TAKEN_UP, P.COMPLYING, owes, TAKES_UP)}},
            claim={FIRST: becomes(S.TAKEN_UP, P.COMPLYING, owes, TAKES_UP)},
        ),
        "taken up": row(
            S.TAKEN_UP,
            P.COMPLYING,
            claim={FIRST: meets("DifferenceNotDue", key_id, deadline, now)},
            forward={
                TRANSFERRING: becomes(
                    S.TAKEN_UP, P.COMPLYING, *goes_on(TRANSFERRING, INVOICE, TRANSFERRING, True)
                )
            },
        ),
        "honoured, failed": row(
            S.FAILED,
            P.COMPLYING,
            forward={
                TRANSFERRING: becomes(
                    S.FAILED, P.COMPLYING, *goes_on(TRANSFERRING, AMOUNT, TRANSFERRING, True)
                )
            },
        ),
        # The presenter acts in the place of the bank.
        "idle": row(
            S.NONE,
            demand={
                TRANSFERRING: becomes(S.DEMANDED, P.LODGED, demands(TRANSFERRING)),
                SECOND: becomes(S.DEMANDED, P.LODGED, demands(SECOND)),
            },
            fail={actor: wrong(S.NONE, S.DEMANDED) for actor in (TRANSFERRING, SECOND)},
            **{"send on": {SECOND: meets("SubstitutionOpen", key_id, S.NONE)}},
        ),
        "idle, demanded": row(
            S.DEMANDED,
            demand={actor: wrong(S.DEMANDED, S.NONE) for actor in (TRANSFERRING, SECOND)},
            fail={
                actor: becomes(S.FAILED, P.LODGED, fails(actor)) for actor in (TRANSFERRING, SECOND)
            },
            **{"send on": {SECOND: meets("SubstitutionOpen", key_id, S.DEMANDED)}},
        ),
        # What is wrong with an invoice, the bank alone says.
        "idle, substituted": row(
            S.SUBSTITUTED,
            demand={
                TRANSFERRING: becomes(S.DEMANDED, P.LODGED, demands(TRANSFERRING, cure=True)),
                SECOND: wrong(S.SUBSTITUTED, S.NONE),
            },
            claim={FIRST: meets("NotYetHonoured", key_id)},
            fail={actor: wrong(S.SUBSTITUTED, S.DEMANDED) for actor in (TRANSFERRING, SECOND)},
            forward={TRANSFERRING: becomes(S.SUBSTITUTED, P.FORWARDED, *SENT_A1)},
            **{
                "send on": {
                    SECOND: becomes(S.SUBSTITUTED, P.FORWARDED, *goes_on(SECOND, INVOICE, FIRST))
                }
            },
        ),
        "forwarded": gone(S.SUBSTITUTED, SENT),
        "came back": row(
            S.SUBSTITUTED,
            P.FORWARDED,
            forward={TRANSFERRING: becomes(S.SUBSTITUTED, P.FORWARDED, *SENT_A1)},
        ),
        "refused": gone(S.NONE, meets("WrongPresentationState", key_id, P.REFUSED, P.COMPLYING)),
        "not kept": {
            "demand": dict.fromkeys(ACTORS, NOT_KEPT),
            "substitute": {FIRST: NOT_KEPT},
            "take up": {TRANSFERRING: wrong(S.NONE, S.SUBSTITUTED)},
            "claim": {},
            "fail": dict.fromkeys(ACTORS, NOT_KEPT),
            "forward": {TRANSFERRING: becomes(S.NONE, P.FORWARDED, *SENT_A2)},
            "send on": {SECOND: NOT_IDLE},
        },
    },
    stranger=lambda scene, act, actor: turned_away(scene, act, actor),
)


def turned_away(scene: Transfers, act: str, actor: int) -> Cell[Transfers]:
    """What an actor meets to whom the table does not open the act."""
    role = Role.EXAMINE if act in ("take up", "forward") else Role.PRESENT
    if not open_roles(KINDS[actor][0]) & role:
        return meets("MissingRole", desk(actor), actor, int(role))
    if act == "substitute":
        return meets("NotForBeneficiary", CREDIT, actor)
    if act == "claim":
        return meets("NotForBeneficiary", PART, actor)
    if act == "take up":
        return meets("NotTransferringBank", PART, actor)
    if act == "forward":
        return meets("NotExaminer", key_id, actor)
    return meets("NotPresenter", SECOND, actor)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_a_substitution_by_every_actor(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


# Times


def test_article_38i_a_first_beneficiary_has_a_day_to_answer(world: World) -> None:
    scene = lodged(world)
    earliest, latest = world.time + DAY, world.time + 30 * DAY
    for until in (0, earliest - 1, latest + 1):
        with reverts("AnswerOutOfBounds", scene.key.id, until, earliest, latest):
            scene.send(TRANSFERRING, "demandSubstitution", scene.key, until, TEXT)
    for until in (earliest + 1, latest - 1, latest):
        with world.aside():
            scene.send(TRANSFERRING, "demandSubstitution", scene.key, until, TEXT)
    scene.send(TRANSFERRING, "demandSubstitution", scene.key, earliest, TEXT)
    for time in (earliest - 1, earliest):
        world.at(time)
        with reverts("AnswerAwaited", scene.key.id, earliest, time):
            scene.send(TRANSFERRING, "recordFailure", scene.key, TEXT)
        with world.aside():
            scene.substitute()
    world.at(earliest + 1)
    # It may still answer until the failure is on record, and no longer.
    with world.aside():
        scene.substitute()
    scene.send(TRANSFERRING, "recordFailure", scene.key, TEXT)
    with reverts("WrongSubstitutionState", scene.key.id, S.FAILED, S.DEMANDED):
        scene.substitute()


def test_article_38i_the_first_demand_stays_on_record(world: World) -> None:
    scene = lodged(world)
    first = world.time
    scene.demand().substitute()
    world.at(first + DAY)
    scene.demand(days=2)
    found = scene.view("substitutionOf", scene.key.id)
    assert (found.demandedAt, found.answerBy) == (first, first + 3 * DAY)


def test_a_difference_is_claimed_after_the_fifth_banking_day(world: World) -> None:
    scene = then(honoured, Transfers.substitute)(world)
    last = deadline(scene)
    for time in (last - 1, last):
        world.at(time)
        with reverts("DifferenceNotDue", scene.key.id, last, time):
            scene.send(FIRST, "claimDifference", scene.key)
    world.at(last + 1)
    scene.send(FIRST, "claimDifference", scene.key)
    assert scene.view("PaymentObligations.obligation", difference_id(scene)).amount == DIFFERENCE


def test_a_presenter_acts_for_the_bank_after_its_fifth_banking_day(world: World) -> None:
    scene = substituted(world)
    last = world.presentation(scene.key).deadline
    for time in (last - 1, last):
        world.at(time)
        with reverts("BankNotIdle", scene.key.id, SECOND):
            act_send_on(scene, SECOND)
    world.at(last + 1)
    act_send_on(scene, SECOND)
    onward = PresentationKey(CREDIT, ISSUER, SECOND, 9)
    assert Mark(world.presentation(onward).marks) == Mark.FORWARDED | Mark.TRANSFERRED


# Amounts


@pytest.mark.parametrize("amount", [AMOUNT - 1, SHARE + 1])
def test_article_38h_an_invoice_out_of_bounds(world: World, amount: int) -> None:
    scene = lodged(world)
    with reverts("InvoiceOutOfBounds", scene.key.id, amount, AMOUNT, SHARE):
        scene.send(FIRST, "substitute", scene.key, amount, TEXT, NOTHING)
    for allowed in (AMOUNT, SHARE):
        with world.aside():
            scene.send(FIRST, "substitute", scene.key, allowed, TEXT, NOTHING)
            assert scene.view("substitutionOf", scene.key.id).difference == allowed - AMOUNT


def test_article_38h_what_a_part_may_still_be_drawn_for_is_no_difference(world: World) -> None:
    """The second drawing is covered whatever difference the first one takes."""
    scene = lodged(world)
    first = Transfers(world, scene.terms, scene.asked).lodge(30, 2)
    with reverts("InvoiceOutOfBounds", first.key.id, 51, 30, 50):
        first.substitute(21)
    first.honour().substitute(20).take_up()
    assert scene.view("leftOf", PART) == 0
    # Nothing is left for another difference.
    with reverts("InvoiceOutOfBounds", scene.key.id, AMOUNT + 1, AMOUNT, AMOUNT):
        scene.substitute(1)


def test_invoices_that_wait_share_what_is_left(world: World) -> None:
    """Two invoices were substituted against the same share: the later one has what remains."""
    first = Transfers(world).transferred().lodge(30, 1)
    second = Transfers(world, first.terms, first.asked).lodge(40, 2)
    first.honour().substitute(15)
    second.honour().substitute(15)
    first.take_up()
    second.take_up()
    assert second.view("substitutionOf", second.key.id).difference == 5
    assert second.view("transferOf", PART).differences == SHARE - AMOUNT
    third = Transfers(world, first.terms, first.asked).lodge(10, 3).honour().substitute(0)
    third.take_up()
    assert third.receipt is not None
    third.receipt.emitted(
        told(
            "SubstitutionTakenUp",
            presentationId=third.key.id,
            partId=PART,
            difference=0,
            obligationId=NOTHING,
        )
    )


def test_documents_that_wait_at_the_issuing_bank_share_it_as_well(world: World) -> None:
    first = Transfers(world).transferred().lodge(30, 1).substitute(15).forward(number=1)
    second = Transfers(world, first.terms, first.asked).lodge(40, 2).substitute(15)
    second.forward(number=2)
    first.send(ISSUER, "Presentations.findComplying", first.onward)
    with reverts("BeyondShare", PART, 15, 5):
        second.send(ISSUER, "Presentations.findComplying", second.onward)
    # Taken up with what is left, the second beneficiary has all of its own.
    args = (second.onward, TEXT, False)
    second.send(ISSUER, "Presentations.acceptDiscrepancies", *args)
    number = obligation_id(second.onward.id, ISSUER, FIRST)  # type: ignore[union-attr]
    assert second.view("PaymentObligations.obligation", number).amount == 45
    assert second.view("PaymentObligations.assignmentOf", number) == (SECOND, 40)
    assert second.view("transferOf", PART).differences == SHARE - AMOUNT
    assert second.drawn(PART) == 70
