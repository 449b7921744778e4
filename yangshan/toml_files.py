# SPDX-License-Identifier: Apache-2.0
"""Files in TOML that a person writes."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from yangshan.errors import YangshanError


def tables_of(file: Path, unusable: Callable[[str], YangshanError]) -> dict[str, Any]:
    """What a file holds; raises what ``unusable`` makes of the reason why nothing can be read."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as missing:
        raise unusable(f"{missing.strerror}.") from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as bad:
        raise unusable(f"it is not TOML ({bad}).") from bad
