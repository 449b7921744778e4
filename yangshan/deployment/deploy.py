# SPDX-License-Identifier: Apache-2.0
"""Deploying the suite: one transaction for each step of the plan, recorded as it goes.

Whatever interrupts it, the next call with the same record goes on where it stopped; a call that
finds everything done sends nothing and writes nothing. Every address follows from the deployer's
transaction count, so nothing is sent once that count has moved otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eth_utils.crypto import keccak
from web3.exceptions import TransactionNotFound

from yangshan import __version__
from yangshan.chain.calls import encode_creation
from yangshan.chain.failures import NumberTaken
from yangshan.chain.suite import Suite
from yangshan.chain.values import hexadecimal, instant_of, seconds_of
from yangshan.deployment.plan import Step, plan
from yangshan.deployment.progress import StepReport, silent
from yangshan.deployment.record import (
    Creation,
    DeployedCash,
    DeployedContract,
    DeployedMember,
    DeployedParameters,
    DeployedRules,
    Deployment,
    as_json,
)
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from pathlib import Path

    from eth_typing import ChecksumAddress

    from yangshan.chain.connection import Chain
    from yangshan.chain.sender import Done, Sender
    from yangshan.chain.signers import Signer
    from yangshan.deployment.parameters import AllianceSetup
    from yangshan.deployment.progress import Report


class OtherChain(Unusable):
    """A record that belongs to another chain than the one connected to."""

    def __init__(self, path: Path, what: str, recorded: object, found: object) -> None:
        super().__init__(
            f"The deployment record {path} belongs to another chain: {what} is {found} here and "
            f"{recorded} in the record. Nothing was sent; move the record away if this chain is "
            "meant to be deployed to."
        )
        self.path = path
        self.what = what
        self.recorded = recorded
        self.found = found


class DeploymentLost(Unusable):
    """A recorded transaction that the chain does not have, or has with another outcome."""

    def __init__(self, path: Path, contract: str, transaction: str) -> None:
        super().__init__(
            f"The deployment record {path} says that {contract} was created by {transaction}, but "
            "the chain has no such creation. Nothing was sent."
        )
        self.path = path
        self.contract = contract
        self.transaction = transaction


class PlanChanged(Unusable):
    """Parameters, contracts or a deployer that are not those of the record."""

    def __init__(self, path: Path, what: str, recorded: object, given: object) -> None:
        super().__init__(
            f"The deployment record {path} was begun with {what} {recorded}, and now it would be "
            f"{given}. Nothing was sent; a deployment ends with what it began with."
        )
        self.path = path
        self.what = what
        self.recorded = recorded
        self.given = given


class NonceMoved(Unusable):
    """A deployer that has sent transactions of its own between those of the deployment."""

    def __init__(self, deployer: str, expected: int, found: int, waiting: str) -> None:
        super().__init__(
            f"The deployer {deployer} has sent {found} transactions, {expected} were expected "
            f"before {waiting} is created: every address follows from that count, so the rest of "
            "the plan would land elsewhere. Nothing was sent; deploy anew with another record, and "
            "use the deployer's key for nothing else meanwhile."
        )
        self.deployer = deployer
        self.expected = expected
        self.found = found
        self.waiting = waiting


def deploy(
    chain: Chain,
    sender: Sender,
    signer: Signer,
    setup: AllianceSetup,
    record_path: Path,
    report: Report = silent,
) -> Deployment:
    """Deploys what is not there yet and returns the complete record, which is at ``record_path``.

    A record of another genesis is overwritten on a development chain and :class:`OtherChain`
    elsewhere. Raises also :class:`DeploymentLost`, :class:`PlanChanged`, :class:`NonceMoved`,
    BadPlan, RecordDamaged, RecordNotWritten, and what the sender raises.
    """
    record = recorded(chain, record_path)
    if record is None:
        first_nonce = _transaction_count(chain, signer.address)
        record, steps = planned(chain, signer.address, setup, first_nonce)
        waiting = chain.web3.eth.get_transaction_count(signer.address, "pending")
        if waiting != first_nonce:
            raise NonceMoved(signer.address, first_nonce, waiting, steps[0].name)
    else:
        anew, steps = planned(chain, signer.address, setup, record.first_nonce)
        _expect_same(record_path, record, anew)
    record.save(record_path)
    for step in steps:
        record = _create(chain, sender, signer, step, record, record_path, report)
    return record


def planned(
    chain: Chain, deployer: ChecksumAddress, setup: AllianceSetup, first_nonce: int
) -> tuple[Deployment, tuple[Step, ...]]:
    """The record before the first transaction and the steps to it; raises BadPlan."""
    steps = plan(setup.parameters, deployer, first_nonce)
    suite = Suite.load()
    record = Deployment(
        version=__version__,
        chain_id=chain.chain_id,
        genesis=chain.genesis,
        deployer=deployer,
        first_nonce=first_nonce,
        parameters=DeployedParameters(
            name=setup.name,
            rules=DeployedRules(
                weights=dict(setup.rules.weights),
                quorum=setup.rules.quorum,
                voting_period=setup.rules.voting_period,
                execution_delay=setup.rules.execution_delay,
            ),
            calendar_keeper=setup.keeper,
            valid_until=setup.valid_until,
            calendars=dict(setup.calendars),
            cash=tuple(
                DeployedCash(currency=cash.currency.code, issuer=cash.issuer) for cash in setup.cash
            ),
        ),
        members=tuple(
            DeployedMember(
                number=member.number,
                handle=member.record.key,
                founder=member.record.founder,
                administrator=member.accounts.administrator,
                treasury=member.accounts.treasury,
                desk=member.accounts.desk,
            )
            for member in setup.members
        ),
        contracts=tuple(
            DeployedContract(
                name=step.name,
                contract=step.contract,
                nonce=step.nonce,
                address=step.address,
                arguments=as_json(step.arguments),
                bytecode=hexadecimal(keccak(suite.artifact(step.contract).bytecode)),
            )
            for step in steps
        ),
    )
    return record, steps


def recorded(chain: Chain, path: Path) -> Deployment | None:
    """The record of this very chain, or None where a fresh one is to be begun."""
    if not path.exists():
        return None
    record = Deployment.load(path)
    if record.chain_id != chain.chain_id:
        raise OtherChain(path, "the chain id", record.chain_id, chain.chain_id)
    if record.genesis != chain.genesis:
        if chain.is_development:
            return None
        raise OtherChain(path, "the genesis block", record.genesis, chain.genesis)
    for contract in record.contracts:
        if contract.creation is None or _stands(chain, contract, contract.creation):
            continue
        # Two development nodes started alike have the same genesis block.
        if chain.is_development:
            return None
        raise DeploymentLost(path, contract.name, contract.creation.transaction)
    return record


def _stands(chain: Chain, contract: DeployedContract, creation: Creation) -> bool:
    try:
        receipt = chain.web3.eth.get_transaction_receipt(creation.transaction)  # type: ignore[arg-type]
    except TransactionNotFound:
        return False
    return receipt["status"] == 1 and receipt["contractAddress"] == contract.address


def _expect_same(path: Path, record: Deployment, anew: Deployment) -> None:
    """The record and the plan made anew must agree on all that the chain gets to see."""
    if record.deployer != anew.deployer:
        raise PlanChanged(path, "the deployer", record.deployer, anew.deployer)
    names = [contract.name for contract in record.contracts]
    names_anew = [contract.name for contract in anew.contracts]
    if names != names_anew:
        raise PlanChanged(path, "the contracts", ", ".join(names), ", ".join(names_anew))
    for old, new in zip(record.contracts, anew.contracts, strict=True):
        for what in ("bytecode", "arguments", "nonce", "address", "contract"):
            if getattr(old, what) != getattr(new, what):
                raise PlanChanged(
                    path, f"the {what} of {old.name}", getattr(old, what), getattr(new, what)
                )
    for what in ("parameters", "members"):
        if getattr(record, what) != getattr(anew, what):
            raise PlanChanged(path, f"the {what}", getattr(record, what), getattr(anew, what))


def _create(
    chain: Chain,
    sender: Sender,
    signer: Signer,
    step: Step,
    record: Deployment,
    path: Path,
    report: Report,
) -> Deployment:
    made = next(each for each in record.contracts if each.name == step.name).creation
    already = made is not None
    if made is None:
        done = _send(sender, signer, step)
        already = done.already
        made = Creation(
            transaction=done.transaction,
            block=done.block,
            time=seconds_of(done.time),
            gas=done.gas,
            code=hexadecimal(keccak(chain.web3.eth.get_code(step.address))),
        )
        record = record.with_creation(step.name, made)
        record.save(path)
    report(
        StepReport(
            kind="deploy",
            actor="deployer",
            what=f"{step.name} at {step.address}",
            article="",
            transaction=made.transaction,
            gas=made.gas,
            time=instant_of(made.time),
            already=already,
        )
    )
    return record


def _send(sender: Sender, signer: Signer, step: Step) -> Done:
    content = encode_creation(step.contract, step.arguments)
    # Another plan at the same count is another act: a development chain may be started anew.
    key = f"deploy {step.name} {step.nonce} {hexadecimal(keccak(content))}"
    try:
        return sender.deploy(
            signer,
            step.contract,
            step.arguments,
            key=key,
            intent=f"deploy {step.name} at {step.address}",
            nonce=step.nonce,
        )
    except NumberTaken as taken:
        raise NonceMoved(signer.address, step.nonce, taken.actual, step.name) from taken


def _transaction_count(chain: Chain, address: ChecksumAddress) -> int:
    return chain.web3.eth.get_transaction_count(address, "latest")
