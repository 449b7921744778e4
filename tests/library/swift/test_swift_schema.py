# SPDX-License-Identifier: Apache-2.0
"""The published schema of messages, and the JSON of every message of the corpus against it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from swift_corpus import BASES
from swift_texts import VALID, fin

from yangshan.swift import read
from yangshan.swift.as_json import message_as_json, texts_from_json

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs/reference/swift-message.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
EXAMPLES = [(kind, name, rows) for kind, bases in BASES.items() for name, rows in bases.items()]
EXAMPLES += [(kind, name, list(fields.items())) for name, (kind, fields) in VALID.items()]


def written(kind: str, rows: list[tuple[str, str]]) -> dict[str, Any]:
    (message,) = read(fin(kind, rows))
    return message_as_json(message).model_dump(mode="json")


def test_the_schema_is_current_and_is_one() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "swift_schema.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("kind", "name", "rows"), EXAMPLES, ids=[f"{kind} {name}" for kind, name, _ in EXAMPLES]
)
def test_the_json_of_every_message_keeps_the_schema_and_comes_back(
    kind: str, name: str, rows: list[tuple[str, str]]
) -> None:
    out = written(kind, rows)
    VALIDATOR.validate([out])
    assert all(field["name"] and field["parts"] is not None for field in out["fields"])
    assert texts_from_json(json.dumps([out]).encode()) == [fin(kind, rows)]


@pytest.mark.parametrize(
    "spoil",
    [
        {"type": "7000"},
        {"type": None},
        {"sender": "YSHACNSHX"},
        {"fields": None},
        {"fields": [{"tag": "20"}]},
        {"fields": [{"tag": "20-", "value": "A"}]},
        {"more": 1},
    ],
)
def test_what_is_no_message_breaks_the_schema(spoil: dict[str, Any]) -> None:
    out = written("799", [("20", "A"), ("79", "B")])
    with pytest.raises(ValidationError):
        VALIDATOR.validate([out | spoil])
