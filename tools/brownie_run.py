# SPDX-License-Identifier: Apache-2.0
"""Brownie's own command line, in a folder of any name.

Brownie names the module of a script after the script's whole path, so that a dot anywhere in the
path of the project (`yangshan-0.1`, `/tmp/tmp.x7`) breaks `brownie run`. Here the module is named
from the project's root, which Brownie has put on the path already.

Anvil counts a transaction a moment before it can show the receipt. Brownie, looking within that
moment, takes the transaction for one that another has replaced, and gives up. Here, on a chain of
one's own, a transaction counts as sent when its receipt is there.
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from brownie._cli.__main__ import main
from brownie._config import CONFIG
from brownie.network import web3
from brownie.network.account import Account, LocalAccount, _PrivateKeyAccount
from brownie.project import scripts

ROOT = Path(__file__).resolve().parent.parent


def import_script(path: Path) -> ModuleType:
    """The module of a script, read anew if it was run before, as Brownie does."""
    inside = path.resolve()
    base = ROOT if inside.is_relative_to(ROOT) else Path(inside.anchor)
    name = ".".join(inside.relative_to(base).with_suffix("").parts)
    if name in sys.modules:
        return importlib.reload(sys.modules[name])
    return importlib.import_module(name)


def await_receipts(kind: type[_PrivateKeyAccount]) -> None:
    """Sending from such an account returns only when the node of a test shows the receipt."""
    sent = kind._transact

    def transact(self: _PrivateKeyAccount, tx: dict[str, Any], allow_revert: bool) -> Any:
        transaction = sent(self, tx, allow_revert)
        if CONFIG.network_type == "development":
            web3.eth.wait_for_transaction_receipt(transaction, poll_latency=0.01)
        return transaction

    kind._transact = transact


if __name__ == "__main__":
    scripts._import_from_path = import_script
    for kind in (Account, LocalAccount):
        await_receipts(kind)
    sys.argv[0] = re.sub(r"(_run)?\.py$", "", sys.argv[0])
    sys.exit(main())
