# SPDX-License-Identifier: Apache-2.0
"""What swift.py asks of swiftlib, in a Python that has it: swift_peer.py speed|verdicts FILE."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from swiftlib.mt import parse


def checked(text: str) -> bool:
    return not parse(text).validate()


def speed(messages: list[str]) -> dict[str, float]:
    actions: dict[str, Callable[[str], Any]] = {"read": parse, "checked": checked}
    figures = {}
    for name, action in actions.items():
        started = time.process_time()
        for text in messages:
            action(text)
        figures[name] = len(messages) / (time.process_time() - started)
    return figures


def verdicts(files: dict[str, str]) -> dict[str, Any]:
    return {
        name: {"valid": checked(text), "same": parse(text).to_swift() == text}
        for name, text in files.items()
    }


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[2]).read_text())
    print(json.dumps({"speed": speed, "verdicts": verdicts}[sys.argv[1]](given)))
