"""The document as a whole, and what holds the rest."""

from typing import Annotated

from formats.en16931.extensions.poland.annotations import FaAdnotacje
from formats.en16931.extensions.poland.attachment import FaZalacznik
from formats.en16931.extensions.poland.conditions import FaWarunkiTransakcji
from formats.en16931.extensions.poland.correction import (
    FaDaneFaKorygowanej,
    FaFakturaZaliczkowa,
    FaPodmiot1K,
    FaPodmiot2K,
    FaZaliczkaCzesciowa,
)
from formats.en16931.extensions.poland.line import FaZamowienie
from formats.en16931.extensions.poland.parties import (
    FaPodmiot1,
    FaPodmiot2,
    FaPodmiot3,
    FaPodmiotUpowazniony,
)
from formats.en16931.extensions.poland.payment import FaPlatnosc, FaRozliczenie
from formats.en16931.group import Group, IsoDate, Text
from formats.en16931.money import Amount, Quantity
from formats.en16931.terms import Term


class FaNaglowek(Group):
    """The header (`Naglowek`): when and with what the file was made."""

    data_wytworzenia_fa: Annotated[Text | None, Term("FA-DataWytworzeniaFa")] = None
    system_info: Annotated[Text | None, Term("FA-SystemInfo")] = None


class FaOkresFa(Group):
    """The period the invoice is about."""

    p_6_od: Annotated[IsoDate | None, Term("FA-P_6_Od")] = None
    p_6_do: Annotated[IsoDate | None, Term("FA-P_6_Do")] = None


class FaDodatkowyOpis(Group):
    """A name and a value that have no field of their own, of a line if it is named."""

    nr_wiersza: Annotated[Text | None, Term("FA-NrWiersza")] = None
    klucz: Annotated[Text | None, Term("FA-Klucz")] = None
    wartosc: Annotated[Text | None, Term("FA-Wartosc")] = None


class FaTresc(Group):
    """The invoice proper (`Fa`), beside what EN 16931 has."""

    p_1m: Annotated[Text | None, Term("FA-P_1M")] = None
    wz: Annotated[tuple[Text, ...], Term("FA-WZ")] = ()
    p_6: Annotated[IsoDate | None, Term("FA-P_6")] = None
    okres_fa: Annotated[FaOkresFa | None, Term("FA-OkresFa")] = None
    p_13_1: Annotated[Amount | None, Term("FA-P_13_1")] = None
    p_14_1: Annotated[Amount | None, Term("FA-P_14_1")] = None
    p_14_1w: Annotated[Amount | None, Term("FA-P_14_1W")] = None
    p_13_2: Annotated[Amount | None, Term("FA-P_13_2")] = None
    p_14_2: Annotated[Amount | None, Term("FA-P_14_2")] = None
    p_14_2w: Annotated[Amount | None, Term("FA-P_14_2W")] = None
    p_13_3: Annotated[Amount | None, Term("FA-P_13_3")] = None
    p_14_3: Annotated[Amount | None, Term("FA-P_14_3")] = None
    p_14_3w: Annotated[Amount | None, Term("FA-P_14_3W")] = None
    p_13_4: Annotated[Amount | None, Term("FA-P_13_4")] = None
    p_14_4: Annotated[Amount | None, Term("FA-P_14_4")] = None
    p_14_4w: Annotated[Amount | None, Term("FA-P_14_4W")] = None
    p_13_5: Annotated[Amount | None, Term("FA-P_13_5")] = None
    p_14_5: Annotated[Amount | None, Term("FA-P_14_5")] = None
    p_13_6_1: Annotated[Amount | None, Term("FA-P_13_6_1")] = None
    p_13_6_2: Annotated[Amount | None, Term("FA-P_13_6_2")] = None
    p_13_6_3: Annotated[Amount | None, Term("FA-P_13_6_3")] = None
    p_13_7: Annotated[Amount | None, Term("FA-P_13_7")] = None
    p_13_8: Annotated[Amount | None, Term("FA-P_13_8")] = None
    p_13_9: Annotated[Amount | None, Term("FA-P_13_9")] = None
    p_13_10: Annotated[Amount | None, Term("FA-P_13_10")] = None
    p_13_11: Annotated[Amount | None, Term("FA-P_13_11")] = None
    kurs_waluty_z: Annotated[Quantity | None, Term("FA-KursWalutyZ")] = None
    adnotacje: Annotated[FaAdnotacje | None, Term("FA-Adnotacje")] = None
    rodzaj_faktury: Annotated[Text | None, Term("FA-RodzajFaktury")] = None
    przyczyna_korekty: Annotated[Text | None, Term("FA-PrzyczynaKorekty")] = None
    typ_korekty: Annotated[Text | None, Term("FA-TypKorekty")] = None
    dane_fa_korygowanej: Annotated[
        tuple[FaDaneFaKorygowanej, ...], Term("FA-DaneFaKorygowanej")
    ] = ()
    okres_fa_korygowanej: Annotated[Text | None, Term("FA-OkresFaKorygowanej")] = None
    nr_fa_korygowany: Annotated[Text | None, Term("FA-NrFaKorygowany")] = None
    podmiot1k: Annotated[FaPodmiot1K | None, Term("FA-Podmiot1K")] = None
    podmiot2k: Annotated[tuple[FaPodmiot2K, ...], Term("FA-Podmiot2K")] = ()
    p_15zk: Annotated[Amount | None, Term("FA-P_15ZK")] = None
    kurs_waluty_zk: Annotated[Quantity | None, Term("FA-KursWalutyZK")] = None
    zaliczka_czesciowa: Annotated[
        tuple[FaZaliczkaCzesciowa, ...], Term("FA-ZaliczkaCzesciowa")
    ] = ()
    fp: Annotated[Text | None, Term("FA-FP")] = None
    tp: Annotated[Text | None, Term("FA-TP")] = None
    dodatkowy_opis: Annotated[tuple[FaDodatkowyOpis, ...], Term("FA-DodatkowyOpis")] = ()
    faktura_zaliczkowa: Annotated[
        tuple[FaFakturaZaliczkowa, ...], Term("FA-FakturaZaliczkowa")
    ] = ()
    zwrot_akcyzy: Annotated[Text | None, Term("FA-ZwrotAkcyzy")] = None
    rozliczenie: Annotated[FaRozliczenie | None, Term("FA-Rozliczenie")] = None
    platnosc: Annotated[FaPlatnosc | None, Term("FA-Platnosc")] = None
    warunki_transakcji: Annotated[FaWarunkiTransakcji | None, Term("FA-WarunkiTransakcji")] = None
    zamowienie: Annotated[FaZamowienie | None, Term("FA-Zamowienie")] = None


class FaInformacje(Group):
    """Free text."""

    stopka_faktury: Annotated[Text | None, Term("FA-StopkaFaktury")] = None


class FaRejestry(Group):
    """Numbers in other registers."""

    pelna_nazwa: Annotated[Text | None, Term("FA-PelnaNazwa")] = None
    krs: Annotated[Text | None, Term("FA-KRS")] = None
    regon: Annotated[Text | None, Term("FA-REGON")] = None
    bdo: Annotated[Text | None, Term("FA-BDO")] = None


class FaStopka(Group):
    """The footer."""

    informacje: Annotated[tuple[FaInformacje, ...], Term("FA-Informacje")] = ()
    rejestry: Annotated[tuple[FaRejestry, ...], Term("FA-Rejestry")] = ()


class FaExtension(Group):
    """Everything of an FA(3) document that EN 16931 has no term for."""

    naglowek: Annotated[FaNaglowek | None, Term("FA-Naglowek")] = None
    podmiot1: Annotated[FaPodmiot1 | None, Term("FA-Podmiot1")] = None
    podmiot2: Annotated[FaPodmiot2 | None, Term("FA-Podmiot2")] = None
    podmiot3: Annotated[tuple[FaPodmiot3, ...], Term("FA-Podmiot3")] = ()
    podmiot_upowazniony: Annotated[FaPodmiotUpowazniony | None, Term("FA-PodmiotUpowazniony")] = (
        None
    )
    fa: Annotated[FaTresc | None, Term("FA-Fa")] = None
    stopka: Annotated[FaStopka | None, Term("FA-Stopka")] = None
    zalacznik: Annotated[FaZalacznik | None, Term("FA-Zalacznik")] = None
