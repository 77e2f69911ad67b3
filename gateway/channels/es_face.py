"""The way to FACe, where Spain's administration takes invoices: a directory of the operator.

FACe is a SOAP service for those who registered a certificate with it. A program of the operator
that is registered takes signed invoices out of the directory (`directories.py`) and puts FACe's
answers back as `<stem>.<anything>.json`, with the names of FACe's own `consultarFactura`:

    {"numeroRegistro": "202611220001", "tramitacion": {"codigo": "1300", "motivo": ""},
     "anulacion": {"codigo": "4100", "motivo": ""}}

What was not registered is told as `{"resultado": {"codigo": "...", "descripcion": "..."}}`.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from typing_extensions import override

from gateway.channels.directories import Directory, Heard, text_of
from gateway.channels.file_drop import Note
from gateway.transmissions.conduct import Conduct, Shape
from gateway.transmissions.errors import Refused

CHANNEL = "es-face"
TEST_CHANNEL = "es-face-test"
"""For entities of the sandbox: a directory of its own, FACe's test system behind it, say."""

REGISTRY = "face-registry"
"""The kind of name that FACe's registry number is."""

CONDUCT = Conduct(
    shape=Shape.POLL,
    resend_is_safe=True,  # a name is put out once
    settle=timedelta(seconds=1),
    deadline=timedelta(days=30),
    verdict_within=timedelta(days=2),
    response_within=timedelta(days=120),  # the administration pays within thirty days, or later
    usual_answer=timedelta(hours=1),
    first_ask=timedelta(minutes=1),
    longest_ask=timedelta(hours=6),
)

_TAKEN = "0"
_NOT_ASKED = "4100"
"""Of `anulacion`: nobody asked for one."""


class EsFace(Directory):
    """The adapter."""

    usual = CONDUCT
    table = CHANNEL
    suffix = "xsig"
    word = "face"

    @override
    def read(self, note: Note) -> Heard:
        """Return what FACe says, also where its answer was put back whole; see `Directory`."""
        said = self.said(note)
        inner = said.get("factura")
        said = {**said, **inner} if isinstance(inner, dict) else said
        number = text_of(said, "numeroRegistro")
        result = said.get("resultado")
        code = text_of(result, "codigo")
        if code is not None and code != _TAKEN and number is None:
            detail = text_of(result, "descripcion") or "FACe did not register it"
            raise Refused(f"face_{code}", detail, evidence=[self.kept(note)])
        known = {} if number is None else {REGISTRY: number}
        return Heard(tuple(_codes(said)), known, taken=number is not None)


def _codes(said: Mapping[str, Any]) -> Iterator[str]:
    handled = text_of(said.get("tramitacion"), "codigo")
    cancelled = text_of(said.get("anulacion"), "codigo")
    registered = text_of(said.get("resultado"), "codigo") == _TAKEN and "numeroRegistro" in said
    if handled is not None or registered:
        yield handled or _TAKEN
    if cancelled is not None and cancelled != _NOT_ASKED:
        yield cancelled
