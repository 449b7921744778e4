# SPDX-License-Identifier: Apache-2.0
"""A plain model of the reimbursement between banks, on top of that of credits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clocks import library_clock
from eth_utils import keccak
from model import D, Model, P, RefusedError
from model_documents import Obligation
from reimbursing import Request, Terms, moment
from suite import Event, event
from vocabulary import (
    AuthorisationState,
    ClaimMark,
    ClaimReason,
    ClaimState,
    MaturityFrom,
    ObligationKind,
    Role,
)
from world import DAY, KINDS, PresentationKey, obligation_id

from yangshan.alliance.calendar_words import day_of
from yangshan.credit.claims import EARLIEST_CLAIM_DAYS
from yangshan.credit.reimbursement_rules import is_early, most_claimable

if TYPE_CHECKING:
    from model import Credit

A, C, K = AuthorisationState, ClaimState, ObligationKind
ANSWER_DAYS = 3
# After these nothing is owed, and another claim may follow.
OVER = (C.NON_CONFORMING, C.NON_PAYMENT_NOTIFIED, C.FALLEN_BACK)
REFUSED = (P.REFUSED, P.RETURN_DUE, P.RETURNED)


@dataclass
class Authority:
    """An authorisation to reimburse."""

    state: Any
    terms: Terms
    claimed: int = 0
    declined: bool = False
    # What is proposed: terms, whether it cancels, whether the claiming bank agreed.
    proposal: tuple[Terms, bool, bool] | None = None


@dataclass
class Claim:
    """A claim for reimbursement."""

    request: Request
    bank: int
    payer: int
    onward: PresentationKey
    received: int
    deadline: int
    days: int
    due: int
    marks: int
    state: Any = C.CLAIMED
    charges: int = 0

    @property
    def credit(self) -> bytes:
        return self.request.key.credit

    @property
    def owed(self) -> bytes:
        return obligation_id(self.request.id, self.payer, self.bank)

    @property
    def direct(self) -> bytes:
        return obligation_id(self.onward.id, self.onward.examiner, self.bank)

    @property
    def is_owed(self) -> bool:
        return bool(self.marks & ClaimMark.OWED)

    def is_over(self, time: int) -> bool:
        return bool(self.deadline and time > self.deadline)


@dataclass
class Reimbursed(Model):
    """All credits of the alliance, and the claims for reimbursement under them."""

    authorities: dict[bytes, Authority] = field(default_factory=dict)
    claims: dict[bytes, Claim] = field(default_factory=dict)
    last: dict[bytes, bytes] = field(default_factory=dict)

    # Authorisations

    def authorise(self, member: int, number: bytes, terms: Terms, text: bytes) -> list[Event]:
        credit = self._of_issuer(member, number)
        found = self.authorities.get(number)
        if found and found.state in (A.AUTHORISED, A.UNDERTAKEN):
            raise RefusedError("WrongAuthorisationState", number, found.state, A.NONE)
        if credit.origin.reimbursing_bank in (0, credit.bank):
            raise RefusedError("NoReimbursingBank", number)
        self._sound(number, credit, terms)
        claimed = found.claimed if found else 0
        self.authorities[number] = Authority(A.AUTHORISED, terms, claimed)
        return [
            self._says(
                "ReimbursementAuthorised",
                creditId=number,
                reimbursingBank=credit.origin.reimbursing_bank,
                claimingBank=terms.claiming_bank,
                terms=terms,
                message=text,
            )
        ]

    def amend_authority(self, member: int, number: bytes, terms: Terms, text: bytes) -> list[Event]:
        credit = self._of_issuer(member, number)
        found = self._live(number)
        self._sound(number, credit, terms)
        if found.state == A.UNDERTAKEN:
            if not terms.undertaking_asked:
                raise RefusedError("UndertakingNotAsked", number)
            return self._proposed(number, terms, text, cancels=False)
        found.terms, found.declined = terms, False
        return [self._says("AuthorisationAmended", creditId=number, terms=terms, message=text)]

    def cancel_authority(self, member: int, number: bytes, text: bytes) -> list[Event]:
        self._of_issuer(member, number)
        found = self._live(number)
        if found.state == A.UNDERTAKEN and not found.terms.freely_amendable:
            return self._proposed(number, found.terms, text, cancels=True)
        return self._cancelled(number, text)

    def undertake(self, member: int, number: bytes, terms: Terms) -> list[Event]:
        self._has_role(member, Role.ISSUE)
        self._of_payer(member, number)
        found = self._live(number)
        told = []
        if found.state == A.UNDERTAKEN:
            proposed, agreed = self._on_offer(number, cancels=False)
            self._same(number, proposed, terms)
            if not found.terms.freely_amendable and not agreed:
                raise RefusedError("ConsentMissing", number, found.terms.claiming_bank)
            self._above_claims(number, terms)
            told = [
                self._says("AuthorisationAmended", creditId=number, terms=terms, message=bytes(32))
            ]
        else:
            self._asked_for(number, found)
            self._same(number, found.terms, terms)
        self.authorities[number] = Authority(A.UNDERTAKEN, terms, found.claimed)
        return [
            *told,
            self._says(
                "ReimbursementUndertaken",
                creditId=number,
                reimbursingBank=member,
                claimingBank=terms.claiming_bank,
                terms=terms,
            ),
        ]

    def decline_undertaking(self, member: int, number: bytes) -> list[Event]:
        self._has_role(member, Role.ISSUE)
        self._of_payer(member, number)
        found = self._live(number)
        standing = found.state == A.UNDERTAKEN
        if standing:
            self._on_offer(number, cancels=False)
            found.proposal = None
        else:
            self._asked_for(number, found)
            if found.declined:
                raise RefusedError("UndertakingDeclinedAlready", number)
            found.declined = True
        return [
            self._says(
                "UndertakingDeclined", creditId=number, reimbursingBank=member, standing=standing
            )
        ]

    def agree_amendment(
        self, member: int, number: bytes, terms: Terms, cancels: bool
    ) -> list[Event]:
        found = self.authorities.get(number)
        if found is None or found.state != A.UNDERTAKEN:
            state = found.state if found else A.NONE
            raise RefusedError("WrongAuthorisationState", number, state, A.UNDERTAKEN)
        if member != found.terms.claiming_bank:
            raise RefusedError("NotClaimingBank", number, member)
        proposed, agreed = self._on_offer(number, cancels=cancels)
        self._same(number, proposed, terms)
        if agreed:
            raise RefusedError("AgreedAlready", number)
        told = [
            self._says(
                "AuthorisationAmendmentAgreed",
                creditId=number,
                claimingBank=member,
                cancels=cancels,
            )
        ]
        if cancels:
            return told + self._cancelled(number, bytes(32))
        found.proposal = proposed, False, True
        return told

    # Claims

    def reimburse(self, member: int, request: Request) -> list[Event]:
        key = request.key
        credit = self.credit(key.credit)
        found = self._live(key.credit)
        named, payer = found.terms.claiming_bank, credit.origin.reimbursing_bank
        if member != key.examiner or named not in (0, member):
            raise RefusedError("NotClaimingBank", key.credit, member)
        if member in (credit.bank, payer):
            raise RefusedError("BadClaimingBank", key.credit, member)
        if request.id in self.claims:
            raise RefusedError("ClaimExists", request.id)
        last = None if request.slice else self.claims.get(self.last.get(key.id, b""))
        if last and (last.state not in OVER or last.is_owed):
            raise RefusedError("ClaimStands", key.id, last.request.id)
        onward = PresentationKey(key.credit, credit.bank, member, request.forwarded_number)
        presented = self.presentations.get(key)
        if presented is None or presented.onward != onward:
            raise RefusedError("NotForwarded", key.id, onward.id)
        own = self.obligations.get(obligation_id(key.id, member, presented.payee))
        # No credit of this model is available by mixed payment.
        if request.slice:
            own = None
        if own is None or own.state in (D.NONE, D.DUE):
            raise RefusedError("NotHonoured", key.id, member)
        direct_id = obligation_id(onward.id, credit.bank, member)
        direct = self.obligations.get(direct_id)
        self._unpaid(direct_id)
        if own.kind != K.COMPLYING and direct is None:
            raise RefusedError("NoRightToReimbursement", key.id, own.kind)
        most = most_claimable(own.amount, found.terms.amount, found.claimed)
        if not 0 < request.amount <= most:
            raise RefusedError("ClaimOutOfBounds", key.id, request.amount, most)
        usance = credit.origin.tenor_from != MaturityFrom.NONE
        due = own.maturity // DAY if usance else 0
        claim = self._received(key.credit, found, request, member, payer, onward, due)
        for number in (claim.direct, claim.owed):
            owed = self.obligations.get(number)
            if owed and owed.assignee:
                raise RefusedError("AssignedAlready", number, owed.assignee)
        self.claims[request.id] = claim
        self.last[key.id] = request.id
        found.claimed += request.amount
        return [
            self._says(
                "ReimbursementClaimed",
                claimId=request.id,
                creditId=key.credit,
                claimingBank=member,
                request=request,
                deadline=claim.deadline,
                due=due,
                marks=claim.marks,
            ),
            self._paired(claim, paired=True),
        ]

    def fix_claim(self, number: bytes) -> list[Event]:
        claim = self._claim(number)
        self._in_state(number, claim, C.CLAIMED)
        if claim.deadline:
            raise RefusedError("ClaimDeadlineFixedAlready", number, claim.deadline)
        branch = KINDS[claim.payer][1]
        _, _, deadline, missing = library_clock(self.calendars[branch], claim.received, claim.days)
        if missing:
            raise RefusedError("CalendarNotPublished", branch, missing - 1)
        claim.deadline = deadline
        return [self._says("ClaimDeadlineFixed", claimId=number, deadline=deadline)]

    def pre_debit(self, member: int, number: bytes, notice: bytes) -> list[Event]:
        claim = self._to_answer(member, number)
        if claim.days == ANSWER_DAYS:
            raise RefusedError("PreDebitNoticeNotAsked", number)
        if claim.marks & ClaimMark.NOTICED:
            raise RefusedError("PreDebitNoticeGivenAlready", number)
        claim.marks |= ClaimMark.NOTICED
        return [
            self._says("PreDebitNoticeGiven", claimId=number, reimbursingBank=member, notice=notice)
        ]

    def honour_claim(self, member: int, number: bytes) -> list[Event]:
        claim = self._to_answer(member, number)
        self._live(claim.credit)
        return [
            *self._owe(number, claim),
            self._of_claim(
                "ClaimHonoured",
                number,
                reimbursingBank=member,
                amount=claim.request.amount,
                obligationId=claim.owed,
            ),
        ]

    def refuse_claim(
        self, member: int, number: bytes, reasons: int, disposal: int, notice: bytes
    ) -> list[Event]:
        claim = self._to_answer(member, number)
        if claim.is_over(self.time):
            raise RefusedError("ClaimDeadlinePassed", number, claim.deadline, self.time)
        known = sum(ClaimReason)
        if reasons & ~known:
            raise RefusedError("UnknownReasons", reasons, known)
        if not reasons and self.authorities[claim.credit].state == A.UNDERTAKEN:
            raise RefusedError("NoReasonStated", number)
        if not disposal:
            raise RefusedError("NoClaimDisposal", number)
        claim.state = C.NON_CONFORMING
        return [
            self._of_claim(
                "ClaimNotConforming",
                number,
                claimingBank=claim.bank,
                issuingBank=self.credits[claim.credit].bank,
                reasons=reasons,
                disposal=disposal,
                notice=notice,
            ),
            self._released(claim),
        ]

    def hold(self, member: int, number: bytes) -> list[Event]:
        claim = self._of_claimant(member, number)
        self._in_state(number, claim, C.CLAIMED)
        state = self.authorities[claim.credit].state
        if state != A.UNDERTAKEN:
            raise RefusedError("WrongAuthorisationState", claim.credit, state, A.UNDERTAKEN)
        if not claim.is_over(self.time):
            raise RefusedError("ClaimNotOverdue", number, claim.deadline, self.time)
        return [
            *self._owe(number, claim),
            self._of_claim(
                "UndertakingClaimed",
                number,
                claimingBank=member,
                amount=claim.request.amount,
                obligationId=claim.owed,
            ),
        ]

    def notify(self, member: int, number: bytes, notice: bytes) -> list[Event]:
        claim = self._of_claimant(member, number)
        seen = self.claim_seen(claim)
        if seen not in (C.NON_CONFORMING, C.UNPAID):
            raise RefusedError("WrongClaimState", number, seen, C.UNPAID)
        was, claim.state = claim.state, C.NON_PAYMENT_NOTIFIED
        told = self._of_claim("NonPaymentNotified", number, claimingBank=member, notice=notice)
        return [told, self._released(claim)] if was == C.CLAIMED else [told]

    def fall_back(self, member: int, number: bytes, charges: int, account: bytes) -> list[Event]:
        claim = self._of_claimant(member, number)
        self._in_state(number, claim, C.NON_PAYMENT_NOTIFIED)
        claim.state, claim.charges = C.FALLEN_BACK, charges
        return [
            self._of_claim(
                "ClaimFellBack",
                number,
                issuingBank=self.credits[claim.credit].bank,
                amount=claim.request.amount,
                charges=charges,
                account=account,
            )
        ]

    def recourse(self, member: int, number: bytes) -> list[Event]:
        claim = self._claim(number)
        if member != claim.payer:
            raise RefusedError("NotReimbursingBank", claim.credit, member)
        paid = self._reimbursed(number, claim)
        begun = self.time >= paid.begins
        state = D.DUE if begun else D.INCURRED
        maturity = self.time if begun else paid.maturity
        debtor = self.credits[claim.credit].bank
        told, owed = self._arises(
            claim, number, (debtor, member), paid.amount, K.RECOURSE, state, maturity
        )
        return [
            *told,
            self._of_claim(
                "RecourseClaimed",
                number,
                reimbursingBank=member,
                amount=paid.amount,
                obligationId=owed,
            ),
        ]

    def refund(self, member: int, number: bytes, interest: int, account: bytes) -> list[Event]:
        claim = self._claim(number)
        issuer = self.credits[claim.credit].bank
        if member != issuer:
            raise RefusedError("NotIssuingBank", claim.credit, member)
        if claim.state == C.REFUND_DUE:
            raise RefusedError("WrongClaimState", number, C.REFUND_DUE, C.PAID)
        paid = self._reimbursed(number, claim)
        state = self.presentations[claim.onward].state
        if state not in REFUSED:
            raise RefusedError("NotRefused", claim.onward.id, state)
        claim.state, claim.charges = C.REFUND_DUE, interest
        told, owed = self._at_once(claim, number, (claim.bank, issuer), paid.amount, K.REFUND)
        return [
            *told,
            self._of_claim(
                "RefundClaimed",
                number,
                claimingBank=claim.bank,
                amount=paid.amount,
                interest=interest,
                account=account,
                obligationId=owed,
            ),
            self._paired(claim, paired=False),
        ]

    def acknowledge(self, member: int, number: bytes) -> list[Event]:
        claim = self._claim(number)
        between = self.credits[claim.credit].bank, claim.bank
        if claim.state == C.REFUND_DUE:
            between = between[::-1]
        else:
            self._in_state(number, claim, C.FALLEN_BACK)
        source = keccak(number + int(K.CHARGES).to_bytes(32, "big"))
        if member != between[0]:
            raise RefusedError("NotDebtor", obligation_id(source, *between), member)
        if not claim.charges:
            raise RefusedError("NothingAttested", number)
        told, owed = self._at_once(claim, source, between, claim.charges, K.CHARGES)
        return [
            *told,
            self._of_claim(
                "ChargesAcknowledged",
                number,
                debtor=member,
                amount=claim.charges,
                obligationId=owed,
            ),
        ]

    def settle(self, member: int, number: bytes) -> list[Event]:
        owed = self._obligation(number)
        if member not in (owed.debtor, owed.owner):
            raise RefusedError("NotPartyToObligation", number, member)
        self._open(number, owed)
        if number not in self.pairs:
            raise RefusedError("NotPaired", number)
        other = self.pairs[number]
        if not self.is_paid(other):
            raise RefusedError("CounterpartUnpaid", number, other)
        covered = min(owed.amount, self.obligations[other].amount)
        settled = covered == owed.amount
        if settled:
            owed.state = D.SETTLED
        else:
            owed.amount -= covered
            owed.agreed = 0
            del self.pairs[number]
        return [
            event(
                "PaymentObligations",
                "ObligationSettled",
                obligationId=number,
                counterpart=other,
                amount=covered,
                settled=settled,
            )
        ]

    # Rules

    def claim_seen(self, claim: Claim) -> Any:
        held = claim.due and self.time < claim.due * DAY - 14 * 3_600
        gone = not claim.due or self.time >= claim.due * DAY + 36 * 3_600
        if claim.state == C.HONOURED:
            owed = self.obligations[claim.owed]
            if not owed.is_open:
                return C.PAID
            if held:
                return C.DUE_LATER
            return C.UNPAID if owed.seen(self.time) == D.OVERDUE else C.HONOURED
        if claim.state == C.CLAIMED and held:
            return C.DUE_LATER
        if claim.state == C.CLAIMED and claim.is_over(self.time) and gone:
            return C.UNPAID
        return claim.state

    def _says(self, name: str, **fields: Any) -> Event:
        return event("Reimbursements", name, **fields)

    def _of_claim(self, name: str, number: bytes, **fields: Any) -> Event:
        credit = self.claims[number].credit
        return self._says(name, claimId=number, creditId=credit, **fields)

    def _of_issuer(self, member: int, number: bytes) -> Credit:
        self._has_role(member, Role.ISSUE)
        credit = self.credit(number)
        if member != credit.bank:
            raise RefusedError("NotIssuingBank", number, member)
        return credit

    def _of_payer(self, member: int, number: bytes) -> None:
        if member != self.credit(number).origin.reimbursing_bank:
            raise RefusedError("NotReimbursingBank", number, member)

    def _live(self, number: bytes) -> Authority:
        found = self.authorities.get(number)
        if found is None or found.state not in (A.AUTHORISED, A.UNDERTAKEN):
            state = found.state if found else A.NONE
            raise RefusedError("WrongAuthorisationState", number, state, A.AUTHORISED)
        return found

    def _above_claims(self, number: bytes, terms: Terms) -> None:
        found = self.authorities.get(number)
        if found and terms.amount < found.claimed:
            raise RefusedError("BelowClaims", number, terms.amount, found.claimed)

    def _sound(self, number: bytes, credit: Credit, terms: Terms) -> None:
        most = credit.left(credit.bank) + credit.drawn
        if not 0 < terms.amount <= most:
            raise RefusedError("BadAuthorisedAmount", number, terms.amount, most)
        self._above_claims(number, terms)
        bank = terms.claiming_bank
        if bank and bank in (credit.bank, credit.origin.reimbursing_bank):
            raise RefusedError("BadClaimingBank", number, bank)
        if terms.expiry and not (terms.urr and terms.undertaking_asked):
            raise RefusedError("ExpiryNotOpen", number, terms.expiry)
        if terms.undertaking_asked and not bank:
            raise RefusedError("UndertakingToNobody", number)

    def _asked_for(self, number: bytes, found: Authority) -> None:
        if not found.terms.undertaking_asked:
            raise RefusedError("UndertakingNotAsked", number)

    def _same(self, number: bytes, terms: Terms, given: Terms) -> None:
        if terms != given:
            raise RefusedError("TermsDiffer", number)

    def _on_offer(self, number: bytes, *, cancels: bool) -> tuple[Terms, bool]:
        found = self.authorities[number].proposal
        if found is None or found[1] != cancels:
            raise RefusedError("NothingProposed", number)
        return found[0], found[2]

    def _proposed(self, number: bytes, terms: Terms, text: bytes, *, cancels: bool) -> list[Event]:
        self.authorities[number].proposal = terms, cancels, False
        return [
            self._says(
                "AuthorisationAmendmentProposed",
                creditId=number,
                cancels=cancels,
                terms=terms,
                message=text,
            )
        ]

    def _cancelled(self, number: bytes, text: bytes) -> list[Event]:
        found = self.authorities[number]
        self.authorities[number] = Authority(A.CANCELLED, found.terms, found.claimed)
        return [self._says("AuthorisationCancelled", creditId=number, message=text)]

    def _unpaid(self, number: bytes) -> None:
        found = self.obligations.get(number)
        if found and not found.is_open:
            raise RefusedError("PaidByIssuingBank", number)

    def _received(
        self,
        number: bytes,
        found: Authority,
        request: Request,
        member: int,
        payer: int,
        onward: PresentationKey,
        due: int,
    ) -> Claim:
        calendar = self.calendars[KINDS[payer][1]]
        days = ANSWER_DAYS + found.terms.pre_debit_days
        receipt, _, deadline, _ = library_clock(calendar, self.time, days)
        expiry = found.terms.expiry
        if expiry and found.state == A.UNDERTAKEN and receipt > expiry:
            raise RefusedError("AuthorisationExpired", number, expiry)
        marks = 0
        # Where no day after the tenth is published nobody can tell.
        if due and library_clock(calendar, self.time, EARLIEST_CLAIM_DAYS + 1)[2]:
            early = is_early(moment(self.time), day_of(due), calendar)
            marks = int(ClaimMark.EARLY) if early else 0
        return Claim(request, member, payer, onward, self.time, deadline, days, due, marks)

    def _claim(self, number: bytes) -> Claim:
        if number not in self.claims:
            raise RefusedError("UnknownClaim", number)
        return self.claims[number]

    def _in_state(self, number: bytes, claim: Claim, state: Any) -> None:
        if claim.state != state:
            raise RefusedError("WrongClaimState", number, claim.state, state)

    def _to_answer(self, member: int, number: bytes) -> Claim:
        self._has_role(member, Role.EXAMINE)
        claim = self._claim(number)
        if member != claim.payer:
            raise RefusedError("NotReimbursingBank", claim.credit, member)
        self._in_state(number, claim, C.CLAIMED)
        return claim

    def _of_claimant(self, member: int, number: bytes) -> Claim:
        claim = self._claim(number)
        if member != claim.bank:
            raise RefusedError("NotClaimingBank", claim.credit, member)
        return claim

    def _released(self, claim: Claim) -> Event:
        self.authorities[claim.credit].claimed -= claim.request.amount
        return self._paired(claim, paired=False)

    def _paired(self, claim: Claim, *, paired: bool) -> Event:
        if paired:
            self.pairs |= {claim.direct: claim.owed, claim.owed: claim.direct}
        else:
            self.pairs.pop(claim.direct, None)
            self.pairs.pop(claim.owed, None)
        return event(
            "PaymentObligations",
            "ObligationsPaired",
            first=claim.direct,
            second=claim.owed,
            paired=paired,
        )

    def _reimbursed(self, number: bytes, claim: Claim) -> Obligation:
        if not self.is_paid(claim.owed):
            raise RefusedError("NotReimbursed", number)
        return self.obligations[claim.owed]

    def _owe(self, number: bytes, claim: Claim) -> list[Event]:
        self._unpaid(claim.direct)
        told, _ = self._arises(
            claim,
            number,
            (claim.payer, claim.bank),
            claim.request.amount,
            K.REIMBURSEMENT,
            D.INCURRED if claim.due else D.DUE,
            claim.due * DAY or self.time,
        )
        claim.state = C.HONOURED
        claim.marks |= ClaimMark.OWED
        return told

    def _at_once(
        self, claim: Claim, source: bytes, between: tuple[int, int], amount: int, kind: Any
    ) -> tuple[list[Event], bytes]:
        return self._arises(claim, source, between, amount, kind, D.DUE, self.time)

    def _arises(
        self,
        claim: Claim,
        source: bytes,
        between: tuple[int, int],
        amount: int,
        kind: Any,
        state: Any,
        maturity: int,
    ) -> tuple[list[Event], bytes]:
        debtor, owner = between
        number = obligation_id(source, debtor, owner)
        if number in self.obligations:
            raise RefusedError("ObligationExists", number)
        currency = self.credits[claim.credit].origin.currency
        self.obligations[number] = Obligation(
            *(claim.credit, debtor, owner, amount, currency, maturity, state, kind, False),
            counts=False,
        )
        return [
            event(
                "PaymentObligations",
                "ObligationIncurred",
                obligationId=number,
                presentationId=source,
                debtor=debtor,
                owner=owner,
                amount=amount,
                currency=currency,
                maturity=maturity,
                state=state,
                kind=kind,
            )
        ], number
