# SPDX-License-Identifier: Apache-2.0
"""SWIFT MT messages of trade finance: read, checked, written and mapped, without a network.

Modelled on SWIFT MT, not certified by SWIFT. ``read`` keeps every byte, ``check`` tells all
findings, ``write`` gives the identical bytes back.
"""

from yangshan.swift.errors import UnreadableMessage
from yangshan.swift.findings import Finding, check, is_valid
from yangshan.swift.grammar import Field, Message, read, split, write
from yangshan.swift.legacy import check_legacy

__all__ = [
    "Field",
    "Finding",
    "Message",
    "UnreadableMessage",
    "check",
    "check_legacy",
    "is_valid",
    "read",
    "split",
    "write",
]
