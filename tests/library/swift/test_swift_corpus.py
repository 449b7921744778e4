# SPDX-License-Identifier: Apache-2.0
"""Every message of the data: valid examples without a finding, and each fault with its one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from swift_corpus import BASES, BREAKS, SAMPLES, Break, Rows, Sample, changed, place_of
from swift_texts import fin

from yangshan.swift import Finding, Message, check, is_valid, read, write
from yangshan.swift import definitions as data
from yangshan.swift.definitions import Changes, Codes, Row, Slashes, definitions
from yangshan.swift.formats import Match

KINDS = sorted(BASES)
EXAMPLES = [(kind, name) for kind in KINDS for name in BASES[kind]]


def message_of(kind: str, rows: Rows) -> Message:
    (message,) = read(fin(kind, rows))
    return message


def codes_of(kind: str, rows: Rows) -> list[str]:
    return [found.code for found in check(message_of(kind, rows))]


class Slot(NamedTuple):
    """A field of a valid message, with the row of the table that it fills."""

    base: str
    at: int
    row: Row


def slots(kind: str) -> Iterator[Slot]:
    table = definitions().messages[kind]
    for name, rows in BASES[kind].items():
        for section in table.sections([tag for tag, _ in rows]):
            for at in range(section.start, section.stop):
                place = section.sequence.places[rows[at][0]]
                yield Slot(name, at, section.sequence.fields[place])


def put(slot: Slot, kind: str, tag: str, value: str) -> Rows:
    rows = list(BASES[kind][slot.base])
    rows[slot.at] = (tag, value)
    return rows


def test_every_message_of_the_data_is_in_the_corpus() -> None:
    assert set(definitions().messages) == set(BASES)
    for kind in KINDS:
        assert {"full", "minimal"} <= set(BASES[kind])


@pytest.mark.parametrize(("kind", "name"), EXAMPLES)
def test_a_valid_message_has_no_finding_and_keeps_its_bytes(kind: str, name: str) -> None:
    rows = BASES[kind][name]
    text = fin(kind, rows)
    message = message_of(kind, rows)
    assert check(message) == []
    assert [(field.tag, field.value) for field in message.fields] == rows
    assert write(message) == text.encode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_minimal_message_has_its_mandatory_fields_and_what_its_rules_demand(kind: str) -> None:
    table = definitions().messages[kind]
    optional = [slot for slot in slots(kind) if slot.base == "minimal" and slot.row.status == "O"]
    for slot in optional:
        rows = BASES[kind]["minimal"]
        assert codes_of(kind, rows[: slot.at] + rows[slot.at + 1 :]), (table.type, slot.row.tag)


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_stands_in_a_valid_message(kind: str) -> None:
    filled = {id(slot.row) for slot in slots(kind)}
    assert [row.tag for row in definitions().messages[kind].rows if id(row) not in filled] == []


def _rule_breaks() -> list[tuple[str, Break]]:
    return [(kind, one) for kind in KINDS for one in BREAKS[kind]]


@pytest.mark.parametrize(
    ("kind", "one"),
    _rule_breaks(),
    ids=[f"{kind} {one.code} {one.drop} {one.change}"[:60] for kind, one in _rule_breaks()],
)
def test_one_break_gives_exactly_its_finding(kind: str, one: Break) -> None:
    rows = changed(BASES[kind][one.base], one.drop, one.change)
    findings = check(message_of(kind, rows))
    tag = one.tag.partition("#")[0]
    assert [(found.code, found.tag, found.severity) for found in findings] == [
        (one.code, tag, one.severity)
    ]
    (finding,) = findings
    place = place_of(rows, one.tag) if tag in dict(rows) else len(rows)
    assert finding.line == 2 + sum(value.count("\n") + 1 for _, value in rows[:place]) + one.below
    assert one.code in finding.message
    assert finding.message.endswith(".")
    assert is_valid(findings) == (one.severity == "warning")


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_is_broken_alone(kind: str) -> None:
    said = [
        found.message
        for one in BREAKS[kind]
        for found in check(message_of(kind, changed(BASES[kind][one.base], one.drop, one.change)))
    ]
    for rule in definitions().messages[kind].rules:
        assert any(f"(rule {rule.id} of MT {kind}, " in message for message in said), rule.id


def _fields() -> list[tuple[str, Row, str]]:
    return [
        (kind, row, tag)
        for kind in KINDS
        for row in definitions().messages[kind].rows
        for tag in row.tags
    ]


def _sample(kind: str, slot: Slot, tag: str, value: str, spec: str) -> str:
    if spec.endswith("14x"):
        # How the credit is available decides which fields stand beside it: that stays.
        by = BASES[kind][slot.base][slot.at][1].rpartition("\n")[2]
        return value.replace("BY PAYMENT", by)
    for codes in definitions().codes:
        # A sample keeps the code word that stands there.
        if tag in codes.tags and (not codes.messages or kind in codes.messages):
            there = BASES[kind][slot.base][slot.at]
            return there[1] if there[0] == tag else value
    for changes in definitions().changes:
        if tag in changes.tags:
            return f"/{changes.words[0]}/\n{value}"[: -(len(value) // 2) or None]
    for slashes in definitions().slashes:
        if tag in slashes.tags and slashes.single:
            return BASES[kind][slot.base][slot.at][1]
    if tag == "27":
        return BASES[kind][slot.base][slot.at][1]
    return value


@pytest.mark.parametrize(
    ("kind", "row", "tag"), _fields(), ids=[f"{kind} {tag}" for kind, _, tag in _fields()]
)
def test_every_option_of_every_field_keeps_and_leaves_its_format(
    kind: str, row: Row, tag: str
) -> None:
    spec = definitions().formats[tag].spec
    sample = SAMPLES[spec]
    good, bad = False, False
    found: list[Finding] = []
    for slot in slots(kind):
        if slot.row is not row:
            continue
        there = BASES[kind][slot.base][slot.at]
        value = _sample(kind, slot, tag, sample.good, spec)
        if there[0] != tag and codes_of(kind, put(slot, kind, tag, value)):
            continue
        good = True
        spoilt = put(slot, kind, tag, sample.bad)
        found = check(message_of(kind, spoilt))
        line = 2 + sum(text.count("\n") + 1 for _, text in spoilt[: slot.at]) + sample.below
        if [(one.tag, one.code, one.line) for one in found] == [(tag, sample.code, line)]:
            bad = True
            break
    assert good, f"no valid message takes {tag} as {sample.good!r}"
    assert bad, f"{sample.bad!r} in {tag} does not give its one finding but {found}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_mandatory_field_that_is_missing_is_the_one_finding(kind: str) -> None:
    for slot in slots(kind):
        rows = BASES[kind][slot.base]
        if slot.row.status == "O" or slot.row.repeats:
            continue
        if slot.base not in {"full", "minimal"}:
            continue
        rest = rows[: slot.at] + rows[slot.at + 1 :]
        found = check(message_of(kind, rest))
        assert [(one.tag, one.code) for one in found] == [(slot.row.tag, "T13")], slot
        assert found[0].line == 2 + sum(value.count("\n") + 1 for _, value in rows[: slot.at])


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_a_second_time_or_of_another_message_is_the_one_finding(kind: str) -> None:
    rows = BASES[kind]["full"]
    opening = {tag for s in definitions().messages[kind].table if s.repeats for tag in s.opening}
    for slot in slots(kind):
        if slot.base != "full" or slot.row.repeats or rows[slot.at][0] in opening:
            continue
        twice = [*rows[: slot.at + 1], rows[slot.at], *rows[slot.at + 1 :]]
        found = check(message_of(kind, twice))
        assert [(one.tag, one.code) for one in found] == [(rows[slot.at][0], "T13")], slot
    for at in range(len(rows) + 1):
        found = check(message_of(kind, [*rows[:at], ("99Z", "A"), *rows[at:]]))
        assert [(one.tag, one.code) for one in found] == [("99Z", "T13")]


@pytest.mark.parametrize("kind", [k for k in KINDS if not definitions().messages[k].sequences])
def test_a_field_out_of_order_is_the_one_finding(kind: str) -> None:
    rows = BASES[kind]["full"]
    for at in range(len(rows) - 1):
        if rows[at][0] != rows[at + 1][0]:
            swapped = [*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]]
            assert codes_of(kind, swapped) == ["T13"]


def _worded() -> list[tuple[str, str, Codes]]:
    return [
        (kind, tag, codes)
        for codes in definitions().codes
        for kind in KINDS
        for tag in codes.tags
        if tag in definitions().messages[kind].tags
        if not codes.messages or kind in codes.messages
        # Of several options the others may stand in no example, and their words are the same.
        if any(there == tag for rows in BASES[kind].values() for there, _ in rows)
    ]


def _with_word(value: str, tag: str, codes: Codes, word: str, narrative: str) -> str:
    """A value with another word, and with a narrative behind it or none."""
    format_ = definitions().formats[tag]
    found = format_.match(value)
    assert isinstance(found, Match)
    if codes.part in {"by", "confirmation"}:
        return value.rpartition("\n")[0] + "\n" + word
    rest = value[len(found.parts[codes.part]) :]
    if codes.narrative:
        between = "\n" if "CRLF" in format_.spec else "/"
        rest = between + narrative if narrative else ""
    return word + rest


def _outcomes(kind: str, tag: str, codes: Codes, word: str, narrative: str) -> list[list[str]]:
    """The codes of the findings, in each valid message that has the field."""
    return [
        codes_of(kind, put(slot, kind, tag, _with_word(value, tag, codes, word, narrative)))
        for slot in slots(kind)
        for there, value in [BASES[kind][slot.base][slot.at]]
        if there == tag
    ]


@pytest.mark.parametrize(
    ("kind", "tag", "codes"), _worded(), ids=[f"{k} {t} {c.part}" for k, t, c in _worded()]
)
def test_code_words_and_no_others(kind: str, tag: str, codes: Codes) -> None:
    takes = codes.narrative.words if codes.narrative else ()
    for word in codes.words:
        narrative = _narrative(codes, word) if word in takes else ""
        for found in _outcomes(kind, tag, codes, word, narrative):
            assert codes.code not in found or codes.code.startswith("C")
            assert "Y11" not in found
    for word in codes.legacy:
        assert ["Y11"] in _outcomes(kind, tag, codes, word, "")
    length = len(codes.words[0]) if "!" in definitions().formats[tag].spec[:3] else 4
    assert [codes.code] in _outcomes(kind, tag, codes, "Z" * length, "")


def _narrative(codes: Codes, word: str) -> str:
    assert codes.narrative
    return "030" if word in codes.narrative.patterns else "A"


@pytest.mark.parametrize(
    ("kind", "tag", "codes"),
    [one for one in _worded() if one[2].narrative],
    ids=[f"{k} {t}" for k, t, c in _worded() if c.narrative],
)
def test_a_narrative_stands_with_its_words_alone(kind: str, tag: str, codes: Codes) -> None:
    narrative = codes.narrative
    assert narrative is not None
    code = narrative.code or codes.code
    for word in set(codes.words) - set(narrative.words):
        assert [code] in _outcomes(kind, tag, codes, word, "A")
    for word in narrative.words:
        expected = {None: [], "warning": ["Y14"], "error": [code]}[narrative.absent]
        assert expected in _outcomes(kind, tag, codes, word, "")
        assert [] in _outcomes(kind, tag, codes, word, _narrative(codes, word))
        if word in narrative.patterns:
            assert [code] in _outcomes(kind, tag, codes, word, "?")


def _lined(kind: str, tables: tuple[Slashes | Changes, ...]) -> Iterator[tuple[str, str]]:
    for table in tables:
        for tag in table.tags:
            named = getattr(table, "messages", ())
            if tag in definitions().messages[kind].tags and (not named or kind in named):
                yield tag, table.code


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_between_slashes_keeps_its_form(kind: str) -> None:
    tables: tuple[Slashes | Changes, ...] = (*definitions().slashes, *definitions().changes)
    for tag, code in _lined(kind, tables):
        slot = next(s for s in slots(kind) if tag in s.row.tags)
        assert codes_of(kind, put(slot, kind, tag, "/NO SECOND SLASH")) == [code], tag


# What must not be missing: each of these fails by itself when the data grows.


def _misspelt(word: str) -> str:
    return word[:-1] + ("Q" if word[-1] != "Q" else "X")


@pytest.mark.parametrize(
    ("kind", "tag", "codes", "word"),
    [(kind, tag, codes, word) for kind, tag, codes in _worded() for word in codes.words],
    ids=[f"{k} {t} {w}" for k, t, c in _worded() for w in c.words],
)
def test_every_code_word_misspelt_is_the_one_finding(
    kind: str, tag: str, codes: Codes, word: str
) -> None:
    assert [codes.code] in _outcomes(kind, tag, codes, _misspelt(word), "")


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_between_slashes_misspelt_is_the_one_finding(kind: str) -> None:
    for table in (*definitions().slashes, *definitions().changes):
        for tag, code in _lined(kind, (table,)):
            found = [slot for slot in slots(kind) if tag in slot.row.tags]
            assert found, f"no example of MT {kind} has {tag}"
            for word in table.words:
                outcomes = [
                    codes_of(kind, put(slot, kind, tag, f"/{_misspelt(word)}/")) for slot in found
                ]
                assert [code] in outcomes, (tag, word)


def test_every_list_of_code_words_has_an_example_in_each_of_its_messages() -> None:
    worded = [(kind, codes) for kind, _, codes in _worded()]
    for codes in definitions().codes:
        for kind in KINDS:
            if codes.messages and kind not in codes.messages:
                continue
            if set(codes.tags) & definitions().messages[kind].tags:
                assert (kind, codes) in worded, f"no example of MT {kind} has {codes.tags}"


def test_every_format_has_its_sample() -> None:
    assert {found.spec for found in definitions().formats.values()} == set(SAMPLES)


@pytest.mark.parametrize(
    ("spec", "sample"), [pair for pair in SAMPLES.items() if pair[0]], ids=lambda v: str(v)[:30]
)
def test_what_stands_in_no_character_set_breaks_every_format(spec: str, sample: Sample) -> None:
    format_ = next(found for found in definitions().formats.values() if found.spec == spec)
    assert isinstance(format_.match(sample.good), Match)
    for sign in "~^|$É":
        assert not isinstance(format_.match(sign + sample.good), Match)
        assert not isinstance(format_.match(sample.good + sign), Match)


# Codes that tests of their own break alone, since no message of the corpus can: files, headers,
# messages of unknown type, parts of an instrument, and what a message is read for.
ELSEWHERE = {
    "test_swift_examples": {"Y00"},
    "test_swift_grammar": {"Y01"},
    "test_swift_findings": {"Y02", "Y03", "Y04"},
    "test_swift_legacy": {"Y15", "Y16", "D05", "C16"},
    "test_swift_instruments": {"Y43", "Y47", "Y48", "Y49", "Y53"},
    "test_swift_mapping": {"Y40", "Y41", "Y42", "Y44", "Y45", "Y46", "Y50", "Y51", "Y52"},
    "test_swift_maps": {"Y54"},
    "test_iso_check": {"Y60", "Y61", "Y62", "Y63", "Y64", "Y65"},
    "test_iso_undertakings": {"Y66", "Y67"},
    "test_iso_payments": {"Y70", "Y71", "Y72", "Y73"},
}


def _of_the_corpus() -> set[str]:
    """The codes of which some change of a valid message gives the one finding."""
    found = {sample.code for sample in SAMPLES.values()}
    found |= {one.code for kind in KINDS for one in BREAKS[kind]}
    for codes in definitions().codes:
        found.add(codes.code)
        if codes.today:
            found.add("Y11")
        if codes.narrative:
            found.add(codes.narrative.code or codes.code)
            found |= {"Y14"} if codes.narrative.absent == "warning" else set()
    return found | {table.code for table in (*definitions().slashes, *definitions().changes)}


def test_every_code_that_can_be_found_is_broken_alone_somewhere() -> None:
    """A code counts as the corpus's where a test above takes it from the table it walks through."""
    library = Path(data.__file__).parent
    known = set(definitions().own_codes)
    for file in ("findings", "values", "legacy", "instruments"):
        known |= set(re.findall(r'"([TCDY]\d\d)"', (library / f"{file}.py").read_text()))
    for table in definitions().messages.values():
        known |= {rule.code for rule in table.rules}
    known |= {each.rule.code for each in definitions().legacy.rules}
    elsewhere = set().union(*ELSEWHERE.values())
    assert known - _of_the_corpus() - elsewhere == set()
    assert elsewhere - known == set()


@pytest.mark.parametrize("module", sorted(ELSEWHERE))
def test_what_is_broken_elsewhere_is_there(module: str) -> None:
    text = (Path(__file__).parent / f"{module}.py").read_text()
    for code in ELSEWHERE[module]:
        assert f'"{code}"' in text, code
