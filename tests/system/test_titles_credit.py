# SPDX-License-Identifier: Apache-2.0
"""Titles under a credit, from the command line: in custody, with the bank that honours, or back.

The tests share one chain and its credits; each presents titles of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chains import ROOT
from terminals import Running, Terminal

from yangshan.chain.clock import Clock

BILL = ROOT / "examples" / "titles" / "bill-of-lading.json"
PAPERS = str(ROOT / "examples" / "presentations" / "complying.json")
LAKE, TIDE, ADVISER, EXPORTER = 5, 8, 10, 11
SIGHT, USANCE = "YMT25LC000093", "YDL25LC000301"

pytestmark = pytest.mark.usefixtures("away", "both")

Titled = Callable[..., str]


@pytest.fixture(scope="module")
def issued() -> set[str]:
    """The credits that are on the chain."""
    return set()


@pytest.fixture
def both(running: Running, terminal: Terminal, away: None, issued: set[str]) -> None:
    """Both credits, issued once, on a day on which all banks are open."""
    if issued:
        return
    clock = Clock(running.chain)
    clock.at(clock.now.replace(month=9, day=22, hour=2))
    for file, key in (("titled", "tide-bank"), ("usance", "lake-bank")):
        credit = str(ROOT / "examples" / "credits" / f"{file}-credit.mt700")
        done(terminal, "issue", credit, "--key", key)
        issued.add(file)


@pytest.fixture
def titled(terminal: Terminal, tmp_path: Path) -> Titled:
    """The file of a title in blank that the exporter has."""

    def made(reference: str) -> str:
        document = json.loads(BILL.read_text())
        document["fields"]["transportDocumentReference"] = reference
        plain, sealed, file = (
            tmp_path / f"{reference}.{kind}.json" for kind in ("plain", "sealed", "title")
        )
        plain.write_text(json.dumps(document))
        assert terminal.json("documents", "seal", str(plain), "--out", str(sealed))[0] == 0
        words = ("issue", str(sealed), "--holder", "exporter", "--title-file", str(file))
        assert terminal.json("titles", *words, "--key", "carrier")[0] == 0
        return str(file)

    return made


def done(terminal: Terminal, *words: str) -> dict[str, Any]:
    code, answer = terminal.json("credit", *words)
    assert code == 0, answer
    return answer


def present(
    terminal: Terminal, credit: str, number: int, *titles: str, amount: str = "100,000.00"
) -> dict[str, Any]:
    named = [word for title in titles for word in ("--title", title)]
    words = ("present", credit, PAPERS, "--amount", amount, "--shipped", "2025-09-20")
    return done(terminal, *words, "--number", str(number), *named, "--key", "exporter")


def stands(terminal: Terminal, title: str) -> tuple[str, int]:
    code, found = terminal.json("titles", "show", title)
    assert code == 0
    return found["state"], found["holder"]


def test_the_bank_gets_titles_in_the_transaction_that_pays(
    running: Running, terminal: Terminal, titled: Titled
) -> None:
    one, two = titled("SIGHT-1"), titled("SIGHT-2")
    answer = present(terminal, SIGHT, 1, one, two)
    assert (answer["act"], len(answer["titles"])) == ("presentDocuments", 2)
    assert present(terminal, SIGHT, 1, one, two)["status"] == "already done"
    assert stands(terminal, one) == ("IN_CUSTODY", EXPORTER)
    away = ("titles", "transfer", one, "--to", "importer", "--key", "exporter")
    assert terminal.refused(*away)[:2] == (1, "WrongTitleState")
    by = ("-p", "1", "--key", "tide-bank")
    assert done(terminal, "comply", SIGHT, *by)["act"] == "findComplying"
    deliver = ("credit", "titles", "deliver", SIGHT, *by)
    assert terminal.refused(*deliver)[:2] == (1, "TitlesAwaitPayment")
    honour = ("honour", SIGHT, "-o", "1", "--key", "tide-bank")
    paid = done(terminal, *honour)
    assert (paid["act"], paid["titles"]) == ("payForTitles", answer["titles"])
    assert {stands(terminal, each) for each in (one, two)} == {("LIVE", TIDE)}
    block = running.block
    again = done(terminal, *honour)
    assert (again["status"], again["transaction"]) == ("already done", paid["transaction"])
    assert running.block == block


def test_titles_of_refused_documents_go_back_by_anybodys_act(
    terminal: Terminal, titled: Titled
) -> None:
    title = titled("BACK-1")
    present(terminal, SIGHT, 2, title)
    back = ("titles", "give-back", SIGHT, "-p", "2", "--key", "carrier")
    assert terminal.refused("credit", *back)[:2] == (1, "TitlesStay")
    refuse = ("refuse", SIGHT, "-p", "2", "--discrepancy", "X12=One original is missing")
    done(terminal, *refuse, "--disposal", "return", "--key", "tide-bank")
    answer = done(terminal, *back)
    assert (answer["act"], answer["article"]) == ("giveBack", "UCP 600 art. 16(c)")
    assert stands(terminal, title) == ("LIVE", EXPORTER)
    assert done(terminal, *back)["status"] == "already done"


def test_titles_follow_documents_and_money_that_moved_elsewhere(
    terminal: Terminal, titled: Titled
) -> None:
    title = titled("LATER-1")
    assert present(terminal, SIGHT, 3)["act"] == "lodge"
    none = ("credit", "titles", "give-back", SIGHT, "-p", "3", "--key", "exporter")
    assert terminal.refused(*none)[:2] == (1, "NoTitlesPresented")
    attach = ("titles", "attach", SIGHT, title, "-p", "3", "--key", "exporter")
    assert done(terminal, *attach)["act"] == "attach"
    assert done(terminal, *attach)["status"] == "already done"
    second = ("credit", "titles", "attach", SIGHT, titled("LATER-2"), "-p", "3")
    assert terminal.refused(*second, "--key", "exporter")[:2] == (1, "KeyReused")
    done(terminal, "comply", SIGHT, "-p", "3", "--key", "tide-bank")
    done(terminal, "attest", SIGHT, "-o", "2", "--payment", "HVPS-1", "--key", "exporter")
    deliver = ("titles", "deliver", SIGHT, "-p", "3", "--key", "carrier")
    assert done(terminal, *deliver)["what"] == "lets a title go to Morning Tide Bank"
    assert stands(terminal, title) == ("LIVE", TIDE)
    assert done(terminal, *deliver)["status"] == "already done"


def test_a_bank_that_pays_at_maturity_gets_titles_with_its_undertaking(
    terminal: Terminal, titled: Titled
) -> None:
    title = titled("USANCE-1")
    present(terminal, USANCE, 1, title)
    comply = ("comply", USANCE, "-p", "1", "--key", "exporter-bank")
    assert done(terminal, *comply, "--dry-run")["act"] == "findComplying"
    assert stands(terminal, title) == ("IN_CUSTODY", EXPORTER)
    answer = done(terminal, *comply)
    assert answer["what"] == "finds the documents complying, must honour and gets a title"
    assert stands(terminal, title) == ("LIVE", ADVISER)
    again = done(terminal, *comply)
    assert (again["status"], again["transaction"]) == ("already done", answer["transaction"])


def test_a_waiver_takes_titles_along_and_forwarding_carries_them_on(
    terminal: Terminal, titled: Titled
) -> None:
    waived, sent = titled("WAIVER-1"), titled("SENT-1")
    present(terminal, USANCE, 2, waived)
    waive = ("waive", USANCE, "-p", "2", "--text", "Accepted as they are", "--key", "exporter-bank")
    assert done(terminal, *waive)["what"].startswith("accepts the discrepancies, must honour and")
    assert stands(terminal, waived) == ("LIVE", ADVISER)
    assert done(terminal, *waive)["status"] == "already done"

    present(terminal, USANCE, 3, sent)
    on = ("titles", "carry-on", USANCE, "-p", "3", "--key", "carrier")
    assert terminal.refused("credit", *on)[:2] == (1, "NotSentOn")
    forward = ("forward", USANCE, "-p", "3", "--text", "Unexamined", "--key", "exporter-bank")
    done(terminal, *forward)
    answer = done(terminal, *on)
    assert answer["act"] == "carryOn"
    assert done(terminal, *on)["status"] == "already done"
    assert stands(terminal, sent) == ("IN_CUSTODY", EXPORTER)
    onward = ("comply", USANCE, "-p", answer["onward"], "--key", "lake-bank")
    done(terminal, *onward)
    assert stands(terminal, sent) == ("LIVE", LAKE)
    code, chain = terminal.json("titles", "chain", sent)
    assert code == 0
    assert chain["state"] == "LIVE"


def test_what_is_owed_at_maturity_is_paid_without_the_titles_that_came_with_the_undertaking(
    running: Running, terminal: Terminal
) -> None:
    running.clock.at(running.clock.now + timedelta(days=120))
    honour = ("credit", "honour", USANCE, "-o", "1", "--key", "exporter-bank")
    # It has no cash here, and is asked for nothing else.
    assert terminal.refused(*honour)[:2] == (1, "ERC20InsufficientBalance")
