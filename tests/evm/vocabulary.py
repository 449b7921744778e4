# SPDX-License-Identifier: Apache-2.0
"""The enums and bits of the contracts, read from their sources, from which none can drift."""

from __future__ import annotations

import re
from enum import IntEnum, IntFlag
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]

_ENUM: Final = re.compile(r"^enum (\w+) \{(.*?)^\}", re.MULTILINE | re.DOTALL)
_BIT: Final = re.compile(r"constant (\w+) = 1 << (\d+);")


def _constant(name: str) -> str:
    """``SightPayment`` as ``SIGHT_PAYMENT``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()


def _enums() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((ROOT / "interfaces").glob("*.sol")):
        for name, body in _ENUM.findall(path.read_text("utf-8")):
            members = re.findall(r"\w+", re.sub(r"//.*", "", body))
            values = {_constant(member): value for value, member in enumerate(members)}
            found[name] = IntEnum(name, values)
    return found


def _bits(library: str) -> dict[str, int]:
    text = (ROOT / f"contracts/libraries/{library}.sol").read_text("utf-8")
    return {name: 1 << int(bit) for name, bit in _BIT.findall(text)}


_ALL: Final = _enums()
Action: Any = _ALL["Action"]
AmendmentPassing: Any = _ALL["AmendmentPassing"]
AmendmentState: Any = _ALL["AmendmentState"]
AuthorisationState: Any = _ALL["AuthorisationState"]
Availability: Any = _ALL["Availability"]
ClaimDisposal: Any = _ALL["ClaimDisposal"]
ClaimState: Any = _ALL["ClaimState"]
CreditState: Any = _ALL["CreditState"]
DeclarationStatus: Any = _ALL["DeclarationStatus"]
DeliveryBasis: Any = _ALL["DeliveryBasis"]
DeliveryState: Any = _ALL["DeliveryState"]
Disposal: Any = _ALL["Disposal"]
DocumentStatus: Any = _ALL["DocumentStatus"]
Hands: Any = _ALL["Hands"]
MaturityFrom: Any = _ALL["MaturityFrom"]
MemberKind: Any = _ALL["MemberKind"]
MemberStatus: Any = _ALL["MemberStatus"]
ObligationKind: Any = _ALL["ObligationKind"]
ObligationState: Any = _ALL["ObligationState"]
PresentationState: Any = _ALL["PresentationState"]
PresenterInstruction: Any = _ALL["PresenterInstruction"]
PreAdvisedTerm: Any = _ALL["PreAdvisedTerm"]
ProposalState: Any = _ALL["ProposalState"]
SubstitutionState: Any = _ALL["SubstitutionState"]
SurrenderPurpose: Any = _ALL["SurrenderPurpose"]
TitleAct: Any = _ALL["TitleAct"]
TitleForm: Any = _ALL["TitleForm"]
TitleState: Any = _ALL["TitleState"]
TransferState: Any = _ALL["TransferState"]
TransferredTerm: Any = _ALL["TransferredTerm"]
RecordFormat: Any = _ALL["RecordFormat"]
RecordsState: Any = _ALL["RecordsState"]
Renewal: Any = _ALL["Renewal"]

Role: Any = IntFlag("Role", _bits("Roles"))
Flag: Any = IntFlag("Flag", _bits("PresentationFlags"))
Mark: Any = IntFlag("Mark", _bits("PresentationMarks"))
ClaimMark: Any = IntFlag("ClaimMark", _bits("ClaimMarks"))
ClaimReason: Any = IntFlag("ClaimReason", _bits("ClaimReasons"))
Switch: Any = IntFlag("Switch", _bits("CreditSwitches"))

NO_END: Final = 2**40 - 1
MOST_ACCOUNTS: Final = 64

BANKING_ROLES: Final = int(Role.ISSUE | Role.ADVISE | Role.EXAMINE)
COURT_ROLES: Final = int(Role.COURT)
CARRIER_ROLES: Final = int(Role.CARRY)
ALL_ROLES: Final = sum(int(role) for role in Role)
COMMON_ROLES: Final = ALL_ROLES & ~BANKING_ROLES & ~COURT_ROLES & ~CARRIER_ROLES


def open_roles(kind: int) -> int:
    """What a member of a kind may give to its keys: only banks do what banks do.

    Courts address an authority, and carriers issue titles.
    """
    if kind in (MemberKind.BANK, MemberKind.CENTRAL_BANK):
        return COMMON_ROLES | BANKING_ROLES
    own = {MemberKind.AUTHORITY: COURT_ROLES, MemberKind.CARRIER: CARRIER_ROLES}
    return COMMON_ROLES | own.get(kind, 0)
