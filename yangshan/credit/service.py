# SPDX-License-Identifier: Apache-2.0
"""The credits of a deployment: acts are done, tried or found done, and what stands is read.

The contracts hold the rules; what they refuse comes back as a typed ContractError and nothing is
sent. An act is known by its business key: repeated with the same content it answers with the
transaction that did it, and with other content it is refused.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from yangshan.alliance.calendar_words import day_number
from yangshan.chain.events import decode_receipt
from yangshan.chain.outbox import KeyReused
from yangshan.chain.reverts import ContractError
from yangshan.chain.sender import Done
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
from yangshan.credit.history import events_about
from yangshan.credit.ids import presentation_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from yangshan.chain.connection import Chain
    from yangshan.chain.enums import (
        ClaimState,
        CreditState,
        Disposal,
        ObligationState,
        PresentationState,
        RecordsState,
    )
    from yangshan.chain.events import SuiteEvent
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
    from yangshan.chain.sender import Sender
    from yangshan.chain.signers import Signer
    from yangshan.credit.acts import Act, Draft, Trace
    from yangshan.deployment.record import Deployment
    from yangshan.vault import Vault

_REGISTRY = "AllianceRegistry"


class Credits:
    """The credits of one deployment. Every act raises what the sender raises, ContractError too."""

    def __init__(self, chain: Chain, sender: Sender, deployment: Deployment) -> None:
        self._chain, self._sender, self._deployment = chain, sender, deployment

    # Acts of any kind

    def do(self, signer: Signer, act: Act) -> Done:
        """Does an act, once; raises KeyReused where its key stands for another content."""
        key = f"{act.function}:{act.key}"
        if act.repeatable:
            found = self.earlier(act, self.member_of(signer))
            if found is not None:
                return found
            if act.standing is not None:
                # What was taken back since is done anew, and once.
                happened = events_about(
                    self._chain, self._deployment, act.contract, act.traces[0].subject
                )
                key += f" after {len(happened)}"
        try:
            return self._sender.send(
                signer,
                act.contract,
                self._deployment.address(act.contract),
                act.function,
                act.arguments,
                key=key,
                intent=act.what,
            )
        except ContractError as refused:
            return self._earlier_than(refused, act, self.member_of(signer))

    def try_out(self, member: int, attempt: Callable[[], None], act: Act) -> Done | None:
        """Tries an act and sends nothing; what it was done by where it was done already.

        ``attempt`` tries the act's call in the name of a key or desk of ``member``; raises as
        :meth:`do`.
        """
        found = self.earlier(act, member) if act.repeatable else None
        if found is None:
            try:
                attempt()
            except ContractError as refused:
                return self._earlier_than(refused, act, member)
        return found

    def attempt(self, signer: Signer, act: Act) -> Callable[[], None]:
        """Tries an act's call in the name of a key."""
        address = self._deployment.address(act.contract)
        return lambda: self._sender.try_out(
            signer, act.contract, address, act.function, act.arguments
        )

    def settled(
        self, vault: Vault, draft: Draft, member: int, attempt: Callable[[Act], Callable[[], None]]
    ) -> Act:
        """The act of a draft, its text and salt kept for good before anything is sent.

        A text that the contracts would refuse is not kept, so that it can be mended. Raises as
        :meth:`try_out`, and VaultDamaged.
        """
        kept = vault.holds(draft.kind, draft.name, draft.value)
        if kept is None:
            act = draft.committed()
            self.try_out(member, attempt(act), act)
            kept = vault.add(draft.kind, draft.name, draft.value)
        return draft.committed(kept)

    def earlier(self, act: Act, member: int) -> Done | None:
        """What an act of a member was done by, if the chain shows that it was and that it stands.

        Raises KeyReused where its key stands for another content.
        """
        found = [self._event(act, trace, member) for trace in act.traces]
        event = found[0]
        if event is None or None in found or (act.standing and not act.standing(self)):
            return None
        if not act.traces[0].actor and self._is_anothers(event, member):
            return None
        receipt = self._chain.web3.eth.get_transaction_receipt(_hash(event))
        block = receipt["blockNumber"]
        return Done(
            transaction=event.transaction,
            gas=receipt["gasUsed"],
            block=block,
            time=instant_of(self._chain.web3.eth.get_block(block)["timestamp"]),
            events=decode_receipt(receipt),
            already=True,
        )

    def _earlier_than(self, refused: ContractError, act: Act, member: int) -> Done:
        """What an act was done by that the contracts refuse now; raises the refusal if nothing."""
        found = self.earlier(act, member)
        if found is None:
            raise refused
        return found

    def _is_anothers(self, event: SuiteEvent, member: int) -> bool:
        """Whether another member's key sent what an event tells; of a desk the event says none."""
        sent = self._chain.web3.eth.get_transaction(_hash(event))
        direct = sent.get("to") == event.address
        return direct and int(self._call(_REGISTRY, "memberOf", sent["from"])) != member

    def _event(self, act: Act, trace: Trace, member: int) -> SuiteEvent | None:
        for event in reversed(
            events_about(
                self._chain, self._deployment, trace.contract or act.contract, trace.subject
            )
        ):
            if not isinstance(event, trace.event):
                continue
            key = dict(trace.key) | ({trace.actor: member} if trace.actor else {})
            if any(getattr(event, name) != value for name, value in key.items()):
                continue
            if any(getattr(event, name) != value for name, value in trace.content.items()):
                stored = f"transaction {event.transaction}"
                raise KeyReused(f"{act.function}:{act.key}", act.what, stored)
            return event
        return None

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

    def member_of(self, signer: Signer) -> int:
        """The number of the member that a key acts for, 0 if it is nobody's."""
        return int(self._call(_REGISTRY, "memberOf", signer.address))

    def _call(self, contract: str, function: str, *arguments: object) -> Any:
        return self._sender.call(contract, self._deployment.address(contract), function, arguments)


def _hash(event: SuiteEvent) -> Any:
    return event.transaction
