"""Make the packages of this clone importable in the environment that runs this script.

Writes a `.pth` file and the `gateway` command. An editable install would do the same, but needs
the build backend, which people who only run the gateway do not have. Byte code is written too, as
pip does: a command that starts without it takes three times as long.
"""

import compileall
import shlex
import sys
import sysconfig
from pathlib import Path

CLONE = Path(__file__).resolve().parents[1]
PACKAGES = ("gateway", "countries", "formats", "schemas")


def main() -> None:
    """Link the clone into the environment, replacing an older link."""
    if sys.prefix == sys.base_prefix:
        raise SystemExit("run this with the python of a virtual environment")
    site_packages = Path(sysconfig.get_path("purelib"))
    (site_packages / "einvoice-gateway.pth").write_text(f"{CLONE}\n", encoding="utf-8")
    command = Path(sysconfig.get_path("scripts")) / "gateway"
    # Through sh, because a `#!` line cannot hold a path with spaces.
    command.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m gateway.cli "$@"\n', encoding="utf-8"
    )
    command.chmod(0o755)
    for package in PACKAGES:
        compileall.compile_dir(CLONE / package, quiet=1)


main()
