# SPDX-License-Identifier: Apache-2.0
"""Deliveries of titles: every act by everybody in every state, times, cash, and ways out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
from deliveries import (
    AMOUNT,
    BANK,
    ELSEWHERE,
    OF_BANK,
    OF_BUYER,
    PAYMENT,
    RECEIPT,
    TRUST,
    DeliveryKey,
    Sale,
    fund,
    held,
    moved_cash,
    offered,
    on_offer,
    sale,
    told,
)
from machine import ActorMachine, Becomes, Cell, Refuses
from suite import Error, error
from titles import (
    BLANK,
    BUYER,
    CARRIER,
    DAY,
    DELIVERY,
    NOBODY,
    NONE,
    PERIOD,
    SHIPPER,
    STRAIGHT,
    TO_ORDER,
    Bill,
    Issuance,
    bill,
    id_of,
    reference_of,
)
from titles import told as told_of_title
from vocabulary import DeliveryState, Role, TitleState
from world import (
    CASH,
    CENTRAL,
    CNY,
    MEMBERS,
    OTHER,
    OUTSIDER,
    USD,
    World,
    admin,
    desk,
    refused,
    reverts,
    treasury,
)

OFFERED, ON_TRUST, SETTLED = DeliveryState.OFFERED, DeliveryState.ON_TRUST, DeliveryState.SETTLED
WITHDRAWN, LAPSED, OVERDUE = DeliveryState.WITHDRAWN, DeliveryState.LAPSED, DeliveryState.OVERDUE
LIVE, IN_CUSTODY = TitleState.LIVE, TitleState.IN_CUSTODY
PAID: Final = (OF_BUYER - AMOUNT, OF_BANK + AMOUNT)
UNPAID: Final = (OF_BUYER, OF_BANK)
MOST: Final = 64


# Stages


def none(world: World) -> Sale:
    fund(world)
    return sale(world, held(world, ("one", "two")))


def for_trust(world: World) -> Sale:
    return on_offer(world, TRUST)


def lapsed(world: World) -> Sale:
    made = on_offer(world)
    world.at(made.terms.take_by + 1)
    return made


def lapsed_for_trust(world: World) -> Sale:
    made = for_trust(world)
    world.at(made.terms.take_by + 1)
    return made


def taken(world: World) -> Sale:
    made = on_offer(world)
    made.take()
    return made


def on_trust(world: World) -> Sale:
    made = for_trust(world)
    made.take_on_trust()
    return made


def overdue(world: World) -> Sale:
    made = on_trust(world)
    world.at(made.terms.due + 1)
    return made


def paid(world: World) -> Sale:
    made = on_trust(world)
    made.pay()
    return made


def withdrawn(world: World) -> Sale:
    made = on_offer(world)
    made.withdraw()
    return made


STAGES: Final[dict[str, Callable[[World], Sale]]] = {
    "none": none,
    "offered": on_offer,
    "offered for trust": for_trust,
    "lapsed": lapsed,
    "lapsed for trust": lapsed_for_trust,
    "on trust": on_trust,
    "overdue": overdue,
    "taken": taken,
    "paid": paid,
    "withdrawn": withdrawn,
}
ACTS: Final[dict[str, Callable[[Sale, int], Any]]] = {
    "offer": Sale.offer,
    "take": Sale.take,
    "take on trust": Sale.take_on_trust,
    "release": Sale.release,
    "withdraw": Sale.withdraw,
    "lapse": Sale.lapse,
    "pay": Sale.pay,
    "attest": Sale.attest,
}
ACTORS: Final = (BANK, BUYER, OTHER, CARRIER, SHIPPER)
ON_TRUST_ACTS: Final = {"pay", "attest"}
OF_BANK_ACTS: Final = {"release", "withdraw", "attest"}


def stranger(made: Sale, act: str, actor: int) -> Cell[Sale]:
    """What everybody meets who is not named in the table: key, state, then who."""
    return Refuses(lambda scene: _stranger(scene, act, actor))


def _stranger(made: Sale, act: str, actor: int) -> Error:
    stored = made.record().state
    if act == "offer":
        if actor != BANK:
            return error("NotDeliveringBank", made.id, BANK, actor)
        return error("DeliveryExists", made.id)
    if stored == DeliveryState.NONE:
        return error("UnknownDelivery", made.id)
    needed = int(ON_TRUST if act in ON_TRUST_ACTS else OFFERED)
    if stored != needed:
        return error("WrongDeliveryState", made.id, stored, needed)
    if act == "lapse":
        return error("OfferOpen", made.id, made.terms.take_by, made.world.time)
    if act in OF_BANK_ACTS:
        return error("NotDeliveringBank", made.id, BANK, actor)
    return error("NotDeliveryApplicant", made.id, BUYER, actor)


Make = Callable[[Sale], Any]


def becomes(state: int, *events: Make) -> Becomes[Sale]:
    return Becomes(int(state), events)


def says(name: str, **fields: Any) -> Make:
    return lambda made: told(name, made.key, **fields)


def cash(made: Sale) -> Any:
    return moved_cash(BUYER, BANK)


def deposited(place: int) -> Make:
    return lambda made: told_of_title(
        "TitleDeposited",
        title=made.key.titles[place],
        depositor=BANK,
        custodian=made.world.addresses["TitleDeliveries"],
        record=made.id,
    )


def given_back(place: int, beneficiary: int = BANK, form: int = 1) -> Make:
    return lambda made: told_of_title(
        "TitleGivenBack",
        title=made.key.titles[place],
        depositor=BANK,
        custodian=made.world.addresses["TitleDeliveries"],
        beneficiary=beneficiary,
        form=int(form),
    )


def handed_over(place: int, beneficiary: int = BUYER) -> Make:
    return lambda made: told_of_title(
        "TitleHandedOver",
        title=made.key.titles[place],
        depositor=BANK,
        holder=BUYER,
        custodian=made.world.addresses["TitleDeliveries"],
        beneficiary=beneficiary,
    )


MONEY: Final = {"amount": AMOUNT, "currency": CNY.number}
BOTH_OVER: Final = (handed_over(0), handed_over(1))
BOTH_BACK: Final = (given_back(0), given_back(1))
RELEASED: Final = becomes(SETTLED, says("TitlesReleased", paymentReference=ELSEWHERE), *BOTH_OVER)
BACK: Final = becomes(WITHDRAWN, says("OfferWithdrawn"), *BOTH_BACK)
SENT_BACK: Final = {actor: becomes(WITHDRAWN, says("OfferLapsed"), *BOTH_BACK) for actor in ACTORS}
OF_TRUST: Final[dict[str, Mapping[int, Cell[Sale]]]] = {
    "pay": {BUYER: becomes(SETTLED, says("DeliveryPaid", **MONEY), cash)},
    "attest": {BANK: becomes(SETTLED, says("DeliveryPaymentAttested", paymentReference=ELSEWHERE))},
}


def on_trust_until(made: Sale) -> Any:
    fields = {**MONEY, "due": made.terms.due, "receipt": RECEIPT}
    return told("TitlesTakenOnTrust", made.key, **fields)


def wrong_basis(basis: int) -> Refuses[Sale]:
    return Refuses(lambda made: error("WrongDeliveryBasis", made.id, int(basis)))


def over(made: Sale) -> Error:
    return error("OfferOver", made.id, made.terms.take_by, made.world.time)


OPEN: Final[dict[str, dict[str, Mapping[int, Cell[Sale]]]]] = {
    "none": {
        "offer": {
            BANK: becomes(
                OFFERED,
                lambda made: offered(made.key, made.terms),
                deposited(0),
                deposited(1),
            )
        }
    },
    "offered": {
        "take": {BUYER: becomes(SETTLED, says("TitlesTaken", **MONEY), cash, *BOTH_OVER)},
        "take on trust": {BUYER: wrong_basis(PAYMENT)},
        "release": {BANK: RELEASED},
        "withdraw": {BANK: BACK},
    },
    "offered for trust": {
        "take": {BUYER: wrong_basis(TRUST)},
        "take on trust": {BUYER: becomes(ON_TRUST, on_trust_until, *BOTH_OVER)},
        "release": {BANK: RELEASED},
        "withdraw": {BANK: BACK},
    },
    "lapsed": {
        "take": {BUYER: Refuses(over)},
        "take on trust": {BUYER: wrong_basis(PAYMENT)},
        "release": {BANK: RELEASED},
        "withdraw": {BANK: BACK},
        "lapse": SENT_BACK,
    },
    "lapsed for trust": {
        "take": {BUYER: wrong_basis(TRUST)},
        "take on trust": {BUYER: Refuses(over)},
        "release": {BANK: RELEASED},
        "withdraw": {BANK: BACK},
        "lapse": SENT_BACK,
    },
    "on trust": OF_TRUST,
    "overdue": OF_TRUST,
    "taken": {},
    "paid": {},
    "withdrawn": {},
}
MACHINE: ActorMachine[Sale] = ActorMachine(
    stages=STAGES,
    acts=ACTS,
    actors=ACTORS,
    record=Sale.everything,
    state=Sale.state,
    table={stage: {act: OPEN[stage].get(act, {}) for act in ACTS} for stage in STAGES},
    stranger=stranger,
)
STATES: Final = {
    "none": DeliveryState.NONE,
    "offered": OFFERED,
    "offered for trust": OFFERED,
    "lapsed": LAPSED,
    "lapsed for trust": LAPSED,
    "on trust": ON_TRUST,
    "overdue": OVERDUE,
    "taken": SETTLED,
    "paid": SETTLED,
    "withdrawn": WITHDRAWN,
}


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()
    assert all(set(row) <= set(ACTS) for row in OPEN.values())
    assert list(STATES) == list(STAGES)
    assert set(STATES.values()) == set(DeliveryState)


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_deliveries(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


@pytest.mark.parametrize("stage", STAGES)
def test_title_and_cash_are_with_one_side_each(world: World, stage: str) -> None:
    """Who has what in each state, to the minor unit."""
    made = STAGES[stage](world)
    assert made.state() == STATES[stage]
    in_custody = stage.startswith(("offered", "lapsed"))
    with_buyer = stage in ("on trust", "overdue", "taken", "paid")
    owner = BUYER if with_buyer else BANK
    for found in made.titles():
        assert (found.holder, found.beneficiary) == (owner, owner)
        assert found.state == (IN_CUSTODY if in_custody else LIVE)
        custodian = made.world.addresses["TitleDeliveries"] if in_custody else found.custodian
        assert found.custodian == custodian
        assert (found.holderRejectBy, found.beneficiaryRejectBy) == (0, 0)
    assert made.balances() == (PAID if stage in ("taken", "paid") else UNPAID)


# The record and its number


def test_a_delivery_is_on_record_as_it_was_offered(world: World) -> None:
    made = for_trust(world)
    assert made.record()._asdict() == {
        "bank": BANK,
        "applicant": BUYER,
        "amount": AMOUNT,
        "currency": CNY.number,
        "basis": TRUST,
        "takeBy": world.time + 3 * DAY,
        "due": world.time + 30 * DAY,
        "state": OFFERED,
    }
    assert world.view("TitleDeliveries.deliveryIdOf", made.key) == made.id
    for getter, name in (
        ("registry", "AllianceRegistry"),
        ("titles", "TitleRegistry"),
        ("obligations", "PaymentObligations"),
    ):
        assert world.view(f"TitleDeliveries.{getter}") == world.addresses[name]


def test_every_field_of_the_record_keeps_its_greatest_value(world: World) -> None:
    most = {"amount": 2**64 - 1, "currency": 2**16 - 1, "take_by": 2**40 - 1, "due": 2**40 - 1}
    made = sale(world, held(world), TRUST, number=2**32 - 1, **most)
    made.offer()
    found = made.record()
    assert (found.bank, found.applicant, found.state) == (BANK, BUYER, OFFERED)
    assert (found.amount, found.currency) == (most["amount"], most["currency"])
    assert (found.takeBy, found.due, found.basis) == (most["take_by"], most["due"], TRUST)


def test_what_was_withdrawn_is_offered_again_under_another_number(world: World) -> None:
    made = withdrawn(world)
    with reverts("DeliveryExists", made.id):
        made.offer()
    again = sale(world, made.key.titles, number=2)
    again.offer()
    again.take()
    assert (made.state(), again.state()) == (WITHDRAWN, SETTLED)
    assert again.balances() == PAID


OTHER_KEYS: Final[dict[str, Callable[[DeliveryKey], DeliveryKey]]] = {
    "bank": lambda key: key._replace(bank=OTHER),
    "applicant": lambda key: key._replace(applicant=OTHER),
    "source": lambda key: key._replace(source=NONE),
    "number": lambda key: key._replace(number=2),
    "order": lambda key: key._replace(titles=key.titles[::-1]),
    "less": lambda key: key._replace(titles=key.titles[:1]),
    "more": lambda key: key._replace(titles=(*key.titles, key.titles[0])),
    "none": lambda key: key._replace(titles=()),
}


@pytest.mark.parametrize("change", OTHER_KEYS)
def test_no_act_takes_another_list_or_another_party(world: World, change: str) -> None:
    made = on_offer(world)
    other = Sale(world, OTHER_KEYS[change](made.key), made.terms)
    assert other.id != made.id
    acts = (other.take, other.release, other.withdraw, other.lapse, other.pay, other.attest)
    for act in (*acts, other.take_on_trust):
        with reverts("UnknownDelivery", other.id):
            act()
    made.take()


# What is offered


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"amount": 0}, ("DeliveryForNothing", 0, CNY.number)),
        ({"currency": 0}, ("DeliveryForNothing", AMOUNT, 0)),
    ],
)
def test_titles_are_delivered_for_something(
    world: World, terms: dict[str, int], expected: tuple[Any, ...]
) -> None:
    with reverts(*expected):
        sale(world, held(world), **terms).offer()


def test_the_applicant_gets_time_to_take(world: World) -> None:
    titles, now = held(world), world.time
    for take_by in (0, now - 1, now):
        with reverts("NoTimeToTake", take_by, now):
            sale(world, titles, take_by=take_by).offer()
    sale(world, titles, take_by=now + 1).offer()


def test_a_trust_receipt_is_due_not_before_it_can_be_given(world: World) -> None:
    titles, last = held(world), world.time + DAY
    for basis, due in ((TRUST, 0), (TRUST, last - 1), (PAYMENT, 1), (PAYMENT, last)):
        with reverts("BadDueTime", int(basis), last, due):
            sale(world, titles, basis, take_by=last, due=due).offer()
    for due in (last, last + 1):
        with world.aside():
            sale(world, titles, TRUST, take_by=last, due=due).offer()


def test_nobody_delivers_to_itself_or_to_nobody(world: World) -> None:
    made = sale(world, held(world))
    with reverts("DeliveredToItself", BANK):
        Sale(world, made.key._replace(applicant=BANK), made.terms).offer()
    for nobody in (0, MEMBERS + 1):
        with reverts("UnknownMember", nobody):
            Sale(world, made.key._replace(applicant=nobody), made.terms).offer()


def test_a_delivery_has_one_to_64_titles(world: World) -> None:
    with reverts("NoTitles"):
        sale(world, ()).offer()
    references = [reference_of(str(number)) for number in range(MOST + 1)]
    issuances = [Issuance(each, holder=desk(BANK), beneficiary=desk(BANK)) for each in references]
    world.send(desk(CARRIER), "TitleRegistry.issueBatch", issuances)
    titles = tuple(id_of(each) for each in references)
    with reverts("TooManyTitles", MOST + 1, MOST):
        sale(world, titles).offer()
    fund(world)
    made = sale(world, titles[:MOST])
    made.offer()
    with world.aside():
        made.withdraw()
        assert {found.holder for found in made.titles()} == {BANK}
    made.take()
    assert {found.holder for found in made.titles()} == {BUYER}
    assert made.balances() == PAID


def test_a_title_is_offered_by_who_has_it_and_may_pass_it_on(world: World) -> None:
    mine, shippers = held(world)[0], bill(world, "of the shipper").id
    with reverts("NotTitleHolder", shippers, SHIPPER, BANK):
        sale(world, (mine, shippers)).offer()
    others = held(world, ("of another",), beneficiary=OTHER)
    with reverts("NotTitleBeneficiary", others[0], OTHER, BANK):
        sale(world, others).offer()
    for again in ((mine, mine), held(world, ("in custody",))):
        with world.aside():
            if again[0] != mine:
                sale(world, again, number=2).offer()
            with reverts("WrongTitleState", again[0], int(IN_CUSTODY), int(LIVE)):
                sale(world, again).offer()
    assert world.view("TitleRegistry.titleOf", mine).state == LIVE


@pytest.mark.parametrize(
    ("beneficiary", "form", "comes_to"),
    [(NOBODY, BLANK, NOBODY), (BUYER, STRAIGHT, BUYER), (BUYER, 1, BUYER), (BANK, 1, BUYER)],
    ids=["blank", "straight", "to its order", "to the bank's order"],
)
def test_what_is_delivered_is_of_use_to_the_applicant(
    world: World, beneficiary: int, form: int, comes_to: int
) -> None:
    fund(world)
    made = sale(world, held(world, beneficiary=beneficiary, form=int(form)))
    before = made.titles()
    made.offer()
    with world.aside():
        made.withdraw().emitted(
            told("OfferWithdrawn", made.key), given_back(0, beneficiary, form)(made)
        )
        assert made.titles() == before
    made.take()
    assert (made.titles()[0].holder, made.titles()[0].beneficiary) == (BUYER, comes_to)
    title = Bill(world, reference_of("one"))
    title.surrender(BUYER, DELIVERY)
    title.accept()
    assert title.state() == TitleState.DELIVERED


def test_what_would_give_the_applicant_no_goods_is_not_offered(world: World) -> None:
    titles = (*held(world), *held(world, ("straight",), form=int(STRAIGHT)))
    with reverts("MadeOutToAnother", titles[1], BANK):
        sale(world, titles).offer()
    assert world.view("TitleRegistry.titleOf", titles[0]).state == LIVE


@pytest.mark.parametrize("later", [0, 10 * PERIOD], ids=["at once", "later"])
@pytest.mark.parametrize("blank", [False, True])
def test_an_offer_that_ends_changes_nobodys_right(world: World, later: int, blank: bool) -> None:
    """Else a holder would take from another what was endorsed to it, by offering it."""
    terms = {"beneficiary": NOBODY, "form": int(BLANK)} if blank else {}
    title = bill(world, **terms)
    title.endorse(SHIPPER, BUYER)
    title.transfer(SHIPPER, BANK)
    world.at(world.time + later)
    made = sale(world, (title.id,))
    made.offer()
    made.withdraw().emitted(told("OfferWithdrawn", made.key), given_back(0, BUYER)(made))
    found = title.record()
    assert (found.holder, found.beneficiary, found.form) == (BANK, BUYER, TO_ORDER)
    assert (found.nominee, found.previousBeneficiary, found.beneficiaryRejectBy) == (0, 0, 0)
    again = sale(world, (title.id,), number=2)
    again.offer()
    again.release()
    assert (title.record().holder, title.record().nominee) == (BUYER, NOBODY)


# Times


@pytest.mark.parametrize("basis", [PAYMENT, TRUST])
def test_titles_are_taken_up_to_the_last_second(world: World, basis: int) -> None:
    made = on_offer(world, basis)
    last = made.terms.take_by
    take = made.take if basis == PAYMENT else made.take_on_trust
    for time in (last - 1, last):
        with world.aside():
            world.at(time)
            assert made.state() == OFFERED
            with reverts("OfferOpen", made.id, last, time):
                made.lapse()
            take()
            assert made.titles()[0].holder == BUYER
    world.at(last + 1)
    assert (made.state(), made.record().state) == (LAPSED, OFFERED)
    with reverts("OfferOver", made.id, last, last + 1):
        take()
    world.send(OUTSIDER, "TitleDeliveries.lapse", made.key).emitted(
        told("OfferLapsed", made.key), *(each(made) for each in BOTH_BACK)
    )
    assert {found.holder for found in made.titles()} == {BANK}


def test_what_is_owed_is_overdue_after_its_last_second_and_paid_at_any_time(world: World) -> None:
    made = on_trust(world)
    due = made.terms.due
    for time, state in (
        (world.time, ON_TRUST),
        (due - 1, ON_TRUST),
        (due, ON_TRUST),
        (due + 1, OVERDUE),
        (due + 10_000 * DAY, OVERDUE),
    ):
        with world.aside():
            world.at(time)
            assert (made.state(), made.record().state) == (state, ON_TRUST)
            made.pay()
            assert (made.state(), made.balances()) == (SETTLED, PAID)


# Cash and titles


@pytest.mark.parametrize("stage", ["offered", "on trust"])
def test_without_the_cash_nothing_moves(world: World, stage: str) -> None:
    made = STAGES[stage](world)
    spent = OF_BUYER - AMOUNT + 1
    world.send(treasury(BUYER), f"{CASH}.transfer", treasury(OTHER), spent)
    before = made.everything()
    act = made.take if stage == "offered" else made.pay
    with reverts("ERC20InsufficientBalance", treasury(BUYER), AMOUNT - 1, AMOUNT):
        act()
    assert made.everything() == before
    world.send(desk(CENTRAL), f"{CASH}.mint", BUYER, 1, RECEIPT)
    act()
    assert made.balances() == (0, OF_BANK + AMOUNT)


def test_without_a_key_for_the_titles_no_cash_moves(world: World) -> None:
    made = on_offer(world)
    before = made.everything()
    with reverts("NotDeliveryApplicant", made.id, BUYER, BANK):
        made.take(to=BANK)
    assert made.everything() == before


def test_a_currency_without_cash_is_paid_elsewhere_alone(world: World) -> None:
    made = sale(world, held(world), currency=USD.number)
    made.offer()
    with reverts("NoCash", USD.number):
        made.take()
    with world.aside():
        made.release()
        assert (made.state(), made.titles()[0].holder) == (SETTLED, BUYER)
    made.withdraw()
    owed = sale(world, made.key.titles, TRUST, number=2, currency=USD.number)
    owed.offer()
    owed.take_on_trust()
    with reverts("NoCash", USD.number):
        owed.pay()
    owed.attest()
    assert owed.state() == SETTLED


def test_what_is_owed_on_trust_ends_by_payment_alone(world: World) -> None:
    """The applicant may do with the title what it likes: it owes."""
    made = on_trust(world)
    title = Bill(world, reference_of("one"))
    title.transfer_both(BUYER, BANK, BANK)
    Bill(world, reference_of("two")).surrender(BUYER)
    again = sale(world, made.key.titles[:1], number=2)
    again.offer()
    again.withdraw()
    assert made.state() == ON_TRUST
    made.pay()
    assert made.balances() == PAID


@pytest.mark.parametrize("stage", ["offered", "offered for trust", "on trust"])
def test_a_receipt_and_a_payment_elsewhere_have_a_reference(world: World, stage: str) -> None:
    made = STAGES[stage](world)
    acts: list[Callable[[], Any]] = {
        "offered": [lambda: made.release(reference=NONE)],
        "offered for trust": [
            lambda: made.release(reference=NONE),
            lambda: made.take_on_trust(receipt=NONE),
        ],
        "on trust": [lambda: made.attest(reference=NONE)],
    }[stage]
    for act in acts:
        with reverts("DeliveryReferenceMissing", made.id):
            act()


# Keys of the applicant


def unmovable(world: World, how: str) -> tuple[str, Error | None]:
    """An account to which no title goes, and why; None: it is another member's."""
    role = int(Role.TITLE)
    if how == "of nobody":
        return OUTSIDER, error("NotAMember", OUTSIDER)
    if how == "without the role":
        return treasury(BUYER), error("MissingRole", treasury(BUYER), BUYER, role)
    if how == "of another":
        return desk(OTHER), None
    key = world.give_key(BUYER, "a key for titles", role, world.time + 10)
    if how == "frozen":
        world.send(admin(BUYER), "AllianceRegistry.freezeKey", key)
        return key, error("KeyFrozenNow", key)
    world.at(world.time + 11)
    return key, error("KeyExpired", key, world.time - 1)


@pytest.mark.parametrize(
    "how", ["of nobody", "of another", "without the role", "frozen", "expired"]
)
@pytest.mark.parametrize("function", ["take", "takeOnTrust", "release"])
def test_titles_go_to_a_live_key_of_the_applicant_alone(
    world: World, function: str, how: str
) -> None:
    made = for_trust(world) if function == "takeOnTrust" else on_offer(world)
    account, expected = unmovable(world, how)
    actor = BANK if function == "release" else BUYER
    args = () if function == "take" else (RECEIPT,)
    before = made.everything()
    with refused(expected or error("NotDeliveryApplicant", made.id, BUYER, OTHER)):
        made.act(actor, function, account, *args)
    assert made.everything() == before


@pytest.mark.parametrize("way", ["withdraw", "lapse"])
def test_an_applicant_without_a_key_keeps_no_titles_from_the_bank(world: World, way: str) -> None:
    made = on_offer(world)
    world.send(admin(BUYER), "AllianceRegistry.revokeKey", desk(BUYER))
    world.send(admin(BUYER), "AllianceRegistry.resign")
    with reverts("NotAMember", desk(BUYER)):
        made.release()
    if way == "lapse":
        world.at(made.terms.take_by + 1)
    getattr(made, way)()
    assert {found.holder for found in made.titles()} == {BANK}
    assert made.state() == WITHDRAWN


def test_a_bank_without_a_key_gets_its_titles_back_and_its_money(world: World) -> None:
    made = on_offer(world)
    world.send(admin(BANK), "AllianceRegistry.revokeKey", desk(BANK))
    with world.aside():
        world.at(made.terms.take_by + 1)
        made.lapse()
        assert {found.holder for found in made.titles()} == {BANK}
    made.take()
    assert made.balances() == PAID


def test_a_pause_and_a_suspension_stop_no_delivery(world: World) -> None:
    fund(world)
    made = sale(world, held(world), TRUST)
    world.governed("AllianceRegistry.pauseNewBusiness", world.time + 1_000)
    for member in (BANK, BUYER, CARRIER):
        world.governed("AllianceRegistry.suspend", member)
    made.offer()
    made.take_on_trust()
    made.pay()
    assert (made.state(), made.balances()) == (SETTLED, PAID)
