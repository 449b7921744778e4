# SPDX-License-Identifier: Apache-2.0
"""Schemas as data: each row, format and rule has what keeps it and what breaks it."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from documents_samples import KINDS, altered, changed, example, example_json, put

from yangshan.documents import Document, Finding, check
from yangshan.documents.document import document_of
from yangshan.documents.formats import FORMATS
from yangshan.documents.schema import (
    BadSchema,
    Row,
    UnknownKind,
    numbered,
    schema_from,
    schema_of,
    schemas,
)

ROWS = [(schema.kind, row) for schema in schemas().values() for row in schema.rows]

# Of each format what is in it, and what is not, where the row allows it.
GOOD: dict[str, Any] = {
    "text": "Words",
    "boolean": True,
    "count": 1,
    "date": "2025-09-04",
    "amount": "12.5",
    "price": "0.000000001",
    "quantity": "999999999999999.5",
    "currency": "USD",
    "country": "CN",
    "locode": "CNSHA",
    "unit": "KGM",
    "package": "CT",
    "bic": "YSHACNSH",
    "lei": "54930084UKLVMY22DS16",
    "uscc": "9131000010000595XD",
    "container": "CSQU3054383",
    "imo": "9074729",
    "declaration": "224820251000041207",
}
BAD: dict[str, list[Any]] = {
    "object": ["x", [], {}, None, 1],
    "list": ["x", [], {}, None, 1],
    "text": ["", " ", " a", "a ", "a\x00", "a\u202eb", "a\ufeff", "a\rb", 1, True, None, ["a"], {}],
    "code": ["", "NONE", 1, None, ["BOL"], {}],
    "digits": ["", "12a", "１２３４", "1" * 60, 1234, None, []],
    "boolean": ["true", 0, 1, None, []],
    "count": [-1, "1", True, None, 10**12, []],
    "date": [
        "2025-02-29",
        "2025-13-01",
        "04/09/2025",
        "20250904",
        "2025-9-4",
        "1899-12-31",
        1,
        None,
    ],
    "amount": [
        "1,280,000.00",
        "-1",
        "+1",
        "01",
        "1.",
        ".5",
        "1e3",
        "",
        "1234567890123456",
        1,
        None,
    ],
    "price": ["1,5", "-1", "00.5", "1.0000000001", "", 1, None],
    "quantity": ["1,5", "-1", "1 000", "", 1, None],
    "currency": ["RMB", "usd", "XAU", "", 156, None],
    "country": ["CHN", "cn", "ZZ", "", 1, None],
    "locode": ["SHA", "CNSH0", "cnsha", 1, None],
    "unit": ["KILO", "kgm", "", 1, None],
    "package": ["C", "CTN", "ct", 1, None],
    "commodity": ["8457.10", "84571", "1" * 14, "", 845710, None],
    "bic": ["YSHA", "yshacnsh", 1, None],
    "lei": ["54930084UKLVMY22DS17", "X", 1, None],
    "uscc": ["9131000010000595XE", "X", 1, None],
    "container": ["CSQU3054384", "X", 1, None],
    "imo": ["9074728", "IMO9074729", 1, None],
    "declaration": ["224820252000041207", "X", 1, None],
}

# Each rule with changes to the example that break it and nothing else.
BREAKS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "INV-1": [("invoice", {"/tradeTermsLocation": None})],
    "BL-1": [
        ("bill-of-lading", {"/receivedForShipmentDate": "2025-09-05"}),
        ("bill-of-lading", {"/shippedOnBoardDate": None}),
    ],
    "BL-2": [("bill-of-lading", {"/transportDocumentTypeCode": "SWB"})],
    "BL-3": [("bill-of-lading", {"/consignmentItems/0/HSCodes": None})],
    "BL-4": [("bill-of-lading", {"/isToOrder": False})],
    "BL-5": [("bill-of-lading", {"/declaredValue": "1000.00"})],
    "BL-6": [("bill-of-lading", {"/issueDate": None})],
    "BL-7": [("bill-of-lading", {"/utilizedTransportEquipments": None})],
    "CO-1": [("certificate-of-origin", {"/consignee": None})],
    "INS-1": [
        ("insurance", {"/policyNumber": None, "/documentType": "CERTIFICATE"}),
    ],
    "INS-2": [("insurance", {"/policyNumber": None, "/certificateNumber": "TG-1"})],
    "INS-3": [("insurance", {"/expiryDate": "2025-09-03"})],
    "IC-1": [("inspection", {"/issueDate": "2025-09-02"})],
    "DR-1": [("draft", {"/maturityDate": "2025-09-09"})],
    "CD-1": [
        ("customs-declaration", {"/charges": [{"type": "FREIGHT"}]}),
        (
            "customs-declaration",
            {
                "/charges": [
                    {"type": "FREIGHT", "amount": "1", "currencyCode": "CNY", "percentage": "1"}
                ]
            },
        ),
    ],
    "CD-2": [("customs-declaration", {"/charges": [{"type": "FREIGHT", "amount": "1"}]})],
    "TD-1": [("transport-document", {"/declaredValue": "1000.00"})],
}

# What stands just on the right side of each.
KEEPS: dict[str, tuple[str, dict[str, Any]]] = {
    "INV-1": ("invoice", {"/tradeTermsConditionsCode": None, "/tradeTermsLocation": None}),
    "BL-1": (
        "bill-of-lading",
        {"/receivedForShipmentDate": "2025-09-05", "/transportDocumentStatus": "DRAFT"},
    ),
    "BL-2": (
        "bill-of-lading",
        {
            "/transportDocumentTypeCode": "SWB",
            "/isToOrder": False,
            "/documentParties/consignee": {"name": "Silver Heron"},
        },
    ),
    "BL-3": (
        "bill-of-lading",
        {
            "/consignmentItems/0/HSCodes": None,
            "/consignmentItems/0/extendedHSCodes": ["845710100000"],
        },
    ),
    "BL-4": (
        "bill-of-lading",
        {"/isToOrder": False, "/documentParties/consignee": {"name": "Silver Heron"}},
    ),
    "BL-5": ("bill-of-lading", {"/declaredValue": "1000.00", "/declaredValueCurrency": "USD"}),
    "BL-6": (
        "bill-of-lading",
        {"/issueDate": None, "/shippedOnBoardDate": None, "/transportDocumentStatus": "APPROVED"},
    ),
    "BL-7": (
        "bill-of-lading",
        {"/utilizedTransportEquipments": None, "/cargoMovementTypeAtOrigin": "BB"},
    ),
    "CO-1": ("certificate-of-origin", {"/consignee": None, "/importer": {"name": "Silver Heron"}}),
    "INS-1": (
        "insurance",
        {"/policyNumber": None, "/documentType": "CERTIFICATE", "/certificateNumber": "TG-1"},
    ),
    "INS-2": (
        "insurance",
        {"/policyNumber": None, "/documentType": "DECLARATION", "/certificateNumber": "TG-1"},
    ),
    "INS-3": ("insurance", {"/expiryDate": "2025-09-04"}),
    "IC-1": ("inspection", {"/issueDate": "2025-09-03"}),
    "DR-1": ("draft", {"/maturityDate": "2025-09-10"}),
    "CD-1": ("customs-declaration", {"/charges": [{"type": "FREIGHT", "percentage": "0.3"}]}),
    "CD-2": (
        "customs-declaration",
        {"/charges": [{"type": "FREIGHT", "amount": "1", "currencyCode": "CNY"}]},
    ),
    "TD-1": (
        "transport-document",
        {"/declaredValue": "1000.00", "/declaredValueCurrency": "USD"},
    ),
}


def named(row: tuple[str, Row] | Any) -> str:
    return f"{row[0]} {row[1].path}" if isinstance(row, tuple) else str(row)


def full(kind: str, row: Row) -> tuple[dict[str, Any], str]:
    """An example in which every part above a row stands, and the pointer to it."""
    value = example_json(kind)
    schema = schema_of(kind)
    formats = {each.path: each for each in schema.rows}
    pointer, pattern, here = "", "", value["fields"]
    *above, last = row.path.split("/")[1:]
    for part in above:
        pattern += f"/{part}"
        inside: Any = [] if formats[pattern].format == "list" else {}
        if part == "*":
            if not here:
                here.append(inside)
            here, pointer = here[0], f"{pointer}/0"
        else:
            here, pointer = here.setdefault(part, inside), f"{pointer}/{part}"
    return value, f"{pointer}/{'0' if last == '*' else last}"


def given(kind: str, row: Row, value: Any) -> tuple[Document, str]:
    whole, pointer = full(kind, row)
    parent = pointer.rpartition("/")[0]
    if row.path.endswith("*"):
        put(whole["fields"], parent, [value])
    else:
        put(whole["fields"], pointer, "placeholder")
        set_(whole["fields"], pointer, value)
    return Document(kind, 1, whole["fields"]), pointer


def set_(fields: Any, pointer: str, value: Any) -> None:
    *above, last = pointer.split("/")[1:]
    for part in above:
        fields = fields[int(part)] if isinstance(fields, list) else fields[part]
    fields[last] = value


def at(findings: list[Finding], pointer: str) -> list[Finding]:
    return [each for each in findings if each.path == pointer]


def of_format(findings: list[Finding], pointer: str) -> list[Finding]:
    """Those of the field itself: what it is to others, a null may leave unsaid as well."""
    return [each for each in at(findings, pointer) if each.rule in FORMATS]


def test_kinds_have_their_numbers_on_the_chain() -> None:
    assert [(each.number, each.kind, each.version) for each in schemas().values()] == [
        (1, "invoice", 1),
        (2, "packing-list", 1),
        (3, "bill-of-lading", 1),
        (4, "certificate-of-origin", 1),
        (5, "insurance", 1),
        (6, "inspection", 1),
        (7, "draft", 1),
        (8, "customs-declaration", 1),
        (9, "transport-document", 1),
    ]
    assert numbered(3).kind == "bill-of-lading"
    for number in (0, 10):
        with pytest.raises(UnknownKind):
            numbered(number)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_keeps_its_schema(kind: str) -> None:
    assert check(example(kind)) == []


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(UnknownKind) as caught:
        check(Document("letter", 1, {"a": "b"}))
    assert (caught.value.kind, caught.value.version, caught.value.exit_code) == ("letter", 1, 1)
    assert str(caught.value).startswith("'letter' in version 1 is no kind of document here; known")
    assert "invoice (version 1), packing-list (version 1)" in str(caught.value)


def test_every_format_has_its_samples() -> None:
    assert set(BAD) == set(FORMATS)
    assert set(GOOD) == set(FORMATS) - {"object", "list", "code", "digits", "commodity"}


@pytest.mark.parametrize(("kind", "row"), ROWS, ids=[named(each) for each in ROWS])
def test_each_field_takes_what_is_in_its_format_and_nothing_else(kind: str, row: Row) -> None:
    if row.format in {"code", "digits", "commodity"}:
        good = [*row.codes, *("1" * length for length in row.lengths)]
    else:
        good = [GOOD[row.format]] if row.format in GOOD else []
    if row.format == "text":
        good = ["A" * row.most]
        document, pointer = given(kind, row, "A" * (row.most + 1))
        (long,) = at(check(document), pointer)
        assert long.message.startswith(
            f"{row.name} ({pointer}): it has {row.most + 1} characters, and at most {row.most} are "
            "allowed; expected text"
        )
    for value in good:
        document, pointer = given(kind, row, value)
        assert at(check(document), pointer) == []
    for value in BAD[row.format]:
        document, pointer = given(kind, row, value)
        (found, *more) = of_format(check(document), pointer)
        assert more == []
        assert (found.rule, found.name) == (row.format, row.name)
        assert found.message.startswith(f"{row.name} ({pointer}): ")
        assert found.message.endswith(".")
        assert FORMATS[row.format].rule in found.message or value == {}
        assert found.severity == ("warning" if row.format == "declaration" else "error")


@pytest.mark.parametrize(
    ("kind", "row"),
    [each for each in ROWS if each[1].status == "M" and not each[1].path.endswith("*")],
    ids=named,
)
def test_each_mandatory_field_is_missed(kind: str, row: Row) -> None:
    whole, pointer = full(kind, row)
    put(whole["fields"], pointer, None)
    (found,) = at(check(Document(kind, 1, whole["fields"])), pointer)
    assert (found.rule, found.name, found.severity) == ("mandatory", row.name, "error")
    assert found.message == f"{row.name} ({pointer}): it is missing, and is mandatory."


@pytest.mark.parametrize(
    ("kind", "row"), [each for each in ROWS if each[1].format == "list"], ids=named
)
def test_lists_have_their_greatest_length(kind: str, row: Row) -> None:
    document, pointer = given(kind, row, [None] * (row.most + 1))
    found = check(document)
    assert [each.message for each in at(found, pointer)] == [
        f"{row.name} ({pointer}): it has {row.most + 1} items, and at most {row.most} may be."
    ]
    # No more is said of what is too much.
    assert at(found, f"{pointer}/{row.most}") == []
    assert at(found, f"{pointer}/{row.most - 1}") != []


@pytest.mark.parametrize(
    ("kind", "row"), [each for each in ROWS if each[1].format == "object"], ids=named
)
def test_no_object_takes_a_field_of_another_name(kind: str, row: Row) -> None:
    document, pointer = given(kind, row, {"odd/~": "x"})
    (found,) = at(check(document), f"{pointer}/odd~1~0")
    assert (found.rule, found.name) == ("unknown", "odd/~")
    assert "the schema has no such field" in found.message


def test_a_near_name_is_offered() -> None:
    document = altered("invoice", {"/invoiceNumbr": "x"})
    (found,) = check(document)
    assert found.message == (
        "invoiceNumbr (/invoiceNumbr): the schema has no such field; the nearest is invoiceNumber."
    )


@pytest.mark.parametrize(("kind", "row"), [each for each in ROWS if each[1].currency], ids=named)
def test_amounts_have_the_decimals_of_their_currency(kind: str, row: Row) -> None:
    for currency, amount, fits in (
        ("JPY", "5000", True),
        ("JPY", "5000.0", True),
        ("JPY", "5000.5", False),
        ("CNY", "1.25", True),
        ("CNY", "1.255", False),
        ("KWD", "1.255", True),
        ("KWD", "1.2555", False),
        ("ZZZ", "1.2555", True),
    ):
        document, pointer = given(kind, row, amount)
        fields: Any = document.fields
        put(fields, row.currency, currency)
        found = at(check(document), pointer)
        assert (found == []) == fits, (currency, amount, found)
        if not fits:
            assert f"{currency} has" in found[0].message
            assert found[0].rule == "amount"


def test_every_rule_has_what_breaks_and_what_keeps_it() -> None:
    rules = [rule.id for schema in schemas().values() for rule in schema.rules]
    assert len(set(rules)) == len(rules)
    assert set(BREAKS) == set(KEEPS) == set(rules)


@pytest.mark.parametrize(
    ("rule", "kind", "changes"),
    [(rule, kind, changes) for rule, cases in BREAKS.items() for kind, changes in cases],
    ids=lambda each: each if isinstance(each, str) else None,
)
def test_each_rule_is_broken_alone(rule: str, kind: str, changes: dict[str, Any]) -> None:
    (found,) = check(altered(kind, changes))
    expected = next(each for each in schema_of(kind).rules if each.id == rule)
    assert (found.rule, found.severity) == (rule, expected.severity)
    assert expected.text in found.message
    assert expected.source in found.message
    assert found.path.rpartition("/")[2] == expected.paths[0].rpartition("/")[2]


@pytest.mark.parametrize("rule", KEEPS)
def test_each_rule_is_kept_by_its_near_miss(rule: str) -> None:
    kind, changes = KEEPS[rule]
    assert check(altered(kind, changes)) == []


def test_all_findings_at_once() -> None:
    document = changed("invoice", invoiceNumber=None, totalInvoiceAmount="1.234", oddity="x")
    assert [(each.path, each.rule) for each in check(document)] == [
        ("/invoiceNumber", "mandatory"),
        ("/totalInvoiceAmount", "amount"),
        ("/oddity", "unknown"),
    ]


def test_elements_of_untded_have_one_meaning() -> None:
    """A number stands for one thing, though it may have several names in documents."""
    assert {row.element for _, row in ROWS if row.name == "Buyer"} == {"3002"}
    assert {row.element for _, row in ROWS if row.path.endswith("/shippingMarks")} == {"7102"}
    assert {row.element for _, row in ROWS if row.format == "currency"} == {"6345"}
    assert document_of(example_json("invoice"), "x").get("/buyer/name") is not None


HEAD = 'kind = "x"\nnumber = 9\nversion = 1\ntitle = "x"\nabout = "x"\n'


def row_of(path: str, form: str = "text", more: str = "") -> str:
    return f'{{ path = "{path}", name = "x", format = "{form}", most = 9{more} }}'


@pytest.mark.parametrize(
    ("rows", "rest", "reason"),
    [
        ([row_of("/a/b")], "", "nothing before /a/b contains it"),
        ([row_of("/a"), row_of("/a/b")], "", "nothing before /a/b contains it"),
        ([row_of("/a", "object"), row_of("/a/*")], "", "/a/* does not fit what contains it"),
        ([row_of("/a", "list"), row_of("/a/b")], "", "/a/b does not fit what contains it"),
        ([row_of("/a"), row_of("/a")], "", "/a stands twice"),
        ([row_of("/a", "list"), row_of("/a/*"), row_of("/a/*")], "", "/a/* stands twice"),
        (
            [row_of("/a", "object", ', group = "g"')],
            "",
            "/a names the group g, which is not there",
        ),
        (
            [row_of("/a")],
            '[[rules]]\nid = "XX-1"\nkind = "requires"\npaths = ["/b"]\ntext = "x"\nsource = "x"\n',
            "XX-1 names /b, which is no field",
        ),
        ([row_of("/a", "letters")], "", "1 validation error"),
        ([row_of("a")], "", "1 validation error"),
        (["{"], "", "Invalid"),
    ],
)
def test_a_schema_that_is_wrong_in_itself(rows: list[str], rest: str, reason: str) -> None:
    text = f"{HEAD}fields = [{', '.join(rows)}]\n{rest}"
    with pytest.raises(BadSchema) as caught:
        schema_from("x.toml", text, {})
    assert str(caught.value).startswith(f"The schema x.toml is wrong: {reason}")
    assert caught.value.exit_code == 2


def test_a_schema_with_groups_in_groups() -> None:
    inner, outer = row_of("/b"), row_of("/a", "object", ', group = "inner"')
    groups = {
        name: tuple(Row.model_validate(each) for each in tomllib.loads(f"x = [{text}]")["x"])
        for name, text in (("inner", inner), ("outer", outer))
    }
    top = row_of("/top", "object", ', group = "outer"')
    found = schema_from("x.toml", f"{HEAD}fields = [{top}]\n", groups)
    assert [row.path for row in found.rows] == ["/top", "/top/a", "/top/a/b"]
