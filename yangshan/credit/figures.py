# SPDX-License-Identifier: Apache-2.0
"""The amounts and dates that follow from the MT 700 of a credit, without a chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yangshan.credit.amounts import EXACT
from yangshan.credit.cautions import Caution
from yangshan.credit.clauses import exclusions
from yangshan.credit.dates import extended, last_day_for_presentation, presentation_period
from yangshan.errors import Refused
from yangshan.swift import check, is_valid, read, values
from yangshan.swift.findings import errors_in_words
from yangshan.swift.instruments import is_continuation

if TYPE_CHECKING:
    from datetime import date

    from yangshan.alliance.calendars import BankingCalendar
    from yangshan.credit.clauses import Exclusions
    from yangshan.money import Currency
    from yangshan.swift import Field, Finding, Message

_ISSUE_OF_A_CREDIT = "700"


class NoFigures(Refused):
    """A file that is no valid MT 700; ``findings`` say why."""

    def __init__(self, file: str, findings: list[Finding]) -> None:
        said = errors_in_words(findings)
        super().__init__(
            f"{file} is not the one valid MT 700 that was expected." + (f" {said}" if said else "")
        )
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class CreditAmounts:
    """What may be drawn, in minor units (UCP 600 art. 30; field 39A).

    ``minimum`` binds only where partial drawings are not allowed (art. 31(a)).
    """

    currency: Currency
    amount: int
    maximum: int
    minimum: int
    minimum_binds: bool
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditDate:
    """One date of a credit, what it is, and the rule it follows."""

    name: str
    day: date
    article: str


def valid_mt700(data: bytes, file: str) -> Message:
    """The one MT 700 in ``data``; raises UnreadableMessage and :class:`NoFigures`.

    Its continuations, MT 701, may stand beside it: they state no amount and no date.
    """
    messages = [each for each in read(data, file) if not is_continuation(each.type)]
    if len(messages) != 1 or messages[0].type != _ISSUE_OF_A_CREDIT:
        raise NoFigures(file, [])
    findings = check(messages[0])
    if not is_valid(findings):
        raise NoFigures(file, findings)
    return messages[0]


def credit_amounts(message: Message) -> CreditAmounts:
    """The amounts of a valid MT 700."""
    money = values.money(_field(message, "32B"))
    stated = message.first("39A")
    tolerance = values.tolerance(stated) if stated else EXACT
    partial = message.first("43P")
    return CreditAmounts(
        currency=money.currency,
        amount=money.minor,
        maximum=tolerance.highest(money.minor),
        minimum=tolerance.lowest(money.minor),
        minimum_binds=partial is not None and partial.value == "NOT ALLOWED",
        cautions=_amount_cautions(message),
    )


def _amount_cautions(message: Message) -> tuple[Caution, ...]:
    additional = message.first("39C")
    if additional is None:
        return ()
    said = " ".join(additional.value.split())
    return (
        Caution.of(
            "additional-amounts",
            f"Field 39C states more: {said!r}. It is claimed only for what it names, no tolerance "
            "raises it, and it is not in these figures.",
        ),
    )


def credit_dates(
    message: Message, calendar: BankingCalendar, shipped: date | None = None
) -> list[CreditDate]:
    """The dates of a valid MT 700, in order; ``shipped`` is a date of shipment to reckon with.

    Without it the latest date of shipment is taken, if the credit has one, and an original
    transport document is assumed. Rules that its conditions exclude are left out (art. 1). Raises
    CalendarNotPublished.
    """
    expiry = values.day(_field(message, "31D"))
    excluded = stated_exclusions(message).switches
    extension = "extension" not in excluded
    found = [
        CreditDate("issue", values.day(_field(message, "31C")), "UCP 600 art. 7(b)"),
        CreditDate("expiry", expiry, "UCP 600 art. 6(d)"),
    ]
    if extension:
        moved = extended(expiry, calendar)
        found.append(CreditDate("expiry, extended", moved, "UCP 600 art. 29(a)"))
    latest = message.first("44C")
    if latest is not None:
        day = values.day(latest)
        found.append(CreditDate("latest shipment", day, "UCP 600 art. 29(c)"))
        shipped = shipped or day
    if shipped is not None:
        stated = message.first("48")
        days = values.period(stated).days if stated else None
        period = presentation_period(
            days, original_transport_document=True, excluded="default-period" in excluded
        )
        last = last_day_for_presentation(shipped, period, expiry, calendar, extension=extension)
        name = f"last day for presentation, shipped {shipped}"
        article = "UCP 600 art. 14(c), 29(a)" if extension else "UCP 600 art. 14(c)"
        found.append(CreditDate(name, last, article))
    return sorted(found, key=lambda each: each.day)


def stated_exclusions(message: Message) -> Exclusions:
    """The rules of UCP 600 that the conditions of a valid MT 700 exclude or modify (art. 1)."""
    conditions = message.first("47A")
    return exclusions(conditions.value if conditions else None)


def credit_year(message: Message) -> int:
    """The year of issue, from which on a calendar is needed."""
    return values.day(_field(message, "31C")).year


def _field(message: Message, tag: str) -> Field:
    # A valid message has every mandatory field.
    return message.all(tag)[0]
