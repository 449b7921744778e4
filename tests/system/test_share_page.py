# SPDX-License-Identifier: Apache-2.0
"""Runs docs/how-to/share-documents.md from its first command to its last, as a reader would."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from chains import ROOT
from pages import parts
from terminals import Running

from yangshan.cli import run
from yangshan.exchange.settings import store_of

PAGE = ROOT / "docs" / "how-to" / "share-documents.md"

pytestmark = pytest.mark.usefixtures("away")


def test_the_page_runs_from_its_first_command_to_its_last(
    running: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    acts, scripts, stores, address = [], [], [], ""
    for kind, text in parts(PAGE):
        if kind == "toml":
            (tmp_path / "store.toml").write_text(text)
            stores.append(str(store_of(tmp_path / "store.toml", tmp_path)))
            continue
        if kind == "python":
            script = text.replace("build/node", str(running.home)).replace(
                "http://127.0.0.1:8545", running.url
            )
            exec(compile(script, str(PAGE), "exec"), {})
            scripts.append(capsys.readouterr().out)
            continue
        words = [address if word == "ADDRESS" else word for word in shlex.split(text)]
        assert words[:2] == ["yangshan", "documents"], text
        code = run(words[1:])
        said = capsys.readouterr()
        assert (code, said.err) == (0, ""), (text, said.err)
        acts.append(words[2])
        if words[2] == "inbox":
            address = said.out.splitlines()[0]
    assert acts.count("publish-key") == 3
    assert acts[5:] == ["share", "inbox", "fetch", "show", "withdraw", "withdraw"]
    sealed, fetched = (
        json.loads((tmp_path / name).read_text())
        for name in ("invoice.sealed.json", "fetched.json")
    )
    assert fetched == sealed
    assert stores == ["/mnt/trade", "s3://trade-documents/2025 at https://store.example.com"]
    (printed,) = scripts
    lines = printed.splitlines()
    # The first address was withdrawn from all, and the importer has the document under another.
    assert [line.split()[0] for line in lines] == ["11", "11"]
    assert [line.split()[2] for line in lines] == ["withdrawn", "stands"]
    assert lines[0].split()[1] == address[:8] != lines[1].split()[1]
