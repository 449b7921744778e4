# SPDX-License-Identifier: Apache-2.0
"""Write docs/reference/invariants.md from tests/proofs/invariants.toml.

With --check a page that is not current fails.
"""

from __future__ import annotations

import re
import sys
import tomllib

from generated import ROOT, renew

TABLE = ROOT / "tests/proofs/invariants.toml"
PAGE = ROOT / "docs/reference/invariants.md"

HEAD = """# What always holds of credits, documents and titles

After any acts of anybody, in any order and at any time. Each row is held on the contracts as they
are built, by forge (`tests/proofs`, the function of its number) and after every act of random
lives beside a model (`tests/evm/invariants_*.py`); those of credits on the model itself too. So
that none of them says nothing, each must find the fault of `tests/mutants` that stands beside it.
The properties are those that were asked of the suite before it was written. `make docs` renews this
page.
"""
HEADING = re.compile(r"^# (?!Properties)([A-Z]\w+(?: [\w ,]+)?)\n\n(.*?)(?=^# |\Z)", re.M | re.S)


def page() -> str:
    """The page."""
    text = TABLE.read_text("utf-8")
    table = tomllib.loads(text)
    rows = {row["id"]: row for row in table["invariant"]}
    parts = [HEAD.rstrip("\n")]
    # The comments of the table are its headings.
    for heading, body in HEADING.findall(text):
        lines = [f"## {heading}\n", "| | holds | source | finds the fault |", "|---|---|---|---|"]
        for number in re.findall(r'^id = "(\w+)"', body, re.M):
            row = rows.pop(number)
            lines.append(f"| {number} | {row['holds']} | {row['source']} | {row['mutant']} |")
        parts.append("\n".join(lines))
    if rows:
        sys.exit(f"rows without a heading: {', '.join(rows)}")
    lines = ["## Properties\n", "| | holds | by |", "|---|---|---|"]
    for each in table["property"]:
        number = each["number"]
        by = ", ".join(holders(table["invariant"], number)) or elsewhere(each)
        lines.append(f"| {number} | {each['holds']} | {by} |")
    return "\n\n".join([*parts, "\n".join(lines)]) + "\n"


def elsewhere(property_: dict[str, str]) -> str:
    """Where a property is held, or for what it waits."""
    if "test" in property_:
        return f"`{property_['test'].replace('::', '`, `')}`"
    return f"waits for {property_['waits']}"


def holders(rows: list[dict[str, str]], number: int) -> list[str]:
    """The rows by which a property is held."""
    found = []
    for row in rows:
        _, _, named = row["source"].partition("propert")
        if str(number) in re.findall(r"\d+", named):
            found.append(row["id"])
    return found


if __name__ == "__main__":
    renew({PAGE: page()})
