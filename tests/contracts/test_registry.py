# SPDX-License-Identifier: Apache-2.0
import pytest
from acceptance import (
    ADMINISTER,
    ISSUE,
    NO_END,
    PAY,
    PRESENT,
    WORK,
    assert_events,
    reverts_with,
    unix,
)

NOBODY = "0x" + "00" * 20


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
    new_business = unix("2030-01-01")
    assert registry.key(stranger) == (issuing_bank.number, until, new_business, 3, PAY | PRESENT)
    assert registry.memberOf(stranger) == issuing_bank.number
    assert registry.accountAt(issuing_bank.number, 3) == stranger
    # Accounts, administrators.
    assert registry.member(issuing_bank.number)[6:] == (4, 1)


def test_change_a_key(registry, issuing_bank, key):
    tx = registry.setKey(key, ADMINISTER, NO_END, {"from": issuing_bank.administrator})

    fields = {
        "memberId": issuing_bank.number,
        "account": key.address,
        "roles": ADMINISTER,
        "validUntil": NO_END,
    }
    assert_events(tx, (registry, "KeySet", fields))
    assert registry.member(issuing_bank.number)[6:] == (4, 2)


def test_revoke_a_key(registry, issuing_bank, key):
    tx = registry.revokeKey(key, {"from": issuing_bank.administrator})

    fields = {"memberId": issuing_bank.number, "account": key.address}
    assert_events(tx, (registry, "KeyRevoked", fields))
    assert registry.key(key) == (0, 0, 0, 0, 0)
    assert registry.accountAt(issuing_bank.number, 3) == NOBODY
    assert registry.member(issuing_bank.number)[6:] == (3, 1)


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
