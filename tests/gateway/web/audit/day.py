"""What an auditor does in a day, in a browser and at home."""

import contextlib
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

import pypdfium2
import uvicorn
from fastapi import FastAPI

from tests.chromium import Browser
from tests.gateway.houses import Json


@contextlib.contextmanager
def reachable(app: FastAPI) -> Iterator[str]:
    """Serve an application on a port of this machine, and say where."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_level="warning", lifespan="off", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


def verified(folder: Path, bundle: str, key: str) -> int:
    """Verify a bundle with the program beside it: no packages, no environment, nothing of ours."""
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-I", "-S", "verify.py", "--key", key, bundle],
        cwd=folder,
        env={},
        capture_output=True,
        check=False,
    ).returncode


def comes_in(page: Browser, site: str, token: str) -> None:
    """Type what the shop gave her into the form."""
    assert page.go(f"{site}/audit") == 401
    page.fill("Token", token)
    assert page.press("button", "Begin") == 200


def finds_and_takes(page: Browser, site: str, one: Json, others: Collection[str]) -> None:
    """Find a document by its number, read it, and take its bundle along."""
    page.go(f"{site}/audit")
    page.fill("Number begins with", one["number"])
    assert page.press("button", "Find") == 200
    assert [name for name in page.named("link") if name in others] == [one["number"]]
    assert page.press("link", one["number"]) == 200
    assert page.named("heading")[0].endswith(one["number"])
    text = page.text()
    assert "Bread" in text
    assert one["sha256"] in text
    assert page.download("link", "Download the bundle") == f"{one['id']}.zip"


def prints_and_checks(page: Browser, one: Json, key: str) -> None:
    """Print the document, look at a proof, and ask what was checked."""
    with contextlib.closing(pypdfium2.PdfDocument(page.printed())) as printed:
        paper = "".join(one.get_textpage().get_text_bounded() for one in printed)
    assert one["sha256"] in "".join(paper.split())
    assert page.press("link", "Show the proof") == 200
    assert "The leaf leads to the signed root." in page.text()
    assert any(name.startswith("From the leaf") for name in page.named("image"))
    assert page.press("link", f"Invoice {one['number']}") == 200
    assert page.press("button", "Verify") == 200
    text = page.text()
    assert "Nothing is wrong with what was checked." in text
    assert key in text


def verifies_at_home(files: Path, one: Json, key: str) -> None:
    """Run the program in the bundle on it, and on one with a flipped bit."""
    bundle = files / f"{one['id']}.zip"
    with zipfile.ZipFile(bundle) as members:
        members.extract("verify.py", files)
    assert verified(files, bundle.name, key) == 0
    flipped = bytearray(bundle.read_bytes())
    flipped[len(flipped) // 2] ^= 1
    (files / "flipped.zip").write_bytes(flipped)
    assert verified(files, "flipped.zip", key) == 1
