# SPDX-License-Identifier: Apache-2.0
"""The folder in which commands keep keys, deployments and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from yangshan.cli.common import console
from yangshan.workspace import NoPassword, Workspace, default_workspace

if TYPE_CHECKING:
    from pathlib import Path


def workspace_at(home: Path | None) -> Workspace:
    """The folder that ``--home`` names, else the default one."""
    return default_workspace() if home is None else Workspace(home)


def password_of(workspace: Workspace, key: str) -> str:
    """The password of a key: from the environment or the folder, else asked for.

    Raises NoPassword where nobody can be asked.
    """
    # An unknown key is said before a password is asked for.
    if key not in workspace.keys.names():
        return ""
    try:
        return workspace.password(key)
    except NoPassword:
        if not console.is_terminal:
            raise
        return str(typer.prompt(f"Password of the key {key}", hide_input=True))
