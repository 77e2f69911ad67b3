"""A record as the authority reads it, and the huella as it computes it; its own code."""

import datetime
import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

_BASE = (
    "https://www2.agenciatributaria.gob.es/static_files/common/internet/dep/aplicaciones"
    "/es/aeat/tike/cont/ws/"
)
SF = f"{_BASE}SuministroInformacion.xsd"
LR = f"{_BASE}SuministroLR.xsd"
RESPONSE = f"{_BASE}RespuestaSuministro.xsd"
QUERY = f"{_BASE}ConsultaLR.xsd"
QUERY_RESPONSE = f"{_BASE}RespuestaConsultaLR.xsd"

_DAY = re.compile(r"(\d\d)-(\d\d)-(\d{4})", re.ASCII)
_AMOUNT = re.compile(r"[+-]?\d{1,12}(\.\d{0,2})?", re.ASCII)
_ALTA = (
    *("IDFactura/IDEmisorFactura", "IDFactura/NumSerieFactura"),
    *("IDFactura/FechaExpedicionFactura", "TipoFactura", "CuotaTotal", "ImporteTotal"),
)
_ANULACION = (
    "IDFactura/IDEmisorFacturaAnulada",
    "IDFactura/NumSerieFacturaAnulada",
    "IDFactura/FechaExpedicionFacturaAnulada",
)


@dataclass(frozen=True, slots=True)
class Part:
    """An element, and what is in it by its local names."""

    node: etree._Element

    def part(self, path: str) -> "Part | None":
        """Return what is at a path of names; None where nothing is."""
        found = self.node.find("/".join(f"{{*}}{step}" for step in path.split("/")))
        return None if found is None else Part(found)

    def parts(self, path: str) -> list["Part"]:
        """Return everything at a path of names."""
        steps = "/".join(f"{{*}}{step}" for step in path.split("/"))
        return [Part(one) for one in self.node.findall(steps)]

    def text(self, path: str) -> str:
        """Return the text at a path without the white space around it; "" where nothing is."""
        found = self.part(path)
        return "" if found is None else "".join(found.node.itertext()).strip(" \t\r\n")

    def has(self, path: str) -> bool:
        """Tell whether there is an element at a path."""
        return self.part(path) is not None

    def amount(self, path: str) -> Decimal:
        """Return the amount at a path; 0 where nothing is, or none that is an amount."""
        text = self.text(path)
        try:
            return Decimal(text) if _AMOUNT.fullmatch(text) else Decimal(0)
        except InvalidOperation:  # pragma: no cover - the pattern lets no such thing through
            return Decimal(0)

    def day(self, path: str) -> datetime.date | None:
        """Return the day at a path; None where none is."""
        found = _DAY.fullmatch(self.text(path))
        try:
            return found and datetime.date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Record(Part):
    """A RegistroAlta or a RegistroAnulacion."""

    @property
    def is_alta(self) -> bool:
        """True for a registration."""
        return etree.QName(self.node).localname == "RegistroAlta"

    @property
    def names(self) -> tuple[str, str, str]:
        """The invoice: its issuer, its number, its day of issue as written."""
        issuer, number, day = (
            self.text(path) for path in (_ALTA[:3] if self.is_alta else _ANULACION)
        )
        return issuer, number, day

    @property
    def invoice(self) -> str:
        """What names the invoice."""
        return "|".join(self.names)

    @property
    def system(self) -> str:
        """What names the program's installation."""
        inside = "SistemaInformatico/"
        maker = self.text(f"{inside}NIF") or self.text(f"{inside}IDOtro/ID")
        rest = (self.text(inside + one) for one in ("IdSistemaInformatico", "NumeroInstalacion"))
        return "/".join((maker, *rest))

    @property
    def huella(self) -> str:
        """The huella it says it has."""
        return self.text("Huella")

    @property
    def previous(self) -> str:
        """The huella of the record before it, as it says; "" for a first one."""
        return self.text("Encadenamiento/RegistroAnterior/Huella")

    @property
    def is_first(self) -> bool:
        """True when it says that it is its chain's first."""
        return self.text("Encadenamiento/PrimerRegistro") == "S"

    @property
    def made_at(self) -> datetime.datetime | None:
        """When it was made; None where no moment is."""
        try:
            moment = datetime.datetime.fromisoformat(self.text("FechaHoraHusoGenRegistro"))
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)

    @property
    def operation_day(self) -> datetime.date | None:
        """The day of operation, or else of issue."""
        return self.day("FechaOperacion") or self.day("IDFactura/FechaExpedicionFactura")

    @property
    def content(self) -> bytes:
        """Its bytes, standing for themselves."""
        return etree.tostring(self.node, encoding="utf-8", with_tail=False)

    def has_right_huella(self) -> bool:
        """Tell whether its huella is that of its values; zeros behind an amount do not matter."""
        said = self.huella
        paths = _ALTA if self.is_alta else _ANULACION
        texts = [[self.text(path)] for path in paths]
        if self.is_alta:
            texts[-2:] = [_written(text[0]) for text in texts[-2:]]
        names = [path.rpartition("/")[2] for path in paths]
        return any(said == self._hashed(names, values) for values in _combined(texts))

    def _hashed(self, names: list[str], values: list[str]) -> str:
        pairs = [f"{name}={value}" for name, value in zip(names, values, strict=True)]
        made = self.text("FechaHoraHusoGenRegistro")
        pairs += [f"Huella={self.previous}", f"FechaHoraHusoGenRegistro={made}"]
        return hashlib.sha256("&".join(pairs).encode()).hexdigest().upper()


def _written(amount: str) -> list[str]:
    """Return an amount as written, and with none, one and two decimals if that is the same."""
    if not _AMOUNT.fullmatch(amount):
        return [amount]
    value = Decimal(amount)
    others = (f"{value:.{places}f}" for places in range(3))
    return [amount, *(one for one in others if Decimal(one) == value)]


def _combined(texts: list[list[str]]) -> list[list[str]]:
    combined: list[list[str]] = [[]]
    for choices in texts:
        combined = [[*one, choice] for one in combined for choice in choices]
    return combined
