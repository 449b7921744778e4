# SPDX-License-Identifier: Apache-2.0
"""Thousands of acts around electronic records, broken refusal notices and assignments ahead.

Each is held against a model of the rules, among the acts on documents and obligations.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from document_acts import DOCUMENT_ACTS
from lives import Life
from model import D, P
from model_records import R, Records, bits
from obligation_acts import OBLIGATION_ACTS
from record_acts import RECORD_ACTS, RecordActs
from vocabulary import Switch

if TYPE_CHECKING:
    from model import Model
    from world import Issuance, PresentationKey, World

STEPS = 8_000
# Each act with its weight; credits are advised, amended and stayed in the lives of test_life.py.
ACTS = (
    {"issue": 5, "confirm": 4}
    | DOCUMENT_ACTS
    | OBLIGATION_ACTS
    | RECORD_ACTS
    | {"publish": 6, "wait": 14}
)


class Recorded(RecordActs, Life):
    """A random run in which much is presented as electronic records."""

    MODEL: type[Model] = Records
    model: Records

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(world, seed)
        self.run.name = "electronic records"
        self.opened = {}
        # Where presentations, records and obligations have stood.
        self.documents: set[Any] = set()
        self.kept: set[Any] = set()
        self.debts: set[Any] = set()

    def terms(self) -> Issuance:
        """Mostly subject to eUCP 2.1."""
        found, electronic = super().terms(), self.source.random() < 0.7
        return found._replace(switches=found.switches | electronic * int(Switch.EUCP))

    def presentation(self, *states: Any) -> PresentationKey:
        """Half of the refused records get no instructions, so that they are disposed of."""
        key = super().presentation(*states)
        found = self.model.presentations.get(key)
        if found and found.state == P.REFUSED and found.records and key.id[0] % 2 == 0:
            return super().presentation(P.LODGED)
        return key

    def look(self) -> None:
        super().look()
        model = self.model
        latest = islice(reversed(model.presentations.values()), 200)
        self.documents |= {each.state for each in latest}
        self.kept |= {model.records_state(key) for key in self.keys}
        latest_owed = islice(reversed(model.obligations.values()), 200)
        self.debts |= {each.state for each in latest_owed}

    def compare(self, count: int | None = None) -> None:
        super().compare(count)
        view, model = self.world.view, self.model
        for key in self.keys:
            held = model.sets[key.id]
            assert view("ElectronicRecords.recordSet", key.id) == (
                *(held.state, held.count, held.remaining, held.since, bits(held.paper)),
                *(bits(held.reported), bits(held.awaited), bits(held.lapsed), held.documents),
            )
            assert view("ElectronicRecords.stateOf", key.id) == model.records_state(key)
        for number, credit in model.credits.items():
            assigned = view("PaymentObligations.creditAssignmentOf", number)
            assert assigned[1:] == (credit.assignment or (0, 0, 0, bytes(32)))


def test_electronic_records_are_what_a_model_of_the_rules_says(
    world: World, seed: int, note: list[str]
) -> None:
    life = Recorded(world, seed)
    for step in range(STEPS):
        getattr(life, life.source.choices(list(ACTS), list(ACTS.values()))[0])()
        if step % 50 == 49:
            life.look()
        if step % 2_000 == 1_999:
            life.compare()
    note.append(life.run.shares())
    note.append(f"electronic records: {len(life.run.met)} errors met, to {life.model.local()}")
    life.run.expect_each_succeeds()
    # The run went through what it is for.
    assert life.documents == set(P) - {P.NONE}
    assert life.kept == set(R) - {R.NONE}
    assert life.debts >= {D.DUE, D.INCURRED, D.ACCEPTED, D.NEGOTIATED, D.PAID}
    assert life.run.met.keys() >= {
        "BadCreditAssignment",
        "BankNotBound",
        "CreditAssignedAlready",
        "CreditNotElectronic",
        "NoDayLeft",
        "NotDisposable",
        "OpenedAlready",
        "RecordNotAwaited",
        "ReleasedAlready",
        "ReplacementStillOpen",
        "ReplacementTooLate",
        "ReportedAlready",
        "UnknownRecords",
        "WrongPresentationState",
        "WrongRecordsState",
    }
