"""What a chain's record says, read and digested again without the code that made it."""

import base64
import binascii
import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType

from lxml import etree

UNSAID = object()
"""What the bytes of a record do not say, because the scheme has no place for it."""

MOMENT = "%Y-%m-%dT%H:%M:%SZ"
"""How `Said.at` is written."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the bytes of a record say, or `UNSAID`.

    Attributes:
        digest: Computed from them, as the scheme does.
        sequence: Their place.
        previous: The digest they name as the predecessor's.
        at: Their moment, as `MOMENT`.
        number: The document's number.
        document: SHA-256 of the document's bytes, in hexadecimal.
    """

    digest: str
    sequence: object
    previous: object
    at: object
    number: object
    document: object


def sandbox_authority(record: bytes) -> Said:
    """Read a record of the sandbox's scheme: JSON, digested with SHA-256.

    Raises:
        ValueError: It cannot be read.
    """
    members = json.loads(record)
    if not isinstance(members, dict):
        raise ValueError("it is no object")  # noqa: TRY004 - bad bytes, not a bad call
    plain = json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if plain.encode() != record:
        raise ValueError("it is not written canonically")
    return Said(
        sha256(record).hexdigest(),
        members.get("sequence"),
        members.get("previous"),
        members.get("generated_at"),
        members.get("number"),
        members.get("document_sha256"),
    )


_ALTA = {
    "IDEmisorFactura": "IDFactura/IDEmisorFactura",
    "NumSerieFactura": "IDFactura/NumSerieFactura",
    "FechaExpedicionFactura": "IDFactura/FechaExpedicionFactura",
    "TipoFactura": "TipoFactura",
    "CuotaTotal": "CuotaTotal",
    "ImporteTotal": "ImporteTotal",
    "Huella": "Encadenamiento/RegistroAnterior/Huella",
    "FechaHoraHusoGenRegistro": "FechaHoraHusoGenRegistro",
}
"""What a huella is made of, in this order, and where it stands (AEAT, huella 0.1.2)."""


_ANULACION = {
    **{
        f"{name}Anulada": f"IDFactura/{name}Anulada"
        for name in ("IDEmisorFactura", "NumSerieFactura", "FechaExpedicionFactura")
    },
    "Huella": "Encadenamiento/RegistroAnterior/Huella",
    "FechaHoraHusoGenRegistro": "FechaHoraHusoGenRegistro",
}
"""The same, of a cancellation."""

_NUMBERS = ("NumSerieFactura", "NumSerieFacturaAnulada")


def verifactu(record: bytes) -> Said:
    """Read a record of VeriFactu, signed or in a submission; its huella is computed again.

    Raises:
        ValueError: It cannot be read.
    """
    root = _parsed(record)
    parts = {"RegistroAlta": _ALTA, "RegistroAnulacion": _ANULACION}
    found = [(one, parts[kind]) for kind in parts for one in root.iter(f"{{*}}{kind}")]
    if len(found) != 1:
        raise ValueError(f"it has {len(found)} records")
    ((node, named),) = found
    texts = {name: _text(node, path) for name, path in named.items()}
    huella = sha256("&".join(f"{name}={text}" for name, text in texts.items()).encode())
    digest = huella.hexdigest().upper()
    if node.findtext("{*}Huella") != digest:
        raise ValueError(f"it says another huella than {digest}")
    first = node.findtext("{*}Encadenamiento/{*}PrimerRegistro")
    if (first == "S") == bool(texts["Huella"]):
        raise ValueError("it is the first of its chain and names another, or neither")
    moment = datetime.datetime.fromisoformat(texts["FechaHoraHusoGenRegistro"])
    if moment.tzinfo is None:
        raise ValueError("its moment has no zone")
    at = moment.astimezone(datetime.UTC).strftime(MOMENT)
    number = next(texts[name] for name in _NUMBERS if name in texts)
    return Said(digest, UNSAID, texts["Huella"], at, number, UNSAID)


_EVENTO = (
    ("NIF", "SistemaInformatico/NIF"),
    ("ID", "SistemaInformatico/IDOtro/ID"),
    ("IdSistemaInformatico", "SistemaInformatico/IdSistemaInformatico"),
    ("Version", "SistemaInformatico/Version"),
    ("NumeroInstalacion", "SistemaInformatico/NumeroInstalacion"),
    ("NIF", "ObligadoEmision/NIF"),
    ("TipoEvento", "TipoEvento"),
    ("HuellaEvento", "Encadenamiento/EventoAnterior/HuellaEvento"),
    ("FechaHoraHusoGenEvento", "FechaHoraHusoGenEvento"),
)
"""The same, of an event; the seller's NIF is called as the producer's."""


def verifactu_event(record: bytes) -> Said:
    """Read an event of a Spanish system that does not send its records.

    Raises:
        ValueError: It cannot be read.
    """
    node = _parsed(record).find("{*}Evento")
    if node is None:
        raise ValueError("it is no event")
    texts = [(name, _text(node, path)) for name, path in _EVENTO]
    joined = "&".join(f"{name}={text}" for name, text in texts)
    digest = sha256(joined.encode()).hexdigest().upper()
    if node.findtext("{*}HuellaEvento") != digest:
        raise ValueError(f"it says another huella than {digest}")
    if node.find("{http://www.w3.org/2000/09/xmldsig#}Signature") is None:
        raise ValueError("it is not signed")
    said = dict(texts)
    moment = datetime.datetime.fromisoformat(said["FechaHoraHusoGenEvento"])
    at = moment.astimezone(datetime.UTC).strftime(MOMENT)
    return Said(digest, UNSAID, said["HuellaEvento"], at, UNSAID, UNSAID)


def _text(node: etree._Element, path: str) -> str:
    found = node.findtext("/".join(f"{{*}}{one}" for one in path.split("/"))) or ""
    return found.strip("\t\n\r ")


def _parsed(record: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(record, parser)  # noqa: TID251 - what checks shares no code
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


READERS: Mapping[str, Callable[[bytes], Said]] = MappingProxyType(
    {
        "sandbox-authority": sandbox_authority,
        "es-verifactu": verifactu,
        "es-verifactu-test": verifactu,
        "es-verifactu-events": verifactu_event,
        "es-verifactu-test-events": verifactu_event,
    }
)
"""By scheme: what stands before the slash in a chain's key."""


def carries(message: bytes, record: bytes) -> bool:
    """Tell whether what was sent carries a record: as it is, or signed."""
    return record in {message, _payload(message)}


def _payload(message: bytes) -> bytes | None:
    """Return what a JWS in flattened form carries; None when it is none."""
    try:
        text = json.loads(message)["payload"]
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, TypeError, KeyError, binascii.Error):
        return None
