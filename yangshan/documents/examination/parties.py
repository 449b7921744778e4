# SPDX-License-Identifier: Apache-2.0
"""Parties compared: names, addresses and countries (UCP 600 art. 14(j))."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from yangshan.alliance.identifiers import countries
from yangshan.documents.examination.words import Same, missing, plain, same_text, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yangshan.credit.terms import Bank, PartyName
    from yangshan.documents.examination.model import Party

# Names that trade uses beside those of the table of ISO 3166, without a point at the end.
_COUNTRY_NAMES: Final = {
    "PEOPLES REPUBLIC OF CHINA": "CN",
    "PEOPLE'S REPUBLIC OF CHINA": "CN",
    "P.R. CHINA": "CN",
    "P.R.CHINA": "CN",
    "PR CHINA": "CN",
    "PRC": "CN",
    "FEDERAL REPUBLIC OF GERMANY": "DE",
    "UNITED KINGDOM": "GB",
    "GREAT BRITAIN": "GB",
    "ENGLAND": "GB",
    "UK": "GB",
    "U.K": "GB",
    "UNITED STATES OF AMERICA": "US",
    "USA": "US",
    "U.S.A": "US",
    "SOUTH KOREA": "KR",
    "REPUBLIC OF KOREA": "KR",
    "KOREA": "KR",
    "VIET NAM": "VN",
    "THE NETHERLANDS": "NL",
    "HOLLAND": "NL",
    "UAE": "AE",
    "HONGKONG": "HK",
    "RUSSIAN FEDERATION": "RU",
    "TURKIYE": "TR",
    "CZECH REPUBLIC": "CZ",
}
# What follows is no part of an address: telephone, telefax, e-mail.
_CONTACT: Final = re.compile(
    r"\b(?:TEL|TELEPHONE|PHONE|FAX|TELEFAX|TELEX|E-?MAIL|MOBILE|ATTN|WWW)\b.*", re.IGNORECASE
)


@functools.cache
def country_names() -> Mapping[str, str]:
    """The two letters of each country by its English names, in capitals."""
    listed = {plain(name): code for code, name in countries().items()}
    return listed | _COUNTRY_NAMES


@functools.cache
def _at_end() -> re.Pattern[str]:
    # The longest name first, so that none is taken for a shorter one.
    names = sorted(country_names(), key=lambda name: (-len(name), name))
    return re.compile(rf"(?:^|[\s,;/(-])({'|'.join(map(re.escape, names))})\)?$")


@functools.lru_cache(maxsize=4096)
def parted(text: str) -> tuple[str, str | None]:
    """A text in capitals without the country at its end, and that country if it names one."""
    whole = plain(text).rstrip(" .,;")
    found = _at_end().search(whole)
    if found is None:
        return whole, None
    return whole[: found.start(1)].rstrip(" .,;("), country_names()[found[1]]


def country_in(text: str) -> str | None:
    """The country that the end of an address names; None if it names none that is known."""
    return parted(text)[1]


def country_of(party: PartyName) -> str | None:
    """The country of a party of the credit, as its last lines name it."""
    for line in reversed(party.lines):
        if found := country_in(_CONTACT.sub("", line)):
            return found
    return None


def same_name(found: str, named: PartyName | Bank) -> Same:
    """Whether a document's name is that of a party of the credit."""
    lines = named.lines
    if not lines:
        return Same.NO
    best = Same.NO
    for text in (lines[0], " ".join(lines[:2]), " ".join(lines[:3])):
        answer = same_text(found, text)
        if answer is Same.YES:
            return Same.YES
        if answer is Same.TYPING:
            best = Same.TYPING
    # A name that goes on into the address line of the document.
    known = words(" ".join(lines))
    name = words(lines[0])
    if name and not missing(name, words(found)) and not missing(words(found), known):
        return Same.YES
    return best


def same_address(found: Party, named: PartyName) -> Same:
    """Whether the address of a party is that of the credit, contact details left out (art. 14(j)).

    A country may stand in words or in two letters, or be left out.
    """
    # The lines of a party of the credit begin with its name.
    ends = (at for at in (1, 2, 3) if same_text(found.name, " ".join(named.lines[:at])) is Same.YES)
    lines = named.lines[next(ends, 1) :]
    asked = " ".join(_CONTACT.sub("", line) for line in lines)
    there = " ".join(_CONTACT.sub("", line) for line in found.address)
    stated, wanted = found.country or country_in(there), country_in(asked)
    if stated and wanted and stated != wanted:
        return Same.NO
    return same_text(parted(there)[0], parted(asked)[0])


def is_party(found: Party, named: PartyName) -> bool:
    """Whether a document means this party of the credit, mistyped or not."""
    return same_name(found.name, named) is not Same.NO


def one_party(first: Party, second: Party) -> Same:
    """Whether two parties of documents are one: a number of one sort decides, else the name."""
    if set(first.identifiers) & set(second.identifiers):
        return Same.YES
    # Numbers of one sort have one length.
    sorts = {len(each) for each in first.identifiers} & {len(each) for each in second.identifiers}
    return Same.NO if sorts else same_text(first.name, second.name)
