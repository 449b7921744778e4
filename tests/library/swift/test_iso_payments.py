# SPDX-License-Identifier: Apache-2.0
"""The order that pays an obligation, and the notification that shows that it was paid."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from yangshan.credit.evidence import (
    EvidenceDiffers,
    Member,
    NoBank,
    Owed,
    PaymentNotFound,
    differences,
    payment_of,
    transfer_order,
    uetr_of,
)
from yangshan.money import Money
from yangshan.swift.definitions import definitions
from yangshan.swift.iso20022 import xml
from yangshan.swift.iso20022.check import check
from yangshan.swift.iso20022.payments import (
    NoPaymentMessage,
    Order,
    OrderNotWritten,
    Party,
    SettlementMethod,
    payments_in,
    write_order,
)

FOLDER = Path(__file__).parent / "corpus" / "iso20022"
ORDERS = tomllib.loads((FOLDER / "pacs.009.001.08.toml").read_text("utf-8"))
NOTICES = tomllib.loads((FOLDER / "camt.054.001.08.toml").read_text("utf-8"))
OBLIGATION = "0x" + "ab" * 32
CREATED = datetime(2025, 11, 3, 8, tzinfo=UTC)
DEBTOR = Member(name="Yangshan Harbour Bank", bic="YSHACNSHXXX")
CREDITOR = Member(name="Elbe Merchant Bank", bic="YSSLDEHHXXX")
OWED = Owed(
    obligation=OBLIGATION,
    reference="YSH25LC000901",
    amount=Money.of(212_000_000, "CNY"),
    debtor=DEBTOR,
    creditor=CREDITOR,
)
ORDER = Order(
    instruction="A",
    end_to_end="B",
    uetr=uetr_of(OBLIGATION),
    amount=Money.of(1, "JPY"),
    on=date(2025, 11, 3),
    debtor="YSHACNSHXXX",
    creditor="YSSLDEHHXXX",
    method=SettlementMethod.CLEARING,
    remittance="C",
    created=CREATED,
)


def order(owed: Owed = OWED, issuing_bic: str | None = "YSHACNSHXXX") -> str:
    return transfer_order(
        owed,
        issuing_bic=issuing_bic,
        method=SettlementMethod.INSTRUCTED,
        on=date(2025, 11, 3),
        created=CREATED,
    )


def notice(name: str = "full") -> str:
    return str(NOTICES[name]["xml"]).lstrip("\n")


def found(text: str, owed: Owed = OWED) -> list[tuple[str, str]]:
    payment = payment_of(payments_in(text.encode(), "file"), owed, "file")
    return [(each.code, each.severity) for each in differences(payment, owed)]


@pytest.mark.parametrize(
    "text",
    [case["xml"] for file in (ORDERS, NOTICES) for case in file.values()],
    ids=[f"{kind}-{name}" for kind, file in (("o", ORDERS), ("n", NOTICES)) for name in file],
)
def test_the_corpus_is_valid(text: str) -> None:
    assert {"full", "minimal"} <= set(ORDERS) & set(NOTICES)
    assert check(xml.read(text.lstrip("\n").encode())) == []


def test_an_order_states_the_obligation_and_no_more() -> None:
    assert order() == str(ORDERS["full"]["xml"]).lstrip("\n")
    assert order(issuing_bic=None) == order().replace(" OF YSHACNSHXXX OBLIG", " OBLIG")
    assert write_order(ORDER) == str(ORDERS["minimal"]["xml"]).lstrip("\n")


def test_the_reference_of_a_transfer_is_that_of_its_obligation() -> None:
    assert uetr_of(OBLIGATION) == "e373c465-2112-45fc-be97-86eb1d2219b2"
    others = {uetr_of(f"0x{number:064x}") for number in range(1000)}
    assert len(others) == 1000
    assert {each[14] for each in others} == {"4"}
    assert {each[19] for each in others} == set("89ab")


@pytest.mark.parametrize(("role", "said"), [("debtor", "which owes"), ("creditor", "is owed")])
def test_an_order_is_between_two_banks(role: str, said: str) -> None:
    nobody = Member(name="Elbfalke Maschinenbau GmbH", bic=None)
    with pytest.raises(NoBank, match=said) as refused:
        order(replace(OWED, **{role: nobody}))
    assert refused.value.name == nobody.name


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"instruction": "A" * 36}, "InstrId"),
        ({"end_to_end": ""}, "EndToEndId"),
        ({"uetr": "e373c465-2112-55fc-be97-86eb1d2219b2"}, "UETR"),
        ({"debtor": "YSHA"}, "BICFI"),
        ({"remittance": "A" * 141}, "Ustrd"),
    ],
)
def test_what_an_order_cannot_hold_is_refused(change: dict[str, Any], place: str) -> None:
    with pytest.raises(OrderNotWritten) as refused:
        write_order(replace(ORDER, **change))
    assert place in {each.tag.rpartition("/")[2] for each in refused.value.findings}


def test_a_notification_shows_the_payment() -> None:
    (one, two) = payments_in(notice().encode(), "file")
    assert two.amount == Money.of(5_000, "CNY")
    assert (one.amount, one.ordered, one.credited) == (OWED.amount, False, True)
    assert (one.end_to_end, one.uetr) == ("YSH25LC000901", uetr_of(OBLIGATION))
    assert one.reference == "ELB-IN-17"
    assert one.debtor == Party(bic="YSHACNSHXXX", name="Yangshan Harbour Bank")
    assert one.creditor == Party(bic="YSSLDEHHXXX", name=None)
    assert found(notice()) == []


def test_an_entry_without_details_is_a_payment_too() -> None:
    (one,) = payments_in(notice("entry").encode(), "file")
    assert (one.amount, one.credited, one.reference) == (OWED.amount, True, "ELB-IN-18")
    assert found(notice("entry")) == [("Y71", "warning"), ("Y71", "warning")]
    assert payments_in(notice("minimal").encode(), "file") == []


def test_an_order_shows_that_it_was_ordered_alone() -> None:
    assert found(order()) == [("Y73", "warning")]


# What is put for what in the full notification, and what is then found.
DIFFERENT = {
    "another amount": (">2120000.00<", ">2120000.01<", [("Y70", "error")]),
    "another currency": ('"CNY">2120000.00', '"USD">2120000.00', [("Y70", "error")]),
    "a debit": ("<CdtDbtInd>CRDT<", "<CdtDbtInd>DBIT<", [("Y72", "error")]),
    "a reversal": ("<RvslInd>false<", "<RvslInd>true<", [("Y72", "error")]),
    "pending": ("<Cd>BOOK<", "<Cd>PDNG<", [("Y72", "error")]),
    "another payer": (">YSHACNSHXXX<", ">YSMTCNSHXXX<", [("Y71", "error")]),
    "another branch of the payer": (">YSHACNSHXXX<", ">YSHACNSH001<", []),
    "another payee": (">YSSLDEHHXXX<", ">YSMTCNSHXXX<", [("Y71", "error")]),
}


@pytest.mark.parametrize("name", sorted(DIFFERENT))
def test_what_differs_is_named(name: str) -> None:
    old, new, expected = DIFFERENT[name]
    text = notice()
    first = text.index("<Ntry>")
    assert old in text[first:]
    assert found(text[:first] + text[first:].replace(old, new, 1)) == expected


def test_what_was_returned_is_no_payment() -> None:
    text = notice().replace("</RmtInf>", "</RmtInf><RtrInf><Rsn><Cd>AC01</Cd></Rsn></RtrInf>", 1)
    assert check(xml.read(text.encode())) == []
    assert found(text) == [("Y72", "error")]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (Party(bic=None, name="yangshan  HARBOUR-bank"), []),
        (Party(bic=None, name="Tide Bank"), [("Y71", "error")]),
        (Party(bic=None, name=None), [("Y71", "warning")]),
        (Party(bic="YSHACNSH", name="Anything"), []),
    ],
)
def test_a_party_is_known_by_its_bic_or_else_its_name(stated: Party, expected: Any) -> None:
    (payment, _) = payments_in(notice().encode(), "file")
    told = differences(replace(payment, debtor=stated), OWED)
    assert [(each.code, each.severity) for each in told] == expected
    exporter = replace(OWED, debtor=Member(name="Yangshan Harbour Bank", bic=None))
    again = differences(replace(payment, debtor=replace(stated, bic=None)), exporter)
    named = "Anything" if stated.bic else stated.name
    same = named and named.casefold().startswith("yangshan")
    assert [each.severity for each in again] == ([] if same else ["error" if named else "warning"])


@pytest.mark.parametrize(
    ("end_to_end", "uetr", "remittance", "names"),
    [
        ("YSH25LC000901", None, (), True),
        (None, uetr_of(OBLIGATION), (), True),
        (None, None, ("Our LC ysh25lc000901, 1st drawing",), True),
        (None, None, (f"obligation {OBLIGATION.upper()}",), True),
        (None, None, ("YSH25LC0009011",), False),
        (None, None, ("XYSH25LC000901",), False),
        ("NOTPROVIDED", uetr_of("0x00"), (), False),
    ],
)
def test_the_payment_is_the_one_that_names_the_credit(
    end_to_end: str | None, uetr: str | None, remittance: tuple[str, ...], names: bool
) -> None:
    (payment, other) = payments_in(notice().encode(), "file")
    given = replace(payment, end_to_end=end_to_end, uetr=uetr, remittance=remittance)
    if names:
        assert payment_of([other, given], OWED, "file") == given
    else:
        with pytest.raises(PaymentNotFound, match="no payment names"):
            payment_of([other, given], OWED, "file")


def test_two_payments_for_one_credit_are_not_told_apart() -> None:
    (payment, _) = payments_in(notice().encode(), "file")
    with pytest.raises(PaymentNotFound, match="several payments") as refused:
        payment_of([payment, payment], OWED, "file")
    assert refused.value.lines == (payment.line, payment.line)


def test_what_differs_is_refused_in_a_sentence() -> None:
    (payment, _) = payments_in(notice().encode(), "file")
    findings = differences(replace(payment, amount=Money.of(1, "CNY")), OWED)
    assert str(EvidenceDiffers("a.xml", findings)) == (
        f"a.xml does not show this payment: Line {payment.line}: The amount is CNY 0.01; expected "
        "CNY 2,120,000.00, which is owed (rule Y70)."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:tsrv.008.001.01"/>', "tsrv.008.001.01"),
        ("<Document/>", "of no known kind"),
        ('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"/>', "with errors"),
    ],
)
def test_another_message_tells_of_no_payment(text: str, said: str) -> None:
    with pytest.raises(NoPaymentMessage, match=said):
        payments_in(text.encode(), "file")


def test_own_codes_are_explained() -> None:
    assert {"Y70", "Y71", "Y72", "Y73"} <= set(definitions().own_codes)
