# SPDX-License-Identifier: Apache-2.0
"""A list of sanctions or of goods of dual use, as the user supplies it in a file of TOML.

``name``, ``version`` and ``published`` say which list it is; each ``[[entry]]`` has an ``id``, a
``kind`` (party, vessel, place, goods), ``names``, ``numbers`` (LEI, USCC, BIC or IMO), ``codes``
(UN/LOCODE, country, or the first digits of an HS code) and a ``reason``. No list comes with this
package.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yangshan.documents.examination.names import NameIndex
from yangshan.errors import Unusable

_Text = Annotated[str, Field(min_length=1, max_length=500)]


class BadList(Unusable):
    """A file that holds no list."""

    def __init__(self, file: object, reason: str) -> None:
        super().__init__(f"The list {file} cannot be used: {reason}.")
        self.file = file


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(_Row):
    """One entry of a list; a hit on ``numbers`` is certain, one on a name may be another's."""

    id: _Text
    kind: Literal["party", "vessel", "place", "goods"]
    names: tuple[_Text, ...] = ()
    numbers: tuple[_Text, ...] = ()
    codes: tuple[_Text, ...] = ()
    reason: _Text


class Listing(_Row):
    """A list in one version."""

    name: _Text
    version: _Text
    published: date
    entries: Annotated[tuple[Entry, ...], Field(alias="entry")] = ()

    @cached_property
    def named(self) -> NameIndex:
        """The parties by their names, each under the place of its entry."""
        return NameIndex(each.names if each.kind == "party" else () for each in self.entries)

    @cached_property
    def numbered(self) -> Mapping[str, Sequence[int]]:
        """The places of the entries by their numbers."""
        found: dict[str, list[int]] = {}
        for place, each in enumerate(self.entries):
            for number in each.numbers:
                found.setdefault(number, []).append(place)
        return found


def read_listing(data: bytes, file: object) -> Listing:
    """The list that a file states; raises :class:`BadList`."""
    try:
        return Listing.model_validate(tomllib.loads(data.decode("utf-8")))
    except ValidationError as bad:
        first = bad.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise BadList(file, f"{where or 'as a whole'}: {first['msg']}") from None
    except (ValueError, RecursionError) as bad:
        raise BadList(file, str(bad)) from bad
