"""The committed API contract: `openapi.json` at the top of the project.

`python -m gateway.openapi` writes it, `--check` fails when it is not what the code says.
"""

import json
import sys
from pathlib import Path

from gateway.app import create_app

PATH = Path(__file__).parent.parent / "openapi.json"


def document() -> str:
    """Return the OpenAPI 3.1 document of the API, the same bytes every time."""
    return json.dumps(create_app().openapi(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check the file; 1 when the check fails."""
    current = document()
    if "--check" not in arguments:
        PATH.write_text(current, encoding="utf-8")
        return 0
    if PATH.exists() and PATH.read_text(encoding="utf-8") == current:
        return 0
    sys.stderr.write("openapi.json is not up to date: run `python -m gateway.openapi`\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
