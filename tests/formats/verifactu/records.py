"""Records of every shape, for tests: each is what the schema allows, not what the AEAT accepts."""

import datetime
import random
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from typing import Any, Literal, TypeVar, get_args, get_origin
from typing import get_type_hints as hints

from formats.verifactu import values
from formats.verifactu.elements import Element, Slot, slots_of
from formats.verifactu.events import AnomaliaEvento
from formats.verifactu.parties import PersonaES, Sistema
from formats.verifactu.records import Cadena, Detalle, Factura, RegistroAlta
from formats.verifactu.submission import Cabecera

E = TypeVar("E", bound=Element)

NIF = "89890001K"
LENGTHS = {
    **dict.fromkeys(("NIF", "IDEmisorFactura", "IDEmisorFacturaAnulada"), (9, 9)),
    **dict.fromkeys(("NIFPresentador", "NifRepresentante"), (9, 9)),
    **dict.fromkeys(("NumSerieFactura", "NumSerieFacturaAnulada", "RefExterna"), (1, 60)),
    **dict.fromkeys(("NombreRazon", "NombreRazonEmisor"), (1, 120)),
    **dict.fromkeys(("Huella", "HuellaEvento"), (64, 64)),
    **dict.fromkeys(("ID", "IdPeticion", "IdPeticionRegistroDuplicado"), (1, 20)),
    "IdSistemaInformatico": (2, 2),
    "NombreSistemaInformatico": (1, 30),
    "Version": (1, 50),
    "NumeroInstalacion": (1, 100),
    "NumRegistroAcuerdoFacturacion": (1, 15),
    "IdAcuerdoSistemaInformatico": (1, 16),
    "RefRequerimiento": (1, 18),
    "PrimerEvento": (1, 1),
    "Ejercicio": (4, 4),
    "OtrosDatosAnomalia": (1, 100),
    "OtrosDatosEvento": (1, 100),
}
FIXED = {
    "CodigoPais": ["FR", "ES", "US"],
    "ClaveRegimen": ["01", "02", "08", "18", "20"],
    "Ejercicio": ["2026"],
    "Periodo": ["01", "12"],
}
CHOICES = (
    ("NIF", "IDOtro"),
    ("PrimerRegistro", "RegistroAnterior"),
    ("CalificacionOperacion", "OperacionExenta"),
    ("RegistroAlta", "RegistroAnulacion"),
    ("PrimerEvento", "EventoAnterior"),
    ("ObligadoEmision", "Destinatario"),
    ("FechaExpedicionFactura", "RangoFechaExpedicion"),
)
TEXTS = "Aa1 ñç&<>'\"€.,/-_()%+ü\n"


def anything(cls: type[E], seed: int) -> E:
    """Return an element of a class, by chance: every field is there or not, lists have 0 to 2."""
    return _of(cls, random.Random(seed))  # noqa: S311 - to be repeated


def _of(cls: type[E], chance: random.Random) -> E:
    members: dict[str, Any] = {}
    for slot in slots_of(cls):
        if slot.name == "Signature" or (not slot.needed and chance.random() < _GAP):
            continue
        if slot.many:
            count = chance.randint(1, 2)
            members[slot.name] = tuple(_value(cls, slot, chance) for _ in range(count))
        else:
            members[slot.name] = _value(cls, slot, chance)
    return cls(**_chosen({one.name for one in fields(cls)}, members))  # type: ignore[arg-type]


_GAP = 0.4


def _value(cls: type[Any], slot: Slot, chance: random.Random) -> Any:  # noqa: ANN401 - by its slot
    if slot.of is not None:
        return _of(slot.of, chance)
    hint: Any = hints(cls)[slot.name]
    options = [one for one in (get_args(hint) or (hint,)) if one is not type(None)]
    kind = hint if get_origin(hint) is Literal else options[0]
    if get_origin(kind) is Literal:
        return chance.choice(get_args(kind))
    least, most = LENGTHS.get(slot.name, (1, 500))
    made: dict[Any, Callable[[], Any]] = {
        Decimal: lambda: _amount(slot.name, chance),
        int: lambda: chance.randint(0, 999),
        datetime.date: lambda: datetime.date(2024, 10, 28) + DAY * chance.randint(0, 2000),
        values.Moment: lambda: values.Moment(chance.choice(MOMENTS)),
    }
    if kind in made:
        return made[kind]()
    if slot.name in FIXED:
        return chance.choice(FIXED[slot.name])
    length = chance.randint(least, min(most, 70))
    return "".join(chance.choice(TEXTS) for _ in range(length))


def _amount(name: str, chance: random.Random) -> Decimal:
    number = chance.randint(0, 999) if name.startswith("Tipo") else chance.randint(-(10**9), 10**9)
    return Decimal(number).scaleb(-chance.randint(0, 2))


DAY = datetime.timedelta(days=1)
MOMENTS = (
    "2026-11-22T09:30:00+01:00",
    "2026-11-22T08:30:00Z",
    "2026-11-22T08:30:00.250+00:00",
)


def _chosen(names: set[str], members: dict[str, Any]) -> dict[str, Any]:
    if "ResumenEventos" in names:  # one of all
        return dict(list(members.items())[:1]) or {
            "DeteccionAnomaliasRegEvento": AnomaliaEvento(TipoAnomalia="90")
        }
    for first, second in CHOICES:
        if not {first, second} <= names or (
            first == "FechaExpedicionFactura" and "NumSerieFactura" in names
        ):
            continue
        if first in members:
            members.pop(second, None)
        elif second not in members:
            members.update(_fallback(first))
    return members


def _fallback(name: str) -> dict[str, Any]:
    if name == "CalificacionOperacion":
        return {name: "S1"}
    if name in {"PrimerRegistro", "PrimerEvento"}:
        return {name: "S"}
    if name == "NIF":
        return {name: NIF}
    if name == "ObligadoEmision":
        return {name: PersonaES(NombreRazon="Una empresa", NIF=NIF)}
    if name == "RegistroAlta":
        return {name: alta()}
    return {name: datetime.date(2026, 11, 22)}


SISTEMA = Sistema(
    NombreRazon="Software, S.L.",
    NIF="B12345674",
    NombreSistemaInformatico="Gateway",
    IdSistemaInformatico="GW",
    Version="1.0",
    NumeroInstalacion="1",
    TipoUsoPosibleSoloVerifactu="S",
    TipoUsoPosibleMultiOT="S",
    IndicadorMultiplesOT="N",
)
CABECERA = Cabecera(ObligadoEmision=PersonaES(NombreRazon="Una empresa", NIF=NIF))


def alta(**members: Any) -> RegistroAlta:  # noqa: ANN401 - by its class
    """Return an ordinary registration: simplified, 100 at 21 %, the first of its chain."""
    usual: dict[str, Any] = {
        "IDFactura": Factura(
            IDEmisorFactura=NIF,
            NumSerieFactura="A/1",
            FechaExpedicionFactura=datetime.date(2026, 11, 22),
        ),
        "NombreRazonEmisor": "Una empresa",
        "TipoFactura": "F2",
        "DescripcionOperacion": "Venta",
        "Desglose": (
            Detalle(
                ClaveRegimen="01",
                CalificacionOperacion="S1",
                TipoImpositivo=Decimal("21.00"),
                BaseImponibleOimporteNoSujeto=Decimal("100.00"),
                CuotaRepercutida=Decimal("21.00"),
            ),
        ),
        "CuotaTotal": Decimal("21.00"),
        "ImporteTotal": Decimal("121.00"),
        "Encadenamiento": Cadena(PrimerRegistro="S"),
        "SistemaInformatico": SISTEMA,
        "FechaHoraHusoGenRegistro": values.Moment("2026-11-22T09:30:00+01:00"),
        "Huella": "0" * 64,
    }
    return RegistroAlta(**{**usual, **members})
