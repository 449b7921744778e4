# SPDX-License-Identifier: Apache-2.0
"""The tables that show where the law is in the code: every name in them is there.

They are tools/articles.toml and yangshan/credit/data/switches.toml.
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from yangshan.alliance.places import build
from yangshan.chain.enums import CreditSwitch
from yangshan.credit.amendment_answers import answer_of_presentation
from yangshan.credit.cautions import Caution
from yangshan.credit.claims import authorisation_cautions, claim_cautions
from yangshan.credit.clauses import clause_cautions
from yangshan.credit.examination import examination_of
from yangshan.credit.figures import credit_amounts, valid_mt700
from yangshan.credit.issuing import stated_terms
from yangshan.credit.notices import BankRole, Notice, judge
from yangshan.credit.reimbursement import (
    ReimbursementAuthorisation,
    ReimbursementClaim,
    ReimbursementRules,
)
from yangshan.credit.stays import GoodFaithAct, stay_cautions
from yangshan.credit.switches import Means, Switch, SwitchKind, switches
from yangshan.credit.terms import ApplicableRules, AvailableBy, AvailableWith, Bank
from yangshan.documents.examination import Severity
from yangshan.documents.examination.checks import checks
from yangshan.money import Currency, Money

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "tools"))
from article_reference import Article, articles  # noqa: E402 - a tool, beside the package

SUITE = json.loads((ROOT / "build/suite.json").read_text("utf-8"))["contracts"]
# What rows may wait for that is no contract.
DOCUMENTS = "exchange of documents"

# How many rows there are: a line of the sources that nobody settled, or a rule that a credit may
# modify, is one row, and none is lost by an edit.
MODIFIABLE = 7
UNSETTLED = {
    "words": 1,
    "credit": 2,
    "amendments": 1,
    "presentations": 4,
    "reimbursement": 5,
    "clocks": 3,
    "amounts": 1,
    "documents": 5,
    "electronic records": 6,
    "chain": 1,
}
ARTICLES = {"UCP 600": 111, "eUCP 2.1": 14, "URR 725": 2}


# What a name stands for


@functools.cache
def functions(contract: str) -> frozenset[str]:
    """The functions of a compiled contract."""
    return frozenset(each["name"] for each in SUITE[contract]["abi"] if each["type"] == "function")


def is_function(name: str) -> bool:
    contract, _, function = name.partition(".")
    return contract in SUITE and function in functions(contract)


def resolved(name: str) -> Any:
    """What ``module:attribute`` stands for; fails where it stands for nothing."""
    module, _, path = name.partition(":")
    return functools.reduce(getattr, path.split("."), importlib.import_module(module))


@functools.cache
def functions_in(file: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}


def assert_runs(name: str) -> None:
    """A test of a suite of `make test`, which is not left out of it."""
    file, _, function = name.partition("::")
    assert file.startswith(("tests/library/", "tests/evm/")), name
    assert (ROOT / file).is_file(), name
    assert function in functions_in(file), name
    marks = [ast.unparse(each) for each in functions_in(file)[function].decorator_list]
    assert not [mark for mark in marks if "skip" in mark or "xfail" in mark], name


def awaited(row: Switch | Article) -> bool:
    """Whether what the row waits for is a contract, which then is not there yet."""
    return row.awaits is not None and row.awaits != DOCUMENTS


@pytest.mark.parametrize("tool", ["article_reference", "switch_reference"])
def test_the_pages_are_current(tool: str) -> None:
    """`make docs` renews them."""
    done = subprocess.run(
        [sys.executable, ROOT / f"tools/{tool}.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


# Switches

ROWS = [pytest.param(row, id=row.id) for row in switches().values()]


def test_no_switch_is_lost_or_there_twice() -> None:
    text = (ROOT / "yangshan/credit/data/switches.toml").read_text("utf-8")
    ids = [row["id"] for row in tomllib.loads(text)["switch"]]
    assert ids == list(switches())
    kinds = Counter(row.kind for row in switches().values())
    assert kinds[SwitchKind.MODIFIABLE] == MODIFIABLE
    parts = Counter(row.part for row in switches().values() if row.kind is SwitchKind.UNSETTLED)
    assert parts == UNSETTLED


@pytest.mark.parametrize("row", ROWS)
def test_a_switch_is_kept_where_it_says(row: Switch) -> None:
    assert re.search(r"\b(?:art\. e?\d+|ISBP [A-Z]\d+|URR 725)", row.article)
    assert row.rule.endswith(".")
    assert row.default
    if row.awaits is None:
        assert row.enforced
    assert bool(row.tests) == bool(row.enforced)
    for test in row.tests:
        assert_runs(test)
    for each in row.enforced:
        if each.means is Means.CHAIN_BIT:
            assert each.name in CreditSwitch.__members__
        elif each.means is Means.CONTRACT:
            assert is_function(each.name), each.name
        elif each.means is Means.OPTION:
            name, _, parameter = each.name.removesuffix(")").partition("(")
            assert parameter in inspect.signature(resolved(name)).parameters, each.name
        elif each.means is Means.CHECK:
            assert Severity.WARNING in checks()[each.name].severities, each.name
        else:
            assert callable(resolved(each.name)), each.name


def test_every_bit_of_the_chain_is_a_switch_of_its_own() -> None:
    source = (ROOT / "contracts/libraries/CreditSwitches.sol").read_text("utf-8")
    bits = re.findall(r"constant (\w+) = 1 << \d+;", source)
    assert sorted(bit for row in switches().values() for bit in row.bits) == sorted(bits)
    assert set(bits) == set(CreditSwitch.__members__)
    for row in switches().values():
        assert row.kind is SwitchKind.MODIFIABLE or not row.bits


@pytest.mark.parametrize("row", ROWS)
def test_a_switch_waits_only_for_what_is_not_there(row: Switch) -> None:
    if awaited(row):
        assert row.awaits not in SUITE, f"{row.awaits} is built: name its functions in {row.id}"


# A call by which each warning of the table is told.

EXAMPLE = ROOT / "examples/credits/import-credit.mt700"
MONEY = Money(100, Currency.of("CNY"))
BANK = Bank(bic="YSHACNSHXXX")
AT = datetime.fromisoformat("2025-10-13T17:00:00+08:00")


def of_clause(**changes: Any) -> Sequence[Caution]:
    terms, _ = stated_terms(EXAMPLE.read_bytes(), "a")
    return clause_cautions(terms.model_copy(update=changes))


def of_notices() -> Sequence[Caution]:
    lacking = Notice(AT, True, False, ())
    return judge([lacking, lacking], BankRole.ISSUING, AT, AT + timedelta(seconds=1)).cautions


def of_claim(**changes: Any) -> Sequence[Caution]:
    claim = ReimbursementClaim(
        reference="A", credit_number="B", issuing_bank=BANK, principal=MONEY, total=MONEY, **changes
    )
    due = datetime(2025, 12, 1, tzinfo=AT.tzinfo).date()
    return claim_cautions(claim, AT.date(), build("CNSHA", 2025, 2026), due)


def of_authority() -> Sequence[Caution]:
    return authorisation_cautions(
        ReimbursementAuthorisation(
            credit_number="A",
            rules=ReimbursementRules.URR,
            expiry=AT.date(),
            amount=MONEY,
            available_by=AvailableBy.SIGHT_PAYMENT,
            available_with=AvailableWith(bic="YSHACNSHXXX"),
        )
    )


def of_amounts() -> Sequence[Caution]:
    text = EXAMPLE.read_bytes().decode().replace(":39A:05/05", ":39A:05/05\r\n:39C:MORE")
    return credit_amounts(valid_mt700(text.encode(), "a")).cautions


TOLD: dict[str, Callable[[], Sequence[Caution]]] = {
    "default-period": lambda: of_clause(conditions="UCP 600 ARTICLE 14(C) IS EXCLUDED"),
    "extension": lambda: of_clause(conditions="UCP 600 ARTICLE 29(A) IS EXCLUDED"),
    "five-per-cent-less": lambda: of_clause(conditions="UCP 600 ARTICLE 30(C) IS EXCLUDED"),
    "other-exclusions": lambda: of_clause(conditions="UCP 600 ARTICLE 18(B) IS EXCLUDED"),
    "non-documentary-conditions": lambda: of_clause(conditions="GOODS MUST BE BRAND NEW"),
    "eucp-statements": lambda: of_clause(applicable_rules=ApplicableRules.EUCP),
    "stay-and-good-faith": lambda: stay_cautions([(BankRole.NOMINATED, GoodFaithAct.PAID)]),
    "complies-with-both": lambda: (
        answer_of_presentation(complies_now=True, complies_amended=True).cautions
    ),
    "invalid-notice": of_notices,
    "second-notice": of_notices,
    "invalid-notice-precludes": of_notices,
    "authorisation-expiry": of_authority,
    "early-claim": of_claim,
    "claim-conditions": lambda: of_claim(charges="UNDER RESERVE"),
    "make-up-days": lambda: examination_of("CNSHA", "2025-09-29").cautions,
    "additional-amounts": of_amounts,
}


def test_every_warning_of_the_table_has_its_call() -> None:
    warned = {
        row.id
        for row in switches().values()
        if any(each.means is Means.WARNING for each in row.enforced)
    }
    assert set(TOLD) == warned


@pytest.mark.parametrize("switch", TOLD)
def test_a_warning_is_told_with_its_article(switch: str) -> None:
    told = [each for each in TOLD[switch]() if each.code == switch]
    assert told
    for caution in told:
        assert caution.article == switches()[switch].article
        assert str(caution) == f"{caution.text} ({caution.article})"


# Articles

LAW = [pytest.param(row, id=f"{row.rules} {row.article}") for row in articles()]
PREFIXES = {"UCP 600": "test_article_", "URR 725": "test_urr_", "eUCP 2.1": "test_eucp_"}
NAMED = ("tests/evm/articles", "tests/library/rules/test_articles.py")


def prefix(row: Article) -> str:
    """How the name of its tests begins: ``16(c)(ii)`` as ``test_article_16_c_ii_``."""
    number = row.article.partition(",")[0]
    return PREFIXES[row.rules] + "_".join(re.findall(r"\w+", number)) + "_"


def test_no_article_is_lost_or_there_twice() -> None:
    assert Counter(row.rules for row in articles()) == ARTICLES
    twice = Counter((row.rules, row.article) for row in articles())
    assert [name for name, count in twice.items() if count > 1] == []


@pytest.mark.parametrize("row", LAW)
def test_an_article_is_kept_where_it_says_or_says_why_not(row: Article) -> None:
    assert row.rule.endswith(".")
    for name in row.contract:
        assert is_function(name), name
    for name in row.library:
        assert resolved(name) is not None, name
    for test in row.tests:
        assert_runs(test)
        assert test.partition("::")[2].startswith(prefix(row)), test
    if row.contract or row.library:
        assert row.tests, "a rule that is kept has its test"
    else:
        assert row.off_chain or row.not_yet or row.awaits, "nothing keeps it and nobody says why"
    if not row.contract:
        assert row.off_chain or row.not_yet or row.awaits, "no contract keeps it: say why"


@pytest.mark.parametrize("row", LAW)
def test_an_article_waits_only_for_what_is_not_there(row: Article) -> None:
    if awaited(row):
        assert row.awaits not in SUITE, f"{row.awaits} is built: name its functions"
        assert not row.contract


def test_every_test_that_is_named_after_an_article_stands_in_its_row() -> None:
    first, second = (ROOT / place for place in NAMED)
    named = [
        f"{file.relative_to(ROOT)}::{name}"
        for file in [*sorted(first.glob("test_*.py")), second]
        for name in functions_in(str(file.relative_to(ROOT)))
        if name.startswith(tuple(PREFIXES.values()))
    ]
    listed = [test for row in articles() for test in row.tests]
    assert set(named) <= set(listed)
    assert [test for test, count in Counter(listed).items() if count > 1] == []
    # Of two articles of which one is a part of the other, a test is the part's.
    prefixes = {prefix(row) for row in articles()}
    for row in articles():
        for test in row.tests:
            function = test.partition("::")[2]
            longest = max((each for each in prefixes if function.startswith(each)), key=len)
            assert longest == prefix(row), test


# A citation, and what in it is a number: "art. 6(d), (e), 29(a)" has 6 and 29.
CITED = re.compile(r"(UCP 600|URR 725|eUCP 2\.1) arts? ?\.? ?((?:[\d(),a-z ]|and|to)+)")
SOURCES = ("contracts", "interfaces", "yangshan")


def cited() -> set[tuple[str, str]]:
    """Every article that the code cites, by its number alone."""
    found = set()
    for folder in SOURCES:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix not in {".sol", ".py", ".toml"}:
                continue
            text = re.sub(r"\s*\n\s*(?:///|//|#)?\s*", " ", file.read_text("utf-8"))
            for rules, numbers in CITED.findall(text):
                for number in re.findall(r"(?<![\w(])(e?\d{1,2})(?!\d)", numbers):
                    found.add((rules, number))
    return found


def test_every_article_that_the_code_cites_is_in_the_table() -> None:
    known = {(row.rules, re.match(r"e?\d+", row.article)[0]) for row in articles()}
    assert ("UCP 600", "16") in cited()
    assert ("eUCP 2.1", "e6") in cited()
    assert cited() - known == set()
