# SPDX-License-Identifier: Apache-2.0
"""One credit with all its parties, brought into every stage of its life, and what it tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from eth_utils import keccak
from suite import Event, event
from vocabulary import AmendmentState, CreditState
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CENTRAL,
    DAY,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    OTHER,
    REMOTE,
    START,
    Amendment,
    Issuance,
    Receipt,
    World,
    account,
    credit_id,
    desk,
    packed,
)

from yangshan.deployment.plan import CREDITS_EDITION

# The contract of presentations is a plain account here, so that it draws at will.
PRESENTATIONS: Final = 0
DRAWER: Final = account("a contract of presentations")
# So is that of transfers, which parts of credits are told of in test_transfers.py.
TRANSFERS: Final = account("a contract of transfers")

SECOND, NOMINATED, CONFIRMER, REIMBURSER = OTHER, FRANKFURT, REMOTE, CENTRAL
# Everybody who tries every act: the parties, a bystander, an authority, and Presentations.
ACTORS: Final = (
    ISSUER,
    ADVISER,
    SECOND,
    NOMINATED,
    CONFIRMER,
    REIMBURSER,
    APPLICANT,
    BENEFICIARY,
    FORWARDER,
    AUTHORITY,
    PRESENTATIONS,
)

PLAIN: Final = Issuance(nominated_bank=NOMINATED, reimbursing_bank=REIMBURSER)
ASKED: Final = PLAIN._replace(confirming_bank=CONFIRMER)
FULL: Final = PLAIN.amount
# In the evening of the day of expiry, a Friday, every bank is closed.
EXPIRY: Final = START // DAY + 60
AFTER_EXPIRY: Final = (EXPIRY + 1) * DAY

STAY: Final = 100 * DAY
ORDER: Final = keccak(text="order of the court")
LIFTED: Final = keccak(text="the order is lifted")
MANDATE: Final = keccak(text="what the beneficiary told its bank")

LESS: Final = Amendment(decrease=100, latest_shipment=EXPIRY - 10)
CANCELS: Final = Amendment(cancels=True)


def caller(actor: int) -> str:
    return desk(actor) if actor else DRAWER


def joined(*commitments: bytes) -> bytes:
    """The commitment to terms and the amendments that became part of them."""
    first, *rest = commitments
    for each in rest:
        first = keccak(first + each)
    return first


@dataclass
class Letter:
    """One credit in a contract of its own."""

    world: World
    terms: Issuance = ASKED
    amendment: Amendment = LESS
    # The end of a stay that was recorded.
    until: int = 0
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> bytes:
        return self.id_of(ISSUER)

    def id_of(self, bank: int) -> bytes:
        return credit_id(bank, self.terms.reference)

    def send(self, actor: int, function: str, *args: Any) -> Receipt:
        return self.world.send(caller(actor), f"Credits.{function}", *args)

    def view(self, function: str, *args: Any) -> Any:
        return self.world.view(f"Credits.{function}", self.id, *args)

    # Acts of the credit

    def pre_advise(self, actor: int = ISSUER) -> Receipt:
        return self.send(actor, "preAdvise", self.terms)

    def issue(self, actor: int = ISSUER) -> Receipt:
        return self.send(actor, "issue", self.terms)

    def issue_batch(self, actor: int = ISSUER) -> Receipt:
        return self.send(actor, "issueBatch", [packed(self.terms)])

    def issue_pre_advised(self, actor: int = ISSUER) -> Receipt:
        return self.send(actor, "issuePreAdvised", self.terms)

    def advise(self, actor: int = ADVISER) -> Receipt:
        return self.send(actor, "advise", self.id, True)

    def decline_advice(self, actor: int = ADVISER) -> Receipt:
        return self.send(actor, "declineAdvice", self.id)

    def request(self, actor: int = ISSUER, bank: int = NOMINATED) -> Receipt:
        return self.send(actor, "requestConfirmation", self.id, bank)

    def confirm(self, actor: int = CONFIRMER) -> Receipt:
        return self.send(actor, "confirm", self.id)

    def decline_confirmation(self, actor: int = CONFIRMER) -> Receipt:
        return self.send(actor, "declineConfirmation", self.id)

    def stay(self, actor: int = AUTHORITY) -> Receipt:
        return self.send(actor, "stay", self.id, self.world.time + STAY, ORDER)

    def lift(self, actor: int = AUTHORITY) -> Receipt:
        return self.send(actor, "liftStay", self.id, LIFTED)

    def draw(self, actor: int = PRESENTATIONS, amount: int = 1, bank: int = ISSUER) -> Receipt:
        return self.send(actor, "drawExactly", self.id, bank, amount)

    def draw_up_to(
        self, actor: int = PRESENTATIONS, amount: int = 1, bank: int = ISSUER
    ) -> Receipt:
        return self.send(actor, "drawUpTo", self.id, bank, amount)

    # Acts of an amendment

    def amend(self, actor: int = ISSUER, **changes: Any) -> Receipt:
        """Issues the next amendment."""
        number = self.view("credit").amendments + 1
        self.amendment = Amendment(number, **changes) if changes else LESS._replace(number=number)
        return self.propose(actor)

    def propose(self, actor: int = ISSUER) -> Receipt:
        return self.send(actor, "amend", self.id, self.amendment)

    def extend(self, actor: int = CONFIRMER, number: int = 1) -> Receipt:
        return self.send(actor, "extendConfirmation", self.id, number)

    def decline_extension(self, actor: int = CONFIRMER, number: int = 1) -> Receipt:
        return self.send(actor, "declineExtension", self.id, number)

    def accept(
        self, actor: int = BENEFICIARY, number: int = 1, mandate: bytes = bytes(32)
    ) -> Receipt:
        return self.send(actor, "acceptAmendment", self.id, number, mandate)

    def reject(
        self, actor: int = BENEFICIARY, number: int = 1, mandate: bytes = bytes(32)
    ) -> Receipt:
        return self.send(actor, "rejectAmendment", self.id, number, mandate)

    def accept_by_presentation(
        self,
        actor: int = PRESENTATIONS,
        *numbers: int,
        named: Sequence[int] = range(1, 256),
        carried: bool = False,
    ) -> Receipt:
        masks = (sum(1 << number for number in each) for each in (numbers or (1,), named))
        return self.send(actor, "acceptByPresentation", self.id, *masks, carried)

    # What is on record

    def state(self) -> int:
        found: int = self.view("stateOf")
        return found

    def record(self) -> Any:
        """All that the contract tells of the credit, None if there is none."""
        if self.state() == CreditState.NONE:
            return None
        found = self.view("credit")
        amendments = [self.view("amendmentOf", n) for n in range(1, found.amendments + 1)]
        return found, self.view("undertaking", CONFIRMER), amendments, self.view("stayOf")

    def amendment_state(self, number: int = 1) -> int:
        if self.state() == CreditState.NONE or number > self.view("credit").amendments:
            return int(AmendmentState.NONE)
        found: int = self.view("amendmentOf", number).state
        return found

    def undertaking(self, bank: int) -> Issuance:
        found: Issuance = self.view("undertaking", bank).issuance
        return found


# Stages: each brings a world there

Stage = Callable[[World], Letter]


def none(world: World, terms: Issuance = ASKED) -> Letter:
    at = world.addresses
    arguments = (
        at["AllianceRegistry"],
        at["BankingCalendar"],
        DRAWER,
        TRANSFERS,
        at["CreditSchedules"],
        CREDITS_EDITION,
    )
    world.deploy("Credits", "LetterOfCredit", *arguments)
    return Letter(world, terms)


def pre_advised(world: World) -> Letter:
    letter = none(world)
    letter.pre_advise()
    return letter


def issued(world: World, terms: Issuance = ASKED, **changes: Any) -> Letter:
    letter = none(world, terms._replace(**changes))
    letter.issue()
    return letter


def unasked(world: World) -> Letter:
    """Nobody is named to confirm."""
    return issued(world, PLAIN)


def confirmed(world: World) -> Letter:
    letter = issued(world)
    letter.confirm()
    return letter


def after(stage: Stage, *acts: Callable[[Letter], Any]) -> Stage:
    """A stage followed by some acts."""

    def reached(world: World) -> Letter:
        letter = stage(world)
        for act in acts:
            act(letter)
        return letter

    return reached


def later(letter: Letter) -> None:
    """The day of expiry is over."""
    letter.world.at(AFTER_EXPIRY)


def stayed(world: World) -> Letter:
    letter = issued(world)
    letter.stay()
    letter.until = world.time + STAY
    return letter


def no_longer_stayed(world: World) -> Letter:
    """The stay lapsed; the credit, with a far expiry, did not."""
    letter = issued(world, expiry=EXPIRY + 300)
    letter.stay()
    world.at(world.time + STAY + 1)
    return letter


def cancels(letter: Letter) -> None:
    letter.amend(cancels=True)


# Events


def told(name: str, **fields: Any) -> Callable[[Letter], Event]:
    """An event of the credit; a callable among the fields takes the letter."""

    def make(letter: Letter) -> Event:
        values = {key: value(letter) if callable(value) else value for key, value in fields.items()}
        return event("Credits", name, creditId=letter.id, **values)

    return make


def own_credit(name: str, bank: int) -> Callable[[Letter], Event]:
    """What is told of the credit that a bank issues under the same reference."""
    return lambda letter: event(
        "Credits",
        name,
        creditId=letter.id_of(bank),
        issuingBank=bank,
        beneficiary=letter.terms.beneficiary,
        issuance=letter.terms,
    )


def accepted(
    number: int = 1,
    by: int = BENEFICIARY,
    version: int = 1,
    diverged: bool = False,
    mandate: bytes = bytes(32),
) -> Callable[[Letter], Event]:
    """An amendment was accepted, the first of its credit."""
    return told(
        "AmendmentAccepted",
        number=number,
        acceptedBy=by,
        version=version,
        terms=lambda letter: joined(letter.terms.terms, letter.amendment.terms),
        diverged=diverged,
        mandate=mandate,
    )


def agreed(by: int, number: int = 1, mandate: bytes = bytes(32)) -> Callable[[Letter], Event]:
    return told("CancellationAgreed", number=number, agreedBy=by, mandate=mandate)


CANCELLED: Final = told("CreditCancelled")


def shown(
    letter: Letter, state: Any = CreditState.ISSUED, terms: Issuance | None = None, **changes: Any
) -> Any:
    """What the contract tells of a credit on which nothing was done but these changes."""
    plain = Credit(state=int(state), issuance=(terms or letter.terms)._replace(reference=bytes(16)))
    return tuple(replace(plain, **changes).__dict__.values())


@dataclass(frozen=True)
class Credit:
    """The struct of ILetterOfCredit."""

    state: int
    advised: bool = False
    second_advised: bool = False
    advice_declined: bool = False
    second_advice_declined: bool = False
    confirmed: bool = False
    confirmation_declined: bool = False
    diverged: bool = False
    stayed: bool = False
    amendments: int = 0
    version: int = 0
    issuing_bank: int = ISSUER
    drawn: int = 0
    issuance: Issuance = PLAIN
    part: bool = False
