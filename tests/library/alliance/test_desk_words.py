# SPDX-License-Identifier: Apache-2.0
"""What people read before they sign: everything that the call says, and what ought not to be so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from yangshan.alliance import motions
from yangshan.alliance.desk_actions import CASH, DESK, DESK_ACTIONS, desk_action
from yangshan.alliance.desk_words import InstructionWords, instruction_words
from yangshan.alliance.desks import words_of
from yangshan.chain.calls import encode_call, inputs_of
from yangshan.chain.credit_words import packed
from yangshan.chain.enums import (
    AmendmentPassing,
    Availability,
    ClaimDisposal,
    ClaimReason,
    CreditSwitch,
    Disposal,
    Hands,
    MaturityFrom,
    Renewal,
    Role,
)
from yangshan.chain.records import (
    ClaimRequest,
    Instalment,
    Instruction,
    Issuance,
    Policy,
    PresentationKey,
    ReimbursementTerms,
    Schedule,
    Slice,
    TransferRequest,
)
from yangshan.chain.values import hexadecimal
from yangshan.chain.wording import Wording
from yangshan.credit.discrepancies import to_bits

DESK_AT = "0x00000000219ab540356cBB839Cbe05303d7705Fa"
TARGET = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"
MAKER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
ID = "0x" + "ab" * 32
DEADLINE = datetime(2025, 9, 30, 9, tzinfo=UTC)
WORDING = Wording(members={5: "Lake Bank", 9: "Heron Import"}, accounts={MAKER: "lake-maker"})
ISSUANCE = Issuance(
    bank_reference="YSH25LC000817",
    applicant=9,
    beneficiary=11,
    advising_bank=0,
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
    partial_forbidden=True,
    any_bank=False,
    switches=CreditSwitch(0),
    terms=ID,
)
KEY = PresentationKey(ID, 5, 10, 1)
TRANSFER = TransferRequest(
    credit_id=ID,
    terms=ID,
    share=105,
    amount=80,
    required_cover=110,
    second_beneficiary=9,
    second_bank=0,
    transferring_bank=5,
    expiry=date(2025, 12, 29),
    latest_shipment=None,
    presentation_period=15,
    number=2,
    passing=AmendmentPassing.ASK,
    keeps_substitution=True,
    replaces_applicant=False,
    pays_where_transferred=True,
)
TERMS = ReimbursementTerms(
    amount=500,
    claiming_bank=5,
    expiry=None,
    pre_debit_days=2,
    urr=True,
    undertaking_asked=False,
    claimant_bears_charges=False,
    freely_amendable=False,
)


def instruction(name: str, arguments: Sequence[object], **changes: object) -> Instruction:
    action = desk_action(name)
    call = action.call(arguments)
    currency, amount = action.stated(call)
    made = Instruction(
        action=name,
        target=DESK_AT if action.contract == DESK else TARGET,
        currency=currency,
        amount=amount,
        call=hexadecimal(call),
        deadline=DEADLINE,
        maker=MAKER,
        nonce=7,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def words(given: Instruction, contract: str = "LetterOfCredit") -> InstructionWords:
    return instruction_words(given, {TARGET: contract}, DESK_AT, WORDING)


def test_a_credit_to_be_issued_is_told_in_full() -> None:
    given = instruction("issue a credit", (ISSUANCE,))
    assert words(given) == InstructionWords(
        heading="issue a credit",
        frame=(
            ("desk", DESK_AT),
            ("calls", f"LetterOfCredit ({TARGET})"),
            ("function", "issue"),
            ("amount", "CNY 1,280,000.00"),
            ("maker", f"lake-maker ({MAKER})"),
            ("nonce", "7"),
            ("carried out until", "2025-09-30 at 09:00 UTC"),
        ),
        arguments=(
            ("bank reference", "YSH25LC000817"),
            ("applicant", "Heron Import (member 9)"),
            ("beneficiary", "member 11"),
            ("advising bank", "nobody"),
            ("second advising bank", "nobody"),
            ("nominated bank", "nobody"),
            ("confirming bank", "nobody"),
            ("reimbursing bank", "nobody"),
            ("amount", "CNY 1,280,000.00"),
            ("currency", "CNY"),
            ("plus tolerance", "5"),
            ("minus tolerance", "5"),
            ("expiry", "2025-12-30"),
            ("latest shipment", "none"),
            ("presentation period", "21"),
            ("tenor", "0"),
            ("tenor from", "nothing"),
            ("availability", "sight payment"),
            ("transferable", "no"),
            ("partial forbidden", "yes"),
            ("any bank", "no"),
            ("switches", "none"),
            ("terms", ID),
        ),
        doubts=(),
    )
    assert words_of(given) == "issue a credit, CNY 1,280,000.00"


@pytest.mark.parametrize(
    ("name", "contract", "arguments", "told"),
    [
        (
            "refuse documents",
            "Presentations",
            (KEY, to_bits(["X08", "X12"]), Disposal.HOLD, ID),
            (
                ("credit id", ID),
                ("examiner", "Lake Bank (member 5)"),
                ("presenter", "member 10"),
                ("number", "1"),
                ("discrepancies", "X08, X12"),
                ("disposal", "hold"),
                ("notice", ID),
            ),
        ),
        (
            "set a key",
            "AllianceRegistry",
            (MAKER, int(Role.ISSUE | Role.PAY), 2**40 - 1),
            (
                ("account", f"lake-maker ({MAKER})"),
                ("roles", "ISSUE and PAY"),
                ("valid until", "no end"),
            ),
        ),
        (
            "make a proposal",
            "AllianceCouncil",
            (motions.begin_recovery(5, DESK_AT, ID),),
            (
                ("motion", "recover Lake Bank (member 5), whose administrator is lost"),
                ("new administrator", f"this desk ({DESK_AT})"),
                ("resolution", ID),
            ),
        ),
        (
            "carry out a decision",
            "AllianceCouncil",
            (motions.resume_new_business(),),
            (("motion", "let new business go on"), ("resolution", "none")),
        ),
        (
            "vote on a proposal",
            "AllianceCouncil",
            (ID, True),
            (("proposal id", ID), ("in favour", "yes")),
        ),
        (
            "mint cash",
            f"{CASH}-JPY",
            (9, 500, b"RECEIVED-1".ljust(32, b"\0")),
            (
                ("member id", "Heron Import (member 9)"),
                ("amount", "JPY 500"),
                ("outside reference", "RECEIVED-1"),
            ),
        ),
        (
            "set a policy of the desk",
            DESK,
            (
                TARGET,
                bytes.fromhex("bb96654e"),
                156,
                "issue a credit",
                Policy(Hands.ONE_UP_TO_LIMIT, 9, 10, 100, 200),
            ),
            (
                ("target", f"{DESK} ({TARGET})"),
                ("selector", "issue (0xbb96654e)"),
                ("currency", "CNY"),
                ("action", "issue a credit"),
                ("hands", "one up to limit"),
                ("amount at", "9"),
                ("currency at", "10"),
                ("alone", "CNY 1.00"),
                ("limit", "CNY 2.00"),
            ),
        ),
        (
            "demand the first beneficiary's invoice",
            "CreditTransfers",
            (KEY, 1_757_000_000, ID),
            (
                ("credit id", ID),
                ("examiner", "Lake Bank (member 5)"),
                ("presenter", "member 10"),
                ("number", "1"),
                ("answer by", "2025-09-04 at 15:33:20 UTC"),
                ("demand", ID),
            ),
        ),
        (
            "authorise a bank to transfer",
            "CreditTransfers",
            (ID, 5),
            (("credit id", ID), ("bank", "Lake Bank (member 5)")),
        ),
        (
            "ask for a transfer",
            "CreditTransfers",
            (TRANSFER, ID),
            (
                ("credit id", ID),
                ("terms", ID),
                ("share", "105 minor units"),
                ("amount", "80 minor units"),
                ("required cover", "110 minor units"),
                ("second beneficiary", "Heron Import (member 9)"),
                ("second bank", "nobody"),
                ("transferring bank", "Lake Bank (member 5)"),
                ("expiry", "2025-12-29"),
                ("latest shipment", "none"),
                ("presentation period", "15"),
                ("number", "2"),
                ("passing", "ask"),
                ("keeps substitution", "yes"),
                ("replaces applicant", "no"),
                ("pays where transferred", "yes"),
                ("mandate", ID),
            ),
        ),
        ("resign from the alliance", "AllianceRegistry", (), ()),
        (
            "authorise a reimbursement",
            "Reimbursements",
            (ID, TERMS, ID),
            (
                ("credit id", ID),
                ("amount", "500 minor units"),
                ("claiming bank", "Lake Bank (member 5)"),
                ("expiry", "none"),
                ("pre debit days", "2"),
                ("urr", "yes"),
                ("undertaking asked", "no"),
                ("claimant bears charges", "no"),
                ("freely amendable", "no"),
                ("message", ID),
            ),
        ),
        (
            "claim reimbursement",
            "Reimbursements",
            (ClaimRequest(KEY, 1, 2, 1, 500, ID),),
            (
                ("key: credit id", ID),
                ("key: examiner", "Lake Bank (member 5)"),
                ("key: presenter", "member 10"),
                ("key: number", "1"),
                ("forwarded number", "1"),
                ("number", "2"),
                ("slice", "1"),
                ("amount", "500 minor units"),
                ("message", ID),
            ),
        ),
        (
            "refuse a reimbursement claim",
            "Reimbursements",
            (ID, int(ClaimReason.DUPLICATE | ClaimReason.OTHER), ClaimDisposal.HELD, ID),
            (
                ("claim id", ID),
                ("reasons", "duplicate and other"),
                ("disposal", "held"),
                ("notice", ID),
            ),
        ),
        (
            "present an unpaid drawing",
            "Forwarding",
            (KEY, 9, 2, ID),
            (
                ("credit id", ID),
                ("examiner", "Lake Bank (member 5)"),
                ("presenter", "member 10"),
                ("number", "1"),
                ("to", "Heron Import (member 9)"),
                ("number", "2"),
                ("documents", ID),
            ),
        ),
        (
            "name amendments",
            "Presentations",
            (KEY, 0b1010),
            (
                ("credit id", ID),
                ("examiner", "Lake Bank (member 5)"),
                ("presenter", "member 10"),
                ("number", "1"),
                ("amendments", "1, 3"),
            ),
        ),
        (
            "accept documents out of hours",
            "Presentations",
            (KEY,),
            (
                ("credit id", ID),
                ("examiner", "Lake Bank (member 5)"),
                ("presenter", "member 10"),
                ("number", "1"),
            ),
        ),
        (
            "fall back on the issuing bank",
            "Reimbursements",
            (ID, 7, ID),
            (("claim id", ID), ("charges", "7 minor units"), ("account", ID)),
        ),
    ],
)
def test_arguments_are_told_by_their_meaning(
    name: str, contract: str, arguments: Sequence[object], told: tuple[tuple[str, str], ...]
) -> None:
    said = words(instruction(name, arguments), contract)
    assert (said.heading, said.arguments, said.doubts) == (name, told, ())


def test_each_credit_of_a_batch_is_told_in_full() -> None:
    """What is signed are packed words; what is read are the credits that stand in them."""
    other = replace(ISSUANCE, bank_reference="YSH25LC000818", applicant=0, amount=1)
    found = words(instruction("issue credits in a batch", ([packed(ISSUANCE), packed(other)],)))
    alone = dict(words(instruction("issue a credit", (ISSUANCE,))).arguments)
    told = dict(found.arguments)
    assert {name: told[f"batch 1: {name}"] for name in alone} == alone
    assert told["batch 2: bank reference"] == "YSH25LC000818"
    assert told["batch 2: applicant"] == "nobody"
    assert len(told) == 2 * len(alone)


def test_packed_words_that_are_no_credit_are_shown_as_they_are() -> None:
    # The sixth kind of availability, which there is not.
    odd = replace(packed(ISSUANCE), numbers=6 << 228)
    told = dict(words(instruction("issue credits in a batch", ([odd],))).arguments)
    assert told["batch 1: numbers"] == f"0x{6 << 228:064x}"


def test_the_amount_of_cash_is_in_the_currency_of_its_contract() -> None:
    given = instruction("redeem cash", (500, b"R".ljust(32, b"\0")))
    assert dict(words(given, f"{CASH}-CNY").frame)["amount"] == "CNY 5.00"
    assert dict(words(given, f"{CASH}-JPY").frame)["amount"] == "JPY 500"
    assert words_of(given) == "redeem cash, 500 minor units"
    # A currency that no list has leaves the bare number.
    odd = replace(instruction("issue a credit", (ISSUANCE,)), currency=999)
    assert dict(words(odd).frame)["amount"] == "128,000,000 minor units"


def test_an_unknown_contract_is_doubted_and_its_call_read_all_the_same() -> None:
    given = instruction("issue a credit", (ISSUANCE,))
    said = instruction_words(given, {}, DESK_AT, WORDING)
    assert dict(said.frame)["calls"] == f"an unknown contract ({TARGET})"
    assert dict(said.arguments)["bank reference"] == "YSH25LC000817"
    assert said.doubts == (f"{TARGET} is no contract of this alliance.",)


def test_a_call_under_false_words_is_doubted() -> None:
    given = replace(instruction("freeze a key", (MAKER,)), action="thaw a key")
    assert words(given, "AllianceRegistry").doubts == (
        (
            "'thaw a key' is thawKey of AllianceRegistry, and this calls freezeKey of "
            "AllianceRegistry."
        ),
    )


@pytest.mark.parametrize("change", [{"amount": 127_999_999}, {"currency": 840}, {"amount": 0}])
def test_an_amount_that_the_call_does_not_say_is_doubted(change: dict[str, object]) -> None:
    given = instruction("issue a credit", (ISSUANCE,), **change)
    assert words(given).doubts == (
        "The amount or the currency stated is not the one that the call says.",
    )


def test_words_of_the_members_own_are_doubted() -> None:
    given = instruction("freeze a key", (MAKER,), action="lock the vault")
    assert words(given, "AllianceRegistry").doubts == (
        (
            "'lock the vault' are words of this member's own: read the function and the arguments, "
            "not the words."
        ),
    )


@pytest.mark.parametrize("call", ["0x01020304", hexadecimal(encode_call(CASH, "mint", (1, 2, ID)))])
def test_a_call_that_the_contract_does_not_have_shows_its_digits(call: str) -> None:
    said = words(instruction("issue a credit", (ISSUANCE,), call=call))
    assert ("data", call) in said.frame
    assert said.arguments == ()
    assert said.doubts == ("What is called cannot be read: only its digits can be compared.",)


def test_a_schedule_is_told_in_full() -> None:
    schedule = Schedule(
        (
            Slice(30, Availability.SIGHT_PAYMENT, 0, MaturityFrom.NONE),
            Slice(70, Availability.DEFERRED_PAYMENT, 60, MaturityFrom.SHIPMENT),
        ),
        (),
        Renewal.BY_TIME,
        11,
        30,
        date(2025, 9, 1),
        1_000_000,
    )
    given = instruction("issue a credit with a schedule", (ISSUANCE, schedule))
    said = words(given)
    assert said.doubts == ()
    assert said.arguments[-14:] == (
        ("slices 1: weight", "30"),
        ("slices 1: availability", "sight payment"),
        ("slices 1: tenor", "0"),
        ("slices 1: tenor from", "nothing"),
        ("slices 2: weight", "70"),
        ("slices 2: availability", "deferred payment"),
        ("slices 2: tenor", "60"),
        ("slices 2: tenor from", "shipment"),
        ("instalments", "none"),
        ("renewal", "by time"),
        ("times", "11"),
        ("period", "30"),
        ("start", "2025-09-01"),
        ("advance limit", "CNY 10,000.00"),
    )
    assert words_of(given) == "issue a credit with a schedule, CNY 1,280,000.00"


def test_instalments_are_told_one_by_one() -> None:
    rows = (
        Instalment(500, date(2025, 9, 1), date(2025, 9, 30)),
        Instalment(600, date(2025, 10, 1), date(2025, 10, 31)),
    )
    said = words(instruction("propose instalments", (ID, 2, rows)), "CreditSchedules")
    assert said.arguments == (
        ("credit id", ID),
        ("amendment", "2"),
        ("instalments 1: amount", "500 minor units"),
        ("instalments 1: first", "2025-09-01"),
        ("instalments 1: last", "2025-09-30"),
        ("instalments 2: amount", "600 minor units"),
        ("instalments 2: first", "2025-10-01"),
        ("instalments 2: last", "2025-10-31"),
    )


def test_documents_are_told_commitment_by_commitment() -> None:
    proof = (1, [ID, ID])
    said = words(
        instruction("revoke one document of a batch", (ID, ID, proof, 2)), "DocumentRegistry"
    )
    digits = ID if isinstance(ID, str) else "0x" + ID.hex()
    assert said.arguments == (
        ("root", digits),
        ("document", digits),
        ("sides", "1"),
        ("partners 1", digits),
        ("partners 2", digits),
        ("reason", "2"),
    )
    given = (ID, 1, 3, 0, 1_000)
    said = words(instruction("register a document", (given,)), "DocumentRegistry")
    assert said.arguments == (
        ("root", digits),
        ("kind", "1"),
        ("schema", "3"),
        ("expires", "none"),
        ("size", "1000"),
    )
    said = words(instruction("register documents in a batch", ([ID], 1, 3, 0)), "DocumentRegistry")
    assert said.arguments == (
        ("roots 1", digits),
        ("kind", "1"),
        ("schema", "3"),
        ("expires", "none"),
    )
    declared = (4, 1_000, 156, 4_000_000_000, ID)
    said = words(instruction("attest a customs declaration", (ID, declared)), "CustomsDeclarations")
    assert [name for name, _ in said.arguments] == [
        *("key", "exporter", "cap", "currency", "valid until", "document")
    ]
    said = words(instruction("grant access to a document", (ID, ID, [3, 4])), "DocumentGrants")
    assert said.arguments == (
        ("content", digits),
        ("document", digits),
        ("readers 1", "member 3"),
        ("readers 2", "member 4"),
    )


def test_titles_are_told_with_whom_they_go_to() -> None:
    digits = ID if isinstance(ID, str) else "0x" + ID.hex()
    given = (ID, ID, MAKER, MAKER, 1, ID)
    said = words(instruction("issue a title", (given,)), "TitleRegistry")
    assert said.arguments == (
        ("transport reference", digits),
        ("document", digits),
        ("holder", f"lake-maker ({MAKER})"),
        ("beneficiary", f"lake-maker ({MAKER})"),
        ("form", "to order"),
        ("remark", digits),
    )
    order = (9, MAKER, MAKER, 2, 4, ID)
    said = words(instruction("act on titles in a batch", ([ID], order)), "TitleRegistry")
    assert said.arguments == (
        ("titles 1", digits),
        ("act", "surrender"),
        ("to", f"lake-maker ({MAKER})"),
        ("holder", f"lake-maker ({MAKER})"),
        ("form", "straight"),
        ("purpose", "switch"),
        ("remark", digits),
    )
    said = words(instruction("endorse a title", (ID, MAKER, 3, ID)), "TitleRegistry")
    assert said.arguments == (
        ("title", digits),
        ("to", f"lake-maker ({MAKER})"),
        ("form", "blank"),
        ("remark", digits),
    )


def test_deliveries_are_told_with_what_is_given_for_them() -> None:
    digits = ID if isinstance(ID, str) else "0x" + ID.hex()
    key = (3, 4, ID, 7, [ID])
    told_of_key = (
        ("bank", "member 3"),
        ("applicant", "member 4"),
        ("source", digits),
        ("number", "7"),
        ("titles 1", digits),
    )
    given = instruction("offer titles for delivery", (key, (128_000_000, 156, 1, 10**9, 10**9)))
    assert (given.currency, given.amount) == (156, 128_000_000)
    said = words(given, "TitleDeliveries")
    assert said.arguments == (
        *told_of_key,
        ("amount", "CNY 1,280,000.00"),
        ("currency", "CNY"),
        ("basis", "trust receipt"),
        ("take by", "2001-09-09 at 01:46:40 UTC"),
        ("due", "2001-09-09 at 01:46:40 UTC"),
    )
    said = words(
        instruction("take titles against a trust receipt", (key, MAKER, ID)), "TitleDeliveries"
    )
    assert said.arguments == (
        *told_of_key,
        ("account", f"lake-maker ({MAKER})"),
        ("receipt", digits),
    )


def test_titles_under_a_credit_are_told_with_their_documents() -> None:
    digits = ID if isinstance(ID, str) else "0x" + ID.hex()
    key = (ID, 4, 10, 1)
    lodging = (key, 128_000_000, 20_000, False, ID)
    plain = words(instruction("lodge documents", (lodging,)), "Presentations").arguments
    given = instruction("lodge documents with titles", (lodging, [ID]))
    assert words(given, "TitleRegistry").arguments == (*plain, ("titles 1", digits))
    given = instruction("pay an obligation against its titles", (ID, [ID]))
    said = (("obligation id", digits), ("titles 1", digits))
    assert words(given, "TitleRegistry").arguments == said
    found = words(instruction("find documents complying", (key,)), "Presentations").arguments
    for name in ("find documents with titles complying", "present titles with lodged documents"):
        told = words(instruction(name, (key, [ID])), "TitleCustody").arguments
        assert told == (*found, ("titles 1", digits))


@pytest.mark.parametrize("name", sorted(DESK_ACTIONS))
def test_no_argument_of_any_action_is_left_out(name: str) -> None:
    """Whatever is not zero in the call is told somewhere."""
    action = DESK_ACTIONS[name]
    inputs = inputs_of(action.contract, action.function)
    if any(item["type"].startswith("tuple") for item in inputs):
        # The structs have tests of their own above; Lodging is told field by field as they are.
        assert action.function in {
            *("issue", "lodge", "findComplying", "refuse", "claimPrecluded"),
            *("propose", "execute", "setPolicy", "issueBatch", "preAdvise", "issuePreAdvised"),
            *("amend", "findComplyingWith", "acceptDiscrepancies", "askForWaiver"),
            *("askForAuthority", "instruct", "recordReturn", "forward"),
            *("requestTransfer", "passAmendment", "demandSubstitution", "substitute"),
            *("takeUpSubstitution", "claimDifference", "recordFailure", "sendOn"),
            *("issueScheduled", "proposeInstalments"),
            *("presentUnpaid", "nameAmendments", "acceptOutOfHours"),
            *("authorise", "amendAuthorisation", "undertake", "agreeToAmendment", "claim"),
            *("releaseToApplicant", "stateBreach", "findInBreach", "openPresentation"),
            *("addRecord", "completePresentation", "reportCorruption", "replaceRecord"),
            *("disposeRecords", "register", "supersede", "revokeLeaf", "declare"),
            *("returnFromPaper", "instruct", "offer", "withdraw", "take", "takeOnTrust"),
            *("release", "pay", "attestPayment", "presentDocuments", "attach", "giveBack"),
        }
        return
    values = {
        "address": MAKER,
        "bool": True,
        "bytes": b"\1",
        "bytes4": b"\1" * 4,
        "bytes32[]": [ID],
        "uint32[]": [3],
    }
    arguments = [
        values.get(item["type"], b"\1" * 32)
        if item["type"] in values or "bytes" in item["type"]
        else 3
        for item in inputs
    ]
    said = words(instruction(name, arguments), action.contract)
    assert len(said.arguments) == len(inputs)
    assert all(text not in ("", "0", "none", "no", "nobody") for _, text in said.arguments)
    assert said.doubts == ()
