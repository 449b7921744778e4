# SPDX-License-Identifier: Apache-2.0
"""From candidates to what a notice states: an examiner decides on each, a checker releases them.

The machine writes a draft file; the examiner (the maker) keeps, strikes or raises every candidate
and words it; a checker, who is another person, releases it. What is released cannot be changed any
more, since the notice of refusal is final (UCP 600 art. 16(c)): a warning shown as a discrepancy
can turn a refusal into preclusion. The digests of both files tell of slips, not of forgers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yangshan.credit.discrepancies import UnknownDiscrepancy, discrepancies
from yangshan.documents.canonical import BadJson, parse
from yangshan.documents.examination.model import Severity
from yangshan.errors import Refused
from yangshan.swift.refusal import advice_mt750, refusal_mt734
from yangshan.swift.transliteration import transliterate

if TYPE_CHECKING:
    from datetime import date

    from yangshan.credit.settlements import Disposal
    from yangshan.documents.examination.model import Examination
    from yangshan.money import Money

DRAFT_FORMAT: Final = "yangshan-discrepancies-draft/1"
RELEASED_FORMAT: Final = "yangshan-discrepancies-released/1"

# What may stand in a notice at all, and what only if the examiner raises it with a reason. What
# stops or holds financing is no discrepancy.
_OTHER: Final = "OTHER"
_STATED: Final = Severity.DISCREPANCY
_RAISED: Final = frozenset({Severity.WARNING, Severity.INFORMATION})


class NotDecided(Refused):
    """Candidates on which the examiner has not decided; ``numbers`` count from 1."""

    def __init__(self, numbers: list[int]) -> None:
        listed = ", ".join(str(number) for number in numbers)
        super().__init__(
            f"Nobody decided on candidate {listed}; expected keep or strike for every discrepancy."
        )
        self.numbers = tuple(numbers)


class NotToBeKept(Refused):
    """A candidate that is kept although it is no discrepancy, or raised without a reason."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"Candidate {number} cannot stand in a notice: {reason}.")
        self.number = number


class DraftChanged(Refused):
    """What the machine found, or a checker released, is not as it was written."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}; expected it as it was written. Decide, word and add, and change nothing else."
        )


class OnePerson(Refused):
    """A maker or checker who has no name, or a checker who is the maker."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Nothing is released: {reason}.")


class NothingToState(Refused):
    """A draft of which no discrepancy is left: no ground for a notice."""

    def __init__(self) -> None:
        super().__init__(
            "No discrepancy is kept, raised or added; expected at least one, or the documents "
            "comply (UCP 600 art. 15, 16(c)(ii))."
        )


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


_Text = Annotated[str, Field(max_length=2000)]
_Name = Annotated[str, Field(max_length=100)]


class Found(_File):
    """One candidate: what was found, and below it what the examiner decides.

    ``decision``: keep, strike, or for a warning raise with a ``reason``; ``text`` is what the
    notice would say.
    """

    check: _Text
    severity: Annotated[Severity, Field(strict=False)]
    document: _Text
    field: _Text
    found: _Text
    expected: _Text
    rule: _Text
    decision: Literal["open", "keep", "strike", "raise"] = "open"
    text: _Text
    reason: _Text = ""

    def as_found(self) -> dict[str, str]:
        """What the machine wrote and nobody may change."""
        names = ("check", "severity", "document", "field", "found", "expected", "rule")
        return {name: str(getattr(self, name)) for name in names}


class Added(_File):
    """A discrepancy that the examiner saw alone; ``code`` as the notice's codes, or OTHER."""

    code: _Text = "OTHER"
    text: Annotated[_Text, Field(min_length=1)]


class DraftFile(_File):
    """A draft; ``digest`` binds the candidates as found to credit and amount."""

    format: Literal["yangshan-discrepancies-draft/1"]
    credit: _Name
    demanded: _Name | None = None
    maker: _Name = ""
    candidates: tuple[Found, ...] = ()
    added: tuple[Added, ...] = ()
    digest: _Name

    def bound(self) -> str:
        """The digest of what nobody may change."""
        return _digest(
            {
                "credit": self.credit,
                "demanded": self.demanded or "",
                "candidates": [each.as_found() for each in self.candidates],
            }
        )


class Stated(_File):
    """One discrepancy of a notice: its code and its words; ``reason`` where it was raised."""

    code: _Text
    text: _Text
    reason: _Text = ""


class Released(_File):
    """What two people let go out; ``digest`` covers all of it. Holds stand beside the notice."""

    format: Literal["yangshan-discrepancies-released/1"]
    credit: _Name
    demanded: _Name | None = None
    maker: _Name
    checker: _Name
    discrepancies: Annotated[tuple[Stated, ...], Field(min_length=1)]
    holds: tuple[_Text, ...] = ()
    digest: _Name

    def bound(self) -> str:
        """The digest of everything but itself."""
        return _digest(self.model_dump(mode="json", exclude={"digest"}))

    @classmethod
    def of(cls, **values: Any) -> Self:
        """A released file with its digest."""
        unbound = cls(format=RELEASED_FORMAT, digest="", **values)
        return unbound.model_copy(update={"digest": unbound.bound()})

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, each once, in the order of the notice."""
        return tuple(dict.fromkeys(each.code for each in self.discrepancies))

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of the notice, in their order."""
        return tuple(each.text for each in self.discrepancies)


def draft_of(found: Examination, credit: str, demanded: Money | None, maker: str) -> DraftFile:
    """The draft of an examination, open on every candidate, worded in the set of SWIFT."""
    rows = tuple(
        Found(
            check=each.check,
            severity=each.severity,
            document=each.document,
            field=each.field,
            found=_short(each.found),
            expected=_short(each.expected),
            rule=each.rule,
            text=_short(transliterate(each.sentence, "z")[0]),
        )
        for each in found.candidates
    )
    draft = DraftFile(
        format=DRAFT_FORMAT,
        credit=credit,
        demanded=None if demanded is None else str(demanded),
        maker=maker,
        candidates=rows,
        digest="",
    )
    return draft.model_copy(update={"digest": draft.bound()})


def release(draft: DraftFile, checker: str) -> Released:
    """What a checker lets go out.

    Raises :class:`DraftChanged`, :class:`OnePerson`, :class:`NotDecided`, :class:`NotToBeKept`,
    NoDiscrepancy for a draft of which nothing is left, UnknownDiscrepancy for a code that is none.
    """
    if draft.digest != draft.bound():
        raise DraftChanged("A candidate of the draft is not as the machine found it")
    maker, second = draft.maker.strip(), checker.strip()
    if not maker or not second:
        raise OnePerson("expected the name of the examiner in the draft, and that of the checker")
    if " ".join(maker.casefold().split()) == " ".join(second.casefold().split()):
        raise OnePerson(f"{second} examined the documents; expected another person to check them")
    open_ = [
        number
        for number, each in enumerate(draft.candidates, start=1)
        if each.severity is _STATED and each.decision == "open"
    ]
    if open_:
        raise NotDecided(open_)
    stated = [
        row
        for number, each in enumerate(draft.candidates, start=1)
        if (row := _stated(number, each)) is not None
    ]
    for each in draft.added:
        if each.code not in discrepancies():
            raise UnknownDiscrepancy(each.code)
        stated.append(Stated(code=each.code, text=each.text))
    if not stated:
        raise NothingToState
    holds = tuple(
        f"{each.check} ({each.severity}): {each.text}"
        for each in draft.candidates
        if each.severity in {Severity.HOLD, Severity.BLOCK}
    )
    return Released.of(
        credit=draft.credit,
        demanded=draft.demanded,
        maker=maker,
        checker=second,
        discrepancies=tuple(stated),
        holds=holds,
    )


def refusal_text(
    released: Released,
    *,
    sender: str,
    receiver: str,
    issuing_bank: str,
    presenting_reference: str | None,
    utilised_on: date,
    amount: Money,
    disposal: Disposal,
    disposal_text: str = "",
    presenter_instruction: str | None = None,
) -> str:
    """The MT 734 of what was released; raises as :func:`yangshan.swift.refusal.refusal_mt734`."""
    return refusal_mt734(
        sender=sender,
        receiver=receiver,
        issuing_bank=issuing_bank,
        reference=released.credit,
        presenting_reference=presenting_reference,
        utilised_on=utilised_on,
        amount=amount,
        discrepancies=released.texts,
        disposal=disposal,
        disposal_text=disposal_text,
        presenter_instruction=presenter_instruction,
    )


def advice_text(
    released: Released, *, sender: str, receiver: str, reference: str, amount: Money
) -> str:
    """The MT 750 of what was released; raises as :func:`yangshan.swift.refusal.advice_mt750`."""
    return advice_mt750(
        sender=sender,
        receiver=receiver,
        reference=reference,
        credit_number=released.credit,
        principal=amount,
        discrepancies=released.texts,
    )


def written(file: DraftFile | Released) -> str:
    """A file's text, for people to read and, of a draft, to edit."""
    return json.dumps(file.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def read_draft(data: bytes, file: object) -> DraftFile:
    """A draft; raises :class:`~yangshan.documents.canonical.BadJson`."""
    try:
        return DraftFile.model_validate_json(_checked(data, file))
    except ValidationError as bad:
        raise _bad(file, bad) from None


def read_released(data: bytes, file: object) -> Released:
    """What was released; raises ``BadJson``, and :class:`DraftChanged` if it is not as it was."""
    try:
        found = Released.model_validate_json(_checked(data, file))
    except ValidationError as bad:
        raise _bad(file, bad) from None
    if found.digest != found.bound():
        raise DraftChanged("The released discrepancies are not those that the checker released")
    return found


def _stated(number: int, row: Found) -> Stated | None:
    text = " ".join(row.text.split())
    match row.decision:
        case "keep" if row.severity is not _STATED:
            raise NotToBeKept(
                number,
                f"it is of severity {row.severity}, and only a D is kept; a W or I is raised, with "
                "the reason",
            )
        case "raise" if row.severity not in _RAISED:
            raise NotToBeKept(
                number, f"it is of severity {row.severity}, and only W or I is raised"
            )
        case "raise" if not row.reason.strip():
            raise NotToBeKept(number, "it is raised without a reason")
        case "keep" | "raise" if not text:
            raise NotToBeKept(number, "it has no words")
        case "keep":
            return Stated(code=_code(row), text=text)
        case "raise":
            return Stated(code=_code(row), text=text, reason=row.reason.strip())
        case _:
            return None


def _code(row: Found) -> str:
    # What a registry says is no check of UCP 600 and has no code of its own.
    return row.check if row.check in discrepancies() else _OTHER


def _checked(data: bytes, file: object) -> bytes:
    value = parse(data, file)
    if not isinstance(value, Mapping):
        raise BadJson(file, "expected an object")
    return data


def _bad(file: object, bad: ValidationError) -> BadJson:
    first = bad.errors()[0]
    place = ".".join(str(step) for step in first["loc"])[:100]
    return BadJson(file, f"{place or 'the whole'}: {first['msg']}")


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _short(text: str) -> str:
    return text if len(text) <= 2000 else text[:1997] + "..."
