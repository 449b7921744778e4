# SPDX-License-Identifier: Apache-2.0
"""The directory of the suite's contracts: which version takes new records, and which finishes old.

To register a version and to close an edition is the council's (:mod:`yangshan.alliance.motions`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yangshan.alliance.ledger import REGISTRY, Trace
from yangshan.chain.values import text_of

if TYPE_CHECKING:
    from yangshan.alliance.ledger import Ledger
    from yangshan.chain.records import Version

_DIRECTORY: Final = "Directory"


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of a contract; ``in_force``: it is the one that new business takes.

    ``closed``: it takes no new records any more.
    """

    name: str
    number: int
    record: Version
    closed: bool
    in_force: bool


class Directory:
    """What is registered."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def versions(self) -> list[VersionView]:
        """All versions, in the order in which they were registered."""
        found = []
        for log in self._ledger.logs(_DIRECTORY, Trace("VersionRegistered", {})):
            name, number = log["args"]["name"], log["args"]["version"]
            record: Version = self._ledger.read(_DIRECTORY, "versionOf", name, number)
            found.append(
                VersionView(
                    name=text_of(name),
                    number=number,
                    record=record,
                    closed=record.edition != 0
                    and self._ledger.read(REGISTRY, "isClosed", record.edition),
                    in_force=self._ledger.read(_DIRECTORY, "inForce", name)[0] == number,
                )
            )
        return found
