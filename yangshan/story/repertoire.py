# SPDX-License-Identifier: Apache-2.0
"""The acts there are, and the files that they are told in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from yangshan.story.amended import AmendedAct, AmendedScript
from yangshan.story.nominated import NominatedAct, NominatedScript
from yangshan.story.reimbursed import ReimbursedAct, ReimbursedScript
from yangshan.story.scheduled import ScheduledAct, ScheduledScript
from yangshan.story.script import StoryFileError, Table
from yangshan.story.sight import SightAct, SightScript
from yangshan.story.titled import TitledAct, TitledScript
from yangshan.story.transferred import TransferredAct, TransferredScript
from yangshan.toml_files import tables_of

if TYPE_CHECKING:
    from yangshan.story.acts import RunningAct
    from yangshan.story.script import ActScript

# One line for each kind of act: what its file states, and who plays it.
_ACTS: Final[dict[type[ActScript], type[RunningAct]]] = {
    SightScript: SightAct,
    NominatedScript: NominatedAct,
    AmendedScript: AmendedAct,
    ReimbursedScript: ReimbursedAct,
    ScheduledScript: ScheduledAct,
    TransferredScript: TransferredAct,
    TitledScript: TitledAct,
}

AnyScript = Annotated[
    SightScript
    | NominatedScript
    | AmendedScript
    | ReimbursedScript
    | ScheduledScript
    | TransferredScript
    | TitledScript,
    Field(discriminator="ending"),
]

_SCRIPT: Final[TypeAdapter[Any]] = TypeAdapter(AnyScript)


class _StoryFile(Table):
    start: AwareDatetime
    alliance: Path
    acts: tuple[Path, ...]


class Story(Table):
    """The whole story; paths are absolute."""

    start: AwareDatetime
    alliance: Path
    acts: tuple[AnyScript, ...]


def played_by(script: ActScript) -> type[RunningAct]:
    """Who plays a script."""
    return _ACTS[type(script)]


def load_story(file: Path) -> Story:
    """The story of a file, its paths resolved from the file's folder; raises StoryFileError."""
    told = _read(file, TypeAdapter(_StoryFile))
    here = file.resolve().parent
    acts = tuple(load_act(here / each) for each in told.acts)
    return Story(start=told.start, alliance=here / told.alliance, acts=acts)


def load_act(file: Path) -> AnyScript:
    """The act of a file, its paths resolved from the file's folder; raises StoryFileError."""
    found: AnyScript = _read(file, _SCRIPT)
    return found.beside(file.resolve().parent)


def _read(file: Path, shape: TypeAdapter[Any]) -> Any:
    tables = tables_of(file, partial(StoryFileError, file))
    try:
        return shape.validate_python(tables)
    except ValidationError as bad:
        first = bad.errors()[0]
        # The ending that chose the kind of act stands first, and is no name in the file.
        steps = [str(step) for step in first["loc"][shape is _SCRIPT :]]
        where = f"{'.'.join(steps)}: " if steps else ""
        raise StoryFileError(file, f"{where}{first['msg']}.") from bad
