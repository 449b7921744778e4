# SPDX-License-Identifier: Apache-2.0
"""``brownie run admit main MEMBER [URL] [--network NAME]``: the founders admit a later member.

MEMBER is its key in the members file. Run again, it resumes or changes nothing.
"""

from scripts.shared import opened, tell, told


@told
def main(member, rpc=None):
    opened(rpc).admit(member, report=tell)
