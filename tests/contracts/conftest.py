# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import gc
import importlib
import sys
from datetime import datetime
from types import SimpleNamespace

import brownie.network.contract
import brownie.project.build
import pytest
from acceptance import (
    ADMIT_MEMBER,
    BANKING,
    DAY,
    NO_END,
    PROPOSAL_OPEN,
    SHANGHAI,
    WORK,
    Issuance,
    Lodging,
    Member,
    Motion,
    unix,
    word,
)
from brownie import accounts, chain, web3

from yangshan.alliance.places import build
from yangshan.chain.clock import Clock
from yangshan.deployment.plan import Admission, CashParameters, Parameters, VotingRules, plan
from yangshan.money import Currency

# Brownie compares deployed bytecode with zeroed immutables, fails, and throws the source map away.
brownie.network.contract._verify_deployed_code = lambda *_args, **_kwargs: True
# Read from build/, the map of dev strings has string keys; it is asked by number.
_map = brownie.project.build._revert_map
for _key in [key for key in _map if isinstance(key, str)]:
    _map.setdefault(int(_key), _map[_key])
# Three times for each test Brownie asks who calls it, and would read the source of the whole stack.
_inspect = importlib.import_module("brownie.network.rpc").inspect = SimpleNamespace()
_inspect.stack = lambda: (None, SimpleNamespace(frame=sys._getframe(2)))

# Founders in the order of their numbers: kind, and the calendar of a bank's branch.
AUTHORITY, CUSTOMS, CENTRAL_BANK, BANK, TRADER, CARRIER = 1, 2, 3, 4, 5, 6
FOUNDERS = [(AUTHORITY, 0), (CUSTOMS, 0), (CENTRAL_BANK, 1), (BANK, 1), (BANK, 1), (BANK, 2)]
LATER = [(TRADER, 0), (TRADER, 0), (CARRIER, 0)]
# Of members that are no founders; founders have no last day.
VALID_UNTIL = unix("2030-01-01")
# Customs and the central bank have six of ten votes, which decide, and seven where it is grave.
RULES = VotingRules(
    weights=((AUTHORITY, 1), (CUSTOMS, 3), (CENTRAL_BANK, 3), (BANK, 1)),
    quorum=60,
    voting_period=7 * DAY,
    execution_delay=2 * DAY,
)


def _member(number: int) -> Member:
    return Member(number, *(accounts[3 * number - place] for place in (2, 1, 0)))


def _admission(number: int, kind: int, calendar: int) -> Admission:
    who = _member(number)
    return Admission(
        treasury=who.treasury.address,
        administrator=who.administrator.address,
        valid_until=NO_END if number <= len(FOUNDERS) else VALID_UNTIL,
        calendar=calendar,
        country=b"CN",
        kind=kind,
        identity=word(f"member {number}"),
    )


@pytest.fixture(scope="session")
def suite():
    """The alliance at work: deployed by the plan, members, keys and a calendar in place."""
    deployer = accounts[0]
    founders = tuple(_admission(number, *kind) for number, kind in enumerate(FOUNDERS, 1))
    parameters = Parameters(
        founders,
        rules=RULES,
        calendar_keeper=1,
        cash=(CashParameters(Currency.of("CNY"), issuer=3),),
    )
    contracts = {}
    project = brownie.project.get_loaded_projects()[0]
    for step in plan(parameters, deployer.address, deployer.nonce):
        contract = deployer.deploy(project[step.contract], *step.arguments)
        assert contract.address == step.address
        contracts[step.name] = contract
    made = SimpleNamespace(
        registry=contracts["AllianceRegistry"],
        council=contracts["AllianceCouncil"],
        calendar=contracts["BankingCalendar"],
        letters=contracts["LetterOfCredit"],
        presentations=contracts["Presentations"],
        forwarding=contracts["Forwarding"],
        disposals=contracts["Disposals"],
        obligations=contracts["PaymentObligations"],
        reimbursements=contracts["Reimbursements"],
        transfers=contracts["CreditTransfers"],
        schedules=contracts["CreditSchedules"],
        records=contracts["ElectronicRecords"],
        documents=contracts["DocumentRegistry"],
        declarations=contracts["CustomsDeclarations"],
        grants=contracts["DocumentGrants"],
        titles=contracts["TitleRegistry"],
        facades=contracts["TitleFacades"],
        custody=contracts["TitleCustody"],
        deliveries=contracts["TitleDeliveries"],
        cash=contracts["SettlementCash-CNY"],
        desks=contracts["MemberDesks"],
        directory=contracts["Directory"],
    )
    everybody = [*FOUNDERS, *LATER]
    for number, (kind, _) in enumerate(everybody, 1):
        roles = WORK | BANKING if kind in (CENTRAL_BANK, BANK) else WORK
        who = _member(number)
        if number > len(FOUNDERS):
            admission = _admission(number, *everybody[number - 1])
            carry(made, Motion(ADMIT_MEMBER, admission=admission.as_argument()))
        made.registry.setKey(who.desk, roles, NO_END, {"from": who.administrator})
    keeper = {"from": _member(1).desk}
    # Calendar 2 is opened and left unpublished.
    made.calendar.open(1, word("CNSHA"), keeper)
    made.calendar.open(2, word("CNSHA-M"), keeper)
    for span, days in build("CNSHA", 2025, 2025).packed().items():
        made.calendar.publish(1, span, days, keeper)
    # Brownie collects all garbage after each test: what stays need not be looked through.
    gc.freeze()
    return made


def carry(suite, motion):
    """Customs, the central bank and, where it is grave, a bank pass a motion; its number."""
    customs, *others = ({"from": _member(number).desk} for number in (2, 3, 5))
    suite.council.propose(motion, customs)
    number = suite.council.proposalIdOf(motion)
    for founder in others:
        if suite.council.proposal(number)[0] == PROPOSAL_OPEN:
            suite.council.vote(number, True, founder)
    if suite.council.proposal(number)[10] <= web3.eth.get_block("latest")["timestamp"]:
        return suite.council.execute(motion, customs)
    return None


@pytest.fixture
def decide(suite, clock):
    """The council decides a motion and carries it out as soon as it may; that transaction."""

    def made(motion):
        tx = carry(suite, motion)
        if tx is None:
            due = suite.council.proposal(suite.council.proposalIdOf(motion))[10]
            clock(str(datetime.fromtimestamp(due, SHANGHAI).replace(tzinfo=None)))
            tx = suite.council.execute(motion, {"from": _member(2).desk})
        return tx

    return made


@pytest.fixture(scope="session")
def clock():
    """Sets the time of the next transaction to the second, on Anvil and on Ganache alike."""
    clock = Clock(SimpleNamespace(web3=web3, client=web3.client_version))
    return lambda text: clock.at(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))


@pytest.fixture(autouse=True)
def isolation(suite, clock):
    """Each test begins on the same morning and leaves nothing behind."""
    chain.snapshot()
    clock("2025-09-02 10:00")
    yield
    chain.revert()


@pytest.fixture(scope="session")
def schedules(suite):
    return suite.schedules


# The members by their part in the tests' letters.


@pytest.fixture(scope="session")
def keeper():
    """The authority, which keeps the calendars."""
    return _member(1)


@pytest.fixture(scope="session")
def customs():
    return _member(2)


@pytest.fixture(scope="session")
def central_bank():
    return _member(3)


@pytest.fixture(scope="session")
def issuing_bank():
    return _member(4)


@pytest.fixture(scope="session")
def advising_bank():
    return _member(5)


@pytest.fixture(scope="session")
def other_bank():
    """A bank whose calendar is not published."""
    return _member(6)


@pytest.fixture(scope="session")
def applicant():
    return _member(7)


@pytest.fixture(scope="session")
def beneficiary():
    return _member(8)


@pytest.fixture(scope="session")
def forwarder():
    return _member(9)


@pytest.fixture(scope="session")
def stranger():
    """An account of nobody."""
    return accounts[39]


@pytest.fixture(scope="session")
def registry(suite):
    return suite.registry


@pytest.fixture(scope="session")
def council(suite):
    return suite.council


@pytest.fixture(scope="session")
def directory(suite):
    return suite.directory


@pytest.fixture(scope="session")
def calendar(suite):
    return suite.calendar


@pytest.fixture(scope="session")
def letters(suite):
    return suite.letters


@pytest.fixture(scope="session")
def presentations(suite):
    return suite.presentations


@pytest.fixture(scope="session")
def forwarding(suite):
    return suite.forwarding


@pytest.fixture(scope="session")
def disposals(suite):
    return suite.disposals


@pytest.fixture(scope="session")
def obligations(suite):
    return suite.obligations


@pytest.fixture(scope="session")
def reimbursements(suite):
    return suite.reimbursements


@pytest.fixture(scope="session")
def transfers(suite):
    return suite.transfers


@pytest.fixture(scope="session")
def records(suite):
    return suite.records


@pytest.fixture(scope="session")
def cash(suite):
    return suite.cash


# A credit and what happens under it, each a step further.


@pytest.fixture
def issued(letters, issuing_bank):
    """A credit of CNY 1,280,000.00 under the reference LC2025-0001; its number."""
    letters.issue(Issuance(), {"from": issuing_bank.desk})
    return letters.creditIdOf(issuing_bank.number, word("LC2025-0001", 16))


@pytest.fixture
def lodged(presentations, issued, beneficiary):
    """The beneficiary's first presentation under it; what names it."""
    key = (issued, 4, beneficiary.number, 1)
    presentations.lodge(Lodging(key), {"from": beneficiary.desk})
    return key


@pytest.fixture
def found_complying(presentations, obligations, lodged, issuing_bank, beneficiary):
    """The obligation that arose when the issuing bank found it complying; its number."""
    presentations.findComplying(lodged, {"from": issuing_bank.desk})
    return obligations.obligationIdOf(
        presentations.presentationIdOf(lodged), issuing_bank.number, beneficiary.number
    )


@pytest.fixture
def funded(cash, central_bank, issuing_bank):
    """The issuing bank holds CNY 2,000,000.00."""
    cash.mint(issuing_bank.number, 200_000_000, word("RTGS-1"), {"from": central_bank.desk})
