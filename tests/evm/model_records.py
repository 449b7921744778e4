# SPDX-License-Identifier: Apache-2.0
"""A plain model of electronic records and of broken refusal notices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from credit_model import RefusedError
from eth_abi import encode
from eth_utils import keccak
from model import Model
from model_documents import HONOURED, P, comes_late
from suite import Event, event
from vocabulary import Disposal, RecordFormat, RecordsState, Role, Switch
from world import DAY, Lodging, PresentationKey

from yangshan.alliance.calendar_words import day_of
from yangshan.credit.suspensions import (
    REPLACEMENT_DAYS,
    days_left,
    is_day_over,
    is_disposable,
)

if TYPE_CHECKING:
    from model_documents import Presentation

R = RecordsState
MOST = 64


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@dataclass
class Set:
    """The records of a presentation."""

    documents: bytes
    since: int
    state: int = R.OPEN
    paper: set[int] = field(default_factory=set)
    count: int = 0
    remaining: int = 0
    reported: set[int] = field(default_factory=set)
    awaited: set[int] = field(default_factory=set)
    lapsed: set[int] = field(default_factory=set)


def bits(numbers: set[int]) -> int:
    return sum(1 << number for number in numbers)


@dataclass
class Records(Model):
    """All records of the alliance."""

    sets: dict[bytes, Set] = field(default_factory=dict)

    # Acts of presenters

    def open_(self, member: int, key: PresentationKey) -> list[Event]:
        self._is_presenter(member, key)
        if not self.credit(key.credit).origin.switches & Switch.EUCP:
            raise RefusedError("CreditNotElectronic", key.credit)
        if key.id in self.sets:
            raise RefusedError("OpenedAlready", key.id)
        if key in self.presentations:
            raise RefusedError("PresentationExists", key.id)
        self.sets[key.id] = Set(key.id, self.time)
        return [
            self._recorded(
                "PresentationOpened", key, creditId=key.credit, presenter=key.presenter, key=key
            )
        ]

    def add(
        self, member: int, key: PresentationKey, format_: int, record: bytes, reference: bytes
    ) -> list[Event]:
        self._is_presenter(member, key)
        found = self._in_state(key, R.OPEN)
        if format_ == RecordFormat.NONE or record == bytes(32):
            raise RefusedError("BadRecord", key.id, format_, record)
        number = found.count
        if number == MOST:
            raise RefusedError("TooManyRecords", key.id, MOST)
        found.count += 1
        if format_ == RecordFormat.PAPER:
            found.paper.add(number)
        self._chain(found, ["uint8", "uint8"], [number, format_], record, reference)
        return [
            self._recorded(
                "RecordAdded",
                key,
                number=number,
                format=format_,
                record=record,
                recordReference=reference,
            )
        ]

    def complete(
        self,
        member: int,
        key: PresentationKey,
        amount: int,
        shipped: int,
        pay_presenter: bool,
        notice: bytes,
    ) -> list[Event]:
        self._is_presenter(member, key)
        found = self._in_state(key, R.OPEN)
        if not found.count:
            raise RefusedError("NoRecords", key.id)
        lodging = Lodging(key, amount, shipped, pay_presenter, found.documents)
        lodged = self.lodge(member, lodging)
        self.presentations[key].records = True
        found.state, found.since = R.COMPLETE, self.time
        told = {"creditId": key.credit, "records": found.count, "notice": notice}
        return [self._recorded("RecordsCompleted", key, **told), *lodged]

    def replace(
        self, member: int, key: PresentationKey, number: int, record: bytes, reference: bytes
    ) -> list[Event]:
        self._is_presenter(member, key)
        found = self._in_state(key, R.SUSPENDED)
        if number not in found.awaited:
            raise RefusedError("RecordNotAwaited", key.id, number)
        if record == bytes(32):
            raise RefusedError("BadRecord", key.id, RecordFormat.NONE, record)
        if self._is_over(key, found):
            raise RefusedError("ReplacementTooLate", key.id, found.since, self.time)
        found.awaited.remove(number)
        self._chain(found, ["uint8"], [number], record, reference)
        told = self._recorded(
            "RecordReplaced",
            key,
            number=number,
            record=record,
            recordReference=reference,
            documents=found.documents,
        )
        return [told, *([] if found.awaited else self._goes_on(key, found))]

    def resume(self, key: PresentationKey) -> list[Event]:
        found = self._in_state(key, R.SUSPENDED)
        if not self._is_over(key, found):
            raise RefusedError("ReplacementStillOpen", key.id, found.since, self.time)
        told = self._recorded("RecordsLapsed", key, records=bits(found.awaited))
        found.lapsed |= found.awaited
        found.awaited = set()
        return [told, *self._goes_on(key, found)]

    # Acts of examining banks

    def report(
        self, member: int, key: PresentationKey, records: int, message: bytes
    ) -> list[Event]:
        self._is_examiner(member, key)
        found = self._in_state(key, R.COMPLETE)
        electronic = bits(set(range(found.count)) - found.paper)
        if not records or records & ~electronic:
            raise RefusedError("UnknownRecords", key.id, records, electronic)
        before = bits(found.reported)
        if records & before:
            raise RefusedError("ReportedAlready", key.id, records & before)
        presentation = self.presentations[key]
        if not presentation.deadline:
            raise RefusedError("CountNotKnown", key.id)
        left = self._days_left(key, presentation, first=not before)
        if not left:
            raise RefusedError("NoDayLeft", key.id, presentation.deadline)
        self._is_lodged(key, presentation)
        if presentation.is_over(self.time):
            raise RefusedError("DeadlinePassed", key.id, presentation.deadline, self.time)
        named = {number for number in range(MOST) if records >> number & 1}
        found.state, found.since, found.remaining = R.SUSPENDED, self.time, left
        found.reported |= named
        found.awaited = named
        presentation.state = P.SUSPENDED
        told = {"examiner": member, "records": records, "remaining": left, "message": message}
        return [self._recorded("CorruptionReported", key, **told)]

    def dispose(self, member: int, key: PresentationKey, evidence: bytes) -> list[Event]:
        self._is_examiner(member, key)
        found = self._in_state(key, R.COMPLETE)
        if not self.is_disposable(self.presentations[key]):
            raise RefusedError("NotDisposable", key.id)
        found.state, found.since = R.DISPOSED, self.time
        if not found.paper:
            self.presentations[key].state = P.DISPOSED
        return [self._recorded("RecordsDisposed", key, examiner=member, evidence=evidence)]

    def forward(
        self, member: int, key: PresentationKey, to: int, number: int, schedule: bytes
    ) -> list[Event]:
        told = super().forward(member, key, to, number, schedule)
        return [*told, *self._carry(key, PresentationKey(key.credit, to, member, number))]

    def turn(
        self, member: int, key: PresentationKey, to: int, number: int, text: bytes
    ) -> list[Event]:
        before = self._presentation(key).onward
        told = super().turn(member, key, to, number, text)
        onward = self.presentations[key].onward
        if onward == before or onward is None:
            return told
        return [*told, *self._carry(key, onward)]

    def _carry(self, key: PresentationKey, onward: PresentationKey) -> list[Event]:
        """Records follow the documents of which they are."""
        if not self.presentations[key].records:
            return []
        self.presentations[onward].records = True
        found = self.sets[key.id]
        self.sets[onward.id] = Set(
            found.documents,
            self.time,
            found.state,
            set(found.paper),
            found.count,
            lapsed=set(found.lapsed),
        )
        return [
            self._recorded("RecordsCarried", key, forwardedId=onward.id, documents=found.documents)
        ]

    # Release and breach

    def release(self, member: int, key: PresentationKey, receipt: bytes) -> list[Event]:
        found = self._of_examiner(member, key)
        rightful = found.state in (*HONOURED, P.RELEASED)
        if not rightful and found.state not in (P.REFUSED, P.RETURN_DUE):
            raise RefusedError("WrongPresentationState", key.id, found.state, P.COMPLYING)
        if found.released:
            raise RefusedError("ReleasedAlready", key.id)
        told = [] if rightful else self._precluded(member, key, receipt)
        found.released = True
        fields = {"examiner": member, "rightful": rightful, "receipt": receipt}
        return [
            *told,
            event("Disposals", "DocumentsReleased", presentationId=key.id, **fields),
        ]

    def breach(self, member: int, key: PresentationKey, evidence: bytes) -> list[Event]:
        self._of_examiner(member, key)
        return self._precluded(member, key, evidence)

    def rule(self, member: int, key: PresentationKey, ruling: bytes) -> list[Event]:
        self._has_role(member, Role.COURT)
        self._presentation(key)
        credit = self.credits[key.credit]
        if member in (credit.bank, *credit.origin[1:8], key.presenter):
            raise RefusedError("PartyCannotRule", key.id, member)
        return self._precluded(member, key, ruling)

    # Rules

    def is_disposable(self, found: Presentation) -> bool:
        held = found.disposal in (Disposal.HOLD, Disposal.NOTIFY) and not found.take_up
        return (
            found.state == P.REFUSED
            and held
            and is_disposable(moment(self.time), moment(found.refused_on * DAY))
        )

    def records_state(self, key: PresentationKey) -> int:
        found = self.sets[key.id]
        if found.state == R.COMPLETE and self.is_disposable(self.presentations[key]):
            return int(R.DISPOSABLE)
        return int(found.state)

    def _precluded(self, member: int, key: PresentationKey, evidence: bytes) -> list[Event]:
        found = self.presentations[key]
        back = found.state in (P.RETURN_DUE, P.RETURNED) and not found.counted
        if found.state != P.REFUSED and not back:
            raise RefusedError("WrongPresentationState", key.id, found.state, P.REFUSED)
        if not found.bound:
            raise RefusedError("BankNotBound", key.id, key.examiner)
        found.state = P.PRECLUDED
        return [
            event(
                "Disposals",
                "DisposalBreached",
                presentationId=key.id,
                creditId=key.credit,
                examiner=key.examiner,
                recordedBy=member,
                evidence=evidence,
            )
        ]

    def _recorded(self, name: str, of: PresentationKey, /, **fields: object) -> Event:
        return event("ElectronicRecords", name, presentationId=of.id, **fields)

    def _is_presenter(self, member: int, key: PresentationKey) -> None:
        if member != key.presenter:
            raise RefusedError("NotPresenter", key.presenter, member)

    def _is_examiner(self, member: int, key: PresentationKey) -> None:
        self._has_role(member, Role.EXAMINE)
        if member != key.examiner:
            raise RefusedError("NotExaminer", key.id, member)

    def _in_state(self, key: PresentationKey, expected: int) -> Set:
        found = self.sets.get(key.id)
        state = found.state if found else R.NONE
        if found is None or state != expected:
            raise RefusedError("WrongRecordsState", key.id, state, expected)
        return found

    def _chain(
        self, found: Set, types: list[str], values: list[int], record: bytes, reference: bytes
    ) -> None:
        types = ["bytes32", *types, "bytes32", "bytes32"]
        found.documents = keccak(encode(types, [found.documents, *values, record, reference]))

    def _days_left(self, key: PresentationKey, found: Presentation, *, first: bool) -> int:
        calendar = self._calendar(key.examiner)
        deadline = moment(found.deadline)
        return days_left(moment(self.time), deadline, calendar, first=first)

    def _goes_on(self, key: PresentationKey, found: Set) -> list[Event]:
        found.state, found.since = R.COMPLETE, self.time
        presentation = self.presentations[key]
        presentation.state = P.LODGED
        presentation.resumed = self.time, found.remaining
        _, _, presentation.deadline, _ = self._clock(key.examiner, self.time, found.remaining)
        return [self._recorded("ExaminationResumed", key, deadline=presentation.deadline)]

    def _is_over(self, key: PresentationKey, found: Set) -> bool:
        presentation = self.presentations[key]
        last = day_of(found.since // DAY) + timedelta(days=REPLACEMENT_DAYS)
        if is_day_over(moment(self.time), last):
            return True
        receipt, *_, missing = self._clock(key.examiner, self.time, 1)
        if presentation.forwarded or missing:
            # The 30 days alone.
            return False
        terms = self.credits[key.credit].undertaking(key.examiner)
        shipped = presentation.lodging.shipped
        return comes_late(terms, self._calendar(key.examiner), shipped, receipt)
