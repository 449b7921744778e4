# SPDX-License-Identifier: Apache-2.0
"""X23: parties, vessels, places and goods against the lists that the user supplies.

A hold says nothing of the documents: it stops until somebody lifts it, and the days of examination
run on (UCP 600 art. 14(b) knows no other clock).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.families.agreement import vessel
from yangshan.documents.examination.families.speaking import says, spoken
from yangshan.documents.examination.model import Severity
from yangshan.documents.examination.words import Same, is_code, missing, same_text, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.listing import Entry
    from yangshan.documents.examination.model import Candidate, Paper, Undone

# How many letters a typing error can add or take.
_LETTERS_OFF: Final = 2
_PARTIES: Final = (
    "/seller", "/buyer", "/issuer", "/consignee", "/consignor", "/exporter", "/producer",
    "/importer", "/insurer", "/insured", "/assignee", "/applicant", "/drawer", "/drawee", "/payee",
    "/domesticParty", "/overseasParty", "/producingParty", "/declarant", "/documentParties/shipper",
    "/documentParties/consignee", "/documentParties/endorsee", "/documentParties/issuingParty",
    "/documentParties/carriersAgentAtDestination", "/documentParties/notifyParties/*",
    "/notifyParties/*",
)  # fmt: skip
_PARTY_NAMES: Final = ("/carrierName", "/issuingBankName", "/endorsements/*/endorsee")
_VESSELS: Final = (
    "/transports/vesselVoyages/*/vesselName",
    "/onBoardNotation/vesselName",
    "/conveyances/*/vesselName",
    "/carriage/vesselName",
)
_SHIP_NUMBERS: Final = ("/transports/vesselVoyages/*/vesselIMONumber", "/carriage/vesselIMONumber")
_PLACES: Final = (
    "/transports/portOfLoading", "/transports/portOfDischarge", "/transports/placeOfReceipt",
    "/transports/placeOfDelivery", "/transports/transshipmentPorts/*", "/placeOfDeparture",
    "/placeOfDestination", "/placeOfReceipt", "/placeOfDelivery", "/transshipmentPlaces/*",
    "/carriage/portOfLoading", "/carriage/portOfDischarge", "/portOfTransitOrDestination",
    "/portOfEntryOrExit",
)  # fmt: skip
_GOODS: Final = (
    "/lineItems/*", "/packages/*", "/goodsItems/*", "/goods", "/lines/*", "/consignmentItems/*", "",
)  # fmt: skip


def listed(case: Case) -> Iterator[Candidate | Undone]:
    """Every paper, called for or not, and the parties of the credit themselves."""
    held = case.lists.listing
    if held is None:
        return
    seen: set[tuple[str, str, str]] = set()
    known = _words_and_numbers(case)
    for entry in held.entries:
        if entry.kind == "party" and not _may_hit(entry, *known):
            continue
        yield from _credit(case, entry)
        for paper in case.presentation.papers:
            for field, value, near in _hits(entry, paper):
                # One entry and value are one hold, wherever else they stand.
                key = (entry.id, spoken(value), "near" if near else "")
                if key in seen:
                    continue
                seen.add(key)
                yield _hold(case, entry, paper, field, value, near)


def _words_and_numbers(case: Case) -> tuple[frozenset[str], frozenset[str]]:
    """The words of all names of parties, and their numbers: lists have many thousand entries."""
    names = [*case.credit.applicant.lines, *case.credit.beneficiary.lines]
    numbers: list[str] = []
    for paper in case.presentation.papers:
        for pattern in _PARTIES:
            for path in paper.paths(pattern):
                if (party := paper.party(path)) is not None:
                    names.append(party.name)
                    numbers += party.identifiers
        for pattern in _PARTY_NAMES:
            names += (name for _, name in paper.texts(pattern))
    return frozenset(word for name in names for word in words(name)), frozenset(numbers)


def _may_hit(entry: Entry, known: frozenset[str], numbers: frozenset[str]) -> bool:
    """Whether a number is there, or each word of a name, exactly or as it may be misspelt."""
    if numbers & set(entry.numbers):
        return True
    return any(
        all(word in known or (not is_code(word) and _may_be(word, known)) for word in words(name))
        for name in entry.names
    )


def _may_be(word: str, known: frozenset[str]) -> bool:
    """A cheap look before :func:`~...words.alike`, which is asked of what is left."""
    return any(
        word[:1] == other[:1] and abs(len(word) - len(other)) <= _LETTERS_OFF for other in known
    )


def _credit(case: Case, entry: Entry) -> Iterator[Candidate]:
    if entry.kind != "party":
        return
    for field, party in (("50", case.credit.applicant), ("59", case.credit.beneficiary)):
        for name in (party.lines[0], " ".join(party.lines[:2])):
            if any(same_text(name, each) is Same.YES for each in entry.names):
                yield _hold(case, entry, None, f"field {field}", name, near=False)
                break


def _hits(entry: Entry, paper: Paper) -> Iterator[tuple[str, str, bool]]:
    match entry.kind:
        case "party":
            yield from _parties(entry, paper)
        case "vessel":
            yield from _vessels(entry, paper)
        case "place":
            yield from _places(entry, paper)
        case "goods":
            yield from _goods(entry, paper)


def _parties(entry: Entry, paper: Paper) -> Iterator[tuple[str, str, bool]]:
    for pattern in _PARTIES:
        for path in paper.paths(pattern):
            party = paper.party(path)
            if party is None:
                continue
            if set(party.identifiers) & set(entry.numbers):
                yield f"{path}/name", party.name, False
            elif (near := _named(entry, party.name)) is not None:
                yield f"{path}/name", party.name, near
    for pattern in _PARTY_NAMES:
        for field, name in paper.texts(pattern):
            if (near := _named(entry, name)) is not None:
                yield field, name, near


def _named(entry: Entry, name: str) -> bool | None:
    """Whether a name is only like one of the entry's; None where it is neither."""
    answers = {same_text(name, each) for each in entry.names}
    if Same.YES in answers:
        return False
    # A listed name inside a longer one, as of a branch, is to be looked at.
    inside = any(not missing(words(each), words(name)) for each in entry.names if words(each))
    return True if Same.TYPING in answers or inside else None


def _vessels(entry: Entry, paper: Paper) -> Iterator[tuple[str, str, bool]]:
    for pattern in _SHIP_NUMBERS:
        for field, number in paper.texts(pattern):
            if number in entry.numbers:
                yield field, number, False
    for pattern in _VESSELS:
        for field, name in paper.texts(pattern):
            if any(vessel(name) == vessel(each) for each in entry.names):
                # A ship is known by its number; a name may be another's too.
                yield field, name, bool(entry.numbers)


def _places(entry: Entry, paper: Paper) -> Iterator[tuple[str, str, bool]]:
    for pattern in _PLACES:
        for path in paper.paths(pattern):
            place = paper.place(path)
            if place is None:
                continue
            code, country = place.locode or "", place.country or (place.locode or "")[:2]
            named = spoken(place.name or "")
            if {code, country} & set(entry.codes) or says(named, map(spoken, entry.names)):
                yield path, str(place), False
    for field in ("/originCountry", "/destinationCountry", "/tradingCountry"):
        value = paper.text(field)
        if value is not None and value in entry.codes:
            yield field, value, False


def _goods(entry: Entry, paper: Paper) -> Iterator[tuple[str, str, bool]]:
    for pattern in _GOODS:
        for path in paper.paths(pattern) if pattern else [""]:
            codes = [
                *paper.texts(f"{path}/commodityCode"),
                *paper.texts(f"{path}/HSCodes/*"),
                *paper.texts(f"{path}/extendedHSCodes/*"),
            ]
            for field, code in codes:
                if any(code.startswith(each) for each in entry.codes):
                    # Dual-use lists go deeper than a customs heading does.
                    yield field, code, True
            lines = paper.texts(f"{path}/descriptionOfGoods/*")
            text = paper.text(f"{path}/descriptionOfGoods") or " ".join(each for _, each in lines)
            if text and says(spoken(text), map(spoken, entry.names)):
                yield f"{path}/descriptionOfGoods", text, True


def _hold(
    case: Case, entry: Entry, paper: Paper | None, field: str, value: str, near: bool
) -> Candidate:
    held = case.lists.listing
    assert held is not None
    how, name = "is like" if near else "is", entry.names[0] if entry.names else entry.id
    return case.found(
        paper,
        field,
        found=value,
        expected=f"nothing of {held.name}, version {held.version}",
        severity=Severity.HOLD,
        sentence=f"{value} {how} {name}, entry {entry.id} of {held.name} ({entry.reason}). The "
        "days of examination run on.",
    )
