# SPDX-License-Identifier: Apache-2.0
"""`yangshan credit reimburse`: the lives of four authorities, every act once and then once more.

The tests share one chain and go on with each other's credits.
"""

from __future__ import annotations

import shlex
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chains import ROOT
from terminals import Running, Terminal

CREDIT = ROOT / "examples" / "credits" / "reimbursed-credit.mt700"
LIGHTHOUSE, EXPORTER_BANK = 7, 10
PAID, UNPAID, REFUSED, ENDED = (f"REIMB{number}" for number in (1, 2, 3, 4))

pytestmark = pytest.mark.usefixtures("away")

# Each line a command of `credit`; DAY N: what follows is done N days after the beginning.
HONOURED = """
issue {ref}.mt700 --key harbour-bank
advise {ref} --key exporter-bank
confirm {ref} --key exporter-bank
"""
CLAIMED = """
present {ref} documents.json --amount 1,875,000.00 --shipped 2025-09-08 --key exporter
comply {ref} --key exporter-bank
forward {ref} --text "Covering schedule." --key exporter-bank
reimburse claim {ref} --text "Claim 1." -p 1 --key exporter-bank
"""
LIVES = {
    PAID: HONOURED
    + """
reimburse authorise {ref} --text "MT 740." --key harbour-bank
reimburse amend {ref} --text "MT 747, 1." --undertaking --to exporter-bank --key harbour-bank
reimburse undertake {ref} --key lighthouse-bank
reimburse amend {ref} --text "MT 747, 2." --undertaking --to exporter-bank --notice-days 1 \
    --key harbour-bank
reimburse agree {ref} --key exporter-bank
reimburse undertake {ref} --key lighthouse-bank
"""
    + CLAIMED
    + """
reimburse notify-debit {ref} --text "Debit on 2025-12-07." --key lighthouse-bank
reimburse honour {ref} --key lighthouse-bank
comply {ref} -p 2 --key harbour-bank
DAY 98
honour {ref} --key lighthouse-bank
reimburse recourse {ref} --key lighthouse-bank
honour {ref} -o 4 --key harbour-bank
settle {ref} -o 3 --key harbour-bank
""",
    UNPAID: HONOURED
    + """
reimburse authorise {ref} --text "MT 740." --undertaking --to exporter-bank --key harbour-bank
reimburse decline {ref} --key lighthouse-bank
reimburse undertake {ref} --key lighthouse-bank
"""
    + CLAIMED
    + """
reimburse refuse {ref} --reason OVER --reason DUPL --disposal HOLD --text "MT 744." \
    --key lighthouse-bank
reimburse notify-non-payment {ref} --text "Not paid." --key exporter-bank
reimburse fall-back {ref} --charges 1,250.00 --text "Interest of five days." --key exporter-bank
reimburse acknowledge {ref} --key harbour-bank
""",
    REFUSED: HONOURED
    + """
reimburse authorise {ref} --text "MT 740." --undertaking --to exporter-bank --amount 1,875,000.00 \
    --expiry 2025-12-31 --claimant-bears-charges --freely-amendable --key harbour-bank
reimburse undertake {ref} --key lighthouse-bank
"""
    + CLAIMED
    + """
refuse {ref} -p 2 --disposal notify --discrepancy "X12=Two of three originals." --key harbour-bank
DAY 10
reimburse hold {ref} --key exporter-bank
DAY 98
honour {ref} --key lighthouse-bank
reimburse refund {ref} --interest 300.00 --text "Ninety days." --key harbour-bank
reimburse acknowledge {ref} --key exporter-bank
""",
    ENDED: HONOURED
    + """
reimburse authorise {ref} --text "MT 740." --no-urr --key harbour-bank
reimburse cancel {ref} --text "Not needed." --key harbour-bank
""",
}


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    text = CREDIT.read_bytes().decode()
    for reference in LIVES:
        changed = text.replace(":20:YSH25LC000944", f":20:{reference}")
        (tmp_path / f"{reference}.mt700").write_bytes(changed.encode())
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
        for line in text.replace("\\\n", "").format(ref=reference).splitlines():
            if line.startswith("DAY "):
                day = int(line.split()[1])
            elif line:
                found.setdefault(day, []).append(line)
    return dict(sorted(found.items()))


def shown(terminal: Terminal, reference: str) -> dict[str, Any]:
    code, found = terminal.json("credit", "reimburse", "show", reference)
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
            if line.startswith("reimburse "):
                before = running.block
                code, answer = terminal.json("credit", *shlex.split(line))
                assert (code, answer.get("status")) == (0, "already done"), (line, answer)
                assert running.block == before

    paid = shown(terminal, PAID)
    assert (paid["authorisation"], paid["terms"]["pre_debit_days"]) == ("UNDERTAKEN", 1)
    assert paid["terms"]["amount"] == paid["claimed"] == 187_500_000
    (claim,) = paid["claims"]
    assert (claim["state"], claim["due"], claim["claiming_bank"]) == (
        *("PAID", "2025-12-07"),
        EXPORTER_BANK,
    )
    _, view = terminal.json("credit", "show", PAID)
    assert [(each["kind"], each["state"]) for each in view["obligations"]] == [
        ("COMPLYING", "INCURRED"),
        ("REIMBURSEMENT", "PAID"),
        ("COMPLYING", "SETTLED"),
        ("RECOURSE", "PAID"),
    ]
    unpaid = shown(terminal, UNPAID)
    assert (unpaid["claims"][0]["state"], unpaid["claims"][0]["charges"]) == (
        "FALLEN_BACK",
        125_000,
    )
    assert unpaid["claimed"] == 0
    refused = shown(terminal, REFUSED)
    assert (refused["claims"][0]["state"], refused["claims"][0]["charges"]) == (
        "REFUND_DUE",
        30_000,
    )
    assert refused["terms"] == {
        "amount": 187_500_000,
        "claiming_bank": EXPORTER_BANK,
        "expiry": "2025-12-31",
        "pre_debit_days": 0,
        "urr": True,
        "undertaking_asked": True,
        "claimant_bears_charges": True,
        "freely_amendable": True,
    }
    ended = shown(terminal, ENDED)
    assert (ended["authorisation"], ended["claims"]) == ("CANCELLED", [])


def test_every_act_is_in_one_of_the_lives(done: list[str]) -> None:
    from yangshan.cli.credit_reimburse import app

    used = {shlex.split(line)[1] for line in done if line.startswith("reimburse ")}
    # For a calendar that is not published: test_credit_defaults.py; and what changes nothing.
    assert {each.name for each in app.registered_commands} - used == {"fix-deadline", "show"}


def test_an_act_repeated_much_later_is_already_done_and_sends_nothing(
    running: Running, terminal: Terminal, done: list[str]
) -> None:
    before = running.block
    repeated = 0
    for line in done:
        words = shlex.split(line)
        # What was changed since would be another act: other terms, an authority that has ended.
        changed = ("amend", "undertake", "authorise", "decline", "agree")
        if words[0] != "reimburse" or words[1] in changed:
            continue
        code, answer = terminal.json("credit", *words)
        assert (code, answer.get("status")) == (0, "already done"), (line, answer)
        repeated += 1
    assert running.block == before
    assert repeated == 14


def test_it_is_told_in_words(terminal: Terminal, done: list[str]) -> None:
    assert done
    said = terminal.text("credit", "reimburse", "show", PAID).splitlines()
    assert said[0] == f"{PAID}  reimbursement: undertaken"
    assert [" ".join(line.split()) for line in said[1:]] == [
        "up to CNY 1,875,000.00",
        "claimed CNY 1,875,000.00",
        "to be claimed by Sieben Leuchtfeuer Handelsbank",
        "rules URR 725",
        "claim 1 CNY 1,875,000.00: paid",
        "by Sieben Leuchtfeuer Handelsbank",
        f"answer by {shown(terminal, PAID)['claims'][0]['deadline']}",
    ]


FAULTS = {
    "a code that is none": (
        f"reimburse refuse {PAID} --disposal KEEP --text X --key lighthouse-bank",
        (2, "UnknownCode"),
        "KEEP is no such code; expected one of CANC, HOLD, RETD.",
    ),
    "a reason that is none": (
        f"reimburse refuse {PAID} --disposal HOLD --reason LATE --text X --key lighthouse-bank",
        (2, "UnknownCode"),
        "LATE is no such code; expected one of DIFF, DUPL,",
    ),
    "a claim that there is not": (
        f"reimburse honour {PAID} -c 2 --key lighthouse-bank",
        (1, "NoSuchClaim"),
        f"Credit {PAID} has no claim 2 for reimbursement; it has 1 in all",
    ),
    "no claim at all": (
        f"reimburse honour {ENDED} --key lighthouse-bank",
        (1, "NoSuchClaim"),
        f"Credit {ENDED} has no single claim for reimbursement; it has none in all",
    ),
    "nothing to undertake": (
        "reimburse undertake REIMB5 --key lighthouse-bank",
        (1, "NothingAuthorised"),
        "Nobody is authorised to reimburse under credit REIMB5",
    ),
    "documents that were not sent on": (
        'reimburse claim REIMB5 --text "X" --key exporter-bank',
        (1, "NotSentOn"),
        "The documents under credit REIMB5 were not sent on to its issuing bank",
    ),
    "a slice where all is owed as one": (
        f'reimburse claim {PAID} --slice 2 --number 9 --text "X" -p 1 --key exporter-bank',
        (1, "NotHonoured"),
        "has not honoured or negotiated",
    ),
    "another bank that undertakes": (
        f"reimburse undertake {UNPAID} --key lake-bank",
        (1, "NotReimbursingBank"),
        "Dishui Lantern Commercial Bank (member 5) is not the reimbursing bank",
    ),
    "no words": (
        f'reimburse cancel {UNPAID} --text "" --key harbour-bank',
        (2, "NothingSaid"),
        "Say what it says",
    ),
}


@pytest.fixture(scope="module")
def fifth(running: Running) -> list[int]:
    return []


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_refused_is_one_sentence_and_changes_nothing(
    name: str,
    running: Running,
    terminal: Terminal,
    tmp_path: Path,
    done: list[str],
    fifth: list[int],
) -> None:
    assert done
    if not fifth:
        # A credit of later, under which documents were taken up and stay where they are.
        text = CREDIT.read_bytes().decode().replace(":20:YSH25LC000944", ":20:REIMB5")
        text = text.replace(":31D:251220", ":31D:261220").replace(":44C:251031", ":44C:260930")
        file = tmp_path / "fifth.mt700"
        file.write_bytes(text.encode())
        for line in (
            f"issue {file} --key harbour-bank",
            "advise REIMB5 --key exporter-bank",
            "present REIMB5 documents.json --amount 1,875,000.00 --to exporter-bank --key exporter",
        ):
            code, answer = terminal.json("credit", *shlex.split(line))
            assert code == 0, answer
        fifth.append(running.block)
    terminal.expect_refused(running, "credit", FAULTS[name])
