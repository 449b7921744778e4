# SPDX-License-Identifier: Apache-2.0
"""One deployed alliance in an EVM of its own, with members, keys, calendars and a clock."""

from __future__ import annotations

import contextlib
import functools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

try:
    import pyrevm
except ImportError:
    import pure_evm as pyrevm
import pytest
from eth_utils import keccak, to_checksum_address
from suite import (
    ASSERTED_ERRORS,
    ASSERTED_EVENTS,
    Error,
    Event,
    RevertedError,
    checksummed,
    creation_code,
    decode_error,
    decode_event,
    error,
    functions,
)
from vocabulary import (
    NO_END,
    Action,
    Availability,
    MaturityFrom,
    MemberKind,
    ProposalState,
    Role,
    open_roles,
)

from yangshan.alliance.places import build
from yangshan.deployment.plan import (
    ZERO_ADDRESS,
    Admission,
    CashParameters,
    Parameters,
    VotingRules,
    cash_name,
    contract_address,
    plan,
)
from yangshan.money import Currency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eth_typing import ChecksumAddress

DAY: Final = 86_400


def instant(text: str) -> int:
    """Unix time of an ISO 8601 text; UTC if it names no offset."""
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


@functools.cache
def account(label: str) -> ChecksumAddress:
    """An account of its own for each label."""
    return to_checksum_address(keccak(text=label)[12:])


def ascii32(text: str) -> bytes:
    return text.encode().ljust(32, b"\0")


START: Final = instant("2025-09-01T00:00:00")
FAR: Final = instant("2035-01-01T00:00:00")

# The members: founders first, in the order of their numbers, then those the council admits.
AUTHORITY, CUSTOMS, CENTRAL, ISSUER, ADVISER, REMOTE, OTHER, FRANKFURT = range(1, 9)
APPLICANT, BENEFICIARY, FORWARDER = range(9, 12)
FOUNDERS: Final = 8
MEMBERS: Final = 11
# Each founder has a vote, and five of eight decide.
RULES: Final = VotingRules(
    weights=tuple((int(kind), 1) for kind in MemberKind if kind),
    quorum=60,
    voting_period=7 * DAY,
    execution_delay=2 * DAY,
)
DECIDING: Final = 5

# REMOTE's calendar is open and has no day published.
CNSHA, CNSHA_M, DEFRA, EMPTY = range(1, 5)
CALENDARS: Final = {CNSHA: "CNSHA", CNSHA_M: "CNSHA-M", DEFRA: "DEFRA", EMPTY: "EMPTY"}
KEEPER: Final = CUSTOMS

KINDS: Final = {
    AUTHORITY: (MemberKind.AUTHORITY, 0),
    CUSTOMS: (MemberKind.CUSTOMS, 0),
    CENTRAL: (MemberKind.CENTRAL_BANK, CNSHA),
    ISSUER: (MemberKind.BANK, CNSHA),
    ADVISER: (MemberKind.BANK, CNSHA),
    REMOTE: (MemberKind.BANK, EMPTY),
    OTHER: (MemberKind.BANK, CNSHA_M),
    FRANKFURT: (MemberKind.BANK, DEFRA),
    APPLICANT: (MemberKind.TRADER, 0),
    BENEFICIARY: (MemberKind.TRADER, 0),
    FORWARDER: (MemberKind.CARRIER, 0),
}

DEPLOYER: Final = account("deployer")
OUTSIDER: Final = account("outsider")
CNY, JPY, USD = (Currency.of(code) for code in ("CNY", "JPY", "USD"))
CASH: Final = cash_name(CNY)


def admin(member: int) -> ChecksumAddress:
    return account(f"administrator of {member}")


def treasury(member: int) -> ChecksumAddress:
    return account(f"treasury of {member}")


def desk(member: int) -> ChecksumAddress:
    """The key that holds every role open to its member but that of administering."""
    return account(f"desk of {member}")


def admission(member: int, **changes: Any) -> Admission:
    kind, calendar = KINDS.get(member, (MemberKind.TRADER, 0))
    fields = {
        "treasury": treasury(member),
        "administrator": admin(member),
        "valid_until": NO_END if member <= FOUNDERS else FAR,
        "calendar": calendar,
        "country": b"DE" if member == FRANKFURT else b"CN",
        "kind": int(kind),
        "identity": keccak(text=f"identity of {member}"),
    }
    return Admission(**fields | changes)


class Motion(NamedTuple):
    """The struct of IAllianceCouncil."""

    action: int
    member: int = 0
    until: int = 0
    account: str = ZERO_ADDRESS
    name: bytes = bytes(32)
    edition: int = 0
    rules: tuple[int, ...] = (0, 0, 0, 0)
    admission: tuple[Any, ...] = (ZERO_ADDRESS, ZERO_ADDRESS, 0, 0, bytes(2), 0, bytes(32))
    resolution: bytes = bytes(32)


class PresentationKey(NamedTuple):
    credit: bytes
    examiner: int
    presenter: int
    number: int

    @property
    def id(self) -> bytes:
        return presentation_id(self)


@functools.lru_cache(maxsize=4_096)
def presentation_id(key: PresentationKey) -> bytes:
    words = (key.credit, *(each.to_bytes(32, "big") for each in key[1:]))
    return keccak(b"".join(words))


class Lodging(NamedTuple):
    key: PresentationKey
    amount: int
    shipped: int
    pay_presenter: bool
    documents: bytes


class Issuance(NamedTuple):
    """The struct of ILetterOfCredit; the defaults are a plain credit of CNY 1,280,000.00."""

    reference: bytes = b"LC2025-0001".ljust(16, b"\0")
    applicant: int = APPLICANT
    beneficiary: int = BENEFICIARY
    advising_bank: int = ADVISER
    second_advising_bank: int = OTHER
    nominated_bank: int = 0
    confirming_bank: int = 0
    reimbursing_bank: int = 0
    amount: int = 128_000_000
    currency: int = CNY.number
    plus_tolerance: int = 0
    minus_tolerance: int = 0
    expiry: int = START // DAY + 60
    latest_shipment: int = START // DAY + 40
    presentation_period: int = 0
    tenor: int = 0
    tenor_from: int = int(MaturityFrom.NONE)
    availability: int = int(Availability.SIGHT_PAYMENT)
    transferable: bool = False
    partial_forbidden: bool = False
    any_bank: bool = False
    switches: int = 0
    terms: bytes = keccak(text="terms")


class Amendment(NamedTuple):
    """The struct of ILetterOfCredit; the defaults change the text alone."""

    number: int = 1
    cancels: bool = False
    increase: int = 0
    decrease: int = 0
    expiry: int = 0
    latest_shipment: int = 0
    presentation_period: int = 0
    sets_tolerance: bool = False
    plus_tolerance: int = 0
    minus_tolerance: int = 0
    terms: bytes = keccak(text="amendment")


class PackedIssuance(NamedTuple):
    reference: bytes
    parties: int
    numbers: int
    terms: bytes


def packed(terms: Issuance) -> PackedIssuance:
    """A credit in the two words in which the library CreditWords draws it."""
    parties = 0
    for member in terms[1:8]:
        parties = parties << 32 | member
    flags = terms.transferable | terms.partial_forbidden << 1 | terms.any_bank << 2
    numbers = (
        terms.amount << 64
        | terms.expiry << 128
        | terms.latest_shipment << 144
        | terms.presentation_period << 160
        | terms.plus_tolerance << 170
        | terms.minus_tolerance << 177
        | terms.currency << 200
        | terms.tenor << 210
        | terms.tenor_from << 226
        | terms.availability << 228
        | flags << 234
        | terms.switches << 246
    )
    return PackedIssuance(terms.reference, parties, numbers, terms.terms)


def credit_id(issuing_bank: int, reference: bytes) -> bytes:
    return keccak(issuing_bank.to_bytes(32, "big") + reference.ljust(32, b"\0"))


def documents_act(function: str) -> str:
    """``Contract.function`` of an act on documents, in whichever of the three contracts it is."""
    apart = (name for name in ("Forwarding", "Disposals") if function in functions(name))
    return f"{next(apart, 'Presentations')}.{function}"


def obligation_id(presentation: bytes, debtor: int, owner: int) -> bytes:
    return keccak(presentation + debtor.to_bytes(32, "big") + owner.to_bytes(32, "big"))


@dataclass(frozen=True)
class Receipt:
    """What a transaction returned, emitted and burnt."""

    value: Any
    events: list[Event]
    gas: int

    def emitted(self, *expected: Event) -> None:
        """Asserts that these events came, all fields equal, in this order, and no other."""
        assert self.events == list(expected)
        ASSERTED_EVENTS.update(each.name for each in expected)


@contextlib.contextmanager
def refused(expected: Error) -> Iterator[None]:
    """Asserts that the call in the block reverts with this error, all arguments equal."""
    with pytest.raises(RevertedError) as caught:
        yield
    assert caught.value.error == expected
    ASSERTED_ERRORS.add(expected.name)


def reverts(name: str, *args: Any) -> contextlib.AbstractContextManager[None]:
    """:func:`refused` by the error's name and arguments."""
    return refused(error(name, *args))


_OUTPUT: Final = re.compile(r"Revert \{ gas_used: \d+, output: 0x([0-9a-f]*) \}")


def _evm() -> pyrevm.EVM:
    """Takes contracts of any size: those of tests/mutants hold many faults and are not optimised.

    That the sound ones fit on any chain is asked of their code, in test_peers.py.
    """
    if pyrevm.__name__ == "pure_evm":
        return pyrevm.EVM(gas_limit=2**40, spec_id="MERGE")
    env = pyrevm.Env(cfg=pyrevm.CfgEnv(limit_contract_code_size=2**20))
    return pyrevm.EVM(env=env, gas_limit=2**40, spec_id="MERGE")


@dataclass
class World:
    """The EVM, its clock, and the contracts by the names of the plan."""

    evm: pyrevm.EVM = field(default_factory=_evm)
    time: int = 0
    addresses: dict[str, ChecksumAddress] = field(default_factory=dict)
    contracts: dict[str, str] = field(default_factory=dict)
    number: int = 1
    # The last transaction: contract, function and caller.
    sent: tuple[str, str, str] | None = None
    # No contract of the suite reads it: tests/mutants switches faults on with it.
    prevrandao: ClassVar[bytes] = bytes(32)

    def at(self, time: int) -> World:
        """Sets the time of the next block."""
        self.time = time
        self.evm.set_block_env(
            pyrevm.BlockEnv(
                number=self.number,
                timestamp=time,
                prevrandao=self.prevrandao,
                basefee=0,
                gas_limit=2**40,
            )
        )
        return self

    def next_block(self) -> World:
        """Goes on in a block with another parent, at the same time."""
        self.number += 1
        return self.at(self.time)

    def deploy(self, name: str, contract: str, *arguments: Any) -> Receipt:
        """Deploys a contract with the deployer's key under a name of its own."""
        try:
            address = self.evm.deploy(DEPLOYER, creation_code(contract, arguments))
        except RuntimeError as failure:
            raise _reverted(failure) from None
        self.addresses[name] = to_checksum_address(address)
        self.contracts[name] = contract
        return Receipt(self.addresses[name], self._events(), self.evm.result.gas_used)

    def next_address(self, later: int) -> str:
        """Where a contract lands that is deployed after ``later`` others."""
        return contract_address(DEPLOYER, self.evm.basic(DEPLOYER).nonce + later)

    def send(self, sender: str, function: str, *args: Any, gas: int = 30_000_000) -> Receipt:
        """A transaction; ``function`` is ``Contract.function`` by the names of the plan."""
        name, _, method = function.partition(".")
        found = functions(self.contracts[name])[method]
        self.sent = (self.contracts[name], method, sender)
        data = self._call(sender, self.addresses[name], found.calldata(*args), gas)
        return Receipt(found.answer(data), self._events(), self.evm.result.gas_used)

    def view(self, function: str, *args: Any) -> Any:
        """The answer of a view."""
        name, _, method = function.partition(".")
        found = functions(self.contracts[name])[method]
        assert found.is_view, f"{function} is no view"
        return found.answer(self._call(OUTSIDER, self.addresses[name], found.calldata(*args)))

    def raw(self, sender: str, name: str, calldata: bytes, value: int = 0) -> bytes:
        """A call with any data and with money of the chain."""
        return self._call(sender, self.addresses[name], calldata, value=value)

    def _call(
        self, sender: str, to: str, calldata: bytes, gas: int = 30_000_000, value: int = 0
    ) -> bytes:
        try:
            with self._allowed(sender):
                answer = self.evm.message_call(sender, to, calldata=calldata, gas=gas, value=value)
        except RuntimeError as failure:
            raise _reverted(failure) from None
        return bytes(answer)

    @contextlib.contextmanager
    def _allowed(self, sender: str) -> Iterator[None]:
        """Lets a contract send a transaction of its own, which pyrevm refuses (EIP-3607).

        For the length of the call it is an account without code.
        """
        if pyrevm.__name__ == "pure_evm" or not self.evm.get_code(sender):
            yield
            return
        before = self.evm.basic(sender)
        bare = pyrevm.AccountInfo(balance=before.balance, nonce=before.nonce)
        self.evm.insert_account_info(sender, bare)
        try:
            yield
        finally:
            self.evm.insert_account_info(sender, before)

    def _events(self) -> list[Event]:
        logs = self.evm.result.logs
        if not logs:
            return []
        names = {address: name for name, address in self.addresses.items()}
        return [
            decode_event(names[checksummed(log.address)], log.data[0], log.data[1]) for log in logs
        ]

    @contextlib.contextmanager
    def aside(self) -> Iterator[World]:
        """What happens in the block is undone after it, the time included."""
        checkpoint, time, number = self.evm.snapshot(), self.time, self.number
        addresses, contracts = dict(self.addresses), dict(self.contracts)
        try:
            yield self
        finally:
            self.evm.revert(checkpoint)
            self.addresses, self.contracts = addresses, contracts
            self.number = number
            self.at(time)

    # What the tests do again and again.

    def give_key(self, member: int, label: str, roles: int, valid_until: int = NO_END) -> str:
        """A further key of a member."""
        key = account(label)
        self.send(admin(member), "AllianceRegistry.setKey", key, roles, valid_until)
        return key

    def open_desk(self, member: int, roles: int, name: str = "MemberDesk") -> str:
        """A desk of a member, from now on under a name of its own."""
        found = self.send(admin(member), "AllianceRegistry.createDesk", roles).value
        self.addresses[name] = found
        self.contracts[name] = "MemberDesk"
        return self.addresses[name]

    def decide(self, motion: Motion) -> Any:
        """The council proposes, passes and executes a motion, its delay waited out."""
        proposal = self.send(desk(1), "AllianceCouncil.propose", motion).value
        for founder in range(2, DECIDING + 1):
            if self.view("AllianceCouncil.proposal", proposal).state == ProposalState.OPEN:
                self.send(desk(founder), "AllianceCouncil.vote", proposal, True)
        start = self.view("AllianceCouncil.proposal", proposal).executableFrom
        self.at(max(self.time, start))
        return self.send(desk(1), "AllianceCouncil.execute", motion).value

    def admit(self, who: Admission, resolution: bytes = bytes(32)) -> int:
        """Admits a member through the council; returns its number."""
        motion = Motion(
            int(Action.ADMIT_MEMBER), admission=who.as_argument(), resolution=resolution
        )
        number: int = self.decide(motion)
        return number

    def governed(self, function: str, *args: Any) -> Receipt:
        """A call in the council's name, without its votes."""
        return self.send(self.addresses["AllianceCouncil"], function, *args)

    def balance(self, member: int, cash: str = CASH) -> int:
        amount: int = self.view(f"{cash}.balanceOf", treasury(member))
        return amount

    def issue(self, issuing_bank: int = ISSUER, **changes: Any) -> bytes:
        """Issues the plain credit with changes; returns its number."""
        terms = Issuance(**changes)
        number: bytes = self.send(desk(issuing_bank), "LetterOfCredit.issue", terms).value
        return number

    def lodge(
        self,
        credit: bytes,
        *,
        examiner: int = ISSUER,
        presenter: int = BENEFICIARY,
        number: int = 1,
        amount: int = 128_000_000,
        shipped: int = START // DAY,
        pay_presenter: bool = False,
    ) -> PresentationKey:
        """Presents documents; returns what names the presentation."""
        key = PresentationKey(credit, examiner, presenter, number)
        lodging = Lodging(key, amount, shipped, pay_presenter, keccak(text="documents"))
        assert self.send(desk(presenter), "Presentations.lodge", lodging).value == key.id
        return key

    def presentation(self, key: PresentationKey) -> Any:
        return self.view("Presentations.presentation", key.id)

    def state_of(self, key: PresentationKey) -> int:
        state: int = self.view("Presentations.stateOf", key)
        return state


def _reverted(failure: RuntimeError) -> Exception:
    found = _OUTPUT.search(str(failure))
    if found is None:
        return failure
    data = bytes.fromhex(found[1])
    return RevertedError(decode_error(data) if data else Error("", ()))


def register(governor: str, *founders: Admission) -> World:
    """A register of members alone, with the workshop of its desks."""
    world = World().at(START)
    arguments = [each.as_argument() for each in founders]
    world.deploy("AllianceRegistry", "AllianceRegistry", governor, world.next_address(1), arguments)
    world.deploy("MemberDesks", "MemberDesks", world.addresses["AllianceRegistry"])
    return world


def parameters(founders: int = FOUNDERS) -> Parameters:
    return Parameters(
        founders=tuple(admission(number, valid_until=NO_END) for number in range(1, founders + 1)),
        rules=RULES,
        calendar_keeper=KEEPER,
        cash=(CashParameters(CNY, CENTRAL), CashParameters(JPY, min(OTHER, founders))),
    )


# The contracts that have titles in custody, by where the plan puts them.
CUSTODIANS: Final = {
    step.name: step.address
    for step in plan(parameters(), DEPLOYER, 0)
    if step.name in ("TitleCustody", "TitleDeliveries")
}


def deployed(founders: int = FOUNDERS) -> World:
    """The suite by its plan, and nothing else."""
    world = World().at(START)
    for step in plan(parameters(founders), DEPLOYER, 0):
        world.deploy(step.name, step.contract, *step.arguments)
        assert world.addresses[step.name] == step.address, step.name
    return world


def alliance(founders: int = FOUNDERS, valid_until: int = FAR) -> World:
    """The alliance at work: desk keys, members admitted, calendars published.

    Whoever is no founder takes new business up to ``valid_until``.
    """
    world = deployed(founders)
    for member in range(1, MEMBERS + 1):
        if member > founders:
            assert world.admit(admission(member, valid_until=valid_until)) == member
        kind, _ = KINDS[member]
        roles = open_roles(kind) & ~int(Role.ADMINISTER)
        world.send(admin(member), "AllianceRegistry.setKey", desk(member), roles, NO_END)
    for number, name in CALENDARS.items():
        world.send(desk(KEEPER), "BankingCalendar.open", number, ascii32(name))
        if number != EMPTY:
            for span, word in build(name, 2024, 2026).packed().items():
                world.send(desk(KEEPER), "BankingCalendar.publish", number, span, word)
    return world
