# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import stat
from pathlib import Path

import pytest

from yangshan.workspace import NODE_HOME, NoPassword, Workspace, default_workspace


@pytest.fixture(autouse=True)
def away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("YANGSHAN_HOME", "YANGSHAN_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.chdir(tmp_path)


def test_the_folder_is_the_one_named_then_a_running_nodes_then_ones_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert default_workspace().folder == tmp_path / "me" / ".yangshan"
    NODE_HOME.mkdir(parents=True)
    assert default_workspace().folder == NODE_HOME == Path("build/node")
    monkeypatch.setenv("YANGSHAN_HOME", "elsewhere")
    assert default_workspace().folder == Path("elsewhere")
    # Nothing is made before it is needed.
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build"]


def test_a_password_is_taken_from_the_environment_then_from_beside_the_keys(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    workspace = Workspace(tmp_path / "w")
    with pytest.raises(NoPassword) as caught:
        workspace.password("harbour-bank")
    assert caught.value.exit_code == 2
    assert "harbour-bank" in str(caught.value)
    assert "YANGSHAN_PASSWORD" in str(caught.value)
    workspace.keep_password(" a secret ")
    assert workspace.password("harbour-bank") == " a secret "
    monkeypatch.setenv("YANGSHAN_PASSWORD", "")
    assert workspace.password("harbour-bank") == ""
    monkeypatch.setenv("YANGSHAN_PASSWORD", "another")
    assert workspace.password("harbour-bank") == "another"


def test_a_kept_password_is_its_owners_alone(tmp_path: Path) -> None:
    Workspace(tmp_path / "w").keep_password("a")
    file = tmp_path / "w" / "keys" / "PASSWORD"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    # It is no key.
    assert Workspace(tmp_path / "w").keys.names() == []
