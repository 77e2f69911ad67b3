"""The structured attachment of FA(3)."""

from typing import Annotated

from formats.en16931.group import Group, Text
from formats.en16931.terms import Term


class FaMetaDane(Group):
    """Name and value."""

    zklucz: Annotated[Text | None, Term("FA-ZKlucz")] = None
    zwartosc: Annotated[Text | None, Term("FA-ZWartosc")] = None


class FaTekst(Group):
    """Paragraphs."""

    akapit: Annotated[tuple[Text, ...], Term("FA-Akapit")] = ()


class FaTMetaDane(Group):
    """Name and value of a table."""

    tklucz: Annotated[Text | None, Term("FA-TKlucz")] = None
    twartosc: Annotated[Text | None, Term("FA-TWartosc")] = None


class FaKol(Group):
    """A column: its type and its name."""

    typ: Annotated[Text | None, Term("FA-Typ")] = None
    nkom: Annotated[Text | None, Term("FA-NKom")] = None


class FaNaglowekTabeli(Group):
    """The columns of a table."""

    kol: Annotated[tuple[FaKol, ...], Term("FA-Kol")] = ()


class FaWiersz(Group):
    """A row."""

    wkom: Annotated[tuple[Text, ...], Term("FA-WKom")] = ()


class FaSuma(Group):
    """The sums of a table."""

    skom: Annotated[tuple[Text, ...], Term("FA-SKom")] = ()


class FaTabela(Group):
    """A table."""

    tmeta_dane: Annotated[tuple[FaTMetaDane, ...], Term("FA-TMetaDane")] = ()
    opis: Annotated[Text | None, Term("FA-Opis")] = None
    tnaglowek: Annotated[FaNaglowekTabeli | None, Term("FA-TNaglowek")] = None
    wiersz: Annotated[tuple[FaWiersz, ...], Term("FA-Wiersz")] = ()
    suma: Annotated[FaSuma | None, Term("FA-Suma")] = None


class FaBlokDanych(Group):
    """A block of it."""

    znaglowek: Annotated[Text | None, Term("FA-ZNaglowek")] = None
    meta_dane: Annotated[tuple[FaMetaDane, ...], Term("FA-MetaDane")] = ()
    tekst: Annotated[FaTekst | None, Term("FA-Tekst")] = None
    tabela: Annotated[tuple[FaTabela, ...], Term("FA-Tabela")] = ()


class FaZalacznik(Group):
    """The attachment."""

    blok_danych: Annotated[tuple[FaBlokDanych, ...], Term("FA-BlokDanych")] = ()
