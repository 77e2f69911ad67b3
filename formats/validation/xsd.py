"""XML Schema on the bytes, with libxml2 (XSD 1.0)."""

import re
from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING

from lxml import etree
from typing_extensions import override

from formats import xml
from formats.findings import Finding, Flag
from schemas import Artefact

if TYPE_CHECKING:
    from lxml.etree._docloader import _InputDocument

_SCHEME = "artefact:///"
_ADDRESSES = ("http://", "https://")
_MOST = 1000
"""Findings per document: a hostile document could have one per element."""

_ANNOTATION = b"annotation>"
_ENDINGS = {
    b"<xs:annotation>": b"</xs:annotation>",
    b"<xsd:annotation>": b"</xsd:annotation>",
    # What is no markup is passed over whole.
    b"<!--": b"-->",
    b"<![CDATA[": b"]]>",
}
_OPENING = re.compile(b"|".join(map(re.escape, _ENDINGS)))


class SchemaError(Exception):
    """The schema itself does not load; says nothing about any document."""


class _Schema:
    """One compiled schema. libxml2 keeps the errors of a run on it, so runs take turns."""

    def __init__(self, artefact: Artefact) -> None:
        self._schema = _compile(artefact)
        self._lock = Lock()

    def errors(self, document: etree._Element) -> list[etree._LogEntry]:
        with self._lock:
            if self._schema.validate(document.getroottree()):
                return []
            entries = list(self._schema.error_log)
        if not entries:
            raise SchemaError("libxml2 called the document invalid without a reason")
        return entries


_schemas: dict[str, _Schema] = {}
_compiling = Lock()


def load(artefact: Artefact) -> None:
    """Compile a schema if this process has not yet; 40 to 300 ms for UBL.

    Raises:
        SchemaError: It is not a schema, or imports a file that is not the artefact's own.
    """
    _loaded(artefact)


def check(artefact: Artefact, content: bytes) -> tuple[Finding, ...]:
    """Return what the schema finds wrong with a document.

    Raises:
        UnreadableDocumentError: The bytes are not a document we read.
        SchemaError: The schema does not load.
    """
    return check_element(artefact, xml.parse(content))


def check_element(artefact: Artefact, document: etree._Element) -> tuple[Finding, ...]:
    """Return what the schema finds wrong with a parsed document, at most 1,000 findings.

    Rule ids are `XSD-` and libxml2's name of the error, e.g. `XSD-SCHEMAV_ELEMENT_CONTENT`.
    """
    entries = _loaded(artefact).errors(document)
    prefixes = {uri: prefix for prefix, uri in _namespaces(document).items()}
    found = [_finding(entry, artefact.id, prefixes) for entry in entries[:_MOST]]
    if len(entries) > _MOST:
        found.append(
            Finding(
                rule="XSD-MORE",
                rule_set=artefact.id,
                flag=Flag.FATAL,
                message=f"{len(entries) - _MOST} more schema errors are not listed.",
            )
        )
    return tuple(found)


def _loaded(artefact: Artefact) -> _Schema:
    schema = _schemas.get(artefact.sha256)
    if schema is None:
        with _compiling:
            schema = _schemas.get(artefact.sha256)
            if schema is None:
                schema = _schemas[artefact.sha256] = _Schema(artefact)
    return schema


class _OwnFiles(etree.Resolver):
    """Gives libxml2 the artefact's checked bytes, and nothing else: no disk, no network."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self._files = files

    @override
    def resolve(
        self, system_url: str | None, public_id: str | None, context: object
    ) -> "_InputDocument | None":
        name = (system_url or "").removeprefix(_SCHEME)
        if name not in self._files and name.startswith(_ADDRESSES):
            # nothing is fetched: the artefact's own copy stands in, in whatever folder it is
            last = name.rpartition("/")[2]
            name = next((path for path in self._files if path.rpartition("/")[2] == last), last)
        if name not in self._files:
            # Returning None would make lxml open the path or address itself.
            raise SchemaError(f"imports {system_url}, which is not one of its files")
        return self.resolve_string(_bare(self._files[name]), context, base_url=system_url)


def _bare(schema: bytes) -> bytes:
    """Return a schema without its annotations, on which no validity depends (XSD 1.0, 3.13).

    Three quarters of UBL's bytes are theirs, and half of the time to load it.
    """
    kept: list[bytes] = []
    place = done = 0
    while (opening := _OPENING.search(schema, place)) is not None:
        ending = _ENDINGS[opening[0]]
        end = schema.find(ending, opening.end())
        if end < 0:
            break
        place = end + len(ending)
        if ending.endswith(_ANNOTATION):
            kept.append(schema[done : opening.start()])
            done = place
    return b"".join((*kept, schema[done:]))


def _compile(artefact: Artefact) -> etree.XMLSchema:
    # Not formats.xml.parse: these bytes are checked, and UBL's copy of xmldsig has a DOCTYPE with
    # internal entities that must be expanded. Its own entities only; libxml2 never opens a file.
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False)
    parser.resolvers.add(_OwnFiles(artefact.files))
    try:
        parser.feed(_bare(artefact.content))
        tree = parser.close().getroottree()
        tree.docinfo.URL = _SCHEME + artefact.entry
        return etree.XMLSchema(tree)
    except (etree.LxmlError, KeyError) as error:
        raise SchemaError(f"{artefact.id} does not load: {error}") from error


def _namespaces(document: etree._Element) -> dict[str, str]:
    return {prefix or "": uri for prefix, uri in document.nsmap.items()}


def _finding(entry: etree._LogEntry, rule_set: str, prefixes: Mapping[str, str]) -> Finding:
    message = entry.message
    for uri, prefix in prefixes.items():
        message = message.replace(f"{{{uri}}}", f"{prefix}:" if prefix else "")
    return Finding(
        rule=f"XSD-{entry.type_name}",
        rule_set=rule_set,
        flag=Flag.FATAL,
        message=message,
        location=entry.path,
        line=entry.line or None,
    )
