# SPDX-License-Identifier: Apache-2.0
"""Sample values by Solidity type."""

from __future__ import annotations

SAMPLE_ADDRESS = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"


def sample(solidity: str, number: int = 1) -> object:
    """A value as an ABI decoder gives it, made of ``number``."""
    if solidity.endswith("[]"):
        return [sample(solidity.removesuffix("[]"), number)] * number
    if solidity.startswith("("):
        return tuple(sample(part, number) for part in _parts(solidity))
    if solidity == "address":
        return SAMPLE_ADDRESS
    if solidity == "bool":
        return bool(number)
    if solidity == "string":
        return "words" * number
    if solidity.startswith("bytes"):
        # Of those without a length, as many as the number says.
        return bytes([number]) * int(solidity.removeprefix("bytes") or number)
    return number


def _parts(solidity: str) -> list[str]:
    parts, depth = [""], 0
    for sign in solidity[1:-1]:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts
