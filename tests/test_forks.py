"""A copy cannot be told from a process that was started the usual way."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests import forks

ASLEEP = ("-n", "1", "-r", "1", "import time; time.sleep(60)")


@pytest.mark.parametrize(("given", "code"), [(b'{"b": 1, "a": "\xc3\xa4"}', 0), (b"{", 1)])
def test_it_reads_writes_complains_and_ends_alike(given: bytes, code: int) -> None:
    copy = forks.run("json.tool", ["--sort-keys", "--no-ensure-ascii"], given=given)
    usual = subprocess.run(
        [sys.executable, "-m", "json.tool", "--sort-keys", "--no-ensure-ascii"],
        input=given,
        capture_output=True,
        check=False,
    )
    assert (copy.returncode, copy.stdout) == (usual.returncode, usual.stdout)
    assert copy.stderr.splitlines()[-1:] == usual.stderr.splitlines()[-1:]
    assert copy.returncode == code


def test_environment_and_arguments_are_its_own_alone() -> None:
    asked = "import os, sys; print(sorted(os.environ), os.getcwd(), len(sys.argv))"
    done = forks.run(
        "timeit", ["-n", "1", "-r", "1", asked], environment={"ONE": "1", "LANG": "C.UTF-8"}
    )
    assert done.stdout.decode().splitlines()[0] == f"['LANG', 'ONE'] {forks.ROOT} 6"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_it_can_be_stopped_and_ended(number: int) -> None:
    process = forks.start("timeit", ASLEEP)
    assert process.poll() is None
    process.send_signal(signal.SIGSTOP)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.05)
    process.send_signal(signal.SIGCONT)
    process.send_signal(number)
    assert process.wait(10) == process.poll() == -number
    process.kill()  # nobody


def test_who_takes_too_long_is_killed() -> None:
    begun = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        forks.run("timeit", ASLEEP, seconds=0.2)
    assert time.monotonic() - begun < 30


def test_a_copy_is_one_of_a_process_that_has_imported_the_gateway() -> None:
    asked = "import sys; print('gateway.runtime' in sys.modules, 'pytest' in sys.modules)"
    done = forks.run("timeit", ["-n", "1", "-r", "1", asked])
    assert done.stdout.decode().splitlines()[0] == "True False"


def test_a_command_says_the_same_the_first_time_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forks, "_SEEN", set())
    first, again = (forks.gateway(("doctor", "--help"), os.environ) for _ in range(2))
    assert first.args[0] == sys.executable
    assert again.args[0] == "gateway.cli"
    assert first.stdout == again.stdout
    assert b"doctor" in first.stdout
