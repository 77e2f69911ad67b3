"""Free texts (FTX): what the qualifier says they are; those without a term of their own are notes.

A text stands in up to five elements; they are read as its lines.
"""

from lxml import etree

from formats.en16931.model import Invoice, ProcessControl
from formats.eslog.nodes import Claims, Node, every, filled, leaf, node, numbered, said
from formats.xml import WHITESPACE

GENERAL = "GEN"
"""The subject of a note that has none: about the document as a whole (UNTDID 4451)."""

_TERMS, _LEGAL, _CONTROL, _MEANS, _REASON = "AAB", "REG", "DOC", "AAT", "AGM"
_FISCAL, _METHOD, _PURPOSE = "TXD", "PAI", "ALQ"
_FISCAL_FIELDS = ("fiscal_moment", "fiscal_operator", "eor", "zoi", "receipt_code")
_PIECE, _PIECES = 512, 5
_CODE = 17
_TEXT = "C_C108/D_4440"


def free_text(qualifier: str, *texts: str | None, code: str | None = None) -> Node | None:
    """Return a text segment; None where it would say nothing."""
    content = (
        node("C_C107", leaf("D_4441", code)),
        node("C_C108", *numbered("D_4440", *texts)),
    )
    if content == (None, None):
        return None
    return node("S_FTX", leaf("D_4451", qualifier), *content)


def written(invoice: Invoice) -> list[Node | None]:
    """Return the texts of a document, those with a term of their own before the notes."""
    control, means = invoice.process_control, invoice.payment_instructions[:1]
    made = [
        free_text(_TERMS, *pieces(invoice.payment_terms)),
        free_text(_LEGAL, *pieces(invoice.seller.additional_legal_information)),
        free_text(_CONTROL, control.specification_identifier, code=_process(control)),
        *(free_text(_MEANS, *pieces(one.payment_means_text)) for one in means),
        *(
            free_text(_REASON, *pieces(row.exemption_reason_text), code=row.exemption_reason_code)
            for row in invoice.vat_breakdown
        ),
    ]
    own = invoice.extensions.slovenia if invoice.extensions else None
    if own is not None:
        texts = [getattr(own, name) for name in _FISCAL_FIELDS]
        if all(one is not None for one in texts[: _last(texts)]):
            made.append(free_text(_FISCAL, *texts))
        made.append(free_text(_METHOD, own.payment_method))
        made.append(free_text(_PURPOSE, own.payment_purpose))
    made += [free_text(one.subject_code or GENERAL, *pieces(one.note)) for one in invoice.notes]
    return made


def _process(control: ProcessControl) -> str | None:
    """Return BT-23 where it fits: that of Peppol is too long, and means nothing here."""
    process = control.business_process_type or ""
    return process if len(process) <= _CODE else None


def _last(texts: list[str | None]) -> int:
    """Return how many elements reach to the last one that is there: none before may be absent."""
    return max((at for at, one in enumerate(texts, 1) if one is not None), default=0)


def pieces(text: str | None) -> list[str]:
    """Return a text as its elements hold it: a line each, and long ones cut at a blank.

    What is too long all the same stays whole, for the rules to refuse.
    """
    lines = (text or "").split("\n")
    if not text or len(lines) > _PIECES or not all(one.strip(WHITESPACE) for one in lines):
        lines = [text or ""]
    cut: list[str] = []
    for one in lines:
        rest = one
        while len(rest) > _PIECE and (place := rest.rfind(" ", 1, _PIECE + 1)) > 0:
            cut.append(rest[:place])
            rest = rest[place + 1 :]
        cut.append(rest)
    return cut if len(cut) <= _PIECES else lines


def text_of(segment: etree._Element, claims: Claims) -> str | None:
    """Return the text of a segment, its elements as lines."""
    names = ["D_4440", *(f"D_4440_{place}" for place in range(2, _PIECES + 1))]
    found = [claims.text(segment, f"C_C108/{name}") for name in names]
    return "\n".join(one for one in found if one is not None) or None


class Texts:
    """The texts of a document, as they were read.

    Attributes:
        payment_terms, legal, means: BT-20, BT-33, BT-82.
        control: BG-2.
        reasons: Text and code of exemption (BT-120, BT-121), in order.
        notes: BG-1.
        own: Terms of e-SLOG's own.
    """

    def __init__(self, message: etree._Element, claims: Claims) -> None:
        self.payment_terms: str | None = None
        self.legal: str | None = None
        self.means: str | None = None
        self.control: dict[str, object] = {}
        self.reasons: list[tuple[str | None, str | None]] = []
        self.notes: list[dict[str, object]] = []
        self.own: dict[str, object] = {}
        for segment in every(message, "S_FTX"):
            self._take(segment, claims, said(segment, "D_4451"))

    def _take(self, segment: etree._Element, claims: Claims, qualifier: str) -> None:
        if qualifier == _TERMS and self.payment_terms is None:
            self.payment_terms = text_of(segment, claims)
        elif qualifier == _LEGAL and self.legal is None:
            self.legal = text_of(segment, claims)
        elif qualifier == _MEANS and self.means is None:
            self.means = text_of(segment, claims)
        elif qualifier == _CONTROL and not self.control:
            self.control = filled(
                business_process_type=claims.code(segment, "C_C107/D_4441"),
                specification_identifier=claims.code(segment, _TEXT),
            )
        elif qualifier == _REASON:
            code = claims.code(segment, "C_C107/D_4441")
            if (text := text_of(segment, claims)) or code:
                self.reasons.append((text, code))
        elif not self._own(segment, claims, qualifier) and (text := text_of(segment, claims)):
            subject = None if qualifier == GENERAL else qualifier
            self.notes.append(filled(subject_code=subject, note=text))

    def _own(self, segment: etree._Element, claims: Claims, qualifier: str) -> bool:
        """Read what is a term of e-SLOG's own, if it is the first of its kind."""
        fields = {
            _FISCAL: _FISCAL_FIELDS,
            _METHOD: ("payment_method",),
            _PURPOSE: ("payment_purpose",),
        }.get(qualifier, ())
        if not fields or self.own.keys() & set(fields):
            return False
        for place, field in enumerate(fields, 1):
            name = _TEXT if place == 1 else f"{_TEXT}_{place}"
            if (text := claims.code(segment, name)) is not None:
                self.own[field] = text
        return True
