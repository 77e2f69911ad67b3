"""Which network addresses belong to the public internet, and which only pretend to. Pure.

What must not be reached: this machine, its neighbours, the cloud's metadata service, groups,
documentation and whatever is reserved (IANA's special-purpose registries, read 2026-11). IPv6
knows several ways to carry an IPv4 address inside; each is unwrapped and both must be public.
"""

from collections.abc import Iterator
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NOT_PUBLIC_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network; Linux takes 0.0.0.0 for itself
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, and the metadata services of clouds
        "172.16.0.0/12",
        "192.0.0.0/24",  # IETF protocols
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4, withdrawn
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_PUBLIC_V6 = IPv6Network("2000::/3")  # all the unicast space there is
_NOT_PUBLIC_V6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # IETF protocols: Teredo, ORCHID, benchmarks ...
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
_6TO4 = IPv6Network("2002::/16")
_MAPPED = IPv6Network("::ffff:0:0/96")
_TAIL_V4 = (
    _NAT64,
    _MAPPED,
    IPv6Network("::ffff:0:0:0/96"),  # SIIT, RFC 7915
    IPv6Network("::/96"),  # IPv4-compatible, withdrawn
)
_ISATAP = (0x00005EFE, 0x02005EFE)  # the first half of an interface id, RFC 5214
_LOW = 0xFFFF_FFFF


def is_public(address: Address) -> bool:
    """Tell whether an address is public unicast, it and every address it carries inside.

    Of the IPv6 forms that carry an IPv4 address, mapped ones, NAT64's well-known prefix and 6to4
    lead somewhere; they are public when what they carry is. NAT64 for local use
    (64:ff9b:1::/48), SIIT, Teredo and IPv4-compatible addresses never are.
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_V4)
    if address.scope_id is not None:
        return False
    if not any(address in network for network in (_PUBLIC_V6, _NAT64, _MAPPED)):
        return False
    if any(address in network for network in _NOT_PUBLIC_V6):
        return False
    return all(is_public(inner) for inner in carried(address))


def carried(address: Address) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address carries."""
    if isinstance(address, IPv4Address):
        return
    value = int(address)
    if any(address in network for network in _TAIL_V4):
        yield IPv4Address(value & _LOW)
    if address in _6TO4:
        yield IPv4Address((value >> 80) & _LOW)
    if address.teredo is not None:
        yield from address.teredo  # the server, and the client behind it
    if (value >> 32) & _LOW in _ISATAP:
        yield IPv4Address(value & _LOW)


def spellings(address: Address) -> Iterator[Address]:
    """Yield an address and what it carries: what an exception for private networks looks at."""
    yield address
    yield from carried(address)


def read(text: str) -> Address:
    """Read an address as a resolver gives it.

    Raises:
        ValueError: It is none.
    """
    return ip_address(text)
