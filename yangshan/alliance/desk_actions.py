# SPDX-License-Identifier: Apache-2.0
"""What a desk can do for its member, by the words that its people read when they sign.

The words are part of the key of each policy on chain, so that one action is never signed for
another. A member may use words of its own; these are the ones that the library knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yangshan.chain.calls import argument_place, encode_call, function_selector
from yangshan.chain.values import hexadecimal
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Sequence

DESK: Final = "MemberDesk"
CASH: Final = "SettlementCash"


class UnknownDeskAction(Unusable):
    """Words for which the library knows no action."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"No action of a desk is called {name!r}; there are "
            f"{', '.join(repr(each) for each in DESK_ACTIONS)}."
        )
        self.name = name


@dataclass(frozen=True, slots=True)
class DeskAction:
    """One action: its words, and the function that it calls.

    ``contract`` is the name of the contract, ``SettlementCash`` for that of some currency and
    ``MemberDesk`` for the desk itself. ``amount`` and ``currency`` name the arguments that are the
    amount and its currency, where there are some.
    """

    name: str
    contract: str
    function: str
    amount: str = ""
    currency: str = ""

    @property
    def selector(self) -> str:
        """The first four bytes of the call, with 0x."""
        return hexadecimal(function_selector(self.contract, self.function))

    @property
    def amount_at(self) -> int:
        """Which word of the arguments is the amount, from 1; 0 for none."""
        return self._place(self.amount)

    @property
    def currency_at(self) -> int:
        """Which word of the arguments is the currency, from 1; 0 for none."""
        return self._place(self.currency)

    def call(self, arguments: Sequence[object]) -> bytes:
        """The data of the call; raises BadArguments."""
        return encode_call(self.contract, self.function, arguments)

    def stated(self, call: bytes) -> tuple[int, int]:
        """Currency and amount as the call says them, 0 for none: what an instruction states."""
        return _word(call, self.currency_at), _word(call, self.amount_at)

    def _place(self, path: str) -> int:
        return argument_place(self.contract, self.function, path) if path else 0


_ALL: Final = (
    # Credits
    DeskAction("issue a credit", "LetterOfCredit", "issue", "issuance.amount", "issuance.currency"),
    DeskAction("issue credits in a batch", "LetterOfCredit", "issueBatch"),
    DeskAction(
        "pre-advise a credit", "LetterOfCredit", "preAdvise", "issuance.amount", "issuance.currency"
    ),
    DeskAction(
        "issue a pre-advised credit",
        "LetterOfCredit",
        "issuePreAdvised",
        "issuance.amount",
        "issuance.currency",
    ),
    DeskAction(
        "issue a credit with a schedule",
        "LetterOfCredit",
        "issueScheduled",
        "issuance.amount",
        "issuance.currency",
    ),
    DeskAction("propose instalments", "CreditSchedules", "proposeInstalments"),
    DeskAction("advise a credit", "LetterOfCredit", "advise"),
    DeskAction("decline to advise", "LetterOfCredit", "declineAdvice"),
    DeskAction("ask a bank to confirm", "LetterOfCredit", "requestConfirmation"),
    DeskAction("confirm a credit", "LetterOfCredit", "confirm"),
    DeskAction("decline to confirm", "LetterOfCredit", "declineConfirmation"),
    DeskAction("amend a credit", "LetterOfCredit", "amend"),
    DeskAction("extend the confirmation", "LetterOfCredit", "extendConfirmation"),
    DeskAction("decline to extend the confirmation", "LetterOfCredit", "declineExtension"),
    DeskAction("accept an amendment", "LetterOfCredit", "acceptAmendment"),
    DeskAction("reject an amendment", "LetterOfCredit", "rejectAmendment"),
    DeskAction("stay payment under a credit", "LetterOfCredit", "stay"),
    DeskAction("lift the stay of a credit", "LetterOfCredit", "liftStay"),
    DeskAction("record a mandate", "Presentations", "recordMandate"),
    DeskAction("lodge documents", "Presentations", "lodge"),
    DeskAction("find documents complying", "Presentations", "findComplying"),
    DeskAction("find documents complying as amended", "Presentations", "findComplyingWith"),
    DeskAction("accept discrepancies", "Presentations", "acceptDiscrepancies"),
    DeskAction("ask for a waiver", "Forwarding", "askForWaiver"),
    DeskAction("ask for authority", "Forwarding", "askForAuthority"),
    DeskAction("refuse documents", "Presentations", "refuse"),
    DeskAction("instruct a refusing bank", "Disposals", "instruct"),
    DeskAction("record the return of documents", "Disposals", "recordReturn"),
    DeskAction("forward documents", "Forwarding", "forward"),
    DeskAction("present an unpaid drawing", "Forwarding", "presentUnpaid"),
    DeskAction("name amendments", "Presentations", "nameAmendments"),
    DeskAction("accept documents out of hours", "Presentations", "acceptOutOfHours"),
    DeskAction("claim from a precluded bank", "Presentations", "claimPrecluded"),
    DeskAction("release documents to the applicant", "Disposals", "releaseToApplicant"),
    DeskAction("state a breach of a refusal notice", "Disposals", "stateBreach"),
    DeskAction("record a ruling on a refusal notice", "Disposals", "findInBreach"),
    DeskAction("open an electronic presentation", "ElectronicRecords", "openPresentation"),
    DeskAction("add an electronic record", "ElectronicRecords", "addRecord"),
    DeskAction(
        "give the notice of completeness", "ElectronicRecords", "completePresentation", "amount"
    ),
    DeskAction("report corrupt records", "ElectronicRecords", "reportCorruption"),
    DeskAction("replace a corrupt record", "ElectronicRecords", "replaceRecord"),
    DeskAction("dispose of refused records", "ElectronicRecords", "disposeRecords"),
    DeskAction("pay an obligation", "PaymentObligations", "pay"),
    DeskAction("agree to a prepayment", "PaymentObligations", "agreePrepayment", "proceeds"),
    DeskAction("prepay an obligation", "PaymentObligations", "prepay", "proceeds"),
    DeskAction("attest a payment", "PaymentObligations", "attestPayment"),
    DeskAction("assign proceeds", "PaymentObligations", "assignProceeds", "amount"),
    DeskAction(
        "assign proceeds under a credit", "PaymentObligations", "assignUnderCredit", "amount"
    ),
    DeskAction("stay a payment", "PaymentObligations", "stayPayment"),
    DeskAction("lift the stay of a payment", "PaymentObligations", "liftPaymentStay"),
    DeskAction("settle by the counterpart", "PaymentObligations", "settleByCounterpart"),
    # Reimbursement
    DeskAction("authorise a reimbursement", "Reimbursements", "authorise", "terms.amount"),
    DeskAction(
        "amend a reimbursement authorisation",
        "Reimbursements",
        "amendAuthorisation",
        "terms.amount",
    ),
    DeskAction("cancel a reimbursement authorisation", "Reimbursements", "cancelAuthorisation"),
    DeskAction("undertake to reimburse", "Reimbursements", "undertake", "terms.amount"),
    DeskAction("decline to undertake", "Reimbursements", "declineUndertaking"),
    DeskAction("agree to an amended undertaking", "Reimbursements", "agreeToAmendment"),
    DeskAction("claim reimbursement", "Reimbursements", "claim", "request.amount"),
    DeskAction("give notice of a debit", "Reimbursements", "givePreDebitNotice"),
    DeskAction("honour a reimbursement claim", "Reimbursements", "honourClaim"),
    DeskAction("refuse a reimbursement claim", "Reimbursements", "refuseClaim"),
    DeskAction("claim on an undertaking to reimburse", "Reimbursements", "claimUndertaking"),
    DeskAction("give notice of non-payment", "Reimbursements", "notifyNonPayment"),
    DeskAction("fall back on the issuing bank", "Reimbursements", "fallBack", "charges"),
    DeskAction("take recourse to the issuing bank", "Reimbursements", "claimRecourse"),
    DeskAction("claim a refund", "Reimbursements", "claimRefund", "interest"),
    DeskAction("acknowledge interest and costs", "Reimbursements", "acknowledgeCharges"),
    # Transfers of credits
    DeskAction("authorise a bank to transfer", "CreditTransfers", "authoriseTransfer"),
    DeskAction("ask for a transfer", "CreditTransfers", "requestTransfer", "request.share"),
    DeskAction("take a request for a transfer back", "CreditTransfers", "withdrawRequest"),
    DeskAction("decline a transfer", "CreditTransfers", "declineTransfer"),
    DeskAction("transfer a credit", "CreditTransfers", "transfer"),
    DeskAction("let an amendment reach a part", "CreditTransfers", "approvePassing"),
    DeskAction("pass an amendment on to a part", "CreditTransfers", "passAmendment", "share"),
    DeskAction("agree to a cancellation for a part", "CreditTransfers", "agreeToCancellation"),
    DeskAction("reclaim the share of a part", "CreditTransfers", "reclaimShare"),
    DeskAction("demand the first beneficiary's invoice", "CreditTransfers", "demandSubstitution"),
    DeskAction("substitute invoice and draft", "CreditTransfers", "substitute", "amount"),
    DeskAction("take up the first beneficiary's invoice", "CreditTransfers", "takeUpSubstitution"),
    DeskAction("claim the difference", "CreditTransfers", "claimDifference"),
    DeskAction("record a failed substitution", "CreditTransfers", "recordFailure"),
    DeskAction("send documents on for an idle bank", "CreditTransfers", "sendOn"),
    # Documents and declarations
    DeskAction("register a document", "DocumentRegistry", "register"),
    DeskAction("register documents in a batch", "DocumentRegistry", "registerBatch"),
    DeskAction("register a later version of a document", "DocumentRegistry", "supersede"),
    DeskAction("revoke a document", "DocumentRegistry", "revoke"),
    DeskAction("revoke documents in a batch", "DocumentRegistry", "revokeBatch"),
    DeskAction("revoke one document of a batch", "DocumentRegistry", "revokeLeaf"),
    DeskAction(
        "attest a customs declaration",
        "CustomsDeclarations",
        "declare",
        "declaration.cap",
        "declaration.currency",
    ),
    DeskAction("record a customs release", "CustomsDeclarations", "release"),
    DeskAction(
        "amend a customs declaration",
        "CustomsDeclarations",
        "amend",
        "declaration.cap",
        "declaration.currency",
    ),
    DeskAction("withdraw a customs declaration", "CustomsDeclarations", "withdraw"),
    # The exchange of documents
    DeskAction("publish an encryption key", "DocumentGrants", "publishKey"),
    DeskAction("grant access to a document", "DocumentGrants", "grant"),
    DeskAction("withdraw access to a document", "DocumentGrants", "withdraw"),
    # Titles
    DeskAction("issue a title", "TitleRegistry", "issue"),
    DeskAction("issue titles in a batch", "TitleRegistry", "issueBatch"),
    DeskAction("nominate an endorsee", "TitleRegistry", "nominate"),
    DeskAction("endorse a title", "TitleRegistry", "endorseTitle"),
    DeskAction("transfer possession of a title", "TitleRegistry", "transferHolder"),
    DeskAction("endorse a title and transfer possession", "TitleRegistry", "transferBoth"),
    DeskAction("reject possession of a title", "TitleRegistry", "rejectHolder"),
    DeskAction("reject an endorsement", "TitleRegistry", "rejectBeneficiary"),
    DeskAction("reject endorsement and possession", "TitleRegistry", "rejectBoth"),
    DeskAction("pledge a title", "TitleRegistry", "pledge"),
    DeskAction("release a pledged title", "TitleRegistry", "releasePledge"),
    DeskAction("surrender a title", "TitleRegistry", "surrender"),
    DeskAction("accept a surrender", "TitleRegistry", "acceptSurrender"),
    DeskAction("reject a surrender", "TitleRegistry", "rejectSurrender"),
    DeskAction("restore a title after amendment", "TitleRegistry", "restore"),
    DeskAction("put a title in the place of its paper", "TitleRegistry", "returnFromPaper"),
    DeskAction("act on titles in a batch", "TitleRegistry", "instruct"),
    DeskAction("lodge documents with titles", "TitleRegistry", "presentDocuments"),
    DeskAction("pay an obligation against its titles", "TitleRegistry", "payForTitles"),
    DeskAction("present titles with lodged documents", "TitleCustody", "attach"),
    DeskAction("find documents with titles complying", "TitleCustody", "findComplying"),
    DeskAction(
        "find documents with titles complying as amended", "TitleCustody", "findComplyingWith"
    ),
    DeskAction(
        "accept discrepancies of documents with titles", "TitleCustody", "acceptDiscrepancies"
    ),
    DeskAction("take undecided titles back", "TitleCustody", "giveBack"),
    DeskAction(
        "offer titles for delivery",
        "TitleDeliveries",
        "offer",
        "terms.amount",
        "terms.currency",
    ),
    DeskAction("withdraw titles from delivery", "TitleDeliveries", "withdraw"),
    DeskAction("take titles against payment", "TitleDeliveries", "take"),
    DeskAction("take titles against a trust receipt", "TitleDeliveries", "takeOnTrust"),
    DeskAction("release titles paid for elsewhere", "TitleDeliveries", "release"),
    DeskAction("pay for titles taken on trust", "TitleDeliveries", "pay"),
    DeskAction("attest payment for titles taken on trust", "TitleDeliveries", "attestPayment"),
    DeskAction("nominate through a facade", "TitleFacade", "nominate"),
    DeskAction("endorse through a facade", "TitleFacade", "transferBeneficiary"),
    DeskAction("transfer possession through a facade", "TitleFacade", "transferHolder"),
    DeskAction("endorse and transfer through a facade", "TitleFacade", "transferOwners"),
    DeskAction(
        "reject an endorsement through a facade", "TitleFacade", "rejectTransferBeneficiary"
    ),
    DeskAction("reject possession through a facade", "TitleFacade", "rejectTransferHolder"),
    DeskAction("reject both through a facade", "TitleFacade", "rejectTransferOwners"),
    DeskAction("surrender through a facade", "TitleFacade", "returnToIssuer"),
    DeskAction("accept a surrender through a facade", "TitleFacade", "shred"),
    # Cash
    DeskAction("transfer cash", CASH, "transfer", "value"),
    DeskAction("transfer cash from another account", CASH, "transferFrom", "value"),
    DeskAction("let another account transfer cash", CASH, "approve", "value"),
    DeskAction("mint cash", CASH, "mint", "amount"),
    DeskAction("redeem cash", CASH, "redeem", "amount"),
    # Members and keys
    DeskAction("set a key", "AllianceRegistry", "setKey"),
    DeskAction("rotate a key", "AllianceRegistry", "rotateKey"),
    DeskAction("freeze a key", "AllianceRegistry", "freezeKey"),
    DeskAction("thaw a key", "AllianceRegistry", "thawKey"),
    DeskAction("revoke a key", "AllianceRegistry", "revokeKey"),
    DeskAction("renounce the key of the desk", "AllianceRegistry", "renounceKey"),
    DeskAction("create a desk", "AllianceRegistry", "createDesk"),
    DeskAction("let desks alone find, refuse and pay", "AllianceRegistry", "setDeskOnly"),
    DeskAction("nominate a treasury", "AllianceRegistry", "nominateTreasury"),
    DeskAction("become the treasury", "AllianceRegistry", "becomeTreasury"),
    DeskAction("object to a recovery", "AllianceRegistry", "objectToRecovery"),
    DeskAction("resign from the alliance", "AllianceRegistry", "resign"),
    # The council
    DeskAction("make a proposal", "AllianceCouncil", "propose"),
    DeskAction("vote on a proposal", "AllianceCouncil", "vote"),
    DeskAction("take a proposal back", "AllianceCouncil", "cancel"),
    DeskAction("carry out a decision", "AllianceCouncil", "execute"),
    # Banking calendars
    DeskAction("open a banking calendar", "BankingCalendar", "open"),
    DeskAction("publish banking days", "BankingCalendar", "publish"),
    DeskAction("revise banking days", "BankingCalendar", "revise"),
    # The desk itself
    DeskAction("name a person at the desk", DESK, "setPerson"),
    DeskAction("set a policy of the desk", DESK, "setPolicy"),
    DeskAction("cancel an instruction", DESK, "cancel"),
    # The contract itself knows this action by these words.
    DeskAction("sign a message", DESK, "isValidSignature"),
)

DESK_ACTIONS: Final = {action.name: action for action in _ALL}


def desk_action(name: str) -> DeskAction:
    """The action of these words; raises :class:`UnknownDeskAction`."""
    if name not in DESK_ACTIONS:
        raise UnknownDeskAction(name)
    return DESK_ACTIONS[name]


def action_of(contract: str, function: str) -> DeskAction:
    """The action that calls a function; raises :class:`UnknownDeskAction`."""
    for action in _ALL:
        if (action.contract, action.function) == (contract, function):
            return action
    raise UnknownDeskAction(f"{contract}.{function}")


def _word(call: bytes, place: int) -> int:
    end = 4 + 32 * place
    return int.from_bytes(call[end - 32 : end], "big") if place else 0
