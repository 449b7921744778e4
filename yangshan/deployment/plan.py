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

# The numbers by which contracts are closed to new records; a later version takes the next free one.
CREDITS_EDITION = 1
NO_END = 2**40 - 1
MOST_FOUNDERS = 32
HOUR = 3_600

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
class VotingRules:
    """How the council decides: the struct VotingRules of IAllianceCouncil.

    ``weights`` gives the number of a kind and the votes of a founder of that kind; ``quorum`` is
    how many of a hundred votes must be in favour; ``voting_period`` and ``execution_delay`` are
    seconds.
    """

    weights: tuple[tuple[int, int], ...]
    quorum: int
    voting_period: int
    execution_delay: int

    def weight(self, kind: int) -> int:
        """The votes of a founder of this kind, 0 if the rules give it none."""
        return dict(self.weights).get(kind, 0)

    def as_argument(self) -> tuple[int, int, int, int]:
        """The struct in the order of its fields: a byte for each kind, the first in the lowest."""
        packed = sum(votes << 8 * kind for kind, votes in self.weights)
        return packed, self.quorum, self.voting_period, self.execution_delay


@dataclass(frozen=True, slots=True)
class CashParameters:
    """One currency on the ledger and the member (by number) that issues it."""

    currency: Currency
    issuer: int


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything a deployment is made from."""

    founders: tuple[Admission, ...]
    rules: VotingRules
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
        ("MemberDesks", "MemberDesks"),
        ("BankingCalendar", "BankingCalendar"),
        ("LetterOfCredit", "LetterOfCredit"),
        ("Presentations", "Presentations"),
        ("Forwarding", "Forwarding"),
        ("Disposals", "Disposals"),
        ("PaymentObligations", "PaymentObligations"),
        ("Reimbursements", "Reimbursements"),
        ("CreditTransfers", "CreditTransfers"),
        ("CreditSchedules", "CreditSchedules"),
        ("ElectronicRecords", "ElectronicRecords"),
        ("DocumentRegistry", "DocumentRegistry"),
        ("CustomsDeclarations", "CustomsDeclarations"),
        ("DocumentGrants", "DocumentGrants"),
        ("TitleRegistry", "TitleRegistry"),
        ("TitleFacades", "TitleFacades"),
        ("TitleCustody", "TitleCustody"),
        ("TitleDeliveries", "TitleDeliveries"),
        *((cash_name(cash.currency), "SettlementCash") for cash in parameters.cash),
        # Last, because it asks each contract for its edition.
        ("Directory", "Directory"),
    ]
    nonces = {name: first_nonce + place for place, (name, _) in enumerate(names)}
    at = {name: contract_address(deployer, nonce) for name, nonce in nonces.items()}
    registry = at["AllianceRegistry"]
    arguments: dict[str, tuple[object, ...]] = {
        "AllianceRegistry": (
            at["AllianceCouncil"],
            at["MemberDesks"],
            [founder.as_argument() for founder in parameters.founders],
        ),
        "AllianceCouncil": (
            registry,
            at["BankingCalendar"],
            at["Directory"],
            parameters.rules.as_argument(),
        ),
        "MemberDesks": (registry,),
        "BankingCalendar": (registry, parameters.calendar_keeper),
        "LetterOfCredit": (
            registry,
            at["BankingCalendar"],
            at["Presentations"],
            at["CreditTransfers"],
            at["CreditSchedules"],
            CREDITS_EDITION,
        ),
        "Presentations": (
            registry,
            at["BankingCalendar"],
            at["LetterOfCredit"],
            at["PaymentObligations"],
            at["Forwarding"],
            at["CreditTransfers"],
            at["CreditSchedules"],
            at["ElectronicRecords"],
            at["Disposals"],
            at["TitleRegistry"],
            at["TitleCustody"],
        ),
        "Forwarding": (
            registry,
            at["BankingCalendar"],
            at["LetterOfCredit"],
            at["Presentations"],
            at["PaymentObligations"],
            at["CreditTransfers"],
        ),
        "Disposals": (
            registry,
            at["LetterOfCredit"],
            at["Presentations"],
            at["Forwarding"],
            at["CreditTransfers"],
        ),
        "PaymentObligations": (
            registry,
            at["Presentations"],
            at["Forwarding"],
            at["CreditTransfers"],
            at["Reimbursements"],
            at["TitleRegistry"],
            [cash.currency.number for cash in parameters.cash],
            [at[cash_name(cash.currency)] for cash in parameters.cash],
        ),
        "CreditTransfers": (
            registry,
            at["BankingCalendar"],
            at["LetterOfCredit"],
            at["Presentations"],
            at["Forwarding"],
            at["PaymentObligations"],
            at["Disposals"],
        ),
    }
    arguments["Reimbursements"] = (
        registry,
        at["BankingCalendar"],
        at["LetterOfCredit"],
        at["Presentations"],
        at["Forwarding"],
        at["PaymentObligations"],
    )
    arguments["CreditSchedules"] = (registry, at["LetterOfCredit"], at["Presentations"])
    arguments["ElectronicRecords"] = (
        registry,
        at["BankingCalendar"],
        at["LetterOfCredit"],
        at["Presentations"],
    )
    arguments["DocumentRegistry"] = (registry,)
    arguments["CustomsDeclarations"] = (registry,)
    arguments["DocumentGrants"] = (registry,)
    arguments["TitleRegistry"] = (
        registry,
        at["TitleFacades"],
        at["Presentations"],
        at["PaymentObligations"],
        at["TitleCustody"],
        at["TitleDeliveries"],
    )
    arguments["TitleFacades"] = (at["TitleRegistry"],)
    arguments["TitleCustody"] = (
        registry,
        at["TitleRegistry"],
        at["Presentations"],
        at["PaymentObligations"],
        at["Forwarding"],
    )
    arguments["TitleDeliveries"] = (registry, at["TitleRegistry"], at["PaymentObligations"])
    listed = [name for name, _ in names if name != "Directory"]
    arguments["Directory"] = (
        registry,
        [name.encode().ljust(32, b"\0") for name in listed],
        [at[name] for name in listed],
    )
    for cash in parameters.cash:
        arguments[cash_name(cash.currency)] = (
            registry,
            at["PaymentObligations"],
            at["TitleDeliveries"],
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
    if not 1 <= founders <= MOST_FOUNDERS:
        raise BadPlan(f"An alliance has 1 to {MOST_FOUNDERS} founders; {founders} were given.")
    for number, founder in enumerate(parameters.founders, start=1):
        if founder.valid_until != NO_END:
            raise BadPlan(
                f"Founder {number} has a last day; the membership of founders has no end."
            )
        if parameters.rules.weight(founder.kind) == 0:
            raise BadPlan(f"Founder {number} would have no vote: its kind is given none.")
    _check_rules(parameters.rules)
    for what, number in [
        ("The calendar keeper", parameters.calendar_keeper),
        *((f"The issuer of {cash.currency.code}", cash.issuer) for cash in parameters.cash),
    ]:
        if not 1 <= number <= founders:
            raise BadPlan(f"{what} must be a founder, 1 to {founders}; {number} is none.")
    codes: Sequence[str] = [cash.currency.code for cash in parameters.cash]
    if len(set(codes)) != len(codes):
        raise BadPlan(f"A currency is given twice: {', '.join(sorted(codes))}.")


def _check_rules(rules: VotingRules) -> None:
    for what, value, least, most in (
        ("The quorum (percent)", rules.quorum, 51, 100),
        ("The voting period (seconds)", rules.voting_period, HOUR, 365 * 24 * HOUR),
        ("The execution delay (seconds)", rules.execution_delay, 0, 90 * 24 * HOUR),
        *((f"The votes of kind {kind}", votes, 1, 255) for kind, votes in rules.weights),
    ):
        if not least <= value <= most:
            raise BadPlan(f"{what} must be {least} to {most}; {value} was given.")
