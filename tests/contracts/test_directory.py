# SPDX-License-Identifier: Apache-2.0
import brownie
import pytest
from acceptance import (
    CLOSE_EDITION,
    NOBODY,
    REGISTER_VERSION,
    Issuance,
    Motion,
    assert_events,
    reverts_with,
    word,
)
from brownie import accounts

# Each contract of the plan by its name in the directory and in the fixtures; no cash of the world
# is called alike.
FOUNDATION = {
    "AllianceRegistry": "registry",
    "AllianceCouncil": "council",
    "MemberDesks": "desks",
    "BankingCalendar": "calendar",
    "LetterOfCredit": "letters",
    "Presentations": "presentations",
    "Forwarding": "forwarding",
    "Disposals": "disposals",
    "PaymentObligations": "obligations",
    "Reimbursements": "reimbursements",
    "CreditTransfers": "transfers",
    "CreditSchedules": "schedules",
    "ElectronicRecords": "records",
    "DocumentRegistry": "documents",
    "CustomsDeclarations": "declarations",
    "DocumentGrants": "grants",
    "TitleRegistry": "titles",
    "TitleFacades": "facades",
    "TitleCustody": "custody",
    "TitleDeliveries": "deliveries",
    "SettlementCash-CNY": "cash",
}
CALENDAR, LETTERS = word("BankingCalendar"), word("LetterOfCredit")


@pytest.fixture
def deploy():
    """Deploys a contract of the suite once more."""
    project = brownie.project.get_loaded_projects()[0]
    return lambda contract, *args: accounts[0].deploy(project[contract], *args)


def test_the_foundation_is_registered(suite, directory):
    founded = suite.directory.tx.timestamp
    for name, fixture in FOUNDATION.items():
        at, registered, edition = directory.versionOf(word(name), 1)
        assert at == getattr(suite, fixture).address
        assert edition == (1 if name == "LetterOfCredit" else 0)
        assert registered == founded
        assert directory.inForce(word(name)) == (1, at)
        assert directory.versionCount(word(name)) == 1
    assert directory.bearerOf(1) == suite.letters.address
    assert directory.bearerOf(2) == NOBODY
    assert directory.governor() == suite.council.address
    assert directory.registry() == suite.registry.address


def test_register(council, registry, directory, deploy, decide):
    new = deploy("BankingCalendar", registry, 1)
    motion = Motion(REGISTER_VERSION, account=new.address, name=CALENDAR)
    tx = decide(motion)

    registered = {"name": CALENDAR, "version": 2, "at": new.address, "edition": 0}
    number = council.proposalIdOf(motion)
    done = {"proposalId": number, "action": REGISTER_VERSION, "result": 2}
    assert_events(
        tx, (directory, "VersionRegistered", registered), (council, "ProposalExecuted", done)
    )
    assert directory.versionOf(CALENDAR, 2) == (new.address, tx.timestamp, 0)
    assert directory.inForce(CALENDAR) == (2, new.address)


def test_business_moves_to_a_new_version(
    directory,
    registry,
    letters,
    calendar,
    presentations,
    transfers,
    schedules,
    deploy,
    decide,
    issuing_bank,
    advising_bank,
    issued,
):
    new = deploy("LetterOfCredit", registry, calendar, presentations, transfers, schedules, 2)
    decide(Motion(REGISTER_VERSION, account=new.address, name=LETTERS))
    assert directory.bearerOf(2) == new.address
    assert directory.inForce(LETTERS) == (2, new.address)
    decide(Motion(CLOSE_EDITION, edition=1))
    # The old one takes no new credit and goes on with those it has.
    with reverts_with("EditionClosedToNew", 1):
        letters.issue(Issuance(reference=word("LC2025-0002", 16)), {"from": issuing_bank.desk})
    letters.advise(issued, True, {"from": advising_bank.desk})
    new.issue(Issuance(reference=word("LC2025-0002", 16)), {"from": issuing_bank.desk})


def test_the_council_alone_registers(registry, directory, deploy, keeper):
    new = deploy("BankingCalendar", registry, 1)
    with reverts_with("NotCouncil", keeper.desk):
        directory.register(CALENDAR, new, {"from": keeper.desk})


def test_a_contract_and_an_edition_are_registered_once(
    registry, directory, letters, presentations, transfers, schedules, calendar, deploy, decide
):
    with reverts_with("VersionExists", calendar, 0):
        decide(Motion(REGISTER_VERSION, account=calendar.address, name=word("Days")))
    same = deploy("LetterOfCredit", registry, calendar, presentations, transfers, schedules, 1)
    with reverts_with("VersionExists", letters, 1):
        decide(Motion(REGISTER_VERSION, account=same.address, name=LETTERS))


def test_a_version_is_a_contract_with_an_edition_of_63_at_most(
    registry, directory, calendar, presentations, transfers, schedules, deploy, decide, stranger
):
    with reverts_with("BadVersion", CALENDAR, stranger):
        decide(Motion(REGISTER_VERSION, account=stranger.address, name=CALENDAR))
    beyond = deploy("LetterOfCredit", registry, calendar, presentations, transfers, schedules, 64)
    with reverts_with("BadEdition", beyond, 64):
        decide(Motion(REGISTER_VERSION, account=beyond.address, name=LETTERS))


def test_an_unknown_version_is_named(directory):
    with reverts_with("UnknownVersion", CALENDAR, 2):
        directory.versionOf(CALENDAR, 2)


def test_a_foundation_names_each_of_its_contracts(registry, calendar, deploy):
    with reverts_with("UnequalLists", 0, 1):
        deploy("Directory", registry, [], [calendar])
