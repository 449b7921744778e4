# SPDX-License-Identifier: Apache-2.0
"""Where encrypted documents lie: a folder, or a store that speaks S3.

An object is called by the SHA-256 of its bytes, so that to put it twice is to put it once, and what
comes back is what was put, or is refused. A store sees ciphertext, its length and when it is asked
for it; it need not be trusted with more.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from yangshan.errors import Refused, Unusable
from yangshan.exchange.envelopes import MOST_ENVELOPE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The envelope with what encryption adds: a header, and 16 bytes to each 64 KiB.
MOST_OBJECT_BYTES: Final = MOST_ENVELOPE_BYTES + 2**20
_SUFFIX: Final = ".age"
_CONNECT: Final = timedelta(seconds=10)
_WHOLE: Final = timedelta(minutes=5)
_PATIENCE: Final = timedelta(seconds=20)
_STATUS: Final = re.compile(r"status code: (\d{3} [A-Za-z ]+)")


class StoreUnusable(Unusable):
    """A store that cannot be reached, or does not do what it is asked."""

    def __init__(self, store: str, reason: str) -> None:
        super().__init__(f"The store {store} cannot be used: {reason}.")
        self.store = store
        self.reason = reason


class ObjectMissing(Refused):
    """Nothing lies in the store under an address."""

    def __init__(self, store: str, content: str) -> None:
        super().__init__(
            f"The store {store} has nothing under {content}: it was removed, or was put into "
            "another store."
        )
        self.store = store
        self.content = content


class ObjectDamaged(Refused):
    """What lies under an address is not what was put there."""

    def __init__(self, store: str, content: str, reason: str) -> None:
        super().__init__(
            f"What lies in the store {store} under {content} is not what was put there: {reason}. "
            "Nothing of it was read."
        )
        self.store = store
        self.content = content


class ObjectTooLong(Refused):
    """More than a store is given."""

    def __init__(self, size: int) -> None:
        super().__init__(
            f"The encrypted document has {size:,} bytes, and a store takes at most "
            f"{MOST_OBJECT_BYTES:,}."
        )
        self.size = size


class Store(Protocol):
    """A store of encrypted documents; ``str`` of it is what people call it.

    Each method raises :class:`StoreUnusable`.
    """

    def put(self, data: bytes) -> str:
        """Puts an object, whole or not at all; its address, 64 digits."""

    def get(self, content: str) -> bytes:
        """The object under an address; raises :class:`ObjectMissing`, :class:`ObjectDamaged`."""

    def remove(self, content: str) -> bool:
        """Removes an object; whether it was there."""


def address_of(data: bytes) -> str:
    """The address of an object: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class FolderStore:
    """A folder, such as one that the parties share over a network; made when it is needed."""

    folder: Path

    def __str__(self) -> str:
        return str(self.folder)

    def put(self, data: bytes) -> str:
        """As :meth:`Store.put`; on disk when it returns."""
        content = _address_within_bounds(data)
        path = self._path(content)
        try:
            if path.is_file() and path.read_bytes() == data:
                return content
            self.folder.mkdir(parents=True, exist_ok=True)
            _write_whole(path, data)
        except OSError as failed:
            raise StoreUnusable(str(self), failed.strerror or "unknown reason") from failed
        return content

    def get(self, content: str) -> bytes:
        """As :meth:`Store.get`."""
        try:
            with self._path(content).open("rb") as file:
                data = file.read(MOST_OBJECT_BYTES + 1)
        except FileNotFoundError:
            raise ObjectMissing(str(self), content) from None
        except OSError as failed:
            raise StoreUnusable(str(self), failed.strerror or "unknown reason") from failed
        return _checked(str(self), content, data)

    def remove(self, content: str) -> bool:
        """As :meth:`Store.remove`."""
        try:
            self._path(content).unlink()
        except FileNotFoundError:
            return False
        except OSError as failed:
            raise StoreUnusable(str(self), failed.strerror or "unknown reason") from failed
        return True

    def _path(self, content: str) -> Path:
        return self.folder / f"{content}{_SUFFIX}"


class S3Store:
    """A bucket of a store that speaks S3.

    ``endpoint`` is the URL of the store, empty for that of the protocol's maker. Its keys are those
    that other tools read from the environment, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; they
    are written nowhere. What cannot be reached is tried again for ``patience``. Raises
    :class:`StoreUnusable` where the extra ``yangshan[s3]`` is not installed.
    """

    def __init__(
        self,
        bucket: str,
        *,
        prefix: str = "",
        endpoint: str = "",
        region: str = "us-east-1",
        patience: timedelta = _PATIENCE,
    ) -> None:
        place = f"s3://{bucket}/{prefix}".rstrip("/")
        self._name = f"{place} at {endpoint}" if endpoint else place
        try:
            import obstore
            from obstore.store import S3Store as Bucket
        except ImportError as missing:
            raise StoreUnusable(
                self._name, "it takes the extra s3 (`pip install 'yangshan[s3]'`)"
            ) from missing
        self._api = obstore
        try:
            self._bucket = Bucket(
                bucket,
                prefix=prefix or None,
                config={"region": region, **({"endpoint": endpoint} if endpoint else {})},
                # What is sent is encrypted; a store within a bank's own network may have no TLS.
                client_options={
                    "allow_http": endpoint.startswith("http://"),
                    "connect_timeout": _CONNECT,
                    "timeout": _WHOLE,
                },
                retry_config={"max_retries": 10, "retry_timeout": patience},
            )
        except (self._api.exceptions.BaseError, ValueError) as bad:
            raise StoreUnusable(self._name, _said(bad)) from bad

    def __str__(self) -> str:
        return self._name

    def put(self, data: bytes) -> str:
        """As :meth:`Store.put`."""
        content = _address_within_bounds(data)
        with self._answering(content):
            self._api.put(self._bucket, f"{content}{_SUFFIX}", data)
        return content

    def get(self, content: str) -> bytes:
        """As :meth:`Store.get`."""
        with self._answering(content):
            found = self._api.get(self._bucket, f"{content}{_SUFFIX}")
            if found.meta["size"] > MOST_OBJECT_BYTES:
                raise ObjectDamaged(str(self), content, "it is longer than any document")
            data = bytes(found.bytes())
        return _checked(str(self), content, data)

    def remove(self, content: str) -> bool:
        """As :meth:`Store.remove`."""
        try:
            with self._answering(content):
                # S3 answers a removal alike, whether anything was there or not.
                self._api.head(self._bucket, f"{content}{_SUFFIX}")
        except ObjectMissing:
            return False
        with self._answering(content):
            self._api.delete(self._bucket, f"{content}{_SUFFIX}")
        return True

    @contextlib.contextmanager
    def _answering(self, content: str) -> Iterator[None]:
        """What a store answers instead of what was asked, as errors of ours."""
        named = self._api.exceptions
        try:
            yield
        except FileNotFoundError as missing:
            if "NoSuchBucket" in str(missing):
                raise StoreUnusable(str(self), "there is no such bucket") from missing
            raise ObjectMissing(str(self), content) from missing
        except (named.PermissionDeniedError, named.UnauthenticatedError) as denied:
            raise StoreUnusable(
                str(self), "it does not let these keys do this (AWS_ACCESS_KEY_ID)"
            ) from denied
        except (named.BaseError, OSError) as failed:
            raise StoreUnusable(str(self), _said(failed)) from failed


def _address_within_bounds(data: bytes) -> str:
    if len(data) > MOST_OBJECT_BYTES:
        raise ObjectTooLong(len(data))
    return address_of(data)


def _checked(store: str, content: str, data: bytes) -> bytes:
    found = address_of(data)
    if found != content:
        raise ObjectDamaged(store, content, f"its SHA-256 is {found}")
    return data


def _write_whole(path: Path, data: bytes) -> None:
    """A file that others may read; it appears whole, and in the place of a damaged one."""
    draft = path.with_name(f".draft-{secrets.token_hex(8)}")
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _said(failed: Exception) -> str:
    """What failed, of an error of another library that goes on for pages."""
    words = str(failed).partition("\n")[0]
    if " - HTTP error: " in words:
        return "nothing answers there"
    status = _STATUS.search(words)
    return f"it answers with {status[1]}" if status else "it answers otherwise than S3 does"
