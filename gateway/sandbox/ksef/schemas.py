"""The official schemas, where they are installed; without them nothing is judged by them."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree
from typing_extensions import override

from gateway.sandbox.ksef.shelf import Json
from schemas import Artefact, ArtefactMissingError, Catalog

_SCHEME = "artefact:///"
_DAY = datetime.date(2026, 2, 1)  # since then FA(3) alone is taken
_FAMILIES = {"FA (3)": "pl.gov.mf.ksef:fa"}


class Schemas:
    """The schemas, by form.

    Args:
        directories: Where the official files are; none: nothing is judged by them.
        cache: Where they were fetched to.
    """

    def __init__(self, directories: Sequence[Path] = (), cache: Path | None = None) -> None:
        self._catalog = Catalog(directories, cache=cache)
        self._compiled: dict[str, etree.XMLSchema] = {}

    def wrong_with(self, form: str, root: etree._Element) -> str | None:
        """Return what a form's schema finds wrong; None: nothing, or there is no schema."""
        schema = self._schema(form)
        if schema is None or schema.validate(root.getroottree()):
            return None
        return str(schema.error_log[0].message)

    def report(self) -> Json:
        """Return which forms are judged by their schema, and which are not."""
        return {form: self._schema(form) is not None for form in _FAMILIES}

    def _schema(self, form: str) -> etree.XMLSchema | None:
        if form not in _FAMILIES:
            return None
        if form not in self._compiled:
            try:
                artefact = self._catalog.artefact(_FAMILIES[form], _DAY)
            except ArtefactMissingError:
                return None  # it may be installed later
            self._compiled[form] = _compile(artefact)
        return self._compiled[form]


class _Own(etree.Resolver):
    """Gives libxml2 the artefact's files and nothing else, by the last part of an address."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self._files = {name.rpartition("/")[2]: content for name, content in files.items()}

    @override
    def resolve(self, system_url: str | None, public_id: str | None, context: object) -> object:  # type: ignore[override]
        name = (system_url or "").rpartition("/")[2]
        return self.resolve_string(self._files.get(name, b""), context, base_url=system_url)


def _compile(artefact: Artefact) -> etree.XMLSchema:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    parser.resolvers.add(_Own(artefact.files))
    parser.feed(artefact.content)
    tree = parser.close().getroottree()
    tree.docinfo.URL = _SCHEME + artefact.entry
    return etree.XMLSchema(tree)
