# SPDX-License-Identifier: Apache-2.0
"""Acts on documents and declarations: what they call, as their desks know it, and the reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from documents_samples import example

from yangshan.acts import Act
from yangshan.alliance.desk_actions import DESK_ACTIONS, action_of
from yangshan.chain.calls import decode_call, encode_call
from yangshan.chain.records import Declaration, Inclusion, Registration
from yangshan.documents import declaring, registering
from yangshan.documents.batches import Batch
from yangshan.documents.declarations import NoDeclarationKey, NotADeclaration, declaration_key
from yangshan.documents.files import read_sealed, sealed_text
from yangshan.documents.reasons import (
    DECLARATION,
    DOCUMENT,
    Reason,
    UnknownReason,
    numbered_reason,
    reason_of,
    reasons,
)
from yangshan.documents.sealing import seal

ISSUER, CUSTOMS = 11, 2
ONE, TWO, KEY = ("0x" + digit * 64 for digit in "123")
UNTIL = datetime(2026, 12, 31, 16, tzinfo=UTC)
LOST = reasons(DOCUMENT)["lost"]
RETURNED = reasons(DECLARATION)["returned"]
GIVEN = Registration(ONE, 1, 1, UNTIL, 0)
DECLARED = Declaration(ISSUER, 128_000_000, 156, UNTIL, TWO)
BATCH = Batch([bytes.fromhex(each[2:]) for each in (ONE, TWO)])
SHOWN = BATCH.prove(bytes.fromhex(TWO[2:]))
ROOT = "0x" + BATCH.root.hex()

ACTS: dict[str, tuple[Act, tuple[object, ...], str]] = {
    "DocumentRegistry.register": (
        registering.register(ISSUER, GIVEN),
        (GIVEN,),
        "registers a commercial invoice",
    ),
    "DocumentRegistry.registerBatch": (
        registering.register_list(ISSUER, [ONE, TWO], 2, 1, UNTIL),
        ((ONE, TWO), 2, 1, int(UNTIL.timestamp())),
        "registers 2 documents, each a packing list",
    ),
    "DocumentRegistry.supersede": (
        registering.supersede(ISSUER, TWO, replace(GIVEN, size=5)),
        (TWO, replace(GIVEN, size=5)),
        f"puts a batch of 5, each a commercial invoice in the place of {TWO}",
    ),
    "DocumentRegistry.revoke": (
        registering.revoke(ISSUER, ONE, LOST),
        (ONE, 3),
        f"revokes {ONE}: {LOST}",
    ),
    "DocumentRegistry.revokeBatch": (
        registering.revoke_list(ISSUER, [ONE, TWO], LOST),
        ((ONE, TWO), 3),
        f"revokes 2 documents: {LOST}",
    ),
    "DocumentRegistry.revokeLeaf": (
        registering.revoke_leaf(ISSUER, TWO, SHOWN, LOST),
        (ROOT, TWO, Inclusion(1, ("0x" + SHOWN.proof.partners[0].hex(),)), 3),
        f"revokes {TWO} of the batch {ROOT}: {LOST}",
    ),
    "CustomsDeclarations.declare": (
        declaring.declare(CUSTOMS, KEY, DECLARED, "Plover Tools"),
        (KEY, DECLARED),
        "attests a declaration of Plover Tools for goods of up to CNY 1,280,000.00",
    ),
    "CustomsDeclarations.release": (
        declaring.release(CUSTOMS, KEY),
        (KEY,),
        "releases the goods",
    ),
    "CustomsDeclarations.amend": (
        declaring.amend(CUSTOMS, KEY, replace(DECLARED, cap=1)),
        (KEY, replace(DECLARED, cap=1)),
        "amends the declaration: goods of up to CNY 0.01",
    ),
    "CustomsDeclarations.withdraw": (
        declaring.withdraw(CUSTOMS, KEY, RETURNED),
        (KEY, 5),
        f"withdraws the declaration: {RETURNED}",
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_each_act_calls_what_its_desk_action_calls(name: str) -> None:
    act, arguments, what = ACTS[name]
    assert (f"{act.contract}.{act.function}", act.what) == (name, what)
    data = encode_call(act.contract, act.function, act.arguments)
    assert data.hex().startswith(action_of(act.contract, act.function).selector[2:])
    assert tuple(each.value for each in decode_call(act.contract, data).arguments) == arguments


def test_every_action_of_a_desk_on_documents_has_its_act() -> None:
    known = {f"{each.contract}.{each.function}" for each in DESK_ACTIONS.values()}
    contracts = ("DocumentRegistry.", "CustomsDeclarations.")
    assert {each for each in known if each.startswith(contracts)} == set(ACTS)


@pytest.mark.parametrize("table", [DOCUMENT, DECLARATION])
def test_each_reason_is_named_by_its_code_and_its_number(table: str) -> None:
    found = list(reasons(table).values())
    assert len({each.number for each in found}) == len(found)
    for each in found:
        assert 0 < each.number < 2**16
        assert reason_of(each.code.upper(), table) == each
        assert reason_of(str(each.number), table) == each
        assert numbered_reason(each.number, table) == each
        assert str(each) == f"{each.code} ({each.meaning})"


@pytest.mark.parametrize("given", ["", "0", "77", "lost it"])
def test_another_reason_is_none(given: str) -> None:
    with pytest.raises(UnknownReason) as caught:
        reason_of(given, DOCUMENT)
    assert (caught.value.given, caught.value.exit_code) == (given, 2)
    assert "error, forged, lost" in str(caught.value)


def test_a_number_that_no_table_has_is_told_by_itself() -> None:
    assert numbered_reason(77, DOCUMENT) == Reason("reason 77", 77, "")
    assert str(numbered_reason(77, DOCUMENT)) == "reason 77"


# The key of a declaration


def test_a_declaration_alone_has_a_key_which_its_file_keeps() -> None:
    one, other = seal(example("customs-declaration")), seal(example("customs-declaration"))
    key = declaration_key(one, "one")
    assert len(key) == 32
    assert key != declaration_key(other, "other")
    assert read_sealed(sealed_text(one).encode(), "one") == one
    amended = seal(example("customs-declaration"), key=key)
    assert (amended.key, amended.commitment == one.commitment) == (key, False)
    # It is no part of what is committed to.
    assert replace(one, key=other.key).commitment == one.commitment
    assert key.hex() not in one.commitment.hex()


def test_what_has_no_key_says_so() -> None:
    invoice = seal(example("invoice"))
    assert invoice.key is None
    with pytest.raises(NotADeclaration) as caught:
        declaration_key(invoice, "invoice.sealed.json")
    assert (caught.value.file, caught.value.kind) == ("invoice.sealed.json", "invoice")
    keyless = replace(seal(example("customs-declaration")), key=None)
    with pytest.raises(NoDeclarationKey) as without:
        declaration_key(keyless, "old.sealed.json")
    assert without.value.file == "old.sealed.json"


@pytest.mark.parametrize(
    ("kind", "one"), [(5, "an insurance policy, certificate or declaration"), (2, "a packing list")]
)
def test_a_kind_of_document_has_its_own_article(kind: int, one: str) -> None:
    assert registering.register(ISSUER, replace(GIVEN, kind=kind)).what == f"registers {one}"
