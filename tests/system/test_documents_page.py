# SPDX-License-Identifier: Apache-2.0
"""Runs docs/how-to/register-documents.md from its first command to its last, as a reader would."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from chains import ROOT
from pages import parts
from terminals import Running

from yangshan.cli import run

PAGE = ROOT / "docs" / "how-to" / "register-documents.md"

pytestmark = pytest.mark.usefixtures("away")


def test_the_page_runs_from_its_first_command_to_its_last(
    running: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    commands, scripts = [], []
    for kind, text in parts(PAGE):
        if kind == "python":
            script = text.replace("build/node", str(running.home)).replace(
                "http://127.0.0.1:8545", running.url
            )
            exec(compile(script, str(PAGE), "exec"), {})
            scripts.append(capsys.readouterr().out)
            continue
        words = shlex.split(text)
        assert words[0] == "yangshan", text
        code = run(words[1:])
        said = capsys.readouterr()
        assert (code, said.err) == (0, ""), (text, said.err)
        commands.append(tuple(words[1:3]))
    acts = ("register", "supersede", "revoke", "verify", "show")
    assert {each for noun, each in commands if noun == "documents"} >= set(acts)
    assert {each for noun, each in commands if noun == "customs"} == {
        *("declare", "release", "amend", "withdraw", "show")
    }
    (printed,) = scripts
    assert printed.startswith("11 REGISTERED 2025-09-01 ")
    assert printed.count("\n") == 1
