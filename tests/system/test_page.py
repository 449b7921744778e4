# SPDX-License-Identifier: Apache-2.0
"""Runs docs/how-to/run-an-alliance.md from its first command to its last, as a reader would."""

from __future__ import annotations

import functools
import json
import re
import shlex
from datetime import timedelta
from pathlib import Path

import pytest
from chains import ROOT
from pages import parts
from terminals import Running, Terminal

from yangshan.alliance.service import Alliance
from yangshan.chain.enums import CreditState, MemberStatus, Role
from yangshan.chain.sender import Sender
from yangshan.chain.signers import KeyStore
from yangshan.cli import run
from yangshan.credit.ids import credit_id
from yangshan.workspace import Workspace

PAGE = ROOT / "docs" / "how-to" / "run-an-alliance.md"
CREDIT = ROOT / "examples" / "credits" / "import-credit.mt700"
PIER, IMPORTER, EXPORTER = 14, 9, 11

pytestmark = pytest.mark.usefixtures("away")


def credit_of_the_pier_bank(file: Path) -> None:
    text = CREDIT.read_bytes().decode()
    for old, new in (
        ("YSHACNSHAXXX", "YSCPCNSHAXXX"),
        (":41A:YSHACNSH", ":41A:YSCPCNSH"),
        (":20:YSH25LC000817", ":20:PIER1"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_bytes(text.encode())


def work_less_on_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work that trying a password takes is tested elsewhere."""
    monkeypatch.setattr(KeyStore, "save", functools.partialmethod(KeyStore.save, iterations=2))


def test_the_page_runs_from_its_first_command_to_its_last(
    running: Running,
    terminal: Terminal,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work_less_on_passwords(monkeypatch)
    credit_of_the_pier_bank(tmp_path / "pier-credit.mt700")
    workspace = Workspace(running.home)
    named = {"OBLIGATION": "0x" + "12" * 32}
    commands = 0
    for kind, text in parts(PAGE):
        if kind == "days":
            running.clock.at(running.clock.now + timedelta(days=int(text)))
        elif kind == "toml":
            with workspace.members_file.open("a") as file:
                file.write(f"\n{text}" if text.startswith("[[") else text)
        elif kind == "python":
            script = text.replace("build/node", str(running.home)).replace(
                "http://127.0.0.1:8545", running.url
            )
            exec(compile(script, str(PAGE), "exec"), {})
            assert capsys.readouterr().out.count("\n") > 14
        elif text.startswith("yangshan "):
            words = [named.get(word, word) for word in shlex.split(text)[1:]]
            words = [word.replace("OBLIGATION", named["OBLIGATION"]) for word in words]
            if "sign" in words:
                # No chain is needed for it.
                with pytest.MonkeyPatch.context() as patch:
                    patch.setenv("YANGSHAN_RPC", "http://127.0.0.1:9")
                    code = run(words)
            else:
                code = run(words)
            said = capsys.readouterr()
            assert (code, said.err) == (0, ""), (text, said.err)
            assert max(map(len, said.out.splitlines()), default=0) <= 100 or "0x" in said.out, text
            commands += 1
            if made := re.search(r"^Proposal (0x[0-9a-f]{64})$", said.out, re.MULTILINE):
                named["PROPOSAL"] = made[1][:10]
            if created := re.search(r"^Desk (0x[0-9a-fA-F]{40})$", said.out, re.MULTILINE):
                named["DESK"] = created[1]
        else:
            assert text.startswith("export YANGSHAN_RPC=")
    assert commands > 70

    deployment = workspace.deployment(running.chain)
    sender = Sender(running.chain, workspace.outbox(running.chain))
    register = Alliance(running.chain, sender, deployment).register
    pier = register.member(PIER)
    assert pier.record.status is MemberStatus.SUSPENDED
    assert pier.record.desk_only
    administrators = [key for key in pier.keys if Role.ADMINISTER in key.record.roles]
    assert [(key.account, key.record.desk) for key in administrators] == [(named["DESK"], True)]
    assert register.member(EXPORTER).record.status is MemberStatus.RESIGNED
    assert register.member(IMPORTER).record.status is MemberStatus.SUSPENDED
    credits_at = deployment.address("LetterOfCredit")
    issued = sender.call("LetterOfCredit", credits_at, "stateOf", (credit_id(PIER, "PIER1"),))
    assert issued is CreditState.ISSUED
    code, listed = terminal.json("alliance", "proposals", "--all")
    assert code == 0
    states = [each["state"] for each in listed]
    assert states == ["executed"] * 5 + [
        "executed",
        "executed",
        "executed",
        "cancelled",
        "executed",
    ]
    kept = json.loads(next((running.home).glob("*.private/resolution/2025-01.json")).read_text())
    assert json.loads(kept["content"]) == {"minutes": "", "name": "2025-01"}
