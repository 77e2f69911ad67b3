"""Measure what survives reading and writing, and write docs/fidelity-figures.md.

Needs the official files: GATEWAY_OFFICIAL, default ../shared/official.
"""

import os
from pathlib import Path

from tests.formats.corpora import figures

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "fidelity-figures.md"


def main() -> None:
    """Measure, write, and print the page."""
    official = Path(os.environ.get("GATEWAY_OFFICIAL", ROOT.parent / "shared" / "official"))
    if not official.is_dir():
        raise SystemExit(f"no official files in {official}; set GATEWAY_OFFICIAL")
    page = figures.page(figures.measured(official))
    PAGE.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
