from collections.abc import Callable

import pytest

from formats.peppol import identifiers
from formats.peppol.identifiers import check
from tests.formats.samples import changed, invoice

_SAMPLES: tuple[tuple[Callable[[str], bool], str, str], ...] = (
    (identifiers.is_gln, "7300010000001", "7300010000002"),  # GS1's own example
    (identifiers.is_gln, "5790000435944", "579000043594A"),
    (identifiers.is_norwegian_organisation, "974760673", "974760674"),  # Brønnøysundregistrene
    (identifiers.is_norwegian_organisation, "923609016", "000000000"),  # Equinor
    (identifiers.is_danish_cvr, "DK10150817", "10150817X"),
    (identifiers.is_danish_cvr, "10150817", "DK1015081"),
    (identifiers.is_danish_se, "DK10150817", "10150817"),
    (identifiers.is_belgian_enterprise, "0202239951", "0202239952"),  # Proximus
    (identifiers.is_belgian_enterprise, "0403170701", "403170701"),
    (identifiers.is_codice_ipa, "UFABCD", "UFABCDE"),
    (identifiers.is_codice_fiscale, "RSSMRA85T10A562S", "RSSMRA85T10A562"),
    (identifiers.is_codice_fiscale, "00743110157", "0074311015A"),
    (identifiers.is_partita_iva, "IT00743110157", "IT00743110158"),
    (identifiers.is_partita_iva, "DE123456789", "IT0074311015"),
    (identifiers.is_swedish_organisation, "5560360793", "5560360794"),  # Volvo
    (identifiers.is_swedish_organisation, "2021005489", "202100548A"),
    (identifiers.is_australian_business, "51824753556", "51824753557"),  # Australian Tax Office
    (identifiers.is_dutch_vat, "NL123456789B01", "NL123456789B1"),
)


@pytest.mark.parametrize(("is_valid", "right", "wrong"), _SAMPLES)
def test_real_numbers_pass_and_wrong_ones_do_not(
    is_valid: Callable[[str], bool], right: str, wrong: str
) -> None:
    assert is_valid(right)
    assert not is_valid(wrong)


def test_an_identifier_is_checked_wherever_it_stands() -> None:
    wrong = {"value": "7300010000002", "scheme_identifier": "0088"}
    base = invoice(payee={"name": "Factor"})
    for pointer in (
        *("/seller/electronic_address", "/buyer/electronic_address", "/buyer/identifier"),
        *("/seller/legal_registration_identifier", "/buyer/legal_registration_identifier"),
        *("/payee/identifier", "/payee/legal_registration_identifier"),
    ):
        found = check(changed(base, pointer, wrong))
        assert [(item.rule, item.pointer) for item in found] == [
            ("PEPPOL-COMMON-R040", f"{pointer}/value")
        ]
    assert len(check(changed(base, "/seller/identifiers", [wrong, wrong]))) == 2


def test_schemes_of_addresses_only_are_checked_there_only() -> None:
    wrong = {"value": "1", "scheme_identifier": "9944"}
    at_address = check(changed(invoice(), "/buyer/electronic_address", wrong))
    assert [item.rule for item in at_address] == ["PEPPOL-COMMON-R056-1"]
    assert check(changed(invoice(), "/buyer/identifier", wrong)) == ()


def test_a_dutch_vat_number_has_its_form() -> None:
    found = check(changed(invoice(), "/buyer/vat_identifier", "NL12"))
    assert [item.rule for item in found] == ["PEPPOL-COMMON-R056-2"]
