"""What the command needs that the server has anyway."""

import subprocess
import sys

from gateway.exits.belongings import CARRIED

_ASKED = """
import gateway.cli.exits
from gateway.exits.belongings import CARRIED
print(len([one.table for one in CARRIED]))
"""


def test_the_command_knows_every_table_without_a_server_in_its_process() -> None:
    done = subprocess.run(  # noqa: S603 - what it runs stands above
        [sys.executable, "-c", _ASKED], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) == len(CARRIED)
