# SPDX-License-Identifier: Apache-2.0
"""From an MT 707 to an amendment on the chain, on the terms that are kept of the credit."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yangshan.alliance.members import MemberRecord, load_members, numbered
from yangshan.chain import records
from yangshan.chain.events import (
    AmendmentAccepted,
    AmendmentIssued,
    AmendmentRejected,
    CreditIssued,
    CreditPreAdvised,
    SuiteEvent,
)
from yangshan.chain.values import hexadecimal
from yangshan.credit import opening
from yangshan.credit.amendments import AmendmentUnclear, OtherCreditsAmendment
from yangshan.credit.ids import credit_id
from yangshan.credit.issuance import AvailabilityUnsaid, issuance_of, pre_issuance_of
from yangshan.credit.issuing import (
    OneMessageExpected,
    StatedCredit,
    StatedPreAdvice,
    keep_bank_only,
    pre_advice_draft,
    pre_advised_credit,
    stated_credit,
    stated_pre_advice,
    stated_terms,
)
from yangshan.credit.kept import (
    AMENDMENT_KIND,
    KeptTexts,
    TermsNotKept,
    amendment_name,
    canonical_amendment,
    keep_bank_only_changes,
)
from yangshan.credit.proposing import (
    NotAmendable,
    NotAnAmendment,
    StatedAmendment,
    amend_draft,
    cancellation_draft,
    stated_amendment,
)
from yangshan.credit.terms import TERMS_KIND
from yangshan.vault import Vault

EXAMPLES = Path(__file__).parents[3] / "examples"
LIGHTHOUSE = 7
CREDIT = credit_id(LIGHTHOUSE, "YBL25LC000071")
PLACE: dict[str, Any] = {
    "address": "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A",
    "block_number": 1,
    "transaction": "0x" + "ab" * 32,
    "log_index": 0,
}


@pytest.fixture(scope="module")
def members() -> list[MemberRecord]:
    listed = load_members(EXAMPLES / "shanghai-alliance" / "members.toml")
    order = {member.key: number for number, member in enumerate(listed, start=1)}
    return numbered(listed, order)


def text_of(name: str, *changes: tuple[str, str]) -> bytes:
    text = (EXAMPLES / name).read_bytes().decode()
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.encode()


def round_(number: int, *changes: tuple[str, str]) -> StatedAmendment:
    name = f"amendments/amended-credit-{number}.mt707"
    return stated_amendment(text_of(name, *changes), name)


def credit_of(members: list[MemberRecord], *changes: tuple[str, str]) -> StatedCredit:
    name = "credits/amended-credit.mt700"
    terms, findings = stated_terms(text_of(name, *changes), name)
    by_number = {each.id: each for each in members if each.id is not None}
    return stated_credit(terms, findings, name, by_number)


@pytest.fixture
def kept(tmp_path: Path, members: list[MemberRecord]) -> KeptTexts:
    """What its issuing bank keeps of an issued credit."""
    vault = Vault(tmp_path / "vault")
    credit = credit_of(members, (":48:21", ":49H:NOT FOR THE BENEFICIARY\r\n:48:21"))
    sealed = vault.add(TERMS_KIND, credit.name, credit.terms.canonical())
    issuance = issuance_of(credit.terms, credit.parties, sealed)
    keep_bank_only(vault, [credit], opening.issue(LIGHTHOUSE, issuance))
    issued = CreditIssued(
        **PLACE, credit_id=CREDIT, issuing_bank=LIGHTHOUSE, beneficiary=11, issuance=issuance
    )
    return KeptTexts(vault, [issued], "YSBLCNSHXXX")


def upon(kept: KeptTexts, *more: SuiteEvent) -> KeptTexts:
    return replace(kept, events=[*kept.events, *more])


def issued(kept: KeptTexts, stated: StatedAmendment) -> AmendmentIssued:
    """The amendment's event, its text kept."""
    number = stated.amendment.number
    value = canonical_amendment(stated.amendment)
    sealed = kept.vault.add(AMENDMENT_KIND, amendment_name(CREDIT, number), value)
    draft, _ = amend_draft(CREDIT, kept, stated, [])
    _, amendment = draft.committed(sealed).arguments
    assert isinstance(amendment, records.Amendment)
    keep_bank_only_changes(kept.vault, stated.amendment, amendment.terms)
    return AmendmentIssued(**PLACE, credit_id=CREDIT, number=number, amendment=amendment)


def answered(number: int, *, accepted: bool) -> SuiteEvent:
    if not accepted:
        return AmendmentRejected(
            **PLACE, credit_id=CREDIT, number=number, rejected_by=11, mandate="0x" + "00" * 32
        )
    return AmendmentAccepted(
        **PLACE,
        credit_id=CREDIT,
        number=number,
        accepted_by=11,
        version=1,
        terms="0x" + "00" * 32,
        diverged=False,
        mandate="0x" + "00" * 32,
    )


NOTHING = {
    "cancels": False,
    "increase": 0,
    "decrease": 0,
    "expiry": None,
    "latest_shipment": None,
    "presentation_period": 0,
    "sets_tolerance": False,
    "plus_tolerance": 0,
    "minus_tolerance": 0,
}


@pytest.mark.parametrize(
    ("number", "more", "expected"),
    [
        (1, [], {"increase": 40_000_000, "expiry": date(2025, 12, 15)}),
        (2, [], {"decrease": 20_000_000, "latest_shipment": date(2025, 9, 30)}),
        (3, [], {"latest_shipment": date(2025, 10, 25)}),
        (
            3,
            [(":44C:251025\r\n", ":39A:10/03\r\n:44C:251025\r\n")],
            {
                "latest_shipment": date(2025, 10, 25),
                "sets_tolerance": True,
                "plus_tolerance": 10,
                "minus_tolerance": 3,
            },
        ),
        (
            3,
            [(":44C:251025\r\n", ""), (":71N:APPL\r\n", ":71N:APPL\r\n:48:30\r\n")],
            {"presentation_period": 30},
        ),
        # Zero is a tolerance too, when it is stated.
        (3, [(":44C:251025\r\n", ":39A:00/00\r\n")], {"sets_tolerance": True}),
    ],
)
def test_each_number_of_an_mt_707_ends_where_the_contract_has_it(
    number: int,
    more: list[tuple[str, str]],
    expected: dict[str, Any],
    kept: KeptTexts,
    members: list[MemberRecord],
) -> None:
    draft, doubts = amend_draft(CREDIT, kept, round_(number, *more), members)
    act = draft.act("0x" + "12" * 32)
    assert act.arguments == (
        CREDIT,
        records.Amendment(**{**NOTHING, **expected}, number=number, terms="0x" + "12" * 32),
    )
    assert (act.function, act.key, doubts) == ("amend", f"{CREDIT}:{number}", ())


def test_the_text_can_be_opened_again_whole(kept: KeptTexts) -> None:
    stated = round_(1, (":71N:APPL", ":49N:/ADD/TELL NOBODY\r\n:71N:APPL"))
    event = issued(kept, stated)
    found = upon(kept, event).amendment(1)
    assert found == stated.amendment
    assert "TELL NOBODY" not in json.dumps(canonical_amendment(stated.amendment))
    assert upon(kept, event).amendment(2) is None


def test_the_terms_in_force_follow_what_was_accepted(kept: KeptTexts) -> None:
    rounds = [issued(kept, round_(number)) for number in (1, 2, 3)]
    book = upon(kept, *rounds)
    assert book.pending() == [1, 2, 3]
    first = book.terms_in_force()
    assert first is not None
    assert first == book.terms()
    assert first.bank_only_conditions == "NOT FOR THE BENEFICIARY"
    book = upon(book, answered(3, accepted=True), answered(2, accepted=False))
    assert book.pending() == [1]
    third = book.terms_in_force()
    assert third is not None
    assert (third.amount, third.latest_shipment) == (first.amount, date(2025, 10, 25))
    both = book.terms_in_force(1)
    assert both is not None
    assert (both.amount.minor, both.latest_shipment) == (160_000_000, date(2025, 10, 25))


def test_what_the_chain_fixed_at_issue_is_not_amended(
    kept: KeptTexts, members: list[MemberRecord]
) -> None:
    for change, names in (
        (":40A:IRREVOCABLE TRANSFERABLE", ("transferable",)),
        (":41A:YSSLDEHH\r\nBY PAYMENT", ("nominated_bank",)),
        (":43P:NOT ALLOWED", ("partial_forbidden",)),
        (":44D:IN OCTOBER", ("latest_shipment",)),
        (":59:SOMEBODY ELSE", ("beneficiary",)),
    ):
        tag = change[:4]
        place = {
            ":40A": ":31D:",
            ":59:": ":32B:",
            ":41A": ":45B:",
            ":43P": ":45B:",
            ":44D": ":45B:",
        }
        before = place[tag]
        with pytest.raises(NotAmendable) as caught:
            amend_draft(CREDIT, kept, round_(1, (before, f"{change}\r\n{before}")), members)
        assert caught.value.names == names
        assert names[0].replace("_", " ") in str(caught.value)
        assert caught.value.exit_code == 1


def test_an_amendment_upon_another_that_nobody_answered_is_looked_at(
    kept: KeptTexts, members: list[MemberRecord]
) -> None:
    later = round_(
        3,
        (
            ":46B:/DELETE/+ PACKING LIST IN TWO ORIGINALS.",
            ":45B:/DELETE/4 UNITS LASER CUTTING MACHINE, MODEL EF-C3, PER CONTRACT",
        ),
        ("/ADD/+ PACKING LIST IN ONE ORIGINAL.", "/ADD/+ A CERTIFICATE."),
    )
    with pytest.raises(AmendmentUnclear):
        amend_draft(CREDIT, kept, later, members)
    _, (doubt,) = amend_draft(CREDIT, upon(kept, issued(kept, round_(1))), later, members)
    assert doubt.startswith("It can be read upon amendment 1 alone, which nobody has accepted yet")


def test_without_the_terms_nothing_is_drafted(
    kept: KeptTexts, members: list[MemberRecord], tmp_path: Path
) -> None:
    empty = replace(kept, vault=Vault(tmp_path / "empty"))
    with pytest.raises(TermsNotKept) as caught:
        amend_draft(CREDIT, empty, round_(1), members)
    assert caught.value.reference == "YBL25LC000071"
    assert empty.terms() is None
    # One that was drafted here before needs nothing more.
    issued(kept, round_(1))
    draft, doubts = amend_draft(CREDIT, kept, round_(1), members)
    assert kept.vault.holds(draft.kind, draft.name, draft.value) is not None
    assert doubts == ()


def test_another_credits_amendment_is_refused(kept: KeptTexts, members: list[MemberRecord]) -> None:
    for change in ((":31C:250910", ":31C:250911"), (":23:YBL25LC000071", ":23:YBL25LC000072")):
        with pytest.raises(OtherCreditsAmendment):
            amend_draft(CREDIT, kept, round_(1, change), members)


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (
            lambda: text_of("credits/amended-credit.mt700"),
            NotAnAmendment,
            "it is an MT 700; expected an MT 707.",
        ),
        (
            lambda: text_of("amendments/amended-credit-1.mt707", (":22A:ISSU", ":22A:ADVI")),
            NotAnAmendment,
            "it advises an amendment (ADVI)",
        ),
        (
            lambda: text_of("amendments/amended-credit-1.mt707", (":26E:1", ":26E:X")),
            NotAnAmendment,
            "field 26E",
        ),
        (
            lambda: 2 * text_of("amendments/amended-credit-1.mt707"),
            OneMessageExpected,
            "holds 2 messages",
        ),
    ],
)
def test_what_states_no_amendment(
    make: Callable[[], bytes], error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as caught:
        stated_amendment(make(), "some.mt707")
    assert said.lower() in str(caught.value).lower()


def test_a_cancellation_changes_nothing_else(kept: KeptTexts, members: list[MemberRecord]) -> None:
    draft = cancellation_draft(CREDIT, 1, "YBL25LC000071", "The contract is off.")
    _, amendment = draft.act("0x" + "12" * 32).arguments
    expected = records.Amendment(**{**NOTHING, "cancels": True}, number=1, terms="0x" + "12" * 32)
    assert amendment == expected
    stated = round_(1, (":22A:ISSU", ":22A:ISSU\r\n:23S:CANCEL"))
    told, (doubt,) = amend_draft(CREDIT, kept, stated, members)
    assert told.act("0x" + "12" * 32).arguments == (CREDIT, expected)
    assert "express consent" in doubt


# Pre-advices


def pre_advice(members: list[MemberRecord], *changes: tuple[str, str]) -> StatedPreAdvice:
    name = "credits/import-credit.mt705"
    said, findings = stated_pre_advice(text_of(name, *changes), name)
    by_number = {each.id: each for each in members if each.id is not None}
    return pre_advised_credit(said, findings, name, by_number)


def test_a_pre_advice_ends_where_the_contract_has_it(members: list[MemberRecord]) -> None:
    stated = pre_advice(members, (":32B:CNY1280000,00", ":32B:CNY1280000,00\r\n:39A:05/02"))
    issuance = pre_issuance_of(stated.pre_advised.advice, stated.parties)
    assert (issuance.bank_reference, issuance.amount, issuance.currency) == (
        "YSH25LC000817",
        128_000_000,
        156,
    )
    assert (issuance.plus_tolerance, issuance.minus_tolerance) == (5, 2)
    assert (issuance.applicant, issuance.beneficiary, issuance.advising_bank) == (9, 11, 10)
    assert (issuance.expiry, issuance.latest_shipment) == (date(2025, 12, 30), date(2025, 11, 15))
    assert (issuance.nominated_bank, issuance.any_bank, issuance.transferable) == (0, False, False)


def test_a_pre_advice_can_be_opened_again(members: list[MemberRecord], tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    stated = pre_advice(members)
    draft = pre_advice_draft(stated)
    sealed = vault.add(draft.kind, draft.name, draft.value)
    (issuance,) = draft.committed(sealed).arguments
    assert isinstance(issuance, records.Issuance)
    assert issuance.terms == hexadecimal(sealed.commitment)
    event = CreditPreAdvised(
        **PLACE, credit_id=stated.id, issuing_bank=4, beneficiary=11, issuance=issuance
    )
    assert KeptTexts(vault, [event], "YSHACNSHXXX").pre_advice() == stated.pre_advised.advice
    assert KeptTexts(vault, [], "YSHACNSHXXX").pre_advice() is None


def test_a_pre_advice_that_leaves_its_availability_open_is_none(
    members: list[MemberRecord],
) -> None:
    stated = pre_advice(members, (":41A:YSHACNSH\r\nBY PAYMENT\r\n", ""))
    with pytest.raises(AvailabilityUnsaid) as caught:
        pre_advice_draft(stated)
    assert caught.value.reference == "YSH25LC000817"
