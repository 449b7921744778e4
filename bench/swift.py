# SPDX-License-Identifier: Apache-2.0
"""Messages read and checked per second on one core, beside the other library that reads an MT 700.

    swift.py [--peer PYTHON] [--write]

PYTHON is one that has swiftlib (`make bench-swift` gives that of .venv-tools). Both read the same
different valid MT 700 in turn, several rounds each. What stays is the ratio, the median of those of
the rounds, since the figures are those of one machine and of what else it does. --write keeps it
in swift.json, from which the page of the messages takes it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
RESULT: Final = ROOT / "bench/swift.json"
PEER: Final = ROOT / "bench/swift_peer.py"
EXAMPLES: Final = ROOT / "examples/credits"
MESSAGES, ROUNDS = 1000, 9


def texts() -> list[str]:
    """Different valid MT 700, made from the tables."""
    sys.path.insert(0, str(ROOT / "tests/fuzz"))
    from generated import message

    from yangshan.swift.grammar import compose

    bic = "YSHACNSHXXX"
    return [
        compose("700", message("700", seed), sender=bic, receiver=bic) for seed in range(MESSAGES)
    ]


def own(messages: list[str]) -> dict[str, float]:
    """Messages per second of processor time: read, and read and checked."""
    from yangshan.swift import check, read

    def checked(text: str) -> None:
        for each in read(text):
            check(each)

    figures = {}
    for name, action in (("read", read), ("checked", checked)):
        started = time.process_time()
        for text in messages:
            action(text)
        figures[name] = len(messages) / (time.process_time() - started)
    return figures


def own_verdicts(files: dict[str, str]) -> dict[str, Any]:
    """Of each file whether it is found valid, and whether it is written as it came."""
    from yangshan.swift import write
    from yangshan.swift.report import report

    return {
        name: {
            "valid": all(each["valid"] for each in report(text)),
            "same": _written(text, write) == text.encode(),
        }
        for name, text in files.items()
    }


def _written(text: str, write: Any) -> bytes:
    from yangshan.swift import split
    from yangshan.swift.errors import UnreadableMessage

    parts = split(text)
    if any(isinstance(part, UnreadableMessage) for part in parts):
        return b""
    return b"".join(write(part) for part in parts)


def peer(python: str, work: Path, what: str) -> Any:
    """What swift_peer.py prints."""
    done = subprocess.run(
        [python, PEER, what, work / f"{what}.json"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": ""},
    )
    return json.loads(done.stdout)


def middle(rounds: list[dict[str, float]]) -> dict[str, float]:
    """Of each figure the median of all rounds."""
    return {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}


def measured(python: str) -> dict[str, Any]:
    messages = texts()
    files = {
        str(file.relative_to(EXAMPLES)): file.read_bytes().decode()
        for file in sorted(EXAMPLES.rglob("*.mt700"))
    }
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "speed.json").write_text(json.dumps(messages))
        (work / "verdicts.json").write_text(json.dumps(files))
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(own(messages))
            theirs.append(peer(python, work, "speed"))
        verdicts = {"yangshan": own_verdicts(files), "swiftlib": peer(python, work, "verdicts")}
    ratios = middle(
        [
            {name: mine[name] / other[name] for name in mine}
            for mine, other in zip(ours, theirs, strict=True)
        ]
    )
    broken = [name for name in files if name.startswith("broken/")]
    return {
        "figures": {"yangshan": middle(ours), "swiftlib": middle(theirs)},
        "result": {
            "peer": peer_version(python),
            "ratio_read": round(ratios["read"], 2),
            "ratio_checked": round(ratios["checked"], 2),
            "faulty": len(broken),
            **{
                name: {
                    "faults_found": sum(not found[file]["valid"] for file in broken),
                    "valid_found_valid": sum(
                        found[file]["valid"] for file in files if file not in broken
                    ),
                    "same_bytes": sum(found[file]["same"] for file in files if file not in broken),
                }
                for name, found in verdicts.items()
            },
            "valid": len(files) - len(broken),
        },
    }


def peer_version(python: str) -> str:
    code = "import importlib.metadata as m; print('swiftlib', m.version('swiftlib'))"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--peer", default=str(ROOT / ".venv-tools/bin/python"))
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    found = measured(given.peer)
    result = found["result"]
    print("Different valid MT 700, messages per second of processor time on one core:")
    for name, figures in found["figures"].items():
        print(f"  {name:<10} read {figures['read']:>9,.0f}   checked {figures['checked']:>9,.0f}")
    print(f"Yangshan's rate to {result['peer']}'s in this run:")
    print(f"  reading alone {result['ratio_read']}, reading and checking {result['ratio_checked']}")
    print("What the checks are worth, on examples/credits:")
    for name in ("yangshan", "swiftlib"):
        told = result[name]
        print(
            f"  {name:<10} finds {told['faults_found']} of {result['faulty']} faulty messages not "
            f"valid, {told['valid_found_valid']} of {result['valid']} valid ones valid; writes "
            f"{told['same_bytes']} of {result['valid']} back to the same bytes"
        )
    print(
        "swiftlib reads any message into fields and knows of MT 700 eight mandatory ones; of the "
        "other messages here none, and of none formats, code words or rules."
    )
    if given.write:
        RESULT.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
