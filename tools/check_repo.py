# SPDX-License-Identifier: Apache-2.0
"""What must not stand in tracked files, and what must.

- no path of somebody's machine, and no host of a package registry;
- an SPDX header at the top of every source file;
- the library imports what pyproject.toml declares, no more and no less: never Brownie.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPDX = "SPDX-License-Identifier: Apache-2.0"
SOURCES = {".py", ".sol", ".js", ".ts", ".sh"}

# Built so that this file does not match itself.
MACHINE_PATH = re.compile(
    r"(?<![\w./@-])/" + r"(?:work|root|home/[a-z][\w-]*|Users/[A-Za-z][\w-]*|tmp/[\w-]+)" + r"/"
)
REGISTRY = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:org|com)|yarnpkg[.]com|crates[.]io|proxy[.]golang[.]org"
    r"|maven[.]org|deb(?:ian)?[.]debian[.]org"
)
# Declared without being imported: others use them (zoneinfo the zones, eth-keys fast signing).
INDIRECT = {"tzdata", "coincurve"}


def tracked() -> list[Path]:
    """The files that git knows, or would after `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in sorted(listed.stdout.split("\0")) if name)
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str | None:
    """The file's text, or None if it holds something else."""
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return None


def is_source(path: Path, text: str) -> bool:
    """Whether a licence header belongs into it."""
    return bool(text) and (
        path.suffix in SOURCES or path.name == "Makefile" or text.startswith("#!")
    )


def faults_of_text(path: Path, text: str) -> Iterator[str]:
    """Paths, hosts and a missing header."""
    where = path.relative_to(ROOT)
    for number, line in enumerate(text.splitlines(), start=1):
        if found := MACHINE_PATH.search(line):
            yield f"{where}:{number}: {found[0]} is a path of one machine"
        if found := REGISTRY.search(line):
            yield f"{where}:{number}: {found[0]} is a package registry's host"
    if is_source(path, text) and SPDX not in "\n".join(text.splitlines()[:3]):
        yield f"{where}:1: no line '{SPDX}'"


def imported(path: Path) -> set[str]:
    """The top-level modules that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def faults_of_dependencies() -> Iterator[str]:
    """Imports of the library against pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project.get("optional-dependencies", {}).values()
    required = [*project["dependencies"], *(each for extra in extras for each in extra)]
    declared = {re.split(r"[<>=!~\[; ]", each)[0].lower() for each in required}
    distributions = packages_distributions()
    used: set[str] = set()
    for path in sorted((ROOT / "yangshan").rglob("*.py")):
        for module in sorted(imported(path) - sys.stdlib_module_names - {"yangshan"}):
            names = {name.lower().replace("_", "-") for name in distributions.get(module, [module])}
            used |= names
            if not names & declared:
                where = path.relative_to(ROOT)
                yield f"{where}: imports {module}, which pyproject.toml does not declare"
    for name in sorted(declared - used - INDIRECT):
        yield f"pyproject.toml: declares {name}, which yangshan/ does not import"


def main() -> int:
    """Print each fault."""
    faults: list[str] = []
    for path in tracked():
        text = text_of(path)
        if text is not None:
            faults += faults_of_text(path, text)
    faults += faults_of_dependencies()
    print("\n".join(faults), end="\n" if faults else "", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
