# SPDX-License-Identifier: Apache-2.0
"""Stays of payment that a court ordered, recorded by an authority (row A13).

No clock stops, and nothing but payment is stayed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.chain.events import (
    ObligationStayed,
    ObligationStayLifted,
    PaymentStayed,
    StayLifted,
)
from yangshan.chain.values import seconds_of
from yangshan.credit.acts import CREDITS, OBLIGATIONS, Act, Trace

if TYPE_CHECKING:
    from datetime import datetime

    from yangshan.credit.service import Credits

_ARTICLE: Final = "court order; UCP 600 is silent"


def stay_credit(credit: str, until: datetime, order: str) -> Act:
    """Stays payment under a credit to the last second ``until``, at most 400 days ahead.

    ``order`` is the commitment to court, case number and ruling.
    """

    def stands(credits_: Credits) -> bool:
        return credits_.stay_of(credit) == until

    return Act(
        contract=CREDITS,
        function="stay",
        arguments=(credit, seconds_of(until), order),
        key=f"{credit}:{seconds_of(until)}:{order}",
        what=f"records that a court stays payment until {until:%Y-%m-%d %H:%M:%S %z}",
        article=_ARTICLE,
        traces=(Trace(PaymentStayed, credit, {"until": until, "order": order}, actor="authority"),),
        repeatable=True,
        standing=stands,
    )


def lift_credit(credit: str, order: str) -> Act:
    """Records that a court lifted its stay of a credit."""

    def stands(credits_: Credits) -> bool:
        return credits_.stay_of(credit) is None

    return Act(
        contract=CREDITS,
        function="liftStay",
        arguments=(credit, order),
        key=f"{credit}:{order}",
        what="records that a court lifted its stay of payment",
        article=_ARTICLE,
        traces=(Trace(StayLifted, credit, {"order": order}, actor="authority"),),
        repeatable=True,
        standing=stands,
    )


def stay_obligation(obligation: str, until: datetime, order: str) -> Act:
    """Stays the payment of one obligation, otherwise as :func:`stay_credit`."""

    def stands(credits_: Credits) -> bool:
        return credits_.obligation(obligation).stayed_until == until

    return Act(
        contract=OBLIGATIONS,
        function="stayPayment",
        arguments=(obligation, seconds_of(until), order),
        key=f"{obligation}:{seconds_of(until)}:{order}",
        what=f"records that a court stays this payment until {until:%Y-%m-%d %H:%M:%S %z}",
        article=_ARTICLE,
        traces=(
            Trace(
                ObligationStayed, obligation, {"until": until, "order": order}, actor="authority"
            ),
        ),
        repeatable=True,
        standing=stands,
    )


def lift_obligation(obligation: str, order: str) -> Act:
    """Records that a court lifted its stay of one obligation."""

    def stands(credits_: Credits) -> bool:
        return credits_.obligation(obligation).stayed_until is None

    return Act(
        contract=OBLIGATIONS,
        function="liftPaymentStay",
        arguments=(obligation, order),
        key=f"{obligation}:{order}",
        what="records that a court lifted its stay of this payment",
        article=_ARTICLE,
        traces=(Trace(ObligationStayLifted, obligation, {"order": order}, actor="authority"),),
        repeatable=True,
        standing=stands,
    )
