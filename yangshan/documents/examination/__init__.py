# SPDX-License-Identifier: Apache-2.0
"""Documents examined by machine: candidates for a person, never a decision (UCP 600 art. 14).

``examine`` holds a presentation to the terms in force, check by check; an examiner confirms what it
finds, and a checker approves the notice before it goes out.
"""

from yangshan.documents.examination.examine import examine
from yangshan.documents.examination.model import (
    Candidate,
    Examination,
    Lists,
    Paper,
    Presentation,
    Severity,
    TermsInForce,
    Undone,
)

__all__ = [
    "Candidate",
    "Examination",
    "Lists",
    "Paper",
    "Presentation",
    "Severity",
    "TermsInForce",
    "Undone",
    "examine",
]
