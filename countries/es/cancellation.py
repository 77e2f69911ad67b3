"""The record that cancels an invoice that should never have been registered (RegistroAnulacion).

What was sold and is taken back needs a correction instead (Real Decreto 1619/2012, artículo 15).
"""

import datetime

from countries.es.chain import UNSEALED
from formats.verifactu.parties import Sistema
from formats.verifactu.records import Cadena, Factura, FacturaAnulada, RegistroAnulacion
from formats.verifactu.values import Moment


def cancellation(  # noqa: PLR0913 - what a cancellation says
    invoice: Factura,
    system: Sistema,
    generated_at: datetime.datetime,
    *,
    unknown_there: bool = False,
    rejected: bool = False,
    reference: str | None = None,
) -> RegistroAnulacion:
    """Return the record, which is not in its chain yet (`chain.sealed`).

    Args:
        invoice: The one to cancel.
        system: The program.
        generated_at: The record's moment, with its zone.
        unknown_there: The AEAT was never told of the invoice (SinRegistroPrevio).
        rejected: An earlier cancellation was refused (RechazoPrevio).
        reference: RefExterna: what it is called here.
    """
    return RegistroAnulacion(
        IDFactura=FacturaAnulada(
            IDEmisorFacturaAnulada=invoice.IDEmisorFactura,
            NumSerieFacturaAnulada=invoice.NumSerieFactura,
            FechaExpedicionFacturaAnulada=invoice.FechaExpedicionFactura,
        ),
        RefExterna=reference,
        SinRegistroPrevio="S" if unknown_there else None,
        RechazoPrevio="S" if rejected else None,
        Encadenamiento=Cadena(PrimerRegistro="S"),
        SistemaInformatico=system,
        FechaHoraHusoGenRegistro=Moment.of(generated_at),
        Huella=UNSEALED,
    )
