# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from yangshan.alliance import motions
from yangshan.alliance.calendars import NaiveInstant
from yangshan.alliance.motions import (
    RESOLUTION_KIND,
    kept_resolution,
    motion_words,
    rules_words,
    span_words,
)
from yangshan.chain.enums import Action, MemberKind
from yangshan.chain.records import Admission, Motion, VotingRules
from yangshan.chain.wording import PLAIN, Wording
from yangshan.commitments import commit
from yangshan.vault import KeptOtherwise, Vault

ACCOUNT = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"
OTHER = "0x00000000219ab540356cBB839Cbe05303d7705Fa"
IDENTITY = "0x" + "ab" * 32
RESOLUTION = "0x" + "cd" * 32
UNTIL = datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)
RULES = VotingRules(
    weights=1 << 8 * MemberKind.AUTHORITY | 2 << 8 * MemberKind.BANK,
    quorum=60,
    voting_period=timedelta(days=30),
    execution_delay=timedelta(days=2),
)
ADMISSION = Admission(ACCOUNT, OTHER, UNTIL, 3, "DE", MemberKind.BANK, IDENTITY)

# What each constructor makes, and how it is told.
MADE: dict[Action, tuple[Motion, dict[str, object], str, tuple[tuple[str, str], ...]]] = {
    Action.ADMIT_MEMBER: (
        motions.admit_member(ADMISSION, RESOLUTION),
        {"admission": ADMISSION},
        "admit a member: bank, Germany",
        (
            ("administrator", OTHER),
            ("treasury", ACCOUNT),
            ("new business", "until 2026-12-31 at 15:59:59 UTC"),
            ("banking calendar", "3"),
            ("identity", IDENTITY),
        ),
    ),
    Action.SUSPEND_MEMBER: (
        motions.suspend_member(7, RESOLUTION),
        {"member_id": 7},
        "suspend A Bank (member 7)",
        (),
    ),
    Action.REINSTATE_MEMBER: (
        motions.reinstate_member(7, RESOLUTION),
        {"member_id": 7},
        "reinstate A Bank (member 7)",
        (),
    ),
    Action.EXPEL_MEMBER: (
        motions.expel_member(7, RESOLUTION),
        {"member_id": 7},
        "expel A Bank (member 7)",
        (),
    ),
    Action.RENEW_MEMBER: (
        motions.renew_member(7, UNTIL, RESOLUTION),
        {"member_id": 7, "until": 1_798_732_799},
        "let A Bank (member 7) take new business until 2026-12-31 at 15:59:59 UTC",
        (),
    ),
    Action.BEGIN_RECOVERY: (
        motions.begin_recovery(7, ACCOUNT, RESOLUTION),
        {"member_id": 7, "account": ACCOUNT},
        "recover A Bank (member 7), whose administrator is lost",
        (("new administrator", f"account {ACCOUNT}"),),
    ),
    Action.SETTLE_RECOVERY: (
        motions.settle_recovery(7, ACCOUNT, RESOLUTION),
        {"member_id": 7, "account": ACCOUNT},
        "complete the recovery of A Bank (member 7) although it objected",
        (("new administrator", f"account {ACCOUNT}"),),
    ),
    Action.CHANGE_RULES: (
        motions.change_rules(RULES, RESOLUTION),
        {"rules": RULES},
        "change the voting rules",
        (
            ("quorum", "60 % of all votes in favour"),
            ("voting period", "30 days"),
            ("execution delay", "2 days"),
            ("votes by kind", "authority 1, bank 2"),
        ),
    ),
    Action.APPOINT_KEEPER: (
        motions.appoint_keeper(7, RESOLUTION),
        {"member_id": 7},
        "have A Bank (member 7) keep the banking calendars",
        (),
    ),
    Action.REGISTER_VERSION: (
        motions.register_version("LetterOfCredit", ACCOUNT, RESOLUTION),
        {"name": "LetterOfCredit", "account": ACCOUNT},
        "register a version of LetterOfCredit",
        (("contract", ACCOUNT),),
    ),
    Action.CLOSE_EDITION: (
        motions.close_edition(5, RESOLUTION),
        {"edition": 5},
        "close edition 5 to new records, for ever",
        (),
    ),
    Action.PAUSE_NEW_BUSINESS: (
        motions.pause_new_business(UNTIL, RESOLUTION),
        {"until": 1_798_732_799},
        "pause new business until 2026-12-31 at 15:59:59 UTC",
        (),
    ),
    Action.RESUME_NEW_BUSINESS: (
        motions.resume_new_business(RESOLUTION),
        {},
        "let new business go on",
        (),
    ),
}
WORDING = Wording(members={7: "A Bank"})


def test_there_is_a_constructor_for_each_action() -> None:
    assert set(MADE) == set(Action) - {Action.NONE}


@pytest.mark.parametrize("action", MADE)
def test_a_motion_gives_what_its_action_needs_and_no_more(action: Action) -> None:
    motion, given, _, _ = MADE[action]
    nothing = Motion(action, resolution=RESOLUTION)
    assert motion == replace(nothing, **given)  # type: ignore[arg-type]
    changed = {
        field.name
        for field in fields(Motion)
        if getattr(motion, field.name) != getattr(nothing, field.name)
    }
    assert changed == set(given)


@pytest.mark.parametrize("action", MADE)
def test_a_motion_is_told_in_words(action: Action) -> None:
    motion, _, what, details = MADE[action]
    said = motion_words(motion, WORDING)
    assert (said.what, said.details) == (what, details)


def test_without_names_members_have_numbers() -> None:
    assert motion_words(motions.expel_member(7), PLAIN).what == "expel member 7"


def test_no_end_is_said() -> None:
    assert motions.renew_member(7, None).until == 2**40 - 1
    for motion in (
        motions.renew_member(7, None),
        # Beyond the year 9999.
        replace(motions.renew_member(7, None), until=2**40 - 2),
        replace(motions.pause_new_business(UNTIL), until=2**39),
    ):
        assert motion_words(motion, PLAIN).what.endswith(" without end")
    endless = motions.admit_member(replace(ADMISSION, valid_until=None, calendar=0, country="XX"))
    said = motion_words(endless, PLAIN)
    assert said.what == "admit a member: bank, XX"
    assert dict(said.details)["new business"] == "without end"
    assert dict(said.details)["banking calendar"] == "none"


def test_an_instant_without_its_offset_is_refused() -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(NaiveInstant):
        motions.pause_new_business(naive)
    with pytest.raises(NaiveInstant):
        motions.renew_member(7, naive)


def test_rules_are_told_as_in_a_motion() -> None:
    assert rules_words(RULES) == MADE[Action.CHANGE_RULES][3]


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(0), "no time"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=30), "30 days"),
        (timedelta(hours=36), "1 day 12 h"),
        (timedelta(minutes=61, seconds=5), "1 h 1 min 5 s"),
    ],
)
def test_spans_are_told_in_their_units(span: timedelta, said: str) -> None:
    assert span_words(span) == said


def test_a_resolution_is_kept_with_its_minutes(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    first = kept_resolution(vault, "2026-14", "Present: all.")
    kept = vault.find(RESOLUTION_KIND, "2026-14")
    assert kept is not None
    assert first == "0x" + commit(RESOLUTION_KIND, kept.content, kept.salt).hex()
    assert kept.content == b'{"minutes":"Present: all.","name":"2026-14"}'
    assert kept_resolution(vault, "2026-14", "Present: all.") == first
    assert kept_resolution(vault, "2026-15", "Present: all.") != first
    with pytest.raises(KeptOtherwise):
        kept_resolution(vault, "2026-14", "Present: none.")
