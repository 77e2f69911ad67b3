"""Registrations for taxes: BT-31 and BT-32, BT-48, BT-63, and those EN 16931 has no term for."""

from collections.abc import Sequence

from lxml import etree

from formats.binding import Odd, ReadContext, WriteContext
from formats.binding.construction import make
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.en16931.extensions.party import TaxRegistration
from formats.en16931.party import Buyer, Seller, SellerTaxRepresentative
from formats.ubl.names import BINDING, OTHER_TAX

_REGISTRATION = "cac:PartyTaxScheme"
_NUMBER = "cbc:CompanyID"
_SCHEME = "cac:TaxScheme/cbc:ID"


def _read(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    _read_registrations(nodes, values, context, other=False)


def _read_of_seller(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    _read_registrations(nodes, values, context, other=True)


def _read_registrations(
    nodes: Sequence[etree._Element], values: Values, context: ReadContext, *, other: bool
) -> None:
    """Read the first number for the document's tax, the first for another, and the rest."""
    further = []
    for node in nodes:
        number, scheme = BINDING.first(node, _NUMBER), BINDING.first(node, _SCHEME)
        is_tax = scheme is not None and scheme.upper() == context.tax_scheme.upper()
        if context.trace is not None:
            _note(node, context)
        if number is not None and is_tax and "vat_identifier" not in values:
            values["vat_identifier"] = number
        elif (
            other
            and number is not None
            and not is_tax  # also where no tax is named, as the official rules see it
            and "tax_registration_identifier" not in values
        ):
            values["tax_registration_identifier"] = number
            if scheme != OTHER_TAX:
                values.setdefault("extensions", {})["tax_registration_scheme"] = scheme or ""
        elif number is not None or scheme is not None:
            further.append(make(TaxRegistration, {"identifier": number, "scheme": scheme}))
    if further:
        values.setdefault("extensions", {})["tax_registrations"] = further


def _note(node: etree._Element, context: ReadContext) -> None:
    """Note what a registration says beside its number and its tax."""
    read = {node.find(BINDING.clark(_NUMBER))}
    scheme = node.find(BINDING.clark("cac:TaxScheme"))
    read |= {scheme, None if scheme is None else scheme.find(BINDING.clark("cbc:ID"))}
    for inner in node.iterdescendants(etree.Element):
        if inner in read:
            context.attributes(inner)
        elif inner.getparent() in {node, scheme}:
            context.unread(inner)


def _write(
    party: Seller | Buyer | SellerTaxRepresentative, context: WriteContext
) -> Sequence[str]:
    found = [_registration(party.vat_identifier, context.tax_scheme, named=True)]
    extensions = party.extensions
    if isinstance(party, Seller):
        scheme = party.extensions.tax_registration_scheme if party.extensions else None
        if scheme is None:
            scheme = OTHER_TAX
        found.append(_registration(party.tax_registration_identifier, scheme, named=True))
    further = extensions.tax_registrations if extensions is not None else ()
    return [*found, *(_registration(each.identifier, each.scheme) for each in further)]


def _registration(number: str | None, scheme: str | None, *, named: bool = False) -> str:
    """Return a registration; a `named` one is a term, and nothing without its number."""
    company = leaf(_NUMBER, number)
    if not company and (named or not scheme):
        return ""
    tax = branch("cac:TaxScheme", leaf("cbc:ID", scheme))
    return branch(_REGISTRATION, company, tax or "<cac:TaxScheme/>")  # UBL demands it


SELLER_REGISTRATIONS = Odd((_REGISTRATION,), _read_of_seller, _write)
"""BT-31, BT-32 and others."""

REGISTRATIONS = Odd((_REGISTRATION,), _read, _write)
"""BT-48 or BT-63, and others."""
