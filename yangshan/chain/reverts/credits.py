# SPDX-License-Identifier: Apache-2.0
"""Errors of the credits, the presentations and the payment obligations."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from typing import Final

from yangshan.chain.enums import (
    Availability,
    Disposal,
    ObligationState,
    PresentationFlag,
    PresentationState,
)
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    Account,
    BlockTime,
    Commitment,
    CreditId,
    CurrencyNumber,
    Day,
    Deadline,
    DiscrepancyBits,
    FlagBits,
    Instant,
    MemberNumber,
    Minor64,
    Number8,
    Number16,
    ObligationId,
    PresentationId,
)
from yangshan.credit.discrepancies import names_of

# Letters of credit


class CreditExists(ContractError):
    """The issuing bank has used this reference before."""

    text = "the issuing bank has issued {credit_id} before, and a reference is used once"

    credit_id: CreditId


class UnknownCredit(ContractError):
    """There is no such credit."""

    text = "there is no {credit_id} on this chain"

    credit_id: CreditId


class MissingReference(ContractError):
    """The credit has no reference."""

    text = "the credit has no reference; field 20 has to give one of up to 16 characters"


class BadAmount(ContractError):
    """The amount is zero, or with its tolerance larger than can be counted."""

    text = (
        "the credit amount must be more than zero and, with its tolerance, less than 2^64 minor "
        "units: {amount} and +{plus_tolerance} % were given"
    )

    amount: Minor64
    plus_tolerance: Number8


class BadCurrency(ContractError):
    """The currency number is none of ISO 4217."""

    text = "{currency} is not a currency of ISO 4217"

    currency: CurrencyNumber


class BadTolerance(ContractError):
    """A tolerance has more than two digits (field 39A)."""

    text = (
        "a tolerance has at most two digits (field 39A): +{plus_tolerance} % and "
        "-{minus_tolerance} % were given"
    )

    plus_tolerance: Number8
    minus_tolerance: Number8


class ExpiryPassed(ContractError):
    """The credit would have expired before it is issued, wherever its place."""

    article = "UCP 600 art. 6(d)"
    text = "the credit would expire on {expiry} and cannot be issued any more: it is {time}"

    expiry: Day
    time: BlockTime


class AvailabilityNotCarried(ContractError):
    """This version carries credits that are available by sight payment."""

    article = "UCP 600 art. 6(b)"
    text = "a credit available by {availability} cannot be issued; sight payment was expected"

    availability: Availability


class BadTerms(ContractError):
    """A credit at sight has no usance, and the terms must be committed to."""

    text = (
        "a credit at sight has no usance and is bound to its terms: a usance of {tenor} days and "
        "the commitment {terms} were given"
    )

    tenor: Number16
    terms: Commitment


class NotAdvisingBank(ContractError):
    """The caller's member is not named to advise this credit, or not yet."""

    article = "UCP 600 art. 9"
    text = (
        "{member_id} is not named to advise {credit_id}, or not yet: a second advising bank "
        "follows the first"
    )

    credit_id: CreditId
    member_id: MemberNumber


class AdvisedAlready(ContractError):
    """The bank has advised this credit before."""

    article = "UCP 600 art. 9"
    text = "{member_id} has advised {credit_id} before"

    credit_id: CreditId
    member_id: MemberNumber


class NotPresentations(ContractError):
    """Only the contract of presentations draws."""

    text = "only the contract of presentations counts drawings, and {caller} is not that contract"

    caller: Account


class Overdrawn(ContractError):
    """More is demanded than the credit still has."""

    article = "UCP 600 art. 18(b), 30"
    text = "the demand of {demanded} exceeds the {available} still to be drawn under {credit_id}"

    credit_id: CreditId
    demanded: Minor64
    available: Minor64


class NothingToDraw(ContractError):
    """Nothing is left to draw."""

    article = "UCP 600 art. 18(b)"
    text = "nothing is left to draw under {credit_id}"

    credit_id: CreditId


# Presentations


class PresentationExists(ContractError):
    """This was lodged before."""

    text = (
        "{presentation_id} was lodged before; documents presented anew need a number of their own"
    )

    presentation_id: PresentationId


class UnknownPresentation(ContractError):
    """There is no such presentation."""

    text = (
        "there is no {presentation_id}: nothing was lodged under this credit with this bank, "
        "presenter and number"
    )

    presentation_id: PresentationId


class NotPresenter(ContractError):
    """The key names another presenter than the caller's member."""

    text = "the presenter named is {presenter}, and {member_id} cannot act in its place"

    presenter: MemberNumber
    member_id: MemberNumber


class NoMandate(ContractError):
    """The caller's member is not the beneficiary and holds no mandate of it."""

    text = "{member_id} is not the beneficiary of {credit_id} and holds no mandate of it"

    credit_id: CreditId
    member_id: MemberNumber


class NotBeneficiary(ContractError):
    """The caller's member is neither the beneficiary nor the bank that acts for it."""

    text = "{member_id} is neither the beneficiary of {credit_id} nor the bank that acts for it"

    credit_id: CreditId
    member_id: MemberNumber


class MandateExists(ContractError):
    """The mandate is on record already."""

    text = "the mandate of {presenter} under {credit_id} is on record already"

    credit_id: CreditId
    presenter: MemberNumber


class BankNotPermitted(ContractError):
    """Documents may not be presented to this bank under this credit."""

    article = "UCP 600 art. 6(a), (d)(ii)"
    text = "documents under {credit_id} cannot be presented to {examiner}"

    credit_id: CreditId
    examiner: MemberNumber


class NotExaminer(ContractError):
    """The caller's member is not the bank that examines this presentation."""

    article = "UCP 600 art. 14(a)"
    text = "{member_id} is not the bank that examines {presentation_id}"

    presentation_id: PresentationId
    member_id: MemberNumber


class WrongPresentationState(ContractError):
    """The presentation is not in the state that the act needs."""

    article = "UCP 600 art. 15, 16(c), (d)"
    text = "{presentation_id} is {actual} for good; for this it would have to be {expected}"

    presentation_id: PresentationId
    actual: PresentationState
    expected: PresentationState


class DeadlinePassed(ContractError):
    """The fifth banking day has closed: the bank is precluded."""

    article = "UCP 600 art. 16(d), (f)"
    text = (
        "the examination time ended on {deadline} (close of the fifth banking day); documents can "
        "no longer be refused or found complying"
    )

    presentation_id: PresentationId
    deadline: Instant
    time: BlockTime


class NotPrecluded(ContractError):
    """The bank is not precluded: its time is not over, or not known yet."""

    article = "UCP 600 art. 16(d), (f)"
    text = (
        "the bank is not precluded: it may refuse or find complying until {deadline} (close of "
        "the fifth banking day), and it is {time}"
    )

    presentation_id: PresentationId
    deadline: Deadline
    time: BlockTime

    def _template(self) -> str:
        if self.deadline is None:
            return (
                "the bank is not precluded: its banking calendar is not published far enough, so "
                "that the close of the fifth banking day is not known yet"
            )
        return self.text


class DeadlineFixedAlready(ContractError):
    """The deadline was fixed before."""

    article = "UCP 600 art. 14(b), 16(d)"
    text = "the examination time of {presentation_id} is fixed already: it ends on {deadline}"

    presentation_id: PresentationId
    deadline: Instant


_FLAG_ARTICLES: Final = {
    PresentationFlag.LATE: "UCP 600 art. 6(e), 14(c), 29(a)",
    PresentationFlag.OVERDRAWN: "UCP 600 art. 18(b), 30",
    PresentationFlag.SHORT: "UCP 600 art. 30(c), 31",
}


class CannotComply(ContractError):
    """The presentation cannot comply: the chain itself sees it late, overdrawn or short."""

    article = "UCP 600 art. 6(e), 14(c), 18(b), 29(a), 30, 31"
    text = "{presentation_id} cannot be found complying: it is {flags}"

    presentation_id: PresentationId
    flags: FlagBits

    def _cited(self) -> str:
        return "; ".join(article for flag, article in _FLAG_ARTICLES.items() if flag in self.flags)


class NoDiscrepancyStated(ContractError):
    """A notice of refusal must state each discrepancy."""

    article = "UCP 600 art. 16(c)(ii)"
    text = "a notice of refusal states each discrepancy; none was given for {presentation_id}"

    presentation_id: PresentationId


class UnknownDiscrepancies(ContractError):
    """A bit of the discrepancies has no meaning."""

    article = "UCP 600 art. 16(c)(ii)"

    discrepancies: DiscrepancyBits
    known: DiscrepancyBits

    def _template(self) -> str:
        unknown = ", ".join(names_of(self.discrepancies & ~self.known))
        known = names_of(self.known)
        return f"no discrepancy is called {unknown}; {known[0]} to {known[-1]} were expected"


class DisposalNotOpen(ContractError):
    """This disposal is not open to this bank for this presentation."""

    article = "UCP 600 art. 16(c)(iii)"
    text = (
        "a notice of refusal says what becomes of the documents; {disposal} is not open to this "
        "bank for {presentation_id}"
    )

    presentation_id: PresentationId
    disposal: Disposal


# Payment obligations


class NotPresentationsContract(ContractError):
    """Only the contract of presentations lets obligations arise."""

    text = (
        "only the contract of presentations lets obligations arise, and {caller} is not that "
        "contract"
    )

    caller: Account


class ObligationExists(ContractError):
    """The obligation arose before."""

    text = "{obligation_id} arose before, and is owed once"

    obligation_id: ObligationId


class UnknownObligation(ContractError):
    """There is no such obligation."""

    text = "there is no {obligation_id}"

    obligation_id: ObligationId


class WrongObligationState(ContractError):
    """The obligation is not in the state that the act needs."""

    text = "{obligation_id} is {actual}; for this it would have to be {expected}"

    obligation_id: ObligationId
    actual: ObligationState
    expected: ObligationState


class NotDebtor(ContractError):
    """The caller's member does not owe this."""

    text = "{member_id} does not owe {obligation_id}, and only the debtor pays"

    obligation_id: ObligationId
    member_id: MemberNumber


class NoCash(ContractError):
    """There is no cash of this currency on the ledger."""

    text = "there is no cash in {currency} on this ledger, so the obligation cannot be paid here"

    currency: CurrencyNumber


class CashTwice(ContractError):
    """Two cash contracts were given for one currency."""

    text = "two cash contracts were given for {currency}; one was expected"

    currency: CurrencyNumber
