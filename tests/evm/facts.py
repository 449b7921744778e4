# SPDX-License-Identifier: Apache-2.0
"""What is on record, as the contracts or as the model have it, in one shape."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol

from suite import RevertedError
from vocabulary import Mark
from world import Issuance, World, desk

if TYPE_CHECKING:
    from model import Model
    from suite import Error
    from world import PresentationKey


class Facts(Protocol):
    """Every question an invariant asks."""

    def credit(self, number: bytes) -> Any: ...
    def undertaking(self, number: bytes, bank: int) -> Any: ...
    def credit_state(self, number: bytes) -> Any: ...
    def stay(self, number: bytes) -> int: ...
    def amendment(self, number: bytes, place: int) -> Any: ...
    def mandate(self, number: bytes, member: int) -> bool: ...
    def presentation(self, key: PresentationKey) -> Any: ...
    def presentation_state(self, key: PresentationKey) -> Any: ...
    def onward(self, key: PresentationKey) -> bytes: ...
    def obligation(self, number: bytes) -> Any: ...
    def obligation_state(self, number: bytes) -> Any: ...
    def assignment(self, number: bytes) -> tuple[int, int]: ...
    def agreed(self, number: bytes) -> int: ...
    def current_creditor(self, number: bytes) -> int: ...
    def followed_by(self, number: bytes) -> bytes: ...
    def follows(self, number: bytes) -> bytes: ...
    def named(self, key: PresentationKey) -> int: ...
    def accepted_out_of_hours(self, key: PresentationKey) -> bool: ...
    def balance(self, member: int, currency: int) -> int: ...
    def supply(self, currency: int) -> int: ...
    def tried(self, member: int, function: str, *args: Any) -> Error | None:
        """The error that an act would meet now, None if it would pass; it is undone."""


class ChainFacts:
    """The views of the contracts."""

    def __init__(self, world: World, cash: dict[int, str]) -> None:
        self.world, self.cash = world, cash

    def credit(self, number: bytes) -> Any:
        return self._terms(self.world.view("LetterOfCredit.credit", number))

    def undertaking(self, number: bytes, bank: int) -> Any:
        return self._terms(self.world.view("LetterOfCredit.undertaking", number, bank))

    def _terms(self, found: Any) -> Any:
        return found._replace(issuance=Issuance(*found.issuance))

    def credit_state(self, number: bytes) -> Any:
        return self.world.view("LetterOfCredit.stateOf", number)

    def stay(self, number: bytes) -> int:
        until: int = self.world.view("LetterOfCredit.stayOf", number)
        return until

    def amendment(self, number: bytes, place: int) -> Any:
        return self.world.view("LetterOfCredit.amendmentOf", number, place)

    def mandate(self, number: bytes, member: int) -> bool:
        return bool(self.world.view("Presentations.mandateOf", number, member))

    def presentation(self, key: PresentationKey) -> Any:
        return self.world.presentation(key)

    def presentation_state(self, key: PresentationKey) -> Any:
        return self.world.state_of(key)

    def onward(self, key: PresentationKey) -> bytes:
        found: bytes = self.world.view("Forwarding.forwardedAs", key.id)
        return found

    def obligation(self, number: bytes) -> Any:
        return self.world.view("PaymentObligations.obligation", number)

    def obligation_state(self, number: bytes) -> Any:
        return self.world.view("PaymentObligations.stateOf", number)

    def assignment(self, number: bytes) -> tuple[int, int]:
        assignee, amount = self.world.view("PaymentObligations.assignmentOf", number)
        return assignee, amount

    def agreed(self, number: bytes) -> int:
        proceeds: int = self.world.view("PaymentObligations.agreedPrepayment", number)
        return proceeds

    def current_creditor(self, number: bytes) -> int:
        creditor: int = self.world.view("PaymentObligations.currentCreditor", number)
        return creditor

    def followed_by(self, number: bytes) -> bytes:
        later: bytes = self.world.view("PaymentObligations.followedBy", number)
        return later

    def follows(self, number: bytes) -> bytes:
        unpaid: bytes = self.world.view("PaymentObligations.follows", number)
        return unpaid

    def named(self, key: PresentationKey) -> int:
        amendments: int = self.world.view("Presentations.amendmentsPresentedOn", key.id)
        return amendments

    def accepted_out_of_hours(self, key: PresentationKey) -> bool:
        return bool(self.presentation(key).marks & Mark.TAKEN_IN)

    def balance(self, member: int, currency: int) -> int:
        return self.world.balance(member, self.cash[currency])

    def supply(self, currency: int) -> int:
        supply: int = self.world.view(f"{self.cash[currency]}.totalSupply")
        return supply

    def tried(self, member: int, function: str, *args: Any) -> Error | None:
        with self.world.aside():
            try:
                self.world.send(desk(member), function, *args)
            except RevertedError as refusal:
                return refusal.error
            return None


class Remembered:
    """What was asked before is not asked again until something happens."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.known: dict[tuple[Any, ...], Any] = {}

    def forget(self) -> None:
        """Something has happened."""
        self.known.clear()

    def __getattr__(self, name: str) -> Any:
        ask = getattr(self.facts, name)

        def answer(*about: Any) -> Any:
            if (name, *about) not in self.known:
                self.known[name, *about] = ask(*about)
            return self.known[name, *about]

        return answer


class ModelFacts:
    """The records of the model; it tries nothing."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def credit(self, number: bytes) -> Any:
        return self.undertaking(number, self.model.credits[number].bank)

    def undertaking(self, number: bytes, bank: int) -> Any:
        credit = self.model.credits[number]
        first, second = credit.origin.advising_bank, credit.origin.second_advising_bank
        return SimpleNamespace(
            state=credit.state,
            advised=first in credit.advised,
            secondAdvised=second in credit.advised - {first},
            adviceDeclined=first in credit.advice_declined,
            secondAdviceDeclined=second in credit.advice_declined - {first},
            confirmed=credit.confirmed,
            confirmationDeclined=credit.confirmation_declined,
            diverged=credit.diverged,
            stayed=credit.stayed,
            amendments=len(credit.proposals),
            version=credit.version(bank),
            issuingBank=credit.bank,
            drawn=credit.drawn,
            issuance=credit.undertaking(bank)._replace(reference=bytes(16)),
        )

    def credit_state(self, number: bytes) -> Any:
        return self.model.state(number)

    def stay(self, number: bytes) -> int:
        return self.model.credits[number].stayed_until

    def amendment(self, number: bytes, place: int) -> Any:
        found = self.model.credits[number].proposals[place - 1]
        return SimpleNamespace(
            state=self.model.amendment_state(number, place),
            extended=found.extended,
            extensionDeclined=found.extension_declined,
            version=found.version,
            amendment=found.amendment,
        )

    def mandate(self, number: bytes, member: int) -> bool:
        return member in self.model.credits[number].mandates

    def presentation(self, key: PresentationKey) -> Any:
        found = self.model.presentations[key]
        marks = {
            Mark.UNBOUND: not found.bound,
            Mark.FORWARDED: found.forwarded,
            Mark.COUNTED: found.counted,
            Mark.INSTRUCTED: found.instructed,
            Mark.TAKE_UP: found.take_up,
            Mark.RECORDS: found.records,
            Mark.RELEASED: found.released,
            # No credit of these has a schedule, and parts of credits live in test_transfer_life.py.
            Mark.SCHEDULED: False,
            Mark.TRANSFERRED: False,
            Mark.TAKEN_IN: found.accepted,
        }
        return SimpleNamespace(
            amount=found.lodging.amount,
            received=found.received,
            deadline=found.deadline,
            shipped=found.lodging.shipped,
            receiptDay=found.receipt,
            payee=found.payee,
            state=found.state,
            disposal=found.disposal,
            flags=found.flags,
            marks=sum(mark for mark, is_set in marks.items() if is_set),
            # Titles live in custody_lives.py.
            titles=0,
        )

    def presentation_state(self, key: PresentationKey) -> Any:
        return self.model.presentations[key].seen(self.model.time)

    def onward(self, key: PresentationKey) -> bytes:
        onward = self.model.presentations[key].onward
        return onward.id if onward else bytes(32)

    def obligation(self, number: bytes) -> Any:
        owed = self.model.obligations[number]
        return SimpleNamespace(
            debtor=owed.debtor,
            owner=owed.owner,
            amount=owed.amount,
            maturity=owed.maturity,
            currency=owed.currency,
            state=owed.state,
            kind=owed.kind,
            stayedUntil=owed.stayed_until,
            recourse=owed.recourse,
            assigned=bool(owed.assignee),
            titles=0,
        )

    def obligation_state(self, number: bytes) -> Any:
        return self.model.obligations[number].seen(self.model.time)

    def assignment(self, number: bytes) -> tuple[int, int]:
        owed = self.model.obligations[number]
        return owed.assignee, owed.assigned

    def agreed(self, number: bytes) -> int:
        return self.model.obligations[number].agreed

    def current_creditor(self, number: bytes) -> int:
        return self.model.creditor(number)

    def followed_by(self, number: bytes) -> bytes:
        return self.model.followed.get(number, bytes(32))

    def follows(self, number: bytes) -> bytes:
        return self.model.follows.get(number, bytes(32))

    def named(self, key: PresentationKey) -> int:
        return self.model.presentations[key].named

    def accepted_out_of_hours(self, key: PresentationKey) -> bool:
        return self.model.presentations[key].accepted

    def balance(self, member: int, currency: int) -> int:
        return self.model.held[member, currency]

    def supply(self, currency: int) -> int:
        return sum(held for (_, of), held in self.model.held.items() if of == currency)

    def tried(self, member: int, function: str, *args: Any) -> Error | None:
        raise NotImplementedError
