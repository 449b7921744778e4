# SPDX-License-Identifier: Apache-2.0
"""Where the words on a timeline stand, so that none covers another."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Side = Literal["center", "right", "left"]
Stack = tuple[float, tuple[str, ...]]

# Marks nearer to one another than this, in days, share a stack of words.
_TOGETHER: Final = 0.75
# Days that stay free beside words.
_MARGIN: Final = 0.3
# What is avoided first: a line through words, then height, then words beside their place.
_CROSSING, _HEIGHT, _ASIDE = 20, 3, 1
# So many arrangements of the words so far are kept in mind.
_KEPT: Final = 100
_SIDES: Final[tuple[Side, ...]] = ("center", "right", "left")


@dataclass(frozen=True, slots=True)
class Label:
    """Words, one to a line, at a place on the axis; ``level`` counts lines away from the lane.

    ``side`` is the edge of the words that stands at the place, as matplotlib names alignments.
    """

    place: float
    lines: tuple[str, ...]
    level: int
    side: Side

    @property
    def end(self) -> int:
        """The first level beyond it."""
        return self.level + len(self.lines)


@dataclass(frozen=True, slots=True)
class _Box:
    """The room of words, or of the line that leads to them and has no width."""

    left: float
    right: float
    lowest: int
    end: int

    def meets(self, other: _Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.lowest < other.end and other.lowest < self.end


@dataclass(frozen=True, slots=True)
class _Arrangement:
    cost: int = 0
    labels: tuple[Label, ...] = ()
    words: tuple[_Box, ...] = ()
    lines: tuple[_Box, ...] = ()

    def with_another(self, stack: Stack, wide: float) -> Iterator[_Arrangement]:
        """This and one stack more, wherever it covers no words."""
        place, said = stack
        for level in range(max((label.end for label in self.labels), default=0) + 1):
            line = _Box(place, place, 0, level)
            for side in _SIDES:
                label = Label(place, said, level, side)
                left = place - {"center": wide / 2, "right": wide, "left": 0}[side]
                words = _Box(left - _MARGIN, left + wide + _MARGIN, level, label.end)
                if any(words.meets(other) for other in self.words):
                    continue
                crossed = sum(line.meets(other) for other in self.words)
                crossed += sum(words.meets(other) for other in self.lines)
                cost = crossed * _CROSSING + level * _HEIGHT + (side != "center") * _ASIDE
                yield _Arrangement(
                    self.cost + cost,
                    (*self.labels, label),
                    (*self.words, words),
                    (*self.lines, line),
                )


def stacked(marks: Sequence[tuple[float, str]]) -> list[Stack]:
    """The words of marks in the order of time, those of one time in one stack."""
    found: list[Stack] = []
    for place, word in marks:
        if found and place - found[-1][0] < _TOGETHER:
            found[-1] = (found[-1][0], (*found[-1][1], word))
        else:
            found.append((place, (word,)))
    return found


def placed(stacks: Sequence[Stack], width: Callable[[str], float]) -> tuple[Label, ...]:
    """Stacks over or beside their places, as near to the lane as leaves room for all.

    ``width`` is how wide words are, in units of the axis. Where there is room, a line from a stack
    straight to its place crosses no other words.
    """
    best = [_Arrangement()]
    for stack in stacks:
        wide = max(map(width, stack[1]))
        more = (further for each in best for further in each.with_another(stack, wide))
        best = nsmallest(_KEPT, more, key=lambda each: each.cost)
    return best[0].labels
