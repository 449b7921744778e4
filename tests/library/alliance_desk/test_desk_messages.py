# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from eth_account import Account
from eth_utils.crypto import keccak

from yangshan.alliance.desk_messages import (
    BadInstruction,
    DeskDomain,
    MakerCannotCheck,
    NotSignedByMaker,
    SignedInstruction,
    UnusableSignature,
    digest_of,
    signature_of,
    signer_of,
    typed_data,
)
from yangshan.chain.records import Instruction
from yangshan.chain.signers import Signer
from yangshan.errors import Refused, Unusable

TARGET = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"
DESK = "0x5CbDd86a2FA8Dc4bDdd8a8f69dBa48572EeC07FB"
MAKER = Signer("maker", Account.from_key(b"\x11" * 32))
CHECKER = Signer("checker", Account.from_key(b"\x22" * 32))
DOMAIN = DeskDomain(31337, DESK)
PLAIN = Instruction(
    action="issue a credit",
    target=TARGET,
    currency=156,
    amount=128_000_000,
    call="0x8836b0c0" + f"{7:064x}",
    deadline=datetime(2025, 9, 29, tzinfo=UTC),
    maker="0x1563915e194D8CfBA1943570603F7606A3115508",
    nonce=7,
)
MADE = replace(PLAIN, maker=MAKER.address)
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


# The typed data


def test_digests_that_were_worked_out_by_hand() -> None:
    """By keccak alone, as tests/evm does it before it asks the contract."""
    assert digest_of(PLAIN, DOMAIN) == (
        "0x2fa958d0ec2d2c2db30c8045610592bfeca6b666633b998d100d04d4de1ad106"
    )
    other = replace(
        PLAIN,
        action="付款",
        currency=0,
        amount=0,
        call="0x12345678",
        deadline=datetime(2025, 9, 29, 0, 0, 1, tzinfo=UTC),
        nonce=2**64 - 1,
    )
    assert digest_of(other, DeskDomain(1, DESK)) == (
        "0xf38eaae45884f7ff471bb51f4e8990596cd480eb5b19c399a727b3324b032c80"
    )


def test_the_typed_data_is_plain_json_that_a_signer_reads() -> None:
    data = typed_data(PLAIN, DOMAIN)
    assert json.loads(json.dumps(data)) == data
    assert data["primaryType"] == "Instruction"
    assert data["domain"] == {
        "name": "Yangshan member desk",
        "version": "1",
        "chainId": 31337,
        "verifyingContract": DESK,
    }
    assert data["message"] == {
        "action": "issue a credit",
        "target": TARGET,
        "currency": 156,
        "amount": 128_000_000,
        "call": PLAIN.call,
        "deadline": 1_759_104_000,
        "maker": PLAIN.maker,
        "nonce": 7,
    }
    fields = ",".join(f"{each['type']} {each['name']}" for each in data["types"]["Instruction"])
    assert fields == (
        "string action,address target,uint16 currency,uint256 amount,bytes call,"
        "uint40 deadline,address maker,uint64 nonce"
    )


CHANGES: list[dict[str, Any]] = [
    {"action": "issue a credits"},
    {"target": DESK},
    {"currency": 157},
    {"amount": 128_000_001},
    {"call": "0x8836b0c0" + f"{8:064x}"},
    {"deadline": datetime(2025, 9, 29, 0, 0, 1, tzinfo=UTC)},
    {"maker": MAKER.address},
    {"nonce": 8},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_every_field_is_signed(change: dict[str, Any]) -> None:
    assert digest_of(replace(PLAIN, **change), DOMAIN) != digest_of(PLAIN, DOMAIN)


def test_the_changes_are_of_every_field() -> None:
    assert [next(iter(change)) for change in CHANGES] == list(Instruction.__slots__)


def test_desk_and_chain_are_signed() -> None:
    found = {
        digest_of(PLAIN, each) for each in (DOMAIN, DeskDomain(1, DESK), DeskDomain(1, TARGET))
    }
    assert len(found) == 3


def test_an_instant_is_signed_whatever_its_zone() -> None:
    shanghai = PLAIN.deadline.astimezone(timezone(timedelta(hours=8)))
    assert digest_of(replace(PLAIN, deadline=shanghai), DOMAIN) == digest_of(PLAIN, DOMAIN)


BAD: list[tuple[str, Any, str]] = [
    ("action", "", "at least 1 character"),
    ("action", 7, "valid string"),
    ("target", TARGET.lower(), "with its checksum"),
    ("target", "0x1234", "with its checksum"),
    ("currency", -1, "greater than or equal to 0"),
    ("currency", 2**16, "less than 65536"),
    ("amount", -1, "greater than or equal to 0"),
    ("amount", 2**256, "less than"),
    ("amount", 1.0, "valid integer"),
    ("call", "0x", "match pattern"),
    ("call", "0x123456", "match pattern"),
    ("call", "0x123456789", "match pattern"),
    ("call", "12345678", "match pattern"),
    ("deadline", datetime(2025, 9, 29), "timezone info"),  # noqa: DTZ001 - that is the point
    ("deadline", datetime(2025, 9, 29, 0, 0, 0, 1, tzinfo=UTC), "whole seconds"),
    ("deadline", datetime(1970, 1, 1, tzinfo=UTC), "after 1970"),
    ("maker", DESK[:-1], "with its checksum"),
    ("nonce", -1, "greater than or equal to 0"),
    ("nonce", 2**64, "less than"),
]


@pytest.mark.parametrize(("field", "value", "reason"), BAD)
def test_what_no_desk_could_read_is_not_signed(field: str, value: Any, reason: str) -> None:
    bad = replace(MADE, **{field: value})
    for attempt in (
        lambda: digest_of(bad, DOMAIN),
        lambda: signature_of(bad, DOMAIN, MAKER),
        lambda: SignedInstruction(DOMAIN, bad).text(),
    ):
        with pytest.raises(BadInstruction, match=reason) as caught:
            attempt()
        assert caught.value.where == field
        assert isinstance(caught.value, Unusable)


# Signatures


def test_a_signature_tells_who_signed() -> None:
    for signer in (MAKER, CHECKER):
        signature = signature_of(PLAIN, DOMAIN, signer)
        assert len(signature) == 132
        assert signer_of(PLAIN, DOMAIN, signature) == signer.address
        assert signer_of(replace(PLAIN, nonce=8), DOMAIN, signature) != signer.address
        assert signer_of(PLAIN, DeskDomain(1, DESK), signature) != signer.address


def test_the_signature_is_of_the_digest_itself() -> None:
    signed = MAKER.account.unsafe_sign_hash(bytes.fromhex(digest_of(PLAIN, DOMAIN)[2:]))
    assert signature_of(PLAIN, DOMAIN, MAKER) == "0x" + signed.signature.hex()


def unusable() -> list[tuple[str, str]]:
    good = bytes.fromhex(signature_of(PLAIN, DOMAIN, MAKER)[2:])
    upper = ORDER - int.from_bytes(good[32:64], "big")
    mirrored = good[:32] + upper.to_bytes(32, "big") + bytes([55 - good[64]])
    return [
        ("0x", "it has 0 bytes"),
        ("0x" + good[:64].hex(), "it has 64 bytes"),
        ("0x" + good.hex() + "00", "it has 66 bytes"),
        ("0x" + good[:64].hex() + "zz", "other signs than digits"),
        ("0x" + good[:64].hex() + f"{good[64] - 27:02x}", "its last byte is"),
        ("0x" + good[:64].hex() + "1d", "its last byte is 29, not 27 or 28"),
        ("0x" + mirrored.hex(), "the curve's two"),
        ("0x" + bytes(64).hex() + "1b", "nobody's"),
    ]


@pytest.mark.parametrize(("signature", "reason"), unusable())
def test_a_signature_that_no_desk_takes_is_not_taken_here(signature: str, reason: str) -> None:
    with pytest.raises(UnusableSignature, match=reason):
        signer_of(PLAIN, DOMAIN, signature)
    with pytest.raises(UnusableSignature, match=reason):
        SignedInstruction(DOMAIN, MADE, signature).verified()
    with pytest.raises(UnusableSignature, match=reason):
        SignedInstruction(DOMAIN, MADE, None, signature).verified()


# From maker to checker


def test_an_instruction_goes_from_maker_to_checker() -> None:
    drafted = SignedInstruction(DOMAIN, MADE)
    assert SignedInstruction.read(drafted.text()) == drafted
    assert drafted.checker is None
    made = SignedInstruction.read(drafted.text()).made(MAKER)
    assert made.maker_signature == signature_of(MADE, DOMAIN, MAKER)
    approved = SignedInstruction.read(made.text()).approved(CHECKER)
    assert approved.checker == CHECKER.address
    assert approved == SignedInstruction(
        DOMAIN, MADE, signature_of(MADE, DOMAIN, MAKER), signature_of(MADE, DOMAIN, CHECKER)
    )
    assert SignedInstruction.read(approved.text().encode()) == approved


def test_the_text_is_what_the_module_says() -> None:
    assert json.loads(SignedInstruction(DOMAIN, MADE).made(MAKER).text()) == {
        "format": 1,
        "chain_id": 31337,
        "desk": DESK,
        "instruction": {
            "action": "issue a credit",
            "target": TARGET,
            "currency": 156,
            "amount": 128_000_000,
            "call": PLAIN.call,
            "deadline": "2025-09-29T00:00:00Z",
            "maker": MAKER.address,
            "nonce": 7,
        },
        "maker_signature": signature_of(MADE, DOMAIN, MAKER),
        "checker_signature": None,
    }


def test_only_its_maker_makes_an_instruction_and_only_another_approves_it() -> None:
    drafted = SignedInstruction(DOMAIN, MADE)
    with pytest.raises(NotSignedByMaker) as caught:
        drafted.made(CHECKER)
    assert (caught.value.signer, caught.value.maker) == (CHECKER.address, MAKER.address)
    with pytest.raises(MakerCannotCheck) as same:
        drafted.approved(MAKER)
    assert same.value.maker == MAKER.address
    assert issubclass(NotSignedByMaker, Refused)
    assert issubclass(MakerCannotCheck, Refused)


def test_a_text_with_signatures_of_the_wrong_people_is_refused() -> None:
    theirs = signature_of(MADE, DOMAIN, CHECKER)
    mine = signature_of(MADE, DOMAIN, MAKER)
    with pytest.raises(NotSignedByMaker) as caught:
        SignedInstruction.read(SignedInstruction(DOMAIN, MADE, theirs).text())
    assert (caught.value.signer, caught.value.maker) == (CHECKER.address, MAKER.address)
    with pytest.raises(MakerCannotCheck):
        SignedInstruction.read(SignedInstruction(DOMAIN, MADE, mine, mine).text())


@pytest.mark.parametrize("change", [each for each in CHANGES if "maker" not in each])
def test_a_text_that_was_changed_after_signing_is_refused(change: dict[str, Any]) -> None:
    signed = SignedInstruction(DOMAIN, MADE).made(MAKER)
    with pytest.raises(NotSignedByMaker):
        SignedInstruction.read(replace(signed, instruction=replace(MADE, **change)).text())


def changed(**changes: Any) -> str:
    whole = json.loads(SignedInstruction(DOMAIN, MADE).text())
    for path, value in changes.items():
        *steps, last = path.split("__")
        part = whole
        for step in steps:
            part = part[step]
        if value is None:
            del part[last]
        else:
            part[last] = value
    return json.dumps(whole)


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ("", "the text", "Invalid JSON"),
        ("[]", "the text", "object"),
        (changed(format=2), "format", "1"),
        (changed(chain_id=0), "chain_id", "greater than 0"),
        (changed(chain_id="1"), "chain_id", "valid integer"),
        (changed(desk=DESK.lower()), "desk", "checksum"),
        (changed(desk=None), "desk", "required"),
        (changed(more=1), "more", "not permitted"),
        (changed(maker_signature=None), "maker_signature", "required"),
        (changed(instruction=None), "instruction", "required"),
        (changed(instruction__amount="5"), "instruction.amount", "valid integer"),
        (changed(instruction__nonce=2**64), "instruction.nonce", "less than"),
        (changed(instruction__deadline="tomorrow"), "instruction.deadline", "datetime"),
        (changed(instruction__deadline="2025-09-29T00:00:00"), "instruction.deadline", "timezone"),
        (changed(instruction__call="0xabc"), "instruction.call", "pattern"),
        (changed(instruction__purpose="x"), "instruction.purpose", "not permitted"),
    ],
)
def test_a_text_that_is_no_instruction_is_told_where(text: str, where: str, reason: str) -> None:
    with pytest.raises(BadInstruction, match=reason) as caught:
        SignedInstruction.read(text)
    assert caught.value.where == where


def test_the_call_is_hashed_as_bytes() -> None:
    """Digits in capitals are the same bytes; the text keeps what it was given."""
    capitals = replace(PLAIN, call="0x8836B0C0" + f"{7:064x}")
    assert digest_of(capitals, DOMAIN) == digest_of(PLAIN, DOMAIN)
    assert keccak(bytes.fromhex(capitals.call[2:])) == keccak(bytes.fromhex(PLAIN.call[2:]))
