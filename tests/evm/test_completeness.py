# SPDX-License-Identifier: Apache-2.0
"""Runs last: every error and every event of every contract was asserted, field by field."""

from __future__ import annotations

from pathlib import Path

import pytest
from suite import ARTIFACTS, ASSERTED_ERRORS, ASSERTED_EVENTS, ERROR_NAMES, EVENT_NAMES

# Declared beside what the suite uses of OpenZeppelin: no contract of the suite can give them.
FOREIGN = ("ERC1155", "ERC721", "SafeCast", "Strings")
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


def test_what_is_never_given_is_declared() -> None:
    assert declared("error") | declared("event") >= NEVER


def test_nothing_is_declared_that_no_contract_gives() -> None:
    assert set(EVENT_NAMES) == declared("event")
    unused = ERROR_NAMES - declared("error")
    assert {name for name in unused if not name.startswith(FOREIGN)} == set()
    assert unused
