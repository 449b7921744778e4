# SPDX-License-Identifier: Apache-2.0
"""What a sealed bill of lading says of the title that is issued for it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yangshan.chain.enums import TitleForm
from yangshan.errors import Refused

if TYPE_CHECKING:
    from yangshan.documents.sealing import SealedDocument

BILL_KIND: Final = "bill-of-lading"


class NotATitle(Refused):
    """A document for which no electronic title is issued."""

    def __init__(self, file: object, reason: str) -> None:
        super().__init__(f"No title is issued for {file}: {reason}.")
        self.file = file
        self.reason = reason


class ConsigneeMissing(Refused):
    """A straight bill without the member to which it is made out."""

    def __init__(self, file: object) -> None:
        super().__init__(f"{file} is not to order: name its consignee, a member, with --to.")
        self.file = file


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill of lading that can be a title: its reference, its commitment, whether it is to order.

    ``document`` has 32 bytes.
    """

    reference: str
    document: bytes
    to_order: bool
    file: object

    def form(self, *, named: bool) -> TitleForm:
        """How the title can be passed on, where somebody is named to have the right or nobody.

        Raises :class:`ConsigneeMissing`.
        """
        if self.to_order:
            return TitleForm.TO_ORDER if named else TitleForm.BLANK
        if not named:
            raise ConsigneeMissing(self.file)
        return TitleForm.STRAIGHT


def bill_of(sealed: SealedDocument, file: object) -> Bill:
    """The bill of a sealed document; raises :class:`NotATitle`."""
    document = sealed.document
    if document.kind != BILL_KIND:
        raise NotATitle(file, f"it is of the kind {document.kind}, and a {BILL_KIND} was expected")
    fields = document.fields
    if fields["transportDocumentTypeCode"] != "BOL":
        raise NotATitle(file, "it is a sea waybill, which is no document of title (DCSA BL 3)")
    if fields["transportDocumentStatus"] != "ISSUED":
        raise NotATitle(file, f"its status is {fields['transportDocumentStatus']}, not ISSUED")
    if fields["isElectronic"] is not True:
        raise NotATitle(
            file, "it is on paper (isElectronic is false), and goods have one title (MLETR art. 10)"
        )
    return Bill(
        reference=unicodedata.normalize("NFC", str(fields["transportDocumentReference"])),
        document=sealed.commitment,
        to_order=fields["isToOrder"] is True,
        file=file,
    )
