"""What others signed: the entity's seal around a bundle, time stamps and witnesses of heads."""

import base64
import datetime
import io
import random
import sys
import zipfile
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from formats.signatures import asic, asic_making
from formats.signatures.report import Indication
from formats.signatures.trust import Terms, TrustStore
from gateway.archive.bundle import BundledAnchor
from gateway.archive.cosignatures import Witness, cosign
from gateway.archive.sealed import MEDIA_TYPE, seal
from gateway.archive.verify import cms, der, verify
from tests.formats.signatures import pki, tsa
from tests.gateway.archive.bundles import KEY, bundle_of, members, named, resigned

TRUSTED = str(KEY.verifier)
TOP, MIDDLE, SEALER = pki.house()
AUTHORITY = pki.stamping()
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
WITNESS_KEY = str(Witness("witness.example", WITNESS.public_key().public_bytes_raw()))
ONE = [{"invoice.xml": ("document", b"<x/>")}]


def sealed(bundle: bytes, *, at: datetime.datetime = pki.NOW, stamped: bool = False) -> bytes:
    sink, signer = io.BytesIO(), SEALER.signer()
    stamp = tsa.token if stamped else None
    seal(
        sink,
        io.BytesIO(bundle),
        lambda files: asic_making.signed(files, signer, at=at, stamp=stamp),
    )
    return sink.getvalue()


@pytest.fixture(scope="module")
def bundle() -> bytes:
    return bundle_of(ONE)


@pytest.fixture(scope="module")
def container(bundle: bytes) -> bytes:
    return sealed(bundle)


def test_a_seal_is_believed_by_both(bundle: bytes, container: bytes) -> None:
    result = verify(container, trusted_key=TRUSTED)
    assert (result.problems, result.passed) == ((), True)
    (voucher,) = result.vouchers
    assert (voucher.kind, voucher.size) == ("seal", None)
    assert voucher.who == SEALER.certificate.subject.rfc4514_string()
    assert voucher.at == pki.NOW.isoformat()
    assert [one["id"] for one in result.documents] == [named(0)]
    checked = asic.check(container, Terms(TrustStore("test", (TOP.der,)), pki.NOW))
    assert checked.report.indication is Indication.TOTAL_PASSED
    assert (checked.files, checked.unsigned) == (("bundle.zip",), ())
    with zipfile.ZipFile(io.BytesIO(container)) as opened:
        assert opened.infolist()[0].filename == "mimetype"
        assert (
            container[38 : 38 + len(MEDIA_TYPE)] == opened.read("mimetype") == MEDIA_TYPE.encode()
        )
        assert opened.read("bundle.zip") == bundle


def test_a_time_stamp_on_the_seal_says_when(bundle: bytes) -> None:
    result = verify(sealed(bundle, at=pki.NOW - datetime.timedelta(minutes=5), stamped=True))
    assert result.problems == ()
    assert [one.at for one in result.vouchers] == [pki.NOW.isoformat()]


def test_flips_of_a_container_are_found_and_named(container: bytes) -> None:
    begin = container.index(b"README.txt") - 30
    end = container.rindex(b"PK\x01\x02mimetype"[:4], 0, len(container) - 300)
    around = [*range(begin), *range(len(container) - 400, len(container))]
    chance = random.Random("asice")  # noqa: S311 - a seed
    for place in [*chance.sample(around, 250), *chance.sample(range(begin, end), 250)]:
        edited = bytearray(container)
        edited[place] ^= 1 << chance.randrange(8)
        result = verify(bytes(edited), trusted_key=TRUSTED)
        assert not result.ok, place
        places = [(one.start, one.end) for one in result.problems]
        hit = any(s is not None and e is not None and s <= place < e for s, e in places)
        assert hit, (place, result.problems)


def test_a_seal_of_another_bundle_is_none(bundle: bytes, container: bytes) -> None:
    another = sealed(bundle_of([*ONE, *ONE]))
    with zipfile.ZipFile(io.BytesIO(container)) as one:
        lent = {name: one.read(name) for name in one.namelist() if name.startswith("META-INF/")}
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(another)) as two:
        made = {name: two.read(name) for name in two.namelist() if name.startswith("META-INF/")}
        seal(sink, io.BytesIO(two.read("bundle.zip")), lambda _: lent)
    problems = verify(sink.getvalue()).problems
    assert [one.member for one in problems] == ["META-INF/ASiCManifest.xml"]
    mixed, names = io.BytesIO(), sorted(lent)
    seal(mixed, io.BytesIO(bundle), lambda _: {names[0]: lent[names[0]], names[1]: made[names[1]]})
    problems = verify(mixed.getvalue()).problems
    assert [one.member for one in problems] == ["META-INF/signature.p7s"]


def test_a_certificate_must_have_been_valid_then(bundle: bytes) -> None:
    late = sealed(bundle, at=pki.END + datetime.timedelta(days=1))
    result = verify(late, trusted_key=TRUSTED)
    assert [one.member for one in result.problems] == ["META-INF/signature.p7s"]
    assert not result.passed


def test_without_cryptography_the_hashes_still_count(
    container: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    result = verify(container, trusted_key=TRUSTED)
    assert (result.problems, result.vouchers, result.authentic) == ((), (), True)
    assert any("openssl cms" in one for one in result.remarks)


def anchored(kind: str, receipt: bytes | None) -> bytes:
    """Return a bundle whose own head somebody else has, who gave a receipt."""
    note = members(bundle_of(ONE))["checkpoint"].decode()
    size = int(note.split("\n")[1])
    anchor = BundledAnchor(kind, "there.example", size, note, receipt, pki.NOW)
    return bundle_of(ONE, anchors=[anchor])


def head() -> str:
    return members(bundle_of(ONE))["checkpoint"].decode()


def test_a_time_stamp_over_a_head_is_judged() -> None:
    result = verify(anchored("time-stamp", tsa.token(head().encode())))
    assert result.problems == ()
    (voucher,) = result.vouchers
    assert (voucher.kind, voucher.at) == ("time-stamp", pki.NOW.isoformat())
    assert voucher.who == AUTHORITY.certificate.subject.rfc4514_string()
    assert voucher.size == result.log_size
    for wrong in (tsa.token(b"another head"), b"", b"0" * 50, tsa.token(head().encode())[:-1]):
        found = verify(anchored("time-stamp", wrong))
        assert [one.member for one in found.problems] == ["anchors.json"]
        assert found.vouchers == ()


def test_witnesses_that_are_named_must_have_cosigned() -> None:
    note = head()
    line = cosign(note.partition("\n\n")[0] + "\n", "witness.example", WITNESS, 1_790_000_000)
    forged = base64.b64encode(base64.b64decode(line.split(" ")[2])[:-1] + b"\x00").decode()
    given = {
        "receipt": (anchored("witness", line.encode()), True),
        "under the head": (
            resigned(members(bundle_of(ONE)) | {"checkpoint": (note + line).encode()}),
            True,
        ),
        "none": (bundle_of(ONE), False),
        "forged": (anchored("witness", f"\u2014 witness.example {forged}\n".encode()), False),
    }
    for name, (content, expected) in given.items():
        result = verify(content, trusted_key=TRUSTED, witnesses=[WITNESS_KEY])
        assert (result.ok, result.witnessed, result.passed) == (True, expected, expected), name
        assert [(one.who, one.at) for one in result.vouchers] == (
            [("witness.example", "2026-09-21T14:13:20+00:00")] if expected else []
        )
    assert verify(bundle_of(ONE)).witnessed is None
    with pytest.raises(ValueError, match="witness"):
        verify(bundle_of(ONE), witnesses=[TRUSTED])


def test_hostile_signatures_are_refused_and_no_more() -> None:
    good = asic_making.signed(
        [("a", "b", bytes(32))], SEALER.signer(), at=pki.NOW, stamp=tsa.token
    )
    content, message = good.values()
    assert cms.check_signed(message, content).checked
    chance = random.Random("cms")  # noqa: S311 - a seed
    held = 0
    for _ in range(1500):
        edited = bytearray(message)
        for _ in range(chance.randint(1, 3)):
            edited[chance.randrange(len(edited))] = chance.randrange(256)
        try:
            held += cms.check_signed(bytes(edited), content).checked
        except der.DerError:
            continue
    assert held < 1500 * 0.6  # certificates beside the signer's are nobody's word
    with pytest.raises(der.DerError):
        cms.check_signed(message, content + b" ")


def test_a_certificate_of_a_version_that_is_none_is_refused() -> None:
    signer = SEALER.signer()
    content, message = asic_making.signed([("a", "b", bytes(32))], signer, at=pki.NOW).values()
    good = SEALER.certificate.public_bytes(Encoding.DER)
    wrong = good.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x07", 1)
    edited = message.replace(good, wrong).replace(sha256(good).digest(), sha256(wrong).digest())
    assert edited != message
    with pytest.raises(der.DerError, match="cannot be read"):
        cms.check_signed(edited, content)
