"""The official schemas, where they are installed; without them nothing is judged by them."""

from pathlib import Path

from lxml import etree
from typing_extensions import override

from gateway.sandbox.ksef.shelf import Json

_FOLDERS = ("pl-ksef/docs/faktury/schemy/FA", "faktury/schemy/FA", "FA", ".")
_FILES = {"FA (3)": "schemat_FA(3)_v1-0E.xsd", "FA (2)": "schemat_FA(2)_v1-0E.xsd"}


class _Beside(etree.Resolver):
    """Finds what a schema imports from the publisher's site beside it, in `bazowe`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    @override
    def resolve(self, system_url: str, public_id: str, context: object) -> object:  # type: ignore[override]
        del public_id
        path = self._folder / "bazowe" / system_url.rpartition("/")[2]
        return self.resolve_filename(str(path), context) if path.is_file() else None


class Schemas:
    """The schemas of a folder.

    Args:
        folder: The official files, or the folder `FA` of them; None: none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._found: dict[str, Path] = {}
        self._read: dict[str, etree.XMLSchema] = {}
        for place in _FOLDERS if folder is not None else ():
            for form, name in _FILES.items():
                path = (folder or Path()) / place / name
                if path.is_file():
                    self._found.setdefault(form, path)

    def wrong_with(self, form: str, root: etree._Element) -> str | None:
        """Return what a form's schema finds wrong; None: nothing, or there is no schema."""
        path = self._found.get(form)
        if path is None:
            return None
        if form not in self._read:
            parser = etree.XMLParser(no_network=True)
            parser.resolvers.add(_Beside(path.parent))
            self._read[form] = etree.XMLSchema(etree.parse(path, parser))
        schema = self._read[form]
        if schema.validate(root.getroottree()):
            return None
        return str(schema.error_log[0].message)

    def report(self) -> Json:
        """Return which forms are judged by their schema, and which are not."""
        return {form: form in self._found for form in _FILES}
