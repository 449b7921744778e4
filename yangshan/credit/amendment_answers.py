# SPDX-License-Identifier: Apache-2.0
"""What a presentation says of a pending amendment (UCP 600 art. 10(c))."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yangshan.credit.cautions import Caution


class JudgedOn(StrEnum):
    """With which terms a presentation complies; the amended ones are the current as changed."""

    CURRENT = "current terms"
    AMENDED = "amended terms"
    BOTH = "both"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the presentation accepts the amendment, and on what it was judged."""

    accepts: bool
    judged_on: JudgedOn
    cautions: tuple[Caution, ...]


def answer_of_presentation(
    *,
    complies_now: bool,
    complies_amended: bool,
    cancels: bool = False,
    reduces: bool = False,
    both_accepts: bool = True,
) -> Answer:
    """What a presentation says of one pending amendment.

    One that complies with the amended terms alone accepts it, one that complies with the current
    terms alone leaves it pending, and no presentation agrees to a cancellation (UCP 600 art. 10(a),
    (c)). One that complies with both accepts it by the words of art. 10(c); that is told, and where
    the amendment ``reduces`` a right of the beneficiary it should be asked. ``both_accepts`` is the
    other reading's switch.
    """
    if complies_now and complies_amended:
        accepts = both_accepts and not cancels
        return Answer(accepts, JudgedOn.BOTH, () if cancels else _both(reduces))
    if complies_amended:
        return Answer(not cancels, JudgedOn.AMENDED, ())
    return Answer(False, JudgedOn.CURRENT if complies_now else JudgedOn.NEITHER, ())


def _both(reduces: bool) -> tuple[Caution, ...]:
    asked = " It takes something from the beneficiary, who should be asked." if reduces else ""
    return (
        Caution.of(
            "complies-with-both",
            "The documents comply with the terms in force and with the amended ones alike; whether "
            f"they accept the amendment is a reading.{asked}",
        ),
    )
