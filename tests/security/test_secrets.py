"""No secret is anywhere but where it belongs (S8), and the scan that says so finds what is."""

import base64
import io
import zipfile
from collections.abc import Callable, Iterator
from uuid import uuid4

import psycopg
import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key
from psycopg import sql
from psycopg.types.json import Json

from gateway.kit.bootstrap import EMBEDDED_LOGIN
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.secrets import MasterKey, UnsealError
from gateway.signing import encryption
from gateway.signing.encryption import (
    MasterKeyEncryption,
    SealedKey,
    context_of,
    secret_context_of,
)
from gateway.signing.kinds import signing_key
from tests.security.loud_wire import KEPT, PLACES, login
from tests.security.scanning import scan, spellings
from tests.security.town import Town, numbers, word

LEAST_CANARIES = 20
SEALED = {
    "signing_secret": ("key_id", context_of),
    "held_secret_value": ("secret_id", secret_context_of),
}


@pytest.fixture(scope="module")
def town(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Drive a whole gateway, then end it by force."""
    name = f"secrets_{uuid4().hex}"
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"create database {name} template gateway_template".encode())
        connection.execute(f"grant connect on database {name} to {EMBEDDED_LOGIN}".encode())
    made = Town(postgres.url(name), tmp_path_factory.mktemp("town"))
    try:
        made.start(postgres.url(name, EMBEDDED_LOGIN))
        made.drive()
        made.crash()
        made.canaries |= sealed_secrets(made)
        yield made
    finally:
        if made.process is not None and made.process.poll() is None:
            made.process.kill()
            made.process.wait()
        with psycopg.connect(postgres.url(), autocommit=True) as connection:
            connection.execute(f"drop database {name} with (force)".encode())


def stolen(town: Town, table: str = "signing_secret") -> list[tuple[str, SealedKey]]:
    which, context = SEALED[table]
    with psycopg.connect(town.admin_url) as connection:
        rows = connection.execute(
            sql.SQL("select entity_id, {}, sealed, data_key, version from {}").format(
                sql.Identifier(which), sql.Identifier(table)
            )
        ).fetchall()
    return [
        (context(entity, one), SealedKey(bytes(sealed), bytes(wrapped), version))
        for entity, one, sealed, wrapped, version in rows
    ]


def sealed_secrets(town: Town) -> dict[str, bytes]:
    """Return what is in the vault, opened with the master key: keys, and what seals them."""
    master = MasterKey(*(town.canaries[f"master key {number}"] for number in range(2)))
    by = MasterKeyEncryption(master)
    found: dict[str, bytes] = {}
    for number, (context, sealed) in enumerate(stolen(town)):
        found[f"data key {number}"] = by.unwrap(sealed.version, sealed.data_key, context)
        private = load_der_private_key(encryption.unseal(by, sealed, context), None)
        found |= numbers(f"kept key {number}", signing_key(private))
    assert len(found) >= 10
    held = stolen(town, "held_secret_value")
    opened = {encryption.unseal(by, sealed, context) for context, sealed in held}
    assert opened == {town.canaries["KSeF token"]}
    for number, (context, sealed) in enumerate(held):
        key = by.unwrap(sealed.version, sealed.data_key, context)
        found[f"data key of a secret {number}"] = key
    return found


def test_no_secret_is_found_anywhere(town: Town, figures: Callable[..., None]) -> None:
    places = town.places()
    assert len(town.canaries) >= LEAST_CANARIES
    size = {place: sum(map(len, contents)) for place, contents in places.items()}
    figures(canaries=len(town.canaries), answers=len(town.answers), bytes=size)
    assert b"broken with NewKey" in places["log"][0]
    assert b"Fatal Python error: Aborted" in places["log"][0]
    assert sum(content.startswith(b"PK") for content in town.answers) == 2  # bundle and export
    assert scan(places, town.canaries) == set()


def test_the_scan_finds_a_canary_in_each_place_however_it_is_spelled(town: Town) -> None:
    secret = word().encode()
    canaries = {"planted": secret}
    for place, contents in town.places().items():
        for spelled in spellings(secret):
            planted = {place: [*contents[:1], b"before " + spelled + b" after"]}
            assert scan(planted, canaries) == {("planted", place)}, (place, spelled)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"x" * 1000 + secret)
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b", packed.getvalue())
    assert scan({"bundle": [outer.getvalue()]}, canaries) == {("planted", "bundle")}


def test_the_scan_finds_what_was_written_to_each_place_for_real(town: Town) -> None:
    secret = word().encode()
    with psycopg.connect(town.admin_url, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update signing_key set name = %s", [secret.decode()])
        connection.execute("update signing_secret set sealed = sealed || %s", [secret])
    with town.log.open("ab") as log:
        log.write(secret)
    planted = town.home / "data" / "planted"
    planted.write_bytes(secret.hex().encode())
    try:
        places = {**town.places(), "answers": [*town.answers, secret]}
        found = scan(places, {"planted": secret})
    finally:
        planted.unlink()
        text = town.log.read_bytes()
        town.log.write_bytes(text.replace(secret, b""))
        with psycopg.connect(town.admin_url, autocommit=True) as connection:
            connection.execute("set session_replication_role = replica")
            cut = "update signing_secret set sealed = substr(sealed, 1, length(sealed) - %s)"
            connection.execute(cut, [len(secret)])
            connection.execute("update signing_key set name = 'x'")
    assert {place for _, place in found} == {"database", "log", "answers", "files"}


def test_each_secret_of_the_wire_is_there_to_be_found_and_the_recorder_leaves_it_out(
    town: Town,
) -> None:
    """What is recorded is what stands beside them; were one left in, the scan would tell which."""
    wire = {place: town.canaries[place] for place in PLACES}
    asked, answer = login({place: secret.decode() for place, secret in wire.items()})
    heard = [repr(asked.headers), asked.url, repr(answer.headers)]
    raw = [asked.body, answer.body, *(text.encode() for text in heard)]
    assert scan({"wire": raw}, wire) == {(place, "wire") for place in PLACES}
    assert scan({"kept": [asked.head(), *map(asked.kept, raw[:2])]}, wire) == set()
    places = town.places()
    for place in ("database", "answers"):
        assert any(KEPT.encode() in content for content in places[place]), place


@pytest.mark.parametrize("column", ["request", "body", "answer", "headers"])
def test_a_secret_in_what_is_recorded_of_an_exchange_is_found(town: Town, column: str) -> None:
    secret = word()
    written = Json([["X-Session", secret]]) if column == "headers" else secret.encode()
    change = sql.SQL("update exchange set {} = %s where number = 1")
    with psycopg.connect(town.admin_url, autocommit=True) as connection:
        done = connection.execute(change.format(sql.Identifier(column)), [written])
    assert done.rowcount >= 1
    assert scan(town.places(), {"planted": secret.encode()}) == {("planted", "database")}


def test_what_is_stolen_without_the_master_key_opens_nothing(town: Town) -> None:
    rows = stolen(town) + stolen(town, "held_secret_value")
    assert len(rows) >= 6
    thief = MasterKey(b"t" * 32)
    for context, sealed in rows:
        pretended = SealedKey(sealed.sealed, sealed.data_key, f"master:{thief.versions[0]}")
        with pytest.raises(UnsealError):
            encryption.unseal(MasterKeyEncryption(thief), pretended, context)


def test_spellings_are_found_in_the_middle_of_texts() -> None:
    secret = word().encode()
    for begin in range(6):
        text = base64.b64encode(b"y" * begin + secret + b"z" * 7)
        assert any(one in text for one in spellings(secret)), begin
