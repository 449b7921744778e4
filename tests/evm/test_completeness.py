# SPDX-License-Identifier: Apache-2.0
"""Runs last: every error and every event of every contract was asserted, field by field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from access import ROWS, function_of
from machine import DRIVEN
from rows import ByContract
from suite import (
    ARTIFACTS,
    ASSERTED_ERRORS,
    ASSERTED_EVENTS,
    ERROR_NAMES,
    EVENT_NAMES,
    functions,
)
from vocabulary import ROOT, MemberKind
from world import KINDS, desk

# Declared beside what the suite uses of OpenZeppelin: no contract of the suite can give them.
FOREIGN = ("ERC1155", "ERC721", "SafeCast", "Strings")
# Whoever may have a part in a credit, and whoever has none.
TRIED = {MemberKind.BANK, MemberKind.TRADER, MemberKind.AUTHORITY}
# What a desk's EIP-712 of OpenZeppelin declares for domains with long names and for those that
# change: a desk's has a short name and is immutable.
NEVER = {"EIP712DomainChanged", "InvalidShortString", "StringTooLong"}


@pytest.fixture(autouse=True)
def whole_suite(request: pytest.FixtureRequest) -> None:
    """A part of the tests says nothing about what all of them assert."""
    here = Path(__file__).parent
    collected = {item.path for item in request.session.items}
    if request.config.getoption("keyword") or collected != set(here.rglob("test_*.py")):
        pytest.skip("asked of the whole suite alone")


def declared(kind: str) -> set[str]:
    """What the contracts can give, by their ABIs."""
    return {
        entry["name"]
        for artifact in ARTIFACTS.values()
        for entry in artifact["abi"]
        if entry["type"] == kind
    }


def test_every_error_was_asserted_with_its_arguments() -> None:
    assert declared("error") - ASSERTED_ERRORS == NEVER & declared("error")


def test_every_event_was_asserted_with_its_fields() -> None:
    assert declared("event") - ASSERTED_EVENTS == NEVER & declared("event")


def of_contracts(function: str) -> bool:
    """Whether each use of a function is a contract's."""
    rows = [row for name, row in ROWS.items() if function_of(name) == function]
    return bool(rows) and all(isinstance(row, ByContract) for row in rows)


def test_every_act_around_credits_was_driven_through_its_table_by_each_kind_of_member() -> None:
    """Every stage of a table is tried with each of its acts; here that no act is without one."""
    kinds = {desk(member): kind for member, (kind, _) in KINDS.items()}
    found: dict[tuple[str, str], set[Any]] = {
        (contract, function.name): set()
        for contract in sorted(path.stem for path in (ROOT / "contracts/credits").glob("*.sol"))
        for function in functions(contract).values()
        # What a contract alone may call, nobody else drives: test_access.py tries everybody there.
        if not function.is_view and not of_contracts(f"{contract}.{function.name}")
    }
    for contract, name, caller in DRIVEN:
        if (contract, name) in found:
            found[contract, name].add(kinds.get(caller))
    lack = {
        f"{contract}.{name}": sorted(kind.name for kind in TRIED - tried)
        for (contract, name), tried in found.items()
        if not tried >= TRIED
    }
    assert lack == {}


def test_what_is_never_given_is_declared() -> None:
    assert declared("error") | declared("event") >= NEVER


def test_nothing_is_declared_that_no_contract_gives() -> None:
    assert set(EVENT_NAMES) == declared("event")
    unused = ERROR_NAMES - declared("error")
    assert {name for name in unused if not name.startswith(FOREIGN)} == set()
    assert unused
