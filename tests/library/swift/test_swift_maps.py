# SPDX-License-Identifier: Apache-2.0
"""Messages and their models, there and back, over the corpus."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from swift_corpus import BASES, Rows
from swift_texts import FULL_700, FULL_734, MINIMAL_700, MINIMAL_734, fin

from yangshan.swift import check, is_valid, read
from yangshan.swift.definitions import definitions
from yangshan.swift.mapping import terms_from_mt700
from yangshan.swift.maps import MAPS, Record, build, map_of, model_of

SENDER, RECEIVER = "YSHACNSHXXX", "YSSLDEHHXXX"
# Whatever a control asks for is on record.
ON_RECORD = Record(
    presenter_instruction="RETURN BY COURIER",
    issuer_decision="WAIVED",
    found_complying="EXAMINER AND CHECKER",
    issuing_bank=SENDER,
)
CREDITS = {"700", "705", "707", "710", "720", "730", "732", "734"}
BETWEEN_BANKS = {"740", "742", "744", "747", "750", "752", "754", "756"}
MAPPED = CREDITS | BETWEEN_BANKS | {"760", "767"}
EXAMPLES = {
    **{(kind, name): rows for kind in MAPPED & set(BASES) for name, rows in BASES[kind].items()},
    ("700", "full"): list(FULL_700.items()),
    ("700", "minimal"): list(MINIMAL_700.items()),
    ("734", "full"): list(FULL_734.items()),
    ("734", "minimal"): list(MINIMAL_734.items()),
}


def model_from(text: str) -> Any:
    messages = read(text)
    main, rest = messages[0], messages[1:]
    if main.type == "700":
        model, findings = terms_from_mt700(main, continuations=rest)
    else:
        model, findings = model_of(main, rest)  # type: ignore[assignment]
    assert model is not None, findings
    assert is_valid(findings)
    return model


def whole(rows: Rows) -> Rows:
    """One part alone, where the example begins an instrument of several."""
    return [(tag, "1/1" if tag == "27" else value) for tag, value in rows]


def test_the_table_has_every_message_that_is_no_continuation_and_no_free_text() -> None:
    assert set(MAPS) == MAPPED
    assert len({mapping.model for mapping in MAPS.values()}) == len(MAPS)
    for kind, mapping in MAPS.items():
        assert mapping.kind == kind
        places = [*mapping.places, *(mapping.part.places if mapping.part else ())]
        table = definitions().messages[kind]
        stated = {place.tag for place in places}
        rows = {
            (f"{sequence.id}." if sequence.id else "") + row.tag
            for sequence in table.table
            for row in sequence.fields
            if row.tag != "27" and not row.tag.startswith("15")
        }
        assert stated == rows
        assert len(places) == len(stated)


@pytest.mark.parametrize("kind", sorted(MAPPED))
def test_every_attribute_of_a_model_stands_in_one_place(kind: str) -> None:
    mapping = MAPS[kind]
    fields = getattr(mapping.model, "model_fields", None) or {
        field.name for field in dataclasses.fields(mapping.model)
    }
    names = [name for place in mapping.places for name in place.names]
    beside = {"issuing_bank", "advising_bank"} if kind == "700" else set()
    beside |= {mapping.part.name} if mapping.part else set()
    assert set(names) == set(fields) - beside
    assert len(names) == len(set(names))
    if mapping.part:
        inner = [name for place in mapping.part.places for name in place.names]
        assert sorted(inner) == sorted(
            field.name for field in dataclasses.fields(mapping.part.model)
        )


@pytest.mark.parametrize(("kind", "name"), sorted(EXAMPLES))
def test_message_to_model_to_message_says_the_same(kind: str, name: str) -> None:
    rows = whole(EXAMPLES[kind, name])
    model = model_from(fin(kind, rows))
    assert map_of(model) is MAPS[kind]
    if kind == "734" and name == "minimal":
        # Its text says REFUSED and no more, which the notice of a bank has to say in full.
        model = dataclasses.replace(model, discrepancies="WE REFUSE TO HONOUR")
    built = build(model, sender=SENDER, receiver=RECEIVER, record=ON_RECORD)
    text = "".join(built.texts)
    for message in read(text):
        assert message.type == kind
        assert check(message) == []
    assert built.doubts == ()
    assert model_from(text) == model
    # Whatever the fields say is kept, but for what is written in one way only.
    kept = [tag for tag, _ in rows]
    assert [field.tag for field in read(text)[0].fields] == kept


def test_what_is_no_model_is_no_message() -> None:
    with pytest.raises(TypeError, match="Record is no model of a message"):
        build(Record(), sender=SENDER, receiver=RECEIVER)
