"""Spanish invoices: recorded in the chain of their seller, told to the AEAT, and stamped."""

import base64
import hashlib
import io
import json
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx2
import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from lxml import etree
from psycopg.rows import namedtuple_row
from stdnum.es import dni

from countries.es.verifactu_qr import HEADING, SHORT, VERIFIABLE
from formats.xml import parse
from gateway.archive.verify import verify
from gateway.documents.fiscal.service import Fiscal
from gateway.fsck.blobs import Blobs
from gateway.fsck.chains import examine
from gateway.fsck.service import check
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.sandbox.kit.certificates import name, new_key
from gateway.sandbox.verifactu.office import Office
from gateway.sandbox.verifactu.schema import Schemas
from tests.formats.pdf.documents import text_of
from tests.gateway.auditors.invited import invited
from tests.gateway.beside import opened_beside
from tests.gateway.houses import House, Json, Shop, invoice, kind
from tests.gateway.sending import USUAL, worker

TEST = "es-verifactu-test"
SCHEME = {
    "scheme": "es-verifactu",
    "installation": "1",
    "producer_name": "Software, S.L.",
    "producer_nif": "B12345674",
}
BUYER = {
    "name": "Cliente, S.L.",
    "vat_identifier": "ESB12345674",
    "electronic_address": {"value": "ESB12345674", "scheme_identifier": "9920"},
    "postal_address": {
        "line_1": "Calle Mayor 1",
        "city": "Madrid",
        "post_code": "28001",
        "country_code": "ES",
    },
}
_NUMBERS = iter(range(10_000_000, 20_000_000))

pytestmark = pytest.mark.timeout(300)


def a_nif() -> str:
    number = f"{next(_NUMBERS):08}"
    return number + dni.calc_check_digit(number)


def sale(**changes: object) -> Json:
    """Return a body of 121 euros."""
    line = {
        "item_name": "Servicio",
        "invoiced_quantity": "1",
        "unit_code": "H87",
        "item_net_price": "100.00",
        "vat_category_code": "S",
        "vat_rate": "21",
    }
    usual = {
        "buyer": BUYER,
        "buyer_reference": "1",
        "payment_terms": "15 días",
        "lines": [line],
        "currency_code": "EUR",
    }
    return {**usual, **changes}


def cheaper() -> Json:
    """Return a body of 108.90 euros, whose huella is never that of another's `sale`."""
    body = sale()
    (line,) = body["lines"]
    return {**body, "lines": [{**line, "item_net_price": "90.00"}]}


@dataclass(frozen=True)
class Market:
    """A house, and the AEAT beside it."""

    house: House
    url: str
    office: Office

    def shop(self, nif: str | None = None, **scheme: object) -> Shop:
        """Return a seller with a certificate for the AEAT's door."""
        nif = nif or a_nif()
        seller = {
            "name": "Una empresa",
            "vat_identifier": f"ES{nif}",
            "electronic_address": {"value": f"ES{nif}", "scheme_identifier": "9920"},
            "postal_address": {"line_1": "Gran Vía 2", "city": "Bilbao", "post_code": "48001"},
        }
        shop = Shop.opened(
            self.house,
            "ES",
            name="Una empresa",
            settings={"fiscalization": SCHEME | scheme},
            seller=seller,
        )
        made = shop.call("POST", "/v1/signing-keys/import", self.key())
        assert made.status_code == 201, made.text
        return shop

    def key(self) -> Json:
        """Return a key with a certificate of the local AEAT, to be imported."""
        key = new_key()
        asked = x509.CertificateSigningRequestBuilder().subject_name(name("Una empresa"))
        answer = httpx2.post(
            f"{self.url}/test-certificates?use=client-tls",
            content=asked.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM),
            trust_env=False,
        )
        leaf = x509.load_pem_x509_certificates(answer.content)[0]
        file = pkcs12.serialize_key_and_certificates(
            None, key, leaf, [], BestAvailableEncryption(b"clave")
        )
        return {
            "name": "AEAT",
            "purposes": ["client-tls"],
            "pkcs12": base64.b64encode(file).decode(),
            "password": "clave",
        }

    def tell(self, what: str, value: Json) -> None:
        answer = httpx2.put(f"{self.url}/__sandbox/{what}", json=value, trust_env=False)
        assert answer.status_code == 200, answer.text

    def ledger(self, shop: Shop) -> list[Json]:
        """Return what the AEAT has of a shop, in the order it came."""
        rows = httpx2.get(f"{self.url}/__sandbox/ledger", trust_env=False).json()["records"]
        return [row for row in rows if nif_of(shop) in row["owner"]]

    def fired(self) -> dict[str, int]:
        """Return how often the AEAT misbehaved as it was told to, by fault."""
        rules = httpx2.get(f"{self.url}/__sandbox/faults", trust_env=False).json()["rules"]
        return {f"{one['where']} {one['fault']}": int(one["fired"]) for one in rules}

    @contextmanager
    def working(self, **conduct: object) -> Iterator[None]:
        with worker(self.house, TEST, USUAL, **conduct):
            yield


def nif_of(shop: Shop) -> str:
    """Return the NIF of a shop."""
    found: str = shop.get(f"/v1/entities/{shop.entity}")["seller"]["vat_identifier"]
    return found.removeprefix("ES")


def sent_of(shown: Json) -> Json:
    """Return how a document's newest record travels."""
    *_, sent = (one for one in shown["transmissions"] if one["channel"] == TEST)
    found: Json = sent
    return found


def told(shop: Shop, document: Json) -> Json:
    """Wait until the AEAT was told of a document, and return it."""
    shown: Json = {}
    for _ in range(900):
        shown = shop.get(f"/v1/documents/{document['id']}")
        if sent_of(shown)["transport"] in {"submitted", "failed_permanent"}:
            return shown
        time.sleep(0.1)
    pytest.fail(f"it is {sent_of(shown)}")


def record_of(shop: Shop, shown: Json) -> etree._Element:
    """Return the newest frozen record of a document, from its evidence."""
    ((found,),) = parse(content_of(shop, shown)).findall(".//{*}RegistroFactura")
    return found


def content_of(shop: Shop, shown: Json, role: str = "fiscal-record") -> bytes:
    entries = shop.get(f"/v1/documents/{shown['id']}/evidence")["data"]
    *_, one = (entry for entry in entries if entry["role"] == role)
    return shop.call("GET", f"/v1/documents/{shown['id']}/evidence/{one['id']}").content


def connection_of(shop: Shop, shown: Json) -> Json:
    """Return who answered when a document was told of, from its evidence."""
    (told,) = json.loads(content_of(shop, shown, "connection"))["exchanges"]
    assert told["answer"]["status"] == 200
    connection: Json = told["answer"]["connection"]
    return connection


def text(record: etree._Element, *path: str) -> str:
    """Return the text of an element of a record."""
    return str(record.findtext("/".join(f"{{*}}{one}" for one in path)) or "")


def digest(record: etree._Element) -> str:
    """Return the huella by the published rule alone."""
    values = {
        **{
            part: text(record, "IDFactura", part)
            for part in ("IDEmisorFactura", "NumSerieFactura", "FechaExpedicionFactura")
        },
        **{part: text(record, part) for part in ("TipoFactura", "CuotaTotal", "ImporteTotal")},
        "Huella": text(record, "Encadenamiento", "RegistroAnterior", "Huella"),
        "FechaHoraHusoGenRegistro": text(record, "FechaHoraHusoGenRegistro"),
    }
    joined = "&".join(f"{key}={value}" for key, value in values.items())
    return hashlib.sha256(joined.encode()).hexdigest().upper()


@contextmanager
def opened_market(postgres: EmbeddedPostgres, home: Path, official: Path) -> Iterator[Market]:
    """Open a gateway, and the AEAT beside it."""

    def judging(directory: Path) -> Office:
        return Office(directory, Schemas([official]))

    channel = "es_verifactu_test"
    with opened_beside(postgres, home, channel, judging) as (house, url, office):
        issuer = house.runtime.documents.issuer
        fiscal = Fiscal(house.runtime.vault.for_purpose, lambda _: url)
        object.__setattr__(issuer, "fiscal", fiscal)  # QR codes lead to the door for people
        yield Market(house, url, office)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[Market]:
    with opened_market(postgres, tmp_path_factory.mktemp("market"), official) as found:
        yield found


@pytest.fixture(autouse=True)
def undisturbed(market: Market) -> None:
    market.tell("script", {})


def test_three_invoices_and_a_credit_note_are_told_in_one_request(market: Market) -> None:
    shop = market.shop()
    first, *others = [shop.issued(sale()) for _ in range(3)]
    credit = shop.issued(sale(corrects=first["id"]), "credit-notes")
    with market.working():
        shown = [told(shop, one) for one in (first, *others, credit)]
    assert {sent_of(one)["regulatory"] for one in shown} == {"reported"}

    rows = market.ledger(shop)
    assert [row["state"] for row in rows] == ["accepted"] * 4
    assert len({row["message_id"] for row in rows}) == 1  # one request
    records = [record_of(shop, one) for one in shown]
    assert [row["digest"] for row in rows] == [text(one, "Huella") for one in records]
    assert [row["number"] for row in rows] == [one["number"] for one in shown]

    before, moment = "", ""
    for record in records:
        assert text(record, "Encadenamiento", "RegistroAnterior", "Huella") == before
        assert (text(record, "Encadenamiento", "PrimerRegistro") == "S") == (not before)
        before = text(record, "Huella")
        assert before == digest(record)
        assert text(record, "FechaHoraHusoGenRegistro") >= moment
        moment = text(record, "FechaHoraHusoGenRegistro")
        assert moment[-6:] in {"+01:00", "+02:00"}

    assert [text(one, "TipoFactura") for one in records] == ["F1", "F1", "F1", "R1"]
    last = records[-1]
    assert text(last, "TipoRectificativa") == "I"
    assert text(last, "ImporteTotal") == "-121.00"
    named = ("FacturasRectificadas", "IDFacturaRectificada", "NumSerieFactura")
    assert text(last, *named) == first["number"]

    met = [
        connection_of(shop, one) for one in shown
    ]  # each has it, though one request told of all
    assert [one["address"] for one in met] == ["127.0.0.1"] * 4
    (showed,) = {one["certificate"] for one in met}
    peer = x509.load_der_x509_certificate(base64.b64decode(showed))
    names = peer.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "127.0.0.1" in map(str, names.get_values_for_type(x509.IPAddress))

    huella, csv = shown[0]["stamps"]
    assert (huella["kind"], huella["identifier"]) == ("huella", text(records[0], "Huella"))
    assert csv["kind"] == "csv"
    found = httpx2.get(huella["qr"], trust_env=False)
    assert "Factura encontrada" in found.text
    page = text_of(shop.call("GET", f"/v1/documents/{first['id']}/pdf").content)
    above, verifiable, short = ("".join(one.split()) for one in (HEADING, VERIFIABLE, SHORT))
    assert page.index(above) < page.index(verifiable) < page.index(short)
    assert page.index(short) < page.index("Servicio")  # before the invoice itself
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()


def test_an_auditor_of_invoices_is_shown_no_request_that_carried_a_credit_note_too(
    market: Market,
) -> None:
    shop = market.shop()
    alone = shop.issued(sale())
    with market.working():
        told(shop, alone)
    first = shop.issued(cheaper())
    credit = shop.issued(sale(corrects=alone["id"]), "credit-notes")
    with market.working():
        for one in (first, credit):
            told(shop, one)
    rows = {row["number"]: row["message_id"] for row in market.ledger(shop)}
    assert rows[first["number"]] == rows[credit["number"]] != rows[alone["number"]]

    everything = invited(shop)["token"]
    invoices = invited(shop, kinds=["invoice"], directions=["issued"])["token"]
    sent = sent_of(shop.get(f"/v1/documents/{first['id']}"))["id"]
    request, answer = (
        f"/v1/transmissions/{sent}/attempts/1/{one}" for one in ("request", "response")
    )
    for key, carried_alone, carried_together in ((everything, 2, 2), (invoices, 2, 0)):
        assert told_by_wire(shop, alone, key) == carried_alone
        assert told_by_wire(shop, first, key) == carried_together
        status = 200 if carried_together else 404
        assert [shop.call("GET", one, key=key).status_code for one in (request, answer)] == [
            status
        ] * 2
        bundle = shop.call("GET", f"/v1/documents/{first['id']}/bundle", key=key)
        result = verify(bundle.content, trusted_key=str(market.house.runtime.archive.verifier))
        assert (result.problems, result.authentic) == ((), True)
        assert (credit["number"].encode() in members_of(bundle.content)) == bool(carried_together)
    assert shop.call("GET", request).status_code == 200, "whoever may see all of the entity"


def told_by_wire(shop: Shop, document: Json, key: str) -> int:
    """Return how many requests and receipts a reader finds among a document's evidence."""
    found = shop.call("GET", f"/v1/documents/{document['id']}/evidence", key=key).json()["data"]
    return sum(one["role"] in {"request", "receipt"} for one in found)


def members_of(bundle: bytes) -> bytes:
    """Return all that a bundle holds, one after the other."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as opened:
        return b"".join(opened.read(name) for name in opened.namelist())


def test_what_the_aeat_would_refuse_is_found_before_a_number_is_used(market: Market) -> None:
    shop = market.shop()
    answer = shop.issue(sale(currency_code="USD"))
    assert answer.status_code == 422
    assert "ES-01" in [one["rule"] for one in answer.json()["findings"]]
    assert shop.documents() == []


def test_a_refused_record_keeps_its_place_and_the_chain_goes_on(market: Market) -> None:
    """Two installations of one seller, as the gateway cannot know: their numbers are the same."""
    one = market.shop()
    other = market.shop(nif_of(one), installation="2")
    taken = one.issued(sale())
    with market.working(settle=timedelta(seconds=1)):
        told(one, taken)
        documents = [other.issued(cheaper()) for _ in range(2)]
        shown = [told(other, document) for document in documents]
    assert taken["number"] == documents[0]["number"]
    assert [sent_of(document)["regulatory"] for document in shown] == ["rejected", "reported"]
    records = [record_of(other, document) for document in shown]
    link = text(records[1], "Encadenamiento", "RegistroAnterior", "Huella")
    assert link == text(records[0], "Huella") == digest(records[0])
    (chain,) = other.get("/v1/chains")["data"]
    assert chain["key"] == f"es-verifactu-test/{nif_of(one)}/2"
    assert (chain["state"], chain["next_sequence"]) == ("open", 3)
    assert other.issued(sale())["number"]


def test_two_entities_with_one_installation_do_not_fork_its_chain(market: Market) -> None:
    one = market.shop()
    other = market.shop(nif_of(one))
    one.issued(sale())
    answer = other.issue(sale())
    assert (answer.status_code, kind(answer)) == (409, "chain-owner")
    assert answer.json()["owner"] == f"{nif_of(one)}/1"
    assert other.documents() == []


def test_what_is_registered_with_errors_is_shown(market: Market) -> None:
    shop = market.shop()
    buyer = a_nif()
    market.tell("script", {"unknown": [buyer]})
    issued = shop.issued(sale(buyer={**BUYER, "vat_identifier": f"ES{buyer}"}))
    with market.working():
        shown = told(shop, issued)
    (row,) = market.ledger(shop)
    assert (row["state"], row["reason"]) == ("accepted", "2001")
    assert sent_of(shown)["regulatory"] == "accepted_with_warnings"


def test_who_is_told_to_wait_waits(market: Market) -> None:
    shop = market.shop()
    market.tell("script", {"wait_seconds": 3, "enforce": True})
    first = shop.issued(sale())
    with market.working():
        told(shop, first)
        second, third = shop.issued(sale()), shop.issued(sale())
        shown = [told(shop, document) for document in (second, third)]
    assert [sent_of(document)["attempts"] for document in shown] == [1, 1]  # none came too early
    moments = [datetime.fromisoformat(row["registered_at"]) for row in market.ledger(shop)]
    assert moments[1] - moments[0] >= timedelta(seconds=3)
    names = [row["message_id"] for row in market.ledger(shop)]
    assert names[1] == names[2] != names[0]


def test_preflight_wants_no_key_that_signs(market: Market) -> None:
    shop = market.shop()
    draft = shop.draft(sale())
    checks = shop.get(f"/v1/documents/{draft['id']}/preflight")["checks"]
    keys = [one for one in checks if one["id"] == "certificate"]
    assert [(one["data"]["purpose"], one["light"]) for one in keys] == [("client-tls", "green")]
    (chain,) = (one for one in checks if one["id"] == "chain")
    assert chain["light"] == "green"


def test_codes_lead_to_the_aeats_machine_for_codes(market: Market) -> None:
    shop = market.shop()
    issuer = market.house.runtime.documents.issuer
    before = issuer.fiscal
    theirs = Fiscal(before.for_purpose, lambda _: "https://prewww10.aeat.es")
    object.__setattr__(issuer, "fiscal", theirs)
    try:
        issued = shop.issued(sale())
    finally:
        object.__setattr__(issuer, "fiscal", before)
    (mark,) = shop.get(f"/v1/documents/{issued['id']}")["stamps"]
    assert mark["qr"].startswith("https://prewww2.aeat.es/wlpl/TIKE-CONT/ValidarQR?nif=")


def test_a_simplified_invoice_and_its_correction(market: Market) -> None:
    shop = market.shop()
    nobody = {"name": "Cliente", "postal_address": {"country_code": "ES"}}
    sold = shop.issued(sale(buyer=nobody))
    credit = shop.issued(sale(buyer=nobody, corrects=sold["id"]), "credit-notes")
    records = [record_of(shop, one) for one in (sold, credit)]
    assert [text(one, "TipoFactura") for one in records] == ["F2", "R5"]


def test_the_seller_says_why_he_corrects(market: Market) -> None:
    shop = market.shop()
    sold = shop.issued(sale())
    body = sale(corrects=sold["id"], extensions={"spain": {"tipo_factura": "R3"}})
    credit = shop.issued(body, "credit-notes")
    assert credit["invoice"]["extensions"]["spain"]["tipo_factura"] == "R3"
    record = record_of(shop, credit)
    assert (text(record, "TipoFactura"), text(record, "TipoRectificativa")) == ("R3", "I")
    with market.working():
        assert sent_of(told(shop, credit))["regulatory"] == "reported"


def test_an_invoice_stands_for_simplified_ones(market: Market) -> None:
    shop = market.shop()
    nobody = {"name": "Cliente", "postal_address": {"country_code": "ES"}}
    slips = [shop.issued(sale(buyer=nobody)) for _ in range(2)]
    named = [{"num_serie_factura": one["number"]} for one in slips]
    extensions = {"spain": {"facturas_sustituidas": named}}
    record = record_of(shop, shop.issued(sale(extensions=extensions)))
    assert text(record, "TipoFactura") == "F3"
    found = record.findall("{*}FacturasSustituidas/{*}IDFacturaSustituida")
    assert [text(one, "NumSerieFactura") for one in found] == [one["number"] for one in slips]


def test_what_the_seller_says_must_be_right(market: Market) -> None:
    shop = market.shop()
    answer = shop.issue(sale(extensions={"spain": {"tipo_factura": "R9"}}))
    assert answer.status_code == 422
    (found,) = answer.json()["findings"]
    assert (found["rule"], found["pointer"]) == ("ES-11", "/extensions/spain/tipo_factura")
    assert shop.documents() == []


def test_what_only_the_aeat_reads_is_for_those_who_tell_it(market: Market) -> None:
    shop = Shop.opened(market.house)
    answer = shop.issue(invoice(extensions={"spain": {"tipo_factura": "F1"}}))
    assert answer.status_code == 422
    found = [(one["rule"], one["pointer"]) for one in answer.json()["findings"]]
    assert ("ES-11", "/extensions/spain") in found


def test_a_corrected_invoice_stands_in_place_of_another(market: Market) -> None:
    shop = market.shop()
    sold = shop.issued(sale())
    named = [{"reference": sold["number"]}]
    body = sale(type_code="384", preceding_invoice_references=named, profile="en16931-ubl")
    record = record_of(shop, shop.issued(body))
    assert (text(record, "TipoFactura"), text(record, "TipoRectificativa")) == ("R1", "S")
    amounts = [
        text(record, "ImporteRectificacion", part)
        for part in ("BaseRectificada", "CuotaRectificada")
    ]
    assert amounts == ["100.00", "21.00"]
    path = ("FacturasRectificadas", "IDFacturaRectificada", "NumSerieFactura")
    assert text(record, *path) == sold["number"]


def test_the_country_corrects_by_an_invoice_in_place_of_the_first(market: Market) -> None:
    shop = market.shop()
    sold = shop.issued(sale())
    body = {"reason": "Precio", "method": "corrective_invoice"}
    draft = shop.call("POST", f"/v1/documents/{sold['id']}/corrections", body).json()
    done = shop.call("POST", f"/v1/invoices/{draft['id']}/finalize")
    assert done.status_code == 200, done.text
    record = record_of(shop, done.json())
    assert (text(record, "TipoFactura"), text(record, "TipoRectificativa")) == ("R1", "S")
    assert text(record, "ImporteRectificacion", "BaseRectificada") == "100.00"
    path = ("FacturasRectificadas", "IDFacturaRectificada", "NumSerieFactura")
    assert text(record, *path) == sold["number"]
    assert shop.get(f"/v1/documents/{sold['id']}")["state"] == "corrected"


def test_a_changed_record_is_found(market: Market) -> None:
    shop = market.shop()
    shop.issued(sale())
    key = f"es-verifactu-test/{nif_of(shop)}/1"
    house = market.house
    archive = Blobs(house.runtime.settings.data / "archive")
    with psycopg.connect(house.admin_url, row_factory=namedtuple_row) as connection:
        assert [one.first for one in examine(connection, archive, key)] == [None]
        connection.execute("set local session_replication_role = replica")
        connection.execute(
            "update chain_record set record = convert_to(replace(convert_from(record, 'utf8'),"
            " '<sum1:ImporteTotal>121.00', '<sum1:ImporteTotal>12.00'), 'utf8')"
            " where chain_key = %s",
            (key,),
        )
        (one,) = examine(connection, archive, key)
        assert {broken.sequence for broken in one.breaks} == {1}
        assert any("another huella" in broken.what for broken in one.breaks)
        connection.rollback()


def test_only_entities_in_spain_choose_it(market: Market) -> None:
    account = market.house.account()
    body = {"name": "X", "country_code": "SI", "settings": {"fiscalization": SCHEME}}
    answer = account.call("POST", "/v1/entities", body, key=account.new_key())
    assert answer.status_code == 422
    pointers = [one["pointer"] for one in answer.json()["errors"]]
    assert pointers == ["/settings/fiscalization/scheme"]
    wrong = {"fiscalization": SCHEME | {"producer_nif": "B12345675"}}
    answer = account.call(
        "POST",
        "/v1/entities",
        {"name": "X", "country_code": "ES", "settings": wrong},
        key=account.new_key(),
    )
    assert answer.status_code == 422
