# SPDX-License-Identifier: Apache-2.0
"""Write build/suite.json: every contract as compiled, for the library and for verification.

Two compilations made it: Brownie's under build/contracts and forge's under out/. Their creation
code must be equal to the byte, or nothing is written.

    {"format": 1,
     "compiler": {"version": "0.8.34+commit...",
                  "settings": {"evm_version", "optimizer", "runs", "via_ir", "remappings"}},
     "contracts": {NAME: {"source", "abi", "bytecode", "deployedBytecode", "immutableReferences"}},
     "interfaces": {NAME: {"source", "abi"}},
     "errors": [ABI entries], "events": [ABI entries]}

`bytecode` and `deployedBytecode` are hexadecimal with 0x; `immutableReferences` maps a node number
to places `{"start", "length"}` (bytes) in `deployedBytecode`, which hold zeroes there and on chain
the values. `errors` and `events` hold each signature once, of contracts, interfaces and libraries.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from eth_utils import keccak

ROOT = Path(__file__).resolve().parent.parent
BROWNIE, FORGE, SUITE = ROOT / "build/contracts", ROOT / "out", ROOT / "build/suite.json"

Json = dict[str, Any]


class Mismatch(Exception):
    """The two compilations do not fit together."""


def signature(entry: Json) -> str:
    """The canonical signature of an ABI entry, such as `Refused(bytes32,(uint8,bytes)[])`."""

    def canonical(item: Json) -> str:
        kind: str = item["type"]
        if not kind.startswith("tuple"):
            return kind
        inner = ",".join(canonical(part) for part in item["components"])
        return f"({inner}){kind.removeprefix('tuple')}"

    return f"{entry['name']}({','.join(canonical(item) for item in entry['inputs'])})"


def is_current(metadata: Json, source: str) -> bool:
    """Whether the file is what was compiled: forge keeps artifacts of what was renamed."""
    path = ROOT / source
    recorded: str = metadata["sources"][source]["keccak256"]
    return path.exists() and "0x" + keccak(path.read_bytes()).hex() == recorded


def forge_artifact(source: str, name: str) -> Json:
    """What forge made of contract `name` in file `source` (a path from the root)."""
    path = FORGE / Path(source).name / f"{name}.json"
    if not path.exists():
        raise Mismatch(f"{source}: forge has no {path.relative_to(ROOT)}; run `make build`")
    artifact: Json = json.loads(path.read_text())
    if artifact["metadata"]["settings"]["compilationTarget"] != {source: name}:
        raise Mismatch(
            f"{path.relative_to(ROOT)} is another file's {name}: contract names must be unique"
        )
    if not is_current(artifact["metadata"], source):
        raise Mismatch(f"{source} changed after forge compiled it; run `make build` again")
    return artifact


def contract(brownie: Json) -> tuple[Json, Json]:
    """One contract's entry and forge's metadata of it."""
    name, source = brownie["contractName"], brownie["sourcePath"]
    forge = forge_artifact(source, name)
    code: str = forge["bytecode"]["object"]
    if "__$" in code:
        raise Mismatch(
            f"{source}: {name} needs a linked library, which the suite file does not describe"
        )
    if "0x" + brownie["bytecode"] != code:
        raise Mismatch(
            f"{source}: Brownie's and forge's bytecode of {name} differ; are their settings equal?"
        )
    runtime = forge["deployedBytecode"]
    entry = {
        "source": source,
        "abi": forge["abi"],
        "bytecode": code,
        "deployedBytecode": runtime["object"],
        "immutableReferences": runtime.get("immutableReferences", {}),
    }
    return entry, forge["metadata"]


def contracts() -> tuple[Json, Json]:
    """All contracts of contracts/, and the compiler that made them."""
    found: Json = {}
    compiler: Json = {}
    for path in sorted(BROWNIE.glob("*.json")):
        brownie = json.loads(path.read_text())
        if not brownie["sourcePath"].startswith("contracts/"):
            continue
        entry, metadata = contract(brownie)
        found[brownie["contractName"]] = entry
        settings = metadata["settings"]
        compiler = {
            "version": metadata["compiler"]["version"],
            "settings": {
                "evm_version": settings["evmVersion"],
                "optimizer": settings["optimizer"]["enabled"],
                "runs": settings["optimizer"]["runs"],
                "via_ir": settings.get("viaIR", False),
                "remappings": settings["remappings"],
            },
        }
    if not found:
        raise Mismatch("no contract was compiled")
    return found, compiler


def forge_entries() -> dict[str, tuple[str, Json]]:
    """Name to source and artifact of all that forge compiled, the proofs' harness apart."""
    found = {}
    for path in sorted(FORGE.glob("*.sol/*.json")):
        artifact = json.loads(path.read_text())
        ((source, name),) = artifact["metadata"]["settings"]["compilationTarget"].items()
        if not source.startswith("tests/") and is_current(artifact["metadata"], source):
            found[name] = (source, artifact)
    return found


def merged(entries: dict[str, tuple[str, Json]], kind: str) -> list[Json]:
    """Each error or event once by signature; our interfaces' names of the parameters come first."""
    order = sorted(
        entries.values(), key=lambda pair: (not pair[0].startswith("interfaces/"), pair[0])
    )
    found: dict[str, Json] = {}
    for _, artifact in order:
        for entry in artifact["abi"]:
            if entry["type"] == kind:
                found.setdefault(signature(entry), entry)
    return [found[key] for key in sorted(found)]


def suite() -> Json:
    """The whole file."""
    compiled, compiler = contracts()
    entries = forge_entries()
    faces = {
        name: {"source": source, "abi": artifact["abi"]}
        for name, (source, artifact) in entries.items()
        if source.startswith("interfaces/")
    }
    return {
        "format": 1,
        "compiler": compiler,
        "contracts": compiled,
        "interfaces": faces,
        "errors": merged(entries, "error"),
        "events": merged(entries, "event"),
    }


def main() -> int:
    """Write the file in one step, so that a reader finds the old one or the new one."""
    try:
        text = json.dumps(suite(), indent=1) + "\n"
    except Mismatch as reason:
        print(reason, file=sys.stderr)
        return 1
    draft = SUITE.with_suffix(".draft")
    draft.write_text(text)
    draft.replace(SUITE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
