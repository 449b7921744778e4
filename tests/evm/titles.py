# SPDX-License-Identifier: Apache-2.0
"""Titles for tests: a carrier, a shipper, banks, and every act by whoever is told to try it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from eth_utils import keccak
from suite import event
from vocabulary import SurrenderPurpose, TitleForm
from world import (
    APPLICANT,
    BENEFICIARY,
    CUSTODIANS,
    FORWARDER,
    Receipt,
    World,
    desk,
)

from yangshan.deployment.plan import ZERO_ADDRESS

DAY: Final = 86_400
PERIOD: Final = 5 * DAY
CARRIER, SHIPPER, BUYER = FORWARDER, BENEFICIARY, APPLICANT
NONE: Final = bytes(32)
NOBODY: Final = 0
TO_ORDER, STRAIGHT, BLANK = TitleForm.TO_ORDER, TitleForm.STRAIGHT, TitleForm.BLANK
DELIVERY, AMENDMENT = SurrenderPurpose.DELIVERY, SurrenderPurpose.AMENDMENT
DOCUMENT: Final = bytes(keccak(text="the bill of lading"))
AMENDED: Final = bytes(keccak(text="the amended bill of lading"))
KEPT_FOR: Final = bytes(keccak(text="a record that titles are kept for"))


class Issuance(NamedTuple):
    """The struct of ITitleRegistry."""

    reference: bytes
    document: bytes = DOCUMENT
    holder: str = desk(SHIPPER)
    beneficiary: str = desk(SHIPPER)
    form: int = int(TO_ORDER)
    remark: bytes = NONE


class Order(NamedTuple):
    """The struct TitleInstruction of ITitleRegistry."""

    act: int
    to: str = ZERO_ADDRESS
    holder: str = ZERO_ADDRESS
    form: int = int(TO_ORDER)
    purpose: int = int(DELIVERY)
    remark: bytes = NONE


def key_of(member: int) -> str:
    """The account that names a member; the zero address names nobody."""
    return desk(member) if member else ZERO_ADDRESS


def reference_of(text: str) -> bytes:
    return bytes(keccak(text=f"reference {text}"))


def id_of(reference: bytes, carrier: int = CARRIER) -> bytes:
    return bytes(keccak(carrier.to_bytes(32, "big") + reference))


def told(name: str, **fields: Any) -> Any:
    return event("TitleRegistry", name, **fields)


def issued(
    title: bytes,
    holder: int = SHIPPER,
    beneficiary: int = SHIPPER,
    form: int = TO_ORDER,
    document: bytes = DOCUMENT,
) -> Any:
    return told(
        "TitleIssued",
        title=title,
        issuer=CARRIER,
        holder=holder,
        beneficiary=beneficiary,
        form=int(form),
        document=document,
    )


@dataclass
class Bill:
    """One title with every act on it; ``actor`` is the member whose desk key tries."""

    world: World
    reference: bytes = reference_of("one")

    @property
    def id(self) -> bytes:
        return id_of(self.reference)

    def record(self) -> Any:
        return self.world.view("TitleRegistry.titleOf", self.id)

    def state(self) -> int:
        found: int = self.record().state
        return found

    def controller(self) -> Any:
        return self.world.view("TitleRegistry.controllerOf", self.id)

    def act(self, actor: int, function: str, *args: Any) -> Receipt:
        return self.world.send(desk(actor), f"TitleRegistry.{function}", *args)

    def issue(
        self,
        actor: int = CARRIER,
        holder: int = SHIPPER,
        beneficiary: int = SHIPPER,
        form: int = TO_ORDER,
    ) -> Receipt:
        given = Issuance(
            self.reference, holder=key_of(holder), beneficiary=key_of(beneficiary), form=int(form)
        )
        return self.act(actor, "issue", given)

    def nominate(self, actor: int, to: int, remark: bytes = NONE) -> Receipt:
        return self.act(actor, "nominate", self.id, key_of(to), remark)

    def endorse(self, actor: int, to: int, form: int = TO_ORDER, remark: bytes = NONE) -> Receipt:
        return self.act(actor, "endorseTitle", self.id, key_of(to), int(form), remark)

    def transfer(self, actor: int, to: int, remark: bytes = NONE) -> Receipt:
        return self.act(actor, "transferHolder", self.id, key_of(to), remark)

    def transfer_both(
        self, actor: int, to: int, holder: int, form: int = TO_ORDER, remark: bytes = NONE
    ) -> Receipt:
        args = self.id, key_of(to), int(form), key_of(holder), remark
        return self.act(actor, "transferBoth", *args)

    def reject_holder(self, actor: int, remark: bytes = NONE) -> Receipt:
        return self.act(actor, "rejectHolder", self.id, remark)

    def reject_beneficiary(self, actor: int, remark: bytes = NONE) -> Receipt:
        return self.act(actor, "rejectBeneficiary", self.id, remark)

    def reject_both(self, actor: int, remark: bytes = NONE) -> Receipt:
        return self.act(actor, "rejectBoth", self.id, remark)

    def pledge(self, actor: int, to: int, remark: bytes = NONE) -> Receipt:
        return self.act(actor, "pledge", self.id, key_of(to), remark)

    def release(self, actor: int, remark: bytes = NONE) -> Receipt:
        return self.act(actor, "releasePledge", self.id, remark)

    def surrender(self, actor: int, purpose: int = DELIVERY, remark: bytes = NONE) -> Receipt:
        return self.act(actor, "surrender", self.id, int(purpose), remark)

    def accept(self, actor: int = CARRIER, remark: bytes = NONE) -> Receipt:
        return self.act(actor, "acceptSurrender", self.id, remark)

    def reject_surrender(self, actor: int = CARRIER, remark: bytes = NONE) -> Receipt:
        return self.act(actor, "rejectSurrender", self.id, remark)

    def restore(
        self, actor: int = CARRIER, document: bytes = AMENDED, remark: bytes = NONE
    ) -> Receipt:
        return self.act(actor, "restore", self.id, document, remark)

    def return_from_paper(
        self,
        actor: int = CARRIER,
        holder: int = BUYER,
        beneficiary: int = BUYER,
        form: int = TO_ORDER,
        remark: bytes = NONE,
    ) -> Receipt:
        given = Issuance(NONE, AMENDED, key_of(holder), key_of(beneficiary), int(form), remark)
        return self.act(actor, "returnFromPaper", self.id, given)

    # By a custodian, told by the name of its place.

    def deposit(
        self,
        depositor: int,
        to: int = NOBODY,
        custodian: str = "TitleCustody",
        record: bytes = KEPT_FOR,
    ) -> Receipt:
        return self.kept("deposit", custodian, depositor, to, record)

    def give_back(self, custodian: str = "TitleCustody", record: bytes = KEPT_FOR) -> Receipt:
        return self.kept("giveBack", custodian, record)

    def hand_over(
        self, to: int, custodian: str = "TitleCustody", record: bytes = KEPT_FOR
    ) -> Receipt:
        return self.kept("handOver", custodian, to, record)

    def let_go_on(
        self, bank: int, to: int, record: bytes = KEPT_FOR, onward: bytes = KEPT_FOR
    ) -> Receipt:
        return self.kept("letGoOn", "TitleCustody", record, onward, bank, to)

    def kept(self, function: str, custodian: str, *args: Any) -> Receipt:
        where = CUSTODIANS[custodian]
        return self.world.send(where, f"TitleRegistry.{function}", (self.id,), *args)


def bill(world: World, text: str = "one", **terms: int) -> Bill:
    """A title that is issued: held by the shipper and to its order, unless told otherwise."""
    made = Bill(world, reference_of(text))
    made.issue(**terms)
    return made
