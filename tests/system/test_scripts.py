# SPDX-License-Identifier: Apache-2.0
"""The entry points under Brownie, each as a developer runs it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from chains import ALLIANCE, ROOT, START, session_at

from scripts import admit, desk, vote
from yangshan.chain.enums import MemberStatus
from yangshan.chain.nodes import start_node
from yangshan.deployment.record import Deployment
from yangshan.deployment.session import Settings, open_session


def brownie(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "tools" / "bin" / "brownie"), "run", *arguments],
        cwd=ROOT,
        env={**os.environ, "YANGSHAN_DEPLOYMENTS": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_deploying_to_brownies_own_network(tmp_path: Path) -> None:
    done = brownie(tmp_path, "deploy")
    assert done.returncode == 0, done.stdout + done.stderr
    record = Deployment.load(tmp_path / "31337.json")
    assert record.complete
    said = [line.split() for line in done.stdout.splitlines()]
    for contract in record.contracts:
        assert ["contract", contract.name, f"{contract.address},", "nonce"] in [
            words[:4] for words in said
        ]
        assert [*("now", "deployer:", contract.name, "at", contract.address)] in [
            words[:5] for words in said
        ]


def test_onboarding_and_proving_a_chain_at_a_url(tmp_path: Path) -> None:
    with start_node("anvil", start=START) as node:
        done = brownie(tmp_path, "onboard", "main", node.url)
        assert done.returncode == 0, done.stdout + done.stderr
        session = session_at(node.url, tmp_path)
        assert len(session.alliance().register.members()) == 13
        path = tmp_path / "31337.json"
        content = json.loads(path.read_text())
        content["contracts"][1]["creation"]["gas"] += 1
        path.write_text(json.dumps(content))
        differs = brownie(tmp_path, "verify", "main", node.url)
    assert differs.returncode == 1
    assert "DIFFERS  AllianceCouncil: gas" in differs.stdout
    assert differs.stdout.count("DIFFERS") == 1
    assert "249 of 250 checks hold" in differs.stdout


def test_a_chain_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    failed = brownie(tmp_path, "deploy", "main", "http://127.0.0.1:9")
    assert failed.returncode == 2
    assert failed.stderr == (
        "No Ethereum node answers at http://127.0.0.1:9: the connection is refused or broke off.\n"
    )
    assert "Traceback" not in failed.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_vote_an_admission_and_a_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said_by(main: Callable[..., object], *arguments: str) -> list[list[str]]:
        main(*arguments)
        out, err = capsys.readouterr()
        assert err == ""
        return [line.split() for line in out.splitlines()]

    with start_node("anvil", start=START) as node:
        # With the salts that the scripts find in the folder.
        session = open_session(node.url, Settings(alliance=ALLIANCE, folder=tmp_path))
        session.deploy()
        session.set_up()
        before = session.chain.web3.eth.block_number
        done = brownie(tmp_path, "vote", "main", "suspend", "importer", "2025-01", node.url)
        assert done.returncode == 0, done.stdout + done.stderr
        said = [line.split()[:4] for line in done.stdout.splitlines()]
        assert ["now", "commission:", "proposes", "to"] in said
        assert ["now", "commission:", "carries", "out"] in said
        assert session.alliance().register.member(9).record.status is MemberStatus.SUSPENDED
        assert session.chain.web3.eth.block_number == before + 6
        assert list(tmp_path.glob("31337.private/resolution/2025-01.json"))

        # Brownie only starts them: the rest is the same without it.
        monkeypatch.setenv("YANGSHAN_DEPLOYMENTS", str(tmp_path))
        monkeypatch.chdir(ROOT)
        admitted = said_by(admit.main, "insurer", node.url)
        assert [words[:3] for words in admitted][-2:] == [
            ["already", "commission:", "carries"],
            ["already", "insurer:", "gives"],
        ]
        said = said_by(desk.main, "tide-bank", node.url)
        assert {words[0] for words in said[:-1]} == {"already"}
        assert said[-1] == ["desk", session.alliance().desks.numbered(8)]
        assert session.chain.web3.eth.block_number == before + 6
        for main, arguments, sentence in (
            (vote.main, ("praise", "importer", "X"), "The council cannot praise a member"),
            (admit.main, ("moon-bank",), "The alliance has no member moon-bank in its files"),
        ):
            with pytest.raises(SystemExit) as stopped:
                main(*arguments, node.url)
            out, err = capsys.readouterr()
            assert (stopped.value.code, out) == (2, "")
            assert err.startswith(sentence)
