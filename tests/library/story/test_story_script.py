# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from yangshan.alliance.calendars import BankingCalendar, CalendarNotPublished
from yangshan.alliance.places import build
from yangshan.credit.issuing import stated_terms
from yangshan.credit.papers import DocumentsFileError
from yangshan.credit.settlements import Disposal
from yangshan.credit.terms import CreditTerms, PresentationPeriod
from yangshan.errors import Unusable
from yangshan.story.amended import AmendedScript
from yangshan.story.nominated import NominatedScript
from yangshan.story.play import STORY
from yangshan.story.repertoire import load_act, load_story, played_by
from yangshan.story.script import ActScript, Documents, Hours, StoryFileError
from yangshan.story.sight import SightScript
from yangshan.story.stage import read_documents
from yangshan.story.titled import TitledScript
from yangshan.story.transferred import TransferredScript

EXAMPLES = Path(__file__).parents[3] / "examples"
SUBSTITUTED = EXAMPLES / "acts" / ".." / "documents" / "transfer" / "substituted-invoice.json"
START = datetime(2025, 9, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def shanghai() -> BankingCalendar:
    return build("CNSHA", 2025, 2026)


@pytest.fixture(scope="module")
def frankfurt() -> BankingCalendar:
    return build("DEFRA", 2025, 2026)


@pytest.fixture(scope="module")
def terms() -> CreditTerms:
    data = (EXAMPLES / "credits" / "import-credit.mt700").read_bytes()
    return stated_terms(data, "import-credit")[0]


# The file


def test_the_story_of_the_examples() -> None:
    story = load_story(STORY)
    assert story.start == START
    assert story.alliance == EXAMPLES / "shanghai-alliance"
    three = ["invoice", "bill-of-lading", "packing-list"]
    assert [(act.credit.name, named(act.documents), act.ending) for act in story.acts] == [
        ("import-credit.mt700", [*three, "insurance", "certificate-of-origin"], "paid"),
        ("discrepant-credit.mt700", three, "refused"),
        ("silent-bank-credit.mt700", three, "precluded"),
        ("usance-credit.mt700", [*three, "draft"], "honoured"),
        ("amended-credit.mt700", three, "amended"),
        ("transferable-credit.mt700", [], "transferred"),
        ("titled-credit.mt700", three, "titled"),
    ]
    _, refused, silent, usance, amended, transferred, titled = story.acts
    assert isinstance(refused, SightScript)
    assert refused.refused == datetime.fromisoformat("2025-09-26T16:30:00+08:00")
    assert refused.disposal is Disposal.HOLD
    assert [said.code for said in refused.discrepancy] == ["X08", "X09", "X12"]
    assert silent.lodged == datetime.fromisoformat("2025-09-29T10:00:00+08:00")
    assert isinstance(usance, NominatedScript)
    assert usance.proceeds is None
    assert usance.declaration is not None
    assert usance.declaration.declared == datetime.fromisoformat("2025-10-10T10:00:00+08:00")
    assert usance.declaration.released == datetime.fromisoformat("2025-10-11T16:00:00+08:00")
    assert isinstance(amended, AmendedScript)
    assert [(each.file.name, each.answer, each.extended) for each in amended.amendment] == [
        ("amended-credit-1.mt707", "accepts", True),
        ("amended-credit-2.mt707", "rejects", False),
        ("amended-credit-3.mt707", "presents", False),
    ]
    assert isinstance(transferred, TransferredScript)
    assert [
        (each.to, each.amount, each.invoice, named(each.documents or ()), each.substituted)
        for each in transferred.part
    ] == [
        ("carrier", 24_000_000, 31_500_000, three[:2], SUBSTITUTED),
        ("insurer", 4_200_000, None, three[:2], None),
    ]
    assert isinstance(titled, TitledScript)
    arrived = datetime.fromisoformat("2025-10-21T14:00:00+08:00")
    assert titled.arrived == arrived
    assert titled.moved(timedelta(weeks=2)).arrived == arrived + timedelta(weeks=2)
    for act in story.acts:
        assert act.credit.is_absolute()
        played_by(act).expect_usable(act)
    assert all(each.file.is_file() for each in amended.amendment)


def named(documents: Documents) -> list[str]:
    """The names of documents in files of their own."""
    assert isinstance(documents, tuple)
    assert all(each.is_absolute() for each in documents)
    return [each.stem for each in documents]


def changed(source: Path, folder: Path, *changes: tuple[str, str]) -> Path:
    """A file of the examples with some changes, under its own name in another folder."""
    text = source.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / source.name
    file.write_text(text, "utf-8")
    return file


def test_paths_are_named_from_the_folder_of_the_file_that_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "acts").mkdir()
    changed(STORY, tmp_path)
    for act in (EXAMPLES / "acts").iterdir():
        changed(act, tmp_path / "acts")
    monkeypatch.chdir(tmp_path)
    story = load_story(Path("story.toml"))
    here = tmp_path.resolve()
    assert story.acts[0].credit.resolve() == here / "credits" / "import-credit.mt700"
    assert story.alliance == here / "shanghai-alliance"
    amended = story.acts[4]
    assert isinstance(amended, AmendedScript)
    named = amended.amendment[0].file.resolve()
    assert named == here / "amendments" / "amended-credit-1.mt707"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([("start =", "start")], "it is not TOML"),
        ([("start = 2025-09-01T00:00:00Z\n", "")], "start: Field required"),
        ([("00:00Z", "00:00")], "start: "),
        ([('alliance = "shanghai-alliance"\n', "")], "alliance: Field required"),
        ([("acts = [", "acts = [\n    7,")], "acts.0: "),
    ],
)
def test_a_file_that_tells_no_story_is_named(
    tmp_path: Path, changes: list[tuple[str, str]], said: str
) -> None:
    file = changed(STORY, tmp_path, *changes)
    with pytest.raises(StoryFileError) as caught:
        load_story(file)
    assert isinstance(caught.value, Unusable)
    assert (caught.value.file, caught.value.exit_code) == (file, 2)
    assert f"The story file {file} cannot be used: {said}" in str(caught.value)


@pytest.mark.parametrize(
    ("act", "changes", "said"),
    [
        ("sight", [('ending = "paid"', 'ending = "happy"')], "Input tag 'happy'"),
        ("sight", [('ending = "paid"\n', "")], "Unable to extract tag"),
        ("sight", [('ending = "paid"', 'ending = "refused"')], "Value error, a refused"),
        ("discrepant", [("refused = 2025-09-26T16:30:00+08:00\n", "")], "Value error, a refused"),
        ("discrepant", [('disposal = "HOLD"\n', "")], "Value error, a refused"),
        ("discrepant", [('disposal = "HOLD"', 'disposal = "KEEP"')], "disposal: "),
        ("discrepant", [('ending = "refused"', 'ending = "paid"')], "Value error, a refused"),
        ("silent-bank", [("T10:00:00+08:00", "T10:00:00")], "lodged: "),
        ("discrepant", [("shipped = 2025-09-22", "shipped = 2025-09-22\nport = 1")], "port: "),
        ("usance", [('"honoured"', '"honoured"\nproceeds = 0')], "proceeds: "),
        ("usance", [('"honoured"', '"honoured"\ndisposal = "HOLD"')], "disposal: "),
        ("amendments", [('"accepts"', '"accepts in part"')], "amendment.0.answer: "),
        ("usance", [("released = 2025-10-11T16:00:00+08:00\n", "")], "declaration.released: "),
        ("usance", [("10-10T10:00:00+08:00", "10-10T10:00:00")], "declaration.declared: "),
        ("transfer", [("amount = 24_000_000", "amount = 0")], "part.0.amount: "),
        ("amendments", [("extended = true\n", "")], "amendment.0.extended: Field required"),
    ],
)
def test_a_file_that_tells_no_act_is_named(
    tmp_path: Path, act: str, changes: list[tuple[str, str]], said: str
) -> None:
    file = changed(EXAMPLES / "acts" / f"{act}.toml", tmp_path, *changes)
    with pytest.raises(StoryFileError) as caught:
        load_act(file)
    assert (caught.value.file, caught.value.exit_code) == (file, 2)
    assert f"The story file {file} cannot be used: {said}" in str(caught.value)


def test_a_story_without_discrepancies_refuses_nothing(tmp_path: Path) -> None:
    file = changed(EXAMPLES / "acts" / "discrepant.toml", tmp_path)
    text = file.read_text("utf-8")
    file.write_text(text[: text.index("[[discrepancy]]")], "utf-8")
    with pytest.raises(StoryFileError, match="has a time, a disposal and reasons"):
        load_act(file)


def test_a_missing_or_binary_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoryFileError, match="No such file"):
        load_story(tmp_path / "none.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(StoryFileError, match="it is not TOML"):
        load_story(tmp_path / "binary.toml")
    with pytest.raises(StoryFileError, match=r"acts/sight.toml cannot be used: No such file"):
        load_story(changed(STORY, tmp_path))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file"),
        (b"{", "it is not JSON"),
        (b"\xff", "it is not JSON"),
        (b"[]", "it is not a JSON object"),
    ],
)
def test_presented_documents_are_a_json_object(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "documents.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DocumentsFileError, match=said) as caught:
        read_documents(file)
    assert caught.value.exit_code == 2


# The hours


def script(**stated: Any) -> ActScript:
    return ActScript(title="", credit=Path(), documents=Path(), **stated)


def test_the_hours_follow_from_the_credit(
    terms: CreditTerms, shanghai: BankingCalendar, frankfurt: BankingCalendar
) -> None:
    hours = Hours(script(), terms, START, shanghai, frankfurt)
    assert hours.issued().isoformat() == "2025-09-01T10:00:00+08:00"
    assert hours.advised() == datetime.fromisoformat("2025-09-02T10:00:00+02:00")
    assert hours.shipped() == date(2025, 9, 5)
    # Five days after shipment: a Wednesday.
    assert hours.lodged().isoformat() == "2025-09-10T11:00:00+08:00"
    assert hours.found().isoformat() == "2025-09-12T15:00:00+08:00"


def test_what_the_story_states_goes_before_what_follows_from_the_credit(
    terms: CreditTerms, shanghai: BankingCalendar
) -> None:
    lodged = datetime.fromisoformat("2025-10-10T16:59:59+08:00")
    stated = script(shipped=date(2025, 9, 30), lodged=lodged)
    hours = Hours(stated, terms, START, shanghai, None)
    assert (hours.shipped(), hours.lodged()) == (date(2025, 9, 30), lodged)
    # Saturday 11 October is a make-up working day, Sunday is none.
    assert hours.found().isoformat() == "2025-10-13T15:00:00+08:00"


def test_a_credit_that_nobody_in_the_alliance_advises_is_known_at_issue(
    terms: CreditTerms, shanghai: BankingCalendar
) -> None:
    hours = Hours(script(), terms, START, shanghai, None)
    assert hours.advised() is None
    assert hours.lodged().isoformat() == "2025-09-10T11:00:00+08:00"


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        # The chain begins when it is already 1 September in Shanghai.
        (date(2025, 8, 15), "2025-09-01T10:00:00+08:00"),
        (date(2025, 9, 1), "2025-09-01T10:00:00+08:00"),
        (date(2025, 9, 2), "2025-09-02T10:00:00+08:00"),
        # A Saturday: a credit may be dated on any day.
        (date(2025, 9, 6), "2025-09-06T10:00:00+08:00"),
    ],
)
def test_a_credit_is_issued_on_its_day_or_when_the_chain_begins(
    terms: CreditTerms, shanghai: BankingCalendar, issued: date, expected: str
) -> None:
    other = terms.model_copy(update={"issued": issued})
    hours = Hours(script(), other, START, shanghai, None)
    assert hours.issued().isoformat() == expected


def test_advice_waits_for_a_banking_day_of_the_advising_bank(
    terms: CreditTerms, shanghai: BankingCalendar, frankfurt: BankingCalendar
) -> None:
    # A Thursday; the 3rd of October is a holiday in Germany.
    other = terms.model_copy(update={"issued": date(2025, 10, 2)})
    hours = Hours(script(), other, START, shanghai, frankfurt)
    assert hours.advised() == datetime.fromisoformat("2025-10-06T10:00:00+02:00")
    # After the change of the clock.
    other = terms.model_copy(update={"issued": date(2025, 10, 24)})
    hours = Hours(script(), other, START, shanghai, frankfurt)
    assert hours.advised() == datetime.fromisoformat("2025-10-27T10:00:00+01:00")


@pytest.mark.parametrize(
    ("changes", "lodged"),
    [
        # The period ends two days after shipment on 5 September: a Sunday, hence on Monday.
        ({"presentation_period": PresentationPeriod(days=2)}, "2025-09-08T11:00:00+08:00"),
        # The credit expires first, on a Tuesday.
        ({"expiry": date(2025, 9, 9)}, "2025-09-09T11:00:00+08:00"),
        # Expiry in the holiday of October: extended to the first banking day, Thursday the 9th.
        (
            {
                "issued": date(2025, 9, 30),
                "latest_shipment": date(2025, 10, 2),
                "expiry": date(2025, 10, 3),
            },
            "2025-10-09T11:00:00+08:00",
        ),
        # Shipment no later than the latest date of the credit.
        ({"latest_shipment": date(2025, 9, 3)}, "2025-09-08T11:00:00+08:00"),
    ],
)
def test_documents_are_presented_within_the_last_day_for_it(
    terms: CreditTerms, shanghai: BankingCalendar, changes: dict[str, Any], lodged: str
) -> None:
    other = terms.model_copy(update=changes)
    assert Hours(script(), other, START, shanghai, None).lodged().isoformat() == lodged


def test_an_hour_that_no_published_calendar_covers_is_named(
    terms: CreditTerms, shanghai: BankingCalendar
) -> None:
    other = terms.model_copy(update={"issued": date(2027, 1, 4), "expiry": date(2027, 6, 30)})
    with pytest.raises(CalendarNotPublished):
        Hours(script(), other, START, shanghai, None).issued()
    late = script(lodged=datetime.fromisoformat("2026-12-31T12:00:00+08:00"))
    with pytest.raises(CalendarNotPublished):
        Hours(late, terms, START, shanghai, None).found()


def test_the_hours_are_those_of_the_place(terms: CreditTerms, frankfurt: BankingCalendar) -> None:
    hours = Hours(script(), terms, START, frankfurt, None)
    assert hours.issued().utcoffset() == timedelta(hours=2)
    assert hours.issued().isoformat() == "2025-09-01T10:00:00+02:00"


def test_a_nominated_bank_examines_and_answers_on_its_own_banking_days(
    terms: CreditTerms, shanghai: BankingCalendar, frankfurt: BankingCalendar
) -> None:
    lodged = datetime.fromisoformat("2025-09-29T11:00:00+02:00")
    hours = Hours(script(lodged=lodged), terms, START, shanghai, frankfurt, frankfurt)
    assert hours.issued().isoformat() == "2025-09-01T10:00:00+08:00"
    assert hours.found().isoformat() == "2025-10-01T15:00:00+02:00"
    # The same documents in Shanghai: closed from 1 to 8 October.
    assert hours.found_by(shanghai, lodged).isoformat() == "2025-10-09T15:00:00+08:00"
    assert hours.answered(shanghai, lodged).isoformat() == "2025-09-30T10:00:00+08:00"
    assert hours.on(shanghai, date(2025, 10, 3)).isoformat() == "2025-10-09T10:00:00+08:00"
    assert hours.on(frankfurt, date(2025, 10, 4)).isoformat() == "2025-10-06T10:00:00+02:00"
