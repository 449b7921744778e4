# SPDX-License-Identifier: Apache-2.0
"""The register of members by its rules: standing, keys, desks, treasuries, recoveries, editions.

A model to hold the contract against. It is written from the rules that IAllianceRegistry states, in
plain Python records. An act either returns the events that tell of it, or raises
:class:`RefusedError` and changes nothing. What is asked first: the caller, then whether the record
is there, then what is said, then the standing, then what would be lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from model import RefusedError
from registry_acts import (
    ACTIVE,
    ADMINISTER,
    EXPELLED,
    LAST_EDITION,
    MOST_ADDED,
    PAY,
    RECOVERY_DELAY,
    RESIGNED,
    SUSPENDED,
    ZERO,
    admitted,
    key_revoked,
    key_set,
    told,
)
from vocabulary import MOST_ACCOUNTS, NO_END, MemberKind, Role, open_roles

if TYPE_CHECKING:
    from suite import Event

    from yangshan.deployment.plan import Admission

DESK_ROLES = int(Role.EXAMINE) | PAY
BANKS = (MemberKind.BANK, MemberKind.CENTRAL_BANK)


@dataclass
class KeyRecord:
    """A key of a member."""

    member: int
    roles: int
    valid_until: int
    frozen: bool = False
    desk: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is an administrator that cannot be lost by waiting."""
        return bool(self.roles & ADMINISTER) and self.valid_until == NO_END and not self.frozen


@dataclass
class MemberRecord:
    """A member and its accounts, in their order."""

    who: Admission
    treasury: str
    valid_until: int
    status: Any = ACTIVE
    # Whether others may name it in new business.
    named: bool = True
    desk_only: bool = False
    nominated: str = ZERO
    recovery: tuple[str, int, bool] = (ZERO, 0, False)
    listed: list[str] = field(default_factory=list)

    @property
    def until(self) -> int:
        """Last second of its own new business."""
        return self.valid_until if self.status == ACTIVE else 0


@dataclass
class Register:
    """All members and keys."""

    governor: str
    time: int
    founders: int = 0
    members: dict[int, MemberRecord] = field(default_factory=dict)
    keys: dict[str, KeyRecord] = field(default_factory=dict)
    paused_until: int = 0
    # Set with a pause, and cleared by nothing but the council.
    paused: bool = False
    closed: set[int] = field(default_factory=set)

    # Acts of the council; each takes its caller first.

    def admit(self, caller: str, who: Admission) -> list[Event]:
        self._governed(caller)
        return self.bring(who)

    def bring(self, who: Admission) -> list[Event]:
        """A member that comes, as a founder or later."""
        lacks_calendar = who.kind in BANKS and not who.calendar
        if ZERO in (who.administrator, who.treasury) or not who.kind or lacks_calendar:
            raise RefusedError(
                "IncompleteAdmission", who.administrator, who.treasury, who.kind, who.calendar
            )
        self._ahead(who.valid_until)
        for each in (who.administrator, who.treasury):
            self._free(each)
        number = len(self.members) + 1
        self.members[number] = MemberRecord(who, who.treasury, who.valid_until)
        events = [admitted(number, who)]
        events += self._bind(number, who.administrator, ADMINISTER, NO_END)
        if who.treasury != who.administrator:
            events += self._bind(number, who.treasury, PAY, NO_END)
        return events

    def suspend(self, caller: str, number: int) -> list[Event]:
        self._governed(caller)
        self._in_status(number, ACTIVE)
        self._close(number, SUSPENDED)
        return [told("MemberSuspended", memberId=number)]

    def reinstate(self, caller: str, number: int) -> list[Event]:
        self._governed(caller)
        member = self._in_status(number, SUSPENDED)
        member.status = ACTIVE
        member.named = self.time <= member.valid_until
        return [told("MemberReinstated", memberId=number)]

    def expel(self, caller: str, number: int) -> list[Event]:
        self._governed(caller)
        self._in_status(number, ACTIVE, SUSPENDED)
        self._close(number, EXPELLED)
        return [told("MemberExpelled", memberId=number)]

    def renew(self, caller: str, number: int, until: int) -> list[Event]:
        self._governed(caller)
        self._existing(number)
        if number <= self.founders:
            raise RefusedError("FounderWithEnd", number, until)
        member = self._in_status(number, ACTIVE, SUSPENDED)
        self._ahead(until)
        member.valid_until = until
        member.named = member.status == ACTIVE
        return [told("MemberRenewed", memberId=number, validUntil=until)]

    def pauseNewBusiness(self, caller: str, until: int) -> list[Event]:  # noqa: N802
        self._governed(caller)
        self._ahead(until)
        self.paused, self.paused_until = True, until
        return [told("NewBusinessPaused", until=until)]

    def resumeNewBusiness(self, caller: str) -> list[Event]:  # noqa: N802
        self._governed(caller)
        if not self.paused:
            raise RefusedError("NotPaused")
        self.paused, self.paused_until = False, 0
        return [told("NewBusinessResumed")]

    def closeEdition(self, caller: str, edition: int) -> list[Event]:  # noqa: N802
        self._governed(caller)
        if not 1 <= edition <= LAST_EDITION:
            raise RefusedError("UnknownEdition", edition)
        if edition in self.closed:
            raise RefusedError("EditionClosedToNew", edition)
        self.closed.add(edition)
        return [told("EditionClosed", edition=edition)]

    def beginRecovery(self, caller: str, number: int, heir: str) -> list[Event]:  # noqa: N802
        self._governed(caller)
        member = self._existing(number)
        self._free(heir)
        due = self.time + RECOVERY_DELAY
        member.recovery = (heir, due, False)
        return [
            told("RecoveryBegun", memberId=number, administrator=heir, completableFrom=due),
        ]

    def settleRecovery(self, caller: str, number: int) -> list[Event]:  # noqa: N802
        self._governed(caller)
        _, _, objected = self._recovery(number)
        if not objected:
            raise RefusedError("NotObjected", number)
        return self._recover(number)

    # Acts of anyone

    def lapse(self, caller: str, number: int) -> list[Event]:
        member = self._existing(number)
        if self.time <= member.valid_until or not member.named:
            raise RefusedError("NotLapsed", number, member.valid_until)
        member.named = False
        return [told("MemberLapsed", memberId=number)]

    def completeRecovery(self, caller: str, number: int) -> list[Event]:  # noqa: N802
        _, due, objected = self._recovery(number)
        if objected or self.time < due:
            raise RefusedError("RecoveryNotDue", number, 0 if objected else due, self.time)
        return self._recover(number)

    # Acts of a member's administrator

    def resign(self, caller: str) -> list[Event]:
        number = self.acting(caller, ADMINISTER)
        self._in_status(number, ACTIVE, SUSPENDED)
        self._close(number, RESIGNED)
        return [told("MemberResigned", memberId=number)]

    def objectToRecovery(self, caller: str) -> list[Event]:  # noqa: N802
        number = self.acting(caller, ADMINISTER)
        heir, due, objected = self.members[number].recovery
        if objected or self.time >= due:
            raise RefusedError("NoRecovery", number)
        self.members[number].recovery = (heir, due, True)
        return [told("RecoveryObjected", memberId=number, account=caller)]

    def setKey(self, caller: str, key: str, roles: int, until: int) -> list[Event]:  # noqa: N802
        number = self.acting(caller, ADMINISTER)
        old = self.keys.get(key)
        self._grantable(number, key, roles, is_desk=bool(old and old.desk))
        self._ahead(until)
        if old is None:
            self._standing(number)
            self._room(number)
            return self._bind(number, key, roles, until)
        if old.member != number:
            raise RefusedError("AccountTaken", key, old.member)
        if (old.roles, old.valid_until) == (roles, until):
            raise RefusedError("KeyUnchanged", key)
        new = KeyRecord(number, roles, until, old.frozen, old.desk)
        self._keeps_administrator(number, old, new)
        self.keys[key] = new
        return [key_set(number, key, roles, until)]

    def rotateKey(self, caller: str, previous: str, key: str) -> list[Event]:  # noqa: N802
        number = self.acting(caller, ADMINISTER)
        old = self._own(number, previous)
        if previous == self.members[number].treasury:
            raise RefusedError("TreasuryAccount", previous)
        if old.desk:
            raise RefusedError("DeskAccount", previous)
        self._free(key)
        events = self._withdraw(number, previous)
        del self.keys[previous]
        self.keys[key] = KeyRecord(number, old.roles, old.valid_until)
        listed = self.members[number].listed
        listed[listed.index(previous)] = key
        return [*events, told("KeyRotated", memberId=number, previous=previous, account=key)]

    def freezeKey(self, caller: str, key: str) -> list[Event]:  # noqa: N802
        if caller == key and key in self.keys:
            number = self.keys[key].member
        else:
            number = self.acting(caller, ADMINISTER)
        old = self._own(number, key)
        if old.frozen:
            raise RefusedError("KeyFrozenNow", key)
        new = KeyRecord(number, old.roles, old.valid_until, True, old.desk)
        self._keeps_administrator(number, old, new)
        self.keys[key] = new
        return [told("KeyFrozen", memberId=number, account=key)]

    def thawKey(self, caller: str, key: str) -> list[Event]:  # noqa: N802
        number = self.acting(caller, ADMINISTER)
        if not self._own(number, key).frozen:
            raise RefusedError("KeyNotFrozen", key)
        self.keys[key].frozen = False
        return [told("KeyThawed", memberId=number, account=key)]

    def revokeKey(self, caller: str, key: str) -> list[Event]:  # noqa: N802
        number = self.acting(caller, ADMINISTER)
        self._own(number, key)
        return self._remove(number, key)

    def renounceKey(self, caller: str) -> list[Event]:  # noqa: N802
        if caller not in self.keys:
            raise RefusedError("NotAMember", caller)
        return self._remove(self.keys[caller].member, caller)

    def createDesk(self, caller: str, roles: int, desk: str) -> list[Event]:  # noqa: N802
        """``desk`` is the address that it gets."""
        number = self.acting(caller, ADMINISTER)
        self._standing(number)
        self._grantable(number, desk, roles, is_desk=True)
        self._room(number)
        created = told("DeskCreated", memberId=number, desk=desk)
        return [created, *self._bind(number, desk, roles, NO_END, desk=True)]

    def setDeskOnly(self, caller: str, desk_only: bool) -> list[Event]:  # noqa: N802
        number = self.acting(caller, ADMINISTER)
        member = self.members[number]
        if member.desk_only == desk_only:
            raise RefusedError("DeskOnlyAlready", number, desk_only)
        if desk_only and not any(self.keys[key].desk for key in member.listed):
            raise RefusedError("NoDesk", number)
        member.desk_only = desk_only
        events = [told("DeskOnlySet", memberId=number, deskOnly=desk_only)]
        if desk_only:
            events += self._take(number, DESK_ROLES, sparing_desks=True)
        return events

    def nominateTreasury(self, caller: str, key: str) -> list[Event]:  # noqa: N802
        number = self.acting(caller, ADMINISTER)
        if key != ZERO:
            self._own(number, key)
        self.members[number].nominated = key
        return [told("TreasuryNominated", memberId=number, account=key)]

    def becomeTreasury(self, caller: str) -> list[Event]:  # noqa: N802
        if caller not in self.keys:
            raise RefusedError("NotAMember", caller)
        self._live(caller)
        number = self.keys[caller].member
        if self.members[number].nominated != caller:
            raise RefusedError("NotNominated", number, caller)
        self.members[number].nominated = ZERO
        return self._set_treasury(number, caller)

    # Questions

    def acting(self, key: str, role: int) -> int:
        if key not in self.keys:
            raise RefusedError("NotAMember", key)
        self._live(key)
        found = self.keys[key]
        if not found.roles & role:
            raise RefusedError("MissingRole", key, found.member, role)
        return found.member

    def standing(self, key: str, role: int) -> int:
        number = self.acting(key, role)
        self._standing(number)
        return number

    def trading(self, key: str, role: int, parties: tuple[int, ...], edition: int) -> int:
        number = self.standing(key, role)
        if self.time <= self.paused_until:
            raise RefusedError("NewBusinessPausedNow", self.paused_until)
        if edition in self.closed:
            raise RefusedError("EditionClosedToNew", edition)
        for party in parties:
            if party and not (party in self.members and self.members[party].named):
                raise RefusedError("PartyNotActive", party)
        return number

    def administrators(self, number: int) -> int:
        return sum(self.keys[key].stands for key in self.members[number].listed)

    def active_founders(self) -> list[int]:
        return [n for n in range(1, self.founders + 1) if self.members[n].named]

    # Rules

    def _governed(self, caller: str) -> None:
        if caller != self.governor:
            raise RefusedError("NotGovernor", caller)

    def _existing(self, number: int) -> MemberRecord:
        if number not in self.members:
            raise RefusedError("UnknownMember", number)
        return self.members[number]

    def _in_status(self, number: int, *statuses: Any) -> MemberRecord:
        member = self._existing(number)
        if member.status not in statuses:
            raise RefusedError("WrongMemberStatus", number, member.status)
        return member

    def _close(self, number: int, status: Any) -> None:
        member = self.members[number]
        if self.active_founders() == [number]:
            raise RefusedError("LastFounder", number)
        member.status, member.named = status, False

    def _ahead(self, until: int) -> None:
        if until <= self.time:
            raise RefusedError("NotInFuture", until, self.time)

    def _live(self, key: str) -> None:
        found = self.keys[key]
        if found.frozen:
            raise RefusedError("KeyFrozenNow", key)
        if self.time > found.valid_until:
            raise RefusedError("KeyExpired", key, found.valid_until)

    def _standing(self, number: int) -> None:
        until = self.members[number].until
        if self.time > until:
            raise RefusedError("NewBusinessClosed", number, until)

    def _free(self, key: str) -> None:
        if key == ZERO:
            raise RefusedError("NoAccount")
        if key in self.keys:
            raise RefusedError("AccountTaken", key, self.keys[key].member)

    def _own(self, number: int, key: str) -> KeyRecord:
        if key not in self.keys or self.keys[key].member != number:
            raise RefusedError("NotOwnAccount", key, number)
        return self.keys[key]

    def _grantable(self, number: int, key: str, roles: int, *, is_desk: bool) -> None:
        member = self.members[number]
        allowed = open_roles(member.who.kind)
        if not roles or roles & ~allowed:
            raise RefusedError("RolesNotOpen", roles, allowed)
        if member.desk_only and roles & DESK_ROLES and not is_desk:
            raise RefusedError("DesksOnly", key, roles)

    def _room(self, number: int) -> None:
        if len(self.members[number].listed) >= MOST_ADDED:
            raise RefusedError("TooManyAccounts", number, MOST_ADDED)

    def _bind(
        self, number: int, key: str, roles: int, until: int, *, desk: bool = False
    ) -> list[Event]:
        self._free(key)
        self.keys[key] = KeyRecord(number, roles, until, desk=desk)
        self.members[number].listed.append(key)
        return [key_set(number, key, roles, until)]

    def _keeps_administrator(self, number: int, old: KeyRecord, new: KeyRecord | None) -> None:
        goes = old.stands and not (new and new.stands)
        if goes and self.administrators(number) == 1:
            raise RefusedError("LastAdministrator", number)

    def _remove(self, number: int, key: str) -> list[Event]:
        member, old = self.members[number], self.keys[key]
        if key == member.treasury:
            raise RefusedError("TreasuryAccount", key)
        others = [each for each in member.listed if each != key]
        if member.desk_only and old.desk and not any(self.keys[each].desk for each in others):
            raise RefusedError("NoDesk", number)
        self._keeps_administrator(number, old, None)
        events = self._withdraw(number, key)
        # The last one takes the place that becomes free.
        place, last = member.listed.index(key), member.listed.pop()
        if last != key:
            member.listed[place] = last
        del self.keys[key]
        return [*events, key_revoked(number, key)]

    def _withdraw(self, number: int, key: str) -> list[Event]:
        if self.members[number].nominated != key:
            return []
        self.members[number].nominated = ZERO
        return [told("TreasuryNominated", memberId=number, account=ZERO)]

    def _take(self, number: int, roles: int, *, sparing_desks: bool) -> list[Event]:
        events = []
        for key in self.members[number].listed:
            found = self.keys[key]
            if found.roles & roles and not (sparing_desks and found.desk):
                found.roles &= ~roles
                events.append(key_set(number, key, found.roles, found.valid_until))
        return events

    def _set_treasury(self, number: int, key: str) -> list[Event]:
        member = self.members[number]
        previous, member.treasury = member.treasury, key
        return [told("TreasuryChanged", memberId=number, previous=previous, treasury=key)]

    def _recovery(self, number: int) -> tuple[str, int, bool]:
        if number not in self.members or self.members[number].recovery[0] == ZERO:
            raise RefusedError("NoRecovery", number)
        return self.members[number].recovery

    def _recover(self, number: int) -> list[Event]:
        member = self.members[number]
        heir = member.recovery[0]
        bound = self.keys.get(heir)
        if bound and bound.member != number:
            raise RefusedError("AccountTaken", heir, bound.member)
        member.recovery = (ZERO, 0, False)
        events = [told("AdministratorRecovered", memberId=number, administrator=heir)]
        events += self._take(number, ADMINISTER, sparing_desks=False)
        if bound:
            self.keys[heir] = KeyRecord(number, ADMINISTER, NO_END, desk=bound.desk)
            return [*events, key_set(number, heir, ADMINISTER, NO_END)]
        if len(member.listed) == MOST_ACCOUNTS:
            displaced = member.listed.pop()
            events += self._withdraw(number, displaced)
            del self.keys[displaced]
            events.append(key_revoked(number, displaced))
            if displaced == member.treasury:
                events += self._set_treasury(number, heir)
        return events + self._bind(number, heir, ADMINISTER, NO_END)
