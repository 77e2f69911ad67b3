"""The AEAT's schemas, where they are installed: what they find wrong, and where."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from typing_extensions import override

from schemas import Artefact, ArtefactMissingError, Catalog

_SCHEME = "artefact:///"
_DAY = datetime.date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that the schema finds wrong.

    Attributes:
        index: Of the record it is in, from 0; None when it is in none.
        element: The element's local name.
        structural: Elements are missing or out of place, not of another value.
        message: What libxml2 says.
    """

    index: int | None
    element: str
    structural: bool
    message: str


class Schemas:
    """The schemas, by what they are of: `submission`, `query`.

    Args:
        directories: Where the official files are; none: nothing is judged by them.
        cache: Where they were fetched to.
    """

    def __init__(self, directories: Sequence[Path] = (), cache: Path | None = None) -> None:
        self._catalog = Catalog(directories, cache=cache)
        self._compiled: dict[str, etree.XMLSchema | None] = {}

    def installed(self, name: str) -> bool:
        """Tell whether there is a schema to judge by."""
        return self._schema(name) is not None

    def broken(self, name: str, node: etree._Element) -> list[Broken]:
        """Return what is wrong with an element, which is looked at for itself."""
        schema = self._schema(name)
        if schema is None:
            return []
        tree = etree.fromstring(etree.tostring(node, with_tail=False)).getroottree()
        if schema.validate(tree):
            return []
        prefixes = {
            prefix: uri for one in tree.iter(etree.Element) for prefix, uri in one.nsmap.items()
        }
        known = {prefix: uri for prefix, uri in prefixes.items() if prefix is not None}
        return [_broken(one, tree, known) for one in schema.error_log]

    def _schema(self, name: str) -> etree.XMLSchema | None:
        if name not in self._compiled:
            try:
                artefact = self._catalog.artefact(f"es.aeat:verifactu-{name}", _DAY)
            except ArtefactMissingError:
                return None  # it may be installed later
            self._compiled[name] = _compile(artefact)
        return self._compiled[name]


class _Own(etree.Resolver):
    """Gives libxml2 the artefact's files and nothing else, by the last part of an address."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self._files = files

    @override
    def resolve(self, system_url: str | None, public_id: str | None, context: object) -> object:  # type: ignore[override]
        name = (system_url or "").rpartition("/")[2]
        return self.resolve_string(self._files.get(name, b""), context, base_url=system_url)


def _compile(artefact: Artefact) -> etree.XMLSchema:
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False)
    parser.resolvers.add(_Own(artefact.files))
    parser.feed(artefact.content)
    tree = parser.close().getroottree()
    tree.docinfo.URL = _SCHEME + artefact.entry
    return etree.XMLSchema(tree)


def _broken(
    entry: etree._LogEntry, tree: etree._ElementTree, prefixes: Mapping[str, str]
) -> Broken:
    found = tree.xpath(entry.path or ".", namespaces=dict(prefixes))
    node = found[0] if isinstance(found, list) and found else tree.getroot()
    structural = "ELEMENT" in entry.type_name
    return Broken(_index(node), etree.QName(node).localname, structural, entry.message)


def _index(node: etree._Element) -> int | None:
    for one in (node, *node.iterancestors()):
        if etree.QName(one).localname == "RegistroFactura":
            before = one.itersiblings(etree.Element, preceding=True)
            return sum(etree.QName(other).localname == "RegistroFactura" for other in before)
    return None
