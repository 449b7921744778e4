# SPDX-License-Identifier: Apache-2.0
"""Who may call what of titles under a credit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from custody import (
    AMOUNT,
    LATER,
    SIGHT,
    TEXT,
    Cargo,
    Stage,
    at_nominated,
    bills,
    complying,
    forgotten,
    funded,
    lodged,
    lodging,
    paid_elsewhere,
    refused,
)
from rows import Args, ByAnyone, ByContract, ByRole, Row, meets
from vocabulary import Disposal, Role
from world import (
    APPLICANT,
    BENEFICIARY,
    ISSUER,
    OTHER,
    PresentationKey,
    World,
    desk,
)


def to_present(world: World, caller: str) -> Args:
    key = PresentationKey(SIGHT.credit(world), ISSUER, BENEFICIARY, 1)
    return lodging(key), [each.id for each in bills(world)]


def to_lodge(world: World, caller: str) -> Args:
    return lodging(PresentationKey(SIGHT.credit(world), ISSUER, BENEFICIARY, 1)), 1 << 10


def to_pay(world: World, caller: str) -> Args:
    cargo = complying(world)
    funded(world, ISSUER)
    return cargo.record, cargo.bound


def to_pay_for(world: World, caller: str) -> Args:
    record, bound = to_pay(world, caller)
    return record, ISSUER, len(bound)


def to_attach(world: World, caller: str) -> Args:
    key = world.lodge(SIGHT.credit(world), amount=AMOUNT)
    return key, [each.id for each in bills(world)]


def decided(*more: Any) -> Callable[[World, str], Args]:
    def prepare(world: World, caller: str) -> Args:
        cargo = lodged(world, LATER)
        return cargo.key, *more, cargo.bound

    return prepare


def to_deliver(world: World, caller: str) -> Args:
    cargo = paid_elsewhere(world)
    return cargo.key, cargo.bound, desk(ISSUER)


def to_give_back(stage: Stage) -> Callable[[World, str], Args]:
    def prepare(world: World, caller: str) -> Args:
        cargo = stage(world)
        return cargo.key, cargo.bound

    return prepare


def forwarded(world: World) -> tuple[Cargo, Cargo]:
    cargo = at_nominated(world)
    return cargo, cargo.forward()


def to_carry_on(world: World, caller: str) -> Args:
    cargo, onward = forwarded(world)
    return cargo.key, onward.key, cargo.bound


def to_let_go_on(world: World, caller: str) -> Args:
    cargo, onward = forwarded(world)
    return cargo.bound, cargo.record, onward.record, cargo.bank, onward.bank


def to_set(world: World, caller: str) -> Args:
    cargo = lodged(world)
    return cargo.key.id, world.view("Presentations.asWord", cargo.key.id)


def presentation(args: Args) -> bytes:
    found: bytes = args[0].id
    return found


def lacking(member: int, role: Role) -> Any:
    return meets(member, "MissingRole", desk(member), member, int(role))


NOT_PRESENTER: Final = tuple(
    meets(member, "NotPresenter", BENEFICIARY, member) for member in (ISSUER, APPLICANT)
)
NOT_EXAMINER: Final = (
    meets(OTHER, "NotExaminer", presentation, OTHER),
    lacking(APPLICANT, Role.EXAMINE),
)
NOT_DEBTOR: Final = tuple(
    meets(member, "NotDebtor", lambda args: args[0], member) for member in (BENEFICIARY, OTHER)
)
ROWS: Final[dict[str, Row]] = {
    "TitleRegistry.presentDocuments": ByRole(BENEFICIARY, to_present, NOT_PRESENTER),
    "TitleRegistry.payForTitles": ByRole(ISSUER, to_pay, NOT_DEBTOR),
    "TitleRegistry.letGoOn": ByContract("NotCustodian", to_let_go_on),
    "TitleCustody.attach": ByRole(BENEFICIARY, to_attach, NOT_PRESENTER),
    "TitleCustody.findComplying": ByRole(ISSUER, decided(), NOT_EXAMINER),
    "TitleCustody.findComplyingWith": ByRole(ISSUER, decided(0, False), NOT_EXAMINER),
    "TitleCustody.acceptDiscrepancies": ByRole(ISSUER, decided(TEXT, False), NOT_EXAMINER),
    "TitleCustody.deliver": ByAnyone(to_deliver),
    "TitleCustody.giveBack": ByAnyone(to_give_back(refused(Disposal.RETURN))),
    "TitleCustody.giveBack of what is undecided": ByRole(
        BENEFICIARY, to_give_back(forgotten), NOT_PRESENTER
    ),
    "TitleCustody.carryOn": ByAnyone(to_carry_on),
    "Presentations.lodgeMarked with titles": ByContract("NotLodgingContract", to_lodge),
    "Presentations.writeWord of titles": ByContract("NotDisposals", to_set),
    "PaymentObligations.payFor": ByContract("NotTitleRegistry", to_pay_for),
}
