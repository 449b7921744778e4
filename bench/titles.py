# SPDX-License-Identifier: Apache-2.0
"""Acts on titles, and the same acts on the peer: the artifacts of its npm package as published.

The peer keeps each title in a contract of its own, and an account is a party there; otherwise the
acts are paired one to one. A remark is 100 bytes long there and its commitment here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eth_utils import keccak

from yangshan.chain.enums import DeliveryBasis, SurrenderPurpose, TitleForm

if TYPE_CHECKING:
    from operations import Bench

ARTIFACTS: Final = (
    Path(__file__).resolve().parent.parent
    / "node_modules/@tradetrust-tt/token-registry/dist/artifacts"
)
NO_REMARK: Final = bytes(32)
LONG_REMARK: Final = bytes(range(1, 101))
BATCH: Final = 100
# Place among the acts of a batch, as the enum TitleAct has them.
TRANSFER_HOLDER: Final = 2
NOBODY: Final = "0x" + "00" * 20

# An act, by who does it; where it is measured under which name.
Act = Callable[..., None]


def salt(text: str) -> bytes:
    return bytes(keccak(text=text))


def titles(bench: Bench, carrier: str, shipper: str, bank: str) -> None:
    """Each act twice, on a title each; the second time is measured."""

    def act(sender: str, function: str, *args: Any, row: str = "", place: int) -> None:
        measure = f"title.{row}" if place and row else None
        bench.send(sender, f"TitleRegistry.{function}", *args, measure=measure)

    issuer = bench.view("AllianceRegistry.memberOf", carrier)
    to_order, delivery = int(TitleForm.TO_ORDER), int(SurrenderPurpose.DELIVERY)
    for place in range(2):
        for remark, suffix in ((NO_REMARK, ""), (keccak(LONG_REMARK), "_remark")):
            reference = salt(f"title {place}{suffix}")
            title = bench.view("TitleRegistry.titleIdOf", issuer, reference)
            document = salt(f"bill of lading {place}")
            issued = (reference, document, shipper, shipper, to_order, remark)
            act(carrier, "issue", issued, row=f"issue{suffix}", place=place)
            moved = (title, bank, remark)
            act(shipper, "transferHolder", *moved, row=f"transfer_holder{suffix}", place=place)
            if suffix:
                continue
            act(bank, "rejectHolder", title, remark, row="reject", place=place)
            act(shipper, "nominate", *moved, row="nominate", place=place)
            endorsed = (title, bank, to_order, remark)
            act(shipper, "endorseTitle", *endorsed, row="endorse", place=place)
            act(shipper, "transferHolder", *moved, place=place)
            act(bank, "pledge", title, bench.desk(PLEDGEE), remark, row="pledge", place=place)
            act(
                bench.desk(PLEDGEE),
                "releasePledge",
                title,
                remark,
                row="release_pledge",
                place=place,
            )
            act(bank, "surrender", title, delivery, remark, row="surrender", place=place)
            act(carrier, "acceptSurrender", title, remark, row="accept_surrender", place=place)
        references = [salt(f"title {place} of many, {number}") for number in range(BATCH)]
        many = [(each, salt("bill"), shipper, shipper, to_order, NO_REMARK) for each in references]
        act(carrier, "issueBatch", many, row="batch_100_each", place=place)
        ids = [bench.view("TitleRegistry.titleIdOf", issuer, each) for each in references]
        given = (TRANSFER_HOLDER, bank, NOBODY, to_order, delivery, NO_REMARK)
        act(shipper, "instruct", ids, given, row="transfer_batch_100_each", place=place)
    for row in ("title.batch_100_each", "title.transfer_batch_100_each"):
        bench.gas[row] = -(-bench.gas[row] // BATCH)


def deliveries(bench: Bench, carrier: str, bank: str, applicant: str) -> None:
    """Each way of a title through a delivery, twice; the second time is measured."""
    issuer = bench.view("AllianceRegistry.memberOf", carrier)
    parties = [bench.view("AllianceRegistry.memberOf", each) for each in (bank, applicant)]
    to_order, end = int(TitleForm.TO_ORDER), 2**40 - 1
    reference = salt("receipt or payment")

    for place in range(2):

        def act(sender: str, function: str, *args: Any, row: str = "", place: int = place) -> None:
            measure = f"title.{row}" if place and row else None
            bench.send(sender, f"TitleDeliveries.{function}", *args, measure=measure)

        def offered(way: str, basis: DeliveryBasis, row: str = "", place: int = place) -> Any:
            number = salt(f"delivery {place} {way}")
            issued = (number, salt("bill"), bank, bank, to_order, NO_REMARK)
            bench.send(carrier, "TitleRegistry.issue", issued)
            title = bench.view("TitleRegistry.titleIdOf", issuer, number)
            key = (*parties, salt("presentation"), 1, [title])
            due = end if basis is DeliveryBasis.TRUST_RECEIPT else 0
            act(bank, "offer", key, (1_000, 156, int(basis), end, due), row=row)
            return key

        against_payment, on_trust = DeliveryBasis.PAYMENT, DeliveryBasis.TRUST_RECEIPT
        act(applicant, "take", offered("paid", against_payment, "offer"), applicant, row="take")
        act(bank, "withdraw", offered("withdrawn", against_payment), row="withdraw")
        key = offered("released", against_payment)
        act(bank, "release", key, applicant, reference, row="release")
        for row in ("pay_trust", "attest_trust"):
            key = offered(row, on_trust)
            measure = "take_on_trust" if row == "pay_trust" else ""
            act(applicant, "takeOnTrust", key, applicant, reference, row=measure)
            if row == "pay_trust":
                act(applicant, "pay", key, row=row)
            else:
                act(bank, "attestPayment", key, reference, row=row)


# A bank of operations.py, to which titles are pledged.
PLEDGEE: Final = 6


def artifact(name: str) -> tuple[Any, bytes]:
    """ABI and creation code of a contract of the peer."""
    found = json.loads((ARTIFACTS / f"{name}.sol/{name}.json").read_text("utf-8"))
    return found["abi"], bytes.fromhex(found["bytecode"].removeprefix("0x"))


def token_registry(bench: Bench, shipper: str, bank: str) -> None:
    """The same on the peer, with its deployer as carrier."""
    carrier = bench.web3.eth.accounts[0]
    factory = bench.deploy("PeerFactory", *artifact("TitleEscrowFactory"), ())
    bench.deploy("PeerRegistry", *artifact("TradeTrustToken"), ("titles", "T", factory))
    escrow_abi, _ = artifact("TitleEscrow")

    def act(sender: str, function: str, *args: Any, row: str = "", place: int) -> None:
        measure = f"title.peer_{row}" if place and row else None
        bench.send(sender, function, *args, measure=measure)

    for place in range(2):
        for remark, suffix in ((b"", ""), (LONG_REMARK, "_remark")):
            token = int.from_bytes(salt(f"token {place}{suffix}"))
            minted = (shipper, shipper, token, remark)
            act(carrier, "PeerRegistry.mint", *minted, row=f"issue{suffix}", place=place)
            at = bench.view("PeerRegistry.ownerOf", token)
            bench.contracts["PeerEscrow"] = bench.web3.eth.contract(address=at, abi=escrow_abi)
            row = f"transfer_holder{suffix}"
            act(shipper, "PeerEscrow.transferHolder", bank, remark, row=row, place=place)
            if suffix:
                continue
            act(bank, "PeerEscrow.rejectTransferHolder", remark, row="reject", place=place)
            act(shipper, "PeerEscrow.nominate", bank, remark, row="nominate", place=place)
            act(shipper, "PeerEscrow.transferBeneficiary", bank, remark, row="endorse", place=place)
            act(shipper, "PeerEscrow.transferHolder", bank, remark, place=place)
            act(bank, "PeerEscrow.returnToIssuer", remark, row="surrender", place=place)
            act(carrier, "PeerRegistry.burn", token, remark, row="accept_surrender", place=place)
