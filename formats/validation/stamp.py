"""What a compiled rule set depends on besides the rule set: Python, and this very compiler."""

import hashlib
import sys
from pathlib import Path
from typing import Final

_PARTS: Final = ("compiler", "runtime", "schematron", "xpath", "xslt")


def _stamp() -> str:
    digest = hashlib.sha256(f"{sys.implementation.cache_tag} {sys.version}".encode())
    home = Path(__file__).parent
    for part in _PARTS:
        for file in sorted((home / part).rglob("*.py")):
            digest.update(file.read_bytes())
    for name in ("compilation.py", "spelling.py", "rules.py"):
        digest.update((home / name).read_bytes())
    return digest.hexdigest()


STAMP: Final = _stamp()
"""Changes with every release of Python and every change of the compiler."""
