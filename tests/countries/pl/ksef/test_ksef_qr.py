import base64
import datetime
import hashlib
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from countries.pl.ksef_qr import (
    Context,
    Environment,
    certificate_address,
    certificate_statement,
    invoice_address,
    invoice_hash,
)

HASH = "UtQp9Gpc51y-u3xApZjIjgkpZ01js-J8KflSPW8WzIE"
STATEMENT = (
    "qr-test.ksef.mf.gov.pl/certificate/Nip/1111111111/1111111111/01F20A5D352AE590/"
    "UtQp9Gpc51y-u3xApZjIjgkpZ01js-J8KflSPW8WzIE"
)
DAY = datetime.date(2026, 2, 1)


@pytest.mark.official
def test_code_one_is_the_published_address(official: Path) -> None:
    vectors = json.loads((official / "vectors" / "pl-ksef.json").read_text())["qr_code_1"]
    for one in vectors:
        day = datetime.datetime.strptime(one["date"], "%d-%m-%Y").date()  # noqa: DTZ007 - a day
        address = invoice_address(Environment.TEST, one["nip"], day, one["sha256_base64url"])
        assert address == one["url"]
    assert vectors


@pytest.mark.parametrize(
    ("environment", "host"),
    [
        (Environment.TEST, "qr-test.ksef.mf.gov.pl"),
        (Environment.DEMO, "qr-demo.ksef.mf.gov.pl"),
        (Environment.PRODUCTION, "qr.ksef.mf.gov.pl"),
    ],
)
def test_every_environment_has_its_host(environment: Environment, host: str) -> None:
    address = invoice_address(environment, "1111111111", DAY, HASH)
    assert address == f"https://{host}/invoice/1111111111/01-02-2026/{HASH}"


def test_the_hash_is_of_the_very_bytes() -> None:
    content = b'<?xml version="1.0"?><Faktura/>'
    again = base64.urlsafe_b64decode(invoice_hash(content) + "=")
    assert again == hashlib.sha256(content).digest()
    assert len(invoice_hash(content)) == len(HASH)


@pytest.mark.official
def test_code_two_signs_the_published_string(official: Path) -> None:
    statement = certificate_statement(
        Environment.TEST,
        Context.NIP,
        "1111111111",
        seller_nip="1111111111",
        serial_number="01F20A5D352AE590",
        sha256=HASH,
    )
    assert statement == STATEMENT
    page = (official / "pl-ksef" / "docs" / "kody-qr.md").read_text()
    assert statement in page
    signed = next(line for line in page.splitlines() if line.startswith(f"https://{statement}/"))
    signature = signed.rpartition("/")[2]
    value = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    assert certificate_address(statement, value) == signed


def test_a_signature_over_the_statement_can_be_checked_from_the_address() -> None:
    key = ec.derive_private_key(12345, ec.SECP256R1())
    r, s = decode_dss_signature(key.sign(STATEMENT.encode(), ec.ECDSA(hashes.SHA256())))
    address = certificate_address(STATEMENT, r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    path, _, signature = address.removeprefix("https://").rpartition("/")
    value = base64.urlsafe_b64decode(signature + "==")
    again = encode_dss_signature(
        int.from_bytes(value[:32], "big"), int.from_bytes(value[32:], "big")
    )
    key.public_key().verify(again, path.encode(), ec.ECDSA(hashes.SHA256()))
    assert path == STATEMENT


@pytest.mark.parametrize(
    ("nip", "sha256"), [("PL1111111111", HASH), ("111111111", HASH), ("1111111111", f"{HASH}=")]
)
def test_parts_that_would_lead_elsewhere_are_refused(nip: str, sha256: str) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        invoice_address(Environment.TEST, nip, DAY, sha256)


@pytest.mark.parametrize(
    ("value", "serial"), [("1/2", "01"), ("", "01"), ("1111111111", "01f2"), ("1111111111", "a/b")]
)
def test_what_is_signed_has_no_room_for_more_steps(value: str, serial: str) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        certificate_statement(
            Environment.TEST,
            Context.INTERNAL_ID,
            value,
            seller_nip="1111111111",
            serial_number=serial,
            sha256=HASH,
        )
