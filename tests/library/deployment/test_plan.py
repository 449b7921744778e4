# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace

import pytest
from eth_utils.address import to_checksum_address

from yangshan.chain.suite import Suite
from yangshan.deployment.parameters import AllianceSetup
from yangshan.deployment.plan import (
    BadPlan,
    CashParameters,
    Parameters,
    contract_address,
    plan,
)
from yangshan.deployment.verify import EDITIONS, GETTERS, masked
from yangshan.money import Currency

DEPLOYER = to_checksum_address("0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0")

# Desks are created later, by the registry.
CONTRACTS = [
    name
    for name in Suite.load().names
    if not Suite.load().artifact(name).source.startswith("contracts/libraries/")
    # Made by workshops, one at a time.
    and name not in ("MemberDesk", "TitleFacade")
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
        contract_address(DEPLOYER, nonce) for nonce in range(3, 28)
    ]
    registry = at["AllianceRegistry"]
    founders = [member.admission.as_argument() for member in setup.founders]
    assert arguments["AllianceRegistry"] == (at["AllianceCouncil"], at["MemberDesks"], founders)
    # A byte for each kind: authority, customs, central bank and bank have one vote each.
    assert arguments["AllianceCouncil"] == (
        registry,
        at["BankingCalendar"],
        at["Directory"],
        (0x0101010100, 60, 30 * 86_400, 2 * 86_400),
    )
    assert arguments["MemberDesks"] == (registry,)
    assert arguments["BankingCalendar"] == (registry, 3)
    calendar, presentations = at["BankingCalendar"], at["Presentations"]
    transfers, schedules = at["CreditTransfers"], at["CreditSchedules"]
    assert arguments["LetterOfCredit"] == (
        registry,
        calendar,
        presentations,
        transfers,
        schedules,
        1,
    )
    assert arguments["Presentations"] == (
        registry,
        at["BankingCalendar"],
        at["LetterOfCredit"],
        at["PaymentObligations"],
        at["Forwarding"],
        transfers,
        schedules,
        at["ElectronicRecords"],
        at["Disposals"],
        at["TitleRegistry"],
        at["TitleCustody"],
    )
    assert arguments["Forwarding"] == (
        registry,
        calendar,
        at["LetterOfCredit"],
        presentations,
        at["PaymentObligations"],
        transfers,
    )
    assert arguments["Disposals"] == (
        registry,
        at["LetterOfCredit"],
        presentations,
        at["Forwarding"],
        transfers,
    )
    assert arguments["CreditTransfers"] == (
        registry,
        calendar,
        at["LetterOfCredit"],
        presentations,
        at["Forwarding"],
        at["PaymentObligations"],
        at["Disposals"],
    )
    assert arguments["CreditSchedules"] == (registry, at["LetterOfCredit"], presentations)
    assert arguments["PaymentObligations"] == (
        registry,
        at["Presentations"],
        at["Forwarding"],
        transfers,
        at["Reimbursements"],
        at["TitleRegistry"],
        [156, 392, 978, 840],
        [at[f"SettlementCash-{code}"] for code in ("CNY", "JPY", "EUR", "USD")],
    )
    assert arguments["Reimbursements"] == (
        registry,
        at["BankingCalendar"],
        at["LetterOfCredit"],
        at["Presentations"],
        at["Forwarding"],
        at["PaymentObligations"],
    )
    assert arguments["ElectronicRecords"] == (
        registry,
        at["BankingCalendar"],
        at["LetterOfCredit"],
        at["Presentations"],
    )
    for name in ("DocumentRegistry", "CustomsDeclarations", "DocumentGrants"):
        assert arguments[name] == (registry,)
    assert arguments["TitleRegistry"] == (
        registry,
        at["TitleFacades"],
        at["Presentations"],
        at["PaymentObligations"],
        at["TitleCustody"],
        at["TitleDeliveries"],
    )
    assert arguments["TitleFacades"] == (at["TitleRegistry"],)
    assert arguments["TitleCustody"] == (
        registry,
        at["TitleRegistry"],
        at["Presentations"],
        at["PaymentObligations"],
        at["Forwarding"],
    )
    assert arguments["TitleDeliveries"] == (
        registry,
        at["TitleRegistry"],
        at["PaymentObligations"],
    )
    # Nobody can land at the address of a settling contract once the cash obeys it.
    order = [step.name for step in steps]
    for settling in ("PaymentObligations", "TitleDeliveries"):
        assert order.index(settling) < order.index("SettlementCash-CNY")
    assert arguments["SettlementCash-JPY"] == (
        registry,
        at["PaymentObligations"],
        at["TitleDeliveries"],
        3,
        392,
        "JPY",
        0,
    )
    listed = [step.name for step in steps[:-1]]
    assert steps[-1].name == "Directory"
    assert arguments["Directory"] == (
        registry,
        [name.encode().ljust(32, b"\0") for name in listed],
        [at[name] for name in listed],
    )


def cash(code: str, issuer: int) -> CashParameters:
    return CashParameters(Currency.of(code), issuer)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
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


HOUR, DAY = 3_600, 86_400
RULE_BOUNDS = {
    "quorum": ("The quorum (percent)", 51, 100),
    "voting_period": ("The voting period (seconds)", HOUR, 365 * DAY),
    "execution_delay": ("The execution delay (seconds)", 0, 90 * DAY),
}


@pytest.mark.parametrize("name", RULE_BOUNDS)
def test_rules_of_voting_have_bounds(setup: AllianceSetup, name: str) -> None:
    what, least, most = RULE_BOUNDS[name]

    def given(value: int) -> Parameters:
        return replace(setup.parameters, rules=replace(setup.rules, **{name: value}))

    for value in (least, most):
        steps = plan(given(value), DEPLOYER, 0)
        assert value in steps[1].arguments[3]  # type: ignore[operator]
    for value in (least - 1, most + 1):
        with pytest.raises(BadPlan) as caught:
            plan(given(value), DEPLOYER, 0)
        assert str(caught.value) == f"{what} must be {least} to {most}; {value} was given."


@pytest.mark.parametrize("votes", [0, 256])
def test_votes_of_a_kind_fit_a_byte(setup: AllianceSetup, votes: int) -> None:
    rules = replace(setup.rules, weights=(*setup.rules.weights, (5, votes)))
    with pytest.raises(BadPlan) as caught:
        plan(replace(setup.parameters, rules=rules), DEPLOYER, 0)
    assert str(caught.value) == f"The votes of kind 5 must be 1 to 255; {votes} was given."


def test_every_founder_has_a_vote(setup: AllianceSetup) -> None:
    without_customs = tuple(each for each in setup.rules.weights if each[0] != 2)
    rules = replace(setup.rules, weights=without_customs)
    with pytest.raises(BadPlan) as caught:
        plan(replace(setup.parameters, rules=rules), DEPLOYER, 0)
    assert str(caught.value) == "Founder 2 would have no vote: its kind is given none."


def test_founders_have_no_last_day(setup: AllianceSetup) -> None:
    first, *others = setup.parameters.founders
    ended = (replace(first, valid_until=2**40 - 2), *others)
    with pytest.raises(BadPlan) as caught:
        plan(replace(setup.parameters, founders=ended), DEPLOYER, 0)
    assert str(caught.value) == "Founder 1 has a last day; the membership of founders has no end."


@pytest.mark.parametrize(("count", "planned"), [(0, False), (1, True), (32, True), (33, False)])
def test_an_alliance_has_1_to_32_founders(setup: AllianceSetup, count: int, planned: bool) -> None:
    founders = setup.parameters.founders[:1] * count
    parameters = replace(setup.parameters, founders=founders, calendar_keeper=1, cash=())
    if planned:
        assert plan(parameters, DEPLOYER, 0)[0].arguments[2] == [
            founder.as_argument() for founder in founders
        ]
        return
    with pytest.raises(BadPlan) as caught:
        plan(parameters, DEPLOYER, 0)
    assert str(caught.value) == f"An alliance has 1 to 32 founders; {count} were given."


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
            if getter not in ("symbol", "decimals", "votingRules"):
                assert argument["name"] == f"{getter}_"


def test_the_plan_deploys_every_contract_of_the_suite(setup: AllianceSetup) -> None:
    steps = plan(setup.parameters, DEPLOYER, 0)
    assert {step.contract for step in steps} == set(CONTRACTS) == set(GETTERS)


def test_every_contract_with_an_edition_is_given_one_of_its_own() -> None:
    """One that is added fails here until the plan gives it a number and verification expects it."""
    with_editions = {
        name
        for name in CONTRACTS
        if any(entry.get("name") == "edition" for entry in Suite.load().abi(name))
    }
    assert with_editions == set(EDITIONS)
    assert EDITIONS == {"LetterOfCredit": 1}


def test_masking_zeroes_the_places_and_nothing_else() -> None:
    code = bytes(range(1, 11))
    assert masked(code, [(2, 3), (8, 4)]) == bytes([1, 2, 0, 0, 0, 6, 7, 8, 0, 0])
    assert masked(code, []) == code
    assert masked(b"", [(0, 4)]) == b""
