# SPDX-License-Identifier: Apache-2.0
"""Errors of the registry, the council and the banking calendars."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import MemberKind, ProposalState
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    Account,
    BlockTime,
    CalendarWordNumber,
    Day,
    Instant,
    MemberNumber,
    Number16,
    Number256,
    ProposalId,
    RoleBits,
    Until,
)

# The council


class NotAFounder(ContractError):
    """Only founders sit in the council."""

    text = "{member_id} is not a founder, and only founders sit in the council"

    member_id: MemberNumber


class WrongProposalState(ContractError):
    """The proposal is not in the state that the act needs."""

    text = "{proposal_id} is {actual}; for this it would have to be {expected}"

    proposal_id: ProposalId
    actual: ProposalState
    expected: ProposalState

    def _template(self) -> str:
        if self.actual is ProposalState.NONE:
            return "{proposal_id} is not on record; it has to be proposed first"
        if self.expected is ProposalState.NONE:
            return "{proposal_id} was made before and is {actual}"
        return self.text


class ApprovedAlready(ContractError):
    """The founder has approved this proposal before."""

    text = "{founder} has approved {proposal_id} before, and each founder counts once"

    proposal_id: ProposalId
    founder: MemberNumber


class NotEnoughApprovals(ContractError):
    """Too few founders approve."""

    text = "{proposal_id} needs the approval of {needed} founders and has that of {approvals}"

    proposal_id: ProposalId
    approvals: Number256
    needed: Number256


class UnreachableThreshold(ContractError):
    """The council could never decide, or would decide with nobody's approval."""

    text = (
        "a council of {founders} founders cannot decide with {threshold} approvals: at least one "
        "was expected and at most as many as there are founders"
    )

    threshold: Number256
    founders: Number256


# The registry


class NotGovernor(ContractError):
    """Only the council admits members."""

    text = "only the council admits members, and {caller} is not the council"

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
    until: Instant


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

    text = "the end of validity must lie ahead: {valid_until} was given, and it is {time}"

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

    text = "{account} receives the cash of its member, so its key cannot be revoked"

    account: Account


class TooManyAccounts(ContractError):
    """The member has as many accounts as it may have."""

    text = "{member_id} has {most} accounts, as many as a member may have; revoke one first"

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


# The banking calendars


class NotCalendarKeeper(ContractError):
    """Only the member that keeps the calendars publishes."""

    text = "{member_id} does not keep the banking calendars; {keeper} does"

    member_id: MemberNumber
    keeper: MemberNumber


class CalendarExists(ContractError):
    """The calendar exists already."""

    text = "banking calendar {calendar} was opened before"

    calendar: Number16


class UnknownCalendar(ContractError):
    """There is no calendar of this number, or none may have it or this name."""

    text = (
        "there is no banking calendar {calendar}; a calendar is opened once, with a number other "
        "than 0 and a name"
    )

    calendar: Number16


class BadSpan(ContractError):
    """The word of a calendar breaks its layout."""

    text = (
        "the banking days given break their layout: a field is out of range, a day that is not "
        "published is open, or 192 days have no banking day (word {word})"
    )

    word: CalendarWordNumber


class PublishedDaysStand(ContractError):
    """A published day or its hours would change that may not, or nothing would change."""

    text = (
        "published banking days stand: span {span} of banking calendar {calendar} would change "
        "a day or its hours that may not change, or would change nothing"
    )

    calendar: Number16
    span: Number16
    before: CalendarWordNumber
    word: CalendarWordNumber


class ReasonMissing(ContractError):
    """A revision must say why."""

    text = (
        "published days of banking calendar {calendar} (span {span}) are changed for a reason, "
        "and none was given"
    )

    calendar: Number16
    span: Number16


class CalendarNotPublished(ContractError):
    """A day that is needed is not published."""

    text = (
        "banking calendar {calendar} is not published for {day}; its keeper has to publish that "
        "day first"
    )

    calendar: Number16
    day: Day
