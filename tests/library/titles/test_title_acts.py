# SPDX-License-Identifier: Apache-2.0
"""Acts on titles: what they call, as their desks know it, and when what was done still counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from types import SimpleNamespace
from typing import Any

import pytest
from eth_utils.address import to_checksum_address

from yangshan.acts import Act
from yangshan.alliance.desk_actions import DESK_ACTIONS, action_of
from yangshan.chain.calls import decode_call, encode_call
from yangshan.chain.enums import SurrenderPurpose, TitleAct, TitleForm, TitleState
from yangshan.chain.records import NO_COMMITMENT, Title, TitleInstruction
from yangshan.deployment.plan import ZERO_ADDRESS
from yangshan.titles import acting
from yangshan.titles.acting import Issue, Recipient
from yangshan.titles.lives import Standing

ONE, TWO, REFERENCE, DOCUMENT, REMARK = ("0x" + digit * 64 for digit in "12345")
LINE, SHIPPER = 12, 11
BANK, BUYER = (
    Recipient(member, to_checksum_address("0x" + digit * 40), name)
    for member, digit, name in ((4, "a", "Harbour Bank"), (9, "b", "Silver Heron"))
)
ORDER, STRAIGHT, BLANK = TitleForm.TO_ORDER, TitleForm.STRAIGHT, TitleForm.BLANK
TO_ORDER_OF = Issue(ONE, REFERENCE, DOCUMENT, BANK, BUYER, ORDER)
IN_BLANK = Issue(TWO, REFERENCE, DOCUMENT, BANK, None, BLANK)

# What each act calls for one title: the act, its arguments and its words.
ACTS: dict[str, tuple[Act, tuple[object, ...], str]] = {
    "issue": (
        acting.issue(LINE, [TO_ORDER_OF], REMARK),
        (TO_ORDER_OF.issuance(REMARK),),
        "issues a title to Harbour Bank, to the order of Silver Heron",
    ),
    "issueBatch": (
        acting.issue(LINE, [TO_ORDER_OF, IN_BLANK]),
        ((TO_ORDER_OF.issuance(NO_COMMITMENT), IN_BLANK.issuance(NO_COMMITMENT)),),
        "issues 2 titles",
    ),
    "nominate": (
        acting.nominate(SHIPPER, [ONE], BANK, REMARK),
        (ONE, BANK.account, REMARK),
        "nominates Harbour Bank as endorsee of a title",
    ),
    "endorseTitle": (
        acting.endorse(SHIPPER, [ONE], BANK, STRAIGHT, REMARK),
        (ONE, BANK.account, STRAIGHT, REMARK),
        "endorses a title to Harbour Bank alone",
    ),
    "transferHolder": (
        acting.transfer(SHIPPER, [ONE], BANK, REMARK),
        (ONE, BANK.account, REMARK),
        "transfers possession of a title to Harbour Bank",
    ),
    "transferBoth": (
        acting.transfer_both(SHIPPER, [ONE], None, BLANK, BUYER, REMARK),
        (ONE, ZERO_ADDRESS, BLANK, BUYER.account, REMARK),
        "endorses a title in blank and transfers possession to Silver Heron",
    ),
    "rejectHolder": (
        acting.reject(SHIPPER, [ONE], TitleAct.REJECT_HOLDER, REMARK),
        (ONE, REMARK),
        "rejects possession of a title",
    ),
    "rejectBeneficiary": (
        acting.reject(SHIPPER, [ONE], TitleAct.REJECT_BENEFICIARY, REMARK),
        (ONE, REMARK),
        "rejects the endorsement of a title",
    ),
    "rejectBoth": (
        acting.reject(SHIPPER, [ONE], TitleAct.REJECT_BOTH, REMARK),
        (ONE, REMARK),
        "rejects endorsement and possession of a title",
    ),
    "pledge": (
        acting.pledge(SHIPPER, [ONE], BANK, REMARK),
        (ONE, BANK.account, REMARK),
        "pledges a title to Harbour Bank",
    ),
    "releasePledge": (
        acting.release(BANK.member, [ONE], REMARK),
        (ONE, REMARK),
        "releases the pledge of a title",
    ),
    "surrender": (
        acting.surrender(SHIPPER, [ONE], SurrenderPurpose.PAPER, REMARK),
        (ONE, SurrenderPurpose.PAPER, REMARK),
        "surrenders a title to the carrier for a switch to paper",
    ),
    "acceptSurrender": (
        acting.accept(LINE, [ONE], REMARK),
        (ONE, REMARK),
        "accepts the surrender of a title",
    ),
    "rejectSurrender": (
        acting.decline(LINE, [ONE], REMARK),
        (ONE, REMARK),
        "rejects the surrender of a title",
    ),
    "restore": (
        acting.restore(LINE, ONE, DOCUMENT, REMARK),
        (ONE, DOCUMENT, REMARK),
        "restores the title under the amended document",
    ),
    "returnFromPaper": (
        acting.return_from_paper(LINE, IN_BLANK, REMARK),
        (TWO, IN_BLANK.issuance(REMARK)),
        "puts the title in the place of its paper again, to Harbour Bank, in blank",
    ),
    "instruct": (
        acting.surrender(SHIPPER, [ONE, TWO], SurrenderPurpose.DELIVERY, REMARK),
        (
            (ONE, TWO),
            TitleInstruction(
                act=TitleAct.SURRENDER,
                to=ZERO_ADDRESS,
                holder=ZERO_ADDRESS,
                form=TitleForm.NONE,
                purpose=SurrenderPurpose.DELIVERY,
                remark=REMARK,
            ),
        ),
        "surrenders 2 titles to the carrier for delivery",
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_each_act_calls_what_its_desk_action_calls(name: str) -> None:
    act, arguments, what = ACTS[name]
    assert (act.contract, act.function, act.what) == ("TitleRegistry", name, what)
    data = encode_call(act.contract, act.function, act.arguments)
    assert data.hex().startswith(action_of(act.contract, act.function).selector[2:])
    assert tuple(each.value for each in decode_call(act.contract, data).arguments) == arguments


def test_every_action_of_a_desk_on_titles_has_its_act() -> None:
    actions = DESK_ACTIONS.values()
    of_titles = {each.function for each in actions if each.contract == "TitleRegistry"}
    # What is presented and paid for under a credit has a table of its own.
    assert of_titles - {"presentDocuments", "payForTitles"} == set(ACTS)


# The same act for several titles says what it says for one.
SEVERAL: dict[TitleAct, Callable[[list[str]], Act]] = {
    TitleAct.NOMINATE: lambda titles: acting.nominate(SHIPPER, titles, None),
    TitleAct.ENDORSE: lambda titles: acting.endorse(SHIPPER, titles, BANK, ORDER),
    TitleAct.TRANSFER_HOLDER: lambda titles: acting.transfer(SHIPPER, titles, BANK),
    TitleAct.TRANSFER_BOTH: lambda titles: acting.transfer_both(
        SHIPPER, titles, BANK, STRAIGHT, BUYER
    ),
    TitleAct.REJECT_HOLDER: lambda titles: acting.reject(SHIPPER, titles, TitleAct.REJECT_HOLDER),
    TitleAct.REJECT_BENEFICIARY: lambda titles: acting.reject(
        SHIPPER, titles, TitleAct.REJECT_BENEFICIARY
    ),
    TitleAct.REJECT_BOTH: lambda titles: acting.reject(SHIPPER, titles, TitleAct.REJECT_BOTH),
    TitleAct.PLEDGE: lambda titles: acting.pledge(SHIPPER, titles, BANK),
    TitleAct.RELEASE_PLEDGE: lambda titles: acting.release(SHIPPER, titles),
    TitleAct.SURRENDER: lambda titles: acting.surrender(SHIPPER, titles, SurrenderPurpose.SWITCH),
    TitleAct.ACCEPT_SURRENDER: lambda titles: acting.accept(LINE, titles),
    TitleAct.REJECT_SURRENDER: lambda titles: acting.decline(LINE, titles),
}


def test_every_act_of_an_instruction_can_be_done_to_several() -> None:
    assert set(SEVERAL) == set(TitleAct)


@pytest.mark.parametrize("kind", SEVERAL)
def test_several_titles_are_instructed_as_one_is(kind: TitleAct) -> None:
    one, both = SEVERAL[kind]([ONE]), SEVERAL[kind]([ONE, TWO])
    titles, given = both.arguments
    assert (both.function, titles) == ("instruct", (ONE, TWO))
    assert isinstance(given, TitleInstruction)
    assert given.act is kind
    # What the act reads of an instruction is what it takes for one title.
    named = (given.to, given.form, given.holder, given.purpose)
    assert set(one.arguments[1:-1]) <= set(named)
    assert len(both.traces) == 2 * len(one.traces)
    assert [trace.subject for trace in both.traces[: len(one.traces)]] == [ONE] * len(one.traces)


# When what was done still counts


def title_of(standing: Standing) -> Title:
    return Title(**{each.name: getattr(standing, each.name) for each in fields(Title)})


HELD = title_of(
    Standing(state=TitleState.LIVE, form=ORDER, issuer=LINE, holder=SHIPPER, beneficiary=SHIPPER)
)


class Chain:
    """A title as it stands, and the last event of the kind that is asked for."""

    def __init__(self, title: Title, last: dict[str, object] | None) -> None:
        self.now, self.found = title, last
        self.asked: list[Any] = []

    def title(self, title: str) -> Title:
        assert title == ONE
        return self.now

    def last(self, title: str, kind: type, by: dict[str, object]) -> Any:
        self.asked.append((kind.__name__, by))
        return None if self.found is None else SimpleNamespace(**self.found)


MOVE = acting.transfer(SHIPPER, [ONE], BANK)


@pytest.mark.parametrize(
    ("now", "last", "stands"),
    [
        (replace(HELD, holder=BANK.member), {"holder": BANK.member}, True),
        # Wherever it went since.
        (replace(HELD, holder=LINE), {"holder": BANK.member}, True),
        # It came back, so that the same is another act.
        (HELD, {"holder": BANK.member}, False),
        # What was done last was something else.
        (replace(HELD, holder=BUYER.member), {"holder": BUYER.member}, False),
        (HELD, None, False),
        # It cannot be moved, whoever has it.
        (replace(HELD, state=TitleState.SURRENDERED), {"holder": BANK.member}, True),
    ],
)
def test_a_transfer_counts_until_the_title_is_back(
    now: Title, last: dict[str, object] | None, stands: bool
) -> None:
    chain = Chain(now, last)
    assert MOVE.standing is not None
    assert MOVE.standing(chain) is stands
    assert chain.asked == [("PossessionTransferred", {"previous": SHIPPER})]


@pytest.mark.parametrize(
    ("act", "last", "open_", "closed"),
    [
        (
            acting.nominate(SHIPPER, [ONE], BANK),
            {"nominee": BANK.member},
            HELD,
            replace(HELD, nominee=BANK.member),
        ),
        (
            acting.endorse(SHIPPER, [ONE], BANK, ORDER),
            {"beneficiary": BANK.member, "form": ORDER},
            HELD,
            replace(HELD, beneficiary=BANK.member),
        ),
        (
            acting.reject(SHIPPER, [ONE], TitleAct.REJECT_HOLDER),
            {},
            replace(HELD, holder_reject_by=1),  # type: ignore[arg-type]
            HELD,
        ),
        (
            acting.reject(SHIPPER, [ONE], TitleAct.REJECT_BENEFICIARY),
            {},
            replace(HELD, beneficiary_reject_by=1),  # type: ignore[arg-type]
            HELD,
        ),
        (
            acting.pledge(SHIPPER, [ONE], BANK),
            {"pledgee": BANK.member},
            HELD,
            replace(HELD, state=TitleState.PLEDGED, holder=BANK.member),
        ),
        (
            acting.release(SHIPPER, [ONE]),
            {},
            replace(HELD, state=TitleState.PLEDGED),
            HELD,
        ),
        (
            acting.surrender(SHIPPER, [ONE], SurrenderPurpose.PAPER),
            {"purpose": SurrenderPurpose.PAPER},
            HELD,
            replace(HELD, state=TitleState.SURRENDERED),
        ),
        (acting.accept(LINE, [ONE]), {}, replace(HELD, state=TitleState.SURRENDERED), HELD),
        (acting.decline(LINE, [ONE]), {}, replace(HELD, state=TitleState.SURRENDERED), HELD),
        (
            acting.restore(LINE, ONE, DOCUMENT),
            {"document": DOCUMENT},
            replace(HELD, state=TitleState.AMENDING),
            HELD,
        ),
        (
            acting.return_from_paper(LINE, replace(TO_ORDER_OF)),
            {
                "holder": BANK.member,
                "beneficiary": BUYER.member,
                "form": ORDER,
                "document": DOCUMENT,
            },
            replace(HELD, state=TitleState.ON_PAPER),
            HELD,
        ),
    ],
)
def test_what_was_done_counts_unless_it_can_be_done_anew(
    act: Act, last: dict[str, object], open_: Title, closed: Title
) -> None:
    assert act.repeatable
    assert act.standing is not None
    assert act.standing(Chain(closed, last)) is True
    assert act.standing(Chain(open_, last)) is False
    assert act.standing(Chain(closed, None)) is False
    for name in last:
        assert act.standing(Chain(closed, {**last, name: "other"})) is False
