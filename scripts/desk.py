# SPDX-License-Identifier: Apache-2.0
"""``brownie run desk main MEMBER [URL]``: sets up the desks that the alliance file states for it.

Run again, it resumes or changes nothing; after a change of the file it brings the desks up to it.
"""

from scripts.shared import opened, tell, told


@told
def main(member, rpc=None):
    for desk in opened(rpc).set_up_desks(member, report=tell):
        print(f"desk {desk}")
