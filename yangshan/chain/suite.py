# SPDX-License-Identifier: Apache-2.0
"""The compiled contracts: their interfaces, their code, and where the immutables stand in it."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eth_utils.abi import abi_to_signature

from yangshan.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

AbiEntry = dict[str, Any]

FORMAT: Final = 1

_PACKAGE: Final = Path(__file__).resolve().parent.parent
# The first is laid into a wheel, the second is what `make build` writes in a clone.
_PLACES: Final = (_PACKAGE / "_suite.json", _PACKAGE.parent / "build" / "suite.json")


class SuiteMissing(Unusable):
    """No compiled contracts where they were looked for, or none that can be read."""

    def __init__(self, places: Iterable[Path], reason: str) -> None:
        self.places = tuple(places)
        looked = " or ".join(str(place) for place in self.places)
        super().__init__(f"The compiled contracts were expected at {looked}: {reason}.")


class UnknownArtifact(Unusable):
    """A contract or interface that the suite does not have."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(sorted(known))
        super().__init__(f"The suite has no {name}; it has {', '.join(self.known)}.")


@dataclass(frozen=True, slots=True)
class Artifact:
    """One compiled contract.

    ``bytecode`` creates it, ``runtime`` is what then stands on chain, except that the places
    ``immutables`` (start and length in bytes) are zero here and hold the values there. ``source``
    is the path of its file from the root of the repository.
    """

    name: str
    abi: list[AbiEntry]
    bytecode: bytes
    runtime: bytes
    immutables: tuple[tuple[int, int], ...]
    source: str


@dataclass(frozen=True)
class Suite:
    """All contracts and interfaces of one compilation."""

    contracts: Mapping[str, Mapping[str, Any]]
    interfaces: Mapping[str, Mapping[str, Any]]
    compiler: Mapping[str, Any]

    @staticmethod
    def load(path: Path | None = None) -> Suite:
        """The suite in the file ``path``, else the one of this installation; read once.

        Raises :class:`SuiteMissing`.
        """
        places = _PLACES if path is None else (path,)
        for place in places:
            if place.exists():
                return _read(place)
        raise SuiteMissing(places, "there is no such file; `make build` writes it")

    @property
    def names(self) -> tuple[str, ...]:
        """The contracts, in the order of the alphabet."""
        return tuple(sorted(self.contracts))

    def artifact(self, name: str) -> Artifact:
        """The contract of this name; raises :class:`UnknownArtifact`."""
        if name not in self.contracts:
            raise UnknownArtifact(name, self.contracts)
        entry = self.contracts[name]
        places = (
            (int(place["start"]), int(place["length"]))
            for group in entry["immutableReferences"].values()
            for place in group
        )
        return Artifact(
            name=name,
            abi=entry["abi"],
            bytecode=bytes.fromhex(entry["bytecode"].removeprefix("0x")),
            runtime=bytes.fromhex(entry["deployedBytecode"].removeprefix("0x")),
            immutables=tuple(sorted(places)),
            source=entry["source"],
        )

    def abi(self, name: str) -> list[AbiEntry]:
        """The ABI of a contract or an interface; raises :class:`UnknownArtifact`."""
        entry = self.contracts.get(name) or self.interfaces.get(name)
        if entry is None:
            raise UnknownArtifact(name, {*self.contracts, *self.interfaces})
        abi: list[AbiEntry] = entry["abi"]
        return abi

    @functools.cached_property
    def errors(self) -> list[AbiEntry]:
        """Every error with which a contract of the suite can revert, once by signature."""
        return self._entries("error")

    @functools.cached_property
    def events(self) -> list[AbiEntry]:
        """Every event that a contract of the suite can emit, once by signature."""
        return self._entries("event")

    def _entries(self, kind: str) -> list[AbiEntry]:
        # The interfaces first: theirs is the published wording of the parameters.
        found: dict[str, AbiEntry] = {}
        for part in (self.interfaces, self.contracts):
            for entry in (entry for face in part.values() for entry in face["abi"]):
                if entry["type"] == kind:
                    found.setdefault(abi_to_signature(entry), entry)
        return [found[signature] for signature in sorted(found)]


@functools.cache
def _read(path: Path) -> Suite:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as reason:
        raise SuiteMissing([path], f"it cannot be read ({reason})") from None
    written = content.get("format") if isinstance(content, dict) else None
    if written != FORMAT:
        raise SuiteMissing([path], f"its format is {written}, and this version reads {FORMAT}")
    return Suite(content["contracts"], content["interfaces"], content["compiler"])
