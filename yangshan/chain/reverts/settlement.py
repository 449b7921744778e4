# SPDX-License-Identifier: Apache-2.0
"""Errors of the settlement cash, those of its ERC-20 base included."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import Account, MemberNumber, Minor256, Text32


class NotCashIssuer(ContractError):
    """Only the member that issues this currency mints and redeems."""

    text = "{member_id} does not issue this currency on the ledger; {issuer} does"

    member_id: MemberNumber
    issuer: MemberNumber


class ReferenceUsed(ContractError):
    """The reference is empty or was used before."""

    text = (
        "the payment reference {outside_reference} was used before, and its money is on record; "
        "a new reference was expected"
    )

    outside_reference: Text32

    def _template(self) -> str:
        if not self.outside_reference:
            return "the payment has no reference; the issuer's reference of it was expected"
        return self.text


class NotHeldByMember(ContractError):
    """Cash moves between accounts of members only."""

    text = "{account} belongs to no member, and cash moves between accounts of members only"

    account: Account


class NotSettler(ContractError):
    """Only the contracts named at deployment settle."""

    text = "only the settling contracts move cash for an obligation; {caller} is none of them"

    caller: Account


class ERC20InsufficientBalance(ContractError):
    """The account holds less than is to be moved."""

    text = "{sender} has {balance} of cash and needs {needed}"

    sender: Account
    balance: Minor256
    needed: Minor256


class ERC20InsufficientAllowance(ContractError):
    """The spender may move less than it tried to."""

    text = "{spender} may move {allowance} of this cash and tried to move {needed}"

    spender: Account
    allowance: Minor256
    needed: Minor256


class ERC20InvalidSender(ContractError):
    """Cash cannot be moved from this account."""

    text = "{sender} cannot send cash"

    sender: Account


class ERC20InvalidReceiver(ContractError):
    """Cash cannot be moved to this account."""

    text = "{receiver} cannot receive cash"

    receiver: Account


class ERC20InvalidApprover(ContractError):
    """This account cannot let another move its cash."""

    text = "{approver} cannot let another account move its cash"

    approver: Account


class ERC20InvalidSpender(ContractError):
    """This account cannot be allowed to move another's cash."""

    text = "{spender} cannot be allowed to move the cash of another account"

    spender: Account
