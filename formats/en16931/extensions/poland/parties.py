"""Who: the parties of FA(3), and their identifiers and addresses."""

from typing import Annotated

from formats.en16931.group import Group, Text
from formats.en16931.money import Percentage
from formats.en16931.terms import Term


class FaIdentyfikacja1(Group):
    """Who somebody with a NIP is."""

    nip: Annotated[Text | None, Term("FA-Identyfikacja1.NIP")] = None
    nazwa: Annotated[Text | None, Term("FA-Identyfikacja1.Nazwa")] = None


class FaIdentyfikacja2(Group):
    """Who somebody is: NIP, EU VAT number, another number, or none."""

    nip: Annotated[Text | None, Term("FA-Identyfikacja2.NIP")] = None
    kod_ue: Annotated[Text | None, Term("FA-Identyfikacja2.KodUE")] = None
    nr_vat_ue: Annotated[Text | None, Term("FA-Identyfikacja2.NrVatUE")] = None
    kod_kraju: Annotated[Text | None, Term("FA-Identyfikacja2.KodKraju")] = None
    nr_id: Annotated[Text | None, Term("FA-Identyfikacja2.NrID")] = None
    brak_id: Annotated[Text | None, Term("FA-Identyfikacja2.BrakID")] = None
    nazwa: Annotated[Text | None, Term("FA-Identyfikacja2.Nazwa")] = None


class FaIdentyfikacja3(Group):
    """As `FaIdentyfikacja2`, or an internal identifier of a unit (`IDWew`)."""

    nip: Annotated[Text | None, Term("FA-Identyfikacja3.NIP")] = None
    idwew: Annotated[Text | None, Term("FA-IDWew")] = None
    kod_ue: Annotated[Text | None, Term("FA-Identyfikacja3.KodUE")] = None
    nr_vat_ue: Annotated[Text | None, Term("FA-Identyfikacja3.NrVatUE")] = None
    kod_kraju: Annotated[Text | None, Term("FA-Identyfikacja3.KodKraju")] = None
    nr_id: Annotated[Text | None, Term("FA-Identyfikacja3.NrID")] = None
    brak_id: Annotated[Text | None, Term("FA-Identyfikacja3.BrakID")] = None
    nazwa: Annotated[Text | None, Term("FA-Identyfikacja3.Nazwa")] = None


class FaAdres(Group):
    """An address in two lines."""

    kod_kraju: Annotated[Text | None, Term("FA-Adres.KodKraju")] = None
    adres_l1: Annotated[Text | None, Term("FA-AdresL1")] = None
    adres_l2: Annotated[Text | None, Term("FA-AdresL2")] = None
    gln: Annotated[Text | None, Term("FA-GLN")] = None


class FaDaneKontaktowe(Group):
    """E-mail and telephone."""

    email: Annotated[Text | None, Term("FA-Email")] = None
    telefon: Annotated[Text | None, Term("FA-Telefon")] = None


class FaDaneKontaktowePU(Group):
    """E-mail and telephone of an authorised party."""

    email_pu: Annotated[Text | None, Term("FA-EmailPU")] = None
    telefon_pu: Annotated[Text | None, Term("FA-TelefonPU")] = None


class FaPodmiot1(Group):
    """The seller (`Podmiot1`), beside BG-4."""

    prefiks_podatnika: Annotated[Text | None, Term("FA-Podmiot1.PrefiksPodatnika")] = None
    nr_eori: Annotated[Text | None, Term("FA-Podmiot1.NrEORI")] = None
    adres: Annotated[FaAdres | None, Term("FA-Podmiot1.Adres")] = None
    adres_koresp: Annotated[FaAdres | None, Term("FA-Podmiot1.AdresKoresp")] = None
    dane_kontaktowe: Annotated[
        tuple[FaDaneKontaktowe, ...], Term("FA-Podmiot1.DaneKontaktowe")
    ] = ()
    status_info_podatnika: Annotated[Text | None, Term("FA-StatusInfoPodatnika")] = None


class FaPodmiot2(Group):
    """The buyer (`Podmiot2`), beside BG-7."""

    nr_eori: Annotated[Text | None, Term("FA-Podmiot2.NrEORI")] = None
    dane_identyfikacyjne: Annotated[
        FaIdentyfikacja2 | None, Term("FA-Podmiot2.DaneIdentyfikacyjne")
    ] = None
    adres: Annotated[FaAdres | None, Term("FA-Podmiot2.Adres")] = None
    adres_koresp: Annotated[FaAdres | None, Term("FA-Podmiot2.AdresKoresp")] = None
    dane_kontaktowe: Annotated[
        tuple[FaDaneKontaktowe, ...], Term("FA-Podmiot2.DaneKontaktowe")
    ] = ()
    nr_klienta: Annotated[Text | None, Term("FA-Podmiot2.NrKlienta")] = None
    idnabywcy: Annotated[Text | None, Term("FA-Podmiot2.IDNabywcy")] = None
    jst: Annotated[Text | None, Term("FA-JST")] = None
    gv: Annotated[Text | None, Term("FA-GV")] = None


class FaPodmiot3(Group):
    """A third party (`Podmiot3`) with its role: factor, recipient, payer, issuer, JST, GV ..."""

    idnabywcy: Annotated[Text | None, Term("FA-Podmiot3.IDNabywcy")] = None
    nr_eori: Annotated[Text | None, Term("FA-Podmiot3.NrEORI")] = None
    dane_identyfikacyjne: Annotated[
        FaIdentyfikacja3 | None, Term("FA-Podmiot3.DaneIdentyfikacyjne")
    ] = None
    adres: Annotated[FaAdres | None, Term("FA-Podmiot3.Adres")] = None
    adres_koresp: Annotated[FaAdres | None, Term("FA-Podmiot3.AdresKoresp")] = None
    dane_kontaktowe: Annotated[
        tuple[FaDaneKontaktowe, ...], Term("FA-Podmiot3.DaneKontaktowe")
    ] = ()
    rola: Annotated[Text | None, Term("FA-Rola")] = None
    rola_inna: Annotated[Text | None, Term("FA-RolaInna")] = None
    opis_roli: Annotated[Text | None, Term("FA-OpisRoli")] = None
    udzial: Annotated[Percentage | None, Term("FA-Udzial")] = None
    nr_klienta: Annotated[Text | None, Term("FA-Podmiot3.NrKlienta")] = None


class FaPodmiotUpowazniony(Group):
    """An authorised party: bailiff, enforcement body, tax representative."""

    nr_eori: Annotated[Text | None, Term("FA-PodmiotUpowazniony.NrEORI")] = None
    dane_identyfikacyjne: Annotated[
        FaIdentyfikacja1 | None, Term("FA-PodmiotUpowazniony.DaneIdentyfikacyjne")
    ] = None
    adres: Annotated[FaAdres | None, Term("FA-PodmiotUpowazniony.Adres")] = None
    adres_koresp: Annotated[FaAdres | None, Term("FA-PodmiotUpowazniony.AdresKoresp")] = None
    dane_kontaktowe: Annotated[
        tuple[FaDaneKontaktowePU, ...], Term("FA-PodmiotUpowazniony.DaneKontaktowe")
    ] = ()
    rola_pu: Annotated[Text | None, Term("FA-RolaPU")] = None
