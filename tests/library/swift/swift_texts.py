# SPDX-License-Identifier: Apache-2.0
"""Valid messages to break: fields in order, and the FIN text around them."""

from __future__ import annotations

Fields = dict[str, str]

# Every row of MT 700 that one message can have at once; sight drafts negotiated by any bank.
FULL_700: Fields = {
    "27": "1/1",
    "40A": "IRREVOCABLE TRANSFERABLE",
    "20": "YSH25LC000001",
    "23": "PREADV/YSH25PA01",
    "31C": "250901",
    "40E": "UCP LATEST VERSION",
    "31D": "251231HAMBURG",
    "51A": "YSMTCNSH",
    "50": "SILVER HERON MACHINERY IMPORT\nCO., LTD.\nSHANGHAI",
    "59": "/DE02000000000000000817\nELBFALKE MASCHINENBAU GMBH\nHAMBURG",
    "32B": "CNY1280000,00",
    "39A": "05/10",
    "39C": "FREIGHT UP TO CNY 10000.00",
    "41D": "ANY BANK IN HAMBURG\nBY NEGOTIATION",
    "42C": "AT SIGHT",
    "42A": "YSHACNSH",
    "43P": "CONDITIONAL",
    "43T": "NOT ALLOWED",
    "44A": "LUEBECK",
    "44E": "HAMBURG",
    "44F": "YANGSHAN, SHANGHAI",
    "44B": "SUZHOU",
    "44C": "251115",
    "45A": "2 MILLING CENTRES,\nCIF YANGSHAN",
    "46A": "+ INVOICE\n+ BILL OF LADING",
    "47A": "+ PARTIAL SHIPMENTS OF ONE UNIT EACH",
    "49G": "NONE BEYOND THE USUAL",
    "49H": "PRICE AGREED APART",
    "71D": "/COMM/CNY100,50OUTSIDE CHINA\nFOR THE BENEFICIARY",
    "48": "21/AFTER RECEIPT OF GOODS",
    "49": "MAY ADD",
    "58A": "YSSLDEHH",
    "53A": "/C/ACCOUNT-1\nYSBLCNSHXXX",
    "78": "CLAIM ON THE REIMBURSING BANK",
    "57D": "/ACCOUNT-2\nSIEBEN LEUCHTFEUER HANDELSBANK\nHAMBURG",
    "72Z": "/PHONBEN/",
}

MINIMAL_700: Fields = {
    "27": "1/1",
    "40A": "IRREVOCABLE",
    "20": "A",
    "31C": "250901",
    "40E": "UCP LATEST VERSION",
    "31D": "250901SHANGHAI",
    "50": "A",
    "59": "B",
    "32B": "JPY1,",
    "41A": "YSHACNSH\nBY PAYMENT",
    "49": "WITHOUT",
}

FULL_734: Fields = {
    "20": "YSH25REF01",
    "21": "NONREF",
    "32A": "251002CNY1280000,00",
    "73A": "/CABLE/CNY100,\n//OUR FEE",
    "33A": "251010CNY1280100,00",
    "57A": "YSHACNSH",
    "72Z": "SEE BELOW",
    "77J": "WE REFUSE TO HONOUR.\n1. INVOICE NOT SIGNED",
    "77B": "/HOLD/AT YOUR DISPOSAL\n//PENDING YOUR WORD",
}

MINIMAL_734: Fields = {
    "20": "A",
    "21": "B",
    "32A": "251002JPY1,",
    "77J": "REFUSED",
    "77B": "/RETURN/",
}

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
