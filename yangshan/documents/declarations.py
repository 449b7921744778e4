# SPDX-License-Identifier: Apache-2.0
"""The key under which customs attests a sealed declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.documents.sealing import DECLARATION_KIND
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from yangshan.documents.sealing import SealedDocument


class NotADeclaration(Unusable):
    """A document of another kind where a customs declaration was expected."""

    def __init__(self, file: object, kind: str) -> None:
        super().__init__(
            f"{file} is of the kind {kind}; expected a {DECLARATION_KIND}, which alone has a key "
            "on the chain."
        )
        self.file = file
        self.kind = kind


class NoDeclarationKey(Unusable):
    """A sealed declaration without the key that it gets when it is sealed."""

    def __init__(self, file: object) -> None:
        super().__init__(f"The sealed declaration {file} has no key; seal it anew.")
        self.file = file


def declaration_key(sealed: SealedDocument, file: object) -> bytes:
    """The 32 bytes; raises :class:`NotADeclaration`, :class:`NoDeclarationKey`."""
    if sealed.document.kind != DECLARATION_KIND:
        raise NotADeclaration(file, sealed.document.kind)
    if sealed.key is None:
        raise NoDeclarationKey(file)
    return sealed.key
