# SPDX-License-Identifier: Apache-2.0
"""Desks: created, staffed and instructed, by transactions and by signatures."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from chains import ALLIANCE, START, identity
from eth_typing import ChecksumAddress
from founding import Founded, founded_on

from yangshan.alliance.desk_actions import UnknownDeskAction
from yangshan.alliance.desk_messages import MakerCannotCheck, SignedInstruction, digest_of
from yangshan.alliance.desk_policies import PolicyIncomplete
from yangshan.alliance.desks import (
    DeskGone,
    NoSuchDesk,
    NotADesk,
    PersonView,
)
from yangshan.chain.calls import BadArguments
from yangshan.chain.clock import Clock
from yangshan.chain.connection import Chain
from yangshan.chain.enums import (
    Availability,
    CreditState,
    CreditSwitch,
    Hands,
    MaturityFrom,
    Role,
)
from yangshan.chain.records import Issuance, Person, Policy
from yangshan.chain.reverts import (
    ActionClosed,
    DeskOnlyAlready,
    DesksOnly,
    InstructionExpired,
    NoDesk,
    NoHand,
    NonceUsed,
    NotOwnDesk,
    NotProposed,
    NotTheMaker,
    OverLimit,
    PartyNotActive,
)
from yangshan.chain.signers import Signer
from yangshan.credit.ids import credit_id
from yangshan.deployment.desk_parameters import DESK_ROLES
from yangshan.deployment.record import NotDeployed
from yangshan.deployment.session import Session, Settings, open_session
from yangshan.money import Currency, Money

LAKE, TIDE, IMPORTER, EXPORTER = 5, 8, 9, 11
CNY, JPY, CHF = Currency.of("CNY"), Currency.of("JPY"), Currency.of("CHF")
ROLES = Role.ISSUE | Role.ADVISE | Role.EXAMINE | Role.PAY
ISSUE = "issue a credit"


def issuance(reference: str, amount: int = 1_000_000_00) -> Issuance:
    return Issuance(
        bank_reference=reference,
        applicant=IMPORTER,
        beneficiary=EXPORTER,
        advising_bank=0,
        second_advising_bank=0,
        nominated_bank=0,
        confirming_bank=0,
        reimbursing_bank=0,
        amount=amount,
        currency=CNY.number,
        plus_tolerance=0,
        minus_tolerance=0,
        expiry=date(2025, 12, 30),
        latest_shipment=None,
        presentation_period=0,
        tenor=0,
        tenor_from=MaturityFrom.NONE,
        availability=Availability.SIGHT_PAYMENT,
        transferable=False,
        partial_forbidden=False,
        any_bank=False,
        switches=CreditSwitch(0),
        terms="0x" + "ab" * 32,
    )


def maker(founded: Founded) -> Signer:
    return founded.session.signer("tide-bank-maker")


def checker(founded: Founded) -> Signer:
    return founded.session.signer("tide-bank-checker")


def tide(founded: Founded) -> ChecksumAddress:
    return founded.alliance.desks.numbered(TIDE)


def prepared(
    founded: Founded,
    action: str = ISSUE,
    arguments: Sequence[object] = (issuance("DESK1"),),
    **changes: object,
) -> SignedInstruction:
    signed = founded.alliance.desks.prepare(
        tide(founded),
        action,
        arguments,
        maker(founded).address,
        START + timedelta(days=5),
    )
    return replace(signed, instruction=replace(signed.instruction, **changes))  # type: ignore[arg-type]


def state_of(founded: Founded, reference: str) -> CreditState:
    at = founded.session.deployment().address("LetterOfCredit")
    found: CreditState = founded.session.sender.call(
        "LetterOfCredit", at, "stateOf", (credit_id(TIDE, reference),)
    )
    return found


# The desk of the example


def test_the_example_bank_has_its_desk(in_business: Founded) -> None:
    founded = in_business
    (view,) = founded.alliance.desks.of(TIDE)
    assert (view.number, view.live, view.roles) == (1, True, ROLES)
    assert view.address == tide(founded)
    assert founded.alliance.desks.member_of(view.address) == TIDE
    setup = founded.session.setup.desks[0]
    assert view.people == (
        PersonView(setup.people[0].account, Person(True, False, None), live=True),
        PersonView(setup.people[1].account, Person(False, True, None), live=True),
    )
    assert [person.account for person in setup.people] == [
        maker(founded).address,
        checker(founded).address,
    ]
    assert [(each.action, each.currency, each.record) for each in view.policies] == [
        (ISSUE, 156, Policy(Hands.TWO, 9, 10, 0, 20_000_000_00)),
        ("advise a credit", 0, Policy(Hands.ONE_UP_TO_LIMIT, 0, 0, 0, 0)),
        ("find documents complying", 0, Policy(Hands.TWO, 0, 0, 0, 0)),
        ("refuse documents", 0, Policy(Hands.TWO, 0, 0, 0, 0)),
        ("pay an obligation", 0, Policy(Hands.TWO, 0, 0, 0, 0)),
    ]
    assert founded.alliance.desks.of(LAKE) == []


# What an administrator does


def test_a_desk_is_created_once_for_each_number(in_business: Founded) -> None:
    founded, administrator = in_business, in_business.administrator(LAKE)
    desks: list[ChecksumAddress] = []
    for number in (1, 2):
        (report,) = founded.done_twice(
            lambda alliance, number=number: desks.append(
                alliance.desks.create(administrator, Role.ISSUE | Role.PAY, number)
            )
        )
        assert report.what == f"creates its desk {number} with the roles ISSUE and PAY"
    first, second = sorted(set(desks), key=desks.index)
    assert [view.address for view in founded.alliance.desks.of(LAKE)] == [first, second]
    for number in (0, 4):
        with pytest.raises(NoSuchDesk) as caught:
            founded.alliance.desks.create(administrator, Role.ISSUE, number)
        assert (caught.value.number, caught.value.count) == (number, 2)
    # Other roles are given to the desk that there is.
    sent = founded.chain.web3.eth.block_number
    assert founded.alliance.desks.create(administrator, Role.PAY) == first
    assert founded.alliance.register.key(first).record.roles == Role.PAY
    assert founded.chain.web3.eth.block_number == sent + 1


def test_a_desk_that_was_revoked_does_not_come_back(in_business: Founded) -> None:
    founded, administrator = in_business, in_business.administrator(TIDE)
    desk = tide(founded)
    founded.alliance.keys.revoke(administrator, desk)
    with pytest.raises(DeskGone) as caught:
        founded.alliance.desks.create(administrator, ROLES)
    assert caught.value.desk == desk
    (view,) = founded.alliance.desks.of(TIDE)
    assert not view.live
    assert founded.alliance.desks.create(administrator, ROLES, 2) != desk


def test_desks_alone_find_refuse_and_pay(in_business: Founded) -> None:
    founded, administrator = in_business, in_business.administrator(TIDE)
    (report,) = founded.done_twice(
        lambda alliance: alliance.desks.set_desk_only(administrator, True)
    )
    assert report.what == "lets its desks alone find, refuse and pay"
    member = founded.alliance.register.member(TIDE)
    assert member.record.desk_only
    assert [bool(key.record.roles & DESK_ROLES) for key in member.keys] == [
        key.record.desk for key in member.keys
    ]
    with pytest.raises(DesksOnly) as caught:
        founded.alliance.keys.give(administrator, founded.desk(TIDE).address, Role.PAY)
    assert caught.value.roles == Role.PAY
    founded.done_twice(lambda alliance: alliance.desks.set_desk_only(administrator, False))
    with pytest.raises(NoDesk):
        founded.alliance.desks.set_desk_only(founded.administrator(LAKE), True)
    with pytest.raises(DeskOnlyAlready):
        founded.alliance.desks.set_desk_only(founded.administrator(LAKE), False)


def test_a_person_is_named_changed_and_dismissed(in_business: Founded) -> None:
    founded, administrator = in_business, in_business.administrator(TIDE)
    desk, account = tide(founded), founded.desk(LAKE).address
    until = START + timedelta(days=30)
    for hands, end, what in (
        ((True, False), None, f"names {account} as maker at the desk {desk}"),
        ((True, True), until, f"names {account} as maker and checker at the desk {desk}"),
        ((False, False), None, f"dismisses {account} from the desk {desk}"),
        ((False, True), until, f"names {account} as checker at the desk {desk}"),
    ):
        (report,) = founded.done_twice(
            lambda alliance, hands=hands, end=end: alliance.desks.set_person(
                administrator, desk, account, maker=hands[0], checker=hands[1], until=end
            )
        )
        assert report.what == what
        people = {each.account: each for each in founded.alliance.desks.of(TIDE)[0].people}
        assert (account in people) == any(hands)
        if any(hands):
            assert people[account] == PersonView(account, Person(*hands, end), live=True)
    Clock(founded.chain).at(until + timedelta(seconds=1))
    (late,) = [each for each in founded.alliance.desks.of(TIDE)[0].people if not each.live]
    assert late.account == account


def test_a_policy_is_set_changed_and_closed(in_business: Founded) -> None:
    founded, administrator, desk = in_business, in_business.administrator(TIDE), tide(in_business)

    def policy() -> Policy | None:
        found = {
            (each.action, each.currency): each.record
            for each in founded.alliance.desks.of(TIDE)[0].policies
        }
        return found.get((ISSUE, JPY.number))

    limit, alone = Money(500, JPY), Money(100, JPY)
    (report,) = founded.done_twice(
        lambda a: a.desks.set_policy(
            administrator, desk, ISSUE, Hands.TWO, currency=JPY, limit=limit
        )
    )
    assert report.what == (
        f"opens 'issue a credit' in JPY for two hands, at most JPY 500 at the desk {desk}"
    )
    assert policy() == Policy(Hands.TWO, 9, 10, 0, 500)
    (report,) = founded.done_twice(
        lambda a: a.desks.set_policy(
            administrator,
            desk,
            ISSUE,
            Hands.ONE_UP_TO_LIMIT,
            currency=JPY,
            limit=limit,
            alone=alone,
        )
    )
    assert report.what == (
        "opens 'issue a credit' in JPY for a maker alone up to JPY 100 and two hands beyond, at "
        f"most JPY 500 at the desk {desk}"
    )
    assert policy() == Policy(Hands.ONE_UP_TO_LIMIT, 9, 10, 100, 500)
    (report,) = founded.done_twice(
        lambda a: a.desks.set_policy(administrator, desk, ISSUE, Hands.CLOSED, currency=JPY)
    )
    assert report.what == f"closes 'issue a credit' in JPY at the desk {desk}"
    assert policy() is None
    # The same action in another currency is as it was.
    assert founded.alliance.desks.of(TIDE)[0].policies[0].currency == CNY.number


def test_policies_that_make_no_sense_are_refused(in_business: Founded) -> None:
    founded, desk = in_business, tide(in_business)
    set_policy, administrator = founded.alliance.desks.set_policy, founded.administrator(TIDE)
    with pytest.raises(UnknownDeskAction):
        set_policy(administrator, desk, "sing", Hands.TWO)
    with pytest.raises(PolicyIncomplete, match="it needs a currency, that of the cash"):
        set_policy(administrator, desk, "transfer cash", Hands.CLOSED)
    with pytest.raises(NotDeployed) as missing:
        set_policy(administrator, desk, "transfer cash", Hands.CLOSED, currency=CHF)
    assert missing.value.name == "SettlementCash-CHF"
    with pytest.raises(NotOwnDesk) as caught:
        set_policy(founded.administrator(LAKE), desk, "pay an obligation", Hands.ONE_UP_TO_LIMIT)
    assert (caught.value.member_id, caught.value.owner) == (LAKE, TIDE)


# What its people do


def test_signed_by_two_it_is_relayed_by_anyone(in_business: Founded) -> None:
    founded = in_business
    signed = prepared(founded).made(maker(founded)).approved(checker(founded))
    read = SignedInstruction.read(signed.text())
    assert read == signed
    (report,) = founded.done_twice(lambda a: a.desks.relay(founded.desk(IMPORTER), read))
    assert report.kind == "execute"
    assert report.actor == "importer"
    assert report.what == (
        f"carries out at the desk {tide(founded)}: issue a credit, CNY 1,000,000.00"
    )
    assert state_of(founded, "DESK1") is CreditState.ISSUED
    again = prepared(founded, arguments=(issuance("DESK2"),), nonce=0)
    with pytest.raises(NonceUsed) as caught:
        founded.alliance.desks.relay(
            founded.desk(IMPORTER), again.made(maker(founded)).approved(checker(founded))
        )
    assert (caught.value.maker, caught.value.nonce) == (maker(founded).address, 0)


def test_proposed_and_approved_by_transactions(in_business: Founded) -> None:
    founded, desk = in_business, tide(in_business)
    signed = prepared(founded)
    (report,) = founded.done_twice(lambda a: a.desks.propose(maker(founded), signed))
    assert (report.actor, report.what) == (
        "tide-bank-maker",
        f"proposes at the desk {desk} to issue a credit, CNY 1,000,000.00",
    )
    assert founded.alliance.desks.waiting(desk) == [signed]
    assert founded.alliance.desks.next_nonce(desk, maker(founded).address) == 1
    with pytest.raises(MakerCannotCheck):
        founded.alliance.desks.approve(maker(founded), signed)
    with pytest.raises(NoHand) as caught:
        founded.alliance.desks.approve(founded.desk(TIDE), signed)
    assert (caught.value.person, caught.value.maker) == (founded.desk(TIDE).address, False)
    (report,) = founded.done_twice(lambda a: a.desks.approve(checker(founded), signed))
    assert report.what.startswith(f"approves and carries out at the desk {desk}: issue a credit")
    assert state_of(founded, "DESK1") is CreditState.ISSUED
    assert founded.alliance.desks.waiting(desk) == []
    # Proposed and carried out: proposing it again has nothing to do.
    before = founded.chain.web3.eth.block_number
    founded.alliance.desks.propose(maker(founded), signed)
    assert founded.chain.web3.eth.block_number == before


def test_a_maker_alone_where_the_policy_says_so(in_business: Founded) -> None:
    founded = in_business
    founded.alliance.desks.relay(
        founded.desk(TIDE),
        prepared(founded).made(maker(founded)).approved(checker(founded)),
    )
    advise = prepared(founded, "advise a credit", (credit_id(TIDE, "DESK1"), True))
    assert advise.instruction.nonce == 1
    # The contract of credits has the last word, in its own error.
    with pytest.raises(Exception, match="is not named to advise"):
        founded.alliance.desks.relay(founded.desk(TIDE), advise.made(maker(founded)))


def test_what_a_desk_refuses_sends_nothing(in_business: Founded) -> None:
    founded, relay = in_business, in_business.alliance.desks.relay
    sender, first, second = founded.desk(IMPORTER), maker(founded), checker(founded)
    before = founded.chain.web3.eth.block_number
    dear = prepared(founded, arguments=(issuance("DEAR", 20_000_000_01),))
    with pytest.raises(OverLimit) as over:
        relay(sender, dear.made(first).approved(second))
    assert (over.value.amount, over.value.limit) == (20_000_000_01, 20_000_000_00)
    closed = prepared(founded, "set a key", (sender.address, int(Role.PAY), 2**40 - 1))
    with pytest.raises(ActionClosed):
        relay(sender, closed.made(first).approved(second))
    with pytest.raises(NotProposed):
        relay(sender, prepared(founded).approved(second))
    signed = prepared(founded).made(first).approved(second)
    with pytest.raises(NotTheMaker):
        relay(sender, replace(signed, maker_signature=signed.checker_signature))
    late = prepared(founded, deadline=START - timedelta(seconds=1))
    with pytest.raises(InstructionExpired):
        relay(sender, late.made(first).approved(second))
    stranger = replace(issuance("X"), beneficiary=99)
    with pytest.raises(PartyNotActive):
        relay(sender, prepared(founded, arguments=(stranger,)).made(first).approved(second))
    for bad, error in ((dear, OverLimit), (closed, ActionClosed), (late, InstructionExpired)):
        with pytest.raises(error):
            founded.alliance.desks.try_propose(bad)
    founded.alliance.desks.try_propose(prepared(founded))
    assert founded.chain.web3.eth.block_number == before


def test_an_instruction_is_cancelled_by_its_maker_a_checker_or_an_administrator(
    in_business: Founded,
) -> None:
    founded, desk = in_business, tide(in_business)
    cancellers = (maker(founded), checker(founded), founded.administrator(TIDE))
    for nonce, canceller in enumerate(cancellers):
        signed = prepared(founded)
        assert signed.instruction.nonce == nonce
        founded.alliance.desks.propose(maker(founded), signed)
        (report,) = founded.done_twice(
            lambda a, nonce=nonce, by=canceller: a.desks.cancel(
                by, desk, maker(founded).address, nonce
            )
        )
        assert report.what == (
            f"cancels number {nonce} of the maker {maker(founded).address} at the desk {desk}"
        )
        assert founded.alliance.desks.waiting(desk) == []
        with pytest.raises(NonceUsed):
            founded.alliance.desks.approve(checker(founded), signed)


def test_an_instruction_whose_time_is_over_waits_no_more(in_business: Founded) -> None:
    founded, desk = in_business, tide(in_business)
    signed = prepared(founded)
    founded.alliance.desks.propose(maker(founded), signed)
    Clock(founded.chain).at(signed.instruction.deadline)
    assert founded.alliance.desks.waiting(desk) == [signed]
    Clock(founded.chain).at(signed.instruction.deadline + timedelta(seconds=1))
    assert founded.alliance.desks.waiting(desk) == []


def test_an_instruction_says_the_amount_and_currency_of_its_call(in_business: Founded) -> None:
    founded = in_business
    instruction = prepared(founded).instruction
    assert (instruction.currency, instruction.amount) == (156, 1_000_000_00)
    assert instruction.target == founded.session.deployment().address("LetterOfCredit")
    desks, desk = founded.alliance.desks, tide(founded)
    deadline = START + timedelta(days=1)
    cash = desks.prepare(
        desk,
        "transfer cash",
        (founded.desk(LAKE).address, 500),
        maker(founded).address,
        deadline,
        currency=JPY,
        nonce=41,
    ).instruction
    assert cash.target == founded.session.deployment().address("SettlementCash-JPY")
    assert (cash.currency, cash.amount, cash.nonce) == (0, 500, 41)
    with pytest.raises(BadArguments):
        desks.prepare(desk, ISSUE, (1, 2), maker(founded).address, deadline)
    with pytest.raises(NotADesk) as caught:
        desks.member_of(founded.desk(LAKE).address)
    assert caught.value.account == founded.desk(LAKE).address


def test_a_desk_as_the_only_administrator_takes_two_hands(in_business: Founded) -> None:
    founded = in_business
    administrator, desk, alliance = founded.administrator(TIDE), tide(founded), founded.alliance
    for action in ("set a key", "revoke a key", "set a policy of the desk"):
        alliance.desks.set_policy(administrator, desk, action, Hands.TWO)
    alliance.keys.give(administrator, desk, ROLES | Role.ADMINISTER)
    revoke = prepared(founded, "revoke a key", (administrator.address,))
    alliance.desks.propose(maker(founded), revoke)
    alliance.desks.approve(checker(founded), revoke)
    assert founded.alliance.register.key(administrator.address).record.member_id == 0
    assert founded.alliance.register.member(TIDE).record.administrators == 1
    # What the administrator could do alone, only two do now: open another action of the desk.
    opened = prepared(
        founded,
        "set a policy of the desk",
        (
            founded.session.deployment().address("Presentations"),
            bytes.fromhex("e479ef5c"),
            0,
            "lodge documents",
            Policy(Hands.TWO, 0, 0, 0, 0),
        ),
    )
    with pytest.raises(NoHand):
        alliance.desks.relay(founded.desk(TIDE), opened.made(maker(founded)))
    alliance.desks.relay(founded.desk(TIDE), opened.made(maker(founded)).approved(checker(founded)))
    assert alliance.desks.of(TIDE)[0].policies[-1].action == "lodge documents"


# Stated in the alliance file


def session_with(chain: Chain, folder: Path, *changes: tuple[str, str]) -> Session:
    alliance = Path(shutil.copytree(ALLIANCE.parent, folder / "alliance")) / "alliance.toml"
    text = alliance.read_text()
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    alliance.write_text(text)
    url = chain.web3.provider.endpoint_uri  # type: ignore[attr-defined]
    return open_session(url, Settings(alliance=alliance, folder=folder), identity=identity)


def test_a_member_whose_desks_alone_pay_is_set_up_twice(anvil_chain: Chain, tmp_path: Path) -> None:
    Clock(anvil_chain)
    change = ('member = "tide-bank"\nroles', 'member = "tide-bank"\ndesk_only = true\nroles')
    session = session_with(anvil_chain, tmp_path, change)
    session.deploy()
    session.set_up()
    member = session.alliance().register.member(TIDE)
    assert member.record.desk_only
    assert [key.record.roles & DESK_ROLES for key in member.keys] == [
        *(Role(0), Role(0), Role(0)),
        DESK_ROLES,
    ]
    before = anvil_chain.web3.eth.block_number
    session.set_up()
    assert anvil_chain.web3.eth.block_number == before


def test_the_digest_is_that_of_the_contract(anvil_chain: Chain, tmp_path: Path) -> None:
    founded = founded_on(anvil_chain, tmp_path)
    founded.set_up()
    signed = prepared(founded)
    assert founded.session.sender.call(
        "MemberDesk", tide(founded), "digestOf", (signed.instruction,)
    ) == digest_of(signed.instruction, signed.domain)
    assert signed.instruction.deadline == datetime(2025, 9, 6, tzinfo=UTC)
