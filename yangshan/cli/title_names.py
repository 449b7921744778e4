# SPDX-License-Identifier: Apache-2.0
"""How commands name titles: by their files or their numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final

import typer

from yangshan.chain.values import hexadecimal
from yangshan.cli.common import read_bytes
from yangshan.errors import Unusable
from yangshan.titles.references import read_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.titles.references import NamedTitle

_TITLE: Final = re.compile(r"(?:0x)?([0-9a-f]{64})")

TitleText = Annotated[
    str, typer.Argument(metavar="TITLE", help="The file of a title, or its number.")
]
TitlesText = Annotated[
    list[str], typer.Argument(metavar="TITLE...", help="Files of titles, or their numbers.")
]


class TitleTwice(Unusable):
    """A title that is named twice for one act."""

    def __init__(self, title: str) -> None:
        super().__init__(f"The title {title} is named twice; each is named once.")
        self.title = title


def file_at(given: str) -> NamedTitle | None:
    """What a file of a title says; None for a number."""
    if _TITLE.fullmatch(given.lower()):
        return None
    return read_title(read_bytes(given), given)


def title_at(given: str) -> str:
    """A title's number, by its file or itself."""
    digits = _TITLE.fullmatch(given.lower())
    return f"0x{digits[1]}" if digits else hexadecimal(read_title(read_bytes(given), given).title)


def titles_at(given: Sequence[str]) -> list[str]:
    """The numbers of titles, each once; raises :class:`TitleTwice`."""
    return once([title_at(each) for each in given])


def once(titles: list[str]) -> list[str]:
    """These, if each is named once; raises :class:`TitleTwice`."""
    for place, each in enumerate(titles):
        if each in titles[:place]:
            raise TitleTwice(each)
    return titles
