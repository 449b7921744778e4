# SPDX-License-Identifier: Apache-2.0
"""Everything that a chain shows, and what of a text would be seen in it."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chains import rpc
from eth_utils.crypto import keccak

from yangshan.chain.connection import Chain
from yangshan.chain.signers import development_signer

# Shorter ones are found anywhere by chance.
FEWEST_SIGNS = 6
SLOT = 32
# Whatever comes is told in a log: CALLDATASIZE PUSH1 0 DUP1 CALLDATACOPY CALLDATASIZE PUSH1 0 LOG0.
TELLS = "0x3660008037366000a0"


def texts_in(value: Any) -> Iterator[str]:
    """Every string of a JSON value that is long enough, names of fields apart."""
    if isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, str) and len(value) >= FEWEST_SIGNS:
        yield value


def forms(text: str) -> Iterator[tuple[str, bytes]]:
    """A text as it could stand on a chain: plain, as digits, as a number, hashed."""
    plain = {
        "UTF-8": text.encode(),
        "UTF-16": text.encode("utf-16-le"),
        "UTF-16, the high byte first": text.encode("utf-16-be"),
        "JSON": json.dumps(text, ensure_ascii=False).encode(),
    }
    for name, data in plain.items():
        yield name, data
        yield f"{name} in hexadecimal", data.hex().encode()
        yield f"{name} in capital hexadecimal", data.hex().upper().encode()
        for hashed, digest in (
            ("keccak256", keccak(data)),
            ("sha256", hashlib.sha256(data).digest()),
        ):
            yield f"{hashed} of {name}", digest
            yield f"{hashed} of {name} in hexadecimal", digest.hex().encode()
    if text.isascii() and text.isdigit() and len(text) > 2 * FEWEST_SIGNS:
        yield "a digit for each half byte", bytes.fromhex(text.zfill(len(text) + len(text) % 2))
        number = int(text)
        yield "a number", number.to_bytes(-(-number.bit_length() // 8), "big")


def needles(texts: Iterable[str], secrets: Iterable[bytes] = ()) -> dict[bytes, str]:
    """What is looked for, with what it is; ``secrets`` are looked for as they are and in digits."""
    found = {data: f"{text!r} as {name}" for text in set(texts) for name, data in forms(text)}
    for secret in secrets:
        found |= {secret: f"the secret {secret.hex()}", secret.hex().encode(): "a secret in digits"}
    return found


def shown_by(chain: Chain) -> Mapping[str, bytes]:
    """Calldata and logs of each transaction, code and storage of each account."""
    found: dict[str, bytes] = {}
    for number in range(chain.web3.eth.block_number + 1):
        block = rpc(chain, "eth_getBlockByNumber", hex(number), True)
        found[f"block {number}"] = _bytes(block["extraData"])
        for each in block["transactions"]:
            found[f"calldata of {each['hash']}"] = _bytes(each["input"])
            logs = rpc(chain, "eth_getTransactionReceipt", each["hash"])["logs"]
            said = [part for log in logs for part in (*log["topics"], log["data"])]
            found[f"logs of {each['hash']}"] = b"".join(map(_bytes, said))
    state = json.loads(gzip.decompress(_bytes(rpc(chain, "anvil_dumpState"))))
    for address, account in state["accounts"].items():
        found[f"code of {address}"] = _bytes(account["code"])
        for slot, value in account["storage"].items():
            found[f"storage of {address} at {slot}"] = _bytes(value).rjust(SLOT, b"\0")
    return found


def leaks(shown: Mapping[str, bytes], sought: Mapping[bytes, str]) -> list[str]:
    """Where something that is sought is shown."""
    found = []
    # A long text lies in several slots, a short one beside its length.
    in_slot = {data[: SLOT - 1]: what for data, what in sought.items()}
    slots = {place: data for place, data in shown.items() if place.startswith("storage")}
    joined = b"\xff".join(slots.values())
    for data, what in in_slot.items():
        if data in joined:
            found += [f"{what} in the {place}" for place, held in slots.items() if data in held]
    others = {place: data for place, data in shown.items() if place not in slots}
    joined = b"\xff".join(others.values())
    for data, what in sought.items():
        if data in joined:
            found += [f"{what} in the {place}" for place, held in others.items() if data in held]
    return found


def plant(chain: Chain, place: str, number: int, data: bytes) -> None:
    """Something at an account of its own, or at the only one."""
    account = f"0x{0xCA5E5000 + number:040x}"
    if place == "code":
        rpc(chain, "anvil_setCode", account, "0x00" + data.hex())
    elif place == "storage":
        rpc(chain, "anvil_setCode", account, "0x00")
        word = data[:31].ljust(32, b"\0")
        rpc(chain, "anvil_setStorageAt", account, f"0x{number:064x}", "0x" + word.hex())
    else:
        rpc(chain, "anvil_setCode", account, TELLS if place == "logs" else "0x00")
        sender = development_signer(0, "somebody").address
        call = {"from": sender, "to": account, "data": "0x" + data.hex(), "gas": hex(200_000)}
        sent = rpc(chain, "eth_sendTransaction", call)
        rpc(chain, "evm_mine")
        assert rpc(chain, "eth_getTransactionReceipt", sent)["status"] == "0x1"


def _bytes(text: str) -> bytes:
    digits = text.removeprefix("0x")
    return bytes.fromhex(digits.zfill(len(digits) + len(digits) % 2))
