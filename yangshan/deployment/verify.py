# SPDX-License-Identifier: Apache-2.0
"""Proving a live deployment: what stands on the chain is the build, wired and founded as recorded.

Nothing in the record is believed: the plan is made anew from the founders and the deployer in it,
the code is compared with the build, the immutables are asked for one by one, and each creation's
input is compared with the build's creation code and the recorded arguments. Only what no chain
holds stays unproven: the members' short names, their desks, and members that are no founders. What
the council or a founder changed since, such as the rules of voting, is told as a difference.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from eth_utils.crypto import keccak
from hexbytes import HexBytes
from web3.exceptions import Web3Exception

from yangshan.chain.calls import decode_answer, encode_call, encode_creation
from yangshan.chain.enums import Role
from yangshan.chain.suite import Suite, UnknownArtifact
from yangshan.chain.values import Record, hexadecimal, text_bytes, unhexadecimal
from yangshan.deployment.plan import (
    CREDITS_EDITION,
    Admission,
    CashParameters,
    Parameters,
    Step,
    VotingRules,
    plan,
)
from yangshan.deployment.record import DeployedContract, Deployment, as_json
from yangshan.errors import YangshanError
from yangshan.money import Currency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from eth_typing import ChecksumAddress

    from yangshan.chain.connection import Chain
    from yangshan.chain.suite import Artifact

# The getter of each constructor argument that a contract keeps, in the order of the arguments.
# None: no getter; what it fills is looked at by itself.
GETTERS: Final[Mapping[str, tuple[str | None, ...]]] = {
    "AllianceRegistry": ("governor", "desks", None),
    "AllianceCouncil": ("registry", "calendar", "directory", "votingRules"),
    "MemberDesks": ("registry",),
    "BankingCalendar": ("registry", "keeper"),
    "LetterOfCredit": (
        *("registry", "calendar", "presentations", "transfers", "timetable", "edition"),
    ),
    "Presentations": (
        *("registry", "calendar", "credits", "obligations", "forwardings", "transfers"),
        *("timetable", "recordsContract", "disposals", "titles", "custody"),
    ),
    "Forwarding": (
        *("registry", "calendar", "credits", "presentations", "obligations", "transfers"),
    ),
    "Disposals": ("registry", "credits", "presentations", "forwardings", "transfers"),
    "PaymentObligations": (
        *("registry", "presentations", "forwardings", "transfers", "reimbursements", "titles"),
        *(None, None),
    ),
    "Reimbursements": (
        *("registry", "calendar", "credits", "presentations", "forwardings", "obligations"),
    ),
    "CreditTransfers": (
        *("registry", "calendar", "credits", "presentations", "forwardings", "obligations"),
        "disposals",
    ),
    "CreditSchedules": ("registry", "credits", "presentations"),
    "ElectronicRecords": ("registry", "calendar", "credits", "presentations"),
    "DocumentRegistry": ("registry",),
    "CustomsDeclarations": ("registry",),
    "DocumentGrants": ("registry",),
    "TitleRegistry": (
        *("registry", "facades", "presentations", "obligations", "custody", "deliveries"),
    ),
    "TitleFacades": ("titles",),
    "TitleCustody": (
        *("registry", "titleRegistry", "presentations", "obligations", "forwardings"),
    ),
    "TitleDeliveries": ("registry", "titles", "obligations"),
    "SettlementCash": (
        *("registry", "obligations", "deliveries", "issuer", "currency", "symbol", "decimals"),
    ),
    "Directory": ("registry", None, None),
}
# The contracts that the registry can close to new records, by the edition that the plan gives them.
EDITIONS: Final = {"LetterOfCredit": CREDITS_EDITION}
# Contracts that ask the registry for its governor when they are created.
_GOVERNED: Final = ("BankingCalendar", "Directory")

_REGISTRY: Final = "AllianceRegistry"
_COUNCIL: Final = "AllianceCouncil"
_DIRECTORY: Final = "Directory"
# The place of the founders among the arguments of the registry.
_FOUNDERS: Final = 2
_UNREADABLE: Final = "unreadable"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what the record or the build says, and what the chain says."""

    name: str
    expected: str
    found: str

    @property
    def ok(self) -> bool:
        """Whether they agree."""
        return self.expected == self.found


def verify(chain: Chain, deployment: Deployment) -> list[Check]:
    """All checks of a deployment, in the order of the plan; changes nothing.

    Never stops at the first difference. Raises SuiteMissing without a build to compare with, and
    ChainUnreachable.
    """
    return list(_checks(chain, deployment))


def _checks(chain: Chain, deployment: Deployment) -> Iterator[Check]:
    yield _check("chain id", deployment.chain_id, lambda: chain.chain_id)
    yield _check("genesis block", deployment.genesis, lambda: chain.genesis)
    yield from _plan_checks(deployment)
    for contract in deployment.contracts:
        yield from _creation_checks(chain, deployment, contract)
        yield from _code_checks(chain, contract)
        yield from _getter_checks(chain, contract)
    yield from _governor_checks(chain, deployment)
    yield from _cash_checks(chain, deployment)
    yield from _version_checks(chain, deployment)
    yield from _founder_checks(chain, deployment)


def _check(name: str, expected: object, found: Callable[[], object]) -> Check:
    """A check whose answer may fail to come: another contract, or none, stands there."""
    try:
        answer = _text(found())
    except (Web3Exception, YangshanError, ValueError, TypeError, LookupError) as reason:
        answer = f"{_UNREADABLE} ({type(reason).__name__})"
    return Check(name, _text(expected), answer)


def _text(value: object) -> str:
    return str(as_json(value))


def _hash(code: bytes) -> str:
    return hexadecimal(keccak(code))


def _plan_checks(deployment: Deployment) -> Iterator[Check]:
    """The record against itself: the plan made anew from what it says was decided."""
    given, recorded = deployment.parameters, deployment.contracts
    steps: Sequence[Step] = ()
    admissions: tuple[Admission, ...] = ()
    try:
        admissions = _founders(recorded[0].arguments[_FOUNDERS])
        parameters = Parameters(
            founders=admissions,
            rules=VotingRules(
                weights=tuple(given.rules.weights.items()),
                quorum=given.rules.quorum,
                voting_period=given.rules.voting_period,
                execution_delay=given.rules.execution_delay,
            ),
            calendar_keeper=given.calendar_keeper,
            cash=tuple(
                CashParameters(Currency.of(cash.currency), cash.issuer) for cash in given.cash
            ),
        )
        steps = plan(parameters, deployment.deployer, deployment.first_nonce)
    except (YangshanError, ValueError, TypeError, LookupError) as reason:
        yield Check("plan", "can be made", f"cannot be made: {reason}")
    yield _check(
        "contracts in their order",
        [(step.name, step.contract, step.nonce, step.address) for step in steps],
        lambda: [(each.name, each.contract, each.nonce, each.address) for each in recorded],
    )
    for step, contract in zip(steps, recorded, strict=False):
        yield Check(
            f"{contract.name}: arguments planned", _text(step.arguments), _text(contract.arguments)
        )
    founders = [member for member in deployment.members if member.founder]
    yield Check(
        "founders",
        _text([(each.treasury, each.administrator) for each in admissions]),
        _text([(each.treasury, each.administrator) for each in founders]),
    )
    yield Check(
        "numbers of the members",
        _text(list(range(1, len(deployment.members) + 1))),
        _text([member.number for member in deployment.members]),
    )


def _founders(arguments: Sequence[Sequence[Any]]) -> tuple[Admission, ...]:
    """The founders as the record holds them among the registry's arguments."""
    return tuple(
        Admission(
            treasury=treasury,
            administrator=administrator,
            valid_until=valid_until,
            calendar=calendar,
            country=unhexadecimal(country),
            kind=kind,
            identity=unhexadecimal(identity),
        )
        for treasury, administrator, valid_until, calendar, country, kind, identity in arguments
    )


def _creation_checks(
    chain: Chain, deployment: Deployment, contract: DeployedContract
) -> Iterator[Check]:
    """The transaction that created the contract."""
    name, made, eth = contract.name, contract.creation, chain.web3.eth
    if made is None:
        yield Check(f"{name}: created", "yes", "no")
        return
    transaction: Any = made.transaction

    @functools.cache
    def receipt() -> Any:
        return eth.get_transaction_receipt(transaction)

    @functools.cache
    def sent() -> Any:
        return eth.get_transaction(transaction)

    yield _check(f"{name}: created", 1, lambda: receipt()["status"])
    yield _check(f"{name}: address", contract.address, lambda: receipt()["contractAddress"])
    yield _check(f"{name}: deployer", deployment.deployer, lambda: receipt()["from"])
    yield _check(f"{name}: block", made.block, lambda: receipt()["blockNumber"])
    yield _check(f"{name}: gas", made.gas, lambda: receipt()["gasUsed"])
    yield _check(
        f"{name}: time", made.time, lambda: eth.get_block(receipt()["blockNumber"])["timestamp"]
    )
    yield _check(f"{name}: nonce", contract.nonce, lambda: sent()["nonce"])
    yield _check(
        f"{name}: creation code and arguments",
        _hash(_creation_input(contract)),
        lambda: _hash(bytes(sent()["input"])),
    )


def _creation_input(contract: DeployedContract) -> bytes:
    try:
        return encode_creation(contract.contract, contract.arguments)
    except YangshanError:
        return b""


def _artifact(contract: DeployedContract) -> Artifact | None:
    try:
        return Suite.load().artifact(contract.contract)
    except UnknownArtifact:
        return None


def _code_checks(chain: Chain, contract: DeployedContract) -> Iterator[Check]:
    artifact, name = _artifact(contract), contract.name
    if artifact is None:
        yield Check(f"{name}: in the build", contract.contract, "not there")
        return
    yield Check(f"{name}: build", contract.bytecode, _hash(artifact.bytecode))

    def code() -> bytes:
        return bytes(chain.web3.eth.get_code(contract.address))

    yield _check(
        f"{name}: code without immutables",
        _hash(masked(artifact.runtime, artifact.immutables)),
        lambda: _hash(masked(code(), artifact.immutables)),
    )
    if contract.creation is not None:
        yield _check(f"{name}: code", contract.creation.code, lambda: _hash(code()))


def masked(code: bytes, places: Sequence[tuple[int, int]]) -> bytes:
    """Code with zeroes at ``places``, each a start and a length in bytes."""
    zeroed = bytearray(code)
    for start, length in places:
        zeroed[start : start + length] = bytes(len(zeroed[start : start + length]))
    return bytes(zeroed)


def _getter_checks(chain: Chain, contract: DeployedContract) -> Iterator[Check]:
    getters = GETTERS.get(contract.contract, ())
    for getter, argument in zip(getters, contract.arguments, strict=False):
        if getter is not None:
            yield _check(
                f"{contract.name}.{getter}",
                argument,
                _reader(chain, contract.contract, contract.address, getter),
            )


def _reader(
    chain: Chain, name: str, address: ChecksumAddress, function: str, *arguments: object
) -> Callable[[], Any]:
    def read() -> Any:
        data = HexBytes(encode_call(name, function, arguments))
        answer = chain.web3.eth.call({"to": address, "data": data})
        value = decode_answer(name, function, bytes(answer))
        return value.as_argument() if isinstance(value, Record) else value

    return read


def _cash_checks(chain: Chain, deployment: Deployment) -> Iterator[Check]:
    """Which cash the obligations are paid in."""
    for contract in deployment.contracts:
        if contract.contract == "PaymentObligations":
            currencies, cash = contract.arguments[-2:]
            for currency, address in zip(currencies, cash, strict=False):
                yield _check(
                    f"{contract.name}.cashOf({currency})",
                    address,
                    _reader(chain, contract.contract, contract.address, "cashOf", currency),
                )


def _governor_checks(chain: Chain, deployment: Deployment) -> Iterator[Check]:
    """Who decides, wherever a contract took it from the registry."""
    council = next((each for each in deployment.contracts if each.name == _COUNCIL), None)
    for contract in deployment.contracts:
        if contract.contract in _GOVERNED:
            yield _check(
                f"{contract.name}.governor",
                council.address if council else "",
                _reader(chain, contract.contract, contract.address, "governor"),
            )


def _version_checks(chain: Chain, deployment: Deployment) -> Iterator[Check]:
    """The first version of each contract in the directory, and the edition that closes it."""
    directory = next((each for each in deployment.contracts if each.name == _DIRECTORY), None)
    if directory is None:
        yield Check(_DIRECTORY, "recorded", "not there")
        return
    for contract in deployment.contracts:
        if contract is not directory:
            yield _check(
                f"{_DIRECTORY}: {contract.name}",
                (contract.address, EDITIONS.get(contract.contract, 0)),
                _live_version(chain, directory, contract.name),
            )


def _live_version(
    chain: Chain, directory: DeployedContract, name: str
) -> Callable[[], tuple[object, ...]]:
    def fields() -> tuple[object, ...]:
        padded = text_bytes(name, 32)
        read = _reader(chain, directory.contract, directory.address, "versionOf", padded, 1)
        at, _registered, edition = read()
        return at, edition

    return fields


def _founder_checks(chain: Chain, deployment: Deployment) -> Iterator[Check]:
    """Each founder and its administrator as the registry has them now."""
    registry = next((each for each in deployment.contracts if each.name == _REGISTRY), None)
    if registry is None or not registry.arguments[_FOUNDERS:]:
        yield Check(_REGISTRY, "recorded with its founders", "not there")
        return
    yield _check(
        f"{_REGISTRY}.founders",
        len(registry.arguments[_FOUNDERS]),
        _reader(chain, registry.contract, registry.address, "founders"),
    )
    for number, founder in enumerate(registry.arguments[_FOUNDERS], start=1):
        treasury, administrator, valid_until, calendar, country, kind, _identity = founder
        yield _check(
            f"founder {number}",
            (treasury, valid_until, calendar, country, kind),
            _live_member(chain, registry, number),
        )
        yield _check(
            f"founder {number}: administrator",
            (number, True),
            _live_administrator(chain, registry, administrator),
        )


def _live_member(
    chain: Chain, registry: DeployedContract, number: int
) -> Callable[[], tuple[object, ...]]:
    read = _reader(chain, registry.contract, registry.address, "member", number)

    def fields() -> tuple[object, ...]:
        treasury, valid_until, calendar, country, _, kind, *_ = read()
        return treasury, valid_until, calendar, country, int(kind)

    return fields


def _live_administrator(
    chain: Chain, registry: DeployedContract, administrator: str
) -> Callable[[], tuple[object, ...]]:
    read = _reader(chain, registry.contract, registry.address, "key", administrator)

    def fields() -> tuple[object, ...]:
        member, *_, roles = read()
        return member, Role.ADMINISTER in Role(roles)

    return fields
