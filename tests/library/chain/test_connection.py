# SPDX-License-Identifier: Apache-2.0
"""What can be said without a node: wrong addresses, and something else that answers."""

from __future__ import annotations

import http.server
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from web3 import Web3

from yangshan.chain.connection import Chain, ChainUnreachable, connect, shown

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """A web server that gives this answer to everything."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_port_on_which_nothing_listens() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(ChainUnreachable) as caught:
        connect(url)
    assert caught.value.url == url
    assert str(caught.value) == (
        f"No Ethereum node answers at {url}: the connection is refused or broke off."
    )


@pytest.mark.parametrize(
    "url",
    ["", "127.0.0.1:8545", "ws://127.0.0.1:8545", "http://", "http://a:port", "http://[::1"],
)
def test_what_is_no_url_of_a_node(url: str) -> None:
    with pytest.raises(ChainUnreachable, match="a URL such as http"):
        connect(url)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, b"<html>", "the answer is not JSON-RPC"),
        (404, b"nothing", "the answer is HTTP 404"),
        (200, b'{"jsonrpc": "2.0", "id": 0, "error": {"code": -32601, "message": "no"}}', "not a"),
        (200, b'{"jsonrpc": "2.0", "id": 0}', "not a node's"),
        (200, b"[]", "not a node's"),
        (200, b'{"jsonrpc": "2.0", "id": 0, "result": null}', "not a node's"),
        (200, b'{"jsonrpc": "2.0", "id": 0, "result": {}}', "not a node's"),
        (200, b'{"jsonrpc": "2.0", "id": 0, "result": "yes"}', "not a node's"),
    ],
)
def test_something_else_answers(status: int, body: bytes, reason: str) -> None:
    with answering(status, body) as url, pytest.raises(ChainUnreachable, match=reason) as caught:
        connect(url)
    assert caught.value.url == url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://user:secret@node.example:8545/", "http://node.example:8545"),
        ("https://node.example/v3/secret?key=secret", "https://node.example"),
        ("http://[::1]:8545", "http://[::1]:8545"),
    ],
)
def test_a_url_is_shown_without_its_secrets(url: str, expected: str) -> None:
    assert shown(url) == expected


@pytest.mark.parametrize(
    ("client", "development"),
    [
        ("anvil/v1.7.1", True),
        ("Ganache/v7.9.2/EthereumJS TestRPC/v7.9.2/ethereum-js", True),
        ("HardhatNetwork/2.22.0/@nomicfoundation/ethereumjs-tx", True),
        ("Geth/v1.14.0-stable/linux-amd64/go1.22", False),
        ("besu/v24.1.0/linux-x86_64/openjdk-java-17", False),
        ("Geth/anvil/v1", False),
    ],
)
def test_which_nodes_are_for_development(client: str, development: bool) -> None:
    assert Chain(Web3(), "", 1, "0x", client).is_development is development
