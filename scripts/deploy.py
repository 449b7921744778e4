# SPDX-License-Identifier: Apache-2.0
"""``brownie run deploy [--network NAME]``: prints every parameter and deploys the alliance.

YANGSHAN_RPC=URL takes the chain there instead of Brownie's network; the other variables are those
of :class:`yangshan.deployment.session.Settings`. Run again, it resumes or changes nothing.
"""

from scripts.shared import confirm, opened, tell, told


@told
def main():
    session = opened()
    for name, value in session.parameters():
        print(f"{name:>32}  {value}")
    if confirm(session):
        session.deploy(report=tell)
        print(f"recorded in {session.record_path}")
