# SPDX-License-Identifier: Apache-2.0
"""Sum up the JUnit files of one run: a line per suite and one for all; fail if nothing ran.

reports.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree


def figures(path: Path) -> tuple[int, int, int, float]:
    """Tests, failures, skipped and seconds of one file."""
    tests = failed = skipped = 0
    seconds = 0.0
    for suite in ElementTree.parse(path).iter("testsuite"):
        tests += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped") or suite.get("disabled") or 0)
        seconds += float(suite.get("time", 0))
    return tests, failed, skipped, seconds


def show(folder: Path) -> int:
    """Print the table; return the exit code."""
    total = [0, 0, 0]
    for path in sorted(folder.glob("*.xml"), key=lambda one: one.stat().st_mtime):
        tests, failed, skipped, seconds = figures(path)
        total = [total[0] + tests - failed - skipped, total[1] + failed, total[2] + skipped]
        print(
            f"{path.stem:12} {tests:6} tests {failed:4} failed {skipped:4} skipped {seconds:7.1f} s"
        )
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    if not total[0]:
        print("no test ran", file=sys.stderr)
    return 0 if total[0] and not total[1] else 1


if __name__ == "__main__":
    sys.exit(show(Path(sys.argv[1])))
