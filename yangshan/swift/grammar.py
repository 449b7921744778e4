# SPDX-License-Identifier: Apache-2.0
"""FIN text as a tree from which the identical text can be written again.

A file holds any number of messages: whole ones in their blocks 1 to 5, or bare text blocks, which
are fields alone or ``{4:`` ... ``-}``. Between messages stand blanks, line breaks, or a ``$``, and
every character of the file belongs to one message. Line breaks are CRLF; LF is read as well.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from yangshan.swift.definitions import likely_type, sections_of, tags_of
from yangshan.swift.errors import UnreadableMessage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GAP = re.compile(r"[\s\x00\x01\x03$\ufeff]*")
_BLOCK = re.compile(r"\{([0-9S]):")
_BRACES = re.compile(r"[{}]")
_TEXT_END = re.compile(r"^-\}", re.MULTILINE)
_SERVICE = re.compile(r"\{[0-9]{3}:")
_REST_OF_LINE = re.compile(r"[ \t]*\r?\n")
_BARE_END = re.compile(r"^(?:-\}?(?=[ \t]*(?:\r?\n|\Z|\{[5S]:))|\$|\{[1-4]:)", re.MULTILINE)
_FIELD = re.compile(r"^:([0-9A-Za-z]{1,5}):", re.MULTILINE)
_FIELD_HERE = re.compile(r":([0-9A-Za-z]{1,5}):")
_HEADER = re.compile(r"^\{1:", re.MULTILINE)
_NEXT = re.compile(r"^(?:\{1:|\$)", re.MULTILINE)
_LINE_BREAK = re.compile(r"\r?\n")
_LONE_LF = re.compile(r"(?<!\r)\n")

_TERMINAL = r"([A-Z]{6}[A-Z0-9]{2})[A-Z0-9]([A-Z0-9]{3})"
_BLOCK_1 = re.compile(rf"[A-Z][0-9]{{2}}{_TERMINAL}[0-9]{{10}}")
_BLOCK_2_INPUT = re.compile(rf"I[0-9]{{3}}{_TERMINAL}(?:[SUN](?:[0-9](?:[0-9]{{3}})?)?)?")
_BLOCK_2_OUTPUT = re.compile(
    rf"O[0-9]{{3}}[0-9]{{4}}[0-9]{{6}}{_TERMINAL}[0-9]{{10}}[0-9]{{6}}[0-9]{{4}}[SUN]?"
)
_BLOCKS = "1235S"
_ASCII = re.compile(r"[\s!-~]*", re.ASCII)
_BLOCK_2_TYPE = re.compile(r"[IO]([0-9]{3})")


@dataclass(frozen=True, slots=True)
class Block:
    """A block other than the text: its name (``1``, ``2``, ``3``, ``5``, ``S``) and content."""

    name: str
    content: str
    line: int


@dataclass(frozen=True, slots=True)
class Field:
    """One field as it stands: ``raw`` runs from its colon to the next field's, breaks included."""

    tag: str
    raw: str
    line: int

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the value, without their breaks."""
        rows = _LINE_BREAK.split(self.raw[len(self.tag) + 2 :])
        return tuple(rows[:-1] if len(rows) > 1 and not rows[-1] else rows)

    @property
    def value(self) -> str:
        """The value with its lines joined by a line feed, whatever breaks the file has."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Stray:
    """Text in front of the first field that belongs to none."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Message:
    """One message; ``head``, the fields' ``raw`` and ``tail`` make up its text exactly.

    ``sender`` and ``receiver`` are BICs of eleven characters, None where no header names them.
    ``bare`` is a text block without header, whose ``type`` follows from its fields.
    """

    type: str
    file: str
    line: int
    head: str
    blocks: tuple[Block, ...]
    fields: tuple[Field, ...]
    tail: str
    end_line: int
    sender: str | None
    receiver: str | None
    bare: bool
    stray: Stray | None
    lf_line: int | None
    header_faults: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        """The message as it stands in its file."""
        return self.head + "".join(field.raw for field in self.fields) + self.tail

    def all(self, tag: str) -> tuple[Field, ...]:
        """The fields with this tag in order; ``41a`` finds any option its table allows.

        ``B.41a`` finds those of sequence B.
        """
        wanted = tags_of(self.type, tag)
        fields = self.fields
        if "." in tag:
            fields = tuple(
                field for section in self.sections(tag.partition(".")[0]) for field in section
            )
        return tuple(field for field in fields if field.tag in wanted)

    def sections(self, sequence: str) -> tuple[tuple[Field, ...], ...]:
        """The fields of each occurrence of a sequence, such as B, in order."""
        found = sections_of(self.type, tuple(field.tag for field in self.fields))
        return tuple(
            self.fields[section.start : section.stop]
            for section in found
            if section.sequence.id == sequence
        )

    def first(self, tag: str) -> Field | None:
        """The first field with this tag; ``41a`` finds any option its table allows."""
        found = self.all(tag)
        return found[0] if found else None


def read(data: str | bytes, file: str = "", *, message_type: str | None = None) -> list[Message]:
    """All messages of a file; ``file`` only names it in findings and errors.

    ``message_type`` is the type of bare text blocks, which do not say it; without it their fields
    decide. Raises UnreadableMessage for the first part that is no message.
    """
    messages = []
    for part in split(data, file, message_type=message_type):
        if isinstance(part, UnreadableMessage):
            raise part
        messages.append(part)
    return messages


def split(
    data: str | bytes, file: str = "", *, message_type: str | None = None
) -> list[Message | UnreadableMessage]:
    """The messages of a file in order, and an error in place of each part that is none."""
    # Bytes that are no UTF-8 pass through as surrogates, so that they can be reported and kept.
    text = data.decode("utf-8", "surrogateescape") if isinstance(data, bytes) else data
    return list(_Reader(text, file, message_type).parts())


def write(message: Message) -> bytes:
    """The identical bytes that the message was read from."""
    return message.text.encode("utf-8", "surrogateescape")


def compose(
    message_type: str, fields: Sequence[tuple[str, str]], *, sender: str, receiver: str
) -> str:
    """The FIN text, with CRLF, of a message from tags and values; sender and receiver are BICs."""
    text = "".join(f":{tag}:{value}\n" for tag, value in fields).replace("\n", "\r\n")
    return (
        f"{{1:F01{terminal_of_bic(sender, 'A')}0000000000}}"
        f"{{2:I{message_type}{terminal_of_bic(receiver, 'X')}N}}{{4:\r\n{text}-}}"
    )


def gap(text: str) -> int:
    """How many characters a text begins with that stand between messages, in none of them."""
    return _after(_GAP, text, 0)


def terminal_of_bic(bic: str, letter: Literal["A", "X"]) -> str:
    """A logical terminal of a BIC: ``A`` of a sender, ``X`` of a receiver."""
    return bic[:8] + letter + (bic[8:] or "XXX")


@dataclass(slots=True)
class _Reader:
    text: str
    file: str
    bare_type: str | None
    breaks: list[int] = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.breaks = [found.start() for found in re.finditer("\n", self.text)]

    def parts(self) -> Iterator[Message | UnreadableMessage]:
        at = 0
        while at < len(self.text) or at == 0:
            start = _after(_GAP, self.text, at)
            if start == len(self.text) and at:
                return
            try:
                message, end = self.message(at, start)
            except UnreadableMessage as unreadable:
                following = _NEXT.search(self.text, start + 1)
                end = following.start() if following else len(self.text)
                yield unreadable
            else:
                yield message
            at = max(end, at + 1)

    def line_of(self, at: int) -> int:
        return bisect.bisect_left(self.breaks, at) + 1

    def unreadable(self, at: int, reason: str) -> UnreadableMessage:
        return UnreadableMessage(self.file, self.line_of(at), reason)

    def message(self, begin: int, start: int) -> tuple[Message, int]:
        if start == len(self.text):
            raise self.unreadable(start, "there is no message; expected SWIFT messages.")
        blocks: list[Block] = []
        at, last = start, ""
        while (opened := self.next_block(at)) and opened[1] != "4" and opened[1] > last:
            last = opened[1]
            block, at = self.block(opened)
            blocks.append(block)
        if opened and opened[1] == "4":
            body, text_end, at = self.text_block(opened)
        elif not blocks and self.text.startswith(":", start):
            body, text_end, at = self.bare_text(start)
        elif blocks:
            raise self.unreadable(
                start, "there is no text block; expected '{4:' with the fields of a message."
            )
        else:
            raise self.unreadable(
                start,
                f"found {_shown(self.text[start : start + 12])}; expected a block such as '{{1:' "
                "or a field such as ':27:'.",
            )
        while (opened := self.next_block(at)) and opened[1] in "5S":
            block, at = self.block(opened)
            blocks.append(block)
        if _after(_GAP, self.text, at) == len(self.text):
            at = len(self.text)
        return self.tree(begin, start, body, text_end, at, tuple(blocks)), at

    def next_block(self, at: int) -> re.Match[str] | None:
        return _BLOCK.match(self.text, _after(_GAP, self.text, at))

    def text_block(self, opened: re.Match[str]) -> tuple[int, int, int]:
        """Where the fields of block 4 begin and end, and where the block ends."""
        body = opened.end()
        if _SERVICE.match(self.text, body):
            raise self.unreadable(
                body, "this is a service message, such as an acknowledgement, without fields."
            )
        following = _HEADER.search(self.text, body)
        limit = following.start() if following else len(self.text)
        close = _TEXT_END.search(self.text, body, limit)
        if close is None:
            raise self.unreadable(
                opened.start(),
                "block 4 is cut off; expected a line that begins with '-}' after its last field.",
            )
        return _after(_REST_OF_LINE, self.text, body), close.start(), close.end()

    def bare_text(self, start: int) -> tuple[int, int, int]:
        """The same for fields without a block around them."""
        stop = _BARE_END.search(self.text, start)
        if stop is None:
            return start, len(self.text), len(self.text)
        return start, stop.start(), stop.end() if stop[0].startswith("-") else stop.start()

    def block(self, opened: re.Match[str]) -> tuple[Block, int]:
        depth = 0
        for brace in _BRACES.finditer(self.text, opened.start()):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                content = self.text[opened.end() : brace.start()]
                return Block(opened[1], content, self.line_of(opened.start())), brace.end()
        raise self.unreadable(opened.start(), f"block {opened[1]} is not closed; expected a '}}'.")

    def tree(
        self, begin: int, start: int, body: int, text_end: int, end: int, blocks: tuple[Block, ...]
    ) -> Message:
        line = self.line_of(start)
        # In front of a bare block nothing but blanks can stand, a byte order mark included.
        first = _FIELD_HERE.match(self.text, body, text_end) if body == start else None
        found = [first] if first else []
        found += _FIELD.finditer(self.text, first.end() if first else body, text_end)
        if not found:
            raise self.unreadable(body, "there is no field; expected lines such as ':20:'.")
        stray = None
        if self.text[body : found[0].start()].strip():
            stray = Stray(self.text[body : found[0].start()].strip(), self.line_of(body))
        ends = [following.start() for following in found[1:]] + [text_end]
        fields = tuple(
            Field(opened[1], self.text[opened.start() : stop], self.line_of(opened.start()))
            for opened, stop in zip(found, ends, strict=True)
        )
        faults: list[tuple[int, str]] = []
        sender, receiver = _terminals(blocks, faults)
        faults += _foreign(blocks)
        header = next((block for block in blocks if block.name == "2"), None)
        typed = _BLOCK_2_TYPE.match(header.content) if header else None
        kind = typed[1] if typed else self.bare_type or likely_type([f.tag for f in fields])
        if kind is None:
            raise self.unreadable(
                start,
                "these fields do not tell which message this is; expected its type in block 2.",
            )
        lone = _LONE_LF.search(self.text, start, end)
        return Message(
            type=kind,
            file=self.file,
            line=line,
            head=self.text[begin : found[0].start()],
            blocks=blocks,
            fields=fields,
            tail=self.text[text_end:end],
            end_line=self.line_of(text_end),
            sender=sender,
            receiver=receiver,
            bare=header is None,
            stray=stray,
            lf_line=self.line_of(lone.start()) if lone else None,
            header_faults=tuple(faults),
        )


def _terminals(
    blocks: tuple[Block, ...], faults: list[tuple[int, str]]
) -> tuple[str | None, str | None]:
    """Sender and receiver; an output message has its sender in block 2, an input one in block 1."""
    named = {block.name: block for block in blocks}
    own = other = None
    if header := named.get("1"):
        if found := _BLOCK_1.fullmatch(header.content):
            own = found[1] + found[2]
        else:
            expected = "F01, a logical terminal of 12 characters, session and sequence number"
            faults.append((header.line, _fault(header, expected)))
    if not (header := named.get("2")):
        return own, other
    output = header.content.startswith("O")
    if found := (_BLOCK_2_OUTPUT if output else _BLOCK_2_INPUT).fullmatch(header.content):
        other = found[1] + found[2]
    else:
        expected = "I or O, the message type and a logical terminal of 12 characters"
        faults.append((header.line, _fault(header, expected)))
    return (other, own) if output else (own, other)


def _foreign(blocks: tuple[Block, ...]) -> Iterator[tuple[int, str]]:
    """Blocks that no message has, and what cannot stand in those that it has."""
    for block in blocks:
        if block.name not in _BLOCKS:
            yield block.line, _fault(block, "blocks 1 to 5, or S, alone")
        elif block.name not in "12" and not _ASCII.fullmatch(block.content):
            yield block.line, _fault(block, "letters, digits and signs of ASCII")


def _fault(header: Block, expected: str) -> str:
    return f"Block {header.name} holds {_shown(header.content)}; expected {expected}"


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _shown(text: str) -> str:
    return ascii(text if len(text) <= 60 else text[:60] + "...")
