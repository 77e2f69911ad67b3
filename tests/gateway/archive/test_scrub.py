"""All evidence is read again: what is wrong is named, and who is stopped goes on."""

import datetime
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from gateway.archive.scrub_rounds import Rounds
from gateway.archive.scrubbing import Run, Scrub
from gateway.archive.service import Archive, EvidenceItem
from gateway.archive.stores.disk import DiskStore
from gateway.archive.stores.problems import ArchiveUnavailableProblem
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Tenant
from gateway.settings import Settings
from tests.gateway.archive import seed
from tests.gateway.archive.seed import NOW

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
FILES = 12


class Place:
    """An archive with some documents of two entities."""

    def __init__(self, database: Database, admin_url: str, root: Path) -> None:
        settings = Settings(data=root)
        self.database = database
        self.archive = Archive.open(settings, database, MasterKey(bytes(32)), now=NOW)
        self.store = DiskStore(root / "archive")
        self.owners = sorted((seed.tenant(admin_url) for _ in range(2)), key=_entity)
        for number, owner in enumerate(self.owners):
            document = seed.document(admin_url, owner, b"%d" % number, day=NOW.date())
            with database.transaction(owner) as tx:
                self.archive.record(tx, document_id=document, items=items(), now=NOW)
        self.scrub = Scrub(database, self.store, step=5)

    def run(self) -> Run:
        run = self.scrub.begin(NOW)
        while run.ended_at is None:
            run = self.scrub.go_on(run, NOW)
        return run

    def path(self, owner: int, number: int) -> Path:
        return self.store.path(_entity(self.owners[owner]), digest(number))


def _entity(owner: Tenant) -> UUID:
    return owner.entity_ids[0]


def content(number: int) -> bytes:
    return b"evidence %d" % number


def digest(number: int) -> bytes:
    return sha256(content(number)).digest()


def items() -> list[EvidenceItem]:
    return [
        EvidenceItem("signal", f"{number}.txt", "text/plain", content(number % FILES))
        for number in range(FILES + 2)  # two are the same bytes again
    ]


@pytest.fixture
def place(database: Database, admin_url: str, tmp_path: Path) -> Place:
    return Place(database, admin_url, tmp_path)


def named(run: Run) -> list[tuple[str, str, str]]:
    return [(one["kind"], one["entity"], one["sha256"]) for one in run.findings]


def test_sound_evidence_is_read_once(place: Place) -> None:
    run = place.run()
    size = sum(len(content(number)) for number in range(FILES))
    assert (run.files, run.bytes, run.ended_at) == (2 * FILES, 2 * size, NOW)
    assert (run.damaged, run.missing, run.unlogged, run.findings) == (0, 0, 0, ())
    assert place.scrub.last() == run


def test_what_is_wrong_is_named(place: Place) -> None:
    one, two = (str(_entity(owner)) for owner in place.owners)
    place.path(0, 3).chmod(0o640)
    place.path(0, 3).write_bytes(b"evidence X")
    place.path(1, 4).unlink()
    extra = place.store.put(_entity(place.owners[1]), b"what a rolled-back transaction left")
    stranger = place.store.put(UUID(int=1), content(0))
    run = place.run()
    assert (run.files, run.damaged, run.missing, run.unlogged) == (2 * FILES - 2, 1, 1, 2)
    assert named(run) == [
        ("damaged", one, digest(3).hex()),
        ("missing", two, digest(4).hex()),
        ("unlogged", str(UUID(int=1)), stranger.hex()),
        ("unlogged", two, extra.hex()),
    ]


def test_who_is_stopped_goes_on_where_the_last_step_ended(place: Place) -> None:
    run = place.scrub.begin(NOW)
    run = place.scrub.go_on(run, NOW)
    again = Scrub(place.database, place.store, step=5)
    assert again.begin(NOW + DAY) == run
    assert run.files == 5
    assert place.run().files == 2 * FILES
    assert place.scrub.begin(NOW + DAY).id != run.id, "that one is over"


def test_a_step_that_another_process_did_counts_once(place: Place) -> None:
    run = place.scrub.begin(NOW)
    first = place.scrub.go_on(run, NOW)
    assert place.scrub.go_on(run, NOW) == first, "it was done already"
    assert place.run().files == 2 * FILES


def test_a_disk_that_does_not_answer_is_no_finding(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = place.scrub.begin(NOW)

    def refusing(_: Path) -> bytes:
        raise OSError(5, "it does not answer")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", refusing)
        with pytest.raises(ArchiveUnavailableProblem):
            place.scrub.go_on(run, NOW)
        rounds(place).look(NOW)  # waits, and says so in the log
    assert place.scrub.last() == run
    assert place.run().missing == 0


def test_reading_can_be_slowed_down(place: Place) -> None:
    slept: list[float] = []
    run = place.scrub.begin(NOW)
    while run.ended_at is None:
        run = place.scrub.paced(run, 10.0, lambda: NOW, slept.append)
    assert sum(slept) == pytest.approx(run.bytes / 10, rel=0.1)


def rounds(place: Place, *, settling: datetime.timedelta = datetime.timedelta(0)) -> Rounds:
    return Rounds(place.scrub, 30 * DAY, settling)


def moments() -> Iterator[datetime.datetime]:
    yield from (NOW, NOW + 29 * DAY, NOW + 30 * DAY - HOUR)


def test_the_background_reads_again_when_the_last_time_is_long_ago(place: Place) -> None:
    look = rounds(place).look
    for moment in moments():
        look(moment)
        last = place.scrub.last()
        assert last is not None
        assert (last.began_at, last.ended_at, last.files) == (NOW, NOW, 2 * FILES)
    look(NOW + 30 * DAY)
    again = place.scrub.last()
    assert again is not None
    assert again.began_at == NOW + 30 * DAY


def test_a_process_that_has_just_started_begins_none_but_goes_on_with_one(place: Place) -> None:
    young = rounds(place, settling=HOUR)
    young.look(NOW)
    assert place.scrub.last() is None
    begun = place.scrub.begin(NOW)
    young.look(NOW)
    last = place.scrub.last()
    assert last is not None
    assert (last.id, last.ended_at) == (begun.id, NOW)
    young.look(NOW + 31 * DAY)
    assert place.scrub.last() != last


def test_what_was_destroyed_is_not_missed(place: Place, admin_url: str) -> None:
    owner = _entity(place.owners[0])
    with psycopg.connect(admin_url) as admin:
        admin.execute("set session_replication_role = replica")  # of what document is not told
        admin.execute(
            "update archive_entry set destroyed_at = now() where entity_id = %s and sha256 = %s",
            [owner, digest(3)],
        )
    assert named(place.run()) == []  # marked, and its file still there
    place.path(0, 3).unlink()
    run = place.run()
    assert named(run) == []
    assert run.files == 2 * FILES - 1
