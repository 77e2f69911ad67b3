"""How it is paid, and what is settled beside the total."""

from typing import Annotated

from formats.en16931.group import Group, IsoDate, Text
from formats.en16931.money import Amount
from formats.en16931.terms import Term


class FaObciazenia(Group):
    """A charge."""

    kwota: Annotated[Amount | None, Term("FA-Obciazenia.Kwota")] = None
    powod: Annotated[Text | None, Term("FA-Obciazenia.Powod")] = None


class FaOdliczenia(Group):
    """A deduction."""

    kwota: Annotated[Amount | None, Term("FA-Odliczenia.Kwota")] = None
    powod: Annotated[Text | None, Term("FA-Odliczenia.Powod")] = None


class FaRozliczenie(Group):
    """Charges and deductions beside the invoice total."""

    obciazenia: Annotated[tuple[FaObciazenia, ...], Term("FA-Obciazenia")] = ()
    suma_obciazen: Annotated[Amount | None, Term("FA-SumaObciazen")] = None
    odliczenia: Annotated[tuple[FaOdliczenia, ...], Term("FA-Odliczenia")] = ()
    suma_odliczen: Annotated[Amount | None, Term("FA-SumaOdliczen")] = None
    do_zaplaty: Annotated[Amount | None, Term("FA-DoZaplaty")] = None
    do_rozliczenia: Annotated[Amount | None, Term("FA-DoRozliczenia")] = None


class FaZaplataCzesciowa(Group):
    """A part that was paid."""

    kwota_zaplaty_czesciowej: Annotated[Amount | None, Term("FA-KwotaZaplatyCzesciowej")] = None
    data_zaplaty_czesciowej: Annotated[IsoDate | None, Term("FA-DataZaplatyCzesciowej")] = None
    forma_platnosci: Annotated[Text | None, Term("FA-ZaplataCzesciowa.FormaPlatnosci")] = None
    platnosc_inna: Annotated[Text | None, Term("FA-ZaplataCzesciowa.PlatnoscInna")] = None
    opis_platnosci: Annotated[Text | None, Term("FA-ZaplataCzesciowa.OpisPlatnosci")] = None


class FaTerminOpis(Group):
    """So many units of time after an event."""

    ilosc: Annotated[Text | None, Term("FA-Ilosc")] = None
    jednostka: Annotated[Text | None, Term("FA-Jednostka")] = None
    zdarzenie_poczatkowe: Annotated[Text | None, Term("FA-ZdarzeniePoczatkowe")] = None


class FaTerminPlatnosci(Group):
    """When it is due: a day, or in words."""

    termin: Annotated[IsoDate | None, Term("FA-Termin")] = None
    termin_opis: Annotated[FaTerminOpis | None, Term("FA-TerminOpis")] = None


class FaRachunekBankowy(Group):
    """An account."""

    nr_rb: Annotated[Text | None, Term("FA-NrRB")] = None
    swift: Annotated[Text | None, Term("FA-SWIFT")] = None
    rachunek_wlasny_banku: Annotated[Text | None, Term("FA-RachunekWlasnyBanku")] = None
    nazwa_banku: Annotated[Text | None, Term("FA-NazwaBanku")] = None
    opis_rachunku: Annotated[Text | None, Term("FA-OpisRachunku")] = None


class FaSkonto(Group):
    """Discount for early payment."""

    warunki_skonta: Annotated[Text | None, Term("FA-WarunkiSkonta")] = None
    wysokosc_skonta: Annotated[Text | None, Term("FA-WysokoscSkonta")] = None


class FaPlatnosc(Group):
    """Payment: done, due, how, where to."""

    zaplacono: Annotated[Text | None, Term("FA-Zaplacono")] = None
    data_zaplaty: Annotated[IsoDate | None, Term("FA-DataZaplaty")] = None
    znacznik_zaplaty_czesciowej: Annotated[Text | None, Term("FA-ZnacznikZaplatyCzesciowej")] = (
        None
    )
    zaplata_czesciowa: Annotated[tuple[FaZaplataCzesciowa, ...], Term("FA-ZaplataCzesciowa")] = ()
    termin_platnosci: Annotated[tuple[FaTerminPlatnosci, ...], Term("FA-TerminPlatnosci")] = ()
    forma_platnosci: Annotated[Text | None, Term("FA-Platnosc.FormaPlatnosci")] = None
    platnosc_inna: Annotated[Text | None, Term("FA-Platnosc.PlatnoscInna")] = None
    opis_platnosci: Annotated[Text | None, Term("FA-Platnosc.OpisPlatnosci")] = None
    rachunek_bankowy: Annotated[tuple[FaRachunekBankowy, ...], Term("FA-RachunekBankowy")] = ()
    rachunek_bankowy_faktora: Annotated[
        tuple[FaRachunekBankowy, ...], Term("FA-RachunekBankowyFaktora")
    ] = ()
    skonto: Annotated[FaSkonto | None, Term("FA-Skonto")] = None
    link_do_platnosci: Annotated[Text | None, Term("FA-LinkDoPlatnosci")] = None
    ipkse_f: Annotated[Text | None, Term("FA-IPKSeF")] = None
