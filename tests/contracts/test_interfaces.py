# SPDX-License-Identifier: Apache-2.0
"""What is published is what is deployed: each contract's ABI holds its interface's to the type."""

from pathlib import Path

import pytest
from brownie import interface

FACES = {
    "registry": "IAllianceRegistry",
    "council": "IAllianceCouncil",
    "calendar": "IBankingCalendar",
    "letters": "ILetterOfCredit",
    "presentations": "IPresentations",
    "obligations": "IPaymentObligations",
    "cash": "ISettlementCash",
}


def typed(parameter):
    """A parameter's type, with the names and types of its parts, by which a caller reads them."""
    parts = tuple((part["name"], typed(part)) for part in parameter.get("components", ()))
    return parameter["type"], parts, parameter.get("indexed", False)


def published(abi):
    """Every function, event and error with its types, each once."""
    found = set()
    for entry in abi:
        if entry["type"] not in ("function", "event", "error"):
            continue
        inputs = tuple(typed(one) for one in entry["inputs"])
        outputs = tuple(typed(one) for one in entry.get("outputs", ()))
        found.add((entry["type"], entry["name"], inputs, outputs, entry.get("stateMutability")))
    return found


@pytest.mark.parametrize("contract", FACES)
def test_the_contract_has_all_of_its_interface(suite, contract):
    face = published(getattr(interface, FACES[contract]).abi)
    assert face
    assert face <= published(getattr(suite, contract).abi)


@pytest.mark.parametrize("contract", FACES)
def test_the_contract_offers_nothing_else(suite, contract):
    """An external function beside the interface would be one that nobody has read about."""
    extra = published(getattr(suite, contract).abi) - published(
        getattr(interface, FACES[contract]).abi
    )
    names = {name for kind, name, *_ in extra if kind == "function"}
    assert names == ({"name", "symbol", "decimals"} if contract == "cash" else set())


def test_every_interface_is_compared():
    folder = Path(__file__).resolve().parents[2] / "interfaces"
    assert sorted(FACES.values()) == sorted(path.stem for path in folder.glob("*.sol"))
