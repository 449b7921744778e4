# SPDX-License-Identifier: Apache-2.0
"""Write docs/reference/swift.md and a page under docs/reference/swift for each message.

Everything on them is read from the tables of ``yangshan/swift/data``, the speed from
bench/swift.json; with --check pages that are not current fail.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from generated import ROOT, renew

from yangshan.swift.definitions import Codes, MessageType, Row, definitions, words_of
from yangshan.swift.iso20022.engine import IsoMap, unsaid_by
from yangshan.swift.iso20022.payments import NOTIFICATION, ORDER
from yangshan.swift.iso20022.places import Place
from yangshan.swift.iso20022.schema import schema
from yangshan.swift.iso20022.undertakings import MAPS, NOT_CONVERTED
from yangshan.swift.maps import MAPS as MT_MAPS
from yangshan.swift.maps import terms_in

PAGE = ROOT / "docs/reference/swift.md"
FOLDER = ROOT / "docs/reference/swift"
BENCH = ROOT / "bench/swift.json"

HEAD = """# SWIFT messages

What `yangshan swift check` reads and checks; each message has its page. Modelled on SWIFT MT, the
public model of the 2025 standards release; not certified by SWIFT, and a message without findings
may still be refused by the network. `make docs` renews these pages.

Every field is checked for its place (T13), its format and character set (T12), its dates (T50),
currency (T52), amount (T40, T43, C03), BIC (T27) and references (T26). A finding is an error unless
the page says warning. Codes that begin with Y are this software's own.

## Not checked, in any message

- whether a BIC exists, or is a financial institution's (C05): no directory is at hand;
- what is said in narrative, but where a rule of the page says so;
- sums between amounts, but where a rule says so: the network does not check them either;
- limits on the length of a whole message, and the header blocks beyond their form;
- whether a message may be sent now: that is a matter of the credit, not of the message.

## Text outside the character sets

A character outside the set of its field is an error with its place. `yangshan swift convert
--transliterate` writes it in the set: letters of other scripts in Latin ones (Chinese in Pinyin,
without tones), signs by the nearest sign, what has none by a full stop. Each replacement is told on
standard error. Names then are what documents are compared with: a person should look at them. What
no longer fits its field afterwards is refused, never cut.

## Messages of before November 2018

`yangshan swift check --legacy` reads the fields and rules of before and warns what each would be
today (Y15, Y16); the pages say which. Without it they are errors. Code words of earlier releases
are read in both, with a warning (Y11). Which fields there were follows the public field tables of
the releases of 2016 and 2017 where these are at hand (MT 700, 707, 710, 734, 740, 747, 752, 754),
and their like elsewhere; the formats are general knowledge. Undertakings as they were before 2021
are not read.

## JSON and ISO 20022

`yangshan swift convert --to json` writes every message as JSON, and `--to mt` reads it back to the
same bytes; the [schema](swift-message.schema.json) is published. A last line that is cut short is
ended.

`yangshan swift convert --to iso20022` writes undertakings as messages of ISO 20022, and `--to mt`
with `--sender` and `--receiver`, or `--to terms`, reads such XML; `yangshan swift check` holds any
`tsrv` message, `pacs.009` and `camt.054` to its published definition. The table below has a page
for each. No set of messages for commercial documentary credits exists there, so these stay MT.

What one of the two standards cannot state is told by its field or element (Y66), never left out in
silence and never made up. A term among it forbids the conversion; with `--partial` the rest is
written and what is left out told. What must stand in the other message and is not stated forbids it
always. Lines too long for MT are laid out anew between words, and told (Y67). A value that says
that something was not provided is `NOTPROVIDED`.

The MT names its sender and receiver in its blocks, ISO 20022 in a header of its own
(`head.001`), which is neither written nor read here.

Not checked in ISO 20022: the external code lists, which are published apart from the definitions
and change with the quarters; rules between elements, which stand in the texts of the definitions
alone; what the rulebooks of payment systems ask for besides; and signatures. XML with a document
type, of more than 16 MiB, with more than 250,000 elements or deeper than 64 is not read.
"""

# What a message of ISO 20022 is for, in the words of this project.
ISO_NAMES = {
    "tsrv.001.001.01": "an undertaking is issued",
    "tsrv.002.001.01": "an undertaking is advised",
    "tsrv.005.001.01": "an undertaking is amended",
    "tsrv.006.001.01": "an amendment of an undertaking is advised",
    "tsrv.008.001.01": "an amendment of an undertaking is answered",
    "tsrv.011.001.01": "an undertaking is not extended",
    "tsrv.013.001.01": "a demand under an undertaking",
}

PATHS = (
    "`[Tp/Cd=OBLG]` is the one among several whose element holds this, `[!Tp]` the one without it. "
    "The first line of a party is its `Nm`, the others are `PstlAdr/AdrLine`; a bank has its BIC "
    "in `Id/OrgId/AnyBIC`, or its lines. An account of either has no place.\n"
)

# What stands in a message besides its places, by the kind of its MT.
BESIDE = {
    "tsrv.001.001.01": (
        "`IssncTp` follows from 22A: `CRQL` for ISCO, `CRQC` for ICCO. For ISSU it is `ISCO` where "
        "49 asks for confirmation, `ISSU` where the beneficiary is a bank and no bank advises, and "
        "`ISAD` otherwise."
    ),
    "tsrv.002.001.01": (
        "22A ADVI or ACNF; `IssncTp` is `ISCO` with ACNF or where 49 asks for confirmation, and "
        "`ISAD` otherwise. `AdvsgPty` is the sender of the MT, `DtOfAdvc` the day of `--on`, which "
        "no field has. Field 23, the advising bank's reference, is `FrstAdvsgPtyAddtlInf/RefNb`; "
        "with ACNF it is `ConfDtls/RefNb`, and the sender and the day stand there again."
    ),
    "tsrv.005.001.01": (
        "22A is ISCA where `LclUdrtkg` stands, and ISUA otherwise; ICCA has no place. Field 21 is "
        "NONREF in an MT that comes from XML."
    ),
    "tsrv.006.001.01": (
        "22A ADVA or ACNA; the sender, the day and field 23 as in an advice of issue. Field 21 is "
        "NONREF in an MT that comes from XML."
    ),
    "tsrv.008.001.01": "Field 21 is NONREF in an MT that comes from XML.",
    "tsrv.011.001.01": (
        "`NtifngPty` is the issuer, whose notice an MT 785 is. No MT 785 is written from it, since "
        "31C and 59a must stand there."
    ),
}

PAYMENTS = f"""# pacs.009 and camt.054: a payment outside the ledger

## {ORDER}

`yangshan credit order REF` writes the transfer between two banks with which a bank pays what it
owes under a credit.

| element | from |
|---|---|
| `GrpHdr/MsgId`, `PmtId/InstrId` | the first 16 digits of the UETR |
| `GrpHdr/CreDtTm` | when it is written |
| `GrpHdr/NbOfTxs` | 1 |
| `GrpHdr/SttlmInf/SttlmMtd` | `--settlement` |
| `PmtId/EndToEndId` | field 20 of the credit |
| `PmtId/UETR` | derived from the obligation's id, so that writing it twice gives the same one |
| `IntrBkSttlmAmt` | what is owed; the owner's part, or with `--assignee` the assigned one |
| `IntrBkSttlmDt` | `--on` |
| `Dbtr`, `Cdtr` | the BICs of who owes and who is owed |
| `RmtInf/Ustrd` | credit, issuing bank and obligation in words |

Nothing else is known here and nothing else is put: accounts, agents between, the clearing system,
charges and priority are for the bank's payment system. A creditor without a BIC is no bank, and a
`pacs.009` is not for it.

## {NOTIFICATION}

`yangshan credit attest REF --notification FILE` takes the notification of the account servicer, or
the `pacs.009`, as evidence that the obligation was paid. The payment is the one whose end-to-end
reference is field 20 of the credit, whose UETR is that of the order above, or whose remittance
names the credit or the obligation; there must be exactly one.

| what | element | otherwise |
|---|---|---|
| amount and currency | `TxDtls/Amt`, or `Ntry/Amt` of an entry with one payment | Y70 |
| who owes, who is owed | `Dbtr`, `Cdtr`: eight characters of the BIC, or the name | Y71 |
| booked to the credit | `Sts/Cd` BOOK, `CdtDbtInd` CRDT, no `RvslInd` and no `RtrInf` | Y72 |
| no order alone | `pacs.009` says that payment was ordered | Y73, warning |

A party that is not named at all is a warning. The file is kept, and the chain gets a salted
commitment to it, to the obligation and to the payment's reference.
"""

# In front of the fields of every message.
MODELLED = (
    "Modelled on SWIFT MT, the public model of the 2025 standards release; not certified by SWIFT. "
    "What holds for all messages stands on [SWIFT messages](../swift.md).\n"
)


def cell(text: str) -> str:
    """A text that may stand in a cell of a table."""
    return text.replace("|", "\\|")


def said_of(codes: Codes) -> str:
    """The code words of one part of a field, and when a narrative stands with them."""
    said = ", ".join(f"`{word}`" for word in codes.words)
    said += f" ({codes.code}{', warning' if codes.severity == 'warning' else ''})"
    if codes.legacy:
        old = ", ".join(f"`{word}` (today {today})" for word, today in codes.today.items())
        said += f"; of earlier releases, with a warning (Y11): {old}"
    if codes.narrative:
        takes = ", ".join(f"`{word}`" for word in codes.narrative.words)
        said += f"; a narrative with {takes} alone ({codes.narrative.code or codes.code})"
    return said


def notes(kind: str, tags: tuple[str, ...]) -> str:
    """What words a field of a message may hold."""
    found = []
    for words in (words for tag in tags for words in words_of(kind, tag)):
        listed = ", ".join(f"`/{word}/`" for word in words.words)
        if isinstance(words, Codes):
            found.append(said_of(words))
        elif alone := getattr(words, "alone", None):
            listed = ", ".join(f"`/{word}/`" for word in words.words if word != alone)
            found.append(f"each change begins with {listed}; `/{alone}/` is alone ({words.code})")
        else:
            severity = getattr(words, "severity", "error")
            found.append(f"{listed or 'any word between slashes'} ({words.code}, {severity})")
    return ". ".join(dict.fromkeys(found))


def format_of(row: Row) -> str:
    """The format of a field, option by option."""
    return "<br>".join(
        (f"{tag[2:] or 'no letter'}: " if row.options else "")
        + (f"`{spec}`" if (spec := definitions().formats[tag].spec) else "empty")
        for tag in row.tags
    )


def fields(message: MessageType) -> Iterator[str]:
    """The tables of its fields, with the terms where there are any."""
    terms = terms_in(message.type)
    for sequence in message.table:
        if sequence.id:
            status = "mandatory" if sequence.status == "M" else "optional"
            again = ", may stand again" if sequence.repeats else ""
            yield f"### Sequence {sequence.id}, {status}{again}\n"
        yield "| field | | name | format | words |" + (" term |" if terms else "")
        yield "|---|:-:|---|---|---|" + ("---|" if terms else "")
        for row in sequence.fields:
            status = row.status + (" (repeats)" if row.repeats else "")
            said = cell(notes(message.type, row.tags))
            line = f"| {row.tag} | {status} | {cell(row.name)} | {format_of(row)} | {said} |"
            if terms:
                place = f"{sequence.id}.{row.tag}" if sequence.id else row.tag
                line += f" {', '.join(f'`{name}`' for name in terms.get(place, ()))} |"
            yield line
        yield ""


def unchecked(message: MessageType) -> Iterator[str]:
    """What is not checked of this message in particular, and why."""
    unlisted = [
        row.tag
        for row in message.rows
        if any("code" in definitions().formats[tag].parts for tag in row.tags)
        and not any(words_of(message.type, tag) for tag in row.tags)
    ]
    for tag in dict.fromkeys(unlisted):
        yield f"the code words of {tag}: the public sources do not list them;"
    if any(
        isinstance(words, Codes) and words.severity == "warning"
        for row in message.rows
        for tag in row.tags
        for words in words_of(message.type, tag)
    ):
        yield "code words whose list the sources are not sure of are warnings, not errors;"
    if not message.rules:
        yield "rules between its fields: the public sources give none;"
    if message.type.startswith("4") and any(sequence.repeats for sequence in message.table):
        yield "how often a sequence may stand: the public sources do not say;"
    narrative = [row.tag for row in message.rows if _is_narrative(row)]
    if narrative:
        yield f"what is said in {', '.join(dict.fromkeys(narrative))}, which is narrative."


def _is_narrative(row: Row) -> bool:
    return all(definitions().formats[tag].parts == ("text",) for tag in row.tags)


def legacy(message: MessageType) -> Iterator[str]:
    """What it was before November 2018."""
    known = definitions().legacy
    old = [each for each in known.fields if message.type in each.messages]
    rules = [each.rule for each in known.rules if message.type in each.messages]
    since = known.since_of(message.type)
    if not old and not rules and not since:
        return
    yield "## Before November 2018\n"
    if old:
        yield "| field | format | today |\n|---|---|---|"
        yield from (f"| {each.tag} | `{each.spec}` | {cell(each.today)} |" for each in old)
        yield ""
    if since:
        yield f"Not demanded then: {', '.join(since.tags)}; rule {', '.join(since.rules)}. "
        yield f"In another order: {', '.join(since.moved)}.\n"
    if rules:
        yield "| rule | code | what it said |\n|---|---|---|"
        yield from (f"| {rule.id} | {rule.code} | {cell(rule.says)} |" for rule in rules)
        yield ""


def page_of(message: MessageType) -> str:
    """The page of one message."""
    lines = [f"# MT {message.type}: {message.name}\n", MODELLED]
    if message.continues:
        link = f"[MT {message.continues}](MT{message.continues}.md)"
        lines.append(f"Continues {link}: the parts are one instrument.\n")
    for other in definitions().messages.values():
        if other.continues == message.type:
            lines.append(f"Continued by [MT {other.type}](MT{other.type}.md).\n")
    lines += ["## Fields\n", "M is mandatory, O optional.\n", *fields(message), "## Rules\n"]
    if message.rules:
        lines.append("| rule | code | what it says |\n|---|---|---|")
        for rule in message.rules:
            code = rule.code + (", warning" if rule.severity == "warning" else "")
            lines.append(f"| {rule.id} | {code} | {cell(rule.says)} |")
    else:
        lines.append("None between its fields are known here.")
    lines.append("")
    if particular := list(unchecked(message)):
        lines += ["## Not checked\n", *(f"- {each}" for each in particular), ""]
    lines += legacy(message)
    return _joined(lines)


def speed() -> Iterator[str]:
    """How fast, beside another library."""
    if not BENCH.exists():
        return
    found = json.loads(BENCH.read_text())
    yield "## Speed\n"
    own, other = found["yangshan"], found["swiftlib"]
    yield (
        f"On one core, in one run over different valid MT 700, Yangshan reads\n"
        f"{found['ratio_read']:.2f} and reads and checks {found['ratio_checked']:.2f} messages for "
        f"each one of {found['peer']}, the other\nlibrary that reads an MT 700 "
        "(`make bench-swift`). Of the messages under `examples/credits` it finds\n"
        f"{own['faults_found']} of {found['faulty']} faulty ones not valid, the other "
        f"{other['faults_found']}; it writes {own['same_bytes']} of {found['valid']} back to the "
        f"same bytes, the other {other['same_bytes']}.\n"
        "The other looks for eight mandatory fields, and at no format, code word or rule."
    )


def iso_page_of(iso: IsoMap) -> str:
    """The page of a message of ISO 20022 that an MT is converted to and from."""
    root = schema().messages[iso.message].name
    mapping = MT_MAPS[iso.kind]
    field_of = {name: each.tag for each in mapping.places for name in each.names}
    lines = [
        f"# {iso.message}: {ISO_NAMES[iso.message]}\n",
        f"Beside [MT {iso.kind}](MT{iso.kind}.md). Paths count from `{root}`.\n",
        PATHS,
        "## Fields and elements\n",
        "| field | term | element | |\n|---|---|---|---|",
    ]
    lines += _iso_rows(iso.outside, "", field_of, "")
    lines += _iso_rows(iso.places, f"{iso.details}/", field_of, "")
    if iso.part and mapping.part:
        inner = {name: each.tag for each in mapping.part.places for name in each.names}
        start = f"{iso.details}/{iso.part.path}/"
        lines += _iso_rows(iso.part.places, start, inner, f"{mapping.part.name}.")
    lines.append("")
    if said := BESIDE.get(iso.message):
        lines.append(f"{said}\n")
    lines += ["## Without an element\n", "| field | why | |\n|---|---|---|"]
    for tag, why in unsaid_by(iso):
        lines.append(f"| {tag} | {cell(why.reason)} | {'' if why.term else 'a warning'} |")
    lines += [
        "\nEvery element that stands in no row here is told as one that the MT has no place for, ",
        "and so is a value of a row that the other standard cannot hold.",
    ]
    return _joined(lines)


def _iso_rows(
    places: tuple[Place, ...], start: str, fields: dict[str, str], part: str
) -> Iterator[str]:
    for each in places:
        tags = ", ".join(dict.fromkeys(fields[name] for name in each.names))
        terms = ", ".join(f"`{part}{name}`" for name in each.names)
        # A place without a path names its elements in its note.
        element = f"`{start}{each.path}`" if each.path else f"in `{start.rstrip('/')}`"
        yield f"| {tags} | {terms} | {element} | {cell(each.says)} |"


def iso_index() -> Iterator[str]:
    """The messages of ISO 20022, and what of MT has no counterpart there."""
    yield "\n## Messages of ISO 20022\n"
    yield "| message | what it says | beside |\n|---|---|---|"
    for iso in MAPS:
        link = f"[{iso.message}](swift/{iso.message}.md)"
        yield f"| {link} | {ISO_NAMES[iso.message]} | MT {iso.kind} |"
    yield f"| [{ORDER}](swift/payments.md) | a bank pays another | an obligation of a credit |"
    yield f"| [{NOTIFICATION}](swift/payments.md) | what was booked | an attested payment |"
    yield "\nNot converted, though it means much the same:\n"
    yield from (f"- MT {kind}: {why};" for kind, why in sorted(NOT_CONVERTED.items()))
    other = [each for each in schema().messages if each not in ISO_NAMES and "tsrv" in each]
    yield f"- {', '.join(other)}: checked, and not converted.\n"


def page() -> str:
    """The page of all messages."""
    known = definitions()
    lines = [HEAD, "## Messages\n", "| message | fields | rules |\n|---|--:|--:|"]
    for kind, message in sorted(known.messages.items()):
        link = f"[MT {kind}](swift/MT{kind}.md) {cell(message.name)}"
        lines.append(f"| {link} | {len(message.rows)} | {len(message.rules)} |")
    lines += iso_index()
    lines += speed()
    lines.append("\n## Own codes\n\n| code | for |\n|---|---|")
    lines += [f"| {code} | {cell(text)} |" for code, text in sorted(known.own_codes.items())]
    return _joined(lines)


def _joined(lines: list[str]) -> str:
    return "\n".join(line.rstrip(" ") for line in lines).rstrip("\n") + "\n"


def pages() -> dict[Path, str]:
    """Every page with its text."""
    known = sorted(definitions().messages.items())
    texts = {PAGE: page(), FOLDER / "payments.md": PAYMENTS}
    texts |= {FOLDER / f"MT{kind}.md": page_of(message) for kind, message in known}
    return texts | {FOLDER / f"{iso.message}.md": iso_page_of(iso) for iso in MAPS}


if __name__ == "__main__":
    renew(pages(), {PAGE, *FOLDER.glob("*.md")})
