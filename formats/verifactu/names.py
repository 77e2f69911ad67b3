"""Namespaces of VeriFactu, and how often things may stand in it.

Source: AEAT, SuministroLR.xsd, SuministroInformacion.xsd, RespuestaSuministro.xsd, ConsultaLR.xsd,
RespuestaConsultaLR.xsd and EventosSIF.xsd, version 1.0.
"""

from collections.abc import Mapping

_BASE = (
    "https://www2.agenciatributaria.gob.es/static_files/common/internet/dep/aplicaciones"
    "/es/aeat/tike/cont/ws/"
)
INFORMATION = f"{_BASE}SuministroInformacion.xsd"
"""Records and all their parts."""
SUBMISSION = f"{_BASE}SuministroLR.xsd"
RESPONSE = f"{_BASE}RespuestaSuministro.xsd"
QUERY = f"{_BASE}ConsultaLR.xsd"
QUERY_RESPONSE = f"{_BASE}RespuestaConsultaLR.xsd"
EVENTS = f"{_BASE}EventosSIF.xsd"
"""Events repeat the parts they share with records in a namespace of their own."""
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"

PREFIXES: Mapping[str, str] = {
    INFORMATION: "sum1",
    SUBMISSION: "sum",
    RESPONSE: "tikR",
    QUERY: "con",
    QUERY_RESPONSE: "tikLRRC",
    EVENTS: "sf",
}
"""As the AEAT writes them in its examples, where it does."""

MOST_RECORDS = 1000
"""In one submission."""
MOST_DETAILS = 12
"""Lines of a record's breakdown."""
MOST_RECIPIENTS = MOST_REFERENCES = 1000
