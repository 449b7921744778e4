# SPDX-License-Identifier: Apache-2.0
"""Words on a timeline: none covers another, and a line to a place crosses none if that can be."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from yangshan.story.labels import Label, placed, stacked


def width(words: str) -> float:
    return len(words) / 2


def room(label: Label) -> tuple[float, float]:
    wide = max(map(width, label.lines))
    left = {"center": label.place - wide / 2, "right": label.place - wide, "left": label.place}
    return left[label.side], left[label.side] + wide


def overlap(one: Label, other: Label) -> bool:
    (left, right), (begin, end) = room(one), room(other)
    return left < end and begin < right and one.level < other.end and other.level < one.end


def test_marks_of_one_time_share_a_stack() -> None:
    marks = [(1.0, "issued"), (1.7, "advised"), (1.75, "confirmed"), (9.0, "paid")]
    assert stacked(marks) == [
        (1.0, ("issued", "advised")),
        (1.75, ("confirmed",)),
        (9.0, ("paid",)),
    ]
    assert stacked([]) == []


def test_words_with_room_stand_over_their_places() -> None:
    assert placed([(1.0, ("issued",)), (9.0, ("paid",))], width) == (
        Label(1.0, ("issued",), 0, "center"),
        Label(9.0, ("paid",), 0, "center"),
    )


def test_words_without_room_stand_beside_their_places() -> None:
    """Two words three units wide at two places one apart."""
    assert placed([(10.0, ("issued",)), (11.0, ("posted",))], width) == (
        Label(10.0, ("issued",), 0, "right"),
        Label(11.0, ("posted",), 0, "left"),
    )


def test_what_has_no_room_beside_stands_above_and_its_line_crosses_nothing() -> None:
    found = placed([(10.0, ("first",)), (11.0, ("second",)), (12.0, ("third",))], width)
    assert [(each.level, each.side) for each in found] == [
        (0, "right"),
        (1, "center"),
        (0, "left"),
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 40),
            st.lists(st.text("abc", min_size=1, max_size=14), min_size=1, max_size=3).map(tuple),
        ),
        max_size=7,
    )
)
def test_no_words_cover_others(stacks: list[tuple[float, tuple[str, ...]]]) -> None:
    found = placed(sorted(stacks), width)
    assert [(each.place, each.lines) for each in found] == sorted(stacks)
    pairs = [(one, other) for place, one in enumerate(found) for other in found[place + 1 :]]
    assert not [pair for pair in pairs if overlap(*pair)]
