# SPDX-License-Identifier: Apache-2.0
"""Errors of the registry of members."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import MemberKind, MemberStatus
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    Account,
    BlockTime,
    Instant,
    MemberNumber,
    Number8,
    Number16,
    Number256,
    OptionalInstant,
    RoleBits,
    Until,
)

# Members and their keys


class NotGovernor(ContractError):
    """Only the council decides on members and on new business."""

    text = (
        "only the council decides on members and on new business, and {caller} is not the council"
    )

    caller: Account


class NotAMember(ContractError):
    """The account belongs to no member of the alliance."""

    text = "{account} belongs to no member of the alliance"

    account: Account


class AccountTaken(ContractError):
    """The account belongs to a member already."""

    text = "{account} belongs to {member_id} already; an account acts for one member only"

    account: Account
    member_id: MemberNumber


class NotOwnAccount(ContractError):
    """The account is not one of the caller's member."""

    text = "{account} is none of the accounts of {member_id}; a member changes its own keys only"

    account: Account
    member_id: MemberNumber


class KeyExpired(ContractError):
    """The key's time is over."""

    text = "the key of {account} was valid until {valid_until} and signs nothing any more"

    account: Account
    valid_until: Instant


class MissingRole(ContractError):
    """The key lacks the role that the act needs."""

    text = "{account} may not do this for {member_id}: its key lacks the role {role}"

    account: Account
    member_id: MemberNumber
    role: RoleBits


class NewBusinessClosed(ContractError):
    """The member may take no new business; what it has in flight it may finish."""

    text = (
        "{member_id} could take new business until {until}; it may still finish what it has in "
        "flight"
    )

    member_id: MemberNumber
    until: OptionalInstant

    def _template(self) -> str:
        if self.until is None:
            return (
                "{member_id} is suspended or has left, and takes no new business; it may still "
                "finish what it has in flight"
            )
        return self.text


class PartyNotActive(ContractError):
    """A party named in new business is not an active member."""

    text = "{member_id} is named as a party, but is not an active member of the alliance"

    member_id: MemberNumber


class UnknownMember(ContractError):
    """A member with this number does not exist."""

    text = "there is no {member_id} in the alliance"

    member_id: MemberNumber


class NotInFuture(ContractError):
    """A date that must lie ahead does not."""

    text = "an end must lie ahead: {valid_until} was given, and it is {time}"

    valid_until: Until
    time: BlockTime


class RolesNotOpen(ContractError):
    """The roles are none at all, or not all open to this kind of member."""

    text = (
        "the roles {roles} cannot be given: one or more of those open to a member of this kind "
        "were expected ({open})"
    )

    roles: RoleBits
    open: RoleBits


class LastAdministrator(ContractError):
    """The member would be left without an administrator whose key does not expire."""

    text = (
        "{member_id} would be left without an administrator whose key does not expire; another "
        "one has to be named first"
    )

    member_id: MemberNumber


class TreasuryAccount(ContractError):
    """The account receives the member's cash, so it stays the member's."""

    text = "{account} receives the cash of its member, so its key can neither go nor be rotated"

    account: Account


class TooManyAccounts(ContractError):
    """The member has as many accounts as it may have."""

    text = "{member_id} has {most} accounts, as many as it can add; revoke one first"

    member_id: MemberNumber
    most: Number256


class KeyUnchanged(ContractError):
    """The key is already as the call would make it."""

    text = "the key of {account} is as it should be already; nothing was changed"

    account: Account


class IncompleteAdmission(ContractError):
    """An admission lacks an account or a kind, or a bank lacks its calendar."""

    text = (
        "the admission is incomplete: it needs an administrator ({administrator} was given), a "
        "treasury ({treasury} was given), a kind ({kind} was given) and, for a bank, the number "
        "of its banking calendar ({calendar} was given)"
    )

    administrator: Account
    treasury: Account
    kind: MemberKind
    calendar: Number16


class KeyFrozenNow(ContractError):
    """The key is frozen."""

    text = "the key of {account} is frozen and signs nothing until it is thawed"

    account: Account


class KeyNotFrozen(ContractError):
    """The key is not frozen."""

    text = "the key of {account} is not frozen"

    account: Account


class NoAccount(ContractError):
    """An account must be named, and none was."""

    text = "an account has to be named, and none was given"


class NotLapsed(ContractError):
    """The validity of the member is not over, or it has lapsed before."""

    text = (
        "{member_id} cannot lapse: it may take new business until {valid_until}, or has lapsed "
        "or left before"
    )

    member_id: MemberNumber
    valid_until: Until


class WrongMemberStatus(ContractError):
    """The member does not stand where the act needs it."""

    text = "{member_id} is {actual}, and this cannot be done to a member that is"

    member_id: MemberNumber
    actual: MemberStatus


# Founders


class FoundersOutOfBounds(ContractError):
    """An alliance has 1 to 32 founders."""

    text = "an alliance has 1 to 32 founders; {count} were given"

    count: Number256


class FounderWithEnd(ContractError):
    """A founder's membership has no last day."""

    text = "{member_id} is a founder, and founders have no last day; {valid_until} was given"

    member_id: MemberNumber
    valid_until: Until


class LastFounder(ContractError):
    """No founder would be left to vote in the council."""

    text = "{member_id} is the last founder that can vote; without it the council could not decide"

    member_id: MemberNumber


# New business of all


class NewBusinessPausedNow(ContractError):
    """Nobody takes new business while it is paused; work in flight goes on."""

    text = "new business is paused for everybody until {until}; what is in flight goes on"

    until: Instant


class NotPaused(ContractError):
    """There is no pause to end."""

    text = "new business is not paused"


class EditionClosedToNew(ContractError):
    """The contract takes no new records any more; a later version does."""

    text = (
        "edition {edition} is closed: its contract finishes old records and takes no new ones; "
        "a later version does"
    )

    edition: Number8


class UnknownEdition(ContractError):
    """Editions are numbered from 1 to 63."""

    text = "editions are numbered from 1 to 63; {edition} was given"

    edition: Number8


# Desks and the treasury


class DesksOnly(ContractError):
    """The member's desks alone find, refuse and pay."""

    text = (
        "in this member the desks alone find, refuse and pay, so {account} cannot have all of the "
        "roles {roles}"
    )

    account: Account
    roles: RoleBits


class DeskOnlyAlready(ContractError):
    """Whether desks alone find, refuse and pay is already as the call would make it."""

    member_id: MemberNumber
    desk_only: bool

    def _template(self) -> str:
        if self.desk_only:
            return "in {member_id} the desks alone find, refuse and pay already"
        return "in {member_id} other keys than desks may find, refuse and pay already"


class NoDesk(ContractError):
    """The member would be left without a desk, and only desks find, refuse and pay for it."""

    text = "{member_id} would be left without a desk, and only its desks find, refuse and pay"

    member_id: MemberNumber


class DeskAccount(ContractError):
    """A desk cannot be rotated: its people are."""

    text = "{account} is a desk; not the desk is rotated, but its people are changed"

    account: Account


class NotNominated(ContractError):
    """The account was not nominated as treasury."""

    text = "{account} was not nominated as the treasury of {member_id}"

    member_id: MemberNumber
    account: Account


# Recovery


class NoRecovery(ContractError):
    """There is no recovery under way, or none to which the member can still object."""

    text = (
        "no recovery of the administrator of {member_id} is under way, or none to which it can "
        "still object"
    )

    member_id: MemberNumber


class NotObjected(ContractError):
    """The member has not objected, so that there is nothing to settle by a second vote."""

    text = "{member_id} has not objected to its recovery, so there is nothing to settle"

    member_id: MemberNumber


class RecoveryNotDue(ContractError):
    """The recovery cannot be completed: its delay runs, or the member objected."""

    text = (
        "the recovery of {member_id} can be completed from {completable_from} on, and it is {time}"
    )

    member_id: MemberNumber
    completable_from: OptionalInstant
    time: BlockTime

    def _template(self) -> str:
        if self.completable_from is None:
            return "{member_id} objected to its recovery, which only a second vote settles"
        return self.text
