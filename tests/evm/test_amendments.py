# SPDX-License-Identifier: Apache-2.0
"""Machine B: amendments and cancellations, by every act and every actor (UCP 600 art. 10)."""

from __future__ import annotations

from typing import Any

import pytest
from eth_utils import keccak
from letters import (
    ACTORS,
    ADVISER,
    ASKED,
    BENEFICIARY,
    CANCELLED,
    CANCELS,
    CONFIRMER,
    DRAWER,
    EXPIRY,
    FULL,
    ISSUER,
    LESS,
    MANDATE,
    NOMINATED,
    PRESENTATIONS,
    Letter,
    accepted,
    after,
    agreed,
    caller,
    cancels,
    confirmed,
    issued,
    joined,
    later,
    pre_advised,
    shown,
    told,
    unasked,
)
from machine import ActorMachine, Becomes, Cell, Refuses
from suite import error
from vocabulary import AmendmentState, CreditState, Role, Switch, open_roles
from world import (
    DAY,
    KINDS,
    START,
    Amendment,
    World,
    desk,
    reverts,
)

NONE, PENDING, ACCEPTED, REJECTED, LAPSED = AmendmentState
_, PRE_ADVISED, ISSUED, GONE, EXPIRED = CreditState

Cells = dict[int, Cell[Letter]]
Row = dict[str, Cells]
State = tuple[Any, Any]


def becomes(amendment: Any, *events: Any, credit: Any = ISSUED) -> Becomes[Letter]:
    """The states of the first amendment and of the credit, and what is told."""
    return Becomes((amendment, credit), events)


def meets(name: str, *shape: Any) -> Refuses[Letter]:
    return Refuses(lambda letter: error(name, letter.id, *shape))


def wrong(actual: Any) -> Refuses[Letter]:
    return meets("WrongAmendmentState", 1, actual, PENDING)


def ended(actual: Any) -> Refuses[Letter]:
    return meets("WrongCreditState", actual, ISSUED)


def amend_next(letter: Letter, actor: int) -> Any:
    """The next amendment, another decrease."""
    number = letter.view("credit").amendments + 1 if letter.state() else 1
    letter.amendment = LESS._replace(number=number)
    return letter.propose(actor)


def amend_again(letter: Letter, actor: int) -> Any:
    """The number of the first amendment once more, with other changes."""
    letter.amendment = Amendment(expiry=EXPIRY + 1)
    return letter.propose(actor)


def cancel_next(letter: Letter, actor: int) -> Any:
    number = letter.view("credit").amendments + 1 if letter.state() else 1
    letter.amendment = CANCELS._replace(number=number)
    return letter.propose(actor)


def issued_amendment(letter: Letter) -> Any:
    return told("AmendmentIssued", number=letter.amendment.number, amendment=letter.amendment)(
        letter
    )


def extended(diverged: bool = False) -> Any:
    return told("ConfirmationExtended", number=1, diverged=diverged)


EXTENSION_DECLINED = told("ExtensionDeclined", number=1)
REJECTS = told("AmendmentRejected", number=1, rejectedBy=BENEFICIARY, mandate=bytes(32))
UNKNOWN = meets("UnknownAmendment", 1)
OUT_OF_ORDER = meets("AmendmentOutOfOrder", 1, 2)
EXTENDED_ALREADY = meets("ExtendedAlready", 1)
NOT_EXPRESS = meets("ConsentNotExpress", 1)


def row(state: Any, credit: Any = ISSUED, **changes: Cells) -> Row:
    """What is open in a credit whose first amendment stands so, but for these changes."""
    decided = {BENEFICIARY: wrong(state)}
    cells: Row = {
        "amend": {ISSUER: becomes(state, issued_amendment, credit=credit)},
        "amend again": {ISSUER: OUT_OF_ORDER},
        "cancel": {ISSUER: becomes(state, issued_amendment, credit=credit)},
        "extend": {},
        "decline": {},
        "accept": decided,
        "reject": decided,
        "by presentation": {PRESENTATIONS: wrong(state)},
    }
    assert set(changes) <= set(cells)
    return cells | changes


def confirms(cell: Cell[Letter], declines: Cell[Letter]) -> Row:
    return {"extend": {CONFIRMER: cell}, "decline": {CONFIRMER: declines}}


def answers(accept: Cell[Letter], by_presentation: Cell[Letter]) -> Row:
    return {
        "accept": {BENEFICIARY: accept},
        "reject": {BENEFICIARY: becomes(REJECTED, REJECTS)},
        "by presentation": {PRESENTATIONS: by_presentation},
    }


def pending(diverged: bool = False, **changes: Cells) -> Row:
    """A pending amendment, which leaves the confirming bank behind or not."""
    by_presentation = accepted(by=0, diverged=diverged)
    cells = answers(
        becomes(ACCEPTED, accepted(diverged=diverged)), becomes(ACCEPTED, by_presentation)
    )
    return row(PENDING, **cells) | changes


def cancelling(accept: Cell[Letter], **changes: Cells) -> Row:
    """A pending cancellation."""
    return row(PENDING, **answers(accept, NOT_EXPRESS)) | changes


AGREES = becomes(ACCEPTED, agreed(BENEFICIARY))
CANCELS_IT = becomes(ACCEPTED, agreed(BENEFICIARY), CANCELLED, credit=GONE)
EXTENDS = becomes(PENDING, extended())
DECLINES = becomes(PENDING, EXTENSION_DECLINED)
DECLINED_ALREADY = meets("ExtensionDeclinedAlready", 1)

GONE_ROW: Row = {
    "amend": {ISSUER: ended(GONE)},
    "amend again": {ISSUER: ended(GONE)},
    "cancel": {ISSUER: ended(GONE)},
    "extend": {},
    "decline": {},
    "accept": {BENEFICIARY: ended(GONE)},
    "reject": {BENEFICIARY: ended(GONE)},
    "by presentation": {PRESENTATIONS: ended(GONE)},
}

amended = after(issued, Letter.amend)
amended_confirmed = after(confirmed, Letter.amend)
cancelling_confirmed = after(confirmed, cancels)

MACHINE: ActorMachine[Letter] = ActorMachine(
    actors=ACTORS,
    stages={
        "no amendment": issued,
        "pre-advised": pre_advised,
        "withdrawal pending": after(pre_advised, cancels),
        "pending": amended,
        "pending, unasked": after(unasked, Letter.amend),
        "pending, then confirmed": after(amended, Letter.confirm),
        "pending, confirmed": amended_confirmed,
        "pending, extended": after(amended_confirmed, Letter.extend),
        "pending, not extended": after(amended_confirmed, Letter.decline_extension),
        "pending, extended after all": after(
            amended_confirmed, Letter.decline_extension, Letter.extend
        ),
        "pending, expired": after(amended, later),
        "accepted": after(amended, Letter.accept),
        "accepted, then confirmed": after(amended, Letter.accept, Letter.confirm),
        "accepted, extended": after(amended_confirmed, Letter.extend, Letter.accept),
        "diverged": after(amended_confirmed, Letter.accept),
        "diverged, not extended": after(amended_confirmed, Letter.decline_extension, Letter.accept),
        "diverged, refused since": after(
            amended_confirmed, Letter.accept, Letter.decline_extension
        ),
        "healed": after(amended_confirmed, Letter.accept, Letter.extend),
        "rejected": after(amended, Letter.reject),
        "rejected, confirmed": after(amended_confirmed, Letter.reject),
        "lapsed": after(amended, cancels, lambda s: s.accept(number=2)),
        "cancellation pending": after(issued, cancels),
        "cancellation pending, confirmed": cancelling_confirmed,
        "cancellation agreed by the confirmer": after(cancelling_confirmed, Letter.extend),
        "cancellation refused by the confirmer": after(
            cancelling_confirmed, Letter.decline_extension
        ),
        "cancellation agreed by the beneficiary": after(cancelling_confirmed, Letter.accept),
        "cancellation rejected": after(issued, cancels, Letter.reject),
        "cancelled": after(issued, cancels, Letter.accept),
        "cancelled, confirmed": after(cancelling_confirmed, Letter.accept, Letter.extend),
    },
    acts={
        "amend": amend_next,
        "amend again": amend_again,
        "cancel": cancel_next,
        "extend": Letter.extend,
        "decline": Letter.decline_extension,
        "accept": Letter.accept,
        "reject": Letter.reject,
        "by presentation": Letter.accept_by_presentation,
    },
    record=Letter.record,
    state=lambda letter: (letter.amendment_state(), letter.state()),
    table={
        "no amendment": row(
            PENDING,
            **{"amend again": {ISSUER: becomes(PENDING, issued_amendment)}},
            accept={BENEFICIARY: UNKNOWN},
            reject={BENEFICIARY: UNKNOWN},
            extend={CONFIRMER: UNKNOWN},
            decline={CONFIRMER: UNKNOWN},
            **{"by presentation": {PRESENTATIONS: UNKNOWN}},
        ),
        # A pre-advice can be withdrawn, and not amended.
        "pre-advised": row(
            PENDING,
            amend={ISSUER: ended(PRE_ADVISED)},
            cancel={ISSUER: becomes(PENDING, issued_amendment, credit=PRE_ADVISED)},
            accept={BENEFICIARY: UNKNOWN},
            reject={BENEFICIARY: UNKNOWN},
            **{
                "amend again": {ISSUER: ended(PRE_ADVISED)},
                "by presentation": {PRESENTATIONS: ended(PRE_ADVISED)},
            },
        ),
        "withdrawal pending": row(
            PENDING,
            amend={ISSUER: ended(PRE_ADVISED)},
            cancel={ISSUER: becomes(PENDING, issued_amendment, credit=PRE_ADVISED)},
            accept={BENEFICIARY: CANCELS_IT},
            reject={BENEFICIARY: becomes(REJECTED, REJECTS, credit=PRE_ADVISED)},
            **{
                "amend again": {ISSUER: ended(PRE_ADVISED)},
                "by presentation": {PRESENTATIONS: ended(PRE_ADVISED)},
            },
        ),
        "pending": pending(),
        "pending, unasked": pending(),
        "pending, then confirmed": pending(diverged=True, **confirms(EXTENDS, DECLINES)),
        "pending, confirmed": pending(diverged=True, **confirms(EXTENDS, DECLINES)),
        "pending, extended": pending(**confirms(EXTENDED_ALREADY, EXTENDED_ALREADY)),
        "pending, not extended": pending(diverged=True, **confirms(EXTENDS, DECLINED_ALREADY)),
        "pending, extended after all": pending(**confirms(EXTENDED_ALREADY, EXTENDED_ALREADY)),
        # No time ends an amendment, not even that of the credit.
        "pending, expired": row(
            PENDING,
            EXPIRED,
            accept={BENEFICIARY: becomes(ACCEPTED, accepted(), credit=EXPIRED)},
            reject={BENEFICIARY: becomes(REJECTED, REJECTS, credit=EXPIRED)},
            **{
                "by presentation": {
                    PRESENTATIONS: becomes(ACCEPTED, accepted(by=0), credit=EXPIRED)
                }
            },
        ),
        "accepted": row(ACCEPTED),
        # Whoever confirms later confirms the credit as amended.
        "accepted, then confirmed": row(ACCEPTED, **confirms(EXTENDED_ALREADY, EXTENDED_ALREADY)),
        "accepted, extended": row(ACCEPTED, **confirms(EXTENDED_ALREADY, EXTENDED_ALREADY)),
        "diverged": row(
            ACCEPTED,
            **confirms(becomes(ACCEPTED, extended()), becomes(ACCEPTED, EXTENSION_DECLINED)),
        ),
        "diverged, not extended": row(
            ACCEPTED, **confirms(becomes(ACCEPTED, extended()), DECLINED_ALREADY)
        ),
        "diverged, refused since": row(
            ACCEPTED, **confirms(becomes(ACCEPTED, extended()), DECLINED_ALREADY)
        ),
        "healed": row(ACCEPTED, **confirms(EXTENDED_ALREADY, EXTENDED_ALREADY)),
        "rejected": row(REJECTED),
        "rejected, confirmed": row(REJECTED, **confirms(wrong(REJECTED), wrong(REJECTED))),
        "lapsed": GONE_ROW,
        "cancellation pending": cancelling(CANCELS_IT),
        "cancellation pending, confirmed": cancelling(
            AGREES, **confirms(becomes(PENDING, agreed(CONFIRMER)), DECLINES)
        ),
        "cancellation agreed by the confirmer": cancelling(
            CANCELS_IT, **confirms(EXTENDED_ALREADY, EXTENDED_ALREADY)
        ),
        "cancellation refused by the confirmer": cancelling(
            AGREES, **confirms(becomes(PENDING, agreed(CONFIRMER)), DECLINED_ALREADY)
        ),
        "cancellation agreed by the beneficiary": row(
            ACCEPTED,
            **confirms(
                becomes(ACCEPTED, agreed(CONFIRMER), CANCELLED, credit=GONE),
                becomes(ACCEPTED, EXTENSION_DECLINED),
            ),
        ),
        "cancellation rejected": row(REJECTED),
        "cancelled": GONE_ROW,
        "cancelled, confirmed": GONE_ROW | confirms(ended(GONE), ended(GONE)),
    },
    stranger=lambda letter, act, actor: turned_away(letter, act, actor),
)

ROLES: dict[str, tuple[Any, str]] = {
    "amend": (Role.ISSUE, "NotIssuingBank"),
    "amend again": (Role.ISSUE, "NotIssuingBank"),
    "cancel": (Role.ISSUE, "NotIssuingBank"),
    "extend": (Role.ISSUE, "NotConfirmingBank"),
    "decline": (Role.ISSUE, "NotConfirmingBank"),
    "accept": (Role.ACCEPT, "NotForBeneficiary"),
    "reject": (Role.ACCEPT, "NotForBeneficiary"),
}


def turned_away(letter: Letter, act: str, actor: int) -> Cell[Letter]:
    """What an actor meets to whom the table does not open the act."""
    if act not in ROLES:
        return Refuses(lambda s: error("NotPresentations", caller(actor)))
    role, name = ROLES[act]
    if actor == PRESENTATIONS:
        return Refuses(lambda s: error("NotAMember", DRAWER))
    if not open_roles(KINDS[actor][0]) & role:
        return Refuses(lambda s: error("MissingRole", desk(actor), actor, int(role)))
    # An answer, and an extension, is to an amendment that there is.
    if name != "NotIssuingBank" and letter.view("credit").amendments == 0:
        return UNKNOWN
    return meets(name, actor)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_an_amendment_by_every_actor(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


# What an amendment changes

MOST = 2**64 - 1
TEXT = keccak(text="the text of the amendment")

# The changes, and the credit as amended.
CHANGES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"increase": 7}, {"amount": FULL + 7}),
    ({"increase": MOST - FULL}, {"amount": MOST}),
    ({"decrease": 7}, {"amount": FULL - 7}),
    ({"decrease": FULL - 1}, {"amount": 1}),
    ({"expiry": EXPIRY + 30}, {"expiry": EXPIRY + 30}),
    ({"expiry": EXPIRY - 30}, {"expiry": EXPIRY - 30}),
    ({"expiry": 2**16 - 1}, {"expiry": 2**16 - 1}),
    ({"latest_shipment": 1}, {"latest_shipment": 1}),
    ({"latest_shipment": 2**16 - 1}, {"latest_shipment": 2**16 - 1}),
    ({"presentation_period": 1}, {"presentation_period": 1}),
    ({"presentation_period": 999}, {"presentation_period": 999}),
    (
        {"sets_tolerance": True, "plus_tolerance": 99, "minus_tolerance": 98},
        {"plus_tolerance": 99, "minus_tolerance": 98},
    ),
    ({"sets_tolerance": True}, {"plus_tolerance": 0, "minus_tolerance": 0}),
    (
        {
            "decrease": 1,
            "expiry": EXPIRY + 1,
            "latest_shipment": EXPIRY,
            "presentation_period": 5,
            "sets_tolerance": True,
            "plus_tolerance": 1,
            "minus_tolerance": 2,
        },
        {
            "amount": FULL - 1,
            "expiry": EXPIRY + 1,
            "latest_shipment": EXPIRY,
            "presentation_period": 5,
            "plus_tolerance": 1,
            "minus_tolerance": 2,
        },
    ),
]
BEFORE = ASKED._replace(presentation_period=15, plus_tolerance=0, minus_tolerance=10)


@pytest.mark.parametrize(("changes", "after_it"), CHANGES)
def test_an_amendment_changes_what_it_names_once_it_is_accepted(
    world: World, changes: dict[str, Any], after_it: dict[str, Any]
) -> None:
    letter = issued(world, BEFORE)
    letter.amend(**changes, terms=TEXT)
    assert letter.view("credit") == shown(letter, amendments=1)
    assert letter.view("amendmentOf", 1) == (PENDING, False, False, 0, letter.amendment)
    letter.accept()
    amended_terms = BEFORE._replace(**after_it, terms=joined(BEFORE.terms, TEXT))
    assert letter.view("credit") == shown(letter, terms=amended_terms, amendments=1, version=1)
    assert letter.view("amendmentOf", 1) == (ACCEPTED, True, False, 1, letter.amendment)


@pytest.mark.parametrize("changes", [each for each, _ in CHANGES])
def test_a_rejected_amendment_changes_nothing(world: World, changes: dict[str, Any]) -> None:
    letter = issued(world, BEFORE)
    letter.amend(**changes)
    letter.reject()
    assert letter.view("credit") == shown(letter, amendments=1)
    assert letter.view("amendmentOf", 1) == (REJECTED, False, False, 0, letter.amendment)


DAY_NOW = START // DAY
BAD: list[tuple[dict[str, Any], str, tuple[Any, ...]]] = [
    ({"number": 0}, "AmendmentOutOfOrder", (0, 1)),
    ({"number": 2}, "AmendmentOutOfOrder", (2, 1)),
    ({"number": 255}, "AmendmentOutOfOrder", (255, 1)),
    ({"sets_tolerance": True, "plus_tolerance": 100}, "BadTolerance", (100, 0)),
    ({"sets_tolerance": True, "minus_tolerance": 100}, "BadTolerance", (0, 100)),
    ({"sets_tolerance": True, "plus_tolerance": 255}, "BadTolerance", (255, 0)),
    ({"presentation_period": 1_000}, "BadPeriod", (1_000,)),
    ({"expiry": DAY_NOW - 2}, "ExpiryPassed", (DAY_NOW - 2, START)),
    ({"expiry": 1}, "ExpiryPassed", (1, START)),
    ({"terms": bytes(32)}, "MissingTerms", ()),
    ({"increase": MOST - FULL + 1}, "BadAmendedAmount", (MOST + 1, 0)),
    ({"increase": MOST}, "BadAmendedAmount", (MOST + FULL, 0)),
    (
        {"increase": MOST - FULL, "sets_tolerance": True, "plus_tolerance": 1},
        "BadAmendedAmount",
        (MOST, 1),
    ),
    *(
        (changes, "ContradictoryAmendment", (1,))
        for changes in (
            {"increase": 1, "decrease": 1},
            {"plus_tolerance": 1},
            {"minus_tolerance": 1},
            {"cancels": True, "increase": 1},
            {"cancels": True, "decrease": 1},
            {"cancels": True, "expiry": EXPIRY},
            {"cancels": True, "latest_shipment": EXPIRY},
            {"cancels": True, "presentation_period": 1},
            {"cancels": True, "sets_tolerance": True},
        )
    ),
]


@pytest.mark.parametrize(("changes", "name", "args"), BAD)
def test_an_amendment_that_cannot_be_issued(
    world: World, changes: dict[str, Any], name: str, args: tuple[Any, ...]
) -> None:
    letter = issued(world)
    letter.amendment = Amendment(**changes)
    shaped = args if name not in ("AmendmentOutOfOrder", "ContradictoryAmendment") else None
    with reverts(name, *(shaped if shaped is not None else (letter.id, *args))):
        letter.propose()
    assert letter.view("credit") == shown(letter)


def test_an_amended_expiry_lies_ahead_somewhere(world: World) -> None:
    letter = issued(world)
    over = EXPIRY * DAY + 36 * 3_600
    for time in (over - 1, over, over + 1):
        with world.aside():
            world.at(time)
            if time < over:
                letter.amend(expiry=EXPIRY)
                continue
            with reverts("ExpiryPassed", EXPIRY, time):
                letter.amend(expiry=EXPIRY)


def test_there_are_at_most_255_amendments(world: World) -> None:
    letter = issued(world)
    for number in range(1, 256):
        letter.amendment = Amendment(number, increase=1)
        letter.propose()
    for number in (0, 255):
        letter.amendment = Amendment(number)
        with reverts("AmendmentOutOfOrder", letter.id, number, 256):
            letter.propose()
    numbers = list(range(255, 0, -1))
    for version, number in enumerate(numbers, 1):
        letter.accept(number=number)
        assert letter.view("amendmentOf", number).version == version
    found = letter.view("credit")
    assert (found.amendments, found.version) == (255, 255)
    assert found.issuance.amount == FULL + 255
    assert found.issuance.terms == joined(letter.terms.terms, *[letter.amendment.terms] * 255)
    for number in (0, 255):
        with reverts("AmendmentOutOfOrder", letter.id, number, 256):
            letter.send(ISSUER, "amend", letter.id, Amendment(number))


@pytest.mark.parametrize("number", [0, 2, 255])
def test_an_amendment_that_is_not_there_is_named(world: World, number: int) -> None:
    letter = amended_confirmed(world)
    acts = (letter.extend, letter.decline_extension, letter.accept, letter.reject)
    for act in acts:
        with reverts("UnknownAmendment", letter.id, number):
            act(number=number)
    with reverts("UnknownAmendment", letter.id, number):
        letter.accept_by_presentation(PRESENTATIONS, number)
    with reverts("UnknownAmendment", letter.id, number):
        letter.view("amendmentOf", number)


# Amendments are independent of one another


def test_amendments_are_accepted_in_any_order_and_the_last_one_sets_a_date(world: World) -> None:
    letter = issued(world)
    texts = [keccak(text=f"text {number}") for number in (1, 2, 3)]
    letter.amend(increase=10, expiry=EXPIRY + 1, terms=texts[0])
    letter.amend(decrease=3, terms=texts[1])
    letter.amend(expiry=EXPIRY + 3, latest_shipment=EXPIRY, terms=texts[2])
    letter.accept(number=3)
    letter.accept(number=1)
    expected = ASKED._replace(
        amount=FULL + 10,
        expiry=EXPIRY + 1,
        latest_shipment=EXPIRY,
        terms=joined(ASKED.terms, texts[2], texts[0]),
    )
    assert letter.view("credit") == shown(letter, terms=expected, amendments=3, version=2)
    assert letter.amendment_state(2) == PENDING
    assert [letter.view("amendmentOf", n).version for n in (1, 2, 3)] == [2, 0, 1]


def test_a_presentation_accepts_the_amendments_with_which_it_complies(world: World) -> None:
    letter = issued(world)
    texts = [keccak(text=f"text {number}") for number in (1, 2, 3)]
    for text in texts:
        letter.amend(increase=1, terms=text)
    first, both = joined(ASKED.terms, texts[0]), joined(ASKED.terms, texts[0], texts[2])
    letter.accept_by_presentation(PRESENTATIONS, 3, 1).emitted(
        told(
            "AmendmentAccepted",
            number=1,
            acceptedBy=0,
            version=1,
            terms=first,
            diverged=False,
            mandate=bytes(32),
        )(letter),
        told(
            "AmendmentAccepted",
            number=3,
            acceptedBy=0,
            version=2,
            terms=both,
            diverged=False,
            mandate=bytes(32),
        )(letter),
    )
    assert letter.amendment_state(2) == PENDING
    assert letter.view("credit").issuance.amount == FULL + 2


def test_a_presentation_accepts_all_or_none(world: World) -> None:
    letter = issued(world)
    letter.amend(increase=1)
    letter.amend(cancels=True)
    with reverts("ConsentNotExpress", letter.id, 2):
        letter.accept_by_presentation(PRESENTATIONS, 1, 2)
    assert letter.amendment_state(1) == PENDING


def test_a_presentation_that_complies_with_no_amendment_accepts_none(world: World) -> None:
    letter = amended(world)
    letter.send(PRESENTATIONS, "acceptByPresentation", letter.id, 0, 0, True).emitted()
    assert letter.amendment_state() == PENDING


# What leaves the beneficiary less: field by field, what it is in the credit and what it becomes.
LOSSES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "amount": ({}, {"decrease": 1}),
    "expiry": ({}, {"expiry": EXPIRY - 1}),
    "latest shipment": ({"latest_shipment": EXPIRY - 9}, {"latest_shipment": EXPIRY - 10}),
    "a latest shipment where there was none": ({"latest_shipment": 0}, {"latest_shipment": EXPIRY}),
    "period": ({"presentation_period": 10}, {"presentation_period": 9}),
    "a period below the one of art. 14(c)": (
        {"presentation_period": 0},
        {"presentation_period": 20},
    ),
    "a period where none runs": (
        {"presentation_period": 0, "switches": int(Switch.NO_DEFAULT_PERIOD)},
        {"presentation_period": 999},
    ),
    "plus tolerance": (
        {"plus_tolerance": 5, "minus_tolerance": 5},
        {"sets_tolerance": True, "plus_tolerance": 4, "minus_tolerance": 5},
    ),
    "minus tolerance": (
        {"plus_tolerance": 5, "minus_tolerance": 5},
        {"sets_tolerance": True, "plus_tolerance": 5, "minus_tolerance": 4},
    ),
    "a floor": ({"partial_forbidden": True}, {"increase": 100}),
}
# What leaves it no less, with the same fields.
NO_LOSSES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "amount": ({}, {"increase": 1}),
    "expiry": ({}, {"expiry": EXPIRY + 1}),
    "the same expiry": ({}, {"expiry": EXPIRY}),
    "latest shipment": ({"latest_shipment": EXPIRY - 9}, {"latest_shipment": EXPIRY - 8}),
    "period": ({"presentation_period": 10}, {"presentation_period": 11}),
    "the period of art. 14(c)": ({"presentation_period": 0}, {"presentation_period": 21}),
    "tolerances": (
        {"plus_tolerance": 5, "minus_tolerance": 5},
        {"sets_tolerance": True, "plus_tolerance": 6, "minus_tolerance": 6},
    ),
    "words alone": ({}, {"terms": keccak(text="words")}),
}


@pytest.mark.parametrize("carried", [False, True], ids=["needed", "carried without"])
@pytest.mark.parametrize("field", LOSSES)
def test_article_10c_no_loss_is_accepted_by_documents_that_do_without_it(
    world: World, field: str, carried: bool
) -> None:
    terms, changes = LOSSES[field]
    letter = issued(world, **terms)
    letter.amend(**changes)
    # A rise of the amount that raises the floor gives as well.
    if carried or field != "a floor":
        with reverts("AmendmentNotNamed", letter.id, 1):
            letter.accept_by_presentation(named=(2,), carried=carried)
        assert letter.amendment_state() == PENDING
    letter.accept_by_presentation(named=(1,), carried=carried)
    assert letter.amendment_state() == ACCEPTED


@pytest.mark.parametrize("field", NO_LOSSES)
def test_article_10c_what_leaves_as_much_needs_no_name(world: World, field: str) -> None:
    terms, changes = NO_LOSSES[field]
    letter = issued(world, **terms)
    letter.amend(**changes)
    letter.accept_by_presentation(named=(), carried=True)
    assert letter.amendment_state() == ACCEPTED


@pytest.mark.parametrize(
    ("terms", "changes"),
    [
        ({}, {"decrease": 1, "expiry": EXPIRY + 1}),
        ({"partial_forbidden": True}, {"decrease": 100}),
    ],
    ids=["later and less", "a lower floor"],
)
def test_article_10c_what_takes_and_gives_is_accepted_by_documents_that_need_it(
    world: World, terms: dict[str, Any], changes: dict[str, Any]
) -> None:
    letter = issued(world, **terms)
    letter.amend(**changes)
    with reverts("AmendmentNotNamed", letter.id, 1):
        letter.accept_by_presentation(named=(), carried=True)
    letter.accept_by_presentation(named=(), carried=False)
    assert letter.amendment_state() == ACCEPTED


def test_article_10c_each_amendment_is_held_to_the_numbers_before_it(world: World) -> None:
    letter = issued(world)
    letter.amend(increase=10)
    letter.amend(expiry=EXPIRY + 30)
    # Less than the credit has by then, and more than it had.
    letter.amend(expiry=EXPIRY + 20)
    with reverts("AmendmentNotNamed", letter.id, 3):
        letter.accept_by_presentation(PRESENTATIONS, 1, 2, 3, named=())
    letter.accept_by_presentation(PRESENTATIONS, 1, 3, named=())


# Amounts at acceptance


def test_a_decrease_leaves_an_amount(world: World) -> None:
    letter = issued(world, plus_tolerance=5, minus_tolerance=5)
    letter.amend(decrease=FULL)
    letter.amend(decrease=MOST)
    for number in (1, 2):
        with reverts("BadAmendedAmount", 0, 5):
            letter.accept(number=number)
    # More than there was when it was issued, and less than there is now.
    letter.amend(increase=1)
    letter.accept(number=3)
    letter.accept(number=1)
    assert letter.view("credit").issuance.amount == 1


def test_a_decrease_leaves_what_is_drawn(world: World) -> None:
    letter = issued(world, amount=1_000, plus_tolerance=5, minus_tolerance=5)
    letter.draw(amount=945)
    # 900 and 5 per cent are 945, 899 and 5 per cent 943.
    letter.amend(decrease=101)
    with reverts("BelowDrawings", letter.id, 943, 945):
        letter.accept()
    letter.amend(decrease=100)
    letter.accept(number=2)
    with reverts("NothingToDraw", letter.id):
        letter.draw_up_to(amount=1)
    # So does a smaller tolerance.
    letter.amend(sets_tolerance=True, plus_tolerance=4)
    with reverts("BelowDrawings", letter.id, 936, 945):
        letter.accept(number=3)


def test_increases_that_fit_alone_and_not_together(world: World) -> None:
    letter = issued(world)
    half = (MOST - FULL) // 2 + 1
    letter.amend(increase=half)
    letter.amend(increase=half)
    letter.accept(number=2)
    with reverts("BadAmendedAmount", FULL + 2 * half, 0):
        letter.accept(number=1)


# Who answers


@pytest.mark.parametrize(
    ("parties", "bank"),
    [
        ({}, BENEFICIARY),
        ({"beneficiary": 0}, ADVISER),
        ({"beneficiary": 0, "advising_bank": 0}, NOMINATED),
    ],
)
def test_the_bank_of_a_beneficiary_that_is_no_member_answers_under_its_mandate(
    world: World, parties: dict[str, int], bank: int
) -> None:
    letter = issued(world, **parties)
    letter.amend()
    others = set(ACTORS) - {PRESENTATIONS, bank}
    for act in (letter.accept, letter.reject):
        for other in others:
            with reverts("NotForBeneficiary", letter.id, other):
                act(other, mandate=MANDATE)
        if bank != BENEFICIARY:
            with reverts("MandateMissing", letter.id, bank):
                act(bank)
        with world.aside():
            given = bytes(32) if bank == BENEFICIARY else MANDATE
            receipt = act(bank, mandate=given)
            if act == letter.accept:
                receipt.emitted(accepted(by=bank, mandate=given)(letter))
            else:
                receipt.emitted(
                    told("AmendmentRejected", number=1, rejectedBy=bank, mandate=given)(letter)
                )


def test_a_bank_agrees_to_a_cancellation_under_a_mandate(world: World) -> None:
    letter = issued(world, beneficiary=0)
    cancels(letter)
    letter.accept(ADVISER, mandate=MANDATE).emitted(
        agreed(ADVISER, mandate=MANDATE)(letter), CANCELLED(letter)
    )


def test_nobody_answers_for_a_beneficiary_without_a_bank(world: World) -> None:
    letter = issued(world, beneficiary=0, advising_bank=0, nominated_bank=0)
    letter.amend()
    for actor in set(ACTORS) - {PRESENTATIONS}:
        with reverts("NotForBeneficiary", letter.id, actor):
            letter.accept(actor, mandate=MANDATE)


# Consents to a cancellation (invariant 8)


@pytest.mark.parametrize("order", [(BENEFICIARY, CONFIRMER), (CONFIRMER, BENEFICIARY)])
def test_a_confirmed_credit_is_cancelled_by_the_last_of_two_consents(
    world: World, order: tuple[int, int]
) -> None:
    letter = cancelling_confirmed(world)
    consents = {BENEFICIARY: letter.accept, CONFIRMER: letter.extend}
    first, last = order
    consents[first]().emitted(agreed(first)(letter))
    assert letter.state() == ISSUED
    consents[last]().emitted(agreed(last)(letter), CANCELLED(letter))
    assert letter.state() == GONE
    # A cancellation makes no version.
    assert letter.view("credit") == shown(letter, state=GONE, confirmed=True, amendments=1)
    assert letter.view("amendmentOf", 1) == (ACCEPTED, True, False, 0, letter.amendment)


def test_a_bank_that_confirms_meanwhile_is_asked_as_well(world: World) -> None:
    letter = after(issued, cancels, Letter.confirm)(world)
    letter.accept().emitted(agreed(BENEFICIARY)(letter))
    assert letter.state() == ISSUED
    letter.extend()
    assert letter.state() == GONE


def test_a_cancelled_credit_lapses_what_is_pending_and_keeps_what_was_decided(
    world: World,
) -> None:
    letter = issued(world)
    for _ in range(3):
        letter.amend(increase=1)
    letter.accept(number=1)
    letter.reject(number=2)
    cancels(letter)
    letter.accept(number=4)
    states = [letter.amendment_state(number) for number in (1, 2, 3, 4)]
    assert states == [ACCEPTED, REJECTED, LAPSED, ACCEPTED]


def test_two_cancellations_are_one(world: World) -> None:
    letter = after(issued, cancels, cancels)(world)
    letter.accept(number=2)
    assert letter.state() == GONE
    assert [letter.amendment_state(number) for number in (1, 2)] == [LAPSED, ACCEPTED]


# New business: the most that may be drawn, or the expiry, grows

WIDENS: list[tuple[dict[str, Any], bool]] = [
    ({}, False),
    ({"cancels": True}, False),
    ({"decrease": 1}, False),
    ({"increase": 1}, True),
    ({"latest_shipment": EXPIRY + 9}, False),
    ({"presentation_period": 999}, False),
    ({"expiry": EXPIRY}, False),
    ({"expiry": EXPIRY - 1}, False),
    ({"expiry": EXPIRY + 1}, True),
    # 1,000 and 5 per cent are 1,050.
    ({"sets_tolerance": True, "plus_tolerance": 5, "minus_tolerance": 99}, False),
    ({"sets_tolerance": True, "plus_tolerance": 6}, True),
    ({"sets_tolerance": True, "plus_tolerance": 0}, False),
    ({"sets_tolerance": True, "plus_tolerance": 0, "increase": 50}, False),
    ({"sets_tolerance": True, "plus_tolerance": 0, "increase": 51}, True),
    ({"sets_tolerance": True, "plus_tolerance": 99, "decrease": 500}, False),
    ({"decrease": 1, "expiry": EXPIRY + 1}, True),
]
SMALL = ASKED._replace(amount=1_000, plus_tolerance=5, minus_tolerance=5)


@pytest.mark.parametrize(("changes", "widens"), WIDENS)
def test_a_bank_out_of_standing_amends_for_no_more(
    world: World, changes: dict[str, Any], widens: bool
) -> None:
    letter = issued(world, SMALL)
    world.governed("AllianceRegistry.suspend", ISSUER)
    if widens:
        with reverts("NewBusinessClosed", ISSUER, 0):
            letter.amend(**changes, terms=TEXT)
    else:
        letter.amend(**changes, terms=TEXT)
        assert letter.amendment_state() == PENDING


@pytest.mark.parametrize("late", [False, True], ids=["pending", "accepted"])
@pytest.mark.parametrize(("changes", "widens"), WIDENS)
def test_a_bank_out_of_standing_extends_to_no_more(
    world: World, changes: dict[str, Any], widens: bool, late: bool
) -> None:
    """What counts is by how much the confirming bank's own undertaking would grow."""
    letter = issued(world, SMALL)
    letter.confirm()
    letter.amend(**changes, terms=TEXT)
    if late:
        letter.accept()
    world.governed("AllianceRegistry.suspend", CONFIRMER)
    if widens:
        with reverts("NewBusinessClosed", CONFIRMER, 0):
            letter.extend()
        letter.decline_extension()
    else:
        letter.extend()
        assert letter.view("amendmentOf", 1).extended


def test_a_suspended_confirming_bank_is_held_to_its_own_expiry(world: World) -> None:
    """Not new for the issuing bank, which extended before, and new for the one that did not."""
    letter = confirmed(world)
    letter.amend(expiry=EXPIRY + 30)
    letter.accept()
    letter.amend(expiry=EXPIRY + 10)
    world.governed("AllianceRegistry.suspend", CONFIRMER)
    with reverts("NewBusinessClosed", CONFIRMER, 0):
        letter.extend(number=2)
    letter.amend(expiry=EXPIRY - 1)
    letter.extend(number=3)
