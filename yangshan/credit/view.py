# SPDX-License-Identifier: Apache-2.0
"""A credit as a person or a program wants to see it: its state, presentations and obligations."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from yangshan.alliance.places import local_time
from yangshan.chain.enums import PresentationFlag, PresentationState
from yangshan.chain.events import DocumentsLodged, DocumentsRefused, ObligationIncurred
from yangshan.credit.discrepancies import from_bits
from yangshan.credit.history import history
from yangshan.credit.ids import credit_id
from yangshan.errors import Refused, Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.connection import Chain
    from yangshan.chain.events import SuiteEvent
    from yangshan.credit.service import Credits
    from yangshan.deployment.record import Deployment

_BANK_PREFIX = 8


class NoSuchCredit(Refused):
    """A reference under which no bank of the alliance has issued a credit."""

    def __init__(self, reference: str, banks: int) -> None:
        super().__init__(
            f"None of the {banks} banks looked at has issued a credit {reference}; expected the "
            "reference of field 20 of an issued credit."
        )
        self.reference = reference


class SeveralCredits(Refused):
    """A reference that several banks have used."""

    def __init__(self, reference: str, banks: list[str]) -> None:
        super().__init__(
            f"{' and '.join(banks)} have each issued a credit {reference}; name one of the banks."
        )
        self.reference = reference
        self.banks = tuple(banks)


class UnknownBank(Unusable):
    """A BIC that is none of a bank of the alliance."""

    def __init__(self, bank: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"{bank} is not the BIC of a bank of the alliance; its banks are {', '.join(known)}."
        )
        self.bank = bank
        self.known = known


class _View(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PartiesView(_View):
    """The parties by legal name; None for one that is not named or no member."""

    issuing_bank: str | None
    applicant: str | None
    beneficiary: str | None
    advising_bank: str | None
    second_advising_bank: str | None
    nominated_bank: str | None
    confirming_bank: str | None
    reimbursing_bank: str | None


class PresentationView(_View):
    """One presentation; amounts in minor units, a deadline that is not known is None.

    Times are those of the examining bank's place.
    A claimed preclusion is PRECLUDED and ``claimed``.
    """

    id: str
    presenter: str | None
    examiner: str | None
    state: str
    claimed: bool
    amount: int
    received: datetime
    deadline: datetime | None
    late: bool
    overdrawn: bool
    short: bool
    discrepancies: tuple[str, ...]
    disposal: str | None


class ObligationView(_View):
    """What a bank owes or has paid; the amount in minor units, due by the clock of its place."""

    id: str
    debtor: str | None
    owner: str | None
    amount: int
    kind: str
    state: str
    due: datetime


class EventView(_View):
    """One event of the contracts."""

    event: str
    transaction: str
    block: int


class CreditView(_View):
    """One credit; amounts in minor units of ``currency``."""

    reference: str
    id: str
    state: str
    advised: bool
    currency: str
    amount: int
    drawn: int
    expiry: date
    parties: PartiesView
    presentations: tuple[PresentationView, ...]
    obligations: tuple[ObligationView, ...]
    events: tuple[EventView, ...]


class Viewer:
    """Looks at the credits of one deployment; ``members`` by their number on chain."""

    def __init__(
        self,
        chain: Chain,
        deployment: Deployment,
        service: Credits,
        members: Mapping[int, MemberRecord],
    ) -> None:
        self._chain, self._deployment = chain, deployment
        self._service, self._members = service, members

    def find(self, reference: str, bank: str | None = None) -> CreditView:
        """The credit that a bank has issued under a reference; ``bank`` is a BIC to look at alone.

        Raises :class:`NoSuchCredit`, :class:`SeveralCredits`, :class:`UnknownBank`.
        """
        return self._view(reference, self.number_of(reference, bank))

    def number_of(self, reference: str, bank: str | None = None) -> str:
        """The number of that credit (0x and 64 digits); raises as :meth:`find`."""
        banks = {number: member.bic for number, member in self._members.items() if member.bic}
        issuers = {
            number: bic
            for number, bic in banks.items()
            if bank is None or bic[:_BANK_PREFIX] == bank[:_BANK_PREFIX]
        }
        if bank is not None and not issuers:
            raise UnknownBank(bank, tuple(banks.values()))
        found = {
            number: bic
            for number, bic in issuers.items()
            if self._service.exists(credit_id(number, reference))
        }
        if not found:
            raise NoSuchCredit(reference, len(issuers))
        if len(found) > 1:
            raise SeveralCredits(reference, list(found.values()))
        return credit_id(next(iter(found)), reference)

    def _view(self, reference: str, number: str) -> CreditView:
        held = self._service.credit(number)
        stated = held.issuance
        events = history(self._chain, self._deployment, number)
        return CreditView(
            reference=reference,
            id=number,
            state=held.state.name,
            advised=held.advised,
            currency=stated.money.currency.code,
            amount=stated.amount,
            drawn=held.drawn,
            expiry=stated.expiry,
            parties=PartiesView(
                issuing_bank=self._name(held.issuing_bank),
                applicant=self._name(stated.applicant),
                beneficiary=self._name(stated.beneficiary),
                advising_bank=self._name(stated.advising_bank),
                second_advising_bank=self._name(stated.second_advising_bank),
                nominated_bank=self._name(stated.nominated_bank),
                confirming_bank=self._name(stated.confirming_bank),
                reimbursing_bank=self._name(stated.reimbursing_bank),
            ),
            presentations=tuple(
                self._presentation(event, events)
                for event in events
                if isinstance(event, DocumentsLodged)
            ),
            obligations=tuple(
                self._obligation(event) for event in events if isinstance(event, ObligationIncurred)
            ),
            events=tuple(
                EventView(
                    event=type(event).__name__,
                    transaction=event.transaction,
                    block=event.block_number,
                )
                for event in events
            ),
        )

    def _presentation(self, lodged: DocumentsLodged, events: list[SuiteEvent]) -> PresentationView:
        key = lodged.lodging.key
        found = self._service.presentation(key)
        state = self._service.presentation_state(key)
        claimed = state is PresentationState.CLAIMED
        refusal = next(
            (
                event
                for event in events
                if isinstance(event, DocumentsRefused)
                and event.presentation_id == lodged.presentation_id
            ),
            None,
        )
        return PresentationView(
            id=lodged.presentation_id,
            presenter=self._name(key.presenter),
            examiner=self._name(lodged.examiner),
            state=(PresentationState.PRECLUDED if claimed else state).name,
            claimed=claimed,
            amount=found.amount,
            received=self._local(found.received, lodged.examiner),
            deadline=found.deadline and self._local(found.deadline, lodged.examiner),
            late=PresentationFlag.LATE in found.flags,
            overdrawn=PresentationFlag.OVERDRAWN in found.flags,
            short=PresentationFlag.SHORT in found.flags,
            discrepancies=tuple(row.code for row in from_bits(refusal.discrepancies))
            if refusal
            else (),
            disposal=refusal.disposal.name if refusal else None,
        )

    def _obligation(self, incurred: ObligationIncurred) -> ObligationView:
        found = self._service.obligation(incurred.obligation_id)
        return ObligationView(
            id=incurred.obligation_id,
            debtor=self._name(found.debtor),
            owner=self._name(found.owner),
            amount=found.amount,
            kind=found.kind.name,
            state=found.state.name,
            due=self._local(found.maturity, found.debtor),
        )

    def _local(self, instant: datetime, bank: int) -> datetime:
        """The same instant on the clock of a bank's place, where the table has that place."""
        return local_time(instant, self._members[bank].calendar if bank in self._members else None)

    def _name(self, number: int) -> str | None:
        return self._members[number].legal_name if number in self._members else None
