"""What keys are for. A key may be for several, and a purpose have several keys in turn."""

from collections.abc import Mapping
from types import MappingProxyType

DOCUMENT_SEAL = "document-seal"
FISCAL_SIGNATURE = "fiscal-signature"
CLIENT_TLS = "client-tls"
AUTHENTICATION = "authentication"

PURPOSES: Mapping[str, str] = MappingProxyType(
    {
        DOCUMENT_SEAL: "Seals issued documents, and PDFs, in the entity's name.",
        FISCAL_SIGNATURE: "Signs the records that a tax authority's chain is made of.",
        CLIENT_TLS: "Shows an authority or network who connects (mutual TLS).",
        "message-signature": "Signs messages to a network or authority.",
        "message-decryption": "Opens messages that are encrypted to the entity.",
        AUTHENTICATION: "Signs challenges by which an authority lets the entity in.",
    }
)
"""Every purpose there is, and what it means."""
