# SPDX-License-Identifier: Apache-2.0
"""Sources that hold many faults at once, each switched on at run time.

Beside the function in which a fault lies stands a copy of it with the fault, and the function
begins by asking whether that copy is to be run in its place. For a constant that a fault changes,
and for those that are made of it, a function is asked that knows both values. Which fault is on
stands in a word of the block that no contract of ours reads; zero is none.

Where functions and constants begin and end the compiler says, with the tree of each source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from constants import in_constants
from edits import Fault, Insertion, Span, change_of, extent, nodes, written
from functions import in_functions

Json = dict[str, Any]

SWITCH_FILE: Final = "faults/Faults.sol"
# That the block is read is hidden from the compiler, for the sake of functions that are pure.
SWITCH: Final = """// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

library Faults {
    function on() internal pure returns (uint256) {
        function() view returns (uint256) asked = _read;
        function() pure returns (uint256) hidden;
        assembly {
            hidden := asked
        }
        return hidden();
    }

    function among(uint256 first, uint256 last) internal pure returns (bool) {
        uint256 fault = on();
        return first <= fault && fault <= last;
    }

    function _read() private view returns (uint256) {
        return block.prevrandao;
    }
}
"""


@dataclass(frozen=True)
class Switched:
    """Sources with faults in them, the number that switches each on, and where they stand."""

    texts: dict[str, str]
    numbers: dict[Fault, int]
    spans: dict[str, list[Span]]

    def blamed(self, file: str, start: int, end: int) -> set[Fault]:
        """The faults to which an error is due that the compiler finds there."""
        spans = self.spans.get(file, [])
        around = [span for span in spans if span.start <= start < span.end]
        within = [span for span in spans if span.start < end and start < span.end]
        return {fault for span in around or within for fault in span.faults}


def switched(texts: dict[str, str], trees: Json, faults: Iterable[Fault]) -> Switched:
    """The sources with those of the faults in them that can be switched.

    ``trees`` are the compiler's, by file. A fault cannot be switched whose text does not stand
    once in its file, or lies neither in the body of one function nor in the value of a constant.
    """
    sources = {file: text.encode() for file, text in texts.items()}
    # Those of one function follow each other.
    in_order = sorted(set(faults), key=lambda one: (one.file, _place(one, texts), one))
    changes = [
        change
        for number, fault in enumerate(in_order, 1)
        if (change := change_of(number, fault, sources.get(fault.file, b"")))
    ]
    insertions: dict[str, list[Insertion]] = {file: [] for file in texts}
    for file, source in sources.items():
        of_file = [change for change in changes if change.fault.file == file]
        insertions[file] += in_functions(source, trees[file], of_file) if of_file else ()
    for file, insertion in in_constants(sources, trees, changes):
        insertions[file].append(insertion)
    for file, of_source in insertions.items():
        if of_source:
            _, end = extent(next(nodes(trees[file], "PragmaDirective")))
            of_source.append(Insertion(end))
            of_source[-1].add(f' import {{Faults}} from "{SWITCH_FILE}";')
    found = {file: written(sources[file], of_source) for file, of_source in insertions.items()}
    switchable = {fault for _, spans in found.values() for span in spans for fault in span.faults}
    return Switched(
        {SWITCH_FILE: SWITCH} | {file: text for file, (text, _) in found.items()},
        {change.fault: change.number for change in changes if change.fault in switchable},
        {file: spans for file, (_, spans) in found.items()},
    )


def _place(fault: Fault, texts: dict[str, str]) -> int:
    return texts.get(fault.file, "").find(fault.original)
