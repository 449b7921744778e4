# SPDX-License-Identifier: Apache-2.0
"""From an MT 700 to an issued credit: what a bank's system asks for in one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yangshan.credit.issuance import issuance_of
from yangshan.credit.terms import BANK_ONLY_KIND
from yangshan.errors import Refused
from yangshan.swift import is_valid, read
from yangshan.swift.instruments import is_continuation
from yangshan.swift.mapping import resolve_parties, terms_from_mt700

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.records import Issuance
    from yangshan.chain.sender import Done
    from yangshan.chain.signers import Signer
    from yangshan.credit.service import Credits
    from yangshan.credit.terms import CreditTerms
    from yangshan.swift.findings import Finding
    from yangshan.swift.mapping import PartyIds
    from yangshan.vault import Vault


class NotACredit(Refused):
    """A message from which no credit can be issued; ``findings`` say why."""

    def __init__(self, file: str, findings: list[Finding]) -> None:
        errors = [finding for finding in findings if finding.severity == "error"]
        super().__init__(
            f"No credit can be issued from {file}: "
            + " ".join(
                (f"Line {finding.line}: " if finding.line else "") + finding.message
                for finding in errors
            )
        )
        self.findings = tuple(findings)


class OneMessageExpected(Refused):
    """A file with several messages, or none, where one credit was expected."""

    def __init__(self, file: str, count: int) -> None:
        super().__init__(
            f"{file} holds {count} messages; expected one, the MT 700 of one credit, and beside it "
            "no more than its MT 701."
        )
        self.count = count


class OtherBanksCredit(Refused):
    """A key that would issue in another bank's name than the message states."""

    def __init__(self, key: str, bank: str, stated: str) -> None:
        super().__init__(
            f"The key {key} acts for {bank}, and the message is a credit of {stated}; expected a "
            f"key of {stated}. Nothing was sent."
        )


@dataclass(frozen=True, slots=True)
class StatedCredit:
    """A credit as a message states it: terms, parties by member number, and the doubts left."""

    terms: CreditTerms
    parties: PartyIds
    doubts: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """Under which its terms are kept: issuing bank and reference."""
        return f"{self.terms.issuing_bank}-{self.terms.reference}"


def stated_terms(
    data: bytes, file: str, *, issuing_bic: str | None = None, advising_bic: str | None = None
) -> tuple[CreditTerms, list[Finding]]:
    """The terms that the one MT 700 in ``data`` states, and its warnings; needs no chain.

    Its continuations, MT 701, may stand beside it.
    ``file`` names it in errors. Raises UnreadableMessage, :class:`OneMessageExpected` and
    :class:`NotACredit`.
    """
    messages = read(data, file)
    issues = [message for message in messages if not is_continuation(message.type)]
    if len(issues) != 1:
        raise OneMessageExpected(file, len(messages))
    terms, findings = terms_from_mt700(
        issues[0],
        continuations=[message for message in messages if message is not issues[0]],
        issuing_bic=issuing_bic,
        advising_bic=advising_bic,
    )
    if terms is None:
        raise NotACredit(file, findings)
    return terms, findings


def stated_credit(
    terms: CreditTerms,
    findings: Sequence[Finding],
    file: str,
    members: Mapping[int, MemberRecord],
) -> StatedCredit:
    """The credit of these terms between members of an alliance; raises :class:`NotACredit`."""
    parties, doubts = resolve_parties(terms, members.values())
    if not is_valid(doubts):
        raise NotACredit(file, doubts)
    return StatedCredit(terms, parties, (*findings, *doubts))


def issue(
    service: Credits, vault: Vault, signer: Signer, stated: StatedCredit, bank: str | None = None
) -> Done:
    """Keeps the terms with their salt and issues the credit; repeated, it is already done.

    What the contract refuses is not kept, so that the message can be mended and tried again.
    ``bank`` names the signer's bank in errors. Raises :class:`OtherBanksCredit`, NotCarried,
    KeptOtherwise, and what the service raises.
    """
    _expect_own(service, signer, stated, bank)
    issuance = kept_issuance(vault, stated, lambda draft: service.try_issue(signer, draft))
    return service.issue(signer, stated.parties.issuing, issuance)


def kept_issuance(
    vault: Vault, stated: StatedCredit, attempt: Callable[[Issuance], None]
) -> Issuance:
    """With which a credit is issued, its terms and their salt kept.

    ``attempt`` tries on the chain what is not kept yet; what it raises leaves nothing behind.
    Raises NotCarried, KeptOtherwise, VaultDamaged.
    """
    draft = stated.terms.sealed()
    if vault.find(draft.kind, stated.name) is None:
        attempt(issuance_of(stated.terms, stated.parties, draft))
    sealed = vault.keep(draft.kind, stated.name, stated.terms.canonical())
    if stated.terms.bank_only_conditions is not None:
        # Not among the terms that the beneficiary can open, and as much part of the MT 700.
        vault.keep(BANK_ONLY_KIND, stated.name, stated.terms.bank_only_conditions)
    return issuance_of(stated.terms, stated.parties, sealed)


def try_issue(
    service: Credits, signer: Signer, stated: StatedCredit, bank: str | None = None
) -> None:
    """Tries the same on the chain, sends nothing and keeps nothing; raises as :func:`issue`."""
    _expect_own(service, signer, stated, bank)
    issuance = issuance_of(stated.terms, stated.parties, stated.terms.sealed())
    service.try_issue(signer, issuance)


def _expect_own(service: Credits, signer: Signer, stated: StatedCredit, bank: str | None) -> None:
    # The contract takes the signer's member as issuing bank, whatever the message says.
    member = service.member_of(signer)
    if member and member != stated.parties.issuing:
        name = bank or f"member {member}"
        raise OtherBanksCredit(signer.name, name, stated.terms.issuing_bank)
