# SPDX-License-Identifier: Apache-2.0
"""The notice of refusal as an MT 734, built only where such a notice may be sent.

One single notice states the refusal, every discrepancy and one disposal (UCP 600 art. 16(c)). What
would be no valid notice is not built: a named error says why. Whether the notice is in time is for
whoever holds the clock.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from yangshan.credit.settlements import Disposal
from yangshan.errors import Refused
from yangshan.swift.findings import Finding, check
from yangshan.swift.grammar import compose, read
from yangshan.swift.values import full_bic, is_bic, write_date, write_money

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yangshan.money import Money

_STATEMENT = "WE REFUSE TO HONOUR OR NEGOTIATE."
_NO_REFERENCE = "NONREF"
_DISCREPANCY_WIDTH, _DISCREPANCY_LINES = 50, 70
_DISPOSAL_WIDTH, _DISPOSAL_LINES = 35, 3


class NoDiscrepancy(Refused):
    """A notice without a discrepancy, or with an empty one (UCP 600 art. 16(c)(ii))."""

    def __init__(self) -> None:
        super().__init__(
            "A notice of refusal states every discrepancy; expected at least one, none of them "
            "empty (UCP 600 art. 16(c)(ii))."
        )


class NoticeDoesNotFit(Refused):
    """A text with more lines than its field has; one notice cannot be split."""

    def __init__(self, tag: str, lines: int, most: int) -> None:
        super().__init__(
            f"The text of field {tag} takes {lines} lines; expected at most {most}, since there is "
            "one single notice (UCP 600 art. 16(c))."
        )
        self.tag = tag
        self.lines = lines
        self.most = most


class DisposalNotOpen(Refused):
    """A disposal that this bank may not choose (UCP 600 art. 16(c)(iii))."""

    def __init__(self, disposal: Disposal, why: str) -> None:
        super().__init__(
            f"The disposal {disposal} is not open here: {why} (UCP 600 art. 16(c)(iii))."
        )
        self.disposal = disposal


class AlreadyRefused(Refused):
    """A second notice on the same presentation; only the first has effect."""

    def __init__(self, earlier: str) -> None:
        super().__init__(
            f"The notice {earlier} was already given on this presentation; expected none before "
            "it, since there is one single notice (UCP 600 art. 16(c))."
        )
        self.earlier = earlier


class NoticeNotValid(Refused):
    """A notice that would not be a valid MT 734; ``findings`` say which field and why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(
            "The notice cannot be written: " + " ".join(found.message for found in findings)
        )
        self.findings = tuple(findings)


def refusal_mt734(
    *,
    sender: str,
    receiver: str,
    issuing_bank: str,
    reference: str,
    presenting_reference: str | None,
    utilised_on: date,
    amount: Money,
    discrepancies: Sequence[str],
    disposal: Disposal,
    disposal_text: str = "",
    presenter_instruction: str | None = None,
    earlier_notice: str | None = None,
) -> str:
    """The FIN text, with CRLF, of the notice that refuses one presentation.

    ``sender``, ``receiver`` and ``issuing_bank`` are BICs; ``presenting_reference`` None becomes
    NONREF; ``utilised_on`` and ``amount`` are those of the drawing. ``presenter_instruction`` is
    the recorded earlier instruction that PREVINST needs, ``earlier_notice`` the reference of a
    valid earlier notice on this presentation, which forbids another. Sentences are wrapped to the
    field, each discrepancy numbered.

    Raises NoDiscrepancy, DisposalNotOpen, AlreadyRefused, NoticeDoesNotFit, or NoticeNotValid for
    what the fields cannot hold.
    """
    if earlier_notice:
        raise AlreadyRefused(earlier_notice)
    stated = [" ".join(discrepancy.split()) for discrepancy in discrepancies]
    if not stated or not all(stated):
        raise NoDiscrepancy
    _expect_bics(sender, receiver, issuing_bank)
    expect_open(disposal, full_bic(sender) == full_bic(issuing_bank), presenter_instruction)
    lines = [_STATEMENT]
    for number, discrepancy in enumerate(stated, start=1):
        # The indent keeps a wrapped line from beginning with a hyphen or colon.
        lines += textwrap.wrap(
            discrepancy,
            _DISCREPANCY_WIDTH,
            initial_indent=f"{number}. ",
            subsequent_indent="   ",
        )
    if len(lines) > _DISCREPANCY_LINES:
        raise NoticeDoesNotFit("77J", len(lines), _DISCREPANCY_LINES)
    fields = [
        ("20", reference),
        ("21", presenting_reference or _NO_REFERENCE),
        ("32A", write_date(utilised_on) + write_money(amount)),
        ("77J", "\n".join(lines)),
        ("77B", "\n".join(_disposal_lines(disposal, disposal_text))),
    ]
    message = compose("734", fields, sender=sender, receiver=receiver)
    findings = [found for part in read(message) for found in check(part)]
    if findings:
        raise NoticeNotValid(findings)
    return message


def _expect_bics(sender: str, receiver: str, issuing_bank: str) -> None:
    found = [
        Finding(
            "",
            1,
            1,
            "T27",
            "error",
            f"The {role} is given as {given!r}; expected a BIC of 8 or 11 characters (rule T27).",
        )
        for role, given in (
            ("sender", sender),
            ("receiver", receiver),
            ("issuing bank", issuing_bank),
        )
        if not is_bic(given)
    ]
    if found:
        raise NoticeNotValid(found)


def expect_open(disposal: Disposal, by_issuer: bool, instruction: str | None) -> None:
    """Raises :class:`DisposalNotOpen` for a disposal that the sender may not choose.

    ``instruction`` is the recorded earlier instruction of the presenter.
    """
    if disposal is Disposal.NOTIFY and not by_issuer:
        raise DisposalNotOpen(
            disposal, "only the issuing bank can wait for a waiver of the applicant"
        )
    if disposal is Disposal.PREVINST and not (instruction or "").strip():
        raise DisposalNotOpen(disposal, "no earlier instruction of the presenter is recorded")


def _disposal_lines(disposal: Disposal, text: str) -> list[str]:
    opening = f"/{disposal}/"
    words = " ".join(text.split())
    # The code and the marks of continuation count towards the width of their lines.
    lines = textwrap.wrap(
        words, _DISPOSAL_WIDTH, initial_indent=opening, subsequent_indent="//"
    ) or [opening]
    if len(lines) > _DISPOSAL_LINES:
        raise NoticeDoesNotFit("77B", len(lines), _DISPOSAL_LINES)
    return lines
