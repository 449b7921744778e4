# SPDX-License-Identifier: Apache-2.0
"""Every act on credits: what it calls, by which words a desk knows it, and by which event it is
known again."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from yangshan.alliance.desk_actions import DESK_ACTIONS, action_of
from yangshan.chain.calls import BadArguments, decode_call, encode_call
from yangshan.chain.enums import (
    AmendmentPassing,
    AmendmentState,
    AuthorisationState,
    Availability,
    ClaimDisposal,
    ClaimReason,
    CreditSwitch,
    Disposal,
    MaturityFrom,
    PresenterInstruction,
    RecordFormat,
    Renewal,
)
from yangshan.chain.records import (
    NO_COMMITMENT,
    Amendment,
    AmendmentRecord,
    Authorisation,
    ClaimRequest,
    Instalment,
    Issuance,
    Lodging,
    PresentationKey,
    ReimbursementTerms,
    Schedule,
    TransferRequest,
)
from yangshan.chain.values import UnfitReference, slots
from yangshan.credit import (
    advising,
    amending,
    confirming,
    examining,
    opening,
    paying,
    presenting,
    recording,
    reimbursing,
    staying,
    transferring,
)
from yangshan.credit.acts import (
    CREDITS,
    DISPOSALS,
    FORWARDING,
    OBLIGATIONS,
    PRESENTATIONS,
    RECORDS,
    REIMBURSEMENTS,
    SCHEDULES,
    TRANSFERS,
    Act,
)
from yangshan.credit.discrepancies import UnknownDiscrepancy
from yangshan.credit.ids import claim_id, credit_id, part_id, presentation_id
from yangshan.money import Currency, Money

CREDIT = credit_id(4, "LC-2025-0917")
OWED = "0x" + "cd" * 32
TEXT, OTHER = "0x" + "12" * 32, "0x" + "34" * 32
KEY = PresentationKey(CREDIT, 4, 11, 1)
UNTIL = datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC)
MONEY = Money.of(128_000_000, "CNY")
ISSUANCE = Issuance(
    bank_reference="LC-2025-0917",
    applicant=9,
    beneficiary=11,
    advising_bank=10,
    second_advising_bank=0,
    nominated_bank=0,
    confirming_bank=0,
    reimbursing_bank=0,
    amount=128_000_000,
    currency=156,
    plus_tolerance=5,
    minus_tolerance=5,
    expiry=date(2025, 12, 30),
    latest_shipment=None,
    presentation_period=21,
    tenor=0,
    tenor_from=MaturityFrom.NONE,
    availability=Availability.SIGHT_PAYMENT,
    transferable=False,
    partial_forbidden=False,
    any_bank=False,
    switches=CreditSwitch(0),
    terms=TEXT,
)


ROWS = (
    Instalment(28_000_000, date(2025, 9, 1), date(2025, 9, 30)),
    Instalment(100_000_000, date(2025, 10, 1), date(2025, 10, 31)),
)
SCHEDULE = Schedule((), ROWS, Renewal.NONE, 0, 0, None, 0)


def change(number: int = 1, *, cancels: bool = False) -> Amendment:
    return Amendment(
        number=number,
        cancels=cancels,
        increase=0 if cancels else 100,
        decrease=0,
        expiry=None,
        latest_shipment=None,
        presentation_period=0,
        sets_tolerance=False,
        plus_tolerance=0,
        minus_tolerance=0,
        terms=TEXT,
    )


def held(number: int = 1, *, cancels: bool = False) -> AmendmentRecord:
    return AmendmentRecord(
        state=AmendmentState.PENDING,
        extended=False,
        extension_declined=False,
        version=0,
        amendment=change(number, cancels=cancels),
    )


TERMS = ReimbursementTerms(100, 10, None, 0, True, True, False, False)
CLAIM = claim_id(presentation_id(KEY), 2)


def authority(*, undertaken: bool = False, terms: ReimbursementTerms = TERMS) -> Authorisation:
    state = AuthorisationState.UNDERTAKEN if undertaken else AuthorisationState.AUTHORISED
    return Authorisation(state, 0, False, terms)


PART = part_id(CREDIT, 2)
ASKED = TransferRequest(
    credit_id=CREDIT,
    terms=TEXT,
    share=64_000_000,
    amount=60_000_000,
    required_cover=0,
    second_beneficiary=13,
    second_bank=0,
    transferring_bank=10,
    expiry=date(2025, 12, 20),
    latest_shipment=None,
    presentation_period=15,
    number=2,
    passing=AmendmentPassing.ASK,
    keeps_substitution=True,
    replaces_applicant=True,
    pays_where_transferred=False,
)
LODGING = Lodging(KEY, 128_000_000, date(2025, 9, 18), False, TEXT)

ACTS: list[Act] = [
    opening.issue(4, ISSUANCE),
    opening.issue_batch(4, [ISSUANCE]),
    opening.issue_scheduled(4, ISSUANCE, SCHEDULE),
    opening.pre_advise(4, ISSUANCE),
    opening.issue_pre_advised(4, ISSUANCE),
    advising.advise(CREDIT),
    advising.advise(CREDIT, apparently_authentic=False),
    advising.decline(CREDIT),
    confirming.request(CREDIT, 10),
    confirming.confirm(CREDIT),
    confirming.decline(CREDIT),
    amending.propose_instalments(CREDIT, 1, ROWS),
    amending.amend(CREDIT, change()),
    amending.amend(CREDIT, change(cancels=True)),
    amending.accept(CREDIT, change()),
    amending.accept(CREDIT, change(cancels=True), TEXT),
    amending.reject(CREDIT, change(), TEXT),
    confirming.extend(CREDIT, held()),
    confirming.extend(CREDIT, held(cancels=True)),
    confirming.decline_extension(CREDIT, held()),
    presenting.record_mandate(CREDIT, 10, TEXT),
    presenting.lodge(LODGING, MONEY),
    presenting.fix_deadline(KEY),
    presenting.instruct(KEY, PresenterInstruction.TAKE_UP, TEXT),
    presenting.name_amendments(KEY, {3, 1}),
    presenting.present_unpaid(KEY, 4, 1, TEXT, 9),
    presenting.claim_precluded(KEY),
    examining.find_complying(KEY),
    examining.find_complying_with(KEY, {3, 1}),
    examining.refuse(KEY, ["X08", "X12"], Disposal.HOLD, TEXT),
    examining.accept_discrepancies(KEY, TEXT, recourse=True),
    examining.ask_for_waiver(KEY, TEXT),
    examining.ask_for_authority(KEY, TEXT),
    examining.record_return(KEY, TEXT),
    examining.accept_out_of_hours(KEY),
    examining.release_to_applicant(KEY, TEXT),
    examining.state_breach(KEY, TEXT),
    examining.find_in_breach(KEY, TEXT),
    recording.open_presentation(KEY),
    recording.add_record(KEY, RecordFormat.PDF, TEXT, OTHER),
    recording.complete_presentation(KEY, MONEY, date(2025, 9, 18), TEXT),
    recording.report_corruption(KEY, {3, 1}, TEXT),
    recording.replace_record(KEY, 3, TEXT),
    recording.resume_examination(KEY),
    recording.dispose_records(KEY, TEXT),
    examining.forward(KEY, 5, 1, TEXT),
    paying.pay(OWED, MONEY),
    paying.agree_prepayment(OWED, MONEY),
    paying.prepay(OWED, MONEY),
    paying.attest_payment(OWED, "PAY-2025-1"),
    paying.settle_by_counterpart(OWED),
    paying.assign_proceeds(OWED, 13, MONEY, TEXT),
    paying.assign_under_credit(CREDIT, 13, MONEY, TEXT),
    staying.stay_credit(CREDIT, UNTIL, TEXT),
    staying.lift_credit(CREDIT, TEXT),
    staying.stay_obligation(OWED, UNTIL, TEXT),
    staying.lift_obligation(OWED, TEXT),
    reimbursing.authorise(CREDIT, TERMS, TEXT, MONEY),
    reimbursing.amend_authorisation(CREDIT, TERMS, TEXT, authority()),
    reimbursing.amend_authorisation(CREDIT, TERMS, OTHER, authority(undertaken=True)),
    reimbursing.cancel_authorisation(CREDIT, TEXT, authority()),
    reimbursing.cancel_authorisation(CREDIT, OTHER, authority(undertaken=True)),
    reimbursing.undertake(CREDIT, TERMS, MONEY),
    reimbursing.decline_undertaking(CREDIT),
    reimbursing.agree_to_amendment(CREDIT, TERMS),
    reimbursing.agree_to_amendment(CREDIT, TERMS, cancels=True),
    reimbursing.claim(ClaimRequest(KEY, 1, 2, 0, 100, TEXT), MONEY),
    reimbursing.fix_deadline(CLAIM),
    reimbursing.give_pre_debit_notice(CLAIM, TEXT),
    reimbursing.honour_claim(CLAIM),
    reimbursing.refuse_claim(CLAIM, ClaimReason.OVERDRAWN, ClaimDisposal.HELD, TEXT),
    reimbursing.claim_undertaking(CLAIM),
    reimbursing.notify_non_payment(CLAIM, TEXT),
    reimbursing.fall_back(CLAIM, MONEY, TEXT),
    reimbursing.claim_recourse(CLAIM),
    reimbursing.claim_refund(CLAIM, MONEY, TEXT),
    reimbursing.acknowledge_charges(CLAIM),
    transferring.authorise(CREDIT, 10),
    transferring.request(ASKED, amount=MONEY),
    transferring.withdraw(PART, 2),
    transferring.decline(PART, 2),
    transferring.transfer(PART, 2),
    transferring.approve_passing(PART, 1),
    transferring.pass_amendment(PART, 1, change(), 100),
    transferring.pass_amendment(PART, 0, change(2, cancels=True)),
    transferring.agree_to_cancellation(PART, 1, TEXT),
    transferring.reclaim(PART, 2),
    transferring.demand_substitution(KEY, UNTIL, TEXT),
    transferring.substitute(KEY, MONEY, TEXT),
    transferring.take_up(KEY),
    transferring.claim_difference(KEY),
    transferring.record_failure(KEY, TEXT),
    transferring.send_on(KEY, 4, 1, TEXT),
]
# What anyone may do, with no role of a member: no desk is needed for it.
ALONE = {
    (PRESENTATIONS, "fixDeadline"),
    (REIMBURSEMENTS, "fixClaimDeadline"),
    (RECORDS, "resumeExamination"),
}
IDS = [f"{place}-{act.function}" for place, act in enumerate(ACTS)]


def test_there_is_an_act_for_everything_that_a_desk_does_on_credits() -> None:
    """A function that the contracts gain, and that people call, needs an act here."""
    documents = (PRESENTATIONS, FORWARDING, DISPOSALS, RECORDS)
    theirs = (CREDITS, *documents, OBLIGATIONS, REIMBURSEMENTS, SCHEDULES, TRANSFERS)
    desks = {
        (action.contract, action.function)
        for action in DESK_ACTIONS.values()
        if action.contract in theirs
    }
    assert {(act.contract, act.function) for act in ACTS} == desks | ALONE


@pytest.mark.parametrize("act", ACTS, ids=IDS)
def test_an_act_is_a_call_that_can_be_read_back(act: Act) -> None:
    call = decode_call(act.contract, encode_call(act.contract, act.function, act.arguments))
    assert (call.contract, call.function) == (act.contract, act.function)
    if (act.contract, act.function) not in ALONE:
        assert action_of(act.contract, act.function).function == act.function
    assert act.what[0].islower()
    assert not act.what.endswith(".")
    assert act.article.startswith(("UCP 600 art.", "URR 725 art.", "eUCP 2.1 art.", "court order"))


@pytest.mark.parametrize("act", ACTS, ids=IDS)
def test_an_act_is_known_again_by_an_event_about_the_same_thing(act: Act) -> None:
    for trace in act.traces:
        named = {each.name for each in fields(trace.event)}
        stated = {*trace.key, *trace.content, *([trace.actor] if trace.actor else [])}
        assert stated <= named
        subject = slots(trace.event)[0].name
        assert trace.subject in act.key or act.function == "issueBatch"
        assert subject in ("credit_id", "presentation_id", "obligation_id", "claim_id", "part_id")
        assert subject not in stated
        expected = {
            "credit_id": CREDIT,
            "presentation_id": presentation_id(KEY),
            "obligation_id": OWED,
            "claim_id": CLAIM,
            "part_id": PART,
        }[subject]
        assert trace.subject == expected


def test_no_two_acts_share_a_business_key() -> None:
    """Functions and keys together, but for what is stated otherwise under the same key."""
    keys = [(act.function, act.key) for act in ACTS]
    twice = {key for key in keys if keys.count(key) > 1}
    assert {function for function, _ in twice} == {
        "advise",
        "amend",
        "acceptAmendment",
        "extendConfirmation",
    }


def test_a_change_of_an_authority_is_proposed_where_others_rely_on_it() -> None:
    def events(act: Act) -> list[str]:
        return [trace.event.__name__ for trace in act.traces]

    free = replace(TERMS, freely_amendable=True)
    amend, cancel = reimbursing.amend_authorisation, reimbursing.cancel_authorisation
    proposed = ["AuthorisationAmendmentProposed"]
    assert events(amend(CREDIT, TERMS, TEXT, authority())) == ["AuthorisationAmended"]
    assert events(amend(CREDIT, TERMS, TEXT, authority(undertaken=True))) == proposed
    assert events(amend(CREDIT, TERMS, TEXT, authority(undertaken=True, terms=free))) == proposed
    assert events(cancel(CREDIT, TEXT, authority())) == ["AuthorisationCancelled"]
    assert events(cancel(CREDIT, TEXT, authority(undertaken=True))) == proposed
    # An undertaking that may be amended without the claiming bank ends without it as well.
    cancelled = cancel(CREDIT, TEXT, authority(undertaken=True, terms=free))
    assert events(cancelled) == ["AuthorisationCancelled"]
    assert cancelled.what == "cancels the authority to reimburse"


def test_what_is_repeated_for_its_words_has_them_in_its_key() -> None:
    for ask in (examining.ask_for_waiver, examining.ask_for_authority):
        assert ask(KEY, TEXT).key != ask(KEY, OTHER).key
        assert ask(KEY, TEXT).repeatable
    told = [presenting.instruct(KEY, PresenterInstruction.TAKE_UP, text) for text in (TEXT, OTHER)]
    assert told[0].key != told[1].key


def test_records_are_counted_from_1_by_people_and_are_bits_from_0() -> None:
    act = recording.report_corruption(KEY, [3, 1, 3], TEXT)
    assert act.arguments == (KEY, 0b101, TEXT)
    assert act.what == "reports as corrupt records 1 and 3; its count of banking days stops"
    again = recording.replace_record(KEY, 3, TEXT)
    assert again.arguments == (KEY, 2, TEXT, NO_COMMITMENT)
    assert again.what == "presents record 3 again"


def test_the_same_record_is_added_once_and_the_date_of_shipment_is_a_day() -> None:
    """The contract would add it twice."""
    assert recording.add_record(KEY, RecordFormat.PDF, TEXT).repeatable
    given = recording.complete_presentation(KEY, MONEY, date(1970, 1, 2), TEXT, pay_presenter=True)
    assert given.arguments == (KEY, 128_000_000, 1, True, TEXT)
    assert recording.complete_presentation(KEY, MONEY, None, TEXT).arguments[2] == 0


def test_amendments_that_a_presentation_accepts_are_bits() -> None:
    act = examining.find_complying_with(KEY, {3, 1})
    assert act.arguments == (KEY, 0b1010, False)
    assert act.what == (
        "finds the documents complying with the credit, as changed by amendments 1 and 3, which it "
        "accepts"
    )
    named = presenting.name_amendments(KEY, [3, 1, 3])
    assert named.arguments == (KEY, 0b1010)
    assert named.what == "presents the documents on the credit as changed by amendments 1 and 3"
    assert presenting.name_amendments(KEY, [2]).what.endswith("as changed by amendment 2")
    alone = examining.find_complying_with(KEY, (), recourse=True)
    assert alone.arguments == (KEY, 0, True)
    assert alone.what == "finds the documents complying with the credit, with recourse"
    assert alone.article == "UCP 600 art. 15"


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"increase": 0}, "changes texts alone"),
        ({"increase": 0, "cancels": True}, "cancels the credit"),
        ({"increase": 40_000_000}, "increase of CNY 400,000.00"),
        ({"increase": 0, "decrease": 1}, "decrease of CNY 0.01"),
        (
            {"increase": 0, "sets_tolerance": True, "plus_tolerance": 5},
            "+5/-0 %",
        ),
        (
            {
                "increase": 0,
                "expiry": date(2025, 12, 15),
                "latest_shipment": date(2025, 10, 25),
                "presentation_period": 14,
            },
            "expires 2025-12-15, latest shipment 2025-10-25, 14 days to present",
        ),
    ],
)
def test_what_an_amendment_changes_is_told_in_words(stated: dict[str, Any], said: str) -> None:
    assert amending.changes_in_words(replace(change(), **stated), Currency.of("CNY")) == said


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (
            amending.accept(CREDIT, change(cancels=True)),
            "agrees to the cancellation that amendment 1 proposes",
        ),
        (amending.accept(CREDIT, change(2)), "accepts amendment 2"),
        (amending.amend(CREDIT, change(cancels=True)), "proposes to cancel it, as amendment 1"),
        (confirming.extend(CREDIT, held(2)), "extends its confirmation to amendment 2"),
        (
            confirming.decline_extension(CREDIT, held(cancels=True)),
            "does not agree to the cancellation that amendment 1 proposes",
        ),
        (confirming.request(CREDIT, 10, "Sieben"), "asks Sieben to confirm it"),
        (presenting.record_mandate(CREDIT, 10, TEXT), "lets member 10 present"),
        (
            advising.advise(CREDIT, apparently_authentic=False),
            "advises it without having satisfied itself that it is authentic",
        ),
        (
            examining.refuse(KEY, ["X08"], Disposal.HOLD, TEXT),
            "refuses by one notice with 1 discrepancy (X08)",
        ),
        (
            paying.agree_prepayment(OWED, Money.of(0, "CNY")),
            "agrees no more to be paid before maturity",
        ),
        (
            reimbursing.authorise(CREDIT, TERMS, TEXT, MONEY, "Tide"),
            "authorises Tide to pay claims of up to CNY 1,280,000.00",
        ),
        (
            reimbursing.refuse_claim(
                CLAIM, ClaimReason.DUPLICATE | ClaimReason.OVERDRAWN, ClaimDisposal.HELD, TEXT
            ),
            "gives notice that the claim does not conform (duplicate and overdrawn)",
        ),
        (
            reimbursing.refuse_claim(CLAIM, ClaimReason(0), ClaimDisposal.HELD, TEXT),
            "gives notice that the claim does not conform",
        ),
        (
            reimbursing.fall_back(CLAIM, Money.of(700, "CNY"), TEXT),
            "claims on the issuing bank instead, with CNY 7.00 of interest and costs",
        ),
        (
            reimbursing.fall_back(CLAIM, Money.of(0, "CNY"), TEXT),
            "claims on the issuing bank instead",
        ),
        (
            reimbursing.claim_refund(CLAIM, Money.of(0, "CNY"), TEXT),
            "claims back what was reimbursed",
        ),
        (transferring.authorise(CREDIT, 10, "Sieben"), "authorises Sieben to transfer the credit"),
        (
            transferring.request(ASKED, amount=MONEY),
            "asks for transfer 2, of CNY 1,280,000.00",
        ),
        (
            transferring.pass_amendment(PART, 1, change(3)),
            "passes amendment 1 on, as amendment 3 of the part",
        ),
        (
            transferring.pass_amendment(PART, 0, change(3, cancels=True)),
            "proposes to cancel the part, as its amendment 3",
        ),
        (
            transferring.substitute(KEY, MONEY, TEXT),
            "substitutes its own invoice for CNY 1,280,000.00",
        ),
        (
            transferring.send_on(KEY, 4, 1, TEXT, "Sieben"),
            "sends the documents on to Sieben in the place of an idle bank",
        ),
    ],
)
def test_a_clerk_reads_what_it_does(act: Act, said: str) -> None:
    assert act.what == said


def test_a_mandate_is_none_where_the_beneficiary_acts_itself() -> None:
    assert amending.accept(CREDIT, change()).arguments == (CREDIT, 1, NO_COMMITMENT)


def test_what_cannot_stand_on_the_chain_is_refused_before() -> None:
    with pytest.raises(UnknownDiscrepancy):
        examining.refuse(KEY, ["X99"], Disposal.HOLD, TEXT)
    for reference in ("P" * 33, "überwiesen"):
        with pytest.raises(UnfitReference):
            paying.attest_payment(OWED, reference)
    kept: Any = paying.attest_payment(OWED, "P" * 32).arguments[1]
    assert kept == "0x" + "50" * 32
    with pytest.raises(BadArguments):
        encode_call(CREDITS, "advise", (CREDIT,))
