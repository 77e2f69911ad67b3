"""The texts of payment codes, to the character, and why there is none."""

import re
from typing import Any

import pytest
import segno

from countries.es.verifactu_qr import ERROR_CORRECTION, MILLIMETRES, PRINTED
from formats.en16931.model import Invoice
from formats.pdf.options import FiscalQr, PaymentQr
from formats.pdf.payment_codes import NoPaymentCodeError, fiscal_code, payment_code
from formats.pdf.payment_codes.symbols import qr_svg
from formats.pdf.payment_codes.transfer import fitted
from tests.formats.pdf.invoices import TYPICAL

GERMAN = "DE89370400440532013000"
CROATIAN = "HR1210010051863000160"
SLOVENIAN = "SI56192001234567892"


def invoice(
    account: str = GERMAN,
    *,
    remittance: str | None = None,
    bic: str | None = None,
    holder: str | None = None,
    means: str = "30",
    **changes: object,
) -> Invoice:
    document: dict[str, Any] = TYPICAL.model_dump(mode="json", exclude_none=True)
    document["payment_instructions"] = [
        {
            "payment_means_type_code": means,
            "remittance_information": remittance,
            "credit_transfers": [
                {
                    "payment_account_identifier": account,
                    "payment_service_provider_identifier": bic,
                    "payment_account_name": holder,
                }
            ],
        }
    ]
    for pointer, value in changes.items():
        place: Any = document
        *path, last = pointer.split("__")
        for step in path:
            place = place[step]
        place[last] = value
    return Invoice.model_validate(document)


def payload(document: Invoice, choice: PaymentQr = PaymentQr.AUTO) -> str:
    code = payment_code(document, choice)
    assert code is not None
    return code.payload


def test_epc_has_its_lines_in_order() -> None:
    text = payload(invoice(bic="COBADEFFXXX", remittance="Rechnung 117"))
    assert text == (
        "BCD\n002\n1\nSCT\nCOBADEFFXXX\nJadran Oprema d.o.o.\nDE89370400440532013000\n"
        "EUR5356.99\n\n\nRechnung 117"
    )


def test_epc_puts_a_creditor_reference_on_its_own_line() -> None:
    text = payload(invoice(remittance="RF18 5390 0754 7034"))
    assert text.split("\n")[9:] == ["RF18539007547034"]


def test_epc_takes_a_wrong_creditor_reference_as_text() -> None:
    text = payload(invoice(remittance="RF19539007547034"))
    assert text.split("\n")[9:] == ["", "RF19539007547034"]


def test_without_remittance_information_the_number_is_the_reference() -> None:
    assert payload(invoice()).endswith("\n2026-000117")


def test_the_account_holder_is_the_payee() -> None:
    assert payload(invoice(holder="Factoring AG")).split("\n")[5] == "Factoring AG"


def test_line_ends_cannot_add_fields() -> None:
    text = payload(invoice(holder="A\nEUR1.00\u2028B", remittance="x\r\ny"))
    assert text.split("\n")[5] == "A EUR1.00 B"
    assert text.endswith("\nx y")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"currency_code": "USD"}, "euro only"),
        ({"type_code": "381"}, "credit note"),
        ({"totals__amount_due": "0.00"}, "Nothing is left"),
        ({"totals__amount_due": "-1.00"}, "Nothing is left"),
        ({"totals__amount_due": "1.005"}, "more digits"),
        ({"totals__amount_due": "1000000000.00"}, "more digits"),
        ({"account": "DE88370400440532013000"}, "check digits"),
        ({"account": "12345"}, "not an IBAN"),
        ({"means": "49"}, "bank transfer"),
        ({"holder": "x" * 71}, "70 characters"),
        ({"remittance": "x" * 141}, "140 characters"),
        ({"remittance": "ž" * 140, "holder": "ž" * 70}, "331 bytes"),
        ({"account": "BR1800360305000010009795493C1"}, "outside SEPA"),
        ({"account": "CH9300762011623852957"}, "BIC"),
    ],
)
def test_no_code_where_the_payment_does_not_allow_one(
    changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(NoPaymentCodeError, match=reason):
        payment_code(invoice(**changes))


def test_limits_are_inclusive() -> None:
    assert payload(invoice(holder="x" * 70)).split("\n")[5] == "x" * 70
    assert payload(invoice(remittance="y" * 140)).endswith("\n" + "y" * 140)
    assert "EUR999999999.99" in payload(invoice(totals__amount_due="999999999.99"))
    assert "EUR0.01\n" in payload(invoice(totals__amount_due="0.01"))
    assert "EUR7.00\n" in payload(invoice(totals__amount_due="7"))


def test_a_swiss_account_with_bic_has_a_code() -> None:
    text = payload(invoice("CH9300762011623852957", bic="POFICHBEXXX"))
    assert "POFICHBEXXX" in text


def test_upn_has_nineteen_fields_and_their_sum() -> None:
    text = payload(invoice(SLOVENIAN, remittance="SI00 2026-117"))
    assert text == (
        "UPNQR\n\n\n\n\nMüller & Söhne Bootsbau GmbH\nHafenstraße 12\n20457 Hamburg\n"
        "00000535699\n\n\nGDSV\n2026-000117\n20.12.2026\nSI56192001234567892\nSI002026-117\n"
        "Jadran Oprema d.o.o.\nObala 114\n6320 Portorož\n188\n"
    )
    fields = text.split("\n")[:19]
    assert int(text.split("\n")[19]) == sum(len(field) for field in fields) + 19


def test_upn_without_a_reference_says_so_and_tells_the_text() -> None:
    fields = payload(invoice(SLOVENIAN, remittance="Contract 5")).split("\n")
    assert (fields[12], fields[15]) == ("Contract 5", "SI99")


def test_upn_takes_a_creditor_reference() -> None:
    fields = payload(invoice(SLOVENIAN, remittance="RF18539007547034")).split("\n")
    assert fields[15] == "RF18539007547034"


def test_upn_cuts_names_and_keeps_to_its_letters() -> None:
    fields = payload(invoice(SLOVENIAN, holder="Ğaziantep – " + "x" * 40)).split("\n")
    assert fields[16] == "Gaziantep - " + "x" * 21
    assert len(fields[16]) == 33
    payload(invoice(SLOVENIAN, holder="日本 ø€")).encode("iso-8859-2")


def test_upn_is_version_15_with_its_character_set_declared() -> None:
    code = payment_code(invoice(SLOVENIAN))
    assert code is not None
    assert code.kind == "upn"
    assert 'viewBox="0 0 85 85"' in code.svg  # 77 modules and four on each side
    bare = segno.make_qr(
        code.payload, error="m", version=15, encoding="iso-8859-2", boost_error=False
    )
    assert code.svg != qr_svg(bare)  # the one with the designator ECI 4


def test_hub3_has_fourteen_fields_each_ended() -> None:
    text = payload(invoice(CROATIAN, remittance="HR00 123-45"))
    assert text == (
        "HRVHUB30\nEUR\n000000000535699\nMuller Sohne Bootsbau GmbH\nHafenstrasse 12\n"
        "20457 Hamburg\nJadran Oprema d.o.o.\nObala 114\n6320 Portorož\n"
        "HR1210010051863000160\nHR00\n123-45\nGDSV\n2026-000117\n"
    )


def test_hub3_without_a_model_uses_99() -> None:
    fields = payload(invoice(CROATIAN, remittance="Ugovor 5")).split("\n")
    assert fields[10:14] == ["HR99", "", "GDSV", "Ugovor 5"]


def test_hub3_cuts_every_field_to_its_length() -> None:
    long = "Čć " * 40
    text = payload(
        invoice(
            CROATIAN,
            holder=long,
            remittance=long,
            buyer__name=long,
            buyer__postal_address__line_1=long,
            buyer__postal_address__city=long,
            seller__postal_address__line_1=long,
            seller__postal_address__city=long,
        )
    )
    limits = (8, 3, 15, 30, 27, 27, 25, 25, 27, 21, 4, 22, 4, 35)
    fields = text.removesuffix("\n").split("\n")
    assert len(fields) == len(limits)
    assert all(len(field) <= limit for field, limit in zip(fields, limits, strict=True))


@pytest.mark.parametrize(
    ("choice", "account"), [(PaymentQr.UPN, GERMAN), (PaymentQr.HUB3, SLOVENIAN)]
)
def test_national_codes_pay_into_national_accounts_only(choice: PaymentQr, account: str) -> None:
    with pytest.raises(NoPaymentCodeError, match="accounts only"):
        payment_code(invoice(account), choice)


def test_epc_can_be_chosen_for_any_sepa_account() -> None:
    assert payload(invoice(CROATIAN), PaymentQr.EPC).startswith("BCD\n002\n")


def test_none_is_none() -> None:
    assert payment_code(invoice(), PaymentQr.NONE) is None


def test_pdf417_has_modules_of_a_quarter_millimetre() -> None:
    code = payment_code(invoice(CROATIAN))
    assert code is not None
    width, height = re.findall(r'viewBox="0 0 (\d+) (\d+)"', code.svg)[0]
    # start 17, left 17, nine columns of 17, right 17, stop 18, quiet zone 2 on each side
    assert int(width) == 17 * 12 + 18 + 4
    assert code.width_mm == pytest.approx(int(width) * 0.254)
    assert (int(height) - 4) % 3 == 0


def test_a_fiscal_code_carries_its_payload() -> None:
    assert fiscal_code(FiscalQr("https://example.org/x?zoi=1")).payload.endswith("zoi=1")


@pytest.mark.parametrize("length", [60, 120, 240])
def test_the_width_of_a_fiscal_code_is_that_of_its_symbol(length: int) -> None:
    """The AEAT wants 30 to 40 mm of code, and 2 mm of white around it at least."""
    code = fiscal_code(FiscalQr("x" * length, heading="QR", width_mm=PRINTED))
    least, most = MILLIMETRES
    view = re.search('viewBox="0 0 ([0-9]+) ', code.svg)
    assert view is not None
    modules = int(view[1])
    symbol = code.width_mm * (modules - 8) / modules
    assert least <= round(symbol, 1) == PRINTED <= most
    assert (code.width_mm - symbol) / 2 >= 2


def test_a_fiscal_code_corrects_a_sixth_of_its_errors() -> None:
    """Level M: more bytes than the smallest version of level Q has, and of level L is left."""
    payload = "https://www2.agenciatributaria.gob.es/wlpl/TIKE-CONT/ValidarQR?nif=B12345674"
    symbol = segno.make_qr(payload, error="m", boost_error=False)
    assert f'viewBox="0 0 {symbol.symbol_size(border=4)[0]} ' in fiscal_code(FiscalQr(payload)).svg
    assert symbol.error == ERROR_CORRECTION


def test_fitted_spells_letters_that_have_no_accent_to_lose() -> None:
    assert fitted("Straße Øre Łódź", 40, re.compile("[A-Za-z ]")) == "Strasse Ore Lodz"
