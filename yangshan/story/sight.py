# SPDX-License-Identifier: Apache-2.0
"""A credit by sight payment: its presentation is paid, refused in time, or left unanswered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, Self, cast

from pydantic import AwareDatetime, model_validator

from yangshan.chain.enums import Disposal as DisposalOnChain
from yangshan.chain.values import hexadecimal
from yangshan.credit import examining
from yangshan.credit.correspondence import NOTICE
from yangshan.credit.discrepancies import to_bits
from yangshan.credit.ids import presentation_id
from yangshan.credit.settlements import Disposal
from yangshan.story.acts import ONE_HOUR, RunningAct
from yangshan.story.script import ActScript, Table
from yangshan.swift.refusal import refusal_mt734

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.swift.mapping import PartyIds

_ON_CHAIN = {
    Disposal.HOLD: DisposalOnChain.HOLD,
    Disposal.NOTIFY: DisposalOnChain.NOTIFY,
    Disposal.RETURN: DisposalOnChain.RETURN,
    Disposal.PREVINST: DisposalOnChain.PREVIOUS_INSTRUCTIONS,
}
_ONE_SECOND = timedelta(seconds=1)
_CLAIM_AFTER = timedelta(hours=17)
_PAY_AFTER = timedelta(hours=22)


class StatedDiscrepancy(Table):
    """One discrepancy of the notice: its code and what the notice says of it."""

    code: str
    text: str


class SightScript(ActScript):
    """One act. ``ending`` says how the examining bank behaves."""

    ending: Literal["paid", "refused", "precluded"]
    refused: AwareDatetime | None = None
    disposal: Disposal | None = None
    disposal_text: str = ""
    discrepancy: tuple[StatedDiscrepancy, ...] = ()

    @model_validator(mode="after")
    def _refusal_is_whole(self) -> SightScript:
        stated = (self.refused, self.disposal, self.discrepancy or None)
        if (self.ending == "refused") != all(part is not None for part in stated):
            raise ValueError("a refused ending, and no other, has a time, a disposal and reasons")
        return self

    def moved(self, by: timedelta) -> Self:
        """The same with all its dates later."""
        found = super().moved(by)
        return found.model_copy(update={"refused": self.refused and self.refused + by})


class SightAct(RunningAct):
    """The issuing bank examines and behaves as the script says."""

    script: SightScript

    @staticmethod
    def expect_usable(script: ActScript) -> None:
        """Raises what its files raise, and UnknownDiscrepancy."""
        RunningAct.expect_usable(script)
        to_bits(said.code for said in cast("SightScript", script).discrepancy)

    @staticmethod
    def presenter_among(parties: PartyIds) -> int:
        """A bank presents for the beneficiary, where one takes part."""
        return parties.advising or parties.nominated or parties.beneficiary

    def steps(self) -> Iterator[datetime]:
        """Plays the act, yielding the hour of each step before it is done."""
        yield from self.open()
        yield from self.present(self.terms.amount)
        yield from {
            "paid": self._comply_and_pay,
            "refused": self._refuse,
            "precluded": self._stay_silent,
        }[self.script.ending]()

    def refused_for(self) -> tuple[tuple[str, ...], str | None]:
        """The codes of the refusal and what becomes of the documents."""
        return tuple(said.code for said in self.script.discrepancy), str(self.script.disposal)

    def _comply_and_pay(self) -> Iterator[datetime]:
        yield from self.comply()
        yield self.hours.found() + ONE_HOUR
        self.pay(self.owes(self.key), "UCP 600 art. 7(a)(i)")

    def _refuse(self) -> Iterator[datetime]:
        planned = cast("datetime", self.script.refused)
        if self.refusal_delay is not None:
            planned = self.deadline(self.key) + self.refusal_delay
        yield planned
        self.presented.look_up(self.key.examiner)
        disposal = cast("Disposal", self.script.disposal)
        presenter = self.stage.members[self.key.presenter]
        notice = refusal_mt734(
            sender=self.terms.issuing_bank,
            receiver=presenter.bic or self.terms.issuing_bank,
            issuing_bank=self.terms.issuing_bank,
            reference=self.terms.reference,
            presenting_reference=None,
            utilised_on=self.local(self.stage.now()).date(),
            amount=self.terms.amount,
            discrepancies=[said.text for said in self.script.discrepancy],
            disposal=disposal,
            disposal_text=self.script.disposal_text,
        )
        codes = [said.code for said in self.script.discrepancy]
        kept = self.commit(NOTICE, presentation_id(self.key), {"text": notice})
        self.messages["MT 734"] = notice
        self.do(
            self.key.examiner,
            examining.refuse(self.key, codes, _ON_CHAIN[disposal], kept),
            mark="refused",
        )

    def _stay_silent(self) -> Iterator[datetime]:
        deadline, bank = self.deadline(self.key), self.key.examiner
        yield deadline + _ONE_SECOND
        self.see(
            self.stage.observer,
            f"sees that {self.name(bank)} is "
            + ("precluded" if self.stage.credits.is_precluded(self.key) else "not precluded"),
            "UCP 600 art. 16(f)",
        )
        self.attempt(
            bank,
            "tries to refuse one second too late",
            examining.refuse(self.key, ["OTHER"], DisposalOnChain.HOLD, hexadecimal(bytes(32))),
        )
        self.attempt(
            bank,
            "tries to find the documents complying after all",
            examining.find_complying(self.key),
        )
        yield deadline + _CLAIM_AFTER
        claimant = self.parties.beneficiary or self.key.presenter
        done = self.stage.credits.claim_precluded(self.stage.signers[claimant], self.key)
        self.did(
            "claimPrecluded",
            claimant,
            "claims what the precluded bank owes",
            "UCP 600 art. 16(f)",
            done,
            mark="claimed",
        )
        yield deadline + _PAY_AFTER
        self.pay(self.owes(self.key), "UCP 600 art. 7(a)(i), 16(f)")
