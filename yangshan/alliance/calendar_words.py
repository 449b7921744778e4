# SPDX-License-Identifier: Apache-2.0
"""The 256-bit word in which a banking calendar keeps 192 days, as the contracts read it.

Days are numbered from 1970-01-01 in the local time of the place; day ``d`` is bit ``d % 192`` of
the word of span ``d // 192``. From the least significant bit::

      0..191  open     bit i: day i of the span is a banking day
    192..199  known    days 0 to known - 1 of the span are published, the others are unknown
    200..210  opens    minutes after local midnight at which banking hours begin
    211..221  closes   minutes after local midnight of the last second within banking hours
    222..229  offset   signed; quarter hours east of UTC outside change1 to change2 - 1
    230..237  summer   signed; quarter hours east of UTC on the days change1 to change2 - 1
    238..245  change1  first day of the span with the offset ``summer``; 192: none
    246..253  change2  first day of the span after it with the offset ``offset`` again
    254..255  zero

A span of which all days are published has a banking day, which bounds every search for one.
The offset of a day is the one in force during its banking hours. A span that begins and ends in
summer time has the two offsets exchanged: ``summer`` then names the stretch in the middle.
The word zero is a span of which nothing is published.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Final, NamedTuple, Self

from yangshan.errors import Refused

SPAN_DAYS: Final = 192
SECONDS_PER_DAY: Final = 86_400
SECONDS_PER_QUARTER: Final = 900

_EPOCH: Final = date(1970, 1, 1).toordinal()
_MINUTES_PER_DAY: Final = 1_440
# UTC-12 and UTC+14, in quarter hours: every place lies between them.
_WESTMOST: Final = -48
_EASTMOST: Final = 56


class BadCalendarWord(Refused):
    """A field of a calendar word that its layout or its sense does not allow."""

    def __init__(self, field: str, value: int, expected: str) -> None:
        super().__init__(f"A calendar word cannot have {field} = {value}; expected {expected}.")
        self.field = field
        self.value = value
        self.expected = expected


class _Place(NamedTuple):
    """Where a field stands in the word."""

    shift: int
    width: int
    signed: bool = False


_LAYOUT: Final = {
    "open_days": _Place(0, 192),
    "known": _Place(192, 8),
    "opens": _Place(200, 11),
    "closes": _Place(211, 11),
    "offset": _Place(222, 8, signed=True),
    "summer": _Place(230, 8, signed=True),
    "change1": _Place(238, 8),
    "change2": _Place(246, 8),
}
_USED_BITS: Final = 254


def day_number(day: date) -> int:
    """Days from 1970-01-01 to ``day``."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The day ``number`` days after 1970-01-01."""
    return date.fromordinal(number + _EPOCH)


@dataclass(frozen=True, slots=True)
class CalendarWord:
    """One span of 192 days; see the module for the fields. Raises :class:`BadCalendarWord`."""

    open_days: int
    known: int
    opens: int
    closes: int
    offset: int
    summer: int
    change1: int
    change2: int

    def __post_init__(self) -> None:
        if not any(getattr(self, field.name) for field in fields(self)):
            return
        self._expect("known", 1, SPAN_DAYS)
        if self.open_days < 0 or self.open_days >> self.known:
            expected = f"no banking day beyond the {self.known} published days"
            raise BadCalendarWord("open_days", self.open_days, expected)
        if self.known == SPAN_DAYS and not self.open_days:
            raise BadCalendarWord("open_days", 0, "a banking day in a span published in full")
        # Hours that reached midnight would end on the next day, to which no rule could assign them.
        self._expect("closes", 1, _MINUTES_PER_DAY - 1)
        self._expect("opens", 0, self.closes - 1)
        for field in ("offset", "summer"):
            self._expect(field, _WESTMOST, _EASTMOST)
        self._expect("change2", 0, SPAN_DAYS)
        self._expect("change1", 0, self.change2)

    def _expect(self, field: str, lowest: int, highest: int) -> None:
        value = getattr(self, field)
        if not lowest <= value <= highest:
            raise BadCalendarWord(field, value, f"{lowest} to {highest}")

    @classmethod
    def unpack(cls, word: int) -> Self:
        """The fields of a word; raises :class:`BadCalendarWord`."""
        if word < 0 or word >> _USED_BITS:
            raise BadCalendarWord("word", word, f"at most {_USED_BITS} bits")
        values = {}
        for field, place in _LAYOUT.items():
            value = word >> place.shift & (1 << place.width) - 1
            negative = place.signed and value >> place.width - 1
            values[field] = value - (1 << place.width) if negative else value
        return cls(**values)

    def pack(self) -> int:
        """The word on chain."""
        word = 0
        for field, place in _LAYOUT.items():
            word |= (getattr(self, field) & (1 << place.width) - 1) << place.shift
        return word

    def is_open(self, index: int) -> bool:
        """Whether day ``index`` of the span, which must be a known one, is a banking day."""
        return bool(self.open_days >> index & 1)

    def offset_on(self, index: int) -> int:
        """Quarter hours east of UTC in the banking hours of day ``index`` of the span."""
        return self.summer if self.change1 <= index < self.change2 else self.offset


UNPUBLISHED: Final = CalendarWord.unpack(0)
