"""What the law wants said: `Adnotacje` of FA(3)."""

from typing import Annotated

from formats.en16931.group import Group, IsoDate, Text
from formats.en16931.terms import Term


class FaZwolnienie(Group):
    """Exemption and its legal basis."""

    p_19: Annotated[Text | None, Term("FA-P_19")] = None
    p_19a: Annotated[Text | None, Term("FA-P_19A")] = None
    p_19b: Annotated[Text | None, Term("FA-P_19B")] = None
    p_19c: Annotated[Text | None, Term("FA-P_19C")] = None
    p_19n: Annotated[Text | None, Term("FA-P_19N")] = None


class FaNowySrodekTransportu(Group):
    """One new means of transport."""

    p_22a: Annotated[IsoDate | None, Term("FA-P_22A")] = None
    p_nr_wiersza_nst: Annotated[Text | None, Term("FA-P_NrWierszaNST")] = None
    p_22bmk: Annotated[Text | None, Term("FA-P_22BMK")] = None
    p_22bmd: Annotated[Text | None, Term("FA-P_22BMD")] = None
    p_22bk: Annotated[Text | None, Term("FA-P_22BK")] = None
    p_22bnr: Annotated[Text | None, Term("FA-P_22BNR")] = None
    p_22brp: Annotated[Text | None, Term("FA-P_22BRP")] = None
    p_22b: Annotated[Text | None, Term("FA-P_22B")] = None
    p_22b1: Annotated[Text | None, Term("FA-P_22B1")] = None
    p_22b2: Annotated[Text | None, Term("FA-P_22B2")] = None
    p_22b3: Annotated[Text | None, Term("FA-P_22B3")] = None
    p_22b4: Annotated[Text | None, Term("FA-P_22B4")] = None
    p_22bt: Annotated[Text | None, Term("FA-P_22BT")] = None
    p_22c: Annotated[Text | None, Term("FA-P_22C")] = None
    p_22c1: Annotated[Text | None, Term("FA-P_22C1")] = None
    p_22d: Annotated[Text | None, Term("FA-P_22D")] = None
    p_22d1: Annotated[Text | None, Term("FA-P_22D1")] = None


class FaNoweSrodkiTransportu(Group):
    """Supply of new means of transport within the Union."""

    p_22: Annotated[Text | None, Term("FA-P_22")] = None
    p_42_5: Annotated[Text | None, Term("FA-P_42_5")] = None
    nowy_srodek_transportu: Annotated[
        tuple[FaNowySrodekTransportu, ...], Term("FA-NowySrodekTransportu")
    ] = ()
    p_22n: Annotated[Text | None, Term("FA-P_22N")] = None


class FaPMarzy(Group):
    """Margin schemes (art. 119 and 120)."""

    p_pmarzy: Annotated[Text | None, Term("FA-P_PMarzy")] = None
    p_pmarzy_2: Annotated[Text | None, Term("FA-P_PMarzy_2")] = None
    p_pmarzy_3_1: Annotated[Text | None, Term("FA-P_PMarzy_3_1")] = None
    p_pmarzy_3_2: Annotated[Text | None, Term("FA-P_PMarzy_3_2")] = None
    p_pmarzy_3_3: Annotated[Text | None, Term("FA-P_PMarzy_3_3")] = None
    p_pmarzy_n: Annotated[Text | None, Term("FA-P_PMarzyN")] = None


class FaAdnotacje(Group):
    """What the law wants said of the supply; "1" is yes, "2" no."""

    p_16: Annotated[Text | None, Term("FA-P_16")] = None
    p_17: Annotated[Text | None, Term("FA-P_17")] = None
    p_18: Annotated[Text | None, Term("FA-P_18")] = None
    p_18a: Annotated[Text | None, Term("FA-P_18A")] = None
    zwolnienie: Annotated[FaZwolnienie | None, Term("FA-Zwolnienie")] = None
    nowe_srodki_transportu: Annotated[
        FaNoweSrodkiTransportu | None, Term("FA-NoweSrodkiTransportu")
    ] = None
    p_23: Annotated[Text | None, Term("FA-P_23")] = None
    pmarzy: Annotated[FaPMarzy | None, Term("FA-PMarzy")] = None
