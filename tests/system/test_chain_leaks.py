# SPDX-License-Identifier: Apache-2.0
"""Nothing that documents say is seen on the chain: neither plain, nor in digits, nor hashed.

A credit and documents of every kind go their way on a chain of their own; then everything that it
shows is searched for every string of them. A leak that is planted is found.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from chains import ROOT, rpc
from leaks import FEWEST_SIGNS, forms, leaks, needles, plant, shown_by, texts_in
from terminals import Running, Terminal

EXAMPLES = ROOT / "examples"
CREDIT = EXAMPLES / "credits" / "import-credit.mt700"
REFERENCE = "YSH25LC000817"
# What the chain says to all, and documents say too: the credit's reference, and its bank's BIC,
# which stands in the reference of the payment for which its first cash was minted.
PUBLIC = {REFERENCE, "YSHACNSH"}
NOTICE = "The packing list names nine pallets, and the bill of lading names eight."

pytestmark = pytest.mark.usefixtures("away")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


def sealed(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.sealed.json"))


def play(running: Running, terminal: Terminal, folder: Path) -> None:
    """The way of a credit and of documents of every kind, once."""
    if sealed(folder):
        return

    def done(line: str) -> dict[str, Any]:
        code, answer = terminal.json(*shlex.split(line))
        assert code == 0, answer
        return answer

    for file in sorted((EXAMPLES / "documents").glob("*.json")):
        done(f"documents seal {file} --original {file} --out {folder / file.stem}.sealed.json")
    kinds = {path.name.partition(".")[0]: path for path in sealed(folder)}
    listed = " ".join(str(kinds[each]) for each in ("draft", "insurance", "bill-of-lading"))
    batch, exporter, issuer = folder / "batch.json", "--key exporter", "--key harbour-bank"
    declaration = kinds["customs-declaration"]
    amended, changed = (
        folder / "amended.sealed.json",
        EXAMPLES / "documents/customs-declaration.json",
    )
    until = "2026-12-31T23:59:59+08:00"
    value = f"--cap 1,280,000.00 --currency CNY --valid-until {until} --key customs"
    presented = f"{EXAMPLES}/presentations/discrepant.json --amount 1,280,000.00"
    for line in (
        f"credit issue {CREDIT} {issuer}",
        f"credit advise {REFERENCE} --key exporter-bank",
        f"credit present {REFERENCE} {presented} --shipped 2025-10-12 {exporter}",
        f"credit refuse {REFERENCE} --disposal hold --discrepancy 'X16={NOTICE}' {issuer}",
        f"documents register {kinds['invoice']} {exporter}",
        f"documents register {kinds['certificate-of-origin']} --expires {until} {exporter}",
        f"documents register {kinds['packing-list']} {exporter}",
        f"documents seal {EXAMPLES}/documents/packing-list.json --out {folder}/later.sealed.json",
        f"documents supersede {kinds['packing-list']} {folder}/later.sealed.json {exporter}",
        f"documents batch {listed} --out {batch}",
        f"documents register {batch} --kind draft {exporter}",
        f"documents revoke {kinds['insurance']} --batch {batch} --reason forged {exporter}",
        f"documents register {kinds['inspection']} --key carrier",
        f"documents revoke {kinds['inspection']} --reason lost --key carrier",
        f"customs declare {declaration} --exporter exporter {value}",
        f"customs release {declaration} --key customs",
        f"documents seal {changed} --amends {declaration} --out {amended}",
        f"customs amend {amended} {value}",
        f"customs withdraw {amended} --reason returned --key customs",
    ):
        done(line)
    for name in ("exporter", "importer", "harbour-bank"):
        done(f"documents publish-key --key {name}-administrator")
    shared = done(
        f"documents share {kinds['invoice']} --to importer --to harbour-bank {exporter} "
        f"--original {EXAMPLES}/documents/invoice.json"
    )
    done(f"documents withdraw {shared['content']} --from importer --renew {exporter}")


def sought(folder: Path) -> Mapping[bytes, str]:
    """Every string of the documents, of the credit and of the notice, and all salts."""
    texts, secrets = [NOTICE], list[bytes]()
    for file in sealed(folder):
        held = json.loads(file.read_text())
        texts += [*texts_in(held["fields"]), held["original"]["sha256"] if held["original"] else ""]
        salts = (*held["salts"].values(), *held["empty"])
        secrets += [bytes.fromhex(each) for each in salts]
        if held["original"]:
            secrets.append(bytes.fromhex(held["original"]["sha256"]))
    for line in CREDIT.read_text().splitlines():
        texts += [line, line.rpartition(":")[2]]
    texts += texts_in(json.loads((EXAMPLES / "presentations" / "discrepant.json").read_text()))
    long = {each for each in texts if len(each) >= FEWEST_SIGNS} - PUBLIC
    return needles(long, secrets)


def test_the_chain_shows_nothing_of_what_documents_say(
    running: Running, terminal: Terminal, folder: Path
) -> None:
    play(running, terminal, folder)
    looked_for = sought(folder)
    # Each example, a later version and an amended declaration.
    assert len(sealed(folder)) == len(list((EXAMPLES / "documents").glob("*.json"))) + 2
    # Some hundred strings, in each of their forms, and more salts than fields.
    assert len(looked_for) > 5_000
    shown = shown_by(running.chain)
    assert sum(map(len, shown.values())) > 400_000
    # All of the storage is there: so is what a declaration is bound to.
    commitment = bytes.fromhex(
        json.loads((folder / "amended.sealed.json").read_text())["commitment"]
    )
    stored = [data for place, data in shown.items() if place.startswith("storage")]
    assert (len(stored) > 200, commitment in stored) == (True, True)
    assert leaks(shown, looked_for) == []
    # It sees what is public.
    assert len(leaks(shown, needles([REFERENCE]))) >= 2


@pytest.mark.parametrize("place", ["calldata", "logs", "storage", "code"])
def test_a_planted_leak_is_found(
    running: Running, terminal: Terminal, folder: Path, place: str
) -> None:
    """In whatever form it stands there."""
    play(running, terminal, folder)
    text = "224820251000041207"
    assert any(text in path.read_text() for path in sealed(folder))
    looked_for = sought(folder)
    chain, snapshot = running.chain, rpc(running.chain, "evm_snapshot")
    try:
        for number, (_, data) in enumerate(forms(text)):
            plant(chain, place, number, data)
        found = leaks(shown_by(chain), looked_for)
    finally:
        assert rpc(chain, "evm_revert", snapshot) is True
    for name, data in forms(text):
        expected = f"{looked_for[data]} in the {place}"
        assert any(each.startswith(expected) for each in found), name
