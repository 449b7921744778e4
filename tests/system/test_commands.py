# SPDX-License-Identifier: Apache-2.0
"""The command line beside a running `yangshan node`.

The tests share one chain, whose outbox must not see it go back: each has references of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from chains import ROOT, START
from terminals import Running, Terminal, answer_of, anvil_of, ended, folder_of, node_process

from yangshan.chain.connection import connect
from yangshan.chain.enums import Disposal
from yangshan.chain.nodes import start_node
from yangshan.chain.records import Lodging, PresentationKey
from yangshan.chain.signers import Signer, development_signer
from yangshan.chain.values import hexadecimal
from yangshan.cli import run
from yangshan.credit.confirming import confirm, decline
from yangshan.credit.ids import credit_id, obligation_id, presentation_id
from yangshan.credit.settlements import Disposal as Refusal
from yangshan.deployment.parameters import development_index
from yangshan.money import Money
from yangshan.swift import read
from yangshan.swift.refusal import refusal_mt734
from yangshan.workspace import Workspace

CREDITS = ROOT / "examples" / "credits"
HARBOUR, LAKE, EXPORTER_BANK, EXPORTER = 4, 5, 10, 11
TEXT = (CREDITS / "import-credit.mt700").read_bytes().decode()
HASH = "0x" + "12" * 32
AMOUNT = "CNY 1,280,000.00 +5/-5 %"

pytestmark = pytest.mark.usefixtures("away")


@pytest.fixture
def message(tmp_path: Path) -> Callable[..., str]:
    """A file with the import credit under another reference, after more changes."""

    def write(reference: str, *changes: tuple[str, str]) -> str:
        text = TEXT
        for old, new in ((":20:YSH25LC000817", f":20:{reference}"), *changes):
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        file = tmp_path / f"{reference}.mt700"
        file.write_bytes(text.encode())
        return str(file)

    return write


OF_LAKE = [("YSHACNSHAXXX", "YSDLCNSHAXXX"), (":41A:YSHACNSH", ":41A:YSDLCNSH")]
EXPIRED = [(":31C:250901", ":31C:250801"), (":31D:251230", ":31D:250829")]


def issue(file: str, key: str = "harbour-bank") -> list[str]:
    return ["credit", "issue", file, "--key", key]


def copied(running: Running, tmp_path: Path, *without: str) -> str:
    """The folder beside the node, without some parts of it."""
    copy = tmp_path / "copy"
    shutil.copytree(running.home, copy)
    for pattern in without:
        found = list(copy.glob(pattern))
        assert found, pattern
        for path in found:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return str(copy)


# The node


def test_a_node_says_how_to_use_it(running: Running) -> None:
    answer = running.answer
    assert (answer["chain_id"], answer["home"]) == (31337, str(running.home))
    assert running.chain.genesis == Workspace(running.home).deployment(running.chain).genesis
    for address in answer["contracts"].values():
        assert running.chain.web3.eth.get_code(address)
    members = answer["members"]
    assert [each["number"] for each in members] == list(range(1, 14))
    keys = Workspace(running.home).keys
    accounts = ("", "-administrator", "-treasury")
    kept = {f"{each['key']}{account}" for each in members for account in accounts}
    assert keys.names() == sorted(kept | {"tide-bank-maker", "tide-bank-checker"})
    password = Workspace(running.home).password("harbour-bank")
    for each in members[3:5]:
        assert keys.load(each["key"], password).address == each["desk"]


def test_a_folder_in_use_is_left_alone(running: Running, terminal: Terminal) -> None:
    before = folder_of(running.home)
    code, name, sentence = terminal.refused("node", "--home", str(running.home), "--port", "0")
    assert (code, name) == (2, "FolderInUse")
    assert "belongs to another development node, which runs" in sentence
    assert folder_of(running.home) == before


def test_a_port_in_use_leaves_no_folder(
    running: Running, terminal: Terminal, tmp_path: Path
) -> None:
    port = running.url.rsplit(":", 1)[1]
    home = tmp_path / "second"
    code, name, sentence = terminal.refused("node", "--home", str(home), "--port", port)
    assert (code, name) == (2, "NodeFailed")
    assert f"port {port} is not free" in sentence
    assert not home.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_it_deploys_leaves_no_process_and_no_folder(
    number: signal.Signals, tmp_path: Path
) -> None:
    home = tmp_path / "node"
    with node_process(home) as process:
        while not (home / "31337.json").exists():
            assert process.poll() is None
        anvil = anvil_of(process)
        process.send_signal(number)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 2
    assert err == ""
    assert ended(anvil)
    assert not home.exists()


def test_a_node_that_ends_by_itself_is_an_error(tmp_path: Path) -> None:
    home = tmp_path / "node"
    with node_process(home) as process:
        answer_of(process)
        anvil_of(process).kill()
        out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (2, "")
    error = json.loads(out)["error"]
    assert error == {
        "name": "NodeEnded",
        "message": "The development node anvil ended by itself with code -9.",
    }
    assert not home.exists()


# Issuing


def test_a_credit_is_issued_once(
    running: Running, terminal: Terminal, message: Callable[..., str]
) -> None:
    file = message("ONCE")
    before = running.block
    code, answer = terminal.json(*issue(file))
    assert code == 0
    receipt = running.chain.web3.eth.get_transaction_receipt(answer["transaction"])
    assert (receipt["status"], receipt["blockNumber"]) == (1, before + 1)
    assert answer == {
        "status": "issued",
        "act": "issue",
        "actor": "Yangshan Harbour Bank",
        "what": "issues credit ONCE for CNY 1,280,000.00",
        "article": "UCP 600 art. 7(b)",
        "credit": {
            "id": credit_id(HARBOUR, "ONCE"),
            "reference": "ONCE",
            "currency": "CNY",
            "amount": 128_000_000,
            "expiry": "2025-12-30",
            "issuing_bank": HARBOUR,
            "advising_bank": EXPORTER_BANK,
            "applicant": 9,
            "beneficiary": EXPORTER,
        },
        "findings": [],
        "cautions": [],
        "transaction": answer["transaction"],
        "gas": receipt["gasUsed"],
        "time": running.chain.now().isoformat(),
    }
    again = terminal.json(*issue(file))
    assert again == (0, {**answer, "status": "already done"})
    said = terminal.text(*issue(file)).splitlines()
    assert said == [
        "Already done  credit ONCE for CNY 1,280,000.00 (UCP 600 art. 7(b))",
        "  expires 2025-12-30 in SHANGHAI",
        f"  transaction {answer['transaction']}",
        f"  gas {receipt['gasUsed']:,}, block time {answer['time']}",
    ]
    assert running.block == before + 1


def test_a_dry_run_sends_and_keeps_nothing(
    running: Running, terminal: Terminal, message: Callable[..., str]
) -> None:
    file = message("DRY")
    before, kept = running.block, folder_of(running.home)
    code, answer = terminal.json(*issue(file), "--dry-run")
    assert (code, answer["status"]) == (0, "dry run")
    assert (answer["transaction"], answer["gas"], answer["time"]) == (None, None, None)
    assert answer["credit"]["id"] == credit_id(HARBOUR, "DRY")
    assert terminal.text(*issue(file), "--dry-run").splitlines() == [
        "Would be issued  credit DRY for CNY 1,280,000.00 (UCP 600 art. 7(b))",
        "  expires 2025-12-30 in SHANGHAI",
    ]
    assert (running.block, folder_of(running.home)) == (before, kept)
    assert terminal.refused("credit", "show", "DRY")[:2] == (1, "NoSuchCredit")
    # What the contract would refuse, a dry run refuses.
    expired = message("DRY-EXPIRED", *EXPIRED)
    assert terminal.refused(*issue(expired), "--dry-run")[:2] == (1, "ExpiryPassed")
    assert terminal.refused(*issue(file, "lake-bank"), "--dry-run")[:2] == (1, "OtherBanksCredit")
    assert (running.block, folder_of(running.home)) == (before, kept)


def test_a_message_may_come_on_standard_input(
    running: Running, message: Callable[..., str]
) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-c", "from yangshan.cli import main; main()"),
            *("credit", "issue", "-", "--key", "harbour-bank", "--json"),
        ],
        input=Path(message("PIPED")).read_bytes(),
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["credit"]["reference"] == "PIPED"


@pytest.mark.parametrize(
    ("key", "expected", "said"),
    [
        ("lake-bank", (1, "OtherBanksCredit"), "acts for Dishui Lantern Commercial Bank"),
        ("importer", (1, "OtherBanksCredit"), "acts for Silver Heron Machinery Import Co., Ltd."),
        ("nobody", (2, "UnknownKey"), "there are carrier, carrier-administrator, carrier-treasury"),
        ("../keys/lake-bank", (2, "BadKeyName"), "cannot be the name of a key"),
    ],
)
def test_another_key_issues_nothing(
    key: str,
    expected: tuple[int, str],
    said: str,
    running: Running,
    terminal: Terminal,
    message: Callable[..., str],
) -> None:
    before, kept = running.block, folder_of(running.home)
    code, name, sentence = terminal.refused(*issue(message("KEY"), key))
    assert (code, name) == expected
    assert said in sentence
    assert (running.block, folder_of(running.home)) == (before, kept)


def test_a_stranger_to_the_alliance_issues_nothing(
    running: Running, terminal: Terminal, message: Callable[..., str], tmp_path: Path
) -> None:
    home = copied(running, tmp_path)
    stranger = development_signer(59, "stranger")
    Workspace(Path(home)).keys.save("stranger", stranger.account, "development", iterations=2)
    before = running.block
    code, name, sentence = terminal.refused(*issue(message("KEY"), "stranger"), "--home", home)
    assert (code, name) == (1, "NotAMember")
    assert stranger.address in sentence
    assert running.block == before


def test_a_key_opens_with_its_password_alone(
    running: Running,
    terminal: Terminal,
    message: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = message("PASSWORD")
    home = copied(running, tmp_path, "keys/PASSWORD")
    before = running.block
    assert terminal.refused(*issue(file), "--home", home)[:2] == (2, "NoPassword")
    monkeypatch.setenv("YANGSHAN_PASSWORD", "wrong")
    assert terminal.refused(*issue(file), "--home", home)[:2] == (2, "WrongPassword")
    assert running.block == before
    monkeypatch.setenv("YANGSHAN_PASSWORD", "development")
    assert terminal.json(*issue(file), "--home", home)[1]["status"] == "issued"


def test_other_terms_under_the_same_reference_are_refused(
    running: Running, terminal: Terminal, message: Callable[..., str], tmp_path: Path
) -> None:
    first = terminal.json(*issue(message("TERMS")))[1]
    before, kept = running.block, folder_of(running.home)
    dearer = message("TERMS", (":32B:CNY1280000,00", ":32B:CNY1280000,01"))
    # Where nothing is kept, the chain still knows what was stated under the reference.
    home = copied(running, tmp_path, "*.private", "*.outbox.sqlite*")
    for folder in (str(running.home), home):
        code, name, sentence = terminal.refused(*issue(dearer), "--home", folder)
        assert (code, name) == (1, "KeyReused")
        assert f"with another content (transaction {first['transaction']})" in sentence
    assert not (Path(home) / "31337.private").exists()
    assert (running.block, folder_of(running.home)) == (before, kept)
    assert terminal.json(*issue(message("TERMS")))[1]["transaction"] == first["transaction"]


def test_an_expired_credit_is_refused_and_can_be_mended(
    running: Running, terminal: Terminal, message: Callable[..., str]
) -> None:
    before, kept = running.block, folder_of(running.home)
    code, name, sentence = terminal.refused(*issue(message("MENDED", *EXPIRED)))
    assert (code, name) == (1, "ExpiryPassed")
    assert "2025-08-29" in sentence
    assert "UCP 600 art. 6(d)" in sentence
    assert (running.block, folder_of(running.home)) == (before, kept)
    code, answer = terminal.json(*issue(message("MENDED")))
    assert (code, answer["status"]) == (0, "issued")


# Chains


def test_another_chain_is_named(
    running: Running, terminal: Terminal, message: Callable[..., str]
) -> None:
    kept = folder_of(running.home)
    calls = [["credit", "show", "ONCE"], issue(message("CHAIN"))]
    with start_node("anvil", start=START + timedelta(days=1)) as other:
        for words in calls:
            code, name, sentence = terminal.refused(*words, "--rpc", other.url)
            assert (code, name) == (2, "OtherGenesis")
            assert running.chain.genesis[:10] in sentence
        assert connect(other.url).web3.eth.block_number == 0
    with start_node("anvil", start=START, chain_id=4711) as other:
        for words in calls:
            code, name, sentence = terminal.refused(*words, "--rpc", other.url)
            assert (code, name) == (2, "NoDeployment")
            assert "chain 4711" in sentence
            assert "31337" in sentence
    assert folder_of(running.home) == kept


def test_a_chain_started_anew_has_no_contracts(
    running: Running, terminal: Terminal, message: Callable[..., str]
) -> None:
    """Its genesis is the same, so that the contracts alone tell it from the other."""
    kept = folder_of(running.home)
    with start_node("anvil", start=START) as other:
        assert connect(other.url).genesis == running.chain.genesis
        for words in (["credit", "show", "ONCE"], issue(message("CHAIN"))):
            code, name, sentence = terminal.refused(*words, "--rpc", other.url)
            assert (code, name) == (2, "NoContract")
            assert sentence.startswith("There is no ")
            assert "or the chain was started anew" in sentence
        assert connect(other.url).web3.eth.block_number == 0
    assert folder_of(running.home) == kept


def test_a_folder_without_its_parts_is_named(
    running: Running, terminal: Terminal, tmp_path: Path
) -> None:
    home = copied(running, tmp_path, "members.toml")
    code, name, sentence = terminal.refused("credit", "show", "ONCE", "--home", home)
    assert (code, name) == (2, "AllianceFileError")
    assert "members.toml" in sentence
    (Path(home) / "31337.json").write_text("{")
    assert terminal.refused("credit", "show", "A", "--home", home)[:2] == (2, "RecordDamaged")


# Showing


def test_a_reference_that_nobody_used_is_named(running: Running, terminal: Terminal) -> None:
    code, name, sentence = terminal.refused("credit", "show", "NOBODY")
    assert (code, name) == (1, "NoSuchCredit")
    assert "None of the 6 banks" in sentence
    code, name, sentence = terminal.refused("credit", "show", "NOBODY", "--bank", "YSXXCNSH")
    assert (code, name) == (2, "UnknownBank")
    assert "YSHACNSH, YSDLCNSH" in sentence
    assert terminal.refused("credit", "show", "A" * 17)[:2] == (1, "UnfitReference")


def test_two_banks_may_use_one_reference(
    running: Running, terminal: Terminal, message: Callable[..., str]
) -> None:
    assert terminal.json(*issue(message("TWICE")))[0] == 0
    assert terminal.json(*issue(message("TWICE", *OF_LAKE), "lake-bank"))[0] == 0
    code, name, sentence = terminal.refused("credit", "show", "TWICE")
    assert (code, name) == (1, "SeveralCredits")
    assert "YSHACNSH and YSDLCNSH" in sentence
    for bic, number in (("YSHACNSH", HARBOUR), ("YSDLCNSHXXX", LAKE)):
        code, view = terminal.json("credit", "show", "TWICE", "--bank", bic)
        assert (code, view["id"]) == (0, credit_id(number, "TWICE"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2025-{text}+08:00")


def desk(number: int) -> Signer:
    return development_signer(development_index(number, "desk"), str(number))


def test_a_credit_is_shown_through_its_whole_life(
    running: Running, terminal: Terminal, message: Callable[..., str], tmp_path: Path
) -> None:
    """Two presentations: the first refused, the second precluded, claimed and paid."""
    service, clock = running.service(tmp_path), running.clock
    number = credit_id(HARBOUR, "LIFE")
    issued = terminal.json(*issue(message("LIFE")))[1]["transaction"]

    code, view = terminal.json("credit", "show", "LIFE")
    assert code == 0
    assert view == {
        "reference": "LIFE",
        "id": number,
        "state": "ISSUED",
        "advised": False,
        "second_advised": False,
        "advice_declined": False,
        "confirmed": False,
        "confirmation_declined": False,
        "diverged": False,
        "stayed_until": None,
        "currency": "CNY",
        "amount": 128_000_000,
        "plus_tolerance": 5,
        "minus_tolerance": 5,
        "drawn": 0,
        "available": 134_400_000,
        "available_by": "SIGHT_PAYMENT",
        "usance": None,
        "schedule": None,
        "expiry": "2025-12-30",
        "latest_shipment": "2025-11-15",
        "version": 0,
        "parties": {
            "issuing_bank": "Yangshan Harbour Bank",
            "applicant": "Silver Heron Machinery Import Co., Ltd.",
            "beneficiary": "Elbfalke Maschinenbau GmbH",
            "advising_bank": "Sieben Leuchtfeuer Handelsbank",
            "second_advising_bank": None,
            "nominated_bank": None,
            "confirming_bank": None,
            "reimbursing_bank": None,
        },
        "amendments": [],
        "transfers": [],
        "presentations": [],
        "obligations": [],
        "assigned_ahead": None,
        "events": [{"event": "CreditIssued", "transaction": issued, "block": running.block}],
    }
    parties = [
        "  issuing bank           Yangshan Harbour Bank",
        "  applicant              Silver Heron Machinery Import Co., Ltd.",
        "  beneficiary            Elbfalke Maschinenbau GmbH",
        "  advising bank          Sieben Leuchtfeuer Handelsbank",
    ]
    assert terminal.text("credit", "show", "LIFE").splitlines() == [
        "LIFE  issued",
        f"  amount                 {AMOUNT}, drawn CNY 0.00, available CNY 1,344,000.00",
        "  available by           sight payment",
        "  expires                2025-12-30, latest shipment 2025-11-15",
        *parties,
        "",
        f"  event                  {'transaction':66}  block",
        f"  CreditIssued           {issued}  {running.block}",
    ]

    clock.at(at("09-02T10:00:00"))
    done = [service.advise(desk(EXPORTER_BANK), number)]
    first = PresentationKey(number, HARBOUR, EXPORTER, 1)
    second = PresentationKey(number, HARBOUR, EXPORTER, 2)
    clock.at(at("09-22T10:00:00"))
    done.append(service.lodge(desk(EXPORTER), lodging(first, 128_000_000)))
    clock.at(at("09-23T10:00:00"))
    done.append(service.refuse(desk(HARBOUR), first, ["X12", "X08"], Disposal.RETURN, HASH))
    clock.at(at("09-29T10:00:00"))
    done.append(service.lodge(desk(EXPORTER), lodging(second, 120_000_000)))
    view = terminal.json("credit", "show", "LIFE")[1]
    refused, waiting = view["presentations"]
    assert refused == {
        "number": 1,
        "id": presentation_id(first),
        "presenter": "Elbfalke Maschinenbau GmbH",
        "examiner": "Yangshan Harbour Bank",
        "payee": "Elbfalke Maschinenbau GmbH",
        "count": 1,
        "state": "REFUSED",
        "claimed": False,
        "amount": 128_000_000,
        "shipped": "2025-09-18",
        "received": "2025-09-22T10:00:00+08:00",
        # A Sunday, and a make-up working day.
        "deadline": "2025-09-28T17:00:00+08:00",
        "bound": True,
        "late": False,
        "overdrawn": False,
        "short": False,
        "missed": False,
        "forwarded": False,
        "discrepancies": ["X08", "X12"],
        "disposal": "RETURN",
    }
    assert (waiting["state"], waiting["deadline"]) == ("LODGED", "2025-10-13T17:00:00+08:00")

    # The last second for the bank, and the one after it.
    clock.mine_at(at("10-13T17:00:00"))
    assert terminal.json("credit", "show", "LIFE")[1]["presentations"][1]["state"] == "LODGED"
    clock.mine_at(at("10-13T17:00:01"))
    waiting = terminal.json("credit", "show", "LIFE")[1]["presentations"][1]
    assert (waiting["state"], waiting["claimed"]) == ("PRECLUDED", False)

    clock.at(at("10-14T09:00:00"))
    done.append(service.claim_precluded(desk(EXPORTER), second))
    owed = obligation_id(presentation_id(second), HARBOUR, EXPORTER)
    view = terminal.json("credit", "show", "LIFE")[1]
    waiting, (obligation,) = view["presentations"][1], view["obligations"]
    assert (waiting["state"], waiting["claimed"], view["drawn"]) == ("PRECLUDED", True, 120_000_000)
    assert obligation == {
        "number": 1,
        "id": owed,
        "debtor": "Yangshan Harbour Bank",
        "owner": "Elbfalke Maschinenbau GmbH",
        "creditor": "Elbfalke Maschinenbau GmbH",
        "amount": 120_000_000,
        "kind": "PRECLUSION",
        "state": "DUE",
        "due": "2025-10-14T09:00:00+08:00",
        "matures": None,
        "recourse": False,
        "stayed_until": None,
        "assignee": None,
        "assigned": 0,
        "prepayment": 0,
    }
    done.append(service.pay(desk(HARBOUR), owed))

    view = terminal.json("credit", "show", "LIFE")[1]
    assert view["obligations"] == [{**obligation, "state": "PAID"}]
    hashes = [event["transaction"] for event in view["events"]]
    assert list(dict.fromkeys(hashes)) == [issued, *(each.transaction for each in done)]
    said = terminal.text("credit", "show", "LIFE").splitlines()
    assert said[: said.index("")] == [
        "LIFE  issued, advised",
        f"  amount                 {AMOUNT}, drawn CNY 1,200,000.00, available CNY 144,000.00",
        "  available by           sight payment",
        "  expires                2025-12-30, latest shipment 2025-11-15",
        *parties,
        "  presentation 1         CNY 1,280,000.00: refused",
        f"{'':25}by Elbfalke Maschinenbau GmbH to Yangshan Harbour Bank",
        f"{'':25}received 2025-09-22 10:00:00 +0800, deadline 2025-09-28 17:00:00 +0800",
        f"{'':25}refused for X08, X12; documents: return",
        "  presentation 2         CNY 1,200,000.00: precluded, claimed",
        f"{'':25}by Elbfalke Maschinenbau GmbH to Yangshan Harbour Bank",
        f"{'':25}received 2025-09-29 10:00:00 +0800, deadline 2025-10-13 17:00:00 +0800",
        "  obligation 1           CNY 1,200,000.00: paid",
        f"{'':25}of Yangshan Harbour Bank to Elbfalke Maschinenbau GmbH",
    ]
    listed = [line.split() for line in said[said.index("") + 2 :]]
    assert [(name, digest) for name, digest, *_ in listed] == [
        (event["event"], event["transaction"]) for event in view["events"]
    ]


def lodging(key: PresentationKey, amount: int) -> Lodging:
    return Lodging(
        key=key,
        amount=amount,
        shipped=at("09-18T00:00:00").date(),
        pay_presenter=False,
        documents=HASH,
    )


# Its messages


def test_the_messages_of_a_credit_are_written_or_say_what_is_missing(
    running: Running, terminal: Terminal, message: Callable[..., str], tmp_path: Path
) -> None:
    """One presentation refused, one that complies and is paid, and one that is left to lie."""
    service, clock = running.service(tmp_path), running.clock
    workspace = Workspace(running.home)
    number = credit_id(HARBOUR, "TOLD")
    only_banks = (":71D:", ":49H:PRICE AGREED APART\r\n:71D:")
    file = message("TOLD", only_banks)
    clock.at(at("10-15T10:00:00"))
    assert terminal.json(*issue(file))[0] == 0
    assert terminal.json("credit", "messages", "TOLD")[0] == 0

    clock.at(at("10-16T10:00:00"))
    service.advise(desk(EXPORTER_BANK), number)
    service.record_mandate(desk(EXPORTER), number, EXPORTER_BANK, HASH)
    keys = [PresentationKey(number, HARBOUR, EXPORTER_BANK, count) for count in (1, 2, 3)]
    for key in keys:
        shipped = at("10-10T00:00:00").date()
        presented = replace(lodging(key, 40_000_000), shipped=shipped)
        service.lodge(desk(EXPORTER_BANK), presented)
    notice = refusal_mt734(
        sender="YSHACNSH",
        receiver="YSSLDEHH",
        issuing_bank="YSHACNSH",
        reference="TOLD",
        presenting_reference=None,
        utilised_on=at("10-16T10:00:00").date(),
        amount=Money.of(40_000_000, "CNY"),
        discrepancies=["INVOICE NOT SIGNED"],
        disposal=Refusal.HOLD,
    )
    kept = workspace.vault(running.chain).keep(
        "refusal-notice", presentation_id(keys[0]), {"text": notice}
    )
    clock.at(at("10-17T10:00:00"))
    said = hexadecimal(kept.commitment)
    service.refuse(desk(HARBOUR), keys[0], ["X12"], Disposal.HOLD, said)
    # The chain is committed to another text than the one that is kept.
    workspace.vault(running.chain).keep(
        "refusal-notice", presentation_id(keys[1]), {"text": notice.replace("NOT", "NEVER")}
    )
    service.refuse(desk(HARBOUR), keys[1], ["X12"], Disposal.HOLD, said)
    service.find_complying(desk(HARBOUR), keys[2])
    # By the bank's clock it is the day after the one in UTC.
    clock.at(at("10-18T01:00:00"))
    owed = obligation_id(presentation_id(keys[2]), HARBOUR, EXPORTER)
    service.pay(desk(HARBOUR), owed)

    code, found = terminal.json("credit", "messages", "TOLD")
    assert code == 1
    assert [(each["number"], each["event"], each["type"]) for each in found] == [
        (1, "CreditIssued", "700"),
        (2, "CreditAdvised", "730"),
        (3, "MandateRecorded", None),
        (4, "DocumentsLodged", None),
        (5, "DocumentsLodged", None),
        (6, "DocumentsLodged", None),
        (7, "DocumentsRefused", "734"),
        (8, "DocumentsRefused", "734"),
        (9, "ObligationIncurred", None),
        (10, "FoundComplying", None),
        (11, "ObligationPaid", "756"),
    ]
    events = terminal.json("credit", "show", "TOLD")[1]["events"]
    assert [each["transaction"] for each in found] == [each["transaction"] for each in events]
    (issued,) = found[0]["texts"]
    stated = Path(file).read_bytes().decode().replace(":41A:YSHACNSH\r", ":41A:YSHACNSHXXX\r")
    assert issued.partition("{4:")[2] == stated.partition("{4:")[2].rstrip()
    assert (found[1]["texts"], len(found[1]["reasons"])) == ([], 1)
    assert (found[6]["texts"], found[6]["reasons"]) == ([notice], [])
    assert found[7]["texts"] == []
    assert found[7]["reasons"][0].startswith("The notice of refusal is not kept here")
    assert [(f.tag, f.value) for f in read(found[10]["texts"][0])[0].fields] == [
        ("20", "TOLD"),
        ("21", "NONREF"),
        ("32B", "CNY400000,00"),
        ("33A", "251018CNY400000,00"),
    ]

    words = ("credit", "messages", "TOLD", "--reference", "2=YSS25AK01")
    code, found = terminal.json(*words)
    assert code == 1
    assert [(f.tag, f.value) for f in read(found[1]["texts"][0])[0].fields] == [
        ("20", "YSS25AK01"),
        ("21", "TOLD"),
        ("30", "251015"),
    ]
    assert run(words) == 1
    lines = terminal.capsys.readouterr().out.splitlines()
    assert lines[0] == "  1  CreditIssued           MT 700  YSHACNSHXXX → YSSLDEHHXXX"
    assert "     :20:TOLD" in lines
    assert "  8  DocumentsRefused       MT 734" in lines
    assert "  3  MandateRecorded        no message" in lines


def test_a_credit_goes_on_through_a_second_adviser(
    running: Running, terminal: Terminal, message: Callable[..., str], tmp_path: Path
) -> None:
    service, clock = running.service(tmp_path), running.clock
    number = credit_id(HARBOUR, "ONWARD")
    clock.at(at("10-20T10:00:00"))
    file = message("ONWARD", (":72Z:/PHONBEN/", ":57A:YSDLCNSH"))
    assert terminal.json(*issue(file))[0] == 0
    clock.at(at("10-21T10:00:00"))
    service.advise(desk(EXPORTER_BANK), number)
    clock.at(at("10-22T10:00:00"))
    service.advise(desk(LAKE), number)
    words = ("--reference", "2=YSS25AD01", "--reference", "3=YSD25AK01")
    code, found = terminal.json("credit", "messages", "ONWARD", *words)
    assert code == 0
    assert [(each["number"], each["type"], each["receiver"]) for each in found] == [
        (1, "700", "YSSLDEHHXXX"),
        (2, "730", "YSHACNSHXXX"),
        (2, "710", "YSDLCNSHXXX"),
        (3, "730", "YSSLDEHHXXX"),
    ]
    stated = [
        {field.tag: field.value for field in read(each["texts"][0])[0].fields} for each in found
    ]
    assert (stated[2]["20"], stated[2]["21"], stated[2]["31C"]) == ("YSS25AD01", "ONWARD", "250901")
    assert stated[3] == {"20": "YSD25AK01", "21": "NONREF", "30": "251021"}


@pytest.mark.parametrize("confirms", [True, False])
def test_a_credit_goes_on_with_what_its_adviser_said_of_its_confirmation(
    confirms: bool,
    running: Running,
    terminal: Terminal,
    message: Callable[..., str],
    tmp_path: Path,
) -> None:
    service, reference = running.service(tmp_path), "ONWARD1" if confirms else "ONWARD0"
    file = message(
        reference,
        (":49:WITHOUT", ":49:CONFIRM\r\n:58A:YSSLDEHH"),
        (":72Z:/PHONBEN/", ":57A:YSDLCNSH"),
    )
    assert terminal.json(*issue(file))[0] == 0
    number, bank = credit_id(HARBOUR, reference), desk(EXPORTER_BANK)
    service.advise(bank, number)
    words = ("credit", "messages", reference, "--reference", "2=YSS25AD01")
    (_, _, onward) = terminal.json(*words)[1]
    (reason,) = onward["reasons"]
    assert (onward["type"], onward["texts"]) == ("710", [])
    assert reason.endswith("adds its confirmation (field 40B) is not known.")
    service.do(bank, (confirm if confirms else decline)(number))
    (_, _, onward, _) = terminal.json(*words)[1]
    fields = {field.tag: field.value for field in read(onward["texts"][0])[0].fields}
    said = "ADDING OUR CONFIRMATION" if confirms else "WITHOUT OUR CONFIRMATION"
    assert fields["40B"] == f"IRREVOCABLE\n{said}"


def test_without_the_terms_the_credit_is_not_written(
    running: Running, terminal: Terminal, message: Callable[..., str], tmp_path: Path
) -> None:
    assert terminal.json(*issue(message("UNKEPT")))[0] == 0
    home = copied(running, tmp_path, "*.private")
    code, (found,) = terminal.json("credit", "messages", "UNKEPT", "--home", home)
    assert (code, found["type"], found["texts"]) == (1, "700", [])
    assert found["reasons"] == [
        (
            "The terms of the credit are not kept here; expected those that Yangshan Harbour Bank "
            "committed to."
        )
    ]


def test_messages_of_nothing_and_references_of_nothing(
    running: Running, terminal: Terminal
) -> None:
    assert terminal.refused("credit", "messages", "NOBODY")[:2] == (1, "NoSuchCredit")
    for pair in ("2", "=A", "two=A", "2="):
        code, _, sentence = terminal.refused("credit", "messages", "A", "--reference", pair)
        assert code == 2
        assert f"{pair!r}; expected a number and a reference, as 2=REF" in sentence


# The alliance


def test_the_members_are_listed(running: Running, terminal: Terminal) -> None:
    code, found = terminal.json("alliance", "members")
    assert code == 0
    assert [each["number"] for each in found] == list(range(1, 14))
    listed = [(each["key"], each["name"]) for each in found]
    assert listed == [(each["key"], each["name"]) for each in running.answer["members"]]
    said = terminal.text("alliance", "members").splitlines()
    assert said[0].split() == ["key", "kind", "status", "keys", "member"]
    assert said[4].split()[:5] == ["4", "harbour-bank", "bank", "active", "3"]
    assert all(len(line) <= 100 for line in said)


def test_a_member_is_shown_with_its_keys(running: Running, terminal: Terminal) -> None:
    code, found = terminal.json("alliance", "member", "4")
    assert code == 0
    desk = running.answer["members"][3]["desk"]
    keys = {each["account"]: each for each in found["keys"]}
    assert (found["kind"], found["country"], found["calendar"]) == ("bank", "CN", 1)
    roles = ["ISSUE", "ADVISE", "PRESENT", "EXAMINE", "PAY", "VOTE", "ACCEPT", "ATTEST", "TITLE"]
    roles.append("DOCUMENT")
    assert keys[desk]["roles"] == roles
    assert keys[desk]["valid_until"] is None
    assert (keys[desk]["frozen"], keys[desk]["desk"]) == (False, False)
    assert (found["status"], found["active"], found["desk_only"]) == ("active", True, False)
    assert keys[found["treasury"]]["roles"] == ["PAY"]
    assert found["keys"][0]["roles"] == ["ADMINISTER"]
    said = terminal.text("alliance", "member", "4")
    assert said.startswith("4  Yangshan Harbour Bank  bank, CN, active\n")
    keys_said = f"  {desk}  valid until revoked\n    {', '.join(roles[:-1])} and {roles[-1]}\n"
    assert keys_said in said
    assert terminal.refused("alliance", "member", "14")[:2] == (1, "UnknownMember")


def test_the_calendars_are_listed(terminal: Terminal) -> None:
    code, found = terminal.json("alliance", "calendars")
    assert code == 0
    assert [(each["number"], each["name"]) for each in found] == [
        (1, "CNSHA"),
        (2, "CNSHA-M"),
        (3, "DEFRA"),
    ]
    assert terminal.text("alliance", "calendars") == "  1  CNSHA\n  2  CNSHA-M\n  3  DEFRA\n"
