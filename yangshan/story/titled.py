# SPDX-License-Identifier: Apache-2.0
"""A credit whose bill of lading is an electronic title: it goes with the money, step by step.

The carrier issues it to the exporter, who endorses it to the order of the issuing bank and presents
it; the bank pays and has it; the applicant pays its bank and has it; the carrier gets it for the
goods.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal, Self

from pydantic import AwareDatetime

from yangshan.chain.enums import DeliveryBasis, SurrenderPurpose, TitleForm
from yangshan.chain.records import DeliveryKey, DeliveryTerms, Lodging
from yangshan.chain.values import hexadecimal
from yangshan.credit.ids import presentation_id
from yangshan.credit.papers import DOCUMENTS_KIND
from yangshan.errors import Refused
from yangshan.money import Money
from yangshan.story.acts import ONE_HOUR, RunningAct
from yangshan.story.script import ActScript
from yangshan.story.summary import TitleEntry, TitleMove
from yangshan.titles import acting, delivering, presented
from yangshan.titles.acting import Issue, Recipient
from yangshan.titles.bills import BILL_KIND, bill_of
from yangshan.titles.endorsements import Party, endorsement_chain
from yangshan.titles.references import NamedTitle, new_reference_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

_TO_TAKE: Final = timedelta(days=7)
_CARRIER_ANSWERS: Final = timedelta(hours=19)


class NobodyIssuesTitle(Refused):
    """An act about a title whose bill, or whose carrier as a member, is missing."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"Under credit {reference} no title is issued: expected an electronic bill of lading "
            "among the documents, of a carrier that is a member, and an applicant that is one."
        )
        self.reference = reference


class TitledScript(ActScript):
    """One act; ``arrived`` is when whoever has the title by then claims the goods."""

    ending: Literal["titled"]
    arrived: AwareDatetime

    def moved(self, by: timedelta) -> Self:
        """The same with all its dates later."""
        found = super().moved(by)
        return found.model_copy(update={"arrived": self.arrived + by})


class TitledAct(RunningAct):
    """The title passes from each to the next as the money does, the other way."""

    script: TitledScript

    def __post_init__(self) -> None:
        super().__post_init__()
        bills = [each for each in self.presented.own if each.kind == BILL_KIND]
        if not bills or not self.parties.applicant:
            raise NobodyIssuesTitle(self.terms.reference)
        self._carrier = bills[0].issuer
        bill = bill_of(bills[0].sealed, self.terms.reference)
        salt = new_reference_key().salt(bill.reference)
        self._named = NamedTitle(self._carrier, bill.reference, salt, bill.document)
        self._title = hexadecimal(self._named.title)

    def steps(self) -> Iterator[datetime]:
        """Plays the act, yielding the hour of each step before it is done."""
        yield from self.open()
        documented = self.hours.documented()
        yield documented
        self.presented.register()
        self._issue_title()
        yield documented + ONE_HOUR
        self._endorse()
        yield self.hours.lodged()
        self._present()
        yield from self.comply()
        yield self.hours.found() + ONE_HOUR
        self._pay()
        yield self.hours.found() + 2 * ONE_HOUR
        key, terms = self._offer()
        yield self.hours.answered(self.place, self.hours.found())
        self._take(key, terms)
        yield self.script.arrived
        self._surrender()
        yield self.script.arrived + _CARRIER_ANSWERS
        self._accept()

    def titles(self) -> Sequence[TitleEntry]:
        """The title at the end, with its chain of endorsements."""
        history = self.stage.titles.chain(self._title)
        chain = endorsement_chain(
            self._title, history, lambda member: Party(member, self.name(member))
        )
        record = self.stage.titles.title(self._title)
        moves = (
            TitleMove(
                action=change.action_code,
                actor=change.actor.party_name,
                recipient=change.recipient.party_name if change.recipient else None,
                time=self.local(change.at),
                tx=entry.transaction,
            )
            for each in chain.chains
            for entry in each.envelope_transfer_chain
            for change in entry.transactions
        )
        return (
            TitleEntry(
                id=self._title,
                carrier=self.name(record.issuer),
                state=record.state.name,  # type: ignore[arg-type]
                document=record.document,
                moves=tuple(moves),
            ),
        )

    def _issue_title(self) -> None:
        holder = self._member(self.parties.beneficiary)
        given = Issue(
            title=self._title,
            transport_reference=hexadecimal(self._named.commitment),
            document=hexadecimal(self._named.document),
            holder=holder,
            beneficiary=holder,
            form=TitleForm.TO_ORDER,
        )
        act = acting.issue(self._carrier, [given])
        self.do(self._carrier, act, by=self.stage.titles, mark="title issued")

    def _endorse(self) -> None:
        bank, exporter = self._member(self.key.examiner), self.parties.beneficiary
        act = acting.endorse(exporter, [self._title], bank, TitleForm.TO_ORDER)
        self.do(exporter, act, by=self.stage.titles, mark="endorsed")

    def _present(self) -> None:
        shipped = self.hours.shipped()
        documents = self.commit(
            DOCUMENTS_KIND, presentation_id(self.key), self.presented.content(shipped)
        )
        amount = self.terms.amount
        lodging = Lodging(self.key, amount.minor, shipped, False, documents)
        act = presented.present(lodging, [self._title], amount)
        exporter = self.parties.beneficiary
        self.do(exporter, act, by=self.stage.titles, begins=self.key, mark="presented")

    def _pay(self) -> None:
        """Money and title in one transaction."""
        owed = self.owes(self.key)
        found = self.stage.credits.obligation(owed)
        amount = Money(found.amount, self.terms.amount.currency)
        self.stage.fund(found.debtor, amount, self.terms.reference)
        titles = self.stage.titles.kept_for(owed)
        act = presented.pay(owed, titles, amount)
        self.do(found.debtor, act, by=self.stage.titles, mark="paid")
        self.paid += found.amount

    def _offer(self) -> tuple[DeliveryKey, DeliveryTerms]:
        bank, amount = self.key.examiner, self.terms.amount
        key = DeliveryKey(
            bank, self.parties.applicant, presentation_id(self.key), 1, (self._title,)
        )
        terms = DeliveryTerms(
            amount=amount.minor,
            currency=amount.currency.number,
            basis=DeliveryBasis.PAYMENT,
            take_by=self.stage.now() + _TO_TAKE,
            due=None,
        )
        number = self.stage.deliveries.number_of(key)
        act = delivering.offer(number, key, terms, self.name(self.parties.applicant))
        self.do(bank, act, by=self.stage.deliveries, mark="offered")
        return key, terms

    def _take(self, key: DeliveryKey, terms: DeliveryTerms) -> None:
        amount = Money(terms.amount, self.terms.amount.currency)
        self.stage.fund(key.applicant, amount, self.terms.reference)
        account = self._member(key.applicant).account
        act = delivering.take(self.stage.deliveries.number_of(key), key, account, amount)
        self.do(key.applicant, act, by=self.stage.deliveries, mark="taken")

    def _surrender(self) -> None:
        importer = self.parties.applicant
        act = acting.surrender(importer, [self._title], SurrenderPurpose.DELIVERY)
        self.do(importer, act, by=self.stage.titles, mark="surrendered")

    def _accept(self) -> None:
        act = acting.accept(self._carrier, [self._title])
        self.do(self._carrier, act, by=self.stage.titles, mark="delivered")

    def _member(self, member: int) -> Recipient:
        return Recipient(member, self.stage.signers[member].address, self.name(member))
