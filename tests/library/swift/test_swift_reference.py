# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from yangshan.swift.definitions import definitions

ROOT = Path(__file__).parents[3]


def test_the_page_of_the_messages_is_current() -> None:
    """`make docs` renews it."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "swift_reference.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_page_names_every_message_and_every_rule() -> None:
    page = (ROOT / "docs" / "reference" / "swift.md").read_text(encoding="utf-8")
    for kind, message in definitions().messages.items():
        assert f"\n## MT {kind}: {message.name}\n" in page
        for rule in message.rules:
            assert f"| {rule.id} | {rule.code}" in page
