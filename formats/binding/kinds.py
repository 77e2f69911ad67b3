"""The kinds of values: how each is read from an element, and the code that writes it.

Codes and identifiers lose white space around them, which is the sender's layout; free text is
kept as written. An element without any text is no business term: it reads as absent.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from lxml import etree

from formats.binding.construction import make
from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.money import MAX_DIGITS
from formats.lexical import xs_base64, xs_boolean, xs_date, xs_decimal
from formats.xml import WHITESPACE, UnreadableDocumentError, string_value

if TYPE_CHECKING:
    from formats.binding.context import ReadContext

MAX_TEXT = 100_000
"""Characters a `Text` of the model holds."""

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of value is read and written.

    Attributes:
        read: The value of an element, None when it holds none. Raises `UnreadableDocumentError`.
        condition: Python expression on `{v}`: is there anything to write?
        expression: Python expression on `{v}`: the escaped text.
        start: Python expression on `{v}` and `c` (the `WriteContext`) for the attributes.
        attributes: The XML attributes that `read` and `start` take care of.
        joins: Whether repeated elements are one text, a line each.
    """

    read: Callable[[etree._Element, "ReadContext"], Any]
    condition: str
    expression: str
    start: str = ""
    attributes: tuple[str, ...] = ()
    joins: bool = False

    def take(self, node: etree._Element, context: "ReadContext") -> Any:  # noqa: ANN401
        """Read an element for an `Odd` node; its attributes that nobody reads are noted."""
        context.attributes(node, *self.attributes)
        return self.read(node, context)


def text_of(node: etree._Element, _context: "ReadContext | None" = None) -> str | None:
    """Return the text of an element as written, None when it is blank."""
    text = string_value(node) if len(node) else node.text
    if not text or not text.strip(WHITESPACE):
        return None
    if len(text) > MAX_TEXT:
        raise unreadable(node, "out-of-range", f"It has more than {MAX_TEXT} characters.")
    return text


def joined(node: etree._Element, before: str, text: str) -> str:
    """Return repeated texts as one, a line each, within the limit of one."""
    if len(before) + 1 + len(text) > MAX_TEXT:
        raise unreadable(node, "out-of-range", f"It has more than {MAX_TEXT} characters.")
    return f"{before}\n{text}"


def code_of(node: etree._Element, _context: "ReadContext | None" = None) -> str | None:
    """Return the text of an element without white space around it, None when it is blank."""
    text = string_value(node) if len(node) else node.text
    if not text or not (text := text.strip(WHITESPACE)):
        return None
    if len(text) > MAX_TEXT:
        raise unreadable(node, "out-of-range", f"It has more than {MAX_TEXT} characters.")
    return text


def attribute_of(node: etree._Element, name: str) -> str | None:
    """Return a code in an attribute, None when it is absent or blank."""
    value = node.get(name)
    if value is None:
        return None
    if len(value) > MAX_TEXT:
        message = f"The attribute {name} has more than {MAX_TEXT} characters."
        raise unreadable(node, "out-of-range", message)
    return value.strip(WHITESPACE) or None


def unreadable(node: etree._Element, code: str, message: str) -> UnreadableDocumentError:
    """Return the error about the value of an element, with its place."""
    name = etree.QName(node).localname
    location = node.getroottree().getpath(node)
    return UnreadableDocumentError(code, f"{name}: {message}", node.sourceline, location)


def typed(
    read: Callable[[str], _Read],
) -> Callable[[etree._Element, "ReadContext"], _Read]:
    """Return a reader for a lexical form of XML Schema, whose errors tell the place."""

    def value(node: etree._Element, _context: "ReadContext") -> _Read:
        try:
            return read(string_value(node))
        except UnreadableDocumentError as error:
            raise unreadable(node, error.code, error.message) from None

    return value


def _decimal(text: str) -> Decimal:
    value = xs_decimal(text)
    if len(text) > MAX_DIGITS and len(value.as_tuple().digits) > MAX_DIGITS:
        raise UnreadableDocumentError("out-of-range", f"It has more than {MAX_DIGITS} digits.")
    return value


_exact_decimal = typed(_decimal)
_USUAL_DECIMAL = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")


def _read_decimal(node: etree._Element, context: "ReadContext") -> Decimal:
    """Read an xs:decimal; almost all are written as Python writes them, and have no children."""
    text = node.text
    if text is not None and len(node) == 0 and _USUAL_DECIMAL.fullmatch(text):
        return Decimal(text)
    return _exact_decimal(node, context)


def identifier(scheme: str = "schemeID", version: str | None = None) -> Kind:
    """Return the kind of identifiers whose scheme (and its version) stand in attributes."""
    names = (scheme, version) if version else (scheme,)

    def read(node: etree._Element, _context: "ReadContext") -> SchemedIdentifier | None:
        value = code_of(node)
        if value is None:
            return None
        return make(
            SchemedIdentifier,
            {
                "value": value,
                "scheme_identifier": attribute_of(node, scheme),
                "scheme_version_identifier": attribute_of(node, version) if version else None,
            },
        )

    start = f"attribute({scheme!r}, {{v}}.scheme_identifier)"
    if version:
        start += f" + attribute({version!r}, {{v}}.scheme_version_identifier)"
    return Kind(
        read,
        "{v} is not None and {v}.value.strip(WHITESPACE)",
        "escape({v}.value)",
        start,
        names,
    )


def _binary_object(node: etree._Element, context: "ReadContext") -> BinaryObject | None:
    content = typed(xs_base64)(node, context)
    filename = node.get("filename")
    return make(
        BinaryObject,
        {
            "content": content,
            "mime_code": attribute_of(node, "mimeCode") or "",
            "filename": filename if filename and filename.strip(WHITESPACE) else "",
        },
    )


def _read_date(node: etree._Element, _context: "ReadContext") -> datetime.date:
    return _xs_date(node, _context)


_xs_date = typed(xs_date)
_FINITE = "{v} is not None"

TEXT = Kind(
    text_of,
    "{v} and {v}.strip(WHITESPACE)",
    "escape({v})",
    joins=True,
)
"""Free text; what a syntax repeats and EN 16931 has once is joined, a line each."""

CODE = Kind(code_of, "{v} and {v}.strip(WHITESPACE)", "escape({v})")
"""A code or an identifier without scheme."""

DECIMAL = Kind(_read_decimal, _FINITE, "format({v}, 'f')")
"""A number, at the scale it has, in plain notation."""

AMOUNT = Kind(_read_decimal, _FINITE, "format({v}, 'f')", "c.currency", ("currencyID",))
"""A number with the invoice currency (BT-5) as `currencyID`."""

DATE = Kind(_read_date, _FINITE, "{v}.isoformat()")
"""A day, as xs:date."""

INDICATOR = Kind(typed(xs_boolean), _FINITE, "'true' if {v} else 'false'")
"""True or false."""

IDENTIFIER = identifier()
"""An identifier with `schemeID`."""

BINARY = Kind(
    _binary_object,
    _FINITE,
    "base64({v}.content)",
    "attribute('mimeCode', {v}.mime_code)"
    " + (attribute('filename', {v}.filename) if {v}.filename else '')",
    ("mimeCode", "filename"),
)
"""An embedded file with its MIME code and name."""
