"""What rule sets are tried on: documents, snippets of unit tests, KoSIT's instructions."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

from formats import xml
from formats.facturx.hybrid import extract
from tests.conformance.rule_sets.xmute import instructed
from tests.official_documents import declared_rules

_TEST = "{http://difi.no/xsd/vefa/validator/1.0}"


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to judge.

    Attributes:
        name: Path inside the official folder, with the number of the snippet.
        content: The bytes.
        root: Clark name of the root.
        expected: By rule id, whether it must fire (a unit test says so).
        declared: Severity, rule id, times: what `EXPECTED.json` says; None when it says nothing.
        stops: `EXPECTED.json` says that the rules stop with an error.
    """

    name: str
    content: bytes = field(repr=False)
    root: str
    expected: Mapping[str, bool] = field(default_factory=dict)
    declared: Mapping[str, Mapping[str, int]] | None = None
    stops: bool = False


def documents(official: Path, folders: tuple[str, ...], roots: tuple[str, ...]) -> list[Subject]:
    """Return every XML document below some folders whose root is one of these."""
    return [
        subject
        for folder in folders
        for subject in _below(official, folder)
        if is_for(subject.root, roots)
    ]


def declared(official: Path, rule_set: str) -> list[Subject]:
    """Return the documents that `EXPECTED.json` has a verdict of this rule set about."""
    found = []
    for path, rules in declared_rules(official, rule_set):
        content = _content(official / path)
        stops = "exception" in rules
        counts = None if stops else rules
        if (root := _root(content)) is not None:
            found.append(Subject(path, content, root, declared=counts, stops=stops))
    return found


@cache
def snippets(official: Path, folder: str) -> tuple[Subject, ...]:
    """Return the snippets of a folder of unit tests, in order."""
    found = []
    for path in sorted((official / folder).glob("*.xml")):
        tests = xml.parse(path.read_bytes()).findall(f"{_TEST}test")
        for number, test in enumerate(tests, 1):
            name = f"{path.relative_to(official).as_posix()}#{number}"
            found.append(_snippet(name, test))
    return tuple(found)


@cache
def mutants_of_kosit(official: Path, folder: str, prefix: str) -> tuple[Subject, ...]:
    """Return the documents that KoSIT's `xmute` instructions describe, with what must fire."""
    found = []
    for path in sorted((official / folder).glob("*.xml")):
        name = path.relative_to(official).as_posix()
        for label, root, expected in instructed(path.read_bytes(), prefix):
            content = etree.tostring(root, encoding="utf-8")
            found.append(Subject(f"{name}#{label}", content, str(root.tag), expected))
    return tuple(found)


def is_for(root: str, roots: tuple[str, ...]) -> bool:
    """Whether a root is one of those looked at; names without namespace match any."""
    return root in roots or etree.QName(root).localname in roots


@cache
def _below(official: Path, folder: str) -> tuple[Subject, ...]:
    return tuple(_readable(official, sorted((official / folder).rglob("*.[xX][mM][lL]"))))


def _readable(official: Path, paths: list[Path]) -> Iterator[Subject]:
    for path in paths:
        content = path.read_bytes()
        root = _root(content)
        if root is not None and not root.startswith(_TEST):
            yield Subject(path.relative_to(official).as_posix(), content, root)


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    return extract(content).xml if path.suffix == ".pdf" else content


def _root(content: bytes) -> str | None:
    """Return the Clark name of the root; None of what is refused before any rule sees it."""
    try:
        return str(xml.parse(content).tag)
    except xml.UnreadableDocumentError:
        return None


def _snippet(name: str, test: etree._Element) -> Subject:
    expected = {
        xml.string_value(entry).strip(): entry.tag != f"{_TEST}success"
        for entry in test.iterfind(f"{_TEST}assert/*")
        if entry.tag != f"{_TEST}description"
    }
    child = next(child for child in test.iterchildren("*") if child.tag != f"{_TEST}assert")
    document = deepcopy(child)
    document.tail = None
    return Subject(name, etree.tostring(document, encoding="utf-8"), str(document.tag), expected)
