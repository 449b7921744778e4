# SPDX-License-Identifier: Apache-2.0
"""The table of checks (``data/checks.toml``), each row with the function that keeps it.

A check is a generator over a :class:`Case`: the terms, the presentation, the lists, and the row
itself. It yields candidates (``case.found(...)``) and what it could not see (``case.undone(...)``),
and never raises for a document that keeps its schema.
"""

from __future__ import annotations

import functools
import importlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.model import (
    TRANSPORT_KINDS,
    WHOLE,
    Candidate,
    Lists,
    Paper,
    Presentation,
    Severity,
    TermsInForce,
    Undone,
)

if TYPE_CHECKING:
    from yangshan.credit.terms import CreditTerms

_FAMILIES: Final = "yangshan.documents.examination.families"


@dataclass(frozen=True, slots=True)
class Check:
    """One row: ``severities`` are all that it may give, ``reads`` what it looks at.

    ``function`` is named in the table as ``module:function`` below ``families``.
    """

    id: str
    title: str
    rule: str
    severities: tuple[Severity, ...]
    reads: tuple[str, ...]
    about: str
    function: Callable[[Case], Iterable[Candidate | Undone]]


@dataclass(frozen=True, slots=True)
class Case:
    """What one check looks at."""

    check: Check
    terms: TermsInForce
    presentation: Presentation
    lists: Lists

    @property
    def credit(self) -> CreditTerms:
        """The terms under which the documents are presented."""
        return self.terms.terms

    def papers(self, *kinds: str) -> tuple[Paper, ...]:
        """The papers of these kinds that the credit calls for; others are disregarded (14(g))."""
        return tuple(
            each for each in self.presentation.of(*kinds) if self.terms.requires(each.kind)
        )

    @property
    def transport(self) -> tuple[Paper, ...]:
        """The transport documents that the credit calls for (arts 19 to 25)."""
        return self.papers(*TRANSPORT_KINDS)

    def found(
        self,
        paper: Paper | None,
        field: str,
        *,
        found: object,
        expected: object,
        sentence: str,
        severity: Severity = Severity.DISCREPANCY,
        rule: str | None = None,
    ) -> Candidate:
        """A candidate of this check; ``rule`` where it is more exact than that of the row."""
        if severity not in self.check.severities:
            raise AssertionError(f"{self.check.id} gives no {severity.name}, as its row says")
        return Candidate(
            self.check.id,
            severity,
            paper.name if paper else WHOLE,
            field,
            str(found),
            str(expected),
            rule or self.check.rule,
            sentence,
        )

    def warning(
        self, paper: Paper, field: str, found: object, expected: object, sentence: str
    ) -> Candidate:
        """A candidate that only asks a person to look."""
        return self.found(
            paper,
            field,
            found=found,
            expected=expected,
            sentence=sentence,
            severity=Severity.WARNING,
        )

    def undone(self, sentence: str) -> Undone:
        """What this check could not see."""
        return Undone(self.check.id, sentence)


@functools.cache
def checks() -> Mapping[str, Check]:
    """All checks by id, in their order."""
    table = tomllib.loads(files(__package__).joinpath("data/checks.toml").read_text("utf-8"))
    rows = [
        Check(
            row["id"],
            row["title"],
            row["rule"],
            tuple(Severity(each) for each in row["severities"]),
            tuple(row["reads"]),
            row.get("about", ""),
            _function(row["function"]),
        )
        for row in table["check"]
    ]
    return MappingProxyType({row.id: row for row in rows})


def _function(name: str) -> Callable[[Case], Iterable[Candidate | Undone]]:
    module, _, function = name.partition(":")
    found: Callable[[Case], Iterable[Candidate | Undone]] = getattr(
        importlib.import_module(f"{_FAMILIES}.{module}"), function
    )
    return found
