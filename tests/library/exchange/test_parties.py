# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from yangshan.exchange.service import parties_of


def credit(**others: int) -> Any:
    named = {
        "applicant": 9,
        "beneficiary": 11,
        "advising_bank": 10,
        "second_advising_bank": 0,
        "nominated_bank": 0,
        "confirming_bank": 0,
        "reimbursing_bank": 0,
    }
    return SimpleNamespace(issuing_bank=4, issuance=SimpleNamespace(**(named | others)))


def test_the_parties_that_see_documents() -> None:
    assert parties_of(credit()) == (4, 9, 11, 10)
    every = credit(second_advising_bank=5, nominated_bank=6, confirming_bank=7, reimbursing_bank=8)
    # A reimbursing bank sees none (UCP 600 art. 13(b)(ii)).
    assert parties_of(every) == (4, 9, 11, 10, 5, 6, 7)
    # Who is several of them counts once.
    assert parties_of(credit(nominated_bank=4, confirming_bank=10)) == (4, 9, 11, 10)
