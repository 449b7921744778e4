# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from story_samples import act, summary

from yangshan.story.play import NotWritten, Played
from yangshan.story.summary import Step, Summary, schema

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "summary.schema.json"


def test_the_published_schema_is_current() -> None:
    """`python tools/summary_schema.py` writes it."""
    assert json.loads(REFERENCE.read_text("utf-8")) == schema()


def test_every_figure_of_the_schema_is_always_there() -> None:
    for name, each in {**schema()["$defs"], "Summary": schema()}.items():
        assert each["required"] == list(each["properties"]), name
        assert each["additionalProperties"] is False, name


def test_the_figures_that_programs_were_promised() -> None:
    found = summary().model_dump(mode="json")
    assert {"network", "chain_id", "acts"} <= set(found)
    act = found["acts"][0]
    assert {"credit", "presentation", "paid", "steps"} <= set(act)
    assert {"reference", "currency", "amount", "state"} <= set(act["credit"])
    assert {"state", "received", "deadline"} <= set(act["presentation"])
    assert {"actor", "action", "article", "tx", "gas", "time"} <= set(act["steps"][0])
    assert act["credit"]["amount"] == 128_000_000
    assert act["presentation"]["deadline"] == "2025-09-17T17:00:00+08:00"


@pytest.mark.parametrize(
    "changes",
    [
        {"network": "goerli"},
        {"genesis": "0x12"},
        {"gas": -1},
        {"unknown": 1},
        {"format": 2},
    ],
)
def test_another_value_is_no_summary(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        summary(**changes)


@pytest.mark.parametrize(
    "changes", [{"tx": "0xAB"}, {"tx": "0x" + "AB" * 32}, {"gas": -1}, {"time": "today"}]
)
def test_another_value_is_no_step(changes: dict[str, Any]) -> None:
    given = summary().setup[0].model_dump(mode="json")
    assert Step.model_validate(given)
    with pytest.raises(ValidationError):
        Step.model_validate({**given, **changes})


# Writing


def test_the_results_are_three_kinds_of_files(tmp_path: Path) -> None:
    refused = act(2, "REFUSED", ["issue"])
    notice = ":20:A\r\n:77J:REFUSED\r\n"
    refused = refused.model_copy(
        update={
            "credit": refused.credit.model_copy(update={"reference": "YDL25LC000233"}),
            "messages": {"MT 700": "", "MT 734": notice},
        }
    )
    played = Played(summary(acts=(refused,)), "<html>Ä</html>")
    folder = tmp_path / "new" / "demo"
    played.write(folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        "YDL25LC000233.mt734",
        "report.html",
        "summary.json",
    ]
    # A message keeps its own ends of lines.
    assert (folder / "YDL25LC000233.mt734").read_bytes() == notice.encode()
    assert (folder / "report.html").read_text("utf-8") == "<html>Ä</html>"
    text = (folder / "summary.json").read_text("utf-8")
    assert Summary.model_validate_json(text) == played.summary
    played.write(folder)
    assert len(list(folder.iterdir())) == 3


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("a file")
    with pytest.raises(NotWritten, match=r"report\.html cannot be written: File exists") as caught:
        Played(summary(), "").write(tmp_path / "demo")
    assert caught.value.exit_code == 2


def test_a_reference_with_a_slash_writes_no_folder(tmp_path: Path) -> None:
    refused = act(2, "REFUSED", ["issue"])
    refused = refused.model_copy(
        update={
            "credit": refused.credit.model_copy(update={"reference": "YDL/25"}),
            "messages": {"MT 734": "A"},
        }
    )
    Played(summary(acts=(refused,)), "").write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "YDL-25.mt734",
        "report.html",
        "summary.json",
    ]
