# SPDX-License-Identifier: Apache-2.0
"""Documents that their issuers register and revoke, and declarations that customs vouches for."""

import pytest
from acceptance import DOCUMENT, NO_END, assert_events, reverts_with, unix, word
from brownie import web3

from yangshan.documents.batches import Batch

UNKNOWN, REGISTERED, REVOKED, SUPERSEDED, EXPIRED = range(5)
DECLARED, RELEASED, AMENDED, WITHDRAWN = range(1, 5)
INVOICE, FORGED = 1, 2
ONE, TWO, KEY = word("one"), word("two"), word("random key")
PAPERS = [bytes([number]) * 32 for number in range(1, 6)]
BATCH = Batch(PAPERS)


@pytest.fixture
def documents(suite):
    return suite.documents


@pytest.fixture
def declarations(suite):
    return suite.declarations


@pytest.fixture
def issuer(beneficiary):
    return {"from": beneficiary.desk}


def proof_of(document):
    proof = BATCH.prove(document).proof
    return proof.sides, proof.partners


def now():
    return web3.eth.get_block("latest")["timestamp"]


def word_for(tx, *, kind=INVOICE, schema=1, expires=0, size=0):
    return tx.timestamp | expires << 40 | size << 80 | kind << 112 | schema << 120


def test_a_document_is_registered_and_revoked(documents, issuer, beneficiary, applicant):
    tx = documents.register((ONE, INVOICE, 1, 0, 0), issuer)
    fields = {"issuer": beneficiary.number, "root": ONE, "word": word_for(tx)}
    assert_events(tx, (documents, "DocumentRegistered", fields))
    begun = tx.timestamp
    assert documents.statusAt(beneficiary.number, ONE, begun) == REGISTERED
    assert documents.statusAt(applicant.number, ONE, begun) == UNKNOWN
    with reverts_with("DocumentExists", beneficiary.number, ONE):
        documents.register((ONE, INVOICE, 1, 0, 0), issuer)
    tx = documents.revoke(ONE, FORGED, issuer)
    fields = {"issuer": beneficiary.number, "root": ONE, "reason": FORGED}
    assert_events(tx, (documents, "DocumentRevoked", fields))
    assert documents.statusAt(beneficiary.number, ONE, tx.timestamp) == REVOKED
    assert documents.statusAt(beneficiary.number, ONE, begun - 1) == UNKNOWN
    with reverts_with("WrongDocumentStatus", beneficiary.number, ONE, REVOKED):
        documents.revoke(ONE, FORGED, issuer)


def test_lists_of_documents(documents, issuer, beneficiary):
    tx = documents.registerBatch([ONE, TWO], INVOICE, 1, NO_END, issuer)
    fields = {
        "issuer": beneficiary.number,
        "kind": INVOICE,
        "schema": 1,
        "expires": NO_END,
        "roots": (ONE, TWO),
    }
    assert_events(tx, (documents, "DocumentsRegistered", fields))
    tx = documents.revokeBatch([ONE, TWO], FORGED, issuer)
    fields = {"issuer": beneficiary.number, "reason": FORGED, "roots": (ONE, TWO)}
    assert_events(tx, (documents, "DocumentsRevoked", fields))


def test_a_later_version(documents, issuer, beneficiary):
    documents.register((ONE, INVOICE, 1, 0, 0), issuer)
    tx = documents.supersede(ONE, (TWO, INVOICE, 2, 0, 0), issuer)
    assert_events(
        tx,
        (
            documents,
            "DocumentSuperseded",
            {"issuer": beneficiary.number, "root": ONE, "successor": TWO},
        ),
        (
            documents,
            "DocumentRegistered",
            {"issuer": beneficiary.number, "root": TWO, "word": word_for(tx, schema=2)},
        ),
    )
    assert documents.successorOf(beneficiary.number, ONE) == TWO
    assert documents.statusAt(beneficiary.number, ONE, tx.timestamp) == SUPERSEDED


def test_one_document_of_a_batch(documents, issuer, beneficiary):
    root, number = BATCH.root, beneficiary.number
    documents.register((root, INVOICE, 1, 0, len(PAPERS)), issuer)
    document, proof = PAPERS[2], proof_of(PAPERS[2])
    assert documents.isIncluded(number, root, document, proof)
    assert not documents.isIncluded(number, root, PAPERS[3], proof)
    tx = documents.revokeLeaf(root, document, proof, FORGED, issuer)
    fields = {"issuer": number, "root": root, "document": document, "reason": FORGED}
    assert_events(tx, (documents, "LeafRevoked", fields))
    at = tx.timestamp
    assert documents.leafStatusAt(number, root, document, proof, at) == REVOKED
    assert documents.leafStatusAt(number, root, PAPERS[3], proof_of(PAPERS[3]), at) == REGISTERED
    with reverts_with("NotInBatch", "0x" + root.hex(), "0x" + PAPERS[3].hex()):
        documents.revokeLeaf(root, PAPERS[3], proof, FORGED, issuer)


def test_a_document_expires(documents, issuer, beneficiary, clock):
    last = unix("2025-09-02 12:00")
    documents.register((ONE, INVOICE, 1, last, 0), issuer)
    clock("2025-09-02 12:01")
    documents.register((TWO, INVOICE, 1, 0, 0), issuer)
    for instant, stands in ((last, REGISTERED), (last + 1, EXPIRED)):
        assert documents.statusAt(beneficiary.number, ONE, instant) == stands
    assert now() > last


def test_a_key_without_the_role_registers_nothing(registry, documents, keeper):
    registry.setKey(keeper.desk, 1 << 3, NO_END, {"from": keeper.administrator})
    with reverts_with("MissingRole", keeper.desk, keeper.number, DOCUMENT):
        documents.register((ONE, INVOICE, 1, 0, 0), {"from": keeper.desk})


def test_customs_vouches_for_a_declaration(declarations, customs, beneficiary, issuing_bank):
    by_customs = {"from": customs.desk}
    declared = (beneficiary.number, 100_000, 156, NO_END, ONE)
    with reverts_with("NotCustoms", issuing_bank.number):
        declarations.declare(KEY, declared, {"from": issuing_bank.desk})
    tx = declarations.declare(KEY, declared, by_customs)
    named = {"key": KEY, "customs": customs.number}
    numbers = {"cap": 100_000, "currency": 156, "validUntil": NO_END, "document": ONE}
    fields = named | {"exporter": beneficiary.number} | numbers
    assert_events(tx, (declarations, "GoodsDeclared", fields))
    assert declarations.standing(customs.number, KEY)[:2] == (DECLARED, True)
    assert_events(declarations.release(KEY, by_customs), (declarations, "GoodsReleased", named))
    assert declarations.standing(customs.number, KEY)[0] == RELEASED
    amended = (beneficiary.number, 90_000, 156, NO_END, TWO)
    tx = declarations.amend(KEY, amended, by_customs)
    fields = named | numbers | {"cap": 90_000, "document": TWO}
    assert_events(tx, (declarations, "DeclarationAmended", fields))
    assert declarations.standing(customs.number, KEY)[0] == AMENDED
    tx = declarations.withdraw(KEY, FORGED, by_customs)
    assert_events(tx, (declarations, "DeclarationWithdrawn", named | {"reason": FORGED}))
    assert declarations.standing(customs.number, KEY)[:2] == (WITHDRAWN, False)
    with reverts_with("WrongDeclarationStatus", customs.number, KEY, WITHDRAWN):
        declarations.release(KEY, by_customs)
