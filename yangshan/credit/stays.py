# SPDX-License-Identifier: Apache-2.0
"""What stands against a court's stay of payment: banks that have paid or undertaken in good faith.

Whether a stay may be set is for the court alone; the chain records what its authority says.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from yangshan.credit.cautions import Caution
from yangshan.credit.notices import BankRole


class GoodFaithAct(StrEnum):
    """What a bank has done under a credit, in good faith."""

    PAID = "paid"
    NEGOTIATED = "negotiated"
    ACCEPTED_DRAFT = "accepted a draft"
    UNDERTOOK_LATER_PAYMENT = "undertaken to pay later"


# Against which a stay is not supported, by the judicial interpretation of China on credits.
_PROTECTED = {
    (BankRole.NOMINATED, GoodFaithAct.PAID),
    (BankRole.NOMINATED, GoodFaithAct.NEGOTIATED),
    (BankRole.CONFIRMING, GoodFaithAct.PAID),
    *(
        (bank, act)
        for bank in (BankRole.ISSUING, BankRole.CONFIRMING)
        for act in (GoodFaithAct.ACCEPTED_DRAFT, GoodFaithAct.UNDERTOOK_LATER_PAYMENT)
    ),
}


def stay_cautions(acts: Iterable[tuple[BankRole, GoodFaithAct]]) -> tuple[Caution, ...]:
    """What to look at before a stay is set, one for each act that protects its bank."""
    return tuple(
        Caution.of(
            "stay-and-good-faith",
            f"The {bank.value} bank has {act.value}; if it did so in good faith, a stay of what is "
            "owed to it may not be supported. Ask counsel before setting one.",
        )
        for bank, act in acts
        if (bank, act) in _PROTECTED
    )
