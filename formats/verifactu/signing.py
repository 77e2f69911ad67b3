"""Signing records and events of systems that do not send them: XAdES-EPES, enveloped.

Source: AEAT, Especificaciones técnicas para generación de la firma 0.1.5. The signature covers the
whole RegistroAlta, RegistroAnulacion or RegistroEvento and stands in it; the policy is that of the
Administración General del Estado. Records that are sent (VERI*FACTU) are not signed.
"""

import base64
import datetime
import hashlib

from lxml import etree

from formats.signatures.signer import Algorithm, Signer
from formats.signatures.xml import Form, Policy, Properties, SigningError, sign_enveloped
from formats.verifactu.names import EVENTS

POLICY = Policy(
    identifier="urn:oid:2.16.724.1.3.1.1.2.1.9",
    digest=base64.b64decode("G7roucf600+f03r/o0bAOQ6WAs0="),
    digest_algorithm="sha1",  # the policy's own; for nothing else
    uri="https://sede.administracion.gob.es/politica_de_firma_anexo_1.pdf",
)

_INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_RSA = frozenset({Algorithm.RSA_SHA256, Algorithm.RSA_SHA512})  # ETSI TS 119 312 by section 4


def sign_record(record: bytes, signer: Signer, *, at: datetime.datetime) -> bytes:
    """Return a record (RegistroAlta or RegistroAnulacion) with its signature.

    Args:
        record: As it will be kept: not one byte of it may change afterwards.
        signer: An RSA key with a qualified certificate of the seller, or of who may act for him.
        at: When it is signed.

    Raises:
        SigningError: The key is not RSA, or the record cannot be read.
        SignerError: The key cannot be used.
    """
    return sign_enveloped(record, signer, _form(signer, record), _properties(at))


def sign_event(event: bytes, signer: Signer, *, at: datetime.datetime) -> bytes:
    """Return an event with its signature, which stands last in its `Evento`.

    Raises:
        SigningError: The key is not RSA, or the event cannot be read.
        SignerError: The key cannot be used.
    """
    form = _form(signer, event)
    return sign_enveloped(event, signer, form, _properties(at), place=_in_event)


def _form(signer: Signer, content: bytes) -> Form:
    """Return the form; many signed records go into one request, which has each id once."""
    if signer.algorithm not in _RSA:
        raise SigningError("VeriFactu's records are signed with RSA and SHA-256 or SHA-512.")
    return Form(
        canonicalization=_INCLUSIVE,
        key_info=("certificates", "key-value"),
        id=f"firma-{hashlib.sha256(content).hexdigest()[:16]}",
    )


def _properties(at: datetime.datetime) -> Properties:
    return Properties(signing_time=at, version=1, policy=POLICY)


def _in_event(root: etree._Element) -> tuple[etree._Element, int]:
    event = root.find(f"{{{EVENTS}}}Evento")
    if event is None:
        raise SigningError("There is no Evento to sign.")
    return event, len(event)
