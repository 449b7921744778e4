# SPDX-License-Identifier: Apache-2.0
"""``brownie run vote main ACT MEMBER RESOLUTION [URL]``: the founders vote on a member.

ACT is suspend, reinstate or expel. RESOLUTION is the alliance's own name of the decision; a new
vote on the same takes another. What has to wait is carried out by running it again when its time
has come.
"""

from scripts.shared import opened, tell, told


@told
def main(act, member, resolution, rpc=None):
    opened(rpc).decide(act, member, resolution, report=tell).carried_out()
