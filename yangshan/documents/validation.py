# SPDX-License-Identifier: Apache-2.0
"""A document held to its schema: every finding at once, each with its field and rule."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from yangshan.documents.canonical import escaped
from yangshan.documents.formats import FORMATS, decimals, is_day
from yangshan.documents.schema import schema_of
from yangshan.errors import Refused
from yangshan.money import Currency, UnknownCurrency

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yangshan.documents.document import Document
    from yangshan.documents.schema import Node, Row, Rule, Schema, When

# How much of a name is shown that is none of ours.
_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at ``path``; ``rule``: a format, ``mandatory``, ``unknown``, a rule's id."""

    path: str
    name: str
    rule: str
    message: str
    severity: Literal["error", "warning"] = "error"


class SchemaBroken(Refused):
    """A document that does not keep its schema; ``found`` are the errors."""

    def __init__(self, document: Document, found: Sequence[Finding]) -> None:
        more = f" ({len(found)} findings; `documents check` lists them.)" if found[1:] else ""
        super().__init__(f"This is no {document.type}: {found[0].message}{more}")
        self.found = tuple(found)


def check(document: Document) -> list[Finding]:
    """All findings, in the order of the fields; none for a document that keeps its schema.

    Raises :class:`~yangshan.documents.schema.UnknownKind`.
    """
    schema = schema_of(document.kind, document.version)
    found = list(_object(document, schema.top, document.fields, ""))
    for rule in schema.rules:
        found += _rule(document, schema, rule)
    return found


def require_valid(document: Document) -> None:
    """Raises :class:`SchemaBroken` if :func:`check` finds an error, or what it raises."""
    errors = [each for each in check(document) if each.severity == "error"]
    if errors:
        raise SchemaBroken(document, errors)


def _object(document: Document, node: Node, value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield _finding(node.row, path, "object", f"expected {FORMATS['object'].rule}")
        return
    if not value:
        yield _finding(node.row, path, "object", "it is empty; leave it out")
    for name, part in node.parts.items():
        here = f"{path}/{name}"
        if name in value:
            yield from _value(document, part, value[name], here)
        elif part.row.status == "M":
            yield _finding(part.row, here, "mandatory", "it is missing, and is mandatory")
    for name in value:
        if name not in node.parts:
            near = difflib.get_close_matches(name[:_SHOWN], node.parts, 1)
            hint = f"; the nearest is {near[0]}" if near else ""
            row = node.row.model_copy(update={"name": name[:_SHOWN] or "Nameless"})
            here = f"{path}/{escaped(name)}"
            yield _finding(row, here, "unknown", f"the schema has no such field{hint}")


def _value(document: Document, node: Node, value: Any, path: str) -> Iterator[Finding]:
    row = node.row
    if row.format == "object":
        yield from _object(document, node, value, path)
    elif row.format == "list":
        yield from _list(document, node, value, path)
    elif wrong := FORMATS[row.format].wrong(row, value):
        kind = FORMATS[row.format]
        yield _finding(
            row, path, row.format, f"{wrong}; expected {kind.rule}", doubtful=kind.doubtful
        )
    elif row.currency:
        yield from _decimals(document, row, value, path)


def _list(document: Document, node: Node, value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, list) or not value:
        yield _finding(node.row, path, "list", f"expected {FORMATS['list'].rule}")
        return
    if len(value) > node.row.most:
        yield _finding(
            node.row, path, "list", f"it has {len(value)} items, and at most {node.row.most} may be"
        )
    assert node.item is not None
    for place, item in enumerate(value[: node.row.most]):
        yield from _value(document, node.item, item, f"{path}/{place}")


def _decimals(document: Document, row: Row, value: str, path: str) -> Iterator[Finding]:
    code = document.get(row.currency)
    try:
        currency = Currency.of(code if isinstance(code, str) else "")
    except UnknownCurrency:
        return  # Said of the currency itself.
    if decimals(value) > currency.decimals:
        yield _finding(
            row,
            path,
            "amount",
            f"{value} has {decimals(value)} decimals, and {code} has {currency.decimals} "
            "(ISO 4217)",
        )


def _rule(document: Document, schema: Schema, rule: Rule) -> Iterator[Finding]:
    bases = [path for path, _ in document.find(rule.each)] if rule.each else [""]
    for base in bases:
        if not all(_stands(document, base, when) for when in rule.when):
            continue
        paths = [base + path for path in rule.paths]
        there = [path for path in paths if document.get(path) is not None]
        match rule.kind:
            case "exactly_one":
                broken = len(there) != 1
            case "at_least_one":
                broken = not there
            case "requires":
                broken = len(there) < len(paths)
            case "forbids":
                broken = bool(there)
            case "equals":
                broken = any(document.get(path) != rule.value for path in there)
            case "order":
                days = [day for path in there if is_day(day := document.get(path))]
                broken = days != sorted(days, key=str)
        if broken:
            row = next(row for row in schema.rows if row.path == rule.each + rule.paths[0])
            doubtful = rule.severity == "warning"
            yield _finding(
                row, paths[0], rule.id, f"{rule.text} ({rule.source})", doubtful=doubtful
            )


def _stands(document: Document, base: str, when: When) -> bool:
    value = document.get(base + when.path)
    return value in when.among if when.among else value is not None


def _finding(row: Row, path: str, rule: str, message: str, *, doubtful: bool = False) -> Finding:
    shown = path if len(path) <= 2 * _SHOWN else f"{path[: 2 * _SHOWN]}..."
    where = f"{row.name} ({shown or 'fields'})"
    severity: Literal["error", "warning"] = "warning" if doubtful else "error"
    return Finding(path, row.name, rule, f"{where}: {message}.", severity)
