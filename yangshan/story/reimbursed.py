# SPDX-License-Identifier: Apache-2.0
"""A credit under which a third bank reimburses the nominated one (UCP 600 art. 13, URR 725)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from yangshan.chain.records import ClaimRequest, ReimbursementTerms
from yangshan.credit import paying, reimbursing
from yangshan.credit.ids import claim_id, obligation_id, presentation_id
from yangshan.credit.terms import ApplicableRules
from yangshan.errors import Refused
from yangshan.money import Money
from yangshan.story.acts import ONE_HOUR
from yangshan.story.nominated import NUMBER, HonouredScript, NominatedAct

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLE = "UCP 600 art. 13"
_URR = (ApplicableRules.UCPURR, ApplicableRules.EUCPURR)


class NobodyReimburses(Refused):
    """A credit without a reimbursing bank where the story has one pay."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"Credit {reference} names no reimbursing bank of the alliance (field 53a), and one is "
            "to pay."
        )


class ReimbursedScript(HonouredScript):
    """One act in which the bank of field 53a reimburses."""

    ending: Literal["reimbursed"]


class ReimbursedAct(NominatedAct):
    """The reimbursing bank undertakes to pay, pays, and takes recourse to the issuing bank."""

    script: ReimbursedScript

    def __post_init__(self) -> None:
        """Raises NobodyReimburses too."""
        super().__post_init__()
        if not self._bank:
            raise NobodyReimburses(self.terms.reference)

    def confirm(self) -> Iterator[datetime]:
        """Beside the confirmation: the authority to reimburse, and the undertaking to."""
        yield from super().confirm()
        terms = ReimbursementTerms(
            amount=self.terms.amount.minor,
            claiming_bank=self.key.examiner,
            expiry=None,
            pre_debit_days=0,
            urr=self.terms.applicable_rules in _URR,
            undertaking_asked=True,
            claimant_bears_charges=False,
            freely_amendable=False,
        )
        amount = self.terms.amount
        authorised = self.hours.answered(self.place, self.stage.now())
        yield authorised
        self.do(
            self.parties.issuing,
            reimbursing.authorise(
                self.credit,
                terms,
                self._text("authorisation", self.credit),
                amount,
                self.name(self._bank),
            ),
            mark="authorised",
        )
        yield self.hours.answered(self.stage.calendar(self._bank), authorised)
        self.do(self._bank, reimbursing.undertake(self.credit, terms, amount))

    def reimburse(self) -> Iterator[datetime]:
        """The nominated bank claims; the issuing bank takes up the documents all the same."""
        now = self.stage.now()
        yield now + ONE_HOUR
        amount = self.terms.amount
        request = ClaimRequest(
            self.key, NUMBER, NUMBER, 0, amount.minor, self._text("claim", self._claim)
        )
        act = reimbursing.claim(request, amount)
        done = self.stage.credits.do(self.stage.signers[self.key.examiner], act)
        deadline = self.stage.credits.claim(self._claim).deadline
        self.did(
            act.function,
            self.key.examiner,
            act.what,
            act.article,
            done,
            deadline and self.local(deadline, self._bank),
            mark="claimed",
        )
        yield self.hours.answered(self.stage.calendar(self._bank), now)
        self.do(self._bank, reimbursing.honour_claim(self._claim))
        yield self.hours.found_by(self.place, now)
        self.take_up(self.onward, "must provide for reimbursement", "complying")

    def pay_at_maturity(self) -> Iterator[datetime]:
        """The reimbursing bank pays the nominated one and is paid by the issuing bank."""
        due = self.due or self.stage.now().date()
        currency = self.terms.amount.currency
        yield self.hours.on(self.stage.calendar(self._bank), due)
        owed = obligation_id(self._claim, self._bank, self.key.examiner)
        self.pay(owed, _ARTICLE, mark="reimbursed")
        if self.due is not None and not self.is_prepaid(self.key):
            yield self.hours.on(self.stage.calendar(self.key.examiner), due)
            self.pay(self.owes(self.key), self.honours)
        recourse = self.hours.answered(self.stage.calendar(self._bank), self.stage.now())
        yield recourse
        self.do(self._bank, reimbursing.claim_recourse(self._claim))
        yield recourse + ONE_HOUR
        back = obligation_id(self._claim, self.parties.issuing, self._bank)
        paid = Money(self.stage.credits.obligation(back).amount, currency)
        self.stage.fund(self.parties.issuing, paid, self.terms.reference)
        self.pay(back, _ARTICLE, mark="recourse")
        yield recourse + 2 * ONE_HOUR
        self.do(self.parties.issuing, paying.settle_by_counterpart(self.owes(self.onward)))

    @property
    def _bank(self) -> int:
        return self.parties.reimbursing

    @property
    def _claim(self) -> str:
        return claim_id(presentation_id(self.key), NUMBER)

    def _text(self, kind: str, name: str) -> str:
        return self.commit(f"reimbursement-{kind}", name, {"credit": self.terms.reference})
