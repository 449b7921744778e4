# SPDX-License-Identifier: Apache-2.0
"""A member's desks on the chain: created, staffed, given policies, and instructed by four eyes.

A maker and a checker sign an instruction (:mod:`yangshan.alliance.desk_messages`), or do their part
by a transaction of their own; then the desk makes the call as an account of its member.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eth_utils.address import to_checksum_address

from yangshan.alliance.desk_actions import CASH, DESK, desk_action
from yangshan.alliance.desk_messages import (
    DeskDomain,
    MakerCannotCheck,
    SignedInstruction,
    digest_of,
)
from yangshan.alliance.desk_policies import (
    CLOSED,
    PolicyIncomplete,
    policy_of,
    policy_words,
)
from yangshan.alliance.ledger import REGISTRY, Trace, desk_name, fields_of
from yangshan.chain.enums import Hands
from yangshan.chain.records import Instruction, Policy
from yangshan.chain.values import hexadecimal, seconds_of, unhexadecimal
from yangshan.deployment.plan import NO_END, cash_name
from yangshan.errors import Refused
from yangshan.money import Currency, Money, UnknownCurrency

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eth_typing import ChecksumAddress

    from yangshan.alliance.desk_actions import DeskAction
    from yangshan.alliance.keys import Keys
    from yangshan.alliance.ledger import Ledger
    from yangshan.chain.enums import Role
    from yangshan.chain.records import Person
    from yangshan.chain.signers import Signer

_NO_SIGNATURE: Final = "0x"


class NoSuchDesk(Refused):
    """A desk that the member does not have, by its number in the order of creation."""

    def __init__(self, member: str, number: int, count: int) -> None:
        has = {0: "has no desk", 1: "has one desk"}.get(count, f"has {count} desks")
        super().__init__(f"{member} {has}, and there is none with the number {number}.")
        self.number = number
        self.count = count


class NotADesk(Refused):
    """An account that is no desk of a member: the registry creates them all."""

    def __init__(self, account: ChecksumAddress) -> None:
        super().__init__(f"{account} is no desk: the registry of this alliance did not create it.")
        self.account = account


class DeskGone(Refused):
    """A desk that its member has revoked: it does not come back."""

    def __init__(self, desk: ChecksumAddress) -> None:
        super().__init__(
            f"The desk {desk} is no account of its member any more; a new desk was expected, with "
            "the next number."
        )
        self.desk = desk


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person at a desk; ``live``: it may act now."""

    account: ChecksumAddress
    record: Person
    live: bool


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A policy of a desk. ``limit`` and ``alone`` are None where there is no amount.

    Both are in minor units where the currency is not known.
    """

    action: str
    target: ChecksumAddress
    selector: str
    currency: int
    record: Policy


@dataclass(frozen=True, slots=True)
class DeskView:
    """A desk with its people and its open policies; ``live``: it is an account of its member."""

    number: int
    address: ChecksumAddress
    live: bool
    roles: Role
    people: tuple[PersonView, ...]
    policies: tuple[PolicyView, ...]


class Desks:
    """Acts on desks; each raises the typed errors of :mod:`yangshan.chain.reverts`."""

    def __init__(self, ledger: Ledger, keys: Keys, chain_id: int) -> None:
        self._ledger = ledger
        self._keys = keys
        self._chain_id = chain_id

    # What an administrator of the member does

    def create(self, administrator: Signer, roles: Role, number: int = 1) -> ChecksumAddress:
        """Has the member's ``number``-th desk, created now if it is the next, with these roles.

        Raises :class:`NoSuchDesk` where another would have to come before, :class:`DeskGone`.
        """
        own = self._ledger.number_of(administrator)
        found = self._created(own)
        if not 0 < number <= len(found) + 1:
            raise NoSuchDesk(self._ledger.handle(own), number, len(found))
        before = number <= len(found)
        desk = found[number - 1] if before else None
        if desk is not None and self._ledger.number_of_account(desk) != own:
            raise DeskGone(desk)
        self._ledger.act(
            administrator,
            REGISTRY,
            "createDesk",
            (int(roles),),
            holds=before,
            trace=Trace("DeskCreated", {"memberId": own, **({"desk": desk} if desk else {})}),
            what=f"creates its desk {number} with the roles {roles.label}",
            key=f"{own} {number}",
        )
        if desk is None:
            return self._created(own)[number - 1]
        if self._ledger.read(REGISTRY, "key", desk).roles != roles:
            self._keys.give(administrator, desk, roles)
        return desk

    def set_desk_only(self, administrator: Signer, desk_only: bool) -> None:
        """Lets only the member's desks find, refuse and pay, or ends that."""
        own = self._ledger.number_of(administrator)
        trace = Trace("DeskOnlySet", {"memberId": own, "deskOnly": desk_only})
        self._ledger.act(
            administrator,
            REGISTRY,
            "setDeskOnly",
            (desk_only,),
            holds=own != 0
            and self._ledger.read(REGISTRY, "member", own).desk_only is desk_only
            and self._ledger.happened(REGISTRY, trace),
            trace=trace,
            what=(
                "lets its desks alone find, refuse and pay"
                if desk_only
                else "lets its other keys find, refuse and pay too, where they have the roles"
            ),
            key=f"{desk_only} after {self._ledger.sent(administrator)}",
        )

    def set_person(
        self,
        administrator: Signer,
        desk: ChecksumAddress,
        account: ChecksumAddress,
        *,
        maker: bool,
        checker: bool,
        until: datetime | None = None,
    ) -> None:
        """Names a person at a desk or changes its hands; with neither hand, dismisses it.

        ``until`` is the last second at which the person acts, None for no end.
        """
        now: Person = self._ledger.read(desk_name(desk), "person", account)
        end = NO_END if until is None else seconds_of(until)
        same = (now.maker, now.checker) == (maker, checker)
        hands = " and ".join(
            word for word, given in (("maker", maker), ("checker", checker)) if given
        )
        trace = Trace("PersonSet", {"person": account})
        self._ledger.act(
            administrator,
            desk_name(desk),
            "setPerson",
            (account, maker, checker, end),
            holds=same
            and (now.valid_until == until or not hands)
            and self._ledger.happened(desk_name(desk), trace),
            trace=trace,
            what=(
                f"names {account} as {hands} at the desk {desk}"
                if hands
                else f"dismisses {account} from the desk {desk}"
            ),
            key=f"{account} {maker} {checker} {end} after {self._ledger.sent(administrator)}",
        )

    def set_policy(
        self,
        administrator: Signer,
        desk: ChecksumAddress,
        action: str,
        hands: Hands,
        *,
        currency: Currency | None = None,
        limit: Money | None = None,
        alone: Money | None = None,
    ) -> None:
        """Sets the policy of an action, or closes it.

        ``limit`` is the greatest amount at all, ``alone`` the greatest for a maker alone; both for
        actions that have an amount, in ``currency``. Raises UnknownDeskAction,
        :class:`PolicyIncomplete`, NotDeployed for a currency that is not on the ledger.
        """
        known = desk_action(action)
        policy = policy_of(known, hands, currency=currency, limit=limit, alone=alone)
        target = self.target_of(known, desk, currency)
        number = currency.number if currency is not None and known.currency else 0
        name = desk_name(desk)
        now = self._ledger.read(name, "policy", target, known.selector, number, action)
        trace = Trace(
            "PolicySet",
            {
                "target": target,
                "selector": unhexadecimal(known.selector),
                "currency": number,
                "action": action,
            },
        )
        self._ledger.act(
            administrator,
            name,
            "setPolicy",
            (target, known.selector, number, action, policy),
            holds=now == policy and self._ledger.happened(name, trace),
            trace=trace,
            what=f"{policy_words(action, policy, currency)} at the desk {desk}",
            key=f"{target} {known.selector} {number} {action} {policy} "
            f"after {self._ledger.sent(administrator)}",
        )

    # What the people of a desk do

    def prepare(
        self,
        desk: ChecksumAddress,
        action: str,
        arguments: Sequence[object],
        maker: ChecksumAddress,
        deadline: datetime,
        *,
        currency: Currency | None = None,
        nonce: int | None = None,
    ) -> SignedInstruction:
        """An instruction to a desk, as yet without signatures; sends nothing.

        ``currency`` chooses the contract for actions with cash. Without ``nonce`` it is the next
        one that the chain has not seen of this maker. Raises UnknownDeskAction, BadArguments,
        :class:`PolicyIncomplete`, NotDeployed.
        """
        known = desk_action(action)
        call = known.call(arguments)
        stated, amount = known.stated(call)
        instruction = Instruction(
            action=action,
            target=self.target_of(known, desk, currency),
            currency=stated,
            amount=amount,
            call=hexadecimal(call),
            deadline=deadline,
            maker=maker,
            nonce=self.next_nonce(desk, maker) if nonce is None else nonce,
        )
        return SignedInstruction(DeskDomain(self._chain_id, desk), instruction)

    def try_out(self, desk: ChecksumAddress, action: str, arguments: Sequence[object]) -> None:
        """Tries what a desk would call and sends nothing; raises what the contract refuses.

        For actions that call one contract of the plan. Raises UnknownDeskAction, BadArguments.
        """
        known = desk_action(action)
        self._ledger.try_as(desk, known.contract, known.function, arguments)

    def try_propose(self, signed: SignedInstruction) -> None:
        """Tries whether its maker could propose an instruction; sends nothing.

        So what no policy lets the desk do is refused before anybody signs it.
        """
        name = desk_name(signed.domain.desk)
        self._ledger.try_as(signed.instruction.maker, name, "propose", (signed.instruction,))

    def propose(self, maker: Signer, signed: SignedInstruction) -> str:
        """Proposes an instruction by a transaction of its maker; returns its digest."""
        digest, name = self._digest(signed), desk_name(signed.domain.desk)
        trace = Trace("InstructionProposed", {"digest": digest})
        self._ledger.act(
            maker,
            name,
            "propose",
            (signed.instruction,),
            holds=self._ledger.happened(name, trace),
            trace=trace,
            what=f"proposes at the desk {signed.domain.desk} to {words_of(signed.instruction)}",
            key=digest,
        )
        return digest

    def approve(self, checker: Signer, signed: SignedInstruction) -> None:
        """Approves by a transaction of a checker, and thereby carries out.

        The maker has signed or proposed. Raises MakerCannotCheck.
        """
        if checker.address == signed.instruction.maker:
            raise MakerCannotCheck(checker.address)
        self._execute(checker, signed, signed.maker_signature, None, "approves and carries out")

    def relay(self, sender: Signer, signed: SignedInstruction) -> None:
        """Carries out with the signatures that there are; anyone may send it."""
        self._execute(
            sender, signed, signed.maker_signature, signed.checker_signature, "carries out"
        )

    def cancel(
        self, signer: Signer, desk: ChecksumAddress, maker: ChecksumAddress, nonce: int
    ) -> None:
        """Uses up a nonce, so that no instruction with it is carried out."""
        name = desk_name(desk)
        trace = Trace("NonceCancelled", {"maker": maker, "nonce": nonce})
        self._ledger.act(
            signer,
            name,
            "cancel",
            (maker, nonce),
            holds=self._ledger.happened(name, trace),
            trace=trace,
            what=f"cancels number {nonce} of the maker {maker} at the desk {desk}",
            key=f"{maker} {nonce}",
        )

    # Views

    def of(self, member: int) -> list[DeskView]:
        """The desks of a member, in the order of their creation."""
        return [
            self._view(number, desk, member)
            for number, desk in enumerate(self._created(member), start=1)
        ]

    def numbered(self, member: int, number: int = 1) -> ChecksumAddress:
        """The address of a member's desk by its number; raises :class:`NoSuchDesk`."""
        found = self._created(member)
        if not 0 < number <= len(found):
            raise NoSuchDesk(self._ledger.handle(member), number, len(found))
        return found[number - 1]

    def member_of(self, desk: ChecksumAddress) -> int:
        """The member whose desk it is or was; raises :class:`NotADesk`."""
        created = self._ledger.last(REGISTRY, Trace("DeskCreated", {"desk": desk}))
        if created is None:
            raise NotADesk(desk)
        return int(created["args"]["memberId"])

    def waiting(self, desk: ChecksumAddress) -> list[SignedInstruction]:
        """What was proposed by a transaction and waits for a checker, in the order of proposing."""
        found = []
        now = self._ledger.now()
        for log in self._ledger.logs(desk_name(desk), Trace("InstructionProposed", {})):
            instruction = Instruction.read(fields_of(log["args"]["instruction"]))
            signed = SignedInstruction(DeskDomain(self._chain_id, desk), instruction)
            if instruction.deadline >= now and not self._is_used(signed):
                found.append(signed)
        return found

    def next_nonce(self, desk: ChecksumAddress, maker: ChecksumAddress) -> int:
        """One more than the greatest nonce that the chain has seen of a maker; numbers in a row
        cost least."""
        name, of_maker = desk_name(desk), {"maker": maker}
        seen = [
            *(
                log["args"]["nonce"]
                for event in ("InstructionExecuted", "NonceCancelled")
                for log in self._ledger.logs(name, Trace(event, of_maker))
            ),
            *(
                Instruction.read(fields_of(log["args"]["instruction"])).nonce
                for log in self._ledger.logs(name, Trace("InstructionProposed", of_maker))
            ),
        ]
        return max(seen, default=-1) + 1

    def target_of(
        self, action: DeskAction, desk: ChecksumAddress, currency: Currency | None
    ) -> ChecksumAddress:
        """The contract that an action calls; raises :class:`PolicyIncomplete`, NotDeployed."""
        if action.contract == DESK:
            return desk
        if action.contract == CASH:
            if currency is None:
                raise PolicyIncomplete(action.name, "it needs a currency, that of the cash")
            return self._ledger.address(cash_name(currency))
        return self._ledger.address(action.contract)

    # How it is done

    def _execute(
        self,
        sender: Signer,
        signed: SignedInstruction,
        maker_signature: str | None,
        checker_signature: str | None,
        verb: str,
    ) -> None:
        desk, digest = signed.domain.desk, self._digest(signed)
        self._ledger.act(
            sender,
            desk_name(desk),
            "execute",
            (
                signed.instruction,
                maker_signature or _NO_SIGNATURE,
                checker_signature or _NO_SIGNATURE,
            ),
            holds=self._is_executed(signed),
            trace=Trace("InstructionExecuted", {"digest": digest}),
            what=f"{verb} at the desk {desk}: {words_of(signed.instruction)}",
            # What was refused may be tried again with other signatures.
            key=f"{digest} {maker_signature} {checker_signature}",
        )

    def _digest(self, signed: SignedInstruction) -> str:
        return digest_of(signed.instruction, signed.domain)

    def _is_used(self, signed: SignedInstruction) -> bool:
        instruction = signed.instruction
        name = desk_name(signed.domain.desk)
        return bool(self._ledger.read(name, "isUsed", instruction.maker, instruction.nonce))

    def _is_executed(self, signed: SignedInstruction) -> bool:
        trace = Trace("InstructionExecuted", {"digest": self._digest(signed)})
        return self._ledger.happened(desk_name(signed.domain.desk), trace)

    def _created(self, member: int) -> list[ChecksumAddress]:
        logs = self._ledger.logs(REGISTRY, Trace("DeskCreated", {"memberId": member}))
        return [to_checksum_address(log["args"]["desk"]) for log in logs]

    def _view(self, number: int, desk: ChecksumAddress, member: int) -> DeskView:
        key = self._ledger.read(REGISTRY, "key", desk)
        return DeskView(
            number=number,
            address=desk,
            live=key.member_id == member and not key.frozen,
            roles=key.roles,
            people=self._people(desk),
            policies=self._policies(desk),
        )

    def _people(self, desk: ChecksumAddress) -> tuple[PersonView, ...]:
        name, now = desk_name(desk), self._ledger.now()
        logs = self._ledger.logs(name, Trace("PersonSet", {}))
        found = []
        for account in dict.fromkeys(to_checksum_address(log["args"]["person"]) for log in logs):
            person: Person = self._ledger.read(name, "person", account)
            if person.maker or person.checker:
                live = person.valid_until is None or person.valid_until >= now
                found.append(PersonView(account, person, live))
        return tuple(found)

    def _policies(self, desk: ChecksumAddress) -> tuple[PolicyView, ...]:
        found: dict[tuple[str, str, int, str], PolicyView] = {}
        for log in self._ledger.logs(desk_name(desk), Trace("PolicySet", {})):
            given = log["args"]
            view = PolicyView(
                action=given["action"],
                target=to_checksum_address(given["target"]),
                selector=hexadecimal(given["selector"]),
                currency=given["currency"],
                record=Policy.read(fields_of(given["policy"])),
            )
            found[view.target, view.selector, view.currency, view.action] = view
        return tuple(view for view in found.values() if view.record != CLOSED)


def words_of(instruction: Instruction) -> str:
    """An instruction in a few words: its action, and its amount where it has one."""
    if not instruction.amount:
        return instruction.action
    try:
        amount = str(Money(instruction.amount, Currency.numbered(instruction.currency)))
    except UnknownCurrency:
        amount = f"{instruction.amount:,} minor units"
    return f"{instruction.action}, {amount}"
