# SPDX-License-Identifier: Apache-2.0
"""What holds of titles under a credit after every act, whoever did what before.

Each function is one row of tests/proofs/invariants.toml, under its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from custody_lives import BANKS, HONOURED, TO_PRESENTER, UNPAID_AT_SIGHT, P, entitled, payer_of
from invariants import INVARIANTS, asked
from suite import RevertedError
from world import BENEFICIARY, CUSTODIANS, desk

from yangshan.deployment.plan import ZERO_ADDRESS

if TYPE_CHECKING:
    from custody_lives import Life, Voyage
    from world import World

CUSTODY: Final = "custody"
HERE: Final = CUSTODIANS["TitleCustody"]


class CustodyWatch:
    """Asks the invariants after every act of a life; what was found broken first, by number."""

    def __init__(self, life: Life, ids: set[str] | None = None) -> None:
        own = {number for number, each in INVARIANTS.items() if each.of == CUSTODY}
        self.ids = own if ids is None else ids
        self.acts = 0
        self.broken: dict[str, str] = {}
        life.watchers.append(self.see)

    def see(self, life: Life) -> None:
        self.acts += 1
        for number in self.ids - self.broken.keys():
            try:
                INVARIANTS[number].check(life)
            except AssertionError as failure:
                self.broken[number] = f"act {self.acts}: {failure}"


@asked(CUSTODY, "C01")
def a_bank_has_no_title_for_nothing(life: Life) -> None:
    for voyage in life.voyages:
        member, custodian = voyage.now.bills[0].controller()
        if custodian == ZERO_ADDRESS and member != BENEFICIARY:
            assert member in BANKS
            assert earned(life.world, voyage, member), f"{member} has a title for nothing"


@asked(CUSTODY, "C02")
def whoever_is_paid_has_no_title(life: Life) -> None:
    for voyage in life.voyages:
        member, _ = voyage.now.bills[0].controller()
        if member != BENEFICIARY:
            continue
        for cargo in voyage.legs:
            owed = life.world.view("PaymentObligations.obligation", cargo.record)
            assert owed.debtor == 0 or life.world.presentation(cargo.key).titles == 0


@asked(CUSTODY, "C03")
def what_is_over_gives_its_titles_back(life: Life) -> None:
    """Of what was acted on last, to whoever gave them; and what is not over keeps them."""
    voyage = life.acted
    if voyage is None or not voyage.in_custody:
        return
    where, _ = entitled(life.world, voyage.kept)
    (made,) = voyage.kept.bills
    depositor = made.record().holder
    with life.world.aside():
        try:
            voyage.kept.give_back(desk(voyage.kept.key.presenter))
        except RevertedError:
            assert where != TO_PRESENTER
        else:
            assert where == TO_PRESENTER
            assert made.controller() == (depositor, ZERO_ADDRESS)


@asked(CUSTODY, "C04")
def titles_are_kept_for_one_presentation(life: Life) -> None:
    for voyage in life.voyages:
        _, custodian = voyage.now.bills[0].controller()
        assert custodian == (HERE if voyage.in_custody else ZERO_ADDRESS)
        if voyage.in_custody:
            assert life.world.presentation(voyage.kept.key).titles == len(voyage.kept.bills)


def earned(world: World, voyage: Voyage, bank: int) -> bool:
    """Whether a bank paid, undertook, or was let have the title."""
    for cargo in voyage.legs:
        state = world.presentation(cargo.key).state
        if state == P.RELEASED and bank == cargo.bank:
            return True
        if state in HONOURED:
            owed = world.view("PaymentObligations.obligation", cargo.record)
            if payer_of(world, cargo.record) == bank:
                return True
            if owed.debtor == bank and owed.state not in UNPAID_AT_SIGHT:
                return True
    return False
