# SPDX-License-Identifier: Apache-2.0
"""``yangshan documents check``, ``seal``, ``verify`` ...: what needs no chain, or not always.

They stand apart so that they answer without what a chain needs being loaded.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from yangshan.chain.values import hexadecimal
from yangshan.cli.common import (
    STANDARD_INPUT,
    AsJson,
    Home,
    console,
    print_indented,
    print_json,
    read_bytes,
)
from yangshan.cli.private_files import write
from yangshan.documents.batches import Batch
from yangshan.documents.canonical import BadJson, flat, parse
from yangshan.documents.declarations import NotADeclaration, declaration_key
from yangshan.documents.document import Document, read_document
from yangshan.documents.files import (
    MOST_BATCH_BYTES,
    batch_text,
    format_of,
    proof_text,
    read_batch,
    read_proof,
    read_sealed,
    sealed_text,
)
from yangshan.documents.schema import schema_of, schemas
from yangshan.documents.sealing import (
    DECLARATION_KIND,
    Disclosure,
    FileHash,
    InBatch,
    Shown,
    disclose,
    require_file,
)
from yangshan.documents.sealing import seal as seal_document
from yangshan.documents.sealing import verify as verify_disclosure
from yangshan.documents.validation import Finding
from yangshan.documents.validation import check as check_document
from yangshan.errors import Unusable

_Out = Annotated[Path, typer.Option("--out", help="File to write; one that is there stays.")]
_Original = Annotated[
    str | None, typer.Option("--original", help="The file it was made from, such as a PDF.")
]

_Node = Annotated[
    str,
    typer.Option("--rpc", envvar="YANGSHAN_RPC", help="URL of a node that has the registry."),
]
_Offline = Annotated[
    bool, typer.Option("--offline", help="Ask no node, even if YANGSHAN_RPC names one.")
]


class NodeMissing(Unusable):
    """A question about the registry without a node to ask."""

    def __init__(self) -> None:
        super().__init__("Who issued a document, and how it stood, a node says: --rpc URL.")


class NothingChosen(Unusable):
    """A proof of nothing, or of everything and of something."""

    def __init__(self) -> None:
        super().__init__("Expected the fields to show, or --everything instead of them.")


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    for each in (check, seal, batch, prove, verify, show):
        app.command()(each)


def check(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Documents; - is standard input.")
    ],
    as_json: AsJson = False,
) -> int:
    """Hold documents to their schemas and print every finding: 0 none wrong, 1 findings."""
    if files.count(STANDARD_INPUT) > 1:
        raise typer.BadParameter("standard input is read once; expected - at most once")
    found = []
    for file in files:
        document = read_document(read_bytes(file), file)
        found.append((file, document, check_document(document)))
    if as_json:
        print_json(
            [
                {
                    "file": file,
                    "kind": document.kind,
                    "version": document.version,
                    "valid": _valid(findings),
                    "findings": [_finding_json(each) for each in findings],
                }
                for file, document, findings in found
            ]
        )
    else:
        for file, document, findings in found:
            verdict = "[green]valid[/]" if _valid(findings) else "[red]not valid[/]"
            console.print(f"[bold]{escape(file)}[/]  {_title(document)}  {verdict}", soft_wrap=True)
            for each in findings:
                colour = "red" if each.severity == "error" else "yellow"
                console.print(f"  [{colour}]{each.severity} {each.rule}[/]")
                print_indented(each.message, 4)
    return 0 if all(_valid(findings) for _, _, findings in found) else 1


def seal(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A document; - is standard input.")],
    out: _Out,
    original: _Original = None,
    amends: Annotated[
        str | None,
        typer.Option("--amends", help="The sealed customs declaration that this one amends."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Seal a document: write it with its salts, which stay secret, and say its commitment."""
    document = read_document(read_bytes(file), file)
    hashed = FileHash.of(read_bytes(original)) if original is not None else None
    key = None
    if amends is not None:
        if document.kind != DECLARATION_KIND:
            raise NotADeclaration(file, document.kind)
        key = declaration_key(read_sealed(read_bytes(amends), amends), amends)
    sealed = seal_document(document, hashed, key)
    write(out, sealed_text(sealed))
    if as_json:
        print_json(
            {
                "kind": document.kind,
                "version": document.version,
                "number": schema_of(document.kind).number,
                "commitment": sealed.commitment.hex(),
                "sealed": str(out),
            }
        )
    else:
        console.print(f"{_title(document)} sealed under the commitment")
        console.print(f"  [bold]{sealed.commitment.hex()}[/]", soft_wrap=True)
        console.print(
            f"{escape(str(out))} holds what proves it: keep it secret, and keep it safe.",
            soft_wrap=True,
        )
    return 0


def batch(
    files: Annotated[
        list[str], typer.Argument(metavar="SEALED...", help="Sealed documents, each once.")
    ],
    out: _Out,
    as_json: AsJson = False,
) -> int:
    """Put sealed documents under one root, so that one registration stands for all of them."""
    made = Batch([read_sealed(read_bytes(file), file).commitment for file in files])
    write(out, batch_text(made))
    if as_json:
        print_json({"root": made.root.hex(), "documents": len(files), "batch": str(out)})
    else:
        console.print(f"{len(files)} documents under the root")
        console.print(f"  [bold]{made.root.hex()}[/]", soft_wrap=True)
    return 0


def prove(
    file: Annotated[str, typer.Argument(metavar="SEALED", help="A sealed document.")],
    fields: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FIELD]...", help="Such as /invoiceNumber or /seller; #file too."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write; otherwise it is printed.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--everything", help="Show every field of the document.")
    ] = False,
    batch_file: Annotated[
        str | None, typer.Option("--batch", help="The batch under whose root it is registered.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Show some fields of a sealed document with their proofs, and nothing of the others."""
    if bool(fields) == everything:
        raise NothingChosen
    sealed = read_sealed(read_bytes(file), file)
    belongs = None
    if batch_file is not None:
        belongs = read_batch(read_bytes(batch_file), batch_file).prove(sealed.commitment)
    chosen = list(sealed.salts) if everything else fields or []
    shown = disclose(sealed, chosen, belongs)
    if out is None:
        typer.echo(proof_text(shown), nl=False)
        return 0
    write(out, proof_text(shown))
    paths = [each.path for each in shown.fields]
    if as_json:
        print_json({"proof": str(out), "fields": paths})
    else:
        console.print(f"{escape(str(out))} shows of the {_title(sealed.document)}", soft_wrap=True)
        for path in paths:
            print_indented(path, 2)
    return 0


def verify(
    file: Annotated[str, typer.Argument(metavar="PROOF", help="A proof; - is standard input.")],
    original: _Original = None,
    rpc: _Node = "",
    issuer: Annotated[
        str, typer.Option("--issuer", help="The member that is to have issued it.")
    ] = "",
    at: Annotated[
        str, typer.Option("--at", help="How it stood then, as 2025-09-04T12:00:00+08:00.")
    ] = "",
    offline: _Offline = False,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Verify what a proof shows, with a node also who registered it and how it stands.

    0 proved, and it stands; 1 not proved, or not registered, revoked, superseded or expired; 2 it
    cannot be read.
    """
    disclosure = read_proof(read_bytes(file), file)
    shown = verify_disclosure(disclosure)
    if original is not None:
        require_file(shown, read_bytes(original))
    if (issuer or at) and (offline or not rpc):
        raise NodeMissing
    answer = _shown_json(shown, original)
    stands = True
    if rpc and not offline:
        registry = import_module("yangshan.cli.documents_registry")
        verdict = registry.asked(rpc, home, disclosure, shown, issuer, at)
        stands = verdict.stands
        answer["sentence"] = f"{proved(shown, original)}; {verdict.sentence}."
        answer["registry"] = verdict.as_json()
    if as_json:
        print_json(answer)
    else:
        mark = "[green]✓[/]" if stands else "[red]✗[/]"
        console.print(f"{mark} {escape(answer['sentence'])}", soft_wrap=True)
        for path, value in shown.fields.items():
            print_indented(f"{path}  {_worded(value)}", 2)
    return 0 if stands else 1


def show(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="A document, a sealed one, a proof or a batch."),
    ],
    rpc: _Node = "",
    offline: _Offline = False,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Show what a file of documents holds, field by field with their names; never a salt.

    With a node, also whoever has it on record there and how it stands.
    """
    data = read_bytes(file)
    named: tuple[str, str, InBatch | None] | None = None
    answer: dict[str, Any]
    document: Document | None = None
    match format_of(parse(data, file, MOST_BATCH_BYTES)):
        case "":
            document = read_document(data, file)
            answer = {"file": "document", **_document_json(document)}
        case "yangshan-sealed-document/1":
            sealed = read_sealed(data, file)
            document = sealed.document
            answer = {"file": "sealed document", **_document_json(document)}
            answer["commitment"] = sealed.commitment.hex()
            answer["original"] = sealed.file and sealed.file.as_json()
            named = (hexadecimal(sealed.commitment), "", None)
        case "yangshan-document-proof/1":
            disclosure = read_proof(data, file)
            document = _partial(disclosure)
            shown = verify_disclosure(disclosure)
            answer = {"file": "proof", **_shown_json(shown, None)}
            named = hexadecimal(shown.registered), hexadecimal(shown.commitment), disclosure.batch
        case "yangshan-document-batch/1":
            made = read_batch(data, file)
            answer = {"file": "batch", "root": made.root.hex(), "documents": len(made.commitments)}
            named = (hexadecimal(made.root), "", None)
        case other:
            raise BadJson(file, f"the format {other[:60]!r} is not known")
    told: list[str] = []
    if named is not None and rpc and not offline:
        registry = import_module("yangshan.cli.documents_registry")
        answer["registry"], told = registry.recorded(rpc, home, named)
    if as_json:
        print_json(answer)
        return 0
    if document is None:
        console.print(
            f"Batch of {answer['documents']} documents, root {answer['root']}", soft_wrap=True
        )
    else:
        console.print(f"[bold]{_title(document)}[/], {answer['file']}", soft_wrap=True)
        if "commitment" in answer:
            console.print(f"  commitment {answer['commitment']}", soft_wrap=True)
    for each in told:
        print_indented(each, 2)
    if document is not None:
        _print_fields(document, dict(answer["fields"]))
    return 0


def sentence(shown: Shown, original: str | None) -> str:
    """What a verified proof says, in one sentence for a person."""
    return f"{proved(shown, original)}; who issued it, and whether it stands, the registry says."


def proved(shown: Shown, original: str | None) -> str:
    """What is proved, for the beginning of a sentence."""
    count = len(shown.fields)
    what = f"{count} field{'' if count == 1 else 's'}" if count else "no field"
    file = ""
    if original is not None:
        file = f", and {original} is its original file"
    elif shown.file is not None:
        file = ", and the hash of its original file"
    batch = ""
    if shown.registered != shown.commitment:
        batch = f" in the batch {shown.registered.hex()}"
    return (
        f"Proved: {what} of the {_name(shown.kind, shown.version)} with the commitment "
        f"{shown.commitment.hex()}{batch}{file}"
    )


def _shown_json(shown: Shown, original: str | None) -> dict[str, Any]:
    return {
        "proved": True,
        "sentence": sentence(shown, original),
        "kind": shown.kind,
        "version": shown.version,
        "commitment": shown.commitment.hex(),
        "registered": shown.registered.hex(),
        "fields": dict(shown.fields),
        "original": shown.file and shown.file.as_json(),
    }


def _document_json(document: Document) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "version": document.version,
        "fields": dict(flat(document.fields)),
    }


def _partial(disclosure: Disclosure) -> Document:
    fields = {each.path: each.value for each in disclosure.fields}
    return Document(disclosure.kind, disclosure.version, fields)


def _print_fields(document: Document, fields: dict[str, Any]) -> None:
    names = _names(document)
    for path, value in fields.items():
        pattern = "/".join("*" if part.isdigit() else part for part in path.split("/"))
        said = names.get(pattern)
        heading = f"  {escape(said)}" if said else ""
        console.print(f"  [bold]{escape(path)}[/]{heading}", soft_wrap=True)
        print_indented(_worded(value), 6)


def _names(document: Document) -> dict[str, str]:
    schema = schemas().get(document.kind)
    return {row.path: row.name for row in schema.rows} if schema else {}


def _title(document: Document) -> str:
    return _name(document.kind, document.version)


def _name(kind: str, version: int) -> str:
    schema = schemas().get(kind)
    # What another version shows is proved all the same.
    known = schema is not None and schema.version == version
    return schema.title if schema and known else f"document of type {kind}/{version}"


def _worded(value: Any) -> str:
    if not isinstance(value, str):
        return str(value).lower()
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in value)


def _valid(findings: list[Finding]) -> bool:
    return all(each.severity != "error" for each in findings)


def _finding_json(finding: Finding) -> dict[str, str]:
    return {
        "path": finding.path,
        "name": finding.name,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
    }
