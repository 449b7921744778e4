# SPDX-License-Identifier: Apache-2.0
"""The folder in which one user of the command line keeps what belongs to no repository.

<chain id>.json            where the contracts are
<chain id>.outbox.sqlite   what was signed and sent
<chain id>.private/        texts and salts behind the commitments on chain
<chain id>.reading/        keys that open encrypted documents, encrypted, by their member's number
<chain id>.references/     carriers' keys for the references of their bills, by their numbers
<chain id>.outgoing/       encrypted documents on their way to the store
store.toml                 where encrypted documents lie; in store/ without it
members.toml               who is who in the alliance
keys/                      encrypted key files, NAME.json each
keys/PASSWORD              their password, on development chains alone
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yangshan.alliance.members import load_members, numbered
from yangshan.chain.outbox import Outbox
from yangshan.chain.signers import KeyStore
from yangshan.deployment.record import find_deployment, outbox_path, private_path
from yangshan.errors import Unusable
from yangshan.exchange.reading_keys import ReadingKeys
from yangshan.exchange.settings import store_of
from yangshan.titles.references import ReferenceKeys
from yangshan.vault import Vault

if TYPE_CHECKING:
    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.connection import Chain
    from yangshan.deployment.record import Deployment
    from yangshan.exchange.stores import Store

VARIABLE = "YANGSHAN_HOME"
PASSWORD_VARIABLE = "YANGSHAN_PASSWORD"
# Where `yangshan node` keeps what belongs to it.
NODE_HOME = Path("build/node")
_PASSWORD_FILE = "PASSWORD"


class OtherGenesis(Unusable):
    """A deployment record that belongs to another chain under the same chain id."""

    def __init__(self, chain_id: int, recorded: str, found: str) -> None:
        super().__init__(
            f"The recorded deployment on chain {chain_id} belongs to a chain that began with block "
            f"{recorded[:10]}…; this one began with {found[:10]}…. Is the node another one?"
        )


class NoPassword(Unusable):
    """No password for a key was given."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The key {name} needs its password: set {PASSWORD_VARIABLE}, or type it when asked."
        )


@dataclass(frozen=True, slots=True)
class Workspace:
    """One such folder; nothing in it is made before it is needed."""

    folder: Path

    @property
    def keys(self) -> KeyStore:
        """The keys."""
        return KeyStore(self.folder / "keys")

    def outbox(self, chain: Chain) -> Outbox:
        """What was signed and sent on a chain."""
        return Outbox(outbox_path(self.folder, chain.chain_id))

    def vault(self, chain: Chain) -> Vault:
        """Texts and salts behind the commitments on a chain."""
        return Vault(private_path(self.folder, chain.chain_id))

    @property
    def store(self) -> Store:
        """Where encrypted documents lie; raises BadStoreFile, StoreUnusable."""
        return store_of(self.folder / "store.toml", self.folder / "store")

    def reading_keys(self, chain: Chain) -> ReadingKeys:
        """The keys that open encrypted documents."""
        return ReadingKeys(self.folder / f"{chain.chain_id}.reading")

    def reference_keys(self, chain: Chain) -> ReferenceKeys:
        """The carriers' keys for the references of their bills."""
        return ReferenceKeys(self.folder / f"{chain.chain_id}.references")

    def outgoing(self, chain: Chain) -> Path:
        """The folder of encrypted documents on their way to the store."""
        return self.folder / f"{chain.chain_id}.outgoing"

    @property
    def members_file(self) -> Path:
        """Who is who."""
        return self.folder / "members.toml"

    def deployment(self, chain: Chain) -> Deployment:
        """The deployment on a chain; raises NoDeployment, RecordDamaged, :class:`OtherGenesis`."""
        found = find_deployment(self.folder, chain.chain_id)
        if found.genesis != chain.genesis:
            raise OtherGenesis(chain.chain_id, found.genesis, chain.genesis)
        return found

    def members(self, deployment: Deployment) -> dict[int, MemberRecord]:
        """The members by their number on chain; raises AllianceFileError."""
        ids = {member.handle: member.number for member in deployment.members}
        known = numbered(load_members(self.members_file), ids)
        return {member.id: member for member in known if member.id is not None}

    def password(self, name: str) -> str:
        """The password of a key from the environment or the folder; raises :class:`NoPassword`."""
        given = os.environ.get(PASSWORD_VARIABLE)
        if given is not None:
            return given
        file = self.folder / "keys" / _PASSWORD_FILE
        if file.exists():
            return file.read_text("utf-8").rstrip("\n")
        raise NoPassword(name)

    def keep_password(self, password: str) -> None:
        """Writes the password of development keys beside them."""
        file = self.folder / "keys" / _PASSWORD_FILE
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(password + "\n", "utf-8")
        file.chmod(0o600)


def default_workspace() -> Workspace:
    """The folder that YANGSHAN_HOME names, else that of a running ``yangshan node``, else ~."""
    named = os.environ.get(VARIABLE)
    if named:
        return Workspace(Path(named))
    return Workspace(NODE_HOME if NODE_HOME.is_dir() else Path.home() / ".yangshan")
