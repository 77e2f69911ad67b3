"""What the AEAT is told of an invoice after its first record: that it is mended, or cancelled.

A record never changes. What was wrong in it, or was refused, is mended by another registration of
the same invoice (Subsanacion), which stands in the chain where it is made; an invoice that should
never have been issued is cancelled by a record of its own (RegistroAnulacion). What they say of
those before follows from the AEAT's answers, so these must be there. Sources: Orden
HAC/1177/2024, artículos 10 and 11; AEAT, Validaciones y errores, annexes 5.1 and 5.2.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from countries.es.cancellation import cancellation
from formats.verifactu.parties import PersonaES
from formats.verifactu.reading import read_held
from formats.verifactu.records import Registro, RegistroAlta, RegistroAnulacion
from gateway.archive.service import StoredItem
from gateway.chains import service as chains
from gateway.documents.fiscal.problems import RecordPendingProblem, RecordStandsProblem
from gateway.documents.fiscal.scheme import Case
from gateway.documents.fiscal.verifactu_chain import Place
from gateway.documents.fiscal.verifactu_filing import MADRID, registered, system
from gateway.events import service as events
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import service as transmissions
from gateway.transmissions.states import Regulatory

_ABSENT = "3002"
"""The AEAT has no registration to cancel; whatever it took before is not there."""

_TAKEN = frozenset(
    {
        *(Regulatory.REPORTED, Regulatory.ACCEPTED_WITH_WARNINGS),
        Regulatory.ACCEPTED,  # what an operator states of an outcome that stayed unknown
        *(Regulatory.DUPLICATE_OF_ACCEPTED, Regulatory.CANCELLED),
    }
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A record of an invoice, whose it is, whether the AEAT has taken it, and else why not."""

    record: Registro
    seller: PersonaES
    taken: bool
    code: str | None


@dataclass(frozen=True, slots=True)
class Amending:
    """What comes after the first record of one invoice.

    Attributes:
        place: Where its records go.
        case: The document.
    """

    place: Place
    case: Case

    def mend(self, tx: TenantTransaction, document_id: UUID) -> tuple[StoredItem, ...]:
        """Register the invoice anew; see `Amends.mend`."""
        told = self._answered(tx, document_id)
        altas = [one for one in told if isinstance(one.record, RegistroAlta)]
        if len(altas) < len(told):
            raise RecordStandsProblem("The invoice was cancelled; issue a new one.")
        case = self.case
        fresh, _ = registered(tx, case.seat, case.invoice, case.now, replaces=case.replaces)
        rejected = None if altas[-1].taken or not self.place.sends else _after_refusal(altas)
        mended = replace(fresh, Subsanacion="S", RechazoPrevio=rejected)
        return self.place.enter(
            tx, mended, altas[-1].seller, document_id=document_id, kind="mend", now=case.now
        )

    def cancel(self, tx: TenantTransaction, document_id: UUID) -> tuple[StoredItem, ...]:
        """Say that the invoice should never have been issued; see `Amends.cancel`."""
        told = self._answered(tx, document_id)
        before = [one for one in told if isinstance(one.record, RegistroAnulacion)]
        if any(one.taken for one in before):
            raise RecordStandsProblem("The AEAT has the cancellation of the invoice already.")
        altas = [one for one in told if one not in before]
        case, last = self.case, altas[-1]
        named = next(one.record.IDFactura for one in altas if isinstance(one.record, RegistroAlta))
        there = None if before and before[-1].code == _ABSENT else _there(altas)
        sends = self.place.sends  # who keeps his records is asked nothing of the AEAT's
        gone = cancellation(
            named,
            system(case.seat),
            case.now.astimezone(MADRID),
            unknown_there=sends and there is None,
            rejected=sends and bool(before),
        )
        return self.place.enter(
            tx,
            gone,
            last.seller,
            document_id=document_id,
            kind="cancel",
            now=case.now,
            there=there,
        )

    def _answered(self, tx: TenantTransaction, document_id: UUID) -> Sequence[_Told]:
        """Return every record of the document, in their order.

        Raises:
            RecordPendingProblem: The AEAT has not answered about one.
            RecordStandsProblem: There is none.
        """
        rows = chains.of_document(tx, document_id)
        if not rows:
            raise RecordStandsProblem("The AEAT was never told of the document.")
        sent = {
            one.payload_sha256: one
            for one in transmissions.for_documents(tx, [document_id]).get(document_id, ())
        }
        told: list[_Told] = []
        for row in rows:
            view = sent.get(hashlib.sha256(row.record).digest())
            record = read_held(row.record)
            if view is None:  # it was kept: nobody answers, and the AEAT has none of it
                told.append(_Told(record, _seller(record, told), not self.place.sends, None))
                continue
            if view.regulatory not in _TAKEN | {Regulatory.REJECTED}:
                raise RecordPendingProblem(public_id("trn", view.id))
            taken = view.regulatory in _TAKEN
            code = None if taken else _code(tx, view.id)
            told.append(_Told(record, _seller(record, told), taken, code))
        return told


def _seller(record: Registro, before: Sequence[_Told]) -> PersonaES:
    """Return whose record it is; a cancellation does not say his name, which those before do."""
    if isinstance(record, RegistroAlta):
        nif = record.IDFactura.IDEmisorFactura
        return PersonaES(NombreRazon=record.NombreRazonEmisor, NIF=nif)
    return before[-1].seller


def _there(altas: Sequence[_Told]) -> RegistroAlta | None:
    """Return the registration that the AEAT has of the invoice, which is the last it took."""
    taken = [one.record for one in altas if one.taken]
    return next((one for one in reversed(taken) if isinstance(one, RegistroAlta)), None)


def _code(tx: TenantTransaction, transmission_id: UUID) -> str | None:
    """Return the AEAT's code of the last refusal of a record."""
    told = events.of_transmission(tx, transmission_id)
    return next((str(code) for one in reversed(told) if (code := one.data.get("reason"))), None)


def _after_refusal(altas: Sequence[_Told]) -> Literal["S", "X"]:
    """Return RechazoPrevio where the last registration was refused.

    S where the AEAT has one before it; X where it has none of the invoice.
    """
    return "S" if any(one.taken for one in altas) else "X"
