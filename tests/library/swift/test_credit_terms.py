# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from pydantic import ValidationError
from swift_texts import FULL_700, MINIMAL_700, Fields, changed, fin

from yangshan.commitments import commit
from yangshan.credit.amounts import Tolerance
from yangshan.credit.terms import (
    ApplicableRules,
    AvailableBy,
    AvailableWith,
    BadTerms,
    Bank,
    Confirmation,
    CreditTerms,
    PartyName,
    Permission,
    PresentationPeriod,
)
from yangshan.money import Money
from yangshan.swift import read
from yangshan.swift.mapping import terms_from_mt700

SALT = bytes(range(32))


def terms_of(fields: Fields) -> CreditTerms:
    terms, findings = terms_from_mt700(read(fin("700", fields))[0])
    assert terms is not None, findings
    return terms


FULL, MINIMAL = terms_of(FULL_700), terms_of(MINIMAL_700)


@pytest.mark.parametrize("terms", [FULL, MINIMAL], ids=["full", "minimal"])
def test_terms_survive_a_dict_and_json(terms: CreditTerms) -> None:
    as_dict = terms.model_dump(mode="json")
    again = CreditTerms.model_validate(as_dict)
    assert again == terms
    assert again.model_dump(mode="json") == as_dict
    assert CreditTerms.model_validate_json(json.dumps(as_dict)) == terms
    assert as_dict["amount"] == {
        "minor": terms.amount.minor,
        "currency": terms.amount.currency.code,
    }


def test_the_canonical_form_is_all_the_terms_but_field_49h() -> None:
    value = FULL.canonical()
    assert "bank_only_conditions" not in value
    assert FULL_700["49H"] not in json.dumps(value)
    assert value["amount"] == {"minor": "128000000", "currency": "CNY"}
    assert value["issued"] == "2025-09-01"
    assert CreditTerms.from_canonical(value) == FULL.model_copy(
        update={"bank_only_conditions": None}
    )
    assert MINIMAL.canonical() == json.loads(rfc8785.dumps(MINIMAL.canonical()))
    assert None not in MINIMAL.canonical().values()


def test_the_commitment_is_over_the_canonical_form() -> None:
    sealed = FULL.sealed(SALT)
    content = rfc8785.dumps(FULL.canonical())
    assert (sealed.kind, sealed.content, sealed.salt) == ("credit-terms", content, SALT)
    assert sealed.commitment == commit("credit-terms", content, SALT)
    other = terms_of(changed(FULL_700, {"49H": "ANOTHER PRICE"}))
    assert other.sealed(SALT).commitment == sealed.commitment
    dearer = terms_of(changed(FULL_700, {"32B": "CNY1280000,01"}))
    assert dearer.sealed(SALT).commitment != sealed.commitment


def test_field_49h_has_a_commitment_of_its_own_and_is_not_shown() -> None:
    apart = FULL.sealed_bank_only(SALT)
    assert apart is not None
    assert (apart.kind, apart.content) == ("credit-bank-only-conditions", b'"PRICE AGREED APART"')
    assert MINIMAL.sealed_bank_only(SALT) is None
    assert "PRICE AGREED APART" not in repr(FULL)
    assert "PRICE AGREED APART" not in str(FULL)


def test_every_field_of_the_message_arrives() -> None:
    assert (
        CreditTerms(
            reference="YSH25LC000001",
            issued="2025-09-01",  # type: ignore[arg-type]
            transferable=True,
            applicable_rules=ApplicableRules.UCP,
            pre_advice="PREADV/YSH25PA01",
            issuing_bank="YSHACNSHXXX",
            advising_bank="YSSLDEHHXXX",
            second_advising_bank=Bank(
                lines=("SIEBEN LEUCHTFEUER HANDELSBANK", "HAMBURG"), account="ACCOUNT-2"
            ),
            applicant=PartyName(lines=("SILVER HERON MACHINERY IMPORT", "CO., LTD.", "SHANGHAI")),
            applicant_bank=Bank(bic="YSMTCNSHXXX"),
            beneficiary=PartyName(
                lines=("ELBFALKE MASCHINENBAU GMBH", "HAMBURG"), account="DE02000000000000000817"
            ),
            amount=Money.of(128_000_000, "CNY"),
            tolerance=Tolerance(5, 10),
            additional_amounts="FREIGHT UP TO CNY 10000.00",
            available_by=AvailableBy.NEGOTIATION,
            available_with=AvailableWith(any_bank=True, lines=("ANY BANK IN HAMBURG",)),
            drafts="AT SIGHT",
            drawee=Bank(bic="YSHACNSHXXX"),
            expiry="2025-12-31",  # type: ignore[arg-type]
            expiry_place="HAMBURG",
            latest_shipment="2025-11-15",  # type: ignore[arg-type]
            presentation_period=PresentationPeriod(days=21, starts="AFTER RECEIPT OF GOODS"),
            partial_shipments=Permission.CONDITIONAL,
            transhipment=Permission.NOT_ALLOWED,
            taking_in_charge="LUEBECK",
            loading_port="HAMBURG",
            discharge_port="YANGSHAN, SHANGHAI",
            final_destination="SUZHOU",
            goods="2 MILLING CENTRES,\nCIF YANGSHAN",
            documents="+ INVOICE\n+ BILL OF LADING",
            conditions="+ PARTIAL SHIPMENTS OF ONE UNIT EACH",
            beneficiary_conditions="NONE BEYOND THE USUAL",
            bank_only_conditions="PRICE AGREED APART",
            charges="/COMM/CNY100,50OUTSIDE CHINA\nFOR THE BENEFICIARY",
            confirmation=Confirmation.MAY_ADD,
            requested_confirming_bank=Bank(bic="YSSLDEHHXXX"),
            reimbursing_bank=Bank(bic="YSBLCNSHXXX", account="ACCOUNT-1", mark="C"),
            paying_instructions="CLAIM ON THE REIMBURSING BANK",
            sender_to_receiver="/PHONBEN/",
        )
        == FULL
    )


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"expiry": "2025-08-31"}, "", "does not expire before"),
        ({"amount": {"minor": 0, "currency": "CNY"}}, "", "more than nothing"),
        ({"amount": {"minor": 2**64, "currency": "CNY"}}, "", "less than 2**64"),
        ({"amount": {"minor": 1.5, "currency": "CNY"}}, "amount", "whole number"),
        ({"amount": {"minor": "1e3", "currency": "CNY"}}, "amount", "whole number"),
        ({"amount": {"minor": True, "currency": "CNY"}}, "amount", "whole number"),
        ({"amount": {"minor": 1, "currency": "CNX"}}, "amount", "CNX is not a currency"),
        ({"amount": 5}, "amount", "minor units and a currency"),
        ({"tolerance": {"plus": 100, "minus": 0}}, "tolerance", "plus 100"),
        ({"tolerance": {"plus": 5}}, "tolerance", "plus and minus"),
        ({"tolerance": {"plus": "5", "minus": 0}}, "tolerance", "whole per cent"),
        ({"reference": "A//B"}, "", "no two together"),
        ({"reference": "A" * 17}, "reference", "pattern"),
        ({"latest_shipment": "2025-09-01", "shipment_period": "SOON"}, "", "not both"),
        ({"rules_text": "HOUSE RULES"}, "", "only where they are other rules"),
        ({"issuing_bank": "YSHACNSH"}, "issuing_bank", "pattern"),
        ({"available_with": {}}, "available_with", "a BIC or with a bank in words"),
        ({"drawee": {}}, "drawee", "a BIC, a name, a place or an account"),
        ({"available_by": "CASH"}, "available_by", "SIGHT_PAYMENT"),
        ({"unheard": 1}, "unheard", "not permitted"),
        ({"goods": ""}, "goods", "at least 1"),
    ],
)
def test_terms_that_contradict_themselves_are_refused(
    changes: dict[str, Any], place: str, said: str
) -> None:
    value = MINIMAL.model_dump(mode="json") | changes
    with pytest.raises(BadTerms) as refused:
        CreditTerms.from_canonical(value)
    assert place in refused.value.faults
    assert said in refused.value.faults[place]
    assert said in str(refused.value)
    assert refused.value.exit_code == 1


def test_a_value_at_the_edge_is_terms() -> None:
    value = MINIMAL.model_dump(mode="json")
    assert value["expiry"] == value["issued"]
    value["amount"] = {"minor": str(2**64 - 1), "currency": "CNY"}
    assert CreditTerms.from_canonical(value).amount == Money.of(2**64 - 1, "CNY")


def test_terms_do_not_change() -> None:
    with pytest.raises(ValidationError):
        MINIMAL.reference = "B"  # type: ignore[misc]
