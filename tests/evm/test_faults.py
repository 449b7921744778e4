# SPDX-License-Identifier: Apache-2.0
"""Faults that tests/mutants switches on do what the same faults do when they are compiled alone."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from eth_utils import keccak
from suite import Error, RevertedError
from vocabulary import ROOT
from world import DEPLOYER, OUTSIDER, START, World

sys.path.append(str(ROOT / "tests/mutants"))
from compiling import Compiler, Field, Unfit
from edits import Fault

if TYPE_CHECKING:
    from compiling import Code

RULES: Final = """// SPDX-License-Identifier: Apache-2.0
// Art. 38 § (g): what stands before does not shift what stands behind.
pragma solidity 0.8.34;

function tripled(uint256 number) pure returns (uint256) {
    return 3 * number;
}

library Rules {
    uint256 internal constant MOST = 5;
    uint256 internal constant DOUBLE = MOST * 2;

    function fits(uint256 number) internal pure returns (bool within, uint256) {
        within = number <= MOST;
        if (number == 9) return (true, 0);
        return (within, DOUBLE);
    }
}
"""
SAMPLE: Final = """// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Rules, tripled} from "rules.sol";

contract Sample {
    uint256 private constant STEP = Rules.MOST + 2;
    uint256 private constant LENGTH = 2;
    uint256 public constant SHARED = 40;

    uint256 private _count;
    uint256[LENGTH] private _kept;

    modifier notZero(uint256 number) {
        require(number != 0);
        _;
        _count += 100;
    }

    constructor() {
        _count = 1;
        _add(STEP);
    }

    function add(uint256 number) external notZero(number) returns (uint256 before) {
        before = _count;
        _add(number + STEP);
    }

    function count() external view returns (uint256) {
        return _count;
    }

    function fit(uint256 number) external pure returns (bool, uint256) {
        return Rules.fits(number);
    }

    function second(uint256, uint256[] calldata, uint256 number) external pure returns (uint256) {
        return tripled(number) + SHARED;
    }

    function kept(uint256 place) external view returns (uint256) {
        return _kept[place];
    }

    function pay() external payable returns (uint256 paid) {
        paid = msg.value;
    }

    function _add(uint256 number) private {
        if (number > 1000) return;
        _count += number;
        _kept[number % LENGTH] = number;
    }
}
"""
TEXTS: Final = {"rules.sol": RULES, "sample.sol": SAMPLE}
SWITCHED: Final = [
    Fault("rules.sol", "3 * number", "4 * number"),
    Fault("rules.sol", "number <= MOST", "number < MOST"),
    Fault("rules.sol", "MOST = 5;", "MOST = 6;"),
    Fault("rules.sol", "MOST * 2", "MOST * 3"),
    Fault("rules.sol", "return (true, 0);", ""),
    Fault("sample.sol", "Rules.MOST + 2", "Rules.MOST + 3"),
    Fault("sample.sol", "before = _count;", ""),
    Fault("sample.sol", "number + STEP", "number"),
    # In a body, though the text begins before it.
    Fault(
        "sample.sol",
        "view returns (uint256) {\n        return _count",
        "view returns (uint256) {\n        return 0",
    ),
    Fault("sample.sol", "tripled(number) +", "number +"),
    Fault("sample.sol", "= msg.value", "= 2 * msg.value"),
    Fault("sample.sol", "if (number > 1000) return;", ""),
    Fault("sample.sol", "_count += number;", ""),
    Fault("sample.sol", "_count += number;", "_count += 2 * number;"),
]
# A modifier, a constructor, and constants that must stay such.
APART: Final = [
    Fault("sample.sol", "number != 0", "true"),
    Fault("sample.sol", "_count = 1;", "_count = 3;"),
    Fault("sample.sol", "SHARED = 40", "SHARED = 41"),
    Fault("sample.sol", "LENGTH = 2", "LENGTH = 1"),
]
UNFIT: Final = {
    Fault("sample.sol", "_add(", "add("): "its text stands 3 times in sample.sol, not once",
    Fault("sample.sol", "fit(uint256", "fit(uint256"): "it changes nothing",
    Fault(
        "rules.sol", "return 3 * number", "return true"
    ): "it does not compile: Return argument type bool is not "
    "implicitly convertible to expected type (type of first return variable) uint256.",
    Fault("nowhere.sol", "a", "b"): "no contract needs nowhere.sol",
}
CALLS: Final = [
    *(("add(uint256)", (number,), 0) for number in (0, 3, 4, 2000)),
    *(("fit(uint256)", (number,), 0) for number in (5, 6, 9)),
    ("second(uint256,uint256[],uint256)", (1, 96, 7, 0), 0),
    ("kept(uint256)", (1,), 0),
    ("pay()", (), 9),
    ("count()", (), 0),
    ("SHARED()", (), 0),
]


@dataclass(frozen=True)
class Made:
    """The sample sound, with all faults at once, and with each of them alone."""

    sound: str
    code: str
    numbers: dict[Fault, int]
    apart: dict[Fault, Code | Unfit]


@pytest.fixture(scope="module")
def made() -> Made:
    every = {*SWITCHED, *APART, *UNFIT}
    with Compiler() as compiler:
        sound = compiler.compiled(TEXTS, [("sample.sol", "Sample")])
        field = Field(compiler, TEXTS, {"Sample": "sample.sol"})
        code, numbers = field.together(every)
        return Made(*sound.values(), code["Sample"], numbers, field.apart(every))


def story(code: str, switch: int, monkeypatch: pytest.MonkeyPatch) -> list[bytes | Error]:
    """What the calls come to, one after another, from the constructor on."""
    monkeypatch.setattr(World, "prevrandao", switch.to_bytes(32, "big"))
    world = World().at(START)
    world.evm.set_balance(OUTSIDER, 100)
    world.addresses["Sample"] = world.evm.deploy(DEPLOYER, bytes.fromhex(code))
    told: list[bytes | Error] = []
    for signature, words, value in CALLS:
        data = keccak(text=signature)[:4] + b"".join(word.to_bytes(32, "big") for word in words)
        try:
            told.append(world.raw(OUTSIDER, "Sample", data, value))
        except RevertedError as refused:
            told.append(refused.error)
    return told


def test_what_lies_in_a_body_or_a_constant_is_switched_and_nothing_that_does_not_compile(
    made: Made,
) -> None:
    assert made.numbers.keys() == set(SWITCHED)
    assert len(set(made.numbers.values())) == len(SWITCHED)
    assert 0 not in made.numbers.values()


def test_with_none_switched_on_the_contracts_are_sound(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert story(made.code, 0, monkeypatch) == story(made.sound, 0, monkeypatch)


@pytest.mark.parametrize("fault", SWITCHED, ids=lambda fault: fault.replacement or fault.original)
def test_a_fault_does_the_same_switched_on_as_alone(
    made: Made, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = made.apart[fault]
    assert not isinstance(alone, Unfit)
    told = story(alone["Sample"], 0, monkeypatch)
    assert told != story(made.sound, 0, monkeypatch)
    assert story(made.code, made.numbers[fault], monkeypatch) == told


@pytest.mark.parametrize("fault", APART, ids=lambda fault: fault.replacement)
def test_a_fault_elsewhere_is_compiled_alone(
    made: Made, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = made.apart[fault]
    assert not isinstance(alone, Unfit)
    assert story(alone["Sample"], 0, monkeypatch) != story(made.sound, 0, monkeypatch)


@pytest.mark.parametrize(("fault", "reason"), UNFIT.items(), ids=lambda each: str(each)[:30])
def test_what_is_no_fault_says_why(made: Made, fault: Fault, reason: str) -> None:
    assert str(made.apart[fault]) == reason
