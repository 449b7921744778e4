# SPDX-License-Identifier: Apache-2.0
"""Documents passed on: encrypted, stored, granted, fetched and withdrawn.

In this order, so that an interruption at any place loses nothing and can be repeated: what is
encrypted is kept here before it is stored, stored before it is granted, withdrawn on the chain
before anything is removed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import rfc8785

from yangshan.errors import Refused, Unusable
from yangshan.exchange import granting
from yangshan.exchange.encryption import UselessKey, decrypt, encrypt, require_useful
from yangshan.exchange.envelopes import envelope, envelope_bytes, read_envelope
from yangshan.exchange.stores import address_of
from yangshan.vault import write_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from yangshan.acts import Act
    from yangshan.chain.records import Credit
    from yangshan.chain.signers import Signer
    from yangshan.documents.sealing import SealedDocument
    from yangshan.exchange.envelopes import Envelope
    from yangshan.exchange.grants import Grant, Grants
    from yangshan.exchange.reading_keys import ReadingKeys
    from yangshan.exchange.stores import Store

FEWEST_DIGITS: Final = 6
_DIGITS: Final = frozenset("0123456789abcdef")


class NoKeyPublished(Refused):
    """Members to which nothing can be encrypted, since they have published no key."""

    def __init__(self, members: Mapping[int, str]) -> None:
        names = ", ".join(members.values())
        has = "has" if len(members) == 1 else "have"
        super().__init__(
            f"{names} {has} published no encryption key, so that nothing can be encrypted to "
            f"{'it' if len(members) == 1 else 'them'}; nothing was shared. Expected of each "
            "`yangshan documents publish-key`, or --except to leave it out."
        )
        self.members = tuple(members)


class KeyUseless(Refused):
    """A member whose published key would let everybody read."""

    def __init__(self, member: int, name: str) -> None:
        super().__init__(
            f"The encryption key that {name} has published is none: whatever is encrypted to it, "
            "everybody can read. Nothing was shared; expected that it publishes another with "
            "`yangshan documents publish-key --rotate`."
        )
        self.member = member


class NobodyElse(Refused):
    """A document shared with nobody but its sender."""

    def __init__(self) -> None:
        super().__init__("Nobody is left to share the document with; expected another member.")


class UnknownContent(Refused):
    """An address of which the chain says nothing to this member."""

    def __init__(self, content: str, member: str, verb: str) -> None:
        super().__init__(
            f"The chain knows of no document under {content} that {member} {verb}; "
            "`yangshan documents inbox` lists what there is."
        )
        self.content = content


class SeveralContents(Unusable):
    """First digits that several addresses have."""

    def __init__(self, given: str, count: int) -> None:
        super().__init__(
            f"{count} documents have addresses that begin with {given}; give more digits."
        )
        self.given = given
        self.count = count


class BadContent(Unusable):
    """What is no address, nor its first digits."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"{given!r} is no address of a document: expected 64 hexadecimal digits, or the first "
            f"of them, {FEWEST_DIGITS} at least."
        )
        self.given = given


class AccessEnded(Refused):
    """A document whose every grant to this member was withdrawn."""

    def __init__(self, content: str, granter: str, withdrawn: datetime) -> None:
        super().__init__(
            f"{granter} withdrew the access to {content} on {withdrawn:%Y-%m-%d at %H:%M UTC}; it "
            "was not fetched. What is still to be read comes under another address, if at all."
        )
        self.content = content
        self.withdrawn = withdrawn


class OtherDocument(Refused):
    """A document other than the one that was granted."""

    def __init__(self, content: str, granted: str, found: str) -> None:
        super().__init__(
            f"Under {content} lies the document {found}, and {granted} was granted: whoever "
            "granted it said something else than what it encrypted. Nothing was written."
        )
        self.content = content
        self.granted = granted
        self.found = found


class NotWithdrawable(Refused):
    """A reader from which there is nothing to withdraw."""

    def __init__(self, content: str, reader: str) -> None:
        super().__init__(f"The content {content} was never granted to {reader} by this member.")
        self.content = content


class OutgoingUnusable(Unusable):
    """The folder for what is on its way cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"What is to be shared cannot be kept in {path}: {reason}; nothing was sent."
        )
        self.path = path


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document encrypted and stored, whose grant is still to be made."""

    content: str
    document: str
    readers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it was fetched, and by whom it was granted."""

    content: str
    granter: int
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Renewed:
    """Where the readers that are left find a document now, if any are, and what was removed."""

    anew: Prepared | None
    removed: bool


def parties_of(credit: Credit) -> tuple[int, ...]:
    """The members to which the documents under a credit are of concern.

    All its parties but the reimbursing bank, which sees no documents (UCP 600 art. 13(b)(ii)).
    """
    issuance = credit.issuance
    named = (
        credit.issuing_bank,
        issuance.applicant,
        issuance.beneficiary,
        issuance.advising_bank,
        issuance.second_advising_bank,
        issuance.nominated_bank,
        issuance.confirming_bank,
    )
    return tuple(dict.fromkeys(each for each in named if each))


class Exchange:
    """The exchange of one member's documents.

    ``outgoing`` is a private folder for what is encrypted and may still have to be stored;
    ``name`` gives a member's name. Acts raise what the chain and the store raise.
    """

    def __init__(
        self,
        grants: Grants,
        store: Store,
        keys: ReadingKeys,
        outgoing: Path,
        name: Callable[[int], str],
    ) -> None:
        self.grants = grants
        self._store = store
        self._keys = keys
        self._outgoing = outgoing
        self._name = name

    # The sender

    def prepare(
        self,
        sender: int,
        sealed: SealedDocument,
        original: bytes | None,
        readers: Iterable[int],
        credit: str = "",
        *,
        tried: bool = False,
    ) -> Prepared:
        """Encrypts a document to members and its sender, and stores it; grants nothing yet.

        Repeated for the same readers with the same keys it gives the same content, unless that was
        withdrawn from one of them since. ``tried``: nothing is kept or stored. Raises
        :class:`NobodyElse`, :class:`NoKeyPublished`, :class:`KeyUseless`, OtherFile,
        OriginalTooLong, StoreUnusable.
        """
        content = envelope_bytes(envelope(sealed, original, credit))
        wanted = tuple(sorted(set(readers) - {sender}))
        if not wanted:
            raise NobodyElse
        keys = self._keys_of((*wanted, sender))
        document = sealed.commitment.hex()
        if tried:
            return Prepared(address_of(encrypt(content, keys)), document, wanted)
        encrypted = self._encrypted(sender, wanted, content, keys)
        return Prepared(self._store.put(encrypted), document, wanted)

    def granting(self, sender: int, prepared: Prepared) -> Act:
        """The act that grants what was prepared to all its readers in one transaction."""
        readers = prepared.readers
        return granting.grant(
            sender,
            prepared.content,
            prepared.document,
            readers,
            [self._name(each) for each in readers],
        )

    def withdrawing(self, sender: int, content: str, readers: Iterable[int]) -> Act:
        """The act that withdraws a content from readers; raises :class:`NotWithdrawable`."""
        given = {each.reader for each in self.grants.given_by(sender, content)}
        chosen = tuple(sorted(set(readers)))
        for each in chosen:
            if each not in given:
                raise NotWithdrawable(content, self._name(each))
        return granting.withdraw(sender, content, chosen, [self._name(each) for each in chosen])

    def renew(self, signer: Signer, content: str, password: str) -> Renewed:
        """After a withdrawal: lets nobody find the document under this address any more.

        Those from whom it was not withdrawn get it under another one, encrypted anew; then the
        object is removed. Raises as :meth:`prepare` and :meth:`fetch`.
        """
        sender = self.grants.member_of(signer)
        left = [
            each.reader for each in self.grants.given_by(sender, content) if each.withdrawn is None
        ]
        anew = None
        if left:
            kept = self.fetch(sender, content, password).envelope
            anew = self.prepare(sender, kept.sealed, kept.original, left, kept.credit)
            self.grants.do(signer, self.granting(sender, anew))
            self.grants.do(signer, self.withdrawing(sender, content, left))
        return Renewed(anew, self._store.remove(content))

    # The reader

    def fetch(self, reader: int, content: str, password: str) -> Fetched:
        """What was granted to a member, or what it granted itself: fetched, opened and held to it.

        Raises :class:`UnknownContent`, :class:`AccessEnded`, ObjectMissing, ObjectDamaged,
        StoreUnusable, NotForUs, CiphertextDamaged, :class:`OtherDocument`, BadJson, SealedDamaged,
        OtherFile, and what opening the reading keys raises.
        """
        standing = self._standing(reader, content)
        encrypted = self._store.get(content)
        secrets = self._keys.secrets(reader, self.grants.keys_of(reader), password)
        found = read_envelope(decrypt(encrypted, secrets), f"The document {content}")
        document = found.sealed.commitment.hex()
        for each in standing:
            if each.document == document:
                return Fetched(content, each.granter, found)
        raise OtherDocument(content, standing[-1].document, document)

    def content(self, member: int, given: str) -> str:
        """An address by its first digits, of what a member was given or gave.

        Raises :class:`BadContent`, :class:`UnknownContent`, :class:`SeveralContents`.
        """
        digits = given.lower().removeprefix("0x")
        if not FEWEST_DIGITS <= len(digits) <= 64 or set(digits) - _DIGITS:
            raise BadContent(given)
        if len(digits) == 64:
            return digits
        known = (*self.grants.given_to(member), *self.grants.given_by(member))
        found = {each.content for each in known if each.content.startswith(digits)}
        if not found:
            raise UnknownContent(digits, self._name(member), "was given or gave")
        if len(found) > 1:
            raise SeveralContents(digits, len(found))
        return found.pop()

    # Inside

    def _standing(self, reader: int, content: str) -> Sequence[Grant]:
        """The grants by which a member may read a content now, one at least."""
        own = self.grants.given_by(reader, content)
        if own:
            return own
        given = self.grants.given_to(reader, content)
        if not given:
            raise UnknownContent(content, self._name(reader), "may read")
        standing = [each for each in given if each.withdrawn is None]
        if not standing:
            last = given[-1]
            assert last.withdrawn is not None
            raise AccessEnded(content, self._name(last.granter), last.withdrawn)
        return standing

    def _keys_of(self, members: Sequence[int]) -> list[bytes]:
        keys = {each: self.grants.key_of(each) for each in members}
        if without := {each: self._name(each) for each, key in keys.items() if key is None}:
            raise NoKeyPublished(without)
        found = {each: key for each, key in keys.items() if key is not None}
        for each, key in found.items():
            try:
                require_useful(key)
            except UselessKey as useless:
                raise KeyUseless(each, self._name(each)) from useless
        return list(found.values())

    def _encrypted(
        self, sender: int, readers: Sequence[int], content: bytes, keys: Sequence[bytes]
    ) -> bytes:
        """The content encrypted to these keys, on disk here before anybody else sees it.

        Else a grant that may be on the chain could not be told from one that is still to be made.
        """
        named = [hashlib.sha256(content).hexdigest(), *sorted(key.hex() for key in keys)]
        path = self._outgoing / f"{hashlib.sha256(rfc8785.dumps(named)).hexdigest()}.age"
        try:
            if path.exists():
                encrypted = path.read_bytes()
                address = address_of(encrypted)
                given = self.grants.given_by(sender, address)
                if not any(each.withdrawn and each.reader in readers for each in given):
                    return encrypted
                path.unlink()
            encrypted = encrypt(content, keys)
            write_private(path, encrypted)
        except OSError as failed:
            raise OutgoingUnusable(path, failed.strerror or "unknown reason") from failed
        return encrypted
