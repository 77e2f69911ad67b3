"""Identifiers that Peppol checks: PEPPOL-COMMON-R040 to R057.

Each function answers as the official test does, on a value without surrounding space. The schemes
are ICD codes (ISO/IEC 6523), those from 9900 on are CEF EAS codes.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from formats.en16931.group import SchemedIdentifier
from formats.en16931.model import Invoice
from formats.en16931.rules.base import XML_SPACE, fatal, warning
from formats.findings import Finding

_CODICE_FISCALE = re.compile(
    "[A-Za-z]{6}[+-]?[0-9]{1,2}[A-Za-z][+-]?[0-9]{1,2}.{3}[0-9][A-Za-z]", re.DOTALL
)
_DUTCH_VAT = re.compile("NL[0-9]{9}B[0-9]{2}")


def is_gln(value: str) -> bool:
    """Tell whether a GLN (0088) has its GS1 check digit (modulo 10, weights 3 and 1)."""
    if not re.fullmatch("[0-9]+", value):
        return False
    total = sum(
        int(digit) * (3 if index % 2 == 0 else 1) for index, digit in enumerate(value[-2::-1])
    )
    return (10 - total % 10) % 10 == int(value[-1])


def is_norwegian_organisation(value: str) -> bool:
    """Tell whether an organisasjonsnummer (0192) has its check digit (modulo 11)."""
    if not re.fullmatch("[0-9]{9}", value) or int(value) == 0:
        return False
    total = sum(int(digit) * (index % 6 + 2) for index, digit in enumerate(value[-2::-1]))
    return (11 - total % 11) % 11 == int(value[-1])


def is_danish_cvr(value: str) -> bool:
    """Tell whether a CVR number (0184) has eight digits, with DK in front or not."""
    return bool(re.fullmatch("(DK)?[0-9]{8}", value))


def is_danish_se(value: str) -> bool:
    """Tell whether an SE number (0198) is DK and eight digits."""
    return bool(re.fullmatch("DK[0-9]{8}", value))


def is_belgian_enterprise(value: str) -> bool:
    """Tell whether a KBO/BCE number (0208) has its check digits (97 - modulo 97)."""
    return bool(re.fullmatch("[0-9]{10}", value)) and 97 - int(value[:8]) % 97 == int(value[8:])


def is_codice_ipa(value: str) -> bool:
    """Tell whether a Codice IPA (0201) has six letters or digits."""
    return bool(re.fullmatch("[A-Za-z0-9]{6}", value))


def is_codice_fiscale(value: str) -> bool:
    """Tell whether a Codice Fiscale (0210, 9907) has the form of a person's or a company's."""
    return bool(_CODICE_FISCALE.fullmatch(value) or re.fullmatch("[0-9]{11}", value))


def is_partita_iva(value: str) -> bool:
    """Tell whether a Partita IVA (0211) has its check digit; other countries' pass."""
    if value[:2].upper() != "IT":
        return True
    digits = value[2:]
    if not re.fullmatch("[0-9]{11}", digits):
        return False
    doubled = ("0246813579"[int(digit)] for digit in digits[1::2])
    return (sum(map(int, digits[::2])) + sum(map(int, doubled))) % 10 == 0


def is_swedish_organisation(value: str) -> bool:
    """Tell whether an organisationsnummer (0007) has its check digit (Luhn)."""
    if not re.fullmatch("[0-9]{10}", value):
        return False
    total = sum(
        sum(divmod(int(digit) * (2 if index % 2 == 0 else 1), 10))
        for index, digit in enumerate(value[8::-1])
    )
    return (10 - total % 10) % 10 == int(value[9])


def is_australian_business(value: str) -> bool:
    """Tell whether an ABN (0151) passes its modulo 89."""
    if not re.fullmatch("[0-9]{11}", value):
        return False
    weights = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
    digits = [int(value[0]) - 1, *map(int, value[1:])]
    return sum(map(int.__mul__, digits, weights)) % 89 == 0


def is_dutch_vat(value: str) -> bool:
    """Tell whether a Dutch VAT number (9944) has the form NL123456789B01."""
    return bool(_DUTCH_VAT.fullmatch(value))


def _digits(count: int) -> Callable[[str], bool]:
    return lambda value: re.fullmatch(f"[0-9]{{{count}}}", value) is not None


@dataclass(frozen=True, slots=True)
class _Check:
    """How one scheme is checked."""

    rule: str
    name: str
    is_valid: Callable[[str], bool]
    report: Callable[[str, str, str | None, str, str], Finding] = fatal


_CHECKS = {
    "0088": _Check("PEPPOL-COMMON-R040", "GLN", is_gln),
    "0192": _Check("PEPPOL-COMMON-R041", "organisasjonsnummer", is_norwegian_organisation),
    "0184": _Check("PEPPOL-COMMON-R042", "CVR number", is_danish_cvr),
    "0208": _Check("PEPPOL-COMMON-R043", "Belgian enterprise number", is_belgian_enterprise),
    "0201": _Check("PEPPOL-COMMON-R044", "Codice IPA", is_codice_ipa, warning),
    "0210": _Check("PEPPOL-COMMON-R045", "Codice Fiscale", is_codice_fiscale, warning),
    "0211": _Check("PEPPOL-COMMON-R047", "Partita IVA", is_partita_iva, warning),
    "0007": _Check("PEPPOL-COMMON-R049", "organisationsnummer", is_swedish_organisation),
    "0151": _Check("PEPPOL-COMMON-R050", "ABN", is_australian_business),
    "0096": _Check("PEPPOL-COMMON-R052", "P number of ten digits", _digits(10)),
    "0198": _Check("PEPPOL-COMMON-R053", "SE number", is_danish_se),
    "0106": _Check("PEPPOL-COMMON-R054", "KvK number of eight digits", _digits(8), warning),
    "0190": _Check("PEPPOL-COMMON-R055", "OIN of twenty digits", _digits(20), warning),
    "0217": _Check("PEPPOL-COMMON-R057", "KvK branch of twelve digits", _digits(12), warning),
}

_ADDRESS_CHECKS = _CHECKS | {
    "9907": _Check("PEPPOL-COMMON-R046", "Codice Fiscale", is_codice_fiscale, warning),
    "9944": _Check("PEPPOL-COMMON-R056-1", "Dutch VAT number", is_dutch_vat, warning),
}
_VAT_RULE = "PEPPOL-COMMON-R056-2"

RULES = frozenset({check.rule for check in _ADDRESS_CHECKS.values()} | {_VAT_RULE})


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return the identifiers whose form or check digit is wrong for their scheme."""
    return (*_schemed(invoice), *_dutch_vat(invoice))


def _schemed(invoice: Invoice) -> Iterator[Finding]:
    for pointer, term, identifier in _identifiers(invoice):
        if identifier is None:
            continue
        checks = _ADDRESS_CHECKS if pointer.endswith("/electronic_address") else _CHECKS
        scheme = checks.get(identifier.scheme_identifier or "")
        if scheme is not None and not scheme.is_valid(identifier.value.strip(XML_SPACE)):
            yield scheme.report(
                scheme.rule,
                f"{pointer}/value",
                term,
                f"{identifier.value} ({term}) is no {scheme.name}, which its scheme"
                f" {identifier.scheme_identifier} asks for.",
                "Correct the number or its scheme.",
            )


def _identifiers(invoice: Invoice) -> Iterator[tuple[str, str, SchemedIdentifier | None]]:
    seller, buyer, payee = invoice.seller, invoice.buyer, invoice.payee
    yield "/seller/electronic_address", "BT-34", seller.electronic_address
    yield "/buyer/electronic_address", "BT-49", buyer.electronic_address
    for number, identifier in enumerate(seller.identifiers):
        yield f"/seller/identifiers/{number}", "BT-29", identifier
    yield "/buyer/identifier", "BT-46", buyer.identifier
    registration = "legal_registration_identifier"
    yield f"/seller/{registration}", "BT-30", seller.legal_registration_identifier
    yield f"/buyer/{registration}", "BT-47", buyer.legal_registration_identifier
    if payee is not None:
        yield "/payee/identifier", "BT-60", payee.identifier
        yield f"/payee/{registration}", "BT-61", payee.legal_registration_identifier


def _dutch_vat(invoice: Invoice) -> Iterator[Finding]:
    representative = invoice.seller_tax_representative
    for pointer, term, value in (
        ("/seller/vat_identifier", "BT-31", invoice.seller.vat_identifier),
        ("/buyer/vat_identifier", "BT-48", invoice.buyer.vat_identifier),
        (
            "/seller_tax_representative/vat_identifier",
            "BT-63",
            representative.vat_identifier if representative else None,
        ),
    ):
        number = (value or "").strip(XML_SPACE)
        if number.startswith("NL") and not is_dutch_vat(number):
            yield warning(
                _VAT_RULE,
                pointer,
                term,
                f"{number} ({term}) does not have the form of a Dutch VAT number.",
                "Write it like NL123456789B01.",
            )
