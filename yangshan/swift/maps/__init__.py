# SPDX-License-Identifier: Apache-2.0
"""Which message maps to which model, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yangshan.swift.definitions import definitions
from yangshan.swift.maps import engine
from yangshan.swift.maps.engine import Built, Map, NotBuilt, Record
from yangshan.swift.maps.mt700 import MT700
from yangshan.swift.maps.mt705 import MT705
from yangshan.swift.maps.mt707 import MT707
from yangshan.swift.maps.mt710 import MT710
from yangshan.swift.maps.mt720 import MT720
from yangshan.swift.maps.mt730 import MT730
from yangshan.swift.maps.mt732 import MT732
from yangshan.swift.maps.mt734 import MT734
from yangshan.swift.maps.mt740 import MT740
from yangshan.swift.maps.mt742 import MT742
from yangshan.swift.maps.mt744 import MT744
from yangshan.swift.maps.mt747 import MT747
from yangshan.swift.maps.mt750 import MT750
from yangshan.swift.maps.mt752 import MT752
from yangshan.swift.maps.mt754 import MT754
from yangshan.swift.maps.mt756 import MT756
from yangshan.swift.maps.mt760 import MT760
from yangshan.swift.maps.mt765 import MT765
from yangshan.swift.maps.mt767 import MT767
from yangshan.swift.maps.mt785 import MT785
from yangshan.swift.maps.mt787 import MT787

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.swift.findings import Finding
    from yangshan.swift.grammar import Message

__all__ = [
    "MAPS",
    "Built",
    "Map",
    "NotBuilt",
    "Record",
    "build",
    "map_of",
    "model_of",
    "terms_in",
]

_MAPS: tuple[Map[Any], ...] = (
    *(MT700, MT705, MT707, MT710, MT720, MT730, MT732, MT734, MT740),
    *(MT742, MT744, MT747, MT750, MT752, MT754, MT756, MT760),
    *(MT765, MT767, MT785, MT787),
)
MAPS = {mapping.kind: mapping for mapping in _MAPS}


def terms_in(kind: str) -> dict[str, tuple[str, ...]]:
    """Which attributes of its model stand in each field of a message, as ``32B`` or ``B.41a``.

    What continuations carry on stands in the model of the message that they continue.
    """
    table = definitions().messages[kind]
    mapping = MAPS.get(table.continues or kind)
    if mapping is None:
        return {}
    part = mapping.part
    found = {place.tag: place.names for place in mapping.places}
    if part:
        for place in part.places:
            found[place.tag] = tuple(f"{part.name}.{name}" for name in place.names)
    if table.continues:
        texts = engine.carried(table.continues)
        return {
            tag.rpartition(".")[2]: names
            for tag, names in found.items()
            if tag.rpartition(".")[2] in texts
        }
    return found


def map_of(model: object) -> Map[Any] | None:
    """The map of a model; None if it is none."""
    return next((mapping for mapping in _MAPS if mapping.model is type(model)), None)


def model_of(
    message: Message, continuations: Sequence[Message] = ()
) -> tuple[object | None, list[Finding]]:
    """What a message with a map states, in the model of its type, and all findings.

    None if one of them is an error. An MT 700 needs its banks besides: see
    :func:`yangshan.swift.mapping.terms_from_mt700`.
    """
    return engine.model_of(MAPS[message.type], message, continuations)


def build(model: object, *, sender: str, receiver: str, record: Record | None = None) -> Built:
    """The FIN texts of the message that states a model; sender and receiver are BICs.

    ``record`` is what is on record beside it. Raises :class:`NotBuilt` for what may not be
    sent, PartNotValid for what the fields cannot hold, TooLong.
    """
    mapping = map_of(model)
    if mapping is None:
        raise TypeError(f"{type(model).__name__} is no model of a message")
    return engine.build(mapping, model, sender=sender, receiver=receiver, record=record)
