# SPDX-License-Identifier: Apache-2.0
"""Random acts on grants, in the lives of papers (papers_lives.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from grants_model import MOST_READERS, ZERO, Grants
from world import ADVISER, BENEFICIARY, CUSTOMS, FORWARDER, ISSUER, admin

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

# Whoever may read; the first ones give as well.
READERS: Final = (BENEFICIARY, FORWARDER, ISSUER, ADVISER, CUSTOMS)
# Each act with its weight.
GRANT_ACTS: Final = {"publish": 3, "share": 12, "unshare": 9}


class GrantActs:
    """Keys published and published again, documents shared, and what was shared withdrawn."""

    source: random.Random
    granted: Grants
    now: Callable[[], int]
    odd: Callable[..., bool]
    fresh: Callable[[], bytes]
    issuer: Callable[[], int]
    do: Callable[..., None]
    answered: Callable[..., None]
    world: Any

    def publish(self) -> None:
        member, key = self.source.choice(READERS), self.fresh()
        if self.odd(0.15):
            key = self.source.choice((ZERO, self.granted.keys.get(member, ZERO)))
        self.do(
            "publish",
            member,
            "DocumentGrants.publishKey",
            (key,),
            lambda: self.granted.publish(member, key),
            account=admin,
        )

    def share(self) -> None:
        granter, content, document = self.issuer(), self.fresh(), self.fresh()
        known = [each for _, each, _ in self.granted.grants]
        if known and self.odd(0.35):
            # To further readers, or what another gave as well.
            content = self.source.choice(known[-12:])
        if self.odd(0.03):
            content, document = self.source.choice(((ZERO, document), (content, ZERO)))
        self._listed("share", "grant", granter, (content, document), self.readers())

    def unshare(self) -> None:
        granter = self.issuer()
        mine = [
            given
            for given, each in self.granted.grants.items()
            if given[0] == granter and (self.odd() or not each.withdrawn)
        ]
        if not mine or self.odd(0.1):
            mine = list(self.granted.grants)
        content, readers = self.fresh(), self.readers()
        if mine:
            _, content, reader = self.source.choice(mine[-12:])
            others = [to for by, each, to in mine if (by, each) == (granter, content)]
            readers = (reader, *(to for to in others if to != reader and self.odd(0.4)))
            if self.odd(0.05):
                readers = (*readers, self.source.choice((reader, *READERS)))
        self._listed("unshare", "withdraw", granter, (content,), readers)

    def readers(self) -> tuple[int, ...]:
        """Some members; now and then none, too many, one of them twice, or nobody's number."""
        found = tuple(self.source.sample(READERS, self.source.choice((1, 1, 2, 3))))
        if self.odd(0.04):
            found = self.source.choice(((), found * 2, (0, *found), (ISSUER,) * (MOST_READERS + 1)))
        return found

    def _listed(
        self,
        act: str,
        function: str,
        granter: int,
        said: tuple[bytes, ...],
        readers: tuple[int, ...],
    ) -> None:
        rule: Any = getattr(self.granted, "grant" if function == "grant" else "withdraw_grants")
        self.do(
            act,
            granter,
            f"DocumentGrants.{function}",
            (*said, list(readers)),
            lambda: rule(granter, *said, readers, self.now()),
        )

    def look_at_grants(self) -> None:
        """Some grants as they stand and stood, and the keys."""
        ask = self.world.view
        for member in READERS:
            key = self.granted.keys.get(member, ZERO)
            assert ask("DocumentGrants.encryptionKeyOf", member) == key
        held = list(self.granted.grants.items())
        for (granter, content, reader), each in self.source.sample(held, min(4, len(held))):
            args = granter, content, reader
            assert ask("DocumentGrants.grantOf", *args) == (each.granted, each.withdrawn)
            turns = [
                turn + shift
                for turn in (each.granted, each.withdrawn)
                if turn
                for shift in (-1, 0, 1)
            ]
            instant = min(self.source.choice(turns), self.now())
            self.answered("DocumentGrants.mayRead", (*args, instant), each.held(instant))
