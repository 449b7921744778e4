# SPDX-License-Identifier: Apache-2.0
"""Errors of the presentations."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from typing import Final

from yangshan.chain.enums import (
    Disposal,
    PresentationFlag,
    PresentationState,
)
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    BlockTime,
    CreditId,
    Deadline,
    DiscrepancyBits,
    FlagBits,
    Instant,
    MemberNumber,
    PresentationId,
)
from yangshan.credit.discrepancies import names_of


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
    text = "{presentation_id} is {actual}; for this it would have to be {expected}"

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
    PresentationFlag.MISSED: "UCP 600 art. 32",
}


class CannotComply(ContractError):
    """The presentation cannot comply: the chain itself sees it late, overdrawn, short or missed."""

    article = "UCP 600 art. 6(e), 14(c), 18(b), 29(a), 30, 31, 32"
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


class BankNotBound(ContractError):
    """A bank that has not confirmed owes nothing by silence."""

    article = "UCP 600 art. 12(a), 16(f)"
    text = (
        "{examiner} has not confirmed the credit and owes nothing on {presentation_id} by silence"
    )

    presentation_id: PresentationId
    examiner: MemberNumber


class WaiverNotOpen(ContractError):
    """The documents may not be taken up as the refusal stands."""

    article = "UCP 600 art. 16(c)(iii)"
    text = (
        "the documents of {presentation_id} were refused with the disposal {disposal} and may not "
        "be taken up: they go back, or the presenter has to let the bank"
    )

    presentation_id: PresentationId
    disposal: Disposal


class RecourseNotOpen(ContractError):
    """Only a nominated bank that negotiates and has not confirmed has recourse."""

    article = "UCP 600 art. 8(a)(ii)"
    text = (
        "{examiner} may not reserve recourse on {presentation_id}: only a bank that negotiates "
        "and has not confirmed may"
    )

    presentation_id: PresentationId
    examiner: MemberNumber
