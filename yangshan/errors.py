# SPDX-License-Identifier: Apache-2.0
"""The root of every error this package raises on purpose.

A message is one or more whole sentences for a bank clerk: what happened, where, what was expected.
The exit code is what the command line returns: 1 when a rule or a finding refused the business,
2 when the call itself could not be carried out (usage, file, chain or key).
"""

from __future__ import annotations

from typing import ClassVar


class YangshanError(Exception):
    """Something this package refuses or cannot do; ``str(error)`` is meant for people."""

    exit_code: ClassVar[int] = 2


class Refused(YangshanError):
    """A rule of the business said no: nothing was sent, or the chain refused what was sent."""

    exit_code: ClassVar[int] = 1


class Unusable(YangshanError):
    """The call could not be carried out: usage, a file, the chain or a key."""

    exit_code: ClassVar[int] = 2
