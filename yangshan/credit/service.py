# SPDX-License-Identifier: Apache-2.0
"""The credits of a deployment: acts are done, tried or found done, and what stands is read.

How acts are done: :mod:`yangshan.acts`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from yangshan.acts import Acts
from yangshan.alliance.calendar_words import day_number
from yangshan.chain.values import instant_of
from yangshan.credit import advising, examining, opening, paying, presenting
from yangshan.credit.acts import (
    CREDITS,
    FORWARDING,
    OBLIGATIONS,
    PRESENTATIONS,
    RECORDS,
    REIMBURSEMENTS,
    SCHEDULES,
    TRANSFERS,
)
from yangshan.credit.ids import presentation_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from yangshan.chain.enums import (
        ClaimState,
        CreditState,
        Disposal,
        ObligationState,
        PresentationState,
        RecordsState,
    )
    from yangshan.chain.records import (
        Advances,
        AmendmentRecord,
        Assignment,
        Authorisation,
        AuthorisationProposal,
        Claim,
        Credit,
        CreditAssignment,
        InstalmentRecord,
        Issuance,
        Lodging,
        Obligation,
        Presentation,
        PresentationKey,
        RecordSet,
        Schedule,
        SubstitutionRecord,
        TransferRecord,
    )
    from yangshan.chain.sender import Done
    from yangshan.chain.signers import Signer


class Credits(Acts):
    """The credits of one deployment. Every act raises what the sender raises, ContractError too."""

    # The acts of a sight credit, in one call each

    def issue(self, signer: Signer, issuing_bank: int, issuance: Issuance) -> Done:
        """Issues a credit (UCP 600 art. 7(b)); ``issuing_bank`` is the signer's member."""
        return self.do(signer, opening.issue(issuing_bank, issuance))

    def advise(self, signer: Signer, credit: str, *, apparently_authentic: bool = True) -> Done:
        """Advises a credit (UCP 600 art. 9)."""
        return self.do(signer, advising.advise(credit, apparently_authentic=apparently_authentic))

    def record_mandate(self, signer: Signer, credit: str, presenter: int, mandate: str) -> Done:
        """Lets another member present as well; ``mandate`` is the commitment to the mandate."""
        return self.do(signer, presenting.record_mandate(credit, presenter, mandate))

    def lodge(self, signer: Signer, lodging: Lodging) -> Done:
        """Presents documents (UCP 600 art. 6, 14); late or overdrawn ones are recorded too."""
        return self.do(signer, presenting.lodge(lodging))

    def fix_deadline(self, signer: Signer, key: PresentationKey) -> Done:
        """Fixes a deadline that the calendar did not reach at lodging; anyone may."""
        return self.do(signer, presenting.fix_deadline(key))

    def find_complying(self, signer: Signer, key: PresentationKey) -> Done:
        """Determines that a presentation complies (UCP 600 art. 15)."""
        return self.do(signer, examining.find_complying(key))

    def refuse(
        self,
        signer: Signer,
        key: PresentationKey,
        codes: Sequence[str],
        disposal: Disposal,
        notice: str,
    ) -> Done:
        """Refuses by the one notice (UCP 600 art. 16(c)); ``notice`` is the commitment to its text.

        Raises UnknownDiscrepancy for a code that is none.
        """
        return self.do(signer, examining.refuse(key, codes, disposal, notice))

    def claim_precluded(self, signer: Signer, key: PresentationKey) -> Done:
        """Claims what a precluded bank owes (UCP 600 art. 16(f))."""
        return self.do(signer, presenting.claim_precluded(key))

    def pay(self, signer: Signer, obligation: str) -> Done:
        """Pays an obligation in full in cash on the ledger."""
        return self.do(signer, paying.pay(obligation))

    # What stands

    def credit(self, credit: str) -> Credit:
        """A credit as it stands; raises the contracts' UnknownCredit."""
        found: Credit = self._call(CREDITS, "credit", credit)
        return found

    def undertaking(self, credit: str, bank: int) -> Credit:
        """A credit as it binds a bank: a confirming bank may be bound by an earlier version."""
        found: Credit = self._call(CREDITS, "undertaking", credit, bank)
        return found

    def state(self, credit: str) -> CreditState:
        """Where a credit stands now, expiry included; NONE if there is none."""
        found: CreditState = self._call(CREDITS, "stateOf", credit)
        return found

    def exists(self, credit: str) -> bool:
        """Whether the credit was ever issued, or pre-advised."""
        return bool(self.state(credit))

    def amendment(self, credit: str, number: int) -> AmendmentRecord:
        """An amendment as it stands; raises the contracts' UnknownAmendment."""
        found: AmendmentRecord = self._call(CREDITS, "amendmentOf", credit, number)
        return found

    def amendments(self, credit: str) -> list[AmendmentRecord]:
        """All amendments of a credit, in the order of their numbers."""
        issued = self.credit(credit).amendments
        return [self.amendment(credit, number) for number in range(1, issued + 1)]

    def stay_of(self, credit: str) -> datetime | None:
        """Last second of the stay on record, which may have lapsed; None if there is none."""
        until = self._call(CREDITS, "stayOf", credit)
        return instant_of(until) if until else None

    def presentation(self, key: PresentationKey) -> Presentation:
        """A presentation as it is stored, all zero if there is none."""
        found: Presentation = self._call(PRESENTATIONS, "presentation", presentation_id(key))
        return found

    def presentation_state(self, key: PresentationKey) -> PresentationState:
        """Where a presentation stands now, preclusion included."""
        found: PresentationState = self._call(PRESENTATIONS, "stateOf", key)
        return found

    def is_precluded(self, key: PresentationKey) -> bool:
        """Whether the examining bank is precluded (UCP 600 art. 16(f)), unclaimed as yet."""
        return bool(self._call(PRESENTATIONS, "isPrecluded", key))

    def records(self, key: PresentationKey) -> RecordSet:
        """The electronic records of a presentation as they are stored, all zero if there are none.

        Their state is the one that is seen now.
        """
        name = presentation_id(key)
        found: RecordSet = self._call(RECORDS, "recordSet", name)
        state: RecordsState = self._call(RECORDS, "stateOf", name)
        return replace(found, state=state)

    def followed_by(self, obligation: str) -> str:
        """The obligation that came after one that was left unpaid; zero if none did."""
        return str(self._call(OBLIGATIONS, "followedBy", obligation))

    def forwarded_as(self, key: PresentationKey) -> str:
        """Which presentation its documents became at the bank behind; all zero if none."""
        return str(self._call(FORWARDING, "forwardedAs", presentation_id(key)))

    def amendments_named(self, key: PresentationKey) -> tuple[int, ...]:
        """The numbers of the amendments on which its presenter says that it presents."""
        bits = self._call(PRESENTATIONS, "amendmentsPresentedOn", presentation_id(key))
        return tuple(number for number in range(bits.bit_length()) if bits >> number & 1)

    def obligation(self, obligation: str) -> Obligation:
        """An obligation as it stands, all zero if there is none."""
        found: Obligation = self._call(OBLIGATIONS, "obligation", obligation)
        return found

    def obligation_state(self, obligation: str) -> ObligationState:
        """Where an obligation stands now, overdue and stayed included."""
        found: ObligationState = self._call(OBLIGATIONS, "stateOf", obligation)
        return found

    def current_creditor(self, obligation: str) -> int:
        """The member that is to be paid now, 0 if there is no such obligation.

        It is not the owner where a bank behind owes what the owner left unpaid, or has paid late.
        """
        return int(self._call(OBLIGATIONS, "currentCreditor", obligation))

    def agreed_prepayment(self, obligation: str) -> int:
        """For how much its owner lets an obligation be paid before maturity, in minor units."""
        return int(self._call(OBLIGATIONS, "agreedPrepayment", obligation))

    def assignment(self, obligation: str) -> Assignment:
        """The assignment of an obligation's proceeds, all zero if there is none."""
        found: Assignment = self._call(OBLIGATIONS, "assignmentOf", obligation)
        return found

    def assigned_ahead(self, credit: str) -> CreditAssignment:
        """What is assigned of a credit before it is owed, all zero if nothing is."""
        found: CreditAssignment = self._call(OBLIGATIONS, "creditAssignmentOf", credit)
        return found

    def schedule(self, credit: str) -> Schedule:
        """What a credit says of its amounts over time, all empty if it says nothing."""
        found: Schedule = self._call(SCHEDULES, "scheduleOf", credit)
        return found

    def instalments(self, credit: str, bank: int) -> tuple[InstalmentRecord, ...]:
        """The instalments of a credit as they bind a bank and as they stand."""
        return tuple(self._call(SCHEDULES, "instalmentsOf", credit, bank))

    def advances(self, credit: str) -> Advances:
        """The advances before shipment under a credit, all zero if there is no red clause."""
        found: Advances = self._call(SCHEDULES, "advancesOf", credit)
        return found

    def available_on(self, credit: str, bank: int, day: date, shipped: date | None) -> int:
        """What a demand received on a day may come to by its schedule, in minor units."""
        days = (day_number(day), day_number(shipped) if shipped else 0)
        return int(self._call(SCHEDULES, "availableOn", credit, bank, *days))

    def authorisation(self, credit: str) -> Authorisation:
        """The authority to reimburse under a credit, all zero if there is none."""
        found: Authorisation = self._call(REIMBURSEMENTS, "authorisationOf", credit)
        return found

    def proposal(self, credit: str) -> AuthorisationProposal:
        """What is proposed to an undertaking to reimburse, all zero if nothing is."""
        found: AuthorisationProposal = self._call(REIMBURSEMENTS, "proposalOf", credit)
        return found

    def claim(self, claim: str) -> Claim:
        """A claim for reimbursement as it is stored, all zero if there is none."""
        found: Claim = self._call(REIMBURSEMENTS, "claimRecord", claim)
        return found

    def claim_state(self, claim: str) -> ClaimState:
        """Where a claim stands now, time and payment included."""
        found: ClaimState = self._call(REIMBURSEMENTS, "stateOf", claim)
        return found

    def transfer(self, part: str) -> TransferRecord:
        """A transfer of a credit as it stands, all zero if none was asked for."""
        found: TransferRecord = self._call(TRANSFERS, "transferOf", part)
        return found

    def transfers(self, credit: str) -> int:
        """How many transfers of a credit were asked for; they are numbered from 1."""
        return int(self._call(TRANSFERS, "transfersOf", credit))

    def authorised_bank(self, credit: str) -> int:
        """The bank that may transfer a credit available with any bank, 0 if none is authorised."""
        return int(self._call(TRANSFERS, "authorisedBank", credit))

    def substitution(self, key: PresentationKey) -> SubstitutionRecord:
        """A substitution of invoice and draft as it stands, all zero if nothing is on record."""
        found: SubstitutionRecord = self._call(TRANSFERS, "substitutionOf", presentation_id(key))
        return found

    def left_for_differences(self, part: str) -> int:
        """What the share of a part has left for differences, in minor units."""
        return int(self._call(TRANSFERS, "leftOf", part))

    def insurance_percentage(self, part: str) -> int:
        """The percentage of insurance of a part, in hundredths of a per cent; 0 if none."""
        return int(self._call(TRANSFERS, "insurancePercentage", part))
