# SPDX-License-Identifier: Apache-2.0
"""Mutated files, guided by which code they reach:

    mutate.py swift|documents|inputs|examination [libFuzzer options] CORPUS...

It ends by itself after ``-runs=N``; what breaks a rule of sound.py, paper_sound.py, inputs_sound.py
or examination_sound.py is left as a file to run again.
"""

from __future__ import annotations

import importlib
import sys

import atheris

# What is instrumented, and where ``expect_sound`` stands.
TARGETS = {
    "swift": (("yangshan.swift",), "sound"),
    "documents": (("yangshan.documents", "yangshan.exchange"), "paper_sound"),
    "inputs": (("yangshan.documents.examination",), "inputs_sound"),
    "examination": (("yangshan.documents.examination",), "examination_sound"),
}
# What keeps the form of its files better than the mutation of bytes.
MUTATORS = {
    "paper_sound": "paper_mutator",
    "inputs_sound": "paper_mutator",
    "examination_sound": "examination_mutator",
}

if __name__ == "__main__":
    packages, rules = TARGETS[sys.argv.pop(1)]
    with atheris.instrument_imports(include=list(packages)):
        sound = importlib.import_module(rules)
    # Tables are read once, and not as part of the first file.
    sound.expect_sound(b"")
    own = {}
    if rules in MUTATORS:
        own["custom_mutator"] = importlib.import_module(MUTATORS[rules]).mutate
    atheris.Setup(sys.argv, sound.expect_sound, **own)
    atheris.Fuzz()
