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

    from yangshan.story.summary import Act, Summary

_INK, _FAINT, _CLOSED = "#1d2733", "#8492a3", "#eceff3"
_OUTCOMES = {"COMPLYING": "#1f7a4d", "REFUSED": "#b3541e", "PRECLUDED": "#8a1f3d"}
_LANE = 1.0
# Heights, in lanes, between which the labels of neighbouring marks change so that they stay apart.
_LABEL_HEIGHTS = (0.18, 0.32, 0.46)
_CROWDED_DAYS = 4


def timeline_svg(summary: Summary, closed: Collection[date]) -> str:
    """The acts as lanes over the days, as the text of an SVG.

    ``closed`` are the days on which the examining banks are closed. A lane shows the five banking
    days from presentation to deadline as a bar, and each step as a mark.
    """
    # Letters as outlines: the picture looks the same wherever the report is opened.
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "yangshan", "font.size": 9}):
        figure = Figure(figsize=(11, 1.0 + 1.25 * len(summary.acts)), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        for lane, act in enumerate(summary.acts):
            _draw_act(axes, act, -_LANE * lane)
        _draw_days(axes, summary, closed)
        text = io.StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None})
    # The prologue of a file has no place inside a page.
    svg = text.getvalue()
    return svg[svg.index("<svg") :]


def _draw_act(axes: Axes, act: Act, height: float) -> None:
    shown = act.presentation
    colour = _OUTCOMES.get(shown.state, _INK)
    received, deadline = _place(shown.received), _place(shown.deadline)
    marks = [(_place(step.time), step.mark) for step in act.steps if step.mark]
    axes.plot([marks[0][0], max(marks[-1][0], deadline)], [height, height], color=_FAINT, lw=1)
    axes.plot(
        [received, deadline],
        [height, height],
        color=colour,
        lw=7,
        alpha=0.28,
        solid_capstyle="butt",
    )
    axes.plot([deadline, deadline], [height - 0.16, height + 0.16], color=colour, lw=1.6)
    axes.annotate(
        f"deadline {shown.deadline:%d %b %H:%M}",
        (deadline, height - 0.18),
        ha="center",
        va="top",
        color=colour,
        fontsize=8,
    )
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
    axes.annotate(
        f"{act.number}  {act.credit.reference}\n{shown.state.lower()}",
        (0, height),
        xycoords=("axes fraction", "data"),
        xytext=(-8, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        color=colour,
        fontweight="bold",
    )


def _draw_days(axes: Axes, summary: Summary, closed: Collection[date]) -> None:
    places = [_place(step.time) for act in summary.acts for step in act.steps]
    places += [_place(act.presentation.deadline) for act in summary.acts]
    first, last = min(places) - 1, max(places) + 2
    for day in closed:
        begin = float(date2num(day))  # type: ignore[no-untyped-call]
        if first - 1 < begin < last:
            axes.axvspan(begin, begin + 1, color=_CLOSED, zorder=0, lw=0)
    axes.set_xlim(first, last)
    axes.set_ylim(-_LANE * (len(summary.acts) - 1) - 0.5, 0.72)
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
