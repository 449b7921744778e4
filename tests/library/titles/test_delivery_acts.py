# SPDX-License-Identifier: Apache-2.0
"""Acts on deliveries of titles: what they call, as their desks know it, and what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from eth_utils.address import to_checksum_address

from yangshan.acts import Act
from yangshan.alliance.desk_actions import DESK_ACTIONS, action_of
from yangshan.chain.calls import decode_call, encode_call
from yangshan.chain.enums import DeliveryBasis
from yangshan.chain.records import NO_COMMITMENT, DeliveryKey, DeliveryTerms
from yangshan.chain.values import UnfitReference
from yangshan.money import Money
from yangshan.titles import delivering

DELIVERY, ONE, TWO, RECEIPT = ("0x" + digit * 64 for digit in "1234")
ACCOUNT = to_checksum_address("0x" + "ab" * 20)
UNTIL, DUE = datetime(2025, 10, 1, tzinfo=UTC), datetime(2025, 12, 1, tzinfo=UTC)
KEY = DeliveryKey(4, 9, NO_COMMITMENT, 1, (ONE,))
BOTH = replace(KEY, titles=(ONE, TWO))
CASH = DeliveryTerms(128_000_000, 156, DeliveryBasis.PAYMENT, UNTIL, None)
TRUST = replace(CASH, basis=DeliveryBasis.TRUST_RECEIPT, due=DUE)
OWED = delivering.money_of(CASH)
PAID = "0x" + b"HVPS-1".hex().ljust(64, "0")

ACTS: dict[str, tuple[Act, tuple[object, ...], str]] = {
    "offer": (
        delivering.offer(DELIVERY, BOTH, TRUST, "Silver Heron"),
        (BOTH, TRUST),
        "offers 2 titles to Silver Heron against a trust receipt for CNY 1,280,000.00",
    ),
    "take": (
        delivering.take(DELIVERY, KEY, ACCOUNT, OWED),
        (KEY, ACCOUNT),
        "pays CNY 1,280,000.00 and takes a title",
    ),
    "takeOnTrust": (
        delivering.take_on_trust(DELIVERY, KEY, ACCOUNT, OWED, RECEIPT),
        (KEY, ACCOUNT, RECEIPT),
        "takes a title against its trust receipt and owes CNY 1,280,000.00",
    ),
    "release": (
        delivering.release(DELIVERY, KEY, ACCOUNT, "HVPS-1"),
        (KEY, ACCOUNT, PAID),
        "hands over a title, paid for elsewhere under HVPS-1",
    ),
    "withdraw": (delivering.withdraw(DELIVERY, KEY), (KEY,), "takes back a title"),
    "lapse": (
        delivering.lapse(DELIVERY, BOTH),
        (BOTH,),
        "sends back 2 titles that nobody took in time",
    ),
    "pay": (
        delivering.pay(DELIVERY, KEY, OWED),
        (KEY,),
        "pays CNY 1,280,000.00 for a title taken on trust",
    ),
    "attestPayment": (
        delivering.attest_payment(DELIVERY, KEY, "HVPS-1"),
        (KEY, PAID),
        "attests that a title taken on trust was paid for elsewhere under HVPS-1",
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_each_act_calls_what_its_desk_action_calls(name: str) -> None:
    act, arguments, what = ACTS[name]
    assert (act.contract, act.function, act.what) == ("TitleDeliveries", name, what)
    assert (act.key, act.repeatable) == (DELIVERY, False)
    assert [trace.subject for trace in act.traces] == [DELIVERY]
    data = encode_call(act.contract, act.function, act.arguments)
    assert tuple(each.value for each in decode_call(act.contract, data).arguments) == arguments
    # Whoever sends titles back needs no hand of its own, so that no desk has an action for it.
    if name != "lapse":
        selector = action_of(act.contract, act.function).selector
        assert data.hex().startswith(selector[2:])


def test_every_action_of_a_desk_on_deliveries_has_its_act() -> None:
    actions = DESK_ACTIONS.values()
    known = {each.function for each in actions if each.contract == "TitleDeliveries"}
    assert known == set(ACTS) - {"lapse"}


def test_what_is_offered_against_payment_says_so() -> None:
    said = delivering.offer(DELIVERY, KEY, CASH, "Silver Heron").what
    assert said == "offers a title to Silver Heron against payment of CNY 1,280,000.00"
    several = delivering.attest_payment(DELIVERY, BOTH, "HVPS-1").what
    assert several == ("attests that 2 titles taken on trust were paid for elsewhere under HVPS-1")
    assert Money(128_000_000, OWED.currency) == OWED


def test_an_offer_is_known_again_by_its_terms() -> None:
    (trace,) = delivering.offer(DELIVERY, KEY, TRUST, "Silver Heron").traces
    assert trace.content == {
        "amount": 128_000_000,
        "currency": 156,
        "basis": DeliveryBasis.TRUST_RECEIPT,
        "take_by": UNTIL,
        "due": DUE,
    }


@pytest.mark.parametrize("reference", ["X" * 33, "Überweisung"])
def test_a_reference_that_does_not_fit_is_refused(reference: str) -> None:
    with pytest.raises(UnfitReference):
        delivering.release(DELIVERY, KEY, ACCOUNT, reference)
    with pytest.raises(UnfitReference):
        delivering.attest_payment(DELIVERY, KEY, reference)
