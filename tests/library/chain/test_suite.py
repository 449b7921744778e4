# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from yangshan.chain.suite import Suite, SuiteMissing, UnknownArtifact

if TYPE_CHECKING:
    from pathlib import Path


def written(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content))
    return path


def small_suite() -> dict[str, object]:
    error = {"type": "error", "name": "Late", "inputs": [{"name": "a", "type": "uint40"}]}
    again = {"type": "error", "name": "Late", "inputs": [{"name": "b", "type": "uint40"}]}
    event = {"type": "event", "name": "Sent", "inputs": [], "anonymous": False}
    return {
        "format": 1,
        "compiler": {"version": "0.8.34"},
        "contracts": {
            "House": {
                "source": "contracts/House.sol",
                "abi": [again, event],
                "bytecode": "0x6001",
                "deployedBytecode": "0x600200",
                "immutableReferences": {
                    "9": [{"start": 7, "length": 32}],
                    "3": [{"start": 50, "length": 32}, {"start": 1, "length": 2}],
                },
            }
        },
        "interfaces": {"IHouse": {"source": "interfaces/IHouse.sol", "abi": [error]}},
    }


def test_an_artifact_has_its_code_and_the_places_of_its_immutables(tmp_path: Path) -> None:
    suite = Suite.load(written(tmp_path / "suite.json", small_suite()))
    house = suite.artifact("House")
    assert (house.name, house.source) == ("House", "contracts/House.sol")
    assert (house.bytecode, house.runtime) == (b"\x60\x01", b"\x60\x02\x00")
    assert house.immutables == ((1, 2), (7, 32), (50, 32))
    assert suite.compiler["version"] == "0.8.34"


def test_errors_and_events_come_once_in_the_wording_of_the_interface(tmp_path: Path) -> None:
    suite = Suite.load(written(tmp_path / "suite.json", small_suite()))
    assert [(entry["name"], entry["inputs"][0]["name"]) for entry in suite.errors] == [
        ("Late", "a")
    ]
    assert [entry["name"] for entry in suite.events] == ["Sent"]


def test_an_interface_has_an_abi_and_no_code(tmp_path: Path) -> None:
    suite = Suite.load(written(tmp_path / "suite.json", small_suite()))
    assert suite.abi("IHouse")[0]["name"] == "Late"
    with pytest.raises(UnknownArtifact) as caught:
        suite.artifact("IHouse")
    assert caught.value.known == ("House",)


def test_an_unknown_name_is_told_the_known_ones(tmp_path: Path) -> None:
    suite = Suite.load(written(tmp_path / "suite.json", small_suite()))
    with pytest.raises(UnknownArtifact) as caught:
        suite.abi("Home")
    assert str(caught.value) == "The suite has no Home; it has House, IHouse."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "there is no such file; `make build` writes it"),
        ('{"format": 2}', "its format is 2, and this version reads 1"),
        ("[]", "its format is None, and this version reads 1"),
        ("{", "it cannot be read"),
    ],
)
def test_a_missing_or_foreign_file_is_named(
    tmp_path: Path, content: str | None, reason: str
) -> None:
    path = tmp_path / "suite.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SuiteMissing) as caught:
        Suite.load(path)
    assert caught.value.places == (path,)
    assert str(path) in str(caught.value)
    assert reason in str(caught.value)


def test_the_built_suite_has_every_contract_of_the_deployment() -> None:
    suite = Suite.load()
    for name in (
        "AllianceRegistry",
        "AllianceCouncil",
        "BankingCalendar",
        "LetterOfCredit",
        "Presentations",
        "Forwarding",
        "Disposals",
        "PaymentObligations",
        "Reimbursements",
        "CreditSchedules",
        "ElectronicRecords",
        "DocumentRegistry",
        "CustomsDeclarations",
        "DocumentGrants",
        "TitleDeliveries",
        "SettlementCash",
    ):
        artifact = suite.artifact(name)
        assert 0 < len(artifact.runtime) < 24_576
        assert artifact.immutables, name
        for start, length in artifact.immutables:
            assert artifact.runtime[start : start + length] == bytes(length)
