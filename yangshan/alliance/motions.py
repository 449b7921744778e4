# SPDX-License-Identifier: Apache-2.0
"""Motions of the council: one constructor for each action, and what a motion says to people.

A ``resolution`` is the salted commitment to the minutes (see :func:`kept_resolution`); it tells
equal motions apart, since no motion is ever voted on twice. Nothing here touches a chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from yangshan.alliance.identifiers import countries
from yangshan.chain.enums import Action, MemberKind
from yangshan.chain.records import NO_COMMITMENT, Motion
from yangshan.chain.values import hexadecimal, instant_of, seconds_of
from yangshan.deployment.plan import NO_END
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eth_typing import ChecksumAddress

    from yangshan.chain.records import Admission, VotingRules
    from yangshan.chain.wording import Wording
    from yangshan.vault import Vault

RESOLUTION_KIND: Final = "resolution"


class UnknownMotion(Unusable):
    """A word for no motion on a member."""

    def __init__(self, given: str, known: Sequence[str]) -> None:
        super().__init__(f"The council cannot {given} a member; it can {', '.join(known)} one.")
        self.given = given


def kept_resolution(vault: Vault, name: str, minutes: str = "") -> str:
    """The commitment (0x) to a resolution, by the name that the alliance gives it.

    Name and minutes are kept with their salt in ``vault``: whoever shows them shows what was
    decided on. Raises KeptOtherwise where this name stands for other minutes, and VaultDamaged.
    """
    sealed = vault.keep(RESOLUTION_KIND, name, {"name": name, "minutes": minutes})
    return hexadecimal(sealed.commitment)


def admit_member(admission: Admission, resolution: str = NO_COMMITMENT) -> Motion:
    """To admit a member."""
    return Motion(Action.ADMIT_MEMBER, admission=admission, resolution=resolution)


def suspend_member(member: int, resolution: str = NO_COMMITMENT) -> Motion:
    """To close new business to a member until it is reinstated."""
    return Motion(Action.SUSPEND_MEMBER, member_id=member, resolution=resolution)


def reinstate_member(member: int, resolution: str = NO_COMMITMENT) -> Motion:
    """To open new business again to a suspended member."""
    return Motion(Action.REINSTATE_MEMBER, member_id=member, resolution=resolution)


def expel_member(member: int, resolution: str = NO_COMMITMENT) -> Motion:
    """To make a member leave for ever; needs two thirds, and waits."""
    return Motion(Action.EXPEL_MEMBER, member_id=member, resolution=resolution)


def renew_member(
    member: int, until: datetime | None = None, resolution: str = NO_COMMITMENT
) -> Motion:
    """To set the last second of a member's new business, None for no end; raises NaiveInstant."""
    end = NO_END if until is None else seconds_of(until)
    return Motion(Action.RENEW_MEMBER, member_id=member, until=end, resolution=resolution)


def begin_recovery(
    member: int, administrator: ChecksumAddress, resolution: str = NO_COMMITMENT
) -> Motion:
    """To give a member a new administrator, and take the lost ones from it, after a delay."""
    return Motion(
        Action.BEGIN_RECOVERY, member_id=member, account=administrator, resolution=resolution
    )


def settle_recovery(
    member: int, administrator: ChecksumAddress, resolution: str = NO_COMMITMENT
) -> Motion:
    """To complete the recovery with this administrator although the member objected.

    Needs two thirds.
    """
    return Motion(
        Action.SETTLE_RECOVERY, member_id=member, account=administrator, resolution=resolution
    )


def change_rules(rules: VotingRules, resolution: str = NO_COMMITMENT) -> Motion:
    """To decide otherwise from now on; needs two thirds, and waits."""
    return Motion(Action.CHANGE_RULES, rules=rules, resolution=resolution)


def appoint_keeper(member: int, resolution: str = NO_COMMITMENT) -> Motion:
    """To have another member keep the banking calendars; waits."""
    return Motion(Action.APPOINT_KEEPER, member_id=member, resolution=resolution)


def register_version(name: str, at: ChecksumAddress, resolution: str = NO_COMMITMENT) -> Motion:
    """To put a version of a contract into the directory; waits."""
    return Motion(Action.REGISTER_VERSION, name=name, account=at, resolution=resolution)


def close_edition(edition: int, resolution: str = NO_COMMITMENT) -> Motion:
    """To close the contract of this edition to new records, for ever; waits."""
    return Motion(Action.CLOSE_EDITION, edition=edition, resolution=resolution)


def pause_new_business(until: datetime, resolution: str = NO_COMMITMENT) -> Motion:
    """To stop new business of everybody until an instant; raises NaiveInstant."""
    return Motion(Action.PAUSE_NEW_BUSINESS, until=seconds_of(until), resolution=resolution)


def resume_new_business(resolution: str = NO_COMMITMENT) -> Motion:
    """To end the pause before its time."""
    return Motion(Action.RESUME_NEW_BUSINESS, resolution=resolution)


def motion_on(act: str, member: int) -> Motion:
    """To suspend, reinstate or expel a member, by that word; raises :class:`UnknownMotion`."""
    made = {"suspend": suspend_member, "reinstate": reinstate_member, "expel": expel_member}
    if act not in made:
        raise UnknownMotion(act, list(made))
    return made[act](member)


@dataclass(frozen=True, slots=True)
class MotionWords:
    """A motion for a clerk: ``what`` completes "it is proposed to", ``details`` are its figures."""

    what: str
    details: tuple[tuple[str, str], ...] = ()


def motion_words(motion: Motion, wording: Wording) -> MotionWords:
    """What a motion says."""
    member = wording.member(motion.member_id)
    action = motion.action
    if action is Action.ADMIT_MEMBER:
        return _admission_words(motion.admission, wording)
    if action is Action.RENEW_MEMBER:
        return MotionWords(f"let {member} take new business {_until(motion.until, wording)}")
    if action is Action.BEGIN_RECOVERY:
        return MotionWords(
            f"recover {member}, whose administrator is lost",
            (("new administrator", wording.account(motion.account)),),
        )
    if action is Action.SETTLE_RECOVERY:
        return MotionWords(
            f"complete the recovery of {member} although it objected",
            (("new administrator", wording.account(motion.account)),),
        )
    if action is Action.CHANGE_RULES:
        return MotionWords("change the voting rules", rules_words(motion.rules))
    if action is Action.APPOINT_KEEPER:
        return MotionWords(f"have {member} keep the banking calendars")
    if action is Action.REGISTER_VERSION:
        return MotionWords(f"register a version of {motion.name}", (("contract", motion.account),))
    if action is Action.CLOSE_EDITION:
        return MotionWords(f"close edition {motion.edition} to new records, for ever")
    if action is Action.PAUSE_NEW_BUSINESS:
        return MotionWords(f"pause new business {_until(motion.until, wording)}")
    if action is Action.RESUME_NEW_BUSINESS:
        return MotionWords("let new business go on")
    verb = {
        Action.SUSPEND_MEMBER: "suspend",
        Action.REINSTATE_MEMBER: "reinstate",
        Action.EXPEL_MEMBER: "expel",
    }[action]
    return MotionWords(f"{verb} {member}")


def rules_words(rules: VotingRules) -> tuple[tuple[str, str], ...]:
    """Voting rules, a name and a value each."""
    votes = [
        f"{kind.label} {rules.weight(kind)}"
        for kind in MemberKind
        if kind is not MemberKind.NONE and rules.weight(kind)
    ]
    return (
        ("quorum", f"{rules.quorum} % of all votes in favour"),
        ("voting period", span_words(rules.voting_period)),
        ("execution delay", span_words(rules.execution_delay)),
        ("votes by kind", ", ".join(votes)),
    )


def span_words(span: timedelta) -> str:
    """A span of time in days and hours, such as ``3 days`` or ``1 day 2 h``."""
    if not span:
        return "no time"
    hours, seconds = divmod(span.seconds, 3600)
    parts = [
        f"{span.days} day{'' if span.days == 1 else 's'}" if span.days else "",
        f"{hours} h" if hours else "",
        f"{seconds // 60} min" if seconds // 60 else "",
        f"{seconds % 60} s" if seconds % 60 else "",
    ]
    return " ".join(part for part in parts if part)


def _admission_words(admission: Admission, wording: Wording) -> MotionWords:
    end = admission.valid_until
    return MotionWords(
        f"admit a member: {admission.kind.label}, "
        f"{countries().get(admission.country, admission.country)}",
        (
            ("administrator", admission.administrator),
            ("treasury", admission.treasury),
            ("new business", _until(NO_END if end is None else seconds_of(end), wording)),
            ("banking calendar", str(admission.calendar) if admission.calendar else "none"),
            ("identity", admission.identity),
        ),
    )


def _until(seconds: int, wording: Wording) -> str:
    try:
        return f"until {wording.time(instant_of(seconds))}"
    except OverflowError:
        # Beyond the year 9999, as no end is.
        return "without end"
