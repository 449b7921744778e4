# SPDX-License-Identifier: Apache-2.0
"""Documents that are granted to readers, and the keys to which they are encrypted."""

import pytest
from acceptance import DOCUMENT, NO_END, assert_events, reverts_with, word

CONTENT, PAPER, KEY, NEXT_KEY = word("content"), word("paper"), word("key"), word("next key")
NOTHING = "0x" + "00" * 32


@pytest.fixture
def grants(suite):
    return suite.grants


@pytest.fixture
def sender(beneficiary):
    return {"from": beneficiary.desk}


def published(grants, member, key=KEY):
    return grants.publishKey(key, {"from": member.administrator})


def test_a_member_publishes_its_key(grants, issuing_bank):
    for key in (KEY, NEXT_KEY):
        tx = published(grants, issuing_bank, key)
        fields = {"memberId": issuing_bank.number, "key": key}
        assert_events(tx, (grants, "EncryptionKeyPublished", fields))
        assert grants.encryptionKeyOf(issuing_bank.number) == key
    for wrong in (NEXT_KEY, NOTHING):
        with reverts_with("BadEncryptionKey", issuing_bank.number, wrong):
            published(grants, issuing_bank, wrong)


def test_a_document_is_granted_and_withdrawn(grants, sender, beneficiary, issuing_bank, applicant):
    for member in (issuing_bank, applicant):
        published(grants, member)
    readers = [issuing_bank.number, applicant.number]
    tx = grants.grant(CONTENT, PAPER, readers, sender)
    begun = tx.timestamp
    named = {"granter": beneficiary.number, "content": CONTENT}
    assert_events(
        tx,
        *(
            (grants, "AccessGranted", named | {"reader": each, "document": PAPER})
            for each in readers
        ),
    )
    assert grants.mayRead(beneficiary.number, CONTENT, applicant.number, begun)
    assert not grants.mayRead(beneficiary.number, CONTENT, applicant.number, begun - 1)
    with reverts_with("GrantExists", CONTENT, applicant.number, 0):
        grants.grant(CONTENT, PAPER, [applicant.number], sender)
    tx = grants.withdraw(CONTENT, [applicant.number], sender)
    assert_events(tx, (grants, "AccessWithdrawn", named | {"reader": applicant.number}))
    assert not grants.mayRead(beneficiary.number, CONTENT, applicant.number, tx.timestamp)
    assert grants.mayRead(beneficiary.number, CONTENT, applicant.number, tx.timestamp - 1) is (
        tx.timestamp > begun
    )
    assert grants.grantOf(beneficiary.number, CONTENT, applicant.number) == (begun, tx.timestamp)
    assert grants.mayRead(beneficiary.number, CONTENT, issuing_bank.number, tx.timestamp)
    with reverts_with("NotGranted", CONTENT, applicant.number, tx.timestamp):
        grants.withdraw(CONTENT, [applicant.number], sender)


def test_what_is_refused(registry, grants, sender, keeper, issuing_bank, applicant):
    published(grants, issuing_bank)
    with reverts_with("NoEncryptionKey", applicant.number):
        grants.grant(CONTENT, PAPER, [issuing_bank.number, applicant.number], sender)
    with reverts_with("IncompleteGrant", CONTENT, NOTHING):
        grants.grant(CONTENT, NOTHING, [issuing_bank.number], sender)
    with reverts_with("ReadersOutOfBounds", 0, 64):
        grants.grant(CONTENT, PAPER, [], sender)
    registry.setKey(keeper.desk, 1 << 3, NO_END, {"from": keeper.administrator})
    with reverts_with("MissingRole", keeper.desk, keeper.number, DOCUMENT):
        grants.grant(CONTENT, PAPER, [issuing_bank.number], {"from": keeper.desk})
