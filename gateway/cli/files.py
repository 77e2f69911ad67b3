"""Commands on files: verify. It needs no database."""

import json
from dataclasses import asdict
from pathlib import Path

from gateway.archive import verify as verifier
from gateway.kit.console import err, fail, out


def verify_bundle(bundle: Path, key: str | None, *, as_json: bool) -> int:
    """Verify a bundle and say everything that is wrong with it."""
    trusted = Path(key).read_text() if key and Path(key).is_file() else key
    try:
        result = verifier.verify(bundle, trusted_key=None if trusted is None else trusted.strip())
    except ValueError as error:
        fail(f"--key is not the key of a log: {error}", 2)
    if as_json:
        out.print_json(json.dumps(asdict(result) | {"ok": result.ok}, default=str))
    else:
        for problem in result.problems:
            err.print(f"{problem.where}: {problem.what}")
        for remark in result.remarks:
            out.print(remark)
        out.print(f"{bundle}: {'intact' if result.passed else 'NOT as it was exported'}")
    return 0 if result.passed else 1
