# SPDX-License-Identifier: Apache-2.0
"""Random acts around electronic records, broken refusal notices and assignments ahead."""

from __future__ import annotations

from typing import Any, Final

from choices import COURTS
from document_acts import DocumentActs
from model import P
from model_records import R, Records
from vocabulary import RecordFormat
from world import APPLICANT, BENEFICIARY, FORWARDER, FRANKFURT, PresentationKey

# Each act with its weight.
RECORD_ACTS: Final = {
    "open_": 12,
    "add": 14,
    "complete": 12,
    "report": 10,
    "replace": 8,
    "resume": 4,
    "dispose": 4,
    "release": 5,
    "breach": 3,
    "rule": 3,
    "assign_ahead": 4,
}


class RecordActs(DocumentActs):
    """Acts of presenters and banks on records, and what may follow a refusal."""

    model: Records
    # What was tried to open, as there are no keys behind numbers.
    opened: dict[PresentationKey, None]

    @property
    def keys(self) -> list[PresentationKey]:
        """What has records."""
        known = {key.id: key for key in (*self.opened, *self.model.presentations)}
        return [known[number] for number in self.model.sets]

    def of_records(self, *states: Any) -> PresentationKey:
        """One whose records stand so, mostly; or any presentation."""
        found = [key for key in self.keys if self.model.records_state(key) in states]
        if found and self.source.random() < 0.9:
            return self.source.choice(found[-8:])
        return self.presentation(P.LODGED, P.REFUSED)

    def recorded(self, name: str, function: str, key: PresentationKey, *args: Any) -> None:
        self.act(name, self.member(key.presenter), f"ElectronicRecords.{function}", key, *args)

    def open_(self) -> None:
        key, *_ = self.presented()
        self.opened[key] = None
        self.recorded("open_", "openPresentation", key)

    def add(self) -> None:
        key = self.of_records(R.OPEN)
        format_, record = self.source.choice(list(RecordFormat)), self.text()
        if self.source.random() < 0.05:
            record = bytes(32)
        self.recorded("add", "addRecord", key, int(format_), record, self.text())

    def complete(self) -> None:
        key, (_, amount, shipped, pay_presenter) = self.of_records(R.OPEN), self.presented()
        full = [each for each in self.keys if self.model.sets[each.id].count]
        ready = [each for each in full if self.model.sets[each.id].state == R.OPEN]
        if self.source.random() < 0.8:
            key = self.any_of(ready, key)
        args = amount, shipped, pay_presenter, self.text()
        self.recorded("complete", "completePresentation", key, *args)

    def report(self) -> None:
        model, key = self.model, self.of_records(R.COMPLETE)
        open_ = [
            each
            for each in self.keys
            if model.sets[each.id].state == R.COMPLETE
            and model.presentations[each].state == P.LODGED
            and not model.presentations[each].is_over(model.time)
        ]
        if self.source.random() < 0.9:
            key = self.any_of(open_, key)
        records = self.source.choice((0, 1, 1, 2, 3, 4, 5, 1 << 63))
        if key.id in model.sets and self.source.random() < 0.8:
            found = model.sets[key.id]
            left = set(range(found.count)) - found.paper - found.reported
            records = 1 << self.any_of(sorted(left), 0)
        member = self.member(key.examiner)
        args = key, records, self.text()
        self.act("report", member, "ElectronicRecords.reportCorruption", *args)

    def replace(self) -> None:
        key, number = self.of_records(R.SUSPENDED), self.source.choice((0, 1, 2, 64, 255))
        if key.id in self.model.sets and self.source.random() < 0.8:
            number = self.any_of(sorted(self.model.sets[key.id].awaited), number)
        record = bytes(32) if self.source.random() < 0.05 else self.text()
        self.recorded("replace", "replaceRecord", key, number, record, self.text())

    def resume(self) -> None:
        key = self.of_records(R.SUSPENDED)
        self.act("resume", None, "ElectronicRecords.resumeExamination", key)

    def dispose(self) -> None:
        key = self.of_records(R.DISPOSABLE)
        if not any(self.model.records_state(each) == R.DISPOSABLE for each in self.keys):
            # It takes 60 days; until then a few tries are enough.
            if self.source.random() < 0.8:
                return
            key = self.of_records(R.COMPLETE)
        member = self.member(key.examiner)
        self.act("dispose", member, "ElectronicRecords.disposeRecords", key, self.text())

    def release(self) -> None:
        key = self.presentation(P.COMPLYING, P.WAIVED, P.CLAIMED, P.RELEASED, P.REFUSED)
        self.examined("release", "releaseToApplicant", key, self.text())

    def breach(self) -> None:
        key = self.presentation(P.REFUSED, P.RETURN_DUE, P.RETURNED)
        self.examined("breach", "stateBreach", key, self.text())

    def rule(self) -> None:
        key = self.presentation(P.REFUSED, P.RETURN_DUE, P.RETURNED)
        member = self.member(self.source.choice(COURTS))
        self.act("rule", member, "Disposals.findInBreach", key, self.text())

    def assign_ahead(self) -> None:
        number, credit = self.credit()
        amount = self.source.choice((0, 10, 10**3, 10**5, 10**6))
        right = (credit.origin.beneficiary if credit else 0) or BENEFICIARY
        assignee = self.source.choice((FORWARDER, FRANKFURT, APPLICANT, BENEFICIARY))
        function = "PaymentObligations.assignUnderCredit"
        args = number, assignee, amount, self.text()
        self.act("assign_ahead", self.member(right), function, *args)
