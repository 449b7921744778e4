# SPDX-License-Identifier: Apache-2.0
"""Functions in the place of constants that faults change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from edits import Change, Fault, Insertion, extent, nodes

Json = dict[str, Any]


@dataclass(eq=False)
class _Constant:
    """A constant of a contract or library, with what holds it and where it is named."""

    file: str
    node: Json
    within: Json
    named: list[tuple[str, Json]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    # Of its own and of the constants that it is made of.
    faults: set[Fault] = field(default_factory=set)

    @property
    def value(self) -> tuple[int, int]:
        return extent(self.node["value"])

    @property
    def is_shared(self) -> bool:
        return self.node["visibility"] not in ("private", "internal")

    def is_meant(self, file: str, name: Json) -> bool:
        """Whether a name that is written like its own means it."""
        if name["nodeType"] == "MemberAccess":
            return bool(name["expression"].get("name") == self.within["name"])
        start, end = extent(self.within)
        return file == self.file and start < extent(name)[0] < end

    def holds(self, file: str, name: Json) -> bool:
        """Whether a name stands in its value."""
        start, end = self.value
        return file == self.file and start <= extent(name)[0] < end


def _constants(trees: Json) -> list[_Constant]:
    """All of them; none is there whose place only a constant can take."""
    names: dict[str, list[tuple[str, Json]]] = {}
    fixed = set()
    for file, tree in trees.items():
        for one in nodes(tree, "Identifier", "MemberAccess"):
            names.setdefault(one.get("name") or one["memberName"], []).append((file, one))
        for one in nodes(tree, "ArrayTypeName"):
            fixed |= {each.get("name") for each in nodes(one.get("length"), "Identifier")}
            fixed |= {each["memberName"] for each in nodes(one.get("length"), "MemberAccess")}
        fixed |= {each["name"] for each in nodes(tree, "YulIdentifier")}
    found = [
        _Constant(file, node, within)
        for file, tree in trees.items()
        for within in nodes(tree, "ContractDefinition")
        for node in within["nodes"]
        if node["nodeType"] == "VariableDeclaration" and node["constant"]
    ]
    for each in found:
        named = names.get(each.node["name"], [])
        each.named = [(file, name) for file, name in named if each.is_meant(file, name)]
    return [each for each in found if each.node["name"] not in fixed]


def in_constants(
    sources: dict[str, bytes], trees: Json, changes: list[Change]
) -> Iterator[tuple[str, Insertion]]:
    """A function behind each constant that changes, and its call where the constant is named."""
    constants = _constants(trees)
    for change in changes:
        for constant in constants:
            if constant.file == change.fault.file and change.lies_in(*constant.value):
                made = _made_of(constant, constants)
                if not any(each.is_shared for each in made):
                    constant.changes.append(change)
                    for each in made:
                        each.faults.add(change.fault)
    turned = [each for each in constants if each.faults]
    calls: dict[int, list[Insertion]] = {id(each): [] for each in turned}
    for constant in turned:
        for file, name in constant.named:
            call = Insertion(extent(name)[1])
            call.add("__switched()", *sorted(constant.faults))
            holders = [id(each) for each in constants if each.holds(file, name)]
            if holders:
                calls[holders[0]].append(call)
            else:
                yield file, call
    for constant in turned:
        yield constant.file, _behind(constant, sources[constant.file], calls[id(constant)])


def _made_of(constant: _Constant, constants: list[_Constant]) -> list[_Constant]:
    """A constant and those in whose values it is named, also by way of others."""
    found, waiting = [], [constant]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.append(one)
            waiting += [e for e in constants if any(e.holds(*name) for name in one.named)]
    return found


def _behind(constant: _Constant, source: bytes, calls: list[Insertion]) -> Insertion:
    """The function that stands for a constant, with the calls that its value is made of."""
    start, end = constant.value
    written = Insertion(extent(constant.within)[1] - 1)
    written.add(f" function {constant.node['name']}__switched() {constant.node['visibility']} pure")
    kind = source[slice(*extent(constant.node["typeName"]))]
    written.add(b" returns (" + kind + b") {")
    for change in constant.changes:
        spoilt = change.applied(source, start, end)
        question = f" if (Faults.on() == {change.number}) return ".encode()
        written.add(question + spoilt + b";", change.fault)
    written.add(" return ")
    for call in sorted(calls, key=lambda one: one.place):
        written.add(source[start : call.place])
        written.pieces += call.pieces
        start = call.place
    written.add(source[start:end] + b"; }\n")
    return written
