# SPDX-License-Identifier: Apache-2.0
"""Code of the contracts with faults: all that can be switched at once, each other by itself.

Only behaviour matters here, so the compiler's quick way is taken: no optimizer, not through the IR.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import Any, Final

from edits import Fault
from schemata import Switched, switched

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
SUITE: Final = ROOT / "build/suite.json"
REMAPPING: Final = "@openzeppelin/=node_modules/@openzeppelin/"
# Contracts in one question to the compiler: with more of them little is saved.
AT_ONCE: Final = 12
# What behaviour does not depend on takes time.
STEPS: Final = (
    *("peephole", "inliner", "jumpdestRemover", "orderLiterals"),
    *("deduplicate", "cse", "constantOptimizer", "yul"),
)
UNOPTIMIZED: Final = {"enabled": False, "details": dict.fromkeys(STEPS, False)}

Json = dict[str, Any]
# A source and a contract in it.
Place = tuple[str, str]
# Code by the contract's name.
Code = dict[str, str]


class Unfit(Exception):
    """A mutant that cannot be tried."""


class Refused(Exception):
    """What the compiler has against sources: its errors."""

    def __init__(self, errors: list[Json]) -> None:
        super().__init__(errors[0]["message"])
        self.errors = errors


class Compiler:
    """npm's compiler in a process that stays."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", str(HERE / "compiler.js")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Compiler:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def trees(self, texts: dict[str, str]) -> Json:
        """The tree of each source, as parsed; raises Refused."""
        answer = self._answer(texts, {"*": {"": ["ast"]}}, stopAfter="parsing")
        return {file: answer["sources"][file]["ast"] for file in texts}

    def compiled(self, texts: dict[str, str], wanted: Iterable[Place]) -> dict[Place, str]:
        """Code of the contracts ``wanted``; raises Refused."""
        selection: dict[str, dict[str, list[str]]] = {}
        for source, name in wanted:
            selection.setdefault(source, {})[name] = ["evm.bytecode.object"]
        # The metadata would be another for each copy of a source.
        answer = self._answer(
            texts, selection, optimizer=UNOPTIMIZED, metadata={"appendCBOR": False}
        )
        return {
            (source, name): answer["contracts"][source][name]["evm"]["bytecode"]["object"]
            for source, names in selection.items()
            for name in names
        }

    def _answer(self, texts: dict[str, str], selection: Json, **settings: Any) -> Json:
        settings |= {
            "evmVersion": "paris",
            "remappings": [REMAPPING],
            "outputSelection": selection,
        }
        question = {
            "language": "Solidity",
            "sources": {name: {"content": text} for name, text in texts.items()},
            "settings": settings,
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer: Json = json.loads(self._process.stdout.readline())
        errors = [one for one in answer.get("errors", []) if one["severity"] == "error"]
        if errors:
            raise Refused(errors)
        return answer


@dataclass(frozen=True)
class Compiled:
    """The contracts with the faults that can be switched, and those with each of the others."""

    code: Code
    numbers: dict[Fault, int]
    apart: dict[Fault, Code | Unfit]


def compiled(faults: Iterable[Fault]) -> Compiled:
    """All faults, each in one of the two ways."""
    faults = set(faults)
    suite: Json = json.loads(SUITE.read_text("utf-8"))
    # Libraries of internal functions stand in their callers' code.
    contracts = {name: one["source"] for name, one in suite["contracts"].items() if one["abi"]}
    with Compiler() as compiler:
        field = Field(compiler, sources(), contracts)
        code, numbers = field.together(faults)
        return Compiled(code, numbers, field.apart(faults - numbers.keys()))


def sources() -> dict[str, str]:
    """Every Solidity file of ours by its path from the root."""
    return {
        str(path.relative_to(ROOT)): path.read_text("utf-8")
        for folder in ("contracts", "interfaces")
        for path in sorted((ROOT / folder).rglob("*.sol"))
    }


def with_imports(files: Iterable[str], texts: dict[str, str]) -> set[str]:
    """Sources and those of ours that they import, one from another."""
    found, waiting = set(), [*files]
    while waiting:
        one = waiting.pop()
        if one not in found and one in texts:
            found.add(one)
            waiting += re.findall(r'import[^;]*?"([^"]+)";', texts[one])
    return found


def in_folder(folder: str, touched: set[str], texts: dict[str, str]) -> dict[str, str]:
    """Copies of the sources ``touched`` in a folder of their own, which import each other there."""
    copies = {}
    for path in touched:
        text = texts[path]
        for other in touched:
            text = text.replace(f'"{other}"', f'"{folder}/{other}"')
        copies[f"{folder}/{path}"] = text
    return copies


def with_fault(fault: Fault, texts: dict[str, str]) -> dict[str, str]:
    """The sources with a fault; raises Unfit."""
    text = texts.get(fault.file, "")
    count = text.count(fault.original)
    if count != 1:
        raise Unfit(f"its text stands {count} times in {fault.file}, not once")
    if fault.original == fault.replacement:
        raise Unfit("it changes nothing")
    return texts | {fault.file: text.replace(fault.original, fault.replacement)}


class Field:
    """The sound sources, in which of them each contract is, and what it needs."""

    def __init__(
        self, compiler: Compiler, texts: dict[str, str], contracts: dict[str, str]
    ) -> None:
        self.compiler = compiler
        self.texts = texts
        self.contracts = contracts
        self.needs = {name: with_imports([file], texts) for name, file in contracts.items()}

    def together(self, faults: set[Fault]) -> tuple[Code, dict[Fault, int]]:
        """Code that has all faults in it that can be switched, and the number of each.

        Those with which it does not compile are left out.
        """
        trees = self.compiler.trees(self.texts)
        places = [(source, name) for name, source in self.contracts.items()]
        while True:
            made = switched(self.texts, trees, faults)
            try:
                found = self.compiler.compiled(made.texts, places)
            except Refused as refused:
                wrong = blamed(made, refused.errors)
                if not wrong:
                    raise
                faults = faults - wrong
            else:
                return {name: code for (_, name), code in found.items()}, made.numbers

    def apart(self, faults: Iterable[Fault]) -> dict[Fault, Code | Unfit]:
        """Code of what each fault changes, compiled by itself."""
        found: dict[Fault, Code | Unfit] = {}
        for file, group in groupby(sorted(faults), lambda one: one.file):
            size = max(1, AT_ONCE // max(1, len(self._touched_by(file))))
            of_file = list(group)
            for at in range(0, len(of_file), size):
                found |= self._codes(of_file[at : at + size])
        return found

    def _touched_by(self, file: str) -> list[str]:
        """The contracts into which a source goes."""
        return [name for name, needs in self.needs.items() if file in needs]

    def _codes(self, faults: list[Fault]) -> dict[Fault, Code | Unfit]:
        """Of faults of one file; one that does not compile is found by trying them one by one."""
        try:
            return dict(self._compiled(faults))
        except Refused as refused:
            reason = Unfit(f"it does not compile: {refused}")
        except Unfit as unfit:
            reason = unfit
        if len(faults) == 1:
            return {faults[0]: reason}
        return {key: code for one in faults for key, code in self._codes([one]).items()}

    def _compiled(self, faults: list[Fault]) -> dict[Fault, Code]:
        file = faults[0].file
        names = self._touched_by(file)
        if not names:
            raise Unfit(f"no contract needs {file}")
        needed = with_imports([self.contracts[name] for name in names], self.texts)
        touched = {path for path in needed if file in with_imports([path], self.texts)}
        texts = {path: self.texts[path] for path in needed - touched}
        wanted = {}
        for number, fault in enumerate(faults):
            folder = f"fault{number}"
            texts |= in_folder(folder, touched, with_fault(fault, self.texts))
            wanted[fault] = {(f"{folder}/{self.contracts[name]}", name) for name in names}
        found = self.compiler.compiled(texts, chain(*wanted.values()))
        return {key: {place[1]: found[place] for place in of} for key, of in wanted.items()}


def blamed(made: Switched, errors: list[Json]) -> set[Fault]:
    """The faults to which errors are due; all of a source if the error lies in none of them."""
    found: set[Fault] = set()
    for error in errors:
        place = error.get("sourceLocation")
        if place:
            of_file = {fault for fault in made.numbers if fault.file == place["file"]}
            found |= made.blamed(place["file"], place["start"], place["end"]) or of_file
    return found or set(made.numbers)
