"""Writing elements as text: what is absent writes nothing, everything else is escaped here.

Strings beat an element tree by a factor of four. One element a line, indented: people read this.
"""

import datetime
import re
from decimal import Decimal

from formats.xml import WHITESPACE

_SPECIAL = re.compile("[&<>\r\n]")
_SPECIAL_IN_ATTRIBUTE = re.compile('[&<>"\t\r\n]')
_REFERENCES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    # as references, because parsers turn these into line feeds and blanks, and `group` indents
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}


def escape(value: str) -> str:
    """Return a text as element content."""
    return _SPECIAL.sub(lambda found: _REFERENCES[found[0]], value)


def escape_attribute(value: str) -> str:
    """Return a text as attribute value, to stand in double quotes."""
    return _SPECIAL_IN_ATTRIBUTE.sub(lambda found: _REFERENCES[found[0]], value)


def leaf(tag: str, value: str | None, /, **attributes: str | None) -> str:
    """Return an element with text, or nothing when there is none.

    Empty elements are no business terms, and Peppol refuses them (PEPPOL-EN16931-R008).
    """
    if not value or not value.strip(WHITESPACE):
        return ""
    start = "".join(
        f' {key}="{escape_attribute(text)}"'
        for key, text in attributes.items()
        if text is not None
    )
    return f"<{tag}{start}>{escape(value)}</{tag}>"


def number(tag: str, value: Decimal | None, /, **attributes: str | None) -> str:
    """Return an element with a number, at the scale it has, in plain notation."""
    return "" if value is None else leaf(tag, format(value, "f"), **attributes)


def day(name: str, value: datetime.date | None) -> str:
    """Return an element with a date."""
    return "" if value is None else leaf(name, value.isoformat())


def group(name: str, *children: str) -> str:
    """Return an element around its children, or nothing when all of them are absent."""
    content = "\n".join(filter(None, children))
    return f"<{name}>\n{indented(content)}\n</{name}>" if content else ""


def indented(content: str) -> str:
    """Return elements two columns further in; texts hold no line feed (see `escape`)."""
    return "  " + content.replace("\n", "\n  ")


def required(name: str, *children: str) -> str:
    """Return an element around its children, also when all of them are absent."""
    return group(name, *children) or f"<{name}/>"
