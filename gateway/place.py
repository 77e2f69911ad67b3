"""Where an installation keeps official files, for a command that needs no other setting.

`gateway.settings` reads the same variables for everything else; it takes a quarter of a second to
import, which is longer than judging a document. A test holds the two together.
"""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT_DATA = Path("/var/lib/gateway")
"""Where root keeps its data: a directory the account of PostgreSQL can enter (made 0711)."""

VALIDATION_SECONDS = 30.0
"""The longest one document may be judged."""


def default_data() -> Path:
    """Return the data directory of this account: `./.gateway`, for root `/var/lib/gateway`."""
    return ROOT_DATA if os.geteuid() == 0 else Path(".gateway")


@dataclass(frozen=True, slots=True)
class Place:
    """What judging needs of an installation.

    Attributes:
        data: Everything the gateway writes; the artefact cache is below.
        schemas_dir: A further directory with official artefacts.
        compiled_rules: Where compiled rule sets are kept. Code is loaded from there, so it is
            never below the working directory, which may be anybody's, unless `GATEWAY_DATA` is.
        validation_seconds: The longest one document may be judged; then it is rejected.
    """

    data: Path
    schemas_dir: Path | None
    compiled_rules: Path
    validation_seconds: float = VALIDATION_SECONDS

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Place":
        """Read the variables; empty ones count as unset.

        Raises:
            ValueError: `GATEWAY_VALIDATION_SECONDS` is no finite number above zero.
        """
        data = environment.get("GATEWAY_DATA")
        schemas = environment.get("GATEWAY_SCHEMAS_DIR")
        seconds = float(environment.get("GATEWAY_VALIDATION_SECONDS") or VALIDATION_SECONDS)
        if not 0 < seconds < math.inf:
            raise ValueError("GATEWAY_VALIDATION_SECONDS must be a finite number above zero")
        return cls(
            _absolute(Path(data) if data else default_data()),
            _absolute(Path(schemas)) if schemas else None,
            _absolute(Path(data) / "compiled-rules") if data else _own_cache(environment),
            seconds,
        )


def _own_cache(environment: Mapping[str, str]) -> Path:
    """Return the directory of this account for what can be made again (XDG Base Directory)."""
    if os.geteuid() == 0:
        return ROOT_DATA / "compiled-rules"
    chosen = environment.get("XDG_CACHE_HOME", "")
    base = Path(chosen) if chosen.startswith("/") else Path("~/.cache").expanduser()
    return base / "einvoice-gateway" / "compiled-rules"


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()
