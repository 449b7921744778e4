# SPDX-License-Identifier: Apache-2.0
"""The story over chains of its own, and what other credits and other hours make of it."""

from __future__ import annotations

import functools
import json
import re
import secrets
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import psutil
import pytest
from chains import ROOT

from yangshan.chain.events import DeskCreated, SuiteEvent, decode_receipt
from yangshan.chain.reverts import DeadlinePassed
from yangshan.cli import run
from yangshan.credit.service import Credits
from yangshan.credit.view import Viewer
from yangshan.deployment.progress import StepReport
from yangshan.deployment.session import Session
from yangshan.money import Currency
from yangshan.story.play import Network, Options, Played, play
from yangshan.story.repertoire import Story, load_act
from yangshan.story.summary import Attempt, Observation, Step, Summary
from yangshan.swift import check, read
from yangshan.titles.service import Titles

EXAMPLES = ROOT / "examples"
IMPORT = EXAMPLES / "credits" / "import-credit.mt700"
YEN = EXAMPLES / "credits" / "yen-credit.mt700"
SCHEMA = json.loads((ROOT / "docs" / "reference" / "summary.schema.json").read_text("utf-8"))

HARBOUR, LAKE, CRANES, LIGHTHOUSE, EXPORTER = 4, 5, 6, 7, 11
ADVISER, CARRIER, INSURER = 10, 12, 13
# What the seven credits bring the exporter, the bank between them nothing.
TO_EXPORTER = 128_000_000 + 75_500_000 + 96_800_000 + 160_000_000 + 7_500_000 + 90_000_000
OPENING_CNY, OPENING_JPY = 5_000_000_000, 1_000_000_000
BANKS = (4, 5, 6, 7, 8)


@dataclass
class Seen:
    """A run of the story: what was told while it ran, and what the chain held at its end."""

    played: Played
    told: list[str]
    heard: list[tuple[int, Step | Observation | Attempt, datetime | None]]
    events: list[tuple[str, dict[str, Any]]]
    views: dict[str, dict[str, Any]]
    balances: dict[tuple[int, str], int]

    @property
    def summary(self) -> Summary:
        return self.played.summary


@dataclass
class Hall:
    """Hears a run, and looks at its chain before the node stops."""

    told: list[str] = field(default_factory=list)
    heard: list[tuple[int, Step | Observation | Attempt, datetime | None]] = field(
        default_factory=list
    )
    prepared_steps: list[StepReport] = field(default_factory=list)
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    balances: dict[tuple[int, str], int] = field(default_factory=dict)

    def begins(self, network: Network, story: Story) -> None:
        self.told.append(f"begins on {network} with {len(story.acts)} acts")

    def prepared(self, step: StepReport) -> None:
        self.prepared_steps.append(step)

    def act(self, number: int, title: str, credit: str) -> None:
        self.told.append(f"act {number}: {title}, {credit}")

    def hears(
        self, number: int, heard: Step | Observation | Attempt, deadline: datetime | None
    ) -> None:
        self.heard.append((number, heard, deadline))

    def inspect(self, session: Session, summary: Summary) -> None:
        """Holds every figure of the summary to the chain, which still runs."""
        eth = session.chain.web3.eth
        assert (summary.chain_id, summary.genesis) == (
            session.chain.chain_id,
            session.chain.genesis,
        )
        steps = [*summary.setup, *(step for act in summary.acts for step in act.steps)]
        assert len({step.tx for step in steps}) == len(steps)
        found: list[SuiteEvent] = []
        for step in steps:
            receipt = eth.get_transaction_receipt(step.tx)  # type: ignore[arg-type]
            assert receipt["status"] == 1
            assert receipt["gasUsed"] == step.gas
            block = eth.get_block(receipt["blockNumber"])
            assert datetime.fromtimestamp(block["timestamp"], UTC) == step.time
            found += decode_receipt(receipt)
        assert summary.gas == sum(step.gas for step in steps)
        sent = sum(len(eth.get_block(n)["transactions"]) for n in range(eth.block_number + 1))
        assert sent == len(steps), "the summary has every transaction of the chain"
        for name, address in summary.contracts.items():
            assert eth.get_code(address), name  # type: ignore[arg-type]
        found.sort(key=lambda event: (event.block_number, event.log_index))
        # Where a desk stands nobody knows before its block.
        places = {event.desk for event in found if isinstance(event, DeskCreated)}
        self.events = [
            (
                type(event).__name__,
                {
                    name: "a desk" if isinstance(value, str) and value in places else value
                    for name, value in content(event).items()
                },
            )
            for event in found
        ]
        deployment = session.deployment()
        members = {each.number: each.record for each in session.setup.members}
        viewer = Viewer(
            session.chain,
            deployment,
            Credits(session.chain, session.sender, deployment),
            members,
        )
        for act in summary.acts:
            credit = viewer.find(act.credit.reference)
            shown = [credit, *(viewer.find(each.reference) for each in credit.transfers)]
            own = {step.tx for step in act.steps if step.kind not in PAPERWORK}
            told = {event.transaction for each in shown for event in each.events}
            titles = Titles(session.chain, session.sender, deployment)
            told |= {each.transaction for held in act.titles for each in titles.told(held.id)}
            assert told == own
            for each in shown:
                view = each.model_dump(mode="json")
                for event in view["events"]:
                    del event["transaction"], event["block"]
                self.views[each.reference] = view
        alliance = session.alliance()
        self.balances = {
            (member, code): alliance.cash.balance(member, Currency.of(code)).minor
            for member in members
            for code in ("CNY", "JPY", "EUR", "USD")
        }


def content(event: SuiteEvent) -> dict[str, Any]:
    """What an event says, wherever it stands."""
    place = {each.name for each in fields(SuiteEvent)}
    return {
        each.name: getattr(event, each.name) for each in fields(event) if each.name not in place
    }


def performed(**options: Any) -> Seen:
    before = children()
    hall = Hall()
    numbers = count(1)
    with pytest.MonkeyPatch.context() as patch:
        # Salts counted up, so that two runs commit to the same.
        patch.setattr(secrets, "token_bytes", lambda length: next(numbers).to_bytes(length, "big"))
        played = play(Options(**options), hall, hall.inspect)
    assert children() == before, "a process is left"
    assert [step.transaction for step in hall.prepared_steps] == [
        step.tx for step in played.summary.setup
    ]
    return Seen(played, hall.told, hall.heard, hall.events, hall.views, hall.balances)


def children() -> set[int]:
    return {process.pid for process in psutil.Process().children(recursive=True)}


@functools.cache
def plays(network: str) -> Seen:
    """The story of the examples, once on each node."""
    return performed(network=network)


@pytest.fixture(scope="module", params=["anvil", "ganache"])
def seen(request: pytest.FixtureRequest) -> Seen:
    return plays(request.param)


def at(text: str) -> datetime:
    """An instant of 2025 on the clock of Shanghai."""
    return datetime.fromisoformat(f"2025-{text}+08:00")


ISSUE = ("issue", "UCP 600 art. 7(b)")
ADVISE = ("advise", "UCP 600 art. 9(b)")
MANDATE = ("recordMandate", "UCP 600 art. 2")
LODGE = ("lodge", "UCP 600 art. 6(d), 14(b)")
REQUEST = ("requestTransfer", "UCP 600 art. 38(b), (d)")
CONSENT = ("transfer", "UCP 600 art. 38(a), (g)")
DEMAND = ("demandSubstitution", "UCP 600 art. 38(i)")
COMPLIES = ("findComplying", "UCP 600 art. 15")
FORWARD = ("forward", "UCP 600 art. 12(c), 15(b), (c)")

HARBOUR_NAME, LAKE_NAME = "Yangshan Harbour Bank", "Dishui Lantern Commercial Bank"
CRANES_NAME, LIGHTHOUSE_NAME = "Nine Cranes Merchant Bank", "Blue Lighthouse Bank of Shanghai"
ADVISER_NAME, EXPORTER_NAME = "Sieben Leuchtfeuer Handelsbank", "Elbfalke Maschinenbau GmbH"
CARRIER_NAME = "Paper Crane Line Shipping Co., Ltd."
INSURER_NAME = "Tortoise Gate Marine Insurance Co., Ltd."
CUSTOMS_NAME, TIDE_NAME = "Shanghai Customs", "Morning Tide Bank"
IMPORTER_NAME = "Silver Heron Machinery Import Co., Ltd."

# What is done to documents and to what customs attests of goods: no step of a credit.
PAPERWORK = {"register", "declare", "release"}


def registered(when: str, *issuers: str) -> list[tuple[str, str, str, datetime]]:
    """Documents that their issuers register at the end of a day, in their order."""
    return [("register", "", issuer, at(when)) for issuer in issuers]


BY_EXPORTER_AND_CARRIER = (EXPORTER_NAME, CARRIER_NAME, EXPORTER_NAME)

# Of each act: who did what, by which rule, at which second.
STEPS = [
    [
        (*ISSUE, HARBOUR_NAME, at("09-01T10:00:00")),
        # 10:00 in Frankfurt.
        (*ADVISE, ADVISER_NAME, at("09-02T16:00:00")),
        *registered("09-05T18:00:00", *BY_EXPORTER_AND_CARRIER, INSURER_NAME),
        (*MANDATE, EXPORTER_NAME, at("09-10T10:00:00")),
        (*LODGE, ADVISER_NAME, at("09-10T11:00:00")),
        ("findComplying", "UCP 600 art. 15(a)", HARBOUR_NAME, at("09-12T15:00:00")),
        ("pay", "UCP 600 art. 7(a)(i)", HARBOUR_NAME, at("09-12T16:00:00")),
    ],
    [
        (*ISSUE, LAKE_NAME, at("09-03T10:00:00")),
        (*ADVISE, ADVISER_NAME, at("09-04T16:00:00")),
        *registered("09-22T18:00:00", *BY_EXPORTER_AND_CARRIER),
        (*MANDATE, EXPORTER_NAME, at("09-24T09:30:00")),
        (*LODGE, ADVISER_NAME, at("09-24T10:30:00")),
        ("refuse", "UCP 600 art. 16(c), (d)", LAKE_NAME, at("09-26T16:30:00")),
    ],
    [
        (*ISSUE, CRANES_NAME, at("09-05T10:00:00")),
        # The 6th and 7th are a weekend.
        (*ADVISE, ADVISER_NAME, at("09-08T16:00:00")),
        *registered("09-18T18:00:00", *BY_EXPORTER_AND_CARRIER),
        (*MANDATE, EXPORTER_NAME, at("09-29T09:00:00")),
        (*LODGE, ADVISER_NAME, at("09-29T10:00:00")),
        ("claimPrecluded", "UCP 600 art. 16(f)", EXPORTER_NAME, at("10-14T10:00:00")),
        ("pay", "UCP 600 art. 7(a)(i), 16(f)", CRANES_NAME, at("10-14T15:00:00")),
    ],
    [
        (*ISSUE, LAKE_NAME, at("09-03T10:00:00")),
        (*ADVISE, ADVISER_NAME, at("09-04T16:00:00")),
        # On a Sunday, as ships sail.
        *registered("09-07T18:00:00", *BY_EXPORTER_AND_CARRIER, EXPORTER_NAME),
        # 11:00 in Frankfurt, where two banking days later it is 15:00.
        (*LODGE, EXPORTER_NAME, at("09-12T17:00:00")),
        ("findComplying", "UCP 600 art. 2, 15(c)", ADVISER_NAME, at("09-16T21:00:00")),
        ("forward", "UCP 600 art. 15(c)", ADVISER_NAME, at("09-16T23:00:00")),
        ("findComplying", "UCP 600 art. 7(c), 15(a)", LAKE_NAME, at("09-18T15:00:00")),
        # The ship is there, and the holiday is over.
        ("declare", "", CUSTOMS_NAME, at("10-10T10:00:00")),
        ("release", "", CUSTOMS_NAME, at("10-11T16:00:00")),
        # Sixty days after shipment on 7 September, each in the morning of its own place.
        ("pay", "UCP 600 art. 7(c)", LAKE_NAME, at("11-06T10:00:00")),
        ("pay", "UCP 600 art. 2", ADVISER_NAME, at("11-06T17:00:00")),
    ],
    [
        (*ISSUE, LIGHTHOUSE_NAME, at("09-10T10:00:00")),
        (*ADVISE, ADVISER_NAME, at("09-11T16:00:00")),
        ("confirm", "UCP 600 art. 8(b)", ADVISER_NAME, at("09-11T17:00:00")),
        ("amend", "UCP 600 art. 10(b)", LIGHTHOUSE_NAME, at("09-18T10:00:00")),
        ("extendConfirmation", "UCP 600 art. 10(b)", ADVISER_NAME, at("09-19T16:00:00")),
        ("acceptAmendment", "UCP 600 art. 10(c)", EXPORTER_NAME, at("09-19T17:00:00")),
        ("amend", "UCP 600 art. 10(b)", LIGHTHOUSE_NAME, at("09-23T10:00:00")),
        ("declineExtension", "UCP 600 art. 10(b)", ADVISER_NAME, at("09-24T16:00:00")),
        ("rejectAmendment", "UCP 600 art. 10(c), (e)", EXPORTER_NAME, at("09-24T17:00:00")),
        ("amend", "UCP 600 art. 10(b)", LIGHTHOUSE_NAME, at("09-26T10:00:00")),
        ("declineExtension", "UCP 600 art. 10(b)", ADVISER_NAME, at("09-29T16:00:00")),
        *registered("10-20T18:00:00", *BY_EXPORTER_AND_CARRIER),
        # Five days after shipment on 20 October is a Saturday.
        (*LODGE, EXPORTER_NAME, at("10-27T11:00:00")),
        ("findComplyingWith", "UCP 600 art. 10(c), 15", LIGHTHOUSE_NAME, at("10-29T15:00:00")),
        ("pay", "UCP 600 art. 7(a)(i)", LIGHTHOUSE_NAME, at("10-29T16:00:00")),
    ],
    [
        (*ISSUE, LIGHTHOUSE_NAME, at("09-08T10:00:00")),
        (*ADVISE, ADVISER_NAME, at("09-09T16:00:00")),
        (*REQUEST, EXPORTER_NAME, at("09-10T16:00:00")),
        (*CONSENT, ADVISER_NAME, at("09-10T17:00:00")),
        (*REQUEST, EXPORTER_NAME, at("09-11T16:00:00")),
        (*CONSENT, ADVISER_NAME, at("09-11T17:00:00")),
        *registered("09-22T18:00:00", CARRIER_NAME, CARRIER_NAME, INSURER_NAME, CARRIER_NAME),
        (*LODGE, CARRIER_NAME, at("09-29T17:00:00")),
        (*DEMAND, ADVISER_NAME, at("09-29T18:00:00")),
        *registered("09-29T19:00:00", EXPORTER_NAME),
        ("substitute", "UCP 600 art. 38(h)", EXPORTER_NAME, at("09-29T19:00:00")),
        # The bank in Frankfurt is open on 1 October, that in Shanghai from the 9th on.
        (*COMPLIES, ADVISER_NAME, at("10-01T21:00:00")),
        ("pay", "UCP 600 art. 38(k)", ADVISER_NAME, at("10-01T22:00:00")),
        ("takeUpSubstitution", "UCP 600 art. 38(h)", ADVISER_NAME, at("10-01T22:00:00")),
        ("pay", "UCP 600 art. 38(h)", ADVISER_NAME, at("10-01T23:00:00")),
        (*FORWARD, ADVISER_NAME, at("10-02T00:00:00")),
        (*COMPLIES, LIGHTHOUSE_NAME, at("10-10T15:00:00")),
        ("pay", "UCP 600 art. 7(c)", LIGHTHOUSE_NAME, at("10-10T16:00:00")),
        (*LODGE, INSURER_NAME, at("10-13T17:00:00")),
        (*DEMAND, ADVISER_NAME, at("10-13T18:00:00")),
        ("recordFailure", "UCP 600 art. 38(i)", ADVISER_NAME, at("10-16T16:00:00")),
        (*COMPLIES, ADVISER_NAME, at("10-16T17:00:00")),
        ("pay", "UCP 600 art. 38(k)", ADVISER_NAME, at("10-16T18:00:00")),
        (*FORWARD, ADVISER_NAME, at("10-16T19:00:00")),
        (*COMPLIES, LIGHTHOUSE_NAME, at("10-20T15:00:00")),
        ("pay", "UCP 600 art. 7(c)", LIGHTHOUSE_NAME, at("10-20T16:00:00")),
    ],
    [
        (*ISSUE, TIDE_NAME, at("09-12T10:00:00")),
        (*ADVISE, ADVISER_NAME, at("09-15T16:00:00")),
        # On a Saturday, as ships sail.
        *registered("09-20T18:00:00", *BY_EXPORTER_AND_CARRIER),
        ("issue", "MLETR art. 10", CARRIER_NAME, at("09-20T18:00:00")),
        ("endorseTitle", "MLETR art. 15", EXPORTER_NAME, at("09-20T19:00:00")),
        ("presentDocuments", "UCP 600 art. 6(d), 14(b)", EXPORTER_NAME, at("09-25T11:00:00")),
        ("findComplying", "UCP 600 art. 15(a)", TIDE_NAME, at("09-29T15:00:00")),
        ("payForTitles", "UCP 600 art. 7(a), 8(a), 15", TIDE_NAME, at("09-29T16:00:00")),
        ("offer", "", TIDE_NAME, at("09-29T17:00:00")),
        ("take", "", IMPORTER_NAME, at("09-30T10:00:00")),
        ("surrender", "", IMPORTER_NAME, at("10-21T14:00:00")),
        ("acceptSurrender", "", CARRIER_NAME, at("10-22T09:00:00")),
    ],
]


def steps_of(summary: Summary, number: int) -> list[tuple[str, str, str, datetime]]:
    steps = summary.acts[number - 1].steps
    return [(step.kind, step.article, step.actor, step.time) for step in steps]


def plain(summary: Summary) -> dict[str, Any]:
    """The summary without what belongs to one run: the chain, its hashes, desks, and the gas.

    Commitments and keys are of the run's own salts.
    """

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            own = {"network", "chain_id", "genesis", "tx", "gas", "commitment", "key"}
            return {key: without(each) for key, each in value.items() if key not in own}
        if isinstance(value, str):
            return re.sub(r"(the desk )0x[0-9a-fA-F]{40}", r"\1there", value)
        return [without(each) for each in value] if isinstance(value, list) else value

    found: dict[str, Any] = without(summary.model_dump(mode="json"))
    return found


# The story of the examples


def test_what_came_of_the_credits(seen: Seen) -> None:
    complying, refused, precluded, usance, amended, transferred, titled = seen.summary.acts
    issued = [act.credit for act in seen.summary.acts]
    assert [(c.reference, c.currency, c.amount, c.drawn, c.state, c.advised) for c in issued] == [
        ("YSH25LC000817", "CNY", 128_000_000, 128_000_000, "ISSUED", True),
        ("YDL25LC000233", "CNY", 46_850_050, 0, "ISSUED", True),
        ("YNC25LC001906", "CNY", 75_500_000, 75_500_000, "ISSUED", True),
        ("YDL25LC000301", "CNY", 96_800_000, 96_800_000, "ISSUED", True),
        ("YBL25LC000071", "CNY", 160_000_000, 160_000_000, "ISSUED", True),
        # Drawn for the first beneficiary's invoice and for the second part as it was.
        ("YBL25LC000090", "CNY", 200_000_000, 31_500_000 + 4_200_000, "ISSUED", True),
        ("YMT25LC000093", "CNY", 90_000_000, 90_000_000, "ISSUED", True),
    ]
    assert [each.confirmed for each in issued] == [False] * 4 + [True, False, False]
    assert [(each.issuing_bank, each.beneficiary) for each in issued] == [
        (HARBOUR_NAME, EXPORTER_NAME),
        (LAKE_NAME, EXPORTER_NAME),
        (CRANES_NAME, EXPORTER_NAME),
        (LAKE_NAME, EXPORTER_NAME),
        (LIGHTHOUSE_NAME, EXPORTER_NAME),
        (LIGHTHOUSE_NAME, EXPORTER_NAME),
        (TIDE_NAME, EXPORTER_NAME),
    ]
    presented = [act.presentation for act in seen.summary.acts]
    assert [(p.state, p.claimed, p.amount, p.late) for p in presented] == [
        ("COMPLYING", False, 128_000_000, False),
        ("REFUSED", False, 46_850_050, False),
        ("PRECLUDED", True, 75_500_000, False),
        ("COMPLYING", False, 96_800_000, False),
        ("COMPLYING", False, 160_000_000, False),
        ("COMPLYING", False, 24_000_000, False),
        ("COMPLYING", False, 90_000_000, False),
    ]
    banks = [HARBOUR_NAME, LAKE_NAME, CRANES_NAME, ADVISER_NAME, LIGHTHOUSE_NAME, ADVISER_NAME]
    assert [p.examiner for p in presented] == [*banks, TIDE_NAME]
    assert [(p.received.isoformat(), p.deadline.isoformat()) for p in presented] == [
        ("2025-09-10T11:00:00+08:00", "2025-09-17T17:00:00+08:00"),
        # Sunday the 28th is a make-up working day.
        ("2025-09-24T10:30:00+08:00", "2025-09-30T17:00:00+08:00"),
        # Closed from 1 to 8 October; Saturday the 11th is a make-up working day.
        ("2025-09-29T10:00:00+08:00", "2025-10-13T17:00:00+08:00"),
        ("2025-09-12T11:00:00+02:00", "2025-09-19T16:00:00+02:00"),
        ("2025-10-27T11:00:00+08:00", "2025-11-03T17:00:00+08:00"),
        ("2025-09-29T11:00:00+02:00", "2025-10-07T16:00:00+02:00"),
        # This bank is closed on make-up working days.
        ("2025-09-25T11:00:00+08:00", "2025-10-10T17:00:00+08:00"),
    ]
    assert [(p.discrepancies, p.disposal) for p in presented] == [
        ((), None),
        (("X08", "X09", "X12"), "HOLD"),
        *[((), None)] * 5,
    ]
    assert (complying.paid, refused.paid, precluded.paid) == (128_000_000, 0, 75_500_000)
    assert (usance.paid, amended.paid, transferred.paid) == (96_800_000, 160_000_000, 7_500_000)
    assert titled.paid == 90_000_000


def test_who_did_what_when_and_by_which_rule(seen: Seen) -> None:
    assert [steps_of(seen.summary, number) for number in range(1, 8)] == STEPS


def test_preclusion_claim_and_payment_are_three_steps_by_three_parties(seen: Seen) -> None:
    act = seen.summary.acts[2]
    late = at("10-13T17:00:01")
    (observed,) = act.observations
    assert (observed.actor, observed.time) == ("Shanghai Municipal Commission of Commerce", late)
    assert observed.what == f"sees that {CRANES_NAME} is precluded"
    actors = [observed.actor, *(step.actor for step in act.steps[-2:])]
    assert len(set(actors)) == 3
    assert [(each.actor, each.error, each.time) for each in act.attempts] == [
        (CRANES_NAME, "DeadlinePassed", late)
    ] * 2
    assert [each.action for each in act.attempts] == [
        "tries to refuse one second too late",
        "tries to find the documents complying after all",
    ]
    for each in act.attempts:
        assert "ended on 2025-10-13 at 17:00 UTC+08:00" in each.message
        assert each.article == "UCP 600 art. 16(d), (f)"
    for other in seen.summary.acts[:2]:
        assert (len(other.observations), other.attempts) == (1, ())


def test_an_accepted_draft_is_paid_on_its_day_and_not_before(seen: Seen) -> None:
    act = seen.summary.acts[3]
    (onward,) = act.further
    assert (onward.examiner, onward.state) == (LAKE_NAME, "COMPLYING")
    # It came out of hours, and counts as received on the 17th.
    assert (onward.received, onward.deadline) == (at("09-16T23:00:00"), at("09-24T17:00:00"))
    accepted, reimbursing = act.obligations
    assert (accepted.debtor, accepted.creditor) == (ADVISER_NAME, EXPORTER_NAME)
    assert (reimbursing.debtor, reimbursing.creditor) == (LAKE_NAME, ADVISER_NAME)
    for owed in act.obligations:
        assert (owed.amount, owed.state) == (96_800_000, "PAID")
        assert owed.matures == date(2025, 11, 6)
    assert [(each.actor, each.error, each.time) for each in act.attempts] == [
        (ADVISER_NAME, "NotMatured", at("09-19T16:00:00")),
        (ADVISER_NAME, "PrepaymentNotAgreed", at("09-19T16:00:00")),
    ]
    assert "matures on 2025-11-06, and it is 2025-09-19" in act.attempts[0].message
    assert "with CNY 968,000.00" in act.attempts[1].message
    assert [step.action for step in act.steps if step.kind == "findComplying"] == [
        "finds the documents complying and accepts the draft, payable on 2025-11-06",
        "finds the documents complying and must reimburse on 2025-11-06",
    ]
    for other in seen.summary.acts[:3]:
        assert (other.further, other.amendments, other.terms) == ((), (), ())


def test_three_amendments_leave_two_sets_of_terms(seen: Seen) -> None:
    act = seen.summary.acts[4]
    assert [(each.number, each.state, each.extended, each.version) for each in act.amendments] == [
        (1, "ACCEPTED", True, 1),
        (2, "REJECTED", False, None),
        (3, "ACCEPTED", False, 2),
    ]
    original = (120_000_000, date(2025, 11, 30), date(2025, 10, 10))
    first = (160_000_000, date(2025, 12, 15), date(2025, 10, 10))
    third = (160_000_000, date(2025, 12, 15), date(2025, 10, 25))
    assert [
        (each.bank, each.version, each.since, (each.amount, each.expiry, each.latest_shipment))
        for each in act.terms
    ] == [
        (LIGHTHOUSE_NAME, 0, at("09-10T10:00:00"), original),
        (ADVISER_NAME, 0, at("09-11T17:00:00"), original),
        (LIGHTHOUSE_NAME, 1, at("09-19T17:00:00"), first),
        (ADVISER_NAME, 1, at("09-19T17:00:00"), first),
        (LIGHTHOUSE_NAME, 2, at("10-29T15:00:00"), third),
    ]
    _, observed = act.observations
    assert observed.what == (
        f"sees {LIGHTHOUSE_NAME} bound by version 2 of the terms, and {ADVISER_NAME} by version 1"
    )
    assert [step.mark for step in act.steps if step.mark] == [
        *("issued", "advised", "confirmed", "amendment 1", "1 accepted", "amendment 2"),
        *("2 rejected", "amendment 3", "registered", "presented", "complying", "paid"),
    ]
    view = seen.views["YBL25LC000071"]
    assert (view["version"], view["diverged"], view["amount"]) == (2, True, 160_000_000)


def test_a_transferred_credit_pays_two_second_beneficiaries_and_the_difference(seen: Seen) -> None:
    act = seen.summary.acts[5]
    expiry = date(2025, 11, 23)
    assert [
        (each.number, each.reference, each.second_beneficiary, each.amount, each.drawn, each.expiry)
        for each in act.parts
    ] == [
        (1, "YBL25LC000090#1", CARRIER_NAME, 24_000_000, 24_000_000, expiry),
        (2, "YBL25LC000090#2", INSURER_NAME, 4_200_000, 4_200_000, expiry),
    ]
    assert [
        (each.part, each.examiner, each.amount, each.state)
        for each in (act.presentation, *act.further)
    ] == [
        (1, ADVISER_NAME, 24_000_000, "COMPLYING"),
        (0, LIGHTHOUSE_NAME, 31_500_000, "COMPLYING"),
        (2, ADVISER_NAME, 4_200_000, "COMPLYING"),
        (0, LIGHTHOUSE_NAME, 4_200_000, "COMPLYING"),
    ]
    assert [(each.debtor, each.creditor, each.amount, each.kind) for each in act.obligations] == [
        (ADVISER_NAME, CARRIER_NAME, 24_000_000, "COMPLYING"),
        (ADVISER_NAME, EXPORTER_NAME, 7_500_000, "DIFFERENCE"),
        (LIGHTHOUSE_NAME, ADVISER_NAME, 31_500_000, "COMPLYING"),
        (ADVISER_NAME, INSURER_NAME, 4_200_000, "COMPLYING"),
        (LIGHTHOUSE_NAME, ADVISER_NAME, 4_200_000, "COMPLYING"),
    ]
    assert {each.state for each in act.obligations} == {"PAID"}
    (elsewhere,) = act.attempts
    assert (elsewhere.actor, elsewhere.error) == (CARRIER_NAME, "BankNotPermitted")
    assert "YBL25LC000090#1 cannot be presented to Blue Lighthouse" in elsewhere.message
    assert [(step.part, step.mark) for step in act.steps if step.mark] == [
        *((0, "issued"), (0, "advised")),
        *((1, "requested"), (1, "transferred"), (2, "requested"), (2, "transferred")),
        *((1, "registered"), (2, "registered"), (1, "presented")),
        *((1, "registered"), (1, "substituted"), (1, "complying"), (1, "paid"), (1, "difference")),
        *((1, "sent on"), (0, "complying"), (0, "reimbursed")),
        *((2, "presented"), (2, "failed"), (2, "complying"), (2, "paid"), (2, "sent on")),
        *((0, "complying"), (0, "reimbursed")),
    ]
    for other in seen.summary.acts[:5]:
        assert other.parts == ()
        assert {step.part for step in other.steps} == {0}
    whole = seen.views["YBL25LC000090"]
    assert [(each["reference"], each["state"]) for each in whole["transfers"]] == [
        ("YBL25LC000090#1", "TRANSFERRED"),
        ("YBL25LC000090#2", "TRANSFERRED"),
    ]
    assert seen.views["YBL25LC000090#2"]["parties"]["beneficiary"] == INSURER_NAME


def test_a_title_goes_with_the_money_until_the_carrier_has_it_for_the_goods(seen: Seen) -> None:
    act = seen.summary.acts[6]
    (title,) = act.titles
    assert (title.carrier, title.state) == (CARRIER_NAME, "DELIVERED")
    (bill,) = (each for each in act.documents if each.kind == "bill-of-lading")
    assert title.document == bill.commitment
    paid, taken = at("09-29T16:00:00"), at("09-30T10:00:00")
    assert [(each.action, each.actor, each.recipient, each.time) for each in title.moves] == [
        ("ISSUE", CARRIER_NAME, EXPORTER_NAME, at("09-20T18:00:00")),
        ("ENDORSE_TO_ORDER", EXPORTER_NAME, TIDE_NAME, at("09-20T19:00:00")),
        ("TRANSFER", EXPORTER_NAME, TIDE_NAME, paid),
        ("ENDORSE_TO_ORDER", TIDE_NAME, IMPORTER_NAME, taken),
        ("TRANSFER", TIDE_NAME, IMPORTER_NAME, taken),
        ("SURRENDER_FOR_DELIVERY", IMPORTER_NAME, CARRIER_NAME, at("10-21T14:00:00")),
        ("SACC", CARRIER_NAME, IMPORTER_NAME, at("10-22T09:00:00")),
    ]
    # Money and title moved in one transaction each time.
    by_kind = {step.kind: step.tx for step in act.steps}
    moved = {each.time: each.tx for each in title.moves}
    assert (moved[paid], moved[taken]) == (by_kind["payForTitles"], by_kind["take"])
    (owed,) = act.obligations
    assert (owed.debtor, owed.creditor, owed.state) == (TIDE_NAME, EXPORTER_NAME, "PAID")
    assert [step.mark for step in act.steps if step.mark] == [
        *("issued", "advised", "registered", "title issued", "endorsed", "presented"),
        *("complying", "paid", "offered", "taken", "surrendered", "delivered"),
    ]
    (offered,) = (event for name, event in seen.events if name == "TitlesOffered")
    assert (offered["source"], offered["titles"]) == (act.presentation.id, (title.id,))
    assert [other.titles for other in seen.summary.acts if other is not act] == [()] * 6


KINDS = ("invoice", "bill-of-lading", "packing-list")


def test_documents_are_registered_by_who_issued_them_and_asked_for_before_a_finding(
    seen: Seen,
) -> None:
    acts = seen.summary.acts
    assert [[each.kind for each in act.documents] for act in acts] == [
        [*KINDS, "insurance", "certificate-of-origin"],
        list(KINDS),
        list(KINDS),
        [*KINDS, "draft"],
        list(KINDS),
        ["invoice", "bill-of-lading", "invoice", "bill-of-lading", "invoice"],
        list(KINDS),
    ]
    assert [each.part for each in acts[5].documents] == [1, 1, 2, 2, 1]
    for act in acts:
        issued = [each for each in act.documents if each.member]
        done = [step for step in act.steps if step.kind == "register"]
        assert [(each.issuer, each.registered) for each in issued] == [
            (step.actor, step.time) for step in done
        ]
        assert {each.status for each in issued} == {"REGISTERED"}
    (outside,) = (each for act in acts for each in act.documents if not each.member)
    assert (outside.issuer, outside.registered, outside.status) == (
        "Chamber of Commerce of the Elbe Ports",
        None,
        "UNKNOWN",
    )
    commitments = {each.commitment for act in acts for each in act.documents}
    assert len(commitments) == sum(len(act.documents) for act in acts) == 26
    attested = [event["root"] for name, event in seen.events if name == "DocumentRegistered"]
    assert set(attested) == commitments - {outside.commitment}
    for act, banks in zip(
        acts,
        [
            *([HARBOUR_NAME], [LAKE_NAME], [], [ADVISER_NAME, LAKE_NAME], [LIGHTHOUSE_NAME]),
            *(None, [TIDE_NAME]),
        ],
        strict=True,
    ):
        asked = [each for each in act.observations if each.what.startswith("asks the registry")]
        found = {
            (each.actor, each.time)
            for each in act.steps
            if each.kind in {"findComplying", "findComplyingWith", "refuse"}
        }
        assert {(each.actor, each.time) for each in asked} == found
        assert banks is None or [each.actor for each in asked] == banks
    assert acts[0].observations[0].what == (
        f"asks the registry: invoice and packing list registered by {EXPORTER_NAME}; bill of "
        f"lading registered by {CARRIER_NAME}; insurance registered by {INSURER_NAME}; certificate "
        "of origin of Chamber of Commerce of the Elbe Ports, which is no member"
    )


def test_goods_are_declared_and_released_before_the_bank_that_is_bound_pays(seen: Seen) -> None:
    act = seen.summary.acts[3]
    (declared,) = act.declarations
    assert (declared.customs, declared.exporter) == (CUSTOMS_NAME, EXPORTER_NAME)
    assert (declared.cap, declared.status, declared.in_force) == (96_800_000, "RELEASED", True)
    (attested,) = (event for name, event in seen.events if name == "GoodsDeclared")
    assert (attested["key"], attested["document"]) == (declared.key, declared.commitment)
    assert (attested["exporter"], attested["cap"], attested["currency"]) == (
        EXPORTER,
        96_800_000,
        156,
    )
    asked = act.observations[-1]
    assert (asked.actor, asked.time) == (LAKE_NAME, at("11-06T10:00:00"))
    assert asked.what == (
        f"asks how {CUSTOMS_NAME} has the declaration of the goods: released, in force"
    )
    assert [other.declarations for other in seen.summary.acts if other is not act] == [()] * 6


def test_the_notice_of_refusal_is_a_valid_mt_734_with_every_discrepancy(seen: Seen) -> None:
    messages = [act.messages for act in seen.summary.acts]
    amendments = {f"MT 707, amendment {number}" for number in (1, 2, 3)}
    assert [set(each) for each in messages] == [
        {"MT 700"},
        {"MT 700", "MT 734"},
        {"MT 700"},
        {"MT 700"},
        {"MT 700"} | amendments,
        {"MT 700", "MT 720, transfer 1", "MT 720, transfer 2"},
        {"MT 700"},
    ]
    for number, name in ((1, CARRIER_NAME), (2, INSURER_NAME)):
        (transfer,) = read(messages[5][f"MT 720, transfer {number}"])
        assert (transfer.type, check(transfer)) == ("720", [])
        second = transfer.first("59")
        assert second is not None
        assert " ".join(second.lines) == name
    second = EXAMPLES / "amendments" / "amended-credit-2.mt707"
    assert messages[4]["MT 707, amendment 2"].encode() == second.read_bytes()
    assert messages[0]["MT 700"].encode() == IMPORT.read_bytes()
    (notice,) = read(messages[1]["MT 734"])
    assert (notice.type, check(notice)) == ("734", [])
    fields = {tag: notice.first(tag) for tag in ("20", "21", "32A", "77J", "77B")}
    said = {tag: " ".join(found.lines) for tag, found in fields.items() if found is not None}
    assert said["20"] == "YDL25LC000233"
    assert said["32A"] == "250926CNY468500,50"
    assert said["77B"].startswith("/HOLD/DOCUMENTS HELD")
    assert re.findall(r"(\d)\. (\w+ \w+)", said["77J"]) == [
        ("1", "Bill of"),
        ("2", "Port of"),
        ("3", "Two original"),
    ]


def test_money_moved_between_the_banks_that_owed_and_the_beneficiary_alone(seen: Seen) -> None:
    expected = {
        (member, code): 0 for member in range(1, 14) for code in ("CNY", "JPY", "EUR", "USD")
    }
    expected |= {(bank, "CNY"): OPENING_CNY for bank in BANKS}
    expected |= {(bank, "JPY"): OPENING_JPY for bank in BANKS}
    expected[HARBOUR, "CNY"] -= 128_000_000
    expected[CRANES, "CNY"] -= 75_500_000
    expected[LAKE, "CNY"] -= 96_800_000
    expected[LIGHTHOUSE, "CNY"] -= 160_000_000 + 31_500_000 + 4_200_000
    expected[CARRIER, "CNY"], expected[INSURER, "CNY"] = 24_000_000, 4_200_000
    # What was minted for the bank that transferred, and the issuing bank made good.
    expected[ADVISER, "CNY"] = 35_700_000
    expected[EXPORTER, "CNY"] = TO_EXPORTER
    assert seen.balances == expected


def test_it_is_told_while_it_runs(seen: Seen) -> None:
    assert seen.told == [
        f"begins on {seen.summary.network} with 7 acts",
        "act 1: A complying presentation is paid at sight, YSH25LC000817",
        "act 2: A discrepant presentation is refused in time, by one notice, YDL25LC000233",
        "act 4: A draft is accepted and paid at maturity, YDL25LC000301",
        "act 3: A bank stays silent over the October holiday and is precluded, YNC25LC001906",
        "act 6: An exporter transfers its credit to its carrier and to its insurer, YBL25LC000090",
        "act 5: Three amendments leave two banks bound by different terms, YBL25LC000071",
        "act 7: A title is endorsed, presented, paid for, delivered and surrendered, YMT25LC000093",
    ]
    times = [heard.time for _, heard, _ in seen.heard]
    assert times == sorted(times)
    for number, act in enumerate(seen.summary.acts, start=1):
        own = [heard for at, heard, _ in seen.heard if at == number]
        assert [each for each in own if isinstance(each, Step)] == list(act.steps)
        deadlines = [deadline for at, _, deadline in seen.heard if at == number and deadline]
        assert deadlines == [shown.deadline for shown in (act.presentation, *act.further)]


def test_setting_up_comes_first_and_is_told_in_full(seen: Seen) -> None:
    setup = seen.summary.setup
    contracts = list(seen.summary.contracts)
    assert [step.kind for step in setup[: len(contracts)]] == ["deploy"] * len(contracts)
    assert contracts == [step.action.split()[0] for step in setup[: len(contracts)]]
    *before, for_title, minted = setup
    assert {step.time for step in before} == {datetime(2025, 9, 1, tzinfo=UTC)}
    # The bank that transfers holds no yuan, and pays before it is paid.
    assert (minted.kind, minted.time) == ("mint", at("10-01T22:00:00"))
    assert minted.action == "mints CNY 357,000.00 for exporter-bank against STORY-YBL25LC000090"
    assert (for_title.kind, for_title.time) == ("mint", at("09-30T10:00:00"))
    assert for_title.action == "mints CNY 900,000.00 for importer against STORY-YMT25LC000093"
    assert len(seen.summary.members) == 13
    assert seen.summary.alliance == "Shanghai trade finance alliance (example)"


def test_both_nodes_tell_the_same_story() -> None:
    anvil, ganache = plays("anvil"), plays("ganache")
    assert (anvil.summary.network, anvil.summary.chain_id) == ("anvil", 31337)
    assert (ganache.summary.network, ganache.summary.chain_id) == ("ganache", 1337)
    assert plain(anvil.summary) == plain(ganache.summary)
    # Every event with every field, commitments too, since both runs had the same salts.
    assert len(anvil.events) > 100
    assert anvil.events == ganache.events
    assert anvil.views == ganache.views
    assert anvil.balances == ganache.balances


# The results


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value fits a JSON Schema, as far as schemas of pydantic go."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]])
    if "anyOf" in schema:
        return any(fits(value, each) for each in schema["anyOf"])
    kinds = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "boolean": bool,
        "null": type(None),
    }
    known = {"type", "title", "description", "default", "properties", "required", "items"}
    known |= {"additionalProperties", "pattern", "minimum", "enum", "const", "format"}
    assert set(schema) - {"$defs", "$schema"} <= known, schema
    if "type" in schema and type(value) is not kinds[schema["type"]]:
        return False
    if isinstance(value, dict):
        properties, others = schema.get("properties", {}), schema.get("additionalProperties")
        return set(schema.get("required", ())) <= set(value) and all(
            fits(each, properties[key])
            if key in properties
            else isinstance(others, dict) and fits(each, others)
            for key, each in value.items()
        )
    if isinstance(value, list):
        return all(fits(each, schema["items"]) for each in value)
    if schema.get("format") == "date-time" and datetime.fromisoformat(value).tzinfo is None:
        return False
    return (
        bool(re.search(schema.get("pattern", ""), value) if isinstance(value, str) else True)
        and (not isinstance(value, int) or value >= schema.get("minimum", value))
        and value in schema.get("enum", [value])
        and value == schema.get("const", value)
    )


def test_the_files_hold_all_of_it(seen: Seen, tmp_path: Path) -> None:
    seen.played.write(tmp_path / "demo")
    names = sorted(path.name for path in (tmp_path / "demo").iterdir())
    assert names == ["YDL25LC000233.mt734", "report.html", "summary.json"]
    written = json.loads((tmp_path / "demo" / "summary.json").read_text("utf-8"))
    assert fits(written, SCHEMA)
    assert Summary.model_validate_json((tmp_path / "demo" / "summary.json").read_bytes())
    # One figure that does not fit, and the whole does not.
    written["acts"][2]["steps"][0]["gas"] = "110939"
    assert not fits(written, SCHEMA)
    html = (tmp_path / "demo" / "report.html").read_text("utf-8")
    steps = [*seen.summary.setup, *(step for act in seen.summary.acts for step in act.steps)]
    assert [step.tx for step in steps if step.tx not in html] == []
    assert "<svg" in html
    notice = (tmp_path / "demo" / "YDL25LC000233.mt734").read_bytes()
    assert notice.decode() == seen.summary.acts[1].messages["MT 734"]
    assert notice.count(b"\n") == notice.count(b"\r\n") > 5


# Another credit


def changed_acts(seen: Seen, base: Seen) -> list[int]:
    pairs = zip(plain(seen.summary)["acts"], plain(base.summary)["acts"], strict=True)
    return [number for number, (one, other) in enumerate(pairs, start=1) if one != other]


def test_a_credit_in_yen_changes_its_act_and_nothing_else() -> None:
    base, seen = plays("anvil"), performed(network="anvil", credit=YEN)
    act = seen.summary.acts[0]
    assert (act.credit.reference, act.credit.currency) == ("YBL25LC000064", "JPY")
    assert (act.credit.amount, act.credit.drawn, act.paid) == (98_750_000,) * 3
    assert (act.credit.issuing_bank, act.presentation.state) == (LIGHTHOUSE_NAME, "COMPLYING")
    assert steps_of(seen.summary, 1) == [
        (*ISSUE, LIGHTHOUSE_NAME, at("09-08T10:00:00")),
        (*ADVISE, ADVISER_NAME, at("09-09T16:00:00")),
        *registered("09-12T18:00:00", *BY_EXPORTER_AND_CARRIER, INSURER_NAME),
        (*MANDATE, EXPORTER_NAME, at("09-17T10:00:00")),
        (*LODGE, ADVISER_NAME, at("09-17T11:00:00")),
        ("findComplying", "UCP 600 art. 15(a)", LIGHTHOUSE_NAME, at("09-19T15:00:00")),
        ("pay", "UCP 600 art. 7(a)(i)", LIGHTHOUSE_NAME, at("09-19T16:00:00")),
    ]
    assert act.presentation.deadline == at("09-24T17:00:00")
    assert act.steps[0].action == "issues credit YBL25LC000064 for JPY 98,750,000"
    assert act.messages["MT 700"].encode() == YEN.read_bytes()
    assert changed_acts(seen, base) == [1]
    assert {**plain(seen.summary), "acts": []} == {**plain(base.summary), "acts": []}
    moved = {who: seen.balances[who] - base.balances[who] for who in base.balances}
    assert {who: change for who, change in moved.items() if change} == {
        (HARBOUR, "CNY"): 128_000_000,
        (EXPORTER, "CNY"): -128_000_000,
        (LIGHTHOUSE, "JPY"): -98_750_000,
        (EXPORTER, "JPY"): 98_750_000,
    }


def written(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """The import credit after some changes."""
    text = IMPORT.read_bytes().decode()
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = tmp_path / "other.mt700"
    file.write_bytes(text.encode())
    return file


def test_another_amount_reference_and_dates_change_what_follows_from_them(tmp_path: Path) -> None:
    """The amount is more than the bank holds, so that the issuer of the currency mints the rest."""
    file = written(
        tmp_path,
        (":20:YSH25LC000817", ":20:YSH25LC/999"),
        (":31C:250901", ":31C:250915"),
        (":31D:251230", ":31D:251130"),
        (":32B:CNY1280000,00", ":32B:CNY60000000,25"),
    )
    base, seen = plays("anvil"), performed(credit=file)
    act = seen.summary.acts[0]
    assert (act.credit.reference, act.credit.amount) == ("YSH25LC/999", 6_000_000_025)
    assert (act.credit.drawn, act.paid) == (6_000_000_025,) * 2
    assert [time for *_, time in steps_of(seen.summary, 1)] == [
        at("09-15T10:00:00"),
        at("09-16T16:00:00"),
        *[at("09-19T18:00:00")] * 4,
        at("09-24T10:00:00"),
        at("09-24T11:00:00"),
        # Two banking days later: Friday the 26th.
        at("09-26T15:00:00"),
        at("09-26T16:00:00"),
    ]
    assert act.presentation.deadline == at("09-30T17:00:00")
    assert seen.views["YSH25LC/999"]["expiry"] == "2025-11-30"
    assert changed_acts(seen, base) == [1]
    ours, theirs = plain(seen.summary), plain(base.summary)
    # Beside what the last acts need.
    minted = ours["setup"].pop(-3)
    assert (minted["kind"], minted["time"]) == ("mint", "2025-09-26T08:00:00Z")
    assert {**ours, "acts": []} == {**theirs, "acts": []}
    assert seen.balances[HARBOUR, "CNY"] == 0
    assert seen.balances[EXPORTER, "CNY"] == TO_EXPORTER - 128_000_000 + 6_000_000_025


# Another hour


def refusal_alone(tmp_path: Path) -> Path:
    """The second act by itself."""
    file = tmp_path / "story.toml"
    act = EXAMPLES / "acts" / "discrepant.toml"
    assert load_act(act).ending == "refused"
    file.write_text(
        f'start = 2025-09-01T00:00:00Z\nalliance = "{EXAMPLES}/shanghai-alliance"\n'
        f'acts = ["{act}"]\n'
    )
    return file


def test_a_refusal_one_second_late_fails_the_act(tmp_path: Path) -> None:
    before, hall = children(), Hall()
    options = Options(story=refusal_alone(tmp_path), refusal_delay=timedelta(seconds=1))
    with pytest.raises(DeadlinePassed) as caught:
        play(options, hall, lambda *_: pytest.fail("the act did not fail"))
    base = plays("anvil").summary.acts[1].presentation
    assert caught.value.presentation_id == base.id
    assert caught.value.deadline == at("09-30T17:00:00") == base.deadline
    assert caught.value.time == at("09-30T17:00:01")
    assert [heard.kind for _, heard, _ in hall.heard if isinstance(heard, Step)] == [
        "issue",
        "advise",
        *["register"] * 3,
        "recordMandate",
        "lodge",
    ]
    assert children() == before


def test_a_refusal_in_the_last_second_is_in_time(tmp_path: Path) -> None:
    seen = performed(story=refusal_alone(tmp_path), refusal_delay=timedelta(0))
    (act,) = seen.summary.acts
    assert (act.presentation.state, act.presentation.deadline) == ("REFUSED", at("09-30T17:00:00"))
    assert (act.steps[-1].kind, act.steps[-1].time) == ("refuse", at("09-30T17:00:00"))


def test_an_act_that_fails_leaves_no_file_and_no_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A credit that expired before the chain began."""
    before = children()
    file = written(tmp_path, (":31C:250901", ":31C:250801"), (":31D:251230", ":31D:250829"))
    out = tmp_path / "out"
    assert run(["demo", "--credit", str(file), "--out", str(out), "--json"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["name"] == "ExpiryPassed"
    assert "2025-08-29" in error["message"]
    assert not out.exists()
    assert children() == before
