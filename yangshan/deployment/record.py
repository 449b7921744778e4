# SPDX-License-Identifier: Apache-2.0
"""The record of a deployment: ``deployments/<chain id>.json``.

It is written before the first transaction, with every address that is going to be, and again after
each, so that an interrupted deployment resumes from it. The genesis hash and the transactions in it
tell which chain it belongs to. Nothing in it is secret: the salts behind the members' identities
are kept apart.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Annotated, Any, Literal

from eth_typing import ChecksumAddress
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from yangshan.errors import Unusable

if TYPE_CHECKING:
    from pathlib import Path


class RecordDamaged(Unusable):
    """A record of a deployment that cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The deployment record {path} cannot be used: {reason}")
        self.path = path
        self.reason = reason


class RecordNotWritten(Unusable):
    """A record of a deployment that cannot be written; the one before it stands."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The deployment record {path} cannot be written: {reason}.")
        self.path = path


class NoDeployment(Unusable):
    """A chain on which nothing is recorded to be deployed."""

    def __init__(self, folder: Path, chain_id: int, known: tuple[int, ...]) -> None:
        there = ", ".join(str(each) for each in known) or "none"
        super().__init__(
            f"No deployment on chain {chain_id} is recorded in {folder}; "
            f"the chains with one there: {there}."
        )
        self.chain_id = chain_id
        self.known = known


class NotDeployed(Unusable):
    """A contract that the record does not have, or that an interrupted deployment lacks."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"The contract {name} is not deployed; deployed are: {', '.join(known) or 'none'}."
        )
        self.name = name
        self.known = known


Address = Annotated[ChecksumAddress, Field(pattern=r"^0x[0-9a-fA-F]{40}$")]
Hash = Annotated[str, Field(pattern=r"^0x[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0)]


def as_json(value: object) -> Any:
    """A constructor argument as JSON holds it: bytes as 0x text, tuples as lists."""
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    return value


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Creation(_Entry):
    """The transaction that created a contract; ``time`` is Unix time of its block."""

    transaction: Hash
    block: Count
    time: Count
    gas: Count
    # keccak256 of the code at the address, immutables included.
    code: Hash


class DeployedContract(_Entry):
    """One contract: where it is or will be, from what, and how it came there.

    ``bytecode`` is the keccak256 of the creation code without the arguments. ``creation`` is None
    until the contract exists.
    """

    name: str
    contract: str
    nonce: Count
    address: Address
    arguments: Annotated[list[Any], BeforeValidator(as_json)]
    bytecode: Hash
    creation: Creation | None = None


class DeployedMember(_Entry):
    """A member that the alliance begins with; one that is no founder is admitted afterwards."""

    number: Annotated[int, Field(gt=0)]
    handle: str
    founder: bool
    administrator: Address
    treasury: Address
    desk: Address


class DeployedCash(_Entry):
    """A currency that is paid on the ledger, and the number of the member that issues it."""

    currency: str
    issuer: int


class DeployedRules(_Entry):
    """How the council decides; ``weights`` are votes by the number of the founder's kind.

    ``quorum`` is in percent, ``voting_period`` and ``execution_delay`` in seconds.
    """

    weights: dict[int, int]
    quorum: int
    voting_period: int
    execution_delay: int


class DeployedParameters(_Entry):
    """What was decided when the alliance was deployed.

    ``valid_until`` is the last second of new business (Unix time) of members that are no founders.
    """

    name: str
    rules: DeployedRules
    calendar_keeper: int
    valid_until: int
    calendars: dict[int, str]
    cash: tuple[DeployedCash, ...]


class Deployment(_Entry):
    """A deployment as recorded; of an interrupted one, what is there and what is to come."""

    format: Literal[1] = 1
    version: str
    chain_id: int
    genesis: Hash
    deployer: Address
    first_nonce: Count
    parameters: DeployedParameters
    members: tuple[DeployedMember, ...]
    contracts: tuple[DeployedContract, ...]

    @property
    def complete(self) -> bool:
        """Whether every contract exists."""
        return all(contract.creation is not None for contract in self.contracts)

    def address(self, name: str) -> ChecksumAddress:
        """Where the contract ``name`` of the plan is; raises :class:`NotDeployed`."""
        return self._find(name)[0].address

    def created(self, name: str) -> Creation:
        """How the contract ``name`` of the plan came there; raises :class:`NotDeployed`."""
        return self._find(name)[1]

    def _find(self, name: str) -> tuple[DeployedContract, Creation]:
        for contract in self.contracts:
            if contract.name == name and contract.creation is not None:
                return contract, contract.creation
        known = tuple(each.name for each in self.contracts if each.creation is not None)
        raise NotDeployed(name, known)

    def with_creation(self, name: str, creation: Creation) -> Deployment:
        """The record once the contract ``name`` exists."""
        contracts = tuple(
            each.model_copy(update={"creation": creation}) if each.name == name else each
            for each in self.contracts
        )
        return self.model_copy(update={"contracts": contracts})

    def text(self) -> str:
        """The file's content."""
        return json.dumps(self.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"

    def save(self, path: Path) -> None:
        """Writes the file in one step; raises :class:`RecordNotWritten`."""
        text = self.text()
        try:
            if path.exists() and path.read_text(encoding="utf-8") == text:
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, text)
        except OSError as unwritten:
            raise RecordNotWritten(path, str(unwritten.strerror)) from unwritten

    @classmethod
    def load(cls, path: Path) -> Deployment:
        """Reads the file; raises :class:`RecordDamaged`."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as unread:
            raise RecordDamaged(path, f"{unread.strerror}.") from unread
        except ValidationError as damaged:
            first = damaged.errors()[0]
            where = ".".join(str(step) for step in first["loc"]) or "the file"
            raise RecordDamaged(path, f"{where}: {first['msg']}.") from damaged


def record_path(folder: Path, chain_id: int) -> Path:
    """Where the record of a chain is kept."""
    return folder / f"{chain_id}.json"


def outbox_path(folder: Path, chain_id: int) -> Path:
    """Where what was signed and sent on a chain is kept."""
    return folder / f"{chain_id}.outbox.sqlite"


def private_path(folder: Path, chain_id: int) -> Path:
    """Where texts and salts behind the commitments on a chain are kept."""
    return folder / f"{chain_id}.private"


def find_deployment(folder: Path, chain_id: int) -> Deployment:
    """The deployment recorded for a chain; raises :class:`NoDeployment`, :class:`RecordDamaged`."""
    path = record_path(folder, chain_id)
    if not path.exists():
        numbers = (each.stem for each in folder.glob("*.json"))
        known = tuple(sorted(int(number) for number in numbers if number.isdecimal()))
        raise NoDeployment(folder, chain_id, known)
    return Deployment.load(path)


def _replace(path: Path, text: str) -> None:
    """A reader finds the old file or the new one, also after a power failure."""
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
