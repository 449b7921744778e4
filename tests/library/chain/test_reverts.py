# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pickle
import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from chain_samples import SAMPLE_ADDRESS as ACCOUNT
from chain_samples import sample
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from web3.exceptions import (
    ContractCustomError,
    ContractLogicError,
    ContractPanicError,
    TimeExhausted,
    Web3RPCError,
)

from yangshan.chain import reverts
from yangshan.chain.enums import (
    Action,
    Disposal,
    Hands,
    MemberKind,
    MemberStatus,
    PresentationFlag,
    PresentationState,
    PresenterInstruction,
    ProposalState,
    Role,
)
from yangshan.chain.records import Policy
from yangshan.chain.reverts import ContractError, custom_errors, decode_revert, from_web3
from yangshan.chain.suite import Suite
from yangshan.chain.values import slots
from yangshan.chain.wording import Wording
from yangshan.errors import Refused
from yangshan.money import Currency

ID = b"\xab" * 32
DEADLINE = 1_760_346_000  # 2025-10-13T09:00:00Z, 17:00 in Shanghai


def data_of(signature: str, *values: object) -> bytes:
    """The data of a revert, made from the signature alone."""
    inner = signature[signature.index("(") + 1 : -1]
    types = inner.split(",") if inner else []
    return keccak(text=signature)[:4] + encode(types, values)


def tuple_data_of(signature: str, values: tuple[object, ...]) -> bytes:
    """The same for an error whose one argument is a struct."""
    kind = signature[signature.index("(") + 1 : -1]
    return keccak(text=signature)[:4] + encode([kind], [values])


PASSED = data_of("DeadlinePassed(bytes32,uint40,uint256)", ID, DEADLINE, DEADLINE + 1)


def test_a_deadline_that_has_passed() -> None:
    error = decode_revert(PASSED)
    assert type(error) is reverts.DeadlinePassed
    assert error.presentation_id == "0x" + "ab" * 32
    assert error.deadline == datetime(2025, 10, 13, 9, tzinfo=UTC)
    assert error.time == datetime(2025, 10, 13, 9, 0, 1, tzinfo=UTC)
    assert error.article == "UCP 600 art. 16(d), (f)"
    assert error.exit_code == 1
    assert str(error) == (
        "The examination time ended on 2025-10-13 at 09:00 UTC (close of the fifth banking day); "
        "documents can no longer be refused or found complying (UCP 600 art. 16(d), (f))."
    )


def test_a_sentence_in_the_words_of_its_reader() -> None:
    data = data_of("Overdrawn(bytes32,uint64,uint64)", ID, 130_000_000, 128_000_000)
    wording = Wording(
        credits={"0x" + "ab" * 32: "LC-2025-0917"},
        currency=Currency.of("CNY"),
        zone=ZoneInfo("Asia/Shanghai"),
    )
    assert decode_revert(data).explain(wording) == (
        "The demand of CNY 1,300,000.00 exceeds the CNY 1,280,000.00 still to be drawn under "
        "credit LC-2025-0917 (UCP 600 art. 18(b), 30)."
    )
    assert str(decode_revert(data)) == (
        "The demand of 130,000,000 minor units exceeds the 128,000,000 minor units still to be "
        "drawn under credit 0xabababab… (UCP 600 art. 18(b), 30)."
    )
    assert "2025-10-13 at 17:00 UTC+08:00" in decode_revert(PASSED).explain(wording)


@pytest.mark.parametrize(
    ("data", "kind", "fields", "sentence"),
    [
        (
            data_of("MissingRole(address,uint32,uint128)", ACCOUNT, 4, 16),
            reverts.MissingRole,
            {"account": ACCOUNT, "member_id": 4, "role": Role.EXAMINE},
            f"Account {ACCOUNT} may not do this for member 4: its key lacks the role EXAMINE.",
        ),
        (
            data_of("MissingReference()"),
            reverts.MissingReference,
            {},
            "The credit has no reference; field 20 has to give one of up to 16 characters.",
        ),
        (
            data_of("CannotComply(bytes32,uint8)", ID, 3),
            reverts.CannotComply,
            {"flags": PresentationFlag.LATE | PresentationFlag.OVERDRAWN},
            (
                "Presentation 0xabababab… cannot be found complying: it is late and overdrawn "
                "(UCP 600 art. 6(e), 14(c), 29(a); UCP 600 art. 18(b), 30)."
            ),
        ),
        (
            data_of("NotPrecluded(bytes32,uint40,uint256)", ID, 0, DEADLINE),
            reverts.NotPrecluded,
            {"deadline": None},
            (
                "The bank is not precluded: its banking calendar is not published far enough, so "
                "that the close of the fifth banking day is not known yet "
                "(UCP 600 art. 16(d), (f))."
            ),
        ),
        (
            data_of("NotPrecluded(bytes32,uint40,uint256)", ID, DEADLINE, DEADLINE),
            reverts.NotPrecluded,
            {"deadline": datetime(2025, 10, 13, 9, tzinfo=UTC)},
            (
                "The bank is not precluded: it may refuse or find complying until 2025-10-13 at "
                "09:00 UTC (close of the fifth banking day), and it is 2025-10-13 at 09:00 UTC "
                "(UCP 600 art. 16(d), (f))."
            ),
        ),
        (
            data_of("WrongPresentationState(bytes32,uint8,uint8)", ID, 3, 1),
            reverts.WrongPresentationState,
            {"actual": PresentationState.REFUSED, "expected": PresentationState.LODGED},
            (
                "Presentation 0xabababab… is refused; for this it would have to be lodged "
                "(UCP 600 art. 15, 16(c), (d))."
            ),
        ),
        (
            data_of("WaiverNotOpen(bytes32,uint8)", ID, 1),
            reverts.WaiverNotOpen,
            {"disposal": Disposal.HOLD},
            (
                "The documents of presentation 0xabababab… were refused with the disposal hold and "
                "may not be taken up: they go back, or the presenter has to let the bank "
                "(UCP 600 art. 16(c)(iii))."
            ),
        ),
        (
            data_of("InstructionNotOpen(bytes32,uint8,uint8)", ID, 2, 1),
            reverts.InstructionNotOpen,
            {
                "instruction": PresenterInstruction.TAKE_UP,
                "state": PresentationState.LODGED,
            },
            (
                "The presenter cannot give the instruction take up while presentation "
                "0xabababab… is lodged (UCP 600 art. 16(c)(iii))."
            ),
        ),
        (
            data_of("NotMatured(bytes32,uint40,uint256)", ID, 1_760_313_600, DEADLINE),
            reverts.NotMatured,
            {"maturity": datetime(2025, 10, 13, tzinfo=UTC)},
            (
                "Obligation 0xabababab… matures on 2025-10-13, and it is 2025-10-13 at 09:00 UTC; "
                "before that day it is prepaid by agreement or not at all "
                "(UCP 600 art. 7(a), 8(a))."
            ),
        ),
        (
            data_of("WrongProposalState(bytes32,uint8,uint8)", ID, 0, 1),
            reverts.WrongProposalState,
            {},
            "Proposal 0xabababab… is not on record; it has to be proposed first.",
        ),
        (
            data_of("WrongProposalState(bytes32,uint8,uint8)", ID, 6, 0),
            reverts.WrongProposalState,
            {},
            "Proposal 0xabababab… was made before and is executed.",
        ),
        (
            data_of("WrongProposalState(bytes32,uint8,uint8)", ID, 4, 2),
            reverts.WrongProposalState,
            {"actual": ProposalState.LAPSED, "expected": ProposalState.PASSED},
            "Proposal 0xabababab… is lapsed; for this it would have to be passed.",
        ),
        (
            data_of("ExecutionDelayed(bytes32,uint40,uint256)", ID, DEADLINE, DEADLINE - 1),
            reverts.ExecutionDelayed,
            {"executable_from": datetime(2025, 10, 13, 9, tzinfo=UTC)},
            (
                "Proposal 0xabababab… has passed and can be carried out from 2025-10-13 at "
                "09:00 UTC on; it is 2025-10-13 at 08:59:59 UTC."
            ),
        ),
        (
            data_of("BadMotion(uint8,uint256,uint256)", 5, 0b1, 0b11),
            reverts.BadMotion,
            {"action": Action.RENEW_MEMBER, "given": 1, "needed": 3},
            (
                "The motion to renew member gives a member; exactly a member and a time was "
                "expected."
            ),
        ),
        (
            data_of("BadMotion(uint8,uint256,uint256)", 13, 0b1000000, 0),
            reverts.BadMotion,
            {"action": Action.RESUME_NEW_BUSINESS},
            ("The motion to resume new business gives an admission; exactly nothing was expected."),
        ),
        (
            data_of("BadMotion(uint8,uint256,uint256)", 0, 0, 0),
            reverts.BadMotion,
            {"action": Action.NONE},
            "The motion names nothing that the council could do.",
        ),
        (
            tuple_data_of(
                "BadVotingRules((uint128,uint8,uint32,uint32))",
                (1 << 32 | 2 << 24, 50, 604_800, 3_600),
            ),
            reverts.BadVotingRules,
            {},
            (
                "These rules of voting cannot be: every founder needs a vote, the quorum is 51 to "
                "100 percent, the voting period an hour to 365 days and the delay at most 90 days; "
                "weights central bank 2, bank 1, quorum 50, voting period 7 days, execution delay "
                "1:00:00 was given."
            ),
        ),
        (
            tuple_data_of("BadPolicy((uint8,uint8,uint8,uint64,uint64))", (1, 2, 0, 5, 4)),
            reverts.BadPolicy,
            {"policy": Policy(Hands.TWO, 2, 0, 5, 4)},
            (
                "The policy makes no sense: a closed action has nothing else, an open one a name; "
                "a currency and a limit come each with their place among the arguments; one hand "
                "up to an amount at most the limit, and never for what the desk does to itself "
                "(hands two, amount at 2, currency at 0, alone 5 minor units, limit 4 minor units "
                "was given)."
            ),
        ),
        (
            data_of("NewBusinessClosed(uint32,uint40)", 4, 0),
            reverts.NewBusinessClosed,
            {"member_id": 4, "until": None},
            (
                "Member 4 is suspended or has left, and takes no new business; it may still "
                "finish what it has in flight."
            ),
        ),
        (
            data_of("NewBusinessClosed(uint32,uint40)", 4, DEADLINE),
            reverts.NewBusinessClosed,
            {"until": datetime(2025, 10, 13, 9, tzinfo=UTC)},
            (
                "Member 4 could take new business until 2025-10-13 at 09:00 UTC; it may still "
                "finish what it has in flight."
            ),
        ),
        (
            data_of("WrongMemberStatus(uint32,uint8)", 4, 3),
            reverts.WrongMemberStatus,
            {"actual": MemberStatus.RESIGNED},
            "Member 4 is resigned, and this cannot be done to a member that is.",
        ),
        (
            data_of("RecoveryNotDue(uint32,uint40,uint256)", 4, 0, DEADLINE),
            reverts.RecoveryNotDue,
            {"completable_from": None},
            "Member 4 objected to its recovery, which only a second vote settles.",
        ),
        (
            data_of("RecoveryNotDue(uint32,uint40,uint256)", 4, DEADLINE, DEADLINE - 1),
            reverts.RecoveryNotDue,
            {"completable_from": datetime(2025, 10, 13, 9, tzinfo=UTC)},
            (
                "The recovery of member 4 can be completed from 2025-10-13 at 09:00 UTC on, and it "
                "is 2025-10-13 at 08:59:59 UTC."
            ),
        ),
        (
            data_of("DeskOnlyAlready(uint32,bool)", 4, True),
            reverts.DeskOnlyAlready,
            {"desk_only": True},
            "In member 4 the desks alone find, refuse and pay already.",
        ),
        (
            data_of("DeskOnlyAlready(uint32,bool)", 4, False),
            reverts.DeskOnlyAlready,
            {"desk_only": False},
            "In member 4 other keys than desks may find, refuse and pay already.",
        ),
        (
            data_of("VersionExists(address,uint8)", ACCOUNT, 0),
            reverts.VersionExists,
            {"edition": 0},
            f"Account {ACCOUNT} is registered already.",
        ),
        (
            data_of("VersionExists(address,uint8)", ACCOUNT, 3),
            reverts.VersionExists,
            {"edition": 3},
            f"Account {ACCOUNT} is registered already, as is its edition 3.",
        ),
        (
            data_of("NoHand(address,bool)", ACCOUNT, True),
            reverts.NoHand,
            {"maker": True},
            f"Account {ACCOUNT} is no maker at this desk, or no longer.",
        ),
        (
            data_of("NoHand(address,bool)", ACCOUNT, False),
            reverts.NoHand,
            {"maker": False},
            f"Account {ACCOUNT} is no checker at this desk, or no longer.",
        ),
        (
            data_of("ActionClosed(address,bytes4,uint16)", ACCOUNT, b"\x12\x34\x56\x78", 156),
            reverts.ActionClosed,
            {"selector": "0x12345678", "currency": 156},
            (
                f"The desk has no policy for function 0x12345678 of account {ACCOUNT} in CNY under "
                "this name of the action."
            ),
        ),
        (
            data_of("CalendarNotPublished(uint16,uint16)", 1, 20_454),
            reverts.CalendarNotPublished,
            {"calendar": 1, "day": date(2026, 1, 1)},
            (
                "Banking calendar 1 is not published for 2026-01-01; its keeper has to publish "
                "that day first."
            ),
        ),
        (
            data_of("UnknownDiscrepancies(uint256,uint256)", 1 << 25 | 1 << 3, (1 << 25) - 1),
            reverts.UnknownDiscrepancies,
            {"discrepancies": 1 << 25 | 1 << 3, "known": (1 << 25) - 1},
            (
                "No discrepancy is called bit 25; OTHER to X24 were expected "
                "(UCP 600 art. 16(c)(ii))."
            ),
        ),
        (
            data_of(
                "IncompleteAdmission(address,address,uint8,uint16)", ACCOUNT, "0x" + "00" * 20, 4, 0
            ),
            reverts.IncompleteAdmission,
            {"administrator": ACCOUNT, "kind": MemberKind.BANK, "calendar": 0},
            (
                f"The admission is incomplete: it needs an administrator (account {ACCOUNT} was "
                f"given), a treasury (account 0x{'00' * 20} was given), a kind (bank was given) "
                "and, for a bank, the number of its banking calendar (0 was given)."
            ),
        ),
        (
            data_of("ReferenceUsed(bytes32)", b"TT-77".ljust(32, b"\0")),
            reverts.ReferenceUsed,
            {"outside_reference": "TT-77"},
            (
                "The payment reference TT-77 was used before, and its money is on record; a new "
                "reference was expected."
            ),
        ),
        (
            data_of("ReferenceUsed(bytes32)", bytes(32)),
            reverts.ReferenceUsed,
            {"outside_reference": ""},
            "The payment has no reference; the issuer's reference of it was expected.",
        ),
        (
            data_of("ERC20InsufficientBalance(address,uint256,uint256)", ACCOUNT, 5, 1_000),
            reverts.ERC20InsufficientBalance,
            {"sender": ACCOUNT, "balance": 5, "needed": 1_000},
            f"Account {ACCOUNT} has 5 minor units of cash and needs 1,000 minor units.",
        ),
        (
            data_of("BadCurrency(uint16)", 998),
            reverts.BadCurrency,
            {"currency": 998},
            "Currency 998 is not a currency of ISO 4217.",
        ),
        (
            data_of("Error(string)", "no {braces}"),
            reverts.RevertedWithText,
            {"reason": "no {braces}"},
            "The contract refused with the text: no {braces}.",
        ),
        (
            data_of("Panic(uint256)", 0x11),
            reverts.Panicked,
            {"code": 0x11},
            "The contract stopped at a fault (0x11: a number grew out of its range).",
        ),
        (
            b"",
            reverts.UnknownRevert,
            {"data": "0x"},
            "The contract refused and gave no reason.",
        ),
        (
            b"\x12\x34\x56\x78\x00",
            reverts.UnknownRevert,
            {"data": "0x1234567800"},
            "The contract refused for a reason that this version does not know: 0x1234567800.",
        ),
    ],
)
def test_errors_are_typed_and_told(
    data: bytes, kind: type[ContractError], fields: dict[str, object], sentence: str
) -> None:
    error = decode_revert(data)
    assert type(error) is kind
    assert {name: getattr(error, name) for name in fields} == fields
    assert str(error) == sentence


@pytest.mark.parametrize(
    "data",
    [
        PASSED[:-1],
        PASSED[:4],
        # A state that this version's list does not have, a boolean-like number out of range,
        # a time beyond every calendar.
        data_of("WrongPresentationState(bytes32,uint8,uint8)", ID, 99, 1),
        data_of("DeadlinePassed(bytes32,uint40,uint256)", ID, 1, 2**255),
        keccak(text="Error(string)")[:4] + b"\xff" * 64,
        keccak(text="Panic(uint256)")[:4],
    ],
)
def test_data_that_breaks_its_type_is_shown_as_it_came(data: bytes) -> None:
    error = decode_revert(data)
    assert type(error) is reverts.UnknownRevert
    assert error.data == "0x" + data.hex()


@pytest.mark.parametrize("kind", custom_errors(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("seed", [0, 1])
def test_every_error_is_decoded_and_says_a_whole_sentence(
    kind: type[ContractError], seed: int
) -> None:
    (entry,) = (entry for entry in Suite.load().errors if entry["name"] == kind.__name__)
    types = [slot.codec.solidity for slot in slots(kind)]
    values = [sample(each, seed) for each in types]
    assert len(types) == len(entry["inputs"])
    selector = keccak(text=f"{kind.__name__}({','.join(types)})")[:4]
    error = decode_revert(selector + encode(types, values))
    if kind is reverts.UnknownDiscrepancies:
        error = kind(discrepancies=1 << 30, known=(1 << 25) - 1)
    assert type(error) is kind
    assert isinstance(error, Refused)
    sentence = str(error)
    assert re.fullmatch(r"[A-Z0][^{}]{20,}\.", sentence), sentence
    assert ".." not in sentence
    if kind.article is not None:
        assert re.fullmatch(r"(UCP 600|URR 725) art\. \d.*|eUCP 2\.1 art\. e\d.*", kind.article)
    if kind.article is not None and kind is not reverts.CannotComply:
        assert sentence.endswith(f"({kind.article}).")


@pytest.mark.parametrize("kind", custom_errors(), ids=lambda kind: kind.__name__)
def test_a_sentence_uses_only_fields_that_the_error_has(kind: type[ContractError]) -> None:
    named = set(re.findall(r"\{(\w+)\}", getattr(kind, "text", "")))
    assert named <= {slot.name for slot in slots(kind)}


def test_an_error_survives_a_process_boundary_and_a_set() -> None:
    error = decode_revert(PASSED)
    assert len({error, error}) == 1
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is reverts.DeadlinePassed
    assert str(copy) == str(error)


HEX = "0x" + PASSED.hex()


@pytest.mark.parametrize(
    "error",
    [
        # As Anvil and go-ethereum give it, on eth_call and eth_estimateGas.
        ContractCustomError(HEX, data=HEX),
        # As Ganache gives it on eth_estimateGas and on sending: inside the error's result.
        ContractLogicError(
            "execution reverted: VM Exception while processing transaction: revert",
            data={"hash": None, "programCounter": 401, "result": HEX, "message": "revert"},
        ),
        ContractLogicError("execution reverted", data="Reverted " + HEX),
        # A text at which web3.py does not look further.
        Web3RPCError(
            "VM Exception", rpc_response={"error": {"code": -32000, "data": {"result": HEX}}}
        ),
    ],
)
def test_the_forms_in_which_nodes_give_a_revert(error: Exception) -> None:
    found = from_web3(error)
    assert type(found) is reverts.DeadlinePassed
    assert found.deadline == datetime(2025, 10, 13, 9, tzinfo=UTC)


def test_a_panic_and_a_refusal_without_data() -> None:
    panic = "0x" + data_of("Panic(uint256)", 0x12).hex()
    found = from_web3(ContractPanicError("Panic error 0x12", data=panic))
    assert type(found) is reverts.Panicked
    assert found.code == 0x12
    bare = from_web3(ContractLogicError("execution reverted"))
    assert type(bare) is reverts.UnknownRevert
    assert bare.data == "0x"


@pytest.mark.parametrize(
    "error",
    [
        TimeExhausted("late"),
        ValueError("no"),
        Web3RPCError("nonce too low", rpc_response={"error": {"code": -32003, "message": "n"}}),
        Web3RPCError("broken"),
    ],
)
def test_what_no_contract_said_is_no_contract_error(error: Exception) -> None:
    assert from_web3(error) is None


def test_a_typed_error_stays_what_it_is() -> None:
    error = decode_revert(PASSED)
    assert from_web3(error) is error
