# SPDX-License-Identifier: Apache-2.0
"""The two words of a credit, as the Solidity library CreditWords draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from yangshan.chain.records import Issuance, PackedIssuance
from yangshan.chain.values import slots
from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

# From the lowest bit; the issuing bank's place above them stays empty.
_PARTIES: Final = (
    "reimbursing_bank",
    "confirming_bank",
    "nominated_bank",
    "second_advising_bank",
    "advising_bank",
    "beneficiary",
    "applicant",
)
# Each field by its lowest bit and its width. What only the contract fills is left out.
_NUMBERS: Final[Mapping[str, tuple[int, int]]] = {
    "amount": (64, 64),
    "expiry": (128, 16),
    "latest_shipment": (144, 16),
    "presentation_period": (160, 10),
    "plus_tolerance": (170, 7),
    "minus_tolerance": (177, 7),
    "currency": (200, 10),
    "tenor": (210, 16),
    "tenor_from": (226, 2),
    "availability": (228, 3),
    "transferable": (234, 1),
    "partial_forbidden": (235, 1),
    "any_bank": (236, 1),
    "switches": (246, 8),
}
_MEMBER_BITS: Final = 32
# The bank that is asked to confirm has done so.
_CONFIRMED: Final = 241


class TooWide(Refused):
    """A field of a credit holds more than its place in the packed word."""

    def __init__(self, field: str, value: int, largest: int) -> None:
        words = field.replace("_", " ")
        super().__init__(
            f"The {words} {value} does not fit a packed credit: at most {largest} was expected."
        )
        self.field = field
        self.value = value
        self.largest = largest


def packed(issuance: Issuance) -> PackedIssuance:
    """A credit for a batch; raises :class:`TooWide`, and UnfitReference for its reference."""
    values: dict[str, Any] = {
        slot.name: int(slot.codec.write(getattr(issuance, slot.name)))
        for slot in slots(Issuance)
        if slot.name in _NUMBERS or slot.name in _PARTIES
    }
    parties = {name: (place * _MEMBER_BITS, _MEMBER_BITS) for place, name in enumerate(_PARTIES)}
    return PackedIssuance(
        bank_reference=issuance.bank_reference,
        parties=_word(values, parties),
        numbers=_word(values, _NUMBERS),
        terms=issuance.terms,
    )


def unpacked(credit: PackedIssuance) -> Issuance:
    """The credit that stands in packed words, so that a signer can read it.

    Bits that only the contract fills are left out: the contract refuses a word that has one.
    """
    parties = {name: (place * _MEMBER_BITS, _MEMBER_BITS) for place, name in enumerate(_PARTIES)}
    held = _fields(credit.numbers, _NUMBERS) | _fields(credit.parties, parties)
    codecs = {slot.name: slot.codec for slot in slots(Issuance)}
    return Issuance(
        bank_reference=credit.bank_reference,
        terms=credit.terms,
        **{name: codecs[name].read(value) for name, value in held.items()},
    )


def _fields(word: int, places: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    return {name: word >> lowest & ((1 << width) - 1) for name, (lowest, width) in places.items()}


def _word(values: Mapping[str, int], places: Mapping[str, tuple[int, int]]) -> int:
    word = 0
    for name, (lowest, width) in places.items():
        largest = (1 << width) - 1
        if not 0 <= values[name] <= largest:
            raise TooWide(name, values[name], largest)
        word |= values[name] << lowest
    return word


def confirming_bank_of(parties: int, numbers: int) -> int:
    """The bank that has confirmed a credit, by its packed words; 0 for none."""
    if not numbers >> _CONFIRMED & 1:
        return 0
    return parties >> _PARTIES.index("confirming_bank") * _MEMBER_BITS & (1 << _MEMBER_BITS) - 1
