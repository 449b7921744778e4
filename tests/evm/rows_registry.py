# SPDX-License-Identifier: Apache-2.0
"""Who may call what of the register of members."""

from __future__ import annotations

from typing import Any, Final

from rows import Args, ByAnyone, ByContract, ByItself, ByRole, Row, Stranger, first
from suite import Error, error
from vocabulary import NO_END, MemberStatus, Role
from world import (
    ADVISER,
    APPLICANT,
    DAY,
    FAR,
    ISSUER,
    MEMBERS,
    World,
    account,
    admin,
    admission,
    desk,
)

from yangshan.deployment.plan import CREDITS_EDITION

RECOVERED: Final = account("a recovered administrator")
RECOVERY_DELAY: Final = 14 * DAY


def to_admit(world: World, caller: str) -> Args:
    return (admission(MEMBERS + 1).as_argument(),)


def of_a_member(world: World, caller: str) -> Args:
    return (ISSUER,)


def of_a_suspended_one(world: World, caller: str) -> Args:
    world.governed("AllianceRegistry.suspend", ISSUER)
    return (ISSUER,)


def to_renew(world: World, caller: str) -> Args:
    return APPLICANT, FAR + 1


def to_lapse(world: World, caller: str) -> Args:
    world.at(FAR + 1)
    return (APPLICANT,)


def nothing(world: World, caller: str) -> Args:
    return ()


def to_pause(world: World, caller: str) -> Args:
    return (world.time + 1,)


def to_resume(world: World, caller: str) -> Args:
    world.governed("AllianceRegistry.pauseNewBusiness", world.time + 1)
    return ()


def to_close(world: World, caller: str) -> Args:
    return (CREDITS_EDITION,)


def to_recover(world: World, caller: str) -> Args:
    return ISSUER, RECOVERED


def recovering(world: World, caller: str) -> Args:
    world.governed("AllianceRegistry.beginRecovery", ISSUER, RECOVERED)
    return ()


def to_complete(world: World, caller: str) -> Args:
    recovering(world, caller)
    world.at(world.time + RECOVERY_DELAY)
    return (ISSUER,)


def to_settle(world: World, caller: str) -> Args:
    recovering(world, caller)
    world.send(admin(ISSUER), "AllianceRegistry.objectToRecovery")
    return (ISSUER,)


def further_key(world: World, caller: str) -> Args:
    return account("a further key of the issuer"), int(Role.PAY), NO_END


def changed_key(world: World, caller: str) -> Args:
    return (*own_key(world, caller), int(Role.PRESENT), NO_END)


def own_key(world: World, caller: str) -> Args:
    return (world.give_key(ISSUER, "a key of the issuer", int(Role.PAY)),)


def rotated_key(world: World, caller: str) -> Args:
    return (*own_key(world, caller), account("the key after it"))


def frozen_key(world: World, caller: str) -> Args:
    (key,) = own_key(world, caller)
    world.send(admin(ISSUER), "AllianceRegistry.freezeKey", key)
    return (key,)


def itself(world: World, caller: str) -> Args:
    return (caller,)


def nominated(world: World, caller: str) -> Args:
    if world.view("AllianceRegistry.memberOf", caller) == ISSUER:
        world.send(admin(ISSUER), "AllianceRegistry.nominateTreasury", caller)
    return ()


def desk_roles(world: World, caller: str) -> Args:
    return (int(Role.PAY),)


def with_a_desk(world: World, caller: str) -> Args:
    world.open_desk(ISSUER, int(Role.PAY))
    return (True,)


def to_nominate(world: World, caller: str) -> Args:
    return (desk(ISSUER),)


def administrator_meets(name: str, *shape: Any) -> Stranger:
    """The administrator of another member meets an error."""

    def expected(args: Args) -> Error:
        return error(name, *(each(args) if callable(each) else each for each in shape))

    return Stranger(admin(ADVISER), expected, ADVISER)


def key_frozen(key: str, valid_until: int) -> Error:
    return error("KeyFrozenNow", key)


def key_expired(key: str, valid_until: int) -> Error:
    return error("KeyExpired", key, valid_until)


NOT_OWN: Final = (administrator_meets("NotOwnAccount", first, ADVISER),)

ROWS: Final[dict[str, Row]] = {
    "AllianceRegistry.admit": ByContract("NotGovernor", to_admit),
    "AllianceRegistry.suspend": ByContract("NotGovernor", of_a_member),
    "AllianceRegistry.reinstate": ByContract("NotGovernor", of_a_suspended_one),
    "AllianceRegistry.expel": ByContract("NotGovernor", of_a_member),
    "AllianceRegistry.renew": ByContract("NotGovernor", to_renew),
    # Whoever resigns does so for its own member, so that nobody is a stranger to it.
    "AllianceRegistry.resign": ByRole(
        ISSUER,
        nothing,
        instead={
            "expelled": error("WrongMemberStatus", ISSUER, MemberStatus.EXPELLED),
            "resigned": error("WrongMemberStatus", ISSUER, MemberStatus.RESIGNED),
        },
    ),
    "AllianceRegistry.lapse": ByAnyone(to_lapse),
    "AllianceRegistry.pauseNewBusiness": ByContract("NotGovernor", to_pause),
    "AllianceRegistry.resumeNewBusiness": ByContract("NotGovernor", to_resume),
    "AllianceRegistry.closeEdition": ByContract("NotGovernor", to_close),
    "AllianceRegistry.beginRecovery": ByContract("NotGovernor", to_recover),
    "AllianceRegistry.objectToRecovery": ByRole(
        ISSUER, recovering, (administrator_meets("NoRecovery", ADVISER),)
    ),
    "AllianceRegistry.completeRecovery": ByAnyone(to_complete),
    "AllianceRegistry.settleRecovery": ByContract("NotGovernor", to_settle),
    "AllianceRegistry.setKey of a further account": ByRole(ISSUER, further_key),
    "AllianceRegistry.setKey of an account it has": ByRole(
        ISSUER, changed_key, (administrator_meets("AccountTaken", first, ISSUER),)
    ),
    "AllianceRegistry.rotateKey": ByRole(ISSUER, rotated_key, NOT_OWN),
    "AllianceRegistry.freezeKey of its member": ByRole(ISSUER, own_key, NOT_OWN),
    "AllianceRegistry.freezeKey of itself": ByItself(ISSUER, itself, {"frozen": key_frozen}),
    "AllianceRegistry.thawKey": ByRole(ISSUER, frozen_key, NOT_OWN),
    "AllianceRegistry.revokeKey": ByRole(ISSUER, own_key, NOT_OWN),
    "AllianceRegistry.renounceKey": ByItself(ISSUER, nothing),
    "AllianceRegistry.createDesk": ByRole(ISSUER, desk_roles),
    "AllianceRegistry.setDeskOnly": ByRole(
        ISSUER, with_a_desk, (administrator_meets("NoDesk", ADVISER),)
    ),
    "AllianceRegistry.nominateTreasury": ByRole(ISSUER, to_nominate, NOT_OWN),
    "AllianceRegistry.becomeTreasury": ByItself(
        ISSUER, nominated, {"frozen": key_frozen, "expired": key_expired}
    ),
}
