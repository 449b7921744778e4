# SPDX-License-Identifier: Apache-2.0
"""What a registry says of presented documents, as findings beside the checks (R01).

No rule of UCP 600 asks whether a document is registered: nothing here is a discrepancy. A document
that its issuer revoked stops financing; one that is not registered, or not by who is to have issued
it, superseded or expired is to look at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.model import Candidate, Severity, Undone, Word
from yangshan.documents.schema import schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yangshan.documents.examination.model import Paper, Presentation, Vouched

ID: Final = "R01"
RULE: Final = "outside UCP 600: whose document it is"

# What a person has to find out elsewhere.
_UNSEEN: Final = frozenset({Word.OUTSIDE, Word.UNSEALED})


def vouched_for(
    presentation: Presentation, words: Mapping[str, Vouched]
) -> Iterator[Candidate | Undone]:
    """What is to be said of each document on which a registry has a word, by its name."""
    for paper in presentation.papers:
        held = words.get(paper.name)
        if held is None or held.word is Word.STANDS:
            continue
        sentence = f"Of the {schema_of(paper.kind).title} ({paper.name}): {held.said}."
        yield Undone(ID, sentence) if held.word in _UNSEEN else _found(paper, held, sentence)


def _found(paper: Paper, held: Vouched, sentence: str) -> Candidate:
    return Candidate(
        ID,
        Severity.BLOCK if held.word is Word.REVOKED else Severity.WARNING,
        paper.name,
        "",
        str(held.word),
        str(Word.STANDS),
        RULE,
        sentence,
    )
