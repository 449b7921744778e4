# SPDX-License-Identifier: Apache-2.0
"""Where a title stands, from nothing but the events about it, replayed in their order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from yangshan.chain.enums import SurrenderPurpose, TitleForm, TitleState
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

# How long holder and beneficiary may reject what came to them.
REJECTION_PERIOD: Final = timedelta(days=5)
NOBODY: Final = 0
NO_ACCOUNT: Final = "0x" + "00" * 20
NO_DOCUMENT: Final = "0x" + "00" * 32

_AFTER_ACCEPTANCE: Final = {
    SurrenderPurpose.DELIVERY: TitleState.DELIVERED,
    SurrenderPurpose.PAPER: TitleState.ON_PAPER,
}


class UnknownTitleEvent(Unusable):
    """An event of titles that these rules do not know."""

    def __init__(self, event: str) -> None:
        super().__init__(
            f"The chain tells {event} of a title, which this version does not know; a newer one is "
            "needed to say where the title stands."
        )
        self.event = event


@dataclass(frozen=True, slots=True)
class Told:
    """What one event told of a title: its name, its fields by their names here, when and where."""

    event: str
    fields: Mapping[str, Any]
    at: datetime
    transaction: str = ""
    log_index: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A title as its events tell, field by field as ``titleOf`` of ITitleRegistry answers."""

    state: TitleState = TitleState.NONE
    form: TitleForm = TitleForm.NONE
    purpose: SurrenderPurpose = SurrenderPurpose.DELIVERY
    issuer: int = NOBODY
    holder: int = NOBODY
    beneficiary: int = NOBODY
    nominee: int = NOBODY
    previous_holder: int = NOBODY
    previous_beneficiary: int = NOBODY
    holder_reject_by: datetime | None = None
    beneficiary_reject_by: datetime | None = None
    custodian: str = NO_ACCOUNT
    document: str = NO_DOCUMENT
    # In custody: whether an endorsement was not accepted, which no answer of the chain tells.
    revocable: bool = field(default=False, compare=False)

    def accepted_by(self, member: int) -> Standing:
        """Whoever acts on a title has accepted what came to it."""
        found = self
        if found.holder == member:
            found = found.held_by(member)
        if found.beneficiary == member:
            found = replace(found, previous_beneficiary=NOBODY, beneficiary_reject_by=None)
        return found

    def held_by(self, member: int) -> Standing:
        """With this holder, who has nothing to reject."""
        return replace(self, holder=member, previous_holder=NOBODY, holder_reject_by=None)

    def made_out_to(self, member: int, form: TitleForm) -> Standing:
        """With this beneficiary, who has nothing to reject and has nominated nobody."""
        return replace(
            self,
            beneficiary=member,
            form=form,
            nominee=NOBODY,
            previous_beneficiary=NOBODY,
            beneficiary_reject_by=None,
        )


def replayed(told: Iterable[Told]) -> Standing:
    """Where a title stands after these events; raises :class:`UnknownTitleEvent`."""
    title = Standing()
    for each in told:
        title = after(title, each)
    return title


def after(title: Standing, told: Told) -> Standing:
    """A title after one more event; raises :class:`UnknownTitleEvent`."""
    fields = told.fields
    match told.event:
        case "Remarked":
            return title
        case "TitleIssued" | "ReturnedFromPaper":
            return Standing(
                state=TitleState.LIVE,
                form=fields["form"],
                issuer=fields["issuer"],
                holder=fields["holder"],
                beneficiary=fields["beneficiary"],
                document=fields["document"],
            )
        case "EndorseeNominated":
            accepted = title.accepted_by(title.beneficiary)
            return replace(accepted, nominee=fields["nominee"])
        case "TitleEndorsed":
            return _endorsed(title, told)
        case "PossessionTransferred":
            gone = title.accepted_by(title.holder)
            return replace(
                gone,
                holder=fields["holder"],
                previous_holder=title.holder,
                holder_reject_by=told.at + REJECTION_PERIOD,
            )
        case "PossessionRejected":
            return title.held_by(fields["holder"])
        case "EndorsementRejected":
            return title.made_out_to(fields["beneficiary"], fields["form"])
        case "TitlePledged":
            pledged = title.accepted_by(title.holder).held_by(fields["pledgee"])
            return replace(pledged, state=TitleState.PLEDGED, previous_holder=fields["pledgor"])
        case "PledgeReleased":
            return replace(title.held_by(fields["pledgor"]), state=TitleState.LIVE)
        case "TitleSurrendered":
            gone = title.accepted_by(title.holder)
            purpose = fields["purpose"]
            return replace(gone, state=TitleState.SURRENDERED, purpose=purpose, nominee=NOBODY)
        case "SurrenderAccepted":
            state = _AFTER_ACCEPTANCE.get(fields["purpose"], TitleState.AMENDING)
            return replace(title, state=state)
        case "SurrenderRejected":
            return replace(title, state=TitleState.LIVE)
        case "TitleRestored":
            return replace(title, state=TitleState.LIVE, document=fields["document"])
        case "TitleDeposited":
            # Nobody rejects anything in custody; what was not accepted is known until it leaves.
            kept = title.accepted_by(title.holder)
            return replace(
                kept,
                state=TitleState.IN_CUSTODY,
                custodian=fields["custodian"],
                beneficiary_reject_by=None,
                revocable=kept.beneficiary_reject_by is not None,
            )
        case "TitleCarriedOn":
            return _carried_on(title, fields["beneficiary"])
        case "TitleGivenBack":
            free = _free(title)
            if fields["beneficiary"] == title.beneficiary:
                return free
            return free.made_out_to(fields["beneficiary"], fields["form"])
        case "TitleHandedOver":
            return _handed_over(title, told)
    raise UnknownTitleEvent(told.event)


def _endorsed(title: Standing, told: Told) -> Standing:
    """The holder has accepted possession by it; whoever endorses to itself can reject nothing."""
    to = told.fields["beneficiary"]
    made_out = title.held_by(title.holder).made_out_to(to, told.fields["form"])
    if to in (NOBODY, title.holder):
        return made_out
    return replace(
        made_out,
        previous_beneficiary=title.beneficiary,
        beneficiary_reject_by=told.at + REJECTION_PERIOD,
    )


def _carried_on(title: Standing, to: int) -> Standing:
    """What was to the order of the bank that sent it on is to the order of the next."""
    if to == title.beneficiary:
        return title
    if title.revocable:
        return replace(title, beneficiary=to)
    passed_on = title.made_out_to(to, TitleForm.TO_ORDER)
    return replace(passed_on, previous_beneficiary=title.beneficiary, revocable=True)


def _handed_over(title: Standing, told: Told) -> Standing:
    """What was to the depositor's order is to the receiver's, who accepted it by what it did."""
    to, beneficiary = told.fields["holder"], told.fields["beneficiary"]
    free = _free(title)
    if beneficiary != title.beneficiary:
        free = free.made_out_to(beneficiary, title.form)
    return free.held_by(to)


def _free(title: Standing) -> Standing:
    """Out of custody, where nobody has anything to reject."""
    return replace(
        title,
        state=TitleState.LIVE,
        custodian=NO_ACCOUNT,
        previous_beneficiary=NOBODY,
        revocable=False,
    )
