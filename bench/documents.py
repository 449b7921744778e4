# SPDX-License-Identifier: Apache-2.0
"""A batch of a million documents on one core, and beside it the same tree hashed otherwise.

    documents.py [--count N] [--seconds MOST]

Prints the seconds of processor time that building the tree takes, those of a proof, and the ratio
to the same tree over the keccak of eth-utils, which the rest of the library uses. With --seconds it
fails if building takes longer.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import sys
import time
from typing import Final

from eth_utils.crypto import keccak

from yangshan.documents.batches import Batch
from yangshan.documents.leaves import batch_leaf

COUNT: Final = 1_000_000
ROUNDS: Final = 3
# The other way is measured on fewer, since it takes long and its time grows evenly.
SHARE: Final = 20


def commitments(count: int) -> list[bytes]:
    """Different ones, the same in every run."""
    return [hashlib.sha256(each.to_bytes(8, "big")).digest() for each in range(count)]


def other_root(leaves: list[bytes]) -> bytes:
    """The same tree, written plainly over the other keccak."""
    level = [keccak(b"\x00" + each) for each in leaves]
    while len(level) > 1:
        pairs = [keccak(b"\x01" + level[at] + level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0]


def seconds(count: int) -> tuple[float, float, float]:
    """To build, to prove one and verify it, and to build a share of it in the other way."""
    given = commitments(count)
    part = given[: max(1, count // SHARE)]
    started = time.process_time()
    batch = Batch(given)
    built = time.process_time()
    proof = batch.prove(given[-1])
    assert proof.proof.root(batch_leaf(given[-1])) == batch.root
    proved = time.process_time()
    other = other_root(part)
    ended = time.process_time()
    assert other == Batch(part).root
    return built - started, proved - built, (ended - proved) * count / len(part)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seconds", type=float)
    given = parser.parse_args()
    rounds = [seconds(given.count) for _ in range(ROUNDS)]
    built, proved, _ = (statistics.median(each) for each in zip(*rounds, strict=True))
    ratio = statistics.median(other / mine for mine, _, other in rounds)
    print(f"A batch of {given.count:,} documents, seconds of processor time on one core:")
    print(f"  built {built:.2f}   one proof made and verified {proved * 1000:.1f} ms")
    print(f"  the same tree over eth-utils takes {ratio:.1f} times as long")
    if given.seconds is not None and built > given.seconds:
        print(f"Building takes more than {given.seconds:.2f} s.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
