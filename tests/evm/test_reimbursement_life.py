# SPDX-License-Identifier: Apache-2.0
"""Thousands of acts of banks that reimburse one another, each held against a model of the rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from choices import BANKS
from eth_utils import keccak
from lives import Life
from model import D, P
from model_reimbursements import A, C, Claim, Reimbursed
from obligation_acts import ISSUERS
from reimbursing import Request, Terms
from vocabulary import ClaimDisposal, MaturityFrom
from world import (
    ADVISER,
    CENTRAL,
    DAY,
    FRANKFURT,
    ISSUER,
    REMOTE,
    Lodging,
    PresentationKey,
    World,
    obligation_id,
)

if TYPE_CHECKING:
    from world import Issuance

STEPS = 6_000
# Mostly banks that neither issue nor are nominated, one with a calendar that is published late.
PAYERS = (*(CENTRAL, REMOTE) * 5, *BANKS, 0)
CLAIMANTS = (ADVISER, FRANKFURT)

# Each act with its weight; those of Life prepare what is claimed and pay what is owed.
ACTS = {
    "deliver": 18,
    "take_up": 5,
    "refuse": 3,
    "return_": 2,
    "forward": 3,
    "pay": 14,
    "agree": 4,
    "prepay": 4,
    "assign": 2,
    "mint": 5,
    "publish": 1,
    "wait": 9,
    "authorise": 3,
    "amend_authority": 3,
    "cancel_authority": 0.5,
    "undertake": 4,
    "decline_undertaking": 2,
    "agree_amendment": 3,
    "reimburse": 9,
    "fix_claim": 2,
    "pre_debit": 2,
    "honour_claim": 5,
    "refuse_claim": 3,
    "hold": 4,
    "notify": 3,
    "fall_back": 3,
    "recourse": 4,
    "refund": 5,
    "acknowledge": 4,
    "settle": 6,
}


class Reimbursing(Life):
    """A random run in which every credit may name a reimbursing bank."""

    MODEL = Reimbursed
    model: Reimbursed

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(world, seed)
        self.run.name = "reimbursement"
        # Every state in which a claim was left by an act.
        self.left: set[Any] = set()

    def act(
        self,
        name: str,
        member: int | None,
        function: str,
        *args: Any,
        said: tuple[Any, ...] | None = None,
    ) -> None:
        super().act(name, member, function, *args, said=said)
        if args and args[0] in self.model.claims:
            self.left.add(self.model.claims[args[0]].state)

    # What Life does, with the banks that reimburse

    def terms(self) -> Issuance:
        return super().terms()._replace(reimbursing_bank=self.source.choice(PAYERS))

    def usance(self, today: int) -> tuple[int, int, int]:
        """Often payable at sight."""
        return (1, 0, 0) if self.source.random() < 0.5 else super().usance(today)

    def mint(self) -> None:
        currency, issuer = self.source.choice(list(ISSUERS.items()))
        bank, amount = (
            self.source.choice((*BANKS, CENTRAL, ADVISER)),
            self.source.randint(0, 6 * 10**6),
        )
        cash = self.model.cash[currency]
        self.sent(issuer, f"{cash}.mint", bank, amount, self.text())
        self.model.held[bank, currency] += amount

    def wait(self) -> None:
        """Often to the second around the end of the time to answer a claim."""
        model = self.model
        ahead = [
            each.deadline
            for each in list(model.claims.values())[-40:]
            if each.state == C.CLAIMED and each.deadline > model.time + 1
        ]
        if ahead and self.source.random() < 0.4:
            model.time = min(ahead) + self.source.randint(-1, 1)
            self.world.at(model.time)
        else:
            super().wait()

    def deliver(self) -> None:
        """A drawing under a credit, old or new, is honoured by its nominated bank and sent on."""
        source, model = self.source, self.model
        if source.random() < 0.5 or not model.credits:
            self.issue()
            self.authorise()
            if source.random() < 0.5:
                self.undertake()
        open_ = [
            number
            for number, each in list(model.credits.items())[-12:]
            if each.origin.nominated_bank
            and each.left(each.origin.nominated_bank)
            and each.origin.beneficiary
            and each.terms.expiry > model.time // DAY
        ]
        if not open_:
            return
        number = source.choice(open_)
        credit = model.credits[number]
        bank, seller = credit.origin.nominated_bank, credit.origin.beneficiary
        key = PresentationKey(number, bank, seller, source.randint(1, 200))
        amount = credit.left(bank)
        if not credit.origin.partial_forbidden:
            amount = max(1, amount // source.choice((1, 2, 3)))
        lodging = Lodging(key, amount, 0, False, self.text())
        self.act("lodge", seller, "Presentations.lodge", lodging)
        if source.random() < 0.1:
            self.act("waive", bank, "Presentations.acceptDiscrepancies", key, self.text(), False)
        else:
            self.act("find", bank, "Presentations.findComplying", key)
        self.honour(key)
        if source.random() < 0.95:
            onward = credit.bank, source.randint(1, 200), self.text()
            self.act("forward", bank, "Forwarding.forward", key, *onward)
        if source.random() < 0.5:
            self.reimburse()

    def take_up(self) -> None:
        """The issuing bank finds complying what was forwarded to it."""
        model = self.model
        open_ = [
            key
            for key, each in list(model.presentations.items())[-80:]
            if each.counted and each.state == P.LODGED and not each.is_over(model.time)
        ]
        if open_:
            key = self.source.choice(open_)
            self.act("find", key.examiner, "Presentations.findComplying", key)

    # Choices

    def terms_of(self, number: bytes) -> Issuance | None:
        found = self.model.credits.get(number)
        return found.origin if found else None

    def payer_of(self, number: bytes) -> int:
        terms = self.terms_of(number)
        return (terms.reimbursing_bank if terms else 0) or CENTRAL

    def issuer_of(self, number: bytes) -> int:
        found = self.model.credits.get(number)
        return found.bank if found else ISSUER

    def authority(self, *states: Any, proposed: bool | None = None) -> bytes:
        """A credit whose authorisation stands so, mostly."""
        found = [
            number
            for number, each in self.model.authorities.items()
            if each.state in states and proposed in (None, each.proposal is not None)
        ][-20:]
        if self.source.random() < 0.1 or not found:
            return self.credit()[0]
        return bytes(self.source.choice(found))

    def offer(self, number: bytes) -> Terms:
        source, today = self.source, self.model.time // DAY
        credit = self.model.credits.get(number)
        most, banks = 1, CLAIMANTS
        if credit:
            most, nominated = credit.left(credit.bank) + credit.drawn, credit.origin.nominated_bank
            banks = (nominated,) * 4 + CLAIMANTS if nominated else CLAIMANTS
        asked = source.random() < 0.6
        named = source.choice(banks if asked else (0, *banks))
        amounts = (*(most,) * 12, max(1, most // 2), most + 1, 0)
        return Terms(
            amount=source.choice(amounts),
            claiming_bank=named if source.random() < 0.97 else source.choice((ISSUER, CENTRAL)),
            expiry=source.choice((0, 0, 0, today + 5, today + 60)) if asked else 0,
            pre_debit_days=source.choice((0, 0, 1, 3)),
            urr=source.random() < 0.9,
            undertaking_asked=asked or source.random() < 0.02,
            claimant_bears_charges=source.random() < 0.2,
            freely_amendable=source.random() < 0.2,
        )

    def claim_in(self, fits: Callable[[Claim], Any]) -> tuple[bytes, Claim | None]:
        """A claim of which that is so, mostly; or any; or none."""
        if self.source.random() < 0.02 or not self.model.claims:
            return keccak(text="no claim"), None
        recent = list(self.model.claims.items())[-80:]
        fitting = [each for each in recent if fits(each[1])]
        if self.source.random() < 0.9 and fitting:
            return self.source.choice(fitting)
        return self.source.choice(recent)

    def answered(self, name: str, function: str, number: bytes, right: int, *args: Any) -> None:
        self.act(name, self.member(right), f"Reimbursements.{function}", number, *args)

    # Authorisations

    def authorise(self) -> None:
        bare = [
            number
            for number, each in self.model.credits.items()
            if number not in self.model.authorities and each.origin.reimbursing_bank
        ][-10:]
        number, _ = self.credit()
        if self.source.random() < 0.8:
            number = self.any_of(bare, number)
        issuer = self.issuer_of(number)
        self.answered("authorise", "authorise", number, issuer, self.offer(number), self.text())

    def amend_authority(self) -> None:
        number = self.authority(A.UNDERTAKEN, A.AUTHORISED)
        terms = self.offer(number)
        if self.source.random() < 0.6 and number in self.model.authorities:
            terms = self.model.authorities[number].terms._replace(amount=terms.amount)
        issuer = self.issuer_of(number)
        self.answered("amend_authority", "amendAuthorisation", number, issuer, terms, self.text())

    def cancel_authority(self) -> None:
        number = self.authority(A.UNDERTAKEN, A.AUTHORISED)
        issuer = self.issuer_of(number)
        self.answered("cancel_authority", "cancelAuthorisation", number, issuer, self.text())

    def offered(self, number: bytes) -> Terms:
        """The terms on record, or proposed, mostly."""
        found = self.model.authorities.get(number)
        if found is None or self.source.random() < 0.05:
            return self.offer(number)
        return found.proposal[0] if found.proposal else found.terms

    def asking(self) -> bytes:
        """A credit under which an undertaking is asked for and not given."""
        found = [
            number
            for number, each in self.model.authorities.items()
            if each.state == A.AUTHORISED and each.terms.undertaking_asked
        ][-10:]
        if self.source.random() < 0.6:
            return bytes(self.any_of(found, self.credit()[0]))
        return self.authority(A.UNDERTAKEN, proposed=True)

    def undertake(self) -> None:
        number = self.asking()
        right = self.payer_of(number)
        self.answered("undertake", "undertake", number, right, self.offered(number))

    def decline_undertaking(self) -> None:
        number = self.asking()
        right = self.payer_of(number)
        self.answered("decline_undertaking", "declineUndertaking", number, right)

    def agree_amendment(self) -> None:
        number = self.authority(A.UNDERTAKEN, proposed=True)
        found = self.model.authorities.get(number)
        right = found.terms.claiming_bank if found else ADVISER
        cancels = bool(found and found.proposal and found.proposal[1])
        if self.source.random() < 0.05:
            cancels = not cancels
        terms = self.offered(number)
        self.answered(
            "agree_amendment", "agreeToAmendment", number, right or ADVISER, terms, cancels
        )

    # Claims

    def reimburse(self) -> None:
        """Mostly by a bank that honoured and sent the documents to the issuing bank."""
        model, source = self.model, self.source
        sent = [
            (key, each)
            for key, each in model.presentations.items()
            if each.onward
            and each.onward.examiner == model.credits[key.credit].bank
            and self.may_claim(key)
        ][-60:]
        fresh = [each for each in sent if each[0].id not in model.last and self.has_a_right(*each)]
        chosen = fresh if source.random() < 0.8 and fresh else sent
        if not chosen or source.random() < 0.03:
            key, onward = self.presentation(P.COMPLYING, P.WAIVED), 1
        else:
            key, found = source.choice(chosen)
            onward = found.onward.number
        self.honour(key)
        most = model.presentations[key].lodging.amount if key in model.presentations else 5
        if key.credit in model.authorities:
            authority = model.authorities[key.credit]
            most = min(most, max(0, authority.terms.amount - authority.claimed))
        amount = source.choice((*(most,) * 5, most // 2, most // 3, most + 1, 0))
        last = model.last.get(key.id)
        number = model.claims[last].request.number + 1 if last else 1
        if source.random() < 0.03:
            number, onward = max(0, number - 1), onward + source.choice((0, 1))
        # None of these credits is available by mixed payment.
        part = int(source.random() < 0.01)
        request = Request(key, onward, number % 256, part, amount, self.text())
        self.act("reimburse", self.member(key.examiner), "Reimbursements.claim", request)

    def has_a_right(self, key: PresentationKey, found: Any) -> bool:
        """Whether the bank found complying, and the issuing bank has not paid."""
        if found.state != P.COMPLYING:
            return self.source.random() < 0.1
        direct = obligation_id(found.onward.id, found.onward.examiner, key.examiner)
        return not self.model.is_paid(direct)

    def may_claim(self, key: PresentationKey) -> bool:
        """Whether an authorisation stands that reaches this bank; mostly that is asked for."""
        found = self.model.authorities.get(key.credit)
        if found is None or self.source.random() < 0.02:
            return found is not None
        named = found.terms.claiming_bank in (0, key.examiner)
        left = found.terms.amount > found.claimed
        return bool(found.state in (A.AUTHORISED, A.UNDERTAKEN) and named and left)

    def honour(self, key: PresentationKey) -> None:
        """At sight the bank pays first, mostly; where it has no cash, elsewhere."""
        if key not in self.model.presentations or self.source.random() < 0.1:
            return
        payee = self.model.presentations[key].payee
        number = obligation_id(key.id, key.examiner, payee)
        owed = self.model.obligations.get(number)
        if owed and owed.state == D.DUE and not owed.assignee:
            self.act("attest", owed.owner, "PaymentObligations.attestPayment", number, self.text())

    def fix_claim(self) -> None:
        # Some days of the calendar come first, mostly.
        for _ in range(self.source.choice((0, 2, 4))):
            self.publish()
        number, _ = self.claim_in(lambda each: each.state == C.CLAIMED and not each.deadline)
        self.act("fix_claim", None, "Reimbursements.fixClaimDeadline", number)

    def answer(self, name: str, function: str, fits: Any, *args: Any) -> None:
        number, claim = self.claim_in(fits)
        right = claim.payer if claim else CENTRAL
        self.answered(name, function, number, right, *args)

    def pre_debit(self) -> None:
        self.answer(
            "pre_debit",
            "givePreDebitNotice",
            lambda each: each.state == C.CLAIMED and each.days > 3,
            self.text(),
        )

    def honour_claim(self) -> None:
        self.answer("honour_claim", "honourClaim", lambda each: each.state == C.CLAIMED)

    def refuse_claim(self) -> None:
        time = self.model.time
        reasons = self.source.choice((0, 1 << 10, *(1 << bit for bit in range(10))))
        self.answer(
            "refuse_claim",
            "refuseClaim",
            lambda each: each.state == C.CLAIMED and not each.is_over(time),
            reasons,
            int(self.source.choice((*list(ClaimDisposal), *list(ClaimDisposal)[1:]))),
            self.text(),
        )

    def claimant(self, name: str, function: str, fits: Any, *args: Any) -> None:
        number, claim = self.claim_in(fits)
        right = claim.bank if claim else ADVISER
        self.answered(name, function, number, right, *args)

    def hold(self) -> None:
        model = self.model
        self.claimant(
            "hold",
            "claimUndertaking",
            lambda each: (
                each.state == C.CLAIMED
                and each.is_over(model.time)
                and model.authorities[each.credit].state == A.UNDERTAKEN
            ),
        )

    def notify(self) -> None:
        model, open_ = self.model, (C.NON_CONFORMING, C.UNPAID)
        fits = lambda each: model.claim_seen(each) in open_  # noqa: E731
        self.claimant("notify", "notifyNonPayment", fits, self.text())

    def fall_back(self) -> None:
        charges = self.source.choice((0, 7, 300))
        fits = lambda each: each.state == C.NON_PAYMENT_NOTIFIED  # noqa: E731
        self.claimant("fall_back", "fallBack", fits, charges, self.text())

    def recourse(self) -> None:
        model = self.model
        self.answer("recourse", "claimRecourse", lambda each: model.is_paid(each.owed))

    def refund(self) -> None:
        """Documents of a drawing that was reimbursed are refused, and the money claimed back."""
        model = self.model
        if self.source.random() < 0.6:
            self.refuse_reimbursed()
        back = (P.REFUSED, P.RETURN_DUE, P.RETURNED)
        number, claim = self.claim_in(
            lambda each: (
                model.is_paid(each.owed)
                and each.state != C.REFUND_DUE
                and model.presentations[each.onward].state in back
            )
        )
        right = self.issuer_of(claim.credit) if claim else ISSUER
        interest = self.source.choice((0, 9, 70))
        self.answered("refund", "claimRefund", number, right, interest, self.text())

    def refuse_reimbursed(self) -> None:
        model = self.model
        open_ = [
            each.onward
            for each in list(model.claims.values())[-80:]
            if model.is_paid(each.owed)
            and model.presentations[each.onward].state == P.LODGED
            and not model.presentations[each.onward].is_over(model.time)
        ]
        if open_:
            key = self.source.choice(open_)
            self.examined("refuse", "refuse", key, 2, 1, self.text())

    def acknowledge(self) -> None:
        number, claim = self.claim_in(
            lambda each: each.state in (C.FALLEN_BACK, C.REFUND_DUE) and each.charges
        )
        right = ISSUER
        if claim:
            owes = claim.state == C.REFUND_DUE
            right = claim.bank if owes else self.issuer_of(claim.credit)
        self.answered("acknowledge", "acknowledgeCharges", number, right)

    def settle(self) -> None:
        model = self.model
        covered = [
            number
            for number, other in model.pairs.items()
            if number in model.obligations
            and model.obligations[number].is_open
            and model.is_paid(other)
        ]
        number = self.any_of(covered, self.owed(D.DUE)[0])
        if self.source.random() < 0.1:
            number = self.owed(D.DUE, D.PAID)[0]
        found = model.obligations.get(number)
        right = self.source.choice((found.debtor, found.owner)) if found else ISSUER
        self.creditor("settle", "settleByCounterpart", number, right)

    # Comparison

    def compare(self, count: int | None = None) -> None:
        super().compare(count)
        world, model = self.world, self.model
        for number, each in model.authorities.items():
            found = world.view("Reimbursements.authorisationOf", number)
            assert found == (each.state, each.claimed, each.declined, each.terms)
            proposal = world.view("Reimbursements.proposalOf", number)
            terms, cancels, agreed = each.proposal or (None, False, False)
            assert proposal[:3] == (terms is not None, cancels, agreed)
            assert terms in (None, proposal.terms)
            # What is claimed is what stands.
            standing = [c for c in model.claims.values() if c.credit == number]
            assert each.claimed == sum(
                c.request.amount for c in standing if c.state == C.CLAIMED or c.is_owed
            )
        for number, claim in model.claims.items():
            assert world.view("Reimbursements.claimRecord", number) == (
                claim.credit,
                claim.onward.id,
                claim.bank,
                claim.request.amount,
                claim.received,
                claim.deadline,
                claim.due,
                claim.state,
                claim.marks,
                claim.charges,
                claim.request.slice,
            )
            assert world.view("Reimbursements.stateOf", number) == model.claim_seen(claim)
            for owed in (claim.direct, claim.owed):
                pair = model.pairs.get(owed, bytes(32))
                assert world.view("PaymentObligations.pairedWith", owed) == pair
            # Whatever was paid, and by whom: a drawing is reimbursed once.
            if claim.state != C.REFUND_DUE:
                paid = [each for each in (claim.owed, claim.direct) if model.is_paid(each)]
                drawn = model.presentations[claim.onward].lodging.amount
                assert sum(model.obligations[each].amount for each in paid) <= drawn
        for presentation, number in model.last.items():
            assert world.view("Reimbursements.lastClaimOf", presentation) == number


def test_reimbursement_is_what_a_model_of_the_rules_says(
    world: World, seed: int, note: list[str]
) -> None:
    life = Reimbursing(world, seed)
    for step in range(STEPS):
        getattr(life, life.source.choices(list(ACTS), list(ACTS.values()))[0])()
        if step % 1_000 == 999:
            life.compare()
    note.append(life.run.shares())
    note.append(f"reimbursement: {len(life.run.met)} errors met, to {life.model.local()}")
    life.run.expect_each_succeeds()
    # The run went through what it is for.
    assert {each.state for each in life.model.authorities.values()} == set(A) - {A.NONE}
    stored = set(C) - {C.NONE, C.DUE_LATER, C.UNPAID, C.PAID}
    assert life.left == stored
    assert D.SETTLED in {each.state for each in life.model.obligations.values()}
    usances = {each.origin.tenor_from != MaturityFrom.NONE for each in life.model.credits.values()}
    assert usances == {False, True}
    assert life.run.met.keys() >= {
        "BadAuthorisedAmount",
        "ClaimOutOfBounds",
        "ClaimStands",
        "NotReimbursed",
        "PaidByIssuingBank",
        "WrongAuthorisationState",
        "WrongClaimState",
    }
