# SPDX-License-Identifier: Apache-2.0
"""Runs docs/how-to/hold-titles.md from its first command to its last, as a reader would."""

from __future__ import annotations

import json
import shlex
from datetime import timedelta
from pathlib import Path

import pytest
from chains import ROOT
from pages import parts
from terminals import Running

from yangshan.cli import run
from yangshan.cli.app import command

PAGE = ROOT / "docs" / "how-to" / "hold-titles.md"

pytestmark = pytest.mark.usefixtures("away")


def test_the_page_runs_from_its_first_command_to_its_last(
    running: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    verbs, scripts = set(), []
    for kind, text in parts(PAGE):
        if kind == "python":
            script = text.replace("build/node", str(running.home)).replace(
                "http://127.0.0.1:8545", running.url
            )
            exec(compile(script, str(PAGE), "exec"), {})
            scripts.append(capsys.readouterr().out)
            continue
        if kind == "days":
            running.clock.at(running.clock.now + timedelta(days=int(text)))
            continue
        words = shlex.split(text)
        assert words[0] == "yangshan", text
        code = run(words[1:])
        said = capsys.readouterr()
        assert (code, said.err) == (0, ""), (text, said.err)
        if words[1] == "titles":
            verbs.add(words[2])
    titles = command(("titles",)).commands["titles"]  # type: ignore[attr-defined]
    assert verbs == set(titles.commands)
    assert scripts == ["DELIVERED 34\n"]
    chain = json.loads((tmp_path / "chain.json").read_text())
    assert [len(each["envelopeTransferChain"]) for each in chain["chains"]] == [14, 3, 5]
