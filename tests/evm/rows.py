# SPDX-License-Identifier: Apache-2.0
"""What a row of the access matrix is made of.

The page docs/reference/authority.md says who may call a function and whether that is new business.
A row adds what no page can: how to bring a world to where the call succeeds, and who else is turned
away with which error.
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, Final

from suite import Error, error
from vocabulary import ROOT, Role
from world import World, desk

Args = tuple[Any, ...]
# Brings the world there, for a call by this account, and returns the arguments.
Prepare = Callable[[World, str], Args]


class Business(Enum):
    """What a member out of standing may still do, and what goes on during a pause."""

    NEW = "new business"
    ADDED = "added business"
    STANDING = "standing"
    IN_FLIGHT = "in flight"
    NONE = "-"


class Who(Enum):
    """Who may call, where it is not a role or a contract."""

    ITSELF = "the account itself"
    PERSON = "a person at the desk"
    ANYONE = "anyone"


@dataclass(frozen=True)
class Line:
    """A line of the page; ``who`` is a role or several, the name of a contract, or a Who."""

    who: Any
    business: Business


PAGE: Final[Path] = ROOT / "docs/reference/authority.md"
_LINE: Final = re.compile(r"\| `(\w+\.\w+)`([^|]*)\| ([^|]+) \| ([^|]+) \| [^|]+ \|")


def _who(cell: str) -> Any:
    names = re.findall(r"`(\w+)`", cell)
    if cell != " and ".join(f"`{name}`" for name in names):
        return Who(cell)
    if all(name in Role.__members__ for name in names):
        return functools.reduce(operator.or_, (Role[name] for name in names))
    (name,) = names
    return name


def _lines() -> dict[str, Line]:
    found: dict[str, Line] = {}
    for text in PAGE.read_text("utf-8").splitlines():
        if not text.startswith("| `"):
            continue
        match = _LINE.fullmatch(text)
        assert match, f"{PAGE.name}: {text}"
        function, use, who, business = match.groups()
        # A function with two uses has a line for each, told apart by a few words.
        name = f"{function} {use.strip()}".strip()
        assert name not in found, f"{PAGE.name}: {name} has two lines"
        found[name] = Line(_who(who), Business(business))
    return found


LINES: Final[dict[str, Line]] = _lines()


@dataclass(frozen=True)
class Stranger:
    """A live key with the role, or of the wrong kind of member, and the error that it meets.

    Without an error it lacks the role, since none of its member's keys can have it.
    """

    caller: str
    error: Callable[[Args], Error] | None = None
    member: int = 0


@dataclass(frozen=True)
class ByRole:
    """Called by a key of ``member`` with the role; the strangers may not.

    ``instead`` names the error that the act itself gives in a standing of the member, by the
    standing's name in test_access.py, where neither the key nor the business is what hinders it.
    """

    member: int
    prepare: Prepare
    strangers: tuple[Stranger, ...] = ()
    instead: Mapping[str, Error] = field(default_factory=dict)


@dataclass(frozen=True)
class ByContract:
    """Called by one contract of the suite alone; anybody else meets ``error`` of the caller."""

    error: str
    prepare: Prepare


@dataclass(frozen=True)
class ByItself:
    """Called by an account on itself, with any role; ``stopped``: the errors of a key in a state.

    The states are "frozen" and "expired"; a key in another state, or without an error, may.
    """

    member: int
    prepare: Prepare
    stopped: Mapping[str, Callable[[str, int], Error]] = field(default_factory=dict)


@dataclass(frozen=True)
class ByPerson:
    """Called by one person at a desk; anybody else meets ``error`` of the caller."""

    person: str
    error: Callable[[str], Error]
    prepare: Prepare


@dataclass(frozen=True)
class ByAnyone:
    """Called by anyone."""

    prepare: Prepare


Row = ByRole | ByContract | ByItself | ByPerson | ByAnyone


def without_role(member: int) -> Stranger:
    """A member to whose keys the role is not open."""
    return Stranger(desk(member), member=member)


def meets(member: int, name: str, *shape: Any) -> Stranger:
    """The desk of a member meets an error; a callable in the shape takes the call's arguments."""

    def expected(args: Args) -> Error:
        return error(name, *(each(args) if callable(each) else each for each in shape))

    return Stranger(desk(member), expected, member)


def first(args: Args) -> Any:
    return args[0]
