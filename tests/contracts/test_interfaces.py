# SPDX-License-Identifier: Apache-2.0
"""What is published is what is deployed: each contract's ABI holds its interface's to the type."""

import re
from pathlib import Path

import brownie
import pytest
from brownie import interface

# The interfaces of each contract; the first is its own.
FACES = {
    "AllianceRegistry": ("IAllianceRegistry",),
    "AllianceCouncil": ("IAllianceCouncil",),
    "Directory": ("IDirectory",),
    "MemberDesk": ("IMemberDesk",),
    "MemberDesks": ("IMemberDesks",),
    "BankingCalendar": ("IBankingCalendar",),
    "LetterOfCredit": ("ILetterOfCredit", "IEdition"),
    "Presentations": ("IPresentations",),
    "Forwarding": ("IForwarding",),
    "Disposals": ("IDisposals",),
    "PaymentObligations": ("IPaymentObligations",),
    "Reimbursements": ("IReimbursements",),
    "CreditTransfers": ("ICreditTransfers",),
    "CreditSchedules": ("ICreditSchedules",),
    "ElectronicRecords": ("IElectronicRecords",),
    "DocumentRegistry": ("IDocumentRegistry",),
    "CustomsDeclarations": ("ICustomsDeclarations",),
    "DocumentGrants": ("IDocumentGrants",),
    "TitleRegistry": ("ITitleRegistry",),
    "TitleFacades": ("ITitleFacades",),
    "TitleCustody": ("ITitleCustody",),
    "TitleDeliveries": ("ITitleDeliveries",),
    "TitleFacade": ("ITitleFacade", "ITitleEscrow"),
    "SettlementCash": ("ISettlementCash",),
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


def built(contract):
    """What the contract is compiled to."""
    return published(brownie.project.get_loaded_projects()[0][contract].abi)


def promised(contract):
    """What its interfaces say."""
    return {one for name in FACES[contract] for one in published(getattr(interface, name).abi)}


@pytest.mark.parametrize("contract", FACES)
def test_the_contract_has_all_of_its_interface(contract):
    assert promised(contract)
    assert promised(contract) <= built(contract)


@pytest.mark.parametrize("contract", FACES)
def test_the_contract_offers_nothing_else(contract):
    """An external function beside the interface would be one that nobody has read about."""
    extra = built(contract) - promised(contract)
    names = {name for kind, name, *_ in extra if kind == "function"}
    assert names == ({"name", "symbol", "decimals"} if contract == "SettlementCash" else set())


def test_every_interface_is_compared():
    root = Path(__file__).resolve().parents[2]
    written = {
        name
        for path in (root / "interfaces").glob("*.sol")
        for name in re.findall(r"^interface (\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {name for names in FACES.values() for name in names} == written


def test_every_contract_is_compared():
    root = Path(__file__).resolve().parents[2]
    found = {path.stem for path in (root / "contracts").rglob("*.sol")}
    libraries = {path.stem for path in (root / "contracts/libraries").glob("*.sol")}
    assert set(FACES) == found - libraries
