# SPDX-License-Identifier: Apache-2.0
"""What holds of an examination, whatever terms and documents it gets."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from yangshan.credit.terms import CreditTerms
from yangshan.documents.canonical import parse
from yangshan.documents.examination import Lists, TermsInForce, examine
from yangshan.documents.examination.checks import checks
from yangshan.documents.examination.drafting import draft_of, read_draft, written
from yangshan.documents.examination.fingerprints import EarlierSet
from yangshan.documents.examination.listing import read_listing
from yangshan.documents.examination.model import WHOLE, Examination, Presentation
from yangshan.documents.examination.reading import presentation_of
from yangshan.documents.examination.report import WIDTH, as_json, as_table
from yangshan.errors import YangshanError

SECONDS = 5.0
LIST = Path(__file__).parents[2] / "examples/examination/invented-list.toml"
BESIDE = Lists(
    listing=read_listing(LIST.read_bytes(), LIST),
    history=(EarlierSet("earlier", frozenset(), frozenset({("invoice", "EF20251107", "x")})),),
    declarations={"224820250000077120": "amended"},
)
KEYS = ("terms", "original", "substituted", "drawn", "presentation")


def expect_sound(data: bytes) -> None:
    """Examines what a file states: it is refused by name, or every candidate is whole."""
    started = time.process_time()
    try:
        terms, presentation = _read(data)
        found = examine(terms, presentation, BESIDE)
    except YangshanError as refused:
        said = str(refused)
        assert said.endswith((".", ".)")), said
        return
    _expect_whole(found, presentation)
    assert examine(terms, presentation, BESIDE) == found
    draft = draft_of(found, terms.terms.reference, presentation.demanded, "first")
    assert read_draft(written(draft).encode(), "draft") == draft
    assert time.process_time() - started < SECONDS, "it takes too long"


def _read(data: bytes) -> tuple[TermsInForce, Presentation]:
    value = parse(data, "file")
    if not isinstance(value, dict):
        value = {}
    terms, original, substituted, drawn, presentation = (value.get(key) for key in KEYS)
    return (
        TermsInForce(
            CreditTerms.from_canonical(_object(terms)),
            CreditTerms.from_canonical(original) if isinstance(original, dict) else None,
            substituted is True,
            drawn if isinstance(drawn, int) and 0 <= drawn < 2**64 else 0,
        ),
        presentation_of(presentation, "file"),
    )


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _expect_whole(found: Examination, presentation: Presentation) -> None:
    papers = {each.name: each for each in presentation.papers}
    for each in found.candidates:
        check = checks()[each.check]
        assert each.severity in check.severities, each
        assert each.document in {WHOLE, *papers}, each
        assert each.sentence.endswith((".", ".)")), each
        assert each.found, each
        assert each.expected, each
        assert each.rule, each
        assert each.field == "" or each.document == WHOLE or each.field.startswith("/"), each
    for left in found.undone:
        assert left.check in checks(), left
        assert left.sentence.endswith("."), left
    text = json.dumps(as_json(found), ensure_ascii=False)
    assert json.loads(text)["candidates"] is not None
    for line in as_table(found).splitlines():
        assert len(line) <= WIDTH, line
