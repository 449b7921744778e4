# SPDX-License-Identifier: Apache-2.0
"""What is looked at beside a presentation, from the user's files: earlier sets, attestations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.documents.canonical import BadJson, parse
from yangshan.documents.examination.fingerprints import EarlierSet, earlier_set
from yangshan.documents.examination.reading import NoPresentation, read_folder, read_presentation
from yangshan.documents.identifiers import BadIdentifier, declaration

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# What customs says of a declaration, in the words of the contract CustomsDeclarations.
NOT_ATTESTED: Final = "none"
STANDINGS: Final = ("declared", "released", "amended", "withdrawn", "expired", NOT_ATTESTED)


def earlier_sets(folder: Path, besides: Path | None = None) -> tuple[EarlierSet, ...]:
    """The sets of a folder, each a file of a presentation or a folder of documents.

    ``besides`` is the presentation under examination, should it lie there too. Raises
    NoPresentation and BadJson for what is no set.
    """
    try:
        places = sorted(folder.iterdir())
    except OSError as bad:
        raise NoPresentation(folder, bad.strerror or "it cannot be read") from bad
    own = besides.resolve() if besides is not None else None
    found = []
    for place in places:
        if place.resolve() == own or place.name.startswith("."):
            continue
        if place.is_dir():
            found.append(earlier_set(place.name, read_folder(place).papers))
        elif place.suffix == ".json":
            held = read_presentation(place.read_bytes(), place)
            found.append(earlier_set(place.stem, held.papers))
    return tuple(found)


def read_declarations(data: bytes, file: object) -> Mapping[str, str]:
    """What customs attests of each declaration, a JSON object of numbers and standings.

    Raises BadJson.
    """
    value = parse(data, file)
    if not isinstance(value, dict):
        raise BadJson(file, "expected an object of declaration numbers and what customs attests")
    found: dict[str, str] = {}
    for number, standing in value.items():
        try:
            key = declaration(number).number
        except BadIdentifier as bad:
            raise BadJson(file, str(bad).rstrip(".")) from bad
        if standing not in STANDINGS:
            raise BadJson(file, f"{number}: expected one of {', '.join(STANDINGS)}")
        found[key] = standing
    return found
