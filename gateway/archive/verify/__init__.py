"""The offline verifier of exported bundles.

It needs Python and nothing else. `scripts/write_verifier.py` makes one file of this folder, which
lies in every bundle: years later, `python -I verify.py BUNDLE.zip`. It shares no code with what
writes bundles.
"""

from pathlib import Path

from .canonical import MalformedError
from .container import Container, UnreadableError, open_container
from .content import Reading, consistency_proofs, manifest_statement, strangeness
from .result import Evidence, Problem, VerificationResult
from .signed import Checkpoint, Key, SignedError, read_checkpoint, read_key, signed_text
from .tree import EMPTY_ROOT, TreeError, roots_by_consistency

__all__ = ["Evidence", "Problem", "VerificationResult", "verify"]

MAX_BUNDLE = 1 << 30
"""Larger files are not read: bytes."""


def verify(
    bundle: Path | str | bytes,
    *,
    trusted_key: str | None = None,
    older_checkpoint: str | None = None,
) -> VerificationResult:
    """Verify a bundle. Whatever the bytes are, the answer is a result, never an exception.

    Args:
        bundle: The file, or its bytes.
        trusted_key: The log's verifier key, obtained from somewhere else than the bundle.
        older_checkpoint: A checkpoint of the log that the caller kept: shows that nothing before
            it was rewritten since, even by someone who has the log's key.

    Raises:
        ValueError: `trusted_key` itself cannot be read.
    """
    trusted = None if trusted_key is None else read_key(trusted_key)
    try:
        content = bundle if isinstance(bundle, bytes) else _read(Path(bundle))
        container = open_container(content, strangeness)
    except OSError as error:
        return VerificationResult((Problem(str(bundle), f"it cannot be read: {error}"),))
    except UnreadableError as error:
        where = f"byte {error.offset} of the bundle"
        place = Problem(where, str(error), None, error.offset, error.offset + 1)
        return VerificationResult((place,))
    reading = Reading(container)
    reading.check()
    remarks = list[str]()
    authentic = _authentic(container, trusted, reading.key, remarks)
    consistent = None
    if older_checkpoint is not None:
        consistent = _consistent(container, reading, older_checkpoint, trusted, remarks)
    return VerificationResult(
        problems=tuple(reading.problems),
        authentic=authentic,
        consistent=consistent,
        remarks=tuple(remarks),
        document=reading.document,
        evidence=reading.evidence,
        origin=reading.key.name if reading.key else None,
        log_size=reading.checkpoint.size if reading.checkpoint else None,
        log_key=_text(container, "log-key") if reading.key else None,
    )


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(MAX_BUNDLE + 1)
    if len(content) > MAX_BUNDLE:
        raise UnreadableError(MAX_BUNDLE, f"the file is larger than {MAX_BUNDLE} bytes")
    return content


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


def _consistent(
    container: Container,
    reading: Reading,
    older_checkpoint: str,
    trusted: Key | None,
    remarks: list[str],
) -> bool | None:
    key = trusted or reading.key
    newer = reading.checkpoint
    if key is None or newer is None:
        remarks.append("The checkpoint of the bundle cannot be read, so nothing can be compared.")
        return False
    try:
        older = read_checkpoint(older_checkpoint.encode(), key)
    except SignedError as error:
        remarks.append(f"The checkpoint kept is not one of this log: {error}.")
        return False
    if older.size > newer.size:
        remarks.append(
            f"The checkpoint kept ({older.size} leaves) is newer than the bundle's "
            f"({newer.size}): export the bundle again to compare."
        )
        return None
    try:
        known = older.size in (0, newer.size)
        proof = [] if known else dict(consistency_proofs(container)).get(older.size)
        if proof is None:
            remarks.append(
                f"The bundle holds no proof from the checkpoint kept ({older.size} leaves): "
                f"export it with ?since={older.size}."
            )
            return None
        continues = _continues(older, newer, proof)
    except (KeyError, MalformedError, TreeError) as error:
        remarks.append(f"The consistency proof cannot be followed: {error}.")
        return False
    if not continues:
        remarks.append(
            f"The log was rewritten: its first {older.size} leaves are not those of the "
            "checkpoint kept."
        )
    return continues


def _continues(older: Checkpoint, newer: Checkpoint, proof: list[bytes]) -> bool:
    if older.size == 0:
        return older.root == EMPTY_ROOT
    roots = roots_by_consistency(older.size, newer.size, older.root, proof)
    return roots == (older.root, newer.root)
