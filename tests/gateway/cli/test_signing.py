"""`gateway keys`: keys made, brought, certified and ended from the command line."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from gateway.cli.signing import brought, made, requested, show
from gateway.kit import clock
from tests.gateway.conftest import Account
from tests.gateway.signing.authority import DAY, Authority, p256, pem

KEYS = "/v1/signing-keys"


@pytest.fixture
def http(account: Account) -> Iterator[httpx2.Client]:
    own = {"Authorization": f"Bearer {account.key}", "Entity-Id": account.new_entity()}
    account.client.headers.update(own)
    yield account.client
    for name in own:
        del account.client.headers[name]


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what the command printed, without what the gateway in this process logged."""
    lines = capsys.readouterr().out.splitlines()
    return "\n".join(line for line in lines if "\x1b" not in line)


def test_a_key_goes_its_way(
    http: httpx2.Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = clock.now()
    root, key = Authority.root(now=now), p256()
    leaf = root.issue(key, begins=now - DAY, ends=now + DAY)
    file = tmp_path / "seal.p12"
    file.write_bytes(
        serialize_key_and_certificates(None, key, leaf, None, BestAvailableEncryption(b"geslo"))
    )
    said = {"name": "Seal", "purposes": ["document-seal"]}
    assert made(http, f"{KEYS}/import", brought(file, "wrong") | said) != 0
    assert "wrong" in capsys.readouterr().err
    assert made(http, f"{KEYS}/import", brought(file, "geslo") | said) == 0
    first = printed(capsys).strip()
    assert made(http, KEYS, {**said, "kind": "p-384"}) == 0
    second = printed(capsys).strip()
    assert requested(http, second, {"common_name": "Seal", "country": None}) == 0
    request = x509.load_pem_x509_csr(printed(capsys).encode())
    issued = root.issue(request.public_key(), begins=now - DAY, ends=now + DAY)
    assert made(http, f"{KEYS}/{second}/certificates", {"certificate": pem(issued)}) == 0
    assert made(http, f"{KEYS}/{first}/retire", None) == 0
    capsys.readouterr()
    assert show(http, as_json=True) == 0
    listed = json.loads(printed(capsys))
    assert {one["id"]: one["status"] for one in listed} == {first: "retired", second: "active"}
    assert show(http, as_json=False) == 0
    assert "retired" in printed(capsys)
