# SPDX-License-Identifier: Apache-2.0
"""How words, goods, units, ports, parties and periods of credits and documents are read."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from yangshan.credit.amounts import ABOUT, Tolerance
from yangshan.credit.date_words import DateRange
from yangshan.credit.terms import PartyName
from yangshan.documents.examination.goods import goods_of
from yangshan.documents.examination.measures import agree, number_in, shown, unit_named, unit_of
from yangshan.documents.examination.model import Measure, NamedPlace, Party, exact
from yangshan.documents.examination.parties import country_in, country_of, same_address, same_name
from yangshan.documents.examination.periods import shipment_range
from yangshan.documents.examination.ports import Fit, fit
from yangshan.documents.examination.requirements import (
    Consignment,
    Freight,
    items_of,
    requirements_of,
)
from yangshan.documents.examination.words import Same, alike, distance, missing, same_text, words

SILVER_HERON = PartyName(
    lines=(
        "SILVER HERON MACHINERY IMPORT",
        "CO., LTD.",
        "1288 DISHUI LAKE AVENUE, LINGANG",
        "SHANGHAI 201306, CHINA",
    )
)


# Words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Five-axis milling centres", ("5", "AXIS", "MILLING", "CENTRE")),
        ("5-axis milling center", ("5", "AXIS", "MILLING", "CENTRE")),
        ("Model EF-5000", ("EF5000",)),
        ("Müller & Söhne GmbH", ("MUELLER", "SOEHNE", "GMBH")),
        ("Redstone B.V.", ("REDSTONE", "BV")),
        ("1,000.50 pcs", ("1000.5", "PIECE")),
        ("as per the contract", ("CONTRACT",)),
        ("batteries, boxes, dishes, glass", ("BATTERY", "BOX", "DISH", "GLASS")),
        ("second hand", ("SECONDHAND",)),
        ("", ()),
        ("---", ()),
    ],
)
def test_the_words_of_a_text(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("MACHINE", "MACHINE", Same.YES),
        ("MACHINE", "MASHINE", Same.TYPING),
        ("MACHINE", "MAHCINE", Same.TYPING),
        ("MACHINE", "MASHNE", Same.NO),  # two letters off in seven
        ("MASCHINENBAU", "MACHINENBAU", Same.TYPING),
        ("MASCHINENBAU", "MACHINENBAO", Same.TYPING),
        ("MASCHINENBAU", "MACHINNBAO", Same.NO),
        ("EF5000", "EF5001", Same.NO),
        ("100", "1000", Same.NO),
        ("PAINTED", "UNPAINTED", Same.NO),
        ("INCLUDED", "EXCLUDED", Same.NO),
        ("INTERNAL", "EXTERNAL", Same.NO),
        ("WITHIN", "WITHOUT", Same.NO),
        ("DAMAGED", "DAMAGES", Same.NO),  # a word that says goods are not whole
        ("TEA", "TEE", Same.NO),  # too short to tell
    ],
)
def test_what_may_be_a_typing_error(one: str, other: str, answer: Same) -> None:
    assert alike(one, other) is answer
    assert alike(other, one) is answer


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [("", "", 0), ("ABC", "ABC", 0), ("ABC", "ACB", 1), ("ABC", "AC", 1), ("ABCD", "BADC", 2)],
)
def test_the_distance_of_words(one: str, other: str, letters: int) -> None:
    assert distance(one, other, 3) == letters
    assert distance(one, other, 0) == min(letters, 1)


def test_missing_words_with_what_may_be_meant() -> None:
    assert missing(("GREEN", "COTTON"), ("COTTAN", "RED")) == [
        ("GREEN", None),
        ("COTTON", "COTTAN"),
    ]


def test_the_order_of_words_is_free() -> None:
    assert same_text("Lake Avenue 1288", "1288 LAKE AVE.") is Same.YES
    assert same_text("Lake Avenue 1288", "1289 Lake Avenue") is Same.NO


# Numbers and units


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1280000.00", Fraction(1280000)),
        ("0.5", Fraction(1, 2)),
        ("7", Fraction(7)),
        ("1.", None),
        (".5", None),
        ("-1", None),
        ("1e3", None),
        ("١", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_exact_numbers(text: object, number: Fraction | None) -> None:
    assert exact(text) == number  # type: ignore[arg-type]


def test_numbers_of_a_credit_and_back() -> None:
    assert number_in("1,000.50") == Fraction(2001, 2)
    assert [shown(each) for each in (Fraction(2001, 2), Fraction(3), Fraction(1, 3))] == [
        "1000.5",
        "3",
        "0.333333333",
    ]


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (("37200", "KGM"), ("37.2", "TNE"), True),
        (("37200", "KGM"), ("37.201", "TNE"), False),
        (("37200", "KGM"), ("82012", "LBR"), True),
        (("37200", "KGM"), ("82014", "LBR"), False),
        (("37200", "KGM"), ("37200.00", "KGM"), True),
        (("37200", "KGM"), ("37200.01", "KGM"), False),
        (("2", "C62"), ("2", "H87"), True),
        (("24", "C62"), ("2", "DZN"), True),
        (("2", "C62"), ("2", "SET"), None),
        (("2", "KGM"), ("2", "MTR"), None),
        (("2", "ZZ"), ("2", "ZZ"), True),
        (("2", "ZZ"), ("2", "KGM"), None),
        (("5", "CT"), ("5", "XCT"), True),
    ],
)
def test_whether_measures_agree(
    one: tuple[str, str], other: tuple[str, str], answer: bool | None
) -> None:
    first, second = (
        Measure(Fraction(value), unit, len(value.partition(".")[2])) for value, unit in (one, other)
    )
    assert agree(first, second) is answer
    assert agree(second, first) is answer


def test_units_by_code_and_by_word() -> None:
    assert unit_named("METRIC TONS") is unit_of("TNE")
    assert unit_of("XCT") is unit_of("CT") is unit_named("CARTONS")
    assert unit_of("QQ") is None
    counted = {"C62", "DZN", "SET", "CT", "BG"}
    assert {code for code in counted if (unit := unit_of(code)) and unit.counted} == counted
    assert not unit_of("TNE").counted  # type: ignore[union-attr]


# Goods


def test_the_goods_of_a_credit() -> None:
    goods = goods_of(
        "2 UNITS FIVE-AXIS MILLING CENTRE, MODEL EF-5000,\nWITH STANDARD TOOLS,\n"
        "AS PER CONTRACT SH-EF-2025-041 DATED 2025-07-18.\nUNIT PRICE CNY 640,000.00.\n"
        "TRADE TERMS: CIF YANGSHAN, SHANGHAI (INCOTERMS 2020)."
    )
    (item,) = goods.items
    assert item.words == ("5", "AXIS", "MILLING", "CENTRE", "EF5000", "STANDARD", "TOOL")
    assert item.head == ("5", "AXIS", "MILLING", "CENTRE")
    assert item.quantity is not None
    assert (item.quantity.value, item.quantity.unit.code, item.quantity.stated) == (2, "C62", None)
    assert item.price is not None
    assert (item.price.currency, item.price.value, item.price.unit) == ("CNY", 640000, None)
    assert str(goods.term) == "CIF YANGSHAN, SHANGHAI INCOTERMS 2020"
    assert goods.references == ("SH-EF-2025-041",)
    assert not goods.says_about


def test_several_goods_each_with_its_quantity_and_price() -> None:
    goods = goods_of(
        "ABOUT 1,000 MT UREA 46 PCT N IN BULK AT USD 350.50 PER MT\n"
        "500 MT DAP FERTILIZER IN BAGS OF 50 KG, USD 600/MT\nCFR QINGDAO"
    )
    urea, dap = goods.items
    assert urea.quantity is not None
    assert dap.quantity is not None
    assert (urea.quantity.value, urea.quantity.stated) == (1000, ABOUT)
    assert (dap.quantity.value, dap.quantity.stated) == (500, None)
    assert urea.price is not None
    assert dap.price is not None
    assert (urea.price.value, dap.price.value) == (Fraction(701, 2), 600)
    # DAP is a fertilizer here, and no trade term.
    assert (goods.term and goods.term.code, "DAP" in dap.words) == ("CFR", True)


@pytest.mark.parametrize(
    ("text", "tolerance"),
    [
        ("500 MT (+/-2 PCT) COPPER", Tolerance(2, 2)),
        ("500 MT COPPER, 5 PERCENT MORE OR LESS ALLOWED", Tolerance(5, 5)),
        ("500 MT COPPER, PLUS OR MINUS 10 %", Tolerance(10, 10)),
        ("APPROXIMATELY 500 MT COPPER", ABOUT),
        ("CIRCA 500 MT COPPER", None),
        ("500 MT COPPER", None),
    ],
)
def test_the_tolerance_of_a_quantity(text: str, tolerance: Tolerance | None) -> None:
    quantity = goods_of(text).items[0].quantity
    assert quantity is not None
    assert (quantity.value, quantity.stated) == (500, tolerance)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("GOODS CIF HAMBURG", "CIF HAMBURG"),
        ("GOODS, C&F SHANGHAI PORT", "CFR SHANGHAI PORT"),
        ("PRICE TERM: FOB NINGBO INCOTERMS(R) 2010", "FOB NINGBO INCOTERMS 2010"),
        ("FOB", None),
        ("INCOTERMS: DDP BERLIN", "DDP BERLIN"),
        ("SPECIFIC GOODS", None),
        (None, None),
    ],
)
def test_the_trade_term(text: str | None, term: str | None) -> None:
    found = goods_of(text).term
    assert (found and str(found)) == term


def test_hs_codes_of_a_credit() -> None:
    assert goods_of("COPPER HS CODE 7403.11").codes == ("740311",)
    assert goods_of("TEA, H.S.CODE: 0902100010").codes == ("0902100010",)


# What field 46A calls for


def test_items_of_a_field() -> None:
    assert items_of("+ INVOICE\nIN TWO\n+ PACKING LIST") == ["INVOICE IN TWO", "PACKING LIST"]
    assert items_of("1. INVOICE\n2) DRAFT") == ["INVOICE", "DRAFT"]
    assert items_of(None) == []
    assert items_of("INVOICE OF 5.000 KG\n5.000 KG NET") == ["INVOICE OF 5.000 KG 5.000 KG NET"]


def test_items_without_marks_begin_with_the_name_of_a_document() -> None:
    text = (
        "SIGNED COMMERCIAL INVOICE IN 3 COPIES\nFULL SET OF CLEAN ON BOARD BILLS OF LADING MADE\n"
        "OUT TO ORDER\nINSURANCE POLICY FOR 110 PCT OF THE\nINVOICE VALUE\n2 PACKING LISTS"
    )
    assert items_of(text) == [
        "SIGNED COMMERCIAL INVOICE IN 3 COPIES",
        "FULL SET OF CLEAN ON BOARD BILLS OF LADING MADE OUT TO ORDER",
        "INSURANCE POLICY FOR 110 PCT OF THE INVOICE VALUE",
        "2 PACKING LISTS",
    ]


def test_two_documents_in_one_item() -> None:
    first, second = requirements_of("+ SIGNED COMMERCIAL INVOICE AND PACKING LIST IN 3 ORIGINALS")
    assert (first.kinds, second.kinds) == (("invoice",), ("packing-list",))
    assert first.originals == second.originals == 3
    (alone,) = requirements_of("+ INSURANCE POLICY SHOWING CLAIMS AND INVOICE VALUE")
    assert alone.kinds == ("insurance",)
    (copy,) = requirements_of("+ CERTIFICATE OF ORIGIN STATING THE NUMBERS OF CREDIT AND INVOICE")
    assert copy.kinds == ("certificate-of-origin",)


@pytest.mark.parametrize(
    ("text", "kinds", "originals", "total", "full"),
    [
        ("SIGNED COMMERCIAL INVOICE IN TRIPLICATE", ("invoice",), 1, 3, False),
        ("INVOICE IN 3 ORIGINALS AND 2 COPIES", ("invoice",), 3, 5, False),
        ("INVOICE IN THREE (3) ORIGINALS", ("invoice",), 3, 3, False),
        ("PACKING LIST IN 4 COPIES", ("packing-list",), 1, 4, False),
        ("PACKING LIST, ORIGINAL PLUS ONE COPY", ("packing-list",), 1, 2, False),
        ("FULL SET OF B/L", ("bill-of-lading",), 1, 1, True),
        ("3/3 ORIGINAL BILLS OF LADING", ("bill-of-lading",), 1, 1, True),
        ("2/3 SET OF BILLS OF LADING", ("bill-of-lading",), 2, 2, False),
        ("AIR WAYBILL", ("transport-document",), 1, 1, False),
        ("BILL OF LADING OR AIR WAYBILL", ("bill-of-lading", "transport-document"), 1, 1, False),
        ("COPY OF BILL OF LADING", ("bill-of-lading",), 0, 1, False),
        ("2 COPIES OF INVOICE", ("invoice",), 0, 2, False),
        ("INSURANCE POLICY OR CERTIFICATE IN DUPLICATE", ("insurance",), 1, 2, False),
        ("WEIGHT LIST", ("packing-list",), 1, 1, False),
        ("CERTIFICATE OF WEIGHT", ("inspection",), 1, 1, False),
        ("CERTIFICATE OF CHINESE ORIGIN", ("certificate-of-origin",), 1, 1, False),
        ("CUSTOMS EXPORT DECLARATION", ("customs-declaration",), 1, 1, False),
        ("BENEFICIARY'S CERTIFICATE THAT THE INVOICE WAS SENT", (), 1, 1, False),
        ("SHIPPING ADVICE", (), 1, 1, False),
    ],
)
def test_a_document_that_is_called_for(
    text: str, kinds: tuple[str, ...], originals: int, total: int, full: bool
) -> None:
    (found,) = requirements_of(f"+ {text}")
    assert (found.kinds, found.originals, found.total, found.full_set) == (
        kinds,
        originals,
        total,
        full,
    )


def test_what_a_transport_document_shows() -> None:
    (found,) = requirements_of(
        "+ FULL SET OF CLEAN ON BOARD BILLS OF LADING MADE OUT TO ORDER OF LINGANG HARBOUR\n"
        "BANK AND BLANK ENDORSED, MARKED FREIGHT COLLECT, NOTIFY APPLICANT."
    )
    assert (found.consignment, found.consignee) == (
        Consignment.TO_ORDER_OF,
        "LINGANG HARBOUR BANK",
    )
    assert (found.blank_endorsed, found.freight, found.notify) == (
        True,
        Freight.COLLECT,
        "APPLICANT",
    )
    (straight,) = requirements_of("+ AIR WAYBILL CONSIGNED TO ISSUING BANK MARKED FREIGHT PAID")
    assert (straight.consignment, straight.consignee, straight.freight) == (
        Consignment.STRAIGHT,
        "ISSUING BANK",
        Freight.PREPAID,
    )


# Places


@pytest.mark.parametrize(
    ("asked", "name", "code", "country", "answer"),
    [
        ("HAMBURG, GERMANY", "Hamburg", "DEHAM", "DE", Fit.YES),
        ("HAMBURG, GERMANY", "Port of Hamburg, Germany", None, None, Fit.YES),
        ("HAMBURG, GERMANY", "HAMBURG", "DEBRV", "DE", Fit.COUNTRY),
        ("HAMBURG, GERMANY", "HAMBURG", None, "US", Fit.COUNTRY),
        ("HAMBURG, GERMANY", "New Hamburg", None, "US", Fit.NO),
        ("HAMBURG, GERMANY", "HAMBRUG", None, "DE", Fit.TYPING),
        ("HAMBURG, GERMANY", None, "DEHAM", None, Fit.YES),
        ("HAMBURG, GERMANY", None, "DEBRV", None, Fit.NO),
        ("HAMBURG, GERMANY", None, "ZZZZZ", None, Fit.UNKNOWN),
        ("YANGSHAN, SHANGHAI, CHINA", "Yangshan", None, None, Fit.YES),
        ("YANGSHAN, SHANGHAI, CHINA", "Shanghai", "CNSHA", "CN", Fit.NO),
        ("SHANGHAI", "Yangshan, Shanghai", None, None, Fit.YES),
        ("ANY CHINESE PORT", "Ningbo", None, "CN", Fit.YES),
        ("ANY PORT IN CHINA", "Ningbo", None, None, Fit.YES),
        ("CHINESE MAIN PORT", "Busan", None, "KR", Fit.NO),
        ("ANY EUROPEAN PORT", "Antwerp", "BEANR", None, Fit.YES),
        ("ANY EUROPEAN PORT", "Shanghai", "CNSHA", None, Fit.NO),
        ("ANY CHINESE PORT", "Any Chinese port", None, None, Fit.RANGE),
        ("ANY PORT OF MY CHOICE", "Ningbo", None, "CN", Fit.UNKNOWN),
        ("ANY CHINESE PORT", "Nowhere", None, None, Fit.UNKNOWN),
        ("NINGBO OR SHANGHAI", "Shanghai", None, None, Fit.YES),
        ("NINGBO/SHANGHAI", "Qingdao", None, None, Fit.NO),
        ("NINGBO, CHINA", "NINGPO", None, None, Fit.YES),
        ("SINGAPORE", "Singapore", "SGSIN", "SG", Fit.YES),
        ("HONG KONG", "Hong Kong", "HKHKG", "HK", Fit.YES),
        # A port's own code beside that of the airport, which is in use for it.
        ("SHANGHAI", "Shanghai", "CNSGH", "CN", Fit.YES),
        ("SHANGHAI", "Shanghai", "CNSHA", "CN", Fit.YES),
        ("SHANGHAI", None, "CNSGH", None, Fit.YES),
        ("SHANGHAI", "Shanghai", "CNNBO", "CN", Fit.COUNTRY),
        ("HAKATA, JAPAN", "Fukuoka", None, "JP", Fit.YES),
        ("SIHANOUKVILLE", "Kampong Saom", "KHKOS", "KH", Fit.YES),
    ],
)
def test_a_place_against_the_credit(
    asked: str, name: str | None, code: str | None, country: str | None, answer: Fit
) -> None:
    assert fit(asked, NamedPlace("", name, code, country)) is answer


# Parties


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("Silver Heron Machinery Import Co., Ltd.", Same.YES),
        ("SILVER HERON MACHINERY IMPORT COMPANY LIMITED", Same.YES),
        ("Silver Heron Machinery Import", Same.YES),
        ("Silver Heron Machinary Import Co Ltd", Same.TYPING),
        ("Silver Heron Logistics Co., Ltd.", Same.NO),
        ("Silver Heron", Same.NO),
    ],
)
def test_the_name_of_a_party(name: str, answer: Same) -> None:
    assert same_name(name, SILVER_HERON) is answer


@pytest.mark.parametrize(
    ("lines", "country", "answer"),
    [
        (("1288 Dishui Lake Avenue, Lingang", "Shanghai 201306"), "CN", Same.YES),
        (("1288 Dishui Lake Ave., Lingang, Shanghai 201306, P.R. China",), None, Same.YES),
        (("1288 Dishui Lake Avenue, Lingang", "Shanghai 201306", "Tel 021 55"), "CN", Same.YES),
        (("1288 Dishui Lake Avenue, Lingang", "Shanghai 201306"), "HK", Same.NO),
        (("1288 Dishui Lake Avenue", "Shanghai 201306"), "CN", Same.NO),
        (("1289 Dishui Lake Avenue, Lingang", "Shanghai 201306"), "CN", Same.NO),
        (("1288 Dishui Lake Avenue, Lingamg", "Shanghai 201306"), "CN", Same.TYPING),
    ],
)
def test_the_address_of_the_applicant(
    lines: tuple[str, ...], country: str | None, answer: Same
) -> None:
    party = Party("/buyer", "Silver Heron Machinery Import Co., Ltd.", lines, country)
    assert same_address(party, SILVER_HERON) is answer


def test_countries_at_the_end_of_an_address() -> None:
    assert country_of(SILVER_HERON) == "CN"
    assert country_in("20457 HAMBURG, GERMANY.") == "DE"
    assert country_in("London, U.K.") == "GB"
    assert country_in("CHINA ROAD 5") is None
    assert (
        country_of(PartyName(lines=("A", "B", "3011 WR ROTTERDAM, NETHERLANDS", "TEL 1"))) == "NL"
    )


# Periods


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("FROM 1 SEPTEMBER 2025 TO 20 SEPTEMBER 2025", "2025-09-01", "2025-09-20"),
        ("BETWEEN 2025-09-01 AND 2025-09-20", "2025-09-01", "2025-09-20"),
        ("SHIPMENT DURING THE SECOND HALF OF OCTOBER 2025", "2025-10-16", "2025-10-31"),
        ("BEGINNING OF FEB 2025", "2025-02-01", "2025-02-10"),
        ("IN DECEMBER 2025", "2025-12-01", "2025-12-31"),
        ("ON OR ABOUT 15 MAR 2025", "2025-03-10", "2025-03-20"),
        ("NOT LATER THAN SEPT 5, 2025", None, "2025-09-05"),
        ("BEFORE 5TH OCTOBER 2025", None, "2025-10-04"),
        ("AFTER 5 OCTOBER 2025", "2025-10-06", None),
    ],
)
def test_a_period_of_shipment(text: str, first: str | None, last: str | None) -> None:
    expected = DateRange(
        first and date.fromisoformat(first),  # type: ignore[arg-type]
        last and date.fromisoformat(last),  # type: ignore[arg-type]
    )
    assert shipment_range(text) == expected


@pytest.mark.parametrize(
    "text", ["", "SOON", "FROM 30 FEBRUARY 2025 TO 1 MAY 2025", "FROM 2 MAY 2025 TO 1 MAY 2025"]
)
def test_a_period_that_nobody_understands(text: str) -> None:
    assert shipment_range(text) is None


def test_a_quantity_without_an_end_is_shown_to_nine_places_and_to_the_last_digit() -> None:
    assert shown(Fraction(2, 3)) == "0.666666667"
    assert shown(Fraction(10**20 + 1, 3)) == "33333333333333333333.666666667"
    assert shown(Fraction(1, 10**9)) == "0.000000001"
