# SPDX-License-Identifier: Apache-2.0
"""Contracts, interfaces and libraries have names of their own, OpenZeppelin's in use included.

Brownie keeps its artifacts by name alone: of two the last one written wins, silently.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict

import sol

DECLARED = re.compile(
    r"^\s*(?:abstract\s+)?(?:contract|interface|library)\s+([A-Za-z_$][\w$]*)", re.M
)


def main() -> int:
    """Print each name that stands twice."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in sorted(sol.with_imports(sol.files("contracts", "interfaces", "tests"))):
        for name in DECLARED.findall(sol.without_comments(path)):
            places[name].append(str(path.relative_to(sol.ROOT)))
    twice = {name: where for name, where in places.items() if len(where) > 1}
    for name, where in sorted(twice.items()):
        print(
            f"{name} is declared in {' and in '.join(where)}; names must be unique", file=sys.stderr
        )
    return 1 if twice else 0


if __name__ == "__main__":
    sys.exit(main())
