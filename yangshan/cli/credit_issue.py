# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit issue`` and ``pre-advise``: credits from SWIFT messages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.markup import escape

from yangshan.chain.enums import CreditSwitch
from yangshan.cli.bureau import Bureau, command
from yangshan.cli.common import (
    cautions_as_json,
    console,
    print_cautions,
    print_indented,
    read_bytes,
)
from yangshan.cli.hands import Plan
from yangshan.credit import issuing
from yangshan.credit.clauses import clause_cautions
from yangshan.credit.schedule_words import schedule_words
from yangshan.credit.timetables import read_timetable, schedule_of
from yangshan.errors import Unusable
from yangshan.swift.report import finding_as_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yangshan.credit.acts import Act
    from yangshan.credit.issuing import StatedCredit
    from yangshan.swift.findings import Finding
    from yangshan.swift.report import FindingReport

FilesText = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="An MT 700; - is standard input.")
]
IssuingText = Annotated[str, typer.Option("--issuing", help="BIC, for a text without a header.")]
AdvisingText = Annotated[str, typer.Option("--advising", help="BIC, for a text without a header.")]

ScheduleText = Annotated[
    str,
    typer.Option(
        "--schedule",
        metavar="FILE",
        help="What the text says of amounts over time: instalments, a revolving amount, a red "
        "clause, how the later parts of mixed payment are available (TOML).",
    ),
]

_SWITCHES: Final = {switch.label.replace(" ", "-"): switch for switch in CreditSwitch}


class BatchMeant(Unusable):
    """Several files without the word that they are one batch."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} files were given; add --batch to issue them in one transaction, all or none."
        )
        self.count = count


class ScheduleForOne(Unusable):
    """A timetable beside several credits."""

    def __init__(self) -> None:
        super().__init__("A schedule is of one credit; expected one file, without --batch.")


class UnknownRule(Unusable):
    """A rule that no credit can exclude on the chain."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"No rule is called {given}; on the chain a credit can exclude "
            f"{', '.join(_SWITCHES)} (UCP 600 art. 1)."
        )
        self.given = given


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    command(app, "issue")(_issue)
    command(app, "pre-advise")(_pre_advise)


def _issue(
    bureau: Bureau,
    files: FilesText,
    batch: Annotated[
        bool, typer.Option("--batch", help="Issue all of several files, or none of them.")
    ] = False,
    excludes: Annotated[
        list[str] | None,
        typer.Option(
            "--excludes",
            metavar="RULE",
            help="A rule that its text excludes in words that are not recognised: "
            "no-default-period (art. 14(c)), no-extension (29(a)), no-five-percent-less (30(c)); "
            "may be repeated.",
        ),
    ] = None,
    schedule: ScheduleText = "",
    issuing_bic: IssuingText = "",
    advising_bic: AdvisingText = "",
) -> Plan:
    """Issue the credit that an MT 700 states. Repeated, it answers "already done".

    A credit that was pre-advised is issued on its pre-advice (UCP 600 art. 11(b)).
    """
    switches = _switches(excludes or [])
    if len(files) > 1 and not batch:
        raise BatchMeant(len(files))
    if batch and schedule:
        raise ScheduleForOne
    timetable = read_timetable(read_bytes(schedule), schedule) if schedule else None
    # A faulty message is told before any chain is asked.
    read = [
        (
            file,
            *issuing.stated_terms(
                read_bytes(file),
                file,
                issuing_bic=issuing_bic or None,
                advising_bic=advising_bic or None,
            ),
        )
        for file in files
    ]
    members = bureau.office.members
    stated = [
        issuing.stated_credit(terms, findings, file, members) for file, terms, findings in read
    ]
    for each in stated:
        issuing.expect_own(bureau.member, _hands(bureau), each.parties, each.terms, bureau.actor)
    if batch:
        return _batch(bureau, stated, switches)
    (credit,) = stated
    said = schedule_of(credit.terms, timetable)
    bureau.take(credit.terms.reference, credit.id)
    return Plan(
        issuing.issue_draft(bureau.service, credit, switches, timetable),
        {
            "credit": _as_json(credit),
            **({"schedule": schedule_words(said, credit.terms.amount.currency)} if said else {}),
            "findings": _findings(credit.doubts),
            "cautions": cautions_as_json(clause_cautions(credit.terms)),
        },
        kept=lambda act: issuing.keep_bank_only(bureau.vault, stated, act),
        status="issued",
        tell=partial(_print_issue, stated),
    )


def _batch(bureau: Bureau, stated: Sequence[StatedCredit], switches: CreditSwitch) -> Plan:
    bureau.take(" ".join(each.terms.reference for each in stated), stated[0].id)

    def act(tried: bool) -> Act:
        vault = None if tried else bureau.vault
        return issuing.batch_act(bureau.service, vault, stated, bureau.attempt, switches)

    return Plan(
        act,
        {
            "credits": [_as_json(each) for each in stated],
            "findings": _findings([doubt for each in stated for doubt in each.doubts]),
            "cautions": cautions_as_json(
                [found for each in stated for found in clause_cautions(each.terms)]
            ),
        },
        status="issued",
        tell=partial(_print_issue, stated),
    )


def _pre_advise(
    bureau: Bureau,
    file: Annotated[str, typer.Argument(metavar="FILE", help="An MT 705; - is standard input.")],
    issuing_bic: IssuingText = "",
    advising_bic: AdvisingText = "",
) -> Plan:
    """Pre-advise the credit that an MT 705 states (UCP 600 art. 11(b)).

    The bank is bound to issue it without delay, on terms that do not contradict it.
    """
    said, findings = issuing.stated_pre_advice(
        read_bytes(file),
        file,
        issuing_bic=issuing_bic or None,
        advising_bic=advising_bic or None,
    )
    stated = issuing.pre_advised_credit(said, findings, file, bureau.office.members)
    issuing.expect_own(bureau.member, _hands(bureau), stated.parties, said, bureau.actor)
    bureau.take(said.advice.reference, stated.id)
    return Plan(
        issuing.pre_advice_draft(stated),
        {"findings": _findings(stated.doubts)},
        doubts=[doubt.message for doubt in stated.doubts],
    )


def _hands(bureau: Bureau) -> str:
    return bureau.hands.key or bureau.hands.desk


def _switches(given: Sequence[str]) -> CreditSwitch:
    found = CreditSwitch(0)
    for each in given:
        if each not in _SWITCHES:
            raise UnknownRule(each)
        found |= _SWITCHES[each]
    return found


def _as_json(stated: StatedCredit) -> dict[str, Any]:
    terms, parties = stated.terms, stated.parties
    return {
        "id": stated.id,
        "reference": terms.reference,
        "currency": terms.amount.currency.code,
        "amount": terms.amount.minor,
        "expiry": terms.expiry.isoformat(),
        "issuing_bank": parties.issuing,
        "advising_bank": parties.advising,
        "applicant": parties.applicant,
        "beneficiary": parties.beneficiary,
    }


def _findings(doubts: Sequence[Finding]) -> list[FindingReport]:
    return [finding_as_json(doubt) for doubt in doubts]


def _print_issue(stated: Sequence[StatedCredit], answer: Mapping[str, Any]) -> None:
    for each in stated:
        for doubt in each.doubts:
            console.print(f"[yellow]warning {doubt.code}[/]")
            print_indented(doubt.message, 4)
        print_cautions(clause_cautions(each.terms))
    said = {
        "issued": "[green]Issued[/]",
        "already done": "[green]Already done[/]",
        "dry run": "[yellow]Would be issued[/]",
        "prepared": "[yellow]Prepared for the desk[/]",
    }[answer["status"]]
    for each in stated:
        terms = each.terms
        console.print(
            f"{said}  credit [bold]{escape(terms.reference)}[/] for {terms.amount} "
            f"({answer['article']})"
        )
        print_indented(f"expires {terms.expiry} in {terms.expiry_place}", 2)
    if answer["transaction"]:
        print_indented(f"transaction {answer['transaction']}", 2)
        print_indented(f"gas {answer['gas']:,}, block time {answer['time']}", 2)
    if "instruction" in answer:
        print_indented(f"instruction {answer['instruction']}", 2)
        print_indented(f"digest {answer['digest']}", 2)
