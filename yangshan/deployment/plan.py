# SPDX-License-Identifier: Apache-2.0
"""The plan of a deployment: which contract, in which order, at which address, with which arguments.

The contracts know each other through immutable addresses, and some know each other both ways. An
address follows from the deployer and its transaction count, so every address is computed before
anything is sent, and the order below is fixed. Nothing here touches a chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eth_typing import ChecksumAddress
from eth_utils.address import to_checksum_address
from web3.types import Nonce
from web3.utils.address import get_create_address

from yangshan.errors import Refused
from yangshan.money import Currency

ZERO_ADDRESS = to_checksum_address("0x" + "00" * 20)


class BadPlan(Refused):
    """Parameters from which no alliance can be deployed."""


@dataclass(frozen=True, slots=True)
class Admission:
    """One member as the registry takes it in: the struct Admission of IAllianceRegistry."""

    treasury: ChecksumAddress
    administrator: ChecksumAddress
    valid_until: int
    calendar: int
    country: bytes
    kind: int
    identity: bytes

    def as_argument(self) -> tuple[object, ...]:
        """The struct in the order of its fields."""
        return (
            self.treasury,
            self.administrator,
            self.valid_until,
            self.calendar,
            self.country,
            self.kind,
            self.identity,
        )


@dataclass(frozen=True, slots=True)
class CashParameters:
    """One currency on the ledger and the member (by number) that issues it."""

    currency: Currency
    issuer: int


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything a deployment is made from."""

    founders: tuple[Admission, ...]
    threshold: int
    calendar_keeper: int
    cash: tuple[CashParameters, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One contract to deploy: ``name`` is unique, ``contract`` names the artifact."""

    name: str
    contract: str
    nonce: int
    address: ChecksumAddress
    arguments: tuple[object, ...]


def contract_address(deployer: ChecksumAddress, nonce: int) -> ChecksumAddress:
    """Where a contract lands that ``deployer`` creates with its transaction number ``nonce``."""
    return get_create_address(deployer, Nonce(nonce))


def cash_name(currency: Currency) -> str:
    """The name under which the cash of a currency is deployed."""
    return f"SettlementCash-{currency.code}"


def plan(parameters: Parameters, deployer: ChecksumAddress, first_nonce: int) -> tuple[Step, ...]:
    """The steps of a deployment by ``deployer`` whose next transaction number is ``first_nonce``.

    Raises :class:`BadPlan` where the contracts' constructors would refuse, or a number names no
    founder.
    """
    _check(parameters)
    names = [
        ("AllianceRegistry", "AllianceRegistry"),
        ("AllianceCouncil", "AllianceCouncil"),
        ("BankingCalendar", "BankingCalendar"),
        ("LetterOfCredit", "LetterOfCredit"),
        ("Presentations", "Presentations"),
        ("PaymentObligations", "PaymentObligations"),
        *((cash_name(cash.currency), "SettlementCash") for cash in parameters.cash),
    ]
    nonces = {name: first_nonce + place for place, (name, _) in enumerate(names)}
    at = {name: contract_address(deployer, nonce) for name, nonce in nonces.items()}
    registry = at["AllianceRegistry"]
    arguments: dict[str, tuple[object, ...]] = {
        "AllianceRegistry": (
            at["AllianceCouncil"],
            [founder.as_argument() for founder in parameters.founders],
        ),
        "AllianceCouncil": (registry, len(parameters.founders), parameters.threshold),
        "BankingCalendar": (registry, parameters.calendar_keeper),
        "LetterOfCredit": (registry, at["Presentations"]),
        "Presentations": (
            registry,
            at["BankingCalendar"],
            at["LetterOfCredit"],
            at["PaymentObligations"],
        ),
        "PaymentObligations": (
            registry,
            at["Presentations"],
            [cash.currency.number for cash in parameters.cash],
            [at[cash_name(cash.currency)] for cash in parameters.cash],
        ),
    }
    for cash in parameters.cash:
        # The second settling contract is zero, not the predicted address of one to come: whoever
        # deploys next at a predicted address would hold a key to every treasury.
        arguments[cash_name(cash.currency)] = (
            registry,
            at["PaymentObligations"],
            ZERO_ADDRESS,
            cash.issuer,
            cash.currency.number,
            cash.currency.code,
            cash.currency.decimals,
        )
    return tuple(
        Step(name, contract, nonces[name], at[name], arguments[name]) for name, contract in names
    )


def _check(parameters: Parameters) -> None:
    founders = len(parameters.founders)
    if not 0 < parameters.threshold <= founders <= 127:
        raise BadPlan(
            f"{parameters.threshold} of {founders} founders cannot decide: the threshold must be "
            "between 1 and the number of founders, and there may be 127 founders."
        )
    for what, number in [
        ("The calendar keeper", parameters.calendar_keeper),
        *((f"The issuer of {cash.currency.code}", cash.issuer) for cash in parameters.cash),
    ]:
        if not 1 <= number <= founders:
            raise BadPlan(f"{what} must be a founder, 1 to {founders}; {number} is none.")
    codes: Sequence[str] = [cash.currency.code for cash in parameters.cash]
    if len(set(codes)) != len(codes):
        raise BadPlan(f"A currency is given twice: {', '.join(sorted(codes))}.")
