# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from yangshan import vault as vault_module
from yangshan.commitments import Sealed, seal
from yangshan.errors import Refused, Unusable
from yangshan.vault import KeptOtherwise, Vault, VaultDamaged

TERMS = {"amount": {"currency": "CNY", "minor": "128000000"}, "goods": "2 FRÄSZENTREN"}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "31337.private")


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_is_kept_is_found_with_its_salt(vault: Vault, tmp_path: Path) -> None:
    assert vault.find("terms", "A-1") is None
    kept = vault.keep("terms", "A-1", TERMS)
    assert seal("terms", TERMS, kept.salt) == kept
    assert vault.find("terms", "A-1") == kept
    # Another process, and the same text written in another order.
    again = Vault(tmp_path / "31337.private")
    assert again.keep("terms", "A-1", dict(reversed(TERMS.items()))) == kept


def test_another_text_under_the_name_is_refused_and_the_first_one_stays(
    vault: Vault, tmp_path: Path
) -> None:
    kept = vault.keep("terms", "A-1", TERMS)
    with pytest.raises(KeptOtherwise) as caught:
        vault.keep("terms", "A-1", {**TERMS, "goods": "3 FRÄSZENTREN"})
    assert isinstance(caught.value, Refused)
    assert (caught.value.name, caught.value.exit_code) == ("A-1", 1)
    assert str(caught.value.path) in str(caught.value)
    assert files(tmp_path) == [caught.value.path]
    assert vault.find("terms", "A-1") == kept


def test_names_and_kinds_are_kept_apart(vault: Vault, tmp_path: Path) -> None:
    names = ["A-1", "a-1", "A_1", "A/1", "A_2f_1", "A_5f_1", "..", "../A-1", "A 1", "A?", ".A", "Ä"]
    kept = {name: vault.keep("terms", name, {"name": name}) for name in names}
    kept_too = vault.keep("notice", "A-1", {"name": "A-1"})
    assert {name: vault.find("terms", name) for name in names} == kept
    assert vault.find("notice", "A-1") == kept_too != kept["A-1"]
    assert {path.parent for path in files(tmp_path)} == {
        tmp_path / "31337.private" / "terms",
        tmp_path / "31337.private" / "notice",
    }
    assert len(files(tmp_path)) == len(names) + 1


def test_it_is_its_owners_alone(vault: Vault, tmp_path: Path) -> None:
    vault.keep("terms", "A-1", TERMS)
    (file,) = files(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[:-20],
        lambda text: "[]",
        lambda text: "{}",
        lambda text: text.replace("128000000", "128000001"),
        lambda text: json.dumps({**json.loads(text), "salt": "00" * 32}),
        lambda text: json.dumps({**json.loads(text), "salt": "00"}),
        lambda text: json.dumps({**json.loads(text), "salt": 7}),
        lambda text: json.dumps({**json.loads(text), "commitment": "zz"}),
        lambda text: json.dumps({**json.loads(text), "commitment": "00" * 32}),
        lambda text: json.dumps({**json.loads(text), "kind": "notice"}),
        lambda text: json.dumps({**json.loads(text), "content": None}),
    ],
)
def test_a_damaged_file_is_named_and_left_alone(vault: Vault, tmp_path: Path, damage: Any) -> None:
    vault.keep("terms", "A-1", TERMS)
    (file,) = files(tmp_path)
    file.write_text(damage(file.read_text("utf-8")), "utf-8")
    before = file.read_bytes()
    asks: list[Callable[[], object]] = [
        lambda: vault.find("terms", "A-1"),
        lambda: vault.keep("terms", "A-1", TERMS),
    ]
    for ask in asks:
        with pytest.raises(VaultDamaged) as caught:
            ask()
        assert isinstance(caught.value, Unusable)
        assert (caught.value.path, caught.value.exit_code) == (file, 2)
    assert file.read_bytes() == before


def test_bytes_that_are_no_text_are_damage(vault: Vault, tmp_path: Path) -> None:
    vault.keep("terms", "A-1", TERMS)
    (file,) = files(tmp_path)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(VaultDamaged):
        vault.find("terms", "A-1")


def test_nothing_is_half_written(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the very end of writing."""

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(VaultDamaged) as caught:
        vault.keep("terms", "A-1", TERMS)
    assert "cannot be written (No space left on device)" in str(caught.value)
    assert files(tmp_path) == []
    monkeypatch.undo()
    assert vault.find("terms", "A-1") is None
    assert vault.find("terms", "A-1") != vault.keep("terms", "A-1", TERMS)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "31337.private").write_text("a file")
    with pytest.raises(VaultDamaged) as caught:
        Vault(tmp_path / "31337.private").keep("terms", "A-1", TERMS)
    assert "cannot be written" in str(caught.value)


@pytest.mark.parametrize("value", [TERMS, {"goods": "ANOTHER TEXT"}])
def test_of_two_processes_the_first_one_keeps(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: dict[str, Any]
) -> None:
    """The second one has looked before the first one writes."""
    first: list[Sealed] = []

    def between(*arguments: Any) -> Sealed:
        if not first:
            monkeypatch.undo()
            first.append(Vault(tmp_path / "31337.private").keep("terms", "A-1", TERMS))
        return seal(*arguments)

    monkeypatch.setattr(vault_module, "seal", between)
    if value == TERMS:
        assert vault.keep("terms", "A-1", value) == first[0]
    else:
        with pytest.raises(KeptOtherwise):
            vault.keep("terms", "A-1", value)
    assert vault.find("terms", "A-1") == first[0]
    assert len(files(tmp_path)) == 1


# Texts that may be worded anew


def test_texts_of_one_name_stand_beside_each_other(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    first, second = (vault.add("notice", "A", {"text": text}) for text in ("one", "two"))
    assert first.commitment != second.commitment
    assert vault.find("notice", "A") == first
    for text, kept in (("one", first), ("two", second)):
        assert vault.add("notice", "A", {"text": text}) == kept
        assert vault.holds("notice", "A", {"text": text}) == kept
        assert vault.committed("notice", "A", kept.commitment) == kept
    assert len(list(tmp_path.rglob("*.json"))) == 2


def test_a_text_that_is_not_kept_is_not_found(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    kept = vault.add("notice", "A", {"text": "one"})
    assert vault.holds("notice", "A", {"text": "two"}) is None
    assert vault.holds("notice", "B", {"text": "one"}) is None
    assert vault.committed("notice", "A", bytes(32)) is None
    assert vault.committed("notice", "B", kept.commitment) is None


def test_a_name_with_a_number_of_its_own_is_another_name(tmp_path: Path) -> None:
    """No business name holds the sign that numbers the texts of one name."""
    vault = Vault(tmp_path)
    vault.add("notice", "A", {"text": "one"})
    vault.add("notice", "A.2", {"text": "another"})
    second = vault.add("notice", "A", {"text": "two"})
    assert vault.committed("notice", "A", second.commitment) == second
    assert vault.committed("notice", "A.2", second.commitment) is None


def test_a_damaged_text_among_them_is_told(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    vault.add("notice", "A", {"text": "one"})
    (file,) = tmp_path.rglob("*.json")
    file.write_text("{")
    for ask in (
        lambda: vault.add("notice", "A", {"text": "two"}),
        lambda: vault.holds("notice", "A", {"text": "two"}),
        lambda: vault.committed("notice", "A", bytes(32)),
    ):
        with pytest.raises(VaultDamaged):
            ask()
