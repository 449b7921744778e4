# SPDX-License-Identifier: Apache-2.0
"""Calls of ``yangshan documents`` and what they said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from yangshan.cli import run


def call(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    """The exit code of a call, and what it wrote to either side."""
    code = run(["documents", *map(str, words)])
    out, err = capsys.readouterr()
    return code, out, err


def answer(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, Any]:
    """The exit code of a call with ``--json``, and what it answered."""
    code, out, err = call(capsys, *words, "--json")
    assert err == ""
    return code, json.loads(out)
