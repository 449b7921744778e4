# SPDX-License-Identifier: Apache-2.0
"""The banking calendars on the chain: opened, published ahead, revised for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yangshan.alliance.calendar_words import SPAN_DAYS, CalendarWord, day_of
from yangshan.alliance.ledger import Trace
from yangshan.chain.values import text_bytes, text_of, unhexadecimal
from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.alliance.calendars import BankingCalendar
    from yangshan.alliance.ledger import Ledger
    from yangshan.chain.signers import Signer

_CALENDAR: Final = "BankingCalendar"
_BANKING_DAYS: Final = "UCP 600 art. 2"


class CalendarNotNumbered(Refused):
    """A banking calendar to which the alliance gives no number."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(
            f"The alliance has no calendar {name}; it has {', '.join(known) or 'none'}."
        )
        self.name = name
        self.known = tuple(known)


class CalendarNamedOtherwise(Refused):
    """A calendar number that was opened on the chain for another place."""

    def __init__(self, number: int, expected: str, found: str) -> None:
        super().__init__(
            f"Calendar {number} was opened as {found}; {expected} was expected under this number."
        )
        self.number = number
        self.expected = expected
        self.found = found


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A banking calendar as opened on the chain."""

    number: int
    name: str


class Calendars:
    """What the keeper publishes; acts raise the typed errors of :mod:`yangshan.chain.reverts`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def publish(self, keeper: Signer, calendar: BankingCalendar) -> None:
        """Opens a banking calendar if it is not open, and publishes what it lacks of ``calendar``.

        Its number is the one that the deployment's parameters give to its name. Raises
        :class:`CalendarNotNumbered`, :class:`CalendarNamedOtherwise`.
        """
        number = self.number(calendar.name)
        opened = self._ledger.read(_CALENDAR, "nameOf", number)
        name = text_of(unhexadecimal(opened))
        if name not in ("", calendar.name):
            raise CalendarNamedOtherwise(number, calendar.name, name)
        self._ledger.act(
            keeper,
            _CALENDAR,
            "open",
            (number, text_bytes(calendar.name, 32)),
            holds=name == calendar.name,
            trace=Trace("CalendarOpened", {"calendar": number}),
            what=f"opens the banking calendar {calendar.name} as number {number}",
            article=_BANKING_DAYS,
            key=str(number),
        )
        for span, word in sorted(calendar.words.items()):
            present = self._ledger.read(_CALENDAR, "spanOf", number, span)
            last = day_of(span * SPAN_DAYS + word.known - 1)
            self._ledger.act(
                keeper,
                _CALENDAR,
                "publish",
                (number, span, word.pack()),
                holds=_contains(present, word),
                trace=Trace("DaysPublished", {"calendar": number, "span": span}),
                what=f"publishes the banking days of {calendar.name} until {last}",
                article=_BANKING_DAYS,
                key=f"{number} {span} {word.pack():x}",
            )

    def revise(self, keeper: Signer, calendar: BankingCalendar, reason: str) -> None:
        """Changes published days that have begun nowhere to those of ``calendar``, for a reason.

        ``reason`` is at most 32 ASCII characters, such as the number of the authority's notice.
        Deadlines that are stored stay as they are; done twice it sends nothing the second time.
        Raises :class:`CalendarNotNumbered`, UnfitReference, and PublishedDaysStand where days that
        have begun would change too.
        """
        number = self.number(calendar.name)
        padded = text_bytes(reason, 32)
        for span, word in sorted(calendar.words.items()):
            present = self._ledger.read(_CALENDAR, "spanOf", number, span)
            revised = word.pack()
            # What is not published, or not in full, is for publish.
            if present == revised or CalendarWord.unpack(present).known != word.known:
                continue
            self._ledger.act(
                keeper,
                _CALENDAR,
                "revise",
                (number, span, revised, padded),
                holds=False,
                trace=Trace("DaysRevised", {"calendar": number, "span": span}),
                what=f"revises the banking days of {calendar.name} for {reason}",
                article=_BANKING_DAYS,
                key=f"{number} {span} {present:x} {revised:x}",
            )

    def opened(self) -> list[CalendarView]:
        """The banking calendars opened, in the order of opening."""
        logs = self._ledger.logs(_CALENDAR, Trace("CalendarOpened", {}))
        return [CalendarView(log["args"]["calendar"], text_of(log["args"]["name"])) for log in logs]

    def keeper(self) -> int:
        """The member that keeps the calendars."""
        return int(self._ledger.read(_CALENDAR, "keeper"))

    def number(self, name: str) -> int:
        """The number that the alliance gives to a calendar; raises :class:`CalendarNotNumbered`."""
        numbered = self._ledger.deployment.parameters.calendars
        for number, each in numbered.items():
            if each == name:
                return number
        raise CalendarNotNumbered(name, list(numbered.values()))


def _contains(present: int, wanted: CalendarWord) -> bool:
    """Whether the chain's word has all days of ``wanted``, and maybe later ones."""
    word = CalendarWord.unpack(present)
    days = (1 << wanted.known) - 1
    same_hours = all(
        getattr(word, field) == getattr(wanted, field)
        for field in ("opens", "closes", "offset", "summer", "change1", "change2")
    )
    return word.known >= wanted.known and word.open_days & days == wanted.open_days and same_hours
