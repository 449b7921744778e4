# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from yangshan.exchange import stores
from yangshan.exchange.settings import BadStoreFile, store_of
from yangshan.exchange.stores import (
    FolderStore,
    ObjectDamaged,
    ObjectMissing,
    ObjectTooLong,
    S3Store,
    StoreUnusable,
    address_of,
)

DATA = b"an encrypted document"
ADDRESS = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "a" / "store")


def test_an_object_comes_back_by_the_hash_of_its_bytes(store: FolderStore) -> None:
    assert address_of(DATA) == ADDRESS
    assert [store.put(DATA) for _ in range(3)] == [ADDRESS] * 3
    assert store.get(ADDRESS) == DATA
    (file,) = store.folder.iterdir()
    assert file.name == f"{ADDRESS}.age"
    # The other parties read it.
    assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~_mask()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_nothing_is_made_before_it_is_needed(store: FolderStore) -> None:
    with pytest.raises(ObjectMissing) as refused:
        store.get(ADDRESS)
    assert refused.value.content == ADDRESS
    assert store.remove(ADDRESS) is False
    assert not store.folder.exists()


@pytest.mark.parametrize("wrong", [b"", DATA[:-1], DATA + b"x", b"A" + DATA[1:]])
def test_what_was_changed_is_not_read(store: FolderStore, wrong: bytes) -> None:
    store.put(DATA)
    file = store.folder / f"{ADDRESS}.age"
    file.write_bytes(wrong)
    with pytest.raises(ObjectDamaged) as refused:
        store.get(ADDRESS)
    assert refused.value.content == ADDRESS
    # Whoever has the right bytes mends it by putting them again.
    assert store.put(DATA) == ADDRESS
    assert store.get(ADDRESS) == DATA


def test_what_is_removed_is_gone(store: FolderStore) -> None:
    store.put(DATA)
    assert store.remove(ADDRESS) is True
    assert store.remove(ADDRESS) is False
    with pytest.raises(ObjectMissing):
        store.get(ADDRESS)


def test_an_interruption_leaves_nothing_under_the_address(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stores.os, "fsync", fail)
    with pytest.raises(StoreUnusable) as refused:
        store.put(DATA)
    assert refused.value.reason == "No space left on device"
    assert list(store.folder.iterdir()) == []


def test_a_folder_that_cannot_be_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    store = FolderStore(tmp_path / "file")
    for act in (lambda: store.put(DATA), lambda: store.get(ADDRESS), lambda: store.remove(ADDRESS)):
        with pytest.raises(StoreUnusable) as refused:
            act()
        assert refused.value.store == str(tmp_path / "file")


def test_an_object_has_a_bound(store: FolderStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "MOST_OBJECT_BYTES", len(DATA))
    assert store.put(DATA) == ADDRESS
    with pytest.raises(ObjectTooLong) as refused:
        store.put(DATA + b"x")
    assert refused.value.size == len(DATA) + 1
    # One that was put there otherwise is not read to its end.
    long = DATA + b"x" * 100
    (store.folder / f"{address_of(long)}.age").write_bytes(long)
    with pytest.raises(ObjectDamaged):
        store.get(address_of(long))


# The file that names it


def test_without_a_file_it_is_a_folder_of_the_workspace(tmp_path: Path) -> None:
    assert store_of(tmp_path / "store.toml", tmp_path / "store") == FolderStore(tmp_path / "store")


@pytest.mark.parametrize(
    ("text", "folder"),
    [('folder = "/mnt/trade"', "/mnt/trade"), ('folder = "shared"', "{home}/shared")],
)
def test_a_folder_is_named(tmp_path: Path, text: str, folder: str) -> None:
    file = tmp_path / "store.toml"
    file.write_text(text)
    found = store_of(file, tmp_path / "store")
    assert found == FolderStore(Path(folder.format(home=tmp_path)))


def test_a_bucket_is_named(tmp_path: Path) -> None:
    file = tmp_path / "store.toml"
    file.write_text(
        'bucket = "trade-documents"\nprefix = "2025/q3"\nendpoint = "https://store.example"\n'
    )
    found = store_of(file, tmp_path / "store")
    assert isinstance(found, S3Store)
    assert str(found) == "s3://trade-documents/2025/q3 at https://store.example"
    file.write_text('bucket = "trade-documents"\nregion = "eu-central-1"')
    assert str(store_of(file, tmp_path)) == "s3://trade-documents"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "names a folder or a bucket, one of them"),
        ('folder = "x"\nbucket = "trade"', "names a folder or a bucket, one of them"),
        ('folder = ""', "has a fault at folder"),
        ("folder = 5", "has a fault at folder"),
        ('bucket = "Trade Documents"', "has a fault at bucket"),
        ('bucket = "trade"\nendpoint = "nonsense"', "has a fault at endpoint"),
        ('bucket = "trade"\nendpoint = "ftp://x"', "has a fault at endpoint"),
        ('bucket = "trade"\nendpoint = "http://x:port"', "has a fault at endpoint"),
        ('bucket = "trade"\nprefix = "a b"', "has a fault at prefix"),
        ('bucket = "trade"\nregion = "Über"', "has a fault at region"),
        ('bucket = "trade"\nsecret = "x"', "has a fault at secret"),
        ("folder", "cannot be read: it is not TOML"),
        ("\udcff", "cannot be read: it is not TOML"),
    ],
)
def test_a_file_with_a_fault_says_where(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "store.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadStoreFile) as refused:
        store_of(file, tmp_path / "store")
    assert refused.value.reason.startswith(said)
    assert str(file) in str(refused.value)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadStoreFile) as refused:
        store_of(tmp_path, tmp_path / "store")
    assert "cannot be read" in refused.value.reason


def test_s3_without_its_library_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "obstore", None)
    with pytest.raises(StoreUnusable) as refused:
        S3Store("trade")
    assert refused.value.reason == "it takes the extra s3 (`pip install 'yangshan[s3]'`)"
