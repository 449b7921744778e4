# SPDX-License-Identifier: Apache-2.0
"""Thousands of acts on documents and declarations, each held against a model of their rules.

What was once answered about the past is asked again later, and is answered as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from papers_lives import Life
from papers_model import C, S

if TYPE_CHECKING:
    from world import World

STEPS = 7_000


def test_documents_and_declarations_are_what_a_model_of_the_rules_says(
    world: World, seed: int, note: list[str]
) -> None:
    life = Life(world, seed)
    for step in range(STEPS):
        life.step()
        if step % 10 == 9 and step > 200:
            life.look()
    for function, args, answer in life.answers:
        assert world.view(function, *args) == answer
    note.append(life.run.shares())
    note.append(
        f"documents and declarations: {len(life.run.met)} errors met, {len(life.answers)} answers "
        "about the past asked again"
    )
    life.run.expect_each_succeeds()
    # The run went through what it is for.
    assert life.seen >= {*S, *C, True, False} - {C.NONE}
    assert set(life.run.met) == {
        "BadRegistration",
        "DeclarationExists",
        "DeclarationUnchanged",
        "DocumentExists",
        "ExporterStays",
        "IncompleteDeclaration",
        "LeafRevokedAlready",
        "NewBusinessClosed",
        "NoDocuments",
        "NotAVersion",
        "NotCustoms",
        "NotInBatch",
        "NotInFuture",
        "PartyNotActive",
        "RevokedWithoutReason",
        "WithdrawnWithoutReason",
        "WrongDeclarationStatus",
        "WrongDocumentStatus",
    }
