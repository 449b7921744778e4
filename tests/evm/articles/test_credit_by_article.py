# SPDX-License-Identifier: Apache-2.0
"""UCP 600 art. 1 to 9 and 11, one short scenario each."""

from __future__ import annotations

from typing import Any

import pytest
from article_acts import (
    ACCEPTANCE,
    CONFIRMING,
    DEFERRED,
    FIFTH_DAY,
    MATURITY,
    MONDAY,
    NEGOTIATION,
    NO_TEXT,
    NOMINATED,
    accept,
    amend,
    comply,
    confirmed,
    day,
    debt,
    debt_state,
    forward,
    of_credit,
    of_debt,
    of_documents,
    owed,
    pay,
    presented,
)
from suite import event
from vocabulary import (
    Action,
    Availability,
    CreditState,
    Flag,
    ObligationState,
    PreAdvisedTerm,
    PresentationState,
    Role,
    Switch,
)
from world import (
    ADVISER,
    APPLICANT,
    BENEFICIARY,
    CENTRAL,
    CNSHA,
    DAY,
    DEFRA,
    FRANKFURT,
    ISSUER,
    OTHER,
    Amendment,
    Issuance,
    Motion,
    PresentationKey,
    World,
    credit_id,
    desk,
    instant,
    reverts,
)

D = ObligationState


def issuance(**changes: Any) -> Issuance:
    return Issuance(**{"amount": 100} | changes)


def test_article_1_a_credit_modifies_a_rule_for_itself_alone(world: World) -> None:
    saturday = {"amount": 100, "expiry": day("2025-09-13")}
    plain = world.issue(**saturday)
    other = world.issue(
        **saturday, reference=b"OTHER".ljust(16, b"\0"), switches=int(Switch.NO_EXTENSION)
    )
    world.at(instant("2025-09-15T10:00:00+08:00"))
    for credit, flags in ((plain, Flag(0)), (other, Flag.LATE)):
        assert Flag(world.presentation(world.lodge(credit, amount=100)).flags) == flags


def test_article_2_a_banking_day_is_that_of_the_bank_and_its_place(world: World) -> None:
    credit = world.issue(amount=100, any_bank=True)
    # A holiday in Shanghai, and early on a banking day in Frankfurt.
    world.at(instant("2025-10-01T10:00:00+08:00"))
    for bank, received in ((ISSUER, "2025-10-09"), (FRANKFURT, "2025-10-01")):
        key = world.lodge(credit, examiner=bank, amount=100)
        assert world.presentation(key).receiptDay == day(received)


def test_article_2_honour_is_to_pay_to_undertake_or_to_accept(world: World) -> None:
    for number, (terms, state) in enumerate(
        (({}, D.DUE), (DEFERRED, D.INCURRED), (ACCEPTANCE, D.ACCEPTED))
    ):
        credit = world.issue(amount=100, reference=bytes([65 + number] * 16), **terms)
        key = presented(world, credit)
        comply(world, key)
        assert owed(world, key).state == state


def test_article_3_a_credit_is_irrevocable_though_it_does_not_say_so(world: World) -> None:
    credit = world.issue(amount=100)
    amend(world, credit, cancels=True)
    assert world.view("LetterOfCredit.stateOf", credit) == CreditState.ISSUED
    key = presented(world, credit)
    comply(world, key)
    assert owed(world, key).amount == 100


def test_article_3_branches_in_two_countries_are_two_banks(world: World) -> None:
    assert world.view("AllianceRegistry.calendarOfBranch", ISSUER) == CNSHA
    assert world.view("AllianceRegistry.calendarOfBranch", FRANKFURT) == DEFRA
    credit = world.issue(amount=100)
    # What one of them has issued the other can neither examine nor amend.
    with reverts("BankNotPermitted", credit, FRANKFURT):
        world.lodge(credit, examiner=FRANKFURT, amount=100)
    with reverts("NotIssuingBank", credit, FRANKFURT):
        of_credit(world, FRANKFURT, "amend", credit, Amendment(increase=1))


def test_article_4_no_act_of_the_applicant_touches_a_credit(world: World) -> None:
    credit = world.issue(amount=100)
    key = presented(world, credit)
    applicant = desk(APPLICANT)
    for role, function, args in (
        (Role.ISSUE, "LetterOfCredit.declineConfirmation", (credit,)),
        (Role.COURT, "LetterOfCredit.stay", (credit, MONDAY + 1, NO_TEXT)),
        (Role.EXAMINE, "Presentations.refuse", (key, 1, 1, NO_TEXT)),
        (Role.EXAMINE, "Presentations.acceptDiscrepancies", (key, NO_TEXT, False)),
    ):
        with reverts("MissingRole", applicant, APPLICANT, int(role)):
            world.send(applicant, function, *args)
    # Nor is the bank's duty any less when the applicant can do nothing any more.
    world.decide(Motion(int(Action.SUSPEND_MEMBER), APPLICANT))
    later = world.lodge(credit, amount=100, number=2, shipped=0)
    comply(world, later)
    pay(world, later)
    assert debt_state(world, later) == D.PAID


def test_article_6_a_a_credit_is_available_with_its_issuing_bank_as_well(world: World) -> None:
    credit = world.issue(amount=100, nominated_bank=NOMINATED)
    for bank in (NOMINATED, ISSUER):
        assert world.state_of(presented(world, credit, examiner=bank)) == PresentationState.LODGED
    with reverts("BankNotPermitted", credit, FRANKFURT):
        presented(world, credit, examiner=FRANKFURT)


def test_article_6_b_a_credit_says_how_it_is_available(world: World) -> None:
    with reverts("AvailabilityNotCarried", int(Availability.NONE)):
        world.issue(amount=100, availability=int(Availability.NONE))


def test_article_6_d_a_credit_has_an_expiry_for_presentation(world: World) -> None:
    with reverts("ExpiryPassed", 0, world.time):
        world.issue(expiry=0)
    # Documents that came in time are honoured after the expiry.
    credit = world.issue(amount=100, expiry=day("2025-09-05"))
    world.at(instant("2025-09-05T17:00:00+08:00"))
    key = world.lodge(credit, amount=100)
    world.at(instant("2025-09-10T10:00:00+08:00"))
    comply(world, key)
    assert owed(world, key).amount == 100


def test_article_6_d_the_place_is_that_of_a_bank_with_which_it_is_available(world: World) -> None:
    credit = world.issue(amount=100, any_bank=True)
    for bank in (FRANKFURT, OTHER, ISSUER):
        assert world.state_of(presented(world, credit, examiner=bank)) == PresentationState.LODGED
    with reverts("BankNotPermitted", credit, APPLICANT):
        presented(world, credit, examiner=APPLICANT)


def test_article_6_e_documents_are_presented_on_or_before_the_expiry(world: World) -> None:
    credit = world.issue(amount=100, expiry=day("2025-09-05"))
    close = instant("2025-09-05T17:00:00+08:00")
    for number, (offset, flags) in enumerate(((-1, 0), (0, 0), (1, int(Flag.LATE))), start=1):
        world.at(close + offset)
        key = world.lodge(credit, amount=100, number=number)
        assert world.presentation(key).flags == flags


def test_article_7_a_the_issuing_bank_honours_what_complies(world: World) -> None:
    key = presented(world, world.issue(amount=100))
    comply(world, key)
    found = owed(world, key)
    assert (found.debtor, found.owner, found.amount) == (ISSUER, BENEFICIARY, 100)


@pytest.mark.parametrize(
    ("terms", "state"), [({}, D.DUE), (DEFERRED, D.INCURRED), (ACCEPTANCE, D.ACCEPTED)]
)
def test_article_7_a_it_honours_where_the_nominated_bank_does_not_act(
    world: World, terms: dict[str, Any], state: Any
) -> None:
    credit = world.issue(amount=100, nominated_bank=NOMINATED, **terms)
    presented(world, credit, examiner=NOMINATED)
    key = presented(world, credit)
    comply(world, key)
    assert (owed(world, key).state, owed(world, key).amount) == (state, 100)


@pytest.mark.parametrize("bank", [ISSUER, CONFIRMING])
@pytest.mark.parametrize(
    "terms", [{}, DEFERRED, ACCEPTANCE], ids=["sight", "deferred", "acceptance"]
)
def test_article_7_a_it_pays_where_a_nominated_bank_undertook_and_failed(
    world: World, terms: dict[str, Any], bank: int
) -> None:
    credit = confirmed(world, nominated_bank=NOMINATED, **terms)
    key = presented(world, credit, examiner=NOMINATED)
    comply(world, key)
    world.at(MATURITY + 3 * DAY)
    assert debt_state(world, key) == D.OVERDUE
    of_documents(world, BENEFICIARY, "presentUnpaid", key, bank, 2, NO_TEXT)
    again = PresentationKey(credit, bank, BENEFICIARY, 2)
    world.at(world.presentation(again).deadline + 1)
    of_documents(world, BENEFICIARY, "claimPrecluded", again)
    assert owed(world, again).amount == 100
    pay(world, again)
    # The drawing is paid once.
    with reverts("PaidByCounterpart", debt(key), debt(again)):
        pay(world, key)


def test_article_7_a_it_pays_its_own_undertaking_to_whom_the_nominated_bank_left_unpaid(
    world: World,
) -> None:
    credit = world.issue(amount=100, nominated_bank=NOMINATED, **ACCEPTANCE)
    key = presented(world, credit, examiner=NOMINATED)
    comply(world, key)
    onward = forward(world, key)
    comply(world, onward)
    world.at(MATURITY + 3 * DAY)
    of_documents(world, BENEFICIARY, "presentUnpaid", key, ISSUER, onward.number, NO_TEXT)
    pay(world, onward, NOMINATED)
    assert world.balance(BENEFICIARY, "SettlementCash-CNY") == 100


def test_article_7_a_v_it_honours_where_a_nominated_bank_does_not_negotiate(world: World) -> None:
    credit = world.issue(amount=100, nominated_bank=NOMINATED, **NEGOTIATION)
    key = presented(world, credit)
    comply(world, key)
    assert owed(world, key).state == D.DUE


def test_article_7_b_the_issuing_bank_is_bound_from_issue_advised_or_not(world: World) -> None:
    credit = world.issue(amount=100)
    assert world.view("LetterOfCredit.credit", credit).advised is False
    key = presented(world, credit)
    world.at(FIFTH_DAY + 1)
    of_documents(world, BENEFICIARY, "claimPrecluded", key)
    assert owed(world, key).amount == 100


def test_article_7_c_it_reimburses_a_nominated_bank_at_maturity_prepaid_or_not(
    world: World,
) -> None:
    credit = world.issue(amount=100, nominated_bank=NOMINATED, **DEFERRED)
    key = presented(world, credit, examiner=NOMINATED)
    comply(world, key)
    of_debt(world, BENEFICIARY, "agreePrepayment", debt(key), 95)
    world.send(desk(CENTRAL), "SettlementCash-CNY.mint", NOMINATED, 95, key.id)
    of_debt(world, NOMINATED, "prepay", debt(key), 95)
    assert debt_state(world, key) == D.PREPAID
    onward = forward(world, key)
    comply(world, onward)
    found = owed(world, onward, NOMINATED)
    # The whole amount, and not before maturity.
    assert (found.amount, found.maturity, found.state) == (100, MATURITY, D.INCURRED)
    first = MATURITY - 14 * 3_600
    world.at(first - 1)
    with reverts("NotMatured", debt(onward, NOMINATED), MATURITY, first - 1):
        of_debt(world, ISSUER, "pay", debt(onward, NOMINATED))
    world.at(first)
    pay(world, onward, NOMINATED)
    assert debt_state(world, onward, NOMINATED) == D.PAID


def test_article_8_a_the_confirming_bank_honours_what_complies(world: World) -> None:
    key = presented(world, confirmed(world), examiner=CONFIRMING)
    comply(world, key)
    found = owed(world, key)
    assert (found.debtor, found.owner, found.state) == (CONFIRMING, BENEFICIARY, D.DUE)


def test_article_8_a_it_is_passed_over_where_it_does_not_pay(world: World) -> None:
    credit = confirmed(world)
    key = presented(world, credit, examiner=CONFIRMING)
    comply(world, key)
    world.at(MONDAY + 3 * DAY)
    of_documents(world, BENEFICIARY, "presentUnpaid", key, ISSUER, 1, NO_TEXT)
    again = PresentationKey(credit, ISSUER, BENEFICIARY, 1)
    comply(world, again)
    assert owed(world, again).amount == 100


def test_article_8_a_i_it_honours_where_another_nominated_bank_does_not_negotiate(
    world: World,
) -> None:
    credit = confirmed(world, nominated_bank=NOMINATED, **NEGOTIATION)
    key = presented(world, credit, examiner=CONFIRMING)
    comply(world, key)
    assert owed(world, key).state == D.DUE


def test_article_8_a_ii_it_negotiates_without_recourse(world: World) -> None:
    credit = confirmed(world, nominated_bank=CONFIRMING, **NEGOTIATION)
    key = presented(world, credit, examiner=CONFIRMING)
    with reverts("RecourseNotOpen", key.id, CONFIRMING):
        of_documents(world, CONFIRMING, "findComplyingWith", key, 0, True)
    comply(world, key)
    assert (owed(world, key).state, owed(world, key).recourse) == (D.NEGOTIATED, False)


def test_article_8_b_a_confirming_bank_is_bound_from_its_confirmation_on(world: World) -> None:
    credit = world.issue(amount=100, confirming_bank=CONFIRMING)
    with reverts("BankNotPermitted", credit, CONFIRMING):
        presented(world, credit, examiner=CONFIRMING)
    of_credit(world, CONFIRMING, "confirm", credit)
    key = presented(world, credit, examiner=CONFIRMING)
    world.at(FIFTH_DAY + 1)
    of_documents(world, BENEFICIARY, "claimPrecluded", key)
    assert owed(world, key).debtor == CONFIRMING


def test_article_8_c_it_reimburses_another_nominated_bank_that_honoured(world: World) -> None:
    credit = confirmed(world, nominated_bank=NOMINATED)
    key = presented(world, credit, examiner=NOMINATED)
    comply(world, key)
    onward = forward(world, key, CONFIRMING)
    comply(world, onward)
    found = owed(world, onward, NOMINATED)
    assert (found.debtor, found.owner, found.amount) == (CONFIRMING, NOMINATED, 100)
    # Its undertaking to the bank is no undertaking to the beneficiary.
    assert owed(world, onward).debtor == 0


def test_article_8_d_a_bank_that_does_not_confirm_says_so_and_may_advise(world: World) -> None:
    credit = world.issue(amount=100, confirming_bank=CONFIRMING)
    of_credit(world, CONFIRMING, "declineConfirmation", credit).emitted(
        event(
            "LetterOfCredit",
            "ConfirmationDeclined",
            creditId=credit,
            confirmingBank=CONFIRMING,
        )
    )
    of_credit(world, CONFIRMING, "advise", credit, True)
    record = world.view("LetterOfCredit.credit", credit)
    assert (record.advised, record.confirmed) == (True, False)


def test_article_9_a_an_advising_bank_undertakes_nothing(world: World) -> None:
    credit = world.issue(amount=100)
    of_credit(world, ADVISER, "advise", credit, True)
    with reverts("BankNotPermitted", credit, ADVISER):
        presented(world, credit, examiner=ADVISER)


@pytest.mark.parametrize("satisfied", [True, False])
def test_article_9_b_to_advise_says_whether_the_credit_appears_authentic(
    world: World, satisfied: bool
) -> None:
    credit = world.issue(amount=100)
    of_credit(world, ADVISER, "advise", credit, satisfied).emitted(
        event(
            "LetterOfCredit",
            "CreditAdvised",
            creditId=credit,
            advisingBank=ADVISER,
            apparentlyAuthentic=satisfied,
        )
    )


def test_article_9_c_a_second_advising_bank_advises_after_the_first(world: World) -> None:
    credit = world.issue(amount=100)
    with reverts("NotAdvisingBank", credit, OTHER):
        of_credit(world, OTHER, "advise", credit, True)
    of_credit(world, ADVISER, "advise", credit, True)
    of_credit(world, OTHER, "advise", credit, True)
    assert world.view("LetterOfCredit.credit", credit).secondAdvised is True


def test_article_9_d_an_amendment_keeps_the_banks_that_advised(world: World) -> None:
    credit = world.issue(amount=100)
    amend(world, credit, increase=1)
    accept(world, credit)
    found = world.view("LetterOfCredit.credit", credit).issuance
    assert (found.amount, found.advisingBank, found.secondAdvisingBank) == (101, ADVISER, OTHER)


def test_article_9_e_a_bank_that_does_not_advise_says_so(world: World) -> None:
    credit = world.issue(amount=100)
    of_credit(world, ADVISER, "declineAdvice", credit).emitted(
        event("LetterOfCredit", "AdviceDeclined", creditId=credit, advisingBank=ADVISER)
    )
    # The issuing bank is no less bound.
    comply(world, presented(world, credit))


def test_article_9_f_a_bank_that_cannot_tell_may_advise_and_says_so(world: World) -> None:
    credit = world.issue(amount=100)
    (told,) = of_credit(world, ADVISER, "advise", credit, False).events
    assert told.fields["apparentlyAuthentic"] is False
    assert world.view("LetterOfCredit.credit", credit).advised is True


def test_article_11_b_a_pre_advice_binds_to_issue_on_no_other_terms(world: World) -> None:
    number = credit_id(ISSUER, issuance().reference)
    of_credit(world, ISSUER, "preAdvise", issuance())
    assert world.view("LetterOfCredit.stateOf", number) == CreditState.PRE_ADVISED
    for changes, term in (
        ({"amount": 99}, PreAdvisedTerm.AMOUNT),
        ({"expiry": issuance().expiry - 1}, PreAdvisedTerm.EXPIRY),
        ({"currency": 840}, PreAdvisedTerm.CURRENCY),
    ):
        with reverts("ContradictsPreAdvice", number, int(term)):
            of_credit(world, ISSUER, "issuePreAdvised", issuance(**changes))
    of_credit(world, ISSUER, "issuePreAdvised", issuance())
    assert world.view("LetterOfCredit.stateOf", number) == CreditState.ISSUED


def test_article_11_b_a_pre_advice_is_withdrawn_with_the_beneficiary_alone(world: World) -> None:
    number = credit_id(ISSUER, issuance().reference)
    of_credit(world, ISSUER, "preAdvise", issuance())
    amend(world, number, cancels=True)
    assert world.view("LetterOfCredit.stateOf", number) == CreditState.PRE_ADVISED
    accept(world, number)
    assert world.view("LetterOfCredit.stateOf", number) == CreditState.CANCELLED
