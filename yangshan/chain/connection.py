# SPDX-License-Identifier: Apache-2.0
"""The connection to a node, and what it says of its chain."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import requests
from eth_utils.address import to_checksum_address
from web3 import HTTPProvider, Web3
from web3.exceptions import Web3Exception
from web3.middleware import ExtraDataToPOAMiddleware
from web3.types import RPCEndpoint

from yangshan.chain.suite import Suite
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from web3.contract import Contract
    from web3.types import RPCResponse

# Estimates and calls on a busy node take a while; a node that is away refuses at once.
TIMEOUT_SECONDS: Final = 30

_DEVELOPMENT_CLIENTS: Final = ("anvil", "ganache", "ethereumjs testrpc", "hardhatnetwork")


class ChainUnreachable(Unusable):
    """Nothing answers at the URL, or not as an Ethereum node does."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"No Ethereum node answers at {url}: {reason}.")
        self.url = url
        self.reason = reason


class WrongChain(Unusable):
    """The node belongs to another chain than the one that was meant."""

    def __init__(self, url: str, expected: int, actual: int) -> None:
        super().__init__(f"The node at {url} is on chain {actual}; chain {expected} was expected.")
        self.url = url
        self.expected = expected
        self.actual = actual


class NoContract(Unusable):
    """No contract stands at an address on this chain."""

    def __init__(self, name: str, address: str, chain_id: int) -> None:
        super().__init__(
            f"There is no {name} at {address} on chain {chain_id}. The record of the deployment "
            "belongs to another chain, or the chain was started anew."
        )
        self.name = name
        self.address = address
        self.chain_id = chain_id


class _Provider(HTTPProvider):
    """HTTP whose failures are errors of this package."""

    def make_request(self, method: RPCEndpoint, params: Any) -> RPCResponse:
        with self._told():
            return super().make_request(method, params)

    def make_batch_request(
        self, batch_requests: list[tuple[RPCEndpoint, Any]]
    ) -> list[RPCResponse] | RPCResponse:
        with self._told():
            return super().make_batch_request(batch_requests)

    @contextmanager
    def _told(self) -> Iterator[None]:
        url = shown(str(self.endpoint_uri))
        try:
            yield
        except requests.Timeout:
            raise ChainUnreachable(url, f"no answer within {TIMEOUT_SECONDS} s") from None
        except requests.ConnectionError:
            raise ChainUnreachable(url, "the connection is refused or broke off") from None
        except requests.HTTPError as error:
            raise ChainUnreachable(
                url, f"the answer is HTTP {error.response.status_code}"
            ) from None
        except (requests.RequestException, ValueError):
            raise ChainUnreachable(url, "the answer is not JSON-RPC") from None


@dataclass(frozen=True)
class Chain:
    """A chain as one node shows it.

    ``url`` is without password and query, fit to be shown; ``genesis`` is the hash of block 0, with
    0x; ``client`` is the node's own description of itself.
    """

    web3: Web3
    url: str
    chain_id: int
    genesis: str
    client: str

    @property
    def is_development(self) -> bool:
        """Whether the node is one whose keys are public and whose clock can be set."""
        return self.client.lower().startswith(_DEVELOPMENT_CLIENTS)

    def now(self) -> datetime:
        """The time of the latest block, UTC."""
        return datetime.fromtimestamp(self.web3.eth.get_block("latest")["timestamp"], UTC)

    def instant_of(self, block: int) -> datetime:
        """The time of a block by its number, UTC."""
        return datetime.fromtimestamp(self.web3.eth.get_block(block)["timestamp"], UTC)

    def contract(self, name: str, address: str) -> Contract:
        """A contract of the suite (or an interface) at an address, structs as named tuples.

        Raises UnknownArtifact; whether it stands there is for :meth:`require_contract`.
        """
        return self.web3.eth.contract(
            address=to_checksum_address(address), abi=Suite.load().abi(name), decode_tuples=True
        )

    def require_contract(self, name: str, address: str) -> None:
        """Raises :class:`NoContract` unless there is code at the address."""
        if not self.web3.eth.get_code(to_checksum_address(address)):
            raise NoContract(name, address, self.chain_id)


def connect(url: str, *, chain_id: int | None = None) -> Chain:
    """The chain of the node at ``url`` (http or https).

    Raises :class:`ChainUnreachable`, and :class:`WrongChain` unless it is ``chain_id`` where given.
    """
    if not _usable(url):
        raise ChainUnreachable(url, "a URL such as http://127.0.0.1:8545 was expected")
    provider = _Provider(
        url,
        request_kwargs={"timeout": TIMEOUT_SECONDS},
        exception_retry_configuration=None,
        # web3 asks for the chain's id before every call, twice; one connection has one chain.
        cache_allowed_requests=True,
        cacheable_requests={RPCEndpoint("eth_chainId")},
    )
    web3 = Web3(provider)
    # Proof of authority keeps signatures in extraData, which web3 takes for a mistake otherwise.
    web3.middleware_onion.inject(ExtraDataToPOAMiddleware, layer=0)
    try:
        actual, client = web3.eth.chain_id, web3.client_version
        genesis = web3.eth.get_block(0)["hash"].to_0x_hex()
    except (Web3Exception, ValueError, KeyError, TypeError, AttributeError) as reason:
        raise ChainUnreachable(shown(url), f"the answer is not a node's ({reason})") from None
    if chain_id is not None and actual != chain_id:
        raise WrongChain(shown(url), chain_id, actual)
    return Chain(web3, shown(url), actual, genesis, client)


def shown(url: str) -> str:
    """A URL without what may be secret: user, password, path beyond the root, and query."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else parts.hostname
    port = "" if parts.port is None else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _usable(url: str) -> bool:
    try:
        parts = urlsplit(url)
        # A port that is no number shows only when it is asked for.
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
