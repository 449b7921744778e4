# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import time

import pyrage
import pytest

from yangshan.exchange.encryption import (
    MOST_HEADER_BYTES,
    CiphertextDamaged,
    NotForUs,
    UselessKey,
    decrypt,
    encrypt,
    key_of,
    new_secret,
    public_of,
    recipient_of,
    require_useful,
)

PRIME = 2**255 - 19
SMALL = (
    0,
    1,
    PRIME - 1,
    PRIME,
    PRIME + 1,
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
)


def test_each_reader_opens_it_and_nobody_else() -> None:
    secrets = [new_secret() for _ in range(4)]
    encrypted = encrypt(b"the document", [public_of(each) for each in secrets[:3]])
    for secret in secrets[:3]:
        assert decrypt(encrypted, [secret]) == b"the document"
        assert decrypt(encrypted, [secrets[3], secret]) == b"the document"
    for held, count in (([secrets[3]], 1), ([secrets[3], new_secret()], 2), ([], 0)):
        with pytest.raises(NotForUs) as refused:
            decrypt(encrypted, held)
        assert refused.value.count == count


def test_it_is_another_each_time_and_says_nothing_of_its_readers() -> None:
    key = public_of(new_secret())
    first, second = encrypt(b"the document", [key]), encrypt(b"the document", [key])
    assert first != second
    assert key not in first
    assert recipient_of(key).encode() not in first


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 1_000_000])
def test_any_length_comes_back(size: int) -> None:
    secret = new_secret()
    content = bytes(range(256)) * (size // 256 + 1)
    assert decrypt(encrypt(content[:size], [public_of(secret)]), [secret]) == content[:size]


def test_keys_are_32_bytes_and_agree_with_age() -> None:
    identity = pyrage.x25519.Identity.generate()
    key = key_of(str(identity.to_public()))
    assert len(key) == 32
    assert recipient_of(key) == str(identity.to_public())
    secret = new_secret()
    assert (len(secret), len(public_of(secret))) == (32, 32)
    assert secret != new_secret()
    # What age encrypts by itself is opened here, and the other way round.
    assert (
        decrypt(
            pyrage.encrypt(
                b"x", [pyrage.x25519.Recipient.from_str(recipient_of(public_of(secret)))]
            ),
            [secret],
        )
        == b"x"
    )
    assert pyrage.decrypt(encrypt(b"y", [key]), [identity]) == b"y"


def test_every_changed_byte_is_found() -> None:
    secret = new_secret()
    encrypted = encrypt(b"the document", [public_of(secret)])
    for place in range(len(encrypted)):
        changed = bytearray(encrypted)
        changed[place] ^= 1
        with pytest.raises((CiphertextDamaged, NotForUs)):
            decrypt(bytes(changed), [secret])
    for length in range(len(encrypted)):
        with pytest.raises(CiphertextDamaged):
            decrypt(encrypted[:length], [secret])


@pytest.mark.parametrize("number", SMALL)
@pytest.mark.parametrize("high", [0, 1 << 255])
def test_a_key_with_which_everybody_reads_is_none(number: int, high: int) -> None:
    key = (number | high).to_bytes(32, "little")
    for refuse in (
        lambda: require_useful(key),
        lambda: encrypt(b"x", [public_of(new_secret()), key]),
    ):
        with pytest.raises(UselessKey) as refused:
            refuse()
        assert refused.value.key == key


@pytest.mark.parametrize("key", [b"", b"\x09" * 31, b"\x09" * 33])
def test_a_key_has_its_length(key: bytes) -> None:
    with pytest.raises(UselessKey):
        require_useful(key)


def test_other_keys_are_useful() -> None:
    for number in (2, 9, PRIME - 2, PRIME + 2):
        require_useful(number.to_bytes(32, "little"))
    for _ in range(50):
        require_useful(public_of(new_secret()))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"junk",
        b"age-encryption.org/v1\n",
        b"age-encryption.org/v2\n---",
        b"age-encryption.org/v1\n-> X25519 a\n---",
        b"\n---" * 1000,
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(CiphertextDamaged):
        decrypt(data, [new_secret()])


def test_an_endless_header_takes_no_time() -> None:
    """The library reads a header in the square of its length; a megabyte would take hours."""
    line = b"-> X25519 a\n"
    header = b"age-encryption.org/v1\n" + line * (1_000_000 // len(line)) + b"\n---"
    started = time.process_time()
    with pytest.raises(CiphertextDamaged):
        decrypt(header, [new_secret()])
    assert time.process_time() - started < 1


def test_as_many_readers_as_a_grant_takes_fit() -> None:
    secret = new_secret()
    keys = [public_of(new_secret()) for _ in range(64)]
    encrypted = encrypt(b"x", [*keys, public_of(secret)])
    assert encrypted.index(b"\n---") < MOST_HEADER_BYTES // 2
    assert decrypt(encrypted, [secret]) == b"x"
