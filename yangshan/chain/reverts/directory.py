# SPDX-License-Identifier: Apache-2.0
"""Errors of the directory of contracts."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import Account, Number8, Number256, Text32


class NotCouncil(ContractError):
    """Only the council registers versions."""

    text = "only the council registers versions, and {caller} is not the council"

    caller: Account


class BadVersion(ContractError):
    """A version needs a name, and an address with a contract."""

    text = "a version needs a name and the address of a contract; {name} and {at} were given"

    name: Text32
    at: Account


class VersionExists(ContractError):
    """The contract, or its edition, is registered already."""

    text = "{at} is registered already, as is its edition {edition}"

    at: Account
    edition: Number8

    def _template(self) -> str:
        return self.text if self.edition else "{at} is registered already"


class BadEdition(ContractError):
    """The edition is beyond 63."""

    text = "the contract at {at} has the edition {edition}; at most 63 was expected"

    at: Account
    edition: Number256


class UnequalLists(ContractError):
    """The foundation names more contracts than it gives, or fewer."""

    text = "each contract of the foundation has a name: {names} names and {contracts} were given"

    names: Number256
    contracts: Number256


class UnknownVersion(ContractError):
    """There is no such version."""

    text = "the directory has no version {version} of {name}"

    name: Text32
    version: Number256
