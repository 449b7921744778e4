# SPDX-License-Identifier: Apache-2.0
"""X10: presentation within the period and the expiry date, by the clocks of the credit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from yangshan.alliance.places import build_from
from yangshan.credit.dates import (
    date_of_shipment,
    is_late,
    last_day_for_presentation,
    presentation_period,
    receipt_day,
)
from yangshan.documents.examination.figures import shipments
from yangshan.documents.examination.model import Severity
from yangshan.errors import YangshanError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from yangshan.alliance.calendars import BankingCalendar
    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Undone

# Words of field 48 that name shipment, or a transport document, whose date that is.
_SHIPMENT = ("SHIPMENT", "B/L", "LADING", "TRANSPORT DOCUMENT", "WAYBILL", "DISPATCH", "ON BOARD")


def time(case: Case) -> Iterator[Candidate | Undone]:
    """Presentation is no later than the last day (UCP 600 art. 6, 14(c), 29)."""
    presentation = case.presentation
    if presentation.received is None or presentation.place is None:
        lacking = "when" if presentation.received is None else "where"
        yield case.undone(f"Nobody said {lacking} the documents were presented.")
        return
    event, period, left = _event(case)
    if left:
        yield case.undone(left)
    try:
        yield from _late(case, event, period)
    except YangshanError as unknown:
        yield case.undone(str(unknown))


def _event(case: Case) -> tuple[date | None, int | None, str]:
    """The day from which the period runs, the period in days, and what a person has to read."""
    stated = case.credit.presentation_period
    original = any(each.electronic or each.originals != 0 for each in case.transport)
    period = presentation_period(
        stated.days if stated else None,
        original_transport_document=bool(case.transport) and original,
        excluded="default-period" in case.terms.exclusions.switches,
    )
    words = " ".join((stated.starts or "").upper().split()) if stated else ""
    if period is None:
        return None, None, ""
    if not words or any(each in words for each in _SHIPMENT):
        dates = [each.day for each in shipments(case)]
        if len(dates) < len(case.transport):
            return None, None, "A transport document shows no date of shipment to count from."
        if not dates:
            left = "Field 48 counts from shipment, and no transport document is here."
            return None, None, left if stated else ""
        return date_of_shipment(dates), period, ""
    if "INVOICE" in words:
        days = [
            day for each in case.papers("invoice") if (day := each.day("/invoiceDate")) is not None
        ]
        if days:
            return date_of_shipment(days), period, ""
    return None, None, f"Field 48 counts from {words!r}, which is for a person to read."


def _late(case: Case, event: date | None, period: int | None) -> Iterator[Candidate | Undone]:
    presentation, expiry = case.presentation, case.credit.expiry
    assert presentation.received is not None
    assert presentation.place is not None
    day = presentation.day
    assert day is not None
    plain = expiry
    if event is not None and period is not None:
        plain = min(event + timedelta(days=period), expiry)
    calendar = build_from(presentation.place, min(day.year, plain.year))
    received = _received(case, calendar, day)
    extension = "extension" not in case.terms.exclusions.switches
    if is_late(received, event, period, expiry, calendar, extension=extension):
        last = last_day_for_presentation(event, period, expiry, calendar, extension=extension)
        expired = plain == expiry
        why = (
            f"the credit expired on {expiry}"
            if expired
            else f"{period} days after {event} ended on {plain}"
        )
        moved = f", extended to {last}" if last != plain else ""
        yield case.found(
            None,
            "received",
            found=received,
            expected=f"{last} at the latest",
            rule="UCP 600 art. 6(d)(i), 29(a)" if expired else "UCP 600 art. 14(c), 29(a)",
            sentence=f"Late presentation: received on {received}, and {why}{moved}.",
        )
    elif received > plain:
        schedule = presentation.schedule
        if schedule is not None and not schedule.states_extension:
            yield case.found(
                None,
                "schedule/statesExtension",
                found="no statement",
                expected="a statement on the covering schedule",
                severity=Severity.WARNING,
                rule="UCP 600 art. 29(b)",
                sentence=(
                    f"The last day, {plain}, was extended, and the covering schedule does not "
                    "state that presentation was within the extended time."
                ),
            )


def _received(case: Case, calendar: BankingCalendar, day: date) -> date:
    """The day on which the presentation counts as received (UCP 600 art. 33)."""
    received = case.presentation.received
    if isinstance(received, datetime):
        accepted = case.presentation.accepted_out_of_hours
        return receipt_day(received, calendar, accepted_out_of_hours=accepted)
    if case.presentation.accepted_out_of_hours:
        return day
    return calendar.on_or_after(day)
