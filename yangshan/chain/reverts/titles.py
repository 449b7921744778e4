# SPDX-License-Identifier: Apache-2.0
"""Errors of electronic titles and of their facades."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import TitleForm, TitleState
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    Account,
    BlockTime,
    Commitment,
    Instant,
    MemberNumber,
    Number256,
    TitleId,
)


class IncompleteTitle(ContractError):
    """A title has the commitments to a reference and to a document."""

    text = (
        "a title needs a commitment to the transport document's reference and one to the document, "
        "neither of them zero; {transport_reference} and {document} were given"
    )

    transport_reference: Commitment
    document: Commitment


class FormMismatch(ContractError):
    """A title in blank names nobody, and any other names somebody."""

    text = (
        "a title in blank names nobody, and one to order or straight names somebody; {form} and "
        "{beneficiary} were given"
    )

    form: TitleForm
    beneficiary: Account


class TitleExists(ContractError):
    """The carrier has issued a title for this reference before."""

    text = "the carrier issued {title} for this reference before, and each has one title"

    title: TitleId


class WrongTitleState(ContractError):
    """The title does not stand where the act needs it."""

    text = "{title} is {actual}; for this it would have to be {expected}"

    title: TitleId
    actual: TitleState
    expected: TitleState


class NotTitleHolder(ContractError):
    """Only the holder does this (MLETR art. 11)."""

    text = "{holder} holds {title}, and {member_id} does not; MLETR art. 11"

    title: TitleId
    holder: MemberNumber
    member_id: MemberNumber


class NotTitleBeneficiary(ContractError):
    """Only the beneficiary does this, or has consented to it (DCSA BL 3)."""

    text = "{title} is made out to {beneficiary}, not to {member_id}"

    title: TitleId
    beneficiary: MemberNumber
    member_id: MemberNumber


class NotTitleIssuer(ContractError):
    """Only the carrier that issued the title does this."""

    text = "{issuer} issued {title}, and {member_id} did not"

    title: TitleId
    issuer: MemberNumber
    member_id: MemberNumber


class NotToOrder(ContractError):
    """The title cannot be passed on in this way."""

    text = "{title} is {form}, and cannot be passed on in this way"

    title: TitleId
    form: TitleForm


class NotTheNominee(ContractError):
    """The beneficiary nominated somebody else, or nobody."""

    text = (
        "the beneficiary of {title} nominated {nominee}, and the holder would endorse it to "
        "{endorsee}"
    )

    title: TitleId
    nominee: MemberNumber
    endorsee: MemberNumber


class HolderAlready(ContractError):
    """The member has possession already."""

    text = "{member_id} holds {title} already"

    title: TitleId
    member_id: MemberNumber


class BeneficiaryAlready(ContractError):
    """The title is the member's already."""

    text = "{title} is made out to {member_id} already"

    title: TitleId
    member_id: MemberNumber


class NominatedAlready(ContractError):
    """The member is nominated already."""

    text = "for {title}, {member_id} is nominated already"

    title: TitleId
    member_id: MemberNumber


class NothingToReject(ContractError):
    """Nothing came to the member by another's act, or it has acted on the title since."""

    text = (
        "{member_id} has nothing of {title} to reject: it came by the member's own act, or the "
        "member has acted on it since"
    )

    title: TitleId
    member_id: MemberNumber


class RejectionLapsed(ContractError):
    """The time to reject is over."""

    text = "{title} could be rejected until {reject_by}; it is {time}"

    title: TitleId
    reject_by: Instant
    time: BlockTime


class PledgeeNotABank(ContractError):
    """Titles are pledged to banks."""

    text = "{title} can be pledged to a bank alone, and {member_id} is none"

    title: TitleId
    member_id: MemberNumber


class NoTitles(ContractError):
    """A list names at least one title."""

    text = "the list names no title; one at least was expected"


class NotCustodian(ContractError):
    """Only the contracts named at deployment take titles into custody."""

    text = "{caller} is no contract that takes titles into custody"

    caller: Account


class NotItsCustodian(ContractError):
    """Another contract has the title in custody."""

    text = "{title} is in the custody of {custodian}"

    title: TitleId
    custodian: Account


class NotKeptFor(ContractError):
    """The title is in custody for something else."""

    text = "{title} is in custody, but not for {record}"

    title: TitleId
    record: Commitment


class NotFacade(ContractError):
    """Only the facades that the workshop created speak for others."""

    text = "{caller} is no facade of a title"

    caller: Account


class NoSuchTitle(ContractError):
    """There is no such title."""

    text = "{title} was never issued"

    title: TitleId


class FacadeExists(ContractError):
    """The title has a facade."""

    text = "{title} has a facade already, {facade}"

    title: TitleId
    facade: Account


class RemarkTooLong(ContractError):
    """A remark has at most 120 bytes."""

    text = "a remark has at most 120 bytes; {length} were given"

    length: Number256


class TakesNoTokens(ContractError):
    """A facade holds no tokens."""

    text = "the facade of a title takes no tokens"
