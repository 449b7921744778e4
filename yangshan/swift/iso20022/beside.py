# SPDX-License-Identifier: Apache-2.0
"""What a message of tsrv states of its own kind: issue or advice, who sends it, and when."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

from yangshan.credit.terms import Bank, Confirmation
from yangshan.swift.iso20022.codecs import BANK
from yangshan.swift.iso20022.engine import Beside
from yangshan.swift.iso20022.places import Unsaid, find, make
from yangshan.swift.values import full_bic

if TYPE_CHECKING:
    from yangshan.swift.iso20022.engine import Notes, Route
    from yangshan.swift.iso20022.places import Reading
    from yangshan.swift.iso20022.xml import Node

# Purposes (22A) and how an issuance is told to be of that kind.
_COUNTER: Final = {"ISCO": "CRQL", "ICCO": "CRQC"}
_PURPOSES: Final = {kind: purpose for purpose, kind in _COUNTER.items()}
ADVICES: Final = frozenset({"ADVI", "ACNF", "ADVA", "ACNA"})
_CONFIRMED: Final = frozenset({"ACNF", "ACNA"})
_BIC: Final = "Id/OrgId/AnyBIC"
_ADVISED: Final = "the bank that advises; give it with --sender, where no header names it"
_DAY: Final = "the day of the advice, which no field has; give it with --on"


def issuance_type(model: Any) -> str:
    """How an undertaking is issued: with a request, through another bank, or to its beneficiary."""
    return _kind(model.purpose, model.confirmation, model.beneficiary, model.advising_bank)


def _kind(purpose: str, asked: object, beneficiary: object, adviser: object) -> str:
    if purpose in _COUNTER:
        return _COUNTER[purpose]
    if asked is Confirmation.CONFIRM or purpose == "ACNF":
        return "ISCO"
    direct = isinstance(beneficiary, Bank) and adviser is None
    return "ISSU" if direct and purpose == "ISSU" else "ISAD"


def _write_issuance(_content: Node, details: Node, model: Any, _route: Route, notes: Notes) -> None:
    if model.purpose not in {"ISSU", *_COUNTER, *ADVICES}:
        notes.say("22A", 0, f"Field 22A is {model.purpose}, which tells neither issue nor advice")
    make(details, "IssncTp").text = issuance_type(model)


def _read_issuance(
    reading: Reading,
    _content: Node,
    details: Node,
    values: dict[str, Any],
    _route: Route,
    notes: Notes,
) -> None:
    kind = details.all("IssncTp")[0].text
    values["purpose"] = _PURPOSES.get(kind, "ISSU")
    _expect_kind(reading, details, values, notes)


def _expect_kind(reading: Reading, details: Node, values: dict[str, Any], notes: Notes) -> None:
    """Tells a kind of issuance that would not be written again of what the MT states."""
    kind = reading.one(details, "IssncTp")
    asked = values.get("confirmation")
    again = _kind(values["purpose"], asked, values.get("beneficiary"), values.get("advising_bank"))
    if again != kind:
        said = f"IssncTp {kind} has no place in the MT, which would be written {again}"
        notes.say("IssncTp", details.line, said, term=False)


def _write_advice(content: Node, model: Any, route: Route, notes: Notes, day: str) -> None:
    inner = next(child for child in content.children if child.name.endswith("AdvcDtls"))
    if route.sender is None:
        notes.say("", 0, f"AdvsgPty is {_ADVISED}")
    else:
        make(content, f"AdvsgPty/{_BIC}").text = route.sender
    if route.day is None:
        notes.say("", 0, f"DtOfAdvc is {_DAY}")
    else:
        make(content, day).text = route.day.isoformat()
    if model.purpose not in _CONFIRMED:
        if model.other_reference:
            make(inner, "FrstAdvsgPtyAddtlInf/RefNb").text = model.other_reference
        return
    if model.other_reference is None:
        notes.say("23", 0, "Field 23 is missing, and who confirms has a reference there")
    else:
        make(inner, "ConfDtls/RefNb").text = model.other_reference
    if route.sender and route.day:
        make(inner, f"ConfDtls/Cnfrmr/{_BIC}").text = route.sender
        make(inner, "ConfDtls/Dt/Dt").text = route.day.isoformat()


def _read_advice(
    reading: Reading,
    content: Node,
    values: dict[str, Any],
    route: Route,
    notes: Notes,
    *,
    day: str,
    purposes: tuple[str, str],
) -> None:
    inner = next(child for child in content.children if child.name.endswith("AdvcDtls"))
    confirmed = find(reading, inner, "ConfDtls")
    values["purpose"] = purposes[bool(confirmed)]
    own = reading.one(inner, "FrstAdvsgPtyAddtlInf/RefNb")
    if confirmed:
        own = reading.one(confirmed[0], "RefNb")
    if own is not None:
        values["other_reference"] = own
    sender = reading.one(content, f"AdvsgPty/{_BIC}")
    if sender is not None and route.sender and full_bic(route.sender) != full_bic(sender):
        notes.say(
            "AdvsgPty", content.line, f"AdvsgPty is {sender}, and {route.sender} sends the MT"
        )
    advised = reading.one(content, day)
    if advised is not None:
        said = f"DtOfAdvc {advised} has no place in the MT, whose day is that of its issue"
        notes.say(day, content.line, said, term=False)
    if confirmed:
        for path, same in ((f"Cnfrmr/{_BIC}", sender), ("Dt/Dt", advised)):
            for node in find(reading, confirmed[0], path):
                if node.text == same:
                    reading.taken.add(id(node))


def _write_issued_advice(
    content: Node, details: Node, model: Any, route: Route, notes: Notes
) -> None:
    _write_issuance(content, details, model, route, notes)
    _write_advice(content, model, route, notes, "DtOfAdvc/Dt")


def _read_issued_advice(
    reading: Reading,
    content: Node,
    details: Node,
    values: dict[str, Any],
    route: Route,
    notes: Notes,
) -> None:
    _read_advice(
        reading, content, values, route, notes, day="DtOfAdvc/Dt", purposes=("ADVI", "ACNF")
    )
    _expect_kind(reading, details, values, notes)


def _write_amendment(
    _content: Node, _details: Node, model: Any, _route: Route, notes: Notes
) -> None:
    if model.purpose == "ICCA":
        notes.say(
            "22A",
            0,
            "Field 22A has no place in the message of ISO 20022: ICCA, since the "
            "amendment of a local undertaking is asked for as with ISCA",
        )
    elif model.purpose not in {"ISUA", "ISCA", *ADVICES}:
        notes.say("22A", 0, f"Field 22A is {model.purpose}, which tells neither issue nor advice")


def _read_amendment(
    _reading: Reading,
    _content: Node,
    details: Node,
    values: dict[str, Any],
    _route: Route,
    _notes: Notes,
) -> None:
    values["purpose"] = "ISCA" if details.all("LclUdrtkg") else "ISUA"


def _write_amended_advice(
    content: Node, _details: Node, model: Any, route: Route, notes: Notes
) -> None:
    _write_advice(content, model, route, notes, "DtOfAdvc")


def _read_amended_advice(
    reading: Reading,
    content: Node,
    _details: Node,
    values: dict[str, Any],
    route: Route,
    notes: Notes,
) -> None:
    _read_advice(reading, content, values, route, notes, day="DtOfAdvc", purposes=("ADVA", "ACNA"))


def _write_notifier(
    _content: Node, details: Node, model: Any, _route: Route, _notes: Notes
) -> None:
    # An MT 785 is the issuer's own notice.
    with contextlib.suppress(Unsaid):
        BANK.write(lambda: make(details, "NtifngPty"), model.issuer)


def _read_notifier(
    reading: Reading,
    _content: Node,
    details: Node,
    _values: dict[str, Any],
    _route: Route,
    _notes: Notes,
) -> None:
    notifier, issuer = details.all("NtifngPty")[0], find(reading, details, "UdrtkgId/Issr")[0]
    said = [(node.name, node.text) for node in notifier.walk() if not node.children]
    if said == [(node.name, node.text) for node in issuer.walk() if not node.children]:
        reading.taken.update(id(node) for node in notifier.walk())


ISSUANCE: Final = Beside(_write_issuance, _read_issuance)
ISSUANCE_ADVICE: Final = Beside(_write_issued_advice, _read_issued_advice)
AMENDMENT: Final = Beside(_write_amendment, _read_amendment)
AMENDMENT_ADVICE: Final = Beside(_write_amended_advice, _read_amended_advice)
NOTIFIER: Final = Beside(_write_notifier, _read_notifier)
