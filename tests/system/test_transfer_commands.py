# SPDX-License-Identifier: Apache-2.0
"""`yangshan credit transfer`: parts from their request to their end, every act once and once more.

The tests share one chain and go on with each other's credits.
"""

from __future__ import annotations

import shlex
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from chains import ROOT
from terminals import Running, Terminal

from yangshan.swift import check, read

CREDIT = ROOT / "examples" / "credits" / "transferable-credit.mt700"
NEGOTIATED = ROOT / "examples" / "credits" / "negotiation-credit.mt700"
AMENDMENT = ROOT / "examples" / "amendments" / "amended-credit-1.mt707"
BANK = "Sieben Leuchtfeuer Handelsbank"
PARTED, ENDED, OPEN, CANCELLED = (f"TRANSFER{number}" for number in (1, 2, 3, 4))

pytestmark = pytest.mark.usefixtures("away")

# Each line a command of `credit`; DAY N: what follows is done N days after the beginning.
ISSUED = """
issue {ref}.mt700 --key lighthouse-bank
advise {ref} --key exporter-bank
"""
LIVES = {
    PARTED: ISSUED
    + """
transfer request {ref} --to importer --amount 240,000.00 --share 340,000.00 --advised-by tide-bank \
    --expiry 2025-11-20 --cover 330,000.00 --amendments ask --key exporter
transfer consent {ref} 1 --key exporter-bank
transfer request {ref} --to insurer --amount 42,000.00 --period 15 --key exporter
transfer consent {ref} 2 --key exporter-bank
transfer request {ref} --to importer --amount 10,000.00 --key exporter
transfer withdraw {ref} 3 --key exporter
transfer request {ref} --to insurer --amount 11,000.00 --number 4 --key exporter
transfer decline {ref} 4 --key exporter-bank
amend {ref}.mt707 --key lighthouse-bank
accept {ref} 1 --key exporter
transfer approve {ref} 1 1 --key exporter
transfer pass {ref} 1 1 --text "MT 707 to the carrier's bank." --increase 5,000.00 \
    --key exporter-bank
accept {ref}#1 1 --key importer
present {ref}#1 documents.json --amount 240,000.00 --shipped 2025-09-08 --key importer
transfer demand {ref}#1 --by {by} --text "Your invoice, please." --key exporter-bank
transfer substitute {ref}#1 documents.json --amount 300,000.00 --key exporter
comply {ref}#1 --key exporter-bank
transfer take-up {ref}#1 --key exporter-bank
forward {ref}#1 --text "Covering schedule." --key exporter-bank
comply {ref} --key lighthouse-bank
honour {ref} --key lighthouse-bank
present {ref}#2 documents.json --amount 42,000.00 --shipped 2025-09-08 --key insurer
transfer demand {ref}#2 --by {by} --text "Your invoice, please." --key exporter-bank
DAY 4
transfer fail {ref}#2 --text "Nothing came." --key exporter-bank
forward {ref}#2 --text "As received." --number 2 --key exporter-bank
comply {ref} -p 2 --key lighthouse-bank
honour {ref} -o 2 --key lighthouse-bank
""",
    ENDED: ISSUED
    + """
transfer request {ref} --to importer --amount 240,000.00 --share 300,000.00 --key exporter
transfer consent {ref} 1 --key exporter-bank
transfer request {ref} --to insurer --amount 42,000.00 --no-substitution --key exporter
transfer consent {ref} 2 --key exporter-bank
transfer request {ref} --to importer --amount 10,000.00 --key exporter
transfer consent {ref} 3 --key exporter-bank
transfer request {ref} --to insurer --amount 11,000.00 --keep-applicant --key exporter
transfer consent {ref} 4 --key exporter-bank
transfer cancel {ref} 3 --text "No freight." --key exporter-bank
accept {ref}#3 1 --key importer
present {ref}#1 documents.json --amount 240,000.00 --shipped 2025-09-08 --key importer
comply {ref}#1 --key exporter-bank
transfer substitute {ref}#1 documents.json --amount 280,000.00 --key exporter
present {ref}#2 documents.json --amount 42,000.00 --shipped 2025-09-08 --key insurer
DAY 20
transfer claim-difference {ref}#1 --key exporter
transfer send-on {ref}#2 --to lighthouse-bank --text "Covering schedule." --key insurer
DAY 120
transfer reclaim {ref} 4 --key exporter
""",
    OPEN: """
issue {ref}.mt700 --key cranes-bank
advise {ref} --key exporter-bank
transfer authorise {ref} lake-bank --key cranes-bank
""",
    CANCELLED: ISSUED
    + """
transfer request {ref} --to importer --amount 240,000.00 --amendments never --key exporter
transfer consent {ref} 1 --key exporter-bank
cancel {ref} --text "Not needed." --key lighthouse-bank
accept {ref} 1 --key exporter
transfer agree {ref} 1 1 --key importer
""",
}


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    for reference in LIVES:
        source = NEGOTIATED if reference == OPEN else CREDIT
        text = (
            source.read_bytes()
            .decode()
            .replace(":40A:IRREVOCABLE\r", ":40A:IRREVOCABLE TRANSFERABLE\r")
        )
        for before in ("YBL25LC000090", "YNC25LC001950"):
            text = text.replace(f":20:{before}", f":20:{reference}")
        (tmp_path / f"{reference}.mt700").write_bytes(text.encode())
    text = AMENDMENT.read_bytes().decode()
    text = text.replace("YBL25LC000071", PARTED).replace(":31C:250910", ":31C:250908")
    text = text[: text.index(":45B:")] + text[text.index(":71N:") :]
    (tmp_path / f"{PARTED}.mt707").write_bytes(text.encode())
    (tmp_path / "documents.json").write_text('{"documents": []}')


@pytest.fixture(scope="module")
def done(running: Running) -> list[str]:
    """The commands that have run."""
    return []


def by_day(until: str) -> dict[int, list[str]]:
    """The commands of all lives by the day on which they run, side by side."""
    found: dict[int, list[str]] = {}
    for reference, text in LIVES.items():
        day = 0
        for line in text.replace("\\\n", "").format(ref=reference, by=until).splitlines():
            if line.startswith("DAY "):
                day = int(line.split()[1])
            elif line:
                found.setdefault(day, []).append(line)
    return dict(sorted(found.items()))


def shown(terminal: Terminal, reference: str) -> list[dict[str, Any]]:
    code, found = terminal.json("credit", "transfer", "show", reference)
    assert code == 0
    return list(found["transfers"])


def test_every_life_runs_from_its_first_command_to_its_last(
    running: Running, terminal: Terminal, done: list[str]
) -> None:
    begun = running.clock.now
    until = (begun + timedelta(days=2)).isoformat()
    for day, lines in by_day(until).items():
        running.clock.at(begun + timedelta(days=day))
        for line in lines:
            code, answer = terminal.json("credit", *shlex.split(line))
            assert code == 0, (line, answer)
            assert answer["status"] in ("done", "issued"), (line, answer)
            done.append(line)
            if line.startswith("transfer "):
                before = running.block
                code, answer = terminal.json("credit", *shlex.split(line))
                assert (code, answer.get("status")) == (0, "already done"), (line, answer)
                assert running.block == before

    parted = shown(terminal, PARTED)
    assert [(each["state"], each["credit_state"]) for each in parted] == [
        ("TRANSFERRED", "EXPIRED"),
        ("TRANSFERRED", "EXPIRED"),
        ("WITHDRAWN", None),
        ("DECLINED", None),
    ]
    assert (parted[0]["reference"], parted[0]["second_beneficiary"]) == (
        f"{PARTED}#1",
        "Silver Heron Machinery Import Co., Ltd.",
    )
    # The share has what the amendment added and the difference, which is drawn.
    assert (
        parted[0]["amount"],
        parted[0]["share"],
        parted[0]["differences"],
        parted[0]["left"],
    ) == (
        *(24_000_000, 34_000_000),
        *(6_000_000, 3_500_000),
    )
    _, whole = terminal.json("credit", "show", PARTED)
    assert [(each["amount"], each["state"]) for each in whole["obligations"]] == [
        (30_000_000, "PAID"),
        (4_200_000, "PAID"),
    ]
    _, part = terminal.json("credit", "show", f"{PARTED}#1")
    assert [(each["kind"], each["amount"]) for each in part["obligations"]] == [
        ("COMPLYING", 24_000_000),
        ("DIFFERENCE", 6_000_000),
    ]
    assert part["reference"] == f"{PARTED}#1"
    ended = shown(terminal, ENDED)
    assert [each["state"] for each in ended] == ["TRANSFERRED", "TRANSFERRED", "ENDED", "ENDED"]
    assert ended[0]["differences"] == 4_000_000
    (cancelled,) = shown(terminal, CANCELLED)
    assert (cancelled["state"], cancelled["credit_state"]) == ("TRANSFERRED", "CANCELLED")
    assert shown(terminal, OPEN) == []


def test_every_act_is_in_one_of_the_lives(done: list[str]) -> None:
    from yangshan.cli.credit_transfers import app

    used = {shlex.split(line)[1] for line in done if line.startswith("transfer ")}
    assert {each.name for each in app.registered_commands} - used == {"show"}


def test_a_part_is_told_by_an_mt_720(terminal: Terminal, done: list[str]) -> None:
    assert done
    # Others of its messages cannot be written.
    _, found = terminal.json("credit", "messages", PARTED, "--reference", "4=TIDE25LC1")
    first, second = (
        each for each in cast("list[Any]", found) if each["event"] == "CreditTransferred"
    )
    assert (first["type"], second["type"]) == ("720", None)
    assert second["reasons"] == [
        "Sieben Leuchtfeuer Handelsbank advises the part to the second beneficiary itself."
    ]
    (text,) = first["texts"]
    (message,) = read(text)
    assert check(message) == []
    assert (message.sender, message.receiver) == ("YSSLDEHHXXX", "YSMTCNSHXXX")
    fields = {each.tag: each.value for each in message.fields}
    assert {tag: fields[tag] for tag in ("20", "21", "32B", "31D", "40B")} == {
        "20": "TIDE25LC1",
        "21": PARTED,
        "32B": "CNY240000,00",
        "31D": "251120HAMBURG",
        "40B": "IRREVOCABLE\nWITHOUT OUR CONFIRMATION",
    }
    assert fields["50"].startswith("ELBFALKE MASCHINENBAU GMBH")
    assert fields["59"].startswith("Silver Heron")


def test_what_a_part_is_amended_to_is_told_by_an_mt_707(
    terminal: Terminal, done: list[str]
) -> None:
    assert done
    part = f"{PARTED}#1"
    _, found = terminal.json("credit", "messages", part)
    told = {each["event"]: each for each in cast("list[Any]", found)}
    assert told["CreditTransferred"]["type"] == "720"
    assert told["FoundComplying"]["type"] is None
    passed, accepted = told["AmendmentPassed"], told["AmendmentAccepted"]
    assert (passed["type"], passed["reasons"]) == (
        "707",
        [f"The reference that {BANK} gives this message (field 20) is not known."],
    )
    references = [f"{passed['number']}=TIDE25LC1", f"{accepted['number']}=CRANE77"]
    _, found = terminal.json(
        "credit", "messages", part, *(word for each in references for word in ("--reference", each))
    )
    told = {each["event"]: each for each in cast("list[Any]", found)}
    (text,) = told["AmendmentPassed"]["texts"]
    (message,) = read(text)
    assert check(message) == []
    assert (message.sender, message.receiver) == ("YSSLDEHHXXX", "YSMTCNSHXXX")
    fields = {each.tag: each.value for each in message.fields}
    assert {tag: fields[tag] for tag in ("20", "23", "26E", "22A", "32B", "47B")} == {
        "20": "TIDE25LC1",
        "23": PARTED,
        "26E": "1",
        "22A": "ADVI",
        "32B": "CNY5000,00",
        "47B": "/ADD/MT 707 to the carrier's bank.",
    }
    (text,) = told["AmendmentAccepted"]["texts"]
    (message,) = read(text)
    assert check(message) == []
    assert (message.type, message.sender, message.receiver) == (
        *("730", "YSMTCNSHXXX"),
        "YSSLDEHHXXX",
    )
    fields = {each.tag: each.value for each in message.fields}
    assert fields["79Z"] == "AMENDMENT 1: ACCEPTED BY THE SECOND BENEFICIARY"


def test_a_bank_that_advises_a_part_itself_writes_letters(
    terminal: Terminal, done: list[str]
) -> None:
    assert done
    code, found = terminal.json("credit", "messages", f"{ENDED}#3")
    assert code == 0
    told = {each["event"]: each for each in cast("list[Any]", found)}
    assert {each["type"] for each in told.values()} == {None}
    assert told["AmendmentPassed"]["reasons"] == [
        f"{BANK} passes it on to the second beneficiary in a letter of its own."
    ]
    assert told["CancellationAgreed"]["reasons"] == [
        "The second beneficiary answers the transferring bank itself."
    ]


def test_it_is_told_in_words(terminal: Terminal, done: list[str]) -> None:
    assert done
    said = terminal.text("credit", "transfer", "show", PARTED).splitlines()
    assert [" ".join(line.split()) for line in said[:9]] == [
        "Transfer 1 transferred",
        "to Silver Heron Machinery Import Co., Ltd.",
        "by Sieben Leuchtfeuer Handelsbank",
        "amount CNY 240,000.00, expires 2025-11-20",
        "takes CNY 340,000.00",
        "left for invoice CNY 35,000.00",
        "amendments ask",
        "Transfer 2 transferred",
        "to Tortoise Gate Marine Insurance Co., Ltd.",
    ]
    said = [" ".join(each.split()) for each in terminal.text("credit", "show", PARTED).splitlines()]
    begins = said.index(
        "transfer 1 CNY 240,000.00 to Silver Heron Machinery Import Co., Ltd.: transferred"
    )
    assert said[begins + 1 : begins + 4] == [
        f"{PARTED}#1, expires 2025-11-20",
        "transfer 2 CNY 42,000.00 to Tortoise Gate Marine Insurance Co., Ltd.: transferred",
        f"{PARTED}#2, expires 2025-11-30",
    ]
    said = terminal.text("credit", "transfer", "show", OPEN).splitlines()
    assert said == [f"No transfer of credit {OPEN} was asked for."]


FAULTS = {
    "a part without its number": (
        f"show {PARTED}#one",
        (2, "NoPartNumber"),
        f"{PARTED}#one names no part of a credit",
    ),
    "a part that was not made": (
        f"present {PARTED}#4 documents.json --amount 1.00 --key insurer",
        (1, "NoSuchPart"),
        f"Transfer 4 of credit {PARTED} was not made; 4 were asked for",
    ),
    "an amendment that nobody accepted": (
        f'transfer pass {CANCELLED} 1 1 --text "MT 707." --key exporter-bank',
        (1, "NothingToPass"),
        f"Amendment 1 of credit {CANCELLED} is a cancellation",
    ),
    "more than the credit has": (
        f"transfer request {PARTED} --to insurer --amount 9.00 --expiry 2027-01-01 --key exporter",
        (1, "NotReduced"),
        "expiry",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_refused_is_one_sentence_and_changes_nothing(
    name: str, running: Running, terminal: Terminal, done: list[str]
) -> None:
    assert done
    terminal.expect_refused(running, "credit", FAULTS[name])
