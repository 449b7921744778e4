# SPDX-License-Identifier: Apache-2.0
"""Copies of functions with faults in them, and the question which of them is to be run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from edits import Change, Insertion, extent, nodes

Json = dict[str, Any]


def in_functions(source: bytes, tree: Json, changes: list[Change]) -> Iterator[Insertion]:
    free = [id(node) for node in tree["nodes"]]
    for node in nodes(tree, "FunctionDefinition"):
        if node["body"] is None or node["kind"] not in ("function", "freeFunction"):
            continue
        start, end = extent(node["body"])
        inside = [change for change in changes if change.lies_in(start + 1, end - 1)]
        if inside:
            yield from _in_function(source, node, inside, free=id(node) in free)


def _in_function(
    source: bytes, node: Json, changes: list[Change], *, free: bool
) -> Iterator[Insertion]:
    """The question at its beginning and the copies behind it."""
    parameters, results = node["parameters"], node["returnParameters"]
    at, parameters_end = extent(parameters)
    names, signature = [], b""
    for place, each in enumerate(parameters["parameters"]):
        _, end = extent(each)
        names.append(each["name"] or f"unnamed__{place}")
        new_name = b"" if each["name"] else f" {names[-1]}".encode()
        signature += source[at:end] + new_name
        if new_name:
            yield Insertion(end, [(new_name, ())])
        at = end
    signature += source[at:parameters_end]
    if not free:
        signature += b" private"
    if node["stateMutability"] in ("pure", "view"):
        signature += f" {node['stateMutability']}".encode()
    if results["parameters"]:
        signature += b" returns " + source[slice(*extent(results))]

    start, end = extent(node["body"])
    question, copies = Insertion(start + 1), Insertion(extent(node)[1])
    question.add(f" if (Faults.among({changes[0].number}, {changes[-1].number})) {{")
    for change in changes:
        name = f"{node['name']}__fault{change.number}"
        call = f"{name}({', '.join(names)});"
        call = f"return {call}" if results["parameters"] else f"{{ {call} return; }}"
        question.add(f" if (Faults.on() == {change.number}) {call}", change.fault)
        spoilt = change.applied(source, start, end)
        copies.add(b" function " + name.encode() + signature + b" " + spoilt, change.fault)
    question.add(" }")
    yield question
    yield copies
