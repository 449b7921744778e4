# SPDX-License-Identifier: Apache-2.0
"""What the chain says of documents before a bank relies on them, on the command line.

`documents examine --rpc`, and `--relying-on` of what finds, pays and pays early.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from chains import ROOT
from terminals import Running, Terminal

from yangshan.chain import sender as sending
from yangshan.chain.connection import NoContract
from yangshan.chain.failures import NodeRefused
from yangshan.chain.outbox import Outbox
from yangshan.chain.sender import Sender
from yangshan.workspace import Workspace

DOCUMENTS = ROOT / "examples" / "documents"
CREDIT = str(ROOT / "examples" / "credits" / "import-credit.mt700")
KINDS = ("invoice", "bill-of-lading", "packing-list", "insurance", "certificate-of-origin")
EXPORTER = "Elbfalke Maschinenbau GmbH (member 11)"

pytestmark = pytest.mark.usefixtures("away")


class Set:
    """Sealed documents in a folder, as who examines them has them."""

    def __init__(self, terminal: Terminal, folder: Path) -> None:
        self.terminal, self.folder = terminal, folder
        folder.mkdir()

    def do(self, *words: str) -> dict[str, Any]:
        code, answer = self.terminal.json(*words)
        assert code == 0, answer
        return answer

    def seal(self, kind: str) -> str:
        out = str(self.folder / f"{kind}.json")
        self.do("documents", "seal", str(DOCUMENTS / f"{kind}.json"), "--out", out)
        return out

    def file(self, kind: str) -> str:
        return str(self.folder / f"{kind}.json")

    def register(self, kind: str, key: str) -> None:
        self.do("documents", "register", self.file(kind), "--key", key)

    def examined(self, *options: str, code: int) -> dict[str, Any]:
        found, answer = self.terminal.json(
            *("documents", "examine", "--credit", CREDIT, "--presentation", str(self.folder)),
            *("--received", "2025-09-10", "--place", "CNSHA", *options),
        )
        assert found == code, answer
        return answer


@pytest.fixture
def papers(terminal: Terminal, tmp_path: Path) -> Set:
    made = Set(terminal, tmp_path / "presented")
    for kind in KINDS:
        made.seal(kind)
    return made


def told(answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each["check"], each["severity"], each["document"]) for each in answer["candidates"]]


OUTSIDE = (
    "Of the certificate of origin (certificate-of-origin): its issuer, Chamber of Commerce of the "
    "Elbe Ports, is no member that is known here."
)


def test_an_examination_tells_what_the_chain_says_of_each_document(
    running: Running, papers: Set
) -> None:
    assert told(papers.examined(code=0)) == []
    asking = ("--rpc", running.url)
    answer = papers.examined(*asking, code=0)
    # To look at, and no ground to refuse.
    assert told(answer) == [
        ("R01", "W", each) for each in ("bill-of-lading", "insurance", "invoice", "packing-list")
    ]
    assert [each["sentence"] for each in answer["undone"]] == [OUTSIDE]
    assert answer["candidates"][2]["sentence"] == (
        f"Of the commercial invoice (invoice): {EXPORTER}, which is to have issued it, has not "
        "registered it."
    )
    papers.register("invoice", "exporter")
    papers.register("packing-list", "exporter")
    papers.register("bill-of-lading", "carrier")
    # The word of the exporter on the insurer's policy is another's.
    papers.register("insurance", "exporter")
    (left,) = papers.examined(*asking, code=0)["candidates"]
    assert (left["document"], left["found"]) == ("insurance", "registered by another")
    papers.register("insurance", "insurer")
    assert told(papers.examined(*asking, code=0)) == []
    papers.do("documents", "revoke", papers.file("invoice"), "--reason", "forged", *BY_EXPORTER)
    (forged,) = papers.examined(*asking, code=1)["candidates"]
    assert (forged["check"], forged["severity"], forged["found"]) == ("R01", "block", "revoked")
    assert "and revoked it on 2025-09-" in forged["sentence"]


BY_EXPORTER = ("--key", "exporter")


def test_a_document_in_a_batch_is_found_in_it(running: Running, papers: Set) -> None:
    batch = str(papers.folder.parent / "batch.json")
    listed = [papers.file(each) for each in ("invoice", "packing-list")]
    papers.do("documents", "batch", *listed, "--out", batch)
    papers.do("documents", "register", batch, "--kind", "invoice", *BY_EXPORTER)
    asking = ("--rpc", running.url, "--batch", batch)
    found = {each["document"]: each for each in papers.examined(*asking, code=0)["candidates"]}
    assert "invoice" not in found
    assert found["packing-list"]["found"] == "registered as what it is not"
    assert found["packing-list"]["sentence"].endswith("; but it is a packing list.")


def test_a_withdrawn_declaration_stops_an_examination(running: Running, papers: Set) -> None:
    sealed = papers.seal("customs-declaration")

    def found() -> tuple[int, list[tuple[str, str]]]:
        code, answer = papers.terminal.json(
            *("documents", "examine", "--credit", CREDIT, "--presentation", str(papers.folder)),
            *("--rpc", running.url),
        )
        own = [each for each in answer["candidates"] if each["check"] == "X20"]
        return code, [(each["severity"], each["sentence"]) for each in own]

    number = "224820251000041207"
    assert found() == (0, [("W", "Customs has attested no declaration of this number.")])
    declared(papers, sealed)
    waiting = f"The goods of the customs declaration {number} are not released yet."
    assert found() == (0, [("W", waiting)])
    papers.do("customs", "release", sealed, "--key", "customs")
    assert found() == (0, [])
    papers.do("customs", "withdraw", sealed, "--reason", "returned", "--key", "customs")
    assert found() == (1, [("block", f"The customs declaration {number} is withdrawn.")])


def declared(papers: Set, sealed: str) -> None:
    papers.do(
        *("customs", "declare", sealed, "--exporter", "exporter", "--cap", "1,280,000.00"),
        *("--currency", "CNY", "--valid-until", "2026-12-31T23:59:59+08:00", "--key", "customs"),
    )


def message(folder: Path, reference: str) -> str:
    """The import credit under another reference."""
    file = folder / f"{reference}.mt700"
    text = Path(CREDIT).read_bytes().replace(b"YSH25LC000817", reference.encode())
    file.write_bytes(text)
    return str(file)


def test_what_no_longer_stands_is_not_relied_on(
    running: Running, papers: Set, tmp_path: Path
) -> None:
    terminal, reference = papers.terminal, "YSH25LC000R01"
    bank = ("--key", "harbour-bank")
    papers.do("credit", "issue", message(tmp_path, reference), *bank)
    listed = str(ROOT / "examples" / "presentations" / "complying.json")
    papers.do(
        *("credit", "present", reference, listed, "--amount", "1,280,000.00"),
        *("--shipped", "2025-09-05", *BY_EXPORTER),
    )
    invoice, declaration = papers.file("invoice"), papers.seal("customs-declaration")
    comply = ("credit", "comply", reference, *bank)
    block = running.block
    code, name, said = terminal.refused(*comply, "--relying-on", invoice)
    assert (code, name) == (1, "NotRelied")
    assert said == (
        f"{invoice} cannot be relied on, so nothing is sent: {EXPORTER}, which is to have issued "
        "it, has not registered it."
    )
    plain = str(DOCUMENTS / "invoice.json")
    assert terminal.refused(*comply, "--relying-on", plain)[:2] == (2, "BadJson")
    relying = ("--relying-on", invoice, "--relying-on", declaration)
    papers.register("invoice", "exporter")
    code, _, said = terminal.refused(*comply, *relying)
    assert (code, said) == (
        1,
        f"{declaration} cannot be relied on, so nothing is sent: the declaration is none.",
    )
    declared(papers, declaration)
    assert running.block == block + 2
    assert papers.do(*comply, *relying)["status"] == "done"
    # Bound by then, the bank pays without asking; asked for, the answer stops it.
    papers.do("customs", "withdraw", declaration, "--reason", "returned", "--key", "customs")
    honour = ("credit", "honour", reference, *bank)
    code, name, said = terminal.refused(*honour, *relying)
    assert (code, name) == (1, "NotRelied")
    assert said.endswith("the declaration is withdrawn.")
    prepay = ("credit", "prepay", reference, "--proceeds", "1,280,000.00", *bank)
    assert terminal.refused(*prepay, *relying)[:2] == (1, "NotRelied")
    assert papers.do(*honour)["status"] == "done"


# Many questions in one request


def test_many_are_asked_at_one_block_and_answered_in_their_order(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployment = Workspace(running.home).deployment(running.chain)
    sender = Sender(running.chain, Outbox(tmp_path / "outbox.sqlite"))
    registry = deployment.address("AllianceRegistry")
    monkeypatch.setattr(sending, "_AT_ONCE", 3)
    asked = [(number,) for number in (13, 2, 1, 12, 11, 5, 4)]
    found = sender.calls("AllianceRegistry", registry, "member", asked, block=running.block)
    alone = [sender.call("AllianceRegistry", registry, "member", each) for each in asked]
    assert found == alone
    assert len({each.treasury for each in found}) == len(asked)
    assert sender.calls("AllianceRegistry", registry, "member", [], block=running.block) == []
    with pytest.raises(NoContract):
        sender.calls("AllianceRegistry", "0x" + "11" * 20, "member", asked, block=running.block)
    with pytest.raises(NodeRefused, match="call"):
        sender.calls("AllianceRegistry", registry, "member", asked, block=10**9)
