# SPDX-License-Identifier: Apache-2.0
"""What errors of reimbursement say to people."""

from __future__ import annotations

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from yangshan.chain.reverts import decode_revert
from yangshan.chain.wording import Wording
from yangshan.money import Currency

ID = b"\xab" * 32
HEX = "0x" + "ab" * 32
OTHER = b"\xcd" * 32
NOON = 1_760_356_800  # 2025-10-13T12:00:00Z
WORDING = Wording(
    members={4: "Huangpu Bank"}, credits={HEX: "LC-2025-0917"}, currency=Currency.of("CNY")
)
SENTENCES: list[tuple[str, tuple[object, ...], str]] = [
    (
        "WrongAuthorisationState(bytes32,uint8,uint8)",
        (ID, 0, 1),
        "Reimbursement under credit LC-2025-0917 was never authorised (UCP 600 art. 13).",
    ),
    (
        "WrongAuthorisationState(bytes32,uint8,uint8)",
        (ID, 2, 0),
        (
            "Reimbursement under credit LC-2025-0917 was authorised before and is undertaken "
            "(UCP 600 art. 13)."
        ),
    ),
    (
        "WrongAuthorisationState(bytes32,uint8,uint8)",
        (ID, 3, 1),
        (
            "The authorisation to reimburse under credit LC-2025-0917 is cancelled; for this it "
            "would have to be authorised (UCP 600 art. 13)."
        ),
    ),
    (
        "NotHonoured(bytes32,uint32)",
        (ID, 4),
        (
            "Huangpu Bank (member 4) has not honoured or negotiated presentation 0xabababab…; "
            "under a credit payable at sight it has to have paid (UCP 600 art. 2, 7(c))."
        ),
    ),
    (
        "ClaimNotOverdue(bytes32,uint40,uint256)",
        (ID, 0, NOON),
        (
            "The banking calendar is not published far enough, so that the end of the time to "
            "answer claim 0xabababab… is not known yet (URR 725 art. 11(a))."
        ),
    ),
    (
        "ClaimNotOverdue(bytes32,uint40,uint256)",
        (ID, NOON, NOON),
        (
            "The reimbursing bank may answer claim 0xabababab… until 2025-10-13 at 12:00 UTC, and "
            "it is 2025-10-13 at 12:00 UTC (URR 725 art. 11(a))."
        ),
    ),
    (
        "ClaimOutOfBounds(bytes32,uint64,uint64)",
        (ID, 500, 400),
        (
            "A claim of CNY 5.00 was made for presentation 0xabababab…; it has to be above zero "
            "and at most CNY 4.00."
        ),
    ),
    (
        "UnknownReasons(uint16,uint16)",
        (1 << 10, 3),
        "The reasons 0x400 are not all known; there are differs and duplicate.",
    ),
    (
        "WrongClaimState(bytes32,uint8,uint8)",
        (ID, 3, 1),
        (
            "Claim 0xabababab… is non conforming; for this it would have to be claimed "
            "(UCP 600 art. 13)."
        ),
    ),
    (
        "PaidByCounterpart(bytes32,bytes32)",
        (ID, OTHER),
        (
            "Another bank paid this drawing, by obligation 0xcdcdcdcd…; obligation 0xabababab… is "
            "closed by that and not paid again (UCP 600 art. 13(c))."
        ),
    ),
]


@pytest.mark.parametrize(("signature", "arguments", "sentence"), SENTENCES)
def test_a_clerk_reads_it(signature: str, arguments: tuple[object, ...], sentence: str) -> None:
    types = signature[signature.index("(") + 1 : -1].split(",")
    data = keccak(text=signature)[:4] + encode(types, arguments)
    assert decode_revert(data).explain(WORDING) == sentence
