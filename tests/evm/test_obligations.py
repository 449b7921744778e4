# SPDX-License-Identifier: Apache-2.0
"""The machine of obligations: every state, act and caller."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from eth_abi import encode
from eth_utils import keccak
from machine import Becomes, Cell, Machine, Refuses
from suite import Event, error, event
from vocabulary import ObligationKind, ObligationState, Role, open_roles
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CASH,
    CENTRAL,
    CNY,
    DAY,
    ISSUER,
    JPY,
    KINDS,
    OUTSIDER,
    USD,
    Receipt,
    World,
    account,
    admission,
    desk,
    obligation_id,
    refused,
    reverts,
    treasury,
)

if TYPE_CHECKING:
    from collections.abc import Callable

D = ObligationState
NONE, DUE, INCURRED, ACCEPTED, NEGOTIATED, PREPAID, PAID, OVERDUE, STAYED, SETTLED = D
PRESENTATION = keccak(text="presentation")
AMOUNT, PART, PROCEEDS = 1_000, 400, 950
INCURRER = account("a contract of presentations")
FOLLOWER = account("a contract of forwarding")
TRANSFERRER = account("a contract of transfers")
PAIRER = account("a contract of reimbursements")
TITLES = account("a contract of titles")
PEERS = (INCURRER, FOLLOWER, TRANSFERRER, PAIRER, TITLES)
# The other bank that owes the same drawing.
OTHER_DEBTOR = CENTRAL
ASSIGNEE = ADVISER
COURT = AUTHORITY
TEXT = keccak(text="text")
# Everybody who tries each act.
CALLERS = (ISSUER, BENEFICIARY, ASSIGNEE, COURT, APPLICANT)
# A day from its first beginning on earth until its last end.
BEGINS, ENDS = -14 * 3_600, 36 * 3_600
TENOR = 90
STAY = 1_000


@dataclass(frozen=True)
class Owed:
    """The struct of IPaymentObligations."""

    amount: int = AMOUNT
    debtor: int = ISSUER
    owner: int = BENEFICIARY
    maturity: int = 0
    currency: int = CNY.number
    state: Any = DUE
    kind: Any = ObligationKind.COMPLYING
    stayed_until: int = 0
    recourse: bool = False
    titles: int = 0

    @property
    def id(self) -> bytes:
        return obligation_id(PRESENTATION, self.debtor, self.owner)

    @property
    def word(self) -> int:
        """As the library ObligationWords draws it."""
        places = (
            (self.amount, 0),
            (self.debtor, 64),
            (self.owner, 96),
            (self.maturity, 128),
            (self.stayed_until, 168),
            (self.currency, 208),
            (int(self.state), 224),
            (int(self.kind), 232),
            (int(self.recourse), 240),
            (self.titles, 247),
        )
        return sum(value << place for value, place in places)

    def record(self, **changes: Any) -> tuple[Any, ...]:
        """As the contract shows it."""
        fields = {
            "debtor": self.debtor,
            "owner": self.owner,
            "amount": self.amount,
            "maturity": self.maturity,
            "currency": self.currency,
            "state": self.state,
            "kind": self.kind,
            "stayed_until": self.stayed_until,
            "recourse": self.recourse,
            "assigned": False,
            "titles": self.titles,
        }
        assert changes.keys() <= fields.keys()
        return tuple((fields | changes).values())


@dataclass
class Scene:
    """One obligation in a contract where a plain account lets obligations arise."""

    world: World
    owed: Owed
    # What the other bank owes.
    others: int = AMOUNT

    @property
    def id(self) -> bytes:
        return self.owed.id

    def send(self, member: int, function: str, *args: Any) -> Receipt:
        return self.world.send(desk(member), f"Obligations.{function}", self.id, *args)

    # The acts, each by its right caller unless another is named.

    def incur(self, by: int | None = None) -> Receipt:
        caller = INCURRER if by is None else desk(by)
        return self.world.send(caller, "Obligations.incur", PRESENTATION, self.owed.word)

    def pay(self, by: int = ISSUER) -> Receipt:
        return self.send(by, "pay")

    def agree(self, by: int = BENEFICIARY, proceeds: int = PROCEEDS) -> Receipt:
        return self.send(by, "agreePrepayment", proceeds)

    def prepay(self, by: int = ISSUER, proceeds: int = PROCEEDS) -> Receipt:
        return self.send(by, "prepay", proceeds)

    def attest(self, by: int = BENEFICIARY) -> Receipt:
        return self.send(by, "attestPayment", TEXT)

    def attest_part(self, by: int = ASSIGNEE) -> Receipt:
        return self.send(by, "attestPayment", TEXT)

    def assign(self, by: int = BENEFICIARY, part: int = PART) -> Receipt:
        return self.send(by, "assignProceeds", ASSIGNEE, part, TEXT)

    def stay(self, by: int = COURT) -> Receipt:
        return self.send(by, "stayPayment", self.world.time + STAY, TEXT)

    def lift(self, by: int = COURT) -> Receipt:
        return self.send(by, "liftPaymentStay", TEXT)

    def pair(self, *, paired: bool = True) -> Receipt:
        function = "Obligations.setPaired"
        return self.world.send(PAIRER, function, self.id, self.counterpart.id, paired)

    def settle(self, by: int = ISSUER) -> Receipt:
        return self.send(by, "settleByCounterpart")

    # The counterpart, as another bank owes it.

    @property
    def counterpart(self) -> Owed:
        return Owed(self.others, debtor=OTHER_DEBTOR, maturity=self.owed.maturity)

    def owe_counterpart(self, state: Any = DUE) -> Receipt:
        word = replace(self.counterpart, state=state).word
        return self.world.send(PAIRER, "Obligations.incur", PRESENTATION, word)

    def pay_counterpart(self) -> Receipt:
        self.owe_counterpart()
        number = self.counterpart.id
        return self.world.send(desk(OTHER_DEBTOR), "Obligations.pay", number)

    def prepay_counterpart(self) -> Receipt:
        self.owe_counterpart(ACCEPTED)
        number = self.counterpart.id
        agree, prepay = "Obligations.agreePrepayment", "Obligations.prepay"
        self.world.send(desk(BENEFICIARY), agree, number, PROCEEDS)
        return self.world.send(desk(OTHER_DEBTOR), prepay, number, PROCEEDS)

    def follow(self, claimant: int = BENEFICIARY) -> Receipt:
        """The creditor turns to the other bank."""
        function = "Obligations.follow"
        args = self.id, self.counterpart.id, 1, True, claimant
        return self.world.send(FOLLOWER, function, *args)

    def follow_counterpart(self) -> Receipt:
        """The other way round."""
        args = self.counterpart.id, self.id, 1, True, BENEFICIARY
        return self.world.send(FOLLOWER, "Obligations.follow", *args)

    def record(self) -> Any:
        return (
            self.world.view("Obligations.obligation", self.id),
            self.world.view("Obligations.assignmentOf", self.id),
            self.world.view("Obligations.agreedPrepayment", self.id),
            self.world.view("Obligations.pairedWith", self.id),
            self.world.view("Obligations.followedBy", self.id),
            self.world.view("Obligations.follows", self.id),
            self.world.view("Obligations.currentCreditor", self.id),
        )

    def state(self) -> int:
        found: int = self.world.view("Obligations.stateOf", self.id)
        return found


# Where an obligation can stand


def none(world: World, state: Any = DUE) -> Scene:
    """The debtor is in funds, in cash that this contract settles."""
    registry = world.addresses["AllianceRegistry"]
    settler, cash = world.next_address(1), world.next_address(0)
    world.deploy(
        "Cash", "SettlementCash", registry, settler, INCURRER, CENTRAL, CNY.number, "CNY", 2
    )
    contract = "PaymentObligations"
    world.deploy("Obligations", contract, registry, *PEERS, [CNY.number], [cash])
    assert (world.addresses["Cash"], world.addresses["Obligations"]) == (cash, settler)
    for debtor in (ISSUER, OTHER_DEBTOR):
        world.send(desk(CENTRAL), "Cash.mint", debtor, AMOUNT, keccak(text=f"funds of {debtor}"))
    maturity = world.time
    if state != DUE:
        maturity = (world.time // DAY + TENOR) * DAY
    return Scene(world, Owed(state=state, maturity=maturity))


def owed(world: World, state: Any = DUE) -> Scene:
    scene = none(world, state)
    scene.incur()
    return scene


def matured(world: World, state: Any) -> Scene:
    scene = owed(world, state)
    world.at(scene.owed.maturity + BEGINS)
    return scene


def over(world: World, state: Any = DUE) -> Scene:
    """The day of maturity is over everywhere."""
    scene = owed(world, state)
    world.at(scene.owed.maturity // DAY * DAY + ENDS)
    return scene


def after(scene: Scene, *acts: Callable[[Scene], Receipt]) -> Scene:
    for act in acts:
        act(scene)
    return scene


def lapsed(world: World) -> Scene:
    """A court's stay was on record and is over, and the day of maturity is not."""
    scene = after(owed(world), Scene.stay)
    world.at(world.time + STAY + 1)
    return scene


def left(world: World, *, arisen: bool = True) -> Scene:
    """What another bank owed for the same drawing, and left unpaid, is followed by this."""
    scene = none(world)
    scene.owe_counterpart()
    world.at(world.time // DAY * DAY + ENDS)
    scene.follow_counterpart()
    scene.owed = replace(scene.owed, maturity=world.time)
    if arisen:
        scene.incur()
    return scene


def pay_what_was_left(scene: Scene) -> Receipt:
    """The bank in default pays after all."""
    number = scene.counterpart.id
    return scene.world.send(desk(OTHER_DEBTOR), "Obligations.pay", number)


# What is told


def told(name: str, **values: Any) -> Callable[[Scene], Event]:
    """An event of the obligation; what is callable is asked of the scene."""

    def make(s: Scene) -> Event:
        later = {key: value(s) if callable(value) else value for key, value in values.items()}
        return event("Obligations", name, obligationId=s.id, **later)

    return make


def moved(to: int, amount: int) -> Callable[[Scene], Event]:
    parties = {"from": treasury(ISSUER), "to": treasury(to)}
    return lambda s: event("Cash", "Transfer", **parties, value=amount)


incurred = told(
    "ObligationIncurred",
    presentationId=PRESENTATION,
    debtor=ISSUER,
    owner=BENEFICIARY,
    amount=AMOUNT,
    currency=CNY.number,
    maturity=lambda s: s.owed.maturity,
    state=lambda s: s.owed.state,
    kind=lambda s: s.owed.kind,
)
between = {"debtor": ISSUER, "owner": BENEFICIARY}
was_paid = told("ObligationPaid", **between, amount=AMOUNT, currency=CNY.number)
paid_to_the_other = told(
    "ObligationPaid", debtor=ISSUER, owner=OTHER_DEBTOR, amount=AMOUNT, currency=CNY.number
)
was_prepaid = told("ObligationPrepaid", **between, proceeds=PROCEEDS, currency=CNY.number)
agreed = told("PrepaymentAgreed", owner=BENEFICIARY, proceeds=PROCEEDS)
assigned = told(
    "ProceedsAssigned", owner=BENEFICIARY, assignee=ASSIGNEE, amount=PART, assignment=TEXT
)
part_paid = told("ProceedsPaid", assignee=ASSIGNEE, amount=PART)
stayed = told("ObligationStayed", authority=COURT, until=lambda s: s.world.time + STAY, order=TEXT)
stay_lifted = told("ObligationStayLifted", authority=COURT, order=TEXT)


settled_by = told(
    "ObligationSettled", counterpart=lambda s: s.counterpart.id, amount=AMOUNT, settled=True
)


def paired(s: Scene) -> Event:
    return event(
        "Obligations", "ObligationsPaired", first=s.id, second=s.counterpart.id, paired=True
    )


def followed(s: Scene) -> Event:
    return event(
        "Obligations",
        "ObligationFollowed",
        unpaid=s.id,
        later=s.counterpart.id,
        creditor=BENEFICIARY,
    )


def attested(by: int, settled: bool) -> Callable[[Scene], Event]:
    return told("PaymentAttested", creditor=by, paymentReference=TEXT, settled=settled)


# What becomes of an act

UNKNOWN = Refuses[Scene](lambda s: error("UnknownObligation", s.id))
EXISTS = Refuses[Scene](lambda s: error("ObligationExists", s.id))
NOT_OWED = Refuses[Scene](lambda s: error("NotCreditor", s.id, BENEFICIARY))
NO_CREDITOR = Refuses[Scene](lambda s: error("NotCreditor", s.id, ASSIGNEE))
NO_STAY = Refuses[Scene](lambda s: error("PaymentNotStayed", s.id))
IS_STAYED = Refuses[Scene](lambda s: error("PaymentIsStayed", s.id, s.world.time + STAY))
TOO_EARLY = Refuses[Scene](lambda s: error("NotMatured", s.id, s.owed.maturity, s.world.time))
MATURED = Refuses[Scene](lambda s: error("MaturedAlready", s.id, s.owed.maturity, s.world.time))
NOT_AGREED = Refuses[Scene](lambda s: error("PrepaymentNotAgreed", s.id, PROCEEDS, 0))
HAS_ASSIGNEE = Refuses[Scene](lambda s: error("AssignedAlready", s.id, ASSIGNEE))
UNPAIRED = Refuses[Scene](lambda s: error("NotPaired", s.id))
IS_PAIRED = Refuses[Scene](lambda s: error("PairedObligation", s.id, s.counterpart.id))
PAID_ALREADY = Refuses[Scene](lambda s: error("PaidByCounterpart", s.id, s.counterpart.id))
NOT_PAID = Refuses[Scene](lambda s: error("CounterpartUnpaid", s.id, s.counterpart.id))
SETTLES = Becomes[Scene](SETTLED, (settled_by,))
FOLLOWED = Becomes[Scene](OVERDUE, (followed,))
FOLLOWED_ALREADY = Refuses[Scene](lambda s: error("FollowedAlready", s.id, s.counterpart.id))
LATER_IS_OWED = Refuses[Scene](lambda s: error("OwedToAnother", s.counterpart.id, BENEFICIARY))
OWED_TO_ANOTHER = Refuses[Scene](lambda s: error("OwedToAnother", s.id, BENEFICIARY))
PAYS = Becomes[Scene](PAID, (was_paid, moved(BENEFICIARY, AMOUNT)))
PAYS_BOTH = Becomes[Scene](
    PAID, (was_paid, part_paid, moved(ASSIGNEE, PART), moved(BENEFICIARY, AMOUNT - PART))
)
PREPAYS = Becomes[Scene](PREPAID, (was_prepaid, moved(BENEFICIARY, PROCEEDS)))


def wrong(actual: Any, expected: Any = DUE) -> Refuses[Scene]:
    return Refuses(lambda s: error("WrongObligationState", s.id, actual, expected))


def has_attested(by: int) -> Refuses[Scene]:
    return Refuses(lambda s: error("AttestedAlready", s.id, by))


def not_overdue(state: Any) -> Refuses[Scene]:
    return Refuses(lambda s: error("NotOverdue", s.id, state))


def standing(state: Any, seen: Any = None, **open_: Cell[Scene]) -> dict[str, Cell[Scene]]:
    """What every act does while something is owed, unless another cell is given."""
    seen = state if seen is None else seen
    row: dict[str, Cell[Scene]] = {
        "incur": EXISTS,
        "pay": PAYS,
        "agree": wrong(state, INCURRED),
        "prepay": wrong(state, INCURRED),
        "attest": Becomes(PAID, (attested(BENEFICIARY, True),)),
        "attest part": NO_CREDITOR,
        "assign": Becomes(seen, (assigned,)),
        "stay": Becomes(STAYED, (stayed,)),
        "lift": NO_STAY,
        "pair": Becomes(seen, (paired,)),
        "settle": UNPAIRED,
        "follow": FOLLOWED if seen == OVERDUE else not_overdue(seen),
    }
    given = {name.replace("_", " "): cell for name, cell in open_.items()}
    assert given.keys() <= row.keys()
    return row | given


def at_maturity(state: Any, seen: Any = None, **open_: Cell[Scene]) -> dict[str, Cell[Scene]]:
    """The same of what may be prepaid, once its day has begun."""
    seen = state if seen is None else seen
    usual: dict[str, Cell[Scene]] = {"agree": Becomes(seen, (agreed,)), "prepay": MATURED}
    return standing(state, seen, **usual | open_)


def before_maturity(state: Any, **open_: Cell[Scene]) -> dict[str, Cell[Scene]]:
    usual: dict[str, Cell[Scene]] = {"pay": TOO_EARLY, "prepay": NOT_AGREED}
    return at_maturity(state, **usual | open_)


def final(state: Any, **open_: Cell[Scene]) -> dict[str, Cell[Scene]]:
    usual: dict[str, Cell[Scene]] = dict.fromkeys(
        ("pay", "prepay", "attest", "assign", "stay", "settle"), wrong(state)
    )
    return standing(state, **usual | open_)


WITH_ASSIGNEE: dict[str, Cell[Scene]] = {
    "pay": PAYS_BOTH,
    "attest": Becomes(DUE, (attested(BENEFICIARY, False),)),
    "attest_part": Becomes(DUE, (attested(ASSIGNEE, False),)),
    "assign": HAS_ASSIGNEE,
    "pair": HAS_ASSIGNEE,
}
PAIRED: dict[str, Cell[Scene]] = {"assign": IS_PAIRED, "settle": NOT_PAID}
COVERED: dict[str, Cell[Scene]] = dict.fromkeys(("pay", "prepay"), PAID_ALREADY) | {
    "assign": IS_PAIRED,
    "settle": SETTLES,
}
NOWHERE: dict[str, Cell[Scene]] = dict.fromkeys(standing(NONE), UNKNOWN) | {
    "incur": Becomes(DUE, (incurred,)),
    "pair": Becomes(NONE, (paired,)),
}
TABLE: dict[str, tuple[Callable[[World], Scene], dict[str, Cell[Scene]]]] = {
    "none": (none, NOWHERE),
    "due": (owed, standing(DUE)),
    "incurred": (lambda w: owed(w, INCURRED), before_maturity(INCURRED)),
    "accepted": (lambda w: owed(w, ACCEPTED), before_maturity(ACCEPTED)),
    # The funds may be advanced at any time before (UCP 600 art. 2).
    "negotiated": (lambda w: owed(w, NEGOTIATED), standing(NEGOTIATED)),
    "incurred, matured": (lambda w: matured(w, INCURRED), at_maturity(INCURRED)),
    "accepted, matured": (lambda w: matured(w, ACCEPTED), at_maturity(ACCEPTED)),
    "due, overdue": (over, standing(DUE, OVERDUE)),
    "incurred, overdue": (lambda w: over(w, INCURRED), at_maturity(INCURRED, OVERDUE)),
    "accepted, overdue": (lambda w: over(w, ACCEPTED), at_maturity(ACCEPTED, OVERDUE)),
    "negotiated, overdue": (lambda w: over(w, NEGOTIATED), standing(NEGOTIATED, OVERDUE)),
    "incurred, agreed": (
        lambda w: after(owed(w, INCURRED), Scene.agree),
        before_maturity(INCURRED, prepay=PREPAYS),
    ),
    "accepted, agreed": (
        lambda w: after(owed(w, ACCEPTED), Scene.agree),
        before_maturity(ACCEPTED, prepay=PREPAYS),
    ),
    "stayed": (
        lambda w: after(owed(w), Scene.stay),
        standing(
            DUE,
            STAYED,
            pay=IS_STAYED,
            prepay=IS_STAYED,
            lift=Becomes(DUE, (stay_lifted,)),
        ),
    ),
    "accepted, agreed, stayed": (
        lambda w: after(owed(w, ACCEPTED), Scene.agree, Scene.stay),
        at_maturity(
            ACCEPTED,
            STAYED,
            pay=IS_STAYED,
            prepay=IS_STAYED,
            lift=Becomes(ACCEPTED, (stay_lifted,)),
        ),
    ),
    "stay lapsed": (lapsed, standing(DUE)),
    "assigned": (lambda w: after(owed(w), Scene.assign), standing(DUE, **WITH_ASSIGNEE)),
    "assigned, owner paid": (
        lambda w: after(owed(w), Scene.assign, Scene.attest),
        standing(
            DUE,
            **WITH_ASSIGNEE
            | {
                "pay": Becomes(PAID, (was_paid, part_paid, moved(ASSIGNEE, PART))),
                "attest": has_attested(BENEFICIARY),
                "attest_part": Becomes(PAID, (attested(ASSIGNEE, True),)),
            },
        ),
    ),
    "assigned, assignee paid": (
        lambda w: after(owed(w), Scene.assign, Scene.attest_part),
        standing(
            DUE,
            **WITH_ASSIGNEE
            | {
                "pay": Becomes(PAID, (was_paid, moved(BENEFICIARY, AMOUNT - PART))),
                "attest": Becomes(PAID, (attested(BENEFICIARY, True),)),
                "attest_part": has_attested(ASSIGNEE),
            },
        ),
    ),
    "prepaid": (
        lambda w: after(owed(w, ACCEPTED), Scene.agree, Scene.prepay),
        final(PREPAID),
    ),
    "paid": (lambda w: after(owed(w), Scene.pay), final(PAID)),
    "paid elsewhere": (lambda w: after(owed(w), Scene.attest), final(PAID)),
    "paid with an assignee": (
        lambda w: after(owed(w), Scene.assign, Scene.pay),
        final(PAID, attest_part=wrong(PAID), pair=HAS_ASSIGNEE),
    ),
    "none, paired": (lambda w: after(none(w), Scene.pair), NOWHERE),
    "paired before it arose": (
        lambda w: after(none(w), Scene.pair, Scene.incur),
        standing(DUE, **PAIRED),
    ),
    "paired after it arose": (
        lambda w: after(owed(w), Scene.pair, Scene.owe_counterpart),
        standing(DUE, **PAIRED),
    ),
    "paired no longer": (
        lambda w: after(owed(w), Scene.pair, lambda s: s.pair(paired=False)),
        standing(DUE),
    ),
    "counterpart paid": (
        lambda w: after(owed(w), Scene.pair, Scene.pay_counterpart),
        standing(DUE, **COVERED),
    ),
    "counterpart paid before it arose": (
        lambda w: after(none(w), Scene.pair, Scene.pay_counterpart, Scene.incur),
        standing(DUE, **COVERED),
    ),
    "counterpart prepaid": (
        lambda w: after(owed(w, ACCEPTED), Scene.pair, Scene.prepay_counterpart, Scene.agree),
        before_maturity(ACCEPTED, **COVERED),
    ),
    "stayed, counterpart paid": (
        lambda w: after(owed(w), Scene.pair, Scene.pay_counterpart, Scene.stay),
        standing(
            DUE,
            STAYED,
            **COVERED
            | {"pay": IS_STAYED, "prepay": IS_STAYED, "lift": Becomes(DUE, (stay_lifted,))},
        ),
    ),
    "settled": (
        lambda w: after(owed(w), Scene.pair, Scene.pay_counterpart, Scene.settle),
        final(SETTLED),
    ),
    # Left unpaid, and what follows it
    "followed": (
        lambda w: after(over(w), Scene.follow),
        standing(
            DUE,
            OVERDUE,
            assign=IS_PAIRED,
            settle=NOT_PAID,
            follow=FOLLOWED_ALREADY,
            pair=LATER_IS_OWED,
        ),
    ),
    "followed, the other paid": (
        lambda w: after(over(w), Scene.follow, Scene.pay_counterpart),
        standing(
            DUE,
            OVERDUE,
            pay=PAID_ALREADY,
            prepay=PAID_ALREADY,
            assign=IS_PAIRED,
            settle=SETTLES,
            follow=FOLLOWED_ALREADY,
            pair=LATER_IS_OWED,
        ),
    ),
    "followed and settled": (
        lambda w: after(over(w), Scene.follow, Scene.pay_counterpart, Scene.settle),
        final(SETTLED, pair=LATER_IS_OWED),
    ),
    "none, following": (
        lambda w: left(w, arisen=False),
        NOWHERE | {"pair": OWED_TO_ANOTHER},
    ),
    "following": (left, standing(DUE, assign=IS_PAIRED, pair=OWED_TO_ANOTHER)),
    "following, the other paid": (
        lambda w: after(left(w), pay_what_was_left),
        standing(
            DUE,
            assign=IS_PAIRED,
            pay=Becomes(PAID, (paid_to_the_other, moved(OTHER_DEBTOR, AMOUNT))),
            attest=NOT_OWED,
            follow=NOT_OWED,
        ),
    ),
}

MACHINE: Machine[Scene] = Machine(
    stages={name: stage for name, (stage, _) in TABLE.items()},
    acts={
        "incur": Scene.incur,
        "pay": Scene.pay,
        "agree": Scene.agree,
        "prepay": Scene.prepay,
        "attest": Scene.attest,
        "attest part": Scene.attest_part,
        "assign": Scene.assign,
        "stay": Scene.stay,
        "lift": Scene.lift,
        "pair": Scene.pair,
        "settle": Scene.settle,
        "follow": Scene.follow,
    },
    record=Scene.record,
    state=Scene.state,
    table={name: row for name, (_, row) in TABLE.items()},
)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_an_obligation(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


# For each act its right caller, the role that it takes, and the error of others.
RIGHTS: dict[str, tuple[int, Any, str]] = {
    "pay": (ISSUER, Role.PAY, "NotDebtor"),
    "agree": (BENEFICIARY, Role.PAY, "NotCreditor"),
    "prepay": (ISSUER, Role.PAY, "NotDebtor"),
    "attest": (BENEFICIARY, Role.ATTEST, "NotCreditor"),
    "assign": (BENEFICIARY, Role.PAY, "NotCreditor"),
    "stay": (COURT, Role.COURT, ""),
    "lift": (COURT, Role.COURT, ""),
    "settle": (ISSUER, Role.PAY, "NotPartyToObligation"),
}


@pytest.mark.parametrize(
    ("stage", "act"),
    [cell for cell in MACHINE.cells() if cell.values[1] in RIGHTS],
)
def test_nobody_else_does_it(world: World, stage: str, act: str) -> None:
    scene = MACHINE.stages[stage](world)
    right, role, name = RIGHTS[act]
    for caller in CALLERS:
        # An assignee attests its own part: that is another act.
        if caller == right or (act, caller) in (("attest", ASSIGNEE), ("settle", BENEFICIARY)):
            continue
        if not open_roles(KINDS[caller][0]) & role:
            expected = error("MissingRole", desk(caller), caller, int(role))
        elif stage.startswith("none"):
            expected = error("UnknownObligation", scene.id)
        else:
            expected = error(name, scene.id, caller)
        before = scene.record()
        with refused(expected):
            MACHINE.acts[act](scene, caller)
        assert scene.record() == before


def test_every_state_has_its_stage(world: World) -> None:
    reached = set()
    for stage in MACHINE.stages.values():
        with world.aside():
            reached.add(stage(world).state())
    assert reached == set(ObligationState)


# Records


@pytest.mark.parametrize("recourse", [False, True])
@pytest.mark.parametrize("kind", list(ObligationKind)[1:])
@pytest.mark.parametrize("state", [DUE, INCURRED, ACCEPTED, NEGOTIATED])
def test_an_obligation_is_kept_field_by_field(
    world: World, state: Any, kind: Any, recourse: bool
) -> None:
    scene = none(world, state)
    scene.owed = replace(scene.owed, kind=kind, recourse=recourse, stayed_until=2**40 - 1)
    told_ = [incurred(scene)]
    if recourse:
        told_.append(event("Obligations", "RecourseReserved", obligationId=scene.id, debtor=ISSUER))
    scene.incur().emitted(*told_)
    assert scene.record()[0] == scene.owed.record()
    assert scene.id == world.view("Obligations.obligationIdOf", PRESENTATION, ISSUER, BENEFICIARY)
    assert scene.state() == STAYED


def test_what_is_paid_keeps_all_but_its_state(world: World) -> None:
    scene = after(owed(world), Scene.assign, Scene.pay)
    found, assignment, *_ = scene.record()
    assert found == scene.owed.record(state=PAID, assigned=True)
    assert assignment == (ASSIGNEE, PART)


def test_article_7c_and_8c_debtor_and_creditor_make_obligations_of_their_own(world: World) -> None:
    scene = owed(world)
    for debtor, owner in ((ISSUER, CENTRAL), (CENTRAL, BENEFICIARY)):
        other = replace(scene.owed, debtor=debtor, owner=owner)
        number = world.send(INCURRER, "Obligations.incur", PRESENTATION, other.word).value
        assert number == other.id != scene.id
    scene.pay()
    for debtor, owner in ((ISSUER, CENTRAL), (CENTRAL, BENEFICIARY)):
        number = obligation_id(PRESENTATION, debtor, owner)
        assert world.view("Obligations.stateOf", number) == DUE


# Maturity

USANCES = pytest.mark.parametrize("state", [INCURRED, ACCEPTED])


@pytest.mark.parametrize("after_", [-1, 0, 1])
@USANCES
def test_article_7_payment_is_from_the_day_of_maturity_on(
    world: World, state: Any, after_: int
) -> None:
    scene = owed(world, state)
    world.at(scene.owed.maturity + BEGINS + after_)
    if after_ < 0:
        with reverts("NotMatured", scene.id, scene.owed.maturity, world.time):
            scene.pay()
    else:
        scene.pay()
    assert scene.state() == (state if after_ < 0 else PAID)


@pytest.mark.parametrize("after_", [-1, 0, 1])
@USANCES
def test_article_12b_prepayment_is_before_the_day_of_maturity(
    world: World, state: Any, after_: int
) -> None:
    scene = after(owed(world, state), Scene.agree)
    world.at(scene.owed.maturity + BEGINS + after_)
    if after_ < 0:
        scene.prepay()
    else:
        with reverts("MaturedAlready", scene.id, scene.owed.maturity, world.time):
            scene.prepay()
    assert scene.state() == (PREPAID if after_ < 0 else state)


@pytest.mark.parametrize("after_", [-1, 0, 1])
@pytest.mark.parametrize("state", [DUE, INCURRED, ACCEPTED, NEGOTIATED])
def test_an_obligation_is_overdue_once_its_day_is_over_everywhere(
    world: World, state: Any, after_: int
) -> None:
    # In the middle of a day, where it is due at once.
    world.at(world.time + DAY // 2)
    scene = owed(world, state)
    world.at(scene.owed.maturity // DAY * DAY + ENDS + after_)
    assert scene.state() == (state if after_ < 0 else OVERDUE)
    assert scene.record()[0].state == state
    scene.pay()
    assert scene.state() == PAID


# Prepayment


def test_article_12b_owner_and_debtor_agree_on_the_proceeds(world: World) -> None:
    scene = owed(world, ACCEPTED)
    with reverts("ProceedsOutOfBounds", scene.id, AMOUNT + 1, 0, AMOUNT):
        scene.agree(proceeds=AMOUNT + 1)
    for proceeds in (AMOUNT, 1, 900):
        scene.agree(proceeds=proceeds)
        assert scene.record()[2] == proceeds
    for proceeds in (0, 899, 901):
        with reverts("PrepaymentNotAgreed", scene.id, proceeds, 900):
            scene.prepay(proceeds=proceeds)
    with world.aside():
        scene.agree(proceeds=0)
        for proceeds in (0, 900):
            with reverts("PrepaymentNotAgreed", scene.id, proceeds, 0):
                scene.prepay(proceeds=proceeds)
    scene.prepay(proceeds=900)
    assert world.balance(BENEFICIARY, "Cash") == 900
    assert scene.record()[2] == 0


@pytest.mark.parametrize(("proceeds", "rest"), [(PART - 1, None), (PART, 0), (PART + 1, 1)])
def test_an_assignee_is_prepaid_in_full_or_nobody_is(
    world: World, proceeds: int, rest: int | None
) -> None:
    scene = after(owed(world, ACCEPTED), Scene.assign)
    scene.agree(proceeds=proceeds)
    if rest is None:
        with reverts("ProceedsOutOfBounds", scene.id, proceeds, PART, AMOUNT):
            scene.prepay(proceeds=proceeds)
        return
    scene.prepay(proceeds=proceeds)
    assert world.balance(ASSIGNEE, "Cash") == PART
    assert world.balance(BENEFICIARY, "Cash") == rest


# Assignment


@pytest.mark.parametrize(
    ("assignee", "part"),
    [(BENEFICIARY, 1), (ASSIGNEE, 0), (ASSIGNEE, AMOUNT + 1), (BENEFICIARY, 0)],
)
def test_article_39_what_cannot_be_assigned(world: World, assignee: int, part: int) -> None:
    scene = owed(world)
    with reverts("BadAssignment", scene.id, assignee, part):
        scene.send(BENEFICIARY, "assignProceeds", assignee, part, TEXT)


@pytest.mark.parametrize("nobody", [0, 2**32 - 1])
def test_an_assignee_is_a_member(world: World, nobody: int) -> None:
    scene = owed(world)
    with reverts("UnknownMember", nobody):
        scene.send(BENEFICIARY, "assignProceeds", nobody, 1, TEXT)


@pytest.mark.parametrize("part", [1, AMOUNT - 1, AMOUNT])
def test_article_39_a_part_or_the_whole_goes_to_the_assignee(world: World, part: int) -> None:
    scene = owed(world)
    scene.assign(part=part)
    assert scene.record()[1] == (ASSIGNEE, part)
    scene.pay()
    assert world.balance(ASSIGNEE, "Cash") == part
    assert world.balance(BENEFICIARY, "Cash") == AMOUNT - part
    assert world.balance(ISSUER, "Cash") == 0


def test_who_has_the_whole_alone_attests_its_payment(world: World) -> None:
    scene = owed(world)
    scene.assign(part=AMOUNT)
    with world.aside():
        scene.attest().emitted(attested(BENEFICIARY, False)(scene))
        assert scene.state() == DUE
    scene.attest_part().emitted(attested(ASSIGNEE, True)(scene))
    assert scene.state() == PAID


def test_the_debtor_may_be_the_assignee(world: World) -> None:
    scene = owed(world)
    scene.send(BENEFICIARY, "assignProceeds", ISSUER, PART, TEXT)
    scene.pay()
    assert world.balance(ISSUER, "Cash") == PART
    assert world.balance(BENEFICIARY, "Cash") == AMOUNT - PART


def test_an_attested_payment_has_a_reference(world: World) -> None:
    scene = owed(world)
    with reverts("PaymentReferenceMissing", scene.id):
        scene.send(BENEFICIARY, "attestPayment", bytes(32))


# Counterparts


@pytest.mark.parametrize("by", [ISSUER, BENEFICIARY])
def test_article_13c_debtor_or_owner_close_what_another_bank_paid(world: World, by: int) -> None:
    scene = after(owed(world), Scene.pair, Scene.pay_counterpart)
    scene.settle(by).emitted(settled_by(scene))
    assert world.balance(BENEFICIARY, "Cash") == AMOUNT
    assert world.balance(ISSUER, "Cash") == AMOUNT
    assert scene.record()[0] == scene.owed.record(state=SETTLED)


@pytest.mark.parametrize("part", [1, AMOUNT - 1, AMOUNT, AMOUNT + 1])
def test_article_13c_a_counterpart_covers_what_was_paid_of_it(world: World, part: int) -> None:
    scene = owed(world, ACCEPTED)
    scene.others = part
    world.send(desk(CENTRAL), "Cash.mint", OTHER_DEBTOR, 1, keccak(text="one more"))
    after(scene, Scene.pair, Scene.agree, Scene.pay_counterpart)
    covered, rest = min(part, AMOUNT), max(0, AMOUNT - part)
    told_ = told(
        "ObligationSettled",
        counterpart=scene.counterpart.id,
        amount=covered,
        settled=not rest,
    )
    scene.settle().emitted(told_(scene))
    record, _, proceeds, counterpart, *_ = scene.record()
    if not rest:
        assert (record.state, record.amount) == (SETTLED, AMOUNT)
        return
    # The rest is owed as before, by itself; what was agreed was for the whole.
    assert (record.state, record.amount, proceeds, counterpart) == (ACCEPTED, rest, 0, bytes(32))
    with reverts("NotPaired", scene.id):
        scene.settle()
    world.at(scene.owed.maturity)
    scene.pay()
    assert world.balance(BENEFICIARY, "Cash") == AMOUNT


def test_what_is_paid_closes_its_counterpart_and_is_not_closed_by_it(world: World) -> None:
    scene = after(owed(world), Scene.pair, Scene.owe_counterpart, Scene.pay)
    other = scene.counterpart.id
    with reverts("PaidByCounterpart", other, scene.id):
        world.send(desk(OTHER_DEBTOR), "Obligations.pay", other)
    world.send(desk(OTHER_DEBTOR), "Obligations.settleByCounterpart", other)
    assert world.view("Obligations.stateOf", other) == SETTLED
    # A settled counterpart is not a paid one.
    assert scene.state() == PAID


def test_what_is_settled_closes_nothing(world: World) -> None:
    scene = after(owed(world), Scene.pair, Scene.pay_counterpart, Scene.settle)
    third = replace(scene.owed, debtor=ADVISER)
    world.send(INCURRER, "Obligations.incur", PRESENTATION, third.word)
    world.send(PAIRER, "Obligations.setPaired", third.id, scene.id, True)
    with reverts("CounterpartUnpaid", third.id, scene.id):
        world.send(desk(ADVISER), "Obligations.settleByCounterpart", third.id)


def test_an_assigned_counterpart_is_not_paired(world: World) -> None:
    scene = after(owed(world), Scene.owe_counterpart)
    assign = "Obligations.assignProceeds"
    number = scene.counterpart.id
    world.send(desk(BENEFICIARY), assign, number, ASSIGNEE, PART, TEXT)
    with reverts("AssignedAlready", number, ASSIGNEE):
        scene.pair()
    assert scene.record()[3] == bytes(32)


def test_a_place_kept_for_an_obligation_is_empty_again_without_its_counterpart(
    world: World,
) -> None:
    scene = none(world)
    for paired_ in (True, False):
        scene.pair(paired=paired_).emitted(
            event(
                "Obligations",
                "ObligationsPaired",
                first=scene.id,
                second=scene.counterpart.id,
                paired=paired_,
            )
        )
        assert scene.record()[0] == (0,) * 8 + (False, False, 0)
        assert scene.record()[3] == (scene.counterpart.id if paired_ else bytes(32))
    scene.incur()
    scene.pay()
    assert scene.state() == PAID


# What is left unpaid


def test_only_the_contract_of_forwarding_lets_one_follow_another(world: World) -> None:
    scene = over(world)
    for caller in (INCURRER, PAIRER, OUTSIDER, desk(BENEFICIARY), desk(ISSUER)):
        with reverts("NotForwarding", caller):
            args = scene.id, scene.counterpart.id, 1, True, BENEFICIARY
            world.send(caller, "Obligations.follow", *args)


def test_a_creditor_alone_is_claimed_for(world: World) -> None:
    scene = over(world)
    for member in (ISSUER, ASSIGNEE, OTHER_DEBTOR, 0):
        with reverts("NotCreditor", scene.id, member):
            scene.follow(member)


def test_what_was_paid_follows_nothing(world: World) -> None:
    scene = over(world)
    scene.pay_counterpart()
    with reverts("WrongObligationState", scene.counterpart.id, PAID, DUE):
        scene.follow()
    assert scene.record()[4] == bytes(32)


def test_article_39_what_follows_is_paid_to_the_assignee_as_well(world: World) -> None:
    scene = after(owed(world), Scene.assign)
    world.at(scene.owed.maturity // DAY * DAY + ENDS)
    after(scene, Scene.follow, Scene.pay_counterpart)
    assert world.balance(ASSIGNEE, "Cash") == PART
    assert world.balance(BENEFICIARY, "Cash") == AMOUNT - PART
    scene.settle().emitted(settled_by(scene))


@pytest.mark.parametrize("where", ["what was left", "what follows"])
def test_article_39_a_part_that_was_paid_elsewhere_is_paid_on_neither(
    world: World, where: str
) -> None:
    scene = after(owed(world), Scene.assign)
    world.at(scene.owed.maturity // DAY * DAY + ENDS)
    after(scene, Scene.follow, Scene.owe_counterpart)
    other = scene.counterpart.id
    number = scene.id if where == "what was left" else other
    world.send(desk(ASSIGNEE), "Obligations.attestPayment", number, TEXT)
    with reverts("AttestedAlready", other, ASSIGNEE):
        world.send(desk(ASSIGNEE), "Obligations.attestPayment", other, TEXT)
    for payer, bank, what in ((OTHER_DEBTOR, other, "pay"), (ISSUER, scene.id, "pay")):
        with world.aside():
            world.send(desk(payer), f"Obligations.{what}", bank)
            assert world.balance(ASSIGNEE, "Cash") == 0
            assert world.balance(BENEFICIARY, "Cash") == AMOUNT - PART
    world.send(desk(BENEFICIARY), "Obligations.attestPayment", other, TEXT).emitted(
        event(
            "Obligations",
            "PaymentAttested",
            obligationId=other,
            creditor=BENEFICIARY,
            paymentReference=TEXT,
            settled=True,
        )
    )
    scene.settle()
    assert scene.state() == SETTLED


def test_article_39_an_assignment_does_not_bind_the_reimbursement_of_who_paid_late(
    world: World,
) -> None:
    scene = after(owed(world), Scene.assign)
    world.at(scene.owed.maturity // DAY * DAY + ENDS)
    after(scene, Scene.follow, Scene.pay, Scene.pay_counterpart)
    assert world.balance(ASSIGNEE, "Cash") == PART
    assert world.balance(BENEFICIARY, "Cash") == AMOUNT - PART
    assert world.balance(ISSUER, "Cash") == AMOUNT


def test_article_39_an_own_assignment_is_not_that_of_who_paid_late(world: World) -> None:
    scene = over(world)
    scene.owe_counterpart()
    other = scene.counterpart.id
    assigned_ = ASSIGNEE, PART, TEXT
    world.send(desk(BENEFICIARY), "Obligations.assignProceeds", other, *assigned_)
    after(scene, Scene.follow, Scene.pay)
    world.send(desk(OTHER_DEBTOR), "Obligations.pay", other)
    assert world.balance(ASSIGNEE, "Cash") == 0
    assert world.balance(ISSUER, "Cash") == AMOUNT


def test_article_39_assigned_proceeds_are_followed_by_as_much_alone(world: World) -> None:
    scene = after(owed(world), Scene.assign)
    scene.others = AMOUNT - 1
    scene.owe_counterpart()
    world.at(scene.owed.maturity // DAY * DAY + ENDS)
    with reverts("AssignedAlready", scene.id, ASSIGNEE):
        scene.follow()


@pytest.mark.parametrize("part", [1, AMOUNT - 1, AMOUNT])
def test_what_follows_covers_what_was_paid_of_it(world: World, part: int) -> None:
    scene = owed(world)
    scene.others = part
    world.at(scene.owed.maturity // DAY * DAY + ENDS)
    after(scene, Scene.owe_counterpart)
    assert scene.follow().value == AMOUNT
    number = scene.counterpart.id
    world.send(desk(OTHER_DEBTOR), "Obligations.pay", number)
    scene.settle()
    record, *_, later, _, _ = scene.record()
    if part == AMOUNT:
        assert (record.state, later) == (SETTLED, number)
        return
    assert (record.state, record.amount, later) == (DUE, AMOUNT - part, bytes(32))
    with world.aside():
        scene.assign(part=1)
    with reverts("NotPaired", scene.id):
        scene.settle()
    scene.pay()
    assert world.balance(BENEFICIARY, "Cash") == AMOUNT


@pytest.mark.parametrize("reimbursed", [False, True])
def test_titles_go_with_what_follows_and_the_rest_is_owed_without(
    world: World, reimbursed: bool
) -> None:
    """A reimbursing bank gets none: then they go with the rest."""
    scene = none(world)
    scene.owed, scene.others = replace(scene.owed, titles=2), AMOUNT - 1
    scene.incur()
    world.at(scene.owed.maturity // DAY * DAY + ENDS)
    number = scene.counterpart.id
    scene.owe_counterpart()
    if reimbursed:
        scene.pair()
        world.send(desk(OTHER_DEBTOR), "Obligations.pay", number)
    else:
        scene.follow()
        pays = number, OTHER_DEBTOR, 2
        assert world.send(TITLES, "Obligations.payFor", *pays).value == scene.id
    scene.settle()
    record = scene.record()[0]
    assert (record.state, record.amount, record.titles) == (DUE, 1, 2 * reimbursed)
    if not reimbursed:
        scene.pay()
        assert world.balance(BENEFICIARY, "Cash") == AMOUNT


def test_a_reimbursing_bank_that_owes_already_pays_the_bank_that_claimed(world: World) -> None:
    scene = over(world)
    other, third = scene.counterpart.id, replace(scene.owed, debtor=ADVISER)
    world.send(PAIRER, "Obligations.setPaired", other, third.id, True)
    with world.aside():
        world.send(PAIRER, "Obligations.incur", PRESENTATION, third.word)
        with reverts("PairedObligation", other, third.id):
            scene.follow()
    # Else it owes nothing until that bank has paid.
    scene.follow()
    with reverts("OwedToAnother", other, BENEFICIARY):
        world.send(PAIRER, "Obligations.incur", PRESENTATION, third.word)
    scene.pay()
    world.send(PAIRER, "Obligations.incur", PRESENTATION, third.word)


def test_a_creditor_may_turn_elsewhere_while_nothing_arose(world: World) -> None:
    scene = over(world)
    scene.follow()
    third = replace(scene.owed, debtor=ADVISER)
    world.send(FOLLOWER, "Obligations.follow", scene.id, third.id, 1, True, BENEFICIARY)
    world.send(INCURRER, "Obligations.incur", PRESENTATION, third.word)
    assert scene.record()[4] == third.id
    world.send(desk(CENTRAL), "Cash.mint", ADVISER, AMOUNT, keccak(text="a third"))
    world.send(desk(ADVISER), "Obligations.pay", third.id)
    with reverts("PaidByCounterpart", scene.id, third.id):
        scene.pay()


# Stay of payment


@pytest.mark.parametrize("days", [400 * DAY - 1, 400 * DAY, 400 * DAY + 1])
def test_a_stay_lasts_400_days_at_most(world: World, days: int) -> None:
    scene = owed(world)
    until, latest = world.time + days, world.time + 400 * DAY
    if until > latest:
        with reverts("PaymentStayOutOfBounds", until, latest):
            scene.send(COURT, "stayPayment", until, TEXT)
    else:
        scene.send(COURT, "stayPayment", until, TEXT)
        assert scene.record()[0].stayedUntil == until


@pytest.mark.parametrize("ahead", [-1, 0, 1])
def test_a_stay_ends_ahead_of_now(world: World, ahead: int) -> None:
    scene = owed(world)
    until = world.time + ahead
    if ahead <= 0:
        with reverts("PaymentStayOutOfBounds", until, world.time + 400 * DAY):
            scene.send(COURT, "stayPayment", until, TEXT)
    else:
        scene.send(COURT, "stayPayment", until, TEXT)
        assert scene.state() == STAYED


@pytest.mark.parametrize("after_", [-1, 0, 1])
def test_a_stay_lapses_by_itself(world: World, after_: int) -> None:
    scene = after(owed(world), Scene.stay)
    until = world.time + STAY
    world.at(until + after_)
    if after_ > 0:
        assert scene.state() == DUE
        scene.pay()
    else:
        assert scene.state() == STAYED
        with reverts("PaymentIsStayed", scene.id, until):
            scene.pay()


def second_authority(world: World) -> int:
    kind, _ = KINDS[AUTHORITY]
    number = world.admit(admission(12, kind=int(kind)))
    world.give_key(number, "second court", int(Role.COURT))
    return number


def test_one_authoritys_stay_is_not_anothers(world: World) -> None:
    scene = after(owed(world), Scene.stay)
    until = world.time + STAY
    second_authority(world)
    key = account("second court")
    # The council took its days: the stay is renewed first.
    world.at(max(world.time, until + 1))
    scene.stay()
    until = world.time + STAY
    for function, args in (("stayPayment", (until + 1, TEXT)), ("liftPaymentStay", (TEXT,))):
        with reverts("PaymentStayedByAnother", scene.id, COURT, until):
            world.send(key, f"Obligations.{function}", scene.id, *args)
    world.at(until + 1)
    world.send(key, "Obligations.stayPayment", scene.id, world.time + 1, TEXT)
    with reverts("PaymentStayedByAnother", scene.id, 12, world.time + 1):
        scene.lift()


def test_a_stay_that_came_from_the_credit_is_lifted_by_any_court(world: World) -> None:
    scene = none(world)
    scene.owed = replace(scene.owed, stayed_until=world.time + STAY)
    scene.incur()
    with world.aside():
        scene.lift().emitted(stay_lifted(scene))
        assert scene.state() == DUE
    scene.stay()
    assert scene.record()[0].stayedUntil == world.time + STAY


@pytest.mark.parametrize("place", ["debtor", "owner", "assignee"])
def test_no_party_stays_its_own_payment(world: World, place: str) -> None:
    scene = none(world)
    if place != "assignee":
        scene.owed = replace(scene.owed, **{place: COURT})
    scene.incur()
    if place == "assignee":
        scene.send(BENEFICIARY, "assignProceeds", COURT, 1, TEXT)
    for act in (scene.stay, scene.lift):
        with reverts("PartyCannotStayPayment", scene.id, COURT):
            act()


# Cash


def test_a_payment_without_funds_leaves_the_obligation_due(world: World) -> None:
    scene = owed(world)
    world.send(treasury(ISSUER), "Cash.transfer", desk(ISSUER), 1)
    # What counts is the treasury, not what the member holds elsewhere.
    with reverts("ERC20InsufficientBalance", treasury(ISSUER), AMOUNT - 1, AMOUNT):
        scene.pay()
    assert scene.state() == DUE
    world.send(desk(ISSUER), "Cash.transfer", treasury(ISSUER), 1)
    scene.pay()
    assert scene.state() == PAID


def test_a_currency_without_cash_is_paid_elsewhere(world: World) -> None:
    scene = none(world, ACCEPTED)
    scene.owed = replace(scene.owed, currency=USD.number)
    scene.incur()
    scene.agree()
    with reverts("NoCash", USD.number):
        scene.prepay()
    world.at(scene.owed.maturity)
    with reverts("NoCash", USD.number):
        scene.pay()
    assert scene.state() == ACCEPTED
    scene.attest()
    assert scene.state() == PAID


# What a transfer brings


def differs(scene: Scene, stayed_until: int = 0) -> Any:
    """What the debtor comes to owe a first beneficiary on the same documents."""
    args = (PRESENTATION, scene.id, ASSIGNEE, PART, stayed_until)
    receipt = scene.world.send(TRANSFERRER, "Obligations.incurDifference", *args)
    place = keccak(encode(["bytes32", "uint8"], [PRESENTATION, int(ObligationKind.DIFFERENCE)]))
    assert receipt.value == obligation_id(place, ISSUER, ASSIGNEE)
    return scene.world.view("Obligations.obligation", receipt.value)


@pytest.mark.parametrize("state", [DUE, INCURRED, ACCEPTED, NEGOTIATED])
def test_article_38h_a_difference_is_owed_as_what_was_honoured(world: World, state: Any) -> None:
    scene = none(world, state)
    # Titles go with what was honoured.
    at_sight = state in (DUE, NEGOTIATED)
    scene.owed = replace(scene.owed, recourse=state == NEGOTIATED, titles=3 * at_sight)
    scene.incur()
    scene.assign()
    difference = replace(
        scene.owed,
        titles=0,
        owner=ASSIGNEE,
        amount=PART,
        kind=ObligationKind.DIFFERENCE,
        stayed_until=world.time + 9,
        recourse=False,
    )
    assert differs(scene, world.time + 9) == difference.record()


@pytest.mark.parametrize("state", [INCURRED, ACCEPTED])
def test_article_38h_a_difference_on_what_is_done_is_a_plain_promise(
    world: World, state: Any
) -> None:
    """To honour at maturity where that was prepaid; and now, where it is over."""
    prepaid = owed(world, state)
    prepaid.agree()
    prepaid.prepay()
    found = differs(prepaid)
    assert (found.state, found.maturity) == (INCURRED, prepaid.owed.maturity)


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_article_38h_a_difference_is_due_no_earlier_than_it_arises(
    world: World, seconds: int
) -> None:
    scene = owed(world, ACCEPTED)
    world.at(scene.owed.maturity + seconds)
    found = differs(scene)
    assert (found.state, found.maturity) == (ACCEPTED, max(scene.owed.maturity, world.time))


def test_article_38h_a_difference_on_what_is_paid_is_due_now(world: World) -> None:
    scene = over(world, ACCEPTED)
    scene.pay()
    found = differs(scene)
    assert (found.state, found.maturity) == (DUE, world.time)


def test_a_difference_needs_what_was_honoured(world: World) -> None:
    scene = none(world)
    with reverts("UnknownObligation", scene.id):
        differs(scene)


def test_two_cash_contracts_for_one_currency_are_refused(world: World) -> None:
    registry, cash = world.addresses["AllianceRegistry"], world.addresses[CASH]
    with reverts("CashTwice", JPY.number):
        world.deploy(
            "Other",
            "PaymentObligations",
            registry,
            *PEERS,
            [JPY.number, CNY.number, JPY.number],
            [cash, cash, cash],
        )


def test_the_contract_knows_its_neighbours(world: World) -> None:
    assert world.view("PaymentObligations.registry") == world.addresses["AllianceRegistry"]
    assert world.view("PaymentObligations.presentations") == world.addresses["Presentations"]
    assert world.view("PaymentObligations.forwardings") == world.addresses["Forwarding"]
    assert world.view("PaymentObligations.transfers") == world.addresses["CreditTransfers"]
    assert world.view("PaymentObligations.reimbursements") == world.addresses["Reimbursements"]
    for currency in (CNY, JPY):
        cash = world.addresses[f"SettlementCash-{currency.code}"]
        assert world.view("PaymentObligations.cashOf", currency.number) == cash
    assert int(world.view("PaymentObligations.cashOf", USD.number), 16) == 0
