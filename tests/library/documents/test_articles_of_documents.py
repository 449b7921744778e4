# SPDX-License-Identifier: Apache-2.0
"""The articles on documents, each shown on a case of the corpus and on its near miss."""

from __future__ import annotations

from examination_corpus import base_set, base_terms, of

from yangshan.documents.examination import examine
from yangshan.documents.examination.reading import presentation_of


def test_article_14_d_data_must_not_conflict() -> None:
    assert of("X05", "gross-weight-of-the-invoice") == ["X05 D invoice /totalGrossWeight"]


def test_article_14_d_and_need_not_be_identical() -> None:
    assert of("X05", "the-same-weight-in-tonnes") == []


def test_article_14_e_goods_may_be_told_in_general_terms_elsewhere() -> None:
    assert of("X04", "general-terms-elsewhere") == []
    assert of("X04", "another-model-on-the-bill-of-lading") == [
        "X04 D bill-of-lading /consignmentItems/0/descriptionOfGoods/0"
    ]


def test_article_14_f_a_document_is_judged_by_its_function() -> None:
    assert of("X12", "another-certificate") == ["X12 W quality"]


def test_article_14_g_documents_that_are_not_called_for_are_disregarded() -> None:
    assert of("X01", "draft-not-called-for") == []
    value = base_set("sea-cif-sight")
    value["documents"]["waybill"] = base_set("air-cip-usance")["documents"]["air-waybill"]
    found = examine(base_terms("sea-cif-sight"), presentation_of(value, "set"))
    assert (found.candidates, found.disregarded) == ((), ("waybill",))


def test_article_14_j_addresses_may_differ_within_a_country() -> None:
    assert of("X11", "another-address-on-the-packing-list") == []
    assert of("X11", "seller-in-another-country") == ["X11 D invoice /seller/countryCode"]


def test_article_14_j_but_not_of_the_applicant_as_notify_party() -> None:
    assert of("X11", "another-address-of-the-applicant") == [
        "X11 D bill-of-lading /documentParties/notifyParties/0/address"
    ]
    assert of("X11", "telephone-of-the-notify-party") == []


def test_article_14_k_the_shipper_need_not_be_the_beneficiary() -> None:
    assert of("X11", "shipper-is-another") == []


def test_article_17_originals_and_copies() -> None:
    assert of("X12", "copies-for-originals") == ["X12 D invoice /presented/originalsPresented"]
    assert of("X12", "originals-for-copies") == []
    assert of("X12", "duplicate-in-copies-alone") == [
        "X12 D packing-list /presented/originalsPresented"
    ]


def test_article_18_the_beneficiary_issues_the_invoice_to_the_applicant() -> None:
    assert of("X03", "another-seller") == ["X03 D invoice /seller/name"]
    assert of("X03", "another-buyer") == ["X03 D invoice /buyer/name"]


def test_article_18_in_the_currency_of_the_credit() -> None:
    assert of("X01", "invoice-in-euro") == ["X01 D invoice /invoiceCurrencyCode"]


def test_article_18_for_goods_that_correspond() -> None:
    assert of("X04", "another-model") == ["X04 D invoice /lineItems/0/descriptionOfGoods"]
    assert of("X04", "more-detail") == []


def test_article_19_multimodal_transport_documents() -> None:
    assert of("X12", "multimodal-in-part") == ["X12 D air-waybill /presented/originalsPresented"]
    assert of("X09", "multimodal-from-another-place") == ["X09 D air-waybill /placeOfReceipt"]
    assert of("X09", "multimodal-from-that-place") == []


def test_article_20_bills_of_lading() -> None:
    assert of("X08", "received-for-shipment") == ["X08 D bill-of-lading /onBoardNotation"]
    assert of("X08", "received-for-shipment-with-a-notation") == []
    assert of("X09", "another-port-of-loading") == [
        "X09 D bill-of-lading /transports/portOfLoading"
    ]
    assert of("X12", "two-of-three-bills-of-lading") == [
        "X12 D bill-of-lading /presented/originalsPresented"
    ]


def test_article_21_a_sea_waybill_is_no_bill_of_lading() -> None:
    assert "X12 D bill-of-lading" in of("X12", "sea-waybill-for-a-bill-of-lading")


def test_article_23_air_transport_documents() -> None:
    assert of("X12", "full-set-by-air") == []
    assert of("X12", "original-for-the-consignee") == ["X12 D air-waybill /copyFor"]
    assert of("X08", "flight-after-the-latest-date") == ["X08 D air-waybill /shipmentDate"]
    assert of("X08", "no-notation-of-a-flight") == []


def test_article_24_road_and_rail_documents() -> None:
    assert of("X12", "road-original-for-the-consignor") == []
    assert of("X12", "road-original-for-the-carrier") == ["X12 D air-waybill /copyFor"]
    assert of("X12", "rail-without-a-number") == []


def test_article_25_the_date_of_pick_up_is_that_of_shipment() -> None:
    assert of("X08", "courier-picked-up-late") == ["X08 D air-waybill /shipmentDate"]


def test_eucp_e9_a_record_is_any_number_of_originals() -> None:
    assert of("X12", "electronic-bill-of-lading") == []


# Readings: what the sources leave open is a warning or nothing, never a discrepancy


def test_more_detail_and_other_places_of_an_invoice() -> None:
    assert of("X04", "more-detail") == of("X04", "collated") == []
    assert of("X04", "freight-as-a-line") == ["X04 W invoice /lineItems/1/descriptionOfGoods"]
    assert of("X07", "source-without-a-year") == ["X07 W invoice /tradeTermsSource"]


def test_a_notation_without_vessel_and_port_after_pre_carriage() -> None:
    assert of("X08", "pre-carriage-without-vessel-and-port") == [
        "X08 W bill-of-lading /onBoardNotation"
    ]
    assert of("X09", "port-as-place-of-receipt") == []


def test_what_may_be_a_typing_error_is_a_warning() -> None:
    assert of("X03", "name-mistyped") == ["X03 W invoice /seller/name"]
    assert of("X04", "typing-error") == ["X04 W invoice /lineItems/0/descriptionOfGoods"]
    assert of("X09", "port-mistyped") == ["X09 W bill-of-lading /transports/portOfDischarge"]


def test_a_digit_of_a_model_is_no_typing_error() -> None:
    assert of("X04", "another-model") == ["X04 D invoice /lineItems/0/descriptionOfGoods"]


def test_eucp_e7_links_and_formats() -> None:
    assert of("X12", "dead-link") == ["X12 D insurance /presented/links/0/opened"]
    assert of("X12", "link-that-opens") == []
    # Against a nominated bank that examined and forwarded, and of a format: no discrepancy.
    assert of("X12", "dead-link-after-a-nominated-bank") == []
    assert of("X12", "format-that-cannot-be-examined") == []
