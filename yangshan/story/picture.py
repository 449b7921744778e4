# SPDX-License-Identifier: Apache-2.0
"""The timeline of the acts as a picture: when documents were examined, and which days counted."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.dates import MO as MONDAY
from matplotlib.dates import DateFormatter, WeekdayLocator, date2num
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from matplotlib.axes import Axes

    from yangshan.story.summary import Act, PresentationEntry, Summary

_INK, _FAINT, _CLOSED = "#1d2733", "#8492a3", "#eceff3"
_OUTCOMES = {"COMPLYING": "#1f7a4d", "REFUSED": "#b3541e", "PRECLUDED": "#8a1f3d"}
_LANE = 1.0
# What a lane needs below itself for the terms that bound its banks, and how far apart those are.
_BELOW, _TRACK = 0.42, 0.13
_TRACKS_BEGIN = 0.42
_TRACK_SHADES = (0.16, 0.34, 0.52)
# Heights, in lanes, between which the labels of neighbouring marks change so that they stay apart.
_LABEL_HEIGHTS = (0.18, 0.32, 0.46)
_CROWDED_DAYS = 4


def timeline_svg(summary: Summary, closed: Collection[date]) -> str:
    """The acts as lanes over the days, as the text of an SVG.

    ``closed`` are the days on which the issuing banks are closed. A lane shows the five banking
    days from presentation to deadline as a bar for each bank that examined, each step as a mark,
    and, where a credit was amended, which version of its terms bound which bank.
    """
    # Letters as outlines: the picture looks the same wherever the report is opened.
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "yangshan", "font.size": 9}):
        heights = _heights(summary)
        lowest = heights[-1] - (_BELOW if summary.acts[-1].terms else 0)
        figure = Figure(figsize=(11, 1.0 + 1.25 * (_LANE - lowest)), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        for height, act in zip(heights, summary.acts, strict=True):
            _draw_act(axes, act, height)
        _draw_days(axes, summary, closed)
        axes.set_ylim(lowest - 0.5, 0.72)
        text = io.StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None})
    # The prologue of a file has no place inside a page.
    svg = text.getvalue()
    return svg[svg.index("<svg") :]


def _heights(summary: Summary) -> list[float]:
    """Where the lanes lie, the first at 0 and the others below it."""
    found, height = [], 0.0
    for act in summary.acts:
        found.append(height)
        height -= _LANE + (_BELOW if act.terms else 0)
    return found


def _draw_act(axes: Axes, act: Act, height: float) -> None:
    colour = _OUTCOMES.get(act.presentation.state, _INK)
    marks = [(_place(step.time), step.mark) for step in act.steps if step.mark]
    end = max(marks[-1][0], _place(act.presentation.deadline))
    axes.plot([marks[0][0], end], [height, height], color=_FAINT, lw=1)
    for shown in (act.presentation, *act.further):
        _draw_examination(axes, shown, height)
    _draw_labels(axes, act, height)
    _draw_marks(axes, marks, height, colour)
    _draw_terms(axes, act, height, end)
    axes.annotate(
        f"{act.number}  {act.credit.reference}\n{act.presentation.state.lower()}",
        (0, height),
        xycoords=("axes fraction", "data"),
        xytext=(-8, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        color=colour,
        fontweight="bold",
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
    axes.plot([when, when], [height - 0.16, height + 0.16], color=colour, lw=1.6)


def _draw_labels(axes: Axes, act: Act, height: float) -> None:
    """The deadlines, and the day of maturity, below the lane."""
    shown = (act.presentation, *act.further)
    for entry in shown:
        # Where banks examine one after the other, the first one's deadline stands to the left.
        side = "center" if len(shown) == 1 else "right" if entry is shown[0] else "left"
        axes.annotate(
            f"deadline {entry.deadline:%d %b %H:%M}",
            (_place(entry.deadline), height - 0.18),
            ha=side,
            va="top",
            color=_OUTCOMES.get(entry.state, _INK),
            fontsize=8,
        )
    for matures, when in _maturities(act):
        _draw_tick(axes, when, height, _INK)
        axes.annotate(
            f"matures {matures:%d %b}",
            (when, height - 0.18),
            ha="center",
            va="top",
            color=_INK,
            fontsize=8,
        )


def _maturities(act: Act) -> list[tuple[date, float]]:
    """The days on which obligations mature, and where they stand on the axis."""
    days = sorted({each.matures for each in act.obligations if each.matures})
    return [(day, float(date2num(day))) for day in days]  # type: ignore[no-untyped-call]


def _draw_marks(axes: Axes, marks: list[tuple[float, str]], height: float, colour: str) -> None:
    before: float | None = None
    level = 0
    for when, label in marks:
        crowded = before is not None and when - before < _CROWDED_DAYS
        level = (level + 1) % len(_LABEL_HEIGHTS) if crowded else 0
        before = when
        axes.plot([when], [height], "o", color=colour, ms=5, zorder=3)
        axes.annotate(
            label,
            (when, height),
            xytext=(when, height + _LABEL_HEIGHTS[level]),
            ha="center",
            va="bottom",
            color=_INK,
            fontsize=8,
            arrowprops={"arrowstyle": "-", "color": _FAINT, "lw": 0.6},
        )


def _draw_terms(axes: Axes, act: Act, height: float, end: float) -> None:
    """Below the lane, for each bank, which version of the terms bound it from when on."""
    banks = list(dict.fromkeys(entry.bank for entry in act.terms))
    for place, bank in enumerate(banks):
        at = height - _TRACKS_BEGIN - _TRACK * place
        entries = [entry for entry in act.terms if entry.bank == bank]
        ends = [_place(entry.since) for entry in entries[1:]] + [end]
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
                fontsize=7,
            )
        axes.annotate(
            "issuing bank bound by" if bank == act.credit.issuing_bank else "confirming bank by",
            (_place(entries[0].since), at),
            xytext=(-5, 0),
            textcoords="offset points",
            ha="right",
            va="center_baseline",
            color=_INK,
            fontsize=7,
        )


def _draw_days(axes: Axes, summary: Summary, closed: Collection[date]) -> None:
    places = [_place(step.time) for act in summary.acts for step in act.steps]
    shown = [each for act in summary.acts for each in (act.presentation, *act.further)]
    places += [_place(each.deadline) for each in shown]
    places += [when for act in summary.acts for _, when in _maturities(act)]
    first, last = min(places) - 1, max(places) + 3
    for day in closed:
        begin = float(date2num(day))  # type: ignore[no-untyped-call]
        if first - 1 < begin < last:
            axes.axvspan(begin, begin + 1, color=_CLOSED, zorder=0, lw=0)
    axes.set_xlim(first, last)
    axes.set_yticks([])
    axes.xaxis_date()
    axes.xaxis.set_major_locator(WeekdayLocator(MONDAY))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(DateFormatter("%d %b"))  # type: ignore[no-untyped-call]
    axes.tick_params(axis="x", colors=_FAINT, labelcolor=_INK)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_FAINT)


def _place(instant: datetime) -> float:
    """Where an instant stands on the axis: by its own wall clock, not moved to one zone."""
    return float(date2num(instant.replace(tzinfo=None)))  # type: ignore[no-untyped-call]
