# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from chain_samples import SAMPLE_ADDRESS as CONTRACT
from chain_samples import sample
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from hexbytes import HexBytes

from yangshan.chain import events
from yangshan.chain.enums import Disposal, ObligationKind, PresentationFlag, Role
from yangshan.chain.events import SuiteEvent, decode_log, decode_receipt
from yangshan.chain.records import Lodging, PresentationKey
from yangshan.chain.suite import Suite
from yangshan.chain.values import tuple_type
from yangshan.money import Money

HASH = "0x" + "cd" * 32
ID, OTHER = "0x" + "ab" * 32, "0x" + "12" * 32
B, C = b"\xab" * 32, b"\x12" * 32


def a_log(
    signature: str, topics: list[tuple[str, object]], types: list[str], values: list[object]
) -> dict[str, Any]:
    """A log as web3.py gives it."""
    return {
        "address": CONTRACT,
        "blockNumber": 17,
        "transactionHash": HexBytes(HASH),
        "logIndex": 2,
        "topics": [
            HexBytes(keccak(text=signature)),
            *(HexBytes(encode([each], [value])) for each, value in topics),
        ],
        "data": HexBytes(encode(types, values)),
    }


PAID = a_log(
    "ObligationPaid(bytes32,uint32,uint32,uint64,uint16)",
    [("bytes32", B), ("uint32", 4), ("uint32", 10)],
    ["uint64", "uint16"],
    [128_000_000, 156],
)


def test_a_payment() -> None:
    event = decode_log(PAID)
    assert event == events.ObligationPaid(
        address=CONTRACT,
        block_number=17,
        transaction=HASH,
        log_index=2,
        obligation_id=ID,
        debtor=4,
        owner=10,
        amount=128_000_000,
        currency=156,
    )
    assert isinstance(event, events.ObligationPaid)
    assert event.money == Money.of(128_000_000, "CNY")


def test_a_log_as_the_nodes_own_json_gives_it() -> None:
    raw = PAID | {
        "blockNumber": "0x11",
        "logIndex": "0x2",
        "transactionHash": HASH,
        "topics": [topic.to_0x_hex() for topic in PAID["topics"]],
        "data": PAID["data"].to_0x_hex(),
        "address": CONTRACT.lower(),
    }
    assert decode_log(raw) == decode_log(PAID)


def test_documents_lodged_with_a_struct_in_a_struct() -> None:
    lodging = "((bytes32,uint32,uint32,uint8),uint64,uint16,bool,bytes32)"
    log = a_log(
        f"DocumentsLodged(bytes32,bytes32,uint32,{lodging},uint32,uint40,uint40,uint8)",
        [("bytes32", B), ("bytes32", C), ("uint32", 4)],
        [lodging, "uint32", "uint40", "uint40", "uint8"],
        [((C, 4, 10, 1), 500, 20_351, True, B), 10, 1_759_104_000, 0, 1],
    )
    assert decode_log(log) == events.DocumentsLodged(
        address=CONTRACT,
        block_number=17,
        transaction=HASH,
        log_index=2,
        presentation_id=ID,
        credit_id=OTHER,
        examiner=4,
        lodging=Lodging(PresentationKey(OTHER, 4, 10, 1), 500, date(2025, 9, 20), True, ID),
        payee=10,
        received=datetime(2025, 9, 29, tzinfo=UTC),
        deadline=None,
        flags=PresentationFlag.LATE,
    )


def test_a_refusal_names_its_checks() -> None:
    log = a_log(
        "DocumentsRefused(bytes32,bytes32,uint32,uint256,uint8,bytes32)",
        [("bytes32", B), ("bytes32", C), ("uint32", 4)],
        ["uint256", "uint8", "bytes32"],
        [1 << 3 | 1 << 14 | 1, 2, C],
    )
    event = decode_log(log)
    assert isinstance(event, events.DocumentsRefused)
    assert event.checks == ("OTHER", "X03", "X14")
    assert event.disposal is Disposal.NOTIFY


def test_a_key_without_an_end() -> None:
    log = a_log(
        "KeySet(uint32,address,uint128,uint40)",
        [("uint32", 4), ("address", CONTRACT)],
        ["uint128", "uint40"],
        [Role.PAY | Role.EXAMINE, 2**40 - 1],
    )
    event = decode_log(log)
    assert isinstance(event, events.KeySet)
    assert (event.account, event.roles, event.valid_until) == (
        CONTRACT,
        Role.PAY | Role.EXAMINE,
        None,
    )


TRANSFER = a_log(
    "Transfer(address,address,uint256)",
    [("address", CONTRACT), ("address", "0x" + "00" * 20)],
    ["uint256"],
    [7],
)


def test_a_transfer_has_a_field_named_from() -> None:
    event = decode_log(TRANSFER)
    assert isinstance(event, events.Transfer)
    assert (event.from_, event.to, event.value) == (CONTRACT, "0x" + "00" * 20, 7)


def test_logs_that_are_not_ours_are_none() -> None:
    assert decode_log(PAID | {"topics": []}) is None
    assert decode_log(PAID | {"topics": [HexBytes(b"\x01" * 32)]}) is None
    # The Transfer of an ERC-721 token has the same signature, and its number is indexed as well.
    assert decode_log(TRANSFER | {"topics": [*TRANSFER["topics"], HexBytes(B)]}) is None
    assert decode_log(PAID | {"data": HexBytes(b"")}) is None
    kind = len(ObligationKind)
    unknown_kind = a_log(
        "ObligationIncurred(bytes32,bytes32,uint32,uint32,uint64,uint16,uint40,uint8,uint8)",
        [("bytes32", B), ("bytes32", C), ("uint32", 4)],
        ["uint32", "uint64", "uint16", "uint40", "uint8", "uint8"],
        [10, 1, 156, 1, 1, kind],
    )
    assert decode_log(unknown_kind) is None


def test_a_receipt_keeps_the_order_and_leaves_out_what_is_not_ours() -> None:
    foreign = PAID | {"topics": [HexBytes(b"\x01" * 32)]}
    found = decode_receipt({"logs": [TRANSFER, foreign, PAID]})
    assert [type(event) for event in found] == [events.Transfer, events.ObligationPaid]
    assert decode_receipt({"logs": []}) == []


@pytest.mark.parametrize("kind", SuiteEvent.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_event_is_decoded_from_its_signature_in_the_abi(kind: type[SuiteEvent]) -> None:
    (entry,) = (entry for entry in Suite.load().events if entry["name"] == kind.__name__)
    inputs = [(_canonical(item), item["indexed"]) for item in entry["inputs"]]
    types = [each for each, _ in inputs]
    assert tuple_type(kind) == f"({','.join(types)})"
    log = a_log(
        f"{kind.__name__}({','.join(types)})",
        [(each, sample(each)) for each, indexed in inputs if indexed],
        [each for each, indexed in inputs if not indexed],
        [sample(each) for each, indexed in inputs if not indexed],
    )
    assert type(decode_log(log)) is kind


def _canonical(item: dict[str, Any]) -> str:
    if not item["type"].startswith("tuple"):
        return str(item["type"])
    inner = ",".join(_canonical(part) for part in item["components"])
    return f"({inner}){item['type'].removeprefix('tuple')}"
