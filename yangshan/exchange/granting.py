# SPDX-License-Identifier: Apache-2.0
"""Acts on encryption keys and grants: publishing, granting, withdrawing.

``member`` is always the acting member, by its number; contents and documents have 64 digits without
0x, as in the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.acts import Act, Trace
from yangshan.chain.events import AccessGranted, AccessWithdrawn, EncryptionKeyPublished
from yangshan.chain.values import hexadecimal
from yangshan.documents.registering import member_topic

if TYPE_CHECKING:
    from collections.abc import Sequence

GRANTS: Final = "DocumentGrants"


def publish_key(member: int, key: bytes) -> Act:
    """Publishes the key to which documents for the member are encrypted from now on."""
    written = hexadecimal(key)
    return Act(
        contract=GRANTS,
        function="publishKey",
        arguments=(written,),
        key=written,
        what=f"publishes the encryption key {written}",
        article="",
        traces=(
            Trace(
                EncryptionKeyPublished, member_topic(member), {"key": written}, actor="member_id"
            ),
        ),
        repeatable=True,
        standing=lambda grants: grants.key_of(member) == key,
    )


def grant(
    member: int, content: str, document: str, readers: Sequence[int], names: Sequence[str]
) -> Act:
    """Gives members a document to read."""
    return Act(
        contract=GRANTS,
        function="grant",
        arguments=(f"0x{content}", f"0x{document}", tuple(readers)),
        key=_key(content, readers),
        what=f"grants {', '.join(names)} access to {content}",
        article="",
        traces=tuple(
            Trace(
                AccessGranted,
                member_topic(member),
                {"content": f"0x{content}"},
                {"document": f"0x{document}"},
                actor="granter",
                second=member_topic(reader),
            )
            for reader in readers
        ),
        repeatable=True,
        # What was withdrawn since is refused, and not done.
        standing=lambda grants: all(grants.stands(member, content, each) for each in readers),
    )


def withdraw(member: int, content: str, readers: Sequence[int], names: Sequence[str]) -> Act:
    """Withdraws from members what was granted to them, for the future."""
    return Act(
        contract=GRANTS,
        function="withdraw",
        arguments=(f"0x{content}", tuple(readers)),
        key=_key(content, readers),
        what=f"withdraws the access to {content} from {', '.join(names)}",
        article="",
        traces=tuple(
            Trace(
                AccessWithdrawn,
                member_topic(member),
                {"content": f"0x{content}"},
                actor="granter",
                second=member_topic(reader),
            )
            for reader in readers
        ),
    )


def _key(content: str, readers: Sequence[int]) -> str:
    return f"{content}:{','.join(str(reader) for reader in readers)}"
