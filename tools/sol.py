# SPDX-License-Identifier: Apache-2.0
"""The project's Solidity files, and what the checks need to know of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REMAPPED = "@openzeppelin/"

_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"\bimport\b[^;]*?[\"']([^\"']+)[\"']\s*;")


def files(*folders: str) -> list[Path]:
    """Every .sol file under the folders of the project."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.sol"))


def without_comments(path: Path) -> str:
    """The text with every comment blanked, lines kept."""
    return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), path.read_text())


def imports(path: Path) -> Iterator[Path]:
    """The files that one file imports."""
    for name in _IMPORT.findall(without_comments(path)):
        if name.startswith("."):
            yield Path(os.path.normpath(path.parent / name))
        elif name.startswith(REMAPPED):
            yield ROOT / "node_modules" / name
        else:
            yield ROOT / name


def with_imports(paths: list[Path]) -> set[Path]:
    """The files and all they import, one from another."""
    found: set[Path] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path not in found and path.exists():
            found.add(path)
            waiting.extend(imports(path))
    return found
