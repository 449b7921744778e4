# SPDX-License-Identifier: Apache-2.0
"""``yangshan documents``: from a document to a verified proof, and what is refused."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import pytest
from documents_calls import answer, call

sys.path.append(str(Path(__file__).parents[2] / "system"))

from pages import parts

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples" / "documents"
PAGE = ROOT / "docs" / "how-to" / "seal-documents.md"
INVOICE = str(EXAMPLES / "invoice.json")


@pytest.fixture(autouse=True)
def columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def sealed(capsys: pytest.CaptureFixture[str], folder: Path, kind: str = "invoice") -> Path:
    path = folder / f"{kind}.sealed.json"
    original = folder / "paper.pdf"
    original.write_bytes(b"%PDF paper")
    words = ("seal", EXAMPLES / f"{kind}.json", "--original", original, "--out", path)
    code, said = answer(capsys, *words)
    assert code == 0
    assert said["sealed"] == str(path)
    return path


def test_every_example_is_valid(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(EXAMPLES.rglob("*.json"))
    assert len(files) == 31
    code, found = answer(capsys, "check", *files)
    assert code == 0
    assert [(each["kind"], each["valid"], each["findings"]) for each in found] == [
        (file.stem.removeprefix("substituted-"), True, []) for file in files
    ]


def test_findings_are_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    value = json.loads(Path(INVOICE).read_text())
    value["fields"]["invoiceDate"] = "2025-09-31"
    value["fields"]["seller"]["name"] = "[red]"
    file = tmp_path / "broken.json"
    file.write_text(json.dumps(value))
    code, found = answer(capsys, "check", file, INVOICE)
    assert (code, [each["valid"] for each in found]) == (1, [False, True])
    assert found[0]["findings"] == [
        {
            "path": "/invoiceDate",
            "name": "Invoice date",
            "rule": "date",
            "severity": "error",
            "message": "Invoice date (/invoiceDate): '2025-09-31' is no day of the calendar; "
            "expected a day as 2025-09-04 (ISO 8601).",
        }
    ]
    code, out, err = call(capsys, "check", file)
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        f"{file}  commercial invoice  not valid",
        "  error date",
        f"    {found[0]['findings'][0]['message']}",
    ]
    code, said = answer(capsys, "seal", file, "--out", tmp_path / "never.json")
    assert (code, said["error"]["name"]) == (1, "SchemaBroken")
    assert not (tmp_path / "never.json").exists()


def test_a_warning_is_no_error(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    value = json.loads((EXAMPLES / "customs-declaration.json").read_text())
    value["fields"]["declarationNumber"] = "22482025X000041207"
    file = tmp_path / "odd.json"
    file.write_text(json.dumps(value))
    code, found = answer(capsys, "check", file)
    assert (code, found[0]["valid"]) == (0, True)
    assert found[0]["findings"][0]["severity"] == "warning"


def test_two_fields_are_shown_and_verified(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    kept = sealed(capsys, tmp_path)
    proof = tmp_path / "proof.json"
    code, said = answer(
        capsys, "prove", kept, "/invoiceNumber", "/totalInvoiceAmount", "--out", proof
    )
    assert (code, said["fields"]) == (0, ["/invoiceNumber", "/totalInvoiceAmount"])
    code, shown = answer(capsys, "verify", proof)
    assert code == 0
    assert shown["proved"] is True
    assert shown["fields"] == {
        "/invoiceNumber": "EF-2025-1107",
        "/totalInvoiceAmount": "1280000.00",
    }
    assert shown["commitment"] == shown["registered"] == json.loads(kept.read_text())["commitment"]
    assert shown["original"] is None
    # In the proof stands nothing of the rest.
    text = proof.read_text()
    for word in ("Elbfalke", "Silver Heron", "640000", "SH-EF-2025-041", "milling"):
        assert word not in text
    sentence = (
        f"Proved: 2 fields of the commercial invoice with the commitment {shown['commitment']}; "
        "who issued it, and whether it stands, the registry says."
    )
    assert shown["sentence"] == sentence
    code, out, err = call(capsys, "verify", proof)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"✓ {sentence}",
        "  /invoiceNumber  EF-2025-1107",
        "  /totalInvoiceAmount  1280000.00",
    ]


def test_a_changed_proof_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kept = sealed(capsys, tmp_path)
    proof = tmp_path / "proof.json"
    call(capsys, "prove", kept, "/invoiceNumber", "--out", proof)
    proof.write_text(proof.read_text().replace("EF-2025-1107", "EF-2025-1170"))
    code, said = answer(capsys, "verify", proof)
    assert (code, said["error"]["name"]) == (1, "ProofBroken")
    assert said["error"]["message"] == (
        "What is shown of /invoiceNumber is not proved: the value, its salt and its proof do not "
        "make the commitment."
    )


def test_the_original_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kept = sealed(capsys, tmp_path)
    proof = tmp_path / "proof.json"
    call(capsys, "prove", kept, "/invoiceNumber", "#file", "--out", proof)
    paper, other = tmp_path / "paper.pdf", tmp_path / "other.pdf"
    other.write_bytes(b"%PDF other")
    code, said = answer(capsys, "verify", proof, "--original", paper)
    assert (code, said["original"]["size"]) == (0, 10)
    assert f"{paper} is its original file" in said["sentence"]
    code, said = answer(capsys, "verify", proof, "--original", other)
    assert (code, said["error"]["name"]) == (1, "OtherFile")
    code, said = answer(capsys, "verify", proof, "--original", tmp_path / "none.pdf")
    assert (code, said["error"]["name"]) == (2, "FileUnread")


def test_a_batch(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = [sealed(capsys, tmp_path, kind) for kind in ("invoice", "draft", "insurance")]
    batch, proof = tmp_path / "batch.json", tmp_path / "proof.json"
    code, said = answer(capsys, "batch", *files, "--out", batch)
    assert (code, said["documents"]) == (0, 3)
    call(capsys, "prove", files[1], "/amount", "--batch", batch, "--out", proof)
    code, shown = answer(capsys, "verify", proof)
    assert (code, shown["registered"]) == (0, said["root"])
    assert f"in the batch {said['root']}" in shown["sentence"]
    code, shown = answer(capsys, "show", batch)
    assert shown == {"file": "batch", "root": said["root"], "documents": 3}
    code, out, _ = call(capsys, "show", batch)
    assert out == f"Batch of 3 documents, root {said['root']}\n"
    foreign = sealed(capsys, tmp_path, "inspection")
    code, said = answer(capsys, "prove", foreign, "/issueDate", "--batch", batch, "--out", proof)
    assert (code, said["error"]["name"]) == (1, "NotInBatch")
    code, said = answer(capsys, "batch", files[0], files[0], "--out", tmp_path / "twice.json")
    assert (code, said["error"]["name"]) == (1, "TwiceInBatch")


def test_everything_is_shown_when_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kept = sealed(capsys, tmp_path, "draft")
    code, out, _ = call(capsys, "prove", kept, "--everything")
    assert code == 0
    assert len(json.loads(out)["fields"]) == len(json.loads(kept.read_text())["salts"])
    for words in ((), ("/amount", "--everything")):
        code, said = answer(capsys, "prove", kept, *words)
        assert (code, said["error"]["name"]) == (2, "NothingChosen")


def test_nothing_that_stands_is_written_over(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    kept = sealed(capsys, tmp_path)
    before = kept.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    code, said = answer(capsys, "seal", INVOICE, "--out", kept)
    assert (code, said["error"]["name"]) == (2, "NotWritten")
    assert kept.read_bytes() == before
    code, said = answer(capsys, "seal", INVOICE, "--out", kept / "below.json")
    assert (code, said["error"]["name"]) == (2, "NotWritten")


@pytest.mark.parametrize("kind", ["invoice", "bill-of-lading", "customs-declaration"])
def test_show_names_fields_and_no_salt(
    kind: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    kept = sealed(capsys, tmp_path, kind)
    proof = tmp_path / "proof.json"
    call(capsys, "prove", kept, "--everything", "--out", proof)
    salts = json.loads(kept.read_text())["salts"]
    plain = answer(capsys, "show", EXAMPLES / f"{kind}.json")[1]
    assert plain["file"] == "document"
    for file, name in ((kept, "sealed document"), (proof, "proof")):
        code, shown = answer(capsys, "show", file)
        assert (code, shown["file"], shown["fields"]) == (0, name, plain["fields"])
        code, out, err = call(capsys, "show", file)
        assert (code, err) == (0, "")
        assert not any(salt in out for salt in salts.values())
        lines = [line for line in out.splitlines() if line.startswith("  /")]
        assert len(lines) == len(plain["fields"])
        assert all("  " in line.strip() for line in lines)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "Expecting property name enclosed in double quotes"),
        ('{"format": "other/1"}', "the format 'other/1' is not known"),
        ("[]", "expected an object of kind, version and fields"),
    ],
)
def test_what_cannot_be_shown(
    text: str, reason: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "odd.json"
    file.write_text(text)
    code, said = answer(capsys, "show", file)
    assert (code, said["error"]["name"]) == (2, "BadJson")
    assert reason in said["error"]["message"]


def test_an_unknown_kind_of_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "letter.json"
    file.write_text(json.dumps({"kind": "letter", "version": 1, "fields": {"a": "b"}}))
    code, said = answer(capsys, "check", file)
    assert (code, said["error"]["name"]) == (1, "UnknownKind")
    assert "invoice (version 1)" in said["error"]["message"]


def test_standard_input_is_read_once(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = answer(capsys, "check", "-", "-")
    assert (code, said["error"]["name"]) == (2, "BadParameter")


def as_a_shell_opens(word: str) -> list[str]:
    """A pattern becomes the files that fit it."""
    return [str(each) for each in sorted(Path().glob(word))] if "*" in word else [word]


def test_the_page_runs_from_its_first_command_to_its_last(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "invoice.pdf").write_bytes(b"%PDF an invoice")
    did = []
    for kind, text in parts(PAGE):
        if kind == "python":
            exec(compile(text, PAGE.name, "exec"), {})
            continue
        program, noun, *words = shlex.split(text)
        assert (program, noun) == ("yangshan", "documents")
        code, out, err = call(capsys, *(each for word in words for each in as_a_shell_opens(word)))
        assert (code, err) == (0, ""), (text, out)
        did.append(words[0])
    assert did == ["check", "seal", "prove", "verify", "prove", "verify", "batch", "prove"]
