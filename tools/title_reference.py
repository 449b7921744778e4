# SPDX-License-Identifier: Apache-2.0
"""The JSON Schemas of the files of titles, for whoever reads them with programs of their own.

title_reference.py writes them under docs/reference; with --check a file that is not current fails.
"""

from __future__ import annotations

import json

from generated import ROOT, renew

from yangshan.titles.endorsements import chain_schema
from yangshan.titles.references import title_schema

REFERENCE = ROOT / "docs" / "reference"


def pages() -> dict[str, object]:
    """The schemas by the names of their files."""
    return {"endorsement-chain": chain_schema(), "title": title_schema()}


if __name__ == "__main__":
    renew(
        {
            REFERENCE / f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False)
            + "\n"
            for name, schema in pages().items()
        }
    )
