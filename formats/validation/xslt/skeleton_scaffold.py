"""What the ISO skeleton writes around the rules, recognised so that nothing else is left over.

Pieces that are the same in every stylesheet it ever made are known by their fingerprints.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from formats.validation.xslt.canonical import fingerprint
from formats.validation.xslt.reading import (
    SVRL,
    XSL,
    attributes,
    children,
    tag_of,
    text_only,
    unsupported,
)

_GLOBALS = {
    "archiveDirParameter": "3433d27ac87f03195772706a55d08e0d6dcd93418019430078a69ba15b50c8fc",
    "archiveNameParameter": "acbca375e75a6fcddd7e227420a4b152359db4fc08d342f3a97163567be7a316",
    "fileNameParameter": "997d0ac2976a4a4c16edfc9ce04b599d6a18382fc7181e4df8e9e26a1e89da1d",
    "fileDirParameter": "1521822bcd44f803275bd50f399be634a70cc24fb01d5422517b842f7c592830",
    "document-uri": "a02d97477e690c4841deffe7bf6142c0e4a28d683ea47e7c1b91273f80e2f001",
}
"""Parameters that nobody sets and a variable, shown in the report's comment only."""

_PLACES = {
    "schematron-select-full-path": [
        "a4cf40fa7984952b073d72c80661446f99d1cdbcb714456721557555ca0cf8b7",
    ],
    "schematron-get-full-path": [
        "edbc13a674177fe80abe4e8d2ffdd17a6c8d7c3e30a9cb34b430371790a21f94",
        "7b68f52d1a9e7ba0f2deb1aec421df274f613710ea53e8d481fed5c6f7bf1d22",
    ],
}
"""The modes that tell a place, with their templates: for elements, elements, attributes."""

_NEVER_APPLIED = {
    "schematron-get-full-path-2",
    "schematron-get-full-path-3",
    "generate-id-from-path",
    "generate-id-2",
}
_COMMENT = "8d0ae2454434a0b79c2bf0d85b1f94fa246c65c605ce70945a46e0a9416cac8b"
"""In the report: the parameters."""

_URIS = {
    "2dcb5c7bff06ab98a27ce27e0b7816d4e0b244d0d74ffb2fec30984bfc843024",
    "97cb0b8a094372eb16b9421bbbe7d0022f5de14bde747c01b5abb07d51204968",
}
"""In the report: the address of the document, as `document` and `documents` of a pattern."""


@dataclass(slots=True)
class Scaffold:
    """The templates of a stylesheet, sorted.

    Attributes:
        title: Of the schema.
        applied: Mode and pattern id (or nothing), in the order applied.
        modes: The templates of each mode that has rules.
    """

    title: str = ""
    applied: list[tuple[str, str]] = field(default_factory=list)
    modes: dict[str, list[etree._Element]] = field(default_factory=dict)


def is_own_global(element: etree._Element) -> bool:
    """Tell whether a declaration is a variable or parameter that every skeleton has.

    Raises:
        UnsupportedRuleError: It has the name of one and is another.
    """
    name = element.get("name", "")
    if tag_of(element) not in {f"{XSL}param", f"{XSL}variable"} or name not in _GLOBALS:
        return False
    if fingerprint(element) != _GLOBALS[name]:
        raise unsupported(element, f"{name} is something else in the skeleton")
    return True


def scaffold(stylesheet: etree._Element, templates: Iterable[etree._Element]) -> Scaffold:
    """Sort the templates of a stylesheet.

    Raises:
        UnsupportedRuleError: There is one that the skeleton does not write, or one is missing.
    """
    result = Scaffold()
    places: dict[str, list[str]] = {mode: [] for mode in _PLACES}
    roots = []
    for template in templates:
        attributes(template, ("match",), ("mode", "priority"))
        mode = template.get("mode")
        if mode is None:
            roots += _default_mode(template)
        elif mode in places:
            places[mode].append(fingerprint(template))
        elif mode not in _NEVER_APPLIED:
            result.modes.setdefault(mode, []).append(template)
    if len(roots) != 1:
        raise unsupported(stylesheet, "it needs one template for the root")
    if places != _PLACES:
        raise unsupported(roots[0], "its places are told in another way")
    _read_root(roots[0], result)
    unapplied = result.modes.keys() - {mode for mode, _ in result.applied}
    if unapplied:
        raise unsupported(result.modes[min(unapplied)][0], "its mode is never applied")
    return result


def _default_mode(template: etree._Element) -> list[etree._Element]:
    """Return the template if it is the root's.

    The root's applies templates in the default mode, to no effect: there is only another one,
    which drops text, and what is built in, which goes down and copies text.
    """
    if template.get("match") == "/" and len(template.attrib) == 1:
        return [template]
    if (template.get("match"), template.get("priority")) != ("text()", "-1") or children(template):
        raise unsupported(template, "not a template of the skeleton")
    return []


def _read_root(root: etree._Element, result: Scaffold) -> None:
    match children(root):
        case [output] if tag_of(output) == f"{SVRL}schematron-output":
            attributes(output, (), ("title", "schemaVersion", "phase"))
        case _:
            raise unsupported(root, "it makes no SVRL report")
    result.title = output.get("title", "")
    pattern_id = ""
    for child in children(output):
        match tag_of(child).removeprefix(XSL):
            case "apply-templates":
                attributes(child, ("mode", "select"))
                mode = child.get("mode", "")
                if child.get("select") != "/" or mode not in result.modes:
                    raise unsupported(child, f"applies {mode} to {child.get('select')}")
                if mode in (known for known, _ in result.applied):
                    raise unsupported(child, f"applies {mode} twice")
                result.applied.append((mode, pattern_id))
                pattern_id = ""
            case "comment" if fingerprint(child) == _COMMENT:
                pass
            case "attribute" if child.get("name") == "phase":
                text_only(child)
            case _ if tag_of(child) == f"{SVRL}active-pattern":
                pattern_id = _pattern_id(child)
            case _ if tag_of(child) in {f"{SVRL}ns-prefix-in-attribute-values", f"{SVRL}text"}:
                text_only(child)
            case _:
                raise unsupported(child, "not understood in the report")


def _pattern_id(active: etree._Element) -> str:
    attributes(active, ())
    pattern_id = ""
    for child in children(active):
        if tag_of(child) == f"{XSL}apply-templates" and not child.attrib and not len(child):
            continue  # in the default mode: see above
        if tag_of(child) != f"{XSL}attribute":
            raise unsupported(child, "not understood in a pattern")
        if fingerprint(child) not in _URIS:
            attributes(child, ("name",))
            if child.get("name") == "id":
                pattern_id = text_only(child)
            elif child.get("name") in {"name", "documents"}:
                text_only(child)
            else:
                raise unsupported(child, "not understood in a pattern")
    return pattern_id
