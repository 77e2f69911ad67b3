"""A disk that refuses at any moment: nothing acknowledged is lost, and it heals without a restart.

The evidence is encrypted here, so that issuing, reading and fsck are proven over that as well.
"""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from types import ModuleType
from typing import Any

import pytest

from gateway.archive.stores import durable, journal
from gateway.archive.stores.entity_keys import FORM
from gateway.fsck.service import check
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from tests.gateway.houses import House, Shop, kind, opened

CODES = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE)
CALLS = frozenset({"open", "fsync", "fdatasync", "pwrite", "link", "fchmod", "mkstemp"})
WRITES = 20
"""More than an invoice needs of these calls."""


class Ground:
    """What the archive does to its disk; from the n-th call on it is refused."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.code = errno.EIO

    def over(self, module: ModuleType) -> Any:  # noqa: ANN401 - stands for a module
        return _Over(self, module)

    def passes(self) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            raise OSError(self.code, os.strerror(self.code))


class _Over:
    def __init__(self, ground: Ground, module: ModuleType) -> None:
        self._ground, self._module = ground, module

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - of a module
        real = getattr(self._module, name)
        if name not in CALLS:
            return real

        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - passed on
            self._ground.passes()
            return real(*given, **named)

        return call


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("ground"), archive_encrypted=True) as found:
        yield found


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch) -> Ground:
    made = Ground()
    for module in (durable, journal):
        monkeypatch.setattr(module, "os", made.over(os))
    monkeypatch.setattr(durable, "tempfile", made.over(tempfile))
    return made


def issue_over(ground: Ground, shop: Shop, code: int, nth: int) -> tuple[str, bool]:
    """Issue an invoice over ground that breaks at the n-th call, then again; return its id."""
    key = {"Idempotency_Key": f"{code}-{nth}"}
    ground.code, ground.left = code, nth
    first = shop.issue(**key)
    ground.left = None
    if first.status_code == 200:
        return str(first.json()["id"]), False
    assert (first.status_code, kind(first)) == (503, "archive-unavailable")
    assert errno.errorcode[code] in first.json()["detail"]
    assert first.headers["Retry-After"] == "30"
    again = shop.issue(**key)
    assert again.status_code == 200, again.text
    return str(again.json()["id"]), True


def walked(
    house: House, ground: Ground, places: list[tuple[int, int]], figures: Callable[..., None]
) -> None:
    shop = Shop.opened(house)
    made, refused = [], 0
    for code, nth in places:
        issued, was_refused = issue_over(ground, shop, code, nth)
        made.append(issued)
        refused += was_refused
    figures(issued=len(made), refused=refused)
    assert refused > len(places) // 4
    numbers = sorted(one["number"] for one in shop.documents())
    assert len(numbers) == min(len(places), 200)
    for one in made:
        evidence = shop.get(f"/v1/documents/{one}/evidence")["data"]
        assert {"document", "input", "validation-report"} <= {file["role"] for file in evidence}
        for file in evidence:
            content = shop.call("GET", f"/v1/documents/{one}/evidence/{file['id']}").content
            assert sha256(content).hexdigest() == file["sha256"]
    settings = house.runtime.settings
    report = check(house.admin_url, settings.data, master_key=house.runtime.master_key)
    assert report.problems == ()
    assert report.invariants["INV5"].examined["documents"] >= len(made)
    entity = settings.data / "archive" / "entities" / str(parse_id(shop.entity, "ent"))
    stored = [path.read_bytes() for path in entity.rglob("*") if path.is_file()]
    assert stored
    assert all(one.startswith(FORM) for one in stored)


def test_a_disk_that_breaks_at_any_moment_of_an_issue(
    house: House, ground: Ground, figures: Callable[..., None]
) -> None:
    places = [(CODES[nth % len(CODES)], nth) for nth in range(0, WRITES, 2)]
    walked(house, ground, places, figures)


@pytest.mark.full
def test_every_error_at_every_call(
    house: House, ground: Ground, figures: Callable[..., None]
) -> None:
    walked(house, ground, [(code, nth) for code in CODES for nth in range(WRITES)], figures)


def test_without_the_master_key_the_check_says_that_it_cannot_read(house: House) -> None:
    shop = Shop.opened(house)
    shop.issued()
    report = check(house.admin_url, house.runtime.settings.data)
    assert {name for name, _ in report.problems} == {"INV5"}


def test_evidence_that_was_put_in_anothers_place_is_named(house: House) -> None:
    shop = Shop.opened(house)
    digests = [shop.issued()["sha256"] for _ in range(2)]
    entity = house.runtime.settings.data / "archive/entities" / str(parse_id(shop.entity, "ent"))
    one, other = (entity / digest[:2] / digest for digest in digests)
    kept = other.read_bytes()
    other.chmod(0o640)
    other.write_bytes(one.read_bytes())
    try:
        report = check(
            house.admin_url, house.runtime.settings.data, master_key=house.runtime.master_key
        )
    finally:
        other.write_bytes(kept)
    assert {name for name, _ in report.problems} == {"INV5"}
    assert all(digests[1] in problem.what for _, problem in report.problems)
