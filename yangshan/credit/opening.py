# SPDX-License-Identifier: Apache-2.0
"""Opening credits: the acts of issuing banks that begin one (credit machine, rows A3 and A4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.chain.credit_words import packed
from yangshan.chain.events import CreditIssued, CreditPreAdvised, ScheduleSet
from yangshan.credit.acts import CREDITS, SCHEDULES, Act, Trace
from yangshan.credit.ids import credit_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.chain.events import SuiteEvent
    from yangshan.chain.records import Issuance, Schedule


def issue(bank: int, issuance: Issuance) -> Act:
    """Issues a credit of the member ``bank``, which is bound by it from then on."""
    return Act(
        contract=CREDITS,
        function="issue",
        arguments=(issuance,),
        key=credit_id(bank, issuance.bank_reference),
        what=f"issues credit {issuance.bank_reference} for {issuance.money}",
        article="UCP 600 art. 7(b)",
        traces=(_opened(CreditIssued, bank, issuance),),
    )


def issue_scheduled(bank: int, issuance: Issuance, schedule: Schedule) -> Act:
    """Issues a credit with a schedule, whether it was pre-advised or not."""
    number = credit_id(bank, issuance.bank_reference)
    return Act(
        contract=CREDITS,
        function="issueScheduled",
        arguments=(issuance, schedule),
        key=number,
        what=f"issues credit {issuance.bank_reference} for {issuance.money}, with its schedule",
        article="UCP 600 art. 6(b), 7(b), 32",
        traces=(
            _opened(CreditIssued, bank, issuance),
            Trace(ScheduleSet, number, content={"schedule": schedule}, contract=SCHEDULES),
        ),
    )


def issue_batch(bank: int, issuances: Sequence[Issuance]) -> Act:
    """Issues several credits in one transaction, all or none; raises TooWide."""
    references = ", ".join(each.bank_reference for each in issuances)
    return Act(
        contract=CREDITS,
        function="issueBatch",
        arguments=(tuple(packed(each) for each in issuances),),
        key=" ".join(credit_id(bank, each.bank_reference) for each in issuances),
        what=f"issues the credits {references}",
        article="UCP 600 art. 7(b)",
        traces=tuple(_opened(CreditIssued, bank, each) for each in issuances),
    )


def pre_advise(bank: int, issuance: Issuance) -> Act:
    """Pre-advises a credit; the member ``bank`` is bound to issue it without delay."""
    return Act(
        contract=CREDITS,
        function="preAdvise",
        arguments=(issuance,),
        key=credit_id(bank, issuance.bank_reference),
        what=f"pre-advises credit {issuance.bank_reference} for {issuance.money}",
        article="UCP 600 art. 11(b)",
        traces=(_opened(CreditPreAdvised, bank, issuance),),
    )


def issue_pre_advised(bank: int, issuance: Issuance) -> Act:
    """Issues a credit that was pre-advised, on terms that do not contradict the pre-advice."""
    return Act(
        contract=CREDITS,
        function="issuePreAdvised",
        arguments=(issuance,),
        key=credit_id(bank, issuance.bank_reference),
        what=f"issues the pre-advised credit {issuance.bank_reference} for {issuance.money}",
        article="UCP 600 art. 7(b), 11(b)",
        traces=(_opened(CreditIssued, bank, issuance),),
    )


def _opened(event: type[SuiteEvent], bank: int, issuance: Issuance) -> Trace:
    return Trace(
        event,
        credit_id(bank, issuance.bank_reference),
        content={"issuance": issuance},
        actor="issuing_bank",
    )
