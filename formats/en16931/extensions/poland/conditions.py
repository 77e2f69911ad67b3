"""Contracts, orders and transport: `WarunkiTransakcji` of FA(3)."""

from typing import Annotated

from formats.en16931.extensions.poland.parties import FaAdres, FaIdentyfikacja2
from formats.en16931.group import Group, IsoDate, Text
from formats.en16931.money import Quantity
from formats.en16931.terms import Term


class FaUmowy(Group):
    """A contract."""

    data_umowy: Annotated[IsoDate | None, Term("FA-DataUmowy")] = None
    nr_umowy: Annotated[Text | None, Term("FA-NrUmowy")] = None


class FaZamowienia(Group):
    """An order."""

    data_zamowienia: Annotated[IsoDate | None, Term("FA-DataZamowienia")] = None
    nr_zamowienia: Annotated[Text | None, Term("FA-NrZamowienia")] = None


class FaPrzewoznik(Group):
    """The carrier."""

    dane_identyfikacyjne: Annotated[
        FaIdentyfikacja2 | None, Term("FA-Przewoznik.DaneIdentyfikacyjne")
    ] = None
    adres_przewoznika: Annotated[FaAdres | None, Term("FA-AdresPrzewoznika")] = None


class FaTransport(Group):
    """One transport."""

    rodzaj_transportu: Annotated[Text | None, Term("FA-RodzajTransportu")] = None
    transport_inny: Annotated[Text | None, Term("FA-TransportInny")] = None
    opis_innego_transportu: Annotated[Text | None, Term("FA-OpisInnegoTransportu")] = None
    przewoznik: Annotated[FaPrzewoznik | None, Term("FA-Przewoznik")] = None
    nr_zlecenia_transportu: Annotated[Text | None, Term("FA-NrZleceniaTransportu")] = None
    opis_ladunku: Annotated[Text | None, Term("FA-OpisLadunku")] = None
    ladunek_inny: Annotated[Text | None, Term("FA-LadunekInny")] = None
    opis_innego_ladunku: Annotated[Text | None, Term("FA-OpisInnegoLadunku")] = None
    jednostka_opakowania: Annotated[Text | None, Term("FA-JednostkaOpakowania")] = None
    data_godz_rozp_transportu: Annotated[Text | None, Term("FA-DataGodzRozpTransportu")] = None
    data_godz_zak_transportu: Annotated[Text | None, Term("FA-DataGodzZakTransportu")] = None
    wysylka_z: Annotated[FaAdres | None, Term("FA-WysylkaZ")] = None
    wysylka_przez: Annotated[tuple[FaAdres, ...], Term("FA-WysylkaPrzez")] = ()
    wysylka_do: Annotated[FaAdres | None, Term("FA-WysylkaDo")] = None


class FaWarunkiTransakcji(Group):
    """Contracts, orders, batches, delivery, transport."""

    umowy: Annotated[tuple[FaUmowy, ...], Term("FA-Umowy")] = ()
    zamowienia: Annotated[tuple[FaZamowienia, ...], Term("FA-Zamowienia")] = ()
    nr_partii_towaru: Annotated[tuple[Text, ...], Term("FA-NrPartiiTowaru")] = ()
    warunki_dostawy: Annotated[Text | None, Term("FA-WarunkiDostawy")] = None
    kurs_umowny: Annotated[Quantity | None, Term("FA-KursUmowny")] = None
    waluta_umowna: Annotated[Text | None, Term("FA-WalutaUmowna")] = None
    transport: Annotated[tuple[FaTransport, ...], Term("FA-Transport")] = ()
    podmiot_posredniczacy: Annotated[Text | None, Term("FA-PodmiotPosredniczacy")] = None
