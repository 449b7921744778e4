# SPDX-License-Identifier: Apache-2.0
"""Presentations from files: one file of everything, or a folder with a file for each document.

A presentation is a JSON object of ``format`` (``yangshan-presentation/1``) and, each as far as it
is known, ``received``, ``place``, ``demanded``, ``schedule``, ``acceptedOutOfHours``,
``forwarded``; its ``documents`` are an object of documents by name. In a folder
``presentation.json`` has all but the documents, and every other ``.json`` is one, under the name of
its file; files of sealed documents serve too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yangshan.documents.canonical import BadJson, parse
from yangshan.documents.document import document_of
from yangshan.documents.examination.model import (
    CoveringSchedule,
    Paper,
    Presentation,
    exact,
)
from yangshan.documents.files import format_of, read_sealed
from yangshan.errors import Unusable
from yangshan.money import Currency, Money, UnknownCurrency

if TYPE_CHECKING:
    from pathlib import Path

ENVELOPE: Final = "presentation.json"
FORMAT: Final = "yangshan-presentation/1"
_MOST_DOCUMENTS: Final = 200


class NoPresentation(Unusable):
    """A folder or file that holds no presentation."""

    def __init__(self, file: object, reason: str) -> None:
        super().__init__(f"{file} holds no presentation: {reason}.")
        self.file = file


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class DemandedFile(_File):
    """What is demanded, in major units."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    amount: Annotated[str, Field(pattern=r"^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?$")]


class ScheduleFile(_File):
    """The covering schedule of the bank that sends the documents."""

    dated: str | None = None
    presented: str | None = None
    states_extension: Annotated[bool | None, Field(alias="statesExtension")] = None
    text: str | None = None


class PresentationFile(_File):
    """A presentation; days as 2025-09-29, instants with their offset from UTC."""

    format: Literal["yangshan-presentation/1"]
    received: str | None = None
    place: str | None = None
    demanded: DemandedFile | None = None
    schedule: ScheduleFile | None = None
    accepted_out_of_hours: Annotated[bool, Field(alias="acceptedOutOfHours")] = False
    forwarded: bool = False
    documents: Annotated[dict[str, Any], Field(max_length=_MOST_DOCUMENTS)] = {}


def read_presentation(data: bytes, file: object) -> Presentation:
    """The presentation that one file states.

    Raises :class:`~yangshan.documents.canonical.BadJson`. Whether its documents keep their schemas
    is for :func:`~yangshan.documents.examination.examine.examine`.
    """
    return presentation_of(parse(data, file), file)


def presentation_of(value: Any, file: object) -> Presentation:
    """The presentation that a JSON value states; raises as :func:`read_presentation`."""
    try:
        found = PresentationFile.model_validate(value)
    except ValidationError as bad:
        first = bad.errors()[0]
        place = ".".join(str(part) for part in first["loc"])[:100]
        raise BadJson(file, f"{place or 'the whole'}: {first['msg']}") from None
    papers = tuple(
        Paper(_named(name, file), document_of(each, f"{name} of {file}"))
        for name, each in found.documents.items()
    )
    return Presentation(
        papers=papers,
        received=None if found.received is None else received_of(found.received, file),
        place=found.place,
        demanded=None if found.demanded is None else _money(found.demanded, file),
        schedule=None if found.schedule is None else _schedule(found.schedule, file),
        accepted_out_of_hours=found.accepted_out_of_hours,
        forwarded=found.forwarded,
    )


def read_folder(folder: Path) -> Presentation:
    """The presentation in a folder, its documents in the order of their files' names.

    Raises :class:`NoPresentation`, and as :func:`read_presentation`.
    """
    try:
        files = sorted(each for each in folder.iterdir() if each.suffix == ".json")
        texts = {each.name: each.read_bytes() for each in files}
    except OSError as bad:
        raise NoPresentation(folder, bad.strerror or "it cannot be read") from bad
    envelope = texts.pop(ENVELOPE, None)
    if len(texts) > _MOST_DOCUMENTS:
        raise NoPresentation(folder, f"it has {len(texts)} files, and at most {_MOST_DOCUMENTS}")
    whole = (
        Presentation(papers=())
        if envelope is None
        else read_presentation(envelope, folder / ENVELOPE)
    )
    papers = [*whole.papers]
    for name, data in texts.items():
        papers.append(_paper(name.removesuffix(".json"), data, folder / name))
    if not papers:
        raise NoPresentation(folder, "there is no document (.json) in it")
    return replace(whole, papers=tuple(papers))


def schema() -> dict[str, Any]:
    """The JSON Schema of a presentation."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **PresentationFile.model_json_schema(),
        "title": "Presentation",
    }


def received_of(text: str, file: object) -> datetime | date:
    """A day, or an instant with its offset; raises :class:`~...canonical.BadJson`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.utcoffset() is None:
        raise BadJson(
            file,
            f"received: {text[:40]!r} is neither a day (2025-09-29) nor an instant with its offset "
            "(2025-09-29T16:30:00+08:00)",
        )
    return instant


def _schedule(given: ScheduleFile, file: object) -> CoveringSchedule:
    return CoveringSchedule(
        _day(given.dated, file), _day(given.presented, file), given.states_extension, given.text
    )


def _paper(name: str, data: bytes, file: object) -> Paper:
    value = parse(data, file)
    if format_of(value) == "yangshan-sealed-document/1":
        sealed = read_sealed(data, file)
        return Paper(name, sealed.document, sealed)
    return Paper(name, document_of(value, file))


def _named(name: str, file: object) -> str:
    if not name or len(name) > 60 or not name.isprintable():
        raise BadJson(file, f"{name[:60]!r} is no name of a document")
    return name


def _money(given: DemandedFile, file: object) -> Money:
    value = exact(given.amount)
    try:
        currency = Currency.of(given.currency)
    except UnknownCurrency as bad:
        raise BadJson(file, f"demanded.currency: {str(bad).rstrip('.')}") from None
    minor = (value or 0) * 10**currency.decimals
    if minor.denominator != 1:
        raise BadJson(file, f"demanded.amount: {given.amount} has too many decimals")
    return Money(int(minor), currency)


def _day(text: str | None, file: object) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadJson(file, f"schedule: {text[:40]!r} is no day such as 2025-09-29") from None
