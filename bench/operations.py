# SPDX-License-Identifier: Apache-2.0
"""What is measured: receipts' gas on Anvil in a steady state, from fixed inputs, in one order.

Steady means as in a running system: balances, counters and nonces are not zero before and after,
each kind of record has been made before, and the days that a lodging needs lie in one span.
Accounts, instants, salts and the order of the transactions are fixed, so that a figure changes
only with the contracts, the compiler or the node.
"""

from __future__ import annotations

import itertools
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from eth_account import Account
from eth_utils import keccak, to_checksum_address
from titles import deliveries, titles, token_registry
from web3 import Web3

from yangshan.alliance.calendar_words import SPAN_DAYS, CalendarWord
from yangshan.alliance.desk_actions import DESK_ACTIONS
from yangshan.alliance.desk_messages import DeskDomain, signature_of
from yangshan.chain import records
from yangshan.chain.credit_words import packed
from yangshan.chain.enums import Action, Hands, ProposalState, TitleForm
from yangshan.chain.nodes import start_node
from yangshan.chain.records import Instruction, Motion, Policy
from yangshan.chain.signers import Signer
from yangshan.chain.suite import Suite
from yangshan.deployment.plan import (
    NO_END,
    Admission,
    CashParameters,
    Parameters,
    VotingRules,
    cash_name,
    plan,
)
from yangshan.documents.leaves import Proof, batch_leaf
from yangshan.money import Currency

ROOT: Final = Path(__file__).resolve().parent.parent
PROBES: Final = "tests/proofs/RoleCheckProbes.sol"

START: Final = datetime(2025, 9, 1, tzinfo=UTC)
DAY: Final = 86_400
FAR: Final = int(datetime(2035, 1, 1, tzinfo=UTC).timestamp())
CNY: Final = Currency.of("CNY")
AMOUNT: Final = 128_000_000
# Place of the switches among the terms, that of eUCP 2.1, and a format of records.
SWITCHES: Final = -2
EUCP: Final = 1 << 3
PDF: Final = 2

# Members by number: each has an administrator, a treasury and a desk.
CENTRAL, ISSUING, ADVISING, SECOND, NOMINATED, CONFIRMING, REIMBURSING = range(1, 8)
APPLICANT, BENEFICIARY = 8, 9
BANKS: Final = range(CENTRAL, REIMBURSING + 1)
MEMBERS: Final = 9
# Kinds, as the enum MemberKind has them.
AUTHORITY, CENTRAL_BANK, BANK, TRADER, CARRIER = 1, 3, 4, 5, 6
# One vote each: five of the nine founders decide, six where it is grave.
RULES: Final = VotingRules(
    weights=((CENTRAL_BANK, 1), (BANK, 1), (TRADER, 1)),
    quorum=51,
    voting_period=30 * DAY,
    execution_delay=2 * DAY,
)
# Those whose desks stay as they are, in the order in which they vote.
VOTERS: Final = (CENTRAL, ISSUING, NOMINATED, CONFIRMING, REIMBURSING, APPLICANT, BENEFICIARY)

# As the library Roles has them: all but ADMINISTER, COURT and CARRY, and what only banks may.
ALL_ROLES: Final = (1 << 12) - 2 | 1 << 13
ADMINISTER: Final = 1 << 0
BANKING_ROLES: Final = 1 << 1 | 1 << 2 | 1 << 4
COURT: Final = 1 << 12
CARRY: Final = 1 << 14

# Enough for the largest batch.
LIMIT: Final = 12_000_000
BATCH: Final = 100
MILLION: Final = 10**6

# The parts of `credit.sight_life`.
LIFE: Final = ("credit.issue", "credit.advise", "credit.lodge", "credit.find", "credit.pay")

# The same through desks, and who has one.
DESK_LIFE: Final = {
    "issue a credit": "LetterOfCredit.issue",
    "advise a credit": "LetterOfCredit.advise",
    "lodge documents": "Presentations.lodge",
    "find documents complying": "Presentations.findComplying",
    "pay an obligation": "PaymentObligations.pay",
}
WITH_DESKS: Final = (ISSUING, ADVISING, BENEFICIARY)

# Credit, examining bank, presenter, and the presenter's own count.
Key = tuple[bytes, int, int, int]


def salt(text: str) -> bytes:
    return bytes(keccak(text=text))


@dataclass
class Bench:
    """A node of its own with the alliance deployed, and the gas of what was measured."""

    web3: Web3
    contracts: dict[str, Any] = field(default_factory=dict)
    gas: dict[str, int] = field(default_factory=dict)

    def account(self, member: int, place: int) -> str:
        """0 the administrator, 1 the treasury, 2 the desk."""
        return self.web3.eth.accounts[3 * member - 2 + place]

    def desk(self, member: int) -> str:
        return self.account(member, 2)

    def act(self, member: int, function: str, *args: Any, measure: str | None = None) -> None:
        """A call of a member by its own key."""
        self.send(self.desk(member), function, *args, measure=measure)

    def send(self, sender: str, function: str, *args: Any, measure: str | None = None) -> None:
        """Calls ``Contract.function``; its receipt's gas is kept under ``measure``."""
        name, _, method = function.partition(".")
        call = self.contracts[name].functions[method](*args)
        used = self.receipt(call.transact({"from": sender, "gas": LIMIT, "gasPrice": 0}))
        if measure is not None:
            assert measure not in self.gas, measure
            self.gas[measure] = used["gasUsed"]

    def view(self, function: str, *args: Any) -> Any:
        """The answer of ``Contract.function``."""
        name, _, method = function.partition(".")
        return self.contracts[name].functions[method](*args).call()

    def receipt(self, transaction: Any) -> Any:
        found = self.web3.eth.wait_for_transaction_receipt(transaction, 30, poll_latency=0.005)
        assert found["status"] == 1, transaction.hex()
        return found

    def deploy(self, name: str, abi: Any, code: bytes, arguments: tuple[Any, ...]) -> str:
        made = self.web3.eth.contract(abi=abi, bytecode=code).constructor(*arguments)
        deployer = self.web3.eth.accounts[0]
        sent = made.transact({"from": deployer, "gas": 12_000_000, "gasPrice": 0})
        address: str = self.receipt(sent)["contractAddress"]
        self.contracts[name] = self.web3.eth.contract(address=address, abi=abi)
        return address

    def later(self, instant: datetime) -> None:
        """The next block carries this instant; those after it a second more each."""
        self.rpc("evm_setNextBlockTimestamp", int(instant.timestamp()))

    def rpc(self, method: str, *parameters: Any) -> None:
        answer = self.web3.provider.make_request(method, parameters)
        assert "error" not in answer, answer


def measured() -> dict[str, int]:
    """The gas of every operation, by name in the order of the alphabet."""
    with start_node("anvil", start=START, accounts=3 * MEMBERS + 10) as node:
        web3 = Web3(Web3.HTTPProvider(node.url, request_kwargs={"timeout": 30}))
        bench = Bench(web3)
        bench.rpc("anvil_setBlockTimestampInterval", 1)
        found_alliance(bench)
        calendar_and_keys(bench)
        cash(bench)
        credits_of_all_ends(bench)
        acts_of_banks(bench)
        letters(bench)
        schedules(bench)
        batches(bench)
        desks(bench)
        reimbursements(bench)
        admissions(bench)
        rotations(bench)
        electronic(bench)
        suspensions(bench)
        courts(bench)
        transfers(bench)
        documents(bench)
        document_store(bench)
        titles_and_peer(bench)
        role_check(bench)
    bench.gas["credit.sight_life"] = sum(bench.gas[name] for name in LIFE)
    return dict(sorted(bench.gas.items()))


def found_alliance(bench: Bench) -> None:
    founders = tuple(
        Admission(
            treasury=bench.account(member, 1),
            administrator=bench.account(member, 0),
            valid_until=NO_END,
            calendar=1 if member in BANKS else 0,
            country=b"CN",
            kind=CENTRAL_BANK if member == CENTRAL else BANK if member in BANKS else TRADER,
            identity=salt(f"identity of {member}"),
        )
        for member in range(1, MEMBERS + 1)
    )
    parameters = Parameters(founders, RULES, CENTRAL, (CashParameters(CNY, CENTRAL),))
    suite = Suite.load()
    for step in plan(parameters, bench.web3.eth.accounts[0], 0):
        artifact = suite.artifact(step.contract)
        name = "Cash" if step.name == cash_name(CNY) else step.name
        address = bench.deploy(name, artifact.abi, artifact.bytecode, step.arguments)
        assert address == step.address, step.name


def calendar_and_keys(bench: Bench) -> None:
    for member in range(1, MEMBERS + 1):
        roles = ALL_ROLES if member in BANKS else ALL_ROLES & ~BANKING_ROLES
        last = member == MEMBERS
        bench.send(
            bench.account(member, 0),
            "AllianceRegistry.setKey",
            bench.desk(member),
            roles,
            NO_END,
            # A further key of a member that has others.
            measure="alliance.set_key" if last else None,
        )
    keeper = bench.desk(CENTRAL)
    bench.send(keeper, "BankingCalendar.open", 1, b"CNSHA".ljust(32, b"\0"))
    first = int(START.timestamp()) // DAY // SPAN_DAYS - 1
    for span in range(first, first + 3):
        measure = "calendar.publish" if span == first + 1 else None
        bench.send(keeper, "BankingCalendar.publish", 1, span, weekdays(span), measure=measure)


def weekdays(span: int) -> int:
    """A span in which every day from Monday to Friday is a banking day, from 9:00 to 17:00."""
    # 1970-01-01, day 0, was a Thursday.
    open_days = sum(1 << i for i in range(SPAN_DAYS) if (span * SPAN_DAYS + i + 3) % 7 < 5)
    return CalendarWord(
        open_days=open_days,
        known=SPAN_DAYS,
        opens=9 * 60,
        closes=17 * 60,
        offset=32,
        summer=32,
        change1=SPAN_DAYS,
        change2=SPAN_DAYS,
    ).pack()


def cash(bench: Bench) -> None:
    minter = bench.desk(CENTRAL)
    for member in (ISSUING, BENEFICIARY):
        bench.send(minter, "Cash.mint", member, 10**12, salt(f"opening {member}"))
    bench.send(minter, "Cash.mint", ISSUING, 10**9, salt("mint"), measure="cash.mint")
    treasury = bench.account(ISSUING, 1)
    to = bench.account(BENEFICIARY, 1)
    bench.send(treasury, "Cash.transfer", to, 10**8)
    bench.send(treasury, "Cash.transfer", to, 10**8, measure="cash.transfer")


def credits_of_all_ends(bench: Bench) -> None:
    """A whole life unmeasured, one measured, one refused, one precluded and claimed."""
    life(bench, "YSH2025LC0000001", datetime(2025, 9, 2, 2, tzinfo=UTC), measure=False)
    life(bench, "YSH2025LC0000002", datetime(2025, 9, 3, 2, tzinfo=UTC), measure=True)

    key = lodged(bench, "YSH2025LC0000003", datetime(2025, 9, 4, 2, tzinfo=UTC))
    discrepancies, hold = 1 << 8 | 1 << 14, 1
    bench.send(
        bench.desk(ISSUING),
        "Presentations.refuse",
        key,
        discrepancies,
        hold,
        salt("notice"),
        measure="credit.refuse",
    )

    key = lodged(bench, "YSH2025LC0000004", datetime(2025, 9, 5, 2, tzinfo=UTC))
    bench.later(datetime(2025, 9, 15, 2, tzinfo=UTC))
    claim = "Presentations.claimPrecluded"
    bench.send(bench.desk(BENEFICIARY), claim, key, measure="credit.claim")


def life(
    bench: Bench,
    reference: str,
    begins: datetime,
    *,
    measure: bool,
    by: Callable[..., None] | None = None,
) -> None:
    """From issue to payment; ``by`` sends a member's call, by its own key if there is none."""
    send = by or bench.act
    key = lodged(bench, reference, begins, measure=measure, by=send)
    names = iter(LIFE[3:] if measure else (None, None))
    send(ISSUING, "Presentations.findComplying", key, measure=next(names))
    obligation = owed_on(bench, key, ISSUING, BENEFICIARY)
    send(ISSUING, "PaymentObligations.pay", obligation, measure=next(names))


def acts_of_banks(bench: Bench) -> None:
    """A draft accepted, forwarded, prepaid, assigned; a waiver; documents sent back."""
    nominated, issuing = bench.desk(NOMINATED), bench.desk(ISSUING)
    owner = bench.desk(BENEFICIARY)
    bench.send(bench.desk(CENTRAL), "Cash.mint", NOMINATED, 10**9, salt("nominated bank"))

    begins = datetime(2025, 9, 16, 2, tzinfo=UTC)
    key = lodged(bench, "YSH2025LC0000011", begins, examiner=NOMINATED, usance=True)
    bench.send(nominated, "Forwarding.askForAuthority", key, salt("request"))
    measure = "credit.find_acceptance"
    bench.send(nominated, "Presentations.findComplyingWith", key, 0, False, measure=measure)
    schedule = salt("schedule")
    measure = "credit.forward"
    bench.send(nominated, "Forwarding.forward", key, ISSUING, 1, schedule, measure=measure)
    onward = (key[0], ISSUING, NOMINATED, 1)
    measure = "credit.find_forwarded"
    bench.send(issuing, "Presentations.findComplying", onward, measure=measure)
    owed = owed_on(bench, onward, ISSUING, NOMINATED)
    proceeds = AMOUNT * 99 // 100
    agree, prepay = "PaymentObligations.agreePrepayment", "PaymentObligations.prepay"
    bench.send(nominated, agree, owed, proceeds, measure="credit.agree_prepayment")
    bench.send(issuing, prepay, owed, proceeds, measure="credit.prepay")
    owed = owed_on(bench, key, NOMINATED, BENEFICIARY)
    assigned = owed, ADVISING, AMOUNT, salt("assignment")
    measure = "credit.assign"
    bench.send(owner, "PaymentObligations.assignProceeds", *assigned, measure=measure)
    attested = owed, salt("payment elsewhere")
    measure = "credit.attest"
    bench.send(bench.desk(ADVISING), "PaymentObligations.attestPayment", *attested, measure=measure)

    notify, hold = 2, 1
    # A second after the close of business.
    evening = datetime(2025, 9, 16, 9, 0, 1, tzinfo=UTC)
    key = lodged(bench, "YSH2025LC0000014", evening)
    measure = "credit.name_amendments"
    bench.send(owner, "Presentations.nameAmendments", key, 0b10, measure=measure)
    measure = "credit.accept_out_of_hours"
    bench.send(issuing, "Presentations.acceptOutOfHours", key, measure=measure)

    key = lodged(bench, "YSH2025LC0000012", datetime(2025, 9, 17, 2, tzinfo=UTC))
    ask = "Forwarding.askForWaiver"
    bench.send(issuing, ask, key, salt("request"), measure="credit.ask_for_waiver")
    bench.send(issuing, "Presentations.refuse", key, 1 << 8, notify, salt("notice"))
    waived = key, salt("waiver"), False
    waive = "Presentations.acceptDiscrepancies"
    bench.send(issuing, waive, *waived, measure="credit.waive")

    key = lodged(bench, "YSH2025LC0000013", datetime(2025, 9, 18, 2, tzinfo=UTC))
    bench.send(issuing, "Presentations.refuse", key, 1 << 8, hold, salt("notice"))
    back = 3
    instructed = key, back, salt("instruction")
    bench.send(owner, "Disposals.instruct", *instructed, measure="credit.instruct")
    returned = "Disposals.recordReturn"
    bench.send(issuing, returned, key, salt("dispatch"), measure="credit.return")
    unpaid(bench)


def unpaid(bench: Bench) -> None:
    """A nominated bank pays on neither of two drawings; it has forwarded the documents of one."""
    nominated, issuing = bench.desk(NOMINATED), bench.desk(ISSUING)
    owner, text = bench.desk(BENEFICIARY), salt("documents")
    keys = []
    for reference in ("YSH2025LC0000015", "YSH2025LC0000016"):
        begins = datetime(2025, 9, 18, 3 + len(keys), tzinfo=UTC)
        key = lodged(bench, reference, begins, examiner=NOMINATED)
        bench.send(nominated, "Presentations.findComplying", key)
        keys.append(key)
    sent_on = keys[1], ISSUING, 1, salt("schedule")
    bench.send(nominated, "Forwarding.forward", *sent_on)
    onward = (keys[1][0], ISSUING, NOMINATED, 1)
    bench.send(issuing, "Presentations.findComplying", onward)
    bench.later(datetime(2025, 9, 19, 13, tzinfo=UTC))
    present = "Forwarding.presentUnpaid"
    for key, measure in zip(keys, ("credit.present_unpaid", "credit.take_over"), strict=True):
        bench.send(owner, present, key, ISSUING, 1, text, measure=measure)
    behind = (keys[0][0], ISSUING, BENEFICIARY, 1)
    bench.send(issuing, "Presentations.findComplying", behind)
    owed = owed_on(bench, behind, ISSUING, BENEFICIARY)
    measure = "credit.pay_what_follows"
    bench.send(issuing, "PaymentObligations.pay", owed, measure=measure)
    owed = owed_on(bench, keys[0], NOMINATED, BENEFICIARY)
    measure = "credit.settle_unpaid"
    bench.send(nominated, "PaymentObligations.settleByCounterpart", owed, measure=measure)


def electronic(bench: Bench) -> None:
    """Records presented piece by piece, some corrupt; a broken notice; proceeds assigned ahead.

    Everything happens twice, and the second time is measured.
    """
    for number, measured_ in ((81, False), (82, True)):

        def named(name: str, measured_: bool = measured_) -> str | None:
            return f"credit.{name}" if measured_ else None

        records_of(bench, f"YSH2025LC00000{number}", noon_after(bench), named)


def records_of(
    bench: Bench, reference: str, begins: datetime, named: Callable[[str], str | None]
) -> None:
    """Under one credit: a presentation found complying, and one refused."""
    owner, issuing, assignee = bench.desk(BENEFICIARY), bench.desk(ISSUING), ADVISING
    bench.later(begins)
    terms = [*issuance(reference, begins)]
    terms[SWITCHES] = EUCP
    bench.act(ISSUING, "LetterOfCredit.issue", tuple(terms))
    credit = bench.view("LetterOfCredit.creditIdOf", ISSUING, reference.encode())
    assigned = credit, assignee, AMOUNT, salt("assignment")
    assign = "PaymentObligations.assignUnderCredit"
    bench.send(owner, assign, *assigned, measure=named("assign_ahead"))
    text, shipped = salt("text"), int(begins.timestamp()) // DAY - 1
    first, second = ((credit, ISSUING, BENEFICIARY, count) for count in (1, 2))
    for key in (first, second):
        half = AMOUNT // 2, shipped, False, text
        for who, act, measure, *args in (
            (owner, "openPresentation", "open_records"),
            (owner, "addRecord", None, PDF, text, text),
            (owner, "addRecord", "add_record", PDF, text, text),
            (owner, "completePresentation", "complete_records", *half),
            (issuing, "reportCorruption", "report_corruption", 1, text),
            (owner, "replaceRecord", "replace_record", 0, text, text),
        ):
            name = named(measure) if measure and key is second else None
            bench.send(who, f"ElectronicRecords.{act}", key, *args, measure=name)
    bench.send(issuing, "Presentations.findComplying", first, measure=named("find_assigned"))
    bench.send(issuing, "Disposals.releaseToApplicant", first, text, measure=named("release"))
    hold = 1
    bench.send(issuing, "Presentations.refuse", second, 1 << 8, hold, text)
    bench.send(issuing, "Disposals.stateBreach", second, text, measure=named("breach"))


def letters(bench: Bench) -> None:
    """A credit pre-advised, issued, confirmed, amended in four ways and cancelled."""
    begins = datetime(2025, 9, 20, 2, tzinfo=UTC)
    bench.later(begins)
    reference, changes = "YSH2025LC0000021", itertools.count(1)
    terms = issuance(reference, begins)
    bench.act(ISSUING, "LetterOfCredit.preAdvise", terms, measure="credit.pre_advise")
    bench.act(ISSUING, "LetterOfCredit.issuePreAdvised", terms, measure="credit.issue_pre_advised")
    number = bench.view("LetterOfCredit.creditIdOf", ISSUING, reference.encode())

    def act(member: int, function: str, *args: Any, measure: str | None = None) -> None:
        bench.act(member, f"LetterOfCredit.{function}", number, *args, measure=measure)

    def amend(measure: str | None = None, *, cancels: bool = False) -> int:
        place = next(changes)
        days = 0 if cancels else int(begins.timestamp()) // DAY + 90 + place
        amendment = (place, cancels, 0 if cancels else 1, 0, days, 0, 0, False, 0, 0, salt("text"))
        act(ISSUING, "amend", amendment, measure=measure)
        return place

    nobodys = bytes(32)
    act(ADVISING, "declineAdvice", measure="credit.decline_advice")
    act(CONFIRMING, "declineConfirmation", measure="credit.decline_confirmation")
    act(ISSUING, "requestConfirmation", CONFIRMING, measure="credit.request_confirmation")
    act(CONFIRMING, "confirm", measure="credit.confirm")

    followed = amend("credit.amend")
    act(CONFIRMING, "extendConfirmation", followed, measure="credit.extend")
    act(BENEFICIARY, "acceptAmendment", followed, nobodys, measure="credit.accept")
    left = amend()
    act(CONFIRMING, "declineExtension", left, measure="credit.decline_extension")
    act(BENEFICIARY, "acceptAmendment", left, nobodys, measure="credit.accept_diverging")
    act(CONFIRMING, "extendConfirmation", left, measure="credit.extend_late")
    act(BENEFICIARY, "rejectAmendment", amend(), nobodys, measure="credit.reject")
    last = amend(cancels=True)
    act(BENEFICIARY, "acceptAmendment", last, nobodys, measure="credit.agree_cancellation")
    act(CONFIRMING, "extendConfirmation", last, measure="credit.cancel")


def schedules(bench: Bench) -> None:
    """A credit by mixed payment in two instalments under a red clause, the second replaced."""
    begins = datetime(2025, 9, 20, 4, tzinfo=UTC)
    bench.later(begins)
    today = int(begins.timestamp()) // DAY
    reference, half = "YSH2025LC0000031", AMOUNT // 2
    deferred, mixed, after_shipment = 2, 5, 2
    slices = [(30, 1, 0, 0), (70, deferred, 60, after_shipment)]
    rows = [(half, today, today + 10), (half, today + 20, today + 30)]
    terms = issuance(reference, begins)
    schedule = (slices, rows, 0, 0, 0, 0, AMOUNT // 10)
    issued = (*terms[:15], 0, 0, mixed, *terms[18:]), schedule
    bench.act(ISSUING, "LetterOfCredit.issueScheduled", *issued, measure="credit.issue_scheduled")
    number = bench.view("LetterOfCredit.creditIdOf", ISSUING, reference.encode())

    def drawn(place: int, amount: int, shipped: int, *measures: str | None) -> None:
        key = (number, ISSUING, BENEFICIARY, place)
        lodging = (key, amount, shipped, False, salt("documents"))
        lodge, find = (*measures, None, None)[:2]
        bench.act(BENEFICIARY, "Presentations.lodge", lodging, measure=lodge)
        bench.act(ISSUING, "Presentations.findComplying", key, measure=find)

    drawn(1, AMOUNT // 10, 0, None, "credit.find_advance")
    drawn(2, half, today, "credit.lodge_scheduled", "credit.find_slices")
    proposed = number, 1, [(half, today + 40, today + 50)]
    propose = "CreditSchedules.proposeInstalments"
    bench.act(ISSUING, propose, *proposed, measure="credit.propose_instalments")
    amendment = (1, False, 0, 0, 0, 0, 0, False, 0, 0, salt("text"))
    bench.act(ISSUING, "LetterOfCredit.amend", number, amendment)
    accepted = number, 1, bytes(32)
    accept = "LetterOfCredit.acceptAmendment"
    bench.act(BENEFICIARY, accept, *accepted, measure="credit.accept_instalments")


def batches(bench: Bench) -> None:
    """Two batches of credits with eight parties; what one of the second costs, rounded up."""
    begins = datetime(2025, 9, 22, 2, tzinfo=UTC)
    terms = [
        records.Issuance.read(issuance(f"YSH25BATCH{number:06}", begins))
        for number in range(2 * BATCH)
    ]
    bench.later(begins)
    for place in range(2):
        batch = [packed(each).as_argument() for each in terms[place * BATCH : (place + 1) * BATCH]]
        measure = "batch" if place else None
        bench.act(ISSUING, "LetterOfCredit.issueBatch", batch, measure=measure)
    bench.gas["credit.batch_100_each"] = -(-bench.gas.pop("batch") // BATCH)


def courts(bench: Bench) -> None:
    """An authority that joins records a court's stay and lifts it."""
    first = 3 * MEMBERS + 7
    administrator, court = bench.web3.eth.accounts[first : first + 2]
    admitted = Admission(administrator, administrator, FAR, 0, b"CN", AUTHORITY, salt("authority"))
    admission = records.Admission.read(admitted.as_argument())
    decided(bench, Motion(Action.ADMIT_MEMBER, admission=admission))
    bench.send(administrator, "AllianceRegistry.setKey", court, COURT, NO_END)
    number = bench.view("LetterOfCredit.creditIdOf", ISSUING, b"YSH2025LC0000001")
    until = bench.web3.eth.get_block("latest")["timestamp"] + 300 * DAY
    stayed = number, until, salt("order")
    bench.send(court, "LetterOfCredit.stay", *stayed, measure="credit.stay")
    lifted = number, salt("lifted")
    bench.send(court, "LetterOfCredit.liftStay", *lifted, measure="credit.lift_stay")


def owed_on(bench: Bench, key: Key, debtor: int, owner: int) -> bytes:
    presentation = bench.view("Presentations.presentationIdOf", key)
    owed: bytes = bench.view("PaymentObligations.obligationIdOf", presentation, debtor, owner)
    return owed


def lodged(
    bench: Bench,
    reference: str,
    begins: datetime,
    *,
    measure: bool = False,
    examiner: int = ISSUING,
    usance: bool = False,
    by: Callable[..., None] | None = None,
) -> Key:
    """Issued to eight parties, advised and presented under; what names the presentation.

    By payment at sight, or by acceptance at thirty days after sight.
    """
    send = by or bench.act
    names = iter(LIFE[:3] if measure else (None, None, None))
    bench.later(begins)
    terms = issuance(reference, begins, usance=usance)
    send(ISSUING, "LetterOfCredit.issue", terms, measure=next(names))
    number = bench.view("LetterOfCredit.creditIdOf", ISSUING, reference.encode())
    send(ADVISING, "LetterOfCredit.advise", number, True, measure=next(names))
    key = (number, examiner, BENEFICIARY, 1)
    shipped = int(begins.timestamp()) // DAY - 1
    lodging = (key, AMOUNT, shipped, False, salt(f"documents of {reference}"))
    send(BENEFICIARY, "Presentations.lodge", lodging, measure=next(names))
    return key


def issuance(reference: str, begins: datetime, *, usance: bool = False) -> tuple[Any, ...]:
    """The terms of a credit that names eight parties: at sight, or by acceptance."""
    today = int(begins.timestamp()) // DAY
    return (
        reference.encode(),
        APPLICANT,
        BENEFICIARY,
        ADVISING,
        SECOND,
        NOMINATED,
        CONFIRMING,
        REIMBURSING,
        AMOUNT,
        CNY.number,
        5,  # plus tolerance
        5,  # minus tolerance
        today + 90,  # expiry
        today + 60,  # latest shipment
        21,  # period for presentation
        30 if usance else 0,  # tenor
        1 if usance else 0,  # from sight, or from nothing
        3 if usance else 1,  # acceptance, or sight payment
        False,
        False,
        False,
        0,  # switches
        salt(f"terms of {reference}"),
    )


@dataclass
class Desks:
    """A desk of each member that has one, with a maker who signs and a checker who sends."""

    bench: Bench
    maker: Signer = field(default_factory=lambda: signer("maker"))
    # A checker who signs, for what a stranger relays.
    second: Signer = field(default_factory=lambda: signer("checker"))
    nonces: int = 0

    @property
    def checker(self) -> str:
        return self.bench.web3.eth.accounts[3 * MEMBERS + 5]

    @property
    def stranger(self) -> str:
        return self.bench.web3.eth.accounts[3 * MEMBERS + 6]

    def open(self, member: int, *, measure: str | None = None) -> None:
        """A desk with the roles of the member's key, its people, and the actions of a life."""
        bench, administrator = self.bench, self.bench.account(member, 0)
        roles = ALL_ROLES if member in BANKS else ALL_ROLES & ~BANKING_ROLES
        place = records.Member.read(bench.view("AllianceRegistry.member", member)).accounts
        bench.send(administrator, "AllianceRegistry.createDesk", roles, measure=measure)
        made = bench.view("AllianceRegistry.accountAt", member, place)
        abi = Suite.load().abi("MemberDesk")
        bench.contracts[f"Desk {member}"] = bench.web3.eth.contract(address=made, abi=abi)
        for person, maker in (
            (self.maker.address, True),
            (self.second.address, False),
            (self.checker, False),
        ):
            named = (person, maker, not maker, NO_END)
            bench.send(administrator, f"Desk {member}.setPerson", *named)
        for name in DESK_LIFE:
            action = DESK_ACTIONS[name]
            limit = 10 * AMOUNT if action.amount_at else 0
            policy = Policy(Hands.TWO, action.amount_at, action.currency_at, 0, limit)
            bench.send(
                administrator,
                f"Desk {member}.setPolicy",
                bench.contracts[action.contract].address,
                action.selector,
                CNY.number if action.currency_at else 0,
                name,
                policy.as_argument(),
            )

    def act(self, member: int, function: str, *args: Any, measure: str | None = None) -> None:
        """A call of a member through its desk: its maker signs, and its checker sends."""
        instruction, makers = self.signed(member, function, *args)
        arguments = (instruction.as_argument(), makers, b"")
        self.bench.send(self.checker, f"Desk {member}.execute", *arguments, measure=measure)

    def relay(self, member: int, function: str, *args: Any, measure: str | None = None) -> None:
        """The same where both sign and a stranger sends."""
        instruction, makers = self.signed(member, function, *args)
        checkers = signature_of(instruction, self.domain(member), self.second)
        arguments = (instruction.as_argument(), makers, checkers)
        self.bench.send(self.stranger, f"Desk {member}.execute", *arguments, measure=measure)

    def signed(self, member: int, function: str, *args: Any) -> tuple[Instruction, str]:
        """The instruction for a call, and its maker's signature."""
        name = next(name for name, called in DESK_LIFE.items() if called == function)
        contract, _, method = function.partition(".")
        call = self.bench.contracts[contract].encode_abi(method, args)
        currency, amount = DESK_ACTIONS[name].stated(bytes.fromhex(call[2:]))
        self.nonces += 1
        instruction = Instruction(
            action=name,
            target=to_checksum_address(self.bench.contracts[contract].address),
            currency=currency,
            amount=amount,
            call=call,
            deadline=datetime(2030, 1, 1, tzinfo=UTC),
            maker=self.maker.address,
            nonce=self.nonces,
        )
        return instruction, signature_of(instruction, self.domain(member), self.maker)

    def domain(self, member: int) -> DeskDomain:
        address = to_checksum_address(self.bench.contracts[f"Desk {member}"].address)
        return DeskDomain(self.bench.web3.eth.chain_id, address)


def signer(label: str) -> Signer:
    return Signer(label, Account.from_key(salt(f"key of the {label}")))


def desks(bench: Bench) -> None:
    """Two lives through desks, the second measured, and an issue that a stranger relays.

    Like those without desks they lie within one span of the calendar, here the next one.
    """
    through = Desks(bench)
    for member in WITH_DESKS:
        through.open(member, measure="desk.create" if member == WITH_DESKS[-1] else None)
    direct = {name: bench.gas.pop(name) for name in LIFE}
    life(
        bench,
        "YSH2025LC0000005",
        datetime(2025, 9, 23, 2, tzinfo=UTC),
        measure=False,
        by=through.act,
    )
    life(
        bench,
        "YSH2025LC0000006",
        datetime(2025, 9, 24, 2, tzinfo=UTC),
        measure=True,
        by=through.act,
    )
    bench.gas["credit.sight_life_desks"] = sum(bench.gas.pop(name) for name in LIFE)
    bench.gas |= direct

    begins = datetime(2025, 9, 25, 2, tzinfo=UTC)
    bench.later(begins)
    terms = issuance("YSH2025LC0000007", begins)
    through.relay(ISSUING, "LetterOfCredit.issue", terms, measure="relayed")
    bench.gas["desk.overhead"] = bench.gas.pop("relayed") - direct["credit.issue"]


@dataclass
class Reimbursement:
    """A sight drawing that the nominated bank honours and forwards, and may claim.

    Each act is measured if the drawing is, under the name given.
    """

    bench: Bench
    reference: str
    begins: datetime
    measured: bool
    notice_days: int = 0
    key: Key = (b"", 0, 0, 0)
    claim: bytes = b""

    def __post_init__(self) -> None:
        self.key = lodged(self.bench, self.reference, self.begins, examiner=NOMINATED)
        self.act(NOMINATED, "Presentations.findComplying", self.key)
        owed = owed_on(self.bench, self.key, NOMINATED, BENEFICIARY)
        self.act(NOMINATED, "PaymentObligations.pay", owed)
        self.act(NOMINATED, "Forwarding.forward", self.key, ISSUING, 1, salt("schedule"))
        presentation = self.bench.view("Presentations.presentationIdOf", self.key)
        self.claim = self.bench.view("Reimbursements.claimIdOf", presentation, 1)

    def terms(self, amount: int = AMOUNT) -> tuple[Any, ...]:
        """An undertaking for the nominated bank is asked for."""
        return amount, NOMINATED, 0, self.notice_days, True, True, False, False

    def act(self, member: int, function: str, *args: Any, name: str | None = None) -> None:
        self.bench.act(member, function, *args, measure=name if self.measured else None)

    def on_credit(self, member: int, function: str, *args: Any, name: str | None = None) -> None:
        self.act(member, f"Reimbursements.{function}", self.key[0], *args, name=name)

    def on_claim(self, member: int, function: str, *args: Any, name: str | None = None) -> None:
        self.act(member, f"Reimbursements.{function}", self.claim, *args, name=name)

    def authorised(self) -> None:
        message = salt("authorisation")
        name = "credit.authorise_reimbursement"
        self.on_credit(ISSUING, "authorise", self.terms(), message, name=name)

    def undertaken(self) -> None:
        name = "credit.undertake_reimbursement"
        self.on_credit(REIMBURSING, "undertake", self.terms(), name=name)

    def claimed(self, name: str | None = None) -> None:
        request = self.key, 1, 1, 0, AMOUNT, salt("claim")
        self.act(NOMINATED, "Reimbursements.claim", request, name=name)

    def owed(self, debtor: int, owner: int) -> bytes:
        function = "PaymentObligations.obligationIdOf"
        found: bytes = self.bench.view(function, self.claim, debtor, owner)
        return found


def reimbursements(bench: Bench) -> None:
    """Every act twice, in drawings of their own, and measured the second time."""
    minter = bench.desk(CENTRAL)
    for member in (NOMINATED, REIMBURSING):
        bench.send(minter, "Cash.mint", member, 10**12, salt(f"reimbursement {member}"))
    for place, measured_ in enumerate((False, True)):
        begins = datetime(2025, 9, 26, 2, tzinfo=UTC) + timedelta(days=21 * place)
        reimbursed(bench, place, begins, measured_)
        refused(bench, place, begins + timedelta(days=3), measured_)
        changed(bench, place, begins + timedelta(days=4), measured_)
        held(bench, place, begins + timedelta(days=5), measured_)


def reimbursed(bench: Bench, place: int, begins: datetime, measured_: bool) -> None:
    """Paid by the reimbursing bank, which takes recourse; one taken up, one refused."""
    drawing = Reimbursement(bench, f"YSH2025LC00003{place}1", begins, measured_)
    drawing.authorised()
    drawing.undertaken()
    drawing.claimed("credit.claim_reimbursement")
    drawing.on_claim(REIMBURSING, "honourClaim", name="credit.honour_claim")
    drawing.act(REIMBURSING, "PaymentObligations.pay", drawing.owed(REIMBURSING, NOMINATED))
    drawing.on_claim(REIMBURSING, "claimRecourse", name="credit.claim_recourse")
    onward = (drawing.key[0], ISSUING, NOMINATED, 1)
    drawing.act(ISSUING, "Presentations.findComplying", onward)
    direct = owed_on(bench, onward, ISSUING, NOMINATED)
    settle = "PaymentObligations.settleByCounterpart"
    drawing.act(ISSUING, settle, direct, name="credit.settle")

    begins += timedelta(days=2)
    drawing = Reimbursement(bench, f"YSH2025LC00003{place}2", begins, measured_)
    bench.act(ISSUING, "Reimbursements.authorise", drawing.key[0], drawing.terms(), salt("terms"))
    drawing.claimed()
    drawing.on_claim(REIMBURSING, "honourClaim")
    drawing.act(REIMBURSING, "PaymentObligations.pay", drawing.owed(REIMBURSING, NOMINATED))
    onward = (drawing.key[0], ISSUING, NOMINATED, 1)
    drawing.act(ISSUING, "Presentations.refuse", onward, 1 << 8, 1, salt("notice"))
    account = 500, salt("account")
    drawing.on_claim(ISSUING, "claimRefund", *account, name="credit.claim_refund")


def refused(bench: Bench, place: int, begins: datetime, measured_: bool) -> None:
    """A claim that does not conform falls back on the issuing bank."""
    drawing = Reimbursement(bench, f"YSH2025LC00003{place}3", begins, measured_, notice_days=1)
    bench.act(ISSUING, "Reimbursements.authorise", drawing.key[0], drawing.terms(), salt("terms"))
    drawing.on_credit(REIMBURSING, "declineUndertaking", name="credit.decline_undertaking")
    drawing.claimed()
    notice = salt("notice")
    name = "credit.give_pre_debit_notice"
    drawing.on_claim(REIMBURSING, "givePreDebitNotice", notice, name=name)
    drawing.on_claim(REIMBURSING, "refuseClaim", 1, 1, notice, name="credit.refuse_claim")
    drawing.on_claim(NOMINATED, "notifyNonPayment", notice, name="credit.notify_non_payment")
    drawing.on_claim(NOMINATED, "fallBack", 500, salt("account"), name="credit.fall_back")
    name = "credit.acknowledge_charges"
    drawing.on_claim(ISSUING, "acknowledgeCharges", name=name)


def changed(bench: Bench, place: int, begins: datetime, measured_: bool) -> None:
    """An undertaking is amended by consent, an authorisation cancelled."""
    drawing = Reimbursement(bench, f"YSH2025LC00003{place}4", begins, measured_)
    message, less = salt("amendment"), drawing.terms(AMOUNT - 1)
    bench.act(ISSUING, "Reimbursements.authorise", drawing.key[0], drawing.terms(), message)
    bench.act(REIMBURSING, "Reimbursements.undertake", drawing.key[0], drawing.terms())
    name = "credit.propose_authorisation"
    drawing.on_credit(ISSUING, "amendAuthorisation", less, message, name=name)
    name = "credit.agree_to_undertaking"
    drawing.on_credit(NOMINATED, "agreeToAmendment", less, False, name=name)
    bench.act(REIMBURSING, "Reimbursements.undertake", drawing.key[0], less)

    begins += timedelta(hours=6)
    drawing = Reimbursement(bench, f"YSH2025LC00003{place}5", begins, measured_)
    bench.act(ISSUING, "Reimbursements.authorise", drawing.key[0], drawing.terms(), message)
    name = "credit.amend_authorisation"
    drawing.on_credit(ISSUING, "amendAuthorisation", less, message, name=name)
    name = "credit.cancel_authorisation"
    drawing.on_credit(ISSUING, "cancelAuthorisation", message, name=name)


def held(bench: Bench, place: int, begins: datetime, measured_: bool) -> None:
    """A reimbursing bank that is silent is held to its undertaking."""
    drawing = Reimbursement(bench, f"YSH2025LC00003{place}6", begins, measured_)
    bench.act(ISSUING, "Reimbursements.authorise", drawing.key[0], drawing.terms(), salt("terms"))
    bench.act(REIMBURSING, "Reimbursements.undertake", drawing.key[0], drawing.terms())
    drawing.claimed()
    bench.later(begins + timedelta(days=10))
    drawing.on_claim(NOMINATED, "claimUndertaking", name="credit.claim_undertaking")


def admissions(bench: Bench) -> None:
    """Two admissions; the receipts that propose, vote on and execute the second."""
    for place in range(2):
        account = bench.web3.eth.accounts[3 * MEMBERS + 1 + place]
        admitted = Admission(account, account, FAR, 0, b"CN", TRADER, salt(f"newcomer {place}"))
        motion = Motion(
            Action.ADMIT_MEMBER, admission=records.Admission.read(admitted.as_argument())
        )
        names = ("council.propose", "council.vote", "alliance.admit") if place else ()
        decided(bench, motion, *names)


def rotations(bench: Bench) -> None:
    """Two rotations of a bank's desk; the second is measured."""
    for place in range(2):
        bench.send(
            bench.account(ADVISING + place, 0),
            "AllianceRegistry.rotateKey",
            bench.desk(ADVISING + place),
            bench.web3.eth.accounts[3 * MEMBERS + 3 + place],
            measure="alliance.rotate_key" if place else None,
        )


def suspensions(bench: Bench) -> None:
    """Two suspensions of members with three accounts; the receipt that executes the second."""
    for place, member in enumerate((ADVISING, SECOND)):
        motion = Motion(Action.SUSPEND_MEMBER, member_id=member)
        decided(bench, motion, *(("", "", "alliance.suspend") if place else ()))


def decided(
    bench: Bench, motion: Motion, proposing: str = "", voting: str = "", executing: str = ""
) -> None:
    """Proposed, voted on until it passes, executed; the vote measured is the first one."""
    argument = motion.as_argument()
    first, second, *others = (bench.desk(founder) for founder in VOTERS)
    bench.send(first, "AllianceCouncil.propose", argument, measure=proposing or None)
    proposal = bench.view("AllianceCouncil.proposalIdOf", argument)
    bench.send(second, "AllianceCouncil.vote", proposal, True, measure=voting or None)
    for founder in others:
        if bench.view("AllianceCouncil.proposal", proposal)[0] != ProposalState.PASSED:
            bench.send(founder, "AllianceCouncil.vote", proposal, True)
    bench.send(first, "AllianceCouncil.execute", argument, measure=executing or None)


def documents(bench: Bench) -> None:
    """Each act on documents twice, by an issuer that has others; the second time is measured."""
    issuer, name = bench.desk(BENEFICIARY), "DocumentRegistry"
    invoice, reason = 1, 2
    for place in range(2):

        def named(row: str, place: int = place) -> str | None:
            return f"document.{row}" if place else None

        def act(function: str, *args: Any, row: str | None = None, place: int = place) -> None:
            measure = f"document.{row}" if place and row else None
            bench.send(issuer, f"{name}.{function}", *args, measure=measure)

        single, later = salt(f"document {place}"), salt(f"later version {place}")
        act("register", (single, invoice, 1, 0, 0), row="register")
        act("supersede", single, (later, invoice, 2, 0, 0), row="supersede")
        act("revoke", later, reason, row="revoke")
        many = [salt(f"document {place} of many, {number}") for number in range(BATCH)]
        act("registerBatch", many, invoice, 1, 0, row="batch_100_each")
        act("revokeBatch", many, reason, row="revoke_batch_100_each")
        root, document, proof = million(place)
        act("register", (root, invoice, 1, 0, MILLION), row="root")
        if row := named("verify"):
            call = bench.contracts[name].functions.isIncluded(BENEFICIARY, root, document, proof)
            bench.gas[row] = call.estimate_gas({"from": issuer})
        act("revokeLeaf", root, document, proof, reason, row="revoke_leaf")
    grants(bench)
    for row in ("document.batch_100_each", "document.revoke_batch_100_each"):
        bench.gas[row] = -(-bench.gas[row] // BATCH)


def grants(bench: Bench) -> None:
    """Each act on encrypted documents twice, for seven readers that have read others; as above."""
    readers = list(range(ISSUING, ISSUING + 7))
    for place in range(2):
        for member in readers:
            row = "document.publish_key" if place and member == readers[0] else None
            key = salt(f"key {place} of {member}")
            bench.send(bench.account(member, 0), "DocumentGrants.publishKey", key, measure=row)
        for count, row in ((1, "document.grant"), (7, "document.grant_seven")):
            content = salt(f"content {place} for {count}")
            given = (content, salt(f"granted {place}"), readers[:count])
            granter = bench.desk(BENEFICIARY)
            bench.send(granter, "DocumentGrants.grant", *given, measure=row if place else None)
        ended = "document.withdraw" if place else None
        bench.send(granter, "DocumentGrants.withdraw", content, readers[:1], measure=ended)


def document_store(bench: Bench) -> None:
    """The same acts on the peer, deployed beside: the npm package as it is published."""
    done = subprocess.run(
        ["node", ROOT / "bench/document_store.js"], capture_output=True, check=True, text=True
    )
    peer = json.loads(done.stdout)
    deployer = bench.web3.eth.accounts[0]
    code = bytes.fromhex(peer["bytecode"].removeprefix("0x"))
    store = bench.deploy("Store", peer["abi"], code, ("a store", deployer))
    contract = bench.contracts["Store"]

    def sent(data: str) -> int:
        call = {"from": deployer, "to": store, "data": data, "gas": LIMIT, "gasPrice": 0}
        used: int = bench.receipt(bench.web3.eth.send_transaction(call))["gasUsed"]
        return used

    def each(act: str, roots: list[bytes]) -> list[str]:
        return [contract.encode_abi(f"{act}(bytes32)", [root]) for root in roots]

    for place in range(2):
        roots = [salt(f"peer {place} {number}") for number in range(BATCH + 1)]
        for act, row in (("issue", "register"), ("revoke", "revoke")):
            single, *many = each(act, roots)
            listed = "batch_100_each" if act == "issue" else "revoke_batch_100_each"
            bench.gas[f"document.peer_{row}"] = sent(single)
            used = sent(contract.encode_abi("multicall", [many]))
            bench.gas[f"document.peer_{listed}"] = -(-used // BATCH)


def titles_and_peer(bench: Bench) -> None:
    """Titles of a carrier that the council admits, and the same acts on the peer."""
    carrier = bench.web3.eth.accounts[3 * MEMBERS + 9]
    admitted = Admission(carrier, carrier, FAR, 0, b"CN", CARRIER, salt("carrier"))
    decided(
        bench,
        Motion(Action.ADMIT_MEMBER, admission=records.Admission.read(admitted.as_argument())),
    )
    bench.send(carrier, "AllianceRegistry.setKey", carrier, ADMINISTER | CARRY, NO_END)
    parties = bench.desk(BENEFICIARY), bench.desk(ISSUING)
    titles(bench, carrier, *parties)
    deliveries(bench, carrier, bench.desk(ISSUING), bench.desk(BENEFICIARY))
    token_registry(bench, *parties)
    titles_under_credit(bench, carrier)


# What a presentation with titles calls instead.
WITH_TITLES: Final = {
    "Presentations.lodge": "TitleRegistry.presentDocuments",
    "PaymentObligations.pay": "TitleRegistry.payForTitles",
}


def titles_under_credit(bench: Bench, carrier: str) -> None:
    """A whole life with a title in custody from lodging and delivered at payment, twice."""
    for member in (ADVISING, SECOND):
        decided(bench, Motion(Action.REINSTATE_MEMBER, member_id=member))
    # Its key was rotated away.
    advising = bench.desk(ADVISING), ALL_ROLES, NO_END
    bench.send(bench.account(ADVISING, 0), "AllianceRegistry.setKey", *advising)
    direct = {name: bench.gas.pop(name) for name in LIFE}
    for place in range(2):
        title = titled(bench, carrier, f"title under a credit {place}")

        def act(
            member: int, function: str, *args: Any, title: bytes = title, **measure: Any
        ) -> None:
            bound = ([title],) if function in WITH_TITLES else ()
            bench.act(member, WITH_TITLES.get(function, function), *args, *bound, **measure)

        life(bench, f"YSH2025LC000020{place}", noon_after(bench), measure=place == 1, by=act)
    with_title = {name: bench.gas.pop(name) for name in LIFE}
    bench.gas["credit.sight_life_title"] = sum(with_title.values())
    bench.gas["title.present"] = with_title["credit.lodge"]
    bench.gas["title.pay_for"] = with_title["credit.pay"]
    bench.gas |= direct


def titled(bench: Bench, carrier: str, text: str) -> bytes:
    """A title of the beneficiary."""
    shipper = bench.desk(BENEFICIARY)
    given = (salt(text), salt("bill"), shipper, shipper, int(TitleForm.TO_ORDER), bytes(32))
    bench.send(carrier, "TitleRegistry.issue", given)
    number = bench.view("AllianceRegistry.memberOf", carrier)
    title: bytes = bench.view("TitleRegistry.titleIdOf", number, salt(text))
    return title


def noon_after(bench: Bench) -> datetime:
    """Ten o'clock in China on the next day."""
    last = bench.web3.eth.get_block("latest")["timestamp"]
    return datetime.fromtimestamp(last // DAY * DAY + DAY + 2 * 3_600, UTC)


def million(place: int) -> tuple[bytes, bytes, tuple[int, list[bytes]]]:
    """The root over a million documents, one of them, and its proof.

    The tree as it would come out: only what the proof needs is hashed.
    """
    document = salt(f"one of a million, {place}")
    partners = [salt(f"partner {place} {level}") for level in range(20)]
    proof = Proof(0, tuple(partners))
    return proof.root(batch_leaf(document)), document, (0, partners)


def transfers(bench: Bench) -> None:
    """A credit transferred in parts, each with its own end, and what is presented under them.

    The second beneficiary is the applicant of other credits; every act was done before once.
    """
    for place, month in enumerate((11, 12)):
        begins = datetime(2025, month, 10, 2, tzinfo=UTC)
        parts_of_a_credit(bench, f"YSH2025LC000004{place}", begins, measure=bool(place))


def parts_of_a_credit(bench: Bench, reference: str, begins: datetime, *, measure: bool) -> None:
    """Every act of a transfer once; measured or not."""
    today = int(begins.timestamp()) // DAY
    nobodys = bytes(32)

    def act(member: int, function: str, *args: Any, name: str = "") -> None:
        called = function if "." in function else f"CreditTransfers.{function}"
        bench.act(member, called, *args, measure=f"transfer.{name}" if measure and name else None)

    bench.later(begins)
    terms = list(issuance(reference, begins))
    # Nobody that was suspended, transferable and available with any bank.
    terms[3] = terms[4] = terms[6] = 0
    terms[18] = terms[20] = True
    act(ISSUING, "LetterOfCredit.issue", tuple(terms))
    number = bench.view("LetterOfCredit.creditIdOf", ISSUING, reference.encode())
    act(ISSUING, "authoriseTransfer", number, NOMINATED, name="authorise")

    def asked(place: int) -> tuple[Any, ...]:
        share = AMOUNT // 8
        amount = share * 8 // 10
        parties = (APPLICANT, 0, NOMINATED)
        dates = (today + 10, today + 8, 15)
        return (
            number,
            salt("part"),
            share,
            amount,
            0,
            *parties,
            *dates,
            place,
            1,
            True,
            True,
            False,
        )

    def transferred(place: int, *, request: str = "", transfer: str = "") -> bytes:
        act(BENEFICIARY, "requestTransfer", asked(place), nobodys, name=request)
        part: bytes = bench.view("CreditTransfers.partIdOf", number, place)
        act(NOMINATED, "transfer", part, name=transfer)
        return part

    for place, act_name in ((1, "withdraw"), (2, "decline")):
        act(BENEFICIARY, "requestTransfer", asked(place), nobodys)
        part = bench.view("CreditTransfers.partIdOf", number, place)
        if act_name == "withdraw":
            act(BENEFICIARY, "withdrawRequest", part, nobodys, name=act_name)
        else:
            act(NOMINATED, "declineTransfer", part, name=act_name)
    transferred(3)
    one = transferred(4, request="request", transfer="transfer")
    two, three = transferred(5), transferred(6)

    # Amendments and ends
    later = (1, False, 0, 0, today + 95, 0, 0, False, 0, 0, salt("text"))
    act(ISSUING, "LetterOfCredit.amend", number, later)
    act(BENEFICIARY, "LetterOfCredit.acceptAmendment", number, 1, nobodys)
    act(BENEFICIARY, "approvePassing", one, 1, nobodys, name="approve")
    passed = (1, False, 0, 0, today + 20, 0, 0, False, 0, 0, salt("text"))
    act(NOMINATED, "passAmendment", one, 1, passed, 0, name="pass")
    act(APPLICANT, "LetterOfCredit.acceptAmendment", one, 1, nobodys, name="accept")
    ended = (1, True, 0, 0, 0, 0, 0, False, 0, 0, salt("text"))
    act(NOMINATED, "passAmendment", two, 0, ended, 0)
    act(APPLICANT, "LetterOfCredit.acceptAmendment", two, 1, nobodys, name="end")
    cancels = (2, True, 0, 0, 0, 0, 0, False, 0, 0, salt("text"))
    act(ISSUING, "LetterOfCredit.amend", number, cancels)
    act(APPLICANT, "agreeToCancellation", one, 2, nobodys, name="agree_cancellation")

    # Documents
    def presented(place: int, *, lodge: str = "", find: str = "") -> Key:
        key = (one, NOMINATED, APPLICANT, place)
        amount = AMOUNT // 100
        lodging = (key, amount, today - 1, False, salt("documents"))
        act(APPLICANT, "Presentations.lodge", lodging, name=lodge)
        if find:
            act(NOMINATED, "Presentations.findComplying", key, name="" if find == "again" else find)
        return key

    def substituted(key: Key, name: str = "") -> None:
        amount = AMOUNT // 100 + 1_000
        act(BENEFICIARY, "substitute", key, amount, salt("invoice"), nobodys, name=name)

    demanded = presented(1)
    until = int(begins.timestamp()) + 2 * DAY
    act(NOMINATED, "demandSubstitution", demanded, until, salt("demand"), name="demand")
    honoured = presented(2, lodge="lodge", find="find")
    substituted(honoured, "substitute")
    act(NOMINATED, "takeUpSubstitution", honoured, name="take_up")
    schedule = salt("schedule")
    act(NOMINATED, "Forwarding.forward", honoured, ISSUING, 1, schedule, name="forward")
    unexamined = presented(3)
    substituted(unexamined)
    act(NOMINATED, "Forwarding.forward", unexamined, ISSUING, 2, schedule, name="forward_as_is")
    onward = (number, ISSUING, NOMINATED, 2)
    act(ISSUING, "Presentations.findComplying", onward, name="find_forwarded")
    silent, idle = presented(4, find="again"), presented(5)
    substituted(silent)
    substituted(idle)
    bench.later(begins + timedelta(days=9))
    act(BENEFICIARY, "claimDifference", silent, name="claim")
    act(NOMINATED, "recordFailure", demanded, salt("statement"), name="fail")
    act(APPLICANT, "sendOn", idle, ISSUING, 1, schedule, name="send_on")
    bench.later(begins + timedelta(days=14))
    act(BENEFICIARY, "reclaimShare", three, nobodys, name="reclaim")


def role_check(bench: Bench) -> None:
    """The same call with and without the question for the role."""
    registry = bench.contracts["AllianceRegistry"].address
    for name, compiled in probes().items():
        code = bytes.fromhex(compiled["evm"]["bytecode"]["object"])
        bench.deploy(name, compiled["abi"], code, (registry,))
        bench.send(bench.desk(ISSUING), f"{name}.act")
        bench.send(bench.desk(ISSUING), f"{name}.act", measure=name)
    overhead = bench.gas.pop("GuardedProbe") - bench.gas.pop("OpenProbe")
    bench.gas["alliance.role_check_overhead"] = overhead


def probes() -> dict[str, Any]:
    """The probes, compiled with the settings of the suite."""
    used = Suite.load().compiler["settings"]
    question = {
        "language": "Solidity",
        "sources": {PROBES: {"content": (ROOT / PROBES).read_text("utf-8")}},
        "settings": {
            "evmVersion": used["evm_version"],
            "optimizer": {"enabled": used["optimizer"], "runs": used["runs"]},
            "viaIR": used["via_ir"],
            "remappings": used["remappings"],
            "outputSelection": {PROBES: {"*": ["abi", "evm.bytecode.object"]}},
        },
    }
    answer = subprocess.run(
        [str(ROOT / "tools/solc/solc-v0.8.34"), "--standard-json"],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    output = json.loads(answer.stdout)
    assert "contracts" in output, output["errors"]
    found: dict[str, Any] = output["contracts"][PROBES]
    return found
