# SPDX-License-Identifier: Apache-2.0
"""The command line: one module for each noun, over the same services as everything else."""

from yangshan.cli.app import main, run

__all__ = ["main", "run"]
