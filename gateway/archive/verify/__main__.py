"""`python -m gateway.archive.verify BUNDLE`, or `python -I verify.py BUNDLE` as a single file."""

import argparse
import sys
from pathlib import Path

from . import verify
from .result import VerificationResult

DAMAGED, NOT_TRUSTED, USAGE = 1, 3, 2


def main(arguments: list[str] | None = None) -> int:
    """Verify one bundle and say the verdict; return the exit code."""
    parser = argparse.ArgumentParser(prog="verify", description="Verify an exported bundle.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--key", help="the log's verifier key, from a source you trust")
    parser.add_argument("--checkpoint", type=Path, help="an older checkpoint you kept")
    given = parser.parse_args(arguments)
    try:
        older = given.checkpoint.read_text("utf-8") if given.checkpoint else None
        result = verify(given.bundle, trusted_key=given.key, older_checkpoint=older)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"verify: {error}\n")
        return USAGE
    sys.stdout.write(_account(result))
    if not result.ok:
        return DAMAGED
    return 0 if result.passed else NOT_TRUSTED


def _account(result: VerificationResult) -> str:
    words = {True: "yes", False: "NO", None: "not established"}
    lines = [f"intact:     {words[result.ok]}", f"authentic:  {words[result.authentic]}"]
    if result.consistent is not None:
        lines.append(f"append-only since your checkpoint: {words[result.consistent]}")
    if result.document:
        lines.append(f"document:   {result.document.get('number')}")
    lines.append(f"log:        {result.origin}, {result.log_size} leaves")
    lines += [
        f"  {item.sha256}  {item.member}  (leaf {item.log_index})" for item in result.evidence
    ]
    lines += [f"problem:    {p.where}: {p.what}" for p in result.problems]
    lines += [f"remark:     {remark}" for remark in result.remarks]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
