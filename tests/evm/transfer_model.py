# SPDX-License-Identifier: Apache-2.0
"""Transfers of credits by their rules: a model to hold the contracts against (UCP 600 art. 38).

A part is a credit of the model of credits; what it takes of the whole, what is left of it and who
has agreed are told anew from plain records each time. At sight alone: maturities have models of
their own. What is asked first: the key, whether the record is there, whose it is, its state, the
time, what is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clocks import library_clock
from credit_model import Credit, Letters, Proposal, RefusedError, ceiling_of
from eth_utils import keccak
from suite import Event, event
from transfers import TransferRequest, part_id
from vocabulary import (
    AmendmentPassing,
    AmendmentState,
    CreditState,
    Disposal,
    Flag,
    ObligationKind,
    ObligationState,
    PresentationState,
    Role,
    SubstitutionState,
    Switch,
    TransferredTerm,
    TransferState,
)
from world import DAY, KINDS, Amendment, Lodging, PresentationKey, obligation_id

from yangshan.alliance.calendar_words import day_of
from yangshan.credit.dates import is_late
from yangshan.credit.transfers import Reduction, permitted_reductions, rise

if TYPE_CHECKING:
    from world import Issuance

A, C, P, S, T = (
    AmendmentState,
    CreditState,
    PresentationState,
    SubstitutionState,
    TransferState,
)
HONOURED = (P.COMPLYING, P.WAIVED, P.CLAIMED)
BACK = (P.RETURN_DUE, P.RETURNED)
NOTHING = bytes(32)


@dataclass
class Transfer:
    """A transfer that was asked for."""

    whole: bytes
    asked: TransferRequest
    state: Any = T.REQUESTED
    # What the part takes, amendments included.
    share: int = 0
    differences: int = 0
    # By the part's amendment: what it may add.
    pending: dict[int, int] = field(default_factory=dict)
    approved: set[int] = field(default_factory=set)
    passed: set[int] = field(default_factory=set)
    returned: int = 0

    @property
    def taken(self) -> int:
        """What the whole credit has no longer."""
        return self.share - self.returned


@dataclass
class Documents:
    """Documents that were presented."""

    lodging: Lodging
    payee: int
    received: int
    receipt: int
    deadline: int
    flags: int
    bound: bool
    state: Any = P.LODGED
    disposal: Any = Disposal.NONE
    # Of those under a part: how the substitution stands.
    substitution: Any = S.NONE
    demanded_at: int = 0
    answer_by: int = 0
    cure: bool = False
    substituted_at: int = 0
    first: int = 0
    difference: int = 0
    onward: PresentationKey | None = None
    # Of those that came from a part: from where, and whether they were honoured there.
    origin: PresentationKey | None = None
    counted: bool = False
    forwarded: bool = False

    @property
    def amount(self) -> int:
        return self.lodging.amount

    def is_over(self, time: int) -> bool:
        return bool(self.state == P.LODGED and self.deadline and time > self.deadline)

    @property
    def is_substituted(self) -> bool:
        return bool(self.substitution in (S.SUBSTITUTED, S.TAKEN_UP))


@dataclass
class Owed:
    """What a bank owes."""

    debtor: int
    owner: int
    amount: int
    assignee: int = 0
    assigned: int = 0


@dataclass
class Model(Letters):
    """Credits with their parts, what is presented under them, and what is owed."""

    transfers: dict[bytes, Transfer] = field(default_factory=dict)
    counts: dict[bytes, int] = field(default_factory=dict)
    authorised: dict[bytes, int] = field(default_factory=dict)
    # Whole credit and the number of a cancellation: the parts that agreed.
    consents: dict[tuple[bytes, int], set[bytes]] = field(default_factory=dict)
    documents: dict[PresentationKey, Documents] = field(default_factory=dict)
    owed: dict[bytes, Owed] = field(default_factory=dict)

    # Acts around a transfer

    def authorise(self, member: int, number: bytes, bank: int) -> list[Event]:
        self._has_role(member, Role.ISSUE)
        credit = self._own(member, number, whole=False)
        self._is_transferable(number, credit)
        if not credit.origin.any_bank:
            raise RefusedError("NotAvailableWithAnyBank", number)
        self.authorised[number] = bank
        return [told("TransferAuthorised", creditId=number, bank=bank)]

    def ask(self, member: int, asked: TransferRequest, mandate: bytes) -> list[Event]:
        self._has_role(member, Role.ACCEPT)
        number = asked.credit
        credit = self.credit(number)
        self._acts_for(number, credit, member, mandate)
        self._is_transferable(number, credit)
        expected = self.counts.get(number, 0) + 1
        if asked.number != expected:
            raise RefusedError("TransferOutOfOrder", number, asked.number, expected)
        self._may_transfer(number, credit, asked.transferring_bank)
        self._is_reduced(number, credit.terms, asked)
        part = part_id(number, asked.number)
        self.counts[number] = asked.number
        self.transfers[part] = Transfer(number, asked)
        return [
            told(
                "TransferRequested",
                partId=part,
                creditId=number,
                requestedBy=member,
                request=asked,
                mandate=mandate,
            )
        ]

    def withdraw(self, member: int, part: bytes, mandate: bytes) -> list[Event]:
        found = self._of_first(member, part, mandate, Role.ACCEPT)
        self._is_in(part, found, T.REQUESTED)
        found.state = T.WITHDRAWN
        return [told("TransferWithdrawn", partId=part, creditId=found.whole)]

    def decline(self, member: int, part: bytes) -> list[Event]:
        found = self._of_bank(member, part)
        self._is_in(part, found, T.REQUESTED)
        found.state = T.DECLINED
        return [told("TransferDeclined", partId=part, creditId=found.whole, bank=member)]

    def transfer(self, member: int, part: bytes) -> list[Event]:
        found = self._of_bank(member, part)
        self._is_in(part, found, T.REQUESTED)
        number, asked = found.whole, found.asked
        credit = self.credit(number)
        self._is_transferable(number, credit)
        self._may_transfer(number, credit, member)
        terms = credit.terms
        self._is_reduced(number, terms, asked)
        if credit.diverged:
            own = credit.undertaking(terms.confirming_bank)
            self._is_reduced(number, own, asked)
            left = credit.left(terms.confirming_bank)
            if asked.share > left:
                raise RefusedError("Overdrawn", number, asked.share, left)
        if terms.partial_forbidden and self.living(number):
            raise RefusedError("PartialTransferForbidden", number)
        self._lies_ahead(asked.expiry)
        self._take(number, asked.share)
        found.state, found.share = T.TRANSFERRED, asked.share
        self.credits[part] = Credit(
            credit.bank, self._part_of(credit, terms, asked), confirmed=credit.confirmed
        )
        return []

    def approve(self, member: int, part: bytes, place: int, mandate: bytes) -> list[Event]:
        found = self._of_first(member, part, mandate, Role.ACCEPT)
        self._is_in(part, found, T.TRANSFERRED)
        if found.asked.passing == AmendmentPassing.NEVER:
            raise RefusedError("AmendmentNotPassedOn", part, place)
        if found.asked.passing == AmendmentPassing.ALWAYS or place in found.approved:
            raise RefusedError("ApprovedAlready", part, place)
        self._proposal(found.whole, self.credits[found.whole], place)
        found.approved.add(place)
        return [told("PassingApproved", partId=part, creditId=found.whole, number=place)]

    def pass_on(
        self, member: int, part: bytes, place: int, amendment: Amendment, share: int
    ) -> list[Event]:
        found = self._of_bank(member, part)
        self._is_in(part, found, T.TRANSFERRED)
        number, credit = found.whole, self.credits[part]
        needed = 0
        if amendment.cancels:
            if share:
                raise RefusedError("ShareWithoutUse", part, share)
        else:
            self._is_passable(part, found, place, amendment)
            needed = rise(amendment.increase, credit.terms.plus_tolerance)
            left = self.left_of(part) + share
            if needed > left:
                raise RefusedError("ShareTooSmall", part, left, needed)
        self._stands(part, credit, C.ISSUED)
        expected = len(credit.proposals) + 1
        if amendment.number != expected:
            raise RefusedError("AmendmentOutOfOrder", part, amendment.number, expected)
        self._is_sound_amendment(part, amendment)
        if share:
            self._stands(number, self.credits[number], C.ISSUED)
            self._take(number, share)
        proposal = Proposal(amendment)
        confirms = credit.confirmed and credit.origin.confirming_bank == member
        proposal.extended = confirms
        credit.proposals.append(proposal)
        if not amendment.cancels:
            found.share += share
            found.passed.add(place)
            found.pending[amendment.number] = needed
        fields = {
            "partId": part,
            "creditId": number,
            "from": 0 if amendment.cancels else place,
            "share": share,
            "amendment": amendment,
        }
        return [told("AmendmentPassed", **fields)]

    def agree(self, member: int, part: bytes, place: int, mandate: bytes) -> list[Event]:
        self._has_role(member, Role.ACCEPT)
        found = self._transfer(part)
        self._is_in(part, found, T.TRANSFERRED)
        self._acts_for(part, self.credits[part], member, mandate)
        self._stands(part, self.credits[part], C.ISSUED)
        number = found.whole
        proposal = self._proposal(number, self.credits[number], place)
        if not proposal.amendment.cancels:
            raise RefusedError("NotACancellation", number, place)
        state = self.amendment_state(number, place)
        if state not in (A.PENDING, A.ACCEPTED):
            raise RefusedError("WrongAmendmentState", number, place, state, A.PENDING)
        agreed = self.consents.setdefault((number, place), set())
        if part in agreed:
            raise RefusedError("CancellationAgreedAlready", part, place)
        agreed.add(part)
        return [
            told(
                "PartCancellationAgreed",
                partId=part,
                creditId=number,
                number=place,
                agreedBy=member,
                mandate=mandate,
            ),
            *self._cancel_if_agreed(number, place),
        ]

    def reclaim(self, member: int, part: bytes, mandate: bytes) -> list[Event]:
        found = self._of_first(member, part, mandate, Role.ACCEPT)
        self._is_in(part, found, T.TRANSFERRED)
        state = self.state(part)
        if state not in (C.EXPIRED, C.CANCELLED):
            raise RefusedError("PartNotOver", part)
        open_ = self.open_under(part)
        # What pended has lapsed with a part that was cancelled.
        if open_ or (found.pending and state == C.EXPIRED):
            raise RefusedError("PartInUse", part, open_, len(found.pending))
        told_ = self._end(part)
        self.credits[part].state = C.CANCELLED
        return told_

    # Acts of amendments that a part has of its own

    def accept(self, member: int, number: bytes, place: int, mandate: bytes) -> list[Event]:
        events = super().accept(member, number, place, mandate)
        self._answered(number, place)
        return events

    def reject(self, member: int, number: bytes, place: int, mandate: bytes) -> list[Event]:
        events = super().reject(member, number, place, mandate)
        self._answered(number, place)
        return events

    # Documents

    def lodge(self, member: int, lodging: Lodging) -> list[Event]:
        key = lodging.key
        credit = self.credit(key.credit)
        terms = credit.undertaking(key.examiner)
        if member != terms.beneficiary:
            raise RefusedError("NoMandate", key.credit, member)
        bound = key.examiner == credit.bank or self._confirms(credit, key.examiner)
        if not bound and key.examiner != terms.nominated_bank:
            raise RefusedError("BankNotPermitted", key.credit, key.examiner)
        if key in self.documents:
            raise RefusedError("PresentationExists", key.id)
        if key.credit in self.transfers and key.examiner != terms.nominated_bank:
            raise RefusedError("BankNotPermitted", key.credit, key.examiner)
        receipt, _, deadline, _ = self._clock(key.examiner, self.time)
        flags = self._late(terms, key.examiner, self.time, lodging.shipped)
        flags |= self._amounts(credit.left(key.examiner), self._least(terms), lodging.amount)
        if credit.state == C.CANCELLED:
            flags |= Flag.NOT_IN_FORCE
            bound = False
        self.documents[key] = Documents(
            lodging, member, self.time, receipt, deadline, int(flags), bound
        )
        return [self._lodged(key)]

    def find(self, member: int, key: PresentationKey) -> list[Event]:
        found = self._of_examiner(member, key)
        self._in_time(key, found)
        if found.flags:
            raise RefusedError("CannotComply", key.id, found.flags)
        amount = self._draw(key, found, exact=True)
        told_, number = self._incur(key, found, amount, ObligationKind.COMPLYING)
        found.state = P.COMPLYING
        version = self.credits[key.credit].version(key.examiner)
        return [
            *told_,
            event(
                "Presentations",
                "FoundComplying",
                presentationId=key.id,
                creditId=key.credit,
                examiner=member,
                amount=amount,
                version=version,
                obligationId=number,
            ),
        ]

    def waive(self, member: int, key: PresentationKey, waiver: bytes) -> list[Event]:
        found = self._of_examiner(member, key)
        if found.state == P.REFUSED:
            raise RefusedError("WaiverNotOpen", key.id, found.disposal)
        self._in_time(key, found)
        if Flag(found.flags) & Flag.NOT_IN_FORCE:
            raise RefusedError("CannotComply", key.id, found.flags)
        amount = self._draw(key, found, exact=False)
        told_, number = self._incur(key, found, amount, ObligationKind.WAIVER)
        found.state = P.WAIVED
        version = self.credits[key.credit].version(key.examiner)
        return [
            *told_,
            event(
                "Presentations",
                "DiscrepanciesAccepted",
                presentationId=key.id,
                creditId=key.credit,
                examiner=member,
                amount=amount,
                version=version,
                obligationId=number,
                waiver=waiver,
            ),
        ]

    def claim(self, member: int, key: PresentationKey) -> list[Event]:
        found = self._presentation(key)
        beneficiary = self.credits[key.credit].origin.beneficiary
        claimants = {key.presenter, found.payee, beneficiary}
        if found.origin:
            origin = self.documents[found.origin]
            if not found.counted and origin.is_substituted:
                claimants.add(origin.payee)
        if member not in claimants:
            raise RefusedError("NotPresenter", key.presenter, member)
        self._is_lodged(key, found)
        if not found.bound:
            raise RefusedError("BankNotBound", key.id, key.examiner)
        if not found.is_over(self.time):
            raise RefusedError("NotPrecluded", key.id, found.deadline, self.time)
        amount = self._draw(key, found, exact=False)
        told_, number = self._incur(key, found, amount, ObligationKind.PRECLUSION)
        found.state = P.CLAIMED
        return [
            *told_,
            event(
                "Presentations",
                "PreclusionClaimed",
                presentationId=key.id,
                creditId=key.credit,
                claimant=member,
                amount=amount,
                obligationId=number,
            ),
        ]

    def refuse(self, member: int, key: PresentationKey, notice: bytes) -> list[Event]:
        found = self._of_examiner(member, key)
        self._in_time(key, found)
        if found.is_over(self.time):
            raise RefusedError("DeadlinePassed", key.id, found.deadline, self.time)
        found.state, found.disposal = P.REFUSED, Disposal.RETURN
        return [
            event(
                "Presentations",
                "DocumentsRefused",
                presentationId=key.id,
                creditId=key.credit,
                examiner=member,
                discrepancies=1,
                disposal=int(Disposal.RETURN),
                notice=notice,
            )
        ]

    def return_(self, member: int, key: PresentationKey, dispatch: bytes) -> list[Event]:
        found = self._of_examiner(member, key)
        came_back = found.state == P.FORWARDED and self._is_unsent(found)
        if found.state not in (P.REFUSED, P.RETURN_DUE) and not came_back:
            raise RefusedError("WrongPresentationState", key.id, found.state, P.REFUSED)
        found.state = P.RETURNED
        return [
            event(
                "Disposals",
                "DocumentsReturned",
                presentationId=key.id,
                examiner=member,
                dispatch=dispatch,
            )
        ]

    # Substitution

    def demand(self, member: int, key: PresentationKey, until: int, text: bytes) -> list[Event]:
        found = self._of_sender(member, key)
        cure = found.substitution == S.SUBSTITUTED and member == key.examiner and not found.cure
        if found.substitution != S.NONE and not cure:
            raise RefusedError("WrongSubstitutionState", key.id, found.substitution, S.NONE)
        earliest, latest = self.time + DAY, self.time + 30 * DAY
        if not earliest <= until <= latest:
            raise RefusedError("AnswerOutOfBounds", key.id, until, earliest, latest)
        found.demanded_at, found.cure = found.demanded_at or self.time, cure
        found.answer_by, found.substitution = until, S.DEMANDED
        return [
            told(
                "SubstitutionDemanded",
                presentationId=key.id,
                partId=key.credit,
                demandedBy=member,
                demandedAt=found.demanded_at,
                answerBy=until,
                cure=cure,
                demand=text,
            )
        ]

    def substitute(
        self, member: int, key: PresentationKey, amount: int, text: bytes, mandate: bytes
    ) -> list[Event]:
        transfer = self._of_first(member, key.credit, mandate, Role.PRESENT)
        self._is_kept(key.credit, transfer)
        found = self._here(key)
        if found.substitution not in (S.NONE, S.DEMANDED):
            raise RefusedError("WrongSubstitutionState", key.id, found.substitution, S.DEMANDED)
        most = found.amount + self.left_of(key.credit)
        if not found.amount <= amount <= most:
            raise RefusedError("InvoiceOutOfBounds", key.id, amount, found.amount, most)
        found.substitution, found.substituted_at = S.SUBSTITUTED, self.time
        found.first, found.difference = member, amount - found.amount
        return [
            told(
                "DocumentsSubstituted",
                presentationId=key.id,
                partId=key.credit,
                payee=member,
                amount=amount,
                documents=text,
                mandate=mandate,
            )
        ]

    def take_up(self, member: int, key: PresentationKey) -> list[Event]:
        self._has_role(member, Role.EXAMINE)
        if member != key.examiner:
            raise RefusedError("NotTransferringBank", key.credit, member)
        return self._taken_up(key)

    def claim_difference(self, member: int, key: PresentationKey) -> list[Event]:
        found = self.documents.get(key)
        if found is None or member != found.first:
            raise RefusedError("NotForBeneficiary", key.credit, member)
        *_, deadline, _ = self._clock(key.examiner, found.substituted_at)
        if self.time <= deadline:
            raise RefusedError("DifferenceNotDue", key.id, deadline, self.time)
        return self._taken_up(key)

    def fail(self, member: int, key: PresentationKey, text: bytes) -> list[Event]:
        found = self._of_sender(member, key)
        uncured = found.substitution == S.SUBSTITUTED and found.cure and member == key.examiner
        if found.substitution != S.DEMANDED and not uncured:
            raise RefusedError("WrongSubstitutionState", key.id, found.substitution, S.DEMANDED)
        if not uncured and self.time <= found.answer_by:
            raise RefusedError("AnswerAwaited", key.id, found.answer_by, self.time)
        found.substitution = S.FAILED
        return [
            told(
                "SubstitutionFailed",
                presentationId=key.id,
                partId=key.credit,
                recordedBy=member,
                statement=text,
            )
        ]

    def forward(
        self, member: int, key: PresentationKey, to: int, number: int, text: bytes
    ) -> list[Event]:
        found = self._of_examiner(member, key)
        unexamined = found.state == P.FORWARDED or (found.state == P.LODGED and not found.bound)
        if found.state not in HONOURED and not unexamined:
            raise RefusedError("WrongPresentationState", key.id, found.state, P.COMPLYING)
        if not self._is_unsent(found):
            raise RefusedError("ForwardedAlready", key.id, found.onward.id)  # type: ignore[union-attr]
        return self._sent(key, found, member, to, number, text)

    def send_on(
        self, member: int, key: PresentationKey, to: int, number: int, text: bytes
    ) -> list[Event]:
        self._transfer(key.credit)
        found = self._here(key)
        self._is_idle(member, key, found)
        return self._sent(key, found, member, to, number, text)

    # What is on record

    def living(self, whole: bytes) -> list[bytes]:
        return [
            part
            for part, each in self.transfers.items()
            if each.whole == whole
            and each.state == T.TRANSFERRED
            and self.credits[part].state != C.CANCELLED
        ]

    def open_under(self, part: bytes) -> int:
        """Presentations under a part that may yet be drawn on."""
        return sum(
            1
            for key, each in self.documents.items()
            if key.credit == part and self._may_be_drawn(each)
        )

    def left_of(self, part: bytes) -> int:
        found = self.transfers[part]
        if found.state != T.TRANSFERRED:
            return 0
        most = ceiling_of(self.credits[part].terms)
        return found.share - found.differences - sum(found.pending.values()) - most

    # Rules

    def _may_be_drawn(self, found: Documents) -> bool:
        if Flag(found.flags) & Flag.NOT_IN_FORCE:
            return False
        if found.state in (P.LODGED, P.REFUSED, P.RETURN_DUE):
            return True
        if found.state != P.FORWARDED or found.onward is None:
            return False
        return self.documents[found.onward].state not in HONOURED

    def _part_of(self, credit: Credit, terms: Issuance, asked: TransferRequest) -> Issuance:
        return terms._replace(
            reference=bytes(16),
            applicant=terms.beneficiary if asked.replaces_applicant else terms.applicant,
            beneficiary=asked.second_beneficiary,
            advising_bank=asked.second_bank,
            second_advising_bank=0,
            nominated_bank=asked.transferring_bank,
            confirming_bank=terms.confirming_bank if credit.confirmed else 0,
            amount=asked.amount,
            expiry=asked.expiry,
            latest_shipment=asked.latest_shipment,
            presentation_period=asked.presentation_period,
            transferable=False,
            any_bank=False,
            terms=asked.terms,
        )

    def _take(self, number: bytes, share: int) -> None:
        credit = self.credits[number]
        left = credit.left(0)
        if share > left:
            raise RefusedError("Overdrawn", number, share, left)
        credit.drawn += share

    def _own(self, member: int, number: bytes, *, whole: bool = True) -> Credit:
        credit = super()._own(member, number)
        if whole and number in self.transfers:
            raise RefusedError("TransferredPart", number)
        return credit

    def _cancel_if_agreed(self, number: bytes, place: int) -> list[Event]:
        agreed = self.consents.get((number, place), set())
        if any(part not in agreed for part in self.living(number)):
            return []
        events = super()._cancel_if_agreed(number, place)
        if events:
            for part in self.living(number):
                self.credits[part].state = C.CANCELLED
            # What was presented before goes on, within the share.
            if number in self.transfers and not self.open_under(number):
                events += self._end(number)
        return events

    def _end(self, part: bytes) -> list[Event]:
        found = self.transfers[part]
        found.state = T.ENDED
        found.returned = found.share - found.differences - self.credits[part].drawn
        self.credits[found.whole].drawn -= found.returned
        return [told("PartEnded", partId=part, creditId=found.whole, returned=found.returned)]

    def _answered(self, number: bytes, place: int) -> None:
        if number in self.transfers:
            self.transfers[number].pending.pop(place, None)

    def _is_transferable(self, number: bytes, credit: Credit) -> None:
        self._stands(number, credit, C.ISSUED)
        if not credit.origin.transferable:
            raise RefusedError("NotTransferable", number)

    def _may_transfer(self, number: bytes, credit: Credit, bank: int) -> None:
        named = credit.origin.nominated_bank
        if credit.origin.any_bank:
            named = self.authorised.get(number, 0)
        if bank not in {credit.bank, named} - {0}:
            raise RefusedError("NotTransferringBank", number, bank)

    def _is_reduced(self, number: bytes, terms: Issuance, asked: TransferRequest) -> None:
        findings = permitted_reductions(
            Reduction(
                asked.share,
                asked.amount,
                asked.expiry,
                asked.latest_shipment or None,
                asked.presentation_period,
            ),
            plus_tolerance=terms.plus_tolerance,
            expiry=terms.expiry,
            latest_shipment=terms.latest_shipment or None,
            presentation_period=terms.presentation_period,
            default_period=not terms.switches & Switch.NO_DEFAULT_PERIOD,
        )
        if findings:
            raise RefusedError("NotReduced", number, TransferredTerm[findings[0].term.upper()])

    def _is_passable(self, part: bytes, found: Transfer, place: int, amendment: Amendment) -> None:
        number = found.whole
        if found.asked.passing == AmendmentPassing.NEVER:
            raise RefusedError("AmendmentNotPassedOn", part, place)
        original = self._proposal(number, self.credits[number], place)
        state = self.amendment_state(number, place)
        if state != A.ACCEPTED or original.amendment.cancels:
            raise RefusedError("WrongAmendmentState", number, place, state, A.ACCEPTED)
        if found.asked.passing == AmendmentPassing.ASK and place not in found.approved:
            raise RefusedError("PassingNotApproved", part, place)
        if place in found.passed:
            raise RefusedError("PassedAlready", part, place)
        whole, terms = original.amendment, self.credits[number].terms
        if amendment.increase > whole.increase or amendment.decrease > whole.decrease:
            raise RefusedError("NotReduced", number, TransferredTerm.AMOUNT)
        for name in ("expiry", "latest_shipment", "presentation_period"):
            value = getattr(amendment, name)
            if value and (not getattr(whole, name) or value > getattr(terms, name)):
                raise RefusedError("NotReduced", number, TransferredTerm[name.upper()])

    def _transfer(self, part: bytes) -> Transfer:
        if part not in self.transfers:
            raise RefusedError("UnknownTransfer", part)
        return self.transfers[part]

    def _of_bank(self, member: int, part: bytes) -> Transfer:
        self._has_role(member, Role.ISSUE)
        found = self._transfer(part)
        if member != found.asked.transferring_bank:
            raise RefusedError("NotTransferringBank", found.whole, member)
        return found

    def _of_first(self, member: int, part: bytes, mandate: bytes, role: Any) -> Transfer:
        self._has_role(member, role)
        found = self._transfer(part)
        self._acts_for(found.whole, self.credits[found.whole], member, mandate)
        return found

    def _acts_for(self, number: bytes, credit: Credit, member: int, mandate: bytes) -> None:
        if member != credit.principal:
            raise RefusedError("NotForBeneficiary", number, member)
        if not credit.origin.beneficiary and not any(mandate):
            raise RefusedError("MandateMissing", number, member)

    def _is_in(self, part: bytes, found: Transfer, expected: Any) -> None:
        if found.state != expected:
            raise RefusedError("WrongTransferState", part, found.state, expected)

    # Rules of documents

    def _confirms(self, credit: Credit, bank: int) -> bool:
        return credit.confirmed and bank == credit.origin.confirming_bank

    def _clock(self, bank: int, received: int) -> tuple[int, int, int, int]:
        return library_clock(self.calendars[KINDS[bank][1]], received)

    def _late(self, terms: Issuance, bank: int, received: int, shipped: int) -> Any:
        receipt, *_ = self._clock(bank, received)
        late = is_late(
            day_of(receipt),
            day_of(shipped) if shipped else None,
            terms.presentation_period or 21,
            day_of(terms.expiry),
            self.calendars[KINDS[bank][1]],
        )
        return Flag.LATE if late else Flag(0)

    def _least(self, terms: Issuance) -> int:
        return -(-terms.amount * 95 // 100) if terms.partial_forbidden else 0

    def _amounts(self, left: int, least: int, amount: int) -> Any:
        flags = Flag.OVERDRAWN if amount > left else Flag(0)
        return flags | (Flag.SHORT if not amount or amount < least else Flag(0))

    def _presentation(self, key: PresentationKey) -> Documents:
        if key not in self.documents:
            raise RefusedError("UnknownPresentation", key.id)
        return self.documents[key]

    def _of_examiner(self, member: int, key: PresentationKey) -> Documents:
        self._has_role(member, Role.EXAMINE)
        found = self._presentation(key)
        if member != key.examiner:
            raise RefusedError("NotExaminer", key.id, member)
        return found

    def _is_lodged(self, key: PresentationKey, found: Documents) -> None:
        if found.state != P.LODGED:
            raise RefusedError("WrongPresentationState", key.id, found.state, P.LODGED)

    def _in_time(self, key: PresentationKey, found: Documents) -> None:
        self._is_lodged(key, found)
        if found.bound and found.is_over(self.time):
            raise RefusedError("DeadlinePassed", key.id, found.deadline, self.time)

    def _is_unsent(self, found: Documents) -> bool:
        return found.onward is None or self.documents[found.onward].state in BACK

    def _is_kept(self, part: bytes, found: Transfer) -> None:
        if not found.asked.keeps_substitution:
            raise RefusedError("SubstitutionNotKept", part)

    def _here(self, key: PresentationKey) -> Documents:
        found = self._presentation(key)
        held = found.state in (P.LODGED, P.FORWARDED, *HONOURED)
        if not held or not self._is_unsent(found):
            raise RefusedError("DocumentsNotHere", key.id)
        return found

    def _of_sender(self, member: int, key: PresentationKey) -> Documents:
        self._is_kept(key.credit, self._transfer(key.credit))
        found = self._here(key)
        if member != key.examiner:
            self._is_idle(member, key, found)
        return found

    def _is_idle(self, member: int, key: PresentationKey, found: Documents) -> None:
        if member != key.presenter:
            raise RefusedError("NotPresenter", key.presenter, member)
        waits = not found.bound and found.state not in HONOURED
        if not waits or self.time <= found.deadline:
            raise RefusedError("BankNotIdle", key.id, member)

    def _draw(self, key: PresentationKey, found: Documents, *, exact: bool) -> int:
        """Counts what is drawn; answers with what is owed."""
        if found.counted:
            return found.amount
        if found.origin is None:
            credit = self.credits[key.credit]
            return self._drawn(key.credit, credit, credit.left(key.examiner), found.amount, exact)
        part, origin = found.origin.credit, self.documents[found.origin]
        difference = origin.difference if origin.is_substituted else 0
        left = self.left_of(part)
        if exact and difference > left:
            raise RefusedError("BeyondShare", part, difference, left)
        counted = min(difference, left)
        credit = self.credits[part]
        second = self._drawn(part, credit, credit.left(0), found.amount - difference, exact)
        if origin.is_substituted:
            origin.difference = counted
        self.transfers[part].differences += counted
        return second + counted

    def _drawn(self, number: bytes, credit: Credit, left: int, demanded: int, exact: bool) -> int:
        amount = demanded if exact else min(demanded, left)
        if amount > left:
            raise RefusedError("Overdrawn", number, demanded, left)
        if not amount and not exact:
            raise RefusedError("NothingToDraw", number)
        credit.drawn += amount
        return amount

    def _incur(
        self, key: PresentationKey, found: Documents, amount: int, kind: Any
    ) -> tuple[list[Event], bytes]:
        number = obligation_id(key.id, key.examiner, found.payee)
        told_ = self._owes(number, key.id, Owed(key.examiner, found.payee, amount), kind)
        origin = self.documents[found.origin] if found.origin and not found.counted else None
        if origin is not None and origin.is_substituted and origin.payee != found.payee:
            owed = self.owed[number]
            owed.assignee, owed.assigned = origin.payee, amount - origin.difference
            told_.append(
                event(
                    "PaymentObligations",
                    "ProceedsAssigned",
                    obligationId=number,
                    owner=owed.owner,
                    assignee=owed.assignee,
                    amount=owed.assigned,
                    assignment=NOTHING,
                )
            )
        return told_, number

    def _owes(self, number: bytes, place: bytes, owed: Owed, kind: Any) -> list[Event]:
        self.owed[number] = owed
        return [
            event(
                "PaymentObligations",
                "ObligationIncurred",
                obligationId=number,
                presentationId=place,
                debtor=owed.debtor,
                owner=owed.owner,
                amount=owed.amount,
                currency=156,
                maturity=self.time,
                state=int(ObligationState.DUE),
                kind=int(kind),
            )
        ]

    def _taken_up(self, key: PresentationKey) -> list[Event]:
        self._transfer(key.credit)
        found = self._here(key)
        if found.substitution != S.SUBSTITUTED:
            raise RefusedError("WrongSubstitutionState", key.id, found.substitution, S.SUBSTITUTED)
        if found.state not in HONOURED:
            raise RefusedError("NotYetHonoured", key.id)
        honoured = self.owed[obligation_id(key.id, key.examiner, found.payee)].amount
        invoice = found.amount + found.difference
        found.difference = min(invoice - honoured, self.left_of(key.credit))
        found.substitution = S.TAKEN_UP
        self.transfers[key.credit].differences += found.difference
        told_: list[Event] = []
        number = NOTHING
        if found.difference:
            place = keccak(key.id + int(ObligationKind.DIFFERENCE).to_bytes(32, "big"))
            number = obligation_id(place, key.examiner, found.first)
            owed = Owed(key.examiner, found.first, found.difference)
            told_ = self._owes(number, place, owed, ObligationKind.DIFFERENCE)
        return [
            *told_,
            told(
                "SubstitutionTakenUp",
                presentationId=key.id,
                partId=key.credit,
                difference=found.difference,
                obligationId=number,
            ),
        ]

    def _sent(
        self,
        key: PresentationKey,
        found: Documents,
        sender: int,
        to: int,
        number: int,
        text: bytes,
    ) -> list[Event]:
        honoured = found.state in HONOURED
        amount, payee = found.amount, found.payee
        if honoured:
            amount = self.owed[obligation_id(key.id, key.examiner, payee)].amount
            payee = key.examiner
        credit_number, flags = key.credit, None
        under_part = key.credit in self.transfers
        if under_part:
            transfer = self.transfers[key.credit]
            decided = (S.TAKEN_UP, S.FAILED) if honoured else (S.SUBSTITUTED, S.TAKEN_UP, S.FAILED)
            if transfer.asked.keeps_substitution and found.substitution not in decided:
                raise RefusedError("SubstitutionOpen", key.id, found.substitution)
            credit_number = transfer.whole
            flags = self._flags_of_part(key, found, amount, to, honoured)
            if found.is_substituted:
                amount += found.difference
                payee = payee if honoured else found.first
        onward = PresentationKey(credit_number, to, sender, number)
        if onward in self.documents:
            raise RefusedError("PresentationExists", onward.id)
        credit = self.credits[credit_number]
        if key.examiner == credit.bank:
            raise RefusedError("NoBankBehind", key.id, credit.bank)
        if to == key.examiner or (to != credit.bank and not self._confirms(credit, to)):
            raise RefusedError("BankNotPermitted", credit_number, to)
        terms = credit.undertaking(to)
        late = Flag(found.flags) & Flag.LATE
        if not found.forwarded:
            shipped, bank = found.lodging.shipped, key.examiner
            late = self._late(terms, bank, found.received, shipped)
            # In time for the part is in time.
            if under_part:
                own = self.credits[key.credit].terms
                late &= self._late(own, bank, found.received, shipped)
        beyond = Flag.OVERDRAWN if credit.drawn > ceiling_of(terms) else Flag(0)
        if flags is None and found.origin is not None:
            flags = Flag(found.flags) & Flag.SHORT | beyond
        elif flags is None and honoured:
            flags = self._amounts(amount, self._least(terms), amount) | beyond
        elif flags is None:
            flags = self._amounts(credit.left(to), self._least(terms), amount)
        flags |= late | Flag(found.flags) & Flag.NOT_IN_FORCE
        receipt, _, deadline, _ = self._clock(to, self.time)
        self.documents[onward] = Documents(
            Lodging(onward, amount, found.lodging.shipped, honoured, text),
            payee,
            self.time,
            found.receipt if honoured else receipt,
            deadline,
            int(flags),
            bound=not Flag(found.flags) & Flag.NOT_IN_FORCE,
            origin=key if under_part else found.origin,
            counted=honoured,
            forwarded=True,
        )
        found.onward = onward
        if not honoured:
            found.state = P.FORWARDED
        return [
            event(
                "Forwarding",
                "DocumentsForwarded",
                presentationId=key.id,
                forwardedId=onward.id,
                to=to,
                honoured=honoured,
                schedule=text,
            ),
            self._lodged(onward),
        ]

    def _flags_of_part(
        self, key: PresentationKey, found: Documents, amount: int, to: int, honoured: bool
    ) -> Any:
        whole = self.credits[self.transfers[key.credit].whole]
        terms, part = whole.undertaking(to), self.credits[key.credit]
        difference = found.difference if found.is_substituted else 0
        beyond = whole.drawn > ceiling_of(terms)
        if not honoured:
            beyond |= amount > part.left(0) or difference > self.left_of(key.credit)
        least = self._least(terms if found.is_substituted else part.terms)
        short = not amount or amount + difference < least
        return (Flag.OVERDRAWN if beyond else Flag(0)) | (Flag.SHORT if short else Flag(0))

    def _lodged(self, key: PresentationKey) -> Event:
        found = self.documents[key]
        return event(
            "Presentations",
            "DocumentsLodged",
            presentationId=key.id,
            creditId=key.credit,
            examiner=key.examiner,
            lodging=found.lodging,
            payee=found.payee,
            received=found.received,
            deadline=found.deadline,
            flags=found.flags,
        )


def told(name: str, /, **fields: Any) -> Event:
    return event("CreditTransfers", name, **fields)
