# SPDX-License-Identifier: Apache-2.0
"""What holds of any file whatever: for valid ones made at random and for mutated ones alike."""

from __future__ import annotations

import json
import random
import re
import time

from standard import complaints

from yangshan.swift import Message, check, check_legacy, is_valid, read, split, write
from yangshan.swift.as_json import message_as_json, texts_from_json
from yangshan.swift.definitions import definitions
from yangshan.swift.grammar import compose

SECONDS = 1.0
CODE = re.compile(r"[TCDEY]\d\d")
BIC = "YSHACNSHXXX"
GAPS = ("", "\r\n", "$", "\r\n\r\n", " \t\r\n", "\x03\x01")
Fields = list[tuple[str, str]]


def expect_sound(data: bytes) -> None:
    """Reads, checks and writes a file, and fails if any of that is not as it must be."""
    started = time.process_time()
    parts = split(data)
    messages = [part for part in parts if isinstance(part, Message)]
    if len(messages) == len(parts):
        assert b"".join(write(message) for message in messages) == data
    lines = data.count(b"\n") + 1
    for message in messages:
        findings = check(message)
        for found in findings:
            assert 1 <= found.line <= lines, found
            assert found.column >= 1, found
            assert CODE.fullmatch(found.code), found
            assert found.message.endswith("."), found
            assert found.code[0] != "Y" or found.code in definitions().own_codes, found
        assert findings == sorted(findings, key=lambda found: (found.line, found.column))
        rows = [(field.tag, field.value) for field in message.fields]
        (again,) = read(write(message), message_type=message.type)
        assert [(field.tag, field.value) for field in again.fields] == rows
        assert [found.code for found in check(again)] == [found.code for found in findings]
        old = check_legacy(message)
        assert all(1 <= found.line <= lines and found.column >= 1 for found in old), old
        if is_valid(findings):
            assert old == findings
            assert complaints(message.type, rows) == []
            _expect_same_from_json(message)
    assert time.process_time() - started < SECONDS, "it takes too long"


def _expect_same_from_json(message: Message) -> None:
    written = message_as_json(message).model_dump_json()
    (text,) = texts_from_json(written.encode())
    if message.lf_line is None:
        # A last line that the file cuts short is ended.
        assert text in {message.text, message.text + "\r\n"}
    else:
        (again,) = read(text)
        assert [field.value for field in again.fields] == [field.value for field in message.fields]


def text_of(kind: str, rows: Fields, dice: random.Random) -> str:
    """A message as it may come: in its blocks or bare, with CRLF or LF."""
    body = "".join(f":{tag}:{value}\n" for tag, value in rows).replace("\n", "\r\n")
    first = "{1:F01YSHACNSHAXXX0001000001}"
    output = "1200250901YSSLDEHHAXXX00010000012509011201N"
    trailer = "{5:{CHK:0123456789AB}{TNG:}}"
    text = dice.choice(
        (
            compose(kind, rows, sender=BIC, receiver=BIC),
            f"{first}{{2:I{kind}YSSLDEHHXXXXN}}{{3:{{108:A1}}}}{{4:\r\n{body}-}}{trailer}",
            f"{first}{{2:O{kind}{output}}}{{4:\r\n{body}-}}{trailer}{{S:{{SAC:}}}}",
        )
    )
    return text if dice.random() < 0.8 else text.replace("\r\n", "\n")


def expect_valid(kind: str, rows: Fields, dice: random.Random) -> None:
    """A valid message is found valid, however it is written, and comes again to the byte."""
    text = text_of(kind, rows, dice)
    data = (text + dice.choice(GAPS)).encode()
    (message,) = read(data)
    findings = check(message)
    assert [found for found in findings if found.severity == "error"] == [], (kind, rows)
    assert ("Y01" in {found.code for found in findings}) == ("\r\n" not in text)
    assert (message.type, [(field.tag, field.value) for field in message.fields]) == (kind, rows)
    assert write(message) == data
    assert complaints(kind, rows) == []
    (bare,) = read("".join(f":{tag}:{value}\r\n" for tag, value in rows), message_type=kind)
    assert [(field.tag, field.value) for field in bare.fields] == rows


def expect_agreement(kind: str, rows: Fields) -> bool:
    """The engine finds an error where the second reading does, and nowhere else."""
    (message,) = read(compose(kind, rows, sender=BIC, receiver=BIC))
    findings = check(message)
    wrong = complaints(kind, [(field.tag, field.value) for field in message.fields])
    assert is_valid(findings) == (wrong == []), (kind, rows, findings, wrong)
    return wrong == []


def expect_json(kind: str, rows: Fields) -> None:
    """What comes from JSON is what went into it."""
    text = compose(kind, rows, sender=BIC, receiver=BIC)
    written = message_as_json(read(text)[0]).model_dump(mode="json")
    assert texts_from_json(json.dumps(written).encode()) == [text]
    assert texts_from_json(json.dumps(written | {"head": None, "tail": None}).encode()) == [text]


def expect_fault_found(kind: str, rows: Fields, dice: random.Random) -> None:
    """A valid message with one fault has an error that names the field."""
    table = definitions().messages[kind]
    at = dice.randrange(len(rows))
    tag, value = rows[at]
    row = table.row(tag)
    assert row is not None
    fault = dice.choice(("character", "long", "empty", "unknown", "missing"))
    spoilt = [*rows]
    if fault == "character":
        place = dice.randint(0, len(value))
        spoilt[at] = (tag, value[:place] + dice.choice("~^|é中\x00") + value[place:])
    elif fault == "long":
        spoilt[at] = (tag, value + "A" * 151)
    elif fault == "empty":
        spoilt[at] = (tag, "" if value else "A")
    elif fault == "unknown":
        tag = "99Z"
        spoilt.insert(at, (tag, value))
    else:
        spoilt, tag = _without_mandatory(kind, rows, dice)
    text = compose(kind, spoilt, sender=BIC, receiver=BIC)
    errors = [found for found in check(read(text)[0]) if found.severity == "error"]
    assert any(found.tag in {tag, row.tag} for found in errors), (kind, fault, spoilt, errors)


def _without_mandatory(kind: str, rows: Fields, dice: random.Random) -> tuple[Fields, str]:
    """The fields without one that may not be missing, and the tag of its row."""
    choices = []
    for section in definitions().messages[kind].sections([tag for tag, _ in rows]):
        places = [section.sequence.places[tag] for tag, _ in rows[section.start : section.stop]]
        for at, place in enumerate(places, section.start):
            row = section.sequence.fields[place]
            # What opens a sequence that may be left out takes all of it along.
            alone = places.count(place) == 1 and len(places) > 1
            if row.status == "M" and alone and (at > section.start or section.start == 0):
                choices.append((at, row.tag))
    at, tag = dice.choice(choices)
    return rows[:at] + rows[at + 1 :], tag
