# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest
from eth_account import Account

from yangshan.chain.signers import (
    BadKeyFile,
    BadKeyName,
    KeyNameTaken,
    KeyStore,
    UnknownKey,
    WrongPassword,
    development_signer,
)

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "0x" + "11" * 32
ADDRESS = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"
# Little work, so that the tests do not wait for what slows a thief.
FAST = 2


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    store = KeyStore(tmp_path / "keys")
    store.save("trade-desk", Account.from_key(SECRET), "right", iterations=FAST)
    return store


def test_a_saved_key_is_loaded_by_its_name(store: KeyStore) -> None:
    signer = store.load("trade-desk", "right")
    assert (signer.name, signer.address, signer.development) == ("trade-desk", ADDRESS, False)
    assert store.names() == ["trade-desk"]


def test_a_key_file_is_its_owners_alone_and_has_no_secret_in_clear(store: KeyStore) -> None:
    (path,) = store.folder.iterdir()
    assert path.name == "trade-desk.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "11" * 32 not in path.read_text()
    assert json.loads(path.read_text())["version"] == 3


def test_a_signer_does_not_show_its_secret(store: KeyStore) -> None:
    assert "11" * 32 not in repr(store.load("trade-desk", "right"))


def test_an_unknown_name_is_told_the_known_ones(store: KeyStore) -> None:
    with pytest.raises(UnknownKey) as caught:
        store.load("desk", "right")
    assert caught.value.known == ("trade-desk",)
    assert str(caught.value).endswith("there are trade-desk.")


def test_a_folder_that_is_not_there_has_no_keys(tmp_path: Path) -> None:
    with pytest.raises(UnknownKey, match="there are none"):
        KeyStore(tmp_path / "nowhere").load("desk", "right")


def test_a_wrong_password_names_the_key_alone(store: KeyStore) -> None:
    with pytest.raises(WrongPassword) as caught:
        store.load("trade-desk", "left")
    assert str(caught.value) == "The password does not open the key trade-desk."


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 1}', '{"version": 3}', '{"version": 3, "crypto": 5}']
)
def test_what_is_no_key_file_is_named(store: KeyStore, text: str) -> None:
    (store.folder / "broken.json").write_text(text)
    with pytest.raises(BadKeyFile) as caught:
        store.load("broken", "right")
    assert caught.value.path == store.folder / "broken.json"


def test_a_key_is_never_overwritten(store: KeyStore) -> None:
    before = (store.folder / "trade-desk.json").read_bytes()
    with pytest.raises(KeyNameTaken):
        store.save("trade-desk", Account.create(), "other", iterations=FAST)
    assert (store.folder / "trade-desk.json").read_bytes() == before
    assert [path.name for path in store.folder.iterdir()] == ["trade-desk.json"]


@pytest.mark.parametrize("name", ["", "../desk", "a/b", ".desk", "a b", "x" * 65, "desk\n"])
def test_a_name_that_would_leave_the_folder_is_no_name(store: KeyStore, name: str) -> None:
    with pytest.raises(BadKeyName):
        store.load(name, "right")
    with pytest.raises(BadKeyName):
        store.save(name, Account.from_key(SECRET), "right", iterations=FAST)


@pytest.mark.parametrize(
    ("index", "address"),
    [
        (0, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
        (1, "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"),
        (9, "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720"),
    ],
)
def test_development_signers_are_the_accounts_of_development_nodes(
    index: int, address: str
) -> None:
    signer = development_signer(index, "desk")
    assert (signer.address, signer.name, signer.development) == (address, "desk", True)


def test_a_signature_is_the_signers() -> None:
    signer = development_signer(3, "desk")
    transaction = {
        "to": ADDRESS,
        "data": "0x",
        "value": 0,
        "gas": 21_000,
        "gasPrice": 0,
        "nonce": 7,
        "chainId": 31337,
    }
    signed = signer.sign(transaction)
    assert Account.recover_transaction(signed.raw_transaction) == signer.address


def test_the_address_of_a_key_takes_no_password(tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    signer = store.save("desk", Account.create(), "secret", iterations=2)
    assert store.address("desk") == signer.address
    with pytest.raises(UnknownKey) as unknown:
        store.address("other")
    assert (unknown.value.name, unknown.value.known) == ("other", ("desk",))
    with pytest.raises(BadKeyName):
        store.address("../desk")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"address": 5}',
        '{"address": "0x12"}',
        '{"address": "zz97a2f1e1a1c1b1d1e1f1a1b1c1d1e1f1a1b1c1"}',
    ],
)
def test_a_file_that_does_not_say_its_address_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "desk.json").write_text(content)
    with pytest.raises(BadKeyFile) as caught:
        KeyStore(tmp_path).address("desk")
    assert caught.value.path == tmp_path / "desk.json"
