# SPDX-License-Identifier: Apache-2.0
"""Mutated files, guided by which code they reach:

    mutate.py swift|documents [libFuzzer options] CORPUS...

It ends by itself after ``-runs=N``; what breaks a rule of sound.py or paper_sound.py is left as a
file to run again.
"""

from __future__ import annotations

import importlib
import sys

import atheris

# What is instrumented, and where ``expect_sound`` stands.
TARGETS = {
    "swift": (("yangshan.swift",), "sound"),
    "documents": (("yangshan.documents", "yangshan.exchange"), "paper_sound"),
}

if __name__ == "__main__":
    packages, rules = TARGETS[sys.argv.pop(1)]
    with atheris.instrument_imports(include=list(packages)):
        sound = importlib.import_module(rules)
    # Tables are read once, and not as part of the first file.
    sound.expect_sound(b"")
    own = {}
    if rules == "paper_sound":
        own["custom_mutator"] = importlib.import_module("paper_mutator").mutate
    atheris.Setup(sys.argv, sound.expect_sound, **own)
    atheris.Fuzz()
