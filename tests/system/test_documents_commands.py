# SPDX-License-Identifier: Apache-2.0
"""`yangshan documents register`, `supersede`, `revoke`, `verify`, and `yangshan customs`.

The tests share one chain; each seals documents of its own.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chains import ROOT
from terminals import Running, Terminal

EXAMPLES = ROOT / "examples" / "documents"
EXPORTER, CARRIER, CUSTOMS = 11, 12, 2
HERON = "Elbfalke Maschinenbau GmbH (member 11)"

pytestmark = pytest.mark.usefixtures("away")

Seal = Callable[..., str]


@pytest.fixture
def seal(terminal: Terminal, tmp_path: Path) -> Seal:
    """A sealed document; its commitment is in its file."""

    def sealed(kind: str = "invoice", *options: str) -> str:
        count = len(list(tmp_path.glob("*.sealed.json")))
        out = tmp_path / f"{kind}-{count}.sealed.json"
        code, _ = terminal.json(
            *("documents", "seal", str(EXAMPLES / f"{kind}.json"), "--out", str(out), *options)
        )
        assert code == 0
        return str(out)

    return sealed


@pytest.fixture
def proof(terminal: Terminal, tmp_path: Path) -> Callable[..., str]:
    """A proof of one field of a sealed document, in a batch or not."""

    def proved(sealed: str, *options: str) -> str:
        out = tmp_path / f"{len(list(tmp_path.iterdir()))}.proof.json"
        field = "/invoiceNumber" if "invoice" in Path(sealed).name else "/packages/0/packageCount"
        words = ("documents", "prove", sealed, field, "--out", str(out), *options)
        assert terminal.json(*words)[0] == 0
        return str(out)

    return proved


def commitment(sealed: str) -> str:
    return "0x" + str(json.loads(Path(sealed).read_text())["commitment"])


def key_of(sealed: str) -> str:
    return "0x" + str(json.loads(Path(sealed).read_text())["key"])


def documents(terminal: Terminal, *words: str) -> dict[str, Any]:
    code, answer = terminal.json("documents", *words)
    assert code == 0, answer
    return answer


def said(running: Running) -> str:
    """The time of the latest block, as sentences have it."""
    now = running.clock.now
    return f"{now:%Y-%m-%d} at {now:%H:%M:%S} UTC".replace(":00 UTC", " UTC")


def batched(terminal: Terminal, tmp_path: Path, *sealed: str) -> str:
    out = str(tmp_path / f"{Path(sealed[0]).name}.batch.json")
    assert terminal.json("documents", "batch", *sealed, "--out", out)[0] == 0
    return out


# Registering


def test_a_document_is_registered_once(running: Running, terminal: Terminal, seal: Seal) -> None:
    sealed = seal()
    words = ("documents", "register", sealed, "--key", "exporter")
    code, tried = terminal.json(*words, "--dry-run")
    assert (code, tried["status"], tried["transaction"]) == (0, "dry run", None)
    answer = documents(terminal, *words[1:])
    assert answer["status"] == "done"
    assert answer["act"] == "register"
    assert answer["documents"] == [
        {"file": sealed, "commitment": commitment(sealed), "kind": "invoice", "size": 0}
    ]
    held = answer["registry"]
    assert (held["issuer"], held["kind"], held["schema"], held["size"]) == (EXPORTER, 1, 1, 0)
    assert (held["status"], held["stands"], held["expires"]) == ("REGISTERED", True, None)
    block = running.block
    again = documents(terminal, *words[1:])
    assert (again["status"], again["transaction"]) == ("already done", answer["transaction"])
    lapsing = (*words, "--expires", "2027-01-01T00:00:00+08:00")
    assert terminal.refused(*lapsing)[:2] == (1, "KeyReused")
    assert running.block == block
    # Another member has a record of its own.
    assert documents(terminal, "register", sealed, "--key", "carrier")["status"] == "done"


def test_it_is_known_again_where_the_outbox_does_not_know_it(
    running: Running, terminal: Terminal, seal: Seal, tmp_path: Path
) -> None:
    one, two, three = seal(), seal(), seal()
    first = documents(terminal, "register", one, "--key", "exporter")
    both = documents(terminal, "register", two, three, "--key", "exporter")
    assert both["act"] == "registerBatch"
    gone = documents(terminal, "revoke", two, three, "--reason", "error", "--key", "exporter")
    assert gone["act"] == "revokeBatch"
    home = tmp_path / "copy"
    shutil.copytree(running.home, home)
    for file in home.glob("*outbox*"):
        file.unlink()
    block = running.block
    for words, before in (
        (("register", one), first),
        (("register", two, three), both),
        (("revoke", two, three, "--reason", "error"), gone),
    ):
        found = documents(terminal, *words, "--key", "exporter", "--home", str(home))
        assert (found["status"], found["transaction"]) == ("already done", before["transaction"])
    other = ("documents", "revoke", two, three, "--reason", "lost", "--key", "exporter")
    assert terminal.refused(*other, "--home", str(home))[:2] == (1, "KeyReused")
    assert running.block == block


def test_a_person_reads_what_was_done(running: Running, terminal: Terminal, seal: Seal) -> None:
    sealed = seal()
    text = terminal.text("documents", "register", sealed, "--key", "exporter").splitlines()
    assert text[:2] == ["Done  Elbfalke Maschinenbau GmbH", "  registers a commercial invoice"]
    label, told = text[-1].split(maxsplit=1)
    assert (label, told) == (
        "registry",
        f"{HERON} registered it as a commercial invoice on {said(running)}, and it stands as of "
        + said(running),
    )
    shown = terminal.text("documents", "show", sealed).splitlines()
    assert shown[2].strip() == told
    offline = terminal.text("documents", "show", sealed, "--offline")
    assert "registered it" not in offline


# Verifying


def test_who_registered_what_is_proved(
    running: Running, terminal: Terminal, seal: Seal, proof: Callable[..., str]
) -> None:
    sealed = seal()
    shown = proof(sealed)
    code, answer = terminal.json("documents", "verify", shown)
    assert (code, answer["proved"], answer["registry"]["stands"]) == (1, True, False)
    assert answer["registry"]["issuers"] == []
    assert answer["sentence"].endswith("; nobody has registered it.")
    code, answer = terminal.json("documents", "verify", shown, "--offline")
    assert (code, "registry" in answer) == (0, False)
    assert answer["sentence"].endswith("whether it stands, the registry says.")

    before = running.clock.now - timedelta(seconds=1)
    documents(terminal, "register", sealed, "--key", "exporter")
    begun = said(running)
    code, answer = terminal.json("documents", "verify", shown)
    assert (code, answer["registry"]["stands"]) == (0, True)
    assert answer["sentence"] == (
        "Proved: 1 field of the commercial invoice with the commitment "
        f"{commitment(sealed)[2:]}; {HERON} registered it as a commercial invoice on {begun}, and "
        f"it stands as of {begun}."
    )
    (issuer,) = answer["registry"]["issuers"]
    assert issuer["issuer_name"] == "Elbfalke Maschinenbau GmbH"
    assert terminal.text("documents", "verify", shown).splitlines()[0] == (
        f"✓ {answer['sentence']}"
    )
    at = ("--at", before.isoformat())
    code, answer = terminal.json("documents", "verify", shown, *at)
    assert (code, answer["registry"]["issuers"][0]["status"]) == (1, "UNKNOWN")
    ahead = ("--at", (running.clock.now + timedelta(days=1)).isoformat())
    assert terminal.refused("documents", "verify", shown, *ahead)[:2] == (1, "InstantAhead")

    # Nothing keeps another from registering what it was shown; whose word counts is said.
    documents(terminal, "register", sealed, "--key", "carrier")
    code, answer = terminal.json("documents", "verify", shown)
    assert (code, len(answer["registry"]["issuers"])) == (1, 2)
    assert answer["registry"]["doubt"].startswith("more than one registered it")
    for member, expected in (("exporter", 0), ("carrier", 0), ("insurer", 1)):
        code, answer = terminal.json("documents", "verify", shown, "--issuer", member)
        assert (code, answer["registry"]["stands"]) == (expected, expected == 0)
    assert " has not registered it." in answer["sentence"]


def test_what_was_revoked_superseded_or_expired_does_not_stand(
    running: Running, terminal: Terminal, seal: Seal, proof: Callable[..., str]
) -> None:
    lost, old, new, lapsing = (seal() for _ in range(4))
    documents(terminal, "register", lost, old, "--key", "exporter")
    stood = running.clock.now
    last = running.clock.now + timedelta(hours=1)
    documents(terminal, "register", lapsing, "--expires", last.isoformat(), "--key", "exporter")
    running.clock.at(running.clock.now + timedelta(minutes=5))
    revoke = ("revoke", lost, "--reason", "LOST", "--key", "exporter")
    answer = documents(terminal, *revoke)
    ended = said(running)
    assert answer["reason"] == {"number": 3, "code": "lost"}
    assert documents(terminal, *revoke)["status"] == "already done"
    assert documents(terminal, "register", lost, old, "--key", "exporter")["status"] == (
        "already done"
    )
    answer = documents(terminal, "supersede", old, new, "--key", "exporter")
    assert answer["supersedes"] == commitment(old)
    assert answer["registry"]["root"] == commitment(new)

    code, answer = terminal.json("documents", "verify", proof(lost))
    assert code == 1
    assert answer["sentence"].endswith(
        f"revoked it on {ended}: lost (its original was lost or stolen, and whoever has it is not "
        "to rely on it)."
    )
    (issuer,) = answer["registry"]["issuers"]
    assert issuer["reason"]["code"] == "lost"
    code, answer = terminal.json("documents", "verify", proof(lost), "--at", stood.isoformat())
    assert (code, answer["registry"]["issuers"][0]["reason"]) == (0, None)
    code, answer = terminal.json("documents", "verify", proof(old))
    assert (code, answer["registry"]["issuers"][0]["status"]) == (1, "SUPERSEDED")
    assert answer["registry"]["issuers"][0]["successor"] == commitment(new)
    assert terminal.json("documents", "verify", proof(new))[0] == 0
    shown = proof(lapsing)
    for instant, expected in ((last, 0), (last + timedelta(seconds=1), 1)):
        running.clock.at(instant)
        code, answer = terminal.json("documents", "verify", shown)
        assert (code, answer["registry"]["stands"]) == (expected, expected == 0)
    assert answer["registry"]["issuers"][0]["status"] == "EXPIRED"
    text = "it expired after"
    assert text in answer["sentence"]


def test_one_of_a_batch_is_revoked_by_itself(
    running: Running,
    terminal: Terminal,
    seal: Seal,
    proof: Callable[..., str],
    tmp_path: Path,
) -> None:
    false, good = seal(), seal()
    batch = batched(terminal, tmp_path, false, good)
    root = "0x" + json.loads(Path(batch).read_text())["root"]
    register = ("register", batch, "--kind", "invoice", "--key", "exporter")
    answer = documents(terminal, *register)
    assert answer["documents"] == [
        {"file": batch, "commitment": root, "kind": "invoice", "size": 2}
    ]
    shown = proof(good, "--batch", batch)
    code, verified = terminal.json("documents", "verify", shown)
    assert code == 0
    assert (
        f"registered it as a commercial invoice in a batch of 2 on {said(running)}"
        in (verified["sentence"])
    )
    leaf = ("revoke", false, "--batch", batch, "--reason", "forged", "--key", "exporter")
    assert documents(terminal, *leaf)["registry"]["status"] == "REVOKED"
    assert documents(terminal, *leaf)["status"] == "already done"
    assert terminal.json("documents", "verify", proof(false, "--batch", batch))[0] == 1
    assert terminal.json("documents", "verify", shown)[0] == 0
    # By its file it stands for the whole.
    whole = documents(terminal, "revoke", batch, "--reason", "other", "--key", "exporter")
    assert whole["registry"]["ended"] == running.clock.now.isoformat()
    assert terminal.json("documents", "verify", shown)[0] == 1

    # A proof that does not fit the size on record shows nothing.
    elsewhere = batched(terminal, tmp_path, good, false)
    documents(terminal, "register", elsewhere, "--kind", "packing-list", "--key", "exporter")
    code, verified = terminal.json("documents", "verify", proof(good, "--batch", elsewhere))
    assert (code, verified["registry"]["stands"]) == (1, False)
    assert "registered as what it is not" in verified["registry"]["doubt"]


# By a desk


def test_a_desk_registers_what_two_have_signed(
    terminal: Terminal, seal: Seal, proof: Callable[..., str], tmp_path: Path
) -> None:
    desk = ("alliance", "desk")
    by = ("--key", "exporter-administrator")
    assert terminal.json(*desk, "create", "--roles", "DOCUMENT", *by)[0] == 0
    for account, hand in (("exporter", "--maker"), ("exporter-treasury", "--checker")):
        assert terminal.json(*desk, "person", "exporter", account, hand, *by)[0] == 0
    sealed, file = seal(), str(tmp_path / "instruction.json")
    hands = ("--desk", "exporter", "--maker", "exporter", "--out", file)
    words = ("documents", "register", sealed, *hands)
    assert terminal.refused(*words)[:2] == (1, "ActionClosed")
    policy = ("policy", "exporter", "register a document", "--hands", "two")
    assert terminal.json(*desk, *policy, *by)[0] == 0
    code, answer = terminal.json(*words)
    assert (code, answer["status"], answer["transaction"]) == (0, "prepared", None)
    assert terminal.json("documents", "verify", proof(sealed))[0] == 1
    said = terminal.text(*desk, "show", file)
    assert commitment(sealed) in said
    for key in ("exporter", "exporter-treasury"):
        assert terminal.json(*desk, "sign", file, "--key", key, "--yes")[0] == 0
    assert terminal.json(*desk, "relay", file, "--key", "carrier")[0] == 0
    code, answer = terminal.json("documents", "verify", proof(sealed))
    assert (code, answer["registry"]["issuers"][0]["issuer"]) == (0, EXPORTER)
    assert documents(terminal, "register", sealed, *hands)["status"] == "already done"


# Customs


def declared(running: Running, sealed: str, cap: str = "1,280,000.00") -> tuple[str, ...]:
    until = (running.clock.now + timedelta(days=30)).isoformat()
    return (
        *(sealed, "--exporter", "exporter", "--cap", cap, "--currency", "CNY"),
        *("--valid-until", until, "--key", "customs"),
    )


def customs(terminal: Terminal, *words: str) -> dict[str, Any]:
    code, answer = terminal.json("customs", *words)
    assert code == 0, answer
    return answer


def test_a_declaration_from_its_key_to_its_withdrawal(
    running: Running, terminal: Terminal, seal: Seal
) -> None:
    sealed = seal("customs-declaration")
    key = key_of(sealed)
    assert key != key_of(seal("customs-declaration"))
    words = declared(running, sealed)
    answer = customs(terminal, "declare", *words)
    assert (answer["key"], answer["commitment"]) == (key, commitment(sealed))
    shown = answer["declaration"]
    assert (shown["status"], shown["in_force"]) == ("DECLARED", True)
    assert (shown["cap"], shown["currency"], shown["exporter"]) == (128_000_000, "CNY", EXPORTER)
    assert customs(terminal, "declare", *words)["status"] == "already done"
    released = customs(terminal, "release", sealed, "--key", "customs")
    assert (
        customs(terminal, "release", key, "--key", "customs")["transaction"]
        == (released["transaction"])
    )

    amended = seal("customs-declaration", "--amends", sealed)
    assert (key_of(amended), commitment(amended) == commitment(sealed)) == (key, False)
    options = list(declared(running, amended, "900,000.00"))
    del options[1:3]
    answer = customs(terminal, "amend", *options)
    assert (answer["declaration"]["status"], answer["declaration"]["cap"]) == (
        "AMENDED",
        90_000_000,
    )
    assert customs(terminal, "amend", *options)["status"] == "already done"
    # The goods of the declaration as amended are released anew, and that is another act.
    again = customs(terminal, "release", amended, "--key", "customs")
    assert (again["status"], again["transaction"] != released["transaction"]) == ("done", True)

    text = terminal.text("customs", "show", key[2:]).splitlines()
    assert text[0].endswith("(member 2)  released, in force")
    assert text[1].split(maxsplit=1) == ["exporter", HERON]
    assert text[2].split() == ["value", "up", "to", "CNY", "900,000.00"]
    withdraw = ("withdraw", amended, "--reason", "returned", "--key", "customs")
    assert customs(terminal, *withdraw)["declaration"]["in_force"] is False
    assert customs(terminal, *withdraw)["status"] == "already done"
    assert (
        terminal.text("customs", "show", sealed)
        .splitlines()[0]
        .endswith("(member 2)  withdrawn: returned (the goods came back)")
    )
    words = ("customs", "release", sealed, "--key", "customs")
    assert terminal.refused(*words)[:2] == (1, "WrongDeclarationStatus")


def test_customs_alone_declares_and_nobody_stands_for_it(
    running: Running, terminal: Terminal, seal: Seal
) -> None:
    sealed = seal("customs-declaration")
    words = ("customs", "declare", *declared(running, sealed)[:-1])
    assert terminal.refused(*words, "exporter")[:2] == (1, "NotCustoms")
    refused = terminal.refused("customs", "show", sealed)
    assert refused[:2] == (1, "NoDeclaration")
    customs(terminal, *words[1:], "customs")
    code, found = terminal.json("customs", "show", sealed, "--customs", "customs")
    assert (code, [each["customs"] for each in found]) == (0, [CUSTOMS])
    other = ("customs", "show", sealed, "--customs", "exporter")
    assert terminal.refused(*other)[:2] == (1, "NoDeclaration")


# What cannot be done


def test_what_is_wrong_is_said_and_nothing_is_sent(
    running: Running, terminal: Terminal, seal: Seal, tmp_path: Path
) -> None:
    invoice, other, listed = seal(), seal(), seal("packing-list")
    declaration = seal("customs-declaration")
    batch = batched(terminal, tmp_path, invoice, other)
    keyless = tmp_path / "keyless.json"
    keyless.write_text(Path(declaration).read_text().replace(key_of(declaration)[2:], "nothing"))
    stripped = json.loads(Path(declaration).read_text())
    del stripped["key"]
    (tmp_path / "stripped.json").write_text(json.dumps(stripped))
    spoilt = json.loads(Path(invoice).read_text())
    spoilt["fields"]["invoiceNumber"] += "1"
    (tmp_path / "spoilt.json").write_text(json.dumps(spoilt))
    (tmp_path / "broken.json").write_text('{"format": ')
    plain, key = str(EXAMPLES / "invoice.json"), ("--key", "exporter")
    until = ("--valid-until", "2027-01-01T00:00:00+08:00", "--key", "customs")
    declare = ("customs", "declare", declaration, "--exporter", "exporter")
    refusals: list[tuple[int, str, tuple[str, ...]]] = [
        (2, "HandsMissing", ("documents", "register", invoice)),
        (2, "FileUnread", ("documents", "register", "nowhere.json", *key)),
        (2, "BadJson", ("documents", "register", "broken.json", *key)),
        (2, "BadJson", ("documents", "register", plain, *key)),
        (2, "SealedDamaged", ("documents", "register", "spoilt.json", *key)),
        (2, "KindMissing", ("documents", "register", batch, *key)),
        (1, "UnknownKind", ("documents", "register", batch, "--kind", "letter", *key)),
        (2, "KindStated", ("documents", "register", invoice, "--kind", "invoice", *key)),
        (2, "OneByOne", ("documents", "register", invoice, listed, *key)),
        (2, "OneByOne", ("documents", "register", invoice, invoice, *key)),
        (2, "KindMissing", ("documents", "register", invoice, batch, *key)),
        (2, "OneByOne", ("documents", "register", invoice, other, "--supersedes", listed, *key)),
        (2, "BadInstant", ("documents", "register", invoice, "--expires", "2027-01-01", *key)),
        (1, "NotInFuture", (*("documents", "register", invoice), *EXPIRED, *key)),
        (1, "WrongDocumentStatus", ("documents", "supersede", listed, other, *key)),
        (1, "WrongDocumentStatus", ("documents", "revoke", invoice, "--reason", "lost", *key)),
        (2, "UnknownReason", ("documents", "revoke", invoice, "--reason", "0", *key)),
        (2, "UnknownReason", ("documents", "revoke", invoice, "--reason", "seized", *key)),
        (2, "OneByOne", (*("documents", "revoke", invoice, invoice, "--reason", "2"), *key)),
        (2, "OneByOne", (*("documents", "revoke", invoice, other), *of_batch(batch), *key)),
        (1, "NotInBatch", ("documents", "revoke", listed, *of_batch(batch), *key)),
        (2, "BadJson", ("documents", "verify", invoice)),
        (2, "UnknownKey", ("documents", "register", invoice, "--key", "nobody")),
        (1, "MissingRole", ("documents", "register", invoice, "--key", "commission")),
        (2, "NotADeclaration", ("customs", "release", invoice, "--key", "customs")),
        (2, "NoDeclarationKey", ("customs", "release", "stripped.json", "--key", "customs")),
        (2, "BadJson", ("customs", "release", "keyless.json", "--key", "customs")),
        (2, "BadAmount", (*declare, "--cap", "1.234", "--currency", "CNY", *until)),
        (1, "UnknownCurrency", (*declare, "--cap", "1", "--currency", "XXX1", *until)),
        (1, "IncompleteDeclaration", (*declare, "--cap", "0", "--currency", "CNY", *until)),
        (2, "UnknownMemberName", (*(*declare[:4], "nobody", "--cap", "1"), *CNY, *until)),
        (1, "WrongDeclarationStatus", ("customs", "release", declaration, "--key", "customs")),
        (
            1,
            "WrongDeclarationStatus",
            ("customs", "withdraw", declaration, "--reason", "error", "--key", "customs"),
        ),
        (2, "UnknownReason", ("customs", "withdraw", declaration, "--reason", "lost", *key)),
        (2, "NotADeclaration", ("documents", "seal", plain, "--amends", invoice, *AWAY)),
    ]
    block = running.block
    for code, name, words in refusals:
        assert terminal.refused(*words)[:2] == (code, name), words
    assert running.block == block
    assert not (tmp_path / "away.json").exists()


def test_the_registry_is_asked_of_a_node(
    terminal: Terminal, seal: Seal, proof: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = proof(seal())
    for options in (("--offline", "--issuer", "exporter"), ("--offline", "--at", "2025-09-01T00Z")):
        assert terminal.refused("documents", "verify", shown, *options)[:2] == (2, "NodeMissing")
    monkeypatch.delenv("YANGSHAN_RPC")
    assert terminal.json("documents", "verify", shown)[0] == 0
    refused = terminal.refused("documents", "verify", shown, "--issuer", "exporter")
    assert refused[:2] == (2, "NodeMissing")
    dead = ("--rpc", "http://127.0.0.1:9")
    assert terminal.refused("documents", "verify", shown, *dead)[:2] == (2, "ChainUnreachable")


EXPIRED = ("--expires", "2025-01-01T00:00:00+08:00")
CNY = ("--currency", "CNY")
AWAY = ("--out", "away.json")


def of_batch(batch: str) -> tuple[str, ...]:
    return ("--batch", batch, "--reason", "other")
