# SPDX-License-Identifier: Apache-2.0
"""Mutated files, guided by which code they reach: mutate.py [libFuzzer options] CORPUS...

It ends by itself after ``-runs=N``; what breaks a rule of sound.py is left as a file to run again.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["yangshan.swift"]):
    import sound

    from yangshan.swift.definitions import definitions

if __name__ == "__main__":
    definitions()
    atheris.Setup(sys.argv, sound.expect_sound)
    atheris.Fuzz()
