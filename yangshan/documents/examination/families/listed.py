# SPDX-License-Identifier: Apache-2.0
"""X23: parties, vessels, places and goods against the lists that the user supplies.

A hold says nothing of the documents: it stops until somebody lifts it, and the days of examination
run on (UCP 600 art. 14(b) knows no other clock).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.families.agreement import vessel
from yangshan.documents.examination.families.speaking import says, spoken
from yangshan.documents.examination.model import Severity
from yangshan.documents.examination.words import Same, missing, same_text, words

if TYPE_CHECKING:
    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.listing import Entry, Listing
    from yangshan.documents.examination.model import Candidate, NamedPlace, Paper, Party, Undone

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
_COUNTRIES: Final = ("/originCountry", "/destinationCountry", "/tradingCountry")
_GOODS: Final = (
    "/lineItems/*", "/packages/*", "/goodsItems/*", "/goods", "/lines/*", "/consignmentItems/*", "",
)  # fmt: skip

# A field, the value there, and whether it is only like the entry's.
_Hit = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What of a paper stands on lists, read once: each value with the field that it stands in."""

    paper: Paper
    parties: tuple[tuple[str, Party], ...]
    names: tuple[tuple[str, str], ...]
    ship_numbers: tuple[tuple[str, str], ...]
    vessels: tuple[tuple[str, str, str], ...]
    places: tuple[tuple[str, NamedPlace, str], ...]
    countries: tuple[tuple[str, str], ...]
    goods: tuple[_Goods, ...]


@dataclass(frozen=True, slots=True)
class _Goods:
    """Goods of a paper: their customs codes, and what they are called."""

    codes: tuple[tuple[str, str], ...]
    field: str
    text: str
    said: str


def listed(case: Case) -> Iterator[Candidate | Undone]:
    """Every paper, called for or not, and the parties of the credit themselves."""
    held = case.lists.listing
    if held is None:
        return
    seen: set[tuple[str, str, str]] = set()
    read = [_facts(each) for each in case.presentation.papers]
    met = _met(case, held, read)
    for place, entry in enumerate(held.entries):
        if entry.kind == "party" and place not in met:
            continue
        yield from _credit(case, entry)
        for facts in read:
            for field, value, near in _HITS[entry.kind](entry, facts):
                # One entry and value are one hold, wherever else they stand.
                key = (entry.id, spoken(value), "near" if near else "")
                if key in seen:
                    continue
                seen.add(key)
                yield _hold(case, entry, facts.paper, field, value, near)


def _met(case: Case, held: Listing, read: list[_Facts]) -> set[int]:
    """The places of the entries that may be met, by a number or a name: lists are long."""
    names = [name for _, name in _of_the_credit(case)]
    numbers: set[str] = set()
    for facts in read:
        names += [party.name for _, party in facts.parties]
        names += [name for _, name in facts.names]
        numbers.update(*(party.identifiers for _, party in facts.parties))
    return held.named.places(names) | {
        place for number in numbers for place in held.numbered.get(number, ())
    }


def _of_the_credit(case: Case) -> Iterator[tuple[str, str]]:
    """Applicant and beneficiary, whose names may run over two lines."""
    for field, party in (("50", case.credit.applicant), ("59", case.credit.beneficiary)):
        for lines in (1, 2):
            yield field, " ".join(party.lines[:lines])


def _facts(paper: Paper) -> _Facts:
    paths = [path for pattern in _PARTIES for path in paper.paths(pattern)]
    places = [path for pattern in _PLACES for path in paper.paths(pattern)]
    vessels = [each for pattern in _VESSELS for each in paper.texts(pattern)]
    return _Facts(
        paper,
        tuple((path, party) for path in paths if (party := paper.party(path)) is not None),
        tuple(each for pattern in _PARTY_NAMES for each in paper.texts(pattern)),
        tuple(each for pattern in _SHIP_NUMBERS for each in paper.texts(pattern)),
        tuple((field, name, vessel(name)) for field, name in vessels),
        tuple(
            (path, place, spoken(place.name or ""))
            for path in places
            if (place := paper.place(path)) is not None
        ),
        tuple((field, value) for field in _COUNTRIES if (value := paper.text(field)) is not None),
        tuple(
            _goods_at(paper, path)
            for pattern in _GOODS
            for path in (paper.paths(pattern) if pattern else [""])
        ),
    )


def _goods_at(paper: Paper, path: str) -> _Goods:
    lines = paper.texts(f"{path}/descriptionOfGoods/*")
    text = paper.text(f"{path}/descriptionOfGoods") or " ".join(each for _, each in lines)
    codes = (
        *paper.texts(f"{path}/commodityCode"),
        *paper.texts(f"{path}/HSCodes/*"),
        *paper.texts(f"{path}/extendedHSCodes/*"),
    )
    return _Goods(codes, f"{path}/descriptionOfGoods", text, spoken(text))


def _credit(case: Case, entry: Entry) -> Iterator[Candidate]:
    if entry.kind != "party":
        return
    told: set[str] = set()
    for field, name in _of_the_credit(case):
        if field not in told and any(same_text(name, each) is Same.YES for each in entry.names):
            told.add(field)
            yield _hold(case, entry, None, f"field {field}", name, near=False)


def _parties(entry: Entry, facts: _Facts) -> Iterator[_Hit]:
    numbers = set(entry.numbers)
    for path, party in facts.parties:
        if numbers & set(party.identifiers):
            yield f"{path}/name", party.name, False
        elif (near := _named(entry, party.name)) is not None:
            yield f"{path}/name", party.name, near
    for field, name in facts.names:
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


def _vessels(entry: Entry, facts: _Facts) -> Iterator[_Hit]:
    for field, number in facts.ship_numbers:
        if number in entry.numbers:
            yield field, number, False
    named = {vessel(each) for each in entry.names} if facts.vessels else set()
    for field, name, bare in facts.vessels:
        if bare in named:
            # A ship is known by its number; a name may be another's too.
            yield field, name, bool(entry.numbers)


def _places(entry: Entry, facts: _Facts) -> Iterator[_Hit]:
    named = [spoken(each) for each in entry.names] if facts.places else []
    for path, place, said in facts.places:
        code, country = place.locode or "", place.country or (place.locode or "")[:2]
        if {code, country} & set(entry.codes) or says(said, named):
            yield path, str(place), False
    for field, value in facts.countries:
        if value in entry.codes:
            yield field, value, False


def _goods(entry: Entry, facts: _Facts) -> Iterator[_Hit]:
    named = [spoken(each) for each in entry.names]
    for goods in facts.goods:
        for field, code in goods.codes:
            if code.startswith(entry.codes):
                # Dual-use lists go deeper than a customs heading does.
                yield field, code, True
        if goods.text and says(goods.said, named):
            yield goods.field, goods.text, True


_HITS: Final[dict[str, Callable[[Entry, _Facts], Iterator[_Hit]]]] = {
    "party": _parties,
    "vessel": _vessels,
    "place": _places,
    "goods": _goods,
}


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
