# SPDX-License-Identifier: Apache-2.0
"""From the data of a revert, or the error of web3.py that carries it, to the typed error."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak
from web3.exceptions import ContractLogicError, Web3RPCError

from yangshan.chain.reverts.base import (
    ContractError,
    Panicked,
    RevertedWithText,
    UnknownRevert,
    UnnamedRevert,
)
from yangshan.chain.values import hexadecimal, slots, tuple_type

if TYPE_CHECKING:
    from collections.abc import Callable

_SELECTOR_BYTES: Final = 4
_MALFORMED: Final = (DecodingError, ValueError, OverflowError)
_BUILT_IN: Final[dict[bytes, tuple[str, Callable[[Any], ContractError]]]] = {
    keccak(text="Error(string)")[:_SELECTOR_BYTES]: ("string", RevertedWithText),
    keccak(text="Panic(uint256)")[:_SELECTOR_BYTES]: ("uint256", Panicked),
}


def decode_revert(data: bytes) -> ContractError:
    """The error in the data of a revert; UnknownRevert for what is none of the suite's."""
    selector, content = data[:_SELECTOR_BYTES], data[_SELECTOR_BYTES:]
    kind = _by_selector().get(selector)
    try:
        if kind is not None:
            fields = slots(kind)
            values = decode([slot.codec.solidity for slot in fields], content)
            pairs = zip(fields, values, strict=True)
            return kind(**{slot.name: slot.codec.read(value) for slot, value in pairs})
        if selector in _BUILT_IN:
            solidity, built_in = _BUILT_IN[selector]
            return built_in(decode([solidity], content)[0])
    except _MALFORMED:
        pass
    return UnknownRevert(hexadecimal(data))


def from_web3(error: BaseException) -> ContractError | None:
    """The contract's error behind one of web3.py's; None where no contract refused.

    Anvil, go-ethereum and Besu give the data itself, Ganache also an object around it, whose
    ``result`` it is.
    """
    if isinstance(error, ContractError):
        return error
    if isinstance(error, ContractLogicError):
        return decode_revert(_bytes_of(error.data) or b"")
    if isinstance(error, Web3RPCError):
        answer = (error.rpc_response or {}).get("error")
        data = _bytes_of(answer.get("data")) if isinstance(answer, dict) else None
        # Without data this is the node's refusal, not a contract's: no funds, a wrong nonce.
        return decode_revert(data) if data else None
    return None


def custom_errors() -> tuple[type[ContractError], ...]:
    """The class of every error of the suite's contracts."""
    kinds = ContractError.__subclasses__()
    return tuple(kind for kind in kinds if kind is not UnnamedRevert)


@functools.cache
def _by_selector() -> dict[bytes, type[ContractError]]:
    return {
        keccak(text=kind.__name__ + tuple_type(kind))[:_SELECTOR_BYTES]: kind
        for kind in custom_errors()
    }


def _bytes_of(data: Any) -> bytes | None:
    if isinstance(data, dict):
        data = data.get("result")
    if isinstance(data, str):
        # Some nodes write a word before it, as "Reverted 0x…".
        _, prefix, digits = data.rpartition("0x")
        try:
            return bytes.fromhex(digits) if prefix else None
        except ValueError:
            return None
    return bytes(data) if isinstance(data, bytes) else None
