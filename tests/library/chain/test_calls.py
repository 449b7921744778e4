# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from yangshan.chain.calls import BadArguments, decode_answer, encode_call, encode_creation
from yangshan.chain.enums import Action, CreditState, Disposal, MemberKind
from yangshan.chain.records import (
    Admission,
    Instruction,
    Lodging,
    Motion,
    PresentationKey,
    VotingRules,
)
from yangshan.chain.suite import Suite, UnknownArtifact
from yangshan.chain.values import UnfitReference

ACCOUNT = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"
ID = "0x" + "ab" * 32
KEY = PresentationKey(ID, 4, 10, 1)
KEY_TYPE = "(bytes32,uint32,uint32,uint8)"
KEY_VALUE = (b"\xab" * 32, 4, 10, 1)


def data_of(signature: str, types: list[str], values: list[object]) -> bytes:
    return keccak(text=signature)[:4] + encode(types, values)


def test_records_enums_and_texts_stand_for_what_they_write() -> None:
    assert encode_call("Presentations", "refuse", (KEY, 9, Disposal.HOLD, ID)) == data_of(
        f"refuse({KEY_TYPE},uint256,uint8,bytes32)",
        [KEY_TYPE, "uint256", "uint8", "bytes32"],
        [KEY_VALUE, 9, 1, b"\xab" * 32],
    )
    lodging = Lodging(KEY, 500, date(2025, 9, 20), False, ID)
    kind = f"({KEY_TYPE},uint64,uint16,bool,bytes32)"
    assert encode_call("IPresentations", "lodge", [lodging]) == data_of(
        f"lodge({kind})", [kind], [(KEY_VALUE, 500, 20_351, False, b"\xab" * 32)]
    )


def test_plain_values_stand_for_themselves() -> None:
    expected = encode_call("Presentations", "stateOf", [KEY])
    assert encode_call("Presentations", "stateOf", [(ID, 4, 10, 1)]) == expected
    assert encode_call("Presentations", "stateOf", [KEY_VALUE]) == expected


def test_a_creation_is_code_and_arguments() -> None:
    founder = Admission(ACCOUNT, ACCOUNT, None, 0, "CN", MemberKind.CUSTOMS, ID)
    kind = "(address,address,uint40,uint16,bytes2,uint8,bytes32)"
    value = (ACCOUNT, ACCOUNT, 2**40 - 1, 0, b"CN", 2, b"\xab" * 32)
    assert encode_creation(
        "AllianceRegistry", (ACCOUNT, ACCOUNT, [founder, value])
    ) == Suite.load().artifact("AllianceRegistry").bytecode + encode(
        ["address", "address", f"{kind}[]"], [ACCOUNT, ACCOUNT, [value, value]]
    )
    with pytest.raises(UnfitReference):
        encode_creation("AllianceRegistry", (ACCOUNT, ACCOUNT, [replace(founder, country="CHN")]))


def test_a_motion_leaves_out_what_its_action_does_not_need() -> None:
    rules = "(uint128,uint8,uint32,uint32)"
    admission = "(address,address,uint40,uint16,bytes2,uint8,bytes32)"
    kind = f"(uint8,uint32,uint40,address,bytes32,uint8,{rules},{admission},bytes32)"
    nobody, nothing = "0x" + "00" * 20, bytes(32)
    none = (nobody, nobody, 0, 0, b"", 0, nothing)
    assert encode_call("IAllianceCouncil", "propose", [Motion(Action.EXPEL_MEMBER, 7)]) == data_of(
        f"propose({kind})",
        [kind],
        [(4, 7, 0, nobody, nothing, 0, (0, 0, 0, 0), none, nothing)],
    )
    changed = VotingRules(
        weights=1 << 8 * MemberKind.BANK | 2 << 8 * MemberKind.CENTRAL_BANK,
        quorum=60,
        voting_period=timedelta(days=7),
        execution_delay=timedelta(hours=1),
    )
    assert (changed.weight(MemberKind.BANK), changed.weight(MemberKind.CENTRAL_BANK)) == (1, 2)
    assert changed.weight(MemberKind.TRADER) == 0
    motion = Motion(Action.CHANGE_RULES, rules=changed, resolution=ID)
    value = (1 << 32 | 2 << 24, 60, 604_800, 3_600)
    assert encode_call("AllianceCouncil", "proposalIdOf", [motion]) == data_of(
        f"proposalIdOf({kind})",
        [kind],
        [(8, 0, 0, nobody, nothing, 0, value, none, b"\xab" * 32)],
    )


def test_an_instruction_has_a_text_and_a_call_of_any_length() -> None:
    instruction = Instruction(
        action="pay a claim",
        target=ACCOUNT,
        currency=156,
        amount=500,
        call="0x12345678",
        deadline=datetime(2025, 9, 29, tzinfo=UTC),
        maker=ACCOUNT,
        nonce=2**64 - 1,
    )
    kind = "(string,address,uint16,uint256,bytes,uint40,address,uint64)"
    value = (
        "pay a claim",
        ACCOUNT,
        156,
        500,
        b"\x12\x34\x56\x78",
        1_759_104_000,
        ACCOUNT,
        2**64 - 1,
    )
    assert encode_call("IMemberDesk", "digestOf", [instruction]) == data_of(
        f"digestOf({kind})", [kind], [value]
    )
    assert Instruction.read(value) == instruction


@pytest.mark.parametrize(
    ("function", "args", "reason"),
    [
        ("refuses", (), "it has no such function"),
        ("refuse", (KEY,), "4 arguments were expected, not 1"),
        ("refuse", (KEY, -1, 1, ID), "-1"),
        ("refuse", (KEY, 1, 300, ID), "300"),
        ("refuse", (KEY, 1, 1, "0xzz"), "hexadecimal"),
        ("refuse", (KEY, 1, 1, "0x" + "ab" * 33), "bytes"),
        ("refuse", (7, 1, 1, ID), "not iterable"),
        ("refuse", ((ID, 4), 1, 1, ID), "shorter"),
    ],
)
def test_calls_that_a_contract_does_not_take(
    function: str, args: tuple[object, ...], reason: str
) -> None:
    with pytest.raises(BadArguments, match=reason) as caught:
        encode_call("Presentations", function, args)
    assert (caught.value.contract, caught.value.function) == ("Presentations", function)
    assert caught.value.exit_code == 2


def test_an_unknown_contract() -> None:
    with pytest.raises(UnknownArtifact):
        encode_call("Presentation", "refuse", ())


def test_answers_are_values_of_python() -> None:
    def answer(contract: str, function: str, types: list[str], values: list[object]) -> object:
        return decode_answer(contract, function, encode(types, values))

    assert answer("LetterOfCredit", "stateOf", ["uint8"], [2]) is CreditState.ISSUED
    assert answer("LetterOfCredit", "creditIdOf", ["bytes32"], [b"\xab" * 32]) == ID
    assert answer("LetterOfCredit", "bindingWords", ["uint256", "uint256"], [1, 2]) == (1, 2)
    assert answer("AllianceRegistry", "governor", ["address"], [ACCOUNT]) == ACCOUNT
    assert decode_answer("AllianceRegistry", "setKey", b"") == ()
    kind = "(uint32,uint40,uint40,uint8,bool,bool,uint128)"
    key = answer("AllianceRegistry", "key", [kind], [(0, 0, 0, 0, False, False, 0)])
    assert (type(key).__name__, getattr(key, "member_id", None)) == ("Key", 0)


@pytest.mark.parametrize("data", [b"", b"\0" * 31, b"\0" * 31 + b"\x63"])
def test_an_answer_of_something_else(data: bytes) -> None:
    with pytest.raises(BadArguments, match="its answer is another's"):
        decode_answer("LetterOfCredit", "stateOf", data)
