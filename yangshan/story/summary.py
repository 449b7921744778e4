# SPDX-License-Identifier: Apache-2.0
"""What the story leaves for programs: summary.json, every figure of the run.

Money is whole minor units of its currency, times are ISO 8601 with their offset, transactions are
0x hashes that the node knows. The JSON Schema of the file is :func:`schema`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Hash = Annotated[str, Field(pattern=r"^0x[0-9a-f]{64}$")]
Minor = Annotated[int, Field(ge=0)]


_PART = "Number of the transfer under whose part it stands; 0 is the credit itself"


class _Entry(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_serialization_defaults_required=True
    )


class Step(_Entry):
    """One transaction: who did what, by which rule, at which block time."""

    kind: str = Field(description="Name of the function called, such as issue")
    actor: str
    action: str
    article: str = Field(description="The rule, such as UCP 600 art. 7(b); empty where none is")
    tx: Hash
    gas: Minor
    time: datetime
    mark: str = Field(default="", description="Its word on the timeline; empty where it has none")
    part: Minor = Field(default=0, description=_PART)


class Observation(_Entry):
    """Something read from the chain, by anyone, without a transaction."""

    actor: str
    what: str
    article: str
    time: datetime


class Attempt(_Entry):
    """An act that the contracts refused: nothing was sent."""

    actor: str
    action: str
    article: str
    error: str = Field(description="Name of the contract's error")
    message: str = Field(description="The same for a person")
    time: datetime


class CreditEntry(_Entry):
    """The credit of an act at its end."""

    id: Hash
    reference: str
    currency: str
    amount: Minor
    drawn: Minor
    state: Literal["ISSUED"]
    advised: bool
    confirmed: bool
    issuing_bank: str
    beneficiary: str


class PresentationEntry(_Entry):
    """A presentation of an act at its end. A claimed preclusion is PRECLUDED and claimed.

    Its times are those of the examining bank's place.
    """

    id: Hash
    part: Minor = Field(default=0, description=_PART)
    examiner: str
    state: Literal["LODGED", "COMPLYING", "REFUSED", "PRECLUDED"]
    claimed: bool
    amount: Minor
    received: datetime
    deadline: datetime
    late: bool
    discrepancies: tuple[str, ...]
    disposal: str | None


class DocumentEntry(_Entry):
    """A document of an act at its end: who issued it, and what the registry says of it."""

    part: Minor = Field(default=0, description=_PART)
    kind: str
    title: str
    issuer: str
    member: bool = Field(description="Whether its issuer is a member, who can register it")
    commitment: Hash
    registered: datetime | None
    status: Literal["UNKNOWN", "REGISTERED", "REVOKED", "SUPERSEDED", "EXPIRED"]


class DeclarationEntry(_Entry):
    """A customs declaration at the end of its act; its number is nowhere on the chain."""

    customs: str
    exporter: str
    cap: Minor = Field(description="The greatest value of the goods, in the credit's currency")
    status: Literal["NONE", "DECLARED", "RELEASED", "AMENDED", "WITHDRAWN"]
    in_force: bool
    key: Hash
    commitment: Hash


class TitleMove(_Entry):
    """A change of possession or right of a title, in the words of DCSA PINT 3."""

    action: str = Field(description="Such as ENDORSE_TO_ORDER")
    actor: str
    recipient: str | None = Field(description="Null for an endorsement in blank")
    time: datetime
    tx: Hash


class TitleEntry(_Entry):
    """An electronic title at the end of its act, with its chain from its events alone."""

    id: Hash
    carrier: str
    state: Literal[
        "LIVE", "PLEDGED", "IN_CUSTODY", "SURRENDERED", "AMENDING", "ON_PAPER", "DELIVERED"
    ]
    document: Hash
    moves: tuple[TitleMove, ...]


class AmendmentEntry(_Entry):
    """An amendment at the end of its act."""

    number: int
    state: Literal["PENDING", "ACCEPTED", "REJECTED"]
    extended: bool = Field(description="Whether the confirming bank extended its confirmation")
    version: int | None = Field(description="The version that it made; null if it made none")


class TermsEntry(_Entry):
    """Terms that bound a bank from some time on (UCP 600 art. 10(b))."""

    bank: str
    version: Minor = Field(description="0 as issued, then as many as amendments were accepted")
    since: datetime
    amount: Minor
    expiry: date
    latest_shipment: date | None


class PartEntry(_Entry):
    """A part of a transferred credit, at the end of its act (UCP 600 art. 38)."""

    number: int
    reference: str
    second_beneficiary: str
    amount: Minor
    drawn: Minor
    expiry: date


class ObligationEntry(_Entry):
    """What a bank owed, at the end of its act."""

    id: Hash
    debtor: str
    creditor: str
    amount: Minor
    kind: str
    state: str
    matures: date | None = Field(description="The day of maturity; null at sight")


class Act(_Entry):
    """One credit from issue to its end."""

    number: int
    title: str
    credit: CreditEntry
    presentation: PresentationEntry
    further: tuple[PresentationEntry, ...] = Field(
        description="Presentations that followed from the first, such as to the issuing bank"
    )
    documents: tuple[DocumentEntry, ...] = Field(
        description="What was presented, document by document; empty where they are only listed"
    )
    declarations: tuple[DeclarationEntry, ...]
    titles: tuple[TitleEntry, ...] = Field(
        description="Electronic titles under the credit; empty where there are none"
    )
    parts: tuple[PartEntry, ...] = Field(
        description="What was transferred to others; empty where nothing was"
    )
    amendments: tuple[AmendmentEntry, ...]
    terms: tuple[TermsEntry, ...] = Field(
        description="Which terms bound which bank from when on; empty where nothing was amended"
    )
    obligations: tuple[ObligationEntry, ...]
    paid: Minor = Field(description="What the beneficiary's side received, minor units")
    steps: tuple[Step, ...]
    observations: tuple[Observation, ...]
    attempts: tuple[Attempt, ...]
    messages: dict[str, str] = Field(description="Name of a message to its text, such as MT 734")


class Summary(_Entry):
    """The whole run."""

    format: Literal[1] = 1
    version: str = Field(description="Version of Yangshan")
    network: Literal["anvil", "ganache"]
    chain_id: int
    genesis: Hash
    alliance: str
    members: dict[str, str] = Field(description="Short name of a member to its legal name")
    contracts: dict[str, str] = Field(description="Name of a contract to its address")
    setup: tuple[Step, ...]
    acts: tuple[Act, ...]
    gas: Minor = Field(description="Gas of all steps, those of the setup included")


def schema() -> dict[str, Any]:
    """The JSON Schema of summary.json."""
    found = Summary.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
