# SPDX-License-Identifier: Apache-2.0
"""The messages of banks that reimburse one another, and the events that they follow from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from test_messages import ADVISER, DRAWN, ISSUER, REFERENCE, SELLER, fields, known, one

from yangshan.chain import events
from yangshan.chain.enums import ClaimDisposal as Disposal
from yangshan.chain.enums import ClaimMark, ClaimReason, ObligationKind, ObligationState
from yangshan.chain.records import (
    NO_COMMITMENT,
    ClaimRequest,
    PresentationKey,
    ReimbursementTerms,
)
from yangshan.credit.correspondence import HAPPENINGS
from yangshan.credit.messages import (
    AmendedAuthorisation,
    AuthorisedReimbursement,
    ClaimedReimbursement,
    Correspondent,
    Happening,
    KnownCredit,
    RefusedClaim,
    Untold,
    messages_of,
)
from yangshan.credit.reimbursement import ClaimDisposal, NonConformity
from yangshan.money import Money

if TYPE_CHECKING:
    from yangshan.chain.events import SuiteEvent

PAYER = Correspondent("Moth Bank", "YSMTCNSHXXX")
AUTHORISED = AuthorisedReimbursement(
    ISSUER, PAYER, ADVISER, DRAWN, None, urr=True, claimant_bears_charges=False
)
AMENDED = AmendedAuthorisation(
    ISSUER, PAYER, date(2025, 9, 1), DRAWN, Money.of(100_000_000, "CNY"), None, more=False
)
REFUSED = RefusedClaim(
    PAYER, ADVISER, "YSS25RC01", DRAWN, (NonConformity.DUPLICATE,), ClaimDisposal.HELD
)


# Messages


def test_the_authorisation_is_an_mt_740() -> None:
    made = one(AUTHORISED)
    assert (made.kind, made.sender, made.receiver) == ("740", "YSHACNSHXXX", "YSMTCNSHXXX")
    assert fields(made) == {
        "20": REFERENCE,
        "40F": "URR LATEST VERSION",
        "58A": "YSSLDEHHXXX",
        "32B": "CNY1280000,00",
        "41A": "YSHACNSHXXX\nBY PAYMENT",
        "71A": "OUR",
    }
    other = replace(AUTHORISED, claiming=None, urr=False, claimant_bears_charges=True)
    stated = fields(one(other))
    assert (stated["40F"], stated["71A"], "58A" in stated) == ("NOTURR", "CLM", False)


def test_an_authorisation_that_expires_needs_a_place() -> None:
    made = one(replace(AUTHORISED, expiry=date(2025, 12, 1)))
    assert (made.kind, made.texts) == ("740", ())
    assert made.reasons == ("The place at which the authorisation expires (31D) is not known.",)


def test_an_authorisation_needs_the_terms() -> None:
    made = one(AUTHORISED, KnownCredit(REFERENCE, ISSUER))
    assert (made.kind, made.texts) == ("740", ())
    assert made.reasons == (
        (
            "The terms of the credit are not kept here; expected those that Yangshan Harbour Bank "
            "committed to."
        ),
    )


@pytest.mark.parametrize(
    ("after", "expiry", "stated"),
    [
        (100_000_000, None, {"33B": "CNY280000,00", "34B": "CNY1000000,00"}),
        (130_000_000, None, {"32B": "CNY20000,00", "34B": "CNY1300000,00"}),
        (128_000_000, date(2025, 12, 1), {"31E": "251201"}),
    ],
)
def test_the_amendment_is_an_mt_747(
    after: int, expiry: date | None, stated: dict[str, str]
) -> None:
    made = one(replace(AMENDED, after=Money.of(after, "CNY"), expiry=expiry))
    assert fields(made) == {"20": REFERENCE, "30": "250901", **stated}
    assert made.doubts == ()


@pytest.mark.parametrize("change", [{"more": True}, {"after": DRAWN}])
def test_an_amendment_in_words_is_not_written(change: dict[str, Any]) -> None:
    made = one(replace(AMENDED, **change))
    assert (made.kind, made.texts) == ("747", ())
    assert made.reasons == (
        "The amendment says more than amount and expiry, in words that are not kept here.",
    )


def test_the_claim_is_an_mt_742() -> None:
    claimed = ClaimedReimbursement(ADVISER, PAYER, DRAWN)
    made = one(claimed, known(_1="YSS25RC01"))
    assert (made.sender, made.receiver) == ("YSSLDEHHXXX", "YSMTCNSHXXX")
    assert fields(made) == {
        "20": "YSS25RC01",
        "21": REFERENCE,
        "52A": "YSHACNSHXXX",
        "32B": "CNY1280000,00",
        "34B": "CNY1280000,00",
    }
    assert one(claimed).reasons == (
        (
            "The reference that Sieben Leuchtfeuer Handelsbank gives this message (field 20) is "
            "not known."
        ),
    )


def test_a_claim_names_an_issuing_bank_without_bic_in_words() -> None:
    unknown = replace(ISSUER, bic=None)
    (made,) = messages_of(
        KnownCredit(REFERENCE, unknown, None, {1: "YSS25RC01"}),
        [ClaimedReimbursement(ADVISER, PAYER, DRAWN)],
    )[0]
    assert made.reasons == ("The BIC of Yangshan Harbour Bank is not known.",)


def test_the_notice_of_a_claim_that_does_not_conform_is_an_mt_744() -> None:
    made, told = messages_of(known(_1="MOTH25N1"), [REFUSED])[0]
    assert (made.sender, made.receiver) == ("YSMTCNSHXXX", "YSSLDEHHXXX")
    assert fields(made) == {
        "20": "MOTH25N1",
        "21": "YSS25RC01",
        "52A": "YSHACNSHXXX",
        "21A": REFERENCE,
        "34B": "CNY1280000,00",
        "73R": "DUPL",
        "73S": "HOLD",
    }
    assert (told.kind, told.reasons) == (
        None,
        ("Yangshan Harbour Bank is told in free text, MT 799.",),
    )


@pytest.mark.parametrize("reasons", [(), (NonConformity.DIFFERS, NonConformity.OTHER)])
def test_a_notice_states_one_reason_and_the_claim(reasons: tuple[NonConformity, ...]) -> None:
    made, _ = messages_of(
        known(_1="MOTH25N1"), [replace(REFUSED, reasons=reasons, claim_reference=None)]
    )[0]
    assert made.texts == ()
    assert made.reasons == (
        (
            "The reference that Sieben Leuchtfeuer Handelsbank gave its claim (field 21) is not "
            "known."
        ),
        (
            f"The message has room for one reason (field 73R), and {len(reasons)} are stated; a "
            "person words that."
        ),
    )


# Events

CREDIT, CLAIM, OWED = ("0x" + digits * 32 for digits in ("ab", "cd", "ef"))
PLACE = {"address": "0x" + "11" * 20, "block_number": 7, "transaction": CREDIT, "log_index": 0}
TERMS = ReimbursementTerms(
    amount=128_000_000,
    claiming_bank=5,
    expiry=None,
    pre_debit_days=0,
    urr=True,
    undertaking_asked=False,
    claimant_bears_charges=False,
    freely_amendable=False,
)
NAMES = {4: ISSUER, 5: ADVISER, 6: PAYER, 10: SELLER}
GIVEN = events.ReimbursementAuthorised(
    **PLACE, credit_id=CREDIT, reimbursing_bank=6, claiming_bank=5, terms=TERMS, message=CLAIM
)
CLAIMED = events.ReimbursementClaimed(
    **PLACE,
    claim_id=CLAIM,
    credit_id=CREDIT,
    claiming_bank=5,
    request=ClaimRequest(PresentationKey(CREDIT, 5, 10, 1), 1, 1, 0, 128_000_000, CREDIT),
    deadline=datetime(2025, 9, 30, 9, tzinfo=UTC),
    due=None,
    marks=ClaimMark(0),
)


@dataclass
class Story:
    """What a happening is made from, as the correspondence of a credit has it."""

    events: list[SuiteEvent]
    references: dict[int, str] = field(default_factory=dict)

    @property
    def issue(self) -> Any:
        issuance = SimpleNamespace(reimbursing_bank=6, currency=156)
        return SimpleNamespace(issuing_bank=4, issuance=issuance)

    def incurred(self, obligation: str) -> SuiteEvent:
        return next(
            each for each in self.events if getattr(each, "obligation_id", "") == obligation
        )

    def party(self, number: int) -> Correspondent:
        return NAMES[number]

    def day(self, event: SuiteEvent, member: int) -> date:
        assert member == 4
        return date(2025, 9, event.block_number)


def happening(event: SuiteEvent, *before: SuiteEvent, **references: str) -> Happening:
    given = {int(place[1:]): reference for place, reference in references.items()}
    story: Any = Story([*before, event], given)
    return HAPPENINGS[type(event)](story, event)


def amended(log_index: int, terms: ReimbursementTerms, message: str = CLAIM) -> SuiteEvent:
    place = PLACE | {"block_number": 9, "log_index": log_index}
    return events.AuthorisationAmended(**place, credit_id=CREDIT, terms=terms, message=message)


def test_an_authorisation_and_its_amendments() -> None:
    assert happening(GIVEN) == AUTHORISED
    anybody = replace(GIVEN, claiming_bank=0, terms=replace(TERMS, claiming_bank=0))
    assert happening(anybody) == replace(AUTHORISED, claiming=None)
    less = replace(TERMS, amount=100_000_000)
    day = date(2025, 9, 7)
    assert happening(amended(1, less), GIVEN) == replace(AMENDED, authorised=day)
    later = replace(less, amount=110_000_000, expiry=date(2025, 12, 1))
    assert happening(amended(2, later), GIVEN, amended(1, less)) == AmendedAuthorisation(
        ISSUER,
        PAYER,
        day,
        Money.of(100_000_000, "CNY"),
        Money.of(110_000_000, "CNY"),
        date(2025, 12, 1),
        more=False,
    )
    for changes in ({"pre_debit_days": 2}, {"claiming_bank": 0}, {"urr": False}):
        made = happening(amended(1, replace(less, **changes)), GIVEN)
        assert isinstance(made, AmendedAuthorisation)
        assert made.more
    # An expiry that is taken away is no new one.
    made = happening(amended(3, less), GIVEN, amended(2, later))
    assert isinstance(made, AmendedAuthorisation)
    assert (made.expiry, made.more) == (None, True)
    assert isinstance(happening(amended(1, less, NO_COMMITMENT), GIVEN), Untold)


def test_a_claim_and_its_refusal() -> None:
    assert happening(CLAIMED) == ClaimedReimbursement(ADVISER, PAYER, DRAWN)
    refused = events.ClaimNotConforming(
        **PLACE,
        claim_id=CLAIM,
        credit_id=CREDIT,
        claiming_bank=5,
        issuing_bank=4,
        reasons=ClaimReason.DUPLICATE,
        disposal=Disposal.HELD,
        notice=CREDIT,
    )
    assert happening(refused, GIVEN, CLAIMED, _2="YSS25RC01") == REFUSED
    assert happening(refused, GIVEN, CLAIMED) == replace(REFUSED, claim_reference=None)


@pytest.mark.parametrize("reason", ClaimReason)
def test_every_reason_and_disposal_has_its_code(reason: ClaimReason) -> None:
    for disposal in list(Disposal)[1:]:
        refused = events.ClaimNotConforming(
            **PLACE,
            claim_id=CLAIM,
            credit_id=CREDIT,
            claiming_bank=5,
            issuing_bank=4,
            reasons=reason,
            disposal=disposal,
            notice=CREDIT,
        )
        made = happening(refused, CLAIMED)
        assert isinstance(made, RefusedClaim)
        assert made.reasons == (NonConformity[str(reason.name)],)
        assert made.disposal == ClaimDisposal[disposal.name]
    assert len(ClaimReason) == len(NonConformity)
    assert len(Disposal) == len(ClaimDisposal) + 1


@pytest.mark.parametrize(
    "kind",
    [
        ObligationKind.REIMBURSEMENT,
        ObligationKind.RECOURSE,
        ObligationKind.REFUND,
        ObligationKind.CHARGES,
    ],
)
def test_what_banks_pay_each_other_is_told_by_the_payment(kind: ObligationKind) -> None:
    arisen = events.ObligationIncurred(
        **PLACE,
        obligation_id=OWED,
        presentation_id=CLAIM,
        debtor=6,
        owner=5,
        amount=5,
        currency=156,
        maturity=datetime(2025, 9, 30, tzinfo=UTC),
        state=ObligationState.DUE,
        kind=kind,
    )
    paid = events.ObligationPaid(
        **PLACE, obligation_id=OWED, debtor=6, owner=5, amount=5, currency=156
    )
    assert happening(paid, arisen) == Untold(
        "Banks that reimburse one another pay by a message of category 2."
    )
