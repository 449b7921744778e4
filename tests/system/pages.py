# SPDX-License-Identifier: Apache-2.0
"""What a reader of a page under docs/how-to does, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_PART = re.compile(
    r"^```(?P<kind>toml|python)\n(?P<text>.*?)^```$"
    r"|(?P<days>\d+) days later"
    r"|(?P<commands>(?:^    \S[^\n]*\n)+(?:^ {4,}[^\n]+\n)*)",
    re.MULTILINE | re.DOTALL,
)


def parts(page: Path) -> Iterator[tuple[str, str]]:
    """Commands, entries of members.toml, days that go by, Python."""
    for found in _PART.finditer(page.read_text()):
        if found["days"]:
            yield "days", found["days"]
        elif found["kind"]:
            yield found["kind"], found["text"]
        else:
            joined = re.sub(r" \\\n +", " ", found["commands"])
            for line in joined.splitlines():
                yield "command", line.strip()
