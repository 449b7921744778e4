# SPDX-License-Identifier: Apache-2.0
"""The policy of an action of a desk: made whole before it is sent, and told in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.chain.enums import Hands
from yangshan.chain.records import Policy
from yangshan.errors import Unusable
from yangshan.money import Currency, Money

if TYPE_CHECKING:
    from yangshan.alliance.desk_actions import DeskAction

CLOSED: Final = Policy(Hands.CLOSED, amount_at=0, currency_at=0, alone=0, limit=0)


class PolicyIncomplete(Unusable):
    """A policy that lacks what its action has, or gives what it has not."""

    def __init__(self, action: str, reason: str) -> None:
        super().__init__(f"The policy of {action!r} cannot be set: {reason}.")
        self.action = action
        self.reason = reason


def policy_of(
    action: DeskAction,
    hands: Hands,
    *,
    currency: Currency | None = None,
    limit: Money | None = None,
    alone: Money | None = None,
) -> Policy:
    """The policy of an action as the contract takes it; raises :class:`PolicyIncomplete`."""
    if action.currency and currency is None:
        raise PolicyIncomplete(action.name, "it needs a currency: each has a policy of its own")
    if hands is Hands.CLOSED:
        return CLOSED
    for amount in (limit, alone):
        if amount is not None and not action.amount:
            raise PolicyIncomplete(action.name, "it has no amount in its call to hold to a limit")
        if amount is not None and amount.currency != currency:
            raise PolicyIncomplete(action.name, f"{amount} is not in the currency of the policy")
    if action.amount and not (limit and limit.minor):
        raise PolicyIncomplete(action.name, "it needs a limit above nothing")
    if hands is Hands.TWO and alone is not None:
        raise PolicyIncomplete(action.name, "with two hands nothing is done by a maker alone")
    if hands is Hands.ONE_UP_TO_LIMIT and action.amount and not (alone and alone.minor):
        raise PolicyIncomplete(action.name, "it needs an amount up to which a maker is enough")
    if limit is not None and alone is not None and alone.minor > limit.minor:
        raise PolicyIncomplete(action.name, f"{alone} for a maker alone is beyond the {limit}")
    return Policy(
        hands,
        amount_at=action.amount_at,
        currency_at=action.currency_at,
        alone=alone.minor if alone else 0,
        limit=limit.minor if limit else 0,
    )


def policy_words(action: str, policy: Policy, currency: Currency | None) -> str:
    """What setting a policy does, such as ``opens 'pay an obligation' for two hands``."""
    of = f"{action!r}{f' in {currency.code}' if currency else ''}"
    if policy.hands is Hands.CLOSED:
        return f"closes {of}"
    words = {Hands.TWO: "two hands", Hands.ONE_UP_TO_LIMIT: "a maker alone"}[policy.hands]
    if currency is None or not policy.limit:
        return f"opens {of} for {words}"
    if policy.alone:
        words += f" up to {Money(policy.alone, currency)} and two hands beyond"
    return f"opens {of} for {words}, at most {Money(policy.limit, currency)}"
