# SPDX-License-Identifier: Apache-2.0
"""Values of the contracts as values of Python, and back.

The names below are types to annotate fields with: each says which Solidity type a field has, how
the value is read and written, and how it is told to people. Records, events and errors are plain
classes of such fields; tests hold their names and types to the compiled ABI.
"""

# Annotations are read while the program runs, so they are not left unevaluated here.

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Final, Self, get_args, get_origin, get_type_hints

from eth_typing import ChecksumAddress
from eth_utils.address import to_checksum_address

from yangshan.alliance.calendar_words import day_number, day_of
from yangshan.alliance.calendars import NaiveInstant
from yangshan.chain.enums import (
    Choice,
    ClaimMark,
    ClaimReason,
    CreditSwitch,
    MemberKind,
    PresentationFlag,
    PresentationMark,
    Role,
)
from yangshan.chain.wording import Wording, currency_name, shortened
from yangshan.credit.discrepancies import names_of
from yangshan.errors import Refused

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_INSTANT: Final = datetime.max.replace(tzinfo=UTC, microsecond=0)
_NO_END: Final = 2**40 - 1


class UnfitReference(Refused):
    """A text that does not fit the bytes which the contracts keep for it."""

    def __init__(self, text: str, length: int) -> None:
        super().__init__(
            f"{text!r} cannot stand on the chain: 1 to {length} printable ASCII characters "
            "were expected."
        )
        self.text = text
        self.length = length


@dataclass(frozen=True, slots=True)
class Codec:
    """One way to hold a Solidity value: its type, from the ABI, to the ABI, and in words."""

    solidity: str
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    tell: Callable[[Wording, Any], str]


@dataclass(frozen=True, slots=True)
class Slot:
    """A field of a record, event or error beside its name and type in the ABI."""

    name: str
    abi_name: str
    codec: Codec
    hint: Any


def instant_of(seconds: int) -> datetime:
    """Unix time as an aware datetime in UTC."""
    return _EPOCH + timedelta(seconds=seconds)


def seconds_of(instant: datetime) -> int:
    """An aware datetime as Unix time, whole seconds; raises NaiveInstant."""
    if instant.utcoffset() is None:
        raise NaiveInstant(instant)
    return (instant - _EPOCH) // timedelta(seconds=1)


def hexadecimal(value: bytes) -> str:
    """Bytes with 0x."""
    return "0x" + bytes(value).hex()


def unhexadecimal(text: str) -> bytes:
    """The bytes of digits with 0x."""
    return bytes.fromhex(text.removeprefix("0x"))


def text_of(value: bytes) -> str:
    """Zero-padded printable ASCII as text; any other bytes as digits with 0x."""
    content = bytes(value).rstrip(b"\0")
    if all(0x20 <= byte <= 0x7E for byte in content):
        return content.decode("ascii")
    return hexadecimal(value)


def text_bytes(text: str, length: int) -> bytes:
    """The bytes that :func:`text_of` reads as ``text``; raises :class:`UnfitReference`."""
    # Digits are longer than any text of the same number of bytes, so the two cannot be confused.
    if text.startswith("0x") and len(text) == 2 + 2 * length:
        return unhexadecimal(text)
    if len(text) > length or not text.isascii() or not text.isprintable():
        raise UnfitReference(text, length)
    return text.encode("ascii").ljust(length, b"\0")


def _as_told(_wording: Wording, value: Any) -> str:
    return str(value)


def _plain(solidity: str) -> Codec:
    return Codec(solidity, int, int, _as_told)


def _identifier(solidity: str, called: str) -> Codec:
    return Codec(
        solidity, hexadecimal, unhexadecimal, lambda _, value: f"{called}{shortened(value)}"
    )


def _text(length: int) -> Codec:
    write = functools.partial(text_bytes, length=length)
    return Codec(f"bytes{length}", text_of, write, lambda _, value: value or "(empty)")


def _money(solidity: str) -> Codec:
    return Codec(solidity, int, int, Wording.money)


def _time(solidity: str) -> Codec:
    return Codec(solidity, instant_of, seconds_of, Wording.time)


def founders_of(bits: int) -> tuple[int, ...]:
    """The members behind bits of founders, bit n - 1 for the member n."""
    return tuple(place + 1 for place in range(bits.bit_length()) if bits >> place & 1)


def records_of(bits: int) -> tuple[int, ...]:
    """The electronic records behind bits, as people count them: bit n for the record n + 1."""
    return tuple(place + 1 for place in range(bits.bit_length()) if bits >> place & 1)


def _until(seconds: int) -> datetime | None:
    return instant_of(seconds) if seconds <= seconds_of(_LAST_INSTANT) else None


# Numbers
Number8 = Annotated[int, _plain("uint8")]
Number16 = Annotated[int, _plain("uint16")]
Number32 = Annotated[int, _plain("uint32")]
Number40 = Annotated[int, _plain("uint40")]
Number64 = Annotated[int, _plain("uint64")]
Number256 = Annotated[int, _plain("uint256")]
# A word of packed fields
Word = Annotated[int, Codec("uint256", int, int, lambda _, value: f"0x{value:064x}")]
MemberNumber = Annotated[int, Codec("uint32", int, int, Wording.member)]
# Several founders: bit n - 1 for the member n.
FounderBits = Annotated[
    int,
    Codec(
        "uint32",
        int,
        int,
        lambda wording, bits: ", ".join(wording.member(each) for each in founders_of(bits)),
    ),
]
# An electronic record: the chain counts from 0, people from 1.
RecordNumber = Annotated[int, Codec("uint8", int, int, lambda _, number: str(number + 1))]
# Several electronic records, a bit each.
RecordBits = Annotated[
    int,
    Codec("uint64", int, int, lambda _, bits: ", ".join(map(str, records_of(bits))) or "none"),
]
# A byte for the votes of each kind of member, the kind 0 in the lowest.
VotesByKind = Annotated[
    int,
    Codec(
        "uint128",
        int,
        int,
        lambda _, packed: ", ".join(
            f"{kind.label} {packed >> 8 * kind & 0xFF}"
            for kind in MemberKind
            if packed >> 8 * kind & 0xFF
        ),
    ),
]
CurrencyNumber = Annotated[
    int, Codec("uint16", int, int, lambda _, value: currency_name(int(value)))
]
# Amounts, in minor units of a currency
Minor64 = Annotated[int, _money("uint64")]
Minor256 = Annotated[int, _money("uint256")]
# Instants. A deadline of 0 is not known; a validity beyond the year 9999 has no end.
Instant = Annotated[datetime, _time("uint40")]
BlockTime = Annotated[datetime, _time("uint256")]
# The midnight in UTC that begins a day of maturity, told as that day.
MaturityTime = Annotated[
    datetime,
    Codec("uint40", instant_of, seconds_of, lambda wording, instant: wording.day(instant.date())),
]
Deadline = Annotated[
    datetime | None,
    Codec(
        "uint40",
        lambda seconds: instant_of(seconds) if seconds else None,
        lambda instant: 0 if instant is None else seconds_of(instant),
        lambda wording, instant: "not known yet" if instant is None else wording.time(instant),
    ),
]
Until = Annotated[
    datetime | None,
    Codec(
        "uint40",
        _until,
        lambda instant: _NO_END if instant is None else seconds_of(instant),
        lambda wording, instant: "no end" if instant is None else wording.time(instant),
    ),
]
# An instant that need not be there: 0 for none.
OptionalInstant = Annotated[
    datetime | None,
    Codec(
        "uint40",
        lambda seconds: instant_of(seconds) if seconds else None,
        lambda instant: 0 if instant is None else seconds_of(instant),
        lambda wording, instant: "none" if instant is None else wording.time(instant),
    ),
]
# A span of time, in whole seconds on the chain.
Span = Annotated[
    timedelta,
    Codec(
        "uint32",
        lambda seconds: timedelta(seconds=seconds),
        lambda span: span // timedelta(seconds=1),
        lambda _, span: f"{span.days} days" if span == timedelta(span.days) else str(span),
    ),
]
# Days in the local time of a place. Where 0 stands for none it is None here.
Day = Annotated[date, Codec("uint16", day_of, day_number, Wording.day)]
OptionalDay = Annotated[
    date | None,
    Codec(
        "uint16",
        lambda number: day_of(number) if number else None,
        lambda day: 0 if day is None else day_number(day),
        lambda wording, day: "none" if day is None else wording.day(day),
    ),
]
# One more than a day, 0 for none.
MissingDay = Annotated[
    date | None,
    Codec(
        "uint16",
        lambda number: day_of(number - 1) if number else None,
        lambda day: 0 if day is None else day_number(day) + 1,
        lambda wording, day: "none" if day is None else wording.day(day),
    ),
]
# Identifiers and commitments, 0x and 64 digits
CreditId = Annotated[str, Codec("bytes32", hexadecimal, unhexadecimal, Wording.credit)]
PresentationId = Annotated[str, _identifier("bytes32", "presentation ")]
ObligationId = Annotated[str, _identifier("bytes32", "obligation ")]
ClaimId = Annotated[str, _identifier("bytes32", "claim ")]
ProposalId = Annotated[str, _identifier("bytes32", "proposal ")]
InstructionDigest = Annotated[str, _identifier("bytes32", "instruction ")]
TitleId = Annotated[str, _identifier("bytes32", "title ")]
DeliveryId = Annotated[str, _identifier("bytes32", "delivery ")]
Commitment = Annotated[str, _identifier("bytes32", "")]
# Texts in zero-padded ASCII; bytes that are none come as digits with 0x.
Text2 = Annotated[str, _text(2)]
Text16 = Annotated[str, _text(16)]
Text32 = Annotated[str, _text(32)]
# A text of any length.
Text = Annotated[str, Codec("string", str, str, lambda _, value: value or "(empty)")]
# What is called: a function's first four bytes, and all the data of a call, 0x and digits.
Selector = Annotated[str, Codec("bytes4", hexadecimal, unhexadecimal, _as_told)]
CallData = Annotated[str, Codec("bytes", hexadecimal, unhexadecimal, _as_told)]
# Accounts
Account = Annotated[
    ChecksumAddress, Codec("address", to_checksum_address, to_checksum_address, Wording.account)
]
# Flags
RoleBits = Annotated[Role, Codec("uint128", Role, int, lambda _, value: value.label)]
FlagBits = Annotated[
    PresentationFlag, Codec("uint8", PresentationFlag, int, lambda _, value: value.label)
]
MarkBits = Annotated[
    PresentationMark, Codec("uint16", PresentationMark, int, lambda _, value: value.label)
]
SwitchBits = Annotated[
    CreditSwitch, Codec("uint16", CreditSwitch, int, lambda _, value: value.label)
]
ReasonBits = Annotated[ClaimReason, Codec("uint16", ClaimReason, int, lambda _, value: value.label)]
ClaimMarkBits = Annotated[ClaimMark, Codec("uint8", ClaimMark, int, lambda _, value: value.label)]
# Discrepancies relied on, a bit each
DiscrepancyBits = Annotated[
    int, Codec("uint256", int, int, lambda _, value: ", ".join(names_of(value)))
]
# Amendments, bit n for number n
AmendmentBits = Annotated[
    int,
    Codec(
        "uint256",
        int,
        int,
        lambda _, bits: (
            ", ".join(str(place) for place in range(bits.bit_length()) if bits >> place & 1)
            or "none"
        ),
    ),
]

_BOOL: Final = Codec("bool", bool, bool, lambda _, value: "yes" if value else "no")


def slots(owner: type) -> tuple[Slot, ...]:
    """The fields of a record, event or error that stand in the ABI, in the order of the ABI."""
    return _slots(owner)


@functools.cache
def _slots(owner: type) -> tuple[Slot, ...]:
    hints = get_type_hints(owner, include_extras=True)
    found = []
    for each in fields(owner):
        codec = _codec_of(hints[each.name])
        if codec is not None:
            found.append(Slot(each.name, abi_name(each.name), codec, hints[each.name]))
    return tuple(found)


def abi_name(name: str) -> str:
    """The name of a field in the ABI: creditId for credit_id, from for from_."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def tuple_type(owner: type) -> str:
    """The types of the fields as the ABI writes them, in brackets."""
    return f"({','.join(slot.codec.solidity for slot in slots(owner))})"


def _codec_of(hint: Any) -> Codec | None:
    if get_origin(hint) is Annotated:
        return next((each for each in get_args(hint) if isinstance(each, Codec)), None)
    if hint is bool:
        return _BOOL
    if isinstance(hint, type) and issubclass(hint, Choice):
        return Codec("uint8", hint, int, lambda _, value: value.label)
    if isinstance(hint, type) and issubclass(hint, Record):
        return Codec(
            tuple_type(hint), hint.read, Record.as_argument, lambda told, value: value.tell(told)
        )
    if get_origin(hint) is tuple:
        return _list_of(get_args(hint)[0])
    return None


def _list_of(hint: Any) -> Codec | None:
    """Any number of records: a field of the type ``tuple[Kind, ...]``."""
    one = _codec_of(hint)
    if one is None:
        return None
    return Codec(
        f"{one.solidity}[]",
        lambda values: tuple(one.read(value) for value in values),
        lambda values: [one.write(value) for value in values],
        lambda told, values: "; ".join(one.tell(told, value) for value in values) or "none",
    )


class Record:
    """Base of the structs of the contracts; each is a frozen dataclass."""

    @classmethod
    def read(cls, values: Sequence[Any]) -> Self:
        """The record from its fields as an ABI decoder gives them, in order."""
        pairs = zip(slots(cls), values, strict=True)
        return cls(**{slot.name: slot.codec.read(value) for slot, value in pairs})

    def as_argument(self) -> tuple[Any, ...]:
        """The fields as an ABI encoder takes them, in order; raises :class:`UnfitReference`."""
        return tuple(slot.codec.write(getattr(self, slot.name)) for slot in slots(type(self)))

    def tell(self, wording: Wording) -> str:
        """The fields in words, such as ``quorum 60, voting period 7 days``."""
        return ", ".join(
            f"{slot.name.replace('_', ' ')} {slot.codec.tell(wording, getattr(self, slot.name))}"
            for slot in slots(type(self))
        )
