"""Reading a record that stands alone."""

from formats.verifactu.elements import is_called, read
from formats.verifactu.elements import write as write_element
from formats.verifactu.names import INFORMATION
from formats.verifactu.records import Registro, RegistroAlta, RegistroAnulacion
from formats.verifactu.submission import is_submission, read_submission
from formats.xml import UnreadableDocumentError, parse

_KINDS: tuple[type[RegistroAlta] | type[RegistroAnulacion], ...] = (
    RegistroAlta,
    RegistroAnulacion,
)
_ENCODINGS = frozenset({"UTF-8", "UTF-16", "ISO-8859-1"})  # as archives have them


def read_record(content: bytes) -> Registro:
    """Read a RegistroAlta or a RegistroAnulacion.

    Raises:
        UnreadableDocumentError: It is neither.
    """
    root = parse(content, encodings=_ENCODINGS)
    for kind in _KINDS:
        if is_called(root, kind.__name__, INFORMATION):
            return read(kind, root)
    raise UnreadableDocumentError("unknown-root", f"{root.tag!s} is no record of VeriFactu.")


def read_held(content: bytes) -> Registro:
    """Read a record as it is held: by itself, or alone in a submission.

    Raises:
        UnreadableDocumentError: It is neither.
    """
    if is_sent(content):
        return read_submission(content).records[0]
    return read_record(content)


def is_sent(content: bytes) -> bool:
    """Tell whether a record is held in a submission, as it is sent."""
    return is_submission(parse(content, encodings=_ENCODINGS))


def write_record(record: Registro) -> bytes:
    """Return a record as XML that stands for itself."""
    return write_element(record, type(record).__name__).encode()
