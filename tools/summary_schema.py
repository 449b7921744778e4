# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema of summary.json, for whoever reads that file with programs of their own.

summary_schema.py writes docs/reference/summary.schema.json; with --check a file that is not current
fails.
"""

from __future__ import annotations

from generated import ROOT, renew, schema_text

from yangshan.story.summary import schema

FILE = ROOT / "docs" / "reference" / "summary.schema.json"


if __name__ == "__main__":
    renew({FILE: schema_text(schema())})
