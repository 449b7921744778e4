# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from eth_utils.crypto import keccak

from yangshan.alliance.members import MemberRecord, load_members
from yangshan.commitments import Sealed
from yangshan.deployment.parameters import (
    AllianceSetup,
    development_accounts,
    load_setup,
    salted_identity,
)

EXAMPLE = Path(__file__).parents[3] / "examples" / "shanghai-alliance"
SALTS = {member.key: keccak(text=member.key) for member in load_members(EXAMPLE / "members.toml")}


@pytest.fixture(scope="session")
def example() -> Path:
    """The folder of the Shanghai alliance."""
    return EXAMPLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of it that a test may break."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "alliance"))


def sealed(record: MemberRecord) -> Sealed:
    return salted_identity(SALTS)(record)


@pytest.fixture(scope="session")
def setup() -> AllianceSetup:
    return load_setup(EXAMPLE / "alliance.toml", accounts=development_accounts, identity=sealed)
