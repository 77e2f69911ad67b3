"""Compare our semantic rules with the official ones, and write docs/agreement.md.

Needs the official files: GATEWAY_OFFICIAL, default ../shared/official. Takes about two minutes.
"""

import os
from pathlib import Path

from tests.formats.agreement.explanations import unexplained
from tests.formats.agreement.measuring import compared
from tests.formats.agreement.page import page
from tests.formats.agreement.sides import Official
from tests.formats.agreement.test_agreement import everything

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "agreement.md"


def main() -> None:
    """Compare, write, and print what nothing explains."""
    folder = Path(os.environ.get("GATEWAY_OFFICIAL", ROOT.parent / "shared" / "official"))
    if not folder.is_dir():
        raise SystemExit(f"no official files in {folder}; set GATEWAY_OFFICIAL")
    rules = Official(folder)
    agreement = compared(rules, everything(folder))
    PAGE.write_text(page(rules, agreement), encoding="utf-8")
    for difference in unexplained(agreement.differences):
        print(difference)


if __name__ == "__main__":
    main()
