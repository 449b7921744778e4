# SPDX-License-Identifier: Apache-2.0
"""What every act plays on, and what can go wrong there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from yangshan.credit.papers import DocumentsFileError, documents_in
from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from yangshan.alliance.calendars import BankingCalendar
    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.events import SuiteEvent
    from yangshan.chain.signers import Signer
    from yangshan.credit.service import Credits
    from yangshan.deployment.progress import StepReport
    from yangshan.documents.service import Papers
    from yangshan.money import Money
    from yangshan.story.summary import Attempt, Observation, Step
    from yangshan.titles.deliveries import Deliveries
    from yangshan.titles.service import Titles
    from yangshan.vault import Vault

    # Hears of the step of an act by its number, or what was seen or tried, and a deadline it set.
    Hearing = Callable[[int, Step | Observation | Attempt, datetime | None], None]


class Listener(Protocol):
    """Who listens while acts are played."""

    def prepared(self, step: StepReport) -> None:
        """A transaction of deploying and setting up, or of funding a payment, took effect."""

    def act(self, number: int, title: str, credit: str) -> None:
        """An act has come to its first step."""

    def hears(
        self, number: int, heard: Step | Observation | Attempt, deadline: datetime | None
    ) -> None:
        """A step of act ``number``, or what was seen or tried in vain; a deadline it set."""


class NobodyPresents(Refused):
    """A credit whose beneficiary's side is outside the alliance altogether."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"Under credit {reference} nobody could present: neither the beneficiary nor the bank "
            "that advises it is a member of the alliance."
        )


class NotRefused(Refused):
    """An act that the contracts had to refuse and did not."""

    def __init__(self, function: str) -> None:
        super().__init__(f"{function} was carried out after its deadline; the story ends here.")


class NobodyAttests(Refused):
    """A declaration in an alliance without customs."""

    def __init__(self) -> None:
        super().__init__("No member of the alliance is of the kind customs, which attests it.")


class DeadlineUnknown(Refused):
    """A presentation so late in the calendar that its deadline is not published."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"Under credit {reference} documents are presented when the banking days of the fifth "
            "day after are not published; expected a credit within the published years."
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """What every act plays on: the services, who signs for whom, and who listens.

    ``events`` tells what happened under a credit so far, by its number.
    """

    credits: Credits
    papers: Papers
    titles: Titles
    deliveries: Deliveries
    members: Mapping[int, MemberRecord]
    signers: Mapping[int, Signer]
    calendars: Mapping[str, BankingCalendar]
    vault: Vault
    now: Callable[[], datetime]
    hear: Hearing
    fund: Callable[[int, Money, str], None]
    observer: int
    events: Callable[[str], Sequence[SuiteEvent]]

    def calendar(self, bank: int) -> BankingCalendar:
        """The calendar of a bank."""
        return self.calendars[self.members[bank].calendar or ""]


def read_documents(file: Path) -> dict[str, object]:
    """The documents of a presentation; raises DocumentsFileError."""
    try:
        return documents_in(file.read_bytes(), file)
    except OSError as missing:
        raise DocumentsFileError(file, str(missing.strerror)) from missing
