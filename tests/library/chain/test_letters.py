# SPDX-License-Identifier: Apache-2.0
"""Letters of credit and amendments as values of Python: words, events, and what errors say."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest
from chain_samples import SAMPLE_ADDRESS as ACCOUNT
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from hexbytes import HexBytes

from yangshan.chain import events, reverts
from yangshan.chain.credit_words import TooWide, packed, unpacked
from yangshan.chain.enums import Availability, CreditSwitch, MaturityFrom
from yangshan.chain.events import decode_log
from yangshan.chain.records import Amendment, Issuance, PackedIssuance
from yangshan.chain.reverts import decode_revert
from yangshan.chain.values import UnfitReference, tuple_type
from yangshan.chain.wording import Wording
from yangshan.money import Currency

ID = b"\xab" * 32
HEX = "0x" + "ab" * 32
NOON = 1_760_356_800  # 2025-10-13T12:00:00Z
WORDING = Wording(
    members={4: "Huangpu Bank"}, credits={HEX: "LC-2025-0917"}, currency=Currency.of("CNY")
)

# What a clerk reads of each error, its arguments with it.
SENTENCES: list[tuple[str, tuple[object, ...], str]] = [
    (
        "WrongCreditState(bytes32,uint8,uint8)",
        (ID, 3, 2),
        "Credit LC-2025-0917 is cancelled; for this it would have to be issued.",
    ),
    (
        "BadPeriod(uint16)",
        (1_000,),
        "A period for presentation has at most three digits (field 48): 1000 days were given.",
    ),
    (
        "ExpiryPassed(uint16,uint256)",
        (20_374, NOON),
        (
            "The credit would expire on 2025-10-13, and it is 2025-10-13 at 12:00 UTC: that day is "
            "over everywhere (UCP 600 art. 6(d))."
        ),
    ),
    (
        "AvailabilityNotCarried(uint8)",
        (5,),
        (
            "A credit available by mixed cannot be issued so; sight payment, deferred payment, "
            "acceptance or negotiation was expected, or mixed payment with its slices (UCP 600 "
            "art. 6(b))."
        ),
    ),
    (
        "BadTenor(uint8,uint16,uint8)",
        (2, 30, 0),
        (
            "A credit available by deferred payment cannot have a usance of 30 days counted from "
            "nothing: at sight there is none, deferred payment and acceptance have one, and each "
            "counts from something (fields 42C, 42P) (UCP 600 art. 6(b), 7(a))."
        ),
    ),
    (
        "UnknownSwitches(uint16,uint16)",
        (129, 15),
        (
            "The rules that the credit excludes or adds are no default period and 0x80; the chain "
            "knows of no default period, no extension, no five percent less and eucp and no other "
            "(UCP 600 art. 1)."
        ),
    ),
    (
        "MissingTerms()",
        (),
        "What is issued is bound to its terms, and no commitment to them was given.",
    ),
    (
        "BadPackedCredit(uint256,uint256)",
        (1, 2),
        (
            "A credit of the batch fills places that only the contract fills "
            f"(parties 0x{1:064x}, numbers 0x{2:064x})."
        ),
    ),
    ("EmptyBatch()", (), "A batch issues at least one credit, and none was given."),
    (
        "ContradictsPreAdvice(bytes32,uint8)",
        (ID, 1),
        (
            "Credit LC-2025-0917 was pre-advised with other terms: its advising bank contradicts "
            "them, and the issuing bank is bound to what it pre-advised (UCP 600 art. 11(b))."
        ),
    ),
    (
        "NotIssuingBank(bytes32,uint32)",
        (ID, 4),
        (
            "Huangpu Bank (member 4) did not issue credit LC-2025-0917, and only its issuing bank "
            "may do this."
        ),
    ),
    (
        "AdviceDeclinedAlready(bytes32,uint32)",
        (ID, 4),
        (
            "Huangpu Bank (member 4) has declined to advise credit LC-2025-0917 before "
            "(UCP 600 art. 9(e))."
        ),
    ),
    (
        "NotConfirmingBank(bytes32,uint32)",
        (ID, 4),
        (
            "Huangpu Bank (member 4) is not the confirming bank of credit LC-2025-0917: it is not "
            "asked to confirm, or has not confirmed, or issued the credit itself (UCP 600 art. 8)."
        ),
    ),
    (
        "ConfirmedAlready(bytes32,uint32)",
        (ID, 4),
        (
            "Huangpu Bank (member 4) has confirmed credit LC-2025-0917, and is bound "
            "(UCP 600 art. 8(b))."
        ),
    ),
    (
        "ConfirmationDeclinedAlready(bytes32,uint32)",
        (ID, 4),
        (
            "Huangpu Bank (member 4) has declined to confirm credit LC-2025-0917; the issuing bank "
            "may ask it anew (UCP 600 art. 8(d))."
        ),
    ),
    (
        "ConfirmationPending(bytes32,uint32)",
        (ID, 4),
        (
            "Huangpu Bank (member 4) is asked to confirm credit LC-2025-0917 and has not answered "
            "yet; another bank is asked once it declined (UCP 600 art. 8(d))."
        ),
    ),
    (
        "AmendmentOutOfOrder(bytes32,uint8,uint16)",
        (ID, 3, 2),
        (
            "The next amendment of credit LC-2025-0917 has the number 2, and 3 was given; there "
            "are at most 255."
        ),
    ),
    (
        "UnknownAmendment(bytes32,uint8)",
        (ID, 3),
        "Credit LC-2025-0917 has no amendment 3.",
    ),
    (
        "WrongAmendmentState(bytes32,uint8,uint8,uint8)",
        (ID, 3, 3, 1),
        (
            "Amendment 3 of credit LC-2025-0917 is rejected; for this it would have to be pending "
            "(UCP 600 art. 10(c))."
        ),
    ),
    (
        "ContradictoryAmendment(bytes32,uint8)",
        (ID, 3),
        (
            "Amendment 3 of credit LC-2025-0917 contradicts itself: it increases and decreases, "
            "gives tolerances that it does not set, or cancels and changes something."
        ),
    ),
    (
        "BadAmendedAmount(uint256,uint8)",
        (0, 5),
        (
            "The credit amount would become CNY 0.00 and +5 %: it must stay more than zero and, "
            "with its tolerance, less than 2^64 minor units."
        ),
    ),
    (
        "BelowDrawings(bytes32,uint64,uint64)",
        (ID, 94_300, 94_500),
        (
            "With this decrease CNY 943.00 could be drawn in all under credit LC-2025-0917, and "
            "CNY 945.00 is drawn already (UCP 600 art. 10(b))."
        ),
    ),
    (
        "NotForBeneficiary(bytes32,uint32)",
        (ID, 4),
        (
            "Huangpu Bank (member 4) is neither the beneficiary of credit LC-2025-0917 nor the "
            "bank that acts for one who is no member (UCP 600 art. 10(a), (c))."
        ),
    ),
    (
        "MandateMissing(bytes32,uint32)",
        (ID, 4),
        (
            "Huangpu Bank (member 4) answers for the beneficiary of credit LC-2025-0917 under its "
            "mandate, and no commitment to one was given (UCP 600 art. 10(a), (c))."
        ),
    ),
    (
        "ConsentNotExpress(bytes32,uint8)",
        (ID, 3),
        (
            "Amendment 3 cancels credit LC-2025-0917: that takes express consents, and no "
            "presentation gives one (UCP 600 art. 10(a))."
        ),
    ),
    (
        "ExtendedAlready(bytes32,uint8)",
        (ID, 3),
        "The confirmation of credit LC-2025-0917 covers amendment 3 already (UCP 600 art. 10(b)).",
    ),
    (
        "ExtensionDeclinedAlready(bytes32,uint8)",
        (ID, 3),
        (
            "The confirming bank of credit LC-2025-0917 has said before that it does not extend to "
            "amendment 3; it may yet extend (UCP 600 art. 10(b))."
        ),
    ),
    (
        "StayOutOfBounds(uint40,uint256)",
        (NOON + 60, NOON),
        (
            "A stay ends ahead of now and not after 2025-10-13 at 12:00 UTC, and 2025-10-13 at "
            "12:01 UTC was given; it can be renewed before it lapses."
        ),
    ),
    (
        "PartyCannotStay(bytes32,uint32)",
        (ID, 4),
        (
            "Huangpu Bank (member 4) is a party of credit LC-2025-0917, and no party stays its "
            "payment."
        ),
    ),
    (
        "StayedByAnother(bytes32,uint32,uint40)",
        (ID, 4, NOON),
        (
            "Payment under credit LC-2025-0917 is stayed until 2025-10-13 at 12:00 UTC by Huangpu "
            "Bank (member 4), which alone renews or lifts that stay."
        ),
    ),
    (
        "NotStayed(bytes32)",
        (ID,),
        "No stay of payment runs under credit LC-2025-0917.",
    ),
    (
        "NotPresentations(address)",
        (ACCOUNT,),
        (
            "Only the contract of presentations may do this, and account "
            f"{ACCOUNT} is not that contract."
        ),
    ),
]


@pytest.mark.parametrize(("signature", "values", "sentence"), SENTENCES)
def test_what_a_clerk_reads(signature: str, values: tuple[object, ...], sentence: str) -> None:
    types = [each for each in signature[signature.index("(") + 1 : -1].split(",") if each]
    error = decode_revert(keccak(text=signature)[:4] + encode(types, values))
    assert type(error) is getattr(reverts, signature.partition("(")[0])
    assert error.explain(WORDING) == sentence
    assert error.exit_code == 1


# Words of a batch

ISSUANCE = Issuance(
    bank_reference="LC-2025-0917",
    applicant=9,
    beneficiary=10,
    advising_bank=5,
    second_advising_bank=6,
    nominated_bank=7,
    confirming_bank=8,
    reimbursing_bank=3,
    amount=128_000_000,
    currency=156,
    plus_tolerance=5,
    minus_tolerance=10,
    expiry=date(2025, 11, 30),
    latest_shipment=date(2025, 10, 31),
    presentation_period=21,
    tenor=60,
    tenor_from=MaturityFrom.SHIPMENT,
    availability=Availability.ACCEPTANCE,
    transferable=True,
    partial_forbidden=False,
    any_bank=True,
    switches=CreditSwitch.NO_DEFAULT_PERIOD | CreditSwitch.NO_FIVE_PERCENT_LESS,
    terms=HEX,
)


def test_a_credit_in_two_words() -> None:
    # Read off the drawing of the library CreditWords.
    parties = "00000000000000090000000a0000000500000006000000070000000800000003"
    numbers = sum(
        (
            128_000_000 << 64,
            20_422 << 128,
            20_392 << 144,
            21 << 160,
            5 << 170,
            10 << 177,
            156 << 200,
            60 << 210,
            2 << 226,
            3 << 228,
            0b101 << 234,
            0b101 << 246,
        )
    )
    expected = PackedIssuance("LC-2025-0917", int(parties, 16), numbers, HEX)
    assert packed(ISSUANCE) == expected


@pytest.mark.parametrize("name", [each.name for each in fields(Issuance)])
def test_no_field_is_lost_in_the_words(name: str) -> None:
    other = {
        "bank_reference": "LC-2025-0918",
        "latest_shipment": None,
        "expiry": date(2025, 12, 1),
        "tenor_from": MaturityFrom.SIGHT,
        "availability": Availability.DEFERRED_PAYMENT,
        "switches": CreditSwitch.NO_EXTENSION,
        "terms": "0x" + "cd" * 32,
    }
    value = getattr(ISSUANCE, name)
    changed = other.get(name, not value if isinstance(value, bool) else 1)
    whole = replace(ISSUANCE, **{name: changed})
    assert packed(whole) != packed(ISSUANCE)
    assert unpacked(packed(whole)) == whole


@pytest.mark.parametrize(
    ("field", "value", "largest"),
    [
        ("plus_tolerance", 128, 127),
        ("minus_tolerance", 255, 127),
        ("presentation_period", 1_024, 1_023),
        ("currency", 1_024, 1_023),
        ("amount", 2**64, 2**64 - 1),
        ("applicant", 2**32, 2**32 - 1),
        ("amount", -1, 2**64 - 1),
    ],
)
def test_a_field_that_does_not_fit_its_word(field: str, value: int, largest: int) -> None:
    with pytest.raises(TooWide) as refused:
        packed(replace(ISSUANCE, **{field: value}))
    assert (refused.value.field, refused.value.value, refused.value.largest) == (
        field,
        value,
        largest,
    )
    assert str(refused.value) == (
        f"The {field.replace('_', ' ')} {value} does not fit a packed credit: at most {largest} "
        "was expected."
    )


def test_a_reference_that_does_not_fit_the_chain() -> None:
    with pytest.raises(UnfitReference):
        packed(replace(ISSUANCE, bank_reference="a reference of more than 16")).as_argument()


# Events

AMENDMENT = Amendment(
    number=2,
    cancels=False,
    increase=500,
    decrease=0,
    expiry=date(2025, 12, 30),
    latest_shipment=None,
    presentation_period=0,
    sets_tolerance=True,
    plus_tolerance=5,
    minus_tolerance=0,
    terms=HEX,
)
AMENDMENT_ARGUMENT = (2, False, 500, 0, 20_452, 0, 0, True, 5, 0, ID)


def test_an_amendment_is_written_and_read_field_by_field() -> None:
    assert AMENDMENT.as_argument() == AMENDMENT_ARGUMENT
    assert Amendment.read(AMENDMENT_ARGUMENT) == AMENDMENT


def a_log(
    kind: type[events.SuiteEvent], topics: list[tuple[str, object]], data: bytes
) -> dict[str, object]:
    signature = kind.__name__ + tuple_type(kind)
    return {
        "address": ACCOUNT,
        "blockNumber": 17,
        "transactionHash": HexBytes(ID),
        "logIndex": 2,
        "topics": [
            HexBytes(keccak(text=signature)),
            *(HexBytes(encode([each], [value])) for each, value in topics),
        ],
        "data": HexBytes(data),
    }


PLACE = {"address": ACCOUNT, "block_number": 17, "transaction": HEX, "log_index": 2}


def test_an_amendment_that_was_issued() -> None:
    data = encode([tuple_type(Amendment)], [AMENDMENT_ARGUMENT])
    log = a_log(events.AmendmentIssued, [("bytes32", ID), ("uint8", 2)], data)
    assert decode_log(log) == events.AmendmentIssued(
        **PLACE, credit_id=HEX, number=2, amendment=AMENDMENT
    )


def test_an_amendment_that_was_accepted() -> None:
    topics = [("bytes32", ID), ("uint8", 2), ("uint32", 0)]
    data = encode(["uint8", "bytes32", "bool", "bytes32"], [1, ID, True, bytes(32)])
    assert decode_log(a_log(events.AmendmentAccepted, topics, data)) == events.AmendmentAccepted(
        **PLACE,
        credit_id=HEX,
        number=2,
        accepted_by=0,
        version=1,
        terms=HEX,
        diverged=True,
        mandate="0x" + "00" * 32,
    )


def test_a_stay() -> None:
    data = encode(["uint40", "bytes32"], [NOON, ID])
    log = a_log(events.PaymentStayed, [("bytes32", ID), ("uint32", 1)], data)
    assert decode_log(log) == events.PaymentStayed(
        **PLACE,
        credit_id=HEX,
        authority=1,
        until=datetime(2025, 10, 13, 12, tzinfo=UTC),
        order=HEX,
    )
