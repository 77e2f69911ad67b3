"""Who: the NAD groups, read."""

from lxml import etree

from formats.eslog.head import take_electronic, take_registration
from formats.eslog.nodes import Claims, every, filled, find, qualified
from formats.eslog.party import (
    ACCOUNTING,
    ADDRESS,
    BUYER,
    BUYER_CONTACT,
    DELIVERY,
    EMAIL,
    PAYEE,
    PHONE,
    REPRESENTATIVE,
    ROUTING,
    SELLER,
    SELLER_CONTACT,
    TAX,
    VAT,
)

_RFF = "S_RFF/C_C506"


class Party:
    """A party as it was read: the groups of a kind, of which the first counts."""

    def __init__(self, message: etree._Element, claims: Claims, qualifier: str) -> None:
        found = next(qualified(message, "G_SG2", "S_NAD/D_3035", qualifier), None)
        self.group = found
        self._claims = claims

    def numbers(self) -> list[etree._Element]:
        """Return its references."""
        return [] if self.group is None else list(every(self.group, "G_SG3"))

    def number(self, qualifier: str) -> str | None:
        """Return its first reference of a kind."""
        for one in self.numbers():
            if (found := find(one, f"{_RFF}/D_1153")) is None or found.text != qualifier:
                continue
            if (value := self._claims.code(one, f"{_RFF}/D_1154")) is not None:
                return value
        return None

    def registration(self) -> dict[str, object] | None:
        """Return its legal registration."""
        return take_registration(self.numbers(), self._claims)

    def name(self, place: int = 1) -> str | None:
        """Return its name, or its trading name as the second."""
        return self._text("C_C080/D_3036" + ("" if place == 1 else f"_{place}"))

    def identifier(self) -> dict[str, object] | None:
        """Return its identifier."""
        value = self._code("C_C082/D_3039")
        if value is None:
            return None
        return filled(value=value, scheme_identifier=self._code("C_C082/D_1131"))

    def address(self) -> dict[str, object]:
        """Return its address."""
        return filled(
            line_1=self._text("C_C059/D_3042"),
            line_2=self._text("C_C059/D_3042_2"),
            line_3=self._text("C_C059/D_3042_3"),
            city=self._text("D_3164"),
            country_subdivision=self._text("C_C819/D_3228"),
            post_code=self._text("D_3251"),
            country_code=self._code("D_3207"),
        )

    def electronic(self) -> dict[str, object] | None:
        """Return its electronic address."""
        for one in self._of(ADDRESS):
            if (found := take_electronic(one, self._claims)) is not None:
                return found
        return None

    def contact(self, qualifier: str) -> dict[str, object]:
        """Return its contact."""
        for one in self._of(qualifier):
            ways: dict[str, str] = {}
            for way in every(one, "S_COM"):
                kind = find(way, "C_C076/D_3155")
                word = "" if kind is None else kind.text or ""
                field = {PHONE: "telephone_number", EMAIL: "email_address"}.get(word)
                if field is None or field in ways:
                    continue
                if (value := self._claims.code(way, "C_C076/D_3148")) is not None:
                    self._claims.code(way, "C_C076/D_3155")
                    ways[field] = value
            return filled(point=self._claims.text(one, "S_CTA/C_C056/D_3412"), **ways)
        return {}

    def _of(self, qualifier: str) -> list[etree._Element]:
        if self.group is None:
            return []
        return list(qualified(self.group, "G_SG5", "S_CTA/D_3139", qualifier))

    def _text(self, path: str) -> str | None:
        return None if self.group is None else self._claims.text(self.group, f"S_NAD/{path}")

    def _code(self, path: str) -> str | None:
        return None if self.group is None else self._claims.code(self.group, f"S_NAD/{path}")


def take(message: etree._Element, claims: Claims) -> dict[str, object]:
    """Return the parties, with what stands with the buyer and is the document's."""
    seller, buyer = Party(message, claims, SELLER), Party(message, claims, BUYER)
    payee, place = Party(message, claims, PAYEE), Party(message, claims, DELIVERY)
    representative = Party(message, claims, REPRESENTATIVE)
    identifier = seller.identifier()
    return {
        "seller": filled(
            name=seller.name(),
            trading_name=seller.name(2),
            identifiers=[identifier] if identifier else [],
            legal_registration_identifier=seller.registration(),
            vat_identifier=seller.number(VAT),
            tax_registration_identifier=seller.number(TAX),
            electronic_address=seller.electronic(),
            postal_address=seller.address(),
            contact=seller.contact(SELLER_CONTACT),
        ),
        "buyer": filled(
            name=buyer.name(),
            trading_name=buyer.name(2),
            identifier=buyer.identifier(),
            legal_registration_identifier=buyer.registration(),
            vat_identifier=buyer.number(VAT),
            electronic_address=buyer.electronic(),
            postal_address=buyer.address(),
            contact=buyer.contact(BUYER_CONTACT),
        ),
        "buyer_reference": buyer.number(ROUTING),
        "buyer_accounting_reference": buyer.number(ACCOUNTING),
        "buyer_tax_number": buyer.number(TAX),
        "payee": filled(
            name=payee.name(),
            identifier=payee.identifier(),
            legal_registration_identifier=payee.registration(),
        ),
        "seller_tax_representative": filled(
            name=representative.name(),
            vat_identifier=representative.number(VAT),
            postal_address=representative.address(),
        ),
        "delivery": filled(
            deliver_to_party_name=place.name(),
            deliver_to_location_identifier=place.identifier(),
            deliver_to_address=place.address(),
        ),
    }
