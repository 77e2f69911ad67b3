"""The program that makes records (sistema informático de facturación), and who produces it.

One source for what every record and event says of it (SistemaInformatico), and for what its
producer declares (`declaration`).
"""

from dataclasses import dataclass

from formats.verifactu.parties import SiNo, Sistema, SistemaDeEvento


@dataclass(frozen=True, slots=True, kw_only=True)
class Producer:
    """Who produces the program, and answers for it.

    Attributes:
        name: His, as registered.
        nif: His.
        address: His whole postal address.
        contact: How else he is reached: telephone, mail, a page.
    """

    name: str
    nif: str
    address: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The program.

    Attributes:
        producer: Who produces it.
        name: NombreSistemaInformatico.
        identifier: IdSistemaInformatico: two characters that the producer gave it.
        version: The exact one.
        installation: NumeroInstalacion.
        only_verifactu: It can send its records, and nothing else.
        several_taxpayers: This installation is used for several of them; it always could be.
        described: Of what it consists, and what it does, in the producer's words.
    """

    producer: Producer
    name: str
    identifier: str
    version: str
    installation: str
    only_verifactu: bool
    several_taxpayers: bool
    described: str | None = None

    def in_records(self) -> Sistema:
        """Return what records say of it."""
        return Sistema(
            NombreRazon=self.producer.name,
            NIF=self.producer.nif,
            NombreSistemaInformatico=self.name,
            IdSistemaInformatico=self.identifier,
            Version=self.version,
            NumeroInstalacion=self.installation,
            TipoUsoPosibleSoloVerifactu=_yes(self.only_verifactu),
            TipoUsoPosibleMultiOT="S",
            IndicadorMultiplesOT=_yes(self.several_taxpayers),
        )

    def in_events(self) -> SistemaDeEvento:
        """Return what events say of it: the same."""
        own = self.in_records()
        return SistemaDeEvento(
            NombreRazon=own.NombreRazon,
            NIF=own.NIF,
            NombreSistemaInformatico=own.NombreSistemaInformatico,
            IdSistemaInformatico=own.IdSistemaInformatico,
            Version=own.Version,
            NumeroInstalacion=own.NumeroInstalacion,
            TipoUsoPosibleSoloVerifactu=own.TipoUsoPosibleSoloVerifactu,
            TipoUsoPosibleMultiOT=own.TipoUsoPosibleMultiOT,
            IndicadorMultiplesOT=own.IndicadorMultiplesOT,
        )


def _yes(value: bool) -> SiNo:  # noqa: FBT001 - the value itself is what is said
    return "S" if value else "N"
