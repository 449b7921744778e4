# SPDX-License-Identifier: Apache-2.0
"""Acts on titles under a credit: presented with documents, gone to whoever honours, or back.

All titles of a presentation move together; who names them finds them by what they are kept for
(:meth:`yangshan.titles.service.Titles.kept_for`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.chain.events import (
    DiscrepanciesAccepted,
    DocumentsLodged,
    FoundComplying,
    ObligationPaid,
    TitleCarriedOn,
    TitleDeposited,
    TitleGivenBack,
    TitleHandedOver,
)
from yangshan.credit.acts import OBLIGATIONS, PRESENTATIONS, Act, Trace, numbered
from yangshan.credit.ids import presentation_id
from yangshan.titles.acting import TITLES, counted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from eth_typing import ChecksumAddress

    from yangshan.chain.records import Lodging, PresentationKey
    from yangshan.money import Money

CUSTODY: Final = "TitleCustody"


def present(lodging: Lodging, titles: Sequence[str], amount: Money) -> Act:
    """Presents documents with titles, which go into custody."""
    name = presentation_id(lodging.key)
    return Act(
        contract=TITLES,
        function="presentDocuments",
        arguments=(lodging, tuple(titles)),
        key=name,
        what=f"presents documents for {amount}, with {counted(titles)} in custody",
        article="UCP 600 art. 6(d), 14(b)",
        traces=(
            Trace(DocumentsLodged, name, content={"lodging": lodging}, contract=PRESENTATIONS),
            *(Trace(TitleDeposited, each) for each in titles),
        ),
    )


def pay(obligation: str, titles: Sequence[str], owed: Money) -> Act:
    """Pays in full, in cash on the ledger, and gets the titles in the same transaction."""
    return Act(
        contract=TITLES,
        function="payForTitles",
        arguments=(obligation, tuple(titles)),
        key=obligation,
        what=f"pays {owed} and gets {counted(titles)}",
        article="UCP 600 art. 7(a), 8(a), 15",
        traces=(Trace(ObligationPaid, obligation, actor="debtor", contract=OBLIGATIONS),),
    )


def attach(key: PresentationKey, titles: Sequence[str]) -> Act:
    """Presents titles with documents that are presented already."""
    return Act(
        contract=CUSTODY,
        function="attach",
        arguments=(key, tuple(titles)),
        key=presentation_id(key),
        what=f"presents {counted(titles)} with the documents",
        article="UCP 600 art. 6(d)",
        traces=tuple(
            Trace(TitleDeposited, each, actor="depositor", contract=TITLES) for each in titles
        ),
    )


def find_complying(
    key: PresentationKey,
    titles: Sequence[str],
    amendments: Collection[int] = (),
    *,
    recourse: bool = False,
) -> Act:
    """Finds documents complying that are honoured at maturity; the bank gets the titles by it.

    ``amendments`` are those that are accepted thereby (UCP 600 art. 10(c)).
    """
    name, listed, bound = presentation_id(key), sorted(amendments), tuple(titles)
    changed = f", as changed by {numbered(listed)}, which it accepts" if listed else ""
    bits = sum(1 << number for number in listed)
    plain = not listed and not recourse
    return Act(
        contract=CUSTODY,
        function="findComplying" if plain else "findComplyingWith",
        arguments=(key, bound) if plain else (key, bits, recourse, bound),
        key=f"{name} with titles",
        what=f"finds the documents complying{changed}, must honour and gets {counted(titles)}",
        article="UCP 600 art. 10(c), 15" if listed else "UCP 600 art. 15",
        traces=(Trace(FoundComplying, name, actor="examiner", contract=PRESENTATIONS),),
    )


def accept_discrepancies(
    key: PresentationKey, titles: Sequence[str], waiver: str, *, recourse: bool = False
) -> Act:
    """Accepts the discrepancies of documents that are honoured at maturity, in the same way."""
    name = presentation_id(key)
    return Act(
        contract=CUSTODY,
        function="acceptDiscrepancies",
        arguments=(key, waiver, recourse, tuple(titles)),
        key=f"{name} with titles",
        what=f"accepts the discrepancies, must honour and gets {counted(titles)}",
        article="UCP 600 art. 16(b)",
        traces=(
            Trace(
                DiscrepanciesAccepted,
                name,
                content={"waiver": waiver},
                actor="examiner",
                contract=PRESENTATIONS,
            ),
        ),
    )


def deliver(
    key: PresentationKey, titles: Sequence[str], bank: str, account: ChecksumAddress
) -> Act:
    """Lets titles go to the bank that honoured or was released them; anyone may.

    ``account`` is the bank's own, with TITLE; ``bank`` its name, for people.
    """
    return Act(
        contract=CUSTODY,
        function="deliver",
        arguments=(key, tuple(titles), account),
        key=presentation_id(key),
        what=f"lets {counted(titles)} go to {bank}",
        article="UCP 600 art. 7(a), 8(a)",
        traces=tuple(Trace(TitleHandedOver, each, contract=TITLES) for each in titles),
    )


def give_back(key: PresentationKey, titles: Sequence[str]) -> Act:
    """Lets titles go back to their presenter; anyone may, but where the presenter alone decides."""
    return Act(
        contract=CUSTODY,
        function="giveBack",
        arguments=(key, tuple(titles)),
        key=presentation_id(key),
        what=f"lets {counted(titles)} go back to the presenter",
        article="UCP 600 art. 16(c)",
        traces=tuple(Trace(TitleGivenBack, each, contract=TITLES) for each in titles),
    )


def carry_on(
    key: PresentationKey, onward: PresentationKey, titles: Sequence[str], record: str
) -> Act:
    """Lets titles follow documents that a bank sent on; ``record`` is what they are kept for then.

    Anyone may.
    """
    return Act(
        contract=CUSTODY,
        function="carryOn",
        arguments=(key, onward, tuple(titles)),
        key=f"{presentation_id(key)}:{presentation_id(onward)}",
        what=f"lets {counted(titles)} follow the documents that were sent on",
        article="UCP 600 art. 12(c)",
        traces=tuple(
            Trace(TitleCarriedOn, each, {"record": record}, contract=TITLES) for each in titles
        ),
    )
