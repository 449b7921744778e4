# SPDX-License-Identifier: Apache-2.0
"""What tests of a desk do again and again: its people, what they sign, and targets to call."""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Any, Final, NamedTuple

try:
    import pyrevm
except ImportError:
    import pure_evm as pyrevm
from eth_account import Account
from eth_utils import keccak, to_canonical_address, to_checksum_address
from suite import event
from vocabulary import NO_END, Hands, Role
from world import CNY, DEPLOYER, ISSUER, START, ZERO_ADDRESS, World, admin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eth_account.signers.local import LocalAccount
    from suite import Event
    from world import Receipt

CHAIN: Final = 1
ACTION: Final = "pay out"
SELECTOR: Final = b"\x12\x34\x56\x78"
LIMIT: Final = 1_000
ALONE: Final = 100
DEADLINE: Final = START + 3_600
# Of the call's two words, the amount is the first and the currency the second.
TWO_HANDS: Final = (int(Hands.TWO), 1, 2, 0, LIMIT)
ONE_HAND: Final = (int(Hands.ONE_UP_TO_LIMIT), 1, 2, ALONE, LIMIT)
CLOSED: Final = (0, 0, 0, 0, 0)

HALF_ORDER: Final = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
ORDER: Final = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


@functools.cache
def key(label: str) -> LocalAccount:
    """A key of its own for each label."""
    return Account.from_key(keccak(text=f"key of {label}"))


def person(label: str) -> str:
    """The account of that key."""
    return key(label).address


MAKER: Final = person("maker")
CHECKER: Final = person("checker")


class Instruction(NamedTuple):
    """The struct of IMemberDesk."""

    action: str
    target: str
    currency: int
    amount: int
    call: bytes
    deadline: int
    maker: str
    nonce: int

    def but(self, **changes: Any) -> Instruction:
        return self._replace(**changes)


# What is signed, written out by hand: neither the contract nor a library is asked.


def word(value: Any) -> bytes:
    if isinstance(value, int):
        return value.to_bytes(32, "big")
    return value.rjust(32, b"\0") if isinstance(value, bytes) else word(to_canonical_address(value))


def domain(desk: str, chain: int = CHAIN) -> bytes:
    kind = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    name, version = keccak(text="Yangshan member desk"), keccak(text="1")
    return keccak(keccak(text=kind) + name + version + word(chain) + word(desk))


def digest(instruction: Instruction, desk: str, chain: int = CHAIN) -> bytes:
    kind = (
        "Instruction(string action,address target,uint16 currency,uint256 amount,bytes call,"
        "uint40 deadline,address maker,uint64 nonce)"
    )
    content = (
        keccak(text=instruction.action),
        *map(word, instruction[1:4]),
        keccak(instruction.call),
        *map(word, instruction[5:]),
    )
    struct = keccak(keccak(text=kind) + b"".join(content))
    return keccak(b"\x19\x01" + domain(desk, chain) + struct)


def message_digest(message: bytes, desk: str) -> bytes:
    """What two persons sign for ERC-1271."""
    struct = keccak(keccak(text="DeskMessage(bytes32 hash)") + message)
    return keccak(b"\x19\x01" + domain(desk) + struct)


def signature(who: str, signed: bytes) -> bytes:
    """65 bytes by the key of this label."""
    return bytes(key(who).unsafe_sign_hash(signed).signature)


def mirrored(given: bytes) -> bytes:
    """The other signature of the same key that the curve has, in the upper half."""
    r, s, v = given[:32], int.from_bytes(given[32:64], "big"), given[64]
    assert s <= HALF_ORDER
    return r + word(ORDER - s) + bytes([55 - v])


# A desk with its people


def send(world: World, sender: str, function: str, *args: Any, desk: str = "MemberDesk") -> Receipt:
    """A call of the desk."""
    return world.send(sender, f"{desk}.{function}", *args)


def ask(world: World, function: str, *args: Any, desk: str = "MemberDesk") -> Any:
    """A view of the desk."""
    return world.view(f"{desk}.{function}", *args)


def told(name: str, desk: str = "MemberDesk", **fields: Any) -> Event:
    """An event of the desk."""
    return event(desk, name, **fields)


def name_person(
    world: World, account: str, *, maker: bool = False, checker: bool = False, until: int = NO_END
) -> Receipt:
    return send(world, admin(ISSUER), "setPerson", account, maker, checker, until)


def set_policy(
    world: World,
    policy: tuple[int, ...],
    *,
    target: str | None = None,
    selector: bytes = SELECTOR,
    currency: int = CNY.number,
    action: str = ACTION,
) -> Receipt:
    target = target or world.addresses["Target"]
    return send(world, admin(ISSUER), "setPolicy", target, selector, currency, action, policy)


def furnish(world: World) -> World:
    """A desk of the issuing bank with a maker, a checker, and an action that takes both."""
    world.open_desk(ISSUER, int(Role.ISSUE | Role.PAY))
    world.addresses["Target"] = install(world, ECHO)
    name_person(world, MAKER, maker=True)
    name_person(world, CHECKER, checker=True)
    set_policy(world, TWO_HANDS)
    return world


def call_of(amount: int, currency: int) -> bytes:
    return SELECTOR + word(amount) + word(currency)


def instruction(world: World, amount: int = LIMIT, **changes: Any) -> Instruction:
    """Pay out some yuan; with changes, of which the call does not know."""
    target = world.addresses["Target"]
    call = call_of(amount, CNY.number)
    plain = Instruction(ACTION, target, CNY.number, amount, call, DEADLINE, MAKER, 1)
    return plain.but(**changes)


def by(world: World, who: str, given: Instruction) -> bytes:
    """The signature of an instruction to the desk."""
    return signature(who, digest(given, world.addresses["MemberDesk"]))


def relayed(
    world: World, given: Instruction, maker: str = "maker", checker: str = "checker"
) -> Any:
    """Carries out what both signed, sent by a stranger."""
    return send(
        world, DEPLOYER, "execute", given, by(world, maker, given), by(world, checker, given)
    )


def executed(world: World, given: Instruction, checker: str = CHECKER) -> Event:
    return told(
        "InstructionExecuted",
        digest=digest(given, world.addresses["MemberDesk"]),
        maker=given.maker,
        checker=checker,
        nonce=given.nonce,
    )


NOBODY: Final = ZERO_ADDRESS

# Contracts to call, as code of the machine.

# Answers, or refuses, with the data of the call.
ECHO: Final = bytes.fromhex("3660006000373660 00f3")
REFUSER: Final = bytes.fromhex("3660006000373660 00fd")
# Calls its caller with the code of the address in the first word of the arguments; answers or
# refuses as that call did.
REENTRANT: Final = bytes.fromhex(
    "600435 80 3b 80 6000 6000 84 3c"  # copies the code to memory; leaves address and size
    "6000 6000 82 6000 6000 33 5a f1"  # calls the caller with it
    "3d 6000 6000 3e 6025 57"  # copies the answer, and jumps if the call was done
    "3d 6000 fd 5b 3d 6000 f3"
)


@contextlib.contextmanager
def gone(world: World, address: str) -> Iterator[None]:
    """For the length of the block there is no code at the address."""
    before = world.evm.basic(address)
    world.evm.insert_account_info(address, pyrevm.AccountInfo(nonce=before.nonce))
    try:
        yield
    finally:
        world.evm.insert_account_info(address, before)


def install(world: World, code: bytes) -> str:
    """Puts code of the machine on the chain; its address."""
    header = (
        bytes.fromhex("61") + len(code).to_bytes(2, "big") + bytes.fromhex("80600c6000396000f3")
    )
    return to_checksum_address(world.evm.deploy(DEPLOYER, header + code))
