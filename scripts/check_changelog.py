"""Check the changelog fragments: readable by towncrier, named well, one area before a colon."""

import re
import sys
from pathlib import Path

FRAGMENTS = Path(__file__).resolve().parents[1] / "changelog.d"
NAME = re.compile(r"[a-z0-9+-]+\.(added|changed|fixed|removed|security)\.md")
AREA = re.compile(r"[a-z0-9-]+: \S")


def problems() -> list[str]:
    """Return what is wrong with the fragments, one line each."""
    fragments = sorted(path for path in FRAGMENTS.glob("*") if not path.name.startswith("."))
    found = [] if fragments else ["changelog.d holds no fragment: say what changed for users"]
    for path in fragments:
        if not NAME.fullmatch(path.name):
            found.append(f"{path.name}: call it <name>.<added|changed|fixed|removed|security>.md")
        elif not AREA.match(path.read_text(encoding="utf-8")):
            found.append(f"{path.name}: begin with the area, e.g. `api: ` or `si: `")
    return found


if __name__ == "__main__":
    for line in problems():
        print(line, file=sys.stderr)
    sys.exit(bool(problems()))
