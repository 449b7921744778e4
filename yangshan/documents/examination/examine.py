# SPDX-License-Identifier: Apache-2.0
"""A presentation held to the terms in force, check by check."""

from __future__ import annotations

import functools
import hashlib
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from yangshan.documents.examination.checks import Case, checks
from yangshan.documents.examination.model import (
    Candidate,
    Examination,
    Lists,
    Presentation,
    TermsInForce,
)
from yangshan.documents.examination.vouched import vouched_for
from yangshan.documents.validation import require_valid
from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

# How much of its hash names the version of a table.
_DIGITS = 12


class NameTwice(Refused):
    """Two documents of a presentation under one name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Two documents are called {name}; expected a name of its own for each.")
        self.name = name


def examine(
    terms: TermsInForce, presentation: Presentation, lists: Lists | None = None
) -> Examination:
    """Everything that the checks of the table find, the same for the same input.

    Beside them, as R01, what a registry says of the documents, where it was asked.

    Raises SchemaBroken and UnknownKind for a document that does not keep its schema, and
    :class:`NameTwice`; nothing else.
    """
    seen: set[str] = set()
    for paper in presentation.papers:
        require_valid(paper.document)
        if paper.name in seen:
            raise NameTwice(paper.name)
        seen.add(paper.name)
    beside = lists or Lists()
    found = [
        each
        for check in checks().values()
        for each in check.function(Case(check, terms, presentation, beside))
    ]
    found += vouched_for(presentation, beside.vouched)
    candidates = tuple(each for each in found if isinstance(each, Candidate))
    return Examination(
        candidates,
        tuple(each for each in found if not isinstance(each, Candidate)),
        tuple(each.name for each in presentation.papers if not terms.requires(each.kind)),
        tuple(checks()),
        MappingProxyType({**tables(), **beside.versions()}),
    )


@functools.cache
def tables() -> Mapping[str, str]:
    """The version of each table of this package: the first digits of its SHA-256."""
    folder = files("yangshan.documents.examination").joinpath("data")
    return MappingProxyType(
        {
            file.name.removesuffix(".toml"): hashlib.sha256(file.read_bytes()).hexdigest()[:_DIGITS]
            for file in sorted(folder.iterdir(), key=lambda each: each.name)
            if file.name.endswith(".toml")
        }
    )
