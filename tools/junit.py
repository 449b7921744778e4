# SPDX-License-Identifier: Apache-2.0
"""Results of our own runners in the form in which pytest writes its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree


@dataclass(frozen=True)
class Case:
    """One result; ``failure`` says what was wrong, or is None."""

    name: str
    seconds: float
    failure: str | None


def write(path: Path, suite: str, cases: Iterable[Case]) -> None:
    """Write a JUnit file."""
    cases = list(cases)
    root = ElementTree.Element("testsuites")
    element = ElementTree.SubElement(
        root,
        "testsuite",
        name=suite,
        tests=str(len(cases)),
        failures=str(sum(case.failure is not None for case in cases)),
        errors="0",
        skipped="0",
        time=f"{sum(case.seconds for case in cases):.3f}",
    )
    for case in cases:
        found = ElementTree.SubElement(
            element, "testcase", classname=suite, name=case.name, time=f"{case.seconds:.3f}"
        )
        if case.failure is not None:
            ElementTree.SubElement(found, "failure", message=case.failure)
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
