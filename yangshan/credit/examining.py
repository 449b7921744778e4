# SPDX-License-Identifier: Apache-2.0
"""Examining documents: the acts of the banks that have them (machine C)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.chain.events import (
    AcceptedOutOfHours,
    AuthorityAsked,
    DiscrepanciesAccepted,
    DisposalBreached,
    DocumentsForwarded,
    DocumentsRefused,
    DocumentsReleased,
    DocumentsReturned,
    FoundComplying,
    WaiverAsked,
)
from yangshan.chain.records import PresentationKey
from yangshan.credit.acts import DISPOSALS, FORWARDING, PRESENTATIONS, Act, Trace, numbered
from yangshan.credit.discrepancies import to_bits
from yangshan.credit.ids import presentation_id

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from yangshan.chain.enums import Disposal


def find_complying(key: PresentationKey) -> Act:
    """Determines that a presentation complies; the bank must honour from then on."""
    name = presentation_id(key)
    return Act(
        contract=PRESENTATIONS,
        function="findComplying",
        arguments=(key,),
        key=name,
        what="finds the documents complying and must honour",
        article="UCP 600 art. 15",
        traces=(Trace(FoundComplying, name, actor="examiner"),),
    )


def find_complying_with(
    key: PresentationKey, amendments: Collection[int], *, recourse: bool = False
) -> Act:
    """Determines that a presentation complies with the credit as pending amendments change it.

    They are accepted thereby (UCP 600 art. 10(c)). Without any: the bank negotiates ``recourse``.
    """
    name = presentation_id(key)
    listed = sorted(amendments)
    changed = f", as changed by {numbered(listed)}, which it accepts" if listed else ""
    terms = ", with recourse" if recourse else ""
    return Act(
        contract=PRESENTATIONS,
        function="findComplyingWith",
        arguments=(key, sum(1 << number for number in listed), recourse),
        key=name,
        what=f"finds the documents complying with the credit{changed}{terms}",
        article="UCP 600 art. 10(c), 15" if listed else "UCP 600 art. 15",
        traces=(Trace(FoundComplying, name, actor="examiner"),),
    )


def refuse(key: PresentationKey, codes: Sequence[str], disposal: Disposal, notice: str) -> Act:
    """Refuses by the one notice; ``notice`` is the commitment to its text.

    Raises UnknownDiscrepancy for a code that is none.
    """
    name, bits = presentation_id(key), to_bits(codes)
    content = {"discrepancies": bits, "disposal": disposal, "notice": notice}
    return Act(
        contract=PRESENTATIONS,
        function="refuse",
        arguments=(key, bits, int(disposal), notice),
        key=name,
        what=f"refuses by one notice with {_counted(codes)} ({', '.join(codes)})",
        article="UCP 600 art. 16(c), (d)",
        traces=(Trace(DocumentsRefused, name, content=content, actor="examiner"),),
    )


def accept_discrepancies(key: PresentationKey, waiver: str, *, recourse: bool = False) -> Act:
    """Accepts the discrepancies, for this bank alone.

    ``waiver`` is the commitment to what it accepts and who waived it.
    """
    name = presentation_id(key)
    return Act(
        contract=PRESENTATIONS,
        function="acceptDiscrepancies",
        arguments=(key, waiver, recourse),
        key=name,
        what="accepts the discrepancies and must honour" + (", with recourse" if recourse else ""),
        article="UCP 600 art. 16(b)",
        traces=(Trace(DiscrepanciesAccepted, name, content={"waiver": waiver}, actor="examiner"),),
    )


def ask_for_waiver(key: PresentationKey, request: str) -> Act:
    """Records that the issuing bank asked its applicant for a waiver; no clock stops."""
    name = presentation_id(key)
    return Act(
        contract=FORWARDING,
        function="askForWaiver",
        arguments=(key, request),
        key=f"{name}:{request}",
        what="asks the applicant for a waiver, which stops no clock",
        article="UCP 600 art. 16(b)",
        traces=(Trace(WaiverAsked, name, {"request": request}, actor="examiner"),),
        repeatable=True,
    )


def ask_for_authority(key: PresentationKey, request: str) -> Act:
    """Records that a nominated or confirming bank asked for authority; no clock stops."""
    name = presentation_id(key)
    return Act(
        contract=FORWARDING,
        function="askForAuthority",
        arguments=(key, request),
        key=f"{name}:{request}",
        what="asks for authority to take up the documents, which stops no clock",
        article="UCP 600 art. 16",
        traces=(Trace(AuthorityAsked, name, {"request": request}, actor="examiner"),),
        repeatable=True,
    )


def record_return(key: PresentationKey, dispatch: str) -> Act:
    """Records that refused documents were sent back, by the commitment to courier and date."""
    name = presentation_id(key)
    return Act(
        contract=DISPOSALS,
        function="recordReturn",
        arguments=(key, dispatch),
        key=name,
        what="sends the documents back",
        article="UCP 600 art. 16(c)(iii), (e)",
        traces=(Trace(DocumentsReturned, name, content={"dispatch": dispatch}, actor="examiner"),),
    )


def release_to_applicant(key: PresentationKey, receipt: str) -> Act:
    """Records that the applicant has the documents; ``receipt`` is the commitment to its receipt.

    Of refused documents that the presenter did not let go it is a breach: the bank is precluded.
    """
    name = presentation_id(key)
    return Act(
        contract=DISPOSALS,
        function="releaseToApplicant",
        arguments=(key, receipt),
        key=name,
        what="gives the documents to the applicant",
        article="UCP 600 art. 15, 16(f)",
        traces=(Trace(DocumentsReleased, name, content={"receipt": receipt}, actor="examiner"),),
    )


def state_breach(key: PresentationKey, evidence: str) -> Act:
    """States, as the bank itself, that it did not act as its notice of refusal says.

    ``evidence`` is the commitment to what it states.
    """
    return _breach(key, "stateBreach", evidence, "states that it broke its notice of refusal")


def find_in_breach(key: PresentationKey, ruling: str) -> Act:
    """Records, as an authority, a court's ruling that a bank broke its notice of refusal.

    ``ruling`` is the commitment to court, case number and ruling.
    """
    return _breach(key, "findInBreach", ruling, "records that a bank broke its notice of refusal")


def _breach(key: PresentationKey, function: str, evidence: str, what: str) -> Act:
    name = presentation_id(key)
    return Act(
        contract=DISPOSALS,
        function=function,
        arguments=(key, evidence),
        key=name,
        what=what,
        article="UCP 600 art. 16(f)",
        traces=(
            Trace(DisposalBreached, name, content={"evidence": evidence}, actor="recorded_by"),
        ),
    )


def accept_out_of_hours(key: PresentationKey) -> Act:
    """Records that the bank took in on the day itself what came out of its hours."""
    name = presentation_id(key)
    return Act(
        contract=PRESENTATIONS,
        function="acceptOutOfHours",
        arguments=(key,),
        key=name,
        what="takes in on the day itself what came out of hours",
        article="UCP 600 art. 33",
        traces=(Trace(AcceptedOutOfHours, name),),
    )


def forward(
    key: PresentationKey, to: int, number: int, schedule: str, bank: str = "", whole: str = ""
) -> Act:
    """Sends documents on to the issuing or confirming bank ``to``.

    ``number`` is the forwarding bank's own count, ``schedule`` the commitment to the covering
    schedule, ``bank`` the name of the one that gets them, for people. Documents under a part go on
    under the credit ``whole`` that it was taken from.
    """
    name, there = presentation_id(key), presentation_id(forwarded_key(key, to, number, whole))
    return Act(
        contract=FORWARDING,
        function="forward",
        arguments=(key, to, number, schedule),
        key=f"{name}:{there}",
        what=f"sends the documents on to {bank or f'member {to}'}",
        article="UCP 600 art. 12(c), 15(b), (c)",
        traces=(
            Trace(
                DocumentsForwarded, name, {"forwarded_id": there}, {"to": to, "schedule": schedule}
            ),
        ),
    )


def forwarded_key(key: PresentationKey, to: int, number: int, whole: str = "") -> PresentationKey:
    """What names the presentation to the bank that receives forwarded documents."""
    return PresentationKey(whole or key.credit_id, to, key.examiner, number)


def _counted(codes: Sequence[str]) -> str:
    return f"{len(codes)} {'discrepancy' if len(codes) == 1 else 'discrepancies'}"
