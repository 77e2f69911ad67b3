"""The huella ("hash") of VeriFactu: what chains one record of a seller's system to the next.

Source: AEAT, Especificaciones técnicas para generación de la huella 0.1.2 (2024-08-27), for Orden
HAC/1177/2024, artículo 13. SHA-256 over UTF-8 of `name=value` pairs joined by `&`, in capitals.

Values are those of the record's XML, without the white space around them; an element that is not
there, or is empty, has no value behind its `=`. Numbers count as written: 123.1 and 123.10 give
two different huellas, and both are right for either spelling, so a check tries both.
"""

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation

LENGTH = 64
"""Characters of a huella: hexadecimal digits in capitals."""

_AMOUNTS = frozenset({"CuotaTotal", "ImporteTotal"})
_DECIMALS = (0, 1, 2)  # what ImporteSgn12.2Type can be written with


class HuellaInput:
    """What a huella is made of: its fields are the names, in the order they are joined."""

    def text(self) -> str:
        """Return the text that is digested."""
        named = ((one.name.rstrip("_"), getattr(self, one.name)) for one in fields(self))  # type: ignore[arg-type]
        return "&".join(f"{name}={_trimmed(value)}" for name, value in named)

    def huella(self) -> str:
        """Return the huella: 64 hexadecimal digits in capitals."""
        return hashlib.sha256(self.text().encode()).hexdigest().upper()

    def gives(self, huella: str) -> bool:
        """Tell whether a huella is right for these values, however its amounts were written."""
        return any(one.huella() == huella for one in self._spelled())

    def _spelled(self) -> Iterator["HuellaInput"]:
        yield self
        names = [one.name for one in fields(self) if one.name in _AMOUNTS]  # type: ignore[arg-type]
        choices = [_spellings(getattr(self, name)) for name in names]
        for values in itertools.product(*choices):
            yield replace(self, **dict(zip(names, values, strict=True)))  # type: ignore[type-var]


@dataclass(frozen=True, slots=True, kw_only=True)
class AltaInput(HuellaInput):
    """Of a registration (RegistroAlta); the texts of its elements.

    `Huella` is that of the record before; "" for a chain's first.
    """

    IDEmisorFactura: str
    NumSerieFactura: str
    FechaExpedicionFactura: str
    TipoFactura: str
    CuotaTotal: str
    ImporteTotal: str
    Huella: str
    FechaHoraHusoGenRegistro: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnulacionInput(HuellaInput):
    """Of a cancellation (RegistroAnulacion); the texts of its elements.

    `Huella` is that of the record before; "" for a chain's first.
    """

    IDEmisorFacturaAnulada: str
    NumSerieFacturaAnulada: str
    FechaExpedicionFacturaAnulada: str
    Huella: str
    FechaHoraHusoGenRegistro: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventoInput(HuellaInput):
    """Of an event of a system that does not send its records (RegistroEvento).

    `NIF` and `ID` are its producer's, one of them ""; `NIF_` is the seller's, whose name in the
    text is `NIF` too. `HuellaEvento` is that of the event before; "" for the first.
    """

    NIF: str
    ID: str
    IdSistemaInformatico: str
    Version: str
    NumeroInstalacion: str
    NIF_: str
    TipoEvento: str
    HuellaEvento: str
    FechaHoraHusoGenEvento: str


def _trimmed(value: str) -> str:
    return value.strip("\t\n\r ")  # of XML; a no-break space is a character like others


def _spellings(amount: str) -> list[str]:
    """Return an amount with no, one and two decimals, where that says the same."""
    try:
        value = Decimal(_trimmed(amount))
    except InvalidOperation:
        return [amount]
    written = (f"{value:.{decimals}f}" for decimals in _DECIMALS)
    return [one for one in written if Decimal(one) == value]
