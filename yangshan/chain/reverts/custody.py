# SPDX-License-Identifier: Apache-2.0
"""Errors of titles under a credit."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    Account,
    MemberNumber,
    Number8,
    Number256,
    ObligationId,
    PresentationId,
)


class TitlesOutOfBounds(ContractError):
    """Not as many titles as a presentation can have."""

    text = "a presentation has 1 to {most} titles; {count} were given"

    count: Number256
    most: Number256


class NotTitleRegistry(ContractError):
    """Only the contract of titles pays for them."""

    text = "only the contract of titles pays for them, and {caller} is not it"

    caller: Account


class TitlesGoToPayer(ContractError):
    """Who pays gets the titles that were presented with the documents."""

    text = (
        "{obligation_id} is paid together with the titles that were presented with the documents: "
        "there are {count}, and {given} were named"
    )

    obligation_id: ObligationId
    given: Number256
    count: Number8


class TitlesGoAlong(ContractError):
    """The bank gets the titles as it undertakes to pay at maturity."""

    article = "UCP 600 art. 7(a), 8(a)"
    text = (
        "the documents came with {count} titles, which the bank gets as it undertakes to pay at "
        "maturity: {obligation_id} arises through the contract of custody alone"
    )

    obligation_id: ObligationId
    count: Number8


class TitlesPresentedAlready(ContractError):
    """The presentation has its titles."""

    text = "{presentation_id} was presented with {count} titles already"

    presentation_id: PresentationId
    count: Number8


class NotItsTitles(ContractError):
    """All titles of a presentation leave together."""

    text = (
        "all titles of a presentation leave together: {presentation_id} has {count}, and {given} "
        "were named"
    )

    presentation_id: PresentationId
    given: Number256
    count: Number8


class TitlesAwaitPayment(ContractError):
    """The titles stay: the bank owes at sight, and gets them as it pays."""

    article = "UCP 600 art. 7(a), 8(a)"
    text = "the bank gets the titles as it pays {obligation_id}, and has not paid yet"

    obligation_id: ObligationId


class TitlesStay(ContractError):
    """The titles stay where they are as the presentation stands."""

    article = "UCP 600 art. 16"
    text = "as {presentation_id} stands, its titles stay where they are"

    presentation_id: PresentationId


class NotEntitledToTitles(ContractError):
    """The titles go to another member than that of the account named."""

    text = "the titles of {presentation_id} go to {entitled}; an account of {member_id} was named"

    presentation_id: PresentationId
    entitled: MemberNumber
    member_id: MemberNumber
