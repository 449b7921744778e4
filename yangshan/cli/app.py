# SPDX-License-Identifier: Apache-2.0
"""The command line: ``yangshan NOUN VERB``. It holds no rules, only the way to them.

Exit codes: 0 done, 1 refused by a rule or a finding, 2 usage, file, chain or key.
"""

from __future__ import annotations

import functools
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from types import FrameType
from typing import Annotated

import typer
from typer.exceptions import TyperException

from yangshan import __version__
from yangshan.cli.common import console, explained, fail, naming, wants_json
from yangshan.errors import YangshanError

_DEBUG, _VERSION = "--debug", "--version"
# What typer makes of it.
_CTRL_C = 130

# Each is a module of this folder with an ``app`` of verbs, or with a command of its own name.
_NOUNS = ("swift", "credit", "alliance", "documents", "customs", "titles")
_COMMANDS = ("demo", "node")
# Verbs that need no chain, or only when they are asked to, and the module that has them without the
# rest of their noun.
_APART = {("credit", verb): "credit_figures" for verb in ("deadline", "deadlines", "amounts")} | {
    ("documents", verb): "documents_files"
    for verb in ("check", "seal", "batch", "prove", "verify", "show")
}
_APART["documents", "examine"] = "documents_examine"
_APART["documents", "release-draft"] = _APART["documents", "notice"] = "documents_draft"


def main() -> None:
    """The entry point of the command ``yangshan``."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; no exception leaves it."""
    debug = _DEBUG in arguments
    words = [word for word in arguments if word != _DEBUG]
    naming.set(None)
    try:
        answer = command(words)(words, prog_name="yangshan", standalone_mode=False)
        if answer == _CTRL_C:
            raise KeyboardInterrupt
    except TyperException as wrong:
        # A noun without a verb has printed its help and has no more to say.
        if sentence := wrong.format_message():
            # The last words of a library beneath, which nobody needs.
            sentence = sentence.replace("Value error, ", "")
            fail(sentence, type(wrong).__name__, as_json=wants_json(words))
        return 2
    except (typer.Abort, EOFError, KeyboardInterrupt):
        fail("Stopped before it was done.", "Stopped", as_json=wants_json(words))
        return 2
    except YangshanError as refused:
        if debug:
            traceback.print_exc()
        fail(
            explained(refused),
            type(refused).__name__,
            as_json=wants_json(words),
            findings=getattr(refused, "findings", ()),
        )
        return refused.exit_code
    except Exception as unexpected:
        if debug:
            traceback.print_exc()
        fail(
            f"Something failed that this program did not expect ({type(unexpected).__name__}: "
            f"{unexpected}). Run the command again with {_DEBUG} and report what it prints.",
            "Unexpected",
            as_json=wants_json(words),
        )
        return 2
    return answer if isinstance(answer, int) else 0


def command(words: Sequence[str] = ()) -> Callable[..., object]:
    """The command line, or as much of it as the words of a call name.

    What nobody asked for is not loaded: most of the time that a short command takes is that.
    """
    noun, verb = (*words, "", "")[:2]
    if noun == _VERSION:
        return _made(())
    if noun not in (*_NOUNS, *_COMMANDS):
        return _made((*_NOUNS, *_COMMANDS))
    return _made((noun,), _APART.get((noun, verb)))


@functools.cache
def _made(names: tuple[str, ...], apart: str | None = None) -> Callable[..., object]:
    app = typer.Typer(
        name="yangshan",
        help="Documentary credits under UCP 600 on an EVM chain. Add --debug to any command to see "
        "where an error came from.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    for name in names:
        module = import_module(f"yangshan.cli.{apart or name}")
        if apart:
            verbs = typer.Typer(no_args_is_help=True)
            module.register(verbs)
            app.add_typer(verbs, name=name)
        elif name in _NOUNS:
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(getattr(module, name))
    return typer.main.get_command(app)


def _say_version(asked: bool) -> None:
    if asked:
        console.print(f"yangshan {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool,
        typer.Option(
            _VERSION, callback=_say_version, is_eager=True, help="Say which version this is."
        ),
    ] = False,
) -> None:
    pass


def _stop(number: int, _frame: FrameType | None) -> None:
    """Ends a command as Ctrl-C does, so that it clears up; a second time would disturb that."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
