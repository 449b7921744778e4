# SPDX-License-Identifier: Apache-2.0
"""Notices of refusal that were given outside the chain, and what follows from each.

On the chain a notice that is late, empty, of a disposal not open to the bank, or a second one, is
not recorded at all. A bank that told its presenter by SWIFT or by letter has given it all the same:
these rules say what it is worth (UCP 600 art. 16(c), (d), (f)). None of it ever bars a claim on the
chain: there a bank is precluded exactly if no notice is on record in time. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class Disposal(StrEnum):
    """What a notice says of the documents (UCP 600 art. 16(c)(iii), field 77B of an MT 734)."""

    HOLD = "HOLD"
    NOTIFY = "NOTIFY"
    RETURN = "RETURN"
    PREVIOUS_INSTRUCTIONS = "PREVINST"


class Bank(StrEnum):
    """In which part a bank refuses."""

    ISSUING = "issuing bank"
    CONFIRMING = "confirming bank"
    # It has not confirmed: no silence and no bad notice makes it a debtor (art. 12(a), 16(f)).
    NOMINATED = "nominated bank"


class Standing(StrEnum):
    """What a notice is worth."""

    VALID = "valid"
    # It lacks an element, comes late, or carries an option that is not open to the bank.
    INVALID = "invalid"
    # It follows an invalid one in time: it repairs nothing, and a human should look (unchecked).
    DISPUTED = "disputed"
    # It follows a valid one: it changes nothing and does the first no harm.
    VOID = "void"


class Fault(StrEnum):
    """Why a notice is invalid."""

    NO_REFUSAL = "it does not say that the bank refuses (UCP 600 art. 16(c)(i))"
    NO_DISCREPANCY = "it states no discrepancy (UCP 600 art. 16(c)(ii))"
    NOT_ONE_DISPOSAL = (
        "it does not say exactly one thing of the documents (UCP 600 art. 16(c)(iii))"
    )
    DISPOSAL_NOT_OPEN = (
        "what it says of the documents is not open to this bank (UCP 600 art. 16(c)(iii))"
    )
    LATE = "it was sent after the close of the fifth banking day (UCP 600 art. 16(d))"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it was sent."""

    sent: datetime
    states_refusal: bool
    # Codes of discrepancies; their texts are the presenter's to judge.
    discrepancies: tuple[str, ...]
    disposals: tuple[Disposal, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one notice is worth, and why if it is invalid."""

    standing: Standing
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """All notices on one presentation: each judged, and whether the bank is or will be precluded.

    ``precludes``: from the deadline on, unless the bank honours, negotiates or accepts the
    discrepancies before it.
    """

    judgements: tuple[Judgement, ...]
    precludes: bool
    needs_a_human: bool


def faults_of(
    notice: Notice, bank: Bank, deadline: datetime, *, instructed: bool = False
) -> tuple[Fault, ...]:
    """What is wrong with a notice taken by itself, in the order of the article.

    ``deadline`` is the close of the fifth banking day, and that second is in time. ``instructed``:
    the presenter had told the bank before what to do, which opens PREVIOUS_INSTRUCTIONS. NOTIFY is
    open to the issuing bank alone. Of a nominated bank the same is asked (art. 16(a), (c)).
    """
    found = []
    if not notice.states_refusal:
        found.append(Fault.NO_REFUSAL)
    if not notice.discrepancies:
        found.append(Fault.NO_DISCREPANCY)
    if len(notice.disposals) != 1:
        found.append(Fault.NOT_ONE_DISPOSAL)
    if not all(_is_open(each, bank, instructed) for each in notice.disposals):
        found.append(Fault.DISPOSAL_NOT_OPEN)
    if notice.sent > deadline:
        found.append(Fault.LATE)
    return tuple(found)


def outcome(
    notices: Sequence[Notice], bank: Bank, deadline: datetime, *, instructed: bool = False
) -> Outcome:
    """What the notices of one bank on one presentation come to, in the order in which it sent them.

    There is one notice (art. 16(c)): the first decides. After a valid one all others are void.
    After an invalid one none repairs it; those sent in time are disputed. Whether a later notice
    may repair an invalid one is read differently, hence the human (unchecked).
    """
    judged: list[Judgement] = []
    for notice in sorted(notices, key=lambda each: each.sent):
        faults = faults_of(notice, bank, deadline, instructed=instructed)
        if not judged:
            judged.append(Judgement(Standing.INVALID if faults else Standing.VALID, faults))
        elif judged[0].standing is Standing.VALID:
            judged.append(Judgement(Standing.VOID))
        elif notice.sent <= deadline:
            judged.append(Judgement(Standing.DISPUTED, faults))
        else:
            judged.append(Judgement(Standing.INVALID, faults))
    valid = bool(judged) and judged[0].standing is Standing.VALID
    return Outcome(
        tuple(judged),
        precludes=not valid and bank is not Bank.NOMINATED,
        needs_a_human=any(each.standing is Standing.DISPUTED for each in judged),
    )


def _is_open(disposal: Disposal, bank: Bank, instructed: bool) -> bool:
    if disposal is Disposal.NOTIFY:
        return bank is Bank.ISSUING
    return disposal is not Disposal.PREVIOUS_INSTRUCTIONS or instructed
