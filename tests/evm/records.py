# SPDX-License-Identifier: Apache-2.0
"""Presentations of electronic records: how a world comes to have one, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eth_abi import encode
from eth_utils import keccak
from suite import Event, event
from vocabulary import Disposal, RecordFormat, Switch
from world import (
    ADVISER,
    BENEFICIARY,
    CNSHA,
    DAY,
    ISSUER,
    KINDS,
    OTHER,
    OUTSIDER,
    START,
    Lodging,
    PresentationKey,
    Receipt,
    World,
    credit_id,
    desk,
    instant,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

# A Monday, and the close of the fifth banking day after it.
RECEIVED = instant("2025-09-01T10:00:00+08:00")
DEADLINE = instant("2025-09-08T17:00:00+08:00")
ACT = RECEIVED + 3_600
AMOUNT = 128_000_000
SHIPPED = START // DAY
TEXT, RECORD, REFERENCE, ANEW = (keccak(text=text) for text in ("text", "record", "where", "anew"))
NOMINATED, CONFIRMING = OTHER, ADVISER
# Two electronic records and a paper document between them.
FORMATS = (RecordFormat.PDF, RecordFormat.PAPER, RecordFormat.XML)
assert KINDS[ISSUER][1] == KINDS[CONFIRMING][1] == CNSHA


def added(documents: bytes, number: int, format_: int) -> bytes:
    """The chain of hashes with one more record."""
    types = ["bytes32", "uint8", "uint8", "bytes32", "bytes32"]
    return keccak(encode(types, [documents, number, format_, RECORD, REFERENCE]))


def replaced(documents: bytes, number: int) -> bytes:
    """The chain of hashes with a record that came again."""
    types = ["bytes32", "uint8", "bytes32", "bytes32"]
    return keccak(encode(types, [documents, number, ANEW, REFERENCE]))


@dataclass
class Set:
    """The records of one presentation of the beneficiary's, for the whole amount."""

    world: World
    bank: int = ISSUER
    presenter: int = BENEFICIARY
    formats: Sequence[int] = FORMATS
    number: int = 1
    corrupt: int = 0b001
    issuer: int = ISSUER
    reference: bytes = b"LC2025-0001"

    @property
    def credit(self) -> bytes:
        return credit_id(self.issuer, self.reference.ljust(16, b"\0"))

    @property
    def key(self) -> PresentationKey:
        return PresentationKey(self.credit, self.bank, self.presenter, self.number)

    @property
    def id(self) -> bytes:
        return self.key.id

    @property
    def documents(self) -> bytes:
        documents = self.id
        for number, each in enumerate(self.formats):
            documents = added(documents, number, each)
        return documents

    def send(self, member: int, function: str, *args: Any) -> Receipt:
        name = function if "." in function else f"ElectronicRecords.{function}"
        return self.world.send(desk(member), name, self.key, *args)

    # The acts, each by its right caller unless another is named.

    def open(self, by: int | None = None) -> Receipt:
        return self.send(by or self.presenter, "openPresentation")

    def add(self, by: int | None = None, format_: int = RecordFormat.PDF) -> Receipt:
        return self.send(by or self.presenter, "addRecord", int(format_), RECORD, REFERENCE)

    def complete(self, by: int | None = None) -> Receipt:
        args = AMOUNT, SHIPPED, False, TEXT
        return self.send(by or self.presenter, "completePresentation", *args)

    def report(self, by: int | None = None) -> Receipt:
        return self.send(by or self.bank, "reportCorruption", self.corrupt, TEXT)

    def replace(self, by: int | None = None, number: int = 0) -> Receipt:
        return self.send(by or self.presenter, "replaceRecord", number, ANEW, REFERENCE)

    def resume(self, by: int | None = None) -> Receipt:
        caller = desk(by) if by else OUTSIDER
        return self.world.send(caller, "ElectronicRecords.resumeExamination", self.key)

    def dispose(self, by: int | None = None) -> Receipt:
        return self.send(by or self.bank, "disposeRecords", TEXT)

    def refuse(self, disposal: Any = Disposal.HOLD) -> Receipt:
        return self.send(self.bank, "Presentations.refuse", 1, int(disposal), TEXT)

    def forward(self, to: int = ISSUER) -> Set:
        self.send(self.bank, "Forwarding.forward", to, 1, TEXT)
        return Set(self.world, to, self.bank, self.formats, reference=self.reference)

    # What stands

    def record(self) -> Any:
        return self.world.view("ElectronicRecords.recordSet", self.id)

    def state(self) -> Any:
        return self.world.view("ElectronicRecords.stateOf", self.id)

    def presentation(self) -> Any:
        return self.world.presentation(self.key)

    # What is told

    def told(self, name: str, **fields: Any) -> Event:
        return event("ElectronicRecords", name, presentationId=self.id, **fields)

    def lodged(self) -> Event:
        lodging = Lodging(self.key, AMOUNT, SHIPPED, False, self.documents)
        return event(
            "Presentations",
            "DocumentsLodged",
            presentationId=self.id,
            creditId=self.credit,
            examiner=self.bank,
            lodging=lodging,
            payee=BENEFICIARY,
            received=self.world.time,
            deadline=self.presentation().deadline,
            flags=0,
        )


def credit_of(world: World, **changes: Any) -> bytes:
    """A credit that is subject to eUCP 2.1, confirmed, with another bank nominated."""
    terms = {"nominated_bank": NOMINATED, "confirming_bank": CONFIRMING} | changes
    credit = world.issue(**{"switches": int(Switch.EUCP)} | terms)
    if terms["confirming_bank"]:
        world.send(desk(CONFIRMING), "LetterOfCredit.confirm", credit)
    return credit


def none(world: World, bank: int = ISSUER, lodged_at: int = RECEIVED, **changes: Any) -> Set:
    credit_of(world, **changes)
    world.at(lodged_at)
    return Set(world, bank)


def empty(world: World, bank: int = ISSUER, **changes: Any) -> Set:
    found = none(world, bank, **changes)
    found.open()
    return found


def opened(
    world: World, bank: int = ISSUER, formats: Sequence[int] = FORMATS, **changes: Any
) -> Set:
    found = empty(world, bank, **changes)
    found.formats = formats
    for each in formats:
        found.add(format_=each)
    return found


def complete(
    world: World, bank: int = ISSUER, formats: Sequence[int] = FORMATS, **changes: Any
) -> Set:
    found = opened(world, bank, formats, **changes)
    found.complete()
    world.at(world.time + ACT - RECEIVED)
    return found


def suspended(
    world: World, bank: int = ISSUER, formats: Sequence[int] = FORMATS, **changes: Any
) -> Set:
    found = complete(world, bank, formats, **changes)
    found.report()
    return found
