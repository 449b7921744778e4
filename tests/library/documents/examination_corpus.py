# SPDX-License-Identifier: Apache-2.0
"""The corpus of examinations: clean base sets, and cases that change one of them by name.

A base is a folder of ``examination/bases``: ``credit.mt700``, ``presentation.json`` and, where it
has more to say, ``terms.toml`` with ``part`` (changes that make the terms of a part),
``substituted``, ``drawn``. A case of ``examination/cases/X01.toml`` has

    id        its name
    base      the set that it changes
    about     what an examiner sees in it, in one line
    terms     fields of the credit written anew, by their names in CreditTerms; "" takes one away
    original  the same of the credit from which a part was transferred
    in_force  substituted, drawn, additional
    put       pointers with new values: "invoice/buyer/name" = "...", in a document that starts as
              it is in the base; received, place and so on by their own names
    drop      pointers, or whole documents, that are taken away
    copy      whole documents under a new name: "invoice-2" = "invoice"
    lists     what is looked at beside it, for the checks that read lists
    expect    every candidate of all checks: "X01 D invoice /invoiceCurrencyCode"
    undone    the checks that leave something to a person, each once for each thing

and is a near miss of its own check if that is not in ``expect``.
"""

from __future__ import annotations

import copy
import functools
import json
import tomllib
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from yangshan.credit.terms import CreditTerms
from yangshan.documents.examination import Examination, Lists, Presentation, TermsInForce, examine
from yangshan.documents.examination.fingerprints import earlier_set
from yangshan.documents.examination.listing import Listing
from yangshan.documents.examination.reading import presentation_of
from yangshan.swift.statement import stated

CORPUS = Path(__file__).parent / "examination"
BASES = sorted(each.name for each in (CORPUS / "bases").iterdir())


@dataclass(frozen=True)
class Example:
    """One case, of the check whose file it stands in."""

    check: str
    id: str
    base: str
    about: str
    terms: dict[str, Any] = field(default_factory=dict)
    original: dict[str, Any] = field(default_factory=dict)
    in_force: dict[str, Any] = field(default_factory=dict)
    put: dict[str, Any] = field(default_factory=dict)
    drop: list[str] = field(default_factory=list)
    copy: dict[str, str] = field(default_factory=dict)
    lists: dict[str, Any] = field(default_factory=dict)
    expect: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)

    @property
    def flags(self) -> bool:
        """Whether its own check must find something."""
        return any(each.startswith(f"{self.check} ") for each in self.expect)


@functools.cache
def examples() -> tuple[Example, ...]:
    """Every case, in the order of the files."""
    found = []
    for file in sorted((CORPUS / "cases").glob("*.toml")):
        for row in tomllib.loads(file.read_text("utf-8"))["case"]:
            found.append(Example(file.stem, **row))
    return tuple(found)


@functools.cache
def base_terms(base: str) -> TermsInForce:
    """The terms of a base set."""
    folder = CORPUS / "bases" / base
    terms, _ = stated((folder / "credit.mt700").read_bytes(), base)
    assert isinstance(terms, CreditTerms)
    more_file = folder / "terms.toml"
    if not more_file.exists():
        return TermsInForce(terms)
    more = tomllib.loads(more_file.read_text("utf-8"))
    part = more.pop("part", None)
    if part is None:
        return TermsInForce(terms, **more)
    return TermsInForce(written(terms, part), terms, **more)


def base_set(base: str) -> dict[str, Any]:
    """The presentation of a base set, as JSON, to change at will."""
    text = (CORPUS / "bases" / base / "presentation.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def terms_of(example: Example) -> TermsInForce:
    """The terms in force of a case."""
    base = base_terms(example.base)
    original = base.original
    if example.original:
        assert original is not None
        original = written(original, example.original)
    more = {"substituted": base.substituted, "drawn": base.drawn, "additional": base.additional}
    return TermsInForce(
        written(base.terms, example.terms), original, **{**more, **example.in_force}
    )


def written(terms: CreditTerms, changes: dict[str, Any]) -> CreditTerms:
    """Terms with fields written anew; empty text takes one away."""
    value = terms.model_dump(mode="json", exclude_none=True)
    for name, new in changes.items():
        if new == "":
            value.pop(name, None)
        else:
            value[name] = new
    return CreditTerms.from_canonical(value)


def set_of(example: Example) -> dict[str, Any]:
    """The presentation of a case, as JSON."""
    value = base_set(example.base)
    documents = value["documents"]
    for name, source in example.copy.items():
        documents[name] = copy.deepcopy(documents[source])
    for pointer, new in example.put.items():
        holder, last = _place(value, pointer)
        if isinstance(holder, list) and int(last) == len(holder):
            holder.append(copy.deepcopy(new))
        elif isinstance(holder, list):
            holder[int(last)] = copy.deepcopy(new)
        else:
            holder[last] = copy.deepcopy(new)
    for pointer in example.drop:
        holder, last = _place(value, pointer)
        del holder[int(last) if isinstance(holder, list) else last]
    return value


def _place(value: dict[str, Any], pointer: str) -> tuple[Any, str]:
    first, *rest = pointer.split("/")
    if first not in value["documents"] and (rest or first in value or first in ENVELOPE):
        here: Any = value
        steps = [first, *rest]
    elif rest:
        here, steps = value["documents"][first]["fields"], rest
    else:
        here, steps = value["documents"], [first]
    for step in steps[:-1]:
        here = here[int(step)] if isinstance(here, list) else here.setdefault(step, {})
    return here, steps[-1]


ENVELOPE = frozenset(
    {"received", "place", "demanded", "schedule", "acceptedOutOfHours", "forwarded"}
)


def presentation_in(example: Example) -> Presentation:
    """The presentation of a case."""
    return presentation_of(set_of(example), example.id)


def lists_of(example: Example) -> Lists:
    """The lists of a case.

    ``listing`` as in a file of a list; ``declarations`` by number; ``history`` by name, each a base
    set with changes of its own; ``value_tolerance`` in per cent.
    """
    given = dict(example.lists)
    if "listing" in given:
        given["listing"] = Listing.model_validate(given["listing"])
    if "history" in given:
        bare = replace(example, put={}, drop=[], copy={})
        given["history"] = tuple(
            earlier_set(name, presentation_in(replace(bare, **made)).papers)
            for name, made in given["history"].items()
        )
    if "value_tolerance" in given:
        given["value_tolerance"] = Fraction(given["value_tolerance"])
    return Lists(**given)


def examined(example: Example) -> Examination:
    """What the machine finds in a case."""
    return examine(terms_of(example), presentation_in(example), lists_of(example))


def said(found: Examination) -> list[str]:
    """Candidates as a case expects them, sorted."""
    return sorted(
        f"{each.check} {each.severity} {each.document} {each.field}".rstrip()
        for each in found.candidates
    )


def of(check: str, name: str) -> list[str]:
    """What is found in a case, which it must expect as well."""
    (example,) = (each for each in examples() if (each.check, each.id) == (check, name))
    found = said(examined(example))
    assert found == sorted(example.expect)
    return found
