# SPDX-License-Identifier: Apache-2.0
"""The machine of authorisations to reimburse: every state, act and member; what terms may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from machine import ActorMachine, Becomes, Cell, Refuses
from reimbursing import AMOUNT, CLAIMANT, MESSAGE, REIMBURSER, UNDERTAKING, Terms
from reimbursing import Scene as Drawing
from schedules import Instalment, Schedule, by_use, issue_scheduled
from suite import Event, error, event
from vocabulary import AuthorisationState, CreditState, Role, open_roles
from world import (
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CASH,
    CENTRAL,
    FRANKFURT,
    ISSUER,
    KINDS,
    START,
    Amendment,
    Receipt,
    World,
    desk,
    reverts,
)

if TYPE_CHECKING:
    from collections.abc import Callable

A = AuthorisationState
NONE, AUTHORISED, UNDERTAKEN, CANCELLED = A
DAY_OF_EXPIRY = START // 86_400 + 30
# What an amendment makes of the terms.
LESS = 900
NOTHING = (0, 0, 0, 0, False, False, False, False)
ACTORS = (ISSUER, REIMBURSER, CLAIMANT, FRANKFURT, BENEFICIARY, AUTHORITY)


@dataclass
class Scene:
    """A credit under which a third bank is to reimburse."""

    world: World
    terms: Terms
    credit: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.credit = Drawing(self.world).credit

    @property
    def amended(self) -> Terms:
        return self.terms._replace(amount=LESS)

    @property
    def offered(self) -> Terms:
        """What the reimbursing bank is to undertake next."""
        proposal = self.proposal()
        return self.amended if proposal.proposed and not proposal.cancels else self.terms

    def send(self, member: int, function: str, *args: Any) -> Receipt:
        return self.world.send(desk(member), f"Reimbursements.{function}", self.credit, *args)

    def authorise(self, by: int = ISSUER) -> Receipt:
        return self.send(by, "authorise", self.terms, MESSAGE)

    def amend(self, by: int = ISSUER) -> Receipt:
        return self.send(by, "amendAuthorisation", self.amended, MESSAGE)

    def cancel(self, by: int = ISSUER) -> Receipt:
        return self.send(by, "cancelAuthorisation", MESSAGE)

    def undertake(self, by: int = REIMBURSER) -> Receipt:
        return self.send(by, "undertake", self.offered)

    def decline(self, by: int = REIMBURSER) -> Receipt:
        return self.send(by, "declineUndertaking")

    def agree(self, by: int = CLAIMANT) -> Receipt:
        return self.send(by, "agreeToAmendment", self.amended, False)

    def agree_to_end(self, by: int = CLAIMANT) -> Receipt:
        return self.send(by, "agreeToAmendment", self.terms, True)

    def proposal(self) -> Any:
        return self.world.view("Reimbursements.proposalOf", self.credit)

    def record(self) -> Any:
        return self.world.view("Reimbursements.authorisationOf", self.credit), self.proposal()

    def state(self) -> tuple[Any, ...]:
        """State, declined, amount; and of the proposal that it is one, cancels, is agreed to."""
        found, proposal = self.record()
        return found.state, found.undertakingDeclined, found.terms.amount, *proposal[:3]


def stage(terms: Terms, *acts: Callable[[Scene], Receipt]) -> Callable[[World], Scene]:
    def made(world: World) -> Scene:
        scene = Scene(world, terms)
        for act in acts:
            act(scene)
        return scene

    return made


# What is told


def told(name: str, **values: Any) -> Callable[[Scene], Event]:
    def make(s: Scene) -> Event:
        later = {key: value(s) if callable(value) else value for key, value in values.items()}
        return event("Reimbursements", name, creditId=s.credit, **later)

    return make


authorised = told(
    "ReimbursementAuthorised",
    reimbursingBank=REIMBURSER,
    claimingBank=lambda s: s.terms.claiming_bank,
    terms=lambda s: s.terms,
    message=MESSAGE,
)
amended = told("AuthorisationAmended", terms=lambda s: s.amended, message=MESSAGE)
taken_in = told("AuthorisationAmended", terms=lambda s: s.amended, message=bytes(32))
proposed = told(
    "AuthorisationAmendmentProposed", cancels=False, terms=lambda s: s.amended, message=MESSAGE
)
end_proposed = told(
    "AuthorisationAmendmentProposed", cancels=True, terms=lambda s: s.terms, message=MESSAGE
)
cancelled = told("AuthorisationCancelled", message=MESSAGE)
ended = told("AuthorisationCancelled", message=bytes(32))
agreed = told("AuthorisationAmendmentAgreed", claimingBank=CLAIMANT, cancels=False)
end_agreed = told("AuthorisationAmendmentAgreed", claimingBank=CLAIMANT, cancels=True)
given = {"reimbursingBank": REIMBURSER, "claimingBank": CLAIMANT}
undertaken = told("ReimbursementUndertaken", **given, terms=lambda s: s.terms)
undertaken_amended = told("ReimbursementUndertaken", **given, terms=lambda s: s.amended)
declined = told("UndertakingDeclined", reimbursingBank=REIMBURSER, standing=False)
declined_change = told("UndertakingDeclined", reimbursingBank=REIMBURSER, standing=True)

# What becomes of an act


def at(
    state: Any,
    *events: Callable[[Scene], Event],
    amount: int = AMOUNT,
    declined: bool = False,
    proposal: tuple[bool, bool, bool] = (False, False, False),
) -> Becomes[Scene]:
    return Becomes((state, declined, amount, *proposal), events)


def refuses(name: str, *args: Any) -> Refuses[Scene]:
    return Refuses(lambda s: error(name, s.credit, *args))


def wrong(actual: Any, expected: Any = AUTHORISED) -> Refuses[Scene]:
    return refuses("WrongAuthorisationState", actual, expected)


AMENDMENT, AGREED, END = (True, False, False), (True, False, True), (True, True, False)
CHANGES = ("authorise", "amend", "cancel")
ANSWERS = ("undertake", "decline")
CONSENTS = ("agree", "agree to the end")
FREE = UNDERTAKING._replace(freely_amendable=True)


def row(**cells: Cell[Scene]) -> dict[str, dict[int, Cell[Scene]]]:
    """Each act by its right member."""
    right = dict.fromkeys(CHANGES, ISSUER) | dict.fromkeys(ANSWERS, REIMBURSER)
    right |= dict.fromkeys(CONSENTS, CLAIMANT)
    found = {name.replace("_", " "): cell for name, cell in cells.items()}
    assert list(found) == list(right)
    return {act: {right[act]: cell} for act, cell in found.items()}


def over(state: Any, again: Cell[Scene]) -> dict[str, dict[int, Cell[Scene]]]:
    """Nothing stands."""
    return row(
        authorise=again,
        amend=wrong(state),
        cancel=wrong(state),
        undertake=wrong(state),
        decline=wrong(state),
        agree=wrong(state, UNDERTAKEN),
        agree_to_the_end=wrong(state, UNDERTAKEN),
    )


def simple(undertake: Cell[Scene], decline: Cell[Scene]) -> dict[str, dict[int, Cell[Scene]]]:
    """Authorised, and nobody undertook."""
    return row(
        authorise=wrong(AUTHORISED, NONE),
        amend=at(AUTHORISED, amended, amount=LESS),
        cancel=at(CANCELLED, cancelled),
        undertake=undertake,
        decline=decline,
        agree=wrong(AUTHORISED, UNDERTAKEN),
        agree_to_the_end=wrong(AUTHORISED, UNDERTAKEN),
    )


def binding(**cells: Cell[Scene]) -> dict[str, dict[int, Cell[Scene]]]:
    """An undertaking stands."""
    usual: dict[str, Cell[Scene]] = {
        "authorise": wrong(UNDERTAKEN, NONE),
        "amend": at(UNDERTAKEN, proposed, proposal=AMENDMENT),
        "cancel": at(UNDERTAKEN, end_proposed, proposal=END),
        "undertake": refuses("NothingProposed"),
        "decline": refuses("NothingProposed"),
        "agree": refuses("NothingProposed"),
        "agree_to_the_end": refuses("NothingProposed"),
    }
    return row(**usual | cells)


UNASKED = refuses("UndertakingNotAsked")
TAKES = at(UNDERTAKEN, taken_in, undertaken_amended, amount=LESS)
KEEPS = at(UNDERTAKEN, declined_change)
BOUND = (Scene.authorise, Scene.undertake)
TABLE: dict[str, tuple[Callable[[World], Scene], dict[str, dict[int, Cell[Scene]]]]] = {
    "none": (stage(UNDERTAKING), over(NONE, at(AUTHORISED, authorised))),
    "authorised": (stage(Terms(), Scene.authorise), simple(UNASKED, UNASKED)),
    "authorised, undertaking asked for": (
        stage(UNDERTAKING, Scene.authorise),
        simple(at(UNDERTAKEN, undertaken), at(AUTHORISED, declined, declined=True)),
    ),
    "authorised, undertaking declined": (
        stage(UNDERTAKING, Scene.authorise, Scene.decline),
        simple(at(UNDERTAKEN, undertaken), refuses("UndertakingDeclinedAlready")),
    ),
    "undertaken": (stage(UNDERTAKING, *BOUND), binding()),
    "undertaken, amendment proposed": (
        stage(UNDERTAKING, *BOUND, Scene.amend),
        binding(
            undertake=refuses("ConsentMissing", CLAIMANT),
            decline=KEEPS,
            agree=at(UNDERTAKEN, agreed, proposal=AGREED),
        ),
    ),
    "undertaken, amendment agreed": (
        stage(UNDERTAKING, *BOUND, Scene.amend, Scene.agree),
        binding(undertake=TAKES, decline=KEEPS, agree=refuses("AgreedAlready")),
    ),
    "undertaken, cancellation proposed": (
        stage(UNDERTAKING, *BOUND, Scene.cancel),
        binding(agree_to_the_end=at(CANCELLED, end_agreed, ended)),
    ),
    "undertaken, freely amendable": (
        stage(FREE, *BOUND),
        binding(cancel=at(CANCELLED, cancelled)),
    ),
    "undertaken, freely amendable, amendment proposed": (
        stage(FREE, *BOUND, Scene.amend),
        binding(
            cancel=at(CANCELLED, cancelled),
            undertake=TAKES,
            decline=KEEPS,
            agree=at(UNDERTAKEN, agreed, proposal=AGREED),
        ),
    ),
    "cancelled": (
        stage(UNDERTAKING, Scene.authorise, Scene.cancel),
        over(CANCELLED, at(AUTHORISED, authorised)),
    ),
    "cancelled by consent": (
        stage(UNDERTAKING, *BOUND, Scene.cancel, Scene.agree_to_end),
        over(CANCELLED, at(AUTHORISED, authorised)),
    ),
}


def stranger(scene: Scene, act: str, actor: int) -> Cell[Scene]:
    """Who may not; whoever consents is asked for first whether there is an undertaking."""
    role = Role.ACCEPT if act in CONSENTS else Role.ISSUE
    if not open_roles(KINDS[actor][0]) & role:
        return Refuses(lambda _: error("MissingRole", desk(actor), actor, int(role)))
    if act in CHANGES:
        return refuses("NotIssuingBank", actor)
    if act in ANSWERS:
        return refuses("NotReimbursingBank", actor)
    state = scene.record()[0].state
    if state != UNDERTAKEN:
        return wrong(state, UNDERTAKEN)
    return refuses("NotClaimingBank", actor)


MACHINE: ActorMachine[Scene] = ActorMachine(
    stages={name: make for name, (make, _) in TABLE.items()},
    acts={
        "authorise": Scene.authorise,
        "amend": Scene.amend,
        "cancel": Scene.cancel,
        "undertake": Scene.undertake,
        "decline": Scene.decline,
        "agree": Scene.agree,
        "agree to the end": Scene.agree_to_end,
    },
    actors=ACTORS,
    record=Scene.record,
    state=Scene.state,
    table={name: cells for name, (_, cells) in TABLE.items()},
    stranger=stranger,
)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_an_authorisation(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


def test_every_state_has_its_stage(world: World) -> None:
    reached = set()
    for make in MACHINE.stages.values():
        with world.aside():
            reached.add(make(world).record()[0].state)
    assert reached == set(A)


# Records


@pytest.mark.parametrize(
    "terms",
    [
        Terms(amount=1),
        Terms(claiming_bank=FRANKFURT, urr=False),
        Terms(pre_debit_days=255, claimant_bears_charges=True),
        UNDERTAKING._replace(expiry=2**16 - 1, freely_amendable=True),
        Terms(freely_amendable=True),
    ],
)
def test_terms_are_kept_field_by_field(world: World, terms: Terms) -> None:
    scene = stage(terms, Scene.authorise)(world)
    assert scene.record() == ((AUTHORISED, 0, False, terms), (False, False, False, NOTHING))


def test_a_new_proposal_takes_the_place_of_one_that_was_agreed_to(world: World) -> None:
    scene = stage(UNDERTAKING, *BOUND, Scene.amend, Scene.agree)(world)
    other = UNDERTAKING._replace(amount=1)
    scene.send(ISSUER, "amendAuthorisation", other, MESSAGE)
    assert scene.proposal() == (True, False, False, other)
    for member, function, more in (
        (CLAIMANT, "agreeToAmendment", (False,)),
        (REIMBURSER, "undertake", ()),
    ):
        with reverts("TermsDiffer", scene.credit):
            scene.send(member, function, scene.amended, *more)


@pytest.mark.parametrize(
    "change",
    [
        {"amount": AMOUNT - 1},
        {"claiming_bank": FRANKFURT},
        {"expiry": 1},
        {"pre_debit_days": 1},
        {"urr": False},
        {"undertaking_asked": False},
        {"claimant_bears_charges": True},
        {"freely_amendable": True},
    ],
)
def test_a_bank_undertakes_what_it_was_shown(world: World, change: dict[str, Any]) -> None:
    scene = stage(UNDERTAKING, Scene.authorise)(world)
    with reverts("TermsDiffer", scene.credit):
        scene.send(REIMBURSER, "undertake", UNDERTAKING._replace(**change))


def test_an_amendment_asks_anew_for_what_was_declined(world: World) -> None:
    scene = stage(UNDERTAKING, Scene.authorise, Scene.decline, Scene.amend)(world)
    assert scene.state() == (AUTHORISED, False, LESS, False, False, False)


# What terms may be


def refused_terms(world: World, terms: Terms, name: str, *args: Any) -> None:
    """Terms with which no authorisation is given, and none amended."""
    scene = Scene(world, Terms())
    with reverts(name, scene.credit, *args):
        scene.send(ISSUER, "authorise", terms, MESSAGE)
    scene.authorise()
    with reverts(name, scene.credit, *args):
        scene.send(ISSUER, "amendAuthorisation", terms, MESSAGE)


@pytest.mark.parametrize("amount", [0, AMOUNT + 1])
def test_an_authorisation_is_for_no_more_than_the_credit(world: World, amount: int) -> None:
    refused_terms(world, Terms(amount=amount), "BadAuthorisedAmount", amount, AMOUNT)


def test_article_30_the_tolerance_belongs_to_what_may_be_authorised(world: World) -> None:
    drawing = Drawing(world, changes={"plus_tolerance": 5})
    most = AMOUNT * 105 // 100
    send = drawing.send
    with reverts("BadAuthorisedAmount", drawing.credit, most + 1, most):
        send(ISSUER, "authorise", drawing.credit, Terms(amount=most + 1), MESSAGE)
    send(ISSUER, "authorise", drawing.credit, Terms(amount=most), MESSAGE)


@pytest.mark.parametrize("bank", [ISSUER, REIMBURSER])
def test_who_pays_claims_nothing(world: World, bank: int) -> None:
    refused_terms(world, Terms(claiming_bank=bank), "BadClaimingBank", bank)


def test_a_claiming_bank_is_a_member(world: World) -> None:
    scene = Scene(world, Terms(claiming_bank=2**32 - 1))
    with reverts("UnknownMember", 2**32 - 1):
        scene.authorise()


@pytest.mark.parametrize(
    "terms",
    [
        Terms(urr=False, expiry=DAY_OF_EXPIRY),
        UNDERTAKING._replace(urr=False, expiry=DAY_OF_EXPIRY),
        Terms(expiry=DAY_OF_EXPIRY),
    ],
)
def test_article_13b_an_authorisation_expires_only_by_agreement(world: World, terms: Terms) -> None:
    refused_terms(world, terms, "ExpiryNotOpen", DAY_OF_EXPIRY)


def test_an_undertaking_is_given_to_a_named_bank(world: World) -> None:
    refused_terms(world, Terms(undertaking_asked=True), "UndertakingToNobody")


def test_an_undertaking_is_not_amended_away(world: World) -> None:
    scene = stage(UNDERTAKING, *BOUND)(world)
    terms = UNDERTAKING._replace(undertaking_asked=False)
    with reverts("UndertakingNotAsked", scene.credit):
        scene.send(ISSUER, "amendAuthorisation", terms, MESSAGE)


@pytest.mark.parametrize("bank", [0, ISSUER])
def test_article_13_a_credit_names_its_reimbursing_bank(world: World, bank: int) -> None:
    drawing = Drawing(world, reimburser=bank)
    with reverts("NoReimbursingBank", drawing.credit):
        drawing.authorised()


def test_what_is_not_issued_is_not_authorised(world: World) -> None:
    drawing = Drawing(world)
    credit = drawing.credit
    end = Amendment(cancels=True)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, end)
    world.send(desk(BENEFICIARY), "LetterOfCredit.acceptAmendment", credit, 1, bytes(32))
    with reverts("WrongCreditState", credit, CreditState.CANCELLED, CreditState.ISSUED):
        drawing.authorised()
    with reverts("UnknownCredit", bytes(32)):
        drawing.send(ISSUER, "authorise", bytes(32), Terms(), MESSAGE)


def test_an_amendment_leaves_what_is_claimed(world: World) -> None:
    drawing = Drawing(world, Terms()).ready()
    drawing.claim(amount=600)
    for amount in (599, 600):
        args = (drawing.credit, Terms(amount=amount), MESSAGE)
        if amount < 600:
            with reverts("BelowClaims", drawing.credit, amount, 600):
                drawing.send(ISSUER, "amendAuthorisation", *args)
        else:
            drawing.send(ISSUER, "amendAuthorisation", *args)
    # What was claimed is not forgotten over a cancellation.
    drawing.send(ISSUER, "cancelAuthorisation", drawing.credit, MESSAGE)
    with reverts("BelowClaims", drawing.credit, 599, 600):
        drawing.send(ISSUER, "authorise", drawing.credit, Terms(amount=599), MESSAGE)


def test_an_amended_undertaking_leaves_what_was_claimed_meanwhile(world: World) -> None:
    drawing = Drawing(world, UNDERTAKING).fund().authorised().undertaken().honoured()
    credit, less = drawing.credit, UNDERTAKING._replace(amount=599)
    drawing.send(ISSUER, "amendAuthorisation", credit, less, MESSAGE)
    drawing.send(CLAIMANT, "agreeToAmendment", credit, less, False)
    drawing.claim(amount=600)
    with reverts("BelowClaims", credit, 599, 600):
        drawing.send(REIMBURSER, "undertake", credit, less)


def test_an_undertaking_is_new_business_of_the_reimbursing_bank_alone(world: World) -> None:
    scene = stage(UNDERTAKING, Scene.authorise)(world)
    for member in (ISSUER, CLAIMANT, APPLICANT, CENTRAL):
        world.governed("AllianceRegistry.suspend", member)
    scene.undertake()
    assert scene.record()[0].state == UNDERTAKEN


# Credits with a schedule


def scheduled(world: World, schedule: Schedule, **changes: Any) -> bytes:
    fields = {"nominated_bank": CLAIMANT, "reimbursing_bank": REIMBURSER, "amount": AMOUNT}
    return issue_scheduled(world, schedule, **fields | changes)


def authorise(world: World, credit: bytes, terms: Terms) -> Receipt:
    return world.send(desk(ISSUER), "Reimbursements.authorise", credit, terms, MESSAGE)


def test_of_a_revolving_credit_all_renewals_together_are_authorised(world: World) -> None:
    credit = scheduled(world, by_use(2), plus_tolerance=10)
    most = 3 * AMOUNT * 11 // 10
    with reverts("BadAuthorisedAmount", credit, most + 1, most):
        authorise(world, credit, Terms(amount=most + 1))
    authorise(world, credit, Terms(amount=most))


def test_what_is_drawn_on_an_instalment_is_reimbursed(world: World) -> None:
    day = START // 86_400
    rows = (Instalment(300, day, day), Instalment(AMOUNT - 300, day + 1, day + 2))
    credit = scheduled(world, Schedule(instalments=rows))
    authorise(world, credit, Terms())
    key = world.lodge(credit, examiner=CLAIMANT, amount=300, shipped=day)
    owed = world.send(desk(CLAIMANT), "Presentations.findComplying", key).value
    world.send(desk(CENTRAL), f"{CASH}.mint", CLAIMANT, 300, MESSAGE)
    world.send(desk(CLAIMANT), "PaymentObligations.pay", owed)
    world.send(desk(CLAIMANT), "Forwarding.forward", key, ISSUER, 1, MESSAGE)
    claim = "Reimbursements.claim"
    with reverts("ClaimOutOfBounds", key.id, 301, 300):
        world.send(desk(CLAIMANT), claim, (key, 1, 1, 0, 301, MESSAGE))
    number = world.send(desk(CLAIMANT), claim, (key, 1, 1, 0, 300, MESSAGE)).value
    world.send(desk(REIMBURSER), "Reimbursements.honourClaim", number)
