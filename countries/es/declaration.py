"""The declaración responsable: that the program keeps the law, as its producer says in writing.

Sources: Real Decreto 1007/2023, artículo 13; Orden HAC/1177/2024, artículo 15.1 (confidence M: the
order of the points is theirs, from memory; the words are ours). It is made anew for each version.
"""

import datetime
from dataclasses import dataclass

from countries.es.program import Program

TITLE = "Declaración responsable del sistema informático de facturación"

_MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
    *("agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_DOES = (
    "Programa de servidor, con base de datos PostgreSQL, que funciona en un ordenador con Linux."
    " Numera y expide facturas, genera un registro de facturación de cada una, lo encadena con el"
    " anterior mediante su huella, conserva todos sin alteración posible, {sends} e imprime el"
    " código QR de cada factura."
)
_SENDS = "los remite a la Agencia Estatal de Administración Tributaria"
_SENDS_OR_SIGNS = f"{_SENDS} o los firma, con un registro de eventos,"
_SIGNATURE = (
    "XAdES Enveloped, clase EPES, con RSA y SHA-256 y la política de firma de la Administración"
    " General del Estado (urn:oid:2.16.724.1.3.1.1.2.1.9)."
)
_UNSIGNED = "Ninguno: el sistema funciona exclusivamente como «VERI*FACTU»."
_KEEPS = (
    "La entidad productora hace constar que el sistema informático, en la versión indicada,"
    " cumple con lo dispuesto en el artículo 29.2.j) de la Ley 58/2003, de 17 de diciembre,"
    " General Tributaria, en el Reglamento aprobado por el Real Decreto 1007/2023, de 5 de"
    " diciembre, en la Orden HAC/1177/2024, de 17 de octubre, y en lo que la sede electrónica"
    " de la Agencia Estatal de Administración Tributaria publica para completar la Orden."
)


@dataclass(frozen=True, slots=True)
class Point:
    """One point.

    Attributes:
        letter: Of artículo 15.1.
        about: What is said.
        text: That; None where nobody has said it yet.
        setting: Which setting says it, where one does.
    """

    letter: str
    about: str
    text: str | None
    setting: str | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """Where and when the producer signed it for this version.

    Attributes:
        place: The town.
        day: The day.
    """

    place: str | None = None
    day: datetime.date | None = None


def declaration(program: Program, signing: Signing) -> tuple[Point, ...]:
    """Return the points of the declaration, in their order."""
    producer, only = program.producer, program.only_verifactu
    does = _DOES.format(sends=_SENDS if only else _SENDS_OR_SIGNS)
    kinds = "Sí" if only else "No: puede funcionar también como sistema no «VERI*FACTU»"
    return (
        Point("a", "Nombre del sistema informático", program.name, "system_name"),
        Point("b", "Código identificador", program.identifier, "system_id"),
        Point("c", "Versión", program.version),
        Point(
            "d", "Componentes y funcionalidades", program.described or does, "system_description"
        ),
        Point("e", "Solo puede funcionar como «VERI*FACTU»", f"{kinds}.", "only_verifactu"),
        Point("f", "Puede usarse para varios obligados tributarios", "Sí."),
        Point("g", "Tipos de firma de registros y eventos", _UNSIGNED if only else _SIGNATURE),
        Point("h", "Entidad productora", producer.name, "producer_name"),
        Point("i", "NIF de la entidad productora", producer.nif, "producer_nif"),
        Point("j", "Dirección postal de contacto", producer.address, "producer_address"),
        Point("k", "Cumplimiento", _KEEPS),
        Point("l", "Fecha y lugar", _signed(signing), "declared_on"),
    )


def missing(points: tuple[Point, ...]) -> tuple[str, ...]:
    """Return the settings without which a declaration is not complete."""
    return tuple(one.setting for one in points if one.text is None and one.setting is not None)


def _signed(signing: Signing) -> str | None:
    day = signing.day
    if day is None or signing.place is None:
        return None
    return f"{signing.place}, {day.day} de {_MONTHS[day.month - 1]} de {day.year}"
