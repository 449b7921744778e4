# SPDX-License-Identifier: Apache-2.0
"""One chain, one alliance, one folder: what scripts and commands need to deploy and set up.

The folder holds, by chain id, the public record ``<id>.json``, the outbox of what was sent, and the
private folder with the salts behind the members' identities.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from yangshan.alliance.motions import kept_resolution, motion_on
from yangshan.alliance.service import Alliance, admit, set_up, set_up_desk, voters_of
from yangshan.chain.connection import connect
from yangshan.chain.enums import MemberKind
from yangshan.chain.outbox import Outbox
from yangshan.chain.sender import Sender
from yangshan.chain.signers import KeyStore, development_signer
from yangshan.chain.values import instant_of
from yangshan.deployment.deploy import deploy, planned, recorded
from yangshan.deployment.desk_parameters import development_person, people_of, person_index
from yangshan.deployment.parameters import (
    ACCOUNT_NAMES,
    DEVELOPMENT_DEPLOYER,
    accounts_of,
    development_accounts,
    development_index,
    kept_identity,
    load_setup,
)
from yangshan.deployment.progress import silent
from yangshan.deployment.record import (
    find_deployment,
    outbox_path,
    private_path,
    record_path,
)
from yangshan.deployment.verify import verify
from yangshan.errors import Unusable
from yangshan.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eth_typing import ChecksumAddress

    from yangshan.alliance.council import Decision
    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.connection import Chain
    from yangshan.chain.signers import Signer
    from yangshan.commitments import Sealed
    from yangshan.deployment.parameters import (
        AccountName,
        AllianceSetup,
        MemberAccounts,
        MemberSetup,
    )
    from yangshan.deployment.progress import Report
    from yangshan.deployment.record import Deployment
    from yangshan.deployment.verify import Check

DEPLOYER: Final = "deployer"

_ALLIANCE: Final = "examples/shanghai-alliance/alliance.toml"
_FOLDER: Final = "deployments"


class KeysNeeded(Unusable):
    """A lasting chain without the keys and accounts that sign there."""

    def __init__(self, client: str, missing: str) -> None:
        super().__init__(
            f"This chain ({client}) is not for development, where the public test keys sign: "
            f"{missing} must be named."
        )
        self.client = client
        self.missing = missing


class PasswordUnread(Unusable):
    """A password file that cannot be read."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"The password file {path} cannot be read: {reason}.")
        self.path = path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are; ``keys``, ``password`` and ``accounts`` are for lasting chains.

    ``keys`` is a folder of key files: ``deployer``, and ``<member>-administrator`` and
    ``<member>-desk`` for each member, all under one password; people of desks may keep theirs.
    ``accounts`` is a file as :func:`yangshan.deployment.parameters.accounts_of` reads it.
    """

    alliance: Path = Path(_ALLIANCE)
    folder: Path = Path(_FOLDER)
    keys: Path | None = None
    password: str | None = None
    accounts: Path | None = None

    @classmethod
    def of_environment(cls, variables: Mapping[str, str] = os.environ) -> Self:
        """From the variables YANGSHAN_ALLIANCE, _DEPLOYMENTS, _KEYS, _PASSWORD_FILE and _ACCOUNTS.

        Raises :class:`PasswordUnread`.
        """

        def path(name: str) -> Path | None:
            return Path(variables[name]) if variables.get(name) else None

        return cls(
            alliance=Path(variables.get("YANGSHAN_ALLIANCE") or _ALLIANCE),
            folder=Path(variables.get("YANGSHAN_DEPLOYMENTS") or _FOLDER),
            keys=path("YANGSHAN_KEYS"),
            password=_password(path("YANGSHAN_PASSWORD_FILE")),
            accounts=path("YANGSHAN_ACCOUNTS"),
        )


@dataclass(frozen=True)
class Session:
    """Everything at hand to deploy an alliance, prove it and set it up."""

    chain: Chain
    sender: Sender
    setup: AllianceSetup
    folder: Path
    signer: Callable[[str], Signer]

    @property
    def record_path(self) -> Path:
        """Where the record of this chain is kept."""
        return record_path(self.folder, self.chain.chain_id)

    def deploy(self, report: Report = silent) -> Deployment:
        """As :func:`yangshan.deployment.deploy.deploy`."""
        return deploy(
            self.chain, self.sender, self.signer(DEPLOYER), self.setup, self.record_path, report
        )

    def deployment(self) -> Deployment:
        """What is recorded for this chain; raises NoDeployment and RecordDamaged."""
        return find_deployment(self.folder, self.chain.chain_id)

    def verify(self) -> list[Check]:
        """As :func:`yangshan.deployment.verify.verify`; raises NoDeployment too."""
        return verify(self.chain, self.deployment())

    def alliance(self, report: Report = silent) -> Alliance:
        """The deployed alliance; raises NoDeployment and RecordDamaged."""
        return Alliance(self.chain, self.sender, self.deployment(), report)

    def set_up(self, report: Report = silent) -> None:
        """As :func:`yangshan.alliance.service.set_up`; raises NoDeployment too."""
        set_up(self.alliance(report), self.setup, self.member_signer)

    def admit(self, member: str, report: Report = silent) -> None:
        """As :func:`yangshan.alliance.service.admit`; raises NoSuchMember, NoDeployment too."""
        chosen = self.setup.named(member)
        admit(self.alliance(report), self.setup, chosen, self.member_signer)

    def decide(
        self, act: str, member: str, resolution: str | None, report: Report = silent
    ) -> Decision:
        """Has all founders vote to suspend, reinstate or expel a member, as far as that goes.

        ``resolution`` names the decision; it is kept in the folder. Raises UnknownMotion,
        NoSuchMember, KeptOtherwise, and what voting raises.
        """
        motion = motion_on(act, self.setup.named(member).number)
        if resolution is not None:
            vault = Vault(private_path(self.folder, self.chain.chain_id))
            motion = replace(motion, resolution=kept_resolution(vault, resolution))
        voters = voters_of(self.setup, self.member_signer)
        return self.alliance(report).council.decide(voters, motion, f"{act} {member}")

    def set_up_desks(self, member: str, report: Report = silent) -> list[ChecksumAddress]:
        """Sets up the desks that the alliance file states for a member; raises NoSuchMember."""
        chosen = self.setup.named(member)
        administrator = self.member_signer(chosen, "administrator")
        alliance = self.alliance(report)
        return [
            set_up_desk(alliance, desk, administrator)
            for desk in self.setup.desks
            if desk.member == chosen.number
        ]

    def member_signer(self, member: MemberSetup, account: AccountName) -> Signer:
        """The key of a member's account."""
        return self.signer(key_name(member, account))

    def parameters(self) -> list[tuple[str, str]]:
        """Every parameter of the deployment, for people: a name and a value each.

        Raises what :func:`yangshan.deployment.deploy.deploy` raises before it sends.
        """
        setup, chain = self.setup, self.chain
        deployer = self.signer(DEPLOYER).address
        record = recorded(chain, self.record_path)
        first_nonce = (
            chain.web3.eth.get_transaction_count(deployer) if record is None else record.first_nonce
        )
        steps = planned(chain, deployer, setup, first_nonce)[1]
        return [
            ("chain", f"{chain.chain_id} at {chain.url}"),
            ("node", chain.client),
            ("genesis block", chain.genesis),
            ("record", str(self.record_path)),
            ("deployer", f"{deployer}, first transaction number {first_nonce}"),
            ("alliance", setup.name),
            *_voting(setup),
            ("calendar keeper", _named(setup, setup.keeper)),
            ("later members until", instant_of(setup.valid_until).isoformat()),
            *(
                (f"cash {cash.currency.code}", f"issued by {_named(setup, cash.issuer)}")
                for cash in setup.cash
            ),
            *((f"calendar {number}", name) for number, name in setup.calendars.items()),
            *(
                (f"founder {founder.number} {founder.record.key}", _described(founder))
                for founder in setup.founders
            ),
            *((f"contract {step.name}", f"{step.address}, nonce {step.nonce}") for step in steps),
        ]


def open_session(
    url: str,
    settings: Settings,
    *,
    identity: Callable[[MemberRecord], Sealed] | None = None,
) -> Session:
    """Connects, reads the alliance, and opens the outbox of this chain in the folder.

    On a development chain without ``settings.keys`` the keys are those of the public test mnemonic.
    ``identity`` replaces the salts kept in the folder. Raises :class:`KeysNeeded`, and what
    connecting, the alliance file and the folder raise.
    """
    chain = connect(url)
    private = private_path(settings.folder, chain.chain_id)
    accounts: Callable[[MemberRecord], MemberAccounts] = development_accounts
    people: Callable[[MemberRecord, str, int], ChecksumAddress] = development_person
    if settings.keys is not None or not chain.is_development:
        if settings.accounts is None:
            raise KeysNeeded(chain.client, "a file of the members' accounts (YANGSHAN_ACCOUNTS)")
        accounts, people = accounts_of(settings.accounts), people_of(settings.accounts)
    setup = load_setup(
        settings.alliance,
        accounts=accounts,
        identity=identity or kept_identity(Vault(private)),
        people=people,
    )
    return Session(
        chain,
        Sender(chain, _outbox(chain, settings.folder)),
        setup,
        settings.folder,
        _signers(chain, settings, setup),
    )


def _outbox(chain: Chain, folder: Path) -> Outbox:
    path, record = outbox_path(folder, chain.chain_id), record_path(folder, chain.chain_id)
    # What was sent to a development chain that has ended was sent to nobody.
    if record.exists() and recorded(chain, record) is None:
        for part in ("", "-wal", "-shm"):
            path.with_name(path.name + part).unlink(missing_ok=True)
    return Outbox(path)


def key_name(member: MemberSetup, account: AccountName) -> str:
    """The name of the key of a member's account."""
    return f"{member.record.key}-{account}"


def _signers(chain: Chain, settings: Settings, setup: AllianceSetup) -> Callable[[str], Signer]:
    if settings.keys is not None:
        if settings.password is None:
            raise KeysNeeded(chain.client, "a password file (YANGSHAN_PASSWORD_FILE)")
        store, password = KeyStore(settings.keys), settings.password
        return lambda name: store.load(name, password)
    if not chain.is_development:
        raise KeysNeeded(chain.client, "a folder of keys (YANGSHAN_KEYS)")
    indices = {DEPLOYER: DEVELOPMENT_DEPLOYER}
    for member in setup.members:
        for account in ACCOUNT_NAMES:
            indices[key_name(member, account)] = development_index(member.number, account)
    for desk in setup.desks:
        for person in desk.people:
            indices[person.key] = person_index(desk.member, person.place)
    return lambda name: development_signer(indices[name], name)


def _password(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8").rstrip("\n")
    except (OSError, UnicodeDecodeError) as unread:
        raise PasswordUnread(str(file), str(unread)) from unread


def _named(setup: AllianceSetup, number: int) -> str:
    return f"member {number}, {setup.member(number).record.key}"


def _voting(setup: AllianceSetup) -> list[tuple[str, str]]:
    rules = setup.rules
    votes = [rules.weight(founder.admission.kind) for founder in setup.founders]
    return [
        (
            "votes",
            f"{sum(votes)} in all, of {len(votes)} founders; {rules.quorum} % must be in favour",
        ),
        ("voting period", str(timedelta(seconds=rules.voting_period))),
        ("execution delay", str(timedelta(seconds=rules.execution_delay))),
        *(
            (f"votes of a founder, {MemberKind(kind).label}", str(weight))
            for kind, weight in rules.weights
        ),
    ]


def _described(member: MemberSetup) -> str:
    record, accounts = member.record, member.accounts
    return (
        f"{record.legal_name}, {record.kind}, {record.country}, "
        f"calendar {record.calendar or 'none'}, administrator {accounts.administrator}, "
        f"treasury {accounts.treasury}, identity 0x{member.admission.identity.hex()}"
    )
