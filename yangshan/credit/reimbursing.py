# SPDX-License-Identifier: Apache-2.0
"""Reimbursement between banks: authority, undertaking, claim and what follows (machine F)."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, Final

from yangshan.chain.enums import AuthorisationState
from yangshan.chain.events import (
    AuthorisationAmended,
    AuthorisationAmendmentAgreed,
    AuthorisationAmendmentProposed,
    AuthorisationCancelled,
    ChargesAcknowledged,
    ClaimDeadlineFixed,
    ClaimFellBack,
    ClaimHonoured,
    ClaimNotConforming,
    NonPaymentNotified,
    PreDebitNoticeGiven,
    RecourseClaimed,
    RefundClaimed,
    ReimbursementAuthorised,
    ReimbursementClaimed,
    ReimbursementUndertaken,
    UndertakingClaimed,
    UndertakingDeclined,
)
from yangshan.credit.acts import REIMBURSEMENTS, Act, Trace
from yangshan.credit.ids import claim_id, presentation_id

if TYPE_CHECKING:
    from yangshan.chain.enums import ClaimDisposal, ClaimReason
    from yangshan.chain.records import Authorisation, ClaimRequest, ReimbursementTerms
    from yangshan.credit.service import Credits
    from yangshan.money import Money

_ARTICLE: Final = "UCP 600 art. 13"
_AUTHORITY: Final = "UCP 600 art. 13(b)(i)"
_ANSWER: Final = "URR 725 art. 11(a)"
_UNPAID: Final = "UCP 600 art. 13(b)(iii), (c)"
_REFUND: Final = "UCP 600 art. 16(g)"

# The authority


def authorise(
    credit: str, terms: ReimbursementTerms, message: str, amount: Money, bank: str = ""
) -> Act:
    """Authorises the credit's reimbursing bank to pay; ``message`` is the commitment to the text.

    ``amount`` says the terms' in words, ``bank`` the reimbursing bank.
    """

    def stands(credits_: Credits) -> bool:
        return credits_.authorisation(credit).state is not AuthorisationState.CANCELLED

    return Act(
        contract=REIMBURSEMENTS,
        function="authorise",
        arguments=(credit, terms, message),
        key=f"{credit}:{message}",
        what=f"authorises {bank or 'the reimbursing bank'} to pay claims of up to {amount}",
        article=_AUTHORITY,
        traces=(
            Trace(ReimbursementAuthorised, credit, {"message": message}, content={"terms": terms}),
        ),
        repeatable=True,
        standing=stands,
    )


def amend_authorisation(
    credit: str, terms: ReimbursementTerms, message: str, held: Authorisation
) -> Act:
    """Amends the authority; where an undertaking stands it proposes that to the other banks.

    ``held`` is the authorisation as it stands.
    """
    proposes = held.state is AuthorisationState.UNDERTAKEN
    return Act(
        contract=REIMBURSEMENTS,
        function="amendAuthorisation",
        arguments=(credit, terms, message),
        key=f"{credit}:{message}",
        what=(
            "proposes to amend the authority to reimburse, for which an undertaking stands"
            if proposes
            else "amends the authority to reimburse"
        ),
        article=_ARTICLE,
        traces=(
            Trace(
                AuthorisationAmendmentProposed if proposes else AuthorisationAmended,
                credit,
                {"message": message},
                {"terms": terms},
            ),
        ),
        repeatable=True,
    )


def cancel_authorisation(credit: str, message: str, held: Authorisation) -> Act:
    """Cancels the authority; where an undertaking stands that others rely on, it proposes that."""
    undertaken = held.state is AuthorisationState.UNDERTAKEN
    proposes = undertaken and not held.terms.freely_amendable
    return Act(
        contract=REIMBURSEMENTS,
        function="cancelAuthorisation",
        arguments=(credit, message),
        key=f"{credit}:{message}",
        what=(
            "proposes to cancel the authority to reimburse, for which an undertaking stands"
            if proposes
            else "cancels the authority to reimburse"
        ),
        article=_ARTICLE,
        traces=(
            Trace(
                AuthorisationAmendmentProposed if proposes else AuthorisationCancelled,
                credit,
                {"message": message},
            ),
        ),
        repeatable=True,
    )


def undertake(credit: str, terms: ReimbursementTerms, amount: Money) -> Act:
    """Undertakes, irrevocably, to pay claims that conform, on exactly these terms.

    ``amount`` says the terms' in words.
    """

    def stands(credits_: Credits) -> bool:
        held = credits_.authorisation(credit)
        return held.state is AuthorisationState.UNDERTAKEN and held.terms == terms

    return Act(
        contract=REIMBURSEMENTS,
        function="undertake",
        arguments=(credit, terms),
        key=f"{credit}:{_as_key(terms)}",
        what=f"undertakes to pay claims of up to {amount} that conform",
        article=_ARTICLE,
        traces=(
            Trace(ReimbursementUndertaken, credit, {"terms": terms}, actor="reimbursing_bank"),
        ),
        repeatable=True,
        standing=stands,
    )


def decline_undertaking(credit: str) -> Act:
    """Declines to undertake, or to take what is proposed into the undertaking."""

    def stands(credits_: Credits) -> bool:
        held = credits_.authorisation(credit)
        if held.state is AuthorisationState.UNDERTAKEN:
            return not credits_.proposal(credit).proposed
        return held.undertaking_declined

    return Act(
        contract=REIMBURSEMENTS,
        function="declineUndertaking",
        arguments=(credit,),
        key=credit,
        what="declines to undertake that",
        article=_ARTICLE,
        traces=(Trace(UndertakingDeclined, credit, actor="reimbursing_bank"),),
        repeatable=True,
        standing=stands,
    )


def agree_to_amendment(credit: str, terms: ReimbursementTerms, *, cancels: bool = False) -> Act:
    """Agrees, as the bank to which the undertaking was given, to what is proposed."""

    def stands(credits_: Credits) -> bool:
        held, proposed = credits_.authorisation(credit), credits_.proposal(credit)
        if proposed.proposed:
            return proposed.agreed and proposed.terms == terms and proposed.cancels == cancels
        return held.state is AuthorisationState.CANCELLED if cancels else held.terms == terms

    return Act(
        contract=REIMBURSEMENTS,
        function="agreeToAmendment",
        arguments=(credit, terms, cancels),
        key=f"{credit}:{_as_key(terms)}:{int(cancels)}",
        what=f"agrees to {'the end of' if cancels else 'an amendment of'} the undertaking",
        article=_ARTICLE,
        traces=(
            Trace(
                AuthorisationAmendmentAgreed, credit, {"cancels": cancels}, actor="claiming_bank"
            ),
        ),
        repeatable=True,
        standing=stands,
    )


# The claim


def claim(request: ClaimRequest, amount: Money) -> Act:
    """Claims reimbursement of what the bank honoured or negotiated; ``amount`` says it in words."""
    name = claim_id(presentation_id(request.key), request.number)
    return Act(
        contract=REIMBURSEMENTS,
        function="claim",
        arguments=(request,),
        key=name,
        what=f"claims reimbursement of {amount}"
        + (f", slice {request.slice + 1}" if request.slice else ""),
        article="UCP 600 art. 7(c), 13",
        traces=(
            Trace(ReimbursementClaimed, name, content={"request": request}, actor="claiming_bank"),
        ),
    )


def fix_deadline(claimed: str) -> Act:
    """Fixes a deadline that the calendar did not reach at the claim; anyone may."""
    return _on_claim(
        "fixClaimDeadline",
        claimed,
        "fixes the deadline for an answer to the claim",
        _ANSWER,
        Trace(ClaimDeadlineFixed, claimed),
    )


def give_pre_debit_notice(claimed: str, notice: str) -> Act:
    """Records that the issuing bank was told of the debit to come; ``notice`` is the commitment."""
    return _on_claim(
        "givePreDebitNotice",
        claimed,
        "gives the issuing bank notice of the debit to come",
        _ANSWER,
        Trace(PreDebitNoticeGiven, claimed, content={"notice": notice}, actor="reimbursing_bank"),
        notice,
    )


def honour_claim(claimed: str) -> Act:
    """Agrees to pay a claim; the reimbursing bank owes it from then on."""
    return _on_claim(
        "honourClaim",
        claimed,
        "agrees to pay the claim",
        "UCP 600 art. 13(b)",
        Trace(ClaimHonoured, claimed, actor="reimbursing_bank"),
    )


def refuse_claim(claimed: str, reasons: ClaimReason, disposal: ClaimDisposal, notice: str) -> Act:
    """Gives notice that a claim does not conform; ``notice`` is the commitment to its text."""
    content = {"reasons": reasons, "disposal": disposal, "notice": notice}
    why = f" ({reasons.label})" if reasons else ""
    return _on_claim(
        "refuseClaim",
        claimed,
        f"gives notice that the claim does not conform{why}",
        "URR 725 art. 11",
        Trace(ClaimNotConforming, claimed, content=content),
        int(reasons),
        int(disposal),
        notice,
    )


def claim_undertaking(claimed: str) -> Act:
    """Holds a reimbursing bank that neither paid nor refused in time to its undertaking."""
    return _on_claim(
        "claimUndertaking",
        claimed,
        "holds the reimbursing bank to its undertaking",
        "URR 725 art. 11",
        Trace(UndertakingClaimed, claimed, actor="claiming_bank"),
    )


# What was not paid, and what was paid for nothing


def notify_non_payment(claimed: str, notice: str) -> Act:
    """Tells the issuing bank that nothing was paid; ``notice`` is the commitment to the words."""
    return _on_claim(
        "notifyNonPayment",
        claimed,
        "gives the issuing bank notice that the claim was not paid",
        _UNPAID,
        Trace(NonPaymentNotified, claimed, content={"notice": notice}, actor="claiming_bank"),
        notice,
    )


def fall_back(claimed: str, charges: Money, account: str) -> Act:
    """Claims on the issuing bank instead, with interest and costs.

    ``account`` is the commitment to how they are made up.
    """
    more = f", with {charges} of interest and costs" if charges.minor else ""
    content = {"charges": charges.minor, "account": account}
    return _on_claim(
        "fallBack",
        claimed,
        f"claims on the issuing bank instead{more}",
        _UNPAID,
        Trace(ClaimFellBack, claimed, content=content),
        charges.minor,
        account,
    )


def claim_recourse(claimed: str) -> Act:
    """Takes recourse to the issuing bank for what was paid on its authority."""
    return _on_claim(
        "claimRecourse",
        claimed,
        "takes recourse to the issuing bank for what it paid",
        _ARTICLE,
        Trace(RecourseClaimed, claimed, actor="reimbursing_bank"),
    )


def claim_refund(claimed: str, interest: Money, account: str) -> Act:
    """Claims back what was reimbursed for documents that were refused.

    ``account`` is the commitment to how the interest is made up.
    """
    more = f", with {interest} of interest" if interest.minor else ""
    content = {"interest": interest.minor, "account": account}
    return _on_claim(
        "claimRefund",
        claimed,
        f"claims back what was reimbursed{more}",
        _REFUND,
        Trace(RefundClaimed, claimed, content=content),
        interest.minor,
        account,
    )


def acknowledge_charges(claimed: str) -> Act:
    """Acknowledges the interest and costs that the creditor attested, and owes them."""
    return _on_claim(
        "acknowledgeCharges",
        claimed,
        "acknowledges interest and costs",
        "UCP 600 art. 13(b)(iii), 16(g)",
        Trace(ChargesAcknowledged, claimed, actor="debtor"),
    )


def _on_claim(
    function: str, claimed: str, what: str, article: str, trace: Trace, *more: object
) -> Act:
    return Act(
        contract=REIMBURSEMENTS,
        function=function,
        arguments=(claimed, *more),
        key=claimed,
        what=what,
        article=article,
        traces=(trace,),
    )


def _as_key(terms: ReimbursementTerms) -> str:
    return ",".join(str(each) for each in astuple(terms))
