# SPDX-License-Identifier: Apache-2.0
"""The access matrix: every function that can change state, and who may call it.

Who and what business it is comes from docs/reference/authority.md, how to get there from the rows
of each part of the suite. The tests are generated from both, and what stands in one alone fails.
"""

from __future__ import annotations

from typing import Any, Final

import rows_council
import rows_credits
import rows_custody
import rows_desk
import rows_documents
import rows_letters
import rows_records
import rows_registry
import rows_reimbursements
import rows_schedules
import rows_titles
import rows_transfers
from rows import LINES, Business, ByAnyone, ByContract, ByItself, ByPerson, ByRole, Row, Who
from vocabulary import Role
from world import CASH

ROWS: Final[dict[str, Row]] = {
    **rows_registry.ROWS,
    **rows_desk.ROWS,
    **rows_council.ROWS,
    **rows_letters.ROWS,
    **rows_credits.ROWS,
    **rows_reimbursements.ROWS,
    **rows_transfers.ROWS,
    **rows_schedules.ROWS,
    **rows_records.ROWS,
    **rows_documents.ROWS,
    **rows_titles.ROWS,
    **rows_custody.ROWS,
}


def kind_of(who: Any) -> type[Any]:
    """The kind of row that fits what the page says."""
    if isinstance(who, Role):
        return ByRole
    kinds = {Who.ITSELF: ByItself, Who.PERSON: ByPerson, Who.ANYONE: ByAnyone}
    return kinds.get(who, ByContract)


def business_fits(line: Any) -> bool:
    """Business is a matter of members' keys."""
    own = isinstance(line.who, Role) or line.who is Who.ITSELF
    return own == (line.business is not Business.NONE)


def function_of(name: str) -> str:
    """The function of a line: without the words that tell its use."""
    return name.partition(" ")[0]


def deployed_name(name: str) -> str:
    """The function by the name under which its contract is deployed."""
    return function_of(name).replace("SettlementCash.", f"{CASH}.")


def open_to_all() -> list[str]:
    """The functions that anybody may call, in one of their lines at least."""
    return sorted({function_of(name) for name, line in LINES.items() if line.who is Who.ANYONE})


def unchecked() -> list[str]:
    """The functions that have no authority check, in none of their lines."""
    checked = {function_of(name) for name, line in LINES.items() if line.who is not Who.ANYONE}
    return [name for name in open_to_all() if name not in checked]
