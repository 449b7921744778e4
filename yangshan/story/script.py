# SPDX-License-Identifier: Apache-2.0
"""What the story is made from: its file, and the hours that follow from a credit."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from yangshan.credit.dates import (
    last_day_for_presentation,
    nth_banking_day_after,
    presentation_period,
)
from yangshan.credit.settlements import Disposal
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from yangshan.alliance.calendars import BankingCalendar
    from yangshan.credit.terms import CreditTerms

_ISSUE = time(10)
_ADVICE = time(10)
_LODGING = time(11)
_FINDING = time(15)
_DAYS_TO_SHIPMENT = 4
_DAYS_TO_PRESENTATION = 5
_BANKING_DAYS_TO_FINDING = 2


class StoryFileError(Unusable):
    """A story file that is missing, is no TOML, or tells no story."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"The story file {file} cannot be used: {reason}")
        self.file = file


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StatedDiscrepancy(_Table):
    """One discrepancy of the notice: its code and what the notice says of it."""

    code: str
    text: str


class ActScript(_Table):
    """One act. ``ending`` says how the examining bank behaves; absent dates follow the credit."""

    title: str
    credit: Path
    documents: Path
    ending: Literal["paid", "refused", "precluded"]
    shipped: date | None = None
    lodged: AwareDatetime | None = None
    refused: AwareDatetime | None = None
    disposal: Disposal | None = None
    disposal_text: str = ""
    discrepancy: tuple[StatedDiscrepancy, ...] = ()

    @model_validator(mode="after")
    def _refusal_is_whole(self) -> ActScript:
        stated = (self.refused, self.disposal, self.discrepancy or None)
        if (self.ending == "refused") != all(part is not None for part in stated):
            raise ValueError("a refused ending, and no other, has a time, a disposal and reasons")
        return self


class Story(_Table):
    """The whole story; paths are absolute."""

    start: AwareDatetime
    alliance: Path
    acts: tuple[ActScript, ...] = Field(alias="act")


def load_story(file: Path) -> Story:
    """The story of a file, its paths resolved from the file's folder; raises StoryFileError."""
    try:
        story = Story.model_validate(tomllib.loads(file.read_text("utf-8")))
    except OSError as missing:
        raise StoryFileError(file, f"{missing.strerror}.") from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as bad:
        raise StoryFileError(file, f"it is not TOML ({bad}).") from bad
    except ValidationError as bad:
        first = bad.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise StoryFileError(file, f"{where}: {first['msg']}.") from bad
    here = file.resolve().parent
    acts = tuple(
        act.model_copy(update={"credit": here / act.credit, "documents": here / act.documents})
        for act in story.acts
    )
    return story.model_copy(update={"alliance": here / story.alliance, "acts": acts})


class Hours:
    """When the parties of one act do what they do, from its script and its credit.

    ``start`` is the first hour of the chain; ``examiner`` and ``adviser`` are the calendars of the
    issuing and the advising bank (None: nobody in the alliance advises). Asking for an hour that
    no published calendar covers raises CalendarNotPublished.
    """

    def __init__(
        self,
        script: ActScript,
        terms: CreditTerms,
        start: datetime,
        examiner: BankingCalendar,
        adviser: BankingCalendar | None,
    ) -> None:
        self._script, self._terms = script, terms
        self._examiner, self._adviser = examiner, adviser
        self._start = start

    def issued(self) -> datetime:
        """The hour of issue, on the day that field 31C states or when the chain begins."""
        first = self._examiner.local_day(self._start)
        return self._at(self._examiner, max(self._terms.issued, first), _ISSUE)

    def advised(self) -> datetime | None:
        """The advising bank's next banking day, or None."""
        if self._adviser is None:
            return None
        issued = self._adviser.local_day(self.issued())
        return self._at(self._adviser, self._adviser.next_open(issued), _ADVICE)

    def shipped(self) -> date:
        """The date of shipment that the transport document shows."""
        if self._script.shipped is not None:
            return self._script.shipped
        latest = self._terms.latest_shipment or self._terms.expiry
        issued = self._examiner.local_day(self.issued())
        return min(latest, issued + timedelta(days=_DAYS_TO_SHIPMENT))

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
        return self._at(self._examiner, day, _LODGING)

    def found(self) -> datetime:
        """The hour at which an attentive examiner determines compliance."""
        received = self._examiner.local_day(self.lodged())
        day = nth_banking_day_after(received, _BANKING_DAYS_TO_FINDING, self._examiner)
        return self._at(self._examiner, day, _FINDING)

    def _at(self, calendar: BankingCalendar, day: date, hour: time) -> datetime:
        # Built from the opening of the day, because that carries the place's offset of that day.
        opening = calendar.open_instant(day)
        return datetime.combine(day, hour, opening.tzinfo)
