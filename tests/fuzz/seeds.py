# SPDX-License-Identifier: Apache-2.0
"""What mutation starts from: the corpus of the library's tests, and the words of the tables."""

from __future__ import annotations

import sys
from pathlib import Path

from yangshan.swift.definitions import definitions

sys.path.append(str(Path(__file__).parents[1] / "library" / "swift"))

from swift_corpus import BASES
from swift_texts import VALID, fin


def write_corpus(folder: Path) -> None:
    """Each valid message as a file, once whole and once as fields alone."""
    examples = [(kind, name, rows) for kind, bases in BASES.items() for name, rows in bases.items()]
    examples += [(kind, name, list(fields.items())) for name, (kind, fields) in VALID.items()]
    for kind, name, rows in examples:
        text = fin(kind, rows)
        stem = f"{kind} {name}".replace(" ", "-")
        folder.joinpath(stem).write_text(text, newline="")
        folder.joinpath(f"{stem}-bare").write_text(text[text.index(":\r\n") + 3 : -2], newline="")


def write_dictionary(file: Path) -> None:
    """Tags, code words and signs of the blocks, in the form in which libFuzzer reads them."""
    known = definitions()
    words = {"\r\n", "\n:", "{1:", "{2:I700", "{4:\r\n", "-}", "{5:", "$", "//", "\r\n/"}
    words |= {f"\r\n:{tag}:" for tag in known.formats}
    words |= {f"\r\n:{old.tag}:" for old in known.legacy.fields}
    for worded in (*known.codes, *known.slashes, *known.changes):
        words |= {*worded.words, *getattr(worded, "legacy", ())}
    lines = []
    for word in sorted(words):
        quoted = "".join(c if c.isalnum() else f"\\x{ord(c):02x}" for c in word)
        lines.append(f'"{quoted}"')
    file.write_text("\n".join(lines) + "\n")
