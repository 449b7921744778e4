# SPDX-License-Identifier: Apache-2.0
"""`yangshan alliance`: what it answers to programs and to people, and what it refuses.

The way through all of it is docs/how-to/run-an-alliance.md, which test_page.py runs. The tests here
share one chain, so that each leaves members other tests need as they were.
"""

from __future__ import annotations

import io
import itertools
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chains import ROOT
from terminals import Running, Terminal, folder_of

from yangshan.alliance.desk_messages import SignedInstruction
from yangshan.chain.signers import development_signer
from yangshan.cli import run
from yangshan.workspace import Workspace

CREDIT = ROOT / "examples" / "credits" / "import-credit.mt700"
STRANGER = development_signer(58, "stranger").address
INSURER = "Tortoise Gate Marine Insurance Co., Ltd. (member 13)"
HASH = "0x" + "12" * 32
ISSUE = "issue a credit"
REFERENCES = itertools.count(1)

pytestmark = pytest.mark.usefixtures("away")


@pytest.fixture
def tide_credit(tmp_path: Path) -> str:
    text = CREDIT.read_bytes().decode()
    for old, new in (
        ("YSHACNSHAXXX", "YSMTCNSHAXXX"),
        (":41A:YSHACNSH", ":41A:YSMTCNSH"),
        (":20:YSH25LC000817", f":20:TIDE{next(REFERENCES)}"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = tmp_path / "tide.mt700"
    file.write_bytes(text.encode())
    return str(file)


def proposed(terminal: Terminal, *words: str) -> str:
    code, answer = terminal.json("alliance", "propose", *words)
    assert code == 0, answer
    return str(answer["proposal"])


# Acts


def test_an_act_is_told_to_programs_with_its_transaction(
    running: Running, terminal: Terminal
) -> None:
    words = (
        *("alliance", "keys", "give", STRANGER, "--roles", "present,pay"),
        *("--until", "2026-12-31T23:59:59+08:00", "--key", "carrier-administrator"),
    )
    before = running.block
    code, answer = terminal.json(*words)
    (step,) = answer["steps"]
    receipt = running.chain.web3.eth.get_transaction_receipt(step["transaction"])
    assert (code, receipt["status"], receipt["blockNumber"]) == (0, 1, before + 1)
    assert answer == {
        "steps": [
            {
                "act": "setKey",
                "actor": "carrier",
                "what": f"gives the key {STRANGER} the roles PRESENT and PAY",
                "status": "done",
                "transaction": step["transaction"],
                "gas": receipt["gasUsed"],
                "time": running.clock.now.isoformat(),
            }
        ]
    }
    assert terminal.json(*words)[1] == {"steps": [{**step, "status": "already done"}]}
    assert terminal.text(*words) == (
        "Already done  carrier\n"
        f"  gives the key {STRANGER} the roles PRESENT and PAY\n"
        f"  transaction {step['transaction']}\n"
        f"  gas {step['gas']:,}, block time {running.clock.now}\n"
    )
    assert running.block == before + 1
    shown = terminal.json("alliance", "member", "carrier")[1]["keys"][-1]
    assert shown == {
        "account": STRANGER,
        "roles": ["PRESENT", "PAY"],
        "valid_until": "2026-12-31T15:59:59+00:00",
        "frozen": False,
        "desk": False,
    }
    code, answer = terminal.json(
        *("alliance", "keys", "revoke", STRANGER, "--key", "carrier-administrator")
    )
    assert (code, answer["steps"][0]["act"]) == (0, "revokeKey")


def test_a_new_key_is_kept_and_never_overwritten(
    running: Running, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, answer = terminal.json("alliance", "keys", "new", "fresh", "--home", str(tmp_path))
    assert (code, answer["error"]["name"]) == (2, "NoPassword")
    monkeypatch.setenv("YANGSHAN_PASSWORD", "secret")
    code, answer = terminal.json("alliance", "keys", "new", "fresh", "--home", str(tmp_path))
    assert code == 0
    keys = Workspace(tmp_path).keys
    assert keys.load("fresh", "secret").address == keys.address("fresh") == answer["account"]
    assert answer["name"] == "fresh"
    again = terminal.refused("alliance", "keys", "new", "fresh", "--home", str(tmp_path))
    assert again[:2] == (2, "KeyNameTaken")
    assert keys.address("fresh") == answer["account"]


REFUSED: dict[str, tuple[str, tuple[int, str], str]] = {
    "an unknown member": (
        "member ebb-bank",
        (2, "UnknownMemberName"),
        "There is no member ebb-bank; expected its number or one of commission, customs, ",
    ),
    "a member that nobody is": ("recovery show 99", (1, "UnknownMember"), "member 99"),
    "a role that there is not": (
        "keys give carrier --roles ISSUE,SING --key carrier-administrator",
        (2, "UnknownRole"),
        "There is no role SING; there are ADMINISTER, ISSUE, ",
    ),
    "a role that its kind does not have": (
        "keys give carrier --roles ISSUE --key carrier-administrator",
        (1, "RolesNotOpen"),
        "ISSUE",
    ),
    "an instant without its offset": (
        "keys give carrier --roles PAY --until 2026-12-31 --key carrier-administrator",
        (2, "BadInstant"),
        "2026-12-31 is no instant with its offset from UTC: expected one such as ",
    ),
    "an address without its checksum": (
        f"keys revoke {STRANGER.lower()} --key carrier-administrator",
        (2, "BadAccount"),
        f"{STRANGER.lower()} is no address with its checksum",
    ),
    "an account that is no key here": (
        "keys revoke nobody --key carrier-administrator",
        (2, "UnknownKey"),
        "There is no key named nobody",
    ),
    "a key without the role": (
        "keys freeze importer --key carrier",
        (1, "MissingRole"),
        "ADMINISTER",
    ),
    "another member's key": (
        "keys freeze importer --key carrier-administrator",
        (1, "NotOwnAccount"),
        "member 12",
    ),
    "a treasury that nobody nominated": (
        "treasury become --key carrier",
        (1, "NotNominated"),
        "member 12",
    ),
    "a recovery that is not under way": (
        "recovery complete carrier --key carrier",
        (1, "NoRecovery"),
        "member 12",
    ),
    "an objection to none": (
        "recovery object --key carrier-administrator",
        (1, "NoRecovery"),
        "member 12",
    ),
    "a lapse before its time": (
        "lapse carrier --key customs",
        (1, "NotLapsed"),
        "(member 12) cannot lapse",
    ),
    "a proposal by one that is no founder": (
        "propose suspend carrier --resolution REFUSED --key exporter-bank",
        (1, "MissingRole"),
        "VOTE",
    ),
    "an admission of one that stands in no file": (
        f"propose admit moon-bank --administrator {STRANGER} --treasury {STRANGER} --key customs",
        (2, "UnknownMemberName"),
        "There is no member moon-bank",
    ),
    "an admission by one that is no founder": (
        f"propose admit carrier --administrator {STRANGER} --treasury {STRANGER} --key carrier",
        (1, "MissingRole"),
        "VOTE",
    ),
    "minutes without a name": (
        "propose suspend carrier --minutes minutes.txt --key customs",
        (2, "MinutesUnnamed"),
        "give --resolution",
    ),
    "minutes that are not there": (
        "propose suspend carrier --resolution R --minutes none.txt --key customs",
        (2, "FileUnread"),
        "none.txt",
    ),
    "a span that is none": (
        "propose rules --period 30 --key customs",
        (2, "BadSpan"),
        "30 is no span of time: expected one such as 30d, 36h, 90min or 5s.",
    ),
    "votes of no kind": (
        "propose rules --votes banks=2 --key customs",
        (2, "BadVotes"),
        (
            "banks=2 gives no votes: expected a kind and 0 to 255 votes, such as bank=2; the "
            "kinds are authority, customs, "
        ),
    ),
    "too many votes": ("propose rules --votes bank=256 --key customs", (2, "BadVotes"), "bank=256"),
    "rules that are none": (
        "propose rules --quorum 50 --resolution R --key customs",
        (1, "BadVotingRules"),
        "the quorum is 51 to 100 percent",
    ),
    "a pause of the past": (
        "propose pause --until 2026-01-01 --key customs",
        (2, "BadInstant"),
        "2026-01-01",
    ),
    "a vote on nothing": ("vote 0xabcdef --key customs", (1, "UnknownProposal"), "0xabcdef"),
    "a proposal that is none": ("proposal 0xabcdef", (1, "UnknownProposal"), "0xabcdef"),
    "a desk that is not there": (
        "desk waiting lake-bank",
        (1, "NoSuchDesk"),
        "lake-bank has no desk, and there is none with the number 1.",
    ),
    "a desk by a bad number": ("desk waiting tide-bank:x", (1, "NoSuchDesk"), "has one desk"),
    "a second desk that is not there": ("desk waiting tide-bank:2", (1, "NoSuchDesk"), "number 2"),
    "a desk where there is none": (f"desk waiting {STRANGER}", (1, "NotADesk"), STRANGER),
    "a person without a hand": (
        "desk person tide-bank carrier --key tide-bank-administrator",
        (2, "NoHandGiven"),
        "--maker, a --checker or both",
    ),
    "a person with a hand dismissed": (
        "desk person tide-bank carrier --maker --dismiss --key tide-bank-administrator",
        (2, "NoHandGiven"),
        "--dismiss",
    ),
    "a policy of another's desk": (
        "desk policy tide-bank 'set a key' --hands two --key lake-bank-administrator",
        (1, "NotOwnDesk"),
        "The desk is that of Morning Tide Bank (member 8), and Dishui Lantern Commercial Bank ",
    ),
    "a policy without its currency": (
        (
            "desk policy tide-bank 'issue a credit' --hands two --limit 5 "
            "--key tide-bank-administrator"
        ),
        (1, "UnknownCurrency"),
        "none",
    ),
    "a policy without its limit": (
        (
            "desk policy tide-bank 'issue a credit' --hands two --currency EUR "
            "--key tide-bank-administrator"
        ),
        (2, "PolicyIncomplete"),
        "it needs a limit above nothing",
    ),
    "an amount that is none": (
        (
            "desk policy tide-bank 'issue a credit' --hands two --currency JPY --limit 5.00 "
            "--key tide-bank-administrator"
        ),
        (2, "BadAmount"),
        "5.00 is no amount in JPY",
    ),
    "an action that there is not": (
        "desk prepare tide-bank sing --maker tide-bank-maker --out none.json",
        (2, "UnknownDeskAction"),
        "No action of a desk is called 'sing'; there are 'issue a credit', ",
    ),
    "an argument without a value": (
        (
            "desk prepare tide-bank 'pay an obligation' --with obligationId "
            "--maker tide-bank-maker --out none.json"
        ),
        (2, "BadPair"),
        "obligationId is no argument: expected NAME=VALUE.",
    ),
    "arguments that are missing": (
        "desk prepare tide-bank 'pay an obligation' --maker tide-bank-maker --out none.json",
        (2, "ArgumentsDiffer"),
        "it needs obligationId",
    ),
    "an action that is not open": (
        (
            "desk prepare tide-bank 'freeze a key' --with account=carrier --maker tide-bank-maker "
            "--out none.json"
        ),
        (1, "ActionClosed"),
        "The desk has no policy for function 0xbd5cbe4a of AllianceRegistry (0x",
    ),
    "a maker that is none": (
        (
            "desk prepare tide-bank 'resign from the alliance' --maker tide-bank-checker "
            "--out none.json"
        ),
        (1, "NoHand"),
        "is no maker at this desk",
    ),
    "an instruction that is not there": ("desk show none.json", (2, "FileUnread"), "none.json"),
    "an instruction that waits nowhere": (
        "desk fetch tide-bank 0xabcdef --out none.json",
        (2, "UnknownInstruction"),
        "begin with 0xabcdef, and none does.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_one_sentence_and_changes_nothing(
    name: str, running: Running, terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "minutes.txt").write_text("Present: all.\n")
    terminal.expect_refused(running, "alliance", REFUSED[name])
    assert not (tmp_path / "none.json").exists()


# The council


def test_a_proposal_from_its_making_to_its_end(running: Running, terminal: Terminal) -> None:
    made = running.clock.now
    words = ("suspend", "insurer", "--resolution", "2025-77", "--key", "customs")
    number = proposed(terminal, *words)
    for key, *side in (("commission", "--against"), ("lake-bank",), ("harbour-bank",)):
        answer = terminal.json("alliance", "vote", number[:14], "--key", key, *side)[1]
        assert answer["state"] == "open"
    code, view = terminal.json("alliance", "proposal", number[:14])
    assert code == 0
    assert view == {
        "proposal": number,
        "action": "suspend member",
        "what": f"suspend {INSURER}",
        "details": {},
        "member": 13,
        "resolution": view["resolution"],
        "proposer": 2,
        "made": made.isoformat(),
        "state": "open",
        "in_favour": 3,
        "against": 1,
        "needed": 5,
        "total": 8,
        "votes": [
            {"founder": 2, "in_favour": True, "votes": 1},
            {"founder": 1, "in_favour": False, "votes": 1},
            {"founder": 5, "in_favour": True, "votes": 1},
            {"founder": 4, "in_favour": True, "votes": 1},
        ],
        "not_voted": [3, 6, 7, 8],
        "deadline": (made + timedelta(days=30)).isoformat(),
        "executable_from": None,
        "executable_until": None,
        "result": None,
    }
    said = terminal.text("alliance", "proposal", number)
    assert f"It is proposed to suspend {INSURER}.\n" in said
    assert "  votes               3 in favour, 1 against; it needs 5 of 8\n" in said
    assert "                      against, 1: Shanghai Municipal Commission" in said
    assert said.count("not yet: ") == 4
    listed = terminal.text("alliance", "proposals")
    assert listed.splitlines()[0].split() == [
        "state",
        "votes",
        "until",
        "it",
        "is",
        "proposed",
        "to",
    ]
    (row,) = [line for line in listed.splitlines() if line.startswith(number[:10])]
    assert row.split()[1:5] == ["open", "3", "of", "5"]
    assert all(len(line) <= 100 for line in listed.splitlines())
    refused = terminal.refused("alliance", "execute", number, "--key", "customs")
    assert refused[:2] == (1, "WrongProposalState")
    for key in ("tide-bank", "cranes-bank"):
        code, answer = terminal.json("alliance", "vote", number, "--key", key)
    assert (code, answer["state"]) == (0, "passed")
    voted = terminal.refused("alliance", "vote", number, "--key", "commission")
    assert voted[:2] == (1, "WrongProposalState")
    code, answer = terminal.json("alliance", "execute", number, "--key", "customs")
    assert (code, answer["result"]) == (0, None)
    assert terminal.json("alliance", "member", "insurer")[1]["status"] == "suspended"
    every = [each["proposal"] for each in terminal.json("alliance", "proposals", "--all")[1]]
    assert number in every
    assert number not in [each["proposal"] for each in terminal.json("alliance", "proposals")[1]]


def test_a_repeated_proposal_is_the_same_one(running: Running, terminal: Terminal) -> None:
    words = ("keeper", "harbour-bank", "--resolution", "2025-78", "--key", "customs")
    number = proposed(terminal, *words)
    before = running.block
    assert proposed(terminal, *words) == number
    other = proposed(terminal, *words[:2], "--resolution", "2025-79", "--key", "customs")
    assert other != number
    assert running.block == before + 1


def test_minutes_are_kept_under_their_name(
    running: Running, terminal: Terminal, tmp_path: Path
) -> None:
    minutes = tmp_path / "minutes.txt"
    minutes.write_text("Present: all.\n")
    words = ["resume", "--resolution", "2025-80", "--minutes", str(minutes), "--key", "customs"]
    number = proposed(terminal, *words)
    assert proposed(terminal, *words) == number
    minutes.write_text("Present: none.\n")
    refused = terminal.refused("alliance", "propose", *words)
    assert refused[:2] == (1, "KeptOtherwise")
    minutes.write_bytes(b"\xff\xfe")
    refused = terminal.refused("alliance", "propose", *words)
    assert refused[:2] == (2, "MinutesUnread")


def test_what_has_to_wait_says_until_when(running: Running, terminal: Terminal) -> None:
    number = proposed(terminal, "close", "1", "--resolution", "2025-81", "--key", "customs")
    for key in ("commission", "lake-bank", "harbour-bank", "central-bank"):
        assert terminal.json("alliance", "vote", number, "--key", key)[0] == 0
    code, name, sentence = terminal.refused("alliance", "execute", number, "--key", "customs")
    assert (code, name) == (1, "ExecutionDelayed")
    due = running.clock.now + timedelta(days=2)
    assert f"{due:%Y-%m-%d at %H:%M}" in sentence
    said = terminal.text("alliance", "proposal", number)
    assert "passed, to be carried out from" in said
    code, answer = terminal.json("alliance", "cancel", number, "--key", "customs")
    assert (code, answer["steps"][0]["act"]) == (0, "cancel")


def test_the_rules_and_the_votes_of_each_founder(terminal: Terminal) -> None:
    code, rules = terminal.json("alliance", "rules")
    assert code == 0
    kinds = {"authority": 1, "customs": 1, "central bank": 1, "bank": 1}
    nobody = ("trader", "carrier", "insurer", "inspector", "operator")
    assert rules == {
        "quorum": 60,
        "voting_period": 30 * 86_400,
        "execution_delay": 2 * 86_400,
        "votes_of_kinds": kinds | dict.fromkeys(nobody, 0),
        "votes_of_founders": {str(number): 1 for number in range(1, 9)},
    }
    said = terminal.text("alliance", "rules").splitlines()
    assert said[0] == "  quorum              60 % of all votes in favour"
    assert said[4] == (
        "  votes               1: Shanghai Municipal Commission of Commerce (member 1)"
    )


def decided(terminal: Terminal, *words: str) -> None:
    number = proposed(terminal, *words, "--key", "customs")
    for key in ("commission", "central-bank", "harbour-bank", "lake-bank"):
        assert terminal.json("alliance", "vote", number, "--key", key)[0] == 0
    assert terminal.json("alliance", "execute", number, "--key", "customs")[0] == 0


def test_a_pause_is_seen_at_a_glance(running: Running, terminal: Terminal) -> None:
    _, before = terminal.json("alliance", "overview")
    assert before == {
        "name": "Shanghai trade finance alliance (example)",
        "chain_id": 31337,
        "time": running.clock.now.isoformat(),
        "members": 13,
        "active": before["active"],
        "founders": 8,
        "paused_until": None,
        "calendar_keeper": 3,
        "proposals": before["proposals"],
    }
    until = (running.clock.now + timedelta(days=3)).isoformat()
    decided(terminal, "pause", "--until", until, "--resolution", "2025-90")
    assert terminal.json("alliance", "overview")[1]["paused_until"] == until
    said = terminal.text("alliance", "overview").splitlines()
    assert said[0] == "Shanghai trade finance alliance (example)"
    assert any(line.startswith("  new business        paused until 2025-") for line in said)
    assert "  calendars kept by   Central Bank Shanghai Branch (member 3)" in said
    decided(terminal, "resume", "--resolution", "2025-91")
    assert terminal.json("alliance", "overview")[1]["paused_until"] is None
    assert "  new business        open" in terminal.text("alliance", "overview").splitlines()


def test_the_directory(running: Running, terminal: Terminal) -> None:
    code, found = terminal.json("alliance", "versions")
    assert code == 0
    contracts = running.answer["contracts"]
    assert {each["name"]: each["address"] for each in found} == {
        name: address for name, address in contracts.items() if name != "Directory"
    }
    (credits_,) = [each for each in found if each["name"] == "LetterOfCredit"]
    assert (credits_["edition"], credits_["closed"], credits_["in_force"]) == (1, False, True)
    lines = terminal.text("alliance", "versions").splitlines()
    (line,) = [each for each in lines if each.startswith("LetterOfCredit ")]
    assert line.split() == ["LetterOfCredit", "1", "1", "in", "force", credits_["address"]]
    assert all(len(each) <= 100 for each in lines)


def test_no_recovery_is_under_way(terminal: Terminal) -> None:
    assert terminal.json("alliance", "recovery", "show", "carrier")[1] == {
        "member": 12,
        "under_way": False,
        "administrator": None,
        "completable_from": None,
        "objected": False,
    }
    assert terminal.text("alliance", "recovery", "show", "12") == (
        "No recovery of Paper Crane Line Shipping Co., Ltd. (member 12) is under way.\n"
    )


# Desks


def tide_desk(terminal: Terminal) -> dict[str, Any]:
    (desk,) = terminal.json("alliance", "desk", "list", "tide-bank")[1]
    return dict(desk)


def prepared(terminal: Terminal, *words: str) -> dict[str, Any]:
    code, answer = terminal.json(
        *("alliance", "desk", "prepare", "tide-bank", *words),
        *("--maker", "tide-bank-maker", "--out", "instruction.json"),
    )
    assert code == 0, answer
    return answer


def test_the_desk_of_the_example(running: Running, terminal: Terminal) -> None:
    desk, keys = tide_desk(terminal), Workspace(running.home).keys
    assert (desk["number"], desk["live"]) == (1, True)
    assert desk["roles"] == ["ISSUE", "ADVISE", "EXAMINE", "PAY"]
    assert [(each["account"], each["maker"], each["checker"]) for each in desk["people"]] == [
        (keys.address("tide-bank-maker"), True, False),
        (keys.address("tide-bank-checker"), False, True),
    ]
    assert desk["policies"][0] == {
        "action": ISSUE,
        "target": running.answer["contracts"]["LetterOfCredit"],
        "selector": desk["policies"][0]["selector"],
        "currency": 156,
        "hands": "two",
        "alone": None,
        "limit": 20_000_000_00,
    }
    said = terminal.text("alliance", "desk", "list", "tide-bank").splitlines()
    assert said[0] == f"1  {desk['desk']}"
    assert f"  maker               tide-bank-maker ({keys.address('tide-bank-maker')})" in said
    assert f"  {ISSUE:<40}two hands, at most CNY 20,000,000.00" in said
    assert f"  {'advise a credit':<40}a maker alone" in said
    assert terminal.text("alliance", "desk", "list", "lake-bank") == (
        "Dishui Lantern Commercial Bank (member 5) has no desk.\n"
    )
    code, actions = terminal.json("alliance", "desk", "actions")
    assert code == 0
    assert actions[0] == {
        "action": ISSUE,
        "contract": "LetterOfCredit",
        "function": "issue",
        "amount": "issuance.amount",
        "currency": "issuance.currency",
    }
    assert len(terminal.text("alliance", "desk", "actions").splitlines()) == len(actions)


def test_an_instruction_is_shown_in_words(
    running: Running, terminal: Terminal, tide_credit: str
) -> None:
    answer = prepared(terminal, ISSUE, "--mt700", tide_credit)
    maker = Workspace(running.home).keys.address("tide-bank-maker")
    assert (answer["action"], answer["maker"], answer["nonce"]) == (ISSUE, maker, 0)
    assert (answer["doubts"], answer["signed_by_maker"], answer["checker"]) == ([], False, None)
    words = dict(answer["words"])
    assert words["amount"] == "CNY 1,280,000.00"
    assert words["beneficiary"] == "Elbfalke Maschinenbau GmbH (member 11)"
    shown = terminal.text("alliance", "desk", "show", "instruction.json").splitlines()
    assert shown[0] == ISSUE
    assert f"  desk                    {tide_desk(terminal)['desk']}" in shown
    assert "  amount                  CNY 1,280,000.00" in shown
    assert f"  maker                   tide-bank-maker ({maker})" in shown
    assert f"  digest                  {answer['digest']}" in shown
    # Nothing of the chain is needed, and without the folder's records numbers stand for names.
    elsewhere = terminal.json("alliance", "desk", "show", "instruction.json", "--home", "nowhere")
    told = dict(elsewhere[1]["words"])
    assert (elsewhere[0], told["beneficiary"]) == (0, "member 11")
    assert elsewhere[1]["doubts"] == [
        f"{running.answer['contracts']['LetterOfCredit']} is no contract of this alliance."
    ]
    # The next one has a number of its own, though the chain has seen none of them.
    second = prepared(terminal, "pay an obligation", "--with", f"obligationId={HASH}")
    assert (second["nonce"], second["digest"] != answer["digest"]) == (1, True)


def test_whoever_signs_is_asked(
    running: Running, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    prepared(terminal, "pay an obligation", "--with", f"obligationId={HASH}")
    file = tmp_path / "instruction.json"
    before = file.read_bytes()
    sign = ["alliance", "desk", "sign", "instruction.json", "--key", "tide-bank-maker"]
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run(sign) == 2
    out, err = terminal.capsys.readouterr()
    assert f"  obligation id           {HASH}\n" in out
    assert "Does tide-bank-maker sign this?" in err
    assert file.read_bytes() == before
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert run([*sign, "--out", "signed.json"]) == 0
    terminal.capsys.readouterr()
    assert file.read_bytes() == before
    signed = SignedInstruction.read((tmp_path / "signed.json").read_bytes())
    assert (signed.maker_signature is not None, signed.checker) == (True, None)


def test_by_transactions_the_checker_finds_what_waits(
    running: Running, terminal: Terminal, tide_credit: str, tmp_path: Path
) -> None:
    digest = prepared(terminal, ISSUE, "--mt700", tide_credit)["digest"]
    words = ("alliance", "desk", "propose", "instruction.json", "--key", "tide-bank-maker")
    code, answer = terminal.json(*words)
    assert (code, answer["digest"], answer["steps"][0]["actor"]) == (0, digest, "tide-bank-maker")
    assert terminal.json(*words)[1]["steps"][0]["status"] == "already done"
    assert [
        each["digest"] for each in terminal.json("alliance", "desk", "waiting", "tide-bank")[1]
    ] == [digest]
    said = terminal.text("alliance", "desk", "waiting", "tide-bank").splitlines()
    assert said[0] == digest
    assert "  action              issue a credit, CNY 1,280,000.00" in said
    fetch = ("alliance", "desk", "fetch", "tide-bank", digest[:12], "--out", "fetched.json")
    assert terminal.json(*fetch)[1]["digest"] == digest
    approve = ("alliance", "desk", "approve", "fetched.json")
    assert terminal.refused(*approve, "--key", "tide-bank-maker")[:2] == (1, "MakerCannotCheck")
    assert terminal.refused(*approve, "--key", "tide-bank")[:2] == (1, "NoHand")
    code, answer = terminal.json(*approve, "--key", "tide-bank-checker")
    assert (code, answer["steps"][0]["act"]) == (0, "execute")
    assert terminal.text("alliance", "desk", "waiting", "tide-bank") == (
        "Nothing waits at this desk.\n"
    )


def test_a_credit_of_another_bank_is_not_prepared(
    running: Running, terminal: Terminal, tmp_path: Path
) -> None:
    kept = folder_of(running.home)
    code, name, sentence = terminal.refused(
        *("alliance", "desk", "prepare", "tide-bank", ISSUE, "--mt700", str(CREDIT)),
        *("--maker", "tide-bank-maker", "--out", "none.json"),
    )
    assert (code, name) == (1, "OtherBanksCredit")
    assert "Morning Tide Bank (member 8)" in sentence
    assert folder_of(running.home) == kept
    assert not (tmp_path / "none.json").exists()


def test_an_instruction_for_another_chain_is_refused(
    running: Running, terminal: Terminal, tmp_path: Path
) -> None:
    prepared(terminal, "pay an obligation", "--with", f"obligationId={HASH}")
    content = json.loads((tmp_path / "instruction.json").read_text())
    (tmp_path / "other.json").write_text(json.dumps({**content, "chain_id": 5}))
    before = running.block
    for verb in ("propose", "approve", "relay", "cancel"):
        refused = terminal.refused("alliance", "desk", verb, "other.json", "--key", "customs")
        assert refused[:2] == (2, "OtherChain"), verb
    (tmp_path / "other.json").write_text("{}")
    refused = terminal.refused("alliance", "desk", "show", "other.json")
    assert refused[:2] == (2, "BadInstruction")
    assert running.block == before


def test_a_file_that_cannot_be_written_is_told(terminal: Terminal) -> None:
    refused = terminal.refused(
        *("alliance", "desk", "prepare", "tide-bank", "pay an obligation"),
        *("--with", f"obligationId={HASH}", "--maker", "tide-bank-maker"),
        *("--deadline", "2025-12-01T00:00:00Z", "--out", "no/such/folder/i.json"),
    )
    assert refused[:2] == (2, "FileUnwritten")


# At the end, since it does not come back


def test_resigning_is_asked_for_once_more(
    running: Running, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = running.block
    for answer in ("n\n", ""):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        assert run(["alliance", "resign", "--key", "insurer-administrator"]) == 2
        out, err = terminal.capsys.readouterr()
        assert out.strip() == ""
        assert "Does the member of the key insurer-administrator resign, for ever?" in err
        assert "✗ Stopped before it was done." in err
    assert running.block == before
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert run(["alliance", "resign", "--key", "insurer-administrator"]) == 0
    terminal.capsys.readouterr()
    assert running.block == before + 1
    assert terminal.json("alliance", "member", "insurer")[1]["status"] == "resigned"
