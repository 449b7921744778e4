# SPDX-License-Identifier: Apache-2.0
"""The data against the field tables of the domain, written down a second time."""

from __future__ import annotations

import copy
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import yangshan.swift
from yangshan.swift.definitions import definitions, load
from yangshan.swift.errors import BadMessageData

DATA = Path(yangshan.swift.__file__).parent / "data"
PACKAGE = DATA.parents[1]

PARTY = {
    "bic": "[/1!a][/34x] CRLF 4!a2!a2!c[3!c]",
    "location": "[/1!a][/34x] CRLF [35x]",
    "name": "[/1!a][/34x] CRLF 4*35x",
}

# Tag, mandatory or optional, and the format of each option.
TABLE_700 = """
27 M 27: 1!n/1!n
40A M 40A: 24x
20 M 20: 16x
23 O 23: 16x
31C M 31C: 6!n
40E M 40E: 30x[/35x]
31D M 31D: 6!n29x
51a O 51A: {bic} | 51D: {name}
50 M 50: 4*35x
59 M 59: [/34x] CRLF 4*35x
32B M 32B: 3!a15d
39A O 39A: 2n/2n
39C O 39C: 4*35x
41a M 41A: 4!a2!a2!c[3!c] CRLF 14x | 41D: 4*35x CRLF 14x
42C O 42C: 3*35x
42a O 42A: {bic} | 42D: {name}
42M O 42M: 4*35x
42P O 42P: 4*35x
43P O 43P: 11x
43T O 43T: 11x
44A O 44A: 140z
44E O 44E: 140z
44F O 44F: 140z
44B O 44B: 140z
44C O 44C: 6!n
44D O 44D: 6*65x
45A O 45A: 100*65z
46A O 46A: 100*65z
47A O 47A: 100*65z
49G O 49G: 100*65z
49H O 49H: 100*65z
71D O 71D: 6*35z
48 O 48: 3n[/35x]
49 M 49: 7!x
58a O 58A: {bic} | 58D: {name}
53a O 53A: {bic} | 53D: {name}
78 O 78: 12*65x
57a O 57A: {bic} | 57B: {location} | 57D: {name}
72Z O 72Z: 6*35z
"""

TABLE_734 = """
20 M 20: 16x
21 M 21: 16x
32A M 32A: 6!n3!a15d
73A O 73A: 6*35z
33a O 33A: 6!n3!a15d | 33B: 3!a15d
57a O 57A: {bic} | 57B: {location} | 57D: {name}
72Z O 72Z: 6*35z
77J M 77J: 70*50z
77B M 77B: 3*35x
"""

TABLES = {"700": (TABLE_700, 39), "734": (TABLE_734, 9)}


# Field order of the other messages, with options and whether mandatory; a colon ends the name of a
# sequence, whose M or O says whether it must stand, and * whether it may stand again.
ROWS = {
    "400": (
        "20 M, 21 M, 32a (A/B/K) M, 33A M, 52a (A/D) O, 53a (A/B/D) O, 54a (A/B/D) O, 57a "
        "(A/D) O, 58a (A/B/D) O, 71B O, 72 O, 73 O"
    ),
    "410": "A M*: 20 M, 21 M, 32a (A/B/K) M | B O: 72 O",
    "412": "A M*: 20 M, 21 M, 32A M | B O: 72 O",
    "416": (
        "A M: 20 M, 21 M, 23E O, 51A O, 53a (A/B) O, 71F O, 77A O | B M*: 21A M, 23E O, 21C "
        "O, 32a (A/B/K) M, 50D O, 59 O, 71F O, 77A O"
    ),
    "420": "A M*: 20 M, 21 M, 32a (A/B/K) M | B O: 30 O, 59 O, 72 O",
    "422": "A M*: 20 M, 21 M, 32a (A/B/K) O | B O: 72 O, 75 O, 76 O",
    "430": "A M*: 20 M, 21 M, 32a (A/K) O, 33a (A/K) O | B O: 59 O, 72 O, 74 O",
    "701": "27 M, 20 M, 45A O, 46A O, 47A O, 49G O, 49H O",
    "705": (
        "40A M, 20 M, 31D M, 50 M, 59 M, 32B M, 39A O, 39C O, 41a (A/D) O, 44A O, 44E O, 44F "
        "O, 44B O, 44C O, 44D O, 45A O, 57a (A/B/D) O, 79Z O, 72Z O"
    ),
    "707": (
        "27 M, 20 M, 21 M, 23 M, 52a (A/D) O, 50B O, 31C M, 26E M, 30 M, 22A M, 23S O, 40A O, "
        "40E O, 31D O, 50 O, 59 O, 32B O, 33B O, 39A O, 39C O, 41a (A/D) O, 42C O, 42a (A/D) "
        "O, 42M O, 42P O, 43P O, 43T O, 44A O, 44E O, 44F O, 44B O, 44C O, 44D O, 45B O, 46B "
        "O, 47B O, 49M O, 49N O, 71D O, 71N O, 48 O, 49 O, 58a (A/D) O, 53a (A/D) O, 78 O, "
        "57a (A/B/D) O, 72Z O"
    ),
    "708": "27 M, 20 M, 21 M, 23 M, 26E M, 30 M, 45B O, 46B O, 47B O, 49M O, 49N O",
    "710": (
        "27 M, 40B M, 20 M, 21 M, 23 O, 31C M, 40E M, 31D M, 52a (A/D) O, 50B O, 51a (A/D) O, "
        "50 M, 59 M, 32B M, 39A O, 39C O, 41a (A/D) M, 42C O, 42a (A/D) O, 42M O, 42P O, 43P "
        "O, 43T O, 44A O, 44E O, 44F O, 44B O, 44C O, 44D O, 45A O, 46A O, 47A O, 49G O, 49H "
        "O, 71D O, 48 O, 49 M, 58a (A/D) O, 53a (A/D) O, 78 O, 78D O, 57a (A/B/D) O, 72Z O"
    ),
    "711": "27 M, 20 M, 21 M, 45A O, 46A O, 47A O, 49G O, 49H O",
    "720": (
        "27 M, 40B M, 20 M, 21 M, 31C M, 40E M, 31D M, 52a (A/D) O, 50B O, 50 M, 59 M, 32B M, "
        "39A O, 39C O, 41a (A/D) M, 42C O, 42a (A/D) O, 42M O, 42P O, 43P O, 43T O, 44A O, "
        "44E O, 44F O, 44B O, 44C O, 44D O, 45A O, 46A O, 47A O, 49G O, 49H O, 71D O, 48 O, "
        "49 M, 58a (A/D) O, 78 O, 78D O, 57a (A/B/D) O, 72Z O"
    ),
    "721": "27 M, 20 M, 21 M, 45A O, 46A O, 47A O, 49G O, 49H O",
    "730": "20 M, 21 M, 25 O, 30 M, 32a (B/D) O, 57a (A/D) O, 71D O, 72Z O, 79Z O",
    "732": "20 M, 21 M, 30 M, 32B M, 72Z O",
    "740": (
        "20 M, 25 O, 40F M, 31D O, 58a (A/D) O, 59 O, 32B M, 39A O, 39C O, 41a (A/D) M, 42C "
        "O, 42a (A/D) O, 42M O, 42P O, 71A O, 71D O, 72Z O"
    ),
    "742": (
        "20 M, 21 M, 31C O, 52a (A/D) M, 32B M, 33B O, 71D O, 34a (A/B) M, 57a (A/B/D) O, 58a "
        "(A/D) O, 72Z O"
    ),
    "744": "20 M, 21 M, 52a (A/D) M, 21A M, 31C O, 34a (A/B) M, 73R M, 73S M, 71D O, 72Z O",
    "747": "20 M, 21 O, 30 M, 31E O, 32B O, 33B O, 34B O, 39A O, 39C O, 72Z O, 77 O",
    "750": "20 M, 21 M, 32B M, 33B O, 71D O, 73A O, 34B O, 57a (A/B/D) O, 72Z O, 77J M",
    "752": (
        "20 M, 21 M, 23 M, 30 M, 32B O, 71D O, 33a (A/B) O, 53a (A/B/D) O, 54a (A/B/D) O, 72Z "
        "O, 79Z O"
    ),
    "754": (
        "20 M, 21 M, 32a (A/B) M, 33B O, 71D O, 73A O, 34a (A/B) O, 53a (A/B/D) O, 57a "
        "(A/B/D) O, 58a (A/D) O, 72Z O, 77 O"
    ),
    "756": "20 M, 21 M, 32B M, 33A M, 53a (A/B/D) O, 54a (A/B/D) O, 72Z O, 79Z O",
    "759": "27 M, 20 M, 21 O, 22D M, 23 O, 52a (A/D) O, 23H M, 45D M, 23X O",
    "760": (
        "A M: 15A M, 27 M, 22A M, 72Z O, 23X O | B M: 15B M, 20 M, 30 M, 22D M, 40C M, 23B M, "
        "31E O, 35G O, 50 O, 51 O, 52a (A/D) M, 59a (A/-) M, 56a (A/D) O, 23 O, 57a (A/D) O, "
        "32B M, 39F O, 41a (F/G) O, 71D O, 45C O, 77U M, 49 O, 58a (A/D) O, 44J O, 23F O, 78 "
        "O, 26E O, 31S O, 48B O, 48D O, 39E O, 45L O, 24E O, 24G O | C O: 15C M, 31C O, 22D "
        "M, 40C M, 22K O, 23B M, 31E O, 35G O, 50 M, 51 O, 52a (A/D) O, 59 M, 32B M, 39F O, "
        "57a (A/D) O, 41a (F/G) O, 71D O, 45C O, 77L O, 22Y O, 40D O, 44J O, 23F O, 78 O, 26E "
        "O, 31S O, 48B O, 48D O, 39E O, 45L M, 24E O, 24G O"
    ),
    "761": "27 M, 20 M, 52a (A/D) M, 77U O, 77L O",
    "765": (
        "20 M, 21 M, 23 O, 52a (A/D) M, 59a (A/-) O, 31L O, 22G M, 32B M, 78 O, 49A O, 77 O, "
        "31E O, 31R O, 56a (A/B/D) O, 57a (A/B/D) O, 72Z O, 23X O"
    ),
    "767": (
        "A M: 15A M, 27 M, 21 M, 22A M, 23S O, 72Z O, 23X O | B M: 15B M, 20 M, 26E M, 30 M, "
        "52a (A/D) M, 23 O, 32B O, 33B O, 23B O, 31E O, 35G O, 59a (A/-) O, 77U O, 24E O, 24G "
        "O | C O: 15C M, 32B O, 33B O, 23B O, 31E O, 35G O, 59 O, 77L O, 24E O, 24G O"
    ),
    "768": "20 M, 21 M, 25 O, 30 M, 32a (B/D) O, 57a (A/B/D) O, 71D O, 72Z O, 23X O",
    "769": (
        "20 M, 21 M, 25 O, 30 O, 32a (B/D) O, 33B O, 34B O, 39C O, 57a (A/B/D) O, 71D O, 72Z "
        "O, 23X O"
    ),
    "775": "27 M, 20 M, 21 M, 26E M, 52a (A/D) M, 77U O, 77L O",
    "785": (
        "20 M, 21 O, 52a (A/D) M, 31C M, 59a (A/-) M, 56a (A/D) O, 57a (A/D) O, 31E O, 72Z O, 23X O"
    ),
    "786": "20 M, 21 O, 52a (A/D) M, 30 M, 32B M, 77J M, 77B O, 72Z O, 23X O",
    "787": "20 M, 21 M, 52a (A/D) M, 26E M, 23R M, 72Z O, 23X O",
    "799": "20 M, 21 O, 79 M repeated",
}

# Format to the fields that are written in it.
FORMATS = {
    "": "15A 15B 15C",
    "1!a3!n2!a3!a15d": "32K 33K",
    "1!n/1!n": "27",
    "100*65z": "45A 45B 45C 46A 46B 47A 47B 49G 49H 49M 49N",
    "11x": "43P 43T",
    "12*65x": "35G 78 78D",
    "12*65z": "39E 39F",
    "140z": "44A 44B 44E 44F",
    "150*65z": "45D 77L 77U",
    "16x": "20 21 21A 23",
    "2!a": "40D",
    "2!a[/35x][CRLF /65x]": "44J",
    "20*35x": "77A",
    "20*35z": "77",
    "24x": "40A",
    "24x CRLF 24x": "40B",
    "2n/2n": "39A",
    "3!a": "71A",
    "3!a15d": "32B 33B 34B 71F",
    "3*35x": "42C 77B",
    "30x": "40F",
    "30x[/35x]": "40E",
    "35*50x": "79",
    "35*50z": "79Z",
    "35x": "21C 25",
    "3n": "26E",
    "3n[/35x]": "48",
    "4!a2!a2!c[3!c]": "41F",
    "4!a2!a2!c[3!c] CRLF 14x": "41A",
    "4!a[/35x]": "40C",
    "4!c": "22A 22D 22G 22Y 23B 48B 48D",
    "4!c/65x": "23X",
    "4!c[/30x]": "23E",
    "4!c[/35x]": "22K 23F 23R 24E 73R 73S",
    "4!c[CRLF 12*65x]": "24G",
    "4!c[CRLF 50*65z]": "49A",
    "4!c[CRLF 6*35z]": "71N",
    "4*35x": "39C 41G 42M 42P 50 50B 51",
    "4*35x CRLF 14x": "41D",
    "50*65z": "45L",
    "6!a": "23S",
    "6!n": "30 31C 31E 31L 31S 44C",
    "6!n29x": "31D",
    "6!n3!a15d": "32A 32D 33A 34A",
    "6!n[/6!n]": "31R",
    "6*35x": "71B 72 73 74 75 76",
    "6*35z": "71D 72Z 73A",
    "6*65x": "44D",
    "7!x": "49",
    "70*50z": "77J",
    "8!c": "23H",
    "[/1!a][/34x] CRLF 4!a2!a2!c[3!c]": "42A 51A 52A 53A 54A 56A 57A 58A",
    "[/1!a][/34x] CRLF 4*35x": "42D 50D 51D 52D 53D 54D 56D 57D 58D",
    "[/1!a][/34x] CRLF [35x]": "53B 54B 56B 57B 58B",
    "[/34x] CRLF 4!a2!a2!c[3!c]": "59A",
    "[/34x] CRLF 4*35x": "59",
}


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_a_message_has_exactly_the_rows_of_its_table(kind: str) -> None:
    table, count = TABLES[kind]
    rows = [
        (row.tag, row.status, {tag: definitions().formats[tag].spec for tag in row.tags})
        for row in definitions().messages[kind].fields
    ]
    expected = []
    for line in table.strip().splitlines():
        tag, status, given = line.split(" ", 2)
        formats = given.format_map(PARTY) if "{" in given else given
        expected.append(
            (tag, status, dict(option.split(": ", 1) for option in formats.split(" | ")))
        )
    assert len(rows) == count
    assert rows == expected


@pytest.mark.parametrize("kind", sorted(ROWS))
def test_a_message_has_exactly_its_field_order(kind: str) -> None:
    written = []
    for sequence in definitions().messages[kind].table:
        rows = ", ".join(
            row.tag
            + (f" ({'/'.join(option or '-' for option in row.options)})" if row.options else "")
            + f" {row.status}"
            + (" repeated" if row.repeats else "")
            for row in sequence.fields
        )
        name = f"{sequence.id} {sequence.status}{'*' if sequence.repeats else ''}: "
        written.append(name * bool(definitions().messages[kind].sequences) + rows)
    assert " | ".join(written) == ROWS[kind]


def test_every_field_has_its_format() -> None:
    written = {tag: spec for spec, tags in FORMATS.items() for tag in tags.split()}
    assert {tag: found.spec for tag, found in definitions().formats.items()} == written


def test_every_message_of_the_data_has_its_table_here() -> None:
    assert set(definitions().messages) == set(TABLES) | set(ROWS)


def test_no_field_is_without_a_message() -> None:
    used = {tag for message in definitions().messages.values() for tag in message.tags}
    assert set(definitions().formats) == used


def test_every_own_code_is_used_and_explained() -> None:
    sources = "".join(
        path.read_text()
        for path in [*PACKAGE.rglob("*.py"), *DATA.glob("mt*.toml"), DATA / "fields.toml"]
    )
    assert set(re.findall(r'"(Y\d\d)"', sources)) == set(definitions().own_codes)


def _files() -> dict[str, Any]:
    return {path.name: tomllib.loads(path.read_text()) for path in DATA.glob("*.toml")}


def _unknown_format(files: dict[str, Any]) -> None:
    files["fields.toml"]["fields"]["20"] = "no such"


def _bad_spec(files: dict[str, Any]) -> None:
    files["fields.toml"]["formats"]["date"]["spec"] = "6!q"


def _row_without_format(files: dict[str, Any]) -> None:
    files["mt700.toml"]["fields"].append({"tag": "99Z", "status": "O", "name": "None"})


def _rule_of_unknown_kind(files: dict[str, Any]) -> None:
    files["mt734.toml"]["rules"][0]["kind"] = "sometimes"


def _rule_of_unknown_field(files: dict[str, Any]) -> None:
    files["mt734.toml"]["rules"][0]["needs"] = ["34B"]


def _unexplained_code(files: dict[str, Any]) -> None:
    files["mt734.toml"]["rules"][0]["code"] = "Y99"


def _codes_of_unknown_part(files: dict[str, Any]) -> None:
    files["fields.toml"]["codes"][0]["part"] = "word"


def _codes_of_unknown_field(files: dict[str, Any]) -> None:
    files["fields.toml"]["slashes"][0]["tags"] = ["99Z"]


@pytest.mark.parametrize(
    ("spoil", "file", "said"),
    [
        (_unknown_format, "fields.toml", "field 20 has no format 'no such'"),
        (_bad_spec, "fields.toml", "'6!q'"),
        (_row_without_format, "mt700.toml", "field 99Z has no format"),
        (_rule_of_unknown_kind, "mt734.toml", "sometimes"),
        (_rule_of_unknown_field, "mt734.toml", "speaks of 34B"),
        (_unexplained_code, "mt734.toml", "Y99"),
        (_codes_of_unknown_part, "fields.toml", "40A has no part 'word'"),
        (_codes_of_unknown_field, "fields.toml", "99Z has code words but no format"),
    ],
)
def test_data_that_contradicts_itself_is_refused(spoil: Any, file: str, said: str) -> None:
    files = copy.deepcopy(_files())
    load(files)
    spoil(files)
    with pytest.raises(BadMessageData) as refused:
        load(files)
    assert refused.value.file == file
    assert said in str(refused.value)
