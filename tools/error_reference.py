# SPDX-License-Identifier: Apache-2.0
"""Write docs/reference/errors.md: every error of the contracts, what it says and its cure.

The sentences are the library's, the causes the interfaces' own words, the cures those of
error_cures.toml. An error without a cure, or a cure without an error, fails; so does, with --check,
a page that is not current.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib

from generated import ROOT, renew

from yangshan.chain.reverts import ContractError
from yangshan.chain.reverts.decoding import custom_errors

PAGE = ROOT / "docs/reference/errors.md"

HEAD = """# Errors of the contracts

What a contract refuses changes nothing. The library raises a class of the same name from
`yangshan.chain.reverts`, with the arguments as typed fields; its sentence is `str(error)`.
`make docs` renews this page.
"""

COLUMNS = "| error | what it says | cause | cure |\n|---|---|---|---|"

# The words before an error in an interface: its notice, and maybe its parameters.
NOTICE = re.compile(
    r"/// @notice ((?:.|\n    /// (?!@))*?)\n"
    r"(?:    /// @(?:.|\n    /// (?!@))*?\n)*"
    r"    error (\w+)\("
)


def notices() -> dict[str, str]:
    """What the interfaces say of each error, in their own words."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / "interfaces").glob("*.sol")):
        for text, name in NOTICE.findall(file.read_text("utf-8")):
            found[name] = re.sub(r"\s*\n\s*/// ", " ", text)
    return found


def homes() -> dict[str, list[str]]:
    """Which contracts can raise each error, from their compiled ABIs."""
    suite = json.loads((ROOT / "build/suite.json").read_text("utf-8"))
    found: dict[str, list[str]] = {}
    for name, artifact in suite["contracts"].items():
        for entry in artifact["abi"]:
            if entry["type"] == "error":
                found.setdefault(entry["name"], []).append(name)
    return found


def sentence(kind: type[ContractError]) -> str:
    """The library's sentence with its fields as words in angle brackets."""
    template = getattr(kind, "text", None) or " ".join((kind.__doc__ or "").split())
    text = re.sub(r"\{(\w+)\}", lambda field: f"⟨{field[1].replace('_', ' ')}⟩", template)
    return text[0].upper() + text[1:].rstrip(".") + "."


def page() -> str:
    """The whole page."""
    kinds = {kind.__name__: kind for kind in custom_errors()}
    cures = tomllib.loads((ROOT / "tools/error_cures.toml").read_text("utf-8"))
    if odd := set(kinds) ^ set(cures):
        sys.exit(f"errors and cures differ: {', '.join(sorted(odd))}")
    said, where = notices(), homes()
    contracts = sorted({name for names in where.values() for name in names})
    parts = [HEAD]
    for contract in contracts:
        mine = sorted(name for name in kinds if contract in where.get(name, []))
        if not mine:
            continue
        parts.append(
            f"\n## {contract}\n\n| error | what it says | cause | cure |\n|---|---|---|---|"
        )
        for name in mine:
            kind = kinds[name]
            rule = f" {kind.article}." if kind.article else ""
            cause = said.get(name, " ".join((kind.__doc__ or "").split()))
            cells = (f"`{name}`", sentence(kind) + rule, cause, cures[name])
            parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    renew({PAGE: page()})
