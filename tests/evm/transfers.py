# SPDX-License-Identifier: Apache-2.0
"""One transferable credit and a part of it, brought into every stage, and what they tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from eth_utils import keccak
from suite import Event, event
from vocabulary import AmendmentPassing, Mark
from world import (
    APPLICANT,
    BENEFICIARY,
    DAY,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    START,
    Amendment,
    Issuance,
    PresentationKey,
    Receipt,
    World,
    credit_id,
    desk,
    obligation_id,
)

BUYER, FIRST, SECOND, TRANSFERRING = APPLICANT, BENEFICIARY, FORWARDER, FRANKFURT
# The part expires a week before the credit.
EXPIRY: Final = START // DAY + 60
TERMS: Final = Issuance(
    nominated_bank=TRANSFERRING,
    amount=100,
    transferable=True,
    expiry=EXPIRY,
    presentation_period=21,
)
CREDIT: Final = credit_id(ISSUER, TERMS.reference)
SHARE, AMOUNT = 100, 80
DIFFERENCE: Final = 10
TEXT: Final = keccak(text="text")
PART_TERMS: Final = keccak(text="terms of the part")


class TransferRequest(NamedTuple):
    """The struct of ICreditTransfers."""

    credit: bytes = CREDIT
    terms: bytes = PART_TERMS
    share: int = SHARE
    amount: int = AMOUNT
    required_cover: int = 0
    second_beneficiary: int = SECOND
    second_bank: int = 0
    transferring_bank: int = TRANSFERRING
    expiry: int = EXPIRY - 7
    latest_shipment: int = TERMS.latest_shipment
    presentation_period: int = 15
    number: int = 1
    passing: int = int(AmendmentPassing.ALWAYS)
    keeps_substitution: bool = True
    replaces_applicant: bool = True
    pays_where_transferred: bool = False


def request(**changes: Any) -> TransferRequest:
    return TransferRequest(**changes)


def part_id(credit: bytes, number: int) -> bytes:
    return keccak(credit + number.to_bytes(32, "big"))


PART: Final = part_id(CREDIT, 1)
KEY: Final = PresentationKey(PART, TRANSFERRING, SECOND, 1)


@dataclass
class Transfers:
    """A credit with its parts, in the whole suite; each act returns the scene for the next."""

    world: World
    terms: Issuance = TERMS
    asked: TransferRequest = field(default_factory=TransferRequest)
    key: PresentationKey = KEY
    onward: PresentationKey | None = None
    receipt: Receipt | None = None

    @property
    def part(self) -> bytes:
        return part_id(self.asked.credit, self.asked.number)

    @property
    def owed(self) -> bytes:
        """What the transferring bank owes the second beneficiary."""
        return obligation_id(
            self.key.id, self.key.examiner, self.world.presentation(self.key).payee
        )

    def send(self, member: int, function: str, *args: Any) -> Transfers:
        name = function if "." in function else f"CreditTransfers.{function}"
        self.receipt = self.world.send(desk(member), name, *args)
        return self

    def view(self, function: str, *args: Any) -> Any:
        name = function if "." in function else f"CreditTransfers.{function}"
        return self.world.view(name, *args)

    # The credit

    def issue(self, **changes: Any) -> Transfers:
        self.terms = self.terms._replace(**changes)
        self.send(ISSUER, "LetterOfCredit.issue", self.terms)
        if self.terms.confirming_bank:
            self.send(self.terms.confirming_bank, "LetterOfCredit.confirm", CREDIT)
        return self

    def amended(self, **changes: Any) -> Transfers:
        """The whole credit's next amendment, accepted by the first beneficiary."""
        number = self.view("LetterOfCredit.credit", CREDIT).amendments + 1
        amendment = Amendment(number, **changes)
        self.send(ISSUER, "LetterOfCredit.amend", CREDIT, amendment)
        if self.terms.confirming_bank:
            bank = self.terms.confirming_bank
            self.send(bank, "LetterOfCredit.extendConfirmation", CREDIT, number)
        return self.send(FIRST, "LetterOfCredit.acceptAmendment", CREDIT, number, bytes(32))

    def propose_cancellation(self) -> Transfers:
        number = self.view("LetterOfCredit.credit", CREDIT).amendments + 1
        return self.send(ISSUER, "LetterOfCredit.amend", CREDIT, Amendment(number, cancels=True))

    def accept_cancellation(self, number: int = 1) -> Transfers:
        return self.send(FIRST, "LetterOfCredit.acceptAmendment", CREDIT, number, bytes(32))

    # The transfer

    def request(self, **changes: Any) -> Transfers:
        self.asked = self.asked._replace(**changes)
        return self.send(FIRST, "requestTransfer", self.asked, bytes(32))

    def transfer(self) -> Transfers:
        self.send(self.asked.transferring_bank, "transfer", self.part)
        key = PresentationKey(self.part, self.asked.transferring_bank, SECOND, 1)
        self.key = key._replace(presenter=self.asked.second_beneficiary)
        return self

    def transferred(self, **changes: Any) -> Transfers:
        """From issue to transfer, with changes to the request."""
        return self.issue().request(**changes).transfer()

    def another(self, **changes: Any) -> Transfers:
        """A further part of the same credit, in a scene of its own."""
        number = self.view("transfersOf", CREDIT) + 1
        scene = Transfers(self.world, self.terms, self.asked._replace(number=number))
        return scene.request(**changes).transfer()

    def approve(self, number: int = 1) -> Transfers:
        return self.send(FIRST, "approvePassing", self.part, number, bytes(32))

    def pass_on(self, from_: int = 1, share: int = 0, **changes: Any) -> Transfers:
        number = self.view("LetterOfCredit.credit", self.part).amendments + 1
        amendment = Amendment(number, **changes)
        bank = self.asked.transferring_bank
        return self.send(bank, "passAmendment", self.part, from_, amendment, share)

    def accept(self, number: int = 1) -> Transfers:
        """The second beneficiary accepts an amendment of its part."""
        second = self.asked.second_beneficiary
        return self.send(second, "LetterOfCredit.acceptAmendment", self.part, number, bytes(32))

    def reject(self, number: int = 1) -> Transfers:
        second = self.asked.second_beneficiary
        return self.send(second, "LetterOfCredit.rejectAmendment", self.part, number, bytes(32))

    def agree(self, number: int = 1) -> Transfers:
        second = self.asked.second_beneficiary
        return self.send(second, "agreeToCancellation", self.part, number, bytes(32))

    # Documents

    def lodge(self, amount: int = AMOUNT, number: int = 1) -> Transfers:
        self.key = self.world.lodge(
            self.part,
            examiner=self.asked.transferring_bank,
            presenter=self.asked.second_beneficiary,
            number=number,
            amount=amount,
        )
        return self

    def honour(self) -> Transfers:
        return self.send(self.key.examiner, "Presentations.findComplying", self.key)

    def demand(self, days: int = 3) -> Transfers:
        until = self.world.time + days * DAY
        return self.send(self.key.examiner, "demandSubstitution", self.key, until, TEXT)

    def substitute(self, difference: int = DIFFERENCE) -> Transfers:
        amount = self.world.presentation(self.key).amount + difference
        return self.send(FIRST, "substitute", self.key, amount, TEXT, bytes(32))

    def take_up(self) -> Transfers:
        return self.send(self.key.examiner, "takeUpSubstitution", self.key)

    def fail(self) -> Transfers:
        """The first beneficiary does not answer in time."""
        self.demand()
        self.world.at(self.view("substitutionOf", self.key.id).answerBy + 1)
        return self.send(self.key.examiner, "recordFailure", self.key, TEXT)

    def forward(self, to: int = ISSUER, number: int = 1) -> Transfers:
        self.onward = PresentationKey(CREDIT, to, self.key.examiner, number)
        args = (self.key, to, number, TEXT)
        return self.send(self.key.examiner, "Forwarding.forward", *args)

    # What is on record

    def drawn(self, credit: bytes = CREDIT) -> int:
        found: int = self.view("LetterOfCredit.credit", credit).drawn
        return found

    def record(self) -> Any:
        """All that the suite tells of the credit, its part and the documents."""
        found: list[Any] = [self.view("LetterOfCredit.credit", CREDIT)]
        found += [self.view("transferOf", self.part), self.view("livingParts", CREDIT)]
        if self.view("LetterOfCredit.stateOf", self.part):
            found += [self.view("LetterOfCredit.credit", self.part)]
        found += [self.world.presentation(self.key), self.view("substitutionOf", self.key.id)]
        return found

    @property
    def marks(self) -> Any:
        assert self.onward is not None
        return Mark(self.world.presentation(self.onward).marks)


def told(name: str, /, **fields: Any) -> Event:
    return event("CreditTransfers", name, **fields)
