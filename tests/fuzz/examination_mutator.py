# SPDX-License-Identifier: Apache-2.0
"""Mutation of terms and presentations that mostly keeps their schemas, so that the checks are
reached: a field gets another value of its own form, or is left out, or its items are repeated."""

from __future__ import annotations

import json
import random
from typing import Any

import paper_mutator
from examination_seeds import cases

from yangshan.documents.schema import schemas

MOST_STEPS = 6
BROKEN = 0.15

WORDS = (
    *("USED", "WITHOUT", "NOT", "FREE OF CHARGE", "FREIGHT", "EF-5000", "EF-3000", "MACHINE"),
    *("ANY CHINESE PORT", "HAMBURG", "Shanghai", "SINGAPORE", "PORT", "(", ",", "///", "-", "0"),
    *("CIF SHANGHAI INCOTERMS 2020", "USD 1.00 PER MT", "ABOUT 100 MT", "+/-5 PCT", "1,000"),
    *("FULL SET 3/3", "2/3 SET", "IN DUPLICATE", "TO ORDER OF ISSUING BANK", "NOTIFY APPLICANT"),
    *("FROM 1 OCTOBER 2025 TO 1 SEPTEMBER 2025", "30 FEBRUARY 2025", "DAYS AFTER INVOICE"),
    *("Ärger", "ß", "中文", "é", "ﬁ", "١٢٣", "\u00a0x", "A" * 300, "1" * 300, "A-" * 200 + "A"),
    *("CO., LTD.", "GERMANY", "UCP 600 ARTICLE 29(A) DOES NOT APPLY", "HS CODE 0000", "N/M"),
)
NUMBERS = ("0", "0.01", "1", "0.000000001", "999999999999999", "100", "37200", "82011.4", "1.50")
DAYS = ("1900-01-01", "2025-09-05", "2025-10-05", "2025-12-31", "2199-12-31", "2024-02-29")
OTHERS: dict[str, tuple[Any, ...]] = {
    "text": WORDS,
    "digits": ("2248", "101"),
    "boolean": (True, False),
    "count": (0, 1, 2, 3, 50, 99),
    "date": DAYS,
    "amount": ("0", "0.01", "1280000.00", "999999999999999", "1"),
    "price": NUMBERS,
    "quantity": NUMBERS,
    "currency": ("CNY", "EUR", "USD", "JPY", "KWD"),
    "country": ("CN", "DE", "US", "SG"),
    "locode": ("CNSHA", "DEHAM", "DEBRV", "SGSIN", "ZWHRE"),
    "unit": ("KGM", "TNE", "LBR", "C62", "SET", "XCT", "ZZ", "MTQ"),
    "package": ("CT", "CS", "BX", "ZZ"),
    "commodity": ("845710", "740311", "7403110000"),
}
TEXTS = ("goods", "documents", "conditions", "loading_port", "discharge_port", "shipment_period")
SWITCHES = {
    "partial_shipments": ("ALLOWED", "NOT_ALLOWED", "CONDITIONAL"),
    "tolerance": ({"plus": 5, "minus": 5}, {"plus": 0, "minus": 99}),
    "amount": ({"minor": 1, "currency": "CNY"}, {"minor": 2**64 - 1, "currency": "JPY"}),
    "latest_shipment": DAYS,
    "presentation_period": ({"days": 0}, {"days": 999, "starts": "DAYS AFTER INVOICE DATE"}),
    "additional_amounts": ("FREIGHT UP TO USD 1.00",),
}


def mutate(data: bytes, most: int, seed: int) -> bytes:
    """What libFuzzer calls with a file, its greatest size and a seed."""
    dice = random.Random(seed)
    if dice.random() < BROKEN:
        return paper_mutator.mutate(data, most, seed)
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict) or not isinstance(value.get("presentation"), dict):
        value = json.loads(json.dumps(dice.choice(cases())))
    for _ in range(dice.randint(1, MOST_STEPS)):
        _step(value, dice)
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")[:most]


def _step(value: dict[str, Any], dice: random.Random) -> None:
    documents = value["presentation"].get("documents")
    terms = value.get("terms")
    match dice.randrange(8):
        case 0 if isinstance(terms, dict):
            name = dice.choice(TEXTS)
            old = terms.get(name)
            terms[name] = _reworded(old if isinstance(old, str) else "", dice)
        case 1 if isinstance(terms, dict):
            name = dice.choice(list(SWITCHES))
            terms[name] = dice.choice(SWITCHES[name])
        case 2 if isinstance(documents, dict):
            other = dice.choice(cases())["presentation"]["documents"]
            name = dice.choice(list(other))
            documents[name + dice.choice(("", "-2"))] = json.loads(json.dumps(other[name]))
        case 3 if isinstance(documents, dict) and documents:
            documents.pop(dice.choice(list(documents)))
        case 4:
            value["presentation"]["received"] = dice.choice((*DAYS, "2025-09-15T23:59:59+08:00"))
            value["presentation"]["place"] = dice.choice(("CNSHA", "DEFRA", "CNSHA-M", "NOWHERE"))
        case _ if isinstance(documents, dict) and documents:
            _field(dice.choice(list(documents.values())), dice)


def _field(document: Any, dice: random.Random) -> None:
    """Another value for one field of a document, by the form of its schema."""
    if not isinstance(document, dict) or not isinstance(document.get("kind"), str):
        return
    schema = schemas().get(document["kind"])
    if schema is None or not isinstance(document.get("fields"), dict):
        return
    row = dice.choice(schema.rows)
    *above, last = row.path.split("/")[1:]
    here: Any = document["fields"]
    for part in above:
        if isinstance(here, list):
            if not here:
                return
            here = dice.choice(here)
        elif isinstance(here, dict):
            here = here.get(part)
        else:
            return
    if isinstance(here, list) and last == "*":
        if here and row.format == "object":
            here.append(json.loads(json.dumps(dice.choice(here))))
        elif row.format in OTHERS:
            here.append(_new(row, None, dice))
        return
    if not isinstance(here, dict):
        return
    if row.status == "O" and last in here and dice.random() < 0.3:
        here.pop(last)
    elif row.format == "code":
        here[last] = dice.choice(row.codes)
    elif row.format in OTHERS:
        here[last] = _new(row, here.get(last), dice)


def _new(row: Any, old: Any, dice: random.Random) -> Any:
    if row.format == "text":
        text = _reworded(old if isinstance(old, str) else "", dice)
        return text[: row.most or None].strip() or "x"
    return dice.choice(OTHERS[row.format])


def _reworded(text: str, dice: random.Random) -> str:
    """A text with a word exchanged, added, left out or mistyped."""
    words = text.split(" ")
    at = dice.randrange(len(words))
    match dice.randrange(5):
        case 0:
            words[at] = dice.choice(WORDS)
        case 1:
            words.insert(at, dice.choice(WORDS))
        case 2:
            words.pop(at)
        case 3 if words[at]:
            place = dice.randrange(len(words[at]))
            words[at] = words[at][:place] + dice.choice("AZ09 .,\n+") + words[at][place + 1 :]
        case _:
            words.append(dice.choice(WORDS))
    return " ".join(words).strip()
