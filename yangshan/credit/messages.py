# SPDX-License-Identifier: Apache-2.0
"""The messages that a back office expects of a credit's happenings, as far as they can be built.

Nothing is made up: where something that a message must state is not known, the message is not built
and says what is missing. A happening of which banks tell each other nothing says why.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from yangshan.credit.advices import Acknowledgement, Advice, Transfer
from yangshan.credit.amendments import Amendment, AmendmentPurpose, ChangeWord, TextChange
from yangshan.credit.reimbursement import (
    AuthorisationAmendment,
    NonConformingClaim,
    ReimbursementAuthorisation,
    ReimbursementClaim,
    ReimbursementRules,
)
from yangshan.credit.settlements import (
    Authorisation,
    Discharge,
    DiscrepancyAdvice,
    PaymentAdvice,
    PaymentAuthorisation,
    ReimbursementAdvice,
)
from yangshan.credit.terms import Bank, Confirmation
from yangshan.errors import Refused
from yangshan.money import Money
from yangshan.swift.grammar import read
from yangshan.swift.maps import Record, build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from yangshan.credit.advices import PreAdvice
    from yangshan.credit.reimbursement import ClaimDisposal, NonConformity
    from yangshan.credit.terms import CreditTerms, PresentationPeriod

_NO_REFERENCE = "NONREF"
# As wide as fields 77J and 79Z.
_NARRATIVE_WIDTH = 50
# How the bank that asked honours and is reimbursed, the credit says.
_TAKEN_UP = (
    "WE TAKE UP THE DOCUMENTS AS PRESENTED. YOU MAY HONOUR AS THE CREDIT STATES, AND ARE "
    "REIMBURSED AS IT STATES."
)
# As wide as field 47B.
_CONDITIONS_WIDTH = 65


@dataclass(frozen=True, slots=True)
class Correspondent:
    """A party of the credit; ``bic`` is None for one that is no bank or whose BIC is not known."""

    name: str
    bic: str | None


@dataclass(frozen=True, slots=True)
class Issued:
    """The credit was issued."""

    bank: Correspondent


@dataclass(frozen=True, slots=True)
class PreAdvised:
    """The credit was pre-advised to ``adviser``; ``advice`` is None where it is not kept."""

    bank: Correspondent
    adviser: Correspondent | None
    advice: PreAdvice | None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A bank to which ``sender`` had sent the credit on the day ``sent`` added its confirmation."""

    bank: Correspondent
    sender: Correspondent
    sent: date


@dataclass(frozen=True, slots=True)
class Amended:
    """An amendment was issued, and goes to ``adviser``; it is None where it is not kept."""

    bank: Correspondent
    adviser: Correspondent | None
    number: int
    amendment: Amendment | None


@dataclass(frozen=True, slots=True)
class CancellationProposed:
    """A cancellation was proposed as amendment ``number`` on a day, to ``adviser``."""

    bank: Correspondent
    adviser: Correspondent | None
    number: int
    on: date


@dataclass(frozen=True, slots=True)
class AmendmentAnswered:
    """What became of an amendment of the day ``issued`` is told by ``teller`` to ``sender``.

    ``answer`` says it in the words of a narrative (UCP 600 art. 10(d)).
    """

    teller: Correspondent
    sender: Correspondent
    issued: date
    answer: str


@dataclass(frozen=True, slots=True)
class Advised:
    """The credit was advised by a bank to which ``sender`` had sent it on the day ``sent``.

    ``onward`` is the second advising bank, where this is the first. ``confirmed``: whether it adds
    its confirmation, None where it has not said so yet.
    """

    bank: Correspondent
    sender: Correspondent
    sent: date
    apparently_authentic: bool
    onward: Correspondent | None = None
    confirmed: bool | None = None


@dataclass(frozen=True, slots=True)
class FoundComplying:
    """A presentation was found to comply, or taken up; the amount is that of the drawing.

    ``matures`` is the day of maturity, None at sight. ``waived``: on a waiver of discrepancies.
    """

    examiner: Correspondent
    amount: Money
    matures: date | None = None
    waived: bool = False


@dataclass(frozen=True, slots=True)
class AskedForAuthority:
    """A bank asked the issuing bank whether it may take up documents (UCP 600 art. 16).

    ``discrepancies`` is None where they are not kept; ``refused`` says that it had refused before.
    """

    examiner: Correspondent
    amount: Money
    discrepancies: str | None
    refused: bool


@dataclass(frozen=True, slots=True)
class TakenUp:
    """The issuing bank takes up documents that ``presenter`` sent on the day ``advised``.

    ``asked`` is the day on which that bank asked for authority, None if it did not; ``refused``:
    after a notice of refusal. ``authorises`` is what it may do then.
    """

    bank: Correspondent
    presenter: Correspondent
    amount: Money
    advised: date
    asked: date | None
    refused: bool
    authorises: Authorisation


@dataclass(frozen=True, slots=True)
class RefusedDocuments:
    """A presentation was refused by the one notice, whose text is None where it is not kept."""

    examiner: Correspondent
    presenter: Correspondent
    notice: str | None


@dataclass(frozen=True, slots=True)
class Paid:
    """An obligation was paid on the day ``on``, at the place of its debtor."""

    debtor: Correspondent
    presenter: Correspondent
    amount: Money
    on: date


@dataclass(frozen=True, slots=True)
class AuthorisedReimbursement:
    """The issuing bank authorised a bank to reimburse; ``claiming`` is None for any bank."""

    issuing: Correspondent
    reimbursing: Correspondent
    claiming: Correspondent | None
    amount: Money
    expiry: date | None
    urr: bool
    claimant_bears_charges: bool


@dataclass(frozen=True, slots=True)
class AmendedAuthorisation:
    """The issuing bank amended an authorisation of the day ``authorised``.

    ``expiry`` is the new one where it changed; ``more`` is changed, where that is so.
    """

    issuing: Correspondent
    reimbursing: Correspondent
    authorised: date
    before: Money
    after: Money
    expiry: date | None
    more: bool


@dataclass(frozen=True, slots=True)
class ClaimedReimbursement:
    """A bank that honoured or negotiated claimed reimbursement."""

    claiming: Correspondent
    reimbursing: Correspondent
    amount: Money


@dataclass(frozen=True, slots=True)
class RefusedClaim:
    """A claim does not conform; ``claim_reference`` is its field 20, None where not known."""

    reimbursing: Correspondent
    claiming: Correspondent
    claim_reference: str | None
    amount: Money
    reasons: tuple[NonConformity, ...]
    disposal: ClaimDisposal


@dataclass(frozen=True, slots=True)
class Transferred:
    """A bank transferred a part of the credit, which ``adviser`` advises; None if it does itself.

    ``terms`` are the part's, None where they are not kept; ``confirmed``: by the bank itself.
    """

    bank: Correspondent
    adviser: Correspondent | None
    number: int
    terms: CreditTerms | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PassedOn:
    """An amendment of a part, or its cancellation, that a transferring bank sends to ``adviser``.

    ``terms`` are the part's as it was made and ``text`` the words of the amendment, None where they
    are not kept; ``confirmed``: the bank confirmed the part, and follows what it passes on.
    """

    bank: Correspondent
    adviser: Correspondent
    number: int
    on: date
    terms: CreditTerms | None
    confirmed: bool
    cancels: bool
    increase: Money | None
    decrease: Money | None
    expiry: date | None
    latest_shipment: date | None
    presentation_period: PresentationPeriod | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Untold:
    """A happening of which banks send each other no message, and why."""

    why: str


Happening = (
    Issued
    | PreAdvised
    | Advised
    | Confirmed
    | Amended
    | CancellationProposed
    | AmendmentAnswered
    | FoundComplying
    | AskedForAuthority
    | TakenUp
    | RefusedDocuments
    | Paid
    | AuthorisedReimbursement
    | AmendedAuthorisation
    | ClaimedReimbursement
    | RefusedClaim
    | Transferred
    | PassedOn
    | Untold
)


@dataclass(frozen=True, slots=True)
class KnownCredit:
    """What is known of the credit beside its happenings.

    ``terms`` is None where they are not kept. ``references`` are the senders' own ones (field 20)
    by the place of the happening, counted from 1; the issuing bank's own is the credit's number.
    """

    reference: str
    issuing_bank: Correspondent
    terms: CreditTerms | None = None
    references: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExpectedMessage:
    """One message; ``texts`` is empty where it is not built, and ``reasons`` then say why.

    ``kind`` is None where no message is expected. ``doubts`` do not forbid it.
    """

    kind: str | None
    sender: str | None = None
    receiver: str | None = None
    texts: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def messages_of(
    credit: KnownCredit, happenings: Sequence[Happening]
) -> list[tuple[ExpectedMessage, ...]]:
    """The messages that are expected of each happening, in their order, at least one each."""
    return [
        tuple(_HANDLERS[type(happening)](_Desk(credit, number), happening))
        for number, happening in enumerate(happenings, start=1)
    ]


@dataclass(slots=True)
class _Desk:
    """Where messages are put together, and what is missing for the next one is noted."""

    credit: KnownCredit
    number: int
    missing: list[str] = field(default_factory=list)

    def bic(self, bank: Correspondent) -> str | None:
        if bank.bic is None:
            self.missing.append(f"The BIC of {bank.name} is not known.")
        return bank.bic

    def adviser(self, bank: Correspondent | None) -> str | None:
        """The bank to which the credit was sent, and its amendments go (UCP 600 art. 9(d))."""
        if bank is None:
            self.missing.append("The credit names no advising bank, to which it would be sent.")
            return None
        return self.bic(bank)

    def own_reference(self, bank: Correspondent) -> str:
        """Field 20 of a message that ``bank`` sends."""
        given = self.credit.references.get(self.number)
        if given is None and bank == self.credit.issuing_bank:
            given = self.credit.reference
        if given is None:
            self.missing.append(
                f"The reference that {bank.name} gives this message (field 20) is not known."
            )
        return given or ""

    def reference_at(self, bank: Correspondent) -> str:
        """Field 21 of a message to ``bank``."""
        issuing = bank == self.credit.issuing_bank
        return self.credit.reference if issuing else _NO_REFERENCE

    def need_terms(self) -> CreditTerms | None:
        if self.credit.terms is None:
            self.missing.append(
                "The terms of the credit are not kept here; expected those that "
                f"{self.credit.issuing_bank.name} committed to."
            )
        return self.credit.terms

    def need_authenticity(self, advised: Advised) -> None:
        if not advised.apparently_authentic:
            self.missing.append(
                f"{advised.bank.name} advised without having satisfied itself that the credit is "
                "authentic; a person words that (UCP 600 art. 9(f))."
            )

    def may_confirm(self, bank: str | None, terms: CreditTerms) -> bool:
        """Whether the credit asks the first advising bank to confirm it (fields 49 and 58a)."""
        if terms.confirmation is Confirmation.WITHOUT:
            return False
        asked = terms.requested_confirming_bank
        return asked is None or asked.bic is None or asked.bic == bank

    def message(
        self,
        kind: str,
        sender: str | None,
        receiver: str | None,
        model: object,
        record: Record | None = None,
    ) -> ExpectedMessage:
        """The message of a model, if nothing is missing for it."""
        missing, self.missing = tuple(self.missing), []
        if missing or sender is None or receiver is None:
            return ExpectedMessage(kind, sender, receiver, reasons=missing)
        try:
            built = build(model, sender=sender, receiver=receiver, record=record)
        except Refused as refused:
            return ExpectedMessage(kind, sender, receiver, reasons=(str(refused),))
        return ExpectedMessage(kind, sender, receiver, built.texts, doubts=built.doubts)


def _issued(desk: _Desk, issued: Issued) -> Iterator[ExpectedMessage]:
    sender, terms = desk.bic(issued.bank), desk.need_terms()
    receiver = terms.advising_bank if terms else None
    if terms and receiver is None:
        desk.missing.append("The terms name no advising bank, to which the credit would be sent.")
    yield desk.message("700", sender, receiver, terms)


def _pre_advised(desk: _Desk, said: PreAdvised) -> Iterator[ExpectedMessage]:
    sender = desk.bic(said.bank)
    if said.advice is None:
        desk.missing.append(
            f"The pre-advice is not kept here; expected the one that {said.bank.name} committed to."
        )
    yield desk.message("705", sender, desk.adviser(said.adviser), said.advice)


def _confirmed(desk: _Desk, confirmed: Confirmed) -> Iterator[ExpectedMessage]:
    sender, receiver = desk.bic(confirmed.bank), desk.bic(confirmed.sender)
    model = Acknowledgement(
        reference=desk.own_reference(confirmed.bank),
        receiver_reference=desk.reference_at(confirmed.sender),
        acknowledged=confirmed.sent,
        narrative="WE HAVE ADDED OUR CONFIRMATION TO THE CREDIT",
    )
    yield desk.message("730", sender, receiver, model)


def _amended(desk: _Desk, amended: Amended) -> Iterator[ExpectedMessage]:
    sender = desk.bic(amended.bank)
    if amended.amendment is None:
        desk.missing.append(
            f"The text of amendment {amended.number} is not kept here; expected the one that "
            f"{amended.bank.name} committed to."
        )
    record = Record(last_amendment=amended.number - 1)
    yield desk.message("707", sender, desk.adviser(amended.adviser), amended.amendment, record)


def _cancellation(desk: _Desk, proposed: CancellationProposed) -> Iterator[ExpectedMessage]:
    sender, terms = desk.bic(proposed.bank), desk.need_terms()
    model = None
    if terms:
        model = Amendment(
            reference=desk.own_reference(proposed.bank),
            receiver_reference=_NO_REFERENCE,
            credit_number=terms.reference,
            issuing_bank=Bank(bic=terms.issuing_bank),
            issued=terms.issued,
            number=proposed.number,
            amended=proposed.on,
            purpose=AmendmentPurpose.ISSUE,
            cancellation=True,
        )
    record = Record(last_amendment=proposed.number - 1)
    yield desk.message("707", sender, desk.adviser(proposed.adviser), model, record)


def _answered(desk: _Desk, answered: AmendmentAnswered) -> Iterator[ExpectedMessage]:
    sender, receiver = desk.bic(answered.teller), desk.bic(answered.sender)
    model = Acknowledgement(
        reference=desk.own_reference(answered.teller),
        receiver_reference=desk.reference_at(answered.sender),
        acknowledged=answered.issued,
        narrative=_wrapped(answered.answer, _NARRATIVE_WIDTH),
    )
    yield desk.message("730", sender, receiver, model)


def _advised(desk: _Desk, advised: Advised) -> Iterator[ExpectedMessage]:
    desk.need_authenticity(advised)
    sender, receiver = desk.bic(advised.bank), desk.bic(advised.sender)
    model = Acknowledgement(
        reference=desk.own_reference(advised.bank),
        receiver_reference=desk.reference_at(advised.sender),
        acknowledged=advised.sent,
    )
    yield desk.message("730", sender, receiver, model)
    if advised.onward:
        yield _sent_onward(desk, advised, advised.onward)


def _sent_onward(desk: _Desk, advised: Advised, onward: Correspondent) -> ExpectedMessage:
    """The advice of the first advising bank to the second (UCP 600 art. 9(c))."""
    desk.need_authenticity(advised)
    sender, receiver = desk.bic(advised.bank), desk.bic(onward)
    reference, terms = desk.own_reference(advised.bank), desk.need_terms()
    if terms and advised.confirmed is None and desk.may_confirm(sender, terms):
        desk.missing.append(
            f"Whether {advised.bank.name} adds its confirmation (field 40B) is not known."
        )
    confirmed = bool(advised.confirmed)
    advice = Advice.of(terms, reference=reference, confirmed=confirmed) if terms else None
    return desk.message("710", sender, receiver, advice)


def _no_message(why: str) -> ExpectedMessage:
    return ExpectedMessage(None, reasons=(why,))


def _found_complying(desk: _Desk, found: FoundComplying) -> Iterator[ExpectedMessage]:
    issuer = desk.credit.issuing_bank
    if found.examiner == issuer:
        # What it takes up on a waiver is told as such.
        why = f"{issuer.name} issued the credit and found this itself; it tells of its payment."
        yield _no_message(why)
        return
    model = PaymentAdvice(
        reference=desk.own_reference(found.examiner),
        credit_number=desk.credit.reference,
        principal=found.amount,
        principal_on=found.matures,
    )
    waiver = " accepted the discrepancies" if found.waived else ""
    record = Record(found_complying=f"{found.examiner.name}{waiver}")
    sender, receiver = desk.bic(found.examiner), desk.bic(issuer)
    yield desk.message("754", sender, receiver, model, record)


def _asked_for_authority(desk: _Desk, asked: AskedForAuthority) -> Iterator[ExpectedMessage]:
    sender, receiver = desk.bic(asked.examiner), desk.bic(desk.credit.issuing_bank)
    reference = desk.own_reference(asked.examiner)
    if asked.discrepancies is None:
        desk.missing.append(
            f"What {asked.examiner.name} asked is not kept here; expected the discrepancies that "
            "it committed to."
        )
    model = DiscrepancyAdvice(
        reference=reference,
        credit_number=desk.credit.reference,
        principal=asked.amount,
        discrepancies=_wrapped(asked.discrepancies or "", _NARRATIVE_WIDTH),
    )
    record = Record(earlier_refusal="its notice of refusal" if asked.refused else None)
    yield desk.message("750", sender, receiver, model, record)


def _taken_up(desk: _Desk, taken: TakenUp) -> Iterator[ExpectedMessage]:
    """MT 752 to a bank that asked, MT 732 after a refusal, else the payment tells it."""
    if taken.presenter.bic is None:
        yield _no_message(f"{taken.presenter.name} presented and is no bank.")
        return
    if taken.asked is not None:
        authorisation = PaymentAuthorisation(
            credit_number=desk.credit.reference,
            presenting_reference=desk.reference_at(taken.presenter),
            authorises=taken.authorises,
            advised=taken.asked,
            total=taken.amount,
            narrative=_wrapped(_TAKEN_UP, _NARRATIVE_WIDTH)
            if taken.authorises is Authorisation.SEE_NARRATIVE
            else None,
        )
        record = Record(issuer_decision=f"{taken.bank.name} accepted the discrepancies")
        yield desk.message("752", desk.bic(taken.bank), taken.presenter.bic, authorisation, record)
    elif taken.refused:
        discharge = Discharge(
            reference=desk.own_reference(taken.bank),
            presenting_reference=desk.reference_at(taken.presenter),
            advised=taken.advised,
            amount=taken.amount,
        )
        yield desk.message("732", desk.bic(taken.bank), taken.presenter.bic, discharge)
    else:
        yield _no_message(
            f"{taken.bank.name} accepted the discrepancies itself; it tells of its payment."
        )


def _refused(desk: _Desk, refused: RefusedDocuments) -> Iterator[ExpectedMessage]:
    if refused.notice is None:
        sender, receiver = desk.bic(refused.examiner), desk.bic(refused.presenter)
        desk.missing.append(
            f"The notice of refusal is not kept here; expected the text that "
            f"{refused.examiner.name} committed to."
        )
        yield desk.message("734", sender, receiver, None)
        return
    # What was committed to is sent as it stands: there is one single notice.
    (message,) = read(refused.notice)
    yield ExpectedMessage(message.type, message.sender, message.receiver, (refused.notice,))


def _paid(desk: _Desk, paid: Paid) -> Iterator[ExpectedMessage]:
    issuer = desk.credit.issuing_bank
    if paid.debtor != issuer:
        why = f"{paid.debtor.name} told {issuer.name} when it found that the documents comply."
        yield _no_message(why)
        return
    if paid.presenter.bic is None:
        why = f"{paid.presenter.name} presented and is no bank."
        yield _no_message(why)
        return
    model = ReimbursementAdvice(
        reference=desk.own_reference(issuer),
        presenting_reference=desk.reference_at(paid.presenter),
        claimed=paid.amount,
        paid_on=paid.on,
        paid=paid.amount,
    )
    yield desk.message("756", desk.bic(issuer), paid.presenter.bic, model)


def _authorised(desk: _Desk, authorised: AuthorisedReimbursement) -> Iterator[ExpectedMessage]:
    sender, receiver = desk.bic(authorised.issuing), desk.bic(authorised.reimbursing)
    claiming = desk.bic(authorised.claiming) if authorised.claiming else None
    terms, model = desk.need_terms(), None
    if authorised.expiry:
        desk.missing.append("The place at which the authorisation expires (31D) is not known.")
    if terms:
        model = ReimbursementAuthorisation(
            credit_number=desk.credit.reference,
            rules=ReimbursementRules.URR if authorised.urr else ReimbursementRules.NONE,
            negotiating_bank=Bank(bic=claiming) if claiming else None,
            amount=authorised.amount,
            available_by=terms.available_by,
            available_with=terms.available_with,
            drafts=terms.drafts,
            drawee=terms.drawee,
            mixed_payment=terms.mixed_payment,
            deferred_payment=terms.deferred_payment,
            charges_of="CLM" if authorised.claimant_bears_charges else "OUR",
        )
    yield desk.message("740", sender, receiver, model)


def _authorisation_amended(desk: _Desk, amended: AmendedAuthorisation) -> Iterator[ExpectedMessage]:
    sender, receiver = desk.bic(amended.issuing), desk.bic(amended.reimbursing)
    change = amended.after.minor - amended.before.minor
    if amended.more or not (change or amended.expiry):
        desk.missing.append(
            "The amendment says more than amount and expiry, in words that are not kept here."
        )
    by = Money(abs(change), amended.after.currency) if change else None
    model = AuthorisationAmendment(
        credit_number=desk.credit.reference,
        authorised=amended.authorised,
        expiry=amended.expiry,
        increase=by if change > 0 else None,
        decrease=by if change < 0 else None,
        amount=amended.after if change else None,
    )
    yield desk.message("747", sender, receiver, model, Record(amount_before=amended.before))


def _claimed(desk: _Desk, claimed: ClaimedReimbursement) -> Iterator[ExpectedMessage]:
    issuer = desk.bic(desk.credit.issuing_bank)
    model = ReimbursementClaim(
        reference=desk.own_reference(claimed.claiming),
        credit_number=desk.credit.reference,
        issuing_bank=Bank(bic=issuer) if issuer else Bank(lines=(desk.credit.issuing_bank.name,)),
        principal=claimed.amount,
        total=claimed.amount,
    )
    yield desk.message("742", desk.bic(claimed.claiming), desk.bic(claimed.reimbursing), model)


def _claim_refused(desk: _Desk, refused: RefusedClaim) -> Iterator[ExpectedMessage]:
    issuer, model = desk.bic(desk.credit.issuing_bank), None
    sender, receiver = desk.bic(refused.reimbursing), desk.bic(refused.claiming)
    reference = desk.own_reference(refused.reimbursing)
    if refused.claim_reference is None:
        desk.missing.append(
            f"The reference that {refused.claiming.name} gave its claim (field 21) is not known."
        )
    if len(refused.reasons) != 1:
        desk.missing.append(
            f"The message has room for one reason (field 73R), and {len(refused.reasons)} are "
            "stated; a person words that."
        )
    if not desk.missing and issuer:
        model = NonConformingClaim(
            reference=reference,
            claim_reference=refused.claim_reference or "",
            issuing_bank=Bank(bic=issuer),
            credit_number=desk.credit.reference,
            total=refused.amount,
            reason=refused.reasons[0],
            disposal=refused.disposal,
        )
    yield desk.message("744", sender, receiver, model)
    yield _no_message(f"{desk.credit.issuing_bank.name} is told in free text, MT 799.")


def _transferred(desk: _Desk, transferred: Transferred) -> Iterator[ExpectedMessage]:
    bank = transferred.bank
    if transferred.adviser is None:
        yield _no_message(f"{bank.name} advises the part to the second beneficiary itself.")
        return
    sender, receiver = desk.bic(bank), desk.bic(transferred.adviser)
    reference, whole = desk.own_reference(bank), desk.need_terms()
    if transferred.terms is None:
        desk.missing.append(
            f"The terms of transfer {transferred.number} are not kept here; expected those that "
            "its request committed to."
        )
    model = None
    if whole and transferred.terms:
        model = Transfer.of(
            transferred.terms,
            whole.beneficiary,
            reference=reference,
            confirmed=transferred.confirmed,
        )
    yield desk.message("720", sender, receiver, model)


def _passed_on(desk: _Desk, passed: PassedOn) -> Iterator[ExpectedMessage]:
    """Advised as the transfer was; what it says beside the numbers is a condition that is added."""
    sender, receiver = desk.bic(passed.bank), desk.bic(passed.adviser)
    reference, terms, text = desk.own_reference(passed.bank), passed.terms, passed.text
    if terms is None:
        desk.missing.append(
            "The terms of the part are not kept here; expected those that its request committed to."
        )
    if text is None:
        desk.missing.append(
            f"The text of amendment {passed.number} is not kept here; expected the one that "
            f"{passed.bank.name} committed to."
        )
    model = None
    if terms and text:
        words = _wrapped(text, _CONDITIONS_WIDTH)
        model = Amendment(
            reference=reference,
            receiver_reference=_NO_REFERENCE,
            credit_number=terms.reference,
            issuing_bank=Bank(bic=terms.issuing_bank),
            issued=terms.issued,
            number=passed.number,
            amended=passed.on,
            purpose=(
                AmendmentPurpose.CONFIRMATION if passed.confirmed else AmendmentPurpose.ADVICE
            ),
            cancellation=passed.cancels,
            expiry=passed.expiry,
            expiry_place=terms.expiry_place if passed.expiry else None,
            increase=passed.increase,
            decrease=passed.decrease,
            latest_shipment=passed.latest_shipment,
            presentation_period=passed.presentation_period,
            conditions=(TextChange(ChangeWord.ADD, words),),
        )
    yield desk.message("707", sender, receiver, model, Record(last_amendment=passed.number - 1))


def _untold(_desk: _Desk, untold: Untold) -> Iterator[ExpectedMessage]:
    yield _no_message(untold.why)


_HANDLERS: dict[type[Any], Callable[[_Desk, Any], Iterator[ExpectedMessage]]] = {
    Issued: _issued,
    PreAdvised: _pre_advised,
    Advised: _advised,
    Confirmed: _confirmed,
    Amended: _amended,
    CancellationProposed: _cancellation,
    AmendmentAnswered: _answered,
    FoundComplying: _found_complying,
    AskedForAuthority: _asked_for_authority,
    TakenUp: _taken_up,
    RefusedDocuments: _refused,
    Paid: _paid,
    AuthorisedReimbursement: _authorised,
    AmendedAuthorisation: _authorisation_amended,
    ClaimedReimbursement: _claimed,
    RefusedClaim: _claim_refused,
    Transferred: _transferred,
    PassedOn: _passed_on,
    Untold: _untold,
}


def _wrapped(text: str, width: int) -> str:
    """Words on lines of a field that is so wide; lines of their own stay lines."""
    lines = [line for each in text.splitlines() for line in textwrap.wrap(each, width)]
    return "\n".join(lines)
