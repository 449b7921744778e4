# SPDX-License-Identifier: Apache-2.0
"""What a credit may modify, and what is a reading: the default, and what its option changes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from yangshan.alliance.places import build
from yangshan.credit import examination
from yangshan.credit.amendment_answers import Answer, JudgedOn, answer_of_presentation
from yangshan.credit.amounts import (
    ABOUT,
    FIVE_PERCENT,
    Tolerance,
    available,
    five_percent_less_allowed,
    insured_minimum,
    least_drawing,
    quantity_tolerance,
)
from yangshan.credit.date_words import DateRange, within_days_of
from yangshan.credit.dates import (
    LaterReceipt,
    OnBoard,
    date_on_board,
    is_late,
    last_day_for_presentation,
    presentation_period,
    received_at,
    sight_day,
)
from yangshan.credit.examination import examination_of
from yangshan.credit.figures import credit_amounts, credit_dates, stated_exclusions, valid_mt700
from yangshan.credit.notices import BankRole
from yangshan.credit.stays import GoodFaithAct, stay_cautions

if TYPE_CHECKING:
    from yangshan.alliance.calendars import BankingCalendar

CREDIT = Path(__file__).parents[3] / "examples/credits/import-credit.mt700"
# Closed for the holidays of October; the next banking day is the ninth.
CLOSED, REOPENS = date(2025, 10, 5), date(2025, 10, 9)
ONE_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def shanghai() -> BankingCalendar:
    return build("CNSHA", 2025, 2026)


# Rules that a credit may modify


def test_a_credit_may_have_no_default_period() -> None:
    assert presentation_period(None, original_transport_document=True) == 21
    assert presentation_period(None, original_transport_document=True, excluded=True) is None
    # A period that the credit states is its own and stays.
    assert presentation_period(7, original_transport_document=True, excluded=True) == 7


def test_a_credit_may_let_its_last_day_stand(shanghai: BankingCalendar) -> None:
    assert last_day_for_presentation(None, None, CLOSED, shanghai) == REOPENS
    assert last_day_for_presentation(None, None, CLOSED, shanghai, extension=False) == CLOSED
    for received, late, without in (
        (CLOSED - ONE_DAY, False, False),
        (CLOSED, False, False),
        (REOPENS, False, True),
        (REOPENS + ONE_DAY, True, True),
    ):
        assert is_late(received, None, None, CLOSED, shanghai) is late
        assert is_late(received, None, None, CLOSED, shanghai, extension=False) is without


def test_a_system_that_cannot_receive_moves_the_last_day(shanghai: BankingCalendar) -> None:
    friday, monday = date(2025, 11, 7), date(2025, 11, 10)

    def last(expiry: date, *outages: date, extension: bool = True) -> date:
        return last_day_for_presentation(
            None, None, expiry, shanghai, extension=extension, outages=outages
        )

    # A day that is not the last moves nothing.
    assert last(friday, friday - ONE_DAY, monday) == friday
    assert last(friday, friday) == monday
    assert last(friday, friday, monday) == monday + ONE_DAY
    # The last day after closed ones is a last day too, and who is open and cannot receive is closed
    # whatever the credit says of days on which banks are.
    assert last(CLOSED, REOPENS) == REOPENS + ONE_DAY
    assert last(friday, friday, extension=False) == monday
    assert last(CLOSED, REOPENS, extension=False) == CLOSED


def test_a_credit_may_demand_its_whole_amount() -> None:
    for excluded, least in ((False, 95_000_00), (True, 100_000_00)):
        less = five_percent_less_allowed(
            tolerance_stated=False,
            counted_in_units=False,
            quantity_in_full=True,
            unit_price_kept=True,
            excluded=excluded,
        )
        found = least_drawing(
            100_000_00, None, partial_drawings_allowed=False, five_percent_less=less
        )
        assert found == least


def test_a_credit_may_state_its_own_tolerance_of_quantity() -> None:
    assert quantity_tolerance(None, counted_in_units=False) == FIVE_PERCENT
    assert quantity_tolerance(ABOUT, counted_in_units=False) == ABOUT
    assert quantity_tolerance(Tolerance(0, 0), counted_in_units=False).highest(1_000) == 1_000


def test_a_credit_may_state_its_own_insured_percentage() -> None:
    assert insured_minimum(9_999_999) == 10_999_999
    assert insured_minimum(9_999_999, 120) == 11_999_999


def test_dates_of_a_credit_leave_out_what_it_excludes(shanghai: BankingCalendar) -> None:
    text = CREDIT.read_bytes().decode().replace("251230SHANGHAI", "251005SHANGHAI")
    text = text.replace(":44C:251115", ":44C:250910").replace(":48:21\r\n", "")
    words = (
        "+ UCP 600 SUB-ARTICLE 29(A) DOES NOT APPLY.\r\n+ ARTICLE 14 (C) OF UCP 600 IS\r\nEXCLUDED."
    )
    excluding = text.replace(":47A:", f":47A:{words}\r\n")
    message = valid_mt700(excluding.encode(), "a")
    assert stated_exclusions(message).switches == {"extension", "default-period"}
    dates = {each.name: (each.day, each.article) for each in credit_dates(message, shanghai)}
    assert "expiry, extended" not in dates
    last = "last day for presentation, shipped 2025-09-10"
    assert dates[last] == (CLOSED, "UCP 600 art. 14(c)")
    plain = credit_dates(valid_mt700(text.encode(), "a"), shanghai)
    assert {each.name: each.day for each in plain}[last] == REOPENS


# Readings


def test_within_days_of_may_mean_the_days_after_alone() -> None:
    event = date(2025, 3, 15)
    assert within_days_of(event, 5) == DateRange(date(2025, 3, 10), date(2025, 3, 20))
    assert within_days_of(event, 5, after_only=True) == DateRange(event, date(2025, 3, 20))


def test_whoever_acted_in_good_faith_is_looked_at_before_a_stay() -> None:
    protected = {
        (bank, act) for bank in BankRole for act in GoodFaithAct if stay_cautions([(bank, act)])
    }
    assert protected == {
        (BankRole.NOMINATED, GoodFaithAct.PAID),
        (BankRole.NOMINATED, GoodFaithAct.NEGOTIATED),
        (BankRole.CONFIRMING, GoodFaithAct.PAID),
        (BankRole.CONFIRMING, GoodFaithAct.ACCEPTED_DRAFT),
        (BankRole.CONFIRMING, GoodFaithAct.UNDERTOOK_LATER_PAYMENT),
        (BankRole.ISSUING, GoodFaithAct.ACCEPTED_DRAFT),
        (BankRole.ISSUING, GoodFaithAct.UNDERTOOK_LATER_PAYMENT),
    }
    (caution,) = stay_cautions(
        [(BankRole.ISSUING, GoodFaithAct.PAID), (BankRole.NOMINATED, GoodFaithAct.NEGOTIATED)]
    )
    assert caution.code == "stay-and-good-faith"
    assert "The nominated bank has negotiated" in caution.text
    assert "Fa Shi [2005] 13" in str(caution)


def test_documents_that_comply_with_both_terms() -> None:
    found = answer_of_presentation(complies_now=True, complies_amended=True)
    assert (found.accepts, found.judged_on) == (True, JudgedOn.BOTH)
    (caution,) = found.cautions
    assert caution.code == "complies-with-both"
    assert "should be asked" not in caution.text
    reducing = answer_of_presentation(complies_now=True, complies_amended=True, reduces=True)
    assert "should be asked" in reducing.cautions[0].text
    other = answer_of_presentation(complies_now=True, complies_amended=True, both_accepts=False)
    assert (other.accepts, other.judged_on, other.cautions) == (
        False,
        JudgedOn.BOTH,
        found.cautions,
    )


@pytest.mark.parametrize(
    ("now", "amended", "cancels", "expected"),
    [
        (False, True, False, Answer(True, JudgedOn.AMENDED, ())),
        (True, False, False, Answer(False, JudgedOn.CURRENT, ())),
        (False, False, False, Answer(False, JudgedOn.NEITHER, ())),
        (False, True, True, Answer(False, JudgedOn.AMENDED, ())),
        (True, True, True, Answer(False, JudgedOn.BOTH, ())),
    ],
)
def test_what_else_a_presentation_says_of_an_amendment(
    now: bool, amended: bool, cancels: bool, expected: Answer
) -> None:
    found = answer_of_presentation(complies_now=now, complies_amended=amended, cancels=cancels)
    assert found == expected


VECTORS = [
    ("2025-09-29", "2025-10-13", "2025-10-14"),
    ("2025-12-31", "2026-01-08", "2026-01-09"),
]


@pytest.mark.parametrize(("received", "first", "last"), VECTORS)
@pytest.mark.parametrize("without", [False, True])
def test_both_readings_of_worked_weekends_are_told(
    received: str, first: str, last: str, without: bool
) -> None:
    found = examination_of("CNSHA", received, without_makeup_days=without)
    (caution,) = found.cautions
    assert caution.code == "make-up-days"
    assert f"refuse by {first}" in caution.text
    assert f"precluded only after {last}" in caution.text


def test_worked_weekends_that_decide_nothing_are_not_told() -> None:
    assert examination_of("CNSHA", "2025-09-01").cautions == ()
    assert examination_of("DEFRA", "2025-09-29").cautions == ()


def test_a_reading_whose_days_are_not_known_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def known(name: str, year: int) -> BankingCalendar:
        return build(name, 2024, 2024 if name.endswith("-M") else year)

    monkeypatch.setattr(examination, "build_from", known)
    found = examination_of("CNSHA", "2025-09-29")
    assert found.deadline.date() == date(2025, 10, 13)
    (caution,) = found.cautions
    assert caution.code == "make-up-days"
    assert "CNSHA-M is not published for" in caution.text


def test_the_day_of_sight() -> None:
    received, taken_up, accepted = date(2025, 3, 3), date(2025, 3, 12), date(2025, 3, 20)
    assert sight_day(received) == received
    assert sight_day(received, taken_up=taken_up) == taken_up
    assert sight_day(received, accepted_by_drawee=accepted) == accepted
    assert sight_day(received, taken_up=taken_up, accepted_by_drawee=accepted) == accepted


def test_the_date_on_board() -> None:
    dates = [date(2025, 3, 3), date(2025, 3, 1), date(2025, 3, 5)]
    assert {how: date_on_board(dates, how).day for how in OnBoard} == {
        OnBoard.TRANSHIPMENT: 1,
        OnBoard.SEVERAL_PORTS: 5,
        OnBoard.SEVERAL_SETS: 5,
    }


def test_additional_amounts_are_not_raised_unless_the_credit_says_so() -> None:
    assert available(100_00, Tolerance(10, 0), additional=20_00, drawn=0) == 130_00
    raised = available(
        100_00, Tolerance(10, 0), additional=20_00, additional_raised=True, drawn=32_00
    )
    assert raised == 100_00


def test_additional_amounts_are_told_beside_the_figures() -> None:
    text = CREDIT.read_bytes().decode()
    assert credit_amounts(valid_mt700(text.encode(), "a")).cautions == ()
    stated = text.replace(":39A:05/05\r\n", ":39A:05/05\r\n:39C:INSURANCE UP TO CNY500,00\r\n")
    found = credit_amounts(valid_mt700(stated.encode(), "a"))
    (caution,) = found.cautions
    assert caution.code == "additional-amounts"
    assert "'INSURANCE UP TO CNY500,00'" in caution.text
    assert found.maximum == 134_400_000


def test_a_bank_never_puts_off_its_own_clock() -> None:
    lodged = datetime.fromisoformat("2025-09-30T09:00:00+08:00")
    second = timedelta(seconds=1)
    assert received_at(lodged) == lodged
    assert received_at(lodged, lodged) == lodged
    assert received_at(lodged, lodged - second) == lodged - second
    with pytest.raises(LaterReceipt) as caught:
        received_at(lodged, lodged + second)
    assert (caught.value.lodged, caught.value.asserted) == (lodged, lodged + second)
    assert caught.value.exit_code == 1
    earlier = examination_of("CNSHA", "2025-09-30", asserted="2025-09-29T16:00:00+08:00")
    assert earlier.receipt_day == date(2025, 9, 29)
    assert earlier.deadline.date() == date(2025, 10, 13)
    with pytest.raises(LaterReceipt):
        examination_of("CNSHA", "2025-09-29", asserted="2025-09-30")
