# SPDX-License-Identifier: Apache-2.0
"""The check of ISO 20022: messages made from the definitions, and each rule broken alone."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest
from iso_samples import (
    PATTERNS,
    PLAINS,
    around,
    bad,
    everything,
    good,
    holding,
    marked,
    node,
    places,
)

from yangshan.swift.errors import BadMessageData, UnreadableMessage
from yangshan.swift.iso20022 import xml
from yangshan.swift.iso20022.check import check, fault
from yangshan.swift.iso20022.schema import Anything, Codes, Group, Pattern, Plain, schema, schema_of
from yangshan.swift.iso20022.xml import IsoMessage, Node

PLACES = places()
GROUPS = sorted(name for name, kind in schema().types.items() if isinstance(kind, Group))
SIMPLE = sorted(
    name for name, kind in schema().types.items() if not isinstance(kind, Group | Anything)
)
EMPTY: dict[str, Any] = {
    "messages": {"a.001.001.01": "A B"},
    "sequences": {"B": ["C D"]},
    "choices": {},
    "any": {"types": []},
    "amounts": {},
    "texts": {"D": [1, 35]},
    "patterns": {},
    "codes": {},
    "numbers": {},
    "plain": {},
}


def codes(message: IsoMessage) -> list[tuple[str, str]]:
    return [(each.code, each.tag.rpartition("/")[2]) for each in check(message)]


def of(name: str, *, full: bool = True, chosen: str = "") -> tuple[str, Node, Node]:
    """A small message with an element of this type: its name, its content and that element."""
    message, way = PLACES[name]
    made = node(way[-1], full=full, chosen=chosen)
    return message, holding(way, made), made


def test_every_type_stands_in_a_message() -> None:
    assert sorted(PLACES) == GROUPS
    assert set(PATTERNS) == {n for n, t in schema().types.items() if isinstance(t, Pattern)}
    assert set(PLAINS) == {t.kind for t in schema().types.values() if isinstance(t, Plain)}
    used = {
        each.type
        for kind in schema().types.values()
        if isinstance(kind, Group)
        for each in kind.elements
    }
    assert {name for name in schema().types if name not in used} == {
        element.type for element in schema().messages.values()
    }


@pytest.mark.parametrize("message", sorted(schema().messages))
def test_what_must_stand_and_all_that_may_is_valid(message: str) -> None:
    element = schema().messages[message]
    assert check(around(node(element), message)) == []
    for turn in range(3):
        written = around(everything(element, turn), message)
        assert check(written) == []
        again = xml.write(written)
        assert xml.write(xml.read(again.encode())) == again


@pytest.mark.parametrize("name", GROUPS)
def test_each_element_of_a_type_is_held_to_its_place_and_number(name: str) -> None:
    kind = schema().group(name)
    for element in kind.elements:
        message, content, made = of(name, chosen=element.name if kind.choice else "")
        assert codes(marked(content, message)) == []
        (place,) = [at for at, child in enumerate(made.children) if child.name == element.name]
        taken = made.children.pop(place)
        found = codes(marked(content, message))
        if kind.choice:
            assert found == [("Y63", made.name)]
        else:
            assert found == ([("Y60", element.name)] if element.least else [])
        most = element.most or 3
        made.children[place:place] = [copy.deepcopy(taken) for _ in range(most)]
        assert codes(marked(content, message)) == []
        if element.most:
            made.children[place:place] = [copy.deepcopy(taken), copy.deepcopy(taken)]
            assert codes(marked(content, message)) == [("Y62", element.name)]


@pytest.mark.parametrize("name", GROUPS)
def test_elements_stand_in_their_order_and_choices_alone(name: str) -> None:
    kind = schema().group(name)
    for one, two in itertools.pairwise(kind.elements):
        message, content, made = of(name, chosen=one.name if kind.choice else "")
        if kind.choice:
            made.children.append(node(two))
            assert codes(marked(content, message)) == [("Y63", made.name)]
        else:
            made.children = [child for child in made.children if child.name != two.name]
            place = [child.name for child in made.children].index(one.name)
            made.children.insert(place, node(two))
            assert codes(marked(content, message)) == [("Y61", one.name)]


@pytest.mark.parametrize("name", GROUPS)
def test_nothing_else_stands_in_a_type(name: str) -> None:
    message, content, made = of(name)
    made.children.append(Node("Othr2"))
    assert codes(marked(content, message)) == [("Y61", "Othr2")]
    made.children.pop()
    made.attributes["Ccy"] = "CNY"
    assert codes(marked(content, message)) == [("Y65", made.name)]
    made.attributes.clear()
    made.stray = True
    assert codes(marked(content, message)) == [("Y64", made.name)]
    made.stray = False
    foreign = marked(content, message)
    foreign.root.children[0].namespace = "urn:other"
    assert {code for code, _ in codes(foreign)} == {"Y61", "Y60"}


@pytest.mark.parametrize("name", SIMPLE)
def test_each_value_is_held_to_its_type(name: str) -> None:
    kind = schema().types[name]
    assert fault(good(name, kind), kind) is None
    if isinstance(kind, Plain):
        assert [text for text in PLAINS[kind.kind][0] if fault(text, kind) is not None] == []
    values = list(bad(name, kind))
    assert values
    assert [value for value in values if fault(value, kind) is None] == []
    assert fault("A\x01", kind) == "characters that XML can hold"


@pytest.mark.parametrize("name", SIMPLE)
def test_a_bad_value_is_one_finding_at_its_element(name: str) -> None:
    group = next(
        each
        for each in GROUPS
        if any(element.type == name for element in schema().group(each).elements)
    )
    element = next(each for each in schema().group(group).elements if each.type == name)
    message, content, made = of(group, chosen=element.name)
    (leaf,) = [child for child in made.children if child.name == element.name]
    for value in bad(name, schema().types[name]):
        leaf.text = value
        expected = "Y10" if isinstance(schema().types[name], Codes) else "Y64"
        assert codes(marked(content, message)) == [(expected, leaf.name)]
    leaf.text = good(name, schema().types[name])
    leaf.attributes["Lang"] = "en"
    assert codes(marked(content, message)) == [("Y65", leaf.name)]
    leaf.attributes.pop("Lang")
    leaf.children.append(Node("X"))
    assert codes(marked(content, message)) == [("Y61", leaf.name)]


@pytest.mark.parametrize(
    ("amount", "currency", "found"),
    [
        ("1.00", "CNY", []),
        ("1.001", "CNY", ["Y64"]),
        ("1.0000", "CNY", []),
        ("1.1", "JPY", ["Y64"]),
        ("1.001", "KWD", []),
        ("1", "XQQ", ["Y64"]),
        ("1", None, ["Y65"]),
        ("0", "CNY", []),
        ("+1.5", "CNY", []),
    ],
)
def test_an_amount_is_one_of_its_currency(
    amount: str, currency: str | None, found: list[str]
) -> None:
    message, content, made = of("Amount1Choice", chosen="IncrAmt")
    made.children[0].text = amount
    made.children[0].attributes = {"Ccy": currency} if currency else {}
    assert [code for code, _ in codes(marked(content, message))] == found


def test_a_finding_tells_its_place() -> None:
    text = (
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:tsrv.008.001.01">\n<UdrtkgAmdmntRspn>\n'
        b"<UdrtkgAmdmntRspnDtls><AmdmntId><Id>A</Id><SeqNb>1</SeqNb><Issr/></AmdmntId>\n"
        b"  <AmdmntSts>MAYBE</AmdmntSts></UdrtkgAmdmntRspnDtls></UdrtkgAmdmntRspn></Document>"
    )
    (found,) = check(xml.read(text))
    assert (found.tag, found.line, found.column) == (
        "UdrtkgAmdmntRspn/UdrtkgAmdmntRspnDtls/AmdmntSts",
        4,
        3,
    )
    assert found.message == "AmdmntSts is 'MAYBE'; expected one of ACCP, REJT (rule Y10)."


@pytest.mark.parametrize(
    "text",
    [
        "<Document/>",
        '<Document xmlns="urn:other"/>',
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"/>',
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.009.001.99"/>',
    ],
)
def test_an_unknown_message_is_told_and_nothing_else(text: str) -> None:
    (found,) = check(xml.read(text.encode()))
    assert found.code == "Y04"
    assert "tsrv.001.001.01" in found.message


def test_the_outermost_element_is_document() -> None:
    text = '<Other xmlns="urn:iso:std:iso:20022:tech:xsd:tsrv.008.001.01"/>'
    assert codes(xml.read(text.encode())) == [("Y61", "")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "no element found"),
        (b"<a>", "no element found"),
        (b"<a></b>", "mismatched tag"),
        (b"<a/><b/>", "junk after document element"),
        (b"<a>&x;</a>", "undefined entity"),
        (b"<a>\x01</a>", "not well-formed"),
        (b"<a>\xff</a>", "not well-formed"),
        (b"<!DOCTYPE a><a/>", "document type"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document type"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "encoding utf-7"),
        (b'<?xml version="1.0" encoding="x-none"?><a/>', "encoding x-none"),
        (b"<a>" * 65, "deeper than 64"),
        (b"<a>" + b"<b/>" * 250_000 + b"</a>", "more than 250000 elements"),
        (b"<a>" + b" " * xml.LARGEST + b"</a>", "expected at most"),
    ],
)
def test_what_is_no_xml_of_a_message_is_not_read(text: bytes, said: str) -> None:
    with pytest.raises(UnreadableMessage, match=said):
        xml.read(text, "file")


def test_other_encodings_comments_and_layout_are_read() -> None:
    plain = (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:tsrv.008.001.01"><!-- é -->\n</Document>'
    )
    for data in (
        plain.encode(),
        b"\xef\xbb\xbf" + plain.encode(),
        plain.encode("utf-16"),
        b'<?xml version="1.0" encoding="ISO-8859-1"?>' + plain.encode("latin-1"),
    ):
        assert xml.is_xml(data)
        assert xml.read(data).type == "tsrv.008.001.01"
    assert not xml.is_xml(b"{1:F01")
    assert not xml.is_xml(b":20:")


def test_text_is_written_so_that_it_is_read_again() -> None:
    content = Node("A", children=[Node("B", text='<&>\n"x"\'', attributes={"c": '"<&'})])
    again = xml.read(xml.write(xml.document("t", content)).encode())
    (leaf,) = again.root.children[0].children
    assert (leaf.text, leaf.attributes) == ('<&>\n"x"\'', {"c": '"<&'})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sequences": {"B": ["C E"]}}, "C has the type E, unknown here"),
        ({"sequences": {"B": ["C D !"]}}, "does not tell how often"),
        ({"texts": {"B": [1, 2], "D": [1, 2]}}, "the type B is defined twice"),
    ],
)
def test_definitions_that_contradict_themselves_are_refused(
    change: dict[str, Any], said: str
) -> None:
    assert schema_of(EMPTY).group("B").element("C") is not None
    with pytest.raises(BadMessageData, match=said):
        schema_of(EMPTY | change)
