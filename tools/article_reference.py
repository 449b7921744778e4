# SPDX-License-Identifier: Apache-2.0
"""Write docs/reference/articles.md: each article of the rules, and where it is in the code.

The rows are those of articles.toml; with --check a page that is not current fails.
tests/library/credit/test_tables_of_law.py holds the rows true.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from generated import ROOT, link_to_test, renew

TABLE = ROOT / "tools/articles.toml"
PAGE = ROOT / "docs/reference/articles.md"

HEAD = """# Where the law is in the code

Each article with the functions that keep it on chain, the rules of the library that keep it off
chain, and the tests of the same name; or why there is none. The texts are the ICC's own and are
cited, not quoted. How to read this page is told in [the law in the code](../explanation/law.md);
what a credit may modify and what is a reading stands in [switches](switches.md). `make docs` renews
this page.
"""

COLUMNS = "| article | rule | on chain | in the library | tests |\n|---|---|---|---|---|"


@dataclass(frozen=True)
class Article:
    """One row; the fields are explained in articles.toml."""

    rules: str
    article: str
    rule: str
    contract: tuple[str, ...] = ()
    library: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    off_chain: str | None = None
    not_yet: str | None = None
    awaits: str | None = None


def articles() -> list[Article]:
    """All rows, in the order of the table."""
    lists = ("contract", "library", "tests")
    return [
        Article(**row | {name: tuple(row.get(name, ())) for name in lists})
        for row in tomllib.loads(TABLE.read_text("utf-8"))["article"]
    ]


def cells(row: Article) -> tuple[str, ...]:
    """The cells of a row."""
    on_chain = [f"`{name}`" for name in row.contract]
    if row.off_chain:
        on_chain.append(f"off chain: {row.off_chain}")
    if row.awaits:
        on_chain.append(f"not yet: the contract {row.awaits}")
    if row.not_yet:
        on_chain.append(f"not yet: {row.not_yet}")
    library = [f"`{name.replace(':', '.')}`" for name in row.library]
    return (
        row.article,
        row.rule,
        listed(on_chain),
        listed(library),
        listed(map(link_to_test, row.tests)),
    )


def listed(parts: Iterable[str]) -> str:
    """Several entries of one cell."""
    return "<br>".join(parts)


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for rules, rows in groupby(articles(), lambda row: row.rules):
        parts.append(f"\n## {rules}\n\n{COLUMNS}")
        parts += ["| " + " | ".join(cells(row)) + " |" for row in rows]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    renew({PAGE: page()})
