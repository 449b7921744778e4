# SPDX-License-Identifier: Apache-2.0
import pytest
from acceptance import (
    ACTIVE,
    ADMINISTER,
    BANKING,
    BEGIN_RECOVERY,
    CLOSE_EDITION,
    EXAMINE,
    EXPEL_MEMBER,
    EXPELLED,
    ISSUE,
    NO_END,
    NOBODY,
    PAUSE_NEW_BUSINESS,
    PAY,
    PRESENT,
    REINSTATE_MEMBER,
    RENEW_MEMBER,
    RESIGNED,
    RESUME_NEW_BUSINESS,
    SETTLE_RECOVERY,
    SUSPEND_MEMBER,
    SUSPENDED,
    WORK,
    Issuance,
    Motion,
    assert_events,
    reverts_with,
    unix,
    word,
)
from brownie import Contract
from brownie.project import get_loaded_projects


def project():
    return get_loaded_projects()[0]


@pytest.fixture
def key(registry, issuing_bank, stranger):
    """A further account of the issuing bank, the third after administrator, treasury and desk."""
    registry.setKey(stranger, PAY, NO_END, {"from": issuing_bank.administrator})
    return stranger


def test_add_a_key(registry, issuing_bank, stranger):
    until = unix("2025-12-31")
    tx = registry.setKey(stranger, PAY | PRESENT, until, {"from": issuing_bank.administrator})

    fields = {
        "memberId": issuing_bank.number,
        "account": stranger.address,
        "roles": PAY | PRESENT,
        "validUntil": until,
    }
    assert_events(tx, (registry, "KeySet", fields))
    expected = (issuing_bank.number, until, NO_END, 3, False, False, PAY | PRESENT)
    assert registry.key(stranger) == expected
    assert registry.memberOf(stranger) == issuing_bank.number
    assert registry.accountAt(issuing_bank.number, 3) == stranger
    # Accounts, administrators.
    assert registry.member(issuing_bank.number)[6:8] == (4, 1)


def test_change_a_key(registry, issuing_bank, key):
    tx = registry.setKey(key, ADMINISTER, NO_END, {"from": issuing_bank.administrator})

    fields = {
        "memberId": issuing_bank.number,
        "account": key.address,
        "roles": ADMINISTER,
        "validUntil": NO_END,
    }
    assert_events(tx, (registry, "KeySet", fields))
    assert registry.member(issuing_bank.number)[6:8] == (4, 2)


def test_revoke_a_key(registry, issuing_bank, key):
    tx = registry.revokeKey(key, {"from": issuing_bank.administrator})

    fields = {"memberId": issuing_bank.number, "account": key.address}
    assert_events(tx, (registry, "KeyRevoked", fields))
    assert registry.key(key) == (0, 0, 0, 0, False, False, 0)
    assert registry.accountAt(issuing_bank.number, 3) == NOBODY
    assert registry.member(issuing_bank.number)[6:8] == (3, 1)


def test_the_last_account_takes_the_place_of_a_revoked_one(registry, issuing_bank, key):
    registry.revokeKey(issuing_bank.desk, {"from": issuing_bank.administrator})

    assert registry.accountAt(issuing_bank.number, 2) == key
    assert registry.key(key)[3] == 2


def test_only_an_administrator_sets_keys(registry, issuing_bank, stranger):
    with reverts_with("MissingRole", issuing_bank.desk, issuing_bank.number, ADMINISTER):
        registry.setKey(stranger, PAY, NO_END, {"from": issuing_bank.desk})


def test_a_stranger_sets_no_key(registry, stranger):
    with reverts_with("NotAMember", stranger):
        registry.setKey(stranger, PAY, NO_END, {"from": stranger})


def test_an_account_belongs_to_one_member(registry, issuing_bank, advising_bank, key):
    with reverts_with("AccountTaken", key, issuing_bank.number):
        registry.setKey(key, PAY, NO_END, {"from": advising_bank.administrator})
    with reverts_with("NotOwnAccount", key, advising_bank.number):
        registry.revokeKey(key, {"from": advising_bank.administrator})


def test_a_trader_gets_no_banking_role(registry, applicant, stranger):
    with reverts_with("RolesNotOpen", ISSUE, ADMINISTER | WORK):
        registry.setKey(stranger, ISSUE, NO_END, {"from": applicant.administrator})


def test_the_last_administrator_stays(registry, issuing_bank):
    mine = {"from": issuing_bank.administrator}
    with reverts_with("LastAdministrator", issuing_bank.number):
        registry.revokeKey(issuing_bank.administrator, mine)
    with reverts_with("LastAdministrator", issuing_bank.number):
        registry.setKey(issuing_bank.administrator, PAY, NO_END, mine)
    # With an end it would be lost by waiting.
    with reverts_with("LastAdministrator", issuing_bank.number):
        registry.setKey(issuing_bank.administrator, ADMINISTER, unix("2099-01-01"), mine)


def test_the_treasury_stays(registry, issuing_bank):
    with reverts_with("TreasuryAccount", issuing_bank.treasury):
        registry.revokeKey(issuing_bank.treasury, {"from": issuing_bank.administrator})


def test_a_key_signs_to_its_last_second(registry, issuing_bank, key, clock):
    mine = {"from": issuing_bank.administrator}
    last = unix("2025-09-03 12:00")
    registry.setKey(key, ADMINISTER, last, mine)
    clock("2025-09-03 12:00")
    registry.revokeKey(issuing_bank.desk, {"from": key})
    clock("2025-09-03 12:00:01")
    with reverts_with("KeyExpired", key, last):
        registry.setKey(issuing_bank.desk, PAY, NO_END, {"from": key})


def test_only_the_council_admits(registry, keeper, stranger):
    admission = (stranger, stranger, NO_END, 0, "0x434e", 5, "0x" + "01" * 32)
    with reverts_with("NotGovernor", keeper.administrator):
        registry.admit(admission, {"from": keeper.administrator})


# Membership, as the council decides it


def executed(council, motion, result=0):
    """The council's own event, which comes last."""
    number = council.proposalIdOf(motion)
    fields = {"proposalId": number, "action": motion.action, "result": result}
    return (council, "ProposalExecuted", fields)


@pytest.fixture
def suspended(decide, applicant):
    """The applicant, which may take no new business."""
    decide(Motion(SUSPEND_MEMBER, member_id=applicant.number))
    return applicant


def test_suspend(registry, council, letters, decide, applicant, issuing_bank, stranger):
    motion = Motion(SUSPEND_MEMBER, member_id=applicant.number)
    tx = decide(motion)

    fields = {"memberId": applicant.number}
    assert_events(tx, (registry, "MemberSuspended", fields), executed(council, motion))
    assert registry.member(applicant.number)[4] == SUSPENDED
    assert not registry.isActive(applicant.number)
    # Its keys sign on, and none takes new business.
    assert registry.key(applicant.desk)[1:3] == (NO_END, 0)
    with reverts_with("PartyNotActive", applicant.number):
        letters.issue(Issuance(), {"from": issuing_bank.desk})
    with reverts_with("NewBusinessClosed", applicant.number, 0):
        registry.setKey(stranger, PAY, NO_END, {"from": applicant.administrator})


def test_reinstate(registry, council, letters, decide, suspended, issuing_bank):
    motion = Motion(REINSTATE_MEMBER, member_id=suspended.number)
    tx = decide(motion)

    fields = {"memberId": suspended.number}
    assert_events(tx, (registry, "MemberReinstated", fields), executed(council, motion))
    assert registry.member(suspended.number)[4] == ACTIVE
    assert registry.isActive(suspended.number)
    assert registry.key(suspended.desk)[2] == unix("2030-01-01")
    letters.issue(Issuance(), {"from": issuing_bank.desk})


def test_expel(registry, council, decide, suspended):
    motion = Motion(EXPEL_MEMBER, member_id=suspended.number)
    tx = decide(motion)

    fields = {"memberId": suspended.number}
    assert_events(tx, (registry, "MemberExpelled", fields), executed(council, motion))
    assert registry.member(suspended.number)[4] == EXPELLED
    with reverts_with("WrongMemberStatus", suspended.number, EXPELLED):
        registry.resign({"from": suspended.administrator})


def test_resign(registry, applicant):
    tx = registry.resign({"from": applicant.administrator})

    assert_events(tx, (registry, "MemberResigned", {"memberId": applicant.number}))
    assert registry.member(applicant.number)[4] == RESIGNED
    assert not registry.isActive(applicant.number)
    assert registry.key(applicant.desk)[1:3] == (NO_END, 0)


def test_renew(registry, council, decide, applicant):
    until = unix("2031-01-01")
    motion = Motion(RENEW_MEMBER, member_id=applicant.number, until=until)
    tx = decide(motion)

    fields = {"memberId": applicant.number, "validUntil": until}
    assert_events(tx, (registry, "MemberRenewed", fields), executed(council, motion))
    assert registry.member(applicant.number)[1] == until
    assert registry.key(applicant.desk)[2] == until


def test_lapse(registry, applicant, stranger, clock):
    last = unix("2030-01-01")
    clock("2030-01-01 00:00")
    with reverts_with("NotLapsed", applicant.number, last):
        registry.lapse(applicant.number, {"from": stranger})
    clock("2030-01-01 00:00:01")
    tx = registry.lapse(applicant.number, {"from": stranger})

    assert_events(tx, (registry, "MemberLapsed", {"memberId": applicant.number}))
    assert not registry.isActive(applicant.number)
    assert registry.member(applicant.number)[4] == ACTIVE


def test_pause_and_resume_new_business(registry, council, letters, decide, issuing_bank):
    until = unix("2025-09-05 12:00")
    motion = Motion(PAUSE_NEW_BUSINESS, until=until)
    tx = decide(motion)

    assert_events(tx, (registry, "NewBusinessPaused", {"until": until}), executed(council, motion))
    assert registry.pausedUntil() == until
    with reverts_with("NewBusinessPausedNow", until):
        letters.issue(Issuance(), {"from": issuing_bank.desk})

    motion = Motion(RESUME_NEW_BUSINESS)
    tx = decide(motion)
    assert_events(tx, (registry, "NewBusinessResumed", {}), executed(council, motion))
    assert registry.pausedUntil() == 0
    letters.issue(Issuance(), {"from": issuing_bank.desk})


def test_a_pause_ends_by_itself(letters, decide, issuing_bank, clock):
    until = unix("2025-09-05 12:00")
    decide(Motion(PAUSE_NEW_BUSINESS, until=until))
    clock("2025-09-05 12:00")
    with reverts_with("NewBusinessPausedNow", until):
        letters.issue(Issuance(), {"from": issuing_bank.desk})
    clock("2025-09-05 12:00:01")
    letters.issue(Issuance(), {"from": issuing_bank.desk})


def test_close_an_edition(registry, council, letters, decide, issued, advising_bank, issuing_bank):
    motion = Motion(CLOSE_EDITION, edition=1)
    tx = decide(motion)

    assert_events(tx, (registry, "EditionClosed", {"edition": 1}), executed(council, motion))
    assert registry.isClosed(1)
    with reverts_with("EditionClosedToNew", 1):
        letters.issue(Issuance(reference=word("LC2025-0002", 16)), {"from": issuing_bank.desk})
    # What was issued before goes on.
    letters.advise(issued, True, {"from": advising_bank.desk})


# Recovery


@pytest.fixture
def recovering(decide, applicant, stranger):
    """The recovery of the applicant for the stranger, begun on 4 September at 10:00."""
    decide(Motion(BEGIN_RECOVERY, member_id=applicant.number, account=stranger.address))
    return applicant


def test_begin_a_recovery(registry, council, decide, applicant, stranger):
    motion = Motion(BEGIN_RECOVERY, member_id=applicant.number, account=stranger.address)
    tx = decide(motion)

    due = unix("2025-09-18 10:00")
    fields = {
        "memberId": applicant.number,
        "administrator": stranger.address,
        "completableFrom": due,
    }
    assert_events(tx, (registry, "RecoveryBegun", fields), executed(council, motion))
    assert registry.recoveryOf(applicant.number) == (stranger, due, False)
    assert registry.key(stranger)[0] == 0


def administers(registry, member, account):
    """The events by which an account becomes the only administrator of a member."""
    key = {"memberId": member.number, "validUntil": NO_END}
    return (
        (
            registry,
            "AdministratorRecovered",
            {"memberId": member.number, "administrator": account.address},
        ),
        (registry, "KeySet", key | {"account": member.administrator.address, "roles": 0}),
        (registry, "KeySet", key | {"account": account.address, "roles": ADMINISTER}),
    )


def test_complete_a_recovery(registry, recovering, stranger, other_bank, clock):
    due = unix("2025-09-18 10:00")
    clock("2025-09-18 09:59:59")
    with reverts_with("RecoveryNotDue", recovering.number, due, due - 1):
        registry.completeRecovery(recovering.number, {"from": other_bank.desk})
    clock("2025-09-18 10:00")
    tx = registry.completeRecovery(recovering.number, {"from": other_bank.desk})

    assert_events(tx, *administers(registry, recovering, stranger))
    assert registry.recoveryOf(recovering.number) == (NOBODY, 0, False)
    # Accounts, administrators.
    assert registry.member(recovering.number)[6:8] == (4, 1)
    with reverts_with("MissingRole", recovering.administrator, recovering.number, ADMINISTER):
        registry.resign({"from": recovering.administrator})
    registry.setKey(recovering.desk, PAY, NO_END, {"from": stranger})


def test_object_to_a_recovery(registry, recovering, stranger, clock):
    tx = registry.objectToRecovery({"from": recovering.administrator})

    fields = {"memberId": recovering.number, "account": recovering.administrator.address}
    assert_events(tx, (registry, "RecoveryObjected", fields))
    assert registry.recoveryOf(recovering.number)[2]
    clock("2025-10-18 10:00")
    with reverts_with("RecoveryNotDue", recovering.number, 0, unix("2025-10-18 10:00")):
        registry.completeRecovery(recovering.number, {"from": stranger})


def test_settle_a_recovery(registry, council, decide, recovering, stranger):
    registry.objectToRecovery({"from": recovering.administrator})
    motion = Motion(SETTLE_RECOVERY, member_id=recovering.number, account=stranger.address)
    tx = decide(motion)

    assert_events(tx, *administers(registry, recovering, stranger), executed(council, motion))
    assert registry.recoveryOf(recovering.number) == (NOBODY, 0, False)


# Keys that change hands or stop


def test_rotate_a_key(registry, issuing_bank, stranger):
    old = issuing_bank.desk
    before = registry.key(old)
    tx = registry.rotateKey(old, stranger, {"from": issuing_bank.administrator})

    fields = {
        "memberId": issuing_bank.number,
        "previous": old.address,
        "account": stranger.address,
    }
    assert_events(tx, (registry, "KeyRotated", fields))
    assert registry.key(stranger) == before
    assert registry.key(old) == (0, 0, 0, 0, False, False, 0)
    assert registry.accountAt(issuing_bank.number, 2) == stranger
    with reverts_with("TreasuryAccount", issuing_bank.treasury):
        registry.rotateKey(issuing_bank.treasury, old, {"from": issuing_bank.administrator})


def test_freeze_and_thaw_a_key(registry, letters, issuing_bank):
    desk, mine = issuing_bank.desk, {"from": issuing_bank.administrator}
    fields = {"memberId": issuing_bank.number, "account": desk.address}
    # The key itself may stop itself.
    assert_events(registry.freezeKey(desk, {"from": desk}), (registry, "KeyFrozen", fields))
    assert registry.key(desk)[4]
    with reverts_with("KeyFrozenNow", desk):
        letters.issue(Issuance(), {"from": desk})

    assert_events(registry.thawKey(desk, mine), (registry, "KeyThawed", fields))
    assert not registry.key(desk)[4]
    letters.issue(Issuance(), {"from": desk})
    with reverts_with("KeyNotFrozen", desk):
        registry.thawKey(desk, mine)


def test_renounce_a_key(registry, issuing_bank, key):
    tx = registry.renounceKey({"from": key})

    fields = {"memberId": issuing_bank.number, "account": key.address}
    assert_events(tx, (registry, "KeyRevoked", fields))
    assert registry.memberOf(key) == 0


# Desks


@pytest.fixture
def desk(registry, issuing_bank):
    """A desk of the issuing bank; its address."""
    tx = registry.createDesk(EXAMINE | PAY, {"from": issuing_bank.administrator})
    return tx.events["DeskCreated"]["desk"]


def test_create_a_desk(registry, issuing_bank):
    tx = registry.createDesk(EXAMINE | PAY, {"from": issuing_bank.administrator})

    made = registry.accountAt(issuing_bank.number, 3)
    fields = {"memberId": issuing_bank.number, "desk": made}
    key = {
        "memberId": issuing_bank.number,
        "account": made,
        "roles": EXAMINE | PAY,
        "validUntil": NO_END,
    }
    assert_events(tx, (registry, "DeskCreated", fields), (registry, "KeySet", key))
    assert registry.key(made) == (4, NO_END, NO_END, 3, False, True, EXAMINE | PAY)
    contract = Contract.from_abi("MemberDesk", made, project()["MemberDesk"].abi)
    assert contract.memberId() == issuing_bank.number
    assert contract.registry() == registry
    with reverts_with("DeskAccount", made):
        registry.rotateKey(made, issuing_bank.treasury, {"from": issuing_bank.administrator})


def test_desks_alone(registry, issuing_bank, desk, lodged, presentations):
    mine = {"from": issuing_bank.administrator}
    tx = registry.setDeskOnly(True, mine)

    member = {"memberId": issuing_bank.number, "validUntil": NO_END}
    assert_events(
        tx,
        (registry, "DeskOnlySet", {"memberId": issuing_bank.number, "deskOnly": True}),
        (registry, "KeySet", member | {"account": issuing_bank.treasury.address, "roles": 0}),
        (
            registry,
            "KeySet",
            member
            | {
                "account": issuing_bank.desk.address,
                "roles": (WORK | BANKING) & ~(EXAMINE | PAY),
            },
        ),
    )
    assert registry.member(issuing_bank.number)[8]
    with reverts_with("MissingRole", issuing_bank.desk, issuing_bank.number, EXAMINE):
        presentations.findComplying(lodged, {"from": issuing_bank.desk})
    with reverts_with("DesksOnly", issuing_bank.desk, PAY):
        registry.setKey(issuing_bank.desk, PAY, NO_END, mine)
    with reverts_with("NoDesk", issuing_bank.number):
        registry.revokeKey(desk, mine)

    tx = registry.setDeskOnly(False, mine)
    fields = {"memberId": issuing_bank.number, "deskOnly": False}
    assert_events(tx, (registry, "DeskOnlySet", fields))


# The treasury


def test_change_the_treasury(registry, cash, issuing_bank, key):
    tx = registry.nominateTreasury(key, {"from": issuing_bank.administrator})

    fields = {"memberId": issuing_bank.number, "account": key.address}
    assert_events(tx, (registry, "TreasuryNominated", fields))
    assert registry.nominatedTreasury(issuing_bank.number) == key
    with reverts_with("NotNominated", issuing_bank.number, issuing_bank.desk):
        registry.becomeTreasury({"from": issuing_bank.desk})

    tx = registry.becomeTreasury({"from": key})
    fields = {
        "memberId": issuing_bank.number,
        "previous": issuing_bank.treasury.address,
        "treasury": key.address,
    }
    assert_events(tx, (registry, "TreasuryChanged", fields))
    assert registry.member(issuing_bank.number)[0] == key
    assert registry.nominatedTreasury(issuing_bank.number) == NOBODY
    registry.revokeKey(issuing_bank.treasury, {"from": issuing_bank.administrator})
