"""Heads of the log by mail and under time stamps, as the settings say, in a whole gateway."""

import base64
import email
import email.policy
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from formats.signatures import timestamp
from formats.signatures.trust import Terms, TrustStore
from gateway.anchoring import AnchorSettingsError
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.cosignatures import Witness
from gateway.archive.notes import Verifier
from gateway.archive.service import LogRewoundError
from gateway.archive.witness_request import SIZE_TYPE, AddCheckpoint
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.sandbox.kit.door import running
from gateway.sandbox.trust.service import TrustService
from gateway.signing import stores
from tests.gateway.archive.listening import listening
from tests.gateway.delivery.mailbox import Mailbox, served
from tests.gateway.houses import House, Shop, opened

WITNESS = Witness("witness.example/w1", bytes(32))


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, TrustStore]]:
    service = TrustService(tmp_path_factory.mktemp("tsa"))
    with running(service) as door:
        service.ca.here = door.url
        root = service.ca.root.certificate.public_bytes(Encoding.DER)
        yield f"{door.url}/tsa", TrustStore("stamps", (root,))
    service.book.close()


def newest(house: House) -> Checkpoint:
    ((note,),) = house.sql("select note from log_checkpoint order by size desc limit 1")
    return Checkpoint.read(note)


def test_heads_go_by_mail_and_under_time_stamps(
    postgres: EmbeddedPostgres, tmp_path: Path, tsa: tuple[str, TrustStore]
) -> None:
    url, store = tsa
    box = Mailbox(at_data="451 later")
    with served(box) as port:
        settings: dict[str, object] = {
            "smtp_url": f"smtp+plain://127.0.0.1:{port}",
            "log_anchor_mail": "auditor@example.org",
            "log_anchor_time_stamps": True,
            "log_anchor_minutes": 0,
            "tsa_urls": url,
            "tsa_trust": "stamps",
        }
        with opened(postgres, tmp_path, **settings) as house:
            shop = Shop.opened(house)
            with house.runtime.database.worker_transaction() as tx:
                stores.add(tx, store, clock.now())
            shop.issued()
            house.runtime.heads.anchors.look(clock.now())
            box.at_data = None
            house.sql("update log_anchor set at = at - interval '1 hour'")
            shop.issued()
            house.runtime.heads.anchors.look(clock.now())
            rows = house.sql("select kind, outcome, detail from log_anchor order by id")
            listed = shop.get("/v1/log/anchors")["data"]
            key = shop.call("GET", "/v1/log/key").text
    assert [(kind, outcome) for kind, outcome, _ in rows] == [
        *[("e-mail", "failed"), ("time-stamp", "done")],
        *[("e-mail", "done"), ("time-stamp", "done")],
    ]
    assert rows[0][2] == "451 later"
    (sent,) = box.taken
    assert sent.rcpt_tos == ["auditor@example.org"]
    assert isinstance(sent.content, bytes)
    message = email.message_from_bytes(sent.content, policy=email.policy.default)
    text = message.get_content().replace("\r\n", "\n")
    verifier = Verifier.parse(key)
    head = Checkpoint.verified(text, verifier)
    assert message["subject"] == f"{head.origin}: {head.size}"
    assert [one["kind"] for one in listed] == ["time-stamp", "e-mail", "time-stamp"]
    assert {one["target"] for one in listed} == {"example.org", url.split("/")[2]}
    assert Checkpoint.verified(listed[0]["checkpoint"], verifier) == head
    token = base64.b64decode(listed[0]["receipt"])
    terms = Terms(store, clock.now())
    assert timestamp.check(token, listed[0]["checkpoint"].encode(), terms).proven is not None
    assert timestamp.check(token, listed[2]["checkpoint"].encode(), terms).proven is None


def test_a_gateway_witnesses_over_http_those_it_was_told_of(
    postgres: EmbeddedPostgres, tmp_path: Path
) -> None:
    with opened(postgres, tmp_path / "log") as house:
        shop = Shop.opened(house)
        shop.issued()
        note = shop.call("GET", "/v1/log/checkpoint").text
        key = shop.call("GET", "/v1/log/key").text.strip()
        refused = house.client.post("/v1/witness/add-checkpoint", content=b"old 0\n\n")
        assert refused.status_code == 404, "it is no witness"
        assert house.client.get("/v1/witness/key").status_code == 404
    body = AddCheckpoint(0, (), note).text().encode()
    with opened(postgres, tmp_path / "witness", witnessed_logs=key, witness_name="w/1") as house:
        witness = Witness.parse(house.client.get("/v1/witness/key").text)
        assert witness.name == "w/1"
        assert house.client.post("/v1/witness/add-checkpoint", content=body).status_code == 200
        answer = house.client.post("/v1/witness/add-checkpoint", content=body)
        assert answer.status_code == 409
        size = Checkpoint.read(note).size
        assert answer.headers["content-type"] == SIZE_TYPE
        assert answer.text == f"{size}\n"
        again = AddCheckpoint(size, (), note).text().encode()
        answer = house.client.post("/v1/witness/add-checkpoint", content=again)
        assert answer.status_code == 200
        assert answer.text.startswith("\u2014 w/1 ")
        for content in (b"\xff", b"x" * 70_000):
            answer = house.client.post("/v1/witness/add-checkpoint", content=content)
            assert answer.status_code in {400, 413}


def test_a_start_asks_the_witnesses(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    with listening(lambda *_: (409, SIZE_TYPE, "7000\n")) as url:
        settings = {"log_witnesses": f"{WITNESS} {url}"}
        with pytest.raises(LogRewoundError), opened(postgres, tmp_path, **settings):
            pass
    assert (tmp_path / "log" / "ahead").read_text() == f"7000\n{WITNESS.name}\n"


@pytest.mark.parametrize(
    "settings",
    [
        {"log_witnesses": "nonsense"},
        {"log_witnesses": str(WITNESS)},
        {"log_witnesses": f"{WITNESS} ftp://witness.example"},
        {"log_anchor_urls": "ftp://example.org"},
        {"log_anchor_time_stamps": True},
        {"witnessed_logs": str(WITNESS)},
    ],
)
def test_settings_that_cannot_be_used_are_named(
    postgres: EmbeddedPostgres, tmp_path: Path, settings: dict[str, object]
) -> None:
    with (
        pytest.raises(AnchorSettingsError, match="GATEWAY_"),
        opened(postgres, tmp_path, **settings),
    ):
        pass
