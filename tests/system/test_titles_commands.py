# SPDX-License-Identifier: Apache-2.0
"""`yangshan titles`: every act by a key or a desk, repeated, refused; what is shown of titles.

The tests share one chain; each issues titles of its own.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chains import ROOT
from terminals import Running, Terminal, folder_of

from yangshan.alliance.service import Alliance
from yangshan.chain.sender import Sender
from yangshan.money import Currency
from yangshan.workspace import Workspace

EXAMPLE = ROOT / "examples" / "titles" / "bill-of-lading.json"
HARBOUR, LAKE, IMPORTER, EXPORTER, CARRIER = 4, 5, 9, 11, 12
ELBFALKE = "Elbfalke Maschinenbau GmbH (member 11)"
LINE = "Paper Crane Line Shipping Co., Ltd. (member 12)"

pytestmark = pytest.mark.usefixtures("away")

Seal = Callable[..., str]
Issue = Callable[..., str]
BY_CARRIER = ("--key", "carrier")


@pytest.fixture
def seal(terminal: Terminal, tmp_path: Path) -> Seal:
    """A sealed bill of lading with a reference of its own, changed in these fields."""

    def sealed(reference: str, **changes: Any) -> str:
        document = json.loads(EXAMPLE.read_text())
        document["fields"] |= {"transportDocumentReference": reference, **changes}
        plain, out = tmp_path / f"{reference}.json", tmp_path / f"{reference}.sealed.json"
        plain.write_text(json.dumps(document))
        assert terminal.json("documents", "seal", str(plain), "--out", str(out))[0] == 0
        return str(out)

    return sealed


@pytest.fixture
def issue(terminal: Terminal, seal: Seal, tmp_path: Path) -> Issue:
    """The file of a title that the exporter has and that is to its order, unless told otherwise."""

    def issued(reference: str, *options: str) -> str:
        file = str(tmp_path / f"{reference}.title.json")
        parties = options or ("--holder", "exporter", "--to", "exporter")
        titles(terminal, "issue", seal(reference), *parties, "--title-file", file, *BY_CARRIER)
        return file

    return issued


def titles(terminal: Terminal, *words: str) -> dict[str, Any]:
    code, answer = terminal.json("titles", *words)
    assert code == 0, answer
    return answer


def number_of(file: str) -> str:
    return "0x" + str(json.loads(Path(file).read_text())["title"])


def stands(answer: dict[str, Any]) -> tuple[str, int, int | None]:
    (found,) = answer["stands"]
    return found["state"], found["holder"], found["beneficiary"]


# Issuing


def test_a_bill_gets_one_title(
    running: Running, terminal: Terminal, seal: Seal, tmp_path: Path
) -> None:
    sealed, file = seal("ONE-1"), str(tmp_path / "one.title.json")
    words = ("issue", sealed, "--holder", "exporter", "--to", "exporter", *BY_CARRIER)
    named = (*words, "--title-file", file)
    before = folder_of(running.home)
    tried = titles(terminal, *named, "--dry-run")
    assert (tried["status"], tried["transaction"], Path(file).exists()) == ("dry run", None, False)
    assert folder_of(running.home) == before
    answer = titles(terminal, *named)
    assert (answer["status"], answer["act"], answer["article"]) == (
        "done",
        "issue",
        "MLETR art. 10",
    )
    assert stands(answer) == ("LIVE", EXPORTER, EXPORTER)
    (bill,) = answer["bills"]
    assert answer["titles"] == [bill["title"]] == [number_of(file)]
    assert bill["document"] == "0x" + json.loads(Path(sealed).read_text())["commitment"]
    assert (running.home / "31337.references" / f"{CARRIER}.key").stat().st_mode & 0o777 == 0o600

    block = running.block
    again = titles(terminal, *named)
    assert (again["status"], again["transaction"]) == ("already done", answer["transaction"])
    other = ("titles", *words[:2], "--holder", "importer", "--to", "exporter", *BY_CARRIER)
    assert terminal.refused(*other)[:2] == (1, "KeyReused")
    # Sealed once more it has another commitment, and its reference has a title.
    sealed_again = tmp_path / "again.sealed.json"
    assert (
        terminal.json(
            *("documents", "seal", str(tmp_path / "ONE-1.json"), "--out", str(sealed_again))
        )[0]
        == 0
    )
    second = ("titles", "issue", str(sealed_again), *words[2:])
    assert terminal.refused(*second)[:2] == (1, "KeyReused")
    assert running.block == block


def test_a_place_without_the_key_for_references_issues_nothing(
    running: Running, terminal: Terminal, seal: Seal, issue: Issue, tmp_path: Path
) -> None:
    issue("KEY-1")
    home = tmp_path / "elsewhere"
    shutil.copytree(running.home, home)
    for file in (*home.glob("*outbox*"), home / "31337.references" / f"{CARRIER}.key"):
        file.unlink()
    words = ("issue", str(tmp_path / "KEY-1.sealed.json"), "--holder", "exporter")
    words = (*words, "--to", "exporter", *BY_CARRIER, "--home", str(home))
    code, name, sentence = terminal.refused("titles", *words)
    assert (code, name) == (1, "ReferenceKeyMissing")
    assert str(home / "31337.references" / f"{CARRIER}.key") in sentence
    kept = Path("31337.references") / f"{CARRIER}.key"
    (home / kept).write_text("not a key")
    assert terminal.refused("titles", *words)[:2] == (2, "ReferenceKeyDamaged")
    shutil.copy(running.home / kept, home / kept)
    # With it the same reference makes the same title.
    assert titles(terminal, *words)["status"] == "already done"


def test_several_are_issued_and_moved_at_once(
    terminal: Terminal, seal: Seal, tmp_path: Path
) -> None:
    bills = [seal(f"MANY-{number}") for number in range(3)]
    answer = titles(terminal, "issue", *bills, "--holder", "exporter", *BY_CARRIER)
    assert (answer["act"], answer["what"]) == ("issueBatch", "issues 3 titles")
    assert {each["form"] for each in answer["stands"]} == {"BLANK"}
    move = ("transfer", *answer["titles"], "--to", "lake-bank", "--key", "exporter")
    moved = titles(terminal, *move)
    assert (moved["act"], len(moved["stands"])) == ("instruct", 3)
    assert {each["holder"] for each in moved["stands"]} == {LAKE}
    assert titles(terminal, *move)["transaction"] == moved["transaction"]
    listed = titles(terminal, "list", "--member", "lake-bank")
    assert {each["title"] for each in listed} >= set(answer["titles"])  # type: ignore[index]
    together = (*bills[:2], "--holder", "exporter", *BY_CARRIER)
    file = ("--title-file", str(tmp_path / "some.title.json"))
    assert terminal.refused("titles", "issue", *together, *file)[:2] == (2, "OneTitleFile")


def test_a_straight_bill_names_its_consignee(terminal: Terminal, seal: Seal) -> None:
    parties = json.loads(EXAMPLE.read_text())["fields"]["documentParties"]
    consignee = {"consignee": {"name": "Silver Heron Machinery Import Co., Ltd."}}
    bill = seal("STRAIGHT-1", isToOrder=False, documentParties={**parties, **consignee})
    words = ("issue", bill, "--holder", "exporter", *BY_CARRIER)
    assert terminal.refused("titles", *words)[:2] == (1, "ConsigneeMissing")
    answer = titles(terminal, *words, "--to", "importer")
    assert answer["stands"][0]["form"] == "STRAIGHT"
    (title,) = answer["titles"]
    endorse = ("titles", "endorse", title, "--to", "lake-bank", "--key", "exporter")
    assert terminal.refused(*endorse)[:2] == (1, "NotToOrder")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"isElectronic": False}, "it is on paper"),
        ({"transportDocumentTypeCode": "SWB", "isToOrder": False}, "it is a sea waybill"),
        ({"transportDocumentStatus": "DRAFT"}, "its status is DRAFT"),
    ],
)
def test_what_is_no_electronic_bill_gets_no_title(
    terminal: Terminal, seal: Seal, changes: dict[str, Any], said: str
) -> None:
    parties = json.loads(EXAMPLE.read_text())["fields"]["documentParties"]
    named = {**parties, "consignee": {"name": "Silver Heron Machinery Import Co., Ltd."}}
    bill = seal("PAPER-1", documentParties=named, **changes)
    words = ("titles", "issue", bill, "--holder", "exporter", *BY_CARRIER)
    code, name, sentence = terminal.refused(*words)
    assert (code, name) == (1, "NotATitle")
    assert said in sentence


def test_the_document_behind_it_is_asked_for(
    terminal: Terminal, seal: Seal, tmp_path: Path
) -> None:
    bill = seal("DOC-1")
    words = ("issue", bill, "--holder", "exporter", *BY_CARRIER)
    text = terminal.text("titles", *words)
    assert "To look at\n    The document behind the title is not registered by its carrier" in text
    (title,) = titles(terminal, *words)["titles"]
    shown = terminal.text("titles", "show", title)
    assert ", not registered by the carrier\n" in shown
    # Whoever else registers it says nothing of the carrier's.
    for key, status in (("exporter", "UNKNOWN"), ("carrier", "REGISTERED")):
        assert terminal.json("documents", "register", bill, "--key", key)[0] == 0
        assert titles(terminal, "show", title)["document_status"] == status
    assert "To look at" not in terminal.text("titles", *words)


# Passing it on


def test_possession_and_right_move_apart_and_come_back(
    running: Running, terminal: Terminal, issue: Issue
) -> None:
    title = issue("MOVE-1")
    endorse = ("endorse", title, "--to", "harbour-bank", "--key", "exporter")
    first = titles(terminal, *endorse)
    assert stands(first) == ("LIVE", EXPORTER, HARBOUR)
    transfer = ("transfer", title, "--to", "harbour-bank", "--key", "exporter")
    moved = titles(terminal, *transfer)
    assert stands(moved) == ("LIVE", HARBOUR, HARBOUR)
    # Both stand, though neither could be done again.
    for words, done in ((endorse, first), (transfer, moved)):
        again = titles(terminal, *words)
        assert (again["status"], again["transaction"]) == ("already done", done["transaction"])
    by = {each["step"]: each["until"] for each in moved["stands"][0]["next"]}
    assert by["REJECT_POSSESSION"] == (running.clock.now + timedelta(days=5)).isoformat()

    reject = ("reject", title, "--key", "harbour-bank", "--remark", "Ordered nothing")
    back = titles(terminal, *reject)
    assert stands(back) == ("LIVE", EXPORTER, EXPORTER)
    assert titles(terminal, *reject)["status"] == "already done"
    # What came back goes out again: that is another act.
    anew = titles(terminal, *endorse, "--holder", "harbour-bank")
    assert (anew["act"], anew["status"]) == ("transferBoth", "done")
    assert anew["transaction"] not in {first["transaction"], moved["transaction"]}
    late = running.clock.now + timedelta(days=5)
    assert "until" in terminal.text("titles", "show", title)
    running.clock.at(late)
    assert titles(terminal, *reject, "--dry-run")["status"] == "dry run"
    running.clock.at(late + timedelta(seconds=1))
    assert terminal.refused("titles", *reject)[:2] == (1, "RejectionLapsed")
    steps = {each["step"] for each in titles(terminal, "show", title)["next"]}
    assert not steps & {"REJECT_POSSESSION", "REJECT_ENDORSEMENT"}


def test_what_went_elsewhere_since_is_not_said_to_stand(terminal: Terminal, issue: Issue) -> None:
    title = issue("ELSE-1", "--holder", "exporter")
    there = ("transfer", title, "--to", "lake-bank", "--key", "exporter")
    titles(terminal, *there)
    titles(terminal, "transfer", title, "--to", "exporter", "--key", "lake-bank")
    titles(terminal, "transfer", title, "--to", "harbour-bank", "--key", "exporter")
    assert terminal.refused("titles", *there)[:2] == (1, "NotTitleHolder")


def test_a_nominee_alone_can_be_endorsed_to(terminal: Terminal, issue: Issue) -> None:
    title = issue("NOM-1", "--holder", "lake-bank", "--to", "exporter")
    endorse = ("endorse", title, "--to", "importer", "--key", "lake-bank")
    assert terminal.refused("titles", *endorse)[:2] == (1, "NotTheNominee")
    nominate = ("nominate", title, "--to", "importer", "--key", "exporter")
    answer = titles(terminal, *nominate)
    assert answer["stands"][0]["nominee"] == IMPORTER
    (only,) = (each for each in answer["stands"][0]["next"] if each["step"] == "ENDORSE")
    assert (only["member"], only["to"]) == (LAKE, IMPORTER)
    assert "can endorse it to Silver Heron" in terminal.text("titles", "show", title)
    assert titles(terminal, *nominate)["status"] == "already done"
    assert titles(terminal, "nominate", title, "--nobody", "--key", "exporter")["status"] == "done"
    assert titles(terminal, *nominate)["status"] == "done"
    assert stands(titles(terminal, *endorse)) == ("LIVE", LAKE, IMPORTER)
    assert titles(terminal, *nominate)["status"] == "already done"
    straight = ("endorse", title, "--blank", "--straight", "--key", "importer")
    assert terminal.refused("titles", *straight)[:2] == (2, "ToWhom")


def test_a_bank_holds_it_as_security(terminal: Terminal, issue: Issue) -> None:
    title = issue("PLEDGE-1")
    to_trader = ("titles", "pledge", title, "--to", "importer", "--key", "exporter")
    assert terminal.refused(*to_trader)[:2] == (1, "PledgeeNotABank")
    pledge = ("pledge", title, "--to", "lake-bank", "--key", "exporter")
    answer = titles(terminal, *pledge)
    assert stands(answer) == ("PLEDGED", LAKE, EXPORTER)
    assert answer["stands"][0]["sentence"] == (
        "pledged: Dishui Lantern Commercial Bank (member 5) has it as security from "
        f"{ELBFALKE}, to the order of {ELBFALKE}."
    )
    assert titles(terminal, *pledge)["status"] == "already done"
    release = ("release", title, "--key", "lake-bank")
    assert stands(titles(terminal, *release)) == ("LIVE", EXPORTER, EXPORTER)
    assert titles(terminal, *release)["status"] == "already done"
    assert titles(terminal, *pledge)["status"] == "done"


def test_nothing_goes_to_a_member_that_could_not_move_it_on(
    terminal: Terminal, issue: Issue
) -> None:
    title = issue("KEYLESS-1")
    words = ("titles", "transfer", title, "--to", "insurer", "--key", "exporter")
    code, name, sentence = terminal.refused(*words)
    assert (code, name) == (1, "NoKeyForTitles")
    assert sentence.startswith("Tortoise Gate Marine Insurance Co., Ltd. has no live key")


# Surrender, paper, chain


def test_a_title_is_amended_goes_to_paper_and_back_and_ends(
    terminal: Terminal, issue: Issue, seal: Seal, tmp_path: Path
) -> None:
    title = issue("LIFE-1")
    amended = seal("LIFE-1-AMENDED")
    by_exporter = ("--key", "exporter")
    done = []

    def act(*words: str) -> dict[str, Any]:
        answer = titles(terminal, *words)
        assert answer["status"] == "done", words
        done.append(answer["transaction"])
        assert titles(terminal, *words)["transaction"] == answer["transaction"]
        return answer

    act("surrender", title, "--for", "switch", *by_exporter)
    assert stands(act("decline", title, *BY_CARRIER))[0] == "LIVE"
    act("surrender", title, "--for", "destination", *by_exporter)
    assert stands(act("accept", title, *BY_CARRIER))[0] == "AMENDING"
    restored = act("restore", title, amended, *BY_CARRIER)
    commitment = "0x" + json.loads(Path(amended).read_text())["commitment"]
    assert restored["stands"][0]["document"] == commitment == restored["document"]
    act("surrender", title, "--for", "paper", *by_exporter)
    assert stands(act("accept", title, *BY_CARRIER))[0] == "ON_PAPER"
    back = act("from-paper", title, amended, "--holder", "importer", *BY_CARRIER)
    assert (stands(back), back["stands"][0]["form"]) == (("LIVE", IMPORTER, None), "BLANK")
    act("surrender", title, "--key", "importer", "--remark", "For the goods, please")
    ended = act("accept", title, *BY_CARRIER)
    assert ended["stands"][0]["sentence"] == (
        "delivered: Silver Heron Machinery Import Co., Ltd. (member 9) gave it to "
        f"{LINE} for the goods."
    )
    assert ended["stands"][0]["next"] == []

    exported = tmp_path / "chain.json"
    chain = titles(terminal, "chain", title, "--export", str(exported))
    assert json.loads(exported.read_text()) == chain
    assert (chain["format"], chain["modelledOn"]) == ("yangshan-endorsement-chain/1", "DCSA PINT 3")
    assert (chain["title"], chain["transportDocumentReference"]) == (number_of(title), "LIFE-1")
    assert [
        entry["transaction"] for each in chain["chains"] for entry in each["envelopeTransferChain"]
    ][1:] == done
    codes = [
        [
            (change["actionCode"], change.get("reasonCode"))
            for entry in each["envelopeTransferChain"]
            for change in entry["transactions"]
        ]
        for each in chain["chains"]
    ]
    surrendered = "SURRENDER_FOR_AMENDMENT"
    assert codes == [
        [
            *(("ISSUE", None), (surrendered, "SWI"), ("SREJ", None)),
            *((surrendered, "COD"), ("SACC", None)),
        ],
        [("ISSUE", None), (surrendered, "SWTP"), ("SACC", None)],
        [("ISSUE", None), ("SURRENDER_FOR_DELIVERY", None), ("SACC", None)],
    ]
    last = chain["chains"][2]["envelopeTransferChain"][1]["transactions"][0]
    assert last["actor"] == {
        "partyName": "Silver Heron Machinery Import Co., Ltd.",
        "identifyingCodes": [
            {"codeListProvider": "ZZZ", "codeListName": "MEMBER", "partyCode": "9"}
        ],
        "taxLegalReferences": [
            {"type": "USCC", "countryCode": "CN", "value": "91310000YANG00094C"}
        ],
    }
    assert len(last["remark"]) == 66
    text = terminal.text("titles", "chain", number_of(title)).splitlines()
    assert text[-1].endswith(
        "  SACC  Paper Crane Line Shipping Co., Ltd. to Silver Heron Machinery Import Co., Ltd."
    )
    again = ("titles", "chain", title, "--export", str(exported))
    assert terminal.refused(*again)[:2] == (2, "NotWritten")


# By a desk


def test_a_desk_endorses_what_two_have_signed(
    terminal: Terminal, issue: Issue, tmp_path: Path
) -> None:
    title = issue("DESK-1")
    desk, by = ("alliance", "desk"), ("--key", "exporter-administrator")
    assert terminal.json(*desk, "create", "--roles", "TITLE", *by)[0] == 0
    for account, hand in (("exporter", "--maker"), ("exporter-treasury", "--checker")):
        assert terminal.json(*desk, "person", "exporter", account, hand, *by)[0] == 0
    file = str(tmp_path / "instruction.json")
    hands = ("--desk", "exporter", "--maker", "exporter", "--out", file)
    words = ("endorse", title, "--to", "harbour-bank", *hands, "--remark", "As agreed")
    assert terminal.refused("titles", *words)[:2] == (1, "ActionClosed")
    policy = ("policy", "exporter", "endorse a title", "--hands", "two")
    assert terminal.json(*desk, *policy, *by)[0] == 0
    answer = titles(terminal, *words)
    assert (answer["status"], answer["transaction"]) == ("prepared", None)
    assert number_of(title) in terminal.text(*desk, "show", file)
    for key in ("exporter", "exporter-treasury"):
        assert terminal.json(*desk, "sign", file, "--key", key, "--yes")[0] == 0
    assert titles(terminal, "show", title)["beneficiary"] == EXPORTER
    assert terminal.json(*desk, "relay", file, "--key", "carrier")[0] == 0
    assert titles(terminal, "show", title)["beneficiary"] == HARBOUR
    assert titles(terminal, *words)["status"] == "already done"


# What cannot be done


def test_what_is_wrong_is_said_and_nothing_is_sent(
    running: Running, terminal: Terminal, issue: Issue, seal: Seal, tmp_path: Path
) -> None:
    title, bill = issue("WRONG-1"), seal("WRONG-2")
    spoilt = json.loads(Path(title).read_text())
    Path("spoilt.json").write_text(json.dumps({**spoilt, "transportDocumentReference": "OTHER"}))
    Path("odd.json").write_text(json.dumps({**spoilt, "issuer": "twelve"}))
    invoice = str(tmp_path / "invoice.sealed.json")
    plain = str(ROOT / "examples" / "documents" / "invoice.json")
    assert terminal.json("documents", "seal", plain, "--out", invoice)[0] == 0
    unknown, by = "0x" + "12" * 32, ("--key", "exporter")
    issued = ("issue", bill, "--holder", "exporter")
    refusals: list[tuple[int, str, tuple[str, ...]]] = [
        (2, "HandsMissing", issued),
        (1, "MissingRole", (*issued, *by)),
        (1, "MissingRole", (*issued, "--key", "customs")),
        (2, "UnknownKey", (*issued, "--key", "nobody")),
        (2, "UnknownMemberName", ("issue", bill, "--holder", "nobody", *BY_CARRIER)),
        (1, "NoKeyForTitles", ("issue", bill, "--holder", "carrier", *BY_CARRIER)),
        (1, "NotATitle", ("issue", invoice, "--holder", "exporter", *BY_CARRIER)),
        (2, "TitleTwice", ("issue", bill, bill, "--holder", "exporter", *BY_CARRIER)),
        (2, "NotWritten", (*issued, "--title-file", title, *BY_CARRIER)),
        (2, "FileUnread", ("show", "nowhere.json")),
        (2, "BadJson", ("show", bill)),
        (2, "BadJson", ("show", "odd.json")),
        (2, "TitleFileDamaged", ("show", "spoilt.json")),
        (1, "NoSuchTitleHere", ("show", unknown)),
        (1, "NoSuchTitleHere", ("chain", unknown[2:])),
        (1, "WrongTitleState", ("transfer", unknown, "--to", "importer", *by)),
        (2, "TitleTwice", ("transfer", title, number_of(title), "--to", "importer", *by)),
        (1, "HolderAlready", ("transfer", title, "--to", "exporter", *by)),
        (1, "NotTitleHolder", ("transfer", title, "--to", "importer", "--key", "lake-bank")),
        (2, "ToWhom", ("nominate", title, *by)),
        (2, "ToWhom", ("nominate", title, "--to", "importer", "--nobody", *by)),
        (1, "NominatedAlready", ("nominate", title, "--nobody", *by)),
        (2, "ToWhom", ("endorse", title, *by)),
        (1, "BeneficiaryAlready", ("endorse", title, "--to", "exporter", *by)),
        (2, "UnknownWord", ("reject", title, "--what", "all", *by)),
        (1, "NothingToReject", ("reject", title, "--what", "endorsement", *by)),
        (2, "UnknownWord", ("surrender", title, "--for", "fun", *by)),
        (2, "NothingSaid", ("surrender", title, "--remark", "  ", *by)),
        (1, "MissingRole", ("accept", title, *by)),
        (1, "WrongTitleState", ("accept", title, *BY_CARRIER)),
        (1, "WrongTitleState", ("restore", title, bill, *BY_CARRIER)),
        (2, "UnknownMemberName", ("list", "--member", "nobody")),
    ]
    block, before = running.block, folder_of(running.home)
    for code, name, words in refusals:
        assert terminal.refused("titles", *words)[:2] == (code, name), words
    assert (running.block, folder_of(running.home)) == (block, before)


# Deliveries


CNY = ("--amount", "1,280,000.00", "--currency", "CNY")


def offer(running: Running, title: str, to: str, *more: str, days: int = 3) -> tuple[str, ...]:
    until = (running.clock.now + timedelta(days=days)).isoformat()
    return ("offer", title, "--to", to, *CNY, "--take-by", until, *more)


def cash_of(running: Running, member: int) -> int:
    """What a member has in its treasury, minor units of CNY."""
    deployment = Workspace(running.home).deployment(running.chain)
    sender = Sender(running.chain, Workspace(running.home).outbox(running.chain))
    alliance = Alliance(running.chain, sender, deployment)
    return alliance.cash.balance(member, Currency.of("CNY")).minor


def test_cash_and_titles_change_hands_together(
    running: Running, terminal: Terminal, issue: Issue
) -> None:
    first = issue("CASH-1", "--holder", "harbour-bank", "--to", "harbour-bank")
    second = issue("CASH-2", "--holder", "harbour-bank", "--to", "harbour-bank")
    by = ("--key", "harbour-bank")
    words = offer(running, first, "lake-bank", *by)
    words = (words[0], first, second, *words[2:])
    offered = titles(terminal, *words)
    delivery = offered["delivery"]
    assert offered["stands"]["state"] == "OFFERED"
    assert titles(terminal, *words)["status"] == "already done"
    assert titles(terminal, "show", first)["state"] == "IN_CUSTODY"
    assert terminal.refused("titles", "transfer", first, "--to", "lake-bank", *by)[:2] == (
        *(1, "WrongTitleState"),
    )
    taker = ("--key", "lake-bank")
    receipt = ("titles", "take", second, "--receipt", "Held for the bank", *taker)
    assert terminal.refused(*receipt)[:2] == (1, "ReceiptUnclear")
    assert terminal.refused("titles", "take", second, *by)[:2] == (1, "NotDeliveryApplicant")
    before = cash_of(running, HARBOUR), cash_of(running, LAKE)
    # Any title of it names the delivery, and all of them move.
    taken = titles(terminal, "take", second, *taker)
    assert (taken["delivery"], taken["stands"]["state"]) == (delivery, "SETTLED")
    after = cash_of(running, HARBOUR), cash_of(running, LAKE)
    assert (after[0] - before[0], after[1] - before[1]) == (128_000_000, -128_000_000)
    assert titles(terminal, "take", first, *taker)["status"] == "already done"
    assert cash_of(running, LAKE) == after[1]
    for title in (first, second):
        shown = titles(terminal, "show", title)
        assert (shown["holder"], shown["beneficiary"], shown["state"]) == (LAKE, LAKE, "LIVE")
        codes = [
            change["actionCode"]
            for entry in titles(terminal, "chain", title)["chains"][0]["envelopeTransferChain"]
            for change in entry["transactions"]
        ]
        assert codes == ["ISSUE", "ENDORSE_TO_ORDER", "TRANSFER"]


def test_what_is_offered_on_trust_is_owed_until_it_is_paid(
    running: Running, terminal: Terminal, issue: Issue
) -> None:
    title = issue("TRUST-1", "--holder", "harbour-bank", "--to", "harbour-bank")
    due = (running.clock.now + timedelta(days=30)).isoformat()
    on_trust = ("--on-trust", "--due", due, "--key", "harbour-bank")
    titles(terminal, *offer(running, title, "lake-bank", *on_trust))
    take = ("take", title, "--key", "lake-bank")
    assert terminal.refused("titles", *take)[:2] == (1, "ReceiptUnclear")
    before = cash_of(running, LAKE)
    taken = titles(terminal, *take, "--receipt", "Held for the bank")
    assert taken["stands"]["state"] == "ON_TRUST"
    assert titles(terminal, *take, "--receipt", "Held for the bank")["status"] == "already done"
    other = ("titles", *take, "--receipt", "Held for nobody")
    assert terminal.refused(*other)[:2] == (1, "KeyReused")
    assert (cash_of(running, LAKE), titles(terminal, "show", title)["holder"]) == (before, LAKE)
    assert "on trust: Yangshan Harbour Bank" in terminal.text(
        "titles", "deliveries", "--member", "lake-bank"
    )
    running.clock.at(running.clock.now + timedelta(days=31))
    listed = titles(terminal, "deliveries", "--member", "lake-bank")
    assert [each["state"] for each in listed][-1] == "OVERDUE"  # type: ignore[index]
    # Passed on meanwhile, and offered again by the one that owes: its own debt is still found.
    titles(terminal, *offer(running, title, "harbour-bank", "--key", "lake-bank"))
    paid = titles(terminal, "pay", title, "--key", "lake-bank")
    assert paid["stands"]["state"] == "SETTLED"
    assert cash_of(running, LAKE) == before - 128_000_000
    assert titles(terminal, "pay", title, "--key", "lake-bank")["status"] == "already done"


def test_what_nobody_takes_goes_back(running: Running, terminal: Terminal, issue: Issue) -> None:
    title = issue("BACK-1", "--holder", "harbour-bank", "--to", "harbour-bank")
    by = ("--key", "harbour-bank")
    first = titles(terminal, *offer(running, title, "importer", *by))
    assert titles(terminal, "withdraw", title, *by)["stands"]["state"] == "WITHDRAWN"
    assert titles(terminal, "withdraw", title, *by)["status"] == "already done"
    # What went back is offered again under the next number.
    again = titles(terminal, *offer(running, title, "importer", *by))
    assert (again["stands"]["number"], again["delivery"] != first["delivery"]) == (2, True)
    lapse = ("lapse", title, "--key", "carrier")
    assert terminal.refused("titles", *lapse)[:2] == (1, "OfferOpen")
    running.clock.at(running.clock.now + timedelta(days=4))
    assert terminal.refused("titles", "take", title, "--key", "importer")[:2] == (1, "OfferOver")
    assert titles(terminal, *lapse)["stands"]["state"] == "WITHDRAWN"
    shown = titles(terminal, "show", title)
    assert (shown["state"], shown["holder"], shown["beneficiary"]) == ("LIVE", HARBOUR, HARBOUR)


def test_what_is_wrong_with_a_delivery_is_said(
    running: Running, terminal: Terminal, issue: Issue
) -> None:
    title = issue("ODD-1", "--holder", "harbour-bank", "--to", "harbour-bank")
    held = issue("ODD-2", "--holder", "harbour-bank", "--to", "harbour-bank")
    by = ("--key", "harbour-bank")
    titles(terminal, *offer(running, title, "importer", *by))
    past = ("offer", held, "--to", "importer", *CNY, "--take-by", "2025-01-01T00:00:00Z", *by)
    refusals: list[tuple[int, str, tuple[str, ...]]] = [
        (2, "DueUnclear", offer(running, held, "importer", "--on-trust", *by)),
        (2, "DueUnclear", offer(running, held, "importer", "--due", "2027-01-01T00:00:00Z", *by)),
        (2, "UnknownMemberName", offer(running, held, "nobody", *by)),
        (1, "DeliveredToItself", offer(running, held, "harbour-bank", *by)),
        (1, "NotTitleHolder", offer(running, held, "importer", "--key", "lake-bank")),
        (1, "NoSuchCredit", offer(running, held, "importer", "--credit", "NONE", *by)),
        (1, "NoTimeToTake", past),
        (1, "NoDelivery", ("take", held, "--key", "importer")),
        (1, "NoDelivery", ("withdraw", held, *by)),
        (1, "NotDeliveringBank", ("withdraw", title, "--key", "lake-bank")),
        (1, "UnfitReference", ("deliver", title, "--payment", "X" * 33, *by)),
        (1, "NotDeliveringBank", ("deliver", title, "--payment", "P", "--key", "lake-bank")),
        (1, "WrongDeliveryState", ("attest", title, "--payment", "P", *by)),
        (1, "WrongDeliveryState", ("pay", title, "--key", "importer")),
    ]
    block = running.block
    for code, name, words in refusals:
        assert terminal.refused("titles", *words)[:2] == (code, name), words
    assert running.block == block
