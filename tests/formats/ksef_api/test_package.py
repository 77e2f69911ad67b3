import io
import tracemalloc
import zipfile

import pytest
from typing_extensions import override

from formats.ksef_api import package
from formats.ksef_api.bodies import Sized
from formats.ksef_api.encryption import SessionKey, digest
from formats.ksef_api.package import PackageError, encrypted, pack, plan, unpacked

SECRET = SessionKey(bytes(range(32)), bytes(range(16)))


def _packed(count: int = 20, size: int = 3000) -> io.BytesIO:
    made = io.BytesIO()
    noise = bytes((7 * one * one + one // 3) % 251 for one in range(size))
    pack(((f"{one}.xml", noise + bytes([one])) for one in range(count)), made)
    return made


def test_the_same_invoices_give_the_same_package() -> None:
    assert _packed().getvalue() == _packed().getvalue()
    with zipfile.ZipFile(_packed()) as archive:
        assert len(archive.namelist()) == 20
        assert archive.testzip() is None


def test_parts_together_are_the_package() -> None:
    made = _packed()
    whole = made.getvalue()
    found = plan(made, SECRET, most=1000)
    assert found.package == Sized.of(whole)
    sealed = [b"".join(encrypted(made, one.start, one.length, SECRET)) for one in found.parts]
    assert [Sized.of(one) for one in sealed] == [one.sealed for one in found.parts]
    assert all(one.length <= 1000 for one in found.parts)
    assert len(found.parts) == -(-len(whole) // 1000)
    assert b"".join(SECRET.decrypt(one) for one in sealed) == whole


def test_a_package_that_fits_has_one_part() -> None:
    assert len(plan(_packed(), SECRET).parts) == 1


def test_more_than_ksef_takes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PackageError):
        plan(_packed(), SECRET, most=10)
    with pytest.raises(PackageError):
        pack((), io.BytesIO())
    with pytest.raises(PackageError):
        pack((("a", b""), ("a", b"")), io.BytesIO())
    monkeypatch.setattr(package, "MOST_INVOICES", 2)
    with pytest.raises(PackageError):
        _packed(3)


def test_memory_does_not_grow_with_the_package() -> None:
    class Nothing(io.RawIOBase):
        """A file of 64 MB that is nowhere."""

        at = 0

        @override
        def read(self, size: int = -1) -> bytes:
            kept = max(min(size, (64 << 20) - self.at), 0)
            self.at += kept
            return bytes(kept)

        @override
        def seek(self, offset: int, whence: int = 0) -> int:
            assert whence == 0
            self.at = offset
            return offset

    tracemalloc.start()
    try:
        found = plan(Nothing(), SECRET)  # type: ignore[arg-type]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found.package.size == 64 << 20
    assert peak < 16 << 20


def test_packages_of_others_are_unpacked_within_limits() -> None:
    made = _packed(2).getvalue()
    assert [name for name, _ in unpacked(made)] == ["0.xml", "1.xml"]
    with pytest.raises(PackageError):
        list(unpacked(made, most=4000))
    with pytest.raises(PackageError):
        list(unpacked(b"PK\x03\x04"))
    assert digest(b"") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
