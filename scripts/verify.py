# SPDX-License-Identifier: Apache-2.0
"""``brownie run verify [main URL] [--network NAME]``: proves a live deployment.

Live contracts are compared with the build and the record.

Exits with 1 if anything differs. The chain and the folder are chosen as in ``deploy``.
"""

import sys

from scripts.shared import opened, told


@told
def main(rpc=None):
    checks = opened(rpc).verify()
    failed = [check for check in checks if not check.ok]
    for check in checks:
        print(f"{'ok' if check.ok else 'DIFFERS':>8}  {check.name}")
    for check in failed:
        print(f"{check.name}\n  expected  {check.expected}\n  found     {check.found}")
    print(f"{len(checks) - len(failed)} of {len(checks)} checks hold")
    if failed:
        sys.exit(1)
