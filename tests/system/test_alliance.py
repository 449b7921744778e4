# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from chains import START
from eth_utils.crypto import keccak
from founding import Founded, SetUp, as_set_up, founded_on, set_up_on
from kills import run_killed

from yangshan.alliance.calendar_words import day_number
from yangshan.alliance.calendars import BankingCalendar
from yangshan.alliance.council import NotDecided
from yangshan.alliance.keeper import CalendarNamedOtherwise, CalendarNotNumbered, CalendarView
from yangshan.alliance.places import build
from yangshan.alliance.service import NumberDiffers, set_up
from yangshan.chain import records
from yangshan.chain.clock import Clock
from yangshan.chain.connection import Chain
from yangshan.chain.enums import Action, MemberKind, MemberStatus, ProposalState, Role
from yangshan.chain.nodes import CHAIN_IDS
from yangshan.chain.records import Motion
from yangshan.chain.reverts import (
    MissingRole,
    NotAFounder,
    NotCalendarKeeper,
    NotCashIssuer,
    PublishedDaysStand,
    ReferenceUsed,
    UnknownMember,
    VotedAlready,
)
from yangshan.chain.signers import development_signer
from yangshan.chain.values import UnfitReference
from yangshan.credit.dates import nth_banking_day_after, receipt_day
from yangshan.deployment.plan import Admission
from yangshan.deployment.record import NotDeployed
from yangshan.money import Currency, Money

CNY, JPY, CHF = Currency.of("CNY"), Currency.of("JPY"), Currency.of("CHF")
SENT = {
    "setKey": 13,
    "open": 3,
    "publish": 15,
    "propose": 5,
    "vote": 20,
    "execute": 5,
    "createDesk": 1,
    "setPerson": 2,
    "setPolicy": 5,
    "mint": 10,
}
TIDE = 8
DESK_ROLES = Role.ISSUE | Role.ADVISE | Role.EXAMINE | Role.PAY


@pytest.fixture(scope="module", params=sorted(CHAIN_IDS))
def each_set_up_once(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SetUp]:
    """Each kind of node in turn, on which setting up was begun and ended once."""
    if request.param == "anvil":
        yield request.getfixturevalue("set_up_once")
    else:
        with set_up_on(request.param, tmp_path_factory.mktemp(request.param)) as once:
            yield once


@pytest.fixture
def each_in_business(each_set_up_once: SetUp, tmp_path: Path) -> Iterator[Founded]:
    with as_set_up(each_set_up_once, tmp_path / "deployments") as founded:
        yield founded


@pytest.fixture
def anvil_founded(anvil_chain: Chain, tmp_path: Path) -> Founded:
    return founded_on(anvil_chain, tmp_path)


def assert_in_business(founded: Founded) -> None:
    """The whole alliance stands as its file says."""
    setup, alliance = founded.session.setup, founded.alliance
    members = alliance.register.members()
    assert [member.number for member in members] == list(range(1, 14))
    for member, planned in zip(members, setup.members, strict=True):
        record, admission = member.record, planned.admission
        assert record.kind == MemberKind(admission.kind)
        assert record.status == MemberStatus.ACTIVE
        assert record.country == planned.record.country
        assert record.calendar == admission.calendar
        assert record.treasury == planned.accounts.treasury
        end = datetime(2045, 12, 31, 15, 59, 59, tzinfo=UTC)
        assert record.valid_until == (None if planned.record.founder else end)
        assert (member.active, record.desk_only, record.administrators) == (True, False, 1)
        own = [(key.account, key.record.roles) for key in member.keys if not key.record.desk]
        assert own == [
            (planned.accounts.administrator, Role.ADMINISTER),
            (planned.accounts.treasury, Role.PAY),
            (planned.accounts.desk, planned.desk_roles),
        ]
        desks = [key.record.roles for key in member.keys if key.record.desk]
        assert desks == ([DESK_ROLES] if member.number == TIDE else [])
        assert {key.record.valid_until for key in member.keys} == {None}
        assert {key.record.member_id for key in member.keys} == {planned.number}
    assert alliance.calendars.opened() == [
        CalendarView(1, "CNSHA"),
        CalendarView(2, "CNSHA-M"),
        CalendarView(3, "DEFRA"),
    ]
    for number in range(1, 14):
        bank = 4 <= number <= 8
        assert alliance.cash.balance(number, CNY).minor == (5_000_000_000 if bank else 0)
        assert alliance.cash.balance(number, JPY).minor == (1_000_000_000 if bank else 0)


# Setting up


def test_it_is_set_up_step_by_step_and_reported(
    each_in_business: Founded, each_set_up_once: SetUp
) -> None:
    founded, reports = each_in_business, each_set_up_once.reports
    assert_in_business(founded)
    assert Counter(report.kind for report in reports) == SENT
    eth = founded.chain.web3.eth
    for report in reports:
        assert not report.already
        assert report.transaction is not None
        receipt = eth.get_transaction_receipt(report.transaction)  # type: ignore[arg-type]
        assert (receipt["status"], receipt["gasUsed"]) == (1, report.gas)
        assert report.time == START
        calendar = report.kind in ("open", "publish")
        assert report.article == ("UCP 600 art. 2" if calendar else "")
    assert len({report.transaction for report in reports}) == sum(SENT.values())
    first, last = reports[0], reports[-1]
    desk = founded.session.setup.member(1).accounts.desk
    assert (first.actor, first.what) == (
        "commission",
        f"gives the key {desk} the roles VOTE and COURT",
    )
    assert (last.actor, last.what) == (
        "central-bank",
        "mints JPY 1,000,000,000 for tide-bank against OPENING-JPY-YSMTCNSH",
    )
    said = [report.what for report in reports]
    assert "opens the banking calendar CNSHA-M as number 2" in said
    assert "publishes the banking days of DEFRA until 2026-12-31" in said
    assert "proposes to admit importer" in said
    assert "votes to admit importer" in said
    assert "carries out the decision to admit insurer" in said


def test_set_up_twice_it_sends_nothing(each_in_business: Founded, each_set_up_once: SetUp) -> None:
    founded, first = each_in_business, each_set_up_once.reports
    block = founded.chain.web3.eth.block_number
    assert founded.again().set_up() == [replace(report, already=True) for report in first]
    assert founded.chain.web3.eth.block_number == block


def test_set_up_twice_without_its_outbox_it_sends_nothing(
    in_business: Founded, set_up_once: SetUp
) -> None:
    block = in_business.chain.web3.eth.block_number
    in_business.forget_what_was_sent()
    again = in_business.again().set_up()
    assert again == [replace(report, already=True) for report in set_up_once.reports]
    assert in_business.chain.web3.eth.block_number == block


@pytest.mark.parametrize("at", [1, 90, 171, 280])
def test_killed_while_setting_up_it_goes_on(anvil_founded: Founded, at: int) -> None:
    founded = anvil_founded
    begun = founded.chain.web3.eth.block_number
    assert run_killed(lambda: founded.again().session.set_up(), lambda number, _label: number == at)
    reports = founded.again().set_up()
    assert Counter(report.kind for report in reports) == SENT
    assert founded.chain.web3.eth.block_number == begun + sum(SENT.values())
    assert_in_business(founded)


def test_deadlines_on_chain_are_those_of_the_calendars_in_python(in_business: Founded) -> None:
    founded = in_business
    received = datetime.fromisoformat("2025-09-29T10:00:00+08:00")
    calendar = build("CNSHA", 2025, 2026)
    clock = founded.session.sender.call(
        "BankingCalendar",
        founded.session.deployment().address("BankingCalendar"),
        "clock",
        (1, int(received.timestamp()), 5),
    )
    assert clock.deadline == datetime.fromisoformat("2025-10-13T17:00:00+08:00")
    assert clock.receipt_day == receipt_day(received, calendar) == date(2025, 9, 29)
    fifth = nth_banking_day_after(date(2025, 9, 29), 5, calendar)
    assert clock.deadline == calendar.close_instant(fifth)


# Keys


def test_a_key_goes_back_and_forth_between_roles(anvil_founded: Founded) -> None:
    founded, alliance = anvil_founded, anvil_founded.alliance
    administrator = founded.administrator(4)
    desk = founded.session.setup.member(4).accounts.desk
    until = datetime(2026, 1, 1, tzinfo=UTC)
    for roles, end in (
        (Role.ISSUE, None),
        (Role.ADVISE, None),
        (Role.ISSUE, None),
        (Role.ADVISE, until),
        (Role.ISSUE | Role.ADVISE, until),
    ):
        sent = founded.chain.web3.eth.block_number
        alliance.keys.give(administrator, desk, roles, end)
        record = alliance.register.key(desk).record
        assert (record.member_id, record.roles, record.valid_until) == (4, roles, end)
        assert founded.chain.web3.eth.block_number == sent + 1
        alliance.keys.give(administrator, desk, roles, end)
        assert founded.chain.web3.eth.block_number == sent + 1


def test_only_an_administrator_sets_keys(anvil_founded: Founded) -> None:
    founded = anvil_founded
    treasury = founded.session.member_signer(founded.session.setup.member(4), "treasury")
    desk = founded.session.setup.member(4).accounts.desk
    with pytest.raises(MissingRole) as caught:
        founded.alliance.keys.give(treasury, desk, Role.ISSUE)
    assert caught.value.account == treasury.address
    assert caught.value.role == Role.ADMINISTER
    assert founded.alliance.register.key(desk).record.member_id == 0


# Admission


def newcomer(founded: Founded, **changes: Any) -> Admission:
    admission = Admission(
        treasury=development_signer(51, "treasury").address,
        administrator=development_signer(50, "administrator").address,
        valid_until=founded.session.setup.valid_until,
        calendar=0,
        country=b"CN",
        kind=MemberKind.INSPECTOR,
        identity=keccak(text="an inspector"),
    )
    return replace(admission, **changes)


def test_the_founders_admit_a_member(in_business: Founded) -> None:
    founded = in_business
    voters = [founded.desk(number) for number in (8, 2, 5, 6, 1, 7)]
    admission = newcomer(founded)
    sent = founded.chain.web3.eth.block_number
    assert founded.alliance.council.admit(voters, admission, "inspector") == 14
    # One proposal, which is a vote, four more votes where five of eight decide, one execution.
    assert founded.chain.web3.eth.block_number == sent + 6
    assert founded.alliance.register.member(14).record.kind == MemberKind.INSPECTOR
    assert founded.alliance.council.admit(voters, admission, "inspector") == 14
    assert founded.chain.web3.eth.block_number == sent + 6


def test_too_few_founders_admit_nobody_and_more_may_join_later(in_business: Founded) -> None:
    founded = in_business
    admission = newcomer(founded)
    with pytest.raises(NotDecided) as caught:
        founded.alliance.council.admit(
            [founded.desk(n) for n in (1, 2, 3, 4)], admission, "inspector"
        )
    proposal = caught.value.proposal
    assert (proposal.in_favour, proposal.needed, proposal.total) == (4, 5, 8)
    assert (proposal.voted, proposal.eligible) == (0b1111, 0b11111111)
    assert str(caught.value) == (
        "The council has not yet done what was proposed, to admit inspector: 4 of the 5 votes that "
        "it needs are in favour."
    )
    with pytest.raises(UnknownMember):
        founded.alliance.register.member(14)
    voters = [founded.desk(number) for number in (1, 2, 3, 4, 5)]
    assert founded.alliance.council.admit(voters, admission, "inspector") == 14


def test_a_later_member_has_no_voice(in_business: Founded) -> None:
    founded = in_business
    founded.alliance.keys.give(
        founded.administrator(10), founded.desk(10).address, Role.VOTE | Role.ISSUE
    )
    with pytest.raises(NotAFounder) as caught:
        founded.alliance.council.admit([founded.desk(10)], newcomer(founded), "inspector")
    assert caught.value.member_id == 10


def test_a_member_admitted_out_of_its_order_is_named(anvil_founded: Founded) -> None:
    founded = anvil_founded
    setup = founded.session.setup
    for founder in setup.founders:
        founded.alliance.keys.give(
            founded.administrator(founder.number), founder.accounts.desk, founder.desk_roles
        )
    voters = [founded.desk(number) for number in range(1, 6)]
    assert founded.alliance.council.admit(voters, newcomer(founded), "inspector") == 9
    with pytest.raises(NumberDiffers) as caught:
        set_up(founded.alliance, setup, founded.session.member_signer)
    assert (caught.value.handle, caught.value.expected, caught.value.found) == ("importer", 9, 10)


def test_equal_admissions_are_told_apart_by_their_resolution(in_business: Founded) -> None:
    founded = in_business
    council = founded.alliance.council
    first, second = "0x" + "01" * 32, "0x" + "02" * 32
    with pytest.raises(NotDecided):
        council.admit([founded.desk(1)], newcomer(founded), "inspector", first)
    admission = records.Admission.read(newcomer(founded).as_argument())
    states = [
        council.proposal(
            council.proposal_id(
                Motion(Action.ADMIT_MEMBER, admission=admission, resolution=resolution)
            )
        ).state
        for resolution in (first, second)
    ]
    assert states == [ProposalState.OPEN, ProposalState.NONE]


# Decisions


def expulsion(resolution: int = 1) -> Motion:
    return Motion(Action.EXPEL_MEMBER, member_id=9, resolution=f"0x{resolution:064x}")


def test_a_decision_that_has_to_wait_is_carried_out_when_it_is_due(in_business: Founded) -> None:
    founded, council = in_business, in_business.alliance.council
    voters = [founded.desk(number) for number in range(1, 9)]
    sent = founded.chain.web3.eth.block_number
    decision = council.decide(voters, expulsion(), "expel the importer")
    # Grave: six of eight, the proposal among them.
    assert founded.chain.web3.eth.block_number == sent + 6
    proposal = decision.proposal
    assert (proposal.state, proposal.in_favour, proposal.needed) == (ProposalState.PASSED, 6, 6)
    assert decision.result is None
    due = proposal.executable_from
    assert due is not None
    with pytest.raises(NotDecided) as caught:
        decision.carried_out()
    assert str(caught.value).startswith(
        "The council has not yet done what was proposed, to expel the importer: it has passed and "
        "is carried out from "
    )
    # Asked again too early, it changes nothing.
    assert council.decide(voters, expulsion(), "expel the importer") == decision
    assert founded.chain.web3.eth.block_number == sent + 6
    clock = Clock(founded.chain)
    clock.mine_at(due)
    decision = council.decide(voters[3:], expulsion(), "expel the importer")
    assert decision.carried_out() == 0
    assert decision.proposal.state is ProposalState.EXECUTED
    assert founded.alliance.register.member(9).record.status is MemberStatus.EXPELLED
    assert not founded.alliance.register.member(9).active
    sent = founded.chain.web3.eth.block_number
    assert council.decide(voters, expulsion(), "expel the importer") == decision
    assert founded.chain.web3.eth.block_number == sent


def test_a_vote_against_stands_and_defeats(in_business: Founded) -> None:
    founded, council = in_business, in_business.alliance.council
    voters = [founded.desk(number) for number in range(1, 9)]
    proposal_id = council.propose(voters[0], expulsion(), "expel the importer")
    sent = founded.chain.web3.eth.block_number
    for _ in range(2):
        council.vote(voters[1], proposal_id, "expel the importer", in_favour=False)
        assert founded.chain.web3.eth.block_number == sent + 1
    with pytest.raises(VotedAlready) as caught:
        council.vote(voters[1], proposal_id, "expel the importer")
    assert caught.value.founder == 2
    for voter in voters[2:4]:
        council.vote(voter, proposal_id, "expel the importer", in_favour=False)
    # Three of eight against leave five, and six are needed.
    decision = council.decide(voters, expulsion(), "expel the importer")
    assert (decision.proposal.state, decision.result) == (ProposalState.DEFEATED, None)
    with pytest.raises(NotDecided) as undecided:
        decision.carried_out()
    assert "the proposal is defeated; a new one needs another resolution" in str(undecided.value)
    assert council.proposal_id(expulsion(2)) != proposal_id


def test_the_rules_of_voting_are_those_of_the_file(in_business: Founded) -> None:
    rules = in_business.alliance.council.rules()
    assert (rules.quorum, rules.voting_period, rules.execution_delay) == (
        60,
        timedelta(days=30),
        timedelta(days=2),
    )
    assert [rules.weight(kind) for kind in MemberKind] == [0, 1, 1, 1, 1, 0, 0, 0, 0, 0]


# Calendars


def test_a_calendar_is_extended_and_never_rewritten(in_business: Founded) -> None:
    founded = in_business
    keeper = founded.desk(3)
    sent = founded.chain.web3.eth.block_number
    longer, shorter = build("DEFRA", 2025, 2027), build("DEFRA", 2025, 2025)
    founded.alliance.calendars.publish(keeper, longer)
    # The span in which 2026 ends, and two more.
    assert founded.chain.web3.eth.block_number == sent + 3
    # What is published beyond it does not matter.
    founded.alliance.calendars.publish(keeper, shorter)
    founded.alliance.calendars.publish(keeper, longer)
    # The span in which 2026 ends, and two more.
    assert founded.chain.web3.eth.block_number == sent + 3
    # Days that read as closed in the first span would become open.
    with pytest.raises(PublishedDaysStand) as caught:
        founded.alliance.calendars.publish(keeper, build("DEFRA", 2024, 2026))
    assert caught.value.calendar == 3


def test_days_to_come_are_revised_for_a_reason(in_business: Founded) -> None:
    founded = in_business
    keeper = founded.desk(3)
    address = founded.session.deployment().address("BankingCalendar")
    published = build("CNSHA", 2025, 2026)
    packed = dict(published.packed())
    holiday, past = day_number(date(2026, 6, 22)), day_number(date(2025, 8, 29))
    assert published.is_open(date(2026, 6, 22))
    packed[holiday // 192] ^= 1 << holiday % 192
    sent = founded.chain.web3.eth.block_number
    for _ in range(2):
        founded.alliance.calendars.revise(
            keeper, BankingCalendar.unpacked("CNSHA", packed), "STATE COUNCIL NOTICE 2026/3"
        )
        assert founded.chain.web3.eth.block_number == sent + 1
    found = founded.session.sender.call("BankingCalendar", address, "spanOf", (1, holiday // 192))
    assert found == packed[holiday // 192]
    packed[past // 192] ^= 1 << past % 192
    with pytest.raises(PublishedDaysStand) as caught:
        founded.alliance.calendars.revise(
            keeper, BankingCalendar.unpacked("CNSHA", packed), "A DAY THAT IS OVER"
        )
    assert (caught.value.calendar, caught.value.span) == (1, past // 192)
    with pytest.raises(UnfitReference):
        founded.alliance.calendars.revise(keeper, published, "A reason of more than 32 characters")


def test_only_the_keeper_publishes(anvil_founded: Founded) -> None:
    founded = anvil_founded
    desk = founded.desk(4)
    founded.alliance.keys.give(founded.administrator(4), desk.address, Role.KEEP_CALENDARS)
    with pytest.raises(NotCalendarKeeper) as caught:
        founded.alliance.calendars.publish(desk, build("CNSHA", 2025, 2025))
    assert (caught.value.member_id, caught.value.keeper) == (4, 3)
    assert founded.alliance.calendars.opened() == []


def test_a_calendar_without_a_number_is_refused(anvil_founded: Founded) -> None:
    unnumbered = replace(build("CNSHA", 2025, 2025), name="JPTYO")
    with pytest.raises(CalendarNotNumbered) as caught:
        anvil_founded.alliance.calendars.publish(anvil_founded.desk(3), unnumbered)
    assert (caught.value.name, caught.value.known) == ("JPTYO", ("CNSHA", "CNSHA-M", "DEFRA"))


def test_a_number_opened_for_another_place_is_refused(anvil_founded: Founded) -> None:
    founded = anvil_founded
    keeper = founded.desk(3)
    founded.alliance.keys.give(founded.administrator(3), keeper.address, Role.KEEP_CALENDARS)
    founded.session.sender.send(
        keeper,
        "BankingCalendar",
        founded.session.deployment().address("BankingCalendar"),
        "open",
        (1, b"JPTYO".ljust(32, b"\0")),
        key="another place",
        intent="open another place",
    )
    with pytest.raises(CalendarNamedOtherwise) as caught:
        founded.alliance.calendars.publish(keeper, build("CNSHA", 2025, 2025))
    error = caught.value
    assert (error.number, error.expected, error.found) == (1, "CNSHA", "JPTYO")


# Cash


def test_money_received_outside_is_minted_once(in_business: Founded) -> None:
    founded, alliance = in_business, in_business.alliance
    issuer = founded.desk(3)
    hundred = Money(10_000, CNY)
    sent = founded.chain.web3.eth.block_number
    for _ in range(2):
        alliance.cash.mint(issuer, 9, hundred, "RECEIVED-1")
        assert alliance.cash.balance(9, CNY) == hundred
        assert founded.chain.web3.eth.block_number == sent + 1
    alliance.cash.mint(issuer, 9, hundred, "RECEIVED-2")
    assert alliance.cash.balance(9, CNY) == Money(20_000, CNY)
    founded.forget_what_was_sent()
    for member, money in ((9, Money(10_001, CNY)), (10, hundred)):
        with pytest.raises(ReferenceUsed) as caught:
            founded.again().alliance.cash.mint(issuer, member, money, "RECEIVED-1")
        assert caught.value.outside_reference == "RECEIVED-1"
    assert alliance.cash.balance(9, CNY) == Money(20_000, CNY)


def test_only_the_issuer_mints(anvil_founded: Founded) -> None:
    founded = anvil_founded
    desk = founded.desk(4)
    founded.alliance.keys.give(founded.administrator(4), desk.address, Role.CASH)
    with pytest.raises(NotCashIssuer) as caught:
        founded.alliance.cash.mint(desk, 4, Money(1, JPY), "MINE")
    assert (caught.value.member_id, caught.value.issuer) == (4, 3)


def test_a_currency_off_the_ledger_is_named(anvil_founded: Founded) -> None:
    with pytest.raises(NotDeployed) as caught:
        anvil_founded.alliance.cash.mint(anvil_founded.desk(3), 4, Money(1, CHF), "FRANCS")
    assert caught.value.name == "SettlementCash-CHF"
