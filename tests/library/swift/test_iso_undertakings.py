# SPDX-License-Identifier: Apache-2.0
"""Undertakings as MT and as tsrv: the same said both ways, and what has no place told by name."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from iso_samples import everything
from swift_corpus import BASES, Rows, rows_of
from swift_texts import MINIMAL_700, fin

from yangshan.credit.terms import AvailableWith, Bank, Confirmation, PartyName
from yangshan.credit.undertakings import (
    Extension,
    NonExtension,
    UndertakingForm,
    UndertakingRules,
    UndertakingType,
)
from yangshan.swift import check, is_valid, read
from yangshan.swift.definitions import definitions
from yangshan.swift.iso20022 import xml
from yangshan.swift.iso20022.check import check as check_iso
from yangshan.swift.iso20022.conversion import (
    NoCounterpart,
    NotConverted,
    RouteNotNamed,
    iso_to_model,
    iso_to_mt,
    mt_to_iso,
)
from yangshan.swift.iso20022.engine import Missing, Route, from_iso, to_iso, unsaid_by
from yangshan.swift.iso20022.places import Reading, find
from yangshan.swift.iso20022.schema import Group, schema
from yangshan.swift.iso20022.undertakings import BY_MESSAGE, MAPS, NOT_CONVERTED
from yangshan.swift.iso20022.xml import Node
from yangshan.swift.maps import MAPS as MT_MAPS

SENDER, RECEIVER = "YSHACNSHXXX", "YSSLDEHHXXX"
DAY = date(2025, 10, 2)
ROUTE = Route(SENDER, DAY)
FOLDER = Path(__file__).parent / "corpus" / "iso20022"


class Pair(NamedTuple):
    """The same in both standards."""

    message: str
    kind: str
    rows: Rows
    xml: str


PAIRS = {
    (path.stem, name): Pair(path.stem, file["kind"], rows_of(case["mt"]), case["xml"].lstrip("\n"))
    for path in sorted(FOLDER.glob("tsrv*.toml"))
    for file in [tomllib.loads(path.read_text("utf-8"))]
    for name, case in file.items()
    if isinstance(case, dict)
}
# Back from tsrv.011 comes no MT 785, which says more than it.
BOTH_WAYS = sorted(key for key in PAIRS if key[0] != "tsrv.011.001.01")
FULL = {message: PAIRS[message, "full"] for message in BY_MESSAGE}


def to_xml(pair: Pair, **given: Any) -> tuple[str, list[tuple[str, str]]]:
    found = mt_to_iso(fin(pair.kind, pair.rows).encode(), "file", day=DAY, **given)
    return found.text, [(each.code, each.tag) for each in found.findings]


def model_in(pair: Pair) -> Any:
    return iso_to_model(pair.xml.encode(), "file")[0]


def tags(findings: list[Any], severity: str = "error") -> list[str]:
    return [each.tag for each in findings if each.severity == severity]


def test_every_map_has_a_full_and_a_minimal_pair() -> None:
    assert {message for message, _ in PAIRS} == set(BY_MESSAGE)
    assert {(message, name) for message in BY_MESSAGE for name in ("full", "minimal")} <= set(PAIRS)


@pytest.mark.parametrize("key", sorted(PAIRS))
def test_mt_becomes_the_same_xml(key: tuple[str, str]) -> None:
    pair = PAIRS[key]
    assert check(read(fin(pair.kind, pair.rows))[0]) == []
    text, findings = to_xml(pair)
    assert text == pair.xml
    assert check_iso(xml.read(text.encode())) == []
    left = [("Y66", "31C"), ("Y66", "59a")] if key[0] == "tsrv.011.001.01" else []
    assert findings == left


@pytest.mark.parametrize("key", BOTH_WAYS)
def test_xml_becomes_the_same_mt(key: tuple[str, str]) -> None:
    pair = PAIRS[key]
    found = iso_to_mt(pair.xml.encode(), "file", sender=SENDER, receiver=RECEIVER)
    (message,) = read(found.text)
    assert (message.type, message.sender, message.receiver) == (pair.kind, SENDER, RECEIVER)
    assert [(field.tag, field.value) for field in message.fields] == pair.rows
    told = [(each.code, each.severity) for each in found.findings]
    assert told == (
        [("Y66", "warning")] if key[0] in {"tsrv.002.001.01", "tsrv.006.001.01"} else []
    )


def test_a_notice_of_non_extension_says_too_little_for_an_mt() -> None:
    with pytest.raises(NotConverted) as refused:
        iso_to_model(PAIRS["tsrv.011.001.01", "full"].xml.encode(), "file")
    assert tags(list(refused.value.findings)) == ["31C", "59a"]


@pytest.mark.parametrize("message", sorted(BY_MESSAGE))
def test_every_attribute_has_a_place_or_a_reason_why_not(message: str) -> None:
    iso = BY_MESSAGE[message]
    mapping = MT_MAPS[iso.kind]
    names = [name for place in (*iso.outside, *iso.places) for name in place.names]
    assert len(names) == len(set(names))
    beside = {"purpose", "local"} if iso.kind in {"760", "767"} else set()
    if message in {"tsrv.002.001.01", "tsrv.006.001.01"}:
        beside.add("other_reference")
    every = {field.name for field in dataclasses.fields(mapping.model)}
    assert set(names) | set(iso.missing) | beside == every
    assert not set(names) & set(iso.missing)
    if iso.part:
        assert mapping.part is not None
        inner = {name for place in iso.part.places for name in place.names}
        every = {field.name for field in dataclasses.fields(mapping.part.model)}
        assert inner | set(iso.part.missing) == every
        assert not inner & set(iso.part.missing)
    assert set(iso.defaults) <= set(iso.missing)


def _models(message: str) -> list[Any]:
    pairs = [pair for (name, _), pair in PAIRS.items() if name == message]
    kept = [pair for pair in pairs if message != "tsrv.011.001.01"]
    return [model_in(pair) for pair in kept]


@pytest.mark.parametrize("message", sorted(set(BY_MESSAGE) - {"tsrv.011.001.01"}))
def test_the_corpus_states_every_place(message: str) -> None:
    iso = BY_MESSAGE[message]
    models = _models(message)
    # What an advice states of the undertaking stands where the issue has it.
    if message == "tsrv.002.001.01":
        models += _models("tsrv.001.001.01")
    if message == "tsrv.006.001.01":
        models += _models("tsrv.005.001.01")
    for place in (*iso.outside, *iso.places):
        for name in place.names:
            assert any(getattr(model, name) not in (None, False) for model in models), name
    stated = [model.local for model in models if iso.part and model.local]
    for place in iso.part.places if iso.part else ():
        for name in place.names:
            assert any(getattr(local, name) not in (None, False) for local in stated), name


@pytest.mark.parametrize("message", sorted(set(BY_MESSAGE) - {"tsrv.011.001.01"}))
def test_without_its_element_an_attribute_is_not_stated(message: str) -> None:
    """So that no attribute is read from anywhere but its place."""
    iso = BY_MESSAGE[message]
    base = model_in(FULL[message])
    for place in iso.places:
        if not place.path:
            continue
        whole = xml.read(FULL[message].xml.encode())
        details = find(Reading(), whole.root.children[0], iso.details)[0]
        nodes = find(Reading(), details, place.path)
        if not nodes:
            continue
        for parent in details.walk():
            parent.children = [child for child in parent.children if child not in nodes]
        if not is_valid(check_iso(whole)):
            continue
        model, findings = from_iso(iso, whole, ROUTE)
        if model is None:
            assert tags(findings), place
            continue
        for name in place.names:
            if getattr(base, name) is not None:
                assert getattr(model, name) in (None, False), name


SAMPLES: dict[str, Any] = {
    "available_with": AvailableWith(bic=None, any_bank=True, lines=("ANY BANK",)),
    "jurisdiction": "DE/HAMBURG",
    "extension_notice": "BY COURIER",
    "file": "EMAL/A.PDF",
    "other_reference": "ELB-1",
    "related_reference": "ELB-2",
    "cancellation": True,
    "type_text": "RETURN",
    "standard_wording": True,
    "answer_text": "NO",
    "sender_to_receiver": "NONE",
    "beneficiary": PartyName(lines=("A",)),
    "demanded": DAY,
    "requested_period": "251001",
    "intermediary": Bank(bic=SENDER),
    "account_with": Bank(bic=SENDER),
    "issued": DAY,
    "advising_bank": Bank(bic=SENDER),
    "advise_through": Bank(bic=SENDER),
    "final_expiry": DAY,
}
UNSAID = [
    (message, inner, name, why)
    for message, iso in sorted(BY_MESSAGE.items())
    for inner, missing in ((False, iso.missing), (True, iso.part.missing if iso.part else {}))
    for name, why in missing.items()
]


def _stating(message: str, inner: bool) -> Any:
    if message == "tsrv.011.001.01":
        return NonExtension(
            reference="A",
            issuer=Bank(bic=SENDER),
            issued=DAY,
            beneficiary=PartyName(lines=("A",)),
        )
    name = "counter" if inner and message == "tsrv.001.001.01" else "full"
    model = model_in(PAIRS[message, name])
    if inner and model.local is None:
        issue = "tsrv.001.001.01" if message == "tsrv.002.001.01" else "tsrv.005.001.01"
        of = model_in(PAIRS[issue, "counter" if issue == "tsrv.001.001.01" else "full"])
        model = dataclasses.replace(model, local=of.local)
    return model


@pytest.mark.parametrize(("message", "inner", "name", "why"), UNSAID)
def test_what_has_no_element_is_told(message: str, inner: bool, name: str, why: Missing) -> None:
    iso = BY_MESSAGE[message]
    model = _stating(message, inner)
    target = model.local if inner else model
    _, before = to_iso(iso, dataclasses.replace(model), ROUTE)
    stated = dataclasses.replace(target, **{name: SAMPLES[name]})
    model = dataclasses.replace(model, local=stated) if inner else stated
    _, found = to_iso(iso, model, ROUTE)
    mapping = MT_MAPS[iso.kind]
    places = mapping.part.places if inner and mapping.part else mapping.places
    (tag,) = [place.tag.rpartition(".")[2] for place in places if name in place.names]
    new = [each for each in found if each not in before] or found
    (told,) = [each for each in new if each.tag == tag and why.reason in each.message]
    assert told.code == "Y66"
    assert told.severity == ("error" if why.term else "warning")


# Values of MT that tsrv cannot hold: what is changed, and the fields that are told.
CANNOT = {
    "a dependent undertaking": ("full", {"form": UndertakingForm.DEPENDENT}, ["22D"]),
    "other rules without a name": (
        "full",
        {"rules": UndertakingRules.OTHER, "rules_text": None},
        ["40C"],
    ),
    "may add": ("full", {"confirmation": Confirmation.MAY_ADD}, ["49"]),
    "an account of a party": (
        "full",
        {"beneficiary": PartyName(lines=("A",), account="1")},
        ["59a"],
    ),
    "an account of a bank": ("full", {"issuer": Bank(bic=SENDER, account="1")}, ["52a"]),
    "a mark of a bank": ("full", {"advising_bank": Bank(bic=SENDER, mark="D")}, ["56a"]),
    "an extension in words": (
        "full",
        {"extension": Extension.OTHER, "extension_text": "TWICE"},
        ["23F"],
    ),
    "a carrier": ("full", {"delivery": "COUR/HARBOUR"}, ["24E", "24G"]),
    "collection": ("full", {"delivery": "COLL", "delivery_to": None}, ["24E"]),
    "delivery to somebody and in no way": ("full", {"delivery": None}, ["24G"]),
    "another purpose": ("full", {"purpose": "XXXX"}, ["22A"]),
    "a day that is not stated": (
        "full",
        {"expiry": None, "expiry_condition": None},
        ["23B"],
    ),
}


@pytest.mark.parametrize("name", sorted(CANNOT))
def test_a_value_that_tsrv_cannot_hold_is_told(name: str) -> None:
    base, changes, expected = CANNOT[name]
    model = dataclasses.replace(model_in(PAIRS["tsrv.001.001.01", base]), **changes)
    _, findings = to_iso(BY_MESSAGE["tsrv.001.001.01"], model, ROUTE)
    assert [each.tag for each in findings if each.code == "Y66"] == expected
    assert {each.severity for each in findings if each.code == "Y66"} == {"error"}


COMMON_TYPES = {"APAY", "CUST", "DPAY", "INSU", "PAYM", "PERF", "RETN", "SHIP", "TEND", "WARR"}


@pytest.mark.parametrize(
    ("type_", "said"),
    [(each, each in COMMON_TYPES) for each in UndertakingType],
)
def test_a_type_of_undertaking_is_written_where_the_list_has_it(
    type_: UndertakingType, said: bool
) -> None:
    model = model_in(PAIRS["tsrv.001.001.01", "counter"])
    model = dataclasses.replace(model, local=dataclasses.replace(model.local, type=type_))
    message, findings = to_iso(BY_MESSAGE["tsrv.001.001.01"], model, ROUTE)
    assert tags(findings) == (
        [] if said else ["22K", "UdrtkgIssnc/UdrtkgIssncDtls/ReqdLclUdrtkg/Tp"]
    )
    if said:
        assert from_iso(BY_MESSAGE[message.type], message, ROUTE)[0] == model


def test_a_local_undertaking_without_its_type_is_not_written() -> None:
    pair = PAIRS["tsrv.001.001.01", "counter"]
    rows = [row for row in pair.rows if row[0] != "22K"]
    with pytest.raises(NotConverted, match="Tp is missing in ReqdLclUdrtkg") as refused:
        to_xml(pair._replace(rows=rows), partial=True)
    assert tags(list(refused.value.findings)) == ["UdrtkgIssnc/UdrtkgIssncDtls/ReqdLclUdrtkg/Tp"]


@pytest.mark.parametrize(
    ("purpose", "changes", "expected"),
    [
        ("ISSU", {"confirmation": Confirmation.CONFIRM}, "ISCO"),
        ("ISSU", {"confirmation": None}, "ISAD"),
        ("ISSU", {"confirmation": None, "advising_bank": None}, "ISAD"),
        (
            "ISSU",
            {"confirmation": None, "advising_bank": None, "beneficiary": Bank(bic=RECEIVER)},
            "ISSU",
        ),
        ("ISSU", {"confirmation": None, "beneficiary": Bank(bic=RECEIVER)}, "ISAD"),
        ("ISCO", {}, "CRQL"),
        ("ICCO", {}, "CRQC"),
    ],
)
def test_the_kind_of_issuance_follows_from_what_is_stated(
    purpose: str, changes: dict[str, Any], expected: str
) -> None:
    iso = BY_MESSAGE["tsrv.001.001.01"]
    changes = changes | {"purpose": purpose, "requested_confirming_bank": None}
    model = dataclasses.replace(model_in(FULL[iso.message]), **changes)
    message, _ = to_iso(iso, model, ROUTE)
    assert find(Reading(), message.root, "UdrtkgIssnc/UdrtkgIssncDtls/IssncTp")[0].text == expected
    again, findings = from_iso(iso, message, ROUTE)
    assert again == model
    assert findings == []


def changed(pair: Pair, old: str, new: str) -> bytes:
    assert pair.xml.count(old) == 1, pair.xml.count(old)
    return pair.xml.replace(old, new).encode()


# Values of tsrv that MT cannot hold: what is put for what, and the element that is told.
BACK: dict[str, tuple[str, str, str, str]] = {
    "a kind of issuance of its own": (
        "tsrv.001.001.01",
        "<IssncTp>ISCO<",
        "<IssncTp>ISSU<",
        "IssncTp (warning)",
    ),
    "an advice of a request": (
        "tsrv.002.001.01",
        "<IssncTp>ISCO<",
        "<IssncTp>CRQL<",
        "IssncTp (warning)",
    ),
    "a moment of expiry": (
        "tsrv.001.001.01",
        "<Dt>2026-09-01</Dt>",
        "<DtTm>2026-09-01T12:00:00</DtTm>",
        "UdrtkgIssnc/UdrtkgIssncDtls/XpryDtls/XpryTerms/DtTm/DtTm",
    ),
    "a date with a zone": (
        "tsrv.001.001.01",
        "<DtOfIssnc>2025-09-01<",
        "<DtOfIssnc>2025-09-01Z<",
        "UdrtkgIssnc/UdrtkgIssncDtls/DtOfIssnc",
    ),
    "an extension by two years": (
        "tsrv.001.001.01",
        "<Days>30</Days>",
        "<Yrs>2</Yrs>",
        "UdrtkgIssnc/UdrtkgIssncDtls/XpryDtls/XpryTerms/AutoXtnsn/Prd",
    ),
    "an extension by 1000 days": (
        "tsrv.001.001.01",
        "<Days>30</Days>",
        "<Days>1000</Days>",
        "UdrtkgIssnc/UdrtkgIssncDtls/XpryDtls/XpryTerms/AutoXtnsn/Prd",
    ),
    "open and on a condition": (
        "tsrv.001.001.01",
        "<Cond>ON DELIVERY OF THE LAST UNIT\nOR ON RETURN OF THIS STANDBY</Cond>",
        "<Cond>ON DELIVERY</Cond><OpnEnddInd>true</OpnEnddInd>",
        "UdrtkgIssnc/UdrtkgIssncDtls/XpryDtls/XpryTerms",
    ),
    "another channel": (
        "tsrv.001.001.01",
        "<Mtd>POST</Mtd>",
        "<Mtd>EMAL</Mtd>",
        "UdrtkgIssnc/UdrtkgIssncDtls/DlvryChanl",
    ),
    "delivery to another": (
        "tsrv.001.001.01",
        "<Cd>SPEC</Cd>",
        "<Cd>APPL</Cd>",
        "UdrtkgIssnc/UdrtkgIssncDtls/DlvryChanl",
    ),
    "a street": (
        "tsrv.001.001.01",
        "<AdrLine>1 LANTERN ROAD</AdrLine>",
        "<StrtNm>LANTERN ROAD</StrtNm>",
        "UdrtkgIssnc/UdrtkgIssncDtls/Applcnt/PstlAdr/StrtNm",
    ),
    "a party without a name": (
        "tsrv.001.001.01",
        "<Nm>SILVER HERON GROUP</Nm>",
        "<CtryOfRes>CN</CtryOfRes>",
        "UdrtkgIssnc/UdrtkgIssncDtls/AddtlPty/Pty",
    ),
    "a purchase order": (
        "tsrv.001.001.01",
        "<Prtry>\n            <Id>NOTPROVIDED</Id>\n          </Prtry>\n        </Tp>\n        <A",
        "<Cd>PUOR</Cd></Tp><A",
        "UdrtkgIssnc/UdrtkgIssncDtls/UndrlygTx/Tp/Cd",
    ),
    "a number of amendment with letters": (
        "tsrv.005.001.01",
        "<SeqNb>12<",
        "<SeqNb>A2<",
        "UdrtkgAmdmnt/UdrtkgAmdmntDtls/SeqNb",
    ),
    "a second beneficiary": (
        "tsrv.001.001.01",
        "<DtOfIssnc>2025",
        "<Bnfcry><Nm>ANOTHER</Nm></Bnfcry><DtOfIssnc>2025",
        "UdrtkgIssnc/UdrtkgIssncDtls/Bnfcry/Nm",
    ),
    "a type": (
        "tsrv.001.001.01",
        "<IssncTp>",
        "<Tp><Cd>PERF</Cd></Tp><IssncTp>",
        "UdrtkgIssnc/UdrtkgIssncDtls/Tp/Cd",
    ),
    "another who notifies": (
        "tsrv.011.001.01",
        "<NtifngPty>\n        <Nm>TIDE BANK</Nm>",
        "<NtifngPty>\n        <Nm>TIDE BANK TWO</Nm>",
        "UdrtkgNonXtnsnNtfctn/UdrtkgNonXtnsnNtfctnDtls/NtifngPty/Nm",
    ),
    "another who confirms": (
        "tsrv.002.001.01",
        "<Cnfrmr>\n          <Id>\n            <OrgId>\n              <AnyBIC>YSHACNSHXXX<",
        "<Cnfrmr>\n          <Id>\n            <OrgId>\n              <AnyBIC>YSMTCNSHXXX<",
        "UdrtkgIssncAdvc/UdrtkgIssncAdvcDtls/ConfDtls/Cnfrmr/Id/OrgId/AnyBIC",
    ),
    "another who sends it": (
        "tsrv.006.001.01",
        "<AdvsgPty>\n      <Id>\n        <OrgId>\n          <AnyBIC>YSHACNSHXXX<",
        "<AdvsgPty>\n      <Id>\n        <OrgId>\n          <AnyBIC>YSMTCNSHXXX<",
        "AdvsgPty",
    ),
}


@pytest.mark.parametrize("name", sorted(BACK))
def test_a_value_that_mt_cannot_hold_is_told(name: str) -> None:
    message, old, new, place = BACK[name]
    data = changed(FULL[message], old, new)
    assert is_valid(check_iso(xml.read(data))), name
    _, findings = from_iso(BY_MESSAGE[message], xml.read(data), ROUTE)
    told = [each for each in findings if each.code == "Y66"]
    if place.endswith(" (warning)"):
        assert place.removesuffix(" (warning)") in tags(told, "warning")
        assert tags(told) == []
    else:
        assert place in tags(told)


def _optional(message: str) -> list[tuple[str, str]]:
    """Each element that may be added to the full example: the path of its parent, and its name."""
    whole = xml.read(FULL[message].xml.encode())
    found = []

    def walk(node: Node, kind: str, path: str) -> None:
        group = schema().types[kind]
        if not isinstance(group, Group):
            return
        for element in group.elements:
            inner = node.all(element.name)
            if inner:
                walk(inner[0], element.type, f"{path}/{element.name}")
            elif not group.choice:
                found.append((path, element.name))

    root = schema().messages[message]
    walk(whole.root.children[0], root.type, "")
    return found


@pytest.mark.parametrize("message", sorted(BY_MESSAGE))
def test_nothing_that_may_be_added_is_dropped_in_silence(message: str) -> None:
    iso = BY_MESSAGE[message]
    before, quiet = from_iso(iso, xml.read(FULL[message].xml.encode()), ROUTE)
    added = _optional(message)
    assert len(added) > 5
    for path, name in added:
        whole = xml.read(FULL[message].xml.encode())
        node, kind = whole.root.children[0], schema().messages[message].type
        for step in path.split("/")[1:]:
            element = schema().group(kind).element(step)
            assert element is not None
            node, kind = node.all(step)[0], element.type
        element = schema().group(kind).element(name)
        assert element is not None
        order = [each.name for each in schema().group(kind).elements]
        new = everything(element)
        for each in new.walk():
            each.namespace = whole.root.namespace
            each.line = 7
        node.children.append(new)
        node.children.sort(key=lambda child: order.index(child.name))
        assert is_valid(check_iso(whole)), (path, name)
        model, findings = from_iso(iso, whole, ROUTE)
        lost = [each for each in findings if each not in quiet]
        assert lost or (model is not None and model != before), (path, name)


def test_long_texts_are_divided_and_joined_again() -> None:
    lines = "\n".join(
        f"LINE {number:04} OF A LONG TEXT THAT GOES ON FOR A WHILE" for number in range(100)
    )
    iso = BY_MESSAGE["tsrv.001.001.01"]
    model = dataclasses.replace(
        model_in(FULL[iso.message]), presentation=lines, terms="\n".join([lines] * 9)
    )
    message, findings = to_iso(iso, model, ROUTE)
    assert findings == []
    details = message.root.children[0].children[0]
    pieces = find(Reading(), details, "PresntnDtls/AddtlInf")
    assert [len(piece.text) <= 2000 for piece in pieces] == [True] * 3
    assert len(find(Reading(), details, "UdrtkgTermsAndConds[!Tp]/Txt")) == 3
    assert from_iso(iso, message, ROUTE) == (model, [])
    longer = dataclasses.replace(model, presentation="\n".join([lines] * 3))
    _, findings = to_iso(iso, longer, ROUTE)
    assert tags(findings) == ["45C"]
    assert "it takes 8 elements of 2000 characters, 5 may stand" in findings[0].message


def test_an_undertaking_in_parts_is_one_message() -> None:
    pair = PAIRS["tsrv.001.001.01", "minimal"]
    rows = [(tag, "1/2" if tag == "27" else value) for tag, value in pair.rows]
    rest = [("27", "2/2"), ("20", "A"), ("52A", SENDER), ("77U", "AND MORE")]
    text = fin("760", rows) + "\r\n" + fin("761", rest)
    found = mt_to_iso(text.encode(), "file")
    assert "<Txt>C\nAND MORE</Txt>" in found.text


def test_lines_too_long_for_mt_are_laid_out_word_for_word() -> None:
    words = " ".join(["UNDERTAKING"] * 12)
    data = changed(FULL["tsrv.001.001.01"], "WE UNDERTAKE TO PAY\nON DEMAND", words)
    model, findings = iso_to_model(data, "file")
    assert max(map(len, model.terms.split("\n"))) <= 65
    assert " ".join(model.terms.split("\n")) == words
    assert [(each.code, each.severity, each.tag) for each in findings] == [
        ("Y67", "warning", "UdrtkgIssnc/UdrtkgIssncDtls/UdrtkgTermsAndConds/Txt")
    ]


def test_what_the_fields_cannot_hold_is_refused_and_not_cut() -> None:
    long = changed(FULL["tsrv.001.001.01"], "<Id>YSH25GU01<", "<Id>YSH25GU01-AND-LONGER<")
    model, findings = iso_to_model(long, "file")
    assert (model.reference, findings) == ("YSH25GU01-AND-LONGER", ())
    with pytest.raises(Exception, match="Field 20"):
        iso_to_mt(long, "file", sender=SENDER, receiver=RECEIVER)


def test_a_part_is_written_where_it_is_asked_for() -> None:
    pair = FULL["tsrv.001.001.01"]
    rows = [*pair.rows]
    rows.insert([tag for tag, _ in rows].index("71D"), ("41G", "ANY BANK"))
    with_41 = pair._replace(rows=rows)
    with pytest.raises(NotConverted, match="with whom an undertaking is available") as refused:
        to_xml(with_41)
    assert tags(list(refused.value.findings)) == ["41a"]
    assert to_xml(with_41, partial=True) == (pair.xml, [("Y66", "41a")])


def test_an_advice_needs_who_advises_and_when() -> None:
    pair = PAIRS["tsrv.002.001.01", "minimal"]
    bare = "".join(f":{tag}:{value}\r\n" for tag, value in pair.rows).encode()
    with pytest.raises(NotConverted) as refused:
        mt_to_iso(bare, "file", message_type="760", partial=True)
    said = str(refused.value)
    assert "--sender" in said
    assert "--on" in said
    done = mt_to_iso(bare, "file", message_type="760", sender=SENDER, day=DAY)
    assert done.text == pair.xml


def test_who_confirms_has_a_reference() -> None:
    pair = FULL["tsrv.002.001.01"]
    rows = [row for row in pair.rows if row[0] != "23"]
    with pytest.raises(NotConverted, match="Field 23 is missing"):
        to_xml(pair._replace(rows=rows))


@pytest.mark.parametrize("kind", sorted(NOT_CONVERTED))
def test_what_is_not_converted_says_why(kind: str) -> None:
    with pytest.raises(NoCounterpart) as refused:
        mt_to_iso(fin(kind, BASES[kind]["minimal"]).encode(), "file")
    assert NOT_CONVERTED[kind] in str(refused.value)


def test_other_messages_have_no_counterpart() -> None:
    with pytest.raises(NoCounterpart, match="an MT 700, which is not converted"):
        mt_to_iso(fin("700", MINIMAL_700).encode(), "file")
    head = '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{}"/>'
    for kind in ("pacs.009.001.08", "tsrv.003.001.01", "pain.001.001.09"):
        with pytest.raises(NoCounterpart, match=kind):
            iso_to_model(head.format(kind).encode(), "file")


def test_the_route_of_an_mt_is_named() -> None:
    data = FULL["tsrv.001.001.01"].xml.encode()
    for given in ({}, {"sender": SENDER}, {"receiver": RECEIVER}):
        with pytest.raises(RouteNotNamed):
            iso_to_mt(data, "file", **given)


def test_xml_with_errors_is_not_converted() -> None:
    data = changed(FULL["tsrv.001.001.01"], "<Nm>STBY</Nm>", "<Nm>SURE</Nm>")
    with pytest.raises(NotConverted) as refused:
        iso_to_model(data, "file", partial=True)
    assert [each.code for each in refused.value.findings] == ["Y10"]


def test_the_paths_of_all_places_are_elements_of_their_messages() -> None:
    for iso in MAPS:
        root = schema().messages[iso.message].name
        base = f"{root}/{iso.details}"
        paths = [(base, each.path) for each in iso.places]
        paths += [(root, each.path) for each in iso.outside]
        if iso.part:
            paths += [(f"{base}/{iso.part.path}", each.path) for each in iso.part.places]
        for start, path in paths:
            plain = re.sub(r"\[[^\]]*\]", "", path)
            assert schema().at(iso.message, f"{start}/{plain}" if plain else start)
        assert all(why.reason for _, why in unsaid_by(iso))


def test_own_codes_are_explained() -> None:
    for code in ("Y60", "Y61", "Y62", "Y63", "Y64", "Y65", "Y66", "Y67"):
        assert code in definitions().own_codes
