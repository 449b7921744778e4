# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yangshan.credit.refusals import AlreadyRefused, DisposalNotOpen, NoDiscrepancy
from yangshan.credit.settlements import Disposal
from yangshan.money import Money
from yangshan.swift import check, read, values
from yangshan.swift.errors import BadContent
from yangshan.swift.instruments import PartNotValid
from yangshan.swift.maps import NotBuilt
from yangshan.swift.refusal import NoticeDoesNotFit, refusal_mt734

LATE = "Bill of lading shows shipment on 2025-09-21, after the latest date 2025-09-20 of field 44C"
GIVEN: dict[str, Any] = {
    "sender": "YSDLCNSH",
    "receiver": "YSSLDEHHXXX",
    "issuing_bank": "YSDLCNSHXXX",
    "reference": "YDL25REF00012",
    "presenting_reference": "SL-2025-118",
    "utilised_on": date(2025, 9, 24),
    "amount": Money.of(46_850_050, "CNY"),
    "discrepancies": [LATE, "Invoice not signed"],
    "disposal": Disposal.HOLD,
    "disposal_text": "documents are held at your disposal pending your further instructions",
}


def test_the_notice_word_for_word() -> None:
    assert refusal_mt734(**GIVEN) == (
        "{1:F01YSDLCNSHAXXX0000000000}{2:I734YSSLDEHHXXXXN}{4:\r\n"
        ":20:YDL25REF00012\r\n"
        ":21:SL-2025-118\r\n"
        ":32A:250924CNY468500,50\r\n"
        ":77J:WE REFUSE TO HONOUR OR NEGOTIATE.\r\n"
        "1. Bill of lading shows shipment on 2025-09-21,\r\n"
        "   after the latest date 2025-09-20 of field 44C\r\n"
        "2. Invoice not signed\r\n"
        ":77B:/HOLD/documents are held at your\r\n"
        "//disposal pending your further\r\n"
        "//instructions\r\n"
        "-}"
    )


@pytest.mark.parametrize("disposal", list(Disposal))
def test_each_disposal_gives_a_notice_without_findings(disposal: Disposal) -> None:
    text = refusal_mt734(
        **GIVEN | {"disposal": disposal, "disposal_text": "", "presenter_instruction": "REF 1"}
    )
    (message,) = read(text)
    assert check(message) == []
    field = message.first("77B")
    assert field is not None
    assert field.lines == (f"/{disposal}/",)


def test_no_reference_of_the_presenter_is_nonref() -> None:
    (message,) = read(refusal_mt734(**GIVEN | {"presenting_reference": None}))
    field = message.first("21")
    assert field is not None
    assert field.value == "NONREF"


def test_a_yen_amount_has_no_decimals() -> None:
    (message,) = read(refusal_mt734(**GIVEN | {"amount": Money.of(98_750_000, "JPY")}))
    field = message.first("32A")
    assert field is not None
    assert field.value == "250924JPY98750000,"
    assert values.money(field) == Money.of(98_750_000, "JPY")


@pytest.mark.parametrize("discrepancies", [[], [""], ["Invoice not signed", " \n "]])
def test_a_notice_without_discrepancy_is_none(discrepancies: list[str]) -> None:
    with pytest.raises(NoDiscrepancy) as refused:
        refusal_mt734(**GIVEN | {"discrepancies": discrepancies})
    assert refused.value.exit_code == 1


@pytest.mark.parametrize(
    ("changes", "disposal"),
    [
        ({"disposal": Disposal.NOTIFY, "issuing_bank": "YSHACNSH"}, Disposal.NOTIFY),
        ({"disposal": Disposal.NOTIFY, "sender": "YSDLCNSH002"}, Disposal.NOTIFY),
        ({"disposal": Disposal.PREVINST}, Disposal.PREVINST),
        ({"disposal": Disposal.PREVINST, "presenter_instruction": " "}, Disposal.PREVINST),
    ],
)
def test_a_disposal_that_is_not_open_to_the_bank(
    changes: dict[str, Any], disposal: Disposal
) -> None:
    with pytest.raises(DisposalNotOpen) as refused:
        refusal_mt734(**GIVEN | changes)
    assert refused.value.disposal is disposal


def test_there_is_one_notice_only() -> None:
    with pytest.raises(AlreadyRefused) as refused:
        refusal_mt734(**GIVEN | {"earlier_notice": "YDL25REF00011"})
    assert refused.value.earlier == "YDL25REF00011"


def test_seventy_lines_fit_and_one_more_does_not() -> None:
    one_line = [f"Copy {number} missing" for number in range(1, 70)]
    (message,) = read(refusal_mt734(**GIVEN | {"discrepancies": one_line}))
    field = message.first("77J")
    assert field is not None
    assert len(field.lines) == 70
    with pytest.raises(NoticeDoesNotFit) as refused:
        refusal_mt734(**GIVEN | {"discrepancies": [*one_line, "Draft missing"]})
    assert (refused.value.tag, refused.value.lines, refused.value.most) == ("77J", 71, 70)


def test_a_disposal_text_fills_three_lines_and_no_more() -> None:
    words = "A" * 29 + " " + "B" * 33 + " " + "C" * 33
    (message,) = read(refusal_mt734(**GIVEN | {"disposal_text": words}))
    field = message.first("77B")
    assert field is not None
    assert field.lines == ("/HOLD/" + "A" * 29, "//" + "B" * 33, "//" + "C" * 33)
    with pytest.raises(NoticeDoesNotFit) as refused:
        refusal_mt734(**GIVEN | {"disposal_text": words + " D"})
    assert (refused.value.tag, refused.value.lines, refused.value.most) == ("77B", 4, 3)


def test_wrapped_lines_never_begin_with_a_hyphen_or_colon() -> None:
    nasty = " ".join(["-20 degrees :stated"] * 30)
    (message,) = read(refusal_mt734(**GIVEN | {"discrepancies": [nasty]}))
    assert check(message) == []
    field = message.first("77J")
    assert field is not None
    said = " ".join(line.strip() for line in field.lines[1:])
    assert said == f"1. {nasty}"


@pytest.mark.parametrize(
    ("changes", "code", "tag"),
    [
        ({"reference": "A" * 17}, "T12", "20"),
        ({"reference": "A//B"}, "T26", "20"),
        ({"presenting_reference": "/B"}, "T26", "21"),
        ({"discrepancies": ["Invoice [copy]"]}, "T12", "77J"),
        ({"disposal_text": "held; at your disposal"}, "T12", "77B"),
        ({"amount": Money.of(-1, "CNY")}, "T40", "32A"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_with_the_finding(
    changes: dict[str, Any], code: str, tag: str
) -> None:
    with pytest.raises(PartNotValid) as refused:
        refusal_mt734(**GIVEN | changes)
    assert [(found.code, found.tag) for found in refused.value.findings] == [(code, tag)]
    assert refused.value.exit_code == 1


@pytest.mark.parametrize(
    ("changes", "role"),
    [
        ({"sender": "HARBOUR"}, "sender"),
        ({"receiver": "YSSLDEHHXXXX"}, "receiver"),
        ({"issuing_bank": ""}, "issuing bank"),
    ],
)
def test_banks_are_named_by_their_bics(changes: dict[str, Any], role: str) -> None:
    with pytest.raises(NotBuilt) as refused:
        refusal_mt734(**GIVEN | changes)
    (given,) = changes.values()
    assert refused.value.reasons == (
        f"The {role} is given as {given!r}; expected a BIC of 8 or 11 characters (rule T27).",
    )


def test_a_reference_cannot_smuggle_a_field_in() -> None:
    with pytest.raises(PartNotValid):
        refusal_mt734(**GIVEN | {"reference": "A\r\n:21:B"})


def test_a_date_that_six_digits_cannot_hold_is_refused() -> None:
    with pytest.raises(BadContent):
        refusal_mt734(**GIVEN | {"utilised_on": date(2080, 1, 1)})
