# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from yangshan.chain.signers import WrongPassword
from yangshan.exchange.encryption import decrypt, encrypt, public_of, recipient_of
from yangshan.exchange.reading_keys import ReadingKeys

LIGHT = 2


def test_a_key_is_kept_encrypted_and_opens_what_is_encrypted_to_it(tmp_path: Path) -> None:
    keys = ReadingKeys(tmp_path / "31337.reading")
    assert (keys.members(), keys.names(4)) == ([], [])
    first, second = (keys.make(4, "sesame", iterations=LIGHT) for _ in range(2))
    assert (keys.members(), keys.names(4)) == ([4], sorted(map(recipient_of, (first, second))))
    assert keys.has(4, first)
    assert not keys.has(5, first)
    (secret,) = keys.secrets(4, [first], "sesame")
    assert public_of(secret) == first
    assert decrypt(encrypt(b"x", [first]), [secret]) == b"x"
    # Of those that are asked for, the ones that are here, in the order in which they were asked.
    both = keys.secrets(4, [second, bytes(32), first], "sesame")
    assert [public_of(each) for each in both] == [second, first]
    assert keys.secrets(4, [], "no matter") == []

    file = tmp_path / "31337.reading" / "4" / f"{recipient_of(first)}.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["version"] == 3
    assert secret.hex() not in file.read_text()


def test_another_password_opens_nothing(tmp_path: Path) -> None:
    keys = ReadingKeys(tmp_path)
    key = keys.make(4, "sesame", iterations=LIGHT)
    with pytest.raises(WrongPassword):
        keys.secrets(4, [key], "open")


def test_what_is_no_member_is_passed_over(tmp_path: Path) -> None:
    for name in ("12", "3", "x", "٣"):
        (tmp_path / name).mkdir()
    assert ReadingKeys(tmp_path).members() == [3, 12]
