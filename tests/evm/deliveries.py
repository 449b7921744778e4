# SPDX-License-Identifier: Apache-2.0
"""Deliveries of titles for tests: a bank that has them, an applicant, and every act by anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eth_utils import keccak
from suite import event
from titles import BUYER, DAY, SHIPPER, TO_ORDER, bill, key_of
from vocabulary import DeliveryBasis
from words import write
from world import CASH, CENTRAL, CNY, ISSUER, Receipt, World, desk, treasury

if TYPE_CHECKING:
    from collections.abc import Iterable

BANK: Final = ISSUER
AMOUNT: Final = 128_000_000
# What applicant and bank have in cash before anything.
OF_BUYER, OF_BANK = 200_000_000, 5_000_000
RECEIPT: Final = bytes(keccak(text="the signed trust receipt"))
ELSEWHERE: Final = bytes(keccak(text="a payment made elsewhere"))
SOURCE: Final = bytes(keccak(text="a presentation"))
PAYMENT, TRUST = DeliveryBasis.PAYMENT, DeliveryBasis.TRUST_RECEIPT
KEY: Final = "(uint32,uint32,bytes32,uint32,bytes32[])"


class DeliveryKey(NamedTuple):
    """The struct of ITitleDeliveries."""

    bank: int
    applicant: int
    source: bytes
    number: int
    titles: tuple[bytes, ...]

    @property
    def id(self) -> bytes:
        return bytes(keccak(write([KEY], (self,))))


class DeliveryTerms(NamedTuple):
    """The struct of ITitleDeliveries."""

    amount: int
    currency: int
    basis: int
    take_by: int
    due: int


def told(name: str, key: DeliveryKey, **fields: Any) -> Any:
    parties = {"deliveryId": key.id, "bank": key.bank, "applicant": key.applicant}
    return event("TitleDeliveries", name, **parties, **fields)


def offered(key: DeliveryKey, terms: DeliveryTerms) -> Any:
    return told(
        "TitlesOffered",
        key,
        amount=terms.amount,
        currency=terms.currency,
        basis=int(terms.basis),
        takeBy=terms.take_by,
        due=terms.due,
        source=key.source,
        number=key.number,
        titles=key.titles,
    )


def moved_cash(payer: int, payee: int, amount: int = AMOUNT) -> Any:
    fields = {"from": treasury(payer), "to": treasury(payee), "value": amount}
    return event(CASH, "Transfer", **fields)


@dataclass
class Sale:
    """One delivery with every act on it; ``actor`` is the member whose desk key tries."""

    world: World
    key: DeliveryKey
    terms: DeliveryTerms

    @property
    def id(self) -> bytes:
        return self.key.id

    def record(self) -> Any:
        return self.world.view("TitleDeliveries.delivery", self.id)

    def state(self) -> int:
        found: int = self.world.view("TitleDeliveries.stateOf", self.id)
        return found

    def titles(self) -> list[Any]:
        return [self.world.view("TitleRegistry.titleOf", each) for each in self.key.titles]

    def balances(self) -> tuple[int, int]:
        """Of the applicant and of the bank."""
        return self.world.balance(self.key.applicant), self.world.balance(self.key.bank)

    def everything(self) -> Any:
        return self.record(), self.titles(), self.balances()

    def act(self, actor: int, function: str, *args: Any) -> Receipt:
        return self.world.send(desk(actor), f"TitleDeliveries.{function}", self.key, *args)

    def offer(self, actor: int = BANK) -> Receipt:
        return self.act(actor, "offer", self.terms)

    def take(self, actor: int = BUYER, to: int | None = None) -> Receipt:
        return self.act(actor, "take", self._account(to))

    def take_on_trust(
        self, actor: int = BUYER, to: int | None = None, receipt: bytes = RECEIPT
    ) -> Receipt:
        return self.act(actor, "takeOnTrust", self._account(to), receipt)

    def release(
        self, actor: int = BANK, to: int | None = None, reference: bytes = ELSEWHERE
    ) -> Receipt:
        return self.act(actor, "release", self._account(to), reference)

    def withdraw(self, actor: int = BANK) -> Receipt:
        return self.act(actor, "withdraw")

    def lapse(self, actor: int = SHIPPER) -> Receipt:
        return self.act(actor, "lapse")

    def pay(self, actor: int = BUYER) -> Receipt:
        return self.act(actor, "pay")

    def attest(self, actor: int = BANK, reference: bytes = ELSEWHERE) -> Receipt:
        return self.act(actor, "attestPayment", reference)

    def _account(self, member: int | None) -> str:
        return key_of(self.key.applicant if member is None else member)


def fund(world: World) -> None:
    """Applicant and bank get their cash."""
    for member, amount in ((BUYER, OF_BUYER), (BANK, OF_BANK)):
        reference = bytes(keccak(text=f"cash of {member}"))
        world.send(desk(CENTRAL), f"{CASH}.mint", member, amount, reference)


def held(world: World, texts: Iterable[str] = ("one",), **terms: int) -> tuple[bytes, ...]:
    """Titles that the bank holds, to its order unless told otherwise."""
    parties = {"holder": BANK, "beneficiary": BANK, "form": int(TO_ORDER)} | terms
    return tuple(bill(world, text, **parties).id for text in texts)


def sale(
    world: World, titles: tuple[bytes, ...], basis: int = PAYMENT, number: int = 1, **terms: int
) -> Sale:
    """A delivery that is not offered yet: taken within three days, due in thirty."""
    given = {
        "amount": AMOUNT,
        "currency": CNY.number,
        "take_by": world.time + 3 * DAY,
        "due": world.time + 30 * DAY if basis == TRUST else 0,
    }
    key = DeliveryKey(BANK, BUYER, SOURCE, number, titles)
    return Sale(world, key, DeliveryTerms(basis=int(basis), **given | terms))


def on_offer(world: World, basis: int = PAYMENT) -> Sale:
    """Two titles that are offered, with cash to pay for them."""
    fund(world)
    made = sale(world, held(world, ("one", "two")), basis)
    made.offer()
    return made
