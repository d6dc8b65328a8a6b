"""Where a webhook may go: no address inside a network, however it is written, unless the operator allows it.

The caller connects to an address that was checked here and to no other: a name that changes its address between the
check and the connection gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

Lookup = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host; raises OSError when it has none."""

_TRANSLATED = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_INNER = tuple(
    ip_network(range)
    for range in ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "64:ff9b:1::/48", "3fff::/20", "5f00::/16", "100::/64")
)
"""Not public either, though some versions of the standard library say so; one cloud's metadata is at 192.0.0.192."""


class Forbidden(Exception):
    """This address is not for us to call."""


class Guard:
    """`allowed` are host names, "host:port", addresses and networks that a self-hoster trusts."""

    def __init__(self, allowed: Sequence[str], lookup: Lookup) -> None:
        self._hosts = {entry.lower() for entry in allowed if not _is_network(entry)}
        self._networks = [ip_network(entry, strict=False) for entry in allowed if _is_network(entry)]
        self._lookup = lookup

    async def addresses(self, url: str) -> Sequence[str]:
        """All of the host's addresses, each checked; raises Forbidden, or OSError when there are none."""
        parts = _parts(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port or (443 if parts.scheme == "https" else 80)
        found = await self._lookup(host, port)
        if not found:
            raise OSError("the name has no address")
        trusted = host in self._hosts or f"{host}:{port}" in self._hosts
        for address in found:
            if not trusted and not self._is_trusted(address):
                if parts.scheme != "https":
                    raise Forbidden("only https is allowed")
                if is_inner(address):
                    raise Forbidden("the address is inside a network")
        return found

    def _is_trusted(self, address: str) -> bool:
        try:
            plain = unwrapped(address)
        except ValueError:
            return False
        return any(plain in network for network in self._networks if network.version == plain.version)


def is_inner(address: str) -> bool:
    """Whether it is anything but a public address; what can't be read as one is inner too."""
    try:
        plain = unwrapped(address)
    except ValueError:
        return True
    special = plain.is_multicast or plain.is_reserved or plain.is_unspecified or plain.is_loopback
    return not plain.is_global or special or any(plain in range for range in _INNER if range.version == plain.version)


def unwrapped(address: str) -> IPv4Address | IPv6Address:
    """The IPv4 address inside an IPv6 one, where it only stands for that: mapped, 6to4, Teredo, NAT64, compatible."""
    plain = ip_address(address.partition("%")[0])
    if isinstance(plain, IPv4Address):
        return plain
    if plain in _TRANSLATED or (plain in _COMPATIBLE and int(plain) > 0xFFFF):
        return IPv4Address(int(plain) & 0xFFFFFFFF)
    return plain.ipv4_mapped or plain.sixtofour or (plain.teredo[1] if plain.teredo else plain)


async def lookup(host: str, port: int) -> Sequence[str]:
    """The system's resolver, which also reads decimal, hexadecimal and short forms of addresses."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise Forbidden("not an address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Forbidden("not a web address")
    if parts.username is not None or parts.password is not None:
        raise Forbidden("no names and passwords in the address")
    if any(character.isspace() or character == "\\" or ord(character) < 32 for character in url):
        raise Forbidden("not an address")
    return parts


def _is_network(entry: str) -> bool:
    try:
        ip_network(entry, strict=False)
    except ValueError:
        return False
    return True
