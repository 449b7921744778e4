# SPDX-License-Identifier: Apache-2.0
"""The titles of a deployment: acts on them, where each stands, and its chain of endorsements.

How acts are done: :mod:`yangshan.acts`; which there are: :mod:`yangshan.titles.acting`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from yangshan.acts import Acts
from yangshan.chain.enums import DocumentStatus, Role, TitleState
from yangshan.chain.events import SuiteEvent, TitleCarriedOn, TitleDeposited, TitleIssued
from yangshan.chain.logs import events_about, events_with
from yangshan.chain.records import Title
from yangshan.chain.values import instant_of, slots
from yangshan.documents.registering import DOCUMENTS, member_topic
from yangshan.errors import Refused, Unusable
from yangshan.titles.acting import TITLES, Recipient
from yangshan.titles.lives import NOBODY, Standing, Told, replayed
from yangshan.titles.prospects import Prospect, prospects

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from eth_typing import ChecksumAddress

    from yangshan.chain.records import Key

_REGISTRY: Final = "AllianceRegistry"


class NoSuchTitleHere(Refused):
    """A title that was never issued."""

    def __init__(self, title: str) -> None:
        super().__init__(f"There is no title {title} on this chain.")
        self.title = title


class NoKeyForTitles(Refused):
    """A member without a live key that could move a title on."""

    def __init__(self, member: int, name: str) -> None:
        super().__init__(
            f"{name} has no live key with the role TITLE, so that it could not move a title on: "
            "nothing goes to it until its administrator gives one."
        )
        self.member = member


class ChainDiffers(Unusable):
    """Events that do not lead to where a title stands, as of a node that has lost some."""

    def __init__(self, title: str, field: str) -> None:
        super().__init__(
            f"The events that the node gives of title {title} do not lead to where it stands "
            f"({field} differs): it gives some of them alone, or those of another registry."
        )
        self.title = title
        self.field = field


@dataclass(frozen=True, slots=True)
class TitleView:
    """A title as it stands at an instant, and who can do what next.

    ``document`` is where the document behind it stands in the registry, as its carrier registered
    it.
    """

    title: str
    record: Title
    at: datetime
    document: DocumentStatus
    next: tuple[Prospect, ...]

    def parties(self) -> set[int]:
        """Every member that has anything to do with it now."""
        record = self.record
        named = {record.issuer, record.holder, record.beneficiary, record.nominee}
        return named - {NOBODY}


class Titles(Acts):
    """The titles of one deployment."""

    # Where titles stand

    def title(self, title: str) -> Title:
        """A title as it stands; ``state`` is NONE if it was never issued."""
        found: Title = self._call(TITLES, "titleOf", title)
        return found

    def view(self, title: str) -> TitleView:
        """A title, its document and who can do what next; raises :class:`NoSuchTitleHere`."""
        block = self._chain.web3.eth.get_block("latest")
        return self._view(title, block["number"], instant_of(block["timestamp"]))

    def issued(self, member: int = NOBODY) -> list[TitleView]:
        """All titles in the order of their issue, or those with which a member has to do now."""
        block = self._chain.web3.eth.get_block("latest")
        number, now = block["number"], instant_of(block["timestamp"])
        views = (
            self._view(event.title, number, now)
            for event in self._of_kind(TitleIssued)
            if event.block_number <= number
        )
        return [each for each in views if member in {NOBODY, *each.parties()}]

    def document(self, issuer: int, document: str) -> DocumentStatus:
        """Where a document stands now in the registry, as this member registered it."""
        now = self._chain.web3.eth.get_block("latest")["timestamp"]
        found: DocumentStatus = self._call(DOCUMENTS, "statusAt", issuer, document, now)
        return found

    def has_issued(self, carrier: int) -> bool:
        """Whether a carrier has ever issued a title."""
        return bool(self._of_kind(TitleIssued, None, member_topic(carrier)))

    def kept_for(self, record: str) -> list[str]:
        """The titles that are in custody for a record, or left it from there, in their order.

        The record of a presentation is the number of what its bank owes, or would.
        """
        kept: dict[str, str] = {}
        for event in events_with(self._chain, self._deployment, TITLES, [None]):
            if isinstance(event, TitleDeposited | TitleCarriedOn):
                kept.pop(event.title, None)
                kept[event.title] = event.record
        return [title for title, last in kept.items() if last == record]

    # Their histories

    def told(self, title: str) -> list[Told]:
        """All events about a title in their order; raises :class:`NoSuchTitleHere`."""
        return self._told(title, self._chain.web3.eth.block_number)

    def chain(self, title: str) -> list[Told]:
        """The same, held against where the title stands.

        Raises :class:`NoSuchTitleHere`, :class:`ChainDiffers`, UnknownTitleEvent.
        """
        block = self._chain.web3.eth.block_number
        told = self._told(title, block)
        record: Title = self._at(block, TITLES, "titleOf", title)
        standing = replayed(told)
        for field in fields(Standing):
            if field.compare and getattr(standing, field.name) != getattr(record, field.name):
                raise ChainDiffers(title, field.name.replace("_", " "))
        return told

    def last(
        self, title: str, kind: type[SuiteEvent], by: Mapping[str, object]
    ) -> SuiteEvent | None:
        """The latest event of a kind about a title whose fields have these values, if any."""
        for event in reversed(events_about(self._chain, self._deployment, TITLES, title)):
            if isinstance(event, kind) and all(
                getattr(event, name) == value for name, value in by.items()
            ):
                return event
        return None

    # Whom titles go to

    def recipient(self, member: int, name: str, *, standing: bool = False) -> Recipient:
        """A member by an account of its own with TITLE that is live.

        ``standing``: and may be named in new business. ``name`` is for people. Raises
        :class:`NoKeyForTitles`, UnknownMember.
        """
        now = instant_of(self._chain.web3.eth.get_block("latest")["timestamp"])
        count = self._call(_REGISTRY, "member", member).accounts
        for index in range(count):
            account: ChecksumAddress = self._call(_REGISTRY, "accountAt", member, index)
            key: Key = self._call(_REGISTRY, "key", account)
            ends = [key.valid_until, *([key.new_business_until] if standing else [])]
            if (
                Role.TITLE in key.roles
                and not key.frozen
                and all(end is None or now <= end for end in ends)
            ):
                return Recipient(member, account, name)
        raise NoKeyForTitles(member, name)

    def _view(self, title: str, block: int, now: datetime) -> TitleView:
        record: Title = self._at(block, TITLES, "titleOf", title)
        if record.state is TitleState.NONE:
            raise NoSuchTitleHere(title)
        at = int(now.timestamp())
        document = self._at(block, DOCUMENTS, "statusAt", record.issuer, record.document, at)
        return TitleView(title, record, now, document, prospects(record, now))

    def _told(self, title: str, block: int) -> list[Told]:
        events = [
            event
            for event in events_about(self._chain, self._deployment, TITLES, title)
            if event.block_number <= block
        ]
        if not events:
            raise NoSuchTitleHere(title)
        times = {
            number: instant_of(self._chain.web3.eth.get_block(number)["timestamp"])
            for number in {event.block_number for event in events}
        }
        return [told_by(event, times[event.block_number]) for event in events]

    def _of_kind(self, kind: type[TitleIssued], *topics: object) -> Sequence[TitleIssued]:
        found = events_with(self._chain, self._deployment, TITLES, [None, *topics])
        return [event for event in found if isinstance(event, kind)]

    def _at(self, block: int, contract: str, function: str, *arguments: object) -> Any:
        address = self._deployment.address(contract)
        return self._sender.call(contract, address, function, arguments, block=block)


def told_by(event: SuiteEvent, at: datetime) -> Told:
    """An event about a title, of a block with this time, for the rules that know no chain."""
    return Told(
        event=type(event).__name__,
        fields={slot.name: getattr(event, slot.name) for slot in slots(type(event))},
        at=at,
        transaction=event.transaction,
        log_index=event.log_index,
    )
