"""`gateway archive`, over a database of its own."""

import datetime
from uuid import UUID

import pytest

from gateway.archive.scrub_repository import Run
from gateway.archive.stores.disk import DiskStore
from gateway.archive.stores.protocol import Place
from gateway.cli.archive import said
from tests.gateway.cli.conftest import Gateway

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
OWNER = UUID("019f0000-0000-7000-8000-000000000001")


def test_a_new_installation_has_nothing_to_read(gateway: Gateway) -> None:
    assert gateway("migrate").code == 0
    before = gateway.within("archive", "status")
    assert before.code == 1
    store = DiskStore(gateway.home / "data" / "archive")
    digest = store.put(OWNER, b"what a rolled-back transaction left")
    done = gateway.within("archive", "scrub", "--rate", "5", "--json")
    assert done.code == 0, done.err
    assert (done.json["files"], done.json["damaged"], done.json["missing"]) == (0, 0, 0)
    assert done.json["unlogged"] == 1
    (finding,) = done.json["findings"]
    assert (finding["kind"], finding["sha256"]) == ("unlogged", digest.hex())
    assert finding["entity"].startswith("ent_")
    shown = gateway.within("archive", "status", "--json")
    assert (shown.code, shown.json) == (0, done.json)
    assert gateway.within("archive", "status").code == 0


@pytest.mark.parametrize(("kind", "code"), [("damaged", 1), ("missing", 1), ("unlogged", 0)])
def test_what_is_damaged_or_missing_ends_with_a_code(
    kind: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(OWNER, "places", NOW, ended_at=NOW)
    found = run.found(kind, Place(OWNER, b"\x07" * 32))  # type: ignore[arg-type]
    for as_json in (True, False):
        assert said(found, as_json=as_json) == code
    printed = capsys.readouterr()
    assert "07" * 32 in printed.out
    assert f"{kind}: ent_" in printed.err
