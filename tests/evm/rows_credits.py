# SPDX-License-Identifier: Apache-2.0
"""Who may call what of presentations, obligations and cash."""

from __future__ import annotations

from typing import Final

from eth_utils import keccak
from rows import Args, ByAnyone, ByContract, ByRole, Row, first, meets, without_role
from vocabulary import (
    Availability,
    Disposal,
    MaturityFrom,
    ObligationState,
    PresentationState,
    PresenterInstruction,
)
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CASH,
    CENTRAL,
    CNY,
    DAY,
    EMPTY,
    FORWARDER,
    ISSUER,
    KEEPER,
    OTHER,
    REMOTE,
    START,
    Issuance,
    Lodging,
    PresentationKey,
    World,
    account,
    credit_id,
    desk,
    obligation_id,
    treasury,
)

CREDIT: Final = credit_id(ISSUER, Issuance().reference)
KEY: Final = PresentationKey(CREDIT, ISSUER, BENEFICIARY, 1)


def issued(world: World, caller: str) -> Args:
    assert world.issue() == CREDIT
    return (CREDIT,)


def to_mandate(world: World, caller: str) -> Args:
    return (*issued(world, caller), FORWARDER, keccak(text="mandate"))


def to_lodge(world: World, caller: str) -> Args:
    issued(world, caller)
    return (Lodging(KEY, 128_000_000, 0, False, keccak(text="documents")),)


def lodged(world: World, caller: str) -> Args:
    issued(world, caller)
    assert world.lodge(CREDIT) == KEY
    return (KEY,)


def to_refuse(world: World, caller: str) -> Args:
    return (*lodged(world, caller), 0b10, int(Disposal.HOLD), keccak(text="notice"))


def precluded(world: World, caller: str) -> Args:
    """Lodged so long ago that the close of the fifth banking day is over."""
    lodged(world, caller)
    world.at(world.presentation(KEY).deadline + 1)
    return (KEY,)


def undated(world: World, caller: str) -> Args:
    """Lodged with a bank whose calendar was not published, and is now."""
    credit = world.issue(REMOTE, advising_bank=ADVISER)
    key = world.lodge(credit, examiner=REMOTE)
    begin = world.time // DAY // 192 - 1
    for span in range(begin, begin + 3):
        hours = 540 << 200 | 1020 << 211 | 192 << 238 | 192 << 246
        word = (1 << 192) - 1 | 192 << 192 | hours
        world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)
    return (key,)


def to_comply_with(world: World, caller: str) -> Args:
    return (*lodged(world, caller), 0, False)


def to_waive(world: World, caller: str) -> Args:
    return (*lodged(world, caller), keccak(text="waiver"), False)


def to_ask(world: World, caller: str) -> Args:
    return (*lodged(world, caller), keccak(text="request"))


def at_nominated(world: World, caller: str) -> Args:
    """Lodged with the nominated bank."""
    credit = world.issue(nominated_bank=OTHER)
    return (world.lodge(credit, examiner=OTHER),)


def to_ask_authority(world: World, caller: str) -> Args:
    return (*at_nominated(world, caller), keccak(text="request"))


def to_forward(world: World, caller: str) -> Args:
    return (*at_nominated(world, caller), ISSUER, 1, keccak(text="schedule"))


def to_record(world: World, caller: str) -> Args:
    """What the issuing bank would receive, with no more than an amount."""
    received = Lodging(KEY, 5, START // DAY, True, keccak(text="documents"))
    return received, 5 | int(PresentationState.LODGED) << 208


def to_set_forwarded(world: World, caller: str) -> Args:
    (key,) = at_nominated(world, caller)
    return key.id, key.id


def to_instruct(world: World, caller: str) -> Args:
    return (
        *lodged(world, caller),
        int(PresenterInstruction.BEFOREHAND),
        keccak(text="instruction"),
    )


def to_return(world: World, caller: str) -> Args:
    args = to_refuse(world, caller)
    world.send(desk(ISSUER), "Presentations.refuse", *args)
    return (KEY, keccak(text="dispatch"))


def left_unpaid(world: World, caller: str) -> Args:
    """The nominated bank found the documents complying and does not pay."""
    (key,) = at_nominated(world, caller)
    world.send(desk(OTHER), "Presentations.findComplying", key)
    world.at(world.time + 3 * DAY)
    return key, ISSUER, 1, keccak(text="documents")


def to_name(world: World, caller: str) -> Args:
    return (*lodged(world, caller), 0b10)


def out_of_hours(world: World, caller: str) -> Args:
    issued(world, caller)
    world.at(world.time // DAY * DAY + 12 * 3_600)
    assert world.lodge(CREDIT) == KEY
    return (KEY,)


def to_follow(world: World, caller: str) -> Args:
    return unpaid(left_unpaid(world, caller)), keccak(text="later"), 1, True, BENEFICIARY


def to_incur(world: World, caller: str) -> Args:
    owed = (
        1 | ISSUER << 64 | BENEFICIARY << 96 | CNY.number << 208 | int(ObligationState.DUE) << 224
    )
    return keccak(text="presentation"), owed


def due(world: World, caller: str) -> Args:
    lodged(world, caller)
    return (world.send(desk(ISSUER), "Presentations.findComplying", KEY).value,)


def accepted(world: World, caller: str) -> Args:
    """A draft that the issuing bank accepted; it is in funds."""
    world.issue(
        availability=int(Availability.ACCEPTANCE), tenor=9, tenor_from=int(MaturityFrom.SIGHT)
    )
    assert world.lodge(CREDIT) == KEY
    funded(world, ISSUER, 128_000_000)
    return (world.send(desk(ISSUER), "Presentations.findComplying", KEY).value,)


def to_agree(world: World, caller: str) -> Args:
    return (*accepted(world, caller), 5)


def to_prepay(world: World, caller: str) -> Args:
    args = to_agree(world, caller)
    world.send(desk(BENEFICIARY), "PaymentObligations.agreePrepayment", *args)
    return args


def to_attest(world: World, caller: str) -> Args:
    return (*due(world, caller), keccak(text="reference"))


def to_assign(world: World, caller: str) -> Args:
    return (*due(world, caller), FORWARDER, 5, keccak(text="assignment"))


def to_stay_payment(world: World, caller: str) -> Args:
    return (*due(world, caller), world.time + 300 * DAY, keccak(text="order"))


def to_lift_payment(world: World, caller: str) -> Args:
    args = to_stay_payment(world, caller)
    world.send(desk(AUTHORITY), "PaymentObligations.stayPayment", *args)
    return (args[0], args[2])


def to_pay(world: World, caller: str) -> Args:
    funded(world, ISSUER, 128_000_000)
    return due(world, caller)


def funded(world: World, member: int, amount: int) -> None:
    reference = keccak(text=f"funds {member} {amount}")
    world.send(desk(CENTRAL), f"{CASH}.mint", member, amount, reference)


def to_mint(world: World, caller: str) -> Args:
    return ISSUER, 5, keccak(text="received")


def to_redeem(world: World, caller: str) -> Args:
    funded(world, CENTRAL, 5)
    return 5, keccak(text="paid out")


def to_settle(world: World, caller: str) -> Args:
    funded(world, ISSUER, 5)
    return treasury(ISSUER), treasury(BENEFICIARY), 5


def to_transfer(world: World, caller: str) -> Args:
    funded(world, ISSUER, 5)
    if world.view("AllianceRegistry.memberOf", caller):
        world.send(treasury(ISSUER), f"{CASH}.transfer", caller, 5)
    return treasury(BENEFICIARY), 5


def to_transfer_from(world: World, caller: str) -> Args:
    funded(world, ISSUER, 5)
    world.send(treasury(ISSUER), f"{CASH}.approve", caller, 5)
    return treasury(ISSUER), treasury(BENEFICIARY), 5


def to_allow(world: World, caller: str) -> Args:
    return account("spender"), 5


def presentation(args: Args) -> bytes:
    key: PresentationKey = args[0]
    return key.id


def unpaid(args: Args) -> bytes:
    key: PresentationKey = args[0]
    return obligation_id(key.id, OTHER, BENEFICIARY)


ROWS: Final[dict[str, Row]] = {
    "Presentations.recordMandate": ByRole(
        BENEFICIARY,
        to_mandate,
        (
            meets(ISSUER, "NotBeneficiary", first, ISSUER),
            # The advising bank acts for a beneficiary that is no member, and for no other.
            meets(ADVISER, "NotBeneficiary", first, ADVISER),
            meets(FORWARDER, "NotBeneficiary", first, FORWARDER),
        ),
    ),
    "Presentations.lodge": ByRole(
        BENEFICIARY,
        to_lodge,
        (
            meets(FORWARDER, "NotPresenter", BENEFICIARY, FORWARDER),
            meets(ISSUER, "NotPresenter", BENEFICIARY, ISSUER),
        ),
    ),
    "Presentations.fixDeadline": ByAnyone(undated),
    "Presentations.findComplying": ByRole(
        ISSUER,
        lodged,
        (
            meets(ADVISER, "NotExaminer", presentation, ADVISER),
            without_role(BENEFICIARY),
        ),
    ),
    "Presentations.refuse": ByRole(
        ISSUER,
        to_refuse,
        (
            meets(ADVISER, "NotExaminer", presentation, ADVISER),
            without_role(APPLICANT),
        ),
    ),
    "Presentations.findComplyingWith": ByRole(
        ISSUER,
        to_comply_with,
        (meets(ADVISER, "NotExaminer", presentation, ADVISER), without_role(BENEFICIARY)),
    ),
    "Presentations.acceptDiscrepancies": ByRole(
        ISSUER,
        to_waive,
        (meets(ADVISER, "NotExaminer", presentation, ADVISER), without_role(APPLICANT)),
    ),
    "Forwarding.askForWaiver": ByRole(
        ISSUER,
        to_ask,
        (meets(ADVISER, "NotExaminer", presentation, ADVISER), without_role(APPLICANT)),
    ),
    "Forwarding.askForAuthority": ByRole(
        OTHER,
        to_ask_authority,
        (meets(ISSUER, "NotExaminer", presentation, ISSUER), without_role(BENEFICIARY)),
    ),
    "Disposals.instruct": ByRole(
        BENEFICIARY,
        to_instruct,
        (
            meets(ISSUER, "NotPresenter", BENEFICIARY, ISSUER),
            meets(APPLICANT, "NotPresenter", BENEFICIARY, APPLICANT),
        ),
    ),
    "Disposals.recordReturn": ByRole(
        ISSUER,
        to_return,
        (meets(ADVISER, "NotExaminer", presentation, ADVISER), without_role(BENEFICIARY)),
    ),
    "Presentations.recordReceipt": ByContract("NotForwarding", to_record),
    "Presentations.setForwarded": ByContract("NotForwarding", to_set_forwarded),
    "Forwarding.forward": ByRole(
        OTHER,
        to_forward,
        (meets(ISSUER, "NotExaminer", presentation, ISSUER), without_role(BENEFICIARY)),
    ),
    "Forwarding.presentUnpaid": ByRole(
        BENEFICIARY,
        left_unpaid,
        (meets(OTHER, "NotCreditor", unpaid, OTHER), meets(ISSUER, "NotCreditor", unpaid, ISSUER)),
    ),
    "Presentations.nameAmendments": ByRole(
        BENEFICIARY,
        to_name,
        (
            meets(ISSUER, "NotPresenter", BENEFICIARY, ISSUER),
            meets(APPLICANT, "NotPresenter", BENEFICIARY, APPLICANT),
        ),
    ),
    "Presentations.acceptOutOfHours": ByRole(
        ISSUER,
        out_of_hours,
        (meets(ADVISER, "NotExaminer", presentation, ADVISER), without_role(BENEFICIARY)),
    ),
    "Presentations.claimPrecluded": ByRole(
        BENEFICIARY,
        precluded,
        (
            meets(APPLICANT, "NotPresenter", BENEFICIARY, APPLICANT),
            meets(ISSUER, "NotPresenter", BENEFICIARY, ISSUER),
        ),
    ),
    "PaymentObligations.incur on a presentation": ByContract("NotPresentationsContract", to_incur),
    "PaymentObligations.incur on a claim": ByContract("NotPresentationsContract", to_incur),
    "PaymentObligations.follow": ByContract("NotForwarding", to_follow),
    "PaymentObligations.pay": ByRole(
        ISSUER,
        to_pay,
        (
            meets(BENEFICIARY, "NotDebtor", first, BENEFICIARY),
            meets(CENTRAL, "NotDebtor", first, CENTRAL),
        ),
    ),
    "PaymentObligations.agreePrepayment": ByRole(
        BENEFICIARY, to_agree, (meets(ISSUER, "NotCreditor", first, ISSUER),)
    ),
    "PaymentObligations.prepay": ByRole(
        ISSUER, to_prepay, (meets(BENEFICIARY, "NotDebtor", first, BENEFICIARY),)
    ),
    "PaymentObligations.attestPayment": ByRole(
        BENEFICIARY,
        to_attest,
        (
            # Not the debtor itself.
            meets(ISSUER, "NotCreditor", first, ISSUER),
            meets(FORWARDER, "NotCreditor", first, FORWARDER),
        ),
    ),
    "PaymentObligations.assignProceeds": ByRole(
        BENEFICIARY, to_assign, (meets(ISSUER, "NotCreditor", first, ISSUER),)
    ),
    "PaymentObligations.stayPayment": ByRole(
        AUTHORITY, to_stay_payment, (without_role(ISSUER), without_role(APPLICANT))
    ),
    "PaymentObligations.liftPaymentStay": ByRole(
        AUTHORITY, to_lift_payment, (without_role(ISSUER), without_role(APPLICANT))
    ),
    "SettlementCash.mint": ByRole(
        CENTRAL, to_mint, (meets(ISSUER, "NotCashIssuer", ISSUER, CENTRAL),)
    ),
    "SettlementCash.redeem": ByRole(
        CENTRAL, to_redeem, (meets(ISSUER, "NotCashIssuer", ISSUER, CENTRAL),)
    ),
    "SettlementCash.settle": ByContract("NotSettler", to_settle),
    "SettlementCash.settle for a delivery": ByContract("NotSettler", to_settle),
    "SettlementCash.transfer": ByRole(ISSUER, to_transfer),
    # Whoever may spend: a key with PAY of any member, within what the holder allowed.
    "SettlementCash.transferFrom": ByRole(ADVISER, to_transfer_from),
    "SettlementCash.approve": ByAnyone(to_allow),
}
