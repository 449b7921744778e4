# SPDX-License-Identifier: Apache-2.0
"""`yangshan credit`: the page on the life of a credit as a reader runs it, and what is refused.

The tests share one chain, and go on with the credits of the page.
"""

from __future__ import annotations

import json
import shlex
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chains import ROOT
from pages import parts
from terminals import Running, Terminal

from yangshan.cli import run
from yangshan.documents.examination.drafting import Released, Stated, written
from yangshan.swift import read
from yangshan.workspace import Workspace

PAGE = ROOT / "docs" / "how-to" / "run-a-credit.md"
CREDIT = ROOT / "examples" / "credits" / "import-credit.mt700"
NOTIFICATION = "examples/payments/deferred-credit.camt054.xml"
HARBOUR, LAKE, LIGHTHOUSE, EXPORTER_BANK, EXPORTER = 4, 5, 7, 10, 11
EXPORTER_NAME = "Elbfalke Maschinenbau GmbH"
SIGHT, DEFERRED, AMENDED, USANCE, NEGOTIATED = (
    "YSH25LC000817",
    "YSH25LC000901",
    "YBL25LC000071",
    "YDL25LC000301",
    "YNC25LC001950",
)

pytestmark = pytest.mark.usefixtures("away")


@pytest.fixture(autouse=True)
def examples(tmp_path: Path) -> None:
    """The files that the page names lie where its reader is."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    text = CREDIT.read_bytes().decode()
    for old, new in (
        ("YSHACNSHAXXX", "YSMTCNSHAXXX"),
        (":41A:YSHACNSH", ":41A:YSMTCNSH"),
        (f":20:{SIGHT}", ":20:TIDE25LC1"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (tmp_path / "tide-credit.mt700").write_bytes(text.encode())


@pytest.fixture(scope="module")
def done(running: Running) -> list[str]:
    """The commands of the page that have run."""
    return []


def view(terminal: Terminal, reference: str) -> dict[str, Any]:
    code, found = terminal.json("credit", "show", reference)
    assert code == 0
    return found


def states(view_: dict[str, Any], what: str) -> list[str]:
    return [each["state"] for each in view_[what]]


def test_the_page_runs_from_its_first_command_to_its_last(
    running: Running,
    terminal: Terminal,
    capsys: pytest.CaptureFixture[str],
    done: list[str],
) -> None:
    for kind, text in parts(PAGE):
        if kind == "days":
            running.clock.at(running.clock.now + timedelta(days=int(text)))
        elif kind == "python":
            script = text.replace("build/node", str(running.home)).replace(
                "http://127.0.0.1:8545", running.url
            )
            exec(compile(script, str(PAGE), "exec"), {})
            said = capsys.readouterr().out.splitlines()
            assert said[0].startswith("True 0x")
            assert said[1:] == [
                "1 PAID 215000000 2025-12-04",
                "2 PREPAID 215000000 2025-12-04",
            ]
        elif text.startswith("yangshan "):
            words = shlex.split(text)[1:]
            code = run(words)
            said = capsys.readouterr()
            # Of the messages some lack a reference that only their sender knows, and say so.
            messages = "messages" in words
            assert (code, said.err) == (int(messages), ""), (text, said.err)
            widest = max(map(len, said.out.splitlines()))
            assert messages or widest <= 100 or "0x" in said.out, text
            done.append(text)
        else:
            assert text.startswith("export YANGSHAN_RPC=")
    assert len(done) > 60

    sight = view(terminal, SIGHT)
    assert states(sight, "presentations") == ["WAIVED", "RETURNED", "PRECLUDED"]
    assert [each["claimed"] for each in sight["presentations"]] == [False, False, True]
    assert states(sight, "obligations") == ["PAID", "PAID"]
    assert (sight["advised"], sight["confirmed"]) == (True, False)
    assert sight["confirmation_declined"]
    assert [(each["assignee"], each["assigned"]) for each in sight["obligations"]] == [
        (None, 0),
        ("Tortoise Gate Marine Insurance Co., Ltd.", 8_000_000),
    ]
    amended = view(terminal, AMENDED)
    assert states(amended, "amendments") == ["ACCEPTED", "REJECTED", "ACCEPTED"]
    assert [each["version"] for each in amended["amendments"]] == [1, None, 2]
    assert (amended["amount"], amended["expiry"]) == (160_000_000, "2025-12-15")
    assert amended["latest_shipment"] == "2025-10-25"
    # The confirming bank extended to the first alone.
    assert (amended["confirmed"], amended["diverged"]) == (True, True)
    assert states(amended, "obligations") == ["PAID"]
    assert view(terminal, USANCE)["state"] == "CANCELLED"
    negotiated = view(terminal, NEGOTIATED)
    assert states(negotiated, "presentations") == ["WAIVED", "COMPLYING", "WAIVED"]
    assert [
        (each["owner"], each["state"], each["amount"]) for each in negotiated["obligations"]
    ] == [
        (EXPORTER_NAME, "SETTLED", 32_000_000),
        (EXPORTER_NAME, "OVERDUE", 15_000_000),
        (EXPORTER_NAME, "PAID", 32_000_000),
    ]
    # Taken in on the Sunday itself: the fifth banking day is Friday the 26th, not Sunday the 28th,
    # on which banks work for the holidays.
    taken_in = negotiated["presentations"][1]
    assert taken_in["received"].startswith("2025-09-21T08:00:")
    assert taken_in["deadline"] == "2025-09-26T17:00:00+08:00"
    assert negotiated["drawn"] == 47_000_000


def test_every_act_has_a_place_on_the_page(done: list[str]) -> None:
    from yangshan.cli.credit import app

    named = {each.name for each in app.registered_commands} - {None}
    used = {shlex.split(text)[2] for text in done if text.startswith("yangshan credit ")}
    # For a calendar that is not published: test_credit_defaults.py.
    assert named - used == {"fix-deadline"}
    assert "`fix-deadline`" in PAGE.read_text()


def test_an_act_repeated_is_already_done_and_sends_nothing(
    running: Running, terminal: Terminal, done: list[str]
) -> None:
    """Every act of the page once more, as if after a crash."""
    before = running.block
    repeated = 0
    for text in done:
        words = shlex.split(text)[1:]
        if words[0] != "credit" or "--key" not in words or "--dry-run" in words:
            continue
        # The bank declined since, and the stay was lifted: to ask or stay would be another act.
        if words[1] in ("request-confirmation", "stay"):
            continue
        if SIGHT in words and words[1] in ("ask-waiver", "refuse", "waive") and "-p" not in words:
            # It was the only presentation then.
            words += ["-p", "1"]
        if NEGOTIATED in words and words[1] in ("ask-authority", "waive") and "-p" not in words:
            words += ["-p", "1"]
        code, answer = terminal.json(*words)
        assert (code, answer.get("status")) == (0, "already done"), (text, answer)
        repeated += 1
    assert running.block == before
    assert repeated > 40


def test_an_answer_for_programs_has_what_belongs_to_the_act(
    running: Running, terminal: Terminal
) -> None:
    code, answer = terminal.json(
        *("credit", "comply", DEFERRED, "-p", "1", "--key", "exporter-bank")
    )
    owed = view(terminal, DEFERRED)["obligations"][0]
    receipt = running.chain.web3.eth.get_transaction_receipt(answer["transaction"])
    assert code == 0
    assert answer == {
        "status": "already done",
        "act": "findComplying",
        "actor": "Sieben Leuchtfeuer Handelsbank",
        "what": "finds the documents complying and must honour",
        "article": "UCP 600 art. 15",
        "credit": {"id": view(terminal, DEFERRED)["id"], "reference": DEFERRED},
        "presentation": view(terminal, DEFERRED)["presentations"][0]["id"],
        "transaction": answer["transaction"],
        "gas": receipt["gasUsed"],
        "time": answer["time"],
        "obligation": owed["id"],
        "amount": 215_000_000,
        "state": "PAID",
        "due": "2025-12-04",
    }


def test_the_notice_of_refusal_is_an_mt_734_that_can_be_opened_again(
    running: Running, terminal: Terminal
) -> None:
    code, found = terminal.json("credit", "messages", SIGHT)
    assert code == 1
    notices = [each for each in found if each["event"] == "DocumentsRefused"]
    assert [each["type"] for each in notices] == ["734", "734"]
    stated = {field.tag: field.value for field in read(notices[0]["texts"][0])[0].fields}
    assert stated["77B"] == "/NOTIFY/"
    assert "1. Two original bills of lading presented, three" in stated["77J"]
    assert stated["32A"].endswith("CNY400000,00")
    kept = Workspace(running.home).vault(running.chain)
    assert kept.find("waiver", view(terminal, SIGHT)["presentations"][0]["id"]) is not None


LETTERS = {
    SIGHT: [
        ("CreditPreAdvised", "705"),
        ("CreditIssued", "700"),
        ("AdviceDeclined", None),
        ("CreditAdvised", "730"),
        ("ConfirmationRequested", None),
        ("ConfirmationDeclined", None),
        ("MandateRecorded", None),
        ("DocumentsLodged", None),
        ("WaiverAsked", None),
        ("DocumentsRefused", "734"),
        ("ObligationIncurred", None),
        ("DiscrepanciesAccepted", "732"),
        ("DocumentsLodged", None),
        ("PresenterInstructed", None),
        ("DocumentsRefused", "734"),
        ("PresenterInstructed", None),
        ("DocumentsReturned", None),
        ("DocumentsLodged", None),
        ("ObligationIncurred", None),
        ("PreclusionClaimed", None),
        ("ProceedsAssigned", None),
        ("ObligationPaid", "756"),
        ("ObligationPaid", "756"),
        ("ProceedsPaid", None),
    ],
    DEFERRED: [
        ("CreditIssued", "700"),
        ("CreditAdvised", "730"),
        ("CreditConfirmed", "730"),
        ("DocumentsLodged", None),
        ("ObligationIncurred", None),
        ("FoundComplying", "754"),
        ("DocumentsForwarded", None),
        ("DocumentsLodged", None),
        ("ObligationIncurred", None),
        ("FoundComplying", None),
        ("PrepaymentAgreed", None),
        ("ObligationPrepaid", None),
        ("PaymentAttested", None),
    ],
    AMENDED: [
        ("CreditIssued", "700"),
        ("CreditAdvised", "730"),
        ("CreditConfirmed", "730"),
        ("AmendmentIssued", "707"),
        ("ConfirmationExtended", None),
        ("AmendmentAccepted", "730"),
        ("AmendmentIssued", "707"),
        ("ExtensionDeclined", None),
        ("AmendmentRejected", "730"),
        ("AmendmentIssued", "707"),
        ("DocumentsLodged", None),
        ("AmendmentsNamed", None),
        ("AmendmentAccepted", None),
        ("ObligationIncurred", None),
        ("FoundComplying", None),
        ("ObligationStayed", None),
        ("ObligationStayLifted", None),
        ("ObligationPaid", None),
    ],
    NEGOTIATED: [
        ("CreditIssued", "700"),
        ("DocumentsLodged", None),
        ("AuthorityAsked", "750"),
        ("ObligationIncurred", None),
        ("DiscrepanciesAccepted", "754"),
        ("DocumentsLodged", None),
        ("AcceptedOutOfHours", None),
        ("ObligationIncurred", None),
        ("FoundComplying", None),
        ("UnpaidDrawingTaken", None),
        ("ObligationFollowed", None),
        ("DocumentsLodged", None),
        ("ObligationIncurred", None),
        ("DiscrepanciesAccepted", None),
        ("ObligationPaid", None),
        ("ObligationSettled", None),
    ],
    USANCE: [
        ("CreditIssued", "700"),
        ("AmendmentIssued", "707"),
        ("CancellationAgreed", "730"),
        ("CreditCancelled", None),
    ],
}


@pytest.mark.parametrize("reference", LETTERS)
def test_every_event_has_its_message_with_the_references_of_its_sender(
    reference: str, terminal: Terminal
) -> None:
    own = [
        word
        for number, (_, kind) in enumerate(LETTERS[reference], start=1)
        if kind in ("730", "750", "754")
        for word in ("--reference", f"{number}=YSS25{number:03}")
    ]
    code, found = terminal.json("credit", "messages", reference, *own)
    assert [(each["event"], each["type"]) for each in found] == LETTERS[reference]
    assert code == 0, [each["reasons"] for each in found]
    for each in found:
        assert len(each["texts"]) == bool(each["type"]), each
        if each["type"]:
            assert (each["reasons"], each["doubts"]) == ([], [])
            (message,) = read(each["texts"][0])
            assert message.type == each["type"]
    said = {each["number"]: each["texts"][0] for each in found if each["texts"]}
    if reference == AMENDED:
        for number, place in ((1, 4), (2, 7), (3, 10)):
            file = ROOT / "examples" / "amendments" / f"amended-credit-{number}.mt707"
            stated = file.read_bytes().decode().replace(":52A:YSBLCNSH\r", ":52A:YSBLCNSHXXX\r")
            assert said[place].partition("{4:")[2].rstrip() == stated.partition("{4:")[2].rstrip()
        assert ":79Z:AMENDMENT 2: REJECTED BY THE BENEFICIARY" in said[9]
    if reference == NEGOTIATED:
        assert ":77J:TWO ORIGINAL BILLS OF LADING INSTEAD OF THREE." in said[3].upper()
    if reference == DEFERRED:
        assert ":32A:251204CNY2150000,00" in said[6]
    if reference == USANCE:
        assert ":23S:CANCEL" in said[2]
        assert ":79Z:AMENDMENT 1: THE BENEFICIARY AGREES TO THE\r\nCANCELLATION" in said[3]


RELEASED = Released.of(
    credit="TIDE25LC1",
    maker="first",
    checker="second",
    discrepancies=(
        Stated(code="X09", text="Port of loading Bremerhaven."),
        Stated(code="X12", text="Two of three originals."),
    ),
)
REFUSED: dict[str, tuple[str, tuple[int, str], str]] = {
    "nobody who acts": (
        f"advise {SIGHT}",
        (2, "HandsMissing"),
        "Say who acts: --key NAME, or --desk DESK",
    ),
    "a key and a desk": (
        f"advise {SIGHT} --key harbour-bank --desk tide-bank --maker tide-bank-maker --out i.json",
        (2, "HandsMissing"),
        "Say who acts",
    ),
    "a desk without its file": (
        f"advise {SIGHT} --desk tide-bank --maker tide-bank-maker",
        (2, "HandsMissing"),
        "--out FILE",
    ),
    "a reference that nobody used": (
        "advise NOBODY --key exporter-bank",
        (1, "NoSuchCredit"),
        "NOBODY",
    ),
    "a bank that does not advise it": (
        f"advise {SIGHT} --key lake-bank",
        (1, "NotAdvisingBank"),
        f"Dishui Lantern Commercial Bank (member 5) is not named to advise credit {SIGHT}",
    ),
    "an advice with another content": (
        f"advise {SIGHT} --unsatisfied --key exporter-bank",
        (1, "KeyReused"),
        "This was done before with another content",
    ),
    "a confirmation that was not asked for": (
        f"confirm {SIGHT} --key lake-bank",
        (1, "NotConfirmingBank"),
        "is not the confirming bank",
    ),
    "an unknown bank to confirm": (
        f"request-confirmation {SIGHT} moon-bank --key harbour-bank",
        (2, "UnknownMemberName"),
        "There is no member moon-bank",
    ),
    "a message that is no amendment": (
        "amend examples/credits/import-credit.mt700 --key harbour-bank",
        (1, "NotAnAmendment"),
        "it is an MT 700; expected an MT 707.",
    ),
    "an amendment of a credit that is not there": (
        "amend other.mt707 --key harbour-bank",
        (1, "UnknownCredit"),
        "There is no credit NOTHERE on this chain.",
    ),
    "an amendment out of its order": (
        "amend fifth.mt707 --key lighthouse-bank",
        (1, "AmendmentOutOfOrder"),
        f"The next amendment of credit {AMENDED} has the number 4, and 5 was given",
    ),
    "an amendment with another content": (
        "amend dearer.mt707 --key lighthouse-bank",
        (1, "KeyReused"),
        "issues amendment 3",
    ),
    "an amendment by another bank": (
        "amend fourth.mt707 --key lake-bank",
        (1, "NotIssuingBank"),
        f"did not issue credit {AMENDED}",
    ),
    "an amendment that is not there": (
        f"accept {AMENDED} 9 --key exporter",
        (1, "UnknownAmendment"),
        "9",
    ),
    "an acceptance after a rejection": (
        f"accept {AMENDED} 2 --key exporter",
        (1, "WrongAmendmentState"),
        f"Amendment 2 of credit {AMENDED} is rejected",
    ),
    "an acceptance by a stranger": (
        f"accept {AMENDED} 2 --key importer",
        (1, "NotForBeneficiary"),
        "Silver Heron Machinery Import Co., Ltd. (member 9)",
    ),
    "an amendment of number nought": (
        f"accept {AMENDED} 0 --key exporter",
        (2, "BadParameter"),
        "greater than or equal to 1",
    ),
    "documents that are not there": (
        f"present {SIGHT} none.json --amount 1.00 --key exporter",
        (2, "FileUnread"),
        "none.json",
    ),
    "documents that are no object": (
        f"present {SIGHT} tide-credit.mt700 --amount 1.00 --key exporter",
        (2, "DocumentsFileError"),
        "it is not JSON",
    ),
    "an amount that is none": (
        f"present {SIGHT} documents.json --amount 1.234 --key exporter",
        (2, "BadAmount"),
        "1.234 is no amount in CNY",
    ),
    "a presenter without a mandate": (
        f"present {SIGHT} documents.json --amount 1.00 --key insurer",
        (1, "NoMandate"),
        "Tortoise Gate Marine Insurance Co., Ltd. (member 13)",
    ),
    "a bank that may not examine": (
        f"present {SIGHT} documents.json --amount 1.00 --to lake-bank --key exporter",
        (1, "BankNotPermitted"),
        "Dishui Lantern Commercial Bank (member 5)",
    ),
    "the same presentation with other documents": (
        f"present {SIGHT} documents.json --amount 1.00 --number 3 --key exporter-bank",
        (1, "KeyReused"),
        "presents documents for CNY 1.00",
    ),
    "several presentations and none named": (
        f"comply {SIGHT} --key harbour-bank",
        (1, "SeveralOfThat"),
        "several presentations that could be meant (1, 2, 3); name one with --presentation N",
    ),
    "a presentation that is not there": (
        f"examine {SIGHT} -p 9",
        (1, "NoneOfThat"),
        f"Credit {SIGHT} has no presentation 9; it has 3 in all",
    ),
    "digits of no presentation": (f"examine {SIGHT} -p 0xffffff", (1, "NoneOfThat"), "0xffffff"),
    "a bank without any": (
        f"comply {SIGHT} --key lake-bank",
        (1, "NoneOfThat"),
        "no presentation that this member could act on",
    ),
    "a decision after the decision": (
        f"comply {SIGHT} -p 1 --key harbour-bank",
        (1, "WrongPresentationState"),
        "is waived",
    ),
    "a notice that says nothing": (
        f"refuse {SIGHT} -p 3 --disposal hold --discrepancy X08 --key harbour-bank",
        (2, "BadDiscrepancy"),
        "'X08' states no discrepancy",
    ),
    "a discrepancy that there is not": (
        f"refuse {SIGHT} -p 3 --disposal hold --discrepancy X99=No. --key harbour-bank",
        (1, "UnknownDiscrepancy"),
        "X99 is no discrepancy",
    ),
    "a notice of nothing": (
        f"refuse {SIGHT} -p 3 --disposal hold --key harbour-bank",
        (2, "OneSource"),
        "or the file that a checker released",
    ),
    "a notice from two sources": (
        (
            f"refuse {SIGHT} -p 3 --disposal hold --discrepancy X08=No. --released released.json "
            "--key harbour-bank"
        ),
        (2, "OneSource"),
        "not both and not neither",
    ),
    "discrepancies of another credit": (
        f"refuse {SIGHT} -p 3 --disposal hold --released released.json --key harbour-bank",
        (1, "OtherCredit"),
        f"released for TIDE25LC1, not for {SIGHT}",
    ),
    "discrepancies that nobody released so": (
        f"refuse {SIGHT} -p 3 --disposal hold --released forged.json --key harbour-bank",
        (1, "DraftChanged"),
        "not those that the checker released",
    ),
    "a disposal that there is not": (
        f"refuse {SIGHT} -p 3 --disposal burn --discrepancy X08=No. --key harbour-bank",
        (2, "BadParameter"),
        "'burn' is not one of 'hold', 'notify', 'return', 'previous-instructions'",
    ),
    "a disposal that is not open": (
        (f"refuse {DEFERRED} -p 1 --disposal notify --discrepancy X08=No. --key exporter-bank"),
        (1, "DisposalNotOpen"),
        "only the issuing bank can wait for a waiver",
    ),
    "a second notice": (
        f"refuse {SIGHT} -p 1 --disposal hold --discrepancy X08=No. --key harbour-bank",
        (1, "KeyReused"),
        "refuses by one notice with 1 discrepancy (X08)",
    ),
    "a notice after the last day": (
        f"refuse {SIGHT} -p 3 --disposal hold --discrepancy X08=No. --key harbour-bank",
        (1, "WrongPresentationState"),
        "is claimed",
    ),
    "a waiver without words": (
        f"waive {SIGHT} -p 3 --key harbour-bank",
        (2, "NothingSaid"),
        "Say what it accepts and who waived it: --text WORDS",
    ),
    "words that are not there": (
        f"waive {SIGHT} -p 3 --text @none.txt --key harbour-bank",
        (2, "FileUnread"),
        "none.txt",
    ),
    "words that are no text": (
        f"waive {SIGHT} -p 3 --text @latin.txt --key harbour-bank",
        (2, "FileNotText"),
        "latin.txt holds no text in UTF-8",
    ),
    "an instruction that there is not": (
        f"instruct {SIGHT} burn -p 3 --text Burn. --key exporter-bank",
        (2, "BadParameter"),
        "'burn' is not one of 'beforehand', 'take-up', 'return'",
    ),
    "an instruction by another": (
        f"instruct {SIGHT} return -p 3 --text Back. --key exporter",
        (1, "NotPresenter"),
        "Elbfalke Maschinenbau GmbH (member 11)",
    ),
    "a claim of what is not precluded": (
        f"claim {DEFERRED} -p 2 --key exporter-bank",
        (1, "WrongPresentationState"),
        "is complying",
    ),
    "an issuing bank that forwards": (
        f"forward {SIGHT} -p 1 --text S. --key harbour-bank",
        (1, "NoBankBehind"),
        "Yangshan Harbour Bank (member 4)",
    ),
    "amendments without a number": (
        f"name-amendments {SIGHT} 0 --key exporter",
        (2, "BadParameter"),
        "greater than or equal to 1",
    ),
    "amendments named after the decision": (
        f"name-amendments {SIGHT} 1 -p 1 --key exporter-bank",
        (1, "WrongPresentationState"),
        "is waived",
    ),
    "amendments named by another": (
        f"name-amendments {SIGHT} 1 -p 1 --key exporter",
        (1, "NotPresenter"),
        "Elbfalke Maschinenbau GmbH (member 11)",
    ),
    "documents taken in by another": (
        f"take-in {NEGOTIATED} -p 2 --key exporter-bank",
        (1, "NotExaminer"),
        "Sieben Leuchtfeuer Handelsbank (member 10)",
    ),
    "neither documents nor words": (
        f"present-unpaid {NEGOTIATED} -p 1 --number 3 --key exporter",
        (2, "DocumentsOrWords"),
        "Give the FILE of the documents, or --text with what you write about them",
    ),
    "both documents and words": (
        f"present-unpaid {NEGOTIATED} documents.json --text W. -p 1 --key exporter",
        (2, "DocumentsOrWords"),
        "and not both",
    ),
    "nothing that was left unpaid to this member": (
        f"present-unpaid {NEGOTIATED} documents.json --key lake-bank",
        (1, "NoneOfThat"),
        "no presentation that this member could act on",
    ),
    "an unpaid drawing with other documents": (
        f"present-unpaid {NEGOTIATED} documents.json -p 1 --key exporter",
        (1, "KeyReused"),
        "turns to Nine Cranes Merchant Bank for a drawing that was left unpaid",
    ),
    "a debt without a counterpart": (
        f"settle {NEGOTIATED} -o 2 --key cranes-bank",
        (1, "NotPaired"),
        "has no counterpart by which it could be closed",
    ),
    "a debt that was closed before, by another": (
        f"settle {NEGOTIATED} -o 1 --key lake-bank",
        (1, "NotPartyToObligation"),
        "Dishui Lantern Commercial Bank (member 5)",
    ),
    "a payment of another's debt": (
        f"honour {SIGHT} -o 1 --key lake-bank",
        (1, "NotDebtor"),
        "Dishui Lantern Commercial Bank (member 5)",
    ),
    "an obligation that is not there": (
        f"honour {SIGHT} -o 7 --key harbour-bank",
        (1, "NoneOfThat"),
        "has no obligation 7; it has 2 in all",
    ),
    "several obligations and none named": (
        f"honour {SIGHT} --key harbour-bank",
        (1, "SeveralOfThat"),
        "name one with --obligation N",
    ),
    "a prepayment of what is paid": (
        f"prepay {DEFERRED} -o 2 --proceeds 5.00 --key harbour-bank",
        (1, "KeyReused"),
        "pays CNY 5.00 before maturity",
    ),
    "a reference of a payment that is too long": (
        f"attest {SIGHT} -o 1 --payment {'P' * 33} --key exporter",
        (1, "UnfitReference"),
        "1 to 32 printable ASCII characters",
    ),
    "neither a reference nor a notification": (
        f"attest {SIGHT} -o 1 --key exporter",
        (2, "BadParameter"),
        "say --payment REFERENCE, or --notification FILE, and not both",
    ),
    "a notification of another payment": (
        f"attest {SIGHT} -o 1 --notification {NOTIFICATION} --key exporter",
        (1, "PaymentNotFound"),
        f"no payment names the credit {SIGHT}",
    ),
    "a notification that is none": (
        f"attest {SIGHT} -o 1 --notification tide-credit.mt700 --key exporter",
        (2, "UnreadableMessage"),
        "this is no XML",
    ),
    "an order for what is paid": (
        f"order {SIGHT} -o 1 --settlement INDA --on 2025-12-04",
        (1, "NothingToPay"),
        "it is PAID",
    ),
    "an order on no day": (
        f"order {SIGHT} -o 1 --settlement INDA --on soon",
        (2, "BadParameter"),
        "'soon' does not match the format",
    ),
    "an assignment to nobody": (
        f"assign {SIGHT} -o 1 --to moon --key exporter",
        (2, "UnknownMemberName"),
        "There is no member moon",
    ),
    "a stay without its offset": (
        f"stay {SIGHT} --until 2026-01-31 --order O. --key commission",
        (2, "BadInstant"),
        "2026-01-31 is no instant",
    ),
    "a stay by a bank": (
        f"stay {SIGHT} --until 2026-01-31T00:00:00Z --order O. --key lake-bank",
        (1, "MissingRole"),
        "COURT",
    ),
    "a stay for too long": (
        f"stay {SIGHT} --until 2046-01-31T00:00:00Z --order O. --key commission",
        (1, "StayOutOfBounds"),
        "A stay ends ahead of now and not after",
    ),
    "no stay to lift": (
        f"lift {SIGHT} --order O. --key commission",
        (1, "NotStayed"),
        SIGHT,
    ),
    "an order without words": (
        f"lift {SIGHT} --order '' --key commission",
        (2, "NothingSaid"),
        "the court's order",
    ),
    "several files and no batch": (
        "issue tide-credit.mt700 tide-credit.mt700 --key tide-bank",
        (2, "BatchMeant"),
        "2 files were given; add --batch",
    ),
    "a batch of several banks": (
        "issue --batch tide-credit.mt700 examples/credits/usance-credit.mt700 --key tide-bank",
        (1, "OtherBanksCredit"),
        "acts for Morning Tide Bank",
    ),
    "a reference twice in a batch": (
        "issue --batch tide-credit.mt700 tide-credit.mt700 --key tide-bank",
        (1, "TwiceInBatch"),
        "two credits under the reference TIDE25LC1",
    ),
    "a rule that cannot be excluded": (
        "issue tide-credit.mt700 --excludes no-refusal --key tide-bank",
        (2, "UnknownRule"),
        "No rule is called no-refusal",
    ),
    "a pre-advice that is none": (
        "pre-advise tide-credit.mt700 --key tide-bank",
        (1, "NotACredit"),
        "expected an MT 705",
    ),
    "a pre-advice of another bank": (
        "pre-advise examples/credits/import-credit.mt705 --key tide-bank",
        (1, "OtherBanksCredit"),
        "acts for Morning Tide Bank",
    ),
    "a pre-advice of what is issued": (
        "pre-advise other.mt705 --key harbour-bank",
        (1, "KeyReused"),
        f"pre-advises credit {SIGHT} for CNY 1,280,001.00",
    ),
    "an act that no policy lets the desk do": (
        f"advise {SIGHT} --desk tide-bank --maker tide-bank-checker --out none.json",
        (1, "NotAdvisingBank"),
        "Morning Tide Bank (member 8)",
    ),
    "a maker that is none": (
        "comply TIDE25LC1 --desk tide-bank --maker tide-bank-checker --out none.json",
        (1, "NoHand"),
        "is no maker at this desk",
    ),
    "an action that is not open at the desk": (
        ("ask-waiver TIDE25LC1 --text W. --desk tide-bank --maker tide-bank-maker --out none.json"),
        (1, "ActionClosed"),
        "The desk has no policy",
    ),
}


def variants(folder: Path) -> None:
    """Files that are refused: of the third amendment, of the pre-advice, of words."""
    text = (ROOT / "examples" / "amendments" / "amended-credit-3.mt707").read_bytes().decode()
    for name, old, new in (
        ("other", f":23:{AMENDED}", ":23:NOTHERE"),
        ("fourth", ":26E:3", ":26E:4"),
        ("fifth", ":26E:3", ":26E:5"),
        ("dearer", ":44C:251025", ":32B:CNY1,\r\n:44C:251025"),
    ):
        assert text.count(old) == 1
        changed = text.replace(old, new)
        if name in ("fourth", "fifth"):
            # The third one is part of the terms by now, and cannot be made twice.
            changed = changed.replace("/DELETE/+ PACKING LIST IN TWO ORIGINALS.\r\n", "")
            changed = changed.replace("/ADD/+ PACKING", ":46B:/ADD/+ ANOTHER").replace(
                ":46B::46B:", ":46B:"
            )
        (folder / f"{name}.mt707").write_bytes(changed.encode())
    pre = (ROOT / "examples" / "credits" / "import-credit.mt705").read_bytes().decode()
    (folder / "other.mt705").write_bytes(pre.replace("CNY1280000", "CNY1280001").encode())
    (folder / "documents.json").write_text('{"documents": []}')
    text = written(RELEASED)
    (folder / "released.json").write_text(text)
    (folder / "forged.json").write_text(text.replace("TIDE25LC1", SIGHT))
    (folder / "latin.txt").write_bytes("Zurückgenommen".encode("latin-1"))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_one_sentence_and_changes_nothing(
    name: str, running: Running, terminal: Terminal, tmp_path: Path, done: list[str]
) -> None:
    assert done
    variants(tmp_path)
    terminal.expect_refused(running, "credit", REFUSED[name])
    assert not (tmp_path / "none.json").exists()


def test_a_batch_is_issued_whole_and_once(
    running: Running, terminal: Terminal, tmp_path: Path
) -> None:
    text = CREDIT.read_bytes().decode()
    files = []
    for number in (1, 2):
        file = tmp_path / f"batch-{number}.mt700"
        file.write_bytes(text.replace(SIGHT, f"BATCH{number}").encode())
        files.append(str(file))
    words = ("credit", "issue", "--batch", *files, "--key", "harbour-bank")
    before = running.block
    assert terminal.json(*words, "--dry-run")[1]["status"] == "dry run"
    assert running.block == before
    code, answer = terminal.json(*words)
    assert (code, answer["status"], answer["act"]) == (0, "issued", "issueBatch")
    assert [each["reference"] for each in answer["credits"]] == ["BATCH1", "BATCH2"]
    assert running.block == before + 1
    assert terminal.json(*words)[1]["status"] == "already done"
    assert terminal.text(*words).splitlines()[:3] == [
        "Already done  credit BATCH1 for CNY 1,280,000.00 (UCP 600 art. 7(b))",
        "  expires 2025-12-30 in SHANGHAI",
        "Already done  credit BATCH2 for CNY 1,280,000.00 (UCP 600 art. 7(b))",
    ]
    for reference in ("BATCH1", "BATCH2"):
        (issued,) = terminal.json("credit", "messages", reference)[1]
        assert f":20:{reference}" in issued["texts"][0]
    # One of them with another amount would be another batch, and is refused whole.
    Path(files[1]).write_bytes(
        text.replace(SIGHT, "BATCH2").replace("CNY1280000", "CNY1280001").encode()
    )
    code, error, _ = terminal.refused(*words)
    assert (code, error) == (1, "KeyReused")
    assert running.block == before + 1


def test_a_desk_prepares_the_same_act_anew_after_a_turn_down(
    terminal: Terminal, tmp_path: Path
) -> None:
    """A checker that does not sign stands in nobody's way: the maker words it once more."""
    hands = ("--desk", "tide-bank", "--maker", "tide-bank-maker", "--out")
    digests = set()
    for text in ("First words.", "Better words."):
        file = tmp_path / "notice.json"
        code, answer = terminal.json(
            *("credit", "refuse", "TIDE25LC1", "--disposal", "hold"),
            *("--discrepancy", f"X08={text}", *hands, str(file)),
        )
        assert (code, answer["status"], answer["transaction"]) == (0, "prepared", None)
        assert json.loads(file.read_text())["instruction"]["action"] == "refuse documents"
        digests.add(answer["digest"])
    assert len(digests) == 2


def test_a_notice_takes_what_a_checker_released(terminal: Terminal, tmp_path: Path) -> None:
    """Codes and words of `documents release-draft`, and the notice is worded from them."""
    released, out = tmp_path / "released.json", tmp_path / "notice.json"
    released.write_text(written(RELEASED))
    code, answer = terminal.json(
        *("credit", "refuse", "TIDE25LC1", "--disposal", "hold", "--released", str(released)),
        *("--desk", "tide-bank", "--maker", "tide-bank-maker", "--out", str(out)),
    )
    assert (code, answer["status"]) == (0, "prepared")
    lines = [f"{at}. {each.text}" for at, each in enumerate(RELEASED.discrepancies, start=1)]
    assert ":77J:WE REFUSE TO HONOUR OR NEGOTIATE.\r\n" + "\r\n".join(lines) in answer["notice"]
    told = json.loads(out.read_text())["instruction"]
    assert f"{1 << 9 | 1 << 12:064x}" in json.dumps(told)


MIXED, INSTALMENTS, REVOLVING = "YNC25LC002011", "YDL25LC000311", "YBL25LC000081"


def schedule(name: str) -> str:
    return f"examples/credits/{name}-credit.toml"


def test_a_credit_shows_its_timetable(terminal: Terminal) -> None:
    """Those that the page issued."""
    mixed = view(terminal, MIXED)
    assert (mixed["available_by"], mixed["usance"]) == ("MIXED", None)
    parts = [
        {"weight": 30, "available_by": "SIGHT_PAYMENT", "usance": None},
        {"weight": 70, "available_by": "DEFERRED_PAYMENT", "usance": "60 days after shipment"},
    ]
    assert mixed["schedule"]["slices"] == parts
    rows = view(terminal, INSTALMENTS)["schedule"]
    assert [
        (each["number"], each["amount"], each["first"], each["drawn"], each["shipped"])
        for each in rows["instalments"]
    ] == [
        (1, 30_000_000, "2025-09-01", 0, False),
        (2, 30_000_000, "2025-10-01", 0, False),
        (3, 30_000_000, "2025-11-01", 0, False),
    ]
    assert (rows["advance_limit"], rows["advanced"], rows["recovered"]) == (9_000_000, 0, 0)
    revolving = view(terminal, REVOLVING)
    assert {
        name: revolving["schedule"][name] for name in ("renewal", "times", "period", "start")
    } == {"renewal": "BY_TIME", "times": 2, "period": 30, "start": "2025-09-01"}
    assert revolving["available"] == 20_000_000
    assert view(terminal, SIGHT)["schedule"] is None
    shown = {
        name: terminal.text("credit", "show", name) for name in (MIXED, INSTALMENTS, REVOLVING)
    }
    assert "70 of 100 by deferred payment, 60 days after shipment" in shown[MIXED]
    assert "CNY 300,000.00, shipped 2025-10-01 to 2025-10-31" in shown[INSTALMENTS]
    assert "up to CNY 90,000.00, advanced CNY 0.00, recovered CNY 0.00" in shown[INSTALMENTS]
    assert "by time, 2 times, every 30 days from 2025-09-01" in shown[REVOLVING]


def test_each_part_of_a_mixed_payment_is_owed_by_itself(
    running: Running, terminal: Terminal, tmp_path: Path
) -> None:
    text = (ROOT / "examples" / "credits" / "mixed-credit.mt700").read_bytes().decode()
    file = tmp_path / "mixed.mt700"
    today = running.clock.now.date()
    for old, new in (
        (MIXED, "MIXED2"),
        (":31D:251115", ":31D:271231"),
        (":44C:250930", ":44C:271130"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_bytes(text.encode())
    words = ("credit", "issue", str(file), "--schedule", schedule("mixed"), "--key", "cranes-bank")
    code, answer = terminal.json(*words)
    assert (code, answer["status"], answer["act"]) == (0, "issued", "issueScheduled")
    assert answer["schedule"] == [
        "30 of 100 parts by sight payment",
        "70 of 100 parts by deferred payment, 60 days after shipment",
    ]
    assert terminal.json(*words)[1]["status"] == "already done"
    # With other parts it would be another credit.
    other = tmp_path / "other.toml"
    other.write_text('parts_by = "acceptance"')
    code, error, _ = terminal.refused(*words[:4], str(other), *words[5:])
    assert (code, error) == (1, "KeyReused")
    documents = "examples/presentations/complying.json"
    day = today.isoformat()
    present = ("credit", "present", "MIXED2", documents, "--amount", "600,000.00")
    assert (
        terminal.json(*present, "--shipped", day, "--to", "exporter-bank", "--key", "exporter")[0]
        == 0
    )
    assert terminal.json("credit", "comply", "MIXED2", "--key", "exporter-bank")[0] == 0
    found = view(terminal, "MIXED2")
    assert [(each["amount"], each["matures"]) for each in found["obligations"]] == [
        (18_000_000, None),
        (42_000_000, (today + timedelta(days=60)).isoformat()),
    ]


def test_a_schedule_that_does_not_fit_is_refused_before_anything_is_sent(
    running: Running, terminal: Terminal, tmp_path: Path
) -> None:
    before = running.block
    key = ("--key", "harbour-bank")
    mixed = "examples/credits/mixed-credit.mt700"
    said = tmp_path / "said.toml"
    said.write_text('parts_by = "acceptance"')
    for words, expected in (
        (("issue", mixed, "--key", "cranes-bank"), (1, "PartsUnsaid")),
        (("issue", str(CREDIT), "--schedule", str(said), *key), (1, "BadSchedule")),
        (("issue", str(CREDIT), "--schedule", str(CREDIT), *key), (2, "TimetableUnread")),
        (("issue", "--batch", str(CREDIT), "--schedule", str(said), *key), (2, "ScheduleForOne")),
        (("propose-instalments", SIGHT, schedule("instalment"), *key), (1, "NoInstalments")),
    ):
        assert terminal.refused("credit", *words)[:2] == expected, words
    text = (ROOT / mixed).read_bytes().decode().replace("AFTER B/L DATE", "SIGHT")
    (tmp_path / "parts.mt700").write_bytes(
        text.replace("70 PCT AT 60 DAYS SIGHT", "70 PCT AT SIGHT").encode()
    )
    words = ("issue", "--batch", str(tmp_path / "parts.mt700"), "--key", "cranes-bank")
    assert terminal.refused("credit", *words)[:2] == (1, "ScheduledInBatch")
    assert running.block == before


def test_a_desk_issues_a_credit_with_a_schedule_by_the_command_of_credits(
    terminal: Terminal, tmp_path: Path
) -> None:
    text = (ROOT / "examples" / "credits" / "mixed-credit.mt700").read_bytes().decode()
    for old, new in (
        ("YSNCCNSHAXXX", "YSMTCNSHAXXX"),
        (MIXED, "TIDE25LC2"),
        (
            ":42M:30 PCT AT SIGHT,\r\n70 PCT AT 60 DAYS AFTER B/L DATE",
            ":42M:30 PCT AT SIGHT,\r\n70 PCT AT SIGHT",
        ),
        (":31D:251115", ":31D:271231"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = tmp_path / "tide-mixed.mt700"
    file.write_bytes(text.encode())
    hands = ("--desk", "tide-bank", "--maker", "tide-bank-maker", "--out")
    prepared = (
        *("alliance", "desk", "prepare", "tide-bank", "issue a credit"),
        *("--mt700", str(file), "--maker", "tide-bank-maker", "--out"),
    )
    code, name, _ = terminal.refused(*prepared, str(tmp_path / "plain.json"))
    assert (code, name) == (1, "IssuedOtherwise")
    # The act has a name of its own, for which this desk has no policy.
    issued = ("credit", "issue", str(file), *hands, str(tmp_path / "scheduled.json"))
    code, name, sentence = terminal.refused(*issued)
    assert (code, name) == (1, "ActionClosed")
    assert "of LetterOfCredit" in sentence
