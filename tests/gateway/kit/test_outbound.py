"""S7: whatever a stranger writes, no connection to what is not public. Canaries count them."""

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network

import pytest

from gateway.kit import addresses
from gateway.kit.exchange import Client
from gateway.kit.outbound import OutboundError, Policy, Target, TargetError

CANARIES = ("127.0.0.1", "127.8.8.8", "::1")
PUBLIC = ("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c")


@dataclass
class Canary:
    """Listens on this machine's own addresses, on one port, and counts who came."""

    port: int
    visits: list[str] = field(default_factory=list)


@contextlib.contextmanager
def canary() -> Iterator[Canary]:
    """Listen on loopback, an alias of it and IPv6's, on the same port."""
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(socket.create_server((CANARIES[0], 0)))
        made = Canary(first.getsockname()[1])
        listeners = [first]
        for address in CANARIES[1:]:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            with contextlib.suppress(OSError):  # a machine without IPv6 has one canary less
                other = socket.create_server((address, made.port), family=family)
                listeners.append(stack.enter_context(other))
        for listener in listeners:
            threading.Thread(target=_count, args=(listener, made), daemon=True).start()
        yield made


def _count(listener: socket.socket, made: Canary) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection, address = listener.accept()
            made.visits.append(str(address))
            connection.close()


@pytest.fixture
def canaries() -> Iterator[Canary]:
    with canary() as made:
        yield made


SPELLINGS = (
    # the plain ones
    *(
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104 - nobody binds it
        "[::1]",
        "[::]",
    ),
    # IPv4 as other numbers
    *("2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.1", "127.0.1"),
    *(
        "0x7f.1",
        "127.0x0.0x0.1",
        "00127.0.0.1",
        "127.000.000.001",
        "0",
        "0x0",
        "127.0.0.1.",
        "127.",
    ),
    *("0X7F.0.0.1", "0177.1", "1.0x7f", "4294967295", "127.0.0.257", "0x7f.0x0.0x0.0x1"),
    # IPv4 inside IPv6
    *("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[::127.0.0.1]"),
    *("[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]"),
    *("[2002:7f00:1::1]", "[::ffff:0:127.0.0.1]", "[2001:0:7f00:1::80ff:fffe]"),
    *("[2001:0:4136:e378:8000:63bf:80ff:fffe]", "[2606:2800::5efe:127.0.0.1]"),
    *("[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::]", "[::ffff:169.254.169.254]"),
    # zones, brackets
    *("[::1%25lo]", "[::1%lo]", "[fe80::1%25eth0]", "[::1", "::1", "[127.0.0.1]", "[[::1]]"),
    *("[::1].example.com", "[localhost]", "[::1]x", "[]"),
    # user names, and where parsers disagree on what the host is
    *("user@127.0.0.1", "user:pw@localhost", "example.com@127.0.0.1", "127.0.0.1@example.com"),
    *("example.com%40127.0.0.1", "127.0.0.1%2eexample.com", "127.0.0.1\\@example.com"),
    *("example.com\\.127.0.0.1", "127.0.0.1#@example.com", "127.0.0.1?@example.com#"),
    # Unicode
    *("①②⑦.⓪.⓪.①", "127。0。0。1", "127.0.0.1", "localhost", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "loc\u00adalhost"),
    *("\uff11\uff12\uff17.0.0.1", "\uff4c\uff4f\uff43alhost", "[::١]"),
    *("xn--", "127.0.0.1\u200b", "127.0.0.1\u3002"),
    # control characters and spaces
    *("127.0.0.1 ", " 127.0.0.1", "127.0.0.1\t", "127.0.0.1\r\nHost: x", "127.0.0.1\x00", ""),
    # other machines that are nobody's business
    *("169.254.169.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "192.0.0.192"),
    *("198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[fd00::1]", "[fe80::1]"),
    *("[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[100::1]", "[5f00::1]", "[3fff::1]"),
)


def test_no_spelling_reaches_this_machine(canaries: Canary) -> None:
    assert len(set(SPELLINGS)) >= 60
    wire = Client(Policy(ports=(443, 80, canaries.port)), connect_seconds=1, total_seconds=1)
    for scheme in ("http", "https"):
        for host in SPELLINGS:
            for url in (f"{scheme}://{host}:{canaries.port}/", f"{scheme}://{host}/"):
                with pytest.raises(OutboundError):
                    wire.get(Target.parse(url))
    assert canaries.visits == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "//example.com/",
        "example.com",
        "https:example.com",
        "https:/example.com",
        "https:///example.com",
        "javascript:alert(1)",
        "https://example.com:0/",
        "https://example.com:65536/",
        "https://example.com:",
        "https://example.com:8O/",
        "https://example.com:80:80/",
        "https://-example.com/",
        "https://exa_mple.com/",
        "https://" + "a" * 64 + ".com/",
        "https://" + "a." * 127 + "com/",
        "https://example.com/" + "a" * 2000,
        "https://example.com/\n",
        "https://example..com/",
        "https://.com/",
    ],
)
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(TargetError):
        Target.parse(url)


def test_plain_addresses_are_read() -> None:
    target = Target.parse("https://Hooks.Example.com:8443/a/b?c=%20d")
    assert (target.host, target.port, target.path) == ("hooks.example.com", 8443, "/a/b?c=%20d")
    assert target.authority == "hooks.example.com:8443"
    assert Target.parse("http://xn--bcher-kva.example").path == "/"
    assert Target.parse("https://[2606:2800::1]/").authority == "[2606:2800::1]"
    assert Target.parse("https://93.184.215.14/").authority == "93.184.215.14"


@pytest.mark.parametrize("private", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "169.254.169.254"])
def test_one_bad_address_of_a_name_spoils_it(canaries: Canary, private: str) -> None:
    for answer in ([private], [PUBLIC[0], private], [private, PUBLIC[0]]):
        policy = Policy(ports=(canaries.port,), resolve=lambda *_, found=answer: found)
        with pytest.raises(TargetError):
            policy.connect(Target.parse(f"http://rebound.example:{canaries.port}/"), 1)
    assert canaries.visits == []


def test_a_name_is_asked_once_and_what_it_says_later_does_not_count(
    canaries: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: public when looked at, this machine when connected to."""
    answers = iter([[PUBLIC[0]]])
    asked: list[str] = []
    went: list[object] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(f"{host}:{port}")
        return next(answers, ["127.0.0.1"])

    def connect(_: socket.socket, address: object) -> None:
        went.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", _never)
    monkeypatch.setattr(socket.socket, "connect", connect)
    wire = Client(Policy(ports=(canaries.port,), resolve=resolve))
    target = Target.parse(f"http://rebound.example:{canaries.port}/")
    with pytest.raises(OutboundError):
        wire.get(target)
    assert asked == [f"rebound.example:{canaries.port}"]
    assert went == [(PUBLIC[0], canaries.port)]
    with pytest.raises(TargetError):  # late change: the next request asks and judges anew
        wire.get(target)
    assert len(went) == 1
    assert canaries.visits == []


def _never(*_: object, **__: object) -> None:
    raise AssertionError("a name was looked up a second time")


def test_a_redirect_is_an_answer(canaries: Canary) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        location = f"http://127.8.8.8:{canaries.port}/"

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                answer = f"HTTP/1.1 307 Go\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
                connection.sendall(answer.encode())

        thread = threading.Thread(target=serve)
        thread.start()
        policy = Policy(private=(ip_network("127.0.0.1/32"),))
        answer = Client(policy).get(Target.parse(f"http://127.0.0.1:{port}/"))
        thread.join()
    assert answer.status == 307
    assert canaries.visits == []


def test_ports_are_a_list_and_private_networks_an_exception() -> None:
    assert Policy().admit("https://example.com/", https=True).port == 443
    for url in ("https://example.com:22/", "https://93.184.215.14:8080/"):
        with pytest.raises(TargetError, match="port"):
            Policy().admit(url, https=True)
    with pytest.raises(TargetError, match="https"):
        Policy().admit("http://example.com/", https=True)
    local = Policy(private=(ip_network("127.0.0.0/8"),))
    assert local.admit("http://127.0.0.1:3000/", https=False).port == 3000
    assert local.admit("http://localhost:3000/", https=False).port == 3000
    with pytest.raises(TargetError):
        local.admit("http://10.0.0.1/", https=False)


@pytest.mark.parametrize(
    "text", [*PUBLIC, "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8"]
)
def test_public_addresses_are_public(text: str) -> None:
    assert addresses.is_public(ip_address(text))


def test_whatever_python_calls_private_is_not_public() -> None:
    """The lists are ours; the standard library's must not know more than they do."""
    for network in ("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "192.0.2.0/24", "240.0.0.0/4"):
        for address in (ip_network(network)[0], ip_network(network)[-1]):
            assert not addresses.is_public(address)
    for number in range(0, 2**32, 65_521 * 13):
        address = ip_address(number)
        if addresses.is_public(address):
            assert address.is_global
            assert not address.is_multicast
