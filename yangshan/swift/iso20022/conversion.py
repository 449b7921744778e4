# SPDX-License-Identifier: Apache-2.0
"""Files of MT as ISO 20022 and back.

What the other standard cannot state is told. A term among it forbids the conversion, unless a part
is asked for in so many words; what must stand there and does not forbids it always.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yangshan.errors import Refused, Unusable
from yangshan.swift.findings import Finding, errors_in_words, is_valid
from yangshan.swift.iso20022 import xml
from yangshan.swift.iso20022.beside import ADVICES
from yangshan.swift.iso20022.engine import NO_PLACE, Route, from_iso, to_iso
from yangshan.swift.iso20022.undertakings import BY_MESSAGE, MAPS, NOT_CONVERTED
from yangshan.swift.maps import build
from yangshan.swift.statement import instrument_in, stated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class NoCounterpart(Refused):
    """A message that is not converted, with the reason."""

    def __init__(self, file: str, kind: str, reason: str) -> None:
        super().__init__(f"{file} is {kind}, which is not converted: {reason}.")
        self.kind = kind


class NotConverted(Refused):
    """A message of which something has no place in the other standard; ``findings`` say what."""

    def __init__(self, file: str, findings: Sequence[Finding]) -> None:
        super().__init__(f"{file} is not converted: {errors_in_words(findings)}")
        self.findings = tuple(findings)


class RouteNotNamed(Unusable):
    """An MT whose sender or receiver nobody named."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} does not tell who sends the MT to whom; expected --sender and --receiver, "
            "each with a BIC."
        )


@dataclass(frozen=True, slots=True)
class Converted:
    """The text in the other standard, and what it does not say."""

    text: str
    findings: tuple[Finding, ...]


def mt_to_iso(
    data: bytes,
    file: str,
    *,
    message_type: str | None = None,
    sender: str | None = None,
    day: date | None = None,
    partial: bool = False,
) -> Converted:
    """The XML of the one message in a file of MT and its continuations.

    ``sender`` is its sender's BIC where no header names it, ``day`` that of an advice. Raises
    UnreadableMessage, OneInstrumentExpected, NotStated, :class:`NoCounterpart` and
    :class:`NotConverted`.
    """
    main, _ = instrument_in(data, file, message_type)
    kinds = sorted({each.kind for each in MAPS})
    if main.type not in kinds:
        why = NOT_CONVERTED.get(main.type, f"expected one of MT {', '.join(kinds)}")
        raise NoCounterpart(file, f"an MT {main.type}", why)
    model, warnings = stated(data, file, message_type=message_type)
    advice = getattr(model, "purpose", "") in ADVICES
    candidates = [each for each in MAPS if each.kind == main.type]
    chosen = candidates[advice] if len(candidates) > 1 else candidates[0]
    message, findings = to_iso(chosen, model, Route(main.sender or sender, day))
    _expect(file, findings, partial)
    return Converted(xml.write(message), (*warnings, *findings))


def iso_to_model(
    data: bytes, file: str, *, sender: str | None = None, partial: bool = False
) -> tuple[Any, tuple[Finding, ...]]:
    """What the message in a file of XML states, in the model of its MT, and what MT does not say.

    Raises UnreadableMessage, :class:`NoCounterpart` and :class:`NotConverted`.
    """
    message = xml.read(data, file)
    iso = BY_MESSAGE.get(message.type)
    if iso is None:
        known = ", ".join(BY_MESSAGE)
        raise NoCounterpart(file, message.type or "of no known namespace", f"expected {known}")
    model, findings = from_iso(iso, message, Route(sender))
    _expect(file, findings, partial)
    if model is None:
        raise NotConverted(file, findings)
    return model, tuple(findings)


def iso_to_mt(
    data: bytes,
    file: str,
    *,
    sender: str | None = None,
    receiver: str | None = None,
    partial: bool = False,
) -> Converted:
    """The FIN text of the message in a file of XML, from ``sender`` to ``receiver``, BICs both.

    Raises as :func:`iso_to_model`, :class:`RouteNotNamed`, and NotBuilt, PartNotValid and TooLong
    for what the fields of MT cannot hold.
    """
    model, findings = iso_to_model(data, file, sender=sender, partial=partial)
    if not (sender and receiver):
        raise RouteNotNamed(file)
    built = build(model, sender=sender, receiver=receiver)
    return Converted("".join(built.texts), findings)


def _expect(file: str, findings: Sequence[Finding], partial: bool) -> None:
    kept = [found for found in findings if not (partial and found.code == NO_PLACE)]
    if not is_valid(kept):
        raise NotConverted(file, findings)
