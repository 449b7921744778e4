# SPDX-License-Identifier: Apache-2.0
"""Payments between banks: the order that pays a debt (pacs.009), and what tells of payments.

An order states what is known of the debt and no more: settlement accounts, clearing systems,
charges and intermediaries are for the payment system of the bank that sends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from yangshan.errors import Refused
from yangshan.money import Currency, Money
from yangshan.swift.findings import is_valid
from yangshan.swift.iso20022 import xml
from yangshan.swift.iso20022.check import check
from yangshan.swift.iso20022.engine import arranged
from yangshan.swift.iso20022.places import Reading, find, make
from yangshan.swift.iso20022.schema import CURRENCY, schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from yangshan.swift.findings import Finding
    from yangshan.swift.iso20022.xml import IsoMessage, Node

ORDER: Final = "pacs.009.001.08"
NOTIFICATION: Final = "camt.054.001.08"
_BIC: Final = "FinInstnId/BICFI"
_CREDIT: Final = "CRDT"
_BOOKED: Final = "BOOK"


class SettlementMethod(StrEnum):
    """How banks settle: over an account with the one or the other, or through a clearing system."""

    INSTRUCTED = "INDA"
    INSTRUCTING = "INGA"
    CLEARING = "CLRG"


class OrderNotWritten(Refused):
    """An order that its standard cannot hold; ``findings`` say what."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(
            "The order is not written: " + " ".join(found.message for found in findings)
        )
        self.findings = tuple(findings)


class NoPaymentMessage(Refused):
    """A file that tells of no payment in a message that is read here, with its findings."""

    def __init__(self, file: str, kind: str, findings: Sequence[Finding] = ()) -> None:
        said = " ".join(f"Line {each.line}: {each.message}" for each in findings)
        super().__init__(
            f"{file} is {kind or 'of no known kind'}; expected {NOTIFICATION}, or {ORDER}, without "
            f"an error.{' ' * bool(said)}{said}"
        )
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A transfer between two banks on a day; ``created`` is aware.

    ``instruction`` is the debtor's reference, ``end_to_end`` the one that reaches the creditor,
    ``remittance`` says what is paid, in at most 140 characters.
    """

    instruction: str
    end_to_end: str
    uetr: str
    amount: Money
    on: date
    debtor: str
    creditor: str
    method: SettlementMethod
    remittance: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who pays or is paid: a BIC, a name, or neither."""

    bic: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A payment that a message tells of, at its line there.

    ``ordered``: an order to pay. ``credited``: booked to the credit of the account, and not taken
    back; for an order always true. ``reference`` is the account servicer's own.
    """

    line: int
    amount: Money
    ordered: bool
    credited: bool
    end_to_end: str | None
    uetr: str | None
    reference: str | None
    remittance: tuple[str, ...]
    debtor: Party
    creditor: Party


def write_order(order: Order) -> str:
    """The XML of a transfer between banks; raises :class:`OrderNotWritten`."""
    content = xml.Node(schema().messages[ORDER].name)
    header = make(content, "GrpHdr")
    make(header, "MsgId").text = order.instruction
    make(header, "CreDtTm").text = order.created.isoformat(timespec="seconds")
    make(header, "NbOfTxs").text = "1"
    make(header, "SttlmInf/SttlmMtd").text = order.method
    transfer = make(content, "CdtTrfTxInf")
    make(transfer, "PmtId/InstrId").text = order.instruction
    make(transfer, "PmtId/EndToEndId").text = order.end_to_end
    make(transfer, "PmtId/UETR").text = order.uetr
    amount = make(transfer, "IntrBkSttlmAmt")
    amount.text = order.amount.digits
    amount.attributes[CURRENCY] = order.amount.currency.code
    make(transfer, "IntrBkSttlmDt").text = order.on.isoformat()
    make(transfer, f"Dbtr/{_BIC}").text = order.debtor
    make(transfer, f"Cdtr/{_BIC}").text = order.creditor
    make(transfer, "RmtInf/Ustrd").text = order.remittance
    text = xml.write(arranged(ORDER, content))
    findings = check(xml.read(text.encode()))
    if not is_valid(findings):
        raise OrderNotWritten(findings)
    return text


def payments_in(data: bytes, file: str) -> list[Payment]:
    """The payments that a file tells of, in order.

    Raises UnreadableMessage, and :class:`NoPaymentMessage` for another message or one with errors.
    """
    message = xml.read(data, file)
    if message.type not in {ORDER, NOTIFICATION}:
        raise NoPaymentMessage(file, message.type)
    findings = check(message)
    if not is_valid(findings):
        raise NoPaymentMessage(file, f"{message.type} with errors", findings)
    return list(_orders(message) if message.type == ORDER else _entries(message))


def _orders(message: IsoMessage) -> Iterator[Payment]:
    for each in _at(message.root, "FICdtTrf/CdtTrfTxInf"):
        yield Payment(
            line=each.line,
            amount=_amount(_at(each, "IntrBkSttlmAmt")[0]),
            ordered=True,
            credited=True,
            end_to_end=_text(each, "PmtId/EndToEndId"),
            uetr=_text(each, "PmtId/UETR"),
            reference=_text(each, "PmtId/TxId"),
            remittance=tuple(node.text for node in _at(each, "RmtInf/Ustrd")),
            debtor=_bank(each, "Dbtr"),
            creditor=_bank(each, "Cdtr"),
        )


def _entries(message: IsoMessage) -> Iterator[Payment]:
    for entry in _at(message.root, "BkToCstmrDbtCdtNtfctn/Ntfctn/Ntry"):
        details = _at(entry, "NtryDtls/TxDtls")
        for each in details or [entry]:
            amounts = _at(each, "Amt")
            # An amount that only the entry states is that of its only payment.
            if not amounts and len(details) == 1:
                amounts = _at(entry, "Amt")
            if amounts:
                yield _entry(entry, each, amounts[0])


def _entry(entry: Node, each: Node, amount: Node) -> Payment:
    booked = _text(entry, "Sts/Cd") == _BOOKED
    direction = _text(each, "CdtDbtInd") or _text(entry, "CdtDbtInd")
    reversed_ = (_text(entry, "RvslInd") or "false").strip() in {"true", "1"}
    returned = bool(_at(each, "RtrInf"))
    servicer = _text(each, "Refs/AcctSvcrRef") or _text(entry, "AcctSvcrRef")
    notes = [*_at(each, "RmtInf/Ustrd"), *_at(each, "AddtlTxInf"), *_at(entry, "AddtlNtryInf")]
    return Payment(
        line=each.line,
        amount=_amount(amount),
        ordered=False,
        credited=booked and direction == _CREDIT and not reversed_ and not returned,
        end_to_end=_text(each, "Refs/EndToEndId"),
        uetr=_text(each, "Refs/UETR"),
        reference=servicer,
        remittance=tuple(node.text for node in notes),
        debtor=_related(each, "Dbtr"),
        creditor=_related(each, "Cdtr"),
    )


def _related(each: Node, role: str) -> Party:
    name = _text(each, f"RltdPties/{role}/Pty/Nm")
    bic = _text(each, f"RltdPties/{role}/Pty/Id/OrgId/AnyBIC")
    agent = _bank(each, f"RltdPties/{role}/Agt")
    return Party(bic=bic or agent.bic, name=name or agent.name)


def _bank(each: Node, path: str) -> Party:
    return Party(bic=_text(each, f"{path}/{_BIC}"), name=_text(each, f"{path}/FinInstnId/Nm"))


def _amount(node: Node) -> Money:
    currency = Currency.of(node.attributes[CURRENCY])
    return Money(int(Decimal(node.text.strip()).scaleb(currency.decimals)), currency)


def _at(node: Node, path: str) -> list[Node]:
    return find(Reading(), node, path)


def _text(node: Node, path: str) -> str | None:
    found = _at(node, path)
    return found[0].text if found else None
