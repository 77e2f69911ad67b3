"""Parties as CII has them, and those that only extensions know."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from formats.binding import (
    CODE,
    IDENTIFIER,
    TEXT,
    Branch,
    Nested,
    Node,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.markup import leaf
from formats.binding.nodes import Values
from formats.cii.kinds import GLOBAL_ID, date
from formats.cii.names import BINDING, SEPA, TAX_NUMBER, VAT_NUMBER
from formats.en16931.extensions.parties import TradeAddress, TradeContact, TradeParty
from formats.en16931.group import Group, SchemedIdentifier
from formats.xml import WHITESPACE


def address(model: type[Group]) -> Shape:
    """Return the shape of BG-5, BG-8, BG-12 and BG-15: different terms, one shape."""
    return Shape(
        model,
        Value("ram:PostcodeCode", "post_code", TEXT),
        Value("ram:LineOne", "line_1", TEXT),
        Value("ram:LineTwo", "line_2", TEXT),
        Value("ram:LineThree", "line_3", TEXT),
        Value("ram:CityName", "city", TEXT),
        Value("ram:CountryID", "country_code", CODE),
        Value("ram:CountrySubDivisionName", "country_subdivision", TEXT),
    )


def reached(*names: Node, prefix: str = "") -> tuple[Node, ...]:
    """Return the nodes of a contact after its names; `prefix` is where its extensions are."""
    return (
        *names,
        Value("ram:TypeCode", f"{prefix}type_code", CODE),
        Branch(
            "ram:TelephoneUniversalCommunication",
            Value("ram:CompleteNumber", "telephone_number", TEXT),  # BT-42, BT-57
        ),
        Branch(
            "ram:FaxUniversalCommunication",
            Value("ram:CompleteNumber", f"{prefix}fax_number", TEXT),
        ),
        Branch(
            "ram:EmailURIUniversalCommunication",
            Value("ram:URIID", "email_address", TEXT),  # BT-43, BT-58
        ),
    )


def electronic_address(field: str) -> Branch:
    """Return an electronic address, with its scheme."""
    return Branch("ram:URIUniversalCommunication", Value("ram:URIID", field, IDENTIFIER))


def tax_number(field: str, scheme: str) -> Node:
    """Return the number for a tax: VA is VAT, FC any other."""
    tag, number = BINDING.clark("ram:ID"), {"schemeID": scheme}

    def says(element: etree._Element, _context: ReadContext) -> bool:
        node = element.find(tag)
        return (
            node is not None and (node.get("schemeID") or "").strip(WHITESPACE).upper() == scheme
        )

    return Branch(
        "ram:SpecifiedTaxRegistration", Value("ram:ID", field, CODE, constants=number), when=says
    )


def several(field: str) -> Odd:
    """Return identifiers that repeat, with and without scheme.

    The schema wants those without scheme first. BT-90 stands elsewhere.
    """
    *path, name = field.split(".")

    def read(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
        found = [each for node in nodes if (each := GLOBAL_ID.take(node, context)) is not None]
        if found:
            found.sort(key=lambda each: each.scheme_identifier is not None)
            _at(values, path)[name] = found

    def write(group: Any, _context: WriteContext) -> list[str]:  # noqa: ANN401 - any party
        return written(_of(group, field) or ())

    return Odd(("ram:ID", "ram:GlobalID"), read, write)


def repeated(tag: str, field: str) -> Odd:
    """Return codes or identifiers that repeat."""
    *path, name = field.split(".")

    def read(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
        found = [each for node in nodes if (each := IDENTIFIER.take(node, context)) is not None]
        if found:
            _at(values, path)[name] = found

    def read_codes(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
        found = [code for node in nodes if (code := CODE.take(node, context)) is not None]
        if found:
            _at(values, path)[name] = found

    def write(group: Any, _context: WriteContext) -> list[str]:  # noqa: ANN401 - any group
        return [
            leaf(tag, each)
            if isinstance(each, str)
            else leaf(tag, each.value, schemeID=each.scheme_identifier)
            for each in _of(group, field) or ()
        ]

    return Odd((tag,), read if tag == "ram:GlobalID" else read_codes, write)


def first_of(field: str, others: str) -> Odd:
    """Return an identifier that EN 16931 has once, with the further ones of extensions."""
    *path, name = field.split(".")
    *rest, further = others.split(".")

    def read(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
        found = (GLOBAL_ID.take(node, context) for node in nodes)
        said = [identifier for identifier in found if identifier is not None]
        if said:
            _at(values, path)[name] = said[0]
        if said[1:]:
            _at(values, rest)[further] = said[1:]

    def write(group: Any, _context: WriteContext) -> list[str]:  # noqa: ANN401 - any party
        one, more = _of(group, field), _of(group, others)
        return written((*(() if one is None else (one,)), *(more or ())))

    return Odd(("ram:ID", "ram:GlobalID"), read, write)


def _at(values: Values, path: Sequence[str]) -> Values:
    for step in path:
        values = values.setdefault(step, {})
    return values


def _of(group: Any, field: str) -> Any:  # noqa: ANN401 - any field of any group
    for step in field.split("."):
        group = None if group is None else getattr(group, step)
    return group


def written(identifiers: Sequence[SchemedIdentifier]) -> list[str]:
    """Return identifiers as elements, those without scheme first; BT-90 stands elsewhere."""
    plain, schemed = [], []
    for entry in identifiers:
        scheme = (entry.scheme_identifier or "").strip(WHITESPACE)
        if not scheme:
            plain.append(leaf("ram:ID", entry.value))
        elif scheme.upper() != SEPA:
            schemed.append(leaf("ram:GlobalID", entry.value, schemeID=scheme))
    return plain + schemed


def issued(field: str) -> Branch:
    """Return the issue date of a document that is referred to."""
    return date("ram:FormattedIssueDateTime", field, text="qdt:DateTimeString")


TRADE_ADDRESS = address(TradeAddress)

TRADE_CONTACT = Shape(
    TradeContact,
    *reached(
        Value("ram:PersonName", "point", TEXT),
        Value("ram:DepartmentName", "department_name", TEXT),
    ),
)

TRADE_PARTY = Shape(
    TradeParty,
    several("identifiers"),
    Value("ram:Name", "name", TEXT),
    Value("ram:RoleCode", "role_code", CODE),
    Value("ram:Description", "description", TEXT),
    Branch(
        "ram:SpecifiedLegalOrganization",
        Value("ram:ID", "legal_registration_identifier", IDENTIFIER),
        Value("ram:TradingBusinessName", "trading_name", TEXT),
        Nested("ram:PostalTradeAddress", "legal_address", TRADE_ADDRESS),
    ),
    Nested("ram:DefinedTradeContact", "contacts", TRADE_CONTACT),
    Nested("ram:PostalTradeAddress", "postal_address", TRADE_ADDRESS),
    electronic_address("electronic_address"),
    tax_number("vat_identifier", VAT_NUMBER),
    tax_number("tax_registration_identifier", TAX_NUMBER),
)
"""A party of Factur-X EXTENDED."""


def party(tag: str, field: str) -> Nested:
    """Return a party that only extensions know."""
    return Nested(tag, field, TRADE_PARTY)
