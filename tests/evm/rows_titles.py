# SPDX-License-Identifier: Apache-2.0
"""Who may issue, move and answer titles, on the registry and through a facade."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from deliveries import (
    BANK,
    ELSEWHERE,
    PAYMENT,
    RECEIPT,
    TRUST,
    DeliveryKey,
    Sale,
    held,
    on_offer,
    sale,
)
from rows import Args, ByAnyone, ByContract, ByRole, Row, Stranger, meets, without_role
from titles import (
    AMENDED,
    BUYER,
    CARRIER,
    KEPT_FOR,
    NONE,
    SHIPPER,
    TO_ORDER,
    Bill,
    Issuance,
    Order,
    bill,
    id_of,
    reference_of,
)
from vocabulary import SurrenderPurpose, TitleAct
from world import ADVISER, ISSUER, World, desk

ONE: Final = id_of(reference_of("one"))


def to_issue(world: World, caller: str) -> Args:
    return (Issuance(reference_of("one")),)


def to_issue_many(world: World, caller: str) -> Args:
    return ((Issuance(reference_of("one")), Issuance(reference_of("two"))),)


def with_bill(*more: Any, then: Callable[[Bill], Any] | None = None) -> Callable[..., Args]:
    """A title that is issued, and brought on; the call's arguments are its number and more."""

    def prepare(world: World, caller: str) -> Args:
        made = bill(world)
        if then:
            then(made)
        return (made.id, *more)

    return prepare


def came(made: Bill) -> None:
    made.transfer_both(SHIPPER, BUYER, BUYER)


def surrendered(made: Bill) -> None:
    made.surrender(SHIPPER)


def amending(made: Bill) -> None:
    made.surrender(SHIPPER, SurrenderPurpose.AMENDMENT)
    made.accept()


def on_paper(made: Bill) -> None:
    made.surrender(SHIPPER, SurrenderPurpose.PAPER)
    made.accept()


def orders(order: Order, then: Callable[[Bill], Any] | None = None) -> Callable[..., Args]:
    def prepare(world: World, caller: str) -> Args:
        (title,) = with_bill(then=then)(world, caller)
        return (title,), order

    return prepare


def through_facade(
    *args: Any, then: Callable[[Bill], Any] | None = None
) -> Callable[[World, str], Args]:
    def prepare(world: World, caller: str) -> Args:
        with_facade(world, then)
        return args

    return prepare


def with_facade(world: World, then: Callable[[Bill], Any] | None = None) -> None:
    """The title with its facade, from now on under a name of its own."""
    made = bill(world)
    if then:
        then(made)
    facade = world.send(desk(ISSUER), "TitleFacades.create", made.id).value
    world.addresses["TitleFacade"] = facade
    world.contracts["TitleFacade"] = "TitleFacade"


def for_facade(world: World, caller: str) -> Args:
    with_facade(world)
    return desk(SHIPPER), Order(int(TitleAct.TRANSFER_HOLDER), desk(BUYER))


def to_deposit(world: World, caller: str) -> Args:
    return (bill(world).id,), SHIPPER, BUYER, KEPT_FOR


def kept(*more: Any, custodian: str = "TitleCustody") -> Callable[..., Args]:
    def prepare(world: World, caller: str) -> Args:
        made = bill(world)
        made.deposit(SHIPPER, custodian=custodian)
        return (made.id,), *more, KEPT_FOR

    return prepare


def to_offer(world: World, caller: str) -> Args:
    made = sale(world, held(world))
    return made.key, made.terms


def delivering(
    *more: Any, basis: int = PAYMENT, then: Callable[[Sale], Any] | None = None
) -> Callable[..., Args]:
    """A delivery that is on offer, and brought on; the call's arguments are its key and more."""

    def prepare(world: World, caller: str) -> Args:
        made = on_offer(world, basis)
        if then:
            then(made)
        return (made.key, *more)

    return prepare


def over(made: Sale) -> None:
    made.world.at(made.terms.take_by + 1)


def not_of_delivery(name: str, who: int) -> tuple[Stranger, ...]:
    def number(args: Args) -> bytes:
        key: DeliveryKey = args[0]
        return key.id

    others = {BANK, BUYER, CARRIER} - {who}
    return tuple(meets(member, name, number, who, member) for member in sorted(others))


def not_holder(holder: int) -> tuple[Stranger, ...]:
    return tuple(
        meets(member, "NotTitleHolder", ONE, holder, member) for member in (ISSUER, CARRIER)
    )


def not_beneficiary(beneficiary: int) -> tuple[Stranger, ...]:
    return tuple(
        meets(member, "NotTitleBeneficiary", ONE, beneficiary, member)
        for member in (ISSUER, CARRIER)
    )


NOT_BANK: Final = not_of_delivery("NotDeliveringBank", BANK)
NOT_APPLICANT: Final = not_of_delivery("NotDeliveryApplicant", BUYER)
NO_CARRIER: Final = (without_role(SHIPPER), without_role(ISSUER))
TO: Final = desk(ADVISER)
ROWS: Final[dict[str, Row]] = {
    "TitleRegistry.issue": ByRole(CARRIER, to_issue, NO_CARRIER),
    "TitleRegistry.issueBatch": ByRole(CARRIER, to_issue_many, NO_CARRIER),
    "TitleRegistry.nominate": ByRole(SHIPPER, with_bill(TO, NONE), not_beneficiary(SHIPPER)),
    "TitleRegistry.endorseTitle": ByRole(
        SHIPPER, with_bill(TO, int(TO_ORDER), NONE), not_holder(SHIPPER)
    ),
    "TitleRegistry.transferHolder": ByRole(SHIPPER, with_bill(TO, NONE), not_holder(SHIPPER)),
    "TitleRegistry.transferBoth": ByRole(
        SHIPPER, with_bill(TO, int(TO_ORDER), TO, NONE), not_holder(SHIPPER)
    ),
    "TitleRegistry.rejectHolder": ByRole(BUYER, with_bill(NONE, then=came), not_holder(BUYER)),
    "TitleRegistry.rejectBeneficiary": ByRole(
        BUYER, with_bill(NONE, then=came), not_beneficiary(BUYER)
    ),
    "TitleRegistry.rejectBoth": ByRole(BUYER, with_bill(NONE, then=came), not_holder(BUYER)),
    "TitleRegistry.pledge": ByRole(SHIPPER, with_bill(TO, NONE), not_holder(SHIPPER)),
    "TitleRegistry.releasePledge": ByRole(
        ADVISER,
        with_bill(NONE, then=lambda made: made.pledge(SHIPPER, ADVISER)),
        not_holder(ADVISER),
    ),
    "TitleRegistry.surrender": ByRole(SHIPPER, with_bill(0, NONE), not_holder(SHIPPER)),
    "TitleRegistry.acceptSurrender": ByRole(CARRIER, with_bill(NONE, then=surrendered), NO_CARRIER),
    "TitleRegistry.rejectSurrender": ByRole(CARRIER, with_bill(NONE, then=surrendered), NO_CARRIER),
    "TitleRegistry.restore": ByRole(CARRIER, with_bill(AMENDED, NONE, then=amending), NO_CARRIER),
    "TitleRegistry.returnFromPaper": ByRole(
        CARRIER,
        with_bill(Issuance(NONE, AMENDED, desk(BUYER), desk(BUYER)), then=on_paper),
        NO_CARRIER,
    ),
    "TitleRegistry.instruct": ByRole(
        SHIPPER, orders(Order(int(TitleAct.TRANSFER_HOLDER), TO)), not_holder(SHIPPER)
    ),
    "TitleRegistry.instruct for the carrier": ByRole(
        CARRIER, orders(Order(int(TitleAct.ACCEPT_SURRENDER)), surrendered), NO_CARRIER
    ),
    "TitleRegistry.instructFor": ByContract("NotFacade", for_facade),
    "TitleRegistry.deposit": ByContract("NotCustodian", to_deposit),
    "TitleRegistry.giveBack": ByContract("NotCustodian", kept()),
    "TitleRegistry.handOver": ByContract("NotCustodian", kept(BUYER)),
    "TitleRegistry.deposit for a delivery": ByContract("NotCustodian", to_deposit),
    "TitleRegistry.giveBack from a delivery": ByContract(
        "NotCustodian", kept(custodian="TitleDeliveries")
    ),
    "TitleRegistry.handOver by a delivery": ByContract(
        "NotCustodian", kept(BUYER, custodian="TitleDeliveries")
    ),
    "TitleDeliveries.offer": ByRole(BANK, to_offer, NOT_BANK),
    "TitleDeliveries.withdraw": ByRole(BANK, delivering(), NOT_BANK),
    "TitleDeliveries.lapse": ByAnyone(delivering(then=over)),
    "TitleDeliveries.take": ByRole(BUYER, delivering(desk(BUYER)), NOT_APPLICANT),
    "TitleDeliveries.takeOnTrust": ByRole(
        BUYER, delivering(desk(BUYER), RECEIPT, basis=TRUST), NOT_APPLICANT
    ),
    "TitleDeliveries.release": ByRole(BANK, delivering(desk(BUYER), ELSEWHERE), NOT_BANK),
    "TitleDeliveries.pay": ByRole(
        BUYER, delivering(basis=TRUST, then=Sale.take_on_trust), NOT_APPLICANT
    ),
    "TitleDeliveries.attestPayment": ByRole(
        BANK, delivering(ELSEWHERE, basis=TRUST, then=Sale.take_on_trust), NOT_BANK
    ),
    "TitleFacades.create": ByAnyone(with_bill()),
    "TitleFacade.nominate": ByRole(SHIPPER, through_facade(TO, b""), not_beneficiary(SHIPPER)),
    "TitleFacade.transferBeneficiary": ByRole(
        SHIPPER, through_facade(TO, b""), not_holder(SHIPPER)
    ),
    "TitleFacade.transferHolder": ByRole(SHIPPER, through_facade(TO, b""), not_holder(SHIPPER)),
    "TitleFacade.transferOwners": ByRole(SHIPPER, through_facade(TO, TO, b""), not_holder(SHIPPER)),
    "TitleFacade.rejectTransferBeneficiary": ByRole(
        BUYER, through_facade(b"", then=came), not_beneficiary(BUYER)
    ),
    "TitleFacade.rejectTransferHolder": ByRole(
        BUYER, through_facade(b"", then=came), not_holder(BUYER)
    ),
    "TitleFacade.rejectTransferOwners": ByRole(
        BUYER, through_facade(b"", then=came), not_holder(BUYER)
    ),
    "TitleFacade.returnToIssuer": ByRole(SHIPPER, through_facade(b""), not_holder(SHIPPER)),
    "TitleFacade.shred": ByRole(CARRIER, through_facade(b"", then=surrendered), NO_CARRIER),
}
