# SPDX-License-Identifier: Apache-2.0
"""The notice of refusal as an MT 734, and the advice of discrepancies as an MT 750.

The sentences are laid out here; what stands in which field, and what forbids the notice, is said by
the map of the message (``maps/mt734.py``).
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from yangshan.credit.refusals import AlreadyRefused, NoDiscrepancy, expect_open
from yangshan.credit.settlements import DiscrepancyAdvice, Disposal, Refusal
from yangshan.errors import Refused
from yangshan.swift.maps import NotBuilt, Record, build
from yangshan.swift.values import full_bic, is_bic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yangshan.money import Money

_STATEMENT = "WE REFUSE TO HONOUR OR NEGOTIATE."
_REQUEST = "WE ASK FOR AUTHORITY TO TAKE UP THE DOCUMENTS."
_NO_REFERENCE = "NONREF"
_DISCREPANCY_WIDTH, _DISCREPANCY_LINES = 50, 70
_DISPOSAL_WIDTH, _DISPOSAL_LINES = 35, 3


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

    Raises NoDiscrepancy, DisposalNotOpen, AlreadyRefused, NoticeDoesNotFit, PartNotValid for what
    the fields cannot hold, or NotBuilt for what is no BIC.
    """
    if earlier_notice:
        raise AlreadyRefused(earlier_notice)
    lines = _discrepancy_lines(_STATEMENT, discrepancies)
    if not is_bic(issuing_bank):
        why = f"The issuing bank is given as {issuing_bank!r}; expected a BIC of 8 or 11 characters"
        raise NotBuilt("734", [f"{why} (rule T27)."])
    expect_open(disposal, full_bic(sender) == full_bic(issuing_bank), presenter_instruction)
    refusal = Refusal(
        reference=reference,
        presenting_reference=presenting_reference or _NO_REFERENCE,
        utilised=utilised_on,
        amount=amount,
        discrepancies=lines,
        disposal=disposal,
        disposal_text=_disposal_lines(disposal, disposal_text) or None,
    )
    record = Record(presenter_instruction=presenter_instruction, issuing_bank=issuing_bank)
    (text,) = build(refusal, sender=sender, receiver=receiver, record=record).texts
    return text


def advice_mt750(
    *,
    sender: str,
    receiver: str,
    reference: str,
    credit_number: str,
    principal: Money,
    discrepancies: Sequence[str],
    earlier_notice: str | None = None,
) -> str:
    """The FIN text, with CRLF, of the advice that asks for authority in spite of discrepancies.

    It is no refusal and stops no clock (UCP 600 art. 14(b), 16). ``earlier_notice`` is the
    reference of a notice of refusal on this presentation, which forbids it.

    Raises NoDiscrepancy, NoticeDoesNotFit, PartNotValid for what the fields cannot hold, NotBuilt.
    """
    advice = DiscrepancyAdvice(
        reference=reference,
        credit_number=credit_number,
        principal=principal,
        discrepancies=_discrepancy_lines(_REQUEST, discrepancies),
    )
    record = Record(earlier_refusal=earlier_notice)
    (text,) = build(advice, sender=sender, receiver=receiver, record=record).texts
    return text


def _discrepancy_lines(opening: str, discrepancies: Sequence[str]) -> str:
    stated = [" ".join(discrepancy.split()) for discrepancy in discrepancies]
    if not stated or not all(stated):
        raise NoDiscrepancy
    lines = [opening]
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
    return "\n".join(lines)


def _disposal_lines(disposal: Disposal, text: str) -> str:
    # The code and the marks of continuation count towards the width of their lines.
    opening, further = f"/{disposal}/", "//"
    words = " ".join(text.split())
    lines = textwrap.wrap(
        words, _DISPOSAL_WIDTH, initial_indent=opening, subsequent_indent=further
    ) or [opening]
    if len(lines) > _DISPOSAL_LINES:
        raise NoticeDoesNotFit("77B", len(lines), _DISPOSAL_LINES)
    first, *rest = lines
    return "\n".join([first.removeprefix(opening), *(line.removeprefix(further) for line in rest)])
