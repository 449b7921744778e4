# SPDX-License-Identifier: Apache-2.0
"""Messages with their continuations: read as one instrument, and written in parts."""

from __future__ import annotations

import pytest
from swift_corpus import BASES
from swift_texts import FULL_700, MINIMAL_700, changed, fin

from yangshan.swift import Message, check, is_valid, read
from yangshan.swift.definitions import definitions
from yangshan.swift.instruments import (
    Instrument,
    PartNotValid,
    TooLong,
    divide,
    is_continuation,
    join,
)
from yangshan.swift.mapping import terms_from_mt700
from yangshan.swift.report import report

BANKS = {"sender": "YSHACNSH", "receiver": "YSSLDEHH"}
FULL_701 = dict(BASES["701"]["full"])


def credit(total: int) -> Message:
    return read(fin("700", changed(FULL_700, {"27": f"1/{total}"})))[0]


def part(numbers: str, kind: str = "701", **others: str) -> Message:
    fields = FULL_701 if kind == "701" else dict(BASES[kind]["full"])
    changes = {tag.lstrip("_"): value for tag, value in others.items()}
    return read(fin(kind, changed(fields, {"27": numbers, **changes})))[0]


def found(main: Message, *parts: Message) -> list[tuple[str, str, int, str]]:
    _, findings = join(main, parts)
    return [(one.code, one.tag, one.line, one.severity) for one in findings]


def test_the_continuations_are_those_of_the_data() -> None:
    found = {kind for kind in BASES if is_continuation(kind)}
    assert found == {"701", "708", "711", "721", "761", "775"}
    assert not is_continuation("700")
    assert not is_continuation("103")


@pytest.mark.parametrize("kind", ["701", "708", "711", "721", "761", "775"])
def test_every_continuation_joins_its_message(kind: str) -> None:
    whole = definitions().messages[kind].continues
    assert whole is not None
    base = FULL_700.items() if whole == "700" else BASES[whole]["full"]
    rows = [(tag, "1/2" if tag == "27" else value) for tag, value in base]
    more = [(tag, "2/2" if tag == "27" else value) for tag, value in BASES[kind]["full"]]
    (main,), (second,) = read(fin(whole, rows)), read(fin(kind, more))
    instrument, findings = join(main, [second])
    assert findings == []
    assert instrument.continuations == (second,)
    for tag in {"45A", "45B", "77U"} & dict(more).keys():
        assert instrument.text(tag) == f"{dict(rows)[tag]}\n{dict(more)[tag]}"


def test_complete_parts_are_one_instrument_in_their_order() -> None:
    main, second, third = credit(3), part("2/3"), part("3/3", _45A="THIRD")
    instrument, findings = join(main, [second, third])
    assert findings == []
    assert instrument == Instrument(main, (second, third))
    assert instrument.text("45A") == "\n".join([FULL_700["45A"], FULL_701["45A"], "THIRD"])
    assert instrument.text("78") == FULL_700["78"]
    assert instrument.text("44D") is None
    assert join(credit(1), ())[1] == []


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((), ("Y43", "27", 2, "error")),
        ((part("2/3"),), ("Y43", "27", 2, "error")),
        ((part("3/3"),), ("Y43", "27", 2, "error")),
        ((part("2/3"), part("3/3"), part("2/3")), ("Y47", "27", 2, "error")),
        ((part("3/3"), part("2/3")), ("Y53", "27", 2, "warning")),
        ((part("2/3"), part("3/3"), part("3/4")), ("Y48", "27", 2, "error")),
        ((part("2/3"), part("3/3"), part("2/3", _20="OTHER")), ("Y49", "20", 3, "error")),
        ((part("2/3"), part("3/3"), part("2/3", "711")), ("Y49", "27", 2, "error")),
    ],
)
def test_each_fault_between_the_parts_is_one_finding(
    parts: tuple[Message, ...], expected: tuple[str, str, int, str]
) -> None:
    assert found(credit(3), *parts) == [expected]


def test_a_part_between_other_banks_is_of_another_instrument() -> None:
    text = fin("701", changed(FULL_701, {"27": "2/2"})).replace("YSSLDEHH", "YSMTCNSH")
    assert [code for code, *_ in found(credit(2), read(text)[0])] == ["Y49", "Y43"]


def test_parts_whose_number_cannot_be_read_are_left_to_the_check() -> None:
    main = read(fin("700", changed(FULL_700, {"27": "1-2"})))[0]
    assert found(main, part("2/2")) == []
    assert found(credit(2), read(fin("701", changed(FULL_701, {"27": "2-2"})))[0]) == [
        ("Y43", "27", 2, "error")
    ]


def test_a_credit_in_several_parts_has_the_terms_of_all() -> None:
    terms, findings = terms_from_mt700(credit(2), continuations=[part("2/2")])
    assert findings == []
    assert terms is not None
    whole, _ = terms_from_mt700(read(fin("700", FULL_700))[0])
    assert whole is not None
    texts = {
        "goods": "45A",
        "documents": "46A",
        "conditions": "47A",
        "beneficiary_conditions": "49G",
        "bank_only_conditions": "49H",
    }
    assert terms == whole.model_copy(
        update={name: f"{FULL_700[tag]}\n{FULL_701[tag]}" for name, tag in texts.items()}
    )


def test_a_fault_inside_a_continuation_leaves_no_terms() -> None:
    terms, findings = terms_from_mt700(credit(2), continuations=[part("2/2", _46A="A|B")])
    assert terms is None
    assert [(one.code, one.tag) for one in findings] == [("T12", "46A")]


ROWS_700 = [(tag, value) for tag, value in FULL_700.items() if tag != "27"]


def texts_of(parts: list[str]) -> tuple[Instrument, list[Message]]:
    messages = read("".join(parts))
    for message in messages:
        assert is_valid(check(message))
    instrument, findings = join(messages[0], messages[1:])
    assert findings == []
    return instrument, messages


def test_what_fits_is_one_message() -> None:
    (text,) = divide("700", ROWS_700, **BANKS)
    assert text == fin("700", FULL_700)


@pytest.mark.parametrize(("lines", "parts"), [(100, 1), (101, 2), (200, 2), (201, 3)])
def test_a_text_of_many_lines_is_divided_at_the_hundredth(lines: int, parts: int) -> None:
    goods = "\n".join(f"UNIT {number}" for number in range(lines))
    rows = [(tag, goods if tag == "45A" else value) for tag, value in ROWS_700]
    instrument, messages = texts_of(divide("700", rows, **BANKS))
    assert [message.type for message in messages] == ["700"] + ["701"] * (parts - 1)
    assert instrument.text("45A") == goods
    for tag, value in rows:
        if tag not in {"45A", "41A"}:
            assert instrument.text(tag) == value
    for message in messages:
        assert all(len(field.lines) <= 100 for field in message.all("45A"))


@pytest.mark.parametrize("most", [1500, 2000, 3000])
def test_no_part_is_longer_than_asked(most: int) -> None:
    long = {
        tag: "\n".join(f"{tag} LINE {n} OF THE TEXT" for n in range(60)) for tag in ("45A", "46A")
    }
    rows = [(tag, long.get(tag, value)) for tag, value in ROWS_700]
    parts = divide("700", rows, **BANKS, most_characters=most)
    instrument, _ = texts_of(parts)
    for tag, value in long.items():
        assert instrument.text(tag) == value
    for text in parts:
        assert len(text[text.index("{4:\r\n") + 5 : -2]) <= most + len(":27:1/1\r\n")
    assert len(parts) > 1


def test_more_than_eight_parts_are_refused() -> None:
    rows = [(tag, "A\n" * 800 + "A" if tag == "46A" else value) for tag, value in ROWS_700]
    with pytest.raises(TooLong) as refused:
        divide("700", rows, **BANKS)
    assert refused.value.parts == 9
    eight = [(tag, "A\n" * 799 + "A" if tag == "46A" else value) for tag, value in ROWS_700]
    assert len(divide("700", eight, **BANKS)) == 8


def test_what_no_part_could_say_is_refused_with_the_finding() -> None:
    rows = [(tag, "A" * 66 if tag == "45A" else value) for tag, value in ROWS_700]
    with pytest.raises(PartNotValid) as refused:
        divide("700", rows, **BANKS)
    assert [(one.code, one.tag) for one in refused.value.findings] == [("T12", "45A")]


def test_an_amendment_is_cut_in_front_of_a_code_word() -> None:
    added = "/ADD/" + "\n".join(f"UNIT {n}" for n in range(60))
    deleted = "/DELETE/" + "\n".join(f"UNIT {n}" for n in range(60))
    rows = [
        (tag, f"{added}\n{deleted}" if tag == "45B" else value)
        for tag, value in BASES["707"]["full"]
        if tag != "27"
    ]
    instrument, messages = texts_of(divide("707", rows, **BANKS))
    assert [message.type for message in messages] == ["707", "708"]
    assert [message.all("45B")[0].value for message in messages] == [added, deleted]
    assert instrument.text("45B") == f"{added}\n{deleted}"
    assert [field.tag for field in messages[1].fields] == [
        "27",
        "20",
        "21",
        "23",
        "26E",
        "30",
        "45B",
    ]


def test_a_message_without_continuations_is_one_part() -> None:
    rows = [(tag, value) for tag, value in BASES["759"]["full"] if tag != "27"]
    (text,) = divide("759", rows, **BANKS)
    assert check(read(text)[0]) == []


def test_the_least_credit_is_one_message() -> None:
    rows = [(tag, value) for tag, value in MINIMAL_700.items() if tag != "27"]
    assert divide("700", rows, **BANKS) == [fin("700", MINIMAL_700)]


def test_the_report_of_a_file_tells_what_is_wrong_between_its_parts() -> None:
    first, second, third = (
        fin("700", changed(FULL_700, {"27": "1/3"})),
        fin("701", changed(FULL_701, {"27": "2/3"})),
        fin("701", changed(FULL_701, {"27": "3/3"})),
    )
    whole = report(first + second + third)
    assert [(one["type"], one["valid"], one["findings"]) for one in whole] == [
        ("700", True, []),
        ("701", True, []),
        ("701", True, []),
    ]
    short, _ = report(first + second)
    assert short["valid"]
    (missing,) = short["findings"]
    assert (missing["code"], missing["line"], missing["severity"]) == ("Y43", 2, "warning")
    twice = report(first + second + third + second)
    assert [one["valid"] for one in twice] == [True, True, True, False]
    (doubled,) = twice[3]["findings"]
    line = (first + second + third).count("\n") + 2
    assert (doubled["code"], doubled["line"], doubled["severity"]) == ("Y47", line, "error")
    # Another credit's part is no fault of a file that holds several.
    other = fin("701", changed(FULL_701, {"27": "2/3", "20": "OTHER"}))
    assert [one["findings"] for one in report(first + second + third + other)] == [[]] * 4
