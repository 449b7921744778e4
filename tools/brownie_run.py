# SPDX-License-Identifier: Apache-2.0
"""Brownie's own command line, in a folder of any name.

Brownie names the module of a script after the script's whole path, so that a dot anywhere in the
path of the project (`yangshan-0.1`, `/tmp/tmp.x7`) breaks `brownie run`. Here the module is named
from the project's root, which Brownie has put on the path already.
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType

from brownie._cli.__main__ import main
from brownie.project import scripts

ROOT = Path(__file__).resolve().parent.parent


def import_script(path: Path) -> ModuleType:
    """The module of a script, read anew if it was run before, as Brownie does."""
    inside = path.resolve()
    base = ROOT if inside.is_relative_to(ROOT) else Path(inside.anchor)
    name = ".".join(inside.relative_to(base).with_suffix("").parts)
    if name in sys.modules:
        return importlib.reload(sys.modules[name])
    return importlib.import_module(name)


if __name__ == "__main__":
    scripts._import_from_path = import_script
    sys.argv[0] = re.sub(r"(_run)?\.py$", "", sys.argv[0])
    sys.exit(main())
