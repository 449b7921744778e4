# SPDX-License-Identifier: Apache-2.0
"""Write docs/reference/switches.md: what a credit may modify, and what is a reading.

The rows are those of yangshan/credit/data/switches.toml; with --check a page that is not current
fails. tests/library/credit/test_tables_of_law.py holds the rows true.
"""

from __future__ import annotations

from generated import ROOT, link_to_test, renew

from yangshan.credit.switches import Switch, SwitchKind, switches

PAGE = ROOT / "docs/reference/switches.md"

HEAD = """# Switches

What holds where a credit is silent, and where something else is set or told. A chain bit is set
with the credit and then binds everybody; a library option is a parameter; a warning is told to a
person and refuses nothing, nor does a [check of documents](examination.md) that gives one. `make
docs` renews this page.
"""

TITLES = {
    SwitchKind.MODIFIABLE: (
        "Rules that a credit may modify or exclude",
        "UCP 600 art. 1. The library reads them from the words of 40E and 47A, and tells each.",
    ),
    SwitchKind.UNSETTLED: (
        "Readings",
        "The sources differ or do not bear a rule alone; the default keeps the bank's duty.",
    ),
}

COLUMNS = "| switch | article | rule | where silent | where | tests |\n|---|---|---|---|---|---|"


def where(row: Switch) -> str:
    """By what a row is set or told."""
    found = [f"{each.means.value} `{each.name.replace(':', '.')}`" for each in row.enforced]
    if row.awaits:
        found.append(f"not yet: {row.awaits}")
    return "<br>".join(found)


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for kind, (title, text) in TITLES.items():
        parts.append(f"\n## {title}\n\n{text}\n\n{COLUMNS}")
        for row in switches().values():
            if row.kind is kind:
                tests = "<br>".join(map(link_to_test, row.tests))
                cells = (f"`{row.id}`", row.article, row.rule, row.default, where(row), tests)
                parts.append("| " + " | ".join(cells) + " |")
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    renew({PAGE: page()})
