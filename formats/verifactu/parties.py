"""Who: persons, and the program that makes the records."""

from dataclasses import dataclass
from typing import Literal

from formats.verifactu.elements import Element

ClaveIDType = Literal["02", "03", "04", "05", "06", "07"]
"""L7. 02 VAT number of the Union, 03 passport, 04 official identity document of the country of
residence, 05 certificate of residence, 06 another proof, 07 not in the AEAT's census."""

SiNo = Literal["S", "N"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtraIdentificacion(Element):
    """What identifies somebody without a NIF: a country (ISO 3166-1), a kind and a number."""

    CodigoPais: str | None = None
    IDType: ClaveIDType
    ID: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaES(Element):
    """Somebody with a NIF."""

    NombreRazon: str
    NIF: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona(Element):
    """Somebody: NIF or IDOtro, one of them."""

    NombreRazon: str
    NIF: str | None = None
    IDOtro: OtraIdentificacion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sistema(Element):
    """The billing program (SIF): its producer, itself, and its installation.

    Attributes:
        NombreRazon: Its producer's name, with NIF or IDOtro.
        IdSistemaInformatico: Two capitals or digits that the producer gave the program.
        NumeroInstalacion: Tells this installation from the producer's others: a chain belongs to
            a seller and an installation.
        TipoUsoPosibleSoloVerifactu: Whether it can only work as VERI*FACTU.
        TipoUsoPosibleMultiOT: Whether several sellers can use it.
        IndicadorMultiplesOT: Whether several do.
    """

    NombreRazon: str
    NIF: str | None = None
    IDOtro: OtraIdentificacion | None = None
    NombreSistemaInformatico: str
    IdSistemaInformatico: str
    Version: str
    NumeroInstalacion: str
    TipoUsoPosibleSoloVerifactu: SiNo
    TipoUsoPosibleMultiOT: SiNo
    IndicadorMultiplesOT: SiNo

    @property
    def place(self) -> tuple[str | None, OtraIdentificacion | None, str, str]:
        """What has a chain for each seller: the producer, his program, its installation."""
        return self.NIF, self.IDOtro, self.IdSistemaInformatico, self.NumeroInstalacion


@dataclass(frozen=True, slots=True, kw_only=True)
class SistemaDeEvento(Element):
    """The program in an event, of which less must be said."""

    NombreRazon: str
    NIF: str | None = None
    IDOtro: OtraIdentificacion | None = None
    NombreSistemaInformatico: str | None = None
    IdSistemaInformatico: str
    Version: str
    NumeroInstalacion: str
    TipoUsoPosibleSoloVerifactu: SiNo | None = None
    TipoUsoPosibleMultiOT: SiNo | None = None
    IndicadorMultiplesOT: SiNo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SistemaBuscado(Element):
    """The program whose records are asked for: an id and an installation."""

    NombreRazon: str
    NIF: str | None = None
    IDOtro: OtraIdentificacion | None = None
    NombreSistemaInformatico: str | None = None
    IdSistemaInformatico: str
    Version: str | None = None
    NumeroInstalacion: str
    TipoUsoPosibleSoloVerifactu: SiNo | None = None
    TipoUsoPosibleMultiOT: SiNo | None = None
    IndicadorMultiplesOT: SiNo | None = None
