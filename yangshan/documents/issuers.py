# SPDX-License-Identifier: Apache-2.0
"""Who a document says issued it, and which member of an alliance that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.documents.examination.model import Paper, Party
from yangshan.documents.examination.parties import one_party
from yangshan.documents.examination.words import Same
from yangshan.documents.schema import schemas
from yangshan.swift.values import full_bic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yangshan.alliance.members import MemberRecord
    from yangshan.documents.document import Document


def issuer_in(document: Document) -> Party | None:
    """The party that a document says issued it; None for a kind that nobody issues by name.

    That is a customs declaration, which customs attests instead.
    """
    schema = schemas().get(document.kind)
    if schema is None or not schema.issuer:
        return None
    return Paper("", document).party(schema.issuer)


def member_meant(party: Party, members: Mapping[int, MemberRecord]) -> int:
    """The number of the one member that a party is; 0 if it is none, or may be several.

    A number that both carry decides (LEI, unified social credit code, BIC), else the name.
    """
    found = [number for number, member in members.items() if _is(party, member)]
    return found[0] if len(found) == 1 else 0


def _is(party: Party, member: MemberRecord) -> bool:
    bics = {member.bic, full_bic(member.bic)} if member.bic else set()
    numbers = tuple(each for each in (member.lei, member.credit_code, *sorted(bics)) if each)
    return any(
        one_party(party, Party("", name, (), member.country, numbers)) is Same.YES
        for name in member.names
    )
