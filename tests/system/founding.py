# SPDX-License-Identifier: Apache-2.0
"""The Shanghai alliance on a node, for tests of what its members do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chains import START, rpc, session_at

from yangshan.alliance.service import Alliance
from yangshan.chain.clock import Clock
from yangshan.chain.connection import Chain, connect
from yangshan.chain.nodes import start_node
from yangshan.chain.signers import Signer
from yangshan.deployment.progress import StepReport
from yangshan.deployment.session import Session


@dataclass
class Founded:
    """The Shanghai alliance as deployed, nothing set up."""

    session: Session
    folder: Path

    @property
    def chain(self) -> Chain:
        return self.session.chain

    @property
    def alliance(self) -> Alliance:
        return self.session.alliance()

    def again(self) -> Founded:
        """Everything opened anew, as by another process."""
        url = self.chain.web3.provider.endpoint_uri  # type: ignore[attr-defined]
        return Founded(session_at(url, self.folder), self.folder)

    def desk(self, number: int) -> Signer:
        return self.session.member_signer(self.session.setup.member(number), "desk")

    def administrator(self, number: int) -> Signer:
        return self.session.member_signer(self.session.setup.member(number), "administrator")

    def set_up(self) -> list[StepReport]:
        reports: list[StepReport] = []
        self.session.set_up(reports.append)
        return reports

    def done_twice(self, act: Callable[[Alliance], object], times: int = 1) -> list[StepReport]:
        """What an act of so many transactions reports; done again, it sends nothing and says so.

        Neither with its outbox nor without: what holds is read from the chain.
        """
        before = self.chain.web3.eth.block_number
        first: list[StepReport] = []
        act(self.session.alliance(first.append))
        assert self.chain.web3.eth.block_number == before + times
        assert [report.already for report in first].count(False) == times
        for forgetful in (False, True):
            if forgetful:
                self.forget_what_was_sent()
            again: list[StepReport] = []
            act(self.again().session.alliance(again.append))
            assert [report.what for report in again] == [report.what for report in first]
            assert [report.transaction for report in again] == [
                report.transaction for report in first
            ]
            assert all(report.already for report in again)
        assert self.chain.web3.eth.block_number == before + times
        return first

    def forget_what_was_sent(self) -> None:
        for file in self.folder.glob("*.outbox.*"):
            file.unlink()


@dataclass
class SetUp:
    """A node on which the alliance was set up, the folder of its records, and what was reported."""

    url: str
    folder: Path
    reports: list[StepReport]


@contextmanager
def set_up_on(kind: str, folder: Path) -> Iterator[SetUp]:
    with start_node(kind, start=START) as node:
        yield SetUp(node.url, folder, founded_on(connect(node.url), folder).set_up())


@contextmanager
def as_set_up(once: SetUp, folder: Path) -> Iterator[Founded]:
    """With records of one's own; the chain is afterwards as it was before."""
    shutil.copytree(once.folder, folder)
    session = session_at(once.url, folder)
    snapshot = rpc(session.chain, "evm_snapshot")
    yield Founded(session, folder)
    assert rpc(session.chain, "evm_revert", snapshot) is True


def founded_on(chain: Chain, folder: Path) -> Founded:
    Clock(chain)
    session = session_at(chain.web3.provider.endpoint_uri, folder)  # type: ignore[attr-defined]
    session.deploy()
    return Founded(session, folder)
