# SPDX-License-Identifier: Apache-2.0
"""Errors of the reimbursement between banks."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import (
    AuthorisationState,
    ClaimState,
    ObligationKind,
    PresentationState,
)
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    BlockTime,
    ClaimId,
    CreditId,
    Day,
    Deadline,
    Instant,
    MemberNumber,
    Minor64,
    ObligationId,
    PresentationId,
    ReasonBits,
)

_ANSWER = "URR 725 art. 11(a)"


class NoReimbursingBank(ContractError):
    """The credit names no reimbursing bank, or its issuing bank itself."""

    article = "UCP 600 art. 13"
    text = "{credit_id} names no reimbursing bank, or its issuing bank itself"

    credit_id: CreditId


class NotReimbursingBank(ContractError):
    """The caller's member is not the reimbursing bank of the credit."""

    text = "{member_id} is not the reimbursing bank of {credit_id}"

    credit_id: CreditId
    member_id: MemberNumber


class NotClaimingBank(ContractError):
    """The caller's member is not the bank that may claim, or that claimed."""

    text = "{member_id} is not the bank that may claim, or that claimed, under {credit_id}"

    credit_id: CreditId
    member_id: MemberNumber


class WrongAuthorisationState(ContractError):
    """The authorisation does not stand where the act needs it."""

    article = "UCP 600 art. 13"

    credit_id: CreditId
    actual: AuthorisationState
    expected: AuthorisationState

    def _template(self) -> str:
        if self.actual is AuthorisationState.NONE:
            return "reimbursement under {credit_id} was never authorised"
        if self.expected is AuthorisationState.NONE:
            return "reimbursement under {credit_id} was authorised before and is {actual}"
        return (
            "the authorisation to reimburse under {credit_id} is {actual}; for this it would have "
            "to be {expected}"
        )


class BadAuthorisedAmount(ContractError):
    """An authorisation is for something, and for no more than may be drawn under the credit."""

    text = (
        "an authorisation for {amount} was asked for; under {credit_id} it is for something and "
        "for at most {most}"
    )

    credit_id: CreditId
    amount: Minor64
    most: Minor64


class BelowClaims(ContractError):
    """More is claimed already than the terms would allow."""

    text = (
        "an authorisation for {amount} would lie below the {claimed} that are claimed already "
        "under {credit_id}"
    )

    credit_id: CreditId
    amount: Minor64
    claimed: Minor64


class BadClaimingBank(ContractError):
    """Issuing and reimbursing bank claim no reimbursement."""

    text = "{bank} is issuing or reimbursing bank of {credit_id} and claims no reimbursement"

    credit_id: CreditId
    bank: MemberNumber


class ExpiryNotOpen(ContractError):
    """An authorisation has an expiry only under URR 725 and with an undertaking asked for."""

    article = "UCP 600 art. 13(b)(i)"
    text = (
        "the authorisation under {credit_id} cannot expire on {expiry}: it expires only under URR "
        "725, and if the reimbursing bank agrees to that by its undertaking"
    )

    credit_id: CreditId
    expiry: Day


class UndertakingToNobody(ContractError):
    """An undertaking is given to a bank that is named."""

    text = "an undertaking is asked for under {credit_id}, and no claiming bank is named for it"

    credit_id: CreditId


class UndertakingNotAsked(ContractError):
    """No undertaking is asked for; or the amendment would ask for none where one was given."""

    text = (
        "no undertaking of the reimbursing bank is asked for under {credit_id}; one that was given "
        "is not amended away"
    )

    credit_id: CreditId


class UndertakingDeclinedAlready(ContractError):
    """The reimbursing bank has declined before; it may yet undertake."""

    text = "the reimbursing bank has declined to undertake under {credit_id} before"

    credit_id: CreditId


class TermsDiffer(ContractError):
    """The terms are not those on record, or proposed."""

    text = "the terms given are not those of the authorisation, or of the proposal, on {credit_id}"

    credit_id: CreditId


class NothingProposed(ContractError):
    """No amendment is proposed that the act could be about."""

    text = "nothing of the kind is proposed to the authorisation under {credit_id}"

    credit_id: CreditId


class ConsentMissing(ContractError):
    """The claiming bank has not agreed."""

    text = (
        "{claiming_bank} has not agreed to the amendment of the undertaking under {credit_id}, and "
        "it is not amended without that"
    )

    credit_id: CreditId
    claiming_bank: MemberNumber


class AgreedAlready(ContractError):
    """The claiming bank has agreed before."""

    text = "the claiming bank has agreed to what is proposed under {credit_id} before"

    credit_id: CreditId


class ClaimExists(ContractError):
    """The bank has made this claim before."""

    text = "{claim_id} was made before; another claim takes another number"

    claim_id: ClaimId


class ClaimStands(ContractError):
    """Another claim for the presentation stands."""

    text = "{claim_id} for {presentation_id} stands; there is one at a time"

    presentation_id: PresentationId
    claim_id: ClaimId


class UnknownClaim(ContractError):
    """There is no such claim."""

    text = "there is no {claim_id}"

    claim_id: ClaimId


class WrongClaimState(ContractError):
    """The claim does not stand where the act needs it."""

    article = "UCP 600 art. 13"
    text = "{claim_id} is {actual}; for this it would have to be {expected}"

    claim_id: ClaimId
    actual: ClaimState
    expected: ClaimState


class NotHonoured(ContractError):
    """The bank has not honoured or negotiated the presentation."""

    article = "UCP 600 art. 2, 7(c)"
    text = (
        "{member_id} has not honoured or negotiated {presentation_id}; under a credit payable at "
        "sight it has to have paid"
    )

    presentation_id: PresentationId
    member_id: MemberNumber


class NotForwarded(ContractError):
    """The documents were not forwarded to the issuing bank under that count."""

    article = "UCP 600 art. 7(c)"
    text = (
        "the documents of {presentation_id} were not forwarded to the issuing bank as "
        "{forwarded_id}, or are not there any more"
    )

    presentation_id: PresentationId
    forwarded_id: PresentationId


class NoRightToReimbursement(ContractError):
    """The bank took up documents that neither it nor the issuing bank found complying."""

    article = "UCP 600 art. 7(c)"
    text = (
        "the claiming bank owes on {presentation_id} by {kind}, not because the documents comply, "
        "and the issuing bank has not taken them up"
    )

    presentation_id: PresentationId
    kind: ObligationKind


class ClaimOutOfBounds(ContractError):
    """A claim is for something, and for no more than was honoured and is authorised."""

    text = (
        "a claim of {amount} was made for {presentation_id}; it has to be above zero and at most "
        "{most}"
    )

    presentation_id: PresentationId
    amount: Minor64
    most: Minor64


class AuthorisationExpired(ContractError):
    """The undertaking has expired."""

    text = "the undertaking to reimburse under {credit_id} expired on {expiry}"

    credit_id: CreditId
    expiry: Day


class PaidByIssuingBank(ContractError):
    """The issuing bank has paid the claiming bank for this drawing."""

    article = "UCP 600 art. 13(c)"
    text = "the issuing bank has paid this drawing itself, by {obligation_id}"

    obligation_id: ObligationId


class ClaimDeadlinePassed(ContractError):
    """The time for an answer is over."""

    article = _ANSWER
    text = (
        "the time to refuse {claim_id} ended on {deadline} (close of the last banking day for an "
        "answer)"
    )

    claim_id: ClaimId
    deadline: Instant
    time: BlockTime


class ClaimNotOverdue(ContractError):
    """The time for an answer is not over, or not known yet."""

    article = _ANSWER

    claim_id: ClaimId
    deadline: Deadline
    time: BlockTime

    def _template(self) -> str:
        if self.deadline is None:
            return (
                "the banking calendar is not published far enough, so that the end of the time to "
                "answer {claim_id} is not known yet"
            )
        return "the reimbursing bank may answer {claim_id} until {deadline}, and it is {time}"


class ClaimDeadlineFixedAlready(ContractError):
    """The deadline of the claim was fixed before."""

    article = _ANSWER
    text = "the deadline of {claim_id} is known: {deadline}"

    claim_id: ClaimId
    deadline: Instant


class PreDebitNoticeNotAsked(ContractError):
    """No notice before a debit is asked for."""

    text = "the issuing bank asked for no notice before the debit for {claim_id}"

    claim_id: ClaimId


class PreDebitNoticeGivenAlready(ContractError):
    """The notice before the debit was given."""

    text = "the notice before the debit for {claim_id} was given before"

    claim_id: ClaimId


class NoReasonStated(ContractError):
    """Who undertook to pay says why it does not."""

    article = "URR 725 art. 11"
    text = "{claim_id} is refused without a reason, and the reimbursing bank undertook to pay"

    claim_id: ClaimId


class UnknownReasons(ContractError):
    """A bit of the reasons has no meaning."""

    text = "the reasons {reasons} are not all known; there are {known}"

    reasons: ReasonBits
    known: ReasonBits


class NoClaimDisposal(ContractError):
    """A notice says what becomes of the claim."""

    text = "the notice on {claim_id} does not say what becomes of it, field 73S"

    claim_id: ClaimId


class NotReimbursed(ContractError):
    """The reimbursing bank has paid nothing on this claim."""

    text = "the reimbursing bank has paid nothing on {claim_id}"

    claim_id: ClaimId


class NotRefused(ContractError):
    """The issuing bank has no refusal of the documents on record."""

    article = "UCP 600 art. 16(g)"
    text = "{forwarded_id} is {state}: the issuing bank has not refused it, and claims nothing back"

    forwarded_id: PresentationId
    state: PresentationState


class NothingAttested(ContractError):
    """No interest and no costs are attested."""

    text = "no interest and no costs were attested with {claim_id}"

    claim_id: ClaimId
