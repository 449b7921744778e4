# SPDX-License-Identifier: Apache-2.0
"""X24: the same documents in a set that was presented before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.fingerprints import fingerprints
from yangshan.documents.examination.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Undone

_NAMES: Final = {
    "invoice": "invoice",
    "bill-of-lading": "bill of lading",
    "transport-document": "transport document",
    "customs-declaration": "customs declaration",
}


def duplicates(case: Case) -> Iterator[Candidate | Undone]:
    """A set of the folder with the same asset: taken if every key is the same, else similar."""
    for paper in case.presentation.papers:
        for own in fingerprints(paper):
            taken = [each for each in case.lists.history if own.exact in each.exact]
            alike = [
                each for each in case.lists.history if each not in taken and own.keys & each.keys
            ]
            name = _NAMES[paper.kind]
            for earlier in taken:
                yield case.found(
                    paper,
                    own.field,
                    found=own.shown,
                    expected="a document that no other set has",
                    severity=Severity.BLOCK,
                    sentence=f"The {name} {own.shown} is taken: it stands in the set "
                    f"{earlier.name}.",
                )
            for earlier in alike:
                yield case.found(
                    paper,
                    own.field,
                    found=own.shown,
                    expected="a document that no other set has",
                    severity=Severity.WARNING,
                    sentence=f"The {name} {own.shown} is similar to one of the set {earlier.name}.",
                )
