"""Where in the canonical invoice stands what an element of FA(3) says."""

import re

_ADDRESS = {"KodKraju": "country_code", "AdresL1": "line_1", "AdresL2": "city"}
_SELLER_TERMS = {"KodKraju": "BT-40", "AdresL1": "BT-35", "AdresL2": "BT-37"}
_BUYER_TERMS = {"KodKraju": "BT-55", "AdresL1": "BT-50", "AdresL2": "BT-52"}

_PLACES = {
    "Naglowek/DataWytworzeniaFa": ("/issue_date", "BT-2"),
    "Podmiot1/DaneIdentyfikacyjne": ("/seller/vat_identifier", "BT-31"),
    "Podmiot1/DaneIdentyfikacyjne/NIP": ("/seller/vat_identifier", "BT-31"),
    "Podmiot1/DaneIdentyfikacyjne/Nazwa": ("/seller/name", "BT-27"),
    "Podmiot1": ("/seller/postal_address", "BG-5"),
    "Podmiot1/Adres": ("/seller/postal_address/line_1", "BT-35"),
    "Podmiot1/DaneKontaktowe/Email": ("/seller/contact/email_address", "BT-43"),
    "Podmiot1/DaneKontaktowe/Telefon": ("/seller/contact/telephone_number", "BT-42"),
    "Podmiot2/DaneIdentyfikacyjne": ("/buyer/vat_identifier", "BT-48"),
    "Podmiot2/DaneIdentyfikacyjne/NIP": ("/buyer/vat_identifier", "BT-48"),
    "Podmiot2/DaneIdentyfikacyjne/NrVatUE": ("/buyer/vat_identifier", "BT-48"),
    "Podmiot2/DaneIdentyfikacyjne/NrID": ("/buyer/vat_identifier", "BT-48"),
    "Podmiot2/DaneIdentyfikacyjne/Nazwa": ("/buyer/name", "BT-44"),
    "Podmiot2/Adres": ("/buyer/postal_address/line_1", "BT-50"),
    "Podmiot2/DaneKontaktowe/Email": ("/buyer/contact/email_address", "BT-58"),
    "Podmiot2/DaneKontaktowe/Telefon": ("/buyer/contact/telephone_number", "BT-57"),
    "Podmiot2/NrKlienta": ("/buyer/identifier/value", "BT-46"),
    "Fa/KodWaluty": ("/currency_code", "BT-5"),
    "Fa/P_1": ("/issue_date", "BT-2"),
    "Fa/P_2": ("/number", "BT-1"),
    "Fa/P_6": ("/delivery_information/actual_delivery_date", "BT-72"),
    "Fa/OkresFa/P_6_Od": ("/delivery_information/invoicing_period/start_date", "BT-73"),
    "Fa/OkresFa/P_6_Do": ("/delivery_information/invoicing_period/end_date", "BT-74"),
    "Fa/P_15": ("/totals/total_with_vat", "BT-112"),
    "Fa/WZ": ("/despatch_advice_reference", "BT-16"),
    "Fa/RodzajFaktury": ("/type_code", "BT-3"),
    "Fa/Adnotacje/Zwolnienie": ("/vat_breakdown", "BT-120"),
    "Fa/Adnotacje/Zwolnienie/P_19A": ("/vat_breakdown", "BT-120"),
    "Fa/Adnotacje/Zwolnienie/P_19B": ("/vat_breakdown", "BT-120"),
    "Fa/Adnotacje/Zwolnienie/P_19C": ("/vat_breakdown", "BT-120"),
    "Fa/DaneFaKorygowanej": ("/preceding_invoice_references", "BG-3"),
    "Fa/FakturaZaliczkowa": ("/preceding_invoice_references", "BG-3"),
    "Fa/Rozliczenie": ("/totals/paid_amount", "BT-113"),
    "Fa/Platnosc/TerminPlatnosci": ("/payment_due_date", "BT-9"),
    "Fa/Platnosc/RachunekBankowy": ("/payment_instructions", "BT-84"),
    "Fa/Platnosc/OpisPlatnosci": ("/payment_instructions/0/payment_means_text", "BT-82"),
    "Fa/WarunkiTransakcji/Umowy": ("/contract_reference", "BT-12"),
    "Fa/WarunkiTransakcji/Zamowienia": ("/purchase_order_reference", "BT-13"),
    "Fa/WarunkiTransakcji/WarunkiDostawy": ("/extensions/delivery_terms_code", "BT-X-145"),
    "Stopka/Informacje": ("/notes", "BG-1"),
    "Fa": ("/totals/total_with_vat", "BT-112"),
    "PodmiotUpowazniony": ("/seller_tax_representative", "BG-11"),
    **{
        f"Podmiot1/Adres/{name}": (f"/seller/postal_address/{field}", _SELLER_TERMS[name])
        for name, field in _ADDRESS.items()
    },
    **{
        f"Podmiot2/Adres/{name}": (f"/buyer/postal_address/{field}", _BUYER_TERMS[name])
        for name, field in _ADDRESS.items()
    },
}

_LINE = {
    "NrWierszaFa": ("identifier", "BT-126"),
    "P_6A": ("extensions/actual_delivery_date", "BT-X-85"),
    "P_7": ("item_name", "BT-153"),
    "Indeks": ("item_sellers_identifier", "BT-155"),
    "GTIN": ("item_standard_identifier", "BT-157"),
    "P_8A": ("unit_code", "BT-130"),
    "P_8B": ("invoiced_quantity", "BT-129"),
    "P_9A": ("item_net_price", "BT-146"),
    "P_10": ("allowances", "BG-27"),
    "P_11": ("net_amount", "BT-131"),
    "P_12": ("vat_rate", "BT-152"),
    "P_12_XII": ("vat_rate", "BT-152"),
}
_ROW = re.compile(r"Fa/FaWiersz/([0-9]+)(?:/(\w+))?")
_SUM = re.compile(r"Fa/P_1([34])_\w+")


def place_of(path: str) -> tuple[str, str]:
    """Return pointer and term of what stands at a path; the extension's where no other is."""
    if row := _ROW.fullmatch(path):
        field, term = _LINE.get(row[2] or "", (f"extensions/poland/{(row[2] or '').lower()}", ""))
        return f"/lines/{row[1]}/{field}".rstrip("/"), term or f"FA-{row[2] or 'FaWiersz'}"
    if found := _SUM.fullmatch(path):
        return "/vat_breakdown", "BT-116" if found[1] == "3" else "BT-117"
    steps = [step for step in path.split("/") if not step.isdecimal()]
    for length in range(len(steps), 0, -1):
        if (known := _PLACES.get("/".join(steps[:length]))) and (length > 1 or len(steps) == 1):
            return known
    return "/extensions/poland", f"FA-{steps[-1]}"
