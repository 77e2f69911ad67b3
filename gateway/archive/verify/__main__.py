"""`python -m gateway.archive.verify BUNDLE`, or `python -I verify.py BUNDLE` as a single file."""

import argparse
import sys
from pathlib import Path

from . import verify
from .account import account

DAMAGED, NOT_TRUSTED, USAGE = 1, 3, 2


def main(arguments: list[str] | None = None) -> int:
    """Verify one bundle and say the verdict; return the exit code."""
    parser = argparse.ArgumentParser(prog="verify", description="Verify an exported bundle.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--key", help="the log's verifier key, from a source you trust")
    parser.add_argument("--checkpoint", type=Path, help="an older checkpoint you kept")
    parser.add_argument(
        "--witness", action="append", default=[], help="key of a witness that must have cosigned"
    )
    parser.add_argument("--files", action="store_true", help="name each file with its digest")
    given = parser.parse_args(arguments)
    try:
        older = given.checkpoint.read_text("utf-8") if given.checkpoint else None
        result = verify(
            given.bundle, trusted_key=given.key, older_checkpoint=older, witnesses=given.witness
        )
    except (OSError, ValueError) as error:
        sys.stderr.write(f"verify: {error}\n")
        return USAGE
    sys.stdout.write(account(result, files=given.files))
    if not result.ok:
        return DAMAGED
    return 0 if result.passed else NOT_TRUSTED


if __name__ == "__main__":
    sys.exit(main())
