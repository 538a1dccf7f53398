"""Which machines we connect to: public addresses, whatever a name says at this moment, and those PUSH_HOSTS names.

The check sits in the resolver, so the address that was checked is the one that is connected to: a name that answers
differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import AddressFamily

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from companion.notify.target import is_named

_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet, also when it hides an IPv4 address (mapped, 6to4, NAT64)."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        low = IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else None
        hidden = found.ipv4_mapped or found.sixtofour or low
        if hidden:
            return is_public(str(hidden))
    return found.is_global and not found.is_multicast and not found.is_reserved


class Doors(AbstractResolver):
    """Looks names up, and finds nothing where a name leads into a private house."""

    def __init__(self, hosts: Sequence[str], inner: AbstractResolver | None = None) -> None:
        self._hosts = hosts
        self._inner = inner or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        if is_named(host, str(port), self._hosts):
            return found
        public = [each for each in found if is_public(each["host"])]
        if not public:
            raise OSError("the name of a push service leads to no public address")
        return public

    async def close(self) -> None:
        await self._inner.close()
