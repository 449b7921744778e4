# SPDX-License-Identifier: Apache-2.0
"""A credit that is transferred in parts to second beneficiaries (UCP 600 art. 38).

They present to the transferring bank; the first beneficiary substitutes its invoice and draws the
difference, or fails on first demand, and the documents go on as they were received.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Self, cast

from pydantic import PositiveInt

from yangshan.chain.enums import AmendmentPassing
from yangshan.chain.records import NO_COMMITMENT, Lodging, PresentationKey, TransferRequest
from yangshan.credit import examining, presenting, transferring
from yangshan.credit.advices import Transfer
from yangshan.credit.ids import difference_source, obligation_id, part_id, presentation_id
from yangshan.credit.papers import DOCUMENTS_KIND, SCHEDULE_KIND
from yangshan.credit.parts import (
    TRANSFER_TERMS_KIND,
    Reduced,
    party_of,
    reference_of,
    share_of,
    terms_of_part,
)
from yangshan.errors import Refused
from yangshan.money import Money
from yangshan.story.acts import ONE_HOUR, RunningAct
from yangshan.story.documented import PresentedSet, expect_documents
from yangshan.story.script import ActScript, Documents, Table, beside
from yangshan.story.summary import PartEntry
from yangshan.swift.maps import build

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yangshan.alliance.calendars import BankingCalendar
    from yangshan.chain.events import SuiteEvent
    from yangshan.credit.terms import CreditTerms
    from yangshan.swift.mapping import PartyIds

_ANSWER: Final = timedelta(days=2)
_ONE: Final = 1


class NotForTransfer(Refused):
    """A credit that nobody could transfer, where the story transfers it."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"Credit {reference} cannot be transferred: it is to be transferable (field 40A), for "
            "a beneficiary and with a nominated bank that are members of the alliance."
        )


class PartScript(Table):
    """One part: its second beneficiary and that one's bank by their keys, amounts in minor units.

    ``invoice`` is what the first beneficiary's own invoice is for, which stands in the file
    ``substituted``; without it none comes. ``documents`` are what is presented under the part,
    those of the act if absent.
    """

    to: str
    advised_by: str
    amount: PositiveInt
    documents: Documents | None = None
    invoice: PositiveInt | None = None
    substituted: Path | None = None

    def beside(self, folder: Path) -> Self:
        """The same with all its files named from a folder."""
        return self.model_copy(
            update={
                "documents": self.documents and beside(folder, self.documents),
                "substituted": self.substituted and folder / self.substituted,
            }
        )


class TransferredScript(ActScript):
    """One act with its parts, in the order in which they are transferred."""

    ending: Literal["transferred"]
    part: tuple[PartScript, ...]

    def beside(self, folder: Path) -> Self:
        """The same with all its files named from a folder."""
        parts = tuple(each.beside(folder) for each in self.part)
        return super().beside(folder).model_copy(update={"part": parts})


class TransferredAct(RunningAct):
    """The nominated bank transfers, and pays second and first beneficiary."""

    script: TransferredScript

    def __post_init__(self) -> None:
        """Raises NotForTransfer too."""
        super().__post_init__()
        if not (self.terms.transferable and self.parties.nominated and self.parties.beneficiary):
            raise NotForTransfer(self.terms.reference)
        # What is presented first is presented under a part.
        self.key = self._keys[0]
        self._funded = False
        listed = list(enumerate(self.script.part, start=_ONE))
        self._sets = [
            PresentedSet(self, part.documents or self.script.documents, number)
            for number, part in listed
        ]
        self._substitutes = {
            number: PresentedSet(self, (part.substituted,), number)
            for number, part in listed
            if part.substituted
        }

    @staticmethod
    def expect_usable(script: ActScript) -> None:
        """Raises what its files raise, those of its parts too."""
        RunningAct.expect_usable(script)
        for part in cast("TransferredScript", script).part:
            if part.documents:
                expect_documents(part.documents)
            if part.substituted:
                expect_documents((part.substituted,))

    @staticmethod
    def examiner_among(parties: PartyIds) -> int:
        """The bank that transfers is the bank that is presented to (UCP 600 art. 38(k))."""
        return parties.nominated or parties.issuing

    def steps(self) -> Iterator[datetime]:
        """Plays the act, yielding the hour of each step before it is done."""
        yield from self.open()
        hour = self.hours.advised() or self.hours.issued()
        for number, part in enumerate(self.script.part, start=_ONE):
            hour = self.hours.answered(self._place, hour)
            yield from self._transfer(number, part, hour)
        yield hour + 2 * ONE_HOUR
        self._try_another_bank()
        if any(each.own for each in self._sets):
            yield self.hours.documented()
            for each in self._sets:
                each.register()
        received = self.hours.lodged()
        for number, part in enumerate(self.script.part, start=_ONE):
            yield received
            self._lodge_under(number, part)
            yield received + ONE_HOUR
            until = self._demand(number)
            if part.invoice is None:
                yield from self._pass_on_as_received(number, until)
            else:
                yield from self._substitute(number, part.invoice)
            received = self.hours.answered(self._place, self.stage.now()) + ONE_HOUR

    def sets(self) -> Sequence[PresentedSet]:
        """What is presented under each part, and what is substituted."""
        return (*self._sets, *self._substitutes.values())

    def further(self) -> Sequence[PresentationKey]:
        """What was presented under the other parts, and to the issuing bank."""
        both = [(key, self._onward(number)) for number, key in enumerate(self._keys, start=_ONE)]
        return [key for pair in both for key in pair][1:]

    def part_of(self, key: PresentationKey) -> int:
        """The transfer under whose part a presentation was made, 0 for the credit itself."""
        return self._keys.index(key) + 1 if key in self._keys else 0

    def parts(self) -> Sequence[PartEntry]:
        """What was transferred to the second beneficiaries."""
        found = [
            (number, self.stage.credits.credit(key.credit_id))
            for number, key in enumerate(self._keys, start=_ONE)
        ]
        return [
            PartEntry(
                number=number,
                reference=reference_of(self.terms.reference, number),
                second_beneficiary=self.name(held.issuance.beneficiary),
                amount=held.issuance.amount,
                drawn=held.drawn,
                expiry=held.issuance.expiry,
            )
            for number, held in found
        ]

    def events(self) -> Sequence[SuiteEvent]:
        """What happened under the credit and its parts, in the order of the chain."""
        found = {(each.block_number, each.log_index): each for each in super().events()}
        for key in self._keys:
            for each in self.stage.events(key.credit_id):
                found[each.block_number, each.log_index] = each
        return [found[place] for place in sorted(found)]

    def references(self) -> dict[str, str]:
        """How the credit and its parts are called, by their numbers."""
        parts = {
            key.credit_id: reference_of(self.terms.reference, number)
            for number, key in enumerate(self._keys, start=_ONE)
        }
        return super().references() | parts

    # The transfer

    def _transfer(self, number: int, part: PartScript, hour: datetime) -> Iterator[datetime]:
        yield hour
        first, bank = self.parties.beneficiary, self.key.examiner
        terms = self._terms_of(part)
        amount = Money(part.amount, self.terms.amount.currency)
        commitment = self.commit(
            TRANSFER_TERMS_KIND, part_id(self.credit, number), terms.canonical()
        )
        left = self._left(number)
        asked = TransferRequest(
            credit_id=self.credit,
            terms=commitment,
            share=max(share_of(amount, self.terms.tolerance), left),
            amount=part.amount,
            required_cover=0,
            second_beneficiary=self._member(part.to),
            second_bank=self._member(part.advised_by),
            transferring_bank=bank,
            expiry=terms.expiry,
            latest_shipment=terms.latest_shipment,
            presentation_period=terms.presentation_period.days if terms.presentation_period else 0,
            number=number,
            passing=AmendmentPassing.ASK,
            keeps_substitution=True,
            replaces_applicant=True,
            pays_where_transferred=False,
        )
        act = transferring.request(asked, amount=amount)
        second = self.name(asked.second_beneficiary)
        self.did(
            act.function,
            first,
            f"{act.what} to {second}",
            act.article,
            self.stage.credits.do(self.stage.signers[first], act),
            mark="requested",
            part=number,
        )
        yield hour + ONE_HOUR
        act = transferring.transfer(part_id(self.credit, number), number)
        self.do(bank, act, mark="transferred", part=number)
        self._write(number, terms, asked)

    def _left(self, number: int) -> int:
        """Of the credit what a part takes beside its amount, for its invoice; minor units."""
        invoice = self.script.part[number - 1].invoice
        return invoice or 0

    def _terms_of(self, part: PartScript) -> CreditTerms:
        stated = self.terms
        return terms_of_part(
            stated,
            party_of(self.name(self._member(part.to))),
            Reduced(
                amount=Money(part.amount, stated.amount.currency),
                expiry=stated.expiry - timedelta(days=7),
                latest_shipment=stated.latest_shipment,
                presentation_period=stated.presentation_period,
            ),
            replaces_applicant=True,
            confirmed=False,
        )

    def _write(self, number: int, terms: CreditTerms, asked: TransferRequest) -> None:
        """The MT 720 by which the transferring bank tells it to the second beneficiary's bank."""
        sender, receiver = (
            self.stage.members[each].bic or "" for each in (self.key.examiner, asked.second_bank)
        )
        reference = f"{self.terms.reference}-{number}"
        model = Transfer.of(terms, self.terms.beneficiary, reference=reference, confirmed=False)
        built = build(model, sender=sender, receiver=receiver)
        self.messages[f"MT 720, transfer {number}"] = "\n".join(built.texts)

    def _try_another_bank(self) -> None:
        """A second beneficiary passes by the transferring bank, in vain."""
        elsewhere = replace(self.key, examiner=self.parties.issuing)
        lodging = Lodging(elsewhere, self.script.part[0].amount, None, False, NO_COMMITMENT)
        self.attempt(
            self.key.presenter,
            f"tries to present to {self.name(self.parties.issuing)}",
            presenting.lodge(lodging),
        )

    # Documents

    def _lodge_under(self, number: int, part: PartScript) -> None:
        key, shipped = self._keys[number - 1], self.hours.shipped()
        amount = Money(part.amount, self.terms.amount.currency)
        documents = self._sets[number - 1].content(shipped)
        text = self.commit(DOCUMENTS_KIND, presentation_id(key), documents)
        self.do(
            key.presenter,
            presenting.lodge(Lodging(key, part.amount, shipped, False, text), amount),
            mark="presented",
            part=number,
            begins=key,
        )

    def _demand(self, number: int) -> datetime:
        key = self._keys[number - 1]
        until = self.stage.now() + _ANSWER
        text = self.commit(
            "substitution-demand", presentation_id(key), {"credit": self.terms.reference}
        )
        self.do(key.examiner, transferring.demand_substitution(key, until, text), part=number)
        return until

    def _substitute(self, number: int, invoice: int) -> Iterator[datetime]:
        """The first beneficiary answers; the bank honours, owes it the difference and is paid."""
        key, currency = self._keys[number - 1], self.terms.amount.currency
        yield self.stage.now() + ONE_HOUR
        said: dict[str, object] = {"invoice": invoice}
        if own := self._substitutes.get(number):
            own.register()
            said |= own.content(None)
        text = self.commit("substituted-documents", presentation_id(key), said)
        self.do(
            self.parties.beneficiary,
            transferring.substitute(key, Money(invoice, currency), text),
            mark="substituted",
            part=number,
        )
        found = self.hours.found_by(self._place, self.stage.now())
        yield found
        self._comply(number)
        yield found + ONE_HOUR
        self._settle(number, self.owes(key))
        yield found + ONE_HOUR
        self.do(key.examiner, transferring.take_up(key), part=number)
        yield found + 2 * ONE_HOUR
        self._settle(
            number,
            obligation_id(
                difference_source(presentation_id(key)), key.examiner, self.parties.beneficiary
            ),
            "UCP 600 art. 38(h)",
            "difference",
        )
        yield from self._reimburse(number)

    def _pass_on_as_received(self, number: int, until: datetime) -> Iterator[datetime]:
        """Nothing comes from the first beneficiary: the documents go on as they are."""
        key = self._keys[number - 1]
        yield self.hours.answered(self._place, until)
        text = self.commit(
            "substitution-failure", presentation_id(key), {"credit": self.terms.reference}
        )
        self.do(key.examiner, transferring.record_failure(key, text), mark="failed", part=number)
        found = self.stage.now() + ONE_HOUR
        yield found
        self._comply(number)
        yield found + ONE_HOUR
        self._settle(number, self.owes(key))
        yield from self._reimburse(number)

    def _comply(self, number: int) -> None:
        """The bank that transferred looks the documents up, and finds them complying."""
        key = self._keys[number - 1]
        self._look_up(number, key.examiner)
        self.do(key.examiner, examining.find_complying(key), mark="complying", part=number)

    def _look_up(self, number: int, bank: int) -> None:
        self._sets[number - 1].look_up(bank)
        if own := self._substitutes.get(number):
            own.look_up(bank)

    def _reimburse(self, number: int) -> Iterator[datetime]:
        """The documents go to the issuing bank under the credit itself, which is drawn for them."""
        key, there = self._keys[number - 1], self._onward(number)
        yield self.stage.now() + ONE_HOUR
        schedule = self.commit(
            SCHEDULE_KIND, presentation_id(key), {"credit": self.terms.reference}
        )
        name = self.name(there.examiner)
        self.do(
            key.examiner,
            examining.forward(key, there.examiner, there.number, schedule, name, there.credit_id),
            mark="sent on",
            part=number,
            begins=there,
        )
        found = self.hours.found_by(self.place, self.stage.now())
        yield found
        self._look_up(number, there.examiner)
        self.do(there.examiner, examining.find_complying(there), mark="complying")
        yield found + ONE_HOUR
        self.pay(self.owes(there), "UCP 600 art. 7(c)", mark="reimbursed")

    def _settle(
        self, number: int, owed: str, article: str = "UCP 600 art. 38(k)", mark: str = "paid"
    ) -> None:
        """Pays a second or the first beneficiary; the credit's own has what it gets itself."""
        received = self.paid
        if not self._funded:
            # For all that the bank pays, as cash is minted once for a reference.
            self.stage.fund(self.key.examiner, self._total, self.terms.reference)
            self._funded = True
        self.pay(owed, article, mark, part=number)
        found = self.stage.credits.obligation(owed)
        own = found.owner == self.parties.beneficiary
        self.paid = received + (found.amount if own else 0)

    # Who and what

    @property
    def _place(self) -> BankingCalendar:
        return self.stage.calendar(self.key.examiner)

    @property
    def _total(self) -> Money:
        parts = sum(each.invoice or each.amount for each in self.script.part)
        return Money(parts, self.terms.amount.currency)

    @property
    def _keys(self) -> list[PresentationKey]:
        """What is presented under each part, to the transferring bank."""
        return [
            PresentationKey(
                part_id(self.credit, number),
                self.parties.nominated,
                self._member(part.to),
                _ONE,
            )
            for number, part in enumerate(self.script.part, start=_ONE)
        ]

    def _onward(self, number: int) -> PresentationKey:
        return PresentationKey(self.credit, self.parties.issuing, self.parties.nominated, number)

    def _member(self, key: str) -> int:
        """The number of a member by its key; raises NotForTransfer."""
        found = [number for number, each in self.stage.members.items() if each.key == key]
        if not found:
            raise NotForTransfer(self.terms.reference)
        return found[0]
