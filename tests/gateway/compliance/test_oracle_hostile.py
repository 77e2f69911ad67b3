"""XXE and its kin, straight at the oracle: artefacts.md section 4, trap 2."""

import ctypes
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from formats.validation.engine import EngineError
from gateway.compliance.oracle import SaxonOracle
from schemas import Artefact

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="watches by inotify")

IN_OPEN = 0x20
IN_NONBLOCK = 0o4000


@contextmanager
def unopened(path: Path) -> Iterator[None]:
    """Fail if anybody opens the file meanwhile, as the kernel sees it (inotify)."""
    libc = ctypes.CDLL(None, use_errno=True)
    watcher = libc.inotify_init1(IN_NONBLOCK)
    assert watcher >= 0
    try:
        assert libc.inotify_add_watch(watcher, os.fsencode(path), IN_OPEN) >= 0
        yield
        with suppress(BlockingIOError):
            assert not os.read(watcher, 4096), f"{path.name} was opened"
    finally:
        os.close(watcher)


def test_the_watch_on_the_canary_sees_an_opening(tmp_path: Path) -> None:
    path = tmp_path / "canary"
    path.write_text("x")
    with pytest.raises(AssertionError, match="was opened"), unopened(path):
        path.read_text()


HOSTILE = {
    "external entity": '<!DOCTYPE Invoice [<!ENTITY e SYSTEM "{file}">]>',
    "external entity by path": '<!DOCTYPE Invoice [<!ENTITY e SYSTEM "{path}">]>',
    "parameter entity": '<!DOCTYPE Invoice [<!ENTITY % e SYSTEM "{file}"> %e;<!ENTITY e "">]>',
    "external subset": '<!DOCTYPE Invoice SYSTEM "{file}">',
    "public external subset": '<!DOCTYPE Invoice PUBLIC "-//x" "{http}">',
    "entity over the network": '<!DOCTYPE Invoice [<!ENTITY e SYSTEM "{http}">]>',
    "internal entity": '<!DOCTYPE Invoice [<!ENTITY e "canary-7c2e">]>',
    "bomb": '<!DOCTYPE Invoice [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{"&" + a + ";"}{("&" + a + ";") * 9}">'
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + '<!ENTITY e "&i;">]>',
}


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    path = tmp_path / "canary.txt"
    path.write_text("canary-7c2e")
    return path


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("attack", HOSTILE)
def test_a_doctype_opens_no_file_and_no_connection(  # noqa: PLR0913, PLR0917
    oracle: SaxonOracle,
    en_16931: Artefact,
    example: bytes,
    canary: Path,
    listener: socket.socket,
    attack: str,
    encoding: str,
) -> None:
    http = f"http://127.0.0.1:{listener.getsockname()[1]}/x.dtd"
    doctype = HOSTILE[attack].format(file=canary.as_uri(), path=canary, http=http)
    text = example.decode().replace("<Invoice", f"{doctype}<Invoice", 1)
    text = text.replace("</cbc:IssueDate>", "&e;</cbc:IssueDate>", 1)
    text = text.replace('"UTF-8"', '"UTF-16"', 1) if encoding == "utf-16" else text
    with unopened(canary), pytest.raises(EngineError) as caught:
        oracle.run(en_16931, text.encode(encoding))
    assert "canary" not in str(caught.value).replace(str(canary), "")
    with pytest.raises(TimeoutError):
        listener.accept()


def test_inclusions_and_hints_open_no_file_and_no_connection(
    oracle: SaxonOracle,
    en_16931: Artefact,
    example: bytes,
    canary: Path,
    listener: socket.socket,
) -> None:
    http = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    text = (
        example.decode()
        .replace("<Invoice", f'<?xml-stylesheet href="{http}"?><Invoice', 1)
        .replace(
            "<cbc:IssueDate>",
            '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" '
            f'href="{canary.as_uri()}"/><cbc:IssueDate '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'xsi:schemaLocation="urn:x {http}" xsi:noNamespaceSchemaLocation="{http}">',
            1,
        )
    )
    with unopened(canary):
        found = oracle.run(en_16931, text.encode())
    assert not any("canary-7c2e" in finding.message for finding in found)
    with pytest.raises(TimeoutError):
        listener.accept()


@pytest.mark.parametrize(
    "expression",
    [
        "unparsed-text('{file}')",
        "string(doc('{file}'))",
        "string(document('{file}'))",
        "string(doc('{http}'))",
        "unparsed-text('{http}')",
        "string(collection('{folder}')[1])",
        "string(uri-collection('{folder}')[1])",
    ],
)
def test_rules_themselves_open_no_file_and_no_connection(  # noqa: PLR0913, PLR0917
    oracle: SaxonOracle,
    example: bytes,
    canary: Path,
    listener: socket.socket,
    expression: str,
    stylesheet: Callable[[str], Artefact],
) -> None:
    http = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    asked = expression.format(
        file=canary.as_uri(), http=http, folder=canary.parent.as_uri() + "?select=*.txt"
    )
    body = (
        "<svrl:schematron-output><svrl:fired-rule/><svrl:failed-assert><svrl:text>"
        f'<xsl:value-of select="{asked}"/></svrl:text></svrl:failed-assert>'
        "</svrl:schematron-output>"
    )
    with unopened(canary):
        try:
            found = oracle.run(stylesheet(body), example)
        except EngineError:
            found = ()
    assert not any("canary-7c2e" in finding.message for finding in found)
    with pytest.raises(TimeoutError):
        listener.accept()
