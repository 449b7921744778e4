# SPDX-License-Identifier: Apache-2.0
"""The timeline of the acts as a picture: when documents were examined, and which days counted."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.dates import MO as MONDAY
from matplotlib.dates import DateFormatter, WeekdayLocator, date2num
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath

from yangshan.story.labels import placed, stacked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from matplotlib.axes import Axes

    from yangshan.story.labels import Label
    from yangshan.story.summary import Act, PresentationEntry, Summary, TermsEntry

_INK, _FAINT, _CLOSED = "#1d2733", "#8492a3", "#eceff3"
_OUTCOMES = {"COMPLYING": "#1f7a4d", "REFUSED": "#b3541e", "PRECLUDED": "#8a1f3d"}

# In inches: the picture's width, what of it the names of the lanes take, and all heights.
_WIDTH: Final = 11.0
_NAMES: Final = 1.6
_DAYS: Final = 0.4
_LINE: Final = 0.17
_TO_WORDS: Final = 0.22
_TICK: Final = 0.19
_BETWEEN: Final = 0.22
_TRACK: Final = 0.17
_TRACK_SHADES = (0.16, 0.34, 0.52)
_WORDS, _SMALL = 8, 7
_POINTS_PER_INCH: Final = 72


@dataclass(frozen=True, slots=True)
class _Lane:
    """One line with what stands along it: a credit, or a part of it that was transferred.

    ``above`` names what happened, ``below`` the deadlines and the days of maturity.
    """

    name: str
    marks: tuple[tuple[float, str], ...]
    shown: tuple[PresentationEntry, ...]
    matures: tuple[float, ...]
    above: tuple[Label, ...]
    below: tuple[Label, ...]
    issuing_bank: str
    terms: tuple[TermsEntry, ...]

    @property
    def outcome(self) -> str:
        return self.shown[0].state if self.shown else ""

    @property
    def colour(self) -> str:
        return _OUTCOMES.get(self.outcome, _INK)

    @property
    def banks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.bank for entry in self.terms))

    @property
    def rises(self) -> float:
        return _TO_WORDS + _LINE * max((each.end for each in self.above), default=0)

    @property
    def words_end(self) -> float:
        """How far below the line the deadlines reach."""
        return _TO_WORDS + _LINE * max((each.end for each in self.below), default=0)

    @property
    def falls(self) -> float:
        return self.words_end + _TRACK * len(self.banks)

    @property
    def end(self) -> float:
        return max(self.marks[-1][0], *(_place(each.deadline) for each in self.shown), 0)


def timeline_svg(summary: Summary, closed: Collection[date]) -> str:
    """The acts as lanes over the days, as the text of an SVG.

    ``closed`` are the days on which the issuing banks are closed. A lane shows the five banking
    days from presentation to deadline as a bar for each bank that examined, each step as a mark,
    and, where a credit was amended, which version of its terms bound which bank. What was done
    under a part of a transferred credit stands in a lane of its own below the credit's.
    """
    # Letters as outlines: the picture looks the same wherever the report is opened.
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "yangshan", "font.size": 9}):
        first, last = _range(summary)
        day = (_WIDTH - _NAMES) * _POINTS_PER_INCH / (last - first)
        lanes = [lane for act in summary.acts for lane in _lanes(act, day)]
        heights = list(_heights(lanes))
        lowest = heights[-1] - lanes[-1].falls - _BETWEEN
        figure = Figure(figsize=(_WIDTH, _DAYS - lowest), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        for height, lane in zip(heights, lanes, strict=True):
            _draw_lane(axes, lane, height)
        _draw_days(axes, first, last, closed)
        axes.set_ylim(lowest, 0)
        text = io.StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None})
    # The prologue of a file has no place inside a page.
    svg = text.getvalue()
    return svg[svg.index("<svg") :]


def _range(summary: Summary) -> tuple[float, float]:
    """From before what happened first to after what happened last."""
    places = [_place(step.time) for act in summary.acts for step in act.steps]
    shown = [each for act in summary.acts for each in (act.presentation, *act.further)]
    places += [_place(each.deadline) for each in shown]
    places += [_begin(day) for act in summary.acts for day in _maturities(act)]
    return min(places) - 1, max(places) + 3


def _lanes(act: Act, day: float) -> Iterator[_Lane]:
    """The lane of an act and those of its parts; ``day`` is how many points wide a day is."""

    def width(words: str) -> float:
        return float(TextPath((0, 0), words, size=_WORDS).get_extents().width) / day

    parts = {0: f"{act.number}  {act.credit.reference}"}
    parts |= {each.number: each.reference for each in act.parts}
    for part, name in parts.items():
        done = [step for step in act.steps if step.mark and step.part == part]
        marks = [(_place(step.time), step.mark) for step in done]
        shown = [each for each in (act.presentation, *act.further) if each.part == part]
        days = [] if part else _maturities(act)
        ends = [(_place(each.deadline), f"deadline {each.deadline:%d %b %H:%M}") for each in shown]
        ends += [(_begin(each), f"matures {each:%d %b}") for each in days]
        yield _Lane(
            name=name,
            marks=tuple(marks),
            shown=tuple(shown),
            matures=tuple(map(_begin, days)),
            above=placed(stacked(marks), width),
            below=placed([(place, (words,)) for place, words in sorted(ends)], width),
            issuing_bank=act.credit.issuing_bank,
            terms=() if part else act.terms,
        )


def _heights(lanes: list[_Lane]) -> Iterator[float]:
    """Where the lines lie, counted down from the upper edge."""
    height = -_BETWEEN
    for lane in lanes:
        height -= lane.rises
        yield height
        height -= lane.falls + _BETWEEN


def _maturities(act: Act) -> list[date]:
    return sorted({each.matures for each in act.obligations if each.matures})


def _draw_lane(axes: Axes, lane: _Lane, height: float) -> None:
    axes.plot([lane.marks[0][0], lane.end], [height, height], color=_FAINT, lw=1)
    for shown in lane.shown:
        _draw_examination(axes, shown, height)
    for when in lane.matures:
        _draw_tick(axes, when, height, _INK)
    for when, _ in lane.marks:
        axes.plot([when], [height], "o", color=lane.colour, ms=5, zorder=3)
    colours = {_place(each.deadline): _OUTCOMES.get(each.state, _INK) for each in lane.shown}
    for label in lane.above:
        _draw_words(axes, label, height, 1, _INK)
    for label in lane.below:
        _draw_words(axes, label, height, -1, colours.get(label.place, _INK))
    _draw_terms(axes, lane, height)
    axes.annotate(
        f"{lane.name}\n{lane.outcome.lower()}",
        (0, height),
        xycoords=("axes fraction", "data"),
        xytext=(-8, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        color=lane.colour,
        fontweight="bold",
    )


def _draw_words(axes: Axes, label: Label, height: float, way: int, colour: str) -> None:
    """Words above the line, or below it for a ``way`` of -1, with a line to their place."""
    at = height + way * (_TO_WORDS + _LINE * label.level)
    if way > 0 or label.level:
        axes.plot([label.place] * 2, [height, at], color=_FAINT, lw=0.6, zorder=1)
    for place, words in enumerate(reversed(label.lines) if way > 0 else label.lines):
        axes.annotate(
            words,
            (label.place, at + way * _LINE * (place + 0.5)),
            ha=label.side,
            va="center",
            color=colour,
            fontsize=_WORDS,
        )


def _draw_examination(axes: Axes, shown: PresentationEntry, height: float) -> None:
    colour = _OUTCOMES.get(shown.state, _INK)
    received, deadline = _place(shown.received), _place(shown.deadline)
    axes.plot(
        [received, deadline],
        [height, height],
        color=colour,
        lw=7,
        alpha=0.28,
        solid_capstyle="butt",
    )
    _draw_tick(axes, deadline, height, colour)


def _draw_tick(axes: Axes, when: float, height: float, colour: str) -> None:
    axes.plot([when, when], [height - _TICK, height + _TICK], color=colour, lw=1.6)


def _draw_terms(axes: Axes, lane: _Lane, height: float) -> None:
    """Below the lane, for each bank, which version of the terms bound it from when on."""
    for place, bank in enumerate(lane.banks):
        at = height - lane.words_end - _TRACK * (place + 0.5)
        entries = [entry for entry in lane.terms if entry.bank == bank]
        ends = [_place(entry.since) for entry in entries[1:]] + [lane.end]
        for entry, until in zip(entries, ends, strict=True):
            begin = _place(entry.since)
            axes.plot(
                [begin, until],
                [at, at],
                color=_FAINT,
                lw=10,
                alpha=_TRACK_SHADES[entry.version % len(_TRACK_SHADES)],
                solid_capstyle="butt",
            )
            axes.annotate(
                f"version {entry.version}",
                ((begin + until) / 2, at),
                ha="center",
                va="center_baseline",
                color=_INK,
                fontsize=_SMALL,
            )
        axes.annotate(
            "issuing bank bound by" if bank == lane.issuing_bank else "confirming bank by",
            (_place(entries[0].since), at),
            xytext=(-5, 0),
            textcoords="offset points",
            ha="right",
            va="center_baseline",
            color=_INK,
            fontsize=_SMALL,
        )


def _draw_days(axes: Axes, first: float, last: float, closed: Collection[date]) -> None:
    for day in closed:
        if first - 1 < _begin(day) < last:
            axes.axvspan(_begin(day), _begin(day) + 1, color=_CLOSED, zorder=0, lw=0)
    axes.set_xlim(first, last)
    axes.set_yticks([])
    axes.xaxis_date()
    axes.xaxis.set_major_locator(WeekdayLocator(MONDAY))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(DateFormatter("%d %b"))  # type: ignore[no-untyped-call]
    axes.tick_params(axis="x", colors=_FAINT, labelcolor=_INK)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_FAINT)


def _begin(day: date) -> float:
    """Where a day begins on the axis."""
    return _place(datetime.combine(day, time()))


def _place(instant: datetime) -> float:
    """Where an instant stands on the axis: by its own wall clock, not moved to one zone."""
    return float(date2num(instant.replace(tzinfo=None)))  # type: ignore[no-untyped-call]
