# SPDX-License-Identifier: Apache-2.0
"""How much of the corpus each check of documents finds, and what it finds that is not there.

    examination.py [--strict]

Of each check: cases that it must flag, near misses, what it missed and its false alarms over all
cases and clean sets, with recall and precision in per cent, and the milliseconds of an examination.
With --strict it fails for anything missed or false.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/library/documents"))

from examination_corpus import (
    BASES,
    base_set,
    base_terms,
    examined,
    examples,
    said,
)

from yangshan.documents.examination import examine
from yangshan.documents.examination.checks import checks
from yangshan.documents.examination.reading import presentation_of


@dataclass
class Score:
    """What one check did over the whole corpus."""

    flagged: int = 0
    near: int = 0
    expected: int = 0
    missed: int = 0
    false: int = 0

    @property
    def recall(self) -> float:
        """The share of what is there that it found, in per cent."""
        return 100 * (self.expected - self.missed) / self.expected if self.expected else 100.0


def scores() -> tuple[dict[str, Score], list[float]]:
    """The score of each check, and the seconds of each examination."""
    found = {name: Score() for name in checks()}
    seconds = []
    for base in BASES:
        result = examine(base_terms(base), presentation_of(base_set(base), base))
        for candidate in result.candidates:
            found[candidate.check].false += 1
    for example in examples():
        own = found[example.check]
        own.flagged += example.flags
        own.near += not example.flags
        started = time.perf_counter()
        result = examined(example)
        seconds.append(time.perf_counter() - started)
        there, expected = Counter(said(result)), Counter(example.expect)
        for each, count in expected.items():
            found[each[:3]].expected += count
        for each, count in (expected - there).items():
            found[each[:3]].missed += count
        for each, count in (there - expected).items():
            found[each[:3]].false += count
    return found, seconds


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--strict", action="store_true")
    given = parser.parse_args()
    found, seconds = scores()
    print("check  flagged  near misses  candidates  missed  false alarms  recall")
    for name, score in found.items():
        print(
            f"{name}    {score.flagged:7}  {score.near:11}  {score.expected:10}  "
            f"{score.missed:6}  {score.false:12}  {score.recall:5.1f}%"
        )
    missed, false = (sum(getattr(each, name) for each in found.values()) for name in TOTALS)
    print(
        f"{len(seconds)} cases, {missed} missed, {false} false alarms; "
        f"{1000 * statistics.median(seconds):.0f} ms an examination"
    )
    return 1 if given.strict and (missed or false) else 0


TOTALS = ("missed", "false")

if __name__ == "__main__":
    sys.exit(main())
