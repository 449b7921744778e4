# SPDX-License-Identifier: Apache-2.0
"""The command line without a chain: how it is called, how it fails, what it says."""

from __future__ import annotations

import json
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
import typer

from yangshan import __version__
from yangshan.chain.calls import encode_call
from yangshan.chain.enums import Action
from yangshan.cli import app as app_module
from yangshan.cli import credit as credit_module
from yangshan.cli import main, run
from yangshan.cli import node as node_module
from yangshan.cli.node import FolderInUse
from yangshan.story import play as play_module

EXAMPLES = Path(__file__).parents[3] / "examples"
CREDIT = str(EXAMPLES / "credits" / "import-credit.mt700")
BROKEN = str(EXAMPLES / "credits" / "broken" / "missing-amount.mt700")
PAGE = EXAMPLES.parent / "docs" / "reference" / "command-line.md"
KEYS = ("new", "give", "rotate", "freeze", "thaw", "revoke", "renounce")
MOTIONS = (
    *("admit", "suspend", "reinstate", "expel", "renew", "recover", "settle", "rules"),
    *("keeper", "version", "close", "pause", "resume"),
)
CREDIT_ACTS = (
    *("issue", "pre-advise", "advise", "decline-advice", "request-confirmation", "confirm"),
    *("decline-confirmation", "amend", "cancel", "accept", "reject", "extend"),
    *("decline-extension", "mandate", "present", "comply", "refuse", "ask-waiver"),
    *("ask-authority", "waive", "instruct", "return", "forward", "claim", "fix-deadline"),
    *("name-amendments", "take-in", "present-unpaid", "settle", "release", "breach", "rule"),
    "propose-instalments",
    *("honour", "agree", "prepay", "attest", "assign", "stay", "lift"),
)
REIMBURSE = (
    *("authorise", "amend", "cancel", "undertake", "decline", "agree", "claim", "fix-deadline"),
    *("notify-debit", "honour", "refuse", "hold", "notify-non-payment", "fall-back", "recourse"),
    *("refund", "acknowledge", "show"),
)
TRANSFER = (
    *("authorise", "request", "withdraw", "decline", "consent", "approve", "pass", "cancel"),
    *("agree", "reclaim", "demand", "substitute", "take-up", "claim-difference", "fail"),
    *("send-on", "show"),
)
RECORDS = ("open", "add", "complete", "corrupt", "replace", "resume", "dispose", "show")
DESK = (
    *("create", "only", "person", "policy", "actions", "list", "prepare", "show", "sign"),
    *("propose", "waiting", "fetch", "approve", "relay", "cancel"),
)
# Nothing listens on port 1.
NOWHERE = "http://127.0.0.1:1"


@pytest.fixture(autouse=True)
def away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of this machine, no file of this folder, a terminal of 100 columns."""
    for name in ("YANGSHAN_RPC", "YANGSHAN_HOME", "YANGSHAN_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def no_node(monkeypatch: pytest.MonkeyPatch) -> None:
    def start_node(*_arguments: Any, **_options: Any) -> NoReturn:
        pytest.fail("a node was started")

    monkeypatch.setattr(play_module, "start_node", start_node)
    monkeypatch.setattr(node_module, "start_node", start_node)


DOCUMENTS = (
    "batch",
    "check",
    "examine",
    "fetch",
    "inbox",
    "notice",
    "prove",
    "publish-key",
    "register",
    "release-draft",
    "revoke",
    "seal",
    "share",
    "show",
    "supersede",
    "verify",
    "withdraw",
)
TITLES = (
    *("accept", "chain", "decline", "endorse", "from-paper", "issue", "list", "nominate"),
    *("pledge", "reject", "release", "restore", "show", "surrender", "transfer"),
    *("attest", "deliver", "deliveries", "lapse", "offer", "pay", "take", "withdraw"),
)
CUSTOMS = ("amend", "declare", "release", "show", "withdraw")


def commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every noun and verb that there is."""
    yield words, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*words, name))


COMMANDS = dict(commands(app_module.command()))


def test_the_commands_that_there_are() -> None:
    verbs = {" ".join(words) for words, each in COMMANDS.items() if not hasattr(each, "commands")}
    assert verbs == {
        "demo",
        "node",
        "swift check",
        "swift convert",
        "swift diff",
        "swift show",
        *(f"documents {each}" for each in DOCUMENTS),
        *(f"customs {each}" for each in CUSTOMS),
        *(f"titles {each}" for each in TITLES),
        *(f"credit titles {each}" for each in ("attach", "carry-on", "deliver", "give-back")),
        *(f"credit {each}" for each in CREDIT_ACTS),
        *(f"credit reimburse {each}" for each in REIMBURSE),
        *(f"credit transfer {each}" for each in TRANSFER),
        *(f"credit records {each}" for each in RECORDS),
        "credit examine",
        "credit show",
        "credit messages",
        "credit order",
        "credit deadline",
        "credit deadlines",
        "credit amounts",
        "alliance members",
        "alliance member",
        "alliance calendars",
        "alliance versions",
        "alliance overview",
        *(f"alliance {each}" for each in ("proposals", "proposal", "vote", "cancel", "execute")),
        *(f"alliance {each}" for each in ("rules", "resign", "lapse")),
        *(f"alliance keys {each}" for each in KEYS),
        *(f"alliance treasury {each}" for each in ("nominate", "withdraw", "become")),
        *(f"alliance recovery {each}" for each in ("show", "object", "complete")),
        *(f"alliance propose {each}" for each in MOTIONS),
        *(f"alliance desk {each}" for each in DESK),
    }


def test_the_page_of_the_command_line_names_every_command() -> None:
    page = PAGE.read_text()
    named = {
        word
        for code in re.findall(r"`([^`]+)`", page)
        for word in re.findall("[a-z]+(?:-[a-z]+)*", code)
    }
    for words, each in COMMANDS.items():
        if not hasattr(each, "commands"):
            assert named.issuperset(words), words
    assert len(MOTIONS) == len(Action) - 1


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*words, "--help"]) == 0
    out, err = capsys.readouterr()
    assert f"Usage: {' '.join(('yangshan', *words))} " in out
    assert err == ""
    command = COMMANDS[words]
    assert len(command.help or "") > 20
    for parameter in command.params:
        assert getattr(parameter, "help", ""), f"{words} {parameter.name} says nothing"
    if words and not hasattr(command, "commands"):
        assert "--json" in out


def test_it_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"yangshan {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        "--version",
        f"swift check {CREDIT}",
        f"credit deadlines {CREDIT}",
        f"credit amounts {CREDIT}",
        "credit deadline --place CNSHA --received 2025-09-29",
        f"documents check {EXAMPLES / 'documents' / 'invoice.json'}",
    ],
)
def test_what_needs_no_chain_does_not_load_what_reaches_one(words: str) -> None:
    called = f"from yangshan.cli import run; code = run({shlex.split(words)!r})"
    done = subprocess.run(
        [sys.executable, "-c", f"{called}; import sys; sys.exit(code or 'web3' in sys.modules)"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("verb", ["deadline", "deadlines", "amounts"])
def test_a_verb_that_is_loaded_alone_is_the_same(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = app_module.command(["credit", verb])
    assert run(["credit", verb, "--help"]) == 0
    said = capsys.readouterr().out
    whole = typer.main.get_command(credit_module.app).commands[verb]  # type: ignore[attr-defined]
    part = alone.commands["credit"].commands[verb]  # type: ignore[attr-defined]
    assert part.help == whole.help
    assert [each.name for each in part.params] == [each.name for each in whole.params]
    assert f"yangshan credit {verb}" in said


@pytest.mark.parametrize("words", [w for w, c in COMMANDS.items() if hasattr(c, "commands")])
def test_a_noun_alone_shows_its_help(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    out, err = capsys.readouterr()
    assert "Usage: yangshan" in out
    assert err == ""


USAGE = {
    "an unknown noun": (["ship"], "No such command 'ship'."),
    "an unknown verb": (["swift", "send"], "No such command 'send'."),
    "an unknown option": (["demo", "--fast"], "No such option: --fast"),
    "a missing file": (["swift", "check"], "Missing argument 'FILE...'."),
    "a missing chain": (
        ["credit", "issue", CREDIT, "--key", "a"],
        "Missing option '--rpc' (env var: 'YANGSHAN_RPC').",
    ),
    "nobody who acts": (
        ["credit", "issue", CREDIT, "--rpc", NOWHERE],
        (
            "Say who acts: --key NAME, or --desk DESK with --maker ACCOUNT and --out FILE for an "
            "instruction that a maker and a checker sign."
        ),
    ),
    "a missing reference": (["credit", "show", "--rpc", NOWHERE], "Missing argument 'REF'."),
    "an option without its value": (
        ["credit", "show", "A", "--rpc"],
        "Option '--rpc' requires an argument.",
    ),
    "an unknown network": (
        ["demo", "--network", "geth"],
        "Invalid value for '--network': 'geth' is not one of 'anvil', 'ganache'.",
    ),
    "a port that is no number": (
        ["node", "--port", "high"],
        (
            "Invalid value for '--port': Input should be a valid integer, unable to parse string "
            "as an integer"
        ),
    ),
}


@pytest.mark.parametrize("case", USAGE)
@pytest.mark.usefixtures("no_node")
def test_a_wrong_call_is_one_sentence_and_exit_code_2(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words, sentence = USAGE[case]
    assert run(words) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"✗ {sentence}\n")
    # The option asks for JSON wherever it stands, also in a call that cannot be read.
    assert run(["--json", *words] if words[-1] == "--rpc" else [*words, "--json"]) == 2
    out, err = capsys.readouterr()
    assert err == ""
    assert set(json.loads(out)["error"]) == {"name", "message"}


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, name and sentence of a failure, which are the same for people and programs."""
    code = run(words)
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert run([*words, "--json"]) == code
    as_json = capsys.readouterr()
    assert as_json.err == ""
    error = json.loads(as_json.out)["error"]
    assert err == f"✗ {error['message']}\n"
    return code, error["name"], error["message"]


@pytest.mark.usefixtures("no_node")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["credit", "issue", "none.mt700"], (2, "FileUnread")),
        (["credit", "issue", "."], (2, "FileUnread")),
        # A faulty message is told before any chain is asked.
        (["credit", "issue", BROKEN], (1, "NotACredit")),
        (["credit", "issue", CREDIT], (2, "ChainUnreachable")),
        (["credit", "issue", CREDIT, "--dry-run"], (2, "ChainUnreachable")),
        (["credit", "show", "YSH25LC000817"], (2, "ChainUnreachable")),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    words: list[str], expected: tuple[int, str], capsys: pytest.CaptureFixture[str]
) -> None:
    key = ["--key", "harbour-bank"] if words[1] == "issue" else []
    code, name, sentence = refused(capsys, *words, "--rpc", NOWHERE, *key)
    assert (code, name) == expected
    assert sentence.endswith(".")
    # Nothing was made in the folder either.
    assert list(Path.cwd().iterdir()) == []


def test_the_findings_of_a_message_come_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["credit", "issue", BROKEN, "--rpc", NOWHERE, "--key", "a", "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["error"]["findings"]
    assert {key: finding[key] for key in ("tag", "line", "code", "severity")} == {
        "tag": "32B",
        "line": 16,
        "code": "T13",
        "severity": "error",
    }


@pytest.mark.usefixtures("no_node")
@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("none.mt700", (2, "StoryFileError")),
        (BROKEN, (1, "NotACredit")),
        (str(EXAMPLES / "credits" / "broken" / "cut-off.mt700"), (2, "UnreadableMessage")),
        (str(EXAMPLES / "story.toml"), (2, "UnreadableMessage")),
    ],
)
def test_the_demo_starts_no_node_for_a_credit_that_is_none(
    file: str, expected: tuple[int, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, name, sentence = refused(capsys, "demo", "--credit", file, "--out", "out")
    assert (code, name) == expected
    assert Path(file).name in sentence
    assert not Path("out").exists()


@pytest.mark.usefixtures("no_node")
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # What a chain that counts days cannot carry.
        (":41A:YSHACNSH\r\nBY PAYMENT", ":41A:YSHACNSH\r\nBY DEF PAYMENT", "NotCarried"),
        ("YSHACNSHAXXX0042", "YSHXCNSHAXXX0042", "NotACredit"),
    ],
)
def test_the_demo_starts_no_node_for_a_credit_that_it_cannot_play(
    old: str, new: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path(CREDIT).read_bytes().decode()
    assert old in text
    text = text.replace(old, new)
    if expected == "NotCarried":
        text = text.replace(":43P:", ":42P:3 MONTHS AFTER SIGHT\r\n:43P:")
    Path("other.mt700").write_text(text, newline="")
    code, name, _ = refused(capsys, "demo", "--credit", "other.mt700", "--out", "out")
    assert (code, name) == (1, expected)


@pytest.mark.usefixtures("no_node")
@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda home: home.write_text("a file"), "FolderUnusable"),
        (lambda home: (home.mkdir(), (home / "mine").write_text("precious")), "FolderInUse"),
    ],
)
def test_a_node_empties_no_folder_of_others(
    make: Any, name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = tmp_path / "folder"
    make(home)
    before = sorted((path, path.is_file() and path.read_text()) for path in tmp_path.rglob("*"))
    code, found, sentence = refused(capsys, "node", "--home", str(home), "--port", "0")
    assert (code, found) == (2, name)
    assert str(home) in sentence
    after = sorted((path, path.is_file() and path.read_text()) for path in tmp_path.rglob("*"))
    assert after == before


def test_a_folder_belongs_to_one_node_at_a_time(tmp_path: Path) -> None:
    home = tmp_path / "node"
    with node_module._own(home):
        (home / "31337.json").write_text("{}")
        with pytest.raises(FolderInUse) as caught, node_module._own(home):
            pytest.fail("two nodes in one folder")
        assert caught.value.folder == home
        assert (home / "31337.json").exists()
    assert not home.exists()


def test_a_folder_that_a_killed_node_left_is_emptied(tmp_path: Path) -> None:
    home = tmp_path / "node"
    (home / "keys").mkdir(parents=True)
    (home / node_module._MARKER).write_text("")
    (home / "keys" / "old.json").write_text("{}")
    (home / "31337.json").write_text("{}")
    with node_module._own(home):
        assert [path.name for path in home.iterdir()] == [node_module._MARKER]
    assert not home.exists()


# Errors


def test_debug_shows_where_an_error_came_from(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["credit", "show", "A", "--rpc", NOWHERE]
    assert run(words) == 2
    assert "Traceback" not in capsys.readouterr().err
    for debugged in (["--debug", *words], [*words, "--debug"]):
        assert run(debugged) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("Traceback (most recent call last)")
        assert "ChainUnreachable" in err
        assert err.splitlines()[-1].startswith("✗ No Ethereum node answers")


def test_an_error_of_this_program_is_told_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: Any, **_options: Any) -> NoReturn:
        raise ZeroDivisionError("[nothing] is by nothing")

    monkeypatch.setattr("yangshan.cli.swift.report", broken)
    words = ["swift", "check", CREDIT]
    code, name, sentence = refused(capsys, *words)
    assert (code, name) == (2, "Unexpected")
    assert "(ZeroDivisionError: [nothing] is by nothing)" in sentence
    assert run([*words, "--debug"]) == 2
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_ctrl_c_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_arguments: Any, **_options: Any) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("yangshan.cli.swift.report", stopped)
    assert refused(capsys, "swift", "check", CREDIT) == (
        2,
        "Stopped",
        "Stopped before it was done.",
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_clears_up_as_ctrl_c_does(
    number: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["yangshan", "swift", "check", CREDIT])
    monkeypatch.setattr("yangshan.cli.swift.report", lambda *_, **__: signal.raise_signal(number))
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGHUP)}
    try:
        for each in before:
            signal.signal(each, signal.SIG_DFL)
        with pytest.raises(SystemExit) as ended:
            main()
        # A second signal does not disturb the clearing up.
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    assert ended.value.code == 2
    assert capsys.readouterr().err == "✗ Stopped before it was done.\n"


def test_figures_without_a_chain(capsys: pytest.CaptureFixture[str]) -> None:
    credit = str(EXAMPLES / "credits" / "import-credit.mt700")
    vector = ["--place", "CNSHA", "--received", "2025-09-29"]
    assert run(["credit", "deadline", *vector, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["deadline"], found["closes"]) == ("2025-10-13", "2025-10-13T17:00:00+08:00")
    assert [each["code"] for each in found["cautions"]] == ["make-up-days"]
    assert run(["credit", "deadline", *vector, "--without-makeup-days"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "2025-10-14 at 17:00 +0800" in said
    assert "To look at make-up-days" in said
    assert "refuse by 2025-10-13, and call another bank precluded only after 2025-10-14" in said
    assert run(["credit", "deadline", *vector, "--asserted", "2025-09-26", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["deadline"] == "2025-10-10"
    assert run(["credit", "deadline", *vector, "--asserted", "2025-09-30"]) == 1
    assert "expected an earlier time" in " ".join(capsys.readouterr().err.split())
    assert run(["credit", "deadlines", credit, "--shipped", "2025-09-10", "--json"]) == 0
    dates = {each["name"]: each["date"] for each in json.loads(capsys.readouterr().out)["dates"]}
    assert dates["last day for presentation, shipped 2025-09-10"] == "2025-10-09"
    assert run(["credit", "deadlines", credit]) == 0
    assert "2025-12-30  expiry (UCP 600 art. 6(d))" in capsys.readouterr().out
    assert run(["credit", "amounts", credit, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "currency": "CNY",
        "minor_units": 2,
        "amount": 128_000_000,
        "maximum": 134_400_000,
        "minimum": 121_600_000,
        "minimum_binds": False,
        "article": "UCP 600 art. 30, 31(a)",
        "cautions": [],
    }
    assert run(["credit", "amounts", credit]) == 0
    assert "which does not bind" in " ".join(capsys.readouterr().out.split())


# An instruction to a desk


def instruction(**changes: Any) -> str:
    """A file as `desk prepare` writes it, for a contract that no record here knows."""
    call = encode_call("PaymentObligations", "pay", ("0x" + "12" * 32,))
    fields = {
        "action": "pay an obligation",
        "target": "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A",
        "currency": 0,
        "amount": 0,
        "call": "0x" + call.hex(),
        "deadline": "2025-09-30T09:00:00Z",
        "maker": "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
        "nonce": 7,
    }
    return json.dumps(
        {
            "format": 1,
            "chain_id": 31337,
            "desk": "0x00000000219ab540356cBB839Cbe05303d7705Fa",
            "instruction": {**fields, **changes},
            "maker_signature": None,
            "checker_signature": None,
        }
    )


def test_an_instruction_is_shown_without_a_chain_or_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "instruction.json").write_text(instruction())
    assert run(["alliance", "desk", "show", "instruction.json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    lines = out.splitlines()
    assert lines[0] == "pay an obligation"
    assert "  obligation id           0x" + "12" * 32 in lines
    assert "  nonce                   7" in lines
    assert lines[-1] == (
        "! 0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A is no contract of this alliance."
    )
    assert not (tmp_path / "home").exists()


def test_a_call_under_other_words_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "instruction.json").write_text(instruction(action="issue a credit"))
    assert run(["alliance", "desk", "show", "instruction.json", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["action"] == "issue a credit"
    assert answer["doubts"][-1] == (
        "'issue a credit' is issue of LetterOfCredit, and this calls pay of PaymentObligations."
    )


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"nonce": -1}, "instruction.nonce"),
        ({"target": "0x12"}, "instruction.target"),
        ({"call": "0x"}, "instruction.call"),
        ({"colour": "red"}, "instruction.colour"),
    ],
)
def test_a_text_that_is_no_instruction_is_refused(
    changes: dict[str, Any], where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "instruction.json").write_text(instruction(**changes))
    for verb in (["show"], ["sign", "--key", "maker"]):
        assert run(["alliance", "desk", verb[0], "instruction.json", *verb[1:]]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith(f"✗ The instruction cannot be used: {where}: ")
