# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from pathlib import Path

import pytest

from yangshan.deployment.record import (
    Creation,
    DeployedCash,
    DeployedContract,
    DeployedMember,
    DeployedParameters,
    DeployedRules,
    Deployment,
    NoDeployment,
    NotDeployed,
    RecordDamaged,
    RecordNotWritten,
    find_deployment,
    record_path,
)

HASH = "0x" + "ab" * 32
ADDRESS = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
CREATION = Creation(transaction=HASH, block=4, time=1_756_684_800, gas=21_000, code=HASH)


def contract(name: str, creation: Creation | None) -> DeployedContract:
    return DeployedContract(
        name=name,
        contract=name,
        nonce=0,
        address=ADDRESS,
        arguments=[b"CN", (ADDRESS, 5, [b"\x01"])],
        bytecode=HASH,
        creation=creation,
    )


@pytest.fixture
def deployment() -> Deployment:
    return Deployment(
        version="0.1.0",
        chain_id=31337,
        genesis=HASH,
        deployer=ADDRESS,
        first_nonce=0,
        parameters=DeployedParameters(
            name="An alliance",
            rules=DeployedRules(
                weights={4: 1}, quorum=60, voting_period=604_800, execution_delay=0
            ),
            calendar_keeper=1,
            valid_until=2_000_000_000,
            calendars={1: "CNSHA"},
            cash=(DeployedCash(currency="CNY", issuer=1),),
        ),
        members=(
            DeployedMember(
                number=1,
                handle="bank",
                founder=True,
                administrator=ADDRESS,
                treasury=ADDRESS,
                desk=ADDRESS,
            ),
        ),
        contracts=(contract("First", CREATION), contract("Second", None)),
    )


def test_a_record_is_read_as_it_was_written(tmp_path: Path, deployment: Deployment) -> None:
    path = record_path(tmp_path / "deployments", 31337)
    deployment.save(path)
    assert Deployment.load(path) == deployment
    assert find_deployment(path.parent, 31337) == deployment
    assert path.name == "31337.json"
    assert json.loads(path.read_text())["contracts"][0]["arguments"] == [
        "0x434e",
        [ADDRESS, 5, ["0x01"]],
    ]
    assert [each.name for each in path.parent.iterdir()] == ["31337.json"]


def test_an_equal_record_is_not_written_again(tmp_path: Path, deployment: Deployment) -> None:
    path = tmp_path / "31337.json"
    deployment.save(path)
    before = path.stat()
    deployment.save(path)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_contract_is_found_by_its_name_once_it_exists(deployment: Deployment) -> None:
    assert deployment.address("First") == ADDRESS
    assert deployment.created("First") == CREATION
    assert not deployment.complete
    for name in ("Second", "Third"):
        with pytest.raises(NotDeployed) as caught:
            deployment.address(name)
        assert (caught.value.name, caught.value.known) == (name, ("First",))
    complete = deployment.with_creation("Second", CREATION)
    assert complete.complete
    assert complete.address("Second") == ADDRESS
    assert complete.contracts[0] == deployment.contracts[0]


def test_an_unknown_chain_names_those_known(tmp_path: Path, deployment: Deployment) -> None:
    for number in (31337, 1337):
        deployment.save(record_path(tmp_path, number))
    (tmp_path / "notes.json").write_text("{}")
    with pytest.raises(NoDeployment) as caught:
        find_deployment(tmp_path, 1)
    assert (caught.value.chain_id, caught.value.known) == (1, (1337, 31337))
    with pytest.raises(NoDeployment) as caught:
        find_deployment(tmp_path / "empty", 1)
    assert caught.value.known == ()


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda text: text[:-40], "the file: "),
        (lambda text: text.replace('"format": 1', '"format": 2'), "format: "),
        (lambda text: text.replace('"deployer"', '"employer"'), "employer: "),
        (lambda text: text.replace(HASH, HASH[:-1]), "genesis: "),
        (lambda text: text.replace('"block": 4', '"block": -4'), "contracts.0.creation.block: "),
    ],
)
def test_a_damaged_record_says_where(
    tmp_path: Path, deployment: Deployment, damage: object, reason: str
) -> None:
    path = tmp_path / "1.json"
    assert callable(damage)
    path.write_text(damage(deployment.text()))
    with pytest.raises(RecordDamaged) as caught:
        Deployment.load(path)
    assert caught.value.reason.startswith(reason)
    assert caught.value.path == path


def test_what_cannot_be_written_leaves_what_was_there(
    tmp_path: Path, deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "1.json"
    deployment.save(path)
    before = path.read_bytes()

    def full(_draft: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(RecordNotWritten) as caught:
        deployment.with_creation("Second", CREATION).save(path)
    assert "No space left on device" in str(caught.value)
    assert path.read_bytes() == before
