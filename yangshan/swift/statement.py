# SPDX-License-Identifier: Apache-2.0
"""What the one instrument in a file states, whichever message it is, as a model and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from pydantic import TypeAdapter

from yangshan.errors import Refused
from yangshan.swift.findings import Finding, errors_in_words, is_valid
from yangshan.swift.grammar import read
from yangshan.swift.instruments import is_continuation
from yangshan.swift.mapping import terms_from_mt700
from yangshan.swift.maps import MAPS, model_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.swift.grammar import Message

_ISSUE = "700"


class OneInstrumentExpected(Refused):
    """A file with several instruments, or with continuations alone, where one was expected."""

    def __init__(self, file: str, count: int) -> None:
        super().__init__(
            f"{file} holds {count} messages; expected one, and beside it no more than its "
            "continuations."
        )
        self.count = count


class NothingMapped(Refused):
    """A message whose fields make up no terms here."""

    def __init__(self, file: str, kind: str) -> None:
        super().__init__(
            f"{file} is an MT {kind}, whose content is not read as terms; expected one of MT "
            f"{', '.join(MAPS)}."
        )
        self.kind = kind


class NotStated(Refused):
    """A message that has errors, so that nothing is taken from it; ``findings`` say why."""

    def __init__(self, file: str, findings: Sequence[Finding]) -> None:
        super().__init__(f"Nothing is taken from {file}: {errors_in_words(findings)}")
        self.findings = tuple(findings)


def stated(
    data: bytes,
    file: str,
    *,
    message_type: str | None = None,
    issuing_bic: str | None = None,
    advising_bic: str | None = None,
) -> tuple[object, list[Finding]]:
    """The model of the one message in ``data`` and its continuations, and its warnings.

    Type and BICs are for a text without a header, the BICs for that of an MT 700. Raises
    UnreadableMessage, :class:`OneInstrumentExpected`, :class:`NothingMapped` and
    :class:`NotStated`.
    """
    main, rest = instrument_in(data, file, message_type)
    if main.type not in MAPS:
        raise NothingMapped(file, main.type)
    model: object | None
    if main.type == _ISSUE:
        model, findings = terms_from_mt700(
            main, continuations=rest, issuing_bic=issuing_bic, advising_bic=advising_bic
        )
    else:
        model, findings = model_of(main, rest)
    if model is None or not is_valid(findings):
        raise NotStated(file, findings)
    return model, findings


def instrument_in(
    data: bytes, file: str, message_type: str | None = None
) -> tuple[Message, list[Message]]:
    """The one message in ``data`` and the continuations beside it.

    Raises UnreadableMessage and :class:`OneInstrumentExpected`.
    """
    messages = read(data, file, message_type=message_type)
    mains = [message for message in messages if not is_continuation(message.type)]
    if len(mains) != 1:
        raise OneInstrumentExpected(file, len(messages))
    return mains[0], [message for message in messages if message is not mains[0]]


def as_json(model: object) -> dict[str, Any]:
    """A model as plain JSON values: amounts in minor units, dates as YYYY-MM-DD."""
    adapter: TypeAdapter[object] = TypeAdapter(type(model))
    return cast("dict[str, Any]", adapter.dump_python(model, mode="json"))
