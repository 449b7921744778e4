# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema of summary.json, for whoever reads that file with programs of their own.

summary_schema.py writes docs/reference/summary.schema.json; a test holds the file to the library.
"""

from __future__ import annotations

import json
from pathlib import Path

from yangshan.story.summary import schema

FILE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "summary.schema.json"


def text() -> str:
    """What the file holds."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
