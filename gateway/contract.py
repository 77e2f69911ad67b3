"""The committed API contract: `openapi.json` at the top of the project.

`python -m gateway.contract` writes it, `--check` fails when it is not what the code says.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from gateway.app import application

PATH = Path(__file__).parent.parent / "openapi.json"


def document() -> str:
    """Return the OpenAPI 3.1 document of the API, the same text every time."""
    described = application(max_body_bytes=0).openapi()
    return json.dumps(described, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write or check the file; 1 when the check fails."""
    current = document()
    if "--check" not in arguments:
        PATH.write_text(current, encoding="utf-8")
        return 0
    if PATH.exists() and PATH.read_text(encoding="utf-8") == current:
        return 0
    sys.stderr.write("openapi.json is not up to date: run `make docs` and review the diff\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
