# SPDX-License-Identifier: Apache-2.0
"""Nothing that the story's documents say is seen on its chain, and a leak planted there is found.

The whole story is played, as `make demo` does; every string of its documents, credits and messages
that is long enough is looked for in all that its chain shows, in every form.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from chains import rpc
from leaks import FEWEST_SIGNS, forms, leaks, needles, plant, shown_by, texts_in

from yangshan.deployment.session import Session
from yangshan.documents.sealing import SealedDocument, seal
from yangshan.story import documented
from yangshan.story.play import STORY, Options, play
from yangshan.story.repertoire import load_story
from yangshan.story.script import ActScript
from yangshan.story.summary import Summary
from yangshan.story.transferred import TransferredScript

PLACES = ("calldata", "logs", "storage", "code")
# What the references of the payments say for which the banks' first cash was minted.
IN_REFERENCES = {"YSHACNSH", "YSDLCNSH", "YSNCCNSH", "YSBLCNSH", "YSMTCNSH"}
PLANTED = "224820251000042316"


class Nobody:
    """An audience that hears nothing."""

    def __getattr__(self, name: str) -> object:
        return lambda *_: None


@dataclasses.dataclass
class Scan:
    """What was seen of the chain at the story's end, and with a leak planted in each place."""

    looked_for: Mapping[bytes, str]
    shown: Mapping[str, bytes]
    found: list[str]
    public: list[str]
    planted: Mapping[str, list[str]]
    commitments: list[bytes]


def files_of(script: ActScript) -> Iterator[Path]:
    """The files of an act's documents."""
    sets = [script.documents]
    if isinstance(script, TransferredScript):
        for part in script.part:
            sets += [part.documents or (), (part.substituted,) if part.substituted else ()]
    for each in sets:
        assert isinstance(each, tuple)
        yield from each
    declaration = getattr(script, "declaration", None)
    if declaration:
        yield declaration.file


def sought(sealed: list[SealedDocument], summary: Summary) -> Mapping[bytes, str]:
    """Every string of documents, credits and messages, and every salt."""
    texts: list[str] = []
    secrets: list[bytes] = []
    for script in load_story(STORY).acts:
        for file in files_of(script):
            texts += texts_in(json.loads(file.read_text())["fields"])
    for act in summary.acts:
        for message in act.messages.values():
            for line in message.splitlines():
                texts += [line, line.rpartition(":")[2]]
    for each in sealed:
        secrets += [*each.salts.values(), *each.empty]
        assert each.file is not None
        secrets.append(bytes.fromhex(each.file.sha256))
        texts.append(each.file.sha256)
    public = IN_REFERENCES | {act.credit.reference for act in summary.acts}
    return needles({each for each in texts if len(each) >= FEWEST_SIGNS} - public, secrets)


@pytest.fixture(scope="module")
def scan() -> Scan:
    sealed: list[SealedDocument] = []
    done: list[Scan] = []

    def sealing(*given: object) -> SealedDocument:
        sealed.append(seal(*given))  # type: ignore[arg-type]
        return sealed[-1]

    def inspect(session: Session, summary: Summary) -> None:
        chain, looked_for = session.chain, sought(sealed, summary)
        shown = shown_by(chain)
        planted = {}
        for place in PLACES:
            snapshot = rpc(chain, "evm_snapshot")
            for number, (_, data) in enumerate(forms(PLANTED)):
                plant(chain, place, number, data)
            planted[place] = leaks(shown_by(chain), looked_for)
            assert rpc(chain, "evm_revert", snapshot) is True
        done.append(
            Scan(
                looked_for,
                shown,
                leaks(shown, looked_for),
                leaks(shown, needles([act.credit.reference for act in summary.acts])),
                planted,
                [bytes.fromhex(each.commitment[2:]) for a in summary.acts for each in a.documents],
            )
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documented, "seal", sealing)
        play(Options(), Nobody(), inspect)
    # Those that are presented, and the declaration.
    assert len(sealed) == len(done[0].commitments) + 1
    return done[0]


def test_the_chain_of_the_story_shows_nothing_of_what_its_documents_say(scan: Scan) -> None:
    # Some hundred strings, in each of their forms, and more salts than fields.
    assert len(scan.looked_for) > 10_000
    assert sum(map(len, scan.shown.values())) > 500_000
    assert scan.found == []


def test_it_sees_what_is_public(scan: Scan) -> None:
    assert len(scan.public) >= 6
    everything = b"".join(data for place, data in scan.shown.items() if "logs" in place)
    there = [each in everything for each in scan.commitments]
    # That of the certificate whose issuer is no member is nowhere.
    assert (there.count(True), there.count(False)) == (len(there) - 1, 1)


@pytest.mark.parametrize("place", PLACES)
def test_a_leak_that_is_planted_is_found_in_every_form(scan: Scan, place: str) -> None:
    for name, data in forms(PLANTED):
        expected = f"{scan.looked_for[data]} in the {place}"
        assert any(each.startswith(expected) for each in scan.planted[place]), name
