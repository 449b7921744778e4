# SPDX-License-Identifier: Apache-2.0
"""The story as one HTML page that opens without a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from yangshan.money import Money

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from yangshan.story.summary import Act, Summary


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of an act's table: a step, an observation or an attempt."""

    time: datetime
    actor: str
    what: str
    article: str
    tx: str | None = None
    gas: int | None = None
    css: str = ""


def report_html(summary: Summary, closed: Collection[date]) -> str:
    """The page; ``closed`` are the days on which the issuing banks are closed."""
    # What draws is slow to load, and looks for every font the first time: not before it is needed.
    from yangshan.story.picture import timeline_svg

    loader = jinja2.PackageLoader("yangshan.story")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined
    )
    page = environment.get_template("report.html.j2")
    return page.render(
        summary=summary,
        # The picture is our own SVG, not text from a message.
        picture=Markup(timeline_svg(summary, closed)),
        rows=_rows,
        stamp=_stamp,
        maturities=lambda act: sorted({each.matures for each in act.obligations if each.matures}),
        money=lambda minor, currency: str(Money.of(minor, currency)),
        transactions=len(summary.setup) + sum(len(act.steps) for act in summary.acts),
    )


def _rows(act: Act) -> list[_Row]:
    rows = [
        *(
            _Row(step.time, step.actor, step.action, step.article, step.tx, step.gas)
            for step in act.steps
        ),
        *(
            _Row(seen.time, seen.actor, seen.what, seen.article, css="said")
            for seen in act.observations
        ),
        *(
            _Row(
                tried.time,
                tried.actor,
                f"{tried.action}: refused by the contract with {tried.error}",
                tried.article,
                css="tried",
            )
            for tried in act.attempts
        ),
    ]
    return sorted(rows, key=lambda row: row.time)


def _stamp(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%d %H:%M:%S %z")
