"""Commands on files: verify. It needs no database."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from gateway.archive import verify as verifier
from gateway.archive.verify.account import account
from gateway.kit.console import fail, out


def verify_bundle(  # noqa: PLR0913 - one for each argument and option
    bundle: Path,
    key: str | None,
    checkpoint: Path | None,
    witnesses: Sequence[str] = (),
    *,
    files: bool,
    as_json: bool,
) -> int:
    """Verify a bundle, and say what it proves and everything that is wrong with it."""
    trusted = Path(key).read_text() if key and Path(key).is_file() else key
    kept = None if checkpoint is None else checkpoint.read_text("utf-8", "backslashreplace")
    try:
        result = verifier.verify(
            bundle,
            trusted_key=None if trusted is None else trusted.strip(),
            older_checkpoint=kept,
            witnesses=witnesses,
        )
    except ValueError as error:
        fail(f"--key or --witness is not such a key: {error}", 2)
    if as_json:
        out.print_json(
            json.dumps(asdict(result) | {"ok": result.ok, "passed": result.passed}, default=str)
        )
    else:
        out.print(account(result, files=files), end="")
    return 0 if result.passed else 1
