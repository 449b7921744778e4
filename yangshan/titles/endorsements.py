# SPDX-License-Identifier: Apache-2.0
"""The chain of endorsements of a title, from its events alone, in the shape of DCSA PINT 3.

Modelled on DCSA PINT 3.0 (Transaction, TransactionParty), unsigned: each entry is one transaction
of the chain and names it. What PINT has no word for is told by what it changes: a rejection, a
pledge and its release move possession or right back or on, and custody shows once the title leaves
it. A nomination changes neither, so it is no entry.
"""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal

import rfc8785
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from yangshan.chain.enums import SurrenderPurpose, TitleForm, TitleState
from yangshan.titles.lives import NO_ACCOUNT, NOBODY, Standing, after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from yangshan.titles.lives import Told

ActionCode = Literal[
    "ISSUE",
    "TRANSFER",
    "ENDORSE",
    "ENDORSE_TO_ORDER",
    "BLANK_ENDORSE",
    "SURRENDER_FOR_DELIVERY",
    "SURRENDER_FOR_AMENDMENT",
    "SACC",
    "SREJ",
]
ReasonCode = Literal["SWTP", "COD", "SWI"]

_BEGINNINGS: Final = ("TitleIssued", "TitleRestored", "ReturnedFromPaper")
_ENDORSING: Final[dict[TitleForm, ActionCode]] = {
    TitleForm.TO_ORDER: "ENDORSE_TO_ORDER",
    TitleForm.STRAIGHT: "ENDORSE",
    TitleForm.BLANK: "BLANK_ENDORSE",
}
_REASONS: Final[dict[SurrenderPurpose, ReasonCode]] = {
    SurrenderPurpose.PAPER: "SWTP",
    SurrenderPurpose.DESTINATION: "COD",
    SurrenderPurpose.SWITCH: "SWI",
}
_MILLISECONDS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Party:
    """A member as the world outside knows it; what is empty is not known here."""

    number: int
    name: str
    country: str = ""
    lei: str = ""
    bic: str = ""
    credit_code: str = ""


class _Shape(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, alias_generator=to_camel, populate_by_name=True
    )


class IdentifyingCode(_Shape):
    """A code of a party: its LEI of GLEIF, or its BIC or number here, which are agreed (ZZZ)."""

    code_list_provider: Literal["GLEIF", "ZZZ"]
    code_list_name: Literal["LEI", "BIC", "MEMBER"]
    party_code: str


class TaxLegalReference(_Shape):
    """A unified social credit code (GB 32100)."""

    type: Literal["USCC"]
    country_code: str
    value: str


class TransactionParty(_Shape):
    """A member of the alliance. PINT's ``eblPlatform`` is left out: its list has no such code."""

    party_name: str
    identifying_codes: list[IdentifyingCode]
    tax_legal_references: list[TaxLegalReference] | None = None


class Transaction(_Shape):
    """One change of possession or right; ``timestamp`` in milliseconds of Unix time.

    ``recipient`` is absent of an endorsement in blank. ``event`` is what the registry told, and
    ``remark`` the commitment to a remark on it.
    """

    action_code: ActionCode
    actor: TransactionParty
    recipient: TransactionParty | None = None
    timestamp: int
    reason_code: ReasonCode | None = None
    event: str
    remark: str | None = None

    @property
    def at(self) -> datetime:
        """When it was."""
        return datetime.fromtimestamp(self.timestamp // _MILLISECONDS, UTC)


class TransferChainEntry(_Shape):
    """What one transaction of the chain changed.

    ``previousEntryChecksum`` is the SHA-256 of the entry before in canonical JSON (RFC 8785),
    absent of the first.
    """

    transaction: str
    previous_entry_checksum: str | None = None
    transactions: list[Transaction]


class IssuedDocument(_Shape):
    """The document that a chain is about, by its commitment, as it was issued.

    To order without an endorsee is in blank; not to order it is straight and has a consignee.
    """

    commitment: str
    is_to_order: bool
    issuing_party: TransactionParty
    endorsee: TransactionParty | None = None
    consignee: TransactionParty | None = None


class EnvelopeTransferChain(_Shape):
    """The chain of one document: ISSUE once and first, and nothing after SACC."""

    transport_document: IssuedDocument
    envelope_transfer_chain: list[TransferChainEntry]


class EndorsementChain(_Shape):
    """All chains of a title; a restored one, and one back from paper, begins a new chain."""

    format: Literal["yangshan-endorsement-chain/1"]
    modelled_on: Literal["DCSA PINT 3"]
    title: str
    transport_document_reference: str | None = None
    state: str
    possessor: TransactionParty | None = None
    custodian: str | None = None
    chains: list[EnvelopeTransferChain]


@dataclass(frozen=True, slots=True)
class _Change:
    """A transaction of PINT by members' numbers."""

    code: ActionCode
    actor: int
    recipient: int
    reason: ReasonCode | None = None


def endorsement_chain(
    title: str, told: Sequence[Told], party: Callable[[int], Party], reference: str = ""
) -> EndorsementChain:
    """The chains of a title from all that was told of it, in order.

    ``party`` says who a member is; ``reference`` is that of the transport document, where it is
    known. Raises :class:`~yangshan.titles.lives.UnknownTitleEvent`.
    """

    def known(member: int) -> TransactionParty | None:
        return None if member == NOBODY else _party_json(party(member))

    def certain(member: int) -> TransactionParty:
        return _party_json(party(member))

    chains: list[EnvelopeTransferChain] = []
    now = Standing()
    for place, each in enumerate(told):
        before, now = now, after(now, each)
        changes = list(_changes(before, each))
        if not changes:
            continue
        if each.event in _BEGINNINGS:
            straight = now.form is TitleForm.STRAIGHT
            issued = IssuedDocument(
                commitment=now.document,
                is_to_order=not straight,
                issuing_party=certain(now.issuer),
                endorsee=None if straight else known(now.beneficiary),
                consignee=known(now.beneficiary) if straight else None,
            )
            chains.append(
                EnvelopeTransferChain(transport_document=issued, envelope_transfer_chain=[])
            )
        entry = _entry_of(chains[-1].envelope_transfer_chain, each.transaction)
        for change in changes:
            entry.transactions.append(
                Transaction(
                    action_code=change.code,
                    actor=certain(change.actor),
                    recipient=known(change.recipient),
                    timestamp=int(each.at.timestamp()) * _MILLISECONDS,
                    reason_code=change.reason,
                    event=each.event,
                    remark=_remark_after(told, place),
                )
            )
    for chain in chains:
        _link(chain.envelope_transfer_chain)
    held = now.state in (TitleState.LIVE, TitleState.PLEDGED)
    return EndorsementChain(
        format="yangshan-endorsement-chain/1",
        modelled_on="DCSA PINT 3",
        title=title,
        transport_document_reference=reference or None,
        state=now.state.name,
        possessor=known(now.holder) if held else None,
        custodian=None if now.custodian == NO_ACCOUNT else now.custodian,
        chains=chains,
    )


def chain_json(chain: EndorsementChain) -> dict[str, Any]:
    """A chain as its file has it."""
    return chain.model_dump(mode="json", by_alias=True, exclude_none=True)


def chain_schema() -> dict[str, Any]:
    """The JSON Schema of the file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **EndorsementChain.model_json_schema(),
        "title": "Chain of endorsements, modelled on DCSA PINT 3",
    }


def _changes(before: Standing, told: Told) -> Iterator[_Change]:
    """What an event changed in possession and right, in the words of PINT."""
    fields = told.fields
    match told.event:
        case "TitleIssued" | "ReturnedFromPaper" | "TitleRestored":
            yield _Change("ISSUE", fields["issuer"], fields["holder"])
        case "TitleEndorsed":
            yield _Change(_ENDORSING[fields["form"]], before.holder, fields["beneficiary"])
        case "PossessionTransferred" | "PossessionRejected":
            yield _Change("TRANSFER", fields["previous"], fields["holder"])
        case "EndorsementRejected":
            yield _Change(_ENDORSING[fields["form"]], fields["previous"], fields["beneficiary"])
        case "TitlePledged":
            yield _Change("TRANSFER", fields["pledgor"], fields["pledgee"])
        case "PledgeReleased":
            yield _Change("TRANSFER", fields["pledgee"], fields["pledgor"])
        case "TitleSurrendered":
            purpose = fields["purpose"]
            delivery = purpose is SurrenderPurpose.DELIVERY
            code: ActionCode = "SURRENDER_FOR_DELIVERY" if delivery else "SURRENDER_FOR_AMENDMENT"
            yield _Change(code, fields["holder"], fields["issuer"], _REASONS.get(purpose))
        case "SurrenderAccepted":
            yield _Change("SACC", fields["issuer"], fields["holder"])
        case "SurrenderRejected":
            yield _Change("SREJ", fields["issuer"], fields["holder"])
        case "TitleGivenBack":
            if fields["beneficiary"] != before.beneficiary or fields["form"] is not before.form:
                code = _ENDORSING[fields["form"]]
                yield _Change(code, before.beneficiary, fields["beneficiary"])
        case "TitleCarriedOn":
            if fields["beneficiary"] != before.beneficiary:
                yield _Change("ENDORSE_TO_ORDER", before.beneficiary, fields["beneficiary"])
        case "TitleHandedOver":
            if fields["beneficiary"] != before.beneficiary:
                yield _Change("ENDORSE_TO_ORDER", fields["depositor"], fields["beneficiary"])
            if fields["holder"] != fields["depositor"]:
                yield _Change("TRANSFER", fields["depositor"], fields["holder"])


def _entry_of(entries: list[TransferChainEntry], transaction: str) -> TransferChainEntry:
    """The entry of a transaction of the chain, which is the last one or a new one."""
    if not entries or entries[-1].transaction != transaction:
        entries.append(TransferChainEntry(transaction=transaction, transactions=[]))
    return entries[-1]


def _remark_after(told: Sequence[Told], place: int) -> str | None:
    """The commitment to the remark on an act: its event follows those of the act."""
    act = told[place].transaction
    for each in told[place + 1 :]:
        if each.transaction != act:
            return None
        if each.event == "Remarked":
            return str(each.fields["remark"])
    return None


def _link(entries: list[TransferChainEntry]) -> None:
    for before, entry in itertools.pairwise(entries):
        entry.previous_entry_checksum = hashlib.sha256(
            rfc8785.dumps(before.model_dump(mode="json", by_alias=True, exclude_none=True))
        ).hexdigest()


def _party_json(party: Party) -> TransactionParty:
    codes = [
        IdentifyingCode(code_list_provider="GLEIF", code_list_name="LEI", party_code=party.lei),
        IdentifyingCode(code_list_provider="ZZZ", code_list_name="BIC", party_code=party.bic),
        IdentifyingCode(
            code_list_provider="ZZZ", code_list_name="MEMBER", party_code=str(party.number)
        ),
    ]
    legal = TaxLegalReference(type="USCC", country_code=party.country, value=party.credit_code)
    return TransactionParty(
        party_name=party.name,
        identifying_codes=[code for code in codes if code.party_code],
        tax_legal_references=[legal] if party.credit_code else None,
    )
