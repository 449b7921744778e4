# SPDX-License-Identifier: Apache-2.0
"""The members of an alliance, as its file (TOML, one ``[[member]]`` table each) names them."""

from __future__ import annotations

import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yangshan.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_Model = TypeVar("_Model", bound=BaseModel)

Kind = Literal["authority", "customs", "central bank", "bank", "trader", "carrier", "insurer"]


class AllianceFileError(Unusable):
    """An alliance file that is missing, is no TOML, or describes no alliance."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"The alliance file {file} cannot be used: {reason}")
        self.file = file
        self.reason = reason


class MemberRecord(BaseModel):
    """One member: ``key`` is its short handle, ``id`` its number on chain once it has one.

    ``bic`` as in ISO 9362, in eight or eleven characters; ``calendar`` a place with a variant, such
    as ``CNSHA`` or ``CNSHA-M``; ``country`` as in ISO 3166, two letters. A ``founder`` is named
    when the contracts are deployed, any other member is admitted later.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[int, Field(gt=0, lt=2**32)] | None = None
    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    legal_name: Annotated[str, Field(min_length=1)]
    other_names: tuple[str, ...] = ()
    bic: Annotated[str, Field(pattern=r"^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$")] | None = None
    kind: Kind
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    calendar: Annotated[str, Field(pattern=r"^[A-Z]{5}(-[A-Z]+)?$")] | None = None
    founder: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All names by which the member is known."""
        return (self.legal_name, *self.other_names)


class _AllianceFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    member: tuple[MemberRecord, ...]


def read_alliance_file(file: Path, model: type[_Model]) -> _Model:
    """What a file of an alliance (TOML) holds; raises AllianceFileError."""
    try:
        return model.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as missing:
        raise AllianceFileError(str(file), f"{missing.strerror}.") from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as bad:
        raise AllianceFileError(str(file), f"it is not TOML ({bad}).") from bad
    except ValidationError as bad:
        first = bad.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise AllianceFileError(str(file), f"{where}: {first['msg']}.") from bad


def load_members(file: Path) -> tuple[MemberRecord, ...]:
    """The members in the order of the file; raises AllianceFileError."""
    members = read_alliance_file(file, _AllianceFile).member
    keys = Counter(member.key for member in members)
    ids = Counter(member.id for member in members if member.id is not None)
    for what, value, times in (
        *(("key", key, times) for key, times in keys.items()),
        *(("number", str(number), times) for number, times in ids.items()),
    ):
        if times > 1:
            raise AllianceFileError(str(file), f"{times} members have the {what} {value}.")
    return members


def numbered(members: tuple[MemberRecord, ...], ids: Mapping[str, int]) -> tuple[MemberRecord, ...]:
    """The members with the numbers that a deployment gave them, by key; others keep theirs."""
    return tuple(
        member.model_copy(update={"id": ids.get(member.key, member.id)}) for member in members
    )
