"""No webhook reaches an address inside a network, however the address is written."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from adapters.webhook.guard import Forbidden, Guard, is_inner, lookup

INNER = (
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "64:ff9b:1::a00:1",
    "3fff::1",
    "192.0.2.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:7f00:1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "",
    "no address",
    "999.1.1.1",
)
WRITTEN = (
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://0/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[0:0:0:0:0:ffff:169.254.169.254]/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1:8443/x",
)
MALFORMED = (
    "",
    "acme.example",
    "//acme.example/",
    "ftp://acme.example/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_",
    "https://",
    "https://:443/",
    "https://acme.example:port/",
    "https://acme.example:99999/",
    "https://user:secret@acme.example/",
    "https://acme.example@127.0.0.1/",
    "https://acme.example\\@127.0.0.1/",
    "https://acme.example/\r\nHost: x",
    "https://[::1/",
    "javascript:alert(1)",
)


def guard(*found: str, allowed: Sequence[str] = ()) -> Guard:
    async def resolve(host: str, port: int) -> Sequence[str]:
        return found

    return Guard(allowed, resolve)


@pytest.mark.parametrize("address", INNER)
async def test_inner_addresses_are_refused_behind_any_name(address: str) -> None:
    assert is_inner(address)
    with pytest.raises(Forbidden):
        await guard(address).addresses("https://hooks.example/")


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"])
async def test_public_addresses_are_called(address: str) -> None:
    assert await guard(address).addresses("https://hooks.example/") == (address,)


@pytest.mark.parametrize("url", WRITTEN)
async def test_the_systems_own_reading_of_an_address_is_checked(url: str) -> None:
    with pytest.raises((Forbidden, OSError)):
        await Guard((), lookup).addresses(url)


@pytest.mark.parametrize("url", MALFORMED)
async def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(Forbidden):
        await guard("93.184.216.34").addresses(url)


@pytest.mark.parametrize(
    "found", [("93.184.216.34", "10.0.0.1"), ("10.0.0.1", "93.184.216.34"), ("2606:4700::1", "::1")]
)
async def test_one_inner_address_among_others_is_enough(found: Sequence[str]) -> None:
    with pytest.raises(Forbidden):
        await guard(*found).addresses("https://hooks.example/")


async def test_only_https_leaves_the_house() -> None:
    with pytest.raises(Forbidden, match="https"):
        await guard("93.184.216.34").addresses("http://hooks.example/")


@pytest.mark.parametrize(
    ("allowed", "url"),
    [
        ("n8n.internal", "http://n8n.internal:5678/x"),
        ("N8N.internal:5678", "http://n8n.INTERNAL:5678/x"),
        ("10.1.0.0/16", "http://anything.example/"),
        ("10.1.2.3", "https://anything.example/"),
    ],
)
async def test_what_the_operator_allows_is_called(allowed: str, url: str) -> None:
    assert await guard("10.1.2.3", allowed=[allowed]).addresses(url) == ("10.1.2.3",)


@pytest.mark.parametrize(
    "allowed", ["n8n.internal:80", "internal", "10.2.0.0/16", "evil-n8n.internal", "::ffff:0:0/96"]
)
async def test_what_the_operator_allows_opens_nothing_else(allowed: str) -> None:
    with pytest.raises(Forbidden):
        await guard("10.1.2.3", allowed=[allowed]).addresses("https://n8n.internal:5678/x")
