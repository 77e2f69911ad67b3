"""Which element paths a schema of Factur-X allows."""

from pathlib import PurePosixPath

from lxml import etree

from formats import xml
from schemas import Artefact

_XS = "{http://www.w3.org/2001/XMLSchema}"


class SchemaPaths:
    """The element paths that a schema has, by walking its types.

    The schemas of Factur-X are plain: named complex types, a sequence of elements each.
    """

    def __init__(self, artefact: Artefact) -> None:
        self._types: dict[str, dict[str, str]] = {}
        self._roots: dict[str, str] = {}
        for name, content in artefact.files.items():
            if PurePosixPath(name).suffix == ".xsd":
                self._load(etree.fromstring(content))

    def _load(self, schema: etree._Element) -> None:
        namespace = schema.get("targetNamespace") or ""
        for element in schema.iterfind(f"{_XS}element"):
            self._roots[f"{{{namespace}}}{element.get('name')}"] = _name(element, "type")
        for kind in schema.iterfind(f"{_XS}complexType"):
            self._types[f"{{{namespace}}}{kind.get('name')}"] = {
                f"{{{namespace}}}{element.get('name')}": _name(element, "type")
                for element in kind.iter(f"{_XS}element")
            }

    def foreign(self, content: bytes) -> set[str]:
        """Return the paths of a document's elements that the schema does not have."""
        root = xml.parse(content)
        found: set[str] = set()
        self._walk(root, self._roots.get(str(root.tag)), "", found)
        return found

    def _walk(self, element: etree._Element, kind: str | None, path: str, found: set[str]) -> None:
        here = f"{path}/{etree.QName(element).localname}"
        if kind is None:
            found.add(here)
            return
        for child in element.iterchildren("*"):
            self._walk(child, self._types.get(kind, {}).get(str(child.tag)), here, found)


def _name(element: etree._Element, attribute: str) -> str:
    prefix, _, local = (element.get(attribute) or "").rpartition(":")
    return f"{{{element.nsmap.get(prefix or None)}}}{local}"
