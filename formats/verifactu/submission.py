"""What is sent: a header and 1 to 1000 records (RegFactuSistemaFacturacion).

Records travel as they were made, byte for byte: several submissions of one record each become one
by putting their records behind one header (`joined`).
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from lxml import etree

from formats.verifactu import soap
from formats.verifactu.elements import Element, is_called, read, write
from formats.verifactu.names import INFORMATION, MOST_RECORDS, SUBMISSION
from formats.verifactu.parties import PersonaES, SiNo
from formats.verifactu.records import Registro
from formats.verifactu.records import RegistroAlta as Alta
from formats.verifactu.records import RegistroAnulacion as Anulacion
from formats.xml import UnreadableDocumentError, parse

_NAME = "RegFactuSistemaFacturacion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voluntaria(Element):
    """VERI*FACTU: records are sent without being asked for.

    Attributes:
        FechaFinVeriFactu: The seller stops doing so at the end of that year.
        Incidencia: Some of the records could not be sent when they were made.
    """

    FechaFinVeriFactu: datetime.date | None = None
    Incidencia: SiNo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requerimiento(Element):
    """The AEAT asked for the records of a system that does not send them.

    Attributes:
        RefRequerimiento: What it calls its demand.
        FinRequerimiento: Nothing more follows.
    """

    RefRequerimiento: str
    FinRequerimiento: SiNo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cabecera(Element):
    """Whose records they are, who sends them for him, and why."""

    ObligadoEmision: PersonaES
    Representante: PersonaES | None = None
    RemisionVoluntaria: Voluntaria | None = None
    RemisionRequerimiento: Requerimiento | None = None

    @property
    def after_incident(self) -> "Cabecera":
        """The same, saying that a record could not be sent when it was made."""
        said = self.RemisionVoluntaria or _VOLUNTARY
        return replace(self, RemisionVoluntaria=replace(said, Incidencia="S"))


_VOLUNTARY = Voluntaria()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suelto(Element):
    """One record, of one kind."""

    RegistroAlta: Alta | None = None
    RegistroAnulacion: Anulacion | None = None

    @property
    def record(self) -> Registro | None:
        """The record."""
        return self.RegistroAlta or self.RegistroAnulacion


Header = Cabecera  # a field of `Submission` has its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Element):
    """A submission as it was read."""

    NAMESPACE: ClassVar[str] = SUBMISSION

    Cabecera: Header
    RegistroFactura: tuple[Suelto, ...] = ()

    @property
    def records(self) -> tuple[Registro, ...]:
        """Its records in their order."""
        return tuple(one.record for one in self.RegistroFactura if one.record is not None)


def written(header: Cabecera, *records: Registro) -> bytes:
    """Return a submission as XML, without its envelope; what is frozen when a record is made.

    Raises:
        ValueError: There are no records, or too many.
    """
    _count(records)
    held = tuple(
        Suelto(RegistroAlta=one) if isinstance(one, Alta) else Suelto(RegistroAnulacion=one)
        for one in records
    )
    return write(Submission(Cabecera=header, RegistroFactura=held), _NAME, SUBMISSION).encode()


def signed(header: Cabecera, *records: bytes) -> bytes:
    """Return a submission of records that stay as they are; where they are signed, they must.

    Raises:
        ValueError: There are no records, or too many.
        UnreadableDocumentError: One is no XML.
    """
    _count(records)
    return _around(header, [_bare(parse(one)) for one in records]).encode()


def joined(submissions: Sequence[bytes], *, incident: bool = False) -> bytes:
    """Return one submission with the records of several, in an envelope, ready to be sent.

    Args:
        submissions: As `written` or `signed` returned them, in the order of the chain.
        incident: Say that a record could not be sent when it was made.

    Raises:
        ValueError: There are none, too many records, or their headers differ (`header_of`).
        UnreadableDocumentError: One is no submission.
    """
    roots = [_root(parse(one)) for one in submissions]
    headers = [_header(one) for one in roots]
    if len(set(headers)) != 1:
        raise ValueError("submissions with different headers cannot become one")
    header = headers[0]
    records = [text for root in roots for text in _records(root)]
    _count(records)
    return soap.envelope(_around(header.after_incident if incident else header, records))


def header_of(submission: bytes) -> Cabecera:
    """Return a submission's header: those with the same one can travel together.

    Raises:
        UnreadableDocumentError: It is no submission.
    """
    return _header(_root(parse(submission)))


def read_submission(content: bytes) -> Submission:
    """Read a submission, in an envelope or without one.

    Raises:
        UnreadableDocumentError: It is none.
    """
    return read(Submission, _root(parse(content)), SUBMISSION)


def is_submission(root: etree._Element) -> bool:
    """Tell whether an element is a submission, without its envelope."""
    return is_called(root, _NAME, SUBMISSION)


def _count(records: Sequence[object]) -> None:
    if not 1 <= len(records) <= MOST_RECORDS:
        raise ValueError(f"a submission has 1 to {MOST_RECORDS} records")


def _root(root: etree._Element) -> etree._Element:
    node = soap.content(root) if soap.is_envelope(root) else root
    if not is_called(node, _NAME, SUBMISSION):
        raise UnreadableDocumentError("unknown-root", f"{node.tag!s} is not a {_NAME}.")
    return node


def _header(root: etree._Element) -> Cabecera:
    for child in root.iterchildren(etree.Element):
        if is_called(child, "Cabecera", SUBMISSION):
            return read(Cabecera, child, SUBMISSION)
    raise UnreadableDocumentError("missing", "Cabecera is missing.")


def _records(root: etree._Element) -> Iterator[str]:
    for held in root.iterchildren(etree.Element):
        if is_called(held, "RegistroFactura", SUBMISSION):
            yield from (_bare(one) for one in held.iterchildren(etree.Element))


def _bare(record: etree._Element) -> str:
    text: str = etree.tostring(record, encoding="unicode", with_tail=False)
    return text


def _around(header: Cabecera, records: Sequence[str]) -> str:
    top = write(header, "Cabecera", SUBMISSION)
    held = "".join(f"<sum:RegistroFactura>{one}</sum:RegistroFactura>" for one in records)
    return (
        f'<sum:{_NAME} xmlns:sum="{SUBMISSION}" xmlns:sum1="{INFORMATION}">'
        f"{top}{held}</sum:{_NAME}>"
    )
