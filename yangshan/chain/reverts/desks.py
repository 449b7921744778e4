# SPDX-License-Identifier: Apache-2.0
"""Errors of members' desks and of the workshop that makes them, the libraries' included."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.records import Policy
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    Account,
    BlockTime,
    Commitment,
    CurrencyNumber,
    Instant,
    InstructionDigest,
    MemberNumber,
    Minor256,
    Number64,
    Number256,
    Selector,
    Text,
)

# People


class NotOwnDesk(ContractError):
    """Only an administrator of the member names its people and policies."""

    text = "the desk is that of {owner}, and {member_id} cannot change its people and policies"

    member_id: MemberNumber
    owner: MemberNumber


class NoHand(ContractError):
    """The person is nobody at this desk, may not act with this hand, or no longer acts."""

    person: Account
    maker: bool

    def _template(self) -> str:
        return f"{{person}} is no {'maker' if self.maker else 'checker'} at this desk, or no longer"


class PersonUnchanged(ContractError):
    """The person is on record as the call would make it."""

    text = "{person} is at the desk as it should be already; nothing was changed"

    person: Account


class SamePerson(ContractError):
    """One person cannot be both hands."""

    text = "{person} proposed this, and another person has to approve it"

    person: Account


# Policies


class BadPolicy(ContractError):
    """A policy without a sense."""

    text = (
        "the policy makes no sense: a closed action has nothing else, an open one a name; a "
        "currency and a limit come each with their place among the arguments; one hand up to an "
        "amount at most the limit, and never for what the desk does to itself ({policy} was given)"
    )

    policy: Policy


class PolicyUnchanged(ContractError):
    """The policy is on record as the call would make it."""

    text = (
        "the policy for function {selector} of {target} in {currency} is as it should be already; "
        "nothing was changed"
    )

    target: Account
    selector: Selector
    currency: CurrencyNumber


class ActionClosed(ContractError):
    """The desk has no policy that lets it do this."""

    text = (
        "the desk has no policy for function {selector} of {target} in {currency} under this name "
        "of the action"
    )

    target: Account
    selector: Selector
    currency: CurrencyNumber


class OverLimit(ContractError):
    """The amount is beyond what the desk may do."""

    text = "the amount of {amount} is beyond the desk's limit of {limit}"

    amount: Minor256
    limit: Minor256


# Instructions


class NotTheMaker(ContractError):
    """An instruction names its maker, and this is another."""

    text = (
        "the instruction names {maker} as its maker, and {person} proposed or signed it; a "
        "signature of another text gives any account at all"
    )

    person: Account
    maker: Account


class NotProposed(ContractError):
    """The maker has neither signed the instruction nor proposed it, or it was carried out."""

    text = "{digest} was neither signed nor proposed by its maker, or was carried out before"

    digest: InstructionDigest


class ProposedAlready(ContractError):
    """The instruction was proposed before."""

    text = "{digest} was proposed before"

    digest: InstructionDigest


class InstructionMisstated(ContractError):
    """What the instruction says of the amount or the currency is not what its call says."""

    text = "the instruction says {said} of the amount or the currency, and its call says {called}"

    said: Number256
    called: Number256


class CallTooShort(ContractError):
    """The call ends before its selector or before what the policy wants read."""

    text = "the call has {length} bytes; at least {needed} were expected"

    length: Number256
    needed: Number256


class InstructionExpired(ContractError):
    """The instruction's time is over."""

    text = "the instruction could be carried out until {deadline}, and it is {time}"

    deadline: Instant
    time: BlockTime


class NonceUsed(ContractError):
    """The nonce was used or cancelled."""

    text = "the number {nonce} of {maker} was used or cancelled before"

    maker: Account
    nonce: Number64


class NotATarget(ContractError):
    """A desk calls no address without a contract, and itself only to administer itself."""

    text = (
        "{target} cannot be called by a desk: it is no contract, or the desk itself for something "
        "other than its people and policies"
    )

    target: Account


# The workshop


class NotRegistry(ContractError):
    """Only the registry has desks made."""

    text = "only the registry has desks made, and {caller} is not the registry"

    caller: Account


# Signatures and typed data, as the libraries of OpenZeppelin refuse them


class ECDSAInvalidSignature(ContractError):
    """The signature is nobody's."""

    text = "the signature is nobody's"


class ECDSAInvalidSignatureLength(ContractError):
    """The signature is not of 65 bytes."""

    text = "a signature has 65 bytes; {length} were given"

    length: Number256


class ECDSAInvalidSignatureS(ContractError):
    """The signature is in the upper half of the curve's order."""

    text = "the signature is not the one of its pair that counts: its half {s} is too great"

    s: Commitment


class StringTooLong(ContractError):
    """A name of typed data is too long to be kept in the code."""

    text = "the text {str} is too long to be kept in the code"

    str: Text


class InvalidShortString(ContractError):
    """A name kept in the code cannot be read."""

    text = "a text kept in the code of the contract cannot be read"
