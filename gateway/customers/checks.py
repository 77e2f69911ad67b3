"""What can be told of a customer's numbers and codes at once. Pure."""

from collections.abc import Iterator
from typing import Any

from countries.base import NumberKind
from countries.party_numbers import Verdict, judge_iban, judge_vat_identifier
from countries.registry import COUNTRIES
from formats.en16931.codes.countries import COUNTRIES as CODES
from formats.en16931.codes.identifiers import EAS, ICD
from formats.en16931.group import SchemedIdentifier
from formats.en16931.party import Buyer
from gateway.customers.bodies import AsSent
from gateway.customers.schemas import CustomerDetails, CustomerInput
from gateway.kit.email_address import is_email_address
from gateway.problems import InvalidPart

_Found = tuple[str, str, str, Verdict]  # field, pointer, value, verdict


def checks(buyer: Buyer, details: CustomerDetails) -> list[dict[str, Any]]:
    """Return what is known of the numbers, as `schemas.CustomerCheck`."""
    return [
        {"field": field, "value": value, "result": verdict.result, "reason": verdict.reason}
        for field, _, value, verdict in _numbers(buyer, details)
    ]


def surely_wrong(given: CustomerInput, as_sent: AsSent) -> list[InvalidPart]:
    """Return what cannot be right, whatever anybody says: it is refused on entry."""
    buyer = given.buyer()
    found: list[InvalidPart] = []
    for _, place, _, verdict in _numbers(buyer, given.details()):
        if verdict.certain:
            fix = f"write {verdict.written}" if verdict.written else "correct it or leave it out"
            if verdict.written and place == "/vat_identifier":
                fix += "; a number that is not for VAT belongs in tax_number"
            found.append({"pointer": as_sent(place), "message": verdict.reason, "fix": fix})
    found += ({**part, "pointer": as_sent(part["pointer"])} for part in _codes(buyer))
    return found


def _numbers(buyer: Buyer, details: CustomerDetails) -> Iterator[_Found]:
    country = buyer.postal_address.country_code if buyer.postal_address else None
    if (vat := buyer.vat_identifier) is not None:
        yield "vat_id", "/vat_identifier", vat, judge_vat_identifier(vat, country)
    if (registration := buyer.legal_registration_identifier) is not None:
        yield (
            "legal_registration_identifier",
            "/legal_registration_identifier",
            registration.value,
            _declared(registration.value, NumberKind.COMPANY, country),
        )
    if (number := details.tax_number) is not None:
        yield "tax_number", "/tax_number", number, _declared(number, NumberKind.TAX, country)
    if (account := details.iban) is not None:
        yield "iban", "/iban", account, judge_iban(account)


def _declared(number: str, kind: NumberKind, country_code: str | None) -> Verdict:
    """Judge a number by what its country declares; never certain, for a register may be older."""
    country = COUNTRIES.get(country_code or "")
    declared = [one for one in country.identifiers if one.kind is kind] if country else []
    if not declared:
        return Verdict("unknown", "numbers of this sort are not known here for the country")
    if any(one.is_valid(number) for one in declared):
        return Verdict("valid")
    names = " or ".join(one.name for one in declared)
    return Verdict("invalid", f"has not the form or the check digits of {names}")


def _codes(buyer: Buyer) -> Iterator[InvalidPart]:
    """Yield codes and addresses that no invoice could carry."""
    country = buyer.postal_address.country_code if buyer.postal_address else None
    if country is not None and country not in CODES:
        yield {
            "pointer": "/postal_address/country_code",
            "message": "is no country we know",
            "fix": 'write its ISO 3166-1 code, e.g. "SI"',
        }
    email = buyer.contact.email_address if buyer.contact else None
    if email is not None and not is_email_address(email.strip()):
        yield {
            "pointer": "/contact/email_address",
            "message": "is not an e-mail address",
            "fix": "write one address, e.g. billing@example.com",
        }
    if (address := buyer.electronic_address) is not None:
        yield from _address(address)
    for name in ("identifier", "legal_registration_identifier"):
        identifier: SchemedIdentifier | None = getattr(buyer, name)
        scheme = identifier and identifier.scheme_identifier
        if scheme and scheme not in ICD and scheme != "SEPA":
            yield {
                "pointer": f"/{name}/scheme_identifier",
                "message": "is no code of ISO/IEC 6523",
                "fix": "leave the scheme out if you do not know it",
            }


def _address(address: SchemedIdentifier) -> Iterator[InvalidPart]:
    if address.scheme_identifier is None:
        yield {
            "pointer": "/electronic_address",
            "message": "has no scheme",
            "fix": 'write scheme and identifier, e.g. "9930:DE123456788"',
        }
    elif address.scheme_identifier not in EAS:
        yield {
            "pointer": "/electronic_address/scheme_identifier",
            "message": "is no code of the Electronic Address Scheme list",
            "fix": "use a code such as 0088 (GLN) or 9930 (German VAT identifier)",
        }
