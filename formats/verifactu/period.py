"""The month in which the AEAT keeps an invoice, which every question about it must name.

It is that of the day of operation, or else of issue (PeriodoImputacion, ConsultaLR.xsd). A
cancellation says neither day of operation nor month: whoever makes one notes it beside the record.
"""

import datetime

from formats.verifactu.query import Mes
from formats.verifactu.records import Registro, RegistroAlta

OPERATION_MONTH = "operation-month"
"""What the month is called that is noted beside a cancellation (`noted`)."""


def noted(cancellation_huella: str, registered: RegistroAlta) -> str:
    """Return how the month of a cancelled invoice is noted, as nothing else is.

    Args:
        cancellation_huella: Of the record that cancels it.
        registered: What the AEAT has of the invoice.
    """
    return f"{cancellation_huella}/{_day_of(registered):%Y-%m}"


def month_of(record: Registro, note: str | None = None) -> Mes:
    """Return the month to ask for.

    Args:
        record: About the invoice.
        note: For a cancellation, as `noted` wrote it; without it the month of issue is taken.
    """
    if isinstance(record, RegistroAlta):
        return _month(f"{_day_of(record):%Y-%m}")
    if note is not None:
        return _month(note.rpartition("/")[2])
    return _month(f"{record.IDFactura.FechaExpedicionFacturaAnulada:%Y-%m}")


def _day_of(record: RegistroAlta) -> datetime.date:
    return record.FechaOperacion or record.IDFactura.FechaExpedicionFactura


def _month(text: str) -> Mes:
    year, _, month = text.partition("-")
    return Mes(Ejercicio=year, Periodo=month)
