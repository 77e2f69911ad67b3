"""`gateway signatures verify`: what it says of files, and its exit codes."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from typer.testing import CliRunner, Result

from formats.signatures import asic_making, cms_making, jws_making
from formats.signatures.asic_making import File
from formats.signatures.xml import Target, sign_detached, sign_enveloped
from gateway.cli.application import application
from gateway.signatures.trust import NoCertificateError, certificates, store_at, store_of
from tests.formats.signatures.pki import NOW, house

TOP, MIDDLE, LEAF = house()
MADE = cms_making.sign(b"hello", LEAF.signer(), at=NOW)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(application, ["signatures", "verify", *map(str, arguments)])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "root.pem").write_bytes(TOP.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "invoice.xml.p7m").write_bytes(MADE)
    return tmp_path


def test_a_signature_passes_when_its_root_is_trusted(place: Path) -> None:
    file, trust = place / "invoice.xml.p7m", place / "root.pem"
    done = run(file, "--trust", trust, "--at", NOW.isoformat(), "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert (said["kind"], said["indication"], said["trust"]) == ("cms", "TOTAL-PASSED", "root.pem")
    assert [one["name"] for one in said["signatures"][0]["signed"]] == ["payload"]
    words = run(file, "--trust", place, "--at", NOW.isoformat())  # the directory has the file
    assert words.exit_code == 0
    assert "CN=Signer,O=Test,C=SI" in words.stdout


def test_without_trust_nothing_passes_and_it_says_so(place: Path) -> None:
    done = run(place / "invoice.xml.p7m", "--at", NOW.isoformat())
    assert done.exit_code == 1
    assert "INDETERMINATE" in done.stdout
    assert "No trust store was given" in done.stdout


def test_a_detached_file_is_given_beside(place: Path) -> None:
    (place / "a.p7s").write_bytes(cms_making.sign(b"hello", LEAF.signer(), at=NOW, detached=True))
    (place / "a.txt").write_bytes(b"hello")
    (place / "b.txt").write_bytes(b"other")
    common = ("--trust", place / "root.pem", "--at", NOW.isoformat())
    assert run(place / "a.p7s", "--detached", place / "a.txt", *common).exit_code == 0
    assert run(place / "a.p7s", "--detached", place / "b.txt", *common).exit_code == 1
    assert run(place / "a.p7s", *common).exit_code == 1


def test_what_no_signature_covers_is_told(place: Path) -> None:
    (place / "none.xml").write_bytes(b"<Invoice/>")
    done = run(place / "none.xml")
    assert done.exit_code == 1
    assert "Nothing is signed." in done.stdout
    assert "not signed: document" in done.stdout


WRAPPED = b'<Invoice><Old><Body Id="b">100</Body></Old><Body>999999</Body></Invoice>'


def partly(place: Path) -> Path:
    """Sign a part of a document, and put another one in its place."""
    genuine = b'<Invoice><Body Id="b">100</Body></Invoice>'
    made = sign_enveloped(genuine, LEAF.signer(), targets=[Target(uri="#b")])
    signature = made[made.index(b"<ds:Signature") : made.index(b"</Invoice>")]
    forged = place / "wrapped.xml"
    forged.write_bytes(WRAPPED.replace(b"</Invoice>", signature + b"</Invoice>"))
    return forged


def test_a_wrapped_document_is_not_a_good_one(place: Path) -> None:
    forged = partly(place)
    common = ("--trust", place / "root.pem", "--at", NOW.isoformat())
    done = run(forged, *common)
    assert done.exit_code == 3, done.stdout
    assert done.stdout.startswith("PARTLY SIGNED, TOTAL-PASSED: ")
    assert "not signed: document: Only these parts are signed: #b" in done.stdout
    said = json.loads(run(forged, *common, "--json").stdout)
    assert (said["indication"], said["coverage"]) == ("TOTAL-PASSED", "part")
    assert run(forged, *common, "--partly").exit_code == 0
    untrusted = run(forged, "--at", NOW.isoformat(), "--partly")
    assert (untrusted.exit_code, untrusted.stdout[:28]) == (1, "PARTLY SIGNED, INDETERMINATE")


def test_a_detached_file_that_nothing_covers_is_told_by_the_exit_code(place: Path) -> None:
    (place / "a.txt").write_bytes(b"hello")
    (place / "b.txt").write_bytes(b"other")
    seal = sign_detached([Target(uri="a.txt", content=b"hello")], LEAF.signer())
    (place / "seal.xml").write_bytes(seal)
    common = (
        "--trust",
        place / "root.pem",
        "--at",
        NOW.isoformat(),
        "--detached",
        place / "a.txt",
    )
    good = run(place / "seal.xml", *common)
    assert (good.exit_code, good.stdout[:14]) == (0, "TOTAL-PASSED: "), good.stdout
    more = run(place / "seal.xml", *common, "--detached", place / "b.txt")
    assert more.exit_code == 3
    assert "not signed: b.txt: " in more.stdout
    (place / "more").mkdir()
    (place / "more" / "a.txt").write_bytes(b"other")
    twice = run(place / "seal.xml", *common, "--detached", place / "more" / "a.txt")
    assert twice.exit_code == 2


def test_a_name_cannot_steer_the_terminal(place: Path) -> None:
    signer = MIDDLE.issue("\x1b[2J\u202eevil").signer()
    (place / "evil.p7m").write_bytes(cms_making.sign(b"hello", signer, at=NOW))
    done = run(place / "evil.p7m")
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "CN=\\u001b[2J\\u202eevil" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere.p7m",),
        ("invoice.xml.p7m", "--trust", "nowhere"),
        ("invoice.xml.p7m", "--trust", "invoice.xml.p7m"),
        ("invoice.xml.p7m", "--at", "2026-06-01T12:00:00"),
        ("invoice.xml.p7m", "--at", "tomorrow"),
        ("invoice.xml.p7m", "--detached", "nowhere"),
    ],
)
def test_a_wrong_call_is_told_apart(
    place: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    assert run(*arguments).exit_code == 2


def test_every_kind_is_told_by_its_bytes(place: Path) -> None:
    files = {
        "jws": jws_making.sign(b"{}", LEAF.signer()),
        "asic": asic_making.container([File("a", "text/plain", b"a")], LEAF.signer(), at=NOW),
        "xml": b"<a/>",
        "pdf": b"%PDF-1.7\n",
        "cms": base64.b64encode(MADE),
        "unknown": b"hello",
    }
    for kind, content in files.items():
        (place / "any").write_bytes(content)
        done = run(place / "any", "--json", "--trust", place / "root.pem", "--at", NOW.isoformat())
        assert json.loads(done.stdout)["kind"] == kind


def test_a_trust_store_takes_pem_der_and_base64() -> None:
    pem = TOP.certificate.public_bytes(Encoding.PEM)
    for content in (pem, TOP.der, base64.b64encode(TOP.der), b"# a comment\n" + pem):
        assert certificates(content) == (TOP.der,)
    both = store_of("x", [pem + MIDDLE.certificate.public_bytes(Encoding.PEM)])
    assert (both.anchors, both.extra) == ((TOP.der,), (MIDDLE.der,))
    assert store_of("x", [MIDDLE.der]).anchors == (MIDDLE.der,)
    for wrong in (b"", b"hello", b"\x30\x00", TOP.der + b"\0"):
        with pytest.raises(NoCertificateError):
            certificates(wrong)


def test_an_empty_directory_is_no_trust_store(tmp_path: Path) -> None:
    with pytest.raises(NoCertificateError):
        store_at(tmp_path)
