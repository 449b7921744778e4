# SPDX-License-Identifier: Apache-2.0
"""Titles under a credit: who gets them in every state, by whose call, and never with the money."""

from __future__ import annotations

from typing import Any

import pytest
from custody import (
    AMOUNT,
    AT_NOMINATED,
    CONFIRMING,
    LATER,
    NEGOTIATED,
    NOMINATED,
    SIGHT,
    TEXT,
    Cargo,
    Stage,
    Terms,
    at_nominated,
    bills,
    came_back,
    claimed,
    claimed_usance,
    complying,
    forgotten,
    funded,
    in_breach,
    instructed,
    lodged,
    lodging,
    not_in_force,
    paid_elsewhere,
    precluded,
    presented,
    refused,
    returned,
    sent_on,
    waived,
    with_records,
)
from records import complete
from schedules import AT_SIGHT, DEFERRED, MIXED, Schedule, issue_scheduled
from suite import functions
from titles import BLANK, STRAIGHT, told
from vocabulary import (
    Disposal,
    ObligationState,
    PresentationState,
    PresenterInstruction,
    Role,
    TitleState,
)
from world import (
    APPLICANT,
    BENEFICIARY,
    CUSTODIANS,
    FORWARDER,
    ISSUER,
    OUTSIDER,
    PresentationKey,
    World,
    desk,
    reverts,
)

from yangshan.deployment.plan import ZERO_ADDRESS

P = PresentationState
CUSTODY = CUSTODIANS["TitleCustody"]
NOBODY = 0
TAKE_UP, RETURN, RELEASE = (
    PresenterInstruction.TAKE_UP,
    PresenterInstruction.RETURN,
    PresenterInstruction.RELEASE,
)
HOLD = Disposal.HOLD


def suspended_records(world: World) -> Cargo:
    made = complete(world)
    cargo = with_records(made)
    made.report()
    return cargo


def disposed_records(world: World) -> Cargo:
    made = complete(world, formats=(2, 2, 2))
    cargo = with_records(made)
    made.refuse()
    world.at(world.time + 62 * 86_400)
    made.dispose()
    return cargo


STAYS = "TitlesStay"
AWAITS = "TitlesAwaitPayment"
GOES = ""
# Where a presentation can stand with its titles in custody; what comes of letting the bank have
# them, and of taking them back: by the presenter, and by anyone. No name: they go.
ROWS: dict[str, tuple[Stage, str, str, str]] = {
    "lodged": (lodged, STAYS, STAYS, STAYS),
    "lodged at an unbound bank": (at_nominated, STAYS, STAYS, STAYS),
    "K11 an unbound bank let its time pass": (forgotten, STAYS, GOES, "NotAMember"),
    "K10 no credit in force": (not_in_force, STAYS, GOES, GOES),
    "suspended": (suspended_records, STAYS, STAYS, STAYS),
    "precluded by time": (precluded, STAYS, STAYS, STAYS),
    "precluded by a breach": (in_breach, STAYS, STAYS, STAYS),
    "complying, unpaid": (complying, AWAITS, STAYS, STAYS),
    "waived, unpaid": (waived, AWAITS, STAYS, STAYS),
    "claimed, unpaid": (claimed, AWAITS, STAYS, STAYS),
    "K4 paid elsewhere": (paid_elsewhere, GOES, STAYS, STAYS),
    "K6 claimed, to be paid at maturity": (claimed_usance, GOES, STAYS, STAYS),
    "refused, held": (refused(HOLD), STAYS, STAYS, STAYS),
    "refused, held for a waiver": (refused(Disposal.NOTIFY), STAYS, STAYS, STAYS),
    "refused, as instructed before": (
        refused(Disposal.PREVIOUS_INSTRUCTIONS),
        STAYS,
        STAYS,
        STAYS,
    ),
    "refused, to be taken up": (instructed(HOLD, TAKE_UP), STAYS, STAYS, STAYS),
    "K8 refused, to be returned": (refused(Disposal.RETURN), STAYS, GOES, GOES),
    "K9 return due": (instructed(HOLD, RETURN), STAYS, GOES, GOES),
    "K9 returned": (returned, STAYS, GOES, GOES),
    "K9 disposed of": (disposed_records, STAYS, GOES, GOES),
    "K7 released": (instructed(HOLD, RELEASE), GOES, STAYS, STAYS),
    "sent on with its titles": (sent_on, STAYS, STAYS, STAYS),
    "K13 came back first": (came_back, STAYS, GOES, "NotAMember"),
}


def test_there_is_a_row_for_every_state_of_a_presentation(world: World) -> None:
    """Precluded is a view of Lodged; nothing else is left out."""
    seen = set()
    for stage, *_ in ROWS.values():
        with world.aside():
            seen.add(stage(world).state())
    assert seen == set(P) - {P.NONE}


def expect(world: World, cargo: Cargo, outcome: str, act: Any) -> bool:
    """The act ends as the row says; whether the titles went."""
    args = {
        STAYS: (cargo.key.id,),
        AWAITS: (cargo.record,),
        "NotAMember": (OUTSIDER,),
    }
    if outcome == GOES:
        act()
        return True
    with reverts(outcome, *args[outcome]):
        act()
    assert {each.state() for each in cargo.bills} == {TitleState.IN_CUSTODY}
    return False


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("caller", [desk(BENEFICIARY), desk(ISSUER), desk(APPLICANT), OUTSIDER])
def test_titles_go_to_the_bank_by_anyones_call_where_they_are_its_own(
    world: World, row: str, caller: str
) -> None:
    stage, outcome, _, _ = ROWS[row]
    cargo = stage(world)
    before = world.presentation(cargo.key)
    if expect(world, cargo, outcome, lambda: cargo.deliver(caller)):
        for each in cargo.bills:
            assert each.controller() == (cargo.bank, ZERO_ADDRESS)
            assert each.record().beneficiary == cargo.bank
    assert world.presentation(cargo.key) == before


@pytest.mark.parametrize("row", ROWS)
def test_titles_go_back_to_the_presenter_where_nobody_honours(world: World, row: str) -> None:
    stage, _, presenter, anyone = ROWS[row]
    cargo = stage(world)
    due = (P.RETURNED, P.DISPOSED)
    for caller, outcome in ((desk(BENEFICIARY), presenter), (OUTSIDER, anyone)):
        with world.aside():
            before = cargo.state()
            if expect(world, cargo, outcome, lambda who=caller: cargo.give_back(who)):
                for each in cargo.bills:
                    assert each.controller() == (BENEFICIARY, ZERO_ADDRESS)
                assert cargo.state() == (before if before in due else P.RETURN_DUE)


@pytest.mark.parametrize("row", ["K11 an unbound bank let its time pass", "K13 came back first"])
def test_nobody_but_the_presenter_asks_undecided_documents_back(world: World, row: str) -> None:
    cargo = ROWS[row][0](world)
    for member in (ISSUER, NOMINATED, APPLICANT):
        with reverts("NotPresenter", BENEFICIARY, member):
            cargo.give_back(desk(member))


# Lodging


def test_titles_go_into_custody_with_the_documents(world: World) -> None:
    made = bills(world, "one", "two")
    credit = SIGHT.credit(world)
    key = PresentationKey(credit, ISSUER, BENEFICIARY, 1)
    cargo = Cargo(world, key, made)
    receipt = world.send(
        desk(BENEFICIARY), "TitleRegistry.presentDocuments", lodging(key), cargo.bound
    )
    for each in made:
        given = {"depositor": BENEFICIARY, "custodian": CUSTODY, "record": cargo.record}
        assert told("TitleDeposited", title=each.id, **given) in receipt.events
        assert each.controller() == (NOBODY, CUSTODY)
    found = world.presentation(key)
    assert (found.state, found.amount, found.titles, found.marks) == (P.LODGED, AMOUNT, 2, 0)
    assert world.view("TitleCustody.recordOf", key) == cargo.record


def test_what_is_lodged_with_titles_is_else_what_is_lodged_without(world: World) -> None:
    credit = SIGHT.credit(world)
    with world.aside():
        plain = world.presentation(world.lodge(credit, amount=AMOUNT))
    cargo = presented(world, credit, bills(world))
    assert world.presentation(cargo.key)._replace(titles=0) == plain


def test_a_presentation_has_one_to_63_titles(world: World) -> None:
    credit = SIGHT.credit(world)
    key = PresentationKey(credit, ISSUER, BENEFICIARY, 1)
    for count in (0, 64):
        bound = [bytes(32)] * count
        with reverts("TitlesOutOfBounds", count, 63):
            world.send(desk(BENEFICIARY), "TitleRegistry.presentDocuments", lodging(key), bound)
    made = bills(world, *(str(number) for number in range(63)))
    cargo = presented(world, credit, made)
    assert world.presentation(cargo.key).titles == 63
    cargo.act(ISSUER, "findComplying")
    funded(world, ISSUER)
    cargo.pay()
    assert {each.controller() for each in made} == {(ISSUER, ZERO_ADDRESS)}


def test_nobody_presents_what_it_does_not_hold_or_is_anothers(world: World) -> None:
    credit = SIGHT.credit(world)
    (held,) = bills(world, "held by another", holder=APPLICANT)
    (others,) = bills(world, "made out to another", beneficiary=APPLICANT)
    with reverts("NotTitleHolder", held.id, APPLICANT, BENEFICIARY), world.aside():
        presented(world, credit, (held,))
    with reverts("NotTitleBeneficiary", others.id, APPLICANT, BENEFICIARY), world.aside():
        presented(world, credit, (others,))
    (own,) = bills(world)
    with reverts("WrongTitleState", own.id, int(TitleState.IN_CUSTODY), int(TitleState.LIVE)):
        presented(world, credit, (own, own))


@pytest.mark.parametrize(
    ("terms", "becomes"),
    [
        ({}, ISSUER),
        ({"beneficiary": ISSUER}, ISSUER),
        ({"beneficiary": NOBODY, "form": int(BLANK)}, NOBODY),
        ({"form": int(STRAIGHT)}, BENEFICIARY),
        ({"beneficiary": ISSUER, "form": int(STRAIGHT)}, ISSUER),
    ],
    ids=["to order", "to the bank's order", "blank", "straight", "straight to the bank"],
)
def test_titles_are_made_out_to_the_presenter_the_bank_or_in_blank(
    world: World, terms: dict[str, int], becomes: int
) -> None:
    cargo = presented(world, SIGHT.credit(world), bills(world, **terms))
    cargo.act(ISSUER, "findComplying")
    funded(world, ISSUER)
    cargo.pay()
    assert cargo.bills[0].record().beneficiary == becomes


def test_what_was_endorsed_to_the_bank_for_it_comes_back_undone(world: World) -> None:
    (made,) = bills(world)
    made.endorse(BENEFICIARY, ISSUER)
    cargo = presented(world, SIGHT.credit(world), (made,))
    cargo.refuse(Disposal.RETURN)
    cargo.give_back(OUTSIDER)
    found = made.record()
    assert (found.holder, found.beneficiary) == (BENEFICIARY, BENEFICIARY)


def test_only_the_presenter_presents(world: World) -> None:
    key = PresentationKey(SIGHT.credit(world), ISSUER, BENEFICIARY, 1)
    given = lodging(key), [each.id for each in bills(world)]
    for member in (ISSUER, APPLICANT, FORWARDER):
        with reverts("NotPresenter", BENEFICIARY, member):
            world.send(desk(member), "TitleRegistry.presentDocuments", *given)


# Titles for what is lodged


def test_titles_are_attached_while_nothing_is_decided(world: World) -> None:
    credit = SIGHT.credit(world)
    key = world.lodge(credit, amount=AMOUNT)
    cargo = Cargo(world, key, bills(world, "one", "two"))
    for member in (ISSUER, APPLICANT):
        with reverts("NotPresenter", BENEFICIARY, member):
            cargo.attach(member)
    before = world.presentation(key)
    receipt = cargo.attach()
    assert [each.fields["record"] for each in receipt.events] == [cargo.record] * 2
    assert world.presentation(key) == before._replace(titles=2)
    with reverts("TitlesPresentedAlready", key.id, 2):
        cargo.attach()
    cargo.act(ISSUER, "findComplying")
    with reverts("WrongPresentationState", key.id, int(P.COMPLYING), int(P.LODGED)):
        cargo.attach()


@pytest.mark.parametrize("count", [0, 64])
def test_as_many_titles_are_attached_as_are_presented(world: World, count: int) -> None:
    key = world.lodge(SIGHT.credit(world), amount=AMOUNT)
    with reverts("TitlesOutOfBounds", count, 63):
        world.send(desk(BENEFICIARY), "TitleCustody.attach", key, [bytes(32)] * count)


@pytest.mark.parametrize("examiner", [ISSUER, NOMINATED])
def test_titles_are_attached_until_the_banks_time_is_over(world: World, examiner: int) -> None:
    key = world.lodge(SIGHT.credit(world), examiner=examiner, amount=AMOUNT)
    deadline = world.presentation(key).deadline
    cargo = Cargo(world, key, bills(world))
    for time in (deadline - 1, deadline):
        with world.aside():
            world.at(time)
            cargo.attach()
    world.at(deadline + 1)
    with reverts("DeadlinePassed", key.id, deadline, deadline + 1):
        cargo.attach()


def test_what_is_not_presented_gets_no_titles(world: World) -> None:
    key = PresentationKey(SIGHT.credit(world), ISSUER, BENEFICIARY, 1)
    cargo = Cargo(world, key, bills(world))
    acts = (
        cargo.attach,
        lambda: cargo.give_back(OUTSIDER),
        lambda: cargo.deliver(OUTSIDER),
        lambda: cargo.carry_on(OUTSIDER, key),
        lambda: world.view("TitleCustody.recordOf", key),
    )
    for act in acts:
        with reverts("UnknownPresentation", key.id):
            act()


# Payment


def balances(world: World) -> tuple[int, int]:
    return world.balance(ISSUER), world.balance(BENEFICIARY)


@pytest.mark.parametrize("stage", [complying, waived, claimed])
def test_k3_money_and_titles_change_hands_at_once(world: World, stage: Stage) -> None:
    cargo = stage(world)
    funded(world, ISSUER)
    assert balances(world) == (AMOUNT, 0)
    assert world.view("PaymentObligations.obligation", cargo.record).titles == 1
    receipt = cargo.pay()
    (title,) = cargo.bound
    given = {"depositor": BENEFICIARY, "holder": ISSUER, "custodian": CUSTODY}
    handed = told("TitleHandedOver", title=title, **given, beneficiary=ISSUER)
    assert receipt.events[-1] == handed
    assert balances(world) == (0, AMOUNT)
    assert cargo.bills[0].controller() == (ISSUER, ZERO_ADDRESS)
    assert {each.name for each in receipt.events} == {
        "ObligationPaid",
        "Transfer",
        "TitleHandedOver",
    }


def test_what_carries_titles_is_not_paid_without_them(world: World) -> None:
    cargo = complying(world)
    funded(world, ISSUER)
    with reverts("TitlesGoToPayer", cargo.record, 0, 1):
        world.send(desk(ISSUER), "PaymentObligations.pay", cargo.record)
    (other,) = bills(world, "two")
    for bound, given in (((), 0), ((cargo.bills[0].id, other.id), 2)):
        with reverts("TitlesGoToPayer", cargo.record, given, 1):
            world.send(desk(ISSUER), "TitleRegistry.payForTitles", cargo.record, bound)
    with reverts("WrongTitleState", other.id, int(TitleState.LIVE), int(TitleState.IN_CUSTODY)):
        world.send(desk(ISSUER), "TitleRegistry.payForTitles", cargo.record, (other.id,))
    assert balances(world) == (AMOUNT, 0)


def test_titles_of_one_presentation_are_not_had_for_another(world: World) -> None:
    credit = SIGHT.credit(world)
    dear = presented(world, credit, bills(world, "dear"), amount=AMOUNT - 1)
    cheap = presented(world, credit, bills(world, "cheap"), number=2, amount=1)
    cheap.act(ISSUER, "findComplying")
    funded(world, ISSUER)
    with reverts("NotKeptFor", dear.bills[0].id, cheap.record):
        world.send(desk(ISSUER), "TitleRegistry.payForTitles", cheap.record, dear.bound)


def test_a_bank_without_cash_gets_no_titles(world: World) -> None:
    cargo = complying(world)
    with pytest.raises(Exception, match="ERC20InsufficientBalance"):
        cargo.pay()
    assert cargo.bills[0].controller() == (NOBODY, CUSTODY)


def test_nobody_but_the_debtor_pays_for_titles(world: World) -> None:
    cargo = complying(world)
    for member in (BENEFICIARY, APPLICANT, NOMINATED):
        with reverts("NotDebtor", cargo.record, member):
            cargo.pay(by=member)


def test_what_carries_no_titles_is_paid_as_ever(world: World) -> None:
    credit = SIGHT.credit(world)
    key = world.lodge(credit, amount=AMOUNT)
    cargo = Cargo(world, key, bills(world))
    cargo.act(ISSUER, "findComplying")
    funded(world, ISSUER)
    with reverts("TitlesGoToPayer", cargo.record, 1, 0):
        cargo.pay()
    world.send(desk(ISSUER), "PaymentObligations.pay", cargo.record)
    with reverts("NotItsTitles", key.id, 1, 0):
        cargo.deliver(OUTSIDER)


def test_a_bank_that_negotiates_gets_the_titles_as_it_pays(world: World) -> None:
    cargo = lodged(world, Terms(NOMINATED, NEGOTIATED))
    cargo.act(NOMINATED, "findComplying")
    found = world.view("PaymentObligations.obligation", cargo.record)
    assert (found.state, found.titles) == (ObligationState.NEGOTIATED, 1)
    with reverts("TitlesAwaitPayment", cargo.record):
        cargo.deliver(OUTSIDER)
    funded(world, NOMINATED)
    cargo.pay()
    assert cargo.bills[0].controller() == (NOMINATED, ZERO_ADDRESS)


def test_what_needs_two_roles_is_not_done_with_one(world: World) -> None:
    cargo = complying(world)
    funded(world, ISSUER)
    for has, lacks in ((Role.PAY, Role.TITLE), (Role.TITLE, Role.PAY)):
        key = world.give_key(ISSUER, f"a key with {has.name}", int(has))
        with reverts("MissingRole", key, ISSUER, int(lacks)):
            world.send(key, "TitleRegistry.payForTitles", cargo.record, cargo.bound)


def test_titles_go_with_the_first_part_of_a_mixed_payment(world: World) -> None:
    """With it the bank has acted on the documents; the rest it owes by its undertaking alone."""
    credit = issue_scheduled(world, MIXED, amount=AMOUNT)
    cargo = presented(world, credit, bills(world))
    cargo.act(ISSUER, "findComplying")
    parts = [world.view("PaymentObligations.idOfSlice", cargo.record, place) for place in range(4)]
    carried = [world.view("PaymentObligations.obligation", each).titles for each in parts]
    assert carried == [1, 0, 0, 0]
    with reverts("TitlesAwaitPayment", cargo.record):
        cargo.deliver(OUTSIDER)
    funded(world, ISSUER)
    cargo.pay()
    assert cargo.bills[0].controller() == (ISSUER, ZERO_ADDRESS)
    # The last is due at once as well, and carries none.
    world.send(desk(ISSUER), "PaymentObligations.pay", parts[3])


def test_titles_go_with_the_undertaking_where_that_is_the_first_part(world: World) -> None:
    schedule = Schedule(slices=(DEFERRED._replace(weight=50), AT_SIGHT._replace(weight=50)))
    credit = issue_scheduled(world, schedule, amount=AMOUNT)
    cargo = presented(world, credit, bills(world))
    with reverts("TitlesGoAlong", cargo.record, 1):
        cargo.act(ISSUER, "findComplying")
    cargo.honour()
    assert cargo.bills[0].controller() == (ISSUER, ZERO_ADDRESS)


def test_what_a_precluded_bank_owes_at_maturity_carries_no_titles(world: World) -> None:
    cargo = claimed_usance(world)
    found = world.view("PaymentObligations.obligation", cargo.record)
    assert (found.state, found.titles) == (ObligationState.INCURRED, 0)
    funded(world, ISSUER)
    world.at(found.maturity)
    world.send(desk(ISSUER), "PaymentObligations.pay", cargo.record)


# Honour at maturity


DECISIONS = {
    "findComplying": (),
    "findComplyingWith": (0, False),
    "acceptDiscrepancies": (TEXT, False),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_k5_a_bank_that_undertakes_gets_the_titles_in_that_transaction(
    world: World, decision: str
) -> None:
    args = DECISIONS[decision]
    cargo = lodged(world, LATER)
    with world.aside():
        with reverts("TitlesGoAlong", cargo.record, 1):
            cargo.act(ISSUER, decision, *args)
        for member in (BENEFICIARY, NOMINATED, APPLICANT):
            expected = ("NotExaminer", cargo.key.id, member)
            if member in (BENEFICIARY, APPLICANT):
                expected = ("MissingRole", desk(member), member, int(Role.EXAMINE))
            with reverts(*expected):
                cargo.honour(decision, *args, by=member)
    receipt = cargo.honour(decision, *args)
    assert receipt.value == cargo.record
    found = world.view("PaymentObligations.obligation", cargo.record)
    assert (found.state, found.titles) == (ObligationState.INCURRED, 0)
    assert cargo.bills[0].controller() == (ISSUER, ZERO_ADDRESS)
    names = [each.name for each in receipt.events]
    assert names.index("ObligationIncurred") < names.index("TitleHandedOver")
    # At maturity it is paid as anything else.
    funded(world, ISSUER)
    world.at(found.maturity)
    world.send(desk(ISSUER), "PaymentObligations.pay", cargo.record)


def test_k5_after_a_refusal_that_holds_for_a_waiver(world: World) -> None:
    cargo = lodged(world, LATER)
    cargo.refuse(Disposal.NOTIFY)
    cargo.honour("acceptDiscrepancies", TEXT, False)
    assert (cargo.state(), cargo.bills[0].controller()) == (P.WAIVED, (ISSUER, ZERO_ADDRESS))


@pytest.mark.parametrize("decision", DECISIONS)
def test_what_is_due_at_sight_is_not_had_for_a_finding(world: World, decision: str) -> None:
    cargo = lodged(world)
    with reverts("TitlesAwaitPayment", cargo.record):
        cargo.honour(decision, *DECISIONS[decision])


def test_an_undertaking_gets_all_titles_or_does_not_arise(world: World) -> None:
    cargo = lodged(world, LATER)
    for bound in ((), (*cargo.bound, TEXT)):
        with reverts("NotItsTitles", cargo.key.id, len(bound), 1):
            world.send(desk(ISSUER), "TitleCustody.findComplying", cargo.key, bound)
    assert cargo.state() == P.LODGED


def test_a_finding_through_custody_needs_a_key_that_may_move_titles(world: World) -> None:
    cargo = lodged(world, LATER)
    key = world.give_key(ISSUER, "an examiner", int(Role.EXAMINE))
    with reverts("MissingRole", key, ISSUER, int(Role.TITLE)):
        world.send(key, "TitleCustody.findComplying", cargo.key, cargo.bound)


def test_custody_speaks_for_nobody_but_its_caller(world: World) -> None:
    """The account after the arguments counts from the contract of custody alone."""
    cargo = lodged(world)
    data = world_call(world, "Presentations.findComplying", cargo.key)
    forged = data + bytes.fromhex(desk(ISSUER)[2:])
    with reverts("MissingRole", desk(BENEFICIARY), BENEFICIARY, int(Role.EXAMINE)):
        world.raw(desk(BENEFICIARY), "Presentations", forged)
    with reverts("NotAMember", OUTSIDER):
        world.raw(OUTSIDER, "Presentations", forged)
    world.raw(CUSTODY, "Presentations", forged)
    assert cargo.state() == P.COMPLYING


def world_call(world: World, function: str, *args: Any) -> bytes:
    name, _, method = function.partition(".")
    data: bytes = functions(world.contracts[name])[method].calldata(*args)
    return data


# To whom


def test_titles_go_to_the_bank_that_may_move_them_on_alone(world: World) -> None:
    cargo = paid_elsewhere(world)
    with reverts("NotEntitledToTitles", cargo.key.id, ISSUER, APPLICANT):
        cargo.deliver(desk(APPLICANT), APPLICANT)
    key = world.give_key(ISSUER, "a payer", int(Role.PAY))
    with reverts("MissingRole", key, ISSUER, int(Role.TITLE)):
        world.send(OUTSIDER, "TitleCustody.deliver", cargo.key, cargo.bound, key)
    for bound in ((), cargo.bound * 2):
        with reverts("NotItsTitles", cargo.key.id, len(bound), 1):
            world.send(OUTSIDER, "TitleCustody.deliver", cargo.key, bound, desk(ISSUER))
    cargo.deliver(OUTSIDER)
    with reverts("WrongTitleState", cargo.bills[0].id, int(TitleState.LIVE), 3):
        cargo.deliver(OUTSIDER)


def test_whoever_has_its_titles_back_is_not_paid_as_well(world: World) -> None:
    """A bank is in breach of its refusal as long as it has them, and no longer."""
    cargo = refused(Disposal.RETURN)(world)
    with world.aside():
        cargo.act(ISSUER, "stateBreach", TEXT)
        cargo.act(BENEFICIARY, "claimPrecluded")
        funded(world, ISSUER)
        cargo.pay()
        assert cargo.bills[0].controller() == (ISSUER, ZERO_ADDRESS)
    cargo.give_back(OUTSIDER)
    with reverts("WrongPresentationState", cargo.key.id, int(P.RETURN_DUE), int(P.REFUSED)):
        cargo.act(ISSUER, "stateBreach", TEXT)


def test_the_presenter_that_lets_the_applicant_have_it_lets_the_bank_have_the_titles(
    world: World,
) -> None:
    cargo = instructed(HOLD, RELEASE)(world)
    cargo.deliver(OUTSIDER)
    assert cargo.bills[0].controller() == (ISSUER, ZERO_ADDRESS)


# From bank to bank


def test_k12_titles_follow_what_is_sent_on_unexamined(world: World) -> None:
    cargo = at_nominated(world)
    onward = cargo.forward()
    assert world.presentation(onward.key).titles == 1
    receipt = cargo.carry_on(OUTSIDER, onward.key)
    receipt.emitted(
        told(
            "TitleCarriedOn",
            title=cargo.bills[0].id,
            depositor=BENEFICIARY,
            record=onward.record,
            beneficiary=BENEFICIARY,
        )
    )
    with reverts("NotKeptFor", cargo.bills[0].id, cargo.record):
        cargo.carry_on(OUTSIDER, onward.key)
    onward.act(ISSUER, "findComplying")
    funded(world, ISSUER)
    onward.pay()
    assert onward.bills[0].controller() == (ISSUER, ZERO_ADDRESS)
    assert balances(world) == (0, AMOUNT)


def test_titles_follow_before_they_are_paid_for(world: World) -> None:
    cargo = at_nominated(world)
    onward = cargo.forward()
    onward.act(ISSUER, "findComplying")
    funded(world, ISSUER)
    with reverts("NotKeptFor", cargo.bills[0].id, onward.record):
        onward.pay()
    cargo.carry_on(OUTSIDER, onward.key)
    onward.pay()


@pytest.mark.parametrize("rejectable", [True, False])
def test_what_is_to_the_order_of_the_bank_that_sent_it_on_is_to_that_of_the_next(
    world: World, rejectable: bool
) -> None:
    (made,) = bills(world, beneficiary=BENEFICIARY if rejectable else NOMINATED)
    if rejectable:
        made.endorse(BENEFICIARY, NOMINATED)
    terms = AT_NOMINATED
    cargo = presented(world, terms.credit(world), (made,), examiner=NOMINATED)
    onward = cargo.forward()
    cargo.carry_on(OUTSIDER, onward.key)
    found = made.record()
    before = BENEFICIARY if rejectable else NOMINATED
    assert (found.beneficiary, found.previousBeneficiary) == (ISSUER, before)
    with world.aside():
        onward.refuse(Disposal.RETURN)
        onward.give_back(OUTSIDER)
        assert (made.record().holder, made.record().beneficiary) == (BENEFICIARY, before)
    onward.act(ISSUER, "findComplying")
    funded(world, ISSUER)
    onward.pay()
    assert (made.record().holder, made.record().beneficiary) == (ISSUER, ISSUER)


def test_a_straight_title_that_is_carried_on_keeps_its_consignee(world: World) -> None:
    made = bills(world, beneficiary=NOMINATED, form=int(STRAIGHT))
    cargo = presented(world, AT_NOMINATED.credit(world), made, examiner=NOMINATED)
    onward = cargo.forward()
    cargo.carry_on(OUTSIDER, onward.key)
    found = made[0].record()
    assert (found.beneficiary, found.previousBeneficiary) == (NOMINATED, NOBODY)


def test_what_the_next_bank_sends_back_goes_to_the_presenter(world: World) -> None:
    cargo = at_nominated(world)
    onward = cargo.forward()
    cargo.carry_on(OUTSIDER, onward.key)
    onward.refuse(Disposal.RETURN)
    with reverts("TitlesStay", cargo.key.id):
        cargo.give_back(desk(BENEFICIARY))
    onward.give_back(OUTSIDER)
    assert cargo.bills[0].controller() == (BENEFICIARY, ZERO_ADDRESS)
    # What is sent on again is sent on without them.
    again = cargo.forward(CONFIRMING)
    assert world.presentation(again.key).titles == 0
    with reverts("TitlesStay", cargo.key.id):
        cargo.carry_on(OUTSIDER, again.key)


def test_titles_follow_to_no_other_presentation(world: World) -> None:
    cargo = at_nominated(world)
    other = presented(world, cargo.key.credit, bills(world, "two"), number=2)
    with reverts("TitlesStay", cargo.key.id):
        cargo.carry_on(OUTSIDER, other.key)
    onward = cargo.forward()
    with reverts("TitlesStay", cargo.key.id):
        cargo.carry_on(OUTSIDER, other.key)
    with reverts("NotItsTitles", cargo.key.id, 0, 1):
        world.send(OUTSIDER, "TitleCustody.carryOn", cargo.key, onward.key, ())


def test_what_came_unexamined_has_the_titles_it_came_with(world: World) -> None:
    key = world.lodge(SIGHT.credit(world), examiner=NOMINATED, amount=AMOUNT)
    onward = Cargo(world, key, ()).forward()
    made = bills(world, holder=NOMINATED, beneficiary=NOMINATED)
    with reverts("TitlesStay", onward.key.id):
        Cargo(world, onward.key, made).attach()


def test_a_bank_that_honoured_presents_the_titles_it_got(world: World) -> None:
    """Each bank pays for them, and nobody has both or neither."""
    cargo = at_nominated(world)
    cargo.act(NOMINATED, "findComplying")
    funded(world, NOMINATED)
    cargo.pay()
    onward = cargo.forward()
    assert world.presentation(onward.key).titles == 0
    onward.payee = NOMINATED
    onward.attach()
    onward.act(ISSUER, "findComplying")
    funded(world, ISSUER)
    onward.pay()
    assert cargo.bills[0].controller() == (ISSUER, ZERO_ADDRESS)
    assert (world.balance(NOMINATED), world.balance(BENEFICIARY)) == (AMOUNT, AMOUNT)


def left_unpaid(world: World, *, forwarded: bool) -> tuple[Cargo, Cargo]:
    """The nominated bank found complying and does not pay; the beneficiary turns to the issuer."""
    cargo = complying(world, AT_NOMINATED)
    if forwarded:
        cargo.act(NOMINATED, "forward", ISSUER, 1, TEXT)
    world.at(world.time + 3 * 86_400)
    world.send(desk(BENEFICIARY), "Forwarding.presentUnpaid", cargo.key, ISSUER, 1, TEXT)
    presenter = NOMINATED if forwarded else BENEFICIARY
    key = PresentationKey(cargo.key.credit, ISSUER, presenter, 1)
    behind = Cargo(world, key, cargo.bills, presenter)
    behind.act(ISSUER, "findComplying")
    funded(world)
    return cargo, behind


@pytest.mark.parametrize("forwarded", [False, True])
def test_the_bank_behind_gets_the_titles_as_it_pays(world: World, forwarded: bool) -> None:
    cargo, behind = left_unpaid(world, forwarded=forwarded)
    with reverts("TitlesGoToPayer", behind.record, 0, 1):
        world.send(desk(ISSUER), "PaymentObligations.pay", behind.record)
    behind.pay()
    assert cargo.bills[0].controller() == (ISSUER, ZERO_ADDRESS)
    assert (world.balance(BENEFICIARY), world.balance(NOMINATED)) == (AMOUNT, AMOUNT)


@pytest.mark.parametrize("forwarded", [False, True])
def test_the_bank_in_default_that_pays_after_all_gets_them(world: World, forwarded: bool) -> None:
    cargo, behind = left_unpaid(world, forwarded=forwarded)
    cargo.pay()
    assert cargo.bills[0].controller() == (NOMINATED, ZERO_ADDRESS)
    # What the issuing bank owes it now carries none.
    world.send(desk(ISSUER), "PaymentObligations.pay", behind.record)
    assert world.balance(NOMINATED) == AMOUNT


@pytest.mark.parametrize("forwarded", [False, True])
def test_the_bank_behind_that_paid_elsewhere_gets_them_by_anyones_call(
    world: World, forwarded: bool
) -> None:
    cargo, behind = left_unpaid(world, forwarded=forwarded)
    with reverts("TitlesAwaitPayment", cargo.record):
        cargo.deliver(OUTSIDER)
    attest = behind.record, TEXT
    world.send(desk(BENEFICIARY), "PaymentObligations.attestPayment", *attest)
    with reverts("NotEntitledToTitles", cargo.key.id, ISSUER, NOMINATED):
        cargo.deliver(OUTSIDER)
    cargo.deliver(OUTSIDER, ISSUER)
    assert cargo.bills[0].controller() == (ISSUER, ZERO_ADDRESS)
