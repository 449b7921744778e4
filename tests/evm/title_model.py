# SPDX-License-Identifier: Apache-2.0
"""Titles by their rules, without a chain: what each act tells or is refused with, and what follows.

``Chain`` holds what events alone tell of each title: nothing else is needed to know where it
stands. ``Model`` says which events an act brings, or the error that it meets, from what the chain
of events told before.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from suite import Error, Event, error
from titles import (
    AMENDED,
    BLANK,
    CARRIER,
    DELIVERY,
    DOCUMENT,
    KEPT_FOR,
    NOBODY,
    PERIOD,
    STRAIGHT,
    TO_ORDER,
    issued,
    key_of,
    told,
)
from vocabulary import MemberKind, Role, SurrenderPurpose, TitleState
from world import CUSTODIANS, KINDS, desk

from yangshan.deployment.plan import ZERO_ADDRESS

BANKS: Final = {MemberKind.BANK, MemberKind.CENTRAL_BANK}
AFTER_ACCEPTANCE: Final = {
    int(DELIVERY): int(TitleState.DELIVERED),
    int(SurrenderPurpose.PAPER): int(TitleState.ON_PAPER),
}


@dataclass(frozen=True)
class Came:
    """What came by another's act: from whom, in which form it was, until when it is rejected."""

    source: int
    until: int
    form: int = 0


@dataclass(frozen=True)
class Standing:
    """A title as its events tell."""

    state: int = int(TitleState.NONE)
    form: int = 0
    purpose: int = 0
    issuer: int = 0
    holder: int = 0
    beneficiary: int = 0
    nominee: int = 0
    possession: Came | None = None
    right: Came | None = None
    pledgor: int = 0
    custodian: str = ZERO_ADDRESS
    document: bytes = bytes(32)

    def accepted_by(self, member: int) -> Standing:
        """Whoever acts has accepted what came to it."""
        found = self
        if found.holder == member:
            found = replace(found, possession=None)
        if found.beneficiary == member:
            found = replace(found, right=None)
        return found

    def as_record(self) -> dict[str, Any]:
        """The struct Title of ITitleRegistry."""
        return {
            "state": self.state,
            "form": self.form,
            "purpose": self.purpose,
            "issuer": self.issuer,
            "holder": self.holder,
            "beneficiary": self.beneficiary,
            "nominee": self.nominee,
            "previousHolder": self.possession.source if self.possession else self.pledgor,
            "previousBeneficiary": self.right.source if self.right else 0,
            "holderRejectBy": self.possession.until if self.possession else 0,
            "beneficiaryRejectBy": self.right.until if self.right else 0,
            "custodian": self.custodian,
            "document": self.document,
        }

    def controller(self) -> tuple[int, str]:
        """The one who controls it (MLETR art. 10, 11)."""
        if self.state in (TitleState.LIVE, TitleState.PLEDGED):
            return self.holder, ZERO_ADDRESS
        if self.state in (TitleState.SURRENDERED, TitleState.AMENDING):
            return self.issuer, ZERO_ADDRESS
        return NOBODY, self.custodian


def after(title: Standing, event: Event, time: int) -> Standing:
    """The title after an event of a block with this time."""
    told_ = event.fields
    live = int(TitleState.LIVE)
    name = event.name
    if name in ("TitleIssued", "ReturnedFromPaper"):
        return Standing(
            live,
            told_["form"],
            0,
            told_["issuer"],
            told_["holder"],
            told_["beneficiary"],
            document=told_["document"],
        )
    if name == "EndorseeNominated":
        return replace(title.accepted_by(title.beneficiary), nominee=told_["nominee"])
    if name == "TitleEndorsed":
        to = told_["beneficiary"]
        came = Came(title.beneficiary, time + PERIOD, title.form)
        return replace(
            title,
            beneficiary=to,
            form=told_["form"],
            nominee=0,
            possession=None,
            right=None if to in (NOBODY, title.holder) else came,
        )
    if name == "PossessionTransferred":
        gone = title.accepted_by(title.holder)
        came = Came(title.holder, time + PERIOD)
        return replace(gone, holder=told_["holder"], possession=came)
    if name == "PossessionRejected":
        return replace(title, holder=told_["holder"], possession=None)
    if name == "EndorsementRejected":
        return replace(
            title, beneficiary=told_["beneficiary"], form=told_["form"], right=None, nominee=0
        )
    if name == "TitlePledged":
        gone = title.accepted_by(title.holder)
        return replace(
            gone, state=int(TitleState.PLEDGED), holder=told_["pledgee"], pledgor=told_["pledgor"]
        )
    if name == "PledgeReleased":
        return replace(title, state=live, holder=told_["pledgor"], pledgor=0)
    if name == "TitleSurrendered":
        gone = title.accepted_by(title.holder)
        return replace(gone, state=int(TitleState.SURRENDERED), purpose=told_["purpose"], nominee=0)
    if name == "SurrenderAccepted":
        state = AFTER_ACCEPTANCE.get(told_["purpose"], int(TitleState.AMENDING))
        return replace(title, state=state)
    if name == "SurrenderRejected":
        return replace(title, state=live)
    if name == "TitleRestored":
        return replace(title, state=live, document=told_["document"])
    if name == "TitleDeposited":
        gone = title.accepted_by(title.holder)
        # Nobody rejects what is in custody; what a presentation gives back was not endorsed.
        right = replace(gone.right, until=0) if gone.right else None
        where = told_["custodian"]
        return replace(gone, state=int(TitleState.IN_CUSTODY), custodian=where, right=right)
    if name == "TitleCarriedOn":
        to = told_["beneficiary"]
        if to == title.beneficiary:
            return title
        right = title.right or Came(title.beneficiary, 0, title.form)
        return replace(title, beneficiary=to, right=right, nominee=0)
    free = replace(title, state=live, custodian=ZERO_ADDRESS)
    if name == "TitleGivenBack":
        if not title.right:
            return free
        return replace(free, beneficiary=told_["beneficiary"], form=told_["form"], right=None)
    assert name == "TitleHandedOver", name
    to = told_["holder"]
    changed = told_["beneficiary"] != title.beneficiary
    moved = replace(free, holder=to, beneficiary=told_["beneficiary"], right=None)
    return replace(moved, nominee=0) if changed else moved


@dataclass
class Chain:
    """Where every title stands, from events alone."""

    titles: dict[bytes, Standing] = field(default_factory=dict)

    def of(self, title: bytes) -> Standing:
        return self.titles.get(title, Standing())

    def tell(self, events: list[Event], time: int) -> None:
        """Goes on by the events of a transaction."""
        for event in events:
            if event.name != "Remarked":
                title = event.fields["title"]
                self.titles[title] = after(self.of(title), event, time)


class RefusedError(Exception):
    """The rules refuse an act."""

    def __init__(self, name: str, *args: Any) -> None:
        super().__init__(name)
        self.error: Error = error(name, *args)


NEEDS: Final = {
    "release": TitleState.PLEDGED,
    "accept": TitleState.SURRENDERED,
    "reject_surrender": TitleState.SURRENDERED,
    "restore": TitleState.AMENDING,
    "return_from_paper": TitleState.ON_PAPER,
    "give_back": TitleState.IN_CUSTODY,
    "hand_over": TitleState.IN_CUSTODY,
    "let_go_on": TitleState.IN_CUSTODY,
}
OF_CARRIER: Final = {"issue", "accept", "reject_surrender", "restore", "return_from_paper"}
OF_CUSTODIAN: Final = {"deposit", "give_back", "hand_over", "let_go_on"}


@dataclass
class Model:
    """The rules of titles: one method an act, named as in ``titles.Bill``."""

    chain: Chain = field(default_factory=Chain)

    def expect(
        self, act: str, title: bytes, actor: int, time: int, *args: Any
    ) -> list[Event] | Error:
        """The events of the act, or its error."""
        try:
            self._require(act, title, actor)
            events: list[Event] = getattr(self, act)(title, actor, time, *args)
        except RefusedError as refusal:
            return refusal.error
        return events

    def _require(self, act: str, title: bytes, actor: int) -> None:
        if act in OF_CARRIER and actor != CARRIER:
            raise RefusedError("MissingRole", desk(actor), actor, int(Role.CARRY))
        if act == "issue":
            return
        found = self.chain.of(title)
        needed = NEEDS.get(act, TitleState.LIVE)
        if found.state != needed:
            raise RefusedError("WrongTitleState", title, found.state, int(needed))

    def _held(self, title: bytes, actor: int) -> Standing:
        found = self.chain.of(title)
        if found.holder != actor:
            raise RefusedError("NotTitleHolder", title, found.holder, actor)
        return found

    def _owned(self, title: bytes, actor: int) -> Standing:
        """Held, and the holder's own or in blank."""
        found = self._held(title, actor)
        if found.beneficiary not in (NOBODY, actor):
            raise RefusedError("NotTitleBeneficiary", title, found.beneficiary, actor)
        return found

    def _recipient(self, member: int) -> None:
        if member == NOBODY:
            raise RefusedError("NotAMember", ZERO_ADDRESS)

    def _form(self, form: int, beneficiary: int) -> None:
        if form == 0 or (form == BLANK) != (beneficiary == NOBODY):
            raise RefusedError("FormMismatch", form, key_of(beneficiary))

    def issue(
        self, title: bytes, actor: int, time: int, holder: int, beneficiary: int, form: int
    ) -> list[Event]:
        if self.chain.of(title).state != TitleState.NONE:
            raise RefusedError("TitleExists", title)
        self._form(form, beneficiary)
        self._recipient(holder)
        return [issued(title, holder, beneficiary, form, DOCUMENT)]

    def nominate(self, title: bytes, actor: int, time: int, to: int) -> list[Event]:
        found = self.chain.of(title)
        if found.form != TO_ORDER:
            raise RefusedError("NotToOrder", title, found.form)
        if found.beneficiary != actor:
            raise RefusedError("NotTitleBeneficiary", title, found.beneficiary, actor)
        if to == actor:
            raise RefusedError("BeneficiaryAlready", title, actor)
        if to == found.nominee:
            raise RefusedError("NominatedAlready", title, to)
        return [told("EndorseeNominated", title=title, beneficiary=actor, nominee=to)]

    def endorse(self, title: bytes, actor: int, time: int, to: int, form: int) -> list[Event]:
        found = self._held(title, actor)
        if found.form == STRAIGHT:
            raise RefusedError("NotToOrder", title, int(STRAIGHT))
        if form == 0 or (form == BLANK and to != NOBODY):
            raise RefusedError("FormMismatch", form, key_of(to))
        if form != BLANK:
            self._recipient(to)
        if to == found.beneficiary:
            raise RefusedError("BeneficiaryAlready", title, to)
        consents = found.beneficiary in (NOBODY, actor) or (to != NOBODY and to == found.nominee)
        if not consents:
            raise RefusedError("NotTheNominee", title, found.nominee, to)
        endorsed = {"previous": found.beneficiary, "beneficiary": to, "form": form}
        return [told("TitleEndorsed", title=title, **endorsed)]

    def transfer(self, title: bytes, actor: int, time: int, to: int) -> list[Event]:
        self._held(title, actor)
        self._recipient(to)
        if to == actor:
            raise RefusedError("HolderAlready", title, actor)
        return [told("PossessionTransferred", title=title, previous=actor, holder=to)]

    def transfer_both(
        self, title: bytes, actor: int, time: int, to: int, holder: int, form: int
    ) -> list[Event]:
        endorsed = self.endorse(title, actor, time, to, form)
        return [*endorsed, *self.transfer(title, actor, time, holder)]

    def reject_holder(self, title: bytes, actor: int, time: int) -> list[Event]:
        found = self._held(title, actor)
        self._rejectable(title, actor, found.possession, time)
        assert found.possession
        to = found.possession.source
        return [told("PossessionRejected", title=title, previous=actor, holder=to)]

    def reject_beneficiary(self, title: bytes, actor: int, time: int) -> list[Event]:
        found = self.chain.of(title)
        if found.beneficiary != actor:
            raise RefusedError("NotTitleBeneficiary", title, found.beneficiary, actor)
        self._rejectable(title, actor, found.right, time)
        assert found.right
        given = {"previous": actor, "beneficiary": found.right.source, "form": found.right.form}
        return [told("EndorsementRejected", title=title, **given)]

    def reject_both(self, title: bytes, actor: int, time: int) -> list[Event]:
        found = self._held(title, actor)
        if found.beneficiary != actor:
            raise RefusedError("NotTitleBeneficiary", title, found.beneficiary, actor)
        possession = self.reject_holder(title, actor, time)
        return [*self.reject_beneficiary(title, actor, time), *possession]

    def _rejectable(self, title: bytes, actor: int, came: Came | None, time: int) -> None:
        if came is None:
            raise RefusedError("NothingToReject", title, actor)
        if time > came.until:
            raise RefusedError("RejectionLapsed", title, came.until, time)

    def pledge(self, title: bytes, actor: int, time: int, to: int) -> list[Event]:
        self._owned(title, actor)
        self._recipient(to)
        if KINDS[to][0] not in BANKS:
            raise RefusedError("PledgeeNotABank", title, to)
        if to == actor:
            raise RefusedError("HolderAlready", title, actor)
        return [told("TitlePledged", title=title, pledgor=actor, pledgee=to)]

    def release(self, title: bytes, actor: int, time: int) -> list[Event]:
        found = self._held(title, actor)
        return [told("PledgeReleased", title=title, pledgee=actor, pledgor=found.pledgor)]

    def surrender(self, title: bytes, actor: int, time: int, purpose: int) -> list[Event]:
        found = self._held(title, actor)
        if found.form != STRAIGHT or purpose == DELIVERY:
            self._owned(title, actor)
        given = {"holder": actor, "issuer": found.issuer, "purpose": purpose}
        return [told("TitleSurrendered", title=title, **given)]

    def accept(self, title: bytes, actor: int, time: int) -> list[Event]:
        found = self.chain.of(title)
        given = {"issuer": actor, "holder": found.holder, "purpose": found.purpose}
        return [told("SurrenderAccepted", title=title, **given)]

    def reject_surrender(self, title: bytes, actor: int, time: int) -> list[Event]:
        holder = self.chain.of(title).holder
        return [told("SurrenderRejected", title=title, issuer=actor, holder=holder)]

    def restore(self, title: bytes, actor: int, time: int) -> list[Event]:
        given = {"issuer": actor, "holder": self.chain.of(title).holder, "document": AMENDED}
        return [told("TitleRestored", title=title, **given)]

    def return_from_paper(
        self, title: bytes, actor: int, time: int, holder: int, beneficiary: int, form: int
    ) -> list[Event]:
        self._form(form, beneficiary)
        self._recipient(holder)
        given = {"holder": holder, "beneficiary": beneficiary, "form": form, "document": AMENDED}
        return [told("ReturnedFromPaper", title=title, issuer=actor, **given)]

    # Custody: the actor is the depositor, or nobody.

    def deposit(self, title: bytes, actor: int, time: int, to: int, custodian: str) -> list[Event]:
        found = self._held(title, actor)
        if found.beneficiary not in (NOBODY, actor, to):
            raise RefusedError("NotTitleBeneficiary", title, found.beneficiary, actor)
        where = CUSTODIANS[custodian]
        given = {"depositor": actor, "custodian": where, "record": KEPT_FOR}
        return [told("TitleDeposited", title=title, **given)]

    def give_back(self, title: bytes, actor: int, time: int, custodian: str) -> list[Event]:
        found = self._kept(title, custodian)
        beneficiary, form = found.beneficiary, found.form
        if found.right and custodian == "TitleCustody":
            beneficiary, form = found.right.source, found.right.form
        given = {"depositor": found.holder, "custodian": found.custodian}
        return [told("TitleGivenBack", title=title, **given, beneficiary=beneficiary, form=form)]

    def hand_over(
        self, title: bytes, actor: int, time: int, to: int, custodian: str
    ) -> list[Event]:
        found = self._kept(title, custodian)
        own = found.form == TO_ORDER and found.beneficiary == found.holder
        given = {"depositor": found.holder, "holder": to, "custodian": found.custodian}
        beneficiary = to if own else found.beneficiary
        return [told("TitleHandedOver", title=title, **given, beneficiary=beneficiary)]

    def let_go_on(self, title: bytes, actor: int, time: int, bank: int, to: int) -> list[Event]:
        found = self._kept(title, "TitleCustody")
        goes = found.form == TO_ORDER and found.beneficiary == bank
        given = {"depositor": found.holder, "record": KEPT_FOR}
        beneficiary = to if goes else found.beneficiary
        return [told("TitleCarriedOn", title=title, **given, beneficiary=beneficiary)]

    def _kept(self, title: bytes, custodian: str) -> Standing:
        found = self.chain.of(title)
        if found.custodian != CUSTODIANS[custodian]:
            raise RefusedError("NotItsCustodian", title, found.custodian)
        return found
