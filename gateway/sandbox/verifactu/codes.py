"""The AEAT's codes that this authority answers with (`codes.toml`), and what it judges by."""

import tomllib
from collections.abc import Mapping
from importlib import resources

_TABLES: Mapping[str, Mapping[str, str]] = tomllib.loads(
    (resources.files("gateway.sandbox.verifactu") / "codes.toml").read_text(encoding="utf-8")
)

WHOLE = _TABLES["whole"]
"""The whole request is turned away (a SOAP fault)."""

REFUSED = _TABLES["refused"]
"""A record is refused (Incorrecto)."""

ACCEPTED = _TABLES["accepted"]
"""A record is accepted, and must be mended (AceptadoConErrores)."""

OF_ELEMENT: Mapping[str, str] = {
    **dict.fromkeys(("CodigoPais",), "1101"),
    "IDType": "1102",
    "ID": "1103",
    "NumSerieFactura": "1104",
    "NumSerieFacturaAnulada": "1104",
    "FechaExpedicionFactura": "1105",
    "FechaExpedicionFacturaAnulada": "1105",
    "TipoFactura": "1106",
    "TipoRectificativa": "1107",
    "NIF": "1123",
    "IDEmisorFactura": "1123",
    "IDEmisorFacturaAnulada": "1123",
    "Impuesto": "1218",
    "CalificacionOperacion": "1181",
    "OperacionExenta": "1182",
    "ClaveRegimen": "1246",
    "TipoHuella": "1247",
    "FechaHoraHusoGenRegistro": "1244",
}
"""By which code a record is refused whose element has a value that the schema does not know."""

RULES: Mapping[str, str] = {
    **WHOLE,
    **REFUSED,
    **ACCEPTED,
    "TLS": "who calls shows a certificate of this authority",
    "XSD": "what is sent is valid by the AEAT's schema",
    "CHAIN": "a record names the one that its installation made before; it is only remarked upon",
}
"""What is counted, by code."""
