# SPDX-License-Identifier: Apache-2.0
"""An instruction to a desk in words, so that whoever signs it knows what he signs.

Everything is read from the call itself: what the instruction says of it may be wrong, and the desk
would refuse it then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, get_args

from yangshan.alliance.desk_actions import CASH, DESK, DESK_ACTIONS
from yangshan.alliance.motions import motion_words
from yangshan.chain import values
from yangshan.chain.calls import BadArguments, decode_call, function_selector
from yangshan.chain.credit_words import unpacked
from yangshan.chain.enums import Choice
from yangshan.chain.records import NO_COMMITMENT, Issuance, Motion, PackedIssuance
from yangshan.chain.suite import Suite
from yangshan.chain.values import Codec, Record, hexadecimal, slots, text_of, unhexadecimal
from yangshan.chain.wording import PLAIN, currency_name
from yangshan.deployment.plan import cash_name
from yangshan.money import Currency, Money, UnknownCurrency

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yangshan.chain.calls import Argument, Call
    from yangshan.chain.records import Instruction
    from yangshan.chain.wording import Wording

Row = tuple[str, str]

# What an argument without a struct around it means, by its type and name; any other says itself.
_MEANINGS: Final[Mapping[tuple[str, str], Any]] = {
    ("uint32", "memberId"): values.MemberNumber,
    ("uint32", "presenter"): values.MemberNumber,
    ("uint32", "bank"): values.MemberNumber,
    ("uint32", "to"): values.MemberNumber,
    ("uint32", "readers"): values.MemberNumber,
    ("uint256", "amendments"): values.AmendmentBits,
    ("uint16", "reasons"): values.ReasonBits,
    ("uint64", "charges"): values.Minor64,
    ("uint64", "interest"): values.Minor64,
    ("uint40", "answerBy"): values.Instant,
    ("uint40", "expires"): values.OptionalInstant,
    ("uint128", "roles"): values.RoleBits,
    ("uint40", "validUntil"): values.Until,
    ("uint16", "currency"): values.CurrencyNumber,
    ("uint256", "amount"): values.Minor256,
    ("uint256", "value"): values.Minor256,
    ("uint256", "discrepancies"): values.DiscrepancyBits,
    ("uint256", "word"): values.Word,
}
_TEXTS: Final = {"name", "reason", "outsideReference"}


@dataclass(frozen=True, slots=True)
class InstructionWords:
    """An instruction for whoever signs it.

    ``heading`` is what it does; ``frame`` says where and until when; ``arguments`` is what the call
    says, empty where it cannot be read; ``doubts`` are sentences of what ought not to be so.
    """

    heading: str
    frame: tuple[Row, ...]
    arguments: tuple[Row, ...]
    doubts: tuple[str, ...]


def instruction_words(
    instruction: Instruction, contracts: Mapping[str, str], desk: str, wording: Wording = PLAIN
) -> InstructionWords:
    """An instruction in words.

    ``contracts`` gives the names of a deployment's contracts by address; ``desk`` is the desk that
    it is for; ``wording`` gives names to members and accounts.
    """
    name = DESK if instruction.target == desk else contracts.get(instruction.target)
    data = unhexadecimal(instruction.call)
    call = _read(name, data)
    money = _money(instruction, name)
    worded = replace(
        wording,
        accounts={**contracts, desk: "this desk", **wording.accounts},
        currency=money.currency if money else _argued_currency(call),
    )
    frame = (
        ("desk", desk),
        ("calls", f"{name or 'an unknown contract'} ({instruction.target})"),
        *([("function", call.function)] if call else [("data", instruction.call)]),
        ("amount", _amount(instruction, money)),
        ("maker", wording.account(instruction.maker)),
        ("nonce", str(instruction.nonce)),
        ("carried out until", wording.time(instruction.deadline)),
    )
    rows = tuple(_rows(call, worded)) if call else ()
    return InstructionWords(
        instruction.action, frame, rows, tuple(_doubts(instruction, name, call, data))
    )


def _doubts(
    instruction: Instruction, name: str | None, call: Call | None, data: bytes
) -> Iterator[str]:
    if name is None:
        yield f"{instruction.target} is no contract of this alliance."
    if call is None:
        yield "What is called cannot be read: only its digits can be compared."
        return
    known = DESK_ACTIONS.get(instruction.action)
    if known is None:
        yield (
            f"{instruction.action!r} are words of this member's own: read the function and the "
            "arguments, not the words."
        )
        return
    if (known.contract, known.function) != (call.contract, call.function):
        yield (
            f"{instruction.action!r} is {known.function} of {known.contract}, and this calls "
            f"{call.function} of {call.contract}."
        )
    elif known.stated(data) != (instruction.currency, instruction.amount):
        yield "The amount or the currency stated is not the one that the call says."


def _read(name: str | None, data: bytes) -> Call | None:
    """The call, of the contract that is called or else of any that has its function."""
    suite = Suite.load()
    for each in suite.names if name is None else [name.partition("-")[0]]:
        try:
            return decode_call(each, data)
        except BadArguments:
            continue
    return None


def _money(instruction: Instruction, name: str | None) -> Money | None:
    """The amount where its currency is known: the instruction's, or that of the cash called."""
    try:
        if instruction.currency:
            return Money(instruction.amount, Currency.numbered(instruction.currency))
        if name is not None and name.startswith(f"{CASH}-"):
            currency = Currency.of(name.removeprefix(f"{CASH}-"))
            assert cash_name(currency) == name
            return Money(instruction.amount, currency)
    except UnknownCurrency:
        pass
    return None


def _argued_currency(call: Call | None) -> Currency | None:
    """The currency that a call names beside its amounts, as that of a policy does."""
    for argument in call.arguments if call else ():
        if (argument.solidity, argument.name) == ("uint16", "currency") and argument.value:
            try:
                return Currency.numbered(argument.value)
            except UnknownCurrency:
                return None
    return None


def _amount(instruction: Instruction, money: Money | None) -> str:
    if money is not None and instruction.amount:
        return str(money)
    if instruction.amount:
        return f"{instruction.amount:,} minor units"
    if instruction.currency:
        return f"none, {currency_name(instruction.currency)}"
    return "none"


def _rows(call: Call, wording: Wording) -> Iterator[Row]:
    for argument in call.arguments:
        yield from _argument_rows(argument, wording)


def _argument_rows(argument: Argument, wording: Wording) -> Iterator[Row]:
    value = argument.value
    if isinstance(value, Motion):
        said = motion_words(value, wording)
        yield "motion", said.what
        yield from said.details
        yield "resolution", "none" if value.resolution == NO_COMMITMENT else value.resolution
    elif isinstance(value, tuple):
        yield from _list_rows(_words(argument.name), _told_each(argument, wording), wording)
    elif isinstance(value, Record):
        # A struct stands for itself; what it is called in the code says no more.
        yield from _record_rows("", value, wording)
    else:
        yield _words(argument.name), _told(argument, wording)


def _record_rows(prefix: str, record: Record, wording: Wording) -> Iterator[Row]:
    for slot in slots(type(record)):
        value = getattr(record, slot.name)
        name = f"{prefix}{slot.name.rstrip('_').replace('_', ' ')}"
        if isinstance(value, Record):
            yield from _record_rows(f"{name}: ", value, wording)
        elif isinstance(value, tuple):
            yield from _list_rows(name, value, wording)
        else:
            yield name, _clear(value, slot.codec.tell(wording, value))


def _told_each(argument: Argument, wording: Wording) -> tuple[Record | str, ...]:
    """The items of a list: records as they are, anything else in words."""
    inner = argument.solidity.removesuffix("[]")
    return tuple(
        each
        if isinstance(each, Record | str)
        else _told(replace(argument, solidity=inner, value=each), wording)
        for each in argument.value
    )


def _list_rows(name: str, values: tuple[Record | str, ...], wording: Wording) -> Iterator[Row]:
    """Each record, or each commitment, by its place, from 1."""
    if not values:
        yield name, "none"
    for place, each in enumerate(values, 1):
        if not isinstance(each, Record):
            yield f"{name} {place}", each
            continue
        credit = _clear_credit(each)
        told = replace(wording, currency=_own_currency(credit) or wording.currency)
        yield from _record_rows(f"{name} {place}: ", credit, told)


def _clear_credit(record: Record) -> Record:
    """A credit of a batch as one reads it; packed words that are no credit stay as they are."""
    if not isinstance(record, PackedIssuance):
        return record
    try:
        return unpacked(record)
    except ValueError:
        return record


def _own_currency(record: Record) -> Currency | None:
    try:
        return Currency.numbered(record.currency) if isinstance(record, Issuance) else None
    except UnknownCurrency:
        return None


def _told(argument: Argument, wording: Wording) -> str:
    value, kind = argument.value, argument.solidity
    if isinstance(value, Choice):
        return value.label
    if kind == "bool":
        return "yes" if value else "no"
    if kind == "address":
        return wording.account(value)
    if kind == "bytes32" and argument.name in _TEXTS:
        return text_of(unhexadecimal(value)) or "(empty)"
    if argument.name == "selector":
        return _function_of(hexadecimal(value))
    if isinstance(value, bytes):
        return hexadecimal(value)
    meaning = _MEANINGS.get((kind, argument.name))
    if meaning is None:
        return str(value)
    codec = next(each for each in get_args(meaning) if isinstance(each, Codec))
    return codec.tell(wording, codec.read(value))


def _function_of(selector: str) -> str:
    """The functions of the suite whose calls begin so, with the digits."""
    suite = Suite.load()
    found = {
        entry["name"]
        for name in suite.names
        for entry in suite.abi(name)
        if entry["type"] == "function"
        and hexadecimal(function_selector(name, entry["name"])) == selector
    }
    return f"{' or '.join(sorted(found)) or 'an unknown function'} ({selector})"


def _clear(value: object, told: str) -> str:
    """What is told, except that a signer compares all digits, and member 0 is nobody."""
    if isinstance(value, str) and value.startswith("0x") and "…" in told:
        return value
    return "nobody" if told == "member 0" else told


def _words(name: str) -> str:
    """A name of the code in words: ``valid until`` for validUntil."""
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name)
