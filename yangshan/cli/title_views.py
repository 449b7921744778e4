# SPDX-License-Identifier: Apache-2.0
"""How titles are told: as they stand, to people and to programs, and who their parties are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yangshan.chain.enums import DocumentStatus, SurrenderPurpose, TitleForm, TitleState
from yangshan.titles.endorsements import Party

if TYPE_CHECKING:
    from yangshan.chain.records import Title
    from yangshan.chain.wording import Wording
    from yangshan.cli.acting import Office
    from yangshan.titles.prospects import Prospect
    from yangshan.titles.service import TitleView


def told(view: TitleView, wording: Wording) -> str:
    """Where a title stands, who has it and whose it is, in one phrase."""
    record = view.record
    holder, issuer = wording.member(record.holder), wording.member(record.issuer)
    made_out = _made_out(record, wording)
    match record.state:
        case TitleState.LIVE:
            nominee = ""
            if record.nominee:
                nominee = f", which nominated {wording.member(record.nominee)}"
            return f"live: {holder} has it, {made_out}{nominee}"
        case TitleState.PLEDGED:
            pledgor = wording.member(record.previous_holder)
            return f"pledged: {holder} has it as security from {pledgor}, {made_out}"
        case TitleState.IN_CUSTODY:
            custodian = wording.account(record.custodian)
            return f"in custody of {custodian}: {holder} deposited it, {made_out}"
        case TitleState.SURRENDERED:
            return f"surrendered: {holder} gave it to {issuer} for {_purpose(record)}, {made_out}"
        case TitleState.AMENDING:
            return f"amending: {holder} gave it to {issuer} for {_purpose(record)}, {made_out}"
        case TitleState.ON_PAPER:
            return f"on paper: {holder} gave it to {issuer} for the paper"
        case TitleState.DELIVERED | TitleState.NONE:
            return f"delivered: {holder} gave it to {issuer} for the goods"


def next_told(prospect: Prospect, wording: Wording) -> str:
    """Who can do what, to whom alone and by when."""
    said = f"{wording.member(prospect.member)} can {prospect.step}"
    if prospect.to:
        said += f" to {wording.member(prospect.to)}"
    return f"{said}, until {wording.time(prospect.until)}" if prospect.until else said


def document_told(status: DocumentStatus) -> str:
    """Where the document behind a title stands in the registry, as its carrier registered it."""
    if status is DocumentStatus.UNKNOWN:
        return "not registered by the carrier"
    return f"{status.label} by the carrier" if status is DocumentStatus.REGISTERED else status.label


def as_json(view: TitleView, wording: Wording) -> dict[str, Any]:
    """All of a title for programs."""
    record = view.record
    return {
        "title": view.title,
        "state": record.state.name,
        "form": record.form.name,
        "purpose": None if record.state in _WITHOUT_PURPOSE else record.purpose.name,
        "issuer": record.issuer,
        "holder": record.holder,
        "beneficiary": record.beneficiary or None,
        "nominee": record.nominee or None,
        "previous_holder": record.previous_holder or None,
        "previous_beneficiary": record.previous_beneficiary or None,
        "custodian": record.custodian if record.state is TitleState.IN_CUSTODY else None,
        "names": {str(each): wording.members.get(each) for each in sorted(view.parties())},
        "document": record.document,
        "document_status": view.document.name,
        "at": view.at.isoformat(),
        "next": [
            {
                "member": each.member,
                "step": each.step.name,
                "until": each.until.isoformat() if each.until else None,
                "to": each.to or None,
                "sentence": next_told(each, wording) + ".",
            }
            for each in view.next
        ],
        "sentence": told(view, wording) + ".",
    }


def party_of(office: Office, member: int) -> Party:
    """A member as members.toml knows it."""
    record = office.members.get(member)
    if record is None:
        return Party(member, f"member {member}")
    return Party(
        number=member,
        name=record.legal_name,
        country=record.country,
        lei=record.lei or "",
        bic=record.bic or "",
        credit_code=record.credit_code or "",
    )


_WITHOUT_PURPOSE = (TitleState.LIVE, TitleState.PLEDGED, TitleState.IN_CUSTODY)


def _made_out(record: Title, wording: Wording) -> str:
    beneficiary = wording.member(record.beneficiary)
    return {
        TitleForm.TO_ORDER: f"to the order of {beneficiary}",
        TitleForm.STRAIGHT: f"made out to {beneficiary} alone",
        TitleForm.BLANK: "in blank",
        TitleForm.NONE: "",
    }[record.form]


def _purpose(record: Title) -> str:
    return {
        SurrenderPurpose.DELIVERY: "delivery",
        SurrenderPurpose.AMENDMENT: "amendment",
        SurrenderPurpose.PAPER: "a paper in its place",
        SurrenderPurpose.DESTINATION: "another destination",
        SurrenderPurpose.SWITCH: "a switch of the bill",
    }[record.purpose]
