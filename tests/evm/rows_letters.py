# SPDX-License-Identifier: Apache-2.0
"""Who may call what of letters of credit and their amendments."""

from __future__ import annotations

from typing import Final

from eth_utils import keccak
from rows import Args, ByContract, ByRole, Row, first, meets, without_role
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CUSTOMS,
    DAY,
    FRANKFURT,
    ISSUER,
    OTHER,
    Amendment,
    Issuance,
    World,
    credit_id,
    desk,
    packed,
)

CREDIT: Final = credit_id(ISSUER, Issuance().reference)
ORDER: Final = keccak(text="order")
MORE: Final = Amendment(increase=1)
LESS: Final = Amendment(decrease=1)


def to_issue(world: World, caller: str) -> Args:
    return (Issuance(),)


def to_issue_batch(world: World, caller: str) -> Args:
    return ([packed(Issuance())],)


def pre_advised(world: World, caller: str) -> Args:
    world.send(desk(ISSUER), "LetterOfCredit.preAdvise", Issuance())
    return (Issuance(),)


def pre_advised_for_less(world: World, caller: str) -> Args:
    pre_advised(world, caller)
    return (Issuance(amount=Issuance().amount + 1),)


def issued(world: World, caller: str) -> Args:
    assert world.issue() == CREDIT
    return (CREDIT,)


def to_advise(world: World, caller: str) -> Args:
    return (*issued(world, caller), True)


def to_request(world: World, caller: str) -> Args:
    return (*issued(world, caller), FRANKFURT)


def asked(world: World, caller: str) -> Args:
    assert world.issue(confirming_bank=FRANKFURT) == CREDIT
    return (CREDIT,)


def confirmed(world: World, caller: str) -> Args:
    args = asked(world, caller)
    world.send(desk(FRANKFURT), "LetterOfCredit.confirm", *args)
    return args


def to_amend(world: World, caller: str) -> Args:
    return (*issued(world, caller), LESS)


def to_amend_for_more(world: World, caller: str) -> Args:
    return (*issued(world, caller), MORE)


def to_extend(world: World, caller: str) -> Args:
    world.send(desk(ISSUER), "LetterOfCredit.amend", *confirmed(world, caller), LESS)
    return CREDIT, LESS.number


def to_extend_to_more(world: World, caller: str) -> Args:
    world.send(desk(ISSUER), "LetterOfCredit.amend", *confirmed(world, caller), MORE)
    return CREDIT, MORE.number


def to_answer(world: World, caller: str) -> Args:
    world.send(desk(ISSUER), "LetterOfCredit.amend", *to_amend(world, caller))
    return CREDIT, LESS.number, bytes(32)


def to_accept_by_presentation(world: World, caller: str) -> Args:
    to_answer(world, caller)
    return CREDIT, 1 << LESS.number, 1 << LESS.number, False


def to_stay(world: World, caller: str) -> Args:
    return (*issued(world, caller), world.time + 300 * DAY, ORDER)


def stayed(world: World, caller: str) -> Args:
    world.send(desk(AUTHORITY), "LetterOfCredit.stay", *to_stay(world, caller))
    return CREDIT, ORDER


def to_draw(world: World, caller: str) -> Args:
    return (*issued(world, caller), ISSUER, 1)


# Whose the act is not, beside those who lack the role.
OTHER_ISSUER = meets(ADVISER, "NotIssuingBank", first, ADVISER)
OTHER_PRE_ADVISER = meets(ADVISER, "UnknownCredit", credit_id(ADVISER, Issuance().reference))
OTHER_ADVISERS = (
    meets(ISSUER, "NotAdvisingBank", first, ISSUER),
    # The second advising bank, before the first has advised.
    meets(OTHER, "NotAdvisingBank", first, OTHER),
    without_role(BENEFICIARY),
)
OTHER_CONFIRMERS = (
    meets(ISSUER, "NotConfirmingBank", first, ISSUER),
    meets(ADVISER, "NotConfirmingBank", first, ADVISER),
    without_role(APPLICANT),
)
OTHERS_THAN_THE_BENEFICIARY = (
    meets(ISSUER, "NotForBeneficiary", first, ISSUER),
    meets(APPLICANT, "NotForBeneficiary", first, APPLICANT),
    # The advising bank acts for a beneficiary that is no member, and for no other.
    meets(ADVISER, "NotForBeneficiary", first, ADVISER),
)
NO_COURTS = (without_role(CUSTOMS), without_role(ISSUER), without_role(BENEFICIARY))

ROWS: Final[dict[str, Row]] = {
    # Any bank issues its own credits.
    "LetterOfCredit.issue": ByRole(ISSUER, to_issue, (without_role(APPLICANT),)),
    "LetterOfCredit.issueBatch": ByRole(ISSUER, to_issue_batch, (without_role(APPLICANT),)),
    "LetterOfCredit.preAdvise": ByRole(ISSUER, to_issue, (without_role(APPLICANT),)),
    "LetterOfCredit.issuePreAdvised as pre-advised": ByRole(
        ISSUER, pre_advised, (OTHER_PRE_ADVISER, without_role(APPLICANT))
    ),
    "LetterOfCredit.issuePreAdvised for more": ByRole(
        ISSUER, pre_advised_for_less, (OTHER_PRE_ADVISER, without_role(APPLICANT))
    ),
    "LetterOfCredit.advise": ByRole(ADVISER, to_advise, OTHER_ADVISERS),
    "LetterOfCredit.declineAdvice": ByRole(ADVISER, issued, OTHER_ADVISERS),
    "LetterOfCredit.requestConfirmation": ByRole(
        ISSUER, to_request, (OTHER_ISSUER, without_role(APPLICANT))
    ),
    "LetterOfCredit.confirm": ByRole(FRANKFURT, asked, OTHER_CONFIRMERS),
    "LetterOfCredit.declineConfirmation": ByRole(FRANKFURT, asked, OTHER_CONFIRMERS),
    "LetterOfCredit.amend for no more": ByRole(
        ISSUER, to_amend, (OTHER_ISSUER, without_role(BENEFICIARY))
    ),
    "LetterOfCredit.amend for more": ByRole(
        ISSUER, to_amend_for_more, (OTHER_ISSUER, without_role(BENEFICIARY))
    ),
    "LetterOfCredit.extendConfirmation to no more": ByRole(FRANKFURT, to_extend, OTHER_CONFIRMERS),
    "LetterOfCredit.extendConfirmation to more": ByRole(
        FRANKFURT, to_extend_to_more, OTHER_CONFIRMERS
    ),
    "LetterOfCredit.declineExtension": ByRole(FRANKFURT, to_extend, OTHER_CONFIRMERS),
    "LetterOfCredit.acceptAmendment": ByRole(BENEFICIARY, to_answer, OTHERS_THAN_THE_BENEFICIARY),
    "LetterOfCredit.rejectAmendment": ByRole(BENEFICIARY, to_answer, OTHERS_THAN_THE_BENEFICIARY),
    "LetterOfCredit.acceptByPresentation": ByContract(
        "NotPresentations", to_accept_by_presentation
    ),
    "LetterOfCredit.stay": ByRole(AUTHORITY, to_stay, NO_COURTS),
    "LetterOfCredit.liftStay": ByRole(AUTHORITY, stayed, NO_COURTS),
    "LetterOfCredit.drawExactly": ByContract("NotPresentations", to_draw),
    "LetterOfCredit.drawUpTo": ByContract("NotPresentations", to_draw),
}
