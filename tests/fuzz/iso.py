# SPDX-License-Identifier: Apache-2.0
"""What holds of any XML whatever, and of undertakings made at random."""

from __future__ import annotations

import random
import time
from datetime import date

from sound import BIC, CODE, SECONDS, Fields

from yangshan.swift import read
from yangshan.swift.definitions import definitions
from yangshan.swift.errors import UnreadableMessage
from yangshan.swift.findings import Finding, is_valid
from yangshan.swift.grammar import compose
from yangshan.swift.instruments import PartNotValid
from yangshan.swift.iso20022 import xml
from yangshan.swift.iso20022.check import check
from yangshan.swift.iso20022.conversion import NotConverted, iso_to_mt, mt_to_iso
from yangshan.swift.iso20022.engine import Route, from_iso, to_iso
from yangshan.swift.iso20022.undertakings import BY_MESSAGE

DAY = date(2025, 10, 2)
ROUTE = Route(BIC, DAY)
SIGNS = (b"<", b">", b"&", b"&amp;", b"]]>", b"<!--", b"\x00", b"\xff", b'"', b"</Document>", b"-1")


def expect_xml_sound(data: bytes) -> bool:
    """Reads, checks, converts and writes XML; whether it is valid."""
    started = time.process_time()
    valid = _sound(data)
    assert time.process_time() - started < SECONDS, "it takes too long"
    return valid


def _sound(data: bytes) -> bool:
    try:
        message = xml.read(data)
    except UnreadableMessage:
        return False
    lines = data.count(b"\n") + 1
    findings = check(message)
    _expect_explained(findings, lines)
    if not is_valid(findings):
        return False
    again = xml.read(xml.write(message).encode())
    assert check(again) == [] == findings
    iso = BY_MESSAGE.get(message.type)
    if iso is not None:
        model, told = from_iso(iso, message, ROUTE)
        _expect_explained(told, lines)
        assert model is not None or not is_valid(told)
        if model is not None and told == []:
            back, lost = to_iso(iso, model, ROUTE)
            # What MT says of it is said again, and nothing but its layout may differ.
            assert lost == [], lost
            assert from_iso(iso, back, ROUTE) == (model, [])
    return True


def _expect_explained(findings: list[Finding], lines: int) -> None:
    for found in findings:
        assert 0 <= found.line <= lines, found
        assert CODE.fullmatch(found.code), found
        assert found.message.endswith("."), found
        assert found.code[0] != "Y" or found.code in definitions().own_codes, found


def mutated(data: bytes, dice: random.Random) -> bytes:
    """The XML with one thing changed: a piece left out, doubled, put elsewhere or replaced."""
    lines = [b"", *data.split(b"\n")]
    at, to = (dice.randrange(1, len(lines)) for _ in range(2))
    change = dice.choice(("drop", "double", "swap", "sign", "cut", "text", "layout"))
    if change == "drop":
        del lines[at]
    elif change == "double":
        lines.insert(at, lines[at])
    elif change == "swap":
        lines[at], lines[to] = lines[to], lines[at]
    elif change == "sign":
        place = dice.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:place] + dice.choice(SIGNS) + lines[at][place:]
    elif change == "layout":
        lines.insert(at + 1, dice.choice((b"", b"  <!-- -->", b"\t")))
    elif change == "cut":
        return data[: dice.randrange(len(data) + 1)]
    else:
        head, close, rest = lines[at].partition(b">")
        lines[at] = head + close + dice.choice((b"", b"A" * 40, b"0", b"true")) + rest
    return b"\n".join(lines).removeprefix(b"\n")


def expect_same_undertaking(kind: str, rows: Fields) -> tuple[bool, bool]:
    """What comes back from XML is what went in, but for what was told on the way.

    Whether it could be written, and whether all of it.
    """
    rows = [(tag, "1/1" if tag == "27" else value) for tag, value in rows]
    text = compose(kind, rows, sender=BIC, receiver=BIC)
    try:
        there = mt_to_iso(text.encode(), "", day=DAY, partial=True)
    except NotConverted:
        return False, False
    assert check(xml.read(there.text.encode())) == []
    try:
        back = iso_to_mt(there.text.encode(), "", sender=BIC, receiver=BIC, partial=True)
    except NotConverted:
        # A notice of non-extension says too little for an MT.
        if kind != "785":
            raise
        return True, False
    except PartNotValid:
        # What was left out can take the sense of something else along.
        if not there.findings:
            raise
        return True, False
    told = {found.tag[:2] for found in there.findings}
    # A new day of expiry tells its kind in tsrv.
    told |= {"23"} if kind == "767" else set()
    before, after = (
        sorted(_same(row) for row in each if row[0][:2] not in {*told, "27"})
        for each in (rows, _whole(back.text))
    )
    assert before == after, (rows, there.findings)
    return True, not told


def _whole(text: str) -> Fields:
    """The fields of a message and its continuations, whose texts go on."""
    main, *rest = read(text)
    fields = [(field.tag, field.value) for field in main.fields]
    for part in rest:
        for tag in ("77U", "77L"):
            if more := part.first(tag):
                begun = [value for other, value in fields if other == tag]
                fields = [row for row in fields if row[0] != tag]
                fields.append((tag, "\n".join([*begun, more.value])))
    return fields


def _same(row: tuple[str, str]) -> tuple[str, str]:
    """A field in the one way in which it is written."""
    tag, value = row
    if tag in {"32B", "33B"}:
        whole, _, part = value.partition(",")
        digits = part.rstrip("0")
        return tag, f"{whole[:3]}{int(whole[3:])},{digits}"
    if tag.endswith("A") and tag[:2] in {"52", "56", "57", "58", "59"}:
        head, _, bic = value.rpartition("\n")
        return tag, f"{head}{bic}{'XXX' * (len(bic) == 8)}"
    if tag in {"26E"}:
        return tag, str(int(value))
    if tag == "23F" and value.startswith("DAYS/"):
        return tag, f"DAYS/{int(value[5:]):03}"
    return tag, value
