"""Lines of the invoice, and of the order an advance was paid for."""

from typing import Annotated

from formats.en16931.group import Group, IsoDate, Text
from formats.en16931.money import Amount, Percentage, Quantity, UnitPrice
from formats.en16931.terms import Term


class FaWiersz(Group):
    """A line (`FaWiersz`), beside BG-25."""

    uu_id: Annotated[Text | None, Term("FA-UU_ID")] = None
    p_6a: Annotated[IsoDate | None, Term("FA-P_6A")] = None
    p_7: Annotated[Text | None, Term("FA-P_7")] = None
    indeks: Annotated[Text | None, Term("FA-Indeks")] = None
    gtin: Annotated[Text | None, Term("FA-GTIN")] = None
    pkwi_u: Annotated[Text | None, Term("FA-PKWiU")] = None
    cn: Annotated[Text | None, Term("FA-CN")] = None
    pkob: Annotated[Text | None, Term("FA-PKOB")] = None
    p_8a: Annotated[Text | None, Term("FA-P_8A")] = None
    p_8b: Annotated[Quantity | None, Term("FA-P_8B")] = None
    p_9a: Annotated[UnitPrice | None, Term("FA-P_9A")] = None
    p_9b: Annotated[UnitPrice | None, Term("FA-P_9B")] = None
    p_10: Annotated[UnitPrice | None, Term("FA-P_10")] = None
    p_11a: Annotated[Amount | None, Term("FA-P_11A")] = None
    p_11vat: Annotated[Amount | None, Term("FA-P_11Vat")] = None
    p_12: Annotated[Text | None, Term("FA-P_12")] = None
    p_12_xii: Annotated[Percentage | None, Term("FA-P_12_XII")] = None
    p_12_zal_15: Annotated[Text | None, Term("FA-P_12_Zal_15")] = None
    kwota_akcyzy: Annotated[Amount | None, Term("FA-KwotaAkcyzy")] = None
    gtu: Annotated[Text | None, Term("FA-GTU")] = None
    procedura: Annotated[Text | None, Term("FA-Procedura")] = None
    kurs_waluty: Annotated[Quantity | None, Term("FA-KursWaluty")] = None
    stan_przed: Annotated[Text | None, Term("FA-StanPrzed")] = None


class FaZamowienieWiersz(Group):
    """A line of it."""

    nr_wiersza_zam: Annotated[Text | None, Term("FA-NrWierszaZam")] = None
    uu_idz: Annotated[Text | None, Term("FA-UU_IDZ")] = None
    p_7z: Annotated[Text | None, Term("FA-P_7Z")] = None
    indeks_z: Annotated[Text | None, Term("FA-IndeksZ")] = None
    gtinz: Annotated[Text | None, Term("FA-GTINZ")] = None
    pkwi_uz: Annotated[Text | None, Term("FA-PKWiUZ")] = None
    cnz: Annotated[Text | None, Term("FA-CNZ")] = None
    pkobz: Annotated[Text | None, Term("FA-PKOBZ")] = None
    p_8az: Annotated[Text | None, Term("FA-P_8AZ")] = None
    p_8bz: Annotated[Quantity | None, Term("FA-P_8BZ")] = None
    p_9az: Annotated[UnitPrice | None, Term("FA-P_9AZ")] = None
    p_11netto_z: Annotated[Amount | None, Term("FA-P_11NettoZ")] = None
    p_11vat_z: Annotated[Amount | None, Term("FA-P_11VatZ")] = None
    p_12z: Annotated[Text | None, Term("FA-P_12Z")] = None
    p_12z_xii: Annotated[Percentage | None, Term("FA-P_12Z_XII")] = None
    p_12z_zal_15: Annotated[Text | None, Term("FA-P_12Z_Zal_15")] = None
    gtuz: Annotated[Text | None, Term("FA-GTUZ")] = None
    procedura_z: Annotated[Text | None, Term("FA-ProceduraZ")] = None
    kwota_akcyzy_z: Annotated[Amount | None, Term("FA-KwotaAkcyzyZ")] = None
    stan_przed_z: Annotated[Text | None, Term("FA-StanPrzedZ")] = None


class FaZamowienie(Group):
    """The order or contract that an advance was paid for."""

    wartosc_zamowienia: Annotated[Amount | None, Term("FA-WartoscZamowienia")] = None
    zamowienie_wiersz: Annotated[tuple[FaZamowienieWiersz, ...], Term("FA-ZamowienieWiersz")] = ()
