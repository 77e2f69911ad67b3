"""The committed API contract: `openapi.json` at the top of the project.

`python -m gateway.contract` writes it, `--check` fails when it is not what the code says. Both
fail when a reference in it leads nowhere: whoever generates a client would fail over it.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gateway.app import application

PATH = Path(__file__).parent.parent / "openapi.json"


def document() -> str:
    """Return the OpenAPI 3.1 document of the API, the same text every time."""
    described = application(max_body_bytes=0).openapi()
    return json.dumps(described, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def dangling(described: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Return the references in a document that lead to nothing in it, without repetition."""
    return [one for one in dict.fromkeys(_references(described)) if not _leads(one, described)]


def main(arguments: Sequence[str]) -> int:
    """Write or check the file; 1 when a check fails."""
    current = document()
    if lost := dangling(json.loads(current)):
        sys.stderr.write(f"openapi.json would refer to nothing: {', '.join(lost)}\n")
        return 1
    if "--check" not in arguments:
        PATH.write_text(current, encoding="utf-8")
        return 0
    if PATH.exists() and PATH.read_text(encoding="utf-8") == current:
        return 0
    sys.stderr.write("openapi.json is not up to date: run `make docs` and review the diff\n")
    return 1


def _references(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        for inner in value:
            yield from _references(inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name == "$ref" and isinstance(inner, str):
                yield inner
            elif name == "mapping" and "propertyName" in value:  # of a discriminator
                yield from inner.values()
            else:
                yield from _references(inner)


def _leads(reference: str, described: Any) -> bool:  # noqa: ANN401 - JSON
    """Tell whether a reference is a JSON pointer (RFC 6901) to something in the document."""
    start, *names = reference.split("/")
    found = described
    for name in names:
        plain = name.replace("~1", "/").replace("~0", "~")
        if not isinstance(found, dict) or plain not in found:
            return False
        found = found[plain]
    return start == "#"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
