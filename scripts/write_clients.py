"""Write the clients' types and operations from the committed `openapi.json`.

    python scripts/write_clients.py            writes them
    python scripts/write_clients.py --check    fails when they are not up to date

What is generated: `types.py` and `resources.py` of the Python client, `types.ts` and
`resources.ts` of the TypeScript client. The wire beneath is written by hand in each.
"""

import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts.client_writing import operations, python, typescript

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / "clients" / "python" / "gateway_client"
TYPESCRIPT = ROOT / "clients" / "typescript"


def made() -> dict[Path, str]:
    """Return every generated file."""
    described = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))
    schemas = described["components"]["schemas"]
    found = operations.read(described)
    return {
        PYTHON / "types.py": _formatted(python.types(schemas)),
        PYTHON / "resources.py": _formatted(python.resources(found)),
        TYPESCRIPT / "types.ts": typescript.types(schemas),
        TYPESCRIPT / "resources.ts": typescript.resources(found),
    }


def _formatted(text: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", "made.py", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    return done.stdout


def main() -> None:
    """Write, or compare."""
    files = made()
    stale = [
        path
        for path, text in files.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv[1:]:
        if stale:
            names = ", ".join(str(path.relative_to(ROOT)) for path in stale)
            sys.exit(f"not up to date: {names}; run python scripts/write_clients.py")
        return
    for path in stale:
        path.write_text(files[path], encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
