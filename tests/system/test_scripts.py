# SPDX-License-Identifier: Apache-2.0
"""The entry points under Brownie, each as a developer runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from chains import ALLIANCE, ROOT, START, session_at

from scripts import (
    admit,
    amendments,
    deferred,
    desk,
    instalments,
    negotiation,
    reimbursement,
    revolving,
    sight,
    titled,
    transfer,
    usance,
    vote,
)
from yangshan.chain.enums import MemberStatus
from yangshan.chain.nodes import start_node
from yangshan.credit.parts import reference_of
from yangshan.credit.service import Credits
from yangshan.credit.view import Viewer
from yangshan.deployment.record import Deployment
from yangshan.deployment.session import Session, Settings, open_session


def brownie(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "tools" / "bin" / "brownie"), "run", *arguments],
        cwd=ROOT,
        env={**os.environ, "YANGSHAN_DEPLOYMENTS": str(folder), "COLUMNS": "100"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_deploying_to_brownies_own_network(tmp_path: Path) -> None:
    done = brownie(tmp_path, "deploy")
    assert done.returncode == 0, done.stdout + done.stderr
    record = Deployment.load(tmp_path / "31337.json")
    assert record.complete
    said = [line.split() for line in done.stdout.splitlines()]
    for contract in record.contracts:
        assert ["contract", contract.name, f"{contract.address},", "nonce"] in [
            words[:4] for words in said
        ]
        assert [*("now", "deployer:", contract.name, "at", contract.address)] in [
            words[:5] for words in said
        ]


def test_onboarding_and_proving_a_chain_at_a_url(tmp_path: Path) -> None:
    with start_node("anvil", start=START) as node:
        done = brownie(tmp_path, "onboard", "main", node.url)
        assert done.returncode == 0, done.stdout + done.stderr
        session = session_at(node.url, tmp_path)
        assert len(session.alliance().register.members()) == 13
        path = tmp_path / "31337.json"
        content = json.loads(path.read_text())
        content["contracts"][1]["creation"]["gas"] += 1
        path.write_text(json.dumps(content))
        differs = brownie(tmp_path, "verify", "main", node.url)
    assert differs.returncode == 1
    assert "DIFFERS  AllianceCouncil: gas" in differs.stdout
    assert differs.stdout.count("DIFFERS") == 1
    assert "461 of 462 checks hold" in differs.stdout


def test_a_chain_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    failed = brownie(tmp_path, "deploy", "main", "http://127.0.0.1:9")
    assert failed.returncode == 2
    assert failed.stderr == (
        "No Ethereum node answers at http://127.0.0.1:9: the connection is refused or broke off.\n"
    )
    assert "Traceback" not in failed.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_vote_an_admission_and_a_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said_by(main: Callable[..., object], *arguments: str) -> list[list[str]]:
        main(*arguments)
        out, err = capsys.readouterr()
        assert err == ""
        return [line.split() for line in out.splitlines()]

    with start_node("anvil", start=START) as node:
        # With the salts that the scripts find in the folder.
        session = open_session(node.url, Settings(alliance=ALLIANCE, folder=tmp_path))
        session.deploy()
        session.set_up()
        before = session.chain.web3.eth.block_number
        done = brownie(tmp_path, "vote", "main", "suspend", "importer", "2025-01", node.url)
        assert done.returncode == 0, done.stdout + done.stderr
        said = [line.split()[:4] for line in done.stdout.splitlines()]
        assert ["now", "commission:", "proposes", "to"] in said
        assert ["now", "commission:", "carries", "out"] in said
        assert session.alliance().register.member(9).record.status is MemberStatus.SUSPENDED
        assert session.chain.web3.eth.block_number == before + 6
        assert list(tmp_path.glob("31337.private/resolution/2025-01.json"))

        # Brownie only starts them: the rest is the same without it.
        monkeypatch.setenv("YANGSHAN_DEPLOYMENTS", str(tmp_path))
        monkeypatch.chdir(ROOT)
        admitted = said_by(admit.main, "insurer", node.url)
        assert [words[:3] for words in admitted][-2:] == [
            ["already", "commission:", "carries"],
            ["already", "insurer:", "gives"],
        ]
        said = said_by(desk.main, "tide-bank", node.url)
        assert {words[0] for words in said[:-1]} == {"already"}
        assert said[-1] == ["desk", session.alliance().desks.numbered(8)]
        assert session.chain.web3.eth.block_number == before + 6
        for main, arguments, sentence in (
            (vote.main, ("praise", "importer", "X"), "The council cannot praise a member"),
            (admit.main, ("moon-bank",), "The alliance has no member moon-bank in its files"),
        ):
            with pytest.raises(SystemExit) as stopped:
                main(*arguments, node.url)
            out, err = capsys.readouterr()
            assert (stopped.value.code, out) == (2, "")
            assert err.startswith(sentence)


# The scenarios


@dataclass
class Scenes:
    """One deployed chain on which the scenarios follow one another, and what they told."""

    url: str
    session: Session
    viewer: Viewer


SCENARIOS = {
    "sight": sight.main,
    "usance": usance.main,
    "deferred": deferred.main,
    "negotiation": negotiation.main,
    "amendments": amendments.main,
    "reimbursement": reimbursement.main,
    "transfer": transfer.main,
    "titled": titled.main,
}


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenes]:
    folder = tmp_path_factory.mktemp("scenes")
    with start_node("anvil", start=START) as node, pytest.MonkeyPatch.context() as patch:
        patch.setenv("YANGSHAN_DEPLOYMENTS", str(folder))
        patch.chdir(ROOT)
        session = open_session(node.url, Settings(alliance=ALLIANCE, folder=folder))
        deployment = session.deploy()
        session.set_up()
        members = {each.number: each.record for each in session.setup.members}
        service = Credits(session.chain, session.sender, deployment)
        yield Scenes(node.url, session, Viewer(session.chain, deployment, service, members))


# Of each scenario, in the order in which they are played: its credit, what its obligations came
# to, and how many transactions it took.
PLAYED = {
    "negotiation": ("YNC25LC001950", [("PAID", None), ("PAID", None)], 8),
    "sight": ("YSH25LC000817", [("PAID", None)], 6),
    "deferred": ("YSH25LC000901", [("PREPAID", "2026-01-18"), ("PAID", "2026-01-18")], 10),
    "usance": ("YDL25LC000301", [("PAID", "2026-03-26"), ("PAID", "2026-03-26")], 8),
    "amendments": ("YBL25LC000071", [("PAID", None)], 14),
    "reimbursement": (
        "YSH25LC000944",
        # The recourse arises when its day has come, and is due at once.
        [*((state, "2026-08-23") for state in ("PAID", "PAID", "SETTLED")), ("PAID", None)],
        16,
    ),
    # Of the credit itself and its two parts; the first beneficiary's difference is under the first.
    "transfer": ("YBL25LC000090", [("PAID", None)] * 5, 24),
    "titled": ("YMT25LC000093", [("PAID", None)], 5),
}
PARTS = {"transfer": 2}
# How many transactions went to documents, what customs attests and titles, beside the credit.
PAPERWORK = {"sight": 4, "usance": 6, "amendments": 3, "transfer": 5, "titled": 9}
DOCUMENTS = {
    "sight": (4, 5),
    "usance": (4, 4),
    "amendments": (3, 3),
    "transfer": (5, 5),
    "titled": (3, 3),
}


# Those with a schedule take months, and play on chains of their own: the credit, what each
# presentation came to, and what was paid.
SCHEDULED = {
    "instalments": (
        instalments.main,
        "YDL25LC000311",
        [("COMPLYING", False), ("COMPLYING", False), ("REFUSED", True)],
        # An advance, and an instalment without it.
        [9_000_000, 21_000_000],
        "is missed",
    ),
    "revolving": (
        revolving.main,
        "YBL25LC000081",
        [("COMPLYING", False), ("REFUSED", False), ("COMPLYING", False)],
        [20_000_000, 20_000_000],
        "is overdrawn",
    ),
}


def test_every_act_of_a_script_is_a_scenario() -> None:
    """One of the scripts for each act but those that show what a bank does wrong."""
    acts = {file.stem for file in (ROOT / "examples" / "acts").iterdir()}
    assert acts - {"discrepant", "silent-bank"} - set(SCHEDULED) == set(SCENARIOS) == set(PLAYED)
    for name in (*SCENARIOS, *SCHEDULED):
        assert (ROOT / "scripts" / f"{name}.py").is_file()


@pytest.mark.parametrize("name", PLAYED)
def test_a_scenario_plays_on_a_chain_with_a_history(
    name: str,
    scenes: Scenes,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each begins where the one before ended: its dates move ahead by whole weeks."""
    reference, owed, steps = PLAYED[name]
    monkeypatch.setenv("COLUMNS", "100")
    SCENARIOS[name](scenes.url)
    out, err = capsys.readouterr()
    said = out.splitlines()
    assert err == ""
    assert max(map(len, said)) <= 100
    # The alliance stood before, so that nothing but the story is told, and what it needs.
    assert re.fullmatch(f".* {reference} ─+", said[1])
    assert "The alliance stands" not in out
    story = said[2 : said.index("─" * 100)]
    heads = [line for line in story if not line.startswith("  ")]
    step = re.compile(r"[●○✗]    (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0800  |central-bank mints )")
    assert [line for line in heads if line and not step.match(line)] == []
    done = sum(line.startswith("●    2") for line in heads)
    assert done == steps + PAPERWORK.get(name, 0)
    stand, there = DOCUMENTS.get(name, (0, 0))
    assert (f"{stand} of {there} stand in the registry" in out) == bool(there)
    assert ("released by Shanghai Customs, in force" in out) == (name == "usance")
    chain = "delivered, 7 entries in its chain of endorsements"
    assert (chain in out) == (name == "titled")
    assert said[-1].split(" by ")[1] == "Elbfalke Maschinenbau GmbH"
    parts = range(1, PARTS.get(name, 0) + 1)
    views = [
        scenes.viewer.find(each)
        for each in (reference, *(reference_of(reference, number) for number in parts))
    ]
    obligations = [each for view in views for each in view.obligations]
    assert [(each.state, each.matures and str(each.matures)) for each in obligations] == owed
    assert len({event.transaction for view in views for event in view.events}) == steps
    presentations = [each for view in views for each in view.presentations]
    assert {each.state for each in presentations} == {"COMPLYING"}
    assert not any(each.late for each in presentations)


@pytest.mark.parametrize("name", SCHEDULED)
def test_a_scenario_with_a_schedule(
    name: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    play, reference, presented, paid, flaw = SCHEDULED[name]
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("YANGSHAN_DEPLOYMENTS", str(tmp_path))
    monkeypatch.chdir(ROOT)
    with start_node("anvil", start=START) as node:
        play(node.url)
        out, err = capsys.readouterr()
        session = open_session(node.url, Settings(alliance=ALLIANCE, folder=tmp_path))
        deployment = session.deploy()
        members = {each.number: each.record for each in session.setup.members}
        service = Credits(session.chain, session.sender, deployment)
        view = Viewer(session.chain, deployment, service, members).find(reference)
    assert err == ""
    told = " ".join(out.split())
    assert f"sees that this {flaw}" in told
    assert "CannotComply" in told
    assert [(each.state, each.missed) for each in view.presentations] == presented
    assert [(each.state, each.amount) for each in view.obligations] == [
        ("PAID", amount) for amount in paid
    ]
    assert view.schedule is not None
    if name == "instalments":
        assert [(each.drawn, each.shipped) for each in view.schedule.instalments] == [
            (30_000_000, True),
            (0, False),
            (0, True),
        ]
        assert (view.schedule.advanced, view.schedule.recovered) == (9_000_000, 9_000_000)


def test_a_scenario_is_played_once_on_a_chain(
    scenes: Scenes, capsys: pytest.CaptureFixture[str]
) -> None:
    before = scenes.session.chain.web3.eth.block_number
    with pytest.raises(SystemExit) as stopped:
        sight.main(scenes.url)
    assert stopped.value.code == 1
    assert capsys.readouterr().err == (
        "Credit YSH25LC000817 was issued on this chain before; a scenario is played once on a "
        "chain.\n"
    )
    assert scenes.session.chain.web3.eth.block_number == before


def test_a_scenario_under_brownie_deploys_first(tmp_path: Path) -> None:
    with start_node("anvil", start=START) as node:
        done = brownie(tmp_path, "usance", "main", node.url)
        assert done.returncode == 0, done.stdout + done.stderr
        said = [line.rstrip() for line in done.stdout.splitlines()]
    begun = next(place for place, line in enumerate(said) if "YDL25LC000301 ─" in line)
    assert re.fullmatch(r"The alliance stands: \d+ transactions, [\d,]+ gas\.", said[begun - 2])
    told = "\n".join(said[begun:])
    assert max(map(len, said[begun:])) <= 100
    assert said[begun + 1 : begun + 3] == [
        "●    2025-09-03 10:00:00 +0800  Dishui Lantern Commercial Bank",
        "     issues credit YDL25LC000301 for CNY 968,000.00",
    ]
    assert told.count("\n✗    ") == 2
    assert (
        "     tries to pay before maturity\n     NotMatured: Obligation 0xd6ae31ed… matures on "
        "2025-11-06, and it is"
    ) in told
    books = told.partition("─" * 100 + "\n")[2].splitlines()
    assert books[0].startswith(
        "YDL25LC000301  CNY 968,000.00 drawn of CNY 968,000.00  ·  14 transactions, "
    )
    assert books[1:12] == [
        "  documents  4 of 4 stand in the registry",
        "  declared   released by Shanghai Customs, in force",
        "  presented  CNY 968,000.00 to Sieben Leuchtfeuer Handelsbank",
        "             complying, deadline 2025-09-19 16:00 +0200",
        "  presented  CNY 968,000.00 to Dishui Lantern Commercial Bank",
        "             complying, deadline 2025-09-24 17:00 +0800",
        "  owed       CNY 968,000.00 by Sieben Leuchtfeuer Handelsbank",
        "             to Elbfalke Maschinenbau GmbH: paid, due 2025-11-06",
        "  owed       CNY 968,000.00 by Dishui Lantern Commercial Bank",
        "             to Sieben Leuchtfeuer Handelsbank: paid, due 2025-11-06",
        "  received   CNY 968,000.00 by Elbfalke Maschinenbau GmbH",
    ]
