# SPDX-License-Identifier: Apache-2.0
"""A title from its events alone, its chain of endorsements, and who can do what next."""

from __future__ import annotations

import ast
import hashlib
import itertools
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from yangshan.chain import events as chain_events
from yangshan.chain.enums import SurrenderPurpose, TitleForm, TitleState
from yangshan.chain.records import Title
from yangshan.chain.suite import Suite
from yangshan.chain.values import slots
from yangshan.titles.endorsements import (
    EndorsementChain,
    Party,
    chain_json,
    chain_schema,
    endorsement_chain,
)
from yangshan.titles.lives import (
    NO_ACCOUNT,
    REJECTION_PERIOD,
    Standing,
    Told,
    UnknownTitleEvent,
    after,
    replayed,
)
from yangshan.titles.prospects import Prospect, Step, prospects

ROOT = Path(__file__).parents[3]
PURE = ("lives", "prospects", "endorsements", "bills", "references")
NOW = datetime(2025, 9, 5, 8, tzinfo=UTC)
UNTIL = NOW + timedelta(days=5)
TITLE, DOCUMENT, AMENDED, REMARK, RECORD = ("0x" + digit * 64 for digit in "12345")
CUSTODY = "0x" + "00" * 19 + "77"
LINE, SHIPPER, BANK, BUYER = 12, 11, 4, 9
ORDER, STRAIGHT, BLANK = TitleForm.TO_ORDER, TitleForm.STRAIGHT, TitleForm.BLANK
LIVE = Standing(
    state=TitleState.LIVE,
    form=ORDER,
    issuer=LINE,
    holder=SHIPPER,
    beneficiary=SHIPPER,
    document=DOCUMENT,
)


def told(event: str, at: datetime = NOW, transaction: str = "0xaa", **fields: Any) -> Told:
    return Told(event, {"title": TITLE, **fields}, at, transaction)


def with_(title: Standing = LIVE, **changes: Any) -> Standing:
    return replace(title, **changes)


ISSUED = told(
    *("TitleIssued", NOW, "0x01"),
    issuer=LINE,
    holder=SHIPPER,
    beneficiary=SHIPPER,
    form=ORDER,
    document=DOCUMENT,
)
NOMINATED = told("EndorseeNominated", beneficiary=SHIPPER, nominee=BUYER)
ENDORSED = told("TitleEndorsed", previous=SHIPPER, beneficiary=BANK, form=STRAIGHT)
MOVED = told("PossessionTransferred", previous=SHIPPER, holder=BANK)
REJECTABLE = with_(holder=BANK, previous_holder=SHIPPER, holder_reject_by=UNTIL)
MADE_OUT = with_(
    beneficiary=BANK, form=STRAIGHT, previous_beneficiary=SHIPPER, beneficiary_reject_by=UNTIL
)
PLEDGED = with_(state=TitleState.PLEDGED, holder=BANK, previous_holder=SHIPPER)
GIVEN_UP = with_(state=TitleState.SURRENDERED, purpose=SurrenderPurpose.PAPER)
KEPT = with_(state=TitleState.IN_CUSTODY, custodian=CUSTODY)
ENDORSED_FOR_IT = with_(
    MADE_OUT,
    state=TitleState.IN_CUSTODY,
    custodian=CUSTODY,
    beneficiary_reject_by=None,
    revocable=True,
)

# Each event: what stood before, the event, what stands after.
EVENTS: list[tuple[Standing, Told, Standing]] = [
    (Standing(), ISSUED, LIVE),
    (LIVE, told("Remarked", remark=REMARK), LIVE),
    (LIVE, NOMINATED, with_(nominee=BUYER)),
    # Whoever nominates has accepted what came to it.
    (
        with_(previous_beneficiary=BANK, beneficiary_reject_by=UNTIL),
        NOMINATED,
        with_(nominee=BUYER),
    ),
    (LIVE, ENDORSED, MADE_OUT),
    # An endorsement uses up the nomination, and its holder has accepted possession.
    (
        with_(nominee=BANK, previous_holder=BUYER, holder_reject_by=UNTIL),
        ENDORSED,
        MADE_OUT,
    ),
    # What nobody else did is not rejected: in blank, or to the holder itself.
    (
        LIVE,
        told("TitleEndorsed", previous=SHIPPER, beneficiary=0, form=BLANK),
        with_(beneficiary=0, form=BLANK),
    ),
    (
        with_(beneficiary=0, form=BLANK),
        told("TitleEndorsed", previous=0, beneficiary=SHIPPER, form=ORDER),
        LIVE,
    ),
    (LIVE, MOVED, REJECTABLE),
    (
        with_(previous_beneficiary=BANK, beneficiary_reject_by=UNTIL),
        MOVED,
        REJECTABLE,
    ),
    (REJECTABLE, told("PossessionRejected", previous=BANK, holder=SHIPPER), LIVE),
    (
        MADE_OUT,
        told("EndorsementRejected", previous=BANK, beneficiary=SHIPPER, form=ORDER),
        LIVE,
    ),
    (LIVE, told("TitlePledged", pledgor=SHIPPER, pledgee=BANK), PLEDGED),
    (PLEDGED, told("PledgeReleased", pledgee=BANK, pledgor=SHIPPER), LIVE),
    (
        with_(nominee=BUYER),
        told("TitleSurrendered", holder=SHIPPER, issuer=LINE, purpose=SurrenderPurpose.PAPER),
        GIVEN_UP,
    ),
    (
        GIVEN_UP,
        told("SurrenderAccepted", issuer=LINE, holder=SHIPPER, purpose=SurrenderPurpose.PAPER),
        with_(GIVEN_UP, state=TitleState.ON_PAPER),
    ),
    (
        with_(GIVEN_UP, purpose=SurrenderPurpose.DELIVERY),
        told("SurrenderAccepted", issuer=LINE, holder=SHIPPER, purpose=SurrenderPurpose.DELIVERY),
        with_(state=TitleState.DELIVERED),
    ),
    (
        with_(GIVEN_UP, purpose=SurrenderPurpose.SWITCH),
        told("SurrenderAccepted", issuer=LINE, holder=SHIPPER, purpose=SurrenderPurpose.SWITCH),
        with_(state=TitleState.AMENDING, purpose=SurrenderPurpose.SWITCH),
    ),
    (
        GIVEN_UP,
        told("SurrenderRejected", issuer=LINE, holder=SHIPPER),
        with_(purpose=SurrenderPurpose.PAPER),
    ),
    (
        with_(state=TitleState.AMENDING),
        told("TitleRestored", issuer=LINE, holder=SHIPPER, document=AMENDED),
        with_(document=AMENDED),
    ),
    (
        with_(GIVEN_UP, state=TitleState.ON_PAPER),
        told(
            "ReturnedFromPaper",
            issuer=LINE,
            holder=BUYER,
            beneficiary=0,
            form=BLANK,
            document=AMENDED,
        ),
        with_(holder=BUYER, beneficiary=0, form=BLANK, document=AMENDED),
    ),
    (
        with_(previous_holder=BANK, holder_reject_by=UNTIL),
        told("TitleDeposited", depositor=SHIPPER, custodian=CUSTODY, record=RECORD),
        KEPT,
    ),
    # Nobody rejects in custody, and what was not accepted is remembered until it leaves.
    (
        MADE_OUT,
        told("TitleDeposited", depositor=SHIPPER, custodian=CUSTODY, record=RECORD),
        ENDORSED_FOR_IT,
    ),
    (
        KEPT,
        told(
            "TitleGivenBack",
            depositor=SHIPPER,
            custodian=CUSTODY,
            beneficiary=SHIPPER,
            form=ORDER,
        ),
        LIVE,
    ),
    # What was endorsed for it comes back with it.
    (
        ENDORSED_FOR_IT,
        told(
            "TitleGivenBack",
            depositor=SHIPPER,
            custodian=CUSTODY,
            beneficiary=SHIPPER,
            form=ORDER,
        ),
        LIVE,
    ),
    (KEPT, told("TitleCarriedOn", depositor=SHIPPER, record=RECORD, beneficiary=SHIPPER), KEPT),
    # What a bank sends on is to the order of the next, and comes back to whose it was.
    (
        with_(ENDORSED_FOR_IT, form=ORDER),
        told("TitleCarriedOn", depositor=SHIPPER, record=RECORD, beneficiary=BUYER),
        with_(ENDORSED_FOR_IT, form=ORDER, beneficiary=BUYER),
    ),
    (
        with_(KEPT, beneficiary=BANK, nominee=BUYER),
        told("TitleCarriedOn", depositor=SHIPPER, record=RECORD, beneficiary=BUYER),
        with_(KEPT, beneficiary=BUYER, previous_beneficiary=BANK, revocable=True),
    ),
    (
        KEPT,
        told(
            "TitleHandedOver",
            depositor=SHIPPER,
            holder=BANK,
            custodian=CUSTODY,
            beneficiary=BANK,
        ),
        with_(holder=BANK, beneficiary=BANK),
    ),
    (
        ENDORSED_FOR_IT,
        told(
            "TitleHandedOver",
            depositor=SHIPPER,
            holder=BANK,
            custodian=CUSTODY,
            beneficiary=BANK,
        ),
        with_(holder=BANK, beneficiary=BANK, form=STRAIGHT),
    ),
]


@pytest.mark.parametrize(
    ("before", "event", "expected"), EVENTS, ids=[each[1].event for each in EVENTS]
)
def test_a_title_after_each_event(before: Standing, event: Told, expected: Standing) -> None:
    found = after(before, event)
    assert (found, found.revocable) == (expected, expected.revocable)


def test_an_offer_that_ends_changes_nobodys_right() -> None:
    back = told(
        "TitleGivenBack", depositor=SHIPPER, custodian=CUSTODY, beneficiary=BANK, form=STRAIGHT
    )
    assert after(ENDORSED_FOR_IT, back) == with_(beneficiary=BANK, form=STRAIGHT)


def test_every_event_of_the_registry_is_known() -> None:
    named = {each["name"] for each in Suite.load().abi("TitleRegistry") if each["type"] == "event"}
    assert {event.event for _, event, _ in EVENTS} == named
    for _, event, _ in EVENTS:
        kind = getattr(chain_events, event.event)
        assert set(event.fields) == {slot.name for slot in slots(kind)}
    with pytest.raises(UnknownTitleEvent) as caught:
        after(LIVE, told("TitleMelted"))
    assert (caught.value.event, caught.value.exit_code) == ("TitleMelted", 2)


def test_it_has_the_fields_that_the_chain_answers() -> None:
    compared = tuple(field.name for field in fields(Standing) if field.compare)
    assert compared == tuple(slot.name for slot in slots(Title))
    assert timedelta(days=5) == REJECTION_PERIOD
    assert replayed([]).custodian == NO_ACCOUNT


@pytest.mark.parametrize("name", PURE)
def test_what_needs_no_node_imports_nothing_of_the_chain_but_its_numbers(name: str) -> None:
    tree = ast.parse((ROOT / "yangshan" / "titles" / f"{name}.py").read_text())
    imported = {each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
    assert {each for each in imported if each.startswith("yangshan.chain")} <= {
        "yangshan.chain.enums"
    }
    assert not any("service" in each or "web3" in each for each in imported)


# Who can do what next


@pytest.mark.parametrize(
    ("title", "steps"),
    [
        (Standing(), []),
        (
            LIVE,
            [
                (SHIPPER, Step.TRANSFER),
                (SHIPPER, Step.ENDORSE),
                (SHIPPER, Step.PLEDGE),
                (SHIPPER, Step.SURRENDER),
                (SHIPPER, Step.SURRENDER_OTHERWISE),
                (SHIPPER, Step.NOMINATE),
            ],
        ),
        (with_(beneficiary=BANK), [(SHIPPER, Step.TRANSFER), (BANK, Step.NOMINATE)]),
        (
            with_(beneficiary=0, form=BLANK),
            [
                (SHIPPER, Step.TRANSFER),
                (SHIPPER, Step.ENDORSE),
                (SHIPPER, Step.PLEDGE),
                (SHIPPER, Step.SURRENDER),
                (SHIPPER, Step.SURRENDER_OTHERWISE),
            ],
        ),
        (
            with_(beneficiary=BUYER, form=STRAIGHT),
            [(SHIPPER, Step.TRANSFER), (SHIPPER, Step.SURRENDER_OTHERWISE)],
        ),
        (PLEDGED, [(BANK, Step.RELEASE)]),
        (KEPT, []),
        (GIVEN_UP, [(LINE, Step.ACCEPT), (LINE, Step.DECLINE)]),
        (with_(state=TitleState.AMENDING), [(LINE, Step.RESTORE)]),
        (with_(state=TitleState.ON_PAPER), [(LINE, Step.RETURN)]),
        (with_(state=TitleState.DELIVERED), []),
    ],
)
def test_who_can_do_what_next(title: Standing, steps: list[tuple[int, Step]]) -> None:
    assert prospects(title, NOW) == tuple(Prospect(member, step) for member, step in steps)


def test_a_nominee_is_the_only_one_to_endorse_to() -> None:
    found = prospects(with_(beneficiary=BANK, nominee=BUYER), NOW)
    assert Prospect(SHIPPER, Step.ENDORSE, to=BUYER) in found


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (REJECTABLE, Prospect(BANK, Step.REJECT_POSSESSION, UNTIL)),
        (MADE_OUT, Prospect(BANK, Step.REJECT_ENDORSEMENT, UNTIL)),
    ],
)
@pytest.mark.parametrize(("seconds", "possible"), [(-1, True), (0, True), (1, False)])
def test_what_came_is_rejected_up_to_the_last_second(
    title: Standing, expected: Prospect, seconds: int, possible: bool
) -> None:
    assert (expected in prospects(title, UNTIL + timedelta(seconds=seconds))) is possible


# The chain of endorsements

PARTIES = {
    LINE: Party(LINE, "Paper Crane Line", "CN", credit_code="91310000YANG001072"),
    SHIPPER: Party(SHIPPER, "Elbfalke", "DE", lei="YANG00ELBFALKE000050"),
    BANK: Party(BANK, "Harbour Bank", "CN", "YANG00HARBOURBANK041", "YSHACNSH"),
    BUYER: Party(BUYER, "Silver Heron"),
}
HISTORY = [
    ISSUED,
    told("EndorseeNominated", NOW, "0x02", beneficiary=SHIPPER, nominee=BANK),
    told("TitleEndorsed", NOW, "0x03", previous=SHIPPER, beneficiary=BANK, form=ORDER),
    told("PossessionTransferred", NOW, "0x03", previous=SHIPPER, holder=BANK),
    told("Remarked", NOW, "0x03", remark=REMARK),
    told("TitlePledged", NOW, "0x04", pledgor=BANK, pledgee=BUYER),
    told("PledgeReleased", UNTIL, "0x05", pledgee=BUYER, pledgor=BANK),
]


def chain_of(history: list[Told]) -> dict[str, Any]:
    return chain_json(endorsement_chain(TITLE, history, PARTIES.__getitem__, "PCL1"))


def test_a_chain_has_the_words_of_pint_and_its_parties() -> None:
    document = chain_of(HISTORY)
    line = {
        "partyName": "Paper Crane Line",
        "identifyingCodes": [
            {"codeListProvider": "ZZZ", "codeListName": "MEMBER", "partyCode": "12"}
        ],
        "taxLegalReferences": [
            {"type": "USCC", "countryCode": "CN", "value": "91310000YANG001072"}
        ],
    }
    shipper = {
        "partyName": "Elbfalke",
        "identifyingCodes": [
            {
                "codeListProvider": "GLEIF",
                "codeListName": "LEI",
                "partyCode": "YANG00ELBFALKE000050",
            },
            {"codeListProvider": "ZZZ", "codeListName": "MEMBER", "partyCode": "11"},
        ],
    }
    assert {name: value for name, value in document.items() if name != "chains"} == {
        "format": "yangshan-endorsement-chain/1",
        "modelledOn": "DCSA PINT 3",
        "title": TITLE,
        "transportDocumentReference": "PCL1",
        "state": "LIVE",
        "possessor": document["chains"][0]["envelopeTransferChain"][2]["transactions"][0]["actor"],
    }
    (chain,) = document["chains"]
    assert chain["transportDocument"] == {
        "commitment": DOCUMENT,
        "isToOrder": True,
        "issuingParty": line,
        "endorsee": shipper,
    }
    entries = chain["envelopeTransferChain"]
    assert [each["transaction"] for each in entries] == ["0x01", "0x03", "0x04", "0x05"]
    assert entries[0] == {
        "transaction": "0x01",
        "transactions": [
            {
                "actionCode": "ISSUE",
                "actor": line,
                "recipient": shipper,
                "timestamp": int(NOW.timestamp()) * 1000,
                "event": "TitleIssued",
            }
        ],
    }
    moved = [
        (each["actionCode"], each["actor"]["partyName"], each["recipient"]["partyName"])
        for entry in entries[1:]
        for each in entry["transactions"]
    ]
    assert moved == [
        ("ENDORSE_TO_ORDER", "Elbfalke", "Harbour Bank"),
        ("TRANSFER", "Elbfalke", "Harbour Bank"),
        ("TRANSFER", "Harbour Bank", "Silver Heron"),
        ("TRANSFER", "Silver Heron", "Harbour Bank"),
    ]
    # A remark is on all that its transaction changed, and on nothing else.
    remarks = [each.get("remark") for entry in entries for each in entry["transactions"]]
    assert remarks == [None, REMARK, REMARK, None, None]


def test_each_entry_has_the_checksum_of_the_one_before() -> None:
    entries = chain_of(HISTORY)["chains"][0]["envelopeTransferChain"]
    assert "previousEntryChecksum" not in entries[0]
    for before, entry in itertools.pairwise(entries):
        expected = hashlib.sha256(rfc8785.dumps(before)).hexdigest()
        assert entry["previousEntryChecksum"] == expected


def surrender(purpose: SurrenderPurpose) -> list[Told]:
    return [
        told("TitleSurrendered", holder=SHIPPER, issuer=LINE, purpose=purpose),
        told("SurrenderAccepted", issuer=LINE, holder=SHIPPER, purpose=purpose),
    ]


@pytest.mark.parametrize(
    ("purpose", "code", "reason"),
    [
        (SurrenderPurpose.DELIVERY, "SURRENDER_FOR_DELIVERY", None),
        (SurrenderPurpose.AMENDMENT, "SURRENDER_FOR_AMENDMENT", None),
        (SurrenderPurpose.PAPER, "SURRENDER_FOR_AMENDMENT", "SWTP"),
        (SurrenderPurpose.DESTINATION, "SURRENDER_FOR_AMENDMENT", "COD"),
        (SurrenderPurpose.SWITCH, "SURRENDER_FOR_AMENDMENT", "SWI"),
    ],
)
def test_a_surrender_says_what_for(
    purpose: SurrenderPurpose, code: str, reason: str | None
) -> None:
    document = chain_of([ISSUED, *surrender(purpose)])
    given, accepted = document["chains"][0]["envelopeTransferChain"][1]["transactions"]
    assert (given["actionCode"], given.get("reasonCode")) == (code, reason)
    assert (accepted["actionCode"], accepted.get("reasonCode")) == ("SACC", None)
    assert "possessor" not in document


@pytest.mark.parametrize(
    ("events", "issued"),
    [
        (
            [
                *surrender(SurrenderPurpose.AMENDMENT),
                told("TitleRestored", issuer=LINE, holder=SHIPPER, document=AMENDED),
            ],
            (AMENDED, True, "Elbfalke", None),
        ),
        (
            [
                *surrender(SurrenderPurpose.PAPER),
                told(
                    "ReturnedFromPaper",
                    issuer=LINE,
                    holder=BUYER,
                    beneficiary=BANK,
                    form=STRAIGHT,
                    document=AMENDED,
                ),
            ],
            (AMENDED, False, None, "Harbour Bank"),
        ),
        (
            [
                *surrender(SurrenderPurpose.PAPER),
                told(
                    "ReturnedFromPaper",
                    issuer=LINE,
                    holder=BUYER,
                    beneficiary=0,
                    form=BLANK,
                    document=DOCUMENT,
                ),
            ],
            (DOCUMENT, True, None, None),
        ),
    ],
)
def test_what_comes_back_begins_a_new_chain(events: list[Told], issued: tuple[Any, ...]) -> None:
    document = chain_of([ISSUED, *events])
    assert len(document["chains"]) == 2
    begun = document["chains"][1]
    (only,) = begun["envelopeTransferChain"]
    assert [each["actionCode"] for each in only["transactions"]] == ["ISSUE"]
    made_out = begun["transportDocument"]
    named = [made_out.get(part, {}).get("partyName") for part in ("endorsee", "consignee")]
    assert (made_out["commitment"], made_out["isToOrder"], *named) == issued


@pytest.mark.parametrize(
    ("form", "beneficiary", "code"),
    [(ORDER, BANK, "ENDORSE_TO_ORDER"), (STRAIGHT, BANK, "ENDORSE"), (BLANK, 0, "BLANK_ENDORSE")],
)
def test_an_endorsement_and_its_rejection_have_the_code_of_the_form(
    form: TitleForm, beneficiary: int, code: str
) -> None:
    endorsed = told("TitleEndorsed", previous=SHIPPER, beneficiary=beneficiary, form=form)
    (entry,) = chain_of([ISSUED, endorsed])["chains"][0]["envelopeTransferChain"][1:]
    (change,) = entry["transactions"]
    assert (change["actionCode"], change["actor"]["partyName"]) == (code, "Elbfalke")
    assert ("recipient" in change) is (beneficiary != 0)
    undone = told("EndorsementRejected", previous=BANK, beneficiary=beneficiary, form=form)
    (entry,) = chain_of([ISSUED, ENDORSED, undone])["chains"][0]["envelopeTransferChain"][1:]
    assert (entry["transactions"][1]["actionCode"]) == code


def test_a_chain_is_what_its_schema_says() -> None:
    document = chain_of(HISTORY)
    assert chain_json(EndorsementChain.model_validate(document)) == document
    schema = chain_schema()
    assert set(document) <= set(schema["properties"])
    assert set(schema["required"]) <= set(document)
