"""`Racun` as XML, both ways: each field's element, in the order of the schema.

One table serves the writer and the reader. Texts are written in canonical form, as they are
digested: no blanks between elements, no empty tags.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from formats.binding.markup import escape
from formats.hr_cis import values
from formats.hr_cis.invoice import Fee, Invoice, Number, Tax
from formats.xml import UnreadableDocumentError, string_value

NAMESPACE = "http://www.apis-it.hr/fin/2012/types/f73"
PREFIX = "tns"

Read = Callable[[etree._Element], Any]  # noqa: SLF001 - lxml's own type
Write = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Slot:
    """A field and its element.

    Attributes:
        name: The element.
        field: The field.
        read: Returns the value.
        write: Returns the content.
        needed: It must be there.
    """

    name: str
    field: str
    read: Read
    write: Write
    needed: bool = False


def tag(name: str, content: str) -> str:
    """Return an element around its content."""
    return f"<{PREFIX}:{name}>{content}</{PREFIX}:{name}>"


def leaf(name: str, value: object) -> str:
    """Return an element with a value."""
    return tag(name, escape(values.written(value)))


def write_slots(slots: Sequence[Slot], thing: object) -> str:
    """Return the elements of what has them; those without a value are left out."""
    return "".join(
        tag(slot.name, slot.write(value))
        for slot in slots
        if (value := getattr(thing, slot.field)) is not None and value != ()
    )


def read_slots(slots: Sequence[Slot], node: etree._Element) -> dict[str, Any]:
    """Return the fields that an element's children give, which come in order.

    Raises:
        UnreadableDocumentError: One is missing, unknown, out of place, or not of its kind.
    """
    found: dict[str, Any] = {}
    left = children(node)
    for slot in slots:
        child = left[0] if left and is_called(left[0], slot.name) else None
        if child is not None:
            left = left[1:]
            found[slot.field] = slot.read(child)
        elif slot.needed:
            raise refused("missing", f"{slot.name} is missing in {local(node)}", node)
    if left:
        raise refused("unknown-element", f"{local(left[0])} is out of place", left[0])
    return found


def children(node: etree._Element) -> list[etree._Element]:
    """Return an element's elements; between them stands nothing."""
    between = [node.text, *(child.tail for child in node)]
    if any((one or "").strip(" \t\r\n") for one in between):
        raise refused("text", f"{local(node)} holds text beside elements", node)
    return list(node.iterchildren(etree.Element))


def is_called(node: etree._Element, name: str) -> bool:
    """Tell whether an element has a name of this namespace."""
    return bool(node.tag == f"{{{NAMESPACE}}}{name}")


def local(node: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(etree.QName(node).localname)


def text_of(node: etree._Element) -> str:
    """Return the text of an element that holds no elements.

    Raises:
        UnreadableDocumentError: It holds some.
    """
    if next(node.iterchildren(etree.Element), None) is not None:
        raise refused("unknown-element", f"{local(node)} holds elements", node)
    return string_value(node)


def refused(code: str, detail: str, node: etree._Element) -> UnreadableDocumentError:
    """Return why an element is not read."""
    place = str(node.getroottree().getpath(node))
    return UnreadableDocumentError(code, f"{detail}.", node.sourceline, place)


def simple(
    name: str, field: str, read: Callable[[str], Any] = str, *, needed: bool = False
) -> Slot:
    """Return the slot of a plain value."""
    return Slot(
        name,
        field,
        lambda node: read(text_of(node)),
        lambda value: escape(values.written(value)),
        needed,
    )


def _several(name: str, field: str, item: str, slots: Sequence[Slot], of: type[Any]) -> Slot:
    def read(node: etree._Element) -> tuple[Any, ...]:
        return tuple(_members(node, item, slots, of))

    def write(members: Sequence[Any]) -> str:
        return "".join(tag(item, write_slots(slots, one)) for one in members)

    return Slot(name, field, read, write)


def _members(
    node: etree._Element, item: str, slots: Sequence[Slot], of: type[Any]
) -> Iterator[Any]:
    inside = children(node)
    if not inside:
        raise refused("missing", f"{item} is missing in {local(node)}", node)
    for child in inside:
        if not is_called(child, item):
            raise refused("unknown-element", f"{local(child)} is no {item}", child)
        yield of(**read_slots(slots, child))


_TAX = (
    simple("Stopa", "rate", values.rate, needed=True),
    simple("Osnovica", "base", values.amount, needed=True),
    simple("Iznos", "amount", values.amount, needed=True),
)
_OTHER_TAX = (simple("Naziv", "name", needed=True), *_TAX)
_FEE = (
    simple("NazivN", "name", needed=True),
    simple("IznosN", "amount", values.amount, needed=True),
)
_NUMBER = (
    simple("BrOznRac", "sequence", needed=True),
    simple("OznPosPr", "premise", needed=True),
    simple("OznNapUr", "device", needed=True),
)
_RACUN = (
    simple("Oib", "oib", needed=True),
    simple("USustPdv", "in_vat", values.flag, needed=True),
    simple("DatVrijeme", "issued_at", values.moment, needed=True),
    simple("OznSlijed", "numbering", needed=True),
    Slot(
        "BrRac",
        "number",
        lambda node: Number(**read_slots(_NUMBER, node)),
        lambda value: write_slots(_NUMBER, value),
        needed=True,
    ),
    _several("Pdv", "vat", "Porez", _TAX, Tax),
    _several("Pnp", "consumption", "Porez", _TAX, Tax),
    _several("OstaliPor", "other", "Porez", _OTHER_TAX, Tax),
    simple("IznosOslobPdv", "exempt", values.amount),
    simple("IznosMarza", "margin", values.amount),
    simple("IznosNePodlOpor", "not_taxable", values.amount),
    _several("Naknade", "fees", "Naknada", _FEE, Fee),
    simple("IznosUkupno", "total", values.amount, needed=True),
    simple("NacinPlac", "payment", needed=True),
    simple("OibOper", "operator", needed=True),
    simple("ZastKod", "zki", needed=True),
    simple("NakDost", "late", values.flag, needed=True),
    simple("ParagonBrRac", "paragon"),
    simple("SpecNamj", "purpose"),
    simple("OibPrimateljaRacuna", "recipient"),
)


def write_invoice(invoice: Invoice) -> str:
    """Return the content of `Racun`."""
    return write_slots(_RACUN, invoice)


def read_invoice(node: etree._Element) -> Invoice:
    """Read `Racun`.

    Raises:
        UnreadableDocumentError: It is none that the schema takes.
    """
    try:
        return Invoice(**read_slots(_RACUN, node))
    except values.CisError as error:
        raise refused("value", str(error), node) from error
