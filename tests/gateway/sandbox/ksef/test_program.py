"""The local KSeF as a program, as `gateway serve` starts it."""

import json
import subprocess
import sys
from pathlib import Path

import httpx2


def test_it_says_where_it_listens_and_ends_with_its_parent(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gateway.sandbox.ksef", "--data", str(tmp_path)]
    with subprocess.Popen(  # noqa: S603 - our own
        [*command, "--while-stdin-is-open"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stdin is not None
        ready = json.loads(program.stdout.readline())
        assert Path(ready["trust"]) == tmp_path / "ca.pem"
        with httpx2.Client(trust_env=False, timeout=30) as client:
            keys = client.get(f"{ready['url']}/v2/security/public-key-certificates").json()
            report = client.get(f"{ready['url']}/__sandbox/compliance").json()
        assert len(keys) == 2
        assert report["schemas"] == {"FA (3)": False}
        program.stdin.close()
        assert program.wait(20) == 0
