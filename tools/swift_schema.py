# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema of messages, as `swift show --json` and `swift convert` write and read them.

swift_schema.py writes docs/reference/swift-message.schema.json; with --check a file that is not
current fails.
"""

from __future__ import annotations

from generated import ROOT, renew, schema_text

from yangshan.swift.as_json import schema

FILE = ROOT / "docs" / "reference" / "swift-message.schema.json"


if __name__ == "__main__":
    renew({FILE: schema_text(schema())})
