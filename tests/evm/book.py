# SPDX-License-Identifier: Apache-2.0
"""What happened to credits, told by events alone.

Beside the model, which says what must come of an act, this keeps what the contracts themselves said
of every act that passed. The invariants hold its stories against what is stored.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from credit_model import amended, joined
from vocabulary import CreditState, Disposal, ObligationState, PresentationState
from world import Amendment, Issuance, Lodging, PresentationKey

if TYPE_CHECKING:
    from suite import Error, Event

C, D, P = CreditState, ObligationState, PresentationState
OPEN = (D.DUE, D.INCURRED, D.ACCEPTED, D.NEGOTIATED)
DECIDED = (P.COMPLYING, P.WAIVED, P.CLAIMED)


@functools.cache
def snake(name: str) -> str:
    """``CreditIssued`` as ``credit_issued``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


@dataclass(frozen=True)
class Act:
    """One transaction, passed or refused."""

    time: int
    # The caller's member, None for somebody without.
    member: int | None
    function: str
    args: tuple[Any, ...]
    events: tuple[Event, ...] = ()
    error: Error | None = None

    def told(self, name: str) -> list[dict[str, Any]]:
        """The fields of every event of a name."""
        return [each.fields for each in self.events if each.name == name]


@dataclass
class AmendmentStory:
    """What was said of an amendment."""

    amendment: Amendment
    # Who answered, with what and under which mandate; 0 for a presentation.
    accepted: list[tuple[int, bytes]] = field(default_factory=list)
    rejected: list[tuple[int, bytes]] = field(default_factory=list)
    # Whether it was the beneficiary that agreed to a cancellation, or the confirming bank.
    agreed: list[bool] = field(default_factory=list)
    # The confirming bank's word, or that there was none to ask.
    covered: bool = False
    extended_by: list[int | None] = field(default_factory=list)
    declined: bool = False


@dataclass
class CreditStory:
    """What was said of a credit."""

    bank: int
    issuance: Issuance
    # Who is asked to confirm.
    named: int
    pre_advice: Issuance | None = None
    begun: int = 1
    issued: int = 0
    advised: list[int] = field(default_factory=list)
    advice_declined: set[int] = field(default_factory=set)
    # The banks that confirmed, each with the bank that was named then.
    confirmed: list[tuple[int, int]] = field(default_factory=list)
    amendments: dict[int, AmendmentStory] = field(default_factory=dict)
    # Numbers in the order in which they were issued, and accepted.
    numbers: list[int] = field(default_factory=list)
    accepted: list[int] = field(default_factory=list)
    # As far as the confirming bank is even, and what it followed since, in that order.
    even: int = 0
    followed: list[int] = field(default_factory=list)
    cancelled: int = 0
    # What stood on record when it was cancelled.
    last: Any = None
    stay: tuple[int, int, int] | None = None
    mandates: dict[int, int] = field(default_factory=dict)
    debts: list[bytes] = field(default_factory=list)

    @property
    def state(self) -> Any:
        if self.cancelled:
            return C.CANCELLED
        return C.ISSUED if self.issued else C.PRE_ADVISED

    @property
    def principal(self) -> int:
        """The beneficiary, or the bank that acts for one who is no member."""
        terms = self.issuance
        return terms.beneficiary or terms.advising_bank or terms.nominated_bank

    @property
    def parties(self) -> tuple[int, ...]:
        return (self.bank, *self.issuance[1:8], self.named)

    def binds(self, bank: int) -> bool:
        return bank == self.bank or self.confirms(bank)

    def confirms(self, bank: int) -> bool:
        return any(bank == each for each, _ in self.confirmed)

    @property
    def diverged(self) -> bool:
        since = self.accepted[self.even :]
        return bool(self.confirmed) and not all(self.amendments[n].covered for n in since)

    def texts(self, numbers: list[int]) -> list[Amendment]:
        return [self.amendments[n].amendment for n in numbers]

    def terms(self, upto: int | None = None) -> Issuance:
        """The terms in force, or those of an earlier version."""
        return amended(self.issuance, self.texts(self.accepted[:upto]))

    def undertaking(self, bank: int) -> Issuance:
        """What binds a bank."""
        if not (self.diverged and bank == self.named):
            return self.terms()
        base = self.terms(self.even)
        own = [n for n in self.accepted[self.even :] if self.amendments[n].covered]
        texts = base.terms
        for each in self.texts(self.followed):
            texts = joined(texts, each.terms)
        return amended(base, self.texts(own))._replace(terms=texts)

    def version(self, bank: int) -> int:
        if self.diverged and bank == self.named:
            return self.even + len(self.followed)
        return len(self.accepted)

    def catch_up(self) -> None:
        if not self.diverged:
            self.even, self.followed = len(self.accepted), []


@dataclass
class Forwarding:
    """Documents that a bank sent on."""

    to: bytes
    honoured: bool
    # Where they were before, and how they stood there.
    before: bytes | None
    stood: Any


@dataclass
class DocumentStory:
    """What was said of a presentation."""

    key: PresentationKey
    lodging: Lodging
    payee: int
    received: int
    deadline: int
    flags: int
    bound: bool
    lodged_by: int | None
    lodged: int = 1
    # From where it was forwarded, or left unpaid.
    source: bytes | None = None
    # Whether a credit was in force when its drawing was lodged first.
    in_force: bool = True
    honoured: bool = False
    refusals: list[tuple[int, int, int]] = field(default_factory=list)
    # Found complying, waived or claimed: the state, when, and how it stood before.
    decisions: list[tuple[Any, int, Any]] = field(default_factory=list)
    instructed: bool = False
    take_up: bool = False
    return_due: bool = False
    returned: int = 0
    # Whether the presenter let the applicant have what was refused.
    let_go: bool = False
    sent_on: bool = False
    forwardings: list[Forwarding] = field(default_factory=list)
    debts: list[bytes] = field(default_factory=list)
    fixed: int = 0
    # Whether its bank took it in out of hours on the day itself.
    accepted: bool = False
    # Every deadline that was told, one after another.
    deadlines: list[int] = field(default_factory=list)
    # What its presenter presented on.
    named: int = 0
    # Whether whoever was left unpaid by another bank presents it.
    turned: bool = False

    @property
    def state(self) -> Any:
        """As it must be stored."""
        if self.decisions:
            return self.decisions[-1][0]
        if self.returned:
            return P.RETURNED
        if self.let_go:
            return P.RELEASED
        if self.return_due:
            return P.RETURN_DUE
        if self.refusals:
            return P.REFUSED
        return P.FORWARDED if self.sent_on else P.LODGED

    @property
    def disposal(self) -> Any:
        return Disposal(self.refusals[-1][2]) if self.refusals else Disposal.NONE

    def is_over(self, time: int) -> bool:
        return bool(self.deadline) and time > self.deadline


@dataclass
class DebtStory:
    """What was said of an obligation."""

    credit: bytes
    presentation: bytes
    arose: int
    debtor: int
    owner: int
    amount: int
    currency: int
    maturity: int
    state: Any
    kind: Any
    # Whether its drawing counts: that of a bank which honoured before has been counted.
    counts: bool
    recourse: bool = False
    stayed_until: int = 0
    # Who recorded the stay: 0 for the credit's own.
    stayed_by: int = 0
    assignments: list[tuple[int, int]] = field(default_factory=list)
    attested: set[int] = field(default_factory=set)
    agreed: int = 0
    # How and when it ended, with what was paid.
    ended: list[tuple[Any, int, int]] = field(default_factory=list)
    # Whose claim that met: an obligation's, or that of a bank which paid in another's place.
    satisfied: tuple[object, ...] = ()

    @property
    def assignee(self) -> int:
        return self.assignments[-1][0] if self.assignments else 0

    @property
    def assigned(self) -> int:
        return self.assignments[-1][1] if self.assignments else 0

    @property
    def is_open(self) -> bool:
        return not self.ended

    def parts(self, amount: int) -> dict[int, int]:
        """Who is to receive how much of an amount in cash."""
        due = {self.assignee: self.assigned, self.owner: amount - self.assigned}
        return {who: part for who, part in due.items() if part and who not in self.attested}

    @property
    def is_paid(self) -> bool:
        """Whether its debtor bore it."""
        return bool(self.ended) and self.ended[-1][0] in (D.PAID, D.PREPAID)


@dataclass
class Book:
    """All stories, by number."""

    # The name of each cash, and its currency.
    cash: dict[str, int] = field(default_factory=dict)
    credits: dict[bytes, CreditStory] = field(default_factory=dict)
    documents: dict[bytes, DocumentStory] = field(default_factory=dict)
    debts: dict[bytes, DebtStory] = field(default_factory=dict)
    # Of what a bank left unpaid, what another owes for it; and the other way round.
    followed: dict[bytes, bytes] = field(default_factory=dict)
    follows: dict[bytes, bytes] = field(default_factory=dict)
    # What went to whom by each payment in cash, as it was due.
    paid: dict[bytes, dict[int, int]] = field(default_factory=dict)
    minted: Counter[int] = field(default_factory=Counter)
    # What each member must hold of a currency.
    held: Counter[tuple[int, int]] = field(default_factory=Counter)
    # Banks' liabilities and creditors' claims, member and currency.
    owed_by: Counter[tuple[int, int]] = field(default_factory=Counter)
    owed_to: Counter[tuple[int, int]] = field(default_factory=Counter)
    suspended: set[int] = field(default_factory=set)

    def enter(self, act: Act) -> None:
        """Takes down what an act that passed said."""
        for event in act.events:
            take = getattr(self, f"_{snake(event.name)}", None)
            if take is not None:
                take(act, event.fields)

    def holder(self, number: bytes) -> DebtStory | None:
        """By which obligation is said who is to be paid, None for a bank that paid in its place."""
        first = number
        while number in self.follows:
            number = self.follows[number]
            payer = self.debts[number].debtor
            if self.debts[number].is_paid:
                return self.debts[first] if payer == self.debts[first].owner else None
        return self.debts[number]

    def due(self, number: bytes, amount: int) -> dict[int, int]:
        """Who is to receive how much of an amount."""
        holder = self.holder(number)
        if holder is not None:
            return holder.parts(amount)
        return {self.payer(number): amount}

    def payer(self, number: bytes) -> int:
        """The bank that paid the drawing late, although another follows; 0 if none did."""
        while number in self.follows:
            number = self.follows[number]
            if self.debts[number].is_paid:
                return self.debts[number].debtor
        return 0

    def creditor(self, number: bytes) -> int:
        """Who is to be paid."""
        holder = self.holder(number)
        return self.payer(number) if holder is None else holder.owner

    def claim(self, number: bytes) -> tuple[object, ...]:
        """Whose claim is met when this is paid; one member may have several, as by assignments."""
        holder = self.holder(number)
        if holder is None:
            return (self.payer(number),)
        return holder.presentation, holder.debtor, holder.owner

    def paid_instead(self, number: bytes) -> bytes:
        """What a bank behind paid for the same drawing, empty if none did."""
        while number in self.followed:
            number = self.followed[number]
            if number in self.debts and self.debts[number].is_paid:
                return number
        return b""

    # Members and cash

    def _member_suspended(self, act: Act, said: dict[str, Any]) -> None:
        self.suspended.add(said["memberId"])

    def _member_reinstated(self, act: Act, said: dict[str, Any]) -> None:
        self.suspended.discard(said["memberId"])

    def _cash_minted(self, act: Act, said: dict[str, Any]) -> None:
        currency = self.cash[act.function.partition(".")[0]]
        self.minted[currency] += said["amount"]
        self.held[said["memberId"], currency] += said["amount"]

    # Credits

    def _credit_pre_advised(self, act: Act, said: dict[str, Any]) -> None:
        self._begin(said, pre_advised=True)

    def _credit_issued(self, act: Act, said: dict[str, Any]) -> None:
        story = self.credits.get(said["creditId"])
        if story is None or act.function != "LetterOfCredit.issuePreAdvised":
            self._begin(said, pre_advised=False)
        else:
            story.issued += 1
            if story.issued == 1:
                story.pre_advice, story.issuance = story.issuance, Issuance(*said["issuance"])
                story.named = story.issuance.confirming_bank
                # What was proposed of the pre-advice fell away.
                story.amendments, story.numbers = {}, []

    def _begin(self, said: dict[str, Any], *, pre_advised: bool) -> None:
        if said["creditId"] in self.credits:
            self.credits[said["creditId"]].begun += 1
            return
        terms = Issuance(*said["issuance"])
        self.credits[said["creditId"]] = CreditStory(
            said["issuingBank"], terms, terms.confirming_bank, issued=int(not pre_advised)
        )

    def _credit_advised(self, act: Act, said: dict[str, Any]) -> None:
        story = self.credits[said["creditId"]]
        story.advised.append(said["advisingBank"])
        story.advice_declined.discard(said["advisingBank"])

    def _advice_declined(self, act: Act, said: dict[str, Any]) -> None:
        self.credits[said["creditId"]].advice_declined.add(said["advisingBank"])

    def _confirmation_requested(self, act: Act, said: dict[str, Any]) -> None:
        self.credits[said["creditId"]].named = said["confirmingBank"]

    def _credit_confirmed(self, act: Act, said: dict[str, Any]) -> None:
        story = self.credits[said["creditId"]]
        story.confirmed.append((said["confirmingBank"], story.named))
        story.even, story.followed = len(story.accepted), []

    def _amendment_issued(self, act: Act, said: dict[str, Any]) -> None:
        story = self.credits[said["creditId"]]
        number = said["number"]
        story.numbers.append(number)
        story.amendments.setdefault(number, AmendmentStory(Amendment(*said["amendment"])))

    def _confirmation_extended(self, act: Act, said: dict[str, Any]) -> None:
        story = self.credits[said["creditId"]]
        self._extend(act, story, said["number"])
        if said["number"] in story.accepted[story.even :]:
            story.followed.append(said["number"])
        story.catch_up()

    def _extend(self, act: Act, story: CreditStory, number: int) -> None:
        found = story.amendments[number]
        found.covered, found.declined = True, False
        found.extended_by.append(act.member)

    def _extension_declined(self, act: Act, said: dict[str, Any]) -> None:
        found = self.credits[said["creditId"]].amendments[said["number"]]
        found.declined = True

    def _amendment_accepted(self, act: Act, said: dict[str, Any]) -> None:
        story = self.credits[said["creditId"]]
        found = story.amendments[said["number"]]
        found.accepted.append((said["acceptedBy"], said["mandate"]))
        # Whoever confirms later confirms the credit as amended.
        found.covered |= not story.confirmed
        story.accepted.append(said["number"])
        if found.covered:
            story.followed.append(said["number"])
        story.catch_up()

    def _amendment_rejected(self, act: Act, said: dict[str, Any]) -> None:
        found = self.credits[said["creditId"]].amendments[said["number"]]
        found.rejected.append((said["rejectedBy"], said["mandate"]))

    def _cancellation_agreed(self, act: Act, said: dict[str, Any]) -> None:
        story = self.credits[said["creditId"]]
        found = story.amendments[said["number"]]
        by_bank = act.function == "LetterOfCredit.extendConfirmation"
        if by_bank:
            self._extend(act, story, said["number"])
        found.agreed.append(not by_bank)

    def _credit_cancelled(self, act: Act, said: dict[str, Any]) -> None:
        self.credits[said["creditId"]].cancelled += 1

    def _payment_stayed(self, act: Act, said: dict[str, Any]) -> None:
        stay = (said["until"], said["authority"], act.time)
        self.credits[said["creditId"]].stay = stay

    def _stay_lifted(self, act: Act, said: dict[str, Any]) -> None:
        self.credits[said["creditId"]].stay = None

    # Documents

    def _mandate_recorded(self, act: Act, said: dict[str, Any]) -> None:
        self.credits[said["creditId"]].mandates[said["presenter"]] = said["grantedBy"]

    def _documents_lodged(self, act: Act, said: dict[str, Any]) -> None:
        number = said["presentationId"]
        if number in self.documents:
            self.documents[number].lodged += 1
            return
        lodging = Lodging(PresentationKey(*said["lodging"].key), *said["lodging"][1:])
        credit = self.credits[said["creditId"]]
        self.documents[number] = story = DocumentStory(
            lodging.key,
            lodging,
            said["payee"],
            said["received"],
            said["deadline"],
            said["flags"],
            credit.binds(said["examiner"]),
            act.member,
        )
        story.in_force = credit.state == C.ISSUED
        for sent in act.told("DocumentsForwarded"):
            story.source, story.honoured = sent["presentationId"], sent["honoured"]
            story.in_force = story.honoured or self.documents[story.source].in_force
        for sent in act.told("UnpaidDrawingTaken"):
            story.source, story.honoured = sent["presentationId"], True
            story.turned = story.in_force = True
        story.bound = story.bound and story.in_force
        if story.deadline:
            story.deadlines.append(story.deadline)

    def _documents_forwarded(self, act: Act, said: dict[str, Any]) -> None:
        story = self.documents[said["presentationId"]]
        before = story.forwardings[-1].to if story.forwardings else None
        stood = self.documents[before].state if before else None
        story.forwardings.append(Forwarding(said["forwardedId"], said["honoured"], before, stood))
        story.sent_on |= not said["honoured"]

    def _unpaid_drawing_taken(self, act: Act, said: dict[str, Any]) -> None:
        story = self.documents[said["presentationId"]]
        # Where the documents are is told by who received them.
        if act.told("DocumentsLodged"):
            before = story.forwardings[-1].to if story.forwardings else None
            stood = self.documents[before].state if before else None
            story.forwardings.append(Forwarding(said["onwardId"], True, before, stood))

    def _deadline_fixed(self, act: Act, said: dict[str, Any]) -> None:
        story = self.documents[said["presentationId"]]
        story.fixed += 1
        story.flags = said["flags"]
        story.deadlines.append(said["deadline"])
        if not story.deadline:
            story.deadline = said["deadline"]

    def _accepted_out_of_hours(self, act: Act, said: dict[str, Any]) -> None:
        story = self.documents[said["presentationId"]]
        story.accepted, story.flags = True, said["flags"]
        story.deadline = said["deadline"]
        story.deadlines.append(said["deadline"])

    def _amendments_named(self, act: Act, said: dict[str, Any]) -> None:
        self.documents[said["presentationId"]].named |= said["amendments"]

    def _decide(self, act: Act, said: dict[str, Any], state: Any) -> None:
        story = self.documents[said["presentationId"]]
        story.decisions.append((state, act.time, story.state))

    def _found_complying(self, act: Act, said: dict[str, Any]) -> None:
        self._decide(act, said, P.COMPLYING)

    def _discrepancies_accepted(self, act: Act, said: dict[str, Any]) -> None:
        self._decide(act, said, P.WAIVED)

    def _preclusion_claimed(self, act: Act, said: dict[str, Any]) -> None:
        self._decide(act, said, P.CLAIMED)

    def _documents_refused(self, act: Act, said: dict[str, Any]) -> None:
        notice = (act.time, said["discrepancies"], said["disposal"])
        self.documents[said["presentationId"]].refusals.append(notice)

    def _presenter_instructed(self, act: Act, said: dict[str, Any]) -> None:
        story = self.documents[said["presentationId"]]
        match said["instruction"]:
            case 1:
                story.instructed = True
            case 2:
                story.take_up = True
            case 3:
                story.return_due = True
            case 4:
                story.let_go = True

    def _documents_returned(self, act: Act, said: dict[str, Any]) -> None:
        self.documents[said["presentationId"]].returned += 1

    # Obligations

    def _obligation_incurred(self, act: Act, said: dict[str, Any]) -> None:
        documents = self.documents[said["presentationId"]]
        credit = documents.key.credit
        stay = self.credits[credit].stay
        number = said["obligationId"]
        self.debts[number] = story = DebtStory(
            credit,
            said["presentationId"],
            act.time,
            *(said[name] for name in ("debtor", "owner", "amount", "currency", "maturity")),
            D(said["state"]),
            said["kind"],
            counts=not documents.honoured,
            stayed_until=stay[0] if stay else 0,
        )
        documents.debts.append(number)
        self.credits[credit].debts.append(number)
        self.owed_by[story.debtor, story.currency] += story.amount
        self.owed_to[story.owner, story.currency] += story.amount

    def _recourse_reserved(self, act: Act, said: dict[str, Any]) -> None:
        self.debts[said["obligationId"]].recourse = True

    def _obligation_paid(self, act: Act, said: dict[str, Any]) -> None:
        self._pay(act, said["obligationId"], D.PAID, said["amount"])

    def _obligation_prepaid(self, act: Act, said: dict[str, Any]) -> None:
        self._pay(act, said["obligationId"], D.PREPAID, said["proceeds"])

    def _pay(self, act: Act, number: bytes, state: Any, amount: int) -> None:
        story = self.debts[number]
        self.paid[number], claim = self.due(number, amount), self.claim(number)
        for who, part in self.paid[number].items():
            self.held[story.debtor, story.currency] -= part
            self.held[who, story.currency] += part
        self._end(act, story, state, amount)
        story.satisfied = claim

    def _end(self, act: Act, story: DebtStory, state: Any, amount: int) -> None:
        if story.is_open:
            self.owed_by[story.debtor, story.currency] -= story.amount
            self.owed_to[story.owner, story.currency] -= story.amount - story.assigned
            self.owed_to[story.assignee, story.currency] -= story.assigned
        story.ended.append((state, act.time, amount))

    def _payment_attested(self, act: Act, said: dict[str, Any]) -> None:
        number, creditor = said["obligationId"], said["creditor"]
        story, holder = self.debts[number], self.holder(number)
        if self.due(number, story.amount).keys() - {creditor}:
            # What is left is so on each of those that are for the drawing.
            assert holder is not None
            holder.attested.add(creditor)
        else:
            story.attested.add(creditor)
            self._end(act, story, D.PAID, 0)
            story.satisfied = self.claim(number)

    def _obligation_settled(self, act: Act, said: dict[str, Any]) -> None:
        story = self.debts[said["obligationId"]]
        self._end(act, story, D.SETTLED, said["amount"])

    def _obligation_followed(self, act: Act, said: dict[str, Any]) -> None:
        self.followed[said["unpaid"]] = said["later"]
        self.follows[said["later"]] = said["unpaid"]

    def _prepayment_agreed(self, act: Act, said: dict[str, Any]) -> None:
        self.debts[said["obligationId"]].agreed = said["proceeds"]

    def _proceeds_assigned(self, act: Act, said: dict[str, Any]) -> None:
        story = self.debts[said["obligationId"]]
        if not story.assignments:
            self.owed_to[story.owner, story.currency] -= said["amount"]
            self.owed_to[said["assignee"], story.currency] += said["amount"]
        story.assignments.append((said["assignee"], said["amount"]))

    def _obligation_stayed(self, act: Act, said: dict[str, Any]) -> None:
        story = self.debts[said["obligationId"]]
        story.stayed_until, story.stayed_by = said["until"], said["authority"]

    def _obligation_stay_lifted(self, act: Act, said: dict[str, Any]) -> None:
        story = self.debts[said["obligationId"]]
        story.stayed_until = story.stayed_by = 0
