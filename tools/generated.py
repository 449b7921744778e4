# SPDX-License-Identifier: Apache-2.0
"""Files that are made from the code: written anew, or with --check held to what they should be."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def schema_text(schema: object) -> str:
    """The file of a JSON Schema."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def link_to_test(name: str) -> str:
    """A test, ``file::function`` from the root, as a link from a page of docs/reference."""
    file, _, function = name.partition("::")
    return f"[`{function}`](../../{file})"


def renew(texts: Mapping[Path, str], there: Collection[Path] = ()) -> None:
    """Writes each file with its text, and takes away what is ``there`` beside them.

    With --check on the command line it changes nothing, and ends with the names of the files that
    are not current if there are any.
    """
    left = set(there) - set(texts)
    if "--check" in sys.argv[1:]:
        stale = {
            path
            for path, text in texts.items()
            if not path.exists() or path.read_text("utf-8") != text
        }
        if stale | left:
            names = ", ".join(str(path.relative_to(ROOT)) for path in sorted(stale | left))
            sys.exit(f"{names}: not current; `make docs` renews it")
        return
    for path in left:
        path.unlink()
    for path, text in texts.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
