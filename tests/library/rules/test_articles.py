# SPDX-License-Identifier: Apache-2.0
"""Articles whose rule is kept off chain as well, or only there, one short scenario each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from yangshan.alliance.places import build
from yangshan.credit.amounts import (
    ABOUT,
    Tolerance,
    available,
    five_percent_less_allowed,
    insured_minimum,
    insured_minimum_without_value,
    is_overdrawn,
    is_short_drawn,
    least_drawing,
    payable,
    quantity_tolerance,
    says_about,
)
from yangshan.credit.claims import authorisation_cautions
from yangshan.credit.clauses import clause_cautions, exclusions
from yangshan.credit.date_words import (
    DateRange,
    MonthPart,
    ShipmentWord,
    between,
    on_or_about,
    part_of_month,
    shipment_period,
)
from yangshan.credit.dates import (
    date_of_shipment,
    examination_deadline,
    extended,
    is_late,
    last_day_for_presentation,
    maturity,
    presentation_period,
    receipt_day,
    reimbursement_deadline,
)
from yangshan.credit.electronic import ElectronicRule, electronic_article, is_electronic
from yangshan.credit.figures import credit_dates, valid_mt700
from yangshan.credit.issuing import stated_terms
from yangshan.credit.reimbursement import ReimbursementAuthorisation, ReimbursementRules
from yangshan.credit.schedules import Instalment, check_instalments, is_missed
from yangshan.credit.terms import ApplicableRules, AvailableBy, AvailableWith
from yangshan.money import Currency, Money
from yangshan.swift import check, read

if TYPE_CHECKING:
    from yangshan.alliance.calendars import BankingCalendar

CREDIT = Path(__file__).parents[3] / "examples/credits/import-credit.mt700"
DAY = date(2025, 3, 15)
ONE_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def shanghai() -> BankingCalendar:
    return build("CNSHA", 2025, 2026)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def changed(*pairs: tuple[str, str]) -> bytes:
    text = CREDIT.read_bytes().decode()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def test_article_1_a_credit_excludes_a_rule_in_its_own_words() -> None:
    assert exclusions("UCP 600 ARTICLE 29(A) DOES NOT APPLY").switches == {"extension"}
    assert exclusions("UCP 600 ARTICLE 29(A) APPLIES").switches == set()


def test_article_2_a_banking_day_is_one_on_which_the_bank_is_open(
    shanghai: BankingCalendar,
) -> None:
    frankfurt = build("DEFRA", 2025, 2026)
    holiday_of_shanghai, holiday_of_frankfurt = date(2025, 10, 1), date(2025, 10, 3)
    worked_sunday = date(2025, 9, 28)
    open_in_shanghai = [
        shanghai.is_open(day) for day in (holiday_of_shanghai, holiday_of_frankfurt, worked_sunday)
    ]
    open_in_frankfurt = [
        frankfurt.is_open(day) for day in (holiday_of_shanghai, holiday_of_frankfurt, worked_sunday)
    ]
    assert (open_in_shanghai, open_in_frankfurt) == ([False, False, True], [True, False, False])


@pytest.mark.parametrize(
    ("word", "allowed"),
    [
        ("to", (True, True, False)),
        ("until", (True, True, False)),
        ("till", (True, True, False)),
        ("from", (False, True, True)),
        ("before", (True, False, False)),
        ("after", (False, False, True)),
    ],
)
def test_article_3_words_around_a_date_of_shipment(
    word: str, allowed: tuple[bool, bool, bool]
) -> None:
    period = shipment_period(ShipmentWord(word), DAY)
    assert tuple(DAY + n * ONE_DAY in period for n in (-1, 0, 1)) == allowed


def test_article_3_between_two_dates_includes_both() -> None:
    assert between(DAY, DAY + ONE_DAY) == DateRange(DAY, DAY + ONE_DAY)


def test_article_3_on_or_about_is_five_days_either_side() -> None:
    assert on_or_about(DAY) == DateRange(date(2025, 3, 10), date(2025, 3, 20))


def test_article_3_parts_of_a_month() -> None:
    assert [part_of_month(part, 2025, 2) for part in MonthPart] == [
        DateRange(date(2025, 2, first), date(2025, 2, last))
        for first, last in ((1, 15), (16, 28), (1, 10), (11, 20), (21, 28))
    ]


def test_article_3_from_and_after_exclude_the_day_for_a_maturity() -> None:
    assert maturity(date(2025, 1, 31), 60) == date(2025, 4, 1)
    assert maturity(date(2025, 3, 3), 90) == date(2025, 6, 1)


def test_article_5_a_clause_that_hangs_on_the_applicant_is_told() -> None:
    terms, _ = stated_terms(CREDIT.read_bytes(), "a")
    asked = terms.model_copy(update={"documents": "CERTIFICATE COUNTERSIGNED BY APPLICANT"})
    assert [each.article for each in clause_cautions(asked)] == ["UCP 600 art. 4, 5"]


def test_article_6_c_a_draft_on_the_applicant_is_an_error() -> None:
    text = CREDIT.read_bytes().decode()
    applicant = text.partition(":50:")[2].partition("\r\n:")[0]
    drafts = f":42C:AT SIGHT\r\n:42D:{applicant}\r\n"
    (message,) = read(changed((":43P:", f"{drafts}:43P:")), "a")
    found = [each for each in check(message) if each.code == "Y26"]
    assert [(each.tag, each.severity) for each in found] == [("42D", "error")]


def test_article_11_a_a_message_that_promises_the_credit_is_not_the_credit() -> None:
    terms, _ = stated_terms(CREDIT.read_bytes(), "a")
    brief = terms.model_copy(update={"conditions": "FULL DETAILS TO FOLLOW"})
    assert [each.article for each in clause_cautions(brief)] == ["UCP 600 art. 11(a)"]
    assert clause_cautions(terms) == ()


def test_article_13_b_an_authority_to_reimburse_that_expires_is_told() -> None:
    authority = ReimbursementAuthorisation(
        credit_number="LC",
        rules=ReimbursementRules.NONE,
        amount=Money(100, Currency.of("CNY")),
        available_by=AvailableBy.SIGHT_PAYMENT,
        available_with=AvailableWith(any_bank=True, lines=("ANY BANK",)),
    )
    assert authorisation_cautions(authority) == ()
    (caution,) = authorisation_cautions(replace(authority, expiry=DAY))
    assert caution.code == "authorisation-expiry"


def test_article_14_b_five_banking_days_after_receipt(shanghai: BankingCalendar) -> None:
    assert examination_deadline(at("2025-09-29T10:00:00"), shanghai) == at("2025-10-13T17:00:00")


def test_article_14_c_twenty_one_days_with_an_original_transport_document(
    shanghai: BankingCalendar,
) -> None:
    shipped, expiry = date(2025, 9, 1), date(2025, 12, 31)
    for original, last in ((True, date(2025, 9, 22)), (False, expiry)):
        period = presentation_period(None, original_transport_document=original)
        assert last_day_for_presentation(shipped, period, expiry, shanghai) == last
    stated = presentation_period(30, original_transport_document=False)
    last = last_day_for_presentation(shipped, stated, expiry, shanghai)
    # The first of October begins the holidays.
    assert last == date(2025, 10, 9)
    # Never after the expiry.
    assert last_day_for_presentation(shipped, 30, date(2025, 9, 12), shanghai).day == 12


def test_article_18_b_no_more_is_paid_than_the_credit_allows() -> None:
    assert payable(10_100_000, 10_000_000) == 10_000_000
    assert payable(9_900_000, 10_000_000) == 9_900_000


def test_article_28_f_insurance_is_at_least_110_per_cent() -> None:
    assert insured_minimum(10_000_000) == 11_000_000
    assert insured_minimum(9_999_999) == 10_999_999
    assert insured_minimum(1_234_567) == 1_358_024
    # Where no value can be told: of the greater of demand and invoice.
    assert insured_minimum_without_value(90, 100) == insured_minimum_without_value(100, 90) == 110


def test_article_29_a_a_last_day_on_a_closed_day_moves(shanghai: BankingCalendar) -> None:
    sunday = date(2025, 10, 5)
    assert extended(sunday, shanghai) == date(2025, 10, 9)
    assert extended(date(2025, 10, 9), shanghai) == date(2025, 10, 9)
    assert is_late(date(2025, 10, 9), None, None, sunday, shanghai) is False
    assert is_late(date(2025, 10, 10), None, None, sunday, shanghai) is True


def test_article_29_b_it_is_told_whether_the_last_day_moved(shanghai: BankingCalendar) -> None:
    message = valid_mt700(changed(("251230SHANGHAI", "251005SHANGHAI"), ("251115", "250910")), "a")
    days = {each.name: each.day for each in credit_dates(message, shanghai)}
    # What the covering schedule has to state follows from these two.
    assert (days["expiry"].day, days["expiry, extended"].day) == (5, 9)


def test_article_29_c_a_latest_shipment_does_not_move(shanghai: BankingCalendar) -> None:
    message = valid_mt700(changed(("251115", "251005")), "a")
    days = {each.name: each.day for each in credit_dates(message, shanghai)}
    assert not shanghai.is_open(days["latest shipment"])
    assert days["latest shipment"] == date(2025, 10, 5)


def test_article_30_a_about_is_ten_per_cent_of_its_own_item() -> None:
    assert says_about("ABOUT USD 100000,00")
    assert not says_about("USD 100000,00 CIRCA")
    assert (ABOUT.lowest(10_000_000), ABOUT.highest(10_000_000)) == (9_000_000, 11_000_000)


def test_article_30_b_five_per_cent_of_a_quantity_that_is_not_counted() -> None:
    bulk = quantity_tolerance(None, counted_in_units=False)
    assert (bulk.lowest(1_000), bulk.highest(1_000)) == (950, 1_050)
    counted = quantity_tolerance(None, counted_in_units=True)
    assert (counted.lowest(1_000), counted.highest(1_000)) == (1_000, 1_000)
    # More goods raise no amount.
    assert is_overdrawn(10_000_001, available(10_000_000, None, drawn=0))


def test_article_30_c_five_per_cent_less_of_the_amount() -> None:
    def least(*, quantity_in_full: bool = True, tolerance_stated: bool = False) -> int:
        less = five_percent_less_allowed(
            tolerance_stated=tolerance_stated,
            counted_in_units=False,
            quantity_in_full=quantity_in_full,
            unit_price_kept=True,
        )
        return least_drawing(
            10_000_000, None, partial_drawings_allowed=False, five_percent_less=less
        )

    assert least() == 9_500_000
    assert is_short_drawn(9_499_999, least())
    assert least(quantity_in_full=False) == least(tolerance_stated=True) == 10_000_000


def test_article_32_what_follows_a_missed_instalment_is_missed() -> None:
    rows = (
        Instalment(40, date(2025, 9, 1), date(2025, 9, 10)),
        Instalment(60, date(2025, 10, 10), date(2025, 10, 20)),
    )
    check_instalments(rows, 100)
    shipped = date(2025, 10, 10)
    assert is_missed(shipped, rows, (), lambda last: last <= date(2025, 9, 10))
    assert not is_missed(shipped, rows, (), lambda last: last <= date(2025, 9, 9))
    assert not is_missed(shipped, rows, [date(2025, 9, 10)], lambda _: True)
    assert is_missed(date(2025, 10, 21), rows, [date(2025, 9, 10)], lambda _: False)


def test_article_31_a_a_floor_binds_only_where_parts_are_not_allowed() -> None:
    for allowed, least in ((True, 0), (False, 9_000_000)):
        found = least_drawing(
            10_000_000,
            Tolerance(5, 10),
            partial_drawings_allowed=allowed,
            five_percent_less=False,
        )
        assert found == least


def test_article_31_b_the_latest_date_of_several_documents_counts(
    shanghai: BankingCalendar,
) -> None:
    shipped = date_of_shipment([date(2025, 9, 1), date(2025, 9, 3), date(2025, 9, 2)])
    assert shipped == date(2025, 9, 3)
    last = last_day_for_presentation(shipped, 21, date(2025, 12, 31), shanghai)
    assert last == date(2025, 9, 24)


def test_article_33_hours_of_the_bank_decide_on_the_day_of_receipt(
    shanghai: BankingCalendar,
) -> None:
    assert receipt_day(at("2025-09-01T17:00:00"), shanghai) == date(2025, 9, 1)
    late = at("2025-09-01T17:00:01")
    assert receipt_day(late, shanghai) == date(2025, 9, 2)
    # Unless the bank took them in all the same.
    assert receipt_day(late, shanghai, accepted_out_of_hours=True) == date(2025, 9, 1)


def test_article_36_a_closure_by_force_majeure_moves_nothing(shanghai: BankingCalendar) -> None:
    # Such a closure is no closed day of the calendar, so the day passes.
    closed_by_a_flood = date(2025, 9, 12)
    assert shanghai.is_open(closed_by_a_flood)
    assert extended(closed_by_a_flood, shanghai) == closed_by_a_flood
    reopened = closed_by_a_flood + 3 * ONE_DAY
    assert is_late(reopened, None, None, closed_by_a_flood, shanghai) is True


def test_urr_11_a_a_claim_is_processed_in_three_banking_days(shanghai: BankingCalendar) -> None:
    for received, closes in (("2025-09-29", "2025-10-10"), ("2025-09-26", "2025-09-30")):
        found = reimbursement_deadline(at(f"{received}T10:00:00"), shanghai)
        assert found == at(f"{closes}T17:00:00")
    # Out of hours there is no taking it in all the same.
    late = reimbursement_deadline(at("2025-09-26T17:00:01"), shanghai)
    assert late == at("2025-10-09T17:00:00")


def test_eucp_e1_a_credit_says_that_it_is_electronic_and_ucp_applies_as_well() -> None:
    terms, _ = stated_terms(CREDIT.read_bytes(), "a")
    assert not is_electronic(terms)
    assert is_electronic(terms.model_copy(update={"applicable_rules": ApplicableRules.EUCP}))


def test_eucp_e6_presentation_is_another_article_in_another_version() -> None:
    assert electronic_article(ElectronicRule.PRESENTATION) == "eUCP 2.1 art. e6"
    assert electronic_article(ElectronicRule.PRESENTATION, "1.1") == "eUCP 1.1 art. e5"


def test_eucp_e12_data_corruption_is_another_article_in_another_version() -> None:
    assert electronic_article(ElectronicRule.DATA_CORRUPTION) == "eUCP 2.1 art. e12"
    assert electronic_article(ElectronicRule.DATA_CORRUPTION, "1.1") == "eUCP 1.1 art. e11"
