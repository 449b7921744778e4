# SPDX-License-Identifier: Apache-2.0
"""Acts on credits, before they are done: what is called, what it means, and how it is known again.

An act is done by a key of its member, or by its member's desk: the call is the same. What has a
text beside it is a draft until the text is committed to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from yangshan.chain.values import hexadecimal
from yangshan.commitments import Sealed, seal

if TYPE_CHECKING:
    from yangshan.chain.events import SuiteEvent
    from yangshan.credit.service import Credits

CREDITS: Final = "LetterOfCredit"
PRESENTATIONS: Final = "Presentations"
OBLIGATIONS: Final = "PaymentObligations"
REIMBURSEMENTS: Final = "Reimbursements"
FORWARDING: Final = "Forwarding"
DISPOSALS: Final = "Disposals"
TRANSFERS: Final = "CreditTransfers"
SCHEDULES: Final = "CreditSchedules"
RECORDS: Final = "ElectronicRecords"


@dataclass(frozen=True, slots=True)
class Trace:
    """The event that an act leaves, by which it is known again.

    ``subject`` is the credit, presentation, obligation or claim that the event is about, its first
    topic.
    ``key`` are the fields that say which act it was, ``content`` those that say what it stated.
    ``actor`` names the field that holds the acting member, if there is one. ``contract`` is whose
    event it is, where that is not the contract that is called.
    """

    event: type[SuiteEvent]
    subject: str
    key: Mapping[str, object] = field(default_factory=dict)
    content: Mapping[str, object] = field(default_factory=dict)
    actor: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One call of a contract, with what makes it the same one when it is repeated.

    ``key`` is its business key: what it concerns, with the numbers and references that tell it
    from every other act of its function and sender. ``what`` is a phrase for people whose subject
    is the acting member; ``article`` is the rule, or empty. ``repeatable``: the contract would do
    it again, so that whether it was done is asked first; ``standing`` then says whether what it
    brought about has stood since.
    """

    contract: str
    function: str
    arguments: tuple[object, ...]
    key: str
    what: str
    article: str
    traces: tuple[Trace, ...]
    repeatable: bool = False
    standing: Callable[[Credits], bool] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An act with a text that goes on the chain as a salted commitment alone.

    ``kind`` and ``name`` say where the text ``value`` (JSON) is kept; ``act`` makes the act from
    the commitment.
    """

    kind: str
    name: str
    value: object
    act: Callable[[str], Act]

    def committed(self, sealed: Sealed | None = None) -> Act:
        """The act under a kept text, or, to be tried out, under a salt that nobody keeps."""
        held = sealed or seal(self.kind, self.value)
        return self.act(hexadecimal(held.commitment))


def numbered(amendments: Collection[int]) -> str:
    """Amendments in words, such as ``amendments 1 and 3``."""
    found = sorted(set(amendments))
    return f"amendment{'' if len(found) == 1 else 's'} {' and '.join(map(str, found))}"
