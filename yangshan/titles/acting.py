# SPDX-License-Identifier: Apache-2.0
"""Acts on titles: by their issuer, holder and beneficiary, one title at a time or many in one call.

A remark is a salted commitment, 0 for none. Whoever is named is named to the chain by an account of
its own that could move the title on (:class:`Recipient`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from yangshan.acts import Act, Trace
from yangshan.chain.enums import SurrenderPurpose, TitleAct, TitleForm, TitleState
from yangshan.chain.events import (
    EndorseeNominated,
    EndorsementRejected,
    PledgeReleased,
    PossessionRejected,
    PossessionTransferred,
    ReturnedFromPaper,
    SurrenderAccepted,
    SurrenderRejected,
    TitleEndorsed,
    TitleIssued,
    TitlePledged,
    TitleRestored,
    TitleSurrendered,
)
from yangshan.chain.records import NO_COMMITMENT, Title, TitleInstruction, TitleIssuance
from yangshan.deployment.plan import ZERO_ADDRESS
from yangshan.titles.lives import NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eth_typing import ChecksumAddress

    from yangshan.chain.events import SuiteEvent

TITLES: Final = "TitleRegistry"

# Whether a member could do an act on a title anew, as the title stands.
_Open = Callable[[Title], bool]

# What each act is called by for one title, and what of an instruction it takes, in order.
_SINGLE: Final[dict[TitleAct, tuple[str, tuple[str, ...]]]] = {
    TitleAct.NOMINATE: ("nominate", ("to", "remark")),
    TitleAct.ENDORSE: ("endorseTitle", ("to", "form", "remark")),
    TitleAct.TRANSFER_HOLDER: ("transferHolder", ("to", "remark")),
    TitleAct.TRANSFER_BOTH: ("transferBoth", ("to", "form", "holder", "remark")),
    TitleAct.REJECT_HOLDER: ("rejectHolder", ("remark",)),
    TitleAct.REJECT_BENEFICIARY: ("rejectBeneficiary", ("remark",)),
    TitleAct.REJECT_BOTH: ("rejectBoth", ("remark",)),
    TitleAct.PLEDGE: ("pledge", ("to", "remark")),
    TitleAct.RELEASE_PLEDGE: ("releasePledge", ("remark",)),
    TitleAct.SURRENDER: ("surrender", ("purpose", "remark")),
    TitleAct.ACCEPT_SURRENDER: ("acceptSurrender", ("remark",)),
    TitleAct.REJECT_SURRENDER: ("rejectSurrender", ("remark",)),
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member that a title is moved or made out to, and the account that names it on the chain."""

    member: int
    account: ChecksumAddress
    name: str


@dataclass(frozen=True, slots=True)
class Issue:
    """What a carrier issues: the commitments of reference and document, who has it and whose it is.

    Without a beneficiary it is in blank.
    """

    title: str
    transport_reference: str
    document: str
    holder: Recipient
    beneficiary: Recipient | None
    form: TitleForm

    def issuance(self, remark: str) -> TitleIssuance:
        """As the contract takes it."""
        return TitleIssuance(
            transport_reference=self.transport_reference,
            document=self.document,
            holder=self.holder.account,
            beneficiary=_account(self.beneficiary),
            form=self.form,
            remark=remark,
        )

    @property
    def told(self) -> str:
        """Who has it and how it is made out, for the end of a sentence."""
        return f"to {self.holder.name}, {_made_out(self.beneficiary, self.form)}"


@dataclass(frozen=True, slots=True)
class _Deed:
    """The event that an act leaves of each title, and whether it could be done anew.

    ``actor`` is the field of the event that has the acting member; empty if none has.
    """

    event: type[SuiteEvent]
    actor: str
    key: Mapping[str, object]
    again: _Open


# By the carrier


def issue(issuer: int, given: Sequence[Issue], remark: str = NO_COMMITMENT) -> Act:
    """Issues a title, or several in one call; raises ValueError for none."""
    first, *more = given
    issuances = tuple(each.issuance(remark) for each in given)
    what = f"issues {counted(given)}" if more else f"issues a title {first.told}"
    return Act(
        contract=TITLES,
        function="issueBatch" if more else "issue",
        arguments=(issuances,) if more else issuances,
        key=",".join(each.title for each in given),
        what=what,
        article="MLETR art. 10",
        traces=tuple(
            Trace(
                TitleIssued,
                each.title,
                content={
                    "holder": each.holder.member,
                    "beneficiary": _member(each.beneficiary),
                    "form": each.form,
                    "document": each.document,
                },
                actor="issuer",
            )
            for each in given
        ),
    )


def accept(member: int, titles: Sequence[str], remark: str = NO_COMMITMENT) -> Act:
    """Accepts a surrender, as the carrier."""
    return _instruct(
        titles,
        _instruction(TitleAct.ACCEPT_SURRENDER, remark),
        member,
        what=f"accepts the surrender of {counted(titles)}",
        article="",
        deeds=(_Deed(SurrenderAccepted, "issuer", {}, _in(TitleState.SURRENDERED)),),
    )


def decline(member: int, titles: Sequence[str], remark: str = NO_COMMITMENT) -> Act:
    """Rejects a surrender, as the carrier."""
    return _instruct(
        titles,
        _instruction(TitleAct.REJECT_SURRENDER, remark),
        member,
        what=f"rejects the surrender of {counted(titles)}",
        article="",
        deeds=(_Deed(SurrenderRejected, "issuer", {}, _in(TitleState.SURRENDERED)),),
    )


def restore(member: int, title: str, document: str, remark: str = NO_COMMITMENT) -> Act:
    """Puts a title into circulation again under an amended document, as the carrier."""
    deed = _Deed(TitleRestored, "issuer", {"document": document}, _in(TitleState.AMENDING))
    return Act(
        contract=TITLES,
        function="restore",
        arguments=(title, document, remark),
        key=f"{title}:{document}",
        what="restores the title under the amended document",
        article="MLETR art. 16",
        traces=(_trace(deed, title),),
        repeatable=True,
        standing=_standing(member, [title], (deed,)),
    )


def return_from_paper(member: int, given: Issue, remark: str = NO_COMMITMENT) -> Act:
    """Puts a title in the place of its paper again, as the carrier to which that was given back."""
    deed = _Deed(
        ReturnedFromPaper,
        "issuer",
        {
            "holder": given.holder.member,
            "beneficiary": _member(given.beneficiary),
            "form": given.form,
            "document": given.document,
        },
        _in(TitleState.ON_PAPER),
    )
    return Act(
        contract=TITLES,
        function="returnFromPaper",
        arguments=(given.title, given.issuance(remark)),
        key=f"{given.title}:{given.document}:{given.holder.member}:{_member(given.beneficiary)}",
        what=f"puts the title in the place of its paper again, {given.told}",
        article="MLETR art. 17",
        traces=(_trace(deed, given.title),),
        repeatable=True,
        standing=_standing(member, [given.title], (deed,)),
    )


# By the beneficiary


def nominate(
    member: int, titles: Sequence[str], to: Recipient | None, remark: str = NO_COMMITMENT
) -> Act:
    """Consents to an endorsement by the holder to a nominee, or to none any more."""
    nominee = _member(to)
    what = f"nominates {to.name} as endorsee" if to else "takes the nomination back"
    return _instruct(
        titles,
        _instruction(TitleAct.NOMINATE, remark, to=to),
        member,
        what=f"{what} of {counted(titles)}",
        article="",
        deeds=(
            _Deed(
                EndorseeNominated,
                "beneficiary",
                {"nominee": nominee},
                lambda title: title.beneficiary == member and title.nominee != nominee,
            ),
        ),
    )


# By the holder


def endorse(
    member: int,
    titles: Sequence[str],
    to: Recipient | None,
    form: TitleForm,
    remark: str = NO_COMMITMENT,
) -> Act:
    """Endorses: the right moves, possession stays. Nobody is named in blank."""
    return _instruct(
        titles,
        _instruction(TitleAct.ENDORSE, remark, to=to, form=form),
        member,
        what=f"endorses {counted(titles)} {_made_out(to, form)}",
        article="MLETR art. 15",
        deeds=(_endorsement(member, to, form),),
    )


def transfer(member: int, titles: Sequence[str], to: Recipient, remark: str = NO_COMMITMENT) -> Act:
    """Moves possession: the right stays."""
    return _instruct(
        titles,
        _instruction(TitleAct.TRANSFER_HOLDER, remark, to=to),
        member,
        what=f"transfers possession of {counted(titles)} to {to.name}",
        article="MLETR art. 11",
        deeds=(_transfer(member, to),),
    )


def transfer_both(
    member: int,
    titles: Sequence[str],
    to: Recipient | None,
    form: TitleForm,
    holder: Recipient,
    remark: str = NO_COMMITMENT,
) -> Act:
    """Endorses and moves possession in one."""
    made_out = _made_out(to, form)
    return _instruct(
        titles,
        _instruction(TitleAct.TRANSFER_BOTH, remark, to=to, form=form, holder=holder),
        member,
        what=f"endorses {counted(titles)} {made_out} and transfers possession to {holder.name}",
        article="MLETR art. 11, 15",
        deeds=(_endorsement(member, to, form), _transfer(member, holder)),
    )


def reject(member: int, titles: Sequence[str], given: TitleAct, remark: str = NO_COMMITMENT) -> Act:
    """Rejects what came: REJECT_HOLDER, REJECT_BENEFICIARY or REJECT_BOTH."""
    possession = _Deed(
        PossessionRejected,
        "previous",
        {},
        lambda title: title.holder == member and title.holder_reject_by is not None,
    )
    endorsement = _Deed(
        EndorsementRejected,
        "previous",
        {},
        lambda title: title.beneficiary == member and title.beneficiary_reject_by is not None,
    )
    deeds, what = {
        TitleAct.REJECT_HOLDER: ((possession,), "possession"),
        TitleAct.REJECT_BENEFICIARY: ((endorsement,), "the endorsement"),
        TitleAct.REJECT_BOTH: ((endorsement, possession), "endorsement and possession"),
    }[given]
    return _instruct(
        titles,
        _instruction(given, remark),
        member,
        what=f"rejects {what} of {counted(titles)}",
        article="",
        deeds=deeds,
    )


def pledge(member: int, titles: Sequence[str], to: Recipient, remark: str = NO_COMMITMENT) -> Act:
    """Gives possession to a bank as security."""
    return _instruct(
        titles,
        _instruction(TitleAct.PLEDGE, remark, to=to),
        member,
        what=f"pledges {counted(titles)} to {to.name}",
        article="",
        deeds=(_Deed(TitlePledged, "pledgor", {"pledgee": to.member}, _held_by(member)),),
    )


def release(member: int, titles: Sequence[str], remark: str = NO_COMMITMENT) -> Act:
    """Ends a pledge, as the bank: possession goes back to the pledgor."""
    return _instruct(
        titles,
        _instruction(TitleAct.RELEASE_PLEDGE, remark),
        member,
        what=f"releases the pledge of {counted(titles)}",
        article="",
        deeds=(
            _Deed(
                PledgeReleased,
                "pledgee",
                {},
                lambda title: title.state is TitleState.PLEDGED and title.holder == member,
            ),
        ),
    )


def surrender(
    member: int, titles: Sequence[str], purpose: SurrenderPurpose, remark: str = NO_COMMITMENT
) -> Act:
    """Surrenders to the carrier."""
    return _instruct(
        titles,
        _instruction(TitleAct.SURRENDER, remark, purpose=purpose),
        member,
        what=f"surrenders {counted(titles)} to the carrier for {_FOR[purpose]}",
        article="MLETR art. 18" if purpose is SurrenderPurpose.PAPER else "",
        deeds=(_Deed(TitleSurrendered, "holder", {"purpose": purpose}, _held_by(member)),),
    )


_FOR: Final = {
    SurrenderPurpose.DELIVERY: "delivery",
    SurrenderPurpose.AMENDMENT: "amendment",
    SurrenderPurpose.PAPER: "a switch to paper",
    SurrenderPurpose.DESTINATION: "a change of destination",
    SurrenderPurpose.SWITCH: "a switch of the bill",
}


# How it is done


def _instruct(
    titles: Sequence[str],
    given: TitleInstruction,
    member: int,
    *,
    what: str,
    article: str,
    deeds: tuple[_Deed, ...],
) -> Act:
    """One title by the function of its act, several by one call for all of them."""
    function, fields = _SINGLE[given.act]
    arguments: tuple[object, ...]
    if len(titles) == 1:
        arguments = (titles[0], *(getattr(given, field) for field in fields))
    else:
        function, arguments = "instruct", (tuple(titles), given)
    said = ":".join(f"{name}={value}" for deed in deeds for name, value in deed.key.items())
    return Act(
        contract=TITLES,
        function=function,
        arguments=arguments,
        key=f"{given.act.name} {','.join(titles)} {said}",
        what=what,
        article=article,
        traces=tuple(_trace(deed, title) for title in titles for deed in deeds),
        # A title comes back, and then the same is done once more.
        repeatable=True,
        standing=_standing(member, titles, deeds),
    )


def _instruction(
    act: TitleAct,
    remark: str,
    *,
    to: Recipient | None = None,
    holder: Recipient | None = None,
    form: TitleForm = TitleForm.NONE,
    purpose: SurrenderPurpose = SurrenderPurpose.DELIVERY,
) -> TitleInstruction:
    return TitleInstruction(
        act=act,
        to=_account(to),
        holder=_account(holder),
        form=form,
        purpose=purpose,
        remark=remark,
    )


def _trace(deed: _Deed, title: str) -> Trace:
    return Trace(deed.event, title, key=deed.key, actor=deed.actor)


def _standing(
    member: int, titles: Sequence[str], deeds: tuple[_Deed, ...]
) -> Callable[[Any], bool]:
    """Whether what was done counts still: it was the last of its kind, and cannot be done anew."""

    def stands(service: Any) -> bool:
        for title in titles:
            now: Title = service.title(title)
            for deed in deeds:
                by = {deed.actor: member} if deed.actor else {}
                last = service.last(title, deed.event, by)
                matches = last is not None and all(
                    getattr(last, name) == value for name, value in deed.key.items()
                )
                if not matches or deed.again(now):
                    return False
        return True

    return stands


def _endorsement(member: int, to: Recipient | None, form: TitleForm) -> _Deed:
    beneficiary = _member(to)
    return _Deed(
        TitleEndorsed,
        "",
        {"beneficiary": beneficiary, "form": form},
        lambda title: _held_by(member)(title) and title.beneficiary != beneficiary,
    )


def _transfer(member: int, to: Recipient) -> _Deed:
    return _Deed(PossessionTransferred, "previous", {"holder": to.member}, _held_by(member))


def _held_by(member: int) -> _Open:
    return lambda title: title.state is TitleState.LIVE and title.holder == member


def _in(state: TitleState) -> _Open:
    return lambda title: title.state is state


def _made_out(to: Recipient | None, form: TitleForm) -> str:
    if to is None:
        return "in blank"
    return f"to the order of {to.name}" if form is TitleForm.TO_ORDER else f"to {to.name} alone"


def counted(titles: Sequence[object]) -> str:
    """How many titles, in words."""
    return "a title" if len(titles) == 1 else f"{len(titles)} titles"


def _account(named: Recipient | None) -> ChecksumAddress:
    return ZERO_ADDRESS if named is None else named.account


def _member(named: Recipient | None) -> int:
    return NOBODY if named is None else named.member
