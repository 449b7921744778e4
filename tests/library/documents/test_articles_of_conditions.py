# SPDX-License-Identifier: Apache-2.0
"""Articles on clauses, insurance, dates and shipments, each on a case and on its near miss."""

from __future__ import annotations

from datetime import date
from typing import Any

from examination_corpus import base_set, base_terms, of, said

from yangshan.documents.document import Document
from yangshan.documents.examination import Paper, examine
from yangshan.documents.examination.families.transport import shipped
from yangshan.documents.examination.reading import presentation_of


def bill(**fields: Any) -> Paper:
    """A bill of lading with some of its fields alone."""
    return Paper("bill", Document("bill-of-lading", 1, fields))


def test_article_14_h_a_condition_without_a_document() -> None:
    assert of("X19", "nothing-said-of-it") == []
    assert of("X19", "other-carrier") == ["X19 D bill-of-lading /carrierName"]


def test_article_14_i_older_than_the_credit_and_never_younger_than_presentation() -> None:
    assert of("X15", "older-than-the-credit") == []
    assert of("X15", "dated-on-the-day") == []
    assert of("X15", "dated-after-presentation") == ["X15 D packing-list /issueDate"]


def test_article_14_l_whoever_issues_a_transport_document() -> None:
    value = base_set("sea-cif-sight")
    fields = value["documents"]["bill-of-lading"]["fields"]
    fields["documentParties"]["issuingParty"] = {"name": "Heron Forwarding Ltd."}
    fields["signedAs"] = "AGENT_OF_CARRIER"
    found = examine(base_terms("sea-cif-sight"), presentation_of(value, "set"))
    assert found.candidates == ()


def test_article_22_charter_party_bills_of_lading() -> None:
    assert of("X13", "charter-party") == ["X13 D bill-of-lading /carrierClauses/0"]
    assert of("X13", "signed-by-charterer") == ["X13 D bill-of-lading /signedAs"]
    assert of("X13", "charter-party-allowed") == []


def test_article_26_deck_load_and_count_and_extra_freight() -> None:
    assert of("X13", "on-deck") == ["X13 D bill-of-lading /carrierClauses/0"]
    assert of("X13", "may-be-on-deck") == []
    assert of("X13", "loads-and-counts") == []


def test_article_27_clean_transport_documents() -> None:
    assert of("X13", "insufficient-packaging") == ["X13 D bill-of-lading /carrierClauses/0"]
    assert of("X13", "packaging-may-not-suffice") == []
    assert of("X13", "clean-deleted") == []


def test_article_28_insurance_documents() -> None:
    assert of("X14", "too-little") == ["X14 D insurance /insuredAmount"]
    assert of("X14", "cover-note") == ["X14 D insurance /documentType"]
    assert of("X14", "dated-late") == ["X14 D insurance /issueDate"]
    assert of("X14", "dated-late-effective-early") == []
    assert of("X14", "exclusions-and-franchise") == []
    assert of("X14", "policy-for-certificate") == []
    assert of("X14", "usual-risks") == []


def test_article_31_b_one_means_one_journey_one_destination() -> None:
    assert of("X17", "one-voyage-two-bills") == []
    assert of("X17", "two-destinations") == ["X17 D bill-of-lading-2 /transports/portOfDischarge"]


def test_article_31_c_several_means_and_courier_receipts() -> None:
    assert of("X17", "two-vessels") == ["X17 D bill-of-lading-2 /transports/vesselVoyages"]
    assert of("X17", "courier-receipts-of-one-day") == []
    assert of("X17", "courier-receipts-of-two-days") == ["X17 D receipt-2 /shipmentDate"]


def test_eucp_e10_a_record_shows_its_date_of_issue() -> None:
    value = base_set("sea-cif-sight")
    fields = value["documents"]["bill-of-lading"]["fields"]
    fields |= {"isElectronic": True, "transportDocumentStatus": "APPROVED"}
    for name in ("issueDate", "shippedOnBoardDate"):
        del fields[name]
    found = examine(base_terms("sea-cif-sight"), presentation_of(value, "set"))
    assert "X15 D bill-of-lading /issueDate" in said(found)


def test_eucp_e11_the_date_of_issue_is_that_of_shipment() -> None:
    assert shipped(bill(isShippedOnBoardType=True, issueDate="2025-09-05")) == date(2025, 9, 5)
    assert shipped(bill(isShippedOnBoardType=False, issueDate="2025-09-05")) is None
    assert shipped(
        bill(isShippedOnBoardType=True, issueDate="2025-09-05", shippedOnBoardDate="2025-09-04")
    ) == date(2025, 9, 4)


def test_a_correction_that_its_issuer_did_not_sign_for_is_a_warning() -> None:
    assert of("X15", "correction-on-the-bill") == ["X15 W bill-of-lading /presented/corrections/0"]
    assert of("X15", "corrected-by-the-agent") == []
