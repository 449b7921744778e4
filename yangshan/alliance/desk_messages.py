# SPDX-License-Identifier: Apache-2.0
"""Instructions to a desk as they are signed (EIP-712), and as they pass from maker to checker.

A maker and a checker sign the same typed data, each with a key of its own; the desk compares both
signatures with what it does. Between them travels a small JSON text:

    {"format": 1,
     "chain_id": 31337,
     "desk": "0x...",
     "instruction": {"action": "issue a credit", "target": "0x...", "currency": 156,
                     "amount": 128000000, "call": "0x...", "deadline": "2025-09-29T00:00:00Z",
                     "maker": "0x...", "nonce": 7},
     "maker_signature": "0x..." or null,
     "checker_signature": "0x..." or null}

Amounts are whole minor units of the currency, an ISO 4217 number; 0 stands for none of either.
Nothing here asks a chain: whether the persons have their hands and the policy lets them, the desk
alone decides.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self

from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_keys.constants import SECPK1_N
from eth_keys.exceptions import BadSignature as NoSignature
from eth_typing import ChecksumAddress
from eth_utils.address import is_checksum_address
from eth_utils.crypto import keccak
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
)

from yangshan.chain.records import Instruction
from yangshan.chain.values import hexadecimal, slots, unhexadecimal
from yangshan.errors import Refused, Unusable

if TYPE_CHECKING:
    from eth_account.messages import SignableMessage

    from yangshan.chain.signers import Signer

DOMAIN_NAME: Final = "Yangshan member desk"
DOMAIN_VERSION: Final = "1"

_DOMAIN: Final = {
    "name": "string",
    "version": "string",
    "chainId": "uint256",
    "verifyingContract": "address",
}
_SIGNATURE_BYTES: Final = 65
_ENDS: Final = (27, 28)


class BadInstruction(Unusable):
    """An instruction, or the text of one, that no desk could read."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"The instruction cannot be used: {where}: {reason}.")
        self.where = where
        self.reason = reason


class UnusableSignature(Unusable):
    """A signature that no desk would take, whoever made it."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The signature cannot be used: {reason}; 65 bytes as 0x and 130 digits were expected, "
            "by a key itself and in the form that Ethereum signs transactions in."
        )
        self.reason = reason


class NotSignedByMaker(Refused):
    """The maker's signature is another's, or that of another instruction, desk or chain."""

    def __init__(self, signer: ChecksumAddress, maker: ChecksumAddress) -> None:
        super().__init__(
            f"The instruction names {maker} as its maker, and the signature gives {signer}: it is "
            "another's, or what was signed is another instruction, desk or chain."
        )
        self.signer = signer
        self.maker = maker


class MakerCannotCheck(Refused):
    """The maker of an instruction was to approve it too."""

    def __init__(self, maker: ChecksumAddress) -> None:
        super().__init__(f"{maker} made this instruction, and another person has to approve it.")
        self.maker = maker


@dataclass(frozen=True, slots=True)
class DeskDomain:
    """Where an instruction counts: one desk on one chain."""

    chain_id: int
    desk: ChecksumAddress


def typed_data(instruction: Instruction, domain: DeskDomain) -> dict[str, Any]:
    """What is signed, as EIP-712 writes it and any wallet or HSM software reads it.

    Raises :class:`BadInstruction`.
    """
    _Fields.of(instruction)
    message = {
        slot.abi_name: slot.codec.write(getattr(instruction, slot.name))
        for slot in slots(Instruction)
    }
    return {
        "types": {
            "EIP712Domain": [{"name": name, "type": kind} for name, kind in _DOMAIN.items()],
            "Instruction": [
                {"name": slot.abi_name, "type": slot.codec.solidity} for slot in slots(Instruction)
            ],
        },
        "primaryType": "Instruction",
        "domain": {
            "name": DOMAIN_NAME,
            "version": DOMAIN_VERSION,
            "chainId": domain.chain_id,
            "verifyingContract": domain.desk,
        },
        "message": message | {"call": instruction.call},
    }


def digest_of(instruction: Instruction, domain: DeskDomain) -> str:
    """What a signature signs, 0x and 64 digits; raises :class:`BadInstruction`."""
    signable = _signable(instruction, domain)
    return hexadecimal(keccak(b"\x19" + signable.version + signable.header + signable.body))


def signature_of(instruction: Instruction, domain: DeskDomain, signer: Signer) -> str:
    """The signer's signature, 0x and 130 digits; raises :class:`BadInstruction`."""
    signed = signer.account.sign_message(_signable(instruction, domain))
    return hexadecimal(signed.signature)


def signer_of(instruction: Instruction, domain: DeskDomain, signature: str) -> ChecksumAddress:
    """Whose signature it is; of another text it is that of some account nobody has.

    Raises :class:`BadInstruction` and :class:`UnusableSignature`.
    """
    try:
        given = unhexadecimal(signature)
    except ValueError:
        raise UnusableSignature("it has other signs than digits") from None
    if len(given) != _SIGNATURE_BYTES:
        raise UnusableSignature(f"it has {len(given)} bytes")
    if given[-1] not in _ENDS:
        raise UnusableSignature(f"its last byte is {given[-1]}, not 27 or 28")
    if int.from_bytes(given[32:64], "big") > SECPK1_N // 2:
        raise UnusableSignature("it is the one of the curve's two that does not count")
    try:
        found: ChecksumAddress = Account.recover_message(
            _signable(instruction, domain), signature=given
        )
    except NoSignature:
        raise UnusableSignature("it is nobody's") from None
    return found


@dataclass(frozen=True, slots=True)
class SignedInstruction:
    """An instruction on its way, with the signatures that it has, each 0x and 130 digits."""

    domain: DeskDomain
    instruction: Instruction
    maker_signature: str | None = None
    checker_signature: str | None = None

    @property
    def checker(self) -> ChecksumAddress | None:
        """Who approved; raises :class:`UnusableSignature`."""
        if self.checker_signature is None:
            return None
        return signer_of(self.instruction, self.domain, self.checker_signature)

    def made(self, signer: Signer) -> SignedInstruction:
        """With the maker's signature; raises :class:`NotSignedByMaker`, :class:`BadInstruction`."""
        if signer.address != self.instruction.maker:
            raise NotSignedByMaker(signer.address, self.instruction.maker)
        return replace(self, maker_signature=signature_of(self.instruction, self.domain, signer))

    def approved(self, signer: Signer) -> SignedInstruction:
        """With a checker's signature; raises :class:`MakerCannotCheck`, :class:`BadInstruction`."""
        if signer.address == self.instruction.maker:
            raise MakerCannotCheck(signer.address)
        return replace(self, checker_signature=signature_of(self.instruction, self.domain, signer))

    def verified(self) -> Self:
        """Itself, once its signatures are found to be of two persons and the maker's its own.

        Raises :class:`BadInstruction`, :class:`UnusableSignature`, :class:`NotSignedByMaker` and
        :class:`MakerCannotCheck`.
        """
        maker = self.instruction.maker
        if self.maker_signature is not None:
            signer = signer_of(self.instruction, self.domain, self.maker_signature)
            if signer != maker:
                raise NotSignedByMaker(signer, maker)
        if self.checker == maker:
            raise MakerCannotCheck(maker)
        return self

    def text(self) -> str:
        """The JSON text; raises :class:`BadInstruction`."""
        file = _File(
            chain_id=self.domain.chain_id,
            desk=self.domain.desk,
            instruction=_Fields.of(self.instruction),
            maker_signature=self.maker_signature,
            checker_signature=self.checker_signature,
        )
        return json.dumps(file.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def read(cls, text: str | bytes) -> SignedInstruction:
        """The instruction of a JSON text, its signatures verified: raises as :meth:`verified`."""
        try:
            file = _File.model_validate_json(text)
        except ValidationError as failure:
            raise _bad(failure, "the text") from failure
        domain = DeskDomain(file.chain_id, file.desk)
        signatures = (file.maker_signature, file.checker_signature)
        return cls(domain, file.instruction.record(), *signatures).verified()


def _signable(instruction: Instruction, domain: DeskDomain) -> SignableMessage:
    return encode_typed_data(full_message=typed_data(instruction, domain))


def _checksummed(text: str) -> str:
    if not is_checksum_address(text):
        raise ValueError("an account with its checksum was expected, 0x and 40 digits")
    return text


def _whole_seconds(instant: datetime) -> datetime:
    if instant.microsecond:
        raise ValueError("whole seconds were expected")
    if instant <= datetime(1970, 1, 1, tzinfo=UTC):
        raise ValueError("an instant after 1970 was expected")
    return instant.astimezone(UTC)


_Account = Annotated[ChecksumAddress, AfterValidator(_checksummed)]
_Deadline = Annotated[AwareDatetime, Field(strict=False), AfterValidator(_whole_seconds)]


def _below(bits: int) -> Any:
    return Field(ge=0, lt=2**bits)


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Fields(_Entry):
    """The fields of an instruction, each within what the contract can hold."""

    action: Annotated[str, Field(min_length=1)]
    target: _Account
    currency: Annotated[int, _below(16)]
    amount: Annotated[int, _below(256)]
    call: Annotated[str, Field(pattern=r"^0x([0-9a-fA-F]{2}){4,}$")]
    deadline: _Deadline
    maker: _Account
    nonce: Annotated[int, _below(64)]

    @classmethod
    def of(cls, instruction: Instruction) -> _Fields:
        """The fields of a record; raises BadInstruction."""
        given = {slot.name: getattr(instruction, slot.name) for slot in slots(Instruction)}
        try:
            return cls.model_validate(given)
        except ValidationError as failure:
            raise _bad(failure, "the instruction") from failure

    def record(self) -> Instruction:
        """The record of these fields."""
        return Instruction(**dict(self))


class _File(_Entry):
    """The JSON text."""

    format: Literal[1] = 1
    chain_id: Annotated[int, Field(gt=0)]
    desk: _Account
    instruction: _Fields
    maker_signature: str | None
    checker_signature: str | None


def _bad(failure: ValidationError, whole: str) -> BadInstruction:
    first = failure.errors()[0]
    where = ".".join(str(step) for step in first["loc"]) or whole
    reason = first["msg"].removeprefix("Value error, ")
    return BadInstruction(where, reason)
