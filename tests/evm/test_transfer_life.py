# SPDX-License-Identifier: Apache-2.0
"""Random lives of transferred credits, held against a model of the rules, and their invariants."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

from credit_model import RefusedError, ceiling_of
from eth_utils import keccak
from runs import Run
from transfer_model import HONOURED, A, C, Model, P, S, T
from transfers import TransferRequest, part_id
from vocabulary import AmendmentPassing
from world import (
    ADVISER,
    APPLICANT,
    BENEFICIARY,
    CNSHA,
    CNSHA_M,
    DAY,
    DEFRA,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    OTHER,
    Amendment,
    Issuance,
    Lodging,
    PresentationKey,
    World,
    desk,
    instant,
)

from yangshan.alliance.places import build

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from credit_model import Credit
    from suite import Error, Event

STEPS = 6_000
END = instant("2026-11-01T00:00:00")
FIRST, SECONDS = BENEFICIARY, (FORWARDER, FORWARDER, APPLICANT, BENEFICIARY)
EVERYBODY = (ISSUER, FRANKFURT, OTHER, ADVISER, *SECONDS)
TEXT = keccak(text="text")
NOTHING = bytes(32)

# Each act with its weight, and the function it calls.
ACTS: dict[str, tuple[int, str]] = {
    "issue": (4, "LetterOfCredit.issue"),
    "confirm": (4, "LetterOfCredit.confirm"),
    "amend": (7, "LetterOfCredit.amend"),
    "extend": (6, "LetterOfCredit.extendConfirmation"),
    "accept": (14, "LetterOfCredit.acceptAmendment"),
    "reject": (3, "LetterOfCredit.rejectAmendment"),
    "authorise": (3, "CreditTransfers.authoriseTransfer"),
    "ask": (12, "CreditTransfers.requestTransfer"),
    "withdraw": (1, "CreditTransfers.withdrawRequest"),
    "decline": (1, "CreditTransfers.declineTransfer"),
    "transfer": (14, "CreditTransfers.transfer"),
    "approve": (5, "CreditTransfers.approvePassing"),
    "pass_on": (14, "CreditTransfers.passAmendment"),
    "agree": (6, "CreditTransfers.agreeToCancellation"),
    "reclaim": (6, "CreditTransfers.reclaimShare"),
    "lodge": (24, "Presentations.lodge"),
    "find": (18, "Presentations.findComplying"),
    "waive": (7, "Presentations.acceptDiscrepancies"),
    "claim": (7, "Presentations.claimPrecluded"),
    "refuse": (6, "Presentations.refuse"),
    "return_": (8, "Disposals.recordReturn"),
    "demand": (9, "CreditTransfers.demandSubstitution"),
    "substitute": (16, "CreditTransfers.substitute"),
    "take_up": (5, "CreditTransfers.takeUpSubstitution"),
    "claim_difference": (9, "CreditTransfers.claimDifference"),
    "fail": (9, "CreditTransfers.recordFailure"),
    "forward": (20, "Forwarding.forward"),
    "send_on": (9, "CreditTransfers.sendOn"),
    "wait": (9, ""),
}


class Life:
    """One random run: a world, its model, and the choices."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.source = world, random.Random(seed)
        self.run = Run("life of transfers", self.source)
        published = {CNSHA: "CNSHA", CNSHA_M: "CNSHA-M", DEFRA: "DEFRA"}
        calendars = {number: build(name, 2024, 2026) for number, name in published.items()}
        self.model = Model(world.time, calendars)
        self.references = 0
        self.seen: Counter[str] = Counter()

    # Choices

    def pick(self, found: Sequence[Any], otherwise: Any = None) -> Any:
        return self.source.choice(found) if found else otherwise

    def mostly(self, right: int) -> int:
        return right if self.source.random() < 0.93 else self.source.choice(EVERYBODY)

    def whole(self, fits: Callable[[Credit], bool] = lambda _: True) -> bytes:
        recent = [n for n in self.model.credits if n not in self.model.transfers][-8:]
        fitting = [n for n in recent if fits(self.model.credits[n])]
        return bytes(self.pick(fitting or recent, keccak(text="no credit")))

    def part(self, *states: Any) -> bytes:
        recent = list(self.model.transfers)[-14:]
        fitting = [n for n in recent if self.model.transfers[n].state in states]
        if self.source.random() < 0.03:
            fitting = recent
        return bytes(self.pick(fitting or recent, part_id(keccak(text="no credit"), 1)))

    def documents(self, fits: Callable[[Any], bool]) -> PresentationKey:
        nobody = PresentationKey(keccak(text="no credit"), ISSUER, FORWARDER, 1)
        recent = list(self.model.documents.items())[-40:]
        if self.source.random() < 0.04:
            return self.pick([key for key, _ in recent], nobody)  # type: ignore[no-any-return]
        return self.pick([key for key, each in recent if fits(each)], nobody)  # type: ignore[no-any-return]

    def under_part(self, fits: Callable[[Any], bool]) -> PresentationKey:
        transfers = self.model.transfers
        return self.documents(lambda d: d.lodging.key.credit in transfers and fits(d))

    def first_of(self, part: bytes) -> int:
        transfer = self.model.transfers.get(part)
        whole = self.model.credits.get(transfer.whole) if transfer else None
        return (whole.principal if whole else 0) or FIRST

    def bank_of(self, part: bytes) -> int:
        transfer = self.model.transfers.get(part)
        return transfer.asked.transferring_bank if transfer else FRANKFURT

    # Acts of the whole credit

    def issue(self) -> None:
        source, today = self.source, self.model.time // DAY
        self.references += 1
        terms = Issuance(
            reference=f"RUN{self.references:06}".encode().ljust(16, b"\0"),
            beneficiary=source.choice((FIRST, FIRST, FIRST, 0)),
            second_advising_bank=0,
            nominated_bank=FRANKFURT,
            confirming_bank=source.choice((0, FRANKFURT, OTHER)),
            amount=source.randint(200, 10_000),
            plus_tolerance=source.choice((0, 0, 5, 10)),
            minus_tolerance=0,
            expiry=today + source.choice((20, 40, 60)),
            latest_shipment=source.choice((0, today + 15)),
            presentation_period=source.choice((0, 15, 21)),
            transferable=source.random() < 0.96,
            partial_forbidden=source.random() < 0.15,
            any_bank=source.random() < 0.15,
            terms=source.randbytes(32),
        )
        if terms.partial_forbidden:
            terms = terms._replace(plus_tolerance=0)
        self.act("issue", ISSUER, terms)

    def confirm(self) -> None:
        number = self.whole(lambda c: not c.confirmed and c.origin.confirming_bank > 0)
        credit = self.model.credits.get(number)
        bank = credit.origin.confirming_bank if credit else 0
        self.act("confirm", self.mostly(bank or OTHER), number)

    def amend(self) -> None:
        number = self.whole(lambda c: c.state == C.ISSUED)
        if self.source.random() < 0.03:
            number = self.part(T.TRANSFERRED)
        source, today = self.source, self.model.time // DAY
        credit = self.model.credits.get(number)
        place = len(credit.proposals) + 1 if credit else 1
        if source.random() < 0.3:
            self.act("amend", ISSUER, number, Amendment(place, cancels=True, terms=TEXT))
            return
        pick = source.random()
        amendment = Amendment(
            place,
            increase=source.randint(1, 500) if pick < 0.5 else 0,
            decrease=source.randint(1, 100) if pick > 0.7 else 0,
            expiry=source.choice((0, today + 30, today + 60)),
            latest_shipment=source.choice((0, 0, today + 20)),
            presentation_period=source.choice((0, 0, 30)),
            terms=source.randbytes(32),
        )
        self.act("amend", ISSUER, number, amendment)

    def proposed(self, *, extends: bool) -> tuple[bytes, int]:
        """A credit or part with an amendment that waits for an answer."""
        recent = list(self.model.credits.items())[-16:]
        fitting = [
            (number, place)
            for number, credit in recent
            for place, each in enumerate(credit.proposals, 1)
            if credit.state == C.ISSUED
            and (credit.confirmed and not each.extended if extends else each.state == A.PENDING)
        ]
        return self.pick(fitting, (self.whole(), 1))  # type: ignore[no-any-return]

    def extend(self) -> None:
        number, place = self.proposed(extends=True)
        credit = self.model.credits.get(number)
        bank = credit.origin.confirming_bank if credit else 0
        self.act("extend", self.mostly(bank or OTHER), number, place)

    def accept(self) -> None:
        self.act("accept", *self.answer())

    def reject(self) -> None:
        self.act("reject", *self.answer())

    def answer(self) -> tuple[int, bytes, int, bytes]:
        number, place = self.proposed(extends=False)
        credit = self.model.credits.get(number)
        right = (credit.principal if credit else 0) or FIRST
        return self.mostly(right), number, place, TEXT

    # Acts of a transfer

    def authorise(self) -> None:
        number = self.whole(lambda c: c.origin.any_bank and c.state == C.ISSUED)
        bank = self.source.choice((FRANKFURT, OTHER))
        self.act("authorise", self.mostly(ISSUER), number, bank)

    def ask(self) -> None:
        source, model = self.source, self.model
        number = self.whole(lambda c: c.state == C.ISSUED)
        if source.random() < 0.03:
            number = self.part(T.TRANSFERRED)
        credit = model.credits.get(number)
        terms = credit.terms if credit else Issuance()
        left = credit.left(0) if credit else 100
        share = max(1, min(left + source.choice((0, 0, 0, 1)), source.randint(1, left + 1)))
        amount = share * 100 // (100 + terms.plus_tolerance) - source.randint(-1, share // 4)
        named = terms.nominated_bank
        if terms.any_bank:
            named = model.authorised.get(number, named)
        asked = TransferRequest(
            credit=number,
            terms=source.randbytes(32),
            share=share,
            amount=max(amount, 0),
            required_cover=source.choice((0, share * 11 // 10)),
            second_beneficiary=source.choice((*SECONDS, 0)),
            second_bank=source.choice((0, ADVISER)),
            transferring_bank=source.choice((named, named, named, ISSUER, OTHER)),
            expiry=terms.expiry - source.choice((0, 2, 10, -1)),
            latest_shipment=terms.latest_shipment,
            presentation_period=source.choice((10, 15)),
            number=model.counts.get(number, 0) + (source.random() > 0.02),
            passing=int(source.choice(list(AmendmentPassing))),
            keeps_substitution=source.random() < 0.8,
            replaces_applicant=source.random() < 0.5,
            pays_where_transferred=False,
        )
        right = (credit.principal if credit else 0) or FIRST
        self.act("ask", self.mostly(right), asked, source.choice((TEXT, TEXT, TEXT, NOTHING)))

    def withdraw(self) -> None:
        part = self.part(T.REQUESTED)
        self.act("withdraw", self.mostly(self.first_of(part)), part, TEXT)

    def decline(self) -> None:
        part = self.part(T.REQUESTED)
        self.act("decline", self.mostly(self.bank_of(part)), part)

    def transfer(self) -> None:
        part = self.part(T.REQUESTED)
        member, model = self.mostly(self.bank_of(part)), self.model
        self.act("transfer", member, part)
        if self.made and part in model.credits:
            _, numbers = self.world.view("LetterOfCredit.bindingWords", part, 0)
            assert numbers >> 245 & 1

    def approve(self) -> None:
        part = self.part(T.TRANSFERRED)
        transfer = self.model.transfers.get(part)
        count = len(self.model.credits[transfer.whole].proposals) if transfer else 0
        place = self.source.randint(1, max(count, 1))
        self.act("approve", self.mostly(self.first_of(part)), part, place, TEXT)

    def pass_on(self) -> None:
        part, source = self.part(T.TRANSFERRED), self.source
        transfer, credit = self.model.transfers.get(part), self.model.credits.get(part)
        place = len(credit.proposals) + 1 if credit else 1
        member = self.mostly(self.bank_of(part))
        if transfer is None or source.random() < 0.25:
            amendment = Amendment(place, cancels=True, terms=TEXT)
            share = source.choice((0, 0, 0, 0, 1))
            self.act("pass_on", member, part, 0, amendment, share)
            return
        proposals = self.model.credits[transfer.whole].proposals
        fitting = [n for n, each in enumerate(proposals, 1) if each.state == A.ACCEPTED]
        from_ = self.pick(fitting, 1)
        original = proposals[from_ - 1].amendment if len(proposals) >= from_ else Amendment()
        increase = source.randint(0, original.increase) if source.random() < 0.7 else 0
        amendment = Amendment(
            place,
            increase=increase,
            decrease=0 if increase else source.randint(0, original.decrease),
            expiry=source.choice((0, original.expiry)),
            latest_shipment=source.choice((0, original.latest_shipment)),
            presentation_period=source.choice((0, original.presentation_period)),
            terms=source.randbytes(32),
        )
        share = source.choice((0, increase, increase * 2))
        self.act("pass_on", member, part, from_, amendment, share)

    def agree(self) -> None:
        model = self.model
        fitting = [
            (part, place)
            for part, each in list(model.transfers.items())[-14:]
            if each.state == T.TRANSFERRED and model.credits[each.whole].state == C.ISSUED
            for place, proposal in enumerate(model.credits[each.whole].proposals, 1)
            if proposal.amendment.cancels and proposal.state in (A.PENDING, A.ACCEPTED)
        ]
        part, place = self.pick(fitting, (self.part(T.TRANSFERRED), 1))
        credit = model.credits.get(part)
        right = (credit.principal if credit else 0) or FORWARDER
        self.act("agree", self.mostly(right), part, place, TEXT)

    def reclaim(self) -> None:
        model = self.model
        expired = [
            part
            for part, each in model.transfers.items()
            if each.state == T.TRANSFERRED and model.state(part) == C.EXPIRED
        ]
        free = [p for p in expired if not model.open_under(p) and not model.transfers[p].pending]
        if not free and self.source.random() < 0.7:
            return
        part = self.pick(free or expired[-6:], self.part(T.TRANSFERRED))
        self.act("reclaim", self.mostly(self.first_of(part)), part, TEXT)

    # Documents

    def lodge(self) -> None:
        source, model = self.source, self.model
        number = self.part(T.TRANSFERRED) if source.random() < 0.85 else self.whole()
        credit = model.credits.get(number)
        if credit is None or not credit.origin.beneficiary:
            return
        terms = credit.terms
        examiner = terms.nominated_bank if source.random() < 0.93 else ISSUER
        count = sum(key.credit == number for key in model.documents)
        key = PresentationKey(number, examiner, terms.beneficiary, count + 1)
        left = credit.left(examiner)
        amount = source.choice((left, left // 2, left // 3, left + 1, 0, left // 2))
        shipped = model.time // DAY - source.choice((0, 5, 12, 25))
        lodging = Lodging(key, amount, shipped, False, source.randbytes(32))
        self.act("lodge", key.presenter, lodging)

    def find(self) -> None:
        onward = self.source.random() < 0.5
        key = self.documents(
            lambda d: d.state == P.LODGED and not d.flags and bool(d.origin) == onward
        )
        self.act("find", self.mostly(key.examiner), key)

    def waive(self) -> None:
        key = self.documents(lambda d: d.state == P.LODGED)
        self.act("waive", self.mostly(key.examiner), key, TEXT, sent=(key, TEXT, False))

    def claim(self) -> None:
        time = self.model.time
        key = self.documents(lambda d: d.bound and d.is_over(time))
        found = self.model.documents.get(key)
        claimants = [key.presenter]
        if found is not None:
            claimants.append(found.payee)
            if found.origin:
                claimants.append(self.model.documents[found.origin].payee)
        self.act("claim", self.mostly(self.source.choice(claimants)), key)

    def refuse(self) -> None:
        key = self.documents(lambda d: d.state == P.LODGED)
        self.act("refuse", self.mostly(key.examiner), key, TEXT, sent=(key, 1, 3, TEXT))

    def return_(self) -> None:
        key = self.documents(lambda d: d.state in (P.REFUSED, P.FORWARDED))
        self.act("return_", self.mostly(key.examiner), key, TEXT)

    # Substitution

    def sender(self, key: PresentationKey) -> int:
        found = self.model.documents.get(key)
        idle = found is not None and not found.bound and self.model.time > found.deadline
        return self.mostly(key.presenter if idle and self.source.random() < 0.5 else key.examiner)

    def demand(self) -> None:
        key = self.under_part(lambda d: d.substitution in (S.NONE, S.SUBSTITUTED))
        until = self.model.time + DAY + self.source.choice((-1, 0, 1, DAY, 3 * DAY, 30 * DAY))
        self.act("demand", self.sender(key), key, until, TEXT)

    def substitute(self) -> None:
        key = self.under_part(lambda d: d.substitution in (S.NONE, S.DEMANDED))
        found = self.model.documents.get(key)
        amount = 1
        if found is not None and key.credit in self.model.transfers:
            left = self.model.left_of(key.credit)
            amount = found.amount + self.source.choice((0, left, left // 2, left // 3, left + 1))
        right = self.first_of(key.credit)
        self.act("substitute", self.mostly(right), key, amount, TEXT, TEXT)

    def take_up(self) -> None:
        key = self.under_part(lambda d: d.substitution == S.SUBSTITUTED and d.state in HONOURED)
        self.act("take_up", self.mostly(key.examiner), key)

    def claim_difference(self) -> None:
        key = self.under_part(self.is_due)
        found = self.model.documents.get(key)
        if found is None and self.source.random() < 0.8:
            return
        right = (found.first if found else 0) or FIRST
        self.act("claim_difference", right, key)

    def is_due(self, found: Any) -> bool:
        """Whether the bank honoured, and has been silent on the invoice for five banking days."""
        if found.substitution != S.SUBSTITUTED or found.state not in HONOURED:
            return False
        *_, deadline, _ = self.model._clock(found.lodging.key.examiner, found.substituted_at)
        return bool(self.model.time > deadline)

    def fail(self) -> None:
        time = self.model.time
        key = self.under_part(lambda d: d.substitution == S.DEMANDED and time > d.answer_by)
        self.act("fail", self.sender(key), key, TEXT)

    def forward(self) -> None:
        unexamined = self.source.random() < 0.5
        states = (P.LODGED,) if unexamined else HONOURED
        self.act(
            "forward",
            *self.sending(lambda d: d.state in states and not (unexamined and d.bound)),
        )

    def send_on(self) -> None:
        time = self.model.time
        _, key, *rest = self.sending(
            lambda d: d.state == P.LODGED and not d.bound and d.is_over(time)
        )
        self.act("send_on", self.mostly(key.presenter), key, *rest)

    def sending(self, fits: Callable[[Any], bool]) -> tuple[Any, ...]:
        decided = (S.SUBSTITUTED, S.TAKEN_UP, S.FAILED)
        key = self.documents(
            lambda d: fits(d) and (d.substitution in decided or self.source.random() < 0.3)
        )
        to = self.source.choice((ISSUER, ISSUER, OTHER))
        number = self.source.randint(1, 255)
        return self.mostly(key.examiner), key, to, number, TEXT

    def wait(self) -> None:
        """Some days; or to the second around the end of a time for an answer, or a deadline."""
        model, source = self.model, self.source
        target = model.time + source.randint(0, 3 * DAY)
        ends = [d.answer_by for d in model.documents.values() if d.answer_by > model.time]
        ends += [d.deadline for d in model.documents.values() if d.deadline > model.time]
        if ends and source.random() < 0.5:
            target = min(ends) + source.randint(-1, 1)
        if model.time < target < END:
            model.time = target
            self.world.at(target)

    # Comparison

    made = False

    def act(self, name: str, member: int, *args: Any, sent: tuple[Any, ...] | None = None) -> None:
        """Tries an act on both sides: equal errors, or equal events."""
        expected: list[Event] = []
        refusal: Error | None = None
        try:
            expected = getattr(self.model, name)(member, *args)
        except RefusedError as refused:
            refusal = refused.error
        self.made = refusal is None
        with self.run.expecting(name, refusal):
            _, function = ACTS[name]
            receipt = self.world.send(desk(member), function, *(sent or args))
            if name == "transfer":
                # Its event gives the packed words, which compare() reads back.
                assert [each.name for each in receipt.events] == ["CreditTransferred"]
            else:
                receipt.emitted(*expected)

    def compare(self) -> None:
        """Every recent credit, part and presentation on both sides, and the invariants."""
        view, model = self.world.view, self.model
        for number, credit in list(model.credits.items())[-30:]:
            found = view("LetterOfCredit.credit", number)
            assert found.issuance == credit.terms._replace(reference=bytes(16))
            assert found.drawn == credit.drawn
            assert found.part == (number in model.transfers)
            assert view("LetterOfCredit.stateOf", number) == model.state(number)
            assert found.confirmed == credit.confirmed
            self.seen[f"credit {model.state(number)}"] += 1
        for part, transfer in list(model.transfers.items())[-30:]:
            record = view("CreditTransfers.transferOf", part)
            assert record.state == transfer.state
            self.seen[f"transfer {transfer.state}"] += 1
            if transfer.state == T.TRANSFERRED:
                assert (record.differences, record.reserved, record.unanswered) == (
                    transfer.differences,
                    sum(transfer.pending.values()),
                    len(transfer.pending),
                )
                assert record.open == model.open_under(part)
                assert record.request.share == transfer.share
                assert view("CreditTransfers.leftOf", part) == model.left_of(part)
        for key, each in list(model.documents.items())[-40:]:
            record = self.world.presentation(key)
            assert (record.amount, record.payee, record.flags) == (
                each.amount,
                each.payee,
                each.flags,
            )
            assert (record.state, record.deadline) == (each.state, each.deadline)
            substitution = view("CreditTransfers.substitutionOf", key.id)
            assert substitution.state == each.substitution
            assert (substitution.demandedAt, substitution.answerBy) == (
                each.demanded_at,
                each.answer_by,
            )
            self.seen[f"substitution {each.substitution}"] += 1
        for number, owed in list(model.owed.items())[-30:]:
            record = view("PaymentObligations.obligation", number)
            assert (record.debtor, record.owner, record.amount) == (
                owed.debtor,
                owed.owner,
                owed.amount,
            )
            assert view("PaymentObligations.assignmentOf", number) == (
                owed.assignee,
                owed.assigned,
            )
        self.invariants()

    def invariants(self) -> None:
        """What no path may break (domain rules 1, 8 and 9), asked of the contracts."""
        view, model = self.world.view, self.model
        for number, credit in list(model.credits.items())[-30:]:
            if number in model.transfers:
                # No part has parts of its own, and none may be made of it.
                assert not view("CreditTransfers.transfersOf", number)
                assert not view("LetterOfCredit.credit", number).issuance.transferable
                continue
            parts = [p for p, each in model.transfers.items() if each.whole == number]
            taken = sum(model.transfers[p].taken for p in parts)
            own = view("LetterOfCredit.credit", number).drawn - taken
            # Shares and own drawings never exceed what the credit has; a confirming bank that fell
            # behind draws by numbers of its own.
            assert own >= 0
            if not credit.confirmed:
                assert taken + own <= ceiling_of(credit.terms)
            for part in parts:
                if model.transfers[part].state != T.TRANSFERRED:
                    continue
                drawn = view("LetterOfCredit.credit", part).drawn
                record = view("CreditTransfers.transferOf", part)
                # What is drawn under a part and as differences stays within its share.
                assert drawn + record.differences <= record.request.share
                if credit.state == C.CANCELLED:
                    cancels = [
                        place
                        for place, each in enumerate(credit.proposals, 1)
                        if each.amendment.cancels and each.state == A.ACCEPTED
                    ]
                    # Cancelled with every second beneficiary's consent, to that or its part's.
                    own_end = any(
                        each.amendment.cancels and each.state == A.ACCEPTED
                        for each in model.credits[part].proposals
                    )
                    agreed = any(part in model.consents.get((number, n), ()) for n in cancels)
                    assert agreed or own_end


def test_the_life_of_transfers_is_what_a_model_of_the_rules_says(
    world: World, seed: int, note: list[str]
) -> None:
    life = Life(world, seed)
    weights = [weight for weight, _ in ACTS.values()]
    for step in range(STEPS):
        getattr(life, life.source.choices(list(ACTS), weights)[0])()
        if step % 100 == 99:
            life.compare()
    note.append(life.run.shares())
    life.run.expect_each_succeeds()
    met = life.run.met
    note.append(f"life of transfers: {len(met)} errors met; {len(life.model.owed)} obligations")
    for state in T:
        assert state == T.NONE or life.seen[f"transfer {state}"], state
    for state in S:
        assert life.seen[f"substitution {state}"], state
    assert len(met) >= 40, sorted(met)
    assert any(owed.assignee for owed in life.model.owed.values())
