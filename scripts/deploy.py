# SPDX-License-Identifier: Apache-2.0
"""``brownie run deploy [main URL] [--network NAME]``: deploys the alliance.

Every parameter is printed first. With a URL it takes the chain there instead of Brownie's network.
Where files are is said by the variables of :class:`yangshan.deployment.session.Settings`. Run
again, it resumes or changes nothing.
"""

from scripts.shared import confirm, opened, tell, told


@told
def main(rpc=None):
    session = opened(rpc)
    for name, value in session.parameters():
        print(f"{name:>32}  {value}")
    if confirm(session):
        session.deploy(report=tell)
        print(f"recorded in {session.record_path}")
