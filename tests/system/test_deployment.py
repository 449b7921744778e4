# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import copy
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from chains import ALLIANCE, START, rpc, session_at
from eth_account import Account
from eth_utils.crypto import keccak
from kills import run_killed

from yangshan.chain.clock import Clock
from yangshan.chain.connection import Chain, connect
from yangshan.chain.nodes import start_node
from yangshan.chain.outbox import Outbox
from yangshan.chain.sender import Sender
from yangshan.chain.signers import Signer
from yangshan.chain.suite import Suite
from yangshan.deployment.deploy import (
    DeploymentLost,
    NonceMoved,
    OtherChain,
    PlanChanged,
    deploy,
)
from yangshan.deployment.plan import contract_address
from yangshan.deployment.progress import StepReport
from yangshan.deployment.record import Deployment, NoDeployment
from yangshan.deployment.session import KeysNeeded, Session, Settings, open_session
from yangshan.deployment.verify import Check, verify

DEPLOYER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
ORDER = [
    "AllianceRegistry",
    "AllianceCouncil",
    "MemberDesks",
    "BankingCalendar",
    "LetterOfCredit",
    "Presentations",
    "Forwarding",
    "Disposals",
    "PaymentObligations",
    "Reimbursements",
    "CreditTransfers",
    "CreditSchedules",
    "ElectronicRecords",
    "DocumentRegistry",
    "CustomsDeclarations",
    "DocumentGrants",
    "TitleRegistry",
    "TitleFacades",
    "TitleCustody",
    "TitleDeliveries",
    "SettlementCash-CNY",
    "SettlementCash-JPY",
    "SettlementCash-EUR",
    "SettlementCash-USD",
    "Directory",
]

# The place of the rules of voting in the storage of the council.
RULES_SLOT = 1


@dataclass
class Site:
    """A chain whose time stands still, and a folder for records."""

    chain: Chain
    folder: Path

    @property
    def session(self) -> Session:
        """Everything opened anew, as by another process."""
        return session_at(self.chain.web3.provider.endpoint_uri, self.folder)  # type: ignore[attr-defined]

    @property
    def path(self) -> Path:
        return self.folder / f"{self.chain.chain_id}.json"

    @property
    def sent(self) -> int:
        return self.chain.web3.eth.get_transaction_count(DEPLOYER)

    def deploy(self) -> Deployment:
        return self.session.deploy()

    def clean(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture
def site(chain: Chain, tmp_path: Path) -> Site:
    Clock(chain)
    return Site(chain, tmp_path / "deployments")


@pytest.fixture
def anvil_site(anvil_chain: Chain, tmp_path: Path) -> Site:
    Clock(anvil_chain)
    return Site(anvil_chain, tmp_path / "deployments")


def interrupted(site: Site, contracts: int) -> None:
    """A deployment killed once this many contracts are recorded."""
    reports = 0

    def work() -> None:
        nonlocal reports

        def count(_report: StepReport) -> None:
            nonlocal reports
            reports += 1

        site.session.deploy(count)

    assert run_killed(work, lambda _number, _label: reports == contracts)
    record = Deployment.load(site.path)
    assert [each.creation is not None for each in record.contracts] == [
        place < contracts for place in range(len(ORDER))
    ]
    assert site.sent == contracts


def moved(chain: Chain) -> None:
    """The deployer's key is used for something else."""
    sent = chain.web3.eth.send_transaction(
        {"from": DEPLOYER, "to": DEPLOYER, "gas": 21_000, "gasPrice": 0}  # type: ignore[typeddict-item]
    )
    chain.web3.eth.wait_for_transaction_receipt(sent, poll_latency=0.01)


# Deploying


def test_every_contract_lands_where_the_plan_says_in_its_order(site: Site) -> None:
    reports: list[StepReport] = []
    first = site.sent
    record = site.session.deploy(reports.append)
    eth = site.chain.web3.eth
    assert [contract.name for contract in record.contracts] == ORDER
    assert record.complete
    assert Deployment.load(site.path) == record
    assert (record.chain_id, record.genesis) == (site.chain.chain_id, site.chain.genesis)
    assert (record.deployer, record.first_nonce, site.sent) == (DEPLOYER, first, first + len(ORDER))
    for place, contract in enumerate(record.contracts):
        made = record.created(contract.name)
        receipt = eth.get_transaction_receipt(made.transaction)  # type: ignore[arg-type]
        assert contract.address == contract_address(DEPLOYER, first + place)  # type: ignore[arg-type]
        assert receipt["contractAddress"] == contract.address == record.address(contract.name)
        assert (receipt["blockNumber"], receipt["gasUsed"]) == (made.block, made.gas)
        assert made.time == int(START.timestamp())
        assert made.code == "0x" + keccak(eth.get_code(contract.address)).hex()
        assert contract.bytecode == (
            "0x" + keccak(Suite.load().artifact(contract.contract).bytecode).hex()
        )
    assert [(each.kind, each.actor, each.transaction, each.already) for each in reports] == [
        ("deploy", "deployer", record.created(name).transaction, False) for name in ORDER
    ]
    assert [member.handle for member in record.members if member.founder] == [
        *("commission", "customs", "central-bank", "harbour-bank", "lake-bank"),
        *("cranes-bank", "lighthouse-bank", "tide-bank"),
    ]
    assert [member.number for member in record.members] == list(range(1, 14))


def test_run_twice_it_changes_nothing(site: Site) -> None:
    reports: list[StepReport] = []
    record = site.deploy()
    before = (site.path.read_bytes(), site.path.stat().st_mtime_ns)
    block, sent = site.chain.web3.eth.block_number, site.sent
    assert site.session.deploy(reports.append) == record
    assert (site.path.read_bytes(), site.path.stat().st_mtime_ns) == before
    assert (site.chain.web3.eth.block_number, site.sent) == (block, sent)
    assert [(each.transaction, each.already) for each in reports] == [
        (record.created(name).transaction, True) for name in ORDER
    ]


def test_every_parameter_is_said_before_anything_is_sent(site: Site) -> None:
    said = dict(site.session.parameters())
    assert site.sent == 0
    assert not site.path.exists()
    record = site.deploy()
    assert dict(site.session.parameters()) == said
    for name in ORDER:
        assert said[f"contract {name}"].startswith(record.address(name))
    assert said["votes"] == "8 in all, of 8 founders; 60 % must be in favour"
    assert said["votes of a founder, central bank"] == "1"
    assert said["voting period"] == "30 days, 0:00:00"
    assert said["execution delay"] == "2 days, 0:00:00"
    assert said["calendar keeper"] == "member 3, central-bank"
    assert said["later members until"] == "2045-12-31T15:59:59+00:00"
    assert said["cash JPY"] == "issued by member 3, central-bank"
    assert said["calendar 2"] == "CNSHA-M"
    assert "calendar CNSHA-M" in said["founder 8 tide-bank"]
    assert said["deployer"] == f"{DEPLOYER}, first transaction number 0"
    assert said["genesis block"] == site.chain.genesis
    assert said["record"] == str(site.path)


# Interruptions


def test_killed_at_any_point_it_resumes_to_the_same_record(anvil_site: Site) -> None:
    site, chain = anvil_site, anvil_site.chain

    def work() -> Deployment:
        # One currency, so that each contract of the suite is created once.
        session = site.session
        setup = replace(session.setup, cash=session.setup.cash[:1])
        return replace(session, setup=setup).deploy()

    snapshot = rpc(chain, "evm_snapshot")
    work()
    undisturbed = site.path.read_bytes()
    labels: list[str] = []
    # Without the cash of three currencies.
    count = len(ORDER) - 3
    number = 0
    while True:
        assert rpc(chain, "evm_revert", snapshot) is True
        snapshot = rpc(chain, "evm_snapshot")
        site.clean()
        number += 1
        label = run_killed(work, lambda visited, _label: visited == number)  # noqa: B023
        if not label:
            break
        labels.append(label)
        work()
        assert site.path.read_bytes() == undisturbed, label
        # One transaction for each contract: nothing was created twice.
        assert site.sent == count, label
        assert chain.web3.eth.block_number == count, label
    # Of each contract: its intent, its signed bytes, its sending, its outcome, its record.
    assert Counter(labels) == {
        "intend": count,
        "prepare": count,
        "send": count,
        "settle": count,
        "draft": count + 1,
        "record": count + 1,
    }


def test_killed_again_and_again_it_still_gets_there(anvil_site: Site) -> None:
    site = anvil_site
    snapshot = rpc(site.chain, "evm_snapshot")
    site.deploy()
    undisturbed = site.path.read_bytes()
    assert rpc(site.chain, "evm_revert", snapshot) is True
    site.clean()
    kills = 0
    while run_killed(site.deploy, lambda _number, label: label == "send"):
        kills += 1
    assert kills == len(ORDER)
    assert site.path.read_bytes() == undisturbed


def test_an_interrupted_deployment_goes_on_under_ganache_too(site: Site) -> None:
    interrupted(site, 4)
    reports: list[StepReport] = []
    record = site.session.deploy(reports.append)
    assert record.complete
    assert [each.already for each in reports] == [True] * 4 + [False] * (len(ORDER) - 4)
    assert site.sent == len(ORDER)


def test_a_deployer_used_for_something_else_in_between_is_named(anvil_site: Site) -> None:
    site = anvil_site
    interrupted(site, 3)
    moved(site.chain)
    before, block = site.path.read_bytes(), site.chain.web3.eth.block_number
    with pytest.raises(NonceMoved) as caught:
        site.deploy()
    error = caught.value
    assert (error.deployer, error.expected, error.found) == (DEPLOYER, 3, 4)
    assert error.waiting == "BankingCalendar"
    assert (site.path.read_bytes(), site.chain.web3.eth.block_number) == (before, block)


def test_a_deployer_used_before_the_first_contract_is_named(anvil_site: Site) -> None:
    site = anvil_site
    assert run_killed(site.deploy, lambda _number, label: label == "record")
    assert site.sent == 0
    moved(site.chain)
    with pytest.raises(NonceMoved) as caught:
        site.deploy()
    assert (caught.value.expected, caught.value.found) == (0, 1)
    assert caught.value.waiting == "AllianceRegistry"
    assert site.sent == 1


def test_a_deployer_with_earlier_transactions_begins_after_them(anvil_site: Site) -> None:
    moved(anvil_site.chain)
    record = anvil_site.deploy()
    assert record.first_nonce == 1
    assert record.contracts[0].address == contract_address(DEPLOYER, 1)  # type: ignore[arg-type]
    assert all(check.ok for check in verify(anvil_site.chain, record))


def test_without_its_outbox_it_goes_on_from_the_record(anvil_site: Site) -> None:
    site = anvil_site
    interrupted(site, 5)
    for file in site.folder.glob("*.outbox.*"):
        file.unlink()
    assert site.deploy().complete
    assert site.sent == len(ORDER)


def test_without_its_outbox_a_creation_that_is_not_recorded_is_named(anvil_site: Site) -> None:
    site = anvil_site
    assert run_killed(site.deploy, lambda _number, label: label == "settle")
    assert site.sent == 1
    for file in site.folder.glob("*.outbox.*"):
        file.unlink()
    with pytest.raises(NonceMoved) as caught:
        site.deploy()
    assert (caught.value.expected, caught.value.found) == (0, 1)
    assert site.sent == 1


# Other chains


def lasting(site: Site) -> tuple[Chain, Sender, Signer]:
    """The same node, taken for one that lasts, with a key of one's own."""
    chain = replace(site.chain, client="Geth/v1.14.0")
    signer = Signer("deployer", Account.from_key("0x" + "11" * 32))
    outbox = Outbox(site.folder / "lasting.sqlite")
    return chain, Sender(chain, outbox, gas_price=0), signer


def edited(path: Path, change: dict[str, Any]) -> bytes:
    content = {**json.loads(path.read_text()), **change}
    path.write_text(json.dumps(content))
    return path.read_bytes()


def test_another_genesis_is_an_error_where_chains_last(anvil_site: Site) -> None:
    chain, sender, signer = lasting(anvil_site)
    setup = anvil_site.session.setup
    deploy(chain, sender, signer, setup, anvil_site.path)
    other = "0x" + "22" * 32
    before = edited(anvil_site.path, {"genesis": other})
    block = chain.web3.eth.block_number
    with pytest.raises(OtherChain) as caught:
        deploy(chain, sender, signer, setup, anvil_site.path)
    error = caught.value
    assert (error.what, error.recorded, error.found) == (
        "the genesis block",
        other,
        chain.genesis,
    )
    assert (anvil_site.path.read_bytes(), chain.web3.eth.block_number) == (before, block)


def test_another_genesis_begins_a_fresh_record_on_a_development_chain(anvil_site: Site) -> None:
    first = anvil_site.deploy()
    edited(anvil_site.path, {"genesis": "0x" + "22" * 32})
    second = anvil_site.deploy()
    assert second.genesis == anvil_site.chain.genesis
    assert (second.first_nonce, second.complete) == (len(ORDER), True)
    assert second.address("AllianceRegistry") != first.address("AllianceRegistry")


@pytest.mark.parametrize("kind", ["anvil", "ganache"])
def test_a_node_started_anew_gets_a_fresh_deployment(kind: str, tmp_path: Path) -> None:
    """Its genesis is the same, and the outbox still knows the transactions of the one before."""
    for contracts in (4, len(ORDER)):
        with start_node(kind, start=START) as node:
            site = Site(connect(node.url), tmp_path)
            if contracts < len(ORDER):
                interrupted(site, contracts)
                continue
            reports: list[StepReport] = []
            record = site.session.deploy(reports.append)
            assert [each.already for each in reports] == [False] * len(ORDER)
            assert (record.first_nonce, site.sent) == (0, len(ORDER))
            assert all(check.ok for check in verify(site.chain, record))


def test_a_lasting_chain_that_lost_a_creation_is_an_error(anvil_site: Site) -> None:
    chain, sender, signer = lasting(anvil_site)
    setup = anvil_site.session.setup
    snapshot = rpc(chain, "evm_snapshot")
    record = deploy(chain, sender, signer, setup, anvil_site.path)
    assert rpc(chain, "evm_revert", snapshot) is True
    with pytest.raises(DeploymentLost) as caught:
        deploy(chain, sender, signer, setup, anvil_site.path)
    assert caught.value.contract == "AllianceRegistry"
    assert caught.value.transaction == record.created("AllianceRegistry").transaction


def test_a_record_of_another_chain_id_is_an_error(anvil_site: Site) -> None:
    anvil_site.deploy()
    edited(anvil_site.path, {"chain_id": 1})
    with pytest.raises(OtherChain) as caught:
        anvil_site.deploy()
    assert (caught.value.what, caught.value.recorded, caught.value.found) == (
        "the chain id",
        1,
        31337,
    )


def test_nothing_recorded_names_the_chains_that_are(anvil_site: Site) -> None:
    anvil_site.deploy()
    anvil_site.path.rename(anvil_site.folder / "1337.json")
    for ask in (anvil_site.session.deployment, anvil_site.session.verify):
        with pytest.raises(NoDeployment) as caught:
            ask()
        assert (caught.value.chain_id, caught.value.known) == (31337, (1337,))


def test_a_lasting_chain_needs_keys_of_ones_own(
    anvil_site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Chain, "is_development", False)
    url = anvil_site.chain.url
    settings = Settings(alliance=ALLIANCE, folder=tmp_path)
    with pytest.raises(KeysNeeded) as caught:
        open_session(url, settings)
    assert "YANGSHAN_ACCOUNTS" in caught.value.missing


# Another plan


def test_a_deployment_ends_with_the_parameters_it_began_with(anvil_site: Site) -> None:
    site = anvil_site
    interrupted(site, 2)
    before = site.path.read_bytes()
    session = site.session
    signer = session.signer("deployer")
    changed = replace(session.setup, rules=replace(session.setup.rules, quorum=61))
    with pytest.raises(PlanChanged) as caught:
        deploy(site.chain, session.sender, signer, changed, site.path)
    at = {each.name: each.address for each in Deployment.load(site.path).contracts}
    error = caught.value
    assert error.what == "the arguments of AllianceCouncil"
    assert (error.recorded, error.given) == tuple(
        [
            *(at[name] for name in ("AllianceRegistry", "BankingCalendar", "Directory")),
            [0x0101010100, quorum, 2_592_000, 172_800],
        ]
        for quorum in (60, 61)
    )
    renamed = replace(session.setup, name="Another alliance")
    with pytest.raises(PlanChanged) as caught:
        deploy(site.chain, session.sender, signer, renamed, site.path)
    assert caught.value.what == "the parameters"
    fewer = replace(session.setup, cash=session.setup.cash[:2])
    with pytest.raises(PlanChanged) as caught:
        deploy(site.chain, session.sender, signer, fewer, site.path)
    assert caught.value.what == "the contracts"
    stranger = Signer("stranger", Account.from_key("0x" + "11" * 32))
    with pytest.raises(PlanChanged) as caught:
        deploy(site.chain, session.sender, stranger, session.setup, site.path)
    assert (caught.value.what, caught.value.given) == ("the deployer", stranger.address)
    assert (site.path.read_bytes(), site.sent) == (before, 2)


def test_a_deployment_ends_with_the_contracts_it_began_with(anvil_site: Site) -> None:
    interrupted(anvil_site, 2)
    content = json.loads(anvil_site.path.read_text())
    content["contracts"][ORDER.index("PaymentObligations")]["bytecode"] = "0x" + "22" * 32
    anvil_site.path.write_text(json.dumps(content))
    with pytest.raises(PlanChanged) as caught:
        anvil_site.deploy()
    assert caught.value.what == "the bytecode of PaymentObligations"
    assert caught.value.recorded == "0x" + "22" * 32
    assert anvil_site.sent == 2


# Proving


def failed(checks: list[Check]) -> list[str]:
    return [check.name for check in checks if not check.ok]


def test_a_deployment_proves_itself(site: Site) -> None:
    checks = verify(site.chain, site.deploy())
    assert failed(checks) == []
    names = [check.name for check in checks]
    assert len(set(names)) == len(names)
    found = {check.name: check.found for check in checks}
    assert found["AllianceCouncil.votingRules"] == "[4311810304, 60, 2592000, 172800]"
    assert found["AllianceRegistry.founders"] == "8"
    record = Deployment.load(site.path)
    assert found["AllianceRegistry.desks"] == record.address("MemberDesks")
    for governed in ("AllianceRegistry", "BankingCalendar", "Directory"):
        assert found[f"{governed}.governor"] == record.address("AllianceCouncil")
    for name in ORDER[:-1]:
        edition = 1 if name == "LetterOfCredit" else 0
        assert found[f"Directory: {name}"] == str([record.address(name), edition])
    assert found["LetterOfCredit.edition"] == "1"
    assert found["BankingCalendar.keeper"] == "3"
    assert found["SettlementCash-JPY.currency"] == "392"
    assert found["SettlementCash-JPY.symbol"] == "JPY"
    assert found["SettlementCash-JPY.decimals"] == "0"
    assert found["founder 8: administrator"] == "[8, True]"
    assert set(names) >= {f"{name}: code without immutables" for name in ORDER}


def test_an_interrupted_deployment_does_not_prove_itself(anvil_site: Site) -> None:
    interrupted(anvil_site, 10)
    names = failed(verify(anvil_site.chain, Deployment.load(anvil_site.path)))
    assert "Directory: created" in names
    assert "Directory: MemberDesks" in names
    assert "SettlementCash-USD: created" in names
    assert "SettlementCash-USD: code without immutables" in names


# What no chain holds: a label of the record, and what is set up after the deployment.
UNPROVEN = {"version", "format"}


def leaves(value: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in items:
            yield from leaves(each, (*where, key))
    else:
        yield where


def tampered(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value.startswith("0x"):
        return value[:-1] + ("0" if value[-1] != "0" else "1")
    return value + "X"


def stands_for_others(where: tuple[Any, ...], content: dict[str, Any]) -> bool:
    """Of equal things the first and the last: founders, members, contracts for cash."""
    if where[0] == "members":
        return where[1] in (0, 7, 12)
    if where[0] != "contracts":
        return True
    if content["contracts"][where[1]]["contract"] == "SettlementCash":
        return where[1] in (8, 11)
    return where[:4] != ("contracts", 0, "arguments", 2) or where[4] in (0, 7)


def is_proven(where: tuple[Any, ...], content: dict[str, Any]) -> bool:
    if where[0] in UNPROVEN or where == ("parameters", "name"):
        return False
    # Who is admitted later, and until when, the council decides.
    if where[:2] in (("parameters", "calendars"), ("parameters", "valid_until")):
        return False
    if where[0] == "members":
        founder = content["members"][where[1]]["founder"]
        return where[2] in ("number", "founder") or (
            founder and where[2] in ("administrator", "treasury")
        )
    return True


def remembered(ask: Callable[..., Any]) -> Callable[..., Any]:
    answers: dict[str, Any] = {}

    def answer(*question: object) -> Any:
        key = str(question)
        if key not in answers:
            answers[key] = ask(*question)
        return answers[key]

    return answer


def test_whatever_is_tampered_with_in_the_record_is_found(
    anvil_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each single value in turn."""
    anvil_site.deploy()
    content = json.loads(anvil_site.path.read_text())
    proven = [
        where
        for where in leaves(content)
        if is_proven(where, content) and stands_for_others(where, content)
    ]
    assert len(proven) > 120
    # The chain does not change meanwhile, so that it need not be asked the same thing twice.
    eth = anvil_site.chain.web3.eth
    for name in ("call", "get_block", "get_code", "get_transaction", "get_transaction_receipt"):
        monkeypatch.setattr(eth, name, remembered(getattr(eth, name)))
    for where in proven:
        forged = copy.deepcopy(content)
        holder = forged
        for step in where[:-1]:
            holder = holder[step]
        holder[where[-1]] = tampered(holder[where[-1]])
        deployment = Deployment.model_validate(forged)
        assert failed(verify(anvil_site.chain, deployment)), where


def test_another_contract_at_the_address_is_found(anvil_site: Site) -> None:
    chain, record = anvil_site.chain, anvil_site.deploy()
    council = record.address("AllianceCouncil")
    code = chain.web3.eth.get_code(record.address("BankingCalendar"))
    rpc(chain, "anvil_setCode", council, code.to_0x_hex())
    names = failed(verify(chain, record))
    assert "AllianceCouncil: code without immutables" in names
    assert "AllianceCouncil: code" in names
    assert "AllianceCouncil.votingRules" in names
    assert not [name for name in names if not name.startswith("AllianceCouncil")]


def test_another_immutable_is_found(anvil_site: Site) -> None:
    """The same build, constructed with other desks: whoever makes them makes keys."""
    chain, record = anvil_site.chain, anvil_site.deploy()
    artifact = Suite.load().artifact("AllianceRegistry")
    code = bytearray(chain.web3.eth.get_code(record.address("AllianceRegistry")))
    desks = int(record.address("MemberDesks"), 16)
    for start, length in artifact.immutables:
        if int.from_bytes(code[start : start + length], "big") == desks:
            code[start : start + length] = int(DEPLOYER, 16).to_bytes(length, "big")
    rpc(chain, "anvil_setCode", record.address("AllianceRegistry"), "0x" + code.hex())
    assert failed(verify(chain, record)) == [
        "AllianceRegistry: code",
        "AllianceRegistry.desks",
    ]


def test_what_the_council_changed_since_is_told(anvil_site: Site) -> None:
    """The same rules but for one vote more, in the word that holds them."""
    chain, record = anvil_site.chain, anvil_site.deploy()
    council = record.address("AllianceCouncil")
    before = int.from_bytes(chain.web3.eth.get_storage_at(council, RULES_SLOT), "big")
    word = (before + (1 << 8)).to_bytes(32, "big")
    rpc(chain, "anvil_setStorageAt", council, f"0x{RULES_SLOT:064x}", "0x" + word.hex())
    assert failed(verify(chain, record)) == ["AllianceCouncil.votingRules"]


def test_no_contract_at_the_address_is_found(anvil_site: Site) -> None:
    chain, record = anvil_site.chain, anvil_site.deploy()
    rpc(chain, "anvil_setCode", record.address("SettlementCash-EUR"), "0x")
    found = {check.name: check for check in verify(chain, record)}
    check = found["SettlementCash-EUR.issuer"]
    assert (check.ok, check.expected) == (False, "3")
    assert check.found.startswith("unreadable")
    assert not found["SettlementCash-EUR: code without immutables"].ok


def test_an_administrator_that_lost_its_key_is_found(anvil_site: Site) -> None:
    session = anvil_site.session
    record = session.deploy()
    founder = session.setup.member(2)
    administrator = session.member_signer(founder, "administrator")
    registry = ("AllianceRegistry", record.address("AllianceRegistry"))
    send = session.sender.send
    send(
        administrator,
        *registry,
        "setKey",
        (founder.accounts.desk, 1, 2**40 - 1),
        key="another administrator",
        intent="name another administrator",
    )
    send(
        administrator,
        *registry,
        "revokeKey",
        (administrator.address,),
        key="leave",
        intent="leave",
    )
    assert failed(session.verify()) == ["founder 2: administrator"]
