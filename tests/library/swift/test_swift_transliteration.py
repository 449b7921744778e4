# SPDX-License-Identifier: Apache-2.0
"""Text outside the character sets: refused with its place, and written in them on request."""

from __future__ import annotations

import json

import pytest
from swift_texts import FULL_700, MINIMAL_700, changed, fin

from yangshan.swift import check, read
from yangshan.swift.as_json import MessageNotBuilt, message_as_json, texts_from_json
from yangshan.swift.definitions import definitions
from yangshan.swift.formats import CHARACTER_SETS
from yangshan.swift.transliteration import (
    Replacement,
    charset_of,
    transliterate,
    transliterate_message,
)

NAME = "银鹭机械进口有限公司\nShanghai, 100号"


def test_without_request_the_place_is_told() -> None:
    (message,) = read(fin("700", changed(FULL_700, {"50": "SILVER HERON\nMÜNCHEN"})))
    (finding,) = check(message)
    assert (finding.tag, finding.code, finding.column) == ("50", "T12", 2)
    assert "'Ü'" in finding.message


def test_every_replacement_is_told() -> None:
    text, replaced = transliterate("MÜLLER & SÖHNE\n— [ÉTÉ]\r\nOK")
    assert text == "MULLER + SOHNE\n+ (ETE)\r\nOK"
    assert replaced == (
        Replacement(1, 2, "", "Ü", "U"),
        Replacement(1, 8, "", "&", "+"),
        Replacement(1, 11, "", "Ö", "O"),
        Replacement(2, 1, "", "—", "+"),
        Replacement(2, 3, "", "[É", "(E"),
        Replacement(2, 6, "", "É]", "E)"),
    )


def test_chinese_is_written_in_pinyin() -> None:
    text, replaced = transliterate("上海")
    assert text == "ShangHai"
    assert replaced == (Replacement(1, 1, "", "上海", "ShangHai"),)


def test_set_z_keeps_what_set_x_lacks() -> None:
    assert transliterate('A & B "C" @ 50%', "z") == ('A & B "C" @ 50%', ())
    assert transliterate('A & B "C" @ 5%', "x")[0] == "A + B 'C' (AT) 5 PERCENT"
    assert transliterate("A$B~C^D", "z")[0] == "A.B-C'D"


@pytest.mark.parametrize("charset", ["x", "z"])
def test_whatever_comes_in_stays_in_the_set(charset: str) -> None:
    signs = "".join(chr(number) for number in range(0x20000) if not 0xD800 <= number < 0xE000)
    text, replaced = transliterate(signs, charset)  # type: ignore[arg-type]
    assert set(text) <= set(CHARACTER_SETS[charset]) | {"\r", "\n"}
    assert "".join(each.found for each in replaced) == "".join(
        sign for sign in signs if sign not in CHARACTER_SETS[charset] + "\r\n"
    )


def test_bytes_that_are_no_text_stay() -> None:
    assert transliterate("A\udcffB") == ("A\udcffB", ())


def test_no_line_begins_with_what_it_must_not() -> None:
    assert transliterate("–A\n：B\nC–D")[0] == "+A\n.B\nC-D"


@pytest.mark.parametrize("tag", sorted(definitions().formats))
def test_a_field_has_the_set_of_its_format(tag: str) -> None:
    spec = definitions().formats[tag].spec
    assert charset_of(tag) == ("z" if "z" in spec else "x")


def test_a_message_becomes_valid_and_its_other_bytes_stay() -> None:
    rows = changed(MINIMAL_700, {"50": NAME, "45A>49": 'STAHL "A"\nGRÖSSE 5'})
    (message,) = read(fin("700", rows))
    text, replaced = transliterate_message(message)
    (done,) = read(text)
    assert check(done) == []
    assert done.first("50").value == "YinLuJiXieJinKouYouXianGongSi\nShanghai, 100Hao"  # type: ignore[union-attr]
    assert [(each.tag, each.line, each.column) for each in replaced] == [
        ("50", 8, 5),
        ("50", 9, 14),
        ("45A", 15, 3),
    ]
    assert [field.value for field in done.fields if field.tag not in {"50", "45A"}] == [
        field.value for field in message.fields if field.tag not in {"50", "45A"}
    ]


def test_json_is_refused_with_the_place_unless_it_is_asked_for() -> None:
    (message,) = read(fin("700", MINIMAL_700))
    given = message_as_json(message).model_dump(mode="json")
    next(field for field in given["fields"] if field["tag"] == "50")["value"] = "MÜLLER"
    data = json.dumps(given).encode()
    with pytest.raises(MessageNotBuilt) as refused:
        texts_from_json(data)
    assert [found.tag for found in refused.value.findings] == ["50"]
    replaced: list[Replacement] = []
    (text,) = texts_from_json(data, replaced=replaced)
    assert ":50:MULLER\r\n" in text
    assert replaced == [Replacement(1, 2, "50", "Ü", "U")]
