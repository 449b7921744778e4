# SPDX-License-Identifier: Apache-2.0
"""What the random acts choose from: members, and records that mostly stand as an act needs them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from eth_utils import keccak
from vocabulary import CreditState
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CENTRAL,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    OTHER,
    REMOTE,
    PresentationKey,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from credit_model import Credit
    from model import Model

BANKS: Final = (ISSUER, OTHER, REMOTE, FRANKFURT)
PRESENTERS: Final = (BENEFICIARY, FORWARDER, ADVISER, APPLICANT)
COURTS: Final = (AUTHORITY,)
EVERYBODY: Final = (*BANKS, *PRESENTERS, CENTRAL, *COURTS)
NO_CREDIT: Final = keccak(text="no credit")
NO_OBLIGATION: Final = keccak(text="no obligation")
# Of how many latest records an act chooses.
CREDITS, PRESENTATIONS, OBLIGATIONS = 12, 60, 60


class Choices:
    """The choices of a random life."""

    source: random.Random
    model: Model

    if TYPE_CHECKING:

        def act(
            self,
            name: str,
            member: int | None,
            function: str,
            *args: Any,
            said: tuple[Any, ...] | None = None,
        ) -> None:
            """See lives.Life."""

        def sent(self, member: int | None, function: str, *args: Any) -> Any:
            """See lives.Life."""

    def any_of(self, found: Sequence[Any], otherwise: Any) -> Any:
        return self.source.choice(found) if found else otherwise

    def member(self, right: int) -> int:
        """Mostly the right one."""
        return right if self.source.random() < 0.93 else self.source.choice(EVERYBODY)

    def text(self) -> bytes:
        return self.source.randbytes(32)

    def credit(self, *wanted: Any) -> tuple[bytes, Credit | None]:
        """A recent one, mostly in a wanted state, issued if none is named; or none."""
        wanted = wanted or (CreditState.ISSUED,)
        recent = list(islice(reversed(self.model.credits.items()), CREDITS))
        if not recent or self.source.random() < 0.02:
            return NO_CREDIT, None
        fitting = [each for each in recent if each[1].state in wanted]
        if fitting and self.source.random() < 0.95:
            return self.source.choice(fitting)
        return self.source.choice(recent)

    def place(self, credit: Credit | None, *states: Any) -> int:
        """The number of an amendment, mostly one that stands so."""
        if credit is None:
            return 1
        places = range(1, len(credit.proposals) + 1)
        fitting = [n for n in places if credit.proposals[n - 1].state in states]
        if fitting and self.source.random() < 0.9:
            return self.source.choice(fitting)
        return self.source.randint(0, len(credit.proposals) + 1)

    def latest(self, count: int = PRESENTATIONS) -> list[tuple[PresentationKey, Any]]:
        """The presentations of late, the last first."""
        return list(islice(reversed(self.model.presentations.items()), count))

    def presentation(self, *states: Any) -> PresentationKey:
        """One that stands so, mostly; or any; or none."""
        nobody = PresentationKey(NO_CREDIT, ISSUER, BENEFICIARY, 1)
        if self.source.random() < 0.03:
            return nobody
        found = self.latest()
        if self.source.random() < 0.8:
            time = self.model.time
            standing = [key for key, each in found if each.seen(time) in states]
            chosen: PresentationKey = self.any_of(standing, nobody)
        else:
            chosen = self.any_of([key for key, _ in found], nobody)
        return chosen

    def owed(self, *states: Any) -> tuple[bytes, Any]:
        """An obligation that stands so, mostly; or any; or none."""
        if self.source.random() < 0.03:
            return NO_OBLIGATION, None
        found = list(islice(reversed(self.model.obligations.items()), OBLIGATIONS))
        # Those in cash of the ledger can be paid here.
        standing = [
            each
            for each in found
            if each[1].seen(self.model.time) in states and each[1].currency in self.model.cash
        ]
        if self.source.random() < 0.85 and standing:
            return self.source.choice(standing)
        any_: tuple[bytes, Any] = self.any_of(found, (NO_OBLIGATION, None))
        return any_
