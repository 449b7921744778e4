# SPDX-License-Identifier: Apache-2.0
"""Where the texts and salts behind the chain's commitments are kept, each under its business name.

Whoever loses the salt can prove nothing any more, so it is on disk before anything is sent; and
keeping the same text under the same name twice gives the same commitment, so that a repeated
command says the same thing.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from yangshan.commitments import BadSalt, Sealed, commit, seal
from yangshan.errors import Refused, Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator


class KeptOtherwise(Refused):
    """Another text is kept under this name already."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(
            f"Another text is kept as {name} ({path}); expected the same one, since what was "
            "committed to does not change."
        )
        self.name = name
        self.path = path


class VaultDamaged(Unusable):
    """A kept text that cannot be read, or does not fit its commitment."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The kept text {path} cannot be used: {reason}.")
        self.path = path


class Vault:
    """A private folder of sealed texts, one file each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, kind: str, name: str, value: object) -> Sealed:
        """Seals ``value`` under a fresh salt and keeps it as ``name``, or returns what is kept.

        Raises :class:`KeptOtherwise` if another value is kept there, :class:`VaultDamaged` if the
        file cannot be used, and what :func:`yangshan.commitments.seal` raises.
        """
        path = self._path(kind, name)
        if not path.exists():
            sealed = seal(kind, value)
            if self._write(path, sealed):
                return sealed
        kept = self._read(path)
        if seal(kind, value, kept.salt).commitment != kept.commitment:
            raise KeptOtherwise(name, path)
        return kept

    def find(self, kind: str, name: str) -> Sealed | None:
        """What is kept as ``name``, or None; raises :class:`VaultDamaged`."""
        path = self._path(kind, name)
        return self._read(path) if path.exists() else None

    def add(self, kind: str, name: str, value: object) -> Sealed:
        """Seals and keeps ``value`` beside other texts of this name, or returns it as it is kept.

        For what may be worded anew until the chain is committed to it: which of the texts counts
        is asked by :meth:`committed`. Raises as :meth:`keep`, but never :class:`KeptOtherwise`.
        """
        for each in _versions(name):
            with contextlib.suppress(KeptOtherwise):
                return self.keep(kind, each, value)
        raise AssertionError("names do not end")

    def holds(self, kind: str, name: str, value: object) -> Sealed | None:
        """``value`` as it is kept among the texts of this name, or None."""
        for kept in self._all(kind, name):
            if seal(kind, value, kept.salt).commitment == kept.commitment:
                return kept
        return None

    def committed(self, kind: str, name: str, commitment: bytes) -> Sealed | None:
        """The text of this name that a commitment is to, or None."""
        return next((kept for kept in self._all(kind, name) if kept.commitment == commitment), None)

    def _all(self, kind: str, name: str) -> Iterator[Sealed]:
        for each in _versions(name):
            kept = self.find(kind, each)
            if kept is None:
                return
            yield kept

    def _path(self, kind: str, name: str) -> Path:
        # A reference may hold characters that no file name has; nothing else is escaped to _xx_.
        safe = re.sub(r"[^A-Za-z0-9.-]", lambda odd: f"_{ord(odd[0]):02x}_", name)
        return self._folder / kind / f"{safe}.json"

    def _read(self, path: Path) -> Sealed:
        try:
            raw = json.loads(path.read_text("utf-8"))
            sealed = Sealed(
                raw["kind"],
                raw["content"].encode(),
                bytes.fromhex(raw["salt"]),
                bytes.fromhex(raw["commitment"]),
            )
            expected = commit(sealed.kind, sealed.content, sealed.salt)
        except OSError as unread:
            raise VaultDamaged(path, str(unread.strerror)) from unread
        except (ValueError, KeyError, TypeError, AttributeError, BadSalt) as damaged:
            raise VaultDamaged(path, "it is not what was written there") from damaged
        if expected != sealed.commitment:
            raise VaultDamaged(path, "it does not fit its commitment")
        return sealed

    def _write(self, path: Path, sealed: Sealed) -> bool:
        """Whether it is kept now, and not what another process has kept there meanwhile."""
        text = json.dumps(
            {
                "kind": sealed.kind,
                "content": sealed.content.decode(),
                "salt": sealed.salt.hex(),
                "commitment": sealed.commitment.hex(),
            },
            indent=2,
        )
        try:
            return write_private(path, text)
        except OSError as unwritten:
            raise VaultDamaged(path, f"it cannot be written ({unwritten.strerror})") from unwritten


def write_private(path: Path, content: str | bytes) -> bool:
    """Writes a file that its owner alone reads, whole or not at all, and on disk when it returns.

    Whether it was written: what stands there already stays. Raises OSError.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Its owner's alone from the first byte.
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".draft-") as draft:
        draft.write(content.encode() if isinstance(content, str) else content)
        draft.flush()
        os.fsync(draft.fileno())
        try:
            # A link appears whole or not at all, and never in the place of another text.
            path.hardlink_to(draft.name)
        except FileExistsError:
            return False
    return True


def _versions(name: str) -> Iterator[str]:
    """The name itself, then with a number that no business name has."""
    yield name
    for number in itertools.count(2):
        yield f"{name}~{number}"
