# SPDX-License-Identifier: Apache-2.0
"""The example documents, and copies of them with something changed."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from yangshan.documents import Document, read_document
from yangshan.documents.document import document_of
from yangshan.documents.schema import schemas

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples" / "documents"
KINDS = tuple(schemas())


def example_json(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{kind}.json").read_text("utf-8"))
    return found


def example(kind: str) -> Document:
    return read_document((EXAMPLES / f"{kind}.json").read_bytes(), kind)


def changed(kind: str, **changes: Any) -> Document:
    """An example with the fields of these top names written anew, or taken away by None."""
    return altered(kind, {f"/{name}": value for name, value in changes.items()})


def altered(kind: str, changes: dict[str, Any]) -> Document:
    """An example with other values at these pointers; None takes away."""
    value = example_json(kind)
    for pointer, new in changes.items():
        put(value["fields"], pointer, new)
    return document_of(value, kind)


def put(fields: Any, pointer: str, new: Any) -> None:
    *above, last = pointer.split("/")[1:]
    here = fields
    for part in above:
        here = here[int(part)] if isinstance(here, list) else here.setdefault(part, {})
    if isinstance(here, list):
        here[int(last)] = copy.deepcopy(new)
    elif new is None:
        here.pop(last, None)
    else:
        here[last] = copy.deepcopy(new)
