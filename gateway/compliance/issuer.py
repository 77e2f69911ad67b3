"""Whether the issuer's own data may stand on a legally issued document. Pure.

Asked before anything is issued, and by the readiness of an entity: one answer for both. All that
is missing is said at once.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from stdnum.eu import vat as eu_vat

from countries import eu
from countries.base import Country, NumberKind
from formats.en16931.model import Invoice
from formats.en16931.party import Seller, SellerPostalAddress
from formats.findings import Finding, Flag
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import Environment

RULE_SET: Final = "gateway.compliance:issuer"
MISSING: Final = "GW-30"
PLACEHOLDER: Final = "GW-31"

_TEXTS = """
-|--|---|.|..|...|?|??|???|0|00000|example|example company|example ltd|foo|bar|foo bar
foobar|lorem|lorem ipsum|max mustermann|muster gmbh|musterfirma|musterfirma gmbh
mustermann|my company|n/a|na|n. a.|nil|none|null|placeholder|sample|sample company|tba|tbd
test|test company|test gmbh|testfirma|tests|testing|todo|to do|undefined|unknown|x
your address|your city|your company|your company name|your name|your street
"""
_WORDS = frozenset(_TEXTS.strip().replace("\n", "|").split("|"))
_PARTS = re.compile(r"lorem ipsum|your company|company name here|placeholder|musterfirma")
_SAME = re.compile(r"([x*#_])\1+")
_NUMBERS = frozenset({"123456789", "12345678", "1234567890", "987654321", "000000000", "00000000"})

_Texts = tuple[tuple[str, str, Callable[[Seller, SellerPostalAddress], str | None]], ...]

_REQUIRED: _Texts = (
    ("BT-27", "/name", lambda seller, _: seller.name),
    ("BT-35", "/postal_address/line_1", lambda _, address: address.line_1),
    ("BT-37", "/postal_address/city", lambda _, address: address.city),
)
"""Name and full address: Directive 2006/112/EC, Art. 226(5)."""

_OTHERS: _Texts = (
    ("BT-28", "/trading_name", lambda seller, _: seller.trading_name),
    ("BT-36", "/postal_address/line_2", lambda _, address: address.line_2),
    ("BT-38", "/postal_address/post_code", lambda _, address: address.post_code),
    ("BT-31", "/vat_identifier", lambda seller, _: seller.vat_identifier),
    ("BT-32", "/tax_registration_identifier", lambda s, _: s.tax_registration_identifier),
)

_NAMES = {"BT-27": "The name", "BT-35": "The street", "BT-37": "The city"}


def missing_issuer_data(
    seller: Seller, country: Country | None, environment: Environment, *, taxed: bool = True
) -> tuple[Finding, ...]:
    """Return all that is missing or made up of an issuer's data; empty when it may issue.

    Pointers lead into the invoice (`/seller/...`).

    Args:
        seller: BG-4 as configured.
        country: Its country; None when it is not declared.
        environment: Live refuses placeholders, the sandbox warns of them.
        taxed: False when VAT concerns nothing of the document (category O): then it needs no tax
            number, and may not name a VAT identifier (BR-O-02).
    """
    address = seller.postal_address or SellerPostalAddress()
    missing = _missing(seller, address, country, taxed=taxed)
    return (*missing, *_placeholders(seller, address, environment))


def issuer_findings(
    kind: DocumentKind,
    invoice: Invoice,
    seller: Seller,
    country: Country | None,
    environment: Environment,
) -> tuple[Finding, ...]:
    """Return `missing_issuer_data` where the entity is the seller of something fiscal."""
    if not kind.fiscal or kind.self_billed:
        return ()
    categories = {vat.category_code for vat in invoice.vat_breakdown}
    return missing_issuer_data(seller, country, environment, taxed=categories != {"O"})


def vat_identifier_is_valid(identifier: str, country: Country | None) -> bool:
    """Tell whether a VAT identifier is well formed, as far as its country's digits tell.

    A number of a country whose check is not known counts as good: refusing a right one is worse.
    """
    if country is not None and eu.has_prefix(identifier, country.code):
        declared = country.identifier(NumberKind.VAT)
        return declared is None or declared.is_valid(identifier)
    prefix = eu.country_of(identifier)
    return prefix not in eu.MEMBERS or prefix == "GB" or bool(eu_vat.is_valid(identifier))


def is_placeholder(text: str) -> bool:
    """Tell whether a text only fills a place: "Your company", "N/A", "XXX"."""
    word = " ".join(text.casefold().split())
    return (
        word in _WORDS
        or bool(_PARTS.search(word))
        or bool(_SAME.fullmatch(word))
        or word.lstrip("abcdefghijklmnopqrstuvwxyz") in _NUMBERS
    )


def _missing(
    seller: Seller, address: SellerPostalAddress, country: Country | None, *, taxed: bool
) -> Iterator[Finding]:
    for term, pointer, text in _REQUIRED:
        if not (text(seller, address) or "").strip():
            yield _finding(term, f"/seller{pointer}", f"{_NAMES[term]} is missing.")
    if taxed and not (seller.vat_identifier or seller.tax_registration_identifier):
        usual = country.identifier(NumberKind.VAT) if country else None
        called = f" ({usual.name})" if usual else ""
        what = f"A VAT identifier{called} or tax registration is missing."
        yield _finding("BT-31", "/seller/vat_identifier", what)


def _placeholders(
    seller: Seller, address: SellerPostalAddress, environment: Environment
) -> Iterator[Finding]:
    flag = Flag.FATAL if environment == "live" else Flag.WARNING
    for term, pointer, text in (*_REQUIRED, *_OTHERS):
        written = text(seller, address)
        if written and is_placeholder(written):
            yield Finding(
                rule=PLACEHOLDER,
                rule_set=RULE_SET,
                flag=flag,
                message=f"The issuer's data ({term}) is a placeholder: {written!r}.",
                term=term,
                pointer=f"/seller{pointer}",
                fix="Set it on the entity: PATCH /v1/entities/{entity_id}.",
            )


def _finding(term: str, pointer: str, message: str) -> Finding:
    return Finding(
        rule=MISSING,
        rule_set=RULE_SET,
        flag=Flag.FATAL,
        message=f"The issuer's data is not complete ({term}). {message}",
        term=term,
        pointer=pointer,
        fix="Set it on the entity: PATCH /v1/entities/{entity_id}.",
    )
