# SPDX-License-Identifier: Apache-2.0
"""From an MT 700 or 705 to what it states, and from its names to members of an alliance.

What a message does not say is a finding, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yangshan.credit.terms import Bank, Confirmation, CreditTerms
from yangshan.swift import values
from yangshan.swift.findings import Finding, is_valid
from yangshan.swift.maps.engine import checked, model_of, values_of
from yangshan.swift.maps.mt700 import MT700
from yangshan.swift.maps.mt705 import MT705

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yangshan.alliance.members import MemberRecord
    from yangshan.credit.advices import PreAdvice
    from yangshan.swift.definitions import Severity
    from yangshan.swift.grammar import Message


@dataclass(frozen=True, slots=True)
class PartyIds:
    """Member numbers of a credit's parties; 0 is nobody, or a party outside the alliance.

    Nobody has confirmed by a message alone: ``requested_confirming`` is only asked to.
    """

    issuing: int
    applicant: int
    beneficiary: int
    advising: int
    second_advising: int
    nominated: int
    requested_confirming: int
    reimbursing: int


def terms_from_mt700(
    message: Message,
    *,
    continuations: Sequence[Message] = (),
    issuing_bic: str | None = None,
    advising_bic: str | None = None,
) -> tuple[CreditTerms | None, list[Finding]]:
    """The terms of a credit, and all findings; no terms if one of the findings is an error.

    ``continuations`` are its MT 701, which must be complete: the parts are one instrument.
    Sender and receiver are issuing and advising bank. A bare text block names neither: then they
    must be given, in eight or eleven characters, and may not contradict a header that does.
    """
    if message.type != "700":
        what = f"This is an MT {message.type}; expected an MT 700, which issues a credit"
        return None, [_of_message(message, "Y40", what)]
    instrument, findings = checked(message, continuations)
    issuing = _bank_of_header(message, "issuing", message.sender, issuing_bic, findings)
    advising = _bank_of_header(message, "advising", message.receiver, advising_bic, findings)
    stated: dict[str, Any] = {}
    if is_valid(findings):
        stated = values_of(instrument, MT700.places, findings)
        findings += _of_nothing(message)
    findings.sort(key=lambda finding: (finding.line, finding.column))
    if issuing is None or not is_valid(findings):
        return None, findings
    return CreditTerms(**stated, issuing_bank=issuing, advising_bank=advising), findings


@dataclass(frozen=True, slots=True)
class PreAdvised:
    """A pre-advice with its banks, which are no fields: sender and receiver of its MT 705."""

    advice: PreAdvice
    issuing_bank: str
    advising_bank: str | None


def pre_advice_from_mt705(
    message: Message, *, issuing_bic: str | None = None, advising_bic: str | None = None
) -> tuple[PreAdvised | None, list[Finding]]:
    """The pre-advice of an MT 705, and all findings; otherwise as :func:`terms_from_mt700`."""
    if message.type != "705":
        what = f"This is an MT {message.type}; expected an MT 705, which pre-advises a credit"
        return None, [_of_message(message, "Y40", what)]
    stated = model_of(MT705, message, ())
    advice, findings = stated
    issuing = _bank_of_header(message, "issuing", message.sender, issuing_bic, findings)
    advising = _bank_of_header(message, "advising", message.receiver, advising_bic, findings)
    findings += _of_nothing(message)
    findings.sort(key=lambda finding: (finding.line, finding.column))
    if advice is None or issuing is None or not is_valid(findings):
        return None, findings
    return PreAdvised(advice, issuing, advising), findings


def _bank_of_header(
    message: Message, role: str, named: str | None, given: str | None, findings: list[Finding]
) -> str | None:
    if given is not None and not values.is_bic(given):
        findings.append(
            _of_message(
                message,
                "T27",
                f"The {role} bank is given as {given!r}; expected a BIC of 8 or 11 characters",
            )
        )
        return None
    bic = values.full_bic(given) if given else None
    if bic and named and bic != named:
        findings.append(
            _of_message(
                message,
                "Y42",
                f"The {role} bank is given as {bic} and the "
                f"message names {named}; expected the same bank",
            )
        )
        return None
    if bic is None and named is None:
        what = (
            f"The message has no header that names the {role} bank; expected its BIC to be given "
            "beside the text"
        )
        findings.append(
            _of_message(message, "Y41", what)
            if role == "issuing"
            else _of_message(message, "Y46", what, "warning")
        )
    return bic or named


def _of_message(message: Message, code: str, what: str, severity: Severity = "error") -> Finding:
    return Finding("", message.line, 1, code, severity, f"{what} (rule {code}).")


def _of_nothing(message: Message) -> list[Finding]:
    """A message without errors that still states no credit, since it is for nothing."""
    amount = message.first("32B")
    if amount is None or values.money(amount).minor:
        return []
    what = "The credit is for nothing; expected an amount above 0 (rule Y45)."
    return [Finding(amount.tag, amount.line, 1, "Y45", "error", what)]


def resolve_parties(
    terms: CreditTerms | PreAdvised, members: Iterable[MemberRecord]
) -> tuple[PartyIds, list[Finding]]:
    """The members that the terms name, and what could not be told; nothing is guessed.

    Banks are found by BIC, or by name where a message names them in words; applicant and
    beneficiary by their name, which may run over several lines. Parties that may stay outside the
    alliance are 0 with a warning. The issuing bank must be a member, and a name that fits two
    members, or one without a number, is an error. These findings have tags but no line (0).
    """
    register = _Register(tuple(members), [])
    issuing = Bank(bic=terms.issuing_bank)
    advising = Bank(bic=terms.advising_bank) if terms.advising_bank else None
    stated = terms.advice if isinstance(terms, PreAdvised) else terms
    confirming = reimbursing = nominated = None
    if isinstance(terms, CreditTerms):
        reimbursing = terms.reimbursing_bank
        if terms.confirmation is not Confirmation.WITHOUT:
            confirming = terms.requested_confirming_bank or advising
    held = stated.available_with
    if held is not None and not held.any_bank and held.bic != terms.issuing_bank:
        nominated = Bank(bic=held.bic, lines=held.lines)
    issuing_id = register.bank("", "issuing bank", issuing, "error")
    nominated_id = register.bank("41a", "nominated bank", nominated)
    found = PartyIds(
        issuing=issuing_id,
        applicant=register.named("50", "applicant", stated.applicant.lines),
        beneficiary=register.named("59", "beneficiary", stated.beneficiary.lines),
        advising=register.bank("", "advising bank", advising),
        second_advising=register.bank("57a", "second advising bank", stated.second_advising_bank),
        # Named in words, the issuing bank is still not a bank that it nominates.
        nominated=0 if nominated_id == issuing_id else nominated_id,
        requested_confirming=register.bank("58a", "bank asked to confirm", confirming),
        reimbursing=register.bank("53a", "reimbursing bank", reimbursing),
    )
    return found, register.findings


@dataclass(slots=True)
class _Register:
    members: tuple[MemberRecord, ...]
    findings: list[Finding]

    def bank(self, tag: str, role: str, bank: Bank | None, severity: Severity = "warning") -> int:
        if bank is None:
            return 0
        if bank.bic is None:
            return self.named(tag, role, bank.lines or tuple(filter(None, [bank.location])))
        fitting = [
            member
            for member in self.members
            if member.bic and values.full_bic(member.bic) == bank.bic
        ]
        return self.only(tag, role, bank.bic, fitting, severity)

    def named(self, tag: str, role: str, lines: tuple[str, ...]) -> int:
        names = {_normal(" ".join(lines[:count])) for count in range(1, len(lines) + 1)}
        fitting = [
            member
            for member in self.members
            if any(_normal(name) in names for name in member.names)
        ]
        return self.only(tag, role, " ".join(lines[:2]), fitting, "warning")

    def only(
        self,
        tag: str,
        role: str,
        name: str,
        fitting: list[MemberRecord],
        severity: Severity,
    ) -> int:
        if not fitting:
            self.say(
                tag,
                "Y50",
                severity,
                f"The {role} {name!r} is not in the alliance file; "
                + (
                    "expected a member"
                    if severity == "error"
                    else "expected a member, or a party outside the alliance"
                ),
            )
        elif len(fitting) > 1:
            keys = " and ".join(member.key for member in fitting)
            self.say(
                tag,
                "Y51",
                "error",
                f"The {role} {name!r} fits the members {keys}; expected one member only",
            )
        elif fitting[0].id is None:
            self.say(
                tag,
                "Y52",
                "error",
                f"The {role} {name!r} is the member {fitting[0].key}, "
                "which has no number yet; expected a member that was admitted",
            )
        else:
            return fitting[0].id
        return 0

    def say(self, tag: str, code: str, severity: Severity, what: str) -> None:
        self.findings.append(Finding(tag, 0, 0, code, severity, f"{what} (rule {code})."))


def _normal(name: str) -> str:
    """Letters and digits alone, without accents, so that ``CO., LTD.`` is ``Co Ltd``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[A-Z0-9]+", plain.upper()))
