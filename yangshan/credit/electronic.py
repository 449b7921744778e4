# SPDX-License-Identifier: Apache-2.0
"""What a credit under the eUCP has to say, and which article says it in which version."""

from __future__ import annotations

import re
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from yangshan.credit.cautions import Caution
from yangshan.credit.terms import ApplicableRules
from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.credit.terms import CreditTerms

CURRENT_VERSION: Final = "2.1"


class ElectronicRule(StrEnum):
    """A rule that moved between the versions."""

    PRESENTATION = "presentation"
    DATA_CORRUPTION = "data corruption"


_ARTICLES: Final = MappingProxyType(
    {
        "1.1": {ElectronicRule.PRESENTATION: "e5", ElectronicRule.DATA_CORRUPTION: "e11"},
        "2.1": {ElectronicRule.PRESENTATION: "e6", ElectronicRule.DATA_CORRUPTION: "e12"},
    }
)
_VERSION: Final = re.compile(r"\bE-?UCP\b\D{0,24}?(\d\.\d)\b", re.IGNORECASE)
_FORMAT: Final = re.compile(r"\b(?:FORMATS?|PDF|XML|JSON|UBL|EDIFACT|TIFF)\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"\b(?:ELECTRONIC ADDRESS|E-?MAIL|HTTPS?|WWW|URL|PLATFORM|PORTAL)\b", re.IGNORECASE
)
_ELECTRONIC: Final = frozenset({ApplicableRules.EUCP, ApplicableRules.EUCPURR})


class UnknownVersion(Refused):
    """A version of the eUCP whose articles are not known here."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"The articles of eUCP {version} are not known; known are {', '.join(_ARTICLES)}."
        )
        self.version = version


def electronic_article(rule: ElectronicRule, version: str = CURRENT_VERSION) -> str:
    """The article of a rule in the version that a credit names; raises :class:`UnknownVersion`."""
    if version not in _ARTICLES:
        raise UnknownVersion(version)
    return f"eUCP {version} art. {_ARTICLES[version][rule]}"


def is_electronic(terms: CreditTerms) -> bool:
    """Whether the credit is subject to the eUCP; UCP 600 then applies as well."""
    return terms.applicable_rules in _ELECTRONIC


def named_version(terms: CreditTerms) -> str | None:
    """The version of the eUCP that the credit names, None where it names none."""
    found = _VERSION.search(_text(terms))
    return found[1] if found else None


def electronic_cautions(terms: CreditTerms) -> Iterator[Caution]:
    """What a credit under the eUCP leaves unsaid: version, formats, address for presentation."""
    if not is_electronic(terms):
        return
    text = _text(terms)
    version = named_version(terms)
    if version is None:
        yield _unsaid(
            f"The credit is subject to the eUCP and names no version; read as {CURRENT_VERSION}."
        )
    elif version not in _ARTICLES:
        yield _unsaid(f"The credit names eUCP {version}, whose articles are not known here.")
    if not _FORMAT.search(text):
        yield _unsaid(
            "The credit names no format of electronic records; any format may be presented."
        )
    if not _ADDRESS.search(text):
        yield _unsaid(
            "The credit names no electronic address for presentation; expected one (47A)."
        )


def _text(terms: CreditTerms) -> str:
    said = (terms.rules_text, terms.documents, terms.conditions, terms.expiry_place)
    return " ".join(" ".join(text.split()) for text in said if text)


def _unsaid(text: str) -> Caution:
    return Caution.of("eucp-statements", text)
