# SPDX-License-Identifier: Apache-2.0
"""Give Brownie this project's networks, each on a port that is free now.

    networks.py SOURCE TARGET

SOURCE is network-config.yaml, TARGET the file in Brownie's own folder. Networks that somebody added
to TARGET with `brownie networks add` stay. Each network takes three ports in a row:
`brownie test -n 2` gives its workers the ports behind the first. Those that TARGET names already
are left to a Brownie that started just before and may not listen there yet.
"""

from __future__ import annotations

import os
import random
import socket
import sys
from pathlib import Path
from typing import Any

import yaml

FIRST_PORT, LAST_PORT, WIDTH = 20_000, 32_000, 3  # below the range that systems hand out to clients


def is_free(port: int) -> bool:
    """Whether nothing listens on the port of this machine."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_ports(count: int, taken: set[int]) -> list[int]:
    """`count` ports, each with the next `WIDTH - 1` free as well and no two overlapping."""
    starts = [port for port in range(FIRST_PORT, LAST_PORT, WIDTH) if port not in taken]
    random.SystemRandom().shuffle(starts)
    found = []
    for start in starts:
        if all(is_free(start + offset) for offset in range(WIDTH)):
            found.append(start)
            if len(found) == count:
                return found
    sys.exit(f"no free ports between {FIRST_PORT} and {LAST_PORT}")


def merged(source: dict[str, Any], present: dict[str, Any]) -> dict[str, Any]:
    """The networks of `source` on free ports, and those of `present` that are not ours."""
    ours, there = source["development"], present.get("development") or []
    taken = {one.get("cmd_settings", {}).get("port", 0) for one in there}
    for network, port in zip(ours, free_ports(len(ours), taken), strict=True):
        network["cmd_settings"]["port"] = port
    own_ids = {network["id"] for network in ours}
    others = [one for one in there if one["id"] not in own_ids]
    return {"development": ours + others, "live": present.get("live") or []}


def main() -> None:
    """Write TARGET in one step: a Brownie starting now reads the old file or the new one."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    present = yaml.safe_load(target.read_text()) if target.exists() else {}
    text = yaml.safe_dump(
        merged(yaml.safe_load(source.read_text()), present or {}), sort_keys=False
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}")
    draft.write_text(text)
    draft.replace(target)


if __name__ == "__main__":
    main()
