# SPDX-License-Identifier: Apache-2.0
"""The snapshot of gas and bytecode sizes: renewed by `make snapshot`, compared by `make test`.

    snapshot.py --write | --check [--junitxml FILE] [-k PART]

gas.json maps each operation to the gas of its receipt, sizes.json each contract to the bytes of its
runtime code; the figures are exact, so any change shows. aims.json holds what they may not exceed;
one above its aim fails unless a "reason" stands beside the aim. docs/reference/gas.md is made from
the three.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any, Final

from operations import LIFE, ROOT, measured

from yangshan.chain.suite import Suite

sys.path.insert(0, str(ROOT / "tools"))
import junit

HERE: Final = Path(__file__).resolve().parent
GAS, SIZES, AIMS = HERE / "gas.json", HERE / "sizes.json", HERE / "aims.json"
PAGE: Final = ROOT / "docs/reference/gas.md"
# The aim that every size is held to.
SIZE: Final = "contract size"
NOTHING_SELECTED: Final = 5

MEANINGS: Final = {
    "alliance.admit": "carry out a passed proposal: a member with one account, its administrator's",
    "alliance.role_check_overhead": "a call that asks for a role, above the same call without",
    "alliance.rotate_key": "another account in the place of one of a member",
    "alliance.set_key": "a further key of a member",
    "alliance.suspend": "carry out a passed proposal: suspend a member with three accounts",
    "calendar.publish": "192 days of a calendar",
    "cash.mint": "mint to a treasury that holds cash",
    "cash.transfer": "between two treasuries that hold cash",
    "council.propose": "propose an admission, which counts as a vote",
    "council.vote": "vote on a proposal that this vote does not yet pass",
    "credit.accept": "accept an amendment to which the confirming bank has extended",
    "credit.accept_diverging": "accept one to which it has not, so that it stays bound as before",
    "credit.accept_out_of_hours": "record that documents were taken in out of hours",
    "credit.accept_instalments": "accept an amendment with its instalments",
    "credit.advise": "advise a credit",
    "credit.agree_cancellation": "the beneficiary agrees to a cancellation",
    "credit.agree_prepayment": "agree to be paid before maturity",
    "credit.amend": "issue an amendment that increases and extends",
    "credit.ask_for_waiver": "ask the applicant for a waiver",
    "credit.assign": "assign the proceeds of an obligation",
    "credit.attest": "attest a payment elsewhere",
    "credit.batch_100_each": "a hundredth of issuing a hundred credits with eight parties at once",
    "credit.cancel": "the last consent to a cancellation, the confirming bank's",
    "credit.claim": "claim what a precluded bank owes",
    "credit.confirm": "add a confirmation",
    "credit.decline_advice": "decline to advise",
    "credit.decline_confirmation": "decline to confirm",
    "credit.decline_extension": "state that the confirmation is not extended to an amendment",
    "credit.extend": "extend the confirmation to a pending amendment",
    "credit.extend_late": "extend it to the accepted amendment that was missing, which heals it",
    "credit.find": "find a presentation complying",
    "credit.find_acceptance": "find a presentation complying by accepting its draft",
    "credit.find_advance": "find an advance before shipment complying, due at sight",
    "credit.find_slices": "find an instalment complying, net of an advance and owed in two slices",
    "credit.find_forwarded": "find complying what another bank honoured and forwarded",
    "credit.forward": "forward documents that the bank honoured",
    "credit.instruct": "ask for refused documents back",
    "credit.issue": "issue a credit with eight parties",
    "credit.issue_pre_advised": "issue a credit as it was pre-advised",
    "credit.issue_scheduled": "issue a credit in two slices and two instalments, with a red clause",
    "credit.lift_stay": "lift a court's stay of payment",
    "credit.lodge": "present documents, the fifth banking day in the same span of the calendar",
    "credit.lodge_scheduled": "present documents of an instalment",
    "credit.name_amendments": "name the amendments on which documents are presented",
    "credit.pay": "pay an obligation in cash on the ledger",
    "credit.pay_what_follows": "pay what follows on an unpaid obligation",
    "credit.pre_advise": "pre-advise a credit with eight parties",
    "credit.prepay": "prepay an obligation in cash on the ledger",
    "credit.present_unpaid": "present to the bank behind what a nominated bank left unpaid",
    "credit.reject": "reject an amendment",
    "credit.propose_instalments": "propose an instalment for the next amendment",
    "credit.refuse": "refuse a presentation by its one notice",
    "credit.request_confirmation": "ask a bank for its confirmation",
    "credit.add_record": "add an electronic record to a presentation that is open",
    "credit.assign_ahead": "assign proceeds of a credit before anything is owed",
    "credit.breach": "a bank states that it broke its notice of refusal",
    "credit.complete_records": "give the notice of completeness, which lodges two records",
    "credit.find_assigned": "find complying where proceeds were assigned ahead",
    "credit.open_records": "open a presentation of electronic records",
    "credit.release": "record that the applicant has the documents",
    "credit.replace_record": "present a corrupt record again, so that the count goes on",
    "credit.report_corruption": "report a corrupt record, which stops the count",
    "credit.return": "record that refused documents were sent back",
    "credit.settle_unpaid": "close the unpaid one by that payment",
    "credit.sight_life": "the five receipts " + ", ".join(name.split(".")[1] for name in LIFE),
    "credit.sight_life_title": "the same with a title from lodging in custody to payment",
    "credit.sight_life_desks": "the same through desks: a maker signs, a checker sends",
    "credit.stay": "record a court's stay of payment",
    "desk.create": "a desk for a member, by its administrator",
    "desk.overhead": "issue through a desk with two signatures that a stranger relays, above issue",
    "credit.take_over": "take over what is owed to the bank in default",
    "credit.waive": "accept the discrepancies after a refusal",
    "document.batch_100_each": "a hundredth of registering a hundred documents one by one, at once",
    "document.peer_batch_100_each": "the same on document-store, by its multicall",
    "document.peer_register": "register one document on document-store, without issuer and time",
    "document.peer_revoke": "revoke it there",
    "document.peer_revoke_batch_100_each": "a hundredth of revoking a hundred there",
    "document.register": "register one document",
    "document.revoke": "revoke a document that was registered by itself",
    "document.revoke_batch_100_each": "a hundredth of revoking a hundred documents at once",
    "document.revoke_leaf": "revoke one document of a batch of a million",
    "document.grant": "grant one member access to an encrypted document",
    "document.grant_seven": "grant it to seven members at once",
    "document.publish_key": "publish another key to which documents are encrypted",
    "document.withdraw": "withdraw such a grant from one member",
    "document.root": "register the root over a batch of a million documents",
    "document.supersede": "register a later version in the place of a document",
    "document.verify": "show one document in a batch of a million, as a call of its own",
    "title.accept_surrender": "accept a surrender for delivery",
    "title.present": "lodge documents with a title",
    "title.pay_for": "pay an obligation at sight, and get the title",
    "title.attest_trust": "attest that what was taken on trust was paid elsewhere",
    "title.batch_100_each": "a hundredth of issuing a hundred titles at once",
    "title.endorse": "endorse a title to order",
    "title.issue": "issue a title to a member that is holder and beneficiary",
    "title.issue_remark": "the same with the commitment to a remark",
    "title.nominate": "nominate an endorsee",
    "title.offer": "offer a title against payment, which puts it into custody",
    "title.pay_trust": "pay in cash for a title that was taken on trust",
    "title.peer_accept_surrender": "burn a returned token on TradeTrust's registry",
    "title.peer_endorse": "transfer the beneficiary there",
    "title.peer_issue": "mint a token with its escrow there",
    "title.peer_issue_remark": "the same with a remark of 100 bytes",
    "title.peer_nominate": "nominate there",
    "title.peer_reject": "reject the transfer of a holder there",
    "title.peer_surrender": "return a token to its issuer there",
    "title.peer_transfer_holder": "transfer the holder there",
    "title.peer_transfer_holder_remark": "the same with a remark of 100 bytes",
    "title.pledge": "pledge a title to a bank",
    "title.reject": "reject possession",
    "title.release": "release a title that was paid for elsewhere",
    "title.release_pledge": "release a pledged title",
    "title.surrender": "surrender a title for delivery",
    "title.take": "take a title against payment in cash, both in one transaction",
    "title.take_on_trust": "take a title against a trust receipt",
    "title.transfer_batch_100_each": "a hundredth of transferring a hundred titles at once",
    "title.transfer_holder": "transfer possession of a title",
    "title.transfer_holder_remark": "the same with the commitment to a remark",
    "title.withdraw": "take back a title that was offered",
    "transfer.accept": "the second beneficiary accepts an amendment of its part",
    "transfer.agree_cancellation": "a second beneficiary agrees that the whole credit is cancelled",
    "transfer.approve": "let an amendment of the credit reach a part",
    "transfer.authorise": "authorise a bank to transfer",
    "transfer.claim": "claim the difference from a bank that honoured and is silent",
    "transfer.decline": "decline a transfer",
    "transfer.demand": "demand the first beneficiary's invoice",
    "transfer.end": "the last consent to a part's cancellation, which gives back its share",
    "transfer.fail": "record that the first beneficiary failed on first demand",
    "transfer.find": "find documents under a part complying",
    "transfer.find_forwarded": "find them complying unexamined by others, and assign the rest",
    "transfer.forward": "send documents on that were honoured under a part",
    "transfer.forward_as_is": "send them on unexamined, with the first beneficiary's invoice",
    "transfer.lodge": "present documents under a part",
    "transfer.pass": "pass an amendment on to a part",
    "transfer.reclaim": "take back what an expired part has left",
    "transfer.request": "ask for a transfer",
    "transfer.send_on": "send documents on in the place of a bank that does nothing",
    "transfer.substitute": "substitute the first beneficiary's invoice",
    "transfer.take_up": "take it up, and owe the difference",
    "transfer.transfer": "transfer a part",
    "transfer.withdraw": "take a request back",
    "credit.acknowledge_charges": "acknowledge interest and costs of a claim that fell back",
    "credit.agree_to_undertaking": "agree to an amended undertaking to reimburse",
    "credit.amend_authorisation": "amend an authorisation to reimburse",
    "credit.authorise_reimbursement": "authorise a bank to reimburse",
    "credit.cancel_authorisation": "cancel an authorisation to reimburse",
    "credit.claim_recourse": "take recourse for a reimbursement that was paid",
    "credit.claim_refund": "claim back a reimbursement of refused documents",
    "credit.claim_reimbursement": "claim reimbursement for a drawing that the bank honoured",
    "credit.claim_undertaking": "hold a silent reimbursing bank to its undertaking",
    "credit.decline_undertaking": "decline to undertake to reimburse",
    "credit.fall_back": "claim on the issuing bank instead, with interest and costs",
    "credit.give_pre_debit_notice": "tell the issuing bank of the debit to come",
    "credit.honour_claim": "agree to pay a claim for reimbursement",
    "credit.notify_non_payment": "give notice that a claim was not paid",
    "credit.propose_authorisation": "propose an amendment of terms that a bank undertook",
    "credit.refuse_claim": "give notice that a claim does not conform",
    "credit.settle": "close an obligation that another bank paid",
    "credit.undertake_reimbursement": "undertake to reimburse",
}


def sizes() -> dict[str, int]:
    """Runtime bytes of every contract that is deployed: libraries of internal functions are not."""
    suite = Suite.load()
    artifacts = (suite.artifact(name) for name in suite.names)
    return {one.name: len(one.runtime) for one in artifacts if one.abi}


def aim_of(name: str, aims: dict[str, Any]) -> dict[str, Any]:
    """An operation has an aim of its own or none, a contract that of all."""
    found: dict[str, Any] = aims.get(name, {} if "." in name else aims[SIZE])
    return found


def fault(name: str, was: int | None, now: int | None, aim: dict[str, Any]) -> str | None:
    """What is wrong with a figure, or None."""
    if was != now:
        return "changed; `make snapshot` renews the figures"
    if now is not None and now > aim.get("aim", now) and not aim.get("reason"):
        return "above its aim, and no reason stands beside it in bench/aims.json"
    return None


def shown(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def page(gas: dict[str, int], size: dict[str, int], aims: dict[str, Any]) -> str:
    """docs/reference/gas.md."""
    lines = [
        "# Gas and sizes",
        "",
        "Receipts' gas on Anvil in a steady state with the project's compiler settings, all checks",
        "included. `make snapshot` renews this page and the figures under `bench/`, `make test`",
        "compares them.",
        "",
        "| operation | what it is | gas | aim | best public peer |",
        "|---|---|---:|---:|---|",
    ]
    for name, value in gas.items():
        aim = aim_of(name, aims)
        bound = shown(aim.get("aim"))
        lines.append(
            f"| `{name}` | {MEANINGS[name]} | {value:,} | {bound} | {aim.get('peer', '–')} |"
        )
    bound = aims[SIZE]
    lines += [
        "",
        f"A chain takes no contract of more than {bound['limit']:,} bytes (EIP-170). None of these",
        f"exceeds {bound['aim']:,}, so that room stays for what is found later.",
        "",
        "| contract | runtime bytes | room |",
        "|---|---:|---:|",
    ]
    lines += [
        f"| `{name}` | {value:,} | {bound['limit'] - value:,} |" for name, value in size.items()
    ]
    reasons = [(name, aim["reason"]) for name, aim in aims.items() if aim.get("reason")]
    if reasons:
        lines += ["", "Above their aims:", ""]
        lines += [f"- `{name}`: {reason}" for name, reason in reasons]
    return "\n".join(lines) + "\n"


def recorded(path: Path) -> dict[str, int]:
    """The figures of a file; none if there is no such file, or it cannot be read."""
    try:
        found: dict[str, int] = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", action="store_true", help="renew the figures and the page")
    what.add_argument("--check", action="store_true", help="compare with the figures on record")
    parser.add_argument("--junitxml", type=Path, help="write the results there")
    parser.add_argument("-k", default="", help="check only names that contain this")
    options = parser.parse_args()

    began = time.monotonic()
    aims = json.loads(AIMS.read_text("utf-8"))
    names = {*MEANINGS, *sizes()}
    if not any(options.k in name for name in names):
        return NOTHING_SELECTED
    before = recorded(GAS) | recorded(SIZES)
    gas, size = measured(), sizes()
    now = gas | size
    if options.write:
        for path, figures in ((GAS, gas), (SIZES, size)):
            path.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(gas, size, aims), "utf-8")
    expected = now if options.write else before

    faults: dict[str, str | None] = {}
    print(f"{'operation':30} {'was':>9} {'is':>9} {'':>8} {'aim':>9}")
    for name in sorted(before | now, key=lambda one: ("." not in one, one)):
        if options.k not in name:
            continue
        was, value, aim = before.get(name), now.get(name), aim_of(name, aims)
        faults[name] = fault(name, expected.get(name), value, aim)
        change = f"{value - was:+,}" if was is not None and value is not None else ""
        change = "" if was == value else change
        line = f"{name:30} {shown(was):>9} {shown(value):>9} {change:>8} {shown(aim.get('aim')):>9}"
        print(f"{line}  {faults[name] or ''}".rstrip())
    if not options.k:
        unknown = set(aims) - set(now) - {SIZE}
        faults["aims"] = f"aims of nothing: {', '.join(sorted(unknown))}" if unknown else None
        current = PAGE.exists() and PAGE.read_text("utf-8") == page(gas, size, aims)
        stale = f"{PAGE.relative_to(ROOT)} is not what the figures make; `make snapshot` renews it"
        faults["page"] = None if current else stale
    for name in ("aims", "page"):
        if faults.get(name):
            print(faults[name])

    failed = sum(each is not None for each in faults.values())
    if options.junitxml:
        each = (time.monotonic() - began) / len(faults)
        cases = [junit.Case(name, each, reason) for name, reason in faults.items()]
        junit.write(options.junitxml, "snapshot", cases)
    print(f"{len(faults) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
