# SPDX-License-Identifier: Apache-2.0
"""Long lists: the index of names leaves out nothing that a comparison of each would find."""

from __future__ import annotations

import random
import string
from typing import Any

import pytest
from examination_corpus import base_set, base_terms

from yangshan.documents.examination import Candidate, Lists, examine
from yangshan.documents.examination.listing import Listing
from yangshan.documents.examination.names import NameIndex
from yangshan.documents.examination.reading import presentation_of

BASES = ("sea-cif-sight", "air-cip-usance", "bulk-cfr-sight")
TAILS = ("", "Co., Ltd.", "GmbH", "Trading", "Shipping Company Limited", "Holdings B.V.")


def parties(base: str) -> list[str]:
    """The names of all parties of a base set, and some that are nobody's."""
    found: list[str] = []

    def look(value: Any) -> None:
        if isinstance(value, dict):
            name = value.get("name")
            if isinstance(name, str):
                found.append(name)
            for each in value.values():
                look(each)
        elif isinstance(value, list):
            for each in value:
                look(each)

    look(base_set(base)["documents"])
    terms = base_terms(base).terms
    named = [" ".join(each.lines[:2]) for each in (terms.applicant, terms.beneficiary)]
    return sorted({*found, *named, "Nobody at all Ltd.", "Co., Ltd.", "Harbour Lights"})


def mistyped(source: random.Random, text: str) -> str:
    """A text with some letters put in, left out, exchanged or put in the place of others."""
    letters = list(text)
    for _ in range(source.choice((0, 1, 1, 2, 2, 3))):
        place = source.randrange(len(letters))
        match source.randrange(4):
            case 0:
                letters[place] = source.choice(string.ascii_letters + "-. ")
            case 1:
                letters.insert(place, source.choice(string.ascii_letters))
            case 2:
                del letters[place]
            case _:
                letters[place : place + 2] = reversed(letters[place : place + 2])
        if not letters:
            return text
    return "".join(letters)


def named(source: random.Random, names: list[str]) -> str:
    """A listed name: that of a party, a part or a mixture of some, mistyped or not."""
    pieces = source.choice(names).split()
    match source.randrange(4):
        case 0:
            pieces = pieces[: source.randint(1, len(pieces))]
        case 1:
            source.shuffle(pieces)
        case 2:
            pieces += source.choice(names).split()[:1]
        case _:
            pieces.append(source.choice(TAILS))
    return mistyped(source, " ".join(pieces)).strip() or "Nobody"


def listing(source: random.Random, names: list[str], count: int) -> Listing:
    entries = [
        {
            "id": f"E-{number}",
            "kind": source.choice(("party", "party", "party", "vessel", "goods", "place")),
            "names": [named(source, names) for _ in range(source.randint(0, 3))],
            "numbers": source.choice(([], [], ["91310115MA1FL4R856"], ["9074729"])),
            "codes": source.choice(([], [], ["KP"], ["DEHAM"], ["8457"])),
            "reason": "invented",
        }
        for number in range(count)
    ]
    row = {"name": "Invented", "version": "1", "published": "2025-09-01", "entry": entries}
    return Listing.model_validate(row)


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("seed", range(8))
def test_what_the_index_leaves_out_is_no_hit(
    base: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = random.Random(f"{base} {seed}")
    held = listing(source, parties(base), 120)

    def found() -> list[Candidate]:
        given = presentation_of(base_set(base), base)
        answer = examine(base_terms(base), given, Lists(listing=held))
        return [each for each in answer.candidates if each.check == "X23"]

    quick = found()
    everything = set(range(len(held.entries)))
    monkeypatch.setattr(NameIndex, "places", lambda *_: everything)
    assert found() == quick
    # The lists hit and miss, and do both by a letter.
    assert {each.sentence.split(" is ")[1][:5] == "like " for each in quick} == {True, False}
    assert len({each.sentence for each in quick}) < len(held.entries)


def test_few_are_compared() -> None:
    source = random.Random(1)
    letters = string.ascii_uppercase
    names = [
        [" ".join("".join(source.choices(letters, k=source.randint(4, 9))) for _ in range(3))]
        for _ in range(5_000)
    ]
    index = NameIndex([*names, ["SILVER HERON MACHINERY"], ["SILVRE HERON"], ["..."], []])
    # The name, what is like a part of it, and what has no word that means something.
    assert index.places(["Silver Heron Machinery Import Co., Ltd."]) == {5_000, 5_001, 5_002}
    assert index.places([]) == {5_002}
    assert index.places(["SILVER"]) == {5_002}


@pytest.mark.parametrize(
    ("at_hand", "entered", "there"),
    [
        ("PAPER CRANE LINE", "PAPER CRANE LINE", True),
        ("PAPER CRANE LINE SHIPPING", "CRANE", True),
        ("CRANE", "PAPER CRANE", False),
        # One letter off in a word of four letters and more, two in one of eight and more.
        ("CRANE", "CRANES", True),
        ("CRANE", "CRAEN", True),
        ("CRANE", "CRABS", False),
        ("SHIPPING", "SHPPINNG", True),
        ("MACHINERY", "MACHYNARY", True),
        ("MACHINERY", "MUCHYNARY", False),
        # Another first letter, and what is never mistyped.
        ("CRANE", "DRANE", False),
        ("EF5000", "EF5001", False),
    ],
)
def test_each_word_of_a_listed_name_stands_in_the_name_at_hand(
    at_hand: str, entered: str, there: bool
) -> None:
    assert NameIndex([[entered]]).places([at_hand]) == ({0} if there else set())
