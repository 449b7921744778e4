# SPDX-License-Identifier: Apache-2.0
"""The life of a credit on the chain: issue, advice, presentation, finding or refusal, payment.

Each act is one transaction of one member's key. The contracts hold the rules; what they refuse
comes back as a typed ContractError and nothing is sent. Acts are named by their business key, so
that a repeated one answers with the transaction that did it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yangshan.credit.discrepancies import to_bits
from yangshan.credit.ids import credit_id, presentation_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.chain.connection import Chain
    from yangshan.chain.enums import Disposal, PresentationState
    from yangshan.chain.records import (
        Credit,
        Issuance,
        Lodging,
        Obligation,
        Presentation,
        PresentationKey,
    )
    from yangshan.chain.sender import Done, Sender
    from yangshan.chain.signers import Signer
    from yangshan.deployment.record import Deployment

_REGISTRY = "AllianceRegistry"
_CREDITS = "LetterOfCredit"
_PRESENTATIONS = "Presentations"
_OBLIGATIONS = "PaymentObligations"


class Credits:
    """The credits of one deployment. Every act raises what the sender raises, ContractError too."""

    def __init__(self, chain: Chain, sender: Sender, deployment: Deployment) -> None:
        self._chain, self._sender, self._deployment = chain, sender, deployment

    def issue(self, signer: Signer, issuing_bank: int, issuance: Issuance) -> Done:
        """Issues a credit (UCP 600 art. 7(b)); ``issuing_bank`` is the signer's member."""
        reference = issuance.bank_reference
        name = credit_id(issuing_bank, reference)
        arguments = (issuance,)
        return self._send(signer, _CREDITS, "issue", arguments, name, f"issue {reference}")

    def try_issue(self, signer: Signer, issuance: Issuance) -> None:
        """Tries on the chain whether the credit could be issued; sends nothing."""
        self._sender.try_out(
            signer,
            _CREDITS,
            self._deployment.address(_CREDITS),
            "issue",
            (issuance,),
        )

    def advise(self, signer: Signer, credit: str, *, apparently_authentic: bool = True) -> Done:
        """Advises a credit (UCP 600 art. 9)."""
        arguments = (credit, apparently_authentic)
        name = f"{credit}:{signer.address}"
        return self._send(signer, _CREDITS, "advise", arguments, name, "advise a credit")

    def record_mandate(self, signer: Signer, credit: str, presenter: int, mandate: str) -> Done:
        """Lets another member present as well; ``mandate`` is the commitment to the mandate."""
        arguments = (credit, presenter, mandate)
        name = f"{credit}:{presenter}"
        return self._send(
            signer, _PRESENTATIONS, "recordMandate", arguments, name, "record a mandate"
        )

    def lodge(self, signer: Signer, lodging: Lodging) -> Done:
        """Presents documents (UCP 600 art. 6, 14); late or overdrawn ones are recorded too."""
        return self._on(signer, "lodge", lodging.key, (lodging,))

    def fix_deadline(self, signer: Signer, key: PresentationKey) -> Done:
        """Fixes a deadline that the calendar did not reach at lodging; anyone may."""
        return self._on(signer, "fixDeadline", key, (key,))

    def find_complying(self, signer: Signer, key: PresentationKey) -> Done:
        """Determines that a presentation complies (UCP 600 art. 15)."""
        return self._on(signer, "findComplying", key, (key,))

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
        arguments = (key, to_bits(codes), int(disposal), notice)
        return self._on(signer, "refuse", key, arguments)

    def claim_precluded(self, signer: Signer, key: PresentationKey) -> Done:
        """Claims what a precluded bank owes (UCP 600 art. 16(f))."""
        return self._on(signer, "claimPrecluded", key, (key,))

    def pay(self, signer: Signer, obligation: str) -> Done:
        """Pays an obligation in full in cash on the ledger."""
        return self._send(
            signer, _OBLIGATIONS, "pay", (obligation,), obligation, "pay an obligation"
        )

    def credit(self, credit: str) -> Credit:
        """A credit as it stands; raises the contracts' UnknownCredit."""
        found: Credit = self._call(_CREDITS, "credit", credit)
        return found

    def exists(self, credit: str) -> bool:
        """Whether the credit was ever issued."""
        return bool(self._call(_CREDITS, "stateOf", credit))

    def presentation(self, key: PresentationKey) -> Presentation:
        """A presentation as it is stored, all zero if there is none."""
        found: Presentation = self._call(_PRESENTATIONS, "presentation", presentation_id(key))
        return found

    def presentation_state(self, key: PresentationKey) -> PresentationState:
        """Where a presentation stands now, preclusion included."""
        found: PresentationState = self._call(_PRESENTATIONS, "stateOf", key)
        return found

    def is_precluded(self, key: PresentationKey) -> bool:
        """Whether the examining bank is precluded (UCP 600 art. 16(f)), unclaimed as yet."""
        return bool(self._call(_PRESENTATIONS, "isPrecluded", key))

    def obligation(self, obligation: str) -> Obligation:
        """An obligation as it stands, all zero if there is none."""
        found: Obligation = self._call(_OBLIGATIONS, "obligation", obligation)
        return found

    def member_of(self, signer: Signer) -> int:
        """The number of the member that a key acts for, 0 if it is nobody's."""
        return int(self._call(_REGISTRY, "memberOf", signer.address))

    def _on(
        self, signer: Signer, function: str, key: PresentationKey, arguments: tuple[object, ...]
    ) -> Done:
        name = presentation_id(key)
        intent = f"{function} presentation {key.number} under {key.credit_id}"
        return self._send(signer, _PRESENTATIONS, function, arguments, name, intent)

    def _send(
        self,
        signer: Signer,
        contract: str,
        function: str,
        arguments: tuple[object, ...],
        name: str,
        intent: str,
    ) -> Done:
        return self._sender.send(
            signer,
            contract,
            self._deployment.address(contract),
            function,
            arguments,
            key=f"{function}:{name}",
            intent=intent,
        )

    def _call(self, contract: str, function: str, *arguments: object) -> Any:
        return self._sender.call(contract, self._deployment.address(contract), function, arguments)
