# SPDX-License-Identifier: Apache-2.0
import pytest
from acceptance import (
    ADMINISTER,
    NO_END,
    PAY,
    PROPOSAL_EXECUTED,
    PROPOSAL_OPEN,
    VOTE,
    assert_events,
    reverts_with,
    unix,
    word,
)
from brownie import accounts

TRADER = 5
SALT = word("salt")


@pytest.fixture
def admission():
    """A tenth member, a trader."""
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
def proposed(council, admission, customs):
    """Its proposal, approved by customs."""
    council.propose(admission, SALT, {"from": customs.desk})
    return council.proposalIdOf(admission, SALT)


def test_propose(council, admission, customs):
    tx = council.propose(admission, SALT, {"from": customs.desk})

    number = council.proposalIdOf(admission, SALT)
    proposed = {
        "proposalId": number,
        "founder": customs.number,
        "admission": admission,
        "salt": SALT,
    }
    approved = {"proposalId": number, "founder": customs.number}
    assert_events(
        tx, (council, "AdmissionProposed", proposed), (council, "ProposalApproved", approved)
    )
    assert council.proposal(number) == (PROPOSAL_OPEN, 1, 1 << customs.number)


def test_approve(council, proposed, customs, central_bank):
    tx = council.approve(proposed, {"from": central_bank.desk})

    fields = {"proposalId": proposed, "founder": central_bank.number}
    assert_events(tx, (council, "ProposalApproved", fields))
    approved_by = 1 << customs.number | 1 << central_bank.number
    assert council.proposal(proposed) == (PROPOSAL_OPEN, 2, approved_by)


def test_execute_admits_the_member(council, registry, admission, proposed, customs, central_bank):
    council.approve(proposed, {"from": central_bank.desk})
    tx = council.execute(admission, SALT, {"from": customs.desk})

    treasury, administrator, valid_until, calendar, country, kind, identity = admission
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
    assert_events(
        tx,
        (registry, "MemberAdmitted", admitted),
        (registry, "KeySet", key | {"account": administrator, "roles": ADMINISTER}),
        (registry, "KeySet", key | {"account": treasury, "roles": PAY}),
        (council, "ProposalExecuted", {"proposalId": proposed, "memberId": 10}),
    )
    assert registry.memberCount() == 10
    # Active, a trader, two accounts of which one administers.
    assert registry.member(10) == (treasury, valid_until, 0, country, 1, TRADER, 2, 1)
    assert council.proposal(proposed)[0] == PROPOSAL_EXECUTED


def test_one_founder_does_not_decide(council, admission, proposed, customs):
    with reverts_with("NotEnoughApprovals", proposed, 1, 2):
        council.execute(admission, SALT, {"from": customs.desk})


def test_a_founder_approves_once(council, proposed, customs):
    with reverts_with("ApprovedAlready", proposed, customs.number):
        council.approve(proposed, {"from": customs.desk})


def test_a_proposal_is_carried_out_once(council, admission, proposed, customs, central_bank):
    council.approve(proposed, {"from": central_bank.desk})
    council.execute(admission, SALT, {"from": customs.desk})
    with reverts_with("WrongProposalState", proposed, PROPOSAL_EXECUTED, PROPOSAL_OPEN):
        council.execute(admission, SALT, {"from": customs.desk})


def test_a_later_member_has_no_voice(council, admission, proposed, applicant):
    with reverts_with("NotAFounder", applicant.number):
        council.propose(admission, word("another"), {"from": applicant.desk})
    with reverts_with("NotAFounder", applicant.number):
        council.approve(proposed, {"from": applicant.desk})


def test_a_founder_votes_with_a_key_for_it(council, proposed, central_bank):
    account = central_bank.administrator
    with reverts_with("MissingRole", account, central_bank.number, VOTE):
        council.approve(proposed, {"from": account})
