# SPDX-License-Identifier: Apache-2.0
"""Valid messages to break: fields in order, and the FIN text around them."""

from __future__ import annotations

from swift_corpus import BASES

Fields = dict[str, str]

FULL_700: Fields = dict(BASES["700"]["full"])
MINIMAL_700: Fields = dict(BASES["700"]["minimal"])
FULL_734: Fields = dict(BASES["734"]["full"])
MINIMAL_734: Fields = dict(BASES["734"]["minimal"])

VALID: dict[str, tuple[str, Fields]] = {
    "full 700": ("700", FULL_700),
    "minimal 700": ("700", MINIMAL_700),
    "full 734": ("734", FULL_734),
    "minimal 734": ("734", MINIMAL_734),
}


def changed(fields: Fields, changes: dict[str, str | None]) -> Fields:
    """The fields with others in place, or without those that become None.

    A new tag stands before the one behind its arrow: ``{"42M>43P": "..."}``; ``"42M>"`` is last.
    """
    rows = dict(fields)
    for tag, value in changes.items():
        new, arrow, before = tag.partition(">")
        if value is None:
            del rows[new]
        elif not arrow:
            assert new in rows, f"{new} is not there to be changed"
            rows[new] = value
        else:
            head = dict(list(rows.items())[: list(rows).index(before)] if before else rows)
            rows = head | {new: value} | {k: v for k, v in rows.items() if k not in head}
    return rows


def block_4(fields: Fields | list[tuple[str, str]]) -> str:
    rows = fields.items() if isinstance(fields, dict) else fields
    text = "".join(f":{tag}:{value}\n" for tag, value in rows)
    return text.replace("\n", "\r\n")


def fin(kind: str, fields: Fields | list[tuple[str, str]]) -> str:
    """FIN text whose first field stands in line 2."""
    return f"{{1:F01YSHACNSHAXXX0000000000}}{{2:I{kind}YSSLDEHHXXXXN}}{{4:\r\n{block_4(fields)}-}}"


def line_of(fields: Fields, tag: str) -> int:
    """The line in which a field of :func:`fin` begins."""
    before = list(fields)[: list(fields).index(tag)]
    return 2 + sum(fields[other].count("\n") + 1 for other in before)
