# SPDX-License-Identifier: Apache-2.0
"""The published faces are documented whole: interfaces/ is what integrators read.

Every external function, event and error of interfaces/ has @notice, and @param or @return for each
of its parameters and results; every interface has @title and @notice; every struct and enum has
@notice. The compiler's own devdoc and userdoc are asked, so a comment that it does not take for
documentation does not count.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import sol
from suite import signature

Json = dict[str, Any]


def compiled() -> Json:
    """What the compiler says of interfaces/, without making code."""
    settings = {
        "remappings": [f"{sol.REMAPPED}=node_modules/{sol.REMAPPED}"],
        "outputSelection": {"*": {"*": ["abi", "devdoc", "userdoc"], "": ["ast"]}},
    }
    sources = {
        str(path.relative_to(sol.ROOT)): {"content": path.read_text()}
        for path in sol.files("interfaces")
    }
    answer = subprocess.run(
        [str(sol.ROOT / "tools/solc/solc-v0.8.34"), "--standard-json"],
        input=json.dumps({"language": "Solidity", "sources": sources, "settings": settings}),
        capture_output=True,
        text=True,
        cwd=sol.ROOT,
        check=True,
    )
    output: Json = json.loads(answer.stdout)
    errors = [e["formattedMessage"] for e in output.get("errors", []) if e["severity"] == "error"]
    if errors:
        sys.exit("".join(errors))
    return output


def documented(entry: Json, contract: Json) -> tuple[Json, Json]:
    """The user's and the developer's documentation of one ABI entry."""
    group = {"function": "methods", "event": "events", "error": "errors"}[entry["type"]]
    found = []
    for doc in ("userdoc", "devdoc"):
        text = contract[doc].get(group, {}).get(signature(entry), {})
        found.append(text[0] if isinstance(text, list) else text)
    return found[0], found[1]


def lacks_of_entry(entry: Json, contract: Json) -> Iterator[str]:
    """What the documentation of one function, event or error lacks."""
    user, developer = documented(entry, contract)
    if not user.get("notice"):
        yield "@notice"
    for item in entry["inputs"]:
        if not item["name"]:
            yield "a name for each parameter"
        elif not developer.get("params", {}).get(item["name"]):
            yield f"@param {item['name']}"
    for number, item in enumerate(entry.get("outputs", [])):
        name = item["name"] or f"_{number}"
        if not developer.get("returns", {}).get(name):
            yield f"@return {name}"


def own_names(source: Json, name: str) -> set[tuple[str, str]]:
    """Kind and name of what an interface declares itself, without what it inherits."""
    kinds = {
        "FunctionDefinition": "function",
        "EventDefinition": "event",
        "ErrorDefinition": "error",
    }
    return {
        (kinds[member["nodeType"]], member["name"])
        for node in source["ast"]["nodes"]
        if node["nodeType"] == "ContractDefinition" and node["name"] == name
        for member in node["nodes"]
        if member["nodeType"] in kinds
    }


def lacks_of_contract(contract: Json, own: set[tuple[str, str]]) -> Iterator[str]:
    """What the documentation of one interface lacks."""
    if not contract["devdoc"].get("title"):
        yield "@title"
    if not contract["userdoc"].get("notice"):
        yield "@notice"
    for entry in contract["abi"]:
        if (entry["type"], entry.get("name", "")) in own:
            for lack in lacks_of_entry(entry, contract):
                yield f"{lack} of {entry['type']} {signature(entry)}"


def lacks_of_types(node: Any) -> Iterator[str]:
    """Structs and enums without documentation, anywhere in a syntax tree."""
    if isinstance(node, dict):
        if node.get("nodeType") in ("StructDefinition", "EnumDefinition"):
            kind = node["nodeType"].removesuffix("Definition").lower()
            text = (node.get("documentation") or {}).get("text", "")
            if "@notice" not in text:
                yield f"@notice of {kind} {node['canonicalName']}"
        for child in node.values():
            yield from lacks_of_types(child)
    elif isinstance(node, list):
        for child in node:
            yield from lacks_of_types(child)


def main() -> int:
    """Print each gap."""
    output = compiled()
    gaps = []
    for source in sorted(path for path in output["sources"] if path.startswith("interfaces/")):
        gaps += [
            f"{source}: lacks {lack}" for lack in lacks_of_types(output["sources"][source]["ast"])
        ]
        for name, contract in output["contracts"].get(source, {}).items():
            own = own_names(output["sources"][source], name)
            gaps += [f"{source}: {name} lacks {lack}" for lack in lacks_of_contract(contract, own)]
    print("\n".join(gaps), end="\n" if gaps else "", file=sys.stderr)
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main())
