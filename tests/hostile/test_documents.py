"""S2: hostile documents cost little, touch nothing, and are never valid, wherever they come in."""

import http.server
import json
import pickle
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from formats.conversion import convert
from formats.registry import PROFILES
from tests.formats.samples import invoice
from tests.hostile.documents import documents, large
from tests.kept_rules import copied_to

pytestmark = [pytest.mark.official, pytest.mark.timeout(3600)]

MEGABYTE = 1_000_000
ROOT = Path(__file__).parents[2]
READ_BY_ALL = ("/dev/null", "/usr/lib", "/usr/share/zoneinfo", "/etc/localtime")

HARMLESS = ("comment", "cdata", "reference", "white space", "instruction", "plus", "time zone")
"""What may be done to a value without making it another one."""

FREE = ("identifier", "specification", "vat number")
"""Where any text may stand, as far as XSD and rules are concerned."""

IGNORED = (
    *("schema location", "no namespace schema", "base", "version 1.", "xml-", "oxygen", "php"),
    *("prolog of", "declared utf-16", "nil", "type", "file schema location", "long comment"),
)
"""What says nothing to anybody who does not obey it."""


def _text(content: bytes) -> str:
    return content.decode().partition("?>")[2].lstrip()


@pytest.fixture(scope="module")
def good() -> dict[str, bytes]:
    source = PROFILES["peppol-bis-3"].write(invoice())
    return {
        syntax: convert(source, PROFILES[f"en16931-{syntax}"]).content for syntax in ("ubl", "cii")
    }


class Canary(http.server.BaseHTTPRequestHandler):
    """Nobody may ask it anything."""

    asked: list[str] = []  # noqa: RUF012 - the handler is made anew for each request

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)


@pytest.fixture(scope="module")
def canary() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canary) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        assert not Canary.asked


def _measured(
    home: Path, official: Path, good: dict[str, bytes], chosen: list[tuple[str, bytes]]
) -> list[dict[str, Any]]:
    stopped = good["ubl"].replace(b">380<", b">x y<", 1)
    spoilt = [content.replace(b"<cbc:ID>", b"<cbc:ID>\xc2\xa0", 1) for content in good.values()]
    nan = good["ubl"].replace(
        b'PayableAmount currencyID="EUR">', b'PayableAmount currencyID="EUR">x'
    )
    warm = [*good.values(), stopped, nan, *spoilt]
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [
            sys.executable,
            "-m",
            "tests.hostile.measuring",
            copied_to(home),
            official,
            ROOT,
            *READ_BY_ALL,
        ],
        input=pickle.dumps((warm, chosen)),
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert not done.stderr, done.stderr.decode()[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def _may_be_valid(name: str) -> bool:
    syntax, _, what = name.partition(": ")
    place, _, value = what.partition(" of ")
    if (syntax, place, value) == ("cii", "date", "basic date"):
        return True  # that is how CII writes dates
    return what.startswith(IGNORED) or place in FREE or value in HARMLESS


def _wrong(row: dict[str, Any], seconds: float, more: float) -> str | None:
    said, name = row["said"], row["name"]
    if not said.startswith(("refused ", "read", "valid", "crashed ")):
        return f"{name}: {said}"
    if said == "refused without a reason" or row["touched"]:
        return f"{name}: {said} {row['touched']}"
    if said == "valid" and not _may_be_valid(name):
        return f"{name}: valid"
    if row["seconds"] > seconds or row["bytes"] > more:
        return f"{name} ({row['entry']}): {row['seconds']:.2f} s, {row['bytes'] >> 20} MiB, {said}"
    return None


def test_small_ones(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    official: Path,
    good: dict[str, bytes],
    canary: str,
) -> None:
    """Refused at the door in 0.1 s; what gets as far as the rules may take what rules take."""
    file = tmp_path / "canary"
    file.write_text("CANARY")
    bases = {syntax: _text(content) for syntax, content in good.items()}
    chosen = list(documents(bases, canary, str(file)))
    assert len(chosen) >= 800
    assert all(len(content) <= 4.2 * MEGABYTE for _, content in chosen)
    if not request.config.getoption("--full"):
        chosen = chosen[5::31]
    rows = _measured(tmp_path / "home", official, good, chosen)
    assert len(rows) == 3 * len(chosen)
    wrong = []
    for row in rows:
        refused = row["said"].startswith("refused")
        door = refused and (row["entry"] == "read" or "XML-" in row["said"])
        seconds = (0.1 if door else 1.0) * max(1, row["size"] / MEGABYTE)
        wrong.append(_wrong(row, 2 * seconds, 64 * MEGABYTE))
    assert not [each for each in wrong if each]
    assert Counter(row["said"].partition(" ")[0] for row in rows)["refused"] > len(rows) / 2


@pytest.mark.full
def test_large_ones(tmp_path: Path, official: Path, good: dict[str, bytes], canary: str) -> None:
    assert canary
    bases = {syntax: _text(content) for syntax, content in good.items()}
    rows = _measured(tmp_path / "home", official, good, list(large(bases)))
    wrong = [
        # A tree takes thirty times the bytes of the shortest elements that may be so many.
        _wrong(row, 5, (48 if "as many" in row["name"] else 15) * row["size"])
        for row in rows
    ]
    assert not [each for each in wrong if each]
