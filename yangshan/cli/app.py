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
from types import FrameType

import typer
from typer.exceptions import TyperException

from yangshan.cli import alliance, credit, customs, demo, documents, exchange, node, swift
from yangshan.cli.common import explained, fail, naming, wants_json
from yangshan.errors import YangshanError

_DEBUG = "--debug"
# What typer makes of it.
_CTRL_C = 130

app = typer.Typer(
    name="yangshan",
    help="Documentary credits under UCP 600 on an EVM chain. Add --debug to any command to see "
    "where an error came from.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(swift.app, name="swift")
app.add_typer(credit.app, name="credit")
app.add_typer(alliance.app, name="alliance")
app.add_typer(documents.app, name="documents")
app.add_typer(customs.app, name="customs")
exchange.register(documents.app)
app.command("demo")(demo.demo)
app.command("node")(node.node)


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
        answer = _command()(words, prog_name="yangshan", standalone_mode=False)
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


@functools.cache
def _command() -> Callable[..., object]:
    return typer.main.get_command(app)


def _stop(number: int, _frame: FrameType | None) -> None:
    """Ends a command as Ctrl-C does, so that it clears up; a second time would disturb that."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
