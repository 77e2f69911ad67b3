"""XML as text: what has to be escaped, and elements made by hand (for `Odd` nodes).

Strings beat an element tree by far. One element a line, indented: people read this.
"""

import re

from formats.xml import WHITESPACE

_SPECIAL = re.compile("[&<>\r\n]")
_SPECIAL_IN_ATTRIBUTE = re.compile('[&<>"\t\r\n]')
_REFERENCES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    # as references, because parsers turn these into line feeds and blanks, and we indent
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}


def escape(value: str) -> str:
    """Return a text as element content."""
    if _SPECIAL.search(value) is None:
        return value
    return _SPECIAL.sub(lambda found: _REFERENCES[found[0]], value)


def escape_attribute(value: str) -> str:
    """Return a text as attribute value, to stand in double quotes."""
    return _SPECIAL_IN_ATTRIBUTE.sub(lambda found: _REFERENCES[found[0]], value)


def attribute(name: str, value: str | None) -> str:
    """Return an attribute with the blank in front of it, or nothing when there is no value."""
    if value is None:
        return ""
    return f' {name}="{escape_attribute(value)}"'


def leaf(tag: str, value: str | None, /, **attributes: str | None) -> str:
    """Return an element with text, or nothing when there is none.

    Empty elements are no business terms, and Peppol refuses them (PEPPOL-EN16931-R008).
    """
    if not value or not value.strip(WHITESPACE):
        return ""
    start = "".join(attribute(name, text) for name, text in attributes.items())
    return f"<{tag}{start}>{escape(value)}</{tag}>"


def branch(tag: str, *children: str) -> str:
    """Return an element around its children, or nothing when all of them are absent."""
    content = "\n".join(filter(None, children))
    return f"<{tag}>\n{indented(content, 1)}\n</{tag}>" if content else ""


def indented(content: str, depth: int) -> str:
    """Return elements further in by a depth; texts hold no line feed (see `escape`)."""
    blanks = "  " * depth
    return blanks + content.replace("\n", "\n" + blanks)
