# SPDX-License-Identifier: Apache-2.0
"""Deliveries of titles by their rules, without a chain, beside the model of titles and cash.

``Model`` says which events an act brings, or the error that it meets, from what happened before;
``tell`` goes on by those events.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import title_model
from deliveries import (
    ELSEWHERE,
    PAYMENT,
    RECEIPT,
    TRUST,
    DeliveryKey,
    DeliveryTerms,
    moved_cash,
    offered,
    told,
)
from suite import Error, Event
from title_model import Chain, RefusedError
from titles import STRAIGHT
from vocabulary import DeliveryState
from world import treasury

if TYPE_CHECKING:
    from collections.abc import Callable

S: Any = DeliveryState
NAME: Final = "TitleDeliveries"
# The state that an act needs, and whose it is.
NEEDS: Final = {
    "take": S.OFFERED,
    "take_on_trust": S.OFFERED,
    "release": S.OFFERED,
    "withdraw": S.OFFERED,
    "lapse": S.OFFERED,
    "pay": S.ON_TRUST,
    "attest": S.ON_TRUST,
}
OF_APPLICANT: Final = {"take", "take_on_trust", "pay"}
OF_BANK: Final = {"release", "withdraw", "attest"}
AFTER: Final = {
    "TitlesOffered": S.OFFERED,
    "TitlesTaken": S.SETTLED,
    "TitlesTakenOnTrust": S.ON_TRUST,
    "TitlesReleased": S.SETTLED,
    "OfferWithdrawn": S.WITHDRAWN,
    "OfferLapsed": S.WITHDRAWN,
    "DeliveryPaid": S.SETTLED,
    "DeliveryPaymentAttested": S.SETTLED,
}


@dataclass
class Dealing:
    """A delivery as its events tell."""

    key: DeliveryKey
    terms: DeliveryTerms
    state: int

    def as_record(self) -> tuple[Any, ...]:
        """The struct Delivery of ITitleDeliveries."""
        key, terms = self.key, self.terms
        parties = key.bank, key.applicant, terms.amount, terms.currency
        return (*parties, int(terms.basis), terms.take_by, terms.due, int(self.state))

    def seen_at(self, time: int) -> int:
        """Where it stands at a time."""
        if self.state == S.OFFERED and time > self.terms.take_by:
            return int(S.LAPSED)
        if self.state == S.ON_TRUST and time > self.terms.due:
            return int(S.OVERDUE)
        return int(self.state)


@dataclass
class Model:
    """The rules of deliveries: one method an act, named as in ``deliveries.Sale``."""

    titles: title_model.Model = field(default_factory=title_model.Model)
    cash: Counter[int] = field(default_factory=Counter)
    dealings: dict[bytes, Dealing] = field(default_factory=dict)

    def expect(
        self,
        act: str,
        key: DeliveryKey,
        terms: DeliveryTerms,
        actor: int,
        time: int,
        *args: Any,
    ) -> list[Event] | Error:
        """The events of the act, or its error."""
        try:
            if act == "offer":
                return self._offer(key, terms, actor, time)
            self._require(act, key, actor)
            does: Callable[..., list[Event]] = getattr(self, act)
            return does(self.dealings[key.id], time, *args)
        except RefusedError as refusal:
            return refusal.error

    def tell(self, key: DeliveryKey, terms: DeliveryTerms, events: list[Event], time: int) -> None:
        """Goes on by the events of a transaction."""
        for each in events:
            if each.name == "TitlesOffered":
                self.dealings[key.id] = Dealing(key, terms, S.OFFERED)
            elif each.name in AFTER:
                self.dealings[key.id].state = AFTER[each.name]
            elif each.name == "Transfer":
                self.cash[self._member(each.fields["from"])] -= each.fields["value"]
                self.cash[self._member(each.fields["to"])] += each.fields["value"]
        self.titles.chain.tell([each for each in events if each.contract == "TitleRegistry"], time)

    def _member(self, account: str) -> int:
        return next(member for member in self.cash if treasury(member) == account)

    def _require(self, act: str, key: DeliveryKey, actor: int) -> None:
        found = self.dealings.get(key.id)
        if found is None:
            raise RefusedError("UnknownDelivery", key.id)
        if found.state != NEEDS[act]:
            raise RefusedError("WrongDeliveryState", key.id, int(found.state), int(NEEDS[act]))
        if act in OF_BANK and actor != key.bank:
            raise RefusedError("NotDeliveringBank", key.id, key.bank, actor)
        if act in OF_APPLICANT and actor != key.applicant:
            raise RefusedError("NotDeliveryApplicant", key.id, key.applicant, actor)

    def _offer(self, key: DeliveryKey, terms: DeliveryTerms, actor: int, time: int) -> list[Event]:
        if actor != key.bank:
            raise RefusedError("NotDeliveringBank", key.id, key.bank, actor)
        if key.id in self.dealings:
            raise RefusedError("DeliveryExists", key.id)
        if key.applicant == key.bank:
            raise RefusedError("DeliveredToItself", key.bank)
        if not key.titles:
            raise RefusedError("NoTitles")
        if not terms.amount:
            raise RefusedError("DeliveryForNothing", 0, terms.currency)
        if terms.take_by <= time:
            raise RefusedError("NoTimeToTake", terms.take_by, time)
        fits = terms.due == 0 if terms.basis == PAYMENT else terms.due >= terms.take_by
        if not fits:
            raise RefusedError("BadDueTime", int(terms.basis), terms.take_by, terms.due)
        deposited = self._through("deposit", key, key.bank, time, key.applicant)
        for title in key.titles:
            found = self.titles.chain.of(title)
            if found.form == STRAIGHT and found.beneficiary != key.applicant:
                raise RefusedError("MadeOutToAnother", title, found.beneficiary)
        return [offered(key, terms), *deposited]

    def take(self, found: Dealing, time: int, to: int) -> list[Event]:
        self._takeable(found, time, PAYMENT)
        money = {"amount": found.terms.amount, "currency": found.terms.currency}
        settled = [told("TitlesTaken", found.key, **money), self._settled(found)]
        return [*settled, *self._handed_over(found, time, to)]

    def take_on_trust(self, found: Dealing, time: int, to: int) -> list[Event]:
        self._takeable(found, time, TRUST)
        terms = found.terms
        owed = {"amount": terms.amount, "currency": terms.currency, "due": terms.due}
        taken = told("TitlesTakenOnTrust", found.key, **owed, receipt=RECEIPT)
        return [taken, *self._handed_over(found, time, to)]

    def release(self, found: Dealing, time: int, to: int) -> list[Event]:
        said = told("TitlesReleased", found.key, paymentReference=ELSEWHERE)
        return [said, *self._handed_over(found, time, to)]

    def withdraw(self, found: Dealing, time: int) -> list[Event]:
        back = self._through("give_back", found.key, found.key.bank, time)
        return [told("OfferWithdrawn", found.key), *back]

    def lapse(self, found: Dealing, time: int) -> list[Event]:
        if time <= found.terms.take_by:
            raise RefusedError("OfferOpen", found.key.id, found.terms.take_by, time)
        back = self._through("give_back", found.key, found.key.bank, time)
        return [told("OfferLapsed", found.key), *back]

    def pay(self, found: Dealing, time: int) -> list[Event]:
        money = {"amount": found.terms.amount, "currency": found.terms.currency}
        return [told("DeliveryPaid", found.key, **money), self._settled(found)]

    def attest(self, found: Dealing, time: int) -> list[Event]:
        return [told("DeliveryPaymentAttested", found.key, paymentReference=ELSEWHERE)]

    def _takeable(self, found: Dealing, time: int, basis: int) -> None:
        if found.terms.basis != basis:
            raise RefusedError("WrongDeliveryBasis", found.key.id, int(found.terms.basis))
        if time > found.terms.take_by:
            raise RefusedError("OfferOver", found.key.id, found.terms.take_by, time)

    def _settled(self, found: Dealing) -> Event:
        payer, amount = found.key.applicant, found.terms.amount
        if self.cash[payer] < amount:
            named = treasury(payer), self.cash[payer], amount
            raise RefusedError("ERC20InsufficientBalance", *named)
        moved: Event = moved_cash(payer, found.key.bank, amount)
        return moved

    def _handed_over(self, found: Dealing, time: int, to: int) -> list[Event]:
        key = found.key
        if to != key.applicant:
            raise RefusedError("NotDeliveryApplicant", key.id, key.applicant, to)
        return self._through("hand_over", key, key.bank, time, key.applicant)

    def _through(
        self, act: str, key: DeliveryKey, actor: int, time: int, *args: Any
    ) -> list[Event]:
        """What the registry says of each title in turn, or refuses."""
        events: list[Event] = []
        aside = title_model.Model(Chain(dict(self.titles.chain.titles)))
        for title in key.titles:
            found = aside.expect(act, title, actor, time, *args, NAME)
            if isinstance(found, Error):
                raise RefusedError(found.name, *found.args)
            if act == "deposit":
                kept = {"record": key.id}
                found = [replace(each, fields=each.fields | kept) for each in found]
            aside.chain.tell(found, time)
            events += found
        return events
