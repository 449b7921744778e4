# SPDX-License-Identifier: Apache-2.0
"""Messages as JSON, and from JSON to FIN text.

A message is an object of ``type``, ``sender`` and ``receiver`` (BICs, null where no header names
them), ``head`` and ``tail`` (the text around the fields, null to have it written from the BICs) and
``fields``, each with ``tag`` and ``value``, lines joined by a line feed. What comes out besides,
``name``, ``line`` and ``parts``, is for readers and is not read back.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from yangshan.errors import Refused, Unusable
from yangshan.swift import values
from yangshan.swift.definitions import definitions, sections_of
from yangshan.swift.errors import FieldNotUsable, UnreadableMessage
from yangshan.swift.findings import Finding, check, is_valid
from yangshan.swift.grammar import Field as MessageField
from yangshan.swift.grammar import Message, compose, gap, read
from yangshan.swift.transliteration import Replacement, transliterate_rows
from yangshan.swift.values import is_bic

_Bic = Annotated[str, Field(pattern=r"^[A-Z0-9]{8}(?:[A-Z0-9]{3})?$")]


class BadMessageJson(Unusable):
    """A file that is no JSON of messages."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file} holds no messages as JSON: {reason}.")
        self.file = file


class MessageNotBuilt(Refused):
    """A message that would have errors, so that it is not written; ``findings`` say which."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(
            "The message is not written: " + " ".join(found.message for found in findings)
        )
        self.findings = tuple(findings)


class FieldJson(BaseModel):
    """One field; ``parts`` are its named parts where it is written in its format."""

    model_config = ConfigDict(extra="forbid")

    tag: Annotated[str, Field(pattern=r"^[0-9A-Za-z]{1,5}$")]
    value: str
    name: str | None = None
    line: int | None = None
    parts: dict[str, str] | None = None


class MessageJson(BaseModel):
    """One message."""

    model_config = ConfigDict(extra="forbid")

    type: Annotated[str, Field(pattern=r"^[0-9]{3}$")]
    name: str | None = None
    sender: _Bic | None = None
    receiver: _Bic | None = None
    head: str | None = None
    tail: str | None = None
    fields: list[FieldJson]


_MESSAGES = TypeAdapter(list[MessageJson])


def schema() -> dict[str, Any]:
    """The JSON Schema of messages: what is written, and what is read again."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "SWIFT messages, modelled on SWIFT MT",
        **_MESSAGES.json_schema(),
    }


def message_as_json(message: Message) -> MessageJson:
    """A message as JSON; raises UnreadableMessage for bytes that are no UTF-8."""
    _expect_text(message)
    table = definitions().messages.get(message.type)
    names = _names(message)
    return MessageJson(
        type=message.type,
        name=table.name if table else None,
        sender=message.sender,
        receiver=message.receiver,
        head=message.head,
        tail=message.tail,
        fields=[
            FieldJson(
                tag=field.tag,
                value=field.value,
                name=name,
                line=field.line,
                parts=_parts(field),
            )
            for field, name in zip(message.fields, names, strict=True)
        ],
    )


def texts_from_json(
    data: bytes, file: str = "", *, replaced: list[Replacement] | None = None
) -> list[str]:
    """The FIN texts of messages in JSON, one object or a list of them; lines end with CRLF.

    What would have errors is not built. With a list ``replaced`` the values are put into the
    character sets of SWIFT, and the list takes what was replaced, lines counted in each value.
    Raises :class:`BadMessageJson` and :class:`MessageNotBuilt`.
    """
    try:
        given: Any = json.loads(data)
        messages = _MESSAGES.validate_python(given if isinstance(given, list) else [given])
    except ValidationError as bad:
        first = bad.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadMessageJson(file, f"{place}: {first['msg']}") from None
    except (ValueError, RecursionError) as bad:
        raise BadMessageJson(file, str(bad)) from None
    return [_text(message, file, replaced) for message in messages]


def _text(message: MessageJson, file: str, replaced: list[Replacement] | None) -> str:
    rows = [(field.tag, field.value) for field in message.fields]
    if replaced is not None:
        rows, found = transliterate_rows(rows)
        replaced += found
    if message.head is not None and message.tail is not None:
        body = "".join(f":{tag}:{value}\n" for tag, value in rows)
        # What stands between messages is no line of theirs and stays as it came.
        start, stop = gap(message.head), len(message.tail) - gap(message.tail[::-1])
        inner = _with_crlf(message.head[start:] + body + message.tail[:stop])
        text = message.head[:start] + inner + message.tail[stop:]
    elif message.sender and message.receiver:
        for bic in (message.sender, message.receiver):
            if not is_bic(bic):
                raise BadMessageJson(file, f"{bic} is no BIC")
        text = compose(message.type, rows, sender=message.sender, receiver=message.receiver)
    else:
        raise BadMessageJson(file, "a message needs head and tail, or sender and receiver")
    try:
        parts = read(text, file, message_type=message.type)
    except UnreadableMessage as unreadable:
        raise BadMessageJson(file, str(unreadable).rstrip(".")) from None
    if len(parts) != 1 or parts[0].type != message.type:
        raise BadMessageJson(file, f"its text is not one MT {message.type}")
    if [(field.tag, field.value) for field in parts[0].fields] != rows:
        raise BadMessageJson(file, "a value holds what would be another field")
    findings = check(parts[0])
    if not is_valid(findings):
        raise MessageNotBuilt([found for found in findings if found.severity == "error"])
    return text


def _with_crlf(text: str) -> str:
    """The text with every line ended as the network ends it."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _expect_text(message: Message) -> None:
    try:
        message.text.encode("utf-8")
    except UnicodeEncodeError as bad:
        line = message.line + message.text.lstrip()[: bad.start].count("\n")
        raise UnreadableMessage(message.file, line, "there are bytes that are no UTF-8.") from None


def _names(message: Message) -> list[str | None]:
    """The name of each field in the sequence in which it stands."""
    tags = tuple(field.tag for field in message.fields)
    names: list[str | None] = [None] * len(tags)
    for section in sections_of(message.type, tags):
        for number in range(section.start, section.stop):
            place = section.sequence.places.get(tags[number])
            if place is not None:
                names[number] = section.sequence.fields[place].name
    return names


def _parts(field: MessageField) -> dict[str, str] | None:
    try:
        return values.parts(field)
    except FieldNotUsable:
        return None
