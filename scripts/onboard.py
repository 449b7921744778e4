# SPDX-License-Identifier: Apache-2.0
"""``brownie run onboard [main URL] [--network NAME]``: sets the deployed alliance up for business.

Desks get their keys, banking calendars are published, later members admitted, opening cash minted.
On a development chain it deploys first. Run again, it resumes or changes nothing. The chain and the
folder are chosen as in ``deploy``.
"""

from scripts.shared import opened, tell, told


@told
def main(rpc=None):
    session = opened(rpc)
    if session.chain.is_development:
        session.deploy(report=tell)
    session.set_up(report=tell)
