# SPDX-License-Identifier: Apache-2.0
"""What holds of any file whatever that is given to an examination: each of its readers takes it as
it should, or refuses it by name."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from yangshan.documents.examination.beside import read_declarations
from yangshan.documents.examination.drafting import read_draft, read_released, release, written
from yangshan.documents.examination.inputs import credit_in
from yangshan.documents.examination.listing import read_listing
from yangshan.documents.examination.reading import read_presentation
from yangshan.errors import YangshanError

SECONDS = 2.0
SENTENCE = re.compile(r"\S.*\S\.(?: \(\d+ findings; .*\))?", re.S)


def expect_sound(data: bytes) -> None:
    """Gives a file to every reader."""
    started = time.process_time()
    for read in READERS:
        try:
            read(data)
        except YangshanError as refused:
            said = str(refused)
            assert SENTENCE.fullmatch(said), said
    assert time.process_time() - started < SECONDS, "it takes too long"


def _draft(data: bytes) -> None:
    draft = read_draft(data, "file")
    assert read_draft(written(draft).encode(), "file") == draft
    released = release(draft, "another than who examined")
    assert read_released(written(released).encode(), "file") == released
    assert released.texts


def _released(data: bytes) -> None:
    released = read_released(data, "file")
    assert released.digest == released.bound()


def _declarations(data: bytes) -> None:
    for number in read_declarations(data, "file"):
        assert len(number) == 18, number


READERS: tuple[Callable[[bytes], Any], ...] = (
    lambda data: read_presentation(data, "file"),
    lambda data: credit_in(data, "file"),
    lambda data: read_listing(data, "file"),
    _draft,
    _released,
    _declarations,
)
