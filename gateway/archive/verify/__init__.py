"""The offline verifier of exported bundles.

It needs Python and nothing else. `scripts/write_verifier.py` makes one file of this folder, which
lies in every bundle: years later, `python -I verify.py BUNDLE.zip`. It shares no code with what
writes bundles.
"""

from collections.abc import Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path

from .anchors import WitnessKey, cosigned, read_witness, with_receipt
from .asic import SEALED_BUNDLE, is_wrapped, judge_wrapping, moved, wrapping_strangeness
from .canonical import MalformedError
from .container import Container, UnreadableError, open_container
from .content import Reading, manifest_statement, strangeness
from .kept import compared
from .result import Evidence, Problem, VerificationResult, Voucher
from .signed import Key, SignedError, read_checkpoint, read_key, signed_text

__all__ = ["Evidence", "Problem", "VerificationResult", "Voucher", "verify"]


def verify(
    bundle: Path | str | bytes,
    *,
    trusted_key: str | None = None,
    older_checkpoint: str | None = None,
    witnesses: Sequence[str] = (),
) -> VerificationResult:
    """Verify a bundle. Whatever the bytes are, the answer is a result, never an exception.

    Args:
        bundle: The file, or its bytes.
        trusted_key: The log's verifier key, obtained from somewhere else than the bundle.
        older_checkpoint: A checkpoint that the caller kept, of the log or of an entity's log: it
            shows that nothing before was rewritten since, even by someone who has the log's key.
        witnesses: Keys of witnesses (C2SP tlog-cosignature) that must have cosigned a head.

    Raises:
        ValueError: `trusted_key` or a witness's key itself cannot be read.
    """
    trusted = None if trusted_key is None else read_key(trusted_key)
    known = [read_witness(one) for one in witnesses]
    begin = 0
    try:
        content = memoryview(bundle if isinstance(bundle, bytes) else _mapped(Path(bundle)))
        wrapping = _wrapping(content)
        if wrapping is not None:
            place = wrapping.members[SEALED_BUNDLE]
            begin, content = place.start, content[place.start : place.end]
        container = open_container(content, strangeness)
    except OSError as error:
        return VerificationResult((Problem(str(bundle), f"it cannot be read: {error}"),))
    except UnreadableError as error:
        at = error.offset + begin
        return VerificationResult(
            (Problem(f"byte {at} of the bundle", str(error), None, at, at + 1),)
        )
    reading, remarks = Reading(container), list[str]()
    reading.check()
    remarks += reading.unchecked
    vouchers = list(reading.vouched(remarks))
    problems = reading.problems
    if wrapping is not None:
        judged_wrapping = judge_wrapping(wrapping, damaged_inside=bool(problems))
        problems = (*judged_wrapping.problems, *(moved(one, begin) for one in problems))
        vouchers += [judged_wrapping.voucher] if judged_wrapping.voucher else []
        remarks += [judged_wrapping.remark] if judged_wrapping.remark else []
    authentic = _authentic(container, trusted, reading.key, remarks)
    consistent = None
    if older_checkpoint is not None:
        consistent = compared(reading, container, older_checkpoint, trusted, remarks)
    witnessed = _witnessed(reading, known, vouchers, remarks) if known else None
    return VerificationResult(
        problems=problems,
        authentic=authentic,
        consistent=consistent,
        witnessed=witnessed,
        vouchers=tuple(vouchers),
        remarks=tuple(remarks),
        documents=reading.documents,
        evidence=reading.evidence,
        whole=reading.whole,
        compared=older_checkpoint is not None,
        origin=reading.key.name if reading.key else None,
        log_size=reading.checkpoint.size if reading.checkpoint else None,
        log_key=_text(container, "log-key") if reading.key else None,
    )


def _wrapping(content: memoryview) -> Container | None:
    """Open the container around a bundle; None: the bundle stands alone.

    Raises:
        UnreadableError: There is one, and no bundle can be found in it.
    """
    if not is_wrapped(content):
        return None
    found = open_container(content, wrapping_strangeness, first="mimetype")
    if SEALED_BUNDLE not in found.members:
        raise UnreadableError(0, f"there is no {SEALED_BUNDLE} in this container")
    return found


def _witnessed(
    reading: Reading, known: list[WitnessKey], vouchers: list[Voucher], remarks: list[str]
) -> bool:
    """Tell whether each witness cosigned the head of the bundle, or one that it continues."""
    heads = [(one.size, with_receipt(one)) for one in reading.anchors]
    if reading.checkpoint is not None:
        note = reading.note.decode("utf-8", "surrogatepass")
        heads.append((reading.checkpoint.size, note))
    found = cosigned(heads, known)
    vouchers += found.values()
    remarks.extend(
        f"There is no cosignature by {one.name} for this log." for one in known if one not in found
    )
    return len(found) == len(known)


def _mapped(path: Path) -> mmap:
    """Return a file without reading it: a bundle may be larger than the memory.

    Raises:
        UnreadableError: It is empty, or no file that has an end.
    """
    with path.open("rb") as file:
        if not path.is_file() or not path.stat().st_size:
            raise UnreadableError(0, "this is not a file, or an empty one")
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def _text(container: Container, name: str) -> str:
    return container.read(name).decode().strip()


def _authentic(
    container: Container, trusted: Key | None, own: Key | None, remarks: list[str]
) -> bool | None:
    if trusted is None:
        remarks.append(
            "No trusted key was given: the bundle is judged by the key inside it, so this shows "
            "that it is whole, not who made it."
        )
        return None
    if own is not None and own != trusted:
        remarks.append("The key in the bundle is not the trusted key.")
    try:
        signed = signed_text(container.read("manifest.sig"), trusted)
        read_checkpoint(container.read("checkpoint"), trusted)
        whole = signed == manifest_statement(container)
    except (KeyError, SignedError, MalformedError) as error:
        remarks.append(f"The trusted key does not vouch for this bundle: {error}.")
        return False
    if not whole:
        remarks.append("The trusted key signed another manifest than the one in the bundle.")
    return whole and own == trusted
