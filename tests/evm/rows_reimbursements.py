# SPDX-License-Identifier: Apache-2.0
"""Who may call what of the reimbursement between banks."""

from __future__ import annotations

from typing import Final

from eth_utils import keccak
from reimbursing import (
    CHARGES,
    CLAIMANT,
    MESSAGE,
    REIMBURSER,
    UNDERTAKING,
    Scene,
    Terms,
    undated,
)
from rows import Args, ByAnyone, ByContract, ByRole, Prepare, Row, first, meets
from vocabulary import ClaimDisposal, ClaimReason, ObligationKind
from world import BENEFICIARY, FRANKFURT, ISSUER, World, credit_id, obligation_id

CREDIT: Final = credit_id(ISSUER, b"LC2025-0001")


def to_authorise(world: World, caller: str) -> Args:
    return Scene(world).credit, Terms(), MESSAGE


def to_amend(world: World, caller: str) -> Args:
    return Scene(world).authorised().credit, Terms(amount=5), MESSAGE


def to_cancel(world: World, caller: str) -> Args:
    return Scene(world).authorised().credit, MESSAGE


def asked(world: World) -> Scene:
    return Scene(world, UNDERTAKING).authorised()


def to_undertake(world: World, caller: str) -> Args:
    return asked(world).credit, UNDERTAKING


def to_decline(world: World, caller: str) -> Args:
    return (asked(world).credit,)


def to_agree(world: World, caller: str) -> Args:
    credit = asked(world).undertaken().credit
    amended = UNDERTAKING._replace(amount=5)
    Scene(world).send(ISSUER, "amendAuthorisation", credit, amended, MESSAGE)
    return credit, amended, False


def to_claim(world: World, caller: str) -> Args:
    return (Scene(world).ready().request,)


def to_fix(world: World, caller: str) -> Args:
    return (undated(world).id,)


def claimed(world: World, terms: Terms) -> Scene:
    scene = Scene(world, terms).ready()
    scene.claim()
    return scene


def to_notice(world: World, caller: str) -> Args:
    return claimed(world, Terms(pre_debit_days=1)).id, MESSAGE


def to_honour(world: World, caller: str) -> Args:
    return (claimed(world, Terms()).id,)


def to_refuse(world: World, caller: str) -> Args:
    number = claimed(world, Terms()).id
    return number, int(ClaimReason.DIFFERS), int(ClaimDisposal.HELD), MESSAGE


def to_hold(world: World, caller: str) -> Args:
    scene = Scene(world, UNDERTAKING).fund().authorised().undertaken().honoured()
    scene.claim()
    scene.at(scene.deadline + 1)
    return (scene.id,)


def refused(world: World) -> Scene:
    scene = claimed(world, Terms())
    scene.refuse()
    return scene


def to_notify(world: World, caller: str) -> Args:
    return refused(world).id, MESSAGE


def to_fall_back(world: World, caller: str) -> Args:
    scene = refused(world)
    scene.notify()
    return scene.id, CHARGES, MESSAGE


def paid(world: World) -> Scene:
    scene = claimed(world, Terms())
    scene.honour()
    scene.pay(REIMBURSER, scene.owed)
    return scene


def to_take_recourse(world: World, caller: str) -> Args:
    return (paid(world).id,)


def to_claim_refund(world: World, caller: str) -> Args:
    return paid(world).refused().id, CHARGES, MESSAGE


def to_acknowledge(world: World, caller: str) -> Args:
    scene = refused(world)
    scene.notify()
    scene.fall_back()
    return (scene.id,)


def to_pair(world: World, caller: str) -> Args:
    return keccak(text="first"), keccak(text="second"), True


def to_settle(world: World, caller: str) -> Args:
    return (paid(world).found_complying().direct,)


def charged(args: Args) -> bytes:
    """The interest and costs of a claim that fell back, as an obligation."""
    number: bytes = args[0]
    source = keccak(number + int(ObligationKind.CHARGES).to_bytes(32, "big"))
    return obligation_id(source, ISSUER, CLAIMANT)


def row(member: int, prepare: Prepare, name: str, *strangers: int) -> ByRole:
    """Others meet an error of the credit."""
    return ByRole(
        member,
        prepare,
        tuple(meets(each, name, lambda _args: CREDIT, each) for each in strangers),
    )


ISSUING: Final = ("NotIssuingBank", CLAIMANT, REIMBURSER)
REIMBURSING: Final = ("NotReimbursingBank", ISSUER, CLAIMANT)
CLAIMING: Final = ("NotClaimingBank", ISSUER, REIMBURSER, BENEFICIARY)

ROWS: Final[dict[str, Row]] = {
    "PaymentObligations.setPaired": ByContract("NotReimbursementsContract", to_pair),
    "PaymentObligations.settleByCounterpart": ByRole(
        ISSUER,
        to_settle,
        (
            meets(REIMBURSER, "NotPartyToObligation", first, REIMBURSER),
            meets(BENEFICIARY, "NotPartyToObligation", first, BENEFICIARY),
        ),
    ),
    "Reimbursements.authorise": row(ISSUER, to_authorise, *ISSUING),
    "Reimbursements.amendAuthorisation": row(ISSUER, to_amend, *ISSUING),
    "Reimbursements.cancelAuthorisation": row(ISSUER, to_cancel, *ISSUING),
    "Reimbursements.undertake": row(REIMBURSER, to_undertake, *REIMBURSING),
    "Reimbursements.declineUndertaking": row(REIMBURSER, to_decline, *REIMBURSING),
    "Reimbursements.agreeToAmendment": row(CLAIMANT, to_agree, *CLAIMING),
    "Reimbursements.claim": row(CLAIMANT, to_claim, *CLAIMING, FRANKFURT),
    "Reimbursements.fixClaimDeadline": ByAnyone(to_fix),
    "Reimbursements.givePreDebitNotice": row(REIMBURSER, to_notice, *REIMBURSING),
    "Reimbursements.honourClaim": row(REIMBURSER, to_honour, *REIMBURSING),
    "Reimbursements.refuseClaim": row(REIMBURSER, to_refuse, *REIMBURSING),
    "Reimbursements.claimUndertaking": row(CLAIMANT, to_hold, *CLAIMING),
    "Reimbursements.notifyNonPayment": row(CLAIMANT, to_notify, *CLAIMING),
    "Reimbursements.fallBack": row(CLAIMANT, to_fall_back, *CLAIMING),
    "Reimbursements.claimRecourse": row(REIMBURSER, to_take_recourse, *REIMBURSING),
    "Reimbursements.claimRefund": row(ISSUER, to_claim_refund, *ISSUING),
    "Reimbursements.acknowledgeCharges": ByRole(
        ISSUER,
        to_acknowledge,
        (
            meets(CLAIMANT, "NotDebtor", charged, CLAIMANT),
            meets(REIMBURSER, "NotDebtor", charged, REIMBURSER),
        ),
    ),
}
