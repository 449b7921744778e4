# SPDX-License-Identifier: Apache-2.0
"""Each way to break a message, and the one finding that it gives."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from swift_texts import (
    FULL_700,
    FULL_734,
    MINIMAL_700,
    MINIMAL_734,
    VALID,
    Fields,
    block_4,
    changed,
    fin,
    line_of,
)

from yangshan.swift import check, is_valid, read
from yangshan.swift.definitions import definitions

DEFERRED_700 = changed(
    FULL_700,
    {
        "41D": "ELBE BANK\nHAMBURG\nBY DEF PAYMENT",
        "42C": None,
        "42A": None,
        "42P>43P": "60 DAYS AFTER B/L DATE",
    },
)
MIXED_700 = changed(
    FULL_700,
    {"41D": "ANY BANK\nBY MIXED PYMT", "42C": None, "42A": None, "42M>43P": "HALF AT SIGHT"},
)
ACCEPTANCE_700 = changed(FULL_700, {"41D": "ELBE BANK, HAMBURG\nBY ACCEPTANCE"})
PAYMENT_700 = changed(FULL_700, {"41D": "ELBE BANK, HAMBURG\nBY PAYMENT", "42C": None, "42A": None})
PERIOD_700 = changed(FULL_700, {"44C": None, "44D>45A": "IN OCTOBER 2025"})
BASES: dict[str, tuple[str, Fields]] = VALID | {
    "deferred": ("700", DEFERRED_700),
    "mixed": ("700", MIXED_700),
    "acceptance": ("700", ACCEPTANCE_700),
    "payment": ("700", PAYMENT_700),
    "period": ("700", PERIOD_700),
    "734 with 33B": ("734", changed(FULL_734, {"33A": None, "33B>57A": "CNY1280100,00"})),
    "57A": ("700", changed(FULL_700, {"57D": None, "57A>72Z": "YSMTCNSH"})),
    "57B": ("700", changed(FULL_700, {"57D": None, "57B>72Z": "/D/12\nPUDONG"})),
    "parties in words": (
        "700",
        changed(
            FULL_700,
            {
                "51A": None,
                "51D>50": "TIDE BANK",
                "42A": None,
                "42D>43P": "TIDE BANK",
                "58A": None,
                "58D>53A": "ELBE BANK",
                "53A": None,
                "53D>78": "ELBE BANK",
            },
        ),
    ),
    "other rules": ("700", changed(FULL_700, {"40E": "OTHR/HOUSE RULES OF 2025"})),
    "available with a BIC": (
        "700",
        changed(PAYMENT_700, {"41D": None, "41A>43P": "YSSLDEHH\nBY PAYMENT"}),
    ),
    "expiry at the counters": (
        "700",
        changed(PAYMENT_700, {"31D": "251231AT OUR COUNTERS"}),
    ),
}


class Break(NamedTuple):
    """Changes of a base; code and tag of the finding, and its line counted from the field's."""

    base: str
    changes: dict[str, str | None]
    code: str
    tag: str
    below: int = 0
    severity: str = "error"


def missing(base: str, tag: str, next_tag: str, named: str = "") -> Break:
    fields = BASES[base][1]
    below = line_of(fields, tag) - line_of(changed(fields, {tag: None}), next_tag)
    return Break(base, {tag: None}, "T13", named or tag, below)


WARNING = "warning"
LONG_65 = "A\n" + "B" * 66
BREAKS_700 = [
    Break("full 700", {"27": "1-1"}, "T12", "27"),
    Break("full 700", {"27": "1/9"}, "Y22", "27"),
    Break("full 700", {"27": "2/3"}, "Y22", "27"),
    Break("full 700", {"27": "1/0"}, "Y22", "27"),
    Break("full 700", {"40A": "IRREVOKABLE"}, "T60", "40A"),
    Break("full 700", {"40A": "IRREVOCABLE "}, "T60", "40A"),
    Break("full 700", {"40A": "A" * 25}, "T12", "40A"),
    Break("full 700", {"40A": "REVOCABLE"}, "Y11", "40A", 0, WARNING),
    Break("full 700", {"20": "/A"}, "T26", "20"),
    Break("full 700", {"20": "A/"}, "T26", "20"),
    Break("full 700", {"20": "A//B"}, "T26", "20"),
    Break("full 700", {"20": "A" * 17}, "T12", "20"),
    Break("full 700", {"20": "   "}, "Y06", "20"),
    Break("full 700", {"23": "PREADV/"}, "T26", "23"),
    Break("full 700", {"23": "YSH25PA01"}, "Y23", "23", 0, WARNING),
    Break("full 700", {"23": "A" * 17}, "T12", "23"),
    Break("full 700", {"31C": "250229"}, "T50", "31C"),
    Break("full 700", {"31C": "25-9-1"}, "T50", "31C"),
    Break("full 700", {"40E": "UCP LATEST"}, "D81", "40E"),
    Break("full 700", {"40E": "UCP LATEST VERSION/AND MORE"}, "D81", "40E"),
    Break("full 700", {"40E": "OTHR/" + "A" * 36}, "T12", "40E"),
    Break("full 700", {"40E": "OTHR"}, "Y14", "40E", 0, WARNING),
    Break("full 700", {"40E": "ISP LATEST VERSION"}, "Y11", "40E", 0, WARNING),
    Break("full 700", {"31D": "251232HAMBURG"}, "T50", "31D"),
    Break("full 700", {"31D": "251231"}, "T12", "31D"),
    Break("minimal 700", {"31D": "250831SHANGHAI"}, "Y20", "31D"),
    Break("full 700", {"31D": "251114HAMBURG"}, "Y21", "31D", 0, WARNING),
    Break("full 700", {"31D": "251231SHANGHAI"}, "Y27", "31D", 0, WARNING),
    Break("full 700", {"51A": "YSMTCN5"}, "T27", "51A"),
    Break("full 700", {"50": "A\nB\nC\nD\nE"}, "T12", "50", 4),
    Break("full 700", {"59": "/ONLY-AN-ACCOUNT"}, "T12", "59"),
    Break("full 700", {"59": "A\n" + "B" * 36}, "T12", "59", 1),
    Break("full 700", {"32B": "CNX1,"}, "T52", "32B"),
    Break("full 700", {"32B": "XAU1,"}, "T52", "32B"),
    Break("full 700", {"32B": "CN1,"}, "T52", "32B"),
    Break("full 700", {"32B": "CNY,50"}, "T40", "32B"),
    Break("full 700", {"32B": "CNY1.50"}, "T40", "32B"),
    Break("full 700", {"32B": "CNY100"}, "T43", "32B"),
    Break("full 700", {"32B": "CNY1,000,00"}, "T43", "32B"),
    Break("full 700", {"32B": "CNY100,005"}, "C03", "32B"),
    Break("full 700", {"32B": "JPY100"}, "T43", "32B"),
    Break("full 700", {"32B": "JPY100,5"}, "C03", "32B"),
    Break("full 700", {"32B": "KWD1,0005"}, "C03", "32B"),
    Break("full 700", {"39A": "05/100"}, "T12", "39A"),
    Break("full 700", {"39C": "A\nB\nC\nD\nE"}, "T12", "39C", 4),
    Break("full 700", {"41D": "ELBE BANK, HAMBURG\nAT SIGHT"}, "Y10", "41D", 1),
    Break("full 700", {"41D": "ELBE BANK, HAMBURG\nBY DEFERRED PAYMENT"}, "T12", "41D", 1),
    Break("available with a BIC", {"41A": "YSSLDE\nBY PAYMENT"}, "T27", "41A"),
    Break("full 700", {"42C": "A\nB\nC\nD"}, "T12", "42C", 3),
    Break("full 700", {"42A": None}, "C90", "42C"),
    Break("full 700", {"42C": None}, "C90", "42A"),
    Break("full 700", {"42A": "YSHACNSHX"}, "T27", "42A"),
    Break("parties in words", {"42D": "SILVER HERON  MACHINERY IMPORT."}, "Y26", "42D"),
    Break("acceptance", {"42P>43P": "60 DAYS AFTER SIGHT"}, "C90", "42P"),
    Break("mixed", {"42P>43P": "60 DAYS AFTER SIGHT"}, "C90", "42P"),
    Break("mixed", {"42M": "A\nB\nC\nD\nE"}, "T12", "42M", 4),
    Break("acceptance", {"42C": None, "42A": None}, "Y24", "41D", 0, WARNING),
    Break("mixed", {"42M": None}, "Y24", "41D", 0, WARNING),
    Break("full 700", {"42C": None, "42A": None, "42M>43P": "A"}, "Y24", "42M", 0, WARNING),
    Break("deferred", {"42P": "A\nB\nC\nD\nE"}, "T12", "42P", 4),
    Break("deferred", {"42P": None}, "Y24", "41D", 0, WARNING),
    Break("deferred", {"41D": "ANY BANK\nBY DEF PAYMENT"}, "Y25", "41D", 0, WARNING),
    Break("payment", {"42P>43P": "60 DAYS"}, "Y24", "42P", 0, WARNING),
    Break("payment", {"42C>43P": "SIGHT", "42A>43P": "YSHACNSH"}, "Y24", "42C", 0, WARNING),
    Break("full 700", {"43P": "PERMITTED"}, "Y10", "43P"),
    Break("full 700", {"43P": "NOT PERMITTED"}, "T12", "43P"),
    Break("full 700", {"45A": None, "47A": None}, "Y29", "43P", 0, WARNING),
    Break("full 700", {"43T": "NO"}, "Y10", "43T"),
    Break(
        "full 700",
        {"43P": "ALLOWED", "43T": "CONDITIONAL", "45A": None, "47A": None},
        "Y29",
        "43T",
        0,
        WARNING,
    ),
    Break("full 700", {"44A": "A\nB"}, "T12", "44A", 1),
    Break("full 700", {"44E": "A" * 141}, "T12", "44E"),
    Break("full 700", {"44F": "A|B"}, "T12", "44F"),
    Break("full 700", {"44B": "A~"}, "T12", "44B"),
    Break("full 700", {"44C": "251131"}, "T50", "44C"),
    Break("full 700", {"44C": "250831"}, "Y21", "44C", 0, WARNING),
    Break("full 700", {"44D>45A": "IN OCTOBER"}, "D06", "44D"),
    Break("period", {"44D": "A\n" * 6 + "A"}, "T12", "44D", 6),
    Break("full 700", {"45A": LONG_65}, "T12", "45A", 1),
    Break("full 700", {"45A": "A\n\nB"}, "T12", "45A", 1),
    Break("full 700", {"45A": "A\n-B"}, "Y05", "45A", 1),
    Break("full 700", {"45A": "A\n:B"}, "Y05", "45A", 1),
    Break("full 700", {"45A": "A\n" * 100 + "A"}, "T12", "45A", 100),
    Break("full 700", {"45A": ""}, "Y06", "45A"),
    Break("full 700", {"46A": "+ CERTIFICAT D'ORIGINE [ÉTÉ]"}, "T12", "46A"),
    Break("full 700", {"47A": LONG_65}, "T12", "47A", 1),
    Break("full 700", {"49G": LONG_65}, "T12", "49G", 1),
    Break("full 700", {"49H": LONG_65}, "T12", "49H", 1),
    Break("full 700", {"71D": "A\n" * 6 + "A"}, "T12", "71D", 6),
    Break("full 700", {"71D": "FOR THE BENEFICIARY\n/POSTAGE/"}, "Y12", "71D", 1, WARNING),
    Break("full 700", {"71D": "/COMM/CNY1,005 LATE"}, "C03", "71D", 0, WARNING),
    Break("full 700", {"48": "21 DAYS"}, "T12", "48"),
    Break("full 700", {"49": "CONFIRMED"}, "T12", "49"),
    Break("full 700", {"49": "PERHAPS"}, "Y10", "49"),
    Break("full 700", {"58A": None}, "Y28", "49", 0, WARNING),
    Break("full 700", {"58A": "YSSLDEHH\nHAMBURG"}, "T12", "58A", 1),
    Break("full 700", {"53A": "/C/ACCOUNT-1\nYSBLCNSH1"}, "T27", "53A", 1),
    Break("full 700", {"78": "A\n" * 12 + "A"}, "T12", "78", 12),
    Break("full 700", {"78": "NO = IN SET X"}, "T12", "78"),
    Break("full 700", {"57D": "A\nB\nC\nD\nE"}, "T12", "57D", 4),
    Break("57A", {"57A": "ysmtcnsh"}, "T27", "57A"),
    Break("57B", {"57B": "/D/12\nPUDONG\nLUJIAZUI"}, "T12", "57B", 2),
    Break("full 700", {"72Z": "A\n" * 6 + "A"}, "T12", "72Z", 6),
    missing("full 700", "27", "40A"),
    missing("full 700", "40A", "20"),
    missing("full 700", "20", "23"),
    missing("full 700", "31C", "40E"),
    missing("full 700", "40E", "31D"),
    missing("full 700", "31D", "51A"),
    missing("full 700", "50", "59"),
    missing("full 700", "59", "32B"),
    missing("full 700", "32B", "39A"),
    missing("full 700", "41D", "42C", "41a"),
    missing("full 700", "49", "58A"),
    Break("full 700", {"39B>41D": "MAXIMUM"}, "T13", "39B"),
    Break("full 700", {"41D": None, "41B>42C": "A\nBY PAYMENT"}, "T13", "41B"),
    Break("full 700", {"46A": None, "46A>45A": "+ INVOICE"}, "T13", "46A"),
    Break("full 700", {"27": None, "27>": "1/1"}, "T13", "27"),
]
BREAKS_734 = [
    Break("full 734", {"20": "A//B"}, "T26", "20"),
    Break("full 734", {"21": "/NONREF"}, "T26", "21"),
    Break("full 734", {"32A": "251301CNY1280000,00"}, "T50", "32A"),
    Break("full 734", {"32A": "251002CNY1280000"}, "T43", "32A"),
    Break("full 734", {"32A": "251002CN1280000,00"}, "T52", "32A"),
    Break("full 734", {"33A": None}, "C17", "73A"),
    Break("full 734", {"73A": "/CABLE CNY100,"}, "Y12", "73A", 0, WARNING),
    Break("full 734", {"73A": "A\n" * 6 + "A"}, "T12", "73A", 6),
    Break("full 734", {"33A": "251010EUR1280100,00"}, "C02", "33A"),
    Break("734 with 33B", {"33B": "EUR1280100,00"}, "C02", "33B"),
    Break("734 with 33B", {"33B": "CNY1,001"}, "C03", "33B"),
    Break("full 734", {"33A": "251010CNY"}, "T40", "33A"),
    Break("full 734", {"57A": "YSHACNSHX"}, "T27", "57A"),
    Break("full 734", {"72Z": "A" * 36}, "T12", "72Z"),
    Break("full 734", {"77J": "REFUSED\n" + "A\n" * 69 + "A"}, "T12", "77J", 70),
    Break("full 734", {"77J": "REFUSED\n" + "A" * 51}, "T12", "77J", 1),
    Break("full 734", {"77J": "INVOICE NOT SIGNED\nREFUSED"}, "Y30", "77J", 0, WARNING),
    Break("full 734", {"77B": "/KEEP/"}, "Y13", "77B"),
    Break("full 734", {"77B": "HOLD"}, "Y13", "77B"),
    Break("full 734", {"77B": "/HOLD/\n/RETURN/"}, "Y13", "77B", 1),
    Break("full 734", {"77B": "/HOLD/\nPENDING YOUR WORD"}, "Y13", "77B", 1),
    Break("full 734", {"77B": "/HOLD/\n//A\n//B\n//C"}, "T12", "77B", 3),
    missing("full 734", "20", "21"),
    missing("full 734", "21", "32A"),
    missing("minimal 734", "32A", "77J"),
    missing("full 734", "77J", "77B"),
    Break("full 734", {"77B": None}, "T13", "77B"),
    Break("full 734", {"32B>73A": "CNY1,"}, "T13", "32B"),
]
BREAKS = BREAKS_700 + BREAKS_734


def _named(one: Break) -> str:
    return f"{one.base}: {one.changes}"[:70]


@pytest.mark.parametrize("name", sorted(BASES))
def test_a_valid_message_has_no_finding(name: str) -> None:
    kind, fields = BASES[name]
    (message,) = read(fin(kind, fields))
    assert check(message) == []


@pytest.mark.parametrize("one", BREAKS, ids=_named)
def test_one_break_gives_exactly_its_finding(one: Break) -> None:
    kind, base = BASES[one.base]
    fields = changed(base, one.changes)
    (message,) = read(fin(kind, fields))
    findings = check(message)
    assert [(found.code, found.tag, found.severity) for found in findings] == [
        (one.code, one.tag, one.severity)
    ]
    (finding,) = findings
    if one.tag in fields:
        assert finding.line == line_of(fields, one.tag) + one.below
    elif len(one.changes) == 1 and list(one.changes) != ["77B"]:
        assert finding.line == line_of(base, one.changes.keys().__iter__().__next__())
    assert finding.message.endswith(".")
    assert one.code in finding.message
    assert is_valid(findings) == (one.severity == "warning")


# Every other message has its cases in test_swift_corpus.
HERE = {"700": definitions().messages["700"], "734": definitions().messages["734"]}


@pytest.mark.parametrize("kind", sorted(HERE))
def test_every_field_of_every_message_is_broken_once(kind: str) -> None:
    broken = {
        tag.partition(">")[0]
        for one in BREAKS
        if BASES[one.base][0] == kind
        for tag in (*one.changes, one.tag)
    }
    for row in definitions().messages[kind].fields:
        assert broken & set(row.tags), f"no break of {row.tag} in MT {kind}"


@pytest.mark.parametrize(
    ("kind", "rule"),
    [(kind, rule.id) for kind, table in HERE.items() for rule in table.rules],
)
def test_every_rule_is_broken_alone(kind: str, rule: str) -> None:
    cited = f"(rule {rule} of MT {kind}, "
    assert any(
        cited in found.message
        for one in BREAKS
        if BASES[one.base][0] == kind
        for message in read(fin(kind, changed(BASES[one.base][1], one.changes)))
        for found in check(message)
    )


@pytest.mark.parametrize(
    "codes",
    [codes for codes in definitions().codes if not codes.messages or "700" in codes.messages],
    ids=lambda codes: ",".join(codes.tags),
)
def test_every_code_word_is_taken_and_every_legacy_word_reported(codes: object) -> None:
    given = next(found for found in definitions().codes if found is codes)
    base = {
        "40A": "full 700",
        "40E": "full 700",
        "41A": "available with a BIC",
        "41D": "payment",
        "43P": "full 700",
        "43T": "full 700",
        "49": "full 700",
    }
    for tag in set(given.tags) & HERE["700"].tags:
        kind, fields = BASES[base[tag]]
        for word in (*given.words, *given.legacy):
            value = f"{word}/HOUSE RULES" if word == "OTHR" else word
            if given.part == "by":
                value = fields[tag].rpartition("\n")[0] + "\n" + word
            (message,) = read(fin(kind, changed(fields, {tag: value})))
            codes_found = {found.code for found in check(message)}
            assert given.code not in codes_found
            assert "Y10" not in codes_found
            assert ("Y11" in codes_found) == (word in given.legacy)


def test_all_findings_come_at_once_in_the_order_of_the_lines() -> None:
    fields = changed(
        FULL_700,
        {"31C": "250230", "32B": "JPY5,5", "42A": None, "45A": "A\n" + "B" * 66, "49": None},
    )
    (message,) = read(fin("700", fields))
    assert [(found.tag, found.code) for found in check(message)] == [
        ("31C", "T50"),
        ("32B", "C03"),
        ("42C", "C90"),
        ("45A", "T12"),
        ("49", "T13"),
    ]


def test_the_column_is_that_of_the_file() -> None:
    (message,) = read(fin("700", changed(FULL_700, {"45A": LONG_65, "20": "AB;"})))
    reference, goods = check(message)
    # Behind ":20:AB" the semicolon is the seventh character; a further line counts from its start.
    assert (reference.line, reference.column) == (line_of(FULL_700, "20"), 7)
    assert goods.column == 66


def test_the_end_of_a_century_is_1980() -> None:
    first = changed(MINIMAL_700, {"31C": "791231", "31D": "800101SHANGHAI"})
    (finding,) = check(read(fin("700", first))[0])
    assert finding.code == "Y20"
    assert "1980-01-01" in finding.message
    assert "2079-12-31" in finding.message


def test_a_repeated_field_is_reported_where_it_stands_again() -> None:
    rows = [*MINIMAL_734.items(), ("77B", "/HOLD/")]
    (message,) = read(fin("734", rows))
    (finding,) = check(message)
    assert (finding.tag, finding.line, finding.code) == ("77B", 7, "T13")
    assert "a second time" in finding.message


def test_moving_one_field_is_one_finding_however_far_it_moves() -> None:
    for tag in MINIMAL_700:
        value = MINIMAL_700[tag]
        rest = {key: text for key, text in MINIMAL_700.items() if key != tag}
        for rows in ([(tag, value), *rest.items()], [*rest.items(), (tag, value)]):
            if list(dict(rows)) == list(MINIMAL_700):
                continue
            findings = check(read(fin("700", rows))[0])
            assert [found.code for found in findings] == ["T13"]
            # Two neighbours that changed places may each be called the one that moved.
            if abs(list(dict(rows)).index(tag) - list(MINIMAL_700).index(tag)) > 1:
                assert findings[0].tag == tag


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (fin("734", MINIMAL_734).replace("F01YSHACNSHAXXX", "F01YSHACNSH"), "Y02", 1),
        (fin("734", MINIMAL_734).replace("I734YSSLDEHHXXXXN", "I734YSSL"), "Y02", 1),
        (fin("734", MINIMAL_734).replace("I734YSSLDEHHXXXXN", "X"), "Y02", 1),
        (fin("734", MINIMAL_734).replace("YSSLDEHH", "YS9LDEHH"), "Y02", 1),
        (fin("734", MINIMAL_734).replace("{4:", "{3:{108:É}}{4:"), "Y02", 1),
        (fin("734", MINIMAL_734).replace("{4:", "{6:}{4:"), "Y02", 1),
        (fin("734", MINIMAL_734) + "{5:{CHK:\x7f}}", "Y02", 7),
        (fin("734", MINIMAL_734).replace("{4:\r\n", "{4:\r\nHELLO\r\n"), "Y03", 2),
        (fin("103", MINIMAL_734), "Y04", 1),
    ],
)
def test_faults_of_the_whole_message(text: str, code: str, line: int) -> None:
    (finding,) = check(read(text)[0])
    assert (finding.tag, finding.code, finding.line, finding.severity) == ("", code, line, "error")


def test_a_first_field_on_the_line_of_the_block_is_no_field() -> None:
    text = "{4::20:A\r\n" + block_4(MINIMAL_734).partition("\r\n")[2] + "-}"
    assert [found.code for found in check(read(text)[0])] == ["Y03", "T13"]
