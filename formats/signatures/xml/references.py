"""References: what each names, found strictly, and whether its digest is right.

Nothing is fetched. A reference names the document, one element of it by an id that stands there
once, or bytes that the caller handed in under this very name.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from formats.signatures.report import SubIndication
from formats.signatures.xml.algorithms import DIGESTS, digest
from formats.signatures.xml.document import Document
from formats.signatures.xml.names import algorithm, binary, children, ds, only, optional
from formats.signatures.xml.rejection import Rejected, constrained, rejected
from formats.signatures.xml.transforms import Nodes, transformed

MOST_REFERENCES = 200

_XPOINTER_ID = re.compile(r"#xpointer\(id\((?:'([^']*)'|\"([^\"]*)\")\)\)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference and what it stands for.

    Attributes:
        name: The URI as written; for a file the name under which it was handed in.
        type: As written.
        id: Its own.
        digest_algorithm: `sha256` ...
        content: The bytes that were digested.
        target: The element it names; None for a whole document and for bytes from outside.
        file: True for bytes from outside.
    """

    name: str
    type: str | None
    id: str | None
    digest_algorithm: str
    content: bytes
    target: etree._Element | None
    file: bool


def read_reference(
    element: etree._Element,
    document: Document,
    signature: etree._Element,
    detached: Mapping[str, bytes],
) -> Reference:
    """Return what a reference stands for, its digest found right.

    Args:
        element: `ds:Reference`, parsed from the canonical bytes that were signed.
        document: Where the signature stands.
        signature: The signature.
        detached: Files by the names that references give them.

    Raises:
        Rejected: Something is not accepted, is not there, or has another digest.
    """
    if [one.tag for one in children(element)] not in _FORMS:
        raise rejected("format", "A reference does not have the form of one.")
    uri = element.get("URI")
    method = algorithm(only(element, ds("DigestMethod")))
    name = DIGESTS.get(method)
    if name is None:
        raise Rejected(
            "reference",
            SubIndication.CRYPTO_CONSTRAINTS_FAILURE,
            f"The digest {method[:100]!r} is not known.",
        )
    content, target = resolve(element, document, signature, detached)
    file = _file(uri, detached)
    found = digest(name, content) if file is None else document.work.digest(name, content)
    if not hmac.compare_digest(found, binary(only(element, ds("DigestValue")))):
        raise Rejected(
            "reference",
            SubIndication.HASH_FAILURE,
            f"What {_quoted(uri)} names has another digest than the signature says.",
        )
    return Reference(
        uri or "" if file is None else file,
        element.get("Type"),
        element.get("Id"),
        name,
        content,
        target,
        file is not None,
    )


def resolve(
    element: etree._Element,
    document: Document,
    signature: etree._Element,
    detached: Mapping[str, bytes],
) -> tuple[bytes, etree._Element | None]:
    """Return the bytes that a reference's digest is over, and the element it names.

    Raises:
        Rejected: There are none, or something on the way to them is not accepted.
    """
    named, target = _named(element.get("URI"), document, signature, detached)
    transforms, work = optional(element, ds("Transforms")), document.work
    if transforms is None or not isinstance(named, bytes):
        return transformed(named, transforms, work), target
    way = etree.tostring(transforms, method="c14n")
    return work.transformed(named, way, lambda: transformed(named, transforms, work)), target


_FORMS = (
    [ds("Transforms"), ds("DigestMethod"), ds("DigestValue")],
    [ds("DigestMethod"), ds("DigestValue")],
)


def _named(
    uri: str | None,
    document: Document,
    signature: etree._Element,
    detached: Mapping[str, bytes],
) -> tuple[Nodes | bytes, etree._Element | None]:
    if uri in {"", "#xpointer(/)"}:
        whole = Nodes(document, document.root, whole=True, comments=uri != "", signature=signature)
        return whole, None
    if uri is not None and uri.startswith("#"):
        pointer = _XPOINTER_ID.fullmatch(uri)
        identifier = (pointer[1] or pointer[2] or "") if pointer else uri[1:]
        if not identifier or "(" in identifier:
            raise constrained("reference", f"The pointer {_quoted(uri)} is not accepted.")
        target = document.element(identifier)
        part = Nodes(
            document, target, whole=False, comments=pointer is not None, signature=signature
        )
        return part, target
    name = _file(uri, detached)
    if name is None:
        raise Rejected(
            "reference",
            SubIndication.SIGNED_DATA_NOT_FOUND,
            f"{_quoted(uri)} was not handed in, and nothing is fetched.",
        )
    return detached[name], None


def _file(uri: str | None, detached: Mapping[str, bytes]) -> str | None:
    """Return the name of the file that an URI names; its characters may be escaped (RFC 3986)."""
    if uri is not None and (not uri or uri.startswith("#")):
        return None
    return next((one for one in (uri or "", unquote(uri or "")) if one in detached), None)


def _quoted(uri: str | None) -> str:
    return "a reference without URI" if uri is None else repr(uri[:100])
