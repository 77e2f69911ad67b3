"""Signing Facturae: XAdES-EPES, enveloped, with the format's own signature policy 3.1.

The signature stands last in the document and covers all of it, the certificate beside it too. The
schema and FACe want exactly one. Sources: Política de firma electrónica de Facturae 3.1
(facturae.gob.es), chapters 3 and 4; Orden HAP/1650/2015.
"""

import base64
import datetime
from enum import StrEnum

from formats.facturae.document import root_of
from formats.facturae.names import DS
from formats.signatures.signer import Algorithm, Signer
from formats.signatures.xml import Form, Policy, Properties, SigningError, sign_enveloped
from formats.xml import UnreadableDocumentError, parse

POLICY = Policy(
    identifier=(
        "http://www.facturae.es/politica_de_firma_formato_facturae/"
        "politica_de_firma_formato_facturae_v3_1.pdf"
    ),
    digest=base64.b64decode("Ohixl6upD6av8N7pEvDABhEL6hM="),
    digest_algorithm="sha1",  # the policy's own; for nothing else
    description="Política de Firma FacturaE v3.1",
)

_INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_RSA = frozenset({Algorithm.RSA_SHA256, Algorithm.RSA_SHA512})  # the policy names RSA alone


class SignerRole(StrEnum):
    """In whose name it is signed (ClaimedRole), by InvoiceIssuerType."""

    SUPPLIER = "supplier"  # EM
    CUSTOMER = "customer"  # RE, self-billed
    THIRD_PARTY = "third party"  # TE


def role_of(document: bytes) -> SignerRole:
    """Return who signs a document: the seller, the buyer or somebody else, as it says itself.

    Raises:
        SigningError: It is no Facturae document.
    """
    try:
        root = parse(document)
    except UnreadableDocumentError as error:
        raise SigningError(error.message) from None
    if not root_of(root):
        raise SigningError("Only Facturae documents are signed so.")
    said = root.findtext("FileHeader/InvoiceIssuerType")
    roles = {"RE": SignerRole.CUSTOMER, "TE": SignerRole.THIRD_PARTY}
    return roles.get((said or "").strip(), SignerRole.SUPPLIER)


def sign_facturae(
    document: bytes,
    signer: Signer,
    *,
    at: datetime.datetime,
    role: SignerRole | None = None,
) -> bytes:
    """Return a document with its signature; not one byte of it may change afterwards.

    Args:
        document: As `write` makes it.
        signer: An RSA key with a qualified certificate.
        at: When it is signed.
        role: In whose name; None: who issues it by the document's own word.

    Raises:
        SigningError: The key is not RSA, the document is no Facturae or has a signature.
        SignerError: The key cannot be used.
    """
    claimed = role or role_of(document)
    if signer.algorithm not in _RSA:
        raise SigningError("Facturae is signed with RSA and SHA-256 or SHA-512.")
    if parse(document).find(f"{{{DS}}}Signature") is not None:
        raise SigningError("The document has a signature; Facturae takes one.")
    form = Form(
        canonicalization=_INCLUSIVE,
        key_info=("certificates", "key-value"),
        signs_key_info=True,
        id="Signature",
    )
    properties = Properties(signing_time=at, version=1, policy=POLICY, roles=(claimed.value,))
    return sign_enveloped(document, signer, form, properties)
