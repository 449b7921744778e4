# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import time
import unicodedata
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yangshan.documents.canonical import (
    MOST_LEVELS,
    BadJson,
    NotCanonical,
    canonical,
    escaped,
    flat,
    normal,
    parse,
)

texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None, "x"]}, b'{"a":[true,null,"x"],"b":1}'),
        # RFC 8785 sorts names by UTF-16 units: the emoji's first, D83D, before FF21.
        ({"\uff21": 1, "\U0001f600": 2}, '{"😀":2,"\uff21":1}'.encode()),
        ("\u20ac$\u000f\nA'B\"\\/", '"€$\\u000f\\nA\'B\\"\\\\/"'.encode()),
        ({}, b"{}"),
        # Composed before it is written: e with an accent in two signs, the sign of Angstrom.
        ("e\u0301", '"é"'.encode()),
        ({"e\u0301": "\u212b"}, '{"é":"Å"}'.encode()),
        (2**53 - 1, b"9007199254740991"),
    ],
)
def test_the_one_form(value: Any, expected: bytes) -> None:
    assert canonical(value) == expected


@pytest.mark.parametrize(
    ("value", "path", "reason"),
    [
        ({"a": 1.5}, "/a", "a number with a fraction is written as a string of digits"),
        ({"a": [1, 2**53]}, "/a/1", "the number is beyond 2**53; write it as a string of digits"),
        ({"a/b": {"~": "\ud800"}}, "/a~1b/~0", "it holds half of a surrogate pair"),
        ({"\udfff": 1}, "", "it holds half of a surrogate pair"),
        ({"é": 1, "e\u0301": 2}, "", "the name 'é' stands there twice"),
        ({"a": {1}}, "/a", "set is no JSON"),
        ({1: "a"}, "", "the name 1 is not text"),
        (-(2**53), "", "the number is beyond 2**53"),
    ],
)
def test_what_has_no_one_form(value: Any, path: str, reason: str) -> None:
    with pytest.raises(NotCanonical) as caught:
        canonical(value)
    assert caught.value.path == path
    assert caught.value.reason.startswith(reason)
    assert str(caught.value) == (
        f"{path or 'The document'} cannot be committed to: {caught.value.reason}."
    )


def test_levels() -> None:
    deep: Any = "x"
    for _ in range(MOST_LEVELS):
        deep = [deep]
    assert parse(json.dumps(deep).encode(), "f") == deep
    assert canonical(deep) == b"[" * MOST_LEVELS + b'"x"' + b"]" * MOST_LEVELS
    with pytest.raises(NotCanonical) as caught:
        canonical([deep])
    assert caught.value.reason == "it is nested more than 32 levels deep"
    for text in (json.dumps([deep]), "[" * 100_000, '{"a":' * 100_000):
        with pytest.raises(BadJson) as refused:
            parse(text.encode(), "f")
        assert refused.value.reason in {
            "it is nested more than 32 levels deep",
            "Expecting value: line 1 column 100001 (char 100000)",
        }


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "Expecting value: line 1 column 1 (char 0)"),
        (b'{"a":1,"b":2,"a":1}', "the name 'a' stands twice in one object"),
        (b'{"a":1.0}', "1.0 is no whole number; write it as a string of digits"),
        (b"[NaN]", "NaN is no whole number; write it as a string of digits"),
        (b"[-Infinity]", "-Infinity is no whole number; write it as a string of digits"),
        (b"1e400", "1e400 is no whole number; write it as a string of digits"),
        (b'"\xff"', "byte 2 is not UTF-8"),
        (
            b"\xef\xbb\xbf{}",
            "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)",
        ),
        (b'["\\ud800"]', "it holds half of a surrogate pair, which is no text"),
        (b'{"\\udfff":1}', "it holds half of a surrogate pair, which is no text"),
        (b"{} {}", "Extra data: line 1 column 4 (char 3)"),
    ],
)
def test_what_is_not_read(data: bytes, reason: str) -> None:
    with pytest.raises(BadJson) as caught:
        parse(data, "file.json")
    assert (caught.value.reason, caught.value.exit_code) == (reason, 2)
    assert str(caught.value) == f"file.json is not the JSON that was expected: {reason}."


def test_a_whole_pair_of_escapes_is_text() -> None:
    assert parse(rb'"\ud83d\ude00"', "f") == "😀"


def test_a_number_of_more_digits_than_any() -> None:
    with pytest.raises(BadJson):
        parse(b"1" * 5000, "f")


def test_size() -> None:
    assert parse(b'"abc"', "f", most=5) == "abc"
    with pytest.raises(BadJson) as caught:
        parse(b'"abcd"', "f", most=5)
    assert caught.value.reason == "it has 6 bytes, and at most 5 are read"


@given(values)
def test_equal_content_has_equal_bytes(value: Any) -> None:
    try:
        data = canonical(value)
    except NotCanonical:
        # Two names that differ in their composition alone; rare, and tested by itself.
        assume(False)
    assert canonical(normal(value)) == data
    again = parse(data, "f")
    assert canonical(again) == data == canonical(json.loads(json.dumps(again)))
    assert unicodedata.is_normalized("NFC", data.decode())


def test_leaves_of_a_value() -> None:
    value = {"b": [1, {"c": "x"}], "a/~": {}, "d": [], "e": None}
    assert list(flat(value)) == [
        ("/b/0", 1),
        ("/b/1/c", "x"),
        ("/a~1~0", {}),
        ("/d", []),
        ("/e", None),
    ]
    assert list(flat("x")) == [("", "x")]
    assert escaped("~1/") == "~01~1"


def test_wide_values_are_read_in_time() -> None:
    started = time.process_time()
    assert len(parse(json.dumps([[]] * 200_000).encode(), "f")) == 200_000
    assert time.process_time() - started < 2
