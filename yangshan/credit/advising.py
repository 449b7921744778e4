# SPDX-License-Identifier: Apache-2.0
"""Advising a credit, or declining to: the acts of advising banks (rows A5, A5a and A6)."""

from __future__ import annotations

from yangshan.chain.events import AdviceDeclined, CreditAdvised
from yangshan.credit.acts import CREDITS, Act, Trace


def advise(credit: str, *, apparently_authentic: bool = True) -> Act:
    """Advises a credit, having satisfied itself of its apparent authenticity, or saying it has not.

    UCP 600 art. 9(b), (c) and (f).
    """
    said = (
        "as apparently authentic"
        if apparently_authentic
        else "without having satisfied itself that it is authentic"
    )
    return Act(
        contract=CREDITS,
        function="advise",
        arguments=(credit, apparently_authentic),
        key=credit,
        what=f"advises it {said}",
        article="UCP 600 art. 9(b)" if apparently_authentic else "UCP 600 art. 9(f)",
        traces=(
            Trace(
                CreditAdvised,
                credit,
                content={"apparently_authentic": apparently_authentic},
                actor="advising_bank",
            ),
        ),
    )


def decline(credit: str) -> Act:
    """Declines to advise a credit; the bank may yet advise it."""
    return Act(
        contract=CREDITS,
        function="declineAdvice",
        arguments=(credit,),
        key=credit,
        what="declines to advise it",
        article="UCP 600 art. 9(e)",
        traces=(Trace(AdviceDeclined, credit, actor="advising_bank"),),
    )
