# SPDX-License-Identifier: Apache-2.0
"""A summary of three acts without a chain, its hashes counted up from 1, and two acts more."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from yangshan.story.summary import (
    Act,
    AmendmentEntry,
    Attempt,
    CreditEntry,
    DeclarationEntry,
    DocumentEntry,
    ObligationEntry,
    Observation,
    PartEntry,
    PresentationEntry,
    Step,
    Summary,
    TermsEntry,
    TitleEntry,
    TitleMove,
)

_numbers = count(1)
MARKS = {
    "issue": "issued",
    "advise": "advised",
    "confirm": "confirmed",
    "lodge": "presented",
    "findComplying": "complying",
    "refuse": "refused",
    "claimPrecluded": "claimed",
    "pay": "paid",
}
BANK = "Nine <b>Cranes</b> & Sons"


def digest() -> str:
    return f"0x{next(_numbers):064x}"


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2025-{text}+08:00")


def step(kind: str, time: datetime, gas: int = 1_000) -> Step:
    return Step(
        kind=kind,
        actor=BANK,
        action=f"does {kind}",
        article="UCP 600 art. 7(b)",
        tx=digest(),
        gas=gas,
        time=time,
        mark=MARKS.get(kind, ""),
    )


def presentation(state: str, **changes: Any) -> PresentationEntry:
    given: dict[str, Any] = {
        "id": digest(),
        "examiner": BANK,
        "state": state,
        "claimed": False,
        "amount": 128_000_000,
        "received": at("09-10T11:00:00"),
        "deadline": at("09-17T17:00:00"),
        "late": False,
        "discrepancies": (),
        "disposal": None,
    }
    return PresentationEntry(**{**given, **changes})


def terms(bank: str, version: int, since: str, amount: int) -> TermsEntry:
    return TermsEntry(
        bank=bank,
        version=version,
        since=at(since),
        amount=amount,
        expiry=date(2025, 11, 30),
        latest_shipment=date(2025, 10, 10),
    )


def owed(debtor: str, creditor: str, state: str, matures: date | None) -> ObligationEntry:
    return ObligationEntry(
        id=digest(),
        debtor=debtor,
        creditor=creditor,
        amount=96_800_000,
        kind="COMPLYING",
        state=state,
        matures=matures,
    )


def document(issuer: str, **changes: Any) -> DocumentEntry:
    given: dict[str, Any] = {
        "kind": "invoice",
        "title": "commercial invoice",
        "issuer": issuer,
        "member": True,
        "commitment": digest(),
        "registered": at("09-05T18:00:00"),
        "status": "REGISTERED",
    }
    return DocumentEntry(**{**given, **changes})


def declaration() -> DeclarationEntry:
    return DeclarationEntry(
        customs="Customs <of> all",
        exporter="Elbfalke",
        cap=96_800_000,
        status="WITHDRAWN",
        in_force=False,
        key=digest(),
        commitment=digest(),
    )


def titled() -> Act:
    """A title that went to the bank in blank and is surrendered."""

    def move(action: str, actor: str, recipient: str | None, hour: int) -> TitleMove:
        time = at(f"09-05T{hour}:00:00")
        return TitleMove(action=action, actor=actor, recipient=recipient, time=time, tx=digest())

    title = TitleEntry(
        id=digest(),
        carrier="Paper <Crane>",
        state="SURRENDERED",
        document=digest(),
        moves=(
            move("ISSUE", "Paper <Crane>", "Elbfalke", 10),
            move("BLANK_ENDORSE", "Elbfalke", None, 11),
        ),
    )
    return act(7, "COMPLYING", ["issue", "lodge", "pay"], titles=(title,))


def usance() -> Act:
    """Documents that a nominated bank took up and sent on."""
    received, deadline = at("09-12T11:00:00"), at("09-19T17:00:00")
    return act(
        4,
        "COMPLYING",
        ["issue", "lodge", "findComplying", "pay"],
        further=(presentation("LODGED", received=received, deadline=deadline),),
        documents=(
            document("Elb <falke>"),
            document("Chamber", member=False, registered=None, status="UNKNOWN"),
        ),
        declarations=(declaration(),),
        obligations=(
            owed("Sieben", "Elbfalke", "ACCEPTED", date(2025, 11, 6)),
            owed(BANK, "Sieben", "INCURRED", date(2025, 11, 6)),
        ),
    )


def amended() -> Act:
    """An amendment that the confirming bank did not extend its confirmation to."""
    return act(
        5,
        "COMPLYING",
        ["issue", "confirm", "lodge", "pay"],
        amendments=(
            AmendmentEntry(number=1, state="ACCEPTED", extended=False, version=1),
            AmendmentEntry(number=2, state="REJECTED", extended=True, version=None),
        ),
        terms=(
            terms(BANK, 0, "09-01T10:00:00", 120_000_000),
            terms("Sieben <b>", 0, "09-02T10:00:00", 120_000_000),
            terms(BANK, 1, "09-03T10:00:00", 160_000_000),
        ),
    )


def transferred() -> Act:
    """Two parts, under the second of which the documents went on to the issuing bank."""
    begins = at("09-03T10:00:00")

    def done(kind: str, part: int, hours: int) -> Step:
        given = step(kind, begins + timedelta(hours=hours))
        return given.model_copy(update={"part": part})

    made = act(6, "COMPLYING", ["issue"])
    received, deadline = at("09-12T11:00:00"), at("09-19T17:00:00")
    return made.model_copy(
        update={
            "presentation": presentation("COMPLYING", part=1),
            "further": (
                presentation("REFUSED", part=2, received=received, deadline=deadline),
                presentation("LODGED", deadline=at("09-24T17:00:00")),
            ),
            "parts": (part_entry(1, "Paper <Crane>"), part_entry(2, "Tortoise")),
            "documents": (document("Tortoise", part=2, status="REVOKED"),),
            "steps": (
                *made.steps,
                done("lodge", 1, 1),
                done("findComplying", 1, 2),
                done("lodge", 2, 3),
                done("refuse", 2, 90),
            ),
        }
    )


def part_entry(number: int, second: str) -> PartEntry:
    return PartEntry(
        number=number,
        reference=f"REF<6>#{number}",
        second_beneficiary=second,
        amount=24_000_000,
        drawn=4_200_000,
        expiry=date(2025, 11, 23),
    )


def act(number: int, state: str, kinds: list[str], **changes: Any) -> Act:
    begins = at("09-01T10:00:00")
    given: dict[str, Any] = {
        "number": number,
        "title": f"Act <i>{number}</i>",
        "credit": CreditEntry(
            id=digest(),
            reference=f"REF<{number}>",
            currency="CNY",
            amount=128_000_000,
            drawn=0,
            state="ISSUED",
            advised=True,
            confirmed=False,
            issuing_bank=BANK,
            beneficiary="Elbfalke",
        ),
        "presentation": presentation(state),
        "further": (),
        "documents": (),
        "declarations": (),
        "titles": (),
        "parts": (),
        "amendments": (),
        "terms": (),
        "obligations": (),
        "paid": 0,
        "steps": tuple(step(kind, begins + timedelta(days=n)) for n, kind in enumerate(kinds)),
        "observations": (),
        "attempts": (),
        "messages": {"MT 700": f":20:REF{number}\n:45A:2 <MILLS> & SPARES"},
    }
    return Act(**{**given, **changes})


def summary(**changes: Any) -> Summary:
    refused = act(2, "REFUSED", ["issue", "advise", "lodge", "refuse"])
    refused = refused.model_copy(
        update={
            "presentation": refused.presentation.model_copy(
                update={"discrepancies": ("X08", "X12"), "disposal": "HOLD"}
            ),
            "messages": {**refused.messages, "MT 734": ":77B:/HOLD/<AT> YOUR DISPOSAL"},
        }
    )
    precluded = act(
        3,
        "PRECLUDED",
        ["issue", "lodge", "claimPrecluded", "pay"],
        observations=(
            Observation(
                actor=BANK,
                what="sees <preclusion>",
                article="UCP 600 art. 16(f)",
                time=at("09-02T12:00:00"),
            ),
        ),
        attempts=(
            Attempt(
                actor=BANK,
                action="tries to refuse",
                article="UCP 600 art. 16(d)",
                error="DeadlinePassed",
                message="The time is <over>.",
                time=at("09-03T12:00:00"),
            ),
        ),
        paid=75_500_000,
    )
    given: dict[str, Any] = {
        "version": "0.1.0",
        "network": "anvil",
        "chain_id": 31337,
        "genesis": digest(),
        "alliance": "The <Alliance>",
        "members": {"cranes": BANK},
        "contracts": {"LetterOfCredit": "0x" + "ab" * 20},
        "setup": (step("deploy", at("09-01T08:00:00")), step("open", at("09-01T08:00:00"))),
        "acts": (
            act(1, "COMPLYING", ["issue", "advise", "recordMandate", "lodge", "pay"], paid=1),
            refused,
            precluded,
        ),
        "gas": 1_234_567,
    }
    return Summary(**{**given, **changes})
