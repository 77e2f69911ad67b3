"""What a correction, an advance and a settlement refer to."""

from typing import Annotated

from formats.en16931.extensions.poland.parties import FaAdres, FaIdentyfikacja1, FaIdentyfikacja2
from formats.en16931.group import Group, IsoDate, Text
from formats.en16931.money import Amount, Quantity
from formats.en16931.terms import Term


class FaDaneFaKorygowanej(Group):
    """An invoice that this one corrects."""

    data_wyst_fa_korygowanej: Annotated[IsoDate | None, Term("FA-DataWystFaKorygowanej")] = None
    nr_fa_korygowanej: Annotated[Text | None, Term("FA-NrFaKorygowanej")] = None
    nr_kse_f: Annotated[Text | None, Term("FA-NrKSeF")] = None
    nr_kse_ffa_korygowanej: Annotated[Text | None, Term("FA-NrKSeFFaKorygowanej")] = None
    nr_kse_fn: Annotated[Text | None, Term("FA-NrKSeFN")] = None


class FaPodmiot1K(Group):
    """The seller as the corrected invoice has him."""

    prefiks_podatnika: Annotated[Text | None, Term("FA-Podmiot1K.PrefiksPodatnika")] = None
    dane_identyfikacyjne: Annotated[
        FaIdentyfikacja1 | None, Term("FA-Podmiot1K.DaneIdentyfikacyjne")
    ] = None
    adres: Annotated[FaAdres | None, Term("FA-Podmiot1K.Adres")] = None


class FaPodmiot2K(Group):
    """A buyer as the corrected invoice has him."""

    dane_identyfikacyjne: Annotated[
        FaIdentyfikacja2 | None, Term("FA-Podmiot2K.DaneIdentyfikacyjne")
    ] = None
    adres: Annotated[FaAdres | None, Term("FA-Podmiot2K.Adres")] = None
    idnabywcy: Annotated[Text | None, Term("FA-Podmiot2K.IDNabywcy")] = None


class FaZaliczkaCzesciowa(Group):
    """One of several advance payments."""

    p_6z: Annotated[IsoDate | None, Term("FA-P_6Z")] = None
    p_15z: Annotated[Amount | None, Term("FA-P_15Z")] = None
    kurs_waluty_zw: Annotated[Quantity | None, Term("FA-KursWalutyZW")] = None


class FaFakturaZaliczkowa(Group):
    """An advance invoice that is settled here."""

    nr_kse_fzn: Annotated[Text | None, Term("FA-NrKSeFZN")] = None
    nr_fa_zaliczkowej: Annotated[Text | None, Term("FA-NrFaZaliczkowej")] = None
    nr_kse_ffa_zaliczkowej: Annotated[Text | None, Term("FA-NrKSeFFaZaliczkowej")] = None
