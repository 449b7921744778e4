# SPDX-License-Identifier: Apache-2.0
"""When a notice of refusal is one (UCP 600 art. 16(c)).

Whether it is in time is for whoever holds the clock.
"""

from __future__ import annotations

from yangshan.credit.settlements import Disposal
from yangshan.errors import Refused


class NoDiscrepancy(Refused):
    """A notice without a discrepancy, or with an empty one (UCP 600 art. 16(c)(ii))."""

    def __init__(self) -> None:
        super().__init__(
            "A notice of refusal states every discrepancy; expected at least one, none of them "
            "empty (UCP 600 art. 16(c)(ii))."
        )


class DisposalNotOpen(Refused):
    """A disposal that this bank may not choose (UCP 600 art. 16(c)(iii))."""

    def __init__(self, disposal: Disposal, why: str) -> None:
        super().__init__(
            f"The disposal {disposal} is not open here: {why} (UCP 600 art. 16(c)(iii))."
        )
        self.disposal = disposal


class AlreadyRefused(Refused):
    """A second notice on the same presentation; only the first has effect."""

    def __init__(self, earlier: str) -> None:
        super().__init__(
            f"The notice {earlier} was already given on this presentation; expected none before "
            "it, since there is one single notice (UCP 600 art. 16(c))."
        )
        self.earlier = earlier


def expect_open(disposal: Disposal, by_issuer: bool, instruction: str | None) -> None:
    """Raises :class:`DisposalNotOpen` for a disposal that the sender may not choose.

    ``instruction`` is the recorded earlier instruction of the presenter.
    """
    if disposal is Disposal.NOTIFY and not by_issuer:
        raise DisposalNotOpen(
            disposal, "only the issuing bank can wait for a waiver of the applicant"
        )
    if disposal is Disposal.PREVINST and not (instruction or "").strip():
        raise DisposalNotOpen(disposal, "no earlier instruction of the presenter is recorded")
