# SPDX-License-Identifier: Apache-2.0
"""What a credit says of its amounts over time, from its fields and a file to what the chain takes.

Only mixed payment has a field in an MT 700, 42M. Instalments, amounts that revolve and advances
before shipment stand in the narrative of fields 45A and 47A, so that a person states them in a
file beside the message. A file in TOML, each table of it only where the credit says so:

    parts_by = "deferred payment"    # how the later parts of field 42M are available

    [[instalments]]
    amount = "500000.00"             # in the currency of the credit
    first = 2025-10-01               # days of shipment
    last = 2025-10-31

    [revolving]
    renewal = "by time"              # or "by time, cumulative", or "by use"
    times = 2                        # the amount can be drawn once more than that
    period = 30                      # days; with start, by time alone
    start = 2025-10-01

    [red_clause]
    limit = "100000.00"              # the most to be advanced before shipment
"""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from yangshan.chain.enums import Availability, MaturityFrom
from yangshan.chain.enums import Renewal as ChainRenewal
from yangshan.chain.records import Instalment, Schedule
from yangshan.credit import schedules as rules
from yangshan.credit.amounts import Tolerance, available
from yangshan.credit.schedules import BadSchedule
from yangshan.credit.slices import slices_of
from yangshan.credit.terms import AvailableBy
from yangshan.errors import Refused, Unusable
from yangshan.money import Money

if TYPE_CHECKING:
    from yangshan.chain.records import Slice
    from yangshan.credit.terms import CreditTerms
    from yangshan.money import Currency

_LARGEST: Final = 2**64 - 1
_PARTS_BY: Final = {
    "deferred payment": Availability.DEFERRED_PAYMENT,
    "acceptance": Availability.ACCEPTANCE,
    "negotiation": Availability.NEGOTIATION,
}
_RENEWALS: Final = {
    rules.Renewal.BY_TIME: ChainRenewal.BY_TIME,
    rules.Renewal.BY_TIME_CUMULATIVE: ChainRenewal.BY_TIME_CUMULATIVE,
    rules.Renewal.BY_USE: ChainRenewal.BY_USE,
}


class TimetableUnread(Unusable):
    """A file of a timetable that cannot be read."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            f"{file} is no timetable of a credit: {reason}. Tables [[instalments]], [revolving] "
            "and [red_clause] and the word parts_by were expected, in TOML."
        )
        self.file = file
        self.reason = reason


class PartsUnsaid(Refused):
    """Mixed payment with parts that fall due later, and not how these are available."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"Field 42M, {text!r}, does not say how its parts that fall due later are available; "
            f"expected parts_by in the timetable: {', '.join(_PARTS_BY)} (UCP 600 art. 6(b))."
        )
        self.text = text


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class InstalmentTable(_Table):
    """A shipment with its drawing within given days; ``amount`` in the credit's currency."""

    amount: str
    first: date
    last: date


class RevolvingTable(_Table):
    """How the amount is renewed; ``period`` in days, with ``start`` for a credit by time alone."""

    renewal: rules.Renewal
    times: int
    period: int = 0
    start: date | None = None


class RedClauseTable(_Table):
    """The most that is advanced before shipment, in the credit's currency."""

    limit: str


class Timetable(_Table):
    """What a file says of a credit's amounts over time."""

    parts_by: Literal["deferred payment", "acceptance", "negotiation"] | None = None
    instalments: tuple[InstalmentTable, ...] = ()
    revolving: RevolvingTable | None = None
    red_clause: RedClauseTable | None = None


def read_timetable(data: bytes, file: str) -> Timetable:
    """The timetable in a file; raises :class:`TimetableUnread`."""
    try:
        return Timetable.model_validate(tomllib.loads(data.decode("utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as bad:
        raise TimetableUnread(file, f"it is not TOML ({bad})") from bad
    except ValidationError as bad:
        first = bad.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise TimetableUnread(file, f"{where}: {first['msg']}") from bad


def schedule_of(terms: CreditTerms, timetable: Timetable | None = None) -> Schedule | None:
    """What a credit is issued with beside its numbers; None for one without a schedule.

    Raises :class:`PartsUnsaid`, SlicesUnclear, and BadSchedule for what contradicts itself, the
    amount of the credit, or what the contracts count.
    """
    said = timetable or Timetable()
    currency = terms.amount.currency
    slices = _slices(terms, said)
    instalments = instalments_of(said, currency, terms.amount)
    revolving = _revolving(terms, said)
    limit = _limit(terms, said)
    if revolving is not None and instalments:
        raise BadSchedule("A credit has instalments or revolves; the timetable says both.")
    if not (slices or instalments or revolving or limit):
        if timetable is not None:
            raise BadSchedule(
                "The timetable says nothing of amounts over time; expected instalments, a "
                "revolving amount, a red clause, or mixed payment in field 42M."
            )
        return None
    return Schedule(
        slices=slices,
        instalments=instalments,
        renewal=_RENEWALS[revolving.renewal] if revolving else ChainRenewal.NONE,
        times=revolving.times if revolving else 0,
        period=revolving.period if revolving else 0,
        start=revolving.start if revolving else None,
        advance_limit=limit,
    )


def instalments_of(
    timetable: Timetable, currency: Currency, whole: Money | None = None
) -> tuple[Instalment, ...]:
    """The instalments of a timetable, which come to ``whole`` if that is given.

    Raises BadSchedule. Of those that an amendment brings the amount is what is yet to be shipped.
    """
    rows = tuple(
        rules.Instalment(_minor(each.amount, currency), each.first, each.last)
        for each in timetable.instalments
    )
    if rows:
        rules.check_instalments(rows, whole.minor if whole else None)
    return tuple(Instalment(each.amount, each.first, each.last) for each in rows)


def _slices(terms: CreditTerms, said: Timetable) -> tuple[Slice, ...]:
    if terms.available_by is not AvailableBy.MIXED:
        if said.parts_by is not None:
            raise BadSchedule("parts_by is for a credit by mixed payment (field 41a).")
        return ()
    text = terms.mixed_payment or ""
    found = slices_of(text, _PARTS_BY[said.parts_by or "deferred payment"])
    if said.parts_by is None and any(each.tenor_from is not MaturityFrom.NONE for each in found):
        raise PartsUnsaid(text)
    return found


def _revolving(terms: CreditTerms, said: Timetable) -> rules.Revolving | None:
    table = said.revolving
    if table is None:
        return None
    found = rules.Revolving(table.renewal, table.times, table.period, table.start)
    stated = terms.tolerance
    tolerance = Tolerance(stated.plus, stated.minus) if stated else None
    ceiling = available(terms.amount.minor, tolerance, drawn=0)
    if ceiling * (found.times + 1) > _LARGEST or found.times > 0xFFFF or found.period > 0xFFFF:
        raise BadSchedule("All renewals together come to more than the contracts count.")
    return found


def _limit(terms: CreditTerms, said: Timetable) -> int:
    if said.red_clause is None:
        return 0
    limit = _minor(said.red_clause.limit, terms.amount.currency)
    if not 0 < limit <= terms.amount.minor:
        raise BadSchedule(
            f"An advance is above zero and at most the amount of the credit, {terms.amount}; "
            f"{Money(limit, terms.amount.currency)} was given."
        )
    return limit


def _minor(text: str, currency: Currency) -> int:
    """An amount in whole minor units; raises BadSchedule."""
    try:
        value = Decimal(text).scaleb(currency.decimals)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value != value.to_integral_value() or value < 0:
        raise BadSchedule(
            f"{text!r} is no amount in {currency.code}; expected one such as "
            f"{Money.of(12_345_678, currency.code).digits}."
        )
    return int(value)
