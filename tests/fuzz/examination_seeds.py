# SPDX-License-Identifier: Apache-2.0
"""Where the mutation of examinations starts: cases of the corpus, as terms with a set."""

from __future__ import annotations

import json
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

OF_EACH = 2
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "library" / "documents"))

from examination_corpus import examples, set_of, terms_of  # noqa: E402 - beside the tests


@cache
def cases() -> tuple[dict[str, Any], ...]:
    """Terms and presentation of each case, as JSON."""
    found = []
    for example in examples():
        terms = terms_of(example)
        found.append(
            {
                "terms": terms.terms.model_dump(mode="json", exclude_none=True),
                "original": terms.original
                and terms.original.model_dump(mode="json", exclude_none=True),
                "substituted": terms.substituted,
                "drawn": terms.drawn,
                "presentation": set_of(example),
            }
        )
    return tuple(found)


def write_corpus(folder: Path) -> None:
    """A file for the first cases of each check; the mutation draws on all of them."""
    told: Counter[str] = Counter()
    for example, case in zip(examples(), cases(), strict=True):
        told[example.check] += 1
        if told[example.check] > OF_EACH:
            continue
        text = json.dumps(case, ensure_ascii=False, separators=(",", ":"))
        folder.joinpath(f"{example.check}-{example.id}").write_text(text)
