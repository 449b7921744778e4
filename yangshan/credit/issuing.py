# SPDX-License-Identifier: Apache-2.0
"""From an MT 700 to an issued credit, or from an MT 705 to a pre-advised one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from yangshan.chain.enums import CreditState, CreditSwitch
from yangshan.chain.records import Issuance
from yangshan.chain.values import hexadecimal
from yangshan.credit import opening
from yangshan.credit.acts import Draft
from yangshan.credit.advices import PreAdvice
from yangshan.credit.ids import credit_id
from yangshan.credit.issuance import issuance_of, pre_issuance_of
from yangshan.credit.terms import BANK_ONLY_KIND, TERMS_KIND
from yangshan.credit.timetables import schedule_of
from yangshan.errors import Refused
from yangshan.swift import is_valid, read
from yangshan.swift.findings import errors_in_words
from yangshan.swift.instruments import is_continuation
from yangshan.swift.mapping import pre_advice_from_mt705, resolve_parties, terms_from_mt700

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.sender import Done
    from yangshan.chain.signers import Signer
    from yangshan.commitments import Sealed
    from yangshan.credit.acts import Act
    from yangshan.credit.service import Credits
    from yangshan.credit.terms import CreditTerms
    from yangshan.credit.timetables import Timetable
    from yangshan.swift.findings import Finding
    from yangshan.swift.grammar import Message
    from yangshan.swift.mapping import PartyIds, PreAdvised
    from yangshan.vault import Vault

PRE_ADVICE_KIND: Final = "pre-advice-terms"

_NONE_EXCLUDED: Final = CreditSwitch(0)
_PRE_ADVICE: Final[TypeAdapter[PreAdvice]] = TypeAdapter(PreAdvice)


class NotACredit(Refused):
    """A message from which no credit can be issued; ``findings`` say why."""

    def __init__(self, file: str, findings: Sequence[Finding]) -> None:
        super().__init__(f"No credit can be issued from {file}: {errors_in_words(findings)}")
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


class SeveralIssuingBanks(Refused):
    """A batch with credits of more than one bank."""

    def __init__(self, banks: Sequence[str]) -> None:
        super().__init__(
            f"The batch holds credits of {' and '.join(banks)}; expected those of one bank, whose "
            "key signs. Nothing was sent."
        )
        self.banks = tuple(banks)


class TwiceInBatch(Refused):
    """A batch with two credits under one reference."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"The batch holds two credits under the reference {reference}; expected a reference "
            "of its own for each (field 20). Nothing was sent."
        )
        self.reference = reference


class ScheduledInBatch(Refused):
    """A batch with a credit by mixed payment."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"The credit {reference} is available by mixed payment, which a batch does not carry; "
            "issue it by itself. Nothing was sent."
        )
        self.reference = reference


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

    @property
    def id(self) -> str:
        """Its number on the chain."""
        return credit_id(self.parties.issuing, self.terms.reference)


@dataclass(frozen=True, slots=True)
class StatedPreAdvice:
    """A pre-advice as a message states it."""

    pre_advised: PreAdvised
    parties: PartyIds
    doubts: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """Under which its text is kept: issuing bank and reference."""
        return f"{self.pre_advised.issuing_bank}-{self.pre_advised.advice.reference}"

    @property
    def id(self) -> str:
        """The credit's number on the chain."""
        return credit_id(self.parties.issuing, self.pre_advised.advice.reference)


# From messages


def stated_terms(
    data: bytes, file: str, *, issuing_bic: str | None = None, advising_bic: str | None = None
) -> tuple[CreditTerms, list[Finding]]:
    """The terms that the one MT 700 in ``data`` states, and its warnings; needs no chain.

    Its continuations, MT 701, may stand beside it.
    ``file`` names it in errors. Raises UnreadableMessage, :class:`OneMessageExpected` and
    :class:`NotACredit`.
    """
    issue, continuations = one_message(data, file)
    terms, findings = terms_from_mt700(
        issue, continuations=continuations, issuing_bic=issuing_bic, advising_bic=advising_bic
    )
    if terms is None:
        raise NotACredit(file, findings)
    return terms, findings


def stated_pre_advice(
    data: bytes, file: str, *, issuing_bic: str | None = None, advising_bic: str | None = None
) -> tuple[PreAdvised, list[Finding]]:
    """The pre-advice that the one MT 705 in ``data`` states; otherwise as :func:`stated_terms`."""
    message, _ = one_message(data, file)
    found, findings = pre_advice_from_mt705(
        message, issuing_bic=issuing_bic, advising_bic=advising_bic
    )
    if found is None:
        raise NotACredit(file, findings)
    return found, findings


def one_message(data: bytes, file: str) -> tuple[Message, list[Message]]:
    """The one message in ``data`` and its continuations.

    Raises UnreadableMessage and :class:`OneMessageExpected`.
    """
    messages = read(data, file)
    begun = [message for message in messages if not is_continuation(message.type)]
    if len(begun) != 1:
        raise OneMessageExpected(file, len(messages))
    return begun[0], [message for message in messages if message is not begun[0]]


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


def pre_advised_credit(
    pre_advised: PreAdvised,
    findings: Sequence[Finding],
    file: str,
    members: Mapping[int, MemberRecord],
) -> StatedPreAdvice:
    """A pre-advice between members of an alliance; raises :class:`NotACredit`."""
    parties, doubts = resolve_parties(pre_advised, members.values())
    if not is_valid(doubts):
        raise NotACredit(file, doubts)
    return StatedPreAdvice(pre_advised, parties, (*findings, *doubts))


# To acts


def issue_draft(
    service: Credits,
    stated: StatedCredit,
    excluded: CreditSwitch = _NONE_EXCLUDED,
    timetable: Timetable | None = None,
) -> Draft:
    """The issue of a stated credit, or of one that was pre-advised; raises NotCarried.

    ``excluded`` are rules that a person read in its text to be excluded (UCP 600 art. 1);
    ``timetable`` is what a person read there of amounts over time. Raises as schedule_of, too.
    """
    bank = stated.parties.issuing
    issuance, schedule = _issuance(stated, excluded), schedule_of(stated.terms, timetable)
    pre_advised = service.state(stated.id) is CreditState.PRE_ADVISED

    def opened(commitment: str) -> Act:
        whole = replace(issuance, terms=commitment)
        if schedule is not None:
            return opening.issue_scheduled(bank, whole, schedule)
        return (opening.issue_pre_advised if pre_advised else opening.issue)(bank, whole)

    return Draft(
        TERMS_KIND,
        stated.name,
        stated.terms.canonical(),
        opened,
    )


def pre_advice_draft(stated: StatedPreAdvice) -> Draft:
    """The pre-advice of a stated one; raises AvailabilityUnsaid."""
    advice, bank = stated.pre_advised.advice, stated.parties.issuing
    issuance = pre_issuance_of(advice, stated.parties)
    return Draft(
        PRE_ADVICE_KIND,
        stated.name,
        canonical_pre_advice(advice),
        lambda commitment: opening.pre_advise(bank, replace(issuance, terms=commitment)),
    )


def canonical_pre_advice(advice: PreAdvice) -> dict[str, Any]:
    """A plain dict for RFC 8785, as CreditTerms.canonical; silence is left out."""
    value: dict[str, Any] = _PRE_ADVICE.dump_python(advice, mode="json", exclude_none=True)
    value["amount"]["minor"] = str(value["amount"]["minor"])
    return value


def pre_advice_of(value: object) -> PreAdvice:
    """The pre-advice of a canonical dict."""
    return _PRE_ADVICE.validate_python(value)


def keep_bank_only(vault: Vault, stated: Sequence[StatedCredit], act: Act) -> None:
    """Keeps what the credits that an act issues say in field 49H, for banks alone.

    It is not among the terms that the beneficiary can open, and as much part of the MT 700. Kept by
    the commitment to its terms. Raises VaultDamaged.
    """
    issuances = [each.content["issuance"] for each in act.traces if "issuance" in each.content]
    for each, issuance in zip(stated, issuances, strict=True):
        if isinstance(issuance, Issuance) and each.terms.bank_only_conditions is not None:
            vault.keep(BANK_ONLY_KIND, issuance.terms, each.terms.bank_only_conditions)


def issue(
    service: Credits,
    vault: Vault,
    signer: Signer,
    stated: StatedCredit,
    bank: str | None = None,
    timetable: Timetable | None = None,
) -> Done:
    """Keeps the terms with their salt and issues the credit; repeated, it is already done.

    What the contract refuses is not kept, so that the message can be mended and tried again.
    ``bank`` names the signer's bank in errors. Raises :class:`OtherBanksCredit`, NotCarried,
    KeyReused, and what the service raises.
    """
    expect_own(service.member_of(signer), signer.name, stated.parties, stated.terms, bank)
    draft = issue_draft(service, stated, timetable=timetable)
    attempt = partial(service.attempt, signer)
    act = service.settled(vault, draft, stated.parties.issuing, attempt)
    keep_bank_only(vault, [stated], act)
    return service.do(signer, act)


def batch_act(
    service: Credits,
    vault: Vault | None,
    stated: Sequence[StatedCredit],
    attempt: Callable[[Act], Callable[[], None]],
    excluded: CreditSwitch = _NONE_EXCLUDED,
) -> Act:
    """The issue of several credits of one bank, their terms kept before anything is sent.

    Without a ``vault`` nothing is kept: the act is one to be tried out. What the contract refuses
    is not kept either. Raises :class:`SeveralIssuingBanks`, :class:`TwiceInBatch`,
    :class:`ScheduledInBatch`, NotCarried, TooWide, and what trying out raises.
    """
    banks = {each.parties.issuing: each.terms.issuing_bank for each in stated}
    if len(banks) > 1:
        raise SeveralIssuingBanks(list(banks.values()))
    seen: set[str] = set()
    for each in stated:
        if each.id in seen:
            raise TwiceInBatch(each.terms.reference)
        seen.add(each.id)
        if schedule_of(each.terms) is not None:
            raise ScheduledInBatch(each.terms.reference)
    bank = stated[0].parties.issuing
    issuances = [_issuance(each, excluded) for each in stated]
    texts = [(each.name, each.terms.canonical()) for each in stated]

    def under(sealed: Sequence[Sealed | None]) -> Act:
        pairs = zip(issuances, sealed, strict=True)
        return opening.issue_batch(
            bank,
            [
                replace(issuance, terms=hexadecimal(held.commitment)) if held else issuance
                for issuance, held in pairs
            ],
        )

    kept = [vault.holds(TERMS_KIND, *text) if vault else None for text in texts]
    act = under(kept)
    if vault is None:
        return act
    if None in kept:
        service.try_out(bank, attempt(act), act)
        act = under([vault.add(TERMS_KIND, *text) for text in texts])
    keep_bank_only(vault, stated, act)
    return act


def expect_own(
    member: int, key: str, parties: PartyIds, stated: CreditTerms | PreAdvised, bank: str | None
) -> None:
    """Raises :class:`OtherBanksCredit`: the contract takes the signer's member as issuing bank,
    whatever the message says."""
    if member and member != parties.issuing:
        raise OtherBanksCredit(key, bank or f"member {member}", stated.issuing_bank)


def _issuance(stated: StatedCredit, excluded: CreditSwitch) -> Issuance:
    return issuance_of(stated.terms, stated.parties, stated.terms.sealed(), excluded)
