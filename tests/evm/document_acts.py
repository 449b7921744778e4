# SPDX-License-Identifier: Apache-2.0
"""Random acts around documents (machine C)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from choices import BANKS, EVERYBODY, PRESENTATIONS, PRESENTERS, Choices
from model import D, P
from vocabulary import AmendmentState, CreditState, Disposal, PresenterInstruction
from world import (
    ADVISER,
    BENEFICIARY,
    DAY,
    ISSUER,
    Lodging,
    PresentationKey,
    documents_act,
    obligation_id,
)

if TYPE_CHECKING:
    from credit_model import Credit

# Each act with its weight.
DOCUMENT_ACTS: Final = {
    "mandate": 5,
    "lodge": 30,
    "fix": 3,
    "find": 14,
    "find_with": 12,
    "waive": 8,
    "ask_waiver": 2,
    "ask_authority": 2,
    "refuse": 10,
    "instruct": 8,
    "return_": 5,
    "forward": 14,
    "turn": 9,
    "name": 3,
    "take_in": 6,
    "claim": 12,
}


class DocumentActs(Choices):
    """Acts of presenters and of the banks that examine."""

    def mandate(self) -> None:
        number, credit = self.credit(*CreditState)
        right = (credit.principal if credit else 0) or BENEFICIARY
        presenter = self.source.choice(PRESENTERS)
        member = self.member(right)
        self.act("mandate", member, "Presentations.recordMandate", number, presenter, self.text())

    def lodge(self) -> None:
        key, amount, shipped, pay_presenter = self.presented()
        lodging = Lodging(key, amount, shipped, pay_presenter, self.text())
        self.act("lodge", self.member(key.presenter), "Presentations.lodge", lodging)

    def presented(self) -> tuple[PresentationKey, int, int, bool]:
        """What is presented, for how much, shipped when, and whether to pay the presenter."""
        source = self.source
        number, credit = self.credit(*(CreditState if source.random() < 0.08 else ()))
        bank, presenter, amount = ISSUER, BENEFICIARY, 100
        if credit is not None:
            bank = self.examiner(credit)
            may = [each for each in (credit.origin.beneficiary, *sorted(credit.mandates)) if each]
            presenter = self.any_of(may, BENEFICIARY)
            amount = self.demand(credit, bank)
        if source.random() < 0.03:
            bank = source.choice(EVERYBODY)
        if source.random() < 0.05:
            presenter = source.choice(PRESENTERS)
        key = PresentationKey(number, bank, presenter, source.choice((1, 1, 2, 2, 3, 4, 5)))
        today = self.model.time // DAY
        shipped = source.choice((0, today - source.randint(0, 20)))
        return key, amount, shipped, source.random() < 0.3

    def examiner(self, credit: Credit) -> int:
        """Where documents are presented."""
        terms = credit.origin
        named = (terms.nominated_bank or credit.bank, terms.confirming_bank or credit.bank)
        bank: int = self.source.choice((credit.bank, *named))
        if terms.any_bank and self.source.random() < 0.5:
            bank = self.source.choice(BANKS)
        return bank

    def demand(self, credit: Credit, bank: int) -> int:
        """What is demanded: mostly what is left, or a part, or around the bounds."""
        left, least = credit.left(bank), credit.least(bank)
        bounds = (left + 1, least, max(0, least - 1), credit.terms.amount, 0)
        parts = (left // 2, left // 3, left // 5, left // 7)
        choice: int = self.source.choice((*(left,) * 2, *parts, *parts, *bounds))
        return choice

    def fix(self) -> None:
        key = self.presentation(P.LODGED)
        undated = [
            key for key, each in self.latest() if each.state == P.LODGED and not each.deadline
        ]
        if self.source.random() < 0.9:
            key = self.any_of(undated, key)
        self.act("fix", None, "Presentations.fixDeadline", key)

    def plain(self) -> list[PresentationKey]:
        """Those that a bank may find complying, as far as the chain sees."""
        return [
            key
            for key, each in self.latest()
            if each.state == P.LODGED and not each.flags and not each.is_precluded(self.model.time)
        ]

    def find(self) -> None:
        key, plain = self.presentation(P.LODGED), self.plain()
        choice = self.source.random()
        if choice < 0.7:
            key = self.any_of(plain, key)
        if choice < 0.15:
            too_much = [key for key in plain if self.exceeds(key)]
            key = self.any_of(too_much, key)
        self.examined("find", "findComplying", key)

    def find_with(self) -> None:
        """With pending amendments, without any, with recourse."""
        source, key, plain = self.source, self.presentation(P.LODGED), self.plain()
        if source.random() < 0.6:
            key = self.any_of(plain, key)
        amended = [
            each
            for each, found in self.latest()
            if found.seen(self.model.time) == P.LODGED and self.pending(each.credit)
        ]
        if source.random() < 0.6:
            amended = [each for each in plain if self.pending(each.credit)] or amended
        places: tuple[int, ...] = ()
        if amended and source.random() < 0.7:
            key = source.choice(amended)
            pending = self.pending(key.credit)
            proposals = self.model.credits[key.credit].proposals
            cancelling = [place for place in pending if proposals[place - 1].amendment.cancels]
            named = self.model.presentations[key].named
            if not named >> pending[0] & 1 and source.random() < 0.5:
                self.naming(key, pending)
            wanted = source.choice(cancelling if source.random() < 0.2 and cancelling else pending)
            other = self.place(self.model.credits[key.credit], AmendmentState.PENDING)
            places = source.choice(((wanted,), (wanted,), tuple({wanted, other}), (other,)))
        recourse = source.random() < (0.15 if places else 0.5)
        mask = sum(1 << place for place in places)
        member = self.member(key.examiner)
        self.act(
            "find_with",
            member,
            "Presentations.findComplyingWith",
            key,
            mask,
            recourse,
            said=(key, places, recourse),
        )

    def naming(self, key: PresentationKey, places: list[int]) -> None:
        """The presenter names what it presents on."""
        mask = sum(1 << place for place in places)
        self.act("name", key.presenter, "Presentations.nameAmendments", key, mask)

    def pending(self, number: bytes) -> list[int]:
        credit = self.model.credits[number]
        return [
            place
            for place, each in enumerate(credit.proposals, 1)
            if each.state == AmendmentState.PENDING
        ]

    def examined(self, name: str, function: str, key: PresentationKey, *args: Any) -> None:
        self.act(name, self.member(key.examiner), documents_act(function), key, *args)

    def waive(self) -> None:
        states = self.source.choice(((P.LODGED, P.REFUSED), (P.REFUSED,), (P.PRECLUDED,)))
        key, recourse = self.presentation(*states), self.source.random() < 0.1
        self.examined("waive", "acceptDiscrepancies", key, self.text(), recourse)

    def ask_waiver(self) -> None:
        key = self.presentation(P.LODGED, P.REFUSED)
        self.examined("ask_waiver", "askForWaiver", key, self.text())

    def ask_authority(self) -> None:
        key = self.presentation(P.LODGED, P.REFUSED)
        self.examined("ask_authority", "askForAuthority", key, self.text())

    def refuse(self) -> None:
        key = self.presentation(P.LODGED)
        reasons = self.source.choice((0, 1 << 25, *(1 << bit for bit in range(25))))
        disposal = int(self.source.choice((*list(Disposal), *(Disposal.HOLD,) * 5)))
        self.examined("refuse", "refuse", key, reasons, disposal, self.text())

    def instruct(self) -> None:
        key = self.presentation(P.LODGED, P.REFUSED, P.REFUSED)
        choices = (
            PresenterInstruction.TAKE_UP,
            PresenterInstruction.RETURN,
            *list(PresenterInstruction),
        )
        instruction = int(self.source.choice(choices))
        member = self.member(key.presenter)
        self.act("instruct", member, "Disposals.instruct", key, instruction, self.text())

    def return_(self) -> None:
        key = self.presentation(P.REFUSED, P.RETURN_DUE)
        self.examined("return_", "recordReturn", key, self.text())

    def forward(self) -> None:
        """Mostly of a bank that did not issue the credit, to one that may receive."""
        model = self.model
        apart = [
            key
            for key, each in self.latest()
            if key.examiner != model.credits[key.credit].bank
            and (each.state != P.LODGED or not each.bound)
        ]
        fresh = [key for key in apart if not model.presentations[key].onward]
        key = self.presentation(P.COMPLYING, P.WAIVED, P.CLAIMED, P.FORWARDED)
        if self.source.random() < 0.9:
            key = self.any_of(fresh if self.source.random() < 0.6 else apart, key)
        to = self.source.choice((*BANKS, ADVISER))
        if key.credit in model.credits:
            credit = model.credits[key.credit]
            to = self.source.choice((credit.bank, credit.bank, credit.origin.confirming_bank, to))
        number = self.source.choice((1, 2, 3, 4, 5))
        self.examined("forward", "forward", key, to, number, self.text())

    def turn(self) -> None:
        """Mostly of who is left unpaid by a bank that has one behind it."""
        model, source = self.model, self.source
        unpaid = [
            key
            for key, each in self.latest(4 * PRESENTATIONS)
            if key.examiner != model.credits[key.credit].bank
            and (owed := model.obligations.get(self.debt(key, each)))
            and owed.seen(model.time) == D.OVERDUE
        ]
        fresh = [key for key in unpaid if self.debt(key) not in model.followed]
        key = self.presentation(P.COMPLYING, P.WAIVED, P.CLAIMED)
        if source.random() < 0.9:
            key = self.any_of(fresh if source.random() < 0.9 else unpaid, key)
            if not fresh:
                return
        right, to, number = BENEFICIARY, source.choice((*BANKS, ADVISER)), source.randint(1, 9)
        if key in model.presentations:
            right = model.creditor(self.debt(key)) or right
            credit, there = model.credits[key.credit], model.presentations[key].onward
            behind = [bank for bank in (*BANKS, ADVISER) if credit.binds(bank)]
            to = source.choice((*behind, *behind, *behind, to))
            if there and source.random() < 0.9:
                to, number = there.examiner, there.number
        function = "Forwarding.presentUnpaid"
        self.act("turn", self.member(right), function, key, to, number, self.text())

    def debt(self, key: PresentationKey, each: Any = None) -> bytes:
        """The number of what the bank owes on a presentation, if it owes anything."""
        each = each or self.model.presentations[key]
        return obligation_id(key.id, key.examiner, each.payee)

    def name(self) -> None:
        key, amendments = self.presentation(P.LODGED), self.source.getrandbits(8)
        member = self.member(key.presenter)
        self.act("name", member, "Presentations.nameAmendments", key, amendments)

    def take_in(self) -> None:
        key = self.presentation(P.LODGED)
        late = [
            key
            for key, each in self.latest()
            if each.state == P.LODGED and each.receipt > (each.received + 8 * 3_600) // DAY
        ]
        if self.source.random() < 0.7:
            key = self.any_of(late, key)
        self.examined("take_in", "acceptOutOfHours", key)

    def exceeds(self, key: PresentationKey) -> bool:
        """Whether more is demanded than is left by now."""
        demanded = self.model.presentations[key].lodging.amount
        return demanded > self.model.credits[key.credit].left(key.examiner)

    def claim(self) -> None:
        key = self.presentation(P.PRECLUDED)
        worth = [
            key
            for key, each in self.latest()
            if each.is_precluded(self.model.time)
            and self.model.credits[key.credit].left(key.examiner)
        ]
        if self.source.random() < 0.6:
            key = self.any_of(worth, key)
        if self.source.random() < 0.1:
            time = self.model.time
            silent = [key for key, each in self.latest() if each.is_over(time) and not each.bound]
            key = self.any_of(silent, key)
        right = key.presenter
        if key.credit in self.model.credits and self.source.random() < 0.3:
            right = self.model.credits[key.credit].origin.beneficiary or right
        self.act("claim", self.member(right), "Presentations.claimPrecluded", key)
