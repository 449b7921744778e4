# SPDX-License-Identifier: Apache-2.0
"""Who may call what of transfers of credits."""

from __future__ import annotations

from typing import Final

from eth_utils import keccak
from rows import Args, ByContract, ByRole, Row, first, meets, without_role
from transfers import (
    BUYER,
    CREDIT,
    FIRST,
    PART,
    SECOND,
    SHARE,
    TERMS,
    TRANSFERRING,
    Transfers,
    request,
)
from vocabulary import AmendmentPassing
from world import (
    ADVISER,
    DAY,
    ISSUER,
    OTHER,
    Amendment,
    PresentationKey,
    World,
)

TEXT: Final = keccak(text="text")
KEY: Final = PresentationKey(PART, TRANSFERRING, SECOND, 1)


def to_authorise(world: World, caller: str) -> Args:
    Transfers(world).issue(any_bank=True, nominated_bank=0)
    return CREDIT, OTHER


def to_request(world: World, caller: str) -> Args:
    Transfers(world).issue()
    return request(), bytes(32)


def requested(world: World, caller: str) -> Args:
    Transfers(world).issue().request()
    return (PART,)


def to_withdraw(world: World, caller: str) -> Args:
    return (*requested(world, caller), bytes(32))


def transferred(world: World) -> Transfers:
    return Transfers(world).transferred()


def amended(world: World) -> Transfers:
    """An amendment of the whole credit was accepted, and may be passed on once approved."""
    scene = Transfers(world).transferred(passing=int(AmendmentPassing.ASK))
    return scene.amended(expiry=TERMS.expiry + 10)


def to_approve(world: World, caller: str) -> Args:
    amended(world)
    return PART, 1, bytes(32)


def to_pass(world: World, caller: str) -> Args:
    amended(world).approve()
    return PART, 1, Amendment(expiry=TERMS.expiry + 5), 0


def to_agree(world: World, caller: str) -> Args:
    transferred(world).propose_cancellation()
    return PART, 1, bytes(32)


def to_reclaim(world: World, caller: str) -> Args:
    transferred(world)
    world.at((TERMS.expiry + 4) * DAY)
    return PART, bytes(32)


def lodged(world: World, caller: str) -> Args:
    transferred(world).lodge()
    return (KEY,)


def to_demand(world: World, caller: str) -> Args:
    return (*lodged(world, caller), world.time + 3 * DAY, TEXT)


def to_substitute(world: World, caller: str) -> Args:
    return (*lodged(world, caller), 90, TEXT, bytes(32))


def to_take_up(world: World, caller: str) -> Args:
    transferred(world).lodge().honour().substitute()
    return (KEY,)


def to_claim(world: World, caller: str) -> Args:
    args = to_take_up(world, caller)
    world.at(world.time + 9 * DAY)
    return args


def to_fail(world: World, caller: str) -> Args:
    scene = transferred(world).lodge().demand()
    world.at(world.view("CreditTransfers.substitutionOf", scene.key.id).answerBy + 1)
    return KEY, TEXT


def to_send_on(world: World, caller: str) -> Args:
    transferred(world).lodge().substitute()
    world.at(world.presentation(KEY).deadline + 1)
    return KEY, ISSUER, 1, TEXT


def to_carve_out(world: World, caller: str) -> Args:
    Transfers(world).issue()
    _, numbers = world.view("LetterOfCredit.bindingWords", CREDIT, 0)
    return CREDIT, PART, SHARE, 1, numbers, TEXT


def to_amend_as_part(world: World, caller: str) -> Args:
    transferred(world)
    return PART, Amendment(), 0


def to_settle_cancellation(world: World, caller: str) -> Args:
    transferred(world).propose_cancellation()
    return CREDIT, 1


def part(world: World, caller: str) -> Args:
    transferred(world)
    return (PART,)


def to_finish(world: World, caller: str) -> Args:
    return (*part(world, caller), SHARE)


def to_forward_for(world: World, caller: str) -> Args:
    transferred(world).lodge()
    return KEY, ISSUER, 1, (CREDIT, 80, SECOND, 0), TEXT


def to_owe(world: World, caller: str) -> Args:
    scene = transferred(world).lodge().honour()
    return KEY.id, scene.owed, FIRST, 1, 0


def to_open(world: World, caller: str) -> Args:
    return (*part(world, caller), TRANSFERRING, True)


def to_close(world: World, caller: str) -> Args:
    return PART, lodged(world, caller)[0].id


def to_count(world: World, caller: str) -> Args:
    scene = transferred(world).lodge().substitute().forward()
    assert scene.onward is not None
    return scene.onward.id, 90, True


def to_incur(world: World, caller: str) -> Args:
    scene = transferred(world).lodge()
    return PART, KEY.id, scene.owed, 80


def to_answer(world: World, caller: str) -> Args:
    amended(world).approve().pass_on()
    return PART, 1


def to_end(world: World, caller: str) -> Args:
    transferred(world)
    return PART, 0


def to_assign(world: World, caller: str) -> Args:
    scene = transferred(world).lodge().honour()
    return scene.owed, FIRST, 1


# Whose the act is not, beside those who lack the role.
OTHERS_THAN_THE_FIRST = (
    meets(SECOND, "NotForBeneficiary", CREDIT, SECOND),
    meets(TRANSFERRING, "NotForBeneficiary", CREDIT, TRANSFERRING),
    meets(ADVISER, "NotForBeneficiary", CREDIT, ADVISER),
)
OTHER_BANKS = (
    meets(ISSUER, "NotTransferringBank", CREDIT, ISSUER),
    meets(ADVISER, "NotTransferringBank", CREDIT, ADVISER),
    without_role(FIRST),
)
# Nobody else sends the documents on, and the presenter only in the place of an idle bank.
OTHER_SENDERS = (
    meets(ISSUER, "NotPresenter", SECOND, ISSUER),
    meets(FIRST, "NotPresenter", SECOND, FIRST),
    meets(SECOND, "BankNotIdle", KEY.id, SECOND),
)

ROWS: Final[dict[str, Row]] = {
    "LetterOfCredit.carveOut": ByContract("NotTransfers", to_carve_out),
    "LetterOfCredit.amendAsPart": ByContract("NotTransfers", to_amend_as_part),
    "LetterOfCredit.settleCancellation": ByContract("NotTransfers", to_settle_cancellation),
    "LetterOfCredit.returnPart": ByContract("NotTransfers", to_finish),
    "Forwarding.forwardFor": ByContract("NotTransfers", to_forward_for),
    "PaymentObligations.incurDifference": ByContract("NotTransfers", to_owe),
    "PaymentObligations.assignOnArising": ByContract("NotTransfers", to_assign),
    "CreditTransfers.authoriseTransfer": ByRole(
        ISSUER,
        to_authorise,
        (meets(OTHER, "NotIssuingBank", first, OTHER), without_role(FIRST)),
    ),
    "CreditTransfers.requestTransfer": ByRole(FIRST, to_request, OTHERS_THAN_THE_FIRST),
    "CreditTransfers.withdrawRequest": ByRole(FIRST, to_withdraw, OTHERS_THAN_THE_FIRST),
    "CreditTransfers.declineTransfer": ByRole(TRANSFERRING, requested, OTHER_BANKS),
    "CreditTransfers.transfer": ByRole(TRANSFERRING, requested, OTHER_BANKS),
    "CreditTransfers.approvePassing": ByRole(FIRST, to_approve, OTHERS_THAN_THE_FIRST),
    "CreditTransfers.passAmendment": ByRole(TRANSFERRING, to_pass, OTHER_BANKS),
    "CreditTransfers.agreeToCancellation": ByRole(
        SECOND,
        to_agree,
        (
            meets(FIRST, "NotForBeneficiary", first, FIRST),
            meets(TRANSFERRING, "NotForBeneficiary", first, TRANSFERRING),
            meets(BUYER, "NotForBeneficiary", first, BUYER),
        ),
    ),
    "CreditTransfers.reclaimShare": ByRole(FIRST, to_reclaim, OTHERS_THAN_THE_FIRST),
    "CreditTransfers.demandSubstitution": ByRole(TRANSFERRING, to_demand, OTHER_SENDERS),
    "CreditTransfers.substitute": ByRole(FIRST, to_substitute, OTHERS_THAN_THE_FIRST),
    "CreditTransfers.takeUpSubstitution": ByRole(
        TRANSFERRING,
        to_take_up,
        (meets(ISSUER, "NotTransferringBank", PART, ISSUER), without_role(FIRST)),
    ),
    "CreditTransfers.claimDifference": ByRole(
        FIRST,
        to_claim,
        (
            meets(SECOND, "NotForBeneficiary", PART, SECOND),
            meets(TRANSFERRING, "NotForBeneficiary", PART, TRANSFERRING),
        ),
    ),
    "CreditTransfers.recordFailure": ByRole(TRANSFERRING, to_fail, OTHER_SENDERS[:2]),
    "CreditTransfers.sendOn": ByRole(
        SECOND,
        to_send_on,
        (
            meets(TRANSFERRING, "NotPresenter", SECOND, TRANSFERRING),
            meets(FIRST, "NotPresenter", SECOND, FIRST),
        ),
    ),
    "CreditTransfers.opened": ByContract("NotPresentations", to_open),
    "CreditTransfers.closed": ByContract("NotDisposals", to_close),
    "CreditTransfers.drawInPart": ByContract("NotPresentations", to_count),
    "CreditTransfers.incurred": ByContract("NotPresentations", to_incur),
    "CreditTransfers.answered": ByContract("NotLetterOfCredit", to_answer),
    "CreditTransfers.end": ByContract("NotLetterOfCredit", to_end),
}
