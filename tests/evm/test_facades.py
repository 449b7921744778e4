# SPDX-License-Identifier: Apache-2.0
"""Facades of titles: who makes them, whom they show, whom they take for whom, what they log."""

from __future__ import annotations

import pytest
from eth_utils import keccak
from suite import event
from titles import (
    BLANK,
    BUYER,
    CARRIER,
    NOBODY,
    NONE,
    PERIOD,
    SHIPPER,
    STRAIGHT,
    TO_ORDER,
    Bill,
    Order,
    bill,
    id_of,
    reference_of,
    told,
)
from vocabulary import Role, SurrenderPurpose, TitleAct
from world import (
    CUSTODIANS,
    DEPLOYER,
    ISSUER,
    OUTSIDER,
    Receipt,
    World,
    admin,
    desk,
    reverts,
    treasury,
)

from yangshan.deployment.plan import ZERO_ADDRESS

BANK = ISSUER
PARTIES = ("beneficiary", "holder", "prevBeneficiary", "prevHolder", "nominee")
ZERO = ZERO_ADDRESS
NO_INTERFACE = b"\xff" * 4


def facade_of(made: Bill) -> str:
    """Makes the facade of a title, from now on under a name of its own."""
    world = made.world
    receipt = world.send(OUTSIDER, "TitleFacades.create", made.id)
    facade: str = receipt.value
    receipt.emitted(event("TitleFacades", "FacadeCreated", title=made.id, facade=facade))
    world.addresses["TitleFacade"] = facade
    world.contracts["TitleFacade"] = "TitleFacade"
    return facade


def act(world: World, member: int, function: str, *args: object) -> Receipt:
    return world.send(desk(member), f"TitleFacade.{function}", *args, b"")


def shown(world: World) -> list[str]:
    return [world.view(f"TitleFacade.{view}") for view in PARTIES]


def test_a_title_has_one_facade_and_one_that_was_never_issued_has_none(world: World) -> None:
    made = bill(world)
    assert world.view("TitleFacades.facadeOf", made.id) == ZERO
    facade = facade_of(made)
    assert world.view("TitleFacades.facadeOf", made.id) == facade
    assert world.view("TitleFacades.titleOf", facade) == made.id
    with reverts("FacadeExists", made.id, facade):
        world.send(OUTSIDER, "TitleFacades.create", made.id)
    unknown = id_of(reference_of("another"))
    with reverts("NoSuchTitle", unknown):
        world.send(OUTSIDER, "TitleFacades.create", unknown)


def test_the_registry_trusts_no_facade_that_somebody_else_made(world: World) -> None:
    made = bill(world)
    titles = world.addresses["TitleRegistry"]
    false = world.deploy("TitleFacade", "TitleFacade", titles, made.id).value
    with reverts("NotFacade", false):
        act(world, SHIPPER, "transferHolder", desk(BUYER))
    order = Order(int(TitleAct.TRANSFER_HOLDER), desk(BUYER))
    with reverts("NotFacade", desk(SHIPPER)):
        world.send(desk(SHIPPER), "TitleRegistry.instructFor", desk(SHIPPER), order)


def test_a_member_appears_as_its_treasury(world: World) -> None:
    made = bill(world)
    facade_of(made)
    assert shown(world) == [treasury(SHIPPER), treasury(SHIPPER), ZERO, ZERO, ZERO]
    made.nominate(SHIPPER, BANK)
    made.transfer(SHIPPER, BUYER)
    shipper, buyer, bank = treasury(SHIPPER), treasury(BUYER), treasury(BANK)
    assert shown(world) == [shipper, buyer, ZERO, shipper, bank]
    made.endorse(BUYER, BANK)
    assert shown(world) == [bank, buyer, shipper, ZERO, ZERO]


def test_who_could_reject_is_shown_as_long_as_it_can(world: World) -> None:
    made = bill(world)
    facade_of(made)
    made.transfer_both(SHIPPER, BUYER, BUYER)
    last = world.time + PERIOD
    for time, shown_then in ((last, treasury(SHIPPER)), (last + 1, ZERO)):
        world.at(time)
        assert shown(world)[2:4] == [shown_then, shown_then]


def test_a_title_in_blank_is_shown_as_its_holders(world: World) -> None:
    made = bill(world, beneficiary=NOBODY, form=BLANK)
    facade_of(made)
    made.transfer(SHIPPER, BUYER)
    assert shown(world)[:2] == [treasury(BUYER)] * 2


@pytest.mark.parametrize("custodian", CUSTODIANS)
def test_custody_is_shown_as_its_contract(world: World, custodian: str) -> None:
    made = bill(world)
    facade_of(made)
    made.deposit(SHIPPER, BANK, custodian)
    assert shown(world)[:2] == [treasury(SHIPPER), CUSTODIANS[custodian]]
    assert world.view("TitleFacade.isHoldingToken")
    assert world.view("TitleFacade.active")


def test_a_pledge_is_shown_as_the_banks_possession(world: World) -> None:
    made = bill(world)
    facade_of(made)
    made.pledge(SHIPPER, BANK)
    assert shown(world) == [treasury(SHIPPER), treasury(BANK), ZERO, ZERO, ZERO]
    assert world.view("TitleFacade.isHoldingToken")


@pytest.mark.parametrize(
    ("purpose", "active"),
    [
        (SurrenderPurpose.DELIVERY, False),
        (SurrenderPurpose.AMENDMENT, False),
        (SurrenderPurpose.PAPER, False),
    ],
)
def test_what_left_circulation_shows_nobody(world: World, purpose: int, active: bool) -> None:
    made = bill(world)
    facade_of(made)
    made.surrender(SHIPPER, purpose)
    assert shown(world)[:2] == [treasury(SHIPPER)] * 2
    assert world.view("TitleFacade.active")
    assert not world.view("TitleFacade.isHoldingToken")
    made.accept()
    assert shown(world) == [ZERO] * 5
    assert world.view("TitleFacade.active") is active


def test_any_live_account_of_a_member_names_it(world: World) -> None:
    """The key with TITLE is looked for: what is shown can be given back."""
    made = bill(world)
    facade_of(made)
    other = world.give_key(BUYER, "an account of the buyer", int(Role.PRESENT))
    for account in (treasury(BUYER), admin(BUYER), other, desk(BUYER)):
        with world.aside():
            act(world, SHIPPER, "transferOwners", account, account)
            assert (made.record().holder, made.record().beneficiary) == (BUYER, BUYER)


def test_an_account_that_is_neither_live_nor_the_treasury_names_nobody(world: World) -> None:
    made = bill(world)
    facade_of(made)
    other = world.give_key(BUYER, "an account of the buyer", int(Role.PRESENT), world.time + 5)
    world.at(world.time + 6)
    with reverts("KeyExpired", other, world.time - 1):
        act(world, SHIPPER, "transferHolder", other)
    world.send(admin(BUYER), "AllianceRegistry.freezeKey", treasury(BUYER))
    act(world, SHIPPER, "transferHolder", treasury(BUYER))
    assert made.record().holder == BUYER
    act(world, BUYER, "rejectTransferHolder")
    world.send(admin(BUYER), "AllianceRegistry.freezeKey", desk(BUYER))
    with reverts("KeyFrozenNow", treasury(BUYER)):
        act(world, SHIPPER, "transferHolder", treasury(BUYER))
    with reverts("KeyFrozenNow", desk(BUYER)):
        act(world, SHIPPER, "transferHolder", desk(BUYER))


def test_a_member_without_a_live_key_for_titles_gets_none(world: World) -> None:
    made = bill(world)
    facade_of(made)
    world.send(admin(BUYER), "AllianceRegistry.revokeKey", desk(BUYER))
    for account in (treasury(BUYER), admin(BUYER)):
        with reverts("MissingRole", account, BUYER, int(Role.TITLE)):
            act(world, SHIPPER, "transferHolder", account)
    with reverts("NotAMember", OUTSIDER):
        act(world, SHIPPER, "transferHolder", OUTSIDER)


def test_a_facade_passes_over_keys_that_are_dead(world: World) -> None:
    made = bill(world)
    facade_of(made)
    later = world.give_key(BUYER, "a later key of the buyer", int(Role.TITLE))
    world.send(admin(BUYER), "AllianceRegistry.freezeKey", desk(BUYER))
    act(world, SHIPPER, "transferHolder", treasury(BUYER))
    assert made.record().holder == BUYER
    world.send(later, "TitleFacade.rejectTransferHolder", b"")
    assert made.record().holder == SHIPPER


def test_of_a_remark_the_hash_is_kept_and_none_of_none(world: World) -> None:
    made = bill(world)
    facade_of(made)
    remark = bytes(120)
    world.send(desk(SHIPPER), "TitleFacade.transferHolder", desk(BUYER), remark).emitted(
        told("PossessionTransferred", title=made.id, previous=SHIPPER, holder=BUYER),
        told("Remarked", title=made.id, remark=keccak(remark)),
    )
    act(world, BUYER, "transferHolder", desk(BANK)).emitted(
        told("PossessionTransferred", title=made.id, previous=BUYER, holder=BANK)
    )
    with reverts("RemarkTooLong", 121):
        world.send(desk(BANK), "TitleFacade.transferHolder", desk(BUYER), bytes(121))


def test_acts_through_a_facade_are_those_of_the_registry(world: World) -> None:
    made = bill(world)
    facade_of(made)
    act(world, SHIPPER, "transferBeneficiary", desk(BUYER)).emitted(
        told(
            "TitleEndorsed",
            title=made.id,
            previous=SHIPPER,
            beneficiary=BUYER,
            form=int(TO_ORDER),
        )
    )
    act(world, BUYER, "rejectTransferBeneficiary")
    act(world, SHIPPER, "returnToIssuer").emitted(
        told(
            "TitleSurrendered",
            title=made.id,
            holder=SHIPPER,
            issuer=CARRIER,
            purpose=int(SurrenderPurpose.DELIVERY),
        )
    )
    act(world, CARRIER, "shred")
    straight = bill(world, "two", form=STRAIGHT)
    facade_of(straight)
    with reverts("NotToOrder", straight.id, int(STRAIGHT)):
        act(world, SHIPPER, "transferBeneficiary", desk(BUYER))


def test_a_facade_takes_no_tokens(world: World) -> None:
    facade_of(bill(world))
    with reverts("TakesNoTokens"):
        world.view("TitleFacade.onERC721Received", DEPLOYER, DEPLOYER, 1, NONE)
    assert not world.view("TitleFacade.supportsInterface", NO_INTERFACE)
