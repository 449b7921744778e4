# SPDX-License-Identifier: Apache-2.0
"""`yangshan credit records`, `release`, `breach`, `rule` and `assign --ahead`: five credits.

Every act is done once and then once more. The tests share one chain and go on with each other's
credits.
"""

from __future__ import annotations

import shlex
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chains import ROOT
from terminals import Running, Terminal

CREDIT = ROOT / "examples" / "credits" / "electronic-credit.mt700"
REFERENCE = "YDL25LC000360"
REPLACED, LAPSED, ADMITTED, RULED, LET_GO = (f"RECORDS{number}" for number in range(1, 6))

pytestmark = pytest.mark.usefixtures("away")

# Each line a command of `credit`; DAY N: what follows is done N days after the beginning.
RECORDED = """
issue {ref}.mt700 --key lake-bank
records open {ref} --key exporter
records add {ref} invoice.xml --format xml --key exporter
records add {ref} lading.pdf --format pdf --location "platform 7" --key exporter
records add {ref} certificate.txt --format paper --key exporter
records complete {ref} --amount 212,000.00 --shipped 2025-09-05 --text "All." --key exporter
"""
REFUSED = """
issue {ref}.mt700 --key lake-bank
present {ref} documents.json --amount 212,000.00 --shipped 2025-09-05 --key exporter
refuse {ref} --disposal hold --discrepancy "X12=Two of three originals." --key lake-bank
"""
INSURER = "Tortoise Gate Marine Insurance Co., Ltd."
LIVES = {
    REPLACED: RECORDED
    + """
assign {ref} --ahead --to insurer --amount 80,000.00 --text "Premium." --key exporter
records corrupt {ref} 2 --text "It does not open." --key lake-bank
records replace {ref} 2 again.pdf --key exporter
comply {ref} --key lake-bank
release {ref} --text "Received by the applicant." --key lake-bank
honour {ref} --key lake-bank
""",
    LAPSED: RECORDED.replace("--format paper", "--format text")
    + """
records corrupt {ref} 1 3 --text "Two do not open." --key lake-bank
DAY 40
records resume {ref} --key exporter
refuse {ref} --disposal hold --discrepancy "X09=The lading lacks a port." --key lake-bank
DAY 105
records dispose {ref} --text "Deleted on all disks." --key lake-bank
""",
    ADMITTED: REFUSED
    + """
breach {ref} --text "They were given to the applicant by mistake." --key lake-bank
claim {ref} --key exporter
""",
    RULED: REFUSED
    + """
rule {ref} --order "Shanghai Maritime Court, case 2025-90" --key commission
claim {ref} --key exporter
""",
    LET_GO: REFUSED
    + """
instruct {ref} release --text "Give them to the applicant." --key exporter
release {ref} --text "Received by the applicant." --key lake-bank
""",
}
# What is new here; the other commands are tried elsewhere.
OWN = ("records", "release", "breach", "rule", "assign", "instruct")


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    text = CREDIT.read_bytes().decode()
    for reference in LIVES:
        changed = text.replace(f":20:{REFERENCE}", f":20:{reference}")
        (tmp_path / f"{reference}.mt700").write_bytes(changed.encode())
    for name in ("invoice.xml", "lading.pdf", "certificate.txt", "again.pdf"):
        (tmp_path / name).write_text(f"the {name}")
    (tmp_path / "documents.json").write_text('{"documents": []}')


@pytest.fixture(scope="module")
def done(running: Running) -> list[str]:
    """The commands that have run."""
    return []


def by_day() -> dict[int, list[str]]:
    """The commands of all lives by the day on which they run, side by side."""
    found: dict[int, list[str]] = {}
    for reference, text in LIVES.items():
        day = 0
        for line in text.format(ref=reference).splitlines():
            if line.startswith("DAY "):
                day = int(line.split()[1])
            elif line:
                found.setdefault(day, []).append(line)
    return dict(sorted(found.items()))


def shown(terminal: Terminal, reference: str) -> dict[str, Any]:
    code, found = terminal.json("credit", "records", "show", reference)
    assert code == 0
    return found


def view(terminal: Terminal, reference: str) -> dict[str, Any]:
    code, found = terminal.json("credit", "show", reference)
    assert code == 0
    return found


def test_every_life_runs_from_its_first_command_to_its_last(
    running: Running, terminal: Terminal, done: list[str]
) -> None:
    begun = running.clock.now
    for day, lines in by_day().items():
        running.clock.at(begun + timedelta(days=day))
        for line in lines:
            code, answer = terminal.json("credit", *shlex.split(line))
            assert code == 0, (line, answer)
            assert answer["status"] in ("done", "issued"), (line, answer)
            done.append(line)
            if line.split()[0] in OWN:
                before = running.block
                code, answer = terminal.json("credit", *shlex.split(line))
                assert (code, answer.get("status")) == (0, "already done"), (line, answer)
                assert running.block == before

    assert shown(terminal, REPLACED) == {
        "presentation": shown(terminal, REPLACED)["presentation"],
        "state": "COMPLETE",
        "records": 3,
        "remaining": shown(terminal, REPLACED)["remaining"],
        "paper": [3],
        "reported": [2],
        "awaited": [],
        "lapsed": [],
    }
    replaced = view(terminal, REPLACED)
    (owed,) = replaced["obligations"]
    assert (owed["state"], owed["amount"], owed["assigned"]) == ("PAID", 21_200_000, 8_000_000)
    assert replaced["presentations"][0]["state"] == "COMPLYING"
    assert replaced["assigned_ahead"] == {"assignee": INSURER, "amount": 8_000_000, "left": 0}
    lapsed = shown(terminal, LAPSED)
    assert (lapsed["state"], lapsed["lapsed"], lapsed["paper"]) == ("DISPOSED", [1, 3], [])
    assert view(terminal, LAPSED)["presentations"][0]["state"] == "DISPOSED"
    for reference in (ADMITTED, RULED):
        found = view(terminal, reference)
        assert found["presentations"][0]["claimed"]
        assert [each["kind"] for each in found["obligations"]] == ["PRECLUSION"]
    let_go = view(terminal, LET_GO)
    assert (let_go["presentations"][0]["state"], let_go["obligations"]) == ("RELEASED", [])


def test_every_act_is_in_one_of_the_lives(done: list[str]) -> None:
    from yangshan.cli.credit_records import app

    used = {shlex.split(line)[1] for line in done if line.startswith("records ")}
    assert {each.name for each in app.registered_commands} - used == {"show"}
    assert {line.split()[0] for line in done} >= set(OWN)


def test_it_is_told_in_words(terminal: Terminal, done: list[str]) -> None:
    assert done
    ahead = f"  assigned ahead         CNY 80,000.00 to {INSURER}, CNY 0.00 of it not owed yet"
    assert ahead in terminal.text("credit", "show", REPLACED).splitlines()
    said = terminal.text("credit", "records", "show", LAPSED).splitlines()
    assert said[0] == f"{LAPSED}  electronic records: disposed"
    assert [" ".join(line.split()) for line in said[1:]] == [
        "records 3",
        "reported corrupt 1, 3",
        "lapsed 1, 3",
    ]


def test_every_event_of_them_is_accounted_for_among_the_messages(
    terminal: Terminal, done: list[str]
) -> None:
    assert done
    for reference, names in (
        (REPLACED, ("PresentationOpened", "RecordAdded", "RecordsCompleted", "RecordReplaced")),
        (LAPSED, ("RecordsLapsed", "ExaminationResumed", "RecordsDisposed")),
        (ADMITTED, ("DisposalBreached",)),
        (LET_GO, ("DocumentsReleased",)),
    ):
        _, found = terminal.json("credit", "messages", reference)
        events = [each["event"] for each in found]
        assert set(names) <= set(events), reference
        for each in found:
            if each["event"] in names:
                assert (each["type"], each["texts"]) == (None, [])
                assert each["reasons"]


FAULTS = {
    "a credit that is not subject to the eUCP": (
        "records open PAPER1 --key exporter",
        (1, "CreditNotElectronic"),
        "PAPER1 is not subject to eUCP 2.1",
    ),
    "a record that is not awaited": (
        f"records replace {REPLACED} 1 again.pdf --key exporter",
        (1, "WrongRecordsState"),
        "are complete; for this they would have to be suspended",
    ),
    "paper that is said to be corrupt": (
        f"records corrupt {REPLACED} 3 --text X --key lake-bank",
        (1, "UnknownRecords"),
        "3",
    ),
    "the same notice with another amount": (
        f"records complete {REPLACED} --amount 212,000.01 --text All. --key exporter",
        (1, "KeyReused"),
        "gives the notice of completeness",
    ),
    "records that were never opened": (
        f"records show {ADMITTED} -p 1",
        (1, "NothingOpened"),
        f"The presentation under credit {ADMITTED} has no electronic records",
    ),
    "a breach of what was not refused": (
        f"breach {REPLACED} --text X --key lake-bank",
        (1, "WrongPresentationState"),
        "complying",
    ),
    "proceeds assigned twice": (
        f"assign {REPLACED} --ahead --to insurer --amount 1.00 --key exporter",
        (1, "KeyReused"),
        "assigns",
    ),
    "no words": (
        f"breach {ADMITTED} --key lake-bank",
        (2, "NothingSaid"),
        "Say what it did with the documents",
    ),
}


@pytest.fixture(scope="module")
def paper(running: Running) -> list[int]:
    return []


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_refused_is_one_sentence_and_changes_nothing(
    name: str,
    running: Running,
    terminal: Terminal,
    tmp_path: Path,
    done: list[str],
    paper: list[int],
) -> None:
    assert done
    if not paper:
        text = CREDIT.read_bytes().decode().replace(f":20:{REFERENCE}", ":20:PAPER1")
        text = text.replace(":40E:EUCP", ":40E:UCP").replace(":31D:251215", ":31D:261215")
        text = text.replace(":44C:250920", ":44C:260920")
        (tmp_path / "paper.mt700").write_bytes(text.encode())
        code, answer = terminal.json(
            *("credit", "issue", str(tmp_path / "paper.mt700"), "--key", "lake-bank")
        )
        assert code == 0, answer
        paper.append(running.block)
    terminal.expect_refused(running, "credit", FAULTS[name])
