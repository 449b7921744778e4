# SPDX-License-Identifier: Apache-2.0
"""Who may register documents, attest declarations and give documents to read."""

from __future__ import annotations

from typing import Final

from eth_utils import keccak
from rows import Args, ByRole, Row, Stranger
from suite import Error, error
from vocabulary import NO_END
from world import AUTHORITY, BENEFICIARY, CUSTOMS, FORWARDER, ISSUER, World, admin, desk

from yangshan.documents.batches import Batch

KEY: Final = keccak(text="a random key")
DOCUMENT: Final = keccak(text="a document")
NEXT: Final = keccak(text="its next version")
BATCH: Final = Batch([DOCUMENT, NEXT])
INVOICE, FORGED = 1, 2
# Exporter, cap, currency, validity and commitment.
DECLARED: Final = (BENEFICIARY, 1_000, 156, NO_END, DOCUMENT)


def fresh(world: World, caller: str) -> Args:
    return ((DOCUMENT, INVOICE, 1, 0, 0),)


def fresh_list(world: World, caller: str) -> Args:
    return (DOCUMENT, NEXT), INVOICE, 1, 0


def registered(world: World, caller: str) -> Args:
    world.send(desk(BENEFICIARY), "DocumentRegistry.register", *fresh(world, caller))
    return DOCUMENT, FORGED


def to_supersede(world: World, caller: str) -> Args:
    registered(world, caller)
    return DOCUMENT, (NEXT, INVOICE, 1, 0, 0)


def registered_list(world: World, caller: str) -> Args:
    world.send(desk(BENEFICIARY), "DocumentRegistry.registerBatch", *fresh_list(world, caller))
    return (DOCUMENT, NEXT), FORGED


def registered_batch(world: World, caller: str) -> Args:
    given = (BATCH.root, INVOICE, 1, 0, 2)
    world.send(desk(BENEFICIARY), "DocumentRegistry.register", given)
    proof = BATCH.prove(NEXT).proof
    return BATCH.root, NEXT, (proof.sides, proof.partners), FORGED


def to_declare(world: World, caller: str) -> Args:
    return KEY, DECLARED


def declared(world: World, caller: str) -> Args:
    world.send(desk(CUSTOMS), "CustomsDeclarations.declare", KEY, DECLARED)
    return (KEY,)


def to_amend(world: World, caller: str) -> Args:
    declared(world, caller)
    return KEY, (BENEFICIARY, 900, 156, NO_END, NEXT)


def to_withdraw(world: World, caller: str) -> Args:
    return (*declared(world, caller), FORGED)


def to_publish(world: World, caller: str) -> Args:
    return (KEY,)


def to_grant(world: World, caller: str) -> Args:
    world.send(admin(ISSUER), "DocumentGrants.publishKey", KEY)
    return NEXT, DOCUMENT, (ISSUER,)


def to_end(world: World, caller: str) -> Args:
    world.send(desk(BENEFICIARY), "DocumentGrants.grant", *to_grant(world, caller))
    return NEXT, (ISSUER,)


def not_granted(member: int) -> Stranger:
    """Each member has grants of its own: what others gave is nothing to it."""
    return Stranger(desk(member), lambda _: error("NotGranted", NEXT, ISSUER, 0), member)


def unknown_there(member: int) -> Stranger:
    """Each issuer has records of its own: what others have is nothing to it."""

    def expected(args: Args) -> Error:
        root = args[0][0] if isinstance(args[0], tuple) else args[0]
        return error("WrongDocumentStatus", member, root, 0)

    return Stranger(desk(member), expected, member)


def no_customs(member: int) -> Stranger:
    return Stranger(desk(member), lambda _: error("NotCustoms", member), member)


def undeclared_there(member: int) -> Stranger:
    """Each has declarations of its own."""
    return Stranger(
        desk(member), lambda args: error("WrongDeclarationStatus", member, args[0], 0), member
    )


ANOTHERS: Final = (unknown_there(FORWARDER), unknown_there(ISSUER))
NO_CUSTOMS: Final = (no_customs(AUTHORITY), no_customs(BENEFICIARY))
ANOTHER_CUSTOMS: Final = (undeclared_there(AUTHORITY), undeclared_there(BENEFICIARY))
ROWS: Final[dict[str, Row]] = {
    "DocumentRegistry.register": ByRole(BENEFICIARY, fresh),
    "DocumentRegistry.registerBatch": ByRole(BENEFICIARY, fresh_list),
    "DocumentRegistry.supersede": ByRole(BENEFICIARY, to_supersede, ANOTHERS),
    "DocumentRegistry.revoke": ByRole(BENEFICIARY, registered, ANOTHERS),
    "DocumentRegistry.revokeBatch": ByRole(BENEFICIARY, registered_list, ANOTHERS),
    "DocumentRegistry.revokeLeaf": ByRole(BENEFICIARY, registered_batch, ANOTHERS),
    "CustomsDeclarations.declare": ByRole(CUSTOMS, to_declare, NO_CUSTOMS),
    "CustomsDeclarations.release": ByRole(CUSTOMS, declared, ANOTHER_CUSTOMS),
    "CustomsDeclarations.amend": ByRole(CUSTOMS, to_amend, ANOTHER_CUSTOMS),
    "CustomsDeclarations.withdraw": ByRole(CUSTOMS, to_withdraw, ANOTHER_CUSTOMS),
    "DocumentGrants.publishKey": ByRole(BENEFICIARY, to_publish),
    "DocumentGrants.grant": ByRole(BENEFICIARY, to_grant),
    "DocumentGrants.withdraw": ByRole(
        BENEFICIARY, to_end, (not_granted(FORWARDER), not_granted(ISSUER))
    ),
}
