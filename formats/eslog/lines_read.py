"""What: the lines, read."""

from decimal import Decimal

from lxml import etree

from formats.en16931.money import EXACT
from formats.eslog import money
from formats.eslog.head import take_period, take_schemed
from formats.eslog.lines import (
    ACCOUNTING,
    ATTRIBUTE,
    BUYERS,
    CLASS,
    DESCRIPTION,
    DISCOUNT,
    GROSS,
    GROSS_PRICE,
    GROUPS,
    NAME,
    NET,
    NET_PRICE,
    NOTE,
    ORDER,
    SELLERS,
    TAX,
    TAXABLE,
)
from formats.eslog.nodes import Claims, every, filled, find, qualified, said
from formats.eslog.texts import text_of

_RFF = "S_RFF/C_C506"
_PRICE = "S_PRI/C_C509"


def take(holder: etree._Element, claims: Claims) -> dict[str, object]:
    """Return a line."""
    category, rate = money.take_tax(next(every(holder, "G_SG34"), None), claims)
    found = filled(
        identifier=claims.code(holder, "S_LIN/D_1082"),
        note=_text(holder, claims),
        invoiced_quantity=_quantity(holder, claims, "D_6060"),
        unit_code=_quantity(holder, claims, "D_6411"),
        net_amount=money.take_amount(holder, claims, NET, "G_SG27"),
        period=take_period(holder, claims),
        vat_category_code=category,
        vat_rate=rate,
        item_country_of_origin=claims.code(holder, "S_ALI/D_3239"),
        item_attributes=_attributes(holder, claims),
        **_take_references(holder, claims),
        **_take_item(holder, claims),
        **_take_prices(holder, claims),
        **_take_adjustments(holder, claims),
    )
    _consume_what_follows(holder, claims, found)
    return found


def _consume_what_follows(
    holder: etree._Element, claims: Claims, found: dict[str, object]
) -> None:
    """Take note of amounts that follow from others; those that say something else are left."""
    net, rate = found.get("net_amount"), found.get("vat_rate")
    if not isinstance(net, Decimal):
        return
    due = money.of_a_line(net, rate if isinstance(rate, Decimal) else None)
    for group, path, code, value in (
        ("G_SG27", "S_MOA/C_C516", GROSS, EXACT.add(net, due)),
        ("G_SG34/S_MOA", "C_C516", TAXABLE, net),
        ("G_SG34/S_MOA", "C_C516", TAX, due),
    ):
        parent, _, last = group.rpartition("/")
        around = find(holder, parent) if parent else holder
        for one in every(around, last) if around is not None else ():
            if said(one, f"{path}/D_5025") == code and said(one, f"{path}/D_5004") in {
                format(value, "f"),
                format(value.normalize(), "f"),
            }:
                claims.code(one, f"{path}/D_5004")


def _quantity(holder: etree._Element, claims: Claims, name: str) -> object | None:
    for one in qualified(holder, "S_QTY", "C_C186/D_6063", "47"):
        if name == "D_6060":
            return claims.number(one, f"C_C186/{name}")
        return claims.code(one, f"C_C186/{name}")
    return None


def _text(holder: etree._Element, claims: Claims) -> str | None:
    for one in qualified(holder, "S_FTX", "D_4451", NOTE):
        if (text := text_of(one, claims)) is not None:
            return text
    return None


def _attributes(holder: etree._Element, claims: Claims) -> list[dict[str, object]]:
    found = [
        filled(name=claims.text(one, "C_C108/D_4440"), value=claims.text(one, "C_C108/D_4440_2"))
        for one in qualified(holder, "S_FTX", "D_4451", ATTRIBUTE)
    ]
    return [one for one in found if one]


def _take_references(holder: etree._Element, claims: Claims) -> dict[str, object]:
    found: dict[str, object] = {}
    for one in every(holder, "G_SG30"):
        code = said(one, f"{_RFF}/D_1153")
        if code == ORDER:
            field, value = (
                "referenced_purchase_order_line_reference",
                claims.code(one, f"{_RFF}/D_1156"),
            )
        elif code == ACCOUNTING:
            field, value = "buyer_accounting_reference", claims.code(one, f"{_RFF}/D_1154")
        elif "object_identifier" not in found:
            found |= filled(object_identifier=take_schemed(one, claims))
            continue
        else:
            continue
        if value is not None:
            found.setdefault(field, value)
    return found


def _take_item(holder: etree._Element, claims: Claims) -> dict[str, object]:
    found: dict[str, object] = {}
    classes = []
    standard = claims.code(holder, "S_LIN/C_C212/D_7140")
    if standard is not None:
        scheme = claims.code(holder, "S_LIN/C_C212/D_7143")
        found["item_standard_identifier"] = filled(value=standard, scheme_identifier=scheme)
    for one in every(holder, "S_PIA"):
        kind = (said(one, "D_4347"), said(one, "C_C212/D_7143"))
        field = {SELLERS: "item_sellers_identifier", BUYERS: "item_buyers_identifier"}.get(kind)
        if kind[0] == CLASS:
            value = claims.code(one, "C_C212/D_7140")
            scheme = claims.code(one, "C_C212/D_7143")
            if value is not None:
                classes.append(filled(value=value, scheme_identifier=scheme))
        elif field is not None and field not in found:
            claims.code(one, "C_C212/D_7143")
            found |= filled(**{field: claims.code(one, "C_C212/D_7140")})
    for one in every(holder, "S_IMD"):
        field = {NAME: "item_name", DESCRIPTION: "item_description"}.get(said(one, "D_7077"))
        if field is not None and field not in found:
            parts = [claims.text(one, f"C_C273/{name}") for name in ("D_7008", "D_7008_2")]
            if any(parts):
                found[field] = "".join(part for part in parts if part)
    return found | filled(item_classification_identifiers=classes)


def _take_prices(holder: etree._Element, claims: Claims) -> dict[str, object]:
    found: dict[str, object] = {}
    for code, field in ((NET_PRICE, "item_net_price"), (GROSS_PRICE, "item_gross_price")):
        for one in qualified(holder, "G_SG29", f"{_PRICE}/D_5125", code):
            price = claims.number(one, f"{_PRICE}/D_5118")
            if price is None or field in found:
                continue
            found[field] = price
            said_base = (said(one, f"{_PRICE}/D_5284"), said(one, f"{_PRICE}/D_6411"))
            base = filled(
                item_price_base_quantity=claims.number(one, f"{_PRICE}/D_5284"),
                item_price_base_quantity_unit_code=claims.code(one, f"{_PRICE}/D_6411"),
            )
            if any(said_base):
                found = base | found
    return found


def _take_adjustments(holder: etree._Element, claims: Claims) -> dict[str, object]:
    allowances: list[dict[str, object]] = []
    charges: list[dict[str, object]] = []
    discount = None
    for one in every(holder, "G_SG39"):
        charge = said(one, "S_ALC/D_5463") == "C"
        value = None
        if discount is None and not charge:
            value = discount = money.take_amount(one, claims, DISCOUNT, "G_SG42")
        if value is not None:
            continue
        taken = money.take_adjustment(one, claims, GROUPS, charge=charge)
        if taken:
            (charges if charge else allowances).append(taken)
    return filled(allowances=allowances, charges=charges, item_price_discount=discount)
