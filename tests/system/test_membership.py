# SPDX-License-Identifier: Apache-2.0
"""What members do about their keys, their treasury and their membership, and the council's acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from founding import Founded

from yangshan.alliance import motions
from yangshan.alliance.council import (
    AmbiguousProposal,
    Decision,
    NotDecided,
    ProposalView,
    UnknownProposal,
    VoteView,
)
from yangshan.alliance.motions import motion_words
from yangshan.alliance.service import Alliance
from yangshan.chain.clock import Clock
from yangshan.chain.enums import Action, MemberKind, MemberStatus, ProposalState, Role
from yangshan.chain.records import NO_ACCOUNT, Admission, Motion
from yangshan.chain.reverts import (
    AccountTaken,
    KeyFrozenNow,
    KeyNotFrozen,
    LastAdministrator,
    MissingRole,
    NoRecovery,
    NotAMember,
    NotLapsed,
    NotNominated,
    NotObjected,
    NotOwnAccount,
    NotProposer,
    RecoveryNotDue,
    TreasuryAccount,
    VotedAlready,
    WrongMemberStatus,
    WrongProposalState,
)
from yangshan.chain.signers import Signer, development_signer
from yangshan.chain.wording import PLAIN

BANK, LAKE, IMPORTER, EXPORTER_BANK = 4, 5, 9, 10
NEW = development_signer(51, "new")
VOTERS = (1, 2, 3, 4, 5, 6)


def decided(founded: Founded, motion: Motion, alliance: Alliance | None = None) -> Decision:
    """Carried out, whatever it has to wait for."""
    council = (alliance or founded.alliance).council
    voters = [founded.desk(number) for number in VOTERS]
    what = motion_words(motion, PLAIN).what
    decision = council.decide(voters, motion, what)
    if decision.result is None and decision.proposal.executable_from is not None:
        Clock(founded.chain).at(decision.proposal.executable_from)
        decision = council.decide(voters, motion, what)
    decision.carried_out()
    return decision


# Keys


def test_a_key_is_rotated(in_business: Founded) -> None:
    founded, old = in_business, in_business.desk(BANK)
    before = founded.alliance.register.key(old.address).record
    (report,) = founded.done_twice(
        lambda alliance: alliance.keys.rotate(founded.administrator(BANK), old.address, NEW.address)
    )
    assert (report.kind, report.actor) == ("rotateKey", "harbour-bank")
    assert report.what == f"puts the key {NEW.address} in the place of {old.address}"
    keys = founded.alliance.register
    assert keys.key(NEW.address).record == before
    assert keys.key(old.address).record.member_id == 0


def test_an_administrator_rotates_its_own_key(in_business: Founded) -> None:
    founded = in_business
    administrator = founded.administrator(BANK)
    founded.done_twice(
        lambda alliance: alliance.keys.rotate(administrator, administrator.address, NEW.address)
    )
    record = founded.alliance.register.key(NEW.address).record
    assert (record.member_id, record.roles) == (BANK, Role.ADMINISTER)


def test_a_key_is_frozen_and_thawed(in_business: Founded) -> None:
    founded, desk = in_business, in_business.desk(BANK).address
    administrator = founded.administrator(BANK)
    for _ in range(2):
        founded.done_twice(lambda alliance: alliance.keys.freeze(administrator, desk))
        assert founded.alliance.register.key(desk).record.frozen
        with pytest.raises(KeyFrozenNow) as caught:
            founded.alliance.keys.give(founded.desk(BANK), NEW.address, Role.PRESENT)
        assert caught.value.account == desk
        founded.done_twice(lambda alliance: alliance.keys.thaw(administrator, desk))
        assert not founded.alliance.register.key(desk).record.frozen


def test_a_key_stops_itself_and_is_not_thawed_by_itself(in_business: Founded) -> None:
    founded, desk = in_business, in_business.desk(BANK)
    (report,) = founded.done_twice(lambda alliance: alliance.keys.freeze(desk, desk.address))
    assert (report.kind, report.actor) == ("freezeKey", "harbour-bank")
    with pytest.raises(KeyFrozenNow):
        founded.alliance.keys.thaw(desk, desk.address)


def test_a_key_is_revoked(in_business: Founded) -> None:
    founded, desk = in_business, in_business.desk(BANK).address
    administrator = founded.administrator(BANK)
    founded.done_twice(lambda alliance: alliance.keys.revoke(administrator, desk))
    assert founded.alliance.register.key(desk).record.member_id == 0
    # Given again it is a key again, and may be revoked again.
    founded.alliance.keys.give(administrator, desk, Role.ISSUE)
    founded.done_twice(lambda alliance: alliance.keys.revoke(administrator, desk))


def test_a_key_renounces_itself(in_business: Founded) -> None:
    founded, desk = in_business, in_business.desk(BANK)
    (report,) = founded.done_twice(lambda alliance: alliance.keys.renounce(desk))
    assert (report.kind, report.actor) == ("renounceKey", "harbour-bank")
    assert founded.alliance.register.key(desk.address).record.member_id == 0


def test_a_key_from_a_rotation_has_its_roles_already(in_business: Founded) -> None:
    founded, administrator = in_business, in_business.administrator(BANK)
    old = founded.desk(BANK).address
    roles = founded.alliance.register.key(old).record.roles
    founded.alliance.keys.rotate(administrator, old, NEW.address)
    reports: list[object] = []
    founded.session.alliance(reports.append).keys.give(administrator, NEW.address, roles)
    (report,) = reports
    # Nothing on the chain tells when: its effect alone is known.
    assert (report.already, report.transaction, report.gas) == (True, None, None)  # type: ignore[attr-defined]


KeyAct = Callable[[Founded], None]
REFUSED: dict[str, tuple[KeyAct, type[Exception], dict[str, object]]] = {
    "rotate by a key without the role": (
        lambda f: f.alliance.keys.rotate(f.desk(BANK), f.desk(BANK).address, NEW.address),
        MissingRole,
        {"member_id": BANK, "role": Role.ADMINISTER},
    ),
    "rotate the treasury": (
        lambda f: f.alliance.keys.rotate(
            f.administrator(BANK), f.session.setup.member(BANK).accounts.treasury, NEW.address
        ),
        TreasuryAccount,
        {},
    ),
    "rotate to another member's account": (
        lambda f: f.alliance.keys.rotate(
            f.administrator(BANK), f.desk(BANK).address, f.desk(LAKE).address
        ),
        AccountTaken,
        {"member_id": LAKE},
    ),
    "freeze another member's key": (
        lambda f: f.alliance.keys.freeze(f.administrator(BANK), f.desk(LAKE).address),
        NotOwnAccount,
        {"member_id": BANK},
    ),
    "thaw what never was frozen": (
        lambda f: f.alliance.keys.thaw(f.administrator(BANK), f.desk(BANK).address),
        KeyNotFrozen,
        {},
    ),
    "revoke what never was a key": (
        lambda f: f.alliance.keys.revoke(f.administrator(BANK), NEW.address),
        NotOwnAccount,
        {"account": NEW.address, "member_id": BANK},
    ),
    "revoke the last administrator": (
        lambda f: f.alliance.keys.revoke(f.administrator(BANK), f.administrator(BANK).address),
        LastAdministrator,
        {"member_id": BANK},
    ),
    "renounce without being a member": (
        lambda f: f.alliance.keys.renounce(NEW),
        NotAMember,
        {"account": NEW.address},
    ),
    "become the treasury without a nomination": (
        lambda f: f.alliance.treasury.become(f.desk(BANK)),
        NotNominated,
        {"member_id": BANK},
    ),
    "nominate an account of nobody": (
        lambda f: f.alliance.treasury.nominate(f.administrator(BANK), NEW.address),
        NotOwnAccount,
        {"account": NEW.address},
    ),
    "resign without the role": (
        lambda f: f.alliance.membership.resign(f.desk(BANK)),
        MissingRole,
        {"role": Role.ADMINISTER},
    ),
    "lapse while valid": (
        lambda f: f.alliance.membership.lapse(f.desk(BANK), IMPORTER),
        NotLapsed,
        {"member_id": IMPORTER},
    ),
    "object to no recovery": (
        lambda f: f.alliance.recoveries.object(f.administrator(BANK)),
        NoRecovery,
        {"member_id": BANK},
    ),
    "complete no recovery": (
        lambda f: f.alliance.recoveries.complete(f.desk(BANK), BANK),
        NoRecovery,
        {"member_id": BANK},
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_register_refuses_sends_nothing(name: str, in_business: Founded) -> None:
    act, error, fields = REFUSED[name]
    before = in_business.chain.web3.eth.block_number
    with pytest.raises(error) as caught:
        act(in_business)
    assert type(caught.value) is error
    assert {key: getattr(caught.value, key) for key in fields} == fields
    assert in_business.chain.web3.eth.block_number == before


# Treasury


def test_a_treasury_moves_in_two_steps(in_business: Founded) -> None:
    founded, desk = in_business, in_business.desk(BANK)
    administrator = founded.administrator(BANK)
    founded.done_twice(lambda alliance: alliance.treasury.nominate(administrator, desk.address))
    assert founded.alliance.treasury.nominated(BANK) == desk.address
    (report,) = founded.done_twice(lambda alliance: alliance.treasury.become(desk))
    assert report.what == f"becomes the treasury with {desk.address}"
    assert founded.alliance.register.member(BANK).record.treasury == desk.address
    assert founded.alliance.treasury.nominated(BANK) == NO_ACCOUNT
    # What was nominated and became the treasury need not be nominated again.
    before = founded.chain.web3.eth.block_number
    founded.alliance.treasury.nominate(administrator, desk.address)
    assert founded.chain.web3.eth.block_number == before


def test_a_nomination_is_withdrawn(in_business: Founded) -> None:
    founded, desk = in_business, in_business.desk(BANK)
    administrator = founded.administrator(BANK)
    for _ in range(2):
        founded.alliance.treasury.nominate(administrator, desk.address)
        (report,) = founded.done_twice(
            lambda alliance: alliance.treasury.nominate(administrator, None)
        )
        assert report.what == "withdraws the nomination of a treasury"
        with pytest.raises(NotNominated):
            founded.alliance.treasury.become(desk)


# Membership


def test_a_member_resigns(in_business: Founded) -> None:
    founded = in_business
    (report,) = founded.done_twice(
        lambda alliance: alliance.membership.resign(founded.administrator(IMPORTER))
    )
    assert (report.actor, report.what) == ("importer", "resigns from the alliance")
    member = founded.alliance.register.member(IMPORTER)
    assert (member.record.status, member.active) == (MemberStatus.RESIGNED, False)


def test_a_member_lapses_is_renewed_and_lapses_again(in_business: Founded) -> None:
    founded, clock = in_business, Clock(in_business.chain)
    sender = founded.desk(BANK)
    for days in (10, 20):
        last = clock.now + timedelta(days=days)
        decided(founded, motions.renew_member(IMPORTER, last))
        assert founded.alliance.register.member(IMPORTER).active
        clock.at(last)
        with pytest.raises(NotLapsed):
            founded.alliance.membership.lapse(sender, IMPORTER)
        clock.at(last + timedelta(seconds=1))
        (report,) = founded.done_twice(lambda alliance: alliance.membership.lapse(sender, IMPORTER))
        assert report.what == "lets importer lapse, whose validity is over"
        assert not founded.alliance.register.member(IMPORTER).active


# Recovery


def begun(founded: Founded) -> datetime:
    """A recovery of the bank to a new key is under way; from when on it can be completed."""
    decided(founded, motions.begin_recovery(BANK, NEW.address))
    found = founded.alliance.recoveries.under_way(BANK)
    assert (found.administrator, found.objected) == (NEW.address, False)
    assert found.completable_from is not None
    return found.completable_from


def test_a_lost_administrator_is_recovered_after_its_delay(in_business: Founded) -> None:
    founded = in_business
    due = begun(founded)
    Clock(founded.chain).at(due - timedelta(seconds=1))
    with pytest.raises(RecoveryNotDue) as caught:
        founded.alliance.recoveries.complete(founded.desk(LAKE), BANK)
    assert (caught.value.member_id, caught.value.completable_from) == (BANK, due)
    Clock(founded.chain).at(due)
    (report,) = founded.done_twice(
        lambda alliance: alliance.recoveries.complete(founded.desk(LAKE), BANK)
    )
    assert (report.actor, report.what) == ("lake-bank", "completes the recovery of harbour-bank")
    assert founded.alliance.register.key(NEW.address).record.roles == Role.ADMINISTER
    with pytest.raises(MissingRole):
        founded.alliance.keys.give(founded.administrator(BANK), NEW.address, Role.PAY)


def test_an_objection_takes_a_second_vote(in_business: Founded) -> None:
    founded = in_business
    due = begun(founded)
    with pytest.raises(NotObjected):
        decided(founded, motions.settle_recovery(BANK, NEW.address))
    (report,) = founded.done_twice(
        lambda alliance: alliance.recoveries.object(founded.administrator(BANK))
    )
    assert (report.actor, report.what) == ("harbour-bank", "objects to its recovery")
    Clock(founded.chain).at(due)
    with pytest.raises(RecoveryNotDue) as caught:
        founded.alliance.recoveries.complete(founded.desk(LAKE), BANK)
    assert caught.value.completable_from is None
    settled = motions.settle_recovery(BANK, NEW.address, "0x" + "22" * 32)
    assert decided(founded, settled).proposal.needed == 6
    assert founded.alliance.recoveries.under_way(BANK).completable_from is None
    assert founded.alliance.register.key(NEW.address).record.roles == Role.ADMINISTER


# The council


def test_each_action_takes_effect(in_business: Founded) -> None:
    founded, register = in_business, in_business.alliance.register
    decided(founded, motions.suspend_member(IMPORTER))
    assert register.member(IMPORTER).record.status is MemberStatus.SUSPENDED
    decided(founded, motions.reinstate_member(IMPORTER))
    assert register.member(IMPORTER).record.status is MemberStatus.ACTIVE
    decided(founded, motions.expel_member(IMPORTER))
    assert register.member(IMPORTER).record.status is MemberStatus.EXPELLED
    decided(founded, motions.renew_member(EXPORTER_BANK, None))
    assert register.member(EXPORTER_BANK).record.valid_until is None
    rules = replace(founded.alliance.council.rules(), quorum=75)
    decided(founded, motions.change_rules(rules))
    assert founded.alliance.council.rules() == rules
    decided(founded, motions.appoint_keeper(LAKE))
    pause = Clock(founded.chain).now + timedelta(days=1)
    decided(founded, motions.pause_new_business(pause))
    decided(founded, motions.resume_new_business())
    decided(founded, motions.close_edition(1))
    closed = [view for view in founded.alliance.directory.versions() if view.closed]
    assert [(view.name, view.number, view.in_force) for view in closed] == [
        ("LetterOfCredit", 1, False)
    ]
    admission = Admission(
        treasury=development_signer(52, "treasury").address,
        administrator=NEW.address,
        valid_until=datetime(2030, 1, 1, tzinfo=UTC),
        calendar=0,
        country="SG",
        kind=MemberKind.INSPECTOR,
        identity="0x" + "11" * 32,
    )
    assert decided(founded, motions.admit_member(admission)).result == 14
    done = {
        view.motion.action
        for view in founded.alliance.council.proposals()
        if view.result is not None
    }
    # Recoveries and versions have tests of their own.
    assert set(Action) - done == {
        Action.NONE,
        Action.BEGIN_RECOVERY,
        Action.SETTLE_RECOVERY,
        Action.REGISTER_VERSION,
    }


def test_a_pause_ends_with_its_last_second(in_business: Founded) -> None:
    founded, clock = in_business, Clock(in_business.chain)
    register = founded.alliance.register
    assert register.paused_until() is None
    until = clock.now + timedelta(days=1)
    decided(founded, motions.pause_new_business(until))
    for ahead, paused in ((-1, until), (0, until), (1, None)):
        clock.at(until + timedelta(seconds=ahead))
        assert register.paused_until() == paused
    assert founded.alliance.calendars.keeper() == 3


def test_a_version_is_registered_beside_the_first(in_business: Founded) -> None:
    founded = in_business
    # Any contract of the chain will do that the directory does not have yet.
    deployer = founded.session.signer("deployer")
    registry = founded.session.deployment().address("AllianceRegistry")
    made = founded.session.sender.deploy(
        deployer, "MemberDesks", (registry,), key="another", intent="deploy another"
    )
    assert made.contract is not None
    motion = motions.register_version("MemberDesks", made.contract)
    assert decided(founded, motion).result == 2
    views = [each for each in founded.alliance.directory.versions() if each.name == "MemberDesks"]
    assert [(view.number, view.in_force, view.closed) for view in views] == [
        (1, False, False),
        (2, True, False),
    ]
    assert views[1].record.at == made.contract


def test_a_proposal_is_read_back_with_its_votes(in_business: Founded) -> None:
    founded, council = in_business, in_business.alliance.council
    motion = motions.suspend_member(IMPORTER, "0x" + "33" * 32)
    proposal = council.propose(founded.desk(2), motion, "suspend importer")
    founded.done_twice(lambda a: a.council.vote(founded.desk(3), proposal, "suspend importer"))
    (report,) = founded.done_twice(
        lambda a: a.council.vote(founded.desk(4), proposal, "suspend importer", in_favour=False)
    )
    assert report.what == "votes not to suspend importer"
    view = council.found(proposal[:12].upper().replace("X", "x"))
    assert view == council.proposals()[-1]
    assert view == ProposalView(
        proposal_id=proposal,
        made=view.made,
        motion=motion,
        record=council.proposal(proposal),
        votes=(VoteView(2, True, 1), VoteView(3, True, 1), VoteView(4, False, 1)),
        result=None,
    )
    assert (view.record.in_favour, view.record.against, view.record.total) == (2, 1, 8)
    with pytest.raises(VotedAlready) as voted:
        council.vote(founded.desk(4), proposal, "suspend importer")
    assert voted.value.founder == 4
    with pytest.raises(UnknownProposal) as unknown:
        council.found("0xfedcba9876543210")
    assert unknown.value.number == "0xfedcba9876543210"
    for nothing in ("", "0x", "importer"):
        with pytest.raises(UnknownProposal):
            council.found(nothing)


def test_first_digits_of_several_proposals_are_not_enough(in_business: Founded) -> None:
    founded, council = in_business, in_business.alliance.council
    made = [
        council.propose(
            founded.desk(1), motions.suspend_member(IMPORTER, f"0x{number:064x}"), "suspend"
        )
        for number in range(1, 13)
    ]
    every = made + [view.proposal_id for view in council.proposals()[:5]]
    shared = next(
        digit for digit in "0123456789abcdef" if sum(each[2] == digit for each in every) > 1
    )
    with pytest.raises(AmbiguousProposal) as caught:
        council.found(f"0x{shared}")
    assert sorted(caught.value.found) == sorted(each for each in every if each[2] == shared)


def test_a_proposal_is_taken_back_by_who_made_it(in_business: Founded) -> None:
    founded = in_business
    motion = motions.suspend_member(IMPORTER)
    proposal = founded.alliance.council.propose(founded.desk(2), motion, "suspend importer")
    with pytest.raises(NotProposer) as caught:
        founded.alliance.council.cancel(founded.desk(3), proposal, "suspend importer")
    assert (caught.value.founder, caught.value.proposer) == (3, 2)
    (report,) = founded.done_twice(
        lambda a: a.council.cancel(founded.desk(2), proposal, "suspend importer")
    )
    assert report.what == "takes back the proposal to suspend importer"
    assert founded.alliance.council.proposal(proposal).state is ProposalState.CANCELLED
    with pytest.raises(WrongProposalState):
        founded.alliance.council.vote(founded.desk(3), proposal, "suspend importer")


def test_who_did_what_is_told_to_whoever_repeats_it(in_business: Founded) -> None:
    founded = in_business
    motion = motions.suspend_member(IMPORTER)
    decided(founded, motion)
    reports: list[object] = []
    alliance = founded.session.alliance(reports.append)
    alliance.council.execute(founded.desk(LAKE), motion, "suspend importer")
    (report,) = reports
    assert (report.already, report.actor) == (True, "commission")  # type: ignore[attr-defined]


def test_a_motion_that_could_not_be_proposed_is_refused_beforehand(in_business: Founded) -> None:
    founded = in_business
    before = founded.chain.web3.eth.block_number
    founded.alliance.council.try_propose(founded.desk(1), motions.suspend_member(IMPORTER))
    signer: Signer = founded.administrator(1)
    with pytest.raises(MissingRole):
        founded.alliance.council.try_propose(signer, motions.suspend_member(IMPORTER))
    assert founded.chain.web3.eth.block_number == before


def test_what_cannot_be_carried_out_is_refused_in_its_own_words(in_business: Founded) -> None:
    founded = in_business
    with pytest.raises(WrongMemberStatus) as caught:
        decided(founded, motions.reinstate_member(IMPORTER))
    assert (caught.value.member_id, caught.value.actual) == (IMPORTER, MemberStatus.ACTIVE)
    few = [founded.desk(number) for number in (1, 2)]
    motion = motions.suspend_member(IMPORTER)
    decision = founded.alliance.council.decide(few, motion, "suspend importer")
    with pytest.raises(NotDecided, match="2 of the 5 votes that it needs are in favour"):
        decision.carried_out()
