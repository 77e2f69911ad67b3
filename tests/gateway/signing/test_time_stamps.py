"""Seals carry time stamps where authorities are set up; a missing one never stops a document."""

import datetime
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest

from formats.signatures import pdf, timestamp
from formats.signatures.report import Indication, Signature
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.xml import check
from gateway.archive.service import EvidenceItem
from gateway.documents.held import seat_of
from gateway.documents.sealing import Seals
from gateway.kit import clock, outbound
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import TenantTransaction
from gateway.sandbox.kit.door import running
from gateway.sandbox.trust.service import TrustService
from gateway.settings import Settings
from gateway.signing import stores, time_stamps
from gateway.signing.time_stamps import NoTimeStampError, Stamp, TimeStamps
from tests.gateway.delivery.test_pdf import pdf_of
from tests.gateway.houses import House, Json, Shop, opened
from tests.gateway.signing.authority import Authority, der
from tests.gateway.signing.conftest import tenant_of
from tests.gateway.signing.test_endpoints import brought
from tests.gateway.signing.test_seals import STORE, evidence, wants

MINUTE = datetime.timedelta(minutes=1)
STORE_NAME = "stamps"


@dataclass
class Tsa:
    """A time stamping authority that may misbehave."""

    service: TrustService
    home: str

    @property
    def url(self) -> str:
        return f"{self.home}/tsa"

    @property
    def store(self) -> TrustStore:
        return TrustStore(STORE_NAME, (der(self.service.ca.root.certificate),))

    @property
    def asked(self) -> int:
        return int(self.service.book.counters().get("stamped", 0))

    def put(self, what: str, body: Json) -> None:
        answer = httpx2.put(f"{self.home}/__sandbox/{what}", json=body, trust_env=False)
        assert answer.status_code == 200, answer.text

    def fails(self, *rules: dict[str, Any]) -> None:
        self.put("faults", {"rules": [{"where": "tsa", "nth": 1} | rule for rule in rules]})


@pytest.fixture(scope="module")
def _tsa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tsa]:
    service = TrustService(tmp_path_factory.mktemp("tsa"))
    with running(service) as door:
        service.ca.here = door.url
        yield Tsa(service, door.url)
    service.book.close()


@pytest.fixture
def tsa(_tsa: Tsa) -> Tsa:
    _tsa.fails()
    _tsa.put("clock", {})
    return _tsa


@pytest.fixture(scope="module")
def nobody() -> str:
    """Return an address where nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{held.getsockname()[1]}/tsa"


@pytest.fixture(scope="module")
def house(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, _tsa: Tsa
) -> Iterator[House]:
    settings: Json = {"tsa_urls": _tsa.url, "tsa_trust": STORE_NAME, "tsa_seconds": 2}
    with opened(postgres, tmp_path_factory.mktemp("house"), **settings) as house:
        with house.runtime.database.worker_transaction() as tx:
            stores.add(tx, _tsa.store, clock.now())
        yield house


@pytest.fixture
def shop(house: House) -> Shop:
    shop = Shop.opened(house)
    brought(shop)
    wants(shop, {"documents": "xades", "pdf": True})
    return shop


def seal_of(shop: Shop, document: Json, tsa: Tsa) -> Signature:
    """Return what a reader makes of a document's seal a moment later."""
    content, made = (evidence(shop, document, role) for role in ("document", "signature"))
    terms = Terms(STORE, clock.now() + MINUTE, stamps=tsa.store)
    found = check(made, terms, detached={"invoice.xml": content})
    assert found.indication is Indication.TOTAL_PASSED, found
    return found.signatures[0]


def told(shop: Shop) -> Json:
    listed: list[Json] = shop.get("/v1/events?limit=200")["data"]
    (event,) = [one for one in listed if one["type"] == "invoice.finalized"]
    seal: Json = event["data"]["seal"]
    return seal


def test_a_seal_has_a_time_stamp_that_a_reader_believes(shop: Shop, tsa: Tsa) -> None:
    before = tsa.asked
    document = shop.issued()
    seal = seal_of(shop, document, tsa)
    assert seal.format == "XAdES-T"
    assert seal.proven_at is not None
    assert abs(seal.proven_at - clock.now()) < MINUTE
    assert told(shop) == {"form": "xades", "time_stamp": True, "without_because": None}
    assert tsa.asked == before + 1


def test_a_pdf_has_one_too(shop: Shop, tsa: Tsa) -> None:
    content = pdf_of(shop, shop.issued()).content
    terms = Terms(STORE, clock.now() + MINUTE, stamps=tsa.store)
    (seal,) = pdf.check(content, terms).report.signatures
    assert (seal.format, seal.passed, seal.proven_at is not None) == ("PAdES-T", True, True)


def test_without_an_answer_the_seal_has_none_and_says_so(shop: Shop, tsa: Tsa) -> None:
    tsa.fails({"fault": "http_error_before_accept", "status": 503})
    document = shop.issued()
    assert seal_of(shop, document, tsa).format == "XAdES-B"
    said = told(shop)
    assert said["time_stamp"] is False
    assert "503" in said["without_because"]
    assert "/tsa" not in said["without_because"]  # an address may hold a secret
    content = pdf_of(shop, document).content
    (seal,) = pdf.check(content, Terms(STORE, clock.now() + MINUTE)).report.signatures
    assert seal.format == "PAdES-B"


def stamps(*urls: str, seconds: float = 2) -> TimeStamps:
    return TimeStamps(urls, STORE_NAME, seconds)


def why_not(tsa: Tsa, by: TimeStamps, store: TrustStore | None = None) -> str:
    with pytest.raises(NoTimeStampError) as caught:
        by.token(b"hello", store or tsa.store)
    return str(caught.value)


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ({"fault": "wrong_signature"}, "signature"),
        ({"fault": "drop_before_accept"}, "broke"),
        ({"fault": "drop_after_accept"}, "broke"),
        ({"fault": "redirect"}, "307"),
        ({"fault": "huge"}, "no time stamp"),
        ({"fault": "garbage"}, "RFC 3161"),
        ({"fault": "empty", "status": 200}, "RFC 3161"),
        ({"fault": "clock_skew", "seconds": 300}, "moment of judgement"),
        ({"fault": "clock_skew", "seconds": -300}, "clock is wrong"),
        ({"fault": "trickle", "seconds": 20}, "in time"),
    ],
)
def test_a_bad_answer_is_no_time_stamp(tsa: Tsa, rule: dict[str, Any], word: str) -> None:
    tsa.fails(rule)
    assert word in why_not(tsa, stamps(tsa.url, seconds=1))


def test_the_answer_to_another_question_is_no_time_stamp(tsa: Tsa) -> None:
    stamps(tsa.url).token(b"other", tsa.store)
    tsa.fails({"fault": "foreign_answer"})
    assert "nonce" in why_not(tsa, stamps(tsa.url))


def test_whom_the_store_does_not_believe_gives_none(tsa: Tsa) -> None:
    other = TrustStore("other", (der(Authority.root(now=clock.now()).certificate),))
    assert "other" in why_not(tsa, stamps(tsa.url), other)


def test_the_next_authority_is_asked_and_the_absent_one_not_waited_for(
    tsa: Tsa, nobody: str
) -> None:
    both = stamps(nobody, tsa.url)
    for _ in range(2):
        token = both.token(b"hello", tsa.store)
        found = timestamp.check(token, b"hello", Terms(tsa.store, clock.now() + MINUTE))
        assert found.proven is not None
    tsa.fails({"fault": "garbage"})
    assert "a moment ago" in why_not(tsa, both)


@pytest.fixture
def silent() -> Iterator[tuple[str, ...]]:
    """Return the addresses of three authorities that take a question and say nothing."""
    with ExitStack() as open_ones:
        found = []
        for _ in range(3):
            one = open_ones.enter_context(socket.create_server(("127.0.0.1", 0), backlog=50))
            found.append(f"http://127.0.0.1:{one.getsockname()[1]}/tsa")
        yield tuple(found)


def test_three_silent_authorities_take_one_short_time_together(
    tsa: Tsa, silent: tuple[str, ...]
) -> None:
    by = stamps(*silent, seconds=0.6)
    begun = time.monotonic()
    assert why_not(tsa, by).count("127.0.0.1: no ") == 3  # no answer, or no time left for one
    assert time.monotonic() - begun < 1.2
    begun = time.monotonic()
    assert why_not(tsa, by).count("silent or slow a moment ago") >= 2
    assert time.monotonic() - begun < 0.6


def test_three_silent_authorities_stop_nothing(shop: Shop, silent: tuple[str, ...]) -> None:
    document = EvidenceItem("document", "invoice.xml", "application/xml", b"<a/>")
    with shop.house.runtime.database.transaction(tenant_of(shop)) as tx:
        by = TimeStamps(silent, STORE_NAME, 0.3)
        seals = Seals(shop.house.runtime.vault.for_purpose, by)
        sealed = seals.of(tx, seat_of(tx), document, clock.now())
    assert len(sealed.items) == 1
    assert sealed.told["seal"]["time_stamp"] is False
    assert sealed.told["seal"]["without_because"].count("127.0.0.1: no ") == 3


def test_a_name_that_nobody_resolves_takes_no_longer(
    tsa: Tsa, monkeypatch: pytest.MonkeyPatch
) -> None:
    let = threading.Event()

    def lookup(_host: str, _port: int) -> list[str]:
        let.wait(10)
        return []

    monkeypatch.setattr(outbound, "lookup", lookup)
    begun = time.monotonic()
    assert "in time" in why_not(tsa, stamps("http://tsa.invalid/", seconds=0.2))
    assert time.monotonic() - begun < 2
    let.set()


def test_one_that_is_slow_gives_its_stamp_and_is_left_alone_for_a_while(
    tsa: Tsa, monkeypatch: pytest.MonkeyPatch
) -> None:
    tsa.fails({"fault": "latency", "seconds": 1.7})
    by = stamps(tsa.url, seconds=3)
    assert by.token(b"hello", tsa.store)
    assert "slow a moment ago" in why_not(tsa, by)
    tsa.fails()
    later = clock.now() + 2 * MINUTE
    monkeypatch.setattr(time_stamps, "clock", SimpleNamespace(now=lambda: later))
    for _ in range(2):  # it is asked again, was quick, and is asked as ever
        assert "clock is wrong" in why_not(tsa, by)


def test_what_stamps_may_take_is_held_to_what_requests_wait(tmp_path: Path) -> None:
    common: Json = {"data": tmp_path, "tsa_urls": "http://tsa.invalid/"}
    for wrong in ({"tsa_seconds": 3}, {"idle_seconds": 3}, {"pool_seconds": 3.9}):
        with pytest.raises(ValueError, match="tsa_seconds must be at most"):
            Settings(**common, **wrong)
    assert Settings(**common).tsa_seconds == 2


def test_a_store_that_believes_nobody_gets_none(house: House, tsa: Tsa) -> None:
    with house.runtime.database.worker_transaction() as tx:
        stamp = TimeStamps((tsa.url,), "absent", 2)(tx)
        assert TimeStamps((), "absent", 2)(tx) is None
    assert stamp is not None
    with pytest.raises(NoTimeStampError, match="absent"):
        stamp(b"hello")


def test_the_series_is_free_while_an_authority_is_asked(shop: Shop) -> None:
    free: list[int] = []
    query = "select 1 from series where entity_id = %s for update nowait"

    def looking(_tx: TenantTransaction) -> Stamp | None:
        def stamp(_data: bytes) -> bytes:
            free.append(len(shop.house.sql(query, parse_id(shop.entity, "ent"))))
            raise NoTimeStampError("it looks only")

        return stamp

    shop.issued()  # makes the series
    issuer = shop.house.runtime.documents.issuer
    before = issuer.seals
    object.__setattr__(issuer, "seals", Seals(shop.house.runtime.vault.for_purpose, looking))
    try:
        shop.issued()
    finally:
        object.__setattr__(issuer, "seals", before)
    assert len(free) == 1
    assert free[0] > 0


def test_nobody_is_asked_while_others_wait_for_the_number(shop: Shop) -> None:
    def never(_tx: TenantTransaction) -> Stamp | None:
        def stamp(_data: bytes) -> bytes:
            raise AssertionError("asked while the series was held")

        return stamp

    document = EvidenceItem("document", "invoice.xml", "application/xml", b"<a/>")
    with shop.house.runtime.database.transaction(tenant_of(shop)) as tx:
        seat = seat_of(tx)
        seals = Seals(shop.house.runtime.vault.for_purpose, never)
        sealed = seals.of(tx, seat, document, clock.now(), hurry=True)
        assert len(sealed.items) == 1
        assert sealed.told["seal"]["time_stamp"] is False
        with pytest.raises(AssertionError):
            seals.of(tx, seat, document, clock.now())
