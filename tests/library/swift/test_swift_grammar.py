# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import random
import time

import pytest
from swift_corpus import BASES
from swift_texts import FULL_700, FULL_734, MINIMAL_734, VALID, block_4, fin

from yangshan.swift import Message, UnreadableMessage, check, read, split, write
from yangshan.swift.definitions import definitions
from yangshan.swift.formats import CHARACTER_SETS
from yangshan.swift.mapping import terms_from_mt700

TEXT_734 = fin("734", FULL_734)


@pytest.mark.parametrize("name", sorted(VALID))
def test_a_message_is_read_in_its_parts(name: str) -> None:
    kind, fields = VALID[name]
    (message,) = read(fin(kind, fields), "a file")
    assert (message.type, message.file, message.line) == (kind, "a file", 1)
    assert (message.sender, message.receiver) == ("YSHACNSHXXX", "YSSLDEHHXXX")
    assert {field.tag: field.value for field in message.fields} == fields
    assert [field.line for field in message.fields][:2] == [2, 3]
    assert not message.bare


def test_an_output_message_has_its_sender_in_block_2() -> None:
    text = (
        "{1:F01YSSLDEHHAXXX0000000000}"
        "{2:O7341200251002YSHACNSHABCD12345678902510021201N}{3:{108:MUR}}"
        f"{{4:\r\n{block_4(MINIMAL_734)}-}}{{5:{{CHK:0123456789AB}}{{TNG:}}}}{{S:{{COP:P}}}}"
    )
    (message,) = read(text)
    assert (message.type, message.sender, message.receiver) == ("734", "YSHACNSHBCD", "YSSLDEHHXXX")
    assert [block.name for block in message.blocks] == ["1", "2", "3", "5", "S"]
    assert message.blocks[3].content == "{CHK:0123456789AB}{TNG:}"
    assert check(message) == []
    assert write(message) == text.encode()


WRAPPINGS = {
    "whole": TEXT_734,
    "with a line break behind": TEXT_734 + "\r\n",
    "between control characters": "\x01" + TEXT_734 + "\x03",
    "block 4 alone": "{4:\r\n" + block_4(FULL_734) + "-}",
    "bare, closed by -}": block_4(FULL_734) + "-}\r\n",
    "bare, closed by -": block_4(FULL_734) + "-",
    "bare": block_4(FULL_734),
    "bare without the last line break": block_4(FULL_734)[:-2],
    "blank lines around": "\r\n\r\n" + TEXT_734 + "\r\n \r\n",
    "byte order mark": "\ufeff" + block_4(FULL_734),
    "blocks on lines of their own": TEXT_734.replace("}{", "}\r\n{"),
    "line feeds": TEXT_734.replace("\r\n", "\n"),
    "mixed line breaks": TEXT_734.replace("\r\n", "\n", 3),
    "spaces at the ends of lines": TEXT_734.replace("\r\n", "  \r\n"),
    "no UTF-8": TEXT_734.replace("INVOICE", "INVOICE\udce9"),
}


@pytest.mark.parametrize("name", sorted(WRAPPINGS))
def test_what_is_read_is_written_back_byte_for_byte(name: str) -> None:
    data = WRAPPINGS[name].encode("utf-8", "surrogateescape")
    (message,) = read(data)
    assert message.type == "734"
    assert [field.tag for field in message.fields] == list(FULL_734)
    assert write(message) == data


@pytest.mark.parametrize("between", ["", "\r\n", "\n\n", "$", "\r\n$\r\n"])
@pytest.mark.parametrize("kind", ["whole", "bare"])
def test_several_messages_of_one_file_share_out_every_byte(between: str, kind: str) -> None:
    one = TEXT_734 if kind == "whole" else "{4:\r\n" + block_4(MINIMAL_734) + "-}"
    other = fin("700", FULL_700)
    data = (one + between + other + between + one + between).encode()
    messages = read(data)
    assert [message.type for message in messages] == ["734", "700", "734"]
    assert b"".join(write(message) for message in messages) == data
    assert messages[1].line == 1 + (one + between).count("\n")


def test_bare_messages_follow_one_another_after_a_hyphen_or_dollar_line() -> None:
    one = block_4(MINIMAL_734)
    data = one + "-\r\n" + one + "$\r\n" + one
    assert [message.line for message in read(data)] == [1, 7, 13]
    assert "".join(message.text for message in read(data)) == data


def test_a_bare_text_block_is_typed_by_its_fields_or_by_the_caller() -> None:
    (guessed,) = read(block_4(MINIMAL_734))
    assert (guessed.type, guessed.bare, guessed.sender) == ("734", True, None)
    (told,) = read(block_4(MINIMAL_734), message_type="700")
    assert told.type == "700"


def test_a_line_feed_is_reported_once_and_kept() -> None:
    (message,) = read(TEXT_734.replace("\r\n", "\n"))
    (finding,) = check(message)
    assert (finding.tag, finding.line, finding.code) == ("", 1, "Y01")
    assert finding.severity == "warning"
    (mixed,) = read(TEXT_734.replace(":72Z:SEE BELOW\r\n", ":72Z:SEE BELOW\n"))
    (finding,) = check(mixed)
    line = TEXT_734[: TEXT_734.index(":72Z:")].count("\n") + 1
    assert (finding.line, finding.code) == (line, "Y01")


UNREADABLE = {
    "nothing": ("", 1, "there is no message"),
    "blanks": ("\r\n  \r\n", 3, "there is no message"),
    "prose": ("Dear colleagues", 1, "found 'Dear colleag'"),
    "prose after blanks": ("\r\n\r\nDear", 3, "found 'Dear'"),
    "cut off in block 4": (TEXT_734[:-2], 1, "block 4 is cut off"),
    "cut off in block 2": ("{1:F01YSHACNSHAXXX0000000000}{2:I734", 1, "block 2 is not closed"),
    "headers alone": (TEXT_734[: TEXT_734.index("{4:")], 1, "there is no text block"),
    "no field": ("{4:\r\nnothing here\r\n-}", 2, "there is no field"),
    "acknowledgement": ("{1:F21A}{4:{177:2509011200}{451:0}}", 1, "a service message"),
    "fields of no message": (":99Z:A\r\n", 1, "do not tell which message"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00", 1, "found"),
}


@pytest.mark.parametrize("name", sorted(UNREADABLE))
def test_what_is_no_message_is_unreadable_at_its_line(name: str) -> None:
    data, line, reason = UNREADABLE[name]
    with pytest.raises(UnreadableMessage) as unreadable:
        read(data, "x.mt700")
    assert (unreadable.value.file, unreadable.value.line) == ("x.mt700", line)
    assert reason in unreadable.value.reason
    assert str(unreadable.value).startswith(f"x.mt700, line {line}: ")
    assert unreadable.value.exit_code == 2


def test_an_unreadable_part_does_not_hide_its_neighbours() -> None:
    cut = TEXT_734[:-2]
    found = split(TEXT_734 + "\r\n" + cut + "\r\n" + TEXT_734)
    assert [type(part).__name__ for part in found] == ["Message", "UnreadableMessage", "Message"]
    assert isinstance(found[1], UnreadableMessage)
    assert found[1].line == TEXT_734.count("\n") + 2


def test_options_are_found_by_their_small_letter() -> None:
    (message,) = read(fin("700", FULL_700))
    drawee = message.first("42a")
    assert drawee is not None
    assert drawee.tag == "42A"
    assert [field.tag for field in message.all("45A")] == ["45A"]
    assert message.first("44D") is None


def _random_value(draw: random.Random, spec: str) -> str:
    """A value of a specification that only repeats what its notation says."""
    value = _random_text(draw, spec).strip("\n")
    return value or ("A" if spec else "")


def _random_text(draw: random.Random, spec: str, inside: bool = False) -> str:
    value = ""
    at = 0
    while at < len(spec):
        if spec[at] == " ":
            at += 1
        elif spec.startswith("CRLF", at):
            value += "\n" if value or inside else ""
            at += 4
        elif spec[at] == "[":
            close = spec.index("]", at)
            if draw.random() < 0.5:
                value += _random_text(draw, spec[at + 1 : close], True)
            at = close + 1
        elif spec[at].isdigit():
            end = at
            while not spec[end].isalpha():
                end += 1
            size, charset = spec[at:end], CHARACTER_SETS[spec[end]]
            if "*" in size:
                lines, width = (int(part) for part in size.split("*"))
                value += "\n".join(
                    _characters(draw, charset, draw.randint(1, width))
                    for _ in range(draw.randint(1, lines))
                )
            else:
                if spec.startswith("[/", end + 1):
                    charset = charset.replace("/", "")
                most = int(size.rstrip("!"))
                least = most if size.endswith("!") else 1
                value += _characters(draw, charset, draw.randint(least, most))
            at = end + 1
        else:
            value += spec[at]
            at += 1
    return value


def _characters(draw: random.Random, charset: str, count: int) -> str:
    # A letter or digit in front: no line may begin with a colon, a hyphen or, here, a slash.
    plain = [char for char in charset if char.isalnum()]
    return draw.choice(plain) + "".join(draw.choices(charset, k=count - 1))


def _random_message(draw: random.Random) -> tuple[str, list[tuple[str, str]]]:
    kind = draw.choice(sorted(definitions().messages))
    fields = []
    for sequence in definitions().messages[kind].table:
        if sequence.status == "O" and draw.random() < 0.5:
            continue
        for _ in range(draw.randint(1, 3) if sequence.repeats else 1):
            for row in sequence.fields:
                if row.status == "M" or draw.random() < 0.5:
                    tag = draw.choice(row.tags)
                    fields.append((tag, _random_value(draw, definitions().formats[tag].spec)))
    return kind, fields


def test_random_messages_keep_their_bytes_their_order_and_their_formats() -> None:
    draw = random.Random(20250901)
    for _ in range(600):
        kind, fields = _random_message(draw)
        data = fin(kind, fields)
        (message,) = read(data)
        assert [(field.tag, field.value) for field in message.fields] == fields
        assert message.text == data
        misplaced = [found for found in check(message) if found.code in {"T12", "T13", "Y02"}]
        assert misplaced == []


def test_random_damage_never_crashes_hangs_or_loses_a_byte() -> None:
    draw = random.Random(734)
    seeds = [fin(kind, fields) for kind, fields in VALID.values()]
    seeds += [fin(kind, rows["full"]) for kind, rows in BASES.items()]
    for _ in range(1500):
        text = draw.choice(seeds)
        for _ in range(draw.randint(1, 6)):
            at = draw.randrange(len(text))
            piece = draw.choice(
                [
                    "",
                    "\n",
                    "\r\n",
                    ":",
                    "-}",
                    "{",
                    "}",
                    "{1:",
                    "/",
                    "é",
                    "\x00",
                    text[draw.randrange(len(text)) :][:80],
                ]
            )
            text = text[:at] + piece + text[at + draw.randint(0, 3) :]
        started = time.process_time()
        found = split(text)
        assert found
        for part in found:
            if isinstance(part, Message):
                check(part)
                terms_from_mt700(part)
        assert time.process_time() - started < 1
        if all(isinstance(part, Message) for part in found):
            assert "".join(part.text for part in found if isinstance(part, Message)) == text


def test_a_large_file_takes_time_in_proportion() -> None:
    text = ":45A:" + "A" * 60 + "\r\n"
    data = "{4:\r\n" + text * 20_000 + "-}"
    started = time.process_time()
    (message,) = read(data)
    findings = check(message)
    assert time.process_time() - started < 5
    assert sum(found.code == "T13" and found.tag == "45A" for found in findings) == 19_999


def test_a_large_file_of_sequences_takes_time_in_proportion() -> None:
    text = ":15B:\r\n:32B:CNY1,\r\n:15C:\r\n:99Z:A\r\n"
    started = time.process_time()
    (message,) = read("{2:I760YSSLDEHHXXXXN}{4:\r\n" + text * 5_000 + "-}")
    findings = check(message)
    assert time.process_time() - started < 5
    assert sum(found.tag == "99Z" for found in findings) == 5_000


def test_fields_are_found_in_their_sequence() -> None:
    (message,) = read(fin("760", BASES["760"]["full"]))
    assert [field.value for field in message.all("22D")] == ["STBY", "STBY"]
    assert [field.line for field in message.all("C.22D")] == [message.all("22D")[1].line]
    assert [field.tag for field in message.all("B.59a")] == ["59A"]
    assert message.first("A.22D") is None
    (collection,) = read(fin("410", BASES["410"]["full"]))
    assert [len(fields) for fields in collection.sections("A")] == [3, 3]
    assert [field.tag for fields in collection.sections("B") for field in fields] == ["72"]
    assert collection.sections("C") == ()


def test_an_unknown_message_has_no_sequences() -> None:
    (message,) = read(fin("103", [("20", "A")]))
    assert message.sections("A") == ()
