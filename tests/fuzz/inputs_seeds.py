# SPDX-License-Identifier: Apache-2.0
"""Where the mutation of an examination's files starts: credits, presentations, drafts as found, as
decided and as released, a list and what customs attests."""

from __future__ import annotations

import json
from pathlib import Path

from examination_seeds import OF_EACH, examples, set_of, terms_of

from yangshan.documents.examination import examine
from yangshan.documents.examination.drafting import DraftFile, draft_of, release, written
from yangshan.documents.examination.reading import presentation_of

EXAMPLES = Path(__file__).parents[2] / "examples"
SOME = 30
ATTESTED = {"224820250000077120": "released", "224820250000077121": "amended"}


def write_corpus(folder: Path) -> None:
    """Each kind of file in the form that its own writer gives it."""
    for name in ("credits/import-credit.mt700", "examination/invented-list.toml"):
        file = EXAMPLES / name
        folder.joinpath(file.name).write_bytes(file.read_bytes())
    folder.joinpath("declarations").write_text(json.dumps(ATTESTED))
    for example in examples()[: SOME * OF_EACH : OF_EACH]:
        terms = terms_of(example)
        text = json.dumps(terms.terms.model_dump(mode="json", exclude_none=True))
        folder.joinpath(f"{example.id}-credit").write_text(text)
        folder.joinpath(f"{example.id}-presentation").write_text(json.dumps(set_of(example)))
        presentation = presentation_of(set_of(example), example.id)
        found = examine(terms, presentation)
        draft = draft_of(found, terms.terms.reference, presentation.demanded, "first")
        folder.joinpath(f"{example.id}-draft").write_text(written(draft))
        decided = _decided(draft)
        folder.joinpath(f"{example.id}-decided").write_text(written(decided))
        if any(each.decision == "keep" for each in decided.candidates):
            out = written(release(decided, "second"))
            folder.joinpath(f"{example.id}-released").write_text(out)


def _decided(draft: DraftFile) -> DraftFile:
    """The draft of an examiner that keeps every discrepancy."""
    return draft.model_copy(
        update={
            "candidates": tuple(
                each.model_copy(update={"decision": "keep" if each.severity == "D" else "strike"})
                for each in draft.candidates
            )
        }
    )
