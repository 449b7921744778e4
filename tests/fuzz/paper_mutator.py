# SPDX-License-Identifier: Apache-2.0
"""Mutation of JSON as such, so that more than its reader is reached: values are exchanged, dropped,
renamed, repeated and written anew; now and then bytes are, whatever they mean."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

from paper_seeds import words

ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    255,
    256,
    2**53 - 1,
    2**53,
    2**64,
    1.5,
    "",
    " ",
    "0",
    "e\u0301",
    "\u202e",
    "\x00",
    "\ud800",
    "/",
    "~1",
    "#file",
    "0" * 64,
    "f" * 64,
    "1280000.00",
    "2025-02-29",
    "A" * 70_000,
    [],
    {},
    [[]],
    {"": ""},
    [0] * 300,
)
MOST_STEPS = 4


SIGNS = (b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\u0000", b"\\ud800", b"1e9", b"NaN", b"\xff")


def mutate(data: bytes, most: int, seed: int) -> bytes:
    """What libFuzzer calls with a file, its greatest size and a seed."""
    dice = random.Random(seed)
    if dice.random() < 0.2:
        return _bytes_turned(data, dice)[:most]
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return _bytes_turned(data, dice)[:most]
    for _ in range(dice.randint(1, MOST_STEPS)):
        value = _changed(value, dice)
    written = json.dumps(value, ensure_ascii=dice.random() < 0.5)
    return written.encode("utf-8", "surrogatepass")[:most]


def _bytes_turned(data: bytes, dice: random.Random) -> bytes:
    start, stop = sorted(dice.randint(0, len(data)) for _ in range(2))
    match dice.randrange(4):
        case 0:
            return data[:start] + dice.choice(SIGNS) + data[start:]
        case 1:
            return data[:start] + data[stop:]
        case 2:
            return data[:stop] + data[start:]
        case _:
            return data[:start] + bytes([dice.randrange(256)]) + data[start + 1 :]


def _changed(value: Any, dice: random.Random) -> Any:
    """The value with one place in it changed."""
    places = list(_places(value))
    if not places:
        return _odd(dice)
    holder, key = dice.choice(places)
    _, other = dice.choice(places)
    match dice.randrange(6):
        case 0:
            holder[key] = _odd(dice, *dice.sample(words(), 8))
        case 1:
            del holder[key]
        case 2:
            source, there = dice.choice(places)
            holder[key] = json.loads(json.dumps(source[there]))
        case 3:
            holder[key] = [holder[key]]
        case 4 if isinstance(holder, dict):
            name = dice.choice((str(other), str(key) + "x", dice.choice(words())))
            holder[name] = holder.pop(key)
        case 4:
            holder.extend(copy.deepcopy(holder[: dice.randint(1, 60)]))
        case _:
            holder[key] = _turned(holder[key], dice)
    return value


def _turned(value: Any, dice: random.Random) -> Any:
    """The value with a sign or a unit more, less or other."""
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int | float):
        return value + dice.choice((-1, 1, 2**31))
    if isinstance(value, str) and value:
        at = dice.randrange(len(value))
        sign = dice.choice((*"0aAzé/. -", "", value[at] * 2))
        return value[:at] + sign + value[at + 1 :]
    return _odd(dice)


def _odd(dice: random.Random, *more: Any) -> Any:
    """An odd value, or one of these; its own, since what is changed next may stand inside it."""
    return copy.deepcopy(dice.choice((*ODD, *more)))


def _places(value: Any) -> Any:
    """Every place of a value: what holds it, and its name or number there."""
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        if not isinstance(holder, dict | list):
            continue
        for key, item in holder.items() if isinstance(holder, dict) else enumerate(holder):
            yield holder, key
            if isinstance(item, dict | list):
                waiting.append(item)
