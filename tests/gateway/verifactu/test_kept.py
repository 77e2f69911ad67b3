"""Spanish sellers who keep their records: signed, chained, with a log of events."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from countries.es.verifactu_qr import HEADING, SHORT
from formats.signatures.report import Outcome
from formats.signatures.trust import Terms
from formats.signatures.xml import check as check_signatures
from formats.validation import xsd
from formats.xml import parse
from gateway.fsck.service import check
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.verifactu.summaries import Rounds
from schemas import Catalog
from tests.formats.pdf.documents import text_of
from tests.gateway.documents.test_verifactu import (
    TEST,
    Market,
    opened_market,
    record_of,
    sale,
    sent_of,
    text,
    told,
)
from tests.gateway.documents.test_verifactu import (
    content_of as archived,
)
from tests.gateway.houses import Json, Shop
from tests.gateway.verifactu.kept import (
    KEPT,
    chain_of,
    chosen,
    content_of,
    kept_shop,
    walked,
    walked_events,
)

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[Market]:
    with opened_market(postgres, tmp_path_factory.mktemp("kept"), official) as found:
        yield found


def is_whole(content: bytes) -> bool:
    """Tell whether a document has one signature, which is that of its bytes."""
    (signature,) = check_signatures(content, Terms(None, clock.now())).signatures
    outcomes = {one.id: one.outcome for one in signature.checks}
    return {outcomes["reference"], outcomes["signature"]} == {Outcome.PASSED}


def wrong(official: Path, content: bytes) -> list[str]:
    """Return what the AEAT's schema finds wrong with an event."""
    artefact = Catalog([official]).artefact("es.aeat:verifactu-event", datetime.date(2026, 1, 1))
    return [finding.message for finding in xsd.check(artefact, content)]


def void(shop: Shop, document: Json) -> int:
    shop.take_back(document["id"], but="es-verifactu-test")
    body = {"reason": "No hubo venta"}
    return shop.call("POST", f"/v1/documents/{document['id']}/void", body).status_code


def sound(market: Market) -> None:
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()


def own(event: Json, *path: str) -> str:
    """Return a text of what an event of the chain says itself."""
    return text(parse(content_of(event))[1], "DatosPropiosEvento", *path)


def test_records_are_signed_and_kept_and_the_log_says_since_when(
    market: Market, official: Path
) -> None:
    shop = kept_shop(market)
    sold = [shop.issued(sale()) for _ in range(2)]
    credit = shop.issued(sale(corrects=sold[0]["id"]), "credit-notes")
    assert void(shop, sold[1]) == 200
    shown = shop.get(f"/v1/documents/{sold[1]['id']}")
    assert (shown["state"], shown["status"]) == ("voided", "voided")
    assert all(one["channel"] != TEST for one in shown["transmissions"])

    rows = chain_of(shop, events=False)
    assert [one["kind"] for one in rows] == ["issue", "issue", "issue", "cancel"]
    assert len(walked(rows)) == 4
    assert all(is_whole(content_of(one)) for one in rows)
    assert archived(shop, credit) == content_of(rows[2])
    last = parse(content_of(rows[3]))
    assert text(last, "SinRegistroPrevio") == text(last, "RechazoPrevio") == ""
    assert text(last, "SistemaInformatico", "TipoUsoPosibleSoloVerifactu") == "N"

    events = chain_of(shop, events=True)
    assert walked_events(events) == ["01"]
    assert events[0]["document_id"] is None
    assert all(is_whole(content_of(one)) for one in events)
    assert wrong(official, content_of(events[0])) == []
    sound(market)


def test_the_code_on_paper_promises_nothing(market: Market) -> None:
    shop = kept_shop(market)
    sold = shop.issued(sale())
    assert "/wlpl/TIKE-CONT/ValidarQRNoVerifactu?" in sold["stamps"][0]["qr"]
    page = text_of(shop.call("GET", f"/v1/documents/{sold['id']}/pdf").content)
    assert "".join(HEADING.split()) in "".join(page.split())
    assert SHORT not in page


def test_a_kept_record_is_mended_without_asking_anybody(market: Market) -> None:
    shop = kept_shop(market)
    sold = shop.issued(sale())
    body = {"reason": "Descripción", "spain": {"descripcion_operacion": "Otra cosa"}}
    answer = shop.call("POST", f"/v1/documents/{sold['id']}/fiscal-records", body)
    assert answer.status_code == 200, answer.text
    rows = chain_of(shop, events=False)
    record = parse(content_of(rows[1]))
    assert (text(record, "Subsanacion"), text(record, "RechazoPrevio")) == ("S", "")
    assert text(record, "DescripcionOperacion") == "Otra cosa"
    assert len(walked(rows)) == 2


def test_every_six_hours_the_log_sums_up(market: Market, official: Path) -> None:
    shop = kept_shop(market)
    sold = shop.issued(sale())
    shop.issued(sale(corrects=sold["id"]), "credit-notes")
    runtime = market.house.runtime
    rounds = Rounds(runtime.database, runtime.vault.for_purpose)
    account = market.house.sql("select account_id from entity where id = %s", _id(shop))[0][0]
    tenant = Tenant(account, (_id(shop),), "sandbox")
    now = clock.now()
    assert not rounds.sum_up(tenant, now + datetime.timedelta(hours=5))
    assert rounds.sum_up(tenant, now + datetime.timedelta(hours=6))
    assert not rounds.sum_up(tenant, now + datetime.timedelta(hours=7))
    assert rounds.sum_up(tenant, now + datetime.timedelta(hours=12))
    events = chain_of(shop, events=True)
    assert walked_events(events) == ["01", "10", "10"]
    first, second = events[1:]
    rows = chain_of(shop, events=False)
    counts = [
        own(one, "ResumenEventos", f"NumeroDeRegistrosFacturacion{kind}Generados")
        for one in (first, second)
        for kind in ("Alta", "Anulacion")
    ]
    assert counts == ["2", "0", "0", "0"]
    assert own(first, "ResumenEventos", "SumaImporteTotalAlta") == "0.00"  # sold, and credited
    named = ("ResumenEventos", "RegistroFacturacionFinalPeriodo", "Huella")
    assert own(first, *named) == rows[-1]["digest"]
    assert own(second, *named) == ""
    kinds = ("ResumenEventos", "TipoEvento", "TipoEvento")
    assert [own(one, *kinds) for one in (first, second)] == ["01", "10"]
    assert [wrong(official, content_of(one)) for one in events] == [[], [], []]


def _id(shop: Shop) -> UUID:
    return parse_id(shop.entity, "ent")


def test_what_was_tampered_with_is_found_and_told(market: Market, official: Path) -> None:
    shop = kept_shop(market)
    for _ in range(3):
        shop.issued(sale())
    clean = shop.call("POST", "/v1/verifactu/checks").json()
    assert (clean["records"]["count"], clean["records"]["signed"]) == (3, 3)
    assert clean["records"]["anomalies"] == clean["events"]["anomalies"] == []
    second = chain_of(shop, events=False)[1]
    forged = content_of(second).replace(b">121.00<", b">112.00<")
    assert forged != content_of(second)
    with tampering(market) as connection:
        connection.execute(
            "update chain_record set record = %s where id = %s",
            (forged, parse_id(second["id"], "chr")),
        )
    found = shop.call("POST", "/v1/verifactu/checks").json()["records"]["anomalies"]
    assert [(one["sequence"], one["reason"], one["type"]) for one in found] == [
        (2, "huella", "01"),
        (2, "signature", "02"),
    ]
    events = chain_of(shop, events=True)
    assert walked_events(events) == ["01", "03", "05", "03", "04", "04", "05"]
    assert [wrong(official, content_of(one)) for one in events] == [[]] * 7
    number = ("DeteccionAnomaliasRegFacturacion", "RegistroFacturacionAnomalo", "NumSerieFactura")
    assert own(events[4], *number) == text(parse(forged), "IDFactura", "NumSerieFactura")
    with tampering(market) as connection:  # others look through the same archive
        connection.execute(
            "update chain_record set record = %s where id = %s",
            (content_of(second), parse_id(second["id"], "chr")),
        )


@contextmanager
def tampering(market: Market) -> Iterator[psycopg.Connection[object]]:
    """Let a superuser change what nobody may."""
    with psycopg.connect(market.house.admin_url, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        yield connection


def test_records_and_events_are_exported_as_they_are_held(market: Market, official: Path) -> None:
    shop = kept_shop(market)
    for _ in range(2):
        shop.issued(sale())
    day = clock.now().date().isoformat()
    early = (clock.now().date() - datetime.timedelta(days=1)).isoformat()
    late = (clock.now().date() + datetime.timedelta(days=1)).isoformat()
    answer = shop.call("POST", "/v1/verifactu/exports", {"from": early, "to": late})
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        held = {one: archive.read(one) for one in archive.namelist()}
    rows, events = chain_of(shop, events=False), chain_of(shop, events=True)
    assert held == {
        "registros/00000001-issue.xml": content_of(rows[0]),
        "registros/00000002-issue.xml": content_of(rows[1]),
        "eventos/00000001-event-begin.xml": content_of(events[0]),
    }
    assert walked_events(events) == ["01", "08", "09"]
    place = "ExportacionRegFacturacionPeriodo"
    assert own(events[1], place, "NumeroDeRegistrosFacturacionAltaExportados") == "2"
    assert own(events[1], place, "RegistroFacturacionFinalPeriodo", "Huella") == rows[1]["digest"]
    assert [wrong(official, content_of(one)) for one in events] == [[], [], []]
    nothing = shop.call(
        "POST", "/v1/verifactu/exports", {"from": "2025-01-01", "to": "2025-01-31"}
    )
    assert nothing.json()["type"] == "/problems/verifactu-export-empty"
    backwards = shop.call("POST", "/v1/verifactu/exports", {"from": day, "to": early})
    assert backwards.status_code == 422


def test_what_the_aeat_demands_is_sent_as_it_is_held(market: Market) -> None:
    shop = kept_shop(market)
    sold = [shop.issued(sale()) for _ in range(3)]
    assert void(shop, sold[2]) == 200
    day = clock.now().date()
    days = {
        "from": (day - datetime.timedelta(days=1)).isoformat(),
        "to": (day + datetime.timedelta(days=1)).isoformat(),
    }
    asked = {"reference": "REQ2027001", **days}
    files = shop.call("POST", "/v1/verifactu/demands/files", asked)
    with zipfile.ZipFile(io.BytesIO(files.content)) as archive:
        (name,) = archive.namelist()
        request = archive.read(name)
    assert b"<sum1:RefRequerimiento>REQ2027001<" in request
    assert b"<sum1:FinRequerimiento>S<" in request
    for row in chain_of(shop, events=False):
        content = content_of(row)
        assert content[content.index(b"<sum1:Registro") :].strip() in request
    answer = shop.call("POST", "/v1/verifactu/demands", asked)
    assert answer.status_code == 200, answer.text
    (one,) = answer.json()["requests"]
    assert (one["state"], one["csv"][:2]) == ("Correcto", "A-"), one
    assert [record["number"] for record in one["records"]] == [
        *(document["number"] for document in sold),
        sold[2]["number"],
    ]
    assert [row["state"] for row in market.ledger(shop)] == ["accepted"] * 4
    again = shop.call("POST", "/v1/verifactu/demands", asked).json()["requests"][0]
    assert {record["code"] for record in again["records"]} == {"3000", "3001"}
    assert walked_events(chain_of(shop, events=True)) == ["01", "90", "90"]


def test_who_sent_records_sends_them_until_the_year_ends(market: Market) -> None:
    shop = market.shop()
    shop.issued(sale())
    refused = chosen(shop, **KEPT)
    assert (refused["status"], refused["type"]) == (409, "/problems/verifactu-year")
    year = clock.now().year
    assert chosen(shop, only_verifactu=False, verifactu_until=year)["status"] == 200
    sold = shop.issued(sale())
    with market.working():
        assert sent_of(told(shop, sold))["regulatory"] == "reported"
    header = parse(archived(shop, sold)).find("{*}Cabecera")
    assert header is not None
    assert text(header, "RemisionVoluntaria", "FechaFinVeriFactu") == f"31-12-{year}"
    assert chain_of(shop, events=True) == []


def test_who_kept_records_may_send_them_any_day(market: Market) -> None:
    shop = kept_shop(market)
    kept = [shop.issued(sale()) for _ in range(2)]
    assert chosen(shop, mode="verifactu")["status"] == 200
    assert walked_events(chain_of(shop, events=True)) == ["01", "02"]
    sold = shop.issued(sale())
    with market.working():
        assert sent_of(told(shop, sold))["regulatory"] == "reported"
        assert void(shop, kept[0]) == 200
        assert sent_of(told(shop, kept[0]))["regulatory"] == "reported"
    record = record_of(shop, kept[0])
    assert text(record, "SinRegistroPrevio") == "S"  # the AEAT was never told of it
    assert len(walked(chain_of(shop, events=False))) == 4
    assert walked_events(chain_of(shop, events=True)) == ["01", "02"]
    sound(market)


def test_what_does_not_go_together_is_refused(market: Market) -> None:
    shop = market.shop()
    for wrong_one in (
        {"mode": "no-verifactu"},
        {"verifactu_until": 2027},
        {**KEPT, "verifactu_until": 2027},
    ):
        assert chosen(shop, **wrong_one)["status"] == 422
    without_key = market.shop(None, **KEPT)
    answer = without_key.issue(sale())
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/key-unusable"
