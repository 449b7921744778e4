# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit transfer ...``: a credit passes in whole or in part to second beneficiaries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from yangshan.alliance.entries import instant
from yangshan.chain.enums import AmendmentPassing, SubstitutionState, TransferState
from yangshan.chain.records import NO_COMMITMENT, Amendment, TransferRequest
from yangshan.chain.values import hexadecimal
from yangshan.cli.acting import row
from yangshan.cli.bureau import (
    BankOption,
    Bureau,
    Dossier,
    PresentationText,
    ReferenceText,
    WordsText,
    command,
)
from yangshan.cli.common import AsJson, Home, Rpc, console, print_json, read_bytes
from yangshan.cli.hands import Plan, worded, words
from yangshan.commitments import seal
from yangshan.credit import transferring
from yangshan.credit.acts import Draft
from yangshan.credit.ids import part_id, presentation_id
from yangshan.credit.kept import TermsNotKept
from yangshan.credit.papers import SCHEDULE_KIND, documents_in
from yangshan.credit.parts import (
    PART_AMENDMENT_KIND,
    TRANSFER_TERMS_KIND,
    Reduced,
    party_of,
    reference_of,
    share_of,
    terms_of_part,
)
from yangshan.credit.terms import PresentationPeriod
from yangshan.credit.transfers import insurance_percentage, printed_percentage
from yangshan.errors import Refused
from yangshan.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from yangshan.chain.records import PresentationKey, TransferRecord
    from yangshan.credit.acts import Act
    from yangshan.credit.terms import CreditTerms

MANDATE_KIND: Final = "transfer-mandate"
DEMAND_KIND: Final = "substitution-demand"
INVOICE_KIND: Final = "substituted-documents"
FAILURE_KIND: Final = "substitution-failure"

_LABEL: Final = 18
_PASSING: Final = {
    "never": AmendmentPassing.NEVER,
    "ask": AmendmentPassing.ASK,
    "always": AmendmentPassing.ALWAYS,
}

app = typer.Typer(
    help="Transfer of a credit in whole or in parts (UCP 600 art. 38). A part is a credit of its "
    "own, called REF#N: `present`, `comply`, `accept`, `show` and the like take it as they take "
    "REF.",
    no_args_is_help=True,
)

TransferText = Annotated[
    int, typer.Argument(metavar="N", min=1, max=255, help="Number of the transfer, from 1.")
]
AmendmentText = Annotated[
    int,
    typer.Argument(metavar="AMENDMENT", min=1, max=255, help="Number of the credit's amendment."),
]
PartText = Annotated[
    str, typer.Argument(metavar="REF#N", help="The part: field 20 of the credit, # and N.")
]
MandateText = Annotated[
    str,
    typer.Option(
        "--mandate",
        help="For the bank that acts for a beneficiary outside the alliance: what it was told, or "
        "@FILE.",
    ),
]
AmountText = Annotated[str, typer.Option("--amount", help="As 1,280,000.00.")]
DayFormat: Final = ["%Y-%m-%d"]


class NothingToPass(Refused):
    """An amendment that the credit has not accepted, or that cancels it."""

    def __init__(self, reference: str, number: int, state: str) -> None:
        super().__init__(
            f"Amendment {number} of credit {reference} is {state}; expected one that was accepted "
            "and does not cancel: only what the credit itself was amended to reaches a part (UCP "
            "600 art. 38(f))."
        )
        self.number = number


def register(credit: typer.Typer) -> None:
    """Adds these commands."""
    for each, name in (
        (_authorise, "authorise"),
        (_request, "request"),
        (_withdraw, "withdraw"),
        (_decline, "decline"),
        (_consent, "consent"),
        (_approve, "approve"),
        (_pass, "pass"),
        (_cancel, "cancel"),
        (_agree, "agree"),
        (_reclaim, "reclaim"),
        (_demand, "demand"),
        (_substitute, "substitute"),
        (_take_up, "take-up"),
        (_claim_difference, "claim-difference"),
        (_fail, "fail"),
        (_send_on, "send-on"),
    ):
        command(app, name)(each)
    app.command("show")(_show)
    credit.add_typer(app, name="transfer")


# The transfer


def _authorise(
    bureau: Bureau,
    reference: ReferenceText,
    member: Annotated[str, typer.Argument(metavar="MEMBER", help="The bank: number, or key.")],
) -> Plan:
    """Authorise a bank to transfer a credit that is available with any bank (art. 38(b))."""
    credit, number = bureau.open(reference), bureau.office.member(member)
    return Plan(transferring.authorise(credit, number, bureau.name(number)), {"bank": number})


def _request(
    bureau: Bureau,
    reference: ReferenceText,
    to: Annotated[str, typer.Option("--to", help="The second beneficiary: number, or key.")],
    amount: AmountText,
    by: Annotated[
        str, typer.Option("--by", help="The transferring bank; the nominated one if absent.")
    ] = "",
    advised_by: Annotated[
        str,
        typer.Option("--advised-by", help="The second beneficiary's bank; the transferring one."),
    ] = "",
    share: Annotated[
        str,
        typer.Option(
            "--share", help="What it takes of the credit; the amount with its tolerance if absent."
        ),
    ] = "",
    expiry: Annotated[
        datetime | None,
        typer.Option("--expiry", formats=DayFormat, help="Last day of the part."),
    ] = None,
    latest_shipment: Annotated[
        datetime | None,
        typer.Option("--latest-shipment", formats=DayFormat, help="Of the part."),
    ] = None,
    period: Annotated[
        int | None,
        typer.Option("--period", min=1, max=999, help="Days for presentation after shipment."),
    ] = None,
    cover: Annotated[
        str, typer.Option("--cover", help="The insured amount that the credit requires, if any.")
    ] = "",
    documents: Annotated[
        str,
        typer.Option("--documents", help="All documents that the part calls for (46A), or @FILE."),
    ] = "",
    amendments: Annotated[
        Literal["never", "ask", "always"],
        typer.Option("--amendments", help="Whether amendments reach the part (art. 38(e))."),
    ] = "ask",
    keep_applicant: Annotated[
        bool,
        typer.Option("--keep-applicant", help="The applicant's name stays, not the first's own."),
    ] = False,
    no_substitution: Annotated[
        bool, typer.Option("--no-substitution", help="Waive the right to substitute the invoice.")
    ] = False,
    pays_where_transferred: Annotated[
        bool,
        typer.Option(
            "--pays-where-transferred", help="Honour is asked for at the place of transfer."
        ),
    ] = False,
    number: Annotated[
        int,
        typer.Option(
            "--number",
            min=0,
            max=255,
            help="Its count; if 0 the next, or that of the same request if it stands.",
        ),
    ] = 0,
    mandate: MandateText = "",
) -> Plan:
    """Ask for a transfer, as the first beneficiary: amount and days reduced, the rest as it is."""
    credit = bureau.open(reference)
    stated = bureau.held.issuance
    terms = bureau.kept.terms_in_force()
    if terms is None:
        raise TermsNotKept(reference, "What is to be transferred")
    bank = bureau.office.member(by) if by else stated.nominated_bank or bureau.held.issuing_bank
    second = bureau.office.member(to)
    money = bureau.amount(amount)
    days = period or stated.presentation_period
    reduced = Reduced(
        amount=money,
        expiry=expiry.date() if expiry else stated.expiry,
        latest_shipment=latest_shipment.date() if latest_shipment else stated.latest_shipment,
        presentation_period=PresentationPeriod(days=days) if days else None,
        documents=words(documents, "the documents") if documents else None,
    )
    required = bureau.amount(cover).minor if cover else 0
    part = terms_of_part(
        terms,
        party_of(bureau.name(second)),
        reduced,
        replaces_applicant=not keep_applicant,
        confirmed=bureau.held.confirmed,
    )
    number = number or _number(bureau, part)
    asked = TransferRequest(
        credit_id=credit,
        terms=NO_COMMITMENT,
        share=bureau.amount(share).minor if share else share_of(money, terms.tolerance),
        amount=money.minor,
        required_cover=required,
        second_beneficiary=second,
        second_bank=bureau.office.member(advised_by) if advised_by else 0,
        transferring_bank=bank,
        expiry=reduced.expiry,
        latest_shipment=reduced.latest_shipment,
        presentation_period=days,
        number=number,
        passing=_PASSING[amendments],
        keeps_substitution=not no_substitution,
        replaces_applicant=not keep_applicant,
        pays_where_transferred=pays_where_transferred,
    )
    said = _sealed_mandate(bureau, part_id(credit, number), mandate)
    draft = Draft(
        TRANSFER_TERMS_KIND,
        part_id(credit, number),
        part.canonical(),
        lambda commitment: transferring.request(replace(asked, terms=commitment), said, money),
    )
    told: dict[str, Any] = {
        "transfer": number,
        "part": part_id(credit, number),
        "share": asked.share,
        "insurance": None,
    }
    doubts: tuple[str, ...] = ()
    if required:
        told["insurance"] = printed_percentage(insurance_percentage(required, money.minor))
        doubts = (
            (
                f"Insurance of {told['insurance']} per cent gives the part the cover that the "
                "credit requires (UCP 600 art. 38(g)); the documents that it calls for have to "
                "say so."
            ),
        )
    return Plan(draft, told, doubts=doubts)


def _withdraw(
    bureau: Bureau, reference: ReferenceText, number: TransferText, mandate: MandateText = ""
) -> Plan:
    """Take a request back that the bank has not answered, as the first beneficiary."""
    part = _part(bureau, reference, number)
    act = _acting(bureau, part, mandate, lambda said: transferring.withdraw(part, number, said))
    return Plan(act, {"transfer": number})


def _decline(bureau: Bureau, reference: ReferenceText, number: TransferText) -> Plan:
    """Decline to transfer, which no bank has to (art. 38(a))."""
    part = _part(bureau, reference, number)
    return Plan(transferring.decline(part, number), {"transfer": number})


def _consent(bureau: Bureau, reference: ReferenceText, number: TransferText) -> Plan:
    """Consent and transfer, as it was asked for: the part is a credit of its own (art. 38(a))."""
    part = _part(bureau, reference, number)
    return Plan(transferring.transfer(part, number), {"transfer": number, "part": part})


# Amendments and ends


def _approve(
    bureau: Bureau,
    reference: ReferenceText,
    number: TransferText,
    amendment: AmendmentText,
    mandate: MandateText = "",
) -> Plan:
    """Let an amendment reach a part, as the first beneficiary (art. 38(e))."""
    return _answered(bureau, reference, number, amendment, mandate, transferring.approve_passing)


def _pass(
    bureau: Bureau,
    reference: ReferenceText,
    number: TransferText,
    amendment: AmendmentText,
    text: WordsText,
    increase: Annotated[str, typer.Option("--increase", help="Of the part.")] = "",
    decrease: Annotated[str, typer.Option("--decrease", help="Of the part.")] = "",
    share: Annotated[
        str, typer.Option("--share", help="What more the part takes of the credit.")
    ] = "",
    expiry: Annotated[
        datetime | None,
        typer.Option("--expiry", formats=DayFormat, help="As the credit's if absent."),
    ] = None,
    latest_shipment: Annotated[
        datetime | None,
        typer.Option("--latest-shipment", formats=DayFormat, help="As the credit's if absent."),
    ] = None,
) -> Plan:
    """Pass an accepted amendment on to a part, as the transferring bank (art. 38(e), (f)).

    Days reach the part as the credit has them now unless others are given; amounts as they are
    given. The second beneficiary accepts with `yangshan credit accept REF#N`.
    """
    part = _part(bureau, reference, number)
    found = bureau.service.amendment(bureau.credit_id, amendment)
    changes = found.amendment
    if changes.cancels or found.state.name != "ACCEPTED":
        state = "a cancellation" if changes.cancels else found.state.label
        raise NothingToPass(reference, amendment, state)
    value = {"text": words(text, "the amendment"), "from": amendment}
    passed = Amendment(
        number=_amendment_number(bureau, part, value),
        cancels=False,
        increase=bureau.amount(increase).minor if increase else 0,
        decrease=bureau.amount(decrease).minor if decrease else 0,
        expiry=_day(expiry) or changes.expiry,
        latest_shipment=_day(latest_shipment) or changes.latest_shipment,
        presentation_period=changes.presentation_period,
        sets_tolerance=False,
        plus_tolerance=0,
        minus_tolerance=0,
        terms=NO_COMMITMENT,
    )
    more = bureau.amount(share).minor if share else 0
    draft = Draft(
        PART_AMENDMENT_KIND,
        f"{part}-{passed.number}",
        value,
        lambda commitment: transferring.pass_amendment(
            part, amendment, replace(passed, terms=commitment), more
        ),
    )
    return Plan(draft, {"transfer": number, "amendment": passed.number})


def _cancel(
    bureau: Bureau, reference: ReferenceText, number: TransferText, text: WordsText
) -> Plan:
    """Propose to cancel a part, as the transferring bank; nothing changes without its consents."""
    part = _part(bureau, reference, number)
    value = {"text": words(text, "why")}
    own = _amendment_number(bureau, part, value)
    draft = Draft(
        PART_AMENDMENT_KIND,
        f"{part}-{own}",
        value,
        lambda commitment: transferring.pass_amendment(
            part, 0, Amendment.cancellation(own, commitment)
        ),
    )
    return Plan(draft, {"transfer": number, "amendment": own})


def _agree(
    bureau: Bureau,
    reference: ReferenceText,
    number: TransferText,
    amendment: AmendmentText,
    mandate: MandateText = "",
) -> Plan:
    """Agree, as a second beneficiary, that the whole credit is cancelled (art. 10(a))."""
    return _answered(
        bureau, reference, number, amendment, mandate, transferring.agree_to_cancellation
    )


def _reclaim(
    bureau: Bureau, reference: ReferenceText, number: TransferText, mandate: MandateText = ""
) -> Plan:
    """Take back what is left of a part that is over, as the first beneficiary."""
    part = _part(bureau, reference, number)
    act = _acting(bureau, part, mandate, lambda said: transferring.reclaim(part, number, said))

    def found() -> tuple[dict[str, Any], list[tuple[str, str]]]:
        left = bureau.service.credit(bureau.credit_id).drawn
        return {"drawn": left}, [("drawn now", str(Money(left, bureau.currency)))]

    return Plan(act, {"transfer": number}, found)


# Substitution


def _demand(
    bureau: Bureau,
    reference: PartText,
    by: Annotated[str, typer.Option("--by", help="Last second of the answer, with its offset.")],
    text: WordsText,
    presentation: PresentationText = "",
) -> Plan:
    """Demand the first beneficiary's invoice and draft, or that they are mended (art. 38(i))."""
    bureau.open(reference)
    key, until = bureau.presentation(presentation), instant(by)
    draft = worded(
        DEMAND_KIND,
        presentation_id(key),
        text,
        "the demand",
        lambda demand: transferring.demand_substitution(key, until, demand),
    )
    return Plan(draft, {"answer_by": until.isoformat()})


def _substitute(
    bureau: Bureau,
    reference: PartText,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Invoice and draft, a JSON object; - is input.")
    ],
    amount: AmountText,
    presentation: PresentationText = "",
    mandate: MandateText = "",
) -> Plan:
    """Put the own invoice and draft in place of the second beneficiary's (art. 38(h))."""
    documents = documents_in(read_bytes(file), file)
    bureau.open(reference)
    key, money = bureau.presentation(presentation), bureau.amount(amount)
    said = _sealed_mandate(bureau, presentation_id(key), mandate)
    draft = Draft(
        INVOICE_KIND,
        presentation_id(key),
        documents,
        lambda commitment: transferring.substitute(key, money, commitment, said),
    )
    return Plan(draft, {"amount": money.minor}, lambda: _substitution(bureau, key))


def _take_up(bureau: Bureau, reference: PartText, presentation: PresentationText = "") -> Plan:
    """Take the first beneficiary's invoice up and owe it the difference (art. 38(h))."""
    bureau.open(reference)
    key = bureau.examined(presentation)
    return Plan(transferring.take_up(key), found=lambda: _substitution(bureau, key))


def _claim_difference(
    bureau: Bureau, reference: PartText, presentation: PresentationText = ""
) -> Plan:
    """Claim the difference from a bank that was silent on the invoice for five banking days."""
    bureau.open(reference)
    key = bureau.presentation(presentation)
    return Plan(transferring.claim_difference(key), found=lambda: _substitution(bureau, key))


def _fail(
    bureau: Bureau, reference: PartText, text: WordsText, presentation: PresentationText = ""
) -> Plan:
    """Record that the first beneficiary failed on first demand (art. 38(i))."""
    bureau.open(reference)
    key = bureau.presentation(presentation)
    draft = worded(
        FAILURE_KIND,
        presentation_id(key),
        text,
        "what failed",
        lambda statement: transferring.record_failure(key, statement),
    )
    return Plan(draft)


def _send_on(
    bureau: Bureau,
    reference: PartText,
    to: Annotated[str, typer.Option("--to", help="The issuing bank, or the confirming one.")],
    text: WordsText,
    presentation: PresentationText = "",
    number: Annotated[
        int, typer.Option("--number", min=1, max=255, help="Own count for that bank.")
    ] = 1,
) -> Plan:
    """Send documents on as their presenter, in the place of an idle bank (art. 38(k))."""
    bureau.open(reference)
    key, bank = bureau.presented(presentation), bureau.office.member(to)
    draft = worded(
        SCHEDULE_KIND,
        presentation_id(key),
        text,
        "the covering schedule",
        lambda schedule: transferring.send_on(key, bank, number, schedule, bureau.name(bank)),
    )
    return Plan(draft, {"to": bank})


# What stands


def _show(
    rpc: Rpc,
    reference: ReferenceText,
    bank: BankOption = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Show the transfers of a credit."""
    dossier = Dossier(rpc, home, as_json, bank or None)
    credit = dossier.open(reference)
    found = [
        _view(dossier, reference, number, dossier.service.transfer(part_id(credit, number)))
        for number in range(1, dossier.service.transfers(credit) + 1)
    ]
    if as_json:
        print_json({"credit": {"id": credit, "reference": reference}, "transfers": found})
        return 0
    if not found:
        console.print(f"No transfer of credit {reference} was asked for.")
    for each in found:
        state = str(each["state"]).lower()
        console.print(f"[bold]Transfer {each['transfer']}[/]  {state}", soft_wrap=True)
        for label, text in (
            ("to", each["second_beneficiary"]),
            ("by", each["transferring_bank"]),
            ("amount", f"{Money(each['amount'], dossier.currency)}, expires {each['expiry']}"),
            ("takes", str(Money(each["share"], dossier.currency))),
            ("left for invoice", str(Money(each["left"], dossier.currency))),
            ("amendments", each["amendments"]),
        ):
            row(label, text, _LABEL)
    return 0


def _view(dossier: Dossier, reference: str, number: int, found: TransferRecord) -> dict[str, Any]:
    asked, part = found.request, part_id(dossier.credit_id, number)
    made = found.state in (TransferState.TRANSFERRED, TransferState.ENDED)
    return {
        "transfer": number,
        "part": part,
        "reference": reference_of(reference, number),
        "state": found.state.name,
        "credit_state": dossier.service.state(part).name if made else None,
        "second_beneficiary": dossier.name(asked.second_beneficiary),
        "transferring_bank": dossier.name(asked.transferring_bank),
        "amount": asked.amount,
        "share": asked.share,
        "differences": found.differences,
        "left": dossier.service.left_for_differences(part),
        "expiry": asked.expiry.isoformat(),
        "amendments": asked.passing.label,
        "open_presentations": found.open,
        "unanswered_amendments": found.unanswered,
    }


def _substitution(
    bureau: Bureau, key: PresentationKey
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    found = bureau.service.substitution(key)
    counted = found.state is SubstitutionState.TAKEN_UP
    money = Money(found.difference, bureau.currency)
    return (
        {"state": found.state.name, "difference": found.difference},
        [("difference", f"{money}, {'owed' if counted else 'not taken up yet'}")],
    )


def _part(bureau: Bureau, reference: str, number: int) -> str:
    """The number of the part that a transfer of the credit makes."""
    return part_id(bureau.open(reference), number)


def _answered(
    bureau: Bureau,
    reference: str,
    number: int,
    amendment: int,
    mandate: str,
    answer: Callable[[str, int, str], Act],
) -> Plan:
    """What a beneficiary says to an amendment of the credit where it concerns a part."""
    part = _part(bureau, reference, number)
    act = _acting(
        bureau, f"{part}-{amendment}", mandate, lambda said: answer(part, amendment, said)
    )
    return Plan(act, {"transfer": number, "amendment": amendment})


def _acting(bureau: Bureau, name: str, mandate: str, act: Callable[[str], Act]) -> Act | Draft:
    """An act of a beneficiary itself, or of the bank that acts for it by what it was told."""
    if not mandate:
        return act(NO_COMMITMENT)
    return Draft(MANDATE_KIND, name, _mandate(bureau, mandate), act)


def _sealed_mandate(bureau: Bureau, name: str, mandate: str) -> str:
    """The commitment to a mandate that stands beside another text."""
    if not mandate:
        return NO_COMMITMENT
    value, vault = _mandate(bureau, mandate), bureau.vault
    kept = vault.holds(MANDATE_KIND, name, value)
    if kept is None:
        kept = seal(MANDATE_KIND, value) if bureau.dry_run else vault.add(MANDATE_KIND, name, value)
    return hexadecimal(kept.commitment)


def _mandate(bureau: Bureau, mandate: str) -> dict[str, str]:
    return {"credit": bureau.reference, "text": words(mandate, "what it was told")}


def _number(bureau: Bureau, part: CreditTerms) -> int:
    """The number of a request: that of the same one if it was made and stands, else the next."""
    credit, asked = bureau.credit_id, bureau.service.transfers(bureau.credit_id)
    for number in range(1, asked + 1):
        name = part_id(credit, number)
        if bureau.vault.holds(TRANSFER_TERMS_KIND, name, part.canonical()) is None:
            continue
        if bureau.service.transfer(name).state in (
            TransferState.REQUESTED,
            TransferState.TRANSFERRED,
        ):
            return number
    return asked + 1


def _amendment_number(bureau: Bureau, part: str, value: object) -> int:
    """The number of a part's amendment: that of the same one if it was passed, else the next."""
    issued = bureau.service.credit(part).amendments
    for number in range(1, issued + 1):
        if bureau.vault.holds(PART_AMENDMENT_KIND, f"{part}-{number}", value) is not None:
            return number
    return issued + 1


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
