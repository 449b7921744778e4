# SPDX-License-Identifier: Apache-2.0
"""`yangshan credit` where a bank does not pay, and where banking days are not published.

The tests share one chain, whose time goes on from one to the next.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from chains import ROOT
from terminals import Running, Terminal

from yangshan.alliance.calendar_words import SPAN_DAYS
from yangshan.alliance.calendars import BankingCalendar
from yangshan.alliance.places import build
from yangshan.alliance.service import Alliance
from yangshan.chain.outbox import Outbox
from yangshan.chain.sender import Sender
from yangshan.chain.signers import Signer
from yangshan.money import Money
from yangshan.workspace import Workspace

CREDITS = ROOT / "examples" / "credits"
DEFERRED = CREDITS / "deferred-credit.mt700"
REIMBURSED = CREDITS / "reimbursed-credit.mt700"
EXPORTER_BANK = 10
BANK, BENEFICIARY, BEHIND = (
    "Sieben Leuchtfeuer Handelsbank",
    "Elbfalke Maschinenbau GmbH",
    "Yangshan Harbour Bank",
)
PAID, ATTESTED, LATE = "UNPAID1", "UNPAID2", "UNPAID3"
REFERENCES = (PAID, ATTESTED, LATE)

# Documents that two banks find complying, and that the first has sent on to the second.
OWED = """
issue {ref}.mt700 --key harbour-bank
advise {ref} --key exporter-bank
confirm {ref} --key exporter-bank
present {ref} documents.json --amount 2,150,000.00 --shipped 2025-09-01 --key exporter
comply {ref} --key exporter-bank
forward {ref} --text "Covering schedule." --key exporter-bank
comply {ref} -p 2 --key harbour-bank
"""
# Of a claim for reimbursement, made when the banking days of its answer are not published.
CLAIMED = """
issue FIX2.mt700 --key harbour-bank
advise FIX2 --key exporter-bank
confirm FIX2 --key exporter-bank
reimburse authorise FIX2 --text "MT 740." --key harbour-bank
present FIX2 documents.json --amount 1,875,000.00 --shipped 2026-12-28 --key exporter
comply FIX2 --key exporter-bank
forward FIX2 --text "Covering schedule." --key exporter-bank
reimburse claim FIX2 --text "Claim 1." -p 1 --key exporter-bank
"""
TURN = 'present-unpaid {ref} --text "Not paid at maturity." --key exporter'


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    deferred = DEFERRED.read_bytes().decode()
    later = ((":31D:251220", ":31D:270331"), (":44C:251031", ":44C:261231"))
    for reference, text, changes in (
        *((reference, deferred, ()) for reference in REFERENCES),
        ("FIX1", deferred, later),
        ("FIX2", REIMBURSED.read_bytes().decode(), later),
    ):
        changed = re.sub(":20:.*?\r", f":20:{reference}\r", text)
        for old, new in changes:
            assert old in changed
            changed = changed.replace(old, new)
        (tmp_path / f"{reference}.mt700").write_bytes(changed.encode())
    (tmp_path / "documents.json").write_text('{"documents": []}')


@dataclass
class CentralBank:
    """Keeps the calendars and issues the cash."""

    alliance: Alliance
    signer: Signer


@pytest.fixture
def central_bank(running: Running, tmp_path: Path) -> CentralBank:
    workspace = Workspace(running.home)
    sender = Sender(running.chain, Outbox(tmp_path / "central-bank.sqlite"))
    deployment = workspace.deployment(running.chain)
    return CentralBank(
        Alliance(running.chain, sender, deployment, lambda _: None),
        workspace.keys.load("central-bank", workspace.password("central-bank")),
    )


def does(terminal: Terminal, line: str, status: str = "done") -> dict[str, Any]:
    code, answer = terminal.json("credit", *shlex.split(line))
    assert (code, answer.get("status")) == (0, status), (line, answer)
    return answer


def does_all(terminal: Terminal, lines: str) -> None:
    for line in lines.strip().splitlines():
        does(terminal, line, "issued" if line.startswith("issue") else "done")


def owed(terminal: Terminal, reference: str) -> list[tuple[str, str, str]]:
    """Debtor, creditor and state of each obligation."""
    code, view = terminal.json("credit", "show", reference)
    assert code == 0
    return [(each["debtor"], each["creditor"], each["state"]) for each in view["obligations"]]


@pytest.fixture(scope="module")
def overdue(running: Running) -> list[datetime]:
    """When the drawings matured; empty before."""
    return []


@pytest.fixture(autouse=True)
def left_unpaid(
    running: Running, terminal: Terminal, overdue: list[datetime], away: None, files: None
) -> None:
    if overdue:
        return
    for reference in REFERENCES:
        does_all(terminal, OWED.format(ref=reference))
    # Ninety days after shipment, and nowhere over yet.
    running.clock.at(datetime(2025, 11, 30, 12, tzinfo=UTC))
    overdue.append(running.clock.now)
    before = running.block
    code, error, said = terminal.refused("credit", *shlex.split(TURN.format(ref=PAID)))
    assert (code, error) == (1, "NotOverdue")
    assert "its creditor turns to the bank behind once the day of maturity is over" in said
    assert running.block == before
    running.clock.at(datetime(2025, 12, 2, tzinfo=UTC))


def test_what_was_sent_on_is_owed_to_the_creditor_of_the_bank_in_default(
    running: Running, terminal: Terminal
) -> None:
    assert owed(terminal, PAID) == [(BANK, BENEFICIARY, "OVERDUE"), (BEHIND, BANK, "OVERDUE")]
    line = TURN.format(ref=PAID)
    answer = does(terminal, line)
    assert answer["what"] == f"turns to {BEHIND} for a drawing that was left unpaid"
    view = terminal.json("credit", "show", PAID)[1]
    first, second = view["presentations"]
    assert (answer["presentation"], answer["presented_as"]) == (first["id"], second["id"])
    assert (answer["obligation"], answer["amount"]) == (view["obligations"][1]["id"], 215_000_000)
    assert owed(terminal, PAID) == [
        (BANK, BENEFICIARY, "OVERDUE"),
        (BEHIND, BENEFICIARY, "OVERDUE"),
    ]
    assert view["obligations"][1]["owner"] == BANK
    said = terminal.text("credit", "show", PAID)
    assert f"  of {BEHIND} to {BANK}\n" in said
    assert f"  is to be paid to {BENEFICIARY}\n" in said
    before = running.block
    does(terminal, line, "already done")
    assert running.block == before

    code, error, _ = terminal.refused("credit", "settle", PAID, "-o", "1", "--key", "exporter-bank")
    assert (code, error) == (1, "CounterpartUnpaid")
    does(terminal, f"honour {PAID} -o 2 --key harbour-bank")
    settle = f"settle {PAID} -o 1 --key exporter-bank"
    assert does(terminal, settle)["amount"] == 215_000_000
    does(terminal, settle, "already done")
    assert [state for *_, state in owed(terminal, PAID)] == ["SETTLED", "PAID"]


def test_the_creditor_attests_what_the_bank_behind_paid_elsewhere(terminal: Terminal) -> None:
    does(terminal, TURN.format(ref=ATTESTED))
    # Both are to be paid to the beneficiary by now.
    code, error, said = terminal.refused(
        *("credit", "attest", ATTESTED, "--payment", "TRANSFER 1", "--key", "exporter")
    )
    assert (code, error) == (1, "SeveralOfThat")
    assert "(1, 2)" in said
    code, error, _ = terminal.refused(
        *("credit", "attest", ATTESTED, "--payment", "TRANSFER 1", "--key", "exporter-bank")
    )
    assert (code, error) == (1, "NoneOfThat")
    does(terminal, f'attest {ATTESTED} -o 2 --payment "TRANSFER 1" --key exporter')
    # The owner closes what it owes as well as the debtor.
    does(terminal, f"settle {ATTESTED} -o 1 --key exporter")
    assert [state for *_, state in owed(terminal, ATTESTED)] == ["SETTLED", "PAID"]


def test_a_bank_that_pays_late_is_paid_by_the_bank_behind(
    terminal: Terminal, central_bank: CentralBank
) -> None:
    does(terminal, TURN.format(ref=LATE))
    central_bank.alliance.cash.mint(
        central_bank.signer, EXPORTER_BANK, Money.of(215_000_000, "CNY"), "LATE"
    )
    does(terminal, f"honour {LATE} -o 1 --key exporter-bank")
    assert owed(terminal, LATE) == [(BANK, BENEFICIARY, "PAID"), (BEHIND, BANK, "OVERDUE")]
    does(terminal, f"honour {LATE} -o 2 --key harbour-bank")
    assert [state for *_, state in owed(terminal, LATE)] == ["PAID", "PAID"]


def longer(calendar: BankingCalendar) -> BankingCalendar:
    """As if the days after its last one were known: every other one a banking day."""
    last = max(calendar.words)
    word = calendar.words[last]
    further = sum(1 << day for day in range(word.known, SPAN_DAYS, 2))
    full = replace(word, known=SPAN_DAYS, open_days=word.open_days | further)
    return BankingCalendar(calendar.name, {**calendar.words, last: full})


def test_a_deadline_is_fixed_once_the_banking_days_are_published(
    running: Running, terminal: Terminal, central_bank: CentralBank
) -> None:
    # The last two days of which the calendar has banking days.
    running.clock.at(datetime(2026, 12, 30, 4, tzinfo=UTC))
    does(terminal, "issue FIX1.mt700 --key harbour-bank", "issued")
    answer = does(
        terminal,
        "present FIX1 documents.json --amount 2,150,000.00 --shipped 2026-12-28 --to harbour-bank "
        "--key exporter",
    )
    assert (answer["deadline"], answer["flags"]) == (None, [])
    assert "not known yet" in terminal.text("credit", "examine", "FIX1")
    does_all(terminal, CLAIMED)
    (claim,) = terminal.json("credit", "reimburse", "show", "FIX2")[1]["claims"]
    assert claim["deadline"] is None
    # Anyone may, a carrier as well.
    of_documents = "fix-deadline FIX1 --key carrier"
    of_claim = "reimburse fix-deadline FIX2 --key carrier"
    before = running.block
    for line in (of_documents, of_claim):
        code, error, said = terminal.refused("credit", *shlex.split(line))
        assert (code, error) == (1, "CalendarNotPublished")
        assert "2027-01-01" in said
    assert running.block == before

    calendar = longer(build("CNSHA", 2025, 2026))
    central_bank.alliance.calendars.publish(central_bank.signer, calendar)
    assert does(terminal, of_documents)["what"] == "fixes the deadline for presentation 1"
    does(terminal, of_claim)
    days = [calendar.local_day(running.clock.now)]
    for _ in range(5):
        days.append(calendar.next_open(days[-1]))
    (shown,) = terminal.json("credit", "show", "FIX1")[1]["presentations"]
    assert datetime.fromisoformat(shown["deadline"]) == calendar.close_instant(days[5])
    (claim,) = terminal.json("credit", "reimburse", "show", "FIX2")[1]["claims"]
    assert datetime.fromisoformat(claim["deadline"]) == calendar.close_instant(days[3])
    before = running.block
    for line in (of_documents, of_claim):
        does(terminal, line, "already done")
    assert running.block == before
