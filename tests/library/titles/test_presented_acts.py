# SPDX-License-Identifier: Apache-2.0
"""Acts on titles under a credit: what they call, as their desks know it, and what they say."""

from __future__ import annotations

from datetime import date

import pytest
from eth_utils.address import to_checksum_address

from yangshan.acts import Act
from yangshan.alliance.desk_actions import DESK_ACTIONS, action_of
from yangshan.chain.calls import decode_call, encode_call
from yangshan.chain.records import Lodging, PresentationKey
from yangshan.credit.ids import presentation_id
from yangshan.money import Money
from yangshan.titles import presented

OWED, ONE, TWO, WAIVER, RECORD = ("0x" + digit * 64 for digit in "12345")
ACCOUNT = to_checksum_address("0x" + "ab" * 20)
KEY = PresentationKey("0x" + "66" * 32, 4, 11, 1)
ONWARD = PresentationKey("0x" + "66" * 32, 5, 4, 1)
LODGING = Lodging(KEY, 90_000_000, date(2025, 9, 20), False, WAIVER)
AMOUNT = Money.of(90_000_000, "CNY")

ACTS: dict[str, tuple[Act, tuple[object, ...], str]] = {
    "TitleRegistry.presentDocuments": (
        presented.present(LODGING, [ONE, TWO], AMOUNT),
        (LODGING, (ONE, TWO)),
        "presents documents for CNY 900,000.00, with 2 titles in custody",
    ),
    "TitleRegistry.payForTitles": (
        presented.pay(OWED, [ONE], AMOUNT),
        (OWED, (ONE,)),
        "pays CNY 900,000.00 and gets a title",
    ),
    "TitleCustody.attach": (
        presented.attach(KEY, [ONE]),
        (KEY, (ONE,)),
        "presents a title with the documents",
    ),
    "TitleCustody.findComplying": (
        presented.find_complying(KEY, [ONE]),
        (KEY, (ONE,)),
        "finds the documents complying, must honour and gets a title",
    ),
    "TitleCustody.findComplyingWith": (
        presented.find_complying(KEY, [ONE, TWO], {3, 1}, recourse=True),
        (KEY, 0b1010, True, (ONE, TWO)),
        (
            "finds the documents complying, as changed by amendments 1 and 3, which it accepts, "
            "must honour and gets 2 titles"
        ),
    ),
    "TitleCustody.acceptDiscrepancies": (
        presented.accept_discrepancies(KEY, [ONE], WAIVER),
        (KEY, WAIVER, False, (ONE,)),
        "accepts the discrepancies, must honour and gets a title",
    ),
    "TitleCustody.deliver": (
        presented.deliver(KEY, [ONE], "Harbour Bank", ACCOUNT),
        (KEY, (ONE,), ACCOUNT),
        "lets a title go to Harbour Bank",
    ),
    "TitleCustody.giveBack": (
        presented.give_back(KEY, [ONE]),
        (KEY, (ONE,)),
        "lets a title go back to the presenter",
    ),
    "TitleCustody.carryOn": (
        presented.carry_on(KEY, ONWARD, [ONE], RECORD),
        (KEY, ONWARD, (ONE,)),
        "lets a title follow the documents that were sent on",
    ),
}
# Anybody may, so that no desk needs an action for it.
OF_ANYBODY = {"TitleCustody.deliver", "TitleCustody.carryOn"}


@pytest.mark.parametrize("name", ACTS)
def test_each_act_calls_what_its_desk_action_calls(name: str) -> None:
    act, arguments, what = ACTS[name]
    assert (f"{act.contract}.{act.function}", act.what) == (name, what)
    data = encode_call(act.contract, act.function, act.arguments)
    assert tuple(each.value for each in decode_call(act.contract, data).arguments) == arguments
    if name not in OF_ANYBODY:
        assert data.hex().startswith(action_of(act.contract, act.function).selector[2:])


def test_every_action_of_a_desk_on_custody_has_its_act() -> None:
    known = {f"{each.contract}.{each.function}" for each in DESK_ACTIONS.values()}
    of_custody = {each for each in known if each.startswith("TitleCustody.")}
    assert of_custody == {each for each in ACTS if each.startswith("TitleCustody.")} - OF_ANYBODY


def test_each_act_is_known_again_by_what_it_left() -> None:
    name = presentation_id(KEY)
    left = {
        act: [(trace.event.__name__, trace.subject, trace.contract) for trace in found.traces]
        for act, (found, _, _) in ACTS.items()
    }
    assert left["TitleRegistry.presentDocuments"] == [
        ("DocumentsLodged", name, "Presentations"),
        ("TitleDeposited", ONE, ""),
        ("TitleDeposited", TWO, ""),
    ]
    assert left["TitleRegistry.payForTitles"] == [("ObligationPaid", OWED, "PaymentObligations")]
    for act in ("findComplying", "findComplyingWith"):
        assert left[f"TitleCustody.{act}"] == [("FoundComplying", name, "Presentations")]
    assert left["TitleCustody.acceptDiscrepancies"] == [
        ("DiscrepanciesAccepted", name, "Presentations")
    ]
    for act, event in (
        ("attach", "TitleDeposited"),
        ("deliver", "TitleHandedOver"),
        ("giveBack", "TitleGivenBack"),
        ("carryOn", "TitleCarriedOn"),
    ):
        assert left[f"TitleCustody.{act}"] == [(event, ONE, "TitleRegistry")]
    (onward,) = ACTS["TitleCustody.carryOn"][0].traces
    assert onward.key == {"record": RECORD}
