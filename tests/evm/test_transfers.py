# SPDX-License-Identifier: Apache-2.0
"""Machine E: transfers, by every act and every actor; the table's rows stand beside (art. 38)."""

from __future__ import annotations

from typing import Any

import pytest
from machine import ActorMachine, Becomes, Cell, Refuses
from suite import Event, error, event
from transfers import (
    BUYER,
    CREDIT,
    EXPIRY,
    FIRST,
    PART,
    PART_TERMS,
    SECOND,
    SHARE,
    TRANSFERRING,
    Transfers,
    told,
)
from vocabulary import (
    AmendmentPassing,
    AmendmentState,
    CreditState,
    Role,
    TransferState,
    open_roles,
)
from world import (
    ADVISER,
    AUTHORITY,
    DAY,
    ISSUER,
    KINDS,
    OTHER,
    Amendment,
    World,
    desk,
)

T, C = TransferState, CreditState
ACTORS = (ISSUER, TRANSFERRING, FIRST, SECOND, BUYER, ADVISER, AUTHORITY)
NOTHING = bytes(32)
FULL = 100
FREE = 2  # an amendment that leaves the share alone

Cells = dict[int, Cell[Transfers]]
Row = dict[str, Cells]


def becomes(
    transfer: Any, *events: Any, part: Any = C.NONE, whole: Any = C.ISSUED, drawn: int = 0
) -> Becomes[Transfers]:
    return Becomes((transfer, part, whole, drawn), events)


def meets(name: str, *shape: Any) -> Refuses[Transfers]:
    return Refuses(lambda scene: error(name, *shape))


def wrong(actual: Any, expected: Any) -> Refuses[Transfers]:
    return meets("WrongTransferState", PART, actual, expected)


def says(name: str, /, **fields: Any) -> Any:
    """An event; a callable among the fields takes the scene."""

    def make(scene: Transfers) -> Event:
        return told(name, **{k: v(scene) if callable(v) else v for k, v in fields.items()})

    return make


# Acts


def act_authorise(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "authoriseTransfer", CREDIT, OTHER).receipt


def act_request(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "requestTransfer", scene.asked, NOTHING).receipt


def act_withdraw(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "withdrawRequest", PART, NOTHING).receipt


def act_decline(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "declineTransfer", PART).receipt


def act_transfer(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "transfer", PART).receipt


def act_approve(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "approvePassing", PART, 1, NOTHING).receipt


def next_amendment(scene: Transfers, **changes: Any) -> Amendment:
    known = scene.view("LetterOfCredit.stateOf", PART)
    number = scene.view("LetterOfCredit.credit", PART).amendments + 1 if known else 1
    return Amendment(number, **changes)


def act_pass(scene: Transfers, actor: int) -> Any:
    amendment = next_amendment(scene, expiry=EXPIRY - 1)
    return scene.send(actor, "passAmendment", PART, 1, amendment, 0).receipt


def act_cancel(scene: Transfers, actor: int) -> Any:
    """Proposes to cancel the part."""
    amendment = next_amendment(scene, cancels=True)
    return scene.send(actor, "passAmendment", PART, 0, amendment, 0).receipt


def act_agree(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "agreeToCancellation", PART, 1, NOTHING).receipt


def act_reclaim(scene: Transfers, actor: int) -> Any:
    return scene.send(actor, "reclaimShare", PART, NOTHING).receipt


ACTS = {
    "authorise": act_authorise,  # E1
    "request": act_request,  # E2
    "withdraw": act_withdraw,  # E3
    "decline": act_decline,  # E4
    "transfer": act_transfer,  # E5
    "approve": act_approve,  # E6
    "pass": act_pass,  # E7
    "cancel": act_cancel,  # E7
    "agree": act_agree,  # E8
    "reclaim": act_reclaim,  # E10
}

# What is told

REQUESTS = says(
    "TransferRequested",
    partId=PART,
    creditId=CREDIT,
    requestedBy=FIRST,
    request=lambda scene: scene.asked,
    mandate=NOTHING,
)
WITHDRAWS = says("TransferWithdrawn", partId=PART, creditId=CREDIT)
DECLINES = says("TransferDeclined", partId=PART, creditId=CREDIT, bank=TRANSFERRING)
APPROVES = says("PassingApproved", partId=PART, creditId=CREDIT, number=1)
AGREES = says(
    "PartCancellationAgreed",
    partId=PART,
    creditId=CREDIT,
    number=1,
    agreedBy=SECOND,
    mandate=NOTHING,
)


def part_words(scene: Transfers) -> tuple[int, int]:
    words: tuple[int, int] = scene.view("LetterOfCredit.bindingWords", PART, 0)
    return words


TRANSFERS = says(
    "CreditTransferred",
    partId=PART,
    creditId=CREDIT,
    bank=TRANSFERRING,
    parties=lambda scene: part_words(scene)[0],
    numbers=lambda scene: part_words(scene)[1],
    share=SHARE,
    terms=PART_TERMS,
)


def passes(from_: int, number: int, **changes: Any) -> Any:
    return says(
        "AmendmentPassed",
        **{
            "partId": PART,
            "creditId": CREDIT,
            "from": from_,
            "share": 0,
            "amendment": Amendment(number, **changes),
        },
    )


def ends(returned: int) -> Any:
    return says("PartEnded", partId=PART, creditId=CREDIT, returned=returned)


# Rows

UNKNOWN = meets("UnknownTransfer", PART)
NOT_ANY_BANK = meets("NotAvailableWithAnyBank", CREDIT)
OUT_OF_ORDER = meets("TransferOutOfOrder", CREDIT, 1, 2)


def row(state: Any, **changes: Cells) -> Row:
    """A row of a transfer that stands so, but for these changes."""
    cells: Row = {
        "authorise": {ISSUER: NOT_ANY_BANK},
        "request": {FIRST: OUT_OF_ORDER},
        "withdraw": {FIRST: wrong(state, T.REQUESTED)},
        "decline": {TRANSFERRING: wrong(state, T.REQUESTED)},
        "transfer": {TRANSFERRING: wrong(state, T.REQUESTED)},
        "approve": {FIRST: wrong(state, T.TRANSFERRED)},
        "pass": {TRANSFERRING: wrong(state, T.TRANSFERRED)},
        "cancel": {TRANSFERRING: wrong(state, T.TRANSFERRED)},
        "agree": dict.fromkeys((FIRST, SECOND, *ACTORS), wrong(state, T.TRANSFERRED)),
        "reclaim": {FIRST: wrong(state, T.TRANSFERRED)},
    }
    del cells["agree"][AUTHORITY]
    assert set(changes) <= set(cells)
    return cells | changes


LIVES = {"part": C.ISSUED, "drawn": SHARE}


def living(number: int = 1, **changes: Cells) -> Row:
    """A part that lives; its next amendment has this number."""
    cells: Row = {
        "approve": {FIRST: meets("ApprovedAlready", PART, 1)},
        "pass": {TRANSFERRING: meets("UnknownAmendment", CREDIT, 1)},
        "cancel": {TRANSFERRING: becomes(T.TRANSFERRED, passes(0, number, cancels=True), **LIVES)},
        "agree": {SECOND: meets("UnknownAmendment", CREDIT, 1)},
        "reclaim": {FIRST: meets("PartNotOver", PART)},
    }
    return row(T.TRANSFERRED, **cells) | changes


def passed(number: int) -> Any:
    return becomes(T.TRANSFERRED, passes(1, number, expiry=EXPIRY - 1), **LIVES)


NO_CANCELLATION = {SECOND: meets("NotACancellation", CREDIT, 1)}
EXPIRED_AT = (EXPIRY + 4) * DAY


def with_amendment(passing: Any) -> Any:
    """The whole credit's expiry was amended, and the request says whether that goes on."""

    def reached(world: World) -> Transfers:
        scene = Transfers(world).transferred(passing=int(passing))
        return scene.amended(expiry=EXPIRY - 1)

    return reached


def expired(world: World) -> Transfers:
    scene = Transfers(world).transferred()
    world.at((EXPIRY - 3) * DAY)
    assert scene.view("LetterOfCredit.stateOf", PART) == C.EXPIRED
    return scene


def then(stage: Any, *acts: Any) -> Any:
    def reached(world: World) -> Transfers:
        scene: Transfers = stage(world)
        for act in acts:
            act(scene)
        return scene

    return reached


def issued(world: World) -> Transfers:
    return Transfers(world).issue()


def requested(world: World) -> Transfers:
    return issued(world).request()


def transferred(world: World) -> Transfers:
    return Transfers(world).transferred()


ALWAYS = with_amendment(AmendmentPassing.ALWAYS)
ASK = with_amendment(AmendmentPassing.ASK)
NEVER = with_amendment(AmendmentPassing.NEVER)
cancelling = then(transferred, lambda s: act_cancel(s, TRANSFERRING))
whole_cancelling = then(transferred, Transfers.propose_cancellation)

GONE = {"part": C.CANCELLED, "whole": C.CANCELLED, "drawn": SHARE}
NOT_ISSUED = meets("WrongCreditState", CREDIT, C.CANCELLED, C.ISSUED)

MACHINE: ActorMachine[Transfers] = ActorMachine(
    actors=ACTORS,
    stages={
        "none": issued,
        "any bank": lambda world: Transfers(world).issue(any_bank=True, nominated_bank=0),
        "not transferable": lambda world: Transfers(world).issue(transferable=False),
        "requested": requested,
        "withdrawn": then(requested, lambda s: act_withdraw(s, FIRST)),
        "declined": then(requested, lambda s: act_decline(s, TRANSFERRING)),
        "transferred": transferred,
        "amended, always": ALWAYS,
        "amended, ask": ASK,
        "amended, approved": then(ASK, Transfers.approve),
        "amended, never": NEVER,
        "passed": then(ALWAYS, lambda s: act_pass(s, TRANSFERRING)),
        "accepted by the second": then(
            ALWAYS, lambda s: act_pass(s, TRANSFERRING), Transfers.accept
        ),
        "rejected by the second": then(
            ALWAYS, lambda s: act_pass(s, TRANSFERRING), Transfers.reject
        ),
        "part's cancellation pending": cancelling,
        "part cancelled": then(cancelling, Transfers.accept),
        "whole cancellation pending": whole_cancelling,
        "whole cancellation accepted": then(whole_cancelling, Transfers.accept_cancellation),
        "whole cancellation agreed": then(whole_cancelling, Transfers.agree),
        "whole cancelled": then(whole_cancelling, Transfers.agree, Transfers.accept_cancellation),
        "expired": expired,
        "reclaimed": then(expired, lambda s: act_reclaim(s, FIRST)),
    },
    acts=ACTS,
    record=Transfers.record,
    state=lambda scene: (
        scene.view("transferOf", PART).state,
        scene.view("LetterOfCredit.stateOf", PART),
        scene.view("LetterOfCredit.stateOf", CREDIT),
        scene.drawn(),
    ),
    table={
        "none": {
            "authorise": {ISSUER: NOT_ANY_BANK},
            "request": {FIRST: becomes(T.REQUESTED, REQUESTS)},
            "withdraw": {FIRST: UNKNOWN},
            "decline": {TRANSFERRING: UNKNOWN},
            "transfer": {TRANSFERRING: UNKNOWN},
            "approve": {FIRST: UNKNOWN},
            "pass": {TRANSFERRING: UNKNOWN},
            "cancel": {TRANSFERRING: UNKNOWN},
            "agree": {SECOND: UNKNOWN},
            "reclaim": {FIRST: UNKNOWN},
        },
        "any bank": {
            "authorise": {
                ISSUER: becomes(T.NONE, says("TransferAuthorised", creditId=CREDIT, bank=OTHER))
            },
            "request": {FIRST: meets("NotTransferringBank", CREDIT, TRANSFERRING)},
            **{act: {} for act in list(ACTS)[2:]},
        },
        "not transferable": {
            "authorise": {ISSUER: meets("NotTransferable", CREDIT)},
            "request": {FIRST: meets("NotTransferable", CREDIT)},
            **{act: {} for act in list(ACTS)[2:]},
        },
        "requested": row(
            T.REQUESTED,
            withdraw={FIRST: becomes(T.WITHDRAWN, WITHDRAWS)},
            decline={TRANSFERRING: becomes(T.DECLINED, DECLINES)},
            transfer={TRANSFERRING: becomes(T.TRANSFERRED, TRANSFERS, **LIVES)},
        ),
        "withdrawn": row(T.WITHDRAWN),
        "declined": row(T.DECLINED),
        "transferred": living(),
        "amended, always": living(**{"pass": {TRANSFERRING: passed(1)}, "agree": NO_CANCELLATION}),
        "amended, ask": living(
            **{
                "approve": {FIRST: becomes(T.TRANSFERRED, APPROVES, **LIVES)},
                "pass": {TRANSFERRING: meets("PassingNotApproved", PART, 1)},
                "agree": NO_CANCELLATION,
            }
        ),
        "amended, approved": living(
            **{"pass": {TRANSFERRING: passed(1)}, "agree": NO_CANCELLATION}
        ),
        "amended, never": living(
            **{
                "approve": {FIRST: meets("AmendmentNotPassedOn", PART, 1)},
                "pass": {TRANSFERRING: meets("AmendmentNotPassedOn", PART, 1)},
                "agree": NO_CANCELLATION,
            }
        ),
        **{
            stage: living(
                2,
                **{
                    "pass": {TRANSFERRING: meets("PassedAlready", PART, 1)},
                    "agree": NO_CANCELLATION,
                },
            )
            for stage in ("passed", "accepted by the second", "rejected by the second")
        },
        "part's cancellation pending": living(2),
        # E9
        "part cancelled": row(T.ENDED),
        "whole cancellation pending": living(
            **{
                "pass": {
                    TRANSFERRING: meets("WrongAmendmentState", CREDIT, 1, AmendmentState.PENDING, 2)
                },
                "agree": {SECOND: becomes(T.TRANSFERRED, AGREES, **LIVES)},
            }
        ),
        "whole cancellation accepted": living(
            **{
                "pass": {TRANSFERRING: meets("WrongAmendmentState", CREDIT, 1, 2, 2)},
                "agree": {
                    SECOND: becomes(
                        T.TRANSFERRED,
                        AGREES,
                        lambda _: event("LetterOfCredit", "CreditCancelled", creditId=CREDIT),
                        **GONE,
                    )
                },
            }
        ),
        "whole cancellation agreed": living(
            **{
                "pass": {TRANSFERRING: meets("WrongAmendmentState", CREDIT, 1, 1, 2)},
                "agree": {SECOND: meets("CancellationAgreedAlready", PART, 1)},
            }
        ),
        # With the whole its parts are cancelled: nothing more is done in them.
        "whole cancelled": living(
            reclaim={FIRST: becomes(T.ENDED, ends(SHARE), part=C.CANCELLED, whole=C.CANCELLED)},
            **{
                "authorise": {ISSUER: NOT_ISSUED},
                "request": {FIRST: NOT_ISSUED},
                "pass": {TRANSFERRING: meets("WrongAmendmentState", CREDIT, 1, 2, 2)},
                "cancel": {TRANSFERRING: meets("WrongCreditState", PART, C.CANCELLED, C.ISSUED)},
                "agree": {SECOND: meets("WrongCreditState", PART, C.CANCELLED, C.ISSUED)},
            },
        ),
        "expired": living(
            cancel={
                TRANSFERRING: becomes(
                    T.TRANSFERRED,
                    passes(0, 1, cancels=True),
                    part=C.EXPIRED,
                    drawn=SHARE,
                )
            },
            reclaim={FIRST: becomes(T.ENDED, ends(SHARE), part=C.CANCELLED)},
        ),
        "reclaimed": row(T.ENDED),
    },
    stranger=lambda scene, act, actor: turned_away(scene, act, actor),
)

ROLES: dict[str, tuple[Any, str]] = {
    "authorise": (Role.ISSUE, "NotIssuingBank"),
    "request": (Role.ACCEPT, "NotForBeneficiary"),
    "withdraw": (Role.ACCEPT, "NotForBeneficiary"),
    "decline": (Role.ISSUE, "NotTransferringBank"),
    "transfer": (Role.ISSUE, "NotTransferringBank"),
    "approve": (Role.ACCEPT, "NotForBeneficiary"),
    "pass": (Role.ISSUE, "NotTransferringBank"),
    "cancel": (Role.ISSUE, "NotTransferringBank"),
    "agree": (Role.ACCEPT, "NotForBeneficiary"),
    "reclaim": (Role.ACCEPT, "NotForBeneficiary"),
}


def turned_away(scene: Transfers, act: str, actor: int) -> Cell[Transfers]:
    """What an actor meets to whom the table does not open the act."""
    role, name = ROLES[act]
    if not open_roles(KINDS[actor][0]) & role:
        return meets("MissingRole", desk(actor), actor, int(role))
    state = scene.view("transferOf", PART).state
    if act not in ("authorise", "request"):
        if state == T.NONE:
            return UNKNOWN
        if act == "agree":
            if state != T.TRANSFERRED:
                return wrong(state, T.TRANSFERRED)
            return meets(name, PART, actor)
    return meets(name, CREDIT, actor)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_a_transfer_by_every_actor(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)
