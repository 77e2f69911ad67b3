"""Connections to addresses that strangers chose: webhook endpoints, logos.

Whoever may name an address must not reach what only this machine can: the database, a neighbour,
the cloud's metadata. So a name is resolved once, every address it has must be public
(`kit/addresses`), and the connection goes to that very address: what the name says a moment later
does not count. The spelling is read once too, here, and only the plain ones are understood.
"""

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Literal
from urllib.parse import urlsplit

from gateway.kit import addresses
from gateway.kit.addresses import Address, Network

Resolver = Callable[[str, int], Sequence[str]]
"""From a name and a port to the addresses it has, as text."""

MOST_URL = 2000
PORTS = {"https": 443, "http": 80}

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PRINTABLE = re.compile(r"[!-~]+")
_MOST_HOST = 253
_MOST_PORT = 65535
_MOST_TRIED = 3  # addresses of one name


class OutboundError(Exception):
    """A request to a stranger's address was not made, or failed; the message says why."""


class TargetError(OutboundError):
    """The address may not be asked: its spelling, its port, or where it leads."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address, read.

    Attributes:
        scheme: `https` or `http`.
        host: A name in lower-case ASCII, or an address without brackets.
        port: The port.
        path: Path and query, as they go on the wire.
        literal: The host, where it is an address.
    """

    scheme: Literal["https", "http"]
    host: str
    port: int
    path: str
    literal: Address | None

    @property
    def authority(self) -> str:
        """What goes into the header Host."""
        host = f"[{self.host}]" if isinstance(self.literal, IPv6Address) else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @classmethod
    def parse(cls, url: str) -> "Target":
        """Read an address; only one spelling of each host is understood.

        Raises:
            TargetError: What is wrong with it, in words for the one who wrote it.
        """
        if len(url) > MOST_URL or not _PRINTABLE.fullmatch(url) or "\\" in url:
            raise TargetError(
                f"must be at most {MOST_URL} printable ASCII characters, without spaces and"
                " backslashes; write international names as xn--..."
            )
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise TargetError("is not a URL") from None
        if parts.scheme not in PORTS or not url.lower().startswith(f"{parts.scheme}://"):
            raise TargetError("must begin with https://")
        scheme: Literal["https", "http"] = "https" if parts.scheme == "https" else "http"
        if "@" in parts.netloc:
            raise TargetError("must not hold a user name or password")
        if "#" in url:
            raise TargetError("must not hold a fragment (#...)")
        host, literal = _host(parts.netloc)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return cls(scheme, host, PORTS[scheme] if port is None else port, path, literal)


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be asked.

    Attributes:
        ports: The ports that may be connected to.
        private: Networks that may be reached although they are not public, on any port; for
            development, and for receivers inside one's own network.
        resolve: How a name becomes addresses.
    """

    ports: tuple[int, ...] = (443, 80)
    private: tuple[Network, ...] = ()
    resolve: Resolver = lambda host, port: lookup(host, port)  # noqa: PLW0108 - defined below

    def admit(self, url: str, *, https: bool) -> Target:
        """Return the target of an address that somebody wants to be asked later.

        Names are not resolved here: what they lead to is judged at every request.

        Args:
            url: The address.
            https: True where nothing else will do.

        Raises:
            TargetError: Why not.
        """
        target = Target.parse(url)
        if https and target.scheme != "https":
            raise TargetError("must begin with https://")
        if target.literal is not None:
            self._judge(target.literal, target.port)
        elif target.port not in self.ports and not self.private:
            raise TargetError(f"names port {target.port}; allowed are {self._ports()}")
        elif target.host.rpartition(".")[2] == "localhost" and not self.private:
            raise TargetError("leads to this machine; only public addresses can be asked")
        return target

    def connect(self, target: Target, seconds: float) -> socket.socket:
        """Resolve a target once, judge all its addresses, connect to the first that answers.

        Raises:
            TargetError: An address is not public, or the port is not allowed.
            OutboundError: The name has no address.
            OSError: Nothing answers there.
        """
        if target.literal is not None:
            found: Sequence[Address] = (target.literal,)
        else:
            try:
                found = [addresses.read(text) for text in self.resolve(target.host, target.port)]
            except (OSError, UnicodeError, ValueError):
                raise OutboundError("the name cannot be resolved") from None
        if not found:
            raise OutboundError("the name has no address")
        for address in found:
            self._judge(address, target.port)
        failure: OSError | None = None
        for address in list(dict.fromkeys(found))[:_MOST_TRIED]:
            try:
                return _connected(address, target.port, seconds)
            except OSError as error:
                failure = error
        raise failure or OSError("no address")

    def _judge(self, address: Address, port: int) -> None:
        if any(one in net for one in addresses.spellings(address) for net in self.private):
            return
        if not addresses.is_public(address):
            raise TargetError("leads to an address that is not public")
        if port not in self.ports:
            raise TargetError(f"names port {port}; allowed are {self._ports()}")

    def _ports(self) -> str:
        return ", ".join(map(str, self.ports))


def lookup(host: str, port: int) -> Sequence[str]:
    """Ask the machine's resolver.

    Raises:
        OSError: It knows no such name, or does not answer.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def _connected(address: Address, port: int, seconds: float) -> socket.socket:
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect((str(address), port))  # numeric: nothing is looked up again
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        connection.close()
        raise
    return connection


def _host(netloc: str) -> tuple[str, Address | None]:
    """Return the host of an authority, and the address it is.

    Raises:
        TargetError: It is empty, or spelled in a way that others may read otherwise.
    """
    if netloc.startswith("["):
        inside, closed, rest = netloc[1:].partition("]")
        if not closed or not re.fullmatch(r"(:[0-9]{1,5})?", rest) or "%" in inside:
            raise TargetError("holds an IPv6 address that cannot be read; zones are not possible")
        try:
            address = IPv6Address(inside)
        except AddressValueError:
            raise TargetError("holds an IPv6 address that cannot be read") from None
        return str(address), address
    host, _, port = netloc.partition(":")
    host = host.lower()
    if port and (not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) <= _MOST_PORT):
        raise TargetError("names no port there is")
    if netloc.endswith(":") or ":" in port:
        raise TargetError("names no port there is")
    labels = host.split(".")
    if len(host) > _MOST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        raise TargetError(
            "names no host; write it in letters, digits and hyphens, without a dot at the end"
        )
    if _NUMBER.fullmatch(labels[-1]):  # such a host is an address for some, a name for others
        try:
            literal = IPv4Address(host)
        except AddressValueError:
            raise TargetError("writes an address otherwise than as four decimal numbers") from None
        return host, literal
    return host, None
