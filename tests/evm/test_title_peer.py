# SPDX-License-Identifier: Apache-2.0
"""What titles do beside TradeTrust's, through the same functions: ours through a facade.

The peer is the npm package @tradetrust-tt/token-registry as it is published, deployed in the same
EVM. Each scenario is played on both; after each step both have succeeded or both were refused, and
both show the same parties. Where they are to differ, the row says at which step and why.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import pytest
from eth_abi import decode, encode
from eth_utils import keccak, to_checksum_address
from suite import ARTIFACTS, RevertedError, functions, type_of
from titles import BUYER, CARRIER, PERIOD, SHIPPER, Bill, reference_of
from vocabulary import ROOT
from world import DEPLOYER, ISSUER, OUTSIDER, World, desk, treasury

from yangshan.deployment.plan import ZERO_ADDRESS

ARTIFACTS_OF_PEER: Final = ROOT / "node_modules/@tradetrust-tt/token-registry/dist/artifacts"
VIEWS: Final = (
    *("beneficiary", "holder", "prevBeneficiary", "prevHolder", "nominee"),
    *("active", "isHoldingToken"),
)
# S is nobody's; the carrier of the peer is whoever deployed its registry.
PARTIES: Final = {"A": SHIPPER, "B": BUYER, "C": ISSUER, "carrier": CARRIER}
REMARK: Final = b"delivered against documents"


class Side(Protocol):
    """One of the two, with what a scenario may ask of it."""

    def play(self, actor: str, act: str, *args: Any) -> None: ...

    def shows(self) -> tuple[Any, ...]: ...


def artifact(name: str, folder: str = "") -> Any:
    path = ARTIFACTS_OF_PEER / folder / f"{name}.sol" / f"{name}.json"
    return json.loads(path.read_text("utf-8"))


def code_of(name: str, types: list[str], *args: Any) -> bytes:
    bytecode = bytes.fromhex(artifact(name)["bytecode"].removeprefix("0x"))
    return bytecode + encode(types, args)


@dataclass
class Theirs:
    """A token registry with one token and its escrow; a party is its desk's account."""

    world: World
    registry: str = ""
    escrow: str = ""
    token: int = int.from_bytes(reference_of("one"))
    abi: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        evm = self.world.evm
        factory = to_checksum_address(evm.deploy(DEPLOYER, code_of("TitleEscrowFactory", [])))
        wired = code_of("TradeTrustToken", ["string", "string", "address"], "T", "T", factory)
        self.registry = to_checksum_address(evm.deploy(DEPLOYER, wired))
        for name in ("TradeTrustToken", "TitleEscrow"):
            for entry in artifact(name)["abi"]:
                if entry["type"] == "function":
                    self.abi[f"{name}.{entry['name']}"] = entry

    def call(self, sender: str, to: str, function: str, *args: Any) -> Any:
        entry = self.abi[function]
        types = [type_of(each) for each in entry["inputs"]]
        text = f"{entry['name']}({','.join(types)})"
        data = keccak(text=text)[:4] + encode(types, args)
        try:
            answer = self.world.evm.message_call(sender, to, calldata=data, gas=10_000_000)
        except RuntimeError as failure:
            raise RevertedError(failure) from None  # type: ignore[arg-type]
        outputs = [type_of(each) for each in entry["outputs"]]
        found = decode(outputs, bytes(answer)) if outputs else ()
        return found[0] if len(found) == 1 else None

    def play(self, actor: str, act: str, *args: Any) -> None:
        sender = DEPLOYER if actor == "carrier" else account_of(actor)
        given = [account_of(each) if isinstance(each, str) else each for each in args]
        if act == "wait":
            self.world.at(self.world.time + given[0])
            return
        if act == "issue":
            minted = (*given, self.token, b"")
            self.escrow = to_checksum_address(
                self.call(sender, self.registry, "TradeTrustToken.mint", *minted)
            )
            return
        if act == "pause":
            self.call(DEPLOYER, self.registry, "TradeTrustToken.pause", b"")
            return
        if act in ("restore", "burn"):
            self.call(sender, self.registry, f"TradeTrustToken.{act}", self.token, b"")
            return
        self.call(sender, self.escrow, f"TitleEscrow.{act}", *with_remark(act, given))

    def shows(self) -> tuple[Any, ...]:
        found = [self.call(OUTSIDER, self.escrow, f"TitleEscrow.{view}") for view in VIEWS]
        return tuple(named(each, account_of) for each in found)


@dataclass
class Ours:
    """A title with its facade; a party acts by its desk and is named by its treasury."""

    world: World
    made: Bill = field(init=False)

    def __post_init__(self) -> None:
        self.made = Bill(self.world, reference_of("one"))

    def play(self, actor: str, act: str, *args: Any) -> None:
        sender = account_of(actor)
        if act == "wait":
            self.world.at(self.world.time + args[0])
            return
        if act == "issue":
            holder, beneficiary = args[1], args[0]
            self.made.issue(
                PARTIES.get(actor, 0), PARTIES.get(holder, 0), PARTIES.get(beneficiary, 0)
            )
            self.open_facade()
            return
        if act == "pause":
            until = self.world.time + 1_000
            self.world.governed("AllianceRegistry.pauseNewBusiness", until)
            return
        if act == "restore":
            self.world.send(sender, "TitleRegistry.rejectSurrender", self.made.id, bytes(32))
            return
        if act == "burn":
            act, args = "shred", ()
        given = [shown_of(each) if isinstance(each, str) else each for each in args]
        self.world.send(sender, f"TitleFacade.{act}", *with_remark(act, given))

    def open_facade(self) -> None:
        facade = self.world.send(OUTSIDER, "TitleFacades.create", self.made.id).value
        self.world.addresses["TitleFacade"] = facade
        self.world.contracts["TitleFacade"] = "TitleFacade"

    def shows(self) -> tuple[Any, ...]:
        found = [self.world.view(f"TitleFacade.{view}") for view in VIEWS]
        return tuple(named(each, shown_of) for each in found)


def account_of(party: str) -> str:
    if party == "zero":
        return ZERO_ADDRESS
    return desk(PARTIES[party]) if party in PARTIES else OUTSIDER


def shown_of(party: str) -> str:
    """A member appears as its treasury."""
    return treasury(PARTIES[party]) if party in PARTIES else account_of(party)


def named(value: Any, account: Callable[[str], str]) -> Any:
    """The party of an address, or the value as it is."""
    if isinstance(value, bool):
        return value
    address = to_checksum_address(value)
    if address == ZERO_ADDRESS:
        return "-"
    (found,) = [party for party in PARTIES if account(party) == address]
    return found


def with_remark(act: str, given: list[Any]) -> list[Any]:
    """Every act of an escrow ends with a remark; a scenario gives one where it matters."""
    return given if given and isinstance(given[-1], bytes) else [*given, b""]


Step = tuple[Any, ...]


@dataclass(frozen=True)
class Scenario:
    """Steps after the issue to A, which holds the title and to whose order it is.

    ``differs`` maps a step, by its place from 0, to what becomes of it there and here, and
    ``why``; from there on each goes its own way and only what became of the steps is compared.
    """

    steps: tuple[Step, ...]
    differs: dict[int, tuple[str, str]] = field(default_factory=dict)
    why: str = ""
    # Whether the parties shown are compared as well.
    shown: bool = True


DONE, REFUSED = "done", "refused"
TO_B: Final[Step] = ("A", "transferOwners", "B", "B")
APART: Final[tuple[Step, ...]] = (("A", "nominate", "C"), ("A", "transferHolder", "B"))
SCENARIOS: Final[dict[str, Scenario]] = {
    "possession moves and the right stays": Scenario((("A", "transferHolder", "B"),)),
    "possession moves on": Scenario((("A", "transferHolder", "B"), ("B", "transferHolder", "C"))),
    "who is both endorses without a nomination": Scenario((("A", "transferBeneficiary", "B"),)),
    "who is both passes both on": Scenario((TO_B,)),
    "both go to two parties": Scenario((("A", "transferOwners", "B", "C"),)),
    "a beneficiary nominates and the holder endorses": Scenario(
        (*APART, ("B", "transferBeneficiary", "C"))
    ),
    "a holder endorses to the nominee and passes possession on": Scenario(
        (*APART, ("B", "transferOwners", "C", "C"))
    ),
    "a holder endorses to nobody else": Scenario((*APART, ("B", "transferBeneficiary", "B"))),
    "a holder endorses to nobody without a nomination": Scenario(
        (("A", "transferHolder", "B"), ("B", "transferBeneficiary", "C"))
    ),
    "a beneficiary without possession endorses nothing": Scenario(
        (*APART, ("A", "transferBeneficiary", "C"))
    ),
    "a beneficiary without possession moves none": Scenario((*APART, ("A", "transferHolder", "C"))),
    "a holder nominates nobody": Scenario((*APART, ("B", "nominate", "B"))),
    "a nomination is replaced and taken back": Scenario(
        (("A", "nominate", "B"), ("A", "nominate", "C"), ("A", "nominate", "zero"))
    ),
    "a nomination is made once": Scenario((("A", "nominate", "B"), ("A", "nominate", "B"))),
    "there is no nomination to take back": Scenario((("A", "nominate", "zero"),)),
    "the beneficiary is no nominee of its own": Scenario((("A", "nominate", "A"),)),
    "who is both endorses past its nominee": Scenario(
        (("A", "nominate", "C"), ("A", "transferBeneficiary", "B"))
    ),
    "possession goes to somebody": Scenario((("A", "transferHolder", "zero"),)),
    "an endorsement names somebody": Scenario((("A", "transferBeneficiary", "zero"),)),
    "the holder has possession already": Scenario((("A", "transferHolder", "A"),)),
    "strangers do nothing": Scenario(
        (
            ("S", "nominate", "B"),
            ("S", "transferHolder", "B"),
            ("S", "transferBeneficiary", "B"),
            ("S", "transferOwners", "B", "B"),
            ("S", "rejectTransferHolder"),
            ("S", "rejectTransferBeneficiary"),
            ("S", "rejectTransferOwners"),
            ("S", "returnToIssuer"),
            ("S", "shred"),
            ("S", "burn"),
            ("S", "restore"),
        )
    ),
    "there is nothing to reject at first": Scenario(
        (
            ("A", "rejectTransferHolder"),
            ("A", "rejectTransferBeneficiary"),
            ("A", "rejectTransferOwners"),
        )
    ),
    "a holder rejects possession": Scenario(
        (("A", "transferHolder", "B"), ("B", "rejectTransferHolder"), ("B", "transferHolder", "C"))
    ),
    "an endorsee rejects the endorsement": Scenario(
        (("A", "transferBeneficiary", "B"), ("B", "rejectTransferBeneficiary"))
    ),
    "who got both rejects both": Scenario((TO_B, ("B", "rejectTransferOwners"))),
    "holder and endorsee reject each for itself": Scenario(
        (
            ("A", "transferOwners", "B", "C"),
            ("B", "rejectTransferHolder"),
            ("C", "rejectTransferHolder"),
            ("B", "rejectTransferBeneficiary"),
        )
    ),
    "who passed possession on rejects it no more": Scenario(
        (("A", "transferHolder", "B"), ("B", "transferHolder", "C"), ("B", "rejectTransferHolder"))
    ),
    "who nominated rejects no more": Scenario(
        (TO_B, ("B", "nominate", "C"), ("B", "rejectTransferOwners"))
    ),
    "who endorsed rejects possession no more": Scenario(
        (
            *APART,
            ("B", "transferBeneficiary", "C"),
            ("B", "rejectTransferHolder"),
        )
    ),
    "what was rejected is rejected once": Scenario(
        (TO_B, ("B", "rejectTransferOwners"), ("A", "rejectTransferOwners"))
    ),
    "a rejected endorsement leaves no nominee": Scenario(
        (*APART, ("B", "transferBeneficiary", "C"), ("C", "rejectTransferBeneficiary"))
    ),
    "who is both surrenders and the carrier accepts": Scenario(
        (
            ("A", "returnToIssuer"),
            ("A", "transferHolder", "B"),
            ("A", "nominate", "B"),
            ("carrier", "burn"),
            ("A", "transferHolder", "B"),
            ("A", "returnToIssuer"),
            ("carrier", "burn"),
            ("carrier", "restore"),
        )
    ),
    "the carrier gives a surrendered title back": Scenario(
        (
            TO_B,
            ("B", "nominate", "C"),
            ("B", "returnToIssuer"),
            ("carrier", "restore"),
            ("B", "rejectTransferOwners"),
            ("B", "transferHolder", "C"),
        )
    ),
    "a holder alone does not surrender": Scenario(
        (("A", "transferHolder", "B"), ("B", "returnToIssuer"), ("A", "returnToIssuer"))
    ),
    "what was not surrendered is not accepted": Scenario(
        (("carrier", "burn"), ("carrier", "restore"))
    ),
    "a token is issued once": Scenario((("carrier", "issue", "A", "A"),)),
    "a delivered token is not issued again": Scenario(
        (("A", "returnToIssuer"), ("carrier", "burn"), ("carrier", "issue", "A", "A"))
    ),
    "remarks have 120 bytes and no more": Scenario(
        (
            ("A", "transferHolder", "B", REMARK),
            ("B", "transferHolder", "C", bytes(120)),
            ("C", "transferHolder", "B", bytes(121)),
            ("A", "nominate", "B", bytes(121)),
        )
    ),
    # Where they differ.
    "a title pushed onto its own owner": Scenario(
        (
            ("A", "transferHolder", "B"),
            ("B", "transferHolder", "A"),
            ("A", "rejectTransferHolder"),
        ),
        {2: (REFUSED, DONE)},
        "there it cannot be rejected, since its owner would have to reject a right that nobody "
        "gave it; here each of the two is rejected for itself",
    ),
    "possession alone is rejected by who got both": Scenario(
        (TO_B, ("B", "rejectTransferHolder"), ("B", "rejectTransferBeneficiary")),
        {1: (REFUSED, DONE), 2: (REFUSED, DONE)},
        "here each of the two is rejected for itself",
    ),
    "a right to reject after six days": Scenario(
        (TO_B, ("B", "wait", PERIOD + 86_400), ("B", "rejectTransferOwners")),
        {2: (DONE, REFUSED)},
        "there it never lapses, and who passed a title on is never sure of it; here it lasts "
        "five days",
        shown=False,
    ),
    "the operator pauses": Scenario(
        (
            ("carrier", "pause"),
            ("A", "transferHolder", "B"),
            ("B", "rejectTransferHolder"),
            ("A", "returnToIssuer"),
        ),
        {1: (REFUSED, DONE), 2: (REFUSED, DONE), 3: (REFUSED, DONE)},
        "there a pause of the registry freezes every title that was ever issued; here nothing "
        "reaches one",
    ),
    "possession goes to whoever has no key to move it on": Scenario(
        (("A", "transferHolder", "S"),),
        {0: (DONE, REFUSED)},
        "there a title is lost by a slip of the hand; here it goes to members that can move it on",
        shown=False,
    ),
    "the beneficiary is endorsed to itself": Scenario(
        (("A", "transferBeneficiary", "A"),),
        {0: (DONE, REFUSED)},
        "there it leaves a right to reject what nobody gave; here what changes nothing is refused",
        shown=False,
    ),
    "the carrier accepts at the title itself": Scenario(
        (("A", "returnToIssuer"), ("carrier", "shred")),
        {1: (REFUSED, DONE)},
        "there the token registry alone calls it; here the facade asks who the carrier is",
    ),
    "a holder that endorsed to itself": Scenario(
        (
            ("A", "nominate", "B"),
            ("A", "transferHolder", "B"),
            ("B", "transferBeneficiary", "B"),
            ("B", "rejectTransferBeneficiary"),
            ("B", "rejectTransferOwners"),
        ),
        {},
        "there the former beneficiary is shown on, and the right to reject is none; here none is "
        "shown",
        shown=False,
    ),
}


def outcome(side: Side, step: Step) -> str:
    try:
        side.play(*step)
    except RevertedError:
        return REFUSED
    return DONE


def begun(world: World) -> tuple[Theirs, Ours]:
    theirs, ours = Theirs(world), Ours(world)
    for side in (theirs, ours):
        side.play("carrier", "issue", "A", "A")
    return theirs, ours


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_has_the_same_outcome_there_and_here_or_a_reason(
    world: World, name: str
) -> None:
    scenario = SCENARIOS[name]
    theirs, ours = begun(world)
    assert theirs.shows() == ours.shows()
    apart = False
    for place, step in enumerate(scenario.steps):
        time = world.time
        there = outcome(theirs, step)
        world.at(time)
        here = outcome(ours, step)
        assert (there, here) == scenario.differs.get(place, (there, there)), (place, step)
        apart = apart or there != here
        if scenario.shown and not apart:
            assert theirs.shows() == ours.shows(), (place, step)
    assert bool(scenario.differs) == apart
    assert bool(scenario.why) == (apart or not scenario.shown)


def test_every_difference_is_named_and_every_act_is_compared() -> None:
    differing = {name for name, each in SCENARIOS.items() if each.why}
    assert len(differing) == 8
    played = {step[1] for each in SCENARIOS.values() for step in each.steps}
    acts = {
        entry["name"]
        for entry in artifact("ITitleEscrow", "interfaces")["abi"]
        if entry["type"] == "function" and entry["stateMutability"] == "nonpayable"
    }
    assert acts - played == {"isHoldingToken", "onERC721Received"}


def test_the_facade_has_every_function_of_the_peers_interface() -> None:
    def shape(entry: Any) -> Any:
        sides = (entry["inputs"], entry["outputs"])
        return entry["name"], *(tuple(type_of(each) for each in side) for side in sides)

    def functions_of(abi: Any) -> set[Any]:
        return {shape(entry) for entry in abi if entry["type"] == "function"}

    here = functions_of(ARTIFACTS["TitleFacade"]["abi"])
    there = functions_of(artifact("ITitleEscrow", "interfaces")["abi"])
    assert there <= here
    assert {name for name, *_ in here - there} == {"supportsInterface"}


def test_the_facade_says_of_which_title_and_registry_it_is(world: World) -> None:
    theirs, ours = begun(world)
    assert world.view("TitleFacade.tokenId") == int.from_bytes(ours.made.id)
    assert world.view("TitleFacade.registry") == world.addresses["TitleRegistry"]
    own = [
        function.selector
        for name, function in functions("TitleFacade").items()
        if name not in ("supportsInterface", "onERC721Received")
    ]
    number = 0
    for each in own:
        number ^= int.from_bytes(each)
    interface = number.to_bytes(4)
    assert world.view("TitleFacade.supportsInterface", interface)
    assert theirs.call(OUTSIDER, theirs.escrow, "TitleEscrow.supportsInterface", interface)
    assert not world.view("TitleFacade.supportsInterface", b"\xff" * 4)
