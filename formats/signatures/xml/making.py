"""Filling a skeleton: digests, the signature value, a time stamp; then looking at it once more."""

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree

from formats.signatures.signer import Algorithm, Signer
from formats.signatures.xml import canonical
from formats.signatures.xml.algorithms import DIGESTS, METHODS, SIGNER_METHODS, digest
from formats.signatures.xml.certificates import Certificate
from formats.signatures.xml.document import Document
from formats.signatures.xml.form import Form, Properties, SigningError
from formats.signatures.xml.mathematics import is_right, side_by_side
from formats.signatures.xml.names import algorithm, ds, only, xades
from formats.signatures.xml.references import read_reference, resolve
from formats.signatures.xml.rejection import Rejected
from formats.signatures.xml.structure import read_structure
from formats.signatures.xml.work import Work
from formats.signatures.xml.writing import packed
from formats.xml import UnreadableDocumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be signed, by whom, how.

    Attributes:
        signer: The key.
        certificate: Its certificate.
        algorithm: What it signs with.
        form: How the signature is written.
        properties: What XAdES adds; None for XMLDSig.
        files: Files by the names that references give them.
    """

    signer: Signer
    certificate: Certificate
    algorithm: Algorithm
    form: Form
    properties: Properties | None
    files: Mapping[str, bytes]


def fill(content: bytes, order: Order) -> bytes:
    """Return a document whose skeleton of a signature is signed.

    Raises:
        SigningError: It cannot be: an id stands twice, a reference names nothing ...
        SignerError: The key cannot be used.
    """
    try:
        signed = _filled(content, order)
        _check(signed, order)
    except UnreadableDocumentError as error:
        raise SigningError(f"What is to be signed cannot be read: {error}") from None
    except Rejected as rejection:
        raise SigningError(f"It cannot be signed: {rejection.detail}") from None
    return signed


def _filled(content: bytes, order: Order) -> bytes:
    document = _document(content, order)
    signature = document.element(order.form.id)
    signed_info = only(signature, ds("SignedInfo"))
    values = [
        (reference, _digest(reference, document, signature, order))
        for reference in signed_info.findall(ds("Reference"))
    ]
    for reference, value in values:
        only(reference, ds("DigestValue")).text = packed(value)
    way = canonical.METHODS[order.form.canonicalization]
    octets = canonical.canonical(signed_info, way, prefixes=order.form.prefixes)
    value_element = only(signature, ds("SignatureValue"))
    value_element.text = packed(_value(octets, order))
    if order.properties is not None and order.properties.stamp is not None:
        token = order.properties.stamp(canonical.canonical(value_element, way))
        place = next(signature[-1].iter(xades("EncapsulatedTimeStamp")))  # the properties are last
        place.text = packed(token)
    written: bytes = etree.tostring(
        document.root.getroottree(), encoding="UTF-8", xml_declaration=True
    )
    return written


def _document(content: bytes, order: Order) -> Document:
    return Document(content, Work(len(content) + sum(map(len, order.files.values()))))


def _digest(
    reference: etree._Element, document: Document, signature: etree._Element, order: Order
) -> bytes:
    content, _ = resolve(reference, document, signature, order.files)
    name = DIGESTS[algorithm(only(reference, ds("DigestMethod")))]
    return digest(name, content)


def _value(octets: bytes, order: Order) -> bytes:
    made = order.signer.sign(octets, order.algorithm)
    key = order.certificate.key
    if isinstance(key, ec.EllipticCurvePublicKey):
        try:
            return side_by_side(made, (key.curve.key_size + 7) // 8)
        except (ValueError, OverflowError):
            raise SigningError("The signer's value is not one of its certificate's key.") from None
    return made


def _check(signed: bytes, order: Order) -> None:
    """Check what was made, as a reader would; a signature that is wrong is not handed out.

    Raises:
        Rejected: A digest is wrong, or the form.
        SigningError: The value is.
    """
    document = _document(signed, order)
    structure = read_structure(document.element(order.form.id), document)
    for reference in structure.references:
        read_reference(reference, document, structure.element, order.files)
    method = METHODS[SIGNER_METHODS[order.algorithm]]
    key = order.certificate.key
    if key is None or not is_right(key, method, structure.value, structure.signed_octets):
        raise SigningError("The signer's value does not fit its certificate.")
