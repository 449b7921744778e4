# SPDX-License-Identifier: Apache-2.0
"""The directory: versions and editions, and one credit contract that succeeds another."""

from __future__ import annotations

from typing import Any

import pytest
from council import CASES, LETTERS, answering, decided
from eth_utils import keccak
from suite import event
from vocabulary import Action, ObligationState
from world import (
    ADVISER,
    CASH,
    CENTRAL,
    DEPLOYER,
    ISSUER,
    OUTSIDER,
    START,
    Issuance,
    Motion,
    World,
    ascii32,
    desk,
    parameters,
    reverts,
)

from yangshan.deployment.plan import CREDITS_EDITION, ZERO_ADDRESS, plan

NAME = ascii32("Something")


def register(world: World, at: str, name: bytes = NAME) -> Any:
    return world.governed("Directory.register", name, at)


def registered(name: bytes, version: int, at: str, edition: int) -> Any:
    return event(
        "Directory", "VersionRegistered", name=name, version=version, at=at, edition=edition
    )


# The foundation


def test_the_foundation_is_registered_as_planned(world: World) -> None:
    """Every contract of the plan but the directory itself, each as the first version."""
    steps = [step for step in plan(parameters(), DEPLOYER, 0) if step.name != "Directory"]
    assert len(steps) == 22
    for step in steps:
        name = ascii32(step.name)
        edition = CREDITS_EDITION if step.name == "LetterOfCredit" else 0
        assert world.view("Directory.versionOf", name, 1) == (step.address, START, edition)
        assert world.view("Directory.versionCount", name) == 1
        assert world.view("Directory.inForce", name) == (1, step.address)
    assert world.view("Directory.versionCount", ascii32("Directory")) == 0
    assert world.view("Directory.bearerOf", CREDITS_EDITION) == world.addresses["LetterOfCredit"]
    assert world.view("LetterOfCredit.edition") == CREDITS_EDITION
    others = [e for e in range(256) if e != CREDITS_EDITION]
    assert {world.view("Directory.bearerOf", e) for e in others} == {ZERO_ADDRESS}
    assert world.view("Directory.governor") == world.addresses["AllianceCouncil"]
    assert world.view("Directory.registry") == world.addresses["AllianceRegistry"]


def test_the_foundation_says_each_version_in_an_event(world: World) -> None:
    letters, cash = world.addresses["LetterOfCredit"], world.addresses[CASH]
    names = [LETTERS, ascii32("Cash")]
    world.deploy(
        "Other", "Directory", world.addresses["AllianceRegistry"], names, [letters, cash]
    ).emitted(
        event("Other", "VersionRegistered", name=LETTERS, version=1, at=letters, edition=1),
        event("Other", "VersionRegistered", name=ascii32("Cash"), version=1, at=cash, edition=0),
    )


@pytest.mark.parametrize(("names", "contracts"), [(0, 1), (1, 0), (1, 2), (2, 1)])
def test_a_foundation_names_each_of_its_contracts(world: World, names: int, contracts: int) -> None:
    given = [ascii32(f"name {n}") for n in range(names)], list(world.addresses.values())[:contracts]
    with reverts("UnequalLists", names, contracts):
        world.deploy("Other", "Directory", world.addresses["AllianceRegistry"], *given)


def test_a_foundation_obeys_the_rules_of_every_version(world: World) -> None:
    registry, letters = world.addresses["AllianceRegistry"], world.addresses["LetterOfCredit"]
    for names, contracts, name, args in (
        ([bytes(32)], [letters], "BadVersion", (bytes(32), letters)),
        ([NAME], [OUTSIDER], "BadVersion", (NAME, OUTSIDER)),
        ([NAME, LETTERS], [letters, letters], "VersionExists", (letters, 1)),
    ):
        with reverts(name, *args):
            world.deploy("Other", "Directory", registry, names, contracts)


# Versions


def test_a_version_without_an_edition_is_registered_and_never_closed(world: World) -> None:
    first, second = answering(world, 0), answering(world, 1, value=7, reverting=True)
    world.at(START + 5)
    register(world, first).emitted(registered(NAME, 1, first, 0))
    assert register(world, second).value == 2
    assert world.view("Directory.versionCount", NAME) == 2
    assert world.view("Directory.versionOf", NAME, 1) == (first, START + 5, 0)
    assert world.view("Directory.versionOf", NAME, 2) == (second, START + 5, 0)
    assert world.view("Directory.inForce", NAME) == (2, second)
    assert world.view("Directory.bearerOf", 0) == ZERO_ADDRESS


@pytest.mark.parametrize(("words", "value"), [(0, 7), (2, 7), (1, 0), (64, 7)])
def test_an_answer_that_is_no_edition_is_none(world: World, words: int, value: int) -> None:
    """A contract that knows nothing of editions may answer whatever it does."""
    at = answering(world, words, value=value)
    register(world, at).emitted(registered(NAME, 1, at, 0))


@pytest.mark.parametrize("edition", [2, 62, 63])
def test_a_contract_says_its_edition_itself(world: World, edition: int) -> None:
    at = answering(world, 1, value=edition)
    register(world, at).emitted(registered(NAME, 1, at, edition))
    assert world.view("Directory.bearerOf", edition) == at
    assert world.view("Directory.versionOf", NAME, 1).edition == edition


@pytest.mark.parametrize("edition", [64, 255, 256, 257, 2**16 + 1, 2**255, 2**256 - 1])
def test_an_edition_beyond_63_is_refused(world: World, edition: int) -> None:
    """257 is not 1 with something before it."""
    at = answering(world, 1, value=edition)
    with reverts("BadEdition", at, edition):
        register(world, at)


def test_an_edition_is_borne_by_one_contract(world: World) -> None:
    at = answering(world, 1, value=CREDITS_EDITION)
    with reverts("VersionExists", world.addresses["LetterOfCredit"], CREDITS_EDITION):
        register(world, at)
    # Closed or not, under whatever name.
    world.governed("AllianceRegistry.closeEdition", CREDITS_EDITION)
    with reverts("VersionExists", world.addresses["LetterOfCredit"], CREDITS_EDITION):
        register(world, at, LETTERS)


def test_a_contract_is_registered_once(world: World) -> None:
    plain, edition = answering(world, 0), answering(world, 1, value=9)
    for at, number in ((plain, 0), (edition, 9)):
        register(world, at)
        for name in (NAME, ascii32("Another name")):
            with reverts("VersionExists", at, number):
                register(world, at, name)
    assert world.view("Directory.versionCount", NAME) == 2


def test_a_version_has_a_name_and_a_contract(world: World) -> None:
    at = answering(world, 0)
    for name, address in ((bytes(32), at), (NAME, OUTSIDER), (NAME, ZERO_ADDRESS)):
        with reverts("BadVersion", name, address):
            register(world, address, name)
    register(world, at)


@pytest.mark.parametrize("caller", [desk(1), DEPLOYER, OUTSIDER])
def test_the_council_alone_registers(world: World, caller: str) -> None:
    at = answering(world, 0)
    with reverts("NotCouncil", caller):
        world.send(caller, "Directory.register", NAME, at)
    assert world.view("Directory.versionCount", NAME) == 0


@pytest.mark.parametrize(("name", "version"), [(LETTERS, 0), (LETTERS, 2), (NAME, 0), (NAME, 1)])
def test_a_version_that_there_is_not_is_unknown(world: World, name: bytes, version: int) -> None:
    with reverts("UnknownVersion", name, version):
        world.view("Directory.versionOf", name, version)


# In force


def test_the_latest_version_that_is_not_closed_is_in_force(world: World) -> None:
    at = [answering(world, 1, value=edition) for edition in (11, 12, 13)]
    assert world.view("Directory.inForce", NAME) == (0, ZERO_ADDRESS)
    for each in at:
        register(world, each)
    in_force = []
    # The middle one first: what is later stays in force.
    for edition in (12, 13, 11):
        in_force.append(world.view("Directory.inForce", NAME))
        world.governed("AllianceRegistry.closeEdition", edition)
    in_force.append(world.view("Directory.inForce", NAME))
    assert in_force == [(3, at[2]), (3, at[2]), (1, at[0]), (0, ZERO_ADDRESS)]
    last = answering(world, 0)
    register(world, last)
    assert world.view("Directory.inForce", NAME) == (4, last)


def test_all_editions_can_be_borne_and_closed(world: World) -> None:
    at = {edition: answering(world, 1, value=edition) for edition in range(2, 64)}
    for edition, each in at.items():
        register(world, each)
        world.governed("AllianceRegistry.closeEdition", edition)
        assert world.view("AllianceRegistry.isClosed", edition)
    assert world.view("Directory.inForce", NAME) == (0, ZERO_ADDRESS)
    assert {e: world.view("Directory.bearerOf", e) for e in at} == at
    # No edition reaches into the members' bits.
    assert world.view("AllianceRegistry.activeFounders") == 0xFF


# A new version of the credits


def successors(world: World) -> None:
    """New credits and all that serves them, with the same registry, calendars and cash.

    Cash has one contract that settles; the obligations of the new ones are paid elsewhere.
    """
    registry, calendar = (world.addresses[n] for n in ("AllianceRegistry", "BankingCalendar"))
    places = (world.next_address(n) for n in range(8))
    letters, presentations, obligations, forwarding, transfers, schedules, records, ends = places
    rules = (transfers, schedules)
    world.deploy("NewLetters", "LetterOfCredit", registry, calendar, presentations, *rules, 2)
    peers = (registry, calendar, letters)
    # No titles are presented under the new ones: a registry of titles serves one version.
    titles = (ZERO_ADDRESS, ZERO_ADDRESS)
    onward = (obligations, forwarding, *rules, records, ends, *titles)
    world.deploy("NewPresentations", "Presentations", *peers, *onward)
    lets_arise = (presentations, forwarding, transfers, presentations, ZERO_ADDRESS)
    world.deploy("NewObligations", "PaymentObligations", registry, *lets_arise, [], [])
    world.deploy("NewForwarding", "Forwarding", *peers, presentations, obligations, transfers)
    ours = (presentations, forwarding, obligations, ends)
    world.deploy("NewTransfers", "CreditTransfers", *peers, *ours)
    world.deploy("NewSchedules", "CreditSchedules", registry, letters, presentations)
    world.deploy("NewRecords", "ElectronicRecords", *peers, presentations)
    served = (letters, presentations, forwarding, transfers)
    world.deploy("NewDisposals", "Disposals", registry, *served)


def issue(world: World, contract: str, reference: str) -> bytes:
    terms = Issuance(reference=reference.encode().ljust(16, b"\0"))
    number: bytes = world.send(desk(ISSUER), f"{contract}.issue", terms).value
    return number


def test_business_moves_to_a_new_version_while_the_old_one_finishes(world: World) -> None:
    old = issue(world, "LetterOfCredit", "BEFORE")
    lodged = world.lodge(old, amount=28_000_000)
    successors(world)
    new = world.addresses["NewLetters"]
    decided(world, Motion(Action.REGISTER_VERSION, account=new, name=LETTERS))
    assert world.view("Directory.inForce", LETTERS) == (2, new)
    assert world.view("Directory.bearerOf", 2) == new
    # Both take new records while business moves over.
    for contract in ("LetterOfCredit", "NewLetters"):
        issue(world, contract, "MEANWHILE")
    decided(world, CASES[Action.CLOSE_EDITION].prepare(world))

    with reverts("EditionClosedToNew", 1):
        issue(world, "LetterOfCredit", "AFTER")
    issue(world, "NewLetters", "AFTER")
    assert world.view("Directory.inForce", LETTERS) == (2, new)

    # The old one finishes what it has: advice, another lodging, a finding, payment.
    world.send(desk(ADVISER), "LetterOfCredit.advise", old, True)
    again = world.lodge(old, number=2, amount=100_000_000)
    world.send(desk(CENTRAL), f"{CASH}.mint", ISSUER, 128_000_000, keccak(text="funds"))
    for key in (lodged, again):
        owed = world.send(desk(ISSUER), "Presentations.findComplying", key).value
        world.send(desk(ISSUER), "PaymentObligations.pay", owed)
        assert world.view("PaymentObligations.obligation", owed).state == ObligationState.PAID
    assert world.view("LetterOfCredit.credit", old).drawn == 128_000_000
    assert world.balance(ISSUER) == 0


def test_a_closed_version_stays_closed(world: World) -> None:
    successors(world)
    register(world, world.addresses["NewLetters"], LETTERS)
    world.governed("AllianceRegistry.closeEdition", 2)
    assert world.view("Directory.inForce", LETTERS) == (1, world.addresses["LetterOfCredit"])
    with reverts("EditionClosedToNew", 2):
        issue(world, "NewLetters", "AFTER")
    issue(world, "LetterOfCredit", "AFTER")
    with reverts("EditionClosedToNew", 2):
        world.governed("AllianceRegistry.closeEdition", 2)
