"""What was given for heads of the log is checked again: it may have been changed since."""

import datetime
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from typer.testing import CliRunner

from formats.signatures.trust import TrustStore
from gateway.anchor_receipts import Receipts
from gateway.archive.anchored import Attempt
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.cosignatures import Witness, cosign
from gateway.cli.application import application
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.sandbox.kit.door import running
from gateway.sandbox.trust.service import TrustService
from gateway.signing import stores
from tests.gateway.houses import Shop, opened

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
HEAD = Checkpoint("log.example/1", 7, sha256(b"root").digest())
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS = Witness("witness.example/1", KEY.public_key().public_bytes_raw())


def cosigned(text: str = HEAD.text()) -> Attempt:
    note = HEAD.sign(Ed25519PrivateKey.from_private_bytes(bytes(32)))
    line = cosign(text, WITNESS.name, KEY, int(NOW.timestamp()))
    return Attempt(
        kind="witness",
        target=WITNESS.name,
        size=HEAD.size,
        root=HEAD.root,
        note=note,
        outcome="done",
        detail="",
        receipt=line.encode(),
        at=NOW,
    )


def test_a_cosignature_is_good_under_the_head_it_was_made_for_alone() -> None:
    receipts = Receipts(None, [WITNESS])
    assert receipts.problem(cosigned()) is None
    other = replace(HEAD, size=8).text()
    assert receipts.problem(cosigned(other)) is not None
    assert receipts.problem(replace(cosigned(), receipt=None)) is not None
    assert receipts.problem(replace(cosigned(), receipt=b"\xff")) is not None


def test_a_cosignature_of_nobody_we_know_is_not_taken_for_good() -> None:
    assert Receipts(None, []).problem(cosigned()) is not None
    elsewhere = replace(cosigned(), target="witness.example/2")
    assert Receipts(None, [WITNESS]).problem(elsewhere) is not None


@pytest.mark.parametrize("changed", [{"outcome": "failed"}, {"kind": "file"}, {"kind": "e-mail"}])
def test_where_nothing_is_given_nothing_can_be_wrong(changed: dict[str, str]) -> None:
    attempt = replace(cosigned(), receipt=None, **changed)  # type: ignore[arg-type] # names of it
    assert Receipts(None, []).problem(attempt) is None


def test_operators_see_a_time_stamp_that_was_exchanged(
    postgres: EmbeddedPostgres, tmp_path: Path
) -> None:
    service = TrustService(tmp_path / "tsa")
    with running(service) as door:
        service.ca.here = door.url
        root = service.ca.root.certificate.public_bytes(Encoding.DER)
        settings: dict[str, object] = {
            "log_anchor_time_stamps": True,
            "log_anchor_minutes": 0,
            "tsa_urls": f"{door.url}/tsa",
            "tsa_trust": "stamps",
        }
        with opened(postgres, tmp_path / "data", **settings) as house:
            with house.runtime.database.worker_transaction() as tx:
                stores.add(tx, TrustStore("stamps", (root,)), clock.now())
            Shop.opened(house).issued()
            house.runtime.heads.anchors.look(clock.now())
            chosen = house.runtime.settings
            assert chosen.database_url is not None
            environment = {
                "DATABASE_URL": chosen.database_url.get_secret_value(),
                "GATEWAY_ADMIN_DATABASE_URL": house.admin_url,
                "GATEWAY_DATA": str(chosen.data),
                "GATEWAY_TSA_TRUST": "stamps",
            }
            command = ["log", "anchors", "--check", "--json"]
            done = CliRunner().invoke(application, command, env=environment)
            (one,) = json.loads(done.stdout)
            assert (done.exit_code, one["fits"], one["wrong"]) == (0, True, None)
            house.sql("update log_anchor set note = note || 'x'")
            done = CliRunner().invoke(application, command, env=environment)
            (one,) = json.loads(done.stdout)
            assert (done.exit_code, one["fits"]) == (1, True)
            assert one["wrong"]
    service.book.close()
