import time

import pytest

from formats.signatures.structure import MAX_DEPTH, MAX_NAME, StructureError, check_structure
from tests.formats.signatures import ber
from tests.formats.signatures.pki import house


def nested(depth: int) -> bytes:
    value = b"\x05\x00"
    for _ in range(depth):
        value = ber.wrapped(0x30, value)
    return value


GOOD = {
    "certificate": house()[2].der,
    "indefinite": ber.indefinite(house()[2].der, depth=9),
    "long tag": b"\x1f\x81\x01\x01\x00",
    "deep": nested(MAX_DEPTH),
    "oid": ber.wrapped(0x06, b"\x2a" * MAX_NAME),
}
BAD = {
    "empty": b"",
    "a tag": b"\x30",
    "too deep": nested(MAX_DEPTH + 1),
    "endless": b"\x30\x80" * 30,
    "deep and endless": b"\x30\x80" * 30_000,
    "long oid": ber.wrapped(0x06, b"\x2a" * (MAX_NAME + 1)),
    "plain without length": b"\x04\x80\x00\x00",
    "beyond its holder": b"\x30\x03\x04\x02\x00\x00",
    "cut": house()[2].der[:-1],
    "length of five bytes": b"\x04\x85\x00\x00\x00\x00\x01\x00",
    "many": ber.wrapped(0x30, b"\x05\x00" * 100_001),
    "endless tag": b"\x1f" + b"\xff" * 99,
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_in_use_is_within_the_bounds(name: str) -> None:
    check_structure(GOOD[name])


@pytest.mark.parametrize("name", BAD)
def test_what_is_beyond_the_bounds_is_refused_quickly(name: str) -> None:
    begun = time.process_time()
    with pytest.raises(StructureError):
        check_structure(BAD[name])
    assert time.process_time() - begun < 1
