# SPDX-License-Identifier: Apache-2.0
"""What all errors of the contracts have in common: typed fields and a sentence for people."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from dataclasses import dataclass
from typing import ClassVar, Final, dataclass_transform

from yangshan.chain.values import slots
from yangshan.chain.wording import PLAIN, Wording
from yangshan.errors import Refused


@dataclass_transform()
class ContractError(Refused):
    """A contract refused; nothing changed on the chain.

    Each error of the contracts is a class of its own whose fields are the error's arguments.
    ``article`` is the rule behind it where there is one. ``text`` is its sentence: a field in
    braces is told in the words of a :class:`Wording`, and the article follows in brackets.
    """

    article: ClassVar[str | None] = None
    text: ClassVar[str]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # Two refusals are never compared, and an exception must stay hashable.
        dataclass(eq=False)(cls)

    def __post_init__(self) -> None:
        # What an exception carries from one process to another.
        self.args = tuple(vars(self).values())

    def __str__(self) -> str:
        return self.explain()

    def explain(self, wording: Wording = PLAIN) -> str:
        """The sentence, with names, references, currency and zone where ``wording`` has them."""
        told = {
            slot.name: slot.codec.tell(wording, getattr(self, slot.name))
            for slot in slots(type(self))
        }
        sentence = self._template().format_map(told)
        article = self._cited()
        return f"{sentence[0].upper()}{sentence[1:]}{f' ({article})' if article else ''}."

    def _template(self) -> str:
        """The sentence with its fields in braces, for errors that have more than one."""
        return self.text

    def _cited(self) -> str | None:
        """The article that follows the sentence, for errors whose sentence cites by itself."""
        return self.article


class UnnamedRevert(ContractError):
    """Base of refusals that no error of the contracts names."""


class UnknownRevert(UnnamedRevert):
    """An error that this version does not know; ``data`` is all that came, with 0x."""

    data: str

    def _template(self) -> str:
        if self.data == "0x":
            return "the contract refused and gave no reason"
        return f"the contract refused for a reason that this version does not know: {self.data}"


class RevertedWithText(UnnamedRevert):
    """A text instead of an error: none of the suite's contracts reverts so."""

    reason: str

    def _template(self) -> str:
        # Braces of a foreign text are no fields.
        reason = self.reason.replace("{", "{{").replace("}", "}}")
        return f"the contract refused with the text: {reason}"


_PANICS: Final = {
    0x01: "an assertion failed",
    0x11: "a number grew out of its range",
    0x12: "a division by zero",
    0x21: "a number that is no value of its list",
    0x22: "a damaged byte array in storage",
    0x31: "a removal from an empty list",
    0x32: "an index beyond the end of a list",
    0x41: "more memory than there is",
    0x51: "a call of a function that was never set",
}


class Panicked(UnnamedRevert):
    """The contract stopped at a mistake of its own or an impossible argument; Solidity's code."""

    code: int

    def _template(self) -> str:
        cause = _PANICS.get(self.code, "an unknown cause")
        return f"the contract stopped at a fault (0x{self.code:02x}: {cause})"
