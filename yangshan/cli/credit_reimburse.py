# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit reimburse ...``: a third bank pays the bank that honoured or negotiated."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from yangshan.chain.enums import AuthorisationState, ClaimDisposal, ClaimReason
from yangshan.chain.events import DocumentsForwarded
from yangshan.chain.records import NO_COMMITMENT, ClaimRequest, ReimbursementTerms
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
from yangshan.cli.common import AsJson, Home, Rpc, console, print_json
from yangshan.cli.hands import Plan, worded
from yangshan.credit import reimbursing
from yangshan.credit.acts import Draft
from yangshan.credit.history import claimed_in, lodged_in
from yangshan.credit.ids import claim_id, obligation_id, presentation_id, slice_id
from yangshan.credit.reimbursement import ClaimDisposal as DisposalCode
from yangshan.credit.reimbursement import NonConformity
from yangshan.credit.view import available_under
from yangshan.errors import Refused, Unusable
from yangshan.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from yangshan.chain.records import PresentationKey
    from yangshan.credit.acts import Act

AUTHORISATION_KIND: Final = "reimbursement-authorisation"
CLAIM_KIND: Final = "reimbursement-claim"
NOTICE_KIND: Final = "reimbursement-notice"
ACCOUNT_KIND: Final = "reimbursement-account"

_DISPOSALS: Final = {
    DisposalCode.CANCELLED: ClaimDisposal.CANCELLED,
    DisposalCode.HELD: ClaimDisposal.HELD,
    DisposalCode.RETURNED: ClaimDisposal.RETURNED,
}
_LABEL: Final = 18

app = typer.Typer(
    help="Reimbursement between banks (UCP 600 art. 13, URR 725).", no_args_is_help=True
)

AmountText = Annotated[
    str, typer.Option("--amount", help="The most that may be claimed; all of the credit if absent.")
]
ToText = Annotated[
    str,
    typer.Option(
        "--to", help="The bank that may claim; any with which the credit is available if absent."
    ),
]
ExpiryText = Annotated[
    datetime | None,
    typer.Option(
        "--expiry", formats=["%Y-%m-%d"], help="Last day of the undertaking; none if absent."
    ),
]
NoticeDays = Annotated[
    int,
    typer.Option(
        "--notice-days", min=0, max=255, help="Banking days between notice and debit, if any."
    ),
]
Urr = Annotated[
    bool, typer.Option("--urr/--no-urr", help="Whether the credit says that URR 725 applies.")
]
Undertaking = Annotated[
    bool, typer.Option("--undertaking", help="Ask the reimbursing bank for its own undertaking.")
]
ClaimantPays = Annotated[
    bool, typer.Option("--claimant-bears-charges", help="Charges are the claiming bank's (71A).")
]
Amendable = Annotated[
    bool,
    typer.Option("--freely-amendable", help="The undertaking changes without the claiming bank."),
]
ClaimText = Annotated[
    str,
    typer.Option(
        "--claim", "-c", metavar="N", help="Its number in `reimburse show`, if there are several."
    ),
]


class NoSuchClaim(Refused):
    """A claim that there is not, or none named among several."""

    def __init__(self, given: str, reference: str, count: int) -> None:
        said = f"no claim {given}" if given else "no single claim"
        super().__init__(
            f"Credit {reference} has {said} for reimbursement; it has {count or 'none'} in all "
            f"(`yangshan credit reimburse show {reference}` lists them). Name one with --claim N."
        )
        self.given = given
        self.count = count


class NothingAuthorised(Refused):
    """No authority to reimburse, where its terms are needed."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"Nobody is authorised to reimburse under credit {reference}; expected the issuing "
            "bank's authority first (`yangshan credit reimburse authorise`)."
        )
        self.reference = reference


class NotSentOn(Refused):
    """A presentation whose documents did not go to the issuing bank."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"The documents under credit {reference} were not sent on to its issuing bank; "
            "expected that first (`yangshan credit forward`), since a bank claims for documents "
            "that it honoured and forwarded (UCP 600 art. 7(c))."
        )
        self.reference = reference


class UnknownCode(Unusable):
    """A code that is none of field 73R or 73S."""

    def __init__(self, given: str, known: list[str]) -> None:
        super().__init__(f"{given} is no such code; expected one of {', '.join(known)}.")
        self.given = given


def register(credit: typer.Typer) -> None:
    """Adds these commands."""
    for each, name in (
        (_authorise, "authorise"),
        (_amend, "amend"),
        (_cancel, "cancel"),
        (_undertake, "undertake"),
        (_decline, "decline"),
        (_agree, "agree"),
        (_claim, "claim"),
        (_fix_deadline, "fix-deadline"),
        (_notify_debit, "notify-debit"),
        (_honour, "honour"),
        (_refuse, "refuse"),
        (_hold, "hold"),
        (_notify_non_payment, "notify-non-payment"),
        (_fall_back, "fall-back"),
        (_recourse, "recourse"),
        (_refund, "refund"),
        (_acknowledge, "acknowledge"),
    ):
        command(app, name)(each)
    app.command("show")(_show)
    credit.add_typer(app, name="reimburse")


# The authority


def _authorise(
    bureau: Bureau,
    reference: ReferenceText,
    text: WordsText,
    amount: AmountText = "",
    to: ToText = "",
    expiry: ExpiryText = None,
    notice_days: NoticeDays = 0,
    urr: Urr = True,
    undertaking: Undertaking = False,
    claimant_bears_charges: ClaimantPays = False,
    freely_amendable: Amendable = False,
) -> Plan:
    """Authorise the credit's reimbursing bank to pay (UCP 600 art. 13(b)(i), MT 740)."""
    credit = bureau.open(reference)
    terms = _terms(
        bureau,
        amount,
        to,
        expiry,
        notice_days,
        urr=urr,
        undertaking=undertaking,
        claimant_bears_charges=claimant_bears_charges,
        freely_amendable=freely_amendable,
    )
    bank = bureau.held.issuance.reimbursing_bank
    draft = _message(
        AUTHORISATION_KIND,
        credit,
        text,
        lambda message: reimbursing.authorise(
            credit, terms, message, _money(bureau, terms), bureau.name(bank) if bank else ""
        ),
    )
    return Plan(draft, _told(terms))


def _amend(
    bureau: Bureau,
    reference: ReferenceText,
    text: WordsText,
    amount: AmountText = "",
    to: ToText = "",
    expiry: ExpiryText = None,
    notice_days: NoticeDays = 0,
    urr: Urr = True,
    undertaking: Undertaking = False,
    claimant_bears_charges: ClaimantPays = False,
    freely_amendable: Amendable = False,
) -> Plan:
    """Amend the authority, all its terms stated anew; proposed where an undertaking stands."""
    credit = bureau.open(reference)
    held = bureau.service.authorisation(credit)
    terms = _terms(
        bureau,
        amount,
        to,
        expiry,
        notice_days,
        urr=urr,
        undertaking=undertaking,
        claimant_bears_charges=claimant_bears_charges,
        freely_amendable=freely_amendable,
    )
    draft = _message(
        AUTHORISATION_KIND,
        credit,
        text,
        lambda message: reimbursing.amend_authorisation(credit, terms, message, held),
    )
    return Plan(draft, _told(terms))


def _cancel(bureau: Bureau, reference: ReferenceText, text: WordsText) -> Plan:
    """Cancel the authority; proposed where an undertaking stands that others rely on."""
    credit = bureau.open(reference)
    held = bureau.service.authorisation(credit)
    return Plan(
        _message(
            AUTHORISATION_KIND,
            credit,
            text,
            lambda message: reimbursing.cancel_authorisation(credit, message, held),
        )
    )


def _undertake(bureau: Bureau, reference: ReferenceText) -> Plan:
    """Undertake to pay claims that conform, on the terms on record, or as they are proposed."""
    credit = bureau.open(reference)
    terms = _latest(bureau)
    return Plan(reimbursing.undertake(credit, terms, _money(bureau, terms)), _told(terms))


def _decline(bureau: Bureau, reference: ReferenceText) -> Plan:
    """Decline to undertake, or to take what is proposed into the undertaking."""
    return Plan(reimbursing.decline_undertaking(bureau.open(reference)))


def _agree(bureau: Bureau, reference: ReferenceText) -> Plan:
    """Agree, as the bank to which the undertaking was given, to what is proposed."""
    credit = bureau.open(reference)
    held, proposed = bureau.service.authorisation(credit), bureau.service.proposal(credit)
    ended = held.state is AuthorisationState.CANCELLED
    cancels = proposed.cancels if proposed.proposed else ended
    terms = _latest(bureau)
    return Plan(reimbursing.agree_to_amendment(credit, terms, cancels=cancels), _told(terms))


# The claim


def _claim(
    bureau: Bureau,
    reference: ReferenceText,
    text: WordsText,
    presentation: PresentationText = "",
    amount: Annotated[
        str, typer.Option("--amount", help="What is claimed; all that was honoured if absent.")
    ] = "",
    part: Annotated[
        int, typer.Option("--slice", min=1, max=4, help="Of a mixed payment, in its order.")
    ] = 1,
    number: Annotated[
        int, typer.Option("--number", min=1, max=255, help="This bank's own count of its claims.")
    ] = 1,
) -> Plan:
    """Claim reimbursement of what this bank honoured or negotiated and sent on (MT 742)."""
    bureau.open(reference)
    key = bureau.examined(presentation)
    presented = bureau.service.presentation(key)
    own = slice_id(obligation_id(presentation_id(key), key.examiner, presented.payee), part - 1)
    honoured = Money(bureau.service.obligation(own).amount, bureau.currency)
    claimed = bureau.amount(amount) if amount else honoured
    name = claim_id(presentation_id(key), number)
    request = ClaimRequest(
        key, _forwarded(bureau, key), number, part - 1, claimed.minor, NO_COMMITMENT
    )
    draft = _message(
        CLAIM_KIND,
        name,
        text,
        lambda message: reimbursing.claim(replace(request, message=message), claimed),
    )

    def found() -> tuple[Mapping[str, Any], list[tuple[str, str]]]:
        held = bureau.service.claim(name)
        deadline = held.deadline and bureau.local(
            held.deadline, bureau.held.issuance.reimbursing_bank
        )
        said = f"{deadline:%Y-%m-%d %H:%M %z}" if deadline else "not known yet"
        return (
            {
                "deadline": deadline.isoformat() if deadline else None,
                "due": held.due.isoformat() if held.due else None,
            },
            [("to be answered by", said), ("due", str(held.due or "at sight"))],
        )

    return Plan(draft, {"claim": name, "amount": claimed.minor}, found)


def _fix_deadline(bureau: Bureau, reference: ReferenceText, claim: ClaimText = "") -> Plan:
    """Fix the deadline for an answer, where banking days were not published at the claim."""
    return _plain(bureau, reference, claim, reimbursing.fix_deadline)


def _notify_debit(
    bureau: Bureau, reference: ReferenceText, text: WordsText, claim: ClaimText = ""
) -> Plan:
    """Record that the issuing bank was told of the debit to come."""
    return _worded(bureau, reference, claim, text, reimbursing.give_pre_debit_notice)


def _honour(bureau: Bureau, reference: ReferenceText, claim: ClaimText = "") -> Plan:
    """Agree to pay a claim; what this bank owes thereby it pays with `credit honour`."""
    return _plain(bureau, reference, claim, reimbursing.honour_claim)


def _refuse(
    bureau: Bureau,
    reference: ReferenceText,
    text: WordsText,
    disposal: Annotated[
        str, typer.Option("--disposal", help="What becomes of it: CANC, HOLD or RETD (73S).")
    ],
    reason: Annotated[
        list[str] | None,
        typer.Option("--reason", help="Code of field 73R, such as OVER; may be repeated."),
    ] = None,
    claim: ClaimText = "",
) -> Plan:
    """Give notice that a claim does not conform, with its reasons (URR 725 art. 11, MT 744)."""
    said = [NonConformity(_code(each, NonConformity)) for each in reason or []]
    reasons = ClaimReason(0)
    for each in said:
        reasons |= ClaimReason[each.name]
    what = _DISPOSALS[DisposalCode(_code(disposal, DisposalCode))]
    return _worded(
        bureau,
        reference,
        claim,
        text,
        lambda claimed, notice: reimbursing.refuse_claim(claimed, reasons, what, notice),
    )


def _hold(bureau: Bureau, reference: ReferenceText, claim: ClaimText = "") -> Plan:
    """Hold a reimbursing bank, which did not answer in time, to its undertaking."""
    return _plain(bureau, reference, claim, reimbursing.claim_undertaking)


# What was not paid, and what was paid for nothing


def _notify_non_payment(
    bureau: Bureau, reference: ReferenceText, text: WordsText, claim: ClaimText = ""
) -> Plan:
    """Tell the issuing bank that nothing was paid (UCP 600 art. 13(b)(iii), (c))."""
    return _worded(bureau, reference, claim, text, reimbursing.notify_non_payment)


def _fall_back(
    bureau: Bureau,
    reference: ReferenceText,
    text: WordsText,
    charges: Annotated[str, typer.Option("--charges", help="Interest and costs.")] = "0",
    claim: ClaimText = "",
) -> Plan:
    """Claim on the issuing bank instead, with interest and costs (UCP 600 art. 13(b)(iii))."""
    return _accounted(bureau, reference, claim, text, charges, reimbursing.fall_back)


def _recourse(bureau: Bureau, reference: ReferenceText, claim: ClaimText = "") -> Plan:
    """Take recourse to the issuing bank for what this bank paid on its authority."""
    return _plain(bureau, reference, claim, reimbursing.claim_recourse)


def _refund(
    bureau: Bureau,
    reference: ReferenceText,
    text: WordsText,
    interest: Annotated[str, typer.Option("--interest", help="Interest on it.")] = "0",
    claim: ClaimText = "",
) -> Plan:
    """Claim back what was reimbursed for documents that were refused (UCP 600 art. 16(g))."""
    return _accounted(bureau, reference, claim, text, interest, reimbursing.claim_refund)


def _acknowledge(bureau: Bureau, reference: ReferenceText, claim: ClaimText = "") -> Plan:
    """Acknowledge the interest and costs that the creditor attested, and owe them."""
    return _plain(bureau, reference, claim, reimbursing.acknowledge_charges)


def _show(
    reference: ReferenceText,
    rpc: Rpc,
    bank: BankOption = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Show the authority to reimburse, what is proposed to it, and the claims."""
    dossier = Dossier(rpc, home, as_json, bank or None)
    credit = dossier.open(reference)
    held, proposed = dossier.service.authorisation(credit), dossier.service.proposal(credit)
    claims = [
        _claim_facts(dossier, place, event.claim_id)
        for place, event in enumerate(claimed_in(dossier.events), start=1)
    ]
    answer = {
        "authorisation": held.state.name,
        "undertaking_declined": held.undertaking_declined,
        "terms": _told(held.terms),
        "claimed": held.claimed,
        "proposed": _told(proposed.terms) if proposed.proposed else None,
        "proposed_cancellation": proposed.cancels,
        "agreed": proposed.agreed,
        "claims": claims,
    }
    if as_json:
        print_json(answer)
        return 0
    console.print(f"[bold]{reference}[/]  reimbursement: {held.state.label}")
    if held.state is not AuthorisationState.NONE:
        row("up to", str(_money(dossier, held.terms)), _LABEL)
        row("claimed", str(Money(held.claimed, dossier.currency)), _LABEL)
        claiming = held.terms.claiming_bank
        row("to be claimed by", dossier.name(claiming) if claiming else "any bank", _LABEL)
        row("rules", "URR 725" if held.terms.urr else "UCP 600 art. 13(b)", _LABEL)
    if proposed.proposed:
        what = "its end" if proposed.cancels else f"up to {_money(dossier, proposed.terms)}"
        row("proposed", what + (", agreed" if proposed.agreed else ""), _LABEL)
    for each in claims:
        amount = Money(each["amount"], dossier.currency)
        row(f"claim {each['number']}", f"{amount}: {each['state'].lower()}", _LABEL)
        row("", f"by {dossier.name(each['claiming_bank'])}", _LABEL)
        row("", f"answer by {each['deadline'] or 'a day that is not known yet'}", _LABEL)
    return 0


# What the commands share


def _terms(
    bureau: Bureau,
    amount: str,
    to: str,
    expiry: datetime | None,
    notice_days: int,
    *,
    urr: bool,
    undertaking: bool,
    claimant_bears_charges: bool,
    freely_amendable: bool,
) -> ReimbursementTerms:
    held = bureau.held
    return ReimbursementTerms(
        amount=bureau.amount(amount).minor if amount else held.drawn + available_under(held),
        claiming_bank=bureau.office.member(to) if to else 0,
        expiry=expiry.date() if expiry else None,
        pre_debit_days=notice_days,
        urr=urr,
        undertaking_asked=undertaking,
        claimant_bears_charges=claimant_bears_charges,
        freely_amendable=freely_amendable,
    )


def _latest(bureau: Bureau) -> ReimbursementTerms:
    """What is proposed, or on record where nothing is."""
    proposed = bureau.service.proposal(bureau.credit_id)
    if proposed.proposed:
        return proposed.terms
    held = bureau.service.authorisation(bureau.credit_id)
    if held.state is AuthorisationState.NONE:
        raise NothingAuthorised(bureau.reference)
    return held.terms


def _forwarded(bureau: Bureau, key: PresentationKey) -> int:
    """This bank's count of the documents that it sent on; the first that went."""
    name = presentation_id(key)
    sent = {
        event.forwarded_id
        for event in bureau.events
        if isinstance(event, DocumentsForwarded)
        and (event.presentation_id, event.to) == (name, bureau.held.issuing_bank)
    }
    for event in lodged_in(bureau.events):
        if event.presentation_id in sent:
            return event.lodging.key.number
    raise NotSentOn(bureau.reference)


def _claimed(dossier: Dossier, given: str) -> str:
    listed = [event.claim_id for event in claimed_in(dossier.events)]
    if given.isascii() and given.isdigit() and 0 < int(given) <= len(listed):
        return listed[int(given) - 1]
    if given or len(listed) != 1:
        raise NoSuchClaim(given, dossier.reference, len(listed))
    return listed[0]


def _plain(bureau: Bureau, reference: str, claim: str, act: Callable[[str], Act]) -> Plan:
    bureau.open(reference)
    claimed = _claimed(bureau, claim)
    return Plan(act(claimed), {"claim": claimed})


def _worded(
    bureau: Bureau, reference: str, claim: str, text: str, act: Callable[[str, str], Act]
) -> Plan:
    bureau.open(reference)
    claimed = _claimed(bureau, claim)
    draft = _message(NOTICE_KIND, claimed, text, lambda notice: act(claimed, notice))
    return Plan(draft, {"claim": claimed})


def _accounted(
    bureau: Bureau,
    reference: str,
    claim: str,
    text: str,
    amount: str,
    act: Callable[[str, Money, str], Act],
) -> Plan:
    bureau.open(reference)
    claimed = _claimed(bureau, claim)
    more = Money(0, bureau.currency) if amount == "0" else bureau.amount(amount)
    draft = _message(ACCOUNT_KIND, claimed, text, lambda account: act(claimed, more, account))
    return Plan(draft, {"claim": claimed, "amount": more.minor})


def _message(kind: str, name: str, text: str, act: Callable[[str], Act]) -> Draft:
    return worded(kind, name, text, "what it says", act)


def _code(given: str, known: type[NonConformity] | type[DisposalCode]) -> str:
    codes = [each.value for each in known]
    if given not in codes:
        raise UnknownCode(given, codes)
    return given


def _money(dossier: Dossier, terms: ReimbursementTerms) -> Money:
    return Money(terms.amount, dossier.currency)


def _told(terms: ReimbursementTerms) -> dict[str, Any]:
    return {
        "amount": terms.amount,
        "claiming_bank": terms.claiming_bank,
        "expiry": terms.expiry.isoformat() if terms.expiry else None,
        "pre_debit_days": terms.pre_debit_days,
        "urr": terms.urr,
        "undertaking_asked": terms.undertaking_asked,
        "claimant_bears_charges": terms.claimant_bears_charges,
        "freely_amendable": terms.freely_amendable,
    }


def _claim_facts(dossier: Dossier, place: int, claimed: str) -> dict[str, Any]:
    held = dossier.service.claim(claimed)
    bank = dossier.held.issuance.reimbursing_bank
    return {
        "number": place,
        "id": claimed,
        "claiming_bank": held.claiming_bank,
        "amount": held.amount,
        "state": dossier.service.claim_state(claimed).name,
        "received": dossier.local(held.received, bank).isoformat(),
        "deadline": dossier.local(held.deadline, bank).isoformat() if held.deadline else None,
        "due": held.due.isoformat() if held.due else None,
        "charges": held.charges,
    }
