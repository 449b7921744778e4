# SPDX-License-Identifier: Apache-2.0
"""The council's acts, and each action of it through to what it changes.

Customs and the central bank have six of ten votes, which decide; where it is grave seven do.
"""

import pytest
from acceptance import (
    ACTIVE,
    ADMINISTER,
    ADMIT_MEMBER,
    APPOINT_KEEPER,
    BEGIN_RECOVERY,
    CANCELLED,
    CHANGE_RULES,
    CLOSE_EDITION,
    DAY,
    DEFEATED,
    EXPEL_MEMBER,
    LAPSED,
    NO_END,
    PAY,
    PROPOSAL_EXECUTED,
    PROPOSAL_OPEN,
    PROPOSAL_PASSED,
    REINSTATE_MEMBER,
    SETTLE_RECOVERY,
    SUSPEND_MEMBER,
    SUSPENDED,
    VOTE,
    Motion,
    assert_events,
    reverts_with,
    unix,
    word,
)
from brownie import accounts

TRADER = 5
NONE = 0
ALL = 0b11_1111
START = "2025-09-03 10:00"
BEGUN, PERIOD, DELAY = unix(START), 7 * DAY, 2 * DAY
# A week later to the second, and the second after it.
DEADLINE, OVER = "2025-09-10 10:00", "2025-09-10 10:00:01"
DUE, TOO_EARLY = "2025-09-05 10:00", "2025-09-05 09:59:59"
APPOINTMENT = Motion(APPOINT_KEEPER, member_id=2, resolution=word("minutes 12"))


@pytest.fixture
def newcomer():
    """A tenth member, a trader, as it would be admitted."""
    return (
        accounts[37].address,
        accounts[38].address,
        unix("2028-01-01"),
        0,
        "0x434e",
        TRADER,
        word("the tenth"),
    )


@pytest.fixture
def proposed(council, clock, customs):
    """Another keeper of the calendars, proposed by customs; its number."""
    clock(START)
    council.propose(APPOINTMENT, {"from": customs.desk})
    return council.proposalIdOf(APPOINTMENT)


@pytest.fixture
def passed(council, clock, proposed, central_bank):
    """The same a moment later with the votes that it needs."""
    clock("2025-09-03 10:00:01")
    council.vote(proposed, True, {"from": central_bank.desk})
    return proposed


def state(council, proposal):
    return council.proposal(proposal)[0]


# The acts


def test_propose(council, clock, customs):
    clock(START)
    tx = council.propose(APPOINTMENT, {"from": customs.desk})

    number = council.proposalIdOf(APPOINTMENT)
    made = {
        "proposalId": number,
        "founder": customs.number,
        "motion": APPOINTMENT,
        "eligible": ALL,
        "total": 10,
        "needed": 6,
        "deadline": BEGUN + PERIOD,
    }
    cast = {"proposalId": number, "founder": customs.number, "inFavour": True, "weight": 3}
    assert_events(tx, (council, "ProposalMade", made), (council, "VoteCast", cast))
    voted = 1 << customs.number - 1
    found = (PROPOSAL_OPEN, APPOINT_KEEPER, customs.number, ALL, voted, 3, 0, 10, 6)
    assert council.proposal(number) == (*found, BEGUN + PERIOD, 0, 0)


def test_vote_with_the_votes_needed(council, clock, proposed, customs, central_bank):
    clock(DEADLINE)
    tx = council.vote(proposed, True, {"from": central_bank.desk})

    cast = {"proposalId": proposed, "founder": central_bank.number, "inFavour": True, "weight": 3}
    start = BEGUN + PERIOD + DELAY
    passed = {
        "proposalId": proposed,
        "executableFrom": start,
        "executableUntil": start + PERIOD,
    }
    assert_events(tx, (council, "VoteCast", cast), (council, "ProposalPassed", passed))
    voted = 1 << customs.number - 1 | 1 << central_bank.number - 1
    found = (PROPOSAL_PASSED, APPOINT_KEEPER, customs.number, ALL, voted, 6, 0, 10, 6)
    assert council.proposal(proposed) == (*found, 0, start, start + PERIOD)


def test_vote_against_until_it_cannot_pass(council, proposed, central_bank, issuing_bank, keeper):
    tx = council.vote(proposed, False, {"from": central_bank.desk})
    cast = {"proposalId": proposed, "founder": central_bank.number, "inFavour": False, "weight": 3}
    assert_events(tx, (council, "VoteCast", cast))
    council.vote(proposed, False, {"from": issuing_bank.desk})
    assert state(council, proposed) == PROPOSAL_OPEN
    council.vote(proposed, False, {"from": keeper.desk})
    assert state(council, proposed) == DEFEATED
    with reverts_with("WrongProposalState", proposed, DEFEATED, PROPOSAL_OPEN):
        council.vote(proposed, True, {"from": accounts[15]})


def test_the_vote_ends_with_its_time(council, clock, proposed, central_bank):
    clock(OVER)
    with reverts_with("WrongProposalState", proposed, LAPSED, PROPOSAL_OPEN):
        council.vote(proposed, True, {"from": central_bank.desk})


def test_cancel(council, passed, customs, central_bank):
    with reverts_with("NotProposer", passed, central_bank.number, customs.number):
        council.cancel(passed, {"from": central_bank.desk})
    tx = council.cancel(passed, {"from": customs.desk})

    fields = {"proposalId": passed, "founder": customs.number}
    assert_events(tx, (council, "ProposalCancelled", fields))
    assert state(council, passed) == CANCELLED
    with reverts_with("WrongProposalState", passed, CANCELLED, NONE):
        council.propose(APPOINTMENT, {"from": customs.desk})


def test_execute_after_the_delay_and_once(council, calendar, clock, passed, keeper, customs):
    due = BEGUN + 1 + DELAY
    clock(DUE)
    with reverts_with("ExecutionDelayed", passed, due, due - 1):
        council.execute(APPOINTMENT, {"from": customs.desk})
    clock("2025-09-05 10:00:01")
    tx = council.execute(APPOINTMENT, {"from": customs.desk})

    appointed = {"previous": keeper.number, "keeper": customs.number}
    done = {"proposalId": passed, "action": APPOINT_KEEPER, "result": 0}
    assert_events(tx, (calendar, "KeeperAppointed", appointed), (council, "ProposalExecuted", done))
    assert state(council, passed) == PROPOSAL_EXECUTED
    with reverts_with("WrongProposalState", passed, PROPOSAL_EXECUTED, PROPOSAL_PASSED):
        council.execute(APPOINTMENT, {"from": customs.desk})


def test_what_passed_lapses_after_its_time(council, clock, passed, customs):
    clock("2025-09-12 10:00:02")
    with reverts_with("WrongProposalState", passed, LAPSED, PROPOSAL_PASSED):
        council.execute(APPOINTMENT, {"from": customs.desk})


def test_a_founder_votes_once(council, proposed, customs):
    with reverts_with("VotedAlready", proposed, customs.number):
        council.vote(proposed, False, {"from": customs.desk})


def test_a_later_member_has_no_voice(council, proposed, applicant):
    with reverts_with("NotAFounder", applicant.number):
        council.propose(APPOINTMENT, {"from": applicant.desk})
    with reverts_with("NotAFounder", applicant.number):
        council.vote(proposed, True, {"from": applicant.desk})


def test_a_founder_votes_with_a_key_for_it(council, proposed, central_bank):
    account = central_bank.administrator
    with reverts_with("MissingRole", account, central_bank.number, VOTE):
        council.vote(proposed, True, {"from": account})


def test_who_was_suspended_when_it_was_proposed_has_no_vote(
    council, registry, decide, customs, other_bank
):
    decide(Motion(SUSPEND_MEMBER, member_id=other_bank.number))
    council.propose(APPOINTMENT, {"from": customs.desk})
    number = council.proposalIdOf(APPOINTMENT)
    assert council.proposal(number)[3] == ALL & ~(1 << other_bank.number - 1)
    decide(Motion(REINSTATE_MEMBER, member_id=other_bank.number))
    with reverts_with("NotEligible", number, other_bank.number):
        council.vote(number, True, {"from": other_bank.desk})
    assert registry.isActive(other_bank.number)


def test_a_motion_gives_what_its_action_needs(council, customs):
    with reverts_with("BadMotion", APPOINT_KEEPER, 0b11, 0b01):
        council.propose(APPOINTMENT._replace(until=1), {"from": customs.desk})


def test_rules_keep_to_their_bounds(council, customs):
    rules = (0x01010101010101010100, 50, PERIOD, DELAY)
    with reverts_with("BadVotingRules", rules):
        council.propose(Motion(CHANGE_RULES, rules=rules), {"from": customs.desk})


# What it decides. Each action's effect is told beside what it changes: members, editions, pauses
# and recoveries in test_registry, the keeper in test_calendar, versions in test_directory.


def test_admit_member(council, registry, decide, newcomer):
    treasury, administrator, valid_until, calendar, country, kind, identity = newcomer
    motion = Motion(ADMIT_MEMBER, admission=newcomer)
    tx = decide(motion)

    admitted = {
        "memberId": 10,
        "kind": kind,
        "country": country,
        "calendar": calendar,
        "validUntil": valid_until,
        "treasury": treasury,
        "identity": identity,
    }
    key = {"memberId": 10, "validUntil": NO_END}
    done = {
        "proposalId": council.proposalIdOf(motion),
        "action": ADMIT_MEMBER,
        "result": 10,
    }
    assert_events(
        tx,
        (registry, "MemberAdmitted", admitted),
        (registry, "KeySet", key | {"account": administrator, "roles": ADMINISTER}),
        (registry, "KeySet", key | {"account": treasury, "roles": PAY}),
        (council, "ProposalExecuted", done),
    )
    assert registry.memberCount() == 10
    # Active, a trader, two accounts of which one administers.
    found = (treasury, valid_until, 0, country, ACTIVE, TRADER, 2, 1, False)
    assert registry.member(10) == found


def test_what_is_grave_needs_two_thirds(council, customs, central_bank, other_bank):
    for action in (EXPEL_MEMBER, SUSPEND_MEMBER):
        motion = Motion(action, member_id=other_bank.number)
        council.propose(motion, {"from": customs.desk})
        number = council.proposalIdOf(motion)
        council.vote(number, True, {"from": central_bank.desk})
        assert council.proposal(number)[7:9] == (10, 7)
        assert state(council, number) == PROPOSAL_OPEN


def test_change_rules(council, decide, customs, proposed):
    rules = (0x0202020200, 51, 3600, 0)
    motion = Motion(CHANGE_RULES, rules=rules)
    tx = decide(motion)

    done = {"proposalId": council.proposalIdOf(motion), "action": CHANGE_RULES, "result": 0}
    assert_events(
        tx, (council, "VotingRulesChanged", {"rules": rules}), (council, "ProposalExecuted", done)
    )
    assert council.votingRules() == rules
    assert council.weightOf(customs.number) == 2
    # What was being voted on has lapsed.
    assert state(council, proposed) == LAPSED


def test_a_settlement_is_of_one_recovery(registry, decide, applicant, stranger):
    account, other = stranger.address, accounts[38].address
    decide(Motion(BEGIN_RECOVERY, member_id=applicant.number, account=account))
    registry.objectToRecovery({"from": applicant.administrator})
    with reverts_with("RecoveryOfAnother", applicant.number, other, account):
        decide(Motion(SETTLE_RECOVERY, member_id=applicant.number, account=other))


def test_an_edition_of_nobody_stays_open(registry, decide):
    with reverts_with("EditionOfNobody", 2):
        decide(Motion(CLOSE_EDITION, edition=2))
    assert not registry.isClosed(2)


def test_what_the_effect_refuses_stays_passed(council, decide, applicant, customs):
    decide(Motion(SUSPEND_MEMBER, member_id=applicant.number))
    again = Motion(SUSPEND_MEMBER, member_id=applicant.number, resolution=word("again"))
    with reverts_with("WrongMemberStatus", applicant.number, SUSPENDED):
        decide(again)
    assert state(council, council.proposalIdOf(again)) == PROPOSAL_PASSED
    decide(Motion(REINSTATE_MEMBER, member_id=applicant.number))
    council.execute(again, {"from": customs.desk})
    assert state(council, council.proposalIdOf(again)) == PROPOSAL_EXECUTED
