# SPDX-License-Identifier: Apache-2.0
"""`yangshan documents publish-key`, `share`, `inbox`, `fetch`, `withdraw` on a chain and a store.

Each test runs with a folder as the store and with a server that speaks S3. They share one chain.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from chains import ROOT
from moto.server import ThreadedMotoServer
from terminals import Running, Terminal

from yangshan.chain.sender import Sender
from yangshan.documents.files import read_sealed
from yangshan.exchange import granting
from yangshan.exchange.encryption import encrypt, key_of, new_secret, public_of, recipient_of
from yangshan.exchange.envelopes import envelope, envelope_bytes
from yangshan.exchange.grants import Grants
from yangshan.exchange.stores import FolderStore, S3Store, Store
from yangshan.workspace import Workspace

EXAMPLES = ROOT / "examples" / "documents"
CREDIT = ROOT / "examples" / "credits" / "import-credit.mt700"
HARBOUR, LAKE, TIDE, IMPORTER, EXPORTER, INSURER = 4, 5, 8, 9, 11, 13
READERS = {
    HARBOUR: "harbour-bank",
    TIDE: "tide-bank",
    IMPORTER: "importer",
    EXPORTER: "exporter",
}
REFERENCE = "YSH25LC000817"
BUCKET = "trade-documents"
ORIGINAL = b"%PDF the invoice as it was drawn up \x00\xff"

pytestmark = pytest.mark.usefixtures("away", "keys")

Seal = Callable[..., str]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of this machine that speaks S3, with one bucket."""
    kept = {name: os.environ.get(name) for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    os.environ |= dict.fromkeys(kept, "of-these-tests")
    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    started.start()
    host, port = started.get_host_and_port()
    url = f"http://{host}:{port}"
    client(url).create_bucket(Bucket=BUCKET)
    yield url
    started.stop()
    for name, value in kept.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value


def client(url: str) -> Any:
    return boto3.client("s3", endpoint_url=url, region_name="us-east-1")


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, running: Running, server: str) -> Iterator[Store]:
    """The store that the commands use."""
    file = running.home / "store.toml"
    if request.param == "s3":
        file.write_text(f'bucket = "{BUCKET}"\nprefix = "2025"\nendpoint = "{server}"\n')
        yield S3Store(BUCKET, prefix="2025", endpoint=server)
    else:
        file.write_text('folder = "shared"')
        yield FolderStore(running.home / "shared")
    file.unlink()


@pytest.fixture
def folder(running: Running) -> FolderStore:
    """Without a file that says otherwise: a folder of the workspace."""
    return FolderStore(running.home / "store")


@pytest.fixture(scope="module")
def keys(running: Running) -> None:
    """The reading keys of some members, published by their administrators.

    They are made here, since the usual work that trying a password takes would be done often.
    """
    workspace = Workspace(running.home)
    grants = grants_of(running)
    own = workspace.reading_keys(running.chain)
    for member, name in READERS.items():
        made = own.make(member, workspace.password(name), iterations=2)
        administrator = f"{name}-administrator"
        signer = workspace.keys.load(administrator, workspace.password(administrator))
        grants.do(signer, granting.publish_key(member, made))


def grants_of(running: Running) -> Grants:
    workspace = Workspace(running.home)
    sender = Sender(running.chain, workspace.outbox(running.chain))
    return Grants(running.chain, sender, workspace.deployment(running.chain))


@pytest.fixture
def seal(terminal: Terminal, tmp_path: Path) -> Seal:
    """A sealed document of its own, with an original file."""
    (tmp_path / "invoice.pdf").write_bytes(ORIGINAL)

    def sealed(kind: str = "invoice") -> str:
        out = tmp_path / f"{kind}-{len(list(tmp_path.iterdir()))}.json"
        code, _ = terminal.json(
            *("documents", "seal", str(EXAMPLES / f"{kind}.json"), "--out", str(out)),
            *("--original", str(tmp_path / "invoice.pdf")),
        )
        assert code == 0
        return str(out)

    return sealed


def documents(terminal: Terminal, words: str) -> dict[str, Any]:
    code, answer = terminal.json("documents", *shlex.split(words))
    assert code == 0, (words, answer)
    return answer


def inbox(terminal: Terminal, member: str, more: str = "") -> list[str]:
    found = documents(terminal, f"inbox --member {member} {more}")
    return [each["content"] for each in found["grants"]]


def at_desk(terminal: Terminal, words: str) -> None:
    code, answer = terminal.json("alliance", "desk", *words.split())
    assert code == 0, answer


def commitment(file: str) -> str:
    return str(json.loads(Path(file).read_text())["commitment"])


def kept_in(folder: FolderStore) -> set[str]:
    return {each.name for each in folder.folder.iterdir()}


def files_of(store: Store, server: str) -> set[str]:
    if isinstance(store, FolderStore):
        return kept_in(store)
    found = client(server).list_objects_v2(Bucket=BUCKET, Prefix="2025/").get("Contents", [])
    return {each["Key"].removeprefix("2025/") for each in found}


def overwrite(store: Store, server: str, content: str, data: bytes) -> None:
    if isinstance(store, FolderStore):
        (store.folder / f"{content}.age").write_bytes(data)
    else:
        client(server).put_object(Bucket=BUCKET, Key=f"2025/{content}.age", Body=data)


# The way of a document


def test_a_document_reaches_its_readers_and_nobody_else(
    running: Running, terminal: Terminal, store: Store, seal: Seal, tmp_path: Path
) -> None:
    file = seal()
    shared = documents(
        terminal,
        f"share {file} --to harbour-bank --to importer --original invoice.pdf --key exporter",
    )
    content, document = shared["content"], shared["document"]
    assert (shared["status"], document) == ("done", commitment(file))
    assert [each["number"] for each in shared["readers"]] == [HARBOUR, IMPORTER]
    # The store has it under the hash of what it holds, and not a word of it can be read there.
    kept = store.get(content)
    assert ORIGINAL not in kept
    assert b"Elbfalke" not in kept
    for member in ("harbour-bank", "importer"):
        assert inbox(terminal, member)[-1] == content
        got = documents(
            terminal,
            f"fetch {content[:12]} --member {member} --out {member}.json "
            f"--original-out {member}.pdf",
        )
        assert (got["document"], got["kind"], got["granter"]["number"]) == (
            document,
            "invoice",
            EXPORTER,
        )
        again = read_sealed((tmp_path / f"{member}.json").read_bytes(), member)
        assert again.commitment.hex() == document
        assert (tmp_path / f"{member}.pdf").read_bytes() == ORIGINAL
        assert (tmp_path / f"{member}.json").stat().st_mode & 0o077 == 0
    # Whoever shared it has it back as well.
    assert documents(terminal, f"fetch {content} --member exporter --out own.json")["document"] == (
        document
    )
    assert inbox(terminal, "exporter", "--sent")[-2:] == [content, content]
    # The chain says nothing of it but addresses and members.
    assert content not in inbox(terminal, "exporter")
    code, name, _ = terminal.refused(
        *shlex.split(f"documents fetch {content} --member lake-bank --out lake.json")
    )
    assert (code, name) == (1, "UnknownContent")
    assert not (tmp_path / "lake.json").exists()


def test_sharing_again_shares_once(
    running: Running, terminal: Terminal, store: Store, seal: Seal, server: str
) -> None:
    words = f"share {seal()} --to harbour-bank --key exporter"
    first = documents(terminal, words)
    before, there = running.block, files_of(store, server)
    again = documents(terminal, words)
    assert (again["status"], again["content"]) == ("already done", first["content"])
    assert (running.block, files_of(store, server)) == (before, there)
    # What the store lost is put there again.
    assert store.remove(first["content"])
    assert documents(terminal, words)["status"] == "already done"
    assert store.get(first["content"])


def test_a_credit_names_the_readers(
    running: Running, terminal: Terminal, store: Store, seal: Seal, tmp_path: Path
) -> None:
    code, answer = terminal.json("credit", "issue", str(CREDIT), "--key", "harbour-bank")
    assert code == 0, answer
    file = seal()
    before = running.block
    words = f"documents share {file} --credit {REFERENCE} --key exporter"
    code, name, sentence = terminal.refused(*shlex.split(words))
    assert (code, name) == (1, "NoKeyPublished")
    assert sentence.startswith("Sieben Leuchtfeuer Handelsbank has published no encryption key")
    assert running.block == before
    shared = documents(
        terminal,
        f"share {file} --credit {REFERENCE} --except exporter-bank --key exporter",
    )
    assert [each["number"] for each in shared["readers"]] == [HARBOUR, IMPORTER]
    got = documents(terminal, f"fetch {shared['content']} --member importer --out in.json")
    assert got["credit"] == REFERENCE
    said = terminal.text(
        *shlex.split(f"documents fetch {shared['content']} --member importer --out out.json")
    ).splitlines()
    assert said[0] == "✓ fetched, opened and held to its commitment: invoice/1"
    assert [" ".join(line.split()) for line in said[1:]] == [
        "from Elbfalke Maschinenbau GmbH",
        f"document {shared['document']}",
        f"credit {REFERENCE}",
        "file out.json",
    ]


def test_a_withdrawal_is_for_the_future(
    running: Running, terminal: Terminal, store: Store, seal: Seal, tmp_path: Path
) -> None:
    file = seal()
    share = f"share {file} --to harbour-bank --to importer --key exporter"
    content = documents(terminal, share)["content"]
    words = f"withdraw {content} --from importer --key exporter"
    done = documents(terminal, words)
    assert done["status"] == "done"
    assert "already" in documents(terminal, words)["status"]
    assert "stays read" in done["note"]
    assert "still lies in the store" in done["note"]
    assert content not in inbox(terminal, "importer")
    assert content in inbox(terminal, "importer", "--all")
    code, name, sentence = terminal.refused(
        *shlex.split(f"documents fetch {content} --member importer --out no.json")
    )
    assert (code, name) == (1, "AccessEnded")
    assert sentence.startswith("Elbfalke Maschinenbau GmbH withdrew the access to ")
    assert not (tmp_path / "no.json").exists()
    documents(terminal, f"fetch {content} --member harbour-bank --out yes.json")
    # Shared with both once more it lies elsewhere: what was withdrawn stays so.
    anew = documents(terminal, share)
    assert (anew["status"], anew["content"] == content) == ("done", False)
    documents(terminal, f"fetch {anew['content']} --member importer --out again.json")


def test_a_renewal_takes_it_out_of_reach(
    running: Running, terminal: Terminal, store: Store, seal: Seal, server: str
) -> None:
    file = seal()
    old = documents(
        terminal,
        f"share {file} --to harbour-bank --to importer --original invoice.pdf --key exporter",
    )
    words = f"withdraw {old['content']} --from importer --renew --key exporter"
    done = documents(terminal, words)
    anew = done["anew"]
    assert done["removed"] is True
    assert [each["number"] for each in anew["readers"]] == [HARBOUR]
    assert (anew["document"], anew["content"] == old["content"]) == (old["document"], False)
    assert f"{old['content']}.age" not in files_of(store, server)
    assert old["content"] not in inbox(terminal, "harbour-bank")
    got = documents(
        terminal,
        f"fetch {anew['content']} --member harbour-bank --out a.json --original-out a.pdf",
    )
    assert got["original"] == "a.pdf"
    assert Path("a.pdf").read_bytes() == ORIGINAL
    # Repeated it finds everything done.
    before = running.block
    again = documents(terminal, words)
    assert (again["status"], again["anew"], again["removed"]) == ("already done", None, False)
    assert running.block == before
    # From the last reader: nobody is left to give it to.
    last = documents(
        terminal, f"withdraw {anew['content']} --from harbour-bank --renew --key exporter"
    )
    assert (last["anew"], last["removed"]) == (None, True)


def test_a_desk_grants_and_withdraws_by_two_hands(
    running: Running, terminal: Terminal, store: Store, seal: Seal
) -> None:
    (desk,) = terminal.json("alliance", "desk", "list", "tide-bank")[1]
    given = "--key tide-bank-administrator"
    for line in (
        f"keys give {desk['desk']} --roles DOCUMENT,PAY {given}",
        f"desk policy tide-bank 'grant access to a document' --hands two {given}",
        f"desk policy tide-bank 'withdraw access to a document' --hands one {given}",
    ):
        code, answer = terminal.json("alliance", *shlex.split(line))
        assert code == 0, answer
    by_desk = "--desk tide-bank --maker tide-bank-maker --out"
    prepared = documents(terminal, f"share {seal()} --to importer {by_desk} grant.json")
    content = prepared["content"]
    assert prepared["status"] == "prepared"
    assert content not in inbox(terminal, "importer")
    assert store.get(content)
    said = terminal.text("alliance", "desk", "show", "grant.json")
    assert "Silver Heron Machinery Import Co., Ltd. (member 9)" in said
    assert content in said
    at_desk(terminal, "sign grant.json --yes --key tide-bank-maker")
    at_desk(terminal, "sign grant.json --yes --key tide-bank-checker")
    at_desk(terminal, "relay grant.json --key carrier")
    assert content in inbox(terminal, "importer")
    assert documents(terminal, f"fetch {content} --member importer --out a.json")["granter"] == {
        "number": TIDE,
        "name": "Morning Tide Bank",
    }
    ended = documents(terminal, f"withdraw {content} --from importer {by_desk} end.json")
    assert ended["status"] == "prepared"
    at_desk(terminal, "sign end.json --yes --key tide-bank-maker")
    at_desk(terminal, "relay end.json --key carrier")
    assert content not in inbox(terminal, "importer")


def test_keys_are_rotated_and_old_documents_stay_readable(
    running: Running, terminal: Terminal, folder: FolderStore, seal: Seal
) -> None:
    earlier = documents(terminal, f"share {seal()} --to tide-bank --key exporter")["content"]
    first = documents(terminal, "publish-key --key tide-bank-administrator")
    assert first["status"] == "already done"
    rotated = documents(terminal, "publish-key --rotate --key tide-bank-administrator")
    assert (rotated["status"], rotated["key"] == first["key"]) == ("done", False)
    later = documents(terminal, f"share {seal()} --to tide-bank --key exporter")["content"]
    for content in (earlier, later):
        documents(terminal, f"fetch {content} --member tide-bank --out {content}.json")
    # Shared again it is encrypted anew, to the key that counts now.
    assert earlier != later


# What goes wrong: one sentence, nothing half written


@pytest.mark.parametrize("change", ["tampered", "cut", "emptied", "missing"])
def test_what_the_store_does_not_keep_is_told(
    change: str, terminal: Terminal, store: Store, seal: Seal, server: str, tmp_path: Path
) -> None:
    content = documents(terminal, f"share {seal()} --to importer --key exporter")["content"]
    data = store.get(content)
    if change == "missing":
        assert store.remove(content)
    else:
        changed = {"tampered": data[:-1] + bytes([data[-1] ^ 1]), "cut": data[:-1], "emptied": b""}
        overwrite(store, server, content, changed[change])
    code, name, sentence = terminal.refused(
        *shlex.split(f"documents fetch {content} --member importer --out a.json --original-out b")
    )
    assert (code, name) == (1, "ObjectMissing" if change == "missing" else "ObjectDamaged")
    assert content in sentence
    assert not (tmp_path / "a.json").exists()
    assert not (tmp_path / "b").exists()


def granted_by_hand(running: Running, content: str, document: str) -> None:
    """A grant of a member that says what it likes."""
    workspace = Workspace(running.home)
    signer = workspace.keys.load("exporter", workspace.password("exporter"))
    act = granting.grant(EXPORTER, content, document, [IMPORTER], ["importer"])
    grants_of(running).do(signer, act)


def test_what_was_encrypted_to_others_does_not_open(
    running: Running, terminal: Terminal, store: Store, seal: Seal, tmp_path: Path
) -> None:
    file = seal()
    inside = envelope_bytes(envelope(read_sealed(Path(file).read_bytes(), file), None, ""))
    content = store.put(encrypt(inside, [public_of(new_secret())]))
    granted_by_hand(running, content, commitment(file))
    code, name, sentence = terminal.refused(
        *shlex.split(f"documents fetch {content} --member importer --out a.json")
    )
    assert (code, name) == (1, "NotForUs")
    assert sentence.startswith("The document is not encrypted to this member.")
    assert not (tmp_path / "a.json").exists()


def test_another_document_than_the_one_granted_is_not_taken(
    running: Running, terminal: Terminal, store: Store, seal: Seal, tmp_path: Path
) -> None:
    file, other = seal(), seal()
    key = documents(terminal, "publish-key --key importer-administrator")["key"]
    inside = envelope_bytes(envelope(read_sealed(Path(other).read_bytes(), other), None, ""))
    content = store.put(encrypt(inside, [key_of(key)]))
    granted_by_hand(running, content, commitment(file))
    code, name, sentence = terminal.refused(
        *shlex.split(f"documents fetch {content} --member importer --out a.json")
    )
    assert (code, name) == (1, "OtherDocument")
    assert commitment(file) in sentence
    assert commitment(other) in sentence
    # Nor what is no document at all.
    content = store.put(encrypt(b"{}", [key_of(key)]))
    granted_by_hand(running, content, commitment(file))
    code, name, _ = terminal.refused(
        *shlex.split(f"documents fetch {content} --member importer --out a.json")
    )
    assert (code, name) == (2, "BadJson")
    assert not (tmp_path / "a.json").exists()


def test_no_file_is_written_over_and_none_alone(
    terminal: Terminal, folder: FolderStore, seal: Seal, tmp_path: Path
) -> None:
    content = documents(
        terminal, f"share {seal()} --to importer --original invoice.pdf --key exporter"
    )["content"]
    (tmp_path / "there").write_text("what stood there")
    for first, second in (("there", "new"), ("new", "there"), ("new", "new"), ("new", "no/x/y")):
        (tmp_path / "no").write_text("no folder")
        code, name, _ = terminal.refused(
            *shlex.split(
                f"documents fetch {content} --member importer --out {first} --original-out {second}"
            )
        )
        assert (code, name) == (2, "NotWritten")
        assert (tmp_path / "there").read_text() == "what stood there"
        assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        ("share {file} --key exporter", 2, "NobodyNamed"),
        ("share {file} --to importer --credit X --key exporter", 2, "NobodyNamed"),
        ("share {file} --to importer --except exporter --key exporter", 2, "NobodyNamed"),
        ("share {file} --to nobody --key exporter", 2, "UnknownMemberName"),
        ("share {file} --to exporter --key exporter", 1, "NobodyElse"),
        ("share {file} --to carrier --key exporter", 1, "NoKeyPublished"),
        ("share {file} --to 77 --key exporter", 1, "NoKeyPublished"),
        ("share {file} --credit NONE --key exporter", 1, "NoSuchCredit"),
        ("share {file} --to importer --original {file} --key exporter", 1, "OtherFile"),
        ("share {file} --to importer --key exporter-administrator", 1, "MissingRole"),
        ("share {file} --to importer", 2, "HandsMissing"),
        ("share nothing --to importer --key exporter", 2, "FileUnread"),
        ("fetch 123 --member importer --out x", 2, "BadContent"),
        ("fetch 12345g --member importer --out x", 2, "BadContent"),
        ("fetch 123456 --member importer --out x", 1, "UnknownContent"),
        ("fetch {none} --member importer --out x", 1, "UnknownContent"),
        ("fetch {none} --out x", 2, "ReaderUnclear"),
        ("inbox", 2, "ReaderUnclear"),
        ("withdraw {none} --from importer --key exporter", 1, "NotWithdrawable"),
        ("withdraw {none} --from importer --renew --desk x --maker y --out z", 2, "KeyOnly"),
        ("publish-key --rotate --key exporter", 1, "MissingRole"),
    ],
)
def test_a_mistake_is_one_sentence_and_changes_nothing(
    words: str,
    code: int,
    name: str,
    running: Running,
    terminal: Terminal,
    folder: FolderStore,
    seal: Seal,
    tmp_path: Path,
) -> None:
    file = seal()
    documents(terminal, f"share {file} --to harbour-bank --key exporter")
    before, there = running.block, kept_in(folder)
    given = words.format(file=file, none="0" * 64)
    found = terminal.refused("documents", *shlex.split(given))
    assert found[:2] == (code, name), found
    assert (running.block, kept_in(folder)) == (before, there)
    assert not (tmp_path / "x").exists()


def test_trying_it_sends_and_stores_nothing(
    running: Running, terminal: Terminal, folder: FolderStore, seal: Seal
) -> None:
    file = seal()
    documents(terminal, f"share {file} --to harbour-bank --key exporter")
    before, there = running.block, kept_in(folder)
    tried = documents(terminal, f"share {file} --to importer --key exporter --dry-run")
    assert tried["status"] == "dry run"
    new = documents(terminal, "publish-key --key lake-bank-administrator --dry-run")
    assert new["status"] == "dry run"
    assert (running.block, kept_in(folder)) == (before, there)


# Interruptions


def test_a_lost_node_loses_nothing(
    running: Running, terminal: Terminal, folder: FolderStore, seal: Seal
) -> None:
    documents(terminal, f"share {seal()} --to importer --key exporter")
    file, there = seal(), kept_in(folder)
    words = ("documents", "share", file, "--to", "importer", "--key", "exporter")
    code, answer = terminal.json(*words, "--rpc", "http://127.0.0.1:9")
    assert (code, answer["error"]["name"]) == (2, "ChainUnreachable")
    assert kept_in(folder) == there
    assert documents(terminal, shlex.join(words[1:]))["status"] == "done"


def test_a_lost_store_loses_nothing(
    running: Running, terminal: Terminal, seal: Seal, tmp_path: Path, server: str
) -> None:
    """First unreachable, then again there: the same content is shared, once."""
    file, settings = seal(), running.home / "store.toml"
    words = ("documents", "share", file, "--to", "importer", "--key", "exporter")
    settings.write_text(f'bucket = "{BUCKET}"\nendpoint = "http://127.0.0.1:9"\n')
    before = running.block
    try:
        code, answer = terminal.json(*words)
        assert (code, answer["error"]["name"]) == (2, "StoreUnusable")
        assert answer["error"]["message"].endswith("cannot be used: nothing answers there.")
        assert running.block == before
        outgoing = set(next(running.home.glob("*.outgoing")).iterdir())
        settings.write_text(f'bucket = "{BUCKET}"\nendpoint = "{server}"\n')
        content = documents(terminal, shlex.join(words[1:]))["content"]
        assert set(next(running.home.glob("*.outgoing")).iterdir()) == outgoing
        settings.write_text(f'bucket = "nobodys"\nendpoint = "{server}"\n')
        for command in (f"fetch {content} --member importer --out a.json", shlex.join(words[1:])):
            code, name, sentence = terminal.refused("documents", *shlex.split(command))
            assert (code, name) == (2, "StoreUnusable")
            assert sentence.endswith("cannot be used: there is no such bucket.")
        settings.write_text('folder = "x"\nbucket = "y"')
        code, name, _ = terminal.refused(*words)
        assert (code, name) == (2, "BadStoreFile")
    finally:
        settings.unlink()


def test_an_interrupted_renewal_goes_on(
    running: Running, terminal: Terminal, seal: Seal, server: str
) -> None:
    settings = running.home / "store.toml"
    there = f'bucket = "{BUCKET}"\nendpoint = "{server}"\n'
    settings.write_text(there)
    try:
        old = documents(terminal, f"share {seal()} --to harbour-bank --to importer --key exporter")[
            "content"
        ]
        words = f"documents withdraw {old} --from importer --renew --key exporter"
        settings.write_text(f'bucket = "{BUCKET}"\nendpoint = "http://127.0.0.1:9"\n')
        code, answer = terminal.json(*shlex.split(words))
        assert (code, answer["error"]["name"]) == (2, "NotRenewed")
        assert "nothing answers there. Run the command again" in answer["error"]["message"]
        # What must not fail is done.
        assert old not in inbox(terminal, "importer")
        assert old in inbox(terminal, "harbour-bank")
        settings.write_text(there)
        code, answer = terminal.json(*shlex.split(words))
        assert (code, answer["status"], answer["removed"]) == (0, "already done", True)
        assert inbox(terminal, "harbour-bank")[-1] == answer["anew"]["content"]
        assert old not in inbox(terminal, "harbour-bank")
    finally:
        settings.unlink()


def test_nobody_shares_with_whose_key_everybody_could_use(
    running: Running, terminal: Terminal, folder: FolderStore, seal: Seal
) -> None:
    workspace = Workspace(running.home)
    signer = workspace.keys.load("insurer-administrator", workspace.password("insurer"))
    grants_of(running).do(signer, granting.publish_key(INSURER, (1).to_bytes(32, "little")))
    before = running.block
    code, name, sentence = terminal.refused(
        *shlex.split(f"documents share {seal()} --to importer --to insurer --key exporter")
    )
    assert (code, name) == (1, "KeyUseless")
    assert sentence.startswith("The encryption key that Tortoise Gate Marine Insurance Co., Ltd.")
    assert running.block == before


def test_a_key_that_was_kept_and_not_published_is_published_next(
    running: Running, terminal: Terminal
) -> None:
    """The node is lost between making the key and publishing it."""
    workspace, chain = Workspace(running.home), running.chain
    keys = workspace.reading_keys(chain)
    made = keys.make(LAKE, workspace.password("lake-bank"), iterations=2)
    found = documents(terminal, "publish-key --key lake-bank-administrator")
    assert (found["status"], found["key"]) == ("done", recipient_of(made))
    assert keys.names(LAKE) == [recipient_of(made)]
    # Where the private half is not, nothing pretends that it were.
    for file in (running.home / f"{chain.chain_id}.reading" / str(LAKE)).iterdir():
        file.unlink()
    code, name, sentence = terminal.refused(
        *shlex.split("documents publish-key --key lake-bank-administrator")
    )
    assert (code, name) == (2, "OtherHalfLost")
    assert recipient_of(made) in sentence


def test_time_is_asked_of_the_chain(
    running: Running, terminal: Terminal, folder: FolderStore, seal: Seal
) -> None:
    content = documents(terminal, f"share {seal()} --to importer --key exporter")["content"]
    begun = running.clock.now
    running.clock.at(begun + timedelta(minutes=5))
    documents(terminal, f"withdraw {content} --from importer --key exporter")
    (found,) = [
        each
        for each in documents(terminal, "inbox --member importer --all")["grants"]
        if each["content"] == content
    ]
    assert found["granted"] == begun.isoformat()
    assert found["withdrawn"] == running.clock.now.isoformat()
