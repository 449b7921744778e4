# SPDX-License-Identifier: Apache-2.0
"""What an act is made from: its file, and the hours that follow from a credit."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict

from yangshan.credit.dates import (
    last_day_for_presentation,
    nth_banking_day_after,
    presentation_period,
)
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from yangshan.alliance.calendars import BankingCalendar
    from yangshan.credit.terms import CreditTerms

_OPENING = time(10)
_LODGING = time(11)
_DOCUMENTS = time(18)
_FINDING = time(15)
_DAYS_TO_SHIPMENT = 4
_DAYS_TO_PRESENTATION = 5
_BANKING_DAYS_TO_FINDING = 2

# A file that lists documents, or files of one document each.
Documents = Path | tuple[Path, ...]


class StoryFileError(Unusable):
    """A story file that is missing, is no TOML, or tells no story."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"The story file {file} cannot be used: {reason}")
        self.file = file


class Table(BaseModel):
    """A table of a story file; whatever it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ActScript(Table):
    """What every act states; absent dates follow from the credit.

    ``documents`` is one file that lists them, or files of one document each, which are sealed and
    registered by who issued them.
    """

    title: str
    credit: Path
    documents: Documents
    shipped: date | None = None
    lodged: AwareDatetime | None = None

    def beside(self, folder: Path) -> Self:
        """The same with all its files named from a folder."""
        return self.model_copy(
            update={"credit": folder / self.credit, "documents": beside(folder, self.documents)}
        )

    def moved(self, by: timedelta) -> Self:
        """The same with all its dates later."""
        return self.model_copy(
            update={
                "shipped": self.shipped and self.shipped + by,
                "lodged": self.lodged and self.lodged + by,
            }
        )


def beside(folder: Path, documents: Documents) -> Documents:
    """The same files, named from a folder."""
    if isinstance(documents, tuple):
        return tuple(folder / each for each in documents)
    return folder / documents


class Hours:
    """When the parties of one act do what they do, from its script and its credit.

    ``start`` is the first hour of the chain; ``issuer``, ``adviser`` and ``examiner`` are the
    calendars of the issuing bank, of the advising bank (None: nobody in the alliance advises) and
    of the bank that is presented to first, which is the issuing bank if absent. Asking for an hour
    that no published calendar covers raises CalendarNotPublished.
    """

    def __init__(
        self,
        script: ActScript,
        terms: CreditTerms,
        start: datetime,
        issuer: BankingCalendar,
        adviser: BankingCalendar | None,
        examiner: BankingCalendar | None = None,
    ) -> None:
        self._script, self._terms = script, terms
        self._issuer, self._adviser = issuer, adviser
        self._examiner = examiner or issuer
        self._start = start

    def issued(self) -> datetime:
        """The hour of issue, on the day that field 31C states or when the chain begins."""
        first = self._issuer.local_day(self._start)
        return at(self._issuer, max(self._terms.issued, first), _OPENING)

    def advised(self) -> datetime | None:
        """The advising bank's next banking day, or None."""
        if self._adviser is None:
            return None
        return self.answered(self._adviser, self.issued())

    def answered(self, calendar: BankingCalendar, asked: datetime) -> datetime:
        """When a bank or its customer answers: in the morning of its next banking day."""
        return at(calendar, calendar.next_open(calendar.local_day(asked)), _OPENING)

    def on(self, calendar: BankingCalendar, day: date) -> datetime:
        """In the morning of a day at a bank's place, or of the next banking day after it."""
        return at(calendar, calendar.on_or_after(day), _OPENING)

    def shipped(self) -> date:
        """The date of shipment that the transport document shows."""
        if self._script.shipped is not None:
            return self._script.shipped
        latest = self._terms.latest_shipment or self._terms.expiry
        issued = self._issuer.local_day(self.issued())
        return min(latest, issued + timedelta(days=_DAYS_TO_SHIPMENT))

    def documented(self) -> datetime:
        """The hour at which documents are issued: at the end of the day of shipment."""
        return at(self._issuer, self.shipped(), _DOCUMENTS)

    def lodged(self) -> datetime:
        """The hour of presentation: some days after shipment, but within the last day for it."""
        if self._script.lodged is not None:
            return self._script.lodged
        known = self.advised() or self.issued()
        ready = max(self.shipped(), known.date()) + timedelta(days=_DAYS_TO_PRESENTATION)
        stated = self._terms.presentation_period
        period = presentation_period(
            stated.days if stated else None, original_transport_document=True
        )
        last = last_day_for_presentation(self.shipped(), period, self._terms.expiry, self._examiner)
        day = min(self._examiner.on_or_after(ready), last)
        return at(self._examiner, day, _LODGING)

    def found(self) -> datetime:
        """The hour at which an attentive examiner determines compliance."""
        return self.found_by(self._examiner, self.lodged())

    def found_by(self, calendar: BankingCalendar, received: datetime) -> datetime:
        """The same for any bank that received documents."""
        received_on = calendar.local_day(received)
        day = nth_banking_day_after(received_on, _BANKING_DAYS_TO_FINDING, calendar)
        return at(calendar, day, _FINDING)


def at(calendar: BankingCalendar, day: date, hour: time) -> datetime:
    """An hour of a day at a place; raises CalendarNotPublished."""
    # Built from the opening of the day, because that carries the place's offset of that day.
    opening = calendar.open_instant(day)
    return datetime.combine(day, hour, opening.tzinfo)
