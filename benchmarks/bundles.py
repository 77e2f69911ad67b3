"""A bundle of many documents: how long, how much memory, and what a killed worker costs.

    python -m benchmarks.bundles [--documents 10000]

It starts a gateway of its own over an empty database, issues the documents through the API, asks
for an export of format `bundle` and lets a worker make it; at half of it that worker is killed,
and another goes on. The file is then verified by the program that lies in it.
"""

import argparse
import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2

from gateway.demo.api import wait_until_ready
from gateway.demo.companies import BUYERS, SELLERS
from gateway.demo.server import Server

_MEBIBYTE = 1024  # of the kibibytes that Linux counts in
_THREADS = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Issue, export, kill, verify, print; 1 when the verifier finds anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bundles-") as name:
        home = Path(name)
        home.chmod(0o711)
        more = {"GATEWAY_POSTGRES_HOME": str(home / "database")}
        with Server.started(home, "--no-worker", more=more) as server, _client(server) as http:
            wait_until_ready(http, seconds=60)
            entity = _issue(http, chosen.documents)
            headers = {"Entity-Id": entity}
            asked = http.post("/v1/exports", json={"format": "bundle"}, headers=headers)
            job = asked.raise_for_status().json()["id"]
            path = home / "bundle.zip"
            _made(http, job, server.environment, chosen.documents)
            digest = hashlib.sha256()
            with http.stream("GET", f"/v1/exports/{job}/file") as answer, path.open("wb") as file:
                for part in answer.iter_bytes():
                    digest.update(part)
                    file.write(part)
            _say(f"file: {path.stat().st_size / 1e6:.0f} MB, sha256 {digest.hexdigest()[:16]}")
            return _verified(path)


def _issue(http: httpx2.Client, documents: int) -> str:
    """Issue invoices of one entity; return its id."""
    entity = http.post("/v1/entities", json=SELLERS["SI"]).raise_for_status().json()["id"]
    body = {
        "profile": "en16931-ubl",
        "buyer": BUYERS["SI"],
        "buyer_reference": "order-1",
        "payment_terms": "15 days net",
        "lines": [{"item_name": "Bread", "invoiced_quantity": "3", "item_net_price": "1.10"}],
    }

    def issue(number: int) -> None:
        headers = {"Entity-Id": entity, "Idempotency-Key": f"b-{number}"}
        answer = http.post("/v1/invoices?finalize=true", json=body, headers=headers)
        answer.raise_for_status()

    began = time.monotonic()
    with ThreadPoolExecutor(_THREADS) as pool:
        for _ in pool.map(issue, range(documents)):
            pass
    _say(f"issued: {documents} in {time.monotonic() - began:.0f} s")
    return str(entity)


def _made(http: httpx2.Client, job: str, environment: Mapping[str, str], documents: int) -> None:
    """Have the export made by one worker until the half, and from there by another."""
    began = time.monotonic()
    with _worker(environment) as first:
        _until(http, job, documents // 2)
        _say(f"first worker: half in {time.monotonic() - began:.1f} s, {_peak(first.pid)} MiB")
        os.killpg(first.pid, signal.SIGKILL)
    began = time.monotonic()
    with _worker(environment) as second:
        _until(http, job, 1, attempt=2)
        seen = time.monotonic()
        _until(http, job, documents + 1, attempt=2)
        _say(
            f"second worker: at it after {seen - began:.1f} s, all in "
            f"{time.monotonic() - seen:.1f} s more, {_peak(second.pid)} MiB"
        )
        os.killpg(second.pid, signal.SIGTERM)


@contextlib.contextmanager
def _worker(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "gateway.cli", "worker"],
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
        process.wait(30)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _until(http: httpx2.Client, job: str, done: int, attempt: int = 1) -> dict[str, Any]:
    """Wait until so many documents are done, or the job is over."""
    while True:
        told: dict[str, Any] = http.get(f"/v1/jobs/{job}").raise_for_status().json()
        if told["state"] == "failed":
            raise RuntimeError(told)
        at = told["progress"]["done"] or 0
        if told["state"] == "succeeded" or (told["attempts"] >= attempt and at >= done):
            return told
        time.sleep(0.2)


def _peak(pid: int) -> int:
    """Return the most that a process ever held: VmHWM of proc(5), in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = (one for one in lines if one.startswith("VmHWM"))
    return int(line.split()[1]) // _MEBIBYTE


def _verified(path: Path) -> int:
    """Verify the file by the program in it."""
    program = path.parent / "verify.py"
    with zipfile.ZipFile(path) as archive:
        program.write_bytes(archive.read("verify.py"))
    began = time.monotonic()
    told = path.parent / "verdict.txt"
    with told.open("wb") as sink:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            [sys.executable, "-I", program, path], stdout=sink, stderr=sink
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = code = os.waitstatus_to_exitcode(status)
    _say(
        f"verified: {code} in {time.monotonic() - began:.1f} s, "
        f"at most {used.ru_maxrss // _MEBIBYTE} MiB, the mapped file among them"
    )
    if code:
        _say("\n".join(told.read_text("utf-8").splitlines()[-5:]))
    return code


def _client(server: Server) -> httpx2.Client:
    return httpx2.Client(
        base_url=server.url,
        headers={"Authorization": f"Bearer {server.key}"},
        timeout=60,
        trust_env=False,
    )


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
