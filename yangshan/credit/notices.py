# SPDX-License-Identifier: Apache-2.0
"""Notices of refusal given outside the chain: which one counts, and what the others change.

On chain a notice that lacks something, a second one and a late one are refused by name. One that
went by message is on the table whether or not it is good, and has to be judged (UCP 600 art. 16).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum

from yangshan.credit.cautions import Caution
from yangshan.credit.settlements import Disposal


class BankRole(StrEnum):
    """In which role a bank examines."""

    ISSUING = "issuing"
    CONFIRMING = "confirming"
    NOMINATED = "nominated"

    @property
    def is_bound(self) -> bool:
        """Whether silence binds it: a bank that is only nominated owes nothing (art. 16(f))."""
        return self is not BankRole.NOMINATED


class NoticeFault(StrEnum):
    """What a notice of refusal lacks (UCP 600 art. 16(c))."""

    NO_STATEMENT = "it does not state that the bank refuses to honour or negotiate"
    NO_DISCREPANCY = "it states no discrepancy"
    NO_DISPOSAL = "it does not say what becomes of the documents"
    SEVERAL_DISPOSALS = "it says several things of what becomes of the documents"
    DISPOSAL_NOT_OPEN = "what it says of the documents is not open to this bank"


class NoticeStanding(Enum):
    """Where a presentation stands by the notices of one bank.

    ``DISPUTED`` is an invalid notice that was followed in time by another: a matter for people.
    """

    NONE = "no notice"
    REFUSED = "refused"
    INVALID = "invalid notice"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it was given; ``at`` is aware."""

    at: datetime
    states_refusal: bool
    states_discrepancies: bool
    disposals: tuple[Disposal, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the notices of one bank come to.

    ``counts`` is the place of the one that counts, None without one; every other is void.
    ``precluded``: the bank can no longer say that the documents do not comply. ``may_take_up``: it
    may still honour, negotiate or accept the discrepancies on its own decision.
    """

    standing: NoticeStanding
    counts: int | None
    precluded: bool
    may_take_up: bool
    faults: tuple[NoticeFault, ...]
    cautions: tuple[Caution, ...]


def faults_of(
    notice: Notice, bank: BankRole, *, instructed: bool = False
) -> tuple[NoticeFault, ...]:
    """What a notice lacks (UCP 600 art. 16(c)(i) to (iii)).

    Only the issuing bank may hold documents for the applicant's waiver; ``instructed`` is whether
    the presenter gave instructions before, without which none can be followed.
    """
    found = []
    if not notice.states_refusal:
        found.append(NoticeFault.NO_STATEMENT)
    if not notice.states_discrepancies:
        found.append(NoticeFault.NO_DISCREPANCY)
    if not notice.disposals:
        found.append(NoticeFault.NO_DISPOSAL)
    elif len(notice.disposals) > 1:
        found.append(NoticeFault.SEVERAL_DISPOSALS)
    elif not _is_open(notice.disposals[0], bank, instructed):
        found.append(NoticeFault.DISPOSAL_NOT_OPEN)
    return tuple(found)


def judge(
    notices: Sequence[Notice],
    bank: BankRole,
    deadline: datetime,
    now: datetime,
    *,
    instructed: bool = False,
    first_alone: bool = True,
) -> Judgement:
    """What the notices of a bank come to at ``now``, in the order in which they were given.

    ``deadline`` is the close of the fifth banking day; a notice at that very second is in time.
    There is one notice, and a later one never repairs it (UCP 600 art. 16(c), (d)); a credit or a
    court that lets a complete one in time stand all the same is judged without ``first_alone``.
    """
    faults = [faults_of(notice, bank, instructed=instructed) for notice in notices]
    timely = [place for place, notice in enumerate(notices) if notice.at <= deadline]
    looked_at = timely[:1] if first_alone else timely
    counts = next((place for place in looked_at if not faults[place]), None)
    open_until = now <= deadline
    if counts is not None:
        return Judgement(NoticeStanding.REFUSED, counts, False, False, (), ())
    precluded = bank.is_bound and not open_until
    may_take_up = open_until or not bank.is_bound
    if not timely:
        return Judgement(NoticeStanding.NONE, None, precluded, may_take_up, (), ())
    standing = NoticeStanding.DISPUTED if len(timely) > 1 else NoticeStanding.INVALID
    first = faults[timely[0]]
    return Judgement(
        standing, None, precluded, may_take_up, first, _cautions(first, bank, standing, precluded)
    )


def _is_open(disposal: Disposal, bank: BankRole, instructed: bool) -> bool:
    if disposal is Disposal.NOTIFY:
        return bank is BankRole.ISSUING
    return instructed or disposal is not Disposal.PREVINST


def _cautions(
    faults: tuple[NoticeFault, ...], bank: BankRole, standing: NoticeStanding, precluded: bool
) -> tuple[Caution, ...]:
    why = " and ".join(faults)
    found = [
        Caution.of("invalid-notice", f"The notice of the {bank.value} bank is no refusal: {why}.")
    ]
    if standing is NoticeStanding.DISPUTED:
        found.append(
            Caution.of(
                "second-notice",
                "A further notice came in time. It does not repair the first one; a person has to "
                "look at both.",
            )
        )
    if precluded:
        found.append(
            Caution.of(
                "invalid-notice-precludes",
                "The time for a notice is over without a good one: the bank is held precluded from "
                "saying that the documents do not comply.",
            )
        )
    return tuple(found)
