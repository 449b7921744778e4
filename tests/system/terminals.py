# SPDX-License-Identifier: Apache-2.0
"""The command line beside a running `yangshan node`, as a user has it in two terminals."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from yangshan.chain.clock import Clock
from yangshan.chain.connection import Chain
from yangshan.chain.outbox import Outbox
from yangshan.chain.sender import Sender
from yangshan.cli import run
from yangshan.credit.service import Credits
from yangshan.workspace import Workspace


def node_process(home: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            *(sys.executable, "-c", "from yangshan.cli import main; main()"),
            *("node", "--home", str(home), "--port", "0", "--json", *options),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answer_of(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What it prints when it is ready; it goes on running."""
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line
        if line == "}\n":
            break
    found: dict[str, Any] = json.loads(text)
    return found


def folder_of(home: Path) -> dict[str, bytes]:
    """What is kept beside the node, the database of the outbox apart."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and "outbox" not in path.name
    }


def anvil_of(process: subprocess.Popen[str]) -> psutil.Process:
    (child,) = psutil.Process(process.pid).children()
    return child


def ended(process: psutil.Process) -> bool:
    gone, _ = psutil.wait_procs([process], timeout=5)
    return bool(gone)


@dataclass
class Running:
    """A running node with the alliance, and the folder beside it."""

    home: Path
    answer: dict[str, Any]
    chain: Chain
    clock: Clock

    @property
    def url(self) -> str:
        return str(self.answer["url"])

    @property
    def block(self) -> int:
        return self.chain.web3.eth.block_number

    def service(self, folder: Path) -> Credits:
        """The same contracts for the other parties, who send through an outbox of their own."""
        sender = Sender(self.chain, Outbox(folder / "others.sqlite"))
        return Credits(self.chain, sender, Workspace(self.home).deployment(self.chain))


@dataclass
class Terminal:
    """Calls commands and reads what they say."""

    capsys: pytest.CaptureFixture[str]

    def json(self, *words: str) -> tuple[int, dict[str, Any]]:
        code = run([*words, "--json"])
        out, err = self.capsys.readouterr()
        assert err == ""
        return code, json.loads(out)

    def text(self, *words: str) -> str:
        code = run(words)
        out, err = self.capsys.readouterr()
        assert (code, err) == (0, "")
        return out

    def refused(self, *words: str) -> tuple[int, str, str]:
        """Exit code, name and sentence of a refusal, after which nothing has changed."""
        code = run(words)
        out, err = self.capsys.readouterr()
        assert out == ""
        assert "Traceback" not in err
        again, answer = self.json(*words)
        assert again == code
        error = answer["error"]
        assert err == f"✗ {error['message']}\n"
        return code, error["name"], error["message"]

    def expect_refused(
        self, running: Running, noun: str, refusal: tuple[str, tuple[int, str], str]
    ) -> None:
        """A command line, the exit code and name of its refusal, and words of its sentence.

        Nothing is sent and nothing written.
        """
        line, expected, said = refusal
        before, kept = running.block, folder_of(running.home)
        code, error, sentence = self.refused(noun, *shlex.split(line))
        assert (code, error) == expected, sentence
        assert said in sentence
        assert (running.block, folder_of(running.home)) == (before, kept)
