# SPDX-License-Identifier: Apache-2.0
"""Electronic records: opened, added, complete by notice, corrupt, replaced, disposed of (eUCP)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.alliance.calendar_words import day_number
from yangshan.chain.events import (
    CorruptionReported,
    PresentationOpened,
    RecordAdded,
    RecordReplaced,
    RecordsCompleted,
    RecordsDisposed,
    RecordsLapsed,
)
from yangshan.chain.records import NO_COMMITMENT
from yangshan.credit.acts import RECORDS, Act, Trace
from yangshan.credit.ids import presentation_id

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from yangshan.chain.enums import RecordFormat
    from yangshan.chain.records import PresentationKey
    from yangshan.money import Money

_PRESENTATION: Final = "eUCP 2.1 art. e6"
_CORRUPTION: Final = "eUCP 2.1 art. e12"


def open_presentation(key: PresentationKey) -> Act:
    """Opens a presentation into which records come; nothing is presented by that."""
    name = presentation_id(key)
    return Act(
        contract=RECORDS,
        function="openPresentation",
        arguments=(key,),
        key=name,
        what="opens a presentation of electronic records; nothing is presented yet",
        article=_PRESENTATION,
        traces=(Trace(PresentationOpened, name, actor="presenter"),),
    )


def add_record(
    key: PresentationKey, kind: RecordFormat, record: str, reference: str = NO_COMMITMENT
) -> Act:
    """Adds a record by the commitment to its content; ``reference`` is one to where it is found."""
    name = presentation_id(key)
    return Act(
        contract=RECORDS,
        function="addRecord",
        arguments=(key, int(kind), record, reference),
        key=f"{name}:{record}",
        what=f"adds a record ({kind.label})",
        article=_PRESENTATION,
        traces=(
            Trace(
                RecordAdded,
                name,
                {"record": record},
                {"format": kind, "record_reference": reference},
            ),
        ),
        repeatable=True,
    )


def complete_presentation(
    key: PresentationKey,
    amount: Money,
    shipped: date | None,
    notice: str,
    *,
    pay_presenter: bool = False,
) -> Act:
    """Gives the notice of completeness: all records are presented by it.

    ``notice`` is the commitment to it, which covers amount and date of shipment as well.
    """
    name = presentation_id(key)
    return Act(
        contract=RECORDS,
        function="completePresentation",
        arguments=(key, amount.minor, day_number(shipped) if shipped else 0, pay_presenter, notice),
        key=name,
        what=f"gives the notice of completeness and presents all records for {amount}",
        article=_PRESENTATION,
        traces=(Trace(RecordsCompleted, name, content={"notice": notice}),),
    )


def report_corruption(key: PresentationKey, records: Collection[int], message: str) -> Act:
    """Reports records, counted from 1, corrupt: the count of banking days stops.

    ``message`` is the commitment to the request to present them again.
    """
    name, bits = presentation_id(key), sum(1 << number - 1 for number in set(records))
    return Act(
        contract=RECORDS,
        function="reportCorruption",
        arguments=(key, bits, message),
        key=f"{name}:{bits}",
        what=f"reports as corrupt {_listed(records)}; its count of banking days stops",
        article=_CORRUPTION,
        traces=(
            Trace(CorruptionReported, name, {"records": bits}, {"message": message}, "examiner"),
        ),
    )


def replace_record(
    key: PresentationKey, number: int, record: str, reference: str = NO_COMMITMENT
) -> Act:
    """Presents a corrupt record, counted from 1, again; otherwise as :func:`add_record`."""
    name = presentation_id(key)
    return Act(
        contract=RECORDS,
        function="replaceRecord",
        arguments=(key, number - 1, record, reference),
        key=f"{name}:{number}:{record}",
        what=f"presents {_listed([number])} again",
        article=_CORRUPTION,
        traces=(
            Trace(
                RecordReplaced,
                name,
                {"number": number - 1, "record": record},
                {"record_reference": reference},
            ),
        ),
    )


def resume_examination(key: PresentationKey) -> Act:
    """Lets the count go on without what did not come again in time; anyone may."""
    name = presentation_id(key)
    return Act(
        contract=RECORDS,
        function="resumeExamination",
        arguments=(key,),
        key=name,
        what="lets the examination go on without the records that did not come again in time",
        article=_CORRUPTION,
        traces=(Trace(RecordsLapsed, name),),
    )


def dispose_records(key: PresentationKey, evidence: str) -> Act:
    """Records that refused records were disposed of; ``evidence`` is the commitment to how."""
    name = presentation_id(key)
    return Act(
        contract=RECORDS,
        function="disposeRecords",
        arguments=(key, evidence),
        key=name,
        what="disposes of the records, for which no instructions came",
        article="eUCP 2.1 art. e8",
        traces=(Trace(RecordsDisposed, name, content={"evidence": evidence}, actor="examiner"),),
    )


def _listed(records: Collection[int]) -> str:
    numbers = sorted(set(records))
    return f"record{'' if len(numbers) == 1 else 's'} {' and '.join(map(str, numbers))}"
