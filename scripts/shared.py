# SPDX-License-Identifier: Apache-2.0
"""What the entry points share: which chain, how a step is printed, how an error is said."""

import functools
import sys

from yangshan.deployment.session import Settings, open_session
from yangshan.errors import YangshanError
from yangshan.story.scenario import play_scenario
from yangshan.story.summary import Attempt, Observation


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
    act = play_scenario(session, name, report=tell_news, hear=hear)
    print(f"credit {act.credit.reference}: {act.presentation.state.lower()}")


def tell_news(step):
    if not step.already:
        tell(step)


def hear(_, heard, deadline):
    what = heard.what if isinstance(heard, Observation) else heard.action
    ends = f", deadline {deadline}" if deadline else ""
    refused = f": {heard.message}" if isinstance(heard, Attempt) else ""
    article = f" ({heard.article})" if heard.article else ""
    print(f"{heard.time}  {heard.actor}: {what}{article}{ends}{refused}")


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
