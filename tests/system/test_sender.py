# SPDX-License-Identifier: Apache-2.0
"""The sender against real nodes: what arrives, what is refused, and what a crash leaves."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from chains import START, rpc
from eth_account import Account

from yangshan.chain import events, reverts
from yangshan.chain.clock import Clock
from yangshan.chain.connection import Chain, NoContract, WrongChain, connect
from yangshan.chain.enums import MemberKind, MemberStatus, Role
from yangshan.chain.failures import (
    FailedOnChain,
    LostTransaction,
    NodeRefused,
    NumberTaken,
    StillPending,
    Underfunded,
)
from yangshan.chain.nodes import start_node
from yangshan.chain.outbox import KeyReused, Outbox, State
from yangshan.chain.records import Admission, Key
from yangshan.chain.sender import Done, Sender
from yangshan.chain.signers import DevelopmentKeyRefused, Signer, development_signer

COUNCIL = "0x00000000000000000000000000000000000000C0"
DESKS = "0x00000000000000000000000000000000000000dE"
DEPLOYER = development_signer(0, "deployer")
ADMINISTRATOR = development_signer(1, "administrator")
TREASURY, DESK, SECOND_DESK = (development_signer(n, "key").address for n in (2, 3, 4))
FOUNDER = Admission(
    treasury=TREASURY,
    administrator=ADMINISTRATOR.address,
    valid_until=None,
    calendar=1,
    country="CN",
    kind=MemberKind.BANK,
    identity="0x" + "1d" * 32,
)
ROLES = Role.ISSUE | Role.ADVISE


class World:
    """A registry with one member, and a sender of its own outbox."""

    def __init__(self, chain: Chain, path: Path, **options: Any) -> None:
        self.chain = chain
        self.path = path
        self.outbox = Outbox(path)
        self.sender = Sender(chain, self.outbox, **options)
        self.registry = self.deploy().contract or ""

    def deploy(self, **options: Any) -> Done:
        return self.sender.deploy(
            DEPLOYER,
            "AllianceRegistry",
            (COUNCIL, DESKS, [FOUNDER]),
            key="deploy",
            intent="deploy the registry",
            **options,
        )

    def set_key(
        self,
        account: str = DESK,
        *,
        key: str = "desk",
        signer: Signer = ADMINISTRATOR,
        valid_until: int = 2**40 - 1,
        roles: Role = ROLES,
    ) -> Done:
        return self.sender.send(
            signer,
            "AllianceRegistry",
            self.registry,
            "setKey",
            (account, roles, valid_until),
            key=key,
            intent=f"give {account} a desk's roles",
        )

    def stored(self, account: str = DESK) -> Key:
        found = self.sender.call("AllianceRegistry", self.registry, "key", (account,))
        assert isinstance(found, Key)
        return found

    def count(self, signer: Signer = ADMINISTRATOR) -> int:
        return self.chain.web3.eth.get_transaction_count(signer.address)

    def states(self, signer: Signer = ADMINISTRATOR, key: str = "desk") -> list[State]:
        """What the outbox file knows of the transactions under a key, whatever they did."""
        with contextlib.closing(sqlite3.connect(self.path)) as database:
            rows = database.execute(
                "SELECT t.state FROM transactions t JOIN intents i ON i.id = t.intent "
                "WHERE i.sender = ? AND i.key = ? ORDER BY t.id",
                (signer.address, key),
            ).fetchall()
        return [State(state) for (state,) in rows]


@pytest.fixture
def world(chain: Chain, tmp_path: Path) -> Iterator[World]:
    made = World(chain, tmp_path / "outbox.db")
    yield made
    made.outbox.close()


@pytest.fixture
def anvil_world(anvil_chain: Chain, tmp_path: Path) -> Iterator[World]:
    made = World(anvil_chain, tmp_path / "outbox.db")
    yield made
    made.outbox.close()
    rpc(anvil_chain, "evm_setAutomine", True)


# What arrives


def test_an_act_is_done_and_told(world: World) -> None:
    done = world.set_key()
    receipt = world.chain.web3.eth.get_transaction_receipt(done.transaction)  # type: ignore[arg-type]
    block = world.chain.web3.eth.get_block(done.block)
    assert done == Done(
        transaction=receipt["transactionHash"].to_0x_hex(),
        gas=receipt["gasUsed"],
        block=receipt["blockNumber"],
        time=datetime.fromtimestamp(block["timestamp"], UTC),
        events=[
            events.KeySet(
                address=receipt["to"],
                block_number=receipt["blockNumber"],
                transaction=done.transaction,
                log_index=0,
                member_id=1,
                account=DESK,
                roles=ROLES,
                valid_until=None,
            )
        ],
        already=False,
        contract=None,
    )
    assert START <= done.time < START + timedelta(minutes=10)
    assert world.stored() == Key(1, None, None, 2, False, False, ROLES)


def test_a_transaction_is_of_the_type_that_every_chain_takes(world: World) -> None:
    done = world.set_key()
    sent = world.chain.web3.eth.get_transaction(done.transaction)  # type: ignore[arg-type]
    assert (sent["type"], sent["gasPrice"], sent["value"]) == (0, 0, 0)
    assert sent["v"] - 35 - 2 * world.chain.chain_id in (0, 1)
    # The estimate and a tenth.
    assert done.gas * 109 // 100 <= sent["gas"] <= done.gas * 112 // 100


def test_a_deployment_answers_with_the_contract(world: World) -> None:
    again = world.deploy()
    assert again.already
    assert again.contract == world.registry
    # The member, then its administrator's key and its treasury's.
    assert [type(event) for event in again.events] == [
        events.MemberAdmitted,
        events.KeySet,
        events.KeySet,
    ]
    member = world.sender.call("AllianceRegistry", world.registry, "member", (1,))
    assert (member.status, member.kind, member.country) == (
        MemberStatus.ACTIVE,
        MemberKind.BANK,
        "CN",
    )


def test_what_was_done_is_not_done_again(world: World) -> None:
    first = world.set_key()
    again = world.set_key()
    assert again == replace(first, already=True)
    assert world.count() == 1
    with Outbox(world.path) as reopened:
        later = Sender(world.chain, reopened)
        world.sender = later
        assert world.set_key() == replace(first, already=True)


def test_a_key_that_stands_for_another_act(world: World) -> None:
    world.set_key()
    with pytest.raises(KeyReused) as caught:
        world.set_key(SECOND_DESK)
    assert caught.value.key == "desk"
    assert world.count() == 1
    assert world.stored(SECOND_DESK).member_id == 0


# What is refused


def test_a_refused_act_sends_and_stores_nothing(world: World) -> None:
    world.set_key()
    height = world.chain.web3.eth.block_number
    with pytest.raises(reverts.KeyUnchanged) as caught:
        world.set_key(key="again")
    assert caught.value.account == DESK
    assert world.chain.web3.eth.block_number == height
    assert (world.count(), world.states(key="again")) == (1, [])


def test_a_refusal_has_its_arguments(world: World) -> None:
    world.set_key()
    desk = development_signer(3, "desk")
    with pytest.raises(reverts.MissingRole) as caught:
        world.set_key(SECOND_DESK, key="desk's own", signer=desk)
    assert (caught.value.account, caught.value.member_id, caught.value.role) == (
        DESK,
        1,
        Role.ADMINISTER,
    )
    assert world.count(desk) == 0


def test_a_constructor_that_refuses(world: World) -> None:
    nobody = replace(FOUNDER, kind=MemberKind.NONE)
    with pytest.raises(reverts.IncompleteAdmission) as caught:
        world.sender.deploy(
            DEPLOYER, "AllianceRegistry", (COUNCIL, DESKS, [nobody]), key="again", intent="deploy"
        )
    assert caught.value.kind is MemberKind.NONE
    assert world.count(DEPLOYER) == 1


def test_a_read_that_is_refused(world: World) -> None:
    with pytest.raises(reverts.UnknownMember) as caught:
        world.sender.call("AllianceRegistry", world.registry, "member", (9,))
    assert caught.value.member_id == 9


def test_an_act_that_was_refused_may_be_corrected_under_its_key(world: World) -> None:
    with pytest.raises(reverts.NotInFuture) as caught:
        world.set_key(valid_until=1)
    assert caught.value.valid_until == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)
    assert not world.set_key().already


def test_an_address_without_a_contract(world: World) -> None:
    world.registry = SECOND_DESK
    with pytest.raises(NoContract) as caught:
        world.set_key()
    assert caught.value.address == SECOND_DESK
    with pytest.raises(NoContract):
        world.stored()
    assert world.count() == 0


def test_a_key_of_development_nodes_on_another_chain(world: World) -> None:
    lasting = replace(world.chain, client="besu/v24.1.0/linux-x86_64/openjdk-java-17")
    world.sender = Sender(lasting, world.outbox)
    with pytest.raises(DevelopmentKeyRefused):
        world.set_key()
    assert world.count() == 0


def test_a_key_without_money_where_gas_costs(world: World) -> None:
    world.sender = Sender(world.chain, world.outbox, gas_price=10)
    poor = Signer("poor", Account.create())
    with pytest.raises(Underfunded) as caught:
        world.sender.deploy(
            poor, "AllianceRegistry", (COUNCIL, DESKS, [FOUNDER]), key="poor", intent="deploy"
        )
    assert (caught.value.address, caught.value.has) == (poor.address, 0)
    assert caught.value.needs % 10 == 0
    assert caught.value.needs > 10_000_000
    assert world.states(poor, "poor") == []


def test_a_key_without_money_on_a_chain_without_fees(world: World) -> None:
    poor = Signer("poor", Account.create())
    done = world.sender.deploy(
        poor, "AllianceRegistry", (COUNCIL, DESKS, [FOUNDER]), key="poor", intent="deploy"
    )
    assert done.contract is not None


def test_a_price_that_is_given_is_paid(world: World) -> None:
    before = world.chain.web3.eth.get_balance(ADMINISTRATOR.address)
    world.sender = Sender(world.chain, world.outbox, gas_price=7)
    done = world.set_key()
    after = world.chain.web3.eth.get_balance(ADMINISTRATOR.address)
    assert before - after == 7 * done.gas


def test_a_planned_number(world: World) -> None:
    def create(nonce: int) -> Done:
        return world.sender.deploy(
            DEPLOYER,
            "BankingCalendar",
            (world.registry, 1),
            key="calendar",
            intent="deploy the calendar",
            nonce=nonce,
        )

    for wrong in (0, 2):
        with pytest.raises(NumberTaken) as caught:
            create(wrong)
        assert (caught.value.expected, caught.value.actual) == (wrong, 1)
    assert world.count(DEPLOYER) == 1
    assert not create(1).already
    # What is done is done, whatever number is next by now.
    assert create(1).already


def test_another_chain_than_was_meant(world: World) -> None:
    with pytest.raises(WrongChain) as caught:
        connect(world.chain.url, chain_id=5)
    assert (caught.value.expected, caught.value.actual) == (5, world.chain.chain_id)


# Time


def test_a_key_that_expires_between_the_trial_and_the_block(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(world.chain)
    until = clock.now + timedelta(days=1)
    desk = development_signer(3, "desk")
    world.set_key(valid_until=int(until.timestamp()), roles=Role.ADMINISTER)
    estimated = Sender._estimated

    def too_slow(sender: Sender, call: Any) -> int:
        gas = estimated(sender, call)
        clock.at(until + timedelta(seconds=1))
        return gas

    clock.at(until)
    monkeypatch.setattr(Sender, "_estimated", too_slow)
    with pytest.raises(reverts.KeyExpired) as caught:
        world.set_key(SECOND_DESK, signer=desk)
    monkeypatch.undo()
    assert (caught.value.account, caught.value.valid_until) == (DESK, until)
    failed = caught.value.__cause__
    assert isinstance(failed, FailedOnChain)
    receipt = world.chain.web3.eth.get_transaction_receipt(failed.transaction)  # type: ignore[arg-type]
    assert (receipt["status"], receipt["gasUsed"]) == (0, failed.gas)
    assert world.states(desk) == [State.FAILED]
    # Tried again it is refused at once, and nothing more is sent.
    with pytest.raises(reverts.KeyExpired):
        world.set_key(SECOND_DESK, signer=desk)
    assert world.count(desk) == 1


def test_the_reason_of_a_failure_is_that_of_its_own_block(
    anvil_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = anvil_world
    until = world.chain.now() + timedelta(days=1)
    world.set_key(valid_until=int(until.timestamp()), roles=Role.ADMINISTER)
    rpc(world.chain, "evm_setNextBlockTimestamp", int(until.timestamp()))
    rpc(world.chain, "evm_mine")
    estimated = Sender._estimated

    def too_slow(sender: Sender, call: Any) -> int:
        gas = estimated(sender, call)
        rpc(world.chain, "evm_setNextBlockTimestamp", int(until.timestamp()) + 1)
        return gas

    rpc(world.chain, "anvil_setBlockTimestampInterval", 0)
    monkeypatch.setattr(Sender, "_estimated", too_slow)
    # In the block before, the key was still valid.
    with pytest.raises(reverts.KeyExpired):
        world.set_key(SECOND_DESK, signer=development_signer(3, "desk"))


# What a crash leaves

STEPS: dict[str, tuple[type, str, str]] = {
    "after the intent": (Outbox, "prepare", "before"),
    "after signing": (Signer, "sign", "after"),
    "after storing": (Sender, "_delivered", "before"),
    "after sending": (Sender, "_awaited", "before"),
    "after the receipt": (Outbox, "settle", "before"),
    "after settling": (Outbox, "settle", "after"),
}


def act_and_die(url: str, path: Path, step: str) -> None:
    """The body of a process that is killed outright at a step."""
    place, name, when = STEPS[step]
    plain = getattr(place, name)

    def killed(*args: Any, **options: Any) -> None:
        if when == "after":
            plain(*args, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    world = World(connect(url), path)
    setattr(place, name, killed)
    world.set_key()


def killed_child(world: World, step: str) -> None:
    url = world.chain.web3.provider.endpoint_uri  # type: ignore[attr-defined]
    child = multiprocessing.get_context("fork").Process(
        target=act_and_die, args=(url, world.path, step)
    )
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("step", STEPS)
def test_a_process_that_is_killed_leaves_exactly_one_transaction(world: World, step: str) -> None:
    killed_child(world, step)
    sent = step in ("after sending", "after the receipt", "after settling")
    assert world.count() == (1 if sent else 0)
    done = world.set_key()
    assert done.already is sent
    assert (world.count(), world.states()) == (1, [State.DONE])
    assert world.stored().roles == ROLES
    assert world.set_key() == replace(done, already=True)


def test_a_killed_act_is_sent_before_another_of_the_same_key_holder(world: World) -> None:
    killed_child(world, "after storing")
    done = world.set_key(SECOND_DESK, key="second desk")
    # The number of the first act was given to it, so the first act is on the chain as well.
    assert world.count() == 2
    assert world.stored().roles == world.stored(SECOND_DESK).roles == ROLES
    assert not done.already
    assert world.set_key().already
    assert world.states() == world.states(key="second desk") == [State.DONE]


def test_two_senders_with_outboxes_of_their_own(world: World, tmp_path: Path) -> None:
    # Ganache takes a transaction numbered 0 for one without a number, so that one goes first.
    world.set_key(TREASURY, key="treasury")
    killed_child(world, "after storing")
    with Outbox(tmp_path / "elsewhere.db") as elsewhere:
        here, world.sender = world.sender, Sender(world.chain, elsewhere)
        world.set_key(SECOND_DESK, key="second desk")
        world.sender = here
    # The number signed for the act went to the other machine's: it is signed anew.
    done = world.set_key()
    assert not done.already
    assert (world.count(), world.states()) == (3, [State.VOID, State.DONE])
    assert world.stored().roles == ROLES


# A chain that takes its time


def test_a_chain_that_is_slow_is_not_a_failure(anvil_world: World) -> None:
    world = anvil_world
    rpc(world.chain, "evm_setAutomine", False)
    world.sender.wait_seconds = 0.05
    with pytest.raises(StillPending) as caught:
        world.set_key()
    assert (world.count(), world.states()) == (0, [State.OPEN])
    with pytest.raises(StillPending) as again:
        world.set_key()
    assert again.value.transaction == caught.value.transaction
    # The next number goes to the next act, although the chain has taken none yet.
    with pytest.raises(StillPending):
        world.set_key(SECOND_DESK, key="second desk")
    rpc(world.chain, "evm_mine")
    done = world.set_key()
    assert (done.transaction, done.already) == (caught.value.transaction, True)
    assert world.set_key(SECOND_DESK, key="second desk").already
    assert world.count() == 2


def test_a_transaction_that_the_node_forgot_is_sent_again(anvil_world: World) -> None:
    world = anvil_world
    rpc(world.chain, "evm_setAutomine", False)
    world.sender.wait_seconds = 0.05
    with pytest.raises(StillPending) as caught:
        world.set_key()
    rpc(world.chain, "anvil_dropTransaction", caught.value.transaction)
    rpc(world.chain, "evm_setAutomine", True)
    done = world.set_key()
    assert (done.transaction, done.already) == (caught.value.transaction, False)
    assert (world.count(), world.states()) == (1, [State.DONE])


def test_a_number_that_another_machine_has_under_way_is_passed_over(
    anvil_world: World, tmp_path: Path
) -> None:
    world = anvil_world
    rpc(world.chain, "evm_setAutomine", False)
    world.sender.wait_seconds = 0.05
    with Outbox(tmp_path / "elsewhere.db") as elsewhere:
        here, world.sender = world.sender, Sender(world.chain, elsewhere, wait_seconds=0.05)
        with pytest.raises(StillPending):
            world.set_key(SECOND_DESK, key="second desk")
        world.sender = here
    with pytest.raises(StillPending):
        world.set_key()
    rpc(world.chain, "evm_mine")
    assert world.set_key().already
    assert (world.count(), world.states()) == (2, [State.DONE])


def test_an_act_that_came_too_late_in_the_end(anvil_world: World) -> None:
    world = anvil_world
    until = int(world.chain.now().timestamp()) + 86_400
    desk = development_signer(3, "desk")
    world.set_key(valid_until=until, roles=Role.ADMINISTER)
    rpc(world.chain, "evm_setAutomine", False)
    world.sender.wait_seconds = 0.05
    with pytest.raises(StillPending) as caught:
        world.set_key(SECOND_DESK, signer=desk)
    rpc(world.chain, "anvil_dropTransaction", caught.value.transaction)
    rpc(world.chain, "evm_setNextBlockTimestamp", until + 1)
    rpc(world.chain, "evm_setAutomine", True)
    with pytest.raises(reverts.KeyExpired):
        world.set_key(SECOND_DESK, signer=desk)
    assert (world.count(desk), world.states(desk)) == (1, [State.FAILED])


def test_a_chain_that_goes_back_gets_the_same_bytes_again(anvil_world: World) -> None:
    world = anvil_world
    snapshot = rpc(world.chain, "evm_snapshot")
    first = world.set_key()
    rpc(world.chain, "evm_revert", snapshot)
    assert world.count() == 0
    again = world.set_key()
    assert (again.transaction, again.already) == (first.transaction, False)
    assert world.count() == 1


def test_a_chain_that_was_started_anew_is_named(tmp_path: Path) -> None:
    with start_node("anvil", start=START) as node:
        world = World(connect(node.url), tmp_path / "outbox.db")
        world.set_key()
        second = world.set_key(SECOND_DESK, key="second desk")
        rpc(world.chain, "anvil_reset")
        with pytest.raises(LostTransaction) as caught:
            world.set_key(SECOND_DESK, key="second desk")
        assert caught.value.transaction == second.transaction
        # A program that was started anew as well looks for the contract first.
        world.sender = Sender(world.chain, world.outbox)
        with pytest.raises(NoContract):
            world.set_key(SECOND_DESK, key="second desk")
        assert world.count() == 0
        world.outbox.close()


@pytest.fixture
def world_with_fees(tmp_path: Path) -> Iterator[World]:
    # A node of its own: a base fee outlives a return to a snapshot.
    with start_node("anvil", start=START) as node:
        world = World(connect(node.url), tmp_path / "outbox.db")
        rpc(world.chain, "anvil_setNextBlockBaseFeePerGas", hex(1_000_000_000))
        rpc(world.chain, "evm_mine")
        yield world
        world.outbox.close()


def test_a_base_fee_is_paid(world_with_fees: World) -> None:
    world = world_with_fees
    done = world.set_key()
    sent = world.chain.web3.eth.get_transaction(done.transaction)  # type: ignore[arg-type]
    base = world.chain.web3.eth.get_block(done.block)["baseFeePerGas"]
    assert sent["type"] == 0
    assert sent["gasPrice"] >= base > 0
    poor = Signer("poor", Account.create())
    with pytest.raises(Underfunded):
        world.sender.deploy(
            poor, "AllianceRegistry", (COUNCIL, DESKS, [FOUNDER]), key="poor", intent="deploy"
        )


def test_a_price_below_the_base_fee_is_the_nodes_refusal(world_with_fees: World) -> None:
    world = world_with_fees
    world.sender = Sender(world.chain, world.outbox, gas_price=1)
    with pytest.raises(NodeRefused) as caught:
        world.set_key()
    assert caught.value.exit_code == 2
    assert (world.count(), world.states()) == (0, [State.VOID])
    # With a price that the chain takes the same act goes through, in a transaction of its own.
    world.sender = Sender(world.chain, world.outbox)
    assert not world.set_key().already
    assert (world.count(), world.states()) == (1, [State.VOID, State.DONE])
