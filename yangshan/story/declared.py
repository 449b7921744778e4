# SPDX-License-Identifier: Apache-2.0
"""The customs declaration of the goods of an act: attested, released, looked up.

Goods that come by sea are declared when they arrive, weeks after the documents were examined. A
bank that is bound by then stays bound, whatever customs says (UCP 600 art. 5, 7(b), 15); it asks
all the same, as the rules on foreign exchange have it do before it pays abroad.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from pydantic import AwareDatetime

from yangshan.chain.records import Declaration
from yangshan.chain.values import hexadecimal
from yangshan.documents import declaring
from yangshan.documents.declarations import declaration_key
from yangshan.story.documented import OUTSIDE, expect_documents, sealed_in
from yangshan.story.script import Table
from yangshan.story.stage import NobodyAttests
from yangshan.story.summary import DeclarationEntry

if TYPE_CHECKING:
    from yangshan.chain.records import Standing
    from yangshan.story.acts import RunningAct

_VALID: Final = timedelta(days=180)


class DeclarationScript(Table):
    """When customs attests the declaration of a file, and when it releases the goods."""

    file: Path
    declared: AwareDatetime
    released: AwareDatetime

    def beside(self, folder: Path) -> Self:
        """The same with its file named from a folder."""
        return self.model_copy(update={"file": folder / self.file})

    def moved(self, by: timedelta) -> Self:
        """The same with its dates later."""
        return self.model_copy(
            update={"declared": self.declared + by, "released": self.released + by}
        )

    def expect_usable(self) -> None:
        """Raises what its file raises."""
        expect_documents((self.file,))


class ActDeclaration:
    """The declaration of the goods of an act, for up to the amount of its credit."""

    def __init__(self, act: RunningAct, script: DeclarationScript) -> None:
        self._act, self.script = act, script
        self._sealed = sealed_in(script.file, act.stage.members).sealed
        self._key = hexadecimal(declaration_key(self._sealed, script.file))
        self._customs = next(
            (number for number, each in act.stage.members.items() if each.kind == "customs"), 0
        )
        if not self._customs:
            raise NobodyAttests

    def declare(self) -> None:
        """Customs attests it."""
        act, amount = self._act, self._act.terms.amount
        given = Declaration(
            exporter=act.parties.beneficiary,
            cap=amount.minor,
            currency=amount.currency.number,
            valid_until=act.stage.now() + _VALID,
            document=hexadecimal(self._sealed.commitment),
        )
        attest = declaring.declare(self._customs, self._key, given, act.beneficiary)
        act.do(self._customs, attest, by=act.stage.papers, mark="declared")

    def release(self) -> None:
        """Customs records that the goods are released."""
        release = declaring.release(self._customs, self._key)
        self._act.do(self._customs, release, by=self._act.stage.papers, mark="released")

    def look_up(self, bank: int) -> None:
        """A bank asks how it stands."""
        standing, customs = self._standing(), self._act.name(self._customs)
        same = standing.declaration.document == hexadecimal(self._sealed.commitment)
        force = "in force" if standing.in_force and same else "not in force"
        what = f"asks how {customs} has the declaration of the goods: {standing.status.label}"
        self._act.see(bank, f"{what}, {force}", OUTSIDE)

    def entry(self) -> DeclarationEntry:
        """Where it stands now."""
        standing = self._standing()
        given = standing.declaration
        return DeclarationEntry(
            customs=self._act.name(self._customs),
            exporter=self._act.name(given.exporter),
            cap=given.cap,
            status=standing.status.name,  # type: ignore[arg-type]
            in_force=standing.in_force,
            key=self._key,
            commitment=given.document,
        )

    def _standing(self) -> Standing:
        return self._act.stage.papers.standing(self._customs, self._key)
