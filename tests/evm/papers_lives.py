# SPDX-License-Identifier: Apache-2.0
"""Random lives of documents, declarations and grants, beside a model of their rules."""

from __future__ import annotations

import contextlib
import random
from typing import TYPE_CHECKING, Any, TypeAlias

from grants_lives import GRANT_ACTS, GrantActs
from grants_model import Grants
from papers_model import (
    ZERO,
    C,
    Declaration,
    Inclusion,
    Papers,
    RefusedError,
    Registration,
    proof_in,
    root_of,
    shows,
)
from runs import Run
from suite import RevertedError
from vocabulary import NO_END, MemberKind
from world import (
    AUTHORITY,
    BENEFICIARY,
    CUSTOMS,
    FORWARDER,
    ISSUER,
    MEMBERS,
    admin,
    admission,
    desk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from suite import Error, Event
    from world import World

    Watcher: TypeAlias = Callable[[int, Sequence[Event]], None]

SECOND_CUSTOMS = MEMBERS + 1
ISSUERS = (BENEFICIARY, FORWARDER, ISSUER)
ATTESTERS = (CUSTOMS, SECOND_CUSTOMS)
KINDS = (1, 2, 3)
# Each act with its weight.
ACTS = {
    "register": 10,
    "root": 12,
    "list_": 5,
    "supersede": 6,
    "revoke": 4,
    "revoke_list": 3,
    "revoke_leaf": 10,
    "declare": 10,
    "release": 8,
    "amend": 8,
    "withdraw": 4,
    "suspend": 1,
    "reinstate": 3,
    "wait": 10,
    **GRANT_ACTS,
}


class Life(GrantActs):
    """One random run: a world, its model, and the choices.

    Whoever watches is told of every act. With ``strict`` each ends as the model says.
    """

    def __init__(self, world: World, seed: int | str, *, strict: bool = True) -> None:
        self.world, self.source, self.strict = world, random.Random(seed), strict
        self.watchers: list[Watcher] = []
        self.run = Run("documents, declarations and grants", self.source)
        number = world.admit(admission(SECOND_CUSTOMS, kind=int(MemberKind.CUSTOMS)))
        assert number == SECOND_CUSTOMS
        roles = world.view("AllianceRegistry.key", desk(CUSTOMS)).roles
        key = (desk(number), roles, NO_END)
        world.send(admin(number), "AllianceRegistry.setKey", *key)
        self.model = Papers(
            world.time, frozenset(range(1, SECOND_CUSTOMS + 1)), frozenset(ATTESTERS)
        )
        self.granted = Grants()
        # The documents under each root, and what has been answered about the past.
        self.batches: dict[bytes, list[bytes]] = {}
        self.answers: list[tuple[str, tuple[Any, ...], Any]] = []
        self.seen: set[Any] = set()

    # Choices

    def now(self) -> int:
        return self.model.time

    def odd(self, share: float = 0.06) -> bool:
        return self.source.random() < share

    def fresh(self) -> bytes:
        return self.source.randbytes(32)

    def issuer(self) -> int:
        return self.source.choice(ISSUERS)

    def held(self, issuer: int, batch: bool | None = None) -> bytes:
        """Mostly what the issuer has on record and may still end."""
        mine = [
            (root, each)
            for (member, root), each in self.model.documents.items()
            if member == issuer
        ]
        if not self.odd():
            mine = [pair for pair in mine if not pair[1].ended]
        if batch is not None:
            mine = [pair for pair in mine if (pair[1].given.size > 0) == batch]
        if not mine or self.odd(0.03):
            others = [root for _, root in self.model.documents]
            return self.source.choice(others) if others else self.fresh()
        return self.source.choice(mine[-12:])[0]

    def ahead(self, *, none: bool = True) -> int:
        if self.odd():
            return self.model.time - self.source.choice((0, 1, 1_000))
        if none and self.odd(0.5):
            return 0
        return self.model.time + self.source.choice((1, 60, 5_000, 200_000))

    def reason(self) -> int:
        return 0 if self.odd() else self.source.choice((1, 2, 255, 65_535))

    def given(self, root: bytes, size: int = 0) -> Registration:
        kind, schema = self.source.choice(KINDS), self.source.choice((1, 2, 65_535))
        if self.odd(0.04):
            kind, schema = self.source.choice(((0, schema), (kind, 0)))
        root = ZERO if self.odd(0.02) else root
        return Registration(root, kind, schema, self.ahead(), size)

    def new_batch(self, most: int = 12) -> tuple[bytes, int]:
        papers = [self.fresh() for _ in range(self.source.randint(1, most))]
        if self.batches and self.odd(0.3):
            # A document may belong to several batches.
            papers.append(self.source.choice(self.source.choice(list(self.batches.values()))))
        root = root_of(papers)
        self.batches[root] = papers
        size = len(papers) + (self.source.choice((-1, 1, 7)) if self.odd(0.1) else 0)
        return root, max(size, 0)

    def proof(self, root: bytes) -> tuple[bytes, Inclusion]:
        """Mostly one that holds; otherwise with something of it changed."""
        papers = self.batches.get(root) or [self.fresh()]
        place = self.source.randrange(len(papers))
        document, proof = papers[place], proof_in(papers, place)
        if not self.odd(0.3):
            return document, proof
        partners = list(proof.partners)
        match self.source.randrange(6):
            case 0:
                return self.fresh(), proof
            case 1:
                return document, proof._replace(sides=proof.sides ^ 1 << self.source.randrange(9))
            case 2:
                return document, proof._replace(partners=(*partners, self.fresh()))
            case 3:
                return document, proof._replace(partners=tuple(partners[1:]))
            case 4 if partners:
                # An inner node in the place of a document.
                return partners[-1], Inclusion(proof.sides >> 1, tuple(partners[1:]))
            case _:
                self.source.shuffle(partners)
                return document, proof._replace(partners=tuple(partners))

    # Acts

    def do(
        self,
        act: str,
        member: int,
        function: str,
        args: tuple[Any, ...],
        by_rule: Callable[[], Any],
        account: Callable[[int], str] = desk,
    ) -> None:
        """One act on both, with the same outcome: events, or error."""
        told: Sequence[Event] = ()
        expected: Error | None = None
        try:
            told = by_rule()
        except RefusedError as refused:
            expected = refused.error
        events: Sequence[Event] = ()
        if self.strict:
            with self.run.expecting(act, expected):
                receipt = self.world.send(account(member), function, *args)
                receipt.emitted(*told)
                events = told
        else:
            with contextlib.suppress(RevertedError):
                events = self.world.send(account(member), function, *args).events
        for watcher in self.watchers:
            watcher(member, events)

    def step(self) -> None:
        """The next act."""
        getattr(self, self.source.choices(list(ACTS), list(ACTS.values()))[0])()

    def on_documents(self, act: str, function: str, method: str, *args: Any, by: int) -> None:
        rule = getattr(self.model, method)
        self.do(act, by, f"DocumentRegistry.{function}", args, lambda: rule(by, *args))

    def on_declarations(self, act: str, *args: Any, by: int) -> None:
        rule = getattr(self.model, act)
        self.do(act, by, f"CustomsDeclarations.{act}", args, lambda: rule(by, *args))

    def register(self) -> None:
        issuer = self.issuer()
        root = self.held(issuer) if self.odd() else self.fresh()
        self.on_documents("register", "register", "register", self.given(root), by=issuer)

    def root(self) -> None:
        given = self.given(*self.new_batch())
        self.on_documents("root", "register", "register", given, by=self.issuer())

    def list_(self) -> None:
        roots = [self.fresh() for _ in range(self.source.randint(1, 4))]
        issuer = self.issuer()
        if self.odd(0.1):
            roots.append(self.source.choice((roots[0], self.held(issuer))))
        if self.odd(0.05):
            roots = []
        given = self.given(ZERO)
        args = (tuple(roots), given.kind, given.schema, given.expires)
        self.on_documents("list_", "registerBatch", "register_list", *args, by=issuer)

    def supersede(self) -> None:
        issuer = self.issuer()
        root = self.held(issuer)
        before = self.model.documents.get((issuer, root))
        later, size = self.fresh(), 0
        if before and before.given.size and self.odd(0.8):
            later, size = self.new_batch(before.given.size)
        if self.odd():
            later = self.source.choice((root, self.held(issuer)))
        given = self.given(later, size)
        if before and not self.odd(0.2):
            given = given._replace(kind=before.given.kind)
        self.on_documents("supersede", "supersede", "supersede", root, given, by=issuer)

    def revoke(self) -> None:
        issuer = self.issuer()
        args = (self.held(issuer), self.reason())
        self.on_documents("revoke", "revoke", "revoke", *args, by=issuer)

    def revoke_list(self) -> None:
        issuer = self.issuer()
        roots = tuple(self.held(issuer) for _ in range(self.source.choice((0, 1, 1, 2, 2, 3))))
        args = (roots, self.reason())
        self.on_documents("revoke_list", "revokeBatch", "revoke_list", *args, by=issuer)

    def revoke_leaf(self) -> None:
        issuer = self.issuer()
        root = self.held(issuer, batch=True)
        document, proof = self.proof(root)
        args = (root, document, proof, self.reason())
        self.on_documents("revoke_leaf", "revokeLeaf", "revoke_leaf", *args, by=issuer)

    def key(self, customs: int) -> bytes:
        """Mostly one under which this customs has something to change."""
        mine = [
            key
            for (member, key), each in self.model.declarations.items()
            if member == customs and (each.status != C.WITHDRAWN or self.odd(0.1))
        ]
        if not mine or self.odd():
            # Keys of others are seen on their way.
            known = [key for _, key in self.model.declarations]
            return self.source.choice(known) if known else self.fresh()
        return self.source.choice(mine[-6:])

    def customs(self) -> int:
        return self.source.choice((AUTHORITY, BENEFICIARY)) if self.odd() else self.either()

    def either(self) -> int:
        return self.source.choice(ATTESTERS)

    def stated(self) -> Declaration:
        exporter = self.source.choice((BENEFICIARY, FORWARDER))
        if self.odd():
            exporter = self.source.choice((0, MEMBERS + 9))
        cap, currency = self.source.choice((1, 900, 2**64 - 1)), self.source.choice((156, 840))
        document = self.fresh()
        if self.odd(0.05):
            cap, currency, document = self.source.choice(
                ((0, currency, document), (cap, 0, document), (cap, currency, ZERO))
            )
        return Declaration(exporter, cap, currency, self.ahead(none=False), document)

    def declare(self) -> None:
        customs = self.customs()
        key = self.key(customs) if self.odd(0.15) else self.fresh()
        key = ZERO if self.odd(0.02) else key
        self.on_declarations("declare", key, self.stated(), by=customs)

    def release(self) -> None:
        customs = self.customs()
        self.on_declarations("release", self.key(customs), by=customs)

    def amend(self) -> None:
        customs = self.customs()
        key = self.key(customs)
        held = self.model.declarations.get((customs, key))
        given = self.stated()
        if held and not self.odd(0.1):
            given = given._replace(exporter=held.given.exporter)
            if self.odd(0.1):
                given = held.given
        self.on_declarations("amend", key, given, by=customs)

    def withdraw(self) -> None:
        customs = self.customs()
        self.on_declarations("withdraw", self.key(customs), self.reason(), by=customs)

    def suspend(self) -> None:
        able = [each for each in (*ISSUERS, *ATTESTERS) if each not in self.model.suspended]
        if len(able) > 3:
            member = self.source.choice(able)
            self.world.governed("AllianceRegistry.suspend", member)
            self.model.suspended.add(member)

    def reinstate(self) -> None:
        if self.model.suspended:
            member = self.source.choice(sorted(self.model.suspended))
            self.world.governed("AllianceRegistry.reinstate", member)
            self.model.suspended.discard(member)

    def wait(self) -> None:
        self.model.time += self.source.choice((1, 59, 1_000, 30_000))
        self.world.at(self.model.time)

    # Looking

    def look(self) -> None:
        """Some records as they stand and stood; what was answered before is answered so again."""
        ask, model = self.world.view, self.model
        for (issuer, root), held in self.source.sample(list(model.documents.items()), 6):
            given = held.given
            assert ask("DocumentRegistry.documentOf", issuer, root) == (
                *(held.registered, given.expires, held.ended, held.reason),
                *(given.kind, given.schema, given.size),
            )
            assert ask("DocumentRegistry.successorOf", issuer, root) == held.successor
            instant = self.instant(held.registered, held.ended, given.expires)
            stood = held.stood(instant)
            self.seen.add(stood)
            self.answered("DocumentRegistry.statusAt", (issuer, root, instant), stood)
            document, proof = self.proof(root)
            included = shows(root, given.size, document, proof)
            self.seen.add(included)
            args = (issuer, root, document, proof)
            assert ask("DocumentRegistry.isIncluded", *args) is included
            revoked = held.leaves.get(document, (0, 0))
            assert ask("DocumentRegistry.leafRevocationOf", issuer, root, document) == revoked
            instant = self.instant(held.registered, held.ended, revoked[0])
            stood = held.leaf_stood(document, proof, instant)
            self.answered("DocumentRegistry.leafStatusAt", (*args, instant), stood)
        for (customs, key), each in self.source.sample(list(model.declarations.items()), 4):
            self.seen.add(each.status)
            assert ask("CustomsDeclarations.standing", customs, key) == (
                *(each.status, model.in_force(each), each.changed, each.reason, each.given),
            )
        self.look_at_grants()
        function, args, answer = self.source.choice(self.answers)
        assert ask(function, *args) == answer

    def instant(self, *turns: int) -> int:
        """A time up to now, mostly just at a turn."""
        near = [each + shift for each in turns if each for shift in (-1, 0, 1)]
        found = (
            self.source.choice(near) if self.odd(0.8) else self.source.randint(1, self.model.time)
        )
        return min(found, self.model.time)

    def answered(self, function: str, args: tuple[Any, ...], answer: Any) -> None:
        assert self.world.view(function, *args) == answer
        # What is said of this very second may still change in it.
        if args[-1] < self.model.time:
            self.answers.append((function, args, answer))
