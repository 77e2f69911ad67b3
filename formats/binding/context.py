"""What goes along while a document is read or written."""

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from formats.binding.markup import attribute
from formats.paths import Paths
from formats.xml import WHITESPACE, string_value

VAT = "VAT"
"""The tax scheme of EN 16931's business terms; other dialects have others (IBT-118-1)."""

_ABOUT_SCHEMAS = "{http://www.w3.org/2001/XMLSchema-instance}"
"""Attributes of this namespace are about validation, no content."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a document that no term was read from.

    Attributes:
        path: XPath with positions; the last step may be an attribute.
        value: Its text, as written.
        line: 1-based line of the document.
    """

    path: str
    value: str
    line: int


MOST_UNREAD = 10_000
"""What a trace names; a hostile document could have half a million."""


@dataclass(slots=True)
class Trace:
    """Collects what a reader leaves behind; give one to `read` to know.

    Attributes:
        most: How many things are named.
        unread: What it left.
        more: Whether there was more.
    """

    most: int = MOST_UNREAD
    unread: list[Unread] = field(default_factory=list)
    more: bool = False
    _paths: Paths = field(default_factory=Paths, repr=False)

    def element(self, node: etree._Element) -> None:
        """Note an element and everything in it."""
        if self.more:
            return
        for inner in node.iter(etree.Element):
            if next(inner.iterchildren(etree.Element), None) is None:
                self.value(inner)
            for name, value in inner.attrib.items():
                self.attribute(inner, str(name), str(value))

    def value(self, node: etree._Element) -> None:
        """Note the text of an element, which comments may stand in."""
        if text := string_value(node).strip(WHITESPACE):
            self._add(node, "", text)

    def attribute(self, node: etree._Element, name: str, value: str) -> None:
        """Note an attribute."""
        if not name.startswith(_ABOUT_SCHEMAS) and value.strip(WHITESPACE):
            self._add(node, f"/@{name}", value)

    def _add(self, node: etree._Element, suffix: str, value: str) -> None:
        if len(self.unread) >= self.most:
            self.more = True
            return
        path = self._paths.path(node) + suffix
        self.unread.append(Unread(path, value, node.sourceline or 0))


@dataclass(slots=True)
class ReadContext:
    """Goes along while a document is read.

    Attributes:
        trace: Where to note what is not read, if anybody wants to know.
        tax_scheme: The tax that the document is about.
        currency: BT-5, which amounts state again; None while it is not known.
        notes: What one part of a syntax has to tell another (BT-90 stands with a party in UBL).
    """

    trace: Trace | None = None
    currency: str | None = None
    tax_scheme: str = VAT
    notes: dict[str, Any] = field(default_factory=dict)

    def unread(self, node: etree._Element) -> None:
        """Note that an element and all that is in it was not read."""
        if self.trace is not None:
            self.trace.element(node)

    def unread_value(self, node: etree._Element | None) -> None:
        """Note that the text of an element was not read, if there is one."""
        if self.trace is not None and node is not None:
            self.trace.value(node)

    def currency_of(self, node: etree._Element) -> None:
        """Note the currency of an amount when it is not the document's."""
        currency = node.get("currencyID")
        if (
            self.trace is not None
            and currency
            and currency.strip(WHITESPACE) != (self.currency or currency)
        ):
            self.trace.attribute(node, "currencyID", currency)

    def attributes(self, node: etree._Element, *read: str) -> None:
        """Note the attributes of an element that are not among those that were read."""
        if self.trace is not None:
            for name, value in node.attrib.items():
                if name not in read:
                    self.trace.attribute(node, str(name), str(value))


@dataclass(slots=True)
class WriteContext:
    """Goes along while a document is written.

    Attributes:
        invoice: The whole, for what stands elsewhere than in its group.
        currency: BT-5 as the attribute of amounts.
        tax_scheme: The tax that the document is about.
        notes: What one part of a syntax has to tell another.
    """

    invoice: Any
    tax_scheme: str = VAT
    currency: str = field(init=False)
    notes: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.currency = attribute("currencyID", self.invoice.currency_code or "")
