# SPDX-License-Identifier: Apache-2.0
"""What the tests of this folder share: where things are, and how to talk to a node directly."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak

from yangshan.alliance.members import MemberRecord
from yangshan.chain.connection import Chain
from yangshan.commitments import Sealed
from yangshan.deployment.parameters import salted_identity
from yangshan.deployment.session import Session, Settings, open_session

START = datetime(2025, 9, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
ALLIANCE = ROOT / "examples" / "shanghai-alliance" / "alliance.toml"


def identity(record: MemberRecord) -> Sealed:
    """Salts that are the same in every run, so that records can be compared."""
    return salted_identity({record.key: keccak(text=record.key)})(record)


def session_at(url: str, folder: Path) -> Session:
    """The Shanghai alliance on the node at ``url``, recorded in ``folder``."""
    return open_session(url, Settings(alliance=ALLIANCE, folder=folder), identity=identity)


def rpc(chain: Chain, method: str, *parameters: object) -> Any:
    answer = chain.web3.provider.make_request(method, parameters)  # type: ignore[arg-type]
    assert "error" not in answer, answer
    return answer["result"]
