# SPDX-License-Identifier: Apache-2.0
"""The deliveries of titles of a deployment: found from events by any title of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yangshan.acts import Acts
from yangshan.chain.enums import DeliveryState, TitleState
from yangshan.chain.events import TitlesOffered
from yangshan.chain.logs import events_with
from yangshan.chain.records import DeliveryKey, DeliveryTerms
from yangshan.errors import Refused
from yangshan.titles.acting import TITLES
from yangshan.titles.delivering import DELIVERIES, money_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.chain.records import Title
    from yangshan.money import Money


class NoDelivery(Refused):
    """A title that was never offered for delivery."""

    def __init__(self, title: str) -> None:
        super().__init__(f"The title {title} was never offered for delivery.")
        self.title = title


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """A delivery as it was offered, and where it stands now."""

    delivery: str
    key: DeliveryKey
    terms: DeliveryTerms
    state: DeliveryState

    @property
    def owed(self) -> Money:
        """What the applicant is to give."""
        return money_of(self.terms)


class Deliveries(Acts):
    """The deliveries of titles of one deployment."""

    def number_of(self, key: DeliveryKey) -> str:
        """The number of a delivery, offered or not."""
        return str(self._call(DELIVERIES, "deliveryIdOf", key))

    def all(self, member: int = 0) -> list[DeliveryView]:
        """All deliveries in the order of their offers, or those of this bank or applicant."""
        return [
            self._view(each) for each in self._offers() if member in {0, each.bank, each.applicant}
        ]

    def of_title(self, title: str, *, bank: int = 0, applicant: int = 0) -> DeliveryView:
        """The delivery under which a title was offered last, by this bank or to this applicant.

        Where it was never offered so, the one under which it was offered last at all. Raises
        :class:`NoDelivery`.
        """
        offered = [each for each in self._offers() if title in each.titles]
        if not offered:
            raise NoDelivery(title)
        own = [each for each in offered if bank == each.bank or applicant == each.applicant]
        return self._view((own or offered)[-1])

    def next_key(
        self, bank: int, applicant: int, source: str, titles: Sequence[str]
    ) -> DeliveryKey:
        """The key of an offer that is made now.

        It has the number of the one that was made before, unless the bank has the titles again.
        """
        numbers = [
            each.number
            for each in self._offers()
            if (each.bank, each.applicant, each.source, each.titles)
            == (bank, applicant, source, tuple(titles))
        ]
        number = 1
        if numbers:
            title: Title = self._call(TITLES, "titleOf", titles[0])
            again = title.state is TitleState.LIVE and title.holder == bank
            number = numbers[-1] + again
        return DeliveryKey(bank, applicant, source, number, tuple(titles))

    def _offers(self) -> list[TitlesOffered]:
        found = events_with(self._chain, self._deployment, DELIVERIES, [None])
        return [event for event in found if isinstance(event, TitlesOffered)]

    def _view(self, offered: TitlesOffered) -> DeliveryView:
        key = DeliveryKey(
            offered.bank, offered.applicant, offered.source, offered.number, offered.titles
        )
        terms = DeliveryTerms(
            offered.amount, offered.currency, offered.basis, offered.take_by, offered.due
        )
        state: Any = self._call(DELIVERIES, "stateOf", offered.delivery_id)
        return DeliveryView(offered.delivery_id, key, terms, state)
