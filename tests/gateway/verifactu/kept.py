"""Spanish shops that keep their records; their chains, walked by the published rules alone."""

import base64
import hashlib
from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from httpx2 import post
from lxml import etree

from formats.xml import parse
from gateway.sandbox.kit.certificates import name, new_rsa_key
from tests.gateway.documents.test_verifactu import SCHEME, Market, text
from tests.gateway.houses import Json, Shop

KEPT = {"mode": "no-verifactu", "only_verifactu": False}


def signing_key(market: Market) -> Json:
    """Return an RSA key with a certificate, to be imported."""
    key = new_rsa_key()
    asked = x509.CertificateSigningRequestBuilder().subject_name(name("Una empresa"))
    answer = post(
        f"{market.url}/test-certificates?use=client-tls",
        content=asked.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM),
        trust_env=False,
    )
    leaf = x509.load_pem_x509_certificates(answer.content)[0]
    file = pkcs12.serialize_key_and_certificates(
        None, key, leaf, [], BestAvailableEncryption(b"clave")
    )
    return {
        "name": "Firma",
        "purposes": ["fiscal-signature"],
        "pkcs12": base64.b64encode(file).decode(),
        "password": "clave",
    }


def kept_shop(market: Market, **scheme: object) -> Shop:
    """Return a seller who keeps his records, and can sign them."""
    shop = market.shop(None, **{**KEPT, **scheme})
    made = shop.call("POST", "/v1/signing-keys/import", signing_key(market))
    assert made.status_code == 201, made.text
    return shop


def chosen(shop: Shop, **more: object) -> Json:
    """Change the settings of a shop and return the answer."""
    body = {"settings": {"fiscalization": SCHEME | more}}
    answer = shop.call("PATCH", f"/v1/entities/{shop.entity}", body)
    return {"status": answer.status_code, **answer.json()}


def chain_of(shop: Shop, *, events: bool) -> list[Json]:
    """Return the records of a shop's chain in their order."""
    found = [one for one in shop.get("/v1/chains")["data"] if ("-events/" in one["key"]) is events]
    if not found:
        return []
    records: list[Json] = shop.get(f"/v1/chains/{found[0]['id']}/records?limit=200")["data"]
    return records


def content_of(row: Json) -> bytes:
    return base64.b64decode(row["record"])


def walked(rows: Sequence[Json]) -> list[str]:
    """Return the huellas of a chain of records by the published rule alone (huella 0.1.2)."""
    before, found = "", []
    for row in rows:
        root = parse(content_of(row))
        record = next(one for one in root.iter("{*}RegistroAlta", "{*}RegistroAnulacion"))
        assert text(record, "Encadenamiento", "RegistroAnterior", "Huella") == before
        assert (text(record, "Encadenamiento", "PrimerRegistro") == "S") == (not before)
        before = _huella(record)
        assert text(record, "Huella") == before
        found.append(before)
    return found


def _huella(record: etree._Element) -> str:
    ending = "" if etree.QName(record).localname == "RegistroAlta" else "Anulada"
    pairs = [
        (f"{part}{ending}", text(record, "IDFactura", f"{part}{ending}"))
        for part in ("IDEmisorFactura", "NumSerieFactura", "FechaExpedicionFactura")
    ]
    if not ending:
        pairs += [
            (one, text(record, one)) for one in ("TipoFactura", "CuotaTotal", "ImporteTotal")
        ]
    pairs.append(("Huella", text(record, "Encadenamiento", "RegistroAnterior", "Huella")))
    pairs.append(("FechaHoraHusoGenRegistro", text(record, "FechaHoraHusoGenRegistro")))
    return _digest(pairs)


def walked_events(rows: Sequence[Json]) -> list[str]:
    """Return the types of a log's events; their chain holds by the published rule alone."""
    before, found = "", []
    for row in rows:
        event = parse(content_of(row))[1]
        assert text(event, "Encadenamiento", "EventoAnterior", "HuellaEvento") == before
        assert (text(event, "Encadenamiento", "PrimerEvento") == "S") == (not before)
        system = "SistemaInformatico"
        before = _digest(
            [
                ("NIF", text(event, system, "NIF")),
                ("ID", ""),
                ("IdSistemaInformatico", text(event, system, "IdSistemaInformatico")),
                ("Version", text(event, system, "Version")),
                ("NumeroInstalacion", text(event, system, "NumeroInstalacion")),
                ("NIF", text(event, "ObligadoEmision", "NIF")),
                ("TipoEvento", text(event, "TipoEvento")),
                ("HuellaEvento", before),
                ("FechaHoraHusoGenEvento", text(event, "FechaHoraHusoGenEvento")),
            ]
        )
        assert text(event, "HuellaEvento") == before
        found.append(text(event, "TipoEvento"))
    return found


def _digest(pairs: Sequence[tuple[str, str]]) -> str:
    joined = "&".join(f"{key}={value}" for key, value in pairs)
    return hashlib.sha256(joined.encode()).hexdigest().upper()
