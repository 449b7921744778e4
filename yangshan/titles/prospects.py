# SPDX-License-Identifier: Apache-2.0
"""Who can do what next with a title as it stands, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from yangshan.chain.enums import TitleForm, TitleState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_NOBODY: Final = 0


class Step(StrEnum):
    """What can be done next, in words whose subject is whoever does it."""

    TRANSFER = "transfer possession"
    ENDORSE = "endorse it"
    PLEDGE = "pledge it to a bank"
    SURRENDER = "surrender it for delivery"
    SURRENDER_OTHERWISE = "surrender it for amendment, paper, another destination or a switch"
    NOMINATE = "nominate an endorsee"
    REJECT_POSSESSION = "reject possession"
    REJECT_ENDORSEMENT = "reject the endorsement"
    RELEASE = "release the pledge"
    ACCEPT = "accept the surrender"
    DECLINE = "reject the surrender"
    RESTORE = "restore it under the amended document"
    RETURN = "put it in the place of the paper again"


class TitleNow(Protocol):
    """A title as it stands, from the chain or from its events."""

    @property
    def state(self) -> TitleState:
        """Where it stands."""

    @property
    def form(self) -> TitleForm:
        """How it can be passed on."""

    @property
    def issuer(self) -> int:
        """The carrier."""

    @property
    def holder(self) -> int:
        """Who has possession."""

    @property
    def beneficiary(self) -> int:
        """To whose order, or to whom; 0 in blank."""

    @property
    def nominee(self) -> int:
        """To whom the holder may endorse by the beneficiary's consent; 0 for nobody."""

    @property
    def holder_reject_by(self) -> datetime | None:
        """Last second at which the holder may reject possession."""

    @property
    def beneficiary_reject_by(self) -> datetime | None:
        """The same of the endorsement."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """One step that a member can take; ``until`` is its last second, ``to`` the only endorsee."""

    member: int
    step: Step
    until: datetime | None = None
    to: int = _NOBODY


def prospects(title: TitleNow, now: datetime) -> tuple[Prospect, ...]:
    """Every step that a member can take at an instant; a custodian's are its contract's."""
    match title.state:
        case TitleState.LIVE:
            return tuple(_of_live(title, now))
        case TitleState.PLEDGED:
            return (Prospect(title.holder, Step.RELEASE),)
        case TitleState.SURRENDERED:
            return Prospect(title.issuer, Step.ACCEPT), Prospect(title.issuer, Step.DECLINE)
        case TitleState.AMENDING:
            return (Prospect(title.issuer, Step.RESTORE),)
        case TitleState.ON_PAPER:
            return (Prospect(title.issuer, Step.RETURN),)
        case TitleState.NONE | TitleState.IN_CUSTODY | TitleState.DELIVERED:
            return ()


def _of_live(title: TitleNow, now: datetime) -> Iterator[Prospect]:
    holder, beneficiary = title.holder, title.beneficiary
    straight = title.form is TitleForm.STRAIGHT
    # A title in blank is its holder's.
    entitled = beneficiary in (_NOBODY, holder)
    yield Prospect(holder, Step.TRANSFER)
    if not straight and entitled:
        yield Prospect(holder, Step.ENDORSE)
    elif not straight and title.nominee != _NOBODY:
        yield Prospect(holder, Step.ENDORSE, to=title.nominee)
    if entitled:
        yield Prospect(holder, Step.PLEDGE)
        yield Prospect(holder, Step.SURRENDER)
    if entitled or straight:
        yield Prospect(holder, Step.SURRENDER_OTHERWISE)
    if title.form is TitleForm.TO_ORDER:
        yield Prospect(beneficiary, Step.NOMINATE)
    for member, step, until in (
        (holder, Step.REJECT_POSSESSION, title.holder_reject_by),
        (beneficiary, Step.REJECT_ENDORSEMENT, title.beneficiary_reject_by),
    ):
        if until is not None and now <= until:
            yield Prospect(member, step, until)
