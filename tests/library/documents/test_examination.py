# SPDX-License-Identifier: Apache-2.0
"""Every check over the corpus: exactly the candidates that a case expects, of all checks."""

from __future__ import annotations

import pytest
from examination_corpus import (
    BASES,
    Example,
    base_set,
    base_terms,
    examined,
    examples,
    said,
)

from yangshan.documents.examination import examine
from yangshan.documents.examination.checks import checks
from yangshan.documents.examination.reading import presentation_of

EXAMPLES = [pytest.param(each, id=f"{each.check} {each.id}") for each in examples()]


@pytest.mark.parametrize("base", BASES)
def test_a_clean_set_gives_no_candidate(base: str) -> None:
    found = examine(base_terms(base), presentation_of(base_set(base), base))
    assert (found.candidates, found.undone) == ((), ())


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_case_has_its_candidates_and_no_other(example: Example) -> None:
    found = examined(example)
    assert said(found) == sorted(example.expect)
    assert sorted(each.check for each in found.undone) == sorted(example.undone)


def test_every_check_has_its_cases() -> None:
    for check in checks():
        own = [each for each in examples() if each.check == check]
        assert sum(each.flags for each in own) >= 3, f"{check} has too few cases that it flags"
        assert sum(not each.flags for each in own) >= 3, f"{check} has too few near misses"
