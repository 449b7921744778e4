# SPDX-License-Identifier: Apache-2.0
"""From an MT 700 to the terms of a credit, and from its names to members of an alliance.

What a message does not say is a finding, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from yangshan.credit.terms import (
    ApplicableRules,
    AvailableBy,
    AvailableWith,
    Bank,
    Confirmation,
    CreditTerms,
    PartyName,
    Permission,
    PresentationPeriod,
)
from yangshan.swift import values
from yangshan.swift.findings import Finding, check, is_valid
from yangshan.swift.instruments import join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from yangshan.alliance.members import MemberRecord
    from yangshan.swift.definitions import Severity
    from yangshan.swift.grammar import Field, Message
    from yangshan.swift.instruments import Instrument

_Value = TypeVar("_Value")

_FORMS = {"IRREVOCABLE": False, "IRREVOCABLE TRANSFERABLE": True}
_RULES = {
    "UCP LATEST VERSION": ApplicableRules.UCP,
    "UCPURR LATEST VERSION": ApplicableRules.UCPURR,
    "EUCP LATEST VERSION": ApplicableRules.EUCP,
    "EUCPURR LATEST VERSION": ApplicableRules.EUCPURR,
    "OTHR": ApplicableRules.OTHER,
}
_BY = {
    "BY PAYMENT": AvailableBy.SIGHT_PAYMENT,
    "BY DEF PAYMENT": AvailableBy.DEFERRED_PAYMENT,
    "BY ACCEPTANCE": AvailableBy.ACCEPTANCE,
    "BY NEGOTIATION": AvailableBy.NEGOTIATION,
    "BY MIXED PYMT": AvailableBy.MIXED,
}
_PERMISSIONS = {
    "ALLOWED": Permission.ALLOWED,
    "CONDITIONAL": Permission.CONDITIONAL,
    "NOT ALLOWED": Permission.NOT_ALLOWED,
}
_CONFIRMATIONS = {
    "CONFIRM": Confirmation.CONFIRM,
    "MAY ADD": Confirmation.MAY_ADD,
    "WITHOUT": Confirmation.WITHOUT,
}
_TEXTS = {
    "additional_amounts": "39C",
    "drafts": "42C",
    "mixed_payment": "42M",
    "deferred_payment": "42P",
    "shipment_period": "44D",
    "taking_in_charge": "44A",
    "loading_port": "44E",
    "discharge_port": "44F",
    "final_destination": "44B",
    "goods": "45A",
    "documents": "46A",
    "conditions": "47A",
    "beneficiary_conditions": "49G",
    "bank_only_conditions": "49H",
    "charges": "71D",
    "paying_instructions": "78",
    "sender_to_receiver": "72Z",
    "pre_advice": "23",
}
_BANKS = {
    "second_advising_bank": "57a",
    "applicant_bank": "51a",
    "drawee": "42a",
    "requested_confirming_bank": "58a",
    "reimbursing_bank": "53a",
}


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
    instrument, findings = join(message, continuations)
    for part in (message, *continuations):
        findings += check(part)
    issuing = _bank_of_header(message, "issuing", message.sender, issuing_bic, findings)
    advising = _bank_of_header(message, "advising", message.receiver, advising_bic, findings)
    if is_valid(findings):
        findings += _not_a_credit(message)
    findings.sort(key=lambda finding: (finding.line, finding.column))
    if issuing is None or not is_valid(findings):
        return None, findings
    return _terms(instrument, issuing, advising), findings


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


def _not_a_credit(message: Message) -> list[Finding]:
    """Why a message without errors still states no credit that this software can hold."""
    found = []
    for tag, known in (("40A", _FORMS), ("40E", _RULES)):
        field = message.first(tag)
        if field and (word := values.parts(field)["code"]) not in known:
            found.append(
                _of(
                    field,
                    "Y44",
                    f"Field {tag} has {word!r}; expected one of "
                    f"{', '.join(known)}, the forms of a credit under UCP 600",
                )
            )
    amount = message.first("32B")
    if amount and values.money(amount).minor == 0:
        found.append(_of(amount, "Y45", "The credit is for nothing; expected an amount above 0"))
    return found


def _of(field: Field, code: str, what: str) -> Finding:
    return Finding(field.tag, field.line, 1, code, "error", f"{what} (rule {code}).")


def _terms(instrument: Instrument, issuing: str, advising: str | None) -> CreditTerms:
    message = instrument.main

    def maybe(tag: str, read: Callable[[Field], _Value]) -> _Value | None:
        field = message.first(tag)
        return read(field) if field else None

    def must(tag: str, read: Callable[[Field], _Value]) -> _Value:
        # Every field asked for is mandatory, and a message without it has an error.
        return read(message.all(tag)[0])

    rules = must("40E", values.parts)
    credit = must("41a", values.availability)
    expiry = must("31D", values.parts)
    return CreditTerms(
        reference=must("20", values.text),
        issued=must("31C", values.day),
        transferable=_FORMS[must("40A", values.text)],
        applicable_rules=_RULES[rules["code"]],
        rules_text=rules.get("narrative"),
        issuing_bank=issuing,
        advising_bank=advising,
        applicant=must("50", _party_name),
        beneficiary=must("59", _party_name),
        amount=must("32B", values.money),
        tolerance=maybe("39A", values.tolerance),
        available_by=_BY[credit.by],
        available_with=AvailableWith(
            bic=credit.bic,
            any_bank=bool(credit.lines) and credit.lines[0].startswith("ANY BANK"),
            lines=credit.lines,
        ),
        expiry=must("31D", values.day),
        expiry_place=expiry["place"],
        latest_shipment=maybe("44C", values.day),
        presentation_period=maybe("48", _presentation_period),
        partial_shipments=maybe("43P", lambda field: _PERMISSIONS[field.value]),
        transhipment=maybe("43T", lambda field: _PERMISSIONS[field.value]),
        confirmation=_CONFIRMATIONS[must("49", values.text)],
        **{name: maybe(tag, _bank) for name, tag in _BANKS.items()},  # type: ignore[arg-type]
        **{name: instrument.text(tag) for name, tag in _TEXTS.items()},  # type: ignore[arg-type]
    )


def _party_name(field: Field) -> PartyName:
    party = values.party(field)
    return PartyName(lines=party.lines, account=party.account)


def _bank(field: Field) -> Bank:
    party = values.party(field)
    return Bank(bic=party.bic, lines=party.lines, account=party.account, mark=party.mark)


def _presentation_period(field: Field) -> PresentationPeriod:
    period = values.period(field)
    return PresentationPeriod(days=period.days, starts=period.start)


def resolve_parties(
    terms: CreditTerms, members: Iterable[MemberRecord]
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
    confirming = None
    if terms.confirmation is not Confirmation.WITHOUT:
        confirming = terms.requested_confirming_bank or advising
    nominated = None
    held = terms.available_with
    if not held.any_bank and held.bic != terms.issuing_bank:
        nominated = Bank(bic=held.bic, lines=held.lines)
    issuing_id = register.bank("", "issuing bank", issuing, "error")
    nominated_id = register.bank("41a", "nominated bank", nominated)
    found = PartyIds(
        issuing=issuing_id,
        applicant=register.named("50", "applicant", terms.applicant.lines),
        beneficiary=register.named("59", "beneficiary", terms.beneficiary.lines),
        advising=register.bank("", "advising bank", advising),
        second_advising=register.bank("57a", "second advising bank", terms.second_advising_bank),
        # Named in words, the issuing bank is still not a bank that it nominates.
        nominated=0 if nominated_id == issuing_id else nominated_id,
        requested_confirming=register.bank("58a", "bank asked to confirm", confirming),
        reimbursing=register.bank("53a", "reimbursing bank", terms.reimbursing_bank),
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
            return self.named(tag, role, bank.lines)
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
