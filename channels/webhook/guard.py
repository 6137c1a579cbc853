"""Connections that go to a vetted public address only, whatever a name resolves to.

A name is resolved once; if any of its addresses is not public the request is refused, and the
connection is made to the very address that was looked at, so that a second answer of the name
server changes nothing (SSRF by DNS rebinding). ``http.client`` follows no redirect and no proxy.
Anybody who calls an address that somebody typed in may use this.

Sources: IANA special-purpose registries (by ``ipaddress``), RFC 6890, RFC 6052 (NAT64), RFC 3056
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from socket import AF_UNSPEC, IPPROTO_TCP, SOCK_STREAM, TCP_NODELAY, create_connection, getaddrinfo
from typing import Final

Resolve = Callable[[str, int], list[str]]

# What ``ipaddress`` takes for public in some of the Python versions that we run on: NAT64, which
# may lead to the inside of a network, and what is assigned to protocols or was given up.
_NOT_PUBLIC: Final = tuple(
    ip_network(text)
    for text in (
        "64:ff9b::/96", "64:ff9b:1::/48", "fec0::/10", "::/96", "2001::/23", "5f00::/16",
        "192.0.0.0/24", "192.88.99.0/24",
    )
)  # fmt: skip


class Forbidden(OSError):
    """The name leads to an address that must not be called. Holds no address."""


def public(text: str) -> bool:
    """Whether this address is one that anybody on the internet could have."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if any(address in network for network in _NOT_PUBLIC):
        return False
    if isinstance(address, IPv6Address):
        inner: IPv4Address | None = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return public(str(inner))
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def resolve(host: str, port: int) -> list[str]:
    """All addresses of this name, by the system's resolver. Raises OSError."""
    found = getaddrinfo(host, port, AF_UNSPEC, SOCK_STREAM, IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def vetted(host: str, port: int, *, loopback: bool, resolve: Resolve = resolve) -> str:
    """The address to connect to. Raises Forbidden, or OSError if the name leads nowhere.

    With `loopback` it must be this very machine instead: for stand-ins, never for what is typed in.
    """
    addresses = resolve(host, port)
    if not addresses:
        raise Forbidden("the name has no address")
    for address in addresses:
        fine = ip_address(address.partition("%")[0]).is_loopback if loopback else public(address)
        if not fine:
            raise Forbidden("the name leads to an address that is not public")
    return addresses[0]


class _Pinned(HTTPConnection):
    """HTTP to an address that was vetted, under the name that was asked for."""

    address = ""

    def connect(self) -> None:
        self.sock = create_connection((self.address, self.port), self.timeout)
        self.sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)


class _PinnedTls(HTTPSConnection):
    """As above; the certificate must prove the name, not the address."""

    address = ""
    context: ssl.SSLContext

    def connect(self) -> None:
        plain = create_connection((self.address, self.port), self.timeout)
        plain.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        try:
            self.sock = self.context.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def connection(host: str, port: int, address: str, *, tls: bool, timeout: float) -> HTTPConnection:
    """A connection, not yet open, that will go to `address` and nowhere else."""
    made: _Pinned | _PinnedTls
    if tls:
        context = ssl.create_default_context()
        made = _PinnedTls(host, port, timeout=timeout, context=context)
        made.context = context
    else:
        made = _Pinned(host, port, timeout=timeout)
    made.address = address
    return made
