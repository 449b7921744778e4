# SPDX-License-Identifier: Apache-2.0
"""What the entry points share: which chain, how a step is printed, how an error is said."""

import functools
import sys

from rich.console import Console

from yangshan.deployment.session import Settings, open_session
from yangshan.errors import YangshanError
from yangshan.story.scenario import play_scenario
from yangshan.story.screen import Screen


def opened(url):
    if url is None:
        # Brownie is asked for its network's URL and for nothing else.
        from brownie import web3

        url = web3.provider.endpoint_uri
    return open_session(url, Settings.of_environment())


def confirm(session):
    """Asks before anything is sent to a chain that lasts."""
    if session.chain.is_development:
        return True
    return input("Deploy with these parameters? [yes/no] ").strip() == "yes"


def tell(step):
    done = "already" if step.already else "now"
    # Of what is done already, the chain need not know when.
    where = f"{step.transaction}  gas {step.gas:,}" if step.transaction else ""
    print(f"{done:>8}  {step.actor}: {step.what}  {where}")


def scene(name, session):
    """Plays an act of the examples, telling each step when it has happened."""
    screen = Screen(Console(highlight=False), alone=True)
    try:
        screen.tells(play_scenario(session, name, screen))
    finally:
        screen.close()


def told(main):
    """Says an error of ours in its own sentence instead of a traceback."""

    @functools.wraps(main)
    def run(*arguments):
        try:
            main(*arguments)
        except YangshanError as error:
            print(error, file=sys.stderr)
            sys.exit(error.exit_code)

    return run
