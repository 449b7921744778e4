# SPDX-License-Identifier: Apache-2.0
"""``yangshan node``: a running chain with the Shanghai alliance on it, until it is stopped."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from yangshan.chain.nodes import start_node
from yangshan.cli.common import AsJson, console, print_json
from yangshan.cli.demo import NetworkChoice
from yangshan.deployment.parameters import ACCOUNT_NAMES
from yangshan.deployment.session import Settings, key_name, open_session
from yangshan.errors import Unusable
from yangshan.story.play import STORY
from yangshan.story.repertoire import load_story
from yangshan.workspace import NODE_HOME, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.deployment.progress import StepReport
    from yangshan.deployment.record import Deployment
    from yangshan.deployment.session import Session

# The keys are public anyway; the least work that the key files allow keeps the start short.
_PASSWORD = "development"
_ITERATIONS = 2
_MARKER = "DEVELOPMENT"
_ADDRESS = 42
# The issuing bank of examples/credits/import-credit.mt700.
_ISSUER = "YSHACNSH"


class FolderInUse(Unusable):
    """A folder that this node must not empty: another one's, or not of a development node."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder} {reason}; name another folder with --home.")
        self.folder = folder


class NodeEnded(Unusable):
    """A node that ended while it was needed."""

    def __init__(self, kind: str, code: int) -> None:
        super().__init__(f"The development node {kind} ended by itself with code {code}.")
        self.code = code


class FolderUnusable(Unusable):
    """A folder that cannot be made, emptied or written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"The folder {folder} cannot be used: {reason}.")
        self.folder = folder


def node(
    network: Annotated[
        NetworkChoice, typer.Option("--network", help="The node to run.")
    ] = NetworkChoice.ANVIL,
    port: Annotated[int, typer.Option("--port", help="0 takes a free one.")] = 8545,
    home: Annotated[
        Path, typer.Option("--home", help="Folder for the keys and the record; emptied first.")
    ] = NODE_HOME,
    as_json: AsJson = False,
) -> int:
    """Run a chain with the Shanghai alliance deployed, and print how to use it. Ctrl-C stops it."""
    story = load_story(STORY)
    with _own(home), start_node(network.value, start=story.start, port=port) as running:
        session = open_session(running.url, Settings(story.alliance / "alliance.toml", home))
        with console.status("deploying") as status:

            def tell(step: StepReport) -> None:
                status.update(f"{escape(step.actor)} {escape(step.what)}")

            deployment = session.deploy(tell)
            session.set_up(tell)
        _keep_keys(session, home)
        shutil.copy(story.alliance / "members.toml", Workspace(home).members_file)
        if as_json:
            print_json(_answer(running.url, session, deployment, home))
        else:
            _print(running.url, session, deployment, home)
        try:
            code = running.process.wait()
        except KeyboardInterrupt:
            return 0
    raise NodeEnded(running.kind, code)


@contextlib.contextmanager
def _own(home: Path) -> Iterator[None]:
    """The folder, empty, for one node alone; removed afterwards."""
    with _taken(home):
        try:
            yield
        finally:
            shutil.rmtree(home)


def _taken(home: Path) -> IO[str]:
    """Empties the folder and holds it until the file returned is closed, or this process ends."""
    marker = home / _MARKER
    try:
        if home.exists() and any(home.iterdir()) and not marker.exists():
            raise FolderInUse(home, "holds something that no development node left there")
        home.mkdir(parents=True, exist_ok=True)
        held = marker.open("a", encoding="utf-8")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderInUse(home, "belongs to another development node, which runs") from None
        for left in home.iterdir():
            if left.is_dir():
                shutil.rmtree(left)
            elif left != marker:
                left.unlink()
    except OSError as unusable:
        raise FolderUnusable(home, unusable.strerror or str(unusable)) from unusable
    return held


def _keep_keys(session: Session, home: Path) -> None:
    """Key files of each member: its everyday key under its short name, the others beside it.

    So are those of the people of desks, whom a bank would let keep theirs.
    """
    workspace = Workspace(home)
    for member in session.setup.members:
        for account in ACCOUNT_NAMES:
            signer = session.member_signer(member, account)
            name = member.record.key if account == "desk" else key_name(member, account)
            workspace.keys.save(name, signer.account, _PASSWORD, iterations=_ITERATIONS)
    for desk in session.setup.desks:
        for person in desk.people:
            signer = session.signer(person.key)
            workspace.keys.save(person.key, signer.account, _PASSWORD, iterations=_ITERATIONS)
    workspace.keep_password(_PASSWORD)


def _answer(url: str, session: Session, deployment: Deployment, home: Path) -> dict[str, object]:
    return {
        "url": url,
        "chain_id": deployment.chain_id,
        "home": str(home),
        "started": datetime.now(UTC).isoformat(),
        "contracts": {each.name: each.address for each in deployment.contracts},
        "members": [
            {
                "number": member.number,
                "key": member.record.key,
                "name": member.record.legal_name,
                "desk": member.accounts.desk,
                "desk_roles": member.desk_roles.label,
            }
            for member in session.setup.members
        ],
    }


def _print(url: str, session: Session, deployment: Deployment, home: Path) -> None:
    contracts = Table("contract", "address", box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for each in deployment.contracts:
        contracts.add_row(each.name, each.address)
    console.print(contracts)
    console.print()
    members = Table("", "key", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    # Addresses are there to be copied: names give way.
    members.add_column("account", no_wrap=True, min_width=_ADDRESS)
    members.add_column("member")
    for member in session.setup.members:
        members.add_row(
            str(member.number),
            member.record.key,
            member.accounts.desk,
            escape(member.record.legal_name),
        )
    console.print(members)
    # What runs beside the default folder finds it there by itself.
    where = f"--rpc {url}" + ("" if home == NODE_HOME else f" --home {escape(str(home))}")
    issuer = next(each for each in session.setup.members if each.record.bic == _ISSUER)
    console.print(
        f"\nThe chain runs at [bold]{url}[/] (chain {deployment.chain_id}).\n"
        f"Keys and records lie in {escape(str(home))} until it is stopped. In another terminal:\n"
        f"  .venv/bin/yangshan credit issue examples/credits/import-credit.mt700 \\\n"
        f"    --key {issuer.record.key} {where}\n"
        f"  .venv/bin/yangshan credit show YSH25LC000817 {where}\n"
        "Ctrl-C stops it.",
        soft_wrap=True,
    )
