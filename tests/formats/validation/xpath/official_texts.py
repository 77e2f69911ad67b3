"""Every expression, pattern and type of the official Schematron and XSLT rule files."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
XSLT = "http://www.w3.org/1999/XSL/Transform"

NO_RULES = ("xrechnung/visualization", "es-facturae/xsl", "it-", "mx-cfdi", "si-eslog/xslt")
"""Where stylesheets turn documents into pages, and judge nothing."""

_EXPRESSIONS = {
    XSLT: {"select", "test", "use", "value", "group-by", "group-adjacent"},
    SCHEMATRON: {"test", "value", "select", "path"},
}
_PATTERNS = {
    XSLT: {"match", "count", "from", "group-starting-with", "group-ending-with"},
    SCHEMATRON: {"context"},
}
_TYPES: dict[str, set[str]] = {XSLT: {"as"}, SCHEMATRON: set()}


@dataclass(frozen=True, slots=True)
class Text:
    """One text, where it is, and what its prefixes mean."""

    file: str
    line: int
    text: str
    namespaces: Mapping[str, str]
    default: str


@dataclass(slots=True)
class Texts:
    """All of them, each distinct text of a file once.

    Attributes:
        placeholders: How many texts of abstract patterns were left out: `$name` in them stands
            for a text that another pattern gives, so they are not expressions yet.
    """

    files: int = 0
    placeholders: int = 0
    expressions: list[Text] = field(default_factory=list)
    patterns: list[Text] = field(default_factory=list)
    types: list[Text] = field(default_factory=list)


@cache
def official_texts(official: Path) -> Texts:
    """Read every rule file below the folder."""
    found = Texts()
    roots = list(_rule_files(official))
    families = _declared(official, roots)
    for path, root in roots:
        found.files += 1
        name = path.relative_to(official).as_posix()
        _read(found, name, root, families[name.split("/", maxsplit=1)[0]])
    return found


def _rule_files(official: Path) -> Iterator[tuple[Path, etree._Element]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    for path in sorted(official.rglob("*")):
        if path.suffix not in {".sch", ".xsl", ".xslt", ".xml"} or not path.is_file():
            continue
        if path.relative_to(official).as_posix().startswith(NO_RULES):
            continue
        content = path.read_bytes()
        if SCHEMATRON.encode() not in content and XSLT.encode() not in content:
            continue
        root = etree.fromstring(content, parser)
        if etree.QName(root).namespace in {SCHEMATRON, XSLT}:
            yield path, root


def _declared(
    official: Path, roots: list[tuple[Path, etree._Element]]
) -> dict[str, dict[str, str]]:
    """Return the prefixes that the schemas of each folder declare, for the parts they include."""
    families: dict[str, dict[str, str]] = defaultdict(dict)
    for path, root in roots:
        families[path.relative_to(official).parts[0]].update(_of_schema(root))
    return families


def _of_schema(root: etree._Element) -> dict[str, str]:
    declarations = root.iter(f"{{{SCHEMATRON}}}ns")
    return {each.get("prefix", ""): each.get("uri", "") for each in declarations}


def _read(found: Texts, name: str, root: etree._Element, family: Mapping[str, str]) -> None:
    schema = _of_schema(root)
    seen: set[tuple[str, str]] = set()
    for element in root.iter("*"):
        namespace = etree.QName(element).namespace or ""
        if namespace not in {SCHEMATRON, XSLT}:
            continue
        declared = {prefix: uri for prefix, uri in element.nsmap.items() if prefix}
        prefixes = {**family, **declared, **schema}
        for attribute, value in element.attrib.items():
            key = str(attribute), str(value)
            into = _kind(found, namespace, key[0])
            if into is None or key in seen:
                continue
            if "$" in key[1] and _in_abstract_pattern(element):
                found.placeholders += 1
                continue
            seen.add(key)
            line = element.sourceline or 0
            into.append(Text(name, line, key[1], prefixes, _default(element)))


def _kind(found: Texts, namespace: str, attribute: str) -> list[Text] | None:
    if attribute in _EXPRESSIONS[namespace]:
        return found.expressions
    if attribute in _PATTERNS[namespace]:
        return found.patterns
    return found.types if attribute in _TYPES[namespace] else None


def _in_abstract_pattern(element: etree._Element) -> bool:
    patterns = element.iterancestors(f"{{{SCHEMATRON}}}pattern")
    return any(pattern.get("abstract") == "true" for pattern in patterns)


def _default(element: etree._Element) -> str:
    for each in (element, *element.iterancestors()):
        if (namespace := each.get("xpath-default-namespace")) is not None:
            return namespace
    return ""
