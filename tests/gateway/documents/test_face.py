"""Invoices to Spain's administration: issued as Facturae, signed, put out for FACe, followed."""

import base64
import datetime
import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

from formats.facturae import read, read_element
from formats.signatures.trust import Terms
from formats.signatures.xml import check, read_signed
from gateway.channels.credentials import Credentials
from gateway.channels.registry import adapters
from gateway.fsck.service import check as audited
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.transmissions.policy import Policy
from gateway.transmissions.worker import Worker
from tests.formats.facturae.spanish import CENTRES, DRAFT, SELLER, violations
from tests.formats.signatures.pki import rsa_key
from tests.gateway.houses import House, Json, Shop, opened
from tests.gateway.houses import rules as named

pytestmark = [pytest.mark.official, pytest.mark.timeout(300)]


def _key() -> Json:
    key = rsa_key("facturae")
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Suministros Duero")])
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 7)
        .not_valid_before(now)
        .not_valid_after(now.replace(year=2046))
        .sign(key, hashes.SHA256())
    )
    file = serialize_key_and_certificates(
        None, key, certificate, None, BestAvailableEncryption(b"clave")
    )
    return {
        "name": "Facturae",
        "purposes": ["document-seal"],
        "pkcs12": base64.b64encode(file).decode(),
        "password": "clave",
    }


@pytest.fixture(scope="module")
def house(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[House]:
    data = tmp_path_factory.mktemp("face")
    drop = data / "drop"
    drop.mkdir()
    with opened(
        postgres, data, schemas_dir=str(official), es_face_test_url=drop.as_uri()
    ) as found:
        yield found


@pytest.fixture
def drop(house: House) -> Path:
    return house.runtime.settings.data / "drop"


@contextmanager
def working(house: House) -> Iterator[None]:
    """Let a worker send what is queued, and ask often."""
    runtime = house.runtime
    (adapter,) = (one for one in adapters(runtime.settings) if one.channel == "es-face-test")
    soon = datetime.timedelta(seconds=0.2)
    adapter.conduct = replace(adapter.conduct, first_ask=soon, longest_ask=soon)
    worker = Worker(
        runtime.database,
        runtime.archive,
        [adapter],
        policy=Policy(poll_seconds=0.1),
        chance=random.Random(3).random,  # noqa: S311 - to be repeated
        vault=Credentials(runtime.database, runtime.vault),
    )
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)


def until(seller: Shop, document: str, axis: str, word: str) -> list[Json]:
    """Wait until the document's transmission says a word on an axis."""
    shown: list[Json] = []
    for _ in range(400):
        shown = seller.get(f"/v1/documents/{document}")["transmissions"]
        if shown[0][axis] == word:
            return shown
        time.sleep(0.05)
    pytest.fail(f"it is {shown}")


def shop(house: House, *, key: bool = True) -> Shop:
    found = Shop.opened(house, "ES", seller=SELLER)
    if key:
        answer = found.call("POST", "/v1/signing-keys/import", _key())
        assert answer.status_code == 201, answer.text
    return found


def body(**changes: object) -> Json:
    day = datetime.date.today() + datetime.timedelta(days=30)  # noqa: DTZ011 - any later day
    return {**DRAFT, "payment_due_date": day.isoformat(), "profile": "facturae-3-2-2"} | changes


def test_what_names_the_units_of_face_is_signed_and_queued_for_it(
    house: House, official: Path
) -> None:
    seller = shop(house)
    issued = seller.issued(body())
    (sent,) = issued["transmissions"]
    assert sent["channel"] == "es-face-test"
    rows = house.sql(
        "select payload, receiver from transmission where id = %s", parse_id(sent["id"], "trn")
    )
    payload, receiver = bytes(rows[0][0]), rows[0][1]
    assert receiver == "DIR3:LA0002340"
    (signature,) = check(payload, Terms(None, datetime.datetime.now(datetime.UTC))).signatures
    outcomes = {one.id: one.outcome.value for one in signature.checks}
    assert outcomes["signature"] == "passed"
    assert violations(official, payload) == []
    plain = seller.call("GET", f"/v1/documents/{issued['id']}/xml").content
    assert read_element(read_signed(signature)) == read(plain)


def test_without_units_it_goes_as_all_do(house: House) -> None:
    issued = shop(house).issued(body(extensions=None))
    assert [one["channel"] for one in issued["transmissions"]] == ["sandbox-network"]


def test_without_a_key_nothing_is_issued(house: House) -> None:
    answer = shop(house, key=False).issue(body())
    assert answer.status_code == 409, answer.text


def test_units_that_are_missing_are_told_before(house: House) -> None:
    extensions = {"facturae": {"administrative_centres": CENTRES[:2]}}
    assert "ES-22" in named(shop(house).issue(body(extensions=extensions)))


def test_a_rehearsal_names_the_channel(house: House) -> None:
    seller = shop(house)
    draft = seller.draft(body())
    answer = seller.call("GET", f"/v1/documents/{draft['id']}/preflight")
    assert answer.status_code == 200, answer.text
    assert "es-face-test" in answer.text


def test_what_face_says_arrives_at_the_document(house: House, drop: Path) -> None:
    seller = shop(house)
    document = seller.issued(body())["id"]
    with working(house):
        (sent,) = until(seller, document, "transport", "submitted")
        (file,) = (one for one in (drop / "out").iterdir() if sent["message_id"] in one.name)
        file.unlink()
        for at, code in enumerate(("1200", "1300", "2500")):
            said = {"numeroRegistro": "2026", "tramitacion": {"codigo": code}}
            (drop / "in" / f"{file.stem}.{at}.json").write_text(json.dumps(said))
        (paid,) = until(seller, document, "business", "paid")
    assert paid["regulatory"] == "accepted"
    report = audited(house.admin_url, house.runtime.settings.data)
    assert report.problems == ()
