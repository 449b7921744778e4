# SPDX-License-Identifier: Apache-2.0
"""Thousands of acts on documents, declarations and grants, each held against a model of rules.

What was once answered about the past is asked again later, and is answered as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from papers_lives import Life
from papers_model import C, S

if TYPE_CHECKING:
    from world import World

STEPS = 8_000


def test_documents_declarations_and_grants_are_what_a_model_of_the_rules_says(
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
        f"{life.run.name}: {len(life.run.met)} errors met, {len(life.answers)} answers about the "
        "past asked again"
    )
    life.run.expect_each_succeeds()
    # The run went through what it is for.
    assert life.seen >= {*S, *C, True, False} - {C.NONE}
    assert set(life.run.met) == {
        "BadEncryptionKey",
        "BadRegistration",
        "DeclarationExists",
        "DeclarationUnchanged",
        "DocumentExists",
        "ExporterStays",
        "GrantExists",
        "IncompleteDeclaration",
        "IncompleteGrant",
        "LeafRevokedAlready",
        "NewBusinessClosed",
        "NoDocuments",
        "NoEncryptionKey",
        "NotAVersion",
        "NotCustoms",
        "NotGranted",
        "NotInBatch",
        "NotInFuture",
        "PartyNotActive",
        "ReadersOutOfBounds",
        "RevokedWithoutReason",
        "WithdrawnWithoutReason",
        "WrongDeclarationStatus",
        "WrongDocumentStatus",
    }
