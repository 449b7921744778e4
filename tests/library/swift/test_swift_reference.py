# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from yangshan.swift.definitions import definitions

ROOT = Path(__file__).parents[3]


def test_the_pages_of_the_messages_are_current() -> None:
    """`make docs` renews it."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "swift_reference.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("kind", sorted(definitions().messages))
def test_the_page_of_a_message_names_its_fields_rules_and_what_it_was(kind: str) -> None:
    message = definitions().messages[kind]
    page = (ROOT / "docs" / "reference" / "swift" / f"MT{kind}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# MT {kind}: {message.name}\n")
    assert "not certified by SWIFT" in page
    for row in message.rows:
        assert f"\n| {row.tag} | {row.status}" in page
    for rule in message.rules:
        assert f"\n| {rule.id} | {rule.code}" in page
    for old in definitions().legacy.fields:
        assert (f"\n| {old.tag} | `{old.spec}` | " in page) == (kind in old.messages)


def test_the_index_names_every_message_and_code() -> None:
    page = (ROOT / "docs" / "reference" / "swift.md").read_text(encoding="utf-8")
    for kind in definitions().messages:
        assert f"[MT {kind}](swift/MT{kind}.md)" in page
    for code in definitions().own_codes:
        assert f"\n| {code} | " in page
