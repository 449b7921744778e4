# SPDX-License-Identifier: Apache-2.0
"""The alliance on a chain: its members, keys, banking calendars and cash.

Every act looks at the chain first: what holds already is reported as done and sends nothing, so
that each act, and the whole of :func:`set_up`, can be repeated after any interruption.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from eth_utils.address import to_checksum_address

from yangshan.alliance.calendar_words import SPAN_DAYS, CalendarWord, day_of
from yangshan.alliance.places import build
from yangshan.chain.enums import ProposalState, Role
from yangshan.chain.values import instant_of, seconds_of, text_bytes, text_of, unhexadecimal
from yangshan.deployment.plan import cash_name
from yangshan.deployment.progress import StepReport, silent
from yangshan.errors import Refused
from yangshan.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from eth_typing import ChecksumAddress

    from yangshan.alliance.calendars import BankingCalendar
    from yangshan.chain.connection import Chain
    from yangshan.chain.records import Key, Member
    from yangshan.chain.sender import Sender
    from yangshan.chain.signers import Signer
    from yangshan.deployment.parameters import AccountName, AllianceSetup, MemberSetup
    from yangshan.deployment.plan import Admission
    from yangshan.deployment.progress import Report
    from yangshan.deployment.record import Deployment
    from yangshan.money import Currency

# The greatest time of the contracts: a key without an end.
_NO_END: Final = 2**40 - 1

_REGISTRY: Final = "AllianceRegistry"
_COUNCIL: Final = "AllianceCouncil"
_CALENDAR: Final = "BankingCalendar"
_CASH: Final = "SettlementCash"
_BANKING_DAYS: Final = "UCP 600 art. 2"


class CalendarNotNumbered(Refused):
    """A banking calendar to which the alliance gives no number."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(
            f"The alliance has no calendar {name}; it has {', '.join(known) or 'none'}."
        )
        self.name = name
        self.known = tuple(known)


class CalendarNamedOtherwise(Refused):
    """A calendar number that was opened on the chain for another place."""

    def __init__(self, number: int, expected: str, found: str) -> None:
        super().__init__(
            f"Calendar {number} was opened as {found}; {expected} was expected under this number."
        )
        self.number = number
        self.expected = expected
        self.found = found


class NumberDiffers(Refused):
    """A member that was admitted under another number than the one planned for it."""

    def __init__(self, handle: str, expected: int, found: int) -> None:
        super().__init__(
            f"{handle} was to be member {expected} and is member {found}: somebody else was "
            "admitted in between, or members were admitted in another order."
        )
        self.handle = handle
        self.expected = expected
        self.found = found


@dataclass(frozen=True, slots=True)
class KeyView:
    """An account with what the registry has of it."""

    account: ChecksumAddress
    record: Key


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member with what the registry has of it, and all its accounts."""

    number: int
    record: Member
    keys: tuple[KeyView, ...]


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A banking calendar as opened on the chain."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class _Trace:
    """The event by which an act can be found again on the chain, with its indexed arguments."""

    event: str
    arguments: dict[str, object]


class Alliance:
    """The contracts of a deployment that make an alliance, behind one face.

    Acts raise the typed errors of :mod:`yangshan.chain.reverts` where a contract refuses, and what
    the sender raises. Each transaction is told to ``report``.
    """

    def __init__(
        self, chain: Chain, sender: Sender, deployment: Deployment, report: Report = silent
    ) -> None:
        self._chain = chain
        self._sender = sender
        self._deployment = deployment
        self._report = report
        self._handles = {member.number: member.handle for member in deployment.members}

    # Acts

    def set_key(
        self,
        administrator: Signer,
        account: ChecksumAddress,
        roles: Role,
        until: datetime | None = None,
    ) -> None:
        """Gives an account of the administrator's member exactly these roles.

        ``until`` is the last second at which the key signs anything, None for no end.
        """
        old = self._read(_REGISTRY, "key", account)
        own = self._number_of(administrator)
        end = _NO_END if until is None else seconds_of(until)
        self._act(
            administrator,
            _REGISTRY,
            "setKey",
            (account, int(roles), end),
            holds=(old.member_id, old.roles, old.valid_until) == (own, roles, until),
            trace=_Trace("KeySet", {"memberId": own, "account": account}),
            what=f"gives the key {account} the roles {roles.label}",
            # Going back to earlier roles is an act of its own, hence the count.
            key=f"{account} {roles:d} {end} after {self._sent(administrator)}",
        )

    def admit(
        self, voters: Sequence[Signer], admission: Admission, handle: str, salt: bytes = bytes(32)
    ) -> int:
        """Admits a member by the council and returns its number.

        The first voter proposes and executes, the others approve until there are enough; ``salt``
        tells equal admissions apart.
        """
        proposal = self._read(_COUNCIL, "proposalIdOf", admission.as_argument(), salt)
        trace = {"proposalId": proposal}
        first = voters[0]
        found = self._read(_COUNCIL, "proposal", proposal)
        self._act(
            first,
            _COUNCIL,
            "propose",
            (admission.as_argument(), salt),
            holds=found.state != ProposalState.NONE,
            trace=_Trace("AdmissionProposed", trace),
            what=f"proposes to admit {handle}",
            key=proposal,
        )
        needed = self._read(_COUNCIL, "threshold")
        for voter in voters[1:]:
            found = self._read(_COUNCIL, "proposal", proposal)
            founder = self._number_of(voter)
            approved = bool(found.approved_by >> founder & 1)
            if found.approvals >= needed and not approved:
                break
            self._act(
                voter,
                _COUNCIL,
                "approve",
                (proposal,),
                holds=approved,
                trace=_Trace("ProposalApproved", {**trace, "founder": founder}),
                what=f"approves the admission of {handle}",
                key=f"{proposal} {founder}",
            )
        executed = _Trace("ProposalExecuted", trace)
        found = self._read(_COUNCIL, "proposal", proposal)
        self._act(
            first,
            _COUNCIL,
            "execute",
            (admission.as_argument(), salt),
            holds=found.state == ProposalState.EXECUTED,
            trace=executed,
            what=f"admits {handle}",
            key=proposal,
        )
        return int(self._find(_COUNCIL, executed)["args"]["memberId"])

    def publish_calendar(self, keeper: Signer, calendar: BankingCalendar) -> None:
        """Opens a banking calendar if it is not open, and publishes what it lacks of ``calendar``.

        Its number is the one that the deployment's parameters give to its name. Raises
        :class:`CalendarNotNumbered`, :class:`CalendarNamedOtherwise`.
        """
        number = self._calendar_number(calendar.name)
        opened = self._read(_CALENDAR, "nameOf", number)
        name = text_of(unhexadecimal(opened))
        if name not in ("", calendar.name):
            raise CalendarNamedOtherwise(number, calendar.name, name)
        self._act(
            keeper,
            _CALENDAR,
            "open",
            (number, text_bytes(calendar.name, 32)),
            holds=name == calendar.name,
            trace=_Trace("CalendarOpened", {"calendar": number}),
            what=f"opens the banking calendar {calendar.name} as number {number}",
            article=_BANKING_DAYS,
            key=str(number),
        )
        for span, word in sorted(calendar.words.items()):
            present = self._read(_CALENDAR, "spanOf", number, span)
            last = day_of(span * SPAN_DAYS + word.known - 1)
            self._act(
                keeper,
                _CALENDAR,
                "publish",
                (number, span, word.pack()),
                holds=_contains(present, word),
                trace=_Trace("DaysPublished", {"calendar": number, "span": span}),
                what=f"publishes the banking days of {calendar.name} until {last}",
                article=_BANKING_DAYS,
                key=f"{number} {span} {word.pack():x}",
            )

    def revise_calendar(self, keeper: Signer, calendar: BankingCalendar, reason: str) -> None:
        """Changes published days that have begun nowhere to those of ``calendar``, for a reason.

        ``reason`` is at most 32 ASCII characters, such as the number of the authority's notice.
        Deadlines that are stored stay as they are; done twice it sends nothing the second time.
        Raises :class:`CalendarNotNumbered`, UnfitReference, and PublishedDaysStand where days that
        have begun would change too.
        """
        number = self._calendar_number(calendar.name)
        padded = text_bytes(reason, 32)
        for span, word in sorted(calendar.words.items()):
            present = self._read(_CALENDAR, "spanOf", number, span)
            revised = word.pack()
            # What is not published, or not in full, is for publish_calendar.
            if present == revised or CalendarWord.unpack(present).known != word.known:
                continue
            self._act(
                keeper,
                _CALENDAR,
                "revise",
                (number, span, revised, padded),
                holds=False,
                trace=_Trace("DaysRevised", {"calendar": number, "span": span}),
                what=f"revises the banking days of {calendar.name} for {reason}",
                article=_BANKING_DAYS,
                key=f"{number} {span} {present:x} {revised:x}",
            )

    def mint(self, issuer: Signer, member: int, money: Money, reference: str) -> None:
        """Mints cash to a member's treasury against money received outside, once per reference.

        ``reference`` is the issuing member's own, at most 32 ASCII characters. Raises NotDeployed
        for a currency that is not on the ledger, UnfitReference, and ReferenceUsed where the
        reference stands for another payment.
        """
        name = cash_name(money.currency)
        padded = text_bytes(reference, 32)
        trace = _Trace("CashMinted", {"outsideReference": padded})
        log = self._last(name, trace)
        self._act(
            issuer,
            name,
            "mint",
            (member, money.minor, padded),
            holds=log is not None
            and (log["args"]["memberId"], log["args"]["amount"]) == (member, money.minor),
            trace=trace,
            what=f"mints {money} for {self._handle(member)} against {reference}",
            key=reference,
        )

    # Views

    def members(self) -> list[MemberView]:
        """All members in the order of their numbers, with all their keys."""
        return [self.member(each + 1) for each in range(self._read(_REGISTRY, "memberCount"))]

    def member(self, number: int) -> MemberView:
        """One member; raises UnknownMember."""
        found = self._read(_REGISTRY, "member", number)
        return MemberView(
            number=number,
            record=found,
            keys=tuple(
                self.key(to_checksum_address(self._read(_REGISTRY, "accountAt", number, index)))
                for index in range(found.accounts)
            ),
        )

    def key(self, account: ChecksumAddress) -> KeyView:
        """One account as the registry has it."""
        return KeyView(account, self._read(_REGISTRY, "key", account))

    def calendars(self) -> list[CalendarView]:
        """The banking calendars opened, in the order of opening."""
        logs = self._logs(_CALENDAR, _Trace("CalendarOpened", {}))
        return [CalendarView(log["args"]["calendar"], text_of(log["args"]["name"])) for log in logs]

    def balance(self, member: int, currency: Currency) -> Money:
        """What a member's treasury holds of a currency; raises NotDeployed, UnknownMember."""
        treasury = self._read(_REGISTRY, "member", member).treasury
        return Money(self._read(cash_name(currency), "balanceOf", treasury), currency)

    # How it is done

    def _act(
        self,
        signer: Signer,
        name: str,
        function: str,
        arguments: tuple[object, ...],
        *,
        holds: bool,
        trace: _Trace,
        what: str,
        key: str,
        article: str = "",
    ) -> None:
        """Sends one transaction, unless what it is for holds already; reports it either way."""
        if holds:
            transaction = self._find(name, trace)["transactionHash"]
            receipt = self._chain.web3.eth.get_transaction_receipt(transaction)
            block = self._chain.web3.eth.get_block(receipt["blockNumber"])
            done = (
                transaction.to_0x_hex(),
                receipt["gasUsed"],
                instant_of(block["timestamp"]),
            )
            already = True
        else:
            sent = self._sender.send(
                signer,
                _contract_of(name),
                self._deployment.address(name),
                function,
                arguments,
                key=f"{name} {function} {key}",
                intent=f"{self._actor(signer)} {what}",
            )
            done, already = (sent.transaction, sent.gas, sent.time), sent.already
        self._report(
            StepReport(
                kind=function,
                actor=self._actor(signer),
                what=what,
                article=article,
                transaction=done[0],
                gas=done[1],
                time=done[2],
                already=already,
            )
        )

    def _read(self, name: str, function: str, *arguments: object) -> Any:
        address = self._deployment.address(name)
        return self._sender.call(_contract_of(name), address, function, arguments)

    def _logs(self, name: str, trace: _Trace) -> list[Any]:
        contract = self._chain.contract(_contract_of(name), self._deployment.address(name))
        event = contract.events[trace.event]()
        return list(
            event.get_logs(
                from_block=self._deployment.created(name).block, argument_filters=trace.arguments
            )
        )

    def _last(self, name: str, trace: _Trace) -> Any | None:
        logs = self._logs(name, trace)
        return logs[-1] if logs else None

    def _find(self, name: str, trace: _Trace) -> Any:
        return self._logs(name, trace)[-1]

    def _calendar_number(self, name: str) -> int:
        numbered = self._deployment.parameters.calendars
        for number, each in numbered.items():
            if each == name:
                return number
        raise CalendarNotNumbered(name, list(numbered.values()))

    def _number_of(self, signer: Signer) -> int:
        return int(self._read(_REGISTRY, "memberOf", signer.address))

    def _actor(self, signer: Signer) -> str:
        return self._handles.get(self._number_of(signer), signer.name)

    def _handle(self, number: int) -> str:
        return self._handles.get(number, f"member {number}")

    def _sent(self, signer: Signer) -> int:
        return self._chain.web3.eth.get_transaction_count(signer.address, "latest")


def set_up(
    alliance: Alliance, setup: AllianceSetup, signer: Callable[[MemberSetup, AccountName], Signer]
) -> None:
    """Brings a freshly deployed alliance to where business begins.

    The founders' administrators name their desks; the keeper publishes the banking calendars; the
    founders admit the later members, whose administrators name theirs; the issuers mint the opening
    cash. ``signer`` gives the key of an account of a member. Done twice it sends nothing the second
    time; raises what the acts raise, :class:`NumberDiffers`, and what building calendars raises.
    """

    def name_desk(member: MemberSetup) -> None:
        if member.desk_roles:
            administrator = signer(member, "administrator")
            alliance.set_key(administrator, member.accounts.desk, member.desk_roles)

    for founder in setup.founders:
        name_desk(founder)
    keeper = signer(setup.member(setup.keeper), "desk")
    for name in setup.calendars.values():
        alliance.publish_calendar(keeper, build(name, setup.first_year, setup.last_year))
    voters = [
        signer(founder, "desk") for founder in setup.founders if Role.VOTE in founder.desk_roles
    ]
    for member in setup.later:
        number = alliance.admit(voters, member.admission, member.record.key)
        if number != member.number:
            raise NumberDiffers(member.record.key, member.number, number)
        name_desk(member)
    issuers = {cash.currency: setup.member(cash.issuer) for cash in setup.cash}
    for opening in setup.opening:
        issuer = signer(issuers[opening.money.currency], "desk")
        alliance.mint(issuer, opening.member, opening.money, opening.reference)


def _contract_of(name: str) -> str:
    """The contract behind a name of the plan: the cash of each currency is one of its own."""
    return name.partition("-")[0]


def _contains(present: int, wanted: CalendarWord) -> bool:
    """Whether the chain's word has all days of ``wanted``, and maybe later ones."""
    word = CalendarWord.unpack(present)
    days = (1 << wanted.known) - 1
    same_hours = all(
        getattr(word, field) == getattr(wanted, field)
        for field in ("opens", "closes", "offset", "summer", "change1", "change2")
    )
    return word.known >= wanted.known and word.open_days & days == wanted.open_days and same_hours
