# SPDX-License-Identifier: Apache-2.0
"""What is examined, against what, and what an examination finds.

A finding is a *candidate*: a person confirms it, and a checker approves the notice before it goes
out, because a notice of refusal is final (UCP 600 art. 16(c)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from yangshan.credit.clauses import exclusions_of
from yangshan.documents.examination.requirements import Requirement, requirements_of
from yangshan.money import Currency, Money, UnknownCurrency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.credit.clauses import Exclusions
    from yangshan.credit.terms import CreditTerms
    from yangshan.documents.canonical import Json
    from yangshan.documents.document import Document
    from yangshan.documents.examination.fingerprints import EarlierSet
    from yangshan.documents.examination.listing import Listing
    from yangshan.documents.sealing import SealedDocument

# The one of whom a candidate tells when it is about no document: when and where it was presented.
WHOLE: Final = "presentation"
# Transport documents of arts 19 to 25.
TRANSPORT_KINDS: Final = ("bill-of-lading", "transport-document")


class Severity(StrEnum):
    """What a candidate is good for."""

    DISCREPANCY = "D"  # may stand in a notice of refusal, once a person has confirmed it
    WARNING = "W"  # to look at; never by itself in a notice of refusal
    INFORMATION = "I"
    BLOCK = "block"  # stops financing, whatever the credit says
    HOLD = "hold"  # stops until somebody lifts it; the days of examination run on


class Word(StrEnum):
    """What a registry says of a document, asked for the member that is to have issued it."""

    STANDS = "registered"
    UNKNOWN = "not registered"
    ANOTHERS = "registered by another"
    MISTAKEN = "registered as what it is not"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    OUTSIDE = "issued by no member"
    UNSEALED = "not sealed"


@dataclass(frozen=True, slots=True)
class Vouched:
    """The word on one document, and the same for people: who, when and why."""

    word: Word
    said: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that an examiner should look at.

    ``document`` is the name of a paper, or :data:`WHOLE`; ``field`` the JSON pointer in it, empty
    for the whole of it. ``found`` and ``expected`` are both values as a person reads them,
    ``sentence`` what an examiner could say of it in a notice.
    """

    check: str
    severity: Severity
    document: str
    field: str
    found: str
    expected: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What a check could not see, so that a person has to look; no candidate."""

    check: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A number in a unit of UN Recommendation 20, or of packages (Recommendation 21)."""

    value: Fraction
    unit: str
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Party:
    """A party as a document names it; ``path`` is the JSON pointer to it."""

    path: str
    name: str
    address: tuple[str, ...] = ()
    country: str | None = None
    identifiers: tuple[str, ...] = ()
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place as a document names it."""

    path: str
    name: str | None
    locode: str | None
    country: str | None

    def __str__(self) -> str:
        said = [each for each in (self.name, self.locode, self.country) if each]
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a presentation, under a name that is its own there.

    ``sealed`` is the document with its salts, where it came so. Every reader takes a JSON pointer
    and gives None where nothing, or nothing of that form, stands.
    """

    name: str
    document: Document
    sealed: SealedDocument | None = None

    @property
    def kind(self) -> str:
        """The kind of document, as the schemas name it."""
        return self.document.kind

    def value(self, pointer: str) -> Json:
        """What stands there, whatever it is."""
        return self.document.get(pointer)

    def find(self, pattern: str) -> Iterator[tuple[str, Json]]:
        """Pointers and values that fit a pattern, in which ``*`` is any item of a list."""
        yield from self.document.find(pattern)

    def paths(self, pattern: str) -> list[str]:
        """The pointers that fit a pattern."""
        return [path for path, _ in self.find(pattern)]

    def text(self, pointer: str) -> str | None:
        """A text."""
        value = self.value(pointer)
        return value if isinstance(value, str) else None

    def texts(self, pattern: str) -> list[tuple[str, str]]:
        """The texts that fit a pattern, with their pointers."""
        return [(path, value) for path, value in self.find(pattern) if isinstance(value, str)]

    def flag(self, pointer: str) -> bool | None:
        """True or false."""
        value = self.value(pointer)
        return value if isinstance(value, bool) else None

    def count(self, pointer: str) -> int | None:
        """A whole number."""
        value = self.value(pointer)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def number(self, pointer: str) -> Fraction | None:
        """An amount, price or quantity, exactly."""
        return exact(self.value(pointer))

    def money(self, pointer: str, currency: str) -> Money | None:
        """An amount whose currency stands at another pointer; None if it has too many decimals."""
        value, code = self.number(pointer), self.text(currency)
        if value is None or code is None:
            return None
        try:
            known = Currency.of(code)
        except UnknownCurrency:
            return None
        minor = value * 10**known.decimals
        return Money(int(minor), known) if minor.denominator == 1 else None

    def day(self, pointer: str) -> date | None:
        """A day."""
        value = self.text(pointer)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            return None

    def measure(self, pointer: str) -> Measure | None:
        """A value with its unit, as the schemas group them."""
        text, unit = self.text(f"{pointer}/value"), self.text(f"{pointer}/unit")
        value = exact(text)
        if value is None or text is None or unit is None:
            return None
        return Measure(value, unit, len(text.partition(".")[2]))

    def party(self, pointer: str) -> Party | None:
        """A party, as the schemas group them."""
        name = self.text(f"{pointer}/name")
        if name is None:
            return None
        names = ("unifiedSocialCreditCode", "legalEntityIdentifier", "bic")
        identifiers = (self.text(f"{pointer}/{each}") for each in names)
        return Party(
            pointer,
            name,
            tuple(line for _, line in self.texts(f"{pointer}/address/*")),
            self.text(f"{pointer}/countryCode"),
            tuple(each for each in identifiers if each),
            self.text(f"{pointer}/contact"),
        )

    def place(self, pointer: str) -> NamedPlace | None:
        """A place, as the schemas group them."""
        if self.value(pointer) is None:
            return None
        return NamedPlace(
            pointer,
            self.text(f"{pointer}/locationName"),
            self.text(f"{pointer}/UNLocationCode"),
            self.text(f"{pointer}/countryCode"),
        )

    @property
    def electronic(self) -> bool:
        """Whether it is an electronic record."""
        return bool(self.flag("/presented/electronicRecord") or self.flag("/isElectronic"))

    @property
    def originals(self) -> int | None:
        """How many originals are presented; None if nobody counted them."""
        return self.count("/presented/originalsPresented")

    @property
    def copies(self) -> int | None:
        """How many copies are presented."""
        return self.count("/presented/copiesPresented")


@dataclass(frozen=True, slots=True)
class CoveringSchedule:
    """What the schedule says under which a bank sent the documents."""

    dated: date | None = None
    presented: date | None = None
    # That presentation was made within a period that art. 29(a) extended (UCP 600 art. 29(b)).
    states_extension: bool | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """Documents as presented.

    ``received`` is the instant, or the day and then within banking hours; ``place`` the banking
    calendar of the branch, such as ``CNSHA``; ``demanded`` what is drawn, None if that is the
    invoice. ``accepted_out_of_hours``: the branch took it although it was closed (art. 33).
    ``forwarded``: by a nominated bank that examined it and found it complying (eUCP 2.1 art. e7).
    """

    papers: tuple[Paper, ...]
    received: datetime | date | None = None
    place: str | None = None
    demanded: Money | None = None
    schedule: CoveringSchedule | None = None
    accepted_out_of_hours: bool = False
    forwarded: bool = False

    def of(self, *kinds: str) -> tuple[Paper, ...]:
        """The papers of these kinds, required by the credit or not, in their order."""
        return tuple(paper for paper in self.papers if paper.kind in kinds)

    @property
    def day(self) -> date | None:
        """The day of :attr:`received` in its own zone."""
        return self.received.date() if isinstance(self.received, datetime) else self.received


@dataclass(frozen=True)
class TermsInForce:
    """What the credit asks for at this presentation, accepted amendments applied.

    ``terms`` are those under which the documents are presented: of a transferred credit the part's.
    ``original`` are then those of the credit, and once the first beneficiary has ``substituted``
    its invoice and draft they are held to these (UCP 600 art. 38(h)). ``drawn`` is what was
    honoured or is due already, ``additional`` what is claimed of field 39C, both in minor units;
    None where nobody said.
    """

    terms: CreditTerms
    original: CreditTerms | None = None
    substituted: bool = False
    drawn: int = 0
    additional: int | None = None

    @property
    def invoice_terms(self) -> CreditTerms:
        """The terms to which invoice and draft are held."""
        if self.substituted and self.original is not None:
            return self.original
        return self.terms

    @cached_property
    def exclusions(self) -> Exclusions:
        """The rules of UCP 600 that the credit excludes or modifies (art. 1)."""
        return exclusions_of(self.terms)

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """The documents that field 46A calls for."""
        return requirements_of(self.terms.documents)

    def required(self, kind: str) -> tuple[Requirement, ...]:
        """What field 46A says of documents of a kind."""
        return tuple(each for each in self.requirements if kind in each.kinds)

    def requires(self, kind: str) -> bool:
        """Whether documents of a kind are called for; what is not is disregarded (art. 14(g)).

        A credit without field 46A leaves the choice to the presenter. A draft is called for in
        fields 42C, 42M or 42A.
        """
        if kind == "draft":
            asked = self.terms.drafts or self.terms.drawee or self.terms.mixed_payment
            return bool(asked or self.required(kind))
        return not self.terms.documents or bool(self.required(kind))


@dataclass(frozen=True, slots=True)
class Lists:
    """What is looked at beside the presentation; nothing unless somebody supplies it.

    ``listing``: parties, vessels, places and goods for X23; ``history``: sets presented before, for
    X24; ``declarations``: what customs attests of each number (declared, released, amended,
    withdrawn, expired, none), for X20. ``value_tolerance`` in per cent, for X20 and X21;
    ``advance_declarations``: an import may be declared before shipment. ``vouched``: what a
    registry says of documents, by their names, for R01.
    """

    listing: Listing | None = None
    history: tuple[EarlierSet, ...] = ()
    declarations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    value_tolerance: Fraction = Fraction(5)
    advance_declarations: bool = False
    vouched: Mapping[str, Vouched] = field(default_factory=lambda: MappingProxyType({}))

    def versions(self) -> Mapping[str, str]:
        """The version of each list."""
        held = self.listing
        return {} if held is None else {f"list {held.name}": held.version}


@dataclass(frozen=True, slots=True)
class Examination:
    """What a machine found, in the order of the checks.

    ``undone``: what a person has to look at by themselves; ``disregarded``: papers that the credit
    does not call for (UCP 600 art. 14(g)); ``checks``: what was looked at; ``tables``: versions.
    """

    candidates: tuple[Candidate, ...]
    undone: tuple[Undone, ...]
    disregarded: tuple[str, ...]
    checks: tuple[str, ...]
    tables: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, severity: Severity) -> tuple[Candidate, ...]:
        """The candidates of one severity."""
        return tuple(each for each in self.candidates if each.severity is severity)


def exact(value: Json) -> Fraction | None:
    """A string of decimal digits as an exact number; None for anything else."""
    if not isinstance(value, str) or not value.isascii():
        return None
    whole, _, part = value.partition(".")
    if not whole.isdigit() or (part and not part.isdigit()) or value.endswith("."):
        return None
    return Fraction(int(whole + part), 10 ** len(part))
