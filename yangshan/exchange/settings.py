# SPDX-License-Identifier: Apache-2.0
"""Which store a workspace uses: the file ``store.toml``, or a folder of its own without one.

    folder = "/mnt/trade"          # a folder, shared with the other parties

    bucket = "trade-documents"     # or a bucket of a store that speaks S3
    prefix = "2025"                # where in it
    endpoint = "https://store.example.com"
    region = "us-east-1"

The keys of a bucket are never in it: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY have them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yangshan.errors import Unusable
from yangshan.exchange.stores import FolderStore, S3Store
from yangshan.toml_files import tables_of

if TYPE_CHECKING:
    from yangshan.exchange.stores import Store


class BadStoreFile(Unusable):
    """A file of the store that cannot be used."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"The file {file}, which says where documents lie, {reason}.")
        self.file = file
        self.reason = reason


class _StoreFile(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    folder: Annotated[str | None, Field(min_length=1)] = None
    bucket: Annotated[str | None, Field(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")] = None
    prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9._/-]*$")] = ""
    endpoint: Annotated[str, Field(pattern=r"^(https?://[A-Za-z0-9.-]+(:\d{1,5})?/?)?$")] = ""
    region: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")] = "us-east-1"


def store_of(file: Path, default: Path) -> Store:
    """The store that a file names, or the folder ``default`` where there is no such file.

    Raises :class:`BadStoreFile`, and StoreUnusable where the extra for S3 is missing.
    """
    if not file.exists():
        return FolderStore(default)
    tables = tables_of(file, lambda reason: BadStoreFile(file, f"cannot be read: {reason[:-1]}"))
    try:
        found = _StoreFile.model_validate(tables)
    except ValidationError as bad:
        first = bad.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadStoreFile(file, f"has a fault at {place}: {first['msg']}") from bad
    if (found.folder is None) == (found.bucket is None):
        raise BadStoreFile(file, "names a folder or a bucket, one of them")
    if found.folder is not None:
        # As seen from the file, wherever a command is run.
        return FolderStore(file.parent / Path(found.folder).expanduser())
    assert found.bucket is not None
    return S3Store(found.bucket, prefix=found.prefix, endpoint=found.endpoint, region=found.region)
