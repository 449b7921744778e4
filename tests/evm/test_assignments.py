# SPDX-License-Identifier: Apache-2.0
"""Proceeds that a beneficiary assigns before anything is owed (UCP 600 art. 39)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import test_unpaid_slices as slices
from eth_utils import keccak
from machine import ActorMachine, Becomes, Cell, Refuses
from schedules import MIXED, TODAY, issue_scheduled
from suite import Event, error, event
from test_unpaid import CONFIRMING, FULL, NOMINATED, OVER, RECEIVED, Drawing, both, held
from vocabulary import (
    Availability,
    CreditState,
    MaturityFrom,
    ObligationState,
)
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CASH,
    CENTRAL,
    FORWARDER,
    ISSUER,
    OTHER,
    Amendment,
    Issuance,
    Receipt,
    World,
    credit_id,
    desk,
    obligation_id,
    reverts,
)

if TYPE_CHECKING:
    from collections.abc import Callable

AMOUNT, PART = 128_000_000, 50_000_000
PART_OF_FULL = 40
ASSIGNEE = FORWARDER
TEXT = keccak(text="text")
ACTORS = (BENEFICIARY, ISSUER, ASSIGNEE, APPLICANT, AUTHORITY)
CREDIT = credit_id(ISSUER, Issuance().reference)
NOTHING = (0, 0, 0, 0, bytes(32))


@dataclass
class Scene:
    """The plain credit, and what its beneficiary assigned of it."""

    world: World
    amount: int = PART
    number: int = 0

    def assign(self, by: int = BENEFICIARY, assignee: int = ASSIGNEE) -> Receipt:
        function = "PaymentObligations.assignUnderCredit"
        return self.world.send(desk(by), function, CREDIT, assignee, self.amount, TEXT)

    def owe(self, amount: int, presenter: int = BENEFICIARY, **terms: Any) -> tuple[bytes, Receipt]:
        """Something that comes to be owed."""
        self.number += 1
        key = self.world.lodge(
            CREDIT, amount=amount, number=self.number, presenter=presenter, **terms
        )
        receipt = self.world.send(desk(ISSUER), "Presentations.findComplying", key)
        return receipt.value, receipt

    def record(self) -> Any:
        return self.world.view("PaymentObligations.creditAssignmentOf", CREDIT)

    def of(self, obligation: bytes) -> Any:
        return self.world.view("PaymentObligations.assignmentOf", obligation)

    def is_flagged(self) -> bool:
        _, numbers = self.world.view("LetterOfCredit.bindingWords", CREDIT, 0)
        return bool(numbers >> 254 & 1)


def none(world: World) -> Scene:
    return Scene(world)


def issued(world: World) -> Scene:
    world.issue()
    return Scene(world)


def assigned(world: World, amount: int = PART) -> Scene:
    scene = issued(world)
    scene.amount = amount
    scene.assign()
    return scene


def pre_advised(world: World) -> Scene:
    world.send(desk(ISSUER), "LetterOfCredit.preAdvise", Issuance())
    return Scene(world)


def cancelled(world: World) -> Scene:
    scene = issued(world)
    amendment = Amendment(cancels=True, terms=TEXT)
    world.send(desk(ISSUER), "LetterOfCredit.amend", CREDIT, amendment)
    world.send(desk(BENEFICIARY), "LetterOfCredit.acceptAmendment", CREDIT, 1, bytes(32))
    return scene


def told(scene: Scene) -> Event:
    return event(
        "PaymentObligations",
        "CreditProceedsAssigned",
        creditId=CREDIT,
        assignor=BENEFICIARY,
        assignee=ASSIGNEE,
        amount=scene.amount,
        assignment=TEXT,
    )


def carried(obligation: bytes, amount: int) -> Event:
    return event(
        "PaymentObligations",
        "ProceedsAssigned",
        obligationId=obligation,
        owner=BENEFICIARY,
        assignee=ASSIGNEE,
        amount=amount,
        assignment=TEXT,
    )


def stranger(scene: Scene, act: str, actor: int) -> Cell[Scene]:
    return Refuses(lambda s: error("NotBeneficiary", CREDIT, actor))


def wrong(actual: Any) -> Refuses[Scene]:
    return Refuses(lambda s: error("WrongCreditState", CREDIT, actual, CreditState.ISSUED))


UNKNOWN = Refuses[Scene](lambda s: error("UnknownCredit", CREDIT))
TABLE: dict[str, tuple[Callable[[World], Scene], dict[int, Cell[Scene]]]] = {
    "none": (none, dict.fromkeys(ACTORS, UNKNOWN)),
    "issued": (issued, {BENEFICIARY: Becomes((BENEFICIARY, PART), (told,))}),
    "assigned": (
        assigned,
        {BENEFICIARY: Refuses(lambda s: error("CreditAssignedAlready", CREDIT, ASSIGNEE))},
    ),
    "pre-advised": (pre_advised, {BENEFICIARY: wrong(CreditState.PRE_ADVISED)}),
    "cancelled": (cancelled, {BENEFICIARY: wrong(CreditState.CANCELLED)}),
}
MACHINE: ActorMachine[Scene] = ActorMachine(
    stages={name: stage for name, (stage, _) in TABLE.items()},
    acts={"assign": Scene.assign},
    actors=ACTORS,
    record=Scene.record,
    state=lambda s: s.record()[::2][:2],
    table={name: {"assign": cells} for name, (_, cells) in TABLE.items()},
    stranger=stranger,
)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_an_assignment_ahead(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


@pytest.mark.parametrize(("assignee", "amount"), [(BENEFICIARY, 1), (ASSIGNEE, 0)])
def test_what_cannot_be_assigned(world: World, assignee: int, amount: int) -> None:
    scene = issued(world)
    scene.amount = amount
    with reverts("BadCreditAssignment", CREDIT, assignee, amount):
        scene.assign(assignee=assignee)


def test_an_assignee_is_a_member(world: World) -> None:
    scene = issued(world)
    with reverts("UnknownMember", 4_000):
        scene.assign(assignee=4_000)


def test_only_a_credit_with_an_assignment_is_flagged(world: World) -> None:
    scene = issued(world)
    assert (scene.is_flagged(), scene.record()) == (False, NOTHING)
    obligation, receipt = scene.owe(1_000)
    assert [each.name for each in receipt.events] == ["ObligationIncurred", "FoundComplying"]
    assert scene.of(obligation) == (0, 0)
    scene.assign()
    assert scene.is_flagged()
    # What is owed already is assigned by itself.
    assert scene.of(obligation) == (0, 0)


@pytest.mark.parametrize(
    ("whole", "drawings", "parts"),
    [
        (PART, [AMOUNT], [PART]),
        (AMOUNT, [AMOUNT], [AMOUNT]),
        (AMOUNT + 1, [AMOUNT], [AMOUNT]),
        (PART, [PART - 1, 2, 3], [PART - 1, 1, 0]),
        (PART, [PART, 5], [PART, 0]),
        (PART, [PART + 1, 5], [PART, 0]),
    ],
)
def test_each_obligation_carries_what_is_left(
    world: World, whole: int, drawings: list[int], parts: list[int]
) -> None:
    scene, left = assigned(world, whole), whole
    for drawing, part in zip(drawings, parts, strict=True):
        obligation, receipt = scene.owe(drawing)
        left -= part
        assert scene.of(obligation) == ((ASSIGNEE, part) if part else (0, 0))
        told_ = [each for each in receipt.events if each.name == "ProceedsAssigned"]
        assert told_ == ([carried(obligation, part)] if part else [])
        assert scene.record() == (BENEFICIARY, ASSIGNEE, whole, left, TEXT)
        record = world.view("PaymentObligations.obligation", obligation)
        assert record.assigned is bool(part)


def test_the_assignee_is_paid_as_by_an_assignment_made_afterwards(world: World) -> None:
    scene = assigned(world)
    obligation, _ = scene.owe(AMOUNT)
    world.send(desk(CENTRAL), f"{CASH}.mint", ISSUER, AMOUNT, TEXT)
    world.send(desk(ISSUER), "PaymentObligations.pay", obligation)
    assert world.balance(ASSIGNEE) == PART
    assert world.balance(BENEFICIARY) == AMOUNT - PART


def test_the_assignee_attests_its_part(world: World) -> None:
    scene = assigned(world)
    obligation, _ = scene.owe(AMOUNT)
    attest = "PaymentObligations.attestPayment"
    world.send(desk(BENEFICIARY), attest, obligation, TEXT)
    world.send(desk(ASSIGNEE), attest, obligation, TEXT)
    state = world.view("PaymentObligations.stateOf", obligation)
    assert state == ObligationState.PAID


def test_a_prepayment_leaves_the_assignee_its_part(world: World) -> None:
    world.issue(
        availability=int(Availability.ACCEPTANCE), tenor=30, tenor_from=int(MaturityFrom.SIGHT)
    )
    scene = Scene(world)
    scene.assign()
    obligation, _ = scene.owe(AMOUNT)
    world.send(desk(CENTRAL), f"{CASH}.mint", ISSUER, AMOUNT, TEXT)
    agree, prepay = "PaymentObligations.agreePrepayment", "PaymentObligations.prepay"
    world.send(desk(BENEFICIARY), agree, obligation, PART - 1)
    with reverts("ProceedsOutOfBounds", obligation, PART - 1, PART, AMOUNT):
        world.send(desk(ISSUER), prepay, obligation, PART - 1)
    world.send(desk(BENEFICIARY), agree, obligation, PART)
    world.send(desk(ISSUER), prepay, obligation, PART)
    assert (world.balance(ASSIGNEE), world.balance(BENEFICIARY)) == (PART, 0)


def test_an_assigned_obligation_is_not_assigned_again_and_a_free_one_is(world: World) -> None:
    scene = assigned(world, 10)
    first, _ = scene.owe(10)
    second, _ = scene.owe(10)
    args = APPLICANT, 5, TEXT
    with reverts("AssignedAlready", first, ASSIGNEE):
        world.send(desk(BENEFICIARY), "PaymentObligations.assignProceeds", first, *args)
    world.send(desk(BENEFICIARY), "PaymentObligations.assignProceeds", second, *args)
    assert scene.of(second) == (APPLICANT, 5)


def test_what_is_owed_to_another_is_not_assigned(world: World) -> None:
    """A presenter that is paid itself, or a bank that negotiated, has nothing to do with it."""
    scene = assigned(world)
    world.send(desk(BENEFICIARY), "Presentations.recordMandate", CREDIT, ADVISER, TEXT)
    obligation, receipt = scene.owe(AMOUNT, presenter=ADVISER, pay_presenter=True)
    assert scene.of(obligation) == (0, 0)
    assert scene.record().left == PART
    assert [each.name for each in receipt.events] == ["ObligationIncurred", "FoundComplying"]


def test_a_drawing_that_is_forwarded_is_assigned_once(world: World) -> None:
    world.issue(nominated_bank=OTHER)
    scene = Scene(world)
    scene.assign()
    key = world.lodge(CREDIT, examiner=OTHER)
    owed = world.send(desk(OTHER), "Presentations.findComplying", key).value
    assert scene.of(owed) == (ASSIGNEE, PART)
    world.send(desk(OTHER), "Forwarding.forward", key, ISSUER, 1, TEXT)
    onward = key._replace(examiner=ISSUER, presenter=OTHER)
    owed = world.send(desk(ISSUER), "Presentations.findComplying", onward).value
    assert owed == obligation_id(onward.id, ISSUER, OTHER)
    assert scene.of(owed) == (0, 0)


@pytest.mark.parametrize("forwarded", [False, True])
@pytest.mark.parametrize("bank", [NOMINATED, CONFIRMING])
def test_what_a_bank_left_unpaid_uses_up_the_assignment_once(
    world: World, bank: int, forwarded: bool
) -> None:
    """The bank behind pays the drawing as the bank in default would have, to both creditors."""
    both(world)
    scene = Scene(world, PART_OF_FULL + FULL)
    scene.assign()
    first = found_complying(world, bank)
    assert (scene.of(first.id), scene.record().left) == ((ASSIGNEE, FULL), PART_OF_FULL)
    second = left_unpaid(first, forwarded)
    # It takes up nothing more, and is paid as the first says.
    assert (scene.of(second.id), scene.record().left) == ((0, 0), PART_OF_FULL)
    second.pay()
    assert held(world, ASSIGNEE, BENEFICIARY, bank, ISSUER) == [FULL, 0, 0, 0]
    with reverts("PaidByCounterpart", first.id, second.id):
        first.pay()


@pytest.mark.parametrize("forwarded", [False, True])
def test_a_bank_that_pays_late_pays_the_assignee_and_is_itself_reimbursed(
    world: World, forwarded: bool
) -> None:
    both(world)
    scene = Scene(world, PART_OF_FULL)
    scene.assign()
    first = found_complying(world)
    second = left_unpaid(first, forwarded)
    first.pay()
    assert held(world, ASSIGNEE, BENEFICIARY) == [PART_OF_FULL, FULL - PART_OF_FULL]
    second.pay()
    assert held(world, ASSIGNEE, BENEFICIARY, NOMINATED, ISSUER) == [
        *(PART_OF_FULL, FULL - PART_OF_FULL, FULL, 0)
    ]


def test_what_is_assigned_ahead_of_a_default_waits_for_the_next_drawing(world: World) -> None:
    """Nothing more is assigned of a drawing that two banks owe."""
    both(world)
    scene = Scene(world, PART_OF_FULL)
    first = found_complying(world)
    scene.assign()
    second = left_unpaid(first, False)
    second.pay()
    assert held(world, ASSIGNEE, BENEFICIARY) == [0, FULL]
    assert scene.record().left == PART_OF_FULL


def test_each_slice_of_a_mixed_payment_carries_what_is_left(world: World) -> None:
    """In their order; and what another bank comes to owe of them uses up nothing more."""
    mixed = {"nominated_bank": NOMINATED, "amount": sum(slices.PARTS), "expiry": TODAY + 200}
    assert issue_scheduled(world, MIXED, **mixed) == CREDIT
    scene = Scene(world, 700)
    scene.assign()
    world.at(RECEIVED)
    whole = {"amount": sum(slices.PARTS), "shipped": slices.SHIPPED}
    key = world.lodge(CREDIT, examiner=NOMINATED, **whole)
    first = slices.Drawing(world, key, BENEFICIARY).comply()
    assert [scene.of(first.owed(place)) for place in range(4)] == [
        *((ASSIGNEE, 300), (ASSIGNEE, 400), (0, 0), (0, 0))
    ]
    assert scene.record().left == 0
    world.at(OVER)
    second = first.turn().comply()
    assert [scene.of(second.owed(place)) for place in range(4)] == [(0, 0)] * 4
    second.pay(slices.SIGHT, slices.BOUGHT)
    assert held(world, ASSIGNEE, BENEFICIARY, ISSUER) == [300, 50, 0]


def found_complying(world: World, bank: int = NOMINATED) -> Drawing:
    """A drawing of the whole that a bank owes; its documents came on the Monday."""
    world.at(RECEIVED)
    key = world.lodge(CREDIT, examiner=bank, amount=FULL, shipped=0)
    return Drawing(world, key, BENEFICIARY).comply()


def left_unpaid(first: Drawing, forwarded: bool) -> Drawing:
    """What the issuing bank comes to owe on it, for the creditor."""
    second = first.forward() if forwarded else None
    first.world.at(OVER)
    if second is None:
        return first.turn().comply()
    second.comply()
    first.take_over(second)
    return second


@pytest.mark.parametrize("way", ["waiver", "preclusion"])
def test_however_it_arises(world: World, way: str) -> None:
    scene = assigned(world)
    key = world.lodge(CREDIT)
    if way == "waiver":
        args = key, TEXT, False
        owed = world.send(desk(ISSUER), "Presentations.acceptDiscrepancies", *args).value
    else:
        world.at(world.presentation(key).deadline + 1)
        owed = world.send(desk(BENEFICIARY), "Presentations.claimPrecluded", key).value
    assert scene.of(owed) == (ASSIGNEE, PART)


def test_assigning_changes_nothing_else_of_the_credit(world: World) -> None:
    scene = issued(world)
    before = world.view("LetterOfCredit.credit", CREDIT)
    _, numbers = world.view("LetterOfCredit.bindingWords", CREDIT, ISSUER)
    scene.assign()
    assert world.view("LetterOfCredit.credit", CREDIT) == before
    _, after = world.view("LetterOfCredit.bindingWords", CREDIT, ISSUER)
    assert after == numbers | 1 << 254
    assert before.issuance.switches == 0
