# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema of messages, as `swift show --json` and `swift convert` write and read them.

swift_schema.py writes docs/reference/swift-message.schema.json; with --check a file that is not
current fails.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from yangshan.swift.as_json import schema

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "reference" / "swift-message.schema.json"


def text() -> str:
    """What the file holds."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Writes the file, or with --check says whether it is current."""
    if "--check" in sys.argv[1:]:
        if not FILE.exists() or FILE.read_text("utf-8") != text():
            sys.exit(f"{FILE.relative_to(ROOT)} is not current; `make docs` renews it")
        return
    FILE.write_text(text(), "utf-8")


if __name__ == "__main__":
    main()
