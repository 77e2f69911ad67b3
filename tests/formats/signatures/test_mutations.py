"""Seeded mutations of everything we verify: no exception, nothing unsigned shown as signed."""

import base64
import random
import re
import time

import pytest

from formats.signatures import asic_making, cms_making, jws_making, pdf_making
from formats.signatures.asic_making import File
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.verification import Kind, kind_of, verify
from formats.signatures.xml import Properties, sign_enveloped
from tests.formats.facturx.documents import pages
from tests.formats.signatures import tsa
from tests.formats.signatures.pki import NOW, house

TOP, MIDDLE, LEAF = house()
TERMS = Terms(TrustStore("test", (TOP.der,)), NOW)
SIGNER = LEAF.signer()


def made(kind: Kind) -> bytes:
    match kind:
        case Kind.CMS:
            return cms_making.sign(b"hello" * 20, SIGNER, at=NOW, stamp=tsa.token)
        case Kind.JWS:
            return jws_making.sign(b'{"a":1}', SIGNER, at=NOW)
        case Kind.ASIC:
            return asic_making.container([File("a.txt", "text/plain", b"a")], SIGNER, at=NOW)
        case Kind.XML:
            properties = Properties(signing_time=NOW, stamp=tsa.token)
            return sign_enveloped(b"<a><b>1</b><c/></a>", SIGNER, properties=properties)
        case _:
            return pdf_making.seal(pages(), SIGNER, at=NOW)


def mutated(data: bytes, chance: random.Random) -> bytes:
    content = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        place = chance.randrange(len(content))
        match chance.randrange(5):
            case 0 | 1:
                content[place] = chance.randrange(256)
            case 2:
                del content[place : place + chance.randrange(1, 40)]
            case 3:
                content[place:place] = chance.randbytes(chance.randrange(1, 20))
            case _:
                start = chance.randrange(len(content))
                content[place:place] = content[start : start + chance.randrange(1, 200)]
        if not content:
            return b"x"
    return bytes(content)


def mutated_inside(data: bytes, chance: random.Random) -> bytes:
    """Mutate what stands in the document in base64: certificates, time stamps, values."""
    held = chance.choice(list(_BASE64.finditer(data)))
    changed = base64.b64encode(mutated(base64.b64decode(held[0]), chance))
    return data[: held.start()] + changed + data[held.end() :]


_BASE64 = re.compile(rb"(?<=>)[A-Za-z0-9+/\s]{40,}=*(?=<)")


@pytest.mark.parametrize("kind", [Kind.XML, Kind.CMS, Kind.JWS, Kind.ASIC, Kind.PDF])
@pytest.mark.parametrize("seed", range(3))
def test_mutations_show_nothing_that_was_not_signed(
    kind: Kind, seed: int, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(f"{kind} {seed}")  # noqa: S311 - reproducible
    whole = made(kind)
    assert kind_of(whole) is kind
    honest = verify(whole, TERMS).report
    assert all(one.passed for one in honest.signatures)
    rounds = 60 if kind is Kind.XML else 12
    signed = {part.content for one in honest.signatures for part in one.signed}
    for _ in range(500 if request.config.getoption("--full") else rounds):
        inside = kind is Kind.XML and chance.random() < 0.8
        data = mutated_inside(whole, chance) if inside else mutated(whole, chance)
        begun = time.process_time()
        found = verify(data, TERMS).report
        assert time.process_time() - begun < 2
        for one in found.signatures:
            assert {part.content for part in one.signed} <= signed
