# SPDX-License-Identifier: Apache-2.0
"""Errors of the banking calendars."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import Account, Day, MemberNumber, Number16, Word


class NotAppointer(ContractError):
    """Only the council appoints the keeper."""

    text = "only the council appoints the calendar keeper, and {caller} is not the council"

    caller: Account


class NotCalendarKeeper(ContractError):
    """Only the member that keeps the calendars publishes."""

    text = "{member_id} does not keep the banking calendars; {keeper} does"

    member_id: MemberNumber
    keeper: MemberNumber


class CalendarExists(ContractError):
    """The calendar exists already."""

    text = "banking calendar {calendar} was opened before"

    calendar: Number16


class UnknownCalendar(ContractError):
    """There is no calendar of this number, or none may have it or this name."""

    text = (
        "there is no banking calendar {calendar}; a calendar is opened once, with a number other "
        "than 0 and a name"
    )

    calendar: Number16


class BadSpan(ContractError):
    """The word of a calendar breaks its layout."""

    text = (
        "the banking days given break their layout: a field is out of range, a day that is not "
        "published is open, or 192 days have no banking day (word {word})"
    )

    word: Word


class PublishedDaysStand(ContractError):
    """A published day or its hours would change that may not, or nothing would change."""

    text = (
        "published banking days stand: span {span} of banking calendar {calendar} would change "
        "a day or its hours that may not change, or would change nothing"
    )

    calendar: Number16
    span: Number16
    before: Word
    word: Word


class ReasonMissing(ContractError):
    """A revision must say why."""

    text = (
        "published days of banking calendar {calendar} (span {span}) are changed for a reason, "
        "and none was given"
    )

    calendar: Number16
    span: Number16


class CalendarNotPublished(ContractError):
    """A day that is needed is not published."""

    text = (
        "banking calendar {calendar} is not published for {day}; its keeper has to publish that "
        "day first"
    )

    calendar: Number16
    day: Day
