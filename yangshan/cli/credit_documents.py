# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit present``, ``comply``, ``refuse`` ...: documents and their examination."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from yangshan.chain.enums import Disposal as DisposalOnChain
from yangshan.chain.enums import PresentationMark, PresenterInstruction
from yangshan.chain.records import Lodging, PresentationKey
from yangshan.cli.bureau import Bureau, PresentationText, ReferenceText, WordsText, command
from yangshan.cli.common import read_bytes
from yangshan.cli.hands import Plan, worded
from yangshan.cli.title_names import titles_at
from yangshan.cli.vouching import RelyingOn, require
from yangshan.credit import examining, presenting
from yangshan.credit.acts import Draft
from yangshan.credit.correspondence import AUTHORITY_REQUEST, NOTICE
from yangshan.credit.ids import presentation_id
from yangshan.credit.papers import DOCUMENTS_KIND, SCHEDULE_KIND, documents_in
from yangshan.credit.settlements import Disposal
from yangshan.documents.examination.drafting import read_released
from yangshan.errors import Refused, Unusable
from yangshan.money import Money
from yangshan.swift.refusal import refusal_mt734
from yangshan.titles import presented

if TYPE_CHECKING:
    from collections.abc import Callable

    from yangshan.cli.hands import Found
    from yangshan.credit.acts import Act

MANDATE_KIND: Final = "mandate"
WAIVER_KIND: Final = "waiver"
WAIVER_REQUEST_KIND: Final = "waiver-request"
INSTRUCTION_KIND: Final = "presenter-instruction"
DISPATCH_KIND: Final = "dispatch"
RELEASE_KIND: Final = "release-receipt"
BREACH_KIND: Final = "breach"

DisposalWord = Literal["hold", "notify", "return", "previous-instructions"]
InstructionWord = Literal["beforehand", "take-up", "return", "release"]
RecourseFlag = Annotated[
    bool,
    typer.Option("--recourse", help="A nominated bank that has not confirmed negotiates with it."),
]
MemberText = Annotated[
    str, typer.Argument(metavar="MEMBER", help="Its number, or its key in members.toml.")
]
ReleasedFile = Annotated[
    str,
    typer.Option(
        "--released", metavar="FILE", help="The discrepancies that `documents release-draft` wrote."
    ),
]
CountText = Annotated[
    int,
    typer.Option(
        "--number", min=1, max=255, help="The presenter's own count for the credit and that bank."
    ),
]

_ON_CHAIN: Final = {
    Disposal.HOLD: DisposalOnChain.HOLD,
    Disposal.NOTIFY: DisposalOnChain.NOTIFY,
    Disposal.RETURN: DisposalOnChain.RETURN,
    Disposal.PREVINST: DisposalOnChain.PREVIOUS_INSTRUCTIONS,
}
_DISPOSALS: Final[dict[str, Disposal]] = {
    "hold": Disposal.HOLD,
    "notify": Disposal.NOTIFY,
    "return": Disposal.RETURN,
    "previous-instructions": Disposal.PREVINST,
}
_INSTRUCTIONS: Final[dict[str, PresenterInstruction]] = {
    "beforehand": PresenterInstruction.BEFOREHAND,
    "take-up": PresenterInstruction.TAKE_UP,
    "return": PresenterInstruction.RETURN,
    "release": PresenterInstruction.RELEASE,
}


class BadDiscrepancy(Unusable):
    """A discrepancy without its code or without its words."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"{given!r} states no discrepancy: expected a code and what the notice says, such as "
            '"X08=Shipped after the latest date of shipment."'
        )
        self.given = given


class OneSource(Unusable):
    """Discrepancies given in two ways, or in none."""

    def __init__(self) -> None:
        super().__init__(
            "Expected the discrepancies one by one (or as words), or the file that a checker "
            "released, not both and not neither."
        )


class OtherCredit(Refused):
    """Discrepancies that were released for another credit."""

    def __init__(self, reference: str, released: str) -> None:
        super().__init__(f"These discrepancies were released for {released}, not for {reference}.")
        self.released = released


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    for each, name in (
        (_mandate, "mandate"),
        (_present, "present"),
        (_comply, "comply"),
        (_refuse, "refuse"),
        (_ask_waiver, "ask-waiver"),
        (_ask_authority, "ask-authority"),
        (_waive, "waive"),
        (_instruct, "instruct"),
        (_return, "return"),
        (_release, "release"),
        (_breach, "breach"),
        (_rule, "rule"),
        (_forward, "forward"),
        (_claim, "claim"),
        (_fix_deadline, "fix-deadline"),
        (_name_amendments, "name-amendments"),
        (_take_in, "take-in"),
    ):
        command(app, name)(each)


# The presenter


def _mandate(
    bureau: Bureau, reference: ReferenceText, member: MemberText, text: WordsText = ""
) -> Plan:
    """Let another member present documents too, as the beneficiary or the bank that acts for it."""
    credit, presenter = bureau.open(reference), bureau.office.member(member)
    draft = worded(
        MANDATE_KIND,
        f"{credit}-{presenter}",
        text,
        "the mandate",
        lambda commitment: presenting.record_mandate(
            credit, presenter, commitment, bureau.name(presenter)
        ),
        beside={"credit": reference, "presenter": bureau.name(presenter)},
        needed=False,
    )
    return Plan(draft, {"presenter": presenter})


def _present(
    bureau: Bureau,
    reference: ReferenceText,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="The documents, a JSON object; - is standard input."),
    ],
    amount: Annotated[str, typer.Option("--amount", help="The demand, as 1,280,000.00.")],
    shipped: Annotated[
        datetime | None,
        typer.Option(
            "--shipped",
            formats=["%Y-%m-%d"],
            help="Date of shipment, from which the period for presentation runs.",
        ),
    ] = None,
    to: Annotated[
        str,
        typer.Option("--to", help="The bank; if absent the nominated bank, else the issuing one."),
    ] = "",
    number: CountText = 1,
    pay_presenter: Annotated[
        bool,
        typer.Option("--pay-presenter", help="The presenter is to be paid, not the beneficiary."),
    ] = False,
    titles: Annotated[
        list[str] | None,
        typer.Option(
            "--title",
            metavar="TITLE",
            help="A title that goes into custody with them: its file or number; may be repeated.",
        ),
    ] = None,
) -> Plan:
    """Present documents: always recorded, late ones too (UCP 600 art. 6, 14).

    The documents are kept here; the chain gets a salted commitment to them.
    """
    documents, bound = documents_in(read_bytes(file), file), titles_at(titles or ())
    credit = bureau.open(reference)
    stated = bureau.held.issuance
    bank = bureau.office.member(to) if to else stated.nominated_bank or bureau.held.issuing_bank
    demand = bureau.amount(amount)
    day = shipped.date() if shipped else None
    key = PresentationKey(credit, bank, bureau.member, number)

    def lodge(commitment: str) -> Act:
        lodging = Lodging(key, demand.minor, day, pay_presenter, commitment)
        if bound:
            return presented.present(lodging, bound, demand)
        return presenting.lodge(lodging, demand)

    draft = Draft(DOCUMENTS_KIND, presentation_id(key), {"shipped": str(day), **documents}, lodge)
    said = {"examiner": bank, "number": number, **({"titles": bound} if bound else {})}
    return Plan(draft, said, lambda: bureau.receipt(key))


def _instruct(
    bureau: Bureau,
    reference: ReferenceText,
    instruction: Annotated[
        InstructionWord,
        typer.Argument(
            metavar="WHAT",
            help="beforehand (should they be refused), take-up (the bank may accept the "
            "discrepancies), return (send the documents back) or release (give them to the "
            "applicant).",
        ),
    ],
    presentation: PresentationText = "",
    text: WordsText = "",
) -> Plan:
    """Tell the bank what to do with the documents, as their presenter (UCP 600 art. 16(c)(iii))."""
    bureau.open(reference)
    key = bureau.presented(presentation)
    meant = _INSTRUCTIONS[instruction]
    draft = worded(
        INSTRUCTION_KIND,
        presentation_id(key),
        text,
        "the instruction",
        lambda commitment: presenting.instruct(key, meant, commitment),
        beside={"instruction": instruction},
    )
    return Plan(draft, _named(key))


def _name_amendments(
    bureau: Bureau,
    reference: ReferenceText,
    amendments: Annotated[
        list[int], typer.Argument(metavar="N...", min=1, max=255, help="Their numbers, field 26E.")
    ],
    presentation: PresentationText = "",
) -> Plan:
    """Say on which pending amendments documents are presented, before the bank decides.

    Without it no presentation accepts an amendment that leaves the beneficiary less and that the
    documents do without (UCP 600 art. 10(c)).
    """
    bureau.open(reference)
    key = bureau.presented(presentation)
    said = {**_named(key), "amendments": sorted(set(amendments))}
    return Plan(presenting.name_amendments(key, amendments), said)


def _claim(bureau: Bureau, reference: ReferenceText, presentation: PresentationText = "") -> Plan:
    """Claim what a bank owes that gave no notice in its time, or broke it (UCP 600 art. 16(f))."""
    bureau.open(reference)
    beneficiary = bureau.held.issuance.beneficiary
    key = bureau.presentation(
        presentation, lambda each: bureau.member in (each.presenter, beneficiary)
    )
    return Plan(presenting.claim_precluded(key), _named(key), lambda: bureau.debt(key))


def _fix_deadline(
    bureau: Bureau, reference: ReferenceText, presentation: PresentationText = ""
) -> Plan:
    """Fix a deadline for which banking days were not published at lodging; anyone may."""
    bureau.open(reference)
    key = bureau.presentation(presentation)
    return Plan(presenting.fix_deadline(key), _named(key))


# The banks


def _comply(
    bureau: Bureau,
    reference: ReferenceText,
    presentation: PresentationText = "",
    amendments: Annotated[
        list[int] | None,
        typer.Option(
            "--with-amendment",
            metavar="N",
            min=1,
            max=255,
            help="It complies with the credit as this pending amendment changes it; may be "
            "repeated.",
        ),
    ] = None,
    recourse: RecourseFlag = False,
    relying_on: RelyingOn = None,
) -> Plan:
    """Find documents complying: the bank must honour from then on (UCP 600 art. 15)."""
    bureau.open(reference)
    key = bureau.examined(presentation)
    require(bureau.office, relying_on)
    accepted = set(amendments or ())
    act = (
        examining.find_complying_with(key, accepted, recourse=recourse)
        if amendments or recourse
        else examining.find_complying(key)
    )

    def chosen(_tried: bool) -> Act:
        return bureau.with_titles(
            key,
            act,
            lambda titles: presented.find_complying(key, titles, accepted, recourse=recourse),
        )

    return Plan(chosen, _named(key), lambda: bureau.debt(key))


def _take_in(bureau: Bureau, reference: ReferenceText, presentation: PresentationText = "") -> Plan:
    """Take in on the day itself, as the bank, what came in out of its hours (UCP 600 art. 33).

    Lateness and the five banking days count from that day then; it is done once, and in time.
    """
    bureau.open(reference)
    key = bureau.examined(presentation)
    return Plan(examining.accept_out_of_hours(key), _named(key), lambda: bureau.receipt(key))


def _refuse(
    bureau: Bureau,
    reference: ReferenceText,
    disposal: Annotated[
        DisposalWord, typer.Option("--disposal", help="What becomes of the documents.")
    ],
    discrepancies: Annotated[
        list[str] | None,
        typer.Option(
            "--discrepancy",
            metavar="CODE=TEXT",
            help="Its code and what the notice says of it; every one, may be repeated.",
        ),
    ] = None,
    released: ReleasedFile = "",
    disposal_text: Annotated[
        str, typer.Option("--disposal-text", help="More words on that, for field 77B.")
    ] = "",
    own_reference: Annotated[
        str, typer.Option("--presenting-reference", help="The presenter's own, for field 21.")
    ] = "",
    presentation: PresentationText = "",
) -> Plan:
    """Refuse documents by the one notice, which is written as an MT 734 (UCP 600 art. 16).

    In time it is the last word: a bank gives one notice, and it never grows.
    """
    stated = _all_discrepancies(reference, discrepancies or [], released)
    bureau.open(reference)
    key = bureau.examined(presentation)
    name = presentation_id(key)
    lodged = bureau.service.presentation(key)
    sender = bureau.bic(key.examiner) or ""
    instructed = PresentationMark.INSTRUCTED in lodged.marks
    chosen = _DISPOSALS[disposal]
    notice = refusal_mt734(
        sender=sender,
        receiver=bureau.bic(key.presenter) or sender,
        issuing_bank=bureau.bic(bureau.held.issuing_bank) or "",
        reference=reference,
        presenting_reference=own_reference or None,
        utilised_on=bureau.local(lodged.received, key.examiner).date(),
        amount=Money(lodged.amount, bureau.currency),
        discrepancies=[text for _, text in stated],
        disposal=chosen,
        disposal_text=disposal_text,
        presenter_instruction="on record" if instructed else None,
    )
    codes = [code for code, _ in stated]
    draft = Draft(
        NOTICE,
        name,
        {"text": notice},
        lambda commitment: examining.refuse(key, codes, _ON_CHAIN[chosen], commitment),
    )
    return Plan(draft, {**_named(key), "notice": notice})


def _waive(
    bureau: Bureau,
    reference: ReferenceText,
    presentation: PresentationText = "",
    text: WordsText = "",
    recourse: RecourseFlag = False,
) -> Plan:
    """Accept the discrepancies, for this bank alone (UCP 600 art. 16(b), (c)(iii)).

    The words say what it accepts and who waived it.
    """

    def accept(key: PresentationKey, waiver: str) -> Act:
        return bureau.with_titles(
            key,
            examining.accept_discrepancies(key, waiver, recourse=recourse),
            lambda titles: presented.accept_discrepancies(key, titles, waiver, recourse=recourse),
        )

    return _recorded(
        bureau,
        reference,
        presentation,
        WAIVER_KIND,
        text,
        "what it accepts and who waived it",
        accept,
        bureau.debt,
    )


def _ask_waiver(
    bureau: Bureau,
    reference: ReferenceText,
    presentation: PresentationText = "",
    text: WordsText = "",
) -> Plan:
    """Record that the issuing bank asked its applicant for a waiver; no clock stops."""
    return _recorded(
        bureau,
        reference,
        presentation,
        WAIVER_REQUEST_KIND,
        text,
        "what it asks",
        examining.ask_for_waiver,
    )


def _ask_authority(
    bureau: Bureau,
    reference: ReferenceText,
    presentation: PresentationText = "",
    text: WordsText = "",
    released: ReleasedFile = "",
) -> Plan:
    """Record that a nominated or confirming bank asked for authority; no clock stops (MT 750).

    The words are the discrepancies, as they stand in field 77J.
    """
    if released:
        if text:
            raise OneSource
        text = "\n".join(said for _, said in _all_discrepancies(reference, [], released))
    return _recorded(
        bureau,
        reference,
        presentation,
        AUTHORITY_REQUEST,
        text,
        "the discrepancies",
        examining.ask_for_authority,
    )


def _return(
    bureau: Bureau,
    reference: ReferenceText,
    presentation: PresentationText = "",
    text: WordsText = "",
) -> Plan:
    """Record that refused documents were sent back (UCP 600 art. 16(c)(iii), (e)).

    The words are courier, date and reference.
    """
    return _recorded(
        bureau,
        reference,
        presentation,
        DISPATCH_KIND,
        text,
        "courier, date and reference",
        examining.record_return,
    )


def _release(
    bureau: Bureau,
    reference: ReferenceText,
    presentation: PresentationText = "",
    text: WordsText = "",
) -> Plan:
    """Record that the applicant has the documents; the words are its receipt.

    Of refused documents that the presenter did not let go that breaks the notice: the bank is
    precluded (UCP 600 art. 16(f)).
    """

    def found(key: PresentationKey) -> tuple[dict[str, object], list[tuple[str, str]]]:
        broken = bureau.service.is_precluded(key)
        said = [("precluded", "yes: its notice said otherwise of the documents")] if broken else []
        return {"precluded": broken}, said

    return _recorded(
        bureau,
        reference,
        presentation,
        RELEASE_KIND,
        text,
        "the applicant's receipt",
        examining.release_to_applicant,
        found,
    )


def _breach(
    bureau: Bureau,
    reference: ReferenceText,
    presentation: PresentationText = "",
    text: WordsText = "",
) -> Plan:
    """State that this bank did not act as its notice of refusal says (UCP 600 art. 16(f)).

    It is precluded by that; the words say what it did with the documents.
    """
    return _recorded(
        bureau,
        reference,
        presentation,
        BREACH_KIND,
        text,
        "what it did with the documents",
        examining.state_breach,
    )


def _rule(
    bureau: Bureau,
    reference: ReferenceText,
    order: Annotated[
        str,
        typer.Option(
            "--order",
            help="Court, case number and ruling, or @FILE. Kept here; the chain gets a commitment.",
        ),
    ],
    presentation: PresentationText = "",
) -> Plan:
    """Record a court's ruling that a bank broke its notice of refusal; it is precluded.

    An authority that is no party does, with a key that has COURT. The presenter claims, or not
    (UCP 600 art. 16(f)).
    """
    bureau.open(reference)
    key = bureau.presentation(presentation)
    draft = worded(
        BREACH_KIND,
        presentation_id(key),
        order,
        "the court's ruling",
        lambda commitment: examining.find_in_breach(key, commitment),
    )
    return Plan(draft, _named(key))


def _forward(
    bureau: Bureau,
    reference: ReferenceText,
    to: Annotated[
        str, typer.Option("--to", help="The bank that gets them; the issuing bank if absent.")
    ] = "",
    number: CountText = 1,
    presentation: PresentationText = "",
    text: WordsText = "",
) -> Plan:
    """Send documents on, as a nominated or confirming bank (UCP 600 art. 12(c), 15(b), (c)).

    They are presented there thereby, with a clock of their own. The words are the covering
    schedule; it says if the presentation came within a period extended by art. 29(a) (art. 29(b)).
    """
    bureau.open(reference)
    key = bureau.examined(presentation)
    bank = bureau.office.member(to) if to else bureau.held.issuing_bank
    # Documents under a part go on under the credit itself.
    found = bureau.service.transfer(key.credit_id)
    whole = found.request.credit_id if found.state else ""
    there = examining.forwarded_key(key, bank, number, whole)
    draft = worded(
        SCHEDULE_KIND,
        presentation_id(there),
        text,
        "the covering schedule",
        lambda commitment: examining.forward(
            key, bank, number, commitment, bureau.name(bank), whole
        ),
    )
    return Plan(draft, {**_named(key), "forwarded_as": presentation_id(there), "to": bank})


def _recorded(
    bureau: Bureau,
    reference: str,
    presentation: str,
    kind: str,
    text: str,
    what: str,
    act: Callable[[PresentationKey, str], Act],
    found: Callable[[PresentationKey], Found] | None = None,
) -> Plan:
    """What the examining bank does or states about documents, in words that are committed to."""
    bureau.open(reference)
    key = bureau.examined(presentation)
    draft = worded(kind, presentation_id(key), text, what, lambda commitment: act(key, commitment))
    return Plan(draft, _named(key), found and partial(found, key))


def _named(key: PresentationKey) -> dict[str, object]:
    return {"presentation": presentation_id(key)}


def _all_discrepancies(reference: str, given: list[str], released: str) -> list[tuple[str, str]]:
    """Codes and words, from the options or from the file of ``documents release-draft``."""
    if bool(given) == bool(released):
        raise OneSource
    if not released:
        return [_discrepancy(each) for each in given]
    found = read_released(read_bytes(released), released)
    if found.credit != reference:
        raise OtherCredit(reference, found.credit)
    return [(each.code, each.text) for each in found.discrepancies]


def _discrepancy(given: str) -> tuple[str, str]:
    code, sign, text = given.partition("=")
    if not sign or not code.strip() or not text.strip():
        raise BadDiscrepancy(given)
    return code.strip(), text.strip()
