# SPDX-License-Identifier: Apache-2.0
"""What the acceptance tests say again and again: members, instants, events and refusals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple

import brownie

DAY = 86_400
NOBODY = "0x" + "00" * 20
NO_END = 2**40 - 1
SHANGHAI = timezone(timedelta(hours=8))

# Role bits of the library Roles.
ADMINISTER, ISSUE, ADVISE, PRESENT, EXAMINE, PAY, KEEP_CALENDARS, VOTE, CASH = (
    1 << bit for bit in range(9)
)
ACCEPT, ATTEST, TITLE, COURT, DOCUMENT, CARRY = (1 << bit for bit in range(9, 15))
BANKING = ISSUE | ADVISE | EXAMINE
WORK = PRESENT | PAY | KEEP_CALENDARS | VOTE | CASH | ACCEPT | ATTEST | TITLE | DOCUMENT

# The enums of the interfaces, as far as the tests name their values.
PRE_ADVISED, ISSUED, CREDIT_CANCELLED, EXPIRED = range(1, 5)
SIGHT_PAYMENT, DEFERRED_PAYMENT, MIXED_PAYMENT = 1, 2, 5
AFTER_SHIPMENT = 2
PRE_ADVISED_AMOUNT = 4
AMENDMENT_PENDING, AMENDMENT_ACCEPTED, AMENDMENT_REJECTED, AMENDMENT_LAPSED = range(1, 5)
LODGED, COMPLYING, REFUSED, PRECLUDED, CLAIMED = range(1, 6)
HOLD, NOTIFY, RETURN, PREVIOUS_INSTRUCTIONS = range(1, 5)
DUE, INCURRED, PAID, SETTLED = 1, 2, 6, 9
BY_COMPLYING, BY_PRECLUSION = 1, 2
REIMBURSEMENT, RECOURSE, REFUND, CHARGES = range(4, 8)
AUTHORISED, UNDERTAKEN, AUTHORISATION_CANCELLED = range(1, 4)
CLAIM_MADE, CLAIM_HONOURED, NON_CONFORMING, NON_PAYMENT_NOTIFIED, FALLEN_BACK = range(1, 6)
REFUND_DUE, DUE_LATER, CLAIM_UNPAID, CLAIM_PAID = range(6, 10)
ACTIVE, SUSPENDED, RESIGNED, EXPELLED = range(1, 5)
ADMIT_MEMBER, SUSPEND_MEMBER, REINSTATE_MEMBER, EXPEL_MEMBER, RENEW_MEMBER = range(1, 6)
BEGIN_RECOVERY, SETTLE_RECOVERY, CHANGE_RULES, APPOINT_KEEPER, REGISTER_VERSION = range(6, 11)
CLOSE_EDITION, PAUSE_NEW_BUSINESS, RESUME_NEW_BUSINESS = range(11, 14)
PROPOSAL_OPEN, PROPOSAL_PASSED, DEFEATED, LAPSED, CANCELLED, PROPOSAL_EXECUTED = range(1, 7)
LATE, OVERDRAWN, SHORT, MISSED = 1, 2, 4, 8

CNY = 156
AMOUNT = 128_000_000  # CNY 1,280,000.00


@dataclass(frozen=True)
class Member:
    """A member's number and its three accounts; the desk holds every role but ADMINISTER."""

    number: int
    administrator: Any
    treasury: Any
    desk: Any


def unix(text: str) -> int:
    """Unix time of an instant in Shanghai, such as ``2025-10-13 17:00``."""
    return int(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).timestamp())


def day(text: str) -> int:
    """Days from 1970-01-01 to a date, as the contracts count them."""
    return (datetime.fromisoformat(text) - datetime(1970, 1, 1)).days  # noqa: DTZ001


def word(text: str, size: int = 32) -> str:
    """ASCII, zero-padded on the right, as the hexadecimal that events show."""
    return "0x" + text.encode().ljust(size, b"\0").hex()


def plain(value: Any) -> Any:
    """A value as Brownie decoded it, without Brownie's own types."""
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, list | tuple):
        return tuple(plain(each) for each in value)
    if isinstance(value, str):
        return str(value)
    return value


def assert_events(tx: Any, *expected: tuple[Any, str, dict[str, Any]]) -> None:
    """The transaction emitted these events, (contract, name, every field), in this order alone."""
    found = [
        (event.address, event.name, {name: plain(value) for name, value in event.items()})
        for event in tx.events
    ]
    assert found == [
        (contract.address, name, {field: plain(value) for field, value in fields.items()})
        for contract, name, fields in expected
    ]


def reverts_with(name: str, *args: Any) -> Any:
    """The block reverts with this error of the suite and exactly these arguments."""
    return brownie.reverts(f"{name}: {', '.join(_shown(value) for value in args)}")


def _shown(value: Any) -> str:
    """An argument of an error in Brownie's words: addresses in small letters, words as bytes."""
    text = str(getattr(value, "address", value))
    if not text.startswith("0x"):
        return text
    return str(bytes.fromhex(text[2:])) if len(text) == 66 else text.lower()


class Motion(NamedTuple):
    """The struct of IAllianceCouncil; only what the action needs is given."""

    action: int
    member_id: int = 0
    until: int = 0
    account: str = NOBODY
    name: str = word("")
    edition: int = 0
    rules: tuple = (0, 0, 0, 0)
    admission: tuple = (NOBODY, NOBODY, 0, 0, "0x0000", 0, word(""))
    resolution: str = word("")


class Issuance(NamedTuple):
    """The struct of ILetterOfCredit; the defaults are a plain credit of CNY 1,280,000.00."""

    reference: str = word("LC2025-0001", 16)
    applicant: int = 7
    beneficiary: int = 8
    advising_bank: int = 5
    second_advising_bank: int = 6
    nominated_bank: int = 0
    confirming_bank: int = 0
    reimbursing_bank: int = 0
    amount: int = AMOUNT
    currency: int = CNY
    plus_tolerance: int = 0
    minus_tolerance: int = 0
    expiry: int = day("2025-11-15")
    latest_shipment: int = day("2025-10-25")
    presentation_period: int = 21
    tenor: int = 0
    tenor_from: int = 0
    availability: int = SIGHT_PAYMENT
    transferable: bool = False
    partial_forbidden: bool = False
    any_bank: bool = False
    switches: int = 0
    terms: str = word("terms")

    def packed(self) -> tuple:
        """As a batch gives it: the words of the library CreditWords."""
        parties = 0
        for member in self[1:8]:
            parties = parties << 32 | member
        places = {
            "amount": 64,
            "expiry": 128,
            "latest_shipment": 144,
            "presentation_period": 160,
            "plus_tolerance": 170,
            "minus_tolerance": 177,
            "currency": 200,
            "tenor": 210,
            "tenor_from": 226,
            "availability": 228,
        }
        numbers = sum(getattr(self, name) << place for name, place in places.items())
        return self.reference, parties, numbers, self.terms


class Amendment(NamedTuple):
    """The struct of ILetterOfCredit; the defaults change the text alone."""

    number: int = 1
    cancels: bool = False
    increase: int = 0
    decrease: int = 0
    expiry: int = 0
    latest_shipment: int = 0
    presentation_period: int = 0
    sets_tolerance: bool = False
    plus_tolerance: int = 0
    minus_tolerance: int = 0
    terms: str = word("amendment")


class Lodging(NamedTuple):
    """The struct of IPresentations; the defaults demand the whole credit."""

    key: tuple
    amount: int = AMOUNT
    shipped: int = day("2025-09-01")
    pay_presenter: bool = False
    documents: str = word("documents")
