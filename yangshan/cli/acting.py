# SPDX-License-Identifier: Apache-2.0
"""What the commands of the alliance share: who acts, whom it concerns, and how an act is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import typer
from eth_utils.address import is_checksum_address, to_checksum_address
from rich.table import Table
from rich.text import Text

from yangshan.alliance.service import Alliance
from yangshan.chain.connection import connect
from yangshan.chain.sender import Sender
from yangshan.chain.values import instant_of
from yangshan.chain.wording import Wording
from yangshan.cli.common import (
    console,
    naming,
    print_indented,
    print_json,
)
from yangshan.cli.folders import password_of, workspace_at
from yangshan.credit.service import Credits
from yangshan.deployment.record import NoDeployment, find_deployment
from yangshan.documents.service import Papers
from yangshan.errors import Unusable
from yangshan.titles.deliveries import Deliveries
from yangshan.titles.service import Titles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from eth_typing import ChecksumAddress

    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.connection import Chain
    from yangshan.chain.signers import Signer
    from yangshan.deployment.progress import StepReport
    from yangshan.deployment.record import Deployment
    from yangshan.workspace import Workspace

KeyName = Annotated[str, typer.Option("--key", help="Name of the key that signs.")]
AccountText = Annotated[
    str, typer.Argument(metavar="ACCOUNT", help="An address, or the name of a key.")
]
MemberText = Annotated[
    str, typer.Argument(metavar="MEMBER", help="Number of a member, or its key in members.toml.")
]
DeskText = Annotated[
    str,
    typer.Argument(
        metavar="DESK", help="Its address, or a member: its first desk; MEMBER:2 is its second."
    ),
]
ActionText = Annotated[
    str, typer.Argument(metavar="ACTION", help="What it does; `desk actions` lists them.")
]


class UnknownMemberName(Unusable):
    """A member that neither the chain nor members.toml knows by this name."""

    def __init__(self, given: str, known: list[str]) -> None:
        super().__init__(
            f"There is no member {given}; expected its number or one of {', '.join(known)}."
        )
        self.given = given
        self.known = tuple(known)


class BadAccount(Unusable):
    """What is no address with its checksum."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"{given} is no address with its checksum: 0x and 40 digits were expected, their "
            "capitals as they were given out."
        )
        self.given = given


@dataclass
class Office:
    """A workspace on a chain: the alliance there, its members by number, what was done so far."""

    workspace: Workspace
    chain: Chain
    deployment: Deployment
    members: Mapping[int, MemberRecord]
    sender: Sender
    as_json: bool
    steps: list[StepReport] = field(default_factory=list)

    @property
    def alliance(self) -> Alliance:
        """The services, whose acts are told as they are done."""
        return Alliance(self.chain, self.sender, self.deployment, self._tell)

    @property
    def credits(self) -> Credits:
        """The credits there."""
        return Credits(self.chain, self.sender, self.deployment)

    @property
    def papers(self) -> Papers:
        """The documents and declarations there."""
        return Papers(self.chain, self.sender, self.deployment)

    @property
    def titles(self) -> Titles:
        """The titles there."""
        return Titles(self.chain, self.sender, self.deployment)

    @property
    def deliveries(self) -> Deliveries:
        """The deliveries of titles there."""
        return Deliveries(self.chain, self.sender, self.deployment)

    @property
    def wording(self) -> Wording:
        """The names that are known here."""
        return _wording(self.workspace, self.members, _contracts(self.deployment))

    def signer(self, name: str) -> Signer:
        """A key of the workspace; raises UnknownKey, WrongPassword, NoPassword, BadKeyFile."""
        return self.workspace.keys.load(name, password_of(self.workspace, name))

    def account(self, given: str) -> ChecksumAddress:
        """An address, or that of a key of the workspace; raises BadAccount, UnknownKey."""
        return account_of(self.workspace, given)

    def member(self, given: str) -> int:
        """A member by number or short name; raises :class:`UnknownMemberName`."""
        names = {record.key: number for number, record in self.members.items()}
        if given.isascii() and given.isdigit() and 0 < int(given) < 2**32:
            return int(given)
        if given not in names:
            raise UnknownMemberName(given, list(names))
        return names[given]

    def desk(self, given: str) -> ChecksumAddress:
        """A desk by address, or by its member and number.

        ``lake-bank`` is the first desk of that member, ``lake-bank:2`` its second. Raises NotADesk,
        NoSuchDesk, BadAccount, and as :meth:`member`.
        """
        if given.startswith("0x"):
            account = self.account(given)
            self.alliance.desks.member_of(account)
            return account
        member, _, number = given.partition(":")
        place = int(number) if number.isascii() and number.isdigit() else int(not number)
        return self.alliance.desks.numbered(self.member(member), place)

    def now(self) -> datetime:
        """The time of the chain's latest block."""
        return instant_of(self.chain.web3.eth.get_block("latest")["timestamp"])

    def answer(self, **more: Any) -> int:
        """Ends a command: as JSON, what was done and what came of it. Returns its exit code."""
        if self.as_json:
            print_json({"steps": [step_as_json(step) for step in self.steps], **more})
        return 0

    def _tell(self, step: StepReport) -> None:
        self.steps.append(step)
        if not self.as_json:
            print_step(step)


def opened(rpc: str, home: Path | None, *, as_json: bool) -> Office:
    """The workspace that ``--home`` names, on the chain at ``--rpc``."""
    workspace = workspace_at(home)
    chain = connect(rpc)
    deployment = workspace.deployment(chain)
    office = Office(
        workspace,
        chain,
        deployment,
        workspace.members(deployment),
        Sender(chain, workspace.outbox(chain)),
        as_json,
    )
    naming.set(lambda: office.wording)
    return office


def names_of(workspace: Workspace, chain_id: int) -> tuple[Mapping[str, str], Wording]:
    """The contracts by address, and the wording, of a chain as far as the folder has them."""
    try:
        deployment = find_deployment(workspace.folder, chain_id)
    except NoDeployment:
        return {}, _wording(workspace, {}, {})
    contracts = _contracts(deployment)
    return contracts, _wording(workspace, workspace.members(deployment), contracts)


def _contracts(deployment: Deployment) -> dict[str, str]:
    return {str(each.address): each.name for each in deployment.contracts}


def _wording(
    workspace: Workspace, members: Mapping[int, MemberRecord], contracts: Mapping[str, str]
) -> Wording:
    keys = workspace.keys
    return Wording(
        members={number: record.legal_name for number, record in members.items()},
        accounts={**contracts, **{keys.address(name): name for name in keys.names()}},
    )


def account_of(workspace: Workspace, given: str) -> ChecksumAddress:
    """An address, or that of a key of the workspace; raises BadAccount, UnknownKey, BadKeyFile."""
    if not given.startswith("0x"):
        return workspace.keys.address(given)
    if not is_checksum_address(given):
        raise BadAccount(given)
    return to_checksum_address(given)


def step_as_json(step: StepReport) -> dict[str, Any]:
    """One act for programs."""
    return {
        "act": step.kind,
        "actor": step.actor,
        "what": step.what,
        "status": "already done" if step.already else "done",
        "transaction": step.transaction,
        "gas": step.gas,
        "time": step.time.isoformat() if step.time else None,
    }


def print_step(step: StepReport) -> None:
    """One act for people."""
    done = "[green]Already done[/]" if step.already else "[green]Done[/]"
    console.print(f"{done}  {step.actor}")
    print_indented(step.what, 2)
    if step.transaction is not None:
        print_indented(f"transaction {step.transaction}", 2)
        print_indented(f"gas {step.gas:,}, block time {step.time}", 2)


def row(label: str, text: str, width: int = 20) -> None:
    """A line of a view: what it is, and what it says, which goes on below itself on a terminal."""
    if not console.is_terminal:
        console.print(Text.assemble((f"  {label:{width}}", "dim"), text), soft_wrap=True)
        return
    grid = Table.grid()
    grid.add_column(width=width + 2, style="dim")
    grid.add_column(overflow="fold")
    grid.add_row(f"  {label}", Text(text))
    console.print(grid)
