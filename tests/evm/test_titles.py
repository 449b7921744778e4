# SPDX-License-Identifier: Apache-2.0
"""Electronic titles: every act by everybody in every state, deadlines, forms, batches, custody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
from eth_utils import keccak
from machine import ActorMachine, Becomes, Cell, Refuses
from suite import Error, error
from titles import (
    AMENDED,
    AMENDMENT,
    BLANK,
    BUYER,
    CARRIER,
    DELIVERY,
    DOCUMENT,
    KEPT_FOR,
    NOBODY,
    NONE,
    PERIOD,
    SHIPPER,
    STRAIGHT,
    TO_ORDER,
    Bill,
    Issuance,
    Order,
    bill,
    id_of,
    issued,
    key_of,
    reference_of,
    told,
)
from vocabulary import Role, SurrenderPurpose, TitleAct, TitleForm, TitleState
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    CENTRAL,
    CUSTODIANS,
    ISSUER,
    MEMBERS,
    OTHER,
    OUTSIDER,
    World,
    account,
    admin,
    admission,
    desk,
    refused,
    reverts,
    treasury,
)

from yangshan.deployment.plan import ZERO_ADDRESS

LIVE, PLEDGED, IN_CUSTODY = TitleState.LIVE, TitleState.PLEDGED, TitleState.IN_CUSTODY
SURRENDERED, AMENDING = TitleState.SURRENDERED, TitleState.AMENDING
ON_PAPER, DELIVERED = TitleState.ON_PAPER, TitleState.DELIVERED
BANK, NEXT = ISSUER, ADVISER
PAPER, DESTINATION, SWITCH = (
    SurrenderPurpose.PAPER,
    SurrenderPurpose.DESTINATION,
    SurrenderPurpose.SWITCH,
)
REMARK: Final = bytes(keccak(text="a salted remark"))


# Stages


def none(world: World) -> Bill:
    return Bill(world)


def came(world: World) -> Bill:
    """Both came to the buyer by the shipper's act, and it may reject them."""
    made = bill(world)
    made.transfer_both(SHIPPER, BUYER, BUYER)
    return made


def apart(world: World) -> Bill:
    """The bank has possession, the shipper the right, and it nominated the buyer."""
    made = bill(world)
    made.nominate(SHIPPER, BUYER)
    made.transfer(SHIPPER, BANK)
    return made


def in_blank(world: World) -> Bill:
    return bill(world, beneficiary=NOBODY, form=BLANK)


def straight(world: World) -> Bill:
    """The shipper has possession, the buyer is the consignee."""
    return bill(world, beneficiary=BUYER, form=STRAIGHT)


def pledged(world: World) -> Bill:
    made = bill(world)
    made.pledge(SHIPPER, BANK)
    return made


def kept(world: World) -> Bill:
    made = bill(world)
    made.deposit(SHIPPER)
    return made


def surrendered(world: World, purpose: int = DELIVERY) -> Bill:
    made = bill(world)
    made.surrender(SHIPPER, purpose)
    return made


def accepted(purpose: int) -> Callable[[World], Bill]:
    def stage(world: World) -> Bill:
        made = surrendered(world, purpose)
        made.accept()
        return made

    return stage


STAGES: Final[dict[str, Callable[[World], Bill]]] = {
    "none": none,
    "live": bill,
    "came": came,
    "apart": apart,
    "blank": in_blank,
    "straight": straight,
    "pledged": pledged,
    "in custody": kept,
    "surrendered": surrendered,
    "amending": accepted(AMENDMENT),
    "on paper": accepted(PAPER),
    "delivered": accepted(DELIVERY),
}
ACTS: Final[dict[str, Callable[[Bill, int], Any]]] = {
    "issue": lambda made, actor: made.issue(actor),
    "nominate": lambda made, actor: made.nominate(actor, NEXT),
    "endorse": lambda made, actor: made.endorse(actor, NEXT),
    "endorse to the nominee": lambda made, actor: made.endorse(actor, BUYER),
    "endorse in blank": lambda made, actor: made.endorse(actor, NOBODY, BLANK),
    "transfer": lambda made, actor: made.transfer(actor, NEXT),
    "transfer both": lambda made, actor: made.transfer_both(actor, NEXT, NEXT),
    "reject possession": lambda made, actor: made.reject_holder(actor),
    "reject endorsement": lambda made, actor: made.reject_beneficiary(actor),
    "reject both": lambda made, actor: made.reject_both(actor),
    "pledge": lambda made, actor: made.pledge(actor, NEXT),
    "release": lambda made, actor: made.release(actor),
    "surrender": lambda made, actor: made.surrender(actor),
    "surrender to amend": lambda made, actor: made.surrender(actor, AMENDMENT),
    "accept surrender": lambda made, actor: made.accept(actor),
    "reject surrender": lambda made, actor: made.reject_surrender(actor),
    "restore": lambda made, actor: made.restore(actor),
    "return from paper": lambda made, actor: made.return_from_paper(actor),
}
ACTORS: Final = (CARRIER, SHIPPER, BUYER, BANK, OTHER)
NEEDS: Final = {
    "release": PLEDGED,
    "accept surrender": SURRENDERED,
    "reject surrender": SURRENDERED,
    "restore": AMENDING,
    "return from paper": ON_PAPER,
}
OF_CARRIER: Final = {
    *("issue", "accept surrender", "reject surrender", "restore", "return from paper")
}
OF_BENEFICIARY: Final = {"nominate", "reject endorsement"}


def stranger(made: Bill, act: str, actor: int) -> Cell[Bill]:
    """What everybody meets who is not named in the table: key, state, then role."""
    return Refuses(lambda scene: _stranger(scene, act, actor))


def _stranger(made: Bill, act: str, actor: int) -> Error:
    found = made.record()
    if act in OF_CARRIER and actor != CARRIER:
        return error("MissingRole", desk(actor), actor, int(Role.CARRY))
    if act == "issue":
        return error("TitleExists", made.id)
    needed = NEEDS.get(act, LIVE)
    if found.state != needed:
        return error("WrongTitleState", made.id, found.state, int(needed))
    if act == "nominate" and found.form != TO_ORDER:
        return error("NotToOrder", made.id, found.form)
    if act in OF_BENEFICIARY:
        return error("NotTitleBeneficiary", made.id, found.beneficiary, actor)
    return error("NotTitleHolder", made.id, found.holder, actor)


def refuses(name: str, *args: Any) -> Refuses[Bill]:
    return Refuses(lambda made: error(name, made.id, *map(int, args)))


def becomes(state: int, *events: Callable[[Bill], Any]) -> Becomes[Bill]:
    return Becomes(int(state), events)


def said(name: str, **fields: Any) -> Callable[[Bill], Any]:
    return lambda made: told(name, title=made.id, **fields)


def endorsed(previous: int, to: int, form: int = TO_ORDER) -> Callable[[Bill], Any]:
    return said("TitleEndorsed", previous=previous, beneficiary=to, form=int(form))


def moved(previous: int, to: int) -> Callable[[Bill], Any]:
    return said("PossessionTransferred", previous=previous, holder=to)


def given_back(previous: int, to: int) -> Callable[[Bill], Any]:
    return said("PossessionRejected", previous=previous, holder=to)


def undone(previous: int, to: int, form: int = TO_ORDER) -> Callable[[Bill], Any]:
    return said("EndorsementRejected", previous=previous, beneficiary=to, form=int(form))


def surrenders(by: int, purpose: int = DELIVERY) -> Becomes[Bill]:
    event = said("TitleSurrendered", holder=by, issuer=CARRIER, purpose=int(purpose))
    return becomes(SURRENDERED, event)


def nominated(by: int, to: int = NEXT) -> Becomes[Bill]:
    return becomes(LIVE, said("EndorseeNominated", beneficiary=by, nominee=to))


def pledges(by: int) -> Becomes[Bill]:
    return becomes(PLEDGED, said("TitlePledged", pledgor=by, pledgee=NEXT))


def nothing_to_reject(actor: int) -> Refuses[Bill]:
    return refuses("NothingToReject", actor)


Row = Mapping[int, Cell[Bill]]


def of_owner(owner: int, *, just_came: bool = False) -> dict[str, Row]:
    """What is open to a member that is holder and beneficiary of a title to order."""
    own = becomes(LIVE, endorsed(owner, BUYER)) if owner != BUYER else None
    rejects: dict[str, Cell[Bill]] = {
        "reject possession": becomes(LIVE, given_back(owner, SHIPPER)),
        "reject endorsement": becomes(LIVE, undone(owner, SHIPPER)),
        "reject both": becomes(LIVE, undone(owner, SHIPPER), given_back(owner, SHIPPER)),
    }
    return {
        "nominate": {owner: nominated(owner)},
        "endorse": {owner: becomes(LIVE, endorsed(owner, NEXT))},
        "endorse to the nominee": {owner: own or refuses("BeneficiaryAlready", owner)},
        "endorse in blank": {owner: becomes(LIVE, endorsed(owner, NOBODY, BLANK))},
        "transfer": {owner: becomes(LIVE, moved(owner, NEXT))},
        "transfer both": {owner: becomes(LIVE, endorsed(owner, NEXT), moved(owner, NEXT))},
        **{
            name: {owner: cell if just_came else nothing_to_reject(owner)}
            for name, cell in rejects.items()
        },
        "pledge": {owner: pledges(owner)},
        "surrender": {owner: surrenders(owner)},
        "surrender to amend": {owner: surrenders(owner, AMENDMENT)},
    }


OPEN: Final[dict[str, dict[str, Row]]] = {
    "none": {"issue": {CARRIER: becomes(LIVE, lambda made: issued(made.id))}},
    "live": of_owner(SHIPPER),
    "came": of_owner(BUYER, just_came=True),
    "apart": {
        "nominate": {SHIPPER: nominated(SHIPPER)},
        "endorse": {BANK: refuses("NotTheNominee", BUYER, NEXT)},
        "endorse to the nominee": {BANK: becomes(LIVE, endorsed(SHIPPER, BUYER))},
        "endorse in blank": {BANK: refuses("NotTheNominee", BUYER, NOBODY)},
        "transfer": {BANK: becomes(LIVE, moved(BANK, NEXT))},
        "transfer both": {BANK: refuses("NotTheNominee", BUYER, NEXT)},
        "reject possession": {BANK: becomes(LIVE, given_back(BANK, SHIPPER))},
        "reject endorsement": {SHIPPER: nothing_to_reject(SHIPPER)},
        "reject both": {BANK: refuses("NotTitleBeneficiary", SHIPPER, BANK)},
        "pledge": {BANK: refuses("NotTitleBeneficiary", SHIPPER, BANK)},
        "surrender": {BANK: refuses("NotTitleBeneficiary", SHIPPER, BANK)},
        "surrender to amend": {BANK: refuses("NotTitleBeneficiary", SHIPPER, BANK)},
    },
    "blank": {
        "endorse": {SHIPPER: becomes(LIVE, endorsed(NOBODY, NEXT))},
        "endorse to the nominee": {SHIPPER: becomes(LIVE, endorsed(NOBODY, BUYER))},
        "endorse in blank": {SHIPPER: refuses("BeneficiaryAlready", NOBODY)},
        "transfer": {SHIPPER: becomes(LIVE, moved(SHIPPER, NEXT))},
        "transfer both": {SHIPPER: becomes(LIVE, endorsed(NOBODY, NEXT), moved(SHIPPER, NEXT))},
        "reject possession": {SHIPPER: nothing_to_reject(SHIPPER)},
        "reject both": {SHIPPER: refuses("NotTitleBeneficiary", NOBODY, SHIPPER)},
        "pledge": {SHIPPER: pledges(SHIPPER)},
        "surrender": {SHIPPER: surrenders(SHIPPER)},
        "surrender to amend": {SHIPPER: surrenders(SHIPPER, AMENDMENT)},
    },
    "straight": {
        **{
            name: {SHIPPER: refuses("NotToOrder", STRAIGHT)}
            for name in ("endorse", "endorse to the nominee", "endorse in blank", "transfer both")
        },
        "transfer": {SHIPPER: becomes(LIVE, moved(SHIPPER, NEXT))},
        "reject possession": {SHIPPER: nothing_to_reject(SHIPPER)},
        "reject endorsement": {BUYER: nothing_to_reject(BUYER)},
        "reject both": {SHIPPER: refuses("NotTitleBeneficiary", BUYER, SHIPPER)},
        "pledge": {SHIPPER: refuses("NotTitleBeneficiary", BUYER, SHIPPER)},
        "surrender": {SHIPPER: refuses("NotTitleBeneficiary", BUYER, SHIPPER)},
        "surrender to amend": {SHIPPER: surrenders(SHIPPER, AMENDMENT)},
    },
    "pledged": {
        "release": {BANK: becomes(LIVE, said("PledgeReleased", pledgee=BANK, pledgor=SHIPPER))}
    },
    "in custody": {},
    "surrendered": {
        "accept surrender": {
            CARRIER: becomes(
                DELIVERED,
                said("SurrenderAccepted", issuer=CARRIER, holder=SHIPPER, purpose=int(DELIVERY)),
            )
        },
        "reject surrender": {
            CARRIER: becomes(LIVE, said("SurrenderRejected", issuer=CARRIER, holder=SHIPPER))
        },
    },
    "amending": {
        "restore": {
            CARRIER: becomes(
                LIVE, said("TitleRestored", issuer=CARRIER, holder=SHIPPER, document=AMENDED)
            )
        }
    },
    "on paper": {
        "return from paper": {
            CARRIER: becomes(
                LIVE,
                said(
                    "ReturnedFromPaper",
                    issuer=CARRIER,
                    holder=BUYER,
                    beneficiary=BUYER,
                    form=int(TO_ORDER),
                    document=AMENDED,
                ),
            )
        }
    },
    "delivered": {},
}
MACHINE: ActorMachine[Bill] = ActorMachine(
    stages=STAGES,
    acts=ACTS,
    actors=ACTORS,
    record=Bill.record,
    state=Bill.state,
    table={stage: {act: OPEN[stage].get(act, {}) for act in ACTS} for stage in STAGES},
    stranger=stranger,
)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()
    assert all(set(row) <= set(ACTS) for row in OPEN.values())


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_titles(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


# Issue


def test_a_title_is_on_record_as_it_was_issued(world: World) -> None:
    made = bill(world, holder=BANK, beneficiary=BUYER)
    found = made.record()
    assert found._asdict() == {
        "state": LIVE,
        "form": TO_ORDER,
        "purpose": 0,
        "issuer": CARRIER,
        "holder": BANK,
        "beneficiary": BUYER,
        "nominee": 0,
        "previousHolder": 0,
        "previousBeneficiary": 0,
        "holderRejectBy": 0,
        "beneficiaryRejectBy": 0,
        "custodian": ZERO_ADDRESS,
        "document": DOCUMENT,
    }
    assert world.view("TitleRegistry.titleIdOf", CARRIER, made.reference) == made.id


def test_a_reference_has_one_title_for_ever(world: World) -> None:
    made = surrendered(world)
    made.accept()
    with reverts("TitleExists", made.id):
        made.issue()
    second = admitted_carrier(world)
    given = Issuance(made.reference)
    answer = world.send(desk(second), "TitleRegistry.issue", given).value
    assert answer == id_of(made.reference, second) != made.id


def admitted_carrier(world: World) -> int:
    kind = world.view("AllianceRegistry.member", CARRIER).kind
    number = world.admit(admission(MEMBERS + 1, kind=kind))
    roles = int(Role.CARRY | Role.TITLE)
    world.give_key(number, f"desk of {number}", roles)
    return number


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Issuance(NONE), error("IncompleteTitle", NONE, DOCUMENT)),
        (Issuance(DOCUMENT, NONE), error("IncompleteTitle", DOCUMENT, NONE)),
        (Issuance(DOCUMENT, form=0), error("FormMismatch", 0, desk(SHIPPER))),
        (Issuance(DOCUMENT, form=int(BLANK)), error("FormMismatch", int(BLANK), desk(SHIPPER))),
        (
            Issuance(DOCUMENT, beneficiary=ZERO_ADDRESS),
            error("FormMismatch", int(TO_ORDER), ZERO_ADDRESS),
        ),
        (
            Issuance(DOCUMENT, beneficiary=ZERO_ADDRESS, form=int(STRAIGHT)),
            error("FormMismatch", int(STRAIGHT), ZERO_ADDRESS),
        ),
        (Issuance(DOCUMENT, holder=ZERO_ADDRESS), error("NotAMember", ZERO_ADDRESS)),
        (Issuance(DOCUMENT, beneficiary=OUTSIDER), error("NotAMember", OUTSIDER)),
    ],
)
def test_what_is_not_whole_is_not_issued(world: World, given: Issuance, expected: Error) -> None:
    with refused(expected):
        world.send(desk(CARRIER), "TitleRegistry.issue", given)


@pytest.mark.parametrize("place", ["holder", "beneficiary"])
def test_no_title_is_issued_to_a_member_that_may_take_no_new_business(
    world: World, place: str
) -> None:
    world.governed("AllianceRegistry.suspend", BUYER)
    with reverts("NewBusinessClosed", BUYER, 0):
        bill(world, **{place: BUYER})


def test_titles_are_issued_in_a_batch_all_or_none(world: World) -> None:
    references = [reference_of(text) for text in ("one", "two")]
    issuances = [Issuance(each, remark=REMARK) for each in references]
    remarked = [told("Remarked", title=id_of(each), remark=REMARK) for each in references]
    receipt = world.send(desk(CARRIER), "TitleRegistry.issueBatch", issuances)
    receipt.emitted(
        issued(id_of(references[0])), remarked[0], issued(id_of(references[1])), remarked[1]
    )
    with reverts("NoTitles"):
        world.send(desk(CARRIER), "TitleRegistry.issueBatch", [])
    mixed = [Issuance(reference_of("three")), issuances[0]]
    with reverts("TitleExists", id_of(references[0])):
        world.send(desk(CARRIER), "TitleRegistry.issueBatch", mixed)
    assert Bill(world, reference_of("three")).state() == TitleState.NONE


# Nobody without a live key


def unmovable(world: World, how: str) -> tuple[str, Error]:
    """An account to which nothing is moved, and why."""
    role = int(Role.TITLE)
    if how == "of nobody":
        return OUTSIDER, error("NotAMember", OUTSIDER)
    if how == "without the role":
        return treasury(BANK), error("MissingRole", treasury(BANK), BANK, role)
    key = world.give_key(BANK, "a key for titles", role, world.time + 10)
    if how == "frozen":
        world.send(admin(BANK), "AllianceRegistry.freezeKey", key)
        return key, error("KeyFrozenNow", key)
    world.at(world.time + 11)
    return key, error("KeyExpired", key, world.time - 1)


@pytest.mark.parametrize("how", ["of nobody", "without the role", "frozen", "expired"])
def test_nothing_is_moved_to_a_member_without_a_live_key_to_move_it_on(
    world: World, how: str
) -> None:
    made = bill(world)
    account_, expected = unmovable(world, how)
    acts: dict[str, tuple[Any, ...]] = {
        "nominate": (account_, NONE),
        "endorseTitle": (account_, int(TO_ORDER), NONE),
        "transferHolder": (account_, NONE),
        "transferBoth": (account_, int(TO_ORDER), desk(BUYER), NONE),
        "pledge": (account_, NONE),
    }
    for function, args in acts.items():
        with refused(expected):
            made.act(SHIPPER, function, made.id, *args)
    with refused(expected):
        made.act(SHIPPER, "transferBoth", made.id, desk(BUYER), int(TO_ORDER), account_, NONE)
    given = Issuance(reference_of("two"), holder=account_)
    with refused(expected):
        made.act(CARRIER, "issue", given)
    made.surrender(SHIPPER, PAPER)
    made.accept()
    with refused(expected):
        made.act(CARRIER, "returnFromPaper", made.id, given)


def test_a_key_that_moves_titles_may_be_any_of_the_member(world: World) -> None:
    key = world.give_key(BANK, "a key for titles", int(Role.TITLE))
    made = bill(world)
    made.act(SHIPPER, "transferHolder", made.id, key, NONE)
    assert made.record().holder == BANK
    world.send(key, "TitleRegistry.transferHolder", made.id, desk(BUYER), NONE)
    assert made.record().holder == BUYER


def test_an_issued_title_moves_on_whatever_befalls_its_members(world: World) -> None:
    """No pause, no suspension and no council reaches it."""
    made = bill(world)
    world.governed("AllianceRegistry.pauseNewBusiness", world.time + 1_000)
    for member in (CARRIER, SHIPPER, BUYER):
        world.governed("AllianceRegistry.suspend", member)
    made.transfer_both(SHIPPER, BUYER, BUYER)
    made.surrender(BUYER)
    made.accept()
    assert made.state() == DELIVERED


# Rejection


@pytest.mark.parametrize("act", ["reject_holder", "reject_beneficiary", "reject_both"])
def test_what_came_may_be_rejected_up_to_the_last_second(world: World, act: str) -> None:
    made = came(world)
    last = world.time + PERIOD
    assert (made.record().holderRejectBy, made.record().beneficiaryRejectBy) == (last, last)
    for time in (last - 1, last):
        with world.aside():
            world.at(time)
            getattr(made, act)(BUYER)
    world.at(last + 1)
    with reverts("RejectionLapsed", made.id, last, last + 1):
        getattr(made, act)(BUYER)


def test_a_title_pushed_onto_its_own_owner_is_rejected(world: World) -> None:
    """The peer refuses this: who is both would have to give back both."""
    made = bill(world, holder=BANK, beneficiary=BUYER)
    made.transfer(BANK, BUYER)
    made.reject_holder(BUYER)
    found = made.record()
    assert (found.holder, found.beneficiary, found.holderRejectBy) == (BANK, BUYER, 0)
    with reverts("NotTitleHolder", made.id, BANK, BUYER):
        made.reject_holder(BUYER)


def test_holder_and_beneficiary_have_deadlines_of_their_own(world: World) -> None:
    made = bill(world)
    made.endorse(SHIPPER, BUYER)
    first = world.time + PERIOD
    world.at(world.time + 100)
    made.transfer(SHIPPER, BANK)
    found = made.record()
    assert (found.beneficiaryRejectBy, found.holderRejectBy) == (first, first + 100)
    assert (found.previousBeneficiary, found.previousHolder) == (SHIPPER, SHIPPER)
    world.at(first + 1)
    with reverts("RejectionLapsed", made.id, first, first + 1):
        made.reject_beneficiary(BUYER)
    made.reject_holder(BANK)
    assert made.record().holder == SHIPPER


ACCEPTING: Final[dict[str, Callable[[Bill], Any]]] = {
    "nominate": lambda made: made.nominate(BUYER, NEXT),
    "endorse": lambda made: made.endorse(BUYER, NEXT),
    "transfer": lambda made: made.transfer(BUYER, NEXT),
}


@pytest.mark.parametrize("act", ACCEPTING)
def test_whoever_acts_on_a_title_has_accepted_it(world: World, act: str) -> None:
    made = came(world)
    ACCEPTING[act](made)
    found = made.record()
    if act != "transfer":
        assert (found.previousHolder, found.holderRejectBy) == (NOBODY, 0)
        with reverts("NothingToReject", made.id, BUYER):
            made.reject_holder(BUYER)
    if act != "endorse":
        assert (found.previousBeneficiary, found.beneficiaryRejectBy) == (NOBODY, 0)
        with reverts("NothingToReject", made.id, BUYER):
            made.reject_beneficiary(BUYER)


@pytest.mark.parametrize("act", ["pledge", "surrender", "deposit"])
def test_what_was_given_away_and_came_back_is_accepted(world: World, act: str) -> None:
    made = came(world)
    if act == "pledge":
        made.pledge(BUYER, BANK)
        made.release(BANK)
    elif act == "surrender":
        made.surrender(BUYER)
        made.reject_surrender()
    else:
        made.deposit(BUYER)
        made.give_back()
    found = made.record()
    assert (found.holder, found.beneficiary, found.state) == (BUYER, BUYER, LIVE)
    assert (found.holderRejectBy, found.beneficiaryRejectBy) == (0, 0)
    with reverts("NothingToReject", made.id, BUYER):
        made.reject_both(BUYER)


def test_who_acts_as_holder_leaves_the_beneficiarys_right_to_reject(world: World) -> None:
    made = bill(world)
    made.endorse(SHIPPER, BUYER)
    made.transfer(SHIPPER, BANK)
    made.transfer(BANK, NEXT)
    made.reject_beneficiary(BUYER)
    found = made.record()
    assert (found.holder, found.beneficiary) == (NEXT, SHIPPER)
    assert found.holderRejectBy == world.time + PERIOD


def test_a_beneficiary_that_nominates_leaves_the_holders_right_to_reject(world: World) -> None:
    made = bill(world)
    made.transfer(SHIPPER, BANK)
    made.nominate(SHIPPER, BUYER)
    made.reject_holder(BANK)
    assert (made.record().holder, made.record().nominee) == (SHIPPER, BUYER)


def test_a_holder_that_endorses_to_itself_has_nothing_to_reject(world: World) -> None:
    made = bill(world)
    made.nominate(SHIPPER, BANK)
    made.transfer(SHIPPER, BANK)
    made.endorse(BANK, BANK).emitted(endorsed(SHIPPER, BANK)(made))
    with reverts("NothingToReject", made.id, BANK):
        made.reject_beneficiary(BANK)


@pytest.mark.parametrize("form", [TO_ORDER, STRAIGHT])
def test_a_rejected_endorsement_brings_the_form_back(world: World, form: int) -> None:
    made = in_blank(world)
    made.endorse(SHIPPER, BUYER, form).emitted(endorsed(NOBODY, BUYER, form)(made))
    assert (made.record().form, made.record().beneficiary) == (form, BUYER)
    made.reject_beneficiary(BUYER).emitted(undone(BUYER, NOBODY, BLANK)(made))
    assert (made.record().form, made.record().beneficiary) == (BLANK, NOBODY)
    # The shipper may endorse it again, as before.
    made.endorse(SHIPPER, NEXT)


# Forms


def test_who_is_endorsed_straight_cannot_endorse_on(world: World) -> None:
    made = bill(world)
    made.transfer_both(SHIPPER, BUYER, BUYER, STRAIGHT)
    for act in (lambda: made.endorse(BUYER, NEXT), lambda: made.transfer_both(BUYER, NEXT, NEXT)):
        with reverts("NotToOrder", made.id, int(STRAIGHT)):
            act()
    with reverts("NotToOrder", made.id, int(STRAIGHT)):
        made.nominate(BUYER, NEXT)
    made.surrender(BUYER)


@pytest.mark.parametrize(
    ("to", "form", "expected"),
    [
        (BUYER, BLANK, error("FormMismatch", int(BLANK), desk(BUYER))),
        (BUYER, TitleForm.NONE, error("FormMismatch", 0, desk(BUYER))),
        (NOBODY, TO_ORDER, error("NotAMember", ZERO_ADDRESS)),
    ],
)
def test_an_endorsement_names_somebody_or_is_in_blank(
    world: World, to: int, form: int, expected: Error
) -> None:
    made = bill(world)
    with refused(expected):
        made.endorse(SHIPPER, to, form)


def test_a_title_in_blank_is_its_holders(world: World) -> None:
    made = bill(world)
    made.transfer_both(SHIPPER, NOBODY, BUYER, BLANK)
    with reverts("NotToOrder", made.id, int(BLANK)):
        made.nominate(BUYER, NEXT)
    made.transfer(BUYER, BANK)
    made.surrender(BANK)
    made.accept()
    assert made.state() == DELIVERED


def test_nobody_gets_what_it_has(world: World) -> None:
    made = bill(world)
    with reverts("HolderAlready", made.id, SHIPPER):
        made.transfer(SHIPPER, SHIPPER)
    with reverts("BeneficiaryAlready", made.id, SHIPPER):
        made.endorse(SHIPPER, SHIPPER)
    with reverts("BeneficiaryAlready", made.id, SHIPPER):
        made.nominate(SHIPPER, SHIPPER)
    with reverts("NominatedAlready", made.id, NOBODY):
        made.nominate(SHIPPER, NOBODY)
    made.nominate(SHIPPER, BUYER)
    with reverts("NominatedAlready", made.id, BUYER):
        made.nominate(SHIPPER, BUYER)
    made.nominate(SHIPPER, NOBODY).emitted(
        told("EndorseeNominated", title=made.id, beneficiary=SHIPPER, nominee=NOBODY)
    )
    assert made.record().nominee == NOBODY


def test_a_nomination_ends_with_the_endorsement_and_outlives_a_transfer(world: World) -> None:
    made = apart(world)
    made.transfer(BANK, NEXT)
    assert made.record().nominee == BUYER
    made.endorse(NEXT, BUYER)
    assert (made.record().nominee, made.record().previousBeneficiary) == (NOBODY, SHIPPER)
    made.reject_beneficiary(BUYER)
    assert (made.record().beneficiary, made.record().nominee) == (SHIPPER, NOBODY)
    with reverts("NotTheNominee", made.id, NOBODY, BUYER):
        made.endorse(NEXT, BUYER)


def test_nobody_nominated_is_no_consent_to_blank(world: World) -> None:
    made = bill(world)
    made.transfer(SHIPPER, BANK)
    with reverts("NotTheNominee", made.id, NOBODY, NOBODY):
        made.endorse(BANK, NOBODY, BLANK)


def test_the_nominee_may_get_possession_too(world: World) -> None:
    made = apart(world)
    made.transfer_both(BANK, BUYER, BUYER).emitted(
        endorsed(SHIPPER, BUYER)(made), moved(BANK, BUYER)(made)
    )
    made.reject_both(BUYER).emitted(undone(BUYER, SHIPPER)(made), given_back(BUYER, BANK)(made))
    assert (made.record().holder, made.record().beneficiary) == (BANK, SHIPPER)


# Pledge


def test_titles_are_pledged_to_banks(world: World) -> None:
    made = bill(world)
    for member in (AUTHORITY, BUYER, CARRIER):
        with reverts("PledgeeNotABank", made.id, member):
            made.pledge(SHIPPER, member)
    own = bill(world, "two", holder=BANK, beneficiary=BANK)
    with reverts("HolderAlready", own.id, BANK):
        own.pledge(BANK, BANK)
    for bank in (CENTRAL, BANK):
        with world.aside():
            made.pledge(SHIPPER, bank)
            found = made.record()
            assert (found.holder, found.beneficiary, found.state) == (bank, SHIPPER, PLEDGED)
            assert (found.previousHolder, made.controller()) == (SHIPPER, (bank, ZERO_ADDRESS))


def test_a_pledge_gives_back_what_was_pledged_and_nothing_else(world: World) -> None:
    made = in_blank(world)
    before = made.record()
    made.pledge(SHIPPER, BANK)
    made.release(BANK)
    assert made.record() == before


# Surrender


@pytest.mark.parametrize("purpose", [AMENDMENT, DESTINATION, SWITCH])
def test_an_amended_title_lives_on_with_whoever_surrendered_it(world: World, purpose: int) -> None:
    made = bill(world)
    made.nominate(SHIPPER, BUYER)
    made.surrender(SHIPPER, purpose)
    assert (made.record().purpose, made.record().nominee) == (purpose, NOBODY)
    made.accept().emitted(
        told(
            "SurrenderAccepted",
            title=made.id,
            issuer=CARRIER,
            holder=SHIPPER,
            purpose=int(purpose),
        )
    )
    assert (made.state(), made.controller()) == (AMENDING, (CARRIER, ZERO_ADDRESS))
    with reverts("IncompleteTitle", made.id, NONE):
        made.restore(CARRIER, NONE)
    made.restore()
    found = made.record()
    assert (found.document, found.holder, found.beneficiary) == (AMENDED, SHIPPER, SHIPPER)
    made.transfer(SHIPPER, BUYER)


def test_a_title_on_paper_is_nobodys_and_comes_back_to_whoever_gave_the_paper(world: World) -> None:
    made = accepted(PAPER)(world)
    assert (made.state(), made.controller()) == (ON_PAPER, (NOBODY, ZERO_ADDRESS))
    with reverts("IncompleteTitle", made.id, NONE):
        given = Issuance(NONE, NONE, desk(BUYER), desk(BUYER))
        made.act(CARRIER, "returnFromPaper", made.id, given)
    with reverts("FormMismatch", int(BLANK), desk(BUYER)):
        made.return_from_paper(form=BLANK)
    made.return_from_paper(holder=BANK, beneficiary=NOBODY, form=BLANK, remark=REMARK).emitted(
        told(
            "ReturnedFromPaper",
            title=made.id,
            issuer=CARRIER,
            holder=BANK,
            beneficiary=NOBODY,
            form=int(BLANK),
            document=AMENDED,
        ),
        told("Remarked", title=made.id, remark=REMARK),
    )
    assert (made.record().holder, made.record().form) == (BANK, BLANK)
    assert made.controller() == (BANK, ZERO_ADDRESS)


def test_a_title_comes_back_from_paper_to_whoever_is_out_of_standing(world: World) -> None:
    made = accepted(PAPER)(world)
    world.governed("AllianceRegistry.suspend", BUYER)
    made.return_from_paper()
    assert made.record().holder == BUYER


def test_a_delivered_title_is_nobodys_for_ever(world: World) -> None:
    made = surrendered(world)
    assert made.controller() == (CARRIER, ZERO_ADDRESS)
    made.accept()
    assert made.controller() == (NOBODY, ZERO_ADDRESS)


def test_a_straight_title_is_delivered_to_its_consignee_alone(world: World) -> None:
    made = straight(world)
    for purpose in (AMENDMENT, PAPER, DESTINATION, SWITCH):
        with world.aside():
            made.surrender(SHIPPER, purpose)
            made.reject_surrender()
            assert made.record().holder == SHIPPER
    with reverts("NotTitleBeneficiary", made.id, BUYER, SHIPPER):
        made.surrender(SHIPPER)
    made.transfer(SHIPPER, BUYER)
    made.surrender(BUYER)
    made.accept()
    assert made.state() == DELIVERED


def test_a_carriers_amendment_leaves_an_endorsees_right_to_reject(world: World) -> None:
    made = bill(world)
    made.endorse(SHIPPER, BUYER, STRAIGHT)
    made.surrender(SHIPPER, AMENDMENT)
    made.reject_surrender()
    made.reject_beneficiary(BUYER)
    assert (made.record().beneficiary, made.record().form) == (SHIPPER, TO_ORDER)


def test_another_carrier_answers_no_surrender(world: World) -> None:
    other = admitted_carrier(world)
    made = surrendered(world)
    for act in (made.accept, made.reject_surrender):
        with reverts("NotTitleIssuer", made.id, CARRIER, other):
            act(other)
    with world.aside():
        made.reject_surrender()
        made.surrender(SHIPPER, AMENDMENT)
        made.accept()
        with reverts("NotTitleIssuer", made.id, CARRIER, other):
            made.restore(other)
    made.reject_surrender()
    made.surrender(SHIPPER, PAPER)
    made.accept()
    with reverts("NotTitleIssuer", made.id, CARRIER, other):
        made.return_from_paper(other)


# Remarks


REMARKED: Final[dict[str, Callable[[World], Any]]] = {
    "nominate": lambda world: bill(world).nominate(SHIPPER, BUYER, REMARK),
    "endorse": lambda world: bill(world).endorse(SHIPPER, BUYER, remark=REMARK),
    "transfer": lambda world: bill(world).transfer(SHIPPER, BUYER, REMARK),
    "transfer both": lambda world: bill(world).transfer_both(SHIPPER, BUYER, BUYER, remark=REMARK),
    "reject": lambda world: came(world).reject_both(BUYER, REMARK),
    "pledge": lambda world: bill(world).pledge(SHIPPER, BANK, REMARK),
    "release": lambda world: pledged(world).release(BANK, REMARK),
    "surrender": lambda world: bill(world).surrender(SHIPPER, remark=REMARK),
    "accept": lambda world: surrendered(world).accept(remark=REMARK),
    "reject surrender": lambda world: surrendered(world).reject_surrender(remark=REMARK),
    "restore": lambda world: accepted(AMENDMENT)(world).restore(remark=REMARK),
}


@pytest.mark.parametrize("act", REMARKED)
def test_a_remark_follows_the_act_and_none_where_there_is_none(world: World, act: str) -> None:
    events = REMARKED[act](world).events
    assert events[-1] == told("Remarked", title=Bill(world).id, remark=REMARK)
    assert [each.name for each in events].count("Remarked") == 1


# Many at once


ORDERS: Final[dict[TitleAct, tuple[Callable[[World], Bill], int, Order, str]]] = {
    TitleAct.NOMINATE: (bill, SHIPPER, Order(0, desk(BUYER)), "nominate"),
    TitleAct.ENDORSE: (bill, SHIPPER, Order(1, desk(BUYER), form=int(STRAIGHT)), "endorse"),
    TitleAct.TRANSFER_HOLDER: (bill, SHIPPER, Order(2, desk(BUYER)), "transfer"),
    TitleAct.TRANSFER_BOTH: (bill, SHIPPER, Order(3, desk(BUYER), desk(BANK)), "both"),
    TitleAct.REJECT_HOLDER: (came, BUYER, Order(4), "reject holder"),
    TitleAct.REJECT_BENEFICIARY: (came, BUYER, Order(5), "reject beneficiary"),
    TitleAct.REJECT_BOTH: (came, BUYER, Order(6), "reject both"),
    TitleAct.PLEDGE: (bill, SHIPPER, Order(7, desk(BANK)), "pledge"),
    TitleAct.RELEASE_PLEDGE: (pledged, BANK, Order(8), "release"),
    TitleAct.SURRENDER: (bill, SHIPPER, Order(9, purpose=int(SWITCH)), "surrender"),
    TitleAct.ACCEPT_SURRENDER: (surrendered, CARRIER, Order(10), "accept"),
    TitleAct.REJECT_SURRENDER: (surrendered, CARRIER, Order(11), "reject surrender"),
}
ALONE: Final[dict[str, Callable[[Bill], Any]]] = {
    "nominate": lambda made: made.nominate(SHIPPER, BUYER, REMARK),
    "endorse": lambda made: made.endorse(SHIPPER, BUYER, STRAIGHT, REMARK),
    "transfer": lambda made: made.transfer(SHIPPER, BUYER, REMARK),
    "both": lambda made: made.transfer_both(SHIPPER, BUYER, BANK, remark=REMARK),
    "reject holder": lambda made: made.reject_holder(BUYER, REMARK),
    "reject beneficiary": lambda made: made.reject_beneficiary(BUYER, REMARK),
    "reject both": lambda made: made.reject_both(BUYER, REMARK),
    "pledge": lambda made: made.pledge(SHIPPER, BANK, REMARK),
    "release": lambda made: made.release(BANK, REMARK),
    "surrender": lambda made: made.surrender(SHIPPER, SWITCH, REMARK),
    "accept": lambda made: made.accept(remark=REMARK),
    "reject surrender": lambda made: made.reject_surrender(remark=REMARK),
}


def test_every_act_can_be_ordered() -> None:
    assert set(ORDERS) == set(TitleAct)
    assert {name for *_, name in ORDERS.values()} == set(ALONE)


@pytest.mark.parametrize("act", list(TitleAct), ids=lambda each: each.name)
def test_an_ordered_act_does_what_the_act_alone_does(world: World, act: Any) -> None:
    stage, actor, order, name = ORDERS[act]
    assert order.act == act
    made = stage(world)
    with world.aside():
        expected = ALONE[name](made).events
        record = made.record()
    done = made.act(actor, "instruct", (made.id,), order._replace(remark=REMARK))
    done.emitted(*expected)
    assert made.record() == record


def test_what_is_ordered_for_several_is_done_for_all_or_none(world: World) -> None:
    one, two = bill(world, "one"), bill(world, "two")
    order = Order(int(TitleAct.TRANSFER_HOLDER), desk(BANK))
    with reverts("NoTitles"):
        one.act(SHIPPER, "instruct", (), order)
    one.act(SHIPPER, "instruct", (one.id, two.id), order)
    assert (one.record().holder, two.record().holder) == (BANK, BANK)
    back = Order(int(TitleAct.TRANSFER_HOLDER), desk(SHIPPER))
    with reverts("NotTitleHolder", two.id, SHIPPER, BANK), world.aside():
        two.transfer(BANK, SHIPPER)
        one.act(BANK, "instruct", (one.id, two.id), back)
    assert one.record().holder == BANK


# Custody


def deposited(made: Bill, depositor: int, custodian: str = "TitleCustody") -> Any:
    where = CUSTODIANS[custodian]
    given = {"depositor": depositor, "custodian": where, "record": KEPT_FOR}
    return told("TitleDeposited", title=made.id, **given)


def back(made: Bill, beneficiary: int, form: int = TO_ORDER) -> Any:
    return told(
        "TitleGivenBack",
        title=made.id,
        depositor=SHIPPER,
        custodian=CUSTODIANS["TitleCustody"],
        beneficiary=beneficiary,
        form=int(form),
    )


def handed(made: Bill, to: int, beneficiary: int, custodian: str = "TitleCustody") -> Any:
    return told(
        "TitleHandedOver",
        title=made.id,
        depositor=SHIPPER,
        holder=to,
        custodian=CUSTODIANS[custodian],
        beneficiary=beneficiary,
    )


@pytest.mark.parametrize("custodian", CUSTODIANS)
def test_what_is_in_custody_is_the_custodians_alone(world: World, custodian: str) -> None:
    made = bill(world)
    made.deposit(SHIPPER, BANK, custodian).emitted(deposited(made, SHIPPER, custodian))
    where = CUSTODIANS[custodian]
    assert made.controller() == (NOBODY, where)
    found = made.record()
    assert (found.holder, found.custodian, found.state) == (SHIPPER, where, IN_CUSTODY)
    (other,) = set(CUSTODIANS) - {custodian}
    for act in (made.give_back, lambda which: made.hand_over(BANK, which)):
        with reverts("NotItsCustodian", made.id, where):
            act(other)
    made.hand_over(BANK, custodian).emitted(handed(made, BANK, BANK, custodian))
    found = made.record()
    assert (found.holder, found.beneficiary, found.state) == (BANK, BANK, LIVE)
    assert (found.holderRejectBy, found.beneficiaryRejectBy) == (0, 0)
    assert (found.custodian, made.controller()) == (ZERO_ADDRESS, (BANK, ZERO_ADDRESS))


def changed(record: bytes, bit: int) -> bytes:
    return (int.from_bytes(record, "big") ^ 1 << bit).to_bytes(32, "big")


def test_what_is_kept_for_one_record_leaves_for_no_other(world: World) -> None:
    """A title tells 112 bits of what it is kept for; nobody finds another record with the same."""
    told_bits = [*range(16, 96), *range(160, 192)]
    made = bill(world)
    made.deposit(SHIPPER, BANK)
    for bit in range(256):
        other = changed(KEPT_FOR, bit)
        for function, args in (("giveBack", ()), ("handOver", (BANK,))):
            with world.aside():
                if bit not in told_bits:
                    made.kept(function, "TitleCustody", *args, other)
                    continue
                with reverts("NotKeptFor", made.id, other):
                    made.kept(function, "TitleCustody", *args, other)


def test_what_a_title_is_kept_for_tells_nothing_of_members(world: World) -> None:
    """Neither a nominee, nor who had it before, nor what could be rejected."""
    for nominee in (NOBODY, BUYER):
        with world.aside():
            made = bill(world)
            if nominee:
                made.nominate(SHIPPER, nominee)
            made.deposit(SHIPPER, BANK, record=b"\xff" * 32)
            found = made.record()
            assert (found.previousHolder, found.previousBeneficiary) == (NOBODY, NOBODY)
            assert (found.holderRejectBy, found.beneficiaryRejectBy) == (0, 0)
            assert (found.holder, found.beneficiary, found.nominee) == (SHIPPER, SHIPPER, nominee)
    made = bill(world)
    made.endorse(SHIPPER, BANK)
    made.deposit(SHIPPER, BANK, record=b"\xff" * 32)
    found = made.record()
    assert (found.beneficiary, found.previousBeneficiary, found.nominee) == (BANK, SHIPPER, NOBODY)
    assert found.beneficiaryRejectBy == 0


def test_what_is_given_back_is_as_it_was(world: World) -> None:
    for stage, beneficiary, form in (
        (bill, SHIPPER, TO_ORDER),
        (in_blank, NOBODY, BLANK),
        (straight, BUYER, STRAIGHT),
    ):
        with world.aside():
            made = stage(world)
            before = made.record()
            made.deposit(SHIPPER, BUYER)
            made.give_back().emitted(back(made, beneficiary, form))
            assert made.record() == before


def test_what_was_endorsed_for_a_presentation_comes_back_with_it(world: World) -> None:
    made = bill(world)
    made.endorse(SHIPPER, BANK)
    made.deposit(SHIPPER, BANK)
    world.at(world.time + 10 * PERIOD)
    made.give_back().emitted(back(made, SHIPPER))
    found = made.record()
    assert (found.holder, found.beneficiary, found.form) == (SHIPPER, SHIPPER, TO_ORDER)
    assert found.beneficiaryRejectBy == 0


def test_what_came_back_undone_is_undone_once(world: World) -> None:
    """Deposited again by its order, it is the depositor's, and no former endorsement counts."""
    made = bill(world)
    made.endorse(SHIPPER, BANK)
    made.deposit(SHIPPER, BANK)
    made.give_back()
    made.nominate(SHIPPER, BUYER)
    assert made.record().nominee == BUYER
    made.deposit(SHIPPER, BANK)
    made.give_back().emitted(back(made, SHIPPER))


def test_what_the_other_side_had_accepted_stays_with_it(world: World) -> None:
    made = bill(world, beneficiary=BANK)
    made.deposit(SHIPPER, BANK)
    made.give_back().emitted(back(made, BANK))
    assert (made.record().holder, made.record().beneficiary) == (SHIPPER, BANK)


@pytest.mark.parametrize(
    ("stage", "beneficiary"),
    [(bill, BUYER), (in_blank, NOBODY), (straight, BUYER)],
    ids=["to order", "blank", "straight"],
)
def test_what_is_handed_over_is_whose_it_can_be(
    world: World, stage: Callable[[World], Bill], beneficiary: int
) -> None:
    made = stage(world)
    made.deposit(SHIPPER, BUYER)
    made.hand_over(BUYER).emitted(handed(made, BUYER, beneficiary))
    found = made.record()
    assert (found.holder, found.beneficiary) == (BUYER, beneficiary)
    assert (found.holderRejectBy, found.beneficiaryRejectBy) == (0, 0)
    assert (found.nominee, found.previousHolder, found.previousBeneficiary) == (NOBODY,) * 3


def test_a_straight_title_handed_over_keeps_its_consignee(world: World) -> None:
    made = bill(world, form=STRAIGHT)
    made.deposit(SHIPPER)
    made.hand_over(BANK).emitted(handed(made, BANK, SHIPPER))


def test_what_is_handed_over_to_its_depositor_keeps_its_nominee(world: World) -> None:
    made = bill(world)
    made.nominate(SHIPPER, BUYER)
    made.deposit(SHIPPER)
    made.hand_over(SHIPPER).emitted(handed(made, SHIPPER, SHIPPER))
    assert made.record().nominee == BUYER


def test_who_gets_what_was_endorsed_to_it_has_nothing_to_reject(world: World) -> None:
    made = bill(world)
    made.endorse(SHIPPER, BANK)
    made.deposit(SHIPPER, BANK)
    made.hand_over(BANK).emitted(handed(made, BANK, BANK))
    assert (made.record().nominee, made.record().previousBeneficiary) == (NOBODY, NOBODY)
    for act in (made.reject_holder, made.reject_beneficiary):
        with reverts("NothingToReject", made.id, BANK):
            act(BANK)


def test_what_is_anothers_is_not_taken_into_custody(world: World) -> None:
    made = bill(world, beneficiary=OTHER)
    with reverts("NotTitleBeneficiary", made.id, OTHER, SHIPPER):
        made.deposit(SHIPPER, BANK)
    with reverts("NotTitleHolder", made.id, SHIPPER, BANK):
        made.deposit(BANK, BANK)
    made.deposit(SHIPPER, OTHER)
    with reverts("WrongTitleState", made.id, int(IN_CUSTODY), int(LIVE)):
        made.deposit(SHIPPER, OTHER)
    live = bill(world, "two")
    for act in (live.give_back, lambda: live.hand_over(BANK)):
        with reverts("WrongTitleState", live.id, int(LIVE), int(IN_CUSTODY)):
            act()


def test_where_there_is_no_custodian_nobody_is_one(world: World) -> None:
    """As the plan has it: not even a call that claims to come from nowhere passes."""
    wired = world.addresses["AllianceRegistry"], world.addresses["TitleFacades"]
    nobody = [ZERO_ADDRESS] * 4
    world.deploy("Without", "TitleRegistry", *wired, *nobody)
    for caller in (ZERO_ADDRESS, OUTSIDER, desk(BANK), account("TitleCustody")):
        for function, args in (
            ("deposit", (SHIPPER, BANK, KEPT_FOR)),
            ("giveBack", (KEPT_FOR,)),
            ("handOver", (BANK, KEPT_FOR)),
        ):
            with reverts("NotCustodian", caller):
                world.send(caller, f"Without.{function}", (), *args)
    assert world.view("TitleRegistry.custody") == CUSTODIANS["TitleCustody"]
    assert world.view("TitleRegistry.deliveries") == CUSTODIANS["TitleDeliveries"]


def test_names_of_members_are_keys() -> None:
    assert key_of(NOBODY) == ZERO_ADDRESS
    assert key_of(APPLICANT) == desk(BUYER)
