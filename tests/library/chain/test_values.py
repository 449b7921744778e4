# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from yangshan.alliance.calendars import NaiveInstant
from yangshan.chain.enums import (
    Availability,
    CreditSwitch,
    Disposal,
    MaturityFrom,
    PresentationFlag,
    PresentationMark,
    PresentationState,
    Role,
)
from yangshan.chain.records import Clock, Issuance, Key, Lodging, Presentation, PresentationKey
from yangshan.chain.values import (
    UnfitReference,
    abi_name,
    seconds_of,
    text_bytes,
    text_of,
    tuple_type,
)
from yangshan.chain.wording import PLAIN, Wording
from yangshan.credit.discrepancies import names_of
from yangshan.money import Currency, Money, UnknownCurrency

ID = "0x" + "ab" * 32
SHANGHAI = timezone(timedelta(hours=8))

ISSUANCE = Issuance(
    bank_reference="LC-2025-0917",
    applicant=9,
    beneficiary=10,
    advising_bank=5,
    second_advising_bank=0,
    nominated_bank=5,
    confirming_bank=0,
    reimbursing_bank=0,
    amount=128_000_000,
    currency=156,
    plus_tolerance=5,
    minus_tolerance=10,
    expiry=date(2025, 11, 30),
    latest_shipment=date(2025, 10, 31),
    presentation_period=21,
    tenor=0,
    tenor_from=MaturityFrom.NONE,
    availability=Availability.SIGHT_PAYMENT,
    transferable=False,
    partial_forbidden=True,
    any_bank=False,
    switches=CreditSwitch.NO_EXTENSION,
    terms=ID,
)
ISSUANCE_ARGUMENT = (
    b"LC-2025-0917\0\0\0\0",
    *(9, 10, 5, 0, 5, 0, 0),
    *(128_000_000, 156, 5, 10),
    *(20_422, 20_392, 21, 0, 0),
    *(1, False, True, False, 2),
    b"\xab" * 32,
)


def test_an_issuance_is_written_and_read_field_by_field() -> None:
    assert ISSUANCE.as_argument() == ISSUANCE_ARGUMENT
    assert Issuance.read(ISSUANCE_ARGUMENT) == ISSUANCE


def test_an_issuance_without_latest_shipment() -> None:
    silent = replace(ISSUANCE, latest_shipment=None)
    assert silent.as_argument()[13] == 0
    assert Issuance.read(silent.as_argument()) == silent


def test_the_money_of_an_issuance() -> None:
    assert ISSUANCE.money == Money.of(128_000_000, "CNY")
    with pytest.raises(UnknownCurrency):
        _ = replace(ISSUANCE, currency=998).money


def test_a_record_within_a_record() -> None:
    lodging = Lodging(PresentationKey(ID, 4, 10, 1), 500, date(2025, 9, 20), False, ID)
    assert lodging.as_argument() == ((b"\xab" * 32, 4, 10, 1), 500, 20_351, False, b"\xab" * 32)
    assert Lodging.read(lodging.as_argument()) == lodging
    assert tuple_type(Lodging) == "((bytes32,uint32,uint32,uint8),uint64,uint16,bool,bytes32)"


def test_a_presentation_whose_deadline_is_not_known() -> None:
    values = (500, 1_759_104_000, 0, 0, 0, 10, 1, 0, 3, 6, 0, 2)
    read = Presentation.read(values)
    assert read == Presentation(
        amount=500,
        received=datetime(2025, 9, 29, tzinfo=UTC),
        deadline=None,
        shipped=None,
        receipt_day=None,
        payee=10,
        state=PresentationState.LODGED,
        disposal=Disposal.NONE,
        flags=PresentationFlag.LATE | PresentationFlag.OVERDRAWN,
        marks=PresentationMark.FORWARDED | PresentationMark.COUNTED,
        refused_on=None,
        titles=2,
    )
    assert read.as_argument() == values


def test_a_key_without_an_end() -> None:
    values = (3, 2**40 - 1, 1_798_761_599, 2, True, False, 3)
    read = Key.read(values)
    assert (read.valid_until, read.roles) == (None, Role.ADMINISTER | Role.ISSUE)
    assert (read.frozen, read.desk) == (True, False)
    assert read.new_business_until == datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert read.as_argument() == values


@pytest.mark.parametrize(
    ("seconds", "instant"),
    [
        (253_402_300_799, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (253_402_300_800, None),
        (2**40 - 1, None),
    ],
)
def test_a_validity_beyond_the_year_9999_has_no_end(seconds: int, instant: datetime | None) -> None:
    assert Key.read((1, seconds, 0, 0, False, False, 0)).valid_until == instant


def test_what_a_calendar_does_not_know_is_none() -> None:
    assert Clock.read((0, 0, 0, 20_455)) == Clock(None, None, None, date(2026, 1, 1))
    known = Clock(
        date(2025, 9, 29),
        date(2025, 9, 28),
        datetime(2025, 10, 13, 9, tzinfo=UTC),
        None,
    )
    assert Clock.read(known.as_argument()) == known


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"LC-1" + bytes(12), "LC-1"),
        (b"0123456789ABCDEF", "0123456789ABCDEF"),
        (bytes(16), ""),
        (b"a\0b" + bytes(13), "0x610062" + "00" * 13),
        (b"\xc3\xa9" + bytes(14), "0xc3a9" + "00" * 14),
        (b"0x" + bytes(14), "0x"),
    ],
)
def test_texts_are_read_and_written_without_loss(raw: bytes, text: str) -> None:
    assert text_of(raw) == text
    assert text_bytes(text, 16) == raw


@pytest.mark.parametrize("text", ["0123456789ABCDEFG", "LC-é", "LC\n1"])
def test_a_text_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(UnfitReference) as caught:
        text_bytes(text, 16)
    assert (caught.value.text, caught.value.length) == (text, 16)


def test_an_instant_needs_its_offset() -> None:
    assert seconds_of(datetime(2025, 9, 29, 8, tzinfo=SHANGHAI)) == 1_759_104_000
    with pytest.raises(NaiveInstant):
        seconds_of(datetime(2025, 9, 29))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("presentation_id", "presentationId"),
        ("from_", "from"),
        ("second_advising_bank", "secondAdvisingBank"),
        ("word", "word"),
    ],
)
def test_names_in_the_abi(name: str, expected: str) -> None:
    assert abi_name(name) == expected


@pytest.mark.parametrize(
    ("bits", "names"),
    [
        (0, ()),
        (1, ("OTHER",)),
        (1 << 24, ("X24",)),
        (1 << 25, ("bit 25",)),
        (0b1010, ("X01", "X03")),
        (0b1011, ("OTHER", "X01", "X03")),
    ],
)
def test_discrepancies_by_name(bits: int, names: tuple[str, ...]) -> None:
    assert names_of(bits) == names


WHEN = datetime(2025, 10, 13, 9, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "wording", "told"),
    [
        (WHEN, PLAIN, "2025-10-13 at 09:00 UTC"),
        (WHEN + timedelta(seconds=1), PLAIN, "2025-10-13 at 09:00:01 UTC"),
        (WHEN, Wording(zone=ZoneInfo("Asia/Shanghai")), "2025-10-13 at 17:00 UTC+08:00"),
        (WHEN, Wording(zone=ZoneInfo("America/St_Johns")), "2025-10-13 at 06:30 UTC-02:30"),
    ],
)
def test_times_are_told_in_their_zone(instant: datetime, wording: Wording, told: str) -> None:
    assert wording.time(instant) == told


def test_what_is_known_beyond_the_numbers_is_told() -> None:
    wording = Wording(
        members={4: "Huangpu Bank"},
        accounts={"0xAb": "Huangpu Bank, desk"},
        credits={ID: "LC-2025-0917"},
        currency=Currency.of("CNY"),
    )
    assert wording.member(4) == "Huangpu Bank (member 4)"
    assert wording.member(5) == "member 5"
    assert wording.account("0xAb") == "Huangpu Bank, desk (0xAb)"
    assert wording.credit(ID) == "credit LC-2025-0917"
    assert wording.money(128_000_000) == "CNY 1,280,000.00"
    assert PLAIN.account("0xAb") == "account 0xAb"
    assert PLAIN.credit(ID) == "credit 0xabababab…"
    assert PLAIN.money(128_000_000) == "128,000,000 minor units"
