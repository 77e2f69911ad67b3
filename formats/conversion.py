"""From any document we can read to any profile we can write, with a report of what was lost."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from formats.en16931 import Invoice
from formats.en16931.changes import Kind, diff
from formats.en16931.comparison import differences
from formats.en16931.leaves import Leaf, leaves_at
from formats.fidelity import (
    Fate,
    FidelityReport,
    Loss,
    LossyConversionError,
    shown,
)
from formats.findings import Finding
from formats.json.aliases import PointerMap
from formats.json.document import Surroundings
from formats.profile import Profile, Syntax
from formats.reading import Reading, Source, read, readings, source_profile
from formats.restriction import TO_DOCUMENT_NOTE, TO_LINE_NOTE, move_to_notes, restrict
from formats.xml import UnreadableDocumentError

__all__ = [
    "Conversion",
    "Reading",
    "Source",
    "convert",
    "convert_reading",
    "read",
    "readings",
    "source_profile",
]


_SAID_ANYWAY = frozenset({(Syntax.CII, "UBL-BT-32-TaxScheme", "FC")})
"""What a syntax says of a term without being told: BT-32 in CII is the registration `FC`."""


GUARDS = frozenset({"GW-06", "GW-07"})
"""The findings that stop an invoice: its total is not the one that is expected, or not the sum of
prices that include VAT."""


class UnexpectedTotalError(ValueError):
    """The source expects another total than comes out of it.

    Attributes:
        findings: What differs.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings[0].message)
        self.findings = findings


class UnwritableInvoiceError(ValueError):
    """The target cannot hold the invoice: nobody could read what would be written.

    A price that follows from two of 60 digits may have more than can be read, for one.
    """

    def __init__(self, to: Profile, error: UnreadableDocumentError) -> None:
        super().__init__(f"{to.id} cannot hold the invoice: {error.message}")


@dataclass(frozen=True, slots=True)
class Conversion:
    """A document in another profile.

    Attributes:
        content: The bytes; XML, also for the hybrid profiles, whose PDF the gateway makes.
        profile: The target.
        invoice: What the bytes say.
        report: What the source said and they do not.
    """

    content: bytes
    profile: Profile
    invoice: Invoice
    report: FidelityReport


def convert(
    content: bytes, to: Profile, *, strict: bool = False, around: Surroundings | None = None
) -> Conversion:
    """Rewrite a document in another profile.

    Its specification identifier (BT-24) becomes the target's, and its business process (BT-23)
    too where the target prescribes one. Nothing is judged: the result may break the target's
    rules.

    Args:
        content: UBL, CII, a hybrid PDF, JSON or a spreadsheet with one invoice.
        to: The target.
        strict: Refuse to lose anything.
        around: What JSON and spreadsheets may leave out.

    Raises:
        UnreadableDocumentError, UnreadableHybridError, MalformedJsonError, BodyRefusedError,
        SpreadsheetError: As `read`.
        LossyConversionError: Strict, and something would be lost.
        UnwritableInvoiceError: What would be written cannot be read again.
        UnexpectedTotalError: JSON or a spreadsheet expects another total than comes out.
    """
    return convert_reading(read(content, around), to, strict=strict)


def convert_reading(reading: Reading, to: Profile, *, strict: bool = False) -> Conversion:
    """Rewrite what was read in another profile; see `convert`."""
    unexpected = tuple(finding for finding in reading.findings if finding.rule in GUARDS)
    if unexpected:
        raise UnexpectedTotalError(unexpected)
    given, process = _claiming(reading.invoice, to)
    fitting = restrict(given, to.carried, to.id)
    content, back = _written(fitting.invoice, to)
    homeless = [leaf for leaf in _missing(fitting.invoice, back) if _can_move(leaf, to)]
    moved: tuple[Loss, ...] = ()
    if homeless:
        again = move_to_notes(fitting.invoice, homeless, to.carried, to.id)
        places = {leaf.pointer for leaf in homeless}
        moved = tuple(_placed(loss, fitting.pointers) for loss in again.losses)
        content, back = _written(again.invoice, to)
    else:
        again, places = fitting, set()
    written = [
        _placed(loss, fitting.pointers)
        for loss in _losses(again.invoice, back, to.id)
        if loss.pointer not in places and (to.syntax, loss.term, loss.value) not in _SAID_ANYWAY
    ]
    told = (*process, *fitting.losses, *moved, *written)
    lost = _located((*told, *_unsaid(given, back, told, to)), reading)
    report = FidelityReport((*reading.losses, *lost))
    if strict and not report.lossless:
        raise LossyConversionError(report)
    return Conversion(content, to, back, report)


def _written(invoice: Invoice, to: Profile) -> tuple[bytes, Invoice]:
    """Return the document, and what is read of it again."""
    content = to.write(invoice)
    try:
        return content, to.read(content)
    except UnreadableDocumentError as error:
        raise UnwritableInvoiceError(to, error) from None


def _claiming(invoice: Invoice, to: Profile) -> tuple[Invoice, tuple[Loss, ...]]:
    """Return the invoice as the target names itself (BG-2), and the process that gave way."""
    control = invoice.process_control
    process = to.process_id or control.business_process_type
    changed = invoice.model_copy(
        update={
            "process_control": control.model_copy(
                update={
                    "specification_identifier": to.customization_id,
                    "business_process_type": process,
                }
            )
        }
    )
    before = (control.business_process_type or "").strip()
    if not before or before == (process or "").strip():
        return changed, ()
    loss = Loss(
        Fate.APPROXIMATED,
        before,
        f"{to.id} prescribes the process {process}.",
        "BT-23",
        "Business process type",
        "/process_control/business_process_type",
    )
    return changed, (loss,)


def _missing(given: Invoice, back: Invoice) -> list[Leaf]:
    """Return what the target's reader does not find again in what its writer wrote."""
    return [
        leaf
        for change in diff(given, back, everything=True)
        if change.kind is Kind.REMOVED and change.old_pointer is not None
        for leaf in _leaves_at(given, change.old_pointer)
    ]


def _can_move(leaf: Leaf, to: Profile) -> bool:
    term = leaf.term
    carried = to.carried
    if leaf.pointer.startswith("/lines/"):
        return term in TO_LINE_NOTE and (carried is None or "BT-127" in carried)
    return term in TO_DOCUMENT_NOTE and (carried is None or "BT-22" in carried)


def _losses(given: Invoice, back: Invoice, profile: str) -> list[Loss]:
    """Return in what the document, read again, differs from what was to be written."""
    if not (pointers := differences(given, back)):
        return []
    found = []
    for change in diff(given, back, everything=True):
        pointer = change.old_pointer
        if change.kind is Kind.REMOVED and pointer is not None:
            detail = f"{profile} has no place for it."
            leaves = _leaves_at(given, pointer)
            if not leaves:  # a discount that follows from prices, of which one is lost
                found.append(
                    Loss(
                        Fate.DROPPED,
                        shown(change.old),
                        detail,
                        change.term,
                        change.name,
                        pointer,
                    )
                )
            found += [
                Loss(
                    Fate.DROPPED,
                    shown(leaf.value),
                    detail,
                    leaf.term or change.term,
                    leaf.name,
                    leaf.pointer,
                )
                for leaf in leaves
            ]
            continue
        now = shown(change.new)
        detail = f"{profile} says {now} here."
        old = None if change.old is None else shown(change.old)
        place = pointer or change.pointer
        found.append(Loss(Fate.APPROXIMATED, old, detail, change.term, change.name, place))
    if not found:  # the same, but in another order
        found = [
            Loss(Fate.APPROXIMATED, None, f"{profile} has it in another order.", pointer=pointer)
            for pointer in pointers
        ]
    return found


def _unsaid(given: Invoice, back: Invoice, told: Collection[Loss], to: Profile) -> list[Loss]:
    """Return in what source and result differ and none of the losses says.

    What is left of two payments after others of their terms were lost may be read back as one.
    """
    places = {loss.pointer for loss in told if loss.pointer is not None}
    if not places:
        return []
    return [loss for loss in _losses(given, back, to.id) if not _said(loss.pointer or "", places)]


def _said(pointer: str, places: Collection[str]) -> bool:
    """Tell whether a loss above or below a place is told, or it is a note that losses went to."""
    if pointer.startswith(("/notes", "/process_control")) or pointer.endswith("/note"):
        return True
    return any(
        pointer == one or pointer.startswith(f"{one}/") or one.startswith(f"{pointer}/")
        for one in places
    )


def _leaves_at(invoice: Invoice, pointer: str) -> list[Leaf]:
    """Return what is said at and below a place."""
    return list(leaves_at(invoice, pointer))


def _placed(loss: Loss, pointers: PointerMap) -> Loss:
    if loss.pointer is None:
        return loss
    return replace(loss, pointer=pointers.as_sent(loss.pointer))


def _located(losses: Collection[Loss], reading: Reading) -> tuple[Loss, ...]:
    """Put in where in the source each value stood."""
    pointers = {loss.pointer for loss in losses if loss.pointer is not None}
    places: Mapping[str, tuple[str, int | None]] = reading.locate(pointers) if pointers else {}
    located = []
    for loss in losses:
        place = places.get(loss.pointer or "")
        located.append(replace(loss, source=place[0], line=place[1]) if place else loss)
    return tuple(located)
