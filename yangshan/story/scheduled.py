# SPDX-License-Identifier: Apache-2.0
"""A credit with a schedule, drawn several times: in instalments, or as its amount is renewed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Self, cast

from pydantic import AwareDatetime, Field, PositiveInt

from yangshan.chain.enums import Disposal
from yangshan.chain.records import Lodging, PresentationKey
from yangshan.credit import examining, presenting
from yangshan.credit.correspondence import NOTICE
from yangshan.credit.ids import presentation_id
from yangshan.credit.papers import DOCUMENTS_KIND
from yangshan.credit.timetables import Timetable, read_timetable
from yangshan.money import Money
from yangshan.story.acts import ONE_HOUR, RunningAct
from yangshan.story.script import ActScript, StoryFileError, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HONOURS: Final = "UCP 600 art. 7(a)(i)"
_CODE: Final = "X02"
_WHY: Final = "The credit says when which amounts are available."


class DrawingTable(Table):
    """One presentation: minor units, the day of shipment if a document tells one, and its hour."""

    amount: PositiveInt
    shipped: date | None = None
    received: AwareDatetime


class ScheduledScript(ActScript):
    """One act. ``schedule`` is a timetable beside the credit; what it does not carry is refused."""

    ending: Literal["scheduled"]
    schedule: Path
    drawing: tuple[DrawingTable, ...] = Field(min_length=1)
    by: timedelta = timedelta()

    def beside(self, folder: Path) -> Self:
        """The same with all its files named from a folder."""
        return super().beside(folder).model_copy(update={"schedule": folder / self.schedule})

    def moved(self, by: timedelta) -> Self:
        """The same with all its dates later, those of the timetable too."""
        drawings = tuple(
            each.model_copy(
                update={
                    "shipped": each.shipped and each.shipped + by,
                    "received": each.received + by,
                }
            )
            for each in self.drawing
        )
        return super().moved(by).model_copy(update={"drawing": drawings, "by": by})

    def timetable(self) -> Timetable:
        """What its file says, at its own dates; raises StoryFileError and TimetableUnread."""
        try:
            data = self.schedule.read_bytes()
        except OSError as missing:
            raise StoryFileError(self.schedule, f"{missing.strerror}.") from missing
        said = read_timetable(data, str(self.schedule))
        rows = tuple(
            row.model_copy(update={"first": row.first + self.by, "last": row.last + self.by})
            for row in said.instalments
        )
        revolving = said.revolving
        if revolving is not None and revolving.start is not None:
            revolving = revolving.model_copy(update={"start": revolving.start + self.by})
        return said.model_copy(update={"instalments": rows, "revolving": revolving})


class ScheduledAct(RunningAct):
    """The issuing bank pays what the timetable carries, and refuses what it does not."""

    script: ScheduledScript

    @staticmethod
    def expect_usable(script: ActScript) -> None:
        """Raises what its files raise."""
        RunningAct.expect_usable(script)
        cast("ScheduledScript", script).timetable()

    def timetable(self) -> Timetable:
        """What the credit says of its amounts over time."""
        return self.script.timetable()

    def steps(self) -> Iterator[datetime]:
        """Plays the act, yielding the hour of each step before it is done."""
        yield from self.open()
        for key, drawing in zip(self._keys, self.script.drawing, strict=True):
            yield drawing.received
            self._present(key, drawing)
            found = self.hours.found_by(self.place, drawing.received)
            yield found
            if self.stage.credits.presentation(key).flags:
                self._refuse(key)
                continue
            self._comply(key)
            owed = self.owes(key)
            if self.stage.credits.obligation(owed).amount:
                yield found + ONE_HOUR
                self.pay(owed, _HONOURS)

    def further(self) -> Sequence[PresentationKey]:
        """All but the first."""
        return self._keys[1:]

    def refused_for(self) -> tuple[tuple[str, ...], str | None]:
        """The code of a refusal and what becomes of the documents."""
        return (_CODE,), "RETURN"

    def pay(self, owed: str, article: str, mark: str = "paid", *, part: int = 0) -> None:
        """The debtor of an obligation pays it; every one of them is the beneficiary's."""
        before = self.paid
        super().pay(owed, article, mark, part=part)
        self.paid = before + self.stage.credits.obligation(owed).amount

    @property
    def _keys(self) -> list[PresentationKey]:
        bank, presenter = self.key.examiner, self.key.presenter
        return [
            PresentationKey(self.credit, bank, presenter, number)
            for number in range(1, len(self.script.drawing) + 1)
        ]

    def _present(self, key: PresentationKey, drawing: DrawingTable) -> None:
        amount = Money(drawing.amount, self.terms.amount.currency)
        documents = self.presented.content(drawing.shipped)
        commitment = self.commit(DOCUMENTS_KIND, presentation_id(key), documents)
        lodging = Lodging(key, amount.minor, drawing.shipped, False, commitment)
        act = presenting.lodge(lodging, amount)
        done = self.stage.credits.do(self.stage.signers[key.presenter], act)
        what = "asks for an advance of" if drawing.shipped is None else "presents documents for"
        self.did(
            act.function,
            key.presenter,
            f"{what} {amount}",
            "UCP 600 art. 6(d), 14(b)",
            done,
            self.deadline(key),
            mark="presented",
        )

    def _comply(self, key: PresentationKey) -> None:
        act = examining.find_complying(key)
        done = self.stage.credits.do(self.stage.signers[key.examiner], act)
        owed = self.stage.credits.obligation(self.owes(key)).amount
        asked = self.stage.credits.presentation(key).amount
        recovered = Money(asked - owed, self.terms.amount.currency)
        net = f", less {recovered} that was advanced" if recovered.minor else ""
        self.did(
            act.function,
            key.examiner,
            f"finds the documents complying and must honour{net}",
            "UCP 600 art. 15(a)",
            done,
            mark="complying",
        )

    def _refuse(self, key: PresentationKey) -> None:
        flags = self.stage.credits.presentation(key).flags
        self.see(key.examiner, f"sees that this is {flags.label}", "UCP 600 art. 14(a)")
        self.attempt(
            key.examiner, "tries to find the documents complying", examining.find_complying(key)
        )
        notice = self._text(NOTICE, key, _WHY)
        act = examining.refuse(key, [_CODE], Disposal.RETURN, notice)
        self.do(key.examiner, act, mark="refused")

    def _text(self, kind: str, key: PresentationKey, text: str) -> str:
        return self.commit(kind, presentation_id(key), {"text": text})
