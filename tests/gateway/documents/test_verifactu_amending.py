"""Spanish invoices after their first record: mended, and cancelled."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from gateway.chains.repository import ForeignRow
from gateway.chains.reseeding import reseed
from gateway.fsck.service import check
from gateway.kit.clock import now
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.transmissions.journal import VOID_AGAIN
from tests.formats.facturae.spanish import CENTRES
from tests.gateway.documents.test_face import _key
from tests.gateway.documents.test_verifactu import (
    BUYER,
    TEST,
    Market,
    a_nif,
    nif_of,
    opened_market,
    record_of,
    sale,
    sent_of,
    text,
    told,
)
from tests.gateway.houses import Json, Shop, kind
from tests.gateway.signing.conftest import tenant_of

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[Market]:
    with opened_market(postgres, tmp_path_factory.mktemp("amending"), official) as found:
        yield found


@pytest.fixture(autouse=True)
def undisturbed(market: Market) -> None:
    market.tell("script", {})


def again(shop: Shop, document: Json, **said: object) -> httpx2.Response:
    """Mend the record of a document."""
    body: Json = {"reason": "Dato erróneo"} | ({"spain": said} if said else {})
    return shop.call("POST", f"/v1/documents/{document['id']}/fiscal-records", body)


def mended(shop: Shop, document: Json, **said: object) -> None:
    answer = again(shop, document, **said)
    assert answer.status_code == 200, answer.text


def void(shop: Shop, document: Json) -> httpx2.Response:
    """Take back what has not left for the buyer, and void the document."""
    shop.take_back(document["id"], but=TEST)
    return voided(shop, document)


def voided(shop: Shop, document: Json) -> httpx2.Response:
    return shop.call("POST", f"/v1/documents/{document['id']}/void", {"reason": "No hubo venta"})


def records(shop: Shop, document: Json) -> list[tuple[str, str]]:
    rows = shop.get(f"/v1/documents/{document['id']}/fiscal-records")["data"]
    return [(row["kind"], row["regulatory"]) for row in rows]


def standing(market: Market, shop: Shop, document: Json) -> str:
    """Return how an invoice stands with the AEAT."""
    rows = httpx2.get(f"{market.url}/__sandbox/ledger", trust_env=False).json()["invoices"]
    named = (nif_of(shop), document["number"])
    ours = [row for row in rows if (row["issuer"], row["number"]) == named]
    return str(ours[0]["state"]) if ours else "none"


def test_an_invoice_that_should_not_be_is_cancelled_in_the_chain(market: Market) -> None:
    shop = market.shop()
    sold, other = shop.issued(sale()), shop.issued(sale())
    early = void(shop, sold)
    assert (early.status_code, kind(early)) == (409, "fiscal-record-pending")
    with market.working():
        told(shop, sold)
        last = told(shop, other)
        answer = void(shop, sold)
        assert answer.status_code == 200, answer.text
        assert (answer.json()["state"], answer.json()["status"]) == ("voided", "voided")
        shown = told(shop, sold)
    assert records(shop, sold) == [("issue", "reported"), ("cancel", "reported")]
    assert standing(market, shop, sold) == "Anulada"
    record = record_of(shop, sold)
    assert text(record, "IDFactura", "NumSerieFacturaAnulada") == sold["number"]
    assert text(record, "SinRegistroPrevio") == text(record, "RechazoPrevio") == ""
    before = text(record, "Encadenamiento", "RegistroAnterior", "Huella")
    assert before == last["stamps"][0]["identifier"]
    marks = {one["kind"]: one["identifier"] for one in shown["stamps"]}
    assert marks["huella-anulacion"] == text(record, "Huella")
    twice = void(shop, sold)
    assert (twice.status_code, kind(twice)) == (409, "fiscal-record-stands")
    late = again(shop, sold)
    assert (late.status_code, kind(late)) == (409, "document-state")
    shop.issued(sale())
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()


def test_what_is_voided_reaches_no_receiver_any_more(market: Market) -> None:
    shop = market.shop()
    made = shop.call("POST", "/v1/signing-keys/import", _key())
    assert made.status_code == 201, made.text
    units = {"facturae": {"administrative_centres": CENTRES}}
    sold = shop.issued(sale(profile="facturae-3-2-2", extensions=units))
    with market.working():
        shown = told(shop, sold)
        (face,) = (one for one in shown["transmissions"] if one["channel"] == "es-face-test")
        early = voided(shop, sold)
        assert (early.status_code, kind(early)) == (409, "document-state")
        taken = shop.call("POST", f"/v1/transmissions/{face['id']}/cancel", {"reason": "No"})
        assert taken.status_code == 200, taken.text
        assert void(shop, sold).status_code == 200
        shown = told(shop, sold)
    assert standing(market, shop, sold) == "Anulada"
    (face,) = (one for one in shown["transmissions"] if one["channel"] == "es-face-test")
    assert face["transport"] == "cancelled_before_send"


def test_a_chain_that_was_closed_is_followed_by_one_that_names_its_last_record(
    market: Market,
) -> None:
    shop = market.shop()
    sold = shop.issued(sale())
    database = market.house.runtime.database
    with market.working():
        last = told(shop, sold)
        with database.transaction(tenant_of(shop)) as tx:
            ((key,),) = market.house.sql(
                "select chain_key from chain where entity_id = %s", tx.entity_id
            )
            known = [ForeignRow(chain_key="", sequence=1, digest=last["stamps"][0]["identifier"])]
            reseed(tx, key, reason="moved", way="authority", known=known, now=now())
        following = told(shop, shop.issued(sale()))
    assert sent_of(following)["regulatory"] == "reported"
    link = record_of(shop, following)
    before = text(link, "Encadenamiento", "RegistroAnterior", "NumSerieFactura")
    assert before == sold["number"]


def test_what_was_taken_with_errors_is_mended(market: Market) -> None:
    shop, buyer = market.shop(), a_nif()
    market.tell("script", {"unknown": [buyer]})
    sold = shop.issued(sale(buyer={**BUYER, "vat_identifier": f"ES{buyer}"}))
    with market.working():
        assert sent_of(told(shop, sold))["regulatory"] == "accepted_with_warnings"
        known = {"nombre_razon": "Cliente", "codigo_pais": "ES", "id_type": "07", "numero": buyer}
        mended(shop, sold, destinatario=known)
        shown = told(shop, sold)
    assert records(shop, sold) == [("issue", "accepted_with_warnings"), ("mend", "reported")]
    assert standing(market, shop, sold) == "Correcta"
    record = record_of(shop, sold)
    assert (text(record, "Subsanacion"), text(record, "RechazoPrevio")) == ("S", "")
    assert text(record, "Destinatarios", "IDDestinatario", "IDOtro", "ID") == buyer
    assert [one["kind"] for one in shown["stamps"]].count("huella") == 2


def test_what_was_refused_is_mended_or_cancelled(market: Market) -> None:
    """The AEAT's clock was two days slow, so all invoices were of its future (1112)."""
    shop = market.shop()
    market.tell("clock", {"ahead": -2 * 86400})
    first, second, third = (shop.issued(sale()) for _ in range(3))
    try:
        with market.working():
            for one in (first, second, third):
                assert sent_of(told(shop, one))["regulatory"] == "rejected"
            mended(shop, first)
            assert sent_of(told(shop, first))["regulatory"] == "rejected"
            market.tell("clock", {})
            mended(shop, first)
            assert void(shop, second).status_code == 200
            shown = [told(shop, one) for one in (first, second)]
    finally:
        market.tell("clock", {})
    assert records(shop, first) == [
        ("issue", "rejected"),
        ("mend", "rejected"),
        ("mend", "reported"),
    ]
    assert text(record_of(shop, first), "RechazoPrevio") == "X"
    assert records(shop, second) == [("issue", "rejected"), ("cancel", "reported")]
    assert text(record_of(shop, second), "SinRegistroPrevio") == "S"
    assert [standing(market, shop, one) for one in (first, second, third)] == [
        "Correcta",
        "Anulada",
        "none",
    ]
    why = shop.get(f"/v1/transmissions/{shown[0]['transmissions'][-1]['id']}/why")
    assert why["headline"]["status"] != "rejected"  # what was mended counts no more
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()


def test_a_refused_cancellation_says_so_and_is_said_again(market: Market) -> None:
    """The AEAT lost the invoice, so there is nothing to cancel (3002)."""
    shop = market.shop()
    sold = shop.issued(sale())
    with market.working():
        told(shop, sold)
        forget(market, sold)
        assert void(shop, sold).json()["status"] == "voided"
        refused = told(shop, sold)
        assert sent_of(refused)["regulatory"] == "rejected"
        assert (refused["state"], refused["status"]) == ("voided", "void_refused")
        assert shop.get(f"/v1/documents/{sold['id']}/status")["status"] == "void_refused"
        why = shop.get(f"/v1/transmissions/{refused['transmissions'][-1]['id']}/why")
        assert why["headline"]["status"] == "void_refused"
        events = shop.get("/v1/events?limit=200")["data"]
        (event,) = [one for one in events if one["type"] == "document.void_refused"]
        assert event["document_id"] == sold["id"]
        assert event["data"]["reason"] == "3002"
        assert event["data"]["fix"] == VOID_AGAIN
        assert void(shop, sold).status_code == 200
        shown = told(shop, sold)
    assert records(shop, sold) == [
        ("issue", "reported"),
        ("cancel", "rejected"),
        ("cancel", "reported"),
    ]
    record = record_of(shop, sold)
    assert (text(record, "RechazoPrevio"), text(record, "SinRegistroPrevio")) == ("S", "S")
    assert shown["status"] == "voided"
    assert standing(market, shop, sold) == "Anulada"


def forget(market: Market, document: Json) -> None:
    """Let the AEAT have no such invoice."""
    market.office.book.execute("delete from invoice where number = ?", (document["number"],))


def test_nobody_mends_what_no_authority_was_told_of(market: Market) -> None:
    shop = Shop.opened(market.house)
    issued = shop.issued()
    answer = again(shop, issued)
    assert (answer.status_code, kind(answer)) == (409, "fiscal-record-stands")
    assert records(shop, issued) == []


def test_what_would_be_refused_again_is_found_before(market: Market) -> None:
    shop = market.shop()
    sold = shop.issued(sale())
    with market.working():
        told(shop, sold)
    answer = again(shop, sold, destinatario={"nombre_razon": "A", "nif": "B12345675"})
    assert (answer.status_code, kind(answer)) == (422, "invoice-not-compliant")
    assert records(shop, sold) == [("issue", "reported")]


def test_the_reason_of_a_correction_is_told(market: Market) -> None:
    shop = market.shop()
    body = {"reason": "Error fundado", "extensions": {"spain": {"tipo_factura": "R4"}}}
    sold = shop.issued(sale())
    draft = shop.call("POST", f"/v1/documents/{sold['id']}/corrections", body).json()
    done = shop.call("POST", f"/v1/credit-notes/{draft['id']}/finalize")
    assert done.status_code == 200, done.text
    assert text(record_of(shop, done.json()), "TipoFactura") == "R4"
