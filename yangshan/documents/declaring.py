# SPDX-License-Identifier: Apache-2.0
"""Acts of customs on the declarations that it attests.

A declaration is known by the member of customs and a key of 32 random bytes, which its sealed file
keeps; its number stays inside the salted commitment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from yangshan.acts import Act, Trace
from yangshan.chain.enums import DeclarationStatus
from yangshan.chain.events import (
    DeclarationAmended,
    DeclarationWithdrawn,
    GoodsDeclared,
    GoodsReleased,
)
from yangshan.documents.registering import member_topic
from yangshan.money import Currency, Money

if TYPE_CHECKING:
    from yangshan.chain.records import Declaration
    from yangshan.documents.reasons import Reason

DECLARATIONS: Final = "CustomsDeclarations"


def declare(customs: int, key: str, given: Declaration, exporter: str) -> Act:
    """Attests a declaration; ``exporter`` is the exporter's name, for people."""
    return Act(
        contract=DECLARATIONS,
        function="declare",
        arguments=(key, given),
        key=key,
        what=f"attests a declaration of {exporter} for goods of up to {_cap(given)}",
        article="",
        traces=(
            Trace(
                GoodsDeclared,
                key,
                content={"exporter": given.exporter, **_numbers(given)},
                actor="customs",
                second=member_topic(customs),
            ),
        ),
    )


def release(customs: int, key: str) -> Act:
    """Records that the goods are released."""
    return Act(
        contract=DECLARATIONS,
        function="release",
        arguments=(key,),
        key=key,
        what="releases the goods",
        article="",
        traces=(Trace(GoodsReleased, key, actor="customs", second=member_topic(customs)),),
        # Goods of a declaration that was amended since are released anew.
        repeatable=True,
        standing=lambda service: _status(service, customs, key) is DeclarationStatus.RELEASED,
    )


def amend(customs: int, key: str, given: Declaration) -> Act:
    """Changes a declaration; its exporter stays."""
    return Act(
        contract=DECLARATIONS,
        function="amend",
        arguments=(key, given),
        key=f"{key}:{given.cap}:{given.currency}:{given.valid_until}:{given.document}",
        what=f"amends the declaration: goods of up to {_cap(given)}",
        article="",
        traces=(
            Trace(
                DeclarationAmended,
                key,
                _numbers(given),
                actor="customs",
                second=member_topic(customs),
            ),
        ),
        # What was amended to other numbers since may be amended back.
        repeatable=True,
        standing=lambda service: service.standing(customs, key).declaration == given,
    )


def withdraw(customs: int, key: str, reason: Reason) -> Act:
    """Withdraws a declaration, for ever."""
    return Act(
        contract=DECLARATIONS,
        function="withdraw",
        arguments=(key, reason.number),
        key=key,
        what=f"withdraws the declaration: {reason}",
        article="",
        traces=(
            Trace(
                DeclarationWithdrawn,
                key,
                content={"reason": reason.number},
                actor="customs",
                second=member_topic(customs),
            ),
        ),
    )


def _numbers(given: Declaration) -> dict[str, object]:
    return {
        "cap": given.cap,
        "currency": given.currency,
        "valid_until": given.valid_until,
        "document": given.document,
    }


def _cap(given: Declaration) -> Money:
    return Money(given.cap, Currency.numbered(given.currency))


def _status(service: Any, customs: int, key: str) -> DeclarationStatus:
    found: DeclarationStatus = service.standing(customs, key).status
    return found
