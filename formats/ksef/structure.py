"""What an FA(3) document may hold: the content of every element, in its order.

A content model reads as in a DTD: `?` may be missing, `|` is a choice, braces count. It gives the
order to write in, and tells before a byte is written whether the schema will take the document.

Source: schemat_FA(3)_v1-0E.xsd; `tests/formats/ksef/test_structure.py` compares them.
"""

CONTENT = {
    "Faktura": (
        "Naglowek Podmiot1 Podmiot2 Podmiot3{0,100} PodmiotUpowazniony? Fa Stopka? Zalacznik?"
    ),
    "Naglowek": "KodFormularza WariantFormularza DataWytworzeniaFa SystemInfo?",
    "Podmiot1": (
        "PrefiksPodatnika? NrEORI? DaneIdentyfikacyjne Adres AdresKoresp? DaneKontaktowe{0,3} "
        "StatusInfoPodatnika?"
    ),
    "Identyfikacja1": "NIP Nazwa",
    "Adres": "KodKraju AdresL1 AdresL2? GLN?",
    "DaneKontaktowe": "(Email? Telefon?)?",
    "Podmiot2": (
        "NrEORI? DaneIdentyfikacyjne Adres? AdresKoresp? DaneKontaktowe{0,3} NrKlienta? "
        "IDNabywcy? JST GV"
    ),
    "Identyfikacja2": "(NIP | (KodUE NrVatUE) | (KodKraju? NrID) | BrakID) (Nazwa)?",
    "Podmiot3": (
        "IDNabywcy? NrEORI? DaneIdentyfikacyjne Adres? AdresKoresp? DaneKontaktowe{0,3} (Rola | "
        "(RolaInna OpisRoli)) Udzial? NrKlienta?"
    ),
    "Identyfikacja3": "(NIP | IDWew | (KodUE NrVatUE) | (KodKraju? NrID) | BrakID) (Nazwa)?",
    "PodmiotUpowazniony": (
        "NrEORI? DaneIdentyfikacyjne Adres AdresKoresp? DaneKontaktowe{0,3} RolaPU"
    ),
    "DaneKontaktowePU": "EmailPU? TelefonPU?",
    "Fa": (
        "KodWaluty P_1 P_1M? P_2 WZ{0,1000} (P_6 | OkresFa)? (P_13_1 P_14_1 P_14_1W?)? (P_13_2 "
        "P_14_2 P_14_2W?)? (P_13_3 P_14_3 P_14_3W?)? (P_13_4 P_14_4 P_14_4W?)? (P_13_5 P_14_5?)? "
        "P_13_6_1? P_13_6_2? P_13_6_3? P_13_7? P_13_8? P_13_9? P_13_10? P_13_11? P_15 "
        "KursWalutyZ? Adnotacje RodzajFaktury (PrzyczynaKorekty? TypKorekty? "
        "DaneFaKorygowanej{1,50000} OkresFaKorygowanej? NrFaKorygowany? Podmiot1K? "
        "Podmiot2K{0,101} (P_15ZK KursWalutyZK?)?)? ZaliczkaCzesciowa{0,31} FP? TP? "
        "DodatkowyOpis{0,10000} FakturaZaliczkowa{0,100} ZwrotAkcyzy? FaWiersz{0,10000} "
        "Rozliczenie? Platnosc? WarunkiTransakcji? Zamowienie?"
    ),
    "OkresFa": "P_6_Od P_6_Do",
    "Adnotacje": "P_16 P_17 P_18 P_18A Zwolnienie NoweSrodkiTransportu P_23 PMarzy",
    "Zwolnienie": "((P_19 (P_19A | P_19B | P_19C)) | P_19N)",
    "NoweSrodkiTransportu": "((P_22 P_42_5 NowySrodekTransportu{1,10000}) | P_22N)",
    "NowySrodekTransportu": (
        "P_22A P_NrWierszaNST P_22BMK? P_22BMD? P_22BK? P_22BNR? P_22BRP? ((P_22B (P_22B1? | "
        "P_22B2? | P_22B3? | P_22B4?)? P_22BT?) | (P_22C P_22C1?) | (P_22D P_22D1?))"
    ),
    "PMarzy": "((P_PMarzy (P_PMarzy_2 | P_PMarzy_3_1 | P_PMarzy_3_2 | P_PMarzy_3_3)) | P_PMarzyN)",
    "DaneFaKorygowanej": (
        "DataWystFaKorygowanej NrFaKorygowanej ((NrKSeF NrKSeFFaKorygowanej) | NrKSeFN)"
    ),
    "Podmiot1K": "PrefiksPodatnika? DaneIdentyfikacyjne Adres",
    "Podmiot2K": "DaneIdentyfikacyjne Adres? IDNabywcy?",
    "ZaliczkaCzesciowa": "P_6Z P_15Z KursWalutyZW?",
    "DodatkowyOpis": "NrWiersza? Klucz Wartosc",
    "FakturaZaliczkowa": "((NrKSeFZN NrFaZaliczkowej) | NrKSeFFaZaliczkowej)",
    "FaWiersz": (
        "NrWierszaFa UU_ID? P_6A? P_7? Indeks? GTIN? PKWiU? CN? PKOB? P_8A? P_8B? P_9A? P_9B? "
        "P_10? P_11? P_11A? P_11Vat? P_12? P_12_XII? P_12_Zal_15? KwotaAkcyzy? GTU? Procedura? "
        "KursWaluty? StanPrzed?"
    ),
    "Rozliczenie": (
        "Obciazenia{0,100} SumaObciazen? Odliczenia{0,100} SumaOdliczen? (DoZaplaty | "
        "DoRozliczenia)?"
    ),
    "Obciazenia": "Kwota Powod",
    "Odliczenia": "Kwota Powod",
    "Platnosc": (
        "((Zaplacono DataZaplaty) | (ZnacznikZaplatyCzesciowej ZaplataCzesciowa{1,100}))? "
        "TerminPlatnosci{0,100} (FormaPlatnosci | (PlatnoscInna OpisPlatnosci))? "
        "RachunekBankowy{0,100} RachunekBankowyFaktora{0,20} Skonto? LinkDoPlatnosci? IPKSeF?"
    ),
    "ZaplataCzesciowa": (
        "KwotaZaplatyCzesciowej DataZaplatyCzesciowej (FormaPlatnosci | (PlatnoscInna "
        "OpisPlatnosci))?"
    ),
    "TerminPlatnosci": "(Termin? TerminOpis?)?",
    "TerminOpis": "Ilosc Jednostka ZdarzeniePoczatkowe",
    "RachunekBankowy": "NrRB SWIFT? RachunekWlasnyBanku? NazwaBanku? OpisRachunku?",
    "Skonto": "WarunkiSkonta WysokoscSkonta",
    "WarunkiTransakcji": (
        "Umowy{0,100} Zamowienia{0,100} NrPartiiTowaru{0,1000} WarunkiDostawy? (KursUmowny "
        "WalutaUmowna)? Transport{0,20} PodmiotPosredniczacy?"
    ),
    "Umowy": "(DataUmowy? NrUmowy?)?",
    "Zamowienia": "(DataZamowienia? NrZamowienia?)?",
    "Transport": (
        "(RodzajTransportu | (TransportInny OpisInnegoTransportu)) Przewoznik? "
        "NrZleceniaTransportu? (OpisLadunku | (LadunekInny OpisInnegoLadunku)) "
        "JednostkaOpakowania? (DataGodzRozpTransportu? DataGodzZakTransportu? WysylkaZ? "
        "WysylkaPrzez{0,20} WysylkaDo?)?"
    ),
    "Przewoznik": "DaneIdentyfikacyjne AdresPrzewoznika",
    "Zamowienie": "WartoscZamowienia ZamowienieWiersz{1,10000}",
    "ZamowienieWiersz": (
        "NrWierszaZam UU_IDZ? P_7Z? IndeksZ? GTINZ? PKWiUZ? CNZ? PKOBZ? P_8AZ? P_8BZ? P_9AZ? "
        "P_11NettoZ? P_11VatZ? P_12Z? P_12Z_XII? P_12Z_Zal_15? GTUZ? ProceduraZ? KwotaAkcyzyZ? "
        "StanPrzedZ?"
    ),
    "Stopka": "(Informacje{0,3} Rejestry{0,100})?",
    "Informacje": "(StopkaFaktury?)?",
    "Rejestry": "(PelnaNazwa? KRS? REGON? BDO?)?",
    "Zalacznik": "BlokDanych{1,1000}",
    "BlokDanych": "ZNaglowek? MetaDane{1,1000} Tekst? (Tabela{0,1000})?",
    "MetaDane": "ZKlucz ZWartosc",
    "Tekst": "Akapit{1,10}",
    "Tabela": "TMetaDane{0,1000} Opis? TNaglowek Wiersz{1,1000} Suma?",
    "TMetaDane": "TKlucz TWartosc",
    "NaglowekTabeli": "Kol{1,20}",
    "Kol": "Typ NKom",
    "Wiersz": "WKom{1,20}",
    "Suma": "SKom{1,20}",
}
"""By the name of the type; the attribute `Typ` of `Kol` stands here as if it were an element."""

OF_TYPE = {
    ("Platnosc", "RachunekBankowyFaktora"): "RachunekBankowy",
    ("Podmiot1", "AdresKoresp"): "Adres",
    ("Podmiot1", "DaneIdentyfikacyjne"): "Identyfikacja1",
    ("Podmiot1K", "DaneIdentyfikacyjne"): "Identyfikacja1",
    ("Podmiot2", "AdresKoresp"): "Adres",
    ("Podmiot2", "DaneIdentyfikacyjne"): "Identyfikacja2",
    ("Podmiot2K", "DaneIdentyfikacyjne"): "Identyfikacja2",
    ("Podmiot3", "AdresKoresp"): "Adres",
    ("Podmiot3", "DaneIdentyfikacyjne"): "Identyfikacja3",
    ("PodmiotUpowazniony", "AdresKoresp"): "Adres",
    ("PodmiotUpowazniony", "DaneIdentyfikacyjne"): "Identyfikacja1",
    ("PodmiotUpowazniony", "DaneKontaktowe"): "DaneKontaktowePU",
    ("Przewoznik", "AdresPrzewoznika"): "Adres",
    ("Przewoznik", "DaneIdentyfikacyjne"): "Identyfikacja2",
    ("Tabela", "TNaglowek"): "NaglowekTabeli",
    ("Transport", "WysylkaDo"): "Adres",
    ("Transport", "WysylkaPrzez"): "Adres",
    ("Transport", "WysylkaZ"): "Adres",
}
"""Elements whose type is called otherwise than they are: parent type and element."""
