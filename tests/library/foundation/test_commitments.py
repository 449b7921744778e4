# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from itertools import combinations

import pytest
from eth_utils.crypto import keccak

from yangshan.commitments import SALT_BYTES, BadSalt, commit, seal

SALT = bytes(range(32))


def test_the_hash_is_the_one_that_is_published() -> None:
    """Computed again by hand, byte for byte: leaf tag, length of the kind, kind, salt, content."""
    message = b"\x00" + b"\x00\x05" + b"terms" + SALT + b'{"a":1}'
    assert commit("terms", b'{"a":1}', SALT) == keccak(message)
    # keccak256, as on the chain, and not the SHA-3 of the standard that came after it.
    assert (
        commit("terms", b'{"a":1}', SALT).hex()
        == "67ba57dc97f33df5159a30d4a4343edc9629eb38dfa5a810c27e1d50a369b056"
    )


# The same bytes cut in different places, and neighbours in each part.
NEIGHBOURS = [
    ("ab", b"c", SALT),
    ("a", b"bc", SALT),
    ("abc", b"", SALT),
    ("", b"abc", SALT),
    ("ab", b"C", SALT),
    ("ab", b"c\x00", SALT),
    ("ab", b"c", SALT[::-1]),
    ("ab", b"c", bytes(32)),
    ("ab\x00", b"c", SALT),
    ("é", b"c", SALT),
]


@pytest.mark.parametrize(("one", "other"), list(combinations(NEIGHBOURS, 2)))
def test_one_kind_of_content_never_passes_for_another(
    one: tuple[str, bytes, bytes], other: tuple[str, bytes, bytes]
) -> None:
    assert commit(*one) != commit(*other)


def test_content_cannot_pose_as_part_of_the_kind_or_of_the_salt() -> None:
    """Whoever chooses the content cannot reach the commitment of another kind."""
    longer = "terms-of-two"
    shifted = longer[5:].encode() + SALT
    assert commit(longer, b"x", SALT) != commit("terms", shifted[32:] + b"x", shifted[:32])


def test_a_leaf_is_no_inner_node() -> None:
    left, right = commit("a", b"1", SALT), commit("a", b"2", SALT)
    # Two hashes side by side, as an inner node would be hashed, are no leaf of any kind.
    assert keccak(left + right) != commit("", right, left)
    assert commit("", right, left) == keccak(b"\x00\x00\x00" + left + right)


@pytest.mark.parametrize("length", [0, 1, 31, 33, 64])
def test_a_salt_has_thirty_two_bytes(length: int) -> None:
    with pytest.raises(BadSalt) as caught:
        commit("terms", b"", bytes(length))
    assert (caught.value.length, caught.value.exit_code) == (length, 1)
    with pytest.raises(BadSalt):
        seal("terms", {}, bytes(length))


def test_a_value_is_committed_to_in_its_canonical_form() -> None:
    sealed = seal("terms", {"b": "ü", "a": [1, True, None]}, SALT)
    assert sealed.content == '{"a":[1,true,null],"b":"ü"}'.encode()
    assert (sealed.kind, sealed.salt) == ("terms", SALT)
    assert sealed.commitment == commit("terms", sealed.content, SALT)
    assert seal("terms", json.loads('{"a": [1, true, null], "b": "ü"}'), SALT) == sealed


def test_each_seal_has_a_salt_of_its_own() -> None:
    seals = [seal("terms", {"a": 1}) for _ in range(20)]
    assert len({each.salt for each in seals}) == len({each.commitment for each in seals}) == 20
    assert {len(each.salt) for each in seals} == {SALT_BYTES} == {32}
    for each in seals:
        assert seal("terms", {"a": 1}, each.salt) == each
