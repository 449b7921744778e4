# SPDX-License-Identifier: Apache-2.0
"""The members of an alliance, as its file (TOML, one ``[[member]]`` table each) names them."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from yangshan.alliance import identifiers
from yangshan.alliance.identifiers import BadIdentifier
from yangshan.errors import Unusable
from yangshan.toml_files import tables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_Model = TypeVar("_Model", bound=BaseModel)

Kind = Literal[
    "authority",
    "customs",
    "central bank",
    "bank",
    "trader",
    "carrier",
    "insurer",
    "inspector",
    "operator",
]


class AllianceFileError(Unusable):
    """An alliance file that is missing, is no TOML, or describes no alliance."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"The alliance file {file} cannot be used: {reason}")
        self.file = file
        self.reason = reason


def _held_to(check: Callable[[str], str]) -> AfterValidator:
    """A standard's own check as one of pydantic's, whose errors are told with their place."""

    def checked(given: str) -> str:
        try:
            return check(given)
        except BadIdentifier as bad:
            raise ValueError(str(bad)) from bad

    return AfterValidator(checked)


class MemberRecord(BaseModel):
    """One member: ``key`` is its short handle, ``id`` its number on chain once it has one.

    ``lei`` as in ISO 17442, ``credit_code`` (the unified social credit code of China) as in
    GB 32100-2015: a member has one of them, or both. ``bic`` as in ISO 9362, in eight or eleven
    characters, of the member's own country; ``calendar`` a place with a variant, such as ``CNSHA``
    or ``CNSHA-M``; ``country`` as in ISO 3166-1, two letters. A ``founder`` is named when the
    contracts are deployed, any other member is admitted later.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[int, Field(gt=0, lt=2**32)] | None = None
    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    legal_name: Annotated[str, Field(min_length=1)]
    other_names: tuple[str, ...] = ()
    lei: Annotated[str, _held_to(identifiers.lei)] | None = None
    credit_code: Annotated[str, _held_to(identifiers.credit_code)] | None = None
    bic: Annotated[str, _held_to(identifiers.bic)] | None = None
    kind: Kind
    country: Annotated[str, _held_to(identifiers.country_code)]
    calendar: Annotated[str, Field(pattern=r"^[A-Z]{5}(-[A-Z]+)?$")] | None = None
    founder: bool = False

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.lei is None and self.credit_code is None:
            raise ValueError(
                f"{self.key} has neither an LEI (lei) nor a unified social credit code "
                "(credit_code); one of them was expected"
            )
        if self.bic is not None:
            try:
                identifiers.bic(self.bic, self.country)
            except BadIdentifier as bad:
                raise ValueError(str(bad)) from bad
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """All names by which the member is known."""
        return (self.legal_name, *self.other_names)


class _AllianceFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    member: tuple[MemberRecord, ...]


def read_alliance_file(file: Path, model: type[_Model]) -> _Model:
    """What a file of an alliance (TOML) holds; raises AllianceFileError."""
    tables = tables_of(file, partial(AllianceFileError, str(file)))
    try:
        return model.model_validate(tables)
    except ValidationError as bad:
        first = bad.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        # A check of our own says a sentence; a library's words are around it.
        reason = str(first.get("ctx", {}).get("error", first["msg"])).rstrip(".")
        raise AllianceFileError(str(file), f"{where}: {reason}.") from bad


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
