# SPDX-License-Identifier: Apache-2.0
"""Banking days and banking hours of one place, by the same rules as the contracts.

A calendar never guesses: a day that nobody has published is :class:`CalendarNotPublished`. The
words alone decide, so the days of the first span that precede a calendar's first day read as closed
days, as they do on chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from yangshan.alliance.calendar_words import (
    SECONDS_PER_DAY,
    SECONDS_PER_QUARTER,
    SPAN_DAYS,
    UNPUBLISHED,
    CalendarWord,
    day_number,
    day_of,
)
from yangshan.errors import Refused, Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class CalendarNotPublished(Refused):
    """The first day that an answer needed and that the calendar does not know."""

    def __init__(self, calendar: str, day: date) -> None:
        super().__init__(
            f"The banking calendar {calendar} is not published for {day}. "
            "Its keeper has to publish that day first."
        )
        self.calendar = calendar
        self.day = day


class NaiveInstant(Unusable):
    """A time without its offset from UTC, which names no instant."""

    def __init__(self, given: datetime) -> None:
        super().__init__(f"The time {given} has no offset from UTC; one was expected.")
        self.given = given


@dataclass(frozen=True, slots=True)
class BankingCalendar:
    """The banking calendar ``name``: its words by span number.

    Days are dates in the local time of the place, instants are aware datetimes. Every method raises
    :class:`CalendarNotPublished` with the first unknown day that it met; one that looks back names
    the first unknown day of the span it looked into, where its keeper has to go on.
    """

    name: str
    words: Mapping[int, CalendarWord]

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", MappingProxyType(dict(self.words)))

    @classmethod
    def unpacked(cls, name: str, words: Mapping[int, int]) -> Self:
        """A calendar from its words as the chain holds them; raises BadCalendarWord."""
        return cls(name, {span: CalendarWord.unpack(word) for span, word in words.items()})

    def packed(self) -> dict[int, int]:
        """The words as the chain holds them, by span number in rising order."""
        return {span: self.words[span].pack() for span in sorted(self.words)}

    def is_open(self, day: date) -> bool:
        """Whether ``day`` is a banking day (UCP 600 art. 2)."""
        return self._is_open(day_number(day))

    def local_day(self, instant: datetime) -> date:
        """The date at the place at ``instant``; raises :class:`NaiveInstant`.

        Day D begins at midnight under the offset of day D - 1, because clocks change after midnight
        and before banking hours; where nothing of the span of D - 1 is published, under the offset
        of D. The days of a span that are not yet published still have its offsets.
        """
        seconds = _seconds(instant)
        # The offset of the span in which the UTC day lies is at most a day off, so that looking at
        # the two neighbours is enough.
        utc_day = seconds // SECONDS_PER_DAY
        offset = self._with_offsets(utc_day).offset
        day = (seconds + offset * SECONDS_PER_QUARTER) // SECONDS_PER_DAY
        self._with_offsets(day)
        if seconds < self._start(day):
            day -= 1
        elif seconds >= self._start(day + 1):
            day += 1
        return day_of(day)

    def open_instant(self, day: date) -> datetime:
        """When banking hours begin on ``day``, banking day or not, in the local time of the day."""
        number = day_number(day)
        return self._instant(number, self._known(number).opens)

    def close_instant(self, day: date) -> datetime:
        """The last second within banking hours on ``day``, in the local time of the day."""
        number = day_number(day)
        return self._instant(number, self._known(number).closes)

    def next_open(self, day: date) -> date:
        """The first banking day after ``day``."""
        return self._first_open(day_number(day) + 1)

    def on_or_after(self, day: date) -> date:
        """``day`` if it is a banking day, else the first one after it."""
        return self._first_open(day_number(day))

    def previous_open(self, day: date) -> date:
        """The last banking day before ``day``."""
        return day_of(next(filter(self._was_open, count(day_number(day) - 1, -1))))

    def has_open_between(self, first: date, end: date) -> bool:
        """Whether there is a banking day from ``first`` to the day before ``end``.

        Looks backwards from ``end`` and at no day before ``first``.
        """
        return any(map(self._was_open, range(day_number(end) - 1, day_number(first) - 1, -1)))

    def _first_open(self, number: int) -> date:
        # Ends at a banking day or, where nothing is published, by CalendarNotPublished.
        return day_of(next(filter(self._is_open, count(number))))

    def _was_open(self, number: int) -> bool:
        """As ``_is_open``, for a search that looks back."""
        word = self._word(number)
        span, index = divmod(number, SPAN_DAYS)
        if index >= word.known:
            raise CalendarNotPublished(self.name, day_of(span * SPAN_DAYS + word.known))
        return word.is_open(index)

    def _is_open(self, number: int) -> bool:
        return self._known(number).is_open(number % SPAN_DAYS)

    def _word(self, number: int) -> CalendarWord:
        return self.words.get(number // SPAN_DAYS, UNPUBLISHED)

    def _known(self, number: int) -> CalendarWord:
        """The word of a day that must be published."""
        word = self._word(number)
        if number % SPAN_DAYS >= word.known:
            raise CalendarNotPublished(self.name, day_of(number))
        return word

    def _with_offsets(self, number: int) -> CalendarWord:
        """The word of a day of whose span at least a part must be published."""
        word = self._word(number)
        if not word.known:
            raise CalendarNotPublished(self.name, day_of(number))
        return word

    def _start(self, number: int) -> int:
        """The Unix time at which a day begins."""
        ruling = number - 1 if self._word(number - 1).known else number
        offset = self._with_offsets(ruling).offset_on(ruling % SPAN_DAYS)
        return number * SECONDS_PER_DAY - offset * SECONDS_PER_QUARTER

    def _instant(self, number: int, minutes: int) -> datetime:
        offset = self._known(number).offset_on(number % SPAN_DAYS)
        zone = timezone(timedelta(seconds=offset * SECONDS_PER_QUARTER))
        midnight = datetime.combine(day_of(number), datetime.min.time(), zone)
        return midnight + timedelta(minutes=minutes)


def _seconds(instant: datetime) -> int:
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise NaiveInstant(instant)
    return (instant - _EPOCH) // timedelta(seconds=1)
