# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace

import pytest
from eth_utils.address import to_checksum_address

from yangshan.chain.suite import Suite
from yangshan.deployment.parameters import AllianceSetup
from yangshan.deployment.plan import (
    ZERO_ADDRESS,
    BadPlan,
    CashParameters,
    Parameters,
    contract_address,
    plan,
)
from yangshan.deployment.verify import GETTERS, masked
from yangshan.money import Currency

DEPLOYER = to_checksum_address("0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0")

CONTRACTS = [
    name
    for name in Suite.load().names
    if not Suite.load().artifact(name).source.startswith("contracts/libraries/")
]


@pytest.mark.parametrize(
    ("nonce", "address"),
    [
        # The worked examples for this account that are published in many places.
        (0, "0xcd234a471b72ba2f1ccf0a70fcaba648a5eecd8d"),
        (1, "0x343c43a37d37dff08ae8c4a11544c718abb4fcf8"),
        (2, "0xf778b86fa74e846c4f0a1fbd1335fe81c00a0c91"),
        (3, "0xfffd933a0bc612844eaf0c6fe3e5b8e9b6c1d19c"),
    ],
)
def test_an_address_follows_from_the_deployer_and_its_count(nonce: int, address: str) -> None:
    assert contract_address(DEPLOYER, nonce) == to_checksum_address(address)


def test_contracts_know_each_other_by_the_addresses_they_will_have(setup: AllianceSetup) -> None:
    steps = plan(setup.parameters, DEPLOYER, 3)
    at = {step.name: step.address for step in steps}
    arguments = {step.name: step.arguments for step in steps}
    assert [step.address for step in steps] == [
        contract_address(DEPLOYER, nonce) for nonce in range(3, 13)
    ]
    registry = at["AllianceRegistry"]
    founders = [member.admission.as_argument() for member in setup.founders]
    assert arguments["AllianceRegistry"] == (at["AllianceCouncil"], founders)
    assert arguments["AllianceCouncil"] == (registry, 8, 5)
    assert arguments["BankingCalendar"] == (registry, 3)
    assert arguments["LetterOfCredit"] == (registry, at["Presentations"])
    assert arguments["Presentations"] == (
        registry,
        at["BankingCalendar"],
        at["LetterOfCredit"],
        at["PaymentObligations"],
    )
    assert arguments["PaymentObligations"] == (
        registry,
        at["Presentations"],
        [156, 392, 978, 840],
        [at[f"SettlementCash-{code}"] for code in ("CNY", "JPY", "EUR", "USD")],
    )
    assert arguments["SettlementCash-JPY"] == (
        registry,
        at["PaymentObligations"],
        ZERO_ADDRESS,
        3,
        392,
        "JPY",
        0,
    )


def cash(code: str, issuer: int) -> CashParameters:
    return CashParameters(Currency.of(code), issuer)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"threshold": 0}, "0 of 8 founders cannot decide"),
        ({"threshold": 9}, "9 of 8 founders cannot decide"),
        ({"calendar_keeper": 0}, "The calendar keeper must be a founder, 1 to 8; 0 is none."),
        ({"calendar_keeper": 9}, "The calendar keeper must be a founder, 1 to 8; 9 is none."),
        ({"cash": (cash("CNY", 9),)}, "The issuer of CNY must be a founder, 1 to 8; 9 is none."),
        ({"cash": (cash("CNY", 1), cash("CNY", 2))}, "A currency is given twice: CNY, CNY."),
    ],
)
def test_what_the_contracts_would_refuse_is_not_planned(
    setup: AllianceSetup, change: dict[str, object], sentence: str
) -> None:
    parameters: Parameters = replace(setup.parameters, **change)  # type: ignore[arg-type]
    with pytest.raises(BadPlan) as caught:
        plan(parameters, DEPLOYER, 0)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("threshold", [1, 8])
def test_one_founder_or_all_may_decide(setup: AllianceSetup, threshold: int) -> None:
    steps = plan(replace(setup.parameters, threshold=threshold), DEPLOYER, 0)
    assert steps[1].arguments[2] == threshold


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_constructor_argument_of_the_suite_is_verified_or_named(name: str) -> None:
    """A new contract, or a new argument of one, fails here until verification knows it."""
    abi = Suite.load().abi(name)
    inputs = next(entry["inputs"] for entry in abi if entry["type"] == "constructor")
    assert len(GETTERS[name]) == len(inputs)
    views = {
        entry["name"]
        for entry in abi
        if entry["type"] == "function"
        and not entry["inputs"]
        and entry["stateMutability"] == "view"
    }
    for getter, argument in zip(GETTERS[name], inputs, strict=True):
        if getter is None:
            # Lists are looked at item by item.
            assert argument["type"].endswith("[]")
        else:
            assert getter in views
            if getter not in ("symbol", "decimals"):
                assert argument["name"] == f"{getter}_"


def test_the_plan_deploys_every_contract_of_the_suite(setup: AllianceSetup) -> None:
    steps = plan(setup.parameters, DEPLOYER, 0)
    assert {step.contract for step in steps} == set(CONTRACTS) == set(GETTERS)


def test_masking_zeroes_the_places_and_nothing_else() -> None:
    code = bytes(range(1, 11))
    assert masked(code, [(2, 3), (8, 4)]) == bytes([1, 2, 0, 0, 0, 6, 7, 8, 0, 0])
    assert masked(code, []) == code
    assert masked(b"", [(0, 4)]) == b""
