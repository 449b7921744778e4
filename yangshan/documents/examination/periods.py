# SPDX-License-Identifier: Apache-2.0
"""The period of shipment that field 44D states in words, as far as they are understood."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from yangshan.credit.date_words import (
    DateRange,
    EmptyDateRange,
    MonthPart,
    ShipmentWord,
    between,
    on_or_about,
    part_of_month,
    shipment_period,
)

_MONTHS: Final = (
    *("JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY"),
    *("AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"),
)
_MONTH: Final = "|".join(f"{name}|{name[:3]}" for name in _MONTHS) + "|SEPT"
_DATE: Final = (
    r"\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:ST|ND|RD|TH)?[ .,-]*(?:{_MONTH})[ .,-]*\d{{4}}"
    rf"|(?:{_MONTH})[ .]*\d{{1,2}}(?:ST|ND|RD|TH)?[ ,]*\d{{4}}"
)
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PARTS: Final = {
    "FIRST HALF": MonthPart.FIRST_HALF,
    "SECOND HALF": MonthPart.SECOND_HALF,
    "BEGINNING": MonthPart.BEGINNING,
    "MIDDLE": MonthPart.MIDDLE,
    "END": MonthPart.END,
}
_OPENING: Final = re.compile(
    r"^(?:SHIPMENTS?|SHIPPED|TO BE SHIPPED|LATEST|MUST BE EFFECTED|IS TO BE EFFECTED)[: ]+"
)
_RANGE: Final = re.compile(
    rf"(?:FROM|BETWEEN|DURING)? ?({_DATE}) ?(?:TO|UNTIL|TILL|AND|-) ?({_DATE})"
)
_ABOUT: Final = re.compile(rf"ON OR ABOUT ({_DATE})")
_PART: Final = re.compile(
    rf"(?:DURING |IN |AT )?(?:THE )?({'|'.join(_PARTS)}) OF ({_MONTH})[ .,]*(\d{{4}})"
)
_WHOLE: Final = re.compile(rf"(?:DURING|IN|WITHIN) ({_MONTH})[ .,]*(\d{{4}})")
_WORD: Final = re.compile(
    rf"(NOT LATER THAN|NO LATER THAN|BY|TO|UNTIL|TILL|FROM|BEFORE|AFTER) ({_DATE})"
)


def shipment_range(text: str) -> DateRange | None:
    """The dates that a period allows, both included (UCP 600 art. 3); None if not understood."""
    whole = " ".join(text.upper().split()).strip(" .")
    whole = _OPENING.sub("", whole)
    try:
        return _range(whole)
    except (ValueError, EmptyDateRange):
        return None


def _range(text: str) -> DateRange | None:
    if found := _RANGE.fullmatch(text):
        return between(day_in(found[1]), day_in(found[2]))
    if found := _ABOUT.fullmatch(text):
        return on_or_about(day_in(found[1]))
    if found := _PART.fullmatch(text):
        return part_of_month(_PARTS[found[1]], int(found[3]), _month(found[2]))
    if found := _WHOLE.fullmatch(text):
        month, year = _month(found[1]), int(found[2])
        following = date(year + month // 12, month % 12 + 1, 1)
        return between(date(year, month, 1), following - timedelta(days=1))
    if found := _WORD.fullmatch(text):
        word = found[1]
        up_to = word in {"NOT LATER THAN", "NO LATER THAN", "BY"}
        return shipment_period(ShipmentWord("until" if up_to else word.lower()), day_in(found[2]))
    return None


def day_in(text: str) -> date:
    """A date in words or as 2025-09-29; raises ValueError."""
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    month = re.search(_MONTH, text)
    numbers = re.findall(r"\d+", text)
    if month is None or len(numbers) != 2:
        raise ValueError(text)
    day, year = (int(each) for each in numbers)
    return date(year, _month(month[0]), day)


def _month(name: str) -> int:
    return next(at for at, each in enumerate(_MONTHS, 1) if each.startswith(name[:3]))
