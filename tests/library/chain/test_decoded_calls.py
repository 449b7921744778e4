# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date

import pytest
from eth_abi.abi import encode

from yangshan.chain.calls import (
    BadArguments,
    argument_place,
    decode_call,
    encode_call,
    function_selector,
)
from yangshan.chain.enums import Action, Disposal
from yangshan.chain.records import Lodging, Motion, PresentationKey

ACCOUNT = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"
ID = "0x" + "ab" * 32
KEY = PresentationKey(ID, 4, 10, 1)


def test_a_call_is_read_as_it_was_written() -> None:
    lodging = Lodging(KEY, 500, date(2025, 9, 20), False, ID)
    for contract, function, arguments in (
        ("Presentations", "refuse", (KEY, 9, Disposal.HOLD, ID)),
        ("Presentations", "lodge", (lodging,)),
        ("AllianceCouncil", "propose", (Motion(Action.EXPEL_MEMBER, 7),)),
        ("AllianceRegistry", "setKey", (ACCOUNT, 3, 2**40 - 1)),
        ("AllianceRegistry", "resign", ()),
    ):
        call = decode_call(contract, encode_call(contract, function, arguments))
        assert (call.contract, call.function) == (contract, function)
        assert tuple(each.value for each in call.arguments) == arguments
    names = [
        (each.name, each.solidity)
        for each in decode_call(
            "AllianceRegistry", encode_call("AllianceRegistry", "setKey", (ACCOUNT, 3, 9))
        ).arguments
    ]
    assert names == [("account", "address"), ("roles", "uint128"), ("validUntil", "uint40")]


@pytest.mark.parametrize(
    ("data", "function"),
    [
        (b"", "0x"),
        (b"\1\2\3\4", "0x01020304"),
        (encode_call("AllianceRegistry", "setKey", (ACCOUNT, 3, 9))[:-1], "setKey"),
        # More than there is to read, and a number beyond its type.
        (encode_call("AllianceRegistry", "setKey", (ACCOUNT, 3, 9)) + b"\0", "setKey"),
        (encode_call("AllianceRegistry", "resign", ()) + b"\0" * 32, "resign"),
        (
            function_selector("AllianceRegistry", "setKey")
            + encode(["address", "uint256", "uint256"], [ACCOUNT, 1 << 128, 9]),
            "setKey",
        ),
        # A date beyond the calendar.
        (
            function_selector("AllianceCouncil", "execute")
            + encode(["uint256"] * 20, [1] * 3 + [255] * 17),
            "execute",
        ),
    ],
)
def test_data_that_is_no_call_as_we_write_it_is_refused(data: bytes, function: str) -> None:
    contract = "AllianceCouncil" if function == "execute" else "AllianceRegistry"
    with pytest.raises(BadArguments) as caught:
        decode_call(contract, data)
    assert (caught.value.contract, caught.value.function) == (contract, function)


def test_the_place_of_an_argument_counts_words_from_one() -> None:
    for contract, function, path, arguments, value in (
        ("SettlementCash", "mint", "amount", (1, 77, ID), 77),
        ("SettlementCash", "redeem", "amount", (77, ID), 77),
        ("Presentations", "lodge", "lodging.amount", (Lodging(KEY, 77, None, False, ID),), 77),
        ("Presentations", "lodge", "lodging.key.number", (Lodging(KEY, 9, None, False, ID),), 1),
    ):
        place = argument_place(contract, function, path)
        data = encode_call(contract, function, arguments)
        assert int.from_bytes(data[4 + 32 * (place - 1) : 4 + 32 * place], "big") == value


@pytest.mark.parametrize("path", ["amount", "lodging", "lodging.key", "lodging.amount.key", ""])
def test_an_argument_that_is_no_word_has_no_place(path: str) -> None:
    with pytest.raises(BadArguments):
        argument_place("Presentations", "lodge", path)


def test_an_argument_of_no_fixed_length_takes_a_word_and_has_no_place() -> None:
    given = ("0x" + "11" * 20, b"\0" * 4, 156, "issue", (1, 2, 3, 77, 99))
    place = argument_place("IMemberDesk", "setPolicy", "decided.alone")
    data = encode_call("IMemberDesk", "setPolicy", given)
    assert int.from_bytes(data[4 + 32 * (place - 1) : 4 + 32 * place], "big") == 77
    with pytest.raises(BadArguments, match="signature has no fixed length"):
        argument_place("IMemberDesk", "isValidSignature", "signature")
    with pytest.raises(BadArguments, match="key has no fixed length"):
        argument_place("TitleDeliveries", "offer", "key.number")
    assert argument_place("TitleDeliveries", "offer", "terms.amount") == 2
    assert argument_place("TitleDeliveries", "offer", "terms.currency") == 3
