# SPDX-License-Identifier: Apache-2.0
"""``yangshan documents``: trade documents, without a chain and on one."""

from __future__ import annotations

import typer

from yangshan.cli import (
    documents_draft,
    documents_examine,
    documents_files,
    documents_registry,
    exchange,
)

app = typer.Typer(
    help="Trade documents: check, seal, show, verify and examine them, without a chain; register, "
    "revoke and share them on one.",
    no_args_is_help=True,
)
for each in (documents_files, documents_examine, documents_draft, documents_registry, exchange):
    each.register(app)
